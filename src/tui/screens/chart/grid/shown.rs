//! What the grid shows: which dimension set, which rows and columns, and the value in each.
//!
//! Owns nothing: everything follows from chart, draft and what is unfolded. It draws nothing.

use super::sheet::Sheet;
use crate::domain::{Assessment, Cell, Date, Severity};
use crate::packs::{self, Dimension, DimensionSet, Subdimension};
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use std::collections::BTreeSet;

/// The set and the columns, oldest first; an open draft is the last.
pub(super) struct Shown<'a> {
    /// The dimension set of the rows.
    pub set: &'static DimensionSet,
    pub columns: Vec<&'a Assessment>,
}

/// A row: a dimension, or a part of one.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub dimension: &'static Dimension,
    /// The part of it.
    pub sub: Option<&'static Subdimension>,
}

/// What is in a cell.
#[derive(Clone, Copy, Default)]
pub(super) struct Value {
    pub severity: Option<Severity>,
    /// Taken over and not yet confirmed.
    pub carried: bool,
    /// Brought here from another set.
    pub foreign: bool,
}

impl<'a> Shown<'a> {
    /// What is shown of a chart; `None` if no pack has the set.
    pub(super) fn of(sheet: Option<&'a Sheet>, chart: &'a ChartView, cx: &Cx) -> Option<Self> {
        let agency = cx.set_key();
        let set = packs::set(sheet.map_or(agency, |sheet| sheet.body.set.as_str()))?;
        let columns = chart.assessments.iter().chain(sheet.map(|sheet| &sheet.body)).collect();
        Some(Self { set, columns })
    }

    /// The rows, parts of unfolded dimensions among them.
    pub(super) fn rows(&self, unfolded: &BTreeSet<u8>) -> Vec<Row> {
        let mut rows = Vec::new();
        for dimension in &self.set.dimensions {
            rows.push(Row { dimension, sub: None });
            if unfolded.contains(&dimension.number) {
                rows.extend(dimension.subdimensions.iter().map(|sub| Row { dimension, sub: Some(sub) }));
            }
        }
        rows
    }

    /// What an assessment says of a dimension; of another set, through the crosswalk.
    pub(super) fn value(&self, assessment: &Assessment, dimension: u8) -> Value {
        if assessment.set == self.set.key {
            let cell = assessment.cell(dimension);
            let (severity, carried) = cell.map_or((None, false), |cell| (cell.severity, cell.carried));
            return Value { severity, carried, foreign: false };
        }
        let counterpart = |cell: &&Cell| {
            packs::crosswalk_number(&assessment.set, cell.dimension, &self.set.key) == Some(dimension)
        };
        let severity = assessment.cells.iter().find(counterpart).and_then(|cell| cell.severity);
        Value { severity, carried: false, foreign: severity.is_some() }
    }

    /// The newest text of a kind in a dimension before the column `before`, with its date.
    pub(super) fn earlier_text(&self, before: usize, dimension: u8, text: Text) -> Option<(&'a str, Date)> {
        self.columns.get(..before)?.iter().rev().filter(|one| one.set == self.set.key).find_map(|one| {
            let cells: &'a [Cell] = &one.cells;
            let cell = cells.iter().find(|cell| cell.dimension == dimension)?;
            (!text(cell).is_empty()).then(|| (text(cell).as_str(), one.date))
        })
    }
}

/// The cell that holds the value of a dimension as last completed, with its date: carried ones only repeat it.
pub(super) fn last_value<'a>(chart: &'a ChartView, set: &str, dimension: u8) -> Option<(Date, &'a Cell)> {
    let same = chart.assessments.iter().rev().filter(|assessment| assessment.set == set);
    let mut cells = same.filter_map(|one| Some((one.date, one.cell(dimension)?)));
    cells.find(|(_, cell)| !cell.carried)
}

/// Whether an immediate need is open in a dimension.
pub(super) fn need_open(chart: &ChartView, set: &str, dimension: u8) -> bool {
    chart
        .needs
        .iter()
        .map(|kept| &kept.value)
        .any(|need| need.state.open() && need.dimension.set == set && need.dimension.number == dimension)
}

/// One of the texts of a cell.
pub(super) type Text = fn(&Cell) -> &String;

/// The four texts of a cell: label, and which.
pub(super) const TEXTS: [(&str, Text); 4] = [
    ("Here and now", |cell| &cell.here_and_now),
    ("History", |cell| &cell.history),
    ("Strengths", |cell| &cell.strengths),
    ("Client's words", |cell| &cell.words),
];

/// Which of [`TEXTS`] is the client's own.
pub(super) const CLIENTS: usize = 3;

/// The text of [`TEXTS`] of this index, to be changed.
pub(super) fn text_mut(cell: &mut Cell, at: usize) -> &mut String {
    match at {
        0 => &mut cell.here_and_now,
        1 => &mut cell.history,
        2 => &mut cell.strengths,
        _ => &mut cell.words,
    }
}
