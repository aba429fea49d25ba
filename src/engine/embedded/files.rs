//! Small file work for the store directory, with errors in plain words.
//!
//! Owns modes (directories 0700, files 0600), write-then-rename and syncing of directories. It knows nothing of records.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::engine::EngineError;

/// Opens no link: what lies behind one is somebody else's file.
const NO_LINK: i32 = rustix::fs::OFlags::NOFOLLOW.bits() as i32;

/// Where damaged files of a store are kept until a person removes them.
pub(super) const ASIDE: &str = "damaged";

/// A refusal of the disk, in plain words. `doing` reads as "could not" and what was being done.
pub(super) fn refused(doing: &str, path: &Path, error: &io::Error) -> EngineError {
    EngineError::Disk(format!("could not {doing} {}: {}", path.display(), refusal(error.kind())))
}

/// What the disk said, and what helps. It promises nothing about what was written before.
pub(super) fn refusal(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "The disk is full: make room and try again."
        }
        io::ErrorKind::PermissionDenied => "Permission was denied: check who owns the store's folder.",
        io::ErrorKind::ReadOnlyFilesystem => "The disk can only be read.",
        io::ErrorKind::NotFound => "It is not there.",
        _ => "The disk did not do what was asked: check it before you go on.",
    }
}

/// Makes a directory and its parents, private to the OS user.
pub(super) fn make_dir(dir: &Path) -> Result<(), EngineError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|error| refused("make the folder", dir, &error))
}

/// Makes a store's folder private to the OS user before a store is made in it.
pub(super) fn make_private(dir: &Path) -> Result<(), EngineError> {
    make_dir(dir)?;
    if open_to(dir, 0o077)? {
        let made = fs::set_permissions(dir, fs::Permissions::from_mode(0o700));
        made.map_err(|error| refused("make private", dir, &error))?;
    }
    check_private(dir)
}

/// Makes the folder of a store private where others could read in it, and refuses it where others could write: they may have
/// exchanged or linked what lies there.
pub(super) fn check_private(dir: &Path) -> Result<(), EngineError> {
    if open_to(dir, 0o022)? {
        return Err(EngineError::Disk(format!(
            "others on this computer can write in {}. Concord opens no store there. Make the folder yours alone \
             (chmod 700), then look with: concord verify",
            dir.display()
        )));
    }
    if open_to(dir, 0o055)? {
        // It is ours to read, so what others could see until now is sealed.
        let _ = fs::set_permissions(dir, fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

fn open_to(dir: &Path, bits: u32) -> Result<bool, EngineError> {
    let about = fs::metadata(dir).map_err(|error| refused("look at", dir, &error))?;
    Ok(about.mode() & bits != 0)
}

/// Opens a private file for reading and writing, making it when missing; its content stays. A link is refused.
pub(super) fn open_private(path: &Path) -> Result<File, EngineError> {
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(NO_LINK)
        .open(path);
    opened.map_err(|error| {
        if fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink()) {
            let path = path.display();
            return EngineError::Disk(format!(
                "{path} is a link to another file, which somebody put there. Concord follows none: remove the link."
            ));
        }
        refused("open", path, &error)
    })
}

/// Begins a private file of which nothing may be there: what an attempt that was cut short left is removed, and a link is
/// removed and not followed.
pub(super) fn begin_private(path: &Path) -> Result<File, EngineError> {
    remove(path)?;
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    made.map_err(|error| refused("write", path, &error))
}

/// Copies a file into a private one.
pub(super) fn copy_private(from: &Path, to: &Path) -> Result<(), EngineError> {
    let mut file = begin_private(to)?;
    let copied =
        File::open(from).and_then(|mut from| io::copy(&mut from, &mut file)).and_then(|_| file.sync_all());
    copied.map_err(|error| refused("copy", to, &error))
}

/// Writes a small file so that it is there whole or not at all, durably.
pub(super) fn write_whole(dir: &Path, name: &str, content: &[u8]) -> Result<(), EngineError> {
    let (path, temporary) = (dir.join(name), dir.join(format!("{name}.new")));
    let mut file = begin_private(&temporary)?;
    let written = (|| {
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&temporary, &path)
    })();
    written.map_err(|error| refused("write", &path, &error))?;
    sync_dir(dir)
}

/// Writes a small private file outside a store, whole or not at all, and makes its folder if it is missing.
///
/// # Errors
/// If the folder or the file cannot be written.
pub fn write_outside(dir: &Path, name: &str, content: &[u8]) -> Result<(), EngineError> {
    make_dir(dir)?;
    write_whole(dir, name, content)
}

/// Makes the names in a directory durable.
pub(super) fn sync_dir(dir: &Path) -> Result<(), EngineError> {
    let synced = File::open(dir).and_then(|file| file.sync_all());
    synced.map_err(|error| refused("sync the folder", dir, &error))
}

/// Bytes of all files below `dir`; what cannot be read counts nothing.
pub(super) fn bytes_below(dir: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    let sizes = entries.flatten().map(|entry| match entry.metadata() {
        Ok(about) if about.is_dir() => bytes_below(&entry.path()),
        Ok(about) => about.len(),
        Err(_) => 0,
    });
    sizes.sum()
}

/// Bytes free to this OS user on the disk that holds `dir`; `None` where the disk does not say.
pub(super) fn bytes_free(dir: &Path) -> Option<u64> {
    let about = rustix::fs::statvfs(dir).ok()?;
    about.f_bavail.checked_mul(about.f_frsize)
}

/// The files `<number>.<ending>` of a directory, by number; none where there is no directory.
pub(super) fn numbered(dir: &Path, ending: &str) -> Result<Vec<(u64, PathBuf)>, EngineError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refused("look into", dir, &error)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| refused("look into", dir, &error))?.path();
        let number = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
        if let Some(number) = number.filter(|_| path.extension().is_some_and(|found| found == ending)) {
            found.push((number, path));
        }
    }
    found.sort();
    Ok(found)
}

/// Removes a file or a directory with all it holds; nothing there is fine.
pub(super) fn remove(path: &Path) -> Result<(), EngineError> {
    let removed = match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(refused("remove", path, &error)),
        _ => Ok(()),
    }
}

/// Moves something of a store into its folder `damaged`, under a name of its own, durably. Answers where it is now.
pub(super) fn set_aside(store: &Path, path: &Path) -> Result<PathBuf, EngineError> {
    let aside = store.join(ASIDE);
    make_dir(&aside)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut number = 1;
    let target = loop {
        let target = aside.join(format!("{number}-{name}"));
        if fs::symlink_metadata(&target).is_err() {
            break target;
        }
        number += 1;
    };
    fs::rename(path, &target).map_err(|error| refused("set aside", path, &error))?;
    sync_dir(&aside)?;
    path.parent().map_or(Ok(()), sync_dir)?;
    Ok(target)
}
