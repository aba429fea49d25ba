//! What an import brought, in a records person's words.

use super::{Report, say};
use crate::service::fault::Fault;
use crate::service::import::{ImportReport, NotAdmitted};
use std::collections::BTreeMap;

/// The totals.
pub(super) fn conclude(report: &Report, json: bool) -> Result<(), Fault> {
    if json {
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
            "Not read: {} in the folders (only *.json and *.ndjson files are).",
            count(report.skipped, "other thing", "other things")
        ));
    }
    for (number, one, many) in [
        (
            report.xml,
            "XML file was not read: ask for it as JSON",
            "XML files were not read: ask for them as JSON",
        ),
        (
            report.packed,
            "compressed file was not read: unpack it, and run this again",
            "compressed files were not read: unpack them, and run this again",
        ),
    ] {
        if number > 0 {
            say(&format!("NOT READ: {}.", count(number, one, many)));
        }
    }
    if report.removed > 0 {
        say(&format!(
            "Removed first: {} of an earlier import that never came to its end.",
            count(report.removed, "person", "people")
        ));
    }
    if report.total.is_nobody() && report.refused.len() < report.files {
        say("Nobody was found in what was read. Look whether it is the right file.");
    }
    if report.total.goes_on {
        say(
            "This is one page of a longer list, and the other pages are not here. Ask the sender for all of them.",
        );
    }
    look_alikes(report);
    not_admitted(&report.total);
    rows_left_out(&report.total);
    doubts(&report.total);
    if !report.refused.is_empty() {
        say(&format!(
            "Refused: {}. Nothing of {} is in; the other files are not concerned.",
            count(report.refused.len(), "file", "files"),
            if report.refused.len() == 1 { "it" } else { "them" }
        ));
    }
    Ok(())
}

/// Whom the roster would admit, by why they were not.
fn not_admitted(total: &ImportReport) {
    if total.not_admitted.is_empty() {
        return;
    }
    say("NOT ADMITTED, though the roster names a counselor or a program:");
    for NotAdmitted { why, people, lines } in &total.not_admitted {
        let first: Vec<String> = lines.iter().take(5).map(|(_, line)| grouped(*line as usize)).collect();
        let more = if *people > first.len() { ", ..." } else { "" };
        let lines = first.join(", ");
        say(&format!("  {}: {why} (line {lines}{more})", count(*people, "person", "people")));
    }
    say(
        "  Mend the column, or add who is missing to the staff, and run this again: whoever is here is admitted then.",
    );
}

/// Lines that are named on the terminal; `--json` names more.
const LINES_NAMED: usize = 20;

fn rows_left_out(total: &ImportReport) {
    let rows = &total.rows_left_out;
    if rows.is_empty() {
        return;
    }
    say("Left out:");
    for row in rows.iter().take(LINES_NAMED) {
        say(&format!("  {}, line {}: {}", row.file, grouped(row.line as usize), row.what));
    }
    let more = total.left_out().saturating_sub(LINES_NAMED);
    if more > 0 {
        say(&format!("  and {} (--json names up to 1,000).", count(more, "other row", "other rows")));
    }
}

fn doubts(total: &ImportReport) {
    if total.doubts.is_empty() {
        return;
    }
    say("Brought in without something that does not read:");
    for doubt in total.doubts.iter().take(LINES_NAMED) {
        say(&format!("  {}, {}: {}", doubt.file, doubt.place, doubt.what));
    }
    let more = (total.doubts.len() + total.more_doubts).saturating_sub(LINES_NAMED);
    if more > 0 {
        say(&format!("  and {} (--json names up to 1,000).", count(more, "other", "others")));
    }
}

fn look_alikes(report: &Report) {
    let found = &report.total.look_alikes;
    let Some(first) = found.first() else { return };
    let words = match (first.brought_in, report.dry_run) {
        (true, _) => "Look-alikes, brought in as people of their own:",
        (false, true) => "Look-alikes, who would wait until somebody decides who they are:",
        (false, false) => {
            "Look-alikes, not brought in. They wait on the page \"Look-alikes\": start Concord, open \"find anything\", type \
             look-alike, and decide on each pair with one key. The front desk, supervisors and admins can:"
        }
    };
    say(words);
    for alike in found {
        say(&format!("  {}, {}: like {} ({})", alike.file, alike.place, alike.record_no, alike.why));
    }
}

/// What a file or all files brought, in one sentence; with what has no place, `whole`.
pub(super) fn sentence(report: &ImportReport, dry: bool, whole: bool) -> String {
    let mut parts = vec![count(report.people, "person", "people")];
    for (number, one, many) in [
        (report.conditions, "condition as a proposal", "conditions as proposals"),
        (report.allergies, "allergy", "allergies"),
        (report.medications, "medication", "medications"),
        (report.practitioners, "practitioner", "practitioners"),
        (report.encounters, "encounter elsewhere", "encounters elsewhere"),
        (report.around, "person around them", "people around them"),
        (report.deceased, "of the people deceased", "of the people deceased"),
        (report.no_birth_date, "of the people without a birth date", "of the people without a birth date"),
        (report.admitted, "person admitted (triage not asked yet)", "people admitted (triage not asked yet)"),
    ] {
        if number > 0 {
            parts.push(count(number, one, many));
        }
    }
    let come_in = if dry { " would come in" } else { "" };
    let mut clauses = vec![format!("{}{come_in}", parts.join(", "))];
    for (number, one, many) in [
        (report.already_here, "person is here already", "people are here already"),
        (report.added, "of them has more now", "of them have more now"),
        (report.look_alikes.len(), "look-alike", "look-alikes"),
        (report.cleaned, "text was rid of control characters", "texts were rid of control characters"),
        (report.pictures, "picture was left out", "pictures were left out"),
        (
            report.merged,
            "record that another had replaced was read as one with it",
            "records that others had replaced were read as one with them",
        ),
        (
            report.twice,
            "resource stood there twice and was read once",
            "resources stood there twice and were read once",
        ),
        (report.older, "older version was left out", "older versions were left out"),
        (
            report.deleted,
            "record that its system deleted was left out",
            "records that their system deleted were left out",
        ),
        (
            report.not_admitted.iter().map(|one| one.people).sum(),
            "person is NOT admitted",
            "people are NOT admitted",
        ),
        (report.left_out(), "row or record was left out", "rows or records were left out"),
        (report.doubts.len() + report.more_doubts, "value was left away", "values were left away"),
    ] {
        if number > 0 {
            clauses.push(count(number, one, many));
        }
    }
    if !report.versions.is_empty() {
        let versions: Vec<&str> = report.versions.iter().copied().collect();
        let versions = versions.join(" and ");
        clauses.push(format!(
            "some of it is written as in FHIR {versions} and was read as far as it goes: ask the sender for R4"
        ));
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

pub(super) fn count(number: usize, one: &str, many: &str) -> String {
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
