//! Short forms: a drug test, medication as the client tells it, an incident, care coordination, transport, and what an agency adds.
//!
//! An entry is written once. What came later (a result, an outcome) is a further entry on the same thing; a correction is a new
//! entry in the place of an earlier one, which stays. What is asked is a file; the words of the file stay with the answers, so that
//! an entry reads the same after its file was changed.

use super::fields::numbered;
use super::{ClientId, Date, Hundredths, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// What the program knows of a form besides its fields. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ShortUse {
    /// A row in the chart.
    #[default]
    Plain,
    /// A test for substances: it is owed until every result is there.
    Test,
    /// A medication: a new stay asks about it again.
    Medication,
}

/// What became of one substance of a test. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TestResult {
    /// No result yet. It is never counted as negative.
    #[default]
    Open,
    Positive,
    Negative,
    /// The specimen gave no result that counts.
    Invalid,
    /// The client refused the test.
    Refused,
    /// A second test confirms the positive one.
    Confirmed,
    /// A second test does not confirm the positive one.
    NotConfirmed,
}

impl TestResult {
    /// What can be said at first, in the order of the digits.
    pub const FIRST: [Self; 5] = [Self::Positive, Self::Negative, Self::Invalid, Self::Open, Self::Refused];

    /// What a later entry can say of a substance that is positive, in the order of the digits.
    pub const CONFIRMATION: [Self; 2] = [Self::Confirmed, Self::NotConfirmed];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "no result yet",
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Invalid => "invalid",
            Self::Refused => "refused",
            Self::Confirmed => "confirmed",
            Self::NotConfirmed => "not confirmed",
        }
    }

    /// What a later entry can say after this; nothing where this is the last word.
    pub fn then(self) -> &'static [Self] {
        const RESULTS: [TestResult; 4] =
            [TestResult::Positive, TestResult::Negative, TestResult::Invalid, TestResult::Refused];
        match self {
            Self::Open | Self::Invalid => &RESULTS,
            Self::Positive => &Self::CONFIRMATION,
            Self::Negative | Self::Refused | Self::Confirmed | Self::NotConfirmed => &[],
        }
    }
}

/// One substance and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tested {
    pub substance: String,
    pub result: TestResult,
}

numbered!(Tested { 1 substance, 2 result });

/// An answer. Appended to, never reordered: it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShortValue {
    Words(String),
    Number(Hundredths),
    Day(Date),
    /// One of the choices of the form, in its words.
    Choice(String),
    Yes(bool),
    /// The panel, and its substances in order.
    Substances(String, Vec<Tested>),
}

impl Default for ShortValue {
    fn default() -> Self {
        Self::Words(String::new())
    }
}

/// The answer to one field of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShortAnswer {
    /// Key of the field in the form's file.
    pub key: String,
    /// What the field was called.
    pub label: String,
    pub value: ShortValue,
    /// The unit of a number, as the form said it.
    pub unit: String,
}

numbered!(ShortAnswer { 1 key, 2 label, 3 value, 4 unit });

/// What an entry is to the others. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ShortMeans {
    /// It begins something: a test, a medication, an incident.
    #[default]
    Begins,
    /// It says what came later of what another entry began.
    Further,
    /// It is in the place of an earlier entry, which was wrong.
    Corrects,
    /// An earlier entry should never have been here.
    InError,
}

/// An entry of a short form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShortEntry {
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The stay that its day belongs to.
    pub episode: Number,
    /// Key of the form.
    pub form: String,
    /// What the form was called.
    pub form_name: String,
    /// The version of the form's file.
    pub version: u16,
    pub used_as: ShortUse,
    /// The day it speaks of.
    pub on: Date,
    pub answers: Vec<ShortAnswer>,
    pub means: ShortMeans,
    /// The entry it is about: the one that began, or the one that was wrong; 0 = it begins something.
    pub of: Number,
    /// Why the earlier entry was wrong.
    pub reason: String,
    /// The day by which results are looked for, where the form names a number of days.
    pub results_by: Option<Date>,
    /// Who typed it.
    pub by: StaffId,
    /// Name and credential of who typed it, as they were then.
    pub by_name: String,
    pub at: Moment,
}

numbered!(ShortEntry {
    1 client, 2 number, 3 episode, 4 form, 5 form_name, 6 version, 7 used_as, 8 on, 9 answers, 10 means, 11 of, 12 reason,
    13 results_by, 14 by, 15 by_name, 16 at,
});

impl ShortEntry {
    /// The answer to a field.
    pub fn answer(&self, key: &str) -> Option<&ShortValue> {
        self.answers.iter().find(|one| one.key == key).map(|one| &one.value)
    }

    /// The panel and its results, if it has any.
    pub fn tested(&self) -> Option<(&str, &[Tested])> {
        self.answers.iter().find_map(|one| match &one.value {
            ShortValue::Substances(panel, all) => Some((panel.as_str(), all.as_slice())),
            _ => None,
        })
    }
}

/// A test that still lacks a result, as lists need it. No words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenTest {
    /// The entry that began it.
    pub number: Number,
    pub since: Date,
    /// The day by which results are looked for.
    pub by: Option<Date>,
}

numbered!(OpenTest { 1 number, 2 since, 3 by });

/// What a review of a plan says of a short form in its span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewForm {
    /// Name of the form.
    pub form: String,
    pub words: String,
}

numbered!(ReviewForm { 1 form, 2 words });
