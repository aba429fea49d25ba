//! The two questions of the priorities: what the client wants in their words, and what they put first by choosing.

use crate::domain::{DimensionRef, Wants};
use crate::packs;
use crate::rules::when::Lean;
use crate::service::api::{ChartAsk, ChartView};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Read};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::screens::chart::{needs, words};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

const PLACES: [&str; 3] = ["first", "second", "third"];

/// The question what the client wants, typed; `rank`: what they put first, by choosing.
pub(in crate::tui::screens::chart) fn ask_wants(rank: bool, chart: &ChartView, cx: &Cx) -> Step {
    let name = chart.client.value.header_name();
    let (title, line, form) = if rank {
        let line = "The first raises its dimension one tier; the others decide between equals.";
        ("What the client puts first", line, rank_form(chart, cx))
    } else {
        ("What the client wants, and why now", "In the person's own words.", wants_form(chart, cx))
    };
    let lines = vec![format!("{name}, {}. {line}", chart.client.value.record_no)];
    ask(chart, title, form, move |form, chart, cx| read(rank, form, chart, cx)).lines(lines).open()
}

fn before(chart: &ChartView) -> Wants {
    chart.wants.as_ref().map(|kept| kept.value.clone()).unwrap_or_default()
}

/// What they put first when last asked, in the agency's set: an order given in another goes over by the crosswalk.
fn first_here(wants: &Wants, cx: &Cx) -> Vec<u8> {
    let Some(set) = cx.set() else { return Vec::new() };
    let over = |number: &u8| {
        let from = DimensionRef { set: wants.set.clone(), number: *number };
        packs::crosswalk(&from, &set.key)
    };
    wants.first.iter().filter_map(over).collect()
}

/// The set has a dimension that is talked about, not rated: its words are in the wants.
fn talks(cx: &Cx) -> bool {
    cx.set().is_some_and(|set| set.dimensions.iter().any(|dimension| !dimension.rated))
}

/// The dimensions with their numbers, for an order that is typed in numbers.
fn numbers(cx: &Cx) -> String {
    let of = |one: &packs::Dimension| format!("{} {}", one.number, one.short);
    let all = cx.set().map(|set| set.dimensions.iter().filter(|one| one.rated).map(of).collect::<Vec<_>>());
    format!("numbers, first first: {}", all.unwrap_or_default().join(", "))
}

fn said_on(cx: &Cx) -> Field {
    Field::date("on", "Said on", Some(cx.today()), Lean::Past).hint("T, T-3, mon, 4/25/26").required()
}

fn wants_form(chart: &ChartView, cx: &Cx) -> Form {
    let wants = before(chart);
    let first: Vec<String> = first_here(&wants, cx).iter().map(u8::to_string).collect();
    let mut fields = vec![
        Field::text("wants", "Wants", &wants.wants),
        Field::text("why", "Why now", &wants.why_now),
        Field::offered("first", "They put first", &first.join(" ")).hint(&numbers(cx)),
        Field::text("words", "Their words for it", &wants.words),
    ];
    if talks(cx) {
        fields.push(Field::text("barriers", "Barriers to care", &wants.barriers));
        fields.push(Field::text("preferences", "Preferences", &wants.preferences));
    }
    fields.push(said_on(cx));
    Form::new("Write it down", fields)
}

/// First, second and third, chosen.
fn rank_form(chart: &ChartView, cx: &Cx) -> Form {
    let wants = before(chart);
    let first = first_here(&wants, cx);
    let mut items = vec![Item::new("", "none", "")];
    items.extend(needs::dimension_items(cx));
    let mut fields: Vec<Field> = PLACES
        .into_iter()
        .zip(["First", "Second", "Third"])
        .enumerate()
        .map(|(at, (id, label))| {
            let chosen = first.get(at).map(u8::to_string).unwrap_or_default();
            Field::choice(id, label, items.clone(), &chosen)
        })
        .collect();
    fields.push(Field::text("words", "Their words for it", &wants.words));
    fields.push(said_on(cx));
    Form::new("Write it down", fields)
}

/// Digits as typed, `6 3` or `6, 3`; each a dimension of the set, none twice.
fn read_order(text: &str, cx: &Cx) -> Result<Vec<u8>, Wrong> {
    let set = cx.set();
    let mut order = Vec::new();
    for word in text.split([' ', ',', ';']).filter(|word| !word.is_empty()) {
        let digits = word.trim_start_matches(['D', 'd', '#']);
        let number = digits.parse::<u8>().ok().filter(|n| set.is_some_and(|set| set.dimension(*n).is_some()));
        match number {
            Some(number) if order.contains(&number) => {
                return Err(Wrong::new(
                    "first",
                    format!("D{number} is there twice. Name each dimension once."),
                ));
            }
            Some(number) => order.push(number),
            None => {
                let last = set.map_or(0, |set| set.dimensions.len());
                return Err(Wrong::new(
                    "first",
                    format!("Type dimensions in their order, 1 to {last}: 6 3."),
                ));
            }
        }
    }
    Ok(order)
}

/// Chosen places; a gap closes up.
fn chosen_order(form: &Form) -> Result<Vec<u8>, Wrong> {
    let mut order = Vec::new();
    for id in PLACES {
        let Ok(number) = form.chosen(id).parse::<u8>() else { continue };
        if order.contains(&number) {
            return Err(Wrong::new(id, format!("D{number} is there twice. Choose each dimension once.")));
        }
        order.push(number);
    }
    Ok(order)
}

/// What the fields say, as a command.
fn read(rank: bool, form: &Form, chart: &ChartView, cx: &Cx) -> Read {
    let mut wants = before(chart);
    if rank {
        wants.first = chosen_order(form)?;
    } else {
        wants.first = read_order(&form.typed("first"), cx)?;
        wants.wants = form.typed("wants");
        wants.why_now = form.typed("why");
        if talks(cx) {
            wants.barriers = form.typed("barriers");
            wants.preferences = form.typed("preferences");
        }
    }
    wants.words = form.typed("words");
    let is_empty = [&wants.wants, &wants.why_now, &wants.words, &wants.barriers, &wants.preferences]
        .iter()
        .all(|words| words.is_empty());
    if is_empty && wants.first.is_empty() && chart.wants.is_none() {
        return Err(Wrong::new(if rank { "first" } else { "wants" }, "Nothing is written down yet."));
    }
    wants.on = form
        .date("on", cx.today())
        .ok_or_else(|| Wrong::new("on", "\"Said on\" is empty. Type the day, such as T for today."))?;
    if words::is_ahead(wants.on, cx) {
        return Err(Wrong::new("on", "\"Said on\" is in the future. Use today or an earlier day."));
    }
    cx.set_key().clone_into(&mut wants.set);
    let (client, rev) = (chart.client.value.id, chart.wants.as_ref().map_or(0, |kept| kept.rev));
    Ok(asks(ChartAsk::RecordWants { client, wants: Box::new(wants), rev }))
}
