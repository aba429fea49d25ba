//! Short forms as data: what a drug test, a medication, an incident, care coordination or transport asks (`groups.md` 3).
//!
//! Owns the typed, strict reading of one file. What answers mean is the rules'.

mod check;
#[cfg(test)]
mod tests;

use super::load::{PackError, Place};
use crate::domain::ShortUse;
use serde::Deserialize;
use std::sync::Arc;
use toml::Spanned;

pub use check::{MEDICATION_NAME, MEDICATION_STATE, MOST_FIELDS, MOST_IN_ALL, TAKING};

/// A short form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortForm {
    /// Key as entries store it (`drug-test`).
    pub key: String,
    pub name: String,
    /// What it is for, in a few words.
    pub about: String,
    /// What the program knows of it besides its fields.
    pub used_as: ShortUse,
    pub version: u16,
    /// What the day of an entry is called (`Ordered on`).
    pub day: String,
    /// Days within which results of a test are looked for.
    pub results_days: Option<u16>,
    /// What it asks, in order.
    pub fields: Vec<ShortField>,
}

/// What a field is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldAsk {
    Text,
    Number,
    Date,
    Choice,
    YesNo,
    /// A result for each substance of a panel.
    Substances,
}

/// A field of a short form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortField {
    /// Key as entries store it.
    pub key: String,
    pub label: String,
    /// What belongs here.
    pub hint: String,
    pub ask: FieldAsk,
    pub required: bool,
    /// It may be known only later: a further entry asks it again.
    pub later: bool,
    /// What to choose from.
    pub choices: Vec<String>,
    /// The unit of a number.
    pub unit: String,
    /// Least and most that a number can be.
    pub least: Option<u16>,
    pub most: Option<u16>,
    /// The panels of a test.
    pub panels: Vec<Panel>,
}

/// A panel: the substances that one test is for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    pub name: String,
    pub substances: Vec<String>,
}

impl ShortForm {
    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&ShortField> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The fields that a further entry asks.
    pub fn later(&self) -> impl Iterator<Item = &ShortField> {
        self.fields.iter().filter(|field| field.later)
    }

    /// The field that asks for the results of a test.
    pub fn substances(&self) -> Option<&ShortField> {
        self.fields.iter().find(|field| field.ask == FieldAsk::Substances)
    }
}

/// The short forms of a desk: those that ship, and the agency's own. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortForms(Arc<[ShortForm]>);

/// Those that ship.
impl Default for ShortForms {
    fn default() -> Self {
        Self(super::short_forms().into())
    }
}

impl ShortForms {
    /// Those that ship and these: one with the key of another is in its place.
    pub fn with_own(own: Vec<ShortForm>) -> Self {
        let mut all = super::short_forms().to_vec();
        for form in own {
            match all.iter_mut().find(|there| there.key == form.key) {
                Some(there) => *there = form,
                None => all.push(form),
            }
        }
        Self(all.into())
    }

    /// The form of a key.
    pub fn get(&self, key: &str) -> Option<&ShortForm> {
        self.0.iter().find(|form| form.key == key)
    }

    /// All of them, in the order they are offered in.
    pub fn iter(&self) -> impl Iterator<Item = &ShortForm> {
        self.0.iter()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum UseFile {
    #[default]
    Entry,
    Test,
    Medication,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    key: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    about: String,
    #[serde(default, rename = "use")]
    used_as: UseFile,
    #[serde(default = "first")]
    version: u16,
    #[serde(default)]
    day: Option<Spanned<String>>,
    #[serde(default)]
    results_days: Option<Spanned<u16>>,
    #[serde(default)]
    field: Vec<Spanned<FieldFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    key: String,
    label: String,
    #[serde(default)]
    hint: String,
    ask: FieldAsk,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    later: bool,
    #[serde(default)]
    choices: Vec<String>,
    #[serde(default)]
    unit: String,
    least: Option<u16>,
    most: Option<u16>,
    #[serde(default)]
    panel: Vec<Panel>,
}

fn first() -> u16 {
    1
}

impl FieldFile {
    fn field(self) -> ShortField {
        ShortField {
            key: self.key,
            label: self.label,
            hint: self.hint,
            ask: self.ask,
            required: self.required,
            later: self.later,
            choices: self.choices,
            unit: self.unit,
            least: self.least,
            most: self.most,
            panels: self.panel,
        }
    }
}

/// What an entry's day is called where the form does not say.
const DAY: &str = "Day";

pub(super) fn read(file: &str, text: &str) -> Result<ShortForm, Vec<PackError>> {
    let place = Place { file, text };
    let read: FormFile = place.parse()?;
    let errors = check::errors(&place, &read);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(ShortForm {
        key: read.key.into_inner(),
        name: read.name.into_inner(),
        about: read.about,
        used_as: match read.used_as {
            UseFile::Entry => ShortUse::Plain,
            UseFile::Test => ShortUse::Test,
            UseFile::Medication => ShortUse::Medication,
        },
        version: read.version,
        day: read.day.map_or_else(|| DAY.to_owned(), Spanned::into_inner),
        results_days: read.results_days.map(Spanned::into_inner),
        fields: read.field.into_iter().map(|one| one.into_inner().field()).collect(),
    })
}
