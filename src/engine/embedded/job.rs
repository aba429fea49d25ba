//! An archive made on its own thread while commits go on.
//!
//! Owns the thread and the shared note of what was acknowledged. When it is due, and what is tidied after it, is the
//! engine's.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::archive::{self, Check, Writer};
use super::frame::GENESIS;
use super::meta::Meta;
use super::survey::Survey;
use super::thread::ImageReader;
use super::{Options, files};
use crate::engine::EngineError;
use crate::engine::check::Tally;

/// Where the last acknowledged commit left the store; an archive must not hold more.
pub(super) type Acknowledged = Arc<Mutex<Meta>>;

pub(super) struct Job {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<Check, EngineError>>>,
    /// Bytes of journal entries that there were when it began.
    pub(super) journal_bytes: u64,
}

impl Job {
    /// Begins an archive of the image as it is, to go on with what is acknowledged while it is read.
    pub(super) fn start(
        store: &Path,
        options: &Options,
        image: ImageReader,
        acknowledged: &Acknowledged,
        journal_bytes: u64,
    ) -> Result<Self, EngineError> {
        archive::make_dir(store)?;
        let stop = Arc::new(AtomicBool::new(false));
        let from = read(acknowledged);
        let work = Work {
            store: store.to_owned(),
            options: options.clone(),
            image,
            from,
            acknowledged: Arc::clone(acknowledged),
            stop: Arc::clone(&stop),
        };
        let spawned = std::thread::Builder::new().name("archive".into()).spawn(move || work.run());
        let thread = spawned.map_err(|error| files::refused("archive", store, &error))?;
        Ok(Self { stop, thread: Some(thread), journal_bytes })
    }

    /// Whether the thread is done.
    pub(super) fn is_done(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// What came of it; waits where it is not done.
    pub(super) fn outcome(mut self) -> Result<Check, EngineError> {
        let died = || EngineError::Disk("the archive could not be made".into());
        match self.thread.take() {
            Some(thread) => thread.join().unwrap_or_else(|_| Err(died())),
            None => Err(died()),
        }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread needs.
struct Work {
    store: PathBuf,
    options: Options,
    image: ImageReader,
    from: Meta,
    acknowledged: Acknowledged,
    stop: Arc<AtomicBool>,
}

impl Work {
    fn run(self) -> Result<Check, EngineError> {
        // It is named by the commit it begins at while it is written; the name it keeps says where it ends.
        let first = archive::path(&self.store, self.from.tally.head.seq).with_extension("making");
        files::remove(&first)?;
        let begin = || Writer::begin(&first, (self.options.now)(), self.options.witness);
        let mut go_on = |_| !self.stop.load(Ordering::Relaxed);
        let made = match self.on_the_last()? {
            Some((base, survey)) => {
                let upto = self.from.tally.head.seq;
                archive::write_from_journal(begin()?, base.as_deref(), &survey, upto, &mut go_on)
            }
            None => Err(EngineError::Damaged(String::new())),
        };
        let check = match made {
            // Not to be had from there, or the last archive is damaged: the image has it all.
            Err(EngineError::Damaged(_)) => {
                let upto = || {
                    let meta = read(&self.acknowledged);
                    let survey = Survey::of(&self.store, self.from.tally.head.seq)?;
                    Ok((meta, survey))
                };
                archive::write_from_image(begin()?, &self.image, &self.from, upto, &mut go_on)?
            }
            made => made?,
        };
        let path = archive::path(&self.store, check.trailer.head().seq);
        std::fs::rename(&first, &path).map_err(|error| files::refused("name", &path, &error))?;
        path.parent().map_or(Ok(()), files::sync_dir)?;
        Ok(check)
    }
}

impl Work {
    /// The last archive and the journal since, where they hold everything and not much more than that: then the image is
    /// left alone, since reading all of it would fill the memory of a small machine.
    fn on_the_last(&self) -> Result<Option<(Option<PathBuf>, Survey)>, EngineError> {
        let Tally { head, logical } = self.from.tally;
        let archives = archive::list(&self.store)?;
        let base = archives.last();
        let (seq, hash, bytes) = match base {
            Some((seq, path)) => {
                let Ok(trailer) = archive::trailer_of(path) else { return Ok(None) };
                (*seq, trailer.meta.hash, std::fs::metadata(path).map_or(u64::MAX, |about| about.len()))
            }
            None => (0, GENESIS, 0),
        };
        let survey = Survey::of(&self.store, seq)?;
        let whole = survey.run_from(seq, &hash).is_some_and(|run| run.to >= head.seq);
        let small = bytes.saturating_add(survey.bytes) <= 2 * logical + self.options.archives.after_bytes;
        Ok((whole && small).then(|| (base.map(|(_, path)| path.clone()), survey)))
    }
}

/// The note as it is.
fn read(acknowledged: &Acknowledged) -> Meta {
    acknowledged.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
