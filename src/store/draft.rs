//! Drafts: a head and chunks of text.
//!
//! The head holds who, when, the small fields, and how the texts lie in the chunks. Loading gives the very document that
//! was saved. Versions of a draft are beside it ([`super::DraftVersion`]).

use super::record::{decode_as, encode_as};
use super::{ChunkRef, Kind, Owner, StoreError};
use crate::domain::{Assessment, ClientId, Moment, NoteDraft, Number, StaffId, numbered};
use crate::engine::Key;

/// An open draft, without its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

numbered!(DraftHead {
    1 client, 2 number, 3 by, 4 grid, 5 since, 6 saved, 7 meta, 8 layout,
});

/// How a draft's body lies: everything but the texts, the texts' lengths, the chunks they stand in one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftLayout {
    /// The body with its texts taken out, encoded.
    pub small: Vec<u8>,
    /// Bytes of each text, in the body's order.
    pub lengths: Vec<u32>,
    /// The chunks, in order.
    pub chunks: Vec<ChunkRef>,
}

numbered!(DraftLayout {
    1 small, 2 lengths, 3 chunks,
});

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
        let small = match &rest {
            Self::Note(note) => encode_as(Kind::DraftHead, note)?,
            Self::Grid(grid) => encode_as(Kind::DraftHead, grid)?,
        };
        Ok((small, lengths, text))
    }

    /// Puts it together again.
    pub(crate) fn put_together(head: &DraftHead, text: &str) -> Result<Self, StoreError> {
        let malformed = || StoreError::Malformed { kind: Kind::DraftHead };
        let small = &head.layout.small;
        let mut body = if head.grid {
            Self::Grid(decode_as(Kind::DraftHead, small)?)
        } else {
            Self::Note(decode_as(Kind::DraftHead, small)?)
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
