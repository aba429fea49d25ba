//! `concord import csv FILE…`: how each file is read is said first, then what it brought.

use super::report::{conclude, sentence};
use super::{CsvArgs, Progress, Refused, Report};
use crate::boot::{self, Options};
use crate::cli::{complain, say};
use crate::exchange::{ImportFault, clean, csv};
use crate::service::fault::Fault;
use crate::service::import::{FileOutcome, ImportOptions, ImportSession};
use std::fs::File;
use std::io::{BufRead, IsTerminal};
use std::path::Path;

/// Runs it.
pub(super) fn run(options: &Options, args: &CsvArgs) -> Result<i32, Fault> {
    let encoding = match &args.encoding {
        Some(label) => Some(csv::encoding_named(label).ok_or_else(|| {
            Fault::user("There is no encoding of this name.")
                .hint("utf-8, windows-1252, iso-8859-15, utf-16le, ...")
        })?),
        None => None,
    };
    let mut desk = boot::open_signed_in(&options.sparing())?;
    let usual_order = usual_order(&desk.front().front.zone);
    let wanted = csv::Wanted {
        encoding,
        delimiter: args.delimiter,
        map: args.map.clone(),
        no_header: args.no_header,
        header_line: args.header_line,
        order: args.dates,
        usual_order,
        since_1904: args.serials == Some(1904),
        system: args.system.clone(),
        today: desk.now().local.date,
    };
    let mut session = desk
        .import_begin(ImportOptions { dry_run: args.dry_run, accept_look_alikes: args.accept_look_alikes })?;
    let mut report = Report { removed: session.removed(), dry_run: args.dry_run, ..Report::default() };
    if args.dry_run && !args.json {
        say("Dry run: nothing is written.");
    }
    let mut broken = None;
    for path in &args.paths {
        if let Err(fault) = one(&mut session, path, options, args, &wanted, &mut report) {
            broken = Some(fault);
            break;
        }
    }
    let ended = session.finish();
    conclude(&report, args.json)?;
    broken.map_or(ended, Err)?;
    Ok(i32::from(!report.refused.is_empty() || report.total.is_partly()))
}

/// The order of dates an agency of this zone is used to: month first in the United States and where their zones are.
fn usual_order(zone: &str) -> csv::Order {
    let others =
        ["America/Mexico", "America/Argentina", "America/Sao_Paulo", "America/Bogota", "America/Lima"];
    let month_first = (zone.starts_with("America/") || zone.starts_with("US/") || zone == "Pacific/Honolulu")
        && !others.iter().any(|other| zone.starts_with(other));
    if month_first { csv::Order::Mdy } else { csv::Order::Dmy }
}

/// One file.
fn one(
    session: &mut ImportSession<'_>,
    path: &Path,
    options: &Options,
    args: &CsvArgs,
    wanted: &csv::Wanted,
    report: &mut Report,
) -> Result<(), Fault> {
    let name = path.to_string_lossy();
    report.files += 1;
    let outcome = match open(path) {
        Err(error) => {
            FileOutcome::Refused(ImportFault::of_file(&name, format!("cannot be read ({})", error.kind())))
        }
        Ok(mut file) => {
            let size = file.metadata().map_or(0, |meta| meta.len());
            let mut progress = Progress::new(&options.clock, size);
            let mut shown = |reading: &csv::Reading| {
                if args.json {
                    return true;
                }
                show(reading);
                let asks = !args.dry_run && !args.yes && on_a_terminal();
                if args.dry_run || asks {
                    show_sample(reading);
                }
                !asks || said_yes()
            };
            let outcome = session
                .roster(&name, &mut file, wanted, &mut shown, &mut |pass, read| progress.at(pass, read));
            progress.end();
            outcome?
        }
    };
    match outcome {
        FileOutcome::In(file) => {
            if !args.json {
                say(&format!("{}: {}", clean::line(&name).0, sentence(&file, args.dry_run, false)));
            }
            report.total.add(&file);
        }
        FileOutcome::Refused(fault) => {
            complain(&format!("concord: {fault}"));
            report.refused.push(Refused::from(&fault));
        }
    }
    Ok(())
}

/// Opens a file; what is none (a pipe that nobody writes to) would be waited for, for ever.
fn open(path: &Path) -> std::io::Result<File> {
    if std::fs::metadata(path)?.is_file() {
        File::open(path)
    } else {
        Err(std::io::ErrorKind::InvalidInput.into())
    }
}

/// How a file is read, before anything of it is written.
fn show(reading: &csv::Reading) {
    say(&format!("{}: {reading}.", reading.file));
    let used: Vec<String> = reading
        .columns
        .iter()
        .filter_map(|column| column.field.map(|field| format!("{} = {}", field.word(), column.header)))
        .collect();
    say(&format!("  columns: {}", used.join(", ")));
    let rest: Vec<&str> = reading
        .columns
        .iter()
        .filter(|column| column.field.is_none())
        .map(|column| column.header.as_str())
        .collect();
    if !rest.is_empty() {
        say(&format!("  kept as they are: {}", rest.join(", ")));
    }
    if let Some(what) = not_found(reading) {
        say(&format!("  NOT FOUND: {what}"));
    }
}

/// What people are known again by, and no column holds.
fn not_found(reading: &csv::Reading) -> Option<String> {
    use csv::Field::{Birth, BirthYear, Record};
    let has = |fields: &[csv::Field]| {
        reading.columns.iter().any(|column| column.field.is_some_and(|field| fields.contains(&field)))
    };
    let missing: Vec<&str> = [(&[Birth, BirthYear][..], "birth date"), (&[Record][..], "record number")]
        .iter()
        .filter(|(fields, _)| !has(fields))
        .map(|(_, word)| *word)
        .collect();
    let hint = if missing.contains(&"birth date") { "birth" } else { "record" };
    (!missing.is_empty()).then(|| {
        format!(
            "a column for the {}. If there is one, say which: --map {hint}=COLUMN",
            missing.join(", a column for the ")
        )
    })
}

/// One person as they will be, in three columns: the only place where an import names anybody.
fn show_sample(reading: &csv::Reading) {
    if reading.sample.is_empty() {
        return;
    }
    say("One person of it:");
    let widest = |of: fn(&csv::Sampled) -> &str| {
        reading.sample.iter().map(|one| of(one).chars().count()).max().unwrap_or_default().min(28)
    };
    let (first, second) = (widest(|one| &one.header), widest(|one| &one.held));
    for one in &reading.sample {
        say(&format!("  {:first$}   {:second$}   {}", one.header, one.held, one.becomes));
    }
}

fn on_a_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Asks whether the sample is right. Nothing is written yet.
fn said_yes() -> bool {
    boot::complain("Is this person right? If not, the others are not either. Type yes to bring them in: ");
    let mut answer = String::new();
    let asked = std::io::stdin().lock().read_line(&mut answer);
    asked.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_in_the_order_of_where_the_agency_is() {
        for (zone, order) in [
            ("America/Chicago", csv::Order::Mdy),
            ("Pacific/Honolulu", csv::Order::Mdy),
            ("America/Mexico_City", csv::Order::Dmy),
            ("Europe/Vienna", csv::Order::Dmy),
            ("UTC", csv::Order::Dmy),
        ] {
            assert_eq!(usual_order(zone), order, "{zone}");
        }
    }
}
