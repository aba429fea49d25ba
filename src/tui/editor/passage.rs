//! Passages: stretches of the text that the screen around the editor has put a tag on, and that move with the text.
//!
//! Owns what becomes of them when the text changes: a passage is over exactly the words it was put on. Text before it
//! moves it, a change inside it ends it, and undo brings it back. It must not know what a tag means or how it looks.

use super::buffer::{Buffer, Pos};

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// A blank of a template or snippet: filled as soon as something is written into it.
    Blank,
    /// Copied from another note: the writer's own as soon as it is changed.
    Copied,
    /// Filled from the chart by a field: the writer's own as soon as it is changed.
    Filled,
}

/// A tagged stretch of text, never empty. It holds no words, only places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its first place.
    pub from: Pos,
    /// The place behind its last character.
    pub to: Pos,
    /// What it is.
    pub tag: Tag,
    /// The caller's own number: the note it came from, or nothing (0).
    pub about: u32,
}

/// An edit as passages see it: what stood in `at..to` now ends at `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shift {
    /// Where the edit begins.
    pub at: Pos,
    /// Where what was removed ended, in the text before.
    pub to: Pos,
    /// Where what was put in ends, in the text after.
    pub end: Pos,
}

impl Shift {
    /// The edit that puts `inserted` in the place of `removed`.
    pub(super) fn of(at: Pos, removed: &str, inserted: &str) -> Self {
        Self { at, to: Buffer::behind(at, removed), end: Buffer::behind(at, inserted) }
    }

    /// Where a place at or behind the removed text is afterwards.
    fn moved(self, pos: Pos) -> Pos {
        if pos.paragraph == self.to.paragraph {
            Pos { paragraph: self.end.paragraph, byte: pos.byte - self.to.byte + self.end.byte }
        } else {
            Pos { paragraph: pos.paragraph - self.to.paragraph + self.end.paragraph, ..pos }
        }
    }

    /// The passage after the edit; `None` when the edit touched its words.
    fn carry(self, passage: Passage) -> Option<Passage> {
        if passage.to <= self.at {
            Some(passage)
        } else if passage.from >= self.to {
            Some(Passage { from: self.moved(passage.from), to: self.moved(passage.to), ..passage })
        } else {
            None
        }
    }
}

/// The passages of one text, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Passages(Vec<Passage>);

impl Passages {
    /// All of them.
    pub(super) fn all(&self) -> &[Passage] {
        &self.0
    }

    /// Adds some, unless they are there already.
    pub(super) fn add(&mut self, passages: impl IntoIterator<Item = Passage>) {
        for passage in passages {
            if passage.from < passage.to && !self.0.contains(&passage) {
                self.0.push(passage);
            }
        }
        self.0.sort_by_key(|passage| (passage.from, passage.to, passage.tag));
    }

    /// Moves them with an edit; gives back those whose words it touched, with their places before the edit.
    pub(super) fn shift(&mut self, shift: Shift) -> Vec<Passage> {
        let (mut kept, mut lost) = (Vec::with_capacity(self.0.len()), Vec::new());
        for passage in self.0.drain(..) {
            match shift.carry(passage) {
                Some(moved) => kept.push(moved),
                None => lost.push(passage),
            }
        }
        self.0 = kept;
        lost
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Passages lost in a later edit, with their places before the earlier edits that `back` undoes.
pub(super) fn carried_back(lost: Vec<Passage>, back: Shift) -> impl Iterator<Item = Passage> {
    lost.into_iter().filter_map(move |passage| back.carry(passage))
}
