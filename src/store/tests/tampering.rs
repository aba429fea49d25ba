//! What somebody with the files and without the key can do to a record: nothing that opens.

use super::*;
use crate::domain::numbered;
use crate::engine::Span;
use crate::store::record::{decode_as, encode_as};

fn key(kind: Kind, client: ClientId, number: u32) -> Key {
    Key::new(kind as u8, client.0, number)
}

fn refused(desk: &Desk, client: ClientId, number: u32) -> bool {
    matches!(desk.repo().get::<Problem>(client, number), Err(StoreError::CannotOpen { kind: Kind::Problem }))
}

#[test]
fn values_do_not_open_at_another_number_another_client_or_another_kind() {
    let mut desk = Desk::new();
    desk.put(JO, 1, Expect::Absent, &problem(JO, 1, "a"));
    desk.put(JO, 2, Expect::Absent, &problem(JO, 2, "b"));
    desk.put(SAM, 1, Expect::Absent, &problem(SAM, 1, "c"));
    let (one, two, other) =
        (key(Kind::Problem, JO, 1), key(Kind::Problem, JO, 2), key(Kind::Problem, SAM, 1));
    let (a, b, c) = (desk.value(&one), desk.value(&two), desk.value(&other));
    desk.forge(&[(one, b.clone()), (two, a.clone())]);
    assert!(refused(&desk, JO, 1) && refused(&desk, JO, 2) && !refused(&desk, SAM, 1));
    desk.forge(&[(one, c.clone()), (other, a.clone()), (two, b)]);
    assert!(refused(&desk, JO, 1) && refused(&desk, SAM, 1) && !refused(&desk, JO, 2));
    desk.forge(&[(key(Kind::Wants, JO, 1), a.clone())]);
    let moved = desk.repo().get::<crate::domain::Wants>(JO, 1);
    assert!(matches!(moved, Err(StoreError::CannotOpen { kind: Kind::Wants })));
    desk.forge(&[(one, a), (other, c)]);
    assert!(!refused(&desk, JO, 1) && !refused(&desk, SAM, 1), "put back, all is well");
}

#[test]
fn every_flipped_byte_and_every_prefix_of_a_value_is_refused() {
    let mut desk = Desk::new();
    desk.put(JO, 1, Expect::Absent, &problem(JO, 1, "a"));
    let at = key(Kind::Problem, JO, 1);
    let whole = desk.value(&at);
    for byte in 0..whole.len() {
        let mut bent = whole.clone();
        bent[byte] ^= 0x10;
        desk.forge(&[(at, bent)]);
        assert!(desk.repo().get::<Problem>(JO, 1).is_err(), "byte {byte}");
        desk.forge(&[(at, whole[..byte].to_vec())]);
        assert!(desk.repo().get::<Problem>(JO, 1).is_err(), "prefix {byte}");
    }
}

#[test]
fn an_older_value_does_not_open_at_another_revision() {
    let mut desk = Desk::new();
    desk.put(JO, 1, Expect::Absent, &problem(JO, 1, "before"));
    let at = key(Kind::Problem, JO, 1);
    let before = desk.value(&at);
    desk.put(JO, 1, Expect::At(Rev(1)), &problem(JO, 1, "after"));
    let id = desk.id();
    let put = Put { key: at, expect: Expect::At(Rev(2)), value: before.clone() };
    assert_eq!(desk.raw.commit(&Batch { id, puts: vec![put], deletes: Vec::new() }), Outcome::Ok);
    assert!(refused(&desk, JO, 1));
    // The limit that the module's text owns up to: with the engine's revision put back as well, it opens.
    desk.forge(&[(at, before)]);
    assert_eq!(desk.repo().get::<Problem>(JO, 1).unwrap().unwrap().value.wording, "before");
}

#[test]
fn another_store_and_another_key_are_refused() {
    let mut desk = Desk::new();
    desk.put(JO, 1, Expect::Absent, &problem(JO, 1, "a"));
    let elsewhere = Store::new(Box::new(desk.raw.twin()), [8; 16], DESK);
    assert!(elsewhere.repo(&desk.key).get::<Problem>(JO, 1).is_err());
    let other = AgencyKeys::from(SymKey::from_bytes([6; 32]));
    assert!(desk.store.repo(&other).get::<Problem>(JO, 1).is_err());
}

#[test]
fn parts_cannot_be_exchanged_between_records_or_lost() {
    let mut desk = Desk::new();
    let (a, b) = (Place { bytes: vec![1; 8_000] }, Place { bytes: vec![2; 8_000] });
    desk.put(JO, 1, Expect::Absent, &a);
    desk.put(JO, 2, Expect::Absent, &b);
    let parts: Vec<Key> = desk
        .raw
        .page(&Span::owner(Kind::Part as u8, JO.0), None, 10)
        .unwrap()
        .iter()
        .map(|stored| stored.key)
        .collect();
    assert_eq!(parts.len(), 4);
    let values: Vec<Vec<u8>> = parts.iter().map(|key| desk.value(key)).collect();
    desk.forge(&[(parts[0], values[2].clone()), (parts[2], values[0].clone())]);
    assert!(desk.repo().get::<Place>(JO, 1).is_err() && desk.repo().get::<Place>(JO, 2).is_err());
    desk.forge(&[(parts[0], values[1].clone()), (parts[1], values[0].clone())]);
    assert!(desk.repo().get::<Place>(JO, 1).is_err(), "order within a record is bound too");
    desk.forge(&[
        (parts[0], values[0].clone()),
        (parts[1], values[1].clone()),
        (parts[2], values[2].clone()),
    ]);
    assert_eq!(desk.repo().get::<Place>(JO, 1).unwrap().unwrap().value, a);
    let id = desk.id();
    let lost = Batch { id, puts: Vec::new(), deletes: vec![(parts[1], Rev(1))] };
    assert_eq!(desk.raw.commit(&lost), Outcome::Ok);
    assert!(desk.repo().get::<Place>(JO, 1).is_err());
}

/// A problem as a later Concord would write it, with a field behind.
#[derive(Default)]
struct Later {
    wording: String,
    onset: Option<Date>,
}

numbered!(Later { 3 wording, 900 onset });

impl Record for Later {
    const KIND: Kind = Kind::Problem;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        encode_as(Self::KIND, self)
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        decode_as(Self::KIND, payload)
    }
}

#[test]
fn a_record_of_a_newer_program_is_refused_in_plain_words() {
    let mut desk = Desk::new();
    let later = Later { wording: "sleep".to_owned(), onset: Some(Date(1)) };
    desk.put(JO, 1, Expect::Absent, &later);
    let refused = desk.repo().get::<Problem>(JO, 1).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { kind: Kind::Problem }));
    assert!(refused.to_string().contains("newer version of Concord"), "{refused}");
}

#[test]
fn a_store_made_before_the_first_release_is_refused_in_one_sentence() {
    let mut desk = Desk::new();
    // What the unsealed front of such a store begins with: marker 0, schema 1, then its fields by position.
    let front = Key::new(Kind::Front as u8, Owner::AGENCY.0, 1);
    desk.forge(&[(front, [&[0, 1][..], &[9; 40]].concat())]);
    let refused = Store::open(Box::new(desk.raw.twin())).err().unwrap();
    assert!(matches!(refused, StoreError::Unreleased));
    assert!(refused.to_string().contains("before the first release"), "{refused}");
}
