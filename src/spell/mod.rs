//! Spelling: the dictionary that ships, the words of our field beside it, and which words of a text are looked up.
//!
//! Owns the dictionary, immutable once it is read, and the way from a text to its words. Pure: it must not know notes,
//! people, the store or the screen; a person's own words are handed in by who asks. Looking a word up takes less than a
//! microsecond; suggestions take tens of milliseconds and are asked of a helper thread.

mod words;

pub use words::{Piece, words};

use spellbook::Dictionary;
use std::fmt;

const AFF: &str = include_str!("en_US.aff");
const DIC: &str = include_str!("en_US.dic");
const CLINICAL: &str = include_str!("clinical.txt");

/// Suggestions shown for a word, at most.
const SUGGESTED: usize = 6;

/// The dictionary, read.
pub struct Speller(Dictionary);

impl fmt::Debug for Speller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Speller")
    }
}

impl Speller {
    /// Reads the dictionary; takes some tens of milliseconds. `None` if what ships does not read, which a test rules out.
    pub fn load() -> Option<Self> {
        let mut dictionary = Dictionary::new(AFF, DIC).ok()?;
        let own = CLINICAL.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        for word in own {
            dictionary.add(word).ok()?;
        }
        Some(Self(dictionary))
    }

    /// Whether a word is spelled as the dictionary or the field spells it. Possessives and words joined by hyphens count
    /// where their parts do.
    pub fn knows(&self, word: &str) -> bool {
        let plain = word.replace('\u{2019}', "'");
        let bare = plain.strip_suffix("'s").or_else(|| plain.strip_suffix('\'')).unwrap_or(&plain);
        let parts = |text: &str| {
            text.contains('-') && text.split('-').all(|part| part.is_empty() || self.0.check(part))
        };
        self.0.check(&plain) || self.0.check(bare) || parts(bare)
    }

    /// What may have been meant, the likeliest first.
    pub fn suggest(&self, word: &str) -> Vec<String> {
        let plain = word.replace('\u{2019}', "'");
        let mut found = Vec::new();
        self.0.suggest(&plain, &mut found);
        let mut swapped: Vec<String> =
            swaps(&plain).chain(doubled(&plain)).filter(|one| self.0.check(one)).collect();
        swapped.dedup();
        found.retain(|one| !swapped.contains(one));
        // What fingers do most: two letters in the wrong order, one once too often, then one left out. The rest as the dictionary has it.
        found.sort_by_key(
            |one| {
                if lacks_one(&plain, one) { usize::MAX - front(&plain, one) } else { usize::MAX }
            },
        );
        found.splice(0..0, swapped);
        found.truncate(SUGGESTED);
        found
    }
}

/// The word with a letter once where it is there several times running, at every such place.
fn doubled(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    let again = |letters: &[char], at: usize| letters[at] == letters[at - 1];
    (1..letters.len()).filter_map(move |at| {
        let begins = again(&letters, at) && (at < 2 || !again(&letters, at - 1));
        begins.then(|| letters.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, c)| c).collect())
    })
}

/// The word with two neighbours swapped, at every place; a capital stays in front.
fn swaps(word: &str) -> impl Iterator<Item = String> {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let letters: Vec<char> = if capital { word.to_lowercase() } else { word.to_owned() }.chars().collect();
    (1..letters.len()).map(move |at| {
        let mut letters = letters.clone();
        letters.swap(at - 1, at);
        if capital {
            letters[0] = letters[0].to_uppercase().next().unwrap_or(letters[0]);
        }
        letters.into_iter().collect()
    })
}

/// Whether the word is the other one with a letter left out.
fn lacks_one(word: &str, other: &str) -> bool {
    let back = word.chars().rev().zip(other.chars().rev()).take_while(|(one, two)| one == two).count();
    let letters = word.chars().count();
    other.chars().count() == letters + 1 && front(word, other) + back >= letters
}

/// Letters that two words have in common from the front.
fn front(word: &str, other: &str) -> usize {
    word.chars().zip(other.chars()).take_while(|(one, two)| one == two).count()
}

/// What is asked of the helper.
#[derive(Clone)]
pub enum SpellAsk {
    /// Read the dictionary.
    Load,
    /// What may have been meant by a word.
    Suggest {
        /// Pairs the answer with it.
        ticket: u64,
        /// The dictionary, as it was read.
        speller: std::sync::Arc<Speller>,
        /// As it was typed.
        word: String,
    },
}

/// What the helper answers.
#[derive(Clone)]
pub enum Spelled {
    Loaded(Option<std::sync::Arc<Speller>>),
    Suggestions {
        /// The ask's ticket.
        ticket: u64,
        /// The word they are for.
        word: String,
        /// The likeliest first.
        words: Vec<String>,
    },
}

impl fmt::Debug for SpellAsk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Load) { "SpellAsk::Load" } else { "SpellAsk::Suggest" })
    }
}

impl fmt::Debug for Spelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if matches!(self, Self::Loaded(_)) { "Spelled::Loaded" } else { "Spelled::Suggestions" })
    }
}

impl SpellAsk {
    /// Does the work; on whatever thread it is called.
    pub fn answer(self) -> Spelled {
        match self {
            Self::Load => Spelled::Loaded(Speller::load().map(std::sync::Arc::new)),
            Self::Suggest { ticket, speller, word } => {
                let words = speller.suggest(&word);
                Spelled::Suggestions { ticket, word, words }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_knows_english_and_the_field() {
        let speller = Speller::load().expect("what ships reads");
        for word in [
            "counselor",
            "don't",
            "don\u{2019}t",
            "client's",
            "psychoeducation",
            "sertraline",
            "buprenorphine",
            "follow-up",
            "fentanyl",
            "Saturday",
            "walked",
            "co-occurring",
            "clients'",
        ] {
            assert!(speller.knows(word), "{word}");
        }
        for word in ["recieve", "teh", "anxeity", "sertralin", "walkd", "follow-upp"] {
            assert!(!speller.knows(word), "{word}");
        }
    }

    #[test]
    fn suggestions_hold_what_was_meant() {
        let speller = Speller::load().expect("what ships reads");
        for (typed, meant) in [
            ("recieve", "receive"),
            ("anxeity", "anxiety"),
            ("sertralin", "sertraline"),
            ("Hte", "The"),
            ("minuts", "minutes"),
            ("wrk", "work"),
            ("agreeed", "agreed"),
            ("sessionn", "session"),
        ] {
            let first = speller.suggest(typed).into_iter().next();
            assert_eq!(first.as_deref(), Some(meant), "{typed}: {:?}", speller.suggest(typed));
        }
    }

    #[test]
    fn our_own_list_has_each_word_once_and_only_words_that_are_missing_elsewhere_or_harmless() {
        let lines: Vec<&str> =
            CLINICAL.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        let mut once = std::collections::HashSet::new();
        for line in &lines {
            assert!(once.insert(*line), "{line} stands twice");
            assert!(line.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '-'), "{line}");
        }
        assert!(lines.len() > 400);
    }
}
