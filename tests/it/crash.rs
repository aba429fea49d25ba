//! The embedded engine under SIGKILL and with damaged files.
//!
//! Every commit writes a whole-state model: after it the store must be the state of exactly one commit, and of none
//! before the last one acknowledged. The child is this test binary itself.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use concord::engine::embedded::EmbeddedEngine;
use concord::engine::{Batch, Engine, EngineError, Expect, Key, Outcome, Put, Rev, Span};

use super::contract::options;

/// Tells the child where its store is; absent in an ordinary run.
const CHILD: &str = "CONCORD_CRASH_CHILD";

const KILLS: u64 = 20;

type State = BTreeMap<Key, (Rev, Vec<u8>)>;

/// Small numbers that look random and are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % limit
    }
}

fn value(seq: u64, length: u64) -> Vec<u8> {
    let mut dice = Dice(seq);
    (0..length).map(|_| dice.below(256) as u8).collect()
}

/// The batch of commit `seq` on `state`, which it brings up to date: a note, a client's summary, the counter, now and
/// then a delete, and every 25th time 100 records that cross the image's segments.
fn next(state: &mut State, seq: u64) -> Batch {
    let mut batch = Batch { id: [0; 16], ..Batch::default() };
    batch.id[..8].copy_from_slice(&seq.to_be_bytes());
    let mut write = |key: Key, value: Vec<u8>| {
        let expect = state.get(&key).map_or(Expect::Absent, |(rev, _)| Expect::At(*rev));
        state.insert(key, (expect.next(), value.clone()));
        batch.puts.push(Put { key, expect, value });
    };
    write(Key::new(0, [0; 16], 0), seq.to_be_bytes().to_vec());
    write(Key::new(1, [(seq % 8) as u8; 16], 0), value(seq, 270));
    write(Key::new(2, [(seq % 8) as u8; 16], seq as u32), value(seq, Dice(seq).below(5_000)));
    if seq.is_multiple_of(25) {
        for number in 0..100 {
            write(Key::new(3, [3; 16], number), value(seq + u64::from(number), 3_000));
        }
    }
    if seq.is_multiple_of(7) {
        let old = seq - 3;
        let key = Key::new(2, [(old % 8) as u8; 16], old as u32);
        if let Some((rev, _)) = state.remove(&key) {
            batch.deletes.push((key, rev));
        }
    }
    batch
}

fn state_at(seq: u64) -> State {
    let mut state = State::new();
    for seq in 1..=seq {
        next(&mut state, seq);
    }
    state
}

fn state_of(engine: &EmbeddedEngine) -> State {
    let rows = engine.page(&Span::all(), None, usize::MAX).unwrap();
    rows.into_iter().map(|row| (row.key, (row.rev, row.value))).collect()
}

/// Commits 1 to `commits` on a new store in `dir`.
fn build(dir: &Path, commits: u64) -> EmbeddedEngine {
    let mut engine = EmbeddedEngine::create(dir, &options()).unwrap();
    let mut state = State::new();
    for seq in 1..=commits {
        assert_eq!(engine.commit(&next(&mut state, seq)), Outcome::Ok);
    }
    engine
}

/// Not a test by itself: the process that is killed. It says a commit's number once it was acknowledged.
#[test]
#[ignore = "the child of survives_sigkill"]
fn child() {
    let Ok(dir) = std::env::var(CHILD) else { return };
    let mut engine = EmbeddedEngine::open_or_create(Path::new(&dir), &options()).unwrap();
    let mut seq = engine.head().seq;
    let mut state = state_at(seq);
    loop {
        seq += 1;
        assert_eq!(engine.commit(&next(&mut state, seq)), Outcome::Ok);
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nack {seq}").unwrap();
        out.flush().unwrap();
    }
}

/// Runs the child until it has acknowledged `acks` commits, kills it and answers the last number it had said.
fn run_and_kill(dir: &Path, acks: u64) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--ignored", "--nocapture", "--test-threads=1"])
        .env(CHILD, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ack = |line: &str| line.strip_prefix("ack ").and_then(|number| number.parse::<u64>().ok());
    let mut last = None;
    let mut heard = 0;
    while heard < acks {
        let line = lines.next().expect("the child ended by itself").unwrap();
        if let Some(seq) = ack(&line) {
            last = Some(seq);
            heard += 1;
        }
    }
    child.kill().unwrap();
    // What it still said before the signal reached it was acknowledged as well. A torn last line was not.
    for line in lines.map_while(Result::ok) {
        last = ack(&line).filter(|seq| last.is_none_or(|last| *seq == last + 1)).or(last);
    }
    child.wait().unwrap();
    last
}

#[test]
fn survives_sigkill() {
    let dir = tempfile::tempdir().unwrap();
    let store = dir.path().join("store");
    let mut dice = Dice(2);
    let mut acknowledged = 0;
    for kill in 0..KILLS {
        // One in five dies before, while or just after the store opens.
        let acks = if kill % 5 == 4 { dice.below(2) } else { 1 + dice.below(60) };
        acknowledged = run_and_kill(&store, acks).unwrap_or(acknowledged);
        let engine = EmbeddedEngine::open_or_create(&store, &options()).unwrap();
        let seq = engine.head().seq;
        assert!(seq >= acknowledged, "kill {kill}: at {seq}, {acknowledged} was acknowledged");
        assert!(state_of(&engine) == state_at(seq), "kill {kill}: not the state of commit {seq}");
        engine.verify().unwrap();
        acknowledged = seq;
    }
    assert!(acknowledged > 100, "only {acknowledged} commits: the kills came too early to show anything");
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

/// Damages one file in one of four ways and says which.
fn damage(file: &Path, case: u64, dice: &mut Dice) -> String {
    let mut bytes = fs::read(file).unwrap();
    let length = bytes.len() as u64;
    let at = dice.below(length.max(1)) as usize;
    let what = match case % 4 {
        0 => {
            bytes.truncate(at);
            "cut"
        }
        1 => {
            bytes[at] ^= 1 << dice.below(8);
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

/// Opens a damaged store: it must be whole, or say that it is damaged.
fn whole_or_said(store: &Path, seq: u64, expected: &State, what: &str) -> bool {
    let engine = match EmbeddedEngine::open_or_create(store, &options()) {
        Ok(engine) => engine,
        Err(EngineError::Damaged(_)) => return false,
        Err(error) => panic!("{what}: {error}"),
    };
    match engine.verify() {
        Ok(()) => {
            assert_eq!(engine.head().seq, seq, "{what}");
            assert!(state_of(&engine) == *expected, "{what}: other records without an error");
            true
        }
        Err(EngineError::Damaged(_)) => false,
        Err(error) => panic!("{what}: {error}"),
    }
}

#[test]
fn damaged_files_are_whole_or_said() {
    const COMMITS: u64 = 120;
    let dir = tempfile::tempdir().unwrap();
    let (clean, unclean) = (dir.path().join("clean"), dir.path().join("unclean"));
    let engine = build(&clean, COMMITS);
    copy(&clean, &unclean);
    drop(engine);
    let expected = state_at(COMMITS);
    let mut dice = Dice(7);
    let (mut whole, mut said) = (0, 0);
    for case in 0..48 {
        let store = dir.path().join(format!("case{case}"));
        copy(if case % 8 < 4 { &clean } else { &unclean }, &store);
        // The data file mostly; every sixth time any other file of the image.
        let image = store.join("image");
        let mut files: Vec<_> = fs::read_dir(&image).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.is_file());
        files.sort();
        let file =
            if case % 6 == 5 { &files[dice.below(files.len() as u64) as usize] } else { &image.join("db") };
        let what = damage(file, case, &mut dice);
        if whole_or_said(&store, COMMITS, &expected, &what) {
            whole += 1;
        } else {
            said += 1;
        }
        fs::remove_dir_all(&store).unwrap();
    }
    assert!(whole > 0 && said > 0, "whole {whole}, said {said}: the damage shows nothing");
}

#[test]
fn a_damaged_mark_or_lock_file_loses_nothing() {
    const COMMITS: u64 = 30;
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    drop(build(&whole, COMMITS));
    let expected = state_at(COMMITS);
    for (number, (file, content)) in
        [("mark", "x"), ("mark", ""), ("lock", "\u{1b}[2J")].into_iter().enumerate()
    {
        let store = dir.path().join(number.to_string());
        copy(&whole, &store);
        fs::write(store.join(file), content).unwrap();
        assert!(whole_or_said(&store, COMMITS, &expected, file), "{file}");
    }
}

/// By hand, since it needs a disk to fill: `mount -t tmpfs -o size=12m none DIR`, then
/// `CONCORD_SMALL_DISK=DIR cargo test --test it full_disk -- --ignored`.
#[test]
#[ignore = "needs a small disk named by CONCORD_SMALL_DISK"]
fn full_disk_without_a_reserve_loses_nothing() {
    let disk = std::env::var("CONCORD_SMALL_DISK").expect("CONCORD_SMALL_DISK names a small disk");
    let (store, ballast) = (Path::new(&disk).join("store"), Path::new(&disk).join("ballast"));
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
    println!("after {seq} commits: {:?}", refused.1);
    println!("reading while full: {:?}", engine.get(&Key::new(0, [0; 16], 0)).map(|_| ()));
    println!("writing while full: {:?}", engine.commit(&refused.0));
    fs::remove_file(&ballast).unwrap();
    let settled = engine.settled(&refused.0.id).unwrap();
    assert!(!(settled && matches!(refused.1, Outcome::NotSaved(_))), "said not saved, and there it is");
    if settled {
        next(&mut state, seq + 1);
        seq += 1;
    }
    assert!(state_of(&engine) == state, "not the state of commit {seq}");
    assert_eq!(engine.commit(&next(&mut state, seq + 1)), Outcome::Ok);
    drop(engine);
    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    engine.verify().unwrap();
    assert!(state_of(&engine) == state);
}
