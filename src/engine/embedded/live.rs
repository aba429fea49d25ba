//! What answers: the open image with its summary record, or archive and journal in its place. Reading it, checking it, and
//! bringing commits into it.
//!
//! Owns the form of a record in the image (revision, then value), the pieces a commit goes in by, and the count of
//! everything. What is acknowledged is the journal's; what happens after a failure is the engine's.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;

use super::damaged;
use super::frame::{Frame, HASH};
use super::image::{Ends, Piece, Raw};
use super::meta::Meta;
use super::standin::StandIn;
use super::thread::{Awaited, Image, ImageReader, Query, stuck};
use crate::engine::check::{self, Counting, Refusal, Tally};
use crate::engine::core::CoreSum;
use crate::engine::{Batch, Core, EngineError, Head, Key, Read, Rev, Span, Stored};

/// Records read at a time while counting all of them.
const SCAN_PAGE: usize = 1_000;

/// Bytes of the revision in front of a value in the image (u32, big endian).
const REV: usize = 4;

/// Bytes of records that go into the image at once; what is larger goes in several pieces.
pub(super) const PIECE: usize = 64 << 10;

/// Answers kept that were read before they were asked for.
const MOST_AHEAD: usize = 256;

pub(super) struct Live {
    view: View,
    meta: Meta,
    core: CoreSum,
    /// The records that the batch asked about last will be written over; none after a commit.
    olds: RefCell<Option<([u8; 16], Olds)>>,
    /// What was read before it was asked for. Each answer serves once, and none after a commit.
    ahead: RefCell<Vec<(Read, Vec<Stored>)>>,
    /// A commit failed on its way into the image.
    late: Cell<bool>,
}

/// Records that a batch will be written over, by their keys; `None` where there is none.
type Olds = HashMap<Key, Option<Stored>>;

enum View {
    /// The image, and the commit that is on its way into it.
    Image(Image, Cell<Option<Awaited<()>>>),
    /// Archive and journal, in the place of an image that does not answer.
    StandIn(Box<StandIn>),
}

impl Live {
    /// Takes over an open image.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] where it holds no summary record or one that cannot be read, or half of a commit.
    pub(super) fn of(image: Image, loose: &'static [u8]) -> Result<Self, EngineError> {
        match Self::half(image, loose)? {
            (live, None) => Ok(live),
            (_, Some(_)) => Err(EngineError::Damaged(damaged("a change is only half in it"))),
        }
    }

    /// Takes over an open image that may hold half of a commit, and answers which. Its records add up to nothing then until
    /// [`Live::go_on`] has brought in the rest.
    ///
    /// # Errors
    /// As [`Live::of`].
    pub(super) fn half(image: Image, loose: &'static [u8]) -> Result<(Self, Option<u64>), EngineError> {
        match image.meta()? {
            (Some(bytes), toward) => {
                let (meta, core) = Meta::with_core(&bytes, loose)?;
                Ok((Self::with(image, meta, core), toward))
            }
            (None, _) => {
                Err(EngineError::Damaged(damaged("an agency was set up here, but its records are gone")))
            }
        }
    }

    /// Gives an image its first summary record.
    pub(super) fn begin(image: Image, meta: Meta, core: CoreSum) -> Result<Self, EngineError> {
        image.bring(vec![Piece { ends: Ends::At(meta.and_core(&core)), ..Piece::default() }]).wait()?;
        image.sync()?;
        Ok(Self::with(image, meta, core))
    }

    fn with(image: Image, meta: Meta, core: CoreSum) -> Self {
        Self::over(View::Image(image, Cell::new(None)), meta, core)
    }

    fn over(view: View, meta: Meta, core: CoreSum) -> Self {
        let (olds, ahead) = (RefCell::default(), RefCell::default());
        Self { view, meta, core, olds, ahead, late: Cell::new(false) }
    }

    /// What answers in the place of an image that does not.
    pub(super) fn standing_in(state: StandIn, core: CoreSum) -> Self {
        let meta = state.meta().clone();
        Self::over(View::StandIn(Box::new(state)), meta, core)
    }

    /// The clean stop.
    ///
    /// # Errors
    /// What kept it from being clean; the next start then scans, and nothing is lost.
    pub(super) fn stop(self) -> Result<(), EngineError> {
        self.settle()?;
        match self.view {
            View::Image(image, _) => image.close(),
            View::StandIn(_) => Err(stuck()),
        }
    }

    /// A reader of the image for another thread.
    ///
    /// # Errors
    /// [`EngineError::Stuck`] where the image does not answer.
    pub(super) fn reader(&self) -> Result<ImageReader, EngineError> {
        match &self.view {
            View::Image(image, _) => Ok(image.reader()),
            View::StandIn(_) => Err(stuck()),
        }
    }

    /// Where the map is.
    pub(super) fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Where the map is, as everyone knows it.
    pub(super) fn head(&self) -> Head {
        self.meta.tally.head
    }

    /// What the core comes to.
    pub(super) fn core(&self) -> Core {
        self.core.core()
    }

    pub(super) fn get(&self, key: &Key) -> Result<Option<Stored>, EngineError> {
        Ok(self.read(&Read::One(*key))?.pop())
    }

    /// Answers a read.
    pub(super) fn read(&self, read: &Read) -> Result<Vec<Stored>, EngineError> {
        let known = self.ahead.borrow().iter().position(|(known, _)| known == read);
        if let Some(known) = known {
            return Ok(self.ahead.borrow_mut().swap_remove(known).1);
        }
        Ok(self.answer(std::slice::from_ref(read))?.pop().unwrap_or_default())
    }

    /// Answers reads before they are asked for, all of them in one call of the image.
    pub(super) fn read_ahead(&self, reads: &[Read]) -> Result<(), EngineError> {
        let rows = self.answer(reads)?;
        let mut ahead = self.ahead.borrow_mut();
        if ahead.len() + reads.len() > MOST_AHEAD {
            ahead.clear();
        }
        ahead.extend(reads.iter().cloned().zip(rows));
        Ok(())
    }

    fn answer(&self, reads: &[Read]) -> Result<Vec<Vec<Stored>>, EngineError> {
        match &self.view {
            View::Image(image, _) => {
                let raw = image.read(reads.iter().map(Query::of).collect());
                self.settle()?;
                raw.wait()?.into_iter().map(|rows| rows.into_iter().map(stored).collect()).collect()
            }
            View::StandIn(state) => reads.iter().map(|read| state.read(read)).collect(),
        }
    }

    /// What became of the commit that was on its way into the image.
    fn settle(&self) -> Result<(), EngineError> {
        match &self.view {
            View::Image(_, bringing) => {
                let settled = bringing.take().map_or(Ok(()), Awaited::wait);
                settled.inspect_err(|_| self.late.set(true))
            }
            View::StandIn(_) => Ok(()),
        }
    }

    /// Whether the last error was that of a commit on its way into the image. It must be opened again.
    pub(super) fn is_late(&self) -> bool {
        self.late.get()
    }

    /// The records of these keys, where there are any.
    fn records(&self, keys: impl Iterator<Item = Key>) -> Result<HashMap<Key, Stored>, EngineError> {
        let reads: Vec<Read> = keys.map(Read::One).collect();
        Ok(self.answer(&reads)?.into_iter().flatten().map(|row| (row.key, row)).collect())
    }

    /// The records that a batch will be written over. What was read when it was asked about is not read again.
    fn olds(&self, batch: &Batch) -> Result<Olds, EngineError> {
        let known = self.olds.take().filter(|(id, _)| *id == batch.id);
        let mut olds = known.map(|(_, olds)| olds).unwrap_or_default();
        let deleted = batch.deletes.iter().map(|(key, _)| *key);
        let keys = batch.puts.iter().map(|put| put.key).chain(deleted);
        let missing: Vec<Key> = keys.filter(|key| !olds.contains_key(key)).collect();
        let mut found = self.records(missing.iter().copied())?;
        olds.extend(missing.into_iter().map(|key| (key, found.remove(&key))));
        Ok(olds)
    }

    /// What the core will come to once a batch is written.
    pub(super) fn core_after(&self, batch: &Batch) -> Result<Core, EngineError> {
        let olds = self.olds(batch)?;
        let look = |key: &Key| Ok(olds.get(key).and_then(Clone::clone));
        let core = check::core_after(&self.core, batch, look);
        self.olds.replace(Some((batch.id, olds)));
        core
    }

    /// Checks a batch and answers the journal entry it makes, and the core after it. Writes nothing.
    pub(super) fn plan(&self, batch: &Batch) -> Result<(Frame, CoreSum), Refusal<EngineError>> {
        let mut olds = self.olds(batch).map_err(Refusal::Read)?;
        let (tally, core) =
            check::after(&self.meta.tally, &self.core, batch, |key| Ok(olds.remove(key).flatten()))?;
        Ok((Frame::of(batch, self.meta.hash, tally), core))
    }

    /// Takes in a commit that was planned here, whose entry begins at this place of the journal. Not synced: the journal is.
    /// Nobody waits for the image: what it refuses, the next read tells ([`Live::is_late`]).
    pub(super) fn apply(
        &mut self,
        (frame, core): (&Frame, &CoreSum),
        hash: [u8; HASH],
        (path, at): (&Path, u64),
    ) -> Result<(), EngineError> {
        self.settle()?;
        self.ahead.borrow_mut().clear();
        self.olds.take();
        let meta = self.meta.after(frame, hash);
        match &mut self.view {
            View::Image(image, bringing) => {
                bringing.set(Some(image.bring(pieces(frame, meta.and_core(core)))));
            }
            View::StandIn(state) => state.take(frame, hash, path, at)?,
        }
        (self.meta, self.core) = (meta, core.clone());
        Ok(())
    }

    /// Brings in the commits that the image lacks: the newest value of each record they wrote, once. The records must come
    /// out as the last of them says.
    pub(super) fn go_on(&mut self, to: &StandIn, half: bool) -> Result<(), EngineError> {
        let View::Image(image, _) = &self.view else { return Err(stuck()) };
        let seq = to.meta().tally.head.seq;
        let mut counting = Counting::from(&self.meta.tally).with(self.core.clone());
        let mut last = None;
        while let Some(rows) = to.changes(last, PIECE)? {
            last = rows.last().map(|(key, _)| *key);
            let mut olds = self.records(rows.iter().map(|(key, _)| *key))?;
            let mut piece = Piece { ends: Ends::Toward(seq), ..Piece::default() };
            for (key, row) in rows {
                if let Some(old) = olds.remove(&key) {
                    counting.remove(&old);
                }
                match row {
                    Some(row) => {
                        counting.add(&key, row.rev, &row.value);
                        piece.puts.push((key, raw(row.rev, &row.value)));
                    }
                    None => piece.deletes.push(key),
                }
            }
            image.bring(vec![piece]).wait()?;
        }
        if half {
            // What was there before says nothing: only the whole does.
            counting = self.count()?;
        }
        let reached = counting.at(seq) == to.meta().tally;
        let Some(core) = counting.core().filter(|_| reached) else {
            return Err(EngineError::Damaged(damaged("its records do not fit the entries of its journal")));
        };
        let ends = Ends::Reached(to.meta().and_core(&core));
        image.bring(vec![Piece { ends, ..Piece::default() }]).wait()?;
        (self.meta, self.core) = (to.meta().clone(), core);
        Ok(())
    }

    /// Makes everything applied so far survive a power cut.
    pub(super) fn sync(&self) -> Result<(), EngineError> {
        match &self.view {
            View::Image(image, _) => {
                self.settle()?;
                image.sync()
            }
            View::StandIn(_) => Ok(()),
        }
    }

    /// Counts every record and compares with the summary record.
    pub(super) fn verify(&self) -> Result<(), EngineError> {
        let counted = self.count()?;
        if counted.at(self.head().seq) == self.meta.tally && counted.core().as_ref() == Some(&self.core) {
            return Ok(());
        }
        Err(EngineError::Damaged(damaged("its records do not add up to what was last saved")))
    }

    /// Counts every record.
    fn count(&self) -> Result<Counting, EngineError> {
        let mut counting = Counting::from(&Tally::empty()).with(CoreSum::empty(self.core.loose()));
        let mut last: Option<Key> = None;
        loop {
            let page = Read::Page { span: Span::all(), from: last, back: false, limit: SCAN_PAGE };
            let rows = self.answer(&[page])?.pop().unwrap_or_default();
            for row in &rows {
                counting.add(&row.key, row.rev, &row.value);
            }
            last = rows.last().map(|row| row.key);
            if rows.len() < SCAN_PAGE {
                return Ok(counting);
            }
        }
    }

    /// Orders a fault for the next piece.
    #[cfg(test)]
    pub(super) fn order(&mut self, fault: super::image::Fault) {
        match &self.view {
            View::Image(image, _) => image.order(fault),
            View::StandIn(_) => panic!("no image"),
        }
    }
}

/// The pieces a commit goes into the image by. A small one goes in whole.
fn pieces(frame: &Frame, meta: Vec<u8>) -> Vec<Piece> {
    let mut pieces = vec![Piece::default()];
    let mut bytes = 0;
    for (key, rev, value) in &frame.puts {
        let raw = raw(*rev, value);
        if bytes + raw.len() > PIECE {
            pieces.push(Piece::default());
            bytes = 0;
        }
        bytes += Key::LEN + raw.len();
        if let Some(piece) = pieces.last_mut() {
            piece.puts.push((*key, raw));
        }
    }
    let whole = pieces.len() == 1;
    for piece in &mut pieces {
        piece.ends = Ends::Toward(frame.seq);
    }
    if let Some(last) = pieces.last_mut() {
        last.deletes = frame.deletes.iter().map(|(key, _)| *key).collect();
        last.ends = if whole { Ends::At(meta) } else { Ends::Reached(meta) };
    }
    pieces
}

/// A record as it is in the image: revision, then value.
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
