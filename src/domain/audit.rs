//! What was done, by whom, to whose record: without anyone's words.

use super::fields::numbered;
use super::{ClientId, Moment, StaffId};
use serde::{Deserialize, Serialize};

/// One act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditEvent {
    /// When.
    pub at: Moment,
    /// Who (`None` = nobody known: a failed sign-in).
    pub who: Option<StaffId>,
    /// What.
    pub act: Act,
    /// Whose record.
    pub client: Option<ClientId>,
    /// Which number of it, 0 = none.
    pub number: u32,
    /// How many records, for bulk acts.
    pub count: u32,
    /// The clock stood before the previous event's.
    pub clock_went_back: bool,
}

numbered!(AuditEvent {
    1 at, 2 who, 3 act, 4 client, 5 number, 6 count, 7 clock_went_back,
});

impl AuditEvent {
    /// An act of now on no record yet, by nobody yet: the permit says who.
    pub fn of(act: Act, at: Moment) -> Self {
        Self { at, who: None, act, client: None, number: 0, count: 1, clock_went_back: false }
    }
}

/// The kinds of act. Appended to, never reordered: they are stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "each name is its own sentence; Act::label spells it out")]
pub enum Act {
    #[default]
    AgencyFounded,
    SignedIn,
    SignInFailed,
    SignedOut,
    Locked,
    RecoveryUsed,
    PassphraseChanged,
    PassphraseReset,
    StaffAdded,
    StaffChanged,
    StaffDisabled,
    SettingsChanged,
    ClientRegistered,
    ClientChanged,
    ClientAdmitted,
    EpisodeChanged,
    ChartOpened,
    DraftOpened,
    DraftLeft,
    DraftDeleted,
    AssessmentCompleted,
    NeedRaised,
    NeedChanged,
    WantsRecorded,
    ProblemAdded,
    ProblemChanged,
    ProposalAccepted,
    NoteSigned,
    NoteRead,
    AddendumSigned,
    ImportStarted,
    ImportFinished,
    ImportRemoved,
    DemoMade,
    SummaryRebuilt,
    DoctorRun,
    Undone,
    AuditRead,
    StaffListed,
    PhraseChanged,
    NoteCoSigned,
    NoteReturned,
    AmendmentSigned,
    ErrorReported,
    ErrorConfirmed,
    ErrorDeclined,
    DraftMovedAway,
    DraftMovedHere,
    SessionPlanned,
    SessionChanged,
    OutreachRecorded,
    TaskWritten,
    TaskChanged,
    TaskFinished,
    MissExplained,
    DueRulesChosen,
    Triaged,
    CoverChanged,
    TeamChanged,
    CaseloadHandedOver,
    SearchedBeyond,
    OpenedWithReason,
    AccessSeen,
    HistoryRead,
    PinSet,
    PinUsed,
}

impl Act {
    /// The act in plain words, as the audit list shows it.
    pub fn label(self) -> &'static str {
        match self {
            Self::AgencyFounded => "agency set up",
            Self::SignedIn => "signed in",
            Self::SignInFailed => "sign-in failed",
            Self::SignedOut => "signed out",
            Self::Locked => "desk locked",
            Self::RecoveryUsed => "recovery phrase used",
            Self::PassphraseChanged => "passphrase changed",
            Self::PassphraseReset => "passphrase reset by an admin",
            Self::StaffAdded => "staff added",
            Self::StaffChanged => "staff changed",
            Self::StaffDisabled => "staff disabled",
            Self::SettingsChanged => "settings changed",
            Self::ClientRegistered => "client registered",
            Self::ClientChanged => "client's particulars changed",
            Self::ClientAdmitted => "client admitted",
            Self::EpisodeChanged => "episode changed",
            Self::ChartOpened => "chart opened",
            Self::DraftOpened => "draft opened",
            Self::DraftLeft => "draft left",
            Self::DraftDeleted => "draft deleted",
            Self::AssessmentCompleted => "assessment completed",
            Self::NeedRaised => "immediate need raised",
            Self::NeedChanged => "immediate need changed",
            Self::WantsRecorded => "client's wants recorded",
            Self::ProblemAdded => "problem added",
            Self::ProblemChanged => "problem changed",
            Self::ProposalAccepted => "proposal accepted",
            Self::NoteSigned => "note signed",
            Self::NoteRead => "note read",
            Self::AddendumSigned => "addendum signed",
            Self::ImportStarted => "import started",
            Self::ImportFinished => "import finished",
            Self::ImportRemoved => "import removed",
            Self::DemoMade => "demo made",
            Self::SummaryRebuilt => "summaries rebuilt",
            Self::DoctorRun => "doctor run",
            Self::Undone => "act undone",
            Self::AuditRead => "audit read",
            Self::StaffListed => "staff listed",
            Self::PhraseChanged => "snippet or template changed",
            Self::NoteCoSigned => "note co-signed",
            Self::NoteReturned => "note returned to its author",
            Self::AmendmentSigned => "amendment signed",
            Self::ErrorReported => "note called entered in error",
            Self::ErrorConfirmed => "entered in error agreed by a second person",
            Self::ErrorDeclined => "entered in error taken back or not agreed",
            Self::DraftMovedAway => "draft moved to another chart",
            Self::DraftMovedHere => "draft moved here from another chart",
            Self::SessionPlanned => "session planned",
            Self::SessionChanged => "session changed",
            Self::OutreachRecorded => "outreach recorded",
            Self::TaskWritten => "task written down",
            Self::TaskChanged => "task changed or handed on",
            Self::TaskFinished => "task done",
            Self::MissExplained => "reason given for something overdue",
            Self::DueRulesChosen => "rules on due dates chosen",
            Self::Triaged => "triage answered",
            Self::CoverChanged => "cover arranged",
            Self::TeamChanged => "team changed",
            Self::CaseloadHandedOver => "caseload handed over",
            Self::SearchedBeyond => "searched beyond one's own people",
            Self::OpenedWithReason => "chart opened with a reason",
            Self::AccessSeen => "access with a reason looked at",
            Self::HistoryRead => "who looked at a chart, read",
            Self::PinSet => "PIN set for this sign-in",
            Self::PinUsed => "came back by PIN",
        }
    }
}
