//! The engine on this computer's disk.
//!
//! Owns a store directory: `lock` (one process at a time), `format` (an agency was set up here, in which layout),
//! `image/` (the records) and `mark` (how far the image had come). A commit is acknowledged when the image has synced
//! it. It must never answer with an empty or shorter map where there was more: damage is said, and changes nothing.

mod files;
mod image;
mod live;
mod lock;
mod mark;
mod meta;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

use self::live::{Live, Scan};
use self::lock::StoreLock;
use super::check::Refusal;
use super::{Batch, Engine, EngineError, Head, Key, Outcome, Span, Stored};

pub use self::lock::Holder;

/// The file that says that an agency was set up here.
const FORMAT: &str = "format";

/// The store layout written, and the newest one read.
const FORMAT_NUMBER: u32 = 1;

/// Settings of the embedded engine.
#[derive(Clone, Debug)]
pub struct Options {
    /// Memory the image may use as cache, in bytes. A hint: the process needs some 200 MB more at a million records.
    pub cache_bytes: u64,
    /// How often the image tidies itself in the background, in milliseconds. Not what durability rests on.
    pub flush_every_ms: u64,
    /// Bytes that stay free on the disk: a commit that would eat into them is refused before anything is written, since
    /// after a truly full disk the image cannot even be read until there is room. 0 asks nothing of the disk beforehand.
    pub reserve_bytes: u64,
    /// Who this process says it is in the lock file.
    pub holder: Holder,
}

impl Options {
    /// The usual settings: 64 MiB of cache, 5 seconds, 16 MiB of reserve. `since` is the time now, as people read it.
    pub fn usual(since: &str) -> Self {
        Self {
            cache_bytes: 64 << 20,
            flush_every_ms: 5_000,
            reserve_bytes: 16 << 20,
            holder: Holder::here(since),
        }
    }
}

/// Whether an agency was set up in this directory. Reads one name, takes no lock.
pub fn exists(dir: &Path) -> bool {
    dir.join(FORMAT).is_file()
}

/// An [`Engine`] on the disk. Dropping it is the clean stop.
pub struct EmbeddedEngine {
    dir: PathBuf,
    options: Options,
    state: RefCell<State>,
    /// Head of the last commit known to be in the image; a reopened image must not be behind it.
    head: Cell<Head>,
    // Last, so that it is dropped last: nobody gets in before the image is closed.
    _lock: StoreLock,
}

/// What stands behind the engine.
enum State {
    /// The image is open.
    Live(Box<Live>),
    /// A call failed and the handle was dropped; the next call opens the image again.
    Down,
    /// Opening it again found damage: the answer to every further call.
    Broken(EngineError),
}

impl EmbeddedEngine {
    /// Opens the store in `dir`.
    ///
    /// After a clean stop this reads the summary record; after any other it counts every record (about 3 us each).
    ///
    /// # Errors
    /// [`EngineError::Held`] with who holds it; [`EngineError::Newer`]; [`EngineError::Damaged`] where the records are
    /// not what was acknowledged; [`EngineError::Disk`] where the disk refuses or no agency was set up here.
    pub fn open(dir: &Path, options: &Options) -> Result<Self, EngineError> {
        if !dir.is_dir() {
            return Err(nothing_here(dir));
        }
        if !exists(dir) && image::data_bytes(dir)? == 0 {
            return Err(nothing_here(dir));
        }
        let lock = StoreLock::take(dir, &options.holder)?;
        check_format(dir)?;
        let live = Live::open(dir, options, None, Scan::AfterUncleanStop)?;
        Ok(Self::new(dir, options, live, lock))
    }

    /// Makes a store in `dir` (and the directory, private to the OS user).
    ///
    /// The `format` file is written last, so that a creation cut short can simply be repeated.
    ///
    /// # Errors
    /// As [`EmbeddedEngine::open`]; [`EngineError::Disk`] where an agency is there already, [`EngineError::Damaged`]
    /// where there are records without a `format` file: nothing is ever written over.
    pub fn create(dir: &Path, options: &Options) -> Result<Self, EngineError> {
        files::make_dir(dir)?;
        let lock = StoreLock::take(dir, &options.holder)?;
        if exists(dir) {
            let text = format!("an agency was already set up in {}. Nothing was changed.", dir.display());
            return Err(EngineError::Disk(text));
        }
        let live = Live::create(dir, options)?;
        files::write_whole(dir, FORMAT, format!("concord store {FORMAT_NUMBER}\n").as_bytes())?;
        Ok(Self::new(dir, options, live, lock))
    }

    /// Opens the store in `dir`, or makes one where no agency was set up yet.
    pub fn open_or_create(dir: &Path, options: &Options) -> Result<Self, EngineError> {
        if exists(dir) { Self::open(dir, options) } else { Self::create(dir, options) }
    }

    fn new(dir: &Path, options: &Options, live: Live, lock: StoreLock) -> Self {
        let head = Cell::new(live.head());
        let state = RefCell::new(State::Live(Box::new(live)));
        Self { dir: dir.to_owned(), options: options.clone(), state, head, _lock: lock }
    }

    /// Bytes of all keys, revisions and values, to compare with [`Engine::disk_bytes`].
    pub fn logical_bytes(&self) -> Result<u64, EngineError> {
        self.with_live(|live| Ok(live.logical_bytes()))
    }

    /// Runs `work` on the open image, opening it again first where an earlier call lost it. After an error the handle
    /// is dropped, because sled answers from then on with what was never saved.
    fn with_live<T>(&self, work: impl FnOnce(&mut Live) -> Result<T, EngineError>) -> Result<T, EngineError> {
        let mut state = self.state.borrow_mut();
        if matches!(*state, State::Down) {
            match Live::open(&self.dir, &self.options, Some(self.head.get()), Scan::Always) {
                Ok(live) => {
                    self.head.set(live.head());
                    *state = State::Live(Box::new(live));
                }
                Err(error) => {
                    if matches!(error, EngineError::Damaged(_) | EngineError::Newer(_)) {
                        *state = State::Broken(error.clone());
                    }
                    return Err(error);
                }
            }
        }
        let answer = match &mut *state {
            State::Live(live) => work(live),
            State::Broken(error) => return Err(error.clone()),
            State::Down => Err(EngineError::Disk("the store is closed after a failure; try again".into())),
        };
        if answer.is_err() {
            *state = State::Down;
        }
        answer
    }

    /// What became of a batch whose writing failed: the image is opened again and asked.
    fn after_failure(&self, batch: &Batch, error: &EngineError) -> Outcome {
        match self.settled(&batch.id) {
            Ok(false) => Outcome::NotSaved(error.to_string()),
            // It is there, but a disk that has just failed a sync is not believed at once.
            Ok(true) | Err(_) => Outcome::Unknown(error.to_string()),
        }
    }

    /// Refuses a batch that would eat into the reserve.
    fn check_room(&self, batch: &Batch) -> Result<(), String> {
        if self.options.reserve_bytes == 0 {
            return Ok(());
        }
        let bytes: usize = batch.puts.iter().map(|put| Key::LEN + 4 + put.value.len()).sum();
        // The image takes about 3.5 times what goes in.
        let needed = self.options.reserve_bytes.saturating_add(4 * bytes as u64);
        match files::bytes_free(&self.dir) {
            Some(free) if free < needed && batch.deletes.len() < batch.puts.len().max(1) => Err(format!(
                "the disk is nearly full ({} MiB free); nothing was saved. Make room and try again.",
                free >> 20
            )),
            _ => Ok(()),
        }
    }
}

impl Engine for EmbeddedEngine {
    fn get(&self, key: &Key) -> Result<Option<Stored>, EngineError> {
        self.with_live(|live| live.get(key))
    }

    fn page(&self, span: &Span, after: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let Some(range) = span.behind(after) else { return Ok(Vec::new()) };
        self.with_live(|live| live.page(range, false, limit))
    }

    fn page_back(&self, span: &Span, before: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let Some(range) = span.ahead(before) else { return Ok(Vec::new()) };
        self.with_live(|live| live.page(range, true, limit))
    }

    fn commit(&mut self, batch: &Batch) -> Outcome {
        if let Err(why) = self.check_room(batch) {
            return Outcome::NotSaved(why);
        }
        // First the part that only reads: whatever fails there, nothing was written.
        let after = match self.with_live(|live| Ok(live.plan(batch))) {
            Ok(Ok(after)) => after,
            Ok(Err(Refusal::Conflict(key))) => return Outcome::Conflict(key),
            Ok(Err(Refusal::Malformed(why))) => return Outcome::NotSaved(why),
            Ok(Err(Refusal::Read(error))) => {
                self.state.replace(State::Down);
                return Outcome::NotSaved(error.to_string());
            }
            Err(error) => return Outcome::NotSaved(error.to_string()),
        };
        let head = after.tally.head;
        match self.with_live(|live| live.write(batch, after)) {
            Ok(()) => {
                self.head.set(head);
                Outcome::Ok
            }
            Err(error) => self.after_failure(batch, &error),
        }
    }

    fn settled(&self, batch_id: &[u8; 16]) -> Result<bool, EngineError> {
        self.with_live(|live| Ok(live.has(batch_id)))
    }

    fn head(&self) -> Head {
        self.head.get()
    }

    fn disk_bytes(&self) -> u64 {
        files::bytes_below(&self.dir)
    }

    fn verify(&self) -> Result<(), EngineError> {
        self.with_live(|live| live.verify())
    }

    fn settle(&mut self) -> Result<(), EngineError> {
        self.with_live(|_| Ok(()))?;
        // The old handle goes before the new one comes: both would want the same files.
        if let State::Live(live) = self.state.replace(State::Down) {
            live.stop()?;
        }
        let live = Live::open(&self.dir, &self.options, Some(self.head.get()), Scan::Never)?;
        self.state.replace(State::Live(Box::new(live)));
        Ok(())
    }
}

impl Drop for EmbeddedEngine {
    fn drop(&mut self) {
        if let State::Live(live) = self.state.replace(State::Down) {
            // Nobody is left to be told; an unclean stop only costs the next start a scan.
            let _ = live.stop();
        }
    }
}

/// Reads the `format` file of a store.
fn check_format(dir: &Path) -> Result<(), EngineError> {
    let path = dir.join(FORMAT);
    let text = match std::fs::read(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(files::refused("read", &path, &error)),
    };
    match text.trim_end().strip_prefix("concord store ").and_then(|number| number.parse::<u32>().ok()) {
        Some(FORMAT_NUMBER) => Ok(()),
        Some(number) if number > FORMAT_NUMBER => Err(newer(number)),
        _ => Err(EngineError::Damaged(damaged("its format file is missing or cannot be read"))),
    }
}

/// The sentence for damage: what, and what to do.
fn damaged(what: &str) -> String {
    format!(
        "The store is damaged: {what}. Records may be missing, so Concord does not open it; it was not replaced. \
         Keep this folder as it is and restore the newest backup into another folder."
    )
}

/// The refusal of a layout from the future.
fn newer(number: u32) -> EngineError {
    EngineError::Newer(format!(
        "This store was written by a newer Concord (store format {number}; this one reads up to {FORMAT_NUMBER}). \
         Install the newer version to open it."
    ))
}

/// The sentence for a directory without a store.
fn nothing_here(dir: &Path) -> EngineError {
    EngineError::Disk(format!("no agency was set up in {}. `concord init` sets one up.", dir.display()))
}
