//! Typed records = domain + engine + vault.
//!
//! Owns how a record of the domain becomes sealed bytes under a key and back: kinds, parts of long records,
//! chunks of drafts, the audit chain, the roster, the checkpoint. It decides nothing about people and permissions, and must not know
//! rules, service or screens.
//!
//! Reading goes through [`Repo`] (with the agency key) or [`Store::public`] (without). Writing: collect in a
//! [`Transaction`] or a [`DraftTransaction`], [`Store::seal`] it into a [`SealedBatch`], [`Store::commit`] that. Sealing
//! needs the key, committing does not: a lock seals, wipes the keys, and commits until the disk takes it.

mod agency_keys;
pub mod ahead;
mod audit;
mod audit_keys;
mod check;
mod checkpoint;
mod chunks;
mod codec;
mod document;
mod draft;
mod erase;
mod error;
mod keyring;
mod kinds;
mod parts;
mod past;
mod public;
mod record;
mod repo;
mod roster;
mod sealer;
mod sealing;
mod transaction;
mod version;

#[cfg(test)]
mod tests;

pub use agency_keys::{AgencyKeys, KeyTurn};
pub use audit::{AuditEntry, AuditHead, AuditRecord, AuditReport};
pub use audit_keys::AuditKeys;
pub use check::KindCheck;
pub use checkpoint::{Checkpoint, CheckpointText, Descent, Witness};
pub use chunks::{Chunk, ChunkRef};
pub use document::{DocHead, DocLife, DocText, entry_hash, signing_hash};
pub use draft::{DraftBody, DraftDoc, DraftHead, DraftLayout};
pub use erase::Doomed;
pub use error::StoreError;
pub use keyring::{Holder, Unlocked};
pub use kinds::{ForKind, Kind, LOOSE, Owner, Sealing, Undo};
pub use parts::{DraftPart, Part};
pub use past::{Past, Stamp};
pub use public::{Front, Login, StoredCost};
pub use record::{Place, Record, Typed};
pub use repo::{Opening, Raw, Repo, Store, Versioned};
pub use roster::{Roster, RosterChange, RosterHead, RosterLink, RosterSigner, authority};
pub use transaction::{Change, DraftTransaction, SealedBatch, Transaction};
pub use version::{DraftVersion, KEPT_VERSIONS, KeptFor, version_number, version_numbers};

// What the service needs of the rooms below; it uses them through here.
pub use crate::engine::{Engine, EngineError, Expect, Head, Key, Outcome, Read, Rev, Stored};
pub use crate::vault::blake3;
pub use crate::vault::recovery::RootKey;
pub use crate::vault::{
    BoxPair, BoxSecret, Cost, StaffKeys, SymKey, VaultError, Zeroizing, passphrase, random, recovery,
    verify_strict,
};

/// The store format this program writes. A store of a newer one is refused.
pub const FORMAT: u16 = 1;

/// Largest sealed value. Longer records stand in several.
pub const MAX_SEALED: usize = 6 * 1024;
