//! Words that are known here beyond the dictionary, and words that have a better one.

use super::fields::numbered;

/// A person's own words, or the agency's.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Words the spell check lets pass, as they were added, in the order of the alphabet.
    pub words: Vec<String>,
    /// Words with a better one, beside those that ship.
    pub hints: Vec<WordHint>,
    /// Nothing is underlined (a person's choice; the agency's has no meaning).
    pub quiet: bool,
}

numbered!(Lexicon {
    1 words, 2 hints, 3 quiet,
});

/// A word or phrase that is underlined, and what to say instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordHint {
    /// The word or phrase, any case.
    pub word: String,
    /// What to say instead.
    pub better: String,
}

numbered!(WordHint {
    1 word, 2 better,
});

/// Words may name people: they are counted, never shown.
impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon({} words, {} hints)", self.words.len(), self.hints.len())
    }
}

/// Longest word or phrase a lexicon takes, characters.
pub const LONGEST_WORD: usize = 60;
/// Words and hints it holds at most, of each.
pub const MOST_WORDS: usize = 5_000;

impl Lexicon {
    /// Adds a word; says whether it is new.
    pub fn add(&mut self, word: &str) -> bool {
        let word = word.trim();
        if word.is_empty() || word.chars().count() > LONGEST_WORD || self.words.len() >= MOST_WORDS {
            return false;
        }
        match self.words.binary_search_by(|known| known.as_str().cmp(word)) {
            Ok(_) => false,
            Err(at) => {
                self.words.insert(at, word.to_owned());
                true
            }
        }
    }

    /// Takes a word away; says whether it was there.
    pub fn remove(&mut self, word: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|known| known != word);
        self.words.len() != before
    }
}
