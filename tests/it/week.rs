//! A week of sessions on one page, and the next session planned from a note.

use crate::days::session;
use crate::driver::Driver;
use crate::life::house;
use concord::domain::{ClockTime, Date};
use concord::service::api::{Answer, DaysAsk};

#[test]
fn a_week_shows_each_day_and_opens_a_session_on_its_own() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    // Tuesday of the week that is shown, and of the one after it.
    let tuesday = Date::from_ymd(2026, 11, 24).unwrap();
    let weekly = session(&desk.rig, jo, tuesday, ClockTime(10 * 60));
    desk.rig.done(DaysAsk::Plan { session: Box::new(weekly), weeks: 2, even_so: true }.into());
    desk.rig.lock();
    desk.sign_in("rosa");
    desk.run("a week of sessions").sees("16 Nov to 22 Nov, yours: 0 sessions.").sees("► Sat 21 Nov");
    desk.keys("right").sees("23 Nov to 29 Nov, yours: 1 session.").sees("Tue 24 Nov  10:00-10:50  Jo Rivera");
    desk.sees("Thanksgiving").sees("no sessions");
    desk.keys("right").sees("Tue 1 Dec").keys("left").sees("Tue 24 Nov");
    // Planning from here is planning on the day that is highlighted, and the week follows.
    desk.keys("end ctrl-a").sees("2026-11-29").keys("esc ctrl-g home down enter");
    desk.sees("Tue 24 Nov 2026").sees("Jo Rivera");
}

#[test]
fn the_next_session_is_planned_from_the_note_with_one_key() {
    let mut house = house();
    let jo = house.jo;
    house.note(jo, "Came on time.");
    let Answer::Day(before) = house.rig.ok(DaysAsk::Day { date: day(28), all: true }.into()) else {
        panic!()
    };
    assert!(before.lines.is_empty());
    house.rig.lock();
    let mut desk = Driver::over(house.rig);
    desk.sign_in("sam");
    desk.types("rivera").keys("enter n alt-s").sees("Plan a session").sees("2026-11-28").keys("ctrl-s");
    desk.sees("Jo Rivera, Sat 28 Nov");
    let Answer::Day(after) = desk.rig.ok(DaysAsk::Day { date: day(28), all: false }.into()) else { panic!() };
    let planned = &after.lines[0].session.value;
    assert_eq!((planned.client, planned.date), (jo, day(28)));
    // Again: the clash with the one that was just planned is told before anything is saved.
    desk.keys("alt-s ctrl-s").sees("has another session at").sees("do it even so");
}

fn day(day: u32) -> Date {
    Date::from_ymd(2026, 11, day).unwrap()
}
