//! The table of kinds: what is stored, as which type, who can open it, whose it is.

use super::record::{decode_as, encode_as};
use super::{
    AuditRecord, Checkpoint, Chunk, DocHead, DocLife, DocText, DraftHead, DraftPart, DraftVersion, Front,
    KeyTurn, Login, Part, Past, Place, Record, RosterLink, StoreError, Typed,
};
use crate::domain::fields::Fields;
use crate::domain::{
    Access, Administration, AfterContact, AgencySettings, Agreement, Alert, CheckIn, Client, ClientId,
    Contract, Cover, CriticalWaiting, DeskId, Diagnosis, DueChoice, EarlierHelp, Episode, Goal, Group,
    GroupId, GroupSession, HandOver, HouseRules, ImmediateNeed, ImportId, ImportRun, Imported, Knocks,
    LastSignIn, LegalHold, LevelDecision, Lexicon, Log, Method, MismatchCase, Miss, Objective, Phrase,
    PlanBasics, PlanEvent, Problem, Purge, Remark, Rupture, SamePerson, Session, SetAside, ShortEntry, Shown,
    Staff, StaffId, Summary, SummaryPart, Task, TaskDone, TaskId, Team, Trail, Triage, Values, Wants,
    WaysOfWorking, Wording,
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

/// What undoing a change of a record takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    /// It cannot be undone.
    Never,
    /// Writing in the chart.
    Chart,
    /// Changing a person's particulars.
    Person,
    /// Planning sessions.
    Day,
    /// Keeping tasks.
    Task,
    /// Deciding on people an import left out.
    LookAlike,
}

/// Something that is done for the type of a kind: what [`Kind::with`] calls.
pub trait ForKind {
    /// What comes of it.
    type Out;

    /// Does it for one type of record.
    fn with<R: Record>(self) -> Self::Out;
}

macro_rules! record {
    ($name:ident, $type:ident plain) => {
        impl Record for $type {
            const KIND: Kind = Kind::$name;

            fn encode(&self) -> Result<Vec<u8>, StoreError> {
                encode_as(Self::KIND, self)
            }

            fn decode(payload: &[u8]) -> Result<Self, StoreError> {
                decode_as(Self::KIND, payload)
            }

            fn values(&self) -> Values {
                Fields::values(self)
            }
        }
    };
    // The type says itself how it is stored, beside its definition.
    ($name:ident, $type:ident by_hand) => {};
}

macro_rules! is_past {
    (past) => {
        true
    };
    (flat) => {
        false
    };
}

macro_rules! kinds {
    ($(
        $(#[$doc:meta])*
        $name:ident = $byte:literal, $type:ident $how:ident, $sealing:ident, $word:literal, $past:ident, $undo:ident,
        [$($part:ident),*];
    )*) => {
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

            /// Whether a change keeps the record as it was before, as a [`Past`].
            pub fn keeps_past(self) -> bool {
                match self {
                    $(Self::$name => is_past!($past),)*
                }
            }

            /// What undoing a change of such a record takes.
            pub fn undo(self) -> Undo {
                match self {
                    $(Self::$name => Undo::$undo,)*
                }
            }

            /// The parts of a client's summary that follow from records of this kind.
            pub fn parts(self) -> &'static [SummaryPart] {
                match self {
                    $(Self::$name => &[$(SummaryPart::$part),*],)*
                }
            }

            /// Does something for the type of this kind.
            pub fn with<F: ForKind>(self, what: F) -> F::Out {
                match self {
                    $(Self::$name => what.with::<$type>(),)*
                }
            }
        }

        $(record!($name, $type $how);)*
    };
}

// Name = byte, type (plain: numbered fields; by_hand: it says itself how it is stored), who can read it, word,
// past (a change keeps what was before) or flat, what undoing takes, parts of the summary that follow from it.
kinds! {
    /// The agency as seen before sign-in; owner agency, number 1.
    Front = 0x01, Front plain, Public, "front", flat, Never, [];
    /// How one person signs in; owner staff, number 1.
    Login = 0x02, Login plain, Public, "login", flat, Never, [];
    /// A link of the chain of staff keys, signed; owner agency, numbers ascending from 1.
    Roster = 0x03, RosterLink plain, Public, "staff keys", flat, Never, [];
    /// How often somebody failed to sign in as a person; owner staff, number 1.
    Knocks = 0x04, Knocks plain, Public, "failed sign-ins", flat, Never, [];
    /// The agency's key before, sealed under the one that came after it; owner agency, numbers ascending from 1.
    KeyTurn = 0x05, KeyTurn plain, Public, "agency keys", flat, Never, [];
    /// Agency settings; owner agency, number 1.
    Settings = 0x10, AgencySettings plain, Agency, "settings", flat, Never, [];
    /// A member of staff; owner staff, number 1.
    Staff = 0x11, Staff plain, Agency, "staff", flat, Never, [];
    /// Where a person left off (opaque to the store); owner staff, number 1.
    Place = 0x12, Place plain, Agency, "place", flat, Never, [];
    /// An import run; owner the run, number 1.
    ImportRun = 0x13, ImportRun plain, Agency, "import run", flat, Never, [];
    /// A snippet or template; owner its person or the agency.
    Phrase = 0x14, Phrase plain, Agency, "phrase", flat, Never, [];
    /// The official words of a measure; owner agency.
    Wording = 0x15, Wording plain, Agency, "wording", flat, Never, [];
    /// Words known here beyond the dictionary; owner staff or agency, number 1.
    Lexicon = 0x16, Lexicon plain, Agency, "lexicon", flat, Never, [];
    /// Somebody an import left out because they look like somebody here; owner the import.
    SetAside = 0x17, SetAside plain, Agency, "look-alike", past, LookAlike, [];
    /// A mismatch in the stored files, until an admin acknowledges it and after; owner agency.
    Mismatch = 0x18, MismatchCase plain, Agency, "mismatch", flat, Never, [];
    /// When a person last signed in; owner staff, number 1.
    LastSignIn = 0x19, LastSignIn plain, Agency, "last sign-in", flat, Never, [];
    /// What a person typed into forms and did not save yet (opaque to the store); owner staff, number 1.
    Typed = 0x1a, Typed plain, Agency, "half-filled forms", flat, Never, [];
    /// A client; owner client, number 1.
    Client = 0x20, Client plain, Agency, "client", past, Person, [Card];
    /// What lists need of a client; owner client, number 1. One contiguous range.
    Summary = 0x21, Summary plain, Agency, "summary", flat, Never, [];
    /// An episode; owner client.
    Episode = 0x22, Episode plain, Agency, "episode", past, Chart, [Episode, Ratings, Needs, Days, Plan];
    /// An immediate need; owner client.
    Need = 0x24, ImmediateNeed plain, Agency, "need", past, Never, [Needs, Plan];
    /// What the client wants; owner client, number 1.
    Wants = 0x25, Wants plain, Agency, "wants", past, Chart, [Wants];
    /// A problem; owner client.
    Problem = 0x26, Problem plain, Agency, "problem", past, Chart, [Problems];
    /// The facts and the signature of a signed document; owner client, the number says of which kind it is.
    DocHead = 0x27, DocHead by_hand, Agency, "document", flat, Never, [Notes, Ratings, Needs, Days, Plan, Safety];
    /// The frozen text of a signed document, same number as its head; owner client.
    DocText = 0x28, DocText by_hand, Agency, "document text", flat, Never, [];
    /// What came with the client from another system; owner client, number 1.
    Imported = 0x29, Imported plain, Agency, "imported", past, Chart, [Card];
    /// An open draft; owner client.
    DraftHead = 0x2a, DraftHead plain, Agency, "draft", flat, Never, [Drafts];
    /// A piece of a draft's text; owner client, bound to its draft.
    Chunk = 0x2b, Chunk by_hand, Agency, "draft text", flat, Never, [];
    /// A piece of a long record; owner as the record, bound to it.
    Part = 0x2c, Part by_hand, Agency, "part", flat, Never, [];
    /// What people signed about a document afterwards, same number as its head; owner client.
    DocLife = 0x2d, DocLife plain, Agency, "document life", flat, Never, [Notes, Ratings, Needs, Days, Plan, Safety];
    /// What a co-signer says to an author, outside the record; owner client.
    Remark = 0x2e, Remark plain, Agency, "remark", flat, Never, [];
    /// An earlier state of an open draft; owner client, number the draft's times 32 plus its place in a ring of twenty.
    DraftVersion = 0x2f, DraftVersion by_hand, Agency, "draft version", flat, Never, [];
    /// Where the last act left the store, signed; owner the desk, number 1.
    Checkpoint = 0x30, Checkpoint plain, Public, "checkpoint", flat, Never, [];
    /// A record as it was before a change; owner as the record, numbers ascending.
    Past = 0x31, Past plain, Agency, "earlier state", flat, Never, [];
    /// A piece of a long draft or of a version of one; owner as the draft, bound to it.
    DraftPart = 0x32, DraftPart by_hand, Agency, "draft part", flat, Never, [];
    /// An audit event; owner the desk, numbers ascending from 1.
    Audit = 0x40, AuditRecord plain, Audit, "audit event", flat, Never, [];
    /// A session; owner client.
    Session = 0x50, Session plain, Agency, "session", past, Day, [Days];
    /// A task that is not done; owner the task, number 1. One contiguous range.
    Task = 0x51, Task plain, Agency, "task", past, Task, [];
    /// A task that is done; owner the task, number 1.
    TaskDone = 0x52, TaskDone plain, Agency, "done task", past, Task, [];
    /// Something due that was missed, with the reason; owner client.
    Miss = 0x53, Miss plain, Agency, "miss", flat, Never, [Days];
    /// Which rules on due dates a program follows; owner agency, number 1.
    DueChoice = 0x54, DueChoice plain, Agency, "due rules", flat, Never, [];
    /// The purge of a chart, asked for or done; owner agency.
    Purge = 0x56, Purge plain, Agency, "purge", flat, Never, [];
    /// A legal hold on a chart; owner client.
    LegalHold = 0x57, LegalHold plain, Agency, "legal hold", flat, Never, [];
    /// A triage; owner client.
    Triage = 0x58, Triage plain, Agency, "triage", flat, Never, [Triage];
    /// Who stands in for somebody; owner the staff who is away.
    Cover = 0x59, Cover plain, Agency, "cover", flat, Never, [];
    /// A team; owner agency.
    Team = 0x5a, Team plain, Agency, "team", flat, Never, [];
    /// A chart opened with a reason; owner the staff who opened it.
    Access = 0x5b, Access plain, Agency, "access", flat, Never, [];
    /// What the agency decided for its desks; owner agency, number 1.
    HouseRules = 0x5c, HouseRules plain, Agency, "house rules", flat, Never, [];
    /// A caseload handed over; owner the staff it was handed over by.
    HandOver = 0x5d, HandOver plain, Agency, "hand-over", flat, Never, [];
    /// Two charts of one person; owner agency.
    SamePerson = 0x5e, SamePerson plain, Agency, "same person", flat, Never, [];
    /// A goal of the plan; owner client.
    Goal = 0x60, Goal plain, Agency, "goal", past, Chart, [Problems, Plan];
    /// An objective of the plan; owner client.
    Objective = 0x61, Objective plain, Agency, "objective", past, Chart, [];
    /// A method of the plan; owner client.
    Method = 0x62, Method plain, Agency, "method", past, Chart, [Plan];
    /// An answer to a line of the plan, written once; owner client.
    Agreement = 0x63, Agreement plain, Agency, "answer", past, Chart, [Plan];
    /// The progress of a line, derived from signed notes; owner client, number the line's key.
    Trail = 0x64, Trail plain, Agency, "progress", flat, Never, [];
    /// What belongs to a plan besides its lines; owner client, number the episode's.
    PlanBasics = 0x65, PlanBasics plain, Agency, "plan basics", past, Chart, [];
    /// The contract of an episode; owner client, number the episode's.
    Contract = 0x66, Contract plain, Agency, "contract", past, Chart, [];
    /// A diagnosis; owner client.
    Diagnosis = 0x67, Diagnosis plain, Agency, "diagnosis", past, Chart, [];
    /// Help the client had earlier; owner client.
    EarlierHelp = 0x68, EarlierHelp plain, Agency, "earlier help", past, Chart, [];
    /// A decision on the level of care; owner client.
    LevelDecision = 0x69, LevelDecision plain, Agency, "level of care", past, Chart, [Episode, Plan];
    /// A contact after a discharge; owner client.
    AfterContact = 0x6a, AfterContact plain, Agency, "contact after a discharge", past, Chart, [Episode];
    /// A log that the client keeps for an objective; owner client.
    Log = 0x6d, Log plain, Agency, "log", past, Chart, [];
    /// What happened that a plan is looked at for, or that it still fits; owner client.
    PlanEvent = 0x6e, PlanEvent plain, Agency, "plan event", past, Chart, [Plan];
    /// What the client got to see of their plan; owner client.
    Shown = 0x6f, Shown plain, Agency, "shown to the client", flat, Never, [];
    /// A filled-in measure; owner client.
    Administration = 0x70, Administration plain, Agency, "filled-in measure", past, Chart, [Heard];
    /// A critical answer, written at the key that gave it; owner client.
    CriticalWaiting = 0x71, CriticalWaiting plain, Agency, "critical answer", past, Never, [];
    /// A check-in; owner client.
    CheckIn = 0x72, CheckIn plain, Agency, "check-in", past, Chart, [Heard];
    /// An alert; owner client.
    Alert = 0x73, Alert plain, Agency, "alert", past, Chart, [Heard];
    /// A rupture and its repair; owner its author, so that no chart and no summary holds it.
    Rupture = 0x74, Rupture plain, Agency, "rupture", past, Never, [];
    /// Ways of working with a client; owner client, number 1.
    WaysOfWorking = 0x76, WaysOfWorking plain, Agency, "ways of working", past, Chart, [Heard];
    /// An entry of a short form; owner client.
    ShortEntry = 0x78, ShortEntry plain, Agency, "short form", past, Chart, [Short];
    /// A group and its roster; owner the group, number 1, so that no chart holds who else is in it. One contiguous range.
    Group = 0x7a, Group plain, Agency, "group", past, Never, [];
    /// A session of a group with its attendance; owner the group.
    GroupSession = 0x7b, GroupSession plain, Agency, "group session", flat, Never, [];
}

/// The kinds that are no part of the core: what a desk may write while nobody is signed in, and drafts and half-filled forms,
/// which are saved while somebody types.
pub const LOOSE: &[u8] = &[
    Kind::DraftHead as u8,
    Kind::Chunk as u8,
    Kind::DraftVersion as u8,
    Kind::DraftPart as u8,
    Kind::Typed as u8,
    Kind::Knocks as u8,
    Kind::Checkpoint as u8,
    Kind::Audit as u8,
];

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

impl From<GroupId> for Owner {
    fn from(id: GroupId) -> Self {
        Self(id.0)
    }
}

impl From<DeskId> for Owner {
    fn from(id: DeskId) -> Self {
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
