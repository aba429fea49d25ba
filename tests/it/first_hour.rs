//! The first hour of an agency, from the set-up on, over the real service.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::clock::{Clock, Ids};
use concord::engine::memory::MemoryEngine;
use concord::service::api::{Answer, Ask, Command, Door, HouseAnswer, HouseAsk, LastBackup, RulesDraft};
use concord::service::founding::Founding;
use concord::service::thread::{Ground, Office};

fn founding() -> Founding {
    Founding {
        agency: "Pine Ridge".into(),
        zone: "America/Denver".into(),
        program: "Outpatient".into(),
        set: "ASAM3".into(),
        login: "maria".into(),
        name: "Maria Lopez".into(),
        credential: String::new(),
        passphrase: Rig::secret(),
        help_now: String::new(),
        demo_hint: String::new(),
    }
}

#[test]
fn the_desk_of_a_set_up_is_furnished_as_every_other() {
    let mut office = Office::Empty(Ground {
        engine: Box::new(|| Ok(Box::new(MemoryEngine::new(concord::store::LOOSE)))),
        clock: Clock::system("America/Denver").unwrap(),
        ids: Ids::System,
        furnish: Vec::new(),
    });
    office.furnish(Box::new(|desk| desk.set_backups(Box::new(|| None))));
    office.furnish(Box::new(|desk| desk.set_lock_after(120)));
    let mut ask = |command| office.answer(Ask { ticket: 1, epoch: 0, command }).result;
    let Ok(Answer::Founded { front, .. }) = ask(Command::Door(Door::Found(Box::new(founding())))) else {
        panic!("nothing is set up")
    };
    assert_eq!(front.front.lock_after_s, 120);
    let door = Door::SignIn { login: "maria".into(), passphrase: Rig::secret() };
    let Ok(Answer::SignedIn(session)) = ask(Command::Door(door)) else { panic!("nobody is signed in") };
    assert_eq!(session.people.last_backup, LastBackup::Never, "as after a restart");
    assert!(!session.settings.demo);
}

#[test]
fn a_new_colleague_is_added_and_chooses_a_passphrase_without_typing_the_given_one_twice() {
    let mut desk = Driver::new();
    desk.sign_in("rosa").run("Open the list of staff").keys("ctrl-a").types("Tom Reed");
    desk.sees("Login *              tom").keys("tab tab tab");
    desk.types("short").keys("tab").types("short").keys("ctrl-s");
    desk.sees("needs at least 8 characters").sees("► First passphrase").sees("8 or more");
    desk.types("given by rosa").keys("tab").types("given by rosa").keys("ctrl-s");
    desk.sees("Tom Reed can sign in as tom");
    desk.keys("ctrl-l");
    desk.restart();
    desk.types("tom").keys("tab").types("given by rosa").keys("enter");
    desk.sees("Choose a passphrase of your own").sees_no("Passphrase now");
    desk.types("given by rosa").keys("tab").types("given by rosa").keys("ctrl-s").sees("same as the old one");
    desk.types("blue lamp seven").keys("tab").types("blue lamp seven").keys("ctrl-s");
    desk.sees("Your passphrase is changed.");
}

#[test]
fn whoever_recovers_reads_first_that_the_passphrase_is_set() {
    let mut rig = Rig::founded();
    let (phrase, passphrase) = (rig.phrase(), Rig::secret());
    let door = Door::Recover { phrase, login: "rosa".into(), passphrase };
    let Answer::SignedIn(session) = rig.ok(Command::Door(door)) else { panic!("nobody is signed in") };
    assert!(session.notices[0].starts_with("Your new passphrase is set"), "{:?}", session.notices);
}

#[test]
fn the_undo_of_nothing_speaks_of_danger_where_danger_was_decided() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    assert_eq!(rig.fault(Command::Undo).what, "There is nothing to undo.");
}

#[test]
fn a_changed_rule_is_said_with_the_value_before() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let rules = |answer| match answer {
        Answer::House(HouseAnswer::Rules { draft, said, .. }) => (*draft, said),
        other => panic!("no rules: {other:?}"),
    };
    let (draft, _) = rules(rig.ok(Command::House(HouseAsk::Rules)));
    let minutes = draft.lock_after_s / 60;
    let changed = RulesDraft { lock_after_s: 600, ..draft };
    let save = Command::House(HouseAsk::SaveRules(Box::new(changed)));
    let (_, said) = rules(rig.ok(save.clone()));
    assert_eq!(said, format!("Locks after 10 minutes, before {minutes}."));
    let (_, said) = rules(rig.ok(save));
    assert_eq!(said, "Nothing is changed: the agency's rules are as they were.");
}
