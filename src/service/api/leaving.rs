//! What can be asked about pages that leave the program, and the page that may.

use super::BackupAsk;
use crate::domain::{ClientId, Content, Date, Paper, PaperSize, Recipient, ShownHow};
use std::fmt;

/// What can be done about a page.
#[derive(Clone, Debug)]
pub enum LeaveAsk {
    /// May this leave? Answer: [`Answer::Leaves`](super::Answer::Leaves).
    Ask(LeaveRequest),
    /// What became of a page that was allowed to leave: where it is, or why it was not made. Answer:
    /// [`Answer::Done`](super::Answer::Done).
    Ended {
        /// The page, by [`Allowed::pass`].
        pass: u64,
        made: Result<String, String>,
    },
    /// The whole store into a file elsewhere, sealed as it is.
    Backup(BackupAsk),
}

impl LeaveAsk {
    /// Whether it tells the end of something, which is heard whoever is signed in by now.
    pub fn is_end(&self) -> bool {
        matches!(self, Self::Ended { .. } | Self::Backup(BackupAsk::Ended(_)))
    }
}

/// A page that is to leave.
#[derive(Clone, Debug)]
pub struct LeaveRequest {
    pub client: ClientId,
    pub paper: Paper,
    pub to: Recipient,
    /// Large letters.
    pub large: bool,
    /// Without the agency's name.
    pub neutral: bool,
    /// The language of the client's page, as its file names it: `en`.
    pub language: String,
    pub place: PaperPlace,
}

/// Where a page goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperPlace {
    /// A PDF: a file, or a folder to put it in, as typed.
    Pdf(String),
    /// Plain text, likewise.
    Text(String),
    Printer,
}

impl PaperPlace {
    /// How somebody sees a page that went there.
    pub fn how(&self) -> ShownHow {
        match self {
            Self::Pdf(_) | Self::Text(_) => ShownHow::File,
            Self::Printer => ShownHow::Printed,
        }
    }
}

/// What a page says, and how it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub content: Content,
    /// A card for the pocket: a narrow column, with a line around it to cut along.
    pub card: bool,
    pub large: bool,
    /// The size of the paper.
    pub size: PaperSize,
    /// The line above the title; empty for a neutral head.
    pub head: String,
    pub foot: String,
    /// `Page {n} of {m}`.
    pub page: String,
    pub language: String,
    /// The day it is made.
    pub made: Date,
    /// What a file of it is called where only a folder was named, without its ending. It names nobody.
    pub file: String,
}

/// A page that may leave: only the gate makes one, after its event is on disk. Whoever writes pages takes nothing else.
#[derive(Clone)]
pub struct Allowed {
    pass: u64,
    sheet: Sheet,
    place: PaperPlace,
}

impl Allowed {
    /// Only the gate calls it.
    pub(in crate::service) fn new(pass: u64, sheet: Sheet, place: PaperPlace) -> Self {
        Self { pass, sheet, place }
    }

    /// A page for tests of what comes after the gate.
    #[cfg(test)]
    pub(crate) fn for_tests(sheet: Sheet, place: PaperPlace) -> Self {
        Self { pass: 1, sheet, place }
    }

    /// Names the page in [`LeaveAsk::Ended`].
    pub fn pass(&self) -> u64 {
        self.pass
    }

    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    pub fn place(&self) -> &PaperPlace {
        &self.place
    }
}

/// Never a word of the page.
impl fmt::Debug for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Allowed({})", self.pass)
    }
}
