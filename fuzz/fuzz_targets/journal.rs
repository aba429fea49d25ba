//! A journal with these bytes behind a sound beginning: reading it must say what is wrong and nothing else.
//!
//! The beginning is a real store of a few commits; the input is written into its journal at the place the first two
//! bytes say, so that entries are cut, overwritten and followed by anything.
#![no_main]

use concord::engine::embedded::{EmbeddedEngine, Options, check_files};
use concord::engine::{Batch, Engine, Expect, Key, Put};
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The store, its journal's file, and the journal's sound bytes without the zeros ahead.
fn ground() -> &'static (tempfile::TempDir, PathBuf, Vec<u8>) {
    static GROUND: OnceLock<(tempfile::TempDir, PathBuf, Vec<u8>)> = OnceLock::new();
    GROUND.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a folder");
        let mut engine = EmbeddedEngine::create(dir.path(), &Options::usual("", &[])).expect("a store");
        for number in 1..=4u32 {
            let put = Put { key: Key::new(1, [7; 16], number), expect: Expect::Absent, value: vec![7; 30] };
            engine.commit(&Batch { id: [number as u8; 16], puts: vec![put], deletes: Vec::new() });
        }
        drop(engine);
        let mut segments = std::fs::read_dir(dir.path().join("journal")).expect("a journal");
        let path = segments.next().expect("a segment").expect("a segment").path();
        let mut sound = std::fs::read(&path).expect("bytes");
        sound.truncate(sound.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1));
        (dir, path, sound)
    })
}

fuzz_target!(|input: &[u8]| {
    let [high, low, rest @ ..] = input else { return };
    let (dir, path, sound) = ground();
    let at = usize::from(u16::from_be_bytes([*high, *low])) % (sound.len() + 1);
    let mut bytes = sound.clone();
    bytes.resize(bytes.len().max(at + rest.len()), 0);
    bytes[at..at + rest.len()].copy_from_slice(rest);
    std::fs::write(path, &bytes).expect("written");
    let found = check_files(dir.path(), &Options::usual("", &[])).expect("read");
    assert!(found.entries <= 4 || bytes.len() > sound.len(), "entries from nowhere: {found:?}");
});
