//! The embedded engine under SIGKILL. The child is this test binary itself.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use concord::engine::embedded::{EmbeddedEngine, Options};
use concord::engine::{Engine, EngineError, Outcome};

use super::model::{Dice, next, state_at, state_of, times};
use crate::contract::options;

/// Tells the child where its store is; absent in an ordinary run.
const CHILD: &str = "CONCORD_CRASH_CHILD";

/// Tells the checking process where the store is.
pub const CHECK: &str = "CONCORD_CRASH_CHECK";

/// Tells the checking process that the one before it hung.
pub const AGAIN: &str = "CONCORD_CRASH_AGAIN";

/// Not a test by itself: the process that is killed. It says a commit's number once it was acknowledged.
#[test]
#[ignore = "the child of survives_sigkill and of scripts/torture --power"]
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
        drop(out);
        // A slower writer, by hand only: a power cut finds it between two commits more often.
        std::thread::sleep(std::time::Duration::from_micros(times("CONCORD_CRASH_PACE_US", 0)));
    }
}

/// Not a test by itself: what `scripts/torture --power` asks after each cut, and each rebuild. The store in
/// `CONCORD_CRASH_CHECK` must be the state of one commit, none before `CONCORD_CRASH_ACKED`. Says `hung` where the image did
/// not answer, and no more where a new process has to open the store.
#[test]
#[ignore = "asked by rebuilds and by scripts/torture --power"]
fn check() {
    let Ok(dir) = std::env::var(CHECK) else { return };
    let acknowledged = times("CONCORD_CRASH_ACKED", 0);
    let options = Options { distrust_image: std::env::var_os(AGAIN).is_some(), ..options() };
    let engine = match EmbeddedEngine::open_or_create(Path::new(&dir), &options) {
        Err(EngineError::Stuck(_)) => {
            println!("\nhung");
            return;
        }
        opened => opened.unwrap(),
    };
    let seq = engine.head().seq;
    assert!(seq >= acknowledged, "at {seq}, {acknowledged} was acknowledged");
    assert!(state_of(&engine) == state_at(seq), "not the state of commit {seq}");
    engine.verify().unwrap();
    if engine.needs_new_process() {
        println!("\nhung");
    }
    println!("\nstands at {seq}, said {:?}", engine.reports());
}

/// Runs the child until it has acknowledged `acks` commits, kills it and answers the last number it had said.
pub fn run_and_kill(dir: &Path, acks: u64) -> Option<u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::kill::child", "--ignored", "--nocapture", "--test-threads=1"])
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
    for kill in 0..times("CONCORD_KILLS", 50) {
        // One in five dies before, while or just after the store opens.
        let acks = if kill % 5 == 4 { dice.below(2) } else { 1 + dice.below(60) };
        acknowledged = run_and_kill(&store, acks).unwrap_or(acknowledged);
        let engine = EmbeddedEngine::open_or_create(&store, &options()).unwrap();
        let seq = engine.head().seq;
        assert!(seq >= acknowledged, "kill {kill}: at {seq}, {acknowledged} was acknowledged");
        assert!(state_of(&engine) == state_at(seq), "kill {kill}: not the state of commit {seq}");
        engine.verify().unwrap();
        for said in engine.reports() {
            assert!(said.starts_with("An unfinished entry"), "kill {kill}: {said}");
        }
        acknowledged = seq;
    }
    assert!(acknowledged > 100, "only {acknowledged} commits: the kills came too early to show anything");
}
