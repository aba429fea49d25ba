//! The agency itself.

use super::fields::numbered;
use super::{Date, HeaderKey};

/// What the agency decided for everyone (sealed; what must be readable before sign-in is in the store's public record).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencySettings {
    /// Dimension set in use.
    pub set: String,
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

numbered!(AgencySettings {
    1 set, 2 programs, 3 next_record_no, 4 late_after_hours, 5 first_assessment_days, 6 review_days,
    7 note_format, 8 demo, 9 notes,
});

/// What the agency asks of every note, besides what its format asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteRules {
    /// Header keys that must be answered before a note is signed, where its format asks them.
    pub required: Vec<HeaderKey>,
}

numbered!(NoteRules {
    1 required,
});

/// What a new agency begins with. Sources: assessment 10 days and review 90 days after `clinical.md` 4.1 (typical
/// outpatient elsewhere), late entry 24 h after `clinical.md` 5.6.
impl Default for AgencySettings {
    fn default() -> Self {
        Self {
            set: String::new(),
            programs: Vec::new(),
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

impl AgencySettings {
    /// Returns the settings of a new agency that uses this dimension set and has one program.
    pub fn new(set: &str, program: &str) -> Self {
        Self { set: set.to_owned(), programs: vec![program.to_owned()], ..Self::default() }
    }
}

/// What is readable before sign-in, and nothing else does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgencyFront {
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

numbered!(AgencyFront {
    1 name, 2 zone, 3 help_now, 4 lock_after_s, 5 demo_hint,
});

/// Which rules on due dates each program follows, and the days the agency is closed besides the holidays of the pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueChoice {
    /// Program and the key of its rules; a program that is not named follows the agency's own numbers.
    pub programs: Vec<(String, String)>,
    /// Closed days of the agency's own.
    pub closed: Vec<Date>,
}

numbered!(DueChoice {
    1 programs, 2 closed,
});
