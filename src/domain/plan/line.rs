//! What every line of the plan has, and the goal.

use super::super::fields::numbered;
use super::super::{ClientId, Date, DimensionRef, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// A kind of line. Appended to, never reordered: it is part of stored numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LineKind {
    /// What the client wants to reach.
    #[default]
    Goal,
    /// A step the client, or somebody for them, takes.
    Objective,
    /// What staff or a service does.
    Method,
}

impl LineKind {
    /// The letter before its number: `G1`, `O1`, `M1`.
    pub fn letter(self) -> char {
        match self {
            Self::Goal => 'G',
            Self::Objective => 'O',
            Self::Method => 'M',
        }
    }
}

/// Names a line of a client's plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineRef {
    pub kind: LineKind,
    /// Its number among those of its kind.
    pub number: Number,
}

impl LineRef {
    /// How many numbers a kind has in a key that holds the kind too.
    const RANGE: u32 = 1 << 24;

    /// Names a goal.
    pub fn goal(number: Number) -> Self {
        Self { kind: LineKind::Goal, number }
    }

    /// Names an objective.
    pub fn objective(number: Number) -> Self {
        Self { kind: LineKind::Objective, number }
    }

    /// Names a method.
    pub fn method(number: Number) -> Self {
        Self { kind: LineKind::Method, number }
    }

    /// Returns the number of a record that is kept for the line: the kind in the top byte.
    pub fn key(self) -> Number {
        self.kind as u32 * Self::RANGE + self.number
    }
}

impl LineRef {
    /// Reads a name such as `O2`.
    pub fn parse(name: &str) -> Option<Self> {
        let kind = [LineKind::Goal, LineKind::Objective, LineKind::Method]
            .into_iter()
            .find(|kind| name.starts_with(kind.letter()))?;
        name.get(1..)?.parse().ok().map(|number| Self { kind, number })
    }
}

impl std::fmt::Display for LineRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.kind.letter(), self.number)
    }
}

/// Why a line ended without being met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StopWhy {
    /// It was reached in another way.
    AnotherWay,
    /// The client does not want it any longer.
    #[default]
    NotWanted,
    /// It cannot be done here.
    NotPossibleHere,
    /// It was not met when the client was discharged.
    NotMetAtDischarge,
    /// It goes on somewhere else.
    GoesOnElsewhere,
    Other,
}

impl StopWhy {
    /// Every reason, in the order of a list.
    pub const ALL: [Self; 6] = [
        Self::AnotherWay,
        Self::NotWanted,
        Self::NotPossibleHere,
        Self::NotMetAtDischarge,
        Self::GoesOnElsewhere,
        Self::Other,
    ];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::AnotherWay => "met another way",
            Self::NotWanted => "no longer wanted",
            Self::NotPossibleHere => "not possible here",
            Self::NotMetAtDischarge => "not met by discharge",
            Self::GoesOnElsewhere => "goes on elsewhere",
            Self::Other => "other",
        }
    }
}

/// The state of a line. Which state may follow which is `rules::plan::state`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineState {
    /// It was suggested, and nobody works on it yet.
    Proposed,
    /// It is worked on.
    #[default]
    Active,
    /// It was reached.
    Met,
    /// It ended, and some of it was reached.
    PartlyMet,
    /// It ended for a reason.
    Stopped(StopWhy),
    /// It waits until a day on which it is looked at again.
    Deferred {
        until: Date,
        /// Whether the client agrees to wait; `None` if nobody asked.
        agrees: Option<bool>,
    },
    /// It should never have been written.
    EnteredInError,
}

impl LineState {
    /// Whether it is worked on.
    pub fn is_active(self) -> bool {
        self == Self::Active
    }

    /// Whether it is on the plan: worked on, suggested or waiting.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::Proposed | Self::Deferred { .. })
    }

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Active => "active",
            Self::Met => "met",
            Self::PartlyMet => "partly met",
            Self::Stopped(_) => "stopped",
            Self::Deferred { .. } => "deferred",
            Self::EnteredInError => "entered in error",
        }
    }
}

/// Where the words of a line were taken from, while they are still those words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// They were written for this client.
    #[default]
    Own,
    /// They are words of the agency's library, with its blanks filled.
    Library(String),
    /// They are the words of a line of an earlier episode.
    Earlier { line: LineRef, episode: Number },
}

/// What every line of the plan has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanLine {
    /// The client whose plan it is in.
    pub client: ClientId,
    /// Its number among the client's lines of its kind. It is never used again.
    pub number: Number,
    /// The episode it belongs to.
    pub episode: Number,
    pub state: LineState,
    /// The day its state is from.
    pub state_on: Date,
    /// Why it has that state, in words.
    pub state_words: String,
    /// Its place among its siblings, the smallest first.
    pub rank: u32,
    /// Who requires it of the client; empty if it was chosen.
    pub required_by: String,
    /// Where its words were taken from.
    pub taken: Taken,
    /// The moment it was added.
    pub added_at: Moment,
    /// Who added it.
    pub added_by: StaffId,
    /// Name and credential of who added it, as they were then.
    pub added_by_name: String,
    /// The moment of its newest change.
    pub changed_at: Moment,
    /// Who changed it.
    pub changed_by: StaffId,
    /// Name and credential of who changed it, as they were then.
    pub changed_by_name: String,
}

numbered!(PlanLine {
    1 client, 2 number, 3 episode, 4 state, 5 state_on, 6 state_words, 7 rank, 8 required_by, 9 taken,
    10 added_at, 11 added_by, 12 added_by_name, 13 changed_at, 14 changed_by, 15 changed_by_name,
});

/// How words of the client were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// The client said them.
    #[default]
    Said,
    /// The client typed them.
    Typed,
    /// The client wrote them on paper.
    Written,
    /// They came through an interpreter.
    Interpreter,
}

impl Given {
    /// Every way, in the order of a list.
    pub const ALL: [Self; 4] = [Self::Said, Self::Typed, Self::Written, Self::Interpreter];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Typed => "typed by the client",
            Self::Written => "written",
            Self::Interpreter => "through an interpreter",
        }
    }
}

/// Words of the client, with their day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The words; empty if there are none.
    pub words: String,
    /// The day they were given.
    pub on: Date,
    /// How they were given.
    pub how: Given,
}

numbered!(Quote { 1 words, 2 on, 3 how });

/// What a goal is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum GoalKind {
    /// To begin something.
    #[default]
    Start,
    /// To end something.
    Stop,
    /// To do less of something.
    Reduce,
    /// To keep what there is.
    Keep,
    /// To find something out.
    FindOut,
}

impl GoalKind {
    /// Every kind, in the order of a list.
    pub const ALL: [Self; 5] = [Self::Start, Self::Stop, Self::Reduce, Self::Keep, Self::FindOut];

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Reduce => "reduce",
            Self::Keep => "keep",
            Self::FindOut => "find out",
        }
    }
}

/// How somebody will know that a goal is reached, where it can be read off a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A score of a measure.
    Score {
        /// Key of the measure.
        measure: String,
        /// Its scale; empty for the total.
        scale: String,
        /// The score counts downwards: reached at this or less. Else at this or more.
        at_most: bool,
        /// The score, in hundredths.
        hundredths: i32,
    },
    /// A rating of a dimension, reached at this or less.
    Rating { dimension: DimensionRef, at_most: u8 },
}

/// The state of something now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// A number with its unit, or words; empty if nobody said.
    pub words: String,
    /// The day it is from.
    pub on: Option<Date>,
}

numbered!(Baseline { 1 words, 2 on });

/// A goal: what the client wants to reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// What every line has.
    pub line: PlanLine,
    /// The client's words.
    pub words: Quote,
    /// The clinician's plain wording. It may be empty where there are words.
    pub wording: String,
    /// The problems it answers, the first one first; none means that it answers what the client wants.
    pub problems: Vec<Number>,
    /// What it is about.
    pub kind: GoalKind,
    /// Why it matters to the client.
    pub matters: String,
    /// What they changed or tried already.
    pub tried: String,
    /// How they will know that it is reached, in words.
    pub know: String,
    /// The same, where it can be read off a number.
    pub target: Option<Target>,
    /// Its state now.
    pub baseline: Baseline,
    /// The day by which they want to reach it.
    pub by: Option<Date>,
    /// Strengths it builds on.
    pub strengths: String,
    /// It is one of the few goals that are worked on now.
    pub focus: bool,
}

numbered!(Goal {
    1 line, 2 words, 3 wording, 4 problems, 5 kind, 6 matters, 7 tried, 8 know, 9 target, 10 baseline, 11 by,
    12 strengths, 13 focus,
});
