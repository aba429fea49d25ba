//! Reads pack files strictly and says where an error is.

use super::{BetterWords, Level, Lists};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::ops::Range;

/// What is wrong in a pack, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackError {
    /// File as it was named to the reader.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what is wanted.
    pub message: String,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for PackError {}

/// Turns byte places of one file into errors with line and column.
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
}

impl Place<'_> {
    pub(super) fn error(&self, span: Option<&Range<usize>>, message: impl Into<String>) -> PackError {
        let at = span.map_or(0, |span| span.start).min(self.text.len());
        let before = self.text.get(..at).unwrap_or_default();
        PackError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
            message: message.into(),
        }
    }

    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T, Vec<PackError>> {
        toml::from_str(self.text).map_err(|error| {
            let span = error.span();
            vec![self.error(span.as_ref(), error.message())]
        })
    }
}

/// Dimension numbers of one set and where they stand in another.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Crosswalk {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) pairs: Vec<(u8, u8)>,
}

pub(super) fn levels(file: &str, text: &str) -> Result<Vec<Level>, Vec<PackError>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        level: Vec<Level>,
    }
    Place { file, text }.parse::<File>().map(|file| file.level)
}

pub(super) fn lists(file: &str, text: &str) -> Result<Lists, Vec<PackError>> {
    Place { file, text }.parse()
}

pub(super) fn crosswalks(file: &str, text: &str) -> Result<Vec<Crosswalk>, Vec<PackError>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        crosswalk: Vec<Crosswalk>,
    }
    Place { file, text }.parse::<File>().map(|file| file.crosswalk)
}

pub(super) fn words(file: &str, text: &str) -> Result<Vec<BetterWords>, Vec<PackError>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        hint: Vec<BetterWords>,
    }
    Place { file, text }.parse::<File>().map(|file| file.hint)
}
