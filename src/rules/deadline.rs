//! Until when something is owed, and how that is said.
//!
//! Owns the words: the strip, the list of people, what is due, what is to be done and supervision all take them from here, so
//! that no two of them say something else of the same thing.

use super::when;
use crate::domain::{Date, Moment};

/// Until when something is owed: by the end of a day, or by an instant of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// The day.
    pub on: Date,
    /// The instant, where hours count.
    pub at: Option<Moment>,
}

impl Deadline {
    /// By the end of a day.
    pub fn day(on: Date) -> Self {
        Self { on, at: None }
    }

    /// By an instant, which is on this day.
    pub fn instant(at: Moment, on: Date) -> Self {
        Self { on, at: Some(at) }
    }

    /// Whether it has passed.
    pub fn is_over(self, now: Moment, today: Date) -> bool {
        self.at.map_or(self.on < today, |at| at < now)
    }

    /// `in 3 d`, `today`, `in 2 h`, `2 d over`; a date where that is more than a year away.
    pub fn words(self, now: Moment, today: Date) -> String {
        let at = self.at.filter(|_| self.on.days_since(today).saturating_abs() <= 365);
        at.map_or_else(|| when::due(self.on, today), |at| until(at, now))
    }

    /// The order in which deadlines come: an instant of a day before the end of that day.
    pub fn order(self) -> (Date, i64) {
        (self.on, self.at.map_or(i64::MAX, |at| at.0))
    }

    /// The one that comes first.
    #[must_use]
    pub fn earlier(self, other: Self) -> Self {
        if other.order() < self.order() { other } else { self }
    }
}

/// How far an instant is: `in 2 h`, `now`, `3 d over`. What is still to come counts up to the full unit, so that 24 hours
/// are 24 h until one of them has passed.
pub fn until(at: Moment, now: Moment) -> String {
    until_in(minutes_until(at, now))
}

/// As [`until`] where there is little room: `2 h`, `now`, `3 d over`.
pub fn left(minutes: i64) -> String {
    match minutes {
        1.. => when::ahead(minutes),
        _ => until_in(minutes),
    }
}

/// As [`until`], from minutes.
pub fn until_in(minutes: i64) -> String {
    match minutes {
        0 => "now".to_owned(),
        ahead @ 1.. => format!("in {}", when::ahead(ahead)),
        over => format!("{} over", when::span(over)),
    }
}

/// Minutes until an instant, a part of one counting as a whole one; negative once it has passed.
pub fn minutes_until(at: Moment, now: Moment) -> i64 {
    let left = at.0 - now.0;
    if left > 0 { (left + 59_999) / 60_000 } else { left / 60_000 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = Moment::HOUR;

    #[test]
    fn a_full_day_is_24_hours_until_an_hour_has_passed() {
        let now = Moment(1_000 * HOUR);
        let words = |ms: i64| until(now.plus_ms(ms), now);
        assert_eq!(words(24 * HOUR), "in 24 h");
        assert_eq!(words(24 * HOUR - 1), "in 24 h");
        assert_eq!(words(23 * HOUR), "in 23 h");
        assert_eq!(words(59 * 60_000 + 1), "in 1 h");
        assert_eq!(words(59 * 60_000), "in 59 min");
        assert_eq!(words(48 * HOUR), "in 2 d");
        assert_eq!(words(0), "now");
        assert_eq!(words(-59_999), "now");
        assert_eq!(words(-60_000), "1 min over");
        assert_eq!(words(-39 * HOUR), "39 h over");
        assert_eq!(words(-49 * HOUR), "2 d over");
    }

    #[test]
    fn what_is_more_than_a_year_away_is_said_by_its_date_and_nothing_else_is_counted_in_thousands() {
        let (today, now) = (Date::from_ymd(2026, 11, 30).unwrap(), Moment(20_000 * 24 * HOUR));
        let words = |days: i32| Deadline::day(today.plus_days(days)).words(now, today);
        assert_eq!([words(-6_134), words(-366), words(-365)], ["13 Feb 2010", "29 Nov 2025", "365 d over"]);
        assert_eq!([words(365), words(366)], ["in 365 d", "1 Dec 2027"]);
        assert_eq!(Deadline::instant(Moment(0), today.plus_days(-6_134)).words(now, today), "13 Feb 2010");
        assert_eq!([when::due_in(-6_134), when::due_in(800)], ["16 y over", "in 2 y"]);
        assert_eq!(
            [when::brief(today, today), when::brief(today.plus_days(-365), today)],
            ["30 Nov", "Nov 2025"]
        );
    }

    #[test]
    fn hours_of_a_day_come_before_its_end() {
        let (today, now) = (Date(20_000), Moment(20_000 * 24 * HOUR + 10 * HOUR));
        let tomorrow = Deadline::day(today.plus_days(1));
        let in_23_h = Deadline::instant(now.plus_ms(23 * HOUR), today.plus_days(1));
        assert!(in_23_h.order() < tomorrow.order(), "in 23 h comes before in 1 d");
        assert_eq!(tomorrow.earlier(in_23_h), in_23_h);
        assert_eq!(
            (in_23_h.words(now, today), tomorrow.words(now, today)),
            ("in 23 h".into(), "in 1 d".into())
        );
        assert!(!Deadline::day(today).is_over(now, today) && Deadline::day(Date(19_999)).is_over(now, today));
        assert!(Deadline::instant(now.plus_ms(-1), today).is_over(now, today));
        assert!(!Deadline::instant(now, today).is_over(now, today));
    }
}
