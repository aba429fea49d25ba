//! Brings the answers of one item together with ours.

use crate::domain::{Entry, EntryKind, EntryOption, Hundredths, WordedAnswer};
use crate::packs::{AnswerSet, Instrument, Item};
use std::collections::HashMap;

/// Most steps of a range that are shown as a list of answers.
const MOST_STEPS: i32 = 11;

/// Which words mean which key, by kind of answers: ours, and those of items that were brought together already.
pub(super) struct Known(HashMap<(String, String), Hundredths>);

impl Known {
    pub(super) fn of(measure: &Instrument) -> Self {
        let mut known = Self(HashMap::new());
        for set in &measure.answers {
            for choice in set.choices.iter().filter(|choice| !choice.words.is_empty()) {
                known.learn(set, &choice.words, choice.key);
            }
        }
        known
    }

    fn learn(&mut self, set: &AnswerSet, words: &str, key: Hundredths) {
        self.0.insert((set.key.clone(), plain(words)), key);
    }

    /// Whether words that are known say otherwise: ours, or those of another item with the same kind of answers.
    fn contradicts(&self, set: &AnswerSet, found: &[Hundredths], options: &[EntryOption]) -> bool {
        found.iter().zip(options).any(|(key, option)| {
            self.0.get(&(set.key.clone(), plain(&option.words))).is_some_and(|known| known != key)
        })
    }
}

/// Words without case and signs.
fn plain(words: &str) -> String {
    words.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the answers of an item with the words of the file. Errors are sentences.
pub(super) fn pair(
    measure: &Instrument,
    item: &Item,
    entry: &Entry,
    known: &mut Known,
    notes: &mut Vec<String>,
) -> Result<Vec<WordedAnswer>, String> {
    let set = measure.answers_of(item);
    let keys = keys(set);
    if entry.options.is_empty() && (keys.is_empty() || entry.kind == EntryKind::Number) {
        return Ok(Vec::new());
    }
    if entry.options.is_empty() && entry.kind == EntryKind::YesNo && keys.len() == 2 {
        let words = ["No", "Yes"].map(str::to_owned);
        return Ok(keys
            .iter()
            .zip(words)
            .map(|((key, _), words)| WordedAnswer { key: *key, words })
            .collect());
    }
    let (name, path, given) = (item.name(), &entry.path, entry.options.len());
    if given != keys.len() {
        return Err(format!("{path}: {name} needs {} answers; the file has {given}.", keys.len()));
    }
    if entry.options.iter().any(|option| option.words.is_empty()) {
        return Err(format!("{path}: an answer of {name} has no words."));
    }
    let found = by_worth(item, &keys, &entry.options, notes)
        .or_else(|| in_order(item, &keys, &entry.options, notes))
        .filter(|found| !known.contradicts(set, found, &entry.options));
    let Some(found) = found else {
        return Err(format!("{path}: which answer of {name} is which cannot be told from the file."));
    };
    let mut answers: Vec<WordedAnswer> = found
        .into_iter()
        .zip(&entry.options)
        .map(|(key, option)| WordedAnswer { key, words: option.words.clone() })
        .collect();
    for answer in &answers {
        known.learn(set, &answer.words, answer.key);
    }
    answers.sort_by_key(|answer| answer.key);
    Ok(answers)
}

/// Keys of the answers with what they are worth, in order of their worth; none where any number is typed.
fn keys(set: &AnswerSet) -> Vec<(Hundredths, Hundredths)> {
    let mut keys: Vec<(Hundredths, Hundredths)> = match &set.range {
        None => set.choices.iter().map(|choice| (choice.key, choice.worth)).collect(),
        Some(range) => {
            let steps = (range.highest.0 - range.lowest.0) / range.step.0.max(1) + 1;
            let step = |at| Hundredths(range.lowest.0 + at * range.step.0);
            if steps > MOST_STEPS { Vec::new() } else { (0..steps).map(|at| (step(at), step(at))).collect() }
        }
    };
    keys.sort_by_key(|(_, worth)| *worth);
    keys
}

/// By what the file says they are worth: the lowest is our lowest, and so on. Not for an item that is turned round, where a file may
/// hold the worths before or after that.
fn by_worth(
    item: &Item,
    keys: &[(Hundredths, Hundredths)],
    options: &[EntryOption],
    notes: &mut Vec<String>,
) -> Option<Vec<Hundredths>> {
    let worths: Vec<Hundredths> = options.iter().map(|option| option.worth).collect::<Option<_>>()?;
    let mut sorted = worths.clone();
    sorted.sort();
    sorted.dedup();
    if sorted.len() != worths.len() || item.is_turned() {
        return None;
    }
    let ours: Vec<Hundredths> = keys.iter().map(|(_, worth)| *worth).collect();
    if sorted != ours {
        notes.push(format!("worth {} in the file, {} here", listed(&sorted), listed(&ours)));
    }
    if !worths.is_sorted() {
        notes.push("answers put in order".to_owned());
    }
    worths.iter().map(|worth| sorted.binary_search(worth).ok().map(|rank| keys[rank].0)).collect()
}

/// By order, for somebody to check. Not where the file says of an item that is turned round that the order is another one.
fn in_order(
    item: &Item,
    keys: &[(Hundredths, Hundredths)],
    options: &[EntryOption],
    notes: &mut Vec<String>,
) -> Option<Vec<Hundredths>> {
    let worths: Vec<Hundredths> = options.iter().filter_map(|option| option.worth).collect();
    let descends = worths.len() == options.len() && worths.windows(2).all(|two| two[0] > two[1]);
    let is_likely = worths.is_sorted() || (item.is_turned() && descends);
    if !is_likely {
        return None;
    }
    notes.push("answers by order, check".to_owned());
    Some(keys.iter().map(|(key, _)| *key).collect())
}

fn listed(numbers: &[Hundredths]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
