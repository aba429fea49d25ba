//! Dates and times as fields hold them, what lists and prompts say of their keys, and the way home from anywhere.

use crate::driver::Driver;

fn desk() -> Driver {
    let mut desk = Driver::at(100, 30);
    desk.rig.sign_in("rosa");
    desk.rig.admitted("Jo", "Rivera");
    desk.rig.registered("Ann", "Able");
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa");
    desk
}

#[test]
fn the_first_key_takes_the_place_of_a_date_that_was_filled_in() {
    let mut desk = desk();
    desk.run("plan a session").sees("Plan a session").sees("2026-11-21");
    desk.types("T+3").sees("Tue 24 Nov 2026").sees_no("2026-11-21T");
    // Once a key has moved in it, it is edited.
    desk.keys("esc ctrl-g").run("plan a session").keys("end backspace").types("8").sees("Sat 28 Nov 2026");
}

#[test]
fn a_time_that_is_none_says_so_beside_the_field_as_a_date_does() {
    let mut desk = desk();
    desk.run("plan a session").keys("tab").types("25:00").keys("tab").sees("This is not a time of day.");
    desk.keys("shift-tab ctrl-u").types("930").sees("09:30");
}

#[test]
fn a_birth_to_come_is_said_to_lie_in_the_future() {
    let mut desk = desk();
    desk.keys("ctrl-a tab tab").types("12/13/2030").sees("is in the future").sees_no("no such day");
}

#[test]
fn a_list_that_letters_narrow_names_the_keys_of_a_list() {
    let mut desk = desk();
    desk.run("open the settings").sees("Ctrl-S keep them").keys("enter").sees("Enter choose");
    desk.types("li").sees("Enter choose").sees_no("into the list").sees("Up, Down move");
}

#[test]
fn finding_in_a_draft_is_not_called_saving() {
    let mut desk = desk();
    desk.types("riv")
        .keys("enter ctrl-n ctrl-f")
        .sees("Find in this draft")
        .sees("Enter find")
        .sees_no("save");
}

#[test]
fn the_palette_has_the_acts_of_home_wherever_one_is() {
    let mut desk = desk();
    desk.types("riv").keys("enter ctrl-n").types("half a sen").keys("ctrl-p").types("open the settings");
    desk.sees("goes to People first")
        .keys("enter")
        .sees("These settings are yours")
        .sees("People")
        .keys("esc");
    // The draft was left and stays.
    desk.types("riv").keys("enter n enter").sees("half a sen");
    desk.keys("esc esc tab").sees("sessions").run("rank everyone by dimension 3").sees("D3");
    desk.keys("0 ctrl-a").types("x").run("open the settings").sees("Save the form first").sees("Given names");
}

#[test]
fn admitting_works_in_every_room_of_the_chart() {
    for room in ["o", "g", "r", "p", "n", "h"] {
        let mut desk = desk();
        desk.keys("ctrl-w enter").types("able").keys("enter").keys(room).keys("ctrl-d");
        desk.sees("Triage: is there danger now?");
    }
}
