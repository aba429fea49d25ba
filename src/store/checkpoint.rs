//! The checkpoint: where the last signed-in act left the store, signed by whoever acted.
//!
//! Owns what it says and how the store is compared with it. It is public, one for each desk, so that anybody can compare
//! without a key and without reading the records: the engine keeps the sum over the core. Whoever has the files and nobody's
//! keys can change no core record that a checkpoint would not tell of; what a desk writes while nobody is signed in, and
//! drafts, lie outside the core. It names the commit it was sealed after, not its own: a lock seals its act before the
//! drafts are written.

use super::record::{decode_as, encode_as};
use super::repo::decode_unsealed;
use super::{AuditHead, Kind, Roster, RosterHead, Store, StoreError};
use crate::domain::{DeskId, Mismatch, Moment, StaffId, numbered};
use crate::engine::{Core, Head, Stored};
use crate::vault::{self, StaffKeys, verify_strict};

/// A checkpoint as it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    /// What was signed.
    pub frozen: Vec<u8>,
    /// The signature.
    pub proof: Vec<u8>,
}

numbered!(Checkpoint { 1 frozen, 2 proof });

/// What a checkpoint says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckpointText {
    pub desk: DeskId,
    /// Who signed it.
    pub by: StaffId,
    /// The newest moment of this act and of those before it: a clock before it has fallen back.
    pub newest: Moment,
    /// Records in the core after the act.
    pub count: u64,
    /// Digest of the core after the act.
    pub core: [u8; 32],
    /// The commit it was sealed after.
    pub seen: u64,
    /// Hash of that commit's entry in the journal.
    pub seen_hash: [u8; 32],
    /// The desk's audit with the events of the act.
    pub audit: AuditHead,
    /// The roster after the act.
    pub roster: RosterHead,
    /// Mismatches that no admin has acknowledged yet.
    pub open: u32,
}

numbered!(CheckpointText {
    1 desk, 2 by, 3 newest, 4 count, 5 core, 6 seen, 7 seen_hash, 8 audit, 9 roster, 10 open,
});

/// What an act says of itself in its checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Who acts.
    pub by: StaffId,
    /// The audit with its events.
    pub audit: AuditHead,
    /// The newest moment so far.
    pub newest: Moment,
    /// The roster with its links.
    pub roster: RosterHead,
    /// Mismatches that are open after it.
    pub open: u32,
}

fn hash(store_id: &[u8; 16], frozen: &[u8]) -> [u8; 32] {
    vault::blake3(&[b"concord checkpoint v1", store_id, frozen])
}

impl Checkpoint {
    /// Signs where an act leaves the store: `core` after it, `seen` before it.
    pub(crate) fn sign(
        store_id: &[u8; 16],
        (desk, witness): (DeskId, Witness),
        core: Core,
        (seen, seen_hash): (Head, [u8; 32]),
        keys: &StaffKeys,
    ) -> Result<Self, StoreError> {
        let Witness { by, audit, newest, roster, open } = witness;
        let Core { count, digest } = core;
        let text = CheckpointText {
            desk,
            by,
            newest,
            count,
            core: digest,
            seen: seen.seq,
            seen_hash,
            audit,
            roster,
            open,
        };
        let frozen = encode_as(Kind::Checkpoint, &text)?;
        let proof = keys.sign(&hash(store_id, &frozen)).to_vec();
        Ok(Self { frozen, proof })
    }

    /// What it says; proves nothing yet.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] if it makes no sense.
    pub fn text(&self) -> Result<CheckpointText, StoreError> {
        decode_as(Kind::Checkpoint, &self.frozen)
    }

    /// As it is kept outside the store.
    ///
    /// # Errors
    /// As encoding does.
    pub fn to_bytes(&self) -> Result<Vec<u8>, StoreError> {
        encode_as(Kind::Checkpoint, self)
    }

    /// What was kept outside the store; `None` if it is no checkpoint.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        decode_as::<Self>(Kind::Checkpoint, bytes).ok().filter(|kept| kept.text().is_ok())
    }

    /// The checkpoint that an archive carries.
    pub fn of_archive(stored: &Stored) -> Option<Self> {
        let ours = stored.key.kind() == Kind::Checkpoint as u8;
        ours.then(|| decode_unsealed::<Self>(stored).ok()).flatten().map(|found| found.value)
    }

    /// What it says, if somebody of this agency signed it then, whether they still may or not.
    pub fn signed_once(&self, store_id: &[u8; 16], roster: &Roster) -> Option<CheckpointText> {
        let text = self.text().ok()?;
        let hash = hash(store_id, &self.frozen);
        let signed = |key: &[u8; 32]| verify_strict(key, &hash, &self.proof);
        roster.keys_at(text.by, text.newest).iter().any(signed).then_some(text)
    }

    /// What it says, if somebody signed it who may sign in, under the keys they have now.
    pub fn proven(&self, store_id: &[u8; 16], roster: &Roster) -> Option<CheckpointText> {
        let text = self.text().ok()?;
        let key = roster.signs_now(text.by)?;
        verify_strict(&key, &hash(store_id, &self.frozen), &self.proof).then_some(text)
    }
}

/// How a store lies to a checkpoint of it that was signed once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Descent {
    /// It has everything that was there then, or has gone on from there.
    Holds,
    /// It is before it, by so many events of the audit at least.
    Older {
        /// So many.
        behind: u64,
    },
    /// It has gone another way: what was done until then is not what was done here.
    Parted,
}

impl Store {
    /// How this store lies to a checkpoint that somebody of this agency signed once.
    ///
    /// # Errors
    /// As reading does.
    pub fn descends_from(&self, then: &CheckpointText, roster: &Roster) -> Result<Descent, StoreError> {
        let audit = self.audit_head()?.number;
        if let Some(behind) = then.audit.number.checked_sub(audit).filter(|behind| *behind > 0) {
            return Ok(Descent::Older { behind: behind.into() });
        }
        let same_keys = roster.hash_at(self.id(), then.roster.number) == Some(then.roster.hash);
        let same_acts = self.audit_hash_at(then.audit.number)? == Some(then.audit.hash);
        let further = self.head().seq > then.seen;
        Ok(if then.desk == self.desk() && same_keys && same_acts && further {
            Descent::Holds
        } else {
            Descent::Parted
        })
    }

    /// The checkpoint of this desk; what it says is not proven yet.
    ///
    /// # Errors
    /// As reading does.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, StoreError> {
        Ok(self.public::<Checkpoint>(self.desk(), 1)?.map(|found| found.value))
    }

    /// Compares the store with its checkpoint. Needs no key and reads no record of the core.
    ///
    /// # Errors
    /// As reading does.
    pub fn compare(&self, roster: &Roster) -> Result<Vec<Mismatch>, StoreError> {
        let Some(checkpoint) = self.checkpoint().unwrap_or_default() else {
            return Ok(if self.head().count == 0 { Vec::new() } else { vec![Mismatch::NoCheckpoint] });
        };
        let Some(text) = checkpoint.proven(self.id(), roster).filter(|text| text.desk == self.desk()) else {
            return Ok(vec![Mismatch::CheckpointUnsigned]);
        };
        let mut found = Vec::new();
        if self.engine().core() != (Core { count: text.count, digest: text.core }) {
            found.push(Mismatch::RecordsDiffer);
        }
        if roster.head() != text.roster {
            found.push(Mismatch::KeysDiffer);
        }
        if self.head().seq <= text.seen {
            found.push(Mismatch::StoreOlder);
        }
        if self.audit_hash_at(text.audit.number)? != Some(text.audit.hash)
            || self.audit_verify_after(text.audit)?.is_some()
        {
            found.push(Mismatch::AuditDiffers);
        }
        Ok(found)
    }

    /// Returns the newest moment an act was written at; the beginning of time if nothing proven says so.
    ///
    /// # Errors
    /// As reading does.
    pub fn newest(&self, roster: &Roster) -> Result<Moment, StoreError> {
        let proven = self.checkpoint()?.and_then(|checkpoint| checkpoint.proven(self.id(), roster));
        Ok(proven.map(|text| text.newest).unwrap_or_default())
    }
}
