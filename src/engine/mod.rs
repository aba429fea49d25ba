//! Bytes: an ordered map with atomic durable batches.
//!
//! Owns the trait [`Engine`] that everything above stores through, and its implementations. An engine holds no key and
//! knows no meaning: it sees 21-byte keys, revisions and opaque values.

pub mod embedded;
#[cfg_attr(concord_closed, allow(dead_code, reason = "the engine of tests and benches"))]
pub mod memory;

mod check;
mod core;
mod sum;

use std::fmt;
use std::ops::Bound;

/// Longest value a batch may carry, in bytes. The store keeps sealed values under 6 KiB; from about 8,000 bytes the
/// embedded engine's image would put records into side files that its flush never syncs (measured: none at 7,000).
pub const MAX_VALUE: usize = 7_000;

/// A key: kind (1 byte), client or owner (16 random bytes), number (u32 big endian). Nothing of a person is in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; Key::LEN]);

impl Key {
    /// Bytes in a key.
    pub const LEN: usize = 21;

    /// Builds a key from its parts.
    pub fn new(kind: u8, owner: [u8; 16], number: u32) -> Self {
        let mut bytes = [0; Self::LEN];
        bytes[0] = kind;
        bytes[1..17].copy_from_slice(&owner);
        bytes[17..].copy_from_slice(&number.to_be_bytes());
        Self(bytes)
    }

    /// The kind byte.
    pub fn kind(&self) -> u8 {
        self.0[0]
    }

    /// The owner: a client, a member of staff, or zeros for the agency itself.
    pub fn owner(&self) -> [u8; 16] {
        let mut owner = [0; 16];
        owner.copy_from_slice(&self.0[1..17]);
        owner
    }

    /// The number within kind and owner.
    pub fn number(&self) -> u32 {
        let mut number = [0; 4];
        number.copy_from_slice(&self.0[17..]);
        u32::from_be_bytes(number)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({:#04x}/{:02x}{:02x}../{})", self.0[0], self.0[1], self.0[2], self.number())
    }
}

/// How often a record was written: 1 at first, plus one with every write. Known before sealing, on every engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rev(pub u32);

/// What a write believes about the key it writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// No record there yet; it becomes `Rev(1)`.
    Absent,
    /// The record there is at this revision; it becomes the next one.
    At(Rev),
}

impl Expect {
    /// The revision a put with this expectation will have.
    pub fn next(self) -> Rev {
        match self {
            Self::Absent => Rev(1),
            Self::At(rev) => Rev(rev.0.saturating_add(1)),
        }
    }
}

/// Puts and deletes that happen together or not at all.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Random name of this batch, by which an unknown outcome is answered later.
    pub id: [u8; 16],
    /// Records to write. A key is at most once in a batch.
    pub puts: Vec<Put>,
    /// Records to remove, each with the revision it must have.
    pub deletes: Vec<(Key, Rev)>,
}

/// One record to write.
#[derive(Clone, Debug)]
pub struct Put {
    pub key: Key,
    /// What the writer believes is there.
    pub expect: Expect,
    /// The sealed value.
    pub value: Vec<u8>,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Atomic and durable.
    Ok,
    /// Nothing of it is there and nothing of it will appear; the reason in plain words (no content).
    NotSaved(String),
    /// An expectation did not hold at this key; nothing was written.
    Conflict(Key),
    /// It may or may not be there. [`Engine::settled`] answers by batch id after the engine reopened itself.
    Unknown(String),
}

/// A stored value with its revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub key: Key,
    /// How often it was written.
    pub rev: Rev,
    pub value: Vec<u8>,
}

/// The state of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Commits so far.
    pub seq: u64,
    pub count: u64,
    /// Sum modulo 2^256 of BLAKE3 over key, rev and value of every live record. Unkeyed: it catches accident.
    pub digest: [u8; 32],
}

/// What the core comes to: every record but those of loose kinds, which the engine was told when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Core {
    /// How many records it has.
    pub count: u64,
    /// BLAKE3 over an LtHash of key, rev and value of every record. Nobody finds two sets with the same digest.
    pub digest: [u8; 32],
}

/// Why an engine cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// Another process holds the store; the sentence says who (OS user, host, pid, since).
    #[error("{0}")]
    Held(String),
    /// The disk refused: full, read-only, no permission. Nothing was changed.
    #[error("{0}")]
    Disk(String),
    /// The files are damaged in a way that this engine cannot mend.
    #[error("{0}")]
    Damaged(String),
    /// The store was written by a newer Concord.
    #[error("{0}")]
    Newer(String),
    /// The engine does not answer and never will in this process. Nothing that was acknowledged is lost.
    #[error("{0}")]
    Stuck(String),
}

/// A range of keys: every key that starts with these bytes (kind, or kind and owner).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span(Vec<u8>);

impl Span {
    /// Every record of a kind.
    pub fn kind(kind: u8) -> Self {
        Self(vec![kind])
    }

    /// Every record of a kind that belongs to one owner.
    pub fn owner(kind: u8, owner: [u8; 16]) -> Self {
        let mut prefix = vec![kind];
        prefix.extend_from_slice(&owner);
        Self(prefix)
    }

    /// The whole map.
    pub fn all() -> Self {
        Self(Vec::new())
    }

    /// The bytes every key in the span starts with.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "the laws of engines are tested with it"))]
    pub fn prefix(&self) -> &[u8] {
        &self.0
    }

    /// The prefix filled up with one byte: with 0 the lowest key the span can hold, with 255 the highest.
    fn edge(&self, fill: u8) -> Key {
        let mut bytes = [fill; Key::LEN];
        bytes[..self.0.len()].copy_from_slice(&self.0);
        Key(bytes)
    }

    /// The part of the span behind `after`; `None` where nothing can be.
    fn behind(&self, after: Option<&Key>) -> Option<(Bound<Key>, Bound<Key>)> {
        let (first, last) = (self.edge(0), self.edge(u8::MAX));
        match after {
            Some(after) if *after >= last => None,
            Some(after) if *after >= first => Some((Bound::Excluded(*after), Bound::Included(last))),
            _ => Some((Bound::Included(first), Bound::Included(last))),
        }
    }

    /// The part of the span ahead of `before`; `None` where nothing can be.
    fn ahead(&self, before: Option<&Key>) -> Option<(Bound<Key>, Bound<Key>)> {
        let (first, last) = (self.edge(0), self.edge(u8::MAX));
        match before {
            Some(before) if *before <= first => None,
            Some(before) if *before <= last => Some((Bound::Included(first), Bound::Excluded(*before))),
            _ => Some((Bound::Included(first), Bound::Included(last))),
        }
    }
}

/// A read, as it can be announced with [`Engine::ahead`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// As [`Engine::get`] does it.
    One(Key),
    /// As [`Engine::page`] does it, or with `back` [`Engine::page_back`].
    Page {
        /// Of which records.
        span: Span,
        /// Behind which of them, or ahead of which.
        from: Option<Key>,
        /// From the end of the span downwards.
        back: bool,
        /// How many at most.
        limit: usize,
    },
}

impl Read {
    /// The keys it is about; `None` where there can be none.
    fn range(&self) -> Option<(Bound<Key>, Bound<Key>)> {
        match self {
            Self::One(key) => Some((Bound::Included(*key), Bound::Included(*key))),
            Self::Page { span, from, back: false, .. } => span.behind(from.as_ref()),
            Self::Page { span, from, back: true, .. } => span.ahead(from.as_ref()),
        }
    }
}

/// An ordered map with atomic durable batches. `Send`, owned by one thread.
pub trait Engine: Send {
    fn get(&self, key: &Key) -> Result<Option<Stored>, EngineError>;

    /// Up to `limit` records of `span` in key order, after `after` if given. Fewer than `limit` means the end.
    fn page(&self, span: &Span, after: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError>;

    /// The same from the end of the span downwards, before `before` if given: newest numbers first.
    fn page_back(&self, span: &Span, before: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError>;

    /// Says which reads come next, so that an engine whose calls are dear can answer them in one. It changes no answer.
    fn ahead(&self, reads: &[Read]) {
        let _ = reads;
    }

    /// Writes a batch: all of it, durably, or nothing.
    fn commit(&mut self, batch: &Batch) -> Outcome;

    /// Whether the batch with this id is in the store, as far as the recent ids reach.
    fn settled(&self, batch_id: &[u8; 16]) -> Result<bool, EngineError>;

    /// The state of the engine.
    fn head(&self) -> Head;

    /// What the core comes to.
    fn core(&self) -> Core;

    /// What the core will come to once this batch is written. Checks nothing: what the engine would refuse, it refuses at
    /// the commit.
    fn core_after(&self, batch: &Batch) -> Result<Core, EngineError>;

    /// Hash of the last commit, which names the one before it; zeros before the first.
    fn last_commit(&self) -> [u8; 32];

    /// Bytes on disk, for `doctor` (0 where there is no disk).
    fn disk_bytes(&self) -> u64;

    /// Recounts every record and compares with [`Engine::head`] and [`Engine::core`].
    fn verify(&self) -> Result<(), EngineError>;

    /// Closes and opens the files again where that makes the next start faster (after a bulk import); else nothing.
    fn settle(&mut self) -> Result<(), EngineError>;

    /// Names of the copies on this disk that it goes on from: its archives. None where there is no disk.
    fn copies(&self) -> Vec<String> {
        Vec::new()
    }

    /// Whether only a new process can make the engine what it was: something in this one hangs. Everything is answered
    /// and saved all the same.
    fn needs_new_process(&self) -> bool {
        false
    }
}
