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
    desk.sees("The last day lies before the first.").sees("Court on Tuesday").sees("lee Person");
    // The focus is on the wrong day, and what was right need not be typed again.
    desk.keys("ctrl-u").types("T+3").keys("ctrl-s").sees("lee Person for Rosa Imani");
}

#[test]
fn nobody_stands_in_for_themselves_and_the_form_says_so_before_it_is_sent() {
    let mut desk = desk();
    desk.keys("ctrl-k c enter ctrl-a enter").types("lee").keys("enter enter").types("lee").keys("enter");
    desk.keys("tab").types("T+3").keys("ctrl-s").sees("Nobody stands in for themselves.").sees("Arrange it");
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
    desk.keys("ctrl-s").sees("[x]").keys("enter").sees("Team Evening: 2 members");
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
    desk.types("soon").keys("ctrl-s").sees("type minutes").sees("988").sees("soon");
}
