//! The problem list: which problem says much the same as another (`clinical.md` 2.5; lists rot without it), and where a new
//! one enters (`agreement.md` 2).
//!
//! Points out, never blocks. Must not read the store: the list is handed in.

use super::find::fold_for_find;
use crate::domain::{Number, Problem, ProblemStatus};
use std::collections::BTreeSet;

/// Words shorter than this say nothing about what a text is about.
const WORD_MIN: usize = 4;

/// The first problem on the list, another than `number` and not entered in error, whose wording or client's words are
/// much like these: of the longer words in both texts at least six in ten stand in both.
pub fn alike<'a>(
    number: Number,
    wording: &str,
    words: &str,
    list: impl IntoIterator<Item = &'a Problem>,
) -> Option<&'a Problem> {
    let (wording, words) = (bag(wording), bag(words));
    list.into_iter().find(|other| {
        other.number != number
            && !matches!(other.status, ProblemStatus::EnteredInError { .. })
            && (much_alike(&wording, &bag(&other.wording)) || much_alike(&words, &bag(&other.words)))
    })
}

/// Between the ranks of two problems, so that others fit between them.
pub const STEP: u32 = 1 << 16;

/// Returns the rank with which a problem enters the list: before the first active one whose dimension presses less, else at
/// the end. `list` is in its order; `press` gives the place of a problem's dimension, the most pressing first. Nothing else on
/// the list moves.
pub fn enters<P: Ord>(new: &Problem, list: &[&Problem], press: impl Fn(&Problem) -> P) -> u32 {
    let place = press(new);
    let next = list.iter().position(|other| other.status.is_active() && press(other) > place);
    let at = next.unwrap_or(list.len());
    let before = at.checked_sub(1).map_or(0, |before| list[before].rank);
    match list.get(at) {
        None => before + STEP,
        // Of equal ranks the older number comes first: it is behind the one before it where no rank is free.
        Some(after) => before + after.rank.saturating_sub(before) / 2,
    }
}

fn bag(text: &str) -> BTreeSet<String> {
    let folded = fold_for_find(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().count() >= WORD_MIN).map(str::to_owned).collect()
}

fn much_alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let both = one.intersection(other).count();
    let all = one.union(other).count();
    both > 0 && both * 10 >= all * 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClientId, Date, DimensionRef, Moment, StaffId};

    fn problem(number: Number, wording: &str, words: &str) -> Problem {
        Problem {
            client: ClientId::default(),
            number,
            wording: wording.into(),
            words: words.into(),
            dimension: DimensionRef { set: "ASAM3".into(), number: 5 },
            second: None,
            stages: Vec::new(),
            status: ProblemStatus::Active,
            status_on: Date(0),
            rank: number,
            code: None,
            added_at: Moment(0),
            added_by: StaffId::default(),
            added_by_name: String::new(),
            changed_at: Moment(0),
            changed_by: StaffId::default(),
            ..Problem::default()
        }
    }

    /// The list with this problem in it, by number.
    fn with(new: &Problem, list: &[Problem], press: impl Fn(&Problem) -> u8) -> Vec<Number> {
        let rank = enters(new, &list.iter().collect::<Vec<_>>(), press);
        let mut all: Vec<(u32, Number)> = list.iter().map(|one| (one.rank, one.number)).collect();
        all.push((rank, new.number));
        all.sort_unstable();
        all.into_iter().map(|(_, number)| number).collect()
    }

    #[test]
    fn a_new_problem_enters_where_its_dimension_presses_and_moves_nothing() {
        let press = |one: &Problem| one.dimension.number;
        let of = |number, dimension| {
            let mut one = problem(number, "", "");
            one.dimension.number = dimension;
            one
        };
        let list = [of(1, 3), of(2, 5), of(3, 2)];
        assert_eq!(with(&of(4, 1), &list, press), [4, 1, 2, 3]);
        assert_eq!(with(&of(4, 3), &list, press), [1, 4, 2, 3]);
        assert_eq!(with(&of(4, 4), &list, press), [1, 4, 2, 3]);
        assert_eq!(with(&of(4, 6), &list, press), [1, 2, 3, 4]);
        assert_eq!(with(&of(1, 6), &[], press), [1]);
        let mut ended = list.clone();
        ended[1].status = ProblemStatus::Resolved { note: "better".into() };
        assert_eq!(with(&of(4, 4), &ended, press), [1, 2, 3, 4], "what has ended is no place");
        let mut apart = list;
        (1..).zip(&mut apart).for_each(|(place, one)| one.rank = place * STEP);
        assert_eq!(with(&of(4, 4), &apart, press), [1, 4, 2, 3]);
    }

    #[test]
    fn the_same_said_again_is_found() {
        let list = [
            problem(1, "Sleeps three hours a night", "I lie awake"),
            problem(2, "Drinks in the evening after court days", "Evenings after court are the worst."),
        ];
        let found = |number, wording, words| alike(number, wording, words, &list).map(|p| p.number);
        assert_eq!(
            found(0, "Drinks alone at the weekend since March", ""),
            None,
            "one word in common is not much"
        );
        assert_eq!(found(0, "Drinks after court days, in the evening", ""), Some(2));
        assert_eq!(found(0, "", "the evenings after court are worst"), Some(2));
        assert_eq!(found(2, "Drinks in the evening after court days", ""), None, "not like itself");
        assert_eq!(found(0, "", ""), None);
        assert_eq!(found(0, "No home", "I go to my"), None);
    }

    #[test]
    fn what_was_entered_in_error_is_no_problem() {
        let mut wrong = problem(1, "Drinks in the evening", "");
        wrong.status = ProblemStatus::EnteredInError { reason: "another person".into() };
        assert!(alike(0, "Drinks in the evening", "", [&wrong]).is_none());
    }
}
