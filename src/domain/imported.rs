//! What came from another system, as far as it has a place here.

use super::fields::numbered;
use super::{ClientId, Date, Identifier, ImportId, Number};

/// One client's imported material (one record a client, beside the client's own).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
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
    /// What the other system said and we have no place for, as it was recorded: by type of resource (JSON), or by column of a
    /// roster.
    pub as_recorded: Vec<(String, String)>,
}

numbered!(Imported {
    1 client, 2 import, 3 proposals, 4 allergies, 5 medications, 6 encounters, 7 contacts, 8 as_recorded,
});

/// A condition somebody else recorded, until someone here takes it on or puts it aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Which of theirs.
    pub number: Number,
    /// As it was worded.
    pub wording: String,
    /// Code (system, code).
    pub code: Option<(String, String)>,
    /// `active`, `resolved`, ... as recorded there.
    pub status: String,
    pub onset: Option<Date>,
    pub abated: Option<Date>,
    /// Its number in the other system.
    pub source: Identifier,
    /// The problem made of it, if accepted.
    pub accepted: Option<Number>,
}

numbered!(Proposal {
    1 number, 2 wording, 3 code, 4 status, 5 onset, 6 abated, 7 source, 8 accepted,
});

/// An allergy or intolerance as known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownAllergy {
    pub substance: String,
    /// `low`, `high`, ... as recorded.
    pub criticality: String,
    /// `active`, ... as recorded.
    pub status: String,
    pub recorded: Option<Date>,
    /// Its number in the other system.
    pub source: Identifier,
}

numbered!(KnownAllergy {
    1 substance, 2 criticality, 3 status, 4 recorded, 5 source,
});

/// A medication as known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownMedication {
    pub name: String,
    /// `active`, `stopped`, ... as recorded.
    pub status: String,
    pub on: Option<Date>,
    pub prescriber: String,
    /// How it is taken, as recorded.
    pub dosage: String,
    /// Its number in the other system.
    pub source: Identifier,
}

numbered!(KnownMedication {
    1 name, 2 status, 3 on, 4 prescriber, 5 dosage, 6 source,
});

/// An encounter elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastEncounter {
    pub on: Option<Date>,
    pub what: String,
    /// Where or with whom.
    pub with: String,
    /// Its number in the other system.
    pub source: Identifier,
}

numbered!(PastEncounter {
    1 on, 2 what, 3 with, 4 source,
});

/// Somebody outside who knows the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutsideContact {
    pub name: String,
    /// What they are to the client.
    pub role: String,
    /// Phones and mail.
    pub reach: Vec<String>,
    pub address: String,
    /// Its number in the other system.
    pub source: Identifier,
}

numbered!(OutsideContact {
    1 name, 2 role, 3 reach, 4 address, 5 source,
});

/// One import run. What came with it is hidden until it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportRun {
    pub id: ImportId,
    pub started: super::Moment,
    pub by: super::StaffId,
    /// All of it is here.
    pub done: bool,
    /// Clients it brought.
    pub clients: u32,
}

numbered!(ImportRun {
    1 id, 2 started, 3 by, 4 done, 5 clients,
});
