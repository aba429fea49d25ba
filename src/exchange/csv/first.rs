//! The first reading of a file: on which row its headers are, and what its cells say of its columns.

use super::columns::{self, Field, Mapping, NAMES};
use super::dates::Evidence;
use super::rows::{Row, Rows};
use super::sniff::Seen;
use super::{ImportFault, Wanted};
use std::io::{Read, Seek};

/// Rows among which the headers are looked for.
const HEADER_ROWS: usize = 40;

/// Rows among which the one that is shown is chosen: the best may be one that is left out.
const SAMPLES: usize = 12;

/// The row of headers.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// Line it begins on; 0 = there is none.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
    /// Rows above it that say nothing of people: titles, groups of columns.
    pub(super) above: Vec<u64>,
}

/// Finds the headers: the row that names the most columns, a name among them, of the first rows; else the first row.
pub(super) fn header<R: Read + Seek>(
    file: &str,
    input: &mut R,
    seen: &Seen,
    wanted: &Wanted,
) -> Result<Header, ImportFault> {
    if wanted.no_header && !seen.says_delimiter {
        return Ok(Header::default());
    }
    let mut rows = Rows::open(file, input, seen.encoding, seen.delimiter)?;
    let mut first: Vec<Row> = Vec::new();
    while first.len() < HEADER_ROWS {
        let Some(row) = rows.next(&mut |_| ())? else { break };
        first.push(row);
    }
    if seen.says_delimiter && !first.is_empty() {
        let line = first.remove(0).line;
        if wanted.no_header {
            return Ok(Header { line, ..Header::default() });
        }
    }
    let told = wanted.header_line.map(|line| first.iter().position(|row| row.line == line));
    let best = match told {
        Some(Some(at)) => at,
        Some(None) => {
            return Err(ImportFault::of_file(
                file,
                "has no row of headers on the line that --header-line says",
            ));
        }
        None => {
            let named = |row: &Row| columns::headers_in(&row.fields, wanted);
            let counts: Vec<usize> = first.iter().map(named).collect();
            let most = counts.iter().copied().max().unwrap_or_default();
            // A row of one word that could be a header is none if the first row is as good.
            counts
                .iter()
                .position(|count| *count == most && (most > 1 || *count == counts[0]))
                .unwrap_or_default()
        }
    };
    if told.is_none()
        && let Some(header) = on_two_rows(&first, best, wanted)
    {
        return Ok(header);
    }
    let above = first.iter().take(best).map(|row| row.line).collect();
    let found = first.into_iter().nth(best);
    Ok(found.map_or_else(Header::default, |row| Header {
        line: row.line,
        cells: columns::whole_headers(row.fields),
        above,
    }))
}

/// Headers that stand on two rows, where the two together name more columns than the best row alone, or the upper one
/// only says in groups what the lower one is about.
fn on_two_rows(first: &[Row], best: usize, wanted: &Wanted) -> Option<Header> {
    let most = columns::headers_in(&first.get(best)?.fields, wanted);
    let filled = |row: &Row| row.fields.iter().filter(|cell| !cell.is_empty()).count();
    let is_data = |row: &Row| row.fields.iter().any(|cell| cell.chars().any(|c| c.is_ascii_digit()));
    let above_it = best.checked_sub(1).map(|upper| (upper, best));
    for (upper, lower) in above_it.into_iter().chain([(best, best + 1)]) {
        let (Some(above), Some(below)) = (first.get(upper), first.get(lower)) else { continue };
        if filled(above) < 2 || filled(below) < 2 || is_data(below) {
            continue;
        }
        let cells = columns::of_two_rows(&above.fields, &below.fields);
        let named = columns::headers_in(&cells, wanted);
        let groups = lower == best && filled(above) < filled(below);
        if named > most || groups && named == most {
            let above = first.iter().take(upper).map(|row| row.line).collect();
            return Some(Header { line: below.line, cells, above });
        }
    }
    None
}

/// What the cells of a file say.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) rows: u64,
    pub(super) dates: Evidence,
    /// What dates other than the birth dates say.
    pub(super) others: Evidence,
    /// By column: cells with something in them, those of them with a letter, and those that may be a whole name.
    columns: Vec<(u64, u64, u64)>,
    /// The rows that show the most, the best first.
    samples: Vec<(usize, Row)>,
}

impl Cells {
    /// Looks at one row.
    pub(super) fn see(&mut self, mapping: &Mapping, row: Row) {
        self.rows += 1;
        self.columns.resize(self.columns.len().max(row.fields.len()), (0, 0, 0));
        for (cell, (filled, letters, names)) in row.fields.iter().zip(&mut self.columns) {
            *filled += u64::from(!cell.is_empty());
            *letters += u64::from(cell.chars().any(char::is_alphabetic));
            *names += u64::from(may_be_a_name(cell));
        }
        if let Some(birth) = mapping.get(Field::Birth, &row) {
            self.dates.see(birth);
        }
        for field in [Field::Died, Field::Admitted] {
            mapping.every(field, &row).for_each(|(_, text)| self.others.see(text));
        }
        let weight = weight(mapping, &row);
        if self.samples.len() < SAMPLES || self.samples.last().is_some_and(|(least, _)| weight > *least) {
            let at = self.samples.partition_point(|(other, _)| *other >= weight);
            self.samples.insert(at, (weight, row));
            self.samples.truncate(SAMPLES);
        }
    }

    /// The rows that show the most of how the file is read, the best first.
    pub(super) fn samples(&self) -> impl Iterator<Item = &Row> {
        self.samples.iter().map(|(_, row)| row)
    }

    /// Columns that are taken for names and hold none: no letter, or codes where whole names would be.
    pub(super) fn no_names(&self, mapping: &Mapping) -> Vec<usize> {
        let named = mapping.columns().iter().enumerate();
        let named = named.filter(|(_, column)| column.field.is_some_and(|field| NAMES.contains(&field)));
        let without = |(at, column): &(usize, &columns::Column)| {
            let whole = column.field == Some(Field::Name);
            let none = |(filled, letters, names): &(u64, u64, u64)| {
                *filled > 0 && (*letters == 0 || whole && *names == 0)
            };
            self.columns.get(*at).is_some_and(none)
        };
        named.filter(without).map(|(at, _)| at).collect()
    }

    /// Whether a row has anything where names are looked for.
    pub(super) fn has_names(&self, mapping: &Mapping) -> bool {
        let named = mapping.columns().iter().zip(&self.columns);
        let mut named = named.filter(|(column, _)| column.field.is_some_and(|field| NAMES.contains(&field)));
        named.any(|(_, (filled, ..))| *filled > 0)
    }
}

/// Whether a cell may hold a whole name: a word of letters alone.
fn may_be_a_name(cell: &str) -> bool {
    let of_letters = |word: &str| {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        letters.chars().count() > 1 && !letters.chars().any(|c| c.is_ascii_digit())
    };
    cell.split([' ', ',']).any(of_letters)
}

/// How much a row shows: letters beyond ASCII in a name show the encoding, filled cells the columns.
fn weight(mapping: &Mapping, row: &Row) -> usize {
    let named = NAMES.iter().filter_map(|field| mapping.get(*field, row));
    let named: Vec<&str> = named.collect();
    if named.is_empty() {
        return 0;
    }
    let beyond = named.iter().any(|name| !name.is_ascii());
    let filled = row.fields.iter().filter(|cell| !cell.is_empty()).count();
    usize::from(beyond) * 1_000 + filled
}
