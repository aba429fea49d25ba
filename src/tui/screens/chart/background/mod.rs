//! What is known from before and from outside, on one page: diagnoses, the level of care over time, earlier help.
//!
//! Owns the highlight. What is written goes out as a command after a question. Prompts about the level ask and decide nothing.

mod diagnosis;
mod help;
pub(in crate::tui::screens::chart) mod level;
#[cfg(test)]
mod tests;
mod view;

use super::blocks::Spot;
use super::{Room, words};
use crate::domain::Number;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::{News, Step};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::frame::empty;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

pub(super) use view::level_words;

/// What a row is about. A part without a record is a row too: something can be added there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Diagnosis(Number),
    NoDiagnosis,
    Level(Number),
    NoLevel,
    Help(Number),
    NoHelp,
}

impl Row {
    fn is_record(self) -> bool {
        matches!(self, Self::Diagnosis(_) | Self::Level(_) | Self::Help(_))
    }
}

/// The state of this page.
#[derive(Debug)]
pub struct Background {
    spot: Spot<Row>,
    /// The rows there were before.
    known: Vec<Row>,
    /// Something is being added here: the highlight goes to it once it is there. What others add moves nothing.
    adding: bool,
}

impl Default for Background {
    fn default() -> Self {
        Self { spot: Spot::new(0), known: Vec::new(), adding: false }
    }
}

impl Background {
    fn here(&self, chart: &ChartView, cx: &Cx) -> Option<Row> {
        self.spot.on(&view::blocks(chart, cx.content().width, cx).keys())
    }

    /// Adds what the highlighted part holds; which part, is asked.
    fn add(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        self.adding = true;
        let items = vec![
            Item::new("diagnosis", "diagnosis", "code or wording, kind, who made it"),
            Item::new("level", "level of care", "indicated, given, and why they differ"),
            Item::new("help", "earlier help", "where, when, what helped"),
        ];
        let at = match self.here(chart, cx) {
            Some(Row::Level(_) | Row::NoLevel) => "level",
            Some(Row::Help(_) | Row::NoHelp) => "help",
            _ => "diagnosis",
        };
        let client = chart.client.value.id;
        let question = Question::pick("Add", items, move |key, cx| {
            let Some(chart) = cx.chart(client) else { return Vec::new() };
            match key {
                "level" => level::question(None, chart, cx),
                "help" => vec![help::question(None, chart)],
                _ => vec![diagnosis::question(None, chart, cx)],
            }
        });
        vec![question.at(at).open()]
    }

    fn change(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match self.here(chart, cx) {
            Some(Row::Diagnosis(number)) => vec![diagnosis::question(Some(number), chart, cx)],
            Some(Row::Level(number)) => level::question(Some(number), chart, cx),
            Some(Row::Help(number)) => vec![help::question(Some(number), chart)],
            _ => self.add(chart, cx),
        }
    }

    /// What can become of a line: it ended, or it was entered in error.
    fn state(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match self.here(chart, cx) {
            Some(Row::Diagnosis(number)) => vec![diagnosis::state(number, chart)],
            Some(Row::Level(number)) => vec![level::in_error(number, chart)],
            Some(Row::Help(number)) => vec![help::in_error(number, chart)],
            _ => vec![Step::Say("There is nothing here yet.".to_owned())],
        }
    }
}

impl Room for Background {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Background]
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !chart.may_read {
            return Vec::new();
        }
        let keys = view::blocks(chart, cx.content().width, cx).keys();
        if self.spot.act(action, &keys, cx.page()) {
            return Vec::new();
        }
        let writes = matches!(action, Action::AddBelow | Action::EditLine | Action::SetState | Action::Open);
        if let Some(why) = words::no_writing(chart, cx).filter(|_| writes) {
            return vec![Step::Warn(why)];
        }
        match action {
            Action::AddBelow => self.add(chart, cx),
            Action::EditLine | Action::Open => self.change(chart, cx),
            Action::SetState => self.state(chart, cx),
            _ => Vec::new(),
        }
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !matches!(news, News::Chart(_)) {
            return Vec::new();
        }
        let keys = view::blocks(chart, cx.content().width, cx).keys();
        let fresh = keys.iter().find(|row| row.is_record() && !self.known.contains(row));
        if let (true, Some(row)) = (self.adding, fresh) {
            self.spot.put(*row, &keys);
            self.adding = false;
        }
        self.known = keys;
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let blocks = view::blocks(chart, area.width, cx);
        if let Some(row) = blocks.hit(at, area, self.spot.on(&blocks.keys())) {
            self.spot.put(row, &blocks.keys());
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        if !chart.may_read {
            let words = "Diagnoses, levels and earlier help are read by those who may open the chart.";
            return empty(frame, area, &[words.to_owned()], cx);
        }
        let blocks = view::blocks(chart, area.width, cx);
        let here = self.spot.on(&blocks.keys());
        blocks.draw(frame, area, here, cx);
    }
}
