//! Correcting an immediate need: its words, since when there has been danger, its dimension, that it is over. What was there stays in
//! its history.

use super::{about, dimension_chosen, dimension_items, say};
use crate::domain::{ClockTime, LocalTime, Number};
use crate::packs;
use crate::rules::need::story::{is_correctable, newest_said, step_words};
use crate::rules::when::Lean;
use crate::service::api::{ChartView, Kept, NeedSaid};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::ask;
use crate::tui::screens::chart::words::{at, dimension_ref};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

type Need = Kept<crate::domain::ImmediateNeed>;

fn in_chart(number: Number, chart: &ChartView) -> Option<&Need> {
    chart.needs.iter().find(|need| need.value.number == number)
}

/// Asks which need is wrong, newest first, those that are over too.
pub(super) fn which(chart: &ChartView, cx: &Cx) -> Step {
    let all: Vec<&Need> = chart.needs.iter().collect();
    pick("Which immediate need is wrong?", &all, chart, cx, what)
}

fn pick(
    title: &str,
    of: &[&Need],
    chart: &ChartView,
    cx: &Cx,
    then: fn(&Need, &ChartView, &Cx) -> Step,
) -> Step {
    let client = chart.client.value.id;
    let item = |need: &&Need| {
        let over = if need.value.state.open() { "" } else { ", over" };
        let since = format!("{}{over}", at(need.value.raised_at, chart, cx));
        let words = format!("D{} {}", need.value.dimension.number, need.value.reason);
        Item::new(need.value.number.to_string(), words, &since)
    };
    let items = of.iter().map(item).collect();
    Question::pick(title, items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let need = key.parse().ok().and_then(|number| in_chart(number, chart));
        need.map(|need| then(need, chart, cx)).into_iter().collect()
    })
    .open()
}

/// Asks what of a need is wrong: one of its wordings, since when, or its dimension.
pub(super) fn what(need: &Need, chart: &ChartView, cx: &Cx) -> Step {
    let (client, number) = (chart.client.value.id, need.value.number);
    let entries = need.value.history.iter().enumerate().rev().filter(|(_, entry)| is_correctable(entry));
    let over = !need.value.state.open();
    let reopens = over.then(|| Item::new("again", "It is not over: open it again", "as it was"));
    let mut items: Vec<Item> = reopens.into_iter().collect();
    items.extend(
        entries.map(|(at, entry)| Item::new(at.to_string(), entry.words.clone(), step_words(entry.step))),
    );
    items.push(Item::new("since", at(need.value.raised_at, chart, cx), "since when"));
    items.push(Item::new("dimension", dimension_ref(&need.value.dimension, cx), "dimension"));
    let newest = newest_said(&need.value).map(|at| at.to_string()).unwrap_or_default();
    let first = if over { "again" } else { newest.as_str() };
    Question::pick("What of this immediate need is wrong?", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let Some(need) = in_chart(number, chart) else { return Vec::new() };
        vec![match key {
            "again" => again(number, chart, cx),
            "since" => since(need, chart, cx),
            "dimension" => dimension(need, chart, cx),
            place => words(number, place.parse().unwrap_or_default(), chart),
        }]
    })
    .lines(about(&need.value, chart, cx))
    .at(first)
    .open()
}

/// Asks why a need that is over was not.
fn again(number: Number, chart: &ChartView, cx: &Cx) -> Step {
    let of: Vec<String> =
        in_chart(number, chart).map(|need| about(&need.value, chart, cx)).unwrap_or_default();
    let kept = "It goes on since when it did. That it was over stays in its history.".to_owned();
    let field = Field::text("words", "What was wrong?", "").hint("dismissed by mistake").required();
    ask(
        chart,
        "Open the immediate need again",
        Form::new("Open it again", vec![field]),
        move |form, chart, _| say(number, NeedSaid::Reopened(form.typed("words")), chart),
    )
    .lines(of.into_iter().chain([kept]).collect())
    .open()
}

/// Asks which of the needs that are over was not; the only one is not asked about.
pub(super) fn reopen(chart: &ChartView, cx: &Cx) -> Option<Step> {
    let over: Vec<&Need> = chart.needs.iter().filter(|need| !need.value.state.open()).collect();
    match over[..] {
        [] => None,
        [only] => Some(again(only.value.number, chart, cx)),
        _ => Some(pick("Which immediate need is not over?", &over, chart, cx, |need, chart, cx| {
            again(need.value.number, chart, cx)
        })),
    }
}

fn kept() -> Vec<String> {
    vec!["What is there now stays in the history of the immediate need.".to_owned()]
}

fn words(number: Number, entry: usize, chart: &ChartView) -> Step {
    let was = in_chart(number, chart).and_then(|need| need.value.history.get(entry));
    let was = was.map_or("", |entry| entry.words.as_str());
    let form = Form::new("Correct it", vec![Field::text("words", "As it should be", was).required()]);
    ask(chart, "Correct the words", form, move |form, chart, _| {
        say(number, NeedSaid::Corrected { entry, words: form.typed("words") }, chart)
    })
    .lines(kept())
    .open()
}

fn since(need: &Need, chart: &ChartView, cx: &Cx) -> Step {
    let number = need.value.number;
    let known = chart.times.iter().find(|(one, _)| *one == need.value.raised_at);
    let LocalTime { date, time, .. } = known.map_or(cx.now.local, |(_, local)| *local);
    let form = Form::new(
        "Correct it",
        vec![
            Field::date("on", "Since", Some(date), Lean::Past).hint("T, T-1, mon, 4/25/26").required(),
            Field::time("at", "  at", &time.to_string()).hint("14:05").required(),
        ],
    );
    ask(chart, "Since when there has been danger", form, move |form, chart, cx| {
        let on = form.date("on", cx.today());
        let on = on.ok_or_else(|| Wrong::new("on", "This is not a date. Try T, T-1, mon or 4/25/26."))?;
        let at = ClockTime::parse(&form.typed("at"));
        let at =
            at.ok_or_else(|| Wrong::new("at", "This is not a time of day. Try 14:00, 930 or 2:30 pm."))?;
        say(number, NeedSaid::Since(on, at), chart)
    })
    .lines(kept())
    .open()
}

fn dimension(need: &Need, chart: &ChartView, cx: &Cx) -> Step {
    let number = need.value.number;
    let here = packs::crosswalk(&need.value.dimension, cx.set_key()).unwrap_or_default();
    let field = Field::choice("dimension", "Dimension", dimension_items(cx), &here.to_string()).required();
    ask(chart, "The dimension it belongs to", Form::new("Correct it", vec![field]), move |form, chart, cx| {
        say(number, NeedSaid::Dimension(dimension_chosen(form, cx)), chart)
    })
    .lines(kept())
    .open()
}
