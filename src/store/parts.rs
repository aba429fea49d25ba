//! Long records: the payload is in parts, the record itself holds the list of them.
//!
//! The list names every part with its revision, in order, and is itself split when it is too long (the depth says how
//! often). Nobody above sees any of it; parts are written, replaced and removed in the batch of their record.

use super::record::{Record, decode_as};
use super::sealing::{self, Clear};
use super::{AgencyKeys, Kind, StoreError, ahead, codec};
use crate::engine::{Engine, Key, Rev};
use crate::vault::Zeroizing;
use serde::{Deserialize, Serialize};

/// Longest payload a record may have, all parts together.
pub(crate) const LONGEST: usize = 16 * 1024 * 1024;
/// A list of lists of lists would hold far more than [`LONGEST`].
const DEEPEST: u8 = 3;

/// A piece of a long record's payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part(pub Vec<u8>);

/// The bytes themselves.
impl Record for Part {
    const KIND: Kind = Kind::Part;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        Ok(self.0.clone())
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        Ok(Self(payload.to_vec()))
    }
}

/// A piece of a draft's, or of a version's. It is of a kind of its own: drafts are no part of the core, long records are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPart(pub Vec<u8>);

/// The bytes themselves.
impl Record for DraftPart {
    const KIND: Kind = Kind::DraftPart;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        Ok(self.0.clone())
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        Ok(Self(payload.to_vec()))
    }
}

/// The kind that the parts of a record are of.
pub(crate) fn kind_of_parts(record: &Key) -> Kind {
    match Kind::from_byte(record.kind()) {
        Some(Kind::DraftHead | Kind::DraftVersion) => Kind::DraftPart,
        _ => Kind::Part,
    }
}

/// Where a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PartRef {
    pub(crate) number: u32,
    pub(crate) rev: u32,
}

/// What a split record holds in place of its payload.
#[derive(Serialize, Deserialize)]
pub(crate) struct PartList {
    /// Bytes of all parts together.
    pub(crate) length: u32,
    pub(crate) parts: Vec<PartRef>,
}

impl PartList {
    pub(crate) fn encode(&self) -> Result<Vec<u8>, StoreError> {
        codec::encode(self).map_err(|_| StoreError::Malformed { kind: Kind::Part })
    }
}

/// Reads through lists and parts. `used` collects the parts that were met.
pub(crate) struct Reader<'a> {
    pub(crate) engine: &'a dyn Engine,
    pub(crate) store_id: &'a [u8; 16],
    pub(crate) key: &'a AgencyKeys,
}

impl Reader<'_> {
    /// The whole payload of an opened record.
    pub(crate) fn whole(&self, record: &Key, clear: &Clear) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.descend(record, clear, clear.depth, &mut Vec::new())
    }

    /// Every part a record has, in the order a writer may reuse them.
    pub(crate) fn parts(&self, record: &Key, clear: &Clear) -> Result<Vec<PartRef>, StoreError> {
        let mut used = Vec::new();
        if clear.depth > 0 {
            // The last level is payload: its parts are known from the list without reading them.
            let list = self.descend(record, clear, clear.depth - 1, &mut used)?;
            used.extend(decode_as::<PartList>(Kind::Part, &list)?.parts);
        }
        Ok(used)
    }

    fn descend(
        &self,
        record: &Key,
        clear: &Clear,
        levels: u8,
        used: &mut Vec<PartRef>,
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        if clear.depth > DEEPEST {
            return Err(StoreError::Malformed { kind: sealing::kind_of(record)? });
        }
        let mut bytes = Zeroizing::new(clear.payload().to_vec());
        for _ in 0..levels {
            let list: PartList = decode_as(Kind::Part, &bytes)?;
            bytes = self.join(record, &list)?;
            used.extend(list.parts);
        }
        Ok(bytes)
    }

    fn join(&self, record: &Key, list: &PartList) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let malformed = StoreError::Malformed { kind: Kind::Part };
        let length = list.length as usize;
        if length > LONGEST {
            return Err(malformed);
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(length));
        for some in list.parts.chunks(ahead::AT_ONCE) {
            let numbers = some.iter().map(|part| part.number);
            self.engine.ahead(&ahead::pieces(kind_of_parts(record), record.owner(), numbers));
            for part in some {
                let key = part_key(record, part.number);
                let clear = self.bound(&key, Rev(part.rev), record)?;
                bytes.extend_from_slice(clear.payload());
            }
        }
        if bytes.len() == length { Ok(bytes) } else { Err(malformed) }
    }

    /// A part or chunk, which must be there at this revision and belong to this document.
    pub(crate) fn bound(&self, key: &Key, rev: Rev, document: &Key) -> Result<Clear, StoreError> {
        let kind = sealing::kind_of(key)?;
        match self.engine.get(key)? {
            Some(stored) if stored.rev == rev && stored.key == *key => {
                sealing::open_value(self.store_id, self.key, &stored, Some(document))
            }
            _ => Err(StoreError::CannotOpen { kind }),
        }
    }
}

/// The key of a part beside its record.
pub(crate) fn part_key(record: &Key, number: u32) -> Key {
    Key::new(kind_of_parts(record) as u8, record.owner(), number)
}
