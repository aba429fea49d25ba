//! Entries of short forms put together: what one thing is now (a test, a medication, a ride), with what came later of it and what
//! was corrected.
//!
//! Owns which entry counts, where the results of a test are, and what a new stay has to ask again. Nothing here reads a form's file:
//! an entry says by itself what it was asked.

use super::spelling::fold_for_find;
use crate::domain::{
    Date, Number, OpenTest, ShortAnswer, ShortEntry, ShortMeans, ShortUse, ShortValue, TestResult,
};
use crate::packs::{MEDICATION_NAME, MEDICATION_STATE, TAKING};
use std::cmp::Reverse;

pub mod check;
#[cfg(test)]
mod tests;
pub mod told;
pub mod words;

/// One thing and everything that was entered about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread<'a> {
    /// Number of the entry that began it.
    pub root: Number,
    /// That entry, as it was corrected last.
    pub begun: &'a ShortEntry,
    /// What came later, in the order of its days, each as it was corrected last.
    pub further: Vec<&'a ShortEntry>,
    /// The entry that says it should never have been here.
    pub in_error: Option<&'a ShortEntry>,
}

/// Returns the entry that was written in the place of this one, or that says it is in error.
pub fn replaced_by<'a>(all: &[&'a ShortEntry], number: Number) -> Option<&'a ShortEntry> {
    let replaces = |one: &&&ShortEntry| {
        matches!(one.means, ShortMeans::Corrects | ShortMeans::InError) && one.of == number
    };
    all.iter().find(replaces).copied()
}

/// Returns the entry at the beginning of a line of corrections.
pub fn original<'a>(all: &[&'a ShortEntry], number: Number) -> Option<&'a ShortEntry> {
    let mut entry = *all.iter().find(|one| one.number == number)?;
    // An entry is about an earlier one, so this ends.
    while matches!(entry.means, ShortMeans::Corrects | ShortMeans::InError) && entry.of < entry.number {
        entry = *all.iter().find(|one| one.number == entry.of)?;
    }
    Some(entry)
}

/// Returns the number of the entry that began what this one is about.
pub fn root(all: &[&ShortEntry], number: Number) -> Option<Number> {
    let first = original(all, number)?;
    Some(if first.means == ShortMeans::Further { first.of } else { first.number })
}

/// The newest version of an entry, and what says that it is in error.
fn newest<'a>(all: &[&'a ShortEntry], entry: &'a ShortEntry) -> (&'a ShortEntry, Option<&'a ShortEntry>) {
    let mut now = entry;
    while let Some(next) = replaced_by(all, now.number).filter(|next| next.number > now.number) {
        if next.means == ShortMeans::InError {
            return (now, Some(next));
        }
        now = next;
    }
    (now, None)
}

/// Returns everything that was entered, each thing once, the newest day first; what is in error too.
pub fn threads<'a>(all: &[&'a ShortEntry]) -> Vec<Thread<'a>> {
    let begins = all.iter().copied().filter(|one| one.means == ShortMeans::Begins);
    let mut threads: Vec<Thread<'a>> = begins.map(|first| thread(all, first)).collect();
    threads.sort_by_key(|thread| Reverse((thread.begun.on, thread.root)));
    threads
}

fn thread<'a>(all: &[&'a ShortEntry], first: &'a ShortEntry) -> Thread<'a> {
    let (begun, in_error) = newest(all, first);
    let later = all.iter().copied().filter(|one| one.means == ShortMeans::Further && one.of == first.number);
    let counts = later.filter_map(|one| match newest(all, one) {
        (now, None) => Some((now.on, one.number, now)),
        (_, Some(_)) => None,
    });
    let mut further: Vec<(Date, Number, &ShortEntry)> = counts.collect();
    further.sort_by_key(|(on, number, _)| (*on, *number));
    let further = further.into_iter().map(|(_, _, entry)| entry).collect();
    Thread { root: first.number, begun, further, in_error }
}

/// Where one substance of a test is: what was said of it, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substance<'a> {
    pub name: &'a str,
    pub said: Vec<(Date, TestResult)>,
}

impl Substance<'_> {
    /// The newest result.
    pub fn now(&self) -> TestResult {
        self.said.last().map_or(TestResult::Open, |(_, result)| *result)
    }
}

impl<'a> Thread<'a> {
    /// Whether it counts: nothing says that it is in error.
    pub fn counts(&self) -> bool {
        self.in_error.is_none()
    }

    /// Every entry that counts, in order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &'a ShortEntry> {
        std::iter::once(self.begun).chain(self.further.iter().copied())
    }

    /// The day of the newest entry.
    pub fn last_on(&self) -> Date {
        self.entries().map(|entry| entry.on).max().unwrap_or_default()
    }

    /// The answers as they are now, in the order in which the form asked: of each field the newest one.
    pub fn answers(&self) -> Vec<&'a ShortAnswer> {
        let mut now: Vec<&ShortAnswer> = Vec::new();
        for answer in self.entries().flat_map(|entry| &entry.answers) {
            match now.iter_mut().find(|there| there.key == answer.key) {
                Some(there) => *there = answer,
                None => now.push(answer),
            }
        }
        now
    }

    /// The words of a field as it is now; empty if it is not answered.
    pub fn said(&self, key: &str) -> String {
        let found = self.entries().rev().find_map(|entry| entry.answer(key));
        found.map(words::value).unwrap_or_default()
    }

    /// The panel of a test; empty if it is none.
    pub fn panel(&self) -> &'a str {
        self.begun.tested().map_or("", |(panel, _)| panel)
    }

    /// Each substance of a test with its results, in the order of the panel. An entry says something only of substances that the
    /// panel has.
    pub fn substances(&self) -> Vec<Substance<'a>> {
        let Some((_, panel)) = self.begun.tested() else { return Vec::new() };
        let mut all: Vec<Substance<'a>> = panel
            .iter()
            .map(|one| Substance { name: &one.substance, said: vec![(self.begun.on, one.result)] })
            .collect();
        for entry in &self.further {
            for one in entry.tested().map_or(&[][..], |(_, all)| all) {
                if let Some(there) = all.iter_mut().find(|there| there.name == one.substance) {
                    there.said.push((entry.on, one.result));
                }
            }
        }
        all
    }

    /// Whether a test still lacks a result.
    pub fn is_open(&self) -> bool {
        self.begun.used_as == ShortUse::Test
            && self.substances().iter().any(|one| one.now() == TestResult::Open)
    }

    /// What is wrong with the order in which results were said, in a sentence: a later entry says of a substance what cannot follow.
    pub fn misfit(&self) -> Option<String> {
        let of_panel = |name: &str| {
            self.begun.tested().is_some_and(|(_, all)| all.iter().any(|one| one.substance == name))
        };
        let later = self.further.iter().flat_map(|entry| entry.tested().map_or(&[][..], |(_, all)| all));
        if let Some(lost) = later.map(|one| &one.substance).find(|name| !of_panel(name)) {
            return Some(format!("A later entry has a result for {lost}, which is not in this panel."));
        }
        let wrong = |one: &Substance<'_>| {
            let step = one.said.windows(2).find(|step| !step[0].1.then().contains(&step[1].1))?;
            let (before, after) = (step[0].1.word(), step[1].1.word());
            Some(format!("A later entry says that {} is {after}, which cannot follow {before}.", one.name))
        };
        self.substances().iter().find_map(wrong)
    }
}

/// Returns the tests that still lack a result. What is in error counts for nothing.
pub fn open_tests(all: &[ShortEntry]) -> Box<[OpenTest]> {
    let all: Vec<&ShortEntry> = all.iter().collect();
    let open = threads(&all).into_iter().filter(|thread| thread.counts() && thread.is_open());
    open.map(|thread| OpenTest { number: thread.root, since: thread.begun.on, by: thread.begun.results_by })
        .collect()
}

/// A medication as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    pub thread: Thread<'a>,
    /// What was said of it last belongs to an earlier stay: it has to be asked again.
    pub earlier: bool,
}

impl Known<'_> {
    /// The words of its state: what was said last, or that it has to be asked.
    pub fn state(&self) -> String {
        if self.earlier { ASK.to_owned() } else { self.thread.said(MEDICATION_STATE) }
    }

    /// Whether the client takes it, as far as it was asked in this stay.
    pub fn is_taking(&self) -> bool {
        !self.earlier && self.thread.said(MEDICATION_STATE) == TAKING
    }
}

/// What is said of a medication that a new stay has not asked about.
pub const ASK: &str = "from an earlier stay: ask";

/// Returns the medications of a stay: what was said in it, what is taken first; then what is known from earlier stays and was not
/// asked again. Of one that was begun again under its name the older one is left out.
pub fn medications<'a>(threads: &[Thread<'a>], episode: Number) -> Vec<Known<'a>> {
    let mine = |thread: &&Thread<'_>| thread.counts() && thread.begun.used_as == ShortUse::Medication;
    let known = threads.iter().filter(mine).map(|thread| {
        let newest = thread.entries().map(|entry| entry.episode).max().unwrap_or_default();
        Known { thread: thread.clone(), earlier: newest != episode }
    });
    let mut all: Vec<Known<'a>> = known.collect();
    let name = |one: &Known<'_>| fold_for_find(&one.thread.said(MEDICATION_NAME));
    let asked: Vec<String> = all.iter().filter(|one| !one.earlier).map(name).collect();
    all.retain(|one| !one.earlier || !asked.contains(&name(one)));
    all.sort_by_key(|one| (one.earlier, !one.is_taking(), Reverse(one.thread.last_on()), one.thread.root));
    all
}

/// Whether an answer says nothing.
pub fn is_blank(value: &ShortValue) -> bool {
    matches!(value, ShortValue::Words(words) | ShortValue::Choice(words) if words.trim().is_empty())
}
