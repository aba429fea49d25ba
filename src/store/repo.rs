//! Reading typed records, and the store itself.

use super::parts::Reader;
use super::sealing::{self, kind_of};
use super::{
    AgencyKeys, DraftBody, DraftDoc, DraftHead, FORMAT, Front, Kind, Login, Owner, Record, SealedBatch,
    Sealing, StoreError, ahead,
};
use crate::domain::{ClientId, DeskId, Number};
use crate::engine::{Engine, EngineError, Head, Key, Outcome, Rev, Span, Stored};
use crate::vault::{self, Zeroizing};
use std::fmt;

/// Records read at once by a scan.
pub(super) const PAGE: usize = 256;

/// A record with its place and how often it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned<R> {
    pub value: R,
    /// Its revision, to be named when it is written again.
    pub rev: Rev,
    pub owner: Owner,
    pub number: Number,
}

/// An engine with the id of the store in it.
pub struct Store {
    engine: Box<dyn Engine>,
    id: [u8; 16],
    desk: DeskId,
}

/// What an engine turned out to hold.
pub enum Opening {
    /// An agency, with its front.
    Founded(Store, Box<Versioned<Front>>),
    /// Nothing yet; the engine is handed back for [`Store::new`].
    Empty(Box<dyn Engine>),
}

impl Store {
    /// The store in an engine that holds nothing yet. `id` is new and random, and so is the desk's.
    pub fn new(engine: Box<dyn Engine>, id: [u8; 16], desk: DeskId) -> Self {
        Self { engine, id, desk }
    }

    /// Opens what the engine holds. A store of a newer format is refused.
    pub fn open(engine: Box<dyn Engine>) -> Result<Opening, StoreError> {
        let mut store = Self { engine, id: [0; 16], desk: DeskId::default() };
        let Some(front) = store.public::<Front>(Owner::AGENCY, 1)? else {
            return Ok(Opening::Empty(store.engine));
        };
        if front.value.format > FORMAT {
            return Err(StoreError::Newer { kind: Kind::Front });
        }
        (store.id, store.desk) = (front.value.store_id, front.value.desk);
        Ok(Opening::Founded(store, Box::new(front)))
    }

    /// The store's random name.
    pub fn id(&self) -> &[u8; 16] {
        &self.id
    }

    /// The desk whose audit is written here.
    pub fn desk(&self) -> DeskId {
        self.desk
    }

    /// The engine below.
    pub fn engine(&self) -> &dyn Engine {
        &*self.engine
    }

    /// The engine below, to settle or close it.
    pub fn engine_mut(&mut self) -> &mut dyn Engine {
        &mut *self.engine
    }

    /// The state of the engine.
    pub fn head(&self) -> Head {
        self.engine.head()
    }

    /// Reading with the agency key.
    pub fn repo<'a>(&'a self, key: &'a AgencyKeys) -> Repo<'a> {
        Repo { store: self, key }
    }

    /// Writes a sealed batch: all of it, durably, or nothing. Needs no key.
    pub fn commit(&mut self, batch: &SealedBatch) -> Outcome {
        self.engine.commit(batch.batch())
    }

    /// After [`Outcome::Unknown`]: whether the batch is there.
    pub fn settled(&self, batch: &SealedBatch) -> Result<bool, EngineError> {
        self.engine.settled(&batch.id())
    }

    /// An unsealed record, readable by anyone.
    pub fn public<R: Record>(
        &self,
        owner: impl Into<Owner>,
        number: Number,
    ) -> Result<Option<Versioned<R>>, StoreError> {
        let key = Key::new(R::KIND as u8, owner.into().0, number);
        self.engine.get(&key)?.map(|stored| decode_unsealed(&stored)).transpose()
    }

    /// Every unsealed record of a kind. Meant for the few: logins.
    pub fn public_list<R: Record>(&self) -> Result<Vec<Versioned<R>>, StoreError> {
        let mut all = Vec::new();
        scan(&*self.engine, &Span::kind(R::KIND as u8), |stored| {
            all.push(decode_unsealed(stored)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// What a login is known by: BLAKE3 of store id and folded login.
    pub fn login_hash(&self, folded: &str) -> [u8; 32] {
        vault::blake3(&[&self.id, folded.as_bytes()])
    }

    /// The login of this folded name, active or not.
    pub fn login(&self, folded: &str) -> Result<Option<Versioned<Login>>, StoreError> {
        let hash = self.login_hash(folded);
        Ok(self.public_list::<Login>()?.into_iter().find(|login| login.value.login_hash == hash))
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({:?})", self.head())
    }
}

pub(crate) fn decode_unsealed<R: Record>(stored: &Stored) -> Result<Versioned<R>, StoreError> {
    Ok(versioned(stored, R::decode(sealing::read_unsealed(stored)?)?))
}

pub(super) fn versioned<R>(stored: &Stored, value: R) -> Versioned<R> {
    Versioned { value, rev: stored.rev, owner: Owner(stored.key.owner()), number: stored.key.number() }
}

/// Visits every record of a span, a page at a time.
pub(crate) fn scan(
    engine: &dyn Engine,
    span: &Span,
    mut visit: impl FnMut(&Stored) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let page = engine.page(span, after.as_ref(), PAGE)?;
        for stored in &page {
            visit(stored)?;
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(last.key),
            _ => return Ok(()),
        }
    }
}

/// A record as it is stored, not decoded.
pub struct Raw {
    pub rev: Rev,
    pub payload: Zeroizing<Vec<u8>>,
}

/// Reading with the agency key. Borrows both; made again for every reading.
#[derive(Clone, Copy)]
pub struct Repo<'a> {
    pub(super) store: &'a Store,
    pub(super) key: &'a AgencyKeys,
}

impl Repo<'_> {
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { engine: self.store.engine(), store_id: self.store.id(), key: self.key }
    }

    /// Returns the whole payload of a stored record, and whether it was undone.
    pub(super) fn payload(&self, stored: &Stored) -> Result<(bool, Zeroizing<Vec<u8>>), StoreError> {
        let clear = sealing::open_value(self.store.id(), self.key, stored, None)?;
        Ok((clear.undone, self.reader().whole(&stored.key, &clear)?))
    }

    /// Reads a stored record; `None` if its addition was undone.
    pub(super) fn decode<R: Record>(&self, stored: &Stored) -> Result<Option<Versioned<R>>, StoreError> {
        if kind_of(&stored.key)?.sealing() != Sealing::Agency {
            return decode_unsealed(stored).map(Some);
        }
        let (undone, payload) = self.payload(stored)?;
        if undone { Ok(None) } else { Ok(Some(versioned(stored, R::decode(&payload)?))) }
    }

    /// Returns a record as it is stored, also if its addition was undone.
    pub fn raw(&self, key: &Key) -> Result<Option<Raw>, StoreError> {
        let Some(stored) = self.store.engine.get(key)? else { return Ok(None) };
        let (_, payload) = self.payload(&stored)?;
        Ok(Some(Raw { rev: stored.rev, payload }))
    }

    pub fn get<R: Record>(
        &self,
        owner: impl Into<Owner>,
        number: Number,
    ) -> Result<Option<Versioned<R>>, StoreError> {
        let key = Key::new(R::KIND as u8, owner.into().0, number);
        let found = self.store.engine.get(&key)?.map(|stored| self.decode(&stored)).transpose()?;
        Ok(found.flatten())
    }

    /// Every record of a kind with this owner, by number.
    pub fn list<R: Record>(&self, owner: impl Into<Owner>) -> Result<Vec<Versioned<R>>, StoreError> {
        let mut all = Vec::new();
        scan(self.store.engine(), &Span::owner(R::KIND as u8, owner.into().0), |stored| {
            all.extend(self.decode(stored)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Every record of a kind with this owner whose number is in a range, by number.
    pub fn between<R: Record>(
        &self,
        owner: impl Into<Owner>,
        numbers: std::ops::Range<Number>,
    ) -> Result<Vec<Versioned<R>>, StoreError> {
        let owner = owner.into();
        let span = Span::owner(R::KIND as u8, owner.0);
        let mut after = numbers.start.checked_sub(1).map(|number| Key::new(R::KIND as u8, owner.0, number));
        let mut all = Vec::new();
        loop {
            let page = self.store.engine.page(&span, after.as_ref(), PAGE)?;
            for stored in page.iter().take_while(|stored| stored.key.number() < numbers.end) {
                all.extend(self.decode(stored)?);
            }
            match page.last() {
                Some(last) if page.len() == PAGE && last.key.number() < numbers.end => after = Some(last.key),
                _ => return Ok(all),
            }
        }
    }

    /// Which numbers of a range are taken, and at which revision they are. Opens none.
    pub fn revisions<R: Record>(
        &self,
        owner: impl Into<Owner>,
        numbers: std::ops::Range<Number>,
    ) -> Result<Vec<(Number, Rev)>, StoreError> {
        let owner = owner.into();
        let before = numbers.start.checked_sub(1).map(|number| Key::new(R::KIND as u8, owner.0, number));
        let span = Span::owner(R::KIND as u8, owner.0);
        let page = self.store.engine.page(&span, before.as_ref(), numbers.len())?;
        let found = page.iter().map(|stored| (stored.key.number(), stored.rev));
        Ok(found.filter(|(number, _)| numbers.contains(number)).collect())
    }

    /// Up to `limit` records of a kind with this owner, highest numbers first, below `before` if given.
    pub fn newest<R: Record>(
        &self,
        owner: impl Into<Owner>,
        limit: usize,
        before: Option<Number>,
    ) -> Result<Vec<Versioned<R>>, StoreError> {
        let owner = owner.into();
        let before = before.map(|number| Key::new(R::KIND as u8, owner.0, number));
        let span = Span::owner(R::KIND as u8, owner.0);
        let (mut found, mut before) = (Vec::new(), before);
        loop {
            let page = self.store.engine.page_back(&span, before.as_ref(), limit - found.len())?;
            for stored in &page {
                found.extend(self.decode(stored)?);
            }
            match page.last() {
                Some(last) if found.len() < limit => before = Some(last.key),
                _ => return Ok(found),
            }
        }
    }

    /// Visits every record of a kind, a page at a time. An error of the visitor ends it.
    pub fn scan<R: Record>(
        &self,
        mut visit: impl FnMut(Versioned<R>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        scan(self.store.engine(), &Span::kind(R::KIND as u8), |stored| match self.decode(stored)? {
            Some(found) => visit(found),
            None => Ok(()),
        })
    }

    /// How many records of a kind there are. Opens none.
    #[cfg(test)]
    pub fn count(&self, kind: Kind) -> Result<u64, StoreError> {
        let mut count = 0;
        scan(self.store.engine(), &Span::kind(kind as u8), |_| {
            count += 1;
            Ok(())
        })?;
        Ok(count)
    }

    /// The next free number of a kind with this owner within a range: highest plus one, at least 1.
    pub fn next_in<R: Record>(
        &self,
        owner: impl Into<Owner>,
        numbers: &std::ops::Range<Number>,
    ) -> Result<Number, StoreError> {
        let owner = owner.into();
        let before = Key::new(R::KIND as u8, owner.0, numbers.end);
        let span = Span::owner(R::KIND as u8, owner.0);
        let newest = self.store.engine.page_back(&span, Some(&before), 1)?;
        Ok(newest.first().map_or(0, |stored| stored.key.number()).max(numbers.start).saturating_add(1))
    }

    /// The next free number of a kind with this owner: highest plus one. A record whose addition was undone keeps its
    /// number; one that was removed, as a draft is, may give its number to the next.
    pub fn next_number<R: Record>(&self, owner: impl Into<Owner>) -> Result<Number, StoreError> {
        let span = Span::owner(R::KIND as u8, owner.into().0);
        let newest = self.store.engine.page_back(&span, None, 1)?;
        Ok(newest.first().map_or(0, |stored| stored.key.number()).saturating_add(1))
    }

    /// A draft with its texts, as it was saved, and its head's revision.
    pub fn draft(&self, client: ClientId, number: Number) -> Result<Option<(DraftDoc, Rev)>, StoreError> {
        let Some(head) = self.get::<DraftHead>(client, number)? else { return Ok(None) };
        let document = Key::new(Kind::DraftHead as u8, client.0, number);
        let mut bytes = Zeroizing::new(Vec::new());
        for some in head.value.layout.chunks.chunks(ahead::AT_ONCE) {
            let numbers = some.iter().map(|chunk| chunk.number);
            self.store.engine.ahead(&ahead::pieces(Kind::Chunk, client.0, numbers));
            for chunk in some {
                let key = Key::new(Kind::Chunk as u8, client.0, chunk.number);
                let clear = self.reader().bound(&key, Rev(chunk.rev), &document)?;
                bytes.extend_from_slice(clear.payload());
            }
        }
        let text =
            std::str::from_utf8(&bytes).map_err(|_| StoreError::Malformed { kind: Kind::DraftHead })?;
        let body = DraftBody::put_together(&head.value, text)?;
        Ok(Some((DraftDoc { head: head.value, body }, head.rev)))
    }
}

impl fmt::Debug for Repo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Repo({:?})", self.store)
    }
}
