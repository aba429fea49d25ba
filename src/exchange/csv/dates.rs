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
}

impl Evidence {
    /// Looks at one date.
    pub(super) fn see(&mut self, text: &str) {
        match numbers(text) {
            Some([first, _, _]) if first > 31 => self.ymd += 1,
            Some([first, second, _]) if first > 12 && second <= 12 => self.dmy += 1,
            Some([first, second, _]) if second > 12 && first <= 12 => self.mdy += 1,
            _ => {}
        }
    }

    /// The order they say; `None` if they say none or contradict each other evenly.
    pub(super) fn said(&self) -> Option<Order> {
        match (self.mdy, self.dmy) {
            (0, 0) if self.ymd > 0 => Some(Order::Ymd),
            (mdy, dmy) if mdy > dmy => Some(Order::Mdy),
            (mdy, dmy) if dmy > mdy => Some(Order::Dmy),
            _ => None,
        }
    }
}

/// Three numbers, whatever stands between them; times behind the date are left away.
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

/// Reads a birth date; the error says what is wrong without quoting it.
pub(super) fn read(text: &str, order: Order, today: Date) -> Result<Birth, String> {
    let bare = text.trim();
    if bare.len() == 4
        && let Ok(year) = bare.parse::<i16>()
        && (1850..2200).contains(&year)
    {
        return Ok(Birth::Partly { year, month: None });
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
    if date > today {
        return Err("the birth date is in the future".to_owned());
    }
    if today.years_since(date) > 130 {
        return Err("the birth date is over 130 years ago".to_owned());
    }
    Ok(Birth::On(date))
}
