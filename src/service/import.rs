//! Bringing people in from another system: file by file, each whole or not at all.
//!
//! A file is checked to its end, then written: in one batch of up to 2,000 records, or in parts under an import run that
//! stay hidden until the last part says that it is done. What a killed or failed import left is removed when the next
//! one begins. Nobody comes in twice: a shared number says "here already"; a look-alike (same name and birth date, or
//! numbers that contradict each other) is not written but reported by record number, for a person to decide, unless the
//! caller accepts look-alikes. Who comes in has no episode and is on nobody's caseload.

mod known;
mod more;
mod run;

use super::api::Kept;
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use crate::domain::AgencySettings;
use crate::exchange::ImportFault;
use crate::exchange::csv;
use crate::exchange::fhir::{self, FileReport, Files, Stopped};
use crate::rules::access::Capability;
use known::Known;
use run::Run;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

/// How to import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Write nothing, only say what would happen.
    pub dry_run: bool,
    /// Bring look-alikes in as people of their own.
    pub accept_look_alikes: bool,
}

/// Somebody who may be somebody who is here: named by place and record number only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resembling {
    pub file: String,
    /// Where in it (`entry[0].resource (Patient)`).
    pub place: String,
    /// Record number of the person who is here, or comes in with this import.
    pub record_no: String,
    /// What is alike, in plain words.
    pub why: &'static str,
    /// They came in all the same.
    pub brought_in: bool,
}

/// A row that was left out of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowLeftOut {
    pub file: String,
    /// Line it begins on.
    pub line: u64,
    /// What is wrong with it.
    pub what: String,
}

/// Something of a person that was left away because it does not read; the person came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Doubt {
    pub file: String,
    /// Where in it (`line 4`).
    pub place: String,
    /// What there is not, and why.
    pub what: String,
}

/// Rows left out that are named; the rest is counted.
const MOST_NAMED: usize = 1_000;

/// What a file, or all files, brought. Counts of records that came in; of `unplaced`, `without_person` and `cleaned`,
/// of all that the files hold. Field names are those of `--json` and stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// People who came in.
    pub people: usize,
    /// People who were here already.
    pub already_here: usize,
    /// Those of them of whom there is more, or something else, now.
    pub added: usize,
    /// People who may be here already.
    pub look_alikes: Vec<Resembling>,
    /// Conditions, as proposals.
    pub conditions: usize,
    /// Allergies and intolerances.
    pub allergies: usize,
    pub medications: usize,
    /// Different outside contacts, counted per file.
    pub practitioners: usize,
    pub encounters: usize,
    /// People who came in and have died.
    pub deceased: usize,
    /// Resources without a place here, by type.
    pub unplaced: BTreeMap<String, usize>,
    /// Resources that speak of nobody in their file, by type.
    pub without_person: BTreeMap<String, usize>,
    /// Text elements out of which control characters and the like were taken.
    pub cleaned: usize,
    /// People whose pictures were left out.
    pub pictures: usize,
    /// Records that another had replaced; what was said of them went to that.
    pub merged: usize,
    /// Resources that was there more than once and were read once.
    pub twice: usize,
    /// Other versions of FHIR by whose rules something was written.
    pub versions: BTreeSet<&'static str>,
    /// Rows of rosters that were left out: the first thousand of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows_left_out: Vec<RowLeftOut>,
    /// Rows left out beyond those.
    #[serde(skip_serializing_if = "is_zero")]
    pub more_left_out: usize,
    /// What was left away of people who came in: the first thousand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<Doubt>,
    /// Doubts beyond those.
    #[serde(skip_serializing_if = "is_zero")]
    pub more_doubts: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl ImportReport {
    /// Adds what another file brought.
    pub fn add(&mut self, other: &Self) {
        self.people += other.people;
        self.already_here += other.already_here;
        self.added += other.added;
        self.look_alikes.extend(other.look_alikes.iter().cloned());
        self.conditions += other.conditions;
        self.allergies += other.allergies;
        self.medications += other.medications;
        self.practitioners += other.practitioners;
        self.encounters += other.encounters;
        self.deceased += other.deceased;
        for (sums, counts) in
            [(&mut self.unplaced, &other.unplaced), (&mut self.without_person, &other.without_person)]
        {
            for (kind, count) in counts {
                *sums.entry(kind.clone()).or_default() += count;
            }
        }
        self.cleaned += other.cleaned;
        self.pictures += other.pictures;
        self.merged += other.merged;
        self.twice += other.twice;
        self.versions.extend(&other.versions);
        for row in &other.rows_left_out {
            self.leave_out(row.clone());
        }
        self.more_left_out += other.more_left_out;
        for doubt in &other.doubts {
            self.doubt(doubt.clone());
        }
        self.more_doubts += other.more_doubts;
    }

    fn doubt(&mut self, doubt: Doubt) {
        if self.doubts.len() < MOST_NAMED {
            self.doubts.push(doubt);
        } else {
            self.more_doubts += 1;
        }
    }

    fn leave_out(&mut self, row: RowLeftOut) {
        if self.rows_left_out.len() < MOST_NAMED {
            self.rows_left_out.push(row);
        } else {
            self.more_left_out += 1;
        }
    }

    /// Whether something was found that belongs to nobody, or does not read: somebody should look.
    pub fn is_doubtful(&self) -> bool {
        !self.without_person.is_empty() || !self.doubts.is_empty()
    }

    /// Rows left out, all of them.
    pub fn left_out(&self) -> usize {
        self.rows_left_out.len() + self.more_left_out
    }

    fn read(&mut self, file: FileReport) {
        self.unplaced = file.unplaced;
        self.without_person = file.without_person;
        self.cleaned = file.cleaned;
        self.pictures = file.pictures;
        self.merged = file.merged;
        self.twice = file.twice;
        self.versions = file.versions;
    }
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileOutcome {
    /// It is in, with this much.
    In(Box<ImportReport>),
    /// It is not right, and nothing of it is in.
    Refused(ImportFault),
}

/// What became of a delivery of several files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// What the files that are right brought; nothing if none is.
    pub report: Option<ImportReport>,
    /// Files that are not right: nothing of them is in.
    pub refused: Vec<ImportFault>,
}

/// An import in progress. Files are fed one by one; [`ImportSession::finish`] ends it.
pub struct ImportSession<'d> {
    desk: &'d mut Desk,
    options: ImportOptions,
    known: Known,
    settings: Kept<AgencySettings>,
    wrote: bool,
    removed: usize,
}

impl Desk {
    /// Begins an import, for holders of [`Capability::Import`]. What an import that never came to its end left is
    /// removed first (not in a dry run).
    pub fn import_begin(&mut self, options: ImportOptions) -> Result<ImportSession<'_>, Fault> {
        self.permit(Capability::Import, None)?;
        let leftovers = run::unfinished(self.books())?;
        let mut removed = 0;
        if !options.dry_run {
            for id in &leftovers {
                removed += run::remove(self, *id)?;
            }
        }
        let known = Known::load(self.books(), &leftovers)?;
        let settings = self.seat()?.settings.clone();
        Ok(ImportSession { desk: self, options, known, settings, wrote: false, removed })
    }
}

impl ImportSession<'_> {
    /// People of earlier imports that never came to their end, who were removed at the start.
    pub fn removed(&self) -> usize {
        self.removed
    }

    /// Brings in one file. `name` is what faults call it; `progress` hears the pass (1 checks, 2 writes) and how many
    /// bytes of it have been read. A [`Fault`] is the store's: the import should stop. Nothing of a refused or failed
    /// file is visible, then or later.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests bring in one file"))]
    pub fn file<R: Read + Seek>(
        &mut self,
        name: &str,
        input: &mut R,
        progress: &mut dyn FnMut(u8, u64),
    ) -> Result<FileOutcome, Fault> {
        let mut delivered = self.delivery(name, &mut fhir::One { name, input }, progress)?;
        Ok(match (delivered.report, delivered.refused.pop()) {
            (_, Some(fault)) => FileOutcome::Refused(fault),
            (report, None) => FileOutcome::In(Box::new(report.unwrap_or_default())),
        })
    }

    /// Brings in the files of a delivery together: what one says, another may refer to. Files that are not right are named
    /// and left out; the others come in as one, or none of them does.
    pub fn delivery(
        &mut self,
        name: &str,
        files: &mut dyn Files,
        progress: &mut dyn FnMut(u8, u64),
    ) -> Result<Delivered, Fault> {
        let (checked, mut refused) = fhir::check_all(name, files, &mut |read| progress(1, read));
        if checked.files() == 0 {
            return Ok(Delivered { report: None, refused });
        }
        let called = checked.report().file.clone();
        let mut run = Run::new(self);
        let read = checked.people_of(files, &mut |read| progress(2, read), &mut |plan| {
            let file = plan.file.clone();
            run.take(self, &file, plan)
        });
        let read = match read {
            Ok(report) => run.finish(self).map(|()| report).map_err(Stopped::Taker),
            Err(stopped) => Err(stopped),
        };
        let read = read.map(|report| run.report.read(report));
        match self.concluded(&called, run, read)? {
            FileOutcome::In(report) => Ok(Delivered { report: Some(*report), refused }),
            FileOutcome::Refused(fault) => {
                refused.push(fault);
                Ok(Delivered { report: None, refused })
            }
        }
    }

    /// Brings in a roster: rows that cannot be used are left out and named; `shown` hears how the file is read before
    /// anything is written, and may say no. As with [`ImportSession::file`] nothing of a refused or failed file is visible.
    pub fn roster<R: Read + Seek>(
        &mut self,
        name: &str,
        input: &mut R,
        wanted: &csv::Wanted,
        shown: &mut dyn FnMut(&csv::Reading) -> bool,
        progress: &mut dyn FnMut(u8, u64),
    ) -> Result<FileOutcome, Fault> {
        let checked = match csv::check(name, input, wanted, &mut |read| progress(1, read)) {
            Ok(checked) => checked,
            Err(fault) => return Ok(FileOutcome::Refused(fault)),
        };
        let file = checked.reading().file.clone();
        if !shown(checked.reading()) {
            return Ok(FileOutcome::Refused(ImportFault::of_file(name, "was looked at and not brought in")));
        }
        let mut run = Run::new(self);
        let mut left_out = ImportReport::default();
        let read = checked.people(
            input,
            &mut |read| progress(2, read),
            &mut |row| {
                let csv::LeftOut { line, what } = row;
                left_out.leave_out(RowLeftOut { file: file.clone(), line, what });
            },
            &mut |plan| run.take(self, &file, plan),
        );
        let read = match read {
            Ok(()) => run.finish(self).map_err(Stopped::Taker),
            Err(csv::Stopped::Fault(fault)) => Err(Stopped::Fault(fault)),
            Err(csv::Stopped::Taker(fault)) => Err(Stopped::Taker(fault)),
        };
        run.report.rows_left_out = left_out.rows_left_out;
        run.report.more_left_out = left_out.more_left_out;
        self.concluded(&file, run, read)
    }

    /// What became of a file once it was read twice; what was written of one that failed is put aside.
    fn concluded(
        &mut self,
        file: &str,
        run: Run,
        read: Result<(), Stopped<Fault>>,
    ) -> Result<FileOutcome, Fault> {
        match read {
            Ok(()) => Ok(FileOutcome::In(Box::new(run.report))),
            Err(Stopped::Fault(fault)) => {
                run.put_aside(self).map_err(hidden)?;
                Ok(FileOutcome::Refused(fault))
            }
            // The one fault of content that shows only at writing: a record beyond the longest.
            Err(Stopped::Taker(fault)) if fault.kind == FaultKind::User => {
                run.put_aside(self).map_err(hidden)?;
                let what = "holds more about one person than a chart takes (16 MB)";
                Ok(FileOutcome::Refused(ImportFault::of_file(file, what)))
            }
            Err(Stopped::Taker(fault)) => match run.put_aside(self) {
                Ok(()) => Err(fault.hint(format!("Nothing of {file} was brought in."))),
                Err(_) => Err(hidden(fault)),
            },
        }
    }

    /// Ends the import: after much was written, the next start is made fast.
    pub fn finish(self) -> Result<(), Fault> {
        if self.wrote { self.desk.books_mut().settle() } else { Ok(()) }
    }
}

/// What was written could not be removed: it stays hidden.
fn hidden(fault: Fault) -> Fault {
    fault.hint("The people of this file stay hidden. The next import removes them.")
}
