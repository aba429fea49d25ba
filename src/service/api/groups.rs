//! What can be asked about groups and their sessions, and what is answered.

use super::{DraftSave, Kept, NeedDone, Secret};
use crate::domain::{
    ClientId, ClockTime, Date, DimensionRef, Group, GroupEntry, GroupId, GroupSession, Guests, LineRef,
    NoteDraft, Number, Reply, StaffId, Topic, TopicHeld,
};
use crate::rules::group::Beyond;
use crate::rules::group::names::FoundBy;

/// Groups, their rosters, their sessions.
#[derive(Clone, Debug)]
pub enum GroupAsk {
    /// The groups one leads, and those of the programs one supervises.
    List,
    /// One group with its roster and its sessions.
    Open(GroupId),
    /// A new group (`rev` 0), or a change of what it is; the roster stays.
    Save { group: Box<Group>, rev: u32 },
    /// Somebody comes into it.
    Join { group: GroupId, rev: u32, client: ClientId, from: Date },
    /// Somebody leaves it; the day is the last one.
    Part { group: GroupId, rev: u32, client: ClientId, until: Date, reason: String },
    /// The hours that an order asks of somebody who is in the group.
    Ordered { group: GroupId, rev: u32, client: ClientId, hours: u16 },
    /// Who leads the session of a day, begun or to come: a co-leader, a substitute.
    HandOn { group: GroupId, date: Date, facilitators: Vec<StaffId> },
    /// Begins the session of a day, or takes up the one that is begun.
    Begin { group: GroupId, date: Date },
    /// What became of a member at a session, and how they took part.
    Mark { group: GroupId, session: Number, entry: GroupEntry },
    /// What a member answered on their own slip: a check-in of theirs, in their chart and nowhere else.
    Slip { group: GroupId, session: Number, client: ClientId, answers: Vec<(String, Reply)> },
    /// What a session was about, what of the curriculum it held, and which guests it had.
    Set { group: GroupId, session: Number, topic: String, topics: Vec<TopicHeld>, guests: Guests },
    /// Keeps the shared part with the session.
    Keep { group: GroupId, session: Number, shared: String },
    /// What will be made of each part. Writes nothing.
    Check(Box<GroupSigning>),
    /// Words that look like a member's name are somebody else's.
    NotAMember {
        group: GroupId,
        session: Number,
        /// In whose part; `None` = in the shared one.
        client: Option<ClientId>,
        words: String,
        reason: String,
    },
    /// Danger that was seen in a member at the session: it becomes an immediate need in their chart at once.
    Danger {
        group: GroupId,
        session: Number,
        client: ClientId,
        dimension: DimensionRef,
        reason: String,
        /// What is already being done.
        done: Option<NeedDone>,
    },
    /// Signs what is ready of one's own, in one act.
    Sign { signing: Box<GroupSigning>, passphrase: Secret },
}

/// A session as it stands on the screen.
#[derive(Clone, Debug, Default)]
pub struct GroupSigning {
    pub group: GroupId,
    pub session: Number,
    pub shared: String,
    /// One's own parts.
    pub parts: Vec<DraftSave>,
    /// Why it is beyond a limit, if it is.
    pub beyond: String,
}

/// What is answered about groups.
#[derive(Clone, Debug)]
pub enum GroupAnswer {
    /// The groups, by name, with a sentence if something was done.
    List(Vec<GroupLine>),
    Group(Box<GroupView>),
    Session(Box<GroupSessionView>),
    /// A substitute's session is signed: nothing of it is shown to them any more.
    Ended(String),
    /// A member was marked.
    Marked(Box<GroupMember>),
    Checked(Box<GroupChecked>),
}

/// A group on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    pub group: GroupId,
    pub name: String,
    pub kind: String,
    pub program: String,
    /// Who leads it.
    pub facilitators: Vec<String>,
    /// How many are in it today.
    pub members: usize,
    /// `Thu 17:30`; empty = not said.
    pub meets: String,
    /// The day of the newest session.
    pub last: Option<Date>,
    /// Parts of its sessions that are not signed.
    pub open: usize,
    pub ended: bool,
}

/// A group on the list of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDay {
    pub group: GroupId,
    pub name: String,
    pub start: ClockTime,
    pub minutes: u16,
    pub members: usize,
    /// Its session of that day is begun.
    pub begun: bool,
    /// Whoever asks leads this session only.
    pub stands_in: bool,
    pub present: usize,
    /// Parts that are signed.
    pub signed: usize,
    pub unmarked: usize,
}

/// A group, to those who may see it.
#[derive(Clone, Debug)]
pub struct GroupView {
    pub group: Kept<Group>,
    /// What happened; empty if it was only read.
    pub said: String,
    pub facilitators: Vec<String>,
    /// Everybody who is or was in it, those who are in it first.
    pub members: Vec<MemberLine>,
    /// Its sessions, the newest first.
    pub sessions: Vec<GroupSession>,
    /// Whoever asks leads it.
    pub leads: bool,
}

/// Somebody's time in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberLine {
    pub client: ClientId,
    pub name: String,
    pub from: Date,
    pub until: Option<Date>,
    pub reason: String,
    /// Hours that an order asks of them; 0 = none.
    pub hours: u16,
}

/// A group session, to those who write it.
#[derive(Clone, Debug)]
pub struct GroupSessionView {
    pub name: String,
    pub session: GroupSession,
    /// Names of those who led it.
    pub facilitators: Vec<String>,
    /// Whoever asks leads this session only.
    pub stands_in: bool,
    /// The shared part as it was written last.
    pub shared: String,
    pub members: Vec<GroupMember>,
    /// The group's curriculum, and the number of the topic that comes next in it.
    pub curriculum: Vec<Topic>,
    pub next_topic: Number,
    /// Most members who may be present; 0 = no limit.
    pub most_present: u16,
    /// What happened; empty if it was only opened.
    pub said: String,
}

/// A member at a session: their card, their part, and nothing else of their chart.
#[derive(Clone, Debug)]
pub struct GroupMember {
    pub entry: GroupEntry,
    pub name: String,
    /// Minutes they were there.
    pub minutes: u16,
    /// What they had of the curriculum, and their hours, before this session; empty = there is nothing to count.
    pub had: String,
    /// What they want, in their words.
    pub wants: String,
    /// Objectives that are worked on, with the marks of their last part.
    pub objectives: Vec<(LineRef, String)>,
    /// One's own last part: its day and its words.
    pub last: Option<(Date, String)>,
    pub part: Option<GroupPartView>,
}

/// A member's part while it is written.
#[derive(Clone, Debug)]
pub struct GroupPartView {
    pub number: Number,
    /// It is one's own; else its author's name.
    pub by: Option<String>,
    /// Its words; empty if it is somebody else's.
    pub note: NoteDraft,
}

/// What will be made of a session.
#[derive(Clone, Debug, Default)]
pub struct GroupChecked {
    pub lines: Vec<CheckedLine>,
    /// Names in the shared part: it keeps everything from being signed.
    pub shared: Vec<NameFound>,
    pub beyond: Vec<Beyond>,
    /// Members nobody has marked.
    pub unmarked: Vec<String>,
    /// Every part that will be signed has the same words.
    pub all_alike: bool,
}

impl GroupChecked {
    /// How many notes will be signed.
    pub fn ready(&self) -> usize {
        self.lines.iter().filter(|line| line.becomes == Becomes::Note).count()
    }
}

/// What will be made of a member's part.
#[derive(Clone, Debug)]
pub struct CheckedLine {
    pub client: ClientId,
    pub name: String,
    pub entry: GroupEntry,
    pub becomes: Becomes,
    /// What the part says about danger that does not fit.
    pub danger: Vec<String>,
    /// Why it is not ready; what is to be known beside it.
    pub why: String,
    pub found: Vec<NameFound>,
}

/// What becomes of a member's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// A signed note.
    Note,
    /// It stays a draft.
    Draft,
    /// It is the co-leader's to sign.
    Others,
    /// It is signed already.
    Signed,
    /// An entry in the attendance, and outreach.
    Missed,
    /// An entry in the attendance.
    Excused,
    /// Nobody has said what became of them.
    Nothing,
}

/// Words that are or may be another member's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameFound {
    /// Key of the section.
    pub section: String,
    pub words: String,
    /// The words around them.
    pub around: String,
    pub by: FoundBy,
    /// It keeps the part from being signed.
    pub stops: bool,
    /// It is a guest's; else another member's.
    pub guest: bool,
}

impl NameFound {
    /// Whose name it is, as a refusal says it and as it can be written instead.
    pub fn whose(&self) -> &'static str {
        if self.guest { "a guest" } else { "another member" }
    }
}
