//! What can be asked about diagnoses, earlier help and the level of care.

use crate::domain::{AfterContact, Date, Diagnosis, EarlierHelp, LevelDecision};

/// What can be recorded in the background of a chart. Every answer is [`Answer::Done`](super::Answer::Done).
#[derive(Clone, Debug)]
pub enum BackgroundAsk {
    /// Record (number 0) or change a diagnosis.
    Diagnosis {
        /// As typed; number and who typed it are given by the service.
        diagnosis: Box<Diagnosis>,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// Record (number 0) or change help the client had earlier.
    Help {
        /// As typed; number, day and author are given by the service.
        help: Box<EarlierHelp>,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// Decide (number 0) on the level of care, or correct a decision.
    Level {
        /// As typed; number and author are given by the service.
        level: Box<LevelDecision>,
        /// The revision it was read at, 0 = new.
        rev: u32,
        /// The day on which the counselor looks again at a waiting list: a task is written down for it.
        again: Option<Date>,
    },
    /// Record what came of a contact after a discharge.
    Contact {
        /// As typed; number and author are given by the service.
        contact: Box<AfterContact>,
    },
}
