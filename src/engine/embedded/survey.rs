//! What the journal holds: unbroken runs of entries, and where it is damaged.
//!
//! Owns one reading of the segments from front to back, entry by entry, and the reading of a run again for a replay.
//! It changes no file and draws no conclusion; `recover` does.

use std::path::Path;

use super::files;
use super::frame::{Frame, HASH};
use super::segment::{self, Found, Opening, Reader, Segment};
use crate::engine::EngineError;
use crate::engine::check::Tally;

/// Entries that follow each other without a gap, each holding the hash of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Sequence of the first; one more than `to` where a segment has only been begun.
    pub(super) from: u64,
    /// Hash of the entry before the first.
    pub(super) prev: [u8; HASH],
    /// Sequence of the last.
    pub(super) to: u64,
    /// Hash of the last.
    pub(super) hash: [u8; HASH],
    /// The state of the map after the last.
    pub(super) tally: Tally,
    /// Segment and place at which it begins.
    start: (usize, u64),
}

impl Run {
    /// Whether a map at this commit, with this hash of its entry, can be carried on by the run.
    fn carries_on(&self, seq: u64, hash: &[u8; HASH]) -> bool {
        let inside = self.from <= seq + 1 && seq <= self.to;
        let at_front = seq + 1 == self.from && self.prev != *hash;
        let at_end = seq == self.to && self.hash != *hash;
        inside && !at_front && !at_end
    }
}

/// The end of the newest segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Sequence of its first entry.
    pub(super) first: u64,
    /// Behind its last entry.
    pub(super) at: u64,
    /// Bytes of the file.
    pub(super) length: u64,
    /// Something that is no entry follows: one cut short while it was written, or damage.
    pub(super) torn: bool,
}

/// The journal as it was read.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// The files read, in order.
    pub(super) segments: Vec<Segment>,
    /// A newest file without a single byte in it: its making was cut short.
    pub(super) blank: Option<Segment>,
    /// Unbroken runs in the order of the files.
    pub(super) runs: Vec<Run>,
    /// Damage that no interrupted write explains: how many places.
    pub(super) faults: usize,
    /// The end of the newest segment; `None` without one.
    pub(super) end: Option<End>,
    /// Bytes of all entries.
    pub(super) bytes: u64,
}

impl Survey {
    /// Reads the segments that hold commits after `after`, and none before where the files' names allow it.
    ///
    /// # Errors
    /// [`EngineError::Disk`] where the disk refuses; damage is part of the answer.
    pub(super) fn of(store: &Path, after: u64) -> Result<Self, EngineError> {
        let mut segments = segment::list(store)?;
        let blank = match segments.last() {
            Some(newest) if segment::is_blank(&newest.path)? => segments.pop(),
            _ => None,
        };
        let keep_from = segments.iter().rposition(|segment| segment.first <= after + 1).unwrap_or(0);
        segments.drain(..keep_from);
        let mut survey = Self { segments, blank, ..Self::default() };
        for index in 0..survey.segments.len() {
            survey.read(index)?;
        }
        Ok(survey)
    }

    fn read(&mut self, index: usize) -> Result<(), EngineError> {
        let Segment { first, path } = self.segments[index].clone();
        let refused = |error: std::io::Error| files::refused("read", &path, &error);
        let mut reader = Reader::open(&path).map_err(refused)?;
        let opening = reader.opening().map_err(refused)?.filter(|opening| opening.first == first);
        if let Some(opening) = opening {
            self.begin(opening, index);
        }
        let mut torn = false;
        loop {
            let at = reader.at();
            match reader.next().map_err(refused)? {
                Found::Frame(frame, hash, behind) => {
                    self.bytes += behind - at;
                    self.take(&frame, hash, (index, at));
                }
                Found::End => break,
                Found::Bad if reader.resync().map_err(refused)? => self.faults += 1,
                Found::Bad => {
                    torn = true;
                    break;
                }
            }
        }
        // An interrupted write leaves something torn at the very end, and nowhere else.
        let newest = index + 1 == self.segments.len();
        self.faults += usize::from(opening.is_none()) + usize::from(torn && !newest);
        if newest {
            self.end = Some(End { first, at: reader.at(), length: reader.length(), torn });
        }
        Ok(())
    }

    fn begin(&mut self, opening: Opening, index: usize) {
        let Opening { first, prev, before } = opening;
        if let Some(run) = self.runs.last() {
            if run.to == before.head.seq && run.hash == prev {
                return;
            }
            self.faults += 1;
        }
        let start = (index, segment::HEADER as u64);
        self.runs.push(Run { from: first, prev, to: before.head.seq, hash: prev, tally: before, start });
    }

    fn take(&mut self, frame: &Frame, hash: [u8; HASH], start: (usize, u64)) {
        if let Some(run) = self.runs.last_mut()
            && run.to + 1 == frame.seq
            && run.hash == frame.prev
        {
            (run.to, run.hash, run.tally) = (frame.seq, hash, frame.tally);
            return;
        }
        self.faults += usize::from(!self.runs.is_empty());
        self.runs.push(Run {
            from: frame.seq,
            prev: frame.prev,
            to: frame.seq,
            hash,
            tally: frame.tally,
            start,
        });
    }

    /// The newest commit that any entry proves, 0 = none.
    pub(super) fn newest(&self) -> u64 {
        self.runs.iter().map(|run| run.to).max().unwrap_or(0)
    }

    /// The run that carries a map at this commit on furthest.
    pub(super) fn run_from(&self, seq: u64, hash: &[u8; HASH]) -> Option<&Run> {
        self.runs.iter().filter(|run| run.carries_on(seq, hash)).max_by_key(|run| run.to)
    }

    /// The entries of a run after a commit, in order.
    pub(super) fn frames(&self, run: &Run, after: u64) -> Frames<'_> {
        let (mut index, mut at) = run.start;
        // Whole segments before the wanted entry need not be read.
        while self.segments.get(index + 1).is_some_and(|next| next.first <= after + 1) {
            (index, at) = (index + 1, segment::HEADER as u64);
        }
        Frames { survey: self, index, at, reader: None, after, to: run.to, place: (index, at) }
    }
}

/// Entries of a run, one at a time.
pub(super) struct Frames<'a> {
    survey: &'a Survey,
    index: usize,
    at: u64,
    reader: Option<Reader>,
    after: u64,
    to: u64,
    /// Segment and place of the entry answered last.
    place: (usize, u64),
}

impl Frames<'_> {
    /// The file that holds the entry answered last, and where it begins there.
    pub(super) fn place(&self) -> (&Path, u64) {
        (&self.survey.segments[self.place.0].path, self.place.1)
    }

    /// The next entry with its hash; `None` behind the last.
    ///
    /// # Errors
    /// [`EngineError::Disk`] where the disk refuses; [`EngineError::Damaged`] where an entry that was read before
    /// cannot be read now.
    pub(super) fn next(&mut self) -> Result<Option<(Frame, [u8; HASH])>, EngineError> {
        while self.after < self.to {
            let Some(segment) = self.survey.segments.get(self.index) else {
                return Err(EngineError::Damaged(super::damaged("its journal changed while it was read")));
            };
            let refused = |error: std::io::Error| files::refused("read", &segment.path, &error);
            let reader = match &mut self.reader {
                Some(reader) => reader,
                none => {
                    let mut reader = Reader::open(&segment.path).map_err(refused)?;
                    reader.go_to(self.at);
                    none.insert(reader)
                }
            };
            let at = reader.at();
            match reader.next().map_err(refused)? {
                Found::Frame(frame, _, _) if frame.seq <= self.after => {}
                Found::Frame(frame, hash, _) => {
                    (self.after, self.place) = (frame.seq, (self.index, at));
                    return Ok(Some((*frame, hash)));
                }
                Found::Bad if reader.resync().map_err(refused)? => {}
                Found::End | Found::Bad => {
                    (self.index, self.at, self.reader) = (self.index + 1, segment::HEADER as u64, None);
                }
            }
        }
        Ok(None)
    }
}
