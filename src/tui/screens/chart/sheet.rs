//! An open draft on a page: what is being written, what of it is saved, and its own undo.
//!
//! Owns the edits. It must not know the chart, keys or how anything is drawn.

use crate::domain::{ClientId, LocalTime, Number, StaffId};
use crate::service::api::{DraftBody, DraftSave, DraftView};
use std::fmt;

/// Steps kept to be undone.
const UNDO: usize = 200;

/// What can be written on such a page.
pub(super) trait Body: Clone + PartialEq {
    /// The body of a draft; `None` if it is another kind of document.
    fn of(body: &DraftBody) -> Option<Self>;

    /// As the body of a draft.
    fn body(&self) -> DraftBody;

    /// In whose chart it is.
    fn client(&self) -> ClientId;

    /// Nobody said anything in it.
    fn is_blank(&self) -> bool;
}

/// An open draft.
pub(super) struct Sheet<B> {
    pub number: Number,
    pub by: StaffId,
    pub read_only: bool,
    /// As it is.
    pub body: B,
    /// When it was last saved.
    pub saved_at: LocalTime,
    /// The last save was refused, and none has come through since.
    pub failed: bool,
    /// It was handed in to be signed or deleted, and the answer is not here yet.
    pub ending: bool,
    /// It was handed in at least once: when the chart no longer lists it, it is over.
    pub handed_in: bool,
    edits: u64,
    saved: u64,
    /// The service has nothing of it but how it began: it was never saved with a change.
    never_saved: bool,
    undo: Vec<B>,
    redo: Vec<B>,
}

/// Never a word of anyone.
impl<B> fmt::Debug for Sheet<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheet")
            .field("number", &self.number)
            .field("edits", &self.edits)
            .field("saved", &self.saved)
            .finish_non_exhaustive()
    }
}

impl<B: Body> Sheet<B> {
    /// The draft as it was taken up; `None` if it is another kind of document.
    pub(super) fn of(draft: &DraftView) -> Option<Self> {
        Some(Self {
            number: draft.number,
            by: draft.by,
            read_only: draft.read_only,
            body: B::of(&draft.body)?,
            saved_at: draft.saved,
            failed: false,
            ending: false,
            handed_in: false,
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

    /// Nothing was ever written in it.
    pub(super) fn is_untouched(&self) -> bool {
        self.never_saved && self.edits == 0 && self.body.is_blank()
    }

    /// Changes it as one step of undo; says whether anything changed.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut B)) -> bool {
        let before = self.body.clone();
        change(&mut self.body);
        let changed = before != self.body;
        if changed {
            self.edits += 1;
            self.remember(before);
        }
        changed
    }

    /// Changes it without a step of undo of its own (typing in a text, which undoes for itself).
    pub(super) fn type_in(&mut self, change: impl FnOnce(&mut B)) {
        change(&mut self.body);
        self.edits += 1;
    }

    /// Makes one step of undo of everything since `before`.
    pub(super) fn remember(&mut self, before: B) {
        if before == self.body {
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
        self.redo.push(std::mem::replace(&mut self.body, before));
        self.edits += 1;
        true
    }

    /// Does the last undone step again; says whether there was one.
    pub(super) fn redo(&mut self) -> bool {
        let Some(after) = self.redo.pop() else { return false };
        self.undo.push(std::mem::replace(&mut self.body, after));
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
    }

    /// The draft as it is.
    pub(super) fn save(&self) -> DraftSave {
        DraftSave {
            client: self.body.client(),
            number: self.number,
            edits: self.edits,
            body: self.body.body(),
        }
    }

    /// The draft as it is, if the service has not seen all of it.
    pub(super) fn unsaved(&self) -> Option<DraftSave> {
        (!self.read_only && !self.is_saved()).then(|| self.save())
    }
}
