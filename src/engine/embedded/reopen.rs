//! The files while the engine is open: dropped after a call that failed, opened again by the next one.
//!
//! Owns what is done where a reading fails: damage met on the way is mended, and an image that does not answer is given up,
//! with archive and journal in its place.

use super::live::Live;
use super::thread::{Image, stuck};
use super::{EmbeddedEngine, Files, Stands, State, damaged, finish_exchange, image, recover};
use crate::engine::EngineError;

impl EmbeddedEngine {
    /// Runs `work` on the open files, opening them again first where an earlier call lost them. After an error the
    /// handles are dropped, because sled answers from then on with what was never saved.
    pub(super) fn with_files<T>(
        &self,
        work: impl FnOnce(&mut Files) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let mut state = self.state.borrow_mut();
        if matches!(*state, State::Down) {
            match self.open_again() {
                Ok(files) => *state = State::Open(Box::new(files)),
                Err(error) => {
                    if matches!(
                        error,
                        EngineError::Damaged(_) | EngineError::Newer(_) | EngineError::Stuck(_)
                    ) {
                        *state = State::Broken(error.clone());
                    }
                    return Err(error);
                }
            }
        }
        let answer = match &mut *state {
            State::Open(files) => work(files),
            State::Broken(error) => return Err(error.clone()),
            State::Down => Err(EngineError::Disk("the store is closed after a failure; try again".into())),
        };
        if let Err(error) = &answer {
            self.failed(&mut state, error);
        }
        answer
    }

    fn failed(&self, state: &mut State, error: &EngineError) {
        self.lost.set(self.lost.get() || matches!(error, EngineError::Stuck(_)));
        self.late.set(matches!(&*state, State::Open(files) if files.live.is_late()));
        *state = State::Down;
    }

    /// Reads; damage met on the way is mended and the reading done again. sled checks a page only when it is read, so a
    /// store that was stopped cleanly and harmed since shows it here. An image that does not answer is given up, and
    /// archive and journal answer in its place.
    pub(super) fn read<T>(
        &self,
        work: impl Fn(&mut Files) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        match self.with_files(&work) {
            Err(error)
                if self.late.take() || matches!(error, EngineError::Damaged(_) | EngineError::Stuck(_)) =>
            {
                self.with_files(&work)
            }
            answer => answer,
        }
    }

    /// Opens the files again within this process. Nothing that was acknowledged may be missing then.
    fn open_again(&self) -> Result<Files, EngineError> {
        let recover::Opened { live, journal, mended } = self.open_what_answers()?;
        self.reports.borrow_mut().extend(mended.sentence(&self.dir));
        let (before, now) = (self.head.get(), live.head());
        if now.seq < before.seq || (now.seq == before.seq && now.digest != before.digest) {
            return Err(EngineError::Damaged(damaged(&format!(
                "{} changes saved a moment ago are missing",
                before.seq.saturating_sub(now.seq).max(1)
            ))));
        }
        self.head.set(now);
        self.stands.set(Stands::of(&live));
        self.acknowledge(&live);
        Ok(Files { live, journal })
    }

    /// Closes the image and opens it again. The old handle goes before the new one comes: both would want the same files.
    pub(super) fn opened_anew(&self, files: Files) -> Result<Files, EngineError> {
        let Files { live, journal } = files;
        live.stop()?;
        let image = Image::open(&self.dir, image::DIR, &self.options.settings(), false)?;
        let live = Live::of(image, self.options.loose)?;
        if live.head() == self.head.get() {
            return Ok(Files { live, journal });
        }
        Err(EngineError::Damaged(damaged("it is not as it was closed")))
    }

    fn open_what_answers(&self) -> Result<recover::Opened, EngineError> {
        if !self.lost.get() {
            finish_exchange(&self.dir)?;
            match recover::open(&self.dir, &self.options, None, true) {
                Err(EngineError::Stuck(_)) => self.lost.set(true),
                opened => return opened,
            }
        }
        // What it cannot answer either is no damage: the next process has an image to ask.
        recover::without_image(&self.dir, self.options.loose).map_err(|error| match error {
            EngineError::Damaged(_) => stuck(),
            other => other,
        })
    }
}
