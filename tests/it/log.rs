//! The log that a client keeps for an objective: given, typed in along its days, corrected, closed, drawn, printed and counted.

use crate::driver::Driver;
use crate::plan::planned;
use crate::rig::Rig;
use concord::domain::*;
use concord::service::api::*;

fn give(rig: &mut Rig, client: ClientId, kind: LogKind, from: Date) -> Done {
    let planned = Often::Times { times: 5, per: Per::Week };
    let log = Log { client, objective: 1, kind, what: "slept".into(), planned, from, ..Log::default() };
    rig.done(PlanAsk::GiveLog { log: Box::new(log), rev: 0 }.into())
}

fn keep(rig: &mut Rig, client: ClientId, days: &[(Date, Option<LogValue>)]) -> Command {
    let plan = rig.open(client).plan;
    let log = plan.plan.log(1).map(|log| log.log.number).unwrap_or_default();
    let rev = plan.log_revs.get(&log).copied().unwrap_or_default();
    PlanAsk::KeepDays(LogDays { client, objective: 1, rev, days: days.to_vec() }).into()
}

fn today(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

#[test]
fn a_day_is_noted_once_corrected_with_its_past_and_never_guessed() {
    let (mut rig, jo, _) = planned();
    let today = today(&rig);
    give(&mut rig, jo, LogKind::YesNo, today.plus_days(-6));
    let ask = keep(&mut rig, jo, &[(today.plus_days(-6), Some(LogValue::Yes)), (today.plus_days(-5), None)]);
    rig.done(ask);
    let log = rig.open(jo).plan.plan.log(1).unwrap();
    assert_eq!(log.entries.len(), 1, "a blank day has no entry");
    let ask = keep(&mut rig, jo, &[(today.plus_days(-6), Some(LogValue::No))]);
    assert!(rig.done(ask).said.contains("1 corrected"));
    let (store, keys) = rig.reader();
    let past = store.repo(&keys.agency).past::<Log>(jo).unwrap();
    let was = past.iter().filter_map(|past| past.record::<Log>().unwrap()).next_back().unwrap();
    assert_eq!(was.entries[0].value, LogValue::Yes, "what was there before is kept");
    rig.done(Command::Undo);
    assert_eq!(rig.open(jo).plan.plan.log(1).unwrap().on(today.plus_days(-6)), Some(&LogValue::Yes));
    // What does not belong there changes nothing.
    let refused = [
        (vec![(today.plus_days(1), Some(LogValue::Yes))], "still to come"),
        (vec![(today.plus_days(-7), Some(LogValue::Yes))], "before the log begins"),
        (vec![(today, Some(LogValue::Number(3)))], "is not yes or no"),
        (vec![(today, None)], "Nothing of this is new"),
    ];
    for (days, says) in refused {
        let ask = keep(&mut rig, jo, &days);
        let fault = rig.fault(ask);
        assert!(fault.what.contains(says), "{}", fault.what);
    }
    let stale = PlanAsk::KeepDays(LogDays {
        client: jo,
        objective: 1,
        rev: 1,
        days: vec![(today, Some(LogValue::Yes))],
    });
    assert!(rig.fault(stale.into()).what.contains("changed"));
    assert_eq!(rig.open(jo).plan.plan.log(1).unwrap().entries.len(), 1);
}

#[test]
fn a_log_closes_with_its_objective_and_a_new_stay_has_none() {
    let (mut rig, jo, _) = planned();
    let today = today(&rig);
    give(&mut rig, jo, LogKind::Number, today.plus_days(-6));
    let second = Log { client: jo, objective: 1, what: "again".into(), from: today, ..Log::default() };
    let fault = rig.fault(PlanAsk::GiveLog { log: Box::new(second.clone()), rev: 0 }.into());
    assert!(fault.what.contains("has a log already"), "{}", fault.what);
    let ask = keep(&mut rig, jo, &[(today.plus_days(-1), Some(LogValue::Number(3)))]);
    rig.done(ask);
    let plan = rig.open(jo).plan;
    let (rev, line) = (plan.rev(LineRef::objective(1)), LineRef::objective(1));
    rig.done(PlanAsk::SetState { client: jo, line, rev, state: LineState::Met, words: String::new() }.into());
    // The sheet of the last week comes a day late.
    rig.advance_ms(24 * Moment::HOUR);
    rig.sign_in("rosa");
    let ask = keep(&mut rig, jo, &[(today, Some(LogValue::Number(4)))]);
    rig.done(ask);
    let ask = keep(&mut rig, jo, &[(today.plus_days(1), Some(LogValue::Number(4)))]);
    let fault = rig.fault(ask);
    assert!(fault.what.contains("The log closed on"), "{}", fault.what);
    assert!(rig.fault(PlanAsk::GiveLog { log: Box::new(second), rev: 0 }.into()).what.contains("met"));
    crate::discharged::discharge(&mut rig, jo, LeaveKind::Completed);
    let ask = keep(&mut rig, jo, &[(today, Some(LogValue::Number(5)))]);
    assert!(rig.fault(ask).what.contains("The stay ended"));
    let episode = Box::new(rig.episode_of(jo, rig.me()));
    rig.done(Command::People(People::Admit { episode, level: crate::rig::level() }));
    assert!(rig.open(jo).plan.plan.logs.is_empty(), "nothing is carried over");
}

#[test]
fn a_record_of_400_days_is_followed_by_another_and_all_of_it_is_one_log() {
    let (mut rig, jo, _) = planned();
    let today = today(&rig);
    let first = today.plus_days(-403);
    give(&mut rig, jo, LogKind::YesNo, first);
    let days: Vec<_> = (0..400).map(|day| (first.plus_days(day), Some(LogValue::Yes))).collect();
    let ask = keep(&mut rig, jo, &days);
    rig.done(ask);
    let ask = keep(
        &mut rig,
        jo,
        &[(first.plus_days(400), Some(LogValue::No)), (first.plus_days(2), Some(LogValue::No))],
    );
    rig.done(ask);
    let plan = rig.open(jo).plan.plan;
    assert_eq!(plan.logs.iter().map(|log| log.entries.len()).collect::<Vec<_>>(), [400, 1]);
    assert_eq!(plan.log(1).unwrap().entries.len(), 401);
    let found = rig.desk.check_up().unwrap();
    assert!(found.unreadable.is_empty() && found.broken_plans.is_empty(), "{found:?}");
}

/// From the highlighted objective: a key opens the strip, a digit a day, and Enter saves. At most 10.
#[test]
fn a_week_of_a_log_takes_ten_keys_at_most() {
    let (mut rig, jo, _) = planned();
    let today = today(&rig);
    give(&mut rig, jo, LogKind::YesNo, today.plus_days(-6));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter p down down").sees("slept: yes or no");
    desk.pressed = 0;
    desk.keys("alt-l").sees("Log of O1").keys("1 0 1 - 1 1 0");
    desk.sees("up to today").keys("enter").sees("The log of O1: 6 days noted up to 21 Nov.");
    assert!(desk.pressed <= 10, "{} keys", desk.pressed);
    desk.sees("4 of 5 planned; 6 days noted");
    // Everything is noted: the strip stands on today, and an earlier day is corrected there.
    desk.keys("alt-l shift-tab T-3 tab").sees("Noted so far").sees("-110").keys("1 0 0 0").keys("enter");
    desk.sees("1 day noted up to 21 Nov, 2 corrected");
    desk.keys("right").sees("● 1").keys("left");
    desk.run("Show the log of the objective, all its days")
        .sees("3 of 5 planned; 7 days noted")
        .sees("Mon  Tue  Wed")
        .keys("esc");
    // Days to come and other signs are refused inside the window.
    desk.keys("alt-l").types("11").keys("enter").sees("Later days are still to come").keys("esc ctrl-g");
    desk.keys("alt-l").types("7").keys("enter").sees("Type 1 for yes, 0 for no").keys("esc ctrl-g");
}

#[test]
fn an_objective_is_given_a_log_by_keys_and_a_sheet_is_printed_for_the_client() {
    let (rig, _, _) = planned();
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Driver::over(rig);
    desk.rig.lock();
    desk.sign_in("rosa").keys("r i v enter p down down alt-l").sees("A log for O1");
    // How often is offered from the amount of the objective.
    desk.sees("3 times a week").keys("2 ctrl-s").sees("O1 has a log now");
    desk.keys("f3").types("sheet").keys("enter").sees("A sheet for the log of O1");
    desk.keys("tab ctrl-u").types(&folder.path().display().to_string()).keys("shift-tab").types("text");
    desk.keys("enter ctrl-s");
    let made: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(made.len(), 1, "{}", desk.screen());
    let text = std::fs::read_to_string(&made[0]).unwrap();
    assert!(text.contains("My log, Jo") && text.contains("________"), "{text}");
    assert!(text.contains("3 times a week"), "{text}");
    assert!(!text.contains("O1"), "no number of the record stands on it: {text}");
}

#[test]
fn a_log_of_words_is_written_day_by_day() {
    let (mut rig, jo, _) = planned();
    let today = today(&rig);
    give(&mut rig, jo, LogKind::Words, today.plus_days(-2));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter p down down alt-l");
    desk.types("lay awake").keys("enter enter").types("slept till six").keys("enter");
    desk.sees("The log of O1: 2 days noted").sees("2 of");
    desk.run("Change or end the log of the objective").keys("ctrl-s").sees("The log of O1 is changed");
    desk.run("Change or end the log of the objective").keys("1 ctrl-s").sees("so its kind stays");
}

/// Counted in a review as done of planned, frozen with it, and in the summary of the stay.
#[test]
fn a_review_and_the_summary_of_the_stay_say_what_was_done_of_what_was_planned() {
    let (mut rig, jo, _) = planned();
    let today = today(&rig);
    rig.advance_ms(7 * 24 * Moment::HOUR);
    rig.sign_in("rosa");
    give(&mut rig, jo, LogKind::YesNo, today.plus_days(1));
    let days: Vec<_> = (1..=6)
        .map(|day| (today.plus_days(day), Some(if day < 4 { LogValue::Yes } else { LogValue::No })))
        .collect();
    let ask = keep(&mut rig, jo, &days);
    rig.done(ask);
    let chart = rig.open(jo);
    let known = chart.known(&Review::default(), today.plus_days(7));
    let line = known.lines.iter().find(|line| line.line == LineRef::objective(1)).unwrap();
    assert_eq!(line.log, "3 of 4 planned; 6 days noted");
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter p ctrl-r").sees("Log: 3 of 4 planned; 6 days noted");
}
