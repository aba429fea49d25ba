//! Where the cursor goes: by grapheme, by word, by visual row; and the scroll that keeps it in sight.
//!
//! Owns motions as functions of buffer, width and place. It must not change text or hold state.

use unicode_segmentation::UnicodeSegmentation;

use super::buffer::{Buffer, Pos};
use super::wrap::{self, Row};
use crate::tui::text::is_picture;

/// One move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme back.
    Left,
    /// One grapheme on.
    Right,
    /// One visual row up, in the remembered column; from the first row to the start of the text.
    Up,
    /// One visual row down, in the remembered column; from the last row to the end of the text.
    Down,
    /// To the start of this word, or of the one before.
    WordLeft,
    /// To the start of the next word, or to the end of the paragraph.
    WordRight,
    /// To the start of the visual row.
    RowStart,
    /// To the end of the visual row, before the space at which it wraps.
    RowEnd,
    /// To the end of this word, or of the next.
    WordEnd,
    /// To the start of this sentence, or of the one before.
    SentenceLeft,
    /// To the start of the next sentence, or to the end of the paragraph.
    SentenceRight,
    /// To the start of the paragraph.
    ParagraphStart,
    /// To the end of the paragraph.
    ParagraphEnd,
    /// To the paragraph before.
    ParagraphUp,
    /// To the next paragraph.
    ParagraphDown,
    /// One grapheme on, but not out of the paragraph.
    StepRight,
    /// One grapheme back, but not out of the paragraph.
    StepLeft,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
    /// Up by a screenful less one row.
    PageUp,
    /// Down by a screenful less one row.
    PageDown,
}

/// The cursor: a place, and to which of two rows it belongs when a row is cut there inside a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Caret {
    pub pos: Pos,
    /// Shown behind the end of the upper row instead of at the start of the lower one.
    pub upper: bool,
}

impl From<Pos> for Caret {
    fn from(pos: Pos) -> Self {
        Self { pos, upper: false }
    }
}

/// A place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Visual row, counted from the first row of the text.
    pub row: usize,
    /// Column in cells; may lie beyond the width among hanging spaces.
    pub column: usize,
}

/// The row of a paragraph in which the caret is.
fn row_in(rows: &[Row], caret: Caret) -> usize {
    let byte = caret.pos.byte;
    let row = rows.partition_point(|row| row.start <= byte).saturating_sub(1);
    if caret.upper && row > 0 && rows[row].start == byte { row - 1 } else { row }
}

/// The caret's row and column at `width` cells.
pub(super) fn locate(buffer: &Buffer, width: usize, caret: Caret) -> Place {
    let index = caret.pos.paragraph;
    let above: usize = buffer.paragraphs().iter().take(index).map(|p| p.rows(width).len()).sum();
    let Some(paragraph) = buffer.paragraphs().get(index) else { return Place { row: above, column: 0 } };
    let rows = paragraph.rows(width);
    let row = row_in(&rows, caret);
    let column = wrap::columns(&paragraph.text()[rows[row].start..caret.pos.byte]);
    Place { row: above + row, column }
}

/// The paragraph and the row in it that is visual row `row` of the text; the last one past the end.
pub(super) fn row_at(buffer: &Buffer, width: usize, row: usize) -> (usize, Row) {
    let mut left = row;
    for (index, paragraph) in buffer.paragraphs().iter().enumerate() {
        let rows = paragraph.rows(width);
        if let Some(row) = rows.get(left) {
            return (index, *row);
        }
        left -= rows.len();
    }
    let end = buffer.end();
    let last = buffer.paragraphs()[end.paragraph].rows(width).last().copied();
    (end.paragraph, last.unwrap_or(Row { start: 0, end: 0 }))
}

/// The caret at a column of a visual row, or the last place of the row when it is shorter.
pub(super) fn caret_at(buffer: &Buffer, width: usize, row: usize, column: usize) -> Caret {
    let (paragraph, row) = row_at(buffer, width, row);
    let last = row_end(buffer, paragraph, row);
    let mut used = 0;
    for (byte, grapheme) in buffer.graphemes(paragraph, row.start..row.end) {
        let cells = wrap::cells(grapheme);
        if byte >= last.pos.byte || used + cells > column {
            return if byte >= last.pos.byte { last } else { Pos { paragraph, byte }.into() };
        }
        used += cells;
    }
    last
}

/// The last place of a row: before the space at which it wraps, behind the last grapheme where a word is cut.
fn row_end(buffer: &Buffer, paragraph: usize, row: Row) -> Caret {
    let text = buffer.paragraph(paragraph);
    if row.end == text.len() {
        return Pos { paragraph, byte: row.end }.into();
    }
    match text[row.start..row.end].graphemes(true).next_back() {
        Some(last) if wrap::is_space(last) => Pos { paragraph, byte: row.end - last.len() }.into(),
        _ => Caret { pos: Pos { paragraph, byte: row.end }, upper: true },
    }
}

/// The start or the end of the caret's visual row.
pub(super) fn row_edge(buffer: &Buffer, width: usize, caret: Caret, end: bool) -> Caret {
    let place = locate(buffer, width, caret);
    let (paragraph, row) = row_at(buffer, width, place.row);
    if end { row_end(buffer, paragraph, row) } else { Pos { paragraph, byte: row.start }.into() }
}

/// `rows` visual rows up or down in column `column`; over the first or last row to the start or end of the text.
pub(super) fn vertical(
    buffer: &Buffer,
    width: usize,
    caret: Caret,
    rows: usize,
    down: bool,
    column: usize,
) -> Caret {
    let row = locate(buffer, width, caret).row;
    let last = buffer.height(width) - 1;
    match (down, row) {
        (true, row) if row == last => buffer.end().into(),
        (false, 0) => Pos::default().into(),
        (true, row) => caret_at(buffer, width, row.saturating_add(rows).min(last), column),
        (false, row) => caret_at(buffer, width, row.saturating_sub(rows), column),
    }
}

/// Whether a piece between word boundaries is a word: letters, digits or a pictograph.
pub(super) fn is_word(piece: &str) -> bool {
    piece.chars().any(|c| c.is_alphanumeric() || is_picture(c))
}

/// The start of this word or of the one before; over the start of a paragraph to the end of the one before.
pub(super) fn word_left(buffer: &Buffer, pos: Pos) -> Pos {
    if pos.byte == 0 {
        return buffer.prev(pos);
    }
    let before = &buffer.paragraph(pos.paragraph)[..pos.byte];
    let start =
        before.split_word_bound_indices().rev().find(|(_, piece)| is_word(piece)).map_or(0, |(i, _)| i);
    let found = buffer.snap(Pos { byte: start, ..pos });
    if found < pos { found } else { buffer.prev(pos) }
}

/// The start of the next word, or the end of the paragraph; from there to the start of the next paragraph.
pub(super) fn word_right(buffer: &Buffer, pos: Pos) -> Pos {
    let text = buffer.paragraph(pos.paragraph);
    if pos.byte == text.len() {
        return buffer.next(pos);
    }
    let mut pieces = text[pos.byte..].split_word_bound_indices().skip(1);
    let byte = pieces.find(|(_, piece)| is_word(piece)).map_or(text.len(), |(i, _)| pos.byte + i);
    buffer.snap(Pos { byte, ..pos })
}

/// The end of this word or of the next; over the end of a paragraph to the first word's end in the one after.
pub(super) fn word_end(buffer: &Buffer, pos: Pos) -> Pos {
    let text = buffer.paragraph(pos.paragraph);
    let end = text[pos.byte..]
        .split_word_bound_indices()
        .find(|(_, piece)| is_word(piece))
        .map(|(start, piece)| pos.byte + start + piece.len());
    match end {
        Some(byte) => buffer.snap(Pos { byte, ..pos }),
        None if pos.byte == text.len() && buffer.next(pos) != pos => word_end(buffer, buffer.next(pos)),
        None => Pos { byte: text.len(), ..pos },
    }
}

/// How far around a place sentences are looked for first, in bytes: a paragraph may be a hundred kilobytes.
const NEAR: usize = 4_000;

/// Where sentences begin around a place: at least the one it is in, and the next.
fn sentences(text: &str, at: usize) -> Vec<usize> {
    let (mut from, mut to) = (at.saturating_sub(NEAR), (at + NEAR).min(text.len()));
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let begin = |from: usize, to: usize| -> Vec<usize> {
        text[from..to].split_sentence_bound_indices().map(|(start, _)| from + start).collect()
    };
    let mut near = begin(from, to);
    if from > 0 {
        // Where the look begins no sentence need begin.
        near.remove(0);
    }
    let before = from == 0 || near.iter().any(|start| *start < at);
    let behind = to == text.len() || near.iter().any(|start| *start > at);
    if before && behind { near } else { begin(0, text.len()) }
}

/// The start of this sentence or of the one before; over the start of a paragraph to the end of the one before.
pub(super) fn sentence_left(buffer: &Buffer, pos: Pos) -> Pos {
    if pos.byte == 0 {
        return buffer.prev(pos);
    }
    let starts = sentences(buffer.paragraph(pos.paragraph), pos.byte);
    let start = starts.into_iter().rev().find(|start| *start < pos.byte);
    buffer.snap(Pos { byte: start.unwrap_or(0), ..pos })
}

/// The start of the next sentence, or the end of the paragraph; from there to the start of the next paragraph.
pub(super) fn sentence_right(buffer: &Buffer, pos: Pos) -> Pos {
    let text = buffer.paragraph(pos.paragraph);
    if pos.byte == text.len() {
        return buffer.next(pos);
    }
    let start = sentences(text, pos.byte).into_iter().find(|start| *start > pos.byte);
    buffer.snap(Pos { byte: start.unwrap_or(text.len()), ..pos })
}

/// One grapheme on or back within the paragraph.
pub(super) fn step(buffer: &Buffer, pos: Pos, on: bool) -> Pos {
    let there = if on { buffer.next(pos) } else { buffer.prev(pos) };
    if there.paragraph == pos.paragraph { there } else { pos }
}

/// The start of the paragraph before or after; from the first to its start, from the last to its end.
pub(super) fn paragraph(buffer: &Buffer, pos: Pos, down: bool) -> Pos {
    let last = buffer.paragraphs().len() - 1;
    match (down, pos.paragraph) {
        (true, at) if at == last => buffer.end(),
        (true, at) => Pos { paragraph: at + 1, byte: 0 },
        (false, _) if pos.byte > 0 => Pos { byte: 0, ..pos },
        (false, at) => Pos { paragraph: at.saturating_sub(1), byte: 0 },
    }
}

/// The pieces between word boundaries from a little before a place on, each with where it starts.
pub(super) fn pieces(text: &str, at: usize) -> impl Iterator<Item = (usize, &str)> {
    // No word goes over a space, so the look can begin at the last one.
    let from = text[..at].rfind(' ').unwrap_or(0);
    text[from..].split_word_bound_indices().map(move |(start, piece)| (from + start, piece))
}

/// The word around a place, else the run of what stands there; `spaces`: with the spaces behind it.
pub(super) fn around_word(buffer: &Buffer, pos: Pos, spaces: bool) -> (Pos, Pos) {
    let text = buffer.paragraph(pos.paragraph);
    let mut pieces = pieces(text, pos.byte).skip_while(|(start, piece)| start + piece.len() <= pos.byte);
    let Some((start, piece)) = pieces.next() else { return (pos, pos) };
    let mut end = start + piece.len();
    if spaces {
        end += pieces
            .take_while(|(_, piece)| piece.trim().is_empty())
            .map(|(_, piece)| piece.len())
            .sum::<usize>();
    }
    (buffer.snap(Pos { byte: start, ..pos }), buffer.snap(Pos { byte: end, ..pos }))
}

/// The sentence around a place, without or with the spaces behind it.
pub(super) fn around_sentence(buffer: &Buffer, pos: Pos, spaces: bool) -> (Pos, Pos) {
    let text = buffer.paragraph(pos.paragraph);
    let starts = sentences(text, pos.byte);
    let start =
        starts.iter().rev().copied().find(|start| *start <= pos.byte && *start < text.len()).unwrap_or(0);
    let end = starts.into_iter().find(|next| *next > start).unwrap_or(text.len());
    let shown = if spaces { end } else { start + text[start..end].trim_end().len() };
    (buffer.snap(Pos { byte: start, ..pos }), buffer.snap(Pos { byte: shown, ..pos }))
}

/// The scroll offset, in rows, that shows `row` in a window of `height` rows over `total` rows, nearest to `top`.
/// Up to `margin` rows stay in sight above and below, fewer in a low window and none beyond the text.
pub fn scroll_to(top: usize, height: usize, total: usize, row: usize, margin: usize) -> usize {
    let margin = margin.min(height.saturating_sub(1) / 2);
    let lowest = (row + margin + 1).saturating_sub(height);
    let highest = row.saturating_sub(margin);
    top.clamp(lowest.min(highest), highest).min(total.saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(byte: usize) -> Pos {
        Pos { paragraph: 0, byte }
    }

    #[test]
    fn words_are_found_over_punctuation_and_paragraphs() {
        let buffer = Buffer::new("They didn't, then 👍 went.\nNext");
        let stops = |mut pos: Pos, step: fn(&Buffer, Pos) -> Pos| {
            let mut stops = Vec::new();
            while step(&buffer, pos) != pos {
                pos = step(&buffer, pos);
                stops.push((pos.paragraph, pos.byte));
            }
            stops
        };
        assert_eq!(stops(at(0), word_right), [(0, 5), (0, 13), (0, 18), (0, 23), (0, 28), (1, 0), (1, 4)]);
        let back = [(1, 0), (0, 28), (0, 23), (0, 18), (0, 13), (0, 5), (0, 0)];
        assert_eq!(stops(buffer.end(), word_left), back);
    }

    #[test]
    fn row_end_stands_before_the_space_or_behind_a_cut() {
        let buffer = Buffer::new("daily weekly");
        assert_eq!(row_edge(&buffer, 6, at(2).into(), true), at(5).into());
        assert_eq!(row_edge(&buffer, 6, at(8).into(), false), at(6).into());
        assert_eq!(row_edge(&buffer, 6, at(8).into(), true), at(12).into());
        let cut = Buffer::new("abcdefgh");
        let end = row_edge(&cut, 4, at(1).into(), true);
        assert_eq!(end, Caret { pos: at(4), upper: true });
        assert_eq!(locate(&cut, 4, end), Place { row: 0, column: 4 });
        assert_eq!(locate(&cut, 4, at(4).into()), Place { row: 1, column: 0 });
        assert_eq!(row_edge(&cut, 4, end, true), end);
    }

    #[test]
    fn a_column_never_falls_inside_a_wide_character() {
        let buffer = Buffer::new("東京\nabcd");
        assert_eq!(caret_at(&buffer, 20, 0, 1).pos, at(0));
        assert_eq!(caret_at(&buffer, 20, 0, 2).pos, at(3));
        assert_eq!(caret_at(&buffer, 20, 0, 9).pos, at(6));
        assert_eq!(caret_at(&buffer, 20, 7, 3).pos, Pos { paragraph: 1, byte: 3 });
    }

    #[test]
    fn sentences_are_found_alike_in_the_middle_of_a_long_paragraph() {
        let long = "They came late. It rained! Did it? ".repeat(1_000);
        let whole: Vec<usize> = long.split_sentence_bound_indices().map(|(start, _)| start).collect();
        let buffer = Buffer::new(&long);
        for byte in [0, 7, 5_000, 17_512, 17_500, long.len() - 3] {
            let next = whole.iter().copied().find(|start| *start > byte).unwrap_or(long.len());
            assert_eq!(sentence_right(&buffer, at(byte)), at(next));
            let last = whole.iter().rev().copied().find(|start| *start < byte).unwrap_or(0);
            assert_eq!(sentence_left(&buffer, at(byte)), at(last));
        }
        let one = "no end ".repeat(3_000);
        let buffer = Buffer::new(&one);
        assert_eq!(sentence_left(&buffer, at(10_003)), at(0));
        assert_eq!(around_word(&buffer, at(7_001), false), (at(7_000), at(7_002)));
    }

    #[test]
    fn scroll_keeps_a_margin_and_does_not_jump() {
        assert_eq!(scroll_to(0, 10, 100, 5, 2), 0);
        assert_eq!(scroll_to(0, 10, 100, 8, 2), 1);
        assert_eq!(scroll_to(50, 10, 100, 51, 2), 49);
        assert_eq!(scroll_to(0, 10, 100, 99, 2), 90);
        assert_eq!(scroll_to(7, 10, 8, 3, 2), 0);
        assert_eq!(scroll_to(0, 1, 100, 40, 3), 40);
        assert_eq!(scroll_to(0, 0, 100, 40, 3), 40);
    }
}
