//! The plan keeps its place on the screen, whatever is saved, signed or changed meanwhile; a paste is one step of undo.

use super::*;
use concord::domain::Role;

/// Forty rows: five goals with two steps each and two methods a step, under a problem, and two more problems.
fn forty() -> (Rig, ClientId) {
    let (mut rig, jo) = jo();
    rig.hire("kim", &[Role::Supervisor], None);
    for words in ["evenings alone", "rent behind"] {
        rig.done(rig.problem(jo, words, "It is what it is."));
    }
    for number in 1..=5 {
        rig.done(add_goal(jo, &format!("I want number {number}.")));
        for step in [2 * number - 1, 2 * number] {
            rig.done(add_step(jo, number, &format!("take step {step}")));
            for _ in 0..2 {
                rig.done(add_method(jo, number, step, "talk it over"));
            }
        }
    }
    (rig, jo)
}

/// The line of the screen on which a row is.
fn line(desk: &Driver, name: &str) -> usize {
    let screen = desk.screen();
    let at = screen.lines().position(|line| {
        let words = line.trim_start_matches([' ', '►']);
        words.starts_with(&format!("{name} "))
    });
    at.unwrap_or_else(|| panic!("no {name}\n{screen}"))
}

fn go_to(desk: &mut Driver, name: &str) {
    desk.keys("home");
    for _ in 0..60 {
        if desk.screen().lines().any(|line| {
            line.trim_start().starts_with(&format!("► {name} "))
                || line.contains(&format!("►     {name} "))
                || line.contains(&format!("►   {name} "))
                || line.contains(&format!("►       {name} "))
        }) {
            return;
        }
        // Drawn after each key, as a person sees it.
        desk.keys("down").screen();
    }
    panic!("no {name}\n{}", desk.screen());
}

/// The highlight is on a row, on this line of the screen, and G2 is unfolded, G1 is not.
fn holds(desk: &mut Driver, name: &str, at: usize, after: &str) {
    assert_eq!(line(desk, name), at, "{after}\n{}", desk.screen());
    let highlighted = desk.screen().lines().nth(at).is_some_and(|line| line.contains('►'));
    assert!(highlighted, "{after}\n{}", desk.screen());
}

/// N04: the tree folds itself and jumps.
#[test]
fn n04_the_tree_keeps_its_folds_its_highlight_and_its_line() {
    let (mut rig, jo) = forty();
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p");
    for goal in ["G2", "G5"] {
        go_to(&mut desk, goal);
        desk.keys("right");
    }
    go_to(&mut desk, "O7");
    // Down past it and up again: the page stays, O7 is on line 12.
    let down = line(&desk, "O7").checked_sub(12).expect("O7 is below line 12");
    for _ in 0..down {
        // Drawn after each key, as a person sees it.
        desk.keys("down").screen();
    }
    for _ in 0..down {
        desk.keys("up").screen();
    }
    holds(&mut desk, "O7", 12, "at the start");

    desk.keys("ctrl-e").sees("Change O7").types(" in earnest").keys("ctrl-s").sees("O7 is changed");
    holds(&mut desk, "O7", 12, "an edit of O7");

    desk.keys("n").sees("No notes yet").keys("p");
    holds(&mut desk, "O7", 12, "another page and back");

    desk.keys("f9 1 1").types("Jo").keys("enter 1").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("Plan 1 is signed");
    holds(&mut desk, "O7", 12, "the signature");

    desk.keys("ctrl-l");
    desk.rig.advance_ms(60_000);
    desk.rig.sign_in("kim");
    let view = desk.rig.open(jo).plan;
    let other = Objective { step: "take another step".into(), ..view.plan.objective(2).unwrap().clone() };
    desk.rig.done(save(Whole::Objective(Box::new(other)), view.rev(LineRef::objective(2))));
    desk.rig.lock();
    desk.sign_in_again().sees("You are where you were");
    holds(&mut desk, "O7", 12, "a lock, and somebody else's change of O2");

    desk.keys("ctrl-a")
        .sees("New method")
        .types("walk there together")
        .keys("ctrl-s")
        .sees("M21 is on the plan");
    assert_eq!(line(&desk, "O7"), 12, "{}", desk.screen());
    go_to(&mut desk, "M21");

    // What was unfolded is unfolded, what was not is not; O2 says who changed it.
    let unfolded = |desk: &Driver, name: &str| {
        let screen = desk.screen();
        let below = screen.lines().skip(line(desk, name) + 1).find(|line| !line.trim().is_empty());
        below.is_some_and(|line| {
            line.contains("answer") || line.contains("Not asked") || line.contains("not been asked")
        })
    };
    go_to(&mut desk, "G5");
    assert!(unfolded(&desk, "G5"), "{}", desk.screen());
    go_to(&mut desk, "G2");
    assert!(unfolded(&desk, "G2"), "{}", desk.screen());
    go_to(&mut desk, "O2");
    desk.sees("changed this: Take another step");
    desk.keys("n p").sees_no("changed this");
    go_to(&mut desk, "G1");
    assert!(!unfolded(&desk, "G1"), "{}", desk.screen());
}

/// N07: undo takes more than the paste.
#[test]
fn n07_a_paste_into_a_sentence_is_one_step_of_undo_and_its_line_end_saves_nothing() {
    let (mut rig, jo) = jo();
    rig.done(add_goal(jo, "I want to get through those nights."));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p");
    go_to(&mut desk, "G1");
    desk.keys("ctrl-a enter").sees("New objective").types("walk");
    desk.paste(" three times a week\nwith my brother");
    desk.sees("New objective").sees("walk three times a week with my brother");
    desk.keys("ctrl-z").sees_no("three times").sees("I will walk");
    desk.keys("ctrl-z").sees("New objective").sees_no("I will walk");
    desk.keys("ctrl-y ctrl-y").sees("walk three times a week with my brother");
    assert!(desk.rig.open(jo).plan.plan.objectives.is_empty());
}

#[test]
fn a_new_problem_enters_where_its_dimension_presses_and_is_moved_by_hand() {
    let (mut rig, jo) = jo();
    let mut add = |dimension: u8, wording: &str| {
        let Command::Chart(ChartAsk::SaveProblem { mut problem, rev }) = rig.problem(jo, wording, "") else {
            panic!("no problem")
        };
        problem.dimension.number = dimension;
        let list = rig.done(Command::Chart(ChartAsk::SaveProblem { problem, rev })).chart.expect("the chart");
        list.problems.iter().map(|kept| kept.value.number).collect::<Vec<_>>()
    };
    // Nothing is rated, so the dimensions come in the order of the rule: 1, 2, 3 ….
    assert_eq!(add(5, "drinks on paydays"), [1, 2]);
    assert_eq!(add(1, "shakes in the morning"), [3, 1, 2]);
    assert_eq!(add(4, "came because of court"), [3, 1, 4, 2]);
    assert_eq!(add(4, "sees no problem"), [3, 1, 4, 5, 2]);
    let moved = |rig: &mut Rig, number, up| {
        let list =
            rig.done(ChartAsk::MoveProblem { client: jo, number, up }.into()).chart.expect("the chart");
        list.problems.iter().map(|kept| kept.value.number).collect::<Vec<_>>()
    };
    assert_eq!(moved(&mut rig, 5, true), [3, 1, 5, 4, 2]);
    assert_eq!(moved(&mut rig, 5, true), [3, 5, 1, 4, 2]);
    assert_eq!(moved(&mut rig, 2, true), [3, 5, 1, 2, 4]);
    rig.done(Command::Undo);
    let list: Vec<_> = rig.open(jo).problems.iter().map(|kept| kept.value.number).collect();
    assert_eq!(list, [3, 5, 1, 4, 2]);
}
