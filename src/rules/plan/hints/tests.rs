//! Each hint fires on an example of `clinical.md` 2.5-2.7 and falls silent when the example is mended.

use super::*;
use crate::domain::{
    Agreement, Assent, Doer, Goal, GoalKind, LineState, MedicationAnswer, Method, NeedState, Objective,
    Often, Party, Per, Problem, ProblemStatus, Progress, Quote, Stage, Support, Trail, TrailMark, Who,
    Written,
};
use crate::packs::{Library, PlanRules};
use crate::rules::hints::Hints;
use crate::rules::plan::AnyLine;
use crate::rules::when;
use std::sync::OnceLock;

pub(super) const TODAY: Date = Date(20_000);
const DAY: i64 = 24 * Moment::HOUR;
const NOW: Moment = Moment(20_000 * DAY);

pub(super) fn written(words: &str) -> Written {
    Written { words: words.into(), ..Written::default() }
}

/// A plan with nothing to remark: one goal, one step, one method, agreed by the client.
pub(super) fn sound() -> Plan {
    let mut goal = Goal {
        problems: vec![1],
        kind: GoalKind::Reduce,
        words: Quote { words: "Not drink on Thursdays.".into(), ..Quote::default() },
        by: Some(Date(20_030)),
        strengths: "calls his sister".into(),
        ..Goal::default()
    };
    let mut step = Objective {
        goal: 1,
        step: "go to the Thursday meeting".into(),
        amount: "weekly".into(),
        by: Some(Date(20_020)),
        sure: Some(8),
        safety: true,
        ..Objective::default()
    };
    let mut method = Method {
        goal: 1,
        objective: 1,
        wording: "Individual session".into(),
        who: Who::Outside { name: "M.O.".into(), organisation: String::new() },
        ..Method::default()
    };
    method.dose.often = Often::Times { times: 1, per: Per::Week };
    method.dose.minutes = 50;
    for line in [&mut goal.line, &mut step.line, &mut method.line] {
        (line.number, line.state) = (1, LineState::Active);
        (line.added_at, line.changed_at) = (Moment(NOW.0 - 40 * DAY), Moment(NOW.0 - 40 * DAY));
    }
    let problem = Problem {
        number: 1,
        status: ProblemStatus::Active,
        stages: vec![(Date(19_900), Stage::Contemplation), (Date(19_950), Stage::Preparation)],
        ..Problem::default()
    };
    let mut plan = Plan {
        problems: vec![problem],
        goals: vec![goal],
        objectives: vec![step],
        methods: vec![method],
        trails: vec![trail(&[(5, Progress::Some), (3, Progress::Substantial)])],
        ..Plan::default()
    };
    plan.basics.complete_when = written("eight dry Thursdays");
    plan.basics.after.place = "community center".into();
    plan.basics.supports.people = vec![Support { name: "L.".into(), ..Support::default() }];
    agree(&mut plan, Assent::Agreed);
    plan
}

/// Marks of the step, so many days ago.
pub(super) fn trail(marks: &[(i32, Progress)]) -> Trail {
    let mark = |(days, progress): &(i32, Progress)| TrailMark {
        on: Date(TODAY.0 - days),
        progress: *progress,
        ..TrailMark::default()
    };
    Trail { line: LineRef::objective(1), marks: marks.iter().map(mark).collect(), ..Trail::default() }
}

/// The client answers every line as it is now.
pub(super) fn agree(plan: &mut Plan, answer: Assent) {
    let lines: Vec<_> = plan.lines().map(|line| (line.name(), AnyLine::terms(line))).collect();
    for (about, to) in lines {
        let number = plan.agreements.len() as Number + 1;
        let given = Agreement { about, to, answer, number, whose: Party::Client, ..Agreement::default() };
        plan.agreements.push(given);
    }
}

/// What ships, to borrow from.
fn rules() -> &'static PlanRules {
    static RULES: OnceLock<PlanRules> = OnceLock::new();
    RULES.get_or_init(PlanRules::default)
}

fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(Library::default)
}

fn better() -> &'static Hints {
    static BETTER: OnceLock<Hints> = OnceLock::new();
    BETTER.get_or_init(|| Hints::new(&[]))
}

pub(super) fn around() -> Around<'static> {
    Around {
        today: TODAY,
        now: NOW,
        bare: &[],
        level: None,
        least_hours: None,
        diagnoses: &[],
        needs: &[],
        safe: false,
        risk: false,
        rules: rules(),
        library: library(),
        alike: &[],
        review_over: None,
        version: None,
        better: better(),
    }
}

pub(super) fn codes_of(plan: &Plan, around: Around<'_>) -> Vec<u8> {
    let mut codes: Vec<u8> = hints(plan, around).iter().map(|hint| hint.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// What fires after a change to the sound plan, which the client agreed to again.
fn after(change: impl FnOnce(&mut Plan)) -> Vec<u8> {
    let mut plan = sound();
    change(&mut plan);
    agree(&mut plan, Assent::Agreed);
    codes_of(&plan, around())
}

#[test]
fn a_sound_plan_has_no_hint() {
    assert_eq!(codes_of(&sound(), around()), [0; 0]);
    assert_eq!(codes_of(&Plan::default(), around()), [0; 0], "an empty plan says nothing by itself");
}

#[test]
fn goals_in_their_words_with_a_step_and_their_stage() {
    assert_eq!(
        after(|plan| (plan.goals[0].wording, plan.goals[0].words.words) = ("Sober".into(), " ".into())),
        [1]
    );
    assert_eq!(
        after(|plan| plan.objectives[0].line.state = LineState::Met),
        [24],
        "the goal has no step left"
    );
    let stop = |stage| {
        move |plan: &mut Plan| {
            plan.goals[0].kind = GoalKind::Stop;
            plan.objectives[0].safety = false;
            plan.problems[0].stages = vec![(Date(19_990), stage)];
        }
    };
    assert_eq!(after(stop(Stage::Precontemplation)), [7]);
    assert_eq!(after(stop(Stage::Contemplation)), [19]);
    assert_eq!(after(stop(Stage::Action)), [0; 0]);
    let required = |plan: &mut Plan| {
        stop(Stage::Precontemplation)(plan);
        plan.goals[0].line.required_by = "probation".into();
    };
    assert_eq!(after(required), [21], "required: no hint on the stage; but nothing is their own");
    let wish = |plan: &mut Plan| {
        stop(Stage::Precontemplation)(plan);
        plan.goals[0].problems.clear();
        plan.problems.clear();
    };
    assert_eq!(after(wish), [0; 0], "a goal that answers a want only");
    let keep = |plan: &mut Plan| {
        stop(Stage::Precontemplation)(plan);
        plan.goals[0].kind = GoalKind::Keep;
    };
    assert_eq!(after(keep), [0; 0]);
}

#[test]
fn steps_can_be_measured_and_somebody_does_them() {
    assert_eq!(after(|plan| plan.objectives[0].amount.clear()), [3]);
    assert_eq!(after(|plan| plan.objectives[0].by = None), [3]);
    for (step, fires) in
        [("understand my triggers", true), ("work on coping", true), ("walk to the river", false)]
    {
        let mut plan = sound();
        plan.objectives[0].step = step.into();
        agree(&mut plan, Assent::Agreed);
        let found = codes_of(&plan, around());
        assert_eq!(found.contains(&3), fires, "{step}");
    }
    assert_eq!(after(|plan| plan.objectives[0].doer = Doer::Nobody), [17]);
    let sister = |plan: &mut Plan| {
        plan.objectives[0].doer = Doer::Other("sister L.".into());
        plan.methods[0].objective = 0;
    };
    assert_eq!(after(sister), [24], "neither a method nor a step of the client's own");
    assert_eq!(after(|plan| plan.objectives[0].sure = Some(6)), [28]);
    let planned = |plan: &mut Plan| {
        plan.objectives[0].sure = Some(6);
        plan.objectives[0].barrier = "the bus is late".into();
    };
    assert_eq!(after(planned), [0; 0]);
    let hard = "participate comprehensively in psychoeducational interventions addressing maladaptive cognitive \
                interpretations and interpersonal communication difficulties";
    assert_eq!(after(|plan| plan.objectives[0].step = hard.into()), [20]);
    let easy = "call my sister at eight on each day in court and tell her how bad it was";
    assert_eq!(after(|plan| plan.objectives[0].step = easy.into()), [0; 0]);
}

#[test]
fn methods_say_how_often_and_who() {
    assert_eq!(after(|plan| plan.methods[0].dose.often = Often::Unsaid), [18]);
    assert_eq!(after(|plan| plan.methods[0].dose.often = Often::WhenNeeded(String::new())), [18]);
    assert_eq!(after(|plan| plan.methods[0].dose.often = Often::WhenNeeded("after court".into())), [0; 0]);
    assert_eq!(after(|plan| plan.methods[0].who = Who::Nobody), [18]);
}

#[test]
fn days_that_passed_and_goals_nobody_wrote_about() {
    let late = after(|plan| plan.objectives[0].by = Some(Date(19_998)));
    assert_eq!(late, [25]);
    let mut plan = sound();
    plan.objectives[0].by = Some(Date(19_999));
    agree(&mut plan, Assent::Agreed);
    assert!(hints(&plan, around())[0].words.contains("1 day ago"));
    assert_eq!(after(|plan| plan.objectives[0].by = Some(TODAY)), [0; 0], "today is not over");
    assert_eq!(after(|plan| plan.trails = vec![trail(&[(14, Progress::Some)])]), [0; 0]);
    assert_eq!(after(|plan| plan.trails = vec![trail(&[(15, Progress::Some)])]), [9]);
    let fortnightly = |plan: &mut Plan| {
        plan.methods[0].dose.often = Often::EveryWeeks(2);
        plan.trails = vec![trail(&[(28, Progress::Some)])];
    };
    assert_eq!(after(fortnightly), [0; 0], "twice the interval of the method");
    assert_eq!(after(|plan| plan.trails.clear()), [9], "counted from the day it was added");
}

#[test]
fn n08_what_a_note_calls_met_asks_once_whether_it_ends_and_n01_a_goal_whose_problem_ended_asks_what_becomes_of_it()
 {
    let asks = |plan: &Plan| {
        let all = hints(plan, around());
        let asked: Vec<String> =
            all.into_iter().filter(|hint| hint.code == 0).map(|hint| hint.words).collect();
        asked
    };
    let mut plan = sound();
    plan.trails = vec![trail(&[(9, Progress::Some), (3, Progress::Met)])];
    let on = when::short(Date(TODAY.0 - 3), TODAY);
    assert_eq!(asks(&plan), [format!("O1 was marked met on {on}: end it?")]);
    assert_eq!(plan.objectives[0].line.state, LineState::Active, "a note ends nothing");
    plan.trails = vec![trail(&[(9, Progress::Some), (3, Progress::Some)])];
    assert_eq!(asks(&plan), [""; 0], "after the amendment nothing says met");
    plan.trails = vec![trail(&[(3, Progress::Met)])];
    plan.objectives[0].line.state = LineState::Met;
    assert_eq!(asks(&plan), [""; 0], "it ended");
    let mut plan = sound();
    plan.problems[0].status = ProblemStatus::Resolved { note: "better".into() };
    assert_eq!(asks(&plan), ["G1 has no open problem: what becomes of it?"]);
    plan.goals[0].line.state = LineState::Met;
    assert_eq!(asks(&plan), [""; 0]);
}

#[test]
fn stuck_until_something_changes() {
    let stuck = [(9, Progress::None), (2, Progress::Worse)];
    assert_eq!(after(|plan| plan.trails = vec![trail(&stuck)]), [26]);
    let better = [(9, Progress::None), (2, Progress::Some)];
    assert_eq!(after(|plan| plan.trails = vec![trail(&better)]), [0; 0]);
    let other_method = |plan: &mut Plan| {
        plan.trails = vec![trail(&stuck)];
        plan.methods[0].line.changed_at = Moment(NOW.0 - 4 * DAY);
    };
    assert_eq!(after(other_method), [0; 0]);
    let level = LevelDecision { on: Date(19_997), actual: "2.1".into(), ..LevelDecision::default() };
    let mut plan = sound();
    plan.trails = vec![trail(&stuck)];
    assert_eq!(codes_of(&plan, Around { level: Some(&level), ..around() }), [0; 0]);
}

#[test]
fn whoever_was_not_asked_is_asked_and_what_was_declined_is_looked_at() {
    let mut plan = sound();
    plan.agreements.clear();
    assert_eq!(codes_of(&plan, around()), [15]);
    assert_eq!(hints(&plan, around()).len(), 3, "each line by itself");
    let mut plan = sound();
    plan.objectives[0].amount = "twice a week".into();
    assert_eq!(codes_of(&plan, around()), [15], "it was agreed before it changed");
    let mut plan = sound();
    agree(&mut plan, Assent::Declined);
    assert_eq!(codes_of(&plan, around()), [16]);
    for line in [&mut plan.goals[0].line, &mut plan.objectives[0].line, &mut plan.methods[0].line] {
        line.required_by = "the court".into();
    }
    assert_eq!(codes_of(&plan, around()), [21], "nobody is nagged about what is required");
}

#[test]
fn the_plan_as_a_whole() {
    assert_eq!(after(|plan| plan.goals[0].problems.clear()), [4]);
    assert_eq!(codes_of(&sound(), Around { bare: &[6], ..around() }), [4]);
    assert_eq!(after(|plan| plan.goals[0].strengths.clear()), [13]);
    assert_eq!(after(|plan| plan.basics.complete_when = Written::default()), [14]);
    assert_eq!(after(|plan| plan.basics.after.place.clear()), [14]);
    assert_eq!(after(|plan| plan.basics.supports.people.clear()), [23]);
    let nobody = |plan: &mut Plan| {
        plan.basics.supports.people.clear();
        plan.basics.supports.declined = "I do this alone.".into();
    };
    assert_eq!(after(nobody), [0; 0]);
    let many = |plan: &mut Plan| {
        plan.goals[0].focus = true;
        for number in 2..=4 {
            let mut goal = plan.goals[0].clone();
            goal.line.number = number;
            goal.line.state = LineState::Active;
            plan.goals.push(goal);
            let mut step = plan.objectives[0].clone();
            (step.line.number, step.goal) = (number, number);
            plan.objectives.push(step);
            let mut trail = plan.trails[0].clone();
            trail.line = LineRef::objective(number);
            plan.trails.push(trail);
        }
    };
    assert_eq!(after(many), [30]);
}

#[test]
fn safety_level_and_medication() {
    let need = ImmediateNeed {
        state: NeedState::Confirmed,
        dimension: crate::domain::DimensionRef { set: "ASAM3".into(), number: 3 },
        ..ImmediateNeed::default()
    };
    let needs = [need];
    let safe = Around { safe: true, needs: &needs, risk: true, ..around() };
    assert_eq!(codes_of(&sound(), safe), [0; 0], "a current safety plan is there");
    assert_eq!(codes_of(&sound(), Around { needs: &needs, ..around() }), [22], "a safety line is not enough");
    assert_eq!(codes_of(&sound(), Around { risk: true, ..around() }), [22]);
    let gap = LevelDecision { indicated: "3.5".into(), actual: "2.1".into(), ..LevelDecision::default() };
    assert_eq!(codes_of(&sound(), Around { level: Some(&gap), ..around() }), [12]);
    let said = LevelDecision { reason: "client preference".into(), ..gap };
    assert_eq!(codes_of(&sound(), Around { level: Some(&said), ..around() }), [0; 0]);
    assert_eq!(codes_of(&sound(), Around { least_hours: Some(9), ..around() }), [27]);
    let mut plan = sound();
    plan.methods[0].dose.often = Often::Times { times: 3, per: Per::Week };
    plan.methods[0].dose.minutes = 180;
    agree(&mut plan, Assent::Agreed);
    assert_eq!(codes_of(&plan, Around { least_hours: Some(9), ..around() }), [0; 0]);
    let opioids = [Diagnosis { code: "F11.20".into(), ..Diagnosis::default() }];
    assert_eq!(codes_of(&sound(), Around { diagnoses: &opioids, ..around() }), [29]);
    let mut plan = sound();
    plan.basics.medication = MedicationAnswer::Declined;
    assert_eq!(codes_of(&plan, Around { diagnoses: &opioids, ..around() }), [0; 0]);
}
