//! The store against the memory engine.

mod audit;
mod drafts;
mod keys;
mod model;
mod roster;
mod tampering;

use super::*;
use crate::domain::{ClientId, Date, DeskId, DimensionRef, Moment, Problem, ProblemStatus, StaffId, Stage};
use crate::engine::memory::MemoryEngine;
use crate::engine::{Batch, Put};

pub(super) const ROSA: StaffId = StaffId([1; 16]);
pub(super) const DESK: DeskId = DeskId([0xde; 16]);
pub(super) const JO: ClientId = ClientId([0x70; 16]);
pub(super) const SAM: ClientId = ClientId([0x71; 16]);

/// A store with a fixed id and key, and a second handle on its bytes.
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) raw: MemoryEngine,
    pub(super) key: AgencyKeys,
    ids: u8,
}

impl Desk {
    pub(super) fn new() -> Self {
        let raw = MemoryEngine::new(LOOSE);
        let store = Store::new(Box::new(raw.twin()), [9; 16], DESK);
        Self { store, raw, key: SymKey::from_bytes([5; 32]).into(), ids: 0 }
    }

    pub(super) fn id(&mut self) -> [u8; 16] {
        self.ids = self.ids.wrapping_add(1);
        [self.ids; 16]
    }

    pub(super) fn begin(&mut self) -> Transaction {
        let id = self.id();
        self.store.begin(id)
    }

    pub(super) fn commit(&mut self, transaction: &Transaction) -> SealedBatch {
        let batch = self.store.seal(transaction, &self.key).unwrap();
        assert_eq!(self.store.commit(&batch), Outcome::Ok);
        batch
    }

    pub(super) fn put<R: Record>(
        &mut self,
        owner: impl Into<Owner>,
        number: u32,
        expect: Expect,
        record: &R,
    ) -> SealedBatch {
        let mut transaction = self.begin();
        transaction.put(owner, number, expect, record).unwrap();
        self.commit(&transaction)
    }

    pub(super) fn repo(&self) -> Repo<'_> {
        self.store.repo(&self.key)
    }

    /// Replaces values behind the store's back, keeping their revisions at 1.
    pub(super) fn forge(&mut self, values: &[(Key, Vec<u8>)]) {
        let mut remove = Batch { id: self.id(), ..Batch::default() };
        for (key, _) in values {
            if let Some(stored) = self.raw.get(key).unwrap() {
                remove.deletes.push((*key, stored.rev));
            }
        }
        assert_eq!(self.raw.commit(&remove), Outcome::Ok);
        let mut put = Batch { id: self.id(), ..Batch::default() };
        for (key, value) in values {
            put.puts.push(Put { key: *key, expect: Expect::Absent, value: value.clone() });
        }
        assert_eq!(self.raw.commit(&put), Outcome::Ok);
    }

    pub(super) fn value(&self, key: &Key) -> Vec<u8> {
        self.raw.get(key).unwrap().unwrap().value
    }
}

pub(super) fn problem(client: ClientId, number: u32, wording: &str) -> Problem {
    Problem {
        client,
        number,
        wording: wording.to_owned(),
        words: "I cannot sleep".to_owned(),
        dimension: DimensionRef { set: "ASAM3".to_owned(), number: 3 },
        second: None,
        stages: vec![(Date(20_000), Stage::Preparation)],
        status: ProblemStatus::Active,
        status_on: Date(20_000),
        rank: 1,
        code: None,
        added_at: Moment(1),
        added_by: ROSA,
        added_by_name: "Rosa Imani LADC".to_owned(),
        changed_at: Moment(1),
        changed_by: ROSA,
        ..Problem::default()
    }
}

#[test]
fn records_are_found_as_they_were_written_and_nothing_of_them_lies_open() {
    let mut desk = Desk::new();
    for number in 1..=5 {
        desk.put(JO, number, Expect::Absent, &problem(JO, number, "insomnia since spring"));
    }
    desk.put(SAM, 1, Expect::Absent, &problem(SAM, 1, "worry"));
    let found = desk.repo().get::<Problem>(JO, 3).unwrap().unwrap();
    assert_eq!(found.value, problem(JO, 3, "insomnia since spring"));
    assert_eq!((found.rev, found.owner, found.number), (Rev(1), Owner::from(JO), 3));
    assert_eq!(desk.repo().list::<Problem>(JO).unwrap().len(), 5);
    let newest: Vec<u32> =
        desk.repo().newest::<Problem>(JO, 2, Some(5)).unwrap().iter().map(|p| p.number).collect();
    assert_eq!(newest, [4, 3]);
    assert_eq!(desk.repo().next_number::<Problem>(JO).unwrap(), 6);
    assert_eq!(desk.repo().next_number::<Problem>(ClientId([3; 16])).unwrap(), 1);
    for stored in desk.raw.page(&crate::engine::Span::all(), None, 100).unwrap() {
        for word in [&b"insomnia"[..], b"cannot sleep", b"worry", b"Rosa", b"ASAM3"] {
            assert!(!stored.value.windows(word.len()).any(|window| window == word));
        }
    }
}

#[test]
fn a_scan_visits_every_page_once_and_stops_at_an_error() {
    let mut desk = Desk::new();
    let mut transaction = desk.begin();
    for number in 1..=600 {
        transaction.put(JO, number, Expect::Absent, &problem(JO, number, "p")).unwrap();
    }
    desk.commit(&transaction);
    let mut seen = Vec::new();
    desk.repo()
        .scan::<Problem>(|p| {
            seen.push(p.number);
            Ok(())
        })
        .unwrap();
    assert_eq!(seen, (1..=600).collect::<Vec<_>>());
    let mut visited = 0;
    let stopped = desk.repo().scan::<Problem>(|_| {
        visited += 1;
        if visited == 300 { Err(StoreError::NoKey) } else { Ok(()) }
    });
    assert!(matches!(stopped, Err(StoreError::NoKey)));
    assert_eq!(visited, 300);
    assert_eq!(desk.repo().count(Kind::Problem).unwrap(), 600);
}

#[test]
fn a_stale_revision_is_a_conflict_and_writes_nothing() {
    let mut desk = Desk::new();
    desk.put(JO, 1, Expect::Absent, &problem(JO, 1, "first"));
    desk.put(JO, 1, Expect::At(Rev(1)), &problem(JO, 1, "second"));
    let mut late = desk.begin();
    late.put(JO, 2, Expect::Absent, &problem(JO, 2, "other")).unwrap();
    late.put(JO, 1, Expect::At(Rev(1)), &problem(JO, 1, "late")).unwrap();
    let batch = desk.store.seal(&late, &desk.key).unwrap();
    assert_eq!(desk.store.commit(&batch), Outcome::Conflict(Key::new(Kind::Problem as u8, JO.0, 1)));
    assert_eq!(desk.repo().get::<Problem>(JO, 2).unwrap(), None);
    assert_eq!(desk.repo().get::<Problem>(JO, 1).unwrap().unwrap().value.wording, "second");
}

#[test]
fn the_same_record_twice_in_one_act_is_refused_before_the_engine() {
    let mut desk = Desk::new();
    let mut twice = desk.begin();
    twice.put(JO, 1, Expect::Absent, &problem(JO, 1, "a")).unwrap();
    twice.put(JO, 1, Expect::Absent, &problem(JO, 1, "b")).unwrap();
    let refused = desk.store.seal(&twice, &desk.key);
    assert!(matches!(refused, Err(StoreError::Twice { kind: Kind::Problem })));
}

#[test]
fn without_a_key_nothing_sealed_is_written() {
    let mut desk = Desk::new();
    let mut transaction = desk.begin();
    transaction.put(JO, 1, Expect::Absent, &problem(JO, 1, "a")).unwrap();
    assert!(matches!(desk.store.seal_keyless(&transaction), Err(StoreError::NoKey)));
    // Neither what is public but part of the core, nor a removal, nor a checkpoint that nobody signs.
    let mut public = desk.begin();
    public.put(Owner::AGENCY, 1, Expect::Absent, &Front::default()).unwrap();
    assert!(matches!(desk.store.seal_keyless(&public), Err(StoreError::NoKey)));
    let mut removal = desk.begin();
    removal.delete::<AuditRecord>(DESK, 1, Rev(1));
    assert!(matches!(desk.store.seal_keyless(&removal), Err(StoreError::NoKey)));
    let mut signed = desk.begin();
    let audit = desk.store.audit_head().unwrap();
    let roster = RosterHead::default();
    signed.checkpoint(Witness { by: ROSA, audit, newest: Moment(0), roster, open: 0 });
    assert!(matches!(desk.store.seal(&signed, &desk.key), Err(StoreError::NoKey)));
}

#[test]
fn kinds_are_known_by_their_bytes_in_order() {
    let bytes: Vec<u8> = Kind::ALL.iter().map(|kind| *kind as u8).collect();
    assert!(bytes.is_sorted_by(|a, b| a < b));
    for kind in Kind::ALL {
        assert_eq!(Kind::from_byte(*kind as u8), Some(*kind));
    }
    assert_eq!(Kind::from_byte(0), None);
    const { assert!(MAX_SEALED <= crate::engine::MAX_VALUE) };
}

#[test]
fn nothing_that_is_printed_shows_content() {
    let mut desk = Desk::new();
    let mut transaction = desk.begin();
    transaction.put(JO, 1, Expect::Absent, &problem(JO, 1, "insomnia")).unwrap();
    let batch = desk.store.seal(&transaction, &desk.key).unwrap();
    let printed = format!("{transaction:?} {batch:?} {:?} {:?}", desk.store, desk.repo());
    assert!(!printed.contains("insomnia"));
    assert_eq!(format!("{:?}", desk.key), "AgencyKeys(..)");
}
