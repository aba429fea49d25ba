//! To which stay something belongs, by its day. Everything belongs to one stay, whatever was transferred, ended or begun again.

use crate::domain::{Date, Episode, EpisodeFacts, Number, StaffId};

/// Returns the open episode that is worked on: of several, the one that was chosen last, else the newest.
pub fn worked_on<'a>(episodes: impl IntoIterator<Item = &'a Episode>) -> Option<&'a Episode> {
    let open = episodes.into_iter().filter(|one| one.discharged.is_none());
    open.max_by_key(|one| (one.chosen, one.number))
}

/// Returns the number of the episode that a day belongs to: the newest one that was open then, of two that are open still the one
/// that is worked on; else the open one; else the last that had ended before; else the first there is. 0 if there is none.
pub fn of_day(episodes: &[Episode], on: Date) -> Number {
    let ended = |one: &Episode| one.discharged.map(|(day, _)| day);
    let holds = |one: &&Episode| one.admitted <= on && ended(one).is_none_or(|day| on <= day);
    let newest = |found: &mut dyn Iterator<Item = &Episode>| found.map(|one| one.number).max();
    let open_then = worked_on(episodes.iter().filter(holds)).map(|one| one.number);
    let ended_since = newest(&mut episodes.iter().filter(holds).filter(|one| one.discharged.is_some()));
    let within = open_then.max(ended_since);
    let open = || worked_on(episodes).map(|one| one.number);
    let before = || newest(&mut episodes.iter().filter(|one| ended(one).is_some_and(|day| day < on)));
    let first = || episodes.iter().map(|one| one.number).min();
    within.or_else(open).or_else(before).or_else(first).unwrap_or(0)
}

/// Returns the number of the episode that a session, a task or an alert belongs to: the one it names. Where it names none, the first
/// one that was open on its day, so that which of two is worked on changes nothing; else the one of its day ([`of_day`]).
pub fn of_record(named: Number, episodes: &[Episode], on: Date) -> Number {
    if episodes.iter().any(|one| one.number == named) {
        return named;
    }
    let open_then = |one: &&Episode| one.admitted <= on && one.discharged.is_none_or(|(day, _)| on <= day);
    let first = episodes.iter().filter(open_then).map(|one| one.number).min();
    first.unwrap_or_else(|| of_day(episodes, on))
}

/// Returns the number of the open episode in which a member of staff plans something with the client: the one that is worked on, unless
/// that is another counselor's and they are the counselor of a different open one. 0 if none is open.
pub fn of_staff<'a>(open: impl IntoIterator<Item = &'a EpisodeFacts>, staff: StaffId) -> Number {
    let open: Vec<&EpisodeFacts> = open.into_iter().collect();
    let own = open.iter().find(|one| one.counselor == staff);
    own.or(open.first()).map_or(0, |one| one.number)
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

    #[test]
    fn a_record_belongs_to_the_stay_it_names_and_else_to_the_first_of_its_day() {
        let two = |chosen| [stay(1, 100, None), Episode { chosen, ..stay(2, 300, None) }];
        for both in [two(0), two(1)] {
            let of = |named, day| of_record(named, &both, Date(day));
            assert_eq!([of(1, 400), of(2, 400), of(2, 50)], [1, 2, 2], "the one it names, whatever its day");
            assert_eq!([of(0, 400), of(7, 400)], [1, 1], "the same one whichever is worked on");
            assert_eq!(of(0, 200), 1);
        }
        let after = [stay(1, 100, Some(200)), stay(2, 300, None)];
        assert_eq!([of_record(0, &after, Date(400)), of_record(0, &after, Date(250))], [2, 2]);
    }

    #[test]
    fn what_is_planned_belongs_to_the_stay_of_whoever_holds_it() {
        let (sam, kim) = (StaffId([1; 16]), StaffId([2; 16]));
        let facts = |number, counselor| EpisodeFacts { number, counselor, ..EpisodeFacts::default() };
        let open = [facts(2, sam), facts(1, kim)];
        assert_eq!([of_staff(&open, sam), of_staff(&open, kim)], [2, 1]);
        assert_eq!(of_staff(&open, StaffId([3; 16])), 2, "the one that is worked on");
        assert_eq!(of_staff(&[], sam), 0);
    }

    #[test]
    fn of_two_open_stays_the_one_that_was_chosen_is_worked_on() {
        let [first, second] = [stay(1, 100, None), stay(2, 300, None)];
        let both = [first.clone(), second.clone()];
        assert_eq!(worked_on(&both).map(|one| one.number), Some(2), "the newest, until somebody chooses");
        assert_eq!([of_day(&both, Date(200)), of_day(&both, Date(350))], [1, 2]);
        let chosen = [Episode { chosen: 1, ..first.clone() }, second.clone()];
        assert_eq!(worked_on(&chosen).map(|one| one.number), Some(1));
        assert_eq!(
            [of_day(&chosen, Date(200)), of_day(&chosen, Date(350)), of_day(&chosen, Date(50))],
            [1, 1, 1]
        );
        let back = [Episode { chosen: 1, ..first }, Episode { chosen: 2, ..second }];
        assert_eq!(worked_on(&back).map(|one| one.number), Some(2));
        // A day before the one that is worked on began is the other's.
        assert_eq!(of_day(&back, Date(200)), 1);
        let ended = [Episode { chosen: 1, ..stay(1, 100, Some(400)) }, stay(2, 300, None)];
        assert_eq!(
            worked_on(&ended).map(|one| one.number),
            Some(2),
            "what was chosen counts while it is open"
        );
    }
}
