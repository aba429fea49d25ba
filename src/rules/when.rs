//! Dates as people type them, and as people read them.
//!
//! Owns reading `T-30` or `12 apr` and saying `9 d over`. Must not know the clock: today is handed in.

use crate::domain::{Birth, Date, LocalTime};
use chrono::Datelike;
use std::fmt;

#[cfg(test)]
mod tests;

/// Which way a date without a year, or a weekday, leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// The last one, today included: a service was.
    Past,
    /// The next one, today included: a review will be.
    Future,
}

/// Why typed text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenError {
    /// Nothing typed.
    Empty,
    /// Reads like a date, but the calendar has none such (30 February).
    NoSuchDay,
    /// A birth that has not been.
    Ahead,
    /// Not a form that is known here.
    Unclear,
}

impl fmt::Display for WhenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "Type a date: T, T-30, T+2w, mon, 2026-04-25, 4/25/26 or 12 apr.",
            Self::NoSuchDay => "The calendar has no such day. Month comes first in 4/25/26.",
            Self::Ahead => "This day is in the future.",
            Self::Unclear => "Not a date. Try T, T-30, T+2w, mon, 2026-04-25, 4/25/26 or 12 apr.",
        })
    }
}

impl std::error::Error for WhenError {}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads a typed date: `T`, `T-30`, `T+2w` (`d`, `w`, `m`, `y`), `mon`, `2026-04-12`, `4/25/26` (month first), `12 apr`,
/// `12 apr 2026`, `apr 12`. A two-digit year is the one between 80 years ago and 19 years from now.
pub fn parse(text: &str, today: Date, lean: Lean) -> Result<Date, WhenError> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(WhenError::Empty);
    }
    let after_t = text.strip_prefix("today").or_else(|| text.strip_prefix('t'));
    if let Some(rest) = after_t.filter(|rest| rest.is_empty() || rest.starts_with(['+', '-', ' '])) {
        return relative(rest.trim(), today);
    }
    if let Some(day) = named(&WEEKDAYS, &text) {
        return Ok(weekday(day as i32, today, lean));
    }
    let parts = read_parts(&text).ok_or(WhenError::Unclear)?;
    let (Some(month), Some(day)) = (parts.month, parts.day) else { return Err(WhenError::Unclear) };
    match parts.year {
        Some(year) => ymd(full_year(year, today.naive().year() + 19), month, day),
        None => without_year(month, day, today, lean),
    }
}

/// Reads a typed birth date: as [`parse`], never after today; a two-digit year is the last such year that has been.
pub fn parse_birth(text: &str, today: Date) -> Result<Date, WhenError> {
    let parts = read_parts(&text.trim().to_lowercase());
    let date = match parts {
        Some(Parts { year: Some(year), month: Some(month), day: Some(day) }) => {
            ymd(full_year(year, today.naive().year()), month, day)?
        }
        Some(_) => return Err(WhenError::Unclear),
        None => parse(text, today, Lean::Past)?,
    };
    if date > today { Err(WhenError::Ahead) } else { Ok(date) }
}

/// `T` followed by `+2w` and the like.
fn relative(rest: &str, today: Date) -> Result<Date, WhenError> {
    if rest.is_empty() {
        return Ok(today);
    }
    let (sign, rest) = match rest.split_at_checked(1) {
        Some(("+", rest)) => (1, rest.trim()),
        Some(("-", rest)) => (-1, rest.trim()),
        _ => return Err(WhenError::Unclear),
    };
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let count: i32 = digits.trim().parse().map_err(|_| WhenError::Unclear)?;
    if !(0..=40_000).contains(&count) {
        return Err(WhenError::Unclear);
    }
    let count = sign * count;
    match rest.get(digits.len()..).unwrap_or_default() {
        "" | "d" => Ok(today.plus_days(count)),
        "w" => Ok(today.plus_days(count * 7)),
        "m" => Ok(plus_months(today, count)),
        "y" => Ok(plus_months(today, count * 12)),
        _ => Err(WhenError::Unclear),
    }
}

/// So many months later, at the end of the month where the day does not exist.
pub fn plus_months(date: Date, months: i32) -> Date {
    let naive = date.naive();
    let index = naive.year() * 12 + naive.month0() as i32 + months;
    let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as u32 + 1);
    (1..=naive.day()).rev().find_map(|day| Date::from_ymd(year, month, day)).unwrap_or(date)
}

fn weekday(day: i32, today: Date, lean: Lean) -> Date {
    let now = today.naive().weekday().num_days_from_monday() as i32;
    match lean {
        Lean::Future => today.plus_days((day - now).rem_euclid(7)),
        Lean::Past => today.plus_days(-(now - day).rem_euclid(7)),
    }
}

fn without_year(month: u32, day: u32, today: Date, lean: Lean) -> Result<Date, WhenError> {
    let year = today.naive().year();
    let years: Vec<i32> = match lean {
        Lean::Past => (0..9).map(|back| year - back).collect(),
        Lean::Future => (0..9).map(|ahead| year + ahead).collect(),
    };
    let fits = |date: &Date| if lean == Lean::Past { *date <= today } else { *date >= today };
    years
        .into_iter()
        .filter_map(|year| Date::from_ymd(year, month, day))
        .find(fits)
        .ok_or(WhenError::NoSuchDay)
}

fn ymd(year: i32, month: u32, day: u32) -> Result<Date, WhenError> {
    Date::from_ymd(year, month, day).ok_or(WhenError::NoSuchDay)
}

/// A two-digit year as the last one not after `latest`; others as they stand.
fn full_year(year: Year, latest: i32) -> i32 {
    if year.digits > 2 { year.value } else { latest - (latest - year.value).rem_euclid(100) }
}

/// A year as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Year {
    value: i32,
    digits: usize,
}

/// What of a date was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    year: Option<Year>,
    month: Option<u32>,
    day: Option<u32>,
}

/// Reads `2026-04-12`, `4/25/26`, `4/12`, `12 apr 2026`, `apr 12`, `12apr`, `apr 1991`.
fn read_parts(text: &str) -> Option<Parts> {
    let mut pieces: Vec<String> = Vec::new();
    let mut kind = None;
    for c in text.chars() {
        if c.is_ascii_digit() || c.is_alphabetic() {
            if kind == Some(c.is_ascii_digit()) {
                pieces.last_mut()?.push(c);
            } else {
                pieces.push(c.to_string());
            }
            kind = Some(c.is_ascii_digit());
        } else if matches!(c, ' ' | '-' | '/' | '.' | ',') {
            kind = None;
        } else {
            return None;
        }
    }
    let number = |piece: &String| piece.parse::<u32>().ok().filter(|_| piece.len() <= 4);
    let year = |piece: &String| number(piece).map(|value| Year { value: value as i32, digits: piece.len() });
    let small = |piece: &String| number(piece).filter(|_| piece.len() <= 2);
    let month = |piece: &String| named(&MONTHS, piece).map(|index| index as u32 + 1);
    let is_year = |piece: &String| matches!(piece.len(), 2 | 4);
    let parts = match pieces.as_slice() {
        [y, m, d] if y.len() == 4 && number(y).is_some() => {
            Parts { year: year(y), month: month(m).or_else(|| small(m)), day: small(d) }
        }
        [d, m, y] if month(m).is_some() && is_year(y) => {
            Parts { year: year(y), month: month(m), day: small(d) }
        }
        [m, d, y] if is_year(y) => {
            Parts { year: year(y), month: month(m).or_else(|| small(m)), day: small(d) }
        }
        [d, m] if month(m).is_some() => Parts { year: None, month: month(m), day: small(d) },
        [m, y] if month(m).is_some() && y.len() == 4 => Parts { year: year(y), month: month(m), day: None },
        [m, d] => Parts { year: None, month: month(m).or_else(|| small(m)), day: small(d) },
        _ => return None,
    };
    let whole = parts.month.is_some() && (parts.day.is_some() || parts.year.is_some());
    (whole && (pieces.len() < 3 || (parts.day.is_some() && parts.year.is_some()))).then_some(parts)
}

/// Index of the name that begins with `text` (at least three letters).
fn named(names: &[&str], text: &str) -> Option<usize> {
    if text.len() < 3 {
        return None;
    }
    names.iter().position(|name| name.starts_with(text) || (*name == "september" && text == "sept"))
}

/// Part of a birth date as typed in a find line: matches people whose birth date has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BirthPattern(Parts);

impl BirthPattern {
    /// Reads `1991-04-12`, `4/12/91`, `14.12.1990`, `4/12`, `12 apr`, `apr 1991`, `1991`; no lone day or month: it would match half
    /// the list.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) {
            let value = text.parse().ok().filter(|year| (1850..2200).contains(year))?;
            return Some(Self(Parts { year: Some(Year { value, digits: 4 }), month: None, day: None }));
        }
        let mut parts = read_parts(&text)?;
        if parts.month.is_some_and(|month| month > 12) {
            // `14.12.1990`: there is no such month, so that the day stands first.
            std::mem::swap(&mut parts.month, &mut parts.day);
        }
        let possible = parts.month.is_none_or(|month| (1..=12).contains(&month))
            && parts.day.is_none_or(|day| (1..=31).contains(&day));
        possible.then_some(Self(parts))
    }

    /// Whether a birth has what was typed. What is not known of a birth matches nothing.
    pub fn matches(&self, birth: Birth) -> bool {
        let (year, month, day) = match birth {
            Birth::On(date) => {
                let naive = date.naive();
                (naive.year(), Some(naive.month()), Some(naive.day()))
            }
            Birth::Partly { year, month } => (i32::from(year), month.map(u32::from), None),
            Birth::About { .. } | Birth::Unknown => return false,
        };
        let same_year = |typed: Year| {
            if typed.digits > 2 { typed.value == year } else { typed.value == year.rem_euclid(100) }
        };
        self.0.year.is_none_or(same_year)
            && self.0.month.is_none_or(|typed| month == Some(typed))
            && self.0.day.is_none_or(|typed| day == Some(typed))
    }
}

/// `18 Oct`.
pub fn day_month(date: Date) -> String {
    date.naive().format("%-d %b").to_string()
}

/// `Tue`.
pub fn weekday_of(date: Date) -> String {
    date.naive().format("%a").to_string()
}

/// `19 Nov 2025`.
pub fn with_year(date: Date) -> String {
    date.naive().format("%-d %b %Y").to_string()
}

/// Whether a day is in the year of `today`.
pub fn is_year(date: Date, today: Date) -> bool {
    date.naive().year() == today.naive().year()
}

/// `19 Nov` in the year of `today`, else `19 Nov 2025`.
pub fn short(date: Date, today: Date) -> String {
    if is_year(date, today) { day_month(date) } else { with_year(date) }
}

/// As [`short`] in few cells: `19 Nov` in the year of `today`, else the month alone, `Nov 2025`.
pub fn brief(date: Date, today: Date) -> String {
    if is_year(date, today) { day_month(date) } else { date.naive().format("%b %Y").to_string() }
}

/// `28 Nov 14:03`, with the year if it is another than that of `today`.
pub fn at(moment: LocalTime, today: Date) -> String {
    format!("{} {}", short(moment.date, today), moment.time)
}

/// A text that the program stored, its dates as people read them: `DAP note, 2026-11-20` is `DAP note, 20 Nov`.
pub fn as_read(text: &str, today: Date) -> String {
    const LENGTH: usize = "2026-11-20".len();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let before = out.chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let behind =
            rest.get(LENGTH..).is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()));
        let date = rest.get(..LENGTH).filter(|_| !before && !behind).and_then(recorded);
        let taken = if let Some(date) = date {
            out.push_str(&short(date, today));
            LENGTH
        } else {
            out.push(first);
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    out
}

/// Reads `2026-11-20`, the form in which dates are stored.
fn recorded(text: &str) -> Option<Date> {
    let mut parts = text.split('-').map(|part| (part.len(), part.parse::<u32>().ok()));
    let (Some((4, Some(year))), Some((2, Some(month))), Some((2, Some(day))), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    Date::from_ymd(i32::try_from(year).ok()?, month, day)
}

/// How long ago: `today`, `2 d`. Days ahead show as [`due`] does.
pub fn ago(date: Date, today: Date) -> String {
    match today.days_since(date) {
        0 => "today".to_owned(),
        days if days > 0 => format!("{days} d"),
        _ => due(date, today),
    }
}

/// Days beyond which nobody counts them: then a day is said by its date, and a span in years.
const COUNTED: i32 = 365;

/// When something is due: `in 3 d`, `today`, `9 d over`; the date where that is more than a year away.
pub fn due(date: Date, today: Date) -> String {
    let days = date.days_since(today);
    if days.saturating_abs() > COUNTED { with_year(date) } else { due_in(days) }
}

/// As [`due`], from days left (negative = over); in whole years where that is more than one.
pub fn due_in(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        days if days > 0 => format!("in {}", so_long(days)),
        days => format!("{} over", so_long(days)),
    }
}

/// So many days, sign ignored: `12 d`; in whole years where that is more than one, `2 y`.
pub fn so_long(days: i32) -> String {
    match days.saturating_abs() {
        many if many > COUNTED => format!("{} y", many / COUNTED),
        many => format!("{many} d"),
    }
}

/// The next days by name: `today`, `Tue` within six days, else [`short`].
pub fn coming(date: Date, today: Date) -> String {
    match date.days_since(today) {
        0 => "today".to_owned(),
        1..=6 => date.naive().format("%a").to_string(),
        _ => short(date, today),
    }
}

/// Minutes that are still to come, each unit counted up to the full one: `59 min`, `1 h`, `24 h`, `2 d`.
pub fn ahead(minutes: i64) -> String {
    match minutes.unsigned_abs() {
        under @ 0..=59 => format!("{under} min"),
        hours @ 60..=2_820 => format!("{} h", hours.div_ceil(60)),
        days => format!("{} d", days.div_ceil(1_440)),
    }
}

/// A span of minutes in its largest sensible unit: `40 min`, `2 h`, `3 d`. Sign ignored.
pub fn span(minutes: i64) -> String {
    match minutes.unsigned_abs() {
        under @ 0..=59 => format!("{under} min"),
        under @ 60..=2_879 => format!("{} h", under / 60),
        over => format!("{} d", over / 1440),
    }
}
