//! What the screen around an editor does with its text beyond typing: passages, whole texts as one step, words, what is seen.
//!
//! Owns these entries and nothing behind them: text changes through `replace`, places come from the buffer. It must not
//! know templates, spelling or notes.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::buffer::Pos;
use super::clean::clean_noting;
use super::passage::{Passage, Tag};
use super::undo::Kind;
use super::{Editor, Effect, motion, text_columns, wrap};

/// A piece of a paragraph that is in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub paragraph: usize,
    /// Which of its bytes are in sight.
    pub range: Range<usize>,
    /// Which text the paragraph is: changes when the paragraph does and is never given twice, so what was found out about a
    /// paragraph may be kept by it.
    pub version: u64,
}

impl Editor {
    /// What stands in the rows from `first` on, as many as `height`, in an area of `width` cells.
    pub fn seen(&self, first: usize, height: usize, width: u16) -> Vec<Seen> {
        let columns = text_columns(width);
        let (mut skip, mut left) = (first, height);
        let mut seen = Vec::new();
        for (paragraph, text) in self.buffer.paragraphs().iter().enumerate() {
            let rows = text.rows(columns);
            let here = &rows[skip.min(rows.len())..];
            let here = &here[..left.min(here.len())];
            if let (Some(from), Some(to)) = (here.first(), here.last()) {
                let version = self.buffer.version(paragraph);
                seen.push(Seen { paragraph, range: from.start..to.end, version });
            }
            left -= here.len();
            skip = skip.saturating_sub(rows.len());
            if left == 0 {
                break;
            }
        }
        seen
    }

    /// How many paragraphs there are; at least one.
    pub fn paragraphs(&self) -> usize {
        self.buffer.paragraphs().len()
    }

    /// The text of a paragraph; empty past the end.
    pub fn paragraph(&self, index: usize) -> &str {
        self.buffer.paragraph(index)
    }

    /// Which text a paragraph is: see [`Seen::version`].
    pub fn version(&self, paragraph: usize) -> u64 {
        self.buffer.version(paragraph)
    }

    /// The text between two places.
    pub fn slice(&self, from: Pos, to: Pos) -> String {
        let (from, to) = self.ordered(from, to);
        self.buffer.slice(from, to)
    }

    /// Bytes before a place in [`Editor::text`]: how places are kept on disk.
    pub fn offset(&self, pos: Pos) -> usize {
        self.buffer.offset(self.buffer.snap(pos))
    }

    /// The place behind so many bytes of [`Editor::text`]; past the end, the end.
    pub fn at_offset(&self, offset: usize) -> Pos {
        self.buffer.at_offset(offset)
    }

    /// Puts a text in at the cursor, in place of the selection, as one undo step; with tags on byte ranges of it, in their
    /// order. What the text may not hold is left out, and the tags stay on their words.
    pub fn insert_step(&mut self, text: &str, tags: &[(Range<usize>, Tag, u32)]) -> Effect {
        let (from, to) = self.selection().unwrap_or((self.caret.pos, self.caret.pos));
        self.put(from, to, text, tags)
    }

    /// Puts a text in the place of another, as one undo step; the cursor goes behind it.
    pub fn replace_range(&mut self, from: Pos, to: Pos, text: &str) -> Effect {
        self.put(from, to, text, &[])
    }

    /// As [`Editor::replace_range`], with tags as in [`Editor::insert_step`]: a snippet in the place of its short name.
    pub fn replace_tagged(
        &mut self,
        from: Pos,
        to: Pos,
        text: &str,
        tags: &[(Range<usize>, Tag, u32)],
    ) -> Effect {
        self.put(from, to, text, tags)
    }

    fn put(&mut self, from: Pos, to: Pos, text: &str, tags: &[(Range<usize>, Tag, u32)]) -> Effect {
        let (from, to) = self.ordered(from, to);
        let before = &self.buffer.paragraph(from.paragraph)[..from.byte];
        let (text, tags) = cleaned(before, text, tags);
        let edits = self.edits;
        let place = |byte: usize| super::buffer::Buffer::behind(from, &text[..byte]);
        let passages: Vec<Passage> = tags
            .into_iter()
            .map(|(range, tag, about)| Passage { from: place(range.start), to: place(range.end), tag, about })
            .collect();
        self.replace(from, to, text, Kind::Single);
        if self.edits != edits {
            self.passages.add(passages);
        }
        self.show_cursor();
        Effect { changed: self.edits != edits, clipboard: None }
    }

    fn ordered(&self, from: Pos, to: Pos) -> (Pos, Pos) {
        let (from, to) = (self.buffer.snap(from), self.buffer.snap(to));
        (from.min(to), from.max(to))
    }

    /// The passages, in the order of the text.
    pub fn passages(&self) -> &[Passage] {
        self.passages.all()
    }

    /// Puts a tag on a stretch of text; an empty stretch takes none. No edit: undo does not take it away.
    pub fn tag(&mut self, from: Pos, to: Pos, tag: Tag, about: u32) {
        let (from, to) = self.ordered(from, to);
        self.passages.add([Passage { from, to, tag, about }]);
    }

    /// Selects the next passage of a tag (or the one before), round the end of the text; says whether there is one.
    /// What is typed then takes its place.
    pub fn select_passage(&mut self, tag: Tag, back: bool) -> bool {
        let here = self.selection().map_or(self.caret.pos, |(from, _)| from);
        let all: Vec<Passage> = self.passages().iter().copied().filter(|one| one.tag == tag).collect();
        let selected = self.selection();
        let is_here = |one: &&Passage| selected == Some((one.from, one.to));
        let next = if back {
            all.iter().rev().find(|one| one.from < here).or(all.last())
        } else {
            all.iter().find(|one| one.from >= here && !is_here(one)).or(all.first())
        };
        let Some(passage) = next.copied() else { return false };
        self.select(passage.from, passage.to);
        true
    }

    /// Selects what is between two places; the cursor is at the second.
    pub fn select(&mut self, from: Pos, to: Pos) {
        let (from, to) = (self.buffer.snap(from), self.buffer.snap(to));
        self.marking = false;
        self.go_to(from.into(), false);
        self.go_to(to.into(), true);
        self.show_cursor();
    }

    /// Moves the cursor to a place; the selection goes.
    pub fn go_to_place(&mut self, pos: Pos) {
        let pos = self.buffer.snap(pos);
        self.marking = false;
        self.go_to(pos.into(), false);
        self.show_cursor();
    }

    /// What was typed last without a space in it, if the cursor is right behind it: the short name of a snippet.
    pub fn word_before_cursor(&self) -> Option<(Pos, &str)> {
        let at = self.caret.pos;
        let before = &self.buffer.paragraph(at.paragraph)[..at.byte];
        let start = before
            .grapheme_indices(true)
            .rev()
            .take_while(|(_, grapheme)| !wrap::is_space(grapheme))
            .last()
            .map(|(byte, _)| byte)?;
        Some((Pos { byte: start, ..at }, &before[start..]))
    }

    /// The word in or at whose edge the cursor is, as words are told apart in a text (no punctuation, no space).
    pub fn word_at_cursor(&self) -> Option<(Pos, Pos, &str)> {
        let at = self.caret.pos;
        let text = self.buffer.paragraph(at.paragraph);
        let word = motion::pieces(text, at.byte).find(|(start, piece)| {
            *start <= at.byte && at.byte <= start + piece.len() && motion::is_word(piece)
        });
        let (start, piece) = word?;
        Some((Pos { byte: start, ..at }, Pos { byte: start + piece.len(), ..at }, piece))
    }
}

/// A text as it may stand behind `before`, and the ranges of it where they then are.
fn cleaned(
    before: &str,
    text: &str,
    tags: &[(Range<usize>, Tag, u32)],
) -> (String, Vec<(Range<usize>, Tag, u32)>) {
    let mut starts = Vec::with_capacity(text.len());
    let note = |at, kept| {
        starts.push((at, kept));
    };
    let whole = clean_noting(before, text, note);
    let place = |byte: usize| match starts.get(starts.partition_point(|(at, _)| *at < byte)) {
        Some((_, kept)) => *kept,
        None => whole.len(),
    };
    let moved = tags.iter().map(|(range, tag, about)| {
        let start = place(range.start);
        (start..place(range.end).max(start), *tag, *about)
    });
    let moved = moved.collect();
    (whole, moved)
}
