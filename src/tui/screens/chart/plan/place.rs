//! Where one is on the page, what is unfolded, and what others changed since one came to it: kept over a lock.

use super::rows::Row;
use super::{Plan, view};
use crate::domain::{LineRef, Moment, StaffId};
use crate::rules::plan::tree::{Node, Show};
use crate::service::api::{ChartView, PageSpot};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

impl Row {
    /// What it is called in the place that is kept over a lock; empty if it is not kept.
    fn name(self) -> String {
        match self {
            Self::Basics => "besides".to_owned(),
            Self::Wants => "wants".to_owned(),
            Self::Tray => "tray".to_owned(),
            Self::Problem(number) => format!("P{number}"),
            Self::Line(line) => line.to_string(),
            Self::Basic(_) | Self::Mark(..) | Self::Proposal(_) => String::new(),
        }
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "besides" => Some(Self::Basics),
            "wants" => Some(Self::Wants),
            "tray" => Some(Self::Tray),
            _ => match name.strip_prefix('P') {
                Some(number) => number.parse().ok().map(Self::Problem),
                None => LineRef::parse(name).map(Self::Line),
            },
        }
    }
}

/// Since when the page is looked at: what others change from then on is marked until one comes to it again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Since {
    at: Moment,
    /// One came back after a lock, to what was looked at before it.
    came_back: bool,
}

impl Default for Since {
    fn default() -> Self {
        Self { at: Moment(i64::MAX), came_back: false }
    }
}

impl Since {
    /// Whether a change is one that somebody else made meanwhile.
    pub(super) fn is_new(self, by: StaffId, at: Moment, cx: &Cx) -> bool {
        at > self.at && cx.me().is_some_and(|me| me != by)
    }
}

impl Plan {
    /// One turned to the page.
    pub(super) fn came(&mut self, cx: &Cx) {
        self.from_note = false;
        if !std::mem::take(&mut self.since.came_back) {
            self.since.at = cx.now.moment;
        }
    }

    pub(super) fn to_spot(&self) -> PageSpot {
        let row = self.spot.key();
        PageSpot {
            row: row.map(Row::name).unwrap_or_default(),
            line: row.and_then(|row| self.kept.line(row)),
            cursor: 0,
            unfolded: self.unfolded.iter().map(|row| row.name()).filter(|name| !name.is_empty()).collect(),
            since: self.since.at,
        }
    }

    pub(super) fn back_where_they_were(&mut self, spot: &PageSpot) {
        self.unfolded = spot.unfolded.iter().filter_map(|name| Row::named(name)).collect();
        if let Some(row) = Row::named(&spot.row) {
            // Which rows there are is known once the chart is here.
            self.spot.put(row, &[]);
            spot.line.into_iter().for_each(|line| self.kept.put(row, line));
        }
        self.since = Since { at: spot.since, came_back: true };
    }

    /// Puts the highlight on a row of the plan as it is now.
    pub(super) fn go_to(&mut self, row: Row, chart: &ChartView) {
        self.look(Show::Plan, chart);
        self.spot.put(row, &view::keys(self, chart));
    }

    /// Comes to what a note works on; Esc goes back to the note.
    pub(in crate::tui::screens::chart) fn come_from_note(
        &mut self,
        node: Node,
        chart: &ChartView,
    ) -> Vec<Step> {
        let row = match node {
            Node::Wants => Row::Wants,
            Node::Problem(number) => Row::Problem(number),
            Node::Line(name) => Row::Line(name),
        };
        self.go_to(row, chart);
        if self.here(chart) != Some(row) {
            // It has ended.
            self.look(Show::Everything, chart);
            self.spot.put(row, &view::keys(self, chart));
        }
        self.from_note = true;
        Vec::new()
    }

    /// Unfolds the tray, or folds it and puts the highlight on its line.
    pub(super) fn fold_tray(&mut self, unfold: bool, chart: &ChartView) {
        self.tray = unfold;
        self.spot.put(Row::Tray, &view::keys(self, chart));
    }

    pub(super) fn fold(&mut self, unfold: bool, chart: &ChartView) {
        match self.here(chart) {
            Some(Row::Tray) => self.fold_tray(unfold, chart),
            Some(Row::Proposal(_)) if !unfold => self.fold_tray(false, chart),
            Some(Row::Basic(_)) if !unfold => {
                self.unfolded.retain(|row| *row != Row::Basics);
                self.spot.put(Row::Basics, &view::keys(self, chart));
            }
            // What is said of a line folds with it.
            Some(Row::Mark(line, _)) => {
                if !unfold {
                    self.unfolded.retain(|row| *row != Row::Line(line));
                    self.spot.put(Row::Line(line), &view::keys(self, chart));
                }
            }
            // The row under it stays in sight while one is unfolded.
            Some(Row::Basic(_)) => {}
            here => {
                self.unfolded.retain(|row| Some(*row) != here);
                self.unfolded.extend(here.filter(|_| unfold));
            }
        }
    }

    /// Shows something else of the plan.
    pub(super) fn look(&mut self, show: Show, chart: &ChartView) {
        let here = self.here(chart);
        (self.show, self.then) = (show, None);
        let keys = view::keys(self, chart);
        if let Some(row) = here.filter(|row| keys.contains(row)) {
            self.spot.put(row, &keys);
        }
    }
}
