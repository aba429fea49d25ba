//! Alerts of a chart, and the question what was done about one.

use super::rupture;
use crate::domain::{Alert, AlertDone, CheckIn, Date, Number};
use crate::rules::alerts::{self, TOLD_FOR};
use crate::rules::alliance;
use crate::rules::plan::words::first_upper;
use crate::rules::when;
use crate::service::api::{ChartView, HeardAsk, Kept};
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Answered alerts that stay on the page.
const ANSWERED: usize = 5;

/// The alerts of the page: open ones first, the newest first; of the others the newest.
pub(super) fn shown(chart: &ChartView) -> Vec<&Kept<Alert>> {
    let (mut open, mut rest): (Vec<_>, Vec<_>) = chart.alerts.iter().partition(|kept| kept.value.is_open());
    open.sort_by_key(|kept| std::cmp::Reverse((kept.value.since(), kept.value.number)));
    rest.sort_by_key(|kept| std::cmp::Reverse(kept.value.answer.as_ref().map(|answer| answer.at)));
    open.into_iter().chain(rest.into_iter().take(ANSWERED)).collect()
}

/// The alerts nobody has answered, the newest first.
pub(in crate::tui::screens) fn open(chart: &ChartView) -> impl Iterator<Item = &Alert> {
    shown(chart).into_iter().map(|kept| &kept.value).filter(|alert| alert.is_open())
}

/// What was heard, with its days: `Bond fell from 5 to 3, 21 Nov`.
pub(in crate::tui::screens) fn heard(alert: &Alert, today: Date) -> String {
    let last = alert.standing().last().or(alert.facts.last());
    let on = last.map(|fact| when::short(fact.on, today)).unwrap_or_default();
    let words = first_upper(alert.words());
    match alert.standing().count() {
        0 | 1 => format!("{words}, {on}"),
        count => format!("{words}, {on}, {count} times since {}", when::short(alert.since(), today)),
    }
}

/// What became of it: `not answered, 3 d`; `31 Oct, talked about it with the client`.
pub(super) fn became(alert: &Alert, today: Date) -> String {
    let Some(answer) = &alert.answer else {
        return match today.days_since(alert.since()) {
            ..=0 => "not answered".to_owned(),
            days => format!("not answered, {days} d"),
        };
    };
    let more = if answer.words.is_empty() { String::new() } else { format!(": {}", answer.words) };
    format!("{}, {}{more}", when::short(answer.on, today), answer.done.words())
}

/// Whether an answered alert is old news.
pub(super) fn is_old(alert: &Alert, today: Date) -> bool {
    alert.answer.as_ref().is_some_and(|answer| today.days_since(answer.on) > TOLD_FOR)
}

/// What was heard last that needs no answer: of the line with the newest check-in.
pub(in crate::tui::screens) fn hints(chart: &ChartView, cx: &Cx) -> Vec<String> {
    let lines = alliance::lines(chart.checkins.iter().map(|kept| &kept.value));
    let (Some(line), Some(form)) = (lines.first(), cx.measure(alliance::CHECK_IN)) else { return Vec::new() };
    let on = line.last().map(|one| when::short(one.on, cx.today())).unwrap_or_default();
    let hints =
        alerts::of_check_in(form, line).into_iter().filter(|heard| heard.hint).map(|heard| heard.words);
    let all: Vec<&CheckIn> = chart.checkins.iter().map(|kept| &kept.value).collect();
    let hints = hints.chain(alerts::split(form, &all));
    hints.map(|words| format!("{}, {on}", first_upper(&words))).collect()
}

/// Alerts that were answered since the newest signed note: the next note tells what came of them.
pub(in crate::tui::screens) fn answered_since_note(chart: &ChartView) -> Vec<&Alert> {
    let signed = chart.notes.iter().map(|note| note.signature.at).max();
    let of = |alert: &&Alert| {
        let answer = alert.answer.as_ref().filter(|answer| answer.done.is_answer());
        answer.is_some_and(|answer| signed.is_none_or(|signed| answer.at > signed))
    };
    let mut all: Vec<&Alert> = chart.alerts.iter().map(|kept| &kept.value).filter(of).collect();
    all.sort_by_key(|alert| std::cmp::Reverse(alert.answer.as_ref().map(|answer| answer.at)));
    all
}

/// What was heard and what was done about it, in one sentence: `Bond fell from 5 to 3, 14 Nov; 16 Nov, talked about it`.
pub(in crate::tui::screens) fn heard_and_done(alert: &Alert, today: Date) -> String {
    format!("{}; {}", heard(alert, today), became(alert, today))
}

/// Asks what was done about an alert.
pub(in crate::tui::screens) fn question(number: Number, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let Some(kept) = chart.alerts.iter().find(|kept| kept.value.number == number) else { return Vec::new() };
    if !kept.value.is_open() {
        return vec![Step::Say("This alert is answered already.".to_owned())];
    }
    let items =
        (1..).zip(AlertDone::CHOICES).map(|(digit, done)| Item::new(digit.to_string(), done.words(), ""));
    let form = Form::new(
        "Answer",
        vec![
            Field::yes_no("rupture", "Was it a rupture?", false).hint("y: you write it down next"),
            Field::keyed("done", "What you did", items.collect(), "").required(),
            Field::text("words", "In a few words", "").hint("needed only for something else"),
        ],
    );
    let rev = kept.rev;
    let lines = vec![format!("{}.", heard(&kept.value, cx.today()))];
    let question = ask(chart, "What was done about it?", form, move |form, chart, cx| {
        let at = form.chosen("done").parse::<usize>().ok().and_then(|digit| digit.checked_sub(1));
        let done = at.and_then(|at| AlertDone::CHOICES.get(at)).copied();
        let done = done.ok_or_else(|| Wrong::new("done", "Choose what you did."))?;
        let words = form.typed("words");
        if done == AlertDone::Other && words.is_empty() {
            return Err(Wrong::new("words", "Write in a few words what you did."));
        }
        let client = chart.client.value.id;
        let mut steps = asks(HeardAsk::Answer { client, number, rev, done, words });
        if form.yes("rupture") {
            steps.extend(rupture::add(chart, cx));
        }
        Ok(steps)
    });
    vec![question.lines(lines).at("done").open()]
}
