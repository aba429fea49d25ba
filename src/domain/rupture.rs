//! Ruptures: a drop in working together or in the bond, and its repair. They are their author's and the author's supervisor's.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// How the client moved (`clinical.md` 6.4). Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuptureKind {
    /// Away from the counselor, or appeasing.
    #[default]
    Withdrawal,
    /// Against the counselor.
    Confrontation,
    Both,
}

impl RuptureKind {
    pub const ALL: [Self; 3] = [Self::Withdrawal, Self::Confrontation, Self::Both];

    /// Returns the word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Withdrawal => "withdrawal",
            Self::Confrontation => "confrontation",
            Self::Both => "both",
        }
    }
}

/// What came of it. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuptureOutcome {
    #[default]
    Open,
    Partly,
    Repaired,
    EndedWithout,
}

impl RuptureOutcome {
    pub const ALL: [Self; 4] = [Self::Open, Self::Partly, Self::Repaired, Self::EndedWithout];

    /// Returns the words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Partly => "partly repaired",
            Self::Repaired => "repaired",
            Self::EndedWithout => "ended without repair",
        }
    }

    /// Whether it still asks for repair.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Partly)
    }
}

/// Where the agency decided that ruptures belong. Their author and the supervisor alone see them either way. Appended to, never
/// reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RupturesIn {
    /// They are no part of the client's records.
    #[default]
    Supervision,
    /// They are part of the client's records, and somebody who asks for those asks for them too.
    Chart,
}

impl RupturesIn {
    pub const ALL: [Self; 2] = [Self::Supervision, Self::Chart];

    /// Returns the word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Supervision => "supervision",
            Self::Chart => "the chart",
        }
    }

    /// Returns what that means for a request for the client's records.
    pub fn means(self) -> &'static str {
        match self {
            Self::Supervision => "not part of the client's records",
            Self::Chart => "part of the client's records when they are asked for",
        }
    }
}

/// A rupture, stored with its author's records: no summary and no list of the team holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rupture {
    /// In whose chart it is shown, to whom it may be.
    pub client: ClientId,
    /// Its number among the author's.
    pub number: Number,
    pub episode: Number,
    /// The session in which it happened; 0 = none that is known.
    pub session: Number,
    pub on: Date,
    pub kind: RuptureKind,
    /// What it showed in, by the agency's list.
    pub marks: Vec<String>,
    /// What happened, in words.
    pub what: String,
    /// What was tried, by the agency's list.
    pub repair: Vec<String>,
    pub outcome: RuptureOutcome,
    /// What was done to close it, in words.
    pub outcome_words: String,
    /// The day of the outcome; `None` while it is open.
    pub outcome_on: Option<Date>,
    /// Who wrote it.
    pub by: StaffId,
    /// Name and credential of who wrote it, as they were then.
    pub by_name: String,
    pub at: Moment,
    /// Why it should never have been here; empty = it belongs here.
    pub in_error: String,
}

numbered!(Rupture {
    1 client, 2 number, 3 episode, 4 session, 5 on, 6 kind, 7 marks, 8 what, 9 repair, 10 outcome, 11 outcome_words,
    12 outcome_on, 13 by, 14 by_name, 15 at, 16 in_error,
});

impl Rupture {
    /// Whether it belongs here and still asks for repair.
    pub fn is_open(&self) -> bool {
        self.in_error.is_empty() && self.outcome.is_open()
    }
}
