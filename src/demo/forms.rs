//! Short forms of a life: tests for substances with their results, medication, a ride, a call, an incident.

use super::dice::Dice;
use super::story::Story;
use crate::domain::{
    Date, Number, ShortAnswer, ShortEntry, ShortMeans, ShortUse, ShortValue, TestResult, Tested,
};
use crate::packs;
use crate::rules::short_forms::check::fitted;

/// Days between two tests, and how many at most.
const EVERY: i32 = 14;
const MOST: i32 = 4;
/// Days a laboratory takes, and for which results of the newest test are still to come.
const LABORATORY: i32 = 4;

/// The entries of a life, in the order in which they were written, numbered from 1. `before`: a day of an earlier stay.
pub(super) fn of(story: &Story<'_>, before: Option<Date>) -> Vec<ShortEntry> {
    let seed = u64::from_le_bytes([story.id.0[5], story.id.0[6], 0, 0, 13, 0, 0, 0]);
    let mut book = Book { story, dice: Dice::new(story.plan.seed, seed), all: Vec::new() };
    let has = |code: &str| story.life.diagnoses.iter().flatten().any(|field| field.starts_with(code));
    if let Some(on) = before {
        book.medication(on, 1, ("Naltrexone", "50 mg in the morning"));
    }
    if has("F3") {
        book.medication(book.day(5), story.stay, ("Sertraline", "50 mg in the morning, as they tell it"));
    }
    if has("F11") {
        book.medication(book.day(3), story.stay, ("Buprenorphine and naloxone", "8 mg, once a day"));
    }
    book.call();
    book.ride();
    book.incident();
    if has("F1") {
        book.tests();
    }
    book.all.sort_by_key(|entry| entry.at);
    numbered(book.all)
}

/// Numbers in the order of writing; what is about another entry follows it.
fn numbered(mut all: Vec<ShortEntry>) -> Vec<ShortEntry> {
    let before: Vec<Number> = all.iter().map(|entry| entry.number).collect();
    let now = |old: Number| before.iter().position(|one| *one == old).map_or(0, |at| at as Number + 1);
    for (at, entry) in (1..).zip(&mut all) {
        (entry.number, entry.of) = (at, now(entry.of));
    }
    all
}

/// What is written down of one life.
struct Book<'a> {
    story: &'a Story<'a>,
    dice: Dice,
    all: Vec<ShortEntry>,
}

fn words(text: &str) -> ShortValue {
    ShortValue::Words(text.to_owned())
}

fn choice(text: &str) -> ShortValue {
    ShortValue::Choice(text.to_owned())
}

impl Book<'_> {
    fn day(&self, at: i32) -> Date {
        self.story.admitted.plus_days(at.min(self.story.since))
    }

    /// Writes an entry down as the desk would; answers its number here.
    fn write(&mut self, form: &str, on: Date, of: Number, answers: Vec<(&str, ShortValue)>) -> Number {
        let Some(form) = packs::short_forms().iter().find(|one| one.key == form) else { return 0 };
        let answers = answers.into_iter().map(|(key, value)| {
            let (key, label) = (key.to_owned(), String::new());
            ShortAnswer { key, label, value, unit: String::new() }
        });
        let story = self.story;
        let days = form.results_days.filter(|_| of == 0 && form.used_as == ShortUse::Test);
        let entry = ShortEntry {
            client: story.id,
            number: self.all.len() as Number + 1,
            episode: story.stay,
            form: form.key.clone(),
            form_name: form.name.clone(),
            version: form.version,
            used_as: form.used_as,
            on,
            answers: answers.collect(),
            means: if of == 0 { ShortMeans::Begins } else { ShortMeans::Further },
            of,
            results_by: days.map(|days| on.plus_days(i32::from(days))),
            by: story.counselor.id,
            by_name: story.counselor.signature_name(),
            at: story.at(on, 15, 5 + self.all.len() as u16 % 50),
            ..ShortEntry::default()
        };
        let Ok(answers) = fitted(form, &entry, of != 0) else { return 0 };
        let number = entry.number;
        self.all.push(ShortEntry { answers, ..entry });
        number
    }

    fn medication(&mut self, on: Date, stay: Number, (name, dose): (&str, &str)) {
        let answers = vec![
            ("name", words(name)),
            ("state", choice("taking")),
            ("dose", words(dose)),
            ("prescriber", words("Dr. Maren Aldous, Eastgate Hospital")),
            ("source", choice("the client")),
        ];
        self.write("medication", on, 0, answers);
        if let Some(entry) = self.all.last_mut() {
            entry.episode = stay;
        }
    }

    fn call(&mut self) {
        if !self.dice.one_in(3) {
            return;
        }
        let answers = vec![
            ("with", words("Dr. Maren Aldous, Eastgate Hospital")),
            ("how", choice("phone")),
            ("about", words("Whether the new tablets go with the evening program.")),
            ("outcome", words("They do. Next check of the dose in four weeks, at the hospital.")),
        ];
        self.write("coordination", self.day(9), 0, answers);
    }

    fn ride(&mut self) {
        if !self.dice.one_in(4) {
            return;
        }
        let on = self.day(12);
        let answers = vec![
            ("from", words("home")),
            ("to", words("Eastgate Hospital, side door")),
            ("when", words("9:30")),
            ("driver", words("the van of the agency")),
        ];
        let ride = self.write("transport", on, 0, answers);
        if on < self.story.plan.today && ride > 0 {
            self.write("transport", on, ride, vec![("outcome", choice("taken there and back"))]);
        }
    }

    fn incident(&mut self) {
        if !self.dice.one_in(9) {
            return;
        }
        let answers = vec![
            ("kind", choice("injury or fall")),
            ("time", words("about 10:15")),
            ("place", words("the stairs to the group room")),
            ("what", words("Slipped on the wet step and caught the rail. The left wrist hurt.")),
            ("done", words("Cold pack, ten minutes sitting down, wrist moved freely. No ambulance wanted.")),
            ("told", words("Ingrid Solberg at 10:30")),
        ];
        self.write("incident", self.day(16), 0, answers);
    }

    /// A test every second week; of the newest one two results are still to come.
    fn tests(&mut self) {
        let last = (self.story.since - 2).max(0) / EVERY;
        for at in (0..=last).skip(usize::try_from(last + 1 - MOST).unwrap_or_default()) {
            let on = self.day(2 + at * EVERY);
            self.test(on);
        }
    }

    fn test(&mut self, on: Date) {
        let form = packs::short_forms().iter().find_map(|form| form.substances());
        let Some(panel) = form.and_then(|field| field.panels.first()) else { return };
        let is_new = self.story.plan.today.days_since(on) < LABORATORY;
        let found = self.dice.below(panel.substances.len() * 2);
        let result = |at: usize| match at {
            at if is_new && at + 2 >= panel.substances.len() => TestResult::Open,
            at if at == found => TestResult::Positive,
            _ => TestResult::Negative,
        };
        let tested = panel.substances.iter().enumerate();
        let tested =
            tested.map(|(at, name)| Tested { substance: name.clone(), result: result(at) }).collect();
        let answers = vec![
            ("specimen", choice("urine")),
            ("observed", ShortValue::Yes(self.dice.one_in(2))),
            ("results", ShortValue::Substances(panel.name.clone(), tested)),
            ("why", words("by schedule")),
        ];
        let test = self.write("drug-test", on, 0, answers);
        let Some(substance) = panel.substances.get(found).filter(|_| !is_new && test > 0).cloned() else {
            return;
        };
        let result = if self.dice.one_in(3) { TestResult::NotConfirmed } else { TestResult::Confirmed };
        let confirmed = ShortValue::Substances(panel.name.clone(), vec![Tested { substance, result }]);
        let talk = words("Talked about it at the next session. They had said so before the result.");
        self.write("drug-test", on.plus_days(LABORATORY), test, vec![("results", confirmed), ("talk", talk)]);
    }
}
