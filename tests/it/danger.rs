//! Danger that is passed on by whoever does not decide on it: what becomes of it, who sees it, and what they do not see.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::{Act, ClientId, ClockTime, Date, Moment, NeedSource, NeedState, Role};
use concord::service::api::{
    Answer, ChartAsk, Command, DangerSaid, DayView, DaysAsk, NeedSaid, People, Whose,
};
use concord::service::fault::FaultKind;

/// Rosa counsels and leads, Fay is at the front desk; Jo is Rosa's, Ben is not admitted.
fn agency() -> (Rig, ClientId, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.hire("fay", &[Role::FrontDesk], None);
    let (jo, ben) = (rig.admitted("Jo", "Rivera"), rig.registered("Ben", "Stone"));
    rig.lock();
    (rig, jo, ben)
}

fn said(client: ClientId, words: &str) -> DangerSaid {
    let (on, at) = (Date::from_ymd(2026, 11, 21).unwrap(), ClockTime::new(13, 0).unwrap());
    DangerSaid { client, words: words.into(), on, at, ..DangerSaid::default() }
}

fn tell(said: DangerSaid) -> Command {
    Command::People(People::TellDanger(Box::new(said)))
}

fn today(rig: &mut Rig) -> DayView {
    let date = rig.desk.now().local.date;
    match rig.ok(DaysAsk::Day { date, all: false }.into()) {
        Answer::Day(day) => *day,
        other => panic!("no day: {other:?}"),
    }
}

#[test]
fn what_the_front_desk_passes_on_is_proposed_and_first_for_whoever_decides() {
    let (mut rig, jo, ben) = agency();
    rig.sign_in("fay");
    let (place, phone) = ("at the bus station".to_owned(), "303-555-0147".to_owned());
    let told =
        rig.session().colleagues.all.iter().find(|(_, name)| name.starts_with("Rosa")).map(|one| one.0);
    let done = rig.done(tell(DangerSaid { place, phone, told, ..said(jo, "I took them all.") }));
    assert!(done.said.contains("their counselor and supervisors see it first"), "{}", done.said);
    assert!(!done.undoable && done.chart.is_none(), "{done:?}");
    let done = rig.done(tell(said(ben, "has a knife")));
    assert!(done.said.contains("Ben Stone: supervisors see it first"), "{}", done.said);
    rig.lock();
    rig.sign_in("rosa");
    let Answer::People(list) = rig.ok(Command::People(People::List { whose: Whose::All })) else { panic!() };
    assert!(list.rows.iter().all(|row| row.summary.needs.len() == 1), "both are on top of the list");
    let need = rig.open(jo).needs[0].value.clone();
    assert_eq!((need.source, need.state, need.hours), (NeedSource::Caller, NeedState::Proposed, 1));
    assert_eq!(
        need.reason,
        "\u{201c}I took them all.\u{201d} Call 303-555-0147. They are at the bus station. Told already: Rosa Imani LADC."
    );
    let owed = crate::days::owed(&mut rig);
    let first: Vec<&str> = owed.iter().take(2).map(|line| &*line.name).collect();
    assert!(first.contains(&"Jo Rivera") && first.contains(&"Ben Stone"), "{first:?}");
    assert_eq!(rig.audit_events().iter().filter(|event| event.act == Act::DangerTold).count(), 2);
}

#[test]
fn the_front_desk_sees_its_own_words_and_who_took_them_and_nothing_else_of_a_need() {
    let (mut rig, jo, ben) = agency();
    rig.sign_in("rosa");
    let before = rig.open(jo);
    assert!(before.needs.is_empty());
    rig.done(
        ChartAsk::RaiseNeed {
            client: ben,
            dimension: concord::domain::DimensionRef { set: "ASAM3".into(), number: 3 },
            reason: "a secret of the chart".into(),
            source: NeedSource::Clinician,
            done: None,
        }
        .into(),
    );
    rig.lock();
    rig.sign_in("fay");
    rig.done(tell(said(jo, "I took them all.")));
    rig.done(tell(said(ben, "has a knife")));
    for client in [jo, ben] {
        let chart = rig.open(client);
        assert!(chart.needs.is_empty() && chart.person.summary.needs.is_empty(), "{:?}", chart.needs);
        assert!(chart.person.summary.told.is_empty() && !chart.may_answer);
        let decide = ChartAsk::DecideNeed { client, number: 1, rev: 1, state: NeedState::Confirmed };
        assert_eq!(rig.fault(decide.into()).kind, FaultKind::Denied);
        let say = NeedSaid::Corrected { entry: 0, words: "x".into() };
        assert_eq!(
            rig.fault(ChartAsk::SayNeed { client, number: 1, rev: 1, said: say }.into()).kind,
            FaultKind::Denied
        );
    }
    let told = today(&mut rig).told;
    let words: Vec<&str> = told.iter().map(|line| line.words.as_str()).collect();
    assert_eq!(words.len(), 2);
    assert!(words.iter().all(|words| !words.contains("secret")), "{words:?}");
    assert!(told.iter().all(|line| line.taken.is_none()));
    // Of a need that somebody else raised nothing can be corrected, nor is it told that there is one.
    let other = Command::People(People::CorrectTold { client: ben, need: 1, entry: 0, words: "x".into() });
    let none = Command::People(People::CorrectTold { client: ben, need: 9, entry: 0, words: "x".into() });
    assert_eq!(rig.fault(other).to_string(), rig.fault(none).to_string());
    rig.lock();
    rig.sign_in("rosa");
    let need = rig.open(jo).needs[0].clone();
    let (number, rev, state) = (need.value.number, need.rev, NeedState::Confirmed);
    rig.done(ChartAsk::DecideNeed { client: jo, number, rev, state }.into());
    assert!(today(&mut rig).told.is_empty(), "whoever decides has them as needs");
    rig.lock();
    rig.sign_in("fay");
    let told = today(&mut rig).told;
    assert_eq!(told[0].taken, None, "what nobody has taken comes first");
    assert_eq!(
        told[1].taken.as_ref().map(|(name, at)| (name.as_str(), at.time)),
        Some(("Rosa Imani", ClockTime::new(13, 0).unwrap()))
    );
    rig.advance_ms(24 * Moment::HOUR);
    let told = today(&mut rig).told;
    assert_eq!(told.iter().map(|line| &*line.name).collect::<Vec<_>>(), ["Ben Stone"]);
}

#[test]
fn it_is_corrected_and_never_undone_and_said_again_it_stays_one() {
    let (mut rig, jo, _) = agency();
    rig.sign_in("fay");
    rig.done(tell(said(jo, "I took tem all.")));
    assert!(rig.desk.handle(Command::Undo).is_err(), "there is nothing to undo");
    let words = "\u{201c}I took them all.\u{201d}".to_owned();
    rig.done(Command::People(People::CorrectTold { client: jo, need: 1, entry: 0, words }));
    rig.advance_ms(60_000);
    rig.done(tell(DangerSaid { at: ClockTime::new(13, 1).unwrap(), ..said(jo, "is asleep now") }));
    assert_eq!(today(&mut rig).told.len(), 2);
    rig.lock();
    rig.sign_in("rosa");
    let chart = rig.open(jo);
    assert_eq!(chart.needs.len(), 1);
    let need = &chart.needs[0].value;
    assert!(need.history.iter().any(|entry| entry.was.contains("tem all")), "the old words stay");
    assert!(need.reason.ends_with("\u{201c}is asleep now\u{201d}"), "{}", need.reason);
    rig.lock();
    rig.sign_in("rosa");
    let need = rig.open(jo).needs[0].clone();
    let state = NeedState::Resolved { outcome: "at the hospital".into() };
    rig.done(ChartAsk::DecideNeed { client: jo, number: 1, rev: need.rev, state }.into());
    rig.lock();
    rig.sign_in("fay");
    let late = Command::People(People::CorrectTold { client: jo, need: 1, entry: 0, words: "x".into() });
    assert!(rig.fault(late).to_string().contains("pass it on again"));
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let (mut rig, jo, _) = agency();
    rig.sign_in("fay");
    let head = rig.engine_head();
    let later = ClockTime::new(13, 1).unwrap();
    let refused = |rig: &mut Rig, said: DangerSaid| rig.fault(tell(said)).to_string();
    assert!(refused(&mut rig, said(jo, " ")).contains("what was said"));
    assert!(refused(&mut rig, said(jo, "2")).contains("what was said"));
    assert!(refused(&mut rig, DangerSaid { at: later, ..said(jo, "now") }).contains("in the future"));
    let long_ago = Date::from_ymd(1900, 1, 1).unwrap();
    assert!(refused(&mut rig, DangerSaid { on: long_ago, ..said(jo, "x y") }).contains("birth"));
    assert!(refused(&mut rig, DangerSaid { dimension: Some(9), ..said(jo, "x y") }).contains("nearest"));
    assert!(refused(&mut rig, said(jo, &"a ".repeat(400))).contains("at most"));
    assert_eq!(rig.engine_head(), head, "nothing was written");
}

/// The front desk begins on Today.
fn front_desk() -> Driver {
    let (rig, ..) = agency();
    let mut desk = Driver::over(rig);
    desk.types("fay").keys("tab").types(Rig::PASSPHRASE).keys("enter").sees("Today");
    desk
}

#[test]
fn a_caller_in_danger_is_found_and_passed_on_by_keys_and_first_on_today() {
    let mut desk = front_desk();
    desk.sees("Alt-! danger");
    desk.keys("r i v alt-!").sees("Somebody is in danger").sees("Jo Rivera").sees("A-1001");
    desk.types("I took them all.").keys("ctrl-s").sees("Danger is passed on for Jo Rivera");
    desk.keys("esc").sees("danger").sees("nobody has taken this yet");
    // It is read whole and corrected where it is.
    desk.keys("home enter")
        .sees("What you passed on")
        .types(" Wrong person.")
        .keys("ctrl-s")
        .sees("Corrected for");
    desk.keys("ctrl-l");
    desk.keys("ctrl-o").types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter").sees("NOW?");
    desk.keys("down up enter").sees("Wrong person.");
}

#[test]
fn the_palette_finds_it_by_the_words_people_use_and_a_persons_page_by_the_key_of_danger() {
    for words in ["danger", "crisis", "emergency", "suicide", "overdose", "caller in danger", "911"] {
        let mut desk = front_desk();
        desk.keys("ctrl-p").types(words).sees("Pass on that a person is in danger");
        desk.keys("enter").sees("Somebody is in danger").keys("enter").sees("nobody on this list");
    }
    let mut desk = front_desk();
    desk.keys("r i v enter").sees("RIVERA, Jo").keys("!").sees("Somebody is in danger").sees("Jo Rivera");
}

#[test]
fn somebody_on_no_list_is_registered_first_and_what_was_typed_is_not_lost() {
    let mut desk = front_desk();
    desk.keys("alt-!").sees("Somebody is in danger").keys("enter home enter");
    desk.types("I have a knife.").keys("ctrl-s").sees("Register somebody in danger").sees("I have a knife.");
    desk.types("Zed").keys("tab").types("Lane").keys("tab").types("about 35").keys("ctrl-s");
    desk.sees("Danger is passed on for Zed Lane")
        .sees("LANE, Zed")
        .keys("esc")
        .sees("nobody has taken this yet");
    // From the window that registers a caller the key leads there too, with the name that is typed.
    let mut desk = front_desk();
    desk.keys("shift-tab ctrl-a").types("Kim").keys("alt-!").sees("Register somebody in danger").sees("Kim");
    desk.types("He is going to jump.").keys("ctrl-s").sees("Birth date");
    desk.keys("ctrl-l").types(Rig::PASSPHRASE).keys("enter").sees("He is going to jump.");
}
