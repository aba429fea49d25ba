//! What was typed into a prompt is never lost: what does not read, and what the service refuses, is open again as it was.

use crate::driver::Driver;
use concord::domain::Role;

fn desk() -> Driver {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    desk.rig.hire("lee", &[Role::Counselor], None);
    desk.rig.admitted("Jo", "Rivera");
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa");
    desk
}

#[test]
fn a_cover_whose_last_day_lies_before_the_first_stays_open_with_all_that_was_typed() {
    let mut desk = desk();
    desk.keys("ctrl-k c enter ctrl-a enter").types("rosa").keys("enter enter").types("lee").keys("enter");
    desk.keys("tab").types("T-3").keys("tab").types("Court on Tuesday").keys("ctrl-s");
    desk.sees("The last day is before the first day. Change one of the two.")
        .sees("Court on Tuesday")
        .sees("lee Person");
    // The focus is on the wrong day, and what was right need not be typed again.
    desk.keys("ctrl-u").types("T+3").keys("ctrl-s").sees("lee Person for Rosa Imani");
}

#[test]
fn nobody_stands_in_for_themselves_and_the_form_says_so_before_it_is_sent() {
    let mut desk = desk();
    desk.keys("ctrl-k c enter ctrl-a enter").types("lee").keys("enter enter").types("lee").keys("enter");
    desk.keys("tab")
        .types("T+3")
        .keys("ctrl-s")
        .sees("Nobody can stand in for themselves. Choose two different people.")
        .sees("Arrange it");
}

#[test]
fn what_the_service_refuses_is_open_again_and_can_be_sent_again() {
    let mut desk = desk();
    desk.keys("ctrl-k c enter ctrl-a enter").types("rosa").keys("enter enter").types("lee").keys("enter");
    desk.keys("tab").types("T+3").keys("tab").types("Court on Tuesday");
    desk.rig.engine.faults().disk_full(true);
    desk.keys("ctrl-s").sees("Not done: ").sees("Court on Tuesday").sees("lee Person");
    desk.rig.engine.faults().disk_full(false);
    desk.keys("ctrl-s").sees("lee Person for Rosa Imani").sees_no("Not done");
    // It is told once: nothing of it is left over.
    desk.keys("ctrl-k t enter").sees("Members share charts").sees_no("Court");
}

#[test]
fn a_team_that_was_refused_is_open_again_with_its_name() {
    let mut desk = desk();
    desk.keys("ctrl-k c enter ctrl-k t enter").types("Evening").keys("ctrl-s").sees("Members of Evening");
    desk.keys("right down right");
    desk.rig.engine.faults().disk_full(true);
    desk.keys("enter").sees("Not done: ").sees("Evening");
    desk.rig.engine.faults().disk_full(false);
    desk.keys("ctrl-s").sees("[x]").keys("enter").sees("The team Evening has 2 members");
}

#[test]
fn a_look_beyond_ones_own_people_keeps_its_reason_when_the_name_is_too_short() {
    let mut desk = desk();
    desk.keys("ctrl-w o t h enter right tab")
        .types("the hospital called")
        .keys("tab")
        .types("x")
        .keys("ctrl-s");
    desk.sees("Not done: ").sees("the hospital called");
}

#[test]
fn the_agencys_rules_stay_open_where_a_number_does_not_read() {
    let mut desk = desk();
    desk.keys("ctrl-k g enter").types(" and the crisis line 988").keys("tab tab tab tab ctrl-u");
    desk.types("soon").keys("ctrl-s").sees("takes a number from 1 to 60").sees("988").sees("soon");
}

/// The program is killed: what was typed into a window a second before is on the disk, and comes back when that window is opened again.
#[test]
fn what_was_typed_into_a_window_is_there_after_a_kill() {
    let mut desk = desk();
    desk.types("rivera").keys("enter f ctrl-a").types("transport").keys("enter").sees("Who drives");
    desk.types("home").keys("tab").types("the clinic");
    desk.advance(1_000);
    desk.restart();
    desk.sign_in("rosa").sees("\"Transport\" keeps what you typed.");
    desk.types("rivera")
        .keys("enter f ctrl-a")
        .types("transport")
        .keys("enter")
        .sees("the clinic")
        .sees("home");
    // What is saved is kept no longer, whatever stops the program afterwards.
    desk.keys("ctrl-s").sees("Transport: saved.");
    desk.advance(1_000);
    desk.restart();
    desk.sign_in("rosa").sees_no("keeps what you typed");
    desk.types("rivera").keys("enter f ctrl-a").types("transport").keys("enter").sees_no("here again");
}

/// What is typed is written once, when it has changed, and nothing is written while nobody types.
#[test]
fn a_window_that_does_not_change_writes_nothing() {
    let mut desk = desk();
    desk.types("rivera").keys("enter f ctrl-a").types("transport").keys("enter").types("home");
    desk.advance(1_000);
    let head = desk.rig.engine_head();
    desk.advance(5_000);
    desk.keys("tab shift-tab");
    desk.advance(5_000);
    assert_eq!(desk.rig.engine_head(), head);
    desk.types("s");
    desk.advance(1_000);
    assert_ne!(desk.rig.engine_head(), head);
}

/// A disk that refuses is asked again until it takes what was typed.
#[test]
fn what_the_disk_refuses_is_kept_as_soon_as_it_can_be() {
    let mut desk = desk();
    desk.types("rivera").keys("enter f ctrl-a").types("transport").keys("enter").types("home");
    desk.rig.engine.faults().disk_full(true);
    desk.advance(1_000);
    desk.sees("Not saved");
    desk.rig.engine.faults().disk_full(false);
    desk.advance(2_000);
    desk.restart();
    desk.sign_in("rosa").sees("\"Transport\" keeps what you typed.");
}
