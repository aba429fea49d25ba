//! The treatment plan at the front desk: lines and their numbers, answers to a wording, progress from notes, the plan as it was.

mod adding;
mod alike;
mod cases;
mod earlier;
mod laws;
mod library;
mod place;
mod replay;
mod thread;
mod whole;

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::*;
use concord::rules::owed::Duty;
use concord::rules::plan::Plan;
use concord::rules::plan::agreed::{Of, Standing};
use concord::rules::plan::change::{Whole, apply, between};
use concord::service::api::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn jo() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    rig.done(rig.problem(jo, "low mood after court days", "I cannot get up"));
    (rig, jo)
}

fn line(client: ClientId) -> PlanLine {
    PlanLine { client, ..PlanLine::default() }
}

fn goal(client: ClientId, words: &str) -> Goal {
    let words = Quote { words: words.into(), on: Date(20_000), how: Given::Said };
    Goal { line: line(client), words, problems: vec![1], ..Goal::default() }
}

fn objective(client: ClientId, goal: Number, step: &str) -> Objective {
    Objective {
        line: line(client),
        goal,
        step: step.into(),
        amount: "3 nights a week".into(),
        ..Objective::default()
    }
}

fn method(client: ClientId, goal: Number, objective: Number, wording: &str) -> Method {
    Method { line: line(client), goal, objective, wording: wording.into(), ..Method::default() }
}

pub fn save(line: Whole, rev: u32) -> Command {
    PlanAsk::SaveLine { line: Box::new(line), rev, same_meaning: false }.into()
}

pub fn add_goal(client: ClientId, words: &str) -> Command {
    save(Whole::Goal(Box::new(goal(client, words))), 0)
}

pub fn add_step(client: ClientId, goal: Number, step: &str) -> Command {
    save(Whole::Objective(Box::new(objective(client, goal, step))), 0)
}

pub fn add_method(client: ClientId, goal: Number, objective: Number, wording: &str) -> Command {
    save(Whole::Method(Box::new(method(client, goal, objective, wording))), 0)
}

fn shown(done: Done) -> PlanView {
    done.chart.expect("the chart").plan
}

/// One goal, one objective, one method.
pub fn planned() -> (Rig, ClientId, PlanView) {
    let (mut rig, jo) = jo();
    rig.done(add_goal(jo, "I want to get through those nights."));
    rig.done(add_step(jo, 1, "write the sleep diary"));
    let view = shown(rig.done(add_method(jo, 1, 1, "CBT for sleep")));
    (rig, jo, view)
}

fn answer(plan: &Plan, about: LineRef, answer: Assent, given: Date) -> PlanAsk {
    let line = plan.line(about).expect("the line");
    let answered = Answered { about, answer, words: String::new(), to: line.terms() };
    PlanAsk::Record { client: line.line().client, whose: Party::Client, given, answers: vec![answered] }
}

#[test]
fn a_number_is_never_given_again() {
    let (mut rig, jo) = jo();
    rig.done(add_goal(jo, "one"));
    rig.done(add_goal(jo, "two"));
    rig.done(Command::Undo);
    let view = shown(rig.done(add_goal(jo, "three")));
    let there: Vec<_> =
        view.plan.goals.iter().map(|goal| (goal.line.number, goal.words.words.as_str())).collect();
    assert_eq!(there, [(1, "one"), (3, "three")]);
    rig.done(add_step(jo, 1, "a"));
    rig.done(Command::Undo);
    rig.done(Command::Redo);
    rig.done(Command::Undo);
    let view = shown(rig.done(add_step(jo, 1, "b")));
    assert_eq!(view.plan.objectives[0].line.number, 2);
}

#[test]
fn the_service_gives_number_place_author_and_state() {
    let (mut rig, jo, _) = planned();
    let mut forged = goal(jo, "four");
    forged.line.number = 0;
    forged.line.rank = 7;
    forged.line.episode = 9;
    forged.line.added_by_name = "Somebody Else".into();
    let view = shown(rig.done(save(Whole::Goal(Box::new(forged)), 0)));
    let line = &view.plan.goals[1].line;
    assert_eq!((line.number, line.episode, line.state), (2, 1, LineState::Active));
    assert!(line.rank > view.plan.goals[0].line.rank);
    assert_eq!((line.added_by_name.as_str(), line.added_by), ("Rosa Imani LADC", rig.me()));
}

#[test]
fn what_a_line_needs_is_said_and_nothing_is_written() {
    let (mut rig, jo, _) = planned();
    let before = rig.engine_head().seq;
    let mut late = method(jo, 1, 0, "x");
    (late.from, late.until) = (Some(Date(20_010)), Some(Date(20_000)));
    let sure = Objective { sure: Some(11), ..objective(jo, 1, "x") };
    let other = Goal { problems: vec![9], ..goal(jo, "x") };
    for (line, why) in [
        (Whole::Goal(Box::new(goal(jo, "  "))), "needs words"),
        (Whole::Goal(Box::new(other)), "P9 is not on the problem list"),
        (Whole::Objective(Box::new(objective(jo, 1, " "))), "needs a step"),
        (Whole::Objective(Box::new(objective(jo, 7, "x"))), "is not on the plan"),
        (Whole::Objective(Box::new(sure)), "0 to 10"),
        (Whole::Method(Box::new(method(jo, 1, 0, ""))), "needs words"),
        (Whole::Method(Box::new(method(jo, 1, 9, "x"))), "not under this goal"),
        (Whole::Method(Box::new(late)), "before the first"),
    ] {
        let fault = rig.fault(save(line, 0));
        assert!(fault.what.contains(why), "{why}: {}", fault.what);
    }
    assert_eq!(rig.engine_head().seq, before);
}

#[test]
fn an_answer_belongs_to_its_wording_and_undo_brings_it_back() {
    let (mut rig, _, view) = planned();
    let today = rig.desk.now().local.date;
    let o1 = LineRef::objective(1);
    let view = shown(rig.done(answer(&view.plan, o1, Assent::Agreed, today).into()));
    assert_eq!(view.plan.agreed().tasks, Of { agreed: 1, of: 2 });
    let changed = Objective { amount: "5 nights a week".into(), ..view.plan.objectives[0].clone() };
    let done = rig.done(save(Whole::Objective(Box::new(changed)), view.rev(o1)));
    assert!(done.said.contains("agreed before it changed"), "{}", done.said);
    let view = shown(done);
    assert_eq!(view.plan.agreed().tasks, Of { agreed: 0, of: 2 });
    let standing = view.plan.answered(view.plan.line(o1).unwrap());
    assert!(matches!(standing, Standing::Before(agreement) if agreement.to.amount == "3 nights a week"));
    let view = shown(rig.done(Command::Undo));
    assert_eq!(view.plan.agreed().tasks, Of { agreed: 1, of: 2 });
    let view = shown(rig.done(Command::Undo));
    assert_eq!(view.plan.agreed().tasks, Of { agreed: 0, of: 2 });
    assert_eq!(shown(rig.done(Command::Redo)).plan.agreed().tasks, Of { agreed: 1, of: 2 });
}

#[test]
fn a_correction_keeps_the_answers_of_everybody_and_an_other_amount_is_no_correction() {
    let (mut rig, jo, view) = planned();
    let today = rig.desk.now().local.date;
    let g1 = LineRef::goal(1);
    for whose in [Party::Client, Party::Participant("L.".into())] {
        let PlanAsk::Record { client, given, answers, .. } = answer(&view.plan, g1, Assent::Agreed, today)
        else {
            panic!()
        };
        rig.done(PlanAsk::Record { client, whose, given, answers }.into());
    }
    let view = rig.open(jo).plan;
    let mut corrected = view.plan.goals[0].clone();
    corrected.words.words = "I want to get through these nights.".into();
    let correct = |line: Goal, rev| PlanAsk::SaveLine {
        line: Box::new(Whole::Goal(Box::new(line))),
        rev,
        same_meaning: true,
    };
    let view = shown(rig.done(correct(corrected.clone(), view.rev(g1)).into()));
    assert_eq!(view.plan.agreed().goals, Of { agreed: 1, of: 1 });
    let carried: Vec<_> = view.plan.agreements.iter().map(|one| (one.number, one.carries)).collect();
    assert_eq!(carried, [(1, 0), (2, 0), (3, 1), (4, 2)]);
    corrected = view.plan.goals[0].clone();
    corrected.words.words.push('!');
    corrected.by = Some(today);
    let fault = rig.fault(correct(corrected, view.rev(g1)).into());
    assert!(fault.what.contains("the meaning is not the same"), "{}", fault.what);
}

#[test]
fn what_is_answered_is_what_stood_on_the_screen() {
    let (mut rig, jo, view) = planned();
    let today = rig.desk.now().local.date;
    let o1 = LineRef::objective(1);
    let old = answer(&view.plan, o1, Assent::Agreed, today);
    let changed = Objective { step: "keep the diary".into(), ..view.plan.objectives[0].clone() };
    rig.done(save(Whole::Objective(Box::new(changed)), view.rev(o1)));
    let fault = rig.fault(old.into());
    assert!(fault.what.contains("Rosa Imani LADC changed O1"), "{}", fault.what);
    let view = rig.open(jo).plan;
    let fault = rig.fault(answer(&view.plan, o1, Assent::Agreed, today.plus_days(1)).into());
    assert!(fault.what.contains("is in the future"), "{}", fault.what);
    assert!(rig.open(jo).plan.plan.agreements.is_empty());
}

#[test]
fn recording_an_answer_is_no_conflict_with_somebody_who_edits_the_line() {
    let (mut rig, _, view) = planned();
    let today = rig.desk.now().local.date;
    let o1 = LineRef::objective(1);
    rig.done(answer(&view.plan, o1, Assent::Partly, today).into());
    // The other one saves what they began before the answer came: only what could get in the way.
    let edited = Objective { barrier: "late shifts".into(), ..view.plan.objectives[0].clone() };
    let view = shown(rig.done(save(Whole::Objective(Box::new(edited)), view.rev(o1))));
    assert_eq!(view.plan.answered(view.plan.line(o1).unwrap()).assent(), Assent::Partly);
}

#[test]
fn a_line_somebody_changed_meanwhile_is_not_written_over() {
    let (mut rig, jo, view) = planned();
    let o1 = LineRef::objective(1);
    let one = Objective { see: "the diary".into(), ..view.plan.objectives[0].clone() };
    let two = Objective { see: "her sister".into(), ..view.plan.objectives[0].clone() };
    rig.done(save(Whole::Objective(Box::new(one)), view.rev(o1)));
    let fault = rig.fault(save(Whole::Objective(Box::new(two)), view.rev(o1)));
    assert!(fault.what.contains("changed O1 after you opened it"), "{}", fault.what);
    assert_eq!(rig.open(jo).plan.plan.objectives[0].see, "the diary");
}

#[test]
fn states_follow_their_table_and_a_goal_that_ended_takes_no_new_line() {
    let (mut rig, jo, view) = planned();
    let g1 = LineRef::goal(1);
    let set = |rev, state, words: &str| {
        let words = words.to_owned();
        Command::from(PlanAsk::SetState { client: jo, line: g1, rev, state, words })
    };
    let fault = rig.fault(set(view.rev(g1), LineState::Stopped(StopWhy::NotWanted), ""));
    assert!(fault.what.contains("Write why"), "{}", fault.what);
    let view = shown(rig.done(set(view.rev(g1), LineState::Met, "")));
    assert_eq!(view.plan.goals[0].line.state, LineState::Met);
    let fault = rig.fault(add_step(jo, 1, "more"));
    assert!(fault.what.contains("G1 is met"), "{}", fault.what);
    let view = shown(rig.done(set(view.rev(g1), LineState::Active, "the nights are back")));
    assert_eq!(view.plan.goals[0].line.state_words, "the nights are back");
    rig.done(add_step(jo, 1, "more"));
}

#[test]
fn lines_move_among_those_beside_them() {
    let (mut rig, jo, _) = planned();
    rig.done(add_step(jo, 1, "call L."));
    let o2 = LineRef::objective(2);
    let view = shown(rig.done(PlanAsk::MoveLine { client: jo, line: o2, up: true }.into()));
    let order: Vec<_> = view.plan.siblings(o2).iter().map(|line| line.line().number).collect();
    assert_eq!(order, [2, 1]);
    let fault = rig.fault(PlanAsk::MoveLine { client: jo, line: o2, up: true }.into());
    assert!(fault.what.contains("first in its order already"), "{}", fault.what);
}

#[test]
fn three_goals_are_in_focus_at_most() {
    let (mut rig, jo, _) = planned();
    for words in ["two", "three", "four"] {
        rig.done(add_goal(jo, words));
    }
    let focus = |goal, on| Command::from(PlanAsk::Focus { client: jo, goal, on });
    for goal in 1..=3 {
        rig.done(focus(goal, true));
    }
    let fault = rig.fault(focus(4, true));
    assert!(fault.what.contains("G1, G2, G3"), "{}", fault.what);
    rig.done(focus(2, false));
    rig.done(focus(4, true));
}

#[test]
fn a_goal_covers_its_problem_in_every_list() {
    let (mut rig, jo) = jo();
    let open = |rig: &mut Rig| rig.open(jo).person.summary.problems[0].goal;
    assert!(!open(&mut rig));
    rig.done(add_goal(jo, "sleep"));
    assert!(open(&mut rig));
    rig.done(Command::Undo);
    assert!(!open(&mut rig), "an undone goal covers nothing");
}

pub fn signed_note(rig: &mut Rig, client: ClientId, served: &[Served]) -> Number {
    let view = rig.draft(DocAsk::NewNote { client, format: "DAP".into(), addendum_to: 0 });
    sign(rig, &view, served)
}

pub fn sign(rig: &mut Rig, view: &DraftView, served: &[Served]) -> Number {
    let DraftBody::Note(mut note) = view.body.clone() else { panic!("no note") };
    for section in &mut note.sections {
        section.text = "Enough words about this.".into();
    }
    for field in &mut note.fields {
        field.value = "said".into();
    }
    note.lines = served.to_vec();
    let save = DraftSave { client: view.client, number: view.number, edits: 1, body: DraftBody::Note(note) };
    let done = rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    done.chart.unwrap().notes.iter().map(|head| head.number).max().unwrap()
}

pub fn serves(progress: Progress, sentence: &str) -> Served {
    Served { line: LineRef::objective(1), progress, sentence: sentence.into(), minutes: 0 }
}

fn marks(rig: &mut Rig, client: ClientId) -> Vec<(Number, Progress, String)> {
    let view = rig.open(client).plan;
    let Some(trail) = view.plan.trail(LineRef::objective(1)) else { return Vec::new() };
    assert_eq!(trail.count as usize, trail.marks.len());
    trail.marks.iter().map(|mark| (mark.note, mark.progress, mark.sentence.clone())).collect()
}

#[test]
fn notes_leave_their_marks_and_a_note_that_stopped_counting_takes_them_away() {
    let (mut rig, jo, _) = planned();
    let first = signed_note(&mut rig, jo, &[serves(Progress::Some, "one night")]);
    let second = signed_note(&mut rig, jo, &[serves(Progress::Substantial, "three nights")]);
    let one = (first, Progress::Some, "one night".to_owned());
    assert_eq!(marks(&mut rig, jo), [one.clone(), (second, Progress::Substantial, "three nights".into())]);
    let amend = DocAsk::Amend { client: jo, number: second, reason: "wrong mark".into() };
    let draft = rig.draft(amend);
    let third = sign(&mut rig, &draft, &[serves(Progress::Worse, "no night")]);
    assert_eq!(marks(&mut rig, jo), [one.clone(), (third, Progress::Worse, "no night".into())]);
    let draft = rig.draft(DocAsk::Amend { client: jo, number: third, reason: "other line".into() });
    sign(&mut rig, &draft, &[]);
    assert_eq!(marks(&mut rig, jo), [one]);
}

/// Issue 14: what a client says to four goals and seven tasks is recorded in one pass, with thirteen keys at most.
#[test]
fn the_agreement_of_a_whole_plan_takes_thirteen_keys() {
    let (mut rig, jo) = jo();
    for words in ["one", "two", "three", "four"] {
        rig.done(add_goal(jo, words));
    }
    for (goal, step) in [(1, "a"), (2, "b"), (3, "c"), (4, "d")] {
        rig.done(add_step(jo, goal, step));
    }
    for (goal, wording) in [(1, "e"), (2, "f"), (3, "g")] {
        rig.done(add_method(jo, goal, 0, wording));
    }
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("enter p").sees("Agreed: goals 0 of 4, tasks 0 of 7");
    // Up to what the client wants, Ctrl-G, and a digit for each of the eleven.
    desk.keys("up ctrl-g").sees("Agreement: the whole plan, 11 of 11 not asked");
    desk.keys("1 1 1 1 1 1 1 1 1 1 1").sees("Agreed: goals 4 of 4, tasks 7 of 7").sees_no("Agreement:");
    // A later pass finds nothing to ask, and replaces nothing unless it is said twice.
    desk.keys("ctrl-g").sees("Agreement: O4, asked already").keys("esc home down ctrl-g");
    desk.sees("the whole plan, all 11 asked already").sees("agreed, 21 Nov");
    desk.keys("3").sees("G1: agreed already, 21 Nov. Press 3 again").sees("goals 4 of 4");
    desk.keys("3").sees("Agreed: goals 3 of 4, tasks 7 of 7");
    let answers: Vec<_> = desk.rig.open(jo).plan.plan.agreements.iter().map(|one| one.answer).collect();
    assert_eq!(answers.len(), 12, "the older answer stays");
    // What is added later is all that the next pass asks.
    desk.rig.done(add_step(jo, 2, "later"));
    desk.keys("esc esc enter p home down ctrl-g").sees("the whole plan, 1 of 12 not asked").sees("Later");
    desk.keys("1").sees("Agreed: goals 3 of 4, tasks 8 of 8").sees_no("Agreement:");
}

/// Something that happens to a plan.
#[derive(Clone, Debug)]
enum Step {
    Goal(String),
    Objective(u32, String),
    Amount(usize, String),
    Agree(usize),
    Stop(usize),
    Up(usize),
    Undo,
    Redo,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let words = || "[a-z]{1,6}";
    let step = prop_oneof![
        words().prop_map(Step::Goal),
        (1..3_u32, words()).prop_map(|(goal, step)| Step::Objective(goal, step)),
        (0..4_usize, words()).prop_map(|(at, amount)| Step::Amount(at, amount)),
        (0..4_usize).prop_map(Step::Agree),
        (0..4_usize).prop_map(Step::Stop),
        (0..4_usize).prop_map(Step::Up),
        Just(Step::Undo),
        Just(Step::Redo),
    ];
    prop::collection::vec(step, 1..25)
}

fn command(step: &Step, client: ClientId, view: &PlanView, today: Date) -> Option<Command> {
    let nth = |at: &usize| view.plan.objectives.get(*at);
    Some(match step {
        Step::Goal(words) => add_goal(client, words),
        Step::Objective(goal, step) => add_step(client, *goal, step),
        Step::Amount(at, amount) => {
            let one = Objective { amount: amount.clone(), ..nth(at)?.clone() };
            let rev = view.rev(LineRef::objective(one.line.number));
            save(Whole::Objective(Box::new(one)), rev)
        }
        Step::Agree(at) => {
            let about = LineRef::objective(nth(at)?.line.number);
            answer(&view.plan, about, Assent::Agreed, today).into()
        }
        Step::Stop(at) => {
            let line = LineRef::objective(nth(at)?.line.number);
            let (state, words) = (LineState::Stopped(StopWhy::NotWanted), "enough".to_owned());
            PlanAsk::SetState { client, line, rev: view.rev(line), state, words }.into()
        }
        Step::Up(at) => {
            PlanAsk::MoveLine { client, line: LineRef::objective(nth(at)?.line.number), up: true }.into()
        }
        Step::Undo => Command::Undo,
        Step::Redo => Command::Redo,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_plan_as_of_any_day_is_what_was_there(steps in steps()) {
        let (mut rig, jo) = jo();
        let mut was = Vec::new();
        // When each number was given, and the highest: each step is on a day of its own.
        let (mut given, mut highest) = (BTreeMap::new(), BTreeMap::<LineKind, Number>::new());
        for step in &steps {
            rig.advance_ms(86_400_000);
            let today = rig.desk.now().local.date;
            let view = rig.open(jo).plan;
            if let Some(command) = command(step, jo, &view, today) {
                // What cannot be done changes nothing, and is looked at as well.
                let _ = rig.desk.handle(command);
            }
            let numbers: Vec<_> = view.plan.agreements.clone();
            let now = rig.open(jo).plan.plan;
            for agreement in numbers.iter().filter(|_| !matches!(step, Step::Undo)) {
                prop_assert!(now.agreements.contains(agreement), "an answer was changed");
            }
            for line in now.lines() {
                let (name, at) = (line.name(), line.line().added_at);
                if *given.entry(name).or_insert(at) == at && !matches!(step, Step::Redo) && at == rig.clock().now() {
                    let before = highest.insert(name.kind, name.number).unwrap_or(0);
                    prop_assert!(name.number > before, "{name} is behind {before}");
                }
                prop_assert_eq!(given[&name], at, "{} was given again", name);
            }
            was.push((rig.desk.now().local.date, now));
        }
        prop_assert!(rig.desk.check_up().unwrap().broken_plans.is_empty(), "it replays");
        for (day, then) in &was {
            let answer = rig.ok(PlanAsk::At { client: jo, day: *day }.into());
            let Answer::PlanThen { plan, .. } = answer else { panic!("no plan") };
            prop_assert_eq!(&*plan, then);
        }
        if let (Some((_, first)), Some((_, last))) = (was.first(), was.last()) {
            prop_assert_eq!(&apply(&between(first, last), first), last);
        }
    }
}

/// What calls for a look at the plan of somebody, as the list of what is owed and the chart say it.
fn called(rig: &mut Rig, client: ClientId) -> Option<CallWhat> {
    let call = rig.open(client).plan.call.map(|call| call.what);
    let listed = crate::days::owed(rig).iter().any(|line| line.owed.duty == Duty::PlanCalled);
    assert_eq!(call.is_some(), listed, "the list and the chart say the same");
    call
}

fn happened(client: ClientId, what: PlanWord, on: Date) -> Command {
    PlanAsk::RecordEvent(Box::new(PlanEvent { client, what, on, ..PlanEvent::default() })).into()
}

#[test]
fn the_first_plan_is_owed_until_the_client_answered_a_goal() {
    let (mut rig, _, view) = planned();
    let owes = |rig: &mut Rig| crate::days::owed(rig).iter().any(|line| line.owed.duty == Duty::Plan);
    rig.advance_ms(20 * 24 * Moment::HOUR);
    rig.sign_in("rosa");
    assert!(owes(&mut rig));
    let today = rig.desk.now().local.date;
    rig.done(answer(&view.plan, LineRef::objective(1), Assent::Agreed, today).into());
    assert!(owes(&mut rig), "an answer to a step alone is no plan");
    rig.done(answer(&view.plan, LineRef::goal(1), Assent::Partly, today).into());
    assert!(!owes(&mut rig));
    rig.done(Command::Undo);
    assert!(owes(&mut rig));
}

#[test]
fn what_happened_calls_for_a_look_until_somebody_says_that_the_plan_still_fits() {
    let (mut rig, jo, view) = planned();
    let today = rig.desk.now().local.date;
    rig.done(happened(jo, PlanWord::Hospital, today));
    assert_eq!(called(&mut rig, jo), None, "there is no plan yet");
    rig.advance_ms(1000);
    rig.done(answer(&view.plan, LineRef::goal(1), Assent::Agreed, today).into());
    assert_eq!(called(&mut rig, jo), None, "the plan was made knowing it");
    rig.advance_ms(1000);
    rig.done(happened(jo, PlanWord::ArrestOrOrder, today.plus_days(-3)));
    assert_eq!(called(&mut rig, jo), Some(CallWhat::ArrestOrOrder));
    rig.advance_ms(1000);
    rig.done(happened(jo, PlanWord::StillFits, today));
    assert_eq!(called(&mut rig, jo), None);
    rig.done(Command::Undo);
    assert_eq!(called(&mut rig, jo), Some(CallWhat::ArrestOrOrder));
    rig.done(Command::Redo);
    rig.advance_ms(1000);
    rig.done(happened(jo, PlanWord::Hospital, today.plus_days(-5)));
    assert_eq!(
        called(&mut rig, jo),
        Some(CallWhat::Hospital),
        "nobody knew of it when they said that it fits"
    );
    let fault = rig.fault(happened(jo, PlanWord::Hospital, today.plus_days(1)));
    assert!(fault.what.contains("in the future"), "{}", fault.what);
    let fault = rig.fault(happened(jo, PlanWord::Other, today));
    assert!(fault.what.contains("Write what happened"), "{}", fault.what);
}

/// A note that says so on the same day as one that said no use, signed after it: a return to use.
#[test]
fn a_note_that_speaks_of_use_after_one_that_spoke_of_none_calls_and_one_that_stopped_counting_does_not() {
    let (mut rig, jo, view) = planned();
    let today = rig.desk.now().local.date;
    rig.done(answer(&view.plan, LineRef::goal(1), Assent::Agreed, today).into());
    let note = |rig: &mut Rig, used| {
        rig.advance_ms(1000);
        let ask = DocAsk::NewNote { client: jo, format: "DAP".into(), addendum_to: 0 };
        let mut view = rig.draft(ask);
        if let DraftBody::Note(note) = &mut view.body {
            note.answers.used = used;
        }
        sign(rig, &view, &[])
    };
    note(&mut rig, Asked::Present);
    assert_eq!(called(&mut rig, jo), None, "use that was never over is no return");
    note(&mut rig, Asked::NoneReported);
    note(&mut rig, Asked::NotAsked);
    assert_eq!(called(&mut rig, jo), None);
    let number = note(&mut rig, Asked::Present);
    assert_eq!(called(&mut rig, jo), Some(CallWhat::ReturnToUse));
    note(&mut rig, Asked::Present);
    let draft = rig.draft(DocAsk::Amend { client: jo, number, reason: "another client".into() });
    let mut amended = draft.clone();
    if let DraftBody::Note(note) = &mut amended.body {
        note.answers.used = Asked::NoneReported;
    }
    sign(&mut rig, &amended, &[]);
    assert_eq!(called(&mut rig, jo), Some(CallWhat::ReturnToUse), "the note after it still says so");
    assert!(rig.desk.check_up().unwrap().wrong_summaries.is_empty(), "as all notes say it");
}

/// Methods and referrals that name somebody are on their list with how often and how much of it was held, and on nobody else's.
#[test]
fn what_plans_ask_of_somebody_is_listed_with_what_was_held() {
    let (mut rig, jo, _) = planned();
    let mut weekly = method(jo, 1, 1, "sleep restriction");
    weekly.who = Who::Staff { id: rig.me(), name: "Rosa Imani LADC".into() };
    weekly.dose = Dose { often: Often::Times { times: 1, per: Per::Week }, minutes: 50, weeks: 8 };
    rig.done(save(Whole::Method(Box::new(weekly)), 0));
    let mut referral = method(jo, 1, 0, "see the sleep clinic");
    referral.who = Who::Staff { id: rig.me(), name: "Rosa Imani LADC".into() };
    let today = rig.desk.now().local.date;
    referral.referral =
        Some(Referral { look_again: Some(today), to: "clinic".into(), ..Referral::default() });
    rig.done(save(Whole::Method(Box::new(referral)), 0));
    let delivered =
        Served { line: LineRef::method(2), progress: Progress::Unsaid, sentence: String::new(), minutes: 0 };
    signed_note(&mut rig, jo, &[delivered]);
    let Answer::PlanAsks(lines) = rig.ok(PlanAsk::OfMe.into()) else { panic!() };
    let told: Vec<_> =
        lines.iter().map(|line| (line.method.wording.as_str(), line.held, line.last)).collect();
    assert_eq!(told, [("see the sleep clinic", 0, None), ("sleep restriction", 1, Some(today))]);
    let view = rig.open(jo).plan;
    rig.done(
        PlanAsk::SetState {
            client: jo,
            line: LineRef::method(3),
            rev: view.rev(LineRef::method(3)),
            state: LineState::Met,
            words: String::new(),
        }
        .into(),
    );
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("f5 ctrl-w").types("plans ask").keys("enter");
    desk.sees("1 method names you").sees("sleep restriction").sees("1 of 8").sees_no("sleep clinic");
    desk.keys("enter").sees("RIVERA, Jo").sees("Agreed: goals 0 of 1");
}
