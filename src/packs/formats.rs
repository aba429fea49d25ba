//! Note formats: what a note consists of, as data (`clinical.md` 5.1, 5.4).

use super::load::{PackError, Place};
use crate::domain::{HeaderKey, Modality, Mode};
use serde::Deserialize;
use std::sync::Arc;
use toml::Spanned;

/// A note format: ordered sections, short answers, header keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Key as notes store it (`DAP`).
    pub key: String,
    pub name: String,
    /// What it is for, in a few words.
    pub about: String,
    /// A session took place; else its minutes may be 0.
    pub held: bool,
    /// It is asked what the note works on.
    pub serves: bool,
    /// It is a part of a group session: such a note is begun there, and is not offered.
    pub group: bool,
    /// Header keys it asks.
    pub asks: Vec<HeaderKey>,
    /// What the service usually is.
    pub service: ServiceDefaults,
    /// Short answers it asks for, in order.
    pub fields: Vec<FormatField>,
    /// Sections in order.
    pub sections: Vec<FormatSection>,
}

/// What the service usually is where a format says so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceDefaults {
    /// Type of service.
    pub kind: Option<String>,
    pub modality: Option<Modality>,
    /// How; `person`, `video`, `phone`.
    pub mode: Option<Mode>,
    pub minutes: Option<u16>,
}

/// A short answer a format asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormatField {
    /// Key as notes store it.
    pub key: String,
    pub title: String,
    /// What belongs here.
    #[serde(default)]
    pub prompt: String,
    /// What to choose from; empty = typed.
    #[serde(default)]
    pub choices: Vec<String>,
    /// Must be answered at signing.
    #[serde(default)]
    pub required: bool,
}

/// One section of a note format.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormatSection {
    /// Key as notes store it (`data`).
    pub key: String,
    pub title: String,
    /// What belongs here, shown while it is empty.
    pub prompt: String,
    /// Must not be empty at signing.
    pub required: bool,
    /// Characters below which a required section counts as too short. No format that ships has such a number: no source asks
    /// for one, and *Engaged.* is a fair assessment.
    #[serde(default)]
    pub min_chars: u16,
    /// Sections of other formats whose text moves here when a draft changes its format.
    #[serde(default)]
    pub takes: Vec<String>,
}

impl Format {
    /// The section of a key.
    pub fn section(&self, key: &str) -> Option<&FormatSection> {
        self.sections.iter().find(|section| section.key == key)
    }
}

/// The note formats of a desk: those that ship, and the agency's own. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formats(Arc<[Format]>);

/// Those that ship.
impl Default for Formats {
    fn default() -> Self {
        Self(super::formats().into())
    }
}

impl Formats {
    /// Those that ship and these: one with the key of another is in its place.
    pub fn with_own(own: Vec<Format>) -> Self {
        let mut all = super::formats().to_vec();
        for format in own {
            match all.iter_mut().find(|there| there.key == format.key) {
                Some(there) => *there = format,
                None => all.push(format),
            }
        }
        Self(all.into())
    }

    /// The format of a key.
    pub fn get(&self, key: &str) -> Option<&Format> {
        self.0.iter().find(|format| format.key == key)
    }

    /// Those that are offered, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Format> {
        self.0.iter().filter(|format| !format.group)
    }

    /// The name of a format; its key if it is not here any more.
    pub fn name<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).map_or(key, |format| format.name.as_str())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormatFile {
    key: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    about: String,
    #[serde(default = "yes")]
    held: bool,
    #[serde(default = "yes")]
    serves: bool,
    #[serde(default)]
    group: bool,
    #[serde(default)]
    asks: Vec<HeaderKey>,
    #[serde(default)]
    service: ServiceDefaults,
    #[serde(default)]
    field: Vec<Spanned<FormatField>>,
    section: Vec<Spanned<FormatSection>>,
}

fn yes() -> bool {
    true
}

/// Longest key: it is in lists and in every note.
const LONGEST_KEY: usize = 20;

pub(super) fn read(file: &str, text: &str) -> Result<Format, Vec<PackError>> {
    let place = Place { file, text };
    let read: FormatFile = place.parse()?;
    let mut errors = Vec::new();
    for (what, word) in [("key", &read.key), ("name", &read.name)] {
        let length = word.get_ref().trim().chars().count();
        if length == 0 || length > LONGEST_KEY {
            let message = format!("the {what} of a format has 1 to {LONGEST_KEY} characters");
            errors.push(place.error(Some(&word.span()), message));
        }
    }
    if read.section.is_empty() {
        errors.push(place.error(Some(&read.key.span()), "a note format needs at least one section"));
    }
    let keys = read.section.iter().map(|one| (&one.get_ref().key, one.span()));
    twice(&place, "section", keys, &mut errors);
    let keys = read.field.iter().map(|one| (&one.get_ref().key, one.span()));
    twice(&place, "field", keys, &mut errors);
    errors.sort_by_key(|error| (error.line, error.column));
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Format {
        key: read.key.into_inner(),
        name: read.name.into_inner(),
        about: read.about,
        held: read.held,
        serves: read.serves,
        group: read.group,
        asks: read.asks,
        service: read.service,
        fields: read.field.into_iter().map(Spanned::into_inner).collect(),
        sections: read.section.into_iter().map(Spanned::into_inner).collect(),
    })
}

/// A key that is empty, or is twice.
fn twice<'a>(
    place: &Place<'_>,
    what: &str,
    keys: impl Iterator<Item = (&'a String, std::ops::Range<usize>)>,
    errors: &mut Vec<PackError>,
) {
    let mut seen: Vec<&String> = Vec::new();
    for (key, span) in keys {
        if key.trim().is_empty() {
            errors.push(place.error(Some(&span), format!("a {what} needs a key")));
        } else if seen.contains(&key) {
            errors.push(place.error(Some(&span), format!("{what} key {key:?} is there twice")));
        }
        seen.push(key);
    }
}
