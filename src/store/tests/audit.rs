//! The audit chain and the anchor.

use super::*;
use crate::domain::{Act, AuditEvent, Moment};

fn event(n: u32) -> AuditEvent {
    AuditEvent {
        at: Moment(i64::from(n)),
        who: Some(ROSA),
        act: Act::ChartOpened,
        client: Some(JO),
        number: n,
        count: 1,
        ..AuditEvent::default()
    }
}

fn pair() -> BoxPair {
    BoxPair::derive(&[3; 32])
}

/// Appends events without any secret, one commit each.
fn append(desk: &mut Desk, numbers: std::ops::RangeInclusive<u32>) {
    for n in numbers {
        let head = desk.store.audit_head().unwrap();
        let mut transaction = desk.begin();
        transaction.audit(&pair().public, head, &event(n)).unwrap();
        let batch = desk.store.seal_keyless(&transaction).unwrap();
        assert_eq!(desk.store.commit(&batch), Outcome::Ok);
    }
}

/// A unit as the service writes it: a record, its event, the anchor.
fn unit(desk: &mut Desk, number: u32) {
    let head = desk.store.audit_head().unwrap();
    let mut transaction = desk.begin();
    transaction.put(JO, number, Expect::Absent, &problem(JO, number, "a")).unwrap();
    let head = transaction.audit(&pair().public, head, &event(number)).unwrap();
    transaction.anchor(head, Moment(0));
    desk.commit(&transaction);
}

fn key(number: u32) -> Key {
    Key::new(Kind::Audit as u8, DESK.0, number)
}

#[test]
fn events_are_appended_without_a_key_and_read_newest_first_with_it() {
    let mut desk = Desk::new();
    append(&mut desk, 1..=7);
    let secret = pair().secret;
    let page = desk.store.audit_read(&secret, 3, None).unwrap();
    let numbers: Vec<u32> = page.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [7, 6, 5]);
    assert_eq!(page[0].event, Some(event(7)));
    let page = desk.store.audit_read(&secret, 9, Some(5)).unwrap();
    assert_eq!(page.len(), 4);
    let stranger = BoxPair::derive(&[4; 32]).secret;
    assert!(desk.store.audit_read(&stranger, 9, None).unwrap().iter().all(|e| e.event.is_none()));
    assert_eq!(desk.store.audit_verify().unwrap(), AuditReport { events: 7, broken_at: None });
}

#[test]
fn several_events_in_one_batch_stay_in_order() {
    let mut desk = Desk::new();
    let mut head = desk.store.audit_head().unwrap();
    let mut transaction = desk.begin();
    for n in 1..=3 {
        head = transaction.audit(&pair().public, head, &event(n)).unwrap();
    }
    let batch = desk.store.seal_keyless(&transaction).unwrap();
    assert_eq!(desk.store.commit(&batch), Outcome::Ok);
    assert_eq!(desk.store.audit_head().unwrap(), head);
    assert_eq!(desk.store.audit_verify().unwrap().broken_at, None);
}

#[test]
fn the_chain_shows_altered_missing_and_swapped_events() {
    let mut whole = Desk::new();
    append(&mut whole, 1..=300);
    let values: Vec<Vec<u8>> = (1..=300).map(|n| whole.value(&key(n))).collect();
    let broken = |desk: &mut Desk, at: u32| {
        assert_eq!(desk.store.audit_verify().unwrap().broken_at, Some(at));
        let all: Vec<(Key, Vec<u8>)> = (1..).map(key).zip(values.iter().cloned()).collect();
        desk.forge(&all);
        assert_eq!(desk.store.audit_verify().unwrap(), AuditReport { events: 300, broken_at: None });
    };
    let mut bent = values[99].clone();
    *bent.last_mut().unwrap() ^= 1;
    whole.forge(&[(key(100), bent)]);
    broken(&mut whole, 101); // the event itself is opaque; the next one does not fit it
    whole.forge(&[(key(100), values[100].clone()), (key(101), values[99].clone())]);
    broken(&mut whole, 100);
    whole.forge(&[(key(100), Vec::new())]);
    broken(&mut whole, 100);
    let id = whole.id();
    let gone = Batch { id, puts: Vec::new(), deletes: vec![(key(100), Rev(1))] };
    assert_eq!(whole.raw.commit(&gone), Outcome::Ok);
    broken(&mut whole, 100);
}

#[test]
fn an_event_does_not_open_at_another_number() {
    let mut desk = Desk::new();
    append(&mut desk, 1..=2);
    let (one, two) = (desk.value(&key(1)), desk.value(&key(2)));
    desk.forge(&[(key(1), two), (key(2), one)]);
    let page = desk.store.audit_read(&pair().secret, 9, None).unwrap();
    assert!(page.iter().all(|entry| entry.event.is_none()));
}

#[test]
fn the_anchor_holds_and_may_be_led_by_events_and_drafts() {
    let mut desk = Desk::new();
    assert_eq!(desk.store.check_anchor(&desk.key).unwrap(), AnchorFinding::Holds, "nothing there yet");
    unit(&mut desk, 1);
    unit(&mut desk, 2);
    assert_eq!(desk.store.check_anchor(&desk.key).unwrap(), AnchorFinding::Holds);
    let anchor = desk.repo().anchor().unwrap().unwrap();
    assert_eq!((anchor.seq, anchor.count, anchor.grew), (1, 3, 2));
    append(&mut desk, 3..=4);
    let found = desk.store.check_anchor(&desk.key).unwrap();
    assert_eq!(found, AnchorFinding::Led { commits: 2, events: 2 });
    assert!(found.sound());
}

#[test]
fn the_anchor_shows_a_cut_audit_a_younger_anchor_and_a_missing_one() {
    let mut desk = Desk::new();
    unit(&mut desk, 1);
    let young = desk.raw.copy();
    unit(&mut desk, 2);
    let anchor = Key::new(Kind::Anchor as u8, [0; 16], 1);
    let id = desk.id();
    let cut = Batch { id, puts: Vec::new(), deletes: vec![(key(2), Rev(1))] };
    let value = desk.value(&anchor);
    assert_eq!(desk.raw.commit(&cut), Outcome::Ok);
    assert_eq!(desk.store.check_anchor(&desk.key).unwrap(), AnchorFinding::AuditDiffers);
    // An older store that was given only the newer anchor: it is before the unit or lacks its event.
    let mut old = Store::new(Box::new(young.twin()), [9; 16], DESK);
    let put = Put { key: anchor, expect: Expect::At(Rev(1)), value };
    let mixed =
        SealedBatch { batch: Batch { id: [77; 16], puts: vec![put], deletes: Vec::new() }, kept: Vec::new() };
    assert_eq!(old.commit(&mixed), Outcome::Ok);
    assert!(!old.check_anchor(&desk.key).unwrap().sound());
    let gone = SealedBatch {
        batch: Batch { id: [78; 16], puts: Vec::new(), deletes: vec![(anchor, Rev(2))] },
        kept: Vec::new(),
    };
    assert_eq!(old.commit(&gone), Outcome::Ok);
    assert_eq!(old.check_anchor(&desk.key).unwrap(), AnchorFinding::Missing);
}

#[test]
fn the_anchor_shows_a_store_behind_it_and_a_wrong_count() {
    let mut desk = Desk::new();
    unit(&mut desk, 1);
    let anchor = desk.repo().anchor().unwrap().unwrap();
    let mut forged = |anchor: Anchor, rev: u32| {
        desk.put(Owner::AGENCY, 1, Expect::At(Rev(rev)), &anchor);
        desk.store.check_anchor(&desk.key).unwrap()
    };
    assert_eq!(forged(Anchor { seq: 9, ..anchor }, 1), AnchorFinding::StoreBehind);
    assert_eq!(forged(Anchor { seq: 2, grew: 7, ..anchor }, 2), AnchorFinding::CountDiffers);
}

#[test]
fn the_anchor_shows_a_public_key_that_was_exchanged() {
    let mut desk = Desk::new();
    let (mut login, _) = Login::create(&desk.store, ROSA, "rosa", "words", Cost::FLOOR).unwrap();
    let head = desk.store.audit_head().unwrap();
    let mut transaction = desk.begin();
    transaction.put(ROSA, 1, Expect::Absent, &login).unwrap();
    transaction.anchor(head, Moment(0));
    desk.commit(&transaction);
    assert_eq!(desk.store.check_anchor(&desk.key).unwrap(), AnchorFinding::Holds);
    unit(&mut desk, 1);
    assert_eq!(
        desk.store.check_anchor(&desk.key).unwrap(),
        AnchorFinding::Holds,
        "and a later unit keeps it"
    );
    append(&mut desk, 2..=2);
    assert!(desk.store.check_anchor(&desk.key).unwrap().sound());
    login.receive_public = pair().public;
    let mut exchanged = desk.begin();
    exchanged.put(ROSA, 1, Expect::At(Rev(1)), &login).unwrap();
    let batch = desk.store.seal_keyless(&exchanged).unwrap();
    assert_eq!(desk.store.commit(&batch), Outcome::Ok);
    assert_eq!(desk.store.check_anchor(&desk.key).unwrap(), AnchorFinding::PublicDiffers);
}

#[test]
fn stored_acts_keep_their_numbers() {
    let byte = |act: Act| crate::store::codec::encode(&act).unwrap();
    for (act, number) in [
        (Act::AgencyFounded, 0),
        (Act::Locked, 4),
        (Act::ChartOpened, 16),
        (Act::DocumentSigned, 26),
        (Act::StaffListed, 36),
    ] {
        assert_eq!(byte(act), [number], "{}", act.label());
    }
    assert_eq!(
        crate::store::codec::encode(&event(2)).unwrap(),
        [&[8, 1, 4, 2, 1][..], &[1; 16], &[3, 16, 4, 1], &[0x70; 16], &[5, 2, 6, 1, 7, 0, 8, 0]].concat()
    );
}
