//! The treatment plan on one screen: what the client wants, problems, goals, objectives, methods, and what was agreed.
//!
//! Owns the highlight, the view, which row is unfolded, and the walk that asks about agreement. What is written goes out as a
//! command after a question; an answer of the walk goes out at its digit. Proposals of another system are counted nowhere
//! until a person accepts one with a dimension.

mod adding;
mod advice;
mod basics;
mod changes;
mod details;
mod event;
mod library;
mod lines;
mod log;
mod log_shown;
mod marks;
mod method;
mod place;
pub(in crate::tui::screens::chart) mod problem;
mod rows;
mod rulers;
pub(in crate::tui::screens::chart) mod signing;
mod state;
#[cfg(test)]
mod tests;
mod then;
pub(in crate::tui::screens::chart) mod turning;
mod versions;
mod view;
pub(in crate::tui::screens::chart) mod views;
mod walk;
mod worded;

use super::blocks::{Kept as Lines, Spot};
use super::priorities::forms;
use super::{Room, paper, words};
use crate::domain::{Number, Problem};
use crate::rules::plan::Plan as Tree;
use crate::rules::plan::hints::Hint;
use crate::rules::plan::tree::Show;
use crate::service::api::{Answer, ChartAsk, ChartView, DocAsk, Kept, PageSpot, PlanAsk};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::{News, Step};
use place::Since;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use rows::Row;
use then::Then;
use walk::Walk;

/// The state of this room.
#[derive(Debug)]
pub struct Plan {
    spot: Spot<Row>,
    show: Show,
    tray: bool,
    /// Rows that show all that is known of them.
    unfolded: Vec<Row>,
    /// Where the rows were drawn last.
    kept: Lines<Row>,
    /// Since when the page is looked at.
    since: Since,
    walk: Option<Walk>,
    /// The walk has just ended by its last answer: whoever presses Esc means to end it, not to leave.
    walked: bool,
    then: Option<Then>,
    /// What is asked for is to be compared with the plan of now.
    compare: bool,
    /// A problem on the list that reads like the one under way.
    like: Option<Number>,
    /// A line that is on its way.
    adding: adding::Adding,
    /// Hints about the plan as it is now.
    hints: Vec<Hint>,
    /// The plan with what was undone, where something was.
    ever: Option<Box<Tree>>,
    /// The key that turns the screen was pressed once.
    turning: bool,
    /// A note was followed to here: Esc goes back to it.
    from_note: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            spot: Spot::new(FIRST),
            show: Show::Plan,
            tray: false,
            unfolded: Vec::new(),
            kept: Lines::new(),
            since: Since::default(),
            walk: None,
            walked: false,
            then: None,
            compare: false,
            like: None,
            adding: adding::Adding::default(),
            hints: Vec::new(),
            ever: None,
            turning: false,
            from_note: false,
        }
    }
}

/// Rows above the first problem: what belongs to the plan besides, and what the client wants.
const FIRST: usize = 2;

/// A plan as it is shown, in its chart.
pub(super) struct Shown<'a> {
    pub plan: &'a Tree,
    pub chart: &'a ChartView,
    /// Hints about the plan as it is now.
    pub hints: &'a [Hint],
    /// The walk that asks line by line, while there is one.
    walk: Option<&'a Walk>,
    /// Since when the page is looked at.
    since: Since,
}

/// What the client wants has one question, whichever page asks it; Esc comes back to this one.
fn write_wants(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    vec![forms::ask_wants(false, chart, cx)]
}

fn problem_of(number: Number, chart: &ChartView) -> Option<&Kept<Problem>> {
    chart.problems.iter().find(|kept| kept.value.number == number)
}

impl Plan {
    /// The plan that is shown: of now, or of the day that was chosen.
    fn shown<'a>(&'a self, chart: &'a ChartView) -> Shown<'a> {
        let then = self.then.as_ref().filter(|then| !then.compare).map(|then| &*then.plan);
        let ever = self.ever.as_deref().filter(|_| self.show == Show::Everything);
        Shown {
            plan: then.or(ever).unwrap_or(&chart.plan.plan),
            chart,
            hints: &self.hints,
            walk: self.walk.as_ref(),
            since: self.since,
        }
    }

    fn here(&self, chart: &ChartView) -> Option<Row> {
        if let Some(line) = self.walk.as_ref().and_then(Walk::line) {
            return Some(Row::Line(line));
        }
        self.spot.on(&view::keys(self, chart))
    }

    /// The problem that is highlighted, or that the highlighted line is under.
    fn problem_at(&self, here: Option<Row>, chart: &ChartView) -> Option<Number> {
        match here?.of_line() {
            Row::Problem(number) => Some(number),
            Row::Line(name) => {
                let plan = self.shown(chart).plan;
                plan.goal(plan.line(name)?.goal()).and_then(|goal| plan.home(goal))
            }
            _ => None,
        }
    }

    /// What cannot be written just now, and why.
    fn refuses(&self, chart: &ChartView, cx: &Cx) -> Option<Step> {
        // Where what changed is shown, it is the plan of today that is looked at, and signed.
        if let Some(then) = self.then.as_ref().filter(|then| !then.compare) {
            let day = then.words(cx);
            let back = cx.key(Action::PlanViews, Scope::Plan);
            return Some(Step::Say(format!(
                "This is the plan as it was {day}. To change the plan of today, press {back} and Enter."
            )));
        }
        words::no_writing(chart, cx).map(Step::Warn)
    }

    fn write(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(step) = self.refuses(chart, cx) {
            return vec![step];
        }
        let here = self.here(chart).map(Row::of_line);
        if let Some(why) = words::plan_closed(chart, cx).filter(|_| is_of_the_plan(action, here)) {
            return vec![Step::Warn(why)];
        }
        vec![match action {
            Action::AddBelow => lines::below(here, chart, cx),
            Action::PlanFits => event::fits(chart, cx),
            Action::AcceptProposal if chart.answers.is_some() && !matches!(here, Some(Row::Proposal(_))) => {
                return turning::question(chart, cx);
            }
            Action::AcceptProposal if self.accepts_fit(chart) => event::fits(chart, cx),
            Action::PlanHappened => event::happened(chart),
            Action::AcceptProposal => match here {
                Some(Row::Proposal(number)) => problem::accept(number, chart, cx),
                _ => Step::Say(
                    "Highlight a proposal first. Press Right on the last line to show them.".to_owned(),
                ),
            },
            Action::AskAgreement => return self.begin_walk(here, chart),
            Action::Sign => signing::question(self, chart, cx),
            _ => return Self::write_here(action, here, chart, cx),
        }]
    }

    fn write_here(action: Action, here: Option<Row>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let up = action == Action::MoveEarlier;
        let client = chart.client.value.id;
        let step = match (action, here) {
            (Action::EditLine, Some(Row::Wants)) => return write_wants(chart, cx),
            (Action::EditLine, Some(Row::Basic(which))) => basics::edit(which, chart),
            (Action::EditLine, Some(Row::Line(name))) => lines::edit(name, chart, cx),
            (Action::SetState, Some(Row::Line(name))) => state::question(name, chart),
            (Action::MoveEarlier | Action::MoveLater, Some(Row::Line(line))) => {
                Step::Ask(PlanAsk::MoveLine { client, line, up }.into())
            }
            (_, Some(Row::Problem(number))) => {
                let Some(kept) = problem_of(number, chart) else { return Vec::new() };
                match action {
                    Action::EditLine => problem::whole(Some(kept), chart, cx),
                    Action::SetState => problem::status(kept, chart),
                    _ => Step::Ask(ChartAsk::MoveProblem { client, number, up }.into()),
                }
            }
            _ => Step::Say("Highlight a problem or a line of the plan first.".to_owned()),
        };
        vec![step]
    }

    /// Enter: a problem or line is changed, a proposal accepted, the tray unfolds. Each asks before anything is written.
    fn open_here(&mut self, here: Row, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match here {
            Row::Proposal(_) => self.write(Action::AcceptProposal, chart, cx),
            Row::Tray => {
                self.fold_tray(!self.tray, chart);
                Vec::new()
            }
            Row::Basics => {
                self.fold(!self.unfolded.contains(&Row::Basics), chart);
                Vec::new()
            }
            Row::Mark(_, note) => marks::open_note(note),
            Row::Wants if self.refuses(chart, cx).is_none() => write_wants(chart, cx),
            _ => self.write(Action::EditLine, chart, cx),
        }
    }

    /// The plan of a day was asked for.
    fn look_back(&mut self, compare: bool) {
        self.compare = compare;
    }
}

/// Whether an act changes the plan of a stay. What the client wants and what becomes of a problem is the client's, in any stay.
fn is_of_the_plan(action: Action, here: Option<Row>) -> bool {
    match action {
        Action::AcceptProposal => false,
        Action::EditLine | Action::SetState | Action::MoveEarlier | Action::MoveLater => {
            matches!(here, Some(Row::Line(_) | Row::Basic(_)))
        }
        _ => true,
    }
}

impl Room for Plan {
    fn scopes(&self) -> Vec<Scope> {
        if self.walk.is_some() { vec![Scope::Agree] } else { vec![Scope::Plan] }
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let again = std::mem::take(&mut self.turning);
        self.walked = false;
        if self.walk.is_some() {
            return self.walk_act(action, chart, cx);
        }
        let keys = view::keys(self, chart);
        if self.spot.act(action, &keys, cx.page() / 2) {
            return Vec::new();
        }
        match (action, self.spot.on(&keys)) {
            (Action::Unfold, _) => self.fold(true, chart),
            (Action::Fold, _) => self.fold(false, chart),
            (Action::Open, Some(row)) => return self.open_here(row, chart, cx),
            (Action::PlanViews, _) => return vec![views::choose(self, chart)],
            (Action::KeepLog | Action::ShowLog | Action::ChangeLog, _) => {
                return self.log_act(action, chart, cx);
            }
            (Action::TurnScreen, _) => return self.turn(again, chart, cx),
            (Action::TurnScreenIn, _) => return self.turn_in(chart, cx),
            (Action::ReviewPlan, _) => {
                let client = chart.client.value.id;
                return vec![Step::Ask(DocAsk::NewReview { client }.into())];
            }
            (Action::MakePage, here) => {
                return vec![paper::of_plan(chart, self.problem_at(here, chart), log::objective_of(here))];
            }
            (
                Action::AddBelow
                | Action::EditLine
                | Action::SetState
                | Action::MoveEarlier
                | Action::MoveLater
                | Action::AskAgreement
                | Action::Sign
                | Action::AcceptProposal
                | Action::PlanFits
                | Action::PlanHappened,
                _,
            ) => return self.write(action, chart, cx),
            _ => {}
        }
        Vec::new()
    }

    fn entered(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        self.came(cx);
        let client = chart.client.value.id;
        let ask = chart.plan.to_compare.then(|| Step::Ask(PlanAsk::Compare { client }.into()));
        ask.into_iter().collect()
    }

    fn spot(&self) -> Option<PageSpot> {
        Some(self.to_spot())
    }

    fn come_back(&mut self, spot: &PageSpot) {
        self.back_where_they_were(spot);
    }

    fn back(&mut self, chart: &ChartView, _cx: &Cx) -> Option<Vec<Step>> {
        if self.walk.is_some() {
            self.end_walk(chart);
            return Some(Vec::new());
        }
        if std::mem::take(&mut self.walked) {
            let words = "All of it was asked, and you are on the plan again. Esc again goes back.";
            return Some(vec![Step::Say(words.to_owned())]);
        }
        if self.then.take().is_some() {
            return Some(Vec::new());
        }
        std::mem::take(&mut self.from_note).then(|| vec![Step::Run(Action::RoomNotes)])
    }

    fn is_outermost(&self) -> bool {
        self.walk.is_none() && self.then.is_none() && !self.walked && !self.from_note
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let here = self.here(chart);
        let Some(row) = view::hit(self, at, area, chart, cx) else { return Vec::new() };
        if let Some(walk) = &mut self.walk {
            if let Row::Line(name) = row {
                walk.put(name);
            }
            return Vec::new();
        }
        self.spot.put(row, &view::keys(self, chart));
        if here == Some(row) { self.open_here(row, chart, cx) } else { Vec::new() }
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !matches!(news, News::Chart(_)) {
            return Vec::new();
        }
        self.hints = advice::all(chart, cx);
        let undone = &chart.plan.undone;
        let is_any = undone.lines().next().is_some() || !undone.problems.is_empty();
        self.ever = is_any.then(|| Box::new(chart.plan.plan.and(undone)));
        if let Some(walk) = &mut self.walk {
            walk.refresh(&chart.plan.plan);
        }
        self.find_new(chart);
        Vec::new()
    }

    fn reply(&mut self, answer: &Answer, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::PlanThen { client, day, seen, version, episode, plan }
                if *client == chart.client.value.id =>
            {
                let (day, version, episode, compare) = (*day, *version, *episode, self.compare);
                let (seen, plan) = (seen.clone(), plan.clone());
                self.then = Some(Then { day, seen, version, episode, plan, compare });
                Vec::new()
            }
            Answer::Done(done) => {
                let next = self.add_below_saved(chart, cx);
                let Some(like) = self.like.take() else { return next.into_iter().collect() };
                // Pointed out, never blocked: it is on the list, and the way back is beside it.
                let undo = cx.key(Action::Undo, Scope::Plan);
                let back = if done.undoable { format!(" {undo} undoes it.") } else { String::new() };
                let said = Step::Say(format!("{} P{like} has nearly the same words.{back}", done.said));
                [said].into_iter().chain(next).collect()
            }
            _ => Vec::new(),
        }
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.like = None;
        self.expect_nothing();
        if let Some(walk) = &mut self.walk {
            walk.refused();
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        view::draw(self, frame, area, chart, cx);
    }
}
