//! Birth dates as spreadsheets write them. The order of day and month is one for the whole file: the dates' own where one
//! of them says it, else what the caller or the agency is used to.

use crate::domain::{Birth, Date};
use std::fmt;

/// Order of day, month and year where all three are numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// `2026-11-21`, and nothing else in numbers.
    Ymd,
    /// `11/21/2026`.
    #[default]
    Mdy,
    /// `21.11.2026`.
    Dmy,
}

impl Order {
    /// The order of a word.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word {
            "ymd" => Self::Ymd,
            "mdy" => Self::Mdy,
            "dmy" => Self::Dmy,
            _ => return None,
        })
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ymd => "year-month-day",
            Self::Mdy => "month/day/year",
            Self::Dmy => "day/month/year",
        })
    }
}

/// What the dates of a file say about their order.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    mdy: usize,
    dmy: usize,
    ymd: usize,
    /// Three numbers that could stand in more than one order.
    open: usize,
    /// Day numbers of a spreadsheet.
    pub(super) serials: usize,
}

impl Evidence {
    /// Looks at one date.
    pub(super) fn see(&mut self, text: &str) {
        match numbers(text) {
            Some([first, _, _]) if first > 31 => self.ymd += 1,
            Some([first, second, _]) if first > 12 && second <= 12 => self.dmy += 1,
            Some([first, second, _]) if second > 12 && first <= 12 => self.mdy += 1,
            // Nobody writes the month first and points behind it.
            Some([first, second, _]) if text.contains('.') && first > 0 && second > 0 => self.dmy += 1,
            Some(_) if !is_nothing(text) => self.open += 1,
            _ => self.serials += usize::from(serial(text).is_some()),
        }
    }

    /// The order they say; `None` if they say none or contradict each other evenly.
    pub(super) fn said(&self) -> Option<Order> {
        match (self.mdy, self.dmy) {
            (0, 0) if self.ymd > 0 && self.open == 0 => Some(Order::Ymd),
            (mdy, dmy) if mdy > dmy => Some(Order::Mdy),
            (mdy, dmy) if dmy > mdy => Some(Order::Dmy),
            _ => None,
        }
    }
}

/// Three numbers, whatever is between them; times behind the date are left away.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| date[range].parse().ok();
        return Some([part(0..4)?, part(4..6)?, part(6..8)?]);
    }
    let parts: Vec<&str> = date.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    Some([number(first)?, number(second)?, number(third)?])
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `12 Apr 1991`, `April 12, 1991`, `12-Apr-91`.
fn spelled(text: &str) -> Option<[u32; 3]> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let [first, second, year] = words.as_slice() else { return None };
    let month = |word: &str| {
        let at = MONTHS.iter().position(|month| word.starts_with(month))?;
        Some(at as u32 + 1)
    };
    let day = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let year = year.parse().ok()?;
    match (month(first), month(second)) {
        (Some(month), None) => Some([year, month, day(second)?]),
        (None, Some(month)) => Some([year, month, day(first)?]),
        _ => None,
    }
}

/// A year of two digits is the last one of that ending that does not lie ahead.
fn whole_year(year: u32, today: Date) -> i32 {
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    if year > 99 {
        return year;
    }
    let this: i32 = today.to_string().get(..4).and_then(|text| text.parse().ok()).unwrap_or(2000);
    let century = this - this.rem_euclid(100);
    if century + year > this { century - 100 + year } else { century + year }
}

/// A birth date as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) birth: Birth,
    /// Why there is none, though the cell is not empty.
    pub(super) doubt: Option<&'static str>,
}

impl From<Birth> for Read {
    fn from(birth: Birth) -> Self {
        Self { birth, doubt: None }
    }
}

/// What people and programs write where they know no date.
fn is_nothing(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    bare.chars().all(|c| c == '0')
        || matches!(
            bare.as_str(),
            "unknown"
                | "unk"
                | "na"
                | "none"
                | "null"
                | "notknown"
                | "notrecorded"
                | "refused"
                | "tbd"
                | "unbekannt"
                | "desconocido"
                | "inconnu"
        )
}

/// Days since the end of 1899, as spreadsheets count them; a time behind it is left away.
fn serial(text: &str) -> Option<i64> {
    let days = text.trim().split('.').next()?;
    let number = days.parse::<i64>().ok().filter(|_| days.len() == 5)?;
    (10_000..=80_000).contains(&number).then_some(number)
}

/// The days that spreadsheets make of an empty cell or of zero.
fn made_of_nothing(date: Date) -> bool {
    matches!(date.to_string().as_str(), "1899-12-30" | "1899-12-31" | "1900-01-01" | "1904-01-01")
}

/// Reads a birth date; the error says what is wrong without quoting it.
pub(super) fn read(text: &str, order: Order, today: Date) -> Result<Read, String> {
    let bare = text.trim();
    if is_nothing(bare) {
        return Ok(Read {
            birth: Birth::Unknown,
            doubt: Some("no birth date: the cell says that it is not known"),
        });
    }
    if bare.len() == 4
        && let Ok(year) = bare.parse::<i16>()
        && (1850..2200).contains(&year)
    {
        return Ok(Birth::Partly { year, month: None }.into());
    }
    if let Some(days) = serial(bare)
        && let Some(start) = Date::from_ymd(1899, 12, 30)
    {
        return on(start.plus_days(i32::try_from(days).unwrap_or_default()), today);
    }
    let [year, month, day] = match (numbers(bare), spelled(bare)) {
        (Some([first, second, third]), _) if first > 31 => [first, second, third],
        (Some([first, second, third]), _) => match order {
            Order::Mdy => [third, first, second],
            Order::Dmy => [third, second, first],
            Order::Ymd => [first, second, third],
        },
        (None, Some(spelled)) => spelled,
        (None, None) => return Err("the birth date does not read as a date".to_owned()),
    };
    let date = Date::from_ymd(whole_year(year, today), month, day);
    let date =
        date.ok_or_else(|| format!("there is no such birth date, read as {order} (--dates says otherwise)"))?;
    on(date, today)
}

fn on(date: Date, today: Date) -> Result<Read, String> {
    if made_of_nothing(date) {
        let doubt = Some("no birth date: the cell holds the day that spreadsheets make of nothing");
        return Ok(Read { birth: Birth::Unknown, doubt });
    }
    if date > today {
        return Err("the birth date is in the future".to_owned());
    }
    if today.years_since(date) > 130 {
        return Err("the birth date is over 130 years ago".to_owned());
    }
    Ok(Birth::On(date).into())
}

/// A birth date whose year, month and day stand in columns of their own.
pub(super) fn of_parts([year, month, day]: [&str; 3], today: Date) -> Result<Read, String> {
    if [year, month, day].iter().any(|part| is_nothing(part)) {
        let known = year.trim().parse::<i16>().ok().filter(|year| (1850..2200).contains(year));
        let month = month.trim().parse::<u8>().ok().filter(|month| (1..=12).contains(month));
        return Ok(match known {
            Some(year) => Birth::Partly { year, month }.into(),
            None => Read { birth: Birth::Unknown, doubt: Some("no birth date: its parts are not all there") },
        });
    }
    read(&format!("{year}-{month}-{day}"), Order::Ymd, today)
}

/// A day of death, and whether the cell says that somebody has died at all.
pub(super) fn died(text: &str, order: Order, today: Date) -> Result<(bool, Option<Date>), String> {
    let bare: String = text.trim().to_lowercase();
    if matches!(bare.as_str(), "y" | "yes" | "true" | "1" | "deceased" | "dead" | "died" | "ja" | "x") {
        return Ok((true, None));
    }
    if is_nothing(&bare) || matches!(bare.as_str(), "n" | "no" | "false" | "alive" | "living" | "nein") {
        return Ok((false, None));
    }
    let read = read(text, order, today).map_err(|what| what.replace("birth date", "date of death"))?;
    Ok((read.doubt.is_none(), read.birth.date()))
}
