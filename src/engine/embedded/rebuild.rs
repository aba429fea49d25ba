//! Building an image again: beside the old one, counted through, then put in its place.
//!
//! Owns the two sources (the journal from its first entry, an archive and the journal since) and the exchange. The old
//! image is set aside, never deleted, until a person removes it; only one that was whole and merely large is dropped.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive;
use super::image::{self, Piece};
use super::live::{self, Live, PIECE};
use super::standin::StandIn;
use super::survey::Survey;
use super::thread::Image;
use super::{Options, files, frame};
use crate::engine::core::CoreSum;
use crate::engine::{EngineError, Key, Span, Stored};

/// Records read at a time.
const PAGE: usize = 200;

/// An image takes about this many times what goes into it while it is built.
const ROOM: f64 = 3.5;

/// The state of the old image for the moment of an exchange.
pub(super) const OLD: &str = "image.old";

/// What a new image begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Nothing: the journal reaches back to the first commit.
    Nothing,
    Archive(PathBuf),
}

impl Base {
    /// The archive's file.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::Nothing => None,
            Self::Archive(path) => Some(path),
        }
    }
}

/// What a new image could begin with, furthest first; of two that go as far, the one with less to replay.
pub(super) fn bases(archives: &[(u64, PathBuf)], survey: &Survey) -> Vec<(u64, Base)> {
    let mut bases = Vec::new();
    for (seq, path) in archives.iter().rev() {
        // Whether it is whole shows when it is read.
        let Ok(trailer) = archive::trailer_of(path) else { continue };
        let run = survey.run_from(*seq, &trailer.meta.hash);
        bases.push((run.map_or(*seq, |run| run.to), Base::Archive(path.clone())));
    }
    if let Some(run) = survey.run_from(0, &frame::GENESIS) {
        bases.push((run.to, Base::Nothing));
    }
    bases.sort_by_key(|(reach, _)| std::cmp::Reverse(*reach));
    bases
}

/// Builds a new image from a base and the journal since and puts it in the old one's place.
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
    fill_beside(store, options, base, survey)?;
    if store.join(image::DIR).exists() {
        files::set_aside(store, &store.join(image::DIR))?;
    }
    put_in_place(store)?;
    Live::of(Image::open(store, image::DIR, &options.settings(), false)?, options.loose)
}

/// Builds the image again from archive and journal, to give back the room it wasted. It must be whole, and is dropped.
///
/// # Errors
/// As [`rebuild`]; the old image stays then.
pub(super) fn compact(store: &Path, options: &Options, old: Live) -> Result<Live, EngineError> {
    let head = old.head();
    let archives = archive::list(store)?;
    let survey = Survey::of(store, archives.last().map_or(0, |(seq, _)| *seq))?;
    let reaches = bases(&archives, &survey).into_iter().find(|(reach, _)| *reach == head.seq);
    let Some((_, base)) = reaches else {
        return Err(EngineError::Disk(
            "The journal and the archives do not reach the newest change, so the image was left as it is. Close Concord \
             and open it again, which mends them, then try again."
                .into(),
        ));
    };
    old.stop()?;
    fill_beside(store, options, &base, &survey)?;
    let kept = store.join(OLD);
    files::remove(&kept)?;
    fs::rename(store.join(image::DIR), &kept).map_err(|error| files::refused("move", &kept, &error))?;
    put_in_place(store)?;
    files::remove(&kept)?;
    Live::of(Image::open(store, image::DIR, &options.settings(), false)?, options.loose)
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
            "The store has to be rebuilt from its journal, and the disk has too little room: {} MiB are \
             needed, {} MiB are free. Nothing was changed. Make room and open Concord again.",
            (needed >> 20) + 1,
            free >> 20
        ))),
        _ => Ok(()),
    }
}

/// Fills `image.new` from a base and the journal since, counts it through and closes it. Nothing of it stays where that
/// fails.
fn fill_beside(store: &Path, options: &Options, base: &Base, survey: &Survey) -> Result<(), EngineError> {
    files::remove(&store.join(image::NEW))?;
    let from = base.path();
    check_room(
        store,
        from.map_or(0, |path| fs::metadata(path).map_or(0, |about| about.len())) + survey.bytes,
    )?;
    let filled = StandIn::of(from, survey).and_then(|state| fill(store, options, &state));
    let live = filled.inspect_err(|_| drop(files::remove(&store.join(image::NEW))))?;
    live.stop()
}

/// Puts every record of a state into a new image, once and in the order of the keys. The image has no summary record
/// before the last, so that it can never be taken for a whole one.
///
/// What sled hangs on is a file that shrinks while it is written to. An image that is filled this way never shrinks, and
/// the journal's older values of a record are not written at all.
fn fill(store: &Path, options: &Options, state: &StandIn) -> Result<Live, EngineError> {
    let image = Image::open(store, image::NEW, &options.settings(), true)?;
    let of = state.meta().tally.head.count;
    let (span, mut last, mut done) = (Span::all(), None, 0_u64);
    let mut core = CoreSum::empty(options.loose);
    while let Some(range) = span.behind(last.as_ref()) {
        let rows = state.page(range, false, PAGE)?;
        let Some(newest) = rows.last().map(|row| row.key) else { break };
        last = Some(newest);
        done += rows.len() as u64;
        for row in &rows {
            core.add(&row.key, row.rev, &row.value);
        }
        image.bring(small(rows)).wait()?;
        if done.is_multiple_of(100 * PAGE as u64) {
            options.say(&format!("Rebuilding the store's copy for reading: {done} of {of} records"));
        }
    }
    let live = Live::begin(image, state.meta().clone(), core)?;
    live.verify()?;
    Ok(live)
}

/// Records in pieces as they go into an image that is being filled.
fn small(rows: Vec<Stored>) -> Vec<Piece> {
    let mut pieces = vec![Piece::default()];
    let mut bytes = 0;
    for row in rows {
        let raw = live::raw(row.rev, &row.value);
        bytes += Key::LEN + raw.len();
        if bytes > PIECE {
            pieces.push(Piece::default());
            bytes = Key::LEN + raw.len();
        }
        if let Some(piece) = pieces.last_mut() {
            piece.puts.push((row.key, raw));
        }
    }
    pieces
}
