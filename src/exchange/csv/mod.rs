//! A roster as rows and columns (CSV and its kin) to domain values: a file is looked at, checked whole, then read again to
//! hand over its people.
//!
//! Owns guessing encoding, delimiter, columns and the order of dates, all of which is shown and can be overruled, and which
//! rows are left out and why. Must not decide whether somebody is known already, and never holds a whole file: memory is
//! bounded by the longest row ([`MAX_ROW`]).
//!
//! A row that cannot be used is left out and named by its line. What makes the file itself doubtful (bytes that are not of
//! the encoding, NUL characters, a quotation mark that is never closed) refuses all of it: nothing is brought in.

mod cells;
mod columns;
mod dates;
mod fields;
mod first;
mod headers;
mod letters;
mod names;
mod nothing;
mod person;
mod rows;
mod sample;
mod sniff;
mod text;

pub use columns::{Column, FIELDS, Field, Mapping};
pub use dates::Order;
pub use rows::MAX_ROW;
pub use sample::Sampled;
pub use sniff::{Delimiter, encoding_named};

use super::ImportFault;
use super::fhir::PersonPlan;
use rows::Rows;
use std::fmt;
use std::io::{Read, Seek, SeekFrom};

/// What the caller wants instead of what would be guessed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Encoding by its label (`windows-1252`, `utf-16le`).
    pub encoding: Option<&'static encoding_rs::Encoding>,
    pub delimiter: Option<Delimiter>,
    /// Columns by hand: field and header (or number, from 1).
    pub map: Vec<(Field, String)>,
    /// The first row is a person already.
    pub no_header: bool,
    /// The line on which the headers are, from 1.
    pub header_line: Option<u64>,
    /// Order of day, month and year.
    pub order: Option<Order>,
    /// Order where the file does not say: the agency's.
    pub usual_order: Order,
    /// Day numbers of a spreadsheet count from 1904.
    pub since_1904: bool,
    /// Whose numbers the record numbers are.
    pub system: String,
    /// Today, for years of two digits and births that lie ahead.
    pub today: crate::domain::Date,
}

impl Wanted {
    /// `pointed`: the order of dates with points between the numbers.
    fn ways(&self, order: Order, pointed: Order, others: Option<Order>) -> dates::Ways {
        // What only says the year first says nothing of dates that are written otherwise.
        let one_way = |order: &Order| *order != Order::Ymd;
        let others = self.order.or(others.filter(one_way)).or(Some(order).filter(one_way));
        let others = others.unwrap_or(self.usual_order);
        dates::Ways { order, pointed, others, today: self.today, since_1904: self.since_1904 }
    }
}

/// How a file is read: what was guessed and what was told.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The file, cleaned for printing.
    pub file: String,
    /// Encoding as it is named.
    pub encoding: &'static str,
    /// It begins with a byte order mark.
    pub marked: bool,
    pub delimiter: Delimiter,
    /// Its columns, in order, and what each is used for.
    pub columns: Vec<Column>,
    /// Order of day, month and year.
    pub order: Order,
    /// The dates themselves, or their header, say so (else it is the agency's order or the caller's).
    pub order_said: bool,
    /// Rows with a day number of a spreadsheet for a birth date.
    pub serials: usize,
    /// Those numbers count from 1904.
    pub since_1904: bool,
    /// Line of the headers, 0 = none, and the rows above it that are skipped.
    pub header_line: u64,
    /// Lines above the headers that are skipped.
    pub above: Vec<u64>,
    /// One person as they will be.
    pub sample: Vec<Sampled>,
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.marked { " with byte order mark" } else { "" };
        write!(f, "{}{mark}, {} between fields, dates as {}", self.encoding, self.delimiter, self.order)?;
        let why = if self.order_said { "the dates say so" } else { "the agency's order" };
        write!(f, " ({why})")?;
        if self.serials > 0 {
            let (since, other) = if self.since_1904 { (1904, 1900) } else { (1900, 1904) };
            let rows = if self.serials == 1 { "row" } else { "rows" };
            write!(f, ", birth dates as day numbers of a spreadsheet in {} {rows}", self.serials)?;
            write!(f, ", counted from {since} (--serials {other} says otherwise)")?;
        }
        let lines: Vec<String> = self.above.iter().map(u64::to_string).collect();
        match lines.as_slice() {
            [] => Ok(()),
            [one] => write!(f, ", headers on line {}; line {one} is skipped", self.header_line),
            _ => write!(f, ", headers on line {}; lines {} are skipped", self.header_line, lines.join(", ")),
        }
    }
}

/// A row that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Line it begins on, from 1.
    pub line: u64,
    /// What is wrong with it. Never quotes the row.
    pub what: String,
}

/// A file that was looked at and checked to its end.
pub struct Checked {
    wanted: Wanted,
    encoding: &'static encoding_rs::Encoding,
    reading: Reading,
    mapping: Mapping,
    ways: dates::Ways,
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests compare"))]
    rows: u64,
    sum: u64,
}

/// What stopped the second reading.
#[derive(Debug)]
pub enum Stopped<E> {
    /// The file could not be read again, or is not the same any more.
    Fault(ImportFault),
    /// The taker of the people refused one.
    Taker(E),
}

/// Looks at a file and checks all of it. `progress` hears bytes read.
pub fn check<R: Read + Seek>(
    file: &str,
    input: &mut R,
    wanted: &Wanted,
    progress: &mut dyn FnMut(u64),
) -> Result<Checked, ImportFault> {
    let seen = sniff::look(file, input, wanted)?;
    let header = first::header(file, input, &seen, wanted)?;
    let mut mapping = columns::map(file, &header.cells, &[], wanted)?;
    let mut rows = Rows::open(file, input, seen.encoding, seen.delimiter)?;
    let mut cells = first::Cells::default();
    while let Some(row) = rows.next(progress)? {
        if row.line > header.line {
            cells.see(&mapping, row);
        }
    }
    if cells.rows == 0 {
        return Err(ImportFault::of_file(file, "holds no rows of people"));
    }
    let no_names = cells.no_names(&mapping);
    if !no_names.is_empty() {
        mapping = columns::map(file, &header.cells, &no_names, wanted)?;
    }
    if !cells.has_names(&mapping) {
        return Err(ImportFault::of_file(
            file,
            "has no row with a name where the names were looked for; --map says where they are",
        ));
    }
    let said = mapping.order().or(cells.dates.said());
    let order = wanted.order.or(said).unwrap_or(wanted.usual_order);
    let pointed = wanted.order.or(mapping.order()).unwrap_or(cells.dates.pointed());
    let ways = wanted.ways(order, pointed, cells.others.said());
    let comes_in = |row: &&rows::Row| person::read(&mapping, row, ways, wanted).is_ok();
    let sample = cells.samples().find(comes_in).or_else(|| cells.samples().next());
    let sample = sample.map(|row| sample::of(&mapping, row, ways, wanted)).unwrap_or_default();
    let reading = Reading {
        file: super::clean::line(file).0,
        encoding: seen.encoding.name(),
        marked: seen.marked,
        delimiter: seen.delimiter,
        columns: mapping.columns().to_vec(),
        order,
        order_said: wanted.order.is_none() && said.is_some(),
        serials: cells.dates.serials,
        since_1904: wanted.since_1904,
        header_line: header.line,
        above: header.above,
        sample,
    };
    let (count, sum, wanted) = (cells.rows, rows.sum(), wanted.clone());
    Ok(Checked { wanted, encoding: seen.encoding, reading, mapping, ways, rows: count, sum })
}

impl Checked {
    /// How it is read.
    pub fn reading(&self) -> &Reading {
        &self.reading
    }

    /// Rows beside the header.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests compare"))]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Reads the file again and hands over its people in order; rows that cannot be used go to `left_out`.
    pub fn people<R: Read + Seek, E>(
        &self,
        input: &mut R,
        progress: &mut dyn FnMut(u64),
        left_out: &mut dyn FnMut(LeftOut),
        taker: &mut dyn FnMut(PersonPlan) -> Result<(), E>,
    ) -> Result<(), Stopped<E>> {
        let file = self.reading.file.as_str();
        let mut rows =
            Rows::open(file, input, self.encoding, self.reading.delimiter).map_err(Stopped::Fault)?;
        while let Some(row) = rows.next(progress).map_err(Stopped::Fault)? {
            if row.line <= self.reading.header_line {
                continue;
            }
            match person::read(&self.mapping, &row, self.ways, &self.wanted) {
                Ok(plan) => taker(plan).map_err(Stopped::Taker)?,
                Err(what) => left_out(LeftOut { line: row.line, what }),
            }
        }
        if rows.sum() != self.sum {
            return Err(Stopped::Fault(ImportFault::of_file(
                file,
                "changed while it was read; import it again",
            )));
        }
        Ok(())
    }
}

fn rewind<R: Seek>(file: &str, input: &mut R) -> Result<(), ImportFault> {
    input
        .seek(SeekFrom::Start(0))
        .map(drop)
        .map_err(|error| ImportFault::of_file(file, format!("cannot be read ({})", error.kind())))
}

#[cfg(test)]
mod siblings;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod variants;
