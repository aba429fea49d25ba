//! Building an image anew: beside the old one, counted through, then put in its place.
//!
//! Owns the three sources (nothing and the journal from its first entry, an archive and the journal since, the old image
//! itself when it has grown) and the exchange. The old image is set aside, never deleted, until a person removes it;
//! only one that was whole and merely large is dropped.

use std::fs;
use std::path::Path;

use super::archive::{self, Block, Reader};
use super::frame::Frame;
use super::image::{self, Image, Raw};
use super::live::{self, Live};
use super::meta::Meta;
use super::survey::Survey;
use super::{Options, damaged, files};
use crate::engine::{EngineError, Key, Span};

/// Records written at a time; larger batches make the image larger and slower (measured).
const PAGE: usize = 200;

/// An image takes about this many times what goes into it while it is built.
const ROOM: f64 = 3.5;

/// Where the old image stands for the moment of an exchange.
pub(super) const OLD: &str = "image.old";

/// What a new image begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Nothing: the journal reaches back to the first commit.
    Nothing,
    /// An archive.
    Archive(std::path::PathBuf),
}

/// Builds `image.new` from a base and the journal since, counts it through and puts it in the image's place.
///
/// # Errors
/// [`EngineError::Damaged`] where base or journal do not make a whole state; [`EngineError::Disk`] where the disk refuses
/// or lacks room. Nothing was changed then.
pub(super) fn rebuild(
    store: &Path,
    options: &Options,
    base: &Base,
    survey: &Survey,
) -> Result<Live, EngineError> {
    files::remove(&store.join(image::NEW))?;
    if let Base::Archive(path) = base {
        archive::check(path)?;
        check_room(store, fs::metadata(path).map_or(0, |about| about.len()) + survey.bytes)?;
    } else {
        check_room(store, survey.bytes)?;
    }
    let built = build(store, options, base, survey);
    let live = built.inspect_err(|_| drop(files::remove(&store.join(image::NEW))))?;
    live.stop()?;
    if store.join(image::DIR).exists() {
        files::set_aside(store, &store.join(image::DIR))?;
    }
    put_in_place(store)?;
    Live::of(Image::open(store, image::DIR, options.settings(), false)?)
}

/// Builds the image anew from itself, to give back the room it wasted. It must be whole.
pub(super) fn compact(store: &Path, options: &Options, old: Live) -> Result<Live, EngineError> {
    files::remove(&store.join(image::NEW))?;
    check_room(store, old.meta().tally.logical)?;
    let mut fill = Fill::begin(store, options, old.meta().tally.head.count)?;
    let span = Span::all();
    let mut last: Option<Key> = None;
    while let Some(range) = span.behind(last.as_ref()) {
        let rows = old.page(range, false, PAGE)?;
        last = rows.last().map(|row| row.key);
        let whole = rows.len() == PAGE;
        let raws = rows.into_iter().map(|row| (row.key, live::raw(row.rev, &row.value)));
        fill.add(&raws.collect::<Vec<_>>(), &[])?;
        if !whole {
            break;
        }
    }
    fill.end(old.meta().clone())?.stop()?;
    old.stop()?;
    let kept = store.join(OLD);
    files::remove(&kept)?;
    fs::rename(store.join(image::DIR), &kept).map_err(|error| files::refused("move", &kept, &error))?;
    put_in_place(store)?;
    files::remove(&kept)?;
    Live::of(Image::open(store, image::DIR, options.settings(), false)?)
}

fn put_in_place(store: &Path) -> Result<(), EngineError> {
    let (new, place) = (store.join(image::NEW), store.join(image::DIR));
    fs::rename(&new, &place).map_err(|error| files::refused("put in place", &new, &error))?;
    files::sync_dir(store)
}

fn check_room(store: &Path, bytes: u64) -> Result<(), EngineError> {
    let needed = (bytes as f64 * ROOM) as u64 + (16 << 20);
    match files::bytes_free(store) {
        Some(free) if free < needed => Err(EngineError::Disk(format!(
            "The store must be built anew from its journal, and the disk has too little room: {} MiB are needed, {} MiB \
             are free. Nothing was changed. Make room and open Concord again.",
            (needed >> 20) + 1,
            free >> 20
        ))),
        _ => Ok(()),
    }
}

fn build(store: &Path, options: &Options, base: &Base, survey: &Survey) -> Result<Live, EngineError> {
    let mut meta = Meta::empty();
    let mut fill = Fill::begin(store, options, 0)?;
    if let Base::Archive(path) = base {
        let mut reader = Reader::open(path)?;
        while let Some(block) = reader.next()? {
            match block {
                Block::Records(records) => {
                    let raws = records.iter().map(|(key, rev, value)| (*key, live::raw(*rev, value)));
                    fill.add(&raws.collect::<Vec<_>>(), &[])?;
                }
                Block::Entry(frame, _) => fill.entry(&frame)?,
                Block::Trailer(trailer) => meta = trailer.meta,
            }
        }
    }
    let mut live = fill.end(meta)?;
    let (seq, hash) = (live.head().seq, live.meta().hash);
    if let Some(run) = survey.run_from(seq, &hash) {
        let mut frames = survey.frames(run, seq);
        let mut last = seq;
        while let Some((frame, hash)) = frames.next()? {
            live.replay(&frame, hash)?;
            last = frame.seq;
            if last.is_multiple_of(1_000) {
                options.say(&format!("Building the store anew: change {last} of {}", run.to));
            }
        }
        if last < run.to {
            return Err(EngineError::Damaged(damaged("its journal changed while it was read")));
        }
    }
    live.sync()?;
    live.verify()?;
    Ok(live)
}

/// A new image being filled. It has no summary record yet, so that it can never be taken for a whole one.
struct Fill<'a> {
    image: Image,
    options: &'a Options,
    done: u64,
    of: u64,
}

impl<'a> Fill<'a> {
    fn begin(store: &Path, options: &'a Options, of: u64) -> Result<Self, EngineError> {
        let image = Image::open(store, image::NEW, options.settings(), true)?;
        Ok(Self { image, options, done: 0, of })
    }

    fn add(&mut self, puts: &[Raw], deletes: &[Key]) -> Result<(), EngineError> {
        let before = self.done / 10_000;
        self.done += puts.len() as u64;
        for some in puts.chunks(PAGE) {
            self.image.fill(some, &[])?;
        }
        self.image.fill(&[], deletes)?;
        if self.done / 10_000 > before {
            let of = if self.of == 0 { String::new() } else { format!(" of {}", self.of) };
            self.options.say(&format!("Building the store anew: {}{of} records", self.done));
        }
        Ok(())
    }

    /// An entry that followed the records: what was read before it may be newer already; the last entry decides.
    fn entry(&mut self, frame: &Frame) -> Result<(), EngineError> {
        let puts: Vec<Raw> =
            frame.puts.iter().map(|(key, rev, value)| (*key, live::raw(*rev, value))).collect();
        let deletes: Vec<Key> = frame.deletes.iter().map(|(key, _)| *key).collect();
        self.add(&puts, &deletes)
    }

    fn end(self, meta: Meta) -> Result<Live, EngineError> {
        let live = Live::begin(self.image, meta)?;
        live.verify()?;
        Ok(live)
    }
}
