//! Cases from public reports about other systems, with their numbers: what went wrong there, and what is right here.
//!
//! Some are kept where they can be shown lowest: N05 in `rules/plan/change.rs`, N08's question in `rules/plan/hints`, N14 in
//! `rules/plan/version.rs`, N15 in `rules/due/tests.rs` and `reviewed.rs`, N19 to N22 in `print/tests.rs` and `paper.rs`.

use super::*;
use concord::rules::plan::tree::{Node, Row, Show};

fn named(view: &PlanView, show: Show) -> Vec<String> {
    let name = |row: &Row| match row.node {
        Node::Wants => "wants".to_owned(),
        Node::Problem(number) => format!("P{number}"),
        Node::Line(name) => name.to_string(),
    };
    view.plan.rows(show).iter().map(|row| format!("{}{}", " ".repeat(row.depth.into()), name(row))).collect()
}

fn set(client: ClientId, view: &PlanView, line: LineRef, state: LineState, words: &str) -> Command {
    PlanAsk::SetState { client, line, rev: view.rev(line), state, words: words.into() }.into()
}

/// N01: a parent ends, its children vanish.
#[test]
fn n01_a_problem_that_ends_takes_no_goal_with_it() {
    let (mut rig, jo) = jo();
    rig.done(rig.problem(jo, "evenings alone", "It is too quiet."));
    let both = Goal { problems: vec![1, 2], ..goal(jo, "I want my evenings back.") };
    rig.done(save(Whole::Goal(Box::new(both)), 0));
    rig.done(add_goal(jo, "I want to get up."));
    rig.done(add_step(jo, 2, "set the alarm"));
    rig.done(add_method(jo, 2, 0, "activity plan"));
    let view = rig.open(jo);
    let before = named(&view.plan, Show::Plan);
    assert_eq!(before, ["wants", "P1", " G1", " G2", "  O1", "  M1", "P2"]);
    let kept = view.problems.iter().find(|kept| kept.value.number == 1).unwrap();
    let ended = Problem { status: ProblemStatus::Resolved { note: "better".into() }, ..kept.value.clone() };
    let ask = ChartAsk::SaveProblem { problem: Box::new(ended), rev: kept.rev };
    let after = shown(rig.done(Command::Chart(ask)));
    assert_eq!(named(&after, Show::Plan), ["wants", "P1", " G2", "  O1", "  M1", "P2", " G1"]);
    assert!(after.plan.lines().all(|line| line.line().state.is_active()));
    let orphans: Vec<_> = after
        .plan
        .goals
        .iter()
        .filter(|goal| after.plan.is_orphan(goal))
        .map(|goal| goal.line.number)
        .collect();
    assert_eq!(orphans, [2], "it asks for its own end");
    assert_eq!(after.plan.agreed().goals.of, 2, "until that is answered it counts");
    assert_eq!(named(&after, Show::Everything).len(), before.len());
    assert_eq!(named(&shown(rig.done(Command::Undo)), Show::Plan), before);
}

/// N02: a paused goal cannot come back.
#[test]
fn n02_a_goal_that_was_put_off_comes_back_with_everything_under_it() {
    let (mut rig, jo, _) = planned();
    rig.done(add_step(jo, 1, "no screen in bed"));
    signed_note(&mut rig, jo, &[serves(Progress::Some, "one night")]);
    signed_note(&mut rig, jo, &[serves(Progress::Some, "two nights")]);
    let view = rig.open(jo).plan;
    let view = shown(rig.done(set(jo, &view, LineRef::objective(2), LineState::Met, "")));
    assert_eq!(view.plan.agreed().tasks.of, 2);
    let today = rig.desk.now().local.date;
    let until = LineState::Deferred { until: today.plus_days(55), agrees: Some(true) };
    let view = shown(rig.done(set(jo, &view, LineRef::goal(1), until, "exams first")));
    assert_eq!(view.plan.agreed().tasks.of, 0, "what is under it is not counted");
    let put_off = today;
    assert!(view.plan.lines().all(|line| !view.plan.counts(line)), "and nobody is asked about it");
    rig.advance_ms(19 * 24 * Moment::HOUR);
    rig.sign_in("rosa");
    let view = rig.open(jo).plan;
    let view = shown(rig.done(set(jo, &view, LineRef::goal(1), LineState::Active, "the exams are over")));
    let states: Vec<_> = view.plan.lines().map(|line| (line.name().to_string(), line.line().state)).collect();
    let active = |name: &str| (name.to_owned(), LineState::Active);
    assert_eq!(states, [active("G1"), active("O1"), ("O2".into(), LineState::Met), active("M1")]);
    let marks = &view.plan.trail(LineRef::objective(1)).unwrap().marks;
    assert_eq!(marks.iter().map(|mark| mark.progress).collect::<Vec<_>>(), [Progress::Some; 2]);
    let view = shown(rig.done(add_step(jo, 1, "walk at noon")));
    assert_eq!(view.plan.objectives.last().unwrap().line.number, 3);
    assert_eq!(view.plan.goals[0].line.state_words, "the exams are over");
    // Both changes, with their days and reasons.
    let Answer::PlanThen { plan, .. } = rig.ok(PlanAsk::At { client: jo, day: put_off }.into()) else {
        panic!()
    };
    let then = &plan.goals[0].line;
    assert_eq!((then.state, then.state_on, then.state_words.as_str()), (until, put_off, "exams first"));
}

/// N03: an edit loses state and place.
#[test]
fn n03_an_edit_keeps_place_state_and_progress_and_loses_the_answer_alone() {
    let (mut rig, jo, _) = planned();
    let today = rig.desk.now().local.date;
    for step in ["call L.", "walk at noon", "no coffee"] {
        let by = Some(today.plus_days(40));
        rig.done(save(Whole::Objective(Box::new(Objective { by, ..objective(jo, 1, step) })), 0));
    }
    let o3 = LineRef::objective(3);
    for progress in [Progress::None, Progress::Some] {
        let served = Served { line: o3, progress, sentence: String::new(), minutes: 0 };
        signed_note(&mut rig, jo, &[served]);
    }
    let view = rig.open(jo).plan;
    let lines: Vec<LineRef> = view.plan.lines().map(concord::rules::plan::AnyLine::name).collect();
    for line in lines {
        rig.done(answer(&view.plan, line, Assent::Agreed, today).into());
    }
    let view = rig.open(jo).plan;
    assert_eq!(view.plan.agreed().tasks, Of { agreed: 5, of: 5 });
    let place = |view: &PlanView| -> Vec<Number> {
        view.plan.siblings(o3).iter().map(|line| line.line().number).collect()
    };
    let changed = Objective { amount: "2 nights a week".into(), ..view.plan.objective(3).unwrap().clone() };
    let by = changed.by;
    let after = shown(rig.done(save(Whole::Objective(Box::new(changed)), view.rev(o3))));
    assert_eq!((place(&after), after.plan.agreed().tasks), (vec![1, 2, 3, 4], Of { agreed: 4, of: 5 }));
    let line = after.plan.line(o3).unwrap();
    assert_eq!(after.plan.objective(3).unwrap().by, by);
    assert!(line.line().state.is_active() && matches!(after.plan.answered(line), Standing::Before(_)));
    assert_eq!(after.plan.trail(o3).unwrap().marks.len(), 2);
    let back = shown(rig.done(Command::Undo));
    assert_eq!(back.plan.agreed().tasks, Of { agreed: 5, of: 5 });
    let spelled = Objective { step: "walk at noon.".into(), ..back.plan.objective(3).unwrap().clone() };
    let line = Box::new(Whole::Objective(Box::new(spelled)));
    let ask = PlanAsk::SaveLine { line, rev: back.rev(o3), same_meaning: true };
    assert_eq!(shown(rig.done(ask.into())).plan.agreed().tasks, Of { agreed: 5, of: 5 });
}

/// N06: numbers come back.
#[test]
fn n06_a_number_never_comes_back_and_a_line_in_error_stays_in_the_history() {
    let (mut rig, jo, _) = planned();
    rig.done(add_goal(jo, "two"));
    rig.done(add_goal(jo, "a wrong wording"));
    rig.done(Command::Undo);
    let view = shown(rig.done(add_goal(jo, "the right goal")));
    assert_eq!(named(&view, Show::Plan), ["wants", "P1", " G1", "  O1", "   M1", " G2", " G4"]);
    // What was undone is among everything there ever was, and nowhere else.
    assert_eq!(view.undone.lines().map(|line| line.name().to_string()).collect::<Vec<_>>(), ["G3"]);
    let before = view.clone();
    assert!(
        rig.fault(set(jo, &view, LineRef::objective(1), LineState::EnteredInError, "")).what.contains("why")
    );
    let wrong = set(jo, &view, LineRef::objective(1), LineState::EnteredInError, "another client's");
    let view = shown(rig.done(wrong));
    assert!(!named(&view, Show::Plan).iter().any(|row| row.trim() == "O1"));
    assert!(named(&view, Show::Everything).iter().any(|row| row.trim() == "O1"));
    let line = view.plan.line(LineRef::objective(1)).unwrap();
    assert!(!view.plan.counts(line));
    assert_eq!(line.line().state_words, "another client's");
    assert!(between(&before.plan, &view.plan).count() == 1);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p").sees("the right goal").sees_no("a wrong wording");
    desk.keys("ctrl-w").types("everything").keys("enter");
    desk.sees("a wrong wording").sees("undone").sees("entered in error");
    desk.keys("ctrl-w enter").sees_no("a wrong wording").sees_no("write the sleep diary");
}

/// N08: the report says one state, the plan another.
#[test]
fn n08_a_note_that_is_amended_takes_its_answer_back_everywhere() {
    let (mut rig, jo, _) = planned();
    let number = signed_note(&mut rig, jo, &[serves(Progress::Met, "slept through")]);
    let newest = |rig: &mut Rig| marks(rig, jo).last().map(|(_, progress, _)| *progress);
    assert_eq!(newest(&mut rig), Some(Progress::Met));
    assert!(rig.open(jo).plan.plan.objectives[0].line.state.is_active(), "a note ends no line");
    let draft = rig.draft(DocAsk::Amend { client: jo, number, reason: "one night only".into() });
    sign(&mut rig, &draft, &[serves(Progress::Some, "one night")]);
    assert_eq!(newest(&mut rig), Some(Progress::Some));
    assert!(marks(&mut rig, jo).iter().all(|(_, progress, _)| *progress != Progress::Met));
}

/// N16: a date shifts by a day.
#[test]
fn n16_a_service_before_midnight_keeps_its_day_and_its_minutes() {
    let (mut rig, jo, _) = planned();
    // 00:25 of the day after, in Chicago.
    rig.advance_ms((11 * 60 + 25) * 60_000);
    rig.sign_in("rosa");
    let today = rig.desk.now().local.date;
    let view = rig.draft(DocAsk::NewNote { client: jo, format: "DAP".into(), addendum_to: 0 });
    let mut late = view.clone();
    let evening = today.plus_days(-1);
    if let DraftBody::Note(note) = &mut late.body {
        note.service = Service::new(evening, ClockTime(23 * 60 + 30), 50, "counseling");
    }
    let number = sign(&mut rig, &late, &[serves(Progress::Some, "one night")]);
    let chart = rig.open(jo);
    let head = chart.notes.iter().find(|head| head.number == number).unwrap();
    assert_eq!((head.service.date, head.service.minutes), (evening, 50));
    assert_eq!(head.service.end(), (ClockTime(20), true));
    assert_eq!(chart.person.summary.last_contact, Some(evening));
    assert_eq!(chart.plan.plan.trail(LineRef::objective(1)).unwrap().marks[0].on, evening);
}

/// N16: a day for something to be done by ends at midnight where the agency is, whatever zone the machine is in.
#[test]
fn n16_a_by_date_is_over_at_midnight_in_the_agencys_zone() {
    for machine in ["UTC", "Asia/Tokyo", "America/Chicago"] {
        let (mut rig, jo, _) = planned();
        let clock =
            concord::clock::Clock::fixed(machine, Rig::NOW).unwrap().in_zone("America/Chicago").unwrap();
        assert_eq!(clock.local(clock.now()), rig.clock().local(rig.clock().now()), "{machine}");
        let today = rig.desk.now().local.date;
        let one = Objective { by: Some(today), ..objective(jo, 1, "walk home") };
        rig.done(save(Whole::Objective(Box::new(one)), 0));
        let over = |rig: &mut Rig| {
            let now = rig.desk.now().local;
            rig.open(jo).plan.plan.objectives[1].by.is_some_and(|by| by < now.date)
        };
        let to_midnight = rig.clock().end_of(today).0 - rig.clock().now().0;
        rig.advance_ms(to_midnight - 60_000);
        rig.sign_in("rosa");
        assert!(!over(&mut rig), "23:59");
        rig.advance_ms(60_000);
        rig.sign_in("rosa");
        assert!(over(&mut rig), "0:00");
    }
}
