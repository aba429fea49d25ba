//! The whole-state model: commit `n` leads to one state, known from its number alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use concord::engine::embedded::EmbeddedEngine;
use concord::engine::{Batch, Engine, Expect, Key, Outcome, Put, Rev, Span, Stored};

use crate::contract::options;

pub type State = BTreeMap<Key, (Rev, Vec<u8>)>;

/// Small numbers that look random and are the same in every run (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
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
pub fn next(state: &mut State, seq: u64) -> Batch {
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

pub fn state_at(seq: u64) -> State {
    let mut state = State::new();
    for seq in 1..=seq {
        next(&mut state, seq);
    }
    state
}

pub fn state_of(engine: &EmbeddedEngine) -> State {
    state_in(engine.page(&Span::all(), None, usize::MAX).unwrap())
}

pub fn state_in(rows: Vec<Stored>) -> State {
    rows.into_iter().map(|row| (row.key, (row.rev, row.value))).collect()
}

/// Commits 1 to `commits` on a new store in `dir`.
pub fn build(dir: &Path, commits: u64) -> EmbeddedEngine {
    let mut engine = EmbeddedEngine::create(dir, &options()).unwrap();
    let mut state = State::new();
    for seq in 1..=commits {
        assert_eq!(engine.commit(&next(&mut state, seq)), Outcome::Ok);
    }
    engine
}

pub fn copy(from: &Path, to: &Path) {
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

/// Every file below a directory, in a fixed order.
pub fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// How often a loop runs: as told by the environment (`scripts/torture`), else as in CI.
pub fn times(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).ok().and_then(|times| times.parse().ok()).unwrap_or(usual)
}
