//! The people around a client at the real front desk and by keys, and the stop before one who is marked unsafe.

use crate::days::session;
use crate::driver::Driver;
use crate::groups::new_group;
use crate::paper::request;
use crate::rig::Rig;
use concord::boot;
use concord::domain::*;
use concord::service::api::*;
use concord::service::fault::FaultKind;

fn mother() -> CirclePerson {
    let roles = vec![CircleRole::Guardian, CircleRole::MayBeTold];
    CirclePerson { name: "Eva Rivera".into(), relation: "mother".into(), roles, ..CirclePerson::default() }
}

pub fn father() -> CirclePerson {
    CirclePerson {
        name: "Bram Rivera".into(),
        relation: "father".into(),
        roles: vec![CircleRole::Unsafe],
        about: "no-contact order of 3 May".into(),
        ..CirclePerson::default()
    }
}

/// Rosa is signed in; Jo has a mother and a father whom nobody may bring together with her.
fn desk() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    boot::know_words(&mut rig.desk);
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    save(&mut rig, jo, vec![mother(), father()]);
    (rig, jo)
}

fn save(rig: &mut Rig, client: ClientId, people: Vec<CirclePerson>) {
    let rev = rig.open(client).client.rev;
    rig.done(Command::People(People::Circle { client, rev, people }));
}

fn answered(rig: &mut Rig, client: ClientId, reason: &str) {
    let rev = rig.open(client).client.rev;
    let (name, reason) = (father().name, reason.to_owned());
    rig.done(Command::People(People::AnswerUnsafe { client, rev, name, reason }));
}

fn family(rig: &Rig, client: ClientId, with: &str) -> Command {
    let date = rig.desk.now().local.date.plus_days(1);
    let planned = session(rig, client, date, ClockTime(10 * 60));
    let planned = Session { modality: Some(Modality::Family), with: with.into(), ..planned };
    DaysAsk::Plan { session: Box::new(planned), weeks: 1, even_so: true }.into()
}

fn call(rig: &Rig, client: ClientId, text: &str) -> Command {
    let due = rig.desk.now().local.date;
    let task = Task { text: text.into(), due, to: rig.me(), client: Some(client), ..Task::default() };
    DaysAsk::Keep { task: Box::new(task), rev: 0 }.into()
}

fn stops(rig: &mut Rig, command: Command) {
    let fault = rig.fault(command);
    let said = fault.to_string();
    assert!(
        said.contains("Bram Rivera is marked unsafe") && said.contains("no-contact order of 3 May"),
        "{said}"
    );
}

#[test]
fn case_n47_a_session_or_a_call_stops_until_it_is_answered_for_the_day() {
    let (mut rig, jo) = desk();
    for words in ["mother and Bram Rivera", "Bram", "father"] {
        let command = family(&rig, jo, words);
        stops(&mut rig, command);
    }
    for text in ["Call Bram about Friday", "Letter to the father", "Message for Bram Rivera"] {
        let command = call(&rig, jo, text);
        stops(&mut rig, command);
    }
    assert!(rig.open(jo).person.summary.days.sessions.is_empty(), "nothing was written");
    let (with_mother, to_mother) = (family(&rig, jo, "Eva Rivera, mother"), call(&rig, jo, "Call Eva"));
    rig.done(with_mother);
    rig.done(to_mother);
    // Without a reason it is no answer; with one it holds this day, and the next day stops again.
    let rev = rig.open(jo).client.rev;
    let (name, reason) = (father().name, "  ".to_owned());
    let empty = rig.fault(Command::People(People::AnswerUnsafe { client: jo, rev, name, reason }));
    assert_eq!(empty.kind, FaultKind::User);
    answered(&mut rig, jo, "the court asks for a joint session");
    let (session, task) = (family(&rig, jo, "Bram Rivera"), call(&rig, jo, "Call Bram"));
    rig.done(session);
    rig.done(task);
    rig.advance_ms(24 * 3_600_000);
    rig.lock();
    rig.sign_in("rosa");
    let next_day = call(&rig, jo, "Call Bram again");
    stops(&mut rig, next_day);
}

#[test]
fn case_n47_no_page_is_made_for_somebody_unsafe_whatever_was_answered() {
    let (mut rig, jo, _) = crate::plan::planned();
    save(&mut rig, jo, vec![mother(), father()]);
    answered(&mut rig, jo, "the court asks for a joint session");
    let chart = rig.open(jo);
    let birth = Birth::On(rig.desk.now().local.date.plus_days(-16 * 365));
    let client = Box::new(Client { birth, ..chart.client.value.clone() });
    rig.ok(Command::People(People::Change { client, rev: chart.client.rev, seen: true }));
    let to = |name: &str| {
        let is = Guardianship { name: name.into(), relation: "parent".into(), ..Guardianship::default() };
        Recipient::Guardian(Box::new(ToGuardian { is, left_off: vec![PagePart::OwnWords] }))
    };
    let turn = |name: &str| -> Command {
        let (what, form) = (Paper::ClientPage, String::new());
        TurnAsk::Turn { client: jo, what, language: "en".into(), to: to(name), form }.into()
    };
    for command in [turn("Bram Rivera"), turn("Bram")] {
        let before = rig.audit_events().len();
        let fault = rig.fault(command);
        assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
        assert!(fault.to_string().contains("no-contact order of 3 May"), "{fault}");
        let made = rig.audit_events()[before..].iter().any(|one| one.act == Act::TurnedToGuardian);
        assert!(!made, "nothing is said to have been shown");
    }
    let fault = rig.fault(LeaveAsk::Ask(request(jo, Paper::ClientPage, to("Bram Rivera"))).into());
    assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
    rig.ok(turn("Eva Rivera"));
}

#[test]
fn two_clients_of_whom_one_is_unsafe_for_the_other_do_not_come_into_one_group_unasked() {
    let (mut rig, jo) = desk();
    let bram = rig.admitted("Bram", "Rivera");
    let date = rig.desk.now().local.date;
    let view = |answer: Answer| match answer {
        Answer::Group(GroupAnswer::Group(view)) => *view,
        other => panic!("no group: {other:?}"),
    };
    for (first, second) in [(jo, bram), (bram, jo)] {
        let group = Box::new(Group { kind: "family".into(), ..*new_group(vec![rig.me()]) });
        let made = view(rig.ok(GroupAsk::Save { group, rev: 0 }.into()));
        let group = made.group.value.id;
        let made =
            view(rig.ok(GroupAsk::Join { group, rev: made.group.rev, client: first, from: date }.into()));
        let rev = made.group.rev;
        let join = || GroupAsk::Join { group, rev, client: second, from: date }.into();
        let said = rig.fault(join()).to_string();
        assert!(
            said.contains("Stopped") && !said.contains("no-contact"),
            "no more of the chart than that: {said}"
        );
    }
    answered(&mut rig, jo, "both asked for it");
    let group = Box::new(Group { kind: "family".into(), ..*new_group(vec![rig.me()]) });
    let mut made = view(rig.ok(GroupAsk::Save { group, rev: 0 }.into()));
    let group = made.group.value.id;
    for client in [jo, bram] {
        made = view(rig.ok(GroupAsk::Join { group, rev: made.group.rev, client, from: date }.into()));
    }
    rig.advance_ms(24 * 3_600_000);
    rig.lock();
    rig.sign_in("rosa");
    let date = rig.desk.now().local.date;
    let begin = || Command::from(GroupAsk::Begin { group, date });
    assert!(rig.fault(begin()).to_string().contains("Stopped"), "before each session it is asked again");
    answered(&mut rig, jo, "both asked for it again");
    rig.ok(begin());
    // Neither chart says that the other person is a client here.
    let record_no = rig.open(bram).client.value.record_no.clone();
    let circle = format!("{:?}", rig.open(jo).client.value.circle);
    assert!(!circle.contains(&record_no));
}

#[test]
fn what_is_saved_keeps_what_was_answered_is_told_with_old_and_new_values_and_is_undone() {
    let (mut rig, jo) = desk();
    answered(&mut rig, jo, "the court asks for it");
    save(&mut rig, jo, vec![mother(), CirclePerson { phone: "555-0101".into(), ..father() }]);
    let kept = rig.open(jo).client.value.circle;
    assert_eq!((kept[1].phone.as_str(), kept[1].answers.len()), ("555-0101", 1));
    rig.ok(Command::Undo);
    assert_eq!(rig.open(jo).client.value.circle[1].phone, "");
    // The history tells it as people read it.
    let page = match rig.ok(Command::House(HouseAsk::History { client: jo, before: None })) {
        Answer::House(HouseAnswer::History(page)) => page,
        other => panic!("no history: {other:?}"),
    };
    let told: Vec<&str> =
        page.lines.iter().flat_map(|line| &line.changes).map(|one| one.now.as_str()).collect();
    assert!(
        told.iter().any(|one| one.ends_with("; Bram Rivera, father, unsafe, no-contact order of 3 May")),
        "{told:?}"
    );
    let contradictory = CirclePerson { roles: CircleRole::ALL.to_vec(), ..father() };
    let rev = rig.open(jo).client.rev;
    let people = vec![contradictory];
    let fault = rig.fault(Command::People(People::Circle { client: jo, rev, people }));
    assert!(fault.what.contains("marked unsafe"), "{fault}");
}

#[test]
fn by_keys_somebody_is_added_marked_unsafe_and_answered() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    desk.rig.admitted("Jo", "Rivera");
    desk.rig.lock();
    desk.restart();
    desk.sign_in("rosa").keys("enter");
    desk.run("Write down the people around the client, answer a stop");
    desk.sees("Somebody around the client");
    desk.types("Bram Rivera").keys("tab").types("father").keys("ctrl-s");
    desk.sees("The people around the client are saved");
    desk.run("Write down the people around the client, answer a stop");
    desk.sees("adds a person").keys("1").sees("Change somebody around the client");
    desk.keys("tab tab tab tab tab tab tab tab tab y tab tab").types("no-contact order").keys("ctrl-s");
    desk.sees("UNSAFE").sees("no-contact order");
    desk.run("Write down the people around the client, answer a stop");
    desk.keys("1").sees("answer a stop").keys("2");
    desk.types("The court asks for it.").keys("ctrl-s").sees("Until midnight nothing stops for Bram Rivera");
}

/// Jo's page with words that her plan has.
fn private(rig: &mut Rig, jo: ClientId, private: bool) {
    let chart = rig.open(jo);
    let phones = vec![Telecom { kind: "phone".into(), value: "612 555-0142".into(), usage: String::new() }];
    let client =
        Client { private, phones, addresses: vec!["14 Elm Street, Duluth".into()], ..chart.client.value };
    rig.ok(Command::People(People::Change { client: Box::new(client), rev: chart.client.rev, seen: true }));
}

#[test]
fn case_n47_an_address_or_a_phone_that_is_not_to_be_shared_stands_on_no_page() {
    let (mut rig, jo, _) = crate::plan::planned();
    let words = "My own place at 14 Elm street, call 6125550142.";
    let wants = Box::new(Wants { wants: words.into(), set: "ASAM3".into(), ..Wants::default() });
    let rev = rig.open(jo).wants.map_or(0, |kept| kept.rev);
    rig.done(Command::Chart(ChartAsk::RecordWants { client: jo, wants, rev }));
    for to in [Recipient::Client, Recipient::Staff] {
        private(&mut rig, jo, true);
        let paper = if to == Recipient::Staff { Paper::Plan } else { Paper::ClientPage };
        let fault = rig.fault(LeaveAsk::Ask(request(jo, paper, to.clone())).into());
        assert!(fault.kind == FaultKind::Denied && fault.what.contains("not to be shared"), "{fault}");
        private(&mut rig, jo, false);
        rig.ok(LeaveAsk::Ask(request(jo, paper, to)).into());
    }
    // How somebody around her is reached is theirs.
    let eva = CirclePerson { phone: "555 0142".into(), roles: vec![CircleRole::NotShared], ..mother() };
    save(&mut rig, jo, vec![eva]);
    let fault = rig.fault(LeaveAsk::Ask(request(jo, Paper::ClientPage, Recipient::Client)).into());
    assert!(fault.what.contains("Eva Rivera"), "{fault}");
}

#[test]
fn case_n47_an_address_that_is_not_to_be_shared_stands_in_no_note_of_the_family() {
    let mut circle = crate::groups::circle();
    let (jo, theirs) = (circle.house.jo, circle.theirs);
    private(circle.rig(), jo, true);
    circle.begin();
    circle.mark(jo, Here::Present);
    circle.mark(theirs, Here::Present);
    let signing = circle.signing("Asked when to come to 14 Elm street.");
    let asked = circle.rig().ok(GroupAsk::Check(Box::new(signing.clone())).into());
    let Answer::Group(GroupAnswer::Checked(checked)) = asked else { panic!("not checked") };
    let line = checked.lines.iter().find(|line| line.client == theirs).unwrap();
    assert_eq!(line.becomes, Becomes::Draft);
    assert!(line.found[0].words.contains("address of Jo Rivera"), "{:?}", line.found);
    // In Jo's own chart it may stand, and in nobody else's.
    let view = circle.sign(signing);
    assert!(view.said.starts_with("1 note is signed."), "{}", view.said);
    assert_eq!((circle.notes(jo).len(), circle.notes(theirs).len()), (1, 0));
}
