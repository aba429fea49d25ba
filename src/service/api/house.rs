//! What is asked of, and answered by, the house: triage, cover and teams, what waits for a supervisor, charts beyond one's
//! own people, the agency's rules, who looked at a chart.

use super::absence::{Absence, Holdings, PassOn};
use super::look_alikes::{LookAlikeDecision, LookAlikesView};
use super::retention::{RetentionAsk, RetentionView};
use super::{Kept, PeopleList};
use crate::domain::{
    AccessReason, Act, AgencyFront, AgencySettings, ClientId, Cover, Date, HouseRules, LocalTime, Moment,
    Number, StaffId, Team, TriageAnswer,
};
use crate::rules::deadline::Deadline;
use crate::rules::same::SameStands;
use crate::rules::values::Changed;

/// Everything asked of the house.
#[derive(Clone, Debug)]
pub enum HouseAsk {
    /// Write down a triage; every yes opens an immediate need, confirmed. Answer: [`super::Answer::Done`] with the chart.
    Triage {
        /// Whose.
        client: ClientId,
        /// As answered; the number of the need is given by the service.
        answers: Vec<TriageAnswer>,
    },
    /// Teams, cover, and who carries what. Answer: [`HouseAnswer::Board`].
    Board,
    /// Arrange cover (number 0 = new). Answer: [`HouseAnswer::Board`].
    SaveCover {
        /// As typed; author and time are given by the service.
        cover: Box<Cover>,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// Make or change a team. Answer: [`HouseAnswer::Board`].
    SaveTeam {
        /// As typed.
        team: Box<Team>,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// What one member of staff carries. Answer: [`HouseAnswer::Duties`].
    Duties(StaffId),
    /// Hand over these people of somebody's. Answer: [`HouseAnswer::Duties`] of what is left.
    HandOver {
        /// From whom.
        from: StaffId,
        /// To whom.
        to: StaffId,
        /// Whose charts.
        clients: Vec<ClientId>,
    },
    /// What somebody holds who is away for a time or leaves. Answer: [`HouseAnswer::Holdings`].
    Holdings { staff: StaffId, absence: Absence },
    /// Pass on what they hold of these kinds, a batch of it. Answer: [`HouseAnswer::Holdings`] of what is left.
    PassOn(PassOn),
    /// What waits for a supervisor. Answer: [`HouseAnswer::Watch`].
    Watch,
    /// A supervisor has looked at a chart opened with a reason. Answer: [`HouseAnswer::Watch`].
    SeenAccess {
        /// Who opened it.
        by: StaffId,
        /// Which of theirs.
        number: Number,
    },
    /// Look for somebody beyond one's own people, with a reason. Answer: [`HouseAnswer::Beyond`].
    Beyond {
        /// Why.
        reason: AccessReason,
        /// In their own words.
        words: String,
        /// Name, record number or birth date.
        find: String,
    },
    /// Open a chart found so. Answer: [`super::Answer::Done`] with the chart.
    OpenBeyond {
        /// Whose.
        client: ClientId,
        /// Why.
        reason: AccessReason,
        /// In their own words.
        words: String,
    },
    /// What the agency decided, to change it. Answer: [`HouseAnswer::Rules`].
    Rules,
    /// Change it. Answer: [`HouseAnswer::Rules`].
    SaveRules(Box<RulesDraft>),
    /// Who looked at a chart and what was done in it, newest first. Answer: [`HouseAnswer::History`].
    History {
        /// Whose.
        client: ClientId,
        /// Older than this event; `None` = from the newest.
        before: Option<Number>,
    },
    /// Ask to link a chart with another one of the same person; a second person decides. Answer: [`super::Answer::Done`].
    AskSame {
        /// The chart that is open.
        client: ClientId,
        /// Record number of the other one, as typed.
        record_no: String,
        /// The open chart is to lead (else the other one).
        leads: bool,
        /// Why they are one person.
        why: String,
    },
    /// Ask to unlink two charts; a second person decides. Answer: [`super::Answer::Done`].
    AskUnlink {
        /// The chart that is open.
        client: ClientId,
        /// Which link.
        number: Number,
        /// Why they are two people.
        why: String,
    },
    /// Decide on what somebody asked about two charts, or take back what one asked oneself. Answer:
    /// [`super::Answer::Done`].
    DecideSame {
        /// The chart that is open.
        client: ClientId,
        /// Which link.
        number: Number,
        agrees: bool,
    },
    /// Show the pair at this place of those that wait for a decision, round the list. Answer: [`HouseAnswer::LookAlikes`].
    LookAlikes { at: usize },
    /// Decide who somebody is whom an import left out. Answer: [`HouseAnswer::LookAlikes`] with the next pair.
    DecideLookAlike(LookAlikeDecision),
    /// How long records are kept. Answer: [`HouseAnswer::Retention`].
    Retention(RetentionAsk),
    /// What was done in the agency that belongs to no chart, newest first. Answer: [`HouseAnswer::AgencyRecord`].
    AgencyRecord,
    /// Show the mismatches in the stored files. Answer: [`HouseAnswer::Mismatches`].
    Mismatches,
    /// Say what came of a mismatch. Answer: [`HouseAnswer::Mismatches`].
    Acknowledge {
        /// Which.
        number: Number,
        /// What was found out.
        reason: String,
    },
}

/// The mismatches in the stored files.
#[derive(Clone, Debug, Default)]
pub struct MismatchesView {
    /// The open ones first, of each the newest first.
    pub lines: Vec<MismatchLine>,
    /// What happened, if something was done.
    pub said: String,
}

/// One mismatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MismatchLine {
    pub number: Number,
    /// When it was found, on the agency's clock.
    pub at: LocalTime,
    /// At whose sign-in.
    pub by: String,
    /// What does not match, each in plain words.
    pub words: Vec<String>,
    /// When it was acknowledged, by whom, and what they wrote; `None` = it is open.
    pub ended: Option<(LocalTime, String, String)>,
}

/// What was said about a chart and another one of the same person, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameView {
    /// Which link.
    pub number: Number,
    /// The other chart.
    pub client: ClientId,
    pub record_no: Box<str>,
    pub name: Box<str>,
    /// The chart that is shown leads.
    pub leads: bool,
    pub stands: SameStands,
    /// Who said the last of it, why, and on which day.
    pub said_by: String,
    pub why: String,
    pub on: Date,
    /// Whoever is here said it.
    pub mine: bool,
    pub may_ask: bool,
    pub may_agree: bool,
}

/// The agency's rules as a form holds them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesDraft {
    /// The Help-now text, readable from the lock screen.
    pub help_now: String,
    /// Minutes without a key until a desk locks that has no kind of its own.
    pub lock_after_s: u32,
    /// Programs. One may be added; one that is in use cannot go.
    pub programs: Vec<String>,
    /// Everything else that holds for all: names on lists, access with a reason, paper, ruptures, guesses.
    pub rules: HouseRules,
}

/// Everything the house answers.
#[derive(Clone, Debug)]
pub enum HouseAnswer {
    /// Teams and cover.
    Board(Box<Board>),
    /// What somebody carries.
    Duties(Box<Duties>),
    /// What somebody holds who is gone.
    Holdings(Box<Holdings>),
    /// What waits for a supervisor.
    Watch {
        /// Most pressing first.
        lines: Vec<WatchLine>,
        /// What happened, if something was done.
        said: String,
    },
    /// People an import left out, a pair at a time.
    LookAlikes(Box<LookAlikesView>),
    /// How long records are kept.
    Retention(Box<RetentionView>),
    /// What was done in the agency that belongs to no chart, a line each, newest first.
    AgencyRecord(Vec<String>),
    /// Mismatches in the stored files.
    Mismatches(Box<MismatchesView>),
    /// Who was found beyond one's own people; names only.
    Beyond(PeopleList),
    /// What the agency decided.
    Rules {
        /// As it stands.
        draft: Box<RulesDraft>,
        /// The front as it stands, for the desk.
        front: Box<AgencyFront>,
        /// The settings as they stand.
        settings: Box<AgencySettings>,
        /// What happened, if something was done.
        said: String,
    },
    /// Who looked at a chart.
    History(Box<HistoryPage>),
}

/// Teams and cover.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// Covers, those that hold or come first.
    pub covers: Vec<Kept<Cover>>,
    /// Teams, those that exist first.
    pub teams: Vec<Kept<Team>>,
    /// Everyone who can sign in: id and name.
    pub staff: Vec<(StaffId, String)>,
    /// Programs.
    pub programs: Vec<String>,
    /// What happened, if something was done.
    pub said: String,
}

/// What somebody carries.
#[derive(Clone, Debug)]
pub struct Duties {
    /// Who.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// May sign in.
    pub active: bool,
    /// Their people, and what is open with each.
    pub lines: Vec<DutyLine>,
    /// Who may be handed them: everyone else who can sign in and keeps charts, by name.
    pub takers: Vec<(StaffId, String)>,
    /// What happened, if something was done.
    pub said: String,
}

/// One person of a caseload, with what is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyLine {
    /// Who.
    pub client: ClientId,
    /// What to call them.
    pub name: String,
    /// Record number.
    pub record_no: String,
    /// Program and level.
    pub program: String,
    /// They are the counselor (else on the team, or only a draft is theirs).
    pub counselor: bool,
    /// Open immediate needs.
    pub needs: usize,
    /// Drafts of this member of staff.
    pub drafts: usize,
    /// Days the review is over, 0 = not.
    pub review_over: i32,
}

/// What waits for a supervisor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchLine {
    /// What.
    pub what: WatchKind,
    /// Whose chart; `None` for what concerns a member of staff.
    pub client: Option<ClientId>,
    /// What to call them; empty for what concerns a member of staff.
    pub name: String,
    /// Their record number.
    pub record_no: String,
    /// Which member of staff it concerns.
    pub staff: StaffId,
    /// In plain words, at most a line.
    pub words: String,
    /// Since when, on the agency's clock.
    pub since: LocalTime,
    /// Until when, for what has a limit.
    pub deadline: Option<Deadline>,
}

/// The kinds of what waits for a supervisor, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WatchKind {
    /// An immediate need was proposed and nobody decided for 24 hours, or nobody counsels the client and nothing is done yet.
    Undecided,
    /// An immediate need is in hand and its recheck has passed.
    RecheckPassed,
    /// A chart was opened with a reason: number of the access.
    Opened(Number),
    /// Somebody left, and their people are still theirs.
    LeftPeople,
    /// Somebody left with a draft.
    LeftDraft(Number),
    /// Somebody asked to link two charts of one person, or to unlink them, and a second person has to decide.
    SamePerson(Number),
}

/// A page of a chart's history.
#[derive(Clone, Debug, Default)]
pub struct HistoryPage {
    /// Whose.
    pub client: ClientId,
    /// Newest first.
    pub lines: Vec<HistoryLine>,
    /// There may be more before this event; `None` = that is all.
    pub before: Option<Number>,
    /// It goes on from an earlier page.
    pub more: bool,
}

/// One event of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// Which event of the agency's.
    pub number: Number,
    /// When, on the agency's clock.
    pub at: LocalTime,
    /// By whom.
    pub who: String,
    /// What.
    pub act: Act,
    /// The same in words.
    pub what: String,
    /// With what reason, if one was given.
    pub reason: String,
    /// The clock stood before the event before it.
    pub clock_went_back: bool,
    /// What it changed: each field, what it held and what it holds.
    pub changes: Vec<Changed>,
    /// It changed something that this person may not read.
    pub withheld: bool,
}

/// How somebody stands towards a triage that is about to be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TriageFacts {
    /// When it was last asked, on the agency's clock.
    pub at: LocalTime,
    /// The moment of it.
    pub moment: Moment,
    /// By whom.
    pub by: String,
    /// Dimensions with danger then.
    pub dangers: Vec<u8>,
    /// Dimensions that were not asked then.
    pub unasked: Vec<u8>,
}

/// What a supervisor's strip counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WatchCount {
    /// Needs undecided for a day, of people nobody counsels, or whose recheck has passed.
    pub needs: usize,
    /// Charts opened with a reason, not looked at yet.
    pub opened: usize,
    /// Members of staff who left people or drafts.
    pub left: usize,
    /// Charts that somebody asked to link or unlink.
    pub same: usize,
}

impl WatchCount {
    /// All of it.
    pub fn all(self) -> usize {
        self.needs + self.opened + self.left + self.same
    }
}
