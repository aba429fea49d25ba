//! What the room shows, and what its keys ask for.

use crate::domain::*;
use crate::service::api::{Answer, ChartAsk, ChartView, Command, Done, Kept, PlanAsk};
use crate::service::fault::Fault;
use crate::tui::app::rig::{self, Rig};

fn date(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn problem(
    number: Number,
    dimension: u8,
    wording: &str,
    words: &str,
    status: ProblemStatus,
) -> Kept<Problem> {
    let added = Moment(rig::now().moment.0 - 19 * 24 * Moment::HOUR);
    let value = Problem {
        client: ClientId([1; 16]),
        number,
        wording: wording.into(),
        words: words.into(),
        dimension: DimensionRef { set: "ASAM3".into(), number: dimension },
        second: None,
        stages: Vec::new(),
        status,
        status_on: date(11, 9),
        rank: number,
        code: None,
        added_at: added,
        added_by: StaffId([7; 16]),
        added_by_name: "Rosa Imani LADC".into(),
        changed_at: added,
        changed_by: StaffId([7; 16]),
        ..Problem::default()
    };
    Kept { rev: 3, value }
}

fn proposal(number: Number, wording: &str, status: &str) -> Proposal {
    Proposal {
        number,
        wording: wording.into(),
        status: status.into(),
        code: Some(("SNOMED".into(), "59621000".into())),
        onset: Some(Date::from_ymd(2019, 4, 2).unwrap()),
        ..Proposal::default()
    }
}

fn full() -> ChartView {
    let mut chart = rig::chart(1, "Jo", "Rivera");
    let mut drinks = problem(
        3,
        5,
        "Drinks within two hours of each argument",
        "Evenings after court are the worst.",
        ProblemStatus::Active,
    );
    drinks.value.stages = vec![(date(10, 18), Stage::Precontemplation), (date(11, 4), Stage::Contemplation)];
    let deferred = |revisit| ProblemStatus::Deferred { reason: "dental work first".into(), revisit };
    let wrong = ProblemStatus::EnteredInError { reason: "another person".into() };
    let resolved = ProblemStatus::Resolved { note: "has a room".into() };
    chart.problems = vec![
        drinks,
        problem(1, 3, "Sleeps three hours a night", "", ProblemStatus::Active),
        problem(2, 2, "Toothache", "It hurts.", deferred(date(11, 18))),
        problem(4, 4, "Court costs", "", deferred(date(12, 1))),
        problem(5, 6, "No bed", "", resolved),
        problem(6, 1, "Wrong chart", "", wrong),
    ];
    let mut taken = proposal(3, "Taken already", "active");
    taken.accepted = Some(1);
    chart.imported.proposals = vec![
        proposal(1, "Sprain of ankle", "resolved"),
        proposal(2, "Essential hypertension", "active"),
        taken,
    ];
    chart
}

/// A chart whose plan has the problems of its list.
fn listed(mut chart: ChartView) -> ChartView {
    for (rank, kept) in (1..).zip(&mut chart.problems) {
        kept.value.rank = rank;
    }
    chart.plan.plan.problems = chart.problems.iter().map(|kept| kept.value.clone()).collect();
    chart
}

fn room(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(listed(chart))));
    rig.keys("p");
    rig
}

/// The problems as the room was given them.
fn ranked() -> Vec<Problem> {
    listed(full()).plan.plan.problems
}

fn saved(rig: &Rig) -> (Problem, u32) {
    match rig.command() {
        Command::Chart(ChartAsk::SaveProblem { problem, rev }) => ((**problem).clone(), *rev),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_tree_shows_problems_and_what_is_known_of_the_highlighted() {
    let mut rig = room(full());
    rig.sees("► P3  D5").sees("Drinks within two hours").sees("contemplation, no goal");
    rig.sees("“Evenings after court are the worst.”");
    rig.sees("2 active problems").sees("Agreed: goals 0 of 0, tasks 0 of 0").sees("no stage, no goal");
    rig.sees("Toothache").sees("deferred, look again 3 d over").sees_not("No bed").sees_not("Wrong chart");
    // The tree leaves room for all that is known of the row; unfolded it is under the row, too.
    rig.sees("contemplation 4 Nov, before precontemplation 18 Oct").sees("19 d ago by Rosa Imani LADC");
    rig.sees_not("more").sees("Also here  0 of 5 written");
    let times = |rig: &Rig| rig.screen().matches("contemplation 4 Nov, before").count();
    rig.keys("right");
    assert_eq!(times(&rig), 2);
    rig.keys("left");
    assert_eq!(times(&rig), 1);
    rig.keys("down down").sees("dental work first; since 9 Nov, look again 18 Nov");
}

#[test]
fn everything_shows_what_ended_and_keeps_the_highlight() {
    let mut rig = room(full());
    rig.resize(80, 40);
    rig.keys("down ctrl-w").sees("What to show");
    rig.keys("e v e enter");
    rig.sees("Wrong chart").sees("entered in error").sees("► P1");
    rig.keys("ctrl-w home enter").sees_not("Wrong chart").sees("► P1");
}

#[test]
fn a_problem_is_typed_checked_and_added() {
    let mut rig = room(full());
    let before = rig.asked.len();
    rig.keys("ctrl-a").sees("a goal").sees("for P3");
    rig.keys("down enter");
    rig.sees("not a label").sees("RIVERA, Jo, A-1001");
    rig.keys("tab tab enter end enter").keys("ctrl-s");
    assert_eq!(rig.asked.len(), before);
    rig.sees("needs a wording");
    rig.types("Everyone at home uses").keys("tab").types("They all do it.");
    rig.keys("tab tab enter end enter ctrl-s").sees("is the dimension of the problem itself");
    rig.keys("enter down up home enter")
        .keys("enter down down enter")
        .keys("ctrl-u")
        .types("T+3")
        .keys("ctrl-s");
    assert_eq!(rig.asked.len(), before);
    rig.sees("is in the future");
    rig.keys("ctrl-u").types("T-2").keys("enter enter").types("ICD-10-CM Z63.72").keys("enter");
    let (problem, rev) = saved(&rig);
    assert_eq!((problem.number, rev, problem.dimension.number, problem.second), (0, 0, 6, None));
    assert_eq!(
        (problem.wording.as_str(), problem.words.as_str()),
        ("Everyone at home uses", "They all do it.")
    );
    assert_eq!(problem.stages, [(date(11, 19), Stage::Contemplation)]);
    assert_eq!(problem.code, Some(("ICD-10-CM".into(), "Z63.72".into())));
    rig.refuse(Fault::user("Admit the person first."));
    rig.sees("Not done: Admit the person first.").sees("Everyone at home uses");
}

#[test]
fn much_the_same_is_pointed_out_and_never_blocked() {
    let mut rig = room(full());
    rig.keys("ctrl-a down enter").types("Sleeps three hours each night").keys("tab tab enter enter ctrl-s");
    assert_eq!(saved(&rig).0.number, 0);
    let done = Done {
        said: "P7 is on the list.".into(),
        chart: Some(Box::new(listed(full()))),
        undoable: true,
        ..Done::default()
    };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("P7 is on the list. P1 has nearly the same words. Ctrl-Z undoes it.");
    rig.keys("ctrl-up");
    let done = Done {
        said: "P3 moved up.".into(),
        chart: Some(Box::new(listed(full()))),
        undoable: true,
        ..Done::default()
    };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("P3 moved up. Ctrl-Z undoes it.").sees_not("nearly the same words");
}

#[test]
fn editing_keeps_what_is_not_on_the_form() {
    let mut chart = full();
    chart.problems[0].value.dimension = DimensionRef { set: "ASAM4".into(), number: 4 };
    let mut rig = room(chart);
    rig.keys("ctrl-e").types(", again").keys("ctrl-s");
    let (problem, rev) = saved(&rig);
    assert_eq!((problem.number, rev), (3, 3));
    assert_eq!(problem.wording, "Drinks within two hours of each argument, again");
    assert_eq!(problem.stages.len(), 2, "the stage was not asked again");
    assert_eq!(problem.dimension.set, "ASAM4", "its counterpart is still chosen");
}

#[test]
fn a_stage_is_asked_with_its_day_and_the_history_stays() {
    let mut rig = room(full());
    rig.keys("ctrl-u s t a g enter").sees("Stage of change of P3").sees("contemplation");
    rig.keys("enter down enter").keys("ctrl-u").types("10/25/26").keys("enter");
    let (problem, _) = saved(&rig);
    let days: Vec<Date> = problem.stages.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, [date(10, 18), date(10, 25), date(11, 4)], "kept in the order of their days");
    assert_eq!(problem.stages[1].1, Stage::Preparation);
}

#[test]
fn every_status_asks_what_it_needs() {
    let mut rig = room(full());
    let before = rig.asked.len();
    rig.keys("ctrl-u").sees("which state?");
    rig.keys("enter").sees("active already");
    rig.keys("ctrl-u d e f enter").sees("Why not now");
    rig.types("court first").keys("tab").types("T-1").keys("enter");
    assert_eq!(rig.asked.len(), before);
    rig.sees("is in the past");
    rig.keys("ctrl-u").types("T+30").keys("enter");
    let reason = "court first".to_owned();
    assert_eq!(saved(&rig).0.status, ProblemStatus::Deferred { reason, revisit: date(12, 21) });
    rig.done().keys("ctrl-u r e f enter ctrl-s").sees("\"To whom\" is empty");
    rig.types("dental clinic").keys("ctrl-s");
    let to = "dental clinic".to_owned();
    let kept = ReferralKept::Made;
    assert_eq!(saved(&rig).0.status, ProblemStatus::Referred { to, kept, look_again: None });
    rig.done().keys("ctrl-u r e s enter").types("sleeps again").keys("enter");
    assert_eq!(saved(&rig).0.status, ProblemStatus::Resolved { note: "sleeps again".into() });
    rig.done().keys("ctrl-u e n t enter").types("another chart").keys("enter");
    assert_eq!(saved(&rig).0.status, ProblemStatus::EnteredInError { reason: "another chart".into() });
    rig.done().keys("down down ctrl-u home enter");
    assert_eq!(saved(&rig), (Problem { status: ProblemStatus::Active, ..ranked()[2].clone() }, 3));
}

#[test]
fn problems_are_moved_by_hand_and_the_highlight_goes_with_them() {
    let mut rig = room(full());
    rig.keys("down ctrl-up");
    assert!(matches!(rig.command(), Command::Chart(ChartAsk::MoveProblem { number: 1, up: true, .. })));
    let mut chart = full();
    chart.problems.swap(0, 1);
    let done = Done {
        said: "P1 moved up.".into(),
        chart: Some(Box::new(listed(chart))),
        undoable: true,
        ..Done::default()
    };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("► P1");
    rig.keys("ctrl-k > enter");
    assert!(matches!(rig.command(), Command::Chart(ChartAsk::MoveProblem { number: 1, up: false, .. })));
}

#[test]
fn a_proposal_is_accepted_with_a_dimension() {
    let mut rig = room(full());
    rig.keys("end").sees("2 proposals from another system, Right unfolds").sees_not("hypertension");
    rig.keys("ctrl-o").sees("Highlight a proposal first");
    rig.keys("right")
        .sees("Essential hypertension")
        .sees("active  since 2 Apr 2019")
        .sees_not("Taken already");
    rig.keys("down").sees("It counts nowhere until you accept it");
    let before = rig.asked.len();
    rig.keys("ctrl-o").sees("Accept the proposed problem");
    rig.keys("ctrl-s").sees("\"Dimension\" is empty.");
    assert_eq!(rig.asked.len(), before);
    rig.keys("enter down enter").types("the pressure thing").keys("tab enter down enter enter");
    assert!(
        matches!(rig.command(), Command::Chart(ChartAsk::AcceptProposal { proposal: 2, dimension, words, stage, .. })
        if dimension.number == 2 && words == "the pressure thing" && *stage == Some(Stage::Precontemplation)),
        "{:?}",
        rig.command()
    );
    rig.done().keys("left").sees_not("Essential hypertension").sees("2 proposals");
}

#[test]
fn empty_unadmitted_and_read_only_rooms_say_what_to_do() {
    let mut rig = room(rig::chart(1, "Jo", "Rivera"));
    rig.sees("Nothing is on the plan yet.").sees("Ctrl-A on Wants adds a goal");
    let before = rig.asked.len();
    rig.keys("ctrl-e").sees("What the client wants, and why now");
    rig.keys("esc p");
    rig.types("abcdefijklmqstuvwxyz<>").keys("ctrl-up");
    assert_eq!(rig.asked.len(), before, "no plain key writes");
    let mut chart = full();
    chart.may_write = false;
    chart.may_answer = false;
    let mut rig = room(chart.clone());
    rig.keys("ctrl-a")
        .sees("You can read this chart, not write in it: it is not one of yours.")
        .sees_not("Add it");
    chart.episodes.clear();
    room(chart.clone())
        .keys("ctrl-a")
        .sees("Jo Rivera is not admitted yet. Press Ctrl-D to admit, then write.");
    chart.may_read = false;
    room(chart).sees("is not admitted yet").sees_not("Drinks");
}

#[test]
fn it_stands_in_every_size_and_in_ascii() {
    let mut rig = room(planned());
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        rig.resize(width, height);
        rig.sees("► P3  D5").sees("O1  ✓ Write the sleep diary").sees("2 proposals");
    }
    rig.resize(80, 24);
    rig.ascii();
    rig.sees("> P3").sees("O1  y Write the sleep diary");
    assert!(rig.screen().is_ascii(), "{}", rig.screen());
}

/// A goal with an objective and two methods, the objective agreed for what it says, one method before it changed.
fn planned() -> ChartView {
    let mut chart = full();
    let client = ClientId([1; 16]);
    let line = |number, rank| PlanLine { client, number, episode: 1, rank, ..PlanLine::default() };
    let words = |words: &str| Quote { words: words.into(), on: date(11, 2), how: Given::Said };
    let plan = &mut chart.plan.plan;
    plan.goals.push(Goal {
        line: line(1, 1),
        words: words("I want to get through those nights."),
        problems: vec![3, 1],
        by: Some(date(12, 18)),
        ..Goal::default()
    });
    plan.objectives.push(Objective {
        line: line(1, 1),
        goal: 1,
        step: "write the sleep diary".into(),
        amount: "3 nights a week".into(),
        ..Objective::default()
    });
    for (number, wording) in [(1, "CBT for sleep"), (2, "Medication review")] {
        let dose = Dose { often: Often::Times { times: 1, per: Per::Week }, minutes: 50, weeks: 8 };
        plan.methods.push(Method {
            line: line(number, number),
            goal: 1,
            objective: 1,
            wording: wording.into(),
            dose,
            ..Method::default()
        });
    }
    let answer = |about: LineRef, answer, to| Agreement {
        client,
        number: about.number,
        about,
        answer,
        to,
        given: date(11, 18),
        ..Agreement::default()
    };
    let o1 = plan.line(LineRef::objective(1)).unwrap().terms();
    plan.agreements.push(answer(LineRef::objective(1), Assent::Agreed, o1));
    plan.agreements.push(answer(LineRef::method(2), Assent::Partly, Terms::default()));
    plan.trails.push(Trail {
        client,
        line: LineRef::objective(1),
        marks: [Progress::None, Progress::Some, Progress::Substantial]
            .into_iter()
            .map(|progress| TrailMark { note: 1, on: date(11, 10), progress, ..TrailMark::default() })
            .collect(),
        count: 3,
    });
    for name in [LineRef::goal(1), LineRef::objective(1), LineRef::method(1), LineRef::method(2)] {
        chart.plan.revs.insert(name, 1);
    }
    chart
}

fn recorded(rig: &Rig) -> (LineRef, Assent) {
    match rig.command() {
        Command::Plan(ask) => match ask.as_ref() {
            PlanAsk::Record { answers, .. } => (answers[0].about, answers[0].answer),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn lines_show_mark_amount_progress_and_what_changed_since_it_was_agreed() {
    let mut rig = room(planned());
    rig.resize(100, 30);
    rig.sees("G1  · “I want to get through those nights.”").sees("also P1").sees("18 Dec");
    rig.sees("O1  ✓ Write the sleep diary, 3 nights a week").sees("0 + ++");
    rig.sees("M1  · CBT for sleep, weekly, 50 min, 8 weeks").sees("0 of 8");
    rig.sees("Agreed: goals 0 of 1, tasks 1 of 3").sees("3 not asked yet");
    rig.keys("down down down down").sees("Partly on 18 Nov, before it changed.");
}

#[test]
fn a_walk_asks_line_by_line_and_every_digit_goes_on() {
    let mut rig = room(planned());
    rig.keys("ctrl-g").sees("Agreement: P3 and what is under it, 3 of 4 not asked");
    rig.sees("client's answer").sees("not asked").sees("agreed, 18 Nov").sees("changed since");
    rig.keys("1");
    assert_eq!(recorded(&rig), (LineRef::goal(1), Assent::Agreed));
    // O1 is agreed as it reads now: the walk passes it.
    rig.sees("2 of 4 not asked");
    rig.keys("3");
    assert_eq!(recorded(&rig), (LineRef::method(1), Assent::Declined));
    rig.keys("2");
    assert_eq!(recorded(&rig), (LineRef::method(2), Assent::Partly));
    rig.sees_not("Agreement:").sees("► ").sees("M2");
    // Esc from habit after the last answer does not leave the chart.
    rig.keys("esc").sees("Esc again goes back").sees("M2");
    let before = rig.asked.len();
    rig.keys("1 2 3");
    assert_eq!(rig.asked.len(), before, "outside a walk a digit answers nothing");
    rig.keys("ctrl-g").sees("Agreement: M2, not asked yet");
    rig.keys("esc").sees_not("Agreement:");
}

#[test]
fn a_walk_from_a_line_asks_it_and_what_is_under_it() {
    let mut rig = room(planned());
    rig.keys("down ctrl-g").sees("Agreement: G1 and what is under it, 3 of 4 not asked");
    rig.keys("esc");
    rig.keys("down ctrl-g")
        .sees("Agreement: O1 and what is under it, 2 of 3 not asked")
        .sees("asking: RIVERA");
    rig.resize(60, 20);
    rig.sees("Agreement: O1 and what is under it, 2 of 3 not asked").sees_not("asking:");
    rig.resize(80, 24);
    rig.keys("esc home down ctrl-g").sees("Agreement: the whole plan, 3 of 4 not asked");
}

#[test]
fn an_answer_that_holds_is_replaced_only_after_it_was_said() {
    let mut rig = room(planned());
    rig.keys("ctrl-g down");
    let before = rig.asked.len();
    rig.keys("1").sees("O1: agreed already, 18 Nov. Press 1 again to replace it");
    rig.keys("2").sees("Press 2 again to replace it with \"partly\" today.");
    rig.keys("up down 2");
    assert_eq!(rig.asked.len(), before, "going elsewhere forgets what was pressed");
    rig.keys("2");
    assert_eq!(recorded(&rig), (LineRef::objective(1), Assent::Partly));
    // An answer that is still on its way holds, too.
    rig.keys("up").sees("► ");
    rig.keys("1").sees("O1 was answered just now. Press 1 again");
    rig.keys("-").sees("replace it with \"not asked\" today");
    // What nobody was asked has nothing to take back: it is passed.
    let before = rig.asked.len();
    rig.keys("down -");
    assert_eq!(rig.asked.len(), before);
    rig.keys("enter").sees("Answer to M2").sees("That answer stays");
}

#[test]
fn a_plan_whose_lines_are_all_answered_says_so() {
    let mut chart = planned();
    let today = date(11, 20);
    for name in [LineRef::goal(1), LineRef::method(1), LineRef::method(2)] {
        let to = chart.plan.plan.line(name).unwrap().terms();
        let number = 90 + name.number;
        let answer = Agreement {
            about: name,
            number,
            answer: Assent::NotSaid,
            to,
            given: today,
            ..Agreement::default()
        };
        chart.plan.plan.agreements.push(answer);
    }
    let mut rig = room(chart);
    rig.keys("ctrl-g").sees("all 4 asked already").sees("not said, 20 Nov");
    rig.keys("1").sees("G1: would rather not say already, 20 Nov.");
    rig.keys("1");
    assert_eq!(recorded(&rig), (LineRef::goal(1), Assent::Agreed));
    rig.keys("1").sees("O1: agreed already");
}

#[test]
fn an_answer_holds_whose_it_is_its_words_and_its_day() {
    let mut rig = room(planned());
    rig.keys("ctrl-g enter").sees("Answer to G1");
    rig.keys("enter p a r t l enter").keys("enter s o m e enter").types("L.").keys("enter");
    rig.types("Not alone.").keys("enter ctrl-u").types("11/19/26").keys("enter");
    let Command::Plan(ask) = rig.command() else { panic!() };
    let PlanAsk::Record { whose, given, answers, .. } = ask.as_ref() else { panic!() };
    assert_eq!((whose, *given), (&Party::Participant("L.".into()), date(11, 19)));
    assert_eq!((answers[0].answer, answers[0].words.as_str()), (Assent::Partly, "Not alone."));
}

#[test]
fn an_objective_is_a_sentence_and_a_method_follows_it() {
    let mut rig = room(planned());
    rig.keys("down ctrl-a").sees("Under G1");
    rig.keys("enter").sees("I will");
    rig.types("call L. before 20:00").keys("tab").types("4 of 4").keys("tab").types("9 Dec");
    rig.sees("Reads: I will call L. before 20:00, 4 of 4, by 9 Dec.");
    rig.keys("ctrl-s");
    let Command::Plan(ask) = rig.command() else { panic!() };
    let PlanAsk::SaveLine { line, rev: 0, same_meaning: false } = ask.as_ref() else { panic!("{ask:?}") };
    let crate::rules::plan::change::Whole::Objective(objective) = line.as_ref() else { panic!() };
    assert_eq!((objective.goal, objective.doer.clone(), objective.by), (1, Doer::Client, Some(date(12, 9))));
    let mut chart = planned();
    chart.plan.plan.problems = ranked();
    let mut added = (**objective).clone();
    (added.line.number, added.line.rank) = (2, 2);
    chart.plan.plan.objectives.push(added);
    let done = Done { said: "O2 is on the plan.".into(), chart: Some(Box::new(chart)), ..Done::default() };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("► ");
    rig.keys("ctrl-a").sees("Under O2");
    rig.types("CBT").keys("tab").types("soon").keys("ctrl-s");
    rig.sees("Try weekly");
    rig.keys("ctrl-u").types("every 2 weeks").keys("ctrl-s");
    let Command::Plan(ask) = rig.command() else { panic!() };
    let PlanAsk::SaveLine { line, .. } = ask.as_ref() else { panic!("{ask:?}") };
    let crate::rules::plan::change::Whole::Method(method) = line.as_ref() else { panic!() };
    assert_eq!((method.objective, &method.dose.often), (2, &Often::EveryWeeks(2)));
    assert!(matches!(&method.who, Who::Staff { name, .. } if name == "Rosa Imani LADC"), "{:?}", method.who);
}

#[test]
fn what_a_state_needs_is_asked_and_only_what_may_follow_is_offered() {
    let mut rig = room(planned());
    rig.keys("down ctrl-u")
        .sees("G1 is active")
        .sees("focus now")
        .sees_not("► active")
        .sees_not("│   active");
    rig.keys("s t o p enter").sees("Reason");
    rig.keys("enter down down enter").types("not this year");
    rig.keys("ctrl-s");
    let Command::Plan(ask) = rig.command() else { panic!() };
    let PlanAsk::SetState { line, state, words, .. } = ask.as_ref() else { panic!("{ask:?}") };
    assert_eq!((*line, words.as_str()), (LineRef::goal(1), "not this year"));
    assert!(matches!(state, LineState::Stopped(_)));
    rig.done().keys("ctrl-u f o c u enter");
    let Command::Plan(ask) = rig.command() else { panic!() };
    assert!(matches!(ask.as_ref(), PlanAsk::Focus { goal: 1, on: true, .. }), "{ask:?}");
}

#[test]
fn what_changed_since_a_day_is_shown_with_what_was_and_what_is() {
    let mut rig = room(planned());
    rig.keys("ctrl-w c h a n enter").sees("Which day");
    rig.types("18 Nov").keys("enter");
    let Command::Plan(ask) = rig.command() else { panic!() };
    let PlanAsk::At { day, .. } = ask.as_ref() else { panic!("{ask:?}") };
    assert_eq!(*day, date(11, 18));
    let mut then = planned().plan.plan;
    then.problems = ranked();
    then.objectives[0].amount = "2 nights a week".into();
    then.methods.pop();
    let (client, plan) = (ClientId([1; 16]), Box::new(then));
    let answer = Answer::PlanThen { client, day: date(11, 18), seen: None, version: 0, episode: 0, plan };
    rig.answer(answer);
    rig.sees("Changed since 18 Nov: 2 lines").sees("~ O1").sees("was 2 nights a week; now 3 nights a week");
    rig.sees("+ M2").sees("added");
    // It is the plan of today: a line is changed from here.
    rig.keys("ctrl-e").sees("Change M2");
    rig.keys("esc").sees("Changed since");
    rig.keys("esc").sees_not("Changed since").sees("G1");
}

#[test]
fn a_second_click_opens_the_tray() {
    let mut rig = room(full());
    let screen = rig.screen();
    let y = screen.lines().position(|line| line.contains("2 proposals")).unwrap();
    let y = u16::try_from(y).unwrap();
    rig.click(8, y);
    rig.sees_not("hypertension");
    rig.click(8, y);
    rig.sees("hypertension");
}

#[test]
fn hints_stand_beside_their_lines_and_in_one_list() {
    let mut rig = room(full());
    rig.sees("hints");
    rig.keys("home down down");
    rig.sees("P3 has no goal yet. Ctrl-A adds one.");
    rig.keys("ctrl-w").types("hin").keys("enter").sees("Hints: what a reader of this plan would ask");
    rig.types("P1 has").keys("enter");
    rig.sees("P1 has no goal yet.").sees_not("P3 has no goal yet.");
}
