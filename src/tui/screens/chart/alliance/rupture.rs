//! Ruptures on this page: their rows, and the forms that write one down and say what came of it.
//!
//! The service hands over only those that this person may know of; where there are none, nothing is drawn.

use crate::domain::{Number, Rupture, RuptureKind, RuptureOutcome, StaffId, counted};
use crate::packs;
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, HeardAsk, Kept};
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// A rupture: who wrote it, and its number among theirs.
pub(super) type Which = (StaffId, Number);

/// Those that belong here, open ones first, each kind the newest first.
pub(super) fn shown(chart: &ChartView) -> Vec<&Kept<Rupture>> {
    let mut all: Vec<&Kept<Rupture>> =
        chart.ruptures.iter().filter(|kept| kept.value.in_error.is_empty()).collect();
    all.sort_by_key(|kept| (!kept.value.is_open(), std::cmp::Reverse(kept.value.on)));
    all
}

/// The open ones, for the next note.
pub(in crate::tui::screens) fn open(chart: &ChartView) -> impl Iterator<Item = &Rupture> {
    shown(chart).into_iter().map(|kept| &kept.value).filter(|one| one.is_open())
}

/// `14 Nov, withdrawal: short answers, topic change`.
pub(in crate::tui::screens) fn heard(one: &Rupture, cx: &Cx) -> String {
    let mut words = one.marks.clone();
    words.extend((!one.what.is_empty()).then(|| one.what.clone()));
    format!("{}, {}: {}", when::short(one.on, cx.today()), one.kind.word(), words.join(", "))
}

/// What was tried and what came of it: `open   tried: asked for feedback`.
pub(super) fn became(one: &Rupture, cx: &Cx) -> String {
    let on = one.outcome_on.map(|on| format!(", {}", when::short(on, cx.today()))).unwrap_or_default();
    let words = if one.outcome_words.is_empty() { String::new() } else { format!(": {}", one.outcome_words) };
    let tried =
        if one.repair.is_empty() { String::new() } else { format!("   tried: {}", one.repair.join(", ")) };
    format!("{}{on}{words}{tried}", one.outcome.words())
}

/// Who else sees it.
pub(super) fn seen_by(one: &Rupture, cx: &Cx) -> String {
    if cx.me() == Some(one.by) {
        return "seen by you and your supervisor only".to_owned();
    }
    format!("written by {}; seen by them and you only", one.by_name)
}

/// What is tried in an open one, as the next note says it.
pub(in crate::tui::screens) fn repairs() -> String {
    format!("Repair: {}.", packs::lists().repair_actions.join(" · "))
}

fn kinds() -> Vec<Item> {
    let item = |(digit, kind): (usize, RuptureKind)| Item::new(digit.to_string(), kind.word(), "");
    (1..).zip(RuptureKind::ALL).map(item).collect()
}

fn chosen<T: Copy>(form: &Form, id: &str, all: &[T]) -> Option<T> {
    let at = form.chosen(id).parse::<usize>().ok()?.checked_sub(1)?;
    all.get(at).copied()
}

fn marks() -> Vec<Item> {
    let lists = packs::lists();
    let of = |words: &[String], kind: RuptureKind| {
        words.iter().map(|word| (word.clone(), kind.word())).collect::<Vec<(String, &str)>>()
    };
    let mut all = of(&lists.withdrawal_marks, RuptureKind::Withdrawal);
    all.extend(of(&lists.confrontation_marks, RuptureKind::Confrontation));
    let keys = ('1'..='9').chain('a'..='z');
    keys.zip(all).map(|(key, (word, kind))| Item::new(key.to_string(), word, kind)).collect()
}

/// The words of a mark, by its key.
fn mark_of(key: &str) -> Option<String> {
    marks().into_iter().find(|item| item.key == key).map(|item| item.label)
}

/// Writes a new one down: kind and one mark are enough.
pub(in crate::tui::screens) fn add(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let form = Form::new(
        "Write it down",
        vec![
            Field::keyed("kind", "How", kinds(), "").required(),
            Field::keyed("mark", "It showed in", marks(), ""),
            Field::choice("also", "And in", marks(), ""),
            Field::text("what", "What happened", ""),
            Field::choice("repair", "What you tried", repair_items(), ""),
            Field::date("on", "On", Some(cx.today()), Lean::Past).required(),
        ],
    );
    let question = ask(chart, "A rupture", form, |form, chart, cx| {
        let kind = chosen(form, "kind", &RuptureKind::ALL);
        let kind = kind.ok_or_else(|| Wrong::new("kind", "Choose withdrawal, confrontation or both."))?;
        let marks: Vec<String> =
            ["mark", "also"].into_iter().filter_map(|id| mark_of(form.chosen(id))).collect();
        let what = form.typed("what");
        if marks.is_empty() && what.is_empty() {
            return Err(Wrong::new("mark", "Choose what it showed in, or write what happened."));
        }
        let on = form.date("on", cx.today()).ok_or_else(|| Wrong::new("on", "Type the day."))?;
        let rupture = Rupture {
            client: chart.client.value.id,
            kind,
            marks,
            what,
            repair: tried(form),
            on,
            ..Rupture::default()
        };
        Ok(asks(HeardAsk::Rupture { rupture: Box::new(rupture), rev: 0 }))
    });
    let seen = "You and your supervisor see this, nobody else. It is in no list of the team.".to_owned();
    vec![question.lines(vec![seen, belongs(cx)]).open()]
}

/// Whether a request for the client's records includes ruptures, as the agency decided.
fn belongs(cx: &Cx) -> String {
    let place = cx.signed_in.as_ref().map(|desk| desk.rules.ruptures).unwrap_or_default();
    format!("In this agency it belongs to {}: it is {}.", place.word(), place.means())
}

fn repair_items() -> Vec<Item> {
    Item::words(&packs::lists().repair_actions)
}

fn tried(form: &Form) -> Vec<String> {
    Some(form.chosen("repair").to_owned()).filter(|word| !word.is_empty()).into_iter().collect()
}

/// Says what was tried and what came of one. Its author does.
pub(super) fn question(which: Which, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let (by, number) = which;
    let found = chart.ruptures.iter().find(|kept| (kept.value.by, kept.value.number) == (by, number));
    let Some(kept) = found else { return Vec::new() };
    if cx.me() != Some(by) {
        return vec![Step::Say(format!("{} says what came of it.", kept.value.by_name))];
    }
    let (one, rev) = (kept.value.clone(), kept.rev);
    let outcomes =
        (1..).zip(RuptureOutcome::ALL).map(|(digit, one)| Item::new(digit.to_string(), one.words(), ""));
    let mut outcomes: Vec<Item> = outcomes.collect();
    outcomes.push(Item::new("5", "entered in error", "it counts for nothing"));
    let now = RuptureOutcome::ALL.iter().position(|outcome| *outcome == one.outcome).unwrap_or(0) + 1;
    let form = Form::new(
        "Save",
        vec![
            Field::keyed("outcome", "It is", outcomes, &now.to_string()).required(),
            Field::choice("repair", "Also tried", repair_items(), ""),
            Field::text("words", "In a few words", &one.outcome_words),
            Field::date("on", "On", Some(one.outcome_on.unwrap_or(cx.today())), Lean::Past).required(),
        ],
    );
    let lines = vec![heard(&one, cx), became(&one, cx), belongs(cx)];
    let question = ask(chart, "What came of it?", form, move |form, _, cx| {
        let mut rupture = one.clone();
        let on = form.date("on", cx.today()).ok_or_else(|| Wrong::new("on", "Type the day."))?;
        if on < one.on || on > cx.today() {
            return Err(Wrong::new("on", "Choose a day from that of the rupture until today."));
        }
        rupture.outcome_on = Some(on);
        rupture.outcome_words = form.typed("words");
        for word in tried(form) {
            if !rupture.repair.contains(&word) {
                rupture.repair.push(word);
            }
        }
        if form.chosen("outcome") == "5" {
            if rupture.outcome_words.is_empty() {
                return Err(Wrong::new("words", "Say why it is in error."));
            }
            rupture.in_error.clone_from(&rupture.outcome_words);
        } else {
            rupture.outcome = chosen(form, "outcome", &RuptureOutcome::ALL).unwrap_or_default();
        }
        if !rupture.outcome.is_open() && rupture.repair.is_empty() && rupture.outcome_words.is_empty() {
            return Err(Wrong::new("repair", "Choose what you tried, or write it below."));
        }
        Ok(asks(HeardAsk::Rupture { rupture: Box::new(rupture), rev }))
    });
    vec![question.lines(lines).open()]
}

/// `2 ruptures, 1 open`, for the heading.
pub(super) fn heading(all: &[&Kept<Rupture>]) -> String {
    let open = all.iter().filter(|kept| kept.value.is_open()).count();
    format!("   Ruptures   {}, {open} open", counted(all.len(), "rupture", "ruptures"))
}
