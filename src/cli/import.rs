//! `concord import fhir PATH…`: people from another system, file by file.

use super::say;
use crate::boot::{self, Options};
use crate::clock::Clock;
use crate::exchange::{ImportFault, paths};
use crate::service::fault::Fault;
use crate::service::import::{FileOutcome, ImportOptions, ImportReport, ImportSession};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// From what.
#[derive(Debug, Subcommand)]
pub enum ImportVerb {
    /// FHIR R4 bundles of any type, or single resources, as JSON.
    #[command(
        after_help = "Nobody comes in twice: people with a number that is known here are skipped. People with the \
                            name and birth date of somebody here are listed by record number and not brought in; look, \
                            then run again with --accept-look-alikes for those files.\n\n\
                            A file that is not right throughout is refused whole; the others still come in, and the \
                            exit code is 1."
    )]
    Fhir(FhirArgs),
}

/// Arguments of `concord import fhir`.
#[derive(Debug, Args)]
pub struct FhirArgs {
    /// Files, or folders of which the *.json files are read.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing, only say what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Bring in people who look like somebody here as people of their own.
    #[arg(long)]
    accept_look_alikes: bool,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// The report for programs. Names stay.
#[derive(Debug, Default, Serialize)]
struct Report {
    #[serde(flatten)]
    total: ImportReport,
    /// Files read, refused ones too.
    files: usize,
    /// Things in the folders that were not read.
    skipped: usize,
    refused: Vec<Refused>,
    /// People of an earlier import that never came to its end, removed.
    removed: usize,
    dry_run: bool,
}

#[derive(Debug, Serialize)]
struct Refused {
    file: String,
    line: Option<u64>,
    column: Option<u64>,
    path: String,
    what: String,
}

impl From<&ImportFault> for Refused {
    fn from(fault: &ImportFault) -> Self {
        Self {
            file: fault.file.clone(),
            line: fault.at.map(|at| at.0),
            column: fault.at.map(|at| at.1),
            path: fault.path.clone(),
            what: fault.what.clone(),
        }
    }
}

/// Runs it.
pub(super) fn run(options: &Options, verb: &ImportVerb) -> Result<i32, Fault> {
    let ImportVerb::Fhir(args) = verb;
    let found = paths::expand(&args.paths)
        .map_err(|fault| Fault::user(fault.to_string()).hint("Nothing was brought in."))?;
    if found.files.is_empty() {
        return Err(Fault::user("There is no *.json file in what was named; nothing was brought in."));
    }
    let mut desk = boot::open_signed_in(options)?;
    let mut session = desk
        .import_begin(ImportOptions { dry_run: args.dry_run, accept_look_alikes: args.accept_look_alikes })?;
    let mut report = Report {
        skipped: found.skipped,
        removed: session.removed(),
        dry_run: args.dry_run,
        ..Report::default()
    };
    if args.dry_run && !args.json {
        say("Dry run: nothing is written.");
    }
    let mut broken = None;
    for path in &found.files {
        if let Err(fault) = one(&mut session, path, options, args, &mut report) {
            broken = Some(fault);
            break;
        }
    }
    let ended = session.finish();
    conclude(&report, args)?;
    broken.map_or(ended, Err)?;
    Ok(i32::from(!report.refused.is_empty()))
}

/// One file: refused ones are told on stderr and counted.
fn one(
    session: &mut ImportSession<'_>,
    path: &Path,
    options: &Options,
    args: &FhirArgs,
    report: &mut Report,
) -> Result<(), Fault> {
    let name = path.to_string_lossy();
    report.files += 1;
    let outcome = match File::open(path) {
        Err(error) => {
            FileOutcome::Refused(ImportFault::of_file(&name, format!("cannot be read ({})", error.kind())))
        }
        Ok(mut file) => {
            let size = file.metadata().map_or(0, |meta| meta.len());
            let mut progress = Progress::new(&options.clock, size);
            let outcome = session.file(&name, &mut file, &mut |pass, read| progress.at(pass, read));
            progress.end();
            outcome?
        }
    };
    match outcome {
        FileOutcome::In(file) => {
            if !args.json {
                say(&format!(
                    "{}: {}",
                    crate::exchange::clean::line(&name).0,
                    sentence(&file, args.dry_run, false)
                ));
            }
            report.total.add(&file);
        }
        FileOutcome::Refused(fault) => {
            eprintln!("concord: {fault}");
            report.refused.push(Refused::from(&fault));
        }
    }
    Ok(())
}

/// The totals.
fn conclude(report: &Report, args: &FhirArgs) -> Result<(), Fault> {
    if args.json {
        let json = serde_json::to_string_pretty(report)
            .map_err(|_| Fault::internal("the report could not be written down"))?;
        say(&json);
        return Ok(());
    }
    let taken = report.files - report.refused.len();
    say(&format!(
        "In all, from {} of {}: {}",
        grouped(taken),
        count(report.files, "file", "files"),
        sentence(&report.total, report.dry_run, true)
    ));
    if report.skipped > 0 {
        say(&format!(
            "Not read: {} in the folders (only *.json files are).",
            count(report.skipped, "other thing", "other things")
        ));
    }
    if report.removed > 0 {
        say(&format!(
            "Removed first: {} of an earlier import that never came to its end.",
            count(report.removed, "person", "people")
        ));
    }
    look_alikes(report);
    if !report.refused.is_empty() {
        say(&format!(
            "Refused: {}. Nothing of {} is in; the other files are not concerned.",
            count(report.refused.len(), "file", "files"),
            if report.refused.len() == 1 { "it" } else { "them" }
        ));
    }
    Ok(())
}

fn look_alikes(report: &Report) {
    let found = &report.total.look_alikes;
    let Some(first) = found.first() else { return };
    say(if first.brought_in {
        "Look-alikes, brought in as people of their own:"
    } else {
        "Look-alikes, not brought in. Look at the records named here; --accept-look-alikes brings them in as people of \
         their own:"
    });
    for alike in found {
        say(&format!("  {}, {}: like {} ({})", alike.file, alike.place, alike.record_no, alike.why));
    }
}

/// What a file or all files brought, in one sentence; with what has no place, `whole`.
fn sentence(report: &ImportReport, dry: bool, whole: bool) -> String {
    let mut parts = vec![count(report.people, "person", "people")];
    for (number, one, many) in [
        (report.conditions, "condition as a proposal", "conditions as proposals"),
        (report.allergies, "allergy", "allergies"),
        (report.medications, "medication", "medications"),
        (report.practitioners, "practitioner", "practitioners"),
        (report.encounters, "encounter elsewhere", "encounters elsewhere"),
        (report.deceased, "of the people deceased", "of the people deceased"),
    ] {
        if number > 0 {
            parts.push(count(number, one, many));
        }
    }
    let come_in = if dry { " would come in" } else { "" };
    let mut clauses = vec![format!("{}{come_in}", parts.join(", "))];
    for (number, one, many) in [
        (report.already_here, "person is here already", "people are here already"),
        (report.look_alikes.len(), "look-alike", "look-alikes"),
        (report.cleaned, "text was rid of control characters", "texts were rid of control characters"),
        (report.pictures, "picture was left out", "pictures were left out"),
    ] {
        if number > 0 {
            clauses.push(count(number, one, many));
        }
    }
    for (before, kinds) in
        [("no place for", &report.unplaced), ("about nobody in the file", &report.without_person)]
    {
        if whole && !kinds.is_empty() {
            clauses.push(format!("{before}: {}", listed(kinds)));
        }
    }
    clauses.join("; ") + "."
}

/// `Observation 3,108, Claim 660`: most first.
fn listed(kinds: &BTreeMap<String, usize>) -> String {
    let mut kinds: Vec<(&String, usize)> = kinds.iter().map(|(kind, number)| (kind, *number)).collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    kinds.iter().map(|(kind, number)| format!("{kind} {}", grouped(*number))).collect::<Vec<_>>().join(", ")
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// `3108` as `3,108`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Tells on stderr how far a file is, once it takes over a second: one line kept fresh on a terminal, else a line now
/// and then.
struct Progress<'a> {
    clock: &'a Clock,
    size: u64,
    next_ms: u64,
    every_ms: u64,
    terminal: bool,
    shown: bool,
}

impl<'a> Progress<'a> {
    fn new(clock: &'a Clock, size: u64) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let every_ms = if terminal { 200 } else { 10_000 };
        Self { clock, size, next_ms: clock.monotonic_ms() + 1_000, every_ms, terminal, shown: false }
    }

    fn at(&mut self, pass: u8, read: u64) {
        let now = self.clock.monotonic_ms();
        if now < self.next_ms {
            return;
        }
        self.next_ms = now + self.every_ms;
        self.shown = true;
        let percent = (read * 100).checked_div(self.size).unwrap_or(100).min(100);
        let doing = if pass == 1 { "checking" } else { "bringing in" };
        if self.terminal {
            eprint!("\r{doing}: {percent:3} %  ");
            let _ = std::io::stderr().flush();
        } else {
            eprintln!("{doing}: {percent} %");
        }
    }

    fn end(&self) {
        if self.shown && self.terminal {
            eprint!("\r{:24}\r", "");
            let _ = std::io::stderr().flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_in_one_sentence_with_what_has_no_place() {
        let report = ImportReport {
            people: 1,
            conditions: 169,
            deceased: 1,
            already_here: 2,
            unplaced: [("Claim".to_owned(), 660), ("Observation".to_owned(), 3_108)].into(),
            ..ImportReport::default()
        };
        assert_eq!(
            sentence(&report, false, true),
            "1 person, 169 conditions as proposals, 1 of the people deceased; 2 people are here already; no place \
             for: Observation 3,108, Claim 660."
        );
        assert!(sentence(&report, true, true).starts_with(
            "1 person, 169 conditions as proposals, 1 of the people deceased would come in; 2 people"
        ));
    }

    #[test]
    fn thousands_are_parted() {
        let all = [0, 12, 123, 1_234, 1_234_567].map(grouped);
        assert_eq!(all, ["0", "12", "123", "1,234", "1,234,567"]);
    }
}
