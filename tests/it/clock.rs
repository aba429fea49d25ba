//! A computer's clock that fell back: asked about before anything is written, and what was said of it is recorded.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::{Act, LocalTime, Moment};
use concord::service::api::{Answer, Command, Door, Secret};

const YEAR: i64 = 365 * 24 * Moment::HOUR;

fn sign_in(passphrase: &str) -> Door {
    Door::SignIn { login: "rosa".into(), passphrase: Secret::new(passphrase.into()) }
}

fn by_this_clock(is_right: bool, door: Door) -> Command {
    Command::Door(Door::ByThisClock { is_right, door: Box::new(door) })
}

fn asked(rig: &mut Rig) -> bool {
    match rig.ok(Command::Door(sign_in(Rig::PASSPHRASE))) {
        Answer::ClockBehind { .. } => true,
        Answer::SignedIn(_) => {
            rig.lock();
            false
        }
        other => panic!("{other:?}"),
    }
}

/// An agency in which something was written, and nobody is signed in.
fn used() -> Rig {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.registered("Jo", "Rivera");
    rig.lock();
    rig
}

#[test]
fn a_clock_a_few_minutes_behind_is_not_asked_about_and_one_that_fell_back_is() {
    let mut rig = used();
    for (ms, behind) in [(0, false), (-5 * 60_000, false), (-60_000, true), (60_000, false)] {
        rig.advance_ms(ms);
        assert_eq!(asked(&mut rig), behind, "{ms}");
    }
    rig.advance_ms(-6 * YEAR);
    let before = rig.engine_head();
    let Answer::ClockBehind { newest } = rig.ok(Command::Door(sign_in(Rig::PASSPHRASE))) else {
        panic!("it is asked");
    };
    assert_eq!(newest.to_string(), "2026-11-21 13:00");
    rig.restart();
    assert!(asked(&mut rig), "after a start as well");
    assert_eq!(rig.engine_head(), before, "nothing is written before it is answered");
    assert!(rig.desk.handle(Command::Undo).is_err(), "and nobody is signed in");
    // A wrong passphrase is told nothing of the clock.
    assert_eq!(rig.try_door("rosa", "not it at all").what, "Login and passphrase do not match.");
}

#[test]
fn who_goes_on_is_recorded_and_the_next_one_is_asked_again_until_the_clock_is_said_to_be_right() {
    let mut rig = used();
    rig.advance_ms(-YEAR);
    assert!(matches!(rig.ok(by_this_clock(false, sign_in(Rig::PASSPHRASE))), Answer::SignedIn(_)));
    let newest = rig.audit_events();
    let [.., clock, signed_in] = newest.as_slice() else { panic!("events") };
    assert_eq!((clock.act, signed_in.act), (Act::ClockBehind, Act::SignedIn));
    assert!(clock.clock_went_back && clock.who.is_some(), "marked in the history");
    rig.lock();
    assert!(asked(&mut rig), "the clock is still behind");

    assert!(matches!(rig.ok(by_this_clock(true, sign_in(Rig::PASSPHRASE))), Answer::SignedIn(_)));
    assert!(rig.audit_events().iter().any(|event| event.act == Act::ClockTrusted));
    rig.lock();
    rig.restart();
    assert!(!asked(&mut rig), "it was said to be right");
    // With a clock that is right nothing is recorded about it.
    assert!(matches!(rig.ok(by_this_clock(true, sign_in(Rig::PASSPHRASE))), Answer::SignedIn(_)));
    let about = |act| rig.audit_events().iter().filter(|event| event.act == act).count();
    assert_eq!((about(Act::ClockTrusted), about(Act::ClockBehind)), (1, 1));
}

#[test]
fn only_signing_in_goes_by_this_clock_and_the_recovery_phrase_is_never_held_up() {
    let mut rig = used();
    rig.advance_ms(-YEAR);
    let nested = Door::ByThisClock { is_right: true, door: Box::new(sign_in(Rig::PASSPHRASE)) };
    assert!(rig.desk.handle(by_this_clock(true, nested)).is_err());
    rig.recover("rosa", "a fresh passphrase");
    assert_eq!(rig.newest_acts(2), [Act::SignedIn, Act::ClockBehind]);
}

#[test]
fn the_window_says_what_happened_and_what_to_do() {
    let mut desk = Driver::over(used());
    desk.rig.advance_ms(-6 * YEAR);
    desk.fresh();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("The computer's clock is behind").sees("The computer's clock says 2020-11-22 13:00");
    desk.sees("2026-11-21 13:00").sees("If the clock is wrong, press Esc").sees("recorded");
    desk.keys("esc").sees("Sign in").sees_no("The computer's clock is behind");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("The computer's clock is behind");
    desk.keys("enter").types("may").keys("enter").types("not it at all").keys("ctrl-s");
    desk.sees("Login and passphrase do not match.");
    desk.types(Rig::PASSPHRASE).keys("ctrl-s").sees("Signed in, Rosa Imani").sees_no("clock is behind");
    assert_eq!(desk.rig.newest_acts(2), [Act::SignedIn, Act::ClockBehind]);
}

#[test]
fn doctor_names_a_clock_that_is_behind_and_where_one_fell_back() {
    let mut rig = used();
    rig.sign_in("rosa");
    let found = rig.desk.check_up().unwrap();
    assert_eq!((found.clock_behind, found.clock_falls), (None, Vec::new()));
    rig.lock();
    rig.advance_ms(-6 * YEAR);
    rig.ok(by_this_clock(false, sign_in(Rig::PASSPHRASE)));
    let found = rig.desk.check_up().unwrap();
    assert_eq!(found.clock_behind.unwrap().to_string(), "2026-11-21 13:00");
    let told = |fall: &(LocalTime, LocalTime)| format!("{} to {}", fall.0, fall.1);
    let falls: Vec<String> = found.clock_falls.iter().map(told).collect();
    assert_eq!(falls, ["2026-11-21 13:00 to 2020-11-22 13:00"]);
    rig.lock();
    // Once the clock is set right again, only the fall is named.
    rig.advance_ms(6 * YEAR + 60_000);
    rig.sign_in("rosa");
    let found = rig.desk.check_up().unwrap();
    assert_eq!((found.clock_behind, found.clock_falls.len()), (None, 1));
}
