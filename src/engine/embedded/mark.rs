//! The witness beside journal and image: how far the store had come, and whether the last stop was clean.
//!
//! Owns the file `mark`, written in place and synced at open and at a clean stop. A store behind its mark has lost
//! acknowledged work. A mark that cannot be read or written says nothing, and the image is then verified by a full scan.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::files;
use crate::engine::{EngineError, Head};

/// Name of the file in a store directory.
const NAME: &str = "mark";

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"cc mark2";

/// Magic, sequence, digest, fingerprint of the image, clean or not; then BLAKE3 of all that.
const BODY: usize = 8 + 8 + 32 + 32 + 1;
const LEN: usize = BODY + 32;

/// What the mark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) seq: u64,
    /// The digest at that commit.
    pub(super) digest: [u8; 32],
    /// What the image's files looked like at a clean stop; `None` after any other stop.
    pub(super) stopped: Option<[u8; 32]>,
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

    /// Notes, durably, that work begins, or that it was stopped cleanly.
    pub(super) fn note(&self, head: &Head, stopped: Option<[u8; 32]>) -> std::io::Result<()> {
        let seen = Seen { seq: head.seq, digest: head.digest, stopped };
        self.file.write_all_at(&encode(&seen), 0)?;
        self.file.sync_all()
    }
}

fn encode(seen: &Seen) -> [u8; LEN] {
    let mut bytes = [0; LEN];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8..16].copy_from_slice(&seen.seq.to_be_bytes());
    bytes[16..48].copy_from_slice(&seen.digest);
    bytes[48..80].copy_from_slice(&seen.stopped.unwrap_or([0; 32]));
    bytes[80] = u8::from(seen.stopped.is_some());
    let hash = blake3::hash(&bytes[..BODY]);
    bytes[BODY..].copy_from_slice(hash.as_bytes());
    bytes
}

fn decode(bytes: &[u8; LEN]) -> Option<Seen> {
    if &bytes[..8] != MAGIC || blake3::hash(&bytes[..BODY]) != *bytes.last_chunk::<32>()? {
        return None;
    }
    let seq = u64::from_be_bytes(*bytes[8..].first_chunk()?);
    let fingerprint = *bytes[48..].first_chunk()?;
    Some(Seen { seq, digest: *bytes[16..].first_chunk()?, stopped: (bytes[80] == 1).then_some(fingerprint) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_and_any_changed_bit_makes_it_silent() {
        for stopped in [None, Some([0; 32]), Some([9; 32])] {
            let seen = Seen { seq: 42, digest: [7; 32], stopped };
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
        mark.note(&head, None).unwrap();
        let seen = Mark::open(dir.path()).unwrap().1;
        assert_eq!(seen, Some(Seen { seq: 3, digest: [9; 32], stopped: None }));
    }
}
