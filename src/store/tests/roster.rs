//! The roster and the checkpoint: what only its root, a manager or the person themselves can change, and what tells of the
//! rest.

use super::*;
use crate::domain::{Act, AuditEvent, Mismatch, Role, Staff};
use crate::vault::recovery::Phrase;
use proptest::prelude::*;

const DANA: StaffId = StaffId([4; 16]);
const FAY: StaffId = StaffId([6; 16]);

fn audit() -> BoxPair {
    BoxPair::derive(&[3; 32])
}

fn keys_of(staff: StaffId, keys: &StaffKeys, from: i64) -> RosterChange {
    let (receive, sign) = (keys.receive_public().unwrap(), keys.sign_public());
    RosterChange::Keys { staff, receive, sign, from: Moment(from) }
}

fn standing(staff: StaffId, manages: bool, active: bool) -> RosterChange {
    RosterChange::Standing { staff, authority: [staff.0[0]; 32], manages, active }
}

/// An agency: Dana manages staff, Fay does not.
struct House {
    desk: Desk,
    phrase: Phrase,
    roster: Roster,
    dana: StaffKeys,
    fay: StaffKeys,
}

impl House {
    fn new() -> Self {
        let mut desk = Desk::new();
        let (phrase, dana, fay) =
            (Phrase::generate().unwrap(), StaffKeys::generate().unwrap(), StaffKeys::generate().unwrap());
        let first = vec![
            keys_of(DANA, &dana, 10),
            standing(DANA, true, true),
            keys_of(FAY, &fay, 10),
            standing(FAY, false, true),
        ];
        let id = *desk.store.id();
        let (roster, link) = Roster::found(
            &id,
            (&phrase.root_key(), phrase.key_pair().public),
            audit().public,
            Moment(10),
            first,
        )
        .unwrap();
        desk.put(Owner::AGENCY, 1, Expect::Absent, &link);
        let mut house = Self { desk, phrase, roster, dana, fay };
        house.act(1);
        house
    }

    /// Adds a link as the store would take it from anybody.
    fn add(&mut self, link: &RosterLink) {
        let number = self.desk.store.public_list::<RosterLink>().unwrap().len() as u32 + 1;
        self.desk.put(Owner::AGENCY, number, Expect::Absent, link);
    }

    fn link(
        &self,
        by: &RosterSigner<'_>,
        changes: Vec<RosterChange>,
    ) -> Result<(Roster, RosterLink), StoreError> {
        self.roster.link(self.desk.store.id(), by, Moment(20), changes)
    }

    /// An act of Dana's: a record, its event, the checkpoint.
    fn act(&mut self, number: u32) {
        let audit_head = self.desk.store.audit_head().unwrap();
        let mut transaction = self.desk.begin();
        transaction.put(JO, number, Expect::Absent, &problem(JO, number, "a")).unwrap();
        let event = AuditEvent::of(Act::ProblemAdded, Moment(30));
        let head = transaction.audit(&audit().public, audit_head, &event).unwrap();
        let roster = self.roster.head();
        let newest = Moment(30 + i64::from(number));
        transaction.checkpoint(Witness { by: DANA, audit: head, newest, roster, open: 0 });
        let batch = self.desk.store.seal_signed(&transaction, &self.desk.key, &self.dana).unwrap();
        assert_eq!(self.desk.store.commit(&batch), Outcome::Ok);
    }

    /// A failed sign-in, as a desk writes it while nobody is signed in.
    fn knock(&mut self) {
        let audit_head = self.desk.store.audit_head().unwrap();
        let mut transaction = self.desk.begin();
        let event = AuditEvent::of(Act::SignInFailed, Moment(40));
        transaction.audit(&audit().public, audit_head, &event).unwrap();
        let batch = self.desk.store.seal_keyless(&transaction).unwrap();
        assert_eq!(self.desk.store.commit(&batch), Outcome::Ok);
    }

    fn compare(&self) -> Vec<Mismatch> {
        self.desk.store.compare(&self.roster).unwrap()
    }

    /// What somebody with the files does.
    fn strike(&mut self, puts: Vec<Put>, deletes: Vec<(Key, Rev)>) {
        let id = self.desk.id();
        assert_eq!(self.desk.raw.commit(&Batch { id, puts, deletes }), Outcome::Ok);
    }
}

#[allow(clippy::needless_pass_by_value, reason = "what is asked is dropped")]
fn refused<T>(result: Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Roster(_)))
}

#[test]
fn it_is_read_back_as_it_was_written_and_says_whose_keys_are_whose() {
    let house = House::new();
    let read = Roster::of(&house.desk.store).unwrap();
    assert_eq!(read, house.roster);
    assert_eq!(read.again(&house.desk.store).unwrap(), read);
    assert_eq!(read.root(), &house.phrase.root_key().public());
    assert!(read.manages(DANA) && read.is_active(FAY) && !read.manages(FAY) && !read.is_active(ROSA));
    assert!(read.has_keys(FAY, &house.fay) && !read.has_keys(FAY, &house.dana));
    assert_eq!(read.fingerprint().len(), 24);
}

#[test]
fn only_the_root_a_manager_or_the_person_themselves_can_change_keys() {
    let house = House::new();
    let thief = StaffKeys::generate().unwrap();
    let (dana, fay) = (RosterSigner::Staff(DANA, &house.dana), RosterSigner::Staff(FAY, &house.fay));
    assert!(refused(house.link(&fay, vec![keys_of(DANA, &thief, 20)])), "nobody changes another's");
    assert!(refused(house.link(&fay, vec![standing(FAY, true, true)])), "nor what they may do themselves");
    assert!(refused(house.link(&RosterSigner::Staff(FAY, &thief), vec![keys_of(FAY, &thief, 20)])));
    assert!(refused(house.link(&RosterSigner::Staff(ROSA, &thief), vec![keys_of(ROSA, &thief, 20)])));
    let other = Phrase::generate().unwrap().root_key();
    assert!(refused(house.link(&RosterSigner::Root(&other), vec![keys_of(DANA, &thief, 20)])));
    let again = RosterChange::Founded { root: [1; 32], audit: [2; 32], recovery: [3; 32] };
    assert!(refused(house.link(&dana, vec![again])), "it begins once");
    assert!(house.link(&fay, vec![keys_of(FAY, &thief, 20)]).is_ok(), "their own keys");
    assert!(house.link(&dana, vec![keys_of(FAY, &thief, 20)]).is_ok());
    let root = house.phrase.root_key();
    assert!(house.link(&RosterSigner::Root(&root), vec![keys_of(DANA, &thief, 20)]).is_ok());
}

#[test]
fn somebody_who_left_signs_nothing_more() {
    let mut house = House::new();
    let dana = RosterSigner::Staff(DANA, &house.dana);
    let (after, link) = house.link(&dana, vec![standing(FAY, false, false)]).unwrap();
    house.add(&link);
    house.roster = after;
    let fresh = StaffKeys::generate().unwrap();
    assert!(refused(house.link(&RosterSigner::Staff(FAY, &house.fay), vec![keys_of(FAY, &fresh, 30)])));
    assert_eq!(house.roster.signs_now(FAY), None);
    assert!(house.roster.signs(FAY, &house.fay.sign_public(), Moment(15)), "what they signed holds");
}

#[test]
fn a_signature_holds_only_within_the_time_of_its_key() {
    let mut house = House::new();
    let fresh = StaffKeys::generate().unwrap();
    let own = RosterSigner::Staff(FAY, &house.fay);
    (house.roster, _) = house.link(&own, vec![keys_of(FAY, &fresh, 20)]).unwrap();
    let (old, new) = (house.fay.sign_public(), fresh.sign_public());
    let holds = |key: &[u8; 32], at| house.roster.signs(FAY, key, Moment(at));
    assert!(!holds(&old, 9) && holds(&old, 10) && holds(&old, 20) && !holds(&old, 21));
    assert!(!holds(&new, 19) && holds(&new, 20) && holds(&new, 9_000));
    assert!(!house.roster.signs(DANA, &new, Moment(20)));
}

#[test]
fn a_changed_missing_exchanged_or_foreign_link_is_refused() {
    let mut house = House::new();
    let fresh = StaffKeys::generate().unwrap();
    for changes in [vec![keys_of(FAY, &fresh, 20)], vec![standing(FAY, true, true)]] {
        let dana = RosterSigner::Staff(DANA, &house.dana);
        let (after, link) = house.link(&dana, changes).unwrap();
        house.add(&link);
        house.roster = after;
    }
    assert_eq!(Roster::of(&house.desk.store).unwrap(), house.roster);
    let key = |number| Key::new(Kind::Roster as u8, Owner::AGENCY.0, number);
    let values: Vec<Vec<u8>> = (1..=3).map(|number| house.desk.value(&key(number))).collect();
    for (number, value) in (1..).zip(&values) {
        for byte in 2..value.len() {
            let mut bent = value.clone();
            bent[byte] ^= 1;
            house.desk.forge(&[(key(number), bent)]);
            assert!(Roster::of(&house.desk.store).is_err(), "link {number}, byte {byte}");
            assert!(house.roster.again(&house.desk.store).is_err(), "nor where it was read before");
        }
        house.desk.forge(&[(key(number), value.clone())]);
    }
    house.desk.forge(&[(key(2), values[2].clone()), (key(3), values[1].clone())]);
    assert!(refused(Roster::of(&house.desk.store)));
    house.desk.forge(&[(key(2), values[1].clone()), (key(3), values[2].clone())]);
    house.strike(Vec::new(), vec![(key(2), Rev(1))]);
    assert!(refused(Roster::of(&house.desk.store)), "a gap");
    let shorter = House::new();
    assert!(refused(Roster::default().link(
        &[0; 16],
        &RosterSigner::Root(&shorter.phrase.root_key()),
        Moment(0),
        vec![]
    )));
}

#[test]
fn a_staff_record_matches_only_as_it_was_signed() {
    let house = House::new();
    let id = *house.desk.store.id();
    let staff = Staff { id: FAY, name: "Fay".to_owned(), salt: [9; 16], active: true, ..Staff::default() };
    let says = authority(&id, &staff).unwrap();
    let change = RosterChange::Standing { staff: FAY, authority: says, manages: false, active: true };
    let (roster, _) = house.link(&RosterSigner::Staff(DANA, &house.dana), vec![change]).unwrap();
    assert!(roster.matches(&id, &staff).unwrap());
    let own = Staff { must_change: true, ..staff.clone() };
    assert!(roster.matches(&id, &own).unwrap(), "what people change themselves does not count");
    for other in [
        Staff { roles: vec![Role::Admin], ..staff.clone() },
        Staff { supervisor: Some(DANA), ..staff.clone() },
        Staff { cosign_needed: true, ..staff.clone() },
        Staff { active: false, ..staff.clone() },
        Staff { programs: vec!["Detox".to_owned()], ..staff.clone() },
        Staff { name: "Rosa".to_owned(), ..staff.clone() },
        Staff { salt: [8; 16], ..staff.clone() },
        Staff { id: DANA, ..staff },
    ] {
        assert!(!roster.matches(&id, &other).unwrap(), "{other:?}");
    }
}

#[test]
fn the_checkpoint_holds_while_only_a_desk_writes_that_nobody_is_signed_in_at() {
    let mut house = House::new();
    assert_eq!(house.compare(), []);
    house.knock();
    house.knock();
    house.act(2);
    house.knock();
    assert_eq!(house.compare(), []);
    assert_eq!(house.desk.store.newest(&house.roster).unwrap(), Moment(32));
}

#[test]
fn the_checkpoint_shows_what_was_done_without_a_key() {
    let event = |number| Key::new(Kind::Audit as u8, DESK.0, number);
    let checkpoint = Key::new(Kind::Checkpoint as u8, DESK.0, 1);
    let record = Key::new(Kind::Problem as u8, JO.0, 1);
    let mut house = House::new();
    let young = (house.desk.value(&checkpoint), house.desk.raw.copy());
    house.act(2);
    house.knock();
    let whole = house.desk.raw.copy();
    let of = |copy: &MemoryEngine| Store::new(Box::new(copy.twin()), [9; 16], DESK);
    let strike = |puts: Vec<Put>, deletes: Vec<(Key, Rev)>| {
        let mut copy = whole.copy();
        assert_eq!(copy.commit(&Batch { id: [0x66; 16], puts, deletes }), Outcome::Ok);
        of(&copy).compare(&house.roster).unwrap()
    };
    assert_eq!(strike(vec![], vec![(record, Rev(1))]), [Mismatch::RecordsDiffer]);
    assert_eq!(strike(vec![], vec![(event(2), Rev(1))]), [Mismatch::AuditDiffers], "a signed act's event");
    assert_eq!(
        strike(vec![], vec![(event(1), Rev(1))]),
        [],
        "an old one is for verify, which reads the chain"
    );
    assert_eq!(strike(vec![], vec![(checkpoint, Rev(2))]), [Mismatch::NoCheckpoint]);
    let put = |value: &[u8]| vec![Put { key: checkpoint, expect: Expect::At(Rev(2)), value: value.to_vec() }];
    let old = strike(put(&young.0), vec![]);
    assert_eq!(old, [Mismatch::RecordsDiffer], "an older checkpoint is not of these records");
    let mut bent = house.desk.value(&checkpoint);
    *bent.last_mut().unwrap() ^= 1;
    assert_eq!(strike(put(&bent), vec![]), [Mismatch::CheckpointUnsigned]);
    // An older store that was given the newer checkpoint.
    let mut mixed = young.1.copy();
    let newer = house.desk.value(&checkpoint);
    let put = Put { key: checkpoint, expect: Expect::At(Rev(1)), value: newer };
    assert_eq!(mixed.commit(&Batch { id: [0x67; 16], puts: vec![put], deletes: vec![] }), Outcome::Ok);
    let found = of(&mixed).compare(&house.roster).unwrap();
    assert!(found.contains(&Mismatch::RecordsDiffer) && found.contains(&Mismatch::AuditDiffers), "{found:?}");
}

#[test]
fn a_checkpoint_counts_only_under_the_present_key_of_somebody_who_may_sign_in() {
    let mut house = House::new();
    let dana = RosterSigner::Staff(DANA, &house.dana);
    let fresh = StaffKeys::generate().unwrap();
    let (changed, _) = house.link(&dana, vec![keys_of(DANA, &fresh, 20)]).unwrap();
    assert_eq!(house.desk.store.compare(&changed).unwrap(), [Mismatch::CheckpointUnsigned]);
    let (left, _) = house.link(&dana, vec![standing(DANA, true, false)]).unwrap();
    assert_eq!(house.desk.store.compare(&left).unwrap(), [Mismatch::CheckpointUnsigned]);
    house.roster = Roster::default();
    assert_eq!(house.compare(), [Mismatch::CheckpointUnsigned]);
}

#[test]
fn a_store_descends_from_its_own_past_and_from_no_other() {
    let mut house = House::new();
    let then = house.desk.store.checkpoint().unwrap().unwrap();
    let mut other = house.desk.raw.copy();
    house.act(2);
    house.act(3);
    let now = house.desk.store.checkpoint().unwrap().unwrap();
    let told = |store: &Store, checkpoint: &Checkpoint| {
        let text = checkpoint.signed_once(store.id(), &house.roster).unwrap();
        store.descends_from(&text, &house.roster).unwrap()
    };
    assert_eq!(told(&house.desk.store, &then), Descent::Holds);
    assert_eq!(told(&house.desk.store, &now), Descent::Holds);
    // An old store that was given empty commits, so that it is as high as the newer one.
    for id in 0..9 {
        assert_eq!(other.commit(&Batch { id: [0x80 + id; 16], ..Batch::default() }), Outcome::Ok);
    }
    let old = Store::new(Box::new(other), [9; 16], DESK);
    assert!(old.head().seq > house.desk.store.head().seq);
    assert_eq!(told(&old, &now), Descent::Older { behind: 2 });
    // And events of its own, so that its audit is as long.
    let mut forked = House { desk: Desk { store: old, ..Desk::new() }, ..House::new() };
    forked.knock();
    forked.knock();
    forked.knock();
    assert_eq!(told(&forked.desk.store, &now), Descent::Parted);
    let mut bent = now.clone();
    bent.proof[0] ^= 1;
    assert_eq!(bent.signed_once(house.desk.store.id(), &house.roster), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever somebody without a key writes over, adds or removes among core records is told of.
    #[test]
    fn no_batch_of_a_stranger_over_core_records_goes_unseen(
        adds in prop::collection::vec((any::<u8>(), 1_u32..9, prop::collection::vec(any::<u8>(), 1..60)), 0..4),
        changes in prop::collection::vec((0_usize..9, prop::collection::vec(any::<u8>(), 1..60)), 0..4),
        removals in prop::collection::vec(0_usize..9, 0..4),
    ) {
        let mut house = House::new();
        for number in 2..6 {
            house.act(number);
        }
        house.knock();
        let all = house.desk.raw.page(&crate::engine::Span::all(), None, 100).unwrap();
        let core: Vec<_> = all.iter().filter(|stored| !LOOSE.contains(&stored.key.kind())).collect();
        let (mut puts, mut deletes, mut taken) = (Vec::new(), Vec::new(), std::collections::HashSet::new());
        for (at, value) in changes {
            let old = core[at % core.len()];
            if taken.insert(old.key) {
                puts.push(Put { key: old.key, expect: Expect::At(old.rev), value });
            }
        }
        for at in removals {
            let old = core[at % core.len()];
            if taken.insert(old.key) {
                deletes.push((old.key, old.rev));
            }
        }
        for (kind, number, value) in adds {
            let key = Key::new(kind, [0x44; 16], number);
            if !LOOSE.contains(&kind) && taken.insert(key) {
                puts.push(Put { key, expect: Expect::Absent, value });
            }
        }
        prop_assume!(!puts.is_empty() || !deletes.is_empty());
        house.strike(puts, deletes);
        prop_assert!(house.compare().contains(&Mismatch::RecordsDiffer));
    }
}
