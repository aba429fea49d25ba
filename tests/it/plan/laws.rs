//! What holds of every plan, whatever is done to it: an answer belongs to its wording.

use super::*;

/// Which line is changed, and in what.
#[derive(Clone, Debug)]
enum Change {
    GoalWords(String),
    GoalBy(i32),
    Step(String),
    Amount(String),
    StepBy(i32),
    Doer(String),
    Wording(String),
    Weeks(u16),
    Until(i32),
    /// What an answer is not given to.
    Barrier(String),
    Purpose(String),
}

fn change() -> impl Strategy<Value = Change> {
    let words = || "[a-z]{1,8}( [a-z]{1,8}){0,3}".prop_map(String::from);
    prop_oneof![
        words().prop_map(Change::GoalWords),
        (1..400).prop_map(Change::GoalBy),
        words().prop_map(Change::Step),
        words().prop_map(Change::Amount),
        (1..400).prop_map(Change::StepBy),
        words().prop_map(Change::Doer),
        words().prop_map(Change::Wording),
        (1..50_u16).prop_map(Change::Weeks),
        (1..400).prop_map(Change::Until),
        words().prop_map(Change::Barrier),
        words().prop_map(Change::Purpose),
    ]
}

fn changed(change: &Change, plan: &Plan, today: Date) -> (LineRef, Whole) {
    let (mut goal, mut step, mut method) =
        (plan.goals[0].clone(), plan.objectives[0].clone(), plan.methods[0].clone());
    let by = |days: i32| Some(today.plus_days(days));
    match change.clone() {
        Change::GoalWords(words) => goal.words.words = words,
        Change::GoalBy(days) => goal.by = by(days),
        Change::Step(words) => step.step = words,
        Change::Amount(words) => step.amount = words,
        Change::StepBy(days) => step.by = by(days),
        Change::Doer(name) => step.doer = Doer::Other(name),
        Change::Barrier(words) => step.barrier = words,
        Change::Wording(words) => method.wording = words,
        Change::Weeks(weeks) => method.dose.weeks = weeks,
        Change::Until(days) => method.until = by(days),
        Change::Purpose(words) => method.purpose = words,
    }
    match change {
        Change::GoalWords(_) | Change::GoalBy(_) => (LineRef::goal(1), Whole::Goal(Box::new(goal))),
        Change::Wording(_) | Change::Weeks(_) | Change::Until(_) | Change::Purpose(_) => {
            (LineRef::method(1), Whole::Method(Box::new(method)))
        }
        _ => (LineRef::objective(1), Whole::Objective(Box::new(step))),
    }
}

fn holds(view: &PlanView, line: LineRef) -> bool {
    matches!(view.plan.answered(view.plan.line(line).unwrap()), Standing::Given(_))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_wording_loses_its_mark_and_undo_brings_it_back(changes in prop::collection::vec(change(), 1..6)) {
        let (mut rig, jo, _) = planned();
        let today = rig.desk.now().local.date;
        for change in changes {
            let view = rig.open(jo).plan;
            let (line, whole) = changed(&change, &view.plan, today);
            rig.done(answer(&view.plan, line, Assent::Agreed, today).into());
            let before = rig.open(jo).plan;
            prop_assert!(holds(&before, line));
            let same = whole.line().terms() == before.plan.line(line).unwrap().terms();
            prop_assert!(same || !matches!(change, Change::Barrier(_) | Change::Purpose(_)));
            let after = shown(rig.done(save(whole, before.rev(line))));
            prop_assert_eq!(holds(&after, line), same, "{:?}", change);
            let agreed = before.plan.agreed();
            prop_assert_eq!(after.plan.agreed() == agreed, same);
            let back = shown(rig.done(Command::Undo));
            prop_assert!(holds(&back, line) && back.plan.agreed() == agreed);
            let again = shown(rig.done(Command::Redo));
            prop_assert_eq!(holds(&again, line), same);
        }
        prop_assert!(rig.desk.check_up().unwrap().broken_plans.is_empty(), "it replays");
    }
}
