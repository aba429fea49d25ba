//! `concord import fhir|csv PATH…`: people from another system, file by file; `questionnaire FILE`: the words of a measure.

#[path = "import_questionnaire.rs"]
mod questionnaire;
#[path = "import_report.rs"]
mod report;
#[path = "import_roster.rs"]
mod roster;

use super::{complain, say};
use crate::boot::{self, Options};
use crate::clock::Clock;
use crate::exchange::fhir::{Files, ReadSeek};
use crate::exchange::{ImportFault, csv, paths};
use crate::service::fault::Fault;
use crate::service::import::{ImportOptions, ImportReport, ImportSession};
use clap::{Args, Subcommand};
use report::{conclude, count, sentence};
use serde::Serialize;
use std::fs::File;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// From what.
#[derive(Debug, Subcommand)]
pub enum ImportVerb {
    /// FHIR R4 bundles of any type, single resources, or one resource a line (NDJSON), as JSON.
    #[command(
        after_help = "Nobody comes in twice: people with a number that is known here are skipped. People with the \
                            name and birth date of somebody here are listed by record number and wait: in Concord, \
                            \"find anything\", then look-alike, shows each beside the person here, and one key says who they are. \
                            --accept-look-alikes brings them in as people of their own instead.\n\n\
                            A file that is not right throughout is refused whole; the others still come in, and the \
                            exit code is 1."
    )]
    Fhir(FhirArgs),
    /// A roster: one person a row, from a spreadsheet or another system.
    #[command(
        after_help = "Encoding, delimiter, columns and the order of dates are guessed, shown, and can be overruled. Fields for \
                            --map: given, middle, family, family-2, suffix, name, preferred, birth, birth-year, \
                            birth-month, birth-day, died, deleted, merged, status, record, phone, mobile, work, email, \
                            address, house, unit, city, state, zip, gender, pronouns, language, emergency, guardian, \
                            counselor, program, admitted. Columns that are none of these stay beside the person as they were.\n\n\
                            A row that cannot be used is left out and named by its line; the others come in, and the exit \
                            code is 1. People with a counselor and a program of this agency are admitted to it; what a triage asks stays owed. \
                            All others are on nobody's caseload until they are admitted.\n\n\
                            Try it first with --dry-run."
    )]
    Csv(CsvArgs),
    /// The official words of a measure: a FHIR R4 Questionnaire.
    #[command(
        after_help = "The words are shown before they are kept: which item got which words, and what is worth a check. What \
                            answers are worth is never taken from the file. Forms whose licence does not allow them to be \
                            drawn by other programs are refused."
    )]
    Questionnaire(questionnaire::QuestionnaireArgs),
}

/// Arguments of `concord import csv`.
#[derive(Debug, Args)]
pub struct CsvArgs {
    /// Files.
    #[arg(required = true, value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// Use a column for a field, as in birth=DOB or birth=3.
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = mapped)]
    map: Vec<(csv::Field, String)>,
    /// What is between fields: comma, semicolon, tab, pipe, or the sign itself.
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    delimiter: Option<csv::Delimiter>,
    /// Encoding of the file: utf-8, windows-1252, utf-16le, ...
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Order of dates in numbers: mdy, dmy or ymd.
    #[arg(long, value_name = "ORDER", value_parser = order)]
    dates: Option<csv::Order>,
    /// The year from which a spreadsheet counts dates that are numbers: 1900, or 1904 on old Apple computers.
    #[arg(long, value_name = "YEAR", value_parser = serials)]
    serials: Option<u16>,
    /// The first row is a person already; say the columns with --map.
    #[arg(long)]
    no_header: bool,
    /// The line on which the headers are, where it is not found by itself.
    #[arg(long, value_name = "LINE", conflicts_with = "no_header")]
    header_line: Option<u64>,
    /// Do not ask on a terminal whether the person that is shown is right.
    #[arg(long)]
    yes: bool,
    /// Whose numbers the column "record" holds; the same word next time finds the same people.
    #[arg(long, value_name = "NAME", default_value = "roster")]
    system: String,
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

fn mapped(text: &str) -> Result<(csv::Field, String), String> {
    let (field, column) = text.split_once('=').ok_or("write FIELD=COLUMN, as in birth=DOB")?;
    let field = csv::Field::named(field).ok_or_else(|| {
        let words: Vec<&str> = csv::FIELDS.iter().map(|row| row.1).collect();
        format!("there is no field \"{field}\"; there are {}", words.join(", "))
    })?;
    Ok((field, column.to_owned()))
}

fn delimiter(text: &str) -> Result<csv::Delimiter, String> {
    csv::Delimiter::named(text)
        .ok_or_else(|| "write comma, semicolon, tab, pipe or the sign itself".to_owned())
}

fn serials(text: &str) -> Result<u16, String> {
    let year = text.parse().ok().filter(|year| matches!(year, 1900 | 1904));
    year.ok_or_else(|| "write 1900 or 1904".to_owned())
}

fn order(text: &str) -> Result<csv::Order, String> {
    csv::Order::named(text).ok_or_else(|| "write mdy, dmy or ymd".to_owned())
}

/// Arguments of `concord import fhir`.
#[derive(Debug, Args)]
pub struct FhirArgs {
    /// Files, or folders: the *.json and *.ndjson files in a folder, and in folders inside it, are one delivery.
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
    /// Those of them that are XML.
    xml: usize,
    /// Those of them that are compressed.
    packed: usize,
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
    let args = match verb {
        ImportVerb::Fhir(args) => args,
        ImportVerb::Csv(args) => return roster::run(options, args),
        ImportVerb::Questionnaire(args) => return questionnaire::run(options, args),
    };
    let found = deliveries(args)?;
    let mut desk = boot::open_signed_in(&options.sparing())?;
    let mut session = desk
        .import_begin(ImportOptions { dry_run: args.dry_run, accept_look_alikes: args.accept_look_alikes })?;
    let mut report = Report {
        skipped: found.iter().map(|(_, found)| found.skipped).sum(),
        xml: found.iter().map(|(_, found)| found.xml).sum(),
        packed: found.iter().map(|(_, found)| found.packed).sum(),
        removed: session.removed(),
        dry_run: args.dry_run,
        ..Report::default()
    };
    if args.dry_run && !args.json {
        say("Dry run: nothing is written.");
    }
    let mut broken = None;
    for (path, found) in found {
        if let Err(fault) = one(&mut session, path, OnDisk(found.files), options, args, &mut report) {
            broken = Some(fault);
            break;
        }
    }
    let ended = session.finish();
    conclude(&report, args.json)?;
    broken.map_or(ended, Err)?;
    let unread = report.xml + report.packed > 0;
    Ok(i32::from(unread || !report.refused.is_empty() || report.total.is_doubtful()))
}

/// What each path means: a file, or a folder whose files are one delivery.
fn deliveries(args: &FhirArgs) -> Result<Vec<(&Path, paths::Found)>, Fault> {
    let mut found = Vec::new();
    for path in &args.paths {
        let files = paths::expand(std::slice::from_ref(path))
            .map_err(|fault| Fault::user(fault.to_string()).hint("Nothing was brought in."))?;
        found.push((path.as_path(), files));
    }
    let sum = |of: fn(&paths::Found) -> usize| found.iter().map(|(_, found)| of(found)).sum::<usize>();
    if sum(|found| found.files.len()) > 0 {
        return Ok(found);
    }
    let none = Fault::user("There is no *.json or *.ndjson file in what was named; nothing was brought in.");
    Err(match (sum(|found| found.xml), sum(|found| found.packed)) {
        (0, 0) => none,
        (0, packed) => none.hint(format!(
            "{} there: unpack first.",
            count(packed, "compressed file is", "compressed files are")
        )),
        (xml, _) => none.hint(format!(
            "{} there: FHIR is read as JSON; ask for it in that form.",
            count(xml, "XML file is", "XML files are")
        )),
    })
}

/// Files of a delivery, opened one after the other.
struct OnDisk(Vec<PathBuf>);

impl Files for OnDisk {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn name(&self, at: usize) -> String {
        self.0.get(at).map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn open(&mut self, at: usize) -> std::io::Result<Box<dyn ReadSeek + '_>> {
        let path = self.0.get(at).ok_or(std::io::ErrorKind::NotFound)?;
        Ok(Box::new(File::open(path)?))
    }
}

/// One delivery: refused files are told on stderr and counted.
fn one(
    session: &mut ImportSession<'_>,
    path: &Path,
    mut files: OnDisk,
    options: &Options,
    args: &FhirArgs,
    report: &mut Report,
) -> Result<(), Fault> {
    let name = path.to_string_lossy();
    report.files += files.count();
    let size = files.0.iter().filter_map(|file| file.metadata().ok()).map(|meta| meta.len()).sum();
    let mut progress = Progress::new(&options.clock, size);
    let delivered = session.delivery(&name, &mut files, &mut |pass, read| progress.at(pass, read));
    progress.end();
    let delivered = delivered?;
    for fault in &delivered.refused {
        complain(&format!("concord: {fault}"));
        report.refused.push(Refused::from(fault));
    }
    if let Some(brought) = delivered.report {
        if !args.json {
            say(&format!(
                "{}: {}",
                crate::exchange::clean::line(&name).0,
                sentence(&brought, args.dry_run, false)
            ));
        }
        report.total.add(&brought);
    }
    Ok(())
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
            boot::complain(&format!("\r{doing}: {percent:3} %  "));
        } else {
            complain(&format!("{doing}: {percent} %"));
        }
    }

    fn end(&self) {
        if self.shown && self.terminal {
            boot::complain(&format!("\r{:24}\r", ""));
        }
    }
}
