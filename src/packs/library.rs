//! An agency's library: goals, objectives and methods to begin a line of a plan with, in files of its own.
//!
//! Owns how a file reads and what its `«blanks»` are. A goal or an objective has at least one, so that nobody takes it over without
//! writing something of this client. What becomes of a line that was taken is for the rules.

use super::load::{PackError, Place};
use crate::domain::LineKind;
use serde::Deserialize;
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;

/// The lines of all files of an agency, in the order in which they are offered. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library(Arc<[LibraryLine]>);

impl Library {
    /// Returns the library of these files.
    pub fn of(files: Vec<LibraryFile>) -> Self {
        Self(files.into_iter().flat_map(|file| file.lines).collect())
    }

    /// Returns its lines of one kind.
    pub fn lines(&self, kind: LineKind) -> impl Iterator<Item = &LibraryLine> {
        self.0.iter().filter(move |line| line.kind == kind)
    }
}

/// A file of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryFile {
    /// Its key.
    pub key: String,
    lines: Vec<LibraryLine>,
}

/// A line to begin with. What is between `«` and `»` is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryLine {
    pub kind: LineKind,
    /// What its file is called.
    pub about: String,
    /// What the line says: the wording of a goal, the step of an objective, what a method is.
    pub words: String,
    /// How much of a step, or how often a method, as it is typed.
    pub amount: String,
    /// How they will know or see it, or what a method is for.
    pub see: String,
}

impl LibraryLine {
    /// Returns what it says, how much, and how one sees it.
    pub fn texts(&self) -> [&str; 3] {
        [&self.words, &self.amount, &self.see]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    key: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    goal: Vec<Goal>,
    #[serde(default)]
    objective: Vec<Objective>,
    #[serde(default)]
    method: Vec<Method>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Goal {
    wording: Spanned<String>,
    #[serde(default)]
    know: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Objective {
    step: Spanned<String>,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    see: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Method {
    wording: Spanned<String>,
    #[serde(default)]
    often: String,
    #[serde(default)]
    purpose: String,
}

/// Reads a file of a library. Errors: not TOML, unknown keys, an empty key, name or line, a blank that is not closed, a goal or
/// an objective without a blank; with line and column.
pub fn read_library(file: &str, text: &str) -> Result<LibraryFile, Vec<PackError>> {
    let place = Place { file, text };
    let read: File = place.parse()?;
    let mut errors = Vec::new();
    for (what, word) in [("key", &read.key), ("name", &read.name)] {
        if word.get_ref().trim().is_empty() {
            errors.push(place.error(Some(&word.span()), format!("the {what} of a library file is empty")));
        }
    }
    let about = read.name.into_inner();
    let mut lines = Vec::new();
    let mut add = |kind, words: Spanned<String>, amount: String, see: String| {
        let wrong = wrong(kind, words.get_ref(), &[&amount, &see]);
        errors.extend(wrong.map(|what| place.error(Some(&words.span()), what)));
        lines.push(LibraryLine { kind, about: about.clone(), words: words.into_inner(), amount, see });
    };
    for one in read.goal {
        add(LineKind::Goal, one.wording, String::new(), one.know);
    }
    for one in read.objective {
        add(LineKind::Objective, one.step, one.amount, one.see);
    }
    for one in read.method {
        add(LineKind::Method, one.wording, one.often, one.purpose);
    }
    if lines.is_empty() {
        errors.push(place.error(Some(&read.key.span()), "a library file has at least one line"));
    }
    if errors.is_empty() { Ok(LibraryFile { key: read.key.into_inner(), lines }) } else { Err(errors) }
}

/// What is wrong with a line.
fn wrong(kind: LineKind, words: &str, others: &[&str]) -> Option<&'static str> {
    if words.trim().is_empty() {
        return Some("a line of the library is empty");
    }
    let all = || std::iter::once(words).chain(others.iter().copied());
    if all().any(|text| {
        text.matches('«').count() != text.matches('»').count()
            || next_blank(text, 0).is_none() && text.contains('«')
    }) {
        return Some("a blank is written «what belongs here»: each « needs its »");
    }
    if kind != LineKind::Method && next_blank(words, 0).is_none() {
        return Some(
            "a goal or an objective needs a blank such as «evening», so that it is written for one person",
        );
    }
    None
}

/// Returns the first blank of a text from a byte on, with its marks.
pub fn next_blank(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text.get(from..)?.find('«')?;
    let end = start + text[start..].find('»')? + '»'.len_utf8();
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLEEP: &str = "key = \"sleep\"\nname = \"Sleep\"\n\
        [[goal]]\nwording = \"Sleep through «which nights».\"\nknow = \"no pills on «which nights»\"\n\
        [[objective]]\nstep = \"write the sleep diary at «when»\"\namount = \"«n» nights a week\"\nsee = \"the diary\"\n\
        [[method]]\nwording = \"CBT for sleep\"\noften = \"weekly\"\npurpose = \"To sleep without pills.\"\n";

    #[test]
    fn a_file_holds_lines_of_each_kind() {
        let library = Library::of(vec![read_library("sleep.toml", SLEEP).unwrap()]);
        let of = |kind| library.lines(kind).map(|line| line.words.as_str()).collect::<Vec<_>>();
        assert_eq!(of(LineKind::Goal), ["Sleep through «which nights»."]);
        assert_eq!(of(LineKind::Method), ["CBT for sleep"]);
        let step = library.lines(LineKind::Objective).next().unwrap();
        assert_eq!((step.amount.as_str(), step.about.as_str()), ("«n» nights a week", "Sleep"));
    }

    #[test]
    fn errors_have_their_line_and_column() {
        let wrong = |text: &str| read_library("own.toml", text).unwrap_err()[0].to_string();
        let head = "key = \"own\"\nname = \"Own\"\n";
        let told = wrong(&format!("{head}[[goal]]\nwording = \"Be sober\"\n"));
        assert!(told.starts_with("own.toml:4:11: ") && told.contains("needs a blank"), "{told}");
        assert!(
            wrong(&format!("{head}[[objective]]\nstep = \"call «whom\"\n")).contains("each « needs its »")
        );
        assert!(wrong(&format!("{head}[[method]]\nwording = \" \"\n")).contains("is empty"));
        assert!(wrong(&format!("{head}[[method]]\nwordin = \"CBT\"\n")).starts_with("own.toml:4:1: "));
        assert!(wrong(head).contains("at least one line"));
        assert!(
            wrong("key = \" \"\nname = \"x\"\n[[method]]\nwording = \"CBT\"\n").starts_with("own.toml:1:7: ")
        );
    }
}
