//! The problem list: what is between the person and what they want.

use super::fields::numbered;
use super::{ClientId, Date, DimensionRef, Moment, Number, ReferralKept, StaffId};
use serde::{Deserialize, Serialize};

/// Stage of change. It belongs to a problem, not to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    Precontemplation,
    Contemplation,
    Preparation,
    Action,
    Maintenance,
    /// Use or problem returned.
    Recurrence,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Self; 6] = [
        Self::Precontemplation,
        Self::Contemplation,
        Self::Preparation,
        Self::Action,
        Self::Maintenance,
        Self::Recurrence,
    ];

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Precontemplation => "precontemplation",
            Self::Contemplation => "contemplation",
            Self::Preparation => "preparation",
            Self::Action => "action",
            Self::Maintenance => "maintenance",
            Self::Recurrence => "recurrence",
        }
    }
}

/// The state of a problem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemStatus {
    #[default]
    Active,
    /// Later, and why.
    Deferred {
        /// Why not now.
        reason: String,
        /// When to look again.
        revisit: Date,
    },
    /// Somebody else's work.
    Referred {
        to: String,
        /// What came of it.
        kept: ReferralKept,
        /// The day on which somebody looks again.
        look_again: Option<Date>,
    },
    Resolved {
        note: String,
    },
    /// Should never have been here.
    EnteredInError {
        reason: String,
    },
}

impl ProblemStatus {
    /// Counted in priorities: on the list and worked on.
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Active)
    }

    /// The word shown.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deferred { .. } => "deferred",
            Self::Referred { .. } => "referred",
            Self::Resolved { .. } => "resolved",
            Self::EnteredInError { .. } => "entered in error",
        }
    }
}

/// How important, confident or ready the client says they are, 0-10, with the day they were asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rulers {
    /// How important the change is to them.
    pub importance: Option<(u8, Date)>,
    /// How confident they are that they can do it.
    pub confidence: Option<(u8, Date)>,
    /// How ready they are.
    pub readiness: Option<(u8, Date)>,
}

numbered!(Rulers { 1 importance, 2 confidence, 3 readiness });

/// The rating a problem came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// The assessment, by its document number.
    pub assessment: Number,
    /// The day of the assessment.
    pub on: Date,
    /// The rating then, 0-4; `None` = not rated.
    pub rating: Option<u8>,
}

numbered!(Finding { 1 assessment, 2 on, 3 rating });

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    pub client: ClientId,
    /// Which of theirs; also how it is called: `P3`.
    pub number: Number,
    /// The clinician's wording.
    pub wording: String,
    /// The client's wording.
    pub words: String,
    /// In which dimension.
    pub dimension: DimensionRef,
    /// A second dimension it touches.
    pub second: Option<DimensionRef>,
    /// Stage of change with the day it was asked, newest last.
    pub stages: Vec<(Date, Stage)>,
    /// Its state.
    pub status: ProblemStatus,
    /// Since when it is there.
    pub status_on: Date,
    /// Place on the list by hand, small first.
    pub rank: u32,
    /// Code from elsewhere (system, code), if any.
    pub code: Option<(String, String)>,
    pub added_at: Moment,
    /// Added by: name and credential as they were then.
    pub added_by: StaffId,
    /// Name and credential of who added it.
    pub added_by_name: String,
    /// Last changed when.
    pub changed_at: Moment,
    pub changed_by: StaffId,
    /// The episode in which it is worked on.
    pub episode: Number,
    /// The rating it came from.
    pub finding: Option<Finding>,
    /// The client's own explanation of it.
    pub explanation: String,
    /// What the client says on the three rulers.
    pub rulers: Rulers,
}

numbered!(Problem {
    1 client, 2 number, 3 wording, 4 words, 5 dimension, 6 second, 7 stages, 8 status, 9 status_on, 10 rank,
    11 code, 12 added_at, 13 added_by, 14 added_by_name, 15 changed_at, 16 changed_by, 17 episode, 18 finding,
    19 explanation, 20 rulers,
});

impl Problem {
    /// The stage as last asked.
    pub fn stage(&self) -> Option<Stage> {
        self.stages.last().map(|(_, stage)| *stage)
    }
}
