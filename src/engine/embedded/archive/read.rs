//! Reading and checking an archive, a block at a time.
//!
//! Owns the proof: every hash, the order of the blocks, the chain of the entries, and the digest of the state they make.
//! It holds one block and, for the digest, the keys that entries touched; never the whole file.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::{
    BEFORE, Bytes, CLOSING, ENDING_MAGIC, ENTRY, HASH, MAGIC, OPENING, RECORDS, Record, TRAILER, Trailer,
    damaged,
};
use crate::engine::check::{Counting, Share, Tally};
use crate::engine::embedded::files;
use crate::engine::embedded::frame::{self, Frame};
use crate::engine::{EngineError, Key};

/// One block.
#[derive(Debug)]
pub(in crate::engine::embedded) enum Block {
    /// Records as they were read.
    Records(Vec<Record>),
    /// A commit, with its hash.
    Entry(Box<Frame>, [u8; HASH]),
    /// The last block.
    Trailer(Box<Trailer>),
}

/// Reads an archive from its front.
pub(in crate::engine::embedded) struct Reader {
    path: PathBuf,
    file: File,
    length: u64,
    at: u64,
    hash: [u8; HASH],
    done: bool,
}

impl Reader {
    /// Opens an archive.
    ///
    /// # Errors
    /// [`EngineError::Disk`] where the disk refuses, [`EngineError::Damaged`] where it is no archive.
    pub(in crate::engine::embedded) fn open(path: &Path) -> Result<Self, EngineError> {
        let refused = |error: io::Error| files::refused("read", path, &error);
        let file = File::open(path).map_err(refused)?;
        let length = file.metadata().map_err(refused)?.len();
        let mut opening = [0; OPENING];
        if length < (OPENING + CLOSING) as u64 {
            return Err(damaged(path, "it is too short to be one"));
        }
        file.read_exact_at(&mut opening, 0).map_err(refused)?;
        let (body, hash) = opening.split_at(OPENING - HASH);
        if &body[..16] != MAGIC || blake3::hash(body).as_bytes() != hash {
            return Err(damaged(path, "it does not begin as an archive does"));
        }
        let mut begun = [0; HASH];
        begun.copy_from_slice(hash);
        Ok(Self { path: path.to_owned(), file, length, at: OPENING as u64, hash: begun, done: false })
    }

    /// The next block; `None` behind the trailer.
    ///
    /// # Errors
    /// [`EngineError::Disk`] where the disk refuses, [`EngineError::Damaged`] where a block is not what was written.
    pub(in crate::engine::embedded) fn next(&mut self) -> Result<Option<Block>, EngineError> {
        if self.done {
            return Ok(None);
        }
        let begins = self.at;
        let (kind, payload, prev, hash, behind) = self.block_at(begins)?;
        if prev != self.hash {
            return Err(damaged(&self.path, "a part of it is missing or exchanged"));
        }
        (self.hash, self.at) = (hash, behind);
        let block = self.parse(kind, &payload)?;
        if matches!(block, Block::Trailer(_)) {
            self.done = true;
            if self.closing()? != begins || self.at + CLOSING as u64 != self.length {
                return Err(damaged(&self.path, "it does not end as an archive does"));
            }
        }
        Ok(Some(block))
    }

    fn parse(&self, kind: u8, payload: &[u8]) -> Result<Block, EngineError> {
        let unreadable = || damaged(&self.path, "a part of it cannot be read");
        match kind {
            RECORDS => {
                let mut rest = Bytes(payload);
                let mut records = Vec::new();
                while !rest.0.is_empty() {
                    records.push(rest.put().ok_or_else(unreadable)?);
                }
                Ok(Block::Records(records))
            }
            ENTRY => {
                let (frame, hash) = Frame::from_bytes(payload).ok_or_else(unreadable)?;
                Ok(Block::Entry(Box::new(frame), hash))
            }
            TRAILER => {
                let trailer = Trailer::from_bytes(payload).ok_or_else(unreadable)?;
                Ok(Block::Trailer(Box::new(trailer)))
            }
            _ => Err(unreadable()),
        }
    }

    /// Kind, payload, hash before, own hash and the place behind.
    #[allow(clippy::type_complexity, reason = "one private step of `next`")]
    fn block_at(&self, at: u64) -> Result<(u8, Vec<u8>, [u8; HASH], [u8; HASH], u64), EngineError> {
        let torn = || damaged(&self.path, "a part of it is cut off or changed");
        let refused = |error: io::Error| files::refused("read", &self.path, &error);
        let left = self.length.saturating_sub(at);
        if left < (BEFORE + HASH) as u64 {
            return Err(torn());
        }
        let mut before = [0; BEFORE];
        self.file.read_exact_at(&mut before, at).map_err(refused)?;
        let mut head = Bytes(&before);
        let (Some([kind]), Some(length), Some(prev)) = (head.take::<1>(), head.u32(), head.take::<HASH>())
        else {
            return Err(torn());
        };
        let whole = BEFORE as u64 + u64::from(length) + HASH as u64;
        if length as usize > frame::MAX || whole > left {
            return Err(torn());
        }
        let mut bytes = vec![0; whole as usize];
        self.file.read_exact_at(&mut bytes, at).map_err(refused)?;
        let hash = match bytes.split_last_chunk::<HASH>() {
            Some((body, hash)) if blake3::hash(body) == *hash => *hash,
            _ => return Err(torn()),
        };
        bytes.truncate(bytes.len() - HASH);
        Ok((kind, bytes.split_off(BEFORE), prev, hash, at + whole))
    }

    /// Where the trailer begins, as the last bytes say.
    fn closing(&self) -> Result<u64, EngineError> {
        let refused = |error: io::Error| files::refused("read", &self.path, &error);
        let mut closing = [0; CLOSING];
        self.file.read_exact_at(&mut closing, self.length - CLOSING as u64).map_err(refused)?;
        let mut rest = Bytes(&closing);
        match (rest.u64(), rest.0 == ENDING_MAGIC) {
            (Some(at), true) => Ok(at),
            _ => Err(damaged(&self.path, "it does not end as an archive does")),
        }
    }
}

/// The trailer alone, read from the end. It proves itself, not what stands before it.
pub(in crate::engine::embedded) fn trailer_of(path: &Path) -> Result<Trailer, EngineError> {
    let reader = Reader::open(path)?;
    let (kind, payload, ..) = reader.block_at(reader.closing()?)?;
    match reader.parse(kind, &payload)? {
        Block::Trailer(trailer) => Ok(*trailer),
        _ => Err(damaged(path, "it does not end as an archive does")),
    }
}

/// What a full check found.
#[derive(Clone, Debug)]
pub(in crate::engine::embedded) struct Check {
    /// The trailer, proven.
    pub(in crate::engine::embedded) trailer: Trailer,
}

/// Reads everything twice and compares the state that records and entries make with the trailer.
///
/// # Errors
/// [`EngineError::Damaged`] with what is wrong, [`EngineError::Disk`] where the disk refuses.
pub(in crate::engine::embedded) fn check(path: &Path) -> Result<Check, EngineError> {
    let mut state = State::default();
    let check = state.take_entries(path)?;
    if state.count(Some(path), check.trailer.head().seq)? == check.trailer.tally() {
        return Ok(check);
    }
    Err(damaged(path, "its records do not add up to what was saved"))
}

/// A state put together from an archive and entries, for its count and digest alone: of what entries touched it keeps
/// the key and its share.
#[derive(Default)]
pub(in crate::engine::embedded) struct State {
    touched: HashMap<Key, Option<Share>>,
}

impl State {
    /// Takes in a commit.
    pub(in crate::engine::embedded) fn take(&mut self, frame: &Frame) {
        for (key, rev, value) in &frame.puts {
            self.touched.insert(*key, Some(Share::of(key, *rev, value)));
        }
        for (key, _) in &frame.deletes {
            self.touched.insert(*key, None);
        }
    }

    /// Takes in an archive's entries, which must follow each other and end where the trailer stands.
    pub(in crate::engine::embedded) fn take_entries(&mut self, path: &Path) -> Result<Check, EngineError> {
        let mut reader = Reader::open(path)?;
        let mut last: Option<(u64, [u8; HASH])> = None;
        while let Some(block) = reader.next()? {
            match block {
                Block::Records(_) if last.is_none() => {}
                Block::Entry(frame, hash) if last.is_none_or(|(seq, prev)| follows(&frame, seq, prev)) => {
                    last = Some((frame.seq, hash));
                    self.take(&frame);
                }
                Block::Trailer(trailer)
                    if last.is_none_or(|last| last == (trailer.head().seq, trailer.meta.hash)) =>
                {
                    return Ok(Check { trailer: *trailer });
                }
                _ => break,
            }
        }
        Err(damaged(path, "its entries do not follow each other"))
    }

    /// Counts the state: an archive's records that no entry touched, and what entries left.
    pub(in crate::engine::embedded) fn count(
        self,
        records: Option<&Path>,
        seq: u64,
    ) -> Result<Tally, EngineError> {
        let mut counting = Counting::new(seq);
        let mut last: Option<Key> = None;
        if let Some(path) = records {
            let mut reader = Reader::open(path)?;
            while let Some(block) = reader.next()? {
                let Block::Records(records) = block else { break };
                for (key, rev, value) in records {
                    if last.is_some_and(|last| key <= last) {
                        return Err(damaged(path, "its records are out of order"));
                    }
                    last = Some(key);
                    if !self.touched.contains_key(&key) {
                        counting.add_share(Share::of(&key, rev, &value));
                    }
                }
            }
        }
        for share in self.touched.into_values().flatten() {
            counting.add_share(share);
        }
        Ok(counting.done())
    }
}

fn follows(frame: &Frame, seq: u64, hash: [u8; HASH]) -> bool {
    frame.seq == seq + 1 && frame.prev == hash
}
