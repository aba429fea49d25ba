//! The image: one sled tree. The only file that names sled.
//!
//! Owns the handle, its settings and the classification of what goes wrong with it. sled 0.34.7 answers damage with
//! panics and its `flush` issues no fsync (measured; see `ARCHITECTURE.md`), so every call and the drop of the handle runs
//! inside `catch_unwind`, and [`Image::sync`] adds `fdatasync` on the image's own file through a descriptor of ours.
//! Nothing is acknowledged by it: the journal holds what the image may lose. It knows keys and bytes; expectations and
//! summary record are its callers'.

use std::any::Any;
use std::fs::File;
use std::ops::Bound;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::files;
use crate::engine::{EngineError, Key};

/// The summary record's key: shorter than every record key and before all of them.
const META: &[u8] = &[0];

/// Names of the image's directory in a store directory, of one being rebuilt, and of the data file.
pub(super) const DIR: &str = "image";
pub(super) const NEW: &str = "image.new";
const DATA: &str = "db";

/// How often and how long to wait for a handle dropped a moment ago: its threads may still hold the file for an instant.
const PATIENCE: (u32, Duration) = (100, Duration::from_millis(20));

/// What is large is applied in pieces of about so many bytes, with a rest after each: sled's own threads must have let go
/// of what was before when more comes, or it may hang for ever (measured; see `ARCHITECTURE.md`).
const PIECE: usize = 64 << 10;
const REST: Duration = Duration::from_millis(1);

/// Key and bytes of a record.
pub(super) type Raw = (Key, Vec<u8>);

/// The handle, shared with readers on other threads; `None` once it is closed.
type Handle = Arc<RwLock<Option<sled::Db>>>;

/// The open image.
pub(super) struct Image {
    db: Handle,
    guard: File,
    data: PathBuf,
    /// Ordered faults, for tests of what follows a failed commit.
    #[cfg(test)]
    pub(super) fault: Option<Fault>,
}

/// Reads an open image from another thread, until the image is closed.
#[derive(Clone)]
pub(super) struct ImageReader {
    db: Handle,
}

/// A failure ordered by a test: the next batch fails before or after it was applied.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    BeforeApply,
    AfterApply,
}

/// What sled is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    /// Cache, in bytes.
    pub(super) cache_bytes: u64,
    /// Milliseconds between sled's own flushes.
    pub(super) flush_every_ms: u64,
}

impl Image {
    /// Opens the image in the folder `name` of a store, or makes one where `create` says so.
    ///
    /// # Errors
    /// [`EngineError::Damaged`] where there is none but should be, or sled cannot read it; [`EngineError::Disk`] where
    /// the disk refuses.
    pub(super) fn open(
        store: &Path,
        name: &str,
        settings: Settings,
        create: bool,
    ) -> Result<Self, EngineError> {
        let path = store.join(name);
        let data = path.join(DATA);
        if create {
            files::make_dir(&path)?;
        } else if bytes_of(&data)? == 0 {
            return Err(EngineError::Damaged(super::damaged("its data file is missing or empty")));
        }
        clear_half_snapshots(&path)?;
        let config = sled::Config::new()
            .path(&path)
            .mode(sled::Mode::LowSpace)
            .cache_capacity(settings.cache_bytes)
            .flush_every_ms(Some(settings.flush_every_ms));
        let db = Arc::new(RwLock::new(Some(open_patiently(&config)?)));
        let guard = File::open(&data).map_err(|error| files::refused("open", &data, &error));
        // From here the handle is dropped under guard, whatever happens.
        let guard = guard.inspect_err(|_| close(&db))?;
        let image = Self {
            db,
            guard,
            data,
            #[cfg(test)]
            fault: None,
        };
        files::sync_dir(&path)?;
        Ok(image)
    }

    /// A reader for another thread.
    pub(super) fn reader(&self) -> ImageReader {
        ImageReader { db: Arc::clone(&self.db) }
    }

    /// The summary record; `None` in an image that holds nothing.
    pub(super) fn meta(&self) -> Result<Option<Vec<u8>>, EngineError> {
        self.call(|db| Ok(db.get(META)?.map(|bytes| bytes.to_vec())))
    }

    /// Whether there is any key at all.
    pub(super) fn is_empty(&self) -> Result<bool, EngineError> {
        self.call(|db| Ok(db.iter().next().transpose()?.is_none()))
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
        page(&self.db, range, back, limit)
    }

    /// Applies puts, deletes and the summary record together. Durable only after [`Image::sync`].
    pub(super) fn apply(&mut self, puts: &[Raw], deletes: &[Key], meta: &[u8]) -> Result<(), EngineError> {
        #[cfg(test)]
        let fault = self.fault.take();
        #[cfg(test)]
        if fault == Some(Fault::BeforeApply) {
            return Err(EngineError::Disk("ordered by a test".into()));
        }
        self.call(|db| {
            let mut batch = sled::Batch::default();
            for (key, value) in puts {
                batch.insert(&key.0, value.as_slice());
            }
            for key in deletes {
                batch.remove(&key.0);
            }
            batch.insert(META, meta);
            db.apply_batch(batch)
        })?;
        #[cfg(test)]
        if fault == Some(Fault::AfterApply) {
            return Err(EngineError::Disk("ordered by a test".into()));
        }
        Ok(())
    }

    /// Brings records into an image that is not whole yet and has no summary record, in small pieces.
    pub(super) fn fill(&mut self, rows: Vec<Raw>) -> Result<(), EngineError> {
        let mut piece = sled::Batch::default();
        let mut bytes = 0;
        for (key, value) in rows {
            bytes += Key::LEN + value.len();
            piece.insert(&key.0, value);
            if bytes >= PIECE {
                self.piece(std::mem::take(&mut piece))?;
                bytes = 0;
            }
        }
        if bytes > 0 { self.piece(piece) } else { Ok(()) }
    }

    /// Applies a small piece of something large, waits until sled has written it, and rests.
    fn piece(&self, piece: sled::Batch) -> Result<(), EngineError> {
        self.call(|db| {
            db.apply_batch(piece)?;
            db.flush()
        })?;
        std::thread::sleep(REST);
        Ok(())
    }

    /// Makes everything applied so far survive a power cut.
    pub(super) fn sync(&self) -> Result<(), EngineError> {
        self.call(|db| db.flush().map(|_| ()))?;
        self.guard.sync_data().map_err(|error| files::refused("sync", &self.data, &error))
    }

    /// Closes the image; returns once no thread of sled can change its files any more.
    pub(super) fn close(self) -> Result<(), EngineError> {
        self.sync()?;
        let data = self.data.clone();
        drop(self);
        let refused = |error: &std::io::Error| files::refused("close", &data, error);
        let file = File::open(&data).map_err(|error| refused(&error))?;
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
        call(&self.db, work)
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        close(&self.db);
    }
}

impl ImageReader {
    /// Up to `limit` records of a range.
    ///
    /// # Errors
    /// [`EngineError::Disk`] once the image was closed.
    pub(super) fn page(
        &self,
        range: (Bound<Key>, Bound<Key>),
        limit: usize,
    ) -> Result<Vec<Raw>, EngineError> {
        page(&self.db, range, false, limit)
    }
}

/// Runs a call on a handle; a panic becomes an error.
fn call<T>(handle: &Handle, work: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T, EngineError> {
    let db = handle.read().unwrap_or_else(PoisonError::into_inner);
    match &*db {
        Some(db) => guarded(|| work(db)),
        None => Err(EngineError::Disk("the store's image was closed; try again".into())),
    }
}

/// Drops a handle under guard. One that fails while closing has nothing left to save: the journal holds every commit.
fn close(handle: &Handle) {
    let db = handle.write().unwrap_or_else(PoisonError::into_inner).take();
    let _ = guarded(|| {
        drop(db);
        Ok(())
    });
}

fn page(
    handle: &Handle,
    range: (Bound<Key>, Bound<Key>),
    back: bool,
    limit: usize,
) -> Result<Vec<Raw>, EngineError> {
    let bytes = |bound: Bound<Key>| bound.map(|key| key.0);
    let range = (bytes(range.0), bytes(range.1));
    let rows: Vec<(Vec<u8>, Vec<u8>)> = call(handle, |db| {
        let owned = |row: sled::Result<(sled::IVec, sled::IVec)>| {
            row.map(|(key, value)| (key.to_vec(), value.to_vec()))
        };
        let rows = db.range::<[u8; Key::LEN], _>(range);
        if back { rows.rev().take(limit).map(owned).collect() } else { rows.take(limit).map(owned).collect() }
    })?;
    let keyed = rows.into_iter().map(|(key, value)| match <[u8; Key::LEN]>::try_from(key) {
        Ok(key) => Ok((Key(key), value)),
        Err(_) => Err(EngineError::Damaged(super::damaged("it holds a key of a strange length"))),
    });
    keyed.collect()
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
        hasher.update(&bytes_of(&name)?.to_be_bytes());
        if file_name != DATA {
            hasher.update(&std::fs::read(&name).map_err(look)?);
        }
    }
    Ok(*hasher.finalize().as_bytes())
}

/// Bytes of the image's data file; 0 where there is none.
pub(super) fn data_bytes(store: &Path) -> Result<u64, EngineError> {
    bytes_of(&store.join(DIR).join(DATA))
}

fn bytes_of(path: &Path) -> Result<u64, EngineError> {
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
        _ => EngineError::Damaged(super::damaged("its data cannot be read")),
    }
}

/// sled unwraps some refusals of the disk; those are not damage. The message itself is not shown: it may quote bytes.
fn classify_panic(payload: &(dyn Any + Send)) -> EngineError {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
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
}
