//! The level of care over time: which one is indicated, which one is given, and why they differ.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// At which event the level of care was decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LevelEvent {
    /// At admission.
    #[default]
    Admission,
    /// In a review.
    Review,
    /// Between reviews.
    Change,
}

impl LevelEvent {
    /// Every event, in the order of a list.
    pub const ALL: [Self; 3] = [Self::Admission, Self::Review, Self::Change];

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Admission => "admission",
            Self::Review => "review",
            Self::Change => "change",
        }
    }
}

/// A decision on the level of care. The newest one is the episode's level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LevelDecision {
    /// The client.
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode.
    pub episode: Number,
    /// The day of the decision.
    pub on: Date,
    /// The indicated level.
    pub indicated: String,
    /// The indicated level of withdrawal management, where the edition has one.
    pub withdrawal: String,
    /// The actual level.
    pub actual: String,
    /// Why they differ, from the list.
    pub reason: String,
    /// A note on the reason.
    pub note: String,
    /// What is done meanwhile, where the indicated level is not to be had.
    pub interim: String,
    /// Whether the client agrees; `None` if nobody asked.
    pub agrees: Option<bool>,
    /// At which event.
    pub event: LevelEvent,
    /// The moment it was recorded.
    pub at: Moment,
    /// Who decided.
    pub by: StaffId,
    /// Name and credential of who decided, as they were then.
    pub by_name: String,
    /// Why it should never have been here; empty = it belongs here.
    pub in_error: String,
}

numbered!(LevelDecision {
    1 client, 2 number, 3 episode, 4 on, 5 indicated, 6 withdrawal, 7 actual, 8 reason, 9 note, 10 interim,
    11 agrees, 12 event, 13 at, 14 by, 15 by_name, 16 in_error,
});
