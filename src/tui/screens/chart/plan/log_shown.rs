//! How a log looks: what was noted in a sentence, as a line over time, and week by week. A day without an entry is drawn nowhere.

use crate::domain::{Date, LogKind, LogValue, Objective};
use crate::rules::plan::log::{self, WholeLog};
use crate::rules::plan::words as said;
use crate::rules::when;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::widgets::plot::{Plot, Point};
use ratatui::text::Line;

/// Rows of the drawing.
const ROWS: usize = 8;
/// Points in the drawing: so many days, and each keeps its number.
const POINTS: usize = 28;
/// Weeks under an unfolded objective.
const WEEKS: usize = 4;
/// Cells of a day in the table, and of the day its week begins.
const DAY: usize = 5;
const WEEK: usize = 8;
/// Cells of the drawing in a window.
const WIDE: usize = 64;

/// `9 of 10 planned; 13 days noted. I slept through: yes or no, 5 times a week`.
pub(super) fn sentence(log: &WholeLog, objective: &Objective, cx: &Cx) -> String {
    let planned = said::often(&log.log.planned);
    let planned = if planned.is_empty() { String::new() } else { format!(", {planned}") };
    let of = &log.log;
    let count = log.count(of.from.plus_days(-1), cx.today(), objective);
    let noted = match count.noted {
        0 => format!("nothing noted yet, since {}", when::short(of.from, cx.today())),
        _ => log::words(&count, of.kind),
    };
    let closed = match log.closed(objective) {
        Some(on) => format!("; closed {}", when::short(on, cx.today())),
        None => String::new(),
    };
    format!("{noted}{closed}. {}: {}{planned}", of.what.trim(), of.kind.word())
}

/// What is under an unfolded objective, below the sentence.
pub(super) fn unfolded(log: &WholeLog, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let mut lines = drawn(log, width.min(WIDE), cx);
    let weeks = weeks(log, WEEKS, cx);
    let rest = log.entries.len().saturating_sub(entries_in(log, WEEKS));
    lines.extend(weeks.into_iter().map(Line::from));
    if rest > 0 {
        let key = cx.key(Action::ActionsMenu, Scope::Plan);
        lines.push(Line::from(format!("{key}, Show the log: all of its days.")));
    }
    lines
}

/// All of it, for a window to read.
pub(super) fn window(log: &WholeLog, objective: &Objective, cx: &Cx) -> Vec<String> {
    let mut lines = vec![sentence(log, objective, cx), String::new()];
    lines.extend(drawn(log, WIDE, cx).iter().map(ToString::to_string));
    lines.push(String::new());
    lines.extend(weeks(log, usize::MAX, cx));
    lines
}

/// The newest days as a line over time. Days that do not follow one another are not joined; words are not drawn.
fn drawn(log: &WholeLog, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    if log.log.kind == LogKind::Words || log.entries.len() < 2 {
        return Vec::new();
    }
    let newest = &log.entries[log.entries.len().saturating_sub(POINTS)..];
    let mut points: Vec<Point> = Vec::new();
    let mut before: Option<Date> = None;
    for entry in newest {
        let Some(value) = number(&entry.value) else { continue };
        let joins = before.is_some_and(|before| entry.on.days_since(before) == 1);
        points.push(Point { on: entry.on, value: value * 100, label: value.to_string(), joins });
        before = Some(entry.on);
    }
    let highest = points.iter().map(|point| point.value).max().unwrap_or(0).max(100);
    let rows = if log.log.kind == LogKind::YesNo { ROWS - 3 } else { ROWS };
    Plot { bounds: (0, highest), points, ..Plot::default() }.lines(width, rows, cx)
}

fn number(value: &LogValue) -> Option<i64> {
    match value {
        LogValue::No => Some(0),
        LogValue::Yes => Some(1),
        LogValue::Number(number) => Some(i64::from(*number)),
        LogValue::Words(_) => None,
    }
}

/// The Monday of a day's week.
fn monday(day: Date) -> Date {
    // 1 January 1970 was a Thursday.
    day.plus_days(-(day.0 + 3).rem_euclid(7))
}

/// The Mondays of weeks in which something was noted, newest first.
fn mondays(log: &WholeLog, most: usize) -> Vec<Date> {
    let mut all: Vec<Date> = log.entries.iter().rev().map(|entry| monday(entry.on)).collect();
    all.dedup();
    all.truncate(most);
    all
}

fn entries_in(log: &WholeLog, most: usize) -> usize {
    let Some(first) = mondays(log, most).pop() else { return 0 };
    log.entries.iter().filter(|entry| entry.on >= first).count()
}

/// Week by week, the newest first; of a log of words, day by day.
fn weeks(log: &WholeLog, most: usize, cx: &Cx) -> Vec<String> {
    if log.log.kind == LogKind::Words {
        let newest = log.entries.iter().rev().take(most.saturating_mul(7));
        return newest
            .map(|entry| format!("{}  {}", when::short(entry.on, cx.today()), log::sign(Some(&entry.value))))
            .collect();
    }
    let mondays = mondays(log, most);
    if mondays.is_empty() {
        return Vec::new();
    }
    let row = |first: String, cells: &[String]| {
        let cells: String = cells.iter().map(|cell| text::right(cell, DAY, "")).collect();
        format!("{}{cells}", text::left(&first, WEEK, ""))
    };
    let names: Vec<String> = (0..7).map(|day| when::weekday_of(mondays[0].plus_days(day))).collect();
    let mut lines = vec![row(String::new(), &names)];
    for monday in mondays {
        let signs: Vec<String> = (0..7).map(|day| log::sign(log.on(monday.plus_days(day)))).collect();
        lines.push(row(when::day_month(monday), &signs));
    }
    lines
}
