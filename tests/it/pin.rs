//! The PIN over the real service: it signs, brings the same person back for ten minutes, and ends as it should.

use crate::rig::Rig;
use concord::domain::Role;
use concord::service::api::{Answer, Command, DocAsk, Door, DraftBody, DraftSave, Secret};
use concord::service::fault::FaultKind;

const PIN: &str = "739154";
const MINUTE: i64 = 60_000;

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn set(rig: &mut Rig, pin: &str) -> Result<Answer, concord::service::fault::Fault> {
    rig.desk.handle(Command::Door(Door::SetPin { passphrase: Rig::secret(), pin: secret(pin) }))
}

fn resume(rig: &mut Rig, pin: &str) -> Result<Answer, FaultKind> {
    rig.desk.handle(Command::Door(Door::Resume { pin: secret(pin) })).map_err(|fault| fault.kind)
}

fn back(rig: &mut Rig, pin: &str) -> bool {
    match resume(rig, pin) {
        Ok(Answer::SignedIn(session)) => {
            assert_eq!(session.staff.login, "rosa");
            assert!(session.pin);
            true
        }
        Ok(other) => panic!("{other:?}"),
        Err(_) => false,
    }
}

fn rosa_with_a_pin() -> Rig {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    assert!(matches!(set(&mut rig, PIN), Ok(Answer::Pin { set: true, .. })));
    rig
}

#[test]
fn it_brings_the_same_person_back_for_ten_minutes() {
    let mut rig = rosa_with_a_pin();
    for minutes in [0, 3, 9] {
        rig.lock();
        rig.advance_ms(minutes * MINUTE);
        assert!(back(&mut rig, PIN), "{minutes}");
    }
    // Each lock gives ten minutes; sitting there costs none of them.
    rig.advance_ms(50 * MINUTE);
    rig.lock();
    assert_eq!(rig.desk.pin_expires_in(), Some(10 * MINUTE as u64));
    rig.advance_ms(10 * MINUTE);
    assert_eq!(rig.desk.pin_expires_in(), Some(0));
    rig.desk.expire_pin();
    assert_eq!(rig.desk.pin_expires_in(), None, "it is wiped, not just refused");
    assert_eq!(resume(&mut rig, PIN).unwrap_err(), FaultKind::Locked);
    rig.sign_in("rosa");
    assert!(!rig.session().pin, "the next sign-in has none");
}

#[test]
fn nobody_comes_back_by_it_late_even_if_nothing_wiped_it() {
    let mut rig = rosa_with_a_pin();
    rig.lock();
    rig.advance_ms(10 * MINUTE);
    assert_eq!(resume(&mut rig, PIN).unwrap_err(), FaultKind::Locked);
}

#[test]
fn five_wrong_tries_another_sign_in_and_the_end_wipe_it() {
    let mut rig = rosa_with_a_pin();
    rig.lock();
    for left in [4, 3, 2, 1] {
        let fault = rig.fault(Command::Door(Door::Resume { pin: secret("111112") }));
        assert!(fault.what.contains(&format!("{left} tr")), "{}", fault.what);
    }
    assert_eq!(resume(&mut rig, "111112").unwrap_err(), FaultKind::Locked);
    assert_eq!(resume(&mut rig, PIN).unwrap_err(), FaultKind::Locked, "the right one is too late");

    let mut rig = rosa_with_a_pin();
    rig.hire_beside("sam", &[Role::Counselor]);
    assert!(matches!(set(&mut rig, PIN), Ok(Answer::Pin { .. })));
    rig.lock();
    rig.try_door("sam", "not the passphrase");
    assert!(back(&mut rig, PIN), "a failed sign-in of somebody else takes nothing");
    rig.lock();
    rig.sign_in("sam");
    rig.lock();
    assert_eq!(resume(&mut rig, PIN).unwrap_err(), FaultKind::Locked, "another sign-in ends it");

    let mut rig = rosa_with_a_pin();
    rig.lock();
    rig.restart();
    assert_eq!(resume(&mut rig, PIN).unwrap_err(), FaultKind::Locked, "it is stored nowhere");
}

#[test]
fn it_signs_and_a_wrong_one_signs_nothing() {
    let mut rig = rosa_with_a_pin();
    let jo = rig.admitted("Jo", "Rivera");
    let draft = rig.draft(DocAsk::NewNote { client: jo, format: "narrative".into(), addendum_to: 0 });
    let DraftBody::Note(mut note) = draft.body else { panic!("a note") };
    for section in &mut note.sections {
        section.text =
            "Came on time and spoke about the hearing, then about the evenings after it.".to_owned();
    }
    let save = DraftSave { client: jo, number: draft.number, edits: 1, body: DraftBody::Note(note) };
    let sign =
        |pin: &str| Command::Document(Box::new(DocAsk::Sign { save: save.clone(), passphrase: secret(pin) }));
    assert_eq!(rig.fault(sign("739155")).kind, FaultKind::Denied);
    let done = rig.done(sign(PIN));
    assert!(done.said.contains("signed"), "{}", done.said);
}

#[test]
fn what_anyone_would_try_first_is_no_pin_and_it_takes_the_passphrase_to_set_one() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    for pin in ["12345", "1234567890123", "12a456", "111111", "123456", "987654", "73915 "] {
        assert_eq!(set(&mut rig, pin).unwrap_err().kind, FaultKind::User, "{pin}");
    }
    let wrong = Command::Door(Door::SetPin { passphrase: secret("not hers at all"), pin: secret(PIN) });
    assert_eq!(rig.fault(wrong).kind, FaultKind::Denied);
    rig.lock();
    assert_eq!(resume(&mut rig, PIN).unwrap_err(), FaultKind::Locked);
    rig.advance_ms(10 * MINUTE);
    rig.sign_in("rosa");
    set(&mut rig, PIN).unwrap();
    assert!(matches!(set(&mut rig, ""), Ok(Answer::Pin { set: false, .. })));
    rig.lock();
    assert_eq!(resume(&mut rig, PIN).unwrap_err(), FaultKind::Locked);
}
