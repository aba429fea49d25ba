//! Instants, dates and times of day, as they are stored.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An instant: milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Moment(pub i64);

impl Moment {
    /// Milliseconds in an hour.
    pub const HOUR: i64 = 3_600_000;

    /// This instant, so many milliseconds later.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// A calendar date: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Date(pub i32);

impl Date {
    const EPOCH_FROM_CE: i32 = 719_163;

    /// The date of year, month (1-12) and day (1-31), if there is one.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from)
    }

    /// As chrono's date (clamped to what chrono can hold).
    pub fn naive(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(Self::EPOCH_FROM_CE)).unwrap_or_default()
    }

    /// This date, so many days later (earlier if negative).
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from `earlier` to this date.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whole years from a birth date to this date.
    pub fn years_since(self, birth: Self) -> i32 {
        let (now, then) = (self.naive(), birth.naive());
        let before_birthday = (now.month(), now.day()) < (then.month(), then.day());
        now.year() - then.year() - i32::from(before_birthday)
    }
}

impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - Self::EPOCH_FROM_CE)
    }
}

/// `2026-11-21`, as dates are recorded.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.naive().format("%Y-%m-%d"))
    }
}

/// A time of day: minutes since midnight, in the agency's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct ClockTime(pub u16);

impl ClockTime {
    /// Hour 0-23 and minute 0-59.
    pub fn new(hour: u32, minute: u32) -> Option<Self> {
        NaiveTime::from_hms_opt(hour, minute, 0).map(|t| Self((t.hour() * 60 + t.minute()) as u16))
    }

    /// Reads a time of day as people write it: `14:05`, `9:30`, `0930`, `930`, `14h`, `14h05`, `5pm`, `2:30 p.m.`, `noon`.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        if text == "noon" {
            return Self::new(12, 0);
        }
        let half = [("a.m.", 0), ("p.m.", 12), ("am", 0), ("pm", 12), ("a", 0), ("p", 12)];
        let half = half.into_iter().find_map(|(word, add)| Some((text.strip_suffix(word)?, add)));
        let Some((clock, add)) = half else { return Self::parse_digits(&text) };
        let time = Self::parse_digits(clock)?;
        let (hour, minute) = (u32::from(time.0 / 60), u32::from(time.0 % 60));
        (1..=12).contains(&hour).then(|| Self::new(hour % 12 + add, minute)).flatten()
    }

    fn parse_digits(text: &str) -> Option<Self> {
        let (hour, minute) = match text.split_once([':', '.', 'h']) {
            Some((hour, "")) if text.ends_with('h') => (hour, "0"),
            Some(parts) => parts,
            None if text.len() >= 3 && text.is_ascii() => text.split_at(text.len() - 2),
            None => (text, "0"),
        };
        let digits = |part: &str| -> Option<u32> {
            if part.is_empty() || part.len() > 2 { None } else { part.parse().ok() }
        };
        Self::new(digits(hour)?, digits(minute)?)
    }
}

/// `14:05`.
impl fmt::Display for ClockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// An instant as the agency's clock shows it: what screens print. Made by `clock`, which alone knows the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct LocalTime {
    /// The date there and then.
    pub date: Date,
    /// The time of day there and then.
    pub time: ClockTime,
    /// Seconds, 0-59.
    pub second: u8,
}

/// `2026-11-21 14:03`.
impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_round_through_chrono() {
        let date = Date::from_ymd(2026, 11, 21).unwrap();
        assert_eq!(date.to_string(), "2026-11-21");
        assert_eq!(Date::from(date.naive()), date);
        assert_eq!(Date(0).to_string(), "1970-01-01");
        assert_eq!(Date::from_ymd(2026, 2, 30), None);
    }

    #[test]
    fn years_count_from_the_birthday() {
        let birth = Date::from_ymd(1991, 4, 12).unwrap();
        assert_eq!(Date::from_ymd(2026, 4, 11).unwrap().years_since(birth), 34);
        assert_eq!(Date::from_ymd(2026, 4, 12).unwrap().years_since(birth), 35);
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, minutes) in [
            ("14:05", 845),
            ("9:30", 570),
            ("0930", 570),
            ("930", 570),
            ("13", 780),
            ("5pm", 1020),
            ("2:30 pm", 870),
            ("2:30 P.M.", 870),
            ("9 a.m.", 540),
            ("930am", 570),
            ("12am", 0),
            ("12:15pm", 735),
            ("14h", 840),
            ("14h30", 870),
            ("noon", 720),
        ] {
            assert_eq!(ClockTime::parse(text), Some(ClockTime(minutes)), "{text}");
        }
        for text in ["", "25:00", "12:60", "soon", "12345", "1:234", "14pm", "0am", "pm", "h"] {
            assert_eq!(ClockTime::parse(text), None, "{text}");
        }
    }
}
