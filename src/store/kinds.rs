//! The table of kinds: what is stored, as which type, who can open it, whose it is.

use super::record::{decode_as, encode_as};
use super::{
    Anchor, AuditRecord, Chunk, DraftHead, DraftVersion, Front, FrozenNote, Login, Part, Place, Record,
    StoreError,
};
use crate::domain::{
    Access, AgencySettings, Assessment, Client, ClientId, Cover, DueChoice, Episode, HandOver, HouseRules,
    ImmediateNeed, ImportId, ImportRun, Imported, Lexicon, Miss, NoteHead, NoteLife, Phrase, Problem, Remark,
    Session, Staff, StaffId, Summary, Task, TaskDone, TaskId, Team, Triage, Wants,
};

/// Who can read a record's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealing {
    /// Anyone: needed before sign-in.
    Public,
    /// Holders of the agency key.
    Agency,
    /// Holders of the audit private key; anyone may append.
    Audit,
}

/// Something that is done for the type of a kind: what [`Kind::with`] calls.
pub trait ForKind {
    /// What comes of it.
    type Out;

    /// Does it for one type of record.
    fn with<R: Record>(self) -> Self::Out;
}

macro_rules! record {
    ($name:ident, $type:ty) => {
        impl Record for $type {
            const KIND: Kind = Kind::$name;

            fn encode(&self) -> Result<Vec<u8>, StoreError> {
                encode_as(Self::KIND, self)
            }

            fn decode(payload: &[u8]) -> Result<Self, StoreError> {
                decode_as(Self::KIND, payload)
            }
        }
    };
    // The type says itself how it is stored, beside its definition.
    ($name:ident, $type:ty, by) => {};
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $byte:literal, $type:ty, $sealing:ident, $word:literal $(, $by:ident hand)?;)*) => {
        /// What a record is: the first byte of its key. Bytes are stored: never reused, never renumbered.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$doc])* $name = $byte,)*
        }

        impl Kind {
            /// Every kind in key order.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The kind of a key's first byte.
            pub fn from_byte(byte: u8) -> Option<Self> {
                match byte {
                    $($byte => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// Who can read its values.
            pub fn sealing(self) -> Sealing {
                match self {
                    $(Self::$name => Sealing::$sealing,)*
                }
            }

            /// What people call it, for messages, `doctor` and golden file names.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// Does something for the type of this kind.
            pub fn with<F: ForKind>(self, what: F) -> F::Out {
                match self {
                    $(Self::$name => what.with::<$type>(),)*
                }
            }
        }

        $(record!($name, $type $(, $by)?);)*
    };
}

// Name, byte, type, who can read it, word.
kinds! {
    /// The agency as seen before sign-in; owner agency, number 1.
    Front = 0x01, Front, Public, "front";
    /// How one person signs in; owner staff, number 1.
    Login = 0x02, Login, Public, "login";
    /// Agency settings; owner agency, number 1.
    Settings = 0x10, AgencySettings, Agency, "settings";
    /// A member of staff; owner staff, number 1.
    Staff = 0x11, Staff, Agency, "staff";
    /// Where a person left off (opaque to the store); owner staff, number 1.
    Place = 0x12, Place, Agency, "place";
    /// An import run; owner the run, number 1.
    ImportRun = 0x13, ImportRun, Agency, "import run";
    /// A snippet or template; owner its person or the agency.
    Phrase = 0x14, Phrase, Agency, "phrase";
    /// Words known here beyond the dictionary; owner staff or agency, number 1.
    Lexicon = 0x16, Lexicon, Agency, "lexicon";
    /// A client; owner client, number 1.
    Client = 0x20, Client, Agency, "client";
    /// What lists need of a client; owner client, number 1. One contiguous range.
    Summary = 0x21, Summary, Agency, "summary";
    /// An episode; owner client.
    Episode = 0x22, Episode, Agency, "episode";
    /// An assessment, completed; owner client.
    Assessment = 0x23, Assessment, Agency, "assessment", by hand;
    /// An immediate need; owner client.
    Need = 0x24, ImmediateNeed, Agency, "need";
    /// What the client wants; owner client, number 1.
    Wants = 0x25, Wants, Agency, "wants";
    /// A problem; owner client.
    Problem = 0x26, Problem, Agency, "problem";
    /// What lists show of a signed note; owner client.
    NoteHead = 0x27, NoteHead, Agency, "note head";
    /// The frozen text of a signed note, same number as its head; owner client.
    NoteText = 0x28, FrozenNote, Agency, "note text", by hand;
    /// What came with the client from another system; owner client, number 1.
    Imported = 0x29, Imported, Agency, "imported";
    /// An open draft; owner client.
    DraftHead = 0x2a, DraftHead, Agency, "draft";
    /// A piece of a draft's text; owner client, bound to its draft.
    Chunk = 0x2b, Chunk, Agency, "draft text", by hand;
    /// A piece of a long record; owner as the record, bound to it.
    Part = 0x2c, Part, Agency, "part", by hand;
    /// What became of a signed note, same number as its head; owner client.
    NoteLife = 0x2d, NoteLife, Agency, "note life";
    /// What a co-signer says to an author, outside the record; owner client.
    Remark = 0x2e, Remark, Agency, "remark";
    /// An earlier state of an open draft; owner client, number the draft's times 32 plus its place in a ring of twenty.
    DraftVersion = 0x2f, DraftVersion, Agency, "draft version", by hand;
    /// What the state was before the last unit; owner agency, number 1.
    Anchor = 0x30, Anchor, Agency, "anchor";
    /// An audit event; owner agency (one desk), numbers ascending from 1.
    Audit = 0x40, AuditRecord, Audit, "audit event";
    /// A session; owner client.
    Session = 0x50, Session, Agency, "session";
    /// A task that is not done; owner the task, number 1. One contiguous range.
    Task = 0x51, Task, Agency, "task";
    /// A task that is done; owner the task, number 1.
    TaskDone = 0x52, TaskDone, Agency, "done task";
    /// Something due that was missed, with the reason; owner client.
    Miss = 0x53, Miss, Agency, "miss";
    /// Which rules on due dates a program follows; owner agency, number 1.
    DueChoice = 0x54, DueChoice, Agency, "due rules";
    /// A triage; owner client.
    Triage = 0x58, Triage, Agency, "triage";
    /// Who stands in for somebody; owner the staff who is away.
    Cover = 0x59, Cover, Agency, "cover";
    /// A team; owner agency.
    Team = 0x5a, Team, Agency, "team";
    /// A chart opened with a reason; owner the staff who opened it.
    Access = 0x5b, Access, Agency, "access";
    /// What the agency decided for its desks; owner agency, number 1.
    HouseRules = 0x5c, HouseRules, Agency, "house rules";
    /// A caseload handed over; owner the staff it was handed over by.
    HandOver = 0x5d, HandOver, Agency, "hand-over";
}

/// Whose record: the 16 bytes after the kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner(pub [u8; 16]);

impl Owner {
    /// The agency itself.
    pub const AGENCY: Self = Self([0; 16]);
}

impl From<ClientId> for Owner {
    fn from(id: ClientId) -> Self {
        Self(id.0)
    }
}

impl From<ImportId> for Owner {
    fn from(id: ImportId) -> Self {
        Self(id.0)
    }
}

impl From<StaffId> for Owner {
    fn from(id: StaffId) -> Self {
        Self(id.0)
    }
}

impl From<TaskId> for Owner {
    fn from(id: TaskId) -> Self {
        Self(id.0)
    }
}
