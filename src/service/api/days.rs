//! What can be asked about sessions, due dates and tasks, and what is answered: plain values that cross the thread.

use super::{Kept, OwedLine};
use crate::domain::{
    AlertKind, ClientId, ClockTime, Date, DueChoice, Miss, Number, Outreach, Session, SessionState, StaffId,
    Task, TaskId,
};

/// Sessions, what is due, tasks.
#[derive(Clone, Debug)]
pub enum DaysAsk {
    /// The sessions and tasks of a day. Answer: [`Answer::Day`](super::Answer::Day).
    Day {
        date: Date,
        /// Everyone's this person may see (else their own).
        all: bool,
    },
    /// What a colleague holds on a day, before a session is planned. Answer: [`Answer::Hours`](super::Answer::Hours).
    Hours(HoursOf),
    /// Reckon afresh what is owed; it is told with the answer. Answer: [`Answer::Due`](super::Answer::Due).
    Due,
    /// Plan a session. Answer: [`Answer::Done`](super::Answer::Done).
    Plan {
        /// As typed; number and author are given by the service.
        session: Box<Session>,
        /// How many weeks in a row, at least 1.
        weeks: u16,
        /// Also where it clashes with other sessions, which refuses it else.
        even_so: bool,
    },
    /// Move or change a session. Answer: [`Answer::Done`](super::Answer::Done).
    Change {
        session: Box<Session>,
        /// The revision it was read at.
        rev: u32,
        /// The later ones of its weekly row likewise.
        following: bool,
        /// Also where it clashes with other sessions, which refuses it else.
        even_so: bool,
    },
    /// Say what became of a session. Answer: [`Answer::Done`](super::Answer::Done).
    Mark(Mark),
    /// Write down a try to reach a person after a missed session. Answer: [`Answer::Done`](super::Answer::Done).
    Reach {
        client: ClientId,
        number: Number,
        /// The revision it was read at.
        rev: u32,
        /// What was done; moment, day and author are given by the service.
        outreach: Box<Outreach>,
    },
    /// No note is needed of a session that took place. Answer: [`Answer::Done`](super::Answer::Done).
    NoNote { client: ClientId, number: Number, reason: String },
    /// Say why something was missed and when it is planned. Answer: [`Answer::Done`](super::Answer::Done).
    Explain(Box<Miss>),
    /// Write down a task, or change or hand it on. Answer: [`Answer::Done`](super::Answer::Done).
    Keep {
        /// As typed; id and author of a new one are given by the service.
        task: Box<Task>,
        /// The revision it was read at, 0 = new.
        rev: u32,
    },
    /// A task is done. Answer: [`Answer::Done`](super::Answer::Done).
    Finish {
        id: TaskId,
        /// The revision it was read at.
        rev: u32,
    },
    /// Choose which rules on due dates a program follows. Answer: [`Answer::Done`](super::Answer::Done).
    Rules(DueChoice),
}

/// Whose hours, and on which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursOf {
    /// For whom a session is planned; nobody yet: the default.
    pub client: ClientId,
    /// The colleague; the default: whoever counsels the client.
    pub staff: StaffId,
    pub date: Date,
}

/// What a colleague holds on a day.
#[derive(Clone, Debug)]
pub struct Hours {
    pub of: HoursOf,
    /// The colleague's name; empty if nobody counsels the client.
    pub staff_name: String,
    /// In the order of their times: when each begins, and with whom. The name is empty where it is not for whoever asks.
    pub lines: Vec<(ClockTime, Box<str>)>,
}

/// What became of a session.
#[derive(Clone, Debug)]
pub struct Mark {
    pub client: ClientId,
    pub number: Number,
    /// The revision it was read at.
    pub rev: u32,
    /// What became of it.
    pub state: SessionState,
    /// Called off: the later ones of its weekly row likewise.
    pub following: bool,
}

/// The sessions and tasks of a day.
#[derive(Clone, Debug, Default)]
pub struct DayView {
    pub date: Date,
    /// Everyone's (else one's own).
    pub all: bool,
    /// The holiday that is kept on it, if any.
    pub holiday: String,
    /// Danger that this person passed on; on the day that it is today alone.
    pub told: Vec<super::ToldLine>,
    /// In the order of their times.
    pub lines: Vec<DayLine>,
    /// Groups that this person leads and that meet on it, by their times.
    pub groups: Vec<super::GroupDay>,
    /// Tasks of this person due that day (today: also those that are over).
    pub tasks: Vec<OwedLine>,
}

/// One session of a day. For whoever may not read the chart it holds name, times and phones, and nothing else.
#[derive(Clone, Debug)]
pub struct DayLine {
    /// The session, without what this person may not see.
    pub session: Kept<Session>,
    /// What to call them.
    pub name: Box<str>,
    pub record_no: Box<str>,
    /// Who holds it.
    pub staff_name: String,
    /// When it ends, on the agency's clock.
    pub ends: ClockTime,
    /// When they arrived, on the agency's clock.
    pub arrived: Option<ClockTime>,
    /// It has begun.
    pub begun: bool,
    /// It has ended.
    pub ended: bool,
    /// Phones, for whoever plans sessions.
    pub phones: String,
    /// May a message be left.
    pub may_leave_message: Option<bool>,
    /// Sessions missed in a row before it; 0 for whoever may not read the chart.
    pub missed: u8,
    /// What an alert is about that nobody has answered; none for whoever may not read the chart.
    pub alert: Option<AlertKind>,
    /// An immediate need of theirs is open; never told to whoever may not read the chart.
    pub danger: bool,
    /// This person may read the chart.
    pub may_read: bool,
    /// This person may say that it took place, and write its note.
    pub may_hold: bool,
}

/// The rules that due dates follow.
#[derive(Clone, Debug, Default)]
pub struct DueView {
    /// Program, name of the rules it follows.
    pub rules: Vec<(String, String)>,
    /// This person may choose them.
    pub may_choose: bool,
}
