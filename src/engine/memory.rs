//! The engine without a disk: a map in memory whose faults can be ordered.
//!
//! Owns a shared map, so that a test can close one handle and open a [`MemoryEngine::twin`] as a restart would. It keeps
//! the same head and refuses the same batches as every engine; nothing in it outlives the process.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::check::{self, Counting, Refusal, Tally};
use super::core::CoreSum;
use super::{Batch, Core, Engine, EngineError, Head, Key, Outcome, Rev, Span, Stored};

/// Batch ids remembered, as in the embedded engine.
const RECENT: usize = 64;

/// What the next commit does instead of succeeding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommitFault {
    /// Answers [`Outcome::NotSaved`]; nothing is written.
    NotSaved,
    /// Writes the batch and answers [`Outcome::Unknown`].
    UnknownApplied,
    /// Writes nothing and answers [`Outcome::Unknown`].
    UnknownLost,
    /// Answers [`Outcome::Conflict`] at this key; nothing is written.
    Conflict(Key),
}

/// The map and the faults, shared by all handles on it.
#[derive(Clone, Debug)]
struct Map {
    records: BTreeMap<Key, (Rev, Vec<u8>)>,
    tally: Tally,
    core: CoreSum,
    /// Hash of the last commit.
    last: [u8; 32],
    recent: VecDeque<[u8; 16]>,
    /// Faults for the coming commits, first in, first out.
    next: VecDeque<CommitFault>,
    disk_full: bool,
    unreadable: Option<EngineError>,
}

/// An [`Engine`] in memory.
#[derive(Debug)]
pub struct MemoryEngine {
    map: Arc<Mutex<Map>>,
}

/// Orders faults from an engine that already belongs to someone else.
#[derive(Clone, Debug)]
pub struct Faults {
    map: Arc<Mutex<Map>>,
}

impl MemoryEngine {
    /// An empty map without faults. Records of the loose kinds are no part of the core.
    pub fn new(loose: &'static [u8]) -> Self {
        let map = Map {
            records: BTreeMap::new(),
            tally: Tally::empty(),
            core: CoreSum::empty(loose),
            last: [0; 32],
            recent: VecDeque::new(),
            next: VecDeque::new(),
            disk_full: false,
            unreadable: None,
        };
        Self { map: Arc::new(Mutex::new(map)) }
    }

    /// Another handle on the same map: what a restarted program finds.
    #[must_use]
    pub fn twin(&self) -> Self {
        Self { map: Arc::clone(&self.map) }
    }

    /// A separate map with the same content: what somebody who copied the store holds.
    #[must_use]
    pub fn copy(&self) -> Self {
        let map = lock(&self.map).clone();
        Self { map: Arc::new(Mutex::new(map)) }
    }

    /// A handle that orders faults, to be kept when the engine is given away.
    pub fn faults(&self) -> Faults {
        Faults { map: Arc::clone(&self.map) }
    }

    fn map(&self) -> MutexGuard<'_, Map> {
        lock(&self.map)
    }

    /// The map, unless reading was made to fail.
    fn readable(&self) -> Result<MutexGuard<'_, Map>, EngineError> {
        let map = self.map();
        match &map.unreadable {
            Some(error) => Err(error.clone()),
            None => Ok(map),
        }
    }
}

impl Faults {
    /// The next commit without its own fault gets this one; several queue up.
    pub fn next_commit(&self, fault: CommitFault) {
        lock(&self.map).next.push_back(fault);
    }

    /// A full disk: every commit is [`Outcome::NotSaved`] until told `false`. Reading goes on.
    pub fn disk_full(&self, full: bool) {
        lock(&self.map).disk_full = full;
    }

    /// Every read answers this error until told `None`.
    pub fn unreadable(&self, error: Option<EngineError>) {
        lock(&self.map).unreadable = error;
    }

    /// Replaces or removes a record behind the engine's back, as damage or a stranger would: the head stays as it was.
    pub fn tamper(&self, key: Key, record: Option<(Rev, Vec<u8>)>) {
        let mut map = lock(&self.map);
        match record {
            Some(record) => map.records.insert(key, record),
            None => map.records.remove(&key),
        };
    }
}

impl Map {
    fn stored(&self, key: &Key) -> Option<Stored> {
        self.records.get(key).map(|(rev, value)| Stored { key: *key, rev: *rev, value: value.clone() })
    }

    fn commit(&mut self, batch: &Batch) -> Outcome {
        if self.disk_full {
            return Outcome::NotSaved("the disk is full; nothing was saved".into());
        }
        let fault = self.next.pop_front();
        match &fault {
            Some(CommitFault::NotSaved) => {
                return Outcome::NotSaved("the disk refused; nothing was saved".into());
            }
            Some(CommitFault::Conflict(key)) => return Outcome::Conflict(*key),
            _ => {}
        }
        let look = |key: &Key| Ok::<_, EngineError>(self.stored(key));
        let (tally, core) = match check::after(&self.tally, &self.core, batch, look) {
            Ok(after) => after,
            Err(Refusal::Conflict(key)) => return Outcome::Conflict(key),
            Err(Refusal::Malformed(why)) => return Outcome::NotSaved(why),
            Err(Refusal::Read(error)) => return Outcome::NotSaved(error.to_string()),
        };
        if fault != Some(CommitFault::UnknownLost) {
            self.apply(batch, tally, core);
        }
        if fault.is_some() {
            return Outcome::Unknown(
                "the disk did not answer; it is not known whether this was saved".into(),
            );
        }
        Outcome::Ok
    }

    fn apply(&mut self, batch: &Batch, tally: Tally, core: CoreSum) {
        for put in &batch.puts {
            self.records.insert(put.key, (put.expect.next(), put.value.clone()));
        }
        for (key, _) in &batch.deletes {
            self.records.remove(key);
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.last).update(&batch.id).update(&tally.head.digest);
        self.last = *hasher.finalize().as_bytes();
        (self.tally, self.core) = (tally, core);
        self.recent.push_back(batch.id);
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }
}

impl Engine for MemoryEngine {
    fn get(&self, key: &Key) -> Result<Option<Stored>, EngineError> {
        Ok(self.readable()?.stored(key))
    }

    fn page(&self, span: &Span, after: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let map = self.readable()?;
        let Some(range) = span.behind(after) else { return Ok(Vec::new()) };
        Ok(map.records.range(range).take(limit).map(stored).collect())
    }

    fn page_back(&self, span: &Span, before: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let map = self.readable()?;
        let Some(range) = span.ahead(before) else { return Ok(Vec::new()) };
        Ok(map.records.range(range).rev().take(limit).map(stored).collect())
    }

    fn commit(&mut self, batch: &Batch) -> Outcome {
        self.map().commit(batch)
    }

    fn settled(&self, batch_id: &[u8; 16]) -> Result<bool, EngineError> {
        Ok(self.readable()?.recent.contains(batch_id))
    }

    fn head(&self) -> Head {
        self.map().tally.head
    }

    fn core(&self) -> Core {
        self.map().core.core()
    }

    fn core_after(&self, batch: &Batch) -> Result<Core, EngineError> {
        let map = self.readable()?;
        check::core_after(&map.core, batch, |key| Ok(map.stored(key)))
    }

    fn last_commit(&self) -> [u8; 32] {
        self.map().last
    }

    fn disk_bytes(&self) -> u64 {
        0
    }

    fn verify(&self) -> Result<(), EngineError> {
        let map = self.readable()?;
        let mut counting = Counting::from(&Tally::empty()).with(CoreSum::empty(map.core.loose()));
        for row in map.records.iter().map(stored) {
            counting.add(&row.key, row.rev, &row.value);
        }
        if counting.at(map.tally.head.seq) == map.tally && counting.core().as_ref() == Some(&map.core) {
            return Ok(());
        }
        Err(EngineError::Damaged("the records do not add up to what was last committed".into()))
    }

    fn settle(&mut self) -> Result<(), EngineError> {
        Ok(())
    }
}

fn stored((key, (rev, value)): (&Key, &(Rev, Vec<u8>))) -> Stored {
    Stored { key: *key, rev: *rev, value: value.clone() }
}

/// A panic in one test thread must not hide the map from the assertions that follow.
fn lock(map: &Mutex<Map>) -> MutexGuard<'_, Map> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}
