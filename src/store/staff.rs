//! A member of staff as a record: schema 2, and schema 1 frozen beside its upgrade.
//!
//! Schema 1 knew neither the programs a person works in nor their veil and sort: everyone worked everywhere, saw names,
//! and had the most pressing first.

use super::record::{decode_as, encode_as};
use super::{Kind, Record, StoreError};
use crate::domain::{Moment, PeopleSort, PersonalSettings, Role, Staff, StaffId};
use serde::{Deserialize, Serialize};

/// Frozen: what schema 1 wrote.
#[derive(Serialize, Deserialize)]
struct StaffV1 {
    id: StaffId,
    login: String,
    name: String,
    credential: String,
    roles: Vec<Role>,
    supervisor: Option<StaffId>,
    cosign_needed: bool,
    active: bool,
    must_change: bool,
    since: Moment,
    settings: PersonalSettingsV1,
}

/// Frozen: what schema 1 wrote.
#[derive(Serialize, Deserialize)]
struct PersonalSettingsV1 {
    keymap: String,
    theme: String,
}

impl From<StaffV1> for Staff {
    fn from(old: StaffV1) -> Self {
        let PersonalSettingsV1 { keymap, theme } = old.settings;
        Self {
            id: old.id,
            login: old.login,
            name: old.name,
            credential: old.credential,
            roles: old.roles,
            supervisor: old.supervisor,
            cosign_needed: old.cosign_needed,
            active: old.active,
            must_change: old.must_change,
            since: old.since,
            settings: PersonalSettings { keymap, theme, veil: None, sort: PeopleSort::Pressing },
            programs: Vec::new(),
        }
    }
}

impl Record for Staff {
    const KIND: Kind = Kind::Staff;
    const SCHEMA: u8 = 2;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        encode_as(Self::KIND, self)
    }

    fn decode(schema: u8, payload: &[u8]) -> Result<Self, StoreError> {
        match schema {
            1 => decode_as::<StaffV1>(Self::KIND, payload).map(Self::from),
            2 => decode_as(Self::KIND, payload),
            _ => Err(StoreError::Malformed { kind: Self::KIND }),
        }
    }
}
