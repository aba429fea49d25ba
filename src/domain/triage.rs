//! Triage: one yes or no for each dimension, about danger now (`clinical.md` 2.2).

use super::fields::numbered;
use super::{ClientId, Moment, Number, StaffId};

/// One triage, as it was answered. Any yes opens or extends an immediate need and lets the rest wait; what is not asked
/// yet stays owed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Triage {
    /// Whose.
    pub client: ClientId,
    /// Which of theirs.
    pub number: Number,
    /// Dimension set whose questions were asked.
    pub set: String,
    /// When.
    pub at: Moment,
    /// Who asked.
    pub by: StaffId,
    /// One answer a dimension that has questions, in the set's order.
    pub answers: Vec<TriageAnswer>,
}

numbered!(Triage {
    1 client, 2 number, 3 set, 4 at, 5 by, 6 answers,
});

/// The answer in one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TriageAnswer {
    /// Dimension number in the set.
    pub dimension: u8,
    /// Danger now; `None` = not asked: another yes let it wait, or it is left for later on purpose.
    pub danger: Option<bool>,
    /// What the danger is (yes only).
    pub reason: String,
    /// The immediate need it opened or extends (yes), or that was open beside a no; else 0.
    pub need: Number,
    /// Said on purpose: this is not asked yet. It stays owed.
    pub later: bool,
}

numbered!(TriageAnswer {
    1 dimension, 2 danger, 3 reason, 4 need, 5 later,
});

impl Triage {
    /// Dimensions in which there was danger.
    pub fn dangers(&self) -> impl Iterator<Item = u8> {
        self.answers.iter().filter(|answer| answer.danger == Some(true)).map(|answer| answer.dimension)
    }

    /// Dimensions that are not asked yet.
    pub fn unasked(&self) -> impl Iterator<Item = u8> {
        self.answers.iter().filter(|answer| answer.danger.is_none()).map(|answer| answer.dimension)
    }
}
