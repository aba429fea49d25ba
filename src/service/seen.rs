//! What was last seen of the store on this computer, kept outside it: a store that was put back to an older copy, whole and
//! in itself right, does not hold what was done since.
//!
//! Owns when it is compared and kept; where it is kept is the composition root's.

use super::desk::Desk;
use super::fault::Fault;
use crate::domain::Mismatch;
use crate::store::{Checkpoint, Descent};

/// Where something small is kept outside the store: the newest checkpoint, or failures at the door.
pub trait Seen: Send {
    /// What was kept last; `None` if nothing was.
    fn last(&self) -> Option<Vec<u8>>;
    /// Keeps this in its place. What cannot be kept is not kept: the store itself is as safe as before.
    fn keep(&self, checkpoint: &[u8]);
}

impl Desk {
    /// Where what was last seen of the store is kept.
    pub fn set_seen(&mut self, seen: Box<dyn Seen>) {
        self.seen = Some(seen);
    }

    /// Where failures at the door are kept, so that starting again makes nobody wait less.
    pub fn set_door(&mut self, kept: Box<dyn Seen>) {
        self.doorkeeper.keep_in(kept, &self.clock);
    }

    /// The store's own id.
    pub fn store_id(&self) -> [u8; 16] {
        self.books().store_id()
    }

    /// In what the store is not as the last act left it, or not as it was last seen on this computer. Needs no key.
    pub(super) fn compare(&self) -> Result<Vec<Mismatch>, Fault> {
        let mut found = self.books().compare()?;
        let seen = self.seen.as_ref().and_then(|seen| seen.last());
        // What is no checkpoint says nothing, and is written over.
        if let Some(last) = seen.and_then(|bytes| Checkpoint::from_bytes(&bytes))
            && self.books().descends_from(&last)? != Some(Descent::Holds)
        {
            found.push(Mismatch::OlderThanSeen);
        }
        Ok(found)
    }

    /// Keeps where the store stands now. Whoever does so has compared it before.
    pub(super) fn keep_seen(&self) {
        if let Some(seen) = &self.seen
            && let Some(now) = self.books().signed_checkpoint()
            && let Ok(bytes) = now.to_bytes()
        {
            seen.keep(&bytes);
        }
    }
}
