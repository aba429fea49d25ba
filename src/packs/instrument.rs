//! Measures as data: items and what their answers are worth, scales, bands, cut-offs, change, rules, each figure with its
//! source (`alliance.md` 2).
//!
//! The words of a form that is not free never ship: its items are numbered, and its official wording comes in by
//! `concord import questionnaire`.

mod check;
mod figures;
mod item;
mod read;
mod rule;
mod scale;
#[cfg(test)]
mod tests;

pub use figures::Figure;
pub use item::{AnswerSet, AskedIf, Choice, Item, Range};
pub use read::{read_instrument, read_own_instrument};
pub use rule::{
    AlertKind, AlertRule, Cluster, Critical, Danger, Every, Extra, ExtraRule, First, Interval, Notable,
    Reading,
};
pub use scale::{Band, Bands, Better, Cutoff, Met, Missing, Scale, Step, Sum, When};

use crate::domain::{Hundredths, Score};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A measure: what is asked and how it is scored.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Key as records store it (`PHQ-9`); read in any case.
    pub key: String,
    /// Version of the scoring; a score names it.
    pub version: u16,
    pub title: String,
    /// What it is about, in a few words.
    pub about: String,
    /// Where it was published.
    pub citation: String,
    /// Whose copyright it is; empty where nobody's.
    #[serde(default)]
    pub copyright: String,
    /// What the licence allows.
    pub licence: Licence,
    /// Language of its words.
    pub language: String,
    /// Whether it is about the member of staff who fills it in: never part of a client's record.
    #[serde(default)]
    pub private: bool,
    /// It asks the client how the work goes.
    #[serde(default)]
    pub feedback: bool,
    /// What somebody who reads a score should know.
    #[serde(default)]
    pub remark: String,
    /// What is typed in.
    pub typed: Typed,
    /// Who may fill it in, most usual first.
    pub by: Vec<Respondent>,
    /// Forms it has, the usual one first; none where there is only one.
    #[serde(default)]
    pub forms: Vec<String>,
    /// The youngest it is for.
    #[serde(default)]
    pub from_age: Option<FromAge>,
    /// LOINC codes of the form as a whole.
    #[serde(default)]
    pub loinc: Option<Loinc>,
    /// Items whose answers are turned round before they are added up.
    #[serde(default)]
    pub reversed: Option<Reversed>,
    /// Its items in order.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
    /// Sources by their short names.
    pub sources: BTreeMap<String, String>,
    /// Kinds of answers its items have.
    pub answers: Vec<AnswerSet>,
    /// Scales; the one with the key `total` is the total.
    #[serde(default, rename = "scale")]
    pub scales: Vec<Scale>,
    /// Answers and scores that ask for somebody at once.
    #[serde(default, rename = "critical")]
    pub criticals: Vec<Critical>,
    /// Answers that are shown as worth a word, without more.
    #[serde(default, rename = "notable")]
    pub notables: Vec<Notable>,
    /// A rule of its own kind.
    #[serde(default)]
    pub extra: Option<Extra>,
    /// What opens an alert or a hint.
    #[serde(default, rename = "alert")]
    pub alerts: Vec<AlertRule>,
    /// When it is taken.
    #[serde(default)]
    pub interval: Option<Interval>,
}

/// A name without case, blanks and signs.
fn plain(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The measures of a desk: those that ship, and the agency's own. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruments(Arc<[Instrument]>);

/// Returns those that ship.
impl Default for Instruments {
    fn default() -> Self {
        Self(super::instruments().into())
    }
}

impl Instruments {
    /// Returns those that ship and these; one that is called as another takes its place.
    pub fn with_own(own: Vec<Instrument>) -> Self {
        let mut all = super::instruments().to_vec();
        for one in own {
            match all.iter_mut().find(|there| there.is_called(&one.key)) {
                Some(there) => *there = one,
                None => all.push(one),
            }
        }
        Self(all.into())
    }

    /// Returns the measure of a name: its key, or the first word of one key alone.
    pub fn find(&self, name: &str) -> Option<&Instrument> {
        let first =
            |one: &&Instrument| one.key.split(' ').next().is_some_and(|word| plain(word) == plain(name));
        let mut begins = self.0.iter().filter(first);
        let alone = begins.next().filter(|_| begins.next().is_none());
        self.0.iter().find(|one| one.is_called(name)).or(alone)
    }

    /// Returns all of them, in the order they are offered in.
    pub fn iter(&self) -> impl Iterator<Item = &Instrument> {
        self.0.iter()
    }
}

/// What a licence allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Licence {
    /// Our own form.
    Own,
    /// Nobody's copyright, or free for everybody.
    PublicDomain,
    /// Free if it is not changed.
    PermissiveVerbatim,
    /// Free where nothing is earned with it.
    NonCommercial,
    /// Free or not, after the owner was asked.
    Registration,
    Commercial,
    /// Nobody knows; that is no permission.
    Unknown,
}

impl Licence {
    /// Returns the word a file has for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::PublicDomain => "public-domain",
            Self::PermissiveVerbatim => "permissive-verbatim",
            Self::NonCommercial => "non-commercial",
            Self::Registration => "registration",
            Self::Commercial => "commercial",
            Self::Unknown => "unknown",
        }
    }

    /// Whether items may carry short labels of our own words.
    pub fn is_free(self) -> bool {
        matches!(self, Self::Own | Self::PublicDomain | Self::PermissiveVerbatim)
    }

    /// Returns why the form must not be drawn, if it must not.
    pub fn forbids_drawing(self) -> Option<&'static str> {
        match self {
            Self::Commercial => {
                Some("Its licence is sold, and does not allow the form to be drawn by other programs.")
            }
            Self::Unknown => Some("Nobody knows what its licence allows, and that is no permission."),
            _ => None,
        }
    }
}

/// What is typed in of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Typed {
    /// Each item's answer.
    Items,
    /// The score of each scale: the key is the owner's.
    Scales,
    /// The total, and whether critical items were above 0.
    Totals,
}

/// Who fills in a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Respondent {
    Client,
    /// A parent or another caregiver.
    Caregiver,
    Counselor,
    /// Somebody who rates a session; their name is asked.
    Observer,
    /// A member of staff about themselves.
    Staff,
}

impl Respondent {
    pub const ALL: [Self; 5] = [Self::Client, Self::Caregiver, Self::Counselor, Self::Observer, Self::Staff];

    /// Returns the word shown and typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Caregiver => "caregiver",
            Self::Counselor => "counselor",
            Self::Observer => "observer",
            Self::Staff => "staff",
        }
    }
}

/// Sex as it is recorded, where figures differ by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    Female,
    Male,
}

impl Sex {
    /// Returns the word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// The youngest a measure is for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromAge {
    /// Age in years.
    pub age: u8,
    /// Where it comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

/// LOINC codes of a form as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loinc {
    #[serde(default)]
    pub panel: String,
    #[serde(default)]
    pub total: String,
    /// Where the codes, the items' too, come from.
    pub source: String,
    /// Whether they still have to be checked.
    #[serde(default)]
    pub verify: bool,
}

/// Items whose answers are turned round.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reversed {
    pub items: Vec<String>,
    /// Where that comes from.
    pub source: String,
    /// Whether it still has to be checked.
    #[serde(default)]
    pub verify: bool,
}

impl Instrument {
    /// Returns the place of an item.
    pub fn item(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|item| item.id == id)
    }

    /// Returns the place of a scale.
    pub fn scale(&self, key: &str) -> Option<usize> {
        self.scales.iter().position(|scale| scale.key == key)
    }

    /// Returns the answers an item may have.
    pub fn answers_of(&self, item: &Item) -> &AnswerSet {
        &self.answers[item.set]
    }

    /// Returns what a key is worth in an item, turned round where the item is.
    pub fn worth(&self, item: &Item, key: Hundredths) -> Option<Hundredths> {
        let set = self.answers_of(item);
        let worth = set.worth(key)?;
        let (lowest, highest) = set.bounds();
        Some(if item.turned { Hundredths(lowest.0 + highest.0 - worth.0) } else { worth })
    }

    /// Returns the lowest and the highest score of a scale.
    pub fn bounds(&self, scale: &Scale) -> (Score, Score) {
        let bounds = || scale.places.iter().map(|place| self.answers_of(&self.items[*place]).bounds());
        let lowest = bounds().map(|bounds| i64::from(bounds.0.0)).sum();
        let highest = bounds().map(|bounds| i64::from(bounds.1.0)).sum();
        (scale.of_sum(lowest, scale.places.len()), scale.of_sum(highest, scale.places.len()))
    }

    /// Whether the name is this measure's. Case, blanks and signs do not matter: `phq9` is `PHQ-9`.
    pub fn is_called(&self, name: &str) -> bool {
        plain(&self.key) == plain(name)
    }

    /// Whether its form may be drawn once its words are here: items are typed and no licence forbids it.
    pub fn may_be_drawn(&self) -> Result<(), &'static str> {
        match (self.licence.forbids_drawing(), self.typed) {
            (Some(why), _) => Err(why),
            (None, Typed::Scales) => Err("Only its scale scores are typed, so there is no form to show."),
            (None, Typed::Totals) => Err("Only its totals are typed, so there is no form to show."),
            (None, Typed::Items) => Ok(()),
        }
    }
}
