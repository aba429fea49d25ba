//! Lines on their way to the plan: the highlight goes to a new one once it is here, and what is added below it can follow at once.

use super::rows::Row;
use super::{Plan, lines, view};
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;

/// What is on its way.
#[derive(Debug, Default)]
pub(super) struct Adding {
    /// A line was added: the highlight goes there once it is here.
    new: bool,
    /// The rows there were before.
    known: Vec<Row>,
    /// Below what something is added next.
    below: Below,
}

/// Below what something is added once it is saved.
#[derive(Clone, Copy, Debug, Default)]
enum Below {
    #[default]
    Nothing,
    /// The line that is on its way.
    New,
    /// This row.
    Row(Row),
}

/// The steps that have the form of what belongs below opened once this row is saved; without one, below the new line.
pub(super) fn then_below(row: Option<Row>) -> Vec<Step> {
    to_room(move |room: &mut Plan, _, _| {
        room.adding.below = row.map_or(Below::New, Below::Row);
        Vec::new()
    })
}

impl Plan {
    /// A line is on its way: once it is there, the highlight goes to it.
    pub(super) fn expect_new(&mut self, adding: bool) {
        self.adding.new = adding;
    }

    /// What was asked for was refused: nothing is on its way.
    pub(super) fn expect_nothing(&mut self) {
        self.adding.new = false;
        self.adding.below = Below::Nothing;
    }

    /// The chart is here: finds the line that was on its way.
    pub(super) fn find_new(&mut self, chart: &ChartView) {
        let keys = view::keys(self, chart);
        let fresh = keys.iter().find(|row| !self.adding.known.contains(row) && is_line(**row)).copied();
        if let (true, Some(row)) = (std::mem::take(&mut self.adding.new), fresh) {
            self.spot.put(row, &keys);
            if matches!(self.adding.below, Below::New) {
                self.adding.below = Below::Row(row);
            }
        }
        self.adding.known = keys;
    }

    /// The form of what belongs below the line that was saved, if that was asked for.
    pub(super) fn add_below_saved(&mut self, chart: &ChartView, cx: &Cx) -> Option<Step> {
        match std::mem::take(&mut self.adding.below) {
            Below::Row(row) => Some(lines::next_below(row, chart, cx)),
            Below::Nothing | Below::New => None,
        }
    }
}

fn is_line(row: Row) -> bool {
    matches!(row, Row::Line(_) | Row::Problem(_))
}
