//! The open draft of an assessment.

use super::super::sheet::{self, Body};
use crate::domain::{Assessment, Cell, ClientId};
use crate::service::api::{DraftBody, DraftView};
use std::ops::{Deref, DerefMut};

/// An open draft of an assessment.
#[derive(Debug)]
pub(super) struct Sheet {
    draft: sheet::Sheet<Assessment>,
    /// Dimensions whose 4 has been asked about.
    pub answered: Vec<u8>,
}

impl Deref for Sheet {
    type Target = sheet::Sheet<Assessment>;

    fn deref(&self) -> &Self::Target {
        &self.draft
    }
}

impl DerefMut for Sheet {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.draft
    }
}

impl Sheet {
    /// The draft as it was taken up; `None` if it is no assessment.
    pub(super) fn of(draft: &DraftView) -> Option<Self> {
        Some(Self { draft: sheet::Sheet::of(draft)?, answered: Vec::new() })
    }

    /// Changes the cell of a dimension as one step of undo; says whether anything changed.
    pub(super) fn change_cell(&mut self, dimension: u8, change: impl FnOnce(&mut Cell)) -> bool {
        self.change(|grid| in_cell(grid, dimension, change))
    }

    /// Changes the cell of a dimension without a step of undo of its own.
    pub(super) fn type_in(&mut self, dimension: u8, change: impl FnOnce(&mut Cell)) {
        self.draft.type_in(|grid| in_cell(grid, dimension, change));
    }

    /// Something asked was refused: what was asked about a 4 is asked again.
    pub(super) fn refused(&mut self) {
        self.draft.refused();
        self.answered.clear();
    }
}

impl Body for Assessment {
    fn of(body: &DraftBody) -> Option<Self> {
        if let DraftBody::Assessment(grid) = body { Some(grid.clone()) } else { None }
    }

    fn body(&self) -> DraftBody {
        DraftBody::Assessment(self.clone())
    }

    fn client(&self) -> ClientId {
        self.client
    }

    /// Nothing was rated or written in it.
    fn is_blank(&self) -> bool {
        let said = |cell: &Cell| !cell.here_and_now.is_empty() || !cell.words.is_empty();
        let blank = |cell: &Cell| (cell.carried || cell.severity.is_none()) && !said(cell);
        self.amends == 0 && self.cells.iter().all(blank)
    }
}

fn in_cell(grid: &mut Assessment, dimension: u8, change: impl FnOnce(&mut Cell)) {
    if let Some(cell) = grid.cells.iter_mut().find(|cell| cell.dimension == dimension) {
        change(cell);
    }
}
