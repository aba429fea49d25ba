//! The contract every engine keeps, run on each of them: laws of the map, atomicity, expectations, head, outcomes.

use std::collections::BTreeMap;
use std::path::Path;

use concord::engine::embedded::{EmbeddedEngine, Hang, Options};
use concord::engine::memory::{CommitFault, MemoryEngine};
use concord::engine::{
    Batch, Core, Engine, EngineError, Expect, Head, Key, MAX_VALUE, Outcome, Put, Rev, Span, Stored,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Where an engine stands while a test runs, and how it is closed and opened again.
trait Ground {
    fn new() -> Self;
    fn engine(&mut self) -> &mut dyn Engine;
    fn reopen(self) -> Self;
}

/// Kinds of the small world that are no part of the core.
const LOOSE: &[u8] = &[255];

struct InMemory(MemoryEngine);

impl Ground for InMemory {
    fn new() -> Self {
        Self(MemoryEngine::new(LOOSE))
    }

    fn engine(&mut self) -> &mut dyn Engine {
        &mut self.0
    }

    fn reopen(self) -> Self {
        Self(self.0.twin())
    }
}

struct OnDisk {
    engine: EmbeddedEngine,
    dir: tempfile::TempDir,
}

pub fn options() -> Options {
    Options { cache_bytes: 4 << 20, reserve_bytes: 0, ..Options::usual("2026-11-21 14:03", LOOSE) }
}

impl Ground for OnDisk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { engine: EmbeddedEngine::create(dir.path(), &options()).unwrap(), dir }
    }

    fn engine(&mut self) -> &mut dyn Engine {
        &mut self.engine
    }

    fn reopen(self) -> Self {
        let Self { engine, dir } = self;
        drop(engine);
        Self { engine: EmbeddedEngine::open(dir.path(), &options()).unwrap(), dir }
    }
}

/// The engine on disk whose image never answers: archive and journal do, in its place.
struct WithoutImage(OnDisk);

impl WithoutImage {
    fn hung(ground: OnDisk) -> Self {
        std::fs::write(ground.dir.path().join("hang"), "").unwrap();
        assert_eq!(ground.engine.get(&key(250, 0, 0)).unwrap(), None);
        assert!(ground.engine.needs_new_process());
        Self(ground)
    }

    fn options(dir: &Path) -> Options {
        Options { hang: Some(Hang::OnceThere(dir.join("hang"))), ..options() }
    }
}

impl Ground for WithoutImage {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let engine = EmbeddedEngine::create(dir.path(), &Self::options(dir.path())).unwrap();
        Self::hung(OnDisk { engine, dir })
    }

    fn engine(&mut self) -> &mut dyn Engine {
        &mut self.0.engine
    }

    /// What the next process opens is whole; an archive of it is what the one after that goes on from.
    fn reopen(self) -> Self {
        let OnDisk { engine, dir } = self.0;
        drop(engine);
        let mut engine = EmbeddedEngine::open(dir.path(), &Self::options(dir.path())).unwrap();
        assert_eq!((engine.reports(), engine.needs_new_process()), (Vec::new(), false));
        engine.archive_now().unwrap();
        Self::hung(OnDisk { engine, dir })
    }
}

fn key(kind: u8, owner: u8, number: u32) -> Key {
    Key::new(kind, [owner; 16], number)
}

fn put(key: Key, expect: Expect, value: &[u8]) -> Put {
    Put { key, expect, value: value.to_vec() }
}

fn batch(id: u8, puts: Vec<Put>, deletes: Vec<(Key, Rev)>) -> Batch {
    Batch { id: [id; 16], puts, deletes }
}

fn all(engine: &dyn Engine) -> Vec<Stored> {
    engine.page(&Span::all(), None, usize::MAX).unwrap()
}

/// The digest written down a second time, from its definition: a sum of BLAKE3 values, byte by byte with a carry.
fn digest(records: &[Stored]) -> [u8; 32] {
    let mut sum = [0u8; 32];
    for stored in records {
        let mut bytes = stored.key.0.to_vec();
        bytes.extend_from_slice(&stored.rev.0.to_be_bytes());
        bytes.extend_from_slice(&stored.value);
        let mut carry = 0u16;
        for (at, byte) in blake3::hash(&bytes).as_bytes().iter().enumerate() {
            let total = u16::from(sum[at]) + u16::from(*byte) + carry;
            sum[at] = (total & 0xff) as u8;
            carry = total >> 8;
        }
    }
    sum
}

/// The core written down a second time, from its definition: 1,024 sums of 16 bits over BLAKE3 output, hashed.
fn core(records: &[Stored]) -> Core {
    let mut lanes = vec![0u32; 1_024];
    let mut count = 0;
    for stored in records.iter().filter(|stored| stored.key.kind() != 255) {
        let mut bytes = stored.key.0.to_vec();
        bytes.extend_from_slice(&stored.rev.0.to_be_bytes());
        bytes.extend_from_slice(&stored.value);
        let mut own = [0u8; 2_048];
        blake3::Hasher::new().update(&bytes).finalize_xof().fill(&mut own);
        for (at, lane) in lanes.iter_mut().enumerate() {
            *lane = (*lane + u32::from(own[2 * at]) + 256 * u32::from(own[2 * at + 1])) % 65_536;
        }
        count += 1;
    }
    let bytes: Vec<u8> = lanes.iter().flat_map(|lane| [(lane % 256) as u8, (lane / 256) as u8]).collect();
    Core { count, digest: *blake3::hash(&bytes).as_bytes() }
}

/// One step of a random run. Numbers choose among a small world, so that collisions are common.
#[derive(Clone, Debug)]
enum Step {
    /// Writes to do; `true` tells the truth about what stands there, `false` lies.
    Commit(Vec<(u8, bool, Vec<u8>)>, Vec<(u8, bool)>),
    Page(u8, Option<u8>, usize, bool),
    Reopen,
}

/// 48 keys: 3 kinds (with 0 and 255), 4 owners, 4 numbers each; neighbours in every field.
fn world(choice: u8) -> Key {
    let choice = choice % 48;
    key(
        [0, 1, 255][usize::from(choice / 16)],
        [0, 1, 2, 255][usize::from(choice / 4 % 4)],
        u32::from(choice % 4),
    )
}

fn span(choice: u8) -> Span {
    let at = world(choice);
    match choice % 3 {
        0 => Span::all(),
        1 => Span::kind(at.kind()),
        _ => Span::owner(at.kind(), at.owner()),
    }
}

fn step() -> impl Strategy<Value = Step> {
    let value = prop::collection::vec(any::<u8>(), 0..40);
    let truth = prop::bool::weighted(0.95);
    let puts = prop::collection::vec((0u8..48, truth, value), 0..5);
    let deletes = prop::collection::vec((0u8..48, prop::bool::weighted(0.95)), 0..2);
    prop_oneof![
        6 => (puts, deletes).prop_map(|(puts, deletes)| Step::Commit(puts, deletes)),
        6 => (any::<u8>(), any::<Option<u8>>(), 0usize..12, any::<bool>())
            .prop_map(|(span, from, limit, back)| Step::Page(span, from, limit, back)),
        1 => Just(Step::Reopen),
    ]
}

type Naive = BTreeMap<Key, (Rev, Vec<u8>)>;

/// Builds a batch without double keys and says what must come of it.
fn plan(
    model: &Naive,
    id: u64,
    puts: &[(u8, bool, Vec<u8>)],
    deletes: &[(u8, bool)],
) -> (Batch, Result<Naive, Key>) {
    let mut planned = Batch { id: [0; 16], ..Batch::default() };
    planned.id[..8].copy_from_slice(&id.to_be_bytes());
    let mut after = model.clone();
    let mut conflict = None;
    let mut used = Vec::new();
    for (choice, honest, value) in puts {
        let key = world(*choice);
        if used.contains(&key) {
            continue;
        }
        used.push(key);
        let truth = model.get(&key).map_or(Expect::Absent, |(rev, _)| Expect::At(*rev));
        let expect = match (honest, truth) {
            (true, truth) => truth,
            (false, Expect::Absent) => Expect::At(Rev(1)),
            (false, Expect::At(rev)) => Expect::At(Rev(rev.0 + 1)),
        };
        if !honest {
            conflict = conflict.or(Some(key));
        }
        after.insert(key, (expect.next(), value.clone()));
        planned.puts.push(put(key, expect, value));
    }
    for (choice, honest) in deletes {
        let key = world(*choice);
        let Some((rev, _)) = model.get(&key).filter(|_| !used.contains(&key)) else { continue };
        used.push(key);
        if !honest {
            conflict = conflict.or(Some(key));
        }
        after.remove(&key);
        planned.deletes.push((key, Rev(rev.0 + u32::from(!honest))));
    }
    (planned, conflict.map_or(Ok(after), Err))
}

fn naive_page(model: &Naive, span: &Span, from: Option<Key>, limit: usize, back: bool) -> Vec<Stored> {
    let inside = model.iter().filter(|(key, _)| key.0.starts_with(span.prefix()));
    let stored = inside.map(|(key, (rev, value))| Stored { key: *key, rev: *rev, value: value.clone() });
    if back {
        let mut rows: Vec<_> = stored.filter(|row| from.is_none_or(|from| row.key < from)).collect();
        rows.reverse();
        rows.truncate(limit);
        rows
    } else {
        stored.filter(|row| from.is_none_or(|from| row.key > from)).take(limit).collect()
    }
}

/// Random steps on an engine and on a plain map agree at every step.
fn agrees_with_a_plain_map<G: Ground>(cases: u32) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let run = runner.run(&prop::collection::vec(step(), 1..40), |steps| {
        let mut ground = G::new();
        let mut model = Naive::new();
        let mut seq = 0;
        for (number, step) in steps.iter().enumerate() {
            match step {
                Step::Commit(puts, deletes) => {
                    let (batch, expected) = plan(&model, number as u64, puts, deletes);
                    if let Ok(after) = &expected {
                        let records = naive_page(after, &Span::all(), None, usize::MAX, false);
                        prop_assert_eq!(ground.engine().core_after(&batch), Ok(core(&records)));
                    }
                    let outcome = ground.engine().commit(&batch);
                    match expected {
                        Ok(after) => {
                            prop_assert_eq!(outcome, Outcome::Ok);
                            model = after;
                            seq += 1;
                        }
                        Err(key) => prop_assert_eq!(outcome, Outcome::Conflict(key)),
                    }
                }
                Step::Page(choice, from, limit, back) => {
                    let (span, from) = (span(*choice), from.map(world));
                    let engine = ground.engine();
                    let page = if *back {
                        engine.page_back(&span, from.as_ref(), *limit)
                    } else {
                        engine.page(&span, from.as_ref(), *limit)
                    };
                    prop_assert_eq!(page.unwrap(), naive_page(&model, &span, from, *limit, *back));
                }
                Step::Reopen => ground = ground.reopen(),
            }
            let records = naive_page(&model, &Span::all(), None, usize::MAX, false);
            let head = Head { seq, count: records.len() as u64, digest: digest(&records) };
            prop_assert_eq!(ground.engine().head(), head);
            prop_assert_eq!(ground.engine().core(), core(&records));
        }
        prop_assert_eq!(all(ground.engine()), naive_page(&model, &Span::all(), None, usize::MAX, false));
        for choice in 0..48 {
            let found = ground.engine().get(&world(choice)).unwrap().map(|row| (row.rev, row.value));
            prop_assert_eq!(found.as_ref(), model.get(&world(choice)));
        }
        prop_assert!(ground.engine().verify().is_ok());
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
}

/// A batch with one wrong expectation among many leaves no trace of any part.
fn a_batch_is_all_or_nothing<G: Ground>() {
    let mut ground = G::new();
    let engine = ground.engine();
    let (one, two, three) = (key(1, 1, 1), key(1, 1, 2), key(1, 1, 3));
    let first = batch(1, vec![put(one, Expect::Absent, b"one"), put(two, Expect::Absent, b"two")], vec![]);
    assert_eq!(engine.commit(&first), Outcome::Ok);
    let (before, head) = (all(engine), engine.head());

    let new = || put(three, Expect::Absent, b"three");
    let wrong = [
        (batch(2, vec![new(), put(one, Expect::Absent, b"x")], vec![]), one),
        (batch(3, vec![new(), put(one, Expect::At(Rev(2)), b"x")], vec![]), one),
        (batch(4, vec![new(), put(key(9, 9, 9), Expect::At(Rev(1)), b"x")], vec![]), key(9, 9, 9)),
        (batch(5, vec![new()], vec![(two, Rev(2))]), two),
        (batch(6, vec![new()], vec![(key(9, 9, 9), Rev(1))]), key(9, 9, 9)),
    ];
    for (batch, key) in wrong {
        assert_eq!(engine.commit(&batch), Outcome::Conflict(key));
        assert_eq!((all(engine), engine.head()), (before.clone(), head));
        assert!(!engine.settled(&batch.id).unwrap());
    }
    let right = batch(7, vec![new(), put(one, Expect::At(Rev(1)), b"uno")], vec![(two, Rev(1))]);
    assert_eq!(engine.commit(&right), Outcome::Ok);
    let found: Vec<_> = all(engine).into_iter().map(|row| (row.key, row.rev, row.value)).collect();
    assert_eq!(found, [(one, Rev(2), b"uno".to_vec()), (three, Rev(1), b"three".to_vec())]);
}

/// What no engine may be asked is refused in words, and nothing is written.
fn malformed_batches_are_refused<G: Ground>() {
    let mut ground = G::new();
    let engine = ground.engine();
    let (one, two) = (key(1, 1, 1), key(1, 1, 2));
    let longest =
        batch(1, vec![put(one, Expect::Absent, &vec![7; MAX_VALUE]), put(two, Expect::Absent, b"")], vec![]);
    assert_eq!(engine.commit(&longest), Outcome::Ok);
    let (before, head) = (all(engine), engine.head());
    let twice =
        batch(2, vec![put(one, Expect::At(Rev(1)), b"a"), put(one, Expect::At(Rev(1)), b"b")], vec![]);
    let put_and_deleted = batch(3, vec![put(one, Expect::At(Rev(1)), b"a")], vec![(one, Rev(1))]);
    let too_long = batch(4, vec![put(key(1, 1, 3), Expect::Absent, &vec![7; MAX_VALUE + 1])], vec![]);
    for (batch, word) in [(twice, "twice"), (put_and_deleted, "twice"), (too_long, "too large")] {
        assert!(matches!(engine.commit(&batch), Outcome::NotSaved(why) if why.contains(word)), "{word}");
        assert_eq!((all(engine), engine.head()), (before.clone(), head));
    }
}

/// The latest 64 batches answer by id, also after the engine was opened again.
fn recent_batches_are_settled<G: Ground>() {
    let mut ground = G::new();
    for number in 0..70u8 {
        let one = put(key(1, 1, u32::from(number)), Expect::Absent, &[number]);
        assert_eq!(ground.engine().commit(&batch(number, vec![one], vec![])), Outcome::Ok);
    }
    let mut ground = ground.reopen();
    for number in 0..70u8 {
        assert_eq!(ground.engine().settled(&[number; 16]).unwrap(), number >= 6, "batch {number}");
    }
    ground.engine().settle().unwrap();
    assert_eq!(ground.engine().head().seq, 70);
    assert_eq!(all(ground.engine()).len(), 70);
}

macro_rules! contract {
    ($name:ident, $ground:ty, $cases:expr) => {
        mod $name {
            use super::*;

            #[test]
            fn agrees_with_a_plain_map() {
                super::agrees_with_a_plain_map::<$ground>($cases);
            }

            #[test]
            fn a_batch_is_all_or_nothing() {
                super::a_batch_is_all_or_nothing::<$ground>();
            }

            #[test]
            fn malformed_batches_are_refused() {
                super::malformed_batches_are_refused::<$ground>();
            }

            #[test]
            fn recent_batches_are_settled() {
                super::recent_batches_are_settled::<$ground>();
            }
        }
    };
}

contract!(memory, InMemory, 256);
contract!(embedded, OnDisk, 12);
contract!(without_image, WithoutImage, 12);

#[test]
fn a_second_opening_is_told_who_holds_the_store() {
    let ground = OnDisk::new();
    let Err(EngineError::Held(sentence)) = EmbeddedEngine::open(ground.dir.path(), &options()) else {
        panic!("the second got in")
    };
    assert!(sentence.contains("2026-11-21 14:03"), "{sentence}");
    assert!(sentence.contains(&format!("process {}", std::process::id())), "{sentence}");
}

#[test]
fn ordered_faults_of_the_memory_engine_come_once_and_in_order() {
    let mut engine = MemoryEngine::new(LOOSE);
    let faults = engine.faults();
    let add =
        |number: u8| batch(number, vec![put(key(1, 1, u32::from(number)), Expect::Absent, b"x")], vec![]);
    faults.next_commit(CommitFault::NotSaved);
    faults.next_commit(CommitFault::UnknownApplied);
    faults.next_commit(CommitFault::UnknownLost);
    faults.next_commit(CommitFault::Conflict(key(5, 5, 5)));
    assert!(matches!(engine.commit(&add(1)), Outcome::NotSaved(_)));
    assert!(matches!(engine.commit(&add(2)), Outcome::Unknown(_)));
    assert!(matches!(engine.commit(&add(3)), Outcome::Unknown(_)));
    assert_eq!(engine.commit(&add(4)), Outcome::Conflict(key(5, 5, 5)));
    assert_eq!(engine.commit(&add(5)), Outcome::Ok);
    let settled: Vec<_> = (1..=5).filter(|number| engine.settled(&[*number; 16]).unwrap()).collect();
    assert_eq!(settled, [2, 5]);
    assert_eq!(engine.head().count, 2);
    engine.verify().unwrap();
}

#[test]
fn a_full_disk_in_memory_refuses_writes_and_reads_on_until_cleared() {
    let mut engine = MemoryEngine::new(LOOSE);
    let faults = engine.faults();
    let add =
        |number: u8| batch(number, vec![put(key(1, 1, u32::from(number)), Expect::Absent, b"x")], vec![]);
    assert_eq!(engine.commit(&add(1)), Outcome::Ok);
    faults.disk_full(true);
    assert!(matches!(engine.commit(&add(2)), Outcome::NotSaved(_)));
    assert!(matches!(engine.commit(&add(2)), Outcome::NotSaved(_)));
    assert!(engine.get(&key(1, 1, 1)).unwrap().is_some());
    faults.disk_full(false);
    assert_eq!(engine.commit(&add(2)), Outcome::Ok);
    faults.unreadable(Some(EngineError::Disk("gone".into())));
    assert_eq!(engine.get(&key(1, 1, 1)), Err(EngineError::Disk("gone".into())));
    faults.unreadable(None);
    assert_eq!(all(&engine).len(), 2);
}

#[test]
fn tampering_shows_in_verify_and_a_copy_goes_its_own_way() {
    let mut engine = MemoryEngine::new(LOOSE);
    let one = key(1, 1, 1);
    assert_eq!(engine.commit(&batch(1, vec![put(one, Expect::Absent, b"x")], vec![])), Outcome::Ok);
    let older = engine.copy();
    assert_eq!(engine.commit(&batch(2, vec![put(one, Expect::At(Rev(1)), b"y")], vec![])), Outcome::Ok);
    assert_eq!(older.get(&one).unwrap().unwrap().rev, Rev(1));
    older.verify().unwrap();
    engine.faults().tamper(one, Some((Rev(1), b"x".to_vec())));
    assert!(matches!(engine.verify(), Err(EngineError::Damaged(_))));
}
