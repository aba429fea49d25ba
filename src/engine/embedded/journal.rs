//! The journal: the record of truth, written before anything is acknowledged.
//!
//! Owns the newest segment: appending an entry, writing zeros ahead so that a sync changes no metadata, cutting a failed
//! entry off again, and beginning the next segment. No acknowledged byte is ever overwritten. Reading is `segment`'s and
//! `survey`'s; what an entry says is `frame`'s.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::files;
use super::frame::{Frame, HASH};
use super::medium::{self, Medium};
use super::segment::{self, HEADER, Opening};
use super::survey::End;
use crate::engine::EngineError;
use crate::engine::check::Tally;

/// Zeros written ahead at a time, in bytes.
const AHEAD: u64 = 1 << 20;

/// A segment of this many bytes is followed by the next.
const LONG: u64 = 8 << 20;

/// Why an entry was not appended.
#[derive(Debug)]
pub(super) enum NotAppended {
    /// Nothing of it is there, durably.
    NotSaved(io::Error),
    /// It may be there: the disk refused even to cut it off. The journal must be opened again.
    Unknown(io::Error),
}

/// Where the journal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tip {
    /// Hash of the last entry.
    pub(super) hash: [u8; HASH],
    /// The state of the map after it.
    pub(super) tally: Tally,
}

/// The open journal.
pub(super) struct Journal {
    store: PathBuf,
    /// The newest segment.
    path: PathBuf,
    medium: Box<dyn Medium>,
    /// Where the last entry begins.
    last: u64,
    /// Behind the last entry.
    at: u64,
    /// Up to here the file is written; zeros from `at` on.
    written: u64,
    tip: Tip,
    /// Bytes of all entries since the newest archive, or of all there are.
    since_archive: u64,
}

impl Journal {
    /// Begins a journal whose first entry will follow `tip`. There must be no segment of that name.
    pub(super) fn begin(store: &Path, tip: Tip) -> Result<Self, EngineError> {
        files::make_dir(&store.join(segment::DIR))?;
        files::sync_dir(store)?;
        let path = segment::path(store, tip.tally.head.seq + 1);
        let medium = new_segment(store, tip).map_err(|error| files::refused("begin", &path, &error))?;
        let at = HEADER as u64;
        Ok(Self {
            store: store.to_owned(),
            path,
            medium,
            last: at,
            at,
            written: HEADER as u64 + AHEAD,
            tip,
            since_archive: 0,
        })
    }

    /// Goes on behind the last entry of the newest segment; what is torn there is cut off, durably.
    pub(super) fn go_on(store: &Path, end: End, tip: Tip, since_archive: u64) -> Result<Self, EngineError> {
        let path = segment::path(store, end.first);
        let opened = OpenOptions::new().read(true).write(true).open(&path);
        let refused = |error: &io::Error| files::refused("open", &path, error);
        let mut medium = medium::of(opened.map_err(|error| refused(&error))?);
        let mut written = end.length;
        if end.torn {
            medium.cut(end.at).and_then(|()| medium.sync_length()).map_err(|error| refused(&error))?;
            written = end.at;
        }
        // A kill leaves entries that only the system's memory holds; they are believed from here on.
        medium.sync().map_err(|error| refused(&error))?;
        let (store, at) = (store.to_owned(), end.at);
        Ok(Self { store, path, medium, last: at, at, written, tip, since_archive })
    }

    /// Where the journal ends.
    pub(super) fn tip(&self) -> Tip {
        self.tip
    }

    /// The file that holds the entry appended last, and where it begins there.
    pub(super) fn place(&self) -> (&Path, u64) {
        (&self.path, self.last)
    }

    /// Bytes of entries since the newest archive.
    pub(super) fn since_archive(&self) -> u64 {
        self.since_archive
    }

    /// An archive was made: of the entries so far only `bytes` are not in it.
    pub(super) fn archived(&mut self, bytes: u64) {
        self.since_archive = bytes;
    }

    /// Appends an entry and syncs it: the acknowledgement.
    ///
    /// # Errors
    /// See [`NotAppended`]. After `Unknown` this journal must not be used again.
    pub(super) fn append(&mut self, frame: &Frame) -> Result<(), NotAppended> {
        let too_long = || io::Error::new(io::ErrorKind::FileTooLarge, "a batch of more than 64 MiB");
        let bytes = frame.to_bytes().ok_or_else(|| NotAppended::NotSaved(too_long()))?;
        if self.at > LONG {
            // Should there be no room for a new file, the old one simply grows.
            let _ = self.next_segment();
        }
        self.write_ahead(bytes.len() as u64).map_err(NotAppended::NotSaved)?;
        let written = self.medium.write(&bytes, self.at).and_then(|()| self.medium.sync());
        if let Err(error) = written {
            return Err(self.take_back(error));
        }
        self.last = self.at;
        self.at += bytes.len() as u64;
        self.since_archive += bytes.len() as u64;
        let mut hash = [0; HASH];
        hash.copy_from_slice(&bytes[bytes.len() - HASH..]);
        self.tip = Tip { hash, tally: frame.tally };
        Ok(())
    }

    /// Cuts off an entry that could not be written or synced.
    fn take_back(&mut self, error: io::Error) -> NotAppended {
        match self.medium.cut(self.at).and_then(|()| self.medium.sync_length()) {
            Ok(()) => {
                self.written = self.at;
                NotAppended::NotSaved(error)
            }
            Err(_) => NotAppended::Unknown(error),
        }
    }

    /// Makes sure that an entry of this length changes no metadata of the file. No entry is in danger here.
    fn write_ahead(&mut self, length: u64) -> io::Result<()> {
        let needed = self.at + length;
        if needed <= self.written {
            return Ok(());
        }
        // On a disk that is nearly full the entry alone has to do.
        let whole = self.write_zeros(needed + AHEAD);
        whole.or_else(|_| self.write_zeros(needed))
    }

    fn write_zeros(&mut self, to: u64) -> io::Result<()> {
        let zeros = vec![0; (to - self.written) as usize];
        let done = self.medium.write(&zeros, self.written).and_then(|()| self.medium.sync_length());
        match done {
            Ok(()) => self.written = to,
            // What there is of the zeros would only be in the way of making room.
            Err(_) => drop(self.medium.cut(self.written)),
        }
        done
    }

    fn next_segment(&mut self) -> io::Result<()> {
        let medium = new_segment(&self.store, self.tip)?;
        let mut old = std::mem::replace(&mut self.medium, medium);
        self.path = segment::path(&self.store, self.tip.tally.head.seq + 1);
        self.written = HEADER as u64 + AHEAD;
        let end = std::mem::replace(&mut self.at, HEADER as u64);
        // Only zeros are cut here; they do no harm where they stay.
        let _ = old.cut(end).and_then(|()| old.sync_length());
        Ok(())
    }
}

/// Makes the segment that follows `tip`; it counts only once the file and its name are durable.
fn new_segment(store: &Path, tip: Tip) -> io::Result<Box<dyn Medium>> {
    let path = segment::path(store, tip.tally.head.seq + 1);
    let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
    let mut medium = medium::of(file);
    let opening = Opening { first: tip.tally.head.seq + 1, prev: tip.hash, before: tip.tally };
    let mut content = opening.to_bytes().to_vec();
    content.resize(HEADER + AHEAD as usize, 0);
    let made = medium
        .write(&content, 0)
        .and_then(|()| medium.sync_length())
        .and_then(|()| File::open(store.join(segment::DIR)))
        .and_then(|dir| dir.sync_all());
    match made {
        Ok(()) => Ok(medium),
        Err(error) => {
            drop(medium);
            let _ = std::fs::remove_file(&path);
            Err(error)
        }
    }
}
