//! What is known from before and from outside: diagnoses, and the help somebody had earlier.

use super::fields::numbered;
use super::plan::Written;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// What a diagnosis says. The words are chosen so that nobody can misread them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiagnosisKind {
    /// The main one.
    #[default]
    Principal,
    /// Another one.
    Other,
    /// It is thought to hold and is not certain.
    Provisional,
    /// Nobody knows yet; it is looked into.
    ToBeExcluded,
    /// It was looked into and does not hold.
    Excluded,
}

impl DiagnosisKind {
    /// Every kind, in the order of a list.
    pub const ALL: [Self; 5] =
        [Self::Principal, Self::Other, Self::Provisional, Self::ToBeExcluded, Self::Excluded];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Principal => "principal",
            Self::Other => "other",
            Self::Provisional => "provisional",
            Self::ToBeExcluded => "to be excluded",
            Self::Excluded => "excluded",
        }
    }

    /// What the word means, in a sentence a tired person cannot misread.
    pub fn means(self) -> &'static str {
        match self {
            Self::Principal => "the main diagnosis",
            Self::Other => "holds as well",
            Self::Provisional => "thought to hold, not certain",
            Self::ToBeExcluded => "nobody knows yet; it is looked into",
            Self::Excluded => "was looked into and does not hold",
        }
    }

    /// Whether it holds for the client, certain or not.
    pub fn holds(self) -> bool {
        matches!(self, Self::Principal | Self::Other | Self::Provisional)
    }
}

/// A diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// The client.
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode it was recorded in.
    pub episode: Number,
    /// Its code in the list of that day.
    pub code: String,
    /// Its wording in the list of that day, or the clinician's.
    pub wording: String,
    /// The edition of the list; empty if it has no code.
    pub edition: String,
    /// What it says.
    pub kind: DiagnosisKind,
    /// Severity or remission, where the code has none.
    pub severity: String,
    /// First day it holds, if that is known.
    pub from: Option<Date>,
    /// Last day it held.
    pub until: Option<Date>,
    /// The day it was made.
    pub made_on: Date,
    /// Name of who made it.
    pub made_by: String,
    /// Their credential.
    pub credential: String,
    /// Where it comes from: one's own work, a record from outside, a referral.
    pub source: String,
    /// The problems it belongs to.
    pub problems: Vec<Number>,
    /// Why it should never have been here; empty = it belongs here.
    pub in_error: String,
    /// Who typed it.
    pub typed_by: StaffId,
    /// Name and credential of who typed it, as they were then.
    pub typed_by_name: String,
    /// The moment of its newest change.
    pub changed_at: Moment,
}

numbered!(Diagnosis {
    1 client, 2 number, 3 episode, 4 code, 5 wording, 6 edition, 7 kind, 8 severity, 9 from, 10 until, 11 made_on,
    12 made_by, 13 credential, 14 source, 15 problems, 16 in_error, 17 typed_by, 18 typed_by_name, 19 changed_at,
});

/// What kind of help it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelpKind {
    /// For substance use.
    #[default]
    SubstanceUse,
    /// For mental health.
    MentalHealth,
    /// Both together.
    Both,
    /// A mutual help group.
    MutualHelp,
    /// Something else.
    Other,
}

impl HelpKind {
    /// Every kind, in the order of a list.
    pub const ALL: [Self; 5] =
        [Self::SubstanceUse, Self::MentalHealth, Self::Both, Self::MutualHelp, Self::Other];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::SubstanceUse => "substance use",
            Self::MentalHealth => "mental health",
            Self::Both => "both",
            Self::MutualHelp => "mutual help",
            Self::Other => "other",
        }
    }
}

/// Help the client had before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EarlierHelp {
    /// The client.
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode it was recorded in.
    pub episode: Number,
    /// What kind it was.
    pub kind: HelpKind,
    /// The level of care, as it was called.
    pub level: String,
    /// Where.
    pub place: String,
    /// From when, as it is known: a year is enough.
    pub from: String,
    /// Until when.
    pub until: String,
    /// How it ended.
    pub ended: String,
    /// What helped, in the client's words.
    pub helped: String,
    /// What did not.
    pub did_not: String,
    /// The longest time they were well, and how.
    pub well: String,
    /// Why it should never have been here; empty = it belongs here.
    pub in_error: String,
    /// Who wrote it down, when.
    pub written: Written,
}

numbered!(EarlierHelp {
    1 client, 2 number, 3 episode, 4 kind, 5 level, 6 place, 7 from, 8 until, 9 ended, 10 helped, 11 did_not,
    12 well, 13 in_error, 14 written,
});

impl EarlierHelp {
    /// Whether it says neither where it was nor what came of it: a year alone is no help to anybody.
    pub fn is_empty(&self) -> bool {
        let texts = [&self.place, &self.level, &self.helped, &self.did_not, &self.well];
        texts.iter().all(|text| text.trim().is_empty())
    }
}
