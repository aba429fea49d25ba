//! Rules on what is due when, and the days that are no business days (`clinical.md` 4.1): data, each with its source.

use super::load::{PackError, Place};
use serde::Deserialize;
use toml::Spanned;

/// The rules a program can follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DuePack {
    /// Key as the agency's choice stores it (`mn-residential`).
    pub key: String,
    pub name: String,
    /// The rules; of several for one duty the first that applies holds.
    pub rules: Vec<DueRule>,
}

/// One rule: what is due, how long after what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DueRule {
    /// What is due.
    pub duty: Duty,
    pub from: Base,
    /// In what it is counted.
    pub unit: Unit,
    pub count: u16,
    /// The day it is counted from is not day one.
    #[serde(default = "yes")]
    pub exclude_first: bool,
    /// Not later than this after the same base, whichever comes first.
    #[serde(default)]
    pub cap: Option<Span>,
    /// Holds only for what began before this.
    #[serde(default)]
    pub until: Option<Until>,
    /// Notes: holds for this type of service only.
    #[serde(default)]
    pub service: Option<String>,
    /// What is asked when it was missed.
    #[serde(default)]
    pub on_miss: OnMiss,
    /// The agency's own number (settings) stands in for `count`.
    #[serde(default)]
    pub agency: bool,
    /// Where it comes from, for people to check.
    pub source: String,
}

fn yes() -> bool {
    true
}

/// What can be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// A need to decide on, or to look at again.
    Recheck,
    /// The note of a session that took place.
    Note,
    /// The first assessment.
    Assessment,
    /// The review of the plan; until the plan is signed, the next assessment.
    Review,
    /// The initial plan, where a place asks for one before treatment begins.
    InitialPlan,
    /// The first full treatment plan.
    Plan,
    /// A consent. Loaded, and shown once consents exist.
    Consent,
    /// A contact with somebody whose stay has ended. Every rule on it asks for one.
    Contact,
    /// A safety plan: the first one where danger asks for it, and then the day to look at it again.
    SafetyPlan,
}

impl Duty {
    pub const ALL: [Self; 9] = [
        Self::Recheck,
        Self::Note,
        Self::Assessment,
        Self::Review,
        Self::InitialPlan,
        Self::Plan,
        Self::Consent,
        Self::Contact,
        Self::SafetyPlan,
    ];

    /// Its key, as a miss stores it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Recheck => "recheck",
            Self::Note => "note",
            Self::Assessment => "assessment",
            Self::Review => "review",
            Self::InitialPlan => "initial-plan",
            Self::Plan => "plan",
            Self::Consent => "consent",
            Self::Contact => "contact",
            Self::SafetyPlan => "safety-plan",
        }
    }
}

/// What a due date is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    Admission,
    /// The last completed assessment.
    LastAssessment,
    /// The session a note speaks of.
    Session,
    /// The raising of an immediate need.
    NeedRaised,
    /// The signing of a consent.
    ConsentSigned,
    /// The last day of a stay.
    Discharge,
    /// The signing of a safety plan.
    SafetyPlan,
}

/// In what a rule counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    CalendarDays,
    /// Days that are neither weekend nor holiday.
    BusinessDays,
    /// Months; the end of the month where the day does not exist.
    Months,
    Sessions,
    /// Days with a session held.
    TreatmentDays,
    /// Hours by the clock, whatever daylight saving does.
    Hours,
    /// The next session of the same type.
    NextSession,
}

/// So many of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// In what it is counted.
    pub unit: Unit,
    pub count: u16,
}

/// A rule's own end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Until {
    pub from: Base,
    /// In what it is counted.
    pub unit: Unit,
    pub count: u16,
}

/// What is asked when something was not done in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnMiss {
    #[default]
    Nothing,
    /// A reason for this person, and the day it is planned for.
    Reason,
}

/// A day that is no business day.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub name: String,
    pub month: u32,
    /// Day of the month: a fixed one.
    #[serde(default)]
    pub day: Option<u32>,
    /// Weekday (`mon`), with `week`.
    #[serde(default)]
    pub weekday: Option<String>,
    /// Which of the month, 1-4, or -1 for the last.
    #[serde(default)]
    pub week: Option<i32>,
}

/// Weekdays as holiday files name them, Monday first.
pub const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    key: Spanned<String>,
    name: String,
    rule: Vec<Spanned<DueRule>>,
}

/// Reads rules on due dates. Errors: not TOML, unknown keys or words; else every rule that makes no sense, with line
/// and column.
pub fn read_due(file: &str, text: &str) -> Result<DuePack, Vec<PackError>> {
    let place = Place { file, text };
    let read: PackFile = place.parse()?;
    let mut errors = Vec::new();
    if read.key.get_ref().trim().is_empty() {
        errors.push(place.error(Some(&read.key.span()), "rules need a key"));
    }
    for rule in &read.rule {
        for message in faults(rule.get_ref()) {
            errors.push(place.error(Some(&rule.span()), message));
        }
    }
    let rules: Vec<DueRule> = read.rule.into_iter().map(Spanned::into_inner).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(DuePack { key: read.key.into_inner(), name: read.name, rules })
}

fn faults(rule: &DueRule) -> Vec<String> {
    let duty = rule.duty.key();
    let mut faults = Vec::new();
    let counts_dates = |unit| matches!(unit, Unit::CalendarDays | Unit::BusinessDays | Unit::Months);
    if rule.source.trim().is_empty() {
        faults.push(format!("the rule on {duty} needs a source, for people to check"));
    }
    if rule.count == 0 && rule.unit != Unit::CalendarDays {
        faults.push(format!("the rule on {duty} counts to 0"));
    }
    if rule.cap.is_some_and(|cap| !counts_dates(cap.unit)) {
        faults.push("a cap counts calendar-days, business-days or months".to_owned());
    }
    if rule.until.is_some_and(|until| !counts_dates(until.unit)) {
        faults.push("an end counts calendar-days, business-days or months".to_owned());
    }
    let base = match rule.duty {
        Duty::Recheck => matches!(rule.from, Base::NeedRaised),
        Duty::Note => matches!(rule.from, Base::Session),
        Duty::Consent => matches!(rule.from, Base::ConsentSigned),
        Duty::Contact => matches!(rule.from, Base::Discharge),
        Duty::SafetyPlan => matches!(rule.from, Base::NeedRaised | Base::SafetyPlan),
        Duty::Assessment | Duty::Review | Duty::InitialPlan | Duty::Plan => {
            matches!(rule.from, Base::Admission | Base::LastAssessment)
        }
    };
    if !base {
        faults.push(format!("the rule on {duty} cannot be counted from there"));
    }
    let unit = match rule.unit {
        Unit::CalendarDays | Unit::BusinessDays | Unit::Months => true,
        Unit::Hours => matches!(rule.duty, Duty::Note | Duty::Recheck),
        Unit::NextSession => rule.duty == Duty::Note,
        Unit::Sessions | Unit::TreatmentDays => {
            matches!(rule.duty, Duty::Assessment | Duty::Review | Duty::InitialPlan | Duty::Plan)
        }
    };
    if !unit {
        faults.push(format!("the rule on {duty} cannot be counted in that"));
    }
    if rule.service.is_some() && rule.duty != Duty::Note {
        faults.push("only rules on notes are for one type of service".to_owned());
    }
    faults
}

/// Reads holidays. Errors as [`read_due`].
pub fn read_holidays(file: &str, text: &str) -> Result<Vec<Holiday>, Vec<PackError>> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        holiday: Vec<Spanned<Holiday>>,
    }
    let place = Place { file, text };
    let read: File = place.parse()?;
    let wrong = |holiday: &Holiday| {
        let fixed = holiday.day.is_some_and(|day| (1..=31).contains(&day));
        let weekday = holiday.weekday.as_deref().is_some_and(|day| WEEKDAYS.contains(&day));
        let week = holiday.week.is_some_and(|week| week == -1 || (1..=4).contains(&week));
        let floats = holiday.day.is_none() && weekday && week;
        let stays = fixed && holiday.weekday.is_none() && holiday.week.is_none();
        !(1..=12).contains(&holiday.month) || !(floats || stays)
    };
    let errors: Vec<PackError> = read
        .holiday
        .iter()
        .filter(|holiday| wrong(holiday.get_ref()))
        .map(|holiday| {
            let message = "a holiday is a month and a day, or a month, a weekday and a week (1-4, -1)";
            place.error(Some(&holiday.span()), message)
        })
        .collect();
    if errors.is_empty() {
        Ok(read.holiday.into_iter().map(Spanned::into_inner).collect())
    } else {
        Err(errors)
    }
}
