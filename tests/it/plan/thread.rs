//! The thread by keys: from a line to the note that speaks of it and back, from a note to its line and back.

use super::*;

fn desk() -> Driver {
    let (mut rig, jo, _) = planned();
    signed_note(&mut rig, jo, &[serves(Progress::Some, "Two nights written.")]);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p");
    desk
}

#[test]
fn from_a_line_to_its_note_and_back_to_the_line() {
    let mut desk = desk();
    desk.keys("down down right").sees("►     O1").sees("note of 21 Nov  some: Two nights written.");
    desk.keys("down")
        .sees("►       note of 21 Nov")
        .sees("Enter opens the note of 21 Nov; Esc there comes back.");
    desk.keys("enter").sees("works on O1 Write the sleep diary").sees("The signature is valid.");
    desk.keys("esc").sees("►       note of 21 Nov").keys("left").sees("►     O1").sees_no("►       note");
    // What is said of a line is no line: what is pressed there is about the line itself.
    desk.keys("right down ctrl-e").sees("Change O1").keys("esc ctrl-a").sees("Under O1");
    desk.keys("esc ctrl-u").sees("O1 is active");
}

#[test]
fn from_a_note_to_its_line_and_back_to_the_note() {
    let mut desk = desk();
    desk.keys("n enter").sees("Enter goes to what it works on, on the plan.").keys("enter");
    desk.sees("►     O1").sees("Agreed: goals").keys("esc").sees("The signature is valid.");
    desk.keys("esc").sees("Service").keys("p esc").sees_no("Agreed: goals");
}

#[test]
fn of_several_lines_one_is_chosen_and_one_that_ended_is_found() {
    let (mut rig, jo, view) = planned();
    let delivered = Served { line: LineRef::method(1), ..Served::default() };
    signed_note(&mut rig, jo, &[serves(Progress::Some, ""), delivered]);
    let rev = view.rev(LineRef::method(1));
    let ends = PlanAsk::SetState {
        client: jo,
        line: LineRef::method(1),
        rev,
        state: LineState::Met,
        words: "eight held".into(),
    };
    rig.done(ends.into());
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter n enter enter").sees("Go to the plan").sees("O1 Write");
    desk.keys("down enter").sees("everything there ever was").sees("►       M1");
}
