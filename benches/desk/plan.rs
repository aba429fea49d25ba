//! A plan of two hundred lines: from a key to a frame, what changed in it, and its chart with few and with many notes.

use super::measure::{Subject, Times, interleaved, time, work};
use super::office::{Filler, filled, sign_in};
use super::people::{self, NOW, SET, TODAY};
use super::screen::full_frames;
use super::sitting::Sitting;
use super::table::Line;
use super::{Rounds, folder};
use concord::domain::{
    Agreement, Assent, ClientId, DimensionRef, Dose, Goal, LineRef, LineState, Method, Number, Objective,
    Often, Per, PlanLine, Problem, Progress, Quote, Trail, TrailMark,
};
use concord::rules::plan::change::between;
use concord::rules::plan::{AnyLine, Plan};
use concord::service::api::{Answer, ChartAsk, Command};
use std::hint::black_box;
use std::time::Duration;

/// What the plan has of each kind: with its problems, 200 rows of the tree.
const PROBLEMS: u32 = 10;
const GOALS: u32 = 20;
const OBJECTIVES: u32 = 80;
const METHODS: u32 = 90;
/// What notes say of each line.
const MARKS: u32 = 8;

fn line(client: ClientId, number: Number) -> PlanLine {
    PlanLine {
        client,
        number,
        episode: 1,
        state: LineState::Active,
        rank: number,
        added_at: NOW,
        added_by_name: "Rosa Imani LADC".into(),
        ..PlanLine::default()
    }
}

/// So many words, other ones for each line.
fn words(number: Number, many: usize) -> String {
    let text = people::prose(200 + many, usize::MAX);
    let words = text.split_whitespace().skip(number as usize % 200).take(many);
    words.collect::<Vec<_>>().join(" ")
}

fn problem(client: ClientId, number: Number) -> Problem {
    Problem {
        client,
        number,
        wording: words(number, 9),
        words: words(number + 50, 8),
        dimension: DimensionRef { set: SET.into(), number: 1 + (number % 6) as u8 },
        rank: number,
        added_at: NOW,
        ..Problem::default()
    }
}

fn goal(client: ClientId, number: Number) -> Goal {
    Goal {
        line: line(client, number),
        words: Quote { words: words(number, 9), on: TODAY, ..Quote::default() },
        problems: vec![1 + number % PROBLEMS],
        by: Some(TODAY.plus_days(90)),
        ..Goal::default()
    }
}

fn objective(client: ClientId, number: Number) -> Objective {
    Objective {
        line: line(client, number),
        goal: 1 + number % GOALS,
        step: words(number, 8),
        amount: "3 nights a week".into(),
        by: Some(TODAY.plus_days(30)),
        see: words(number + 20, 5),
        ..Objective::default()
    }
}

fn method(client: ClientId, number: Number) -> Method {
    let objective = 1 + number % OBJECTIVES;
    Method {
        line: line(client, number),
        goal: 1 + objective % GOALS,
        objective,
        wording: words(number, 5),
        purpose: words(number + 30, 8),
        dose: Dose { often: Often::Times { times: 1, per: Per::Week }, minutes: 50, weeks: 8 },
        ..Method::default()
    }
}

fn trail(client: ClientId, line: LineRef) -> Trail {
    let mark = |note: Number| TrailMark {
        note,
        on: TODAY.plus_days(-300),
        progress: Progress::Some,
        sentence: words(note, 7),
        minutes: 50,
    };
    Trail { client, line, marks: (1..=MARKS).map(mark).collect(), count: 40 }
}

/// The plan of this client, every line agreed and with progress.
fn plan(client: ClientId) -> Plan {
    let mut plan = Plan {
        problems: (1..=PROBLEMS).map(|number| problem(client, number)).collect(),
        goals: (1..=GOALS).map(|number| goal(client, number)).collect(),
        objectives: (1..=OBJECTIVES).map(|number| objective(client, number)).collect(),
        methods: (1..=METHODS).map(|number| method(client, number)).collect(),
        ..Plan::default()
    };
    let answer = |(number, line): (u32, AnyLine<'_>)| Agreement {
        client,
        number,
        episode: 1,
        about: line.name(),
        answer: Assent::Agreed,
        to: line.terms(),
        given: TODAY,
        typed_at: NOW,
        ..Agreement::default()
    };
    plan.agreements = (1..).zip(plan.lines()).map(answer).collect();
    plan.trails = plan.lines().map(|line| trail(client, line.name())).collect();
    plan
}

/// Puts the plan into the store.
fn keep(plan: &Plan, client: ClientId, filler: &mut Filler) {
    plan.problems.iter().for_each(|one| filler.put(one, client, one.number));
    plan.goals.iter().for_each(|one| filler.put(one, client, one.line.number));
    plan.objectives.iter().for_each(|one| filler.put(one, client, one.line.number));
    plan.methods.iter().for_each(|one| filler.put(one, client, one.line.number));
    plan.agreements.iter().for_each(|one| filler.put(one, client, one.number));
    plan.trails.iter().for_each(|one| filler.put(one, client, one.line.key()));
}

/// A plan of two hundred lines.
pub(crate) fn plan_of_200(rounds: &Rounds, lines: &mut Vec<Line>) {
    frames(rounds, lines);
    changes(rounds, lines);
    opening(rounds, lines);
}

/// From a key to a frame on its page.
fn frames(rounds: &Rounds, lines: &mut Vec<Line>) {
    for size in [(80, 24), (200, 60)] {
        let mut down = on_the_page(size);
        let mut others = on_the_page(size);
        let mut full = full_frames(size);
        let moves = ["right", "pagedown", "left", "up", "end", "right", "home", "ctrl-g", "-", "esc"];
        let mut moves = moves.into_iter().cycle();
        let [moved, other, all] = interleaved(
            rounds.many,
            [
                &mut || key(&mut down, "down"),
                &mut || key(&mut others, moves.next().unwrap_or("up")),
                &mut full,
            ],
        );
        for (how, times) in [("Down", &moved), ("unfolding, pages and the walk", &other)] {
            let line =
                Line::times(&format!("plan of 200 lines, {how} to frame, {}x{}", size.0, size.1), times);
            lines.push(
                line.against("all cells change", times, &all).goal("p99 under 2 ms", times.p99() < 2.0),
            );
        }
    }
}

/// The page of the plan of the one person there is.
fn on_the_page(size: (u16, u16)) -> Sitting {
    let mut sitting = Sitting::with(size, |filler| {
        let client = filler.person(1);
        keep(&plan(client), client, filler);
    });
    sitting.press("enter");
    sitting.press("p");
    let rows = sitting.app.facts().chart(people::client(1)).map(|chart| chart.plan.plan.lines().count());
    assert_eq!(rows, Some((GOALS + OBJECTIVES + METHODS) as usize), "the plan is there");
    sitting
}

/// A key to its frame; what it asks of the service is answered outside the figure.
fn key(sitting: &mut Sitting, name: &str) -> Duration {
    let mut effects = Vec::new();
    let took = work(|| {
        effects = black_box(sitting.update(name));
        sitting.draw();
    });
    sitting.answer(effects);
    took
}

/// What changed between two plans.
fn changes(rounds: &Rounds, lines: &mut Vec<Line>) {
    let before = plan(people::client(1));
    let after = |many: usize| {
        let mut after = before.clone();
        after.objectives.iter_mut().take(many).for_each(|one| one.amount = "4 nights a week".into());
        let rest = many.saturating_sub(after.objectives.len());
        after.methods.iter_mut().take(rest).for_each(|one| one.dose.minutes = 30);
        let rest = rest.saturating_sub(after.methods.len());
        after.goals.iter_mut().take(rest).for_each(|one| one.by = Some(TODAY));
        after
    };
    for (many, goal) in [(20, 1.0), (190, 5.0)] {
        let after = after(many);
        let comparing = || time(|| assert_eq!(black_box(between(&before, &after)).lines.len(), many));
        let times = Times::new((0..rounds.many).map(|_| comparing()).collect());
        let line = Line::times(&format!("what changed in a plan of 200 lines: {many} lines"), &times);
        lines.push(line.goal(&format!("p99 under {goal} ms"), times.p99() < goal));
    }
}

/// Opening a chart with this plan must not grow with its notes: progress is kept beside the lines.
fn opening(rounds: &Rounds, lines: &mut Vec<Line>) {
    let dir = folder();
    let mut desk = filled(dir.path(), |filler| {
        for (n, notes) in [(1, 20), (2, rounds.notes)] {
            let client = filler.person(n);
            keep(&plan(client), client, filler);
            (1..=notes).for_each(|number| filler.note(client, number));
        }
    });
    sign_in(&mut desk);
    let desk = std::cell::RefCell::new(desk);
    let opening = |n: u32| {
        let (client, desk) = (people::client(n), &desk);
        move || {
            let mut desk = desk.borrow_mut();
            time(|| {
                let answer = desk.handle(Command::Chart(ChartAsk::Open(client)));
                assert!(matches!(black_box(answer), Ok(Answer::Chart(_))));
            })
        }
    };
    let (mut few, mut many) = (opening(1), opening(2));
    let [few, many] = interleaved(rounds.some, [&mut few, &mut many as Subject<'_>]);
    let line = Line::times(&format!("open a chart, plan of 200 lines, {} notes", rounds.notes), &many);
    lines.push(line.against("20 notes", &many, &few).at_most(1.2));
}
