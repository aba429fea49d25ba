//! An image that is open and proven to hold what was acknowledged.
//!
//! Owns the checks between opening and first use, and the steps of one commit. It decides nothing about what happens
//! after a failure: that is the engine's.

use std::ops::Bound;
use std::path::Path;

use super::image::{self, Image, Raw};
use super::mark::{Mark, Seen};
use super::meta::Meta;
use super::{Options, damaged, files};
use crate::engine::check::{self, Counting, Refusal};
use crate::engine::{Batch, EngineError, Head, Key, Rev, Span, Stored};

/// Records read at a time while counting all of them.
const SCAN_PAGE: usize = 1_000;

/// Bytes of the revision in front of a value in the image (u32, big endian).
const REV: usize = 4;

/// When opening counts every record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// Unless the mark shows a clean stop at exactly this commit.
    AfterUncleanStop,
    /// In any case: a call has just failed.
    Always,
    /// Not at all: this process closed the image itself a moment ago.
    Never,
}

/// The open image, its summary record and its mark.
pub(super) struct Live {
    image: Image,
    meta: Meta,
    mark: Mark,
}

impl Live {
    /// Opens an image and checks it against its mark and, within one process, against the last known head (`floor`).
    pub(super) fn open(
        dir: &Path,
        options: &Options,
        floor: Option<Head>,
        scan: Scan,
    ) -> Result<Self, EngineError> {
        let (mark, seen) = Mark::open(dir)?;
        // Checked before sled sees the file: it would cut a torn tail off.
        if let Some(length) = seen.and_then(|seen| seen.stopped_at)
            && scan == Scan::AfterUncleanStop
            && image::data_bytes(dir)? < length
        {
            return Err(EngineError::Damaged(damaged("its data file is shorter than at the last stop")));
        }
        let image = Image::open(dir, options.cache_bytes, options.flush_every_ms, false)?;
        let Some(bytes) = image.meta()? else {
            return Err(EngineError::Damaged(damaged("an agency was set up here, but its records are gone")));
        };
        let live = Self { image, meta: Meta::from_bytes(&bytes)?, mark };
        let head = live.head();
        for (seq, digest) in seen
            .map(|seen| (seen.seq, seen.digest))
            .into_iter()
            .chain(floor.map(|head| (head.seq, head.digest)))
        {
            not_behind(&head, seq, &digest)?;
        }
        if scan == Scan::Always || (scan == Scan::AfterUncleanStop && !stopped_cleanly(seen, &head)) {
            live.verify()?;
        }
        live.begin()
    }

    /// Makes an empty image, or finishes making one that was cut short.
    pub(super) fn create(dir: &Path, options: &Options) -> Result<Self, EngineError> {
        let (mark, _) = Mark::open(dir)?;
        let mut image = Image::open(dir, options.cache_bytes, options.flush_every_ms, true)?;
        let meta = Meta::empty();
        let unfinished = image.meta()? == Some(meta.to_bytes());
        if !unfinished && !image.is_empty()? {
            return Err(EngineError::Damaged(damaged("there are records, but its format file is gone")));
        }
        image.apply(&[], &[], &meta.to_bytes())?;
        files::sync_dir(dir)?;
        Self { image, meta, mark }.begin()
    }

    /// What is read from here on must outlive a power cut, and the next stop is unclean until [`Live::stop`].
    fn begin(self) -> Result<Self, EngineError> {
        self.image.sync()?;
        // A mark that cannot be written stays behind, and being behind only costs the next start a scan.
        let _ = self.mark.note(&self.head(), None, true);
        Ok(self)
    }

    /// The clean stop.
    ///
    /// # Errors
    /// What kept it from being clean; the next start then scans, and nothing is lost.
    pub(super) fn stop(self) -> Result<(), EngineError> {
        let Self { image, meta, mark } = self;
        let length = image.close()?;
        // Without a mark the next start scans as well.
        let _ = mark.note(&meta.tally.head, Some(length), true);
        Ok(())
    }

    /// Where the image stands.
    pub(super) fn head(&self) -> Head {
        self.meta.tally.head
    }

    /// Bytes of all keys, revisions and values.
    pub(super) fn logical_bytes(&self) -> u64 {
        self.meta.tally.logical
    }

    /// Whether this batch is among the latest.
    pub(super) fn has(&self, batch_id: &[u8; 16]) -> bool {
        self.meta.has(batch_id)
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

    /// Checks a batch and answers the summary record it will leave. Writes nothing.
    pub(super) fn plan(&self, batch: &Batch) -> Result<Meta, Refusal<EngineError>> {
        let tally = check::tally(&self.meta.tally, batch, |key| self.get(key))?;
        Ok(self.meta.after(batch.id, tally))
    }

    /// Writes a planned batch durably. After an error it is open whether it is there.
    pub(super) fn write(&mut self, batch: &Batch, after: Meta) -> Result<(), EngineError> {
        let puts: Vec<Raw> =
            batch.puts.iter().map(|put| (put.key, raw(put.expect.next(), &put.value))).collect();
        let deletes: Vec<Key> = batch.deletes.iter().map(|(key, _)| *key).collect();
        self.image.apply(&puts, &deletes, &after.to_bytes())?;
        self.image.sync()?;
        self.meta = after;
        // Only a witness: the commit is durable already.
        let _ = self.mark.note(&self.head(), None, false);
        Ok(())
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
    pub(super) fn order(&mut self, fault: image::Fault) {
        self.image.fault = Some(fault);
    }
}

/// An image behind what was acknowledged has lost something; one beside it is not the same map.
fn not_behind(head: &Head, seq: u64, digest: &[u8; 32]) -> Result<(), EngineError> {
    if head.seq < seq {
        let what = format!("{} saved changes at its end are missing", seq - head.seq);
        return Err(EngineError::Damaged(damaged(&what)));
    }
    if head.seq == seq && head.digest != *digest {
        return Err(EngineError::Damaged(damaged("its records are not those of the last change saved")));
    }
    Ok(())
}

/// Whether the mark shows a clean stop at exactly this commit.
fn stopped_cleanly(seen: Option<Seen>, head: &Head) -> bool {
    seen.is_some_and(|seen| seen.stopped_at.is_some() && seen.seq == head.seq)
}

/// A record as it stands in the image: revision, then value.
fn raw(rev: Rev, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(REV + value.len());
    bytes.extend_from_slice(&rev.0.to_be_bytes());
    bytes.extend_from_slice(value);
    bytes
}

/// Reads it back.
fn stored((key, bytes): Raw) -> Result<Stored, EngineError> {
    match bytes.split_first_chunk::<REV>() {
        Some((rev, value)) => Ok(Stored { key, rev: Rev(u32::from_be_bytes(*rev)), value: value.to_vec() }),
        None => Err(EngineError::Damaged(damaged("a record is too short to be one"))),
    }
}
