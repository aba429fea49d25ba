//! What may stand in a note: text from a paste, a keyboard or a file is filtered here before it reaches the buffer.
//!
//! Owns the list of characters that are dropped or changed. It must not know about cursors, rows or styles.

use unicode_normalization::char::is_combining_mark;

/// The joiner that makes one picture of several emoji.
const JOINER: char = '\u{200D}';

/// A tab becomes this many spaces: prose has no tab stops.
const TAB: &str = "    ";

/// Marks kept on one base letter; more than this only serves to paint over other rows.
const MARKS: usize = 4;

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
            JOINER if last.is_some_and(may_join) && next.is_none_or(is_emoji) => {
                kept.push(c);
            }
            _ if !is_visible(c) => continue,
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
    grapheme.chars().all(|c| c == JOINER || (is_visible(c) && !is_line_end(c)))
}

/// Every character that Unicode lets end a line; a word processor's soft break (U+000B) is one of them.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// False for what is dropped: controls (C0, DEL, C1), bidirectional controls, zero-width and format characters, tags.
fn is_visible(c: char) -> bool {
    let dropped = c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | JOINER..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    !dropped
}

/// Whether a joiner may follow: an emoji, a skin tone, or the sign that asks for the coloured form.
fn may_join(c: char) -> bool {
    c == '\u{FE0F}' || is_emoji(c)
}

/// A pictograph, by block: wide enough for joining and for word motions, not a property table.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21FF}'
        | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}'
        | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
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
    fn a_joiner_of_letters_in_persian_is_kept() {
        assert_eq!(clean("می\u{200C}خواهم"), "می\u{200C}خواهم");
    }
}
