//! Scales: what their scores are, what they are called, and for whom.

use super::read::{number, one};
use super::{Respondent, Sex};
use crate::domain::{Hundredths, Score};
use serde::Deserialize;
use std::fmt;

/// How the items of a scale become its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sum {
    /// They are added up.
    Sum,
    Mean,
}

/// Which way a scale gets better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// Low scores are better.
    Lower,
    /// High scores are better.
    Higher,
    Unsaid,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Its key (`total`, `bond`).
    pub key: String,
    pub name: String,
    pub items: Vec<String>,
    /// Sum or mean.
    pub rule: Sum,
    /// What sum or mean is multiplied by.
    #[serde(default = "one", deserialize_with = "number")]
    pub times: Hundredths,
    /// Decimals it is shown with.
    #[serde(default)]
    pub decimals: usize,
    /// Which way it gets better.
    pub better: Better,
    /// Where items and rule come from.
    pub source: String,
    /// Whether that still has to be checked.
    #[serde(default)]
    pub verify: bool,
    /// How many answers may be missing; none where every item is needed.
    #[serde(default)]
    pub missing: Option<Missing>,
    /// What its scores are called.
    #[serde(default)]
    pub bands: Vec<Bands>,
    /// Scores that matter. The first decides about recovery.
    #[serde(default, rename = "cutoff")]
    pub cutoffs: Vec<Cutoff>,
    /// Change that is more than chance explains.
    #[serde(default)]
    pub reliable: Vec<Step>,
    /// Change that is drawn, without its own class.
    #[serde(default)]
    pub notable: Vec<Step>,
    /// Places of its items.
    #[serde(skip)]
    pub(super) places: Vec<usize>,
}

/// What happens with missing answers: the mean of those given means each.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// How many at most.
    pub most: usize,
    /// Where that comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

/// For whom a figure holds; what is left out does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Age from and to, on the day the form was filled in.
    #[serde(default)]
    pub age: Option<(u8, u8)>,
    /// Sex as recorded.
    #[serde(default)]
    pub sex: Option<Sex>,
    #[serde(default)]
    pub form: Option<String>,
    #[serde(default)]
    pub by: Option<Respondent>,
}

/// What the scores of a scale are called, by lower bounds that meet the unrounded score.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// The bands, lowest first.
    pub steps: Vec<Band>,
    /// For whom they hold.
    #[serde(default)]
    pub when: When,
    /// Where they come from.
    pub source: String,
    /// Whether they still have to be checked.
    #[serde(default)]
    pub verify: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Its lowest score.
    #[serde(deserialize_with = "number")]
    pub from: Hundredths,
    /// What it is called.
    pub words: String,
}

/// On which side of a cut-off a score matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// At it or above.
    AtOrAbove,
    /// At it or below.
    AtOrBelow,
    Above,
    Below,
}

impl Met {
    /// Returns which scores meet a cut-off, for people: `10 or more`, `more than 13`.
    fn scores(self, at: Hundredths) -> String {
        match self {
            Self::AtOrAbove => format!("{at} or more"),
            Self::AtOrBelow => format!("{at} or less"),
            Self::Above => format!("more than {at}"),
            Self::Below => format!("less than {at}"),
        }
    }
}

/// A score that matters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    /// What it says (`clinical range`). Those with the same words hold for different people.
    pub words: String,
    #[serde(deserialize_with = "number")]
    pub at: Hundredths,
    /// On which side.
    pub met: Met,
    /// For whom it holds.
    #[serde(default)]
    pub when: When,
    /// Where it comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

impl Cutoff {
    /// Returns which scores meet it, for people: `10 or more`.
    pub fn scores(&self) -> String {
        self.met.scores(self.at)
    }

    /// Whether a score meets it.
    pub fn is_met(&self, score: Score) -> bool {
        let at = Score::from(self.at);
        match self.met {
            Met::AtOrAbove => score >= at,
            Met::AtOrBelow => score <= at,
            Met::Above => score > at,
            Met::Below => score < at,
        }
    }
}

/// A size of change.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// How far two scores lie apart, at least.
    #[serde(deserialize_with = "number")]
    pub by: Hundredths,
    /// For whom it holds.
    #[serde(default)]
    pub when: When,
    /// Where it comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

impl Scale {
    /// Returns the places of its items.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// Returns the score of so many answers that are worth `sum` hundredths together. Where some are missing, the mean of
    /// the others means them.
    pub fn of_sum(&self, sum: i64, answered: usize) -> Score {
        let (items, answered) = (self.places.len() as i64, answered as i64);
        let times = i64::from(self.times.0);
        match self.rule {
            Sum::Mean => Score::new(sum * times, answered * 100),
            Sum::Sum => Score::new(sum * times * items, answered * 100),
        }
    }
}

/// For people: `age 13 to 17, female`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let age = self.age.map(|(from, to)| match to {
            u8::MAX => format!("age {from} and over"),
            _ => format!("age {from} to {to}"),
        });
        let parts = [
            age,
            self.sex.map(|sex| sex.word().to_owned()),
            self.form.as_ref().map(|form| format!("form {form}")),
            self.by.map(|by| format!("answered by {}", by.word())),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}
