//! What only the embedded engine does: its files, its refusals, its recovery within a process.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::image::{Fault, Image};
use super::*;
use crate::engine::{Expect, Put, Rev};

fn options() -> Options {
    let holder =
        Holder { user: "rosa".into(), host: "desk3".into(), pid: 4711, since: "2026-11-21 14:03".into() };
    Options { cache_bytes: 1 << 20, flush_every_ms: 5_000, reserve_bytes: 0, holder }
}

fn key(number: u32) -> Key {
    Key::new(1, [7; 16], number)
}

/// A batch that adds record `number`.
fn adding(number: u32) -> Batch {
    let put = Put { key: key(number), expect: Expect::Absent, value: vec![number as u8; 100] };
    Batch { id: [number as u8; 16], puts: vec![put], deletes: Vec::new() }
}

/// A store with records 1 to `records`, stopped cleanly.
fn store_with(dir: &Path, records: u32) {
    let mut engine = EmbeddedEngine::create(dir, &options()).unwrap();
    for number in 1..=records {
        assert_eq!(engine.commit(&adding(number)), Outcome::Ok);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The error of opening, which must be one.
fn refusal(dir: &Path) -> EngineError {
    match EmbeddedEngine::open_or_create(dir, &options()) {
        Ok(_) => panic!("it opened"),
        Err(error) => error,
    }
}

fn order(engine: &EmbeddedEngine, fault: Fault) {
    match &mut *engine.state.borrow_mut() {
        State::Live(live) => live.order(fault),
        _ => panic!("not open"),
    }
}

#[test]
fn what_we_make_is_private_to_the_os_user() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("agency");
    let _engine = EmbeddedEngine::create(&store, &options()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&store), 0o700);
    assert_eq!(mode(&store.join("image")), 0o700);
    for file in ["lock", FORMAT, "mark"] {
        assert_eq!(mode(&store.join(file)), 0o600, "{file}");
    }
    assert_eq!(fs::read_to_string(store.join(FORMAT)).unwrap(), "concord store 1\n");
}

#[test]
fn nothing_is_opened_where_nothing_was_set_up() {
    let dir = tempfile::tempdir().unwrap();
    for place in [dir.path().to_owned(), dir.path().join("nowhere")] {
        assert!(!exists(&place));
        let error = EmbeddedEngine::open(&place, &options()).err().unwrap();
        assert!(matches!(&error, EngineError::Disk(text) if text.contains("concord init")), "{error}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn an_agency_is_never_created_over_another() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 3);
    assert!(matches!(EmbeddedEngine::create(dir.path(), &options()).err(), Some(EngineError::Disk(_))));
    assert_eq!(EmbeddedEngine::open(dir.path(), &options()).unwrap().head().count, 3);
}

#[test]
fn a_creation_cut_short_is_repeated_but_records_without_a_format_are_damage() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 0);
    fs::remove_file(dir.path().join(FORMAT)).unwrap();
    EmbeddedEngine::open_or_create(dir.path(), &options()).unwrap().commit(&adding(1));
    fs::remove_file(dir.path().join(FORMAT)).unwrap();
    assert!(matches!(refusal(dir.path()), EngineError::Damaged(_)));
    assert!(matches!(EmbeddedEngine::open(dir.path(), &options()).err(), Some(EngineError::Damaged(_))));
    assert!(!exists(dir.path()));
}

#[test]
fn a_newer_format_is_refused_with_its_number() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 1);
    fs::write(dir.path().join(FORMAT), "concord store 2\n").unwrap();
    assert!(matches!(refusal(dir.path()), EngineError::Newer(text) if text.contains("format 2")));
    fs::write(dir.path().join(FORMAT), "concord st").unwrap();
    assert!(matches!(refusal(dir.path()), EngineError::Damaged(_)));
}

#[test]
fn an_agency_is_never_silently_empty() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    store_with(&whole, 20);
    let young = dir.path().join("young");
    store_with(&young, 0);
    type Harm = fn(&Path, &Path);
    let harm: [(&str, Harm); 5] = [
        ("no image", |store, _| fs::remove_dir_all(store.join("image")).unwrap()),
        ("no data file", |store, _| fs::remove_file(store.join("image/db")).unwrap()),
        ("an empty data file", |store, _| fs::write(store.join("image/db"), b"").unwrap()),
        ("another store's empty image", |store, young| {
            fs::remove_dir_all(store.join("image")).unwrap();
            copy(&young.join("image"), &store.join("image"));
        }),
        ("an image sled made itself, after an unclean stop", |store, _| {
            fs::remove_dir_all(store.join("image")).unwrap();
            fs::remove_file(store.join("mark")).unwrap();
            drop(Image::open(store, 1 << 20, 5_000, true).unwrap());
        }),
    ];
    for (number, (what, harm)) in harm.into_iter().enumerate() {
        let store = dir.path().join(number.to_string());
        copy(&whole, &store);
        harm(&store, &young);
        assert!(matches!(refusal(&store), EngineError::Damaged(_)), "{what}");
        // And it stays refused: the attempt changed nothing that would let the next one in.
        assert!(matches!(refusal(&store), EngineError::Damaged(_)), "{what}, again");
    }
}

#[test]
fn an_unclean_stop_is_counted_through_and_a_clean_one_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    store_with(&store, 5);
    // Take a record away behind the summary record's back.
    let mut image = Image::open(&store, 1 << 20, 5_000, false).unwrap();
    let meta = image.meta().unwrap().unwrap();
    image.apply(&[], &[key(2)], &meta).unwrap();
    image.close().unwrap();
    let unclean = dir.path().join("unclean");
    copy(&store, &unclean);
    fs::remove_file(unclean.join("mark")).unwrap();
    assert!(matches!(refusal(&unclean), EngineError::Damaged(_)));

    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    assert!(matches!(engine.verify(), Err(EngineError::Damaged(_))));
    // Once known, damage is the answer to everything.
    assert!(matches!(engine.get(&key(1)), Err(EngineError::Damaged(_))));
}

#[test]
fn an_open_store_copied_as_a_crash_would_leave_it_opens_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (store, left) = (dir.path().join("store"), dir.path().join("left"));
    let mut engine = EmbeddedEngine::create(&store, &options()).unwrap();
    for number in 1..=30 {
        assert_eq!(engine.commit(&adding(number)), Outcome::Ok);
    }
    copy(&store, &left);
    let again = EmbeddedEngine::open(&left, &options()).unwrap();
    assert_eq!(again.head(), engine.head());
    again.verify().unwrap();
}

#[test]
fn a_snapshot_that_sled_only_began_to_write_is_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 5);
    for half in [&b""[..], &[7; 40]] {
        fs::write(dir.path().join("image/snap.0FFFFFFFFFFFFFFF.generating"), half).unwrap();
        let engine = EmbeddedEngine::open(dir.path(), &options()).unwrap();
        assert_eq!(engine.head().count, 5);
        engine.verify().unwrap();
    }
}

#[test]
fn a_commit_that_failed_before_it_was_applied_is_not_saved_and_work_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
    let before = engine.head();
    order(&engine, Fault::BeforeApply);
    assert!(matches!(engine.commit(&adding(2)), Outcome::NotSaved(_)));
    assert_eq!(engine.head(), before);
    assert_eq!(engine.get(&key(2)).unwrap(), None);
    assert!(!engine.settled(&[2; 16]).unwrap());
    assert_eq!(engine.commit(&adding(2)), Outcome::Ok);
    engine.verify().unwrap();
}

#[test]
fn a_commit_that_failed_after_it_was_applied_is_unknown_and_answered_by_its_id() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    order(&engine, Fault::AfterApply);
    assert!(matches!(engine.commit(&adding(1)), Outcome::Unknown(_)));
    assert!(engine.settled(&[1; 16]).unwrap());
    assert_eq!(engine.head().seq, 1);
    assert_eq!(engine.get(&key(1)).unwrap().unwrap().rev, Rev(1));
    assert_eq!(engine.commit(&adding(2)), Outcome::Ok);
    drop(engine);
    assert_eq!(EmbeddedEngine::open(dir.path(), &options()).unwrap().head().count, 2);
}

#[test]
fn when_the_image_cannot_be_opened_again_the_outcome_is_unknown_and_damage_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
    order(&engine, Fault::AfterApply);
    fs::rename(dir.path().join("image"), dir.path().join("elsewhere")).unwrap();
    assert!(matches!(engine.commit(&adding(2)), Outcome::Unknown(_)));
    assert!(matches!(engine.get(&key(1)), Err(EngineError::Damaged(_))));
    assert!(matches!(engine.commit(&adding(3)), Outcome::NotSaved(_)));
    assert!(engine.settle().is_err());
}

#[test]
fn a_nearly_full_disk_refuses_writes_and_still_reads() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 1);
    let full = Options { reserve_bytes: u64::MAX, ..options() };
    let mut engine = EmbeddedEngine::open(dir.path(), &full).unwrap();
    let before = engine.head();
    assert!(matches!(engine.commit(&adding(2)), Outcome::NotSaved(text) if text.contains("nearly full")));
    assert_eq!(engine.head(), before);
    assert!(engine.get(&key(1)).unwrap().is_some());
    // Removing is how room is made.
    let removing = Batch { id: [9; 16], puts: Vec::new(), deletes: vec![(key(1), Rev(1))] };
    assert_eq!(engine.commit(&removing), Outcome::Ok);
}

#[test]
fn settling_keeps_everything_and_the_lock() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
    let before = engine.head();
    engine.settle().unwrap();
    assert_eq!(engine.head(), before);
    assert!(matches!(refusal(dir.path()), EngineError::Held(text) if text.contains("rosa on desk3")));
    assert_eq!(engine.commit(&adding(2)), Outcome::Ok);
    engine.verify().unwrap();
    assert_eq!(engine.logical_bytes().unwrap(), 2 * (21 + 4 + 100));
}
