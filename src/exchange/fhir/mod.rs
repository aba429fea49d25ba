//! FHIR R4 JSON to domain values: a file is read twice, first to check all of it, then to hand over its people.
//!
//! Owns the mapping (Patient to client, Condition to proposal, AllergyIntolerance, MedicationRequest, Practitioner,
//! Encounter) and what is counted because it has no place. Must not decide whether somebody is known already, and never
//! holds a whole file: memory is bounded by the largest entry, an index of hashes, and the people still waiting for
//! something of theirs later in the file.
//!
//! Files: a Bundle of any type, or one resource; UTF-8, with or without a byte order mark. References are followed inside
//! one file only. What of a Patient has no place is kept as recorded; other types without a place are only counted.
//!
//! ```
//! use concord::exchange::fhir;
//! let mut file = std::io::Cursor::new(r#"{"resourceType": "Patient", "name": [{"family": "Rivera"}]}"#);
//! let checked = fhir::check("one.json", &mut file, &mut |_| ())?;
//! assert_eq!(checked.report().people, 1);
//! checked.people(&mut file, &mut |_| (), &mut |plan| {
//!     assert_eq!(plan.client.name.family, "Rivera");
//!     Ok::<(), std::io::Error>(())
//! })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod chart;
mod check;
mod dates;
mod directory;
mod gather;
mod gauge;
mod node;
mod person;
mod questionnaire;
mod stream;
mod types;

#[cfg(test)]
mod tests;

pub use gauge::{MAX_DEPTH, MAX_ENTRY};
pub use node::{MAX_RESOURCE, MAX_TEXT};
pub use person::NO_NAME;
pub use questionnaire::questionnaire;

use super::ImportFault;
use crate::domain::{Client, Imported};
use directory::Directory;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{Read, Seek, SeekFrom};

/// One person as a file tells of them. Ids, record number, import id and the moment are for the service to fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonPlan {
    /// Who. `deceased` is the date or, of a month or year, its last day.
    pub client: Client,
    /// What others recorded. Proposals are numbered from 1; encounters stand newest first.
    pub imported: Imported,
    /// Has died, even where no date is known (`client.deceased` is then empty): cannot be admitted.
    pub deceased: bool,
    /// Where in the file they stand (`entry[0].resource (Patient)`): to name them without their name.
    pub place: String,
}

/// What a file holds and what becomes of it. Every resource is counted once: a person, one of the five other kinds with
/// a place, `unplaced` or `without_person`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The file, cleaned for printing.
    pub file: String,
    /// Resources in it.
    pub resources: usize,
    /// Entries without a resource (deletions, bare answers).
    pub bare_entries: usize,
    /// Patients.
    pub people: usize,
    /// Those of them who have died.
    pub deceased: usize,
    /// Those of them without any name.
    pub nameless: usize,
    /// Conditions, as proposals.
    pub conditions: usize,
    /// Allergies and intolerances.
    pub allergies: usize,
    /// Medications ordered.
    pub medications: usize,
    /// Encounters elsewhere.
    pub encounters: usize,
    /// Practitioners of the file whom somebody's chart names. Known after [`Checked::people`] only.
    pub practitioners: usize,
    /// Outside contacts over all people, also those of whom only a reference speaks. Known after [`Checked::people`].
    pub contacts: usize,
    /// Patients whose pictures were left out.
    pub pictures: usize,
    /// Text elements that held control characters or the like, which were taken out.
    pub cleaned: usize,
    /// Resources without a place, by type (of `Medication` and `Organization` the name is used); `Practitioner`
    /// whom nobody names are added by [`Checked::people`].
    pub unplaced: BTreeMap<String, usize>,
    /// Resources with a place that speak of nobody in the file, by type.
    pub without_person: BTreeMap<String, usize>,
}

/// A file that is right throughout, and what is needed to read its people.
pub struct Checked {
    report: FileReport,
    directory: Directory,
    /// By person: the number of the last entry that is theirs.
    last: Vec<u32>,
    sum: (u64, u64),
    one: bool,
    /// Practitioners of the file: how many resources tell of each.
    contacts: HashMap<directory::Key, usize>,
}

/// Why [`Checked::people`] stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped<E> {
    /// The file could not be read again, or is not the same any more. Nothing of it may be used.
    Fault(ImportFault),
    /// The taker of the people refused one.
    Taker(E),
}

impl<E: fmt::Display> fmt::Display for Stopped<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => fault.fmt(f),
            Self::Taker(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Stopped<E> {}

impl<E> From<ImportFault> for Stopped<E> {
    fn from(fault: ImportFault) -> Self {
        Self::Fault(fault)
    }
}

/// First pass: reads all of `input` and checks it. `file` is the name for faults and report; `progress` hears how many
/// bytes have been read. Nothing is handed over unless this is `Ok`.
pub fn check<R: Read + Seek>(
    file: &str,
    input: &mut R,
    progress: &mut dyn FnMut(u64),
) -> Result<Checked, ImportFault> {
    rewind(file, input)?;
    let mut first = check::Checker::new(file);
    let whole = stream::bundle(file, &mut *input, &mut |piece| {
        progress(piece.read);
        first.take(piece)
    })?;
    let one = whole.is_none();
    let whole = if let Some(whole) = whole {
        whole
    } else {
        first = check::Checker::new(file);
        rewind(file, input)?;
        stream::single(file, input, &mut |piece| first.take(piece))?
    };
    Ok(first.finish(&whole, one))
}

impl Checked {
    /// What the file holds.
    pub fn report(&self) -> &FileReport {
        &self.report
    }

    /// Second pass: reads `input`, which must be the same file, and hands each person to `taker` as soon as all that is
    /// theirs has been read. If this is an `Err`, people handed over before must be forgotten.
    pub fn people<R: Read + Seek, E>(
        &self,
        input: &mut R,
        progress: &mut dyn FnMut(u64),
        taker: &mut dyn FnMut(PersonPlan) -> Result<(), E>,
    ) -> Result<FileReport, Stopped<E>> {
        let file = self.report.file.as_str();
        rewind(file, input)?;
        let mut refused = None;
        let mut second = gather::Gatherer::new(self);
        let mut on = |piece: &stream::Piece<'_>| {
            progress(piece.read);
            for plan in second.take(piece)? {
                if let Err(error) = taker(plan) {
                    refused = Some(error);
                    return Err(ImportFault::of_file(file, "was put aside"));
                }
            }
            Ok(())
        };
        let outcome = if self.one {
            stream::single(file, input, &mut on)
        } else {
            stream::bundle(file, input, &mut on).map(Option::unwrap_or_default)
        };
        match (outcome, refused) {
            (_, Some(error)) => Err(Stopped::Taker(error)),
            (Err(fault), None) => Err(Stopped::Fault(fault)),
            (Ok(whole), None) if whole.sum != self.sum => {
                Err(Stopped::Fault(ImportFault::of_file(file, "changed while it was read; import it again")))
            }
            (Ok(_), None) => Ok(second.finish()),
        }
    }
}

fn rewind<R: Seek>(file: &str, input: &mut R) -> Result<(), ImportFault> {
    match input.seek(SeekFrom::Start(0)) {
        Ok(_) => Ok(()),
        Err(e) => Err(ImportFault::of_file(file, format!("cannot be read ({})", e.kind()))),
    }
}
