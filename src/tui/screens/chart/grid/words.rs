//! The words of one cell.

use super::super::written::{Title, Written};
use super::shown::TEXTS;
use crate::domain::{Assessment, Cell};

/// What belongs into each text, in the order of [`TEXTS`].
const TITLES: [Title; 4] = [
    (TEXTS[0].0, "what is so today"),
    (TEXTS[1].0, "how it came to be so"),
    (TEXTS[2].0, "what helps, what has worked"),
    (TEXTS[3].0, "as they said it, without quotation marks"),
];

/// The texts of a cell being written.
#[derive(Debug)]
pub(super) struct Words {
    /// Of which dimension.
    pub dimension: u8,
    /// The assessment before anything was typed, for one step of undo in the grid.
    pub before: Box<Assessment>,
    pub pane: Written,
}

impl Words {
    /// The texts of a cell.
    pub(super) fn of(cell: &Cell, before: &Assessment) -> Self {
        let pane = Written::new(&TITLES, TEXTS.map(|(_, text)| text(cell).as_str()));
        Self { dimension: cell.dimension, before: Box::new(before.clone()), pane }
    }
}
