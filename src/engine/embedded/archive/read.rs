//! Reading and checking an archive, a block at a time.
//!
//! Owns the proof of the blocks: every hash, and their order. What state they make is `standin`'s to say. It holds one
//! block, never the whole file.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::{
    BEFORE, Bytes, CLOSING, ENDING_MAGIC, ENTRY, HASH, MAGIC, OPENING, RECORDS, Record, TRAILER, Trailer,
    damaged,
};
use crate::engine::EngineError;
use crate::engine::embedded::files;
use crate::engine::embedded::frame::{self, Frame};
use crate::engine::embedded::standin::StandIn;
use crate::engine::embedded::survey::Survey;

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

    /// Where the next block begins.
    pub(in crate::engine::embedded) fn at(&self) -> u64 {
        self.at
    }

    /// The records of the block that begins here.
    ///
    /// # Errors
    /// As [`Reader::next`].
    pub(in crate::engine::embedded) fn records_at(&self, at: u64) -> Result<Vec<Record>, EngineError> {
        let (kind, payload, ..) = self.block_at(at)?;
        match self.parse(kind, &payload)? {
            Block::Records(records) => Ok(records),
            _ => Err(damaged(&self.path, "a part of it is cut off or changed")),
        }
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

/// The trailer alone, read from the end. It proves itself, not what is before it.
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
    let state = StandIn::of(Some(path), &Survey::default())?;
    let adds_up = state.adds_up()?;
    match state.into_trailer() {
        Some(trailer) if adds_up => Ok(Check { trailer }),
        _ => Err(damaged(path, "its records do not add up to what was saved")),
    }
}
