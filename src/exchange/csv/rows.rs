//! Rows of a file, one after the other, each with the line it begins on.

use super::cells;
use super::text::{Text, Wrong};
use super::{Delimiter, ImportFault, rewind};
use crate::exchange::clean;
use encoding_rs::Encoding;
use std::cell::RefCell;
use std::io::{Read, Seek};
use std::rc::Rc;

/// Longest row, in bytes of UTF-8.
pub const MAX_ROW: usize = 256 * 1024;
/// Longest field that is taken, in characters.
pub(super) const MAX_FIELD: usize = 4_000;

#[derive(Debug)]
pub(super) struct Row {
    /// Line it begins on, from 1.
    pub(super) line: u64,
    /// Its fields, cleaned, ends trimmed.
    pub(super) fields: Vec<String>,
    /// A field is longer than [`MAX_FIELD`]: its number, from 1.
    pub(super) too_long: Option<usize>,
}

/// A file as rows.
pub(super) struct Rows<R> {
    file: String,
    reader: csv::Reader<Text<R>>,
    record: csv::StringRecord,
    wrong: Wrong,
    next_progress: u64,
}

impl<R: Read + Seek> Rows<R> {
    pub(super) fn open(
        file: &str,
        mut input: R,
        encoding: &'static Encoding,
        delimiter: Delimiter,
    ) -> Result<Self, ImportFault> {
        rewind(file, &mut input)?;
        let wrong: Wrong = Rc::new(RefCell::new(None));
        let text = Text::new(input, encoding, delimiter.byte(), MAX_ROW, Rc::clone(&wrong));
        let mut builder = csv::ReaderBuilder::new();
        let reader = builder.delimiter(delimiter.byte()).has_headers(false).flexible(true).from_reader(text);
        Ok(Self { file: file.to_owned(), reader, record: csv::StringRecord::new(), wrong, next_progress: 0 })
    }

    /// The next row that is not blank; `None` at the end.
    pub(super) fn next(&mut self, progress: &mut dyn FnMut(u64)) -> Result<Option<Row>, ImportFault> {
        loop {
            let more = self.reader.read_record(&mut self.record).map_err(|error| self.fault(&error))?;
            let read = self.reader.get_ref().read;
            if read >= self.next_progress {
                self.next_progress = read + 64 * 1024;
                progress(read);
            }
            if !more {
                return Ok(None);
            }
            let line = self.reader.get_mut().next_line().unwrap_or_default();
            let too_long = self.record.iter().position(|field| field.chars().count() > MAX_FIELD);
            let mut fields: Vec<String> =
                self.record.iter().map(|field| clean::line(&short(field)).0).collect();
            fields.iter_mut().for_each(cells::as_meant);
            if fields.iter().all(String::is_empty) {
                continue;
            }
            return Ok(Some(Row { line, fields, too_long: too_long.map(|at| at + 1) }));
        }
    }

    fn fault(&self, error: &csv::Error) -> ImportFault {
        if let Some((line, what)) = self.wrong.borrow_mut().take() {
            return ImportFault { at: Some((line, 1)), ..ImportFault::of_file(&self.file, what) };
        }
        let line = error.position().map_or(1, csv::Position::line);
        let what = match error.kind() {
            csv::ErrorKind::Io(error) => format!("cannot be read ({})", error.kind()),
            _ => "cannot be read as rows".to_owned(),
        };
        ImportFault { at: Some((line, 1)), ..ImportFault::of_file(&self.file, what) }
    }

    /// A sum over every byte read: two readings of one file agree in it.
    pub(super) fn sum(&self) -> u64 {
        self.reader.get_ref().sum
    }
}

/// A field as far as it is looked at.
fn short(field: &str) -> String {
    field.chars().take(MAX_FIELD).collect()
}
