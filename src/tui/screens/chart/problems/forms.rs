//! The prompts of the problem list, and what their fields say as commands.

use super::{Purpose, To, problem};
use crate::domain::{DimensionRef, Number, Problem, ProblemStatus, ReferralKept, Stage};
use crate::packs;
use crate::rules::when::Lean;
use crate::service::api::{ChartAsk, ChartView, Command, Kept};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Wanted;
use crate::tui::screens::chart::asking::Wrong;
use crate::tui::screens::chart::{needs, words};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

const DATES: &str = "T, T-3, mon, 4/12/26";

/// A prompt around a form, as it is first opened and as it comes back.
pub(super) fn prompt(purpose: &Purpose, form: Form, chart: &ChartView) -> Prompt {
    let client = &chart.client.value;
    let who = format!("{}, {}.", client.header_name(), client.record_no);
    let about = |number: Number| problem(number, chart).map(|kept| line(&kept.value)).unwrap_or_default();
    let (title, line) = match purpose {
        Purpose::Add => (
            "Add a problem".to_owned(),
            "A fact or their words, no label: what stands between them and what they want?".to_owned(),
        ),
        Purpose::Edit(number) => (format!("Edit P{number}"), String::new()),
        Purpose::Stage(number) => (format!("Stage of change of P{number}"), about(*number)),
        Purpose::Status(number) => (format!("Status of P{number}"), about(*number)),
        Purpose::StatusWords(number, to) => (format!("P{number}: {}", word(*to)), about(*number)),
        Purpose::Accept(number) => {
            let found = chart.imported.proposals.iter().find(|proposal| proposal.number == *number);
            let wording = found.map(|proposal| proposal.wording.clone()).unwrap_or_default();
            ("Accept the proposed problem".to_owned(), wording)
        }
    };
    let lines = [who, line].into_iter().filter(|line| !line.is_empty()).collect();
    Prompt { title, lines, form, then: Then::Screen(Wanted::Problems(purpose.clone())) }
}

/// What a problem is called by: the clinician's wording, else the client's between quotation marks.
pub(super) fn line(problem: &Problem) -> String {
    if problem.wording.is_empty() { format!("\"{}\"", problem.words) } else { problem.wording.clone() }
}

/// The choices of a status, each with what it needs.
pub(super) fn statuses() -> Vec<Item> {
    let details = ["worked on", "why, and when to look again", "to whom", "what changed", "why"];
    let all = [To::Active, To::Deferred, To::Referred, To::Resolved, To::EnteredInError];
    all.into_iter().zip(details).map(|(to, detail)| Item::new(word(to), word(to), detail)).collect()
}

fn word(to: To) -> &'static str {
    match to {
        To::Active => "active",
        To::Deferred => "deferred",
        To::Referred => "referred",
        To::Resolved => "resolved",
        To::EnteredInError => "entered in error",
    }
}

/// The status of a word.
pub(super) fn status_named(name: &str) -> Option<To> {
    [To::Active, To::Deferred, To::Referred, To::Resolved, To::EnteredInError]
        .into_iter()
        .find(|to| word(*to) == name)
}

/// Puts a problem back to work: nothing more to ask.
pub(super) fn activate(kept: &Kept<Problem>) -> Step {
    if kept.value.status.is_active() {
        return Step::Say(format!("P{} is active already.", kept.value.number));
    }
    let mut problem = kept.value.clone();
    problem.status = ProblemStatus::Active;
    Step::Ask(save(problem, kept.rev))
}

fn save(problem: Problem, rev: u32) -> Command {
    Command::Chart(ChartAsk::SaveProblem { problem: Box::new(problem), rev })
}

fn set_key(cx: &Cx) -> String {
    words::agency_set(cx).map(|set| set.key.clone()).unwrap_or_default()
}

fn stages(first: Option<&str>) -> Vec<Item> {
    let none = first.map(|words| Item::new("", words, ""));
    none.into_iter()
        .chain(Stage::ALL.map(|stage| Item::new(stage.word(), stage.word(), meaning(stage))))
        .collect()
}

/// How a stage is recognised (`clinical.md` 3.1).
fn meaning(stage: Stage) -> &'static str {
    match stage {
        Stage::Precontemplation => "no problem seen, here because of others",
        Stage::Contemplation => "maybe; sees two sides",
        Stage::Preparation => "intends soon, asks how",
        Stage::Action => "changing, under 6 months",
        Stage::Maintenance => "sustained, 6 months or more",
        Stage::Recurrence => "use or problem returned",
    }
}

fn stage_named(name: &str) -> Option<Stage> {
    Stage::ALL.into_iter().find(|stage| stage.word() == name)
}

/// The number of a dimension in the agency's set, as a key; empty if it has no counterpart there.
fn dimension_key(of: &DimensionRef, cx: &Cx) -> String {
    packs::crosswalk(of, &set_key(cx)).map(|number| number.to_string()).unwrap_or_default()
}

/// The fields of a purpose, with what stands there already.
pub(super) fn form(purpose: &Purpose, chart: &ChartView, cx: &Cx) -> Form {
    match purpose {
        Purpose::Add => whole(None, cx),
        Purpose::Edit(number) => whole(problem(*number, chart).map(|kept| &kept.value), cx),
        Purpose::Stage(number) | Purpose::Status(number) => {
            let now = problem(*number, chart).and_then(|kept| kept.value.stage()).map_or("", Stage::word);
            let fields = vec![
                Field::choice("stage", "Stage of change", stages(None), now).required(),
                Field::date("on", "Asked on", Some(cx.today()), Lean::Past).hint(DATES).required(),
            ];
            Form::new("Set it", fields)
        }
        Purpose::StatusWords(number, to) => {
            status_form(*to, problem(*number, chart).map(|kept| &kept.value.status))
        }
        Purpose::Accept(_) => {
            let set = set_key(cx);
            let fields = vec![
                Field::choice("dimension", "Dimension", needs::dimension_items(&set), "").required(),
                Field::text("words", "The client's words", ""),
                Field::choice("stage", "Stage of change", stages(Some("not asked yet")), ""),
            ];
            Form::new("Accept it", fields)
        }
    }
}

fn whole(problem: Option<&Problem>, cx: &Cx) -> Form {
    let set = set_key(cx);
    let dimensions = needs::dimension_items(&set);
    let mut second = vec![Item::new("", "none", "")];
    second.extend(dimensions.iter().cloned());
    let text = |of: fn(&Problem) -> String| problem.map(of).unwrap_or_default();
    let chosen = problem.map(|p| dimension_key(&p.dimension, cx)).unwrap_or_default();
    let also = problem.and_then(|p| p.second.as_ref()).map(|of| dimension_key(of, cx)).unwrap_or_default();
    let stage = problem.and_then(Problem::stage).map_or("", Stage::word);
    Form::new(
        if problem.is_some() { "Save" } else { "Add it" },
        vec![
            Field::text("wording", "Problem", &text(|p| p.wording.clone())).hint("your wording"),
            Field::text("words", "The client's words", &text(|p| p.words.clone())).hint("as they say it"),
            Field::choice("dimension", "Dimension", dimensions, &chosen).required(),
            Field::choice("second", "Touches too", second, &also),
            Field::choice("stage", "Stage of change", stages(Some("not asked yet")), stage),
            Field::date("on", "Asked on", Some(cx.today()), Lean::Past).hint(DATES),
            Field::text("code", "Code", &text(|p| p.code.as_ref().map(code_typed).unwrap_or_default()))
                .hint("system and code, if any"),
        ],
    )
}

fn code_typed((system, code): &(String, String)) -> String {
    format!("{system} {code}").trim().to_owned()
}

/// `ICD-10-CM F10.20`: the last word is the code, what stands before it the system.
fn code_read(typed: &str) -> Option<(String, String)> {
    let typed = typed.trim();
    let (system, code) = typed.rsplit_once(' ').unwrap_or(("", typed));
    (!code.is_empty()).then(|| (system.trim().to_owned(), code.to_owned()))
}

fn status_form(to: To, now: Option<&ProblemStatus>) -> Form {
    let fields = match (to, now) {
        (To::Deferred, Some(ProblemStatus::Deferred { reason, revisit })) => deferred(reason, Some(*revisit)),
        (To::Deferred, _) => deferred("", None),
        (To::Referred, Some(ProblemStatus::Referred { to, kept, look_again })) => {
            referred(to, *kept, *look_again)
        }
        (To::Referred, _) => referred("", ReferralKept::Made, None),
        (To::Resolved, _) => vec![Field::text("note", "What changed", "").required()],
        _ => vec![Field::text("reason", "Why", "").required()],
    };
    Form::new("Set it", fields)
}

fn deferred(reason: &str, revisit: Option<crate::domain::Date>) -> Vec<Field> {
    vec![
        Field::text("reason", "Why not now", reason).required(),
        Field::date("revisit", "Look again on", revisit, Lean::Future).hint("T+30, mon, 4/12/26").required(),
    ]
}

fn referred(to: &str, kept: ReferralKept, look_again: Option<crate::domain::Date>) -> Vec<Field> {
    let outcomes = ReferralKept::ALL.iter().map(|kept| Item::new(kept.word(), kept.word(), "")).collect();
    vec![
        Field::text("to", "To whom", to).required(),
        Field::date("look", "Look again on", look_again, Lean::Future).hint("T+14, mon, 4/12/26"),
        Field::choice("kept", "What came of it", outcomes, kept.word()),
    ]
}

fn kept_named(word: &str) -> ReferralKept {
    ReferralKept::ALL.into_iter().find(|kept| kept.word() == word).unwrap_or_default()
}

/// What the fields say, as a command.
pub(super) fn read(purpose: &Purpose, form: &Form, chart: &ChartView, cx: &Cx) -> Result<Command, Wrong> {
    match purpose {
        Purpose::Add => read_whole(form, None, chart, cx),
        Purpose::Edit(number) => read_whole(form, Some(found(*number, "wording", chart)?), chart, cx),
        Purpose::Stage(number) | Purpose::Status(number) => {
            let kept = found(*number, "stage", chart)?;
            let mut problem = kept.value.clone();
            let stage =
                stage_named(form.chosen("stage")).ok_or_else(|| Wrong::new("stage", "Choose a stage."))?;
            ask_stage(&mut problem, stage, form, cx)?;
            Ok(save(problem, kept.rev))
        }
        Purpose::StatusWords(number, to) => {
            let kept = found(*number, "reason", chart)?;
            let mut problem = kept.value.clone();
            problem.status = status(*to, form, cx)?;
            Ok(save(problem, kept.rev))
        }
        Purpose::Accept(proposal) => Ok(Command::Chart(ChartAsk::AcceptProposal {
            client: chart.client.value.id,
            proposal: *proposal,
            dimension: dimension(form, "dimension", None, cx)
                .ok_or_else(|| Wrong::new("dimension", "A problem stands in one dimension; choose it."))?,
            words: form.typed("words"),
            stage: stage_named(form.chosen("stage")),
        })),
    }
}

fn found<'a>(number: Number, field: &'static str, chart: &'a ChartView) -> Result<&'a Kept<Problem>, Wrong> {
    problem(number, chart).ok_or_else(|| Wrong::new(field, format!("P{number} is not on the list any more.")))
}

/// The dimension chosen; one of another set stays what it was while its counterpart is still chosen.
fn dimension(form: &Form, id: &str, before: Option<&DimensionRef>, cx: &Cx) -> Option<DimensionRef> {
    let number: u8 = form.chosen(id).parse().ok()?;
    let same = before.filter(|of| dimension_key(of, cx) == number.to_string());
    Some(same.cloned().unwrap_or_else(|| DimensionRef { set: set_key(cx), number }))
}

/// Adds an answer to the stages, kept in the order of their days; asked twice on a day, the later answer holds.
fn ask_stage(problem: &mut Problem, stage: Stage, form: &Form, cx: &Cx) -> Result<(), Wrong> {
    let on = form.date("on", cx.today()).ok_or_else(|| Wrong::new("on", "Type the day it was asked."))?;
    if words::is_ahead(on, cx) {
        return Err(Wrong::new("on", "The day it was asked lies ahead."));
    }
    problem.stages.retain(|(day, _)| *day != on);
    problem.stages.push((on, stage));
    problem.stages.sort_by_key(|(day, _)| *day);
    Ok(())
}

fn status(to: To, form: &Form, cx: &Cx) -> Result<ProblemStatus, Wrong> {
    Ok(match to {
        To::Active => ProblemStatus::Active,
        To::Deferred => {
            let revisit = form.date("revisit", cx.today());
            let revisit = revisit.ok_or_else(|| Wrong::new("revisit", "Type when to look again."))?;
            if revisit < cx.today() {
                return Err(Wrong::new("revisit", "The day to look again lies behind."));
            }
            ProblemStatus::Deferred { reason: form.typed("reason"), revisit }
        }
        To::Referred => ProblemStatus::Referred {
            to: form.typed("to"),
            kept: kept_named(form.chosen("kept")),
            look_again: form.date("look", cx.today()),
        },
        To::Resolved => ProblemStatus::Resolved { note: form.typed("note") },
        To::EnteredInError => ProblemStatus::EnteredInError { reason: form.typed("reason") },
    })
}

fn read_whole(
    form: &Form,
    kept: Option<&Kept<Problem>>,
    chart: &ChartView,
    cx: &Cx,
) -> Result<Command, Wrong> {
    let mut problem = kept.map_or_else(|| empty(chart, cx), |kept| kept.value.clone());
    problem.wording = form.typed("wording");
    problem.words = form.typed("words");
    if problem.wording.is_empty() && problem.words.is_empty() {
        return Err(Wrong::new("wording", "A problem needs a wording: yours, the client's, or both."));
    }
    problem.dimension = dimension(form, "dimension", kept.map(|kept| &kept.value.dimension), cx)
        .ok_or_else(|| Wrong::new("dimension", "A problem stands in one dimension; choose it."))?;
    problem.second = dimension(form, "second", kept.and_then(|kept| kept.value.second.as_ref()), cx);
    if problem.second.as_ref() == Some(&problem.dimension) {
        return Err(Wrong::new("second", "It touches another dimension, or none."));
    }
    match stage_named(form.chosen("stage")) {
        Some(stage) if problem.stage() != Some(stage) => ask_stage(&mut problem, stage, form, cx)?,
        _ => {}
    }
    problem.code = code_read(&form.typed("code"));
    Ok(save(problem, kept.map_or(0, |kept| kept.rev)))
}

/// What the service fills in stands at nothing.
fn empty(chart: &ChartView, cx: &Cx) -> Problem {
    Problem {
        client: chart.client.value.id,
        number: 0,
        wording: String::new(),
        words: String::new(),
        dimension: DimensionRef { set: set_key(cx), number: 0 },
        second: None,
        stages: Vec::new(),
        status: ProblemStatus::Active,
        status_on: cx.today(),
        rank: 0,
        code: None,
        added_at: cx.now.moment,
        added_by: cx.me().unwrap_or_default(),
        added_by_name: String::new(),
        changed_at: cx.now.moment,
        changed_by: cx.me().unwrap_or_default(),
        ..Problem::default()
    }
}
