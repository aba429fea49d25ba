//! What every engine asks of a batch before it writes, and where the map stands after it.
//!
//! Owns the refusals (a key twice, a value too long, an expectation that does not hold) and the arithmetic of
//! [`Head`], so that all engines agree byte for byte. It must not write anything.

use std::collections::HashSet;

use super::sum::Sum;
use super::{Batch, Expect, Head, Key, MAX_VALUE, Rev, Stored};

/// Bytes a record takes beside its value: its key and its revision.
const RECORD_OVERHEAD: u64 = Key::LEN as u64 + 4;

/// Where a map stands, with its size.
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

    /// Counts what is there, for comparison; `seq` is taken over.
    pub(super) fn of(seq: u64, records: impl IntoIterator<Item = Stored>) -> Self {
        let mut counting = Counting::new(seq);
        for stored in records {
            counting.add(&stored);
        }
        counting.done()
    }
}

/// A full count under way, page by page.
pub(super) struct Counting {
    sum: Sum,
    seq: u64,
    count: u64,
    logical: u64,
}

impl Counting {
    /// Starts at nothing.
    pub(super) fn new(seq: u64) -> Self {
        Self { sum: Sum::default(), seq, count: 0, logical: 0 }
    }

    /// Counts one record.
    pub(super) fn add(&mut self, stored: &Stored) {
        self.sum.add(&stored.key, stored.rev, &stored.value);
        self.count += 1;
        self.logical += RECORD_OVERHEAD + stored.value.len() as u64;
    }

    /// The result.
    pub(super) fn done(self) -> Tally {
        let head = Head { seq: self.seq, count: self.count, digest: self.sum.to_bytes() };
        Tally { head, logical: self.logical }
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

/// Checks `batch` against the records that `look` finds and answers where the map will stand after it.
pub(super) fn tally<E>(
    before: &Tally,
    batch: &Batch,
    mut look: impl FnMut(&Key) -> Result<Option<Stored>, E>,
) -> Result<Tally, Refusal<E>> {
    well_formed(batch).map_err(Refusal::Malformed)?;
    let mut sum = Sum::from_bytes(&before.head.digest);
    let mut count = before.head.count;
    let mut logical = before.logical;
    let mut leave = |old: &Stored, sum: &mut Sum| {
        sum.subtract(&old.key, old.rev, &old.value);
        count = count.saturating_sub(1);
        logical = logical.saturating_sub(RECORD_OVERHEAD + old.value.len() as u64);
    };
    let mut added: u64 = 0;
    for put in &batch.puts {
        let old = look(&put.key).map_err(Refusal::Read)?;
        match (put.expect, &old) {
            (Expect::Absent, None) => {}
            (Expect::At(rev), Some(old)) if old.rev == rev && rev != Rev(u32::MAX) => leave(old, &mut sum),
            _ => return Err(Refusal::Conflict(put.key)),
        }
        sum.add(&put.key, put.expect.next(), &put.value);
        added += RECORD_OVERHEAD + put.value.len() as u64;
    }
    for (key, rev) in &batch.deletes {
        match look(key).map_err(Refusal::Read)? {
            Some(old) if old.rev == *rev => leave(&old, &mut sum),
            _ => return Err(Refusal::Conflict(*key)),
        }
    }
    let count = count + batch.puts.len() as u64;
    let head = Head { seq: before.head.seq + 1, count, digest: sum.to_bytes() };
    Ok(Tally { head, logical: logical + added })
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
