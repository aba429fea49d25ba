//! The problem list of one client: the clinician's wording beside the client's words, in the order set by hand, and the
//! tray of what another system proposes.
//!
//! Owns the highlight, the view (active or all) and whether the tray is unfolded. Proposals are counted nowhere until a
//! person accepts one with a dimension. What is written goes out as a command after a prompt.

mod forms;
#[cfg(test)]
mod tests;
mod view;

use super::blocks::Spot;
use super::{Room, words};
use crate::domain::{Number, Problem};
use crate::service::api::{Answer, ChartAsk, ChartView, Kept};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// Where a problem can be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// Worked on.
    Active,
    /// Later.
    Deferred,
    /// Somebody else's work.
    Referred,
    /// Done.
    Resolved,
    /// Should never have been here.
    EnteredInError,
}

/// A row of the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// A problem.
    Problem(Number),
    /// The tray, folded or not.
    Tray,
    /// A proposal in the unfolded tray.
    Proposal(Number),
}

/// The state of this room.
#[derive(Debug)]
pub struct Problems {
    spot: Spot<Row>,
    all: bool,
    tray: bool,
    /// A problem on the list that reads like the one under way.
    like: Option<Number>,
}

impl Default for Problems {
    fn default() -> Self {
        Self { spot: Spot::new(0), all: false, tray: false, like: None }
    }
}

fn problem(number: Number, chart: &ChartView) -> Option<&Kept<Problem>> {
    chart.problems.iter().find(|kept| kept.value.number == number)
}

impl Problems {
    fn here(&self, chart: &ChartView, cx: &Cx) -> Option<Row> {
        self.spot.on(&view::blocks(self, chart, cx.content().width, cx).keys())
    }

    /// Unfolds the tray, or folds it and puts the highlight on its line.
    fn fold_tray(&mut self, unfold: bool, chart: &ChartView, cx: &Cx) {
        self.tray = unfold;
        let keys = view::blocks(self, chart, cx.content().width, cx).keys();
        self.spot.put(Row::Tray, &keys);
    }

    fn write(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(why) = words::no_writing(chart, cx) {
            return vec![Step::Warn(why)];
        }
        let here = self.here(chart, cx);
        if action == Action::AcceptProposal {
            return vec![match here {
                Some(Row::Proposal(number)) => forms::accept(number, chart, cx),
                _ => {
                    Step::Say("Highlight a proposal first: Right unfolds the tray at the bottom.".to_owned())
                }
            }];
        }
        if action == Action::AddProblem {
            return vec![forms::whole(None, chart, cx)];
        }
        let Some(kept) = here.and_then(|row| match row {
            Row::Problem(number) => problem(number, chart),
            _ => None,
        }) else {
            return vec![Step::Say("Highlight a problem first.".to_owned())];
        };
        let (client, number) = (chart.client.value.id, kept.value.number);
        vec![match action {
            Action::EditProblem => forms::whole(Some(kept), chart, cx),
            Action::SetStage => forms::stage(kept, chart, cx),
            Action::SetStatus => forms::status(kept, chart),
            _ => {
                let up = action == Action::MoveEarlier;
                Step::Ask(ChartAsk::MoveProblem { client, number, up }.into())
            }
        }]
    }

    /// Enter: a problem is edited, a proposal accepted, the tray unfolds. Each asks before anything is written.
    fn open_here(&mut self, here: Row, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match here {
            Row::Problem(_) => self.write(Action::EditProblem, chart, cx),
            Row::Proposal(_) => self.write(Action::AcceptProposal, chart, cx),
            Row::Tray => {
                self.fold_tray(!self.tray, chart, cx);
                Vec::new()
            }
        }
    }

    fn switch(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let here = self.here(chart, cx);
        self.all = !self.all;
        let keys = view::blocks(self, chart, cx.content().width, cx).keys();
        if let Some(row) = here.filter(|row| keys.contains(row)) {
            self.spot.put(row, &keys);
        }
        Vec::new()
    }
}

impl Room for Problems {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Problems]
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let keys = view::blocks(self, chart, cx.content().width, cx).keys();
        if self.spot.act(action, &keys, cx.page() / 2) {
            return Vec::new();
        }
        let here = self.spot.on(&keys);
        match (action, here) {
            (Action::Unfold, Some(Row::Tray)) => self.fold_tray(true, chart, cx),
            (Action::Fold, Some(Row::Tray | Row::Proposal(_))) => self.fold_tray(false, chart, cx),
            (Action::Open, Some(row)) => return self.open_here(row, chart, cx),
            (Action::SwitchActiveAll, _) => return self.switch(chart, cx),
            (
                Action::AddProblem
                | Action::EditProblem
                | Action::SetStage
                | Action::SetStatus
                | Action::MoveEarlier
                | Action::MoveLater
                | Action::AcceptProposal,
                _,
            ) => return self.write(action, chart, cx),
            _ => {}
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let list = view::list_area(area);
        let blocks = view::blocks(self, chart, area.width, cx);
        let keys = blocks.keys();
        let here = self.spot.on(&keys);
        let Some(row) = blocks.hit(at, list, here) else { return Vec::new() };
        self.spot.put(row, &keys);
        if here == Some(row) { self.open_here(row, chart, cx) } else { Vec::new() }
    }

    fn reply(&mut self, answer: &Answer, _chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Answer::Done(done) = answer else { return Vec::new() };
        let Some(like) = self.like.take() else { return Vec::new() };
        // Pointed out, never blocked: it is on the list, and the way back stands beside it.
        let undo = cx.key(Action::Undo, Scope::Problems);
        let back = if done.undoable { format!(" {undo} takes it back.") } else { String::new() };
        vec![Step::Say(format!("{} P{like} says much the same.{back}", done.said))]
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.like = None;
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        view::draw(self, frame, area, chart, cx);
    }
}
