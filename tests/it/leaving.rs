//! Leaving or away over the real service: what somebody holds, passing it on, and what is left.

use crate::days::{owed, session};
use crate::driver::Driver;
use crate::life::{House, house};
use crate::rig::Rig;
use Holding as H;
use concord::domain::*;
use concord::rules::owed::Duty;
use concord::service::api::*;
use concord::service::fault::FaultKind;

fn today(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

fn holdings(rig: &mut Rig, ask: HouseAsk) -> Holdings {
    match rig.ok(Command::House(ask)) {
        Answer::House(HouseAnswer::Holdings(holdings)) => *holdings,
        other => panic!("no holdings: {other:?}"),
    }
}

fn left(holdings: &Holdings) -> Vec<(Holding, usize)> {
    holdings.lines.iter().filter(|line| line.left > 0).map(|line| (line.what, line.left)).collect()
}

fn plan(rig: &mut Rig, session: Session, weeks: u16) {
    rig.done(DaysAsk::Plan { session: Box::new(session), weeks, even_so: true }.into());
}

fn held(rig: &mut Rig, client: ClientId) {
    let date = today(rig);
    plan(rig, session(rig, client, date, ClockTime(9 * 60)), 1);
    let Answer::Day(view) = rig.ok(DaysAsk::Day { date, all: false }.into()) else { panic!("no day") };
    let line = view.lines.iter().find(|line| line.session.value.client == client).expect("planned");
    let (number, rev) = (line.session.value.number, line.session.rev);
    let state = SessionState::Held;
    rig.done(DaysAsk::Mark(Mark { client, number, rev, state, following: false }).into());
}

fn pass(from: StaffId, to: Option<StaffId>, absence: Absence, what: &[Holding]) -> PassOn {
    PassOn { from, absence, what: what.to_vec(), to, even_so: false }
}

fn passed(rig: &mut Rig, pass: PassOn) -> Holdings {
    holdings(rig, HouseAsk::PassOn(pass))
}

fn refused(rig: &mut Rig, pass: PassOn) -> (FaultKind, String) {
    let fault = rig.fault(Command::House(HouseAsk::PassOn(pass)));
    (fault.kind, fault.to_string())
}

/// Sam counsels Jo and Ann, has a weekly row with Jo, owes the note of Ann's session, has a task and a draft. Lee and Kim are
/// counselor and supervisor.
struct Sams {
    rig: Rig,
    kim: StaffId,
    sam: StaffId,
    lee: StaffId,
    jo: ClientId,
    ann: ClientId,
}

fn sams() -> Sams {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    let sam = rig.hire("sam", &[Role::Counselor], Some(kim));
    let lee = rig.hire("lee", &[Role::Counselor], Some(kim));
    rig.hire("fay", &[Role::FrontDesk], None);
    rig.lock();
    rig.sign_in("sam");
    let (jo, ann) = (rig.admitted("Jo", "Rivera"), rig.admitted("Ann", "Able"));
    let tomorrow = today(&rig).plus_days(1);
    let weekly = session(&rig, jo, tomorrow, ClockTime(10 * 60));
    plan(&mut rig, weekly, 3);
    held(&mut rig, ann);
    let task = Task {
        text: "Call the pharmacy".into(),
        due: tomorrow,
        to: sam,
        client: Some(jo),
        ..Task::default()
    };
    rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into());
    rig.draft(DocAsk::NewNote { client: jo, format: "DAP".into(), addendum_to: 0 });
    rig.lock();
    Sams { rig, kim, sam, lee, jo, ann }
}

#[test]
fn a_leaver_passes_on_everything_but_what_only_they_can_sign() {
    let Sams { mut rig, sam, lee, jo, ann, .. } = sams();
    rig.sign_in("kim");
    let absence = Absence { from: today(&rig), until: None };
    let all = holdings(&mut rig, HouseAsk::Holdings { staff: sam, absence });
    assert_eq!(
        left(&all),
        [
            (H::People, 2),
            (H::Sessions, 3),
            (H::OwedNotes, 1),
            (H::Assessments, 2),
            (H::Tasks, 1),
            (H::Drafts, 1)
        ]
    );

    // Before the people have another counselor, what follows them has nowhere to go.
    let follows = pass(sam, None, absence, &[H::Sessions, H::OwedNotes]);
    let (kind, why) = refused(&mut rig, follows.clone());
    assert_eq!((kind, why.contains("no other counselor")), (FaultKind::User, true), "{why}");

    let now = passed(&mut rig, pass(sam, Some(lee), absence, &[H::People]));
    assert_eq!(now.said, "lee Person has 2 people more.");
    assert!(left(&now).iter().all(|(what, _)| *what != H::Assessments), "they went with the people");
    let (kind, _) = refused(&mut rig, pass(sam, Some(lee), absence, &[H::Assessments]));
    assert_eq!(kind, FaultKind::User, "they do not go without them");
    assert_eq!(rig.open(jo).episodes[0].value.counselor, lee);
    let now = passed(&mut rig, follows);
    assert_eq!(now.said, "lee Person has 3 sessions and 1 note owed more.");
    let now = passed(&mut rig, pass(sam, Some(lee), absence, &[H::Tasks]));
    assert_eq!(left(&now), [(H::Drafts, 1)], "a draft stays its author's");
    let (kind, why) = refused(&mut rig, pass(sam, Some(lee), absence, &[H::Drafts]));
    assert_eq!((kind, why.contains("sign")), (FaultKind::User, true), "{why}");
    assert_eq!(
        refused(&mut rig, pass(sam, Some(lee), absence, &[H::Tasks])).0,
        FaultKind::User,
        "nothing is left"
    );
    // Each chart says so.
    let Answer::House(HouseAnswer::History(page)) =
        rig.ok(Command::House(HouseAsk::History { client: ann, before: None }))
    else {
        panic!("no history")
    };
    assert!(page.lines.iter().filter(|line| line.act == Act::WorkPassedOn).count() >= 2, "{:?}", page.lines);
    rig.lock();

    // It is Lee's now: the sessions, the note of a session that Sam held, the task, and word of it all.
    rig.sign_in("lee");
    let duties = owed(&mut rig);
    let texts: Vec<&str> = duties.iter().filter(|line| line.mine).map(|line| line.about.as_str()).collect();
    assert!(texts.contains(&"Call the pharmacy"), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("Taken over from sam Person: 2 people")), "{texts:?}");
    let note = duties.iter().find(|line| line.owed.duty == Duty::MissingNote).expect("the note is owed");
    assert_eq!((note.owed.client, note.owed.by), (ann, Some(lee)));
    let Answer::Day(view) = rig.ok(DaysAsk::Day { date: today(&rig).plus_days(1), all: false }.into()) else {
        panic!("no day")
    };
    assert_eq!(view.lines[0].session.value.staff, lee);
    // Begun by Lee, it is no longer owed; the session stays held by Sam.
    rig.draft(DocAsk::NoteOf { client: ann, session: note.owed.number });
    assert!(owed(&mut rig).iter().all(|line| line.owed.duty != Duty::MissingNote));
    let Answer::Day(view) = rig.ok(DaysAsk::Day { date: today(&rig), all: false }.into()) else {
        panic!("no day")
    };
    assert_eq!(view.lines[0].session.value.staff, sam, "who held it is what happened");
    assert_eq!(refused(&mut rig, pass(lee, Some(sam), absence, &[H::People])).0, FaultKind::Denied);
    rig.lock();
    rig.sign_in("rosa");
    let found = rig.desk.check_up().expect("an admin may");
    assert_eq!((found.wrong_summaries, found.unreadable), (vec![], vec![]));
}

#[test]
fn while_somebody_is_away_one_person_stands_in_and_is_told() {
    let Sams { mut rig, sam, lee, jo, .. } = sams();
    rig.sign_in("kim");
    let from = today(&rig).plus_days(1);
    let absence = Absence { from, until: Some(from.plus_days(3)) };
    let all = holdings(&mut rig, HouseAsk::Holdings { staff: sam, absence });
    assert_eq!(
        left(&all),
        [
            (H::People, 2),
            (H::Sessions, 1),
            (H::OwedNotes, 1),
            (H::Assessments, 2),
            (H::Tasks, 1),
            (H::Drafts, 1)
        ]
    );
    assert_eq!(refused(&mut rig, pass(sam, Some(lee), absence, &[H::OwedNotes])).0, FaultKind::User);

    let now = passed(&mut rig, pass(sam, Some(lee), absence, &[H::People, H::Sessions, H::Tasks]));
    assert_eq!(now.covered_by, "lee Person");
    assert_eq!(left(&now), [(H::OwedNotes, 1), (H::Drafts, 1)], "these wait for Sam");
    assert!(!now.more, "cover is one record, however many people it reaches");
    assert_eq!(rig.open(jo).episodes[0].value.counselor, sam, "the people stay Sam's");
    rig.lock();

    rig.sign_in("lee");
    let told: Vec<String> = owed(&mut rig).iter().map(|line| line.about.clone()).collect();
    assert!(told.iter().any(|text| text.starts_with("You stand in for sam Person from ")), "{told:?}");
    rig.lock();
    rig.advance_ms(24 * Moment::HOUR);
    rig.sign_in("lee");
    assert!(rig.open(jo).may_read);
}

#[test]
fn sessions_that_clash_are_named_before_they_go() {
    let Sams { mut rig, sam, lee, .. } = sams();
    rig.sign_in("lee");
    let mia = rig.admitted("Mia", "Stone");
    let own = session(&rig, mia, today(&rig).plus_days(1), ClockTime(10 * 60 + 30));
    plan(&mut rig, own, 1);
    rig.lock();
    rig.sign_in("kim");
    let absence = Absence { from: today(&rig), until: None };
    let sessions = pass(sam, Some(lee), absence, &[Holding::Sessions]);
    let (kind, why) = refused(&mut rig, sessions.clone());
    assert_eq!(kind, FaultKind::Doubt);
    assert!(why.contains("lee Person has another session at 10:30"), "{why}");
    let now = passed(&mut rig, PassOn { even_so: true, ..sessions });
    assert!(left(&now).iter().all(|(what, _)| *what != Holding::Sessions));
}

#[test]
fn the_page_asks_for_the_days_then_who_gets_what_and_says_what_is_left() {
    let Sams { rig, .. } = sams();
    let mut desk = Driver::over(rig);
    desk.sign_in("kim");
    desk.run("open cover and teams").keys("ctrl-u").sees("Who leaves or is away?").types("sam").keys("enter");
    desk.sees("Leaving or away")
        .sees("Nothing is passed on yet")
        .keys("enter")
        .types("leav")
        .keys("enter ctrl-s");
    desk.sees("sam Person leaves on 21 Nov.")
        .sees("2 people, 3 sessions, 1 note owed, 2 first")
        .sees("not begun; go with the people")
        .sees("can be passed on");
    desk.sees("only they can sign them").sees("F9 all to one");
    // A draft cannot go, and the page says why instead of asking for a colleague.
    desk.keys("end up enter").sees("A draft stays its author's").sees_no("Pass on from");
    // Who can take all of it, not whoever could take a task.
    desk.keys("f9")
        .sees("Pass on from sam Person")
        .sees("With the people: 2 first")
        .keys("enter")
        .sees("lee Person")
        .sees_no("fay Person");
    desk.types("lee").keys("enter ctrl-s");
    desk.sees("lee Person has 2 people, 3 sessions, 1 note owed and 1 task more.").sees("Left: 1 draft.");
    desk.keys("home enter").sees("Nothing of this is left.");
}

#[test]
fn many_sessions_go_in_batches_of_which_each_counts() {
    let Sams { mut rig, sam, lee, .. } = sams();
    rig.sign_in("sam");
    for (given, hour) in [("A", 12), ("B", 13), ("C", 14), ("D", 15), ("E", 16)] {
        let client = rig.admitted(given, "Long");
        let weekly = session(&rig, client, today(&rig).plus_days(2), ClockTime(hour * 60));
        plan(&mut rig, weekly, 53);
    }
    rig.lock();
    rig.sign_in("kim");
    let absence = Absence { from: today(&rig), until: None };
    let before = left(&holdings(&mut rig, HouseAsk::Holdings { staff: sam, absence }))[1].1;
    let sessions = pass(sam, Some(lee), absence, &[Holding::Sessions]);
    let first = passed(&mut rig, sessions.clone());
    assert_eq!((first.passed, first.more), (200, true));
    assert_eq!(left(&first)[1], (Holding::Sessions, before - 200), "what went is gone whatever happens next");
    let second = passed(&mut rig, sessions);
    assert_eq!((second.passed, second.more), (before - 200, false));
}

#[test]
fn a_supervisors_people_go_to_another_one_by_an_admin_only() {
    let Sams { mut rig, kim, sam, .. } = sams();
    rig.sign_in("rosa");
    let ida = rig.hire("ida", &[Role::Supervisor], None);
    rig.lock();
    rig.sign_in("ida");
    let absence = Absence { from: today(&rig), until: None };
    let supervises = pass(kim, Some(ida), absence, &[Holding::Supervises]);
    let all = holdings(&mut rig, HouseAsk::Holdings { staff: kim, absence });
    let line = all.lines.iter().find(|line| line.what == Holding::Supervises).unwrap();
    assert_eq!((line.left, line.beyond), (2, 2));
    assert_eq!(refused(&mut rig, supervises.clone()).0, FaultKind::User);
    rig.lock();
    rig.sign_in("rosa");
    assert_eq!(
        refused(&mut rig, PassOn { to: Some(sam), ..supervises.clone() }).0,
        FaultKind::User,
        "no supervisor"
    );
    let now = passed(&mut rig, supervises);
    assert_eq!(left(&now), []);
    let Answer::Staff { rows, .. } = rig.ok(Command::Staff(StaffAsk::List)) else { panic!("no staff") };
    let sams = rows.iter().find(|row| row.staff.value.id == sam).unwrap();
    assert_eq!(sams.staff.value.supervisor, Some(ida));
}

#[test]
fn whoever_stands_in_for_a_supervisor_co_signs_on_these_days_only() {
    let House { mut rig, jo, .. } = co_signing();
    let duty =
        |rig: &mut Rig| owed(rig).iter().filter(|line| line.mine && line.owed.duty == Duty::CoSign).count();
    rig.sign_in("ben");
    assert_eq!(duty(&mut rig), 0, "it is Kim's to co-sign");
    rig.lock();
    rig.sign_in("rosa");
    let from = today(&rig).plus_days(1);
    let Answer::Staff { rows, .. } = rig.ok(Command::Staff(StaffAsk::List)) else { panic!("no staff") };
    let id = |login: &str| rows.iter().find(|row| row.staff.value.login == login).unwrap().staff.value.id;
    let (kim, ben) = (id("kim"), id("ben"));
    let absence = Absence { from, until: Some(from) };
    let now = passed(&mut rig, pass(kim, Some(ben), absence, &[Holding::People]));
    assert!(now.cover_cosigns);
    rig.lock();
    for (day, mine) in [(0, 0), (1, 1), (2, 0)] {
        rig.sign_in("ben");
        assert_eq!(duty(&mut rig), mine, "day {day}");
        let ask = DocAsk::TakeUp { client: jo, number: 1 };
        let may = matches!(rig.desk.handle(ask.into()), Ok(Answer::Document(view)) if view.may.co_sign);
        assert_eq!(may, mine == 1, "day {day}");
        rig.lock();
        rig.advance_ms(24 * Moment::HOUR);
    }
}

/// Sam's note waits for Kim's co-signature; Ben is a supervisor, too.
fn co_signing() -> House {
    let mut house = house();
    let jo = house.jo;
    house.note(jo, "Came on time.");
    house.rig.lock();
    house
}
