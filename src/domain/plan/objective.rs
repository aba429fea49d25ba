//! Objectives and methods: what the client does, and what staff or a service does.

use super::super::fields::numbered;
use super::super::{ClockTime, Date, Modality, Number, StaffId};
use super::line::{Baseline, PlanLine};
use serde::{Deserialize, Serialize};

/// Who does an objective.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doer {
    /// Nobody was named.
    Nobody,
    #[default]
    Client,
    /// Somebody of their family or another support, by name.
    Other(String),
}

/// An objective: an observable step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objective {
    /// What every line has.
    pub line: PlanLine,
    /// The goal it belongs to.
    pub goal: Number,
    /// Who does it.
    pub doer: Doer,
    /// The step, as it follows "I will".
    pub step: String,
    /// How much or how often, as it was typed: `3 nights a week`.
    pub amount: String,
    /// Its state now.
    pub baseline: Baseline,
    /// The day by which it is done.
    pub by: Option<Date>,
    /// How they will see it.
    pub see: String,
    /// What could get in the way.
    pub barrier: String,
    /// What they do then.
    pub then: String,
    /// How sure the client is, 0-10.
    pub sure: Option<u8>,
    /// It keeps somebody safe.
    pub safety: bool,
}

numbered!(Objective {
    1 line, 2 goal, 3 doer, 4 step, 5 amount, 6 baseline, 7 by, 8 see, 9 barrier, 10 then, 11 sure, 12 safety,
});

/// In what span something happens so many times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Per {
    Day,
    #[default]
    Week,
    Month,
}

impl Per {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// How often a method is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Often {
    #[default]
    Unsaid,
    /// So many times in a span.
    Times {
        /// How many times.
        times: u8,
        /// In what span.
        per: Per,
    },
    /// Once in so many weeks.
    EveryWeeks(u8),
    /// So many times in all.
    InAll(u16),
    Once,
    /// When it is needed, and for what.
    WhenNeeded(String),
}

/// How much of a method: how often, how long each time, over how many weeks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dose {
    pub often: Often,
    /// Minutes each time, 0 = not said.
    pub minutes: u16,
    /// Over how many weeks, 0 = not said.
    pub weeks: u16,
}

numbered!(Dose { 1 often, 2 minutes, 3 weeks });

/// Who does a method.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Who {
    /// Nobody was named.
    #[default]
    Nobody,
    /// A member of staff, with name and credential as they were that day.
    Staff {
        id: StaffId,
        /// Name and credential.
        name: String,
    },
    Outside {
        name: String,
        organisation: String,
    },
}

/// What came of a referral.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferralKept {
    /// It was made.
    #[default]
    Made,
    /// The client went.
    Kept,
    /// The client did not go.
    NotKept,
    /// The client declined it.
    Declined,
    NoAnswer,
}

impl ReferralKept {
    /// Every outcome, in the order of a list.
    pub const ALL: [Self; 5] = [Self::Made, Self::Kept, Self::NotKept, Self::Declined, Self::NoAnswer];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Kept => "kept",
            Self::NotKept => "not kept",
            Self::Declined => "declined",
            Self::NoAnswer => "no answer",
        }
    }
}

/// A referral: a method that somebody else carries out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referral {
    pub to: String,
    /// The appointment, with its time if that is known.
    pub appointment: Option<(Date, Option<ClockTime>)>,
    /// What came of it.
    pub kept: ReferralKept,
    /// The day on which somebody looks again.
    pub look_again: Option<Date>,
}

numbered!(Referral { 1 to, 2 appointment, 3 kept, 4 look_again });

/// A method: what staff or a service does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Method {
    /// What every line has.
    pub line: PlanLine,
    /// The goal it belongs to.
    pub goal: Number,
    /// The objective it serves, 0 = the goal itself.
    pub objective: Number,
    /// Type of service, from the list that sessions use.
    pub kind: String,
    /// With how many people.
    pub modality: Option<Modality>,
    /// What is done.
    pub wording: String,
    /// What it is for, in one plain sentence.
    pub purpose: String,
    /// How much of it.
    pub dose: Dose,
    /// Who does it.
    pub who: Who,
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// It keeps somebody safe.
    pub safety: bool,
    /// What a referral holds besides.
    pub referral: Option<Referral>,
}

numbered!(Method {
    1 line, 2 goal, 3 objective, 4 kind, 5 modality, 6 wording, 7 purpose, 8 dose, 9 who, 10 from, 11 until,
    12 safety, 13 referral,
});
