//! The anchor: a sealed witness of where the store was before the last signed-in unit.
//!
//! What it catches after sign-in: public records (front, logins) that were not written by a unit: somebody's public key
//! exchanged for another; an anchor without the unit it came with (the engine is before it), a wrong number
//! of records right after that unit, an audit chain that was cut or exchanged up to that unit, an anchor removed or
//! sealed under another key. What it cannot: a whole store put back to an older state (its anchor went back with it;
//! only the anchor in an archive shows that), a change of records between this unit and the next (drafts and signed-out
//! audit events may come in between, so count and digest are free there), one record put back to its own older revision
//! (only a digest scan shows that). The digest is kept for archives: a journal replayed to `seq` must have it.

use super::repo::scan;
use super::{AuditHead, Kind, Owner, Repo, Sealing, Store, StoreError};
use crate::domain::{Moment, numbered};
use crate::engine::{Batch, Engine, Head, Key, Span, Stored};
use crate::vault::{self, SymKey};
use std::collections::BTreeMap;

/// Where the store was before the unit that wrote this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Commits before the unit.
    pub seq: u64,
    /// Records before the unit.
    pub count: u64,
    /// Digest before the unit.
    pub digest: [u8; 32],
    /// By how many records the unit changed the count.
    pub grew: i64,
    /// The audit chain with the unit's own events.
    pub audit: AuditHead,
    /// BLAKE3 over every public record as the unit left them. Signed-out desks write none.
    pub public: [u8; 32],
    /// The newest moment of this unit and of those before it: a clock before it has fallen back.
    pub newest: Moment,
}

numbered!(Anchor {
    1 seq, 2 count, 3 digest, 4 grew, 5 audit, 6 public, 7 newest,
});

/// What a unit says of itself in its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The audit chain with its events.
    pub audit: AuditHead,
    /// The newest moment so far.
    pub newest: Moment,
}

/// What the comparison with the engine found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorFinding {
    /// Nothing was written since the last signed-in unit, and the counts agree.
    Holds,
    /// So many commits came after it: autosaves and signed-out audit events, as they may.
    Led {
        /// Commits after the unit.
        commits: u64,
        /// Audit events among them.
        events: u32,
    },
    /// There is no anchor, though there are records.
    Missing,
    /// The store is before the unit its anchor came with: files of different ages were put together.
    StoreBehind,
    /// Right after the unit, the number of records is not what the unit made it.
    CountDiffers,
    /// The audit chain does not lead to what it was at the unit: events are missing or exchanged.
    AuditDiffers,
    /// Front or logins are not as the unit left them: somebody without the key changed them.
    PublicDiffers,
}

impl AnchorFinding {
    /// Nothing to report.
    pub fn sound(self) -> bool {
        matches!(self, Self::Holds | Self::Led { .. })
    }
}

impl Anchor {
    /// The anchor of a unit that is about to be written.
    pub(crate) fn before(head: Head, grew: i64, unit: Witness, public: [u8; 32]) -> Self {
        let Witness { audit, newest } = unit;
        Self { seq: head.seq, count: head.count, digest: head.digest, grew, audit, public, newest }
    }

    fn compare(&self, store: &Store) -> Result<AnchorFinding, StoreError> {
        let head = store.head();
        let Some(commits) = head.seq.checked_sub(self.seq.saturating_add(1)) else {
            return Ok(AnchorFinding::StoreBehind);
        };
        if store.audit_hash_at(self.audit.number)? != Some(self.audit.hash) {
            return Ok(AnchorFinding::AuditDiffers);
        }
        let Some(events) = store.audit_head()?.number.checked_sub(self.audit.number) else {
            return Ok(AnchorFinding::AuditDiffers);
        };
        if public_sum(store.engine(), &Batch::default())? != self.public {
            return Ok(AnchorFinding::PublicDiffers);
        }
        if commits > 0 {
            return Ok(AnchorFinding::Led { commits, events });
        }
        let count = self.count.checked_add_signed(self.grew);
        let finding = match (events, count == Some(head.count)) {
            (0, true) => AnchorFinding::Holds,
            (0, false) => AnchorFinding::CountDiffers,
            _ => AnchorFinding::AuditDiffers,
        };
        Ok(finding)
    }
}

/// BLAKE3 over the public records as they will be once `batch` is written.
pub(crate) fn public_sum(engine: &dyn Engine, batch: &Batch) -> Result<[u8; 32], StoreError> {
    let mut values: BTreeMap<Key, Vec<u8>> = BTreeMap::new();
    let public = |kind: &&Kind| kind.sealing() == Sealing::Public;
    for kind in Kind::ALL.iter().filter(public) {
        scan(engine, &Span::kind(*kind as u8), |stored| {
            values.insert(stored.key, stored.value.clone());
            Ok(())
        })?;
    }
    for (key, _) in &batch.deletes {
        values.remove(key);
    }
    for put in &batch.puts {
        if Kind::from_byte(put.key.kind()).is_some_and(|kind| public(&&kind)) {
            values.insert(put.key, put.value.clone());
        }
    }
    // Keys have one length; each value is hashed on its own, so nothing can slide from one to the next.
    let mut lines = Vec::with_capacity(values.len() * (Key::LEN + 32));
    for (key, value) in &values {
        lines.extend_from_slice(&key.0);
        lines.extend_from_slice(&vault::blake3(&[value]));
    }
    Ok(vault::blake3(&[b"concord public records v1", &lines]))
}

/// Where the anchor is: an archive carries it in its trailer.
pub fn anchor_key() -> Key {
    Key::new(Kind::Anchor as u8, Owner::AGENCY.0, 1)
}

impl Repo<'_> {
    /// Opens the anchor an archive carries. `None` where it is not one of this store, or was not sealed by its key.
    pub fn anchor_of_archive(&self, stored: &Stored) -> Option<Anchor> {
        let ours = stored.key == anchor_key();
        ours.then(|| self.decode::<Anchor>(stored).ok().flatten()).flatten().map(|anchor| anchor.value)
    }

    /// The sealed anchor, for an archive's trailer too.
    pub fn anchor(&self) -> Result<Option<Anchor>, StoreError> {
        Ok(self.get::<Anchor>(Owner::AGENCY, 1)?.map(|anchor| anchor.value))
    }
}

impl Store {
    /// Compares the anchor with the state of the engine. To be called after every sign-in.
    pub fn check_anchor(&self, key: &SymKey) -> Result<AnchorFinding, StoreError> {
        match self.repo(key).anchor()? {
            Some(anchor) => anchor.compare(self),
            None if self.head().count == 0 => Ok(AnchorFinding::Holds),
            None => Ok(AnchorFinding::Missing),
        }
    }

    /// Returns the newest moment a unit was written at; the beginning of time if none says so.
    pub fn newest(&self, key: &SymKey) -> Result<Moment, StoreError> {
        Ok(self.repo(key).anchor()?.map(|anchor| anchor.newest).unwrap_or_default())
    }
}
