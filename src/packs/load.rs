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
            vec![self.error(span.as_ref(), plain(error.message()))]
        })
    }
}

/// Says in plain words what the reader of TOML found: a name that is not known here, a word that is no choice, a line that is missing.
fn plain(message: &str) -> String {
    let listed = |names: &str| names.replace('`', "\"").replacen("one of ", "", 1);
    let known = |rest: &str| -> Option<(String, String)> {
        let (name, expected) = rest.split_once("`, expected ")?;
        Some((name.to_owned(), listed(expected)))
    };
    if let Some((name, names)) = message.strip_prefix("unknown field `").and_then(known) {
        return format!("there is no line \"{name}\" here. These can be here: {names}.");
    }
    if let Some((name, names)) = message.strip_prefix("unknown variant `").and_then(known) {
        return format!("\"{name}\" is none of the words that can be here: {names}.");
    }
    match message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        Some(name) => format!("the line \"{name} = ...\" is missing."),
        None => message.to_owned(),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_line_is_told_in_plain_words() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum Ask {
            Text,
            YesNo,
        }
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(dead_code, reason = "only whether it reads is looked at")]
        struct File {
            name: String,
            ask: Ask,
        }
        let told = |text: &str| {
            let errors = Place { file: "own.toml", text }.parse::<File>().unwrap_err();
            errors[0].to_string()
        };
        assert_eq!(
            told("name = \"Pool\"\nask = \"words\""),
            "own.toml:2:7: \"words\" is none of the words that can be here: \"text\" or \"yes-no\"."
        );
        assert_eq!(
            told("name = \"Pool\"\nask = \"text\"\ncolour = 1"),
            "own.toml:3:1: there is no line \"colour\" here. These can be here: \"name\" or \"ask\"."
        );
        assert_eq!(told("ask = \"yes-no\""), "own.toml:1:1: the line \"name = ...\" is missing.");
    }
}
