//! Time and names come from outside: the clock and the source of random ids.
//!
//! Owns [`Clock`] (wall, monotonic, agency zone) and [`Ids`]; the only file that names jiff. Used by service and boot
//! only: everything else is handed the time.

use crate::domain::{ClockTime, Date, LocalTime, Moment};
use jiff::tz::TimeZone;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Where instants come from.
#[derive(Clone)]
enum Source {
    System(Instant),
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests hold the clock"))]
    Fixed(Arc<AtomicI64>),
}

/// Wall clock, monotonic clock and the agency's zone.
#[derive(Clone)]
pub struct Clock {
    source: Source,
    zone: TimeZone,
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.zone.iana_name().unwrap_or("UTC"))
    }
}

/// A moment from its milliseconds.
pub fn moment(ms: i64) -> Moment {
    Moment(ms)
}

/// Wall time now, without a zone.
pub fn wall() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A zone name that no time zone database knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is called \"{0}\"; use a name like America/Chicago or Europe/Helsinki")]
pub struct UnknownZone(pub String);

impl Clock {
    /// The system's clock in an IANA zone.
    pub fn system(zone: &str) -> Result<Self, UnknownZone> {
        Ok(Self { source: Source::System(Instant::now()), zone: find_zone(zone)? })
    }

    /// A clock that is still until it is [advanced](Self::advance). For tests and for the demo's history.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests hold the clock"))]
    pub fn fixed(zone: &str, at: Moment) -> Result<Self, UnknownZone> {
        Ok(Self { source: Source::Fixed(Arc::new(AtomicI64::new(at.0))), zone: find_zone(zone)? })
    }

    /// The zone's IANA name; `UTC` if it has none.
    pub fn zone_name(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    /// The same clock, read in another zone.
    pub fn in_zone(&self, zone: &str) -> Result<Self, UnknownZone> {
        Ok(Self { source: self.source.clone(), zone: find_zone(zone)? })
    }

    /// Moves a fixed clock; the system's clock takes no orders.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests hold the clock"))]
    pub fn advance(&self, ms: i64) {
        if let Source::Fixed(at) = &self.source {
            at.fetch_add(ms, Ordering::SeqCst);
        }
    }

    /// Wall time now.
    pub fn now(&self) -> Moment {
        match &self.source {
            Source::System(_) => wall(),
            Source::Fixed(at) => Moment(at.load(Ordering::SeqCst)),
        }
    }

    /// Milliseconds of a clock that never goes back.
    pub fn monotonic_ms(&self) -> u64 {
        match &self.source {
            Source::System(start) => u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
            Source::Fixed(at) => at.load(Ordering::SeqCst).max(0) as u64,
        }
    }

    /// An instant as the agency's clock shows it.
    pub fn local(&self, at: Moment) -> LocalTime {
        let stamp = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        let local = stamp.to_zoned(self.zone.clone());
        LocalTime {
            date: Date::from_ymd(i32::from(local.year()), local.month() as u32, local.day() as u32)
                .unwrap_or_default(),
            time: ClockTime((i32::from(local.hour()) * 60 + i32::from(local.minute())) as u16),
            second: local.second() as u8,
        }
    }

    /// An instant as this clock shows it, with the zone it is in, for what is read elsewhere: `2026-11-21 14:03 UTC-06:00`.
    pub fn stamp(&self, at: Moment) -> String {
        format!("{} {}", self.local(at), self.offset(at))
    }

    /// How far the zone is from UTC at an instant: `UTC-06:00`.
    fn offset(&self, at: Moment) -> String {
        let stamp = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        let seconds = self.zone.to_offset(stamp).seconds();
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// Today in the agency's zone.
    pub fn today(&self) -> Date {
        self.local(self.now()).date
    }

    /// The instant of a local date and time; in a gap or an overlap the rule of RFC 5545 ("compatible") holds.
    pub fn instant(&self, date: Date, time: ClockTime) -> Moment {
        use chrono::Datelike;
        let day = date.naive();
        let built = jiff::civil::Date::new(day.year() as i16, day.month() as i8, day.day() as i8)
            .map(|day| day.at((time.0 / 60) as i8, (time.0 % 60) as i8, 0, 0));
        let zoned = built.and_then(|civil| civil.to_zoned(self.zone.clone()));
        zoned.map_or(Moment::default(), |zoned| Moment(zoned.timestamp().as_millisecond()))
    }

    /// When the day after a date begins in the agency's zone.
    pub fn end_of(&self, date: Date) -> Moment {
        self.instant(date.plus_days(1), ClockTime(0))
    }
}

fn find_zone(zone: &str) -> Result<TimeZone, UnknownZone> {
    TimeZone::get(zone).map_err(|_| UnknownZone(zone.to_owned()))
}

/// The names of all places a zone can be chosen by, sorted.
pub fn zone_names() -> Vec<String> {
    let places = jiff::tz::db().available().map(|name| name.as_str().to_owned());
    let mut names: Vec<String> = places.filter(|name| is_place(name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a zone is named by a place (`America/Chicago`): the other names are older or say less.
fn is_place(name: &str) -> bool {
    const REGIONS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    name.split_once('/').is_some_and(|(region, _)| REGIONS.contains(&region))
}

/// The zone this machine is set to, as a suggestion at set-up.
pub fn system_zone_name() -> String {
    TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}

/// Names for when the system has no randomness.
static SPARE: AtomicU64 = AtomicU64::new(1);

/// Where random ids come from.
#[derive(Clone, Debug)]
pub enum Ids {
    /// The operating system.
    System,
    /// Counted from a seed: tests and the demo.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests name what they find"))]
    Counted(Arc<AtomicU64>),
}

impl Ids {
    /// Ids that are the same in every run with the same seed.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests name what they find"))]
    pub fn counted(seed: u64) -> Self {
        Self::Counted(Arc::new(AtomicU64::new(seed.wrapping_mul(1_000_003))))
    }

    /// Sixteen bytes nobody else has.
    pub fn fresh(&self) -> [u8; 16] {
        match self {
            Self::System => {
                let mut id = [0; 16];
                // Without randomness there is no safe name for anything: the counter keeps ids apart, and sealing,
                // which needs randomness too, refuses before anything is written.
                if getrandom::fill(&mut id).is_err() {
                    id[..8].copy_from_slice(&SPARE.fetch_add(1, Ordering::SeqCst).to_le_bytes());
                }
                id
            }
            Self::Counted(next) => {
                let hash = blake3::hash(&next.fetch_add(1, Ordering::SeqCst).to_le_bytes());
                let mut id = [0; 16];
                id.copy_from_slice(&hash.as_bytes()[..16]);
                id
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_that_can_be_chosen_is_one() {
        let names = zone_names();
        assert!(names.iter().any(|name| name == "America/Chicago"));
        assert!(names.iter().all(|name| find_zone(name).is_ok()));
    }

    #[test]
    fn local_time_follows_the_agency_zone_across_daylight_saving() {
        let clock = Clock::fixed("America/Chicago", Moment(0)).unwrap();
        let summer = Date::from_ymd(2026, 7, 1).unwrap();
        let winter = Date::from_ymd(2026, 12, 1).unwrap();
        for date in [summer, winter] {
            let at = clock.instant(date, ClockTime(13 * 60));
            assert_eq!(clock.local(at).to_string(), format!("{date} 13:00"));
        }
        let gap = clock.instant(Date::from_ymd(2026, 3, 8).unwrap(), ClockTime(150));
        assert_eq!(clock.local(gap).time, ClockTime(210));
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = Clock::fixed("UTC", Moment(1_000)).unwrap();
        let other = clock.clone();
        clock.advance(500);
        assert_eq!(other.now(), Moment(1_500));
        assert_eq!(Clock::fixed("Mars/Olympus", Moment(0)).unwrap_err().0, "Mars/Olympus");
    }

    #[test]
    fn a_day_is_as_long_as_the_zone_makes_it() {
        let clock = Clock::fixed("America/Chicago", Moment(0)).unwrap();
        let hours = |year, month, day| {
            let date = Date::from_ymd(year, month, day).unwrap();
            (clock.end_of(date).0 - clock.instant(date, ClockTime(0)).0) / Moment::HOUR
        };
        assert_eq!((hours(2026, 3, 8), hours(2026, 7, 1), hours(2026, 11, 1)), (23, 24, 25));
    }
}
