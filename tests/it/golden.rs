//! Golden bytes: the stored form of every kind of record.
//!
//! A file holds the payloads (before sealing) of a few samples, each with its length ahead of it. A field that is added
//! with a number of its own changes the bytes and harms nothing: remove the file and bless it (`CONCORD_BLESS=1`). A
//! number that changes its meaning, or is given twice, is what `fields.txt` is for: it holds every number that was ever
//! given, and lines are only ever added to it.

mod discharge;
mod groups;
mod heard;
mod plan;
mod safety;
mod samples;
mod short_forms;

use concord::domain::{
    CaseEnd, DeskId, HouseRules, Knocks, LastSignIn, Lexicon, Mismatch, MismatchCase, Moment, NoteDraft,
    PaperSize, RupturesIn, Section, Summary, TaskDone, Value, WordHint,
};
use concord::domain::{Hundredths, WordedAnswer, WordedItem, Wording};
use concord::engine::memory::MemoryEngine;
use concord::store::{
    AgencyKeys, AuditRecord, Checkpoint, Chunk, DocText, DraftBody, DraftDoc, DraftHead, DraftPart,
    DraftVersion, Expect, KeptFor, KeyTurn, Kind, Outcome, Part, Past, Place, Record, RosterLink, Store,
    SymKey, Typed,
};
use samples::*;
use std::fmt::Debug;
use std::path::PathBuf;

fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn file(kind: Kind) -> PathBuf {
    fixtures().join("golden").join(format!("{}.bin", kind.word().replace(' ', "-")))
}

fn blessed() -> bool {
    std::env::var_os("CONCORD_BLESS").is_some()
}

/// Compares the samples with the file of their kind, both ways. Gives the kind, for the count.
fn check<R: Record + PartialEq + Debug>(samples: &[R]) -> Kind {
    let mut bytes = Vec::new();
    for sample in samples {
        let payload = sample.encode().unwrap();
        bytes.extend_from_slice(&u32::try_from(payload.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&payload);
    }
    if R::KIND.keeps_past() {
        // What changed is shown field by field.
        let shown = samples[0].values();
        assert!(shown.iter().any(|(_, value)| *value != Value::Nothing), "{:?} shows nothing", R::KIND);
    }
    let path = file(R::KIND);
    if blessed() && !path.exists() {
        std::fs::write(&path, &bytes).unwrap();
    }
    let golden = std::fs::read(&path).unwrap_or_else(|_| panic!("{:?} has no golden bytes", R::KIND));
    assert!(golden == bytes, "{:?}: what is written differs from the golden bytes", R::KIND);
    let mut rest = &golden[..];
    for sample in samples {
        let (length, after) = rest.split_first_chunk::<4>().unwrap();
        let (payload, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        assert!(R::decode(payload).unwrap() == *sample, "{:?}: read back differs", R::KIND);
        rest = after;
    }
    assert!(rest.is_empty());
    R::KIND
}

/// Drafts as the store lays them out: saved and read back as heads.
fn drafts() -> Vec<DraftHead> {
    let mut store = Store::new(Box::new(MemoryEngine::new(concord::store::LOOSE)), [1; 16], DeskId([2; 16]));
    let key = AgencyKeys::from(SymKey::from_bytes([2; 32]));
    let section = |text: &str| Section { key: s("data"), title: s("Data"), text: s(text) };
    let note = NoteDraft {
        format: s("DAP"),
        service: service(),
        links: vec![3],
        sections: vec![section("Came on time."), section("")],
        addendum_to: 2,
        answers: header_answers(),
        fields: vec![note_field()],
        lines: vec![served()],
        serves_nothing: s("crisis"),
        session: 9,
        copied: vec![copied()],
        amends: 3,
        reason: s("wrong day"),
        guessed: true,
        group: groups::part(),
    };
    let bodies = [
        DraftBody::Note(note),
        DraftBody::Assessment(assessments().remove(0)),
        DraftBody::Answers(plan::client_answers()),
        DraftBody::Review(Box::new(plan::review())),
        DraftBody::Discharge(Box::new(discharge::discharge())),
        DraftBody::Safety(Box::new(safety::plan())),
    ];
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
            if seq % 2 == 0 { DraftBody::Assessment(assessments().remove(0)) } else { DraftBody::Note(note) };
        DraftVersion { seq, at: Moment(7), why, doc: DraftDoc::new(JO, seq, ROSA, Moment(5), body) }
    };
    (1..).zip(all).map(version).collect()
}

fn lexicon() -> Lexicon {
    let hint = WordHint { word: s("clean"), better: s("in recovery") };
    Lexicon { words: vec![s("Lakeside"), s("qi")], hints: vec![hint], quiet: true }
}

fn wording() -> Wording {
    let answer = WordedAnswer { key: Hundredths::whole(3), words: s("nearly every day") };
    let item = WordedItem { item: s("9"), words: s("Thoughts"), answers: vec![answer] };
    Wording {
        number: 2,
        measure: s("PHQ-9"),
        title: s("Patient Health Questionnaire"),
        version: s("2.1"),
        copyright: s("nobody's"),
        language: s("en"),
        instructions: vec![s("Over the last two weeks")],
        items: vec![item],
        by: ROSA,
        at: Moment(8),
    }
}

fn past() -> Past {
    Past {
        kind: Kind::Problem as u8,
        number: 3,
        rev: 7,
        undone: true,
        payload: vec![1, 2, 3],
        at: Moment(9),
        by: Some(ROSA),
        audit: 70_000,
    }
}

/// What a checkpoint and a link say is bytes that were signed: how they are laid out shows in what reads them.
fn checkpoint() -> Checkpoint {
    Checkpoint { frozen: vec![1, 2, 3], proof: vec![4; 64] }
}

fn mismatch() -> MismatchCase {
    let ended = Some(CaseEnd { by: ROSA, at: Moment(9), reason: s("restored") });
    let what = vec![Mismatch::RecordsDiffer, Mismatch::StaffDiffers(ROSA), Mismatch::OlderThanSeen];
    MismatchCase { number: 2, at: Moment(8), by: ROSA, what, ended }
}

#[test]
fn every_kind_is_written_and_read_as_its_golden_bytes_say() {
    let checked = [
        check(&[front()]),
        check(&logins()),
        check(&[settings()]),
        check(&[staff()]),
        check(&[Place { bytes: vec![0, 255, 3] }]),
        check(&[Typed { bytes: vec![0, 255, 3] }]),
        check(&clients()),
        check(&[summary(), Summary::default()]),
        check(&[episode()]),
        check(&needs()),
        check(&[wants()]),
        check(&problems()),
        check(&heads()),
        check(&[
            note_text(),
            DocText::none(),
            plan::version_text(),
            plan::review_text(),
            discharge::text(),
            safety::text(),
        ]),
        check(&[life()]),
        check(&[remark()]),
        check(&phrases()),
        check(&[imported()]),
        check(&[import_run()]),
        check(&drafts()),
        check(&[Chunk(s("a paragraph, é\n"))]),
        check(&[Part(vec![0, 1, 255])]),
        check(&[DraftPart(vec![0, 1, 255])]),
        check(&versions()),
        check(&[lexicon()]),
        check(&[wording()]),
        check(&[checkpoint()]),
        check(&[RosterLink { frozen: vec![5, 6], proof: vec![7; 64] }]),
        check(&[KeyTurn::default()]),
        check(&[Knocks { failed: 300 }]),
        check(&[LastSignIn { at: Moment(6), failed: 299 }]),
        check(&[mismatch()]),
        check(&[past()]),
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
        check(&[
            HouseRules::default(),
            HouseRules {
                veil: true,
                access_hours: 8,
                paper: Some(PaperSize::A4),
                ruptures: RupturesIn::Chart,
                far_apart: true,
            },
        ]),
        check(&[hand_over()]),
        check(&[same_person()]),
        check(&[set_aside()]),
        check(&legal_holds()),
        check(&purges()),
        check(&plan::goals()),
        check(&plan::objectives()),
        check(&plan::methods()),
        check(&plan::agreements()),
        check(&[plan::trail()]),
        check(&plan::basics()),
        check(&[plan::contract()]),
        check(&plan::logs()),
        check(&plan::events()),
        check(&plan::diagnoses()),
        check(&plan::helps()),
        check(&discharge::contacts()),
        check(&plan::levels()),
        check(&plan::shown()),
        check(&heard::administrations()),
        check(&[heard::critical()]),
        check(&[heard::checkin()]),
        check(&[heard::alert()]),
        check(&[heard::rupture()]),
        check(&[heard::ways()]),
        check(&short_forms::entries()),
        check(&[groups::group()]),
        check(&[groups::session()]),
    ];
    for kind in Kind::ALL {
        assert!(checked.contains(kind), "{kind:?} has no golden bytes");
    }
}

#[test]
fn every_prefix_and_every_longer_payload_is_refused() {
    fn check<R: Record>(sample: &R) {
        let whole = sample.encode().unwrap();
        for at in 0..whole.len() {
            assert!(R::decode(&whole[..at]).is_err(), "{:?} {at}", R::KIND);
        }
        assert!(R::decode(&[&whole[..], &[0]].concat()).is_err(), "{:?}", R::KIND);
    }
    check(&front());
    check(&logins()[0]);
    check(&staff());
    check(&clients()[0]);
    check(&summary());
    check(&episode());
    check(&needs()[2]);
    check(&wants());
    check(&problems()[1]);
    heads().iter().for_each(check);
    check(&life());
    check(&remark());
    check(&phrases()[0]);
    check(&imported());
    check(&drafts()[0]);
    check(&checkpoint());
    check(&mismatch());
    check(&sessions()[0]);
    check(&task());
    check(&miss());
    check(&due_choice());
}

/// Every `numbered!(Type { 1 field, ... })` of a source text, as lines `Type 1 field`.
fn numbers(source: &str, lines: &mut Vec<String>) {
    for block in source.split("numbered!(").skip(1) {
        let Some((name, rest)) = block.split_once('{') else { continue };
        let Some((fields, _)) = rest.split_once('}') else { continue };
        for field in fields.split(',').map(str::trim).filter(|field| !field.is_empty()) {
            lines.push(format!("{} {field}", name.trim()));
        }
    }
}

fn sources(folder: &std::path::Path, lines: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            sources(&path, lines);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            numbers(text.split("#[cfg(test)]").next().unwrap(), lines);
        }
    }
}

/// Why these lines do not fit what was given before: a number with another field, or a field under another number.
fn misgiven(given: &[String], now: &[String]) -> Vec<String> {
    let number = |line: &str| line.rsplit_once(' ').map(|(number, _)| number.to_owned());
    now.iter()
        .filter(|line| !given.contains(line) && given.iter().any(|old| number(old) == number(line)))
        .map(|line| format!("{line}: this number had another field"))
        .collect()
}

#[test]
fn a_number_of_a_field_is_given_once_and_for_ever() {
    let mut now = Vec::new();
    sources(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src"), &mut now);
    now.sort();
    now.dedup();
    assert!(now.len() > 300, "the sources are read: {} fields", now.len());
    let path = fixtures().join("fields.txt");
    let given = std::fs::read_to_string(&path).unwrap_or_default();
    let mut given: Vec<String> = given.lines().map(str::to_owned).collect();
    assert_eq!(misgiven(&given, &now), Vec::<String>::new());
    let fresh: Vec<String> = now.iter().filter(|line| !given.contains(line)).cloned().collect();
    if blessed() && !fresh.is_empty() {
        given.extend(fresh);
        given.sort();
        std::fs::write(&path, given.join("\n") + "\n").unwrap();
    } else {
        assert_eq!(fresh, Vec::<String>::new(), "new fields: add them with CONCORD_BLESS=1");
    }
}

#[test]
fn a_number_that_changes_hands_is_found() {
    let lines = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let given = lines(&["Task 1 id", "Task 2 text", "Task 3 due"]);
    assert_eq!(misgiven(&given, &lines(&["Task 1 id", "Task 2 text", "Task 4 place"])), Vec::<String>::new());
    assert_eq!(misgiven(&given, &lines(&["Task 1 id", "Task 3 place"])).len(), 1);
}
