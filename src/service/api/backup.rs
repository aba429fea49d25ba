//! What can be asked about backups that are made from inside.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What can be done about a backup.
#[derive(Clone, Debug)]
pub enum BackupAsk {
    /// Make one in a folder. Answer: [`Answer::BacksUp`](super::Answer::BacksUp); a doubt where the folder is not there and
    /// can be made.
    To {
        /// As typed.
        folder: String,
        /// It was asked about: it is made where it is not there.
        make: bool,
    },
    /// What became of it: where it is, or why it was not made. Answer: [`Answer::Done`](super::Answer::Done).
    Ended(Result<String, String>),
}

/// A backup that may be written: only the service makes one.
#[derive(Clone, Debug)]
pub struct BackupTicket {
    file: PathBuf,
    records: u64,
    cancelled: Arc<AtomicBool>,
}

impl BackupTicket {
    /// Only the service calls it.
    pub(in crate::service) fn new(file: PathBuf, records: u64) -> Self {
        Self { file, records, cancelled: Arc::default() }
    }

    /// A ticket for tests of what comes after the service.
    #[cfg(test)]
    pub(crate) fn for_tests(file: &str, records: u64) -> Self {
        Self::new(file.into(), records)
    }

    /// The file that is written.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// How many records there were when it began.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Says that it is not wanted any more.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it is not wanted any more.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
