//! The image built anew again and again, each time by a process of its own: sled now and then hangs while an image is
//! filled, and whoever waits must be answered all the same.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::kill::{AGAIN, CHECK, run_and_kill};
use super::model::{Dice, copy, times};

/// No process may take longer, whatever sled does: the limit of a step, and generously what else an opening does.
const LIMIT: Duration = Duration::from_secs(90);

/// So often a process that hung is followed by another, as the program starts itself again.
const MOST: usize = 3;

/// So many rebuilds of one new store, then another one is made.
const OF_ONE: u64 = 50;

/// What became of the opening of one store.
#[derive(Default)]
struct Seen {
    /// The commit it stands at.
    seq: u64,
    /// What the last process said.
    said: String,
    hangs: u64,
    /// The longest that one process took.
    longest: Duration,
}

/// Opens the store in a process, which says what it found.
fn ask(store: &Path, acknowledged: u64, again: bool) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "crash::kill::check", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(CHECK, store).env("CONCORD_CRASH_ACKED", acknowledged.to_string());
    command.envs(again.then_some((AGAIN, "1")));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let (tell, said) = channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        let _ = out.read_to_string(&mut text);
        let _ = tell.send(text);
    });
    let said = said.recv_timeout(LIMIT);
    let _ = child.kill();
    let ended = child.wait().unwrap();
    let said = said.unwrap_or_else(|_| panic!("no answer within {LIMIT:?}"));
    assert!(ended.success(), "{said}");
    said
}

/// Opens the store as the program does: a process that hangs is followed by another.
fn opened(store: &Path, acknowledged: u64) -> Seen {
    let mut seen = Seen::default();
    for again in 0..=MOST {
        let begun = Instant::now();
        let said = ask(store, acknowledged, again > 0);
        seen.longest = seen.longest.max(begun.elapsed());
        seen.hangs += u64::from(said.lines().any(|line| line == "hung"));
        let stands = said.lines().find_map(|line| line.strip_prefix("stands at "));
        if let Some((seq, said)) = stands.and_then(|stands| stands.split_once(", ")) {
            (seen.seq, seen.said) = (seq.parse().unwrap(), said.to_owned());
            return seen;
        }
    }
    panic!("{MOST} new processes did not help");
}

/// A store that was killed, and the commit it stands at.
fn killed(dir: &Path, commits: u64) -> (PathBuf, u64) {
    let store = dir.join("killed");
    let _ = fs::remove_dir_all(&store);
    let acknowledged = run_and_kill(&store, commits).unwrap();
    (store, acknowledged)
}

/// Writes zeros over the image's data, 64 KiB of every 256, as pages that never reached the disk are after a power cut.
fn damage(store: &Path, dice: &mut Dice) {
    let db = store.join("image/db");
    let mut bytes = fs::read(&db).unwrap();
    let from = dice.below(256 << 10) as usize;
    for piece in bytes.chunks_mut(256 << 10) {
        piece.iter_mut().skip(from % (192 << 10)).take(64 << 10).for_each(|byte| *byte = 0);
    }
    fs::write(db, bytes).unwrap();
}

/// Damage that is not reported is met now and then: sled opens what is left of it, and the journal brings it up to date. Whether
/// it is reported or not, the store must be whole, which the process that opens it compares record by record, and must still be
/// so when it is opened once more. Only images that were built anew are counted.
///
/// `CONCORD_REBUILD_STORE` names the folder of a store whose image is damaged; without it new ones are made.
#[test]
fn every_rebuild_answers_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let given = std::env::var_os("CONCORD_REBUILD_STORE").map(PathBuf::from);
    let commits = times("CONCORD_REBUILD_COMMITS", 60);
    let mut dice = Dice(17);
    let (mut from, mut stands) = (PathBuf::new(), 0);
    let (mut hung, mut longest) = (0, Duration::ZERO);
    let rebuilds = times("CONCORD_REBUILDS", 20);
    let (mut rebuilt, mut silent) = (0, 0);
    for rebuild in 0.. {
        if rebuilt == rebuilds {
            break;
        }
        assert!(silent <= rebuilds, "{silent} of {rebuild} damages were not reported");
        match &given {
            Some(given) => from.clone_from(given),
            None if rebuild % OF_ONE == 0 => (from, stands) = killed(dir.path(), commits),
            None => {}
        }
        let store = dir.path().join("store");
        copy(&from, &store);
        if given.is_none() {
            damage(&store, &mut dice);
        }
        let seen = opened(&store, stands);
        let anew = seen.said.contains("rebuilt") && seen.said.contains("Nothing was lost");
        assert!(anew || seen.said == "said []", "damage {rebuild}: {}", seen.said);
        if anew {
            rebuilt += 1;
        } else {
            silent += 1;
        }
        let again = opened(&store, seen.seq);
        assert_eq!((again.seq, again.said.as_str()), (seen.seq, "said []"), "damage {rebuild}, opened again");
        stands = stands.max(seen.seq);
        hung += seen.hangs + again.hangs;
        longest = longest.max(seen.longest).max(again.longest);
        fs::remove_dir_all(&store).unwrap();
    }
    println!(
        "{rebuilds} rebuilds, {silent} damages more that were whole without one, the last of {stands} commits: {hung} hangs \
         met and survived, 0 unanswered, the longest wait {:.1} s",
        longest.as_secs_f64()
    );
}
