//! The files outside the store in which the newest checkpoint of it is kept, and the failures at its door.
//!
//! It is the OS user's, one for each store and folder, so that a backup that is restored somewhere else to be looked at is no
//! older state of this one. It holds nothing of anybody but what is public in the store.

use crate::engine::embedded;
use crate::service::seen::Seen;
use crate::vault;
use etcetera::{BaseStrategy, choose_base_strategy};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// A file of the user's state folder.
#[derive(Debug)]
pub(super) struct SeenFile {
    folder: PathBuf,
    name: String,
}

impl SeenFile {
    /// The file for what was last seen of this store; `None` for a user without a home.
    pub(super) fn of(store: &Path, id: &[u8; 16]) -> Option<Self> {
        Self::named(b"concord seen v1", store, id)
    }

    /// The file for the failures at its door.
    pub(super) fn of_door(store: &Path, id: &[u8; 16]) -> Option<Self> {
        Self::named(b"concord door v1", store, id)
    }

    fn named(what: &[u8], store: &Path, id: &[u8; 16]) -> Option<Self> {
        let dirs = choose_base_strategy().ok()?;
        let folder = dirs.state_dir().unwrap_or_else(|| dirs.data_dir()).join("concord").join("seen");
        let store = store.canonicalize().ok()?;
        let hash = vault::blake3(&[what, id, store.as_os_str().as_bytes()]);
        let name = format!("{:032x}", u128::from_be_bytes(*hash.first_chunk()?));
        Some(Self { folder, name })
    }
}

impl Seen for SeenFile {
    fn last(&self) -> Option<Vec<u8>> {
        // Nothing that was ever kept is longer.
        const MOST: u64 = 4096;
        let path = self.folder.join(&self.name);
        let about = std::fs::symlink_metadata(&path).ok()?;
        (about.is_file() && about.len() <= MOST).then(|| std::fs::read(path).ok()).flatten()
    }

    fn keep(&self, checkpoint: &[u8]) {
        let _ = embedded::write_outside(&self.folder, &self.name, checkpoint);
    }
}
