//! `concord doctor`: says what is here, what is wrong, and what to do about each wrong thing.
//!
//! Without `--login` it says what can be said without a key; with it, it counts, opens and compares every record.

use super::say;
use crate::boot::{self, Options};
use crate::service::Desk;
use crate::service::fault::{Fault, FaultKind};
use crate::service::maintenance::{CheckUp, Outside};
use clap::Args;
use serde_json::{Map, Value, json};

/// Arguments of `concord doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Write JSON instead of lines for people.
    #[arg(long)]
    json: bool,
    /// Build the image again from itself, to give back room that it wasted.
    #[arg(long)]
    compact: bool,
    /// Write wrong summaries again from the records (needs --login).
    #[arg(long, requires = "login")]
    rebuild_summaries: bool,
}

/// One wrong thing: what it is, and what to do.
struct Wrong {
    what: String,
    advice: String,
}

/// What is known so far: lines for people, fields for programs, and what is wrong.
#[derive(Default)]
struct Report {
    lines: Vec<(&'static str, String)>,
    fields: Map<String, Value>,
    wrong: Vec<Wrong>,
    /// The store is open elsewhere: nothing of its records was looked at.
    unchecked: bool,
}

/// What is said where the store is open in another process.
const NOT_CHECKED: &str = "Not checked, because the store is open: whether the records add up, the audit chain, the list of staff keys, and \
     with --login every record. Only the files of backups and archives were looked at.";

/// Runs it: 0 if all is well, 1 if something is wrong.
pub(super) fn run(options: &Options, args: &DoctorArgs) -> Result<i32, Fault> {
    let mut report = Report::default();
    report.fact("version", "Concord", env!("CARGO_PKG_VERSION"));
    report.fact("store", "Store", &options.store.display().to_string());
    let set_up = boot::is_set_up(options);
    report.field("set_up", set_up);
    if set_up {
        examine(options, args, &mut report)?;
    } else {
        report.nothing_here(options);
    }
    report.print(args.json);
    Ok(i32::from(!report.wrong.is_empty()))
}

fn examine(options: &Options, args: &DoctorArgs, report: &mut Report) -> Result<(), Fault> {
    if args.compact {
        let (before, after) = boot::compact(options)?;
        report.line("Compacted", format!("{} before, {} now", boot::size(before), boot::size(after)));
        report.field("compacted", json!({ "before": before, "after": after }));
    }
    report.keeping(options);
    if let Ok(Some((image, logical))) = boot::wasted(options) {
        report.hint(&format!(
            "The copy for reading takes {} for {} of records. concord doctor --compact rebuilds it.",
            boot::size(image),
            boot::size(logical)
        ));
    }
    let mut desk = match boot::open_unless_held(options) {
        Ok(Ok(desk)) => desk,
        Ok(Err(who)) => {
            report.line("In use", who);
            report.field("in_use", true);
            report.unchecked = true;
            return Ok(());
        }
        // Nothing is wrong with the store yet: the program starts itself again and looks once more.
        Err(fault) if fault.kind == FaultKind::Stuck => return Err(fault),
        Err(fault) => {
            report.wrong(fault.what, fault.hints.join(" "));
            return Ok(());
        }
    };
    report.mended(desk.front().notices);
    report.outside(&desk.outside()?);
    if options.login.is_none() {
        report.open_mismatches(desk.outside()?.open_mismatches);
        report.hint("With --login LOGIN every record is counted and opened as well.");
        return Ok(());
    }
    boot::sign_in_to_check(&mut desk, options)?;
    inside(&mut desk, args, report)
}

fn inside(desk: &mut Desk, args: &DoctorArgs, report: &mut Report) -> Result<(), Fault> {
    let mut found = desk.check_up()?;
    if args.rebuild_summaries {
        let rebuilt = desk.rebuild_summaries()?;
        report.line("Rebuilt", format!("{rebuilt} {}", plural(rebuilt as u64, "summary", "summaries")));
        report.field("rebuilt", rebuilt);
        found = desk.check_up()?;
    }
    report.inside(&found);
    Ok(())
}

impl Report {
    fn line(&mut self, word: &'static str, text: impl Into<String>) {
        self.lines.push((word, text.into()));
    }

    fn hint(&mut self, text: &str) {
        self.line("", text);
    }

    fn field(&mut self, name: &str, value: impl Into<Value>) {
        self.fields.insert(name.to_owned(), value.into());
    }

    fn fact(&mut self, name: &str, word: &'static str, text: &str) {
        self.line(word, text);
        self.field(name, text);
    }

    fn wrong(&mut self, what: impl Into<String>, advice: impl Into<String>) {
        self.wrong.push(Wrong { what: what.into(), advice: advice.into() });
    }

    /// Archives, backups and what was set aside.
    fn keeping(&mut self, options: &Options) {
        let facts = boot::archive_facts(options);
        let age = |made: i64| {
            let hours = (options.clock.now().0 - made).max(0) / 3_600_000;
            if hours < 48 { format!("{hours} h ago") } else { format!("{} d ago", hours / 24) }
        };
        let backup = facts.backed_up.map_or("none yet: concord backup DIR".to_owned(), |(made, seq)| {
            format!("{} (change {seq})", age(made))
        });
        self.line("Backup", backup);
        self.field("backup_seq", facts.backed_up.map(|(_, seq)| seq));
        self.field("backup_made_ms", facts.backed_up.map(|(made, _)| made));
        self.field("backup_same_disk", facts.same_disk);
        if facts.same_disk {
            self.hint(boot::ON_ONE_DISK);
        }
        self.line("Archive", facts.archived.map_or("none yet; one is made each day".to_owned(), age));
        self.field("archive_made_ms", facts.archived);
        let (files, bytes) = facts.set_aside;
        self.field("set_aside", files);
        if files > 0 {
            let size = boot::size(bytes);
            self.line(
                "Set aside",
                format!("{size} of damaged files in {}", options.store.join("damaged").display()),
            );
        }
    }

    /// What opening the store mended.
    fn mended(&mut self, notices: Vec<String>) {
        self.field("mended", notices.clone());
        for notice in notices {
            self.line("Mended", notice);
        }
    }

    fn nothing_here(&mut self, options: &Options) {
        let begin = boot::how_to_begin(options);
        self.wrong(
            "No agency is set up here.",
            format!("If the folder is right, set one up with: {begin}. If one is set up elsewhere, name its folder with --store DIR."),
        );
    }

    fn outside(&mut self, found: &Outside) {
        self.fact("agency", "Agency", &found.agency);
        self.fact("zone", "Zone", &found.zone);
        self.line("Format", found.format.to_string());
        let size = boot::size(found.bytes);
        self.line("Size", format!("{size}, {} records, {} acts of writing", found.records, found.seq));
        self.field("format", found.format);
        self.field("bytes", found.bytes);
        self.field("records", found.records);
        self.field("seq", found.seq);
        self.field("audit_events", found.audit_events);
        let (engine, audit) = (found.engine.is_none(), found.audit_broken_at.is_none());
        self.line("Records", if engine { "add up" } else { "do not add up" });
        let chain = if audit { "unbroken" } else { "broken" };
        self.line("Audit", format!("{} events, chain {chain}", found.audit_events));
        self.fact(
            "fingerprint",
            "Staff keys",
            found.fingerprint.as_deref().unwrap_or("the list does not hold"),
        );
        if found.fingerprint.is_none() {
            self.wrong(
                "The list of staff keys does not hold, so nobody can sign in.",
                "Restore the newest backup.",
            );
        }
        for what in &found.mismatches {
            self.wrong(
                format!("Something in the stored files does not match: {what}."),
                "Keep a copy of the folder as it is and compare it with the newest backup.",
            );
        }
        self.field("engine_ok", engine);
        self.field("audit_chain_ok", audit);
        if let Some(what) = &found.engine {
            self.wrong(
                what.clone(),
                "Close Concord, keep a copy of the folder, and restore the newest backup.",
            );
        }
        if let Some(number) = found.audit_broken_at {
            self.wrong(
                format!("The audit chain breaks at event {number}: events were altered or are missing."),
                "Keep a copy of the folder as it is and compare it with the newest backup.",
            );
        }
    }

    /// Mismatches of before, as far as they are told without a key.
    fn open_mismatches(&mut self, open: u32) {
        self.field("open_mismatches", open);
        if open > 0 {
            let what = format!(
                "{open} {} in the stored files not acknowledged by an admin yet.",
                plural(open.into(), "mismatch is", "mismatches are")
            );
            self.wrong(what, "An admin signs in, opens the list of mismatches and says what came of it.");
        }
    }

    fn inside(&mut self, found: &CheckUp) {
        let counts = &found.counts;
        for (name, word, count) in [
            ("clients", "Clients", counts.clients),
            ("episodes", "Episodes", counts.episodes),
            ("problems", "Problems", counts.problems),
            ("proposals", "Proposals", counts.proposals),
            ("assessments", "Assessments", counts.assessments),
            ("notes", "Notes", counts.notes),
            ("drafts", "Drafts", counts.drafts),
            ("groups", "Groups", counts.groups),
            ("group_sessions", "Group sessions", counts.group_sessions),
        ] {
            self.line(word, count.to_string());
            self.field(name, count);
        }
        self.field("audit_events", counts.audit_events);
        self.field("wrong_summaries", found.wrong_summaries.len());
        self.field("broken_signatures", found.broken_signatures);
        self.field("broken_plans", json!(found.broken_plans));
        self.field("without_stay", found.without_stay);
        self.field("unfinished_imports", found.unfinished_imports.len());
        self.field(
            "unreadable",
            found.unreadable.iter().map(|(_, count)| count).sum::<u64>() + found.unknown,
        );
        self.faults_of_records(found);
        self.clock(found);
        for (when, people) in &found.unfinished_imports {
            self.wrong(
                format!("An import begun {when} was not finished; its {people} people stay hidden."),
                "Import the same files again, or remove that import.",
            );
        }
    }

    /// A clock that is behind, and where it fell back before.
    fn clock(&mut self, found: &CheckUp) {
        self.field("clock_falls", found.clock_falls.len());
        if let Some((from, to)) = found.clock_falls.first() {
            let times = found.clock_falls.len() as u64;
            let times = if times == 1 { String::new() } else { format!(", the last of {times} times") };
            self.line(
                "Clock",
                format!("fell back from {from} to {to}{times}: entries after it have the wrong day"),
            );
        }
        if let Some(newest) = &found.clock_behind {
            self.wrong(
                format!("The computer's clock is before the last entry, which is from {newest}."),
                "Set the clock. If it is right, sign in to Concord once and say so there.",
            );
        }
    }

    fn faults_of_records(&mut self, found: &CheckUp) {
        const ACKNOWLEDGE: &str = "Keep a copy of the folder as it is and compare it with the newest backup. An admin then signs in, opens \
             the list of mismatches and says what came of it.";
        const RESTORE: &str = "Keep a copy of the folder as it is and compare it with the newest backup.";
        for (word, count) in &found.unreadable {
            let what = format!(
                "{count} {} of the kind \"{word}\" do not open.",
                plural(*count, "record", "records")
            );
            self.wrong(what, RESTORE);
        }
        if found.unknown > 0 {
            let what = format!("{} records are of a kind this program does not know.", found.unknown);
            self.wrong(what, "Open the store with the newest Concord.");
        }
        self.field("mismatches", found.mismatches.len());
        for (at, what) in &found.mismatches {
            let what = format!("Found at {at}, and not acknowledged by an admin yet: {}.", what.join("; "));
            self.wrong(what, ACKNOWLEDGE);
        }
        if found.broken_signatures > 0 {
            let what =
                format!("{} signatures under notes or assessments do not hold.", found.broken_signatures);
            self.wrong(what, RESTORE);
        }
        for (fault, plans) in &found.broken_plans {
            let what = format!("{plans} {} not replay: {fault}.", plural(*plans, "plan does", "plans do"));
            self.wrong(what, RESTORE);
        }
        if found.without_stay > 0 {
            let what =
                format!("{} sessions, tasks or alerts name a stay that is not there.", found.without_stay);
            self.wrong(what, RESTORE);
        }
        let wrong = found.wrong_summaries.len() as u64;
        if wrong > 0 {
            let what =
                format!("{wrong} {} not what the records say.", plural(wrong, "summary is", "summaries are"));
            self.wrong(what, "Write them again with: concord doctor --login LOGIN --rebuild-summaries");
        }
    }

    fn print(&mut self, as_json: bool) {
        if as_json {
            let wrong: Vec<Value> =
                self.wrong.iter().map(|wrong| json!({"what": wrong.what, "do": wrong.advice})).collect();
            self.field("ok", wrong.is_empty());
            self.field("complete", !self.unchecked);
            self.field("wrong", wrong);
            return say(&Value::Object(std::mem::take(&mut self.fields)).to_string());
        }
        for (word, text) in &self.lines {
            say(format!("{word:<12} {text}").trim_end());
        }
        say("");
        if self.unchecked {
            say(NOT_CHECKED);
        } else if self.wrong.is_empty() {
            return say("Nothing is wrong.");
        }
        for wrong in &self.wrong {
            say(&format!("Wrong: {}", wrong.what));
            if !wrong.advice.is_empty() {
                say(&format!("       {}", wrong.advice));
            }
        }
    }
}

fn plural(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}
