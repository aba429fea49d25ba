//! Drafts: a head and chunks of text.
//!
//! The head holds who, when, the small fields, and how the texts lie in the chunks. Loading gives the very document that
//! was saved. Versions of a draft come later; their place is beside [`DraftLayout`], which lists the chunks of one state.

use super::record::{Record, decode_as, encode_as};
use super::{ChunkRef, Kind, Owner, StoreError, older};
use crate::domain::{Assessment, ClientId, Moment, NoteDraft, Number, StaffId};
use crate::engine::Key;
use serde::{Deserialize, Serialize};

/// An open draft, without its texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftHead {
    /// In whose chart.
    pub client: ClientId,
    /// Which draft there.
    pub number: Number,
    /// Whose draft.
    pub by: StaffId,
    /// A grid (else a note).
    pub grid: bool,
    /// Opened when.
    pub since: Moment,
    /// Last saved when.
    pub saved: Moment,
    /// Where the writer was, opaque to the store (cursor, scroll).
    pub meta: Vec<u8>,
    /// How the body lies. Written by the store at every save; callers leave it alone.
    pub layout: DraftLayout,
}

/// How a draft's body lies: everything but the texts, the texts' lengths, the chunks they stand in one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLayout {
    /// The body with its texts taken out: a byte for the schema of the body, then the body encoded.
    pub small: Vec<u8>,
    /// Bytes of each text, in the body's order.
    pub lengths: Vec<u32>,
    /// The chunks, in order.
    pub chunks: Vec<ChunkRef>,
}

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "one or two at a time, never a list of them")]
pub enum DraftBody {
    /// A progress note or addendum.
    Note(NoteDraft),
    /// An assessment.
    Grid(Assessment),
}

/// An open draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftDoc {
    /// Who, when, where.
    pub head: DraftHead,
    /// What.
    pub body: DraftBody,
}

/// The second schema says in its first byte of [`DraftLayout::small`] which schema the body has; in the first schema that
/// byte was not there, and every body was of its first schema.
impl Record for DraftHead {
    const KIND: Kind = Kind::DraftHead;
    const SCHEMA: u8 = 2;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        encode_as(Self::KIND, self)
    }

    fn decode(schema: u8, payload: &[u8]) -> Result<Self, StoreError> {
        let mut head: Self = decode_as(Self::KIND, payload)?;
        match schema {
            1 => head.layout.small.insert(0, 1),
            2 => {}
            _ => return Err(StoreError::Malformed { kind: Self::KIND }),
        }
        Ok(head)
    }
}

/// Schemas the two bodies are written in.
const NOTE_SCHEMA: u8 = 2;
const GRID_SCHEMA: u8 = 1;

impl DraftBody {
    /// The texts that stand in chunks, in an order that is part of the stored form.
    fn texts(&mut self) -> Vec<&mut String> {
        match self {
            Self::Note(note) => note.sections.iter_mut().map(|section| &mut section.text).collect(),
            Self::Grid(grid) => {
                let mut texts = vec![&mut grid.sources];
                for cell in &mut grid.cells {
                    texts.extend([
                        &mut cell.history,
                        &mut cell.here_and_now,
                        &mut cell.strengths,
                        &mut cell.words,
                    ]);
                }
                texts
            }
        }
    }

    /// Takes the body apart: the small rest, encoded; lengths; one long text.
    pub(crate) fn take_apart(&self) -> Result<(Vec<u8>, Vec<u32>, String), StoreError> {
        let mut rest = self.clone();
        let (mut lengths, mut text) = (Vec::new(), String::new());
        for part in rest.texts() {
            lengths.push(part.len() as u32);
            text.push_str(part);
            part.clear();
        }
        let (schema, body) = match &rest {
            Self::Note(note) => (NOTE_SCHEMA, encode_as(Kind::DraftHead, note)?),
            Self::Grid(grid) => (GRID_SCHEMA, encode_as(Kind::DraftHead, grid)?),
        };
        let small = [&[schema], &body[..]].concat();
        Ok((small, lengths, text))
    }

    /// Puts it together again.
    pub(crate) fn put_together(head: &DraftHead, text: &str) -> Result<Self, StoreError> {
        let malformed = || StoreError::Malformed { kind: Kind::DraftHead };
        let mut body = match head.layout.small.split_first() {
            Some((&GRID_SCHEMA, body)) if head.grid => Self::Grid(decode_as(Kind::DraftHead, body)?),
            Some((&schema, body)) if !head.grid => Self::Note(older::note_draft(schema, body)?),
            _ => return Err(malformed()),
        };
        let mut texts = body.texts();
        if texts.len() != head.layout.lengths.len() {
            return Err(malformed());
        }
        let mut rest = text;
        for (slot, length) in texts.iter_mut().zip(&head.layout.lengths) {
            let (part, after) = rest.split_at_checked(*length as usize).ok_or_else(malformed)?;
            slot.push_str(part);
            rest = after;
        }
        if rest.is_empty() { Ok(body) } else { Err(malformed()) }
    }
}

impl DraftDoc {
    /// A new draft, not yet saved.
    pub fn new(client: ClientId, number: Number, by: StaffId, since: Moment, body: DraftBody) -> Self {
        let grid = matches!(body, DraftBody::Grid(_));
        let layout = DraftLayout::default();
        let head = DraftHead { client, number, by, grid, since, saved: since, meta: Vec::new(), layout };
        Self { head, body }
    }

    /// Where the head stands.
    pub(crate) fn key(&self) -> Key {
        Key::new(Kind::DraftHead as u8, Owner::from(self.head.client).0, self.head.number)
    }
}
