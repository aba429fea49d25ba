//! What is said of short forms: an answer, the results of a substance, a thing in one line.

use super::{Known, Substance, Thread};
use crate::domain::{Date, ShortAnswer, ShortEntry, ShortMeans, ShortUse, ShortValue, TestResult, Tested};
use crate::packs::{MEDICATION_NAME, MEDICATION_STATE};
use crate::rules::when;

/// How a day is written: on a page without the year of today, in a document with its year.
pub type Day<'a> = &'a dyn Fn(Date) -> String;

/// Returns an answer in words.
pub fn value(value: &ShortValue) -> String {
    match value {
        ShortValue::Words(words) | ShortValue::Choice(words) => words.trim().to_owned(),
        ShortValue::Number(number) => number.to_string(),
        ShortValue::Day(day) => when::with_year(*day),
        ShortValue::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        ShortValue::Substances(panel, all) => {
            let results: Vec<TestResult> = all.iter().map(|one: &Tested| one.result).collect();
            format!("{panel}: {}", counts(&results))
        }
    }
}

/// Returns an answer with its unit.
pub fn answer(answer: &ShortAnswer) -> String {
    let words = value(&answer.value);
    if answer.unit.is_empty() { words } else { format!("{words} {}", answer.unit) }
}

/// Returns what was done with an entry, by the name of its form: `drug test recorded`.
pub fn act(entry: &ShortEntry) -> String {
    let form = entry.form_name.trim().to_lowercase();
    match entry.means {
        ShortMeans::Begins => format!("{form} recorded"),
        ShortMeans::Further => format!("{form}: what came later recorded"),
        ShortMeans::Corrects => format!("{form} corrected"),
        ShortMeans::InError => format!("{form} entered in error"),
    }
}

/// The order in which results are counted. What has no result is named last, and never among the negative ones.
const COUNTED: [(TestResult, &str); 7] = [
    (TestResult::Positive, "positive"),
    (TestResult::Confirmed, "confirmed"),
    (TestResult::NotConfirmed, "not confirmed"),
    (TestResult::Negative, "negative"),
    (TestResult::Invalid, "invalid"),
    (TestResult::Refused, "refused"),
    (TestResult::Open, "open"),
];

/// Returns the results of a test in one line: `1 positive, 3 negative, 1 invalid, 1 open`.
pub fn counts(results: &[TestResult]) -> String {
    let count = |(result, word): &(TestResult, &str)| {
        let many = results.iter().filter(|one| *one == result).count();
        (many > 0).then(|| format!("{many} {word}"))
    };
    COUNTED.iter().filter_map(count).collect::<Vec<String>>().join(", ")
}

/// Returns what was said of a substance, each with its day: `positive (screen) 20 Nov`, `not confirmed 24 Nov`.
pub fn steps(substance: &Substance<'_>, day: Day<'_>) -> Vec<String> {
    let said: Vec<&(Date, TestResult)> =
        substance.said.iter().filter(|(_, result)| *result != TestResult::Open).collect();
    if said.is_empty() {
        return vec![TestResult::Open.word().to_owned()];
    }
    let step = |(at, (on, result)): (usize, &&(Date, TestResult))| {
        let screen = *result == TestResult::Positive && at + 1 < said.len();
        format!("{}{} {}", result.word(), if screen { " (screen)" } else { "" }, day(*on))
    };
    said.iter().enumerate().map(step).collect()
}

impl Thread<'_> {
    /// What it is in one line, without its day: a test by its results, a medication by what is taken, else every answer.
    pub fn line(&self, day: Day<'_>) -> String {
        match self.begun.used_as {
            ShortUse::Test => self.test_line(day),
            ShortUse::Medication => self.medication_line(),
            ShortUse::Plain => self.labelled(),
        }
    }

    /// `six substances: 1 positive, 3 negative, 1 invalid, 1 open`, and each substance that is not simply negative by name.
    fn test_line(&self, day: Day<'_>) -> String {
        let substances = self.substances();
        let results: Vec<TestResult> = substances.iter().map(Substance::now).collect();
        let head = format!("{}: {}", self.panel(), counts(&results));
        let named = substances
            .iter()
            .filter(|one| !matches!(one.now(), TestResult::Negative | TestResult::Open))
            .map(|one| format!("{} {}", one.name, steps(one, day).join(", ")));
        let named: Vec<String> = named.collect();
        if named.is_empty() { head } else { format!("{head} ({})", named.join("; ")) }
    }

    /// `sertraline, 50 mg, taking, since May`: the state stands beside it on lists.
    fn medication_line(&self) -> String {
        let shown = self.answers().into_iter().filter(|one| {
            let is_head = one.key == MEDICATION_NAME || one.key == MEDICATION_STATE;
            !is_head && !super::is_blank(&one.value)
        });
        let rest: Vec<String> =
            shown.map(|one| format!("{} {}", one.label.to_lowercase(), answer(one))).collect();
        let head = [self.said(MEDICATION_NAME), self.said(MEDICATION_STATE)];
        head.into_iter().chain(rest).collect::<Vec<String>>().join(", ")
    }

    fn labelled(&self) -> String {
        let said = self.answers().into_iter().filter(|one| !super::is_blank(&one.value));
        // A full stop before a semicolon would be two ends of one sentence.
        let told = said.map(|one| format!("{}: {}", one.label, answer(one).trim_end_matches('.')));
        told.collect::<Vec<String>>().join("; ")
    }
}

impl Known<'_> {
    /// The medication in one line. Of an earlier stay it never says that it is taken: only that it has to be asked.
    pub fn line(&self) -> String {
        if !self.earlier {
            return self.thread.medication_line();
        }
        let name = self.thread.said(MEDICATION_NAME);
        let last = when::with_year(self.thread.last_on());
        format!("{name}, {}; last told {last}: {}", super::ASK, self.thread.said(MEDICATION_STATE))
    }
}
