//! Items and the answers they may have.

use super::read::number;
use crate::domain::Hundredths;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its number on the form (`9`, `6b`), or the key of what is typed.
    pub id: String,
    /// Which kind of answers it has.
    pub answers: String,
    /// A short label in our own words; empty where the form is not free.
    #[serde(default)]
    pub label: String,
    /// Labels of other forms than the usual one.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Whether no scale counts it.
    #[serde(default)]
    pub unscored: bool,
    /// Whether the measure is whole without it.
    #[serde(default)]
    pub optional: bool,
    /// Its LOINC code.
    #[serde(default)]
    pub loinc: String,
    /// Asked only if an earlier item was answered so.
    #[serde(default)]
    pub asked_if: Option<AskedIf>,
    /// Forms it is asked in; none = all.
    #[serde(default)]
    pub forms: Vec<String>,
    /// Place of its kind of answers.
    #[serde(skip)]
    pub(super) set: usize,
    /// Whether its answers are turned round.
    #[serde(skip)]
    pub(super) turned: bool,
    /// Place of the item that decides whether it is asked.
    #[serde(skip)]
    pub(super) asked_by: usize,
}

/// Asks an item only after a certain answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedIf {
    /// Which earlier item.
    pub item: String,
    /// What its answer must at least be worth.
    #[serde(deserialize_with = "number")]
    pub from: Hundredths,
}

/// A kind of answers: a list of them, or a range of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSet {
    /// Name that items use.
    pub key: String,
    /// The answers, in the order they are shown in.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// The numbers that may be typed.
    #[serde(default)]
    pub range: Option<Range>,
    /// Where they come from.
    pub source: String,
    /// Whether they still have to be checked.
    #[serde(default)]
    pub verify: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is typed.
    #[serde(deserialize_with = "number")]
    pub key: Hundredths,
    /// Its words; empty where the form is not free.
    #[serde(default)]
    pub words: String,
    /// What it is worth.
    #[serde(deserialize_with = "number")]
    pub worth: Hundredths,
}

/// Numbers that may be typed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    #[serde(deserialize_with = "number")]
    pub lowest: Hundredths,
    #[serde(deserialize_with = "number")]
    pub highest: Hundredths,
    /// How far apart they are.
    #[serde(deserialize_with = "number")]
    pub step: Hundredths,
}

impl AnswerSet {
    /// Returns what the answer with this key is worth; `None` if there is no such answer.
    pub fn worth(&self, key: Hundredths) -> Option<Hundredths> {
        if let Some(range) = &self.range {
            let inside = range.lowest <= key && key <= range.highest;
            return (inside && (key.0 - range.lowest.0) % range.step.0.max(1) == 0).then_some(key);
        }
        self.choices.iter().find(|choice| choice.key == key).map(|choice| choice.worth)
    }

    /// Returns the lowest and the highest worth.
    pub fn bounds(&self) -> (Hundredths, Hundredths) {
        if let Some(range) = &self.range {
            return (range.lowest, range.highest);
        }
        let worths = || self.choices.iter().map(|choice| choice.worth);
        (worths().min().unwrap_or_default(), worths().max().unwrap_or_default())
    }
}

/// The answers that may be given, for people: `0, 1, 2 or 3`, `0 to 40, one decimal, such as 36.4`.
impl fmt::Display for AnswerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(range) = &self.range {
            let (lowest, highest) = (range.lowest, range.highest);
            let example = Hundredths(highest.0 - (highest.0 - lowest.0) / 100 * 10 + range.step.0 * 4);
            return match (range.step.0 % 100, range.step.0 % 10) {
                (0, _) => write!(f, "{lowest} to {highest}"),
                (_, 0) => write!(f, "{lowest} to {highest}, one decimal, such as {example}"),
                _ => write!(f, "{lowest} to {highest}, two decimals, such as {example}"),
            };
        }
        for (at, choice) in self.choices.iter().enumerate() {
            let before = match at {
                0 => "",
                _ if at + 1 == self.choices.len() => " or ",
                _ => ", ",
            };
            write!(f, "{before}{}", choice.key)?;
            if !choice.words.is_empty() {
                write!(f, " {}", choice.words)?;
            }
        }
        Ok(())
    }
}

impl Item {
    /// Whether its answers are turned round before they are added up.
    pub fn is_turned(&self) -> bool {
        self.turned
    }

    /// Returns what it is called in a sentence: `item 4 (tired)`, `item 4` where the form is not free, and the label alone where it is
    /// no item of the form but a score.
    pub fn name(&self) -> String {
        let is_numbered = self.id.starts_with(|sign: char| sign.is_ascii_digit());
        match (self.label.as_str(), is_numbered) {
            ("", _) => format!("item {}", self.id),
            (label, true) if label.starts_with("item ") => label.to_owned(),
            (label, true) => format!("item {} ({label})", self.id),
            (label, false) => label.to_owned(),
        }
    }

    /// Returns the place of the item that decides whether it is asked, and what that must be worth.
    pub fn asked_by(&self) -> Option<(usize, Hundredths)> {
        self.asked_if.as_ref().map(|asked| (self.asked_by, asked.from))
    }
}
