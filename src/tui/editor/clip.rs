//! Cut, copy and paste inside the program, and the few acts that change text without typing it.
//!
//! Owns what goes on the clipboard and where it comes out. Text changes only through `replace`.

use super::buffer::Pos;
use super::command::Around;
use super::motion;
use super::undo::Kind;
use super::{Editor, Motion};

impl Editor {
    /// Puts the selection on the clipboard. Whole paragraphs go with the end of the last one.
    pub(super) fn copy(&mut self) -> Option<String> {
        let (from, to) = self.selection()?;
        let mut text = self.buffer.slice(from, to);
        if self.whole && !text.ends_with('\n') {
            text.push('\n');
        }
        self.set_clipboard(&text);
        self.marking = false;
        Some(text)
    }

    pub(super) fn cut(&mut self) -> Option<String> {
        let whole = self.whole;
        let text = self.copy()?;
        let (from, to) = self.selection()?;
        // The last paragraph has no end of its own: that of the one before goes.
        if whole && to == self.buffer.end() && to.byte > 0 && from.paragraph > 0 {
            let from = self.buffer.prev(Pos { byte: 0, ..from });
            self.replace(from, to, String::new(), Kind::Single);
            self.go_to(Pos { byte: 0, ..from }.into(), false);
        } else {
            self.delete(Motion::Left, Kind::Single);
        }
        Some(text)
    }

    pub(super) fn paste(&mut self) {
        let text = std::mem::take(&mut self.clipboard);
        self.insert(&text, Kind::Single);
        self.clipboard = text;
    }

    /// Pastes over the selection; without one whole paragraphs beside this one, anything else beside the next character.
    pub(super) fn paste_beside(&mut self, behind: bool) {
        let at = self.caret.pos;
        if self.selection().is_some() || self.clipboard.is_empty() {
            return self.paste();
        }
        if !self.clipboard.ends_with('\n') {
            if behind {
                self.go_to(motion::step(&self.buffer, at, true).into(), false);
            }
            return self.paste();
        }
        let below = Pos { paragraph: at.paragraph + 1, byte: 0 };
        if behind && below.paragraph == self.buffer.paragraphs().len() {
            self.go_to(self.buffer.end().into(), false);
            let text = format!("\n{}", self.clipboard.trim_end_matches('\n'));
            self.insert(&text, Kind::Single);
            self.go_to(below.into(), false);
            return;
        }
        let start = if behind { below } else { Pos { byte: 0, ..at } };
        self.go_to(start.into(), false);
        self.paste();
        self.go_to(start.into(), false);
    }

    /// Cuts to the end of the paragraph, or the end itself; cuts in a row are on the clipboard together.
    pub(super) fn cut_to_paragraph_end(&mut self) -> Option<String> {
        let from = self.caret.pos;
        let end = Pos { byte: self.buffer.paragraph(from.paragraph).len(), ..from };
        let to = if from == end { self.buffer.next(from) } else { end };
        let text = self.buffer.slice(from, to);
        if text.is_empty() {
            return None;
        }
        let text = if self.cutting { format!("{}{text}", self.clipboard) } else { text };
        self.set_clipboard(&text);
        self.replace(from, to, String::new(), Kind::Single);
        self.cutting = true;
        Some(text)
    }

    /// Joins the paragraphs of the selection, or this one and the next, with one space between.
    pub(super) fn join(&mut self) {
        let (first, last) = match self.selection() {
            Some((from, to)) if from.paragraph < to.paragraph => (from.paragraph, to.paragraph),
            Some((from, _)) => (from.paragraph, from.paragraph + 1),
            None => (self.caret.pos.paragraph, self.caret.pos.paragraph + 1),
        };
        if last >= self.buffer.paragraphs().len() {
            return;
        }
        let lines: Vec<&str> = (first..=last).map(|index| self.buffer.paragraph(index).trim()).collect();
        let text = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        let indent = self.buffer.paragraph(first).len() - self.buffer.paragraph(first).trim_start().len();
        let from = Pos { paragraph: first, byte: indent };
        let to = Pos { paragraph: last, byte: self.buffer.paragraph(last).len() };
        self.replace(from, to, text, Kind::Single);
    }

    /// Small letters into capitals and back.
    pub(super) fn swap_case(&mut self) {
        let at = self.caret.pos;
        let (from, to) = self.selection().unwrap_or_else(|| (at, motion::step(&self.buffer, at, true)));
        let swapped: String = self
            .buffer
            .slice(from, to)
            .chars()
            .flat_map(|c| {
                if c.is_uppercase() {
                    c.to_lowercase().collect()
                } else {
                    c.to_uppercase().collect::<Vec<_>>()
                }
            })
            .collect();
        self.replace(from, to, swapped, Kind::Single);
    }

    pub(super) fn select_around(&mut self, around: Around) {
        let at = self.caret.pos;
        let (from, to) = match around {
            Around::Word => motion::around_word(&self.buffer, at, false),
            Around::WordAndSpace => motion::around_word(&self.buffer, at, true),
            Around::Sentence => motion::around_sentence(&self.buffer, at, false),
            Around::SentenceAndSpace => motion::around_sentence(&self.buffer, at, true),
            Around::Paragraph => {
                let from = self.selection().filter(|_| self.whole).map_or(at, |(from, _)| from);
                let end = Pos { byte: self.buffer.paragraph(at.paragraph).len(), ..at };
                let grown = if self.whole && at.byte > 0 { self.buffer.end() } else { self.buffer.next(end) };
                (Pos { byte: 0, ..from }, grown)
            }
        };
        let marking = std::mem::take(&mut self.marking);
        self.go_to(from.into(), false);
        self.go_to(to.into(), true);
        (self.marking, self.whole) = (marking, around == Around::Paragraph);
    }
}
