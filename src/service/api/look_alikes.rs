//! People an import left out because they look like somebody here: one pair at a time, and what is decided about it.

use crate::domain::{ClientId, ImportId, Number, WhoTheyAre};
use crate::rules::likeness::pair::Beside;

/// One pair: somebody here, and somebody an import left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlikePair {
    pub import: ImportId,
    pub number: Number,
    /// The revision it was read at.
    pub rev: u32,
    /// The person here.
    pub here: ClientId,
    pub record_no: String,
    /// What the two have in common, in plain words.
    pub why: String,
    /// File and place they were left out of.
    pub came: String,
    /// Fact by fact.
    pub rows: Vec<Beside>,
    /// What happens beyond the particulars, in sentences: what else came, and the admission.
    pub also: Vec<String>,
}

/// What was decided about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookAlikeDecision {
    pub import: ImportId,
    pub number: Number,
    /// The revision it was read at.
    pub rev: u32,
    /// The person here who was compared.
    pub here: ClientId,
    pub what: WhoTheyAre,
    /// Which pair of those that wait is shown next.
    pub at: usize,
}

/// The pair that is shown, of all that wait for this person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookAlikesView {
    /// `None` = none waits.
    pub pair: Option<LookAlikePair>,
    /// Which of them, from 0.
    pub at: usize,
    /// How many wait.
    pub of: usize,
    /// What happened, if something was decided.
    pub said: String,
}
