//! What a critical answer opens: the person first, then the need, then what is done, by whom, until when.
//!
//! Nothing is filled from a default but the time to look again. What is left empty stays open, and the answer stays on the lists.

use super::asking::{ask, asks};
use super::needs::{owner, owner_field};
use crate::domain::{CriticalDone, CriticalWaiting, ImmediateNeed, NeedState, Number};
use crate::rules::need::{USUAL_RECHECK, read_recheck};
use crate::rules::when;
use crate::service::api::{ChartView, HeardAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::words::at;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Whether the need of a critical answer is undecided.
fn waits(waiting: &CriticalWaiting, chart: &ChartView) -> bool {
    let need = chart.needs.iter().find(|need| need.value.number == waiting.need);
    need.is_some_and(|need| need.value.state == NeedState::Proposed)
}

/// Numbers of the critical answers nobody has decided on, oldest first.
pub(in crate::tui::screens) fn undecided(chart: &ChartView) -> Vec<Number> {
    let open = chart.criticals.iter().filter(|kept| waits(&kept.value, chart));
    open.map(|kept| kept.value.number).collect()
}

/// The critical answer that proposed a need, if one did and nobody has decided on it.
pub(super) fn of_need(need: Number, chart: &ChartView) -> Option<Number> {
    let of = |number: &Number| {
        let found = chart.criticals.iter().find(|kept| kept.value.number == *number);
        found.is_some_and(|kept| kept.value.need == need)
    };
    undecided(chart).into_iter().rev().find(of)
}

/// Words with their digits, as a form offers them.
fn items(words: &[&str]) -> Vec<Item> {
    (1..).zip(words).map(|(digit, word)| Item::new(digit.to_string(), *word, "")).collect()
}

const HERE: [&str; 4] = ["in this room", "on the phone", "gone, called", "not reached"];
const ASSESSED: [&str; 3] = ["by talking", "with a measure", "not yet"];
const NEED: [&str; 3] = [
    "confirmed: there is danger now",
    "dismissed: no danger, and how you know",
    "to be watched: it stays NOW until somebody has looked again",
];
const MEANS: [&str; 3] = ["none", "secured", "yes, not secured"];
const PLAN: [&str; 3] = ["made", "looked at again", "declined"];
const CONSULT: [&str; 3] = ["the supervisor, now", "on call", "not needed"];

/// The fourth answer about the need, where one of its dimension was open before.
const JOINS: &str = "it is the need that is open already: told there, and not listed twice";

/// The need of the same dimension that was open before.
fn open_before<'a>(waiting: &CriticalWaiting, chart: &'a ChartView) -> Option<&'a ImmediateNeed> {
    let needs = chart.needs.iter().map(|kept| &kept.value);
    let mut open = needs.filter(|need| need.state.open() && need.state != NeedState::Proposed);
    open.find(|need| need.number != waiting.need && need.dimension == waiting.dimension)
}

/// What was said of means at home the last time they were asked about, with its day.
fn means_before(waiting: &CriticalWaiting, chart: &ChartView, cx: &Cx) -> Option<String> {
    let others = chart.criticals.iter().map(|kept| &kept.value).filter(|one| one.number != waiting.number);
    let asked = others.flat_map(|one| &one.done).filter(|done| !done.means.is_empty());
    let newest = asked.max_by_key(|done| done.at)?;
    Some(format!("Means at home, {}: {}.", at(newest.at, chart, cx), newest.means))
}

/// The form, as it is opened.
fn form(waiting: &CriticalWaiting, done: &CriticalDone, chart: &ChartView, cx: &Cx) -> Form {
    let joins = open_before(waiting, chart).map(|_| JOINS);
    let need: Vec<&str> = NEED.into_iter().chain(joins).collect();
    // What was written down before stands there, to be gone on with.
    let choice = |id, label, words: &[&str], was: &str| {
        let chosen = words.iter().position(|word| *word == was).map(|at| (at + 1).to_string());
        Field::keyed(id, label, items(words), &chosen.unwrap_or_default())
    };
    Form::new(
        "Write it down",
        vec![
            choice("here", "Still here", &HERE, &done.here),
            choice("assessed", "Assessed now", &ASSESSED, &done.assessed),
            Field::text("words", "What they said", &done.words).hint("the client's words"),
            choice("need", "The need", &need, ""),
            Field::text("action", "What is done", "").hint("or, if it is dismissed, how you know"),
            owner_field("By whom", chart, cx),
            Field::offered("until", "Look again", USUAL_RECHECK).hint("+2h, +30m, +1d, 16:00"),
            choice("means", "Means at home", &MEANS, &done.means),
            choice("plan", "Safety plan", &PLAN, &done.plan),
            choice("consult", "Consult", &CONSULT, &done.consult),
            Field::text("more", "Anything else", "").hint("why not yet, why not needed, secured by whom"),
        ],
    )
}

/// What the answer was, and what was answered before.
fn lines(waiting: &CriticalWaiting, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let value = waiting.entries.last().map_or("", |entry| entry.value.as_str());
    let value = if value.is_empty() { "taken away" } else { value };
    let on = when::short(waiting.on, cx.today());
    let mut lines = vec![format!("{}: {value}. Filled in on {on}, {}.", waiting.about, waiting.how.words())];
    if waiting.entries.len() > 1 {
        let entries: Vec<String> = waiting
            .entries
            .iter()
            .map(|entry| {
                let value = if entry.value.is_empty() { "taken away" } else { &entry.value };
                format!("{value} at {}", at(entry.at, chart, cx))
            })
            .collect();
        lines.push(format!("It was changed: {}.", entries.join(", then ")));
    }
    lines.extend(open_before(waiting, chart).map(|need| {
        let how = match &need.state {
            NeedState::InHand { action, .. } => format!("in hand, {action}"),
            _ => "confirmed".to_owned(),
        };
        format!("Open already in D{}: {} ({how}).", need.dimension.number, need.reason)
    }));
    lines.extend(means_before(waiting, chart, cx));
    lines.push(safety_plan(chart, cx));
    let earlier = earlier(waiting, chart, cx);
    if !earlier.is_empty() {
        lines.push(format!("Earlier: {}.", earlier.join(", ")));
    }
    lines.extend(waiting.done.last().map(|done| {
        format!(
            "Written by {}: {}",
            done.by_name,
            [&done.here, &done.assessed, &done.decided]
                .into_iter()
                .filter(|said| !said.is_empty())
                .map(String::as_str)
                .collect::<Vec<_>>()
                .join(", ")
        )
    }));
    lines
}

/// Whether there is a safety plan of this stay, with the key that opens it once this is written down.
fn safety_plan(chart: &ChartView, cx: &Cx) -> String {
    let key = cx.key(Action::SafetyPlan, Scope::Chart);
    match chart.safety_plan().filter(|_| chart.has_safety_plan()) {
        Some(plan) => format!(
            "Safety plan {}, {}. In the chart {key} opens it.",
            plan.version,
            when::short(plan.on, cx.today())
        ),
        None => format!("No safety plan of this stay yet. In the chart {key} begins one."),
    }
}

/// The answers to the same item before, newest first.
fn earlier(waiting: &CriticalWaiting, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut filled: Vec<_> = chart
        .measures
        .iter()
        .map(|kept| &kept.value)
        .filter(|one| one.measure == waiting.measure && one.begun != waiting.begun && one.in_error.is_empty())
        .collect();
    filled.sort_by_key(|one| std::cmp::Reverse(one.taken()));
    let shown = |one: &&crate::domain::Administration| {
        let key = one.reply(&waiting.item).key()?;
        Some(format!("{key} on {}", when::short(one.on, cx.today())))
    };
    filled.iter().filter_map(shown).take(3).collect()
}

/// What was chosen in a field, in words.
fn chosen(form: &Form, id: &str, words: &[&str]) -> String {
    let at = form.chosen(id).parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
    at.and_then(|at| words.get(at)).map(|word| (*word).to_owned()).unwrap_or_default()
}

/// Whether what is filled in adds nothing to the entry before, whoever wrote that and when.
fn is_same(before: &CriticalDone, now: &CriticalDone) -> bool {
    let mut now = now.clone();
    (now.by, now.at) = (before.by, before.at);
    now.by_name.clone_from(&before.by_name);
    if now.decided.is_empty() {
        now.decided.clone_from(&before.decided);
    }
    now == *before
}

/// The question what is done about a critical answer, for somebody who asked for it.
pub(in crate::tui::screens) fn question(number: Number, chart: &ChartView, cx: &Cx) -> Step {
    built(number, chart, cx).map_or_else(gone, Question::open)
}

/// As [`question`], while the next answers are being typed: none of them counts here.
pub(in crate::tui::screens) fn unasked(number: Number, chart: &ChartView, cx: &Cx) -> Step {
    built(number, chart, cx).map_or_else(gone, |question| question.unasked().open())
}

fn gone() -> Step {
    Step::Say("That critical answer is not in the chart any more.".to_owned())
}

fn built(number: Number, chart: &ChartView, cx: &Cx) -> Option<Question> {
    let kept = chart.criticals.iter().find(|kept| kept.value.number == number)?;
    let done = kept.value.done.last().cloned().unwrap_or_default();
    let title = format!("Act on this first: {}", kept.value.about);
    let question = ask(chart, title, form(&kept.value, &done, chart, cx), move |form, chart, cx| {
        let found = chart.criticals.iter().find(|kept| kept.value.number == number);
        let kept =
            found.ok_or_else(|| Wrong::new("", "That critical answer is not in the chart any more."))?;
        let open = open_before(&kept.value, chart);
        let state = state(form, open, cx)?;
        let joins = open.map(|need| need.number).filter(|_| form.chosen("need") == "4");
        let more = form.typed("more");
        let with =
            |words: String| if more.is_empty() { words } else { format!("{words} {more}").trim().to_owned() };
        let done = CriticalDone {
            here: chosen(form, "here", &HERE),
            assessed: chosen(form, "assessed", &ASSESSED),
            words: form.typed("words"),
            decided: with(form.typed("action")),
            means: chosen(form, "means", &MEANS),
            plan: chosen(form, "plan", &PLAN),
            consult: chosen(form, "consult", &CONSULT),
            joins,
            ..CriticalDone::default()
        };
        let said =
            [&done.here, &done.assessed, &done.words, &done.decided, &done.means, &done.plan, &done.consult];
        if state.is_none() && said.iter().all(|words| words.is_empty()) {
            return Err(Wrong::new(
                "here",
                "Nothing is written yet. Press Esc to leave it: it stays on the lists.",
            ));
        }
        if state.is_none() && kept.value.done.last().is_some_and(|before| is_same(before, &done)) {
            return Err(Wrong::new("here", "All of this is written down already. Press Esc to leave it so."));
        }
        let client = chart.client.value.id;
        Ok(asks(HeardAsk::Act { client, number, rev: kept.rev, done: Box::new(done), state }))
    })
    .lines(lines(&kept.value, chart, cx))
    .at("here");
    Some(question)
}

/// In hand, by whom, and when to look again.
fn in_hand(action: String, form: &Form, cx: &Cx) -> Result<NeedState, Wrong> {
    let recheck_at = read_recheck(&form.typed("until"), cx.now.moment, cx.now.local)
        .ok_or_else(|| Wrong::new("until", "\"Look again\" is not a time. Try +2h, +30m, +1d or 16:00."))?;
    Ok(NeedState::InHand { action, owner: owner(form, cx), recheck_at })
}

/// Where the need goes by what is filled in; `None` while that is not said.
fn state(form: &Form, open: Option<&ImmediateNeed>, cx: &Cx) -> Result<Option<NeedState>, Wrong> {
    let action = form.typed("action");
    match form.chosen("need") {
        "1" if action.is_empty() => Ok(Some(NeedState::Confirmed)),
        "1" => in_hand(action, form, cx).map(Some),
        "2" if action.is_empty() => {
            Err(Wrong::new("action", "Say how you know, for example: asked again, misread, no plan."))
        }
        "3" => {
            let action = if action.is_empty() {
                "To be watched".to_owned()
            } else {
                format!("To be watched: {action}")
            };
            in_hand(action, form, cx).map(Some)
        }
        "2" => Ok(Some(NeedState::Dismissed { reason: action })),
        "4" => Ok(open.map(|need| NeedState::Dismissed {
            reason: format!("it is the need that is open already: {}", need.reason),
        })),
        _ => Ok(None),
    }
}
