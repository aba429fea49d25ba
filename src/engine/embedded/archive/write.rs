//! Writing an archive: to a temporary name, synced, read again and checked, then given its name.
//!
//! Owns the two ways to make one: from the open image while commits go on, and from another archive with the journal
//! since, which needs neither image nor lock.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{
    Block, Check, ENDING_MAGIC, ENTRY, HASH, MAGIC, RECORDS, Reader, Record, TRAILER, Trailer, check, put,
};
use crate::engine::embedded::files;
use crate::engine::embedded::frame::Frame;
use crate::engine::embedded::live;
use crate::engine::embedded::meta::Meta;
use crate::engine::embedded::survey::{Run, Survey};
use crate::engine::embedded::thread::ImageReader;
use crate::engine::{EngineError, Key, Span};

/// Records in a block.
const PAGE: usize = 200;

/// An archive being written.
pub(in crate::engine::embedded) struct Writer {
    path: PathBuf,
    temporary: PathBuf,
    out: BufWriter<File>,
    at: u64,
    hash: [u8; HASH],
    made: i64,
    /// Kind of the store's witness, and the newest seen.
    witness: (Option<u8>, Option<Record>),
}

impl Writer {
    /// Begins an archive that will stand at `path`.
    ///
    /// # Errors
    /// [`EngineError::Disk`] where the disk refuses, also where something stands there already.
    pub(in crate::engine::embedded) fn begin(
        path: &Path,
        made: i64,
        witness: Option<u8>,
    ) -> Result<Self, EngineError> {
        if fs::symlink_metadata(path).is_ok() {
            return Err(EngineError::Disk(format!(
                "{} is there already; nothing is ever written over an archive. Name another file.",
                path.display()
            )));
        }
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".new");
        let temporary = path.with_file_name(name);
        let file = files::begin_private(&temporary)?;
        let mut opening = MAGIC.to_vec();
        opening.extend_from_slice(&made.to_be_bytes());
        let hash = *blake3::hash(&opening).as_bytes();
        opening.extend_from_slice(&hash);
        let mut writer = Self {
            path: path.to_owned(),
            temporary,
            out: BufWriter::with_capacity(256 << 10, file),
            at: 0,
            hash,
            made,
            witness: (witness, None),
        };
        writer.write(&opening)?;
        Ok(writer)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), EngineError> {
        self.out.write_all(bytes).map_err(|error| files::refused("write", &self.temporary, &error))?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn block(&mut self, kind: u8, payload: &[u8]) -> Result<(), EngineError> {
        let mut before = vec![kind];
        before.extend_from_slice(&(payload.len() as u32).to_be_bytes());
        before.extend_from_slice(&self.hash);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&before).update(payload);
        self.hash = *hasher.finalize().as_bytes();
        let hash = self.hash;
        self.write(&before)?;
        self.write(payload)?;
        self.write(&hash)
    }

    /// Adds records, in the order of their keys over the whole archive.
    fn records(&mut self, records: &[Record]) -> Result<(), EngineError> {
        let mut payload = Vec::new();
        for record in records {
            self.see(record);
            put(&mut payload, record);
        }
        if payload.is_empty() { Ok(()) } else { self.block(RECORDS, &payload) }
    }

    /// Adds a commit.
    fn entry(&mut self, frame: &Frame) -> Result<(), EngineError> {
        for record in &frame.puts {
            self.see(record);
        }
        let bytes = frame.to_bytes().ok_or_else(|| super::damaged(&self.path, "an entry is too long"))?;
        self.block(ENTRY, &bytes)
    }

    fn see(&mut self, record: &Record) {
        if self.witness.0 == Some(record.0.kind()) {
            self.witness.1 = Some(record.clone());
        }
    }

    /// Ends the archive, makes it durable, checks every byte of it and gives it its name.
    fn finish(mut self, meta: Meta) -> Result<Check, EngineError> {
        let trailer = Trailer { meta, made: self.made, witness: self.witness.1.take() };
        let at = self.at;
        self.block(TRAILER, &trailer.to_bytes())?;
        let mut closing = at.to_be_bytes().to_vec();
        closing.extend_from_slice(ENDING_MAGIC);
        self.write(&closing)?;
        let refused = |error: io::Error| files::refused("write", &self.temporary, &error);
        self.out.flush().map_err(refused)?;
        self.out.get_ref().sync_all().map_err(refused)?;
        let checked = check(&self.temporary)?;
        fs::rename(&self.temporary, &self.path).map_err(refused)?;
        let dir = self.path.parent().filter(|dir| !dir.as_os_str().is_empty());
        files::sync_dir(dir.unwrap_or(Path::new(".")))?;
        Ok(checked)
    }

    /// Takes away what was written of an archive that will not be finished.
    fn give_up(&self) {
        let _ = fs::remove_file(&self.temporary);
    }
}

/// Called now and then with the records or entries done; `false` stops the work.
pub(in crate::engine::embedded) type GoOn<'a> = &'a mut dyn FnMut(u64) -> bool;

/// Archives an open image: its records page by page, then the journal's entries since `from`.
///
/// `upto` answers, once all records were read, where the journal stands and its entries after `from`.
///
/// # Errors
/// [`EngineError::Disk`] where the disk refuses, the image was closed meanwhile, or `go_on` said no.
pub(in crate::engine::embedded) fn write_from_image(
    writer: Writer,
    image: &ImageReader,
    from: &Meta,
    upto: impl FnOnce() -> Result<(Meta, Survey), EngineError>,
    go_on: GoOn<'_>,
) -> Result<Check, EngineError> {
    or_give_up(writer, |writer| {
        let span = Span::all();
        let mut last: Option<Key> = None;
        let mut done = 0;
        while let Some(range) = span.behind(last.as_ref()) {
            let rows =
                image.page(range, PAGE)?.into_iter().map(live::stored).collect::<Result<Vec<_>, _>>()?;
            last = rows.last().map(|row| row.key);
            let (count, whole) = (rows.len() as u64, rows.len() == PAGE);
            let records: Vec<Record> = rows.into_iter().map(|row| (row.key, row.rev, row.value)).collect();
            writer.records(&records)?;
            done += count;
            if !go_on(done) {
                return Err(stopped());
            }
            if !whole {
                break;
            }
        }
        let (meta, survey) = upto()?;
        let (seq, hash) = (from.tally.head.seq, from.hash);
        if meta.tally.head.seq > seq {
            let run = survey.run_from(seq, &hash).ok_or_else(changed)?;
            entries(writer, &survey, run, seq, meta.tally.head.seq)?;
        }
        Ok(meta)
    })
}

/// Archives without image or lock: all of `base`, if there is one, then the journal's entries since, none after `upto`.
///
/// # Errors
/// As [`write_from_image`]; [`EngineError::Damaged`] where `base` is.
pub(in crate::engine::embedded) fn write_from_journal(
    writer: Writer,
    base: Option<&Path>,
    survey: &Survey,
    upto: u64,
    go_on: GoOn<'_>,
) -> Result<Check, EngineError> {
    or_give_up(writer, |writer| {
        let mut meta = Meta::empty();
        let mut done = 0;
        if let Some(base) = base {
            let mut reader = Reader::open(base)?;
            while let Some(block) = reader.next()? {
                match block {
                    Block::Records(records) => {
                        writer.records(&records)?;
                        done += records.len() as u64;
                    }
                    Block::Entry(frame, _) => writer.entry(&frame)?,
                    Block::Trailer(trailer) => meta = trailer.meta,
                }
                if !go_on(done) {
                    return Err(stopped());
                }
            }
        }
        let Some(run) = survey.run_from(meta.tally.head.seq, &meta.hash) else { return Ok(meta) };
        let mut frames = survey.frames(run, meta.tally.head.seq);
        while let Some((frame, hash)) = frames.next()? {
            if frame.seq > upto {
                break;
            }
            writer.entry(&frame)?;
            meta = meta.after(&frame, hash);
            done += 1;
            if !go_on(done) {
                return Err(stopped());
            }
        }
        Ok(meta)
    })
}

fn or_give_up(
    mut writer: Writer,
    work: impl FnOnce(&mut Writer) -> Result<Meta, EngineError>,
) -> Result<Check, EngineError> {
    match work(&mut writer) {
        Ok(meta) => {
            let temporary = writer.temporary.clone();
            let finished = writer.finish(meta);
            if finished.is_err() {
                let _ = fs::remove_file(temporary);
            }
            finished
        }
        Err(error) => {
            writer.give_up();
            Err(error)
        }
    }
}

/// Copies the entries after one commit up to another.
fn entries(writer: &mut Writer, survey: &Survey, run: &Run, after: u64, to: u64) -> Result<(), EngineError> {
    let mut frames = survey.frames(run, after);
    let mut last = after;
    while last < to {
        let Some((frame, _)) = frames.next()? else { return Err(changed()) };
        last = frame.seq;
        writer.entry(&frame)?;
    }
    Ok(())
}

fn changed() -> EngineError {
    EngineError::Disk("the store changed under the archive; it will be made again".into())
}

fn stopped() -> EngineError {
    EngineError::Disk("stopped; nothing was kept of the unfinished archive".into())
}
