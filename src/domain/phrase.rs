//! Phrases: snippets that expand from a short name, and templates of whole notes.

use super::fields::numbered;
use super::{Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// What a phrase is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PhraseKind {
    /// Typed as `.name` in a note, expanded in place.
    #[default]
    Snippet,
    /// A whole note, section by section.
    Template,
}

impl PhraseKind {
    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Snippet => "snippet",
            Self::Template => "template",
        }
    }
}

/// A text to write with: its owner is a person or the agency. `{fields}` in it fill from the chart, `[[blanks]]` are left
/// to be filled by hand; in a template a line `# Section` begins the text of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// Which of its owner's.
    pub number: Number,
    /// What it is.
    pub kind: PhraseKind,
    /// Short name: what is typed behind the dot.
    pub name: String,
    /// What it is about, for lists.
    pub title: String,
    /// Format a template is for; empty = any.
    pub format: String,
    pub text: String,
    /// Who wrote it last.
    pub by: StaffId,
    pub at: Moment,
    pub gone: bool,
}

numbered!(Phrase {
    1 number, 2 kind, 3 name, 4 title, 5 format, 6 text, 7 by, 8 at, 9 gone,
});

impl Phrase {
    /// Longest short name, characters.
    pub const LONGEST_NAME: usize = 20;
    /// Longest text, bytes.
    pub const LONGEST_TEXT: usize = 20_000;
}
