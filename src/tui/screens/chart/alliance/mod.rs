//! The alliance as it was heard: check-ins over the sessions, a line of its own for each person they are about and who answers.
//!
//! Owns which line is shown and which of its rows is highlighted. What is typed is the screen's that opens.

pub(in crate::tui::screens) mod answering;
pub(in crate::tui::screens) mod rupture;
#[cfg(test)]
mod tests;
mod view;
pub(in crate::tui::screens) mod ways;

use super::asking::{ask, asks};
use super::blocks::Spot;
use super::{Room, header, paper, turning, words};
use crate::domain::{CheckIn, Number, Paper};
use crate::rules::alliance;
use crate::service::api::{ChartView, HeardAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::checkin;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;
use crate::tui::widgets::frame::empty;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// Rows that a page up or down moves by.
const PAGE_ROWS: usize = 4;

/// A row of this page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Alert(Number),
    Rupture(rupture::Which),
    CheckIn(Number),
    Ways,
    /// A barrier, by its place.
    Barrier(usize),
}

/// The state of this page.
#[derive(Debug)]
pub struct Alliance {
    /// Which line is shown, among those there are.
    line: usize,
    spot: Spot<Row>,
    /// The table alone, without the drawings.
    table: bool,
    /// The key that turns the screen was pressed once.
    turning: bool,
}

impl Default for Alliance {
    fn default() -> Self {
        Self { line: 0, spot: Spot::new(0), table: false, turning: false }
    }
}

impl Alliance {
    /// The line that is shown, oldest first.
    fn line<'a>(&self, chart: &'a ChartView) -> Vec<&'a CheckIn> {
        let mut lines = alliance::lines(chart.checkins.iter().map(|kept| &kept.value));
        if lines.is_empty() { Vec::new() } else { lines.swap_remove(self.line.min(lines.len() - 1)) }
    }

    /// The rows: alerts, open ones first; ruptures, ways of working; then the check-ins of the line, newest first.
    fn keys(&self, chart: &ChartView) -> Vec<Row> {
        let alerts = answering::shown(chart).into_iter().map(|kept| Row::Alert(kept.value.number));
        let checkins = self.line(chart).into_iter().rev().map(|one| Row::CheckIn(one.number));
        let ruptures = rupture::shown(chart).into_iter();
        let ruptures = ruptures.map(|kept| Row::Rupture((kept.value.by, kept.value.number)));
        alerts.chain(ruptures).chain(ways::keys(chart)).chain(checkins).collect()
    }

    /// Turns to the next line.
    fn turn(&mut self, on: bool, chart: &ChartView) {
        let count = alliance::lines(chart.checkins.iter().map(|kept| &kept.value)).len().max(1);
        let at = self.line.min(count - 1);
        self.line = if on { at + 1 } else { at + count - 1 } % count;
        self.spot = Spot::new(0);
    }

    /// Enter answers an alert. A check-in has nothing more to open.
    fn open(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match self.spot.on(&self.keys(chart)) {
            Some(Row::Alert(number)) => answering::question(number, chart, cx),
            Some(Row::Rupture(which)) => rupture::question(which, chart, cx),
            Some(Row::Ways) => ways::question(chart),
            Some(Row::Barrier(place)) => ways::barrier_question(place, chart),
            Some(Row::CheckIn(_)) | None => Vec::new(),
        }
    }

    /// Answers the highlighted alert, or says that the highlighted check-in is in error.
    fn state(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match self.spot.on(&self.keys(chart)) {
            Some(Row::Alert(number)) => answering::question(number, chart, cx),
            Some(Row::Rupture(which)) => rupture::question(which, chart, cx),
            Some(Row::Ways) => ways::question(chart),
            Some(Row::Barrier(place)) => ways::barrier_question(place, chart),
            Some(Row::CheckIn(number)) => in_error(number, chart),
            None => vec![Step::Say("There is no check-in and no alert yet.".to_owned())],
        }
    }
}

/// Says that a check-in is in error.
fn in_error(number: Number, chart: &ChartView) -> Vec<Step> {
    let form = Form::new("Enter in error", vec![Field::text("words", "Why", "").required()]);
    let question = ask(chart, "Check-in entered in error", form, move |form, chart, _| {
        let rev = chart.checkins.iter().find(|kept| kept.value.number == number).map_or(0, |kept| kept.rev);
        let (client, words) = (chart.client.value.id, form.typed("words"));
        Ok(asks(HeardAsk::CheckInError { client, number, rev, words }))
    });
    vec![question.open()]
}

impl Room for Alliance {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Alliance]
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::NextLeaf | Action::PrevLeaf)
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !chart.may_read {
            return Vec::new();
        }
        let again = std::mem::take(&mut self.turning);
        // Rows are of several lines, and nothing is jumped over.
        if self.spot.act(action, &self.keys(chart), PAGE_ROWS) {
            return Vec::new();
        }
        let writes = matches!(
            action,
            Action::AddBelow
                | Action::SetState
                | Action::Open
                | Action::TurnScreen
                | Action::TurnOwnLine
                | Action::AcceptProposal
        );
        if let Some(why) = words::no_writing(chart, cx).filter(|_| writes) {
            return vec![Step::Warn(why)];
        }
        match action {
            Action::AddBelow => return checkin::step(chart, header::of(chart, cx), cx),
            Action::TurnScreen => {
                self.turning = !again;
                return turning::turn_form(alliance::CHECK_IN, again, Scope::Alliance, chart, cx);
            }
            Action::AcceptProposal => return turning::take_over(chart, cx),
            Action::MakePage => return vec![paper::of(Paper::OwnLine, chart, cx)],
            Action::TurnOwnLine => return vec![turning::choose(Paper::OwnLine, chart, cx)],
            Action::SetState => return self.state(chart, cx),
            Action::Open => return self.open(chart, cx),
            Action::TableAlone => self.table = !self.table,
            Action::NextLeaf => self.turn(true, chart),
            Action::PrevLeaf => self.turn(false, chart),
            _ => {}
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let area = turning::below_line(area, chart, cx);
        if let Some(row) = view::hit(self, at, area, chart, cx) {
            let keys = self.keys(chart);
            self.spot.put(row, &keys);
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        if !chart.may_read {
            let words = "Check-ins are read by those who may open the chart.";
            return empty(frame, area, &[words.to_owned()], cx);
        }
        let area = turning::draw_line(frame, area, chart, cx);
        view::draw(self, frame, area, chart, cx);
    }
}
