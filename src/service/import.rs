//! Bringing people in from another system: file by file, each whole or not at all.
//!
//! A file is checked to its end, then written: in one batch of up to 2,000 records, or in parts under an import run that
//! stay hidden until the last part says that it is done. What a killed or failed import left is removed when the next
//! one begins. Nobody comes in twice: a shared number says "here already"; a look-alike (same name and birth date, or
//! numbers that contradict each other) gets no chart: they are reported by record number and kept until a person decides,
//! unless the caller accepts look-alikes. Who comes in has no episode and is on nobody's caseload.

mod aside;
mod known;
mod removal;
mod report;
mod run;

pub use report::{Doubt, ImportReport, NotAdmitted, Resembling, RowLeftOut};

use super::api::Kept;
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use crate::domain::AgencySettings;
use crate::exchange::ImportFault;
use crate::exchange::csv;
use crate::exchange::fhir::{self, Files, Stopped};
use crate::rules::access::Capability;
use known::Known;
use run::Run;
use std::io::{Read, Seek};

/// How to import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Write nothing, only say what would happen.
    pub dry_run: bool,
    /// Bring look-alikes in as people of their own.
    pub accept_look_alikes: bool,
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
        let leftovers = removal::unfinished(self.books())?;
        let mut removed = 0;
        if !options.dry_run {
            for id in &leftovers {
                removed += removal::remove(self, *id)?;
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
        let (checked, mut refused) =
            fhir::check_all(name, files, Some(self.desk.now().local.date), &mut |read| progress(1, read));
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
