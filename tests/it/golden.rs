//! Golden bytes: the stored form of every kind of record, as the released schemas wrote it.
//!
//! A file holds the payloads (before sealing) of a few samples, each with its length ahead of it. When a test here
//! fails, a stored type changed its shape: give it a new schema and keep reading the old one. Only a *new* kind or
//! schema is written with `CONCORD_BLESS=1`; an existing file is never overwritten by it. Files of older schemas stay, and
//! `store/tests/older.rs` reads them. (Until the first release a schema
//! may still change in place: remove its file, then bless.)

mod samples;

use concord::domain::{HouseRules, Lexicon, Moment, NoteDraft, Section, Staff, Summary, TaskDone, WordHint};
use concord::engine::memory::MemoryEngine;
use concord::store::{
    Anchor, AuditHead, AuditRecord, Chunk, DraftBody, DraftDoc, DraftHead, DraftVersion, Expect, KeptFor,
    Kind, Outcome, Part, Place, Record, Store, SymKey,
};
use samples::*;
use std::fmt::Debug;
use std::path::PathBuf;

fn file(kind: Kind, schema: u8) -> PathBuf {
    let name = format!("{}-v{schema}.bin", kind.word().replace(' ', "-"));
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/golden").join(name)
}

/// Compares the samples with the file of their kind, both ways. Gives the kind, for the count.
fn check<R: Record + PartialEq + Debug>(samples: &[R]) -> Kind {
    let mut bytes = Vec::new();
    for sample in samples {
        let payload = sample.encode().unwrap();
        bytes.extend_from_slice(&u32::try_from(payload.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&payload);
    }
    let path = file(R::KIND, R::SCHEMA);
    if std::env::var_os("CONCORD_BLESS").is_some() && !path.exists() {
        std::fs::write(&path, &bytes).unwrap();
    }
    let golden = std::fs::read(&path).unwrap_or_else(|_| panic!("{:?} has no golden bytes", R::KIND));
    assert!(
        golden == bytes,
        "{:?}: what is written differs from the golden bytes of schema {}",
        R::KIND,
        R::SCHEMA
    );
    let mut rest = &golden[..];
    for sample in samples {
        let (length, after) = rest.split_first_chunk::<4>().unwrap();
        let (payload, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        assert!(R::decode(R::SCHEMA, payload).unwrap() == *sample, "{:?}: read back differs", R::KIND);
        rest = after;
    }
    assert!(rest.is_empty());
    R::KIND
}

/// Drafts as the store lays them out: saved and read back as heads.
fn drafts() -> Vec<DraftHead> {
    let mut store = Store::new(Box::new(MemoryEngine::new()), [1; 16]);
    let key = SymKey::from_bytes([2; 32]);
    let section = |text: &str| Section { key: s("data"), title: s("Data"), text: s(text) };
    let note = NoteDraft {
        format: s("DAP"),
        service: service(),
        links: vec![3],
        sections: vec![section("Came on time."), section("")],
        addendum_to: 2,
        answers: header_answers(),
        fields: vec![note_field()],
        objectives: vec![served()],
        serves_nothing: s("crisis"),
        session: 9,
        copied: vec![copied()],
        amends: 3,
        reason: s("wrong day"),
    };
    let bodies = [DraftBody::Note(note), DraftBody::Grid(assessments().remove(0))];
    let mut transaction = store.begin([1; 16]);
    for (number, body) in (1..).zip(bodies) {
        let mut doc = DraftDoc::new(JO, number, ROSA, Moment(5), body);
        doc.head.saved = Moment(6);
        doc.head.meta = vec![1, 2, 3];
        transaction.save_draft(&doc, Expect::Absent);
    }
    let batch = store.seal(&transaction, &key).unwrap();
    assert_eq!(store.commit(&batch), Outcome::Ok);
    store.repo(&key).list::<DraftHead>(JO).unwrap().into_iter().map(|head| head.value).collect()
}

/// Versions as they are kept: the drafts, without how they lie in chunks.
fn versions() -> Vec<DraftVersion> {
    let all = [KeptFor::Opened, KeptFor::Typing, KeptFor::Paste, KeptFor::Template, KeptFor::Replace];
    let all = all.into_iter().chain([KeptFor::Lock, KeptFor::Recovery, KeptFor::PutBack]);
    let version = |(seq, why)| {
        let section = Section { key: s("data"), title: s("Data"), text: s("Came on time.") };
        let note = NoteDraft {
            format: s("DAP"),
            service: service(),
            sections: vec![section],
            ..NoteDraft::default()
        };
        let body =
            if seq % 2 == 0 { DraftBody::Grid(assessments().remove(0)) } else { DraftBody::Note(note) };
        DraftVersion { seq, at: Moment(7), why, doc: DraftDoc::new(JO, seq, ROSA, Moment(5), body) }
    };
    (1..).zip(all).map(version).collect()
}

fn lexicon() -> Lexicon {
    let hint = WordHint { word: s("clean"), better: s("in recovery") };
    Lexicon { words: vec![s("Lakeside"), s("qi")], hints: vec![hint], quiet: true }
}

fn anchor() -> Anchor {
    let audit = AuditHead { number: 70_000, hash: [8; 32] };
    Anchor { seq: 300, count: 70_001, digest: [7; 32], grew: -2, audit, public: [9; 32] }
}

#[test]
fn every_kind_is_written_and_read_as_its_golden_bytes_say() {
    let checked = [
        check(&[front()]),
        check(&logins()),
        check(&[settings()]),
        check(&[staff()]),
        check(&[Place { bytes: vec![0, 255, 3] }]),
        check(&clients()),
        check(&[summary(), Summary::default()]),
        check(&[episode()]),
        check(&assessments()),
        check(&needs()),
        check(&[wants()]),
        check(&problems()),
        check(&[note_head()]),
        check(&[note_text()]),
        check(&note_lives()),
        check(&[remark()]),
        check(&phrases()),
        check(&[imported()]),
        check(&[import_run()]),
        check(&drafts()),
        check(&[Chunk(s("a paragraph, é\n"))]),
        check(&[Part(vec![0, 1, 255])]),
        check(&versions()),
        check(&[lexicon()]),
        check(&[anchor()]),
        check(&sessions()),
        check(&[task()]),
        check(&[TaskDone { task: task(), at: Moment(6), by: ROSA }]),
        check(&[miss()]),
        check(&[due_choice()]),
        check(&[AuditRecord { prev: [6; 32], sealed: vec![7; 90] }]),
        check(&triages()),
        check(&[cover()]),
        check(&teams()),
        check(&accesses()),
        check(&[HouseRules::default(), HouseRules { veil: true, access_hours: 8 }]),
        check(&[hand_over()]),
    ];
    for kind in Kind::ALL {
        assert!(checked.contains(kind), "{kind:?} has no golden bytes");
    }
}

#[test]
fn what_older_schemas_wrote_is_still_read() {
    let golden = std::fs::read(file(Kind::Staff, 1)).unwrap();
    let (length, payload) = golden.split_first_chunk::<4>().unwrap();
    assert_eq!(u32::from_le_bytes(*length) as usize, payload.len());
    assert_eq!(Staff::decode(1, payload).unwrap(), staff_of_schema_1());
    assert!(Staff::decode(2, payload).is_err(), "an older payload is not taken for a newer one");
}

#[test]
fn every_prefix_and_every_longer_payload_is_refused() {
    fn check<R: Record>(sample: &R) {
        let whole = sample.encode().unwrap();
        for at in 0..whole.len() {
            assert!(R::decode(R::SCHEMA, &whole[..at]).is_err(), "{:?} {at}", R::KIND);
        }
        assert!(R::decode(R::SCHEMA, &[&whole[..], &[0]].concat()).is_err(), "{:?}", R::KIND);
    }
    check(&front());
    check(&logins()[0]);
    check(&staff());
    check(&clients()[0]);
    check(&summary());
    check(&episode());
    check(&assessments()[1]);
    check(&needs()[2]);
    check(&wants());
    check(&problems()[1]);
    check(&note_head());
    check(&note_text());
    check(&note_lives()[3]);
    check(&remark());
    check(&phrases()[0]);
    check(&imported());
    check(&drafts()[0]);
    check(&anchor());
    check(&sessions()[0]);
    check(&task());
    check(&miss());
    check(&due_choice());
}
