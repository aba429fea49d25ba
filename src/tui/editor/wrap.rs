//! Soft wrap of one paragraph: where each visual row starts and ends.
//!
//! Owns the rule (UAX 14, hanging spaces, over-long words cut between graphemes) and the re-wrap of what an edit touched.
//! It must not know about cursors or several paragraphs.

use std::ops::ControlFlow;

use ratatui::buffer::CellWidth;
use unicode_linebreak::{BreakClass, break_property, linebreaks, split_at_safe};
use unicode_segmentation::UnicodeSegmentation;

/// Rows re-wrapped before the first one whose end the edit can change; margin.
const ROWS_BEFORE: usize = 2;

/// One visual row: bytes `start..end` of its paragraph, trailing spaces included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub start: usize,
    /// One past the last byte; the start of the next row, or the length of the text.
    pub end: usize,
}

/// Where a text changed: old bytes `start..old_end` are now `start..new_end`.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// First changed byte.
    pub start: usize,
    /// End of what was removed, in the old text.
    pub old_end: usize,
    /// End of what is there now, in the new text.
    pub new_end: usize,
}

/// Cells a grapheme takes on the screen. Measured as the frame measures it; never 0, so that a cursor can be on it.
pub fn cells(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [_] => 1,
        _ => usize::from(grapheme.cell_width()).max(1),
    }
}

/// Cells of a piece of a row: the sum over its graphemes, since each is drawn in cells of its own.
pub fn columns(text: &str) -> usize {
    text.graphemes(true).map(cells).sum()
}

/// A space that may hang over the end of a row. No-break spaces are letters here.
pub fn is_space(grapheme: &str) -> bool {
    let mut chars = grapheme.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if c.is_whitespace()
        && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}'))
}

/// Punctuation that belongs to what is before it, and so never begins a row.
pub fn is_closing(grapheme: &str) -> bool {
    grapheme.chars().next().is_some_and(|c| {
        matches!(
            break_property(u32::from(c)),
            BreakClass::ClosePunctuation
                | BreakClass::CloseParenthesis
                | BreakClass::Exclamation
                | BreakClass::InfixSeparator
                | BreakClass::NonStarter
        )
    })
}

/// Wraps a paragraph (no line ends in it) to `width` cells; 0 is taken as 1. There is always at least one row.
pub fn wrap(text: &str, width: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    rows_from(text, width, 0, |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    rows
}

/// Brings `rows` up to date after an edit, looking only at the rows around it when the rest falls into step again.
/// The outcome is the same as a fresh [`wrap`]. Returns how many rows were laid afresh.
pub fn rewrap(text: &str, width: usize, rows: &mut Vec<Row>, span: Span) -> usize {
    let mut touched = rows.partition_point(|row| row.start <= span.start).saturating_sub(1);
    // A row ends where a grapheme does not fit any more. One that is full before the edit does not depend on it; a row that
    // was cut short may reach far beyond its end.
    while touched > 0 && !is_full(&text[rows[touched].start..span.start], width) {
        touched -= 1;
    }
    let first = touched.saturating_sub(ROWS_BEFORE);
    let from = rows.get(first).map_or(0, |row| row.start);
    let old = rows.split_off(first.min(rows.len()));
    let mut rest = 0;
    let mut in_step = None;
    rows_from(text, width, from, |row| {
        if row.start > span.new_end {
            let was = row.start - span.new_end + span.old_end;
            while old.get(rest).is_some_and(|o| o.start < was) {
                rest += 1;
            }
            if old.get(rest).is_some_and(|o| o.start == was) && forgets(text, row.start, span.new_end) {
                in_step = Some(rest);
                return ControlFlow::Break(());
            }
        }
        rows.push(row);
        ControlFlow::Continue(())
    });
    let laid = rows.len() - first;
    if let Some(rest) = in_step {
        let moved = |byte: usize| byte - span.old_end + span.new_end;
        rows.extend(old[rest..].iter().map(|o| Row { start: moved(o.start), end: moved(o.end) }));
    }
    laid
}

/// Whether a text has more than a row holds: something else than a space stands behind its last cell.
fn is_full(text: &str, width: usize) -> bool {
    let mut used = 0;
    text.graphemes(true).any(|grapheme| {
        used += cells(grapheme);
        used > width.max(1) && !is_space(grapheme)
    })
}

/// Whether the breaks after `at` no longer depend on what stands before `edge`.
fn forgets(text: &str, at: usize, edge: usize) -> bool {
    split_at_safe(&text[..at]).0.len() >= edge
}

/// Emits the rows from the row start `from` on, until the text or the receiver ends.
fn rows_from(text: &str, width: usize, from: usize, mut emit: impl FnMut(Row) -> ControlFlow<()>) {
    let width = width.max(1);
    let context = split_at_safe(&text[..from]).0.len();
    let mut breaks = linebreaks(&text[context..]).map(|(at, _)| at + context).peekable();
    let mut start = from;
    loop {
        let mut used = 0;
        let mut last_break = None;
        let mut end = None;
        for (offset, grapheme) in text[start..].grapheme_indices(true) {
            let at = start + offset;
            while breaks.next_if(|b| *b < at).is_some() {}
            let allowed = breaks.next_if_eq(&at).is_some();
            if is_space(grapheme) {
                used += cells(grapheme);
                continue;
            }
            if allowed && at > start && !is_closing(grapheme) {
                last_break = Some(at);
            }
            used += cells(grapheme);
            if used > width && at > start {
                end = Some(last_break.unwrap_or_else(|| cut(text, start, at)));
                break;
            }
        }
        let row = Row { start, end: end.unwrap_or(text.len()) };
        if emit(row).is_break() || end.is_none() {
            return;
        }
        start = row.end;
    }
}

/// Where to cut a word that is longer than a row: at `at`, or earlier so that no closing punctuation and no space begins
/// the next row. A run of nothing else is cut at `at`.
fn cut(text: &str, start: usize, at: usize) -> usize {
    let opens = |grapheme: &str| !is_space(grapheme) && !is_closing(grapheme);
    if text[at..].graphemes(true).next().is_none_or(opens) {
        return at;
    }
    text[start..at]
        .grapheme_indices(true)
        .rev()
        .find(|(offset, grapheme)| *offset > 0 && opens(grapheme))
        .map_or(at, |(offset, _)| start + offset)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).iter().map(|row| &text[row.start..row.end]).collect()
    }

    /// Prose with everything that makes wrapping hard, in small pieces.
    fn prose() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => "[a-z]{1,7}",
            4 => Just(" ".to_owned()),
            1 => Just("   ".to_owned()),
            2 => "[.,;:!?)\\]/-]{1,3}",
            1 => "[0-9]{1,4}",
            1 => "[(\\[\"“”«»$%]",
            1 => Just("e\u{301}".to_owned()),
            1 => Just("\u{301}".to_owned()),
            1 => Just("👨\u{200D}👩\u{200D}👧".to_owned()),
            1 => Just("🇩🇪🇫🇷".to_owned()),
            1 => Just("🇩".to_owned()),
            1 => "[東京都の、。「」]{1,4}",
            1 => "[a-z]{20,40}",
            1 => Just("\u{A0}".to_owned()),
            1 => Just("\u{3000}".to_owned()),
            1 => Just("שלום".to_owned()),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn words_wrap_whole_and_spaces_hang() {
        assert_eq!(lines("daily weekly monthly", 12), ["daily weekly ", "monthly"]);
        assert_eq!(lines("daily weekly    monthly", 12), ["daily weekly    ", "monthly"]);
        assert_eq!(lines("", 10), [""]);
        assert_eq!(lines("fits", 4), ["fits"]);
    }

    #[test]
    fn punctuation_stays_with_its_word() {
        assert_eq!(lines("they said yes, twice", 13), ["they said ", "yes, twice"]);
        assert_eq!(lines("hello !", 5), ["hell", "o !"]);
    }

    #[test]
    fn a_word_longer_than_a_row_is_cut_between_graphemes() {
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("on abcdefgh", 4), ["on ", "abcd", "efgh"]);
        assert_eq!(lines("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn wide_characters_never_overflow() {
        let text = "東".repeat(60);
        let rows = lines(&text, 79);
        assert_eq!(rows.iter().map(|row| row.chars().count()).collect::<Vec<_>>(), [39, 21]);
    }

    #[test]
    fn a_letter_typed_into_a_giant_paragraph_lays_a_few_rows_afresh() {
        let words = ["they", "came", "on", "time", "and", "chose", "to", "start", "with", "the", "hearing"];
        let mut text: String =
            (0..20_000).map(|i| words[(i * i + i / 7) % words.len()].to_owned() + " ").collect();
        let mut rows = wrap(&text, 72);
        assert!(text.len() > 80_000 && rows.len() > 1_000);
        for start in [0, 10, text.len() / 2, text.len() - 1] {
            text.insert(start, 'x');
            let laid = rewrap(&text, 72, &mut rows, Span { start, old_end: start, new_end: start + 1 });
            assert!(laid < 100, "{laid} rows for one letter at {start}");
        }
        assert_eq!(rows, wrap(&text, 72));
    }

    #[test]
    fn a_row_cut_short_depends_on_what_comes_rows_later() {
        let (text, edited) = (" aa\u{3000} :,x", " aa\u{3000} \u{1F468},x");
        let mut rows = wrap(text, 3);
        rewrap(edited, 3, &mut rows, Span { start: 7, old_end: 8, new_end: 11 });
        assert_eq!(rows, wrap(edited, 3));
    }

    proptest! {
        #[test]
        fn rows_join_to_the_text_and_keep_the_laws(text in prose(), width in 1_usize..30) {
            let rows = lines(&text, width);
            prop_assert_eq!(rows.concat(), text.clone());
            for (i, row) in rows.iter().enumerate() {
                prop_assert!(i == 0 || !row.is_empty());
                let shown = row.trim_end_matches(|c: char| is_space(c.encode_utf8(&mut [0; 4])));
                let graphemes: Vec<&str> = shown.graphemes(true).collect();
                prop_assert!(columns(shown) <= width || graphemes.len() == 1, "{:?} is wider than {}", row, width);
                let Some(head) = row.graphemes(true).next() else { continue };
                if i == 0 {
                    continue;
                }
                prop_assert!(!is_space(head), "{:?} starts with a space", row);
                // The only excuse for closing punctuation: the row before holds nothing that could have moved down.
                let before: Vec<&str> = rows[i - 1].graphemes(true).skip(1).collect();
                prop_assert!(!is_closing(head) || before.iter().all(|g| is_closing(g) || is_space(g)),
                    "{:?} after {:?}", row, rows[i - 1]);
            }
        }

        #[test]
        fn rewrap_equals_a_fresh_wrap(text in prose(), with in prose(), width in 1_usize..30,
                                      from in any::<prop::sample::Index>(), len in 0_usize..12) {
            let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let a = from.index(bounds.len());
            let b = (a + len).min(bounds.len() - 1);
            let (start, old_end) = (bounds[a], bounds[b]);
            let with: String = with.chars().take(len).collect();
            let mut rows = wrap(&text, width);
            let mut edited = text.clone();
            edited.replace_range(start..old_end, &with);
            rewrap(&edited, width, &mut rows, Span { start, old_end, new_end: start + with.len() });
            prop_assert_eq!(rows, wrap(&edited, width));
        }
    }
}
