use super::*;
use crate::domain::{LineState, PlanLine};

fn day(number: i32) -> Date {
    Date(20_000 + number)
}

fn log(kind: LogKind, planned: Often) -> Log {
    Log { number: 1, of: 1, objective: 1, kind, planned, from: day(1), ..Log::default() }
}

fn kept(kind: LogKind, planned: Often, days: &[(i32, LogValue)]) -> WholeLog {
    let entries = days.iter().map(|(on, value)| LogEntry { on: day(*on), value: value.clone() });
    WholeLog { log: log(kind, planned), entries: entries.collect() }
}

fn active() -> Objective {
    Objective {
        line: PlanLine { number: 1, state: LineState::Active, ..PlanLine::default() },
        ..Objective::default()
    }
}

const WEEKLY_5: Often = Often::Times { times: 5, per: Per::Week };

#[test]
fn days_are_typed_as_signs_and_a_blank_is_no_answer() {
    let yes = || Some(LogValue::Yes);
    let no = || Some(LogValue::No);
    assert_eq!(read("10-1", LogKind::YesNo), Ok(vec![yes(), no(), None, yes()]));
    assert_eq!(read(" yn ", LogKind::YesNo), Ok(vec![yes(), no()]));
    let number = |number| Some(LogValue::Number(number));
    assert_eq!(read("30-9", LogKind::Number), Ok(vec![number(3), number(0), None, number(9)]));
    assert_eq!(read("12 3, 0 -", LogKind::Number), Ok(vec![number(12), number(3), number(0), None]));
    assert_eq!(read("", LogKind::Number), Ok(Vec::new()));
    for (typed, kind) in [("2", LogKind::YesNo), ("x", LogKind::Number), ("10000 1", LogKind::Number)] {
        let why = read(typed, kind).unwrap_err();
        assert!(why.contains("- "), "says what would work: {why}");
    }
    for value in [LogValue::Yes, LogValue::No] {
        assert_eq!(read(&sign(Some(&value)), LogKind::YesNo), Ok(vec![Some(value)]));
    }
}

#[test]
fn done_is_counted_of_planned_and_a_day_that_was_not_noted_is_no_0() {
    let yes_no = kept(
        LogKind::YesNo,
        WEEKLY_5,
        &[(1, LogValue::Yes), (2, LogValue::No), (4, LogValue::Yes), (7, LogValue::Yes), (9, LogValue::Yes)],
    );
    let week = yes_no.count(day(0), day(7), &active());
    assert_eq!(week, Count { noted: 4, done: 3, planned: Some(5), range: None });
    assert_eq!(words(&week, LogKind::YesNo), "3 of 5 planned; 4 days noted");
    // The day it is counted on is not over: it is planned for once it has an answer.
    let full: Vec<(i32, LogValue)> = (1..=7).map(|on| (on, LogValue::Yes)).take(5).collect();
    let full = kept(LogKind::YesNo, WEEKLY_5, &full);
    assert_eq!(words(&full.count(day(0), day(8), &active()), LogKind::YesNo), "5 of 5 planned; 5 days noted");
    assert_eq!(full.count(day(0), day(9), &active()).planned, Some(6));
    let daily = kept(LogKind::YesNo, Often::Times { times: 1, per: Per::Day }, &[(2, LogValue::No)]);
    assert_eq!(daily.count(day(0), day(2), &active()).planned, Some(2));
    assert_eq!(daily.count(day(0), day(3), &active()).planned, Some(2));
    // The span begins behind its first day, as that of a review does.
    assert_eq!(yes_no.count(day(1), day(9), &active()).done, 3);
    let numbers = kept(LogKind::Number, Often::Unsaid, &[(1, LogValue::Number(0)), (5, LogValue::Number(7))]);
    let count = numbers.count(day(0), day(7), &active());
    assert_eq!(words(&count, LogKind::Number), "7 in all; 2 days noted, 0 to 7");
    let none = kept(LogKind::Number, Often::Unsaid, &[]).count(day(0), day(7), &active());
    assert_eq!((none.noted, none.range), (0, None), "nothing noted has no lowest number");
    let more = Count { noted: 7, done: 9, planned: Some(5), range: None };
    assert_eq!(words(&more, LogKind::Number), "9, planned 5; 7 days noted");
}

#[test]
fn a_log_closes_with_its_objective_and_counts_no_day_behind_that() {
    let log = kept(LogKind::YesNo, WEEKLY_5, &[(2, LogValue::Yes)]);
    let mut objective = active();
    assert_eq!(log.closed(&objective), None);
    objective.line.state = LineState::Met;
    objective.line.state_on = day(7);
    assert_eq!(log.closed(&objective), Some(day(7)));
    assert_eq!(log.count(day(0), day(70), &objective).planned, Some(5));
    let mut ended = log.clone();
    ended.log.until = Some(day(3));
    assert_eq!(ended.closed(&objective), Some(day(3)));
    let plan = Plan { objectives: vec![objective], logs: vec![log.log], ..Plan::default() };
    assert!(plan.open_logs().is_empty());
}

#[test]
fn a_day_goes_into_the_record_it_is_in_and_a_full_record_is_followed_by_another() {
    let full: Vec<LogEntry> =
        (0..Log::MOST).map(|at| LogEntry { on: day(at as i32), value: LogValue::No }).collect();
    let mut records = [Log { entries: full, ..log(LogKind::YesNo, Often::Unsaid) }];
    let next = day(Log::MOST as i32);
    let days = [(day(3), Some(LogValue::Yes)), (day(5), None), (day(5), None), (next, Some(LogValue::Yes))];
    let done = put(&mut records, &days);
    assert_eq!(done.changed, [0]);
    assert_eq!(records[0].entries.len(), Log::MOST, "the blank made room for the new day");
    let done = put(
        &mut records,
        &[(next.plus_days(1), Some(LogValue::No)), (next.plus_days(2), Some(LogValue::No))],
    );
    let more = done.more.unwrap();
    assert!(done.changed.is_empty() && more.entries.len() == 2 && more.of == 1 && more.number == 0);
    let plan = Plan { logs: vec![records[0].clone(), Log { number: 2, ..more }], ..Plan::default() };
    let whole = plan.log(1).unwrap();
    assert_eq!(whole.entries.len(), Log::MOST + 2);
    assert_eq!((whole.on(day(3)), whole.on(day(5))), (Some(&LogValue::Yes), None));
    assert_eq!(whole.next(), next.plus_days(3));
    assert_eq!(put(&mut records, &[(day(3), Some(LogValue::Yes))]), Put::default(), "nothing changed");
}
