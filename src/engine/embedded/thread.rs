//! The thread `image`: the only one that calls sled, and how everybody else asks it.
//!
//! Owns the queue, the limits and the giving up. sled 0.34.7 can hang for ever (see `ARCHITECTURE.md`), and no thread of
//! this process can free it then. So whoever asks waits no longer than a step of the image may take; an image that does not
//! answer is given up for good: its thread is left alone, and every further call answers [`EngineError::Stuck`] at once.

use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::files;
use super::image::{self, Ends, Piece, Raw, Settings, Tree, closed};
use crate::engine::{EngineError, Key, Read};

/// How long whoever waits sleeps before looking whether the image still moves. A process that was stopped for an hour and
/// goes on counts that hour as one such moment.
const MOMENT: Duration = Duration::from_millis(20);

/// A person waits for a read of no more records than this.
const FEW: usize = 1_000;

/// Bytes of a data file that a slow disk reads in a second.
const SLOW_DISK: u64 = 8 << 20;

/// How long a step of the image may take before the image is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// A read of records that a person waits for.
    pub read: Duration,
    /// Anything else: opening and closing (longer by a second for each 8 MiB of the image), a piece of what is large.
    pub step: Duration,
}

/// Brings a hang about, for tests and by hand: from then on the image never answers. It is noticed at once.
#[derive(Clone, Debug)]
pub enum Hang {
    /// At the call of this number, counted over every image of the process that these options open.
    AtCall(Arc<AtomicU64>),
    /// At the next call once this file is there. The file is removed, so that it happens once.
    OnceThere(PathBuf),
}

impl Hang {
    /// At the `n`-th call, from 1.
    pub fn at_call(n: u64) -> Self {
        Self::AtCall(Arc::new(AtomicU64::new(n)))
    }

    fn is_due(&self) -> bool {
        match self {
            Self::AtCall(left) => {
                let one_less = |left: u64| left.checked_sub(1);
                left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less) == Ok(1)
            }
            Self::OnceThere(file) => std::fs::remove_file(file).is_ok(),
        }
    }
}

/// What the thread does next, on the image if one is open.
type Job = Box<dyn FnOnce(&mut Option<Tree>, &Pulse) + Send>;

/// What the thread shows of its work.
struct Pulse {
    steps: AtomicU64,
    /// How long the step under way may take, in milliseconds.
    limit: AtomicU64,
    given_up: AtomicBool,
}

impl Pulse {
    /// A step begins that may take so long.
    fn step(&self, limit: Duration) {
        self.limit.store(u64::try_from(limit.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.steps.fetch_add(1, Ordering::Release);
    }
}

/// The way to the thread. It ends when nobody has one any more.
#[derive(Clone)]
struct Line {
    jobs: Sender<Job>,
    pulse: Arc<Pulse>,
    patience: Patience,
}

/// An answer that is on its way.
pub(super) struct Awaited<T> {
    answer: Receiver<Result<T, EngineError>>,
    pulse: Arc<Pulse>,
}

impl Line {
    fn begin(settings: &Settings, store: &Path) -> Result<Self, EngineError> {
        let (jobs, queue) = channel();
        let limit = AtomicU64::new(u64::MAX);
        let pulse = Arc::new(Pulse { steps: AtomicU64::new(0), limit, given_up: AtomicBool::new(false) });
        let (shown, hang) = (Arc::clone(&pulse), settings.hang.clone());
        let spawned = std::thread::Builder::new()
            .name("image".into())
            .spawn(move || work(&queue, &shown, hang.as_ref()));
        spawned.map_err(|error| files::refused("begin a thread for", store, &error))?;
        Ok(Self { jobs, pulse, patience: settings.patience })
    }

    /// Puts a job into the queue.
    fn send<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&mut Option<Tree>, &Pulse) -> Result<T, EngineError> + Send + 'static,
    ) -> Awaited<T> {
        let (tell, answer) = channel();
        let job = move |tree: &mut Option<Tree>, pulse: &Pulse| {
            pulse.step(limit);
            // Whoever asked may have given up.
            let _ = tell.send(work(tree, pulse));
        };
        if !self.pulse.given_up.load(Ordering::Acquire) {
            // Refused only where the thread is gone, which the missing answer tells.
            let _ = self.jobs.send(Box::new(job));
        }
        Awaited { answer, pulse: Arc::clone(&self.pulse) }
    }

    /// How long a read of so many records may take.
    fn reading(&self, records: usize) -> Duration {
        if records <= FEW { self.patience.read } else { self.patience.step }
    }

    fn read(&self, queries: Vec<Query>) -> Awaited<Vec<Vec<Raw>>> {
        let records = queries.iter().fold(0_usize, |sum, query| sum.saturating_add(query.most()));
        self.ask(self.reading(records), move |tree| {
            queries.into_iter().map(|query| query.answer(tree)).collect()
        })
    }

    /// Asks the open image.
    fn ask<T: Send + 'static>(
        &self,
        limit: Duration,
        work: impl FnOnce(&mut Tree) -> Result<T, EngineError> + Send + 'static,
    ) -> Awaited<T> {
        self.send(limit, move |tree, _| tree.as_mut().map_or_else(|| Err(closed()), work))
    }
}

impl<T> Awaited<T> {
    /// The answer.
    ///
    /// # Errors
    /// What the image says; [`EngineError::Stuck`] where it does not answer.
    pub(super) fn wait(self) -> Result<T, EngineError> {
        let mut watch = Watch { steps: self.pulse.steps.load(Ordering::Acquire), moments: 0 };
        loop {
            match self.answer.recv_timeout(MOMENT) {
                Ok(answer) => return answer,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {}
            }
            let steps = self.pulse.steps.load(Ordering::Acquire);
            let limit = self.pulse.limit.load(Ordering::Relaxed);
            if watch.is_over(steps, limit) || self.pulse.given_up.load(Ordering::Acquire) {
                break;
            }
        }
        self.pulse.given_up.store(true, Ordering::Release);
        Err(stuck())
    }
}

/// How long the step under way has taken, as whoever waits sees it.
struct Watch {
    steps: u64,
    moments: u32,
}

impl Watch {
    /// One more moment has passed, and so many steps have begun by now: whether the one under way has taken longer than its
    /// limit, in milliseconds.
    fn is_over(&mut self, steps: u64, limit: u64) -> bool {
        if steps == self.steps {
            self.moments += 1;
        } else {
            (self.steps, self.moments) = (steps, 0);
        }
        limit == 0 || (MOMENT * self.moments).as_millis() >= u128::from(limit)
    }
}

/// What an image that does not answer is answered with.
pub(super) fn stuck() -> EngineError {
    EngineError::Stuck(
        "The stored files do not answer. What was confirmed as saved is saved. Start Concord again.".into(),
    )
}

fn work(queue: &Receiver<Job>, pulse: &Pulse, hang: Option<&Hang>) {
    let mut tree = None;
    while let Ok(job) = queue.recv() {
        if hang.is_some_and(Hang::is_due) {
            // A test may open the files again in this process.
            drop(tree);
            pulse.step(Duration::ZERO);
            loop {
                std::thread::park();
            }
        }
        job(&mut tree, pulse);
    }
}

/// A read, as the image takes it.
pub(super) enum Query {
    One(Key),
    /// Up to so many records of a range, from its start or (`true`) from its end.
    Page((Bound<Key>, Bound<Key>), bool, usize),
    /// Nothing can be there.
    Nothing,
}

impl Query {
    /// Of a read.
    pub(super) fn of(read: &Read) -> Self {
        match (read, read.range()) {
            (Read::One(key), _) => Self::One(*key),
            (Read::Page { back, limit, .. }, Some(range)) => Self::Page(range, *back, *limit),
            (Read::Page { .. }, None) => Self::Nothing,
        }
    }

    fn most(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Page(.., limit) => *limit,
            Self::Nothing => 0,
        }
    }

    fn answer(self, tree: &Tree) -> Result<Vec<Raw>, EngineError> {
        match self {
            Self::One(key) => Ok(tree.get(&key)?.map(|value| (key, value)).into_iter().collect()),
            Self::Page(range, back, limit) => tree.page(range, back, limit),
            Self::Nothing => Ok(Vec::new()),
        }
    }
}

/// The open image, as everybody but its thread has it. Dropping it closes it.
pub(super) struct Image {
    line: Line,
    path: PathBuf,
}

/// Reads an open image from another thread, until the image is closed.
#[derive(Clone)]
pub(super) struct ImageReader {
    line: Line,
}

impl Image {
    /// Opens the image in the folder `name` of a store, or makes one where `create` says so.
    ///
    /// # Errors
    /// As [`Tree::open`]; [`EngineError::Stuck`].
    pub(super) fn open(
        store: &Path,
        name: &'static str,
        settings: &Settings,
        create: bool,
    ) -> Result<Self, EngineError> {
        let line = Line::begin(settings, store)?;
        let image = Self { line, path: store.join(name) };
        let (path, settings) = (image.path.clone(), settings.clone());
        let opening = move |tree: &mut Option<Tree>, _: &Pulse| {
            *tree = Some(Tree::open(&path, &settings, create)?);
            Ok(())
        };
        image.line.send(image.whole(), opening).wait()?;
        Ok(image)
    }

    /// How long a step may take that goes through the whole image.
    fn whole(&self) -> Duration {
        self.line.patience.step + Duration::from_secs(image::bytes_of(&self.path) / SLOW_DISK)
    }

    /// A reader for another thread.
    pub(super) fn reader(&self) -> ImageReader {
        ImageReader { line: self.line.clone() }
    }

    pub(super) fn meta(&self) -> Result<(Option<Vec<u8>>, Option<u64>), EngineError> {
        self.line.ask(self.line.patience.read, |tree| tree.meta()).wait()
    }

    /// Answers reads, in order.
    pub(super) fn read(&self, queries: Vec<Query>) -> Awaited<Vec<Vec<Raw>>> {
        self.line.read(queries)
    }

    /// Brings pieces into the image, with a rest after each but the one that is a whole commit. The answer need not be
    /// waited for: whatever is asked later comes after.
    pub(super) fn bring(&self, pieces: Vec<Piece>) -> Awaited<()> {
        let limit = self.line.patience.step;
        self.line.send(limit, move |tree, pulse| {
            let tree = tree.as_mut().ok_or_else(closed)?;
            for piece in pieces {
                let whole = matches!(piece.ends, Ends::At(_));
                pulse.step(limit);
                tree.apply(piece)?;
                if !whole {
                    pulse.step(limit);
                    tree.rest()?;
                }
            }
            Ok(())
        })
    }

    /// Makes everything applied so far survive a power cut.
    pub(super) fn sync(&self) -> Result<(), EngineError> {
        self.line.ask(self.whole(), |tree| tree.sync()).wait()
    }

    /// Closes the image; returns once no thread of sled can change its files any more.
    ///
    /// # Errors
    /// What kept it from being closed well.
    pub(super) fn close(self) -> Result<(), EngineError> {
        let closing = |tree: &mut Option<Tree>, _: &Pulse| tree.take().map_or(Ok(()), Tree::close);
        self.line.send(self.whole(), closing).wait()
    }

    /// Orders a fault for the next piece.
    #[cfg(test)]
    pub(super) fn order(&self, fault: image::Fault) {
        let ordered = self.line.ask(self.line.patience.step, move |tree| {
            tree.fault = Some(fault);
            Ok(())
        });
        ordered.wait().unwrap();
    }
}

impl ImageReader {
    /// Up to `limit` records of a range.
    ///
    /// # Errors
    /// [`EngineError::Disk`] once the image was closed; [`EngineError::Stuck`].
    pub(super) fn page(
        &self,
        range: (Bound<Key>, Bound<Key>),
        limit: usize,
    ) -> Result<Vec<Raw>, EngineError> {
        let rows = self.line.read(vec![Query::Page(range, false, limit)]).wait()?;
        Ok(rows.into_iter().flatten().collect())
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        if !self.line.pulse.given_up.load(Ordering::Acquire) {
            let dropping = |tree: &mut Option<Tree>, _: &Pulse| {
                *tree = None;
                Ok(())
            };
            let _ = self.line.send(self.whole(), dropping).wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Patience = Patience { read: MOMENT, step: MOMENT };

    fn settings(patience: Patience, hang: Option<Hang>) -> Settings {
        Settings { cache_bytes: 1 << 20, flush_every_ms: 60_000, patience, hang }
    }

    #[test]
    fn a_step_that_takes_longer_than_its_limit_is_over_and_many_short_ones_are_not() {
        let mut watch = Watch { steps: 1, moments: 0 };
        assert!((0..149).all(|_| !watch.is_over(1, 3_000)));
        assert!(watch.is_over(1, 3_000));
        let mut watch = Watch { steps: 1, moments: 0 };
        assert!((0..10_000).all(|moment| !watch.is_over(1 + moment / 100, 3_000)), "it moves");
        assert!(
            Watch { steps: 1, moments: 0 }.is_over(2, 0),
            "a hang that was brought about is seen at once"
        );
    }

    #[test]
    fn an_image_that_does_not_answer_is_given_up_once_and_never_waited_for_again() {
        let dir = tempfile::tempdir().unwrap();
        let line = Line::begin(&settings(SHORT, None), dir.path()).unwrap();
        let (let_go, held) = channel::<()>();
        let hanging = line.send(MOMENT, move |_, _| held.recv().map_err(|_| stuck()));
        let behind = line.send(MOMENT, |_, _| Ok(()));
        let other = std::thread::spawn(move || behind.wait());
        assert_eq!(hanging.wait(), Err(stuck()));
        assert_eq!(other.join().unwrap(), Err(stuck()));
        // From now on nothing reaches the thread: the answer is there without a moment's wait.
        let after = line.send(Duration::MAX, |_, _| Ok(()));
        assert_eq!(after.answer.try_recv(), Err(std::sync::mpsc::TryRecvError::Disconnected));
        assert_eq!(after.wait(), Err(stuck()));
        drop(let_go);
    }

    #[test]
    fn a_hang_comes_at_its_call_or_once_its_file_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let usual = Patience { read: Duration::from_secs(3), step: Duration::from_secs(30) };
        let hang = Hang::at_call(3);
        let image = Image::open(dir.path(), image::DIR, &settings(usual, Some(hang)), true).unwrap();
        assert_eq!(image.meta(), Ok((None, None)));
        assert_eq!(image.meta(), Err(stuck()));
        assert_eq!(image.sync(), Err(stuck()));
        drop(image);
        let file = dir.path().join("hang");
        let hang = Some(Hang::OnceThere(file.clone()));
        let image = Image::open(dir.path(), image::DIR, &settings(usual, hang.clone()), true).unwrap();
        assert_eq!(image.meta(), Ok((None, None)));
        std::fs::write(&file, "").unwrap();
        assert_eq!(image.meta(), Err(stuck()));
        drop(image);
        assert!(!file.exists());
        let image = Image::open(dir.path(), image::DIR, &settings(usual, hang), true).unwrap();
        assert_eq!(image.close(), Ok(()));
    }
}
