//! The priorities of one client: what they want and why now, what is dangerous now, and the dimensions in rank order.
//!
//! Owns the highlight and what is unfolded. The order is the rule's ([`rank`](crate::rules::priority::rank)); nothing
//! here computes one. What is written goes out as a command after a prompt.

pub(in crate::tui::screens::chart) mod forms;
#[cfg(test)]
mod tests;
mod view;

use super::blocks::Spot;
use super::plan::problem;
use super::{Room, needs, words};
use crate::domain::Number;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// A row of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// What the client wants.
    Wants,
    /// An open immediate need.
    Need(Number),
    /// A dimension in its place; 0 = a need without a counterpart in the agency's set.
    Dimension(u8),
    /// The immediate needs that are over.
    Closed,
}

/// The state of this room.
#[derive(Debug)]
pub struct Priorities {
    spot: Spot<Row>,
    unfolded: Vec<Row>,
}

impl Default for Priorities {
    fn default() -> Self {
        // The row of the wants is the first; one comes for what is below it.
        Self { spot: Spot::new(1), unfolded: Vec::new() }
    }
}

impl Priorities {
    fn is_unfolded(&self, row: Row) -> bool {
        self.unfolded.contains(&row)
    }

    fn fold(&mut self, row: Row, unfold: bool) {
        self.unfolded.retain(|one| *one != row);
        if unfold {
            self.unfolded.push(row);
        }
    }

    fn here(&self, chart: &ChartView, cx: &Cx) -> Option<Row> {
        self.spot.on(&view::blocks(self, chart, cx.content().width, cx).keys())
    }

    /// Unfolds the history of the highlighted need; where none is highlighted that of every open one, or of those that are over.
    pub(super) fn show_history(&mut self, chart: &ChartView, cx: &Cx) {
        let keys = view::blocks(self, chart, cx.content().width, cx).keys();
        let here = self.spot.on(&keys).filter(|row| matches!(row, Row::Need(_) | Row::Closed));
        let open: Vec<Row> = keys.iter().copied().filter(|row| matches!(row, Row::Need(_))).collect();
        let shown = match here {
            Some(row) => vec![row],
            None if open.is_empty() => vec![Row::Closed],
            None => open,
        };
        for row in &shown {
            self.fold(*row, true);
        }
        if let Some(first) = shown.first().filter(|row| keys.contains(row)) {
            self.spot.put(*first, &keys);
        }
    }

    fn about_needs(&self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let (need, dimension) = match self.here(chart, cx) {
            Some(Row::Need(number)) => (Some(number), None),
            Some(Row::Dimension(number @ 1..)) => (None, Some(number)),
            _ => (None, None),
        };
        // An act on a dimension means its own need, not the newest of another.
        let need = need.or_else(|| dimension.and_then(|number| view::need_in(number, chart, cx)));
        needs::act_on(action, need, dimension, chart, cx).unwrap_or_default()
    }
}

/// A problem that begins with the rating of the highlighted dimension.
fn begin_problem(here: Option<Row>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    if let Some(why) = words::no_writing(chart, cx) {
        return vec![Step::Warn(why)];
    }
    match here {
        Some(Row::Dimension(number @ 1..)) => {
            vec![Step::Run(Action::RoomPlan), problem::from_rating(number, chart, cx)]
        }
        _ => vec![Step::Say("Highlight a dimension: its rating and words begin the problem.".to_owned())],
    }
}

impl Room for Priorities {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Priorities]
    }

    fn claims(&self, action: Action) -> bool {
        needs::is_ours(action)
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let keys = view::blocks(self, chart, cx.content().width, cx).keys();
        if self.spot.act(action, &keys, cx.page() / 2) {
            return Vec::new();
        }
        let here = self.spot.on(&keys);
        match (action, here) {
            (Action::Unfold, Some(row)) => self.fold(row, true),
            (Action::Fold, Some(row)) => self.fold(row, false),
            (Action::Open, Some(Row::Need(_))) if chart.may_answer => {
                return self.about_needs(Action::AnswerNeed, chart, cx);
            }
            (Action::Open, Some(Row::Closed)) if chart.may_answer && self.is_unfolded(Row::Closed) => {
                return self.about_needs(Action::ReopenNeed, chart, cx);
            }
            (Action::Open, Some(row)) => self.fold(row, !self.is_unfolded(row)),
            (Action::ClientWants | Action::ClientRank, _) => {
                if let Some(why) = words::no_writing(chart, cx) {
                    return vec![Step::Warn(why)];
                }
                return vec![forms::ask_wants(action == Action::ClientRank, chart, cx)];
            }
            (Action::AddBelow, here) => return begin_problem(here, chart, cx),
            _ if needs::is_ours(action) => return self.about_needs(action, chart, cx),
            _ => {}
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let list = view::list_area(area, cx);
        let blocks = view::blocks(self, chart, list.width, cx);
        let keys = blocks.keys();
        let here = self.spot.on(&keys);
        if let Some(row) = blocks.hit(at, list, here) {
            if here == Some(row) {
                self.fold(row, !self.is_unfolded(row));
            }
            self.spot.put(row, &keys);
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        view::draw(self, frame, area, chart, cx);
    }
}
