//! What a review of the front desk found once and must not come back.

use crate::hire::GIVEN;
use crate::rig::Rig;
use concord::domain::{Act, ClientId, DimensionRef, NeedSource, Role, StaffId, Wants};
use concord::engine::EngineError;
use concord::engine::memory::CommitFault;
use concord::service::api::{
    Answer, Ask, ChartAsk, Command, DocAsk, Door, DraftBody, DraftSave, People, Place, Secret, StaffAsk,
    Whose,
};
use concord::service::fault::FaultKind;
use concord::store::{Opening, Store, Unlocked, recovery};

fn rig() -> Rig {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig
}

/// The store as a second reader sees it, with rosa's keys.
fn open(rig: &Rig) -> (Store, Unlocked) {
    let Opening::Founded(store, _) = Store::open(Box::new(rig.engine.twin())).unwrap() else {
        panic!("empty")
    };
    let login = store.login("rosa").unwrap().unwrap().value;
    let keys = login.unlock(store.id(), &login.derive(Rig::PASSPHRASE).unwrap()).unwrap();
    (store, keys)
}

/// Every act in the audit, newest first.
fn acts(rig: &Rig) -> Vec<Act> {
    let (store, keys) = open(rig);
    assert_eq!(store.audit_verify().unwrap().broken_at, None);
    let entries = store.audit_read(keys.audit.as_ref().unwrap(), 1_000, None).unwrap();
    entries.into_iter().map(|entry| entry.event.unwrap().act).collect()
}

fn wants(client: ClientId, words: &str, rev: u32) -> Command {
    let wants = Wants { wants: words.into(), set: "ASAM3".into(), first: vec![4], ..Wants::default() };
    Command::Chart(ChartAsk::RecordWants { client, wants: Box::new(wants), rev })
}

fn raise(client: ClientId, source: NeedSource) -> Command {
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    Command::Chart(ChartAsk::RaiseNeed { client, dimension, reason: "said so".into(), source, done: None })
}

#[test]
fn a_given_passphrase_opens_nothing_but_its_own_change() {
    let mut rig = rig();
    rig.add_staff("sam", &[Role::Counselor, Role::Admin], None);
    rig.lock();
    rig.sign_in_as("sam", GIVEN);
    for command in
        [Command::People(People::List { whose: Whose::All }), Command::Staff(StaffAsk::List), Command::Undo]
    {
        assert_eq!(rig.fault(command).kind, FaultKind::Denied);
    }
    assert_eq!(rig.desk.check_up().unwrap_err().kind, FaultKind::Denied);
    let change = |old: &str, new: &str| {
        let (old, new) = (Secret::new(old.into()), Secret::new(new.into()));
        Command::Door(Door::ChangePassphrase { old, new })
    };
    assert_eq!(rig.fault(change(GIVEN, GIVEN)).kind, FaultKind::User, "the same again is no change");
    rig.ok(change(GIVEN, "chosen by sam"));
    rig.ok(Command::People(People::List { whose: Whose::All }));
}

#[test]
fn somebody_disabled_is_given_no_key_by_a_later_change() {
    let mut rig = rig();
    let sam = rig.hire("sam", &[Role::Counselor], None);
    rig.staff_rows(StaffAsk::SetActive { id: sam, active: false });
    let held = |rig: &Rig| {
        let (store, _) = open(rig);
        let login = store.login("sam").unwrap().unwrap().value;
        !login.agency_key.is_empty() || login.audit_secret.is_some() || login.active
    };
    assert!(!held(&rig));
    let rows = rig.staff_rows(StaffAsk::List);
    let kept = rows.into_iter().find(|row| row.staff.value.id == sam).unwrap().staff;
    let mut changed = kept.value;
    changed.credential = "LADC".into();
    rig.staff_rows(StaffAsk::Change { staff: Box::new(changed), rev: kept.rev });
    assert!(!held(&rig), "a changed credential");
    rig.staff_rows(StaffAsk::ResetPassphrase { id: sam, passphrase: Secret::new(GIVEN.into()) });
    assert!(!held(&rig), "a new passphrase");
    rig.staff_rows(StaffAsk::SetActive { id: sam, active: true });
    assert!(held(&rig));
    rig.lock();
    rig.sign_in_as("sam", GIVEN);
}

#[test]
fn an_admin_sees_particulars_and_nothing_from_the_chart() {
    let mut rig = rig();
    rig.hire("ada", &[Role::Admin], None);
    let jo = rig.admitted("Jo", "Rivera");
    rig.done(wants(jo, "a flat of my own", 0));
    rig.done(raise(jo, NeedSource::Clinician));
    let problem = rig.problem(jo, "low mood", "tired");
    rig.done(problem);
    rig.lock();
    rig.sign_in("ada");
    let Answer::People(list) = rig.ok(Command::People(People::List { whose: Whose::All })) else {
        panic!("a list")
    };
    let chart = rig.open(jo);
    assert!(!chart.may_read && !chart.may_write);
    for person in [&list.rows[0], &chart.person] {
        assert_eq!(&*person.summary.name, "Jo Rivera");
        let told = format!("{person:?}");
        assert!(!told.contains("flat of my own") && person.summary.needs.is_empty(), "{told}");
        assert!(person.summary.problems.is_empty() && person.standing.rows.is_empty());
    }
    // Whoever may not write is told so before anything in the chart could answer.
    for command in [
        raise(jo, NeedSource::Rating),
        wants(jo, "x", 9),
        Command::Document(Box::new(DocAsk::NewAssessment { client: jo })),
    ] {
        assert_eq!(rig.fault(command).kind, FaultKind::Denied);
    }
    assert_eq!(rig.fault(Command::Chart(ChartAsk::Open(ClientId([7; 16])))).kind, FaultKind::User);
}

#[test]
fn several_acts_on_one_record_are_taken_back_and_done_again_in_order() {
    let mut rig = rig();
    let jo = rig.admitted("Jo", "Rivera");
    let said = |rig: &mut Rig| rig.open(jo).wants.map(|kept| kept.value.wants);
    rig.done(wants(jo, "one", 0));
    rig.done(wants(jo, "two", 1));
    rig.done(wants(jo, "three", 2));
    for expected in [Some("two"), Some("one"), None] {
        rig.done(Command::Undo);
        assert_eq!(said(&mut rig).as_deref(), expected);
    }
    for expected in ["one", "two", "three"] {
        rig.done(Command::Redo);
        assert_eq!(said(&mut rig).as_deref(), Some(expected));
    }
    rig.done(Command::Undo);
    assert_eq!(said(&mut rig).as_deref(), Some("two"));
    assert!(rig.desk.check_up().unwrap().wrong_summaries.is_empty());
}

#[test]
fn an_act_the_disk_refused_to_take_back_can_be_taken_back_later() {
    let mut rig = rig();
    let jo = rig.admitted("Jo", "Rivera");
    rig.done(wants(jo, "one", 0));
    rig.engine.faults().disk_full(true);
    assert_eq!(rig.fault(Command::Undo).kind, FaultKind::Storage);
    rig.engine.faults().disk_full(false);
    rig.done(Command::Undo);
    assert!(rig.open(jo).wants.is_none());
}

#[test]
fn particulars_are_taken_back_by_whoever_may_change_them() {
    let mut rig = rig();
    rig.hire("ada", &[Role::Admin], None);
    let jo = rig.admitted("Jo", "Rivera");
    rig.lock();
    rig.sign_in("ada");
    let kept = rig.open(jo).client;
    let mut client = kept.value;
    client.preferred = "Joey".into();
    rig.done(Command::People(People::Change { client: Box::new(client), rev: kept.rev, seen: true }));
    let chart = rig.done(Command::Undo).chart.unwrap();
    assert_eq!(chart.client.value.preferred, "");
}

#[test]
fn a_lock_on_a_full_disk_is_audited_once_when_there_is_room() {
    let mut rig = rig();
    let jo = rig.admitted("Jo", "Rivera");
    let faults = rig.engine.faults();
    faults.disk_full(true);
    rig.open(jo);
    rig.ok(Command::Door(Door::Lock { drafts: Vec::new(), place: Place::default(), idle: true }));
    rig.engine.faults().disk_full(false);
    rig.sign_in("rosa");
    rig.lock();
    rig.sign_in("rosa");
    let acts = acts(&rig);
    assert_eq!(
        acts[..5],
        [Act::SignedIn, Act::SignedOut, Act::SignedIn, Act::Locked, Act::ChartOpened],
        "each once, in order"
    );
}

#[test]
fn after_an_outcome_nobody_knows_writing_goes_on() {
    let mut rig = rig();
    let jo = rig.admitted("Jo", "Rivera");
    let faults = rig.engine.faults();
    faults.next_commit(CommitFault::UnknownApplied);
    rig.done(wants(jo, "one", 0));
    faults.next_commit(CommitFault::UnknownLost);
    assert_eq!(rig.fault(wants(jo, "two", 1)).kind, FaultKind::Storage);
    rig.done(wants(jo, "two", 1));
    faults.next_commit(CommitFault::Conflict(concord::engine::Key::new(1, [0; 16], 1)));
    assert_eq!(rig.fault(wants(jo, "three", 2)).kind, FaultKind::Conflict);
    rig.done(wants(jo, "three", 2));
    faults.unreadable(Some(EngineError::Disk("gone".into())));
    assert_eq!(rig.fault(wants(jo, "four", 3)).kind, FaultKind::Storage);
    faults.unreadable(None);
    rig.done(wants(jo, "four", 3));
    assert_eq!(acts(&rig).iter().filter(|act| **act == Act::WantsRecorded).count(), 4);
}

#[test]
fn a_wrong_recovery_phrase_is_audited() {
    let mut rig = rig();
    rig.lock();
    let words = recovery::Phrase::generate().unwrap().words().join(" ");
    let door = Door::Recover {
        phrase: Secret::new(words),
        login: "rosa".into(),
        passphrase: Secret::new("some other".into()),
    };
    assert_eq!(rig.fault(Command::Door(door)).kind, FaultKind::Denied);
    assert_eq!(acts(&rig)[0], Act::SignInFailed);
}

fn text(rig: &mut Rig, client: ClientId, addendum_to: u32, words: &str) -> DraftSave {
    let format = String::new();
    let draft = rig.draft(DocAsk::NewNote { client, format, addendum_to });
    let DraftBody::Note(mut note) = draft.body else { panic!("a note") };
    for section in &mut note.sections {
        section.text = words.to_owned();
    }
    DraftSave { client, number: draft.number, edits: 1, body: DraftBody::Note(note) }
}

fn sign(rig: &mut Rig, save: DraftSave) {
    rig.done(Command::Document(Box::new(DocAsk::Sign { save, passphrase: Rig::secret() })));
}

#[test]
fn addenda_to_an_old_note_are_read_with_it() {
    let mut rig = rig();
    let jo = rig.admitted("Jo", "Rivera");
    for number in 0..53 {
        let addendum_to = u32::from(number == 1);
        let save = text(&mut rig, jo, addendum_to, &format!("Words of the note {number}, enough of them."));
        sign(&mut rig, save);
    }
    let Answer::Document(view) = rig.ok(DocAsk::Read { client: jo, number: 1 }.into()) else {
        panic!("a note")
    };
    assert!(view.part.intact);
    assert_eq!(view.addenda.iter().map(|a| (a.number, a.intact)).collect::<Vec<_>>(), [(2, true)]);
}

#[test]
fn a_draft_stays_its_authors_after_the_person_was_handed_over() {
    let mut rig = rig();
    let kim = rig.hire("kim", &[Role::Counselor], None);
    rig.hire("sam", &[Role::Counselor], None);
    rig.lock();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    let save = text(&mut rig, jo, 0, "Said goodbye, and what comes next.");
    rig.ok(Command::Document(Box::new(DocAsk::Save(save.clone()))));
    let kept = rig.open(jo).episodes.remove(0);
    let mut episode = kept.value;
    episode.counselor = kim;
    rig.done(Command::People(People::ChangeEpisode {
        episode: Box::new(episode),
        rev: kept.rev,
        level: None,
        sessions: false,
    }));
    assert_eq!(rig.fault(wants(jo, "x", 0)).kind, FaultKind::Denied);
    let draft = rig.draft(DocAsk::Open { client: jo, number: save.number });
    assert!(!draft.read_only && !draft.chart.may_read);
    sign(&mut rig, save.clone());
    rig.lock();
    rig.sign_in("kim");
    assert_eq!(rig.open(jo).notes.len(), 1);
    assert_eq!(rig.fault(Command::Document(Box::new(DocAsk::Save(save)))).kind, FaultKind::User);
}

#[test]
fn an_ask_of_an_earlier_epoch_changes_nobody_elses_settings() {
    let mut rig = rig();
    let epoch = rig.session().epoch;
    rig.lock();
    rig.sign_in("rosa");
    let command = Command::Door(Door::Personal(concord::domain::PersonalSettings {
        keymap: "vim".into(),
        ..concord::domain::PersonalSettings::default()
    }));
    let reply = rig.desk.answer(Ask { ticket: 1, epoch, command });
    assert_eq!(reply.result.unwrap_err().kind, FaultKind::Locked);
}

#[test]
fn who_completes_an_assessment_is_who_made_it() {
    let mut rig = rig();
    let jo = rig.admitted("Jo", "Rivera");
    let draft = rig.draft(DocAsk::NewAssessment { client: jo });
    let DraftBody::Assessment(mut grid) = draft.body else { panic!("a grid") };
    grid.cells[0].severity = concord::domain::Severity::from_digit(2);
    grid.by = StaffId([9; 16]);
    let save = DraftSave { client: jo, number: draft.number, edits: 1, body: DraftBody::Assessment(grid) };
    let done = rig.done(Command::Document(Box::new(DocAsk::Sign { save, passphrase: Rig::secret() })));
    assert_eq!(done.chart.unwrap().assessments[0].by, rig.me());
}

#[test]
fn a_clock_that_went_back_is_flagged() {
    let mut rig = rig();
    let jo = rig.admitted("Jo", "Rivera");
    rig.advance_ms(-3_600_000);
    rig.done(wants(jo, "one", 0));
    let (store, keys) = open(&rig);
    let entries = store.audit_read(keys.audit.as_ref().unwrap(), 2, None).unwrap();
    let flags: Vec<bool> = entries.into_iter().map(|entry| entry.event.unwrap().clock_went_back).collect();
    assert_eq!(flags, [true, false]);
}
