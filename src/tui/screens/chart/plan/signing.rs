//! Signing the plan as its next version, and the answers of those who hold no key to a version that is signed.
//!
//! Owns the two questions. Nothing about the client is filled in from a default: how they took part is filled in only where a
//! session of today was held, and how they signed and what became of the copy never are.

use super::{Plan, changes};
use crate::domain::{
    AskedParty, Attested, CopyGiven, Number, Party, SessionFacts, SessionStands, SignedHow, TookPart,
    VersionKind, WhyChanged, counted,
};
use crate::rules::plan::change::between;
use crate::rules::plan::signing::{attested_lacks, is_of_theirs, level_lacks, signing_lacks};
use crate::rules::plan::version::{OfAge, SignedVersion, waits_for};
use crate::rules::turned;
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, PlanAsk, PlanSigning};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::screens::chart::header::born;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Lines of changes that the question shows where the screen is low.
const CHANGES: usize = 3;
/// Rows that the rest of the question takes.
const REST: u16 = 22;
/// What is said where the client signed at the turned screen.
const AT_SCREEN: &str = "The client answered at the screen. What they typed stays as it is.";
/// Names the words in the place of the secret while something is missing.
const OPENS: &str = "opens";

/// What `F9` asks: the next version, or what is missing of the newest one.
pub(super) fn question(room: &Plan, chart: &ChartView, cx: &Cx) -> Step {
    let Some(episode) = chart.open_episode() else {
        return Step::Warn("A plan is signed in an open episode. Admit the person first.".to_owned());
    };
    let plan = &chart.plan.plan;
    if !plan.lines().any(|line| line.line().state.is_open()) {
        return Step::Warn("There is nothing to sign yet: the plan has no goal.".to_owned());
    }
    let newest = chart.plan.newest(episode.number);
    if let (Some(newest), Some(last)) = (newest, &chart.plan.last) {
        let since = between(last, plan);
        if since.count() == 0 {
            return unchanged(newest, since.answers.len(), chart, cx);
        }
    }
    if let Some(why) = level_lacks(chart.level(), cx.practice().rules.blocks) {
        let there = cx.key(Action::RoomBackground, Scope::Chart);
        return Step::Warn(format!("Not signed: {why} {there} goes to the level of care."));
    }
    sign(newest, room, chart, cx)
}

/// Nothing changed but so many answers: what is missing of the newest version is asked.
fn unchanged(newest: &SignedVersion, answers: usize, chart: &ChartView, cx: &Cx) -> Step {
    let open = newest.open(OfAge::of(&chart.client.value), cx.today());
    let day = when::short(newest.signed, cx.today());
    let since = format!("Nothing changed since version {} ({day})", newest.facts.version);
    if open.is_empty() && answers > 0 {
        let answers = counted(answers, "answer is", "answers are");
        return Step::Say(format!("{since}. {answers} recorded since, and nobody has to sign them."));
    }
    if open.is_empty() {
        return Step::Say(format!("{since}."));
    }
    answer(newest, &open, &since, chart, cx)
}

/// Whose plan it is.
pub(in crate::tui::screens::chart) fn whose(chart: &ChartView, cx: &Cx) -> String {
    let client = &chart.client.value;
    format!("{}   {}   {}", client.header_name(), born(client.birth, cx), client.record_no)
}

pub(in crate::tui::screens::chart) fn keyed<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<Item> {
    (1..).zip(words).map(|(key, word): (u8, &str)| Item::new(key.to_string(), word, "")).collect()
}

/// Which of several a digit chose.
fn of<T: Copy>(all: &[T], key: &str) -> Option<T> {
    let at: usize = key.parse().ok()?;
    all.get(at.checked_sub(1)?).copied()
}

/// The fields that ask how somebody answered. What only some answers need is hidden until it is called for.
pub(in crate::tui::screens::chart) fn of_answer(
    hows: &[SignedHow],
    whom: &str,
    guardian: &str,
    theirs: &Attested,
) -> Vec<Field> {
    let secret = Field::secret("secret", "Passphrase or PIN").required();
    let mut opens = Field::words("Passphrase or PIN", "opens when nothing is missing");
    opens.id = OPENS;
    let how = hows.iter().position(|how| Some(*how) == theirs.how).map(|at| (at + 1).to_string());
    let how = how.unwrap_or_default();
    vec![
        Field::keyed("how", whom, keyed(hows.iter().map(|how| how.word())), &how).required(),
        Field::text("name", "Name, typed by them", &theirs.name).required(),
        Field::text("guardian", "Name of the guardian", guardian).required(),
        Field::text("relation", "Related how", "").hint("mother, court-appointed guardian").required(),
        Field::text("words", "In words", &theirs.words).required(),
        Field::text("heard", "Who heard it", "").required(),
        Field::date("ask-again", "Ask again on", None, Lean::Future).hint("T+7, mon, 4/25/26").required(),
        Field::keyed("copy", "Copy", keyed(CopyGiven::ALL.map(CopyGiven::word)), "").required(),
        secret,
        opens,
    ]
}

/// Asks what the answer so far calls for, and for the secret once nothing is missing.
pub(in crate::tui::screens::chart) fn shape(form: &mut Form, hows: &[SignedHow], by_client: bool) {
    let how = of(hows, form.chosen("how"));
    let is = |one: SignedHow| how == Some(one);
    form.hide("name", !is(SignedHow::Screen));
    form.hide("guardian", !is(SignedHow::Guardian));
    form.hide("relation", !is(SignedHow::Guardian));
    let words = match how {
        Some(SignedHow::Paper) => "Where it is kept",
        Some(SignedHow::Spoken) => "Why not signed",
        Some(SignedHow::Declined) => "Their reason",
        Some(SignedHow::Unable) => "Why unable",
        _ => "",
    };
    form.relabel("words", words);
    form.hide("words", words.is_empty());
    form.hide("heard", !is(SignedHow::Spoken));
    form.hide("ask-again", !is(SignedHow::Unable));
    form.hide("copy", !by_client);
    form.hide("secret", false);
    let missing = form.fields.iter().any(|field| !field.is_secret() && field.is_missing());
    form.hide("secret", missing);
    form.hide(OPENS, !missing);
}

/// What the fields say of an answer.
pub(in crate::tui::screens::chart) fn attested(
    form: &Form,
    hows: &[SignedHow],
    whose: Party,
    cx: &Cx,
) -> Attested {
    let how = of(hows, form.chosen("how"));
    let typed = |id: &str, counts: bool| if counts { form.typed(id) } else { String::new() };
    let guardian = how == Some(SignedHow::Guardian);
    let name = if guardian { form.typed("guardian") } else { typed("name", how == Some(SignedHow::Screen)) };
    let worded =
        matches!(how, Some(SignedHow::Paper | SignedHow::Spoken | SignedHow::Declined | SignedHow::Unable));
    Attested {
        whose,
        how,
        name,
        relation: typed("relation", guardian),
        words: typed("words", worded),
        heard_by: typed("heard", how == Some(SignedHow::Spoken)),
        ask_again: form.date("ask-again", cx.today()).filter(|_| how == Some(SignedHow::Unable)),
        interpreter: form.typed("interpreter"),
        copy: of(&CopyGiven::ALL, form.chosen("copy")),
        given: form.date("given", cx.today()).unwrap_or(cx.today()),
    }
}

/// Asks once more where a name typed at the screen has no word of the client's names: it may be a passphrase, in clear.
pub(in crate::tui::screens::chart) fn is_their_name(
    form: &mut Form,
    said: &Attested,
    chart: &ChartView,
) -> Result<(), Wrong> {
    let typed = said.how == Some(SignedHow::Screen) && said.whose == Party::Client;
    if !typed || form.is_meant() || is_of_theirs(&said.name, &chart.client.value) {
        return Ok(());
    }
    form.doubt();
    let why = "This is none of the client's names. Was a passphrase typed here? If it is what the client typed, save it again.";
    Err(Wrong::new("name", why))
}

/// The field of a form that a lack of an answer belongs to.
pub(in crate::tui::screens::chart) fn field_of(lack: &'static str, how: Option<SignedHow>) -> &'static str {
    match lack {
        "name" if how == Some(SignedHow::Guardian) => "guardian",
        other => other,
    }
}

pub(in crate::tui::screens::chart) fn sentence(why: &str) -> String {
    crate::rules::plan::words::first_upper(why)
}

/// A session of today that was held, for how the client took part.
fn held_today(chart: &ChartView, cx: &Cx) -> Option<String> {
    let held = |one: &&SessionFacts| one.date == cx.today() && one.stands == SessionStands::Held;
    let session = chart.person.summary.days.sessions.iter().rev().find(held)?;
    Some(format!("session of today, {}", session.start))
}

/// What the client said about signing at the turned screen, for a plan that is not signed yet, and the draft it is in.
fn at_screen(chart: &ChartView, cx: &Cx) -> Option<(Number, Attested)> {
    let open = chart.answers.as_deref()?;
    let waits = open.answers.waits_for_a_version();
    let theirs = turned::attested(&open.answers, None, cx.today()).filter(|_| waits)?;
    Some((open.number, theirs))
}

fn sign(newest: Option<&SignedVersion>, room: &Plan, chart: &ChartView, cx: &Cx) -> Step {
    let first = newest.is_none();
    let number = chart.plan.versions.iter().map(|one| one.facts.version).max().unwrap_or(0) + 1;
    let held = held_today(chart, cx);
    let again = newest.and_then(|one| one.facts.look_again).filter(|on| *on > cx.today());
    let kind = if first { VersionKind::Initial } else { VersionKind::Change };
    let kinds = Item::words(VersionKind::ALL.map(VersionKind::word));
    let took = if held.is_some() { "1" } else { "" };
    let mut fields = vec![
        Field::keyed("why", "Why it changed", keyed(WhyChanged::ALL.map(WhyChanged::word)), "").required(),
        Field::keyed("took", "Client took part", keyed(TookPart::ALL.map(TookPart::word)), took).required(),
    ];
    let at_screen = at_screen(chart, cx);
    let theirs = at_screen.clone().map(|(_, theirs)| theirs).unwrap_or_default();
    fields.extend(of_answer(&SignedHow::ALL, "Client signs", chart.client.value.guardian_name(), &theirs));
    fields.extend([
        Field::text("why-words", "Why, in words", ""),
        Field::text("took-words", "Which session, who", held.as_deref().unwrap_or("")),
        Field::text("others", "Who else took part", "").hint("name and role"),
        Field::date("again", "Look again", again, Lean::Future).hint("T+30; empty: as the rules say"),
        Field::text("interpreter", "Interpreter", "").hint("language and name, if there was one"),
        Field::choice("kind", "Kind of version", kinds, kind.word()),
    ]);
    if first {
        fields.retain(|field| !matches!(field.id, "why" | "why-words"));
    }
    // What the agency does not ask for may stay empty.
    let blocks = cx.practice().rules.blocks;
    for field in fields.iter_mut().filter(|field| matches!(field.id, "why" | "took")) {
        field.required = blocks.fields;
    }
    let seen = chart.seen();
    let mut lines = vec![whose(chart, cx)];
    lines.extend(not_asked(chart, cx));
    lines.extend(what_is_signed(newest, room, chart, cx));
    lines.extend(at_screen.is_some().then(|| AT_SCREEN.to_owned()));
    let title = format!("Sign plan {number}");
    ask(chart, title, Form::new("Sign", fields).to_missing(), move |form, chart, cx| {
        let mut signing = read(form, chart, cx);
        if let Some((number, theirs)) = &at_screen {
            let said = &signing.attested;
            let same = (said.how, &said.name, &said.words) == (theirs.how, &theirs.name, &theirs.words);
            signing.at_screen = if same { *number } else { 0 };
        }
        let blocks = cx.practice().rules.blocks;
        let lack = signing_lacks(signing.answers(first), blocks, cx.today()).or_else(|| {
            let lack = attested_lacks(&signing.attested, cx.today());
            lack.map(|(field, why)| (field_of(field, signing.attested.how), why))
        });
        if let Some((field, why)) = lack {
            return Err(Wrong::new(field, sentence(why)));
        }
        if signing.at_screen == 0 {
            is_their_name(form, &signing.attested, chart)?;
        }
        let passphrase = form.secret("secret");
        Ok(asks(PlanAsk::Sign { signing: Box::new(signing), seen: seen.clone(), passphrase }))
    })
    .shaped(|form, _| shape(form, &SignedHow::ALL, true), cx)
    .lines(lines)
    .open()
}

fn read(form: &Form, chart: &ChartView, cx: &Cx) -> PlanSigning {
    let kind = VersionKind::ALL.into_iter().find(|kind| kind.word() == form.chosen("kind"));
    PlanSigning {
        client: chart.client.value.id,
        kind: kind.unwrap_or_default(),
        why: of(&WhyChanged::ALL, form.chosen("why")),
        why_words: form.typed("why-words"),
        took_part: of(&TookPart::ALL, form.chosen("took")),
        took_part_words: form.typed("took-words"),
        participants: form.typed("others"),
        look_again: form.date("again", cx.today()),
        attested: attested(form, &SignedHow::ALL, Party::Client, cx),
        at_screen: 0,
    }
}

/// What of the plan a review can sign along; `None` where nothing changed since the newest version.
pub(in crate::tui::screens::chart) fn along(chart: &ChartView, cx: &Cx) -> Option<Vec<String>> {
    let newest = chart.plan.newest(chart.open_episode()?.number);
    let changed = chart.plan.last.as_ref().is_none_or(|last| between(last, &chart.plan.plan).count() > 0);
    (newest.is_none() || changed).then(|| what_changed(newest, chart, cx))
}

/// What changed since the newest version, or that it is the whole plan; and what a reader would ask.
fn what_is_signed(newest: Option<&SignedVersion>, room: &Plan, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut lines = what_changed(newest, chart, cx);
    if !room.hints.is_empty() {
        let hints = counted(room.hints.len(), "hint", "hints");
        lines.push(format!("{hints} on the page. Hints do not stop you."));
    }
    lines
}

/// `2 of 5 lines were not asked yet. Esc, then Ctrl-G on Wants, asks the client first.` Their page says so of each of them.
fn not_asked(chart: &ChartView, cx: &Cx) -> Option<String> {
    let counts = chart.plan.plan.agreed();
    let all = usize::from(counts.goals.of + counts.tasks.of);
    let were = if counts.unasked == 1 { "was" } else { "were" };
    let lines = counted(all, "line", "lines");
    let key = cx.key(Action::AskAgreement, Scope::Plan);
    (counts.unasked > 0).then(|| {
        format!(
            "{} of {lines} {were} not asked yet. Esc, then {key} on Wants, asks the client first.",
            counts.unasked
        )
    })
}

fn what_changed(newest: Option<&SignedVersion>, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let plan = &chart.plan.plan;
    let mut lines = Vec::new();
    if let (Some(newest), Some(last)) = (newest, &chart.plan.last) {
        let all = changes::told(last, plan, cx);
        let day = when::short(newest.signed, cx.today());
        lines.push(format!("Changed since plan {}, {day}:", newest.facts.version));
        let most = CHANGES.max(usize::from(cx.content().height.saturating_sub(REST)));
        lines.extend(all.iter().take(most).cloned());
        if all.len() > most {
            lines.push(format!("{} more", all.len() - most));
        }
    } else {
        let counts = plan.agreed();
        let goals = counted(counts.goals.of, "goal", "goals");
        let tasks = counted(counts.tasks.of, "task", "tasks");
        lines.push(format!("The whole plan as it is on the page: {goals}, {tasks}."));
    }
    lines
}

/// The question of an answer to a version that is signed.
fn answer(newest: &SignedVersion, open: &[AskedParty], since: &str, chart: &ChartView, cx: &Cx) -> Step {
    // One after the other: the client first.
    let whom = open.first().copied().unwrap_or_default();
    let by_client = whom == AskedParty::Client;
    let hows: &[SignedHow] = if by_client { &SignedHow::ALL } else { &SignedHow::ALL[..5] };
    let guardian = chart.client.value.guardian_name();
    let mut fields = Vec::new();
    if !by_client {
        fields.push(Field::text("whose", "Name of the guardian", guardian).required());
    }
    let label = if by_client { "Client signs" } else { "Guardian signs" };
    fields.extend(of_answer(hows, label, guardian, &Attested::default()));
    fields.push(Field::date("given", "Given on", Some(cx.today()), Lean::Past).required());
    fields.push(Field::text("interpreter", "Interpreter", "").hint("language and name, if there was one"));
    let version = newest.doc;
    let lines = vec![whose(chart, cx), format!("{since}; it {}.", waits_for(open))];
    let title = format!("Plan {}: how the {} answered", newest.facts.version, whom.word());
    let hows: Vec<SignedHow> = hows.to_vec();
    let shaped = hows.clone();
    ask(chart, title, Form::new("Record it", fields).to_missing(), move |form, chart, cx| {
        let whose = if by_client { Party::Client } else { Party::Guardian(form.typed("whose")) };
        let attested = attested(form, &hows, whose, cx);
        if let Some((field, why)) = attested_lacks(&attested, cx.today()) {
            return Err(Wrong::new(field_of(field, attested.how), sentence(why)));
        }
        is_their_name(form, &attested, chart)?;
        let (client, passphrase) = (chart.client.value.id, form.secret("secret"));
        Ok(asks(PlanAsk::Attest { client, version, attested: Box::new(attested), passphrase }))
    })
    .shaped(move |form, _| shape(form, &shaped, by_client), cx)
    .lines(lines)
    .open()
}
