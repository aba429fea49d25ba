//! Values about typed text: versions of drafts, what was recovered, words beyond the dictionary.
//!
//! Owns values only, as all of [`super`] does.

use super::DraftBody;
use crate::domain::{ClientId, Date, DocKind, LocalTime, Number, WordHint};
use crate::store::KeptFor;
use std::sync::Arc;

/// An earlier state of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionView {
    /// When it was kept.
    pub at: LocalTime,
    pub why: KeptFor,
    /// The draft as it was.
    pub body: DraftBody,
}

/// A draft that was being written when the desk stopped without a lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    pub client: ClientId,
    pub number: Number,
    /// The person's name, as lists show it.
    pub name: String,
    /// What it is a draft of.
    pub kind: DocKind,
    /// Words in it.
    pub words: usize,
    /// When the last of it was saved.
    pub saved: LocalTime,
}

/// Words beyond the dictionary, and what one wrote elsewhere.
#[derive(Clone)]
pub enum WordsAsk {
    /// Add to one's own words. Answer: [`super::Answer::Words`].
    Add(String),
    /// Take away from one's own words. Answer: [`super::Answer::Words`].
    Remove(String),
    /// Underline nothing, or underline again. Answer: [`super::Answer::Words`].
    Quiet(bool),
    /// A better word for everyone; with nothing better it is not underlined. Answer: [`super::Answer::Words`].
    Hint(WordHint),
    /// Sketches of one's own signed notes, for a note in this chart. Answer: [`super::Answer::OwnNotes`].
    Own(ClientId),
}

/// Never a word.
impl std::fmt::Debug for WordsAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Add(_) => "Add",
            Self::Remove(_) => "Remove",
            Self::Quiet(_) => "Quiet",
            Self::Hint(_) => "Hint",
            Self::Own(_) => "Own",
        })
    }
}

/// A signed note of one's own, as far as repeated text needs it.
#[derive(Clone, Debug)]
pub struct OwnNote {
    /// Its service date, if it is this client's; of others nothing is told.
    pub on: Option<Date>,
    /// Its number, if it is this client's; else 0.
    pub number: Number,
    pub sketch: Arc<[u64]>,
}
