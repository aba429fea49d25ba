//! The record that goes into the image with every batch: where the map stands and which batches came last.
//!
//! Owns its byte layout (all numbers big endian): version (1), sequence (8), count (8), logical bytes (8), digest (32),
//! number of ids (1), ids (16 each, oldest first).

use std::collections::VecDeque;

use crate::engine::check::Tally;
use crate::engine::{EngineError, Head};

/// Batch ids remembered.
const RECENT: usize = 64;

/// The layout written.
const VERSION: u8 = 1;

/// Bytes before the ids.
const FIXED: usize = 1 + 8 + 8 + 8 + 32 + 1;

/// Where an image stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meta {
    /// Head and size.
    pub(super) tally: Tally,
    /// Ids of the latest batches, oldest first.
    recent: VecDeque<[u8; 16]>,
}

impl Meta {
    /// Of an image just made.
    pub(super) fn empty() -> Self {
        Self { tally: Tally::empty(), recent: VecDeque::new() }
    }

    /// After one more batch.
    pub(super) fn after(&self, batch_id: [u8; 16], tally: Tally) -> Self {
        let mut recent = self.recent.clone();
        recent.push_back(batch_id);
        if recent.len() > RECENT {
            recent.pop_front();
        }
        Self { tally, recent }
    }

    /// Whether this batch is among the latest.
    pub(super) fn has(&self, batch_id: &[u8; 16]) -> bool {
        self.recent.contains(batch_id)
    }

    /// The bytes that go into the image.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let Tally { head, logical } = self.tally;
        let mut bytes = Vec::with_capacity(FIXED + 16 * self.recent.len());
        bytes.push(VERSION);
        for number in [head.seq, head.count, logical] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&head.digest);
        bytes.push(self.recent.len() as u8);
        for id in &self.recent {
            bytes.extend_from_slice(id);
        }
        bytes
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`EngineError::Newer`] for a layout from the future, [`EngineError::Damaged`] for anything else that does not fit.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, EngineError> {
        let damaged = || EngineError::Damaged(super::damaged("its summary record cannot be read"));
        match bytes.first() {
            Some(&version) if version > VERSION => return Err(super::newer(u32::from(version))),
            Some(&VERSION) => {}
            _ => return Err(damaged()),
        }
        let (fixed, ids) = bytes.split_at_checked(FIXED).ok_or_else(damaged)?;
        let number = |at: usize| {
            let mut eight = [0; 8];
            eight.copy_from_slice(&fixed[at..at + 8]);
            u64::from_be_bytes(eight)
        };
        let mut digest = [0; 32];
        digest.copy_from_slice(&fixed[25..57]);
        let expected = usize::from(fixed[57]);
        if expected > RECENT || ids.len() != 16 * expected {
            return Err(damaged());
        }
        let recent = ids.chunks_exact(16).map(|chunk| {
            let mut id = [0; 16];
            id.copy_from_slice(chunk);
            id
        });
        let head = Head { seq: number(1), count: number(9), digest };
        Ok(Self { tally: Tally { head, logical: number(17) }, recent: recent.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_many(batches: u8) -> Meta {
        (0..batches).fold(Meta::empty(), |meta, batch| {
            let mut tally = meta.tally;
            tally.head.seq += 1;
            tally.head.count += 2;
            tally.logical += 300;
            tally.head.digest[0] = batch;
            meta.after([batch; 16], tally)
        })
    }

    #[test]
    fn reads_back_at_every_length() {
        for batches in [0, 1, 63, 64, 65, 200] {
            let meta = after_many(batches);
            assert_eq!(Meta::from_bytes(&meta.to_bytes()), Ok(meta));
        }
    }

    #[test]
    fn remembers_the_last_64_batches() {
        let meta = after_many(100);
        assert!(meta.has(&[99; 16]) && meta.has(&[36; 16]));
        assert!(!meta.has(&[35; 16]));
    }

    #[test]
    fn golden_bytes_of_the_first_layout() {
        let bytes = after_many(1).to_bytes();
        let mut expected = vec![1];
        expected
            .extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 44]);
        expected.extend_from_slice(&[0; 32]);
        expected.push(1);
        expected.extend_from_slice(&[0; 16]);
        assert_eq!(bytes, expected);
    }

    #[test]
    fn every_cut_is_damage_and_a_later_layout_is_newer() {
        let bytes = after_many(3).to_bytes();
        for cut in 0..bytes.len() {
            assert!(matches!(Meta::from_bytes(&bytes[..cut]), Err(EngineError::Damaged(_))), "cut at {cut}");
        }
        let mut later = bytes;
        later[0] = VERSION + 1;
        assert!(matches!(Meta::from_bytes(&later), Err(EngineError::Newer(_))));
    }
}
