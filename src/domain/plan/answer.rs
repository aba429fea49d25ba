//! Answers to lines of the plan: whose, to which wording, in which words.

use super::super::fields::numbered;
use super::super::{ClientId, Date, Moment, Number, StaffId};
use super::line::LineRef;
use serde::{Deserialize, Serialize};

/// What an answer is given to. An answer holds while the line still says this.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    pub wording: String,
    /// How much or how often.
    pub amount: String,
    /// From when and until when, as days; empty if no day is named.
    pub dates: Vec<Date>,
    /// Who does it.
    pub doer: String,
}

numbered!(Terms { 1 wording, 2 amount, 3 dates, 4 doer });

impl Terms {
    /// Whether only the wording differs.
    pub fn differs_in_wording_only(&self, other: &Self) -> bool {
        self.wording != other.wording
            && (&self.amount, &self.dates, &self.doer) == (&other.amount, &other.dates, &other.doer)
    }
}

/// What somebody answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Assent {
    #[default]
    NotAsked,
    Agreed,
    /// They agree in part.
    Partly,
    Declined,
    /// They would rather not say.
    NotSaid,
}

impl Assent {
    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not asked",
            Self::Agreed => "agreed",
            Self::Partly => "partly",
            Self::Declined => "declined",
            Self::NotSaid => "would rather not say",
        }
    }
}

/// Whose answer it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Party {
    #[default]
    Client,
    /// A guardian's, by name.
    Guardian(String),
    /// Somebody's who took part, by name.
    Participant(String),
}

/// One answer. It is written once; a later answer of the same party takes its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// The client whose plan it is about.
    pub client: ClientId,
    /// Its number among the client's answers.
    pub number: Number,
    /// The episode of the line.
    pub episode: Number,
    /// The line it is about.
    pub about: LineRef,
    /// Whose answer it is.
    pub whose: Party,
    pub answer: Assent,
    /// What they said, in their words.
    pub words: String,
    /// What it was given to.
    pub to: Terms,
    /// The day it was given.
    pub given: Date,
    /// The moment it was typed.
    pub typed_at: Moment,
    /// Who recorded it.
    pub by: StaffId,
    /// Name and credential of who recorded it, as they were then.
    pub by_name: String,
    /// The note it was recorded in, 0 = none.
    pub note: Number,
    /// The answer that it carries over to a corrected wording, 0 = it was given to this wording itself.
    pub carries: Number,
    /// Whoever it is of gave it themselves, at the turned screen.
    pub by_client: bool,
    /// Why it was left out when the client's answers were taken over: then it counts for nothing.
    pub left_out: String,
}

impl Agreement {
    /// Whether it counts: it was not left out.
    pub fn counts(&self) -> bool {
        self.left_out.is_empty()
    }
}

numbered!(Agreement {
    1 client, 2 number, 3 episode, 4 about, 5 whose, 6 answer, 7 words, 8 to, 9 given, 10 typed_at, 11 by,
    12 by_name, 13 note, 14 carries, 15 by_client, 16 left_out,
});
