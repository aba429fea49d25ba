//! The main road through the front desk, without a screen: real service, memory engine, fixed clock and ids.

use crate::rig::Rig;
use concord::domain::{DimensionRef, NeedSource, NeedState, ProblemStatus, Severity};
use concord::service::api::{Answer, ChartAsk, Command, DocAsk, DraftBody, DraftSave, Secret};
use concord::service::fault::FaultKind;

#[test]
fn from_registration_to_a_signed_note_and_back_after_a_restart() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");

    // The grid.
    let draft = rig.draft(DocAsk::NewAssessment { client: jo });
    let DraftBody::Assessment(mut grid) = draft.body else { panic!("a grid was asked for") };
    for (cell, digit) in grid.cells.iter_mut().zip([1, 0, 2, 2, 3, 2]) {
        cell.severity = Severity::from_digit(digit);
    }
    grid.cells[4].words = "Evenings after court are the worst.".to_owned();
    let save = DraftSave { client: jo, number: draft.number, edits: 1, body: DraftBody::Assessment(grid) };
    rig.ok(Command::Document(Box::new(DocAsk::Save(save.clone()))));
    let done = rig.done(Command::Document(Box::new(DocAsk::Sign { save, passphrase: Rig::secret() })));
    let chart = done.chart.expect("the chart comes back");
    assert_eq!(chart.assessments.len(), 1);
    assert_eq!(chart.person.standing.rows[0].facts.dimension, 5, "severity 3 comes first");

    // An immediate need, taken in hand.
    let dimension = DimensionRef { set: "ASAM3".to_owned(), number: 3 };
    let raise = ChartAsk::RaiseNeed {
        client: jo,
        dimension,
        reason: "said so".into(),
        source: NeedSource::Clinician,
        done: None,
    };
    let chart = rig.done(Command::Chart(raise)).chart.expect("chart");
    assert_eq!(chart.person.standing.rows[0].facts.dimension, 3, "danger now stands above everything");
    let need = &chart.needs[0];
    let in_hand =
        NeedState::InHand { action: "sister called".into(), owner: rig.me(), recheck_at: rig.in_hours(24) };
    let decide =
        ChartAsk::DecideNeed { client: jo, number: need.value.number, rev: need.rev, state: in_hand };
    rig.done(Command::Chart(decide));

    // A problem in the client's words; undone, done again.
    let problem = rig.problem(jo, "low mood after court days", "I keep thinking they'd be better off.");
    rig.done(problem);
    assert_eq!(rig.done(Command::Undo).chart.expect("chart").problems.len(), 0);
    assert_eq!(rig.done(Command::Redo).chart.expect("chart").problems.len(), 1);

    // A note: refused while empty, signed with the passphrase, immutable.
    let draft = rig.draft(DocAsk::NewNote { client: jo, format: String::new(), addendum_to: 0 });
    let DraftBody::Note(mut note) = draft.body else { panic!("a note was asked for") };
    let mut save =
        DraftSave { client: jo, number: draft.number, edits: 1, body: DraftBody::Note(note.clone()) };
    let sign = |save: &DraftSave, secret| {
        Command::Document(Box::new(DocAsk::Sign { save: save.clone(), passphrase: secret }))
    };
    assert_eq!(rig.fault(sign(&save, Rig::secret())).kind, FaultKind::User);
    for section in &mut note.sections {
        section.text = "Jo came on time and chose to start with the hearing.".to_owned();
    }
    note.links = vec![1];
    save.body = DraftBody::Note(note);
    assert_eq!(rig.fault(sign(&save, Secret::new("wrong passphrase".into()))).kind, FaultKind::Denied);
    let chart = rig.done(sign(&save, Rig::secret())).chart.expect("chart");
    assert_eq!((chart.notes.len(), chart.drafts.len()), (1, 0));
    let again = rig.fault(Command::Document(Box::new(DocAsk::Save(save))));
    assert_eq!(again.kind, FaultKind::User, "the draft is gone: nothing edits signed text");

    // Locked, restarted, everything is there.
    rig.lock();
    rig.restart();
    rig.sign_in("rosa");
    let chart = rig.open(jo);
    assert_eq!(chart.problems[0].value.status, ProblemStatus::Active);
    assert!(matches!(chart.needs[0].value.state, NeedState::InHand { .. }));
    let Answer::Document(view) = rig.ok(DocAsk::Read { client: jo, number: 1 }.into()) else {
        panic!("a note was asked for")
    };
    assert!(view.part.intact, "hash and signature hold");
    assert_eq!(view.note.unwrap().links, vec![(1, "low mood after court days".to_owned())]);
}

#[test]
fn unsaved_text_is_kept_by_a_lock_and_found_again() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let draft = rig.draft(DocAsk::NewNote { client: jo, format: String::new(), addendum_to: 0 });
    let DraftBody::Note(mut note) = draft.body else { panic!("a note was asked for") };
    note.sections[0].text = "half a sen".to_owned();
    rig.lock_with(vec![DraftSave {
        client: jo,
        number: draft.number,
        edits: 9,
        body: DraftBody::Note(note),
    }]);
    assert_eq!(rig.fault(Command::Chart(ChartAsk::Open(jo))).kind, FaultKind::Locked);
    rig.sign_in("rosa");
    let draft = rig.draft(DocAsk::Open { client: jo, number: draft.number });
    let DraftBody::Note(note) = draft.body else { panic!("a note was kept") };
    assert_eq!(note.sections[0].text, "half a sen");
}

#[test]
fn the_door_slows_down_and_says_nothing_of_who_exists() {
    let mut rig = Rig::founded();
    let (nobody, wrong) =
        (Rig::founded().try_door("nobody", "wrong passphrase"), rig.try_door("rosa", "wrong passphrase"));
    assert_eq!(nobody, wrong, "an unknown login and a wrong passphrase read the same");
    assert!(wrong.to_string().contains("You have 2 more tries before you must wait."), "{wrong}");
    rig.try_door("nobody", "wrong again!");
    rig.try_door("rosa", "wrong again!");
    let slowed = rig.try_door("rosa", Rig::PASSPHRASE);
    assert!(slowed.what.contains("Wait"), "{slowed}");
    rig.advance_ms(2_000);
    rig.sign_in("rosa");
}

#[test]
fn the_recovery_phrase_opens_the_agency_for_its_admin() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    rig.lock();
    rig.recover("rosa", "a new passphrase");
    assert_eq!(rig.open(jo).client.value.name.family, "Rivera");
    rig.lock();
    assert_eq!(rig.try_door("rosa", Rig::PASSPHRASE).kind, FaultKind::Denied, "the old one is gone");
}
