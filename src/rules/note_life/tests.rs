use super::*;
use crate::domain::{Agreed, ClientId, Date, Moment, Returned};

const ROSA: StaffId = StaffId([1; 16]);
const KIM: StaffId = StaffId([2; 16]);

fn life(number: Number, state: LifeState) -> NoteLife {
    NoteLife {
        client: ClientId([9; 16]),
        number,
        author: ROSA,
        adds_to: 0,
        service: Date(3),
        state,
        since: Moment(i64::from(number)),
        co_signatures: Vec::new(),
        returned: Vec::new(),
        superseded_by: 0,
        error: None,
    }
}

fn error(by: StaffId, agreed: bool) -> InError {
    let second = Agreed { by: KIM, by_name: "Kim".into(), at: Moment(2) };
    let (by_name, reason) = ("Rosa".into(), "wrong chart".into());
    InError { by, by_name, at: Moment(1), reason, agreed: agreed.then_some(second) }
}

/// 1 was amended into 4; 2 adds to 1; 3 stands alone.
fn lives() -> Vec<NoteLife> {
    let first = NoteLife { superseded_by: 4, ..life(1, LifeState::Returned) };
    let addendum = NoteLife { adds_to: 1, ..life(2, LifeState::AwaitsCosign) };
    vec![first, addendum, life(3, LifeState::CoSigned), life(4, LifeState::AwaitsCosign)]
}

#[test]
fn a_document_is_its_newest_version_with_what_was_added_to_any() {
    let lives = lives();
    assert_eq!(newest(&lives, 1), 4);
    assert_eq!(document(&lives, &lives[1]), 4);
    assert_eq!(versions(&lives, 4), [1]);
    assert_eq!(parts(&lives, 4).map(|life| life.number).collect::<Vec<_>>(), [2, 4]);
    assert_eq!(newest(&lives, 77), 77, "a note without a life is its own newest");
}

#[test]
fn a_chain_that_goes_round_ends() {
    let ring = [
        NoteLife { superseded_by: 2, ..life(1, LifeState::Signed) },
        NoteLife { superseded_by: 1, ..life(2, LifeState::Signed) },
    ];
    newest(&ring, 1);
    assert_eq!(versions(&ring, 1).len(), 2);
}

#[test]
fn a_document_waits_once_whatever_parts_it_has() {
    let facts = waiting(&lives());
    assert_eq!(facts.len(), 1);
    assert_eq!((facts[0].number, facts[0].waits, facts[0].since), (4, NoteWaits::Cosign, Moment(2)));
    let doubted = NoteLife { error: Some(error(ROSA, false)), ..life(5, LifeState::AwaitsCosign) };
    assert_eq!(waiting(std::slice::from_ref(&doubted))[0].waits, NoteWaits::SecondPerson { said_by: ROSA });
    let agreed = NoteLife { error: Some(error(ROSA, true)), ..doubted };
    assert_eq!(waiting(&[agreed]), []);
    assert_eq!(waiting(&[life(1, LifeState::Returned)])[0].waits, NoteWaits::Author);
}

#[test]
fn what_may_be_done_in_each_state() {
    let cosignable = |life: &NoteLife| no_cosign(Some(life)).is_none();
    assert!(no_cosign(None).is_some() && no_amendment(None).is_none() && no_error(None).is_none());
    for state in [LifeState::Signed, LifeState::AwaitsCosign, LifeState::Returned, LifeState::CoSigned] {
        let plain = life(1, state);
        assert_eq!(cosignable(&plain), state == LifeState::AwaitsCosign, "{state:?}");
        assert!(no_amendment(Some(&plain)).is_none() && no_error(Some(&plain)).is_none());
        for changed in [
            NoteLife { superseded_by: 2, ..plain.clone() },
            NoteLife { error: Some(error(ROSA, false)), ..plain.clone() },
            NoteLife { error: Some(error(ROSA, true)), ..plain.clone() },
        ] {
            assert!(!cosignable(&changed) && no_amendment(Some(&changed)).is_some(), "{changed:?}");
            assert!(no_error(Some(&changed)).is_some());
        }
    }
}

#[test]
fn it_takes_two_to_call_a_note_entered_in_error() {
    let said = Some(error(ROSA, false));
    assert!(decide_error(said.as_ref(), ROSA, true).is_err(), "not by oneself");
    assert!(decide_error(said.as_ref(), ROSA, false).is_ok(), "but taken back");
    assert!(decide_error(said.as_ref(), KIM, true).is_ok());
    assert!(decide_error(Some(&error(ROSA, true)), KIM, false).is_err(), "and then it stays");
    assert!(decide_error(None, KIM, true).is_err());
}

#[test]
fn that_it_was_returned_is_between_author_and_co_signer() {
    let back = Returned { by: KIM, by_name: "Kim".into(), at: Moment(3), remark: 1 };
    let returned = NoteLife { returned: vec![back], ..life(1, LifeState::Returned) };
    assert_eq!(as_seen(&returned, true), returned);
    let seen = as_seen(&returned, false);
    assert_eq!((seen.state, seen.returned.len()), (LifeState::AwaitsCosign, 0));
    assert_eq!((mark(&returned), mark(&seen)), ("returned", "co-sign"));
}
