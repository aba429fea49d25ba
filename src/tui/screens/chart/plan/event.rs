//! What happened that the plan is looked at for, and the word that it still fits: the questions, and what the page says.

use super::Plan;
use super::rows::Row;
use crate::domain::{Date, PlanEvent, PlanWord};
use crate::rules::plan::calls;
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, PlanAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Asks for the sentence with which the plan still fits; none is needed.
pub(super) fn fits(chart: &ChartView, cx: &Cx) -> Step {
    let fields = vec![Field::text("words", "In a sentence", "").hint("may be empty")];
    let form = Form::new("It still fits", fields);
    let question = ask(chart, "The plan still fits", form, |form, chart, cx| {
        Ok(asks(recorded(chart, PlanWord::StillFits, cx.today(), form.typed("words"))))
    });
    question.lines(called(chart, cx).into_iter().collect()).open()
}

/// Asks what happened.
pub(super) fn happened(chart: &ChartView) -> Step {
    let client = chart.client.value.id;
    let items = PlanWord::HAPPENED.map(|what| Item::new(what.word(), what.word(), "")).into();
    Question::pick("What happened? It calls for a look at the plan", items, move |key, cx| {
        let what = PlanWord::HAPPENED.into_iter().find(|what| what.word() == key);
        match (what, cx.chart(client)) {
            (Some(what), Some(chart)) => vec![details(what, chart, cx)],
            _ => Vec::new(),
        }
    })
    .open()
}

fn details(what: PlanWord, chart: &ChartView, cx: &Cx) -> Step {
    let words = Field::text("words", "In a sentence", "");
    let words = if what == PlanWord::Other { words.required() } else { words.hint("may be empty") };
    let fields =
        vec![Field::date("on", "On", Some(cx.today()), Lean::Past).hint("T-1, 18 Nov").required(), words];
    let title = what.word();
    ask(chart, title, Form::new("Write it down", fields), move |form, chart, cx| {
        let on = form.date("on", cx.today()).ok_or_else(|| Wrong::new("on", "On which day?"))?;
        if on > cx.today() {
            return Err(Wrong::new("on", "This day is not over yet. Use today or an earlier day."));
        }
        if what == PlanWord::Other && form.typed("words").is_empty() {
            return Err(Wrong::new("words", "Write what happened, in a sentence."));
        }
        Ok(asks(recorded(chart, what, on, form.typed("words"))))
    })
    .open()
}

fn recorded(chart: &ChartView, what: PlanWord, on: Date, words: String) -> PlanAsk {
    let client = chart.client.value.id;
    PlanAsk::RecordEvent(Box::new(PlanEvent { client, what, on, words, ..PlanEvent::default() }))
}

/// What calls for a look at the plan, in a sentence without the key.
pub(super) fn called(chart: &ChartView, cx: &Cx) -> Option<String> {
    let call = chart.plan.call?;
    Some(format!("{}: {}", when::short(call.on, cx.today()), calls::words(call.what)))
}

/// The line on top of the page while something calls.
pub(super) fn line(chart: &ChartView, cx: &Cx) -> Option<String> {
    let called = called(chart, cx)?;
    if !chart.may_write {
        return Some(format!("Look at the plan. {called}."));
    }
    let key = cx.key(Action::AcceptProposal, Scope::Plan);
    Some(format!("Look at the plan. {called}. {key} it still fits"))
}

/// What was written down, for the details of the plan.
pub(super) fn told(chart: &ChartView, cx: &Cx) -> Vec<(&'static str, String)> {
    let one = |event: &PlanEvent| {
        let on = when::short(event.on, cx.today());
        let words = if event.words.is_empty() { String::new() } else { format!(": {}", event.words) };
        let label = if event.what == PlanWord::StillFits { "Looked at" } else { "Happened" };
        (label, format!("{on}, {}{words} ({})", event.what.word(), event.by_name))
    };
    chart.plan.events.iter().map(one).collect()
}

impl Plan {
    /// Whether the key that accepts says that the plan still fits: something calls, and no proposal is highlighted.
    pub(super) fn accepts_fit(&self, chart: &ChartView) -> bool {
        chart.plan.call.is_some() && !matches!(self.here(chart), Some(Row::Proposal(_)))
    }
}
