//! What an import brought, and what it did not.

use crate::exchange::fhir::FileReport;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who may be somebody who is here: named by place and record number only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resembling {
    pub file: String,
    /// Where in it (`entry[0].resource (Patient)`).
    pub place: String,
    /// The line, from 1.
    pub line: u64,
    /// Record number of the person who is here, or comes in with this import.
    pub record_no: String,
    /// What is alike, in plain words.
    pub why: &'static str,
    /// They came in all the same.
    pub brought_in: bool,
}

/// A row that was left out of a roster, or a resource of a delivery.
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
    /// The line, from 1.
    pub line: u64,
    /// What there is not, and why.
    pub what: String,
}

/// People whom a roster would admit and who were not admitted, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotAdmitted {
    pub why: String,
    pub people: usize,
    /// File and line of the first of them.
    pub lines: Vec<(String, u64)>,
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
    /// People who were admitted as a roster says.
    pub admitted: usize,
    /// People whom a roster would admit, and who were not admitted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_admitted: Vec<NotAdmitted>,
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
    /// People around those who came in.
    pub around: usize,
    /// People who came in and have died.
    pub deceased: usize,
    /// People who came in without any birth date.
    pub no_birth_date: usize,
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
    /// Resources that were there more than once and were read once.
    pub twice: usize,
    /// Older versions of resources that were there.
    pub older: usize,
    /// Resources that their system has deleted.
    pub deleted: usize,
    /// Lists that go on in another file, which is not there.
    pub goes_on: bool,
    /// Other versions of FHIR by whose rules something was written.
    pub versions: BTreeSet<&'static str>,
    /// Rows of rosters and resources that were left out: the first thousand of them.
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
        self.admitted += other.admitted;
        for other in &other.not_admitted {
            self.not_admitted(&other.why, other.people, &other.lines);
        }
        self.look_alikes.extend(other.look_alikes.iter().cloned());
        self.conditions += other.conditions;
        self.allergies += other.allergies;
        self.medications += other.medications;
        self.practitioners += other.practitioners;
        self.encounters += other.encounters;
        self.around += other.around;
        self.deceased += other.deceased;
        self.no_birth_date += other.no_birth_date;
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
        self.older += other.older;
        self.deleted += other.deleted;
        self.goes_on |= other.goes_on;
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

    pub(super) fn not_admitted(&mut self, why: &str, people: usize, lines: &[(String, u64)]) {
        let at = self.not_admitted.iter().position(|known| known.why == why).unwrap_or_else(|| {
            self.not_admitted.push(NotAdmitted { why: why.to_owned(), people: 0, lines: Vec::new() });
            self.not_admitted.len() - 1
        });
        let known = &mut self.not_admitted[at];
        known.people += people;
        let room = MOST_NAMED.saturating_sub(known.lines.len());
        known.lines.extend(lines.iter().take(room).cloned());
    }

    pub(super) fn doubt(&mut self, doubt: Doubt) {
        if self.doubts.len() < MOST_NAMED {
            self.doubts.push(doubt);
        } else {
            self.more_doubts += 1;
        }
    }

    pub(super) fn leave_out(&mut self, row: RowLeftOut) {
        if self.rows_left_out.len() < MOST_NAMED {
            self.rows_left_out.push(row);
        } else {
            self.more_left_out += 1;
        }
    }

    /// Whether something was found that belongs to nobody, or does not read: somebody should look.
    pub fn is_doubtful(&self) -> bool {
        let found = self.without_person.is_empty() && self.doubts.is_empty() && self.left_out() == 0;
        !found || self.goes_on || self.is_nobody()
    }

    /// Whether a row did not become what it says.
    pub fn is_partly(&self) -> bool {
        self.left_out() > 0 || !self.not_admitted.is_empty() || self.is_nobody()
    }

    /// Whether nobody was in what was read.
    pub fn is_nobody(&self) -> bool {
        self.people + self.already_here + self.look_alikes.len() + self.left_out() == 0
    }

    /// Rows left out, all of them.
    pub fn left_out(&self) -> usize {
        self.rows_left_out.len() + self.more_left_out
    }

    pub(super) fn read(&mut self, file: FileReport) {
        self.unplaced = file.unplaced;
        self.without_person = file.without_person;
        self.cleaned = file.cleaned;
        self.pictures = file.pictures;
        self.merged = file.merged;
        self.twice = file.twice;
        self.older = file.older;
        self.deleted = file.deleted;
        self.goes_on = file.goes_on;
        self.versions = file.versions;
        for wrong in file.left_out {
            let (line, place) = (wrong.at.map_or(0, |at| at.0), wrong.path);
            self.leave_out(RowLeftOut { file: wrong.file, line, what: format!("{place}: {}", wrong.what) });
        }
        self.more_left_out += file.more_left_out;
    }
}
