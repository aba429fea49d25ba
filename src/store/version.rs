//! Earlier states of a draft, twenty of each, in a ring of fixed places.
//!
//! Owns where a version is kept and how it is written: the draft's head, and its text. Long ones are split like any long
//! record.

use super::draft::Apart;
use super::record::{decode_as, encode_as};
use super::{DraftBody, DraftDoc, DraftHead, DraftLayout, Kind, Record, StoreError};
use crate::domain::{Moment, Number, numbered};
use serde::{Deserialize, Serialize};

/// Versions kept of one draft.
pub const KEPT_VERSIONS: u32 = 20;
/// Places set aside for one draft among the numbers of its client.
const PLACES: u32 = 32;

/// Why a version was kept. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeptFor {
    /// The draft was taken up.
    #[default]
    Opened,
    /// Five minutes of typing.
    Typing,
    /// A paste was about to change it.
    Paste,
    /// A template was about to fill it.
    Template,
    /// Find and replace was about to change it.
    Replace,
    /// The desk locked.
    Lock,
    /// It was found after Concord had stopped without a lock.
    Recovery,
    /// An earlier version was about to be put in its place.
    PutBack,
    /// It was about to be put into another format.
    Format,
}

/// An earlier state of a draft.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftVersion {
    /// Counts the versions of this draft, from 1.
    pub seq: u32,
    /// When it was kept.
    pub at: Moment,
    pub why: KeptFor,
    /// The draft as it was.
    pub doc: DraftDoc,
}

/// Never a word of anyone.
impl std::fmt::Debug for DraftVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftVersion({} of draft {}, {:?})", self.seq, self.doc.head.number, self.why)
    }
}

/// The stored form.
#[derive(Default)]
struct Stored {
    seq: u32,
    at: Moment,
    why: KeptFor,
    head: DraftHead,
    text: String,
}

numbered!(Stored { 1 seq, 2 at, 3 why, 4 head, 5 text });

impl Record for DraftVersion {
    const KIND: Kind = Kind::DraftVersion;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let Apart { small, places: texts, text } = self.doc.body.take_apart()?;
        let layout = DraftLayout { small, texts, chunks: Vec::new() };
        let head = DraftHead { layout, ..self.doc.head.clone() };
        let stored = Stored { seq: self.seq, at: self.at, why: self.why, head, text };
        encode_as(Self::KIND, &stored)
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        let Stored { seq, at, why, mut head, text } = decode_as(Self::KIND, payload)?;
        let body = DraftBody::put_together(&head, &text)?;
        head.layout = DraftLayout::default();
        Ok(Self { seq, at, why, doc: DraftDoc { head, body } })
    }
}

/// The number a version is under: a ring of places for each draft, the oldest is written over.
pub fn version_number(draft: Number, seq: u32) -> Number {
    draft.saturating_mul(PLACES).saturating_add(seq % KEPT_VERSIONS)
}

/// The numbers the versions of a draft can be under.
pub fn version_numbers(draft: Number) -> std::ops::Range<Number> {
    let first = draft.saturating_mul(PLACES);
    first..first.saturating_add(KEPT_VERSIONS)
}
