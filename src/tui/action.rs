//! Everything a person can do with a key, declared once: the registry behind the keymap, the hints, the menu, the palette and the help.
//!
//! Owns the [`Action`] table and the [`Kind`] of each act. It must not know a key, a screen or what an action does: keys are the
//! keymap's, doing is the screens'. A letter that is no key is no action: where people are listed it arrives as text
//! ([`Lookup::Text`](crate::tui::keymap::Lookup)) and opens the find line with it, `#` included.

use crate::rules::access::Capability;
use std::fmt;

pub use super::scope::{Scope, Typing};

/// What running an action may do; the keymap's safety rule rests on it (product.md 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Moves a highlight, a cursor between fields, a leaf, a filter. Writes nothing.
    Move,
    /// Opens or closes a room, an overlay, a prompt. Writes nothing.
    Open,
    /// Writes, or opens the form that writes. Never runs from a plain letter.
    Write,
    /// A key that rates or answers: writes in an open grid draft, or in a walk that asks, on plain digits and signs by the
    /// one exception there is.
    Rate,
    /// Edits or moves in text. Never runs from a key that would type a character.
    Text,
    /// The program itself: lock, quit, help, menu.
    System,
}

/// Whether, and under which letter, an action stands in the `Ctrl-K` menu. The letter moves the highlight, Enter runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Not in the menu: the act is a motion or has a key that every terminal sends.
    No,
    /// Not in the menu, and without a key in the default keymap: what it does is done there in another way. Keymaps that
    /// name it build their commands of it.
    Keymap,
    /// In the menu, without a letter of its own.
    Yes,
    /// In the menu under this letter, unique among the actions of a scope.
    Letter(char),
}

impl Menu {
    /// Whether it stands in the menu.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Yes | Self::Letter(_))
    }
}

/// One row of the registry.
struct Entry {
    action: Action,
    name: &'static str,
    kind: Kind,
    scopes: &'static [Scope],
    menu: Menu,
    help: &'static str,
    words: &'static str,
    may: &'static [Capability],
}

/// The last of these: a row's words to find it by, or none.
macro_rules! words {
    () => {
        ""
    };
    ($words:literal) => {
        $words
    };
}

macro_rules! actions {
    ($($variant:ident $name:literal $kind:ident [$($scope:ident)+] $menu:expr, $help:literal $(, $words:literal)? $([$($may:ident)+])?;)+) => {
        /// Something a person can ask for. The help line of each says what; see [`Action::help`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $help] $variant,)+
        }
        const TABLE: &[Entry] = {
            use Menu::{Keymap, Letter, No, Yes};
            &[$(Entry {
                action: Action::$variant,
                name: $name,
                kind: Kind::$kind,
                scopes: &[$(Scope::$scope),+],
                menu: $menu,
                help: $help,
                words: words!($($words)?),
                may: &[$($(Capability::$may),+)?],
            },)+]
        };
    };
}

// Variant, name, kind, scopes, menu, help line (imperative, plain words, under 60 characters), and for what is no motion and no editing
// the other words that people look for it by; then the capabilities of which one is needed, where it is not for everybody.
actions! {
    // The program. `Everywhere` leaves out set-up, sign-in and lock, which an action must name to work there.
    Quit "quit" System [Everywhere SignIn Lock Setup] Yes, "Close the program", "quit exit leave stop close shut down log off";
    Lock "lock" System [Everywhere] Yes, "Lock Concord; drafts are kept", "screen log out sign out away privacy pause logout";
    Help "help" System [Everywhere] Yes, "Show the keys and marks of this page", "help keys shortcuts legend marks manual how what does mean ?";
    Palette "palette" System [Everywhere] Yes, "Find anything to do, or a person, by words";
    ActionsMenu "actions-menu" System [Everywhere] No, "Show what can be done here";
    Back "back" System [Everywhere SignIn Lock Setup] No, "Go back, keep what is typed";
    Undo "undo" Write [Everywhere] Yes, "Undo the last act", "take back revert mistake oops";
    Redo "redo" Write [Everywhere] Yes, "Redo what was undone", "again repeat";
    SaveNow "save-now" System [Everywhere] Yes, "Save now, or show when it was saved", "store write disk draft";
    NextUnfinished "next-unfinished" Open [Everywhere] Yes, "Go to your next unfinished work", "next work todo unsigned owed f4";
    WorkList "work-list" Open [Everywhere] Yes, "Show what is still to be done", "unfinished todo owed owe owes unsigned drafts co-sign mine list f5 to do whole agency everybody";
    SignSeveral "sign-several" Open [Everywhere] Yes, "Read and sign several at once", "batch many all notes signature" [WriteChart CoSign];
    Settings "settings" Open [Home Today Due] Yes, "Open the settings", "theme colour color dark light mono contrast keymap vim emacs listman shortcuts sort order preferences options mine hide names";
    Staff "staff" Open [Home Today Due] Yes, "Open the list of staff", "staff users people counselors accounts roles login employees team admin add new user counselor forgot reset password disable" [ManageStaff];
    Phrases "phrases" Open [Home NoteText] Yes, "Open snippets and templates", "phrase dot text autotext macro boilerplate canned text format note rules late";
    Words "words" Open [Home NoteText] Yes, "Show your own words and the better words", "spelling dictionary language wording person first";
    ChangePassphrase "change-passphrase" Write [Home] Yes, "Change your own passphrase", "password; passphrase login secret security";
    Veil "veil" Move [Everywhere] Yes, "Hide names: show initials on lists", "privacy anonymous initials names hide veil";
    SetPin "set-pin" Write [Everywhere] Yes, "Set a PIN for this computer and this sign-in", "quick unlock code digits short passphrase password";
    BackUp "back-up" Open [Everywhere] Yes, "Back up everything to a folder", "backup backups save copy archive usb disk drive safe" [Maintain];
    HowTo "how-to" Open [Everywhere] Yes, "Read how to restore, import, verify; larger letters", "restore import verify check spreadsheet csv excel roster fhir backup back up copy not built yet font size larger bigger smaller zoom letters stick lost release of information consent disclosure billing export insurance claims";
    UseRecovery "use-recovery-phrase" Open [SignIn Lock] No, "Use the recovery phrase";
    OtherPerson "other-person" Open [Lock] No, "Sign in as another person";

    // Motions, the same wherever there is a highlight.
    Up "up" Move [Everywhere] No, "Move up";
    Down "down" Move [Everywhere] No, "Move down";
    Left "left" Move [Everywhere] No, "Move left";
    Right "right" Move [Everywhere] No, "Move right";
    PageUp "page-up" Move [Everywhere] No, "Move up a page";
    PageDown "page-down" Move [Everywhere] No, "Move down a page";
    First "first" Move [Everywhere] No, "Move to the first";
    Last "last" Move [Everywhere] No, "Move to the last";
    Open "open" Open [Everywhere] No, "Open what is highlighted";
    NextLeaf "next-leaf" Move [Everywhere] No, "Go to the next tab";
    PrevLeaf "prev-leaf" Move [Everywhere] No, "Go to the tab before";
    Unfold "unfold" Move [Home Dimension Overview Grid Priorities Plan Review Discharge Safety Contract Notes Staff List] No, "Show why, or unfold the line", "why reason explain details expand";
    Fold "fold" Move [Home Dimension Overview Grid Priorities Plan Review Discharge Safety Contract Notes Staff List] No, "Fold the line again", "collapse";

    // People.
    Find "find" Move [Home Today Due Dimension Staff] Yes, "Find a person", "search look up client patient name birth date record number phone";
    Dimension1 "dimension-1" Move [Home Dimension] No, "Rank everyone by dimension 1", "rank asam grid severity withdrawal" [ReadChart];
    Dimension2 "dimension-2" Move [Home Dimension] No, "Rank everyone by dimension 2", "rank asam grid severity" [ReadChart];
    Dimension3 "dimension-3" Move [Home Dimension] No, "Rank everyone by dimension 3", "rank asam grid severity" [ReadChart];
    Dimension4 "dimension-4" Move [Home Dimension] No, "Rank everyone by dimension 4", "rank asam grid severity" [ReadChart];
    Dimension5 "dimension-5" Move [Home Dimension] No, "Rank everyone by dimension 5", "rank asam grid severity" [ReadChart];
    Dimension6 "dimension-6" Move [Home Dimension] No, "Rank everyone by dimension 6", "rank asam grid severity" [ReadChart];
    Dimension7 "dimension-7" Move [Home Dimension] No, "Rank everyone by dimension 7", "rank grid severity" [ReadChart];
    Dimension8 "dimension-8" Move [Home Dimension] No, "Rank everyone by dimension 8", "rank grid severity" [ReadChart];
    Dimension9 "dimension-9" Move [Home Dimension] No, "Rank everyone by dimension 9", "rank grid severity" [ReadChart];
    Whole "whole" Move [Home Dimension] No, "Rank everyone over all dimensions", "all dimensions list people caseload" [ReadChart];
    SwitchMineAll "switch-mine-all" Move [Home Today Dimension] Letter('m'), "Switch between your people and all people", "filter scope everyone caseload others";
    ChooseShown "choose-shown" Open [Home Today Week Due Work ShortForms] Yes, "Choose what is shown: yours, all, others, a day", "filter plans ask of me this week overdue methods scope mine all everyone view caseload my team supervisees whose counselor whole agency owes";
    OthersInAgency "others-in-agency" Open [Home] Letter('o'), "Open a chart beyond your own people, with a reason", "break glass emergency access other charts reason" [OpenWithReason];
    RegisterPerson "register-person" Write [Home] Letter('r'), "Register a person", "new client intake add patient caller referral walk-in walk in" [Register];
    EditPerson "edit-person" Write [Home Dimension Chart] Letter('e'), "Edit the person's details", "particulars demographics address phone number name birth guardian contact client patient moved wrong name correct" [ChangeDemographics ChangeContact];
    Admit "admit" Write [Home Dimension Chart] Letter('a'), "Admit the person, or discharge them", "intake admission episode enrol enroll start program level of care readmit return discharge end transfer death died deceased leave close case closing the file" [Admit];
    Transfer "transfer" Write [Chart] Yes, "Transfer within the stay: program, counselor, level", "move change program counselor level of care step up step down reassign hand over caseload transfer" [WriteChart];
    Circle "circle" Write [Chart] Yes, "Write down the people around the client, answer a stop", "family contacts mother father partner guardian emergency contact support unsafe no-contact order danger who may be told circle" [ChangeDemographics];
    OtherStay "other-stay" Write [Chart] Yes, "Work in the other open stay of this person", "switch stay program episode two open change which" [WriteChart];
    ReadDischarge "read-discharge" Open [Chart] Yes, "Read the discharge summary of an earlier stay", "episode past ended left continuing care last treatment" [ReadChart];
    NewNote "new-note" Write [Home Today Dimension Chart] Letter('n'), "Write a new note for this person", "progress note dap soap birp session document write" [WriteChart];

    // Days: sessions, what is due, tasks.
    TellDanger "tell-danger" Write [Everywhere] Yes, "Pass on that a person is in danger, as they said it", "danger crisis emergency suicide suicidal overdose in a caller threat self-harm violence 911 ambulance urgent help walk-in visitor" [ProposeNeed];
    NewTask "new-task" Write [Everywhere] Letter('+'), "Write down a task, with a day and a person", "todo reminder follow up remember" [KeepTasks];
    PlanSession "plan-session" Write [Home Today Week Chart] Letter('@'), "Plan a session", "appointment schedule book calendar weekly series" [Schedule];
    PlanNext "plan-next" Write [Chart] Yes, "Plan the next session as this one: day, hour, type", "appointment follow up next week same time schedule book" [Schedule];
    Week "week" Open [Home Today] Yes, "Show a week of sessions, yours or a colleague's", "calendar agenda free hours schedule timetable seven days" [Schedule];
    PrevWeek "prev-week" Move [Week] No, "Turn to the week before", "last week";
    NextWeek "next-week" Move [Week] No, "Turn to the next week", "next week";
    PrevDay "prev-day" Move [Today] No, "Turn to the day before", "yesterday";
    NextDay "next-day" Move [Today] No, "Turn to the next day", "tomorrow";
    OtherDay "other-day" Open [Today] Letter('g'), "Turn to another day", "date calendar go to jump";
    State "state" Write [Today Due] Yes, "Mark what happened: arrived, held, missed, off", "arrived held missed no-show cancelled called off happened status" [Schedule];
    SessionArrived "session-arrived" Write [Today] Letter('r'), "Mark that the person has arrived", "here came check in arrival arrive waiting room" [Schedule];
    SessionHeld "session-held" Write [Today] Letter('h'), "Mark that the session took place", "done took place attended" [HoldSession];
    SessionMissed "session-missed" Write [Today] Letter('s'), "Mark that nobody came", "no-show no show noshow absent did not come dna fta" [Schedule];
    SessionCancelled "session-cancelled" Write [Today] Letter('c'), "Mark who called the session off", "cancel cancelled canceled called off" [Schedule];
    MoveSession "move-session" Write [Today] Letter('e'), "Move or change the session, or the task", "reschedule postpone change time" [Schedule];
    RecordOutreach "record-outreach" Write [Today] Letter('u'), "Write down that you tried to reach them", "call letter reach contact tried phone" [Schedule];
    NoNoteNeeded "no-note-needed" Write [Today] Letter('w'), "Write why this session needs no note", "skip note not billable" [HoldSession];
    FinishTask "finish-task" Write [Today Due] Letter('d'), "Mark the task as done", "complete tick done check off" [KeepTasks];
    EditTask "edit-task" Write [Due] Letter('e'), "Change the task, or hand it to somebody else", "hand on assign delegate" [KeepTasks];
    ExplainMiss "explain-miss" Write [Due] Letter('r'), "Write why it is late, and when it is planned", "late reason overdue excuse" [WriteChart];
    DueRules "due-rules" Write [Due] Letter('l'), "Choose the due-date rules of a program", "deadlines state law review interval regulations hours days" [ChangeSettings];
    Supervision "supervision" Open [Home Today Due Staff] Letter('v'), "Open supervision: what waits for a supervisor", "supervisor team review alerts watch" [Supervise];
    Mismatches "mismatches" Open [Home Today Due Staff] Yes, "Look at mismatches in the stored files", "tampering changed altered removed warning acknowledge integrity audit security files damaged checkpoint" [ManageStaff];
    AgencyRecord "agency-record" Open [Home Today Due Staff] Yes, "Read who signed in, changed staff or imported", "audit log record sign-ins failed sign-in attempts staff changes imports backups who did what security events" [ReadAudit];
    LookAlikes "look-alikes" Open [Home Today Due] Yes, "Decide on look-alikes an import left out", "lookalike look-alike duplicate double import roster csv fhir same person another person merge who is who left out" [DecideLookAlikes];
    Retention "retention" Open [Home Today Due Staff] Yes, "Open how long records are kept: holds, purges", "retention legal hold purge destroy delete old charts certificate years archive expire" [KeepRecords AgreePurge];
    Groups "groups" Open [Home Today Due] Yes, "Open the groups: who is in them, their sessions", "group sessions roster members attendance family couple therapy psychoeducation iop facilitator co-leader" [KeepGroups];
    CoverBoard "cover-board" Open [Home Due Staff] Letter('c'), "Open cover and teams", "vacation holiday away leave stand in substitute absence teams sharing on call" [ListStaff];
    AgencyRules "agency-rules" Write [Home] Letter('g'), "Change the agency's rules: Help now, lock, programs", "hours access lock after time idle timeout minutes crisis line help now programs veil privacy settings agency" [ChangeSettings];

    // Two charts of one person.
    SamePerson "same-person" Write [Chart] Yes, "Link or unlink two charts of one person", "merge duplicate same person registered twice double combine join split separate unmerge namesake" [AskSamePerson AgreeSamePerson];
    LinkedChart "linked-chart" Open [Chart] Yes, "Go to the linked chart, and back", "merge duplicate same person other chart record number switch";

    // Rooms of a chart.
    RoomOverview "room-overview" Open [Chart] No, "Go to the overview", "summary face sheet";
    RoomGrid "room-grid" Open [Chart] No, "Go to the assessment grid", "asam assessment ratings dimensions severity" [ReadChart];
    RoomPriorities "room-priorities" Open [Chart] No, "Go to the priorities", "ranking order needs" [ReadChart];
    RoomPlan "room-plan" Open [Chart] No, "Go to the plan", "treatment plan goals problems objectives interventions" [ReadChart];
    RoomNotes "room-notes" Open [Chart] No, "Go to the notes", "progress notes list documents" [ReadChart];
    RoomAlliance "room-alliance" Open [Chart] Yes, "Go to the alliance: check-ins over the sessions", "feedback relationship bond goal task rapport check in" [ReadChart];
    CheckIn "check-in" Write [Chart] Letter('='), "Take a check-in with the client", "feedback session rating bond goal task ask" [WriteChart];
    WaysOfWorking "ways-of-working" Write [Chart] Yes, "Write down ways of working, stage of the relationship", "preferences expects pace style identity culture difference comfort stage commitment process change ending alliance" [WriteChart];
    AddBarrier "add-barrier" Write [Chart] Yes, "Write down a barrier, and what is done about it", "barrier obstacle transport children cost language shame fear work engagement" [WriteChart];
    AddRupture "add-rupture" Write [Chart] Letter('%'), "Write down a rupture in the work together", "rupture alliance withdrawal confrontation repair conflict complaint strain" [WriteChart];
    RoomMeasures "room-measures" Open [Chart] Yes, "Go to the filled-in measures", "phq gad questionnaire score outcome scale instrument test" [ReadChart];
    RoomForms "room-forms" Open [Chart] Yes, "Go to the short forms: tests, medication, incidents", "drug test urine screen medication medicine incident transport ride care coordination short form result" [ReadChart];
    RoomContract "room-contract" Open [Chart] Yes, "Go to the contract: what, why, how, where, when", "treatment contract agreement what why how where when mandate" [ReadChart];
    RoomBackground "room-background" Open [Chart] Yes, "Go to diagnoses, level of care and earlier help", "diagnosis icd code dsm level of care loc step up step down history prior treatment" [ReadChart];
    RoomHistory "room-history" Open [Chart] Yes, "Go to the history: who looked, who changed what", "audit log access who looked opened read this chart changed" [ReadHistory];
    SafetyPlan "safety-plan" Open [Chart] Yes, "Go to the safety plan, and back", "safety plan warning signs coping means card pocket stanley brown" [ReadChart];
    OlderEvents "older-events" Move [History] Letter('o'), "Show older events", "audit more" [ReadHistory];

    // Triage, before and after admission.
    Triage "triage" Write [Chart] Letter('q'), "Answer the triage questions: danger now?", "danger crisis risk screening suicide emergency admission" [AnswerDanger];

    // Immediate needs, from any room.
    RaiseNeed "raise-need" Open [Chart GroupSession] Letter('i'), "Raise an immediate need, with a reason", "danger crisis emergency risk alert safety overdose self-harm violence 911 ambulance withdrawal seizure threat" [AnswerDanger];
    ConfirmNeed "confirm-need" Write [Chart] Letter('c'), "Confirm a suggested immediate need", "danger crisis" [AnswerDanger];
    TakeNeedInHand "take-need-in-hand" Write [Chart] Letter('h'), "Take the immediate need in hand", "danger crisis act respond" [AnswerDanger];
    ResolveNeed "resolve-need" Write [Chart] Letter('v'), "Mark the immediate need as resolved", "danger crisis over end close" [AnswerDanger];
    AnswerNeed "answer-need" Open [Chart] Yes, "Answer an open immediate need", "danger crisis decide what becomes of it" [AnswerDanger];
    CorrectNeed "correct-need" Open [Chart] Yes, "Correct an immediate need: words, since when, dimension", "danger crisis wrong mistake typo wording time kind amend fix" [AnswerDanger];
    FindInNotes "find-in-notes" Open [Notes] Yes, "Find words in the signed notes of this chart", "search text word sentence older note look for content" [ReadChart];
    ReopenNeed "reopen-need" Open [Chart] Yes, "Reopen an immediate need that is not over", "danger crisis wrong mistake open again undo take back dismissed resolved slip" [AnswerDanger];
    NeedHistory "need-history" Open [Chart] Yes, "Show the history of an immediate need, every wording", "danger crisis history need earlier words before correction corrected who said when" [ReadChart];
    DismissNeed "dismiss-need" Write [Chart] Letter('d'), "Dismiss the immediate need, with a reason", "danger crisis false alarm none" [AnswerDanger];

    // Assessment grid.
    Rate0 "rate-0" Rate [Grid] No, "Rate 0, none" [WriteChart];
    Rate1 "rate-1" Rate [Grid] No, "Rate 1, mild" [WriteChart];
    Rate2 "rate-2" Rate [Grid] No, "Rate 2, moderate" [WriteChart];
    Rate3 "rate-3" Rate [Grid] No, "Rate 3, serious" [WriteChart];
    Rate4 "rate-4" Rate [Grid] No, "Rate 4, severe" [WriteChart];
    Unrate "unrate" Rate [Grid] No, "Take the rating away" [WriteChart];
    Carry "carry" Rate [Grid] No, "Carry the earlier rating forward" [WriteChart];
    EditWords "edit-words" Write [Grid] Letter('w'), "Write the words of this rating, or pick its symbol", "text comment narrative client's words quote" [WriteChart];
    ConfirmCarried "confirm-carried" Write [Grid] Letter('k'), "Confirm what was carried forward", "same unchanged keep" [WriteChart];
    PickSymbol "pick-symbol" Write [Grid] Letter('s'), "Pick the symbol of this subdimension", "asam 4th edition" [WriteChart];
    NewAssessment "new-assessment" Write [Grid] Letter('b'), "Begin a new assessment", "asam reassessment begin start grid" [WriteChart];
    Complete "complete" Write [Grid CellText] Letter('j'), "Complete and sign the assessment", "sign finish assessment signature" [WriteChart];
    EditAssessment "edit-assessment" Write [Grid CellText] Letter('l'), "Edit date, purpose and sources of the assessment", "date purpose" [WriteChart];
    DeleteAssessment "delete-assessment-draft" Write [Grid] Letter('x'), "Delete this assessment draft", "remove discard throw away" [WriteChart];

    // Priorities.
    ClientWants "client-wants" Write [Priorities] Letter('w'), "Write what the client wants, and why now", "goal motivation wish why now" [WriteChart];
    ClientRank "client-rank" Write [Priorities] Letter('r'), "Set what the client puts first", "order priority preference" [WriteChart];

    // The review of a plan.
    ReviewPlan "review-plan" Write [Plan] Yes, "Begin the review of the plan, or go on with it", "review progress evaluate update 90 days continue step up step down level" [WriteChart];
    Mark1 "mark-1" Rate [Review Discharge Safety] No, "Open row 1" [WriteChart];
    Mark2 "mark-2" Rate [Review Discharge Safety] No, "Open row 2" [WriteChart];
    Mark3 "mark-3" Rate [Review Discharge Safety] No, "Open row 3" [WriteChart];
    Mark4 "mark-4" Rate [Review Discharge Safety] No, "Open row 4" [WriteChart];
    Mark5 "mark-5" Rate [Review Discharge Safety] No, "Open row 5" [WriteChart];
    Mark6 "mark-6" Rate [Review Discharge Safety] No, "Open row 6" [WriteChart];
    Mark7 "mark-7" Rate [Review Discharge Safety] No, "Open row 7" [WriteChart];
    Mark8 "mark-8" Rate [Review Discharge Safety] No, "Open row 8" [WriteChart];
    Mark9 "mark-9" Rate [Review Discharge Safety] No, "Open row 9" [WriteChart];
    Unmark "unmark" Rate [Review Discharge Safety] No, "Take the answer away" [WriteChart];

    // Filled-in measures.
    OtherMeasure "other-measure" Write [Measures] Letter('o'), "Begin another measure", "questionnaire new score phq gad" [WriteChart];
    TableAlone "table-alone" Move [Measures Alliance] Letter('l'), "Show the table alone, or the chart too", "table chart graph plot" [ReadChart];

    // The plan, and the walk that asks about it.
    AddBelow "add-below" Write [Plan Priorities Grid Background Measures Alliance ShortForms] Letter('p'), "Add what belongs here, or a problem", "new diagnosis problem goal objective method intervention step" [WriteChart];
    EditLine "edit-line" Write [Plan Contract Background Safety ShortForms] Letter('w'), "Change the line", "change problem goal objective method intervention wording" [WriteChart];
    SetState "set-state" Write [Plan Background Measures Alliance ShortForms] Letter('u'), "Set its state, stage of change or focus", "stage of change status resolved deferred met focus" [WriteChart];
    AskAgreement "ask-agreement" Write [Plan] Letter('g'), "Ask who agrees, line by line", "agree consent sign client signature answers" [WriteChart];
    MoveEarlier "move-earlier" Write [Plan] Letter('<'), "Move it up in the order", "order up rank" [WriteChart];
    MoveLater "move-later" Write [Plan] Letter('>'), "Move it down in the order", "order down rank" [WriteChart];
    PlanViews "plan-views" Open [Plan Contract] Letter('l'), "Choose what is shown: problems, changes, as it was", "filter history changed problems only earlier episode day";
    MakePage "make-page" Write [Overview Plan Notes Safety Measures Alliance] Yes, "Make a page: for the client, for staff, to print", "print paper export pdf copy client page hand out take home printer text" [ReadChart];
    TurnScreen "turn-screen" Open [Plan Notes Safety Measures Alliance] Letter('j'), "Turn the screen to the client", "with client show turn face laptop sign together marks client view" [WriteChart];
    TurnOwnLine "turn-own-line" Open [Measures Alliance] Yes, "Turn the client's own line over time to them", "own sheet results scores check-ins progress show with client" [WriteChart];
    TurnScreenIn "turn-screen-in" Open [Plan Notes Safety] Yes, "Turn the screen in another language, or to a guardian", "spanish español language with client show turn translate parent mother father" [WriteChart];
    AcceptProposal "accept-proposal" Write [Plan Contract Review Discharge Safety Measures Alliance] Letter('k'), "Accept what is proposed", "import imported suggested" [WriteChart];
    PlanFits "plan-fits" Write [Plan] Letter('f'), "Say that the plan still fits, with the date", "review still right no change looked at plan" [WriteChart];
    PlanHappened "plan-happened" Write [Plan] Letter('r'), "Write down what happened: use, hospital, arrest", "event return to use relapse lapse hospital emergency room arrest order client asks review" [WriteChart];
    KeepLog "keep-log" Write [Plan] Letter('y'), "Note the days of the client's log, or give a log", "log diary keep track count days sheet record daily homework" [WriteChart];
    ChangeLog "change-log" Write [Plan] Yes, "Change or end the log of the objective", "log diary kind what is noted how often end stop" [WriteChart];
    ShowLog "show-log" Open [Plan] Yes, "Show the log of the objective, all its days", "log diary days table line over time" [ReadChart];
    Agreed "agreed" Rate [Agree] No, "They agree" [WriteChart];
    Partly "partly" Rate [Agree] No, "They agree in part" [WriteChart];
    Declined "declined" Rate [Agree] No, "They decline" [WriteChart];
    NotAsked "not-asked" Rate [Agree] No, "Count it as not asked" [WriteChart];

    // Notes.
    Addendum "addendum" Write [Notes] Letter('u'), "Add an addendum to the signed note", "add late correction append" [WriteChart];
    LinkProblems "link-problems" Write [Notes NoteText Beside] Letter('g'), "Link the note to problems", "golden thread goal connect works on";
    NoteFormat "note-format" Write [Notes NoteText] Letter('f'), "Choose the format; the text is kept", "dap soap birp girp pie narrative";
    EditHeader "edit-header" Write [Notes NoteText] Letter('w'), "Edit when, how long, how and where", "date time minutes duration place service billing";
    HeaderKeys "header-keys" Write [Notes NoteText GroupSession] Letter('k'), "Answer the header keys: risk, use, wants, next", "risk use wants next session";
    ChartBeside "chart-beside" Open [NoteText Beside] Letter('b'), "Go to the chart beside the note, or back", "split view chart look up";
    InsertPhrase "insert-phrase" Write [NoteText] Letter('t'), "Insert a template or snippet", "snippet dot phrase boilerplate";
    NextBlank "next-blank" Text [NoteText] Letter('m'), "Jump to the next blank";
    InsertPlan "insert-plan" Write [NoteText] Letter('p'), "Insert what was planned last", "last plan previous";
    TakeAgenda "take-agenda" Write [NoteText] Yes, "Put in what the plan has for today", "agenda session focus goals safety plan next";
    CopyForward "copy-forward" Write [NoteText] Yes, "Copy this section of the last note", "last note previous paste";
    Sign "sign" Write [Notes NoteText Several Plan Review Discharge Safety GroupSession] Letter('s'), "Sign it, or co-sign it", "signature finish lock note plan version co-sign client signs" [WriteChart CoSign];
    NextMistake "next-mistake" Open [NoteText] Letter('y'), "Go to the next marked word, with suggestions", "spelling typo spell check";
    AddWord "add-word" Write [NoteText] Yes, "Add the word at the cursor to your words", "dictionary spelling learn";
    IgnoreWord "ignore-word" Text [NoteText] Yes, "Ignore the word at the cursor until the lock", "spelling skip";
    SpellingOnOff "spelling-on-off" Write [NoteText] Yes, "Underline spelling and wording, or stop", "spell check switch off dictionary";
    BetterWord "better-word" Write [NoteText] Yes, "Set a better word for the whole agency (admin)", "wording stigma person first agency" [ChangeSettings];
    DraftVersions "draft-versions" Open [NoteText] Letter('o'), "Look at earlier versions of this draft", "history restore earlier backup undo lost";
    PutBack "put-back" Write [Versions] Letter('b'), "Put the highlighted version back", "restore version";
    DeleteDraft "delete-draft" Write [Notes NoteText Review Discharge Safety] Letter('x'), "Delete this draft", "remove discard throw away" [WriteDraft];

    // What becomes of a note.
    MoveDraft "move-draft" Write [Notes NoteText] Letter('z'), "Move this draft to another person's chart", "wrong chart wrong client wrong person" [WriteDraft];
    AmendReason "amend-reason" Write [NoteText] Yes, "Write why the note is amended", "correction amendment";
    Amend "amend" Write [Notes Grid] Letter('m'), "Write an amended version, with a reason", "correct correction change signed mistake" [AmendDocument];
    ReturnNote "return-note" Write [Notes Grid] Letter('r'), "Return it to its author, with a comment", "send back comment reject supervisor" [CoSign];
    CallInError "call-in-error" Write [Notes Grid] Letter('t'), "Call it entered in error, with a reason", "wrong delete signed mistake void" [CallInError];
    AgreeInError "agree-in-error" Write [Notes Grid] Letter('y'), "Agree that it was entered in error", "second person void" [AgreeInError];
    DeclineInError "decline-in-error" Write [Notes Grid] Yes, "Say that it was not entered in error", "keep second person" [AgreeInError];
    EarlierVersion "earlier-version" Open [Notes Grid] Letter('o'), "Go to the earlier version, and back", "history before compare difference";
    ShowHidden "show-hidden" Move [Notes] Letter('l'), "Show or hide old versions and notes in error", "old versions in error hidden";

    // Text: a line (`FieldText`) and the note editor.
    TextLeft "text-left" Text [FieldText NoteText] No, "Move back a character";
    TextRight "text-right" Text [FieldText NoteText] No, "Move forward a character";
    TextUp "text-up" Text [NoteText] No, "Move up a line";
    TextDown "text-down" Text [NoteText] No, "Move down a line";
    TextPageUp "text-page-up" Text [NoteText] No, "Move up a page of text";
    TextPageDown "text-page-down" Text [NoteText] No, "Move down a page of text";
    LineStart "line-start" Text [FieldText NoteText] No, "Move to the start of the line";
    LineEnd "line-end" Text [FieldText NoteText] No, "Move to the end of the line";
    WordLeft "word-left" Text [FieldText NoteText] Yes, "Move back a word";
    WordRight "word-right" Text [FieldText NoteText] Yes, "Move forward a word";
    TextStart "text-start" Text [NoteText] Yes, "Move to the start of the text";
    TextEnd "text-end" Text [NoteText] Yes, "Move to the end of the text";
    NextSection "next-section" Text [NoteText] Yes, "Move to the next section";
    PrevSection "prev-section" Text [NoteText] Yes, "Move to the section before";
    TabOn "tab-on" Text [NoteText] No, "Expand a short name, else next blank or section";
    TabBack "tab-back" Text [NoteText] No, "Go to the blank or section before";
    SelectMark "select-mark" Text [NoteText] Yes, "Begin or end selecting with the motions";
    SelectAll "select-all" Text [NoteText] Yes, "Select all of the section";
    SelectLeft "select-left" Text [NoteText] No, "Select back a character";
    SelectRight "select-right" Text [NoteText] No, "Select forward a character";
    SelectUp "select-up" Text [NoteText] No, "Select up a line";
    SelectDown "select-down" Text [NoteText] No, "Select down a line";
    SelectLineStart "select-line-start" Text [NoteText] No, "Select to the start of the line";
    SelectLineEnd "select-line-end" Text [NoteText] No, "Select to the end of the line";
    SelectWordLeft "select-word-left" Text [NoteText] No, "Select back a word";
    SelectWordRight "select-word-right" Text [NoteText] No, "Select forward a word";
    SelectTextStart "select-text-start" Text [NoteText] No, "Select to the start of the text";
    SelectTextEnd "select-text-end" Text [NoteText] No, "Select to the end of the text";
    SelectPageUp "select-page-up" Text [NoteText] No, "Select up a page of text";
    SelectPageDown "select-page-down" Text [NoteText] No, "Select down a page of text";
    DeleteBack "delete-back" Text [FieldText NoteText] No, "Delete the character before";
    DeleteForward "delete-forward" Text [FieldText NoteText] No, "Delete the character after";
    DeleteWordBack "delete-word-back" Text [FieldText NoteText] No, "Delete the word before";
    DeleteWordForward "delete-word-forward" Text [FieldText NoteText] No, "Delete the word after";
    DeleteToLineStart "delete-to-line-start" Text [NoteText] No, "Delete back to the start of the line";
    DeleteToLineEnd "delete-to-line-end" Text [NoteText] No, "Delete to the end of the line";
    ClearLine "clear-line" Text [FieldText] No, "Empty the line; undo brings it back";
    Cut "cut" Text [NoteText] Yes, "Cut what is selected";
    Copy "copy" Text [NoteText] Yes, "Copy what is selected";
    Paste "paste" Text [NoteText] Yes, "Paste what was cut or copied";
    Newline "newline" Text [NoteText] No, "Begin a new line";
    // Words, sentences and paragraphs; keymaps with modes build their commands of these.
    WordEnd "word-end" Text [NoteText] Keymap, "Move to the end of the word";
    SentenceLeft "sentence-left" Text [NoteText] No, "Move to the start of the sentence";
    SentenceRight "sentence-right" Text [NoteText] No, "Move to the next sentence";
    ParagraphStart "paragraph-start" Text [NoteText] Keymap, "Move to the start of the paragraph";
    ParagraphEnd "paragraph-end" Text [NoteText] Keymap, "Move to the end of the paragraph";
    ParagraphUp "paragraph-up" Text [NoteText] No, "Move up a paragraph";
    ParagraphDown "paragraph-down" Text [NoteText] No, "Move down a paragraph";
    SelectWordEnd "select-word-end" Text [NoteText] Keymap, "Select to the end of the word";
    SelectSentenceLeft "select-sentence-left" Text [NoteText] Keymap, "Select to the start of the sentence";
    SelectSentenceRight "select-sentence-right" Text [NoteText] Keymap, "Select to the next sentence";
    SelectParagraphStart "select-paragraph-start" Text [NoteText] Keymap, "Select to the start of the paragraph";
    SelectParagraphEnd "select-paragraph-end" Text [NoteText] Keymap, "Select to the end of the paragraph";
    SelectWord "select-word" Text [NoteText] Keymap, "Select the word";
    SelectWordSpace "select-word-space" Text [NoteText] Keymap, "Select the word and the space after it";
    SelectSentence "select-sentence" Text [NoteText] Keymap, "Select the sentence";
    SelectSentenceSpace "select-sentence-space" Text [NoteText] Keymap, "Select the sentence and the space after it";
    SelectParagraph "select-paragraph" Text [NoteText] Yes, "Select the paragraph";
    SelectOtherEnd "select-other-end" Text [NoteText] Keymap, "Go to the other end of the selection";
    Unselect "unselect" Text [NoteText] Keymap, "Drop the selection";
    UnselectToStart "unselect-to-start" Text [NoteText] Keymap, "Drop the selection, go to its start";
    PasteBehind "paste-behind" Text [NoteText] Keymap, "Paste after the cursor or the paragraph";
    PasteBefore "paste-before" Text [NoteText] Keymap, "Paste before the cursor or the paragraph";
    CutToParagraphEnd "cut-to-paragraph-end" Text [NoteText] Keymap, "Cut to the end of the paragraph";
    JoinLines "join-lines" Text [NoteText] Keymap, "Join this line and the next";
    SwapCase "swap-case" Text [NoteText] Keymap, "Change small letters and capitals";
    InsertMode "insert-mode" Text [NoteText] Keymap, "Write here";
    AppendMode "append-mode" Text [NoteText] Keymap, "Write after the next character";
    FindText "find-text" Open [NoteText] Yes, "Find words in this draft";
    FindNext "find-next" Text [NoteText] Yes, "Go to the next match";
    FindPrev "find-previous" Text [NoteText] Yes, "Go to the match before";
    ReplaceText "replace-text" Open [NoteText] Yes, "Replace words in this draft";
    ReplaceOne "replace-one" Text [NoteText] Yes, "Replace this match and go on";
    ReplaceAll "replace-all" Text [NoteText] Yes, "Replace every match in this draft";
    GoToSection "go-to-section" Open [NoteText] Yes, "Go to another section";
    LeaveText "leave-text" Open [NoteText] Keymap, "Leave the text, the draft is kept";

    // Forms, prompts and questions.
    NextField "next-field" Move [Form Prompt SignIn Lock Setup] No, "Go to the next field";
    PrevField "prev-field" Move [Form Prompt SignIn Lock Setup] No, "Go to the field before";
    Choose "choose" Open [Form Confirm] No, "Choose, or go on to the next field";
    Submit "submit" Write [Form Prompt SignIn Lock Setup] Yes, "Save the form, or go on", "save ok done";
    Cancel "cancel" System [Form Prompt Confirm] Yes, "Leave without saving the form", "leave discard";
    Agree "agree" Write [Confirm] No, "Say yes to the question";
    SaveAndAdd "save-and-add" Write [PlanForm] Letter('a'), "Save it, and add what belongs below it", "save and add below next objective method goal";
    FromLibrary "from-library" Open [PlanForm] Letter('t'), "Begin a line of the plan from the agency's library", "library template boilerplate";

    // Snippets and templates.
    AddPhrase "add-phrase" Write [Phrases] Letter('a'), "Add a snippet or template", "new snippet template" [KeepPhrases ChangeAgencyPhrases];
    EditPhrase "edit-phrase" Write [Phrases] Letter('e'), "Change it, or begin your own from it", "change snippet template" [KeepPhrases ChangeAgencyPhrases];
    RemovePhrase "remove-phrase" Write [Phrases] Letter('d'), "Delete the snippet or template", "delete remove take away" [KeepPhrases ChangeAgencyPhrases];
    NoteRules "note-rules" Write [Phrases] Letter('r'), "Set what every note must contain", "required fields late hours default format" [ChangeSettings];

    // Groups.
    AddGroup "add-group" Write [Groups] Letter('a'), "Begin a group", "new group make" [KeepGroups];
    EditGroup "edit-group" Write [Group] Letter('e'), "Change the group: name, kind, code, times, leaders", "facilitator co-leader weekday end" [KeepGroups];
    AddMember "add-member" Write [Group] Letter('a'), "Add a member from a day on", "join enrol client person" [KeepGroups];
    EndMember "end-member" Write [Group] Letter('u'), "Write down that a member leaves, and why", "leave drop out remove graduate" [KeepGroups];
    Curriculum "curriculum" Write [Group] Letter('c'), "Write down what the group teaches, topic by topic", "curriculum topics lessons modules hours handout psychoeducation" [KeepGroups];
    HandOnSession "hand-on-session" Write [Group] Letter('l'), "Say who leads one session: a co-leader, a substitute", "substitute stand in cover sick vacation co-leader facilitator hand on" [KeepGroups];
    NewGroupSession "new-group-session" Write [Group] Letter('n'), "Write the session of a day", "group note attendance late entry" [LeadGroup];
    EditTopic "edit-topic" Write [GroupSession] Letter('e'), "Say what the session was about, and who were guests", "topic curriculum subject" [LeadGroup];
    LinkPart "link-part" Write [GroupSession] Letter('g'), "Link the part with what it works on", "objective goal plan golden thread reason" [WriteGroupPart];
    SameWords "same-words" Write [GroupSession GroupText] Yes, "Put the same words into several parts", "copy clone repeat common snippet everybody" [WriteGroupPart];
    NotAMember "not-a-member" Write [GroupSession] Letter('u'), "Say that a name found is somebody else's", "name found doubt other person" [WriteGroupPart];

    // Staff.
    AddStaff "add-staff" Write [Staff] Letter('a'), "Add a person to the staff", "new user counselor account hire login" [ManageStaff];
    EditStaff "edit-staff" Write [Staff] Letter('e'), "Edit name, credential, roles and supervisor", "role supervisor credential user account co-signature" [ManageStaff];
    ResetPassphrase "reset-passphrase" Write [Staff] Letter('p'), "Give a new passphrase", "password forgotten forgot locked out" [ManageStaff];
    DisableStaff "disable-staff" Write [Staff] Letter('d'), "End somebody's right to sign in, or give it back", "remove user leaver fire deactivate leave" [ManageStaff];
    LeavingOrAway "leaving-or-away" Open [Home Staff Board] Letter('l'), "Leaving or away: pass on what somebody holds", "counselor of a person leaver hand over handover quits vacation holiday sick leave absence transfer sessions tasks caseload co-signatures notes resign reassign assign" [ArrangeCover];
    AbsenceDays "absence-days" Open [Leaving] Letter('g'), "Say whether they leave or are away, and the days", "dates leaving away vacation" [ArrangeCover];
    PassAllOn "pass-all-on" Write [Leaving] Letter('p'), "Pass on everything that can go, to one colleague", "transfer reassign all hand over" [ArrangeCover];
    ShowDuties "show-duties" Open [Staff Leaving] Letter('w'), "Show somebody's caseload, to hand it over", "caseload leaving transfer reassign hand over" [ArrangeCover];

    // Cover, teams, caseloads, supervision.
    AddCover "add-cover" Write [Board] Letter('a'), "Arrange cover for somebody who is away", "vacation holiday away sick stand in substitute" [ArrangeCover];
    AddTeam "add-team" Write [Board] Letter('t'), "Make a team", "group share charts" [ArrangeCover];
    EditEntry "edit-entry" Write [Board] Letter('e'), "Change the cover or the team", "cover team end" [ArrangeCover];
    MarkPerson "mark-person" Move [Duties] Letter('k'), "Mark or unmark the person for handing over", "select";
    MarkAll "mark-all" Move [Duties] Letter('l'), "Mark everyone, or no one", "select everyone";
    HandOver "hand-over" Write [Duties] Letter('h'), "Hand the marked people to a colleague", "transfer reassign caseload" [ArrangeCover];
    SameAsHere "same-as-here" Write [LookAlikes] Letter('s'), "Same person: add what came to the chart here", "merge duplicate same person" [DecideLookAlikes];
    AnotherPerson "another-person" Write [LookAlikes] Letter('a'), "Another person: register whoever came", "different person register new" [DecideLookAlikes];
    AskPurge "ask-purge" Write [Retention] Letter('p'), "Ask for the purge of a chart whose time is over", "delete destroy remove purge retention" [KeepRecords];
    AgreePurge "agree-purge" Write [Retention] Letter('g'), "Decide on a purge that somebody asked for", "agree decline second person purge" [KeepRecords AgreePurge];
    LegalHold "legal-hold" Write [Retention] Letter('h'), "Put a legal hold on the chart, or lift it", "litigation subpoena hold keep lift" [KeepRecords];
    HoldAnother "hold-another" Write [Retention] Letter('o'), "Put a legal hold on another chart, by its number", "litigation subpoena hold keep record number" [KeepRecords];
    SeenAccess "seen-access" Write [Watch] Letter('s'), "Mark that you have looked at this access", "reviewed looked reason" [Supervise];
}

impl Action {
    fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// Every action, in the order of the registry (the order of menus and of help).
    pub fn all() -> impl Iterator<Item = Action> {
        TABLE.iter().map(|entry| entry.action)
    }

    /// The kebab-case name used in keymap files.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The action of this name, if there is one.
    pub fn named(name: &str) -> Option<Action> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.action)
    }

    /// What running it may do.
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// The scopes it is declared for.
    pub fn scopes(self) -> &'static [Scope] {
        self.entry().scopes
    }

    /// Its place in the `Ctrl-K` menu.
    pub fn menu(self) -> Menu {
        self.entry().menu
    }

    /// One line of help: imperative, under 60 characters, no full stop.
    pub fn help(self) -> &'static str {
        self.entry().help
    }

    /// The other words that people look for it by, besides those of its help line.
    pub fn words(self) -> &'static str {
        self.entry().words
    }

    /// The capabilities of which one is needed for it; none = it is for everybody.
    pub fn wanted(self) -> &'static [Capability] {
        self.entry().may
    }

    /// Whether it may be bound and run in this scope: declared for it, for a scope it lies within, or for everywhere.
    pub fn allowed_in(self, scope: Scope) -> bool {
        let scopes = self.scopes();
        scopes.contains(&scope)
            // The modes lie over any text.
            || (scope.is_mode() && scopes.contains(&Scope::NoteText))
            || scope.within().iter().any(|outer| scopes.contains(outer))
            || (!scope.signed_out() && scopes.contains(&Scope::Everywhere))
    }

    /// Whether it runs in a scope where nobody is signed in: it must name that scope, or be a motion or the editing of a line.
    pub fn allowed_signed_out(self, scope: Scope) -> bool {
        let named = self.scopes().contains(&scope) || self.scopes().contains(&Scope::FieldText);
        named || self.kind() == Kind::Move || self == Action::Open
    }

    /// The dimension number 1 to 9 of a `dimension-n` action.
    pub fn dimension(self) -> Option<u8> {
        self.name().strip_prefix("dimension-").and_then(|digit| digit.parse().ok())
    }

    /// The answer 1 to 9 of a `mark-n` action.
    pub fn mark(self) -> Option<u8> {
        self.name().strip_prefix("mark-").and_then(|digit| digit.parse().ok())
    }

    /// The severity 0 to 4 of a `rate-n` action.
    pub fn severity(self) -> Option<u8> {
        self.name().strip_prefix("rate-").and_then(|digit| digit.parse().ok())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the `Ctrl-K` menu lists for these scopes (innermost first): the innermost scope's own acts first, the program's last.
/// Empty while nobody is signed in.
pub fn menu_of(scopes: &[Scope]) -> Vec<Action> {
    let mut found = Vec::new();
    for scope in super::scope::chain(scopes) {
        // What people reach for daily has a letter and stands first.
        for lettered in [true, false] {
            for action in Action::all() {
                let listed = action.menu().is_listed() && action.scopes().contains(&scope);
                if listed && lettered == matches!(action.menu(), Menu::Letter(_)) && !found.contains(&action)
                {
                    found.push(action);
                }
            }
        }
    }
    // Editing of a text has its keys at hand; it stands behind the acts of the place, before those of the program.
    found.sort_by_key(|action| match action {
        _ if action.scopes().contains(&Scope::Everywhere) => 2,
        _ if action.scopes().contains(&Scope::NoteText) && action.kind() == Kind::Text => 1,
        _ => 0,
    });
    if scopes.iter().any(|scope| scope.signed_out()) { Vec::new() } else { found }
}

#[cfg(test)]
#[path = "action_tests.rs"]
mod tests;
