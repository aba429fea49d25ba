//! What can be asked about a note after its signing, and the work that is owed.

use super::{ClientId, Command, Number, Secret};
use crate::domain::{Birth, NoteHead, NoteText, Remark};
use crate::rules::owed::Owed;
use crate::service::api::LocalTime;

/// What becomes of signed notes, and of a draft that is in the wrong chart.
#[derive(Clone, Debug)]
pub enum LifeAsk {
    /// Read a signed note by whose it is, with the chart around it as far as this person may see it. Answer:
    /// [`Answer::Note`](super::Answer::Note) with a chart.
    TakeUp {
        /// Whose chart.
        client: ClientId,
        /// Which note; an old version gives the newest.
        number: Number,
    },
    /// Co-sign a note with everything of it that waits. Answer: [`Answer::Done`](super::Answer::Done).
    CoSign {
        /// Whose chart.
        client: ClientId,
        /// Which note.
        number: Number,
        /// Again.
        passphrase: Secret,
    },
    /// Return a note to its author. Answer: [`Answer::Done`](super::Answer::Done).
    Return {
        /// Whose chart.
        client: ClientId,
        /// Which note.
        number: Number,
        /// What for. Stays outside the record.
        comment: String,
    },
    /// Say that a note was entered in error; a second person decides. Answer: [`Answer::Done`](super::Answer::Done).
    CallInError {
        /// Whose chart.
        client: ClientId,
        /// Which note.
        number: Number,
        /// Why.
        reason: String,
    },
    /// Agree, as the second person. Answer: [`Answer::Done`](super::Answer::Done).
    AgreeInError {
        /// Whose chart.
        client: ClientId,
        /// Which note.
        number: Number,
        /// Again.
        passphrase: Secret,
    },
    /// It does not hold: the second person says so, or whoever said it takes it back. Answer:
    /// [`Answer::Done`](super::Answer::Done).
    DeclineInError {
        /// Whose chart.
        client: ClientId,
        /// Which note.
        number: Number,
    },
    /// Begin an amended version of one's own signed note. Answer: [`Answer::Draft`](super::Answer::Draft).
    Amend {
        /// Whose chart.
        client: ClientId,
        /// Which note.
        number: Number,
    },
    /// Move an unsigned note of one's own to another person's chart. Answer: [`Answer::Draft`](super::Answer::Draft) there.
    MoveDraft {
        /// In whose chart it is.
        client: ClientId,
        /// Which draft.
        number: Number,
        /// To whose chart it goes.
        to: ClientId,
    },
    /// Sign several drafts and co-sign several notes with one passphrase. Each was opened in this sign-in and is as it was
    /// then. Answer: [`Answer::Several`](super::Answer::Several).
    SignSeveral {
        /// Which, in order.
        items: Vec<Several>,
        /// Again, once.
        passphrase: Secret,
    },
}

impl From<LifeAsk> for Command {
    fn from(ask: LifeAsk) -> Self {
        Self::Life(Box::new(ask))
    }
}

/// One of several to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    /// An unsigned note of one's own.
    Draft(ClientId, Number),
    /// A signed note that waits for this person's co-signature.
    CoSign(ClientId, Number),
}

/// What came of signing several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeveralDone {
    /// How many are signed or co-signed.
    pub signed: usize,
    /// Those that are not, and why.
    pub refused: Vec<(Several, String)>,
}

impl SeveralDone {
    /// What came of it, in one sentence. Names nobody.
    pub fn words(&self) -> String {
        let signed = match self.signed {
            1 => "1 is signed.".to_owned(),
            many => format!("{many} are signed."),
        };
        match self.refused.as_slice() {
            [] => signed,
            [(_, why)] => format!("{signed} 1 is not: {why}"),
            [(_, why), ..] => format!("{signed} {} are not; the first: {why}", self.refused.len()),
        }
    }
}

/// A piece of work that is owed, as lists show it. Nobody's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedLine {
    /// What, by whom, until when.
    pub owed: Owed,
    /// It is this person's own to do (else one of their people's).
    pub mine: bool,
    /// The client's name.
    pub name: Box<str>,
    /// Their record number.
    pub record_no: Box<str>,
    /// Their birth.
    pub birth: Birth,
    /// What it is: `DAP note, 2026-11-21`.
    pub about: String,
    /// Name and credential of the author.
    pub author: String,
}

/// What a co-signer said to the author about a note. Seen by those two alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkView {
    /// What.
    pub remark: Remark,
    /// When, on the agency's clock.
    pub at: LocalTime,
}

/// A co-signature, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoSigned {
    /// Under which note.
    pub number: Number,
    /// Name and credential of who gave it.
    pub name: String,
    /// When, on the agency's clock.
    pub at: LocalTime,
    /// It is one of a known key, over the very text.
    pub holds: bool,
}

/// An earlier version of a note that was amended.
#[derive(Clone, Debug)]
pub struct Version {
    /// Head.
    pub head: NoteHead,
    /// Text as signed.
    pub text: NoteText,
    /// Signed at, on the agency's clock.
    pub signed: LocalTime,
    /// The hash and signature hold.
    pub intact: bool,
}

/// What a person may do with a signed note now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an act of its own")]
pub struct NoteMay {
    /// Co-sign it, or return it.
    pub co_sign: bool,
    /// Write an amended version.
    pub amend: bool,
    /// Say that it was entered in error.
    pub call_in_error: bool,
    /// Decide, as the second person, that it was.
    pub agree_in_error: bool,
    /// Take back, or not accept, that it was.
    pub decline_in_error: bool,
}
