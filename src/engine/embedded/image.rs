//! The image: one sled tree. The only file that names sled. All of it runs on one thread, which is `thread`'s.
//!
//! Owns the handle, its settings and the classification of what goes wrong with it. sled 0.34.7 answers damage with
//! panics and its `flush` issues no fsync (measured; see `ARCHITECTURE.md`), so every call and the drop of the handle runs
//! inside `catch_unwind`, and [`Tree::sync`] adds `fdatasync` on the image's own file through a descriptor of ours.
//! Nothing is acknowledged by it: the journal holds what the image may lose. It knows keys and bytes; expectations and
//! summary record are its callers'.

use std::any::Any;
use std::fs::File;
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::files;
use super::thread::{Hang, Patience, stuck};
use crate::engine::{EngineError, Key};

/// Keys of the summary record, and of the note that a commit is being brought in piece by piece: shorter than every record
/// key and before all of them.
const META: &[u8] = &[0];
const TOWARD: &[u8] = &[0, 0];

/// Names of the image's directory in a store directory, of one being rebuilt, and of the data file.
pub(super) const DIR: &str = "image";
pub(super) const NEW: &str = "image.new";
const DATA: &str = "db";

/// How often and how long to wait for a handle dropped a moment ago: its threads may still hold the file for an instant.
const PATIENCE: (u32, Duration) = (100, Duration::from_millis(20));

/// How long sled rests after each piece of something large.
const REST: Duration = Duration::from_millis(1);

/// Key and bytes of a record.
pub(super) type Raw = (Key, Vec<u8>);

/// What is applied together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// Records to write.
    pub(super) puts: Vec<Raw>,
    /// Records to remove.
    pub(super) deletes: Vec<Key>,
    /// Where the image is with it.
    pub(super) ends: Ends,
}

/// Where an image is once a piece is applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Ends {
    /// On the way to its first summary record.
    #[default]
    Nowhere,
    /// On the way to this commit, with records of it and records of before.
    Toward(u64),
    /// At the commit of this summary record, with one piece.
    At(Vec<u8>),
    /// The same, after pieces that were on the way to it.
    Reached(Vec<u8>),
}

/// The image itself. It lives on the thread `image` alone; everybody else has an `Image` of `thread`.
pub(super) struct Tree {
    /// `None` once it is closed.
    db: Option<sled::Db>,
    guard: File,
    data: PathBuf,
    /// Faults that a test ordered, for what follows a failed commit.
    #[cfg(test)]
    pub(super) fault: Option<Fault>,
}

/// A failure ordered by a test: the next batch fails before or after it was applied.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    BeforeApply,
    AfterApply,
}

/// What sled is told.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// Cache, in bytes.
    pub(super) cache_bytes: u64,
    /// Milliseconds between sled's own flushes.
    pub(super) flush_every_ms: u64,
    /// When it is given up.
    pub(super) patience: Patience,
    /// A hang that is brought about.
    pub(super) hang: Option<Hang>,
}

impl Tree {
    /// Opens the image in a folder, or makes one where `create` says so.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] where there is none but should be, or sled cannot read it; [`EngineError::Disk`] where
    /// the disk refuses.
    pub(super) fn open(path: &Path, settings: &Settings, create: bool) -> Result<Self, EngineError> {
        let data = path.join(DATA);
        if create {
            files::make_dir(path)?;
        } else if length(&data)? == 0 {
            return Err(EngineError::Damaged(super::damaged("its data file is missing or empty")));
        }
        clear_half_snapshots(path)?;
        let config = sled::Config::new()
            .path(path)
            .mode(sled::Mode::LowSpace)
            .cache_capacity(settings.cache_bytes)
            .flush_every_ms(Some(settings.flush_every_ms));
        let mut db = Some(open_patiently(&config)?);
        let guard = File::open(&data).map_err(|error| files::refused("open", &data, &error));
        // From here the handle is dropped under guard, whatever happens.
        let guard = guard.inspect_err(|_| let_go(&mut db))?;
        let tree = Self {
            db,
            guard,
            data,
            #[cfg(test)]
            fault: None,
        };
        files::sync_dir(path)?;
        Ok(tree)
    }

    /// The summary record, `None` in an image that holds nothing; and the commit that was being brought in, piece by piece,
    /// when the image was stopped.
    pub(super) fn meta(&self) -> Result<(Option<Vec<u8>>, Option<u64>), EngineError> {
        let (meta, toward) = self.call(|db| Ok((db.get(META)?, db.get(TOWARD)?)))?;
        let toward = toward.and_then(|bytes| bytes.first_chunk().copied()).map(u64::from_be_bytes);
        Ok((meta.map(|bytes| bytes.to_vec()), toward))
    }

    /// One record's bytes.
    pub(super) fn get(&self, key: &Key) -> Result<Option<Vec<u8>>, EngineError> {
        self.call(|db| Ok(db.get(key.0)?.map(|bytes| bytes.to_vec())))
    }

    /// Up to `limit` records of a range, from its start or (`back`) from its end.
    pub(super) fn page(
        &self,
        range: (Bound<Key>, Bound<Key>),
        back: bool,
        limit: usize,
    ) -> Result<Vec<Raw>, EngineError> {
        let bytes = |bound: Bound<Key>| bound.map(|key| key.0);
        let range = (bytes(range.0), bytes(range.1));
        let rows: Vec<(Vec<u8>, Vec<u8>)> = self.call(|db| {
            let owned = |row: sled::Result<(sled::IVec, sled::IVec)>| {
                row.map(|(key, value)| (key.to_vec(), value.to_vec()))
            };
            let rows = db.range::<[u8; Key::LEN], _>(range);
            if back {
                rows.rev().take(limit).map(owned).collect()
            } else {
                rows.take(limit).map(owned).collect()
            }
        })?;
        let keyed = rows.into_iter().map(|(key, value)| match <[u8; Key::LEN]>::try_from(key) {
            Ok(key) => Ok((Key(key), value)),
            Err(_) => Err(EngineError::Damaged(super::damaged("it holds a key of a strange length"))),
        });
        keyed.collect()
    }

    /// Applies a piece. Durable only after [`Tree::sync`].
    pub(super) fn apply(&mut self, piece: Piece) -> Result<(), EngineError> {
        #[cfg(test)]
        let fault = self.fault.take();
        #[cfg(test)]
        if fault == Some(Fault::BeforeApply) {
            return Err(EngineError::Disk("ordered by a test".into()));
        }
        let mut batch = sled::Batch::default();
        for (key, value) in piece.puts {
            batch.insert(&key.0, value);
        }
        for key in piece.deletes {
            batch.remove(&key.0);
        }
        match piece.ends {
            Ends::Nowhere => {}
            Ends::Toward(seq) => batch.insert(TOWARD, &seq.to_be_bytes()),
            Ends::At(meta) => batch.insert(META, meta),
            Ends::Reached(meta) => {
                batch.insert(META, meta);
                batch.remove(TOWARD);
            }
        }
        self.call(|db| db.apply_batch(batch))?;
        #[cfg(test)]
        if fault == Some(Fault::AfterApply) {
            return Err(EngineError::Disk("ordered by a test".into()));
        }
        Ok(())
    }

    /// Waits until sled has written what was applied, and rests. Between the pieces of something large sled's own threads
    /// must have let go of what was before when more comes, or it may hang for ever (measured; see `ARCHITECTURE.md`).
    pub(super) fn rest(&self) -> Result<(), EngineError> {
        self.call(|db| db.flush().map(|_| ()))?;
        std::thread::sleep(REST);
        Ok(())
    }

    /// Makes everything applied so far survive a power cut.
    pub(super) fn sync(&self) -> Result<(), EngineError> {
        self.call(|db| db.flush().map(|_| ()))?;
        self.guard.sync_data().map_err(|error| files::refused("sync", &self.data, &error))
    }

    /// Closes the image; returns once no thread of sled can change its files any more.
    pub(super) fn close(mut self) -> Result<(), EngineError> {
        self.sync()?;
        let_go(&mut self.db);
        let refused = |error: &std::io::Error| files::refused("close", &self.data, error);
        let file = File::open(&self.data).map_err(|error| refused(&error))?;
        // sled's threads hold its lock on the file until the last of them is done.
        let (tries, pause) = PATIENCE;
        for _ in 0..tries {
            if file.try_lock().is_ok() {
                return Ok(());
            }
            std::thread::sleep(pause);
        }
        Err(EngineError::Disk("the store's image is still being closed".into()))
    }

    /// Runs a call on the handle; a panic becomes an error.
    fn call<T>(&self, work: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T, EngineError> {
        match &self.db {
            Some(db) => guarded(|| work(db)),
            None => Err(closed()),
        }
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let_go(&mut self.db);
    }
}

/// What a closed image answers.
pub(super) fn closed() -> EngineError {
    EngineError::Disk("the store's image was closed; try again".into())
}

/// Drops a handle under guard. One that fails while closing has nothing left to save: the journal holds every commit.
fn let_go(db: &mut Option<sled::Db>) {
    let db = db.take();
    let _ = guarded(|| {
        drop(db);
        Ok(())
    });
}

/// What the files of a closed image look like from outside: the length of its data file, and everything in the small
/// files beside it. After a clean stop it must be the same at the next start; pages inside the data file sled checks
/// itself when it reads them.
pub(super) fn fingerprint(store: &Path) -> Result<[u8; 32], EngineError> {
    let path = store.join(DIR);
    let look = |error: std::io::Error| files::refused("look into", &path, &error);
    let mut names: Vec<PathBuf> = std::fs::read_dir(&path)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(look)?;
    names.retain(|name| name.is_file());
    names.sort();
    let mut hasher = blake3::Hasher::new();
    for name in names {
        let file_name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        hasher.update(&(file_name.len() as u64).to_be_bytes()).update(file_name.as_bytes());
        hasher.update(&length(&name)?.to_be_bytes());
        if file_name != DATA {
            hasher.update(&std::fs::read(&name).map_err(look)?);
        }
    }
    Ok(*hasher.finalize().as_bytes())
}

/// Bytes of the image's data file; 0 where there is none.
pub(super) fn data_bytes(store: &Path) -> Result<u64, EngineError> {
    length(&store.join(DIR).join(DATA))
}

/// Bytes of the data file in an image's folder, as far as it can be told.
pub(super) fn bytes_of(path: &Path) -> u64 {
    length(&path.join(DATA)).unwrap_or(0)
}

fn length(path: &Path) -> Result<u64, EngineError> {
    match std::fs::metadata(path) {
        Ok(about) => Ok(about.len()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(0),
        Err(error) => Err(files::refused("look at", path, &error)),
    }
}

/// Removes snapshots that sled had only begun to write, when a kill or a full disk stopped it.
///
/// sled 0.34.7 takes `snap.*.generating` for its newest snapshot and then calls the whole store corrupt (seen on a full
/// disk, for ever after). It replaces the finished snapshot only once the new one is synced and renamed, so the half
/// one holds nothing of worth. A finished `snap.*` is never touched.
fn clear_half_snapshots(path: &Path) -> Result<(), EngineError> {
    let look = |error: std::io::Error| files::refused("look into", path, &error);
    for entry in std::fs::read_dir(path).map_err(look)? {
        let name = entry.map_err(look)?.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("snap.") && name.ends_with(".generating") {
            let half = path.join(&*name);
            std::fs::remove_file(&half).map_err(|error| files::refused("remove", &half, &error))?;
        }
    }
    Ok(())
}

/// Opens sled, waiting a moment for the threads of a handle that was just dropped. Our own lock is held by now, so
/// nobody else can be in there.
fn open_patiently(config: &sled::Config) -> Result<sled::Db, EngineError> {
    let (tries, pause) = PATIENCE;
    for _ in 1..tries {
        match catch_unwind(AssertUnwindSafe(|| config.open())) {
            Ok(Err(sled::Error::Io(error))) if error.to_string().contains("could not acquire lock") => {
                std::thread::sleep(pause);
            }
            Ok(opened) => return opened.map_err(|error| classify(&error)),
            Err(payload) => return Err(classify_panic(&*payload)),
        }
    }
    Err(EngineError::Disk("the store's image is still being closed; start Concord again".into()))
}

/// Runs sled code; an error or a panic becomes a plain sentence.
fn guarded<T>(work: impl FnOnce() -> sled::Result<T>) -> Result<T, EngineError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(answer) => answer.map_err(|error| classify(&error)),
        Err(payload) => Err(classify_panic(&*payload)),
    }
}

/// One panic in a thread of sled's own stops every image of the process, for good: sled says so, or finds the answer of
/// such a thread missing. That is no damage of the files.
fn is_broken(text: &str) -> bool {
    let words =
        ["IO thread unexpectedly panicked", "threadpool should not crash", "thread pool should not crash"];
    words.iter().any(|words| text.contains(words))
}

/// What the disk refuses is reported and touches nothing; all else is damage.
fn classify(error: &sled::Error) -> EngineError {
    use std::io::ErrorKind as Kind;
    match error {
        sled::Error::Io(error) => match error.kind() {
            // sled's own words for bytes that do not fit, and files that are gone or too short.
            Kind::Other | Kind::UnexpectedEof | Kind::InvalidData | Kind::InvalidInput | Kind::NotFound => {
                EngineError::Damaged(super::damaged("its files do not fit together"))
            }
            kind => EngineError::Disk(files::refusal(kind).into()),
        },
        sled::Error::ReportableBug(text) if is_broken(text) => stuck(),
        _ => EngineError::Damaged(super::damaged("its data cannot be read")),
    }
}

/// sled unwraps some refusals of the disk; those are not damage. The message itself is not shown: it may quote bytes.
fn classify_panic(payload: &(dyn Any + Send)) -> EngineError {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
    if is_broken(text) {
        return stuck();
    }
    let refusals =
        ["StorageFull", "No space left", "PermissionDenied", "ReadOnlyFilesystem", "QuotaExceeded"];
    if refusals.iter().any(|refusal| text.contains(refusal)) {
        return EngineError::Disk(
            "the disk refused (full, read-only or not permitted). Nothing was changed.".into(),
        );
    }
    EngineError::Damaged(super::damaged("its data cannot be read"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_disks_and_permissions_are_not_damage() {
        for kind in [std::io::ErrorKind::StorageFull, std::io::ErrorKind::PermissionDenied] {
            assert!(matches!(classify(&sled::Error::Io(kind.into())), EngineError::Disk(_)), "{kind:?}");
        }
        let corrupt = sled::Error::Corruption { at: None, bt: () };
        assert!(matches!(classify(&corrupt), EngineError::Damaged(_)));
        assert!(matches!(classify(&sled::Error::ReportableBug("x".into())), EngineError::Damaged(_)));
    }

    #[test]
    fn a_panic_becomes_a_sentence_without_its_words() {
        let error = guarded::<()>(|| panic!("secret words")).unwrap_err();
        assert!(matches!(&error, EngineError::Damaged(text) if !text.contains("secret")));
        let error = guarded::<()>(|| panic!("Os {{ code: 28, kind: StorageFull }}")).unwrap_err();
        assert!(matches!(error, EngineError::Disk(_)));
    }

    #[test]
    fn a_broken_pool_is_an_image_that_does_not_answer() {
        let said = "IO thread unexpectedly panicked. please report this bug on the sled github repo.";
        assert_eq!(classify(&sled::Error::ReportableBug(said.into())), stuck());
        for said in ["threadpool should not crash", "thread pool should not crash"] {
            assert_eq!(guarded::<()>(|| panic!("{said}: None")), Err(stuck()));
        }
    }
}
