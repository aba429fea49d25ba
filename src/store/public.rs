//! What is readable before sign-in, and nothing else is: the agency's front and each person's login.
//!
//! Public records are not sealed. They are written in anchored units only: the anchor holds a hash of all of them, so that
//! one that was altered behind the store's back (a public key exchanged, say) shows after the next sign-in, before anyone
//! is granted a key on the strength of it. Sealed keys in them name store and person in their associated data.

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
    /// Public half of the recovery key.
    pub recovery_public: [u8; 32],
    /// Public half of the audit key.
    pub audit_public: [u8; 32],
    /// The agency key, sealed to the recovery key.
    pub agency_key: Vec<u8>,
    /// The audit private key, sealed to the recovery key.
    pub audit_secret: Vec<u8>,
    /// The desk that the store is on: its audit is a chain of its own.
    pub desk: DeskId,
}

numbered!(Front {
    1 store_id, 2 format, 3 agency, 4 recovery_public, 5 audit_public, 6 agency_key, 7 audit_secret, 8 desk,
});

/// How one person signs in. Owner staff, number 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Login {
    pub staff: StaffId,
    /// BLAKE3 of store id and folded login (see [`super::Store::login_hash`]).
    pub login_hash: [u8; 32],
    /// Public key to receive with (X25519).
    pub receive_public: [u8; 32],
    /// Public key signatures verify under (Ed25519).
    pub sign_public: [u8; 32],
    /// Their earlier signing keys, oldest first: old signatures still verify.
    pub former_sign_publics: Vec<[u8; 32]>,
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
    1 staff, 2 login_hash, 3 receive_public, 4 sign_public, 5 former_sign_publics, 6 salt, 7 cost, 8 keys,
    9 agency_key, 10 audit_secret, 11 active,
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
