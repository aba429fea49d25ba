//! Phrases that ship: snippets and templates of our own wording.

use super::load::{PackError, Place};
use crate::domain::{Phrase, PhraseKind};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseEntry {
    kind: PhraseKind,
    name: String,
    title: String,
    #[serde(default)]
    format: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    phrase: Vec<PhraseEntry>,
}

pub(super) fn read(file: &str, text: &str) -> Result<Vec<Phrase>, Vec<PackError>> {
    let read: File = Place { file, text }.parse()?;
    Ok(read.phrase.into_iter().map(phrase).collect())
}

fn phrase(entry: PhraseEntry) -> Phrase {
    let PhraseEntry { kind, name, title, format, text } = entry;
    Phrase { kind, name, title, format, text: text.trim().to_owned(), ..Phrase::default() }
}
