//! Undo and redo without limit, in steps as a writer thinks of them: a word, a paste, a deletion.
//!
//! Owns the edits of the open text and how they group. It has no clock: when an edit was made comes with it.

use zeroize::Zeroize;

use super::buffer::{Buffer, Pos};
use super::passage::{Passage, Passages, Shift, carried_back};

/// A pause in typing that ends an undo step, in milliseconds.
pub(super) const PAUSE_MS: i64 = 2_000;

/// What an edit was, for grouping: only runs of the same kind become one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A character typed.
    Typing,
    /// A grapheme deleted before the cursor.
    DeletingBack,
    /// A grapheme deleted behind the cursor.
    DeletingForward,
    /// A step of its own: paste, newline, deletion of a word or a selection.
    Single,
}

/// At one place a text went and another came.
pub(super) struct Edit {
    pub at: Pos,
    pub removed: String,
    pub inserted: String,
    /// Passages it ended, with their places before it. In an undone step: those that undoing it ended.
    pub lost: Vec<Passage>,
}

impl Edit {
    fn shift(&self) -> Shift {
        Shift::of(self.at, &self.removed, &self.inserted)
    }

    fn shift_back(&self) -> Shift {
        Shift::of(self.at, &self.inserted, &self.removed)
    }

    /// Moves the passages with this edit or its undoing: those it once ended come back, those it ends now are kept.
    fn trade(&mut self, passages: &mut Passages, shift: Shift) {
        let back = std::mem::take(&mut self.lost);
        self.lost = passages.shift(shift);
        passages.add(back);
    }
}

/// Cursor and anchor of the selection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub cursor: Pos,
    /// The other end of the selection.
    pub anchor: Option<Pos>,
}

struct Step {
    /// One after the other; nearly always one.
    edits: Vec<Edit>,
    kind: Kind,
    before: Marks,
    after: Marks,
}

impl Step {
    /// Takes a following edit into this step when both belong together; gives it back when not.
    fn join(&mut self, next: Edit, kind: Kind) -> Option<Edit> {
        let [last] = &mut self.edits[..] else { return Some(next) };
        let grows = match kind {
            _ if kind != self.kind => false,
            Kind::Single => false,
            Kind::Typing => {
                next.removed.is_empty()
                    && next.at == Buffer::behind(last.at, &last.inserted)
                    && !new_word(&last.inserted, &next.inserted)
            }
            Kind::DeletingBack => {
                let word_ends = last.removed.starts_with(char::is_whitespace)
                    && !next.removed.starts_with(char::is_whitespace);
                Buffer::behind(next.at, &next.removed) == last.at && !word_ends
            }
            Kind::DeletingForward => next.at == last.at && !new_word(&last.removed, &next.removed),
        };
        if !grows {
            return Some(next);
        }
        let back = last.shift_back();
        last.lost.extend(carried_back(next.lost, back));
        last.inserted.push_str(&next.inserted);
        if kind == Kind::DeletingBack {
            last.removed.insert_str(0, &next.removed);
            last.at = next.at;
        } else {
            last.removed.push_str(&next.removed);
        }
        None
    }
}

/// Whether `next` begins a word behind the space that ends `last`.
fn new_word(last: &str, next: &str) -> bool {
    last.ends_with(char::is_whitespace) && !next.starts_with(char::is_whitespace)
}

/// The steps done and the steps undone.
#[derive(Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    open: bool,
    last_ms: i64,
}

impl History {
    /// Takes in an edit that was just made; what was undone before can no longer be redone.
    pub(super) fn record(&mut self, edit: Edit, kind: Kind, before: Marks, after: Marks) {
        self.undone.clear();
        let open = std::mem::replace(&mut self.open, true);
        let rest = match self.done.last_mut().filter(|_| open) {
            Some(step) => {
                let rest = step.join(edit, kind);
                if rest.is_none() {
                    step.after = after;
                }
                rest
            }
            None => Some(edit),
        };
        if let Some(edit) = rest {
            self.done.push(Step { edits: vec![edit], kind, before, after });
        }
    }

    /// Takes in edits that were made one after the other and are one step.
    pub(super) fn record_together(&mut self, edits: Vec<Edit>, before: Marks, after: Marks) {
        self.undone.clear();
        self.open = false;
        self.done.push(Step { edits, kind: Kind::Single, before, after });
    }

    /// The clock stands at `ms` now: after a pause the next edit begins a new step.
    pub(super) fn at_time(&mut self, ms: i64) {
        if ms.abs_diff(self.last_ms) >= PAUSE_MS.unsigned_abs() {
            self.open = false;
        }
        self.last_ms = ms;
    }

    /// The next edit begins a new step.
    pub(super) fn break_group(&mut self) {
        self.open = false;
    }

    /// What was undone can no longer be redone.
    pub(super) fn forget_undone(&mut self) {
        self.undone.clear();
    }

    /// Takes the last step back; cursor and selection as they were before it.
    pub(super) fn undo(&mut self, buffer: &mut Buffer, passages: &mut Passages) -> Option<Marks> {
        let mut step = self.done.pop()?;
        for edit in step.edits.iter_mut().rev() {
            buffer.replace(edit.at, Buffer::behind(edit.at, &edit.inserted), &edit.removed);
            edit.trade(passages, edit.shift_back());
        }
        let marks = step.before;
        self.undone.push(step);
        self.open = false;
        Some(marks)
    }

    /// Does the last undone step again; cursor as it was after it.
    pub(super) fn redo(&mut self, buffer: &mut Buffer, passages: &mut Passages) -> Option<Marks> {
        let mut step = self.undone.pop()?;
        for edit in &mut step.edits {
            buffer.replace(edit.at, Buffer::behind(edit.at, &edit.removed), &edit.inserted);
            edit.trade(passages, edit.shift());
        }
        let marks = step.after;
        self.done.push(step);
        self.open = false;
        Some(marks)
    }

    /// Steps that can be undone and redone.
    pub(super) fn depth(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }

    /// Overwrites all kept text in memory and forgets every step.
    pub(super) fn wipe(&mut self) {
        for edit in self.done.iter_mut().chain(&mut self.undone).flat_map(|step| &mut step.edits) {
            edit.removed.zeroize();
            edit.inserted.zeroize();
        }
        *self = Self::default();
    }
}
