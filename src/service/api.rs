//! What can be asked at the front desk, and what it answers: plain values that cross the thread.
//!
//! Every ask carries a ticket and the sign-in epoch. A reply's *content* from before a lock is dropped by the desk on
//! screen; its write result is kept for its owner.

mod absence;
mod background;
mod backup;
mod begins;
mod colleagues;
mod command;
mod days;
mod documents;
mod groups;
mod heard;
mod house;
mod leaving;
mod look_alikes;
mod own_secret;
mod people;
mod place;
mod plan;
mod retention;
mod stay;
mod told;
mod turned;
mod typed;
mod writing;

pub use absence::{Absence, Holding, HoldingLine, Holdings, PassOn, Taker};
pub use background::BackgroundAsk;
pub use backup::{BackupAsk, BackupTicket};
pub use colleagues::Colleagues;
pub use days::{DayLine, DayView, DaysAsk, DueView, Hours, HoursOf, Mark};
pub use documents::{
    CoSigned, DocAsk, DocMay, DocPart, DocView, DraftLine, DraftSave, DraftView, NoteFound, OwedLine,
    RemarkView, Several, SeveralDone,
};
pub use groups::{
    Becomes, CheckedLine, GroupAnswer, GroupAsk, GroupChecked, GroupDay, GroupLine, GroupMember,
    GroupPartView, GroupSessionView, GroupSigning, GroupView, MemberLine, NameFound,
};
pub use heard::{HeardAsk, MeasureMark};
pub use house::{
    Board, Duties, DutyLine, HistoryLine, HistoryPage, HouseAnswer, HouseAsk, MismatchLine, MismatchesView,
    RulesDraft, SameView, TriageFacts, WatchCount, WatchKind, WatchLine,
};
pub use leaving::{Allowed, LeaveAsk, LeaveRequest, PaperPlace, Sheet};
pub use look_alikes::{LookAlikeDecision, LookAlikePair, LookAlikesView};
pub use own_secret::OwnSecret;
pub use people::People;
pub use place::{FormKind, FormPlace, PageSpot, Place};
pub use plan::{
    Answered, Back, ContractThen, LogDays, Piece, PlanAsk, PlanAskLine, PlanSigning, PlanView, Seen,
};
pub use retention::{HoldOf, PurgeAsked, RetentionAsk, RetentionRow, RetentionView};
pub use told::{DangerSaid, ToldLine};
pub use turned::{OpenAnswers, TakeOver, TurnAsk, TurnedBack, TurnedView};
pub use typed::{OwnNote, Recovered, VersionView, WordsAsk};
pub use writing::{Origin, PhraseLine, WritingAsk, WritingView};

use super::fault::Fault;
use super::founding::Founding;
use crate::clock::Clock;
use crate::domain::{
    Administration, AfterContact, AgencyFront, AgencySettings, Alert, Assessment, CheckIn, CirclePerson,
    Client, ClientId, ClockTime, CriticalWaiting, Date, Diagnosis, DimensionRef, DueChoice, EarlierHelp,
    Episode, Guardianship, HouseRules, ImmediateNeed, Imported, LevelDecision, Lexicon, Life, LocalTime,
    Moment, NeedSource, NeedState, NoteHead, Number, PersonalSettings, Problem, Rupture, ShortEntry, Staff,
    StaffId, Stage, Summary, Wants, WaysOfWorking, Wording,
};
use crate::packs::{Formats, Instruments, Practice, ShortForms};
use crate::rules::caseload::Standing;
use crate::rules::discharge::{SignedDischarge, Stay};
use crate::rules::episodes;
use crate::rules::level;
use crate::rules::plan::Plan;
use crate::rules::safety::SignedSafety;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Text that must not linger: wiped when dropped, never shown by `Debug`.
#[derive(Clone, Default)]
pub struct Secret(pub Zeroizing<String>);

impl Secret {
    /// Takes over a typed text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Pairs an answer with its ask.
pub type Ticket = u64;

/// Counts sign-ins and locks; an answer of an older epoch shows nothing.
pub type Epoch = u64;

/// A question or an order, as it crosses the thread.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Pairs the answer with it.
    pub ticket: Ticket,
    /// The epoch it was asked in.
    pub epoch: Epoch,
    /// What.
    pub command: Command,
}

/// The answer to an [`Ask`].
#[derive(Debug)]
pub struct Reply {
    /// The ask's ticket.
    pub ticket: Ticket,
    /// The ask's epoch.
    pub epoch: Epoch,
    /// What came of it.
    pub result: Result<Answer, Fault>,
    /// What this person is owed or owes, if that is not as it was told last.
    pub owed: Option<Arc<[OwedLine]>>,
}

/// Everything that can be asked, by area.
#[derive(Clone, Debug)]
pub enum Command {
    /// Coming and going.
    Door(Door),
    /// The list of people, register, admit.
    People(People),
    /// One chart.
    Chart(ChartAsk),
    /// Documents: drafts, signing, reading, what becomes of them.
    Document(Box<DocAsk>),
    /// The treatment plan.
    Plan(Box<PlanAsk>),
    /// Diagnoses, earlier help, the level of care.
    Background(Box<BackgroundAsk>),
    /// Filled-in measures, critical answers.
    Heard(HeardAsk),
    /// An entry of a short form. Answer: [`Answer::Done`].
    Short(Box<ShortEntry>),
    /// Members of staff.
    Staff(StaffAsk),
    /// Words beyond the dictionary, and what one wrote elsewhere.
    Words(WordsAsk),
    /// What notes are written with: phrases, rules, times of services.
    Writing(WritingAsk),
    /// Sessions, what is due, tasks.
    Days(Box<DaysAsk>),
    /// Triage, cover, supervision, the agency's rules.
    House(HouseAsk),
    /// Groups, their rosters, their sessions.
    Group(Box<GroupAsk>),
    /// Pages that leave the program.
    Leave(Box<LeaveAsk>),
    /// The turned screen.
    Turn(Box<TurnAsk>),
    /// Take back the last saved act of this sign-in.
    Undo,
    /// Do again what was taken back.
    Redo,
}

impl From<GroupAsk> for Command {
    fn from(ask: GroupAsk) -> Self {
        Self::Group(Box::new(ask))
    }
}

impl From<BackgroundAsk> for Command {
    fn from(ask: BackgroundAsk) -> Self {
        Self::Background(Box::new(ask))
    }
}

impl From<ShortEntry> for Command {
    fn from(entry: ShortEntry) -> Self {
        Self::Short(Box::new(entry))
    }
}

impl From<HeardAsk> for Command {
    fn from(ask: HeardAsk) -> Self {
        Self::Heard(ask)
    }
}

impl From<PlanAsk> for Command {
    fn from(ask: PlanAsk) -> Self {
        Self::Plan(Box::new(ask))
    }
}

impl From<LeaveAsk> for Command {
    fn from(ask: LeaveAsk) -> Self {
        Self::Leave(Box::new(ask))
    }
}

impl From<TurnAsk> for Command {
    fn from(ask: TurnAsk) -> Self {
        Self::Turn(Box::new(ask))
    }
}

impl From<ChartAsk> for Command {
    fn from(ask: ChartAsk) -> Self {
        Self::Chart(ask)
    }
}

impl From<DaysAsk> for Command {
    fn from(ask: DaysAsk) -> Self {
        Self::Days(Box::new(ask))
    }
}

/// Coming and going.
#[derive(Clone, Debug)]
pub enum Door {
    /// Set up an agency where there is none yet. Answer: [`Answer::Founded`].
    Found(Box<Founding>),
    /// Sign in. Answer: [`Answer::SignedIn`].
    SignIn {
        /// As typed.
        login: String,
        /// As typed.
        passphrase: Secret,
    },
    /// Sign in (or come back) although the clock is before the last entry, which is recorded. Answer:
    /// [`Answer::SignedIn`].
    ByThisClock {
        /// The clock is right, and the last entry was written by a wrong one.
        is_right: bool,
        /// [`Door::SignIn`] or [`Door::Resume`].
        door: Box<Door>,
    },
    /// Sign in with the recovery phrase: sets a new passphrase for an admin. Answer: [`Answer::SignedIn`].
    Recover {
        /// The 24 words.
        phrase: Secret,
        /// Whose login gets the new passphrase.
        login: String,
        /// The new passphrase.
        passphrase: Secret,
    },
    /// Choose a new passphrase (asked at first sign-in after a reset). Answer: [`Answer::Done`].
    ChangePassphrase {
        /// The one that holds now; empty where it is one that was given, and they have just signed in with it.
        old: Secret,
        /// The new one.
        new: Secret,
    },
    /// Lock: unsaved drafts first, then keys are wiped, then the drafts are committed. Answer: [`Answer::Locked`].
    Lock {
        /// Drafts with text the service has not seen.
        drafts: Vec<DraftSave>,
        /// Where the person is, to bring them back.
        place: Place,
        /// By the idle clock (else by key).
        idle: bool,
    },
    /// Keep what is typed into forms and windows and not saved, so that a stop without a lock loses none of it. Answer:
    /// [`Answer::TypedKept`].
    KeepTyped(Vec<FormPlace>),
    /// Remember personal settings. Answer: [`Answer::Done`].
    Personal(PersonalSettings),
    /// Set a PIN for this desk and this sign-in, or take it away (empty). Answer: [`Answer::Pin`].
    SetPin {
        /// The passphrase, again.
        passphrase: Secret,
        /// Six digits or more.
        pin: Secret,
    },
    /// Come back over one's own lock by PIN. Answer: [`Answer::SignedIn`].
    Resume {
        /// As typed.
        pin: Secret,
    },
}

/// One chart.
#[derive(Clone, Debug)]
pub enum ChartAsk {
    /// Open it (audited before its content leaves the service). Answer: [`Answer::Chart`].
    Open(ClientId),
    /// Older note heads than this number. Answer: [`Answer::OlderNotes`].
    OlderNotes {
        /// Whose.
        client: ClientId,
        /// Before which.
        before: Number,
    },
    /// Raise an immediate need. Answer: [`Answer::Done`].
    RaiseNeed {
        /// Whose.
        client: ClientId,
        /// Where.
        dimension: DimensionRef,
        /// Why (may be empty if a rating proposes).
        reason: String,
        /// A clinician's is confirmed, a rating's proposed.
        source: NeedSource,
        /// What is already being done about it; it is then in hand at once.
        done: Option<NeedDone>,
    },
    /// Decide on an immediate need. Answer: [`Answer::Done`].
    DecideNeed {
        /// Whose.
        client: ClientId,
        /// Which.
        number: Number,
        /// The revision it was read at.
        rev: u32,
        /// Where it goes.
        state: NeedState,
    },
    /// Correct words of an immediate need, or say that it stays open. Answer: [`Answer::Done`].
    SayNeed {
        /// Whose.
        client: ClientId,
        /// Which.
        number: Number,
        /// The revision it was read at.
        rev: u32,
        /// What is said.
        said: NeedSaid,
    },
    /// Write down what the client wants and puts first. Answer: [`Answer::Done`].
    RecordWants {
        /// Whose.
        client: ClientId,
        /// What they said; `by` and `earlier` are kept by the service.
        wants: Box<Wants>,
        /// The revision it was read at, 0 = first.
        rev: u32,
    },
    /// Add (number 0) or change a problem. Answer: [`Answer::Done`].
    SaveProblem {
        /// As typed.
        problem: Box<Problem>,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// Move a problem up or down the list by hand. Answer: [`Answer::Done`].
    MoveProblem {
        /// Whose.
        client: ClientId,
        /// Which.
        number: Number,
        /// Towards the top.
        up: bool,
    },
    /// Make a problem of a proposal. Answer: [`Answer::Done`].
    AcceptProposal {
        /// Whose.
        client: ClientId,
        /// Which proposal.
        proposal: Number,
        /// In which dimension.
        dimension: DimensionRef,
        /// The client's wording, may be empty.
        words: String,
        /// Stage of change, if asked.
        stage: Option<Stage>,
    },
}

impl ChartAsk {
    /// Whether it is about danger, which has a capability of its own.
    pub fn is_about_danger(&self) -> bool {
        matches!(self, Self::RaiseNeed { .. } | Self::DecideNeed { .. } | Self::SayNeed { .. })
    }
}

/// What is being done about an immediate need by whoever raises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedDone {
    /// In a person's words.
    pub action: String,
    /// When to look again.
    pub recheck_at: Moment,
}

/// What is said about an immediate need without deciding on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeedSaid {
    /// The words of an entry of its history were wrong.
    Corrected {
        /// Which entry.
        entry: usize,
        /// The words as they should be.
        words: String,
    },
    /// Since when there has been danger was wrong: the agency's day and time of day it should be.
    Since(Date, ClockTime),
    /// It belongs in another dimension.
    Dimension(DimensionRef),
    /// It stays open although no danger was found just now; why, if a reason is given.
    Kept(String),
    /// That it is over was a mistake, and why. It goes on as it was: since when, in whose words, decided or not.
    Reopened(String),
}

/// What a draft holds. Why a version of it was kept.
pub use crate::store::{DraftBody, KeptFor};

/// Members of staff.
#[derive(Clone, Debug)]
pub enum StaffAsk {
    /// Everyone. Answer: [`Answer::Staff`].
    List,
    /// Add a person with a first passphrase, which they change at first sign-in. Answer: [`Answer::Staff`].
    Add {
        /// As typed; id is given by the service.
        staff: Box<Staff>,
        /// First passphrase.
        passphrase: Secret,
    },
    /// Change name, credential, roles, supervisor, co-sign. Answer: [`Answer::Staff`].
    Change {
        /// As changed.
        staff: Box<Staff>,
        /// The revision it was read at.
        rev: u32,
    },
    /// Disable or enable. Answer: [`Answer::Staff`].
    SetActive {
        /// Who.
        id: StaffId,
        /// May sign in.
        active: bool,
    },
    /// A forgotten passphrase: new keys, granted again, changed at first sign-in. Answer: [`Answer::Staff`].
    ResetPassphrase {
        /// Who.
        id: StaffId,
        /// First passphrase.
        passphrase: Secret,
    },
}

/// A record with the revision it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept<T> {
    /// Its revision, to be handed back with a change.
    pub rev: u32,
    /// The record.
    pub value: T,
}

/// A line of the list of people.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The facts.
    pub summary: Arc<Summary>,
    /// What follows from them today.
    pub standing: Arc<Standing>,
    /// Record numbers of the other charts that are linked with this one: everything in this line counts for them too.
    pub also: Vec<Box<str>>,
}

/// Whose people are on the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// One's own.
    #[default]
    Mine,
    /// One's own, and those of the colleagues one supervises.
    Team,
    /// Everybody's one may see.
    All,
}

/// The list of people, sorted and permitted.
#[derive(Clone, Debug, Default)]
pub struct PeopleList {
    pub whose: Whose,
    /// In caseload order.
    pub rows: Arc<[Person]>,
    /// People this person may see and has not asked for: found by name they are counted, never named.
    pub beyond: Arc<[Arc<Summary>]>,
    /// More in the agency that this person does not see.
    pub hidden: usize,
    /// What waits for this person as a supervisor; nothing for everyone else.
    pub watch: WatchCount,
    /// How many people an import left out wait for this person's decision.
    pub look_alikes: usize,
    /// How old the last backup is.
    pub last_backup: LastBackup,
}

/// Who signed in, and what the desk needs to know for them.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Counts sign-ins.
    pub epoch: Epoch,
    /// Who.
    pub staff: Staff,
    /// Agency name and zone, Help now, desk settings.
    pub front: AgencyFront,
    /// What the agency decided.
    pub settings: AgencySettings,
    /// Who works here, to choose from.
    pub colleagues: Colleagues,
    /// Their people.
    pub people: PeopleList,
    /// Which rules on due dates each program follows.
    pub due: Arc<DueChoice>,
    /// Where they were when they locked this desk.
    pub place: Option<Place>,
    /// What was being written when the desk stopped without a lock.
    pub recovered: Option<Recovered>,
    /// Their own words.
    pub lexicon: Lexicon,
    /// The agency's.
    pub agency_lexicon: Lexicon,
    /// What they owe, and what the people they supervise owe.
    pub owed: Arc<[OwedLine]>,
    /// Note formats of this desk.
    pub formats: Formats,
    /// What the agency decided about plans and diagnoses.
    pub practice: Arc<Practice>,
    /// Measures of this desk.
    pub measures: Instruments,
    /// Short forms: those that ship and the agency's own.
    pub forms: ShortForms,
    /// Snippets and templates by name; of one name the nearest to the person first.
    pub phrases: Arc<[PhraseLine]>,
    /// Veil, access: what the agency decided for its desks.
    pub rules: HouseRules,
    /// A PIN is set: it signs, and brings back over a lock.
    pub pin: bool,
    /// Tells whether a text is their passphrase.
    pub own: OwnSecret,
    /// What they should know first (a fault of the store, a clock that went back), one sentence each.
    pub notices: Vec<String>,
    /// When they last signed in, and how many attempts failed since; `None` at the first time.
    pub last: Option<String>,
    /// What waits for them as the second person, and what was decided of what they asked for; a sentence each.
    pub seconds: Vec<String>,
    /// Mismatches in the stored files that no admin has acknowledged yet.
    pub mismatches: usize,
}

/// How old the last backup of this store is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastBackup {
    /// Nobody needs one: a demo, or a store without a disk.
    #[default]
    NotNeeded,
    /// There is none yet.
    Never,
    /// So many days.
    Days(u32),
}

/// Everything a chart's rooms show. Notes: the newest heads only; bodies are read on demand.
#[derive(Clone, Debug)]
pub struct ChartView {
    /// Particulars.
    pub client: Kept<Client>,
    /// Line of the list, by this chart alone.
    pub person: Person,
    /// Line of the list where it counts linked charts too.
    pub line: Option<Person>,
    /// Episodes, newest first.
    pub episodes: Vec<Kept<Episode>>,
    /// Wants and order.
    pub wants: Option<Kept<Wants>>,
    /// What they said before, newest first.
    pub wants_before: Vec<Wants>,
    /// Immediate needs, newest first, closed ones too.
    pub needs: Vec<Kept<ImmediateNeed>>,
    /// The agency's clock at the moments those needs speak of.
    pub times: Vec<(Moment, LocalTime)>,
    /// Signed assessments that are neither replaced nor in error, oldest first.
    pub assessments: Vec<Assessment>,
    /// Problems in list order, all states.
    pub problems: Vec<Kept<Problem>>,
    /// The plan of the newest episode.
    pub plan: PlanView,
    /// Diagnoses in the order in which they were recorded, those entered in error too.
    pub diagnoses: Vec<Kept<Diagnosis>>,
    /// Earlier help in the order in which it was recorded.
    pub helps: Vec<Kept<EarlierHelp>>,
    /// Signed discharge summaries, oldest first.
    pub discharges: Vec<SignedDischarge>,
    /// Signed safety plans, oldest first.
    pub safeties: Vec<SignedSafety>,
    /// Contacts after a discharge, in the order in which they were recorded.
    pub contacts: Vec<Kept<AfterContact>>,
    /// What a discharge summary reads from sessions, tasks and drafts; only while one is being written.
    pub stay: Option<Box<Stay>>,
    /// Filled-in measures in the order in which they were typed, those entered in error too.
    pub measures: Vec<Kept<Administration>>,
    /// The official words in which those were asked at the screen.
    pub wordings: Vec<Wording>,
    /// Critical answers, oldest first.
    pub criticals: Vec<Kept<CriticalWaiting>>,
    /// Check-ins in the order in which they were typed, those entered in error too. Guesses are their author's only.
    pub checkins: Vec<Kept<CheckIn>>,
    /// Check-ins of which a supervisor is told that the guess lies far from the answers; empty for everybody else.
    pub apart: Vec<Number>,
    /// Alerts in the order in which they were opened, those that were answered too.
    pub alerts: Vec<Kept<Alert>>,
    /// How one works with the client, if somebody wrote it down.
    pub ways: Option<Kept<WaysOfWorking>>,
    /// Entries of short forms in the order in which they were typed, those that were corrected too.
    pub short: Vec<ShortEntry>,
    /// Ruptures that this person may know of, their own and those of people they supervise; the newest first.
    pub ruptures: Vec<Kept<Rupture>>,
    /// Decisions on the level of care, newest day first, those entered in error too.
    pub levels: Vec<Kept<LevelDecision>>,
    /// What came from elsewhere.
    pub imported: Imported,
    /// Newest note heads first, at most 50.
    pub notes: Vec<NoteHead>,
    /// There are older ones.
    pub older_notes: bool,
    /// Drafts this person may see.
    pub drafts: Vec<DraftLine>,
    /// What the client marked at the turned screen for this person, until it is taken over.
    pub answers: Option<Box<OpenAnswers>>,
    /// Who a guardian was to the client when one last saw the plan; blank where none has.
    pub guardian: Guardianship,
    /// Where the signed documents are, as far as this person may know.
    pub lives: Vec<Life>,
    /// May write in this chart (else demographics or reading only).
    pub may_write: bool,
    /// Events of reading that the disk refused and that wait to be written; 0 = all is well.
    pub unrecorded: usize,
    /// Contacts of the stay that signed notes speak of and no session does; counted under a mandate only.
    pub unplanned: usize,
    /// May read chart content at all (else demographics only).
    pub may_read: bool,
    /// May answer triage and decide on immediate needs (before admission too).
    pub may_answer: bool,
    /// May see who looked at this chart.
    pub may_history: bool,
    /// The last triage.
    pub triage: Option<TriageFacts>,
    /// Others of the same name, as far as this person may see names.
    pub namesakes: Vec<Arc<Summary>>,
    /// What was said about this chart and others of the same person.
    pub same: Vec<SameView>,
    /// The charts that this one leads, to be read beside it.
    pub also: Vec<ChartView>,
}

impl ChartView {
    /// Returns the open episode that is worked on.
    pub fn open_episode(&self) -> Option<&Episode> {
        episodes::worked_on(self.episodes.iter().map(|kept| &kept.value))
    }

    /// Returns the stays that are open besides the one that is worked on: one whose summary was entered in error after an admission
    /// to another program.
    pub fn also_open(&self) -> impl Iterator<Item = &Episode> {
        let shown = self.open_episode().map(|episode| episode.number);
        let open = self.episodes.iter().map(|kept| &kept.value).filter(|one| one.discharged.is_none());
        open.filter(move |one| Some(one.number) != shown)
    }

    /// Returns whether an episode has ended.
    pub fn has_ended(&self, episode: Number) -> bool {
        let ended = |kept: &Kept<Episode>| kept.value.number == episode && kept.value.discharged.is_some();
        self.episodes.iter().any(ended)
    }

    /// Returns the decision that says which level of care the person gets now.
    pub fn level(&self) -> Option<&LevelDecision> {
        let episode = self.open_episode()?;
        level::newest(self.levels.iter().map(|kept| &kept.value), episode.number)
    }
}

/// What came of a writing command.
#[derive(Clone, Debug, Default)]
pub struct Done {
    /// What happened, in one sentence for the message line.
    pub said: String,
    /// The chart afterwards, if one was touched.
    pub chart: Option<Box<ChartView>>,
    /// Ctrl-Z can take it back.
    pub undoable: bool,
    /// The name that stands in it, as lists call the person; empty if none does.
    pub name: String,
    /// The session that was written on a day's list.
    pub session: Option<(ClientId, Number)>,
}

/// A person who looks like the one being registered.
#[derive(Clone, Debug)]
pub struct LookAlike {
    /// Who.
    pub summary: Arc<Summary>,
    /// Why: `same name and birth date`.
    pub why: String,
}

/// A member of staff on the staff screen.
#[derive(Clone, Debug)]
pub struct StaffRow {
    /// Who.
    pub staff: Kept<Staff>,
    /// Open episodes they carry.
    pub caseload: usize,
    /// Their open drafts.
    pub drafts: usize,
}

/// Everything that can be answered.
#[derive(Clone, Debug)]
pub enum Answer {
    /// An agency is set up; nobody is signed in yet.
    Founded {
        /// The 24 words of the recovery phrase, with spaces. Shown once, stored nowhere.
        words: Secret,
        /// What the screen knows before anyone signs in.
        front: Box<FrontView>,
    },
    /// Signed in.
    SignedIn(Box<SignedIn>),
    /// Not signed in yet: the clock is before the last entry. Nothing was written.
    ClockBehind {
        /// When the last entry was written.
        newest: LocalTime,
    },
    /// Locked. If drafts could not be saved the sentence says so and the desk must not be closed.
    Locked {
        /// What to say on the lock screen, if something.
        fault: Option<String>,
    },
    /// What is typed into forms is on the disk.
    TypedKept,
    /// The list of people.
    People(PeopleList),
    /// A chart.
    Chart(Box<ChartView>),
    /// Older note heads.
    OlderNotes {
        /// Whose.
        client: ClientId,
        /// Newest first.
        notes: Vec<NoteHead>,
        /// Where they are, as far as this person may know.
        lives: Vec<Life>,
        /// There are older ones still.
        more: bool,
    },
    /// A signed document.
    Document(Box<DocView>),
    /// A plan as it was.
    PlanThen {
        /// Whose.
        client: ClientId,
        /// The day at whose end it was so, on which the version was signed, or on which the client saw it.
        day: Date,
        /// Number of the version, 0 = it is the plan of a day.
        version: u32,
        /// The earlier episode it is of, 0 = the newest one.
        episode: Number,
        /// How and when the client saw it then; `None` if the plan of a day was asked for.
        seen: Option<String>,
        /// The plan.
        plan: Box<Plan>,
    },
    /// A contract as it was.
    ContractThen(Box<ContractThen>),
    /// What plans ask of whoever asked, in the order in which it calls.
    PlanAsks(Vec<PlanAskLine>),
    /// A page that may leave.
    Leaves(Box<Allowed>),
    /// A backup that may be written.
    BacksUp(Box<BackupTicket>),
    /// The screen is turned to the client.
    Turned(Box<TurnedView>),
    /// It was to be turned back.
    TurnedBack(TurnedBack),
    /// A draft.
    Draft(Box<DraftView>),
    /// A draft is on disk.
    DraftSaved {
        /// Whose chart.
        client: ClientId,
        /// Which.
        number: Number,
        /// Edits that are in it.
        edits: u64,
        /// When.
        at: LocalTime,
    },
    /// The lists of words as they are now.
    Words {
        /// One's own.
        mine: Lexicon,
        /// The agency's.
        agency: Lexicon,
        /// What happened.
        said: String,
    },
    /// What one wrote elsewhere.
    OwnNotes {
        /// For a note in whose chart.
        client: ClientId,
        /// Those of this chart last.
        notes: Vec<OwnNote>,
    },
    /// The signed notes that have these words, newest service first.
    NotesFound {
        /// Whose chart.
        client: ClientId,
        /// What was looked for.
        words: String,
        /// In how many signed notes.
        of: usize,
        /// Those that have them.
        found: Vec<NoteFound>,
    },
    /// Versions of a draft, newest first.
    Versions {
        /// Whose chart.
        client: ClientId,
        /// Which draft.
        number: Number,
        /// At most twenty.
        versions: Vec<VersionView>,
    },
    /// Written.
    Done(Box<Done>),
    /// What came of signing several.
    Several(SeveralDone),
    /// Not registered or changed yet: look at these first.
    LookAlikes(Vec<LookAlike>),
    /// The sessions of a day.
    Day(Box<DayView>),
    /// What a colleague holds on a day.
    Hours(Box<Hours>),
    /// The rules that due dates follow.
    Due(Box<DueView>),
    /// Members of staff, with a sentence if something was done.
    Staff {
        /// Everyone.
        rows: Vec<StaffRow>,
        /// What happened.
        said: String,
        /// Whether it can be undone.
        undoable: bool,
    },
    /// What notes are written with, with a sentence if something was done.
    Writing(Box<WritingView>),
    /// What else was at the time of the service a draft speaks of, one sentence each.
    Overlaps {
        /// Whose chart.
        client: ClientId,
        /// Which draft.
        draft: Number,
        /// What was found.
        found: Vec<String>,
    },
    /// A PIN was set, or taken away.
    Pin {
        /// One is set now.
        set: bool,
        /// What happened.
        said: String,
    },
    /// The house.
    House(HouseAnswer),
    /// Groups and their sessions.
    Group(GroupAnswer),
}

/// What the screen knows before anyone signs in.
#[derive(Clone, Debug)]
pub struct FrontView {
    /// Agency name and zone, Help now, desk settings.
    pub front: AgencyFront,
    /// What should be known before signing in, one sentence each.
    pub notices: Vec<String>,
    /// The fingerprint of the list of staff keys, if the list holds.
    pub fingerprint: Option<String>,
}

/// The clock's reading, handed to the screen with every message (it has no clock of its own).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The instant.
    pub moment: Moment,
    /// As the agency's clock shows it.
    pub local: LocalTime,
    /// When its day ends.
    pub midnight: Moment,
}

impl Now {
    /// What a clock shows.
    pub fn of(clock: &Clock) -> Self {
        let moment = clock.now();
        let local = clock.local(moment);
        Self { moment, local, midnight: clock.end_of(local.date) }
    }
}
