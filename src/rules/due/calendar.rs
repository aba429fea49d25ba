//! Counting days: calendar days, business days, months, sessions, days with a session.
//!
//! The day counted from is day zero where the rule excludes it, else day one; so "within 5 days, first day excluded" of
//! the 10th is the 15th, and with the first day counted the 14th.

use crate::domain::Date;
use crate::packs::{Holiday, Unit, WEEKDAYS};
use crate::rules::when::plus_months;
use chrono::Datelike;

/// Longest way looked for a business day: an agency that is closed for years has no due dates.
const FAR: u32 = 3_700;

/// Which days are business days.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// Holidays of the pack.
    pub holidays: &'a [Holiday],
    /// Closed days of the agency's own.
    pub closed: &'a [Date],
}

impl<'a> Calendar<'a> {
    /// The holiday kept on this day, if any. A fixed one on a Saturday is kept the Friday before, on a Sunday the Monday
    /// after.
    pub fn holiday(&self, date: Date) -> Option<&'a str> {
        self.holidays.iter().find(|holiday| kept_on(holiday, date)).map(|holiday| holiday.name.as_str())
    }

    /// Neither weekend nor holiday nor closed.
    pub fn is_business(&self, date: Date) -> bool {
        weekday(date) < 5 && !self.closed.contains(&date) && self.holiday(date).is_none()
    }

    /// The day a count of calendar days, business days or months from `base` ends on. Other units count nothing here.
    pub fn end(&self, base: Date, unit: Unit, count: u16, exclude_first: bool) -> Date {
        let count = i32::from(count);
        match unit {
            Unit::BusinessDays => self.business_end(base, count, exclude_first),
            Unit::Months => plus_months(base, count).plus_days(-i32::from(!exclude_first && count > 0)),
            _ => base.plus_days(if exclude_first { count } else { (count - 1).max(0) }),
        }
    }

    fn business_end(&self, base: Date, count: i32, exclude_first: bool) -> Date {
        let mut left = count;
        let mut day = if exclude_first { base.plus_days(1) } else { base };
        for _ in 0..FAR {
            if left <= 0 {
                break;
            }
            left -= i32::from(self.is_business(day));
            if left > 0 {
                day = day.plus_days(1);
            }
        }
        if count == 0 { base } else { day }
    }
}

/// Monday is 0.
fn weekday(date: Date) -> u32 {
    date.naive().weekday().num_days_from_monday()
}

fn kept_on(holiday: &Holiday, date: Date) -> bool {
    // A fixed day may be kept the day before or after it, over the end of a month or year.
    [-1, 0, 1].into_iter().any(|off| {
        let nominal = date.plus_days(off);
        let naive = nominal.naive();
        if naive.month() != holiday.month {
            return false;
        }
        match (holiday.day, &holiday.weekday, holiday.week) {
            (Some(day), _, _) => naive.day() == day && off == kept_off(nominal),
            (None, Some(name), Some(week)) => off == 0 && is_nth(nominal, name, week),
            _ => false,
        }
    })
}

/// How far behind the day on which it is kept the fixed day is.
fn kept_off(nominal: Date) -> i32 {
    match weekday(nominal) {
        5 => 1,
        6 => -1,
        _ => 0,
    }
}

fn is_nth(date: Date, name: &str, week: i32) -> bool {
    let naive = date.naive();
    let same = WEEKDAYS.iter().position(|one| *one == name) == Some(weekday(date) as usize);
    let last = date.plus_days(7).naive().month() != naive.month();
    same && if week == -1 { last } else { (naive.day() as i32 - 1) / 7 + 1 == week }
}

/// The day of the `count`-th session, or day with a session, from `base` on. `days`: a day for each session, in order.
/// With the first day excluded what was held on `base` itself does not count.
pub fn nth(days: &[Date], base: Date, unit: Unit, count: u16, exclude_first: bool) -> Option<Date> {
    let from = if exclude_first { base.plus_days(1) } else { base };
    let mut counted: Vec<Date> = days.iter().copied().filter(|day| *day >= from).collect();
    counted.sort_unstable();
    if unit == Unit::TreatmentDays {
        counted.dedup();
    }
    counted.get(usize::from(count).checked_sub(1)?).copied()
}
