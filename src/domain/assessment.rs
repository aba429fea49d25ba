//! The multidimensional assessment: ratings and words, dimension by dimension.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// How severe, 0-4. *Unrated* is `Option::None` and is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// 0: full functioning, or a past problem now stable.
    None,
    /// 1: discomfort or difficulty the person handles.
    Mild,
    /// 2: real difficulty; can cope with support.
    Moderate,
    /// 3: poor coping, near danger; needs structure.
    Serious,
    /// 4: critical impairment.
    Severe,
}

impl Severity {
    /// Every severity, low to high.
    pub const ALL: [Self; 5] = [Self::None, Self::Mild, Self::Moderate, Self::Serious, Self::Severe];

    /// The digit.
    pub fn digit(self) -> u8 {
        self as u8
    }

    /// The severity of a digit 0-4.
    pub fn from_digit(digit: u8) -> Option<Self> {
        Self::ALL.get(usize::from(digit)).copied()
    }
}

/// A dimension of a set, across editions: `D4` of ASAM3 is not `D4` of ASAM4.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DimensionRef {
    /// Dimension set, as its pack names it (`ASAM3`).
    pub set: String,
    /// Number in the set, from 1.
    pub number: u8,
}

/// Why the assessment was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Only enough to choose a level.
    LevelOfCare,
    /// Full biopsychosocial.
    #[default]
    TreatmentPlanning,
    /// Plan update, measurement, transition.
    Reassessment,
}

/// One column of the grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Whose.
    pub client: ClientId,
    /// Which of theirs.
    pub number: Number,
    /// In which episode (0 = none).
    pub episode: Number,
    /// Dimension set it was made in.
    pub set: String,
    /// Why.
    pub purpose: Purpose,
    /// The day it speaks of.
    pub date: Date,
    /// Who made it.
    pub by: StaffId,
    /// Where the information came from.
    pub sources: String,
    /// One cell a dimension of the set, in order.
    pub cells: Vec<Cell>,
    /// The signed assessment this takes the place of, 0 = none.
    pub amends: Number,
    /// Why it does.
    pub reason: String,
}

numbered!(Assessment {
    1 client, 2 number, 3 episode, 4 set, 5 purpose, 6 date, 7 by, 8 sources, 9 cells, 10 amends, 11 reason,
});

/// One dimension in one assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Dimension number in the set.
    pub dimension: u8,
    /// The rating; `None` = unrated.
    pub severity: Option<Severity>,
    /// Taken over from the last assessment and not yet confirmed or changed.
    pub carried: bool,
    /// Subdimension symbols (4th edition): number of the subdimension, symbol as the agency's list has it.
    pub symbols: Vec<(u8, String)>,
    /// How it was.
    pub history: String,
    /// How it is here and now.
    pub here_and_now: String,
    /// What helps.
    pub strengths: String,
    /// The client's own words.
    pub words: String,
}

numbered!(Cell {
    1 dimension, 2 severity, 3 carried, 4 symbols, 5 history, 6 here_and_now, 7 strengths, 8 words,
});

impl Assessment {
    /// Words written in it.
    pub fn words(&self) -> u32 {
        let cells = self.cells.iter().flat_map(|cell| {
            [&cell.history, &cell.here_and_now, &cell.strengths, &cell.words].into_iter().map(String::as_str)
        });
        let all = cells.chain([self.sources.as_str()]);
        all.map(|text| u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX)).sum()
    }

    /// The cell of a dimension.
    pub fn cell(&self, dimension: u8) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.dimension == dimension)
    }

    /// The rating of a dimension (`None` = unrated or no such dimension).
    pub fn severity(&self, dimension: u8) -> Option<Severity> {
        self.cell(dimension).and_then(|cell| cell.severity)
    }
}

/// Danger now, in one dimension (`clinical.md` 2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImmediateNeed {
    /// Whose.
    pub client: ClientId,
    /// Which of theirs.
    pub number: Number,
    /// Where.
    pub dimension: DimensionRef,
    /// Since when there has been danger: when it was raised, or an earlier moment that a person corrected it to.
    pub raised_at: Moment,
    /// By whom.
    pub raised_by: StaffId,
    /// What the danger is, in the newest words.
    pub reason: String,
    /// What raised it.
    pub source: NeedSource,
    /// Where it stands.
    pub state: NeedState,
    /// Who put it there.
    pub state_by: StaffId,
    /// When.
    pub state_at: Moment,
    /// Everything that was said, changed and decided about it since it was raised, oldest first.
    pub history: Vec<NeedEntry>,
    /// Hours within which it is decided on, where what raised it leaves fewer than the rules of the place; 0 = it does not.
    pub hours: u16,
}

numbered!(ImmediateNeed {
    1 client, 2 number, 3 dimension, 4 raised_at, 5 raised_by, 6 reason, 7 source, 8 state, 9 state_by,
    10 state_at, 11 history, 12 hours,
});

/// One thing that was said, changed or decided about an immediate need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedEntry {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: StaffId,
    /// What it was.
    pub step: NeedStep,
    /// Its words: the danger, the action, the outcome or the reason. The newest wording.
    pub words: String,
    /// A correction: the words as they were before it.
    pub was: String,
    /// A correction: whose words it changed, as the place of that entry counted from 1; 0 where that was not written down.
    pub of: u32,
}

numbered!(NeedEntry {
    1 at, 2 by, 3 step, 4 words, 5 was, 6 of,
});

/// What happened to an immediate need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeedStep {
    /// It was raised.
    #[default]
    Raised,
    /// Danger was found again while it was open.
    SaidAgain,
    /// Words were corrected.
    Corrected,
    /// Danger was asked about while it was open, and the answer was no.
    AnsweredNo,
    /// It stays open although no danger was found.
    Kept,
    /// Danger was confirmed.
    Confirmed,
    /// It was taken in hand, or the action was renewed.
    InHand,
    /// It was resolved.
    Resolved,
    /// It was dismissed.
    Dismissed,
    /// Since when there has been danger was wrong.
    SinceCorrected,
    /// It was put in the wrong dimension.
    DimensionCorrected,
    /// It was open again: that it was over had been a mistake.
    Reopened,
    /// Somebody passed on what a caller or the person themselves said.
    Told,
}

/// What raised an immediate need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeedSource {
    /// A person with a reason.
    #[default]
    Clinician,
    /// A rating of 4.
    Rating,
    /// An item of an instrument.
    Instrument,
    /// What a caller or the person themselves said to somebody who passed it on.
    Caller,
}

/// Where an immediate need stands. Instruments, ratings and whoever passes something on only propose; a person decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeedState {
    /// Waits for a decision.
    #[default]
    Proposed,
    /// Danger confirmed, nothing done yet.
    Confirmed,
    /// Being acted on.
    InHand {
        /// What is done.
        action: String,
        /// Who does it.
        owner: StaffId,
        /// When to look again.
        recheck_at: Moment,
    },
    /// Over.
    Resolved {
        /// What was done or found.
        outcome: String,
    },
    /// Was none.
    Dismissed {
        /// Why.
        reason: String,
    },
}

impl NeedState {
    /// Still calls for attention.
    pub fn open(&self) -> bool {
        matches!(self, Self::Proposed | Self::Confirmed | Self::InHand { .. })
    }
}

/// What the client wants, why now, and which dimensions they put first. One record a client; what they said before is kept as its past.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// What they want, in their words.
    pub wants: String,
    /// Why now, in their words.
    pub why_now: String,
    /// Dimensions of `set` in the order they gave, first first.
    pub first: Vec<u8>,
    /// Set the order speaks of.
    pub set: String,
    /// Words for their first.
    pub words: String,
    /// When they said so.
    pub on: Date,
    /// Who wrote it down.
    pub by: StaffId,
    /// Barriers to care (unrated dimension 6 of the 4th edition).
    pub barriers: String,
    /// Preferences (likewise).
    pub preferences: String,
}

numbered!(Wants {
    1 wants, 2 why_now, 3 first, 4 set, 5 words, 6 on, 7 by, 8 barriers, 9 preferences,
});
