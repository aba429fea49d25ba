//! The engine on this computer's disk.
//!
//! Owns a store directory: `lock` (one process at a time), `format` (an agency was set up here, in which layout),
//! `journal/` (the record of truth), `image/` (the same records for reading), `archives/` (whole copies the journal goes
//! on from), `mark` (whether the last stop was clean) and `damaged/` (what was set aside). A commit is acknowledged when
//! its entry in the journal is on the disk; the image follows and can always be built again. It never answers with an
//! empty or shorter map where there was more without saying so.

mod archive;
mod care;
mod commit;
mod files;
mod format;
mod frame;
#[cfg(test)]
mod hang_tests;
mod image;
mod job;
mod journal;
mod keep;
mod live;
mod lock;
mod mark;
mod medium;
mod meta;
mod options;
mod rebuild;
mod recover;
mod reopen;
mod segment;
mod standin;
mod survey;
#[cfg(test)]
mod tests;
mod thread;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use self::format::Format;
use self::job::{Acknowledged, Job};
use self::journal::Journal;
use self::live::Live;
use self::lock::StoreLock;
use self::mark::Mark;
use self::thread::Image;
use super::check::Refusal;
use super::core::CoreSum;
use super::{Batch, Core, Engine, EngineError, Head, Key, Outcome, Read, Span, Stored};

pub use self::files::write_outside;
pub use self::keep::{
    ArchiveFacts, Backup, FilesCheck, Restored, archive_facts, backup, check_archive, check_files,
    image_sizes, restore, witness_of,
};
pub use self::lock::Holder;
pub use self::options::{Archives, Options};
pub use self::thread::{Hang, Patience};

/// Whether an agency was set up in this directory. Reads names, takes no lock.
pub fn exists(dir: &Path) -> bool {
    format::anything(dir)
}

/// An [`Engine`] on the disk. Dropping it is the clean stop.
pub struct EmbeddedEngine {
    dir: PathBuf,
    options: Options,
    state: RefCell<State>,
    /// Head of the last commit acknowledged; what is opened again must not be behind it.
    head: Cell<Head>,
    stands: Cell<Stands>,
    acknowledged: Acknowledged,
    job: Option<Job>,
    /// When the newest archive was made; `None` = there is none.
    archived: Option<i64>,
    /// An archive failed: the next try waits for so many bytes of journal.
    retry_at: u64,
    reports: RefCell<Vec<String>>,
    /// The image did not answer. In this process no image ever will.
    lost: Cell<bool>,
    /// What failed was an earlier commit on its way into the image: what was asked for was not to blame.
    late: Cell<bool>,
    mark: Mark,
    // Last, so that it is dropped last: nobody gets in before the image is closed.
    _lock: StoreLock,
}

/// Where the last commit acknowledged left core and journal.
#[derive(Clone, Copy)]
struct Stands {
    core: Core,
    /// Hash of its entry.
    hash: [u8; frame::HASH],
}

impl Stands {
    fn of(live: &Live) -> Self {
        Self { core: live.core(), hash: live.meta().hash }
    }
}

/// What is behind the engine.
enum State {
    /// Journal and image are open.
    Open(Box<Files>),
    /// A call failed and the handles were dropped; the next call opens the files again.
    Down,
    /// Opening them again found damage: the answer to every further call.
    Broken(EngineError),
}

/// The open files.
struct Files {
    live: Live,
    journal: Journal,
}

impl EmbeddedEngine {
    /// Opens the store in `dir` and mends what is damaged; [`EmbeddedEngine::reports`] says what.
    ///
    /// After a clean stop this reads the journal since the newest archive; after any other it counts every record as well
    /// (about 3 us each).
    ///
    /// # Errors
    /// [`EngineError::Held`] with who holds it; [`EngineError::Newer`]; [`EngineError::Damaged`] where no file holds a
    /// whole state; [`EngineError::Disk`] where the disk refuses or no agency was set up here.
    pub fn open(dir: &Path, options: &Options) -> Result<Self, EngineError> {
        if !dir.is_dir() || !format::anything(dir) {
            return Err(nothing_here(dir));
        }
        files::check_private(dir)?;
        let lock = StoreLock::take(dir, &options.holder)?;
        let format = format::read(dir)?;
        finish_exchange(dir)?;
        let (mark, seen) = Mark::open(dir)?;
        let opened = recover::open(dir, options, seen, format != Format::WithoutJournal)?;
        if format != Format::Current {
            format::write(dir)?;
        }
        let archived = newest_archive(dir)?;
        let engine = Self::new(
            dir,
            options,
            Files { live: opened.live, journal: opened.journal },
            mark,
            lock,
            archived,
        );
        engine.reports.borrow_mut().extend(opened.mended.sentence(dir));
        engine.begin()?;
        Ok(engine)
    }

    /// Makes a store in `dir` (and the directory, private to the OS user).
    ///
    /// The `format` file is written last, so that a creation cut short can simply be repeated.
    ///
    /// # Errors
    /// As [`EmbeddedEngine::open`]; [`EngineError::Disk`] where an agency is there already: nothing is ever written over.
    pub fn create(dir: &Path, options: &Options) -> Result<Self, EngineError> {
        files::make_private(dir)?;
        let lock = StoreLock::take(dir, &options.holder)?;
        if !format::only_begun(dir)? {
            let text = format!("an agency was already set up in {}. Nothing was changed.", dir.display());
            return Err(EngineError::Disk(text));
        }
        let (mark, _) = Mark::open(dir)?;
        let (image, journal) = (dir.join(image::DIR), dir.join(segment::DIR));
        files::remove(&image)?;
        files::remove(&journal)?;
        let image = Image::open(dir, image::DIR, &options.settings(), true)?;
        let live = Live::begin(image, meta::Meta::empty(), CoreSum::empty(options.loose))?;
        let tip = journal::Tip { hash: frame::GENESIS, tally: live.meta().tally };
        let journal = Journal::begin(dir, tip)?;
        format::write(dir)?;
        let archived = Some((options.now)());
        let engine = Self::new(dir, options, Files { live, journal }, mark, lock, archived);
        engine.begin()?;
        Ok(engine)
    }

    /// Opens the store in `dir`, or makes one where no agency was set up yet.
    pub fn open_or_create(dir: &Path, options: &Options) -> Result<Self, EngineError> {
        if dir.is_dir() && !format::only_begun(dir)? {
            Self::open(dir, options)
        } else {
            Self::create(dir, options)
        }
    }

    fn new(
        dir: &Path,
        options: &Options,
        files: Files,
        mark: Mark,
        lock: StoreLock,
        archived: Option<i64>,
    ) -> Self {
        Self {
            dir: dir.to_owned(),
            options: options.clone(),
            head: Cell::new(files.live.head()),
            stands: Cell::new(Stands::of(&files.live)),
            acknowledged: Arc::new(Mutex::new(files.live.meta().clone())),
            state: RefCell::new(State::Open(Box::new(files))),
            job: None,
            archived,
            retry_at: 0,
            reports: RefCell::new(Vec::new()),
            lost: Cell::new(false),
            late: Cell::new(false),
            mark,
            _lock: lock,
        }
    }

    /// The next stop is unclean until the clean one. Both that and the image as it was read must outlive a power cut.
    fn begin(&self) -> Result<(), EngineError> {
        self.with_files(|files| files.live.sync())?;
        // A mark that cannot be written stays behind, and being behind only costs the next start a scan.
        let _ = self.mark.note(&self.head.get(), None);
        Ok(())
    }

    /// What had to be mended since the store was opened, one sentence or two each, oldest first.
    pub fn reports(&self) -> Vec<String> {
        self.reports.borrow().clone()
    }

    /// Bytes of all keys, revisions and values, to compare with [`Engine::disk_bytes`].
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests compare it with the disk"))]
    pub fn logical_bytes(&self) -> Result<u64, EngineError> {
        self.with_files(|files| Ok(files.live.meta().tally.logical))
    }

    fn acknowledge(&self, live: &Live) {
        *self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner) = live.meta().clone();
    }
}

impl Engine for EmbeddedEngine {
    fn get(&self, key: &Key) -> Result<Option<Stored>, EngineError> {
        self.read(|files| files.live.get(key))
    }

    fn page(&self, span: &Span, after: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let read = Read::Page { span: span.clone(), from: after.copied(), back: false, limit };
        self.read(|files| files.live.read(&read))
    }

    fn page_back(&self, span: &Span, before: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let read = Read::Page { span: span.clone(), from: before.copied(), back: true, limit };
        self.read(|files| files.live.read(&read))
    }

    fn ahead(&self, reads: &[Read]) {
        // What cannot be read is told by the read itself.
        let _ = self.with_files(|files| files.live.read_ahead(reads));
    }

    fn commit(&mut self, batch: &Batch) -> Outcome {
        if let Err(why) = self.check_room(batch) {
            return Outcome::NotSaved(why);
        }
        // First the part that only reads: whatever fails there, nothing was written.
        let planned = self.read(|files| match files.live.plan(batch) {
            Err(Refusal::Read(error)) => Err(error),
            Err(Refusal::Conflict(key)) => Ok(Err(Outcome::Conflict(key))),
            Err(Refusal::Malformed(why)) => Ok(Err(Outcome::NotSaved(why))),
            Ok(planned) => Ok(Ok(planned)),
        });
        let (frame, core) = match planned {
            Ok(Ok(planned)) => planned,
            Ok(Err(outcome)) => return outcome,
            Err(error) => return Outcome::NotSaved(error.to_string()),
        };
        let outcome = self.write(batch, &frame, &core);
        if outcome == Outcome::Ok {
            self.tend_archives();
        }
        outcome
    }

    fn settled(&self, batch_id: &[u8; 16]) -> Result<bool, EngineError> {
        self.with_files(|files| Ok(files.live.meta().has(batch_id)))
    }

    fn head(&self) -> Head {
        self.head.get()
    }

    fn copies(&self) -> Vec<String> {
        let all = archive::list(&self.dir).unwrap_or_default();
        let name = |(_, path): (u64, std::path::PathBuf)| {
            path.file_name().map(|name| name.to_string_lossy().into_owned())
        };
        all.into_iter().filter_map(name).collect()
    }

    fn core(&self) -> Core {
        self.stands.get().core
    }

    fn core_after(&self, batch: &Batch) -> Result<Core, EngineError> {
        self.read(|files| files.live.core_after(batch))
    }

    fn last_commit(&self) -> [u8; 32] {
        self.stands.get().hash
    }

    fn disk_bytes(&self) -> u64 {
        files::bytes_below(&self.dir)
    }

    fn verify(&self) -> Result<(), EngineError> {
        self.read(|files| files.live.verify())
    }

    fn settle(&mut self) -> Result<(), EngineError> {
        self.with_files(|_| Ok(()))?;
        if !self.lost.get()
            && let State::Open(files) = self.state.replace(State::Down)
        {
            match self.opened_anew(*files) {
                Ok(files) => drop(self.state.replace(State::Open(Box::new(files)))),
                Err(EngineError::Stuck(_)) => self.lost.set(true),
                // The next call says what it makes of it.
                Err(_) => {}
            }
        }
        self.with_files(|_| Ok(()))
    }

    fn needs_new_process(&self) -> bool {
        self.lost.get()
    }
}

impl Drop for EmbeddedEngine {
    fn drop(&mut self) {
        self.job = None;
        if let State::Open(files) = self.state.replace(State::Down) {
            // Nobody is left to be told; an unclean stop only costs the next start a scan.
            if files.live.stop().is_ok()
                && let Ok(fingerprint) = image::fingerprint(&self.dir)
            {
                let _ = self.mark.note(&self.head.get(), Some(fingerprint));
            }
        }
    }
}

/// A compaction cut short between its two renames: the image is still there under its other name.
fn finish_exchange(dir: &Path) -> Result<(), EngineError> {
    let (old, image) = (dir.join(rebuild::OLD), dir.join(image::DIR));
    if old.exists() && !image.exists() {
        std::fs::rename(&old, &image).map_err(|error| files::refused("put back", &image, &error))?;
    }
    files::remove(&old)?;
    files::remove(&dir.join(image::NEW))
}

/// When the newest archive was made.
fn newest_archive(dir: &Path) -> Result<Option<i64>, EngineError> {
    let archives = archive::list(dir)?;
    Ok(archives.last().and_then(|(_, path)| archive::trailer_of(path).ok()).map(|trailer| trailer.made))
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
        "This store was written by a newer Concord (store format {number}; this one reads up to {}). \
         Install the newer version to open it.",
        format::NUMBER
    ))
}

/// The sentence for a directory without a store.
fn nothing_here(dir: &Path) -> EngineError {
    EngineError::Disk(format!("no agency was set up in {}. `concord init` sets one up.", dir.display()))
}
