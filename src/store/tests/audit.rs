//! The audit chain.

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

fn key(number: u32) -> Key {
    Key::new(Kind::Audit as u8, DESK.0, number)
}

#[test]
fn events_are_appended_without_a_key_and_read_newest_first_with_it() {
    let mut desk = Desk::new();
    append(&mut desk, 1..=7);
    let secret = pair().secret.into();
    let page = desk.store.audit_read(&secret, 3, None).unwrap();
    let numbers: Vec<u32> = page.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [7, 6, 5]);
    assert_eq!(page[0].event, Some(event(7)));
    let page = desk.store.audit_read(&secret, 9, Some(5)).unwrap();
    assert_eq!(page.len(), 4);
    let stranger = BoxPair::derive(&[4; 32]).secret.into();
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
    let page = desk.store.audit_read(&pair().secret.into(), 9, None).unwrap();
    assert!(page.iter().all(|entry| entry.event.is_none()));
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

#[test]
fn an_event_of_a_desk_that_is_not_here_breaks_the_chain() {
    let mut desk = Desk::new();
    append(&mut desk, 1..=3);
    let elsewhere = Store::new(Box::new(desk.raw.twin()), *desk.store.id(), DeskId([7; 16]));
    let mut transaction = elsewhere.begin([0x55; 16]);
    transaction.audit(&pair().public, elsewhere.audit_head().unwrap(), &event(1)).unwrap();
    let batch = elsewhere.seal_keyless(&transaction).unwrap();
    assert_eq!(desk.store.commit(&batch), Outcome::Ok);
    assert_eq!(desk.store.audit_verify().unwrap(), AuditReport { events: 4, broken_at: Some(1) });
    assert_eq!(desk.store.audit_head().unwrap().number, 3, "each desk has a chain of its own");
}
