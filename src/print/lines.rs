//! Where a text is broken into lines.
//!
//! A line ends where Unicode lets it end, but never within a telephone number. A word that is longer than a whole line is
//! broken between two letters, without a hyphen: what is read or copied from the page is what was written.

use super::font::Shaped;
use std::ops::Range;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

/// Returns the signs of each line that is so wide, in parts of the size of the letters. Blanks at a line's end are on no line.
pub(super) fn break_lines(shaped: &Shaped, width: f32) -> Vec<Range<usize>> {
    let text = &shaped.text;
    let mut lines = Vec::new();
    let (mut start, mut from) = (0, 0);
    let mut wide = 0.0;
    for end in ends(text) {
        let to = from + shaped.signs[from..].iter().take_while(|sign| sign.of.start < end).count();
        let whole: f32 = advance(shaped, from..to);
        let seen = advance(shaped, from..without_blanks(shaped, from, to));
        if wide + seen > width && start < from {
            lines.push(start..without_blanks(shaped, start, from));
            (start, wide) = (from, 0.0);
        }
        if seen > width {
            let pieces = broken(shaped, from..without_blanks(shaped, from, to), width);
            let last = pieces.last().cloned().unwrap_or(from..to);
            lines.extend(pieces.iter().take(pieces.len().saturating_sub(1)).cloned());
            (start, wide) = (last.start, advance(shaped, last.start..to));
        } else {
            wide += whole;
        }
        from = to;
    }
    if start < shaped.signs.len() {
        lines.push(start..without_blanks(shaped, start, shaped.signs.len()));
    }
    lines
}

/// The bytes at which a line may end.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let allowed = linebreaks(text).filter(|(at, _)| !within_number(text, *at));
    allowed.map(|(at, kind)| {
        debug_assert!(
            kind == BreakOpportunity::Allowed || at == text.len() || text[..at].ends_with('\u{2028}')
        );
        at
    })
}

/// Whether a blank at which a line could end is between two groups of figures.
fn within_number(text: &str, at: usize) -> bool {
    let before = text[..at].strip_suffix(' ').and_then(|before| before.chars().next_back());
    let after = text[at..].chars().next();
    before.is_some_and(|sign| sign.is_ascii_digit() || sign == ')')
        && after.is_some_and(|sign| sign.is_ascii_digit())
}

fn advance(shaped: &Shaped, signs: Range<usize>) -> f32 {
    shaped.signs[signs].iter().map(|sign| sign.advance).sum()
}

fn without_blanks(shaped: &Shaped, start: usize, end: usize) -> usize {
    let blank = |at: &usize| shaped.text[shaped.signs[*at].of.clone()].chars().all(char::is_whitespace);
    end - (start..end).rev().take_while(blank).count()
}

/// Breaks a word that is wider than a line, between letters.
fn broken(shaped: &Shaped, word: Range<usize>, width: f32) -> Vec<Range<usize>> {
    let base = shaped.signs[word.start].of.start;
    let end = shaped.signs[word.end - 1].of.end;
    let letters: Vec<usize> =
        shaped.text[base..end].grapheme_indices(true).map(|(at, _)| base + at).collect();
    let mut lines = Vec::new();
    let (mut start, mut wide) = (word.start, 0.0);
    for at in word.clone() {
        let sign = &shaped.signs[at];
        if wide + sign.advance > width && at > start && letters.binary_search(&sign.of.start).is_ok() {
            lines.push(start..at);
            (start, wide) = (at, 0.0);
        }
        wide += sign.advance;
    }
    lines.push(start..word.end);
    lines
}
