//! An open image with its summary record: reading it, checking it, and bringing a commit into it.
//!
//! Owns the form of a record in the image (revision, then value) and the count of everything. What is acknowledged is
//! the journal's; what happens after a failure is the engine's.

use std::ops::Bound;

use super::damaged;
use super::frame::{Frame, HASH};
use super::image::{Image, Raw};
use super::meta::Meta;
use crate::engine::check::{self, Counting, Refusal, Tally};
use crate::engine::sum::Sum;
use crate::engine::{Batch, EngineError, Head, Key, Rev, Span, Stored};

/// Records read at a time while counting all of them.
const SCAN_PAGE: usize = 1_000;

/// Bytes of the revision in front of a value in the image (u32, big endian).
const REV: usize = 4;

/// Bytes of a record beside its value.
const BESIDE: u64 = Key::LEN as u64 + REV as u64;

/// The open image and its summary record.
pub(super) struct Live {
    image: Image,
    meta: Meta,
}

impl Live {
    /// Takes over an open image.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] where it holds no summary record or one that cannot be read.
    pub(super) fn of(image: Image) -> Result<Self, EngineError> {
        match image.meta()? {
            Some(bytes) => Ok(Self { meta: Meta::from_bytes(&bytes)?, image }),
            None => Err(EngineError::Damaged(damaged("an agency was set up here, but its records are gone"))),
        }
    }

    /// Gives an image its first summary record.
    pub(super) fn begin(mut image: Image, meta: Meta) -> Result<Self, EngineError> {
        image.apply(&[], &[], &meta.to_bytes())?;
        image.sync()?;
        Ok(Self { image, meta })
    }

    /// The clean stop.
    ///
    /// # Errors
    /// What kept it from being clean; the next start then scans, and nothing is lost.
    pub(super) fn stop(self) -> Result<(), EngineError> {
        self.image.close()
    }

    /// The image, for reading on another thread.
    pub(super) fn image(&self) -> &Image {
        &self.image
    }

    /// Where the image stands.
    pub(super) fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Where the image stands, as everyone knows it.
    pub(super) fn head(&self) -> Head {
        self.meta.tally.head
    }

    /// One record.
    pub(super) fn get(&self, key: &Key) -> Result<Option<Stored>, EngineError> {
        self.image.get(key)?.map(|bytes| stored((*key, bytes))).transpose()
    }

    /// Up to `limit` records of a range, from its start or (`back`) from its end.
    pub(super) fn page(
        &self,
        range: (Bound<Key>, Bound<Key>),
        back: bool,
        limit: usize,
    ) -> Result<Vec<Stored>, EngineError> {
        self.image.page(range, back, limit)?.into_iter().map(stored).collect()
    }

    /// Checks a batch and answers the journal entry it makes. Writes nothing.
    pub(super) fn plan(&self, batch: &Batch) -> Result<Frame, Refusal<EngineError>> {
        let tally = check::tally(&self.meta.tally, batch, |key| self.get(key))?;
        Ok(Frame::of(batch, self.meta.hash, tally))
    }

    /// Brings a commit into the image that was planned on it and stands in the journal. Not synced: the journal is.
    pub(super) fn apply(&mut self, frame: &Frame, hash: [u8; HASH]) -> Result<(), EngineError> {
        let meta = self.meta.after(frame, hash);
        let puts: Vec<Raw> = frame.puts.iter().map(|(key, rev, value)| (*key, raw(*rev, value))).collect();
        let deletes: Vec<Key> = frame.deletes.iter().map(|(key, _)| *key).collect();
        self.image.apply(&puts, &deletes, &meta.to_bytes())?;
        self.meta = meta;
        Ok(())
    }

    /// Brings in a commit that the image lacks. The map must come out as the entry says.
    pub(super) fn replay(&mut self, frame: &Frame, hash: [u8; HASH]) -> Result<(), EngineError> {
        if frame.prev != self.meta.hash || self.tally_after(frame)? != frame.tally {
            return Err(EngineError::Damaged(damaged("its records do not fit the entries of its journal")));
        }
        self.apply(frame, hash)
    }

    /// Where the map will stand after an entry whose expectations were checked when it was made.
    fn tally_after(&self, frame: &Frame) -> Result<Tally, EngineError> {
        let Tally { head, mut logical } = self.meta.tally;
        let mut sum = Sum::from_bytes(&head.digest);
        let mut count = head.count;
        let keys = frame.puts.iter().map(|(key, ..)| key).chain(frame.deletes.iter().map(|(key, _)| key));
        for key in keys {
            if let Some(old) = self.get(key)? {
                sum.subtract(&old.key, old.rev, &old.value);
                count = count.saturating_sub(1);
                logical = logical.saturating_sub(BESIDE + old.value.len() as u64);
            }
        }
        for (key, rev, value) in &frame.puts {
            sum.add(key, *rev, value);
            count += 1;
            logical += BESIDE + value.len() as u64;
        }
        Ok(Tally { head: Head { seq: head.seq + 1, count, digest: sum.to_bytes() }, logical })
    }

    /// Makes everything applied so far survive a power cut.
    pub(super) fn sync(&self) -> Result<(), EngineError> {
        self.image.sync()
    }

    /// Counts every record and compares with the summary record.
    pub(super) fn verify(&self) -> Result<(), EngineError> {
        let mut counting = Counting::new(self.head().seq);
        let span = Span::all();
        let mut last: Option<Key> = None;
        while let Some(range) = span.behind(last.as_ref()) {
            let rows = self.page(range, false, SCAN_PAGE)?;
            for row in &rows {
                counting.add(row);
            }
            last = rows.last().map(|row| row.key);
            if rows.len() < SCAN_PAGE {
                break;
            }
        }
        if counting.done() == self.meta.tally {
            return Ok(());
        }
        Err(EngineError::Damaged(damaged("its records do not add up to what was last saved")))
    }

    /// Orders a fault for the next batch.
    #[cfg(test)]
    pub(super) fn order(&mut self, fault: super::image::Fault) {
        self.image.fault = Some(fault);
    }
}

/// A record as it stands in the image: revision, then value.
pub(super) fn raw(rev: Rev, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(REV + value.len());
    bytes.extend_from_slice(&rev.0.to_be_bytes());
    bytes.extend_from_slice(value);
    bytes
}

/// Reads it back.
pub(super) fn stored((key, bytes): Raw) -> Result<Stored, EngineError> {
    match bytes.split_first_chunk::<REV>() {
        Some((rev, value)) => Ok(Stored { key, rev: Rev(u32::from_be_bytes(*rev)), value: value.to_vec() }),
        None => Err(EngineError::Damaged(damaged("a record is too short to be one"))),
    }
}
