//! What was done, by whom, to whose record: without anyone's words.

use super::fields::numbered;
use super::{ClientId, DocKind, Moment, StaffId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditEvent {
    pub at: Moment,
    /// Who (`None` = nobody known: a failed sign-in).
    pub who: Option<StaffId>,
    pub act: Act,
    pub client: Option<ClientId>,
    /// Which number of it, 0 = none.
    pub number: u32,
    /// How many records, for bulk acts.
    pub count: u32,
    /// The clock was before the previous event's.
    pub clock_went_back: bool,
    /// The user of the computer's system whom the program ran as.
    pub os_user: String,
}

numbered!(AuditEvent {
    1 at, 2 who, 3 act, 4 client, 5 number, 6 count, 7 clock_went_back, 8 os_user,
});

impl AuditEvent {
    /// An act of now on no record yet, by nobody yet: the permit says who.
    pub fn of(act: Act, at: Moment) -> Self {
        Self { at, act, count: 1, ..Self::default() }
    }
}

macro_rules! acts {
    ($($name:ident $label:literal,)*) => {
        /// The kinds of act. Appended to, never reordered: they are stored.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "Act::label says each in words")]
        pub enum Act {
            #[default]
            $($name,)*
        }

        impl Act {
            /// Every act, in the order of the stored numbers.
            #[cfg_attr(concord_closed, expect(dead_code, reason = "tests go through every act"))]
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the act in plain words, as the audit list shows it.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                }
            }
        }
    };
}

acts! {
    AgencyFounded "agency set up",
    SignedIn "signed in",
    SignInFailed "sign-in failed",
    SignedOut "signed out",
    Locked "locked",
    RecoveryUsed "recovery phrase used",
    PassphraseChanged "passphrase changed",
    PassphraseReset "passphrase reset by an admin",
    StaffAdded "staff added",
    StaffChanged "staff changed",
    StaffDisabled "staff disabled",
    SettingsChanged "settings changed",
    ClientRegistered "client registered",
    ClientChanged "client's details changed",
    ClientAdmitted "client admitted",
    EpisodeChanged "episode changed",
    ChartOpened "chart opened",
    DraftOpened "draft opened",
    DraftLeft "draft left",
    DraftDeleted "draft deleted",
    NeedRaised "immediate need raised",
    NeedChanged "immediate need changed",
    WantsRecorded "client's wants recorded",
    ProblemAdded "problem added",
    ProblemChanged "problem changed",
    ProposalAccepted "proposal accepted",
    DocumentSigned "signed",
    DocumentRead "read",
    ImportStarted "import started",
    ImportFinished "import finished",
    ImportRemoved "import removed",
    DemoMade "demo made",
    SummaryRebuilt "summaries rebuilt",
    DoctorRun "doctor run",
    Undone "act undone",
    AuditRead "audit read",
    StaffListed "staff listed",
    PhraseChanged "snippet or template changed",
    DocumentCoSigned "co-signed",
    DocumentReturned "returned to its author",
    ErrorReported "called entered in error",
    ErrorConfirmed "entered in error, agreed by a second person",
    ErrorDeclined "entered in error, undone or not agreed",
    DraftMovedAway "draft moved to another chart",
    DraftMovedHere "draft moved here from another chart",
    SessionPlanned "session planned",
    SessionChanged "session changed",
    OutreachRecorded "outreach recorded",
    TaskWritten "task written down",
    TaskChanged "task changed or handed on",
    TaskFinished "task done",
    MissExplained "reason given for something overdue",
    DueRulesChosen "rules on due dates chosen",
    Triaged "triage answered",
    CoverChanged "cover arranged",
    TeamChanged "team changed",
    CaseloadHandedOver "caseload handed over",
    SearchedBeyond "searched beyond one's own people",
    OpenedWithReason "chart opened with a reason",
    AccessSeen "access with a reason looked at",
    HistoryRead "who looked at a chart, read",
    PinSet "PIN set for this sign-in",
    PinUsed "came back by PIN",
    PlanLineAdded "line added to the plan",
    PlanLineChanged "line of the plan changed",
    PlanLineState "state of a line of the plan changed",
    AnswersRecorded "answers to the plan recorded",
    PlanBasicsChanged "basics of the plan changed",
    ContractChanged "contract changed",
    DiagnosisRecorded "diagnosis recorded or changed",
    EarlierHelpRecorded "earlier help recorded or changed",
    LevelDecided "level of care decided or corrected",
    SameAsked "asked to link it with another chart of the same person",
    SameLinked "linked with another chart of the same person",
    SameDeclined "not linked with another chart",
    UnlinkAsked "asked to unlink it from another chart",
    Unlinked "unlinked from another chart",
    UnlinkDeclined "stays linked with another chart",
    ClockTrusted "said that the computer's clock is right, though it is before the last entry",
    ClockBehind "went on although the computer's clock is before the last entry",
    WorkPassedOn "work of a colleague passed on",
    PlanEventRecorded "event for the plan, or that it still fits, recorded",
    MadeForClient "page for the client asked for",
    MadeForStaff "page for staff asked for",
    ShownToClient "plan shown to the client",
    NotMade "page that was asked for not made",
    DocumentAttested "answered by the client or a guardian",
    MeasureRecorded "filled-in measure recorded or changed",
    CriticalAnswered "critical answer written down",
    CriticalActed "written what was done about a critical answer",
    CheckInRecorded "check-in recorded or changed",
    BackedUp "backup made",
    NotBackedUp "backup not made, or cancelled",
    TurnedToClient "screen turned to the client",
    TurnedBack "screen turned back",
    AnswersTakenOver "what the client marked at the screen taken over",
    LookAlikeCompared "compared with somebody an import left out",
    LookAlikeSame "same person as somebody an import left out, whose facts were added",
    LookAlikeOther "another person than somebody an import left out",
    LookAlikeRegistered "registered after an import had left them out as a look-alike",
    NotesSearched "looked for words in the notes",
    ClientDischarged "client discharged",
    ContactRecorded "contact after a discharge recorded",
    EpisodeReopened "discharge entered in error, the stay is open again",
    AlertAnswered "alert answered",
    OwnWorkNoted "something written down about one's own work",
    TurnedToGuardian "screen turned to a guardian",
    MadeForGuardian "page for a guardian asked for",
    ShownToGuardian "plan shown to a guardian",
    LogGiven "log given to an objective, changed or ended",
    LogKept "days of a log typed in or corrected",
    LegalHoldSet "legal hold set",
    LegalHoldLifted "legal hold lifted",
    PurgeAsked "purge of the chart asked for",
    PurgeDeclined "purge of the chart declined, or taken back",
    ChartPurged "every record of the chart removed",
    WaysRecorded "ways of working recorded or changed",
    FormRecorded "short form recorded",
    FormCorrected "short form corrected or entered in error",
    GroupChanged "group or its roster changed",
    GroupSessionWritten "group session written",
    GroupService "card seen for a group service",
    MismatchFound "mismatch in the stored files found",
    MismatchAcknowledged "mismatch in the stored files acknowledged",
    RecoveryWordsMade "new recovery words made",
    StayChosen "another open stay taken up",
    DangerTold "danger passed on for somebody to decide",
    DangerToldCorrected "words about danger that were passed on corrected",
}

impl AuditEvent {
    /// Returns what was done in plain words. An act on a signed document names the kind of document first.
    pub fn words(&self) -> String {
        let of_document = matches!(
            self.act,
            Act::DocumentSigned
                | Act::DocumentRead
                | Act::DocumentCoSigned
                | Act::DocumentReturned
                | Act::ErrorReported
                | Act::ErrorConfirmed
                | Act::ErrorDeclined
                | Act::DocumentAttested
        );
        match DocKind::of(self.number).filter(|_| of_document) {
            Some(kind) => format!("{} {}", kind.word(), self.act.label()),
            None => self.act.label().to_owned(),
        }
    }
}
