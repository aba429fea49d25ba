//! One client's way from what they want to a changed plan, and one who declines what somebody else requires, by keys.

use super::*;

fn at_the_plan(mut rig: Rig) -> Driver {
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p");
    desk
}

/// Issue 14, proof: from want to plan to note to changed plan.
#[test]
fn from_what_they_want_to_a_plan_a_note_and_a_changed_plan() {
    let (rig, jo) = jo();
    let mut desk = at_the_plan(rig);
    desk.keys("home down ctrl-e").sees("What the client wants").types("Keep the flat.").keys("ctrl-s");
    desk.sees("“Keep the flat.”");
    desk.keys("down ctrl-a enter").sees("New goal").types("Get up on court days.").keys("ctrl-a");
    desk.sees("New objective")
        .types("write the sleep diary")
        .keys("tab")
        .types("3 nights a week")
        .keys("ctrl-a");
    desk.sees("New method").types("CBT for sleep").keys("ctrl-s").sees("M1");
    desk.keys("home down ctrl-g").sees("Agreement: the whole plan, 3 of 3 not asked").keys("1 1 1");
    desk.sees("Agreed: goals 1 of 1, tasks 2 of 2");

    // The note serves the objective: what it says of it stands under the line.
    desk.keys("ctrl-n")
        .types("Two nights written.")
        .keys("tab")
        .types("Less tense.")
        .keys("tab")
        .types("Next week.");
    desk.keys("ctrl-g").sees("O1 Write the sleep diary").types("O1").keys("enter 2 enter esc");
    desk.keys("f9").sees("works on O1").types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
    desk.keys("p home down down down down right").sees("►     O1").sees("note of 21 Nov  some");

    // The amount is changed: the answer belonged to the old wording, and is back once that is undone.
    desk.keys("ctrl-e tab ctrl-u").types("5 nights a week").keys("ctrl-s").sees("tasks 1 of 2");
    desk.keys("ctrl-z").sees("tasks 2 of 2").keys("ctrl-y").sees("tasks 1 of 2");
    desk.keys("ctrl-g 1").sees("tasks 2 of 2");
    let view = desk.rig.open(jo);
    assert_eq!(view.plan.plan.objectives[0].amount, "5 nights a week");
    let answers: Vec<Assent> = view.plan.plan.agreements.iter().map(|one| one.answer).collect();
    assert_eq!(answers, [Assent::Agreed; 4], "every answer is kept");
}

/// Issue 14, proof: what a court requires and the client declines stands as both, and is not turned into a wish of theirs.
#[test]
fn what_is_required_and_declined_stays_required_and_declined() {
    let (mut rig, jo) = jo();
    let mut goal = goal(jo, "Come to the group the court ordered.");
    goal.line.required_by = "drug court".into();
    rig.done(save(Whole::Goal(Box::new(goal)), 0));
    rig.done(add_step(jo, 1, "come on Tuesdays"));
    let mut desk = at_the_plan(rig);
    desk.keys("home down ctrl-g").sees("the whole plan, 2 of 2 not asked").keys("3 2");
    desk.sees("Agreed: goals 0 of 1, tasks 0 of 1");
    desk.keys("home down down down right").sees("Required by").sees("drug court").sees("Declined, 21 Nov.");
    // Nobody is asked to take back what is required; what is asked is what the person wants for themselves.
    desk.keys("ctrl-w").types("hints").keys("enter");
    desk.sees("Every goal is required by somebody else: what does the person want");
    let plan = desk.rig.open(jo).plan.plan;
    assert_eq!(
        (plan.goals[0].line.required_by.as_str(), plan.goals[0].line.state),
        ("drug court", LineState::Active)
    );
}
