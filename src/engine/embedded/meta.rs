//! The record that goes into the image with every batch: the state of the map and which batches came last.
//!
//! Owns its byte layout (all numbers big endian): version (1), sequence (8), count (8), logical bytes (8), digest (32),
//! hash of the commit's entry in the journal (32; not in version 1, from before there was a journal), number of ids (1),
//! ids (16 each, oldest first). In the image, and nowhere else, the core follows: number of loose kinds (1), their bytes,
//! records in the core (8), its lanes (2,048).

use std::collections::VecDeque;

use super::frame::{Bytes, Frame, GENESIS, HASH};
use crate::engine::check::Tally;
use crate::engine::core::CoreSum;
use crate::engine::{EngineError, Head};

/// Batch ids remembered.
const RECENT: usize = 64;

/// The layout written.
const VERSION: u8 = 2;

/// The layout written into the image, with the core.
const WITH_CORE: u8 = 3;

/// The state of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meta {
    /// Head and size.
    pub(super) tally: Tally,
    /// Hash of the last commit's entry in the journal.
    pub(super) hash: [u8; HASH],
    /// Ids of the latest batches, oldest first.
    recent: VecDeque<[u8; 16]>,
}

impl Meta {
    /// Of an image just made.
    pub(super) fn empty() -> Self {
        Self { tally: Tally::empty(), hash: GENESIS, recent: VecDeque::new() }
    }

    /// After one more commit, whose entry has this hash.
    pub(super) fn after(&self, frame: &Frame, hash: [u8; HASH]) -> Self {
        let mut after = self.clone();
        (after.tally, after.hash) = (frame.tally, hash);
        after.remember(frame.batch_id);
        after
    }

    fn remember(&mut self, batch_id: [u8; 16]) {
        self.recent.push_back(batch_id);
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }

    /// Whether this batch is among the latest.
    pub(super) fn has(&self, batch_id: &[u8; 16]) -> bool {
        self.recent.contains(batch_id)
    }

    /// The bytes that go into the image.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let Tally { head, logical } = self.tally;
        let mut bytes = vec![VERSION];
        for number in [head.seq, head.count, logical] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&head.digest);
        bytes.extend_from_slice(&self.hash);
        bytes.push(self.recent.len() as u8);
        for id in &self.recent {
            bytes.extend_from_slice(id);
        }
        bytes
    }

    /// The bytes that go into the image: the core is kept there.
    pub(super) fn and_core(&self, core: &CoreSum) -> Vec<u8> {
        let mut bytes = self.to_bytes();
        bytes[0] = WITH_CORE;
        bytes.push(core.loose().len() as u8);
        bytes.extend_from_slice(core.loose());
        bytes.extend_from_slice(&core.count().to_be_bytes());
        bytes.extend_from_slice(&core.lanes());
        bytes
    }

    /// Reads back the bytes of an image. A core of other loose kinds is none: the image has to be built again.
    ///
    /// # Errors
    /// As [`Meta::from_bytes`].
    pub(super) fn with_core(bytes: &[u8], loose: &'static [u8]) -> Result<(Self, CoreSum), EngineError> {
        if bytes.first().is_some_and(|version| *version > WITH_CORE) {
            return Err(super::newer(u32::from(bytes[0])));
        }
        let read = || {
            let mut rest = Bytes(bytes);
            let meta = Self::begin(&mut rest, WITH_CORE)?;
            let [kinds] = rest.take()?;
            let known = rest.some(usize::from(kinds))? == loose;
            let count = rest.u64()?;
            let core = CoreSum::from_parts(count, rest.0, loose)?;
            known.then_some((meta, core))
        };
        read().ok_or_else(unreadable)
    }

    /// What the bytes of an image say besides the core; `None` where they make no sense.
    pub(super) fn of_image(bytes: &[u8]) -> Option<Self> {
        Self::begin(&mut Bytes(bytes), WITH_CORE)
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`EngineError::Newer`] for a layout from the future, [`EngineError::Damaged`] for anything else that does not fit.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, EngineError> {
        if bytes.first().is_some_and(|version| *version > VERSION) {
            return Err(super::newer(u32::from(bytes[0])));
        }
        let read = || {
            let mut rest = Bytes(bytes);
            let meta = Self::begin(&mut rest, VERSION)?;
            rest.0.is_empty().then_some(meta)
        };
        read().ok_or_else(unreadable)
    }

    fn begin(rest: &mut Bytes<'_>, newest: u8) -> Option<Self> {
        let [version] = rest.take()?;
        let (seq, count, logical) = (rest.u64()?, rest.u64()?, rest.u64()?);
        let digest = rest.take()?;
        let hash = match version {
            1 => GENESIS,
            _ if version == newest => rest.take()?,
            _ => return None,
        };
        let [ids] = rest.take()?;
        let recent = (0..ids).map(|_| rest.take()).collect::<Option<VecDeque<_>>>()?;
        let fits = usize::from(ids) <= RECENT;
        fits.then_some(Self { tally: Tally { head: Head { seq, count, digest }, logical }, hash, recent })
    }
}

fn unreadable() -> EngineError {
    EngineError::Damaged(super::damaged("its summary record cannot be read"))
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
            let puts = Vec::new();
            let frame = Frame {
                seq: tally.head.seq,
                prev: meta.hash,
                batch_id: [batch; 16],
                tally,
                puts,
                deletes: Vec::new(),
            };
            meta.after(&frame, [batch; 32])
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
    fn reads_back_with_its_core_and_with_no_other_loose_kinds() {
        let meta = after_many(70);
        let mut core = CoreSum::empty(&[0x2a, 0x2b]);
        core.add(&crate::engine::Key::new(1, [7; 16], 1), crate::engine::Rev(1), b"a");
        let bytes = meta.and_core(&core);
        assert_eq!(Meta::with_core(&bytes, &[0x2a, 0x2b]), Ok((meta, core)));
        assert!(matches!(Meta::with_core(&bytes, &[0x2a]), Err(EngineError::Damaged(_))));
        for cut in 0..bytes.len() {
            assert!(Meta::with_core(&bytes[..cut], &[0x2a, 0x2b]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn remembers_the_last_64_batches() {
        let meta = after_many(100);
        assert!(meta.has(&[99; 16]) && meta.has(&[36; 16]));
        assert!(!meta.has(&[35; 16]));
    }

    #[test]
    fn golden_bytes_of_both_layouts() {
        let meta = after_many(1);
        let mut first = vec![1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 44];
        first.extend_from_slice(&[0; 32]);
        let mut second = first.clone();
        second[0] = 2;
        second.extend_from_slice(&[0; 32]);
        for bytes in [&mut first, &mut second] {
            bytes.push(1);
            bytes.extend_from_slice(&[0; 16]);
        }
        assert_eq!(meta.to_bytes(), second);
        assert_eq!(Meta::from_bytes(&first), Ok(Meta { hash: GENESIS, ..meta }));
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
