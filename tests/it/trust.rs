//! Attacks by somebody who can write the store's files: without anybody's passphrase, and with that of the front desk.
//!
//! The engine needs no key, so a test writes with it what a stranger would write. Each test says what became of the attack;
//! what is still possible is in the table of the README.

use crate::hire::{GIVEN, staff};
use crate::life;
use crate::rig::Rig;
use concord::domain::*;
use concord::engine::{Batch, Engine, Expect, Key, Outcome, Put, Rev, Span, Stored};
use concord::service::api::*;
use concord::service::fault::{Fault, FaultKind};
use concord::service::maintenance::ArchiveFinding;
use concord::service::seen::Seen;
use concord::store::recovery::Phrase;
use concord::store::*;
use std::sync::{Arc, Mutex};

/// What somebody does who has the files and no key.
fn strike(rig: &Rig, puts: Vec<Put>, deletes: Vec<(Key, Rev)>) {
    let id: [u8; 16] = random().unwrap();
    assert_eq!(rig.engine.twin().commit(&Batch { id, puts, deletes }), Outcome::Ok);
}

fn all(rig: &Rig) -> Vec<Stored> {
    rig.engine.page(&Span::all(), None, usize::MAX).unwrap()
}

fn at(rig: &Rig, kind: Kind, owner: impl Into<Owner>, number: u32) -> Stored {
    rig.engine.get(&Key::new(kind as u8, owner.into().0, number)).unwrap().expect("it is there")
}

fn remove(rig: &Rig, gone: &[Stored]) {
    strike(rig, Vec::new(), gone.iter().map(|stored| (stored.key, stored.rev)).collect());
}

/// Puts a record back as it was, revision and all.
fn put_back(rig: &Rig, old: &Stored) {
    if let Some(now) = rig.engine.get(&old.key).unwrap() {
        remove(rig, &[now]);
    }
    for rev in 0..old.rev.0 {
        let expect = if rev == 0 { Expect::Absent } else { Expect::At(Rev(rev)) };
        strike(rig, vec![Put { key: old.key, expect, value: old.value.clone() }], Vec::new());
    }
    assert_eq!(rig.engine.get(&old.key).unwrap().as_ref(), Some(old));
}

/// The audit's newest events, as they are stored.
fn events(rig: &Rig) -> Vec<Stored> {
    rig.engine.page(&Span::kind(Kind::Audit as u8), None, usize::MAX).unwrap()
}

/// Somebody of the staff with their own program: the store and their keys.
fn insider(rig: &Rig, login: &str, passphrase: &str) -> (Store, Unlocked) {
    let Opening::Founded(store, _) = Store::open(Box::new(rig.engine.twin())).unwrap() else {
        panic!("empty")
    };
    let known = store.login(login).unwrap().unwrap().value;
    let keys = known.unlock(store.id(), &known.derive(passphrase).unwrap()).unwrap();
    (store, keys)
}

/// Writes with an insider's keys what they like, with a checkpoint that they sign as the program would.
fn write_as(rig: &Rig, (login, passphrase): (&str, &str), collect: impl FnOnce(&mut Transaction)) {
    let (mut store, keys) = insider(rig, login, passphrase);
    let roster = Roster::of(&store).unwrap();
    let mut transaction = store.begin(random().unwrap());
    collect(&mut transaction);
    let witness = Witness {
        by: keys.staff,
        audit: store.audit_head().unwrap(),
        newest: Rig::NOW,
        roster: roster.head(),
        open: 0,
    };
    transaction.checkpoint(witness);
    let batch = store.seal_signed(&transaction, &keys.agency, &keys.keys).unwrap();
    assert_eq!(store.commit(&batch), Outcome::Ok);
}

/// An agency with rosa, who is everything, kim at the front desk, and sam, a counselor.
fn office() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.hire("kim", &[Role::FrontDesk], None);
    let me = rig.me();
    rig.hire("sam", &[Role::Counselor], Some(me));
    let jo = rig.admitted("Jo", "Rivera");
    let problem = rig.problem(jo, "low mood", "");
    rig.done(problem);
    rig.lock();
    (rig, jo)
}

fn enter(rig: &mut Rig, login: &str) -> SignedIn {
    rig.restart();
    rig.sign_in(login);
    rig.session().clone()
}

fn says_mismatch(session: &SignedIn) -> bool {
    session.notices.iter().any(|notice| notice.starts_with("Something in the stored files does not match"))
}

/// What was found at the newest sign-in.
fn found(rig: &Rig) -> Vec<Mismatch> {
    let (store, keys) = rig.reader();
    let cases = store.repo(&keys.agency).list::<MismatchCase>(Owner::AGENCY).unwrap();
    cases.last().map(|case| case.value.what.clone()).unwrap_or_default()
}

fn acknowledge(rig: &mut Rig, number: u32, reason: &str) -> Result<Answer, Fault> {
    rig.desk.handle(Command::House(HouseAsk::Acknowledge { number, reason: reason.into() }))
}

#[test]
fn whole_records_that_are_removed_without_a_key_are_told_of_until_an_admin_says_what_came_of_it() {
    let (rig, jo) = office();
    let one =
        |kind: Kind| all(&rig).into_iter().filter(|stored| stored.key.kind() == kind as u8).take(1).collect();
    let of_jo: Vec<Stored> = all(&rig).into_iter().filter(|stored| stored.key.owner() == jo.0).collect();
    let attacks: [(&str, Vec<Stored>); 4] = [
        ("a problem", one(Kind::Problem)),
        ("an episode", one(Kind::Episode)),
        ("the summary", one(Kind::Summary)),
        ("a whole person", of_jo),
    ];
    for (what, gone) in attacks {
        let mut rig = rig.on_a_copy();
        assert!(!gone.is_empty());
        remove(&rig, &gone);
        // The front desk signs in first: her own act is signed over what she found, and heals nothing.
        let session = enter(&mut rig, "kim");
        assert!(says_mismatch(&session) && session.mismatches == 1, "{what}");
        assert_eq!(found(&rig), [Mismatch::RecordsDiffer], "{what}");
        rig.lock();
        let outside = rig.desk.outside().unwrap();
        assert_eq!((outside.open_mismatches, outside.mismatches.len()), (1, 0), "{what}: told without a key");
        let session = enter(&mut rig, "rosa");
        assert!(says_mismatch(&session) && session.mismatches == 1, "{what}");
        assert_eq!(rig.desk.check_up().unwrap().mismatches.len(), 1, "{what}");
    }
}

#[test]
fn while_a_mismatch_is_open_nobody_is_given_keys_and_only_an_admin_ends_it_with_a_reason() {
    let (mut rig, _) = office();
    let gone: Vec<Stored> = all(&rig).into_iter().filter(|s| s.key.kind() == Kind::Problem as u8).collect();
    remove(&rig, &gone);
    enter(&mut rig, "kim");
    assert_eq!(acknowledge(&mut rig, 1, "nothing").unwrap_err().kind, FaultKind::Denied);
    rig.lock();
    enter(&mut rig, "rosa");
    let secret = || Secret::new(GIVEN.into());
    let new =
        || StaffAsk::Add { staff: Box::new(staff("new", &[Role::Counselor], None)), passphrase: secret() };
    let rows = rig.staff_rows(StaffAsk::List);
    let sam = rows.into_iter().find(|row| row.staff.value.login == "sam").unwrap().staff;
    let licensed = Staff { credential: "LADC".into(), ..sam.value.clone() };
    let change = StaffAsk::Change { staff: Box::new(licensed), rev: sam.rev };
    let before = rig.engine_head();
    for ask in [
        new(),
        change,
        StaffAsk::SetActive { id: sam.value.id, active: false },
        StaffAsk::ResetPassphrase { id: sam.value.id, passphrase: secret() },
    ] {
        let fault = rig.fault(Command::Staff(ask));
        assert!(fault.what.contains("no admin has acknowledged it"), "{fault}");
    }
    assert_eq!(rig.engine_head(), before, "nothing was written");
    let empty = acknowledge(&mut rig, 1, "  ").unwrap_err();
    assert!(empty.what.contains("What came of it"), "{empty}");
    assert!(acknowledge(&mut rig, 2, "restored").is_err());
    let Answer::House(HouseAnswer::Mismatches(view)) = acknowledge(&mut rig, 1, "backup restored").unwrap()
    else {
        panic!("no list")
    };
    assert_eq!(view.lines[0].ended.as_ref().map(|(.., reason)| reason.as_str()), Some("backup restored"));
    assert!(acknowledge(&mut rig, 1, "again").is_err(), "once");
    rig.staff_rows(new());
    rig.lock();
    assert_eq!(rig.desk.outside().unwrap().open_mismatches, 0);
    assert_eq!(enter(&mut rig, "rosa").mismatches, 0);
}

#[test]
fn events_that_were_cut_out_stay_told_of_whoever_signs_in_first() {
    let (mut rig, _) = office();
    let newest = events(&rig);
    remove(&rig, &newest[newest.len() - 5..]);
    assert!(says_mismatch(&enter(&mut rig, "kim")));
    assert!(found(&rig).contains(&Mismatch::AuditDiffers));
    rig.lock();
    assert!(says_mismatch(&enter(&mut rig, "rosa")));
}

#[test]
fn a_record_that_was_put_back_to_its_older_revision_is_told_of() {
    let (mut rig, jo) = office();
    rig.sign_in("rosa");
    let old = at(&rig, Kind::Client, jo, 1);
    let chart = rig.open(jo);
    let client = Box::new(Client { pronouns: "they".into(), ..chart.client.value.clone() });
    rig.done(Command::People(People::Change { client, rev: chart.client.rev, seen: true }));
    rig.lock();
    put_back(&rig, &old);
    assert!(says_mismatch(&enter(&mut rig, "rosa")));
    assert_eq!(found(&rig), [Mismatch::RecordsDiffer]);
}

#[test]
fn what_is_altered_inside_the_files_without_a_commit_is_found_by_counting_everything() {
    let (mut rig, jo) = office();
    let Stored { key, .. } = at(&rig, Kind::Problem, jo, 1);
    rig.engine.faults().tamper(key, None);
    assert!(!says_mismatch(&enter(&mut rig, "rosa")), "a sign-in counts nothing");
    assert!(rig.desk.outside().unwrap().engine.is_some(), "verify and doctor do");
}

/// A link as somebody makes it who has no key of this agency.
fn foreign_link(rig: &Rig, of: StaffId) -> (RosterLink, StaffKeys) {
    let (store, _) = rig.reader();
    let thief = StaffKeys::generate().unwrap();
    let changes = vec![RosterChange::Keys {
        staff: of,
        receive: thief.receive_public().unwrap(),
        sign: thief.sign_public(),
        from: Moment::default(),
    }];
    let root = Phrase::generate().unwrap().root_key();
    let (_, link) = Roster::found(store.id(), (&root, [5; 32]), [4; 32], Rig::NOW, changes).unwrap();
    (link, thief)
}

#[test]
fn nobody_exchanges_or_adds_a_public_key() {
    let (rig, _) = office();
    let kim = insider(&rig, "kim", Rig::PASSPHRASE).1.staff;
    let (link, _) = foreign_link(&rig, kim);
    // A foreign link behind the others; the whole chain exchanged for one with another root.
    let value = |stored: &Stored| [&stored.value[..2], &link.encode().unwrap()].concat();
    let links: Vec<Stored> = rig.engine.page(&Span::kind(Kind::Roster as u8), None, 99).unwrap();
    let behind = Key::new(Kind::Roster as u8, Owner::AGENCY.0, links.len() as u32 + 1);
    let added = rig.on_a_copy();
    let put = |key: Key| vec![Put { key, expect: Expect::Absent, value: value(&links[0]) }];
    strike(&added, put(behind), Vec::new());
    let exchanged = rig.on_a_copy();
    remove(&exchanged, &links);
    strike(&exchanged, put(links[0].key), Vec::new());
    let gone = rig.on_a_copy();
    remove(&gone, &links);
    let refused = |what: &str, mut rig: Rig| {
        rig.restart();
        for login in ["rosa", "kim"] {
            let fault = rig.try_door(login, Rig::PASSPHRASE);
            // With another root the chain holds, and then nobody is on it whose passphrase is known.
            let refused = fault.what.contains("list of staff keys") || fault.what.contains("do not match");
            assert!(refused, "{what}: {login}: {fault}");
        }
    };
    refused("added", added);
    refused("exchanged", exchanged);
    refused("gone", gone);
}

#[test]
fn a_login_of_a_strangers_own_opens_nothing() {
    let (mut rig, _) = office();
    let (store, _) = rig.reader();
    let root = *Roster::of(&store).unwrap().root();
    let ghost = StaffId([0x66; 16]);
    let (mut login, keys) = Login::create(&store, &root, (ghost, "ghost"), "let me in", Cost::FLOOR).unwrap();
    login
        .grant(store.id(), &keys.receive_public().unwrap(), &SymKey::from_bytes([7; 32]).into(), None)
        .unwrap();
    let value =
        [&at(&rig, Kind::Login, rig.session_of("rosa"), 1).value[..2], &login.encode().unwrap()].concat();
    let key = Key::new(Kind::Login as u8, ghost.0, 1);
    strike(&rig, vec![Put { key, expect: Expect::Absent, value }], Vec::new());
    rig.restart();
    let fault = rig.try_door("ghost", "let me in");
    assert_eq!(fault.what, "Login and passphrase do not match.");
    assert!(says_mismatch(&enter(&mut rig, "rosa")));
}

#[test]
fn the_front_desk_gives_herself_no_role_and_no_ghost_either() {
    let (mut rig, jo) = office();
    let (store, keys) = insider(&rig, "kim", Rig::PASSPHRASE);
    let own = store.repo(&keys.agency).get::<Staff>(keys.staff, 1).unwrap().unwrap();
    let all_roles = Staff { roles: Role::ALL.to_vec(), ..own.value.clone() };
    let ghost = Staff { id: StaffId([0x66; 16]), login: "ghost".into(), ..all_roles.clone() };
    write_as(&rig, ("kim", Rig::PASSPHRASE), |transaction| {
        transaction.put(keys.staff, 1, Expect::At(own.rev), &all_roles).unwrap();
        transaction.put(ghost.id, 1, Expect::Absent, &ghost).unwrap();
    });
    let session = enter(&mut rig, "kim");
    assert!(session.staff.roles.is_empty(), "roles that no admin signed do not count");
    assert!(says_mismatch(&session), "her own checkpoint is valid, and it is told all the same");
    assert_eq!(rig.fault(Command::Chart(ChartAsk::Open(jo))).kind, FaultKind::Denied);
    assert_eq!(rig.fault(Command::Staff(StaffAsk::List)).kind, FaultKind::Denied);
    rig.lock();
    let session = enter(&mut rig, "rosa");
    assert_eq!(session.mismatches, 1, "written down once");
    let mut what = found(&rig);
    what.sort_by_key(|one| format!("{one:?}"));
    let mut expected = vec![Mismatch::StaffDiffers(keys.staff), Mismatch::StaffDiffers(ghost.id)];
    expected.sort_by_key(|one| format!("{one:?}"));
    assert_eq!(what, expected);
    let rows = rig.staff_rows(StaffAsk::List);
    let kim = rows.iter().find(|row| row.staff.value.id == keys.staff).unwrap();
    assert!(kim.staff.value.roles.is_empty(), "an admin who saves the entry blesses nothing unseen");
}

#[test]
fn the_front_desk_forges_no_note_of_a_colleague() {
    let mut house = life::house();
    house.turn("rosa");
    house.rig.hire("fay", &[Role::FrontDesk], None);
    house.turn("sam");
    let client = house.jo;
    let number = house.note(client, "He slept well");
    house.rig.lock();
    let (store, keys) = insider(&house.rig, "fay", Rig::PASSPHRASE);
    let head = store.repo(&keys.agency).get::<DocHead>(client, number).unwrap().unwrap();
    let text = store.repo(&keys.agency).get::<DocText>(client, number).unwrap().unwrap();
    let mut words = text.value.note().unwrap();
    words.sections[0].text = "FORGED".into();
    let forged = DocText::of_note(&words).unwrap();
    let thief = StaffKeys::generate().unwrap();
    // By a fresh key, by her own, and by the author's name under it: none of them is the author's.
    for signer in [&thief, &keys.keys] {
        let mut rig = house.rig.on_a_copy();
        let hash = signing_hash(store.id(), client, number, head.value.frozen(), forged.bytes());
        let signature = Signature {
            hash,
            proof: signer.sign(&hash).to_vec(),
            key: signer.sign_public().to_vec(),
            ..head.value.signature.clone()
        };
        let fake = DocHead::signed(client, number, signature, head.value.frozen().to_vec()).unwrap();
        write_as(&rig, ("fay", Rig::PASSPHRASE), |transaction| {
            transaction.put(client, number, Expect::At(head.rev), &fake).unwrap();
            transaction.put(client, number, Expect::At(text.rev), &forged).unwrap();
        });
        rig.restart();
        rig.sign_in("rosa");
        assert_eq!(rig.desk.check_up().unwrap().broken_signatures, 1);
        let read = rig.ok(Command::Document(Box::new(DocAsk::Read { client, number })));
        let Answer::Document(view) = read else { panic!("no document") };
        assert!(!view.part.intact, "the reader is told that the signature does not hold");
    }
}

#[test]
fn somebody_who_was_dismissed_does_not_come_back_with_the_old_records() {
    let (mut rig, _) = office();
    let sam = rig.session_of("sam");
    let (login, record) = (at(&rig, Kind::Login, sam, 1), at(&rig, Kind::Staff, sam, 1));
    let desk = rig.reader().0.desk();
    let (checkpoint, links) = (at(&rig, Kind::Checkpoint, desk, 1), rig.links());
    rig.sign_in("rosa");
    rig.staff_rows(StaffAsk::SetActive { id: sam, active: false });
    rig.lock();
    put_back(&rig, &login);
    put_back(&rig, &record);
    rig.restart();
    let refused = "Login and passphrase do not match.";
    assert_eq!(rig.try_door("sam", Rig::PASSPHRASE).what, refused, "the list of staff keys says no");
    // He takes away the links about him as well: then the list is not the one that the last act left.
    let mut shorter = rig.on_a_copy();
    let newer: Vec<Stored> = shorter.links().into_iter().skip(links.len()).collect();
    assert!(!newer.is_empty());
    remove(&shorter, &newer);
    shorter.restart();
    let fault = shorter.try_door("sam", Rig::PASSPHRASE);
    assert!(fault.what.contains("the list of staff keys is not the one that the last act left"), "{fault}");
    assert!(says_mismatch(&enter(&mut shorter, "rosa")));
    assert!(found(&shorter).contains(&Mismatch::KeysDiffer));
    // And the old checkpoint too: then the records are not those that it was signed over.
    let mut older = rig.on_a_copy();
    remove(&older, &newer);
    put_back(&older, &checkpoint);
    let session = enter(&mut older, "sam");
    assert!(says_mismatch(&session), "what he could read he can read still; he does it under a mismatch");
    older.lock();
    assert!(says_mismatch(&enter(&mut older, "rosa")));
}

/// Which records open with what somebody has kept.
fn opened_with(rig: &Rig, kept: AgencyKeys, client: ClientId) -> Vec<String> {
    let (store, _) = rig.reader();
    let repo_keys = kept;
    let spans = store.repo(&repo_keys).revisions::<Problem>(client, 1..99).unwrap();
    let read =
        |(number, _): &(u32, Rev)| store.repo(&repo_keys).get::<Problem>(client, *number).ok().flatten();
    spans.iter().filter_map(read).map(|found| found.value.wording).collect()
}

#[test]
fn what_is_written_after_somebody_left_does_not_open_with_the_key_they_kept() {
    let (mut rig, jo) = office();
    let (sam, kim) = (rig.session_of("sam"), rig.session_of("kim"));
    let kept = insider(&rig, "sam", Rig::PASSPHRASE).1.agency;
    let old_front = at(&rig, Kind::Front, Owner::AGENCY, 1);
    rig.sign_in("rosa");
    rig.staff_rows(StaffAsk::SetActive { id: sam, active: false });
    let later = rig.problem(jo, "cannot sleep", "");
    rig.done(later);
    rig.lock();
    assert_eq!(opened_with(&rig, kept.clone(), jo), ["low mood"], "what they could read until then");
    let all = rig.reader().1.agency;
    assert_eq!(opened_with(&rig, all, jo), ["low mood", "cannot sleep"]);
    // The turn of the key does not open with the old one, and the old one follows from the new.
    assert_eq!(opened_with(&rig, kept.clone().with_older(&rig.reader().0), jo), ["low mood"]);
    // Everybody else has it: at the next sign-in, and by the words.
    for login in ["kim", "rosa"] {
        assert!(!says_mismatch(&enter(&mut rig, login)), "{login}");
        rig.lock();
    }
    let (store, _) = rig.reader();
    let front = store.public::<Front>(Owner::AGENCY, 1).unwrap().unwrap().value;
    let (by_words, _) = front.recover(&rig.recovery()).unwrap();
    assert_eq!(opened_with(&rig, by_words.with_older(&store), jo), ["low mood", "cannot sleep"]);
    // A second one leaves; somebody comes back: the chain holds.
    rig.sign_in("rosa");
    rig.staff_rows(StaffAsk::SetActive { id: kim, active: false });
    rig.staff_rows(StaffAsk::SetActive { id: sam, active: true });
    let third = rig.problem(jo, "no work", "");
    rig.done(third);
    rig.lock();
    assert_eq!(rig.reader().0.key_turns().unwrap(), 2);
    let all = rig.reader().1.agency;
    assert_eq!(opened_with(&rig, all, jo), ["low mood", "cannot sleep", "no work"]);
    assert!(!says_mismatch(&enter(&mut rig, "sam")), "they are given every key again");
    rig.lock();
    // An old front gives the old key, and is told of.
    put_back(&rig, &old_front);
    assert!(says_mismatch(&enter(&mut rig, "rosa")));
}

#[test]
fn a_key_that_was_taken_away_is_told_of_and_opens_nothing_behind_it() {
    let (mut rig, jo) = office();
    let sam = rig.session_of("sam");
    rig.sign_in("rosa");
    rig.staff_rows(StaffAsk::SetActive { id: sam, active: false });
    rig.lock();
    remove(&rig, &[at(&rig, Kind::KeyTurn, Owner::AGENCY, 1)]);
    assert!(opened_with(&rig, rig.reader().1.agency, jo).is_empty());
    rig.restart();
    let outside = rig.desk.outside().unwrap();
    assert!(outside.mismatches.contains(&Mismatch::RecordsDiffer.words()), "{:?}", outside.mismatches);
}

/// How many events open with what somebody has kept, as they lie there.
fn events_opened(rig: &Rig, kept: &AuditKeys) -> usize {
    let entries = rig.reader().0.audit_read(kept, usize::MAX, None).unwrap();
    entries.iter().filter(|entry| entry.event.is_some()).count()
}

#[test]
fn what_the_audit_says_after_somebody_may_read_it_no_more_does_not_open_with_the_key_they_kept() {
    let (mut rig, _) = office();
    rig.sign_in("rosa");
    let ida = rig.hire("ida", &[Role::Supervisor], None);
    rig.lock();
    let kim = rig.session_of("kim");
    let kept = insider(&rig, "ida", Rig::PASSPHRASE).1.audit.expect("supervisors read the history of charts");
    let until = events(&rig).len();
    assert_eq!(events_opened(&rig, &kept), until);
    rig.sign_in("rosa");
    // Somebody who never held it leaves: it stays.
    rig.staff_rows(StaffAsk::SetActive { id: kim, active: false });
    rig.staff_rows(StaffAsk::SetActive { id: kim, active: true });
    assert_eq!(events_opened(&rig, &kept), events(&rig).len());
    // Ida goes to the front desk: they work on, and read nothing of it any more.
    let rows = rig.staff_rows(StaffAsk::List);
    let record = rows.into_iter().find(|row| row.staff.value.id == ida).unwrap().staff;
    let until = events(&rig).len();
    let moved = Staff { roles: vec![Role::FrontDesk], ..record.value.clone() };
    rig.staff_rows(StaffAsk::Change { staff: Box::new(moved), rev: record.rev });
    rig.admitted("Lee", "Okafor");
    rig.lock();
    rig.try_door("ida", "guessed it");
    let now = events(&rig).len();
    assert!(now > until + 3);
    assert_eq!(events_opened(&rig, &kept), until, "what they could read until then, and nothing after");
    assert_eq!(
        events_opened(&rig, &kept.clone().with_older(&rig.reader().0)),
        until,
        "no way leads on from it"
    );
    assert!(!says_mismatch(&enter(&mut rig, "ida")));
    rig.lock();
    // Whoever may read it has all of it: at the next sign-in, and by the words.
    enter(&mut rig, "rosa");
    let check = rig.desk.check_up().unwrap();
    assert!(check.unreadable.is_empty() && check.counts.audit_events >= now as u64, "{:?}", check.unreadable);
    rig.lock();
    let (store, _) = rig.reader();
    let front = store.public::<Front>(Owner::AGENCY, 1).unwrap().unwrap().value;
    let (_, by_words) = front.recover(&rig.recovery()).unwrap();
    assert_eq!(events_opened(&rig, &by_words.with_older(&store)), events(&rig).len());
}

#[test]
fn new_words_end_the_old_ones() {
    let (mut rig, jo) = office();
    let (store, _) = rig.reader();
    let old_front = store.public::<Front>(Owner::AGENCY, 1).unwrap().unwrap().value;
    let print = rig.desk.outside().unwrap().fingerprint;
    rig.sign_in("kim");
    assert_eq!(rig.desk.new_recovery_words(&mut |_| Ok(())).unwrap_err().kind, FaultKind::Denied);
    rig.lock();
    rig.sign_in("rosa");
    let full = rig.desk.new_recovery_words(&mut |_| Err(Fault::storage("the disk is full")));
    assert!(full.is_err() && rig.reader().0.key_turns().unwrap() == 0, "nothing is changed");
    let mut words = String::new();
    rig.desk
        .new_recovery_words(&mut |made| {
            words = made.to_owned();
            Ok(())
        })
        .unwrap();
    let later = rig.problem(jo, "cannot sleep", "");
    rig.done(later);
    rig.lock();
    let old = std::mem::replace(&mut rig.phrase, words);
    // With the old paper, and an old copy of the files: what was there then, and nothing after.
    let (kept, audit) = old_front.recover(&Phrase::parse(&old).unwrap()).unwrap();
    assert_eq!(opened_with(&rig, kept, jo), ["low mood"]);
    assert!(events_opened(&rig, &audit) < events(&rig).len(), "the audit goes on under another key");
    let door = |phrase: &str| {
        Command::Door(Door::Recover {
            phrase: Secret::new(phrase.to_owned()),
            login: "rosa".into(),
            passphrase: Secret::new("found the paper".into()),
        })
    };
    assert!(rig.desk.handle(door(&old)).unwrap_err().what.contains("not the recovery phrase"));
    rig.advance_ms(Moment::HOUR);
    rig.recover("rosa", "found the paper");
    assert!(!says_mismatch(rig.session()));
    rig.lock();
    assert_eq!(rig.desk.outside().unwrap().fingerprint, print, "the list begins where it began");
    rig.sign_in_as("rosa", "found the paper");
    rig.lock();
    assert!(!says_mismatch(&enter(&mut rig, "sam")), "others' keys stay");
}

#[test]
fn the_old_passphrase_and_the_old_record_sign_nobody_in() {
    let (mut rig, _) = office();
    let kim = rig.session_of("kim");
    let old = at(&rig, Kind::Login, kim, 1);
    rig.sign_in("kim");
    let new = Secret::new("another horse".into());
    rig.ok(Command::Door(Door::ChangePassphrase { old: Rig::secret(), new }));
    rig.lock();
    assert_eq!(rig.try_door("kim", Rig::PASSPHRASE).what, "Login and passphrase do not match.");
    let mut replayed = rig.on_a_copy();
    put_back(&replayed, &old);
    replayed.restart();
    let fault = replayed.try_door("kim", Rig::PASSPHRASE);
    assert!(fault.what.contains("your keys are not those on the list of staff keys"), "{fault}");
    rig.sign_in_as("kim", "another horse");
    let (store, now) = insider(&rig, "kim", "another horse");
    assert!(Roster::of(&store).unwrap().has_keys(kim, &now.keys), "a new passphrase comes with new keys");
}

#[test]
fn failed_sign_ins_are_told_to_the_person_and_those_that_are_taken_away_too() {
    let (mut rig, _) = office();
    rig.sign_in("kim");
    rig.lock();
    rig.advance_ms(3 * Moment::HOUR);
    rig.try_door("kim", "guessed it");
    rig.try_door("kim", "guessed again");
    let session = enter(&mut rig, "kim");
    assert_eq!(session.last.as_deref(), Some("Last signed in Sat 21 Nov 13:00. 2 failed attempts since."));
    rig.lock();
    let session = enter(&mut rig, "kim");
    assert_eq!(session.last.as_deref(), Some("Last signed in Sat 21 Nov 16:00."));
    rig.lock();
    let kim = rig.session_of("kim");
    remove(&rig, &[at(&rig, Kind::Knocks, kim, 1)]);
    assert!(says_mismatch(&enter(&mut rig, "kim")));
    assert_eq!(found(&rig), [Mismatch::FewerFailures]);
}

#[test]
fn an_admin_reads_who_signed_in_failed_and_changed_staff_and_nobody_else_does() {
    let (mut rig, _) = office();
    rig.desk.set_os_user("clinic");
    rig.try_door("kim", "guessed it");
    rig.sign_in("kim");
    let denied = rig.fault(Command::House(HouseAsk::AgencyRecord));
    assert_eq!(denied.kind, FaultKind::Denied);
    rig.lock();
    rig.sign_in("rosa");
    let read = |rig: &mut Rig| match rig.ok(Command::House(HouseAsk::AgencyRecord)) {
        Answer::House(HouseAnswer::AgencyRecord(lines)) => lines,
        other => panic!("no record: {other:?}"),
    };
    let lines = read(&mut rig);
    let at = |words: &str| lines.iter().position(|line| line.contains(words));
    let (failed, hired) = (at("kim Person: sign-in failed"), at("Rosa Imani LADC: staff added"));
    assert!(failed.is_some() && hired.is_some() && failed < hired, "newest first: {lines:?}");
    assert!(lines[0].ends_with("(computer user clinic)"), "{}", lines[0]);
    let all = lines.join(" ");
    assert!(all.contains("agency set up") && !all.contains("Rivera") && !all.contains("problem"), "{all}");
    assert!(read(&mut rig)[0].contains("audit read"), "reading it is kept too");
}

#[test]
fn events_of_a_desk_that_nobody_is_signed_in_at_leave_no_mismatch() {
    let (mut rig, _) = office();
    for _ in 0..3 {
        rig.try_door("kim", "guessed it");
        rig.advance_ms(Moment::HOUR);
    }
    assert!(!says_mismatch(&enter(&mut rig, "rosa")));
    assert!(rig.desk.outside().unwrap().mismatches.is_empty());
}

#[test]
fn a_store_put_back_and_brought_up_to_the_archives_height_is_known_by_its_descent() {
    let (mut rig, _) = office();
    let old = rig.on_a_copy();
    rig.sign_in("rosa");
    rig.admitted("Sam", "Okafor");
    rig.lock();
    let desk = rig.reader().0.desk();
    let witness = at(&rig, Kind::Checkpoint, desk, 1);
    rig.sign_in("rosa");
    assert_eq!(rig.desk.compare_with_archive(Some(&witness)).unwrap(), ArchiveFinding::Fits);
    let mut empty = old;
    while empty.engine.head().seq < rig.engine.head().seq + 3 {
        strike(&empty, Vec::new(), Vec::new());
    }
    enter(&mut empty, "rosa");
    let finding = empty.desk.compare_with_archive(Some(&witness)).unwrap();
    assert!(matches!(finding, ArchiveFinding::StoreOlder { .. } | ArchiveFinding::Parted), "{finding:?}");
    // Worked on until its audit is as long, it has still gone another way.
    for _ in 0..4 {
        empty.lock();
        empty.sign_in("rosa");
    }
    assert_eq!(empty.desk.compare_with_archive(Some(&witness)).unwrap(), ArchiveFinding::Parted);
    let mut bent = witness;
    *bent.value.last_mut().unwrap() ^= 1;
    assert_eq!(rig.desk.compare_with_archive(Some(&bent)).unwrap(), ArchiveFinding::NotOurs);
}

/// What is kept on the computer, beside a store.
#[derive(Clone, Default)]
struct Beside(Arc<Mutex<Option<Vec<u8>>>>);

impl Seen for Beside {
    fn last(&self) -> Option<Vec<u8>> {
        self.0.lock().unwrap().clone()
    }

    fn keep(&self, checkpoint: &[u8]) {
        *self.0.lock().unwrap() = Some(checkpoint.to_vec());
    }
}

fn enter_beside(rig: &mut Rig, beside: &Beside, login: &str) -> SignedIn {
    rig.restart();
    rig.desk.set_seen(Box::new(beside.clone()));
    rig.sign_in(login);
    rig.session().clone()
}

#[test]
fn a_store_put_back_whole_is_told_of_on_the_computer_that_saw_it_newer() {
    let (mut rig, _) = office();
    let beside = Beside::default();
    assert!(!says_mismatch(&enter_beside(&mut rig, &beside, "rosa")), "nothing was seen before");
    rig.lock();
    let mut old = rig.on_a_copy();
    assert!(!says_mismatch(&enter_beside(&mut rig, &beside, "rosa")), "it is where it was seen");
    rig.admitted("Sam", "Okafor");
    rig.lock();
    assert_eq!(rig.desk.mismatches_without_key().unwrap(), 0);
    // Put back, and brought up to the height by empty commits: what was done is missing all the same.
    while old.engine.head().seq < rig.engine.head().seq + 3 {
        strike(&old, Vec::new(), Vec::new());
    }
    old.restart();
    old.desk.set_seen(Box::new(beside.clone()));
    assert_eq!(old.desk.mismatches_without_key().unwrap(), 1, "told without a key");
    // The front desk signs in first: it is a state, and stays one for the admin.
    assert!(says_mismatch(&enter_beside(&mut old, &beside, "kim")));
    assert_eq!(found(&old), [Mismatch::OlderThanSeen]);
    old.lock();
    assert!(says_mismatch(&enter_beside(&mut old, &beside, "rosa")));
    acknowledge(&mut old, 1, "backup of Monday restored").unwrap();
    old.lock();
    assert!(!says_mismatch(&enter_beside(&mut old, &beside, "rosa")), "told once");
}

#[test]
fn what_is_no_checkpoint_of_this_agency_beside_a_store_is_told_of_and_rubbish_is_not() {
    let (mut rig, _) = office();
    let beside = Beside::default();
    beside.keep(b"rubbish");
    assert!(!says_mismatch(&enter_beside(&mut rig, &beside, "rosa")));
    rig.lock();
    let kept = Checkpoint::from_bytes(&beside.last().unwrap()).expect("it was written over");
    let foreign = Checkpoint { proof: vec![7; 64], ..kept };
    beside.keep(&foreign.to_bytes().unwrap());
    assert!(says_mismatch(&enter_beside(&mut rig, &beside, "rosa")), "nobody of this agency signed it");
}

#[test]
fn the_recovery_phrase_is_told_once_that_the_store_is_older() {
    let (mut rig, _) = office();
    let beside = Beside::default();
    let mut old = rig.on_a_copy();
    enter_beside(&mut rig, &beside, "rosa");
    rig.lock();
    old.restart();
    old.desk.set_seen(Box::new(beside));
    old.recover("rosa", "found the paper");
    assert_eq!(old.session().mismatches, 1);
}

#[test]
fn the_recovery_phrase_heals_nothing_that_does_not_match() {
    let (mut rig, _) = office();
    let gone: Vec<Stored> = all(&rig).into_iter().filter(|s| s.key.kind() == Kind::Problem as u8).collect();
    remove(&rig, &gone);
    rig.restart();
    rig.recover("rosa", "found the paper");
    assert!(says_mismatch(rig.session()) && rig.session().mismatches == 1);
    rig.lock();
    assert_eq!(rig.desk.outside().unwrap().open_mismatches, 1);
}

#[test]
fn the_fingerprint_is_the_same_for_ever_and_another_agency_has_another() {
    let (mut rig, _) = office();
    let print = rig.desk.outside().unwrap().fingerprint.expect("it holds");
    rig.recover("rosa", "found the paper");
    assert_eq!(rig.desk.outside().unwrap().fingerprint.as_deref(), Some(print.as_str()));
    let other = Rig::founded().desk.outside().unwrap().fingerprint;
    assert_ne!(other.as_deref(), Some(print.as_str()));
}

impl Rig {
    /// The id of somebody by their login.
    fn session_of(&self, login: &str) -> StaffId {
        let (store, _) = self.reader();
        store.login(login).unwrap().unwrap().value.staff
    }

    /// The links of the chain of staff keys.
    fn links(&self) -> Vec<Stored> {
        self.engine.page(&Span::kind(Kind::Roster as u8), None, 99).unwrap()
    }
}
