//! Drafts: a head and chunks of text.
//!
//! The head holds who, when, the small fields, and how the texts lie in the chunks. Loading gives the very document that
//! was saved. Versions of a draft are beside it ([`super::DraftVersion`]).

use super::record::{decode_as, encode_as};
use super::{ChunkRef, Kind, Owner, StoreError};
use crate::domain::{
    Assessment, ClientAnswers, ClientId, Discharge, DocKind, Moment, NoteDraft, Number, Review, SafetyPlan,
    StaffId, numbered,
};
use crate::engine::Key;

/// An open draft, without its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftHead {
    /// In whose chart.
    pub client: ClientId,
    /// Which draft there.
    pub number: Number,
    pub by: StaffId,
    /// What it is a draft of.
    pub kind: DocKind,
    pub since: Moment,
    /// Last saved when.
    pub saved: Moment,
    /// Where the writer was, opaque to the store (cursor, scroll).
    pub meta: Vec<u8>,
    /// How the body lies. Written by the store at every save; callers leave it alone.
    pub layout: DraftLayout,
}

numbered!(DraftHead {
    1 client, 2 number, 3 by, 4 kind, 5 since, 6 saved, 7 meta, 8 layout,
});

/// How a draft's body lies: everything but the texts, the texts' lengths, the chunks they are in one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftLayout {
    /// The body with its texts taken out, encoded.
    pub small: Vec<u8>,
    /// The texts that are not empty, in the body's order: its place in the body, and its bytes.
    pub texts: Vec<(u32, u32)>,
    /// The chunks, in order.
    pub chunks: Vec<ChunkRef>,
}

numbered!(DraftLayout {
    1 small, 2 texts, 3 chunks,
});

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "one or two at a time, never a list of them")]
pub enum DraftBody {
    /// A progress note or addendum.
    Note(NoteDraft),
    Assessment(Assessment),
    /// What a client marked at the turned screen.
    Answers(ClientAnswers),
    /// A review of the plan.
    Review(Box<Review>),
    /// A discharge summary.
    Discharge(Box<Discharge>),
    /// A safety plan.
    Safety(Box<SafetyPlan>),
}

/// An open draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftDoc {
    /// Who, when, where.
    pub head: DraftHead,
    pub body: DraftBody,
}

/// A body taken apart.
pub(crate) struct Apart {
    /// The small rest, encoded.
    pub(crate) small: Vec<u8>,
    /// Places and lengths of the texts, in the order in which they follow each other.
    pub(crate) places: Vec<(u32, u32)>,
    /// The texts, one after the other.
    pub(crate) text: String,
}

impl DraftBody {
    /// What it is a draft of.
    pub fn kind(&self) -> DocKind {
        match self {
            Self::Note(_) => DocKind::Note,
            Self::Assessment(_) => DocKind::Assessment,
            Self::Answers(_) => DocKind::Answers,
            Self::Review(_) => DocKind::Review,
            Self::Discharge(_) => DocKind::Discharge,
            Self::Safety(_) => DocKind::Safety,
        }
    }

    /// The texts that are kept in chunks, each with its place in the body. A place is stored: a text that is added gets one
    /// of its own.
    fn texts(&mut self) -> Vec<(u32, &mut String)> {
        match self {
            Self::Note(note) => {
                (0..).zip(note.sections.iter_mut().map(|section| &mut section.text)).collect()
            }
            Self::Assessment(grid) => {
                let mut texts = vec![(0, &mut grid.sources)];
                for (row, cell) in (1..).zip(&mut grid.cells) {
                    texts.extend([
                        (16 * row, &mut cell.history),
                        (16 * row + 1, &mut cell.here_and_now),
                        (16 * row + 2, &mut cell.strengths),
                        (16 * row + 3, &mut cell.words),
                    ]);
                }
                texts
            }
            Self::Answers(answers) => {
                (0..).zip(answers.lines.iter_mut().map(|line| &mut line.words)).collect()
            }
            Self::Review(review) => review_texts(review),
            Self::Discharge(discharge) => discharge_texts(discharge),
            Self::Safety(plan) => safety_texts(plan),
        }
    }

    /// Takes the body apart.
    pub(crate) fn take_apart(&self) -> Result<Apart, StoreError> {
        let mut rest = self.clone();
        let (mut places, mut text) = (Vec::new(), String::new());
        for (place, part) in rest.texts() {
            if !part.is_empty() {
                places.push((place, part.len() as u32));
                text.push_str(part);
                part.clear();
            }
        }
        let small = match &rest {
            Self::Note(note) => encode_as(Kind::DraftHead, note)?,
            Self::Assessment(grid) => encode_as(Kind::DraftHead, grid)?,
            Self::Answers(answers) => encode_as(Kind::DraftHead, answers)?,
            Self::Review(review) => encode_as(Kind::DraftHead, review.as_ref())?,
            Self::Discharge(discharge) => encode_as(Kind::DraftHead, discharge.as_ref())?,
            Self::Safety(plan) => encode_as(Kind::DraftHead, plan.as_ref())?,
        };
        Ok(Apart { small, places, text })
    }

    /// Puts it together again.
    pub(crate) fn put_together(head: &DraftHead, text: &str) -> Result<Self, StoreError> {
        let malformed = || StoreError::Malformed { kind: Kind::DraftHead };
        let small = &head.layout.small;
        let mut body = match head.kind {
            DocKind::Note => Self::Note(decode_as(Kind::DraftHead, small)?),
            DocKind::Assessment => Self::Assessment(decode_as(Kind::DraftHead, small)?),
            DocKind::Answers => Self::Answers(decode_as(Kind::DraftHead, small)?),
            DocKind::Review => Self::Review(Box::new(decode_as(Kind::DraftHead, small)?)),
            DocKind::Discharge => Self::Discharge(Box::new(decode_as(Kind::DraftHead, small)?)),
            DocKind::Safety => Self::Safety(Box::new(decode_as(Kind::DraftHead, small)?)),
            // A plan is worked on in its lines and has no draft.
            DocKind::Plan => return Err(malformed()),
        };
        let mut texts = body.texts();
        let mut rest = text;
        for (place, length) in &head.layout.texts {
            let (part, after) = rest.split_at_checked(*length as usize).ok_or_else(malformed)?;
            let slot = texts.iter_mut().find(|(at, _)| at == place).ok_or_else(malformed)?;
            slot.1.push_str(part);
            rest = after;
        }
        if rest.is_empty() { Ok(body) } else { Err(malformed()) }
    }
}

/// The texts of a review. What is said of lines and methods is never taken out, so that a place stays its own.
fn review_texts(review: &mut Review) -> Vec<(u32, &mut String)> {
    const LINES: u32 = 1 << 8;
    const METHODS: u32 = 1 << 16;
    let mut texts = vec![
        (0, &mut review.wants_words),
        (1, &mut review.view),
        (2, &mut review.participants),
        (3, &mut review.level_words),
    ];
    for (row, mark) in (0..).zip(&mut review.marks) {
        let first = LINES + 4 * row;
        texts.extend([
            (first, &mut mark.sentence),
            (first + 1, &mut mark.done),
            (first + 2, &mut mark.change_words),
        ]);
    }
    texts.extend((METHODS..).zip(review.helps.iter_mut().map(|help| &mut help.words)));
    texts
}

/// The texts of a discharge summary. What is said of lines and dangers is never taken out, so that a place stays its own.
fn discharge_texts(discharge: &mut Discharge) -> Vec<(u32, &mut String)> {
    const LINES: u32 = 1 << 8;
    const NEEDS: u32 = 1 << 16;
    let care = &mut discharge.care;
    let mut texts = vec![
        (0, &mut discharge.kind_words),
        (1, &mut discharge.course),
        (2, &mut discharge.risk_words),
        (3, &mut discharge.view),
        (4, &mut discharge.participants),
        (5, &mut care.place),
        (6, &mut care.person),
        (7, &mut care.contact),
        (8, &mut care.transport),
        (9, &mut care.hard),
        (10, &mut care.supports),
    ];
    texts.extend((LINES..).zip(discharge.ends.iter_mut().map(|end| &mut end.words)));
    texts.extend((NEEDS..).zip(discharge.needs.iter_mut().map(|need| &mut need.words)));
    texts
}

/// The texts of a safety plan: its parts, and who else took part.
fn safety_texts(plan: &mut SafetyPlan) -> Vec<(u32, &mut String)> {
    let SafetyPlan { signs, coping, company, help, services, place, worth, participants, .. } = plan;
    (0..).zip([signs, coping, company, help, services, place, worth, participants]).collect()
}

impl DraftDoc {
    /// A new draft, not yet saved.
    pub fn new(client: ClientId, number: Number, by: StaffId, since: Moment, body: DraftBody) -> Self {
        let kind = body.kind();
        let layout = DraftLayout::default();
        let head = DraftHead { client, number, by, kind, since, saved: since, meta: Vec::new(), layout };
        Self { head, body }
    }

    /// Where the head is.
    pub(crate) fn key(&self) -> Key {
        Key::new(Kind::DraftHead as u8, Owner::from(self.head.client).0, self.head.number)
    }
}
