//! Our own soft-wrapped prose editor: graphemes, words, visual rows, selection, undo.
//!
//! Owns the text being written, its cursor, selection, scroll and history. Pure: it must not know about keys, time,
//! files or the store, and it never shows its text in `Debug`.
//!
//! A note has one editor per section. The screen stacks them in one page with [`Editor::rows`], [`Editor::cursor_row`],
//! [`Editor::draw_rows`] and [`scroll_to`], and moves between them with [`Editor::at_top`], [`Editor::at_bottom`],
//! [`Editor::column`] and [`Editor::enter`].

mod buffer;
mod clean;
mod command;
mod motion;
mod undo;
mod view;
pub mod wrap;

#[cfg(test)]
mod tests;

use std::fmt;

use zeroize::Zeroize;

pub use buffer::Pos;
pub use clean::clean;
pub use command::{EditorCommand, Effect};
pub use motion::{Motion, Place, scroll_to};
pub use view::Look;

use buffer::Buffer;
use motion::Caret;
use undo::{Edit, History, Kind, Marks};

/// Rows kept in sight above and below the cursor.
pub const SCROLL_MARGIN: usize = 2;

/// From which side the cursor comes into an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From above: to the first row.
    Top,
    /// From below: to the last row.
    Bottom,
}

/// A text being written. Give it its size with [`Editor::resize`] before moving in it: rows depend on the width.
pub struct Editor {
    buffer: Buffer,
    caret: Caret,
    anchor: Option<Pos>,
    marking: bool,
    goal: Option<usize>,
    width: u16,
    height: u16,
    scroll: usize,
    history: History,
    clipboard: String,
    edits: u64,
}

impl Default for Editor {
    fn default() -> Self {
        Self::new("")
    }
}

impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (undo, redo) = self.history.depth();
        f.debug_struct("Editor")
            .field("cursor", &self.caret.pos)
            .field("paragraphs", &self.buffer.paragraphs().len())
            .field("edits", &self.edits)
            .field("undo", &undo)
            .field("redo", &redo)
            .finish_non_exhaustive()
    }
}

/// Cells for text in an area of `width` cells: one column is kept free for the cursor behind a full row.
fn text_columns(width: u16) -> usize {
    usize::from(width.saturating_sub(1).max(1))
}

impl Editor {
    /// An editor with this text (cleaned), cursor at its start, 80x24 until resized.
    pub fn new(text: &str) -> Self {
        Self {
            buffer: Buffer::new(text),
            caret: Caret::default(),
            anchor: None,
            marking: false,
            goal: None,
            width: 80,
            height: 24,
            scroll: 0,
            history: History::default(),
            clipboard: String::new(),
            edits: 0,
        }
    }

    /// Carries out one command.
    pub fn apply(&mut self, command: EditorCommand) -> Effect {
        let edits = self.edits;
        let clipboard = self.carry_out(command);
        self.show_cursor();
        Effect { changed: self.edits != edits, clipboard }
    }

    /// Closes the undo group: the app calls it after a pause in typing. Motions do it themselves.
    pub fn break_group(&mut self) {
        self.history.break_group();
    }

    /// The size of the area, in cells, that the next motions and [`Editor::draw`] work in.
    pub fn resize(&mut self, width: u16, height: u16) {
        if (self.width, self.height) != (width, height) {
            (self.width, self.height) = (width, height);
            self.goal = None;
            self.show_cursor();
        }
    }

    /// The whole text; paragraphs are parted by `\n`.
    pub fn text(&self) -> String {
        self.buffer.text()
    }

    /// Another text, as loaded: cursor at its start, no selection, no history. Counts as no edit.
    pub fn set_text(&mut self, text: &str) {
        self.forget();
        self.buffer = Buffer::new(text);
    }

    /// Puts a text from another editor on the clipboard that `Paste` uses.
    pub fn set_clipboard(&mut self, text: &str) {
        self.clipboard.zeroize();
        text.clone_into(&mut self.clipboard);
    }

    /// Overwrites text, history and clipboard in memory; the editor is empty afterwards. Counts as no edit.
    /// Copies that growing made on the way are beyond reach.
    pub fn wipe(&mut self) {
        self.forget();
        self.clipboard.zeroize();
    }

    fn forget(&mut self) {
        self.buffer.wipe();
        self.history.wipe();
        (self.caret, self.anchor, self.marking, self.goal, self.scroll) =
            (Caret::default(), None, false, None, 0);
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// Words with at least one letter or digit.
    pub fn word_count(&self) -> usize {
        self.buffer.word_count()
    }

    /// Grows by one with each change, undo and redo too: a draft is unsaved when this is not what was saved.
    pub fn edits(&self) -> u64 {
        self.edits
    }

    /// Steps that can be undone and redone.
    pub fn history(&self) -> (usize, usize) {
        self.history.depth()
    }

    /// The cursor.
    pub fn cursor(&self) -> Pos {
        self.caret.pos
    }

    /// The selection in text order, when it holds something.
    pub fn selection(&self) -> Option<(Pos, Pos)> {
        let anchor = self.anchor?;
        let cursor = self.caret.pos;
        (anchor != cursor).then(|| (anchor.min(cursor), anchor.max(cursor)))
    }

    /// Whether a mark is set, so that plain motions select.
    pub fn is_marking(&self) -> bool {
        self.marking
    }

    /// The first visual row shown by [`Editor::draw`].
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// Height in visual rows in an area of `width` cells.
    pub fn rows(&self, width: u16) -> usize {
        self.buffer.height(text_columns(width))
    }

    /// The cursor's visual row, from 0, in an area of `width` cells.
    pub fn cursor_row(&self, width: u16) -> usize {
        motion::locate(&self.buffer, text_columns(width), self.caret).row
    }

    /// Whether the cursor is on the first visual row.
    pub fn at_top(&self) -> bool {
        self.cursor_row(self.width) == 0
    }

    /// Whether the cursor is on the last visual row.
    pub fn at_bottom(&self) -> bool {
        self.cursor_row(self.width) + 1 == self.rows(self.width)
    }

    /// The column, in cells, that up and down keep to.
    pub fn column(&self) -> usize {
        self.goal.unwrap_or_else(|| motion::locate(&self.buffer, text_columns(self.width), self.caret).column)
    }

    /// The cursor comes in from another section, in that one's [`Editor::column`].
    pub fn enter(&mut self, side: Side, column: usize) {
        let row = match side {
            Side::Top => 0,
            Side::Bottom => self.rows(self.width) - 1,
        };
        self.click(Place { row, column }, false);
        self.goal = Some(column);
    }

    /// The cursor goes to a place on the page, as by mouse; past the end, to the nearest there is.
    pub fn click(&mut self, place: Place, select: bool) {
        let caret = motion::caret_at(&self.buffer, text_columns(self.width), place.row, place.column);
        self.go_to(caret, select);
        self.show_cursor();
    }

    fn carry_out(&mut self, command: EditorCommand) -> Option<String> {
        use EditorCommand as C;
        match command {
            C::InsertChar('\n' | '\r') | C::Newline => self.insert("\n", Kind::Single),
            C::InsertChar(c) => self.insert(c.encode_utf8(&mut [0; 4]), Kind::Typing),
            C::InsertText(text) => self.insert(&text, Kind::Single),
            C::Backspace => self.delete(Motion::Left, Kind::DeletingBack),
            C::Delete => self.delete(Motion::Right, Kind::DeletingForward),
            C::DeleteWordBack => self.delete(Motion::WordLeft, Kind::Single),
            C::DeleteWordForward => self.delete(Motion::WordRight, Kind::Single),
            C::DeleteToRowStart => self.delete(Motion::RowStart, Kind::Single),
            C::DeleteToRowEnd => self.delete(Motion::RowEnd, Kind::Single),
            C::Move(motion) => self.travel(motion, false),
            C::Select(motion) => self.travel(motion, true),
            C::SelectAll => {
                self.go_to(Pos::default().into(), false);
                self.go_to(self.buffer.end().into(), true);
            }
            C::ToggleMark => {
                self.marking = !self.marking;
                self.anchor = self.marking.then_some(self.caret.pos);
            }
            C::Unselect => self.unselect(),
            C::Cut => return self.copy().inspect(|_| self.delete(Motion::Left, Kind::Single)),
            C::Copy => return self.copy(),
            C::Paste => {
                let text = std::mem::take(&mut self.clipboard);
                self.insert(&text, Kind::Single);
                self.clipboard = text;
            }
            C::Undo => {
                let marks = self.history.undo(&mut self.buffer);
                self.restore(marks);
            }
            C::Redo => {
                let marks = self.history.redo(&mut self.buffer);
                self.restore(marks);
            }
        }
        None
    }

    fn copy(&mut self) -> Option<String> {
        let (from, to) = self.selection()?;
        let text = self.buffer.slice(from, to);
        self.set_clipboard(&text);
        self.marking = false;
        Some(text)
    }

    fn unselect(&mut self) {
        self.anchor = None;
        self.marking = false;
    }

    fn insert(&mut self, text: &str, kind: Kind) {
        let (from, to) = self.selection().unwrap_or((self.caret.pos, self.caret.pos));
        let before = &self.buffer.paragraph(from.paragraph)[..from.byte];
        let text = clean::clean_after(before, text);
        if !text.is_empty() {
            self.replace(from, to, text, kind);
        }
    }

    /// Deletes the selection, or else what `motion` goes over.
    fn delete(&mut self, motion: Motion, kind: Kind) {
        if let Some((from, to)) = self.selection() {
            self.replace(from, to, String::new(), Kind::Single);
            return;
        }
        let (here, there) = (self.caret.pos, self.target(motion).pos);
        let kind = if here.paragraph == there.paragraph { kind } else { Kind::Single };
        self.replace(here.min(there), here.max(there), String::new(), kind);
    }

    /// The one place that changes text.
    fn replace(&mut self, at: Pos, to: Pos, inserted: String, kind: Kind) {
        if at == to && inserted.is_empty() {
            return;
        }
        let before = self.marks();
        let (removed, end) = self.buffer.replace(at, to, &inserted);
        self.caret = self.buffer.snap(end).into();
        self.goal = None;
        self.unselect();
        self.history.record(Edit { at, removed, inserted }, kind, before, self.marks());
        self.edits += 1;
    }

    fn marks(&self) -> Marks {
        Marks { cursor: self.caret.pos, anchor: self.anchor }
    }

    fn restore(&mut self, marks: Option<Marks>) {
        let Some(marks) = marks else { return };
        self.caret = self.buffer.snap(marks.cursor).into();
        self.anchor = marks.anchor.map(|anchor| self.buffer.snap(anchor));
        self.marking = false;
        self.goal = None;
        self.edits += 1;
    }

    /// Where a motion leads from here.
    fn target(&self, motion: Motion) -> Caret {
        let (buffer, caret, width) = (&self.buffer, self.caret, text_columns(self.width));
        let page = usize::from(self.height).saturating_sub(1).max(1);
        let vertical = |rows, down| motion::vertical(buffer, width, caret, rows, down, self.column());
        match motion {
            Motion::Left => buffer.prev(caret.pos).into(),
            Motion::Right => buffer.next(caret.pos).into(),
            Motion::WordLeft => motion::word_left(buffer, caret.pos).into(),
            Motion::WordRight => motion::word_right(buffer, caret.pos).into(),
            Motion::Up => vertical(1, false),
            Motion::Down => vertical(1, true),
            Motion::PageUp => vertical(page, false),
            Motion::PageDown => vertical(page, true),
            Motion::RowStart => motion::row_edge(buffer, width, caret, false),
            Motion::RowEnd => motion::row_edge(buffer, width, caret, true),
            Motion::TextStart => Pos::default().into(),
            Motion::TextEnd => buffer.end().into(),
        }
    }

    fn travel(&mut self, motion: Motion, select: bool) {
        let vertical = matches!(motion, Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown);
        let column = vertical.then(|| self.column());
        // A plain step sideways out of a selection goes to its edge, not one further.
        let caret = match (self.selection().filter(|_| !select && !self.marking), motion) {
            (Some((from, _)), Motion::Left) => from.into(),
            (Some((_, to)), Motion::Right) => to.into(),
            _ => self.target(motion),
        };
        self.go_to(caret, select);
        self.goal = column;
    }

    fn go_to(&mut self, caret: Caret, select: bool) {
        self.history.break_group();
        self.goal = None;
        if select || self.marking {
            self.anchor = self.anchor.or(Some(self.caret.pos));
        } else {
            self.anchor = None;
        }
        self.caret = caret;
    }

    fn show_cursor(&mut self) {
        let (row, total) = (self.cursor_row(self.width), self.rows(self.width));
        self.scroll = scroll_to(self.scroll, usize::from(self.height), total, row, SCROLL_MARGIN);
    }
}
