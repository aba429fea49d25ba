//! The agency itself.

use super::{Date, HeaderKey};
use serde::{Deserialize, Serialize};

/// What the agency decided for everyone (sealed; what must be readable before sign-in stands in the store's public record).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencySettings {
    /// Dimension set in use.
    pub set: String,
    /// Programs.
    pub programs: Vec<String>,
    /// Next record number to give.
    pub next_record_no: u32,
    /// Hours after the service from which a note is late.
    pub late_after_hours: u16,
    /// Days after admission until the first assessment is due.
    pub first_assessment_days: u16,
    /// Days between reviews where an episode does not say.
    pub review_days: u16,
    /// Default note format.
    pub note_format: String,
    /// An invented agency: every header says DEMO.
    pub demo: bool,
    /// What notes must hold.
    pub notes: NoteRules,
}

/// What the agency asks of every note, besides what its format asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRules {
    /// Header keys that must be answered before a note is signed, where its format asks them.
    pub required: Vec<HeaderKey>,
}

impl AgencySettings {
    /// Defaults for a new agency. Sources: assessment 10 days and review 90 days after `clinical.md` 4.1 (typical
    /// outpatient elsewhere), late entry 24 h after `clinical.md` 5.6.
    pub fn new(set: &str, program: &str) -> Self {
        Self {
            set: set.to_owned(),
            programs: vec![program.to_owned()],
            next_record_no: 1001,
            late_after_hours: 24,
            first_assessment_days: 10,
            review_days: 90,
            note_format: "DAP".to_owned(),
            demo: false,
            notes: NoteRules::default(),
        }
    }
}

/// What stands readable before sign-in, and nothing else does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyFront {
    /// Agency name.
    pub name: String,
    /// IANA time zone name.
    pub zone: String,
    /// The Help-now text.
    pub help_now: String,
    /// Minutes without a key until the desk locks (seconds for tests: see `lock_after_s`).
    pub lock_after_s: u32,
    /// An invented agency, with the sentence that says who to sign in as.
    pub demo_hint: String,
}

/// Which rules on due dates each program follows, and the days the agency is closed besides the holidays of the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueChoice {
    /// Program and the key of its rules; a program that is not named follows the agency's own numbers.
    pub programs: Vec<(String, String)>,
    /// Closed days of the agency's own.
    pub closed: Vec<Date>,
}
