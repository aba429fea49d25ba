//! What follows from the lines of a treatment plan: how they belong together, what was agreed, what changed, what is missing.
//!
//! Owns the plan as one picture of flat records ([`Plan`]). It stores nothing and knows no screen. Source: the rules of
//! `clinical.md` 2.5-2.7 and 4; what is recorded is `domain::plan`.

pub mod agenda;
pub mod agreed;
pub mod alike;
pub mod amount;
pub mod calls;
pub mod change;
pub mod changes_page;
pub mod client_page;
mod client_page_days;
pub mod content;
pub mod contract;
pub mod coverage;
pub mod hints;
pub mod log;
pub mod log_page;
pub mod often;
pub mod page_signed;
pub mod review;
pub mod review_content;
pub mod review_page;
pub mod signing;
pub mod staff_page;
pub mod staff_words;
pub mod state;
pub mod taken;
pub mod trail;
pub mod tree;
pub mod turned_page;
pub mod version;
pub mod words;

use crate::domain::{
    Agreement, Goal, LineKind, LineRef, Log, Method, Number, Objective, PlanBasics, PlanLine, Problem, Terms,
    Trail,
};

/// Everything a plan is made of, as it is at one moment. The records are one client's; which of them belong to the open
/// episode is for whoever collects them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Problems of every status, in list order.
    pub problems: Vec<Problem>,
    /// Goals of every state.
    pub goals: Vec<Goal>,
    /// Objectives of every state.
    pub objectives: Vec<Objective>,
    /// Methods of every state.
    pub methods: Vec<Method>,
    /// Answers, oldest first.
    pub agreements: Vec<Agreement>,
    /// Progress of lines.
    pub trails: Vec<Trail>,
    /// Logs that the client keeps for objectives.
    pub logs: Vec<Log>,
    /// What belongs to the plan besides its lines.
    pub basics: PlanBasics,
}

/// A line of any kind, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyLine<'a> {
    Goal(&'a Goal),
    Objective(&'a Objective),
    Method(&'a Method),
}

impl<'a> AnyLine<'a> {
    /// What every line has.
    pub fn line(self) -> &'a PlanLine {
        match self {
            Self::Goal(goal) => &goal.line,
            Self::Objective(objective) => &objective.line,
            Self::Method(method) => &method.line,
        }
    }

    pub fn name(self) -> LineRef {
        let kind = match self {
            Self::Goal(_) => LineKind::Goal,
            Self::Objective(_) => LineKind::Objective,
            Self::Method(_) => LineKind::Method,
        };
        LineRef { kind, number: self.line().number }
    }

    /// The goal it belongs to; a goal belongs to itself.
    pub fn goal(self) -> Number {
        match self {
            Self::Goal(goal) => goal.line.number,
            Self::Objective(objective) => objective.goal,
            Self::Method(method) => method.goal,
        }
    }

    /// Whether it keeps somebody safe. A goal does by the lines below it.
    pub fn is_safety(self) -> bool {
        match self {
            Self::Goal(_) => false,
            Self::Objective(objective) => objective.safety,
            Self::Method(method) => method.safety,
        }
    }

    /// What an answer to it is given to.
    pub fn terms(self) -> Terms {
        words::terms(self)
    }
}

impl Plan {
    /// Returns a problem.
    pub fn problem(&self, number: Number) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.number == number)
    }

    /// Returns a goal.
    pub fn goal(&self, number: Number) -> Option<&Goal> {
        self.goals.iter().find(|goal| goal.line.number == number)
    }

    /// Returns an objective.
    pub fn objective(&self, number: Number) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.line.number == number)
    }

    /// Returns a method.
    pub fn method(&self, number: Number) -> Option<&Method> {
        self.methods.iter().find(|method| method.line.number == number)
    }

    /// Returns a line by its name.
    pub fn line(&self, name: LineRef) -> Option<AnyLine<'_>> {
        match name.kind {
            LineKind::Goal => self.goal(name.number).map(AnyLine::Goal),
            LineKind::Objective => self.objective(name.number).map(AnyLine::Objective),
            LineKind::Method => self.method(name.number).map(AnyLine::Method),
        }
    }

    /// Returns every line: goals, then objectives, then methods.
    pub fn lines(&self) -> impl Iterator<Item = AnyLine<'_>> {
        let goals = self.goals.iter().map(AnyLine::Goal);
        let objectives = self.objectives.iter().map(AnyLine::Objective);
        goals.chain(objectives).chain(self.methods.iter().map(AnyLine::Method))
    }

    /// Returns this plan and these lines and problems of another one.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.problems.extend(other.problems.iter().cloned());
        both.goals.extend(other.goals.iter().cloned());
        both.objectives.extend(other.objectives.iter().cloned());
        both.methods.extend(other.methods.iter().cloned());
        both
    }

    /// Returns the progress of a line.
    pub fn trail(&self, name: LineRef) -> Option<&Trail> {
        self.trails.iter().find(|trail| trail.line == name)
    }
}
