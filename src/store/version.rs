//! Earlier states of a draft, twenty of each, in a ring of fixed places.
//!
//! Owns where a version stands and how it is written: the head as its schema had it, and the text. So a draft that changes
//! its shape is upgraded here by the head's own upgrade, and a version needs none of its own. Long ones are split like any
//! long record.

use super::record::{decode_as, encode_as};
use super::{DraftBody, DraftDoc, DraftHead, DraftLayout, Kind, Record, StoreError};
use crate::domain::{Moment, Number};
use serde::{Deserialize, Serialize};

/// Versions kept of one draft.
pub const KEPT_VERSIONS: u32 = 20;
/// Places set aside for one draft among the numbers of its client.
const PLACES: u32 = 32;

/// Why a version was kept. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeptFor {
    /// The draft was taken up.
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
    /// Why.
    pub why: KeptFor,
    /// The draft as it stood.
    pub doc: DraftDoc,
}

/// Never a word of anyone.
impl std::fmt::Debug for DraftVersion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftVersion({} of draft {}, {:?})", self.seq, self.doc.head.number, self.why)
    }
}

/// The stored form.
#[derive(Serialize, Deserialize)]
struct Stored {
    seq: u32,
    at: Moment,
    why: KeptFor,
    head_schema: u8,
    head: Vec<u8>,
    text: String,
}

impl Record for DraftVersion {
    const KIND: Kind = Kind::DraftVersion;
    const SCHEMA: u8 = 1;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let (small, lengths, text) = self.doc.body.take_apart()?;
        let layout = DraftLayout { small, lengths, chunks: Vec::new() };
        let head = DraftHead { layout, ..self.doc.head.clone() }.encode()?;
        let stored =
            Stored { seq: self.seq, at: self.at, why: self.why, head_schema: DraftHead::SCHEMA, head, text };
        encode_as(Self::KIND, &stored)
    }

    fn decode(schema: u8, payload: &[u8]) -> Result<Self, StoreError> {
        if schema != Self::SCHEMA {
            return Err(StoreError::Malformed { kind: Self::KIND });
        }
        let stored: Stored = decode_as(Self::KIND, payload)?;
        if stored.head_schema > DraftHead::SCHEMA {
            let (schema, known) = (stored.head_schema.into(), DraftHead::SCHEMA.into());
            return Err(StoreError::Newer { kind: Kind::DraftHead, schema, known });
        }
        let mut head = DraftHead::decode(stored.head_schema, &stored.head)?;
        let body = DraftBody::put_together(&head, &stored.text)?;
        head.layout = DraftLayout::default();
        Ok(Self { seq: stored.seq, at: stored.at, why: stored.why, doc: DraftDoc { head, body } })
    }
}

/// The number a version stands under: a ring of places for each draft, the oldest is written over.
pub fn version_number(draft: Number, seq: u32) -> Number {
    draft.saturating_mul(PLACES).saturating_add(seq % KEPT_VERSIONS)
}

/// The numbers the versions of a draft can stand under.
pub fn version_numbers(draft: Number) -> std::ops::Range<Number> {
    let first = draft.saturating_mul(PLACES);
    first..first.saturating_add(KEPT_VERSIONS)
}
