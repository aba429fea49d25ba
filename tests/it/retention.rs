//! How long records are kept: the list of charts whose time is over, legal holds, and purges by two people.

use crate::driver::Driver;
use crate::plan::planned;
use crate::rig::Rig;
use concord::domain::*;
use concord::engine::Span;
use concord::engine::memory::CommitFault;
use concord::rules::owed::{Asked, Duty};
use concord::service::api::*;
use concord::store::{DocHead, Kind};

const YEAR: i64 = 366 * 24 * Moment::HOUR;

fn house(ask: RetentionAsk) -> Command {
    Command::House(HouseAsk::Retention(ask))
}

fn view(rig: &mut Rig, ask: RetentionAsk) -> RetentionView {
    let Answer::House(HouseAnswer::Retention(view)) = rig.ok(house(ask)) else { panic!("no list") };
    *view
}

/// Jo left eight years ago with everything signed and done; Rosa counsels and is the admin, Kim is another one, Ines a supervisor.
fn left_long_ago() -> (Rig, ClientId) {
    let (mut rig, jo, _) = planned();
    rig.hire("kim", &[Role::Admin], None);
    rig.hire("ines", &[Role::Supervisor], None);
    rig.hire("lee", &[Role::Counselor], None);
    let task =
        Task { text: "Send the letter to Jo".into(), to: rig.me(), client: Some(jo), ..Task::default() };
    rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into());
    let rupture = Rupture {
        client: jo,
        on: rig.desk.now().local.date,
        what: "She looked away.".into(),
        ..Rupture::default()
    };
    rig.done(HeardAsk::Rupture { rupture: Box::new(rupture), rev: 0 }.into());
    // The task ends with the stay; the plan was changed, so that earlier states are kept.
    crate::discharged::discharge(&mut rig, jo, LeaveKind::Completed);
    rig.advance_ms(8 * YEAR);
    rig.sign_in("rosa");
    (rig, jo)
}

fn turn(rig: &mut Rig, login: &str) {
    rig.lock();
    rig.sign_in(login);
}

/// Every record of an owner that the store holds, of whatever kind.
fn stored(rig: &Rig, client: ClientId) -> usize {
    let (store, _) = rig.reader();
    let of =
        |kind: &Kind| store.engine().page(&Span::owner(*kind as u8, client.0), None, 10_000).unwrap().len();
    Kind::ALL.iter().map(of).sum()
}

#[test]
fn a_chart_is_purged_by_two_people_and_nothing_of_it_is_left_but_a_certificate() {
    let (mut rig, jo) = left_long_ago();
    let ann = rig.registered("Ann", "Able");
    let before = stored(&rig, jo);
    let list = view(&mut rig, RetentionAsk::Show);
    assert_eq!(list.rows.len(), 1);
    let row = &list.rows[0];
    assert!(row.hinders.is_empty() && row.rule.starts_with("7 years"), "{row:?}");
    let said = view(&mut rig, RetentionAsk::AskPurge { client: jo });
    let asked = said.rows[0].asked.clone().expect("it waits");
    assert!(asked.mine && !asked.may_agree);
    let number = asked.number;
    // Neither alone, nor twice.
    assert!(rig.fault(house(RetentionAsk::Decide { number, agrees: true })).what.contains("somebody else"));
    assert!(rig.fault(house(RetentionAsk::AskPurge { client: jo })).what.contains("already"));
    // Whoever may not know of charts here decides nothing.
    turn(&mut rig, "lee");
    rig.fault(house(RetentionAsk::Show));
    rig.fault(house(RetentionAsk::Decide { number, agrees: true }));
    assert_eq!(stored(&rig, jo), before, "nothing is removed yet");
    turn(&mut rig, "kim");
    let seq = rig.engine_head().seq;
    let done = view(&mut rig, RetentionAsk::Decide { number, agrees: true });
    assert_eq!(rig.engine_head().seq, seq + 1, "one commit");
    assert!(done.rows.is_empty() && done.said.contains("is purged"), "{}", done.said);
    assert_eq!(stored(&rig, jo), 0, "no record of any kind is left");
    let (store, keys) = rig.reader();
    let repo = store.repo(&keys.agency);
    let (mut tasks, mut ruptures) = (0, 0);
    repo.each_ever::<TaskDone>(|_| tasks += 1).unwrap();
    repo.each_ever::<Task>(|_| tasks += 1).unwrap();
    repo.each_ever::<Rupture>(|_| ruptures += 1).unwrap();
    assert_eq!((tasks, ruptures), (0, 0), "nor what others kept about them");
    // The certificate names no name and none of their words.
    let certificate = done.done[0].certificate.clone().expect("it is done");
    let told = format!("{:?}", done.done[0]);
    for word in ["Jo", "Rivera", "low mood", "nights", "diary", "letter"] {
        assert!(!told.contains(word), "{word}: {told}");
    }
    assert_eq!(certificate.record_no, "A-1001");
    assert!(certificate.highest.contains(&("discharge summary".into(), 1)), "{:?}", certificate.highest);
    assert!(certificate.highest.contains(&("goal".into(), 1)), "{:?}", certificate.highest);
    assert!(certificate.copies.iter().any(|copy| copy.contains("journal")), "{:?}", certificate.copies);
    assert!(certificate.records as usize >= before);
    // Two people stand in it, and in the audit.
    let by: Vec<&str> = done.done[0].said.iter().map(|said| said.by_name.as_str()).collect();
    assert!(by.len() == 2 && by[0] != by[1], "{by:?}");
    let acts: Vec<Act> = rig.audit_events().iter().map(|event| event.act).collect();
    assert!(acts.contains(&Act::PurgeAsked) && acts.contains(&Act::ChartPurged));
    // It cannot be undone, its number does not return, and what is left is sound.
    rig.fault(Command::Undo);
    turn(&mut rig, "rosa");
    let bea = rig.registered("Bea", "Best");
    assert_ne!(rig.open(bea).client.value.record_no, "A-1001");
    rig.fault(ChartAsk::Open(jo).into());
    let found = rig.desk.check_up().unwrap();
    assert!(
        found.unreadable.is_empty() && found.wrong_summaries.is_empty() && found.broken_plans.is_empty(),
        "{found:?}"
    );
    rig.open(ann);
    // And a desk that is opened again knows nothing of them.
    rig.restart();
    rig.sign_in("rosa");
    assert!(view(&mut rig, RetentionAsk::Show).rows.is_empty());
}

#[test]
fn what_is_not_over_is_held_or_is_worked_on_is_refused() {
    let (mut rig, jo) = left_long_ago();
    let refused = |rig: &mut Rig, client, says: &str| {
        let fault = rig.fault(house(RetentionAsk::AskPurge { client }));
        assert!(fault.what.contains(says), "{}", fault.what);
    };
    // Somebody in care, and somebody who left yesterday.
    let ann = rig.admitted("Ann", "Able");
    refused(&mut rig, ann, "in care");
    crate::discharged::discharge(&mut rig, ann, LeaveKind::Completed);
    refused(&mut rig, ann, "It is kept until");
    assert_eq!(view(&mut rig, RetentionAsk::Show).rows.len(), 1, "who is not over is not on the list");
    // A hold, by record number; it needs a reason to be set and lifted.
    let hold = |why: &str| RetentionAsk::Hold { record_no: "a-1001".into(), why: why.into(), sure: true };
    assert!(rig.fault(house(hold(" "))).what.contains("Write why"));
    // Before it is written it is said whose chart it is.
    let ask = RetentionAsk::Hold { record_no: "a-1001".into(), why: "subpoena".into(), sure: false };
    let whose = view(&mut rig, ask);
    let named = whose.hold.expect("it asks");
    assert_eq!((named.record_no.as_str(), named.name.as_str()), ("A-1001", "Jo Rivera"));
    assert!(named.birth != Birth::Unknown && whose.rows[0].hold.is_empty(), "nothing is written");
    let held = view(&mut rig, hold("subpoena of 12 Nov"));
    assert!(held.rows[0].hold.contains("subpoena of 12 Nov") && held.said.contains("A-1001"));
    assert!(rig.fault(house(hold("again"))).what.contains("already"));
    refused(&mut rig, jo, "legal hold");
    assert!(
        rig.fault(house(RetentionAsk::Lift { client: jo, why: String::new() })).what.contains("Write why")
    );
    view(&mut rig, RetentionAsk::Lift { client: jo, why: "case closed".into() });
    // Both are in the chart's own record, and in its history.
    let (store, keys) = rig.reader();
    let holds = store.repo(&keys.agency).list::<LegalHold>(jo).unwrap();
    let lifted = holds[0].value.lifted.clone().unwrap();
    assert_eq!((holds[0].value.why.as_str(), lifted.why.as_str()), ("subpoena of 12 Nov", "case closed"));
    // Open work.
    let task = Task { text: "Look once more".into(), to: rig.me(), client: Some(jo), ..Task::default() };
    rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into());
    refused(&mut rig, jo, "1 open task");
    rig.done(Command::Undo);
    // Asked for, and then a hold comes: agreeing is refused, and nothing is removed.
    let number = view(&mut rig, RetentionAsk::AskPurge { client: jo }).rows[0].asked.clone().unwrap().number;
    view(&mut rig, hold("subpoena after all"));
    let before = stored(&rig, jo);
    turn(&mut rig, "ines");
    assert!(
        rig.fault(house(RetentionAsk::Lift { client: jo, why: "no".into() })).what.len() > 5,
        "only an admin"
    );
    assert!(rig.fault(house(RetentionAsk::Decide { number, agrees: true })).what.contains("legal hold"));
    assert_eq!(stored(&rig, jo), before);
    // Declined, nothing waits any more.
    let left = view(&mut rig, RetentionAsk::Decide { number, agrees: false });
    assert!(left.rows.is_empty(), "a supervisor sees what waits for a second person alone");
    assert!(rig.fault(house(RetentionAsk::Decide { number, agrees: true })).what.contains("decided already"));
}

/// A commit that the disk refuses or loses removes nothing, or all of it.
#[test]
fn a_purge_happens_whole_or_not_at_all() {
    let (mut rig, jo) = left_long_ago();
    let number = view(&mut rig, RetentionAsk::AskPurge { client: jo }).rows[0].asked.clone().unwrap().number;
    let before = stored(&rig, jo);
    let heads = |rig: &Rig| {
        let (store, keys) = rig.reader();
        store.repo(&keys.agency).list::<DocHead>(jo).unwrap().len()
    };
    assert!(heads(&rig) > 0);
    for fault in [CommitFault::NotSaved, CommitFault::UnknownLost] {
        turn(&mut rig, "kim");
        rig.engine.faults().next_commit(fault);
        rig.fault(house(RetentionAsk::Decide { number, agrees: true }));
        rig.restart();
        assert_eq!(stored(&rig, jo), before, "all of it is there");
        rig.sign_in("kim");
    }
    view(&mut rig, RetentionAsk::Decide { number, agrees: true });
    assert_eq!((stored(&rig, jo), heads(&rig)), (0, 0));
}

#[test]
fn it_is_done_by_keys_and_the_record_number_is_typed() {
    let (mut rig, jo) = left_long_ago();
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").run("Open how long records are kept: holds, purges");
    desk.sees("A-1001").sees("may be purged").sees("7 years after the last service");
    desk.keys("ctrl-u")
        .types("court case")
        .keys("enter")
        .sees("legal hold")
        .sees("A legal hold is on A-1001");
    desk.keys("ctrl-a").sees("Lift that first");
    desk.keys("ctrl-u").sees("Lift the legal hold").types("case closed").keys("enter").sees("is lifted");
    desk.keys("ctrl-a").sees("Ask for the purge of A-1001?").keys("ctrl-g").sees("to be agreed");
    desk.keys("ctrl-g").sees("Somebody else has to agree").keys("esc");
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("ines").run("Open how long records are kept: holds, purges").sees("asked for the purge");
    desk.keys("ctrl-g").sees("agree, and purge it now").keys("enter").sees("► Record number");
    desk.types("A-1002").keys("enter").sees("This is another number");
    desk.keys("ctrl-u").types("A-1001").keys("enter").sees("A-1001 is purged");
    assert_eq!(stored(&desk.rig, jo), 0);
    desk.sees("purged").keys("enter").sees("Certificate 1 of a purge");
    desk.keys("esc").sees_no("Rivera");
}

/// Signs in as somebody; what they are told of requests, and what of them is theirs to do.
fn told(rig: &mut Rig, login: &str) -> (Vec<String>, Vec<Duty>) {
    rig.lock();
    let door = Door::SignIn { login: login.into(), passphrase: Rig::secret() };
    let Answer::SignedIn(session) = rig.ok(Command::Door(door)) else { panic!("nobody is signed in") };
    let mine = session.owed.iter().filter(|line| line.mine && matches!(line.owed.duty, Duty::Second(_)));
    (session.seconds.clone(), mine.map(|line| line.owed.duty).collect())
}

#[test]
fn whoever_may_agree_is_told_of_a_purge_and_whoever_asked_of_what_came_of_it() {
    let (mut rig, jo) = left_long_ago();
    view(&mut rig, RetentionAsk::AskPurge { client: jo });
    assert_eq!(told(&mut rig, "lee"), (Vec::new(), Vec::new()), "a counselor decides on no purge");
    for login in ["ines", "kim"] {
        let (said, due) = told(&mut rig, login);
        assert!(said.len() == 1 && said[0].contains("agree to the purge of A-1001"), "{login}: {said:?}");
        assert_eq!(due, [Duty::Second(Asked::Purge)], "{login}");
    }
    rig.advance_ms(Moment::HOUR);
    view(&mut rig, RetentionAsk::Decide { number: 1, agrees: false });
    let (said, due) = told(&mut rig, "rosa");
    assert!(said.len() == 1 && said[0].contains("declined the purge of A-1001"), "{said:?}");
    assert_eq!(due, [], "it is no work of whoever asked");
    view(&mut rig, RetentionAsk::AskPurge { client: jo });
    assert_eq!(told(&mut rig, "kim").1, [Duty::Second(Asked::Purge)]);
    rig.advance_ms(Moment::HOUR);
    view(&mut rig, RetentionAsk::Decide { number: 2, agrees: true });
    let (said, _) = told(&mut rig, "rosa");
    assert!(said.len() == 1 && said[0].contains("agreed to the purge of A-1001"), "{said:?}");
    rig.advance_ms(Moment::HOUR);
    assert_eq!(told(&mut rig, "rosa"), (Vec::new(), Vec::new()), "it is said once");
    assert_eq!(told(&mut rig, "ines").1, [], "nothing waits any more");
}

#[test]
fn whoever_may_agree_is_told_of_two_charts_to_be_linked() {
    let (mut rig, _) = left_long_ago();
    let (ann, bea) = (rig.admitted("Ann", "Able"), rig.registered("Bea", "Best"));
    let record_no = rig.open(bea).client.value.record_no;
    let why = "the same birth date".to_owned();
    rig.done(Command::House(HouseAsk::AskSame { client: ann, record_no, leads: true, why }));
    let (said, due) = told(&mut rig, "kim");
    assert!(said.len() == 1 && said[0].contains("agree to linking A-"), "{said:?}");
    assert_eq!(due, [Duty::Second(Asked::Link)]);
    rig.advance_ms(Moment::HOUR);
    rig.done(Command::House(HouseAsk::DecideSame { client: ann, number: 1, agrees: true }));
    let (said, _) = told(&mut rig, "rosa");
    assert!(said.len() == 1 && said[0].contains("agreed to linking A-"), "{said:?}");
}
