//! The turned screen at a real desk: what the client sees and marks, what nobody else sees meanwhile, and what becomes of it.

use crate::driver::Driver;
use crate::plan::{planned, save};
use crate::rig::Rig;
use crate::signed;
use concord::domain::*;
use concord::rules::plan::agreed::Standing;
use concord::rules::plan::change::Whole;
use concord::service::api::*;
use concord::service::fault::FaultKind;
use concord::tui::message::{Alarm, Input, Mouse, Msg, Signal};

const SECRET: &str = "correct horse";

/// Rosa in Jo's plan: one goal, one step, one method, and two other people here.
fn desk() -> (Driver, ClientId) {
    let (mut rig, jo, _) = planned();
    rig.admitted("Vexa", "Okafor");
    rig.admitted("Lee", "Tran");
    (at_plan(rig), jo)
}

fn at_plan(rig: Rig) -> Driver {
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter p");
    desk
}

fn turned() -> (Driver, ClientId) {
    let (mut desk, jo) = desk();
    desk.keys("f6");
    desk.sees("Turn to Jo, in English: F6 again.").keys("f6");
    desk.sees("My plan, Jo").sees_no("Ctrl-K");
    (desk, jo)
}

fn back(desk: &mut Driver) -> &mut Driver {
    desk.keys("f6").types(SECRET).keys("enter")
}

/// The client's marks and words on the plan as they are recorded.
fn standing(desk: &mut Driver, jo: ClientId, line: LineRef) -> (Assent, String, bool) {
    let chart = desk.rig.open(jo);
    let plan = chart.plan.plan;
    match plan.answered(plan.line(line).unwrap()) {
        Standing::Given(one) => (one.answer, one.words.clone(), one.by_client),
        _ => (Assent::NotAsked, String::new(), false),
    }
}

fn drafts(desk: &Driver, jo: ClientId) -> usize {
    let (store, keys) = desk.rig.reader();
    store.repo(&keys.agency).list::<concord::store::DraftHead>(jo).unwrap().len()
}

#[test]
fn the_client_marks_and_the_counselor_takes_over() {
    let (mut desk, jo) = turned();
    // What we agreed: the goal; then the step, with words; then the method, not for me.
    desk.keys("1 down 2 enter").types("Two nights.").keys("enter down 3");
    desk.sees("not for me");
    back(&mut desk);
    desk.sees("What Jo marked").sees("agreed: G1").sees("O1: partly “Two nights.”").sees("M1: declined");
    assert_eq!(
        standing(&mut desk, jo, LineRef::goal(1)).0,
        Assent::NotAsked,
        "nothing is taken over by itself"
    );
    desk.keys("ctrl-s");
    desk.sees("3 answers are taken over.");
    assert_eq!(standing(&mut desk, jo, LineRef::goal(1)), (Assent::Agreed, String::new(), true));
    assert_eq!(standing(&mut desk, jo, LineRef::objective(1)), (Assent::Partly, "Two nights.".into(), true));
    assert_eq!(standing(&mut desk, jo, LineRef::method(1)).0, Assent::Declined);
    assert_eq!(drafts(&desk, jo), 0);
    desk.keys("ctrl-z").sees("There is nothing to undo.");
    assert_eq!(
        standing(&mut desk, jo, LineRef::goal(1)).0,
        Assent::Agreed,
        "no act of the turned screen is undone"
    );
}

/// N24: a line that speaks about the client is named before they see it, on screen and on paper.
#[test]
fn n24_what_speaks_about_the_client_is_named_before_they_see_it() {
    let (mut rig, jo, _) = planned();
    let chart = rig.open(jo);
    let mut method = chart.plan.plan.methods[0].clone();
    method.purpose = "To back his request.".into();
    rig.done(save(Whole::Method(Box::new(method)), chart.plan.rev(LineRef::method(1))));
    let mut desk = at_plan(rig);
    desk.keys("f6").sees("Turn to Jo, in English: F6 again.").sees("Speaks about the client, not as they do");
    desk.keys("f3 enter").sees("Speaks about the client, not as they do");
    desk.keys("esc f6 f6").sees("My plan, Jo");
}

#[test]
fn an_answer_is_left_out_with_a_reason_and_counts_for_nothing() {
    let (mut desk, jo) = turned();
    desk.keys("1 down 2");
    back(&mut desk);
    desk.types("o1").keys("ctrl-s").sees("Write why it is left out.");
    desk.types("pressed by mistake").keys("ctrl-s").sees("1 is left out").sees("1 answer is taken over.");
    assert_eq!(standing(&mut desk, jo, LineRef::objective(1)).0, Assent::NotAsked);
    let (store, keys) = desk.rig.reader();
    let all = store.repo(&keys.agency).list::<Agreement>(jo).unwrap();
    let out = all.iter().find(|kept| kept.value.about == LineRef::objective(1)).unwrap();
    assert_eq!((out.value.answer, out.value.left_out.as_str()), (Assent::Partly, "pressed by mistake"));
}

#[test]
fn what_is_not_taken_over_waits_and_can_be_turned_again() {
    let (mut desk, jo) = turned();
    desk.keys("1");
    back(&mut desk);
    desk.keys("esc").sees("Ctrl-O takes over what Jo marked, 21 Nov 13:00: 1 line.");
    desk.keys("f6 f6").sees("agreed");
    desk.keys("2");
    back(&mut desk);
    desk.sees("G1: partly").keys("esc ctrl-o").sees("What Jo marked").keys("ctrl-s");
    assert_eq!(standing(&mut desk, jo, LineRef::goal(1)).0, Assent::Partly);
}

#[test]
fn a_page_on_which_nothing_was_marked_leaves_no_draft() {
    let (mut desk, jo) = turned();
    back(&mut desk);
    desk.sees("The screen is turned back.");
    assert_eq!(drafts(&desk, jo), 0);
    let shown: Vec<Act> = desk.rig.audit_events().into_iter().map(|event| event.act).collect();
    for act in [Act::TurnedToClient, Act::ShownToClient, Act::TurnedBack] {
        assert!(shown.contains(&act), "{act:?}");
    }
    // That they saw it counts: what is new is told against it.
    let seen = desk.rig.ok(PlanAsk::SinceSeen { client: jo }.into());
    let Answer::PlanThen { seen: Some(how), .. } = seen else { panic!("not seen") };
    assert!(how.starts_with("turned screen of "), "{how}");
}

#[test]
fn nothing_leads_out_of_the_turned_screen() {
    let (mut desk, _) = turned();
    let keys = "ctrl-p ctrl-k ctrl-z ctrl-y ctrl-c f1 f2 f3 f4 f5 f8 f9 f12 ctrl-q ctrl-w ctrl-o ctrl-a ? / home end \
                delete ctrl-f ctrl-s ctrl-n ctrl-e";
    for key in keys.split_whitespace() {
        desk.keys(key);
        for words in ["Okafor", "Tran", "Vexa", "Actions", "yours", "G1", "O1", "A-10"] {
            desk.sees_no(words);
        }
        desk.sees("My plan, Jo");
    }
    assert_eq!(desk.quit, None);
    desk.paste("CLIENT B, call 555-0101\n1");
    desk.sees("Pasting is off on this page.").sees_no("CLIENT B");
    desk.send(Msg::Input(Input::Mouse(Mouse::Click { x: 4, y: 6 })));
    desk.send(Msg::Input(Input::Mouse(Mouse::WheelDown)));
    for (width, height) in [(20, 5), (60, 20), (200, 60), (80, 24)] {
        desk.resize(width, height);
        for words in ["Okafor", "Tran"] {
            desk.sees_no(words);
        }
    }
    desk.send(Msg::Signal(Signal::Continue));
    for alarm in [Alarm::Recheck, Alarm::Midnight, Alarm::IdleWarning] {
        desk.send(Msg::Alarm(alarm));
        desk.sees("My plan, Jo").sees_no("locks in").sees_no("immediate need");
    }
}

#[test]
fn a_lock_in_the_turned_screen_loses_nothing_and_shows_nothing() {
    for how in ["key", "idle", "suspend", "stop", "five wrong"] {
        let (mut desk, jo) = turned();
        desk.keys("down 2 enter").types("Two ni");
        match how {
            "key" => _ = desk.keys("ctrl-l"),
            "idle" => desk.advance(15 * 60_000 + 1),
            "suspend" => desk.send(Msg::Signal(Signal::Suspend)),
            "stop" => desk.send(Msg::Signal(Signal::Stop)),
            _ => {
                desk.keys("f6");
                for _ in 0..5 {
                    desk.advance(20_000);
                    desk.types("not this one").keys("enter");
                }
            }
        }
        desk.sees_no("My plan").sees_no("Two ni");
        assert_eq!(desk.quit.is_some(), how == "stop", "{how}");
        desk.restart();
        // Back where she was, with the words that were on their way at the lock.
        desk.types("rosa").keys("tab").types(SECRET).keys("enter").keys("ctrl-o");
        desk.sees("O1: partly “Two ni”").keys("ctrl-s");
        assert_eq!(standing(&mut desk, jo, LineRef::objective(1)).0, Assent::Partly, "{how}");
    }
}

#[test]
fn a_kill_loses_no_more_than_a_second_and_the_sign_in_is_what_is_seen() {
    let (mut desk, _) = turned();
    desk.keys("1").advance(1_000);
    desk.keys("down 3").advance(400);
    desk.restart();
    desk.sees_no("My plan").sign_in("rosa");
    desk.keys("f5").sees("client's answers").keys("enter");
    desk.sees("Ctrl-O takes over what Jo marked").sees(": 1 line.").keys("ctrl-o").sees("agreed: G1");
}

#[test]
fn the_pin_is_enough_for_two_minutes_and_five_wrong_tries_leave_only_the_lock() {
    let (mut rig, jo, _) = planned();
    rig.ok(Command::Door(Door::SetPin { passphrase: Rig::secret(), pin: Secret::new("482913".into()) }));
    let turn = || TurnAsk::Turn {
        client: jo,
        what: Paper::ClientPage,
        language: "en".into(),
        to: Recipient::Client,
        form: String::new(),
    };
    let back = |secret: &str| TurnAsk::Back { save: None, secret: Secret::new(secret.into()) }.into();
    rig.ok(turn().into());
    assert!(matches!(rig.ok(back("482913")), Answer::TurnedBack(TurnedBack::Back { .. })));
    rig.ok(turn().into());
    rig.advance_ms(2 * 60_000 + 1);
    assert!(matches!(rig.ok(back("482913")), Answer::TurnedBack(TurnedBack::PinOver)));
    for left in (0..5).rev() {
        let answer = rig.ok(back("not this one"));
        assert!(
            matches!(answer, Answer::TurnedBack(TurnedBack::Wrong { left: now }) if now == left),
            "{answer:?}"
        );
        if (1..=2).contains(&left) {
            assert!(matches!(rig.ok(back("x")), Answer::TurnedBack(TurnedBack::Wait)));
        }
        rig.advance_ms(60_000);
    }
    let fault = rig.fault(back(Rig::PASSPHRASE));
    assert_eq!(fault.kind, FaultKind::Locked, "the right one too: {fault}");
    assert!(matches!(rig.fault(Command::Chart(ChartAsk::Open(jo))).kind, FaultKind::Denied));
    rig.lock();
    rig.sign_in("rosa");
    rig.open(jo);
}

#[test]
fn nobody_at_the_desk_changes_what_the_client_marked() {
    let (mut desk, jo) = turned();
    desk.keys("3");
    back(&mut desk);
    desk.keys("esc");
    let open = desk.rig.open(jo).answers.expect("they wait");
    let mut forged = open.answers.clone();
    forged.lines[0].answer = Assent::Agreed;
    let save = |body| DraftSave { client: jo, number: open.number, edits: 1, body: DraftBody::Answers(body) };
    for ask in [DocAsk::Save(save(forged.clone())), DocAsk::Leave(save(forged.clone()))] {
        assert_eq!(desk.rig.fault(ask.into()).kind, FaultKind::Denied);
    }
    desk.rig.fault(DocAsk::Sign { save: save(forged.clone()), passphrase: Rig::secret() }.into());
    desk.rig.fault(DocAsk::Drop { client: jo, number: open.number }.into());
    assert_eq!(
        desk.rig.fault(DocAsk::Delete { client: jo, number: open.number }.into()).kind,
        FaultKind::Denied
    );
    desk.rig.fault(TurnAsk::Save(save(forged)).into());
    assert_eq!(desk.rig.open(jo).answers.unwrap().answers, open.answers);
}

fn signed_by_rosa(desk: &mut Driver, jo: ClientId) -> Number {
    signed::sign(&mut desk.rig, jo, Attested::default());
    desk.rig.open(jo).plan.versions[0].doc
}

#[test]
fn a_typed_name_answers_the_version_that_reads_as_the_page() {
    let (mut desk, jo) = desk();
    let doc = signed_by_rosa(&mut desk, jo);
    desk.keys("esc enter p f6 f6").sees("signed it on Saturday 21 November 2026.");
    desk.keys("tab 1").types("Jo Rivera").keys("enter 1");
    back(&mut desk);
    desk.sees("Signs as Jo Rivera.").sees("Would like a copy.");
    // What became of the copy is never filled in from what the client wished.
    desk.keys("1").types(SECRET).keys("enter");
    desk.sees("What they said about signing is recorded.");
    let chart = desk.rig.open(jo);
    let version = chart.plan.versions.iter().find(|one| one.doc == doc).unwrap();
    let (attested, by) = &version.attested[0];
    assert_eq!((attested.how, attested.name.as_str()), (Some(SignedHow::Screen), "Jo Rivera"));
    assert_eq!((attested.copy, by.as_str()), (Some(CopyGiven::Given), "Rosa Imani LADC"));
    assert!(chart.answers.is_none());
}

#[test]
fn a_no_at_the_screen_is_an_answer_in_their_words() {
    let (mut desk, jo) = desk();
    signed_by_rosa(&mut desk, jo);
    desk.keys("esc enter p f6 f6 tab 2 enter").types("Not the diary.").keys("enter");
    back(&mut desk);
    desk.sees("Does not agree, and does not sign. “Not the diary.”");
    desk.keys("2").types(SECRET).keys("enter");
    let chart = desk.rig.open(jo);
    let (attested, _) = &chart.plan.versions[0].attested[0];
    assert_eq!(attested.how, Some(SignedHow::Declined));
    assert_eq!(attested.words, "I do not agree. “Not the diary.”");
}

#[test]
fn a_name_typed_before_the_plan_is_signed_is_in_the_question_of_f9() {
    let (mut desk, jo) = turned();
    desk.keys("1 tab 1").types("Jo Rivera").keys("enter 2");
    back(&mut desk);
    desk.sees("Signs as Jo Rivera.").keys("ctrl-s").sees("is in the question of F9");
    desk.keys("f9").sees("The client answered at the screen.").sees("Jo Rivera");
    desk.keys("1 2").types(SECRET).keys("enter");
    let chart = desk.rig.open(jo);
    assert_eq!(chart.plan.versions.len(), 1, "{}", desk.screen());
    let (attested, _) = &chart.plan.versions[0].attested[0];
    assert_eq!((attested.how, attested.name.as_str()), (Some(SignedHow::Screen), "Jo Rivera"));
    assert!(chart.answers.is_none() && drafts(&desk, jo) == 0);
}

#[test]
fn a_name_does_not_pass_to_a_plan_that_reads_otherwise() {
    let (mut desk, jo) = turned();
    desk.keys("tab 1").types("Jo Rivera").keys("enter");
    back(&mut desk);
    desk.keys("ctrl-s");
    let open = desk.rig.open(jo).answers.unwrap();
    let chart = desk.rig.open(jo);
    let mut step = chart.plan.plan.objectives[0].clone();
    step.amount = "5 nights a week".into();
    desk.rig.done(save(Whole::Objective(Box::new(step)), chart.plan.rev(LineRef::objective(1))));
    let attested = Attested {
        how: Some(SignedHow::Screen),
        name: "Jo Rivera".into(),
        copy: Some(CopyGiven::Given),
        given: desk.rig.desk.now().local.date,
        ..Attested::default()
    };
    let seen = desk.rig.open(jo).seen();
    let signing =
        |attested| Box::new(PlanSigning { at_screen: open.number, ..signed::signing(jo, attested) });
    let ask =
        PlanAsk::Sign { signing: signing(attested.clone()), seen: seen.clone(), passphrase: Rig::secret() };
    let fault = desk.rig.fault(ask.into());
    assert!(fault.what.contains("has changed since the client signed it"), "{fault}");
    // Nor does another name pass for theirs.
    desk.rig.ok(Command::Undo);
    let seen = desk.rig.open(jo).seen();
    let forged = Attested { name: "Jo R.".into(), ..attested };
    let ask = PlanAsk::Sign { signing: signing(forged), seen, passphrase: Rig::secret() };
    assert_eq!(desk.rig.fault(ask.into()).kind, FaultKind::Denied);
}

#[test]
fn the_page_is_in_the_clients_language() {
    let (mut rig, jo, _) = planned();
    let kept = rig.open(jo).client;
    let client = Client { languages: vec!["Spanish".into(), "English".into()], ..kept.value };
    rig.done(Command::People(People::Change { client: Box::new(client), rev: kept.rev, seen: true }));
    let mut desk = at_plan(rig);
    desk.keys("f6").sees("Turn to Jo, in Español: F6 again.").keys("f6");
    desk.sees("Mi plan, Jo").sees("Lo que acordamos").sees_no("agreed");
    desk.keys("1").sees("de acuerdo");
    back(&mut desk);
    desk.keys("ctrl-s");
    desk.run("Turn the screen in another language, or to a guardian").keys("enter").sees("My plan, Jo");
}

#[test]
fn a_disk_that_refuses_keeps_the_screen_turned_until_the_marks_are_safe() {
    let (mut desk, jo) = turned();
    desk.keys("1");
    desk.rig.engine.faults().disk_full(true);
    desk.advance(1_000);
    desk.sees("The last marks are not saved yet.");
    back(&mut desk);
    desk.sees("This page is hidden.").sees_no("yours");
    desk.rig.engine.faults().disk_full(false);
    desk.types(SECRET).keys("enter").sees("What Jo marked").keys("ctrl-s");
    assert_eq!(standing(&mut desk, jo, LineRef::goal(1)).0, Assent::Agreed);
}

#[test]
fn a_plan_without_a_goal_is_not_turned() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.admitted("Jo", "Rivera");
    let mut desk = at_plan(rig);
    desk.keys("f6 f6").sees("There is nothing to turn to the client yet");
    desk.keys("o").sees("RIVERA, Jo").sees("Outpatient");
}

#[test]
fn a_signed_note_is_turned_and_what_they_say_is_in_its_life() {
    let (mut rig, jo, _) = planned();
    let view = rig.draft(DocAsk::NewNote { client: jo, format: "DAP".into(), addendum_to: 0 });
    let DraftBody::Note(mut note) = view.body.clone() else { panic!("no note") };
    note.sections.iter_mut().for_each(|section| section.text = format!("Words of {}.", section.key));
    note.serves_nothing = "crisis".into();
    let save = DraftSave { client: jo, number: view.number, edits: 1, body: DraftBody::Note(note) };
    rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter n f6");
    desk.sees("Turn to Jo, in English: F6 again.").keys("f6");
    desk.sees("What we wrote, Jo")
        .sees("Words of data.")
        .sees_no("crisis")
        .sees_no("A-1001")
        .sees_no("1 agreed");
    desk.keys("tab 2 enter").types("I slept well.").keys("enter");
    back(&mut desk);
    desk.sees("Does not agree, and does not sign. “I slept well.”").sees_no("Copy");
    desk.types(SECRET).keys("enter").sees("What they said about signing is recorded.");
    desk.keys("enter").sees("I do not agree. “I slept well.”");
    assert!(desk.rig.open(jo).answers.is_none());
    // A plan and a note are not mixed up: what was marked on one is taken over before the other is turned.
    desk.keys("esc p f6 f6 1");
    back(&mut desk);
    desk.keys("esc n f6 f6").sees("not taken over yet");
}
