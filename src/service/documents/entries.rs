//! Entries in the lives of documents: collected for one unit, signed by who acts, written once for each document.

use super::super::api::Kept;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::entries_of;
use super::sign::signature;
use crate::domain::{LifeEntry, LifeText, LifeWhat, Moment, Number, Staff};
use crate::store::{DocHead, DocLife, StaffKeys, entry_hash};
use std::collections::BTreeMap;

/// Lives that one unit adds entries to.
#[derive(Default)]
pub(in crate::service) struct Lives(BTreeMap<Number, Kept<DocLife>>);

impl Lives {
    /// Adds an entry to the life of a document, in the name of the person who sits here.
    pub(in crate::service) fn add(&mut self, desk: &Desk, of: &DocHead, what: LifeWhat) -> Result<(), Fault> {
        let life = match self.0.entry(of.number) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                new.insert(entries_of(desk, of.client, of.number)?)
            }
        };
        let (by, keys) = (desk.staff()?, &desk.books().keys()?.keys);
        enter(&mut life.value, &desk.books().store_id(), of, what, by, keys, desk.moment())
    }

    pub(in crate::service) fn put(self, unit: &mut Unit) {
        for Kept { rev, value } in self.0.into_values() {
            unit.put(&value, value.client, value.number, rev);
        }
    }
}

/// Adds a signed entry to a life.
pub(in crate::service) fn enter(
    life: &mut DocLife,
    store_id: &[u8; 16],
    of: &DocHead,
    what: LifeWhat,
    by: &Staff,
    keys: &StaffKeys,
    at: Moment,
) -> Result<(), Fault> {
    let text = LifeText {
        of: of.signature.hash,
        before: life.newest(),
        by: by.id,
        by_name: by.signature_name(),
        at,
        what,
    };
    let frozen = DocLife::freeze(&text)?;
    let hash = entry_hash(store_id, life.client, life.number, &frozen);
    life.entries.push(LifeEntry { frozen, signature: signature(by, keys, hash, at) });
    Ok(())
}
