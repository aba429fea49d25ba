//! The editor's commands carried out: one small function per kind of act.
//!
//! Owns the meaning of each [`EditorCommand`]. It must not draw, and text changes only in `replace`.

use super::buffer::Pos;
use super::clean::clean_after;
use super::motion::{self, Caret};
use super::passage::Shift;
use super::undo::{Edit, Kind, Marks};
use super::{Editor, EditorCommand, Motion, text_columns};

impl Editor {
    /// Does what the command says; returns what was cut or copied.
    pub(super) fn carry_out(&mut self, command: EditorCommand) -> Option<String> {
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
            C::SelectAround(around) => self.select_around(around),
            C::ToggleMark => {
                self.marking = !self.marking;
                self.anchor = self.marking.then_some(self.caret.pos);
            }
            C::SelectOtherEnd => {
                let here = self.caret.pos;
                if let Some(there) = self.anchor {
                    self.go_to(there.into(), true);
                    self.anchor = Some(here);
                }
            }
            C::Unselect => self.unselect(),
            C::UnselectToStart => {
                let start = self.selection().map_or(self.caret, |(from, _)| from.into());
                self.unselect();
                self.go_to(start, false);
            }
            C::Cut => return self.cut(),
            C::Copy => return self.copy(),
            C::Paste => self.paste(),
            C::PasteBehind => self.paste_beside(true),
            C::PasteBefore => self.paste_beside(false),
            C::CutToParagraphEnd => return self.cut_to_paragraph_end(),
            C::Join => self.join(),
            C::SwapCase => self.swap_case(),
            C::Undo => {
                let marks = self.history.undo(&mut self.buffer, &mut self.passages);
                self.restore(marks);
            }
            C::Redo => {
                let marks = self.history.redo(&mut self.buffer, &mut self.passages);
                self.restore(marks);
            }
        }
        None
    }

    pub(super) fn unselect(&mut self) {
        self.anchor = None;
        self.marking = false;
        self.whole = false;
    }

    pub(super) fn insert(&mut self, text: &str, kind: Kind) {
        let (from, to) = self.selection().unwrap_or((self.caret.pos, self.caret.pos));
        let before = &self.buffer.paragraph(from.paragraph)[..from.byte];
        let text = clean_after(before, text);
        if !text.is_empty() {
            self.replace(from, to, text, kind);
        }
    }

    /// Deletes the selection, or else what `motion` goes over.
    pub(super) fn delete(&mut self, motion: Motion, kind: Kind) {
        if let Some((from, to)) = self.selection() {
            self.replace(from, to, String::new(), Kind::Single);
            return;
        }
        let (here, there) = (self.caret.pos, self.target(motion).pos);
        let kind = if here.paragraph == there.paragraph { kind } else { Kind::Single };
        self.replace(here.min(there), here.max(there), String::new(), kind);
    }

    /// The one place that changes text.
    pub(super) fn replace(&mut self, at: Pos, to: Pos, inserted: String, kind: Kind) {
        if at == to && inserted.is_empty() {
            return;
        }
        let before = self.marks();
        let (removed, end) = self.buffer.replace(at, to, &inserted);
        let lost = self.passages.shift(Shift { at, to, end });
        self.caret = self.buffer.snap(end).into();
        self.goal = None;
        self.cutting = false;
        self.unselect();
        self.history.record(Edit { at, removed, inserted, lost }, kind, before, self.marks());
        self.edits += 1;
    }

    pub(super) fn marks(&self) -> Marks {
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
            Motion::WordEnd => motion::word_end(buffer, caret.pos).into(),
            Motion::SentenceLeft => motion::sentence_left(buffer, caret.pos).into(),
            Motion::SentenceRight => motion::sentence_right(buffer, caret.pos).into(),
            Motion::ParagraphStart => Pos { byte: 0, ..caret.pos }.into(),
            Motion::ParagraphEnd => {
                Pos { byte: buffer.paragraph(caret.pos.paragraph).len(), ..caret.pos }.into()
            }
            Motion::ParagraphUp => motion::paragraph(buffer, caret.pos, false).into(),
            Motion::ParagraphDown => motion::paragraph(buffer, caret.pos, true).into(),
            Motion::StepRight => motion::step(buffer, caret.pos, true).into(),
            Motion::StepLeft => motion::step(buffer, caret.pos, false).into(),
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

    /// The one place that moves the cursor by intention; closes the undo group.
    pub(super) fn go_to(&mut self, caret: Caret, select: bool) {
        self.history.break_group();
        self.goal = None;
        self.whole = false;
        self.cutting = false;
        if select || self.marking {
            self.anchor = self.anchor.or(Some(self.caret.pos));
        } else {
            self.anchor = None;
        }
        self.caret = caret;
    }
}
