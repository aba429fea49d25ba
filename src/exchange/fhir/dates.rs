//! Dates as FHIR writes them, perhaps known in part.

use crate::domain::Date;

/// A date as FHIR writes it: perhaps only a year or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartDate {
    Day(Date),
    Month(i16, u8),
    Year(i16),
}

impl PartDate {
    pub(super) fn day(self) -> Option<Date> {
        match self {
            Self::Day(date) => Some(date),
            _ => None,
        }
    }

    /// The first day it may mean.
    pub(super) fn earliest(self) -> Date {
        let (year, month) = match self {
            Self::Day(date) => return date,
            Self::Month(year, month) => (year, month),
            Self::Year(year) => (year, 1),
        };
        Date::from_ymd(i32::from(year), u32::from(month), 1).unwrap_or_default()
    }

    /// The last day it may mean.
    pub(super) fn latest(self) -> Date {
        let first_after = |year: i16, month: u8| {
            let (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            Date::from_ymd(i32::from(year), u32::from(month), 1).unwrap_or_default()
        };
        match self {
            Self::Day(date) => date,
            Self::Month(year, month) => first_after(year, month).plus_days(-1),
            Self::Year(year) => first_after(year, 12).plus_days(-1),
        }
    }

    /// As it was written.
    pub(super) fn written(self) -> String {
        match self {
            Self::Day(date) => date.to_string(),
            Self::Month(year, month) => format!("{year:04}-{month:02}"),
            Self::Year(year) => format!("{year:04}"),
        }
    }
}

/// FHIR date and dateTime: `1980`, `1980-05`, `1980-05-31`, `1980-05-31T22:53:17.5+00:00`.
pub(super) fn parse_date(text: &str) -> Result<PartDate, &'static str> {
    const FORM: &str = "is not a date; write 1980, 1980-05, 1980-05-31 or 1980-05-31T22:53:17+00:00";
    const NONE: &str = "is a date that does not exist";
    let (date, time) = match text.split_once('T') {
        None => (text, None),
        Some((date, time)) => (date, Some(time)),
    };
    let digits = |part: &str, len: usize| -> Result<u32, &'static str> {
        let right = part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if right { part.parse().map_err(|_| FORM) } else { Err(FORM) }
    };
    let mut parts = date.split('-');
    let year = digits(parts.next().unwrap_or_default(), 4)?;
    let month = parts.next().map(|part| digits(part, 2)).transpose()?;
    let day = parts.next().map(|part| digits(part, 2)).transpose()?;
    if parts.next().is_some() || (time.is_some() && day.is_none()) {
        return Err(FORM);
    }
    if let Some(time) = time {
        check_time(time).ok_or(FORM)?;
    }
    if year == 0 || month.is_some_and(|m| !(1..=12).contains(&m)) {
        return Err(NONE);
    }
    match (month, day) {
        (None, _) => Ok(PartDate::Year(year as i16)),
        (Some(month), None) => Ok(PartDate::Month(year as i16, month as u8)),
        (Some(month), Some(day)) => {
            Date::from_ymd(year.cast_signed(), month, day).map(PartDate::Day).ok_or(NONE)
        }
    }
}

/// `22:53`, `22:53:17`, `22:53:17.123`, then nothing, `Z` or `+01:00`.
fn check_time(text: &str) -> Option<()> {
    let two = |part: &str, max: u32| -> Option<()> {
        let right = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        (right && part.parse::<u32>().ok()? <= max).then_some(())
    };
    let (clock, zone) = text.find(['Z', '+', '-']).map_or((text, ""), |at| text.split_at(at));
    if let Some(shift) = zone.strip_prefix(['+', '-']) {
        let (hours, minutes) = shift.split_once(':')?;
        two(hours, 14)?;
        two(minutes, 59)?;
    } else if !matches!(zone, "" | "Z") {
        return None;
    }
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut parts = clock.split(':');
    two(parts.next()?, 23)?;
    two(parts.next()?, 59)?;
    parts.next().map_or(Some(()), |seconds| two(seconds, 60))?;
    parts.next().is_none().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_exactly_as_they_are_known() {
        let day = PartDate::Day(Date::from_ymd(1980, 5, 31).unwrap());
        for (text, want) in [
            ("1980", PartDate::Year(1980)),
            ("1980-05", PartDate::Month(1980, 5)),
            ("1980-05-31", day),
            ("1980-05-31T22:53:17+00:00", day),
            ("1980-05-31T22:53:17.123-05:00", day),
            ("1980-05-31T22:53Z", day),
            ("1980-05-31T22:53:17", day),
        ] {
            assert_eq!(parse_date(text), Ok(want), "{text}");
        }
        for text in [
            "",
            "0000-00-00",
            "0000",
            "2026-02-31",
            "2026-13",
            "2026-00-01",
            "80",
            "1980-5-3",
            "31.5.1980",
            "1980-05-31T25:00:00Z",
            "1980-05-31T",
            "1980-05T10:00Z",
            "1980-05-31 10:00",
            "1980-05-31-01",
            "1980-05-31T10:00:00+99:00",
            "\u{661}980",
            "+980",
            "1980-05-31T10:00:00.Z",
        ] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn partial_dates_end_with_their_last_day() {
        assert_eq!(PartDate::Month(2024, 2).latest().to_string(), "2024-02-29");
        assert_eq!(PartDate::Year(2006).latest().to_string(), "2006-12-31");
        assert_eq!(PartDate::Month(2006, 12).written(), "2006-12");
    }
}
