//! Change between two scores of one scale: reliable, recovered, improved, worse (`clinical.md` 7.2).

use super::{Fact, Facts, ScaleScore};
use crate::domain::Score;
use crate::packs::{Better, Instrument};

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeClass {
    /// A reliable gain from the clinical side of the cut-off to the other.
    Recovered,
    /// A reliable gain.
    Improved,
    /// Less than chance explains.
    Unchanged,
    /// A reliable loss.
    Worse,
}

impl ChangeClass {
    /// Returns the word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Recovered => "recovered",
            Self::Improved => "improved",
            Self::Unchanged => "unchanged",
            Self::Worse => "worse",
        }
    }
}

/// The change from a first score to a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The later score less the first.
    pub difference: Score,
    /// What it means; `None` if the measure has no reliable change or a fact is missing.
    pub class: Option<ChangeClass>,
    /// Whether it is more than chance explains; `None` as for the class.
    pub reliable: Option<bool>,
    /// Whether it is large enough to be drawn, without its own class.
    pub notable: bool,
    /// Facts that are missing to know which change is reliable.
    pub lacks: Vec<Fact>,
}

/// Returns the change of a scale. `None` if one of the two has no score. The facts are those of the later day.
pub fn change(
    measure: &Instrument,
    first: &ScaleScore<'_>,
    now: &ScaleScore<'_>,
    facts: &Facts,
) -> Option<Change> {
    let (before, after) = (first.score.ok()?, now.score.ok()?);
    let difference = after.minus(before);
    let size = if after > before { difference } else { before.minus(after) };
    let gained = match now.scale.better {
        Better::Lower => after < before,
        Better::Higher => after > before,
        Better::Unsaid => false,
    };
    let (step, lacks) = facts.step(&now.scale.reliable, measure);
    let reliable = step.map(|step| size >= step.by.into());
    let class = reliable.map(|reliable| match (reliable, gained) {
        (false, _) => ChangeClass::Unchanged,
        (true, false) => ChangeClass::Worse,
        (true, true) => match (first.is_clinical(), now.is_clinical()) {
            (Some(true), Some(false)) => ChangeClass::Recovered,
            _ => ChangeClass::Improved,
        },
    });
    let (notable, _) = facts.step(&now.scale.notable, measure);
    let notable = notable.is_some_and(|step| size >= step.by.into());
    Some(Change { difference, class, reliable, notable, lacks })
}
