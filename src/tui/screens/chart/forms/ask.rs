//! The windows of short forms: an entry, what came later, a correction.

use super::fields::{Asked, DAY, REASON};
use super::{entries, thread};
use crate::domain::{Number, ShortEntry, ShortMeans, ShortUse};
use crate::packs::ShortForm;
use crate::rules::short_forms::{self, Thread, check};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::screens::chart::{same, words};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Why nothing can be written just now. What came later and what was wrong is written after the stay has ended, too.
pub(super) fn no_writing(
    action: Action,
    here: Option<&Thread<'_>>,
    chart: &ChartView,
    cx: &Cx,
) -> Option<String> {
    // What is there already is finished where it is, in a chart that another one leads too.
    let is_there = action != Action::AddBelow && here.is_some();
    if is_there && same::leading(chart).is_some() {
        return None;
    }
    words::no_writing(chart, cx)
}

/// Opens a window of fields that leads to an entry; `of` is what the entry is to the others.
fn window(
    asked: Asked,
    title: String,
    (means, of): (ShortMeans, Number),
    with: Option<&ShortEntry>,
    chart: &ChartView,
    cx: &Cx,
) -> Question {
    let mut fields = asked.fields(with, cx);
    if means == ShortMeans::Corrects {
        fields.push(Field::text(REASON, "Why corrected", "").hint("what was wrong before").required());
    }
    let mut form = Form::new("Save", fields);
    // The substances come to be asked when the panel is chosen: from there on one goes through them.
    if means == ShortMeans::Begins && asked.form().used_as == ShortUse::Test {
        form = form.to_missing();
    }
    let shape = asked.clone();
    let question = ask(chart, title, form, move |form, chart, cx| {
        let on = form.date(DAY, cx.today()).ok_or_else(|| Wrong::new(DAY, "Type the day."))?;
        if words::is_ahead(on, cx) {
            return Err(Wrong::new(DAY, "The day is not over yet. Type the day it happened."));
        }
        let entry = ShortEntry {
            client: chart.client.value.id,
            form: asked.form().key.clone(),
            on,
            answers: asked.read(form, cx)?,
            means,
            of,
            reason: form.typed(REASON),
            ..ShortEntry::default()
        };
        check::fitted(asked.form(), &entry, asked.is_further()).map_err(|unfit| asked.wrong(unfit))?;
        Ok(asks(entry))
    });
    let question = question.shaped(move |form, _| shape.shape(form), cx);
    let first = question.filled().map_or("", Asked::first);
    question.at(first)
}

/// A new entry.
pub(super) fn begin(form: &ShortForm, chart: &ChartView, cx: &Cx) -> Step {
    window(Asked::begins(form), form.name.clone(), (ShortMeans::Begins, 0), None, chart, cx).open()
}

/// The form of a thing, if it is still the same one.
fn form_of<'a>(thread: &Thread<'_>, cx: &'a Cx) -> Result<&'a ShortForm, Vec<Step>> {
    let form = cx.form(&thread.begun.form).filter(|form| form.used_as == thread.begun.used_as);
    form.ok_or_else(|| {
        vec![Step::Warn(
            "The file of this form is not here any more. It can only be entered in error.".to_owned(),
        )]
    })
}

/// What came later of a thing.
fn further(thread: &Thread<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let form = match form_of(thread, cx) {
        Ok(form) => form,
        Err(steps) => return steps,
    };
    if form.later().next().is_none() {
        return vec![Step::Say(
            "Nothing of this form comes later. Correct it, or begin a new entry.".to_owned(),
        )];
    }
    let day = |on| when::short(on, cx.today());
    let title = format!("{} of {}: what came later", form.name, day(thread.begun.on));
    let asked = Asked::further(form, thread);
    let lines = vec![thread.line(&day), "What stays empty is as it was before.".to_owned()];
    let means = (ShortMeans::Further, thread.root);
    vec![window(asked, title, means, None, chart, cx).lines(lines).open()]
}

/// Types the results of the test that this entry began.
pub(in crate::tui::screens::chart) fn result_of(number: Number, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let found = short_forms::root(&entries(chart), number).and_then(|root| thread(root, chart));
    found.map(|thread| further(&thread, chart, cx)).unwrap_or_default()
}

/// What can become of a thing: something came later, or it is in error.
pub(super) fn state(thread: &Thread<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    if !thread.counts() {
        return vec![Step::Say("This is entered in error already. It counts for nothing.".to_owned())];
    }
    let mut items = vec![Item::new("later", "what came later", "a result, an outcome, a new dose")];
    items.extend(thread.entries().enumerate().map(|(at, entry)| {
        let what = if at == 0 { "all of it was entered in error" } else { "what came later is in error" };
        Item::new(entry.number.to_string(), what, when::short(entry.on, cx.today()))
    }));
    let (client, root) = (chart.client.value.id, thread.root);
    let question = Question::pick("What is it now?", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        match key.parse::<Number>() {
            Ok(number) => vec![in_error(number, chart)],
            Err(_) => result_of(root, chart, cx),
        }
    });
    vec![question.open()]
}

/// Asks why an entry should never have been here.
fn in_error(number: Number, chart: &ChartView) -> Step {
    let form = Form::new("Enter in error", vec![Field::text(REASON, "Why", "").required()]);
    let question = ask(chart, "Short form entered in error", form, move |form, chart, _| {
        Ok(asks(ShortEntry {
            client: chart.client.value.id,
            means: ShortMeans::InError,
            of: number,
            reason: form.typed(REASON),
            ..ShortEntry::default()
        }))
    });
    question
        .lines(vec!["It stays in the chart, is marked as in error and counts for nothing.".to_owned()])
        .open()
}

/// Corrects an entry of a thing; which one is asked where there are several.
pub(super) fn correct(thread: &Thread<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    if !thread.counts() {
        return vec![Step::Say("This is entered in error. Begin a new entry instead.".to_owned())];
    }
    if thread.further.is_empty() {
        return correction(thread.begun.number, chart, cx);
    }
    let item = |(at, entry): (usize, &ShortEntry)| {
        let what = if at == 0 { "how it began" } else { "what came later" };
        Item::new(
            entry.number.to_string(),
            what,
            format!("{}, {}", when::short(entry.on, cx.today()), entry.by_name),
        )
    };
    let items = thread.entries().enumerate().map(item).collect();
    let client = chart.client.value.id;
    let question = Question::pick("Which entry is wrong?", items, move |key, cx| {
        let found = cx.chart(client).zip(key.parse::<Number>().ok());
        found.map(|(chart, number)| correction(number, chart, cx)).unwrap_or_default()
    });
    vec![question.open()]
}

fn correction(number: Number, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let all = entries(chart);
    let Some(entry) = all.iter().find(|one| one.number == number).copied() else { return Vec::new() };
    let Some(thread) = short_forms::root(&all, number).and_then(|root| thread(root, chart)) else {
        return Vec::new();
    };
    let form = match form_of(&thread, cx) {
        Ok(form) => form,
        Err(steps) => return steps,
    };
    let asked = if thread.begun.number == number {
        Asked::begins(form)
    } else {
        // What could have been said then: the thing without this entry and what came after it.
        let further = thread.further.iter().copied().take_while(|one| one.number != number).collect();
        Asked::further(form, &Thread { further, ..thread.clone() })
    };
    let title = format!("Correct {}, {}", form.name.to_lowercase(), when::short(entry.on, cx.today()));
    let lines =
        vec!["The earlier entry stays and is marked as corrected, with your name and the reason.".to_owned()];
    vec![window(asked, title, (ShortMeans::Corrects, number), Some(entry), chart, cx).lines(lines).open()]
}
