//! What may are in a note: text from a paste, a keyboard or a file is filtered here before it reaches the buffer.
//!
//! Owns what becomes of line ends and tabs, and what is at the cursor while it is typed; which characters do harm says
//! [`text`](crate::tui::text). It must not know about cursors, rows or styles.

use unicode_normalization::char::is_combining_mark;

use crate::tui::text::{MARKS, is_harmful, is_joining_letter, joins, may_join};

/// A tab becomes this many spaces: prose has no tab stops.
const TAB: &str = "    ";

/// Filters a whole text: line ends become `\n`, tabs become spaces, and what is invisible or steers the terminal goes.
pub fn clean(text: &str) -> String {
    clean_after("", text)
}

/// Filters `text` that will stand directly behind `before` (the cursor's paragraph up to the cursor).
///
/// The neighbour matters twice: a joiner is kept only behind an emoji, and marks are counted from their base letter.
/// A joiner that ends `text` is kept behind an emoji, because a terminal may send a joined emoji one character at a time.
pub(super) fn clean_after(before: &str, text: &str) -> String {
    clean_noting(before, text, |_, _| ())
}

/// As [`clean_after`]; `note` is told for each character where it stands in `text` and where in the outcome.
pub(super) fn clean_noting(before: &str, text: &str, mut note: impl FnMut(usize, usize)) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut last = before.chars().next_back();
    let mut marks = before.chars().rev().take(MARKS).take_while(|c| is_combining_mark(*c)).count();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        note(at, kept.len());
        let next = chars.peek().map(|(_, next)| *next);
        match c {
            '\r' if next == Some('\n') => continue,
            '\t' => kept.push_str(TAB),
            _ if is_line_end(c) => kept.push('\n'),
            _ if next.map_or_else(|| may_follow(last, c), |next| joins(last, c, next)) => kept.push(c),
            _ if is_harmful(c) => continue,
            _ if is_combining_mark(c) => {
                marks += 1;
                if marks > MARKS {
                    continue;
                }
                kept.push(c);
                last = Some(c);
                continue;
            }
            _ => kept.push(c),
        }
        marks = 0;
        last = Some(c);
    }
    kept
}

/// Whether a grapheme may be put into a screen cell as it is.
pub(super) fn is_drawable(grapheme: &str) -> bool {
    grapheme.chars().all(|c| matches!(c, '\u{200C}' | '\u{200D}') || !is_harmful(c))
}

/// Whether a joiner that ends a text may be there: what it joins may come with the next key.
fn may_follow(last: Option<char>, c: char) -> bool {
    match c {
        '\u{200D}' => last.is_some_and(may_join),
        '\u{200C}' => last.is_some_and(is_joining_letter),
        _ => false,
    }
}

/// Every character that Unicode lets end a line; a word processor's soft break (U+000B) is one of them.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one_newline_and_tabs_become_spaces() {
        assert_eq!(clean("a\r\nb\rc\nd\u{2028}e\u{B}f"), "a\nb\nc\nd\ne\nf");
        assert_eq!(clean("a\tb"), "a    b");
    }

    #[test]
    fn terminal_controls_and_invisible_characters_are_dropped() {
        assert_eq!(clean("\u{1B}[31mred\u{9B}0m \u{7}\u{0}\u{7F}x"), "[31mred0m x");
        assert_eq!(
            clean("a\u{202E}b\u{2066}c\u{200B}d\u{FEFF}e\u{200F}f\u{E0041}g\u{61C}h\u{AD}i"),
            "abcdefghi"
        );
    }

    #[test]
    fn a_joiner_stays_only_between_emoji() {
        assert_eq!(clean("👩\u{200D}👧"), "👩\u{200D}👧");
        assert_eq!(clean("❤\u{FE0F}\u{200D}🔥"), "❤\u{FE0F}\u{200D}🔥");
        assert_eq!(clean("a\u{200D}b 👩\u{200D}b"), "ab 👩b");
        assert_eq!(clean_after("👩", "\u{200D}"), "\u{200D}");
        assert_eq!(clean_after("a", "\u{200D}"), "");
    }

    #[test]
    fn marks_are_capped_per_base_letter_also_across_the_cursor() {
        let tall = format!("e{}x\u{301}", "\u{301}".repeat(9));
        assert_eq!(clean(&tall), format!("e{}x\u{301}", "\u{301}".repeat(4)));
        assert_eq!(clean_after("e\u{301}\u{301}\u{301}", "\u{301}\u{301}"), "\u{301}");
    }

    #[test]
    fn what_parts_letters_in_persian_is_kept_there_and_nowhere_else() {
        assert_eq!(clean("Jo\u{200C}hn"), "John");
        assert_eq!(clean("می\u{200C}خواهم"), "می\u{200C}خواهم");
    }
}
