//! Which lines of a plan say what lines of other plans say, and which are words of the agency's library (L05).
//!
//! Lines are compared as sets of words; methods never are. What is kept of another person's line are numbers made of its words,
//! and an answer never says whose line it was.

use super::hints::About;
use super::{AnyLine, Plan, taken};
use crate::domain::{ClientId, LineKind, LineState, Problem, ProblemStatus};
use crate::packs::{Library, LibraryLine};
use crate::rules::find::fold_for_find;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A line of the library is one person's from so many words of their own on.
const OWN_WORDS: usize = 3;

/// The words of a line as a set of numbers, the smallest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Box<[u64]>);

impl Words {
    /// Returns the words of a text, whatever their order, case and accents.
    pub fn of(text: &str) -> Self {
        let set: BTreeSet<u64> = words_of(text).iter().map(|word| number(word)).collect();
        Self(set.into_iter().collect())
    }

    /// Whether at least nine in ten of all words in both are in each.
    fn is_like(&self, other: &Self) -> bool {
        let (mut at, mut both) = (0, 0);
        for word in &self.0 {
            while other.0.get(at).is_some_and(|there| there < word) {
                at += 1;
            }
            both += usize::from(other.0.get(at) == Some(word));
        }
        both > 0 && both * 10 >= (self.0.len() + other.0.len() - both) * 9
    }

    /// The words of which another set that is like this one has at least one: so few that may be missing there, and one more.
    fn first(&self) -> &[u64] {
        &self.0[..self.0.len() - (self.0.len() * 9).div_ceil(10) + usize::from(!self.0.is_empty())]
    }
}

fn words_of(text: &str) -> BTreeSet<String> {
    let folded = fold_for_find(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn number(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

fn of_problem(problem: &Problem) -> String {
    format!("{} {}", problem.wording, problem.words)
}

/// What of a line is compared; `None` for a method.
fn of_line(line: AnyLine<'_>) -> Option<String> {
    match line {
        AnyLine::Goal(goal) => Some(format!("{} {}", goal.words.words, goal.wording)),
        AnyLine::Objective(one) => Some(format!("{} {}", one.step, one.amount)),
        AnyLine::Method(_) => None,
    }
}

/// Returns the words of every problem, goal and objective that was not entered in error.
pub fn words(plan: &Plan) -> Vec<(About, Words)> {
    let in_error = |problem: &&Problem| matches!(problem.status, ProblemStatus::EnteredInError { .. });
    let problems = plan.problems.iter().filter(|problem| !in_error(problem));
    let problems = problems.map(|one| (About::Problem(one.number), of_problem(one)));
    let lines = plan.lines().filter(|line| line.line().state != LineState::EnteredInError);
    let lines = lines.filter_map(|line| Some((About::Line(line.name()), of_line(line)?)));
    problems.chain(lines).map(|(about, text)| (about, Words::of(&text))).collect()
}

/// The lines of other people, so that one like another is found without looking at each.
#[derive(Clone, Debug, Default)]
pub struct Others {
    lines: HashMap<ClientId, Vec<Words>>,
    /// By each of the first words of a line: whose it is.
    by_word: HashMap<u64, Vec<(ClientId, usize)>>,
}

impl Others {
    /// Takes a person's lines in, in the place of those that were known.
    pub fn take(&mut self, client: ClientId, lines: Vec<Words>) {
        for word in self.lines.remove(&client).iter().flatten().flat_map(Words::first) {
            if let Some(there) = self.by_word.get_mut(word) {
                there.retain(|(whose, _)| *whose != client);
            }
        }
        for (at, line) in lines.iter().enumerate() {
            for word in line.first() {
                self.by_word.entry(*word).or_default().push((client, at));
            }
        }
        self.lines.insert(client, lines);
    }

    /// Whether a person's lines were taken in.
    pub fn knows(&self, client: ClientId) -> bool {
        self.lines.contains_key(&client)
    }

    /// Returns what of a plan says what a line of somebody else says; `own` are charts of the same person.
    pub fn like(&self, plan: &Plan, own: &[ClientId]) -> Vec<About> {
        let is_there = |line: &Words| {
            let near = line.first().iter().filter_map(|word| self.by_word.get(word)).flatten();
            let others = near.filter(|(whose, _)| !own.contains(whose));
            others.filter_map(|(whose, at)| self.lines.get(whose)?.get(*at)).any(|other| line.is_like(other))
        };
        words(plan).into_iter().filter(|(_, line)| is_there(line)).map(|(about, _)| about).collect()
    }
}

/// Whether a goal or an objective is a line of the library in which fewer than three words are this client's. Words that were
/// typed into blanks are theirs.
pub fn is_of_library(line: AnyLine<'_>, library: &Library) -> bool {
    let kind = line.name().kind;
    let Some(text) = of_line(line).filter(|_| kind != LineKind::Method) else { return false };
    let text = words_of(&text);
    let said = |one: &LibraryLine| format!("{} {}", one.words, one.amount);
    library.lines(kind).any(|one| is_filled(&text, &said(one)))
        || taken::template(line.line())
            .is_some_and(|words| text.difference(&words_of(&taken::fixed(words))).count() < OWN_WORDS)
}

/// Whether a text is this line of a library with little of its own.
fn is_filled(text: &BTreeSet<String>, template: &str) -> bool {
    let fixed = words_of(&taken::fixed(template));
    let both = fixed.intersection(text).count();
    both > 0 && both * 10 >= fixed.len() * 9 && text.len() - both < OWN_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Goal, LineRef, Method, Objective, PlanLine, Quote};
    use crate::packs::read_library;

    fn goal(number: u32, words: &str) -> Goal {
        let words = Quote { words: words.into(), ..Quote::default() };
        Goal { line: PlanLine { number, ..PlanLine::default() }, words, ..Goal::default() }
    }

    fn plan(words: &str) -> Plan {
        Plan { goals: vec![goal(1, words)], ..Plan::default() }
    }

    fn others(words: &str) -> Others {
        let mut others = Others::default();
        others
            .take(ClientId([2; 16]), super::words(&plan(words)).into_iter().map(|(_, line)| line).collect());
        others
    }

    const ME: ClientId = ClientId([1; 16]);
    const G1: About = About::Line(LineRef { kind: LineKind::Goal, number: 1 });

    #[test]
    fn nine_words_in_ten_are_alike_and_eight_are_not() {
        let there = others("one two three four five six seven eight nine ten");
        assert_eq!(there.like(&plan("Ten, nine; EIGHT seven six five four three two óne!"), &[ME]), [G1]);
        assert_eq!(there.like(&plan("one two three four five six seven eight nine"), &[ME]), [G1]);
        assert!(there.like(&plan("one two three four five six seven eight"), &[ME]).is_empty());
        assert!(there.like(&plan("zero two three four five six seven eight nine ten"), &[ME]).is_empty());
        assert!(others("").like(&plan(""), &[ME]).is_empty(), "nothing is like nothing");
    }

    #[test]
    fn ones_own_linked_chart_methods_and_what_was_entered_in_error_are_not_compared() {
        let there = others("Low self-esteem.");
        assert_eq!(there.like(&plan("low self esteem"), &[ME]), [G1]);
        assert!(there.like(&plan("low self esteem"), &[ME, ClientId([2; 16])]).is_empty());
        let mut wrong = plan("low self esteem");
        wrong.goals[0].line.state = LineState::EnteredInError;
        assert!(there.like(&wrong, &[ME]).is_empty());
        let method = Method { wording: "Low self-esteem.".into(), ..Method::default() };
        assert!(there.like(&Plan { methods: vec![method], ..Plan::default() }, &[ME]).is_empty());
    }

    #[test]
    fn a_person_whose_lines_changed_is_compared_as_they_are_now() {
        let mut there = others("Lacks coping skills.");
        there.take(ClientId([2; 16]), vec![Words::of("Needs sober support.")]);
        assert!(there.like(&plan("lacks coping skills"), &[ME]).is_empty());
        assert_eq!(there.like(&plan("needs sober support"), &[ME]), [G1]);
    }

    #[test]
    fn every_pair_that_is_alike_is_found_by_its_first_words() {
        let text = |skip: usize, of: usize| {
            (0..of).filter(|n| *n != skip).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
        };
        for of in 2..40 {
            let whole = Words::of(&text(usize::MAX, of));
            for skip in 0..of {
                let less = text(skip, of);
                let alike = Words::of(&less).is_like(&whole);
                assert_eq!(alike, (of - 1) * 10 >= of * 9, "{of}");
                let mut there = Others::default();
                there.take(ClientId([2; 16]), vec![whole.clone()]);
                assert_eq!(!there.like(&plan(&less), &[ME]).is_empty(), alike, "{of} without {skip}");
            }
        }
    }

    #[test]
    fn a_library_line_is_ones_own_from_three_words_on() {
        let file = "key = \"s\"\nname = \"Sleep\"\n[[objective]]\nstep = \"write the sleep diary at «when»\"\namount = \"«n» nights a week\"\n";
        let library = Library::of(vec![read_library("s.toml", file).unwrap()]);
        let is = |step: &str, amount: &str| {
            let one = Objective { step: step.into(), amount: amount.into(), ..Objective::default() };
            is_of_library(AnyLine::Objective(&one), &library)
        };
        assert!(is("write the sleep diary at breakfast", "3 nights a week"));
        assert!(!is("write the sleep diary at breakfast with Lena", "3 nights a week"));
        assert!(!is("call my sister at eight", "3 nights a week"));
        assert!(!is_of_library(
            AnyLine::Method(&Method { wording: "write the sleep diary".into(), ..Method::default() }),
            &library
        ));
    }
}
