//! Records as earlier schemas wrote them: their golden bytes are still read, as what they are today.

use super::*;
use crate::domain::{
    AgencySettings, ClockTime, Date, DayFacts, Modality, NoteDraft, NoteHead, NoteText, Section, Service,
    Signature, Summary,
};

macro_rules! golden {
    ($file:literal) => {
        payloads(include_bytes!(concat!("../../../tests/fixtures/golden/", $file)))
    };
}

/// The payloads of a golden file, each with its length ahead of it.
fn payloads(mut rest: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (payload, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        all.push(payload.to_vec());
        rest = after;
    }
    all
}

fn service() -> Service {
    let modality = Some(Modality::Individual);
    Service { modality, ..Service::new(Date(20_778), ClockTime(845), 50, "individual") }
}

fn section(text: &str) -> Section {
    Section { key: "data".to_owned(), title: "Data".to_owned(), text: text.to_owned() }
}

#[test]
fn a_note_head_of_the_first_schema_is_read() {
    let read = NoteHead::decode(1, &golden!("note-head-v1.bin")[0]).unwrap();
    let at = Moment(1_790_000_000_000);
    let signature = Signature {
        by: read.signature.by,
        name: "Rosa Imani LADC".to_owned(),
        at,
        hash: [0x33; 32],
        proof: vec![0x44; 64],
        key: vec![0x55; 32],
    };
    let expected = NoteHead {
        client: read.client,
        number: 4,
        episode: 1,
        format: "DAP".to_owned(),
        service: service(),
        links: vec![3],
        addendum_to: 2,
        signature,
        late: true,
        words: 312,
        gist: "Came on time".to_owned(),
        begun: at,
        ..NoteHead::default()
    };
    assert_eq!(read, expected);
}

#[test]
fn a_text_frozen_in_the_first_schema_is_read_and_stays_the_bytes_that_were_signed() {
    let golden = &golden!("note-text-v1.bin")[0];
    let frozen = FrozenNote::decode(1, golden).unwrap();
    assert_eq!(frozen.payload(), golden);
    assert_eq!(FrozenNote::decode(2, &frozen.encode().unwrap()).unwrap(), frozen);
    let expected = NoteText {
        sections: vec![section("Came on time.")],
        client_name: "Jo Rivera".to_owned(),
        record_no: "A-1001".to_owned(),
        format: "DAP".to_owned(),
        service: service(),
        links: vec![(3, "insomnia".to_owned())],
        author: "Rosa Imani LADC".to_owned(),
        signed_at: Moment(8),
        addendum_to: 2,
        begun: Moment(8),
        ..NoteText::default()
    };
    assert_eq!(frozen.text().unwrap(), expected);
}

#[test]
fn a_draft_of_the_first_schema_is_taken_up_with_its_text() {
    let heads = golden!("draft-v1.bin");
    let head = DraftHead::decode(1, &heads[0]).unwrap();
    let body = DraftBody::put_together(&head, "Came on time.").unwrap();
    let expected = NoteDraft {
        format: "DAP".to_owned(),
        service: service(),
        links: vec![3],
        sections: vec![section("Came on time."), section("")],
        addendum_to: 2,
        ..NoteDraft::default()
    };
    assert_eq!(body, DraftBody::Note(expected));
    // Written again it is of the second schema, and no word is lost.
    let head = DraftHead::decode(2, &head.encode().unwrap()).unwrap();
    assert_eq!(DraftBody::put_together(&head, "Came on time.").unwrap(), body);
    let grid = DraftHead::decode(1, &heads[1]).unwrap();
    let text = "x".repeat(grid.layout.lengths.iter().map(|length| *length as usize).sum());
    assert!(
        matches!(DraftBody::put_together(&grid, &text).unwrap(), DraftBody::Grid(grid) if grid.cells.len() > 1)
    );
}

#[test]
fn a_body_of_a_schema_to_come_is_said_to_be_newer() {
    let mut head = DraftHead::decode(1, &golden!("draft-v1.bin")[0]).unwrap();
    head.layout.small[0] = 9;
    let refused = DraftBody::put_together(&head, "Came on time.");
    assert!(matches!(refused, Err(StoreError::Newer { schema: 9, .. })), "{refused:?}");
}

#[test]
fn settings_of_the_first_schema_are_read() {
    let read = AgencySettings::decode(1, &golden!("settings-v1.bin")[0]).unwrap();
    assert_eq!(read, AgencySettings { demo: true, ..AgencySettings::new("ASAM3", "Outpatient") });
}

#[test]
fn no_prefix_and_no_longer_payload_of_the_first_schema_is_taken() {
    fn check<R: Record>(whole: &[u8]) {
        for at in 0..whole.len() {
            assert!(R::decode(1, &whole[..at]).is_err(), "{:?} {at}", R::KIND);
        }
        assert!(R::decode(1, &[whole, &[0]].concat()).is_err(), "{:?}", R::KIND);
    }
    check::<NoteHead>(&golden!("note-head-v1.bin")[0]);
    check::<FrozenNote>(&golden!("note-text-v1.bin")[0]);
    check::<DraftHead>(&golden!("draft-v1.bin")[0]);
    check::<AgencySettings>(&golden!("settings-v1.bin")[0]);
}

#[test]
fn a_summary_of_the_first_schema_is_read() {
    let (old, new) = (golden!("summary-v1.bin"), golden!("summary-v2.bin"));
    assert_eq!(old.len(), new.len());
    for (old, new) in old.iter().zip(&new) {
        let new =
            Summary { waiting: Vec::new(), days: DayFacts::default(), ..Summary::decode(2, new).unwrap() };
        assert_eq!(Summary::decode(1, old).unwrap(), new);
    }
    assert!(Summary::decode(3, &new[0]).is_err() && Summary::decode(0, &new[0]).is_err());
}
