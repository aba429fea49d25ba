//! The open draft: the assessment as it is on the screen, what of it is saved, and its own undo.
//!
//! Owns the edits. It must not know the chart, keys or how anything is drawn.

use crate::domain::{Assessment, Cell, LocalTime, Number, StaffId};
use crate::service::api::{DraftBody, DraftSave, DraftView};
use std::fmt;

/// Steps kept to be undone.
const UNDO: usize = 200;

/// An open draft of an assessment.
pub(super) struct Sheet {
    pub number: Number,
    pub by: StaffId,
    pub read_only: bool,
    /// As it is.
    pub grid: Assessment,
    /// When it was last saved.
    pub saved_at: LocalTime,
    /// The last save was refused, and none has come through since.
    pub failed: bool,
    /// It was handed in to be signed or deleted, and the answer is not here yet.
    pub ending: bool,
    /// It was handed in at least once: when the chart no longer lists it, it is over.
    pub handed_in: bool,
    /// Dimensions whose 4 has been asked about.
    pub answered: Vec<u8>,
    edits: u64,
    saved: u64,
    /// The service has nothing of it but how it began: it was never saved with a change.
    never_saved: bool,
    undo: Vec<Assessment>,
    redo: Vec<Assessment>,
}

/// Never a word of anyone.
impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheet")
            .field("number", &self.number)
            .field("edits", &self.edits)
            .field("saved", &self.saved)
            .finish_non_exhaustive()
    }
}

impl Sheet {
    /// The draft as it was taken up; `None` if it is a note.
    pub(super) fn of(draft: &DraftView) -> Option<Self> {
        let DraftBody::Assessment(grid) = &draft.body else { return None };
        Some(Self {
            number: draft.number,
            by: draft.by,
            read_only: draft.read_only,
            grid: grid.clone(),
            saved_at: draft.saved,
            failed: false,
            ending: false,
            handed_in: false,
            answered: Vec::new(),
            edits: u64::from(draft.unsaved),
            saved: 0,
            never_saved: draft
                .chart
                .drafts
                .iter()
                .any(|one| one.number == draft.number && one.since == one.saved),
            undo: Vec::new(),
            redo: Vec::new(),
        })
    }

    /// Nothing was ever rated or written in it.
    pub(super) fn is_untouched(&self) -> bool {
        let said = |cell: &Cell| !cell.here_and_now.is_empty() || !cell.words.is_empty();
        let blank = |cell: &Cell| (cell.carried || cell.severity.is_none()) && !said(cell);
        self.never_saved && self.edits == 0 && self.grid.amends == 0 && self.grid.cells.iter().all(blank)
    }

    /// Changes it as one step of undo; says whether anything changed.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Assessment)) -> bool {
        let before = self.grid.clone();
        change(&mut self.grid);
        let changed = before != self.grid;
        if changed {
            self.edits += 1;
            self.remember(before);
        }
        changed
    }

    /// Changes the cell of a dimension as one step of undo; says whether anything changed.
    pub(super) fn change_cell(&mut self, dimension: u8, change: impl FnOnce(&mut Cell)) -> bool {
        self.change(|grid| {
            if let Some(cell) = cell_mut(grid, dimension) {
                change(cell);
            }
        })
    }

    /// Changes it without a step of undo of its own (typing in a text, which undoes for itself).
    pub(super) fn type_in(&mut self, dimension: u8, change: impl FnOnce(&mut Cell)) {
        if let Some(cell) = cell_mut(&mut self.grid, dimension) {
            change(cell);
            self.edits += 1;
        }
    }

    /// Makes one step of undo of everything since `before`.
    pub(super) fn remember(&mut self, before: Assessment) {
        if before == self.grid {
            return;
        }
        self.redo.clear();
        self.undo.push(before);
        if self.undo.len() > UNDO {
            self.undo.remove(0);
        }
    }

    /// Takes the last step back; says whether there was one.
    pub(super) fn undo(&mut self) -> bool {
        let Some(before) = self.undo.pop() else { return false };
        self.redo.push(std::mem::replace(&mut self.grid, before));
        self.edits += 1;
        true
    }

    /// Does the last undone step again; says whether there was one.
    pub(super) fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push(std::mem::replace(&mut self.grid, after));
        self.edits += 1;
        true
    }

    /// Whether everything is on disk.
    pub(super) fn is_saved(&self) -> bool {
        self.edits == self.saved
    }

    /// So many edits are on disk since then.
    pub(super) fn saved(&mut self, edits: u64, at: LocalTime) {
        if edits >= self.saved {
            (self.saved, self.saved_at, self.failed) = (edits, at, false);
        }
    }

    /// It goes to be signed or deleted: what is unsaved goes before it, so nothing is left to save.
    pub(super) fn end(&mut self) {
        (self.ending, self.handed_in) = (true, true);
        self.saved = self.edits;
    }

    /// Something asked was refused: everything stays here, and what was handed in counts as unsaved again.
    pub(super) fn refused(&mut self) {
        if std::mem::take(&mut self.ending) {
            self.edits += 1;
        } else {
            self.failed = !self.is_saved();
        }
        self.answered.clear();
    }

    /// The draft as it is.
    pub(super) fn save(&self) -> DraftSave {
        DraftSave {
            client: self.grid.client,
            number: self.number,
            edits: self.edits,
            body: DraftBody::Assessment(self.grid.clone()),
        }
    }

    /// The draft as it is, if the service has not seen all of it.
    pub(super) fn unsaved(&self) -> Option<DraftSave> {
        (!self.read_only && !self.is_saved()).then(|| self.save())
    }
}

fn cell_mut(grid: &mut Assessment, dimension: u8) -> Option<&mut Cell> {
    grid.cells.iter_mut().find(|cell| cell.dimension == dimension)
}
