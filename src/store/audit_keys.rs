//! The audit's private keys: events are sealed to the newest, and each opens what was sealed to it.
//!
//! Owns how one follows another, as [`super::AgencyKeys`] does for the agency's: whoever held one and may not read the audit any
//! more may have kept it, so that events are sealed to a new one from then on. The old one is sealed to the new one and lies
//! with the turn of the agency's key.

use super::{KeyTurn, Store};
use crate::domain::Number;
use crate::vault::{self, BoxPair, BoxSecret, VaultError};
use std::fmt;

const INFO: &[u8] = b"concord audit key turn v1";

/// The audit's private keys. Wiped when dropped, prints as nothing.
#[derive(Clone)]
pub struct AuditKeys {
    newest: BoxSecret,
    /// Newest first.
    older: Vec<BoxSecret>,
}

impl From<BoxSecret> for AuditKeys {
    fn from(newest: BoxSecret) -> Self {
        Self { newest, older: Vec::new() }
    }
}

impl fmt::Debug for AuditKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuditKeys(..)")
    }
}

fn bound(store_id: &[u8; 16], number: Number) -> Vec<u8> {
    [&store_id[..], &number.to_be_bytes()].concat()
}

impl AuditKeys {
    /// The private half of what events are sealed to now.
    pub fn newest(&self) -> &BoxSecret {
        &self.newest
    }

    /// All of them, newest first.
    pub(super) fn all(&self) -> impl Iterator<Item = &BoxSecret> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// A new one, and the one before sealed to it for the turn of this number.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub fn turn(&self, store_id: &[u8; 16], number: Number) -> Result<(Self, Vec<u8>), VaultError> {
        let BoxPair { secret, public } = BoxPair::generate()?;
        let sealed = vault::seal_to(&public, INFO, &bound(store_id, number), self.newest.expose())?;
        Ok((Self { newest: secret, older: self.all().cloned().collect() }, sealed))
    }

    /// The same with the ones that came before, as far as the store has them.
    #[must_use]
    pub fn with_older(self, store: &Store) -> Self {
        let turns = store.public_list::<KeyTurn>().unwrap_or_default();
        let mut keys = Self::from(self.newest);
        for turn in turns.iter().rev().filter(|turn| !turn.value.audit.is_empty()) {
            let last = keys.older.last().unwrap_or(&keys.newest);
            let opened =
                vault::open_with(last, INFO, &bound(store.id(), turn.number), &turn.value.audit).ok();
            let bytes = opened.and_then(|plain| <[u8; 32]>::try_from(plain.as_slice()).ok());
            // Below one that is gone nothing opens; whoever counts the records says so.
            let Some(bytes) = bytes else { break };
            keys.older.push(BoxSecret::from_bytes(bytes));
        }
        keys
    }
}
