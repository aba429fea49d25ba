//! The journal's files: their names, their first bytes, and reading them entry by entry.
//!
//! Owns the layout of a segment: a header of [`HEADER`] bytes (magic, first sequence, hash of the entry before, tally
//! before the first entry, BLAKE3 of all that), then entries, then zeros written ahead. A reader holds one entry at a
//! time, whatever the size of the file, and finds its way on behind damage. Writing is `journal`'s.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::files;
use super::frame::{self, Bytes, Frame, HASH};
use crate::engine::check::Tally;
use crate::engine::{EngineError, Head};

/// Name of the journal's directory in a store directory, and the ending of its files.
pub(super) const DIR: &str = "journal";
const ENDING: &str = "journal";

/// First bytes of a segment: what it is, and the layout.
const MAGIC: &[u8; 16] = b"Concord journal1";

/// Bytes before the first entry.
pub(super) const HEADER: usize = BODY + HASH;
const BODY: usize = 16 + 8 + HASH + 8 + 8 + 32;

/// Bytes read at a time while looking for zeros or for the next entry.
const PIECE: usize = 64 << 10;

/// A file of the journal, as its name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// Sequence of its first entry.
    pub(super) first: u64,
    /// Where it is.
    pub(super) path: PathBuf,
}

/// What is before the first entry of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// Sequence of the first entry.
    pub(super) first: u64,
    /// Hash of the entry before it.
    pub(super) prev: [u8; HASH],
    /// The state of the map before it.
    pub(super) before: Tally,
}

impl Opening {
    /// The header's bytes.
    pub(super) fn to_bytes(self) -> [u8; HEADER] {
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.first.to_be_bytes());
        bytes.extend_from_slice(&self.prev);
        bytes.extend_from_slice(&self.before.head.count.to_be_bytes());
        bytes.extend_from_slice(&self.before.logical.to_be_bytes());
        bytes.extend_from_slice(&self.before.head.digest);
        let hash = blake3::hash(&bytes);
        bytes.extend_from_slice(hash.as_bytes());
        let mut header = [0; HEADER];
        header.copy_from_slice(&bytes);
        header
    }

    fn from_bytes(bytes: &[u8; HEADER]) -> Option<Self> {
        let (body, hash) = bytes.split_last_chunk::<HASH>()?;
        if body.get(..16)? != MAGIC || blake3::hash(body) != *hash {
            return None;
        }
        let mut rest = Bytes(&body[16..]);
        let first = rest.u64()?;
        let prev = rest.take()?;
        let (count, logical) = (rest.u64()?, rest.u64()?);
        let head = Head { seq: first.checked_sub(1)?, count, digest: rest.take()? };
        Some(Self { first, prev, before: Tally { head, logical } })
    }
}

/// Where the segment that begins with this sequence is.
pub(super) fn path(store: &Path, first: u64) -> PathBuf {
    store.join(DIR).join(format!("{first:020}.{ENDING}"))
}

/// The segments of a store in order; none where there is no journal.
pub(super) fn list(store: &Path) -> Result<Vec<Segment>, EngineError> {
    let numbered = files::numbered(&store.join(DIR), ENDING)?;
    Ok(numbered.into_iter().map(|(first, path)| Segment { first, path }).collect())
}

/// Whether a file is shorter than a header or holds only zeros: a segment whose making was cut short.
pub(super) fn is_blank(path: &Path) -> Result<bool, EngineError> {
    let look = || {
        let reader = Reader::open(path)?;
        Ok(reader.length < HEADER as u64 || reader.only_zeros_from(0)?)
    };
    look().map_err(|error| files::refused("read", path, &error))
}

/// What is at a place of a segment.
#[derive(Debug)]
pub(super) enum Found {
    /// A whole entry, its hash and the place behind it.
    Frame(Box<Frame>, [u8; HASH], u64),
    /// Nothing more: the file ends, or only zeros follow.
    End,
    /// Something that is no entry.
    Bad,
}

/// Reads a segment from its front.
pub(super) struct Reader {
    file: File,
    length: u64,
    at: u64,
}

impl Reader {
    /// Opens a segment before its first entry.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length, at: HEADER as u64 })
    }

    /// The header; `None` where it cannot be read.
    pub(super) fn opening(&self) -> io::Result<Option<Opening>> {
        if self.length < HEADER as u64 {
            return Ok(None);
        }
        let mut bytes = [0; HEADER];
        self.file.read_exact_at(&mut bytes, 0)?;
        Ok(Opening::from_bytes(&bytes))
    }

    /// Where the next entry begins.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Goes to a place where an entry begins.
    pub(super) fn go_to(&mut self, at: u64) {
        self.at = at;
    }

    /// Bytes of the file.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// What is here; the reader moves on only behind a whole entry.
    pub(super) fn next(&mut self) -> io::Result<Found> {
        match self.entry_at(self.at)? {
            Some((frame, hash, behind)) => {
                self.at = behind;
                Ok(Found::Frame(Box::new(frame), hash, behind))
            }
            None if self.only_zeros_from(self.at)? => Ok(Found::End),
            None => Ok(Found::Bad),
        }
    }

    /// Moves to the next place behind this one where a whole entry stands; `false` where there is none.
    pub(super) fn resync(&mut self) -> io::Result<bool> {
        let mut from = self.at + 1;
        while from + (frame::HEAD as u64) < self.length {
            let piece = self.piece(from)?;
            let places = piece.windows(4).enumerate().filter(|(_, four)| *four == frame::MAGIC);
            for (offset, _) in places {
                let at = from + offset as u64;
                if self.entry_at(at)?.is_some() {
                    self.at = at;
                    return Ok(true);
                }
            }
            // The last three bytes again, in case a magic begins in them.
            from += (piece.len().saturating_sub(3)).max(1) as u64;
        }
        Ok(false)
    }

    fn piece(&self, from: u64) -> io::Result<Vec<u8>> {
        let mut piece = vec![0; (self.length.saturating_sub(from)).min(PIECE as u64) as usize];
        self.file.read_exact_at(&mut piece, from)?;
        Ok(piece)
    }

    fn entry_at(&self, at: u64) -> io::Result<Option<(Frame, [u8; HASH], u64)>> {
        let left = self.length.saturating_sub(at);
        if left < 8 {
            return Ok(None);
        }
        let mut head = [0; 8];
        self.file.read_exact_at(&mut head, at)?;
        let Some(length) = frame::announced(&head).filter(|length| *length as u64 <= left) else {
            return Ok(None);
        };
        let mut bytes = vec![0; length];
        self.file.read_exact_at(&mut bytes, at)?;
        Ok(Frame::from_bytes(&bytes).map(|(frame, hash)| (frame, hash, at + length as u64)))
    }

    fn only_zeros_from(&self, mut from: u64) -> io::Result<bool> {
        while from < self.length {
            let piece = self.piece(from)?;
            if piece.iter().any(|byte| *byte != 0) {
                return Ok(false);
            }
            from += piece.len() as u64;
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::GENESIS;
    use super::super::frame::tests::some_frame;
    use super::*;
    use std::fs;

    fn segment_of(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one");
        let opening = Opening { first: 1, prev: GENESIS, before: Tally::empty() };
        let mut content = opening.to_bytes().to_vec();
        content.extend_from_slice(bytes);
        fs::write(&path, content).unwrap();
        (dir, path)
    }

    #[test]
    fn a_header_reads_back_and_any_flipped_bit_is_seen() {
        let opening = Opening { first: 9, prev: [3; 32], before: some_frame(8, GENESIS).tally };
        let bytes = opening.to_bytes();
        assert_eq!(Opening::from_bytes(&bytes), Some(opening));
        for bit in 0..HEADER * 8 {
            let mut flipped = bytes;
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Opening::from_bytes(&flipped), None, "bit {bit}");
        }
    }

    #[test]
    fn entries_come_in_order_and_zeros_are_the_end() {
        let (one, two) = (some_frame(1, GENESIS), some_frame(2, [1; 32]));
        let mut bytes = [one.to_bytes().unwrap(), two.to_bytes().unwrap()].concat();
        bytes.extend_from_slice(&vec![0; 200_000]);
        let (_dir, path) = segment_of(&bytes);
        let mut reader = Reader::open(&path).unwrap();
        assert_eq!(reader.opening().unwrap().unwrap().first, 1);
        for expected in [one, two] {
            assert!(matches!(reader.next().unwrap(), Found::Frame(frame, _, _) if *frame == expected));
        }
        assert!(matches!(reader.next().unwrap(), Found::End));
        assert!(!reader.resync().unwrap());
    }

    #[test]
    fn behind_damage_the_next_whole_entry_is_found_wherever_it_begins() {
        let (one, two) = (some_frame(1, GENESIS).to_bytes().unwrap(), some_frame(2, [1; 32]));
        for gap in [1, 7, PIECE - HEADER - one.len() - 2, PIECE, PIECE + 3] {
            let mut bytes = one.clone();
            bytes.extend(std::iter::repeat_n(7, gap));
            bytes.extend_from_slice(&two.to_bytes().unwrap());
            let (_dir, path) = segment_of(&bytes);
            let mut reader = Reader::open(&path).unwrap();
            assert!(matches!(reader.next().unwrap(), Found::Frame(..)));
            assert!(matches!(reader.next().unwrap(), Found::Bad), "gap {gap}");
            assert!(reader.resync().unwrap(), "gap {gap}");
            assert!(matches!(reader.next().unwrap(), Found::Frame(frame, _, _) if *frame == two));
        }
    }

    #[test]
    fn a_torn_entry_and_garbage_behind_the_end_are_bad() {
        let whole = some_frame(1, GENESIS).to_bytes().unwrap();
        for bytes in [whole[..whole.len() - 1].to_vec(), [0, 0, 0, 0, 0, 0, 0, 0, 0, 9].to_vec(), vec![1]] {
            let (_dir, path) = segment_of(&bytes);
            let mut reader = Reader::open(&path).unwrap();
            assert!(matches!(reader.next().unwrap(), Found::Bad));
            assert!(!reader.resync().unwrap());
        }
    }
}
