//! Why the store cannot answer.

use super::Kind;
use crate::engine::EngineError;
use crate::vault::VaultError;

/// Why the store cannot answer. Names kinds, never content.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine below.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Wrong key, or altered, or moved from another place: these cannot be told apart.
    #[error("this record ({}) cannot be opened with this key or was altered", kind.word())]
    CannotOpen {
        /// What kind of record.
        kind: Kind,
    },
    /// Written by a newer Concord.
    #[error(
        "this record ({}) was written by a newer version of Concord: install that version on this computer",
        kind.word()
    )]
    Newer {
        /// What kind of record.
        kind: Kind,
    },
    /// Written before the first release, in a form that no released version reads.
    #[error(
        "this store was made by a test version of Concord that came before the first release: make a new store"
    )]
    Unreleased,
    /// Opened well and still made no sense: a fault of the program that wrote it, or of this one.
    #[error("this record ({}) is malformed", kind.word())]
    Malformed {
        /// What kind of record.
        kind: Kind,
    },
    /// More than a record may hold (8 MiB; 6 KiB for unsealed ones).
    #[error("this record ({}) is too long to be saved: {bytes} bytes", kind.word())]
    TooLong {
        /// What kind of record.
        kind: Kind,
        /// How long it would be.
        bytes: usize,
    },
    /// A transaction with records to seal was to be sealed without the agency key, or a checkpoint without keys to sign it.
    #[error("nobody is signed in")]
    NoKey,
    /// The chain of staff keys does not hold.
    #[error("the list of staff keys does not hold: {0}")]
    Roster(&'static str),
    /// The same record is twice in one transaction.
    #[error("this record ({}) is written twice in one act", kind.word())]
    Twice {
        /// What kind of record.
        kind: Kind,
    },
    /// A key whose kind this program does not know: written by a newer one.
    #[error(
        "the store holds records of a kind ({0}) that this program does not know: it needs a newer Concord"
    )]
    UnknownKind(u8),
    /// Keys, passphrases, random bytes.
    #[error(transparent)]
    Vault(#[from] VaultError),
}
