//! The text of one editor: paragraphs, each with its own wrap, and the one way to change them.
//!
//! Owns the characters, positions and the wrap cache. It must not know about cursor, selection, undo or the screen.

use std::cell::{Cell, Ref, RefCell};
use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use zeroize::Zeroize;

use super::clean::clean;
use super::wrap::{self, Row, Span};

/// A place between two graphemes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    /// Index of the paragraph, from 0.
    pub paragraph: usize,
    /// Byte offset in the paragraph.
    pub byte: usize,
}

/// The rows of a paragraph at one width.
#[derive(Clone)]
struct Layout {
    width: usize,
    rows: Vec<Row>,
}

/// One paragraph: a text without line ends, its wrap and its word count, both kept until it changes.
#[derive(Clone, Default)]
pub(super) struct Paragraph {
    text: String,
    layout: RefCell<Option<Layout>>,
    words: Cell<Option<usize>>,
    /// Which text this is: given again with each change, never twice in one buffer.
    version: u64,
    /// How often this paragraph was wrapped, wholly or in part: the tests' proof that the cache holds.
    wraps: Cell<u64>,
}

impl Paragraph {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// The text, without a line end.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The visual rows at `width` cells; at least one.
    pub(super) fn rows(&self, width: usize) -> Ref<'_, [Row]> {
        let cached = self.layout.borrow().as_ref().is_some_and(|layout| layout.width == width);
        if !cached {
            let rows = wrap::wrap(&self.text, width);
            self.wraps.set(self.wraps.get() + 1);
            *self.layout.borrow_mut() = Some(Layout { width, rows });
        }
        Ref::map(self.layout.borrow(), |layout| layout.as_ref().map_or(&[][..], |layout| &layout.rows))
    }

    /// Number of words; see [`Buffer::word_count`].
    fn word_count(&self) -> usize {
        self.words.get().unwrap_or_else(|| {
            let words = count_words(&self.text);
            self.words.set(Some(words));
            words
        })
    }

    /// Replaces a range; wraps again only the rows that this moved, counts again only the words it touched.
    fn edit(&mut self, range: Range<usize>, with: &str) {
        let span = Span { start: range.start, old_end: range.end, new_end: range.start + with.len() };
        let from = self.text[..range.start].rfind(char::is_whitespace).unwrap_or(0);
        let to =
            self.text[range.end..].find(char::is_whitespace).map_or(self.text.len(), |at| range.end + at);
        let without = self.words.get().map(|words| words - count_words(&self.text[from..to]));
        self.text.replace_range(range, with);
        let to = to - span.old_end + span.new_end;
        self.words.set(without.map(|words| words + count_words(&self.text[from..to])));
        if let Some(layout) = self.layout.get_mut() {
            wrap::rewrap(&self.text, layout.width, &mut layout.rows, span);
            self.wraps.set(self.wraps.get() + 1);
        }
    }

    /// Puts `with` in the place of everything from `from` here up to `to` in a later paragraph.
    fn edit_into(&mut self, from: usize, later: &Self, to: usize, with: &str) {
        let seam = self.text.len();
        self.text.push_str(&later.text);
        self.words.set(None);
        let rows = later.layout.borrow();
        // The rows stay as they were for both; what lies around the seam is edited, and so wrapped, next.
        match (self.layout.get_mut(), rows.as_ref()) {
            (Some(mine), Some(theirs)) if mine.width == theirs.width => {
                let moved =
                    theirs.rows.iter().map(|row| Row { start: row.start + seam, end: row.end + seam });
                mine.rows.extend(moved);
            }
            (mine, _) => *mine = None,
        }
        self.edit(from..seam + to, with);
    }
}

/// Words with at least one letter or digit, parted by white space.
fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// A text of one or more paragraphs.
pub(super) struct Buffer {
    paragraphs: Vec<Paragraph>,
    /// The last version given to a paragraph.
    last_version: u64,
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new("")
    }
}

impl Buffer {
    /// A buffer with this text, cleaned.
    pub(super) fn new(text: &str) -> Self {
        let mut buffer = Self { paragraphs: Vec::new(), last_version: 0 };
        buffer.refill(text);
        buffer
    }

    /// Another text, cleaned. Versions go on from where they were.
    pub(super) fn refill(&mut self, text: &str) {
        self.paragraphs = clean(text).split('\n').map(Paragraph::new).collect();
        self.stamp(0..self.paragraphs.len());
    }

    /// These paragraphs are new texts.
    fn stamp(&mut self, paragraphs: Range<usize>) {
        for paragraph in &mut self.paragraphs[paragraphs] {
            self.last_version += 1;
            paragraph.version = self.last_version;
        }
    }

    /// Which text a paragraph is; see [`Paragraph`].
    pub(super) fn version(&self, index: usize) -> u64 {
        self.paragraphs.get(index).map_or(0, |paragraph| paragraph.version)
    }

    /// The whole text, paragraphs joined by `\n`.
    pub(super) fn text(&self) -> String {
        self.slice(Pos::default(), self.end())
    }

    /// The paragraphs in order; never none.
    pub(super) fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The text of a paragraph; empty past the end.
    pub(super) fn paragraph(&self, index: usize) -> &str {
        self.paragraphs.get(index).map_or("", Paragraph::text)
    }

    /// Whether nothing is written.
    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.len() == 1 && self.paragraph(0).is_empty()
    }

    /// The position behind the last character.
    pub(super) fn end(&self) -> Pos {
        let paragraph = self.paragraphs.len() - 1;
        Pos { paragraph, byte: self.paragraph(paragraph).len() }
    }

    /// Words with at least one letter or digit, parted by white space.
    pub(super) fn word_count(&self) -> usize {
        self.paragraphs.iter().map(Paragraph::word_count).sum()
    }

    /// Height in visual rows at `width` cells.
    pub(super) fn height(&self, width: usize) -> usize {
        self.paragraphs.iter().map(|paragraph| paragraph.rows(width).len()).sum()
    }

    /// The nearest valid place at or behind `pos`: inside the text and between two graphemes.
    pub(super) fn snap(&self, pos: Pos) -> Pos {
        if pos.paragraph >= self.paragraphs.len() {
            return self.end();
        }
        let text = self.paragraph(pos.paragraph);
        let mut byte = pos.byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte += 1;
        }
        let mut cursor = GraphemeCursor::new(byte, text.len(), true);
        if !cursor.is_boundary(text, 0).unwrap_or(true) {
            byte = cursor.next_boundary(text, 0).ok().flatten().unwrap_or(text.len());
        }
        Pos { byte, ..pos }
    }

    /// One grapheme on, over the end of a paragraph; the same place at the end of the text.
    pub(super) fn next(&self, pos: Pos) -> Pos {
        let text = self.paragraph(pos.paragraph);
        match GraphemeCursor::new(pos.byte, text.len(), true).next_boundary(text, 0) {
            Ok(Some(byte)) => Pos { byte, ..pos },
            _ if pos.paragraph + 1 < self.paragraphs.len() => Pos { paragraph: pos.paragraph + 1, byte: 0 },
            _ => pos,
        }
    }

    /// One grapheme back, over the start of a paragraph; the same place at the start of the text.
    pub(super) fn prev(&self, pos: Pos) -> Pos {
        let text = self.paragraph(pos.paragraph);
        match GraphemeCursor::new(pos.byte, text.len(), true).prev_boundary(text, 0) {
            Ok(Some(byte)) => Pos { byte, ..pos },
            _ if pos.paragraph > 0 => {
                let paragraph = pos.paragraph - 1;
                Pos { paragraph, byte: self.paragraph(paragraph).len() }
            }
            _ => pos,
        }
    }

    /// The place behind `text` when it stands at `pos`.
    pub(super) fn behind(pos: Pos, text: &str) -> Pos {
        match text.rfind('\n') {
            Some(last) => Pos {
                paragraph: pos.paragraph + text.bytes().filter(|b| *b == b'\n').count(),
                byte: text.len() - last - 1,
            },
            None => Pos { byte: pos.byte + text.len(), ..pos },
        }
    }

    /// The text between two places, `from` not behind `to`.
    pub(super) fn slice(&self, from: Pos, to: Pos) -> String {
        if from.paragraph == to.paragraph {
            return self.paragraph(from.paragraph)[from.byte..to.byte].to_owned();
        }
        let mut text = self.paragraph(from.paragraph)[from.byte..].to_owned();
        for index in from.paragraph + 1..=to.paragraph {
            text.push('\n');
            let paragraph = self.paragraph(index);
            text.push_str(if index == to.paragraph { &paragraph[..to.byte] } else { paragraph });
        }
        text
    }

    /// Puts `with` (already clean) in place of what stands between two places, `from` not behind `to`.
    /// Returns what was removed and the place behind what was put in, which may lie inside a new grapheme.
    pub(super) fn replace(&mut self, from: Pos, to: Pos, with: &str) -> (String, Pos) {
        let removed = self.slice(from, to);
        let end = Self::behind(from, with);
        let mut lines = with.split('\n');
        let first = lines.next().unwrap_or_default();
        if from.paragraph == to.paragraph && end.paragraph == from.paragraph {
            self.paragraphs[from.paragraph].edit(from.byte..to.byte, first);
            self.stamp(from.paragraph..from.paragraph + 1);
            return (removed, end);
        }
        let mut fresh: Vec<Paragraph> = lines.map(Paragraph::new).collect();
        // Made of the paragraphs that were there, since these know how their rows wrap.
        let mut last = self.paragraphs[to.paragraph].clone();
        match fresh.pop() {
            Some(line) => {
                last.edit(0..to.byte, &line.text);
                fresh.push(last);
                let length = self.paragraph(from.paragraph).len();
                self.paragraphs[from.paragraph].edit(from.byte..length, first);
            }
            None => self.paragraphs[from.paragraph].edit_into(from.byte, &last, to.byte, first),
        }
        self.paragraphs.splice(from.paragraph + 1..=to.paragraph, fresh);
        self.stamp(from.paragraph..end.paragraph + 1);
        (removed, end)
    }

    /// Bytes before a place in the whole text, as [`Buffer::text`] gives it.
    pub(super) fn offset(&self, pos: Pos) -> usize {
        let above = self.paragraphs.iter().take(pos.paragraph);
        above.map(|paragraph| paragraph.text.len() + 1).sum::<usize>() + pos.byte
    }

    /// The place behind so many bytes of the whole text; past the end, the end.
    pub(super) fn at_offset(&self, offset: usize) -> Pos {
        let mut byte = offset;
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            if byte <= paragraph.text.len() {
                return self.snap(Pos { paragraph: index, byte });
            }
            byte -= paragraph.text.len() + 1;
        }
        self.end()
    }

    /// Graphemes of a paragraph between two bytes with the byte each starts at.
    pub(super) fn graphemes(
        &self,
        paragraph: usize,
        range: Range<usize>,
    ) -> impl Iterator<Item = (usize, &str)> {
        let start = range.start;
        self.paragraph(paragraph)[range].grapheme_indices(true).map(move |(i, g)| (start + i, g))
    }

    /// Overwrites the text in memory and leaves the buffer empty.
    pub(super) fn wipe(&mut self) {
        for paragraph in &mut self.paragraphs {
            paragraph.text.zeroize();
        }
        self.refill("");
    }

    #[cfg(test)]
    pub(super) fn wraps(&self) -> Vec<u64> {
        self.paragraphs.iter().map(|paragraph| paragraph.wraps.get()).collect()
    }
}
