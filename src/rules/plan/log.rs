//! The log that a client keeps for an objective: which days it has, what was noted, and how much of what was planned was done.
//!
//! Owns how what is typed along its days reads, and how the records of one log belong together. A day that nobody noted anything
//! for is no 0, wherever it is counted or drawn.

use super::Plan;
use crate::domain::{Date, Log, LogEntry, LogKind, LogValue, Number, Objective, Often, Per, counted};

/// A log with all its records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WholeLog {
    /// The newest of its records: kind, what is noted, how often, its days.
    pub log: Log,
    /// Every day that something was noted for, oldest first.
    pub entries: Vec<LogEntry>,
}

/// What was noted in a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Days that something was noted for.
    pub noted: u32,
    /// Yes days, the sum of the numbers, or days with words.
    pub done: u32,
    /// How much was planned, where that can be counted.
    pub planned: Option<u32>,
    /// The lowest and the highest number.
    pub range: Option<(u32, u32)>,
}

impl Plan {
    /// Returns the newest log of an objective, open or not.
    pub fn log(&self, objective: Number) -> Option<WholeLog> {
        let mine = || self.logs.iter().filter(|log| log.objective == objective);
        let of = mine().map(|log| log.of).max()?;
        whole(mine().filter(|log| log.of == of))
    }

    /// Returns the objectives whose log is open, in the order of their numbers.
    pub fn open_logs(&self) -> Vec<Number> {
        let open = self.objectives.iter().filter(|one| {
            let log = self.log(one.line.number);
            log.is_some_and(|log| log.closed(one).is_none())
        });
        open.map(|one| one.line.number).collect()
    }
}

/// The records of one log, as one.
fn whole<'a>(records: impl Iterator<Item = &'a Log>) -> Option<WholeLog> {
    let records: Vec<&Log> = records.collect();
    let newest = records.iter().max_by_key(|log| log.number)?;
    let mut entries: Vec<LogEntry> = records.iter().flat_map(|log| log.entries.iter().cloned()).collect();
    entries.sort_by_key(|entry| entry.on);
    Some(WholeLog { log: (*newest).clone(), entries })
}

impl WholeLog {
    /// Returns what was noted for a day; `None` if nothing was.
    pub fn on(&self, day: Date) -> Option<&LogValue> {
        self.entries.iter().find(|entry| entry.on == day).map(|entry| &entry.value)
    }

    /// Returns the last day that can have an entry, if the log was ended or its objective is over.
    pub fn closed(&self, objective: &Objective) -> Option<Date> {
        let over = (!objective.line.state.is_open()).then_some(objective.line.state_on);
        [self.log.until, over].into_iter().flatten().min()
    }

    /// Returns the day from which there is something to type: the one behind the last entry, else the first day of the log.
    pub fn next(&self) -> Date {
        self.entries.last().map_or(self.log.from, |entry| entry.on.plus_days(1))
    }

    /// Counts the days behind `after` up to and with `until`, the day it is counted on, as far as the log has them. That day is not
    /// over: what is planned for it counts once something was noted for it.
    pub fn count(&self, after: Date, until: Date, objective: &Objective) -> Count {
        let first = after.plus_days(1).max(self.log.from);
        let last = self.closed(objective).map_or(until, |closed| closed.min(until));
        let mine = self.entries.iter().filter(|entry| (first..=last).contains(&entry.on));
        let unfinished = last == until && self.on(last).is_none();
        let days = last.days_since(first) + i32::from(!unfinished);
        let mut count = Count { planned: planned(&self.log.planned, days), ..Count::default() };
        for entry in mine {
            count.noted += 1;
            match entry.value {
                LogValue::No => {}
                LogValue::Yes | LogValue::Words(_) => count.done += 1,
                LogValue::Number(number) => {
                    count.done = count.done.saturating_add(number);
                    let (low, high) = count.range.unwrap_or((number, number));
                    count.range = Some((low.min(number), high.max(number)));
                }
            }
        }
        count
    }
}

/// How often something is planned in so many days, to the nearest whole time; `None` where that cannot be counted.
fn planned(often: &Often, days: i32) -> Option<u32> {
    let days = u32::try_from(days).unwrap_or(0);
    let times = |times: u32, span: u32| (times * days + span / 2) / span;
    match often {
        Often::Times { times: n, per } => Some(times(
            u32::from(*n),
            match per {
                Per::Day => 1,
                Per::Week => 7,
                Per::Month => 30,
            },
        )),
        Often::EveryWeeks(every) if *every > 0 => Some(times(1, 7 * u32::from(*every))),
        _ => None,
    }
}

/// Says what was noted in a span: `5 of 7 planned; 6 days noted`.
pub fn words(count: &Count, kind: LogKind) -> String {
    let noted = format!("{} noted", counted(count.noted, "day", "days"));
    let done = match (count.planned, kind) {
        (Some(planned), _) if count.done <= planned => format!("{} of {planned} planned", count.done),
        (Some(planned), _) => format!("{}, planned {planned}", count.done),
        (None, LogKind::YesNo) => format!("yes on {}", counted(count.done, "day", "days")),
        (None, LogKind::Number) => format!("{} in all", count.done),
        (None, LogKind::Words) => return noted,
    };
    match count.range {
        Some((low, high)) => format!("{done}; {noted}, {low} to {high}"),
        None => format!("{done}; {noted}"),
    }
}

/// What the typed signs of the days say, one for each; `None` leaves its day blank.
pub type Typed = Vec<Option<LogValue>>;

/// Reads what was typed along the days: a digit for each day, or with spaces between them numbers of any length; `-` leaves a day
/// blank.
///
/// # Errors
/// A sign that means nothing here, and which ones do.
pub fn read(typed: &str, kind: LogKind) -> Result<Typed, String> {
    let typed = typed.trim();
    let apart = kind == LogKind::Number && typed.contains([' ', ',']);
    if apart {
        let pieces = typed.split([' ', ',']).filter(|piece| !piece.is_empty());
        return pieces.map(|piece| one(piece, kind)).collect();
    }
    typed.chars().filter(|sign| !sign.is_whitespace()).map(|sign| one(&sign.to_string(), kind)).collect()
}

/// The highest number of a day.
const HIGHEST: u32 = 9_999;

fn one(piece: &str, kind: LogKind) -> Result<Option<LogValue>, String> {
    if piece == "-" {
        return Ok(None);
    }
    let value = match (kind, piece) {
        (LogKind::YesNo, "1" | "y" | "Y") => Some(LogValue::Yes),
        (LogKind::YesNo, "0" | "n" | "N") => Some(LogValue::No),
        (LogKind::Number, number) => {
            number.parse().ok().filter(|number| *number <= HIGHEST).map(LogValue::Number)
        }
        _ => None,
    };
    value.map(Some).ok_or_else(|| match kind {
        LogKind::YesNo => format!("\"{piece}\" is no answer here. Type 1 for yes, 0 for no, - for a blank day."),
        _ => format!(
            "\"{piece}\" is no number here. Type a digit for each day, or 12 3 0 with spaces; - leaves a day blank."
        ),
    })
}

/// One sign for a day, as it is typed; a day without an entry has `-`.
pub fn sign(value: Option<&LogValue>) -> String {
    match value {
        None => "-".to_owned(),
        Some(LogValue::No) => "0".to_owned(),
        Some(LogValue::Yes) => "1".to_owned(),
        Some(LogValue::Number(number)) => number.to_string(),
        Some(LogValue::Words(words)) => words.clone(),
    }
}

/// What became of the records of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Put {
    /// Places of the records that changed.
    pub changed: Vec<usize>,
    /// A further record, where the last one is full; without a number.
    pub more: Option<Log>,
}

/// Puts days into the records of a log, oldest record first: an entry of the day takes the new value, and a blank takes it away. A
/// day without an entry goes into the newest record, or into a further one once that is full.
pub fn put(records: &mut [Log], days: &[(Date, Option<LogValue>)]) -> Put {
    let mut done = Put::default();
    for (on, value) in days {
        let found = records.iter().position(|log| log.entries.iter().any(|entry| entry.on == *on));
        let at = match (found, value) {
            (Some(at), _) => at,
            (None, None) => continue,
            (None, Some(value)) => {
                let entry = LogEntry { on: *on, value: value.clone() };
                add(records, entry, &mut done);
                continue;
            }
        };
        let Some(log) = records.get_mut(at) else { continue };
        let before = log.entries.clone();
        log.entries.retain(|entry| entry.on != *on || value.is_some());
        for entry in log.entries.iter_mut().filter(|entry| entry.on == *on) {
            entry.value.clone_from(value.as_ref().unwrap_or(&entry.value.clone()));
        }
        if log.entries != before && !done.changed.contains(&at) {
            done.changed.push(at);
        }
    }
    done
}

fn add(records: &mut [Log], entry: LogEntry, done: &mut Put) {
    let into = |log: &mut Log, entry: LogEntry| {
        let at = log.entries.partition_point(|one| one.on < entry.on);
        log.entries.insert(at, entry);
    };
    let last = records.len().saturating_sub(1);
    match records.get_mut(last) {
        Some(log) if done.more.is_none() && log.entries.len() < Log::MOST => {
            into(log, entry);
            if !done.changed.contains(&last) {
                done.changed.push(last);
            }
        }
        Some(log) => {
            let fresh = Log { number: 0, entries: Vec::new(), ..log.clone() };
            into(done.more.get_or_insert(fresh), entry);
        }
        None => {}
    }
}

#[cfg(test)]
mod tests;
