//! Other people's formats, parsed to a plan of domain values.
//!
//! Owns reading FHIR R4 ([`fhir`]) and rosters ([`csv`]), finding the files to read ([`paths`]), cleaning what came from outside ([`clean`]).
//! Must not write to a store, ask a clock, or decide
//! who is who: a plan is handed over, the service does the rest.

pub mod clean;
pub mod csv;
pub mod fhir;
mod kinds;
pub mod paths;

use crate::domain::Date;
use std::fmt;

/// Whether it is a day that spreadsheets and databases make of an empty cell or of zero, or write for "no date".
fn made_of_nothing(day: Date) -> bool {
    let zero =
        [(1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1904, 1, 1), (1753, 1, 1), (1601, 1, 1), (1, 1, 1)];
    let zero = zero.iter().any(|(year, month, day_of)| Date::from_ymd(*year, *month, *day_of) == Some(day));
    zero || Date::from_ymd(2900, 1, 1).is_some_and(|far| day >= far)
}

/// Why a file was not used: the file, the place in it, and what is wrong there. Never quotes what the file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// The file, as the caller named it, cleaned for printing.
    pub file: String,
    /// Line (from 1) and column (bytes, from 1), where there is one.
    pub at: Option<(u64, u64)>,
    /// Path of the element (`entry[12].resource (Condition).onsetDateTime`), or empty.
    pub path: String,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl ImportFault {
    /// A fault of a whole file.
    pub(crate) fn of_file(file: &str, what: impl Into<String>) -> Self {
        Self { file: clean::line(file).0, at: None, path: String::new(), what: what.into() }
    }
}

/// `people.json, line 4, column 17, entry[1].resource (Patient).birthDate: there is no such date`.
impl fmt::Display for ImportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some((line, column)) = self.at {
            write!(f, ", line {line}, column {column}")?;
        }
        if !self.path.is_empty() {
            write!(f, ", {}", self.path)?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for ImportFault {}
