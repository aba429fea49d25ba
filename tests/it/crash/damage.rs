//! Files damaged behind the engine's back: one of a store that was stopped, one of a store that was killed, two at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use concord::engine::embedded::{Archives, EmbeddedEngine, Options};
use concord::engine::{Engine, Outcome};

use super::model::{Dice, State, copy, files_below, next, state_at, state_of, times};
use crate::contract::options;

/// Commits in the damaged stores, and after which an archive is made.
const COMMITS: u64 = 120;
const ARCHIVED: [u64; 3] = [30, 60, 90];

/// No archive comes by itself, so that every run damages the same files.
fn quiet() -> Options {
    Options { archives: Archives { after_bytes: 1 << 40, after_ms: i64::MAX, keep: 2 }, ..options() }
}

/// A store with archives and a journal that goes on from the older of the two kept.
fn build(store: &Path) -> EmbeddedEngine {
    let mut engine = EmbeddedEngine::create(store, &quiet()).unwrap();
    let mut state = State::new();
    for seq in 1..=COMMITS {
        assert_eq!(engine.commit(&next(&mut state, seq)), Outcome::Ok);
        if ARCHIVED.contains(&seq) {
            engine.archive_now().unwrap();
        }
    }
    engine
}

/// Damages one file in one of four ways and says which.
fn damage(file: &Path, case: u64, dice: &mut Dice) -> String {
    let mut bytes = fs::read(file).unwrap();
    let length = bytes.len() as u64;
    // Half of the cases near the end, where the newest is.
    let at = match dice.below(2) {
        0 => dice.below(length.max(1)),
        _ => length.saturating_sub(1 + dice.below(length.clamp(1, 40_000))),
    } as usize;
    let what = match case % 4 {
        0 => {
            bytes.truncate(at);
            "cut"
        }
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << dice.below(8);
            }
            "one bit"
        }
        2 => {
            bytes.iter_mut().skip(at).take(4_096).for_each(|byte| *byte = 0);
            "a page of zeros"
        }
        _ => {
            bytes.iter_mut().skip(at).take(512).for_each(|byte| *byte = dice.below(256) as u8);
            "random bytes"
        }
    };
    fs::write(file, bytes).unwrap();
    format!("case {case}: {what} at {at} of {length} in {}", file.display())
}

/// Chooses a file: each folder of the store as often as the others, so that large folders do not crowd out the rest.
fn choose(store: &Path, dice: &mut Dice) -> PathBuf {
    let mut folders: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in files_below(store) {
        folders.entry(file.parent().unwrap().to_owned()).or_default().push(file);
    }
    let folders: Vec<_> = folders.into_values().collect();
    let folder = &folders[dice.below(folders.len() as u64) as usize];
    folder[dice.below(folder.len() as u64) as usize].clone()
}

/// What came of opening a damaged store: the commit it stands at, what it said, and whether it stays so.
fn open_damaged(store: &Path, what: &str) -> (u64, Vec<String>) {
    let engine =
        EmbeddedEngine::open_or_create(store, &quiet()).unwrap_or_else(|error| panic!("{what}: {error}"));
    engine.verify().unwrap_or_else(|error| panic!("{what}: {error}"));
    // Verifying may have been what found and mended it.
    let (seq, said) = (engine.head().seq, engine.reports());
    assert!(state_of(&engine) == state_at(seq), "{what}: not the state of commit {seq}");
    drop(engine);
    let mut engine =
        EmbeddedEngine::open(store, &quiet()).unwrap_or_else(|error| panic!("{what}, again: {error}"));
    assert_eq!((engine.head().seq, engine.reports()), (seq, Vec::new()), "{what}, again");
    let mut state = state_at(seq);
    assert_eq!(engine.commit(&next(&mut state, seq + 1)), Outcome::Ok, "{what}, going on");
    (seq, said)
}

#[test]
fn one_damaged_file_of_a_stopped_store_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    drop(build(&whole));
    let mut dice = Dice(7);
    let mut mended = 0;
    for case in 0..times("CONCORD_DAMAGE", 80) {
        let store = dir.path().join("case");
        copy(&whole, &store);
        let what = damage(&choose(&store, &mut dice), case, &mut dice);
        let (seq, said) = open_damaged(&store, &what);
        assert_eq!(seq, COMMITS, "{what}: {said:?}");
        mended += u64::from(!said.is_empty());
        fs::remove_dir_all(&store).unwrap();
    }
    assert!(mended > 4, "only {mended} cases needed mending: the damage shows nothing");
}

#[test]
fn a_file_that_is_gone_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    drop(build(&whole));
    for file in files_below(&whole) {
        let store = dir.path().join("case");
        copy(&whole, &store);
        let name = file.strip_prefix(&whole).unwrap();
        fs::remove_file(store.join(name)).unwrap();
        let (seq, said) = open_damaged(&store, &name.display().to_string());
        assert_eq!(seq, COMMITS, "without {}: {said:?}", name.display());
        fs::remove_dir_all(&store).unwrap();
    }
}

#[test]
fn one_damaged_file_of_a_killed_store_loses_nothing_that_another_holds() {
    let dir = tempfile::tempdir().unwrap();
    let (running, killed) = (dir.path().join("running"), dir.path().join("killed"));
    let engine = build(&running);
    copy(&running, &killed);
    drop(engine);
    let mut dice = Dice(11);
    for case in 0..times("CONCORD_DAMAGE", 80) / 2 {
        let store = dir.path().join("case");
        copy(&killed, &store);
        let file = choose(&store, &mut dice);
        let what = damage(&file, case, &mut dice);
        let (seq, said) = open_damaged(&store, &what);
        if file.starts_with(store.join("journal")) {
            assert!(seq >= ARCHIVED[2], "{what}: {said:?}");
            assert!(seq == COMMITS || !said.is_empty(), "{what}: silent at {seq}");
        } else {
            assert_eq!(seq, COMMITS, "{what}: {said:?}");
        }
        fs::remove_dir_all(&store).unwrap();
    }
}

#[test]
fn two_damaged_files_come_back_as_some_commit_and_what_is_lost_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    drop(build(&whole));
    let mut dice = Dice(13);
    let mut lost = 0;
    for case in 0..times("CONCORD_DAMAGE", 80) {
        let store = dir.path().join("case");
        copy(&whole, &store);
        let first = choose(&store, &mut dice);
        let second = loop {
            let second = choose(&store, &mut dice);
            if second != first {
                break second;
            }
        };
        let what = [&first, &second].map(|file| damage(file, case + dice.below(4), &mut dice)).join(" and ");
        let harmed = |folder: &str| {
            [&first, &second].iter().filter(|file| file.starts_with(store.join(folder))).count()
        };
        // Image and archives and journal: whoever of them is whole proves its commit.
        let proven = if harmed("image") == 0 || harmed("journal") == 0 { COMMITS } else { ARCHIVED[2] };
        let (seq, said) = open_damaged(&store, &what);
        assert!(seq >= proven, "{what}: at {seq}, {proven} is proven; {said:?}");
        if seq < COMMITS {
            lost += 1;
            let named = format!("{} saved changes could not be brought back", COMMITS - seq);
            assert!(said.iter().any(|said| said.contains(&named)), "{what}: at {seq}, {said:?}");
        }
        fs::remove_dir_all(&store).unwrap();
    }
    println!("{lost} of the cases lost commits that no whole file held");
}
