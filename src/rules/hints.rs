//! Words with a better one: where they are in a text, and what to say instead.
//!
//! Owns the search. Advice only: nothing is decided or changed here, and what is in quotation marks is the client's
//! and is passed over. It must not know whose text it is.

use crate::domain::WordHint;
use crate::packs;
use std::collections::HashMap;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Words in the longest phrase that is looked for.
const LONGEST: usize = 6;

/// The phrases that are looked for, by their first word.
#[derive(Clone, Debug, Default)]
pub struct Hints(HashMap<String, Vec<(Vec<String>, String)>>);

/// A phrase found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What to say instead.
    pub better: String,
}

impl Hints {
    /// What ships, and the agency's own; of two on one phrase the agency's counts, and an empty better one takes a
    /// phrase that ships off the list.
    pub fn new(own: &[WordHint]) -> Self {
        let mut hints = Self::default();
        for hint in packs::word_hints() {
            for phrase in &hint.words {
                hints.add(phrase, &hint.better);
            }
        }
        for hint in own {
            hints.add(&hint.word, &hint.better);
        }
        hints
    }

    fn add(&mut self, phrase: &str, better: &str) {
        let mut words: Vec<String> = phrase.unicode_words().map(str::to_lowercase).collect();
        if words.is_empty() || words.len() > LONGEST {
            return;
        }
        let rest = words.split_off(1);
        let same = self.0.entry(words.remove(0)).or_default();
        same.retain(|(known, _)| *known != rest);
        if !better.trim().is_empty() {
            same.push((rest, better.trim().to_owned()));
            // The longest phrase first.
            same.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// Where they are in a stretch of a paragraph, in order, none over another. Quotation marks count from the
    /// paragraph's start.
    pub fn find(&self, text: &str, stretch: Range<usize>) -> Vec<Found> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let quoted = quoted(text);
        let Some(part) = text.get(stretch.clone()) else { return Vec::new() };
        let words: Vec<(usize, &str)> =
            part.unicode_word_indices().map(|(at, word)| (stretch.start + at, word)).collect();
        let (mut at, mut found) = (0, Vec::new());
        while let Some((start, word)) = words.get(at).copied() {
            at += 1;
            if quoted.iter().any(|range| range.contains(&start)) {
                continue;
            }
            let Some(phrases) = self.0.get(&word.to_lowercase()) else { continue };
            let stands = |rest: &Vec<String>| {
                rest.iter().enumerate().all(|(n, want)| {
                    words.get(at + n).is_some_and(|(from, word)| {
                        let (before, len) = words[at + n - 1];
                        let gap = &text[before + len.len()..*from];
                        word.to_lowercase() == *want && (gap == " " || gap == "-")
                    })
                })
            };
            if let Some((rest, better)) = phrases.iter().find(|(rest, _)| stands(rest)) {
                let (last, len) = words[at + rest.len() - 1];
                found.push(Found { range: start..last + len.len(), better: better.clone() });
                at += rest.len();
            }
        }
        found
    }
}

/// Stretches in quotation marks: straight, curly, guillemets. One that is not closed runs to the end of the paragraph.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let (mut open, mut ranges) = (None, Vec::new());
    for (at, letter) in text.char_indices() {
        match (open, letter) {
            (None, '"' | '\u{201c}' | '\u{201e}' | '\u{ab}') => open = Some(at),
            (Some(from), '"' | '\u{201d}' | '\u{bb}') => {
                ranges.push(from..at);
                open = None;
            }
            _ => {}
        }
    }
    ranges.extend(open.map(|from| from..text.len()));
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        Hints::new(&[]).find(text, 0..text.len()).into_iter().map(|one| &text[one.range]).collect()
    }

    #[test]
    fn words_and_phrases_are_found_the_longest_first() {
        assert_eq!(found("A drug addict, and an Addict."), ["drug addict", "Addict"]);
        assert_eq!(found("He committed suicide attempts"), ["committed suicide"]);
        assert_eq!(found("addiction medicine, addictive"), Vec::<&str>::new());
        assert_eq!(found("drug. Addict"), ["Addict"], "a full stop parts a phrase");
    }

    #[test]
    fn the_clients_words_are_theirs() {
        assert_eq!(
            found("They said \"I'm an addict\", and the addict \u{201c}is clean\u{201d}."),
            ["addict"]
        );
        assert_eq!(found("\"an addict, and it is not closed"), Vec::<&str>::new());
    }

    #[test]
    fn an_agency_adds_changes_and_takes_away() {
        let hint = |word: &str, better: &str| WordHint { word: word.into(), better: better.into() };
        let own = [hint("case", "person"), hint("addict", ""), hint("clean", "without use")];
        let hints = Hints::new(&own);
        let text = "The case, an addict, is clean";
        let found = hints.find(text, 0..text.len());
        let better: Vec<&str> = found.iter().map(|one| one.better.as_str()).collect();
        assert_eq!(
            better,
            ["person", "not using, in recovery; of a test: negative"],
            "'is clean' still ships"
        );
    }
}
