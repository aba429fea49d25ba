//! Drafts: they come back as they were saved, and an autosave writes little.

use super::*;
use crate::domain::{Assessment, Cell, NoteDraft, Purpose, Section, Service, Severity};
use crate::engine::Span;
use crate::engine::memory::CommitFault;
use proptest::prelude::*;

fn note(texts: &[String]) -> DraftDoc {
    let sections = texts
        .iter()
        .map(|text| Section { key: "data".to_owned(), title: "Data".to_owned(), text: text.clone() })
        .collect();
    let note = NoteDraft {
        format: "DAP".to_owned(),
        service: Service { minutes: 50, ..Service::default() },
        links: vec![1, 3],
        sections,
        ..NoteDraft::default()
    };
    DraftDoc::new(JO, 1, ROSA, Moment(5), DraftBody::Note(note))
}

fn grid() -> DraftDoc {
    let cells = (1..=6)
        .map(|dimension| Cell {
            dimension,
            severity: Some(Severity::Moderate),
            symbols: vec![(1, "B".to_owned())],
            history: format!("history {dimension}"),
            words: "it is a lot\nreally".to_owned(),
            ..Cell::default()
        })
        .collect();
    let grid = Assessment {
        client: JO,
        number: 0,
        episode: 1,
        set: "ASAM3".to_owned(),
        purpose: Purpose::Reassessment,
        date: Date(20_000),
        by: ROSA,
        sources: "client, probation".to_owned(),
        cells,
        ..Assessment::default()
    };
    DraftDoc::new(JO, 2, ROSA, Moment(5), DraftBody::Assessment(grid))
}

fn open(desk: &mut Desk, doc: &DraftDoc) {
    let mut transaction = desk.begin();
    transaction.save_draft(doc, Expect::Absent);
    desk.commit(&transaction);
}

fn autosave(desk: &mut Desk, doc: &DraftDoc, rev: u32) -> SealedBatch {
    let id = desk.id();
    let mut drafts = desk.store.begin_draft(id);
    drafts.save(doc, Rev(rev));
    let batch = desk.store.seal_draft(&drafts, &desk.key).unwrap();
    assert_eq!(desk.store.commit(&batch), Outcome::Ok);
    batch
}

#[test]
fn no_draft_however_long_is_part_of_the_core() {
    let mut desk = Desk::new();
    desk.put(JO, 1, Expect::Absent, &problem(JO, 1, "a"));
    let core = desk.store.engine().core();
    let long = note(&(0..400).map(|n| format!("{n} {}\n\n", "many words ".repeat(600))).collect::<Vec<_>>());
    open(&mut desk, &long);
    let mut drafts = desk.store.begin_draft([8; 16]);
    let version = DraftVersion { seq: 1, at: Moment(6), why: KeptFor::Typing, doc: long.clone() };
    drafts.keep(&version, Expect::Absent).unwrap();
    let batch = desk.store.seal_draft(&drafts, &desk.key).unwrap();
    assert_eq!(desk.store.commit(&batch), Outcome::Ok);
    assert!(desk.repo().count(Kind::DraftPart).unwrap() > 300, "head and version are in parts");
    assert_eq!(desk.repo().count(Kind::Part).unwrap(), 0);
    assert_eq!(desk.store.engine().core(), core, "nothing of it is part of the core");
    assert!(same(desk.repo().draft(JO, 1).unwrap().unwrap().0, long));
}

/// The same but for the layout, which belongs to the store.
fn same(mut a: DraftDoc, mut b: DraftDoc) -> bool {
    a.head.layout = DraftLayout::default();
    b.head.layout = DraftLayout::default();
    a == b
}

fn check(desk: &Desk, doc: &DraftDoc) {
    let (found, _) = desk.repo().draft(doc.head.client, doc.head.number).unwrap().unwrap();
    let chunks = found.head.layout.chunks.len();
    assert!(same(found, doc.clone()));
    assert_eq!(desk.repo().count(Kind::Chunk).unwrap(), chunks as u64, "chunks left over");
}

fn prose(paragraphs: usize) -> String {
    let paragraph = |n| format!("Paragraph {n} {}\n", "and then she said ".repeat(15));
    (0..paragraphs).map(paragraph).collect::<Vec<_>>().concat()
}

#[test]
fn notes_and_grids_come_back_as_they_were() {
    let mut desk = Desk::new();
    let mut doc = note(&["what was said".to_owned(), String::new(), "the plan: é, 👩\n".to_owned()]);
    doc.head.meta = vec![7, 8];
    open(&mut desk, &doc);
    check(&desk, &doc);
    let mut desk = Desk::new();
    open(&mut desk, &grid());
    check(&desk, &grid());
    assert_eq!(desk.repo().draft(JO, 9).unwrap(), None);
}

#[test]
fn an_edit_in_the_middle_writes_one_chunk_and_the_head() {
    let mut desk = Desk::new();
    let text = prose(120);
    open(&mut desk, &note(&[text.clone(), prose(40)]));
    assert!(desk.repo().count(Kind::Chunk).unwrap() > 15);
    let edited = note(&[text.replace("Paragraph 60 ", "Paragraph 60, "), prose(40)]);
    let batch = autosave(&mut desk, &edited, 1);
    assert_eq!((batch.puts(), batch.deletes()), (2, 0));
    check(&desk, &edited);
    let batch = autosave(&mut desk, &edited, 2);
    assert_eq!((batch.puts(), batch.deletes()), (1, 0), "nothing changed: the head alone");
    for stored in desk.raw.page(&Span::all(), None, 1_000).unwrap() {
        assert!(stored.value.len() <= MAX_SEALED);
    }
}

#[test]
fn typing_at_the_end_writes_the_last_chunk_and_the_head() {
    let mut desk = Desk::new();
    let mut text = prose(40);
    open(&mut desk, &note(std::slice::from_ref(&text)));
    for rev in 1..200 {
        text.push_str("another thirty bytes of words. ");
        let batch = autosave(&mut desk, &note(std::slice::from_ref(&text)), rev);
        // A chunk that became too long is split: then there are two.
        assert!(batch.puts() <= 3, "{} puts", batch.puts());
    }
    check(&desk, &note(&[text]));
}

#[test]
fn deleting_a_draft_leaves_nothing_and_touches_no_other() {
    let mut desk = Desk::new();
    open(&mut desk, &note(&[prose(50)]));
    open(&mut desk, &grid());
    let mut transaction = desk.begin();
    transaction.delete_draft(JO, 1, Rev(1));
    desk.commit(&transaction);
    assert_eq!(desk.repo().draft(JO, 1).unwrap(), None);
    check(&desk, &grid());
}

#[test]
fn what_was_sealed_before_the_lock_is_committed_without_the_key() {
    let mut desk = Desk::new();
    open(&mut desk, &note(&["before".to_owned()]));
    let id = desk.id();
    let mut drafts = desk.store.begin_draft(id);
    drafts.save(&note(&["typed just before the lock".to_owned()]), Rev(1));
    let batch = desk.store.seal_draft(&drafts, &desk.key).unwrap();
    drop(drafts);
    desk.key = SymKey::from_bytes([0; 32]).into(); // wiped
    desk.raw.faults().next_commit(CommitFault::NotSaved);
    assert!(matches!(desk.store.commit(&batch), Outcome::NotSaved(_)));
    desk.raw.faults().next_commit(CommitFault::UnknownApplied);
    assert!(matches!(desk.store.commit(&batch), Outcome::Unknown(_)));
    assert!(desk.store.settled(&batch).unwrap());
    desk.key = SymKey::from_bytes([5; 32]).into(); // signed in again
    check(&desk, &note(&["typed just before the lock".to_owned()]));
}

#[test]
fn a_chunk_of_one_draft_does_not_open_in_another() {
    let mut desk = Desk::new();
    open(&mut desk, &note(&["a client's words".to_owned()]));
    open(&mut desk, &grid());
    let page = desk.raw.page(&Span::kind(Kind::Chunk as u8), None, 10).unwrap();
    assert_eq!(page.len(), 2);
    desk.forge(&[(page[0].key, page[1].value.clone()), (page[1].key, page[0].value.clone())]);
    assert!(matches!(desk.repo().draft(JO, 1), Err(StoreError::CannotOpen { kind: Kind::Chunk })));
    // The next save notices that the chunk does not count as it should and writes it again.
    let again = note(&["words typed again".to_owned()]);
    autosave(&mut desk, &again, 1);
    assert!(same(desk.repo().draft(JO, 1).unwrap().unwrap().0, again));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_run_of_saves_comes_back(
        saves in prop::collection::vec(prop::collection::vec("[a-zé👩\n ]{0,3000}", 0..5), 1..6),
        keep in prop::collection::vec(any::<bool>(), 30),
    ) {
        let mut desk = Desk::new();
        let mut texts: Vec<String> = Vec::new();
        open(&mut desk, &note(&texts));
        for (n, save) in saves.iter().enumerate() {
            // Some sections stay as they were, some are new: what writing looks like.
            let next = save.iter().enumerate().map(|(at, text)| {
                if keep[(n * 5 + at) % 30] { texts.get(at).unwrap_or(text).clone() } else { text.clone() }
            });
            texts = next.collect();
            let doc = note(&texts);
            autosave(&mut desk, &doc, n as u32 + 1);
            check(&desk, &doc);
        }
    }
}
