//! An archive whose bytes were changed: it is the one that was written, or it is refused.
#![no_main]

use concord::engine::embedded::{EmbeddedEngine, Options, backup, check_archive};
use concord::engine::{Batch, Engine, Expect, Key, Put};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

/// A folder to write in, and a sound archive.
fn ground() -> &'static (tempfile::TempDir, Vec<u8>) {
    static GROUND: OnceLock<(tempfile::TempDir, Vec<u8>)> = OnceLock::new();
    GROUND.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a folder");
        let (store, file) = (dir.path().join("store"), dir.path().join("one.archive"));
        let mut engine = EmbeddedEngine::create(&store, &Options::usual("", &[])).expect("a store");
        for number in 1..=4u32 {
            let put = Put { key: Key::new(1, [7; 16], number), expect: Expect::Absent, value: vec![7; 30] };
            engine.commit(&Batch { id: [number as u8; 16], puts: vec![put], deletes: Vec::new() });
            if number == 2 {
                engine.archive_now().expect("archived");
            }
        }
        backup(&store, &file, &Options::usual("", &[]), &mut |_| true).expect("a backup");
        let sound = std::fs::read(&file).expect("bytes");
        (dir, sound)
    })
}

fuzz_target!(|input: &[u8]| {
    let [high, low, rest @ ..] = input else { return };
    let (dir, sound) = ground();
    let at = usize::from(u16::from_be_bytes([*high, *low])) % (sound.len() + 1);
    let mut bytes = sound.clone();
    bytes.resize(bytes.len().max(at + rest.len()), 0);
    bytes[at..at + rest.len()].copy_from_slice(rest);
    let path = dir.path().join("input");
    std::fs::write(&path, &bytes).expect("written");
    let whole = check_archive(&path).is_ok();
    assert_eq!(whole, bytes == *sound, "a changed archive was believed, or a sound one was not");
});
