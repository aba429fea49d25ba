//! What every engine asks of a batch before it writes, and the state of the map after it.
//!
//! Owns the refusals (a key twice, a value too long, an expectation that does not hold) and the arithmetic of
//! [`Head`], so that all engines agree byte for byte. It must not write anything.

use std::collections::HashSet;

use super::core::CoreSum;
use super::sum::Sum;
use super::{Batch, Core, Expect, Head, Key, MAX_VALUE, Rev, Stored};

/// Bytes a record takes beside its value: its key and its revision.
const RECORD_OVERHEAD: u64 = Key::LEN as u64 + 4;

/// The state of a map, with its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tally {
    /// Sequence, count and digest.
    pub(super) head: Head,
    /// Bytes of all keys, revisions and values.
    pub(super) logical: u64,
}

impl Tally {
    /// An empty map.
    pub(super) fn empty() -> Self {
        Self { head: Head { seq: 0, count: 0, digest: Sum::default().to_bytes() }, logical: 0 }
    }
}

/// Where a map is while records come and go.
pub(super) struct Counting {
    sum: Sum,
    count: u64,
    logical: u64,
    /// The core, where somebody asks for it.
    core: Option<CoreSum>,
}

impl Counting {
    /// Starts where a map is.
    pub(super) fn from(tally: &Tally) -> Self {
        let Tally { head, logical } = *tally;
        Self { sum: Sum::from_bytes(&head.digest), count: head.count, logical, core: None }
    }

    /// Also counts the core, from where it is.
    pub(super) fn with(self, core: CoreSum) -> Self {
        Self { core: Some(core), ..self }
    }

    /// Counts a record in.
    pub(super) fn add(&mut self, key: &Key, rev: Rev, value: &[u8]) {
        self.sum.add(key, rev, value);
        if let Some(core) = &mut self.core {
            core.add(key, rev, value);
        }
        self.count += 1;
        self.logical += RECORD_OVERHEAD + value.len() as u64;
    }

    /// Counts a record out.
    pub(super) fn remove(&mut self, old: &Stored) {
        self.sum.subtract(&old.key, old.rev, &old.value);
        if let Some(core) = &mut self.core {
            core.remove(old);
        }
        self.count = self.count.saturating_sub(1);
        self.logical = self.logical.saturating_sub(RECORD_OVERHEAD + old.value.len() as u64);
    }

    /// Where the map is, at this commit.
    pub(super) fn at(&self, seq: u64) -> Tally {
        let head = Head { seq, count: self.count, digest: self.sum.to_bytes() };
        Tally { head, logical: self.logical }
    }

    /// Where the core is, if it was counted.
    pub(super) fn core(self) -> Option<CoreSum> {
        self.core
    }
}

/// Why a batch is not written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal<E> {
    /// The batch itself is wrong: a fault of the caller.
    Malformed(String),
    /// An expectation does not hold at this key.
    Conflict(Key),
    /// The records could not be read.
    Read(E),
}

/// Checks `batch` against the records that `look` finds and answers where map and core will stand after it.
pub(super) fn after<E>(
    before: &Tally,
    core: &CoreSum,
    batch: &Batch,
    mut look: impl FnMut(&Key) -> Result<Option<Stored>, E>,
) -> Result<(Tally, CoreSum), Refusal<E>> {
    well_formed(batch).map_err(Refusal::Malformed)?;
    let mut counting = Counting::from(before).with(core.clone());
    for put in &batch.puts {
        let old = look(&put.key).map_err(Refusal::Read)?;
        match (put.expect, &old) {
            (Expect::Absent, None) => {}
            (Expect::At(rev), Some(old)) if old.rev == rev && rev != Rev(u32::MAX) => counting.remove(old),
            _ => return Err(Refusal::Conflict(put.key)),
        }
        counting.add(&put.key, put.expect.next(), &put.value);
    }
    for (key, rev) in &batch.deletes {
        match look(key).map_err(Refusal::Read)? {
            Some(old) if old.rev == *rev => counting.remove(&old),
            _ => return Err(Refusal::Conflict(*key)),
        }
    }
    let tally = counting.at(before.head.seq + 1);
    Ok((tally, counting.core().unwrap_or_else(|| core.clone())))
}

/// What the core will come to once `batch` is written over the records that `look` finds. Refuses nothing.
pub(super) fn core_after<E>(
    core: &CoreSum,
    batch: &Batch,
    mut look: impl FnMut(&Key) -> Result<Option<Stored>, E>,
) -> Result<Core, E> {
    let mut core = core.clone();
    for put in &batch.puts {
        if let Some(old) = look(&put.key)? {
            core.remove(&old);
        }
        core.add(&put.key, put.expect.next(), &put.value);
    }
    for (key, _) in &batch.deletes {
        if let Some(old) = look(key)? {
            core.remove(&old);
        }
    }
    Ok(core.core())
}

/// Refuses what no engine may be asked: a key twice, or a value too long.
fn well_formed(batch: &Batch) -> Result<(), String> {
    let keys = batch.puts.iter().map(|put| put.key).chain(batch.deletes.iter().map(|(key, _)| *key));
    let mut seen = HashSet::new();
    for key in keys {
        if !seen.insert(key) {
            return Err(format!(
                "a key stands twice in one batch (kind {:#04x}); nothing was saved",
                key.kind()
            ));
        }
    }
    match batch.puts.iter().find(|put| put.value.len() > MAX_VALUE) {
        Some(put) => Err(format!(
            "value too large: {} bytes for kind {:#04x}, at most {MAX_VALUE}; nothing was saved",
            put.value.len(),
            put.key.kind()
        )),
        None => Ok(()),
    }
}
