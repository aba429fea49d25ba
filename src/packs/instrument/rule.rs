//! What asks for somebody at once, what opens an alert or a hint, rules of their own kind, and when a measure is due.

use super::read::{maybe_number, number};
use crate::domain::Hundredths;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a critical answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Danger {
    /// Suicide or self-harm.
    Suicide,
    /// Harm to others.
    HarmToOthers,
    Withdrawal,
    /// Use of alcohol or drugs.
    Use,
}

impl Danger {
    /// Returns the words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Suicide => "suicide or self-harm",
            Self::HarmToOthers => "harm to others",
            Self::Withdrawal => "withdrawal",
            Self::Use => "use of alcohol or drugs",
        }
    }

    /// Returns the hours within which somebody decides about it, unless the agency sets fewer.
    pub fn hours(self) -> u16 {
        match self {
            Self::Suicide | Self::HarmToOthers => 1,
            Self::Withdrawal | Self::Use => 24,
        }
    }
}

/// An answer or a score that asks for somebody at once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Critical {
    /// Which item; or
    #[serde(default)]
    pub item: Option<String>,
    #[serde(default)]
    pub scale: Option<String>,
    /// From which worth or score on.
    #[serde(deserialize_with = "number")]
    pub from: Hundredths,
    /// What it is about.
    pub danger: Danger,
    /// Dimension of the proposed need, for each dimension set (`ASAM3 = 3`).
    pub dimension: BTreeMap<String, u8>,
    /// Where that comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
    /// Place of the item or the scale.
    #[serde(skip)]
    pub(super) place: usize,
}

/// An answer that is shown as worth a word.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notable {
    pub item: String,
    /// From which worth on.
    #[serde(deserialize_with = "number")]
    pub from: Hundredths,
    /// Where that comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
    /// Place of the item.
    #[serde(skip)]
    pub(super) place: usize,
}

/// Rules of their own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExtraRule {
    /// Groups of symptoms of which so many must count.
    Pcl5Clusters,
    /// Triage of six questions about suicide.
    CSsrsTriage,
    /// All points from the first item alone.
    AuditCFirstItem,
}

/// How the triage is read: sources differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Reading {
    /// High: question 4, 5, or 6 within three months. Moderate: question 3, or 6 earlier.
    A,
    /// High: question 5 or 6. Moderate: question 3 or 4.
    B,
}

/// A rule of its own kind, with its parameters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    pub rule: ExtraRule,
    /// The agency's reading of the triage.
    #[serde(default)]
    pub reading: Option<Reading>,
    /// What an answer must be worth for a symptom to count.
    #[serde(default, deserialize_with = "maybe_number")]
    pub from: Option<Hundredths>,
    /// Groups of symptoms.
    #[serde(default)]
    pub clusters: Vec<Cluster>,
    /// Where it comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

/// A group of symptoms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// Its name (`B`).
    pub name: String,
    pub items: Vec<String>,
    /// How many must count.
    pub least: usize,
    /// Places of its items.
    #[serde(skip)]
    pub(super) places: Vec<usize>,
}

/// What can open an alert or a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// A score at `at` or below.
    Below,
    /// A score that fell by `by` since the last one.
    DropFromLast,
    /// A score that fell by `by` since the first one.
    DropFromBaseline,
    /// Worse than at first by more than chance explains.
    ReliableLoss,
    /// No reliable gain by held session number `count`, if the first score was on the clinical side.
    NoReliableGain,
    /// A critical answer.
    CriticalAnswer,
    /// Two people answered `by` or more apart.
    Split,
    /// Not asked for `count` held sessions or `days` days with sessions.
    NoFeedback,
    /// Full marks `count` times in a row.
    FullMarks,
}

impl AlertKind {
    /// Returns the word a file has for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::DropFromLast => "drop-from-last",
            Self::DropFromBaseline => "drop-from-baseline",
            Self::ReliableLoss => "reliable-loss",
            Self::NoReliableGain => "no-reliable-gain",
            Self::CriticalAnswer => "critical-answer",
            Self::Split => "split",
            Self::NoFeedback => "no-feedback",
            Self::FullMarks => "full-marks",
        }
    }
}

/// A rule that opens an alert or a hint.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertRule {
    pub rule: AlertKind,
    /// Whether it is a hint that needs no answer.
    #[serde(default)]
    pub hint: bool,
    /// Scales it looks at; none = all of them.
    #[serde(default)]
    pub scales: Vec<String>,
    /// The score of *below*.
    #[serde(default, deserialize_with = "maybe_number")]
    pub at: Option<Hundredths>,
    /// How far a score falls, or two people differ.
    #[serde(default, deserialize_with = "maybe_number")]
    pub by: Option<Hundredths>,
    /// So many sessions or times.
    #[serde(default)]
    pub count: Option<u16>,
    /// So many days.
    #[serde(default)]
    pub days: Option<u16>,
    /// Where it comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

/// From when on a measure is due for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum First {
    Admission,
    /// Between these held sessions.
    Session(u16, u16),
}

/// How often it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Every {
    /// Hours, from and to.
    Hours(u16, u16),
    Days(u16, u16),
    Months(u16, u16),
    Sessions(u16, u16),
}

/// When a measure is taken.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// The first time.
    #[serde(default)]
    pub first: Option<First>,
    /// After that; none where it is taken once or when it is called for.
    #[serde(default)]
    pub every: Option<Every>,
    /// Where that comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

impl Critical {
    /// Returns the place of its item or scale.
    pub fn place(&self) -> usize {
        self.place
    }
}

impl Notable {
    /// Returns the place of its item.
    pub fn place(&self) -> usize {
        self.place
    }
}

impl Cluster {
    /// Returns the places of its items.
    pub fn places(&self) -> &[usize] {
        &self.places
    }
}
