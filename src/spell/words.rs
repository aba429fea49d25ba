//! The words of a text that are worth looking up.
//!
//! Owns what is no word: all capitals, anything with a digit, addresses of mail and web, single letters.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A word and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub word: &'a str,
}

/// The words of a text to be looked up, in order.
pub fn words(text: &str) -> impl Iterator<Item = Piece<'_>> {
    stretches(text).filter(|(_, stretch)| !is_address(stretch)).flat_map(|(at, stretch)| {
        hyphened(stretch)
            .filter(|piece| is_word(piece.word))
            .map(move |piece| Piece { range: at + piece.range.start..at + piece.range.end, word: piece.word })
    })
}

/// What is between white space.
fn stretches(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(move |stretch| (stretch.as_ptr() as usize - start, stretch))
}

/// Words of a stretch, those joined by a hyphen as one.
fn hyphened(stretch: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut bounds = stretch.split_word_bound_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = bounds.next()?;
            if !first.chars().any(char::is_alphanumeric) {
                continue;
            }
            let mut end = start + first.len();
            while let Some((at, joint)) = bounds.peek().copied() {
                let after = &stretch[at + joint.len()..];
                let joins = (joint == "-" && after.starts_with(char::is_alphanumeric))
                    || joint.chars().any(char::is_alphanumeric);
                if !joins {
                    break;
                }
                end = at + joint.len();
                bounds.next();
            }
            return Some(Piece { range: start..end, word: &stretch[start..end] });
        }
    })
}

fn is_address(stretch: &str) -> bool {
    stretch.contains('@')
        || stretch.contains("://")
        || stretch.starts_with("www.")
        || stretch.contains('/') && stretch.contains('.')
}

fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digit = word.chars().any(|c| c.is_numeric() || c == '_');
    let capitals = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    letters > 1 && !digit && !capitals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&str> {
        words(text)
            .inspect(|piece| assert_eq!(&text[piece.range.clone()], piece.word))
            .map(|piece| piece.word)
            .collect()
    }

    #[test]
    fn only_words_are_looked_up() {
        assert_eq!(
            of("Jo's well-being, don\u{2019}t (really)."),
            ["Jo's", "well-being", "don\u{2019}t", "really"]
        );
        assert_eq!(of("PHQ-9 was 17; CBT and DBT, D3, I a"), ["was", "and"]);
        assert_eq!(of("write to jo@example.org or www.example.org/x, 12mg"), ["write", "to", "or"]);
        assert_eq!(of("Zo\u{eb} \u{2014} caf\u{e9}\u{2026} end-"), ["Zo\u{eb}", "caf\u{e9}", "end"]);
        assert!(of(" \u{1f468}\u{200d}\u{1f469} 50% -- ").is_empty());
    }
}
