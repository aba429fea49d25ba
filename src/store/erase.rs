//! What a purge removes: records as they lie in the store, whatever their kind, with their parts and their earlier states.
//!
//! Owns finding them. Nothing here is removed: a transaction does that, all at once.

use super::parts::part_key;
use super::past::numbers_of;
use super::repo::{scan, versioned};
use super::sealing::{self, kind_of};
use super::{Kind, Owner, Past, Record, Repo, Sealing, StoreError, Versioned};
use crate::domain::Number;
use crate::engine::{Key, Rev, Span, Stored};

/// A record to remove, with the revision it has.
pub type Doomed = (Key, Rev);

impl Repo<'_> {
    /// Returns everything of an owner that the agency key opens: every kind, parts, drafts and earlier states too. Opens none of it.
    pub fn everything_of(&self, owner: impl Into<Owner>) -> Result<Vec<Doomed>, StoreError> {
        let owner = owner.into();
        let mut found = Vec::new();
        for kind in Kind::ALL.iter().filter(|kind| kind.sealing() == Sealing::Agency) {
            scan(self.store.engine(), &Span::owner(*kind as u8, owner.0), |stored| {
                found.push((stored.key, stored.rev));
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// Returns one record with its parts and every earlier state of it.
    pub fn all_of<R: Record>(
        &self,
        owner: impl Into<Owner>,
        number: Number,
    ) -> Result<Vec<Doomed>, StoreError> {
        let owner = owner.into();
        let key = Key::new(R::KIND as u8, owner.0, number);
        let Some(stored) = self.store.engine().get(&key)? else { return Ok(Vec::new()) };
        let mut found = self.with_parts(&stored)?;
        let mut past = Vec::new();
        scan(self.store.engine(), &Span::owner(Kind::Past as u8, owner.0), |stored| {
            if numbers_of(R::KIND).contains(&stored.key.number()) {
                past.push(stored.clone());
            }
            Ok(())
        })?;
        for stored in past {
            let read: Option<Versioned<Past>> = self.decode(&stored)?;
            if read.is_some_and(|read| read.value.number == number) {
                found.extend(self.with_parts(&stored)?);
            }
        }
        Ok(found)
    }

    /// Visits every record of a kind, those whose addition was undone too.
    pub fn each_ever<R: Record>(&self, mut visit: impl FnMut(R)) -> Result<(), StoreError> {
        scan(self.store.engine(), &Span::kind(R::KIND as u8), |stored| {
            let (_, payload) = self.payload(stored)?;
            visit(versioned(stored, R::decode(&payload)?).value);
            Ok(())
        })
    }

    fn with_parts(&self, stored: &Stored) -> Result<Vec<Doomed>, StoreError> {
        debug_assert!(kind_of(&stored.key).is_ok_and(|kind| kind.sealing() == Sealing::Agency));
        let clear = sealing::open_value(self.store.id(), self.key, stored, None)?;
        let parts = self.reader().parts(&stored.key, &clear)?;
        let parts = parts.into_iter().map(|part| (part_key(&stored.key, part.number), Rev(part.rev)));
        Ok([(stored.key, stored.rev)].into_iter().chain(parts).collect())
    }
}
