//! Our own soft-wrapped prose editor: graphemes, words, visual rows, selection, undo.
//!
//! Owns the text being written, its cursor, selection, scroll and history. Pure: it must not know about keys, time,
//! files or the store, and it never shows its text in `Debug`.
//!
//! A note has one editor per section. The screen stacks them in one page with [`Editor::rows`], [`Editor::cursor_row`],
//! [`Editor::draw_rows`] and [`scroll_to`], and moves between them with [`Editor::at_top`], [`Editor::at_bottom`],
//! [`Editor::column`] and [`Editor::enter`].
//!
//! What else a screen does with the text (blanks, copied passages, snippets, spelling) it does with the functions of
//! `outside`: passages that move with the text, texts put in as one step, decorations handed to [`Editor::draw_decorated`].

mod act;
mod buffer;
mod clean;
mod clip;
mod command;
mod find;
mod motion;
mod of_action;
mod outside;
mod passage;
mod seek;
mod texts;
mod undo;
mod view;
pub mod wrap;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod texts_tests;

use std::fmt;

use zeroize::Zeroize;

pub use buffer::Pos;
pub use clean::clean;
pub use command::{Around, EditorCommand, Effect};
pub use find::Query;
pub use motion::{Motion, Place, scroll_to};
pub use outside::Seen;
pub use passage::{Passage, Tag};
pub use texts::{Acted, Mode, Texts};
pub use view::{Decoration, Look};

use buffer::Buffer;
use motion::Caret;
use passage::Passages;
use undo::History;

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
    /// The selection is one of whole paragraphs.
    whole: bool,
    /// The last act cut to the end of the paragraph.
    cutting: bool,
    goal: Option<usize>,
    width: u16,
    height: u16,
    scroll: usize,
    history: History,
    passages: Passages,
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
            whole: false,
            cutting: false,
            goal: None,
            width: 80,
            height: 24,
            scroll: 0,
            history: History::default(),
            passages: Passages::default(),
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

    /// Closes the undo group, whatever the clock says. Motions do it themselves.
    pub fn break_group(&mut self) {
        self.history.break_group();
    }

    /// What the clock shows now, in milliseconds from any start, before a command is applied: what is typed after a pause
    /// is an undo step of its own.
    pub fn at_time(&mut self, ms: i64) {
        self.history.at_time(ms);
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
        self.buffer.refill(text);
    }

    /// Puts a text from another editor on the clipboard that `Paste` uses.
    pub fn set_clipboard(&mut self, text: &str) {
        self.clipboard.zeroize();
        text.clone_into(&mut self.clipboard);
    }

    /// What `Paste` would insert.
    pub(super) fn clipboard(&self) -> &str {
        &self.clipboard
    }

    /// What was undone can no longer be redone: something was written in another text of the draft.
    pub(super) fn forget_undone(&mut self) {
        self.history.forget_undone();
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
        self.passages.clear();
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

    pub(super) fn show_cursor(&mut self) {
        let (row, total) = (self.cursor_row(self.width), self.rows(self.width));
        self.scroll = scroll_to(self.scroll, usize::from(self.height), total, row, SCROLL_MARGIN);
    }
}
