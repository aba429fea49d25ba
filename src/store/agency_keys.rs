//! The agency's keys: the newest seals, and each opens what was sealed under it.
//!
//! Owns how one key follows another. Somebody who leaves may have kept the key they held, so that from then on things are
//! sealed under a new one. The old key is sealed under the new one and lies with the records ([`KeyTurn`]): whoever is given the
//! newest key has all of them, and whoever has an old one has none that came after.

use super::{Store, StoreError};
use crate::domain::{Number, numbered};
use crate::vault::{self, Envelope, SymKey, VaultError};
use std::fmt;

/// Schema of what is in a [`KeyTurn`].
const TURNED: u8 = 1;

/// The key that was the newest before, sealed under the one that came after it. The turns are numbered from 1. Anyone can see
/// that there was one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyTurn {
    sealed: Vec<u8>,
    /// The audit's private key of before, sealed to the one that came after it; empty where it stayed.
    pub audit: Vec<u8>,
}

numbered!(KeyTurn { 1 sealed, 2 audit });

/// The agency's keys. Wiped when dropped, prints as nothing.
#[derive(Clone)]
pub struct AgencyKeys {
    newest: SymKey,
    /// Newest first.
    older: Vec<SymKey>,
}

impl From<SymKey> for AgencyKeys {
    fn from(newest: SymKey) -> Self {
        Self { newest, older: Vec::new() }
    }
}

impl fmt::Debug for AgencyKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AgencyKeys(..)")
    }
}

fn bound(store_id: &[u8; 16], number: Number) -> Vec<u8> {
    let mut bound = store_id.to_vec();
    bound.extend_from_slice(&number.to_be_bytes());
    bound
}

impl AgencyKeys {
    /// What is written now is sealed under this.
    pub fn newest(&self) -> &SymKey {
        &self.newest
    }

    /// The key that a sealed value names. One that is not here opens nothing, as a wrong key does.
    pub(super) fn of(&self, sealed: &[u8]) -> &SymKey {
        let named = Envelope::read(sealed).map(|envelope| envelope.key_id).ok();
        let mut all = std::iter::once(&self.newest).chain(&self.older);
        all.find(|key| Some(key.id()) == named).unwrap_or(&self.newest)
    }

    /// A new key, and the record by which it opens what this one did.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn turn(&self, store_id: &[u8; 16], number: Number) -> Result<(Self, KeyTurn), VaultError> {
        let newest = SymKey::generate()?;
        let sealed = vault::seal(&newest, TURNED, 1, &bound(store_id, number), self.newest.expose())?;
        let older = std::iter::once(&self.newest).chain(&self.older).cloned().collect();
        Ok((Self { newest, older }, KeyTurn { sealed, audit: Vec::new() }))
    }

    /// The same with the keys that came before, as far as the store has them.
    #[must_use]
    pub fn with_older(self, store: &Store) -> Self {
        let turns = store.public_list::<KeyTurn>().unwrap_or_default();
        let mut keys = Self::from(self.newest);
        for turn in turns.iter().rev() {
            let last = keys.older.last().unwrap_or(&keys.newest);
            let opened = vault::open(last, &bound(store.id(), turn.number), &turn.value.sealed).ok();
            let bytes = opened.and_then(|opened| <[u8; 32]>::try_from(opened.plain.as_slice()).ok());
            // Below one that is gone nothing opens; whoever counts the records says so.
            let Some(bytes) = bytes else { break };
            keys.older.push(SymKey::from_bytes(bytes));
        }
        keys
    }
}

impl Store {
    /// How often the agency's key was followed by another.
    ///
    /// # Errors
    /// As reading does.
    pub fn key_turns(&self) -> Result<Number, StoreError> {
        Ok(self.public_list::<KeyTurn>()?.last().map_or(0, |turn| turn.number))
    }
}
