//! Founding, signing in, granting, forgetting, recovering, signing.

use super::*;
use crate::domain::{AgencyFront, DocFacts, NoteFacts, NoteText, OwnFacts, Section, Signature};
use crate::vault::recovery::Phrase;

fn agency() -> AgencyFront {
    AgencyFront {
        name: "Harbor".to_owned(),
        zone: "America/New_York".to_owned(),
        help_now: "Call 988".to_owned(),
        lock_after_s: 600,
        demo_hint: String::new(),
    }
}

fn cannot<T>(result: Result<T, VaultError>) -> bool {
    result.err() == Some(VaultError::CannotOpen)
}

#[test]
fn a_founded_store_is_opened_again_by_passphrase_and_by_phrase() {
    let mut desk = Desk::new();
    let phrase = Phrase::generate().unwrap();
    let (front, key, audit) = Front::found((*desk.store.id(), DESK), agency(), &phrase).unwrap();
    let root = phrase.root_key();
    let (mut login, keys) =
        Login::create(&desk.store, &root.public(), (ROSA, "rosa"), "open sesame", Cost::FLOOR).unwrap();
    login.grant(desk.store.id(), &keys.receive_public().unwrap(), &key, Some(&audit)).unwrap();
    let audit_public = audit.newest().public().unwrap();
    let mut transaction = desk.begin();
    transaction.put(Owner::AGENCY, 1, Expect::Absent, &front).unwrap();
    transaction.put(ROSA, 1, Expect::Absent, &login).unwrap();
    let batch = desk.store.seal(&transaction, &key).unwrap();
    assert_eq!(desk.store.commit(&batch), Outcome::Ok);

    let Opening::Founded(store, found) = Store::open(Box::new(desk.raw.twin())).unwrap() else {
        panic!("there is an agency");
    };
    assert_eq!((store.id(), &found.value), (desk.store.id(), &front));
    assert!(store.login("sam").unwrap().is_none());
    let login = store.login("rosa").unwrap().unwrap().value;
    let unlocked = login.unlock(store.id(), &login.derive("open sesame").unwrap()).unwrap();
    assert_eq!(unlocked.agency.newest().expose(), key.newest().expose());
    assert_eq!(unlocked.audit.as_ref().unwrap().newest().public().unwrap(), audit_public);
    assert_eq!(unlocked.keys.sign_public(), keys.sign_public());
    assert!(cannot(login.unlock(store.id(), &login.derive("open sesam").unwrap())));
    assert!(!format!("{unlocked:?}").contains('['));

    let (recovered, audit) = found.value.recover(&phrase).unwrap();
    assert_eq!(recovered.newest().expose(), key.newest().expose());
    assert_eq!(audit.newest().public().unwrap(), audit_public);
    assert!(cannot(found.value.recover(&Phrase::generate().unwrap())));
}

#[test]
fn an_empty_engine_is_handed_back_and_a_newer_format_refused() {
    let mut desk = Desk::new();
    assert!(matches!(Store::open(Box::new(desk.raw.twin())).unwrap(), Opening::Empty(_)));
    let (mut front, ..) = Front::found(([9; 16], DESK), agency(), &Phrase::generate().unwrap()).unwrap();
    front.format = FORMAT + 1;
    desk.put(Owner::AGENCY, 1, Expect::Absent, &front);
    assert!(matches!(Store::open(Box::new(desk.raw.twin())), Err(StoreError::Newer { .. })));
}

#[test]
fn grants_are_bound_to_the_person_and_end_with_a_reset() {
    let desk = Desk::new();
    let id = *desk.store.id();
    let (mut rosa, first) =
        Login::create(&desk.store, &[5; 32], (ROSA, "rosa"), "first words", Cost::FLOOR).unwrap();
    let under = rosa.derive("first words").unwrap();
    assert!(cannot(rosa.unlock(&id, &under)), "nothing granted yet");
    rosa.grant(&id, &first.receive_public().unwrap(), &desk.key, None).unwrap();
    assert!(rosa.unlock(&id, &under).unwrap().audit.is_none());
    let mut posing = rosa.clone();
    posing.staff = StaffId([2; 16]);
    assert!(cannot(posing.unlock(&id, &under)));
    assert!(cannot(rosa.unlock(&[1; 16], &under)), "another store");
    let another_root = Login { root: [6; 32], ..rosa.clone() };
    assert!(cannot(another_root.unlock(&id, &under)), "a roster with another root");

    let (mut reset, keys) = rosa.reset(&id, "second words", Cost::FLOOR).unwrap();
    assert_ne!(keys.sign_public(), first.sign_public());
    reset.grant(&id, &keys.receive_public().unwrap(), &desk.key, None).unwrap();
    let under = reset.derive("second words").unwrap();
    assert_eq!(reset.unlock(&id, &under).unwrap().agency.newest().expose(), desk.key.newest().expose());
    assert!(cannot(reset.unlock(&id, &reset.derive("first words").unwrap())));
    reset.set_passphrase(&id, &keys, "third words", Cost::FLOOR).unwrap();
    assert!(reset.unlock(&id, &reset.derive("third words").unwrap()).is_ok());
    reset.revoke();
    assert!(!reset.active && reset.unlock(&id, &reset.derive("third words").unwrap()).is_err());
}

#[test]
fn a_signed_document_is_kept_byte_for_byte_and_its_signature_holds_there_only() {
    let mut desk = Desk::new();
    let text = NoteText {
        sections: vec![Section {
            key: "data".to_owned(),
            title: "Data".to_owned(),
            text: "x".repeat(20_000),
        }],
        links: vec![(1, "insomnia".to_owned())],
        signed_at: Moment(7),
        ..NoteText::default()
    };
    let own = OwnFacts::Note(NoteFacts { gist: "insomnia again".to_owned(), ..NoteFacts::default() });
    let facts = DocFacts { root: 4, own, ..DocFacts::default() };
    let (frozen, text_as_signed) = (DocHead::freeze(&facts).unwrap(), DocText::of_note(&text).unwrap());
    let store_id = desk.id();
    let keys = StaffKeys::generate().unwrap();
    let proof = keys.sign(&signing_hash(&store_id, JO, 4, &frozen, text_as_signed.bytes()));
    let head = DocHead::signed(JO, 4, Signature::default(), frozen).unwrap();
    desk.put(JO, 4, Expect::Absent, &head);
    desk.put(JO, 4, Expect::Absent, &text_as_signed);
    let head = desk.repo().get::<DocHead>(JO, 4).unwrap().unwrap().value;
    let found = desk.repo().get::<DocText>(JO, 4).unwrap().unwrap().value;
    assert_eq!((head.facts(), found.note().unwrap()), (&facts, text));
    let holds = |store: &[u8; 16], number, facts: &[u8], text: &[u8]| {
        verify_strict(&keys.sign_public(), &signing_hash(store, JO, number, facts, text), &proof)
    };
    let (facts, text) = (head.frozen(), found.bytes());
    assert!(holds(&store_id, 4, facts, text));
    assert!(!holds(&store_id, 5, facts, text), "not at another place");
    assert!(!holds(&[0; 16], 4, facts, text), "not in another store");
    assert!(!holds(&store_id, 4, &facts[1..], text), "not with other facts");
    assert!(!holds(&store_id, 4, facts, &text[1..]), "not with another text");
    let (shorter, longer) = facts.split_at(facts.len() - 1);
    assert!(!holds(&store_id, 4, shorter, &[longer, text].concat()), "nor with the border moved");
    assert!(!format!("{head:?} {found:?}").contains("xxxx"));
}
