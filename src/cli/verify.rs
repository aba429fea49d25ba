//! `concord verify`: reads everything again and says whether it is whole.
//!
//! Without `--login` it proves archives, journal, records and audit chain; with it, every seal this person can open. While
//! a desk is open only archives and journal are read, and that is shown.

use super::say;
use crate::boot::{self, Options};
use crate::service::Desk;
use crate::service::fault::Fault;
use crate::service::maintenance::ArchiveFinding;
use clap::Args;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// Arguments of `concord verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// An archive instead of the store; with --login both, and how the store lies to the archive.
    #[arg(value_name = "ARCHIVE")]
    archive: Option<PathBuf>,
    /// Write JSON instead of lines for people.
    #[arg(long)]
    json: bool,
}

/// What was found: lines for people, fields for programs, and what is wrong.
#[derive(Default)]
struct Found {
    lines: Vec<(&'static str, String)>,
    fields: Map<String, Value>,
    wrong: Vec<String>,
}

/// Runs it: 0 if all is whole, 1 if something is not.
pub(super) fn run(options: &Options, args: &VerifyArgs) -> Result<i32, Fault> {
    let mut found = Found::default();
    if let Some(archive) = &args.archive {
        found.archive(options, archive)?;
    }
    if args.archive.is_none() || options.login.is_some() {
        found.store(options, args.archive.as_deref())?;
    }
    found.print(args.json);
    Ok(i32::from(!found.wrong.is_empty()))
}

impl Found {
    fn line(&mut self, word: &'static str, text: impl Into<String>) {
        self.lines.push((word, text.into()));
    }

    fn field(&mut self, name: &str, value: impl Into<Value>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    fn archive(&mut self, options: &Options, path: &Path) -> Result<(), Fault> {
        let checked = boot::check_archive(path)?;
        let made = options.clock.stamp(crate::clock::moment(checked.made));
        let head = checked.head;
        self.line("Archive", path.display().to_string());
        self.line("", format!("whole: {} records up to change {}, made {made}", head.count, head.seq));
        self.field("archive", json!({ "records": head.count, "seq": head.seq, "made": made, "whole": true }));
        Ok(())
    }

    fn store(&mut self, options: &Options, archive: Option<&Path>) -> Result<(), Fault> {
        self.line("Store", options.store.display().to_string());
        // First what needs no lock, so that a store is seen as it lies there, before opening it mends anything.
        let files = boot::check_files(options)?;
        for (seq, bytes, wrong) in &files.archives {
            let whole = if wrong.is_none() { "whole" } else { "DAMAGED" };
            self.line("Archive", format!("of change {seq}, {}: {whole}", boot::size(*bytes)));
        }
        self.line("Journal", format!("{} changes read, chain and hashes compared", files.entries));
        if let Some(head) = files.head {
            self.line("Together", format!("{} records up to change {}", head.count, head.seq));
            self.field("seq", head.seq);
            self.field("records", head.count);
        }
        self.field("archives", files.archives.len());
        self.field("journal_entries", files.entries);
        self.wrong.extend(files.wrong);
        let mut desk = match boot::open_unless_held(options)? {
            Ok(desk) => desk,
            Err(who) => {
                self.line("Image", "not read: Concord is open, so records and audit chain were not compared");
                self.line("", who);
                self.field("image_read", false);
                return Ok(());
            }
        };
        let mended = desk.front().notices;
        for notice in &mended {
            self.line("Mended", notice.as_str());
        }
        self.field("mended", mended);
        self.inside(&desk, options.login.is_none())?;
        if options.login.is_some() {
            self.signed_in(&mut desk, options, archive)?;
        } else {
            self.line("Seals", "not opened: --login LOGIN opens every seal that person can");
        }
        Ok(())
    }

    /// Records and audit chain, without a key.
    fn inside(&mut self, desk: &Desk, keyless: bool) -> Result<(), Fault> {
        let outside = desk.outside()?;
        self.line("Image", format!("{} records counted and compared", outside.records));
        self.line("Audit", format!("{} events, chain compared", outside.audit_events));
        self.field("image_read", true);
        self.field("audit_events", outside.audit_events);
        self.wrong.extend(outside.engine);
        if outside.mismatches.is_empty() {
            self.line("Last act", "the store is as it was left and signed");
        }
        for what in &outside.mismatches {
            self.wrong.push(format!("Something in the stored files does not match: {what}."));
        }
        if keyless && outside.open_mismatches > 0 {
            self.wrong.push(format!(
                "{} mismatches are not acknowledged by an admin yet.",
                outside.open_mismatches
            ));
        }
        if let Some(number) = outside.audit_broken_at {
            self.wrong.push(format!(
                "The audit chain breaks at event {number}: events were altered or are missing."
            ));
        }
        Ok(())
    }

    fn signed_in(&mut self, desk: &mut Desk, options: &Options, archive: Option<&Path>) -> Result<(), Fault> {
        boot::sign_in_to_check(desk, options)?;
        let check = desk.check_up()?;
        self.line("Seals", format!("{} opened, {} not for this person to open", check.opened, check.closed));
        self.field("opened", check.opened);
        self.field("closed", check.closed);
        for (word, count) in &check.unreadable {
            self.wrong.push(format!("{count} records of the kind \"{word}\" do not open."));
        }
        if check.broken_signatures > 0 {
            self.wrong.push(format!("{} signatures do not hold.", check.broken_signatures));
        }
        for (fault, plans) in &check.broken_plans {
            self.wrong.push(format!("{plans} plans do not replay: {fault}."));
        }
        if check.without_stay > 0 {
            self.wrong.push(format!(
                "{} sessions, tasks or alerts name a stay that is not there.",
                check.without_stay
            ));
        }
        if let Some((from, to)) = check.clock_falls.first() {
            self.line("Clock", format!("fell back from {from} to {to}: entries after it have the wrong day"));
        }
        self.field("clock_falls", check.clock_falls.len());
        if let Some(newest) = check.clock_behind {
            self.wrong
                .push(format!("The computer's clock is before the last entry, which is from {newest}."));
        }
        for (at, what) in &check.mismatches {
            self.wrong
                .push(format!("Found at {at}, and not acknowledged by an admin yet: {}.", what.join("; ")));
        }
        let Some(archive) = archive else { return Ok(()) };
        match boot::compare_with_archive(desk, archive)? {
            ArchiveFinding::Fits => self.line("", "the store is as new as the archive, or newer"),
            ArchiveFinding::StoreOlder { behind } => self.wrong.push(format!(
                "The store is older than the archive by at least {behind} events: somebody put an older state in its place."
            )),
            ArchiveFinding::Parted => self.wrong.push(
                "The store does not go on from the archive: what was done until then is not what was done here.".to_owned(),
            ),
            ArchiveFinding::NotOurs => {
                self.wrong.push("The archive is not one of this store, or its witness was changed.".to_owned());
            }
        }
        Ok(())
    }

    fn print(&mut self, as_json: bool) {
        if as_json {
            self.field("ok", self.wrong.is_empty());
            self.field("wrong", self.wrong.clone());
            return say(&Value::Object(std::mem::take(&mut self.fields)).to_string());
        }
        for (word, text) in &self.lines {
            say(format!("{word:<9} {text}").trim_end());
        }
        say("");
        if self.wrong.is_empty() {
            return say("All that was read is whole.");
        }
        for wrong in &self.wrong {
            say(&format!("Wrong: {wrong}"));
        }
    }
}
