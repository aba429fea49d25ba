//! Disks that fill up, and clocks that go back.

use std::fs;
use std::path::Path;
use std::process::Command;

use concord::engine::embedded::{Archives, EmbeddedEngine, Options};
use concord::engine::{Engine, Key, Outcome, Span};

use super::model::{State, next, state_at, state_in, state_of};
use crate::contract::options;

/// A small disk of its own, where this user may mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(size: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let size = format!("size={size}");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "none"]).arg(dir.path()).output();
        mounted.is_ok_and(|done| done.status.success()).then(|| Self(dir))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_without_a_reserve_loses_nothing_and_needs_no_restart() {
    let Some(disk) = SmallDisk::mount("12m") else {
        println!("skipped: this user may not mount a small disk");
        return;
    };
    let (store, ballast) = (disk.0.path().join("store"), disk.0.path().join("ballast"));
    fs::write(&ballast, vec![1; 4 << 20]).unwrap();
    let mut engine = EmbeddedEngine::create(&store, &options()).unwrap();
    let mut state = State::new();
    let mut seq = 0;
    let refused = loop {
        let before = state.clone();
        let batch = next(&mut state, seq + 1);
        match engine.commit(&batch) {
            Outcome::Ok => seq += 1,
            outcome => {
                state = before;
                break (batch, outcome);
            }
        }
    };
    assert!(seq > 100, "full after {seq} commits");
    assert!(matches!(&refused.1, Outcome::NotSaved(why) if !why.is_empty()), "{:?}", refused.1);
    // Whatever the full disk does to reading and writing now, it is said and nothing appears later.
    let _ = engine.get(&Key::new(0, [0; 16], 0));
    let again = engine.commit(&refused.0);
    assert!(!matches!(again, Outcome::Ok | Outcome::Conflict(_)), "{again:?}");
    fs::remove_file(&ballast).unwrap();
    // What the image began while there was no room may still be told once or twice: "make room and try again".
    let settled =
        (0..5).find_map(|_| engine.settled(&refused.0.id).ok()).expect("readable without a restart");
    assert!(!settled, "said not saved, and there it is");
    let rows = (0..5).find_map(|_| engine.page(&Span::all(), None, usize::MAX).ok());
    assert!(state_in(rows.expect("readable without a restart")) == state, "not the state of commit {seq}");
    let more = next(&mut state, seq + 1);
    assert!((0..5).any(|_| engine.commit(&more) == Outcome::Ok), "writable without a restart");
    drop(engine);
    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    engine.verify().unwrap();
    assert!(state_of(&engine) == state);
}

#[test]
fn a_store_that_cannot_be_opened_on_a_full_disk_is_untouched_and_opens_once_there_is_room() {
    let Some(disk) = SmallDisk::mount("24m") else {
        println!("skipped: this user may not mount a small disk");
        return;
    };
    let (store, ballast) = (disk.0.path().join("store"), disk.0.path().join("ballast"));
    drop(super::model::build(&store, 60));
    // The image is lost, so there is much to write; then somebody fills the disk.
    fs::remove_dir_all(store.join("image")).unwrap();
    let full = fs::write(&ballast, vec![1; 40 << 20]);
    assert!(full.is_err(), "the disk is larger than it was made");
    for _ in 0..2 {
        let error = EmbeddedEngine::open(&store, &options()).err().expect("there is no room");
        assert!(error.to_string().contains("room") || error.to_string().contains("full"), "{error}");
    }
    fs::remove_file(&ballast).unwrap();
    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    assert!(state_of(&engine) == state_at(60));
}

/// Archives due at every commit, by a clock that goes backwards.
fn backwards() -> Options {
    use std::sync::atomic::{AtomicI64, Ordering};
    static NOW: AtomicI64 = AtomicI64::new(1_800_000_000_000);
    Options {
        archives: Archives { after_bytes: 10_000, after_ms: 0, keep: 2 },
        now: || NOW.fetch_sub(3_600_000, Ordering::Relaxed),
        ..options()
    }
}

#[test]
fn a_clock_that_goes_back_disturbs_neither_commits_nor_archives() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    let mut engine = EmbeddedEngine::create(&store, &backwards()).unwrap();
    let mut state = State::new();
    for seq in 1..=60 {
        assert_eq!(engine.commit(&next(&mut state, seq)), Outcome::Ok);
    }
    engine.archive_now().unwrap();
    drop(engine);
    fs::remove_dir_all(store.join("image")).unwrap();
    let engine = EmbeddedEngine::open(Path::new(&store), &backwards()).unwrap();
    assert!(state_of(&engine) == state);
}
