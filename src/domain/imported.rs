//! What came from another system, as far as it has a place here.

use super::{ClientId, Date, Identifier, ImportId, Number};
use serde::{Deserialize, Serialize};

/// One client's imported material (one record a client, beside the client's own).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Whose.
    pub client: ClientId,
    /// By which import.
    pub import: ImportId,
    /// Conditions, proposed as problems; counted nowhere until accepted.
    pub proposals: Vec<Proposal>,
    /// Allergies and intolerances as known.
    pub allergies: Vec<KnownAllergy>,
    /// Medications as known.
    pub medications: Vec<KnownMedication>,
    /// Encounters elsewhere, newest first; never a contact of ours.
    pub encounters: Vec<PastEncounter>,
    /// Practitioners named there.
    pub contacts: Vec<OutsideContact>,
    /// What the other system said and we have no place for, as it was recorded (JSON), per resource type.
    pub as_recorded: Vec<(String, String)>,
}

/// A condition somebody else recorded, until someone here takes it on or puts it aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Which of theirs.
    pub number: Number,
    /// As it was worded.
    pub wording: String,
    /// Code (system, code).
    pub code: Option<(String, String)>,
    /// `active`, `resolved`, ... as recorded there.
    pub status: String,
    /// Since when.
    pub onset: Option<Date>,
    /// Until when.
    pub abated: Option<Date>,
    /// Its number in the other system.
    pub source: Identifier,
    /// The problem made of it, if accepted.
    pub accepted: Option<Number>,
}

/// An allergy or intolerance as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAllergy {
    /// To what.
    pub substance: String,
    /// `low`, `high`, ... as recorded.
    pub criticality: String,
    /// `active`, ... as recorded.
    pub status: String,
    /// Recorded on.
    pub recorded: Option<Date>,
    /// Its number in the other system.
    pub source: Identifier,
}

/// A medication as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownMedication {
    /// What.
    pub name: String,
    /// `active`, `stopped`, ... as recorded.
    pub status: String,
    /// Ordered on.
    pub on: Option<Date>,
    /// By whom.
    pub prescriber: String,
    /// How it is taken, as recorded.
    pub dosage: String,
    /// Its number in the other system.
    pub source: Identifier,
}

/// An encounter elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastEncounter {
    /// When.
    pub on: Option<Date>,
    /// What kind.
    pub what: String,
    /// Where or with whom.
    pub with: String,
    /// Its number in the other system.
    pub source: Identifier,
}

/// Somebody outside who knows the client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideContact {
    /// Name.
    pub name: String,
    /// What they are to the client.
    pub role: String,
    /// Phones and mail.
    pub reach: Vec<String>,
    /// Where.
    pub address: String,
    /// Its number in the other system.
    pub source: Identifier,
}

/// One import run. What came with it is hidden until it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRun {
    /// Which.
    pub id: ImportId,
    /// Started when.
    pub started: super::Moment,
    /// By whom.
    pub by: super::StaffId,
    /// All of it is here.
    pub done: bool,
    /// Clients it brought.
    pub clients: u32,
}
