use super::*;
use crate::domain::{Date, Moment, Returned, Said, WaitsFor};

const ROSA: StaffId = StaffId([1; 16]);
const KIM: StaffId = StaffId([2; 16]);

fn life(number: Number, state: LifeState) -> Life {
    Life {
        client: ClientId([9; 16]),
        number,
        root: number,
        author: ROSA,
        on: Date(3),
        state,
        since: Moment(i64::from(number)),
        ..Life::default()
    }
}

fn error(by: StaffId, agreed: bool) -> InError {
    let said = Said { by, by_name: "Rosa".into(), at: Moment(1), reason: "wrong chart".into() };
    InError { said, agreed: agreed.then(|| ("Kim".into(), Moment(2))) }
}

/// 1 was amended into 4; 2 adds to 1; 3 is by itself.
fn lives() -> Vec<Life> {
    let first = Life { superseded_by: 4, ..life(1, LifeState::Returned) };
    let addendum = Life { adds_to: 1, root: 1, ..life(2, LifeState::AwaitsCosign) };
    vec![first, addendum, life(3, LifeState::CoSigned), Life { root: 1, ..life(4, LifeState::AwaitsCosign) }]
}

#[test]
fn a_document_is_its_newest_version_with_what_was_added_to_any() {
    let lives = lives();
    assert_eq!(newest(&lives, 1), 4);
    assert_eq!(document(&lives, &lives[1]), 4);
    assert_eq!(newest(&lives, 77), 77, "a document without a life is its own newest");
}

#[test]
fn a_chain_that_goes_round_ends() {
    let ring = [
        Life { superseded_by: 2, ..life(1, LifeState::Signed) },
        Life { superseded_by: 1, ..life(2, LifeState::Signed) },
    ];
    newest(&ring, 1);
}

#[test]
fn a_document_waits_once_whatever_parts_it_has() {
    let facts = waiting(&lives());
    assert_eq!(facts.len(), 1);
    assert_eq!((facts[0].number, facts[0].waits, facts[0].since), (4, WaitsFor::Cosign, Moment(2)));
    let doubted = Life { error: Some(error(ROSA, false)), ..life(5, LifeState::AwaitsCosign) };
    assert_eq!(waiting(std::slice::from_ref(&doubted))[0].waits, WaitsFor::SecondPerson { said_by: ROSA });
    let agreed = Life { error: Some(error(ROSA, true)), ..doubted };
    assert_eq!(waiting(&[agreed]), []);
    assert_eq!(waiting(&[life(1, LifeState::Returned)])[0].waits, WaitsFor::Author);
}

#[test]
fn what_may_be_done_in_each_state() {
    let cosignable = |life: &Life| no_cosign(life).is_none();
    for state in [LifeState::Signed, LifeState::AwaitsCosign, LifeState::Returned, LifeState::CoSigned] {
        let plain = life(1, state);
        assert_eq!(cosignable(&plain), state == LifeState::AwaitsCosign, "{state:?}");
        assert!(no_amendment(&plain).is_none() && no_error(&plain).is_none());
        for changed in [
            Life { superseded_by: 2, ..plain.clone() },
            Life { error: Some(error(ROSA, false)), ..plain.clone() },
            Life { error: Some(error(ROSA, true)), ..plain.clone() },
        ] {
            assert!(!cosignable(&changed) && no_amendment(&changed).is_some(), "{changed:?}");
            assert!(no_error(&changed).is_some());
        }
    }
}

#[test]
fn it_takes_two_to_call_a_document_entered_in_error() {
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
    let returned = Life { returned: vec![back], ..life(1, LifeState::Returned) };
    assert_eq!(as_seen(&returned, true), returned);
    let seen = as_seen(&returned, false);
    assert_eq!((seen.state, seen.returned.len()), (LifeState::AwaitsCosign, 0));
    assert_eq!((mark(&returned), mark(&seen)), ("returned", "co-sign"));
}

fn entry(by: StaffId, at: i64, what: LifeWhat) -> LifeText {
    LifeText { by, by_name: "Kim".into(), at: Moment(at), what, ..LifeText::default() }
}

#[test]
fn where_a_document_stands_follows_from_its_entries() {
    let facts = DocFacts { cosign: true, on: Date(3), ..DocFacts::default() };
    let signed = Signed { client: ClientId([9; 16]), number: 7, facts: &facts, author: ROSA, at: Moment(10) };
    let state = |entries: &[LifeText]| {
        let life = reckon(&signed, entries);
        (life.state, life.since.0)
    };
    let returned = entry(KIM, 20, LifeWhat::Returned { remark: 1 });
    let amended = entry(ROSA, 30, LifeWhat::AmendedBy { doc: 8 });
    let answered = entry(ROSA, 30, LifeWhat::Answered { doc: 9 });
    let co_signed = entry(KIM, 40, LifeWhat::CoSigned);
    assert_eq!(state(&[]), (LifeState::AwaitsCosign, 10));
    assert_eq!(state(std::slice::from_ref(&returned)), (LifeState::Returned, 20));
    assert_eq!(state(&[returned.clone(), answered.clone()]), (LifeState::AwaitsCosign, 30));
    let all = [returned, entry(ROSA, 30, LifeWhat::AddedTo { doc: 9 }), answered, co_signed];
    let life = reckon(&signed, &all);
    assert_eq!((life.state, life.since.0, life.root, life.stands()), (LifeState::CoSigned, 40, 7, true));
    assert_eq!((life.addenda.as_slice(), life.returned.len(), life.co_signed.len()), (&[9][..], 1, 1));
    let replaced = reckon(&signed, &[amended]);
    assert!(replaced.superseded_by == 8 && !replaced.stands());
    let plain = DocFacts::default();
    assert_eq!(
        reckon(&Signed { facts: &plain, ..signed }, &[]).state,
        LifeState::Signed,
        "nobody co-signs it"
    );
}

#[test]
fn entered_in_error_takes_two_entries_and_one_may_be_taken_back() {
    let facts = DocFacts::default();
    let signed = Signed { client: ClientId([9; 16]), number: 7, facts: &facts, author: ROSA, at: Moment(10) };
    let called = entry(ROSA, 20, LifeWhat::CalledInError { reason: "wrong chart".into() });
    let doubted = reckon(&signed, std::slice::from_ref(&called));
    assert!(doubted.is_doubted() && !doubted.is_in_error());
    let said = doubted.error.clone().unwrap().said;
    let agreed =
        reckon(&signed, &[called.clone(), entry(KIM, 30, LifeWhat::AgreedInError { said: said.clone() })]);
    assert!(agreed.is_in_error() && !agreed.stands());
    assert_eq!(agreed.error.unwrap().said, said);
    let stands = reckon(&signed, &[called, entry(ROSA, 30, LifeWhat::NotInError)]);
    assert!(stands.stands() && stands.error.is_none());
}
