//! To which stay something belongs, by its day. Everything belongs to one stay, whatever was transferred, ended or begun again.

use crate::domain::{Date, Episode, Number};

/// Returns the number of the episode that a day belongs to: the newest one that was open then; else the open one; else the last
/// that had ended before; else the first there is. 0 if there is none.
pub fn of_day(episodes: &[Episode], on: Date) -> Number {
    let ended = |one: &Episode| one.discharged.map(|(day, _)| day);
    let holds = |one: &&Episode| one.admitted <= on && ended(one).is_none_or(|day| on <= day);
    let newest = |found: &mut dyn Iterator<Item = &Episode>| found.map(|one| one.number).max();
    let within = newest(&mut episodes.iter().filter(holds));
    let open = || newest(&mut episodes.iter().filter(|one| one.discharged.is_none()));
    let before = || newest(&mut episodes.iter().filter(|one| ended(one).is_some_and(|day| day < on)));
    let first = || episodes.iter().map(|one| one.number).min();
    within.or_else(open).or_else(before).or_else(first).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::LeaveKind;

    fn stay(number: Number, admitted: i32, ended: Option<i32>) -> Episode {
        let discharged = ended.map(|day| (Date(day), LeaveKind::Completed));
        Episode { number, admitted: Date(admitted), discharged, ..Episode::default() }
    }

    #[test]
    fn a_day_belongs_to_the_stay_it_lies_in_or_followed() {
        let all = [stay(1, 100, Some(200)), stay(2, 300, None)];
        let of = |day| of_day(&all, Date(day));
        // Before the first day of a stay that is open, a note belongs to the stay that it prepares.
        assert_eq!([of(100), of(200), of(250), of(300), of(999), of(50)], [1, 1, 2, 2, 2, 2]);
        let ended = [stay(1, 100, Some(200)), stay(2, 300, Some(400))];
        let of = |day| of_day(&ended, Date(day));
        assert_eq!([of(150), of(250), of(407), of(50)], [1, 1, 2, 1]);
        // Out and in again on one day: the day is the new stay's.
        assert_eq!(of_day(&[stay(1, 100, Some(200)), stay(2, 200, None)], Date(200)), 2);
        assert_eq!(of_day(&[], Date(1)), 0);
    }
}
