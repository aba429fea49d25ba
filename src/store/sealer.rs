//! Turns a transaction into a sealed batch: splits long records, lays out drafts, signs the checkpoint.

use super::checkpoint::{Checkpoint, Witness};
use super::chunks::{self, Chunk, ChunkRef, Piece};
use super::draft::Apart;
use super::parts::{LONGEST, PartList, PartRef, Reader, kind_of_parts, part_key};
use super::past;
use super::sealing::{self, Clear, ToSeal, WHOLE, kind_of};
use super::transaction::{Op, SealedBatch, Transaction};
use super::{
    AgencyKeys, DraftDoc, DraftHead, Kind, LOOSE, MAX_SEALED, Owner, Past, Record, Sealing, Stamp, Store,
    StoreError,
};
use crate::domain::DeskId;
use crate::engine::{Batch, Engine, Expect, Key, Put, Rev, Span};
use crate::vault::{StaffKeys, Zeroizing};
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

pub(crate) struct Sealer<'a> {
    engine: &'a dyn Engine,
    store_id: &'a [u8; 16],
    desk: DeskId,
    key: Option<&'a AgencyKeys>,
    /// Who signs the checkpoint.
    signer: Option<&'a StaffKeys>,
    batch: Batch,
    taken: HashSet<Key>,
    /// The next free number by kind, owner and first number of the range.
    next: HashMap<(Kind, Owner, u32), u32>,
    stamp: Stamp,
    /// Records whose past was kept, and under which number.
    kept: Vec<(Key, u32)>,
}

impl<'a> Sealer<'a> {
    pub(crate) fn new(store: &'a Store, key: Option<&'a AgencyKeys>, signer: Option<&'a StaffKeys>) -> Self {
        Self {
            engine: store.engine(),
            store_id: store.id(),
            desk: store.desk(),
            key,
            signer,
            batch: Batch::default(),
            taken: HashSet::new(),
            next: HashMap::new(),
            stamp: Stamp::default(),
            kept: Vec::new(),
        }
    }

    pub(crate) fn seal(mut self, transaction: &Transaction) -> Result<SealedBatch, StoreError> {
        self.batch.id = transaction.id;
        self.stamp = transaction.stamp;
        for op in &transaction.ops {
            match op {
                Op::Put { key, expect, undone, payload } => self.change(*key, *expect, *undone, payload)?,
                Op::Delete { key, rev } => self.delete(*key, *rev)?,
                Op::SaveDraft { doc, expect } => self.save_draft(doc, *expect)?,
                Op::DeleteDraft { key, rev } => self.delete_draft(*key, *rev)?,
                Op::Erase { key, rev } => self.remove(*key, *rev)?,
            }
        }
        if let Some(witness) = transaction.checkpoint {
            self.checkpoint(witness)?;
        }
        Ok(SealedBatch { batch: self.batch, kept: self.kept })
    }

    fn reader(&self) -> Result<Reader<'a>, StoreError> {
        let key = self.key.ok_or(StoreError::NoKey)?;
        Ok(Reader { engine: self.engine, store_id: self.store_id, key })
    }

    fn take(&mut self, key: Key) -> Result<(), StoreError> {
        if self.taken.insert(key) { Ok(()) } else { Err(StoreError::Twice { kind: kind_of(&key)? }) }
    }

    fn put(&mut self, expect: Expect, value: Vec<u8>, key: Key) -> Result<(), StoreError> {
        self.take(key)?;
        if value.len() > MAX_SEALED {
            return Err(StoreError::TooLong { kind: kind_of(&key)?, bytes: value.len() });
        }
        self.batch.puts.push(Put { key, expect, value });
        Ok(())
    }

    fn put_sealed(&mut self, expect: Expect, what: &ToSeal<'_>) -> Result<(), StoreError> {
        let key = self.key.ok_or(StoreError::NoKey)?;
        let value = sealing::seal_value(self.store_id, key, what)?;
        self.put(expect, value, what.key)
    }

    fn remove(&mut self, key: Key, rev: Rev) -> Result<(), StoreError> {
        self.take(key)?;
        self.batch.deletes.push((key, rev));
        Ok(())
    }

    /// The next free number of a kind with this owner, counting those given in this batch.
    fn allocate(&mut self, kind: Kind, owner: Owner) -> Result<u32, StoreError> {
        self.allocate_in(kind, owner, 0..u32::MAX)
    }

    /// The same in a range of numbers.
    fn allocate_in(&mut self, kind: Kind, owner: Owner, range: Range<u32>) -> Result<u32, StoreError> {
        let place = (kind, owner, range.start);
        let next = if let Some(next) = self.next.get(&place) {
            *next
        } else {
            let before = Key::new(kind as u8, owner.0, range.end);
            let newest = self.engine.page_back(&Span::owner(kind as u8, owner.0), Some(&before), 1)?;
            newest.first().map_or(0, |stored| stored.key.number()).max(range.start).saturating_add(1)
        };
        self.next.insert(place, next.saturating_add(1));
        Ok(next)
    }

    /// The record that stands at `key`, opened, if it stands there at the revision the writer believes. If it does not,
    /// the engine will refuse the batch, so nothing of it needs to be cleared or kept.
    fn standing(&self, key: &Key, rev: Rev) -> Result<Option<Clear>, StoreError> {
        let reader = self.reader()?;
        match self.engine.get(key)? {
            Some(stored) if stored.rev == rev => {
                sealing::open_value(self.store_id, reader.key, &stored, None).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Writes a record over what is there, and keeps that where its kind keeps the past.
    fn change(&mut self, key: Key, expect: Expect, undone: bool, payload: &[u8]) -> Result<(), StoreError> {
        let kind = kind_of(&key)?;
        if kind.sealing() != Sealing::Agency {
            if self.key.is_none() && !LOOSE.contains(&(kind as u8)) {
                return Err(StoreError::NoKey);
            }
            return self.put(expect, sealing::unsealed_value(payload), key);
        }
        let old = match expect {
            Expect::Absent => None,
            Expect::At(rev) => match self.standing(&key, rev) {
                // A summary holds nothing of its own: over one that does not open it is written anew.
                Err(error) if kind == Kind::Summary && !matches!(error, StoreError::Engine(_)) => None,
                old => old?,
            },
        };
        if let (true, Some(old), Expect::At(rev)) = (kind.keeps_past(), &old, expect) {
            self.keep_past(&key, rev, old)?;
        }
        let parts = old.map(|old| self.reader()?.parts(&key, &old)).transpose()?.unwrap_or_default();
        self.write(key, expect, undone, payload, parts.into())
    }

    /// Writes a record whose kind keeps no past.
    fn record(&mut self, key: Key, expect: Expect, payload: &[u8]) -> Result<(), StoreError> {
        self.change(key, expect, false, payload)
    }

    fn keep_past(&mut self, key: &Key, rev: Rev, old: &Clear) -> Result<(), StoreError> {
        let owner = Owner(key.owner());
        let Stamp { at, by, audit } = self.stamp;
        let past = Past {
            kind: key.kind(),
            number: key.number(),
            rev: rev.0,
            undone: old.undone,
            payload: self.reader()?.whole(key, old)?.to_vec(),
            at,
            by,
            audit,
        };
        let number = self.allocate_in(Kind::Past, owner, past::numbers_of(kind_of(key)?))?;
        let payload = Zeroizing::new(past.encode()?);
        self.kept.push((*key, number));
        self.record(Key::new(Kind::Past as u8, owner.0, number), Expect::Absent, &payload)
    }

    /// Writes a payload, over these parts of what is there.
    fn write(
        &mut self,
        key: Key,
        expect: Expect,
        undone: bool,
        payload: &[u8],
        mut old: VecDeque<PartRef>,
    ) -> Result<(), StoreError> {
        if payload.len() > LONGEST {
            return Err(StoreError::TooLong { kind: kind_of(&key)?, bytes: payload.len() });
        }
        let mut depth = 0;
        let mut level = Zeroizing::new(payload.to_vec());
        while level.len() > WHOLE {
            let list = self.parts(&key, &level, &mut old)?;
            level = Zeroizing::new(list.encode()?);
            depth += 1;
        }
        let rev = expect.next();
        self.put_sealed(expect, &ToSeal { key, document: None, rev, depth, undone, payload: &level })?;
        for part in old {
            self.remove(part_key(&key, part.number), Rev(part.rev))?;
        }
        Ok(())
    }

    /// Writes a payload in parts, over the record's old parts first.
    fn parts(
        &mut self,
        record: &Key,
        payload: &[u8],
        old: &mut VecDeque<PartRef>,
    ) -> Result<PartList, StoreError> {
        let owner = Owner(record.owner());
        let mut parts = Vec::with_capacity(payload.len() / WHOLE + 1);
        for piece in payload.chunks(WHOLE) {
            let (number, expect) = match old.pop_front() {
                Some(part) => (part.number, Expect::At(Rev(part.rev))),
                None => (self.allocate(kind_of_parts(record), owner)?, Expect::Absent),
            };
            let rev = expect.next();
            let what = ToSeal {
                key: part_key(record, number),
                document: Some(record),
                rev,
                depth: 0,
                undone: false,
                payload: piece,
            };
            self.put_sealed(expect, &what)?;
            parts.push(PartRef { number, rev: rev.0 });
        }
        let length = u32::try_from(payload.len())
            .map_err(|_| StoreError::TooLong { kind: Kind::Part, bytes: payload.len() })?;
        Ok(PartList { length, parts })
    }

    fn delete(&mut self, key: Key, rev: Rev) -> Result<(), StoreError> {
        let kind = kind_of(&key)?;
        if self.key.is_none() {
            return Err(StoreError::NoKey);
        }
        if kind.sealing() == Sealing::Agency
            && let Some(old) = self.standing(&key, rev)?
        {
            if kind.keeps_past() {
                self.keep_past(&key, rev, &old)?;
            }
            for part in self.reader()?.parts(&key, &old)? {
                self.remove(part_key(&key, part.number), Rev(part.rev))?;
            }
        }
        self.remove(key, rev)
    }

    /// The chunks of the draft that stands at `key` at this revision.
    fn standing_chunks(&self, key: &Key, rev: Rev) -> Result<Vec<ChunkRef>, StoreError> {
        match self.standing(key, rev)? {
            Some(clear) => Ok(DraftHead::decode(&self.reader()?.whole(key, &clear)?)?.layout.chunks),
            None => Ok(Vec::new()),
        }
    }

    fn save_draft(&mut self, doc: &DraftDoc, expect: Expect) -> Result<(), StoreError> {
        let key = doc.key();
        let reader = self.reader()?;
        let old = match expect {
            Expect::Absent => Vec::new(),
            Expect::At(rev) => self.standing_chunks(&key, rev)?,
        };
        let Apart { small, places: texts, text } = doc.body.take_apart()?;
        let text = Zeroizing::new(text);
        let plan = chunks::plan(&text, &old, |chunk| {
            let at = chunk_key(Owner(key.owner()), chunk.number);
            let clear = reader.bound(&at, Rev(chunk.rev), &key).ok()?;
            Chunk::decode(clear.payload()).ok().map(|chunk| chunk.0)
        });
        let mut head = doc.head.clone();
        head.layout.small = small;
        head.layout.texts = texts;
        head.layout.chunks = self.chunks(&key, &text, &old, &plan)?;
        let payload = Zeroizing::new(head.encode()?);
        self.record(key, expect, &payload)
    }

    /// Writes the fresh pieces over chunks that are no longer used, removes what is left over.
    fn chunks(
        &mut self,
        draft: &Key,
        text: &str,
        old: &[ChunkRef],
        plan: &[Piece],
    ) -> Result<Vec<ChunkRef>, StoreError> {
        let owner = Owner(draft.owner());
        let kept: HashSet<usize> =
            plan.iter().filter_map(|p| if let Piece::Kept(at) = p { Some(*at) } else { None }).collect();
        let mut free: VecDeque<&ChunkRef> =
            old.iter().enumerate().filter(|(at, _)| !kept.contains(at)).map(|(_, chunk)| chunk).collect();
        let mut refs = Vec::with_capacity(plan.len());
        for piece in plan {
            match piece {
                Piece::Kept(at) => refs.push(old[*at].clone()),
                Piece::Fresh(range) => {
                    let words = &text[range.clone()];
                    let (number, expect) = match free.pop_front() {
                        Some(chunk) => (chunk.number, Expect::At(Rev(chunk.rev))),
                        None => (self.allocate(Kind::Chunk, owner)?, Expect::Absent),
                    };
                    let rev = expect.next();
                    let what = ToSeal {
                        key: chunk_key(owner, number),
                        document: Some(draft),
                        rev,
                        depth: 0,
                        undone: false,
                        payload: words.as_bytes(),
                    };
                    self.put_sealed(expect, &what)?;
                    refs.push(ChunkRef {
                        number,
                        rev: rev.0,
                        len: words.len() as u32,
                        sum: chunks::sum(words),
                    });
                }
            }
        }
        for chunk in free {
            self.remove(chunk_key(owner, chunk.number), Rev(chunk.rev))?;
        }
        Ok(refs)
    }

    fn delete_draft(&mut self, key: Key, rev: Rev) -> Result<(), StoreError> {
        for chunk in self.standing_chunks(&key, rev)? {
            self.remove(chunk_key(Owner(key.owner()), chunk.number), Rev(chunk.rev))?;
        }
        self.delete(key, rev)
    }

    /// Signs where this batch leaves the store. The checkpoint and the audit are no part of the core, so what is collected
    /// so far says what the core comes to.
    fn checkpoint(&mut self, witness: Witness) -> Result<(), StoreError> {
        let signer = self.signer.ok_or(StoreError::NoKey)?;
        let key = Key::new(Kind::Checkpoint as u8, Owner::from(self.desk).0, 1);
        let expect = self.engine.get(&key)?.map_or(Expect::Absent, |stored| Expect::At(stored.rev));
        let core = self.engine.core_after(&self.batch)?;
        let seen = (self.engine.head(), self.engine.last_commit());
        let signed = Checkpoint::sign(self.store_id, (self.desk, witness), core, seen, signer)?;
        self.put(expect, sealing::unsealed_value(&signed.encode()?), key)
    }
}

fn chunk_key(owner: Owner, number: u32) -> Key {
    Key::new(Kind::Chunk as u8, owner.0, number)
}
