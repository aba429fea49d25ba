//! FHIR R4 JSON to domain values: a file is read twice, first to check all of it, then to hand over its people.
//!
//! Owns the mapping (Patient to client, Condition to proposal, AllergyIntolerance, MedicationRequest, Practitioner,
//! Encounter) and what is counted because it has no place. Must not decide whether somebody is known already, and never
//! holds a whole file: memory is bounded by the largest entry, an index of hashes, and the people still waiting for
//! something of theirs later in the file.
//!
//! Files: a Bundle of any type (bundles inside it too), one resource, or a resource a line (NDJSON); UTF-8, with or without
//! a byte order mark. The files of a folder are one delivery: references are followed inside a file first, then among all
//! of them. What of a Patient has no place is kept as recorded; other types without a place are only counted.
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

mod around;
mod chart;
mod check;
mod dates;
mod directory;
mod gather;
mod gauge;
mod head;
mod links;
mod node;
mod person;
mod questionnaire;
mod stream;
mod taker;
mod types;

#[cfg(test)]
mod tests;

pub use gauge::{MAX_DEPTH, MAX_ENTRY};
pub use node::{MAX_RESOURCE, MAX_TEXT};
pub use person::NO_NAME;
pub use questionnaire::questionnaire;

use super::{ImportFault, clean};
use crate::domain::{Client, Date, Identifier, Imported, ToAdmit};
use directory::Directory;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::io::{Read, Seek, SeekFrom};

/// One person as a file tells of them. Ids, record number, import id and the moment are for the service to fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonPlan {
    /// Who. `deceased` is the date or, of a month or year, its last day.
    pub client: Client,
    /// What others recorded. Proposals are numbered from 1; encounters are newest first.
    pub imported: Imported,
    /// Has died, even where no date is known (`client.deceased` is then empty): cannot be admitted.
    pub deceased: bool,
    pub file: String,
    /// Where in the file they stand (`entry[0].resource (Patient)`): to name them without their name.
    pub place: String,
    /// The line on which that begins, from 1.
    pub line: u64,
    /// What of them was left away because it does not read.
    pub doubts: Vec<Doubted>,
    /// To what they are to be admitted, if a roster says so.
    pub admission: Option<ToAdmit>,
    /// Conditions that those who recorded them took back, or found not to be so: the number there, and how they call that.
    pub taken_back: Vec<(Identifier, String)>,
}

/// Something that was left away because it does not read, and where. Never quotes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubted {
    pub place: String,
    /// The line, from 1.
    pub line: u64,
    pub what: String,
}

/// What a delivery holds and what becomes of it. Every resource is counted once: a person, one of the other kinds with
/// a place, `merged`, `unplaced` or `without_person`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The file, cleaned for printing.
    pub file: String,
    /// Resources in it.
    pub resources: usize,
    /// Entries without a resource (deletions, bare answers).
    pub bare_entries: usize,
    pub people: usize,
    /// Those of them who have died.
    pub deceased: usize,
    /// Those of them without any name.
    pub nameless: usize,
    /// Conditions, as proposals.
    pub conditions: usize,
    /// Allergies and intolerances.
    pub allergies: usize,
    pub medications: usize,
    pub encounters: usize,
    /// People around somebody.
    pub related: usize,
    /// Practitioners of the file whom somebody's chart names. Known after [`Checked::people`] only.
    pub practitioners: usize,
    /// Outside contacts over all people, also those of whom only a reference speaks. Known after [`Checked::people`].
    pub contacts: usize,
    /// Patients that another record has replaced: what was said of them is shown about that.
    pub merged: usize,
    /// Resources that are in the files more than once and say the same: read once, and counted nowhere else.
    pub twice: usize,
    /// Older versions of resources that are in the files.
    pub older: usize,
    /// Resources that their system has deleted.
    pub deleted: usize,
    /// Every list in the files goes on in another that is not there.
    pub goes_on: bool,
    /// Other versions of FHIR by whose rules something was written.
    pub versions: BTreeSet<&'static str>,
    /// Patients whose pictures were left out.
    pub pictures: usize,
    /// Text elements that held control characters or the like, which were taken out.
    pub cleaned: usize,
    /// Resources without a place, by type (of `Medication` and `Organization` the name is used); `Practitioner`
    /// whom nobody names are added by [`Checked::people`].
    pub unplaced: BTreeMap<String, usize>,
    /// Resources with a place that speak of nobody in the file, by type.
    pub without_person: BTreeMap<String, usize>,
    /// Resources that do not read and were left out, with the file each is in: the first thousand of them.
    pub left_out: Vec<ImportFault>,
    /// Those left out beyond these.
    pub more_left_out: usize,
}

impl FileReport {
    /// A resource of `file` is left out for what is wrong with it.
    fn leave_out(&mut self, wrong: ImportFault) {
        if self.left_out.len() < 1_000 {
            self.left_out.push(wrong);
        } else {
            self.more_left_out += 1;
        }
    }
}

/// The files of one delivery: what one says, another may refer to.
pub trait Files {
    /// How many there are.
    fn count(&self) -> usize;
    /// What the file is called, for faults.
    fn name(&self, at: usize) -> String;
    /// The file, to be read from its beginning.
    fn open(&mut self, at: usize) -> std::io::Result<Box<dyn ReadSeek + '_>>;
}

/// What files are read from.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// One file that is its own delivery.
pub struct One<'a, R> {
    /// What it is called.
    pub name: &'a str,
    /// What it is read from.
    pub input: &'a mut R,
}

impl<R> fmt::Debug for One<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl<R: Read + Seek> Files for One<'_, R> {
    fn count(&self) -> usize {
        1
    }

    fn name(&self, _: usize) -> String {
        self.name.to_owned()
    }

    fn open(&mut self, _: usize) -> std::io::Result<Box<dyn ReadSeek + '_>> {
        Ok(Box::new(&mut *self.input))
    }
}

/// Files that are right throughout, and what is needed to read their people.
pub struct Checked {
    report: FileReport,
    /// Which files, how they are laid out, and a sum over each.
    files: Vec<Laid>,
    directory: Directory,
    /// Resources that were read before, word for word.
    again: HashSet<u32>,
    /// By person: the number of the last resource that is theirs.
    last: Vec<u32>,
    /// Practitioners of the file: how many resources tell of each.
    contacts: HashMap<directory::Key, usize>,
    /// People whose record another has replaced that is not in the files.
    lost: Vec<u32>,
    today: Option<Date>,
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

/// First pass over one file: reads all of `input` and checks it. `file` is the name for faults and report; `progress` hears
/// how many bytes have been read. Nothing is handed over unless this is `Ok`.
#[cfg_attr(concord_closed, expect(dead_code, reason = "tests read one file"))]
pub fn check<R: Read + Seek>(
    file: &str,
    input: &mut R,
    progress: &mut dyn FnMut(u64),
) -> Result<Checked, ImportFault> {
    let (checked, mut refused) = check_all(file, &mut One { name: file, input }, None, progress);
    refused.pop().map_or(Ok(checked), Err)
}

/// First pass over the files of a delivery. Files that are not right throughout are left out and named. `today`: what
/// ends later is not over; without it, whatever has an end is.
pub fn check_all(
    name: &str,
    files: &mut dyn Files,
    today: Option<Date>,
    progress: &mut dyn FnMut(u64),
) -> (Checked, Vec<ImportFault>) {
    let mut good: Vec<usize> = (0..files.count()).collect();
    let mut refused = Vec::new();
    let mut apart = good.len() < 2;
    loop {
        match first_pass(name, files, &good, today, progress) {
            Ok(checked) => return (checked, refused),
            Err((at, fault)) if apart => {
                good.retain(|one| *one != at);
                refused.push(fault);
            }
            // One is not right: each is looked at by itself once, so that the others come in.
            Err(_) => {
                apart = true;
                good.retain(|at| match first_pass(name, files, &[*at], today, progress) {
                    Ok(_) => true,
                    Err((_, fault)) => {
                        refused.push(fault);
                        false
                    }
                });
            }
        }
    }
}

fn first_pass(
    name: &str,
    files: &mut dyn Files,
    which: &[usize],
    today: Option<Date>,
    progress: &mut dyn FnMut(u64),
) -> Result<Checked, (usize, ImportFault)> {
    let mut stale = HashSet::new();
    loop {
        let known = stale.len();
        let mut first = check::Checker::new(name, today, std::mem::take(&mut stale));
        let (shapes, goes_on) = one_reading(&mut first, files, which, progress)?;
        if first.stale().len() == known {
            let check::Known { mut report, directory, again, last, contacts, lost } = first.finish();
            report.goes_on = goes_on;
            return Ok(Checked { report, files: shapes, directory, again, last, contacts, lost, today });
        }
        // A newer version of something came later: it is read once more, without the older one.
        stale.clone_from(first.stale());
    }
}

/// A file of the delivery, how it is laid out, and a sum over it.
type Laid = (usize, stream::Shape, (u64, u64));

/// Hands all resources to the checker; answers how the files are laid out, and whether every list goes on elsewhere.
fn one_reading(
    first: &mut check::Checker,
    files: &mut dyn Files,
    which: &[usize],
    progress: &mut dyn FnMut(u64),
) -> Result<(Vec<Laid>, bool), (usize, ImportFault)> {
    let (mut read, mut shapes) = (0, Vec::new());
    let (mut go_on, mut end) = (false, false);
    for (number, at) in which.iter().enumerate() {
        first.begin(number, which.len());
        let file = clean::line(&files.name(*at)).0;
        let mut one = || {
            let mut input = open(&file, files, *at)?;
            rewind(&file, &mut *input)?;
            let shape = stream::shape(&file, &mut *input)?;
            let whole = stream::read(&file, &mut *input, shape, &mut |piece| {
                progress(read + piece.read);
                first.take(&file, piece)
            })?;
            Ok((shape, whole))
        };
        let (shape, whole) = one().map_err(|fault| (*at, fault))?;
        first.bare(whole.bare);
        go_on |= whole.goes_on;
        end |= !whole.goes_on && shape == stream::Shape::Bundle;
        read += whole.sum.0;
        shapes.push((*at, shape, whole.sum));
    }
    Ok((shapes, go_on && !end))
}

fn open<'f>(file: &str, files: &'f mut dyn Files, at: usize) -> Result<Box<dyn ReadSeek + 'f>, ImportFault> {
    files.open(at).map_err(|error| ImportFault::of_file(file, format!("cannot be read ({})", error.kind())))
}

impl Checked {
    /// What the files hold.
    pub fn report(&self) -> &FileReport {
        &self.report
    }

    /// How many files are read.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// Second pass over one file: reads `input`, which must be the same file, and hands each person to `taker` as soon as
    /// all that is theirs has been read. If this is an `Err`, people handed over before must be forgotten.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests read one file"))]
    pub fn people<R: Read + Seek, E>(
        &self,
        input: &mut R,
        progress: &mut dyn FnMut(u64),
        taker: &mut dyn FnMut(PersonPlan) -> Result<(), E>,
    ) -> Result<FileReport, Stopped<E>> {
        self.people_of(&mut One { name: &self.report.file, input }, progress, taker)
    }

    /// As [`Checked::people`], of all files of the delivery.
    pub fn people_of<E>(
        &self,
        files: &mut dyn Files,
        progress: &mut dyn FnMut(u64),
        taker: &mut dyn FnMut(PersonPlan) -> Result<(), E>,
    ) -> Result<FileReport, Stopped<E>> {
        let mut refused = None;
        let mut second = gather::Gatherer::new(self);
        let mut read = 0;
        for (number, (at, shape, sum)) in self.files.iter().enumerate() {
            second.begin(number);
            let file = clean::line(&files.name(*at)).0;
            let mut input = open(&file, files, *at)?;
            let mut on = |piece: &stream::Piece<'_>| {
                progress(read + piece.read);
                for plan in second.take(&file, piece)? {
                    if let Err(error) = taker(plan) {
                        refused = Some(error);
                        return Err(ImportFault::of_file(&file, "was put aside"));
                    }
                }
                Ok(())
            };
            let outcome = stream::read(&file, &mut *input, *shape, &mut on);
            match (outcome, refused.take()) {
                (_, Some(error)) => return Err(Stopped::Taker(error)),
                (Err(fault), None) => return Err(Stopped::Fault(fault)),
                (Ok(whole), None) if whole.sum != *sum => {
                    let what = "changed while it was read; import it again";
                    return Err(Stopped::Fault(ImportFault::of_file(&file, what)));
                }
                (Ok(_), None) => read += sum.0,
            }
        }
        Ok(second.finish())
    }
}

fn rewind(file: &str, input: &mut dyn ReadSeek) -> Result<(), ImportFault> {
    match input.seek(SeekFrom::Start(0)) {
        Ok(_) => Ok(()),
        Err(e) => Err(ImportFault::of_file(file, format!("cannot be read ({})", e.kind()))),
    }
}
