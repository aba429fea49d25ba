//! The alliance as it was heard: check-ins over the sessions, a line of its own for each person they are about and who answers.
//!
//! Owns which line is shown and which of its rows is highlighted. What is typed is the screen's that opens.

#[cfg(test)]
mod tests;
mod view;

use super::asking::{ask, asks};
use super::blocks::Spot;
use super::{Room, header, turning, words};
use crate::domain::{CheckIn, Number};
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

/// The state of this page.
#[derive(Debug)]
pub struct Alliance {
    /// Which line is shown, among those there are.
    line: usize,
    spot: Spot<Number>,
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

    /// Its rows, newest first.
    fn keys(&self, chart: &ChartView) -> Vec<Number> {
        self.line(chart).iter().rev().map(|one| one.number).collect()
    }

    /// Turns to the next line.
    fn turn(&mut self, on: bool, chart: &ChartView) {
        let count = alliance::lines(chart.checkins.iter().map(|kept| &kept.value)).len().max(1);
        let at = self.line.min(count - 1);
        self.line = if on { at + 1 } else { at + count - 1 } % count;
        self.spot = Spot::new(0);
    }

    /// Says that the highlighted check-in is in error.
    fn in_error(&self, chart: &ChartView) -> Vec<Step> {
        let Some(number) = self.spot.on(&self.keys(chart)) else {
            return vec![Step::Say("There is no check-in yet.".to_owned())];
        };
        let form = Form::new("Enter in error", vec![Field::text("words", "Why", "").required()]);
        let question = ask(chart, "Check-in entered in error", form, move |form, chart, _| {
            let rev =
                chart.checkins.iter().find(|kept| kept.value.number == number).map_or(0, |kept| kept.rev);
            let (client, words) = (chart.client.value.id, form.typed("words"));
            Ok(asks(HeardAsk::CheckInError { client, number, rev, words }))
        });
        vec![question.open()]
    }
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
        if self.spot.act(action, &self.keys(chart), cx.page()) {
            return Vec::new();
        }
        let writes = matches!(
            action,
            Action::AddBelow | Action::SetState | Action::TurnScreen | Action::AcceptProposal
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
            Action::SetState => return self.in_error(chart),
            Action::TableAlone => self.table = !self.table,
            Action::NextLeaf => self.turn(true, chart),
            Action::PrevLeaf => self.turn(false, chart),
            _ => {}
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let area = turning::below_line(area, chart, cx);
        if let Some(number) = view::hit(self, at, area, chart, cx) {
            let keys = self.keys(chart);
            self.spot.put(number, &keys);
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
