//! The log that a client keeps for an objective: the question that gives one, and the strip of days that is typed in.

use super::rows::Row;
use super::{Plan, log_shown};
use crate::domain::{Date, LineKind, LineRef, Log, LogKind, LogValue, Number, Objective};
use crate::rules::plan::log::{self, WholeLog};
use crate::rules::plan::{often, words as said};
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, LogDays, PlanAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::{Field, Kind};
use crate::tui::widgets::form::{Form, Wrong};

/// How far back the strip begins, where nothing was noted for long: it stays a strip.
const BACK: i32 = 41;
/// The fields of a log of words: a week at a time.
const WORDS: [&str; 7] = ["day1", "day2", "day3", "day4", "day5", "day6", "day7"];

/// The objective that is highlighted.
pub(super) fn objective_of(here: Option<Row>) -> Option<Number> {
    match here?.of_line() {
        Row::Line(LineRef { kind: LineKind::Objective, number }) => Some(number),
        _ => None,
    }
}

impl Plan {
    /// What the log of the highlighted objective is asked for; of a plan with one open log, that one from every line.
    pub(super) fn log_act(&self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let plan = self.shown(chart).plan;
        let here = objective_of(self.here(chart));
        let open = plan.open_logs();
        let number = match (here, open.as_slice()) {
            (Some(here), _) => here,
            (None, [only]) => *only,
            _ => return vec![Step::Say("Highlight an objective first: a log belongs to one.".to_owned())],
        };
        let log = plan.log(number);
        match (action, log) {
            (Action::ShowLog, Some(log)) => shown(number, &log, plan.objective(number), cx),
            (Action::ShowLog | Action::ChangeLog, None) => {
                let key = cx.key(Action::KeepLog, Scope::Plan);
                vec![Step::Say(format!("O{number} has no log yet. {key} gives it one."))]
            }
            (Action::ChangeLog, Some(log)) => {
                self.asked_in(chart, cx, || give(number, Some(&log), chart, cx))
            }
            (_, Some(log)) if is_open(&log, plan.objective(number)) => {
                self.asked_in(chart, cx, || days(number, &log, chart, cx))
            }
            (_, log) => self.asked_in(chart, cx, || begin(number, log.as_ref(), chart, cx)),
        }
    }

    fn asked_in(&self, chart: &ChartView, cx: &Cx, question: impl FnOnce() -> Step) -> Vec<Step> {
        vec![self.refuses(chart, cx).unwrap_or_else(question)]
    }
}

pub(super) fn is_open(log: &WholeLog, objective: Option<&Objective>) -> bool {
    objective.is_some_and(|one| one.line.state.is_open()) && log.log.until.is_none()
}

/// The log day by day, in a window.
fn shown(number: Number, log: &WholeLog, objective: Option<&Objective>, cx: &Cx) -> Vec<Step> {
    let Some(objective) = objective else { return Vec::new() };
    let lines = log_shown::window(log, objective, cx);
    vec![Step::Over(Overlay::Message(Message::new(&format!("Log of O{number}"), lines)))]
}

/// A first log, or another one where the one before was ended. An objective that is over gets none, but what was noted up to its end
/// is still typed in.
fn begin(number: Number, before: Option<&WholeLog>, chart: &ChartView, cx: &Cx) -> Step {
    let Some(objective) = chart.plan.plan.objective(number) else {
        return Step::Say("This objective is no longer on the plan.".to_owned());
    };
    match before {
        Some(log) if !objective.line.state.is_open() => days(number, log, chart, cx),
        _ => give(number, None, chart, cx),
    }
}

/// The question of what a log says of itself.
fn give(number: Number, log: Option<&WholeLog>, chart: &ChartView, cx: &Cx) -> Step {
    let Some(objective) = chart.plan.plan.objective(number) else {
        return Step::Say("This objective is no longer on the plan.".to_owned());
    };
    let fresh = Log {
        what: objective.step.trim().to_owned(),
        planned: often::read(&objective.amount).unwrap_or_default(),
        from: cx.today(),
        ..Log::default()
    };
    let is_new = log.is_none();
    let before = log.map_or(fresh, |log| log.log.clone());
    let title = if is_new { format!("A log for O{number}") } else { format!("The log of O{number}") };
    let form = give_form(&before, is_new);
    ask(chart, title, form, move |form, chart, cx| {
        let log = read(form, &before, number, chart, cx)?;
        let rev = chart.plan.log_revs.get(&log.number).copied().unwrap_or(0);
        Ok(asks(PlanAsk::GiveLog { log: Box::new(log), rev }))
    })
    .lines(vec![said::objective_sentence(objective, cx.today())])
    .open()
}

fn give_form(log: &Log, is_new: bool) -> Form {
    let kinds = LogKind::ALL.iter().zip(["1", "2", "3"]);
    let items = kinds.clone().map(|(kind, key)| Item::new(key, kind.word(), "")).collect();
    let chosen = if is_new {
        ""
    } else {
        kinds.clone().find(|(kind, _)| **kind == log.kind).map_or("", |(_, key)| key)
    };
    let mut fields = vec![
        Field::keyed("kind", "Each day", items, chosen)
            .required_or("Choose what is noted each day: 1 yes or no, 2 a number, 3 words."),
        Field::text("what", "What is noted", &log.what)
            .hint("as the client reads it: I slept through")
            .required_or("\"What is noted\" is empty. Write it as the client reads it."),
        Field::text("often", "How often planned", &said::often(&log.planned))
            .hint("daily, 5 times a week; empty: not planned"),
        Field::date("from", "First day", Some(log.from), Lean::Past).hint("T, T-3, T+1"),
    ];
    if !is_new {
        fields.push(Field::date("until", "Ended on", log.until, Lean::Past).hint("empty: it goes on"));
    }
    Form::new(if is_new { "Give it this log" } else { "Save" }, fields)
}

fn read(form: &Form, before: &Log, objective: Number, chart: &ChartView, cx: &Cx) -> Result<Log, Wrong> {
    let kind = LogKind::ALL.iter().zip(["1", "2", "3"]).find(|(_, key)| *key == form.chosen("kind"));
    let planned = often::read(&form.typed("often")).ok_or_else(|| {
        Wrong::new("often", "\"How often planned\" does not read. Write daily, 5 times a week, or nothing.")
    })?;
    let until = form.date("until", cx.today());
    if until.is_some_and(|until| until > cx.today()) {
        return Err(Wrong::new("until", "\"Ended on\" is in the future. Use today or an earlier day."));
    }
    Ok(Log {
        client: chart.client.value.id,
        objective,
        kind: kind.map(|(kind, _)| *kind).unwrap_or_default(),
        what: form.typed("what"),
        planned,
        from: form.date("from", cx.today()).unwrap_or_else(|| cx.today()),
        until,
        ..before.clone()
    })
}

/// The last day that can have an entry.
fn last(log: &WholeLog, objective: Option<&Objective>, cx: &Cx) -> Date {
    let closed = objective.and_then(|objective| log.closed(objective));
    closed.map_or(cx.today(), |closed| closed.min(cx.today()))
}

/// The strip of days that is typed in.
fn days(number: Number, log: &WholeLog, chart: &ChartView, cx: &Cx) -> Step {
    let last = last(log, chart.plan.plan.objective(number), cx);
    if log.log.from > last {
        let first = when::short(log.log.from, cx.today());
        return Step::Say(format!("The log of O{number} begins {first}. There is no day to note yet."));
    }
    let from = log.next().min(last).max(last.plus_days(-BACK)).max(log.log.from);
    let title = format!("Log of O{number}: {}", log.log.what.trim());
    let rev = chart.plan.log_revs.get(&log.log.number).copied().unwrap_or(0);
    let (kind, typed) = (log.log.kind, log.clone());
    let question = ask(chart, title, strip(kind, from), move |form, chart, cx| {
        let days = read_days(form, kind, last, cx)?;
        let client = chart.client.value.id;
        Ok(asks(PlanAsk::KeepDays(LogDays { client, objective: number, rev, days })))
    });
    let shape = log.clone();
    question
        .at(if kind == LogKind::Words { WORDS[0] } else { "days" })
        .shaped(move |form, cx| shaped(form, &shape, last, cx), cx)
        .below(move |form, cx| reads(form, &typed, last, cx))
        .open()
}

fn strip(kind: LogKind, from: Date) -> Form {
    let mut fields =
        vec![Field::date("from", "From", Some(from), Lean::Past).hint("an earlier day corrects it")];
    if kind == LogKind::Words {
        fields.extend(WORDS.map(|id| Field::text(id, "", "")));
        return Form::new("Write them down", fields);
    }
    let hint =
        if kind == LogKind::YesNo { "1 yes, 0 no, - blank" } else { "a digit a day, or 12 3 0; - blank" };
    fields.push(Field::named_words("heads", ""));
    fields.push(Field::named_words("noted", "Noted so far"));
    fields.push(Field::text("days", "Day by day", "").hint(hint));
    Form::new("Write them down", fields)
}

fn first(form: &Form, cx: &Cx) -> Option<Date> {
    form.date("from", cx.today())
}

/// The days from the one that is typed, up to the last that can have an entry.
fn range(form: &Form, last: Date, cx: &Cx) -> Vec<Date> {
    let Some(from) = first(form, cx) else { return Vec::new() };
    (0..=last.days_since(from).min(400)).map(|day| from.plus_days(day)).collect()
}

/// What is above the strip: the weekday of each sign, and what is noted already.
fn shaped(form: &mut Form, log: &WholeLog, last: Date, cx: &Cx) {
    let days = range(form, last, cx);
    if log.log.kind == LogKind::Words {
        for (at, id) in WORDS.into_iter().enumerate() {
            let day = days.get(at);
            form.hide(id, day.is_none());
            let Some(day) = day else { continue };
            let there = if log.on(*day).is_some() { ", noted" } else { "" };
            form.relabel(id, &format!("{} {}{there}", when::weekday_of(*day), when::short(*day, cx.today())));
        }
        return;
    }
    let heads: String = days.iter().filter_map(|day| when::weekday_of(*day).chars().next()).collect();
    let noted: Vec<String> = days.iter().map(|day| log::sign(log.on(*day))).collect();
    let apart = noted.iter().any(|sign| sign.chars().count() > 1);
    let is_any = days.iter().any(|day| log.on(*day).is_some());
    put(form, "heads", heads);
    put(form, "noted", noted.join(if apart { " " } else { "" }));
    form.hide("noted", !is_any);
}

fn put(form: &mut Form, id: &str, words: String) {
    if let Some(field) = form.fields.iter_mut().find(|field| field.id == id) {
        field.kind = Kind::Words(words);
    }
}

/// What the strip says so far: each day with its sign, the newest ones where there are many.
fn reads(form: &Form, log: &WholeLog, last: Date, cx: &Cx) -> String {
    let days = range(form, last, cx);
    if log.log.kind == LogKind::Words {
        let was = WORDS.iter().zip(&days).find(|(id, _)| **id == form.focus());
        let was = was.and_then(|(_, day)| log.on(*day));
        return was.map(|was| format!("Noted so far: {}", log::sign(Some(was)))).unwrap_or_default();
    }
    let typed = match log::read(&form.typed("days"), log.log.kind) {
        Ok(typed) => typed,
        Err(why) => return why,
    };
    if typed.len() > days.len() {
        return too_many(typed.len(), &days, cx);
    }
    let said: Vec<String> = typed
        .iter()
        .zip(&days)
        .map(|(value, day)| format!("{} {}", when::weekday_of(*day), log::sign(value.as_ref())))
        .collect();
    let newest = said[said.len().saturating_sub(10)..].join(", ");
    let left = days.len() - typed.len();
    match (said.is_empty(), left) {
        (true, _) => format!("{} days, {}.", days.len(), span(&days, cx)),
        (false, 0) => format!("{newest}: up to today."),
        (false, left) => format!("{newest}; {left} more up to today."),
    }
}

fn span(days: &[Date], cx: &Cx) -> String {
    let day = |day: Option<&Date>| {
        day.map(|day| format!("{} {}", when::weekday_of(*day), when::short(*day, cx.today())))
            .unwrap_or_default()
    };
    format!("{} to {}", day(days.first()), day(days.last()))
}

fn too_many(typed: usize, days: &[Date], cx: &Cx) -> String {
    let there = match days.len() {
        0 => "there is no day to note from this one on".to_owned(),
        many => format!("there are {many} days, {}", span(days, cx)),
    };
    format!("You typed {typed} signs, and {there}. Later days are still to come.")
}

type Days = Vec<(Date, Option<LogValue>)>;

fn read_days(form: &Form, kind: LogKind, last: Date, cx: &Cx) -> Result<Days, Wrong> {
    let days = range(form, last, cx);
    if days.is_empty() {
        return Err(Wrong::new("from", "There is no day to note from this one on. Choose an earlier one."));
    }
    if kind == LogKind::Words {
        return read_words(form, &days);
    }
    let typed = log::read(&form.typed("days"), kind).map_err(|why| Wrong::new("days", why))?;
    if typed.is_empty() {
        return Err(Wrong::new("days", "Type a sign for each day, - for a day without one."));
    }
    if typed.len() > days.len() {
        return Err(Wrong::new("days", too_many(typed.len(), &days, cx)));
    }
    Ok(days.into_iter().zip(typed).collect())
}

/// A field left empty leaves its day as it is; `-` takes away what is there.
fn read_words(form: &Form, days: &[Date]) -> Result<Days, Wrong> {
    let typed = WORDS.iter().zip(days).map(|(id, day)| (*day, form.typed(id)));
    let found: Days = typed
        .filter(|(_, words)| !words.is_empty())
        .map(|(day, words)| (day, (words != "-").then_some(LogValue::Words(words))))
        .collect();
    if found.is_empty() {
        return Err(Wrong::new(WORDS[0], "Nothing is written for any of these days."));
    }
    Ok(found)
}
