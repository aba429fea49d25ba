//! Save and add below: from a problem down to its methods without going back to the plan between two forms.

use super::*;

/// Rosa on Jo's plan, the highlight on the first problem.
fn desk() -> Driver {
    let (mut rig, _) = jo();
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p");
    desk
}

#[test]
fn one_key_saves_a_line_and_opens_what_belongs_below_it() {
    let mut desk = desk();
    desk.keys("ctrl-a down enter").sees("Add a problem").types("Rent two months behind");
    desk.sees("Ctrl-S add it").sees("Ctrl-A add it, then a goal below").sees_no("library");
    desk.keys("tab tab enter 6 ctrl-a");
    desk.sees("New goal")
        .sees("For P2 Rent two months behind")
        .sees("Ctrl-A add it, then an objective below");
    desk.types("Keep the flat.").keys("ctrl-a").sees("New objective");
    desk.sees("Under G1 “Keep the flat.”")
        .types("call the landlord")
        .keys("tab")
        .types("once")
        .keys("ctrl-a");
    desk.sees("New method").sees("Under O1 Call the landlord");
    desk.sees("Ctrl-A add it, then another method").types("Budget session").keys("ctrl-a");
    desk.sees("New method").sees("Under O1");
    desk.sees_no("Budget session").keys("esc").sees_no("New method").sees("►       M1  · Budget session");
    desk.keys("ctrl-z").sees_no("Budget session ").sees("O1  · Call the landlord");
}

#[test]
fn a_changed_line_is_saved_so_too_and_what_is_refused_opens_nothing() {
    let mut desk = desk();
    desk.keys("ctrl-a enter").types("Sleep.").keys("ctrl-s").sees("G1 is on the plan");
    desk.keys("ctrl-e").sees("Ctrl-A save, then an objective below").keys("ctrl-u ctrl-a");
    desk.sees("A goal needs words").sees_no("New objective");
    desk.types("Sleep through.").keys("ctrl-a").sees("New objective").sees("Under G1 “Sleep through.”");
    desk.keys("ctrl-a").sees("is empty. Write what will be done").types("be in bed by ten");
    desk.keys("ctrl-s").sees("O1 is on the plan").sees_no("New method");
}

#[test]
fn the_menu_has_its_twin_where_there_is_something_to_add() {
    let mut desk = desk();
    desk.keys("ctrl-a enter").types("Sleep.").keys("ctrl-k");
    desk.sees_in_menu("Save it, and add what belongs below it");
    desk.keys("a enter").sees("New objective").sees("Under G1 “Sleep.”");
    desk.keys("esc ctrl-u").sees("Which state now?").keys("esc ctrl-a down enter ctrl-k");
    desk.sees_in_menu("Save it, and add what belongs below it");
    desk.keys("esc esc p").sees("G1  · “Sleep.”");
}
