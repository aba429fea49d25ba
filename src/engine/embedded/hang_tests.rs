//! An image that stops answering, at every call there is: what was acknowledged stays, everything is answered, and the next
//! process finds it.

use super::image::{Ends, Piece};
use super::standin::StandIn;
use super::survey::Survey;
use super::tests::{adding, copy, key, options, writing};
use super::thread::stuck;
use super::*;
use crate::engine::{Expect, Put, Rev};

fn all(engine: &EmbeddedEngine) -> Vec<Stored> {
    engine.page(&Span::all(), None, usize::MAX).unwrap()
}

/// Changes record `number`, which is there, and removes the one before it.
fn changing(number: u32) -> Batch {
    let put = Put { key: key(number), expect: Expect::At(Rev(1)), value: vec![0; 30_000 / 5] };
    Batch { id: [100 + number as u8; 16], puts: vec![put], deletes: vec![(key(number - 1), Rev(1))] }
}

/// Everything a store is asked in a day. Answers what was acknowledged.
fn day(engine: &mut EmbeddedEngine) -> (Head, Vec<Stored>) {
    for number in 1..=6 {
        assert_eq!(engine.commit(&adding(number)), Outcome::Ok, "{number}");
    }
    assert_eq!(engine.commit(&changing(4)), Outcome::Ok);
    let large = writing(engine, 50, 50..80);
    assert_eq!(engine.commit(&large), Outcome::Ok, "in several pieces");
    assert_eq!(engine.commit(&adding(6)), Outcome::Conflict(key(6)));
    engine.ahead(&[Read::One(key(1)), Read::One(key(3))]);
    assert!(engine.get(&key(1)).unwrap().is_some());
    assert_eq!(engine.get(&key(3)).unwrap(), None);
    let _ = engine.archive_now();
    assert_eq!(engine.commit(&adding(7)), Outcome::Ok);
    assert!(engine.settled(&[7; 16]).unwrap());
    engine.settle().unwrap();
    engine.verify().unwrap();
    assert_eq!(engine.page_back(&Span::kind(1), Some(&key(7)), 1).unwrap()[0].rev, Rev(1));
    (engine.head(), all(engine))
}

/// A store as [`day`] leaves it, on an image that always answers.
fn usual() -> (Head, Vec<Stored>) {
    let dir = tempfile::tempdir().unwrap();
    day(&mut EmbeddedEngine::create(dir.path(), &options()).unwrap())
}

#[test]
fn at_whichever_call_the_image_stops_answering_nothing_is_lost_and_everything_is_answered() {
    let usual = usual();
    let mut hung = 0;
    for call in 1.. {
        let dir = tempfile::tempdir().unwrap();
        let hanging = Options { hang: Some(Hang::at_call(call)), ..options() };
        match EmbeddedEngine::create(dir.path(), &hanging) {
            // No one is signed in: the next process makes the store.
            Err(error) => {
                assert_eq!(error, stuck(), "call {call}");
                drop(EmbeddedEngine::open_or_create(dir.path(), &options()).unwrap());
                hung += 1;
            }
            Ok(mut engine) => {
                assert!(day(&mut engine) == usual, "call {call}");
                let hangs = engine.needs_new_process();
                drop(engine);
                let next = EmbeddedEngine::open(dir.path(), &options()).unwrap();
                assert!((next.head(), all(&next)) == usual, "the process after call {call}");
                next.verify().unwrap();
                assert_eq!((next.reports(), next.needs_new_process()), (Vec::new(), false), "call {call}");
                if !hangs {
                    break;
                }
                hung += 1;
            }
        }
    }
    assert!(hung > 25, "only {hung} calls were hung at");
}

/// A store that was killed, whose image lacks the last commits or is gone.
fn killed(dir: &Path, image: bool) -> (Head, Vec<Stored>) {
    let (running, old) = (dir.join("running"), dir.join("old"));
    let mut engine = EmbeddedEngine::create(&running, &options()).unwrap();
    for number in 1..=5 {
        assert_eq!(engine.commit(&adding(number)), Outcome::Ok);
    }
    engine.settle().unwrap();
    copy(&running.join("image"), &old);
    let large = writing(&engine, 50, 50..80);
    assert_eq!(engine.commit(&large), Outcome::Ok);
    assert_eq!(engine.commit(&changing(4)), Outcome::Ok);
    copy(&running, &dir.join("store"));
    files::remove(&dir.join("store/image")).unwrap();
    if image {
        copy(&old, &dir.join("store/image"));
    }
    (engine.head(), all(&engine))
}

#[test]
fn an_opening_that_hangs_at_any_call_changes_nothing_and_the_next_process_opens_the_store() {
    for image in [true, false] {
        let dir = tempfile::tempdir().unwrap();
        let left = killed(dir.path(), image);
        for call in 1.. {
            let store = dir.path().join(format!("{call}"));
            copy(&dir.path().join("store"), &store);
            let hanging = Options { hang: Some(Hang::at_call(call)), ..options() };
            let (engine, hung) = match EmbeddedEngine::open(&store, &hanging) {
                Ok(engine) => (engine, false),
                Err(error) => {
                    assert_eq!(error, stuck(), "call {call}");
                    let next = Options { distrust_image: true, ..options() };
                    (EmbeddedEngine::open(&store, &next).unwrap(), true)
                }
            };
            assert!((engine.head(), all(&engine)) == left, "call {call}");
            engine.verify().unwrap();
            let said = engine.reports().concat();
            assert_eq!(said.is_empty(), image && !hung, "call {call}: {said}");
            assert!(said.is_empty() || said.contains("Nothing was lost"), "call {call}: {said}");
            if !hung {
                assert!(call > 6, "the opening makes {call} calls");
                break;
            }
        }
    }
}

#[test]
fn an_image_stopped_in_the_middle_of_a_change_is_brought_to_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let left = killed(dir.path(), true);
    let store = dir.path().join("store");
    let image = Image::open(&store, image::DIR, &options().settings(), false).unwrap();
    let survey = Survey::of(&store, 0).unwrap();
    let meta = meta::Meta::of_image(&image.meta().unwrap().0.unwrap()).unwrap();
    let changes = StandIn::since(&meta, &survey).unwrap().changes(None, 9_000).unwrap().unwrap();
    let puts =
        changes.into_iter().filter_map(|(key, row)| Some((key, live::raw(row.as_ref()?.rev, &row?.value))));
    let half = Piece { puts: puts.collect(), deletes: Vec::new(), ends: Ends::Toward(6) };
    image.bring(vec![half]).wait().unwrap();
    image.close().unwrap();
    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    assert!((engine.head(), all(&engine)) == left);
    assert_eq!(engine.reports(), Vec::<String>::new());
    drop(engine);
    // Where the journal lacks the other half, an archive has to serve, or the loss is told.
    let image = Image::open(&store, image::DIR, &options().settings(), false).unwrap();
    image.bring(vec![Piece { ends: Ends::Toward(99), ..Piece::default() }]).wait().unwrap();
    image.close().unwrap();
    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    assert!(engine.reports()[0].contains("has half of a change in it"), "{:?}", engine.reports());
    assert!(
        engine.reports()[0].contains("92 saved changes could not be brought back"),
        "{:?}",
        engine.reports()
    );
    assert!(all(&engine) == left.1);
}

#[test]
fn where_archive_and_journal_cannot_answer_either_it_is_said_and_nothing_is_saved() {
    let dir = tempfile::tempdir().unwrap();
    let hang = dir.path().join("hang");
    let hanging = Options { hang: Some(Hang::OnceThere(hang.clone())), ..options() };
    let store = dir.path().join("store");
    let mut engine = EmbeddedEngine::create(&store, &hanging).unwrap();
    assert_eq!(engine.commit(&adding(1)), Outcome::Ok);
    let journal = segment::list(&store).unwrap().remove(0).path;
    let whole = std::fs::read(&journal).unwrap();
    std::fs::write(&journal, &whole[..100]).unwrap();
    std::fs::write(&hang, "").unwrap();
    assert!(matches!(engine.commit(&adding(2)), Outcome::NotSaved(why) if why.contains("do not answer")));
    assert_eq!(engine.get(&key(1)), Err(stuck()));
    assert!(engine.needs_new_process());
    drop(engine);
    std::fs::write(&journal, &whole).unwrap();
    let engine = EmbeddedEngine::open(&store, &options()).unwrap();
    assert_eq!((engine.head().seq, engine.head().count), (1, 1));
}
