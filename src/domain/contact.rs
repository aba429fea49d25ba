//! A contact with somebody whose stay has ended.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// What came of a contact after a discharge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContactOutcome {
    /// They were reached and need nothing now.
    #[default]
    Well,
    /// They were reached and need something; the words say what is done.
    NeedsHelp,
    NotReached,
    /// They did not want to be contacted.
    Declined,
}

impl ContactOutcome {
    /// Every outcome, in the order of the digits.
    pub const ALL: [Self; 4] = [Self::Well, Self::NeedsHelp, Self::NotReached, Self::Declined];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Well => "reached, needs nothing now",
            Self::NeedsHelp => "reached, needs something",
            Self::NotReached => "not reached",
            Self::Declined => "did not want it",
        }
    }
}

/// A contact that is due so many days after a discharge, with what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AfterContact {
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode that had ended.
    pub episode: Number,
    /// How many days after the last day it was due.
    pub days: u16,
    /// The day of the contact.
    pub on: Date,
    pub outcome: ContactOutcome,
    /// The same in words.
    pub words: String,
    /// Recorded at.
    pub at: Moment,
    pub by: StaffId,
    /// Name and credential of who recorded it, as they were then.
    pub by_name: String,
}

numbered!(AfterContact {
    1 client, 2 number, 3 episode, 4 days, 5 on, 6 outcome, 7 words, 8 at, 9 by, 10 by_name,
});
