//! What can be asked about documents: drafts, signing, reading, and what becomes of them; and the work that is owed.

use super::{ChartView, ClientId, Command, DraftBody, Kept, KeptFor, Number, Secret};
use crate::domain::{
    Birth, ClockTime, Content, Date, DocKind, Life, NeedFacts, NoteText, Remark, StaffId, Task, counted,
};
use crate::rules::due::Obligation;
use crate::rules::owed::{Duty, Owed};
use crate::service::api::LocalTime;

/// Documents, from their first letter to what becomes of them after signing.
#[derive(Clone, Debug)]
pub enum DocAsk {
    /// Begin a note. Answer: [`Answer::Draft`](super::Answer::Draft).
    NewNote {
        client: ClientId,
        /// Format key; empty = the agency's.
        format: String,
        /// Signed note it adds to, 0 = none.
        addendum_to: Number,
    },
    /// Begin the note of a session, or take up the one that is begun. Answer: [`Answer::Draft`](super::Answer::Draft).
    NoteOf { client: ClientId, session: Number },
    /// Begin an assessment; every cell is carried forward. Answer: [`Answer::Draft`](super::Answer::Draft).
    NewAssessment { client: ClientId },
    /// Begin a review of the plan, or take up the one that is begun. Answer: [`Answer::Draft`](super::Answer::Draft).
    NewReview { client: ClientId },
    /// Begin a discharge summary, or take up the one that is begun. Answer: [`Answer::Draft`](super::Answer::Draft).
    NewDischarge { client: ClientId },
    /// Begin a version of the safety plan, or take up the one that is begun. Answer: [`Answer::Draft`](super::Answer::Draft).
    NewSafety { client: ClientId },
    /// Take up a draft again. Answer: [`Answer::Draft`](super::Answer::Draft).
    Open { client: ClientId, number: Number },
    /// Autosave. Answer: [`Answer::DraftSaved`](super::Answer::DraftSaved).
    Save(DraftSave),
    /// Autosave, and a version of it as well. Answer: [`Answer::DraftSaved`](super::Answer::DraftSaved).
    Keep {
        /// As it is on the screen.
        save: DraftSave,
        /// Why it is worth a version.
        why: KeptFor,
    },
    /// The versions of one's own draft. Answer: [`Answer::Versions`](super::Answer::Versions).
    Versions { client: ClientId, number: Number },
    /// Leave a draft; it stays. Answer: [`Answer::Done`](super::Answer::Done).
    Leave(DraftSave),
    /// Leave a draft that holds no words: it goes. Answer: [`Answer::Done`](super::Answer::Done).
    Drop { client: ClientId, number: Number },
    /// Delete a draft (one's own; asked before). Answer: [`Answer::Done`](super::Answer::Done).
    Delete { client: ClientId, number: Number },
    /// Sign a draft. Answer: [`Answer::Done`](super::Answer::Done).
    Sign {
        /// As it is on the screen.
        save: DraftSave,
        passphrase: Secret,
    },
    /// Look for words in the signed notes of a chart. Answer: [`Answer::NotesFound`](super::Answer::NotesFound).
    Find {
        client: ClientId,
        /// As typed; case and accents do not matter.
        words: String,
    },
    /// Read a signed document. Answer: [`Answer::Document`](super::Answer::Document).
    Read { client: ClientId, number: Number },
    /// Read a signed document by whose it is, with the chart around it as far as this person may see it. Answer:
    /// [`Answer::Document`](super::Answer::Document) with a chart.
    TakeUp {
        client: ClientId,
        /// Which document; an old version gives the newest.
        number: Number,
    },
    /// Co-sign a document with everything of it that waits. Answer: [`Answer::Done`](super::Answer::Done).
    CoSign { client: ClientId, number: Number, passphrase: Secret },
    /// Return a document to its author. Answer: [`Answer::Done`](super::Answer::Done).
    Return {
        client: ClientId,
        number: Number,
        /// What for. Stays outside the record.
        comment: String,
    },
    /// Say that a document was entered in error; a second person decides. Answer: [`Answer::Done`](super::Answer::Done).
    CallInError { client: ClientId, number: Number, reason: String },
    /// Agree, as the second person. Answer: [`Answer::Done`](super::Answer::Done).
    AgreeInError { client: ClientId, number: Number, passphrase: Secret },
    /// It does not hold: the second person says so, or whoever said it takes it back. Answer:
    /// [`Answer::Done`](super::Answer::Done).
    DeclineInError { client: ClientId, number: Number },
    /// Begin an amended version of one's own signed document. Answer: [`Answer::Draft`](super::Answer::Draft).
    Amend {
        client: ClientId,
        number: Number,
        /// Why; it is in the record.
        reason: String,
    },
    /// Move an unsigned note of one's own to another person's chart. Answer: [`Answer::Draft`](super::Answer::Draft) there.
    MoveDraft {
        /// In whose chart it is.
        client: ClientId,
        number: Number,
        /// To whose chart it goes.
        to: ClientId,
    },
    /// Sign several drafts and co-sign several documents with one passphrase. Each was opened in this sign-in and is as it
    /// was then. Answer: [`Answer::Several`](super::Answer::Several).
    SignSeveral {
        /// Which, in order.
        items: Vec<Several>,
        passphrase: Secret,
    },
}

impl From<DocAsk> for Command {
    fn from(ask: DocAsk) -> Self {
        Self::Document(Box::new(ask))
    }
}

/// A draft as it is on the screen.
#[derive(Clone, Debug)]
pub struct DraftSave {
    pub client: ClientId,
    pub number: Number,
    /// Count of edits on the screen; comes back in [`Answer::DraftSaved`](super::Answer::DraftSaved).
    pub edits: u64,
    pub body: DraftBody,
}

/// An open draft, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftLine {
    pub number: Number,
    pub by: StaffId,
    pub by_name: String,
    /// What it is a draft of.
    pub kind: DocKind,
    pub since: LocalTime,
    /// Last saved when.
    pub saved: LocalTime,
    /// Format and service date of a note, set and date of an assessment, date of a review.
    pub about: String,
}

/// A draft taken up.
#[derive(Clone, Debug)]
pub struct DraftView {
    pub client: ClientId,
    pub number: Number,
    pub by: StaffId,
    /// Written by another person: reading only.
    pub read_only: bool,
    pub body: DraftBody,
    /// Last saved when.
    pub saved: LocalTime,
    /// It was being written when the desk stopped without a lock.
    pub recovered: bool,
    /// Not on disk yet: the desk on screen held it, the service never says so.
    pub unsaved: bool,
    /// The signed note that it amends, as it was signed; `None` if it amends no note.
    pub amended: Option<Box<NoteText>>,
    /// What the co-signer said who returned the signed note that it amends or adds to; `None` if nobody returned it.
    pub returned: Option<Box<RemarkView>>,
    /// Chart as it is, so that the screen can be drawn at once.
    pub chart: Box<ChartView>,
}

/// A signed document that is read.
#[derive(Clone, Debug)]
pub struct DocView {
    /// The document itself.
    pub part: DocPart,
    /// Addenda, to earlier versions too, oldest first.
    pub addenda: Vec<DocPart>,
    /// Earlier versions, newest first.
    pub versions: Vec<DocPart>,
    /// What became of it and of its addenda, as far as this person may know.
    pub lives: Vec<Life>,
    /// Every entry in these lives holds: it is signed by whom it names, about this very document, in its place.
    pub lives_hold: bool,
    /// Co-signatures under it, its addenda and its earlier versions, oldest first.
    pub co_signed: Vec<CoSigned>,
    /// What was said between co-signer and author, oldest first; empty for everybody else.
    pub remarks: Vec<RemarkView>,
    /// What this person may do with it now.
    pub may: DocMay,
    /// The text of a note, to write beside; `None` if it is another kind of document.
    pub note: Option<Box<NoteText>>,
    /// The chart around it, where the document was taken up without one.
    pub chart: Option<Box<ChartView>>,
}

/// A signed document, one version of it, or something that was added to it.
#[derive(Clone, Debug)]
pub struct DocPart {
    pub client: ClientId,
    pub number: Number,
    /// Of which kind.
    pub kind: DocKind,
    /// The document it adds to, 0 = none.
    pub adds_to: Number,
    /// The document it takes the place of, 0 = none.
    pub amends: Number,
    /// Why it does.
    pub reason: String,
    /// The day it speaks of.
    pub on: Date,
    /// When what it speaks of was, in words (`2026-11-21 13:00-13:50`); empty if only the day counts.
    pub times: String,
    /// It was signed later than the agency's limit.
    pub late: bool,
    /// Name and credential of the author, as they signed.
    pub by: String,
    /// What it says.
    pub content: Content,
    /// Words in it.
    pub words: u32,
    /// Signed at, on the agency's clock.
    pub signed: LocalTime,
    /// The signature holds.
    pub intact: bool,
}

/// One of several to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    /// An unsigned draft of one's own.
    Draft(ClientId, Number),
    /// A signed document that waits for this person's co-signature.
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
        let signed = format!("{}.", counted(self.signed, "is signed", "are signed"));
        match self.refused.as_slice() {
            [] => signed,
            [(_, why)] => format!("{signed} 1 is not: {why}"),
            [(_, why), ..] => format!("{signed} {} are not. The first of them: {why}", self.refused.len()),
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
    /// It is somebody's of the agency, for one who looks after all of it and supervises nobody.
    pub agencys: bool,
    /// The client's name.
    pub name: Box<str>,
    /// Their record number.
    pub record_no: Box<str>,
    pub birth: Birth,
    /// Their phones, of a task on a day's list.
    pub phones: String,
    /// What it is: `DAP note, 2026-11-21`.
    pub about: String,
    /// Name and credential of the author.
    pub author: String,
    /// Short name of who owes it; empty if that is whoever may.
    pub who: String,
    /// The rule that asks for it, where one does.
    pub rule: Option<Box<Obligation>>,
    /// Day and start of the session it is about.
    pub session: Option<(Date, ClockTime)>,
    /// The task, if it is one.
    pub task: Option<Box<Kept<Task>>>,
    /// The immediate need, if it is about one.
    pub need: Option<Box<NeedFacts>>,
}

impl OwedLine {
    /// Names it, so that a list finds it again.
    pub fn key(&self) -> (ClientId, Duty, Number) {
        (self.owed.client, self.owed.duty, self.owed.number)
    }
}

/// What a co-signer said to the author about a document. Seen by those two alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkView {
    pub remark: Remark,
    /// When, on the agency's clock.
    pub at: LocalTime,
}

/// A co-signature, and whether it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoSigned {
    /// Under which document.
    pub number: Number,
    /// Name and credential of who gave it.
    pub name: String,
    /// When, on the agency's clock.
    pub at: LocalTime,
    /// It is one of a known key, over the very document.
    pub holds: bool,
}

/// What a person may do with a signed document now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an act of its own")]
pub struct DocMay {
    /// Co-sign it, or return it.
    pub co_sign: bool,
    /// Write an amended version.
    pub amend: bool,
    /// Add an addendum.
    pub add: bool,
    /// Say that it was entered in error.
    pub call_in_error: bool,
    /// Decide, as the second person, that it was.
    pub agree_in_error: bool,
    /// Take back, or not accept, that it was.
    pub decline_in_error: bool,
}

/// A signed note that has the words somebody looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteFound {
    /// Which note.
    pub number: Number,
    /// Day of the service.
    pub on: Date,
    /// The section, and the passage around the words.
    pub section: String,
    pub passage: String,
}
