//! Dimension sets: what an assessment grid has rows for.

use super::load::{PackError, Place};
use serde::Deserialize;
use toml::Spanned;

/// A dimension set: the rows of the grid in one edition (`clinical.md` 1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DimensionSet {
    /// Key as records store it (`ASAM3`).
    pub key: String,
    /// Edition as shown (`ASAM 3rd ed.`).
    pub edition: String,
    /// Edition in a few characters (`3rd ed.`), for "rated in 3rd ed.".
    pub mark: String,
    /// Dimensions in order, numbered from 1 without gaps.
    pub dimensions: Vec<Dimension>,
    /// Words for severities 0-4.
    pub labels: [String; 5],
    /// The dimension that danger goes to which was passed on by somebody who does not sort it.
    pub danger_told: u8,
}

/// One row of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Number in the set, from 1.
    pub number: u8,
    pub key: String,
    /// Short name, at most 10 characters.
    pub short: String,
    pub name: String,
    /// Rated 0-4. Else it is talked about, not rated and not ranked.
    pub rated: bool,
    /// What a 4 does here.
    pub four_is_now: FourIsNow,
    /// What 0 to 4 mean here, in our own words: five, or none where it is not rated.
    pub anchors: Vec<String>,
    /// Questions about danger now (`clinical.md` 2.2).
    pub triage: Vec<String>,
    /// What a yes calls for.
    pub triage_action: String,
    /// Subdimensions with their symbols (4th edition), else empty.
    #[serde(default, rename = "sub")]
    pub subdimensions: Vec<Subdimension>,
}

/// A part of a dimension that carries a symbol.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subdimension {
    /// Number in the dimension, from 1.
    pub number: u8,
    pub name: String,
    /// Symbols to pick from, as text.
    pub symbols: Vec<String>,
}

/// What entering a 4 does (`clinical.md` 2.4: a rating of 4 asks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FourIsNow {
    /// It proposes an immediate need.
    On,
    /// "Immediate action needed?" is asked, No highlighted.
    Ask,
}

impl DimensionSet {
    /// The dimension of a number.
    pub fn dimension(&self, number: u8) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.number == number)
    }

    /// Dimensions that are rated and ranked.
    pub fn rated(&self) -> impl Iterator<Item = &Dimension> {
        self.dimensions.iter().filter(|dimension| dimension.rated)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetFile {
    key: Spanned<String>,
    edition: String,
    mark: String,
    labels: [String; 5],
    danger_told: Spanned<u8>,
    dimension: Vec<Spanned<Dimension>>,
}

/// Reads a dimension set. Errors: not TOML, unknown or missing keys (the first), else everything wrong with the
/// content at once: number of dimensions (3-9), numbering, short names, anchors, symbols; with line and column.
pub fn read_set(file: &str, text: &str) -> Result<DimensionSet, Vec<PackError>> {
    let place = Place { file, text };
    let read: SetFile = place.parse()?;
    let mut errors = Vec::new();
    if read.key.get_ref().trim().is_empty() {
        errors.push(place.error(Some(&read.key.span()), "a set needs a key"));
    }
    let told = *read.danger_told.get_ref();
    if !read.dimension.iter().any(|one| one.get_ref().number == told && one.get_ref().rated) {
        let message = format!("danger_told names dimension {told}, which is none that is rated");
        errors.push(place.error(Some(&read.danger_told.span()), message));
    }
    if !(3..=9).contains(&read.dimension.len()) {
        let message = format!("a set has 3 to 9 dimensions, this one {}", read.dimension.len());
        errors.push(place.error(Some(&read.key.span()), message));
    }
    for (index, spanned) in read.dimension.iter().enumerate() {
        let span = spanned.span();
        for message in faults(index, spanned.get_ref()) {
            errors.push(place.error(Some(&span), message));
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(DimensionSet {
        key: read.key.into_inner(),
        edition: read.edition,
        mark: read.mark,
        dimensions: read.dimension.into_iter().map(Spanned::into_inner).collect(),
        labels: read.labels,
        danger_told: told,
    })
}

fn faults(index: usize, dimension: &Dimension) -> Vec<String> {
    let mut faults = Vec::new();
    let number = dimension.number;
    if usize::from(number) != index + 1 {
        faults.push(format!(
            "dimension {number} stands where {} belongs: number from 1 without gaps",
            index + 1
        ));
    }
    if dimension.short.is_empty() || dimension.short.chars().count() > 10 {
        faults.push(format!("short name of dimension {number} must have 1 to 10 characters"));
    }
    let wanted = if dimension.rated { 5 } else { 0 };
    if dimension.anchors.len() != wanted {
        let have = dimension.anchors.len();
        faults.push(format!("dimension {number} needs {wanted} anchors, has {have}"));
    }
    for (index, sub) in dimension.subdimensions.iter().enumerate() {
        if usize::from(sub.number) != index + 1 {
            faults.push(format!("subdimension {} of {number}: number from 1 without gaps", sub.number));
        }
        if sub.symbols.is_empty() {
            faults.push(format!("subdimension {} of {number} has no symbols to pick from", sub.number));
        }
    }
    faults
}
