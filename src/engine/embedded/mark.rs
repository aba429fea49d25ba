//! The witness beside the image: how far it had come, and whether the last stop was clean.
//!
//! Owns the file `mark`, written in place after every commit (not synced: it is never ahead of the durable image, and
//! being behind is harmless) and synced at open and at a clean stop. An image behind its mark has lost acknowledged
//! work; without the mark an image cut back to an older state would look whole. A mark that cannot be read or written
//! says nothing, and the image is then verified by a full scan.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::files;
use crate::engine::{EngineError, Head};

/// Name of the file in a store directory.
const NAME: &str = "mark";

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"cc mark1";

/// Magic, sequence, digest, bytes of the image file, clean or not; then BLAKE3 of all that.
const BODY: usize = 8 + 8 + 32 + 8 + 1;
const LEN: usize = BODY + 32;

/// What the mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Commits acknowledged.
    pub(super) seq: u64,
    /// The digest at that commit.
    pub(super) digest: [u8; 32],
    /// Bytes of the image file at a clean stop; `None` after any other stop.
    pub(super) stopped_at: Option<u64>,
}

/// The open file.
#[derive(Debug)]
pub(super) struct Mark {
    file: File,
}

impl Mark {
    /// Opens the mark of the store in `dir`, making it when missing, and answers what it says.
    pub(super) fn open(dir: &Path) -> Result<(Self, Option<Seen>), EngineError> {
        let file = files::open_private(&dir.join(NAME))?;
        let mut bytes = [0; LEN];
        let seen = file.read_exact_at(&mut bytes, 0).ok().and_then(|()| decode(&bytes));
        Ok((Self { file }, seen))
    }

    /// Notes a commit, or that work begins; durable only where `sync` says so.
    pub(super) fn note(&self, head: &Head, stopped_at: Option<u64>, sync: bool) -> std::io::Result<()> {
        let seen = Seen { seq: head.seq, digest: head.digest, stopped_at };
        self.file.write_all_at(&encode(&seen), 0)?;
        if sync { self.file.sync_all() } else { Ok(()) }
    }
}

fn encode(seen: &Seen) -> [u8; LEN] {
    let mut bytes = [0; LEN];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8..16].copy_from_slice(&seen.seq.to_be_bytes());
    bytes[16..48].copy_from_slice(&seen.digest);
    bytes[48..56].copy_from_slice(&seen.stopped_at.unwrap_or(0).to_be_bytes());
    bytes[56] = u8::from(seen.stopped_at.is_some());
    let hash = blake3::hash(&bytes[..BODY]);
    bytes[BODY..].copy_from_slice(hash.as_bytes());
    bytes
}

fn decode(bytes: &[u8; LEN]) -> Option<Seen> {
    if &bytes[..8] != MAGIC || blake3::hash(&bytes[..BODY]) != *bytes.last_chunk::<32>()? {
        return None;
    }
    let number = |at: usize| Some(u64::from_be_bytes(*bytes[at..].first_chunk()?));
    let length = number(48)?;
    let stopped_at = (bytes[56] == 1).then_some(length);
    Some(Seen { seq: number(8)?, digest: *bytes[16..].first_chunk()?, stopped_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_and_any_changed_bit_makes_it_silent() {
        for stopped_at in [None, Some(0), Some(1 << 40)] {
            let seen = Seen { seq: 42, digest: [7; 32], stopped_at };
            let bytes = encode(&seen);
            assert_eq!(decode(&bytes), Some(seen));
            for bit in 0..LEN * 8 {
                let mut flipped = bytes;
                flipped[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(decode(&flipped), None, "bit {bit}");
            }
        }
    }

    #[test]
    fn a_missing_or_short_file_says_nothing() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Mark::open(dir.path()).unwrap().1, None);
        std::fs::write(dir.path().join(NAME), MAGIC).unwrap();
        let (mark, seen) = Mark::open(dir.path()).unwrap();
        assert_eq!(seen, None);
        let head = Head { seq: 3, count: 1, digest: [9; 32] };
        mark.note(&head, None, true).unwrap();
        let seen = Mark::open(dir.path()).unwrap().1;
        assert_eq!(seen, Some(Seen { seq: 3, digest: [9; 32], stopped_at: None }));
    }
}
