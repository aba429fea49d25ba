//! What can be asked about sessions, due dates and tasks, and what is answered: plain values that cross the thread.

use super::{Kept, OwedLine};
use crate::domain::{
    ClientId, ClockTime, Date, DueChoice, Miss, Number, Outreach, Session, SessionState, Task, TaskId,
};
use crate::rules::due::{About, Obligation};
use crate::rules::owed::Duty;

/// Sessions, what is due, tasks.
#[derive(Clone, Debug)]
pub enum DaysAsk {
    /// The sessions and tasks of a day. Answer: [`Answer::Day`](super::Answer::Day).
    Day {
        date: Date,
        /// Everyone's this person may see (else their own).
        all: bool,
    },
    /// What this person owes, and for supervisors what their people owe. Answer: [`Answer::Due`](super::Answer::Due).
    Due,
    /// The next thing this person owes. Answer: [`Answer::Next`](super::Answer::Next).
    Next {
        /// The one that was opened before.
        after: Option<DueKey>,
    },
    /// Plan a session. Answer: [`Answer::Done`](super::Answer::Done).
    Plan {
        /// As typed; number and author are given by the service.
        session: Box<Session>,
        /// How many weeks in a row, at least 1.
        weeks: u16,
    },
    /// Move or change a session. Answer: [`Answer::Done`](super::Answer::Done).
    Change {
        session: Box<Session>,
        /// The revision it was read at.
        rev: u32,
        /// The later ones of its weekly row likewise.
        following: bool,
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
    /// In the order of their times.
    pub lines: Vec<DayLine>,
    /// Tasks of this person due that day (today: also those that are over).
    pub tasks: Vec<DueItem>,
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
    /// This person may read the chart.
    pub may_read: bool,
    /// This person may say that it took place, and write its note.
    pub may_hold: bool,
}

/// What is owed.
#[derive(Clone, Debug, Default)]
pub struct DueView {
    /// By this person first, then by those they supervise; the most overdue first.
    pub items: Vec<DueItem>,
    /// Program, name of the rules it follows.
    pub rules: Vec<(String, String)>,
    /// This person may choose them.
    pub may_choose: bool,
}

/// One thing owed.
#[derive(Clone, Debug)]
pub struct DueItem {
    /// About whom; `None` = nobody in particular.
    pub client: Option<ClientId>,
    /// What to call them; empty without one.
    pub name: Box<str>,
    pub record_no: Box<str>,
    /// Name of who owes it.
    pub who_name: String,
    /// This person owes it (else somebody they supervise).
    pub mine: bool,
    /// The day it is due.
    pub due: Date,
    /// It is past its time.
    pub over: bool,
    /// What it is.
    pub owed: Owed,
}

/// What something owed is.
#[derive(Clone, Debug)]
pub enum Owed {
    /// By a rule.
    Rule {
        /// What the rules say.
        obligation: Box<Obligation>,
        /// Day and start of the session it is about.
        session: Option<(Date, ClockTime)>,
        /// The draft it is begun in.
        draft: Option<Number>,
    },
    /// A draft to sign, a note that came back or waits: of the list of work.
    Work(Box<OwedLine>),
    Task(Box<Kept<Task>>),
}

/// Names something owed, to go on from it to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKey {
    /// By a rule.
    Rule(ClientId, About),
    /// A piece of the list of work.
    Work(ClientId, Duty, Number),
    Task(TaskId),
}

impl DueItem {
    pub fn key(&self) -> DueKey {
        let client = self.client.unwrap_or_default();
        match &self.owed {
            Owed::Rule { obligation, .. } => DueKey::Rule(client, obligation.about),
            Owed::Work(line) => DueKey::Work(client, line.owed.duty, line.owed.number),
            Owed::Task(kept) => DueKey::Task(kept.value.id),
        }
    }
}
