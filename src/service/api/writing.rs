//! What is asked and answered about writing: phrases, what notes must hold, times of services.

use crate::domain::{AgencySettings, ClientId, NoteRules, Number, Phrase, Service};
use std::sync::Arc;

/// What notes are written with.
#[derive(Clone, Debug)]
pub enum WritingAsk {
    /// Add (number 0) or change a snippet or template. Answer: [`super::Answer::Writing`].
    SavePhrase {
        /// As typed; number, author and time are given by the service.
        phrase: Box<Phrase>,
        /// The agency's (else one's own).
        agency: bool,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// Take a snippet or template away. Answer: [`super::Answer::Writing`].
    RemovePhrase {
        /// Which of its owner's.
        number: Number,
        /// The agency's (else one's own).
        agency: bool,
        /// The revision it was read at.
        rev: u32,
    },
    /// Decide what every note must hold. Answer: [`super::Answer::Writing`].
    SetRules {
        /// Format a new note begins in.
        format: String,
        /// Hours after which a note is late.
        late_after_hours: u16,
        /// What notes must hold.
        rules: NoteRules,
    },
    /// What else was at the time of a service, of the client's or one's own. Answer: [`super::Answer::Overlaps`].
    Overlaps {
        client: ClientId,
        /// The draft that speaks of it.
        draft: Number,
        service: Box<Service>,
    },
}

/// Where a phrase is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Mine,
    Agency,
    /// It ships with the program.
    Shipped,
}

/// A phrase one can write with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseLine {
    /// Where it is from.
    pub origin: Origin,
    pub rev: u32,
    pub phrase: Phrase,
}

/// What notes are written with, afresh.
#[derive(Clone, Debug)]
pub struct WritingView {
    /// Phrases by name; of one name the nearest to the person first.
    pub phrases: Arc<[PhraseLine]>,
    /// What the agency decided.
    pub settings: AgencySettings,
    pub said: String,
}
