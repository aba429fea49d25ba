//! Triage: one yes or no for each dimension, about danger now (`clinical.md` 2.2).

use super::{ClientId, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// One triage, as it was answered. Any yes opens an immediate need and lets the rest wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// The answer in one dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriageAnswer {
    /// Dimension number in the set.
    pub dimension: u8,
    /// Danger now; `None` = not asked, because another yes let it wait.
    pub danger: Option<bool>,
    /// What the danger is (yes only).
    pub reason: String,
    /// The immediate need it opened or stands beside (yes only), else 0.
    pub need: Number,
}

impl Triage {
    /// Dimensions in which there was danger.
    pub fn dangers(&self) -> impl Iterator<Item = u8> {
        self.answers.iter().filter(|answer| answer.danger == Some(true)).map(|answer| answer.dimension)
    }

    /// Dimensions that were left waiting.
    pub fn waiting(&self) -> usize {
        self.answers.iter().filter(|answer| answer.danger.is_none()).count()
    }
}
