//! The archive: a whole store in one file, sealed values copied as they are.
//!
//! Owns the byte layout. A file is an opening (magic, layout, moment, BLAKE3), blocks, and an ending that says where the
//! last block begins. A block is its kind (1), length (4), hash of the block before (32), payload, BLAKE3 of all that;
//! so none can be missing or exchanged. Blocks of records come first, then journal entries, then the trailer. Records
//! were read while commits went on: they are a store only together with the entries that follow them, which make the
//! state the trailer describes. No key is needed to write, read or check one.

mod read;
mod write;

pub(super) use self::read::{Block, Check, Reader, check, trailer_of};
pub(super) use self::write::{Writer, write_from_image, write_from_journal};

use std::path::{Path, PathBuf};

use super::files;
use super::frame::{Bytes, HASH};
use super::meta::Meta;
use crate::engine::{EngineError, Head, Key, Rev};

/// Name of the archives' directory in a store directory, and the ending of their files.
const DIR: &str = "archives";
const ENDING: &str = "archive";

/// First bytes of an archive: what it is, and the layout.
const MAGIC: &[u8; 16] = b"Concord archive1";

/// Magic, moment (8), hash.
const OPENING: usize = 16 + 8 + HASH;

/// Last bytes of an archive, behind the place of the trailer (8).
const ENDING_MAGIC: &[u8; 8] = b"Cc end 1";
const CLOSING: usize = 8 + 8;

/// Bytes of a block before its payload.
pub(super) const BEFORE: usize = 1 + 4 + HASH;

/// What is in a block.
const RECORDS: u8 = 1;
const ENTRY: u8 = 2;
const TRAILER: u8 = 3;

/// A record as it is in an archive.
pub(super) type Record = (Key, Rev, Vec<u8>);

/// What an archive says of itself at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trailer {
    /// The state of the map, and the latest batches.
    pub(super) meta: Meta,
    /// When it was made, milliseconds UTC.
    pub(crate) made: i64,
    /// The store's signed witness (its checkpoint) with its revision, as it is among the records.
    pub(super) witness: Option<Record>,
}

impl Trailer {
    fn to_bytes(&self) -> Vec<u8> {
        let meta = self.meta.to_bytes();
        let mut bytes = self.made.to_be_bytes().to_vec();
        bytes.extend_from_slice(&(meta.len() as u32).to_be_bytes());
        bytes.extend_from_slice(&meta);
        if let Some(witness) = &self.witness {
            put(&mut bytes, witness);
        }
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = Bytes(bytes);
        let made = i64::from_be_bytes(rest.take()?);
        let length = rest.u32()? as usize;
        let meta = Meta::from_bytes(rest.some(length)?).ok()?;
        let witness = if rest.0.is_empty() { None } else { Some(rest.put()?) };
        rest.0.is_empty().then_some(Self { meta, made, witness })
    }

    /// The state of the map, as everyone knows it.
    pub(crate) fn head(&self) -> Head {
        self.meta.tally.head
    }
}

/// Adds a record's bytes: key, revision, length, value.
fn put(bytes: &mut Vec<u8>, (key, rev, value): &Record) {
    bytes.extend_from_slice(&key.0);
    bytes.extend_from_slice(&rev.0.to_be_bytes());
    bytes.extend_from_slice(&(value.len() as u32).to_be_bytes());
    bytes.extend_from_slice(value);
}

/// The archives of a store by the sequence in their names, oldest first.
pub(super) fn list(store: &Path) -> Result<Vec<(u64, PathBuf)>, EngineError> {
    files::numbered(&store.join(DIR), ENDING)
}

/// Where the archive of this commit is in a store.
pub(super) fn path(store: &Path, seq: u64) -> PathBuf {
    store.join(DIR).join(format!("{seq:020}.{ENDING}"))
}

/// The directory of a store's archives, made where it is missing.
pub(super) fn make_dir(store: &Path) -> Result<(), EngineError> {
    files::make_dir(&store.join(DIR))?;
    files::sync_dir(store)
}

/// The sentence for an archive that cannot be believed.
pub(super) fn damaged(path: &Path, what: &str) -> EngineError {
    EngineError::Damaged(format!("The archive {} is damaged: {what}. Nothing was changed.", path.display()))
}
