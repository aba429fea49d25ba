//! The audit: events sealed to the audit public key, chained over sealed bytes, one chain for each desk.
//!
//! Anyone who knows the public key can append; only holders of the private key read. Each record carries the hash of the
//! one before it in the clear, so that the chain is checked without any key. What the chain alone does not see: a tail
//! cut off cleanly. The checkpoint does, up to the last signed-in act.

use super::record::{decode_as, encode_as};
use super::repo::{PAGE, decode_unsealed, scan};
use super::{AuditKeys, Kind, Owner, Store, StoreError, Transaction};
use crate::domain::{AuditEvent, DeskId, Number, numbered};
use crate::engine::{Expect, Key, Rev, Span, Stored};
use crate::vault;
use serde::{Deserialize, Serialize};

const INFO: &[u8] = b"concord audit event v1";

/// An audit event as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditRecord {
    /// Hash of the record before it; of the store id for the first.
    pub prev: [u8; 32],
    /// The event, sealed to the audit key.
    pub sealed: Vec<u8>,
}

numbered!(AuditRecord {
    1 prev, 2 sealed,
});

impl AuditRecord {
    fn hash(&self) -> [u8; 32] {
        vault::blake3(&[&self.prev, &self.sealed])
    }
}

/// The end of the chain: number and hash of the last record (0 and the hash of the store id while there is none).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// Number of the last event.
    pub number: Number,
    pub hash: [u8; 32],
}

/// What a check of the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// Events in the store.
    pub events: u32,
    /// Number at which the chain breaks first: a record missing, altered, written again or out of order.
    pub broken_at: Option<Number>,
}

/// One event as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    pub number: Number,
    /// What; `None` if it cannot be opened with this key or was altered.
    pub event: Option<AuditEvent>,
}

fn key(desk: DeskId, number: Number) -> Key {
    Key::new(Kind::Audit as u8, desk.0, number)
}

fn bound_to(store_id: &[u8; 16], desk: DeskId, number: Number, prev: &[u8; 32]) -> Vec<u8> {
    let mut aad = store_id.to_vec();
    aad.extend_from_slice(&key(desk, number).0);
    aad.extend_from_slice(prev);
    aad
}

impl AuditHead {
    fn start(store_id: &[u8; 16], desk: DeskId) -> Self {
        Self { number: 0, hash: vault::blake3(&[b"concord audit chain v1", store_id, &desk.0]) }
    }
}

impl Transaction {
    /// Appends an event behind `head` and gives the new head. Needs no secret. Several may be appended in a row.
    pub fn audit(
        &mut self,
        audit_public: &[u8; 32],
        head: AuditHead,
        event: &AuditEvent,
    ) -> Result<AuditHead, StoreError> {
        let number = head.number.saturating_add(1);
        let plain = encode_as(Kind::Audit, event)?;
        let aad = bound_to(&self.store_id, self.desk, number, &head.hash);
        let sealed = vault::seal_to(audit_public, INFO, &aad, &plain)?;
        let record = AuditRecord { prev: head.hash, sealed };
        self.put(self.desk, number, Expect::Absent, &record)?;
        Ok(AuditHead { number, hash: record.hash() })
    }
}

impl Store {
    fn audit_span(&self) -> Span {
        Span::owner(Kind::Audit as u8, self.desk().0)
    }

    /// The end of the chain.
    pub fn audit_head(&self) -> Result<AuditHead, StoreError> {
        let newest = self.engine().page_back(&self.audit_span(), None, 1)?;
        match newest.first() {
            None => Ok(AuditHead::start(self.id(), self.desk())),
            Some(stored) => {
                let record = decode_unsealed::<AuditRecord>(stored)?;
                Ok(AuditHead { number: record.number, hash: record.value.hash() })
            }
        }
    }

    /// The chain's hash at a number, if that event is there (0 = before the first).
    pub(crate) fn audit_hash_at(&self, number: Number) -> Result<Option<[u8; 32]>, StoreError> {
        if number == 0 {
            return Ok(Some(AuditHead::start(self.id(), self.desk()).hash));
        }
        let record = self.public::<AuditRecord>(self.desk(), number)?;
        Ok(record.map(|record| record.value.hash()))
    }

    /// Checks the chain behind an event that is known, as [`Store::audit_verify`] does for all of it: what was written there
    /// while nobody was signed in. Returns the number at which it breaks.
    ///
    /// # Errors
    /// As reading does.
    pub(crate) fn audit_verify_after(&self, known: AuditHead) -> Result<Option<Number>, StoreError> {
        let (mut head, mut broken) = (known, None);
        let mut after = Some(key(self.desk(), known.number));
        while let Some(from) = after.take() {
            let page = self.engine().page(&self.audit_span(), Some(&from), PAGE)?;
            for stored in &page {
                match self.follows(head, stored) {
                    Some(next) => head = next,
                    None => broken = broken.or(Some(stored.key.number())),
                }
            }
            after = page.last().map(|last| last.key).filter(|_| page.len() == PAGE);
        }
        Ok(broken)
    }

    /// The chain's new end, if this record is the event behind the end so far.
    fn follows(&self, head: AuditHead, stored: &Stored) -> Option<AuditHead> {
        let found = decode_unsealed::<AuditRecord>(stored).ok()?;
        let next = head.number.checked_add(1)?;
        let fits = (found.number, found.rev, found.owner) == (next, Rev(1), Owner::from(self.desk()));
        (fits && found.value.prev == head.hash).then(|| AuditHead { number: next, hash: found.value.hash() })
    }

    /// Checks the whole chain without a key: consecutive numbers from 1, each written once, each naming the one before, and
    /// none of a desk that is not here.
    pub fn audit_verify(&self) -> Result<AuditReport, StoreError> {
        let (mut head, desk) = (AuditHead::start(self.id(), self.desk()), Owner::from(self.desk()));
        let mut report = AuditReport { events: 0, broken_at: None };
        scan(self.engine(), &Span::kind(Kind::Audit as u8), |stored| {
            report.events += 1;
            let number = stored.key.number();
            let next = head.number.saturating_add(1);
            let record = decode_unsealed::<AuditRecord>(stored).ok();
            let whole = record.as_ref().is_some_and(|r| {
                number == next && r.rev == Rev(1) && r.owner == desk && r.value.prev == head.hash
            });
            if !whole && report.broken_at.is_none() {
                report.broken_at = Some(number.min(next));
            }
            if let Some(record) = record.filter(|record| record.owner == desk) {
                head = AuditHead { number, hash: record.value.hash() };
            }
            Ok(())
        })?;
        Ok(report)
    }

    /// Up to `limit` events, newest first, below `before` if given.
    pub fn audit_read(
        &self,
        keys: &AuditKeys,
        limit: usize,
        before: Option<Number>,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let before = before.map(|number| key(self.desk(), number));
        let page = self.engine().page_back(&self.audit_span(), before.as_ref(), limit)?;
        Ok(page
            .iter()
            .map(|stored| AuditEntry {
                number: stored.key.number(),
                event: decode_unsealed(stored).ok().and_then(|record| self.audit_open(keys, &record)),
            })
            .collect())
    }

    /// Opens an event with whichever key it was sealed to.
    fn audit_open(&self, keys: &AuditKeys, record: &super::Versioned<AuditRecord>) -> Option<AuditEvent> {
        let aad = bound_to(self.id(), self.desk(), record.number, &record.value.prev);
        let plain =
            keys.all().find_map(|key| vault::open_with(key, INFO, &aad, &record.value.sealed).ok())?;
        decode_as(Kind::Audit, &plain).ok()
    }
}
