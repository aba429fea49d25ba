//! What one act writes, collected, then sealed into a batch that needs no key any more.

use super::audit::AuditHead;
use super::sealer::Sealer;
use super::{DraftDoc, DraftVersion, Kind, Owner, Record, Store, StoreError, version_number};
use crate::domain::{ClientId, Number};
use crate::engine::{Batch, Expect, Key, Rev};
use crate::vault::{SymKey, Zeroizing};
use std::fmt;

/// One thing to write.
pub(crate) enum Op {
    Put { key: Key, expect: Expect, payload: Zeroizing<Vec<u8>> },
    Delete { key: Key, rev: Rev },
    SaveDraft { doc: Box<DraftDoc>, expect: Expect },
    DeleteDraft { key: Key, rev: Rev },
}

/// Typed puts and deletes that will happen together or not at all. Made by [`Store::begin`].
pub struct Transaction {
    pub(crate) id: [u8; 16],
    pub(crate) store_id: [u8; 16],
    pub(crate) ops: Vec<Op>,
    pub(crate) anchor: Option<AuditHead>,
}

impl Transaction {
    /// Writes a record. Long ones are split, and the parts of the one that stood there removed, unseen.
    pub fn put<R: Record>(
        &mut self,
        owner: impl Into<Owner>,
        number: Number,
        expect: Expect,
        record: &R,
    ) -> Result<(), StoreError> {
        let key = Key::new(R::KIND as u8, owner.into().0, number);
        let payload = Zeroizing::new(record.encode()?);
        self.ops.push(Op::Put { key, expect, payload });
        Ok(())
    }

    /// Removes a record and its parts.
    pub fn delete<R: Record>(&mut self, owner: impl Into<Owner>, number: Number, rev: Rev) {
        self.ops.push(Op::Delete { key: Key::new(R::KIND as u8, owner.into().0, number), rev });
    }

    /// Opens a draft or saves it together with other records. Autosaves go into a [`DraftTransaction`].
    pub fn save_draft(&mut self, doc: &DraftDoc, expect: Expect) {
        self.ops.push(Op::SaveDraft { doc: Box::new(doc.clone()), expect });
    }

    /// Removes a draft with its text.
    pub fn delete_draft(&mut self, client: ClientId, number: Number, rev: Rev) {
        self.ops.push(Op::DeleteDraft { key: Key::new(Kind::DraftHead as u8, client.0, number), rev });
    }

    /// Also writes the anchor: engine head before this batch, and this audit head. Every signed-in unit does.
    pub fn anchor(&mut self, audit: AuditHead) {
        self.anchor = Some(audit);
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

/// A transaction that can put nothing but draft heads, chunks and versions, heads over ones that are there. Made by
/// [`Store::begin_draft`].
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
pub struct SealedBatch(pub(crate) Batch);

impl SealedBatch {
    /// Its random name.
    pub fn id(&self) -> [u8; 16] {
        self.0.id
    }

    /// How many records it writes.
    pub fn puts(&self) -> usize {
        self.0.puts.len()
    }

    /// How many records it removes.
    pub fn deletes(&self) -> usize {
        self.0.deletes.len()
    }

    /// The batch as the engine takes it.
    pub fn batch(&self) -> &Batch {
        &self.0
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
        Transaction { id, store_id: *self.id(), ops: Vec::new(), anchor: None }
    }

    /// A new transaction for autosaves.
    pub fn begin_draft(&self, id: [u8; 16]) -> DraftTransaction {
        DraftTransaction(self.begin(id))
    }

    /// Seals a transaction. Reads what it replaces, writes nothing.
    pub fn seal(&self, transaction: &Transaction, key: &SymKey) -> Result<SealedBatch, StoreError> {
        Sealer::new(self, Some(key)).seal(transaction)
    }

    /// Seals a transaction that holds only public records and audit events: what a desk may append while nobody is
    /// signed in. Anything else is [`StoreError::NoKey`].
    pub fn seal_keyless(&self, transaction: &Transaction) -> Result<SealedBatch, StoreError> {
        Sealer::new(self, None).seal(transaction)
    }

    /// Seals autosaves.
    pub fn seal_draft(&self, drafts: &DraftTransaction, key: &SymKey) -> Result<SealedBatch, StoreError> {
        self.seal(&drafts.0, key)
    }
}
