//! Random transactions against a naive map; long records in parts.

use super::*;
use crate::engine::Span;
use crate::store::sealing::WHOLE;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Step {
    Put { client: u8, number: u32, length: usize, stale: bool },
    Delete { client: u8, number: u32, stale: bool },
}

fn step() -> impl Strategy<Value = Step> {
    let length = prop_oneof![4 => 0_usize..500, 1 => WHOLE - 5..WHOLE + 5, 2 => 6_000_usize..40_000];
    let stale = prop::bool::weighted(0.1);
    prop_oneof![
        3 => (0_u8..2, 1_u32..4, length, stale)
            .prop_map(|(client, number, length, stale)| Step::Put { client, number, length, stale }),
        1 => (0_u8..2, 1_u32..4, stale)
            .prop_map(|(client, number, stale)| Step::Delete { client, number, stale }),
    ]
}

type Model = BTreeMap<(Owner, u32), (Rev, Raw)>;

/// Bytes as they are, so that the payload's length is known exactly.
#[derive(Clone, PartialEq)]
struct Raw(Vec<u8>);

impl Record for Raw {
    const KIND: Kind = Kind::Place;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        Ok(self.0.clone())
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        Ok(Self(payload.to_vec()))
    }
}

/// Parts a record takes.
fn parts_of(place: &Raw) -> u64 {
    let encoded = place.0.len();
    if encoded <= WHOLE { 0 } else { encoded.div_ceil(WHOLE) as u64 }
}

fn apply(desk: &mut Desk, model: &mut Model, steps: &[Step], salt: u8) {
    let mut transaction = desk.begin();
    let (mut after, mut used, mut conflict) = (model.clone(), Vec::new(), false);
    for step in steps {
        let (Step::Put { client, number, .. } | Step::Delete { client, number, .. }) = step;
        let at = (Owner([*client; 16]), *number);
        if used.contains(&at) {
            continue;
        }
        used.push(at);
        let standing = model.get(&at).map(|(rev, _)| *rev);
        match step {
            Step::Put { length, stale, .. } => {
                let expect = match (standing, stale) {
                    (Some(rev), false) => Expect::At(rev),
                    (None, false) | (Some(_), true) => Expect::Absent,
                    (None, true) => Expect::At(Rev(7)),
                };
                conflict |= stale;
                let place = Raw(vec![salt; *length]);
                transaction.put(at.0, at.1, expect, &place).unwrap();
                after.insert(at, (expect.next(), place));
            }
            Step::Delete { stale, .. } => {
                let rev = match (standing, stale) {
                    (Some(rev), false) => rev,
                    (Some(rev), true) => Rev(rev.0 + 1),
                    (None, _) => Rev(1),
                };
                conflict |= *stale || standing.is_none();
                transaction.delete::<Raw>(at.0, at.1, rev);
                after.remove(&at);
            }
        }
    }
    let batch = desk.store.seal(&transaction, &desk.key).unwrap();
    match desk.store.commit(&batch) {
        Outcome::Ok => {
            assert!(!conflict);
            *model = after;
        }
        Outcome::Conflict(_) => assert!(conflict),
        other => panic!("{other:?}"),
    }
}

fn compare(desk: &Desk, model: &Model) {
    let mut found = Model::new();
    desk.repo()
        .scan::<Raw>(|place| {
            found.insert((place.owner, place.number), (place.rev, place.value));
            Ok(())
        })
        .unwrap();
    assert!(found == *model, "store and model differ");
    let parts: u64 = model.values().map(|(_, place)| parts_of(place)).sum();
    assert_eq!(desk.repo().count(Kind::Part).unwrap(), parts, "a part is left over or lost");
    for stored in desk.raw.page(&Span::all(), None, 1_000).unwrap() {
        assert!(stored.value.len() <= MAX_SEALED);
    }
    desk.raw.verify().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn random_transactions_do_what_a_map_does(
        batches in prop::collection::vec(prop::collection::vec(step(), 1..5), 1..12),
    ) {
        let (mut desk, mut model) = (Desk::new(), Model::new());
        for (salt, steps) in batches.iter().enumerate() {
            apply(&mut desk, &mut model, steps, salt as u8);
            compare(&desk, &model);
        }
    }
}

#[test]
fn a_record_of_megabytes_is_split_twice_and_leaves_nothing_behind() {
    let mut desk = Desk::new();
    // A part with a high number makes the following ones long in the list, which is then split with fewer of them.
    let high = Key::new(Kind::Part as u8, ROSA.0, 70_000);
    desk.forge(&[(high, vec![0])]);
    let long = Raw((0..6_400_000_u32).map(|n| (n % 251) as u8).collect());
    desk.put(ROSA, 1, Expect::Absent, &long);
    let pieces = long.0.len().div_ceil(WHOLE) as u64;
    assert_eq!(desk.repo().count(Kind::Part).unwrap(), 1 + pieces + 2, "the list takes two parts itself");
    assert!(desk.repo().get::<Raw>(ROSA, 1).unwrap().unwrap().value == long);
    desk.put(ROSA, 1, Expect::At(Rev(1)), &Raw(vec![1; 20_000]));
    assert_eq!(desk.repo().count(Kind::Part).unwrap(), 1 + 4);
    let mut transaction = desk.begin();
    transaction.delete::<Raw>(ROSA, 1, Rev(2));
    desk.commit(&transaction);
    assert_eq!(desk.store.head().count, 1);
}

#[test]
fn more_than_the_longest_is_refused_in_plain_words() {
    let mut desk = Desk::new();
    let mut transaction = desk.begin();
    transaction.put(ROSA, 1, Expect::Absent, &Raw(vec![0; 17 * 1024 * 1024])).unwrap();
    let refused = desk.store.seal(&transaction, &desk.key).unwrap_err();
    assert!(refused.to_string().contains("too long"), "{refused}");
}
