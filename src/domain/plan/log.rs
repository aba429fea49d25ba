//! The log that a client keeps for an objective, and what they noted for each day.

use super::super::fields::numbered;
use super::super::{ClientId, Date, Moment, Number, StaffId};
use super::objective::Often;
use serde::{Deserialize, Serialize};

/// What is noted for a day. Appended to, never reordered: it is part of stored values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LogKind {
    /// Whether it was so.
    #[default]
    YesNo,
    /// How many, or how much.
    Number,
    Words,
}

impl LogKind {
    /// Every kind, in the order of its list.
    pub const ALL: [Self; 3] = [Self::YesNo, Self::Number, Self::Words];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::YesNo => "yes or no",
            Self::Number => "a number",
            Self::Words => "words",
        }
    }
}

/// What was noted for one day. A day that nobody noted anything for has none, and is never taken for 0.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogValue {
    #[default]
    No,
    Yes,
    Number(u32),
    Words(String),
}

/// A day of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEntry {
    pub on: Date,
    pub value: LogValue,
}

numbered!(LogEntry { 1 on, 2 value });

/// A log, or the part of one that fits into a record: so many days, and then another record goes on with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    pub client: ClientId,
    /// Its number among the client's records of this kind.
    pub number: Number,
    /// The episode of its objective.
    pub episode: Number,
    pub objective: Number,
    /// The number of the record that the log began with; of that record, its own.
    pub of: Number,
    pub kind: LogKind,
    /// What is counted or noted, as the client reads it on the sheet.
    pub what: String,
    /// How often it is planned.
    pub planned: Often,
    /// Its first day.
    pub from: Date,
    /// Its last day, where it was ended before its objective.
    pub until: Option<Date>,
    /// Days that something was noted for, oldest first.
    pub entries: Vec<LogEntry>,
    pub changed_at: Moment,
    pub changed_by: StaffId,
    /// Name and credential of who changed it, as they were then.
    pub changed_by_name: String,
}

impl Log {
    /// Days in one record, at most.
    pub const MOST: usize = 400;
}

numbered!(Log {
    1 client, 2 number, 3 episode, 4 objective, 5 of, 6 kind, 7 what, 8 planned, 9 from, 10 until, 11 entries,
    12 changed_at, 13 changed_by, 14 changed_by_name,
});
