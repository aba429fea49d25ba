//! The field as data: dimension sets, levels of care, note formats, pick lists.
//!
//! Owns the TOML that ships inside the program and its typed, strict reading (an unknown key is an error with line and
//! column). Must not know clients, the store or the screen, and reads no file: who has an agency's own pack hands in
//! its text.

mod client_page;
mod consents;
mod diagnoses;
mod due;
mod formats;
mod groups;
mod guardian_words;
mod instrument;
mod library;
mod load;
mod parties;
mod phrases;
mod practice;
mod retention;
mod review_words;
mod sets;
mod short_forms;
#[cfg(test)]
mod tests;

pub use client_page::{PageWords, TurnedWords, fill};
pub use consents::{ConsentRow, Consents, WhoConsents, consents, read_consents};
pub use diagnoses::{Code, Codes, codes, read_codes};
pub use due::{
    Base, DuePack, DueRule, Duty, Holiday, OnMiss, Span, Unit, Until, WEEKDAYS, read_due, read_holidays,
};
pub use formats::{Format, FormatField, FormatSection, Formats, ServiceDefaults};
pub use groups::{GroupKind, GroupPack, ServiceCode, UnitRule};
pub use instrument::{
    AlertKind, AlertRule, AnswerSet, AskedIf, Band, Bands, Better, Choice, Cluster, Critical, Cutoff, Danger,
    Every, Extra, ExtraRule, Figure, First, FromAge, Instrument, Instruments, Interval, Item, Licence, Loinc,
    Met, Missing, Notable, Range, Reading, Respondent, Reversed, Scale, Sex, Step, Sum, Typed, When,
    read_instrument, read_own_instrument,
};
pub use library::{Library, LibraryFile, LibraryLine, next_blank, read_library};
pub use load::PackError;
pub use parties::{parties, read_parties};
pub use practice::{Blocks, Diagnosing, PlanRules, Practice, read_plan_rules};
pub use retention::{Retention, RetentionClass, read_retention};
pub use review_words::ReviewWords;
pub use sets::{Dimension, DimensionSet, FourIsNow, Subdimension, read_set};
pub use short_forms::{
    FieldAsk, MEDICATION_NAME, MEDICATION_STATE, MOST_FIELDS, MOST_IN_ALL, Panel, ShortField, ShortForm,
    ShortForms, TAKING,
};

use crate::domain::{DimensionRef, Phrase};
use serde::Deserialize;
use std::sync::OnceLock;

/// A level of care (`clinical.md` 1.3). Codes are text: states add their own.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Dimension set it goes with (`ASAM3`).
    pub edition: String,
    /// Code as it is recorded (`2.1`).
    pub code: String,
    pub name: String,
    /// Where the person is.
    pub setting: Setting,
    /// Offered in pickers.
    pub active: bool,
    /// Days without contact after which engagement is in doubt; `None` = no interval.
    pub contact_days: Option<u16>,
    /// Least hours of treatment a week; `None` = it asks for none.
    #[serde(default)]
    pub least_hours: Option<u16>,
    /// As many for somebody who is not an adult, where they differ.
    #[serde(default)]
    pub least_hours_minor: Option<u16>,
}

/// Where a level of care is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Setting {
    /// Comes and goes.
    Outpatient,
    Residential,
    Inpatient,
}

/// Pick lists of the forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Who sent the client.
    pub referral_sources: Vec<String>,
    /// Why the level given differs from the one indicated (`clinical.md` 1.4).
    pub difference_reasons: Vec<String>,
    /// Kinds of service a note speaks of.
    pub service_kinds: Vec<String>,
    /// Why a note works on nothing on the problem list.
    pub off_plan_reasons: Vec<String>,
    /// The one of these that offers to add the problem.
    pub new_issue: String,
    /// Kinds of service that need not work on anything on the plan.
    pub unplanned_kinds: Vec<String>,
    /// How a person was tried to be reached.
    pub outreach: Vec<String>,
    /// What a withdrawal shows in (`clinical.md` 6.4).
    pub withdrawal_marks: Vec<String>,
    /// What a confrontation shows in.
    pub confrontation_marks: Vec<String>,
    /// What is tried to repair a rupture.
    pub repair_actions: Vec<String>,
    /// What stands between a client and the help.
    pub barriers: Vec<String>,
}

/// Words and phrases with a better one: person first, without blame.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BetterWords {
    /// Words and phrases, each form by itself.
    pub words: Vec<String>,
    /// What to say instead.
    pub better: String,
}

/// Everything that ships, read once.
#[derive(Debug, Default)]
struct Shipped {
    sets: Vec<DimensionSet>,
    levels: Vec<Level>,
    formats: Vec<Format>,
    lists: Lists,
    crosswalks: Vec<load::Crosswalk>,
    words: Vec<BetterWords>,
    phrases: Vec<Phrase>,
    due: Vec<DuePack>,
    holidays: Vec<Holiday>,
    pages: Vec<PageWords>,
    groups: GroupPack,
}

/// The shipped packs. A test proves that they read; were one broken all the same, its place is empty, never a panic.
fn shipped() -> &'static Shipped {
    static SHIPPED: OnceLock<Shipped> = OnceLock::new();
    SHIPPED.get_or_init(|| Shipped {
        sets: SETS.iter().filter_map(|(file, text)| read_set(file, text).ok()).collect(),
        levels: load::levels("levels.toml", LEVELS).unwrap_or_default(),
        formats: FORMATS.iter().filter_map(|(file, text)| read_format(file, text).ok()).collect(),
        lists: load::lists("lists.toml", LISTS).unwrap_or_default(),
        crosswalks: load::crosswalks("crosswalk.toml", CROSSWALK).unwrap_or_default(),
        words: load::words("words.toml", WORDS).unwrap_or_default(),
        phrases: phrases::read("phrases.toml", PHRASES).unwrap_or_default(),
        due: DUE.iter().filter_map(|(file, text)| read_due(file, text).ok()).collect(),
        holidays: read_holidays("holidays.toml", HOLIDAYS).unwrap_or_default(),
        groups: groups::read("groups.toml", GROUPS).unwrap_or_default(),
        pages: PAGES.iter().filter_map(|(file, text)| client_page::read(file, text).ok()).collect(),
    })
}

const SETS: [(&str, &str); 3] = [
    ("sets/ASAM3.toml", include_str!("sets/ASAM3.toml")),
    ("sets/ASAM4.toml", include_str!("sets/ASAM4.toml")),
    ("sets/MH6.toml", include_str!("sets/MH6.toml")),
];
const FORMATS: [(&str, &str); 12] = [
    ("formats/DAP.toml", include_str!("formats/DAP.toml")),
    ("formats/SOAP.toml", include_str!("formats/SOAP.toml")),
    ("formats/BIRP.toml", include_str!("formats/BIRP.toml")),
    ("formats/GIRP.toml", include_str!("formats/GIRP.toml")),
    ("formats/PIE.toml", include_str!("formats/PIE.toml")),
    ("formats/narrative.toml", include_str!("formats/narrative.toml")),
    ("formats/contact.toml", include_str!("formats/contact.toml")),
    ("formats/no-show.toml", include_str!("formats/no-show.toml")),
    ("formats/collateral.toml", include_str!("formats/collateral.toml")),
    ("formats/crisis.toml", include_str!("formats/crisis.toml")),
    ("formats/consultation.toml", include_str!("formats/consultation.toml")),
    ("formats/group.toml", include_str!("formats/group.toml")),
];
const PHRASES: &str = include_str!("phrases.toml");
const DUE: [(&str, &str); 7] = [
    ("due/outpatient.toml", include_str!("due/outpatient.toml")),
    ("due/ca-outpatient.toml", include_str!("due/ca-outpatient.toml")),
    ("due/md-outpatient.toml", include_str!("due/md-outpatient.toml")),
    ("due/mn-outpatient.toml", include_str!("due/mn-outpatient.toml")),
    ("due/mn-residential.toml", include_str!("due/mn-residential.toml")),
    ("due/mn-otp.toml", include_str!("due/mn-otp.toml")),
    ("due/wa-outpatient.toml", include_str!("due/wa-outpatient.toml")),
];
const INSTRUMENTS: [(&str, &str); 23] = [
    ("instruments/PHQ-9.toml", include_str!("instruments/PHQ-9.toml")),
    ("instruments/PHQ-2.toml", include_str!("instruments/PHQ-2.toml")),
    ("instruments/GAD-7.toml", include_str!("instruments/GAD-7.toml")),
    ("instruments/PCL-5.toml", include_str!("instruments/PCL-5.toml")),
    ("instruments/AUDIT-C.toml", include_str!("instruments/AUDIT-C.toml")),
    ("instruments/BAM-R.toml", include_str!("instruments/BAM-R.toml")),
    ("instruments/CORE-10.toml", include_str!("instruments/CORE-10.toml")),
    ("instruments/CIWA-Ar.toml", include_str!("instruments/CIWA-Ar.toml")),
    ("instruments/C-SSRS.toml", include_str!("instruments/C-SSRS.toml")),
    ("instruments/WAI-SR.toml", include_str!("instruments/WAI-SR.toml")),
    ("instruments/HAq-II.toml", include_str!("instruments/HAq-II.toml")),
    ("instruments/AUDIT.toml", include_str!("instruments/AUDIT.toml")),
    ("instruments/DAST-10.toml", include_str!("instruments/DAST-10.toml")),
    ("instruments/WHO-5.toml", include_str!("instruments/WHO-5.toml")),
    ("instruments/CALPAS-P.toml", include_str!("instruments/CALPAS-P.toml")),
    ("instruments/TAQS.toml", include_str!("instruments/TAQS.toml")),
    ("instruments/TAQR.toml", include_str!("instruments/TAQR.toml")),
    ("instruments/VPPS.toml", include_str!("instruments/VPPS.toml")),
    ("instruments/SRS.toml", include_str!("instruments/SRS.toml")),
    ("instruments/ORS.toml", include_str!("instruments/ORS.toml")),
    ("instruments/OQ-45.2.toml", include_str!("instruments/OQ-45.2.toml")),
    ("instruments/ProQOL-5.toml", include_str!("instruments/ProQOL-5.toml")),
    ("instruments/check-in.toml", include_str!("instruments/check-in.toml")),
];
const PAGES: [(&str, &str); 2] = [
    ("client_page/en.toml", include_str!("client_page/en.toml")),
    ("client_page/es.toml", include_str!("client_page/es.toml")),
];
const SHORT_FORMS: [(&str, &str); 5] = [
    ("forms/drug-test.toml", include_str!("forms/drug-test.toml")),
    ("forms/medication.toml", include_str!("forms/medication.toml")),
    ("forms/incident.toml", include_str!("forms/incident.toml")),
    ("forms/coordination.toml", include_str!("forms/coordination.toml")),
    ("forms/transport.toml", include_str!("forms/transport.toml")),
];
const HOLIDAYS: &str = include_str!("holidays.toml");
const LEVELS: &str = include_str!("levels.toml");
const GROUPS: &str = include_str!("groups.toml");
const LISTS: &str = include_str!("lists.toml");
const WORDS: &str = include_str!("words.toml");
const CROSSWALK: &str = include_str!("crosswalk.toml");

/// Every dimension set, `ASAM3` first.
pub fn sets() -> &'static [DimensionSet] {
    &shipped().sets
}

/// The dimension set of a key (`ASAM3`).
pub fn set(key: &str) -> Option<&'static DimensionSet> {
    sets().iter().find(|set| set.key == key)
}

/// Levels of care of a dimension set, in the order of the pack, inactive ones too.
pub fn levels(set: &str) -> Vec<&'static Level> {
    shipped().levels.iter().filter(|level| level.edition == set).collect()
}

/// The note formats that ship; what a desk has besides is in its [`Formats`].
pub fn formats() -> &'static [Format] {
    &shipped().formats
}

/// The shipped note format of a key (`DAP`).
pub fn format(key: &str) -> Option<&'static Format> {
    formats().iter().find(|format| format.key == key)
}

/// The snippets and templates that ship.
pub fn phrases() -> &'static [Phrase] {
    &shipped().phrases
}

/// Returns what the client's page says around what was written, in every language there is; the first is the usual one.
pub fn page_languages() -> &'static [PageWords] {
    &shipped().pages
}

/// Returns what the client's page says around what was written in this language (`es`), in the usual one if there is no such
/// language.
pub fn page_words(language: &str) -> &'static PageWords {
    static NONE: OnceLock<PageWords> = OnceLock::new();
    let known = page_languages().iter().find(|words| words.language == language);
    known.or(page_languages().first()).unwrap_or_else(|| NONE.get_or_init(PageWords::default))
}

/// Pick lists of the forms.
pub fn lists() -> &'static Lists {
    &shipped().lists
}

/// Kinds of group with their limits, and service codes.
pub fn groups() -> &'static GroupPack {
    &shipped().groups
}

/// Words and phrases with a better one.
pub fn word_hints() -> &'static [BetterWords] {
    &shipped().words
}

/// Where a dimension of one set stands in another (`clinical.md` 1.1). Itself in its own set; `None` when it has no
/// counterpart: ASAM3 `D4` has none in ASAM4, though ASAM4 has a `D4`.
pub fn crosswalk(from: &DimensionRef, to_set: &str) -> Option<u8> {
    crosswalk_number(&from.set, from.number, to_set)
}

/// As [`crosswalk`], for callers that hold set and number apart.
pub fn crosswalk_number(from_set: &str, number: u8, to_set: &str) -> Option<u8> {
    if from_set == to_set {
        return Some(number);
    }
    let walk = shipped().crosswalks.iter().find(|walk| walk.from == from_set && walk.to == to_set)?;
    walk.pairs.iter().find(|(from, _)| *from == number).map(|(_, to)| *to)
}

/// Reads a note format. Errors: not TOML, unknown keys (the first), else everything wrong with the content at once: empty
/// key or name, no sections, a key twice, a required answer nobody can give; with line and column.
pub fn read_format(file: &str, text: &str) -> Result<Format, Vec<PackError>> {
    formats::read(file, text)
}

/// Returns the short forms that ship, in the order they are offered in; what a desk has besides is in its [`ShortForms`].
pub fn short_forms() -> &'static [ShortForm] {
    static READ: OnceLock<Vec<ShortForm>> = OnceLock::new();
    READ.get_or_init(|| {
        SHORT_FORMS.iter().filter_map(|(file, text)| read_short_form(file, text).ok()).collect()
    })
}

/// Returns the text of the file a short form that ships is read from, to begin one's own file with.
pub fn short_form_text(key: &str) -> Option<&'static str> {
    let at = short_forms().iter().position(|form| form.key == key)?;
    SHORT_FORMS.get(at).map(|(_, text)| *text)
}

/// Reads a short form. Errors: not TOML, unknown keys (the first), else everything wrong with the content at once, each with
/// line and column.
pub fn read_short_form(file: &str, text: &str) -> Result<ShortForm, Vec<PackError>> {
    short_forms::read(file, text)
}

/// Every set of rules on due dates; the first is the one a program follows unless another was chosen.
pub fn due_packs() -> &'static [DuePack] {
    &shipped().due
}

/// The rules of a key (`mn-residential`).
pub fn due_pack(key: &str) -> Option<&'static DuePack> {
    due_packs().iter().find(|pack| pack.key == key)
}

/// Days that are no business days, besides the weekend.
pub fn holidays() -> &'static [Holiday] {
    &shipped().holidays
}

/// Returns the measures that ship, in the order they are offered in; what a desk has besides is in its [`Instruments`].
pub fn instruments() -> &'static [Instrument] {
    static READ: OnceLock<Vec<Instrument>> = OnceLock::new();
    READ.get_or_init(|| {
        INSTRUMENTS.iter().filter_map(|(file, text)| read_instrument(file, text).ok()).collect()
    })
}

/// Returns the text of the file a measure that ships is read from, to begin one\'s own file with.
pub fn instrument_text(key: &str) -> Option<&'static str> {
    let is_it = |one: &(&Instrument, &(&str, &'static str))| one.0.is_called(key);
    instruments().iter().zip(&INSTRUMENTS).find(is_it).map(|(_, (_, text))| *text)
}
