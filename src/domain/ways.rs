//! Ways of working: what a client expects, prefers and finds hard about the work, in their own words where it can be.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// Where the relationship is (`clinical.md` 6.1). Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationStage {
    /// Deciding to work together.
    #[default]
    Commitment,
    /// Working.
    Process,
    /// Living what was worked for.
    Change,
    /// Taking leave.
    Ending,
}

impl RelationStage {
    pub const ALL: [Self; 4] = [Self::Commitment, Self::Process, Self::Change, Self::Ending];

    /// Returns the word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Commitment => "commitment",
            Self::Process => "process",
            Self::Change => "change",
            Self::Ending => "ending",
        }
    }
}

/// Something that stands between a client and the help, and what is done about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Barrier {
    /// By the agency's list (`transport`).
    pub kind: String,
    /// In a few words.
    pub words: String,
    /// What is done about it; empty = nothing yet.
    pub done: String,
    /// It is no barrier any more.
    pub over: bool,
}

numbered!(Barrier { 1 kind, 2 words, 3 done, 4 over });

impl Barrier {
    /// Whether nothing is done about it yet.
    pub fn is_open(&self) -> bool {
        !self.over && self.done.is_empty()
    }
}

/// Ways of working with a client: one record, whose earlier states are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WaysOfWorking {
    pub client: ClientId,
    /// What they expect of the work and of the counselor.
    pub expects: String,
    /// Pace, language, style, who else takes part, time and place.
    pub prefers: String,
    /// How easy it is for them to say what does not fit: 1 (hard) to 5 (easy); `None` = not asked.
    pub comfort: Option<u8>,
    /// What gets in the way of saying it.
    pub hinders: String,
    /// Differences and identity that matter here, in their words.
    pub differences: String,
    /// Barriers, in the order in which they were named.
    pub barriers: Vec<Barrier>,
    /// Where the relationship is, if somebody said so.
    pub stage: Option<RelationStage>,
    /// Since when.
    pub stage_on: Option<Date>,
    /// Who wrote the newest of it.
    pub by: StaffId,
    /// Name and credential of who wrote it, as they were then.
    pub by_name: String,
    pub at: Moment,
}

numbered!(WaysOfWorking {
    1 client, 2 expects, 3 prefers, 4 comfort, 5 hinders, 6 differences, 7 barriers, 8 stage, 9 stage_on, 10 by,
    11 by_name, 12 at,
});

impl WaysOfWorking {
    /// The number of the one record a client has.
    pub const NUMBER: Number = 1;
    /// From this comfort on down it is asked about in every check-in.
    pub const HARD: u8 = 2;

    /// Whether it is hard for them to say what does not fit.
    pub fn is_hard_to_say(&self) -> bool {
        self.comfort.is_some_and(|comfort| comfort <= Self::HARD)
    }

    /// How many barriers nothing is done about yet.
    pub fn open_barriers(&self) -> usize {
        self.barriers.iter().filter(|barrier| barrier.is_open()).count()
    }
}
