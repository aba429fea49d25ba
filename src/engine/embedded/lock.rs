//! One process at a time: the lock file of a store directory.
//!
//! Owns the file `lock`: who holds the store (OS user, host, process id, since) and nothing else. The operating system
//! frees the lock when the process ends, however it ends; the text is only for the sentence a second process shows.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::files;
use crate::engine::EngineError;

/// Name of the lock file in a store directory.
const NAME: &str = "lock";

/// Longest value taken from a lock file, in characters.
const LONGEST: usize = 64;

/// Who holds a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Name of the OS user, or its number.
    pub user: String,
    /// Name of the computer.
    pub host: String,
    pub pid: u32,
    /// When the store was opened, as the caller writes times; empty when not told.
    pub since: String,
}

impl Holder {
    /// This process. `since` comes from the caller: the engine has no clock.
    pub fn here(since: &str) -> Self {
        let user = ["USER", "LOGNAME"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()));
        let user = user.unwrap_or_else(|| format!("user {}", rustix::process::getuid().as_raw()));
        let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
        Self { user: plain(&user), host: plain(&host), pid: std::process::id(), since: plain(since) }
    }

    /// The content of the lock file.
    fn to_text(&self) -> String {
        format!("user {}\nhost {}\npid {}\nsince {}\n", self.user, self.host, self.pid, self.since)
    }

    /// Reads the content of a lock file; `None` while its holder has not written it yet.
    fn from_text(text: &str) -> Option<Self> {
        let field = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            line.map(plain)
        };
        let pid = field("pid")?.parse().ok()?;
        Some(Self { user: field("user")?, host: field("host")?, pid, since: field("since")? })
    }

    /// The sentence for whoever comes second.
    fn sentence(&self) -> String {
        let since = if self.since.is_empty() { String::new() } else { format!(" since {}", self.since) };
        format!(
            "This store is open: {} on {} has held it{since} (process {}). Close Concord there and try again.",
            self.user, self.host, self.pid
        )
    }
}

/// The held lock; dropping it frees the store.
#[derive(Debug)]
pub(super) struct StoreLock {
    file: File,
}

impl StoreLock {
    /// Takes the lock of the store in `dir`, which must exist.
    ///
    /// # Errors
    /// [`EngineError::Held`] with a sentence naming the holder; [`EngineError::Disk`] when the file cannot be used.
    pub(super) fn take(dir: &Path, holder: &Holder) -> Result<Self, EngineError> {
        let path: PathBuf = dir.join(NAME);
        let mut file = files::open_private(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(&mut file)),
            Err(TryLockError::Error(error)) => return Err(files::refused("lock", &path, &error)),
        }
        let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| {
            file.write_all(holder.to_text().as_bytes())?;
            file.flush()
        });
        written.map_err(|error| files::refused("write", &path, &error))?;
        Ok(Self { file })
    }
}

impl Drop for StoreLock {
    fn drop(&mut self) {
        // A free lock names nobody. Should this fail, the text is stale but the lock is free all the same.
        let _ = self.file.set_len(0);
        // Said aloud: closing alone leaves it held by a child that is being started just now and has the file still.
        let _ = self.file.unlock();
    }
}

/// What a second process says.
fn held(file: &mut File) -> EngineError {
    let mut text = String::new();
    let read = file.take(4096).read_to_string(&mut text);
    let holder = read.ok().and_then(|_| Holder::from_text(&text));
    EngineError::Held(match holder {
        Some(holder) => holder.sentence(),
        None => "This store is open in another Concord. Close it there and try again.".into(),
    })
}

/// One short line without control characters, since it is shown on a terminal.
fn plain(text: &str) -> String {
    text.chars().filter(|char| !char.is_control()).take(LONGEST).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_lock_is_free_though_a_child_has_the_file_still() {
        let dir = tempfile::tempdir().unwrap();
        let lock = StoreLock::take(dir.path(), &Holder::here("")).unwrap();
        // As between fork and exec: the same open file a second time.
        let childs = lock.file.try_clone().unwrap();
        assert!(StoreLock::take(dir.path(), &Holder::here("")).is_err());
        drop(lock);
        StoreLock::take(dir.path(), &Holder::here("")).unwrap();
        drop(childs);
    }

    fn rosa() -> Holder {
        Holder { user: "rosa".into(), host: "desk3".into(), pid: 4711, since: "2026-11-21 14:03".into() }
    }

    #[test]
    fn the_text_reads_back_and_holds_four_facts_only() {
        let text = rosa().to_text();
        assert_eq!(text, "user rosa\nhost desk3\npid 4711\nsince 2026-11-21 14:03\n");
        assert_eq!(Holder::from_text(&text), Some(rosa()));
    }

    #[test]
    fn a_half_written_file_names_nobody() {
        assert_eq!(Holder::from_text(""), None);
        assert_eq!(Holder::from_text("user rosa\nhost desk3\npid x\nsince \n"), None);
    }

    #[test]
    fn terminal_escapes_in_a_lock_file_are_dropped() {
        let holder = Holder::from_text("user \u{1b}[2Jrosa\nhost desk3\npid 1\nsince \n").unwrap();
        assert_eq!(holder.user, "[2Jrosa");
        assert!(!holder.sentence().contains("since"));
    }

    #[test]
    fn the_second_is_told_who_holds_it_and_the_lock_frees_itself() {
        let dir = tempfile::tempdir().unwrap();
        let first = StoreLock::take(dir.path(), &rosa()).unwrap();
        let Err(EngineError::Held(sentence)) = StoreLock::take(dir.path(), &Holder::here("")) else {
            panic!("the second got in")
        };
        for fact in ["rosa", "desk3", "4711", "2026-11-21 14:03"] {
            assert!(sentence.contains(fact), "{sentence}");
        }
        drop(first);
        assert_eq!(std::fs::read(dir.path().join(NAME)).unwrap(), b"");
        StoreLock::take(dir.path(), &Holder::here("")).unwrap();
    }
}
