//! What is readable before sign-in, and nothing else is: the agency's front and each person's login.
//!
//! Public records are not sealed. No public key is among them: those are on the roster ([`super::Roster`]), signed. What is
//! altered here behind the store's back shows at the next sign-in, because the core is no longer what was signed. Sealed
//! keys in them name store and person, and the root of the roster, in their associated data.

use crate::domain::{AgencyFront, DeskId, StaffId, numbered};
use crate::vault::Cost;

/// The agency as seen before sign-in. One record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// Random name of this store, in the associated data of everything sealed.
    pub store_id: [u8; 16],
    /// Store format ([`super::FORMAT`] when written).
    pub format: u16,
    /// Name, zone, Help-now text, desk settings.
    pub agency: AgencyFront,
    /// The agency key, sealed to the recovery key.
    pub agency_key: Vec<u8>,
    /// The audit private key, sealed to the recovery key.
    pub audit_secret: Vec<u8>,
    /// The desk that the store is on: its audit is a chain of its own.
    pub desk: DeskId,
}

numbered!(Front {
    1 store_id, 2 format, 3 agency, 6 agency_key, 7 audit_secret, 8 desk,
});

/// How one person signs in. Owner staff, number 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    pub staff: StaffId,
    /// BLAKE3 of store id and folded login (see [`super::Store::login_hash`]).
    pub login_hash: [u8; 32],
    /// The root of the roster that their keys belong to. It is bound into `keys`, so nobody exchanges it unseen.
    pub root: [u8; 32],
    /// Salt of the passphrase.
    pub salt: [u8; 16],
    /// Cost of the passphrase.
    pub cost: StoredCost,
    /// Both private halves, sealed under the passphrase.
    pub keys: Vec<u8>,
    /// The agency key, sealed to them; empty when they lost it.
    pub agency_key: Vec<u8>,
    /// The audit private key, sealed to them, if they may read the audit.
    pub audit_secret: Option<Vec<u8>>,
    /// May sign in.
    pub active: bool,
}

numbered!(Login {
    1 staff, 2 login_hash, 6 salt, 7 cost, 8 keys, 9 agency_key, 10 audit_secret, 11 active, 12 root,
});

/// Argon2id cost as it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoredCost {
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    pub lanes: u32,
}

numbered!(StoredCost {
    1 memory_kib, 2 passes, 3 lanes,
});

impl From<Cost> for StoredCost {
    fn from(cost: Cost) -> Self {
        Self { memory_kib: cost.memory_kib, passes: cost.passes, lanes: cost.lanes }
    }
}

impl From<StoredCost> for Cost {
    fn from(cost: StoredCost) -> Self {
        Self { memory_kib: cost.memory_kib, passes: cost.passes, lanes: cost.lanes }
    }
}
