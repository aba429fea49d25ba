//! What one act writes, collected, then sealed into a batch that needs no key any more.

use super::checkpoint::Witness;
use super::sealer::Sealer;
use super::{
    AgencyKeys, DraftDoc, DraftHead, DraftVersion, Kind, Owner, Record, Stamp, Store, StoreError, Typed,
    version_number,
};
use crate::domain::{ClientId, DeskId, Number, StaffId};
use crate::engine::{Batch, Expect, Key, Rev};
use crate::vault::{StaffKeys, Zeroizing};
use std::collections::HashMap;
use std::fmt;

/// One thing to write.
pub(crate) enum Op {
    Put {
        key: Key,
        expect: Expect,
        undone: bool,
        payload: Zeroizing<Vec<u8>>,
    },
    Delete {
        key: Key,
        rev: Rev,
    },
    SaveDraft {
        doc: Box<DraftDoc>,
        expect: Expect,
    },
    DeleteDraft {
        key: Key,
        rev: Rev,
    },
    /// Removes a record as it lies there: nothing of it is kept, and its parts are named beside it.
    Erase {
        key: Key,
        rev: Rev,
    },
}

/// A number, and the record that will be there with its revision; `None` = there will be none.
pub(crate) type Made<R> = (Number, Option<(Rev, R)>);

/// What a transaction makes of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: Key,
    /// Its revision before; `None` = it was not there.
    pub was: Option<Rev>,
    /// Its revision afterwards; `None` = it is gone.
    pub now: Option<Rev>,
}

impl Op {
    fn change(&self) -> Change {
        let put = |key, expect: Expect| {
            let was = if let Expect::At(rev) = expect { Some(rev) } else { None };
            Change { key, was, now: Some(expect.next()) }
        };
        match self {
            Self::Put { key, expect, .. } => put(*key, *expect),
            Self::SaveDraft { doc, expect } => put(doc.key(), *expect),
            Self::Delete { key, rev } | Self::DeleteDraft { key, rev } | Self::Erase { key, rev } => {
                Change { key: *key, was: Some(*rev), now: None }
            }
        }
    }

    /// What this makes of its record, read as the type of its kind.
    fn makes<R: Record>(&self) -> Result<Made<R>, StoreError> {
        Ok(match self {
            Self::Put { key, expect, undone: false, payload } => {
                (key.number(), Some((expect.next(), R::decode(payload)?)))
            }
            Self::Put { key, .. }
            | Self::Delete { key, .. }
            | Self::DeleteDraft { key, .. }
            | Self::Erase { key, .. } => (key.number(), None),
            // A draft's head is written by the sealer; until then it is as the caller has it.
            Self::SaveDraft { doc, expect } => {
                (doc.head.number, Some((expect.next(), R::decode(&DraftHead::encode(&doc.head)?)?)))
            }
        })
    }
}

/// Typed puts and deletes that will happen together or not at all. Made by [`Store::begin`].
pub struct Transaction {
    pub(crate) id: [u8; 16],
    pub(crate) store_id: [u8; 16],
    pub(crate) desk: DeskId,
    pub(crate) ops: Vec<Op>,
    pub(crate) checkpoint: Option<Witness>,
    pub(crate) stamp: Stamp,
    /// Which operations are on which kind and owner, in order.
    index: HashMap<(u8, Owner), Vec<usize>>,
}

impl Transaction {
    /// Writes a record. Long ones are split, and the parts of the one that was there removed, unseen.
    pub fn put<R: Record>(
        &mut self,
        owner: impl Into<Owner>,
        number: Number,
        expect: Expect,
        record: &R,
    ) -> Result<(), StoreError> {
        let key = Key::new(R::KIND as u8, owner.into().0, number);
        let payload = Zeroizing::new(record.encode()?);
        self.push(key, Op::Put { key, expect, undone: false, payload });
        Ok(())
    }

    /// Removes a record and its parts.
    pub fn delete<R: Record>(&mut self, owner: impl Into<Owner>, number: Number, rev: Rev) {
        let key = Key::new(R::KIND as u8, owner.into().0, number);
        self.push(key, Op::Delete { key, rev });
    }

    /// Opens a draft or saves it together with other records. Autosaves go into a [`DraftTransaction`].
    pub fn save_draft(&mut self, doc: &DraftDoc, expect: Expect) {
        self.push(doc.key(), Op::SaveDraft { doc: Box::new(doc.clone()), expect });
    }

    /// Removes a draft with its text.
    pub fn delete_draft(&mut self, client: ClientId, number: Number, rev: Rev) {
        let key = Key::new(Kind::DraftHead as u8, client.0, number);
        self.push(key, Op::DeleteDraft { key, rev });
    }

    /// Removes a record without keeping anything of it: what a purge does.
    pub fn erase(&mut self, (key, rev): super::Doomed) {
        self.push(key, Op::Erase { key, rev });
    }

    /// Also writes the checkpoint. Every signed-in act does; it is sealed with [`Store::seal_signed`].
    pub fn checkpoint(&mut self, witness: Witness) {
        self.checkpoint = Some(witness);
    }

    /// Says who changes what it writes, when, and by which event: kept with what was there before.
    pub fn stamp(&mut self, stamp: Stamp) {
        self.stamp = stamp;
    }

    /// Writes a payload over a record as it is, undone or not: what undoing does.
    pub fn put_raw(&mut self, key: Key, expect: Expect, undone: bool, payload: Zeroizing<Vec<u8>>) {
        self.push(key, Op::Put { key, expect, undone, payload });
    }

    fn push(&mut self, key: Key, op: Op) {
        self.index.entry((key.kind(), Owner(key.owner()))).or_default().push(self.ops.len());
        self.ops.push(op);
    }

    /// Returns what it will make of the records of a kind and owner: numbers with revision and record, `None` where it is
    /// gone afterwards.
    pub(crate) fn pending<R: Record>(&self, owner: impl Into<Owner>) -> Result<Vec<Made<R>>, StoreError> {
        let Some(places) = self.index.get(&(R::KIND as u8, owner.into())) else { return Ok(Vec::new()) };
        places.iter().map(|place| self.ops[*place].makes::<R>()).collect()
    }

    /// Returns every change of a record: its key, and the revisions before and after (`None` = it is not there).
    pub fn changes(&self) -> impl Iterator<Item = Change> {
        self.ops.iter().map(Op::change)
    }

    /// How many things it will write.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// How many bytes of records it will write, before sealing. Drafts are not counted.
    pub fn bytes(&self) -> usize {
        let payload = |op: &Op| if let Op::Put { payload, .. } = op { payload.len() } else { 0 };
        self.ops.iter().map(payload).sum()
    }

    /// Nothing to write.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Transaction({} writes)", self.ops.len())
    }
}

/// A transaction that can put nothing but draft heads, chunks and versions, heads over ones that are there, and what somebody
/// typed into forms. Made by [`Store::begin_draft`].
pub struct DraftTransaction(Transaction);

impl DraftTransaction {
    /// Saves a draft that was opened before. `rev` is its head's revision; the next one is `rev + 1`.
    pub fn save(&mut self, doc: &DraftDoc, rev: Rev) {
        self.0.save_draft(doc, Expect::At(rev));
    }

    /// Keeps an earlier state of a draft, over the oldest one if that stands in its place at `expect`.
    pub fn keep(&mut self, version: &DraftVersion, expect: Expect) -> Result<(), StoreError> {
        let head = &version.doc.head;
        self.0.put(head.client, version_number(head.number, version.seq), expect, version)
    }
}

impl DraftTransaction {
    /// Keeps what a person typed into forms.
    pub fn keep_typed(&mut self, whose: StaffId, typed: &Typed, expect: Expect) -> Result<(), StoreError> {
        self.0.put(whose, 1, expect, typed)
    }

    /// Nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for DraftTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DraftTransaction({} drafts)", self.0.ops.len())
    }
}

/// A batch that is ready: committing it needs no key, now or later.
#[derive(Clone)]
pub struct SealedBatch {
    pub(crate) batch: Batch,
    pub(crate) kept: Vec<(Key, Number)>,
}

impl SealedBatch {
    /// Its random name.
    pub fn id(&self) -> [u8; 16] {
        self.batch.id
    }

    /// How many records it writes.
    pub fn puts(&self) -> usize {
        self.batch.puts.len()
    }

    /// How many records it removes.
    pub fn deletes(&self) -> usize {
        self.batch.deletes.len()
    }

    /// The batch as the engine takes it.
    pub fn batch(&self) -> &Batch {
        &self.batch
    }

    /// The records whose past it keeps, and the number of each [`super::Past`].
    pub fn kept(&self) -> &[(Key, Number)] {
        &self.kept
    }
}

impl fmt::Debug for SealedBatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedBatch({} puts, {} deletes)", self.puts(), self.deletes())
    }
}

impl Store {
    /// A new transaction. The id is random, from the caller's `Ids`.
    pub fn begin(&self, id: [u8; 16]) -> Transaction {
        Transaction {
            id,
            store_id: *self.id(),
            desk: self.desk(),
            ops: Vec::new(),
            checkpoint: None,
            stamp: Stamp::default(),
            index: HashMap::new(),
        }
    }

    /// A new transaction for autosaves.
    pub fn begin_draft(&self, id: [u8; 16]) -> DraftTransaction {
        DraftTransaction(self.begin(id))
    }

    /// Seals a transaction. Reads what it replaces, writes nothing.
    pub fn seal(&self, transaction: &Transaction, key: &AgencyKeys) -> Result<SealedBatch, StoreError> {
        Sealer::new(self, Some(key), None).seal(transaction)
    }

    /// The same for a transaction with a checkpoint, which these keys sign.
    pub fn seal_signed(
        &self,
        transaction: &Transaction,
        key: &AgencyKeys,
        keys: &StaffKeys,
    ) -> Result<SealedBatch, StoreError> {
        Sealer::new(self, Some(key), Some(keys)).seal(transaction)
    }

    /// Seals a transaction that holds only audit events and counts of failed sign-ins: what a desk may write while nobody
    /// is signed in. Anything else is [`StoreError::NoKey`].
    pub fn seal_keyless(&self, transaction: &Transaction) -> Result<SealedBatch, StoreError> {
        Sealer::new(self, None, None).seal(transaction)
    }

    pub fn seal_draft(&self, drafts: &DraftTransaction, key: &AgencyKeys) -> Result<SealedBatch, StoreError> {
        self.seal(&drafts.0, key)
    }
}
