//! The keys of whoever set a PIN, sealed in memory under it.

use super::api::Secret;
use super::books::Books;
use super::fault::Fault;
use crate::clock::Clock;
use crate::domain::{Moment, StaffId};
use crate::store::{Cost, Unlocked, passphrase, random};

/// How long after a lock a PIN brings its person back.
const HOLDS_MS: u64 = 10 * 60_000;

/// The keys of the person who set a PIN.
pub(super) struct Pinned {
    pub staff: StaffId,
    salt: [u8; 16],
    cost: Cost,
    sealed: Vec<u8>,
    pub wrong: u8,
    /// When the desk was locked, on both clocks; `None` while the person sits here.
    pub locked: Option<(Moment, u64)>,
}

impl Pinned {
    /// Seals the keys that the books hold under a PIN.
    pub(super) fn set(books: &Books, cost: Cost, staff: StaffId, pin: &Secret) -> Result<Self, Fault> {
        let salt = random()?;
        let under = passphrase::derive(&pin.0, &salt, cost)?;
        let sealed = books.keys()?.seal_under(&under, &books.store_id(), staff)?;
        Ok(Self { staff, salt, cost, sealed, wrong: 0, locked: None })
    }

    /// The keys, if this is the PIN.
    pub(super) fn open(&self, store_id: &[u8; 16], pin: &Secret) -> Result<Option<Unlocked>, Fault> {
        let under = passphrase::derive(&pin.0, &self.salt, self.cost)?;
        Ok(Unlocked::open_under(&under, store_id, self.staff, &self.sealed).ok())
    }

    /// Ms it still holds: for as long as the person sits here, and ten minutes from the lock. The larger of both clocks'
    /// readings counts, so that a machine that slept, or a clock put back, does not prolong it.
    pub(super) fn left_ms(&self, clock: &Clock) -> u64 {
        let Some((at, steady)) = self.locked else { return HOLDS_MS };
        let by_wall = u64::try_from(clock.now().0.saturating_sub(at.0)).unwrap_or(0);
        let gone = by_wall.max(clock.monotonic_ms().saturating_sub(steady));
        HOLDS_MS.saturating_sub(gone)
    }
}
