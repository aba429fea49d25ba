//! What only the embedded engine does: its files, its refusals, its recovery within a process.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::image::{Ends, Fault, Piece};
use super::medium::faulty::{self, Orders};
use super::*;
use crate::engine::{Expect, Put, Rev};

/// The store's format file.
const FORMAT: &str = "format";

pub(super) fn options() -> Options {
    let holder =
        Holder { user: "rosa".into(), host: "desk3".into(), pid: 4711, since: "2026-11-21 14:03".into() };
    Options { cache_bytes: 1 << 20, reserve_bytes: 0, holder, ..Options::usual("", &[0x2a]) }
}

pub(super) fn key(number: u32) -> Key {
    Key::new(1, [7; 16], number)
}

/// A batch that adds record `number`.
pub(super) fn adding(number: u32) -> Batch {
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

pub(super) fn copy(from: &Path, to: &Path) {
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

/// Takes a record out of an image behind the engine's back.
fn without(image: &Image, number: u32, meta: Vec<u8>) {
    let piece = Piece { deletes: vec![key(number)], ends: Ends::At(meta), ..Piece::default() };
    image.bring(vec![piece]).wait().unwrap();
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
        State::Open(files) => files.live.order(fault),
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
    assert!(fs::read_to_string(store.join(FORMAT)).unwrap().starts_with("concord store 2 "));
    let journal = fs::read_dir(store.join("journal")).unwrap().next().unwrap().unwrap().path();
    assert_eq!((mode(&store.join("journal")), mode(&journal)), (0o700, 0o600));
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
fn a_creation_cut_short_is_repeated_and_a_lost_format_file_is_written_again() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 0);
    fs::remove_file(dir.path().join(FORMAT)).unwrap();
    assert!(!exists(dir.path()));
    store_with(dir.path(), 3);
    fs::remove_file(dir.path().join(FORMAT)).unwrap();
    assert!(exists(dir.path()));
    assert!(matches!(EmbeddedEngine::create(dir.path(), &options()).err(), Some(EngineError::Disk(_))));
    assert_eq!(EmbeddedEngine::open_or_create(dir.path(), &options()).unwrap().head().seq, 3);
    assert!(dir.path().join(FORMAT).exists());
}

#[test]
fn a_newer_format_is_refused_with_its_number_and_a_flipped_bit_is_not_taken_for_one() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 1);
    let line = "concord store 3";
    let check = blake3::hash(line.as_bytes()).to_hex();
    let ours = fs::read(dir.path().join(FORMAT)).unwrap();
    fs::write(dir.path().join(FORMAT), format!("{line} {}\n", &check[..16])).unwrap();
    assert!(matches!(refusal(dir.path()), EngineError::Newer(text) if text.contains("format 3")));
    for bit in 0..ours.len() * 8 {
        let mut flipped = ours.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(dir.path().join(FORMAT), &flipped).unwrap();
        assert_eq!(format::read(dir.path()).unwrap(), Format::Unreadable, "bit {bit}");
    }
    assert_eq!(EmbeddedEngine::open(dir.path(), &options()).unwrap().head().seq, 1);
    assert_eq!(fs::read(dir.path().join(FORMAT)).unwrap(), ours);
}

#[test]
fn a_store_from_before_there_was_a_journal_is_taken_over() {
    let dir = tempfile::tempdir().unwrap();
    store_with(dir.path(), 20);
    for gone in ["journal", "mark"] {
        files::remove(&dir.path().join(gone)).unwrap();
    }
    fs::write(dir.path().join(FORMAT), "concord store 1\n").unwrap();
    let mut engine = EmbeddedEngine::open(dir.path(), &options()).unwrap();
    assert_eq!(engine.reports(), Vec::<String>::new());
    assert_eq!(engine.head().seq, 20);
    assert_eq!(engine.commit(&adding(21)), Outcome::Ok);
    drop(engine);
    // From now on the image can be lost.
    files::remove(&dir.path().join("image")).unwrap();
    let engine = EmbeddedEngine::open(dir.path(), &options()).unwrap();
    assert_eq!(engine.head().seq, 21);
    assert!(engine.reports()[0].contains("Nothing was lost"), "{:?}", engine.reports());
}

/// Harms a store (first path); the second is a young store to take parts from.
type Harm = fn(&Path, &Path);

#[test]
fn a_lost_or_exchanged_image_is_built_again_and_said() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    store_with(&whole, 20);
    let head = EmbeddedEngine::open(&whole, &options()).unwrap().head();
    let young = dir.path().join("young");
    store_with(&young, 0);
    let harm: [(&str, Harm); 6] = [
        ("no image", |store, _| fs::remove_dir_all(store.join("image")).unwrap()),
        ("no data file", |store, _| fs::remove_file(store.join("image/db")).unwrap()),
        ("an empty data file", |store, _| fs::write(store.join("image/db"), b"").unwrap()),
        ("no settings of sled", |store, _| fs::write(store.join("image/conf"), b"").unwrap()),
        ("another store's empty image", |store, young| {
            fs::remove_dir_all(store.join("image")).unwrap();
            copy(&young.join("image"), &store.join("image"));
        }),
        ("an image sled made itself, after an unclean stop", |store, _| {
            fs::remove_dir_all(store.join("image")).unwrap();
            fs::remove_file(store.join("mark")).unwrap();
            drop(Image::open(store, image::DIR, &options().settings(), true).unwrap());
        }),
    ];
    for (number, (what, harm)) in harm.into_iter().enumerate() {
        let store = dir.path().join(number.to_string());
        copy(&whole, &store);
        harm(&store, &young);
        let engine = EmbeddedEngine::open_or_create(&store, &options()).unwrap();
        assert_eq!(engine.head(), head, "{what}");
        engine.verify().unwrap();
        // An empty image is simply caught up; anything else is built again and kept aside.
        let said = engine.reports().join(" ");
        assert!(said.is_empty() || said.contains("Nothing was lost"), "{what}: {said}");
        drop(engine);
        let again = EmbeddedEngine::open(&store, &options()).unwrap();
        assert_eq!((again.head(), again.reports()), (head, Vec::new()), "{what}, again");
    }
}

#[test]
fn an_unclean_stop_is_counted_through_and_what_is_missing_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    store_with(&store, 5);
    // Take a record away behind the summary record's back.
    let image = Image::open(&store, image::DIR, &options().settings(), false).unwrap();
    let meta = image.meta().unwrap().0.unwrap();
    without(&image, 2, meta);
    image.close().unwrap();
    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    assert!(engine.get(&key(2)).unwrap().is_some());
    assert!(engine.reports()[0].contains("is damaged. It was rebuilt"), "{:?}", engine.reports());
}

#[test]
fn damage_met_while_the_store_is_open_is_mended_by_the_next_call() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    for number in 1..=5 {
        assert_eq!(engine.commit(&adding(number)), Outcome::Ok);
    }
    let meta = {
        let mut state = engine.state.borrow_mut();
        let State::Open(files) = &mut *state else { panic!("not open") };
        files.live.meta().to_bytes()
    };
    drop(engine.state.replace(State::Down));
    let image = Image::open(dir.path(), image::DIR, &options().settings(), false).unwrap();
    without(&image, 2, meta);
    drop(image);
    assert!(engine.get(&key(2)).unwrap().is_some());
    assert_eq!(engine.commit(&adding(6)), Outcome::Ok);
    assert_eq!((engine.head().count, engine.reports().len()), (6, 1));
    engine.verify().unwrap();
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
fn a_commit_that_the_image_refuses_is_saved_and_the_image_follows() {
    for fault in [Fault::BeforeApply, Fault::AfterApply] {
        let dir = tempfile::tempdir().unwrap();
        let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
        assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
        order(&engine, fault);
        assert_eq!(engine.commit(&adding(2)), Outcome::Ok);
        assert_eq!(engine.head().seq, 2);
        assert_eq!(engine.get(&key(2)).unwrap().unwrap().rev, Rev(1));
        assert!(engine.settled(&[2; 16]).unwrap());
        assert_eq!(engine.commit(&adding(3)), Outcome::Ok);
        engine.verify().unwrap();
        assert_eq!(engine.reports(), Vec::<String>::new());
        drop(engine);
        assert_eq!(EmbeddedEngine::open(dir.path(), &options()).unwrap().head().count, 3);
    }
}

/// A store whose disk obeys this test's orders, with one record in it.
fn on_a_faulty_disk(dir: &Path) -> EmbeddedEngine {
    faulty::order(Orders::default());
    let mut engine = EmbeddedEngine::create(dir, &options()).unwrap();
    assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
    engine
}

#[test]
fn a_full_disk_or_a_short_write_saves_nothing_and_work_goes_on_once_there_is_room() {
    for room in [0, 1, 100] {
        let dir = tempfile::tempdir().unwrap();
        let mut engine = on_a_faulty_disk(dir.path());
        let before = engine.head();
        faulty::order(Orders { room: Some(room), ..Orders::default() });
        for _ in 0..3 {
            let outcome = engine.commit(&adding(2));
            assert!(
                matches!(&outcome, Outcome::NotSaved(why) if why.contains("disk is full")),
                "{outcome:?}"
            );
            assert_eq!(engine.head(), before);
            assert_eq!(engine.get(&key(2)).unwrap(), None);
            assert!(engine.get(&key(1)).unwrap().is_some());
        }
        faulty::order(Orders::default());
        assert_eq!(engine.commit(&adding(2)), Outcome::Ok);
        drop(engine);
        let engine = EmbeddedEngine::open(dir.path(), &options()).unwrap();
        assert_eq!((engine.head().seq, engine.reports()), (2, Vec::new()));
        engine.verify().unwrap();
    }
}

#[test]
fn a_sync_that_fails_saves_nothing_where_the_entry_could_be_cut_off() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = on_a_faulty_disk(dir.path());
    faulty::order(Orders { failing_syncs: 1, ..Orders::default() });
    assert!(matches!(engine.commit(&adding(2)), Outcome::NotSaved(why) if why.contains("check it")));
    assert_eq!((engine.head().seq, engine.get(&key(2)).unwrap()), (1, None));
    assert_eq!(engine.commit(&adding(2)), Outcome::Ok);
    faulty::order(Orders { failing_syncs: 1, no_cut: true, ..Orders::default() });
    // Neither written durably nor cut off: nobody can say, until the journal was opened again.
    let outcome = engine.commit(&adding(3));
    faulty::order(Orders::default());
    assert!(matches!(outcome, Outcome::Unknown(_)), "{outcome:?}");
    assert!(engine.settled(&[3; 16]).unwrap(), "the entry was written whole");
    assert_eq!((engine.head().seq, engine.get(&key(3)).unwrap().unwrap().rev), (3, Rev(1)));
    assert_eq!(engine.commit(&adding(4)), Outcome::Ok);
    engine.verify().unwrap();
}

#[test]
fn an_image_moved_away_is_built_again_within_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
    order(&engine, Fault::AfterApply);
    fs::rename(dir.path().join("image"), dir.path().join("elsewhere")).unwrap();
    assert_eq!(engine.commit(&adding(2)), Outcome::Ok);
    assert!(engine.get(&key(1)).unwrap().is_some());
    assert_eq!(engine.commit(&adding(3)), Outcome::Ok);
    assert!(engine.reports()[0].contains("is missing"), "{:?}", engine.reports());
}

#[test]
fn where_journal_and_image_are_gone_damage_is_said_and_stays_said() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
    order(&engine, Fault::AfterApply);
    fs::rename(dir.path().join("image"), dir.path().join("elsewhere")).unwrap();
    fs::remove_dir_all(dir.path().join("journal")).unwrap();
    assert_eq!(engine.commit(&adding(2)), Outcome::Ok, "its file is open still");
    assert!(matches!(engine.get(&key(1)), Err(EngineError::Damaged(_))));
    assert!(matches!(engine.commit(&adding(3)), Outcome::NotSaved(_)));
    assert!(engine.settle().is_err());
    drop(engine);
    for _ in 0..2 {
        assert!(matches!(refusal(dir.path()), EngineError::Damaged(_)));
    }
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

/// A batch that writes records `from` to `to`, new or again, of the longest kind.
pub(super) fn writing(engine: &EmbeddedEngine, id: u32, numbers: std::ops::Range<u32>) -> Batch {
    let puts = numbers.map(|number| {
        let expect = engine.get(&key(number)).unwrap().map_or(Expect::Absent, |old| Expect::At(old.rev));
        Put { key: key(number), expect, value: vec![(number ^ id) as u8; crate::engine::MAX_VALUE] }
    });
    let mut batch = Batch { puts: puts.collect(), ..Batch::default() };
    batch.id[..4].copy_from_slice(&id.to_be_bytes());
    batch
}

#[test]
fn segments_follow_each_other_and_archives_made_meanwhile_let_the_old_ones_go() {
    let dir = tempfile::tempdir().unwrap();
    let archives = Archives { after_bytes: 6 << 20, after_ms: i64::MAX, keep: 2 };
    let options = Options { archives, ..options() };
    let mut engine = EmbeddedEngine::create(dir.path(), &options).unwrap();
    // 50 MiB of journal over 4 MiB of records.
    for id in 0..150 {
        let batch = writing(&engine, id, (id % 10) * 50..(id % 10) * 50 + 50);
        assert_eq!(engine.commit(&batch), Outcome::Ok);
    }
    // How many archives came by themselves depends on how fast they were made; the last two come when asked.
    for id in 150..153 {
        let batch = writing(&engine, id, 0..50);
        assert_eq!(engine.commit(&batch), Outcome::Ok);
        engine.archive_now().unwrap();
    }
    let kept = archive::list(dir.path()).unwrap();
    let segments = segment::list(dir.path()).unwrap();
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(segments[0].first > 1, "{segments:?}");
    assert!(segments[0].first <= kept[0].0 + 1, "the older archive could not be gone on from");
    let head = engine.head();
    drop(engine);
    for harm in ["image", "mark"] {
        files::remove(&dir.path().join(harm)).unwrap();
        let engine = EmbeddedEngine::open(dir.path(), &options).unwrap();
        assert_eq!(engine.head(), head, "without {harm}");
        engine.verify().unwrap();
    }
    // A damaged archive is no ground for the next one, which is made from the image then.
    {
        let whole = fs::read(&kept[1].1).unwrap();
        fs::write(&kept[1].1, &whole[..whole.len() / 2]).unwrap();
        let mut engine = EmbeddedEngine::open(dir.path(), &options).unwrap();
        assert_eq!(engine.commit(&adding(900)), Outcome::Ok);
        engine.archive_now().unwrap();
        assert_eq!(check_files(dir.path(), &options).unwrap().archives.last().unwrap().2, None);
        fs::write(&kept[1].1, whole).unwrap();
    }
    let head = EmbeddedEngine::open(dir.path(), &options).unwrap().head();
    let kept = archive::list(dir.path()).unwrap();
    // The newest archive and the image gone: the older one and the journal have it all.
    fs::write(&kept[1].1, b"no archive").unwrap();
    files::remove(&dir.path().join("image")).unwrap();
    let engine = EmbeddedEngine::open(dir.path(), &options).unwrap();
    assert_eq!(engine.head(), head);
    engine.verify().unwrap();
}

#[test]
fn a_backup_of_an_open_store_holds_what_was_acknowledged_and_is_restored_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let (store, file) = (dir.path().join("store"), dir.path().join("one.archive"));
    let options = Options { witness: Some(key(3).kind()), now: || 1_800_000_000_000, ..options() };
    let mut engine = EmbeddedEngine::create(&store, &options).unwrap();
    for number in 1..=10 {
        assert_eq!(engine.commit(&adding(number)), Outcome::Ok);
        if number == 6 {
            engine.archive_now().unwrap();
        }
    }
    let backup = backup(&store, &file, &options, &mut |_| true).unwrap();
    assert_eq!(backup.head, engine.head());
    let facts = archive_facts(&store);
    assert_eq!((facts.backed_up, facts.same_disk), (Some((1_800_000_000_000, 10)), true), "beside the store");
    assert!(backup.same_disk);
    assert_eq!(archive::trailer_of(&file).unwrap().witness.unwrap().0, key(10), "the newest of its kind");
    assert!(super::backup(&store, &file, &options, &mut |_| true).is_err(), "never over an archive");
    assert_eq!(engine.commit(&adding(11)), Outcome::Ok);
    let checked = check_files(&store, &options).unwrap();
    assert_eq!((checked.head, checked.wrong), (Some(engine.head()), Vec::new()));

    let other = dir.path().join("other");
    assert_eq!(restore(&file, &other, &options).unwrap().head, backup.head);
    assert!(restore(&file, &other, &options).is_err(), "never over a store");
    assert!(restore(&file, &store, &options).is_err());
    let mut restored = EmbeddedEngine::open(&other, &options).unwrap();
    assert_eq!((restored.head(), restored.reports()), (backup.head, Vec::new()));
    assert_eq!(restored.commit(&adding(11)), Outcome::Ok);
    assert_eq!(restored.head(), engine.head());
    drop(restored);
    files::remove(&other.join("image")).unwrap();
    assert_eq!(EmbeddedEngine::open(&other, &options).unwrap().head(), engine.head());
}

#[test]
fn no_flipped_bit_of_an_archive_goes_unseen_and_a_bad_one_restores_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (store, file) = (dir.path().join("store"), dir.path().join("one.archive"));
    store_with(&store, 3);
    backup(&store, &file, &options(), &mut |_| true).unwrap();
    let whole = fs::read(&file).unwrap();
    for bit in (0..whole.len() * 8).step_by(7) {
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(&file, &flipped).unwrap();
        assert!(matches!(check_archive(&file), Err(EngineError::Damaged(_))), "bit {bit}");
    }
    for cut in (0..whole.len()).step_by(31) {
        fs::write(&file, &whole[..cut]).unwrap();
        assert!(matches!(check_archive(&file), Err(EngineError::Damaged(_))), "cut at {cut}");
    }
    let place = dir.path().join("place");
    assert!(matches!(restore(&file, &place, &options()), Err(EngineError::Damaged(_))));
    assert!(!exists(&place));
}

#[test]
fn compaction_gives_room_back_and_keeps_everything() {
    let dir = tempfile::tempdir().unwrap();
    let mut engine = EmbeddedEngine::create(dir.path(), &options()).unwrap();
    for id in 0..120 {
        let batch = writing(&engine, id, 0..30);
        assert_eq!(engine.commit(&batch), Outcome::Ok);
    }
    let (head, before) = (engine.head(), engine.image_bytes());
    engine.compact().unwrap();
    assert!(engine.image_bytes() < before / 2, "{before} before, {} after", engine.image_bytes());
    assert_eq!(engine.head(), head);
    assert_eq!(engine.commit(&adding(99)), Outcome::Ok);
    engine.verify().unwrap();
    drop(engine);
    // Cut short between its two renames, the old image is still the image.
    fs::rename(dir.path().join("image"), dir.path().join("image.old")).unwrap();
    let engine = EmbeddedEngine::open(dir.path(), &options()).unwrap();
    assert_eq!((engine.head().seq, engine.reports()), (head.seq + 1, Vec::new()));
}
