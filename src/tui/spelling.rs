//! What the desk knows about words while somebody sits at it: the dictionary, their own words, words with a better one.
//!
//! Owns what passes and what is underlined. The dictionary stays over a lock; everything of a person goes with it.

use crate::domain::Lexicon;
use crate::rules::hints::Hints;
use crate::spell::Speller;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

/// Words the dictionary's answer is remembered for: some screens full.
const REMEMBERED: usize = 4_096;

/// The dictionary and the lists.
#[derive(Clone, Default)]
pub struct Spelling {
    /// The dictionary, once it is read.
    pub speller: Option<Arc<Speller>>,
    /// It was asked for.
    pub loading: bool,
    /// Nothing is underlined: the person's choice.
    pub quiet: bool,
    mine: Lexicon,
    agency: Lexicon,
    words: HashSet<String>,
    ignored: HashSet<String>,
    hints: Arc<Hints>,
    /// What the dictionary said of words lately: the same ones are in sight at each frame.
    said: RefCell<HashMap<String, bool>>,
}

/// Never a word of anyone.
impl fmt::Debug for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Spelling({} words, loaded: {})", self.words.len(), self.speller.is_some())
    }
}

impl Spelling {
    /// Takes over a person's list and the agency's.
    pub fn take(&mut self, mine: &Lexicon, agency: &Lexicon) {
        self.quiet = mine.quiet;
        (self.mine, self.agency) = (mine.clone(), agency.clone());
        self.words = mine.words.iter().chain(&agency.words).cloned().collect();
        self.hints = Arc::new(Hints::new(&agency.hints));
    }

    /// Forgets everything of a person.
    pub fn forget(&mut self) {
        (self.mine, self.agency) = Default::default();
        self.words.clear();
        self.ignored.clear();
        self.said.borrow_mut().clear();
        self.hints = Arc::default();
        self.quiet = false;
    }

    /// Lets a word pass until the lock.
    pub fn ignore(&mut self, word: &str) {
        self.ignored.insert(word.to_owned());
    }

    /// Whether a word passes. Everything does while there is no dictionary.
    pub fn passes(&self, word: &str) -> bool {
        let Some(speller) = &self.speller else { return true };
        let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word);
        let own = |word: &str| self.words.contains(word) || self.ignored.contains(word);
        own(word) || own(stem) || own(&stem.to_lowercase()) || self.known(speller, word)
    }

    fn known(&self, speller: &Speller, word: &str) -> bool {
        let mut said = self.said.borrow_mut();
        if let Some(known) = said.get(word) {
            return *known;
        }
        if said.len() >= REMEMBERED {
            said.clear();
        }
        *said.entry(word.to_owned()).or_insert_with(|| speller.knows(word))
    }

    /// The person's own list.
    pub fn mine(&self) -> &Lexicon {
        &self.mine
    }

    /// The agency's list.
    pub fn agency(&self) -> &Lexicon {
        &self.agency
    }

    /// Words with a better one.
    pub fn hints(&self) -> &Hints {
        &self.hints
    }
}
