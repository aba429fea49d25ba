//! What an open store does for itself besides commits: archives when they are due, and a new image when asked.

use super::job::Job;
use super::options::Archives;
use super::thread::stuck;
use super::{EmbeddedEngine, Engine, EngineError, Files, State, files, image, keep, rebuild};

impl EmbeddedEngine {
    /// Bytes the image takes on the disk.
    pub fn image_bytes(&self) -> u64 {
        files::bytes_below(&self.dir.join(image::DIR))
    }

    /// Builds the image again, to give back room that it wasted.
    ///
    /// # Errors
    /// As [`EmbeddedEngine::open`]; the old image stays where the new one could not be made.
    pub fn compact(&mut self) -> Result<(), EngineError> {
        self.verify()?;
        self.job = None;
        if self.lost.get() {
            return Err(stuck());
        }
        let State::Open(files) = self.state.replace(State::Down) else { return self.verify() };
        let Files { live, journal } = *files;
        match rebuild::compact(&self.dir, &self.options, live) {
            Ok(live) => drop(self.state.replace(State::Open(Box::new(Files { live, journal })))),
            Err(error) => {
                self.lost.set(matches!(error, EngineError::Stuck(_)));
                return Err(error);
            }
        }
        Ok(())
    }

    /// Makes an archive now and waits for it.
    ///
    /// # Errors
    /// [`EngineError::Disk`] where the disk refuses.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests bring an archive about"))]
    pub fn archive_now(&mut self) -> Result<(), EngineError> {
        if self.lost.get() {
            return Err(stuck());
        }
        if self.job.is_none() {
            self.start_job()?;
        }
        match self.job.take() {
            Some(job) => self.archived(job),
            None => Ok(()),
        }
    }

    /// Takes up what an archive thread left, and begins the next archive where one is due.
    pub(super) fn tend_archives(&mut self) {
        if self.job.as_ref().is_some_and(Job::is_done)
            && let Some(job) = self.job.take()
            && self.archived(job).is_err()
        {
            self.retry_at =
                self.with_files(|files| Ok(files.journal.since_archive())).unwrap_or(0) + (8 << 20);
        }
        if self.lost.get() {
            return;
        }
        let Archives { after_bytes, after_ms, .. } = self.options.archives;
        let due = self.with_files(|files| {
            let (bytes, logical) = (files.journal.since_archive(), files.live.meta().tally.logical);
            Ok((bytes, bytes > after_bytes.max(logical / 4)))
        });
        let Ok((bytes, large)) = due else { return };
        let old = self.archived.is_none_or(|made| (self.options.now)().saturating_sub(made) > after_ms);
        if self.job.is_none()
            && bytes >= self.retry_at
            && (large || (old && bytes > 0))
            && self.start_job().is_err()
        {
            self.retry_at = bytes + (8 << 20);
        }
    }

    fn start_job(&mut self) -> Result<(), EngineError> {
        let (reader, bytes) =
            self.with_files(|files| Ok((files.live.reader()?, files.journal.since_archive())))?;
        self.job = Some(Job::start(&self.dir, &self.options, reader, &self.acknowledged, bytes)?);
        Ok(())
    }

    /// An archive is there: the journal counts from it, and what two newer archives make needless goes.
    fn archived(&mut self, job: Job) -> Result<(), EngineError> {
        let before = job.journal_bytes;
        let check = job.outcome()?;
        self.archived = Some(check.trailer.made);
        self.retry_at = 0;
        self.with_files(|files| {
            files.journal.archived(files.journal.since_archive().saturating_sub(before));
            Ok(())
        })?;
        keep::prune(&self.dir, self.options.archives.keep)
    }
}
