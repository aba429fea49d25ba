//! One entry of the journal: a commit as bytes.
//!
//! Owns the byte layout (all numbers big endian): magic (4), length of the whole entry (4), sequence (8), hash of the
//! entry before (32), batch id (16), count (8), logical bytes (8) and digest (32) of the map after it, number of puts
//! (4) and deletes (4); each put: key (21), revision (4), length (4), value; each delete: key (21), revision (4); then
//! BLAKE3 of all that (32). Entries hash each other, so none can be missing, exchanged or taken from another store. It
//! reads and writes no file.

use crate::engine::check::Tally;
use crate::engine::{Batch, Head, Key, Rev};

/// First bytes of an entry.
pub(super) const MAGIC: &[u8; 4] = b"CcF1";

/// Magic, length and sequence: what is read before the rest.
pub(super) const HEAD: usize = 4 + 4 + 8;

/// Bytes of a hash.
pub(super) const HASH: usize = 32;

/// Bytes before the puts.
const FIXED: usize = HEAD + HASH + 16 + 8 + 8 + 32 + 4 + 4;

/// Longest entry written or believed, in bytes.
pub(super) const MAX: usize = 64 << 20;

/// The hash before the first entry of all.
pub(super) const GENESIS: [u8; HASH] = [0; HASH];

/// A commit as it is in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Which commit, from 1.
    pub(crate) seq: u64,
    /// Hash of the entry before.
    pub(super) prev: [u8; HASH],
    /// Random name of the batch.
    pub(super) batch_id: [u8; 16],
    /// The state of the map after it.
    pub(super) tally: Tally,
    /// Records written: key, revision, value.
    pub(super) puts: Vec<(Key, Rev, Vec<u8>)>,
    /// Records removed, with the revision they had.
    pub(super) deletes: Vec<(Key, Rev)>,
}

impl Frame {
    /// The entry of a batch that was checked and leaves the map at `tally`.
    pub(super) fn of(batch: &Batch, prev: [u8; HASH], tally: Tally) -> Self {
        let puts = batch.puts.iter().map(|put| (put.key, put.expect.next(), put.value.clone()));
        Self {
            seq: tally.head.seq,
            prev,
            batch_id: batch.id,
            tally,
            puts: puts.collect(),
            deletes: batch.deletes.clone(),
        }
    }

    /// The bytes, ending in their hash. `None` where they would be longer than [`MAX`].
    pub(super) fn to_bytes(&self) -> Option<Vec<u8>> {
        let values: usize = self.puts.iter().map(|(_, _, value)| Key::LEN + 8 + value.len()).sum();
        let length = FIXED + values + self.deletes.len() * (Key::LEN + 4) + HASH;
        if length > MAX {
            return None;
        }
        let mut bytes = Vec::with_capacity(length);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&(length as u32).to_be_bytes());
        bytes.extend_from_slice(&self.seq.to_be_bytes());
        bytes.extend_from_slice(&self.prev);
        bytes.extend_from_slice(&self.batch_id);
        bytes.extend_from_slice(&self.tally.head.count.to_be_bytes());
        bytes.extend_from_slice(&self.tally.logical.to_be_bytes());
        bytes.extend_from_slice(&self.tally.head.digest);
        bytes.extend_from_slice(&(self.puts.len() as u32).to_be_bytes());
        bytes.extend_from_slice(&(self.deletes.len() as u32).to_be_bytes());
        for (key, rev, value) in &self.puts {
            bytes.extend_from_slice(&key.0);
            bytes.extend_from_slice(&rev.0.to_be_bytes());
            bytes.extend_from_slice(&(value.len() as u32).to_be_bytes());
            bytes.extend_from_slice(value);
        }
        for (key, rev) in &self.deletes {
            bytes.extend_from_slice(&key.0);
            bytes.extend_from_slice(&rev.0.to_be_bytes());
        }
        let hash = blake3::hash(&bytes);
        bytes.extend_from_slice(hash.as_bytes());
        Some(bytes)
    }

    /// Where the value of each put begins in the entry's bytes.
    pub(super) fn places(&self) -> impl Iterator<Item = u64> {
        let beside = (Key::LEN + 4 + 4) as u64;
        self.puts.iter().scan(FIXED as u64, move |at, (.., value)| {
            let place = *at + beside;
            *at = place + value.len() as u64;
            Some(place)
        })
    }

    /// Reads the bytes of one whole entry and answers it with its hash; `None` where anything does not fit.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<(Self, [u8; HASH])> {
        let (body, hash) = bytes.split_last_chunk::<HASH>()?;
        if announced(bytes) != Some(bytes.len()) || blake3::hash(body) != *hash {
            return None;
        }
        let mut rest = Bytes(&body[8..]);
        let seq = rest.u64()?;
        let prev = rest.take()?;
        let batch_id = rest.take()?;
        let count = rest.u64()?;
        let logical = rest.u64()?;
        let digest = rest.take()?;
        let (puts, deletes) = (rest.u32()?, rest.u32()?);
        let puts = (0..puts).map(|_| rest.put()).collect::<Option<Vec<_>>>()?;
        let deletes = (0..deletes).map(|_| rest.key_and_rev()).collect::<Option<Vec<_>>>()?;
        if !rest.0.is_empty() {
            return None;
        }
        let tally = Tally { head: Head { seq, count, digest }, logical };
        Some((Self { seq, prev, batch_id, tally, puts, deletes }, *hash))
    }
}

/// The length an entry says it has, from its first eight bytes; `None` where no entry begins here.
pub(super) fn announced(bytes: &[u8]) -> Option<usize> {
    if bytes.get(..4)? != MAGIC {
        return None;
    }
    let length = u32::from_be_bytes(*bytes.get(4..8)?.first_chunk()?) as usize;
    (FIXED + HASH..=MAX).contains(&length).then_some(length)
}

/// Bytes being read from the front; every step answers `None` at their end.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    pub(super) fn some(&mut self, length: usize) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(first)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.take().map(u64::from_be_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    pub(super) fn key_and_rev(&mut self) -> Option<(Key, Rev)> {
        Some((Key(self.take()?), Rev(self.u32()?)))
    }

    /// Key, revision, length and value.
    pub(super) fn put(&mut self) -> Option<(Key, Rev, Vec<u8>)> {
        let (key, rev) = self.key_and_rev()?;
        let length = self.u32()? as usize;
        Some((key, rev, self.some(length)?.to_vec()))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A small entry with everything in it.
    pub(in crate::engine::embedded) fn some_frame(seq: u64, prev: [u8; HASH]) -> Frame {
        let head = Head { seq, count: seq + 1, digest: [seq as u8; 32] };
        Frame {
            seq,
            prev,
            batch_id: [seq as u8; 16],
            tally: Tally { head, logical: 300 + seq },
            puts: vec![
                (Key::new(1, [7; 16], seq as u32), Rev(1), vec![seq as u8; 40]),
                (Key::new(2, [7; 16], 1), Rev(3), Vec::new()),
            ],
            deletes: vec![(Key::new(3, [7; 16], 2), Rev(9))],
        }
    }

    #[test]
    fn reads_back_and_any_flipped_bit_or_cut_is_seen() {
        let frame = some_frame(3, [5; HASH]);
        let bytes = frame.to_bytes().unwrap();
        let (read, hash) = Frame::from_bytes(&bytes).unwrap();
        assert_eq!(read, frame);
        assert_eq!(hash, *bytes.last_chunk::<HASH>().unwrap());
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Frame::from_bytes(&flipped), None, "bit {bit}");
        }
        for cut in 0..bytes.len() {
            assert_eq!(Frame::from_bytes(&bytes[..cut]), None, "cut at {cut}");
        }
    }

    #[test]
    fn golden_bytes_of_the_first_layout() {
        let bytes = some_frame(1, GENESIS).to_bytes().unwrap();
        assert_eq!(&bytes[..HEAD], b"CcF1\0\0\x01\x13\0\0\0\0\0\0\0\x01");
        let hash = blake3::hash(&bytes).to_hex();
        assert_eq!(&hash[..16], "ca1cefe81955dc46");
    }

    #[test]
    fn an_entry_that_would_be_too_long_is_not_made() {
        let mut frame = some_frame(1, GENESIS);
        frame.puts = vec![(Key::new(1, [1; 16], 1), Rev(1), vec![0; MAX])];
        assert_eq!(frame.to_bytes(), None);
    }

    proptest! {
        #[test]
        fn foreign_bytes_are_no_entry_and_no_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..400), magic: bool) {
            if magic && bytes.len() > 8 {
                bytes[..4].copy_from_slice(MAGIC);
                let length = bytes.len() as u32;
                bytes[4..8].copy_from_slice(&length.to_be_bytes());
            }
            prop_assert_eq!(Frame::from_bytes(&bytes), None);
        }
    }
}
