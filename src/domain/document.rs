//! Signed documents: what lists show of them, and what becomes of them after their signing.
//!
//! A document is a head (facts and signature), a text that is frozen at signing, and a life: entries that people signed
//! later. Nothing that is signed is ever written again; the state of a document is computed from its facts and its life
//! (`rules::doc_life`).

use super::fields::numbered;
use super::{
    Assessment, Attested, ClientId, Date, DischargeFacts, Moment, NoteFacts, Number, ReviewFacts,
    SafetyFacts, Signature, StaffId, SummaryPart, VersionFacts,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A kind of document. Appended to, never reordered: it is part of every document's number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocKind {
    /// A progress note, an addendum to one, or an amended version of one.
    #[default]
    Note,
    /// A multidimensional assessment.
    Assessment,
    /// A version of the treatment plan.
    Plan,
    /// What a client marked at the turned screen. It is taken over into other records and never signed itself.
    Answers,
    /// A review of the treatment plan.
    Review,
    /// A discharge summary: it ends an episode.
    Discharge,
    /// A safety plan, made with the client.
    Safety,
}

impl DocKind {
    /// Every kind, in the order of the numbers.
    pub const ALL: [Self; 7] = [
        Self::Note,
        Self::Assessment,
        Self::Plan,
        Self::Answers,
        Self::Review,
        Self::Discharge,
        Self::Safety,
    ];
    /// How many numbers each kind has.
    const RANGE: u32 = 1 << 24;

    /// The kind of the document with this number; `None` if no kind has such numbers.
    pub fn of(number: Number) -> Option<Self> {
        Self::ALL.get((number / Self::RANGE) as usize).copied()
    }

    /// The numbers of this kind: one range, so that one kind is read without the others.
    pub fn numbers(self) -> Range<Number> {
        let first = self as u32 * Self::RANGE;
        first..first + Self::RANGE
    }

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Assessment => "assessment",
            Self::Plan => "version of the plan",
            Self::Answers => "client's answers",
            Self::Review => "review",
            Self::Discharge => "discharge summary",
            Self::Safety => "safety plan",
        }
    }

    /// The word shown where a line begins with it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Assessment => "Assessment",
            Self::Plan => "Version of the plan",
            Self::Answers => "Client's answers",
            Self::Review => "Review",
            Self::Discharge => "Discharge summary",
            Self::Safety => "Safety plan",
        }
    }

    /// The parts of a client's summary that follow from documents of this kind.
    pub fn parts(self) -> &'static [SummaryPart] {
        match self {
            Self::Note => &[SummaryPart::Notes, SummaryPart::Days, SummaryPart::Plan],
            Self::Answers => &[],
            Self::Discharge => &[SummaryPart::Notes],
            Self::Safety => &[SummaryPart::Notes, SummaryPart::Safety],
            Self::Plan | Self::Review => &[SummaryPart::Notes, SummaryPart::Plan],
            Self::Assessment => &[
                SummaryPart::Ratings,
                SummaryPart::Needs,
                SummaryPart::Notes,
                SummaryPart::Days,
                SummaryPart::Plan,
            ],
        }
    }
}

/// What lists show of a signed document. Frozen and signed together with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocFacts {
    /// In which episode, 0 = none.
    pub episode: Number,
    /// The day it speaks of.
    pub on: Date,
    /// The document it adds to, 0 = none.
    pub adds_to: Number,
    /// The document it takes the place of, 0 = none.
    pub amends: Number,
    /// The first version of the document it belongs to; its own number where it is that.
    pub root: Number,
    /// Why it amends.
    pub reason: String,
    /// When its writing began.
    pub begun: Moment,
    /// It was signed later than the agency's limit.
    pub late: bool,
    /// It needs a co-signature.
    pub cosign: bool,
    /// What documents of its kind show besides.
    pub own: OwnFacts,
    /// When it was signed: the keys of that moment count.
    pub signed_at: Moment,
}

numbered!(DocFacts {
    1 episode, 2 on, 3 adds_to, 4 amends, 5 root, 6 reason, 7 begun, 8 late, 9 cosign, 10 own, 11 signed_at,
});

/// What documents of one kind show in lists. Appended to, never reordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnFacts {
    /// Of a note.
    Note(NoteFacts),
    /// Of an assessment: all of it.
    Assessment(Assessment),
    /// Of a version of the plan.
    Plan(VersionFacts),
    /// Of a review.
    Review(ReviewFacts),
    /// Of a discharge summary.
    Discharge(DischargeFacts),
    /// Of a safety plan.
    Safety(SafetyFacts),
}

impl Default for OwnFacts {
    fn default() -> Self {
        Self::Note(NoteFacts::default())
    }
}

/// What somebody signed about a document after its signing: frozen as bytes, with a signature over them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeEntry {
    /// A [`LifeText`], never encoded again.
    pub frozen: Vec<u8>,
    /// The signature over it.
    pub signature: Signature,
}

numbered!(LifeEntry { 1 frozen, 2 signature });

/// What an entry in a document's life says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeText {
    /// The hash the author signed: it names the document.
    pub of: [u8; 32],
    /// The hash of the entry before; zeros for the first one.
    pub before: [u8; 32],
    /// Who says it.
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    pub at: Moment,
    pub what: LifeWhat,
}

numbered!(LifeText { 1 of, 2 before, 3 by, 4 by_name, 5 at, 6 what });

/// What can become of a signed document. Appended to, never reordered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LifeWhat {
    /// Somebody co-signed it.
    #[default]
    CoSigned,
    /// It went back to its author; the remark says what for.
    Returned {
        /// The remark's number.
        remark: Number,
    },
    /// Its author signed an answer to what was returned.
    Answered { doc: Number },
    /// Something was added to it.
    AddedTo { doc: Number },
    /// A new version took its place.
    AmendedBy {
        /// The new version.
        doc: Number,
    },
    /// Somebody called it entered in error.
    CalledInError { reason: String },
    /// A second person agreed that it was entered in error.
    AgreedInError {
        /// What they agreed to.
        said: Said,
    },
    /// It was not entered in error after all.
    NotInError,
    /// Somebody who holds no key answered it; a member of staff says how.
    Attested(Box<Attested>),
}

/// That something was entered in error: who said so, when and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    pub at: Moment,
    pub reason: String,
}

numbered!(Said { 1 by, 2 by_name, 3 at, 4 reason });

/// Where a signed document is, computed from its facts and the entries in its life.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Life {
    pub client: ClientId,
    pub number: Number,
    /// The first version of the document it belongs to.
    pub root: Number,
    /// Who wrote it.
    pub author: StaffId,
    /// The document it adds to, 0 = none.
    pub adds_to: Number,
    /// The day it speaks of.
    pub on: Date,
    /// Where it is.
    pub state: LifeState,
    /// Since when it is there.
    pub since: Moment,
    /// Who co-signed it, oldest first.
    pub co_signed: Vec<CoSigner>,
    /// Every time it went back to its author, oldest first.
    pub returned: Vec<Returned>,
    /// What was added to it, oldest first.
    pub addenda: Vec<Number>,
    /// The version that took its place, 0 = none.
    pub superseded_by: Number,
    /// Entered in error: said by one person, final once another one agrees.
    pub error: Option<InError>,
    /// How people who hold no key answered it, oldest first.
    pub attested: Vec<AttestedBy>,
}

/// Where a signed document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LifeState {
    /// Signed; nobody else needs to.
    #[default]
    Signed,
    /// Signed, waits for a co-signature.
    AwaitsCosign,
    /// Signed, and gone back to its author with a comment.
    Returned,
    CoSigned,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoSigner {
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    pub at: Moment,
}

/// How somebody who holds no key answered a document, and who recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestedBy {
    /// Name and credential then of who recorded it.
    pub by_name: String,
    pub at: Moment,
    pub what: Attested,
}

/// It went back to its author. What was said is a [`Remark`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    pub at: Moment,
    /// The remark that says what for.
    pub remark: Number,
}

/// A document that should not be in this chart, or not at all. It is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InError {
    /// Who said so, when and why.
    pub said: Said,
    /// The second person, who agreed: name and credential, and when.
    pub agreed: Option<(String, Moment)>,
}

impl Life {
    /// Entered in error, agreed by a second person: hidden from the usual view.
    pub fn is_in_error(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.agreed.is_some())
    }

    /// Somebody said "entered in error" and nobody has agreed yet.
    pub fn is_doubted(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.agreed.is_none())
    }

    /// Part of the usual view: neither replaced by an amended version nor entered in error.
    pub fn stands(&self) -> bool {
        self.superseded_by == 0 && !self.is_in_error()
    }
}

/// What a co-signer says to an author about a document. Not part of the record: never in a chart, an export or a
/// disclosure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remark {
    /// About a document in whose chart.
    pub client: ClientId,
    /// Which remark there.
    pub number: Number,
    /// About which document.
    pub doc: Number,
    /// Who says it.
    pub by: StaffId,
    /// Their name and credential then.
    pub by_name: String,
    pub at: Moment,
    pub text: String,
}

numbered!(Remark { 1 client, 2 number, 3 doc, 4 by, 5 by_name, 6 at, 7 text });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_belongs_to_one_kind() {
        for kind in DocKind::ALL {
            let numbers = kind.numbers();
            assert_eq!(DocKind::of(numbers.start), Some(kind));
            assert_eq!(DocKind::of(numbers.end - 1), Some(kind));
        }
        assert_eq!(DocKind::of(1), Some(DocKind::Note));
        assert_eq!(DocKind::of(u32::MAX), None);
    }
}
