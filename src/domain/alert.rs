//! Alerts: something that was heard of the work or of how somebody fares, and what was done about it.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// What an alert is about. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AlertKind {
    /// The work together was rated low, or lower than before.
    #[default]
    Alliance,
    /// A measure is worse than at first by more than chance explains.
    Worse,
    /// A measure shows no reliable gain by the session by which it is looked for.
    NoGain,
}

impl AlertKind {
    /// The letter that lists show.
    pub fn letter(self) -> char {
        match self {
            Self::Alliance => 'a',
            Self::Worse => 'w',
            Self::NoGain => 'n',
        }
    }

    /// What it is, in a word or two.
    pub fn words(self) -> &'static str {
        match self {
            Self::Alliance => "alliance",
            Self::Worse => "worse",
            Self::NoGain => "no gain yet",
        }
    }
}

/// What was done about an alert. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertDone {
    /// It was talked about with the client.
    #[default]
    Talked,
    GoalChanged,
    MethodChanged,
    /// A colleague or the supervisor was asked.
    Consulted,
    /// Another counselor was offered.
    OtherCounselor,
    /// The client did not want to talk about it.
    Declined,
    Other,
    /// What it rests on was typed wrong and is entered in error. It does not count as an answer.
    TypedWrong,
    /// The stay ended before anybody answered.
    NotAnswered,
}

impl AlertDone {
    /// What a person can choose.
    pub const CHOICES: [Self; 7] = [
        Self::Talked,
        Self::GoalChanged,
        Self::MethodChanged,
        Self::Consulted,
        Self::OtherCounselor,
        Self::Declined,
        Self::Other,
    ];

    /// Returns the words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Talked => "talked about it with the client",
            Self::GoalChanged => "changed a goal",
            Self::MethodChanged => "changed a method",
            Self::Consulted => "consulted",
            Self::OtherCounselor => "offered another counselor",
            Self::Declined => "the client did not want to talk about it",
            Self::Other => "something else",
            Self::TypedWrong => "typed wrong",
            Self::NotAnswered => "not answered before the stay ended",
        }
    }

    /// Whether somebody answered it.
    pub fn is_answer(self) -> bool {
        !matches!(self, Self::TypedWrong | Self::NotAnswered)
    }
}

/// One thing an alert rests on: a check-in or a filled-in measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertFact {
    /// The check-in or filled-in measure, by the kind of the alert.
    pub source: Number,
    /// The day it was taken.
    pub on: Date,
    /// What was heard (`bond fell from 5 to 3`).
    pub words: String,
    /// When it was saved.
    pub at: Moment,
    /// It was entered in error since.
    pub in_error: bool,
}

numbered!(AlertFact { 1 source, 2 on, 3 words, 4 at, 5 in_error });

/// How an alert was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertAnswer {
    pub done: AlertDone,
    /// In words; needed where it is something else.
    pub words: String,
    /// Who wrote it.
    pub by: StaffId,
    /// Name and credential of who wrote it, as they were then.
    pub by_name: String,
    pub at: Moment,
    /// The day it was written.
    pub on: Date,
}

numbered!(AlertAnswer { 1 done, 2 words, 3 by, 4 by_name, 5 at, 6 on });

/// An alert. It is opened by the act that makes it true and closed by what was done about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alert {
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode it was opened in.
    pub episode: Number,
    pub kind: AlertKind,
    /// Key of the measure, or of the check-in.
    pub measure: String,
    /// The version of the file whose rule opened it.
    pub version: u16,
    /// The member of staff a check-in is about; nobody for a measure.
    pub about: StaffId,
    /// Who answered, by the word of the measure file.
    pub answered_by: String,
    /// The name of whoever answered, where it was not the client.
    pub name: String,
    /// What it rests on, oldest first.
    pub facts: Vec<AlertFact>,
    /// How it was closed; `None` = it is open.
    pub answer: Option<AlertAnswer>,
}

numbered!(Alert {
    1 client, 2 number, 3 episode, 4 kind, 5 measure, 6 version, 7 about, 8 answered_by, 9 name, 10 facts, 11 answer,
});

impl Alert {
    /// Whether nobody has answered it.
    pub fn is_open(&self) -> bool {
        self.answer.is_none()
    }

    /// The facts that count.
    pub fn standing(&self) -> impl Iterator<Item = &AlertFact> {
        self.facts.iter().filter(|fact| !fact.in_error)
    }

    /// The day of the oldest fact that counts.
    pub fn since(&self) -> Date {
        self.standing().map(|fact| fact.on).min().unwrap_or_default()
    }

    /// What was heard, the newest: `PHQ-9 worse, from 8 to 16`.
    pub fn words(&self) -> &str {
        self.standing().last().or(self.facts.last()).map_or("", |fact| &fact.words)
    }
}
