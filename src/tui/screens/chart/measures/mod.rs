//! Filled-in measures: which there are, what is due, and one of them over time.
//!
//! Owns which measure is shown and which of its rows is highlighted. `Ctrl-A` begins the one that is shown; what is typed is the
//! screen's that opens.

mod rows;
#[cfg(test)]
mod tests;
mod told;
mod view;

pub(super) use rows::score;

use super::asking::{ask, asks};
use super::blocks::Spot;
use super::{Room, critical, header, turning, words};
use crate::domain::{Administration, Number};
use crate::service::api::{ChartView, HeardAsk, Kept, MeasureMark};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{News, Step};
use crate::tui::screens::measure;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;
use crate::tui::widgets::frame::empty;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// The state of this page.
#[derive(Debug)]
pub struct Measures {
    /// The measure that was turned to; `None` = the one that is due, else the newest.
    shown: Option<String>,
    spot: Spot<Number>,
    /// The items of the highlighted row are shown.
    items: bool,
    /// The table alone, without the drawing.
    table: bool,
    /// The key that turns the screen was pressed once.
    turning: bool,
}

impl Default for Measures {
    fn default() -> Self {
        Self { shown: None, spot: Spot::new(0), items: false, table: false, turning: false }
    }
}

impl Measures {
    /// The measure that is shown.
    fn here(&self, chart: &ChartView, cx: &Cx) -> Option<String> {
        let used = rows::used(chart, cx);
        let chosen = self.shown.as_ref().filter(|key| used.iter().any(|one| one.key == **key));
        chosen.cloned().or_else(|| used.first().map(|one| one.key.clone()))
    }

    /// The rows of the measure that is shown, newest first.
    fn rows<'a>(&self, chart: &'a ChartView, cx: &Cx) -> Vec<&'a Kept<Administration>> {
        self.here(chart, cx).map(|key| rows::of(&key, chart)).unwrap_or_default()
    }

    fn keys(&self, chart: &ChartView, cx: &Cx) -> Vec<Number> {
        self.rows(chart, cx).iter().map(|kept| kept.value.number).collect()
    }

    fn row<'a>(&self, chart: &'a ChartView, cx: &Cx) -> Option<&'a Kept<Administration>> {
        let number = self.spot.on(&self.keys(chart, cx))?;
        self.rows(chart, cx).into_iter().find(|kept| kept.value.number == number)
    }

    /// Turns to the next measure that is in use.
    fn turn(&mut self, on: bool, chart: &ChartView, cx: &Cx) {
        let used = rows::used(chart, cx);
        let here = self.here(chart, cx);
        let at = used.iter().position(|one| Some(&one.key) == here.as_ref()).unwrap_or(0);
        let count = used.len().max(1);
        let next = if on { at + 1 } else { at + count - 1 } % count;
        self.shown = used.get(next).map(|one| one.key.clone());
        self.spot = Spot::new(0);
        self.items = false;
    }

    /// Begins the measure that is shown; without one, asks which.
    fn begin(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match self.here(chart, cx) {
            Some(key) => measure::step(&key, chart, header::of(chart, cx), cx),
            None => vec![choose(chart, cx)],
        }
    }

    /// Turns the measure that is shown to the client.
    fn turn_screen(&mut self, again: bool, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(key) = self.here(chart, cx) else {
            let key = cx.key(Action::Palette, Scope::Measures);
            return vec![Step::Say(format!(
                "No measure is shown yet. {key}, Begin another measure, begins one."
            ))];
        };
        self.turning = !again;
        turning::turn_form(&key, again, Scope::Measures, chart, cx)
    }

    /// What can be said about the highlighted row.
    fn state(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(kept) = self.row(chart, cx) else {
            return vec![Step::Say("Nothing is filled in yet.".to_owned())];
        };
        let (number, client) = (kept.value.number, chart.client.value.id);
        let mut items = Vec::new();
        if kept.value.is_to_be_asked() {
            items.push(Item::new("asked", "Asked about the item that was left blank", "what came of it"));
        }
        let shown =
            if kept.value.shown { "It was not shown to the client" } else { "It was shown to the client" };
        items.push(Item::new("shown", shown, ""));
        items.push(Item::new("error", "It was entered in error", "it counts for nothing then"));
        let title =
            format!("{}, {}", kept.value.measure, crate::rules::when::short(kept.value.on, cx.today()));
        let question = Question::pick(title, items, move |key, cx| {
            let Some(chart) = cx.chart(client) else { return Vec::new() };
            match key {
                "asked" => vec![say(number, "What came of asking", chart, MeasureMark::Asked)],
                "error" => vec![say(number, "Why it is in error", chart, MeasureMark::InError)],
                _ => mark(number, chart, |one| MeasureMark::Shown(!one.shown)),
            }
        });
        vec![question.open()]
    }

    /// Opens what is done about a critical answer that nobody has decided on, if there is one.
    fn open(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let waiting = critical::undecided(chart).pop().filter(|_| chart.may_answer);
        if let Some(number) = waiting {
            return vec![critical::question(number, chart, cx)];
        }
        self.items = !self.items;
        Vec::new()
    }
}

/// The question which measure is begun.
fn choose(chart: &ChartView, cx: &Cx) -> Step {
    let items = cx
        .measures()
        .filter(|measure| !measure.private && measure.key != rows::CHECK_IN)
        .map(|measure| Item::new(measure.key.clone(), measure.key.clone(), measure.about.clone()))
        .collect();
    let client = chart.client.value.id;
    Question::pick("Which measure?", items, move |key, cx| {
        let chart = cx.chart(client);
        chart.map(|chart| measure::step(key, chart, header::of(chart, cx), cx)).unwrap_or_default()
    })
    .open()
}

fn mark(number: Number, chart: &ChartView, mark: impl Fn(&Administration) -> MeasureMark) -> Vec<Step> {
    let found = chart.measures.iter().find(|kept| kept.value.number == number);
    let Some(kept) = found else { return Vec::new() };
    let client = chart.client.value.id;
    asks(HeardAsk::Mark { client, number, rev: kept.rev, mark: mark(&kept.value) })
}

/// The question with words about a row.
fn say(number: Number, title: &str, chart: &ChartView, of: fn(String) -> MeasureMark) -> Step {
    let form = Form::new("Save", vec![Field::text("words", "In words", "").required()]);
    ask(chart, title, form, move |form, chart, _| {
        let words = form.typed("words");
        Ok(mark(number, chart, |_| of(words.clone())))
    })
    .open()
}

impl Room for Measures {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Measures]
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::NextLeaf | Action::PrevLeaf)
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !chart.may_read {
            return Vec::new();
        }
        let again = std::mem::take(&mut self.turning);
        if self.spot.act(action, &self.keys(chart, cx), cx.page()) {
            return Vec::new();
        }
        let writes = matches!(
            action,
            Action::AddBelow
                | Action::OtherMeasure
                | Action::SetState
                | Action::TurnScreen
                | Action::AcceptProposal
        );
        if let Some(why) = words::no_writing(chart, cx).filter(|_| writes) {
            return vec![Step::Warn(why)];
        }
        match action {
            Action::AddBelow => return self.begin(chart, cx),
            Action::TurnScreen => return self.turn_screen(again, chart, cx),
            Action::AcceptProposal => return turning::take_over(chart, cx),
            Action::OtherMeasure => return vec![choose(chart, cx)],
            Action::SetState => return self.state(chart, cx),
            Action::Open => return self.open(chart, cx),
            Action::Right => self.items = true,
            Action::Left => self.items = false,
            Action::TableAlone => self.table = !self.table,
            Action::NextLeaf => self.turn(true, chart, cx),
            Action::PrevLeaf => self.turn(false, chart, cx),
            _ => {}
        }
        Vec::new()
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        // What was just filled in is shown, with the highlight on it.
        if let News::Chart(_) = news {
            let newest = chart.measures.iter().map(|kept| &kept.value).max_by_key(|one| one.at);
            let fresh = newest.filter(|one| cx.now.moment.0 - one.at.0 < 2_000 && Some(one.by) == cx.me());
            if let Some(one) = fresh {
                self.shown = Some(one.measure.clone());
                let keys = self.keys(chart, cx);
                self.spot.put(one.number, &keys);
            }
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let area = turning::below_line(area, chart, cx);
        if let Some(number) = view::hit(self, at, area, chart, cx) {
            let keys = self.keys(chart, cx);
            self.spot.put(number, &keys);
        }
        Vec::new()
    }

    fn back(&mut self, _chart: &ChartView, _cx: &Cx) -> Option<Vec<Step>> {
        std::mem::take(&mut self.items).then(Vec::new)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        if !chart.may_read {
            let words = "Filled-in measures are read by those who may open the chart.";
            return empty(frame, area, &[words.to_owned()], cx);
        }
        let area = turning::draw_line(frame, area, chart, cx);
        view::draw(self, frame, area, chart, cx);
    }
}
