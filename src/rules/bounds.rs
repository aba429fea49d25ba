//! Which days something about a person can speak of: none before their birth, and one outside their care is asked about.

use super::when;
use crate::domain::{Birth, Date};

/// Returns why a day is refused: it lies before the person was born.
pub fn refused(on: Date, birth: Birth) -> Option<String> {
    let born = birth.earliest().filter(|born| on < *born)?;
    Some(format!("{} is before the birth date ({}). Check the year.", spelled(on), spelled(born)))
}

/// Returns what is asked about a day outside every stay: `stays` are admission and discharge of each. Nothing is asked where
/// there is no stay at all.
pub fn asked(on: Date, stays: &[(Date, Option<Date>)]) -> Option<String> {
    let within = |(admitted, discharged): &(Date, Option<Date>)| {
        *admitted <= on && discharged.is_none_or(|discharged| on <= discharged)
    };
    if stays.iter().any(within) {
        return None;
    }
    let before = stays.iter().map(|(admitted, _)| *admitted).filter(|admitted| on < *admitted).min();
    let after = stays.iter().filter_map(|(_, discharged)| *discharged).filter(|day| *day < on).max();
    match (after, before) {
        (Some(day), _) => Some(format!("{} is after the discharge of {}.", spelled(on), spelled(day))),
        (None, Some(day)) => Some(format!("{} is before the admission of {}.", spelled(on), spelled(day))),
        (None, None) => None,
    }
}

/// The day with its year: a wrong year is what these sentences are about.
fn spelled(date: Date) -> String {
    when::with_year(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Date {
        Date::from_ymd(year, month, day).unwrap()
    }

    #[test]
    fn nothing_is_before_the_birth_as_exactly_as_it_is_known() {
        let birth = Birth::On(day(1991, 4, 12));
        assert_eq!(refused(day(1991, 4, 12), birth), None);
        let why = refused(day(1900, 1, 1), birth).unwrap();
        assert_eq!(why, "1 Jan 1900 is before the birth date (12 Apr 1991). Check the year.");
        assert_eq!(refused(day(1991, 1, 1), Birth::Partly { year: 1991, month: None }), None);
        assert!(refused(day(1990, 12, 31), Birth::Partly { year: 1991, month: None }).is_some());
        assert_eq!(refused(day(1900, 1, 1), Birth::Unknown), None);
    }

    #[test]
    fn a_day_outside_every_stay_is_asked_about() {
        let stays = [(day(2025, 1, 1), Some(day(2025, 6, 30))), (day(2026, 10, 18), None)];
        assert_eq!(asked(day(2025, 6, 30), &stays), None);
        assert_eq!(asked(day(2026, 11, 21), &stays), None);
        let after = asked(day(2025, 7, 1), &stays).unwrap();
        assert_eq!(after, "1 Jul 2025 is after the discharge of 30 Jun 2025.");
        let before = asked(day(2024, 7, 1), &stays).unwrap();
        assert_eq!(before, "1 Jul 2024 is before the admission of 1 Jan 2025.");
        assert_eq!(asked(day(2024, 7, 1), &[]), None);
    }
}
