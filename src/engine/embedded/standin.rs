//! The state that an archive and the journal since make, read from these files themselves.
//!
//! Owns where each record's newest value is: of an archive's records only which block begins with which key, of what
//! entries changed the place of the value. Values stay in the files. An image is filled from it, each record once and in
//! the order of the keys, and it answers in the place of an image that does not. It writes nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::num::NonZeroU32;
use std::ops::Bound;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::archive::{self, Block, Reader, Record, Trailer};
use super::frame::{Frame, HASH};
use super::meta::Meta;
use super::survey::Survey;
use super::{damaged, files};
use crate::engine::check::{Counting, Tally};
use crate::engine::{EngineError, Key, Read, Rev, Span, Stored};

/// Records read at a time while all of them are counted.
const PAGE: usize = 200;

/// Where a value is: small, because there is one for each record that entries wrote.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: u64,
    rev: Rev,
    length: u32,
    /// Which of the files, counted from one, so that a place that is none needs no further byte.
    file: NonZeroU32,
}

/// An archive whose records no entry may have changed.
struct Base {
    reader: Reader,
    trailer: Trailer,
    /// First key and place of each block of records, in order.
    blocks: Vec<(Key, u64)>,
    /// The block read last.
    read: RefCell<Option<(usize, Vec<Record>)>>,
}

pub(super) struct StandIn {
    meta: Meta,
    base: Option<Base>,
    /// What entries wrote, and `None` where they removed a record.
    changed: BTreeMap<Key, Option<Place>>,
    /// The files that hold those values.
    files: Vec<(PathBuf, File)>,
}

impl StandIn {
    /// Reads an archive, if there is one, and the journal's entries that go on from it. Every hash on the way is checked;
    /// whether the records add up is [`StandIn::count`]'s to say.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] where the archive is, or the journal changes while it is read; [`EngineError::Disk`].
    pub(super) fn of(base: Option<&Path>, survey: &Survey) -> Result<Self, EngineError> {
        let mut state = Self::at(Meta::empty());
        if let Some(path) = base {
            state.take_archive(path)?;
        }
        state.follow(survey)?;
        Ok(state)
    }

    /// Reads the journal's entries that go on from a commit: what they changed, and nothing of what was before.
    ///
    /// # Errors
    /// As [`StandIn::of`].
    pub(super) fn since(meta: &Meta, survey: &Survey) -> Result<Self, EngineError> {
        let mut state = Self::at(meta.clone());
        state.follow(survey)?;
        Ok(state)
    }

    fn at(meta: Meta) -> Self {
        Self { meta, base: None, changed: BTreeMap::new(), files: Vec::new() }
    }

    fn follow(&mut self, survey: &Survey) -> Result<(), EngineError> {
        let (seq, hash) = (self.meta.tally.head.seq, self.meta.hash);
        let Some(run) = survey.run_from(seq, &hash) else { return Ok(()) };
        let mut frames = survey.frames(run, seq);
        while let Some((frame, hash)) = frames.next()? {
            let (path, at) = frames.place();
            self.take(&frame, hash, path, at)?;
        }
        if self.meta.tally.head.seq < run.to {
            return Err(EngineError::Damaged(damaged("its journal changed while it was read")));
        }
        Ok(())
    }

    /// Where the state is.
    pub(super) fn meta(&self) -> &Meta {
        &self.meta
    }

    /// What the archive says of itself, if there is one.
    pub(super) fn into_trailer(self) -> Option<Trailer> {
        self.base.map(|base| base.trailer)
    }

    /// Takes in one more commit, whose entry begins at this place of a file.
    pub(super) fn take(
        &mut self,
        frame: &Frame,
        hash: [u8; HASH],
        path: &Path,
        at: u64,
    ) -> Result<(), EngineError> {
        self.note(frame, path, at)?;
        self.meta = self.meta.after(frame, hash);
        Ok(())
    }

    fn note(&mut self, frame: &Frame, path: &Path, at: u64) -> Result<(), EngineError> {
        let file = self.file(path)?;
        for ((key, rev, value), place) in frame.puts.iter().zip(frame.places()) {
            let place = Place { at: at + place, rev: *rev, length: value.len() as u32, file };
            self.changed.insert(*key, Some(place));
        }
        self.changed.extend(frame.deletes.iter().map(|(key, _)| (*key, None)));
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<NonZeroU32, EngineError> {
        let known = self.files.iter().rposition(|(known, _)| known == path);
        let before = if let Some(known) = known {
            known
        } else {
            let file = File::open(path).map_err(|error| files::refused("read", path, &error))?;
            self.files.push((path.to_owned(), file));
            self.files.len() - 1
        };
        Ok(NonZeroU32::MIN.saturating_add(before as u32))
    }

    fn take_archive(&mut self, path: &Path) -> Result<(), EngineError> {
        let mut reader = Reader::open(path)?;
        let mut blocks: Vec<(Key, u64)> = Vec::new();
        let mut highest: Option<Key> = None;
        let mut last: Option<(u64, [u8; HASH])> = None;
        loop {
            let at = reader.at();
            match reader.next()? {
                Some(Block::Records(records)) if last.is_none() => {
                    for (key, ..) in &records {
                        if highest.is_some_and(|highest| *key <= highest) {
                            return Err(archive::damaged(path, "its records are out of order"));
                        }
                        highest = Some(*key);
                    }
                    blocks.extend(records.first().map(|(key, ..)| (*key, at)));
                }
                Some(Block::Entry(frame, hash))
                    if last.is_none_or(|(seq, prev)| frame.seq == seq + 1 && frame.prev == prev) =>
                {
                    last = Some((frame.seq, hash));
                    self.note(&frame, path, at + archive::BEFORE as u64)?;
                }
                Some(Block::Trailer(trailer))
                    if last.is_none_or(|last| last == (trailer.head().seq, trailer.meta.hash)) =>
                {
                    self.meta = trailer.meta.clone();
                    let read = RefCell::new(None);
                    self.base = Some(Base { reader, trailer: *trailer, blocks, read });
                    return Ok(());
                }
                _ => return Err(archive::damaged(path, "its entries do not follow each other")),
            }
        }
    }

    /// Answers a read.
    pub(super) fn read(&self, read: &Read) -> Result<Vec<Stored>, EngineError> {
        let Some(range) = read.range() else { return Ok(Vec::new()) };
        match read {
            Read::One(_) => self.page(range, false, 1),
            Read::Page { back, limit, .. } => self.page(range, *back, *limit),
        }
    }

    /// What entries changed, after this key and in the order of the keys: about so many bytes of it, `None` at the end.
    #[allow(clippy::type_complexity, reason = "rows, where there are any, of one caller")]
    pub(super) fn changes(
        &self,
        after: Option<Key>,
        bytes: usize,
    ) -> Result<Option<Vec<(Key, Option<Stored>)>>, EngineError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let (mut rows, mut sum) = (Vec::new(), 0);
        for (key, place) in self.changed.range((from, Bound::Unbounded)) {
            sum += Key::LEN + place.map_or(0, |place| place.length as usize);
            if sum > bytes && !rows.is_empty() {
                break;
            }
            let stored = |place: Place| Ok(Stored { key: *key, rev: place.rev, value: self.value(place)? });
            rows.push((*key, place.map(stored).transpose()?));
        }
        Ok((!rows.is_empty()).then_some(rows))
    }

    /// Up to `limit` records of a range, from its start or (`back`) from its end.
    pub(super) fn page(
        &self,
        range: (Bound<Key>, Bound<Key>),
        back: bool,
        limit: usize,
    ) -> Result<Vec<Stored>, EngineError> {
        let mut left = range;
        let mut rows = Vec::new();
        while rows.len() < limit {
            let changed = self.changed_at(left, back);
            let kept = match &self.base {
                Some(base) => base.record_at(left, back)?,
                None => None,
            };
            // Whichever comes first; of the same key, what an entry wrote.
            let kept = kept
                .filter(|kept| changed.is_none_or(|(key, _)| if back { kept.0 > key } else { kept.0 < key }));
            let key = match (kept, changed) {
                (Some((key, rev, value)), _) => {
                    rows.push(Stored { key, rev, value });
                    key
                }
                (None, Some((key, place))) => {
                    if let Some(place) = place {
                        rows.push(Stored { key, rev: place.rev, value: self.value(place)? });
                    }
                    key
                }
                (None, None) => break,
            };
            if back {
                left.1 = Bound::Excluded(key);
            } else {
                left.0 = Bound::Excluded(key);
            }
        }
        Ok(rows)
    }

    fn changed_at(&self, range: (Bound<Key>, Bound<Key>), back: bool) -> Option<(Key, Option<Place>)> {
        let mut range = self.changed.range(range);
        let found = if back { range.next_back() } else { range.next() };
        found.map(|(key, place)| (*key, *place))
    }

    fn value(&self, place: Place) -> Result<Vec<u8>, EngineError> {
        let mut value = vec![0; place.length as usize];
        let (path, file) = &self.files[place.file.get() as usize - 1];
        file.read_exact_at(&mut value, place.at).map_err(|error| files::refused("read", path, &error))?;
        Ok(value)
    }

    /// Reads every record and counts it, from nothing: what is counted besides is the caller's to say.
    pub(super) fn count(&self, mut counting: Counting) -> Result<Counting, EngineError> {
        let span = Span::all();
        let mut last: Option<Key> = None;
        while let Some(range) = span.behind(last.as_ref()) {
            let rows = self.page(range, false, PAGE)?;
            for row in &rows {
                counting.add(&row.key, row.rev, &row.value);
            }
            last = rows.last().map(|row| row.key);
            if rows.len() < PAGE {
                break;
            }
        }
        Ok(counting)
    }

    /// Whether the records add up to where the state says that it is.
    ///
    /// # Errors
    /// As reading does.
    pub(super) fn adds_up(&self) -> Result<bool, EngineError> {
        let counted = self.count(Counting::from(&Tally::empty()))?;
        Ok(counted.at(self.meta.tally.head.seq) == self.meta.tally)
    }
}

impl Base {
    /// The first record of a range, or (`back`) the last.
    fn record_at(&self, range: (Bound<Key>, Bound<Key>), back: bool) -> Result<Option<Record>, EngineError> {
        let after = |key: &Key| match range.0 {
            Bound::Included(low) => *key >= low,
            Bound::Excluded(low) => *key > low,
            Bound::Unbounded => true,
        };
        let before = |key: &Key| match range.1 {
            Bound::Included(high) => *key <= high,
            Bound::Excluded(high) => *key < high,
            Bound::Unbounded => true,
        };
        // The last block that begins before the wanted end of the range may hold it, else the one beside it.
        let behind =
            self.blocks.partition_point(|(first, _)| if back { before(first) } else { !after(first) });
        let beside = behind.saturating_sub(1);
        let end = if back { behind } else { behind + 1 };
        let mut blocks = beside..end.min(self.blocks.len());
        while let Some(block) = if back { blocks.next_back() } else { blocks.next() } {
            let found = self.in_block(block, |records| {
                let at = if back {
                    records.partition_point(|(key, ..)| before(key)).checked_sub(1)
                } else {
                    Some(records.partition_point(|(key, ..)| !after(key)))
                };
                at.and_then(|at| records.get(at)).cloned()
            })?;
            if let Some(found) = found {
                return Ok(Some(found).filter(|(key, ..)| after(key) && before(key)));
            }
        }
        Ok(None)
    }

    fn in_block<T>(&self, block: usize, look: impl FnOnce(&[Record]) -> T) -> Result<T, EngineError> {
        let mut read = self.read.borrow_mut();
        if let Some((known, records)) = &*read
            && *known == block
        {
            return Ok(look(records));
        }
        let records = self.reader.records_at(self.blocks[block].1)?;
        let found = look(&records);
        *read = Some((block, records));
        Ok(found)
    }
}
