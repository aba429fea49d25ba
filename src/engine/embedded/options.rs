//! Settings of the embedded engine.

use std::time::Duration;

use super::image;
use super::lock::Holder;
use super::thread::{Hang, Patience};

/// Settings of the embedded engine.
#[derive(Clone, Debug)]
pub struct Options {
    /// Memory the image may use as cache, in bytes. A hint: the process needs some 200 MB more at a million records.
    pub cache_bytes: u64,
    /// How often the image tidies itself in the background, in milliseconds. Not what durability rests on.
    pub flush_every_ms: u64,
    /// Bytes that stay free on the disk: a commit that would eat into them is refused before anything is written, since
    /// after a truly full disk the image cannot even be read until there is room. 0 asks nothing of the disk beforehand.
    pub reserve_bytes: u64,
    /// Who this process says it is in the lock file.
    pub holder: Holder,
    /// Kinds whose records are no part of the core.
    pub loose: &'static [u8],
    /// Kind of the record that goes into every archive's trailer as the store's signed witness.
    pub witness: Option<u8>,
    /// When archives are made by themselves, and how many are kept.
    pub archives: Archives,
    /// When the image is given up because it does not answer.
    pub patience: Patience,
    /// An image that would be opened did not answer the process before this one: archives and journal are believed before
    /// it, where they hold as much.
    pub distrust_image: bool,
    /// A hang of the image that is brought about.
    pub hang: Option<Hang>,
    /// Milliseconds UTC by the caller's clock; only archives carry it.
    pub now: fn() -> i64,
    /// Told in plain words what takes long. Must not block.
    pub progress: fn(&str),
}

/// When archives are made by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Archives {
    /// After so many bytes of journal, or a quarter of the records' bytes where that is more.
    pub after_bytes: u64,
    /// After so many milliseconds, if anything was written since.
    pub after_ms: i64,
    /// So many are kept, at least two.
    pub keep: usize,
}

impl Options {
    /// The usual settings: 64 MiB of cache, 5 seconds, 16 MiB of reserve, an archive each day or 64 MiB of journal, three
    /// kept. `since` is the time now, as people read it.
    pub fn usual(since: &str, loose: &'static [u8]) -> Self {
        Self {
            cache_bytes: 64 << 20,
            flush_every_ms: 5_000,
            reserve_bytes: 16 << 20,
            holder: Holder::here(since),
            loose,
            witness: None,
            archives: Archives { after_bytes: 64 << 20, after_ms: 24 * 3_600_000, keep: 3 },
            patience: Patience { read: Duration::from_secs(3), step: Duration::from_secs(30) },
            distrust_image: false,
            hang: None,
            now: || 0,
            progress: |_| (),
        }
    }

    pub(super) fn settings(&self) -> image::Settings {
        image::Settings {
            cache_bytes: self.cache_bytes,
            flush_every_ms: self.flush_every_ms,
            patience: self.patience,
            hang: self.hang.clone(),
        }
    }

    pub(super) fn say(&self, what: &str) {
        (self.progress)(what);
    }
}
