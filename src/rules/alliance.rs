//! Check-ins of one client over time: a line of its own for each person they are about and each person who answers.

use crate::domain::{CheckIn, Hundredths, WaysOfWorking};
use crate::packs::Instrument;

/// The key of the form that a check-in is.
pub const CHECK_IN: &str = "check-in";

/// The items everybody answers, with the word a list has for each.
pub const ITEMS: [(&str, &str); 3] = [("goal", "Goal"), ("task", "Task"), ("bond", "Bond")];

/// The questions that may close a session, in our own words.
pub const QUESTIONS: [&str; 9] = [
    "One thing to do differently next time?",
    "What did we miss that you came for?",
    "Where did I get you wrong?",
    "How easy is it to tell me when you disagree?",
    "What would make it easier?",
    "Was the pace right?",
    "Did I seem with you?",
    "What should we do first next time?",
    "How hopeful are you that this helps (0-10)?",
];

/// Returns the form of the check-in for somebody of this age: people from 12 to 17 have words of their own.
pub fn form_for(measure: &Instrument, age: Option<u8>) -> String {
    let youth = age.is_some_and(|age| (12..18).contains(&age));
    let wanted = if youth { "youth" } else { "adult" };
    measure.forms.iter().find(|form| *form == wanted).cloned().unwrap_or_default()
}

/// Returns the form that is filled in with the family in the room, for whoever fills in this one otherwise.
pub fn form_in_family(measure: &Instrument, form: &str) -> String {
    let wanted = if form == "youth" { "family youth" } else { "family" };
    measure.forms.iter().find(|one| *one == wanted).cloned().unwrap_or_default()
}

/// Returns the form of a slip at the end of a group session, for whoever fills in this one otherwise.
pub fn form_in_group(measure: &Instrument, form: &str) -> String {
    let wanted = if form == "youth" { "group youth" } else { "group" };
    measure.forms.iter().find(|one| *one == wanted).cloned().unwrap_or_default()
}

/// Whether a check-in is somebody's own slip of a group session.
pub fn is_of_group(one: &CheckIn) -> bool {
    one.form.starts_with("group")
}

/// Returns the question that closes a session: where it is hard for somebody to say what does not fit, that is asked each time.
pub fn question_for(ways: Option<&WaysOfWorking>) -> &'static str {
    if ways.is_some_and(WaysOfWorking::is_hard_to_say) { QUESTIONS[3] } else { QUESTIONS[0] }
}

/// How far a guess is from an answer when it is far apart from it, in hundredths.
const FAR: u32 = 200;

/// Whether a guess and the client's answer lie far apart in one of the questions. What was not answered or not guessed is left out.
pub fn is_far_apart(one: &CheckIn) -> bool {
    one.guess.iter().any(|(item, guess)| {
        let both = guess.key().zip(one.reply(item).key());
        both.is_some_and(|(guess, answer)| guess.0.abs_diff(answer.0) >= FAR)
    })
}

/// Whether two belong to one line: about the same person, answered by the same person.
pub fn is_alike(one: &CheckIn, other: &CheckIn) -> bool {
    (one.about, &one.answered_by, &one.name) == (other.about, &other.answered_by, &other.name)
}

/// Returns the lines of a client: the one with the newest check-in first, each in the order in which they were taken.
pub fn lines<'a>(all: impl Iterator<Item = &'a CheckIn>) -> Vec<Vec<&'a CheckIn>> {
    let mut taken: Vec<&CheckIn> = all.filter(|one| one.in_error.is_empty()).collect();
    taken.sort_by_key(|one| one.taken());
    let mut lines: Vec<Vec<&CheckIn>> = Vec::new();
    for one in taken {
        match lines.iter_mut().find(|line| line.first().is_some_and(|first| is_alike(first, one))) {
            Some(line) => line.push(one),
            None => lines.push(vec![one]),
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.last().map(|one| one.taken())));
    lines
}

/// Returns how far an answer fell since the one before it in its line, and from which. A missing answer is passed, never counted as 0.
pub fn fall(line: &[&CheckIn], at: usize, item: &str) -> Option<(Hundredths, Hundredths)> {
    let now = line.get(at)?.reply(item).key()?;
    let before = line[..at].iter().rev().find_map(|one| one.reply(item).key())?;
    (now < before).then_some((before, now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, Number, Reply, StaffId};

    fn one(number: Number, about: u8, answers: [Option<i16>; 3]) -> CheckIn {
        let reply =
            |key: Option<i16>| key.map_or(Reply::Declined, |key| Reply::Given(Hundredths::whole(key)));
        let answers =
            ITEMS.iter().zip(answers).map(|((id, _), key)| ((*id).to_owned(), reply(key))).collect();
        let on = Date::from_ymd(2026, 11, number).unwrap();
        CheckIn {
            number,
            on,
            about: StaffId([about; 16]),
            answered_by: "client".into(),
            answers,
            ..CheckIn::default()
        }
    }

    #[test]
    fn each_counselor_is_a_line_of_their_own() {
        let all = [one(1, 7, [Some(5); 3]), one(2, 8, [Some(2); 3]), one(3, 7, [Some(4); 3])];
        let lines = lines(all.iter());
        assert_eq!(lines.iter().map(Vec::len).collect::<Vec<usize>>(), [2, 1]);
        assert_eq!(fall(&lines[1], 0, "goal"), None, "a new counselor begins a new line");
        assert_eq!(fall(&lines[0], 1, "goal"), Some((Hundredths::whole(5), Hundredths::whole(4))));
    }

    #[test]
    fn a_gap_is_no_zero_and_is_compared_across() {
        let all = [
            one(3, 7, [Some(4), None, Some(5)]),
            one(4, 7, [None; 3]),
            one(5, 7, [Some(4), Some(3), Some(4)]),
        ];
        let lines = lines(all.iter());
        assert_eq!(fall(&lines[0], 1, "bond"), None);
        assert_eq!(fall(&lines[0], 2, "bond"), Some((Hundredths::whole(5), Hundredths::whole(4))));
        assert_eq!(fall(&lines[0], 2, "goal"), None);
        assert_eq!(fall(&lines[0], 2, "task"), None, "nothing to compare with");
    }

    #[test]
    fn what_is_in_error_is_in_no_line() {
        let mut all = [one(1, 7, [Some(5); 3]), one(2, 7, [Some(1); 3])];
        all[1].in_error = "another person's".into();
        assert_eq!(lines(all.iter())[0].len(), 1);
    }

    #[test]
    fn the_order_of_entry_never_matters() {
        let all = [
            one(1, 7, [Some(5); 3]),
            one(2, 8, [Some(2); 3]),
            one(3, 7, [Some(4); 3]),
            one(4, 8, [None, Some(3), Some(5)]),
            one(5, 7, [Some(3); 3]),
        ];
        let told = |all: &[CheckIn]| -> Vec<Vec<Number>> {
            lines(all.iter()).iter().map(|line| line.iter().map(|one| one.number).collect()).collect()
        };
        let first = told(&all);
        for turn in 0..all.len() {
            let mut other = all.clone();
            other.rotate_left(turn);
            assert_eq!(told(&other), first);
            other.reverse();
            assert_eq!(told(&other), first);
        }
    }
}
