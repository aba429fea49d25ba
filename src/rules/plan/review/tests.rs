use super::*;
use crate::domain::{
    Goal, LevelChoice, Method, Objective, Often, Per, PlanLine, Problem, Quote, ReviewMark, Severity,
    TookPart, Trail, TrailMark,
};

fn line(number: Number) -> PlanLine {
    PlanLine { number, rank: number, state_on: Date(90), ..PlanLine::default() }
}

fn marked_on(line: LineRef, on: &[(i32, Progress)]) -> Trail {
    let marks = on
        .iter()
        .zip(1..)
        .map(|((on, progress), note)| TrailMark {
            note,
            on: Date(*on),
            progress: *progress,
            ..TrailMark::default()
        })
        .collect();
    Trail { line, marks, count: u32::try_from(on.len()).unwrap(), ..Trail::default() }
}

/// P1 > G1 > (O1, M1 weekly), and G2, which was put off.
fn plan() -> Plan {
    let words = Quote { words: "Sleep through.".into(), ..Quote::default() };
    let mut method = Method { line: line(1), goal: 1, wording: "CBT for sleep".into(), ..Method::default() };
    method.dose.often = Often::Times { times: 1, per: Per::Week };
    let put_off =
        PlanLine { state: crate::domain::LineState::Deferred { until: Date(200), agrees: None }, ..line(2) };
    Plan {
        problems: vec![Problem { number: 1, ..Problem::default() }],
        goals: vec![
            Goal { line: line(1), words, problems: vec![1], ..Goal::default() },
            Goal { line: put_off, problems: vec![1], ..Goal::default() },
        ],
        objectives: vec![Objective {
            line: line(1),
            goal: 1,
            step: "write the diary".into(),
            amount: "3 nights".into(),
            ..Objective::default()
        }],
        methods: vec![method],
        trails: vec![
            marked_on(LineRef::goal(1), &[(80, Progress::Worse), (120, Progress::Some)]),
            marked_on(LineRef::objective(1), &[(105, Progress::None), (110, Progress::Substantial)]),
            marked_on(
                LineRef::method(1),
                &[(80, Progress::Unsaid), (105, Progress::Unsaid), (112, Progress::Unsaid)],
            ),
        ],
        ..Plan::default()
    }
}

fn around<'a>(plan: &'a Plan, before: Option<&'a SignedReview>) -> Around<'a> {
    Around {
        plan,
        before,
        versions: Some((Date(100), 2)),
        admitted: Date(90),
        assessments: &[],
        level: None,
        wants: None,
        episode: 1,
        short: &[],
        mandated: false,
    }
}

fn sums() -> ReviewSessions {
    ReviewSessions::default()
}

#[test]
fn a_span_begins_with_the_review_before_or_the_first_version() {
    let plan = plan();
    let all = known(&around(&plan, None), sums(), Date(128));
    assert_eq!((all.from, all.until, all.version), (Date(100), Date(128), 2));
    let lines: Vec<String> = all.lines.iter().map(|line| line.line.to_string()).collect();
    assert_eq!(lines, ["G1", "O1"], "a goal that was put off is not reviewed");
    assert_eq!(all.lines[0].notes, [(Date(120), Progress::Some)], "notes before the span say nothing of it");
    assert_eq!(offered(&all.lines[1]), Some(Progress::Substantial));
    assert_eq!((all.methods[0].planned, all.methods[0].held), (Some(4), 2));

    let facts = ReviewFacts { marks: vec![(LineRef::goal(1), Progress::Some)], ..ReviewFacts::default() };
    let before = SignedReview { on: Date(115), stands: true, facts, ..SignedReview::default() };
    let all = known(&around(&plan, Some(&before)), sums(), Date(128));
    assert_eq!((all.from, all.lines[0].before), (Date(115), Progress::Some));
    assert_eq!(all.methods[0].held, 0);
}

#[test]
fn sessions_that_were_called_off_are_not_planned() {
    let session = |on, state| Session { date: Date(on), minutes: 60, state, ..Session::default() };
    let by = crate::domain::CancelledBy::Client;
    let off = SessionState::Cancelled { by, at: crate::domain::Moment(0), reason: String::new() };
    let all = [
        session(100, SessionState::Held),
        session(101, SessionState::Held),
        session(102, SessionState::Missed),
        session(103, off),
        session(104, SessionState::Planned),
        session(200, SessionState::Held),
    ];
    let sums = sessions(all.iter(), Date(100), Date(110));
    assert_eq!(
        (sums.planned, sums.held, sums.missed, sums.minutes, sums.planned_minutes),
        (3, 1, 1, 60, 180)
    );
    let words = super::super::review_content::sessions_words(sums);
    assert_eq!(words, "held 1 of 3, missed 1, 1 of 3 hours");
    let none = ReviewSessions::default();
    assert_eq!(super::super::review_content::sessions_words(none), "none planned");
    let besides = ReviewSessions { unplanned: 10, ..none };
    assert_eq!(super::super::review_content::sessions_words(besides), "none planned, 10 unplanned");
}

#[test]
fn a_dimension_is_shown_as_it_was_when_the_span_began_and_as_it_is() {
    let rated = |on, severity, carried, words: &str| Assessment {
        date: Date(on),
        set: "ASAM3".into(),
        cells: vec![Cell { dimension: 6, severity, carried, words: words.into(), ..Cell::default() }],
        ..Assessment::default()
    };
    let all = [
        rated(95, Some(Severity::Serious), false, "On my cousin's floor."),
        rated(110, Some(Severity::Moderate), false, "I have a key."),
        rated(120, Some(Severity::Moderate), true, ""),
    ];
    let plan = plan();
    let known = known(&Around { assessments: &all, ..around(&plan, None) }, sums(), Date(128));
    let rating = &known.ratings[0];
    assert_eq!((rating.then, rating.then_on), (Some(Severity::Serious), Date(95)));
    assert_eq!(
        (rating.now, rating.now_on),
        (Some(Severity::Moderate), Date(110)),
        "carried is no new rating"
    );
    assert_eq!(
        (rating.then_words.as_str(), rating.now_words.as_str()),
        ("On my cousin's floor.", "I have a key.")
    );
    // A rating that came after the span had begun was not there then.
    let late = [rated(110, Some(Severity::Mild), false, "")];
    let known = super::known(&Around { assessments: &late, ..around(&plan, None) }, sums(), Date(128));
    assert_eq!((known.ratings[0].then, known.ratings[0].now), (None, Some(Severity::Mild)));
}

#[test]
fn a_goal_that_has_not_moved_asks_what_changes_and_an_objective_never_does() {
    let line =
        |before, kind: fn(Number) -> LineRef| ReviewLine { line: kind(1), before, ..ReviewLine::default() };
    let asks = |before, now| asks_change(&line(before, LineRef::goal), now);
    assert!(asks(Progress::Unsaid, Progress::None) && asks(Progress::Met, Progress::Worse));
    assert!(asks(Progress::Some, Progress::Some), "some twice running");
    assert!(!asks(Progress::Unsaid, Progress::Some) && !asks(Progress::Substantial, Progress::Some));
    assert!(!asks(Progress::Some, Progress::Substantial) && !asks(Progress::None, Progress::Unsaid));
    assert!(!asks_change(&line(Progress::None, LineRef::objective), Progress::None));
}

#[test]
fn what_is_missing_is_named_in_the_order_of_the_page() {
    let plan = plan();
    let known = known(&around(&plan, None), sums(), Date(128));
    let mut review = Review::default();
    let items = |review: &Review| lacks(review, &known).into_iter().map(|(item, _)| item).collect::<Vec<_>>();
    assert_eq!(items(&review), [Item::Line(LineRef::goal(1)), Item::TookPart, Item::Level]);
    *review.mark_mut(LineRef::goal(1)) =
        ReviewMark { line: LineRef::goal(1), progress: Progress::None, ..ReviewMark::default() };
    review.took_part = Some(TookPart::Together);
    review.choice = Some(LevelChoice::StepUp);
    assert_eq!(items(&review), [Item::Line(LineRef::goal(1)), Item::Change(1), Item::NewLevel, Item::Why]);
    let mark = review.mark_mut(LineRef::goal(1));
    (mark.sentence, mark.change) = ("No night yet.".into(), Some(WhatChanges::GoOn));
    (review.new_level, review.why) = ("2.5".into(), Some(LevelWhy::Other));
    assert_eq!(items(&review), [Item::Change(1), Item::Why], "both need words");
    review.mark_mut(LineRef::goal(1)).change_words = "two nights are planned".into();
    review.level_words = "the evening group is full".into();
    assert_eq!(items(&review), []);
    let facts = facts(&review, &known);
    assert_eq!(
        (facts.from, facts.version, facts.marks.as_slice()),
        (Date(100), 2, &[(LineRef::goal(1), Progress::None)][..])
    );
}

#[test]
fn how_often_is_counted_for_a_span_and_never_over_what_was_planned_in_all() {
    let mut method = Method::default();
    let mut planned = |often, weeks, days| {
        (method.dose.often, method.dose.weeks) = (often, weeks);
        often_in(&method, days)
    };
    assert_eq!(planned(Often::Times { times: 2, per: Per::Week }, 0, 28), Some(8));
    assert_eq!(planned(Often::Times { times: 1, per: Per::Week }, 0, 40), Some(6), "to the nearest");
    assert_eq!(planned(Often::Times { times: 1, per: Per::Week }, 3, 40), Some(3));
    assert_eq!(planned(Often::EveryWeeks(2), 0, 28), Some(2));
    assert_eq!(planned(Often::Once, 0, 28), Some(1));
    assert_eq!(planned(Often::WhenNeeded("a bad night".into()), 0, 28), None);
}

fn often_in(method: &Method, days: i32) -> Option<u32> {
    often::planned_in(method, days)
}

/// A review that moves somebody to what is indicated settles what kept the plan from being signed; one that moves nobody does not.
#[test]
fn a_plan_is_signed_with_the_level_that_its_review_decides() {
    use crate::packs::Blocks;
    use crate::rules::plan::signing::level_lacks;
    let blocks = Blocks { fields: false, involvement: false, level: true };
    let now = LevelDecision { indicated: "3.5".into(), actual: "2.1".into(), ..LevelDecision::default() };
    let lacks = |review: &Review| {
        let level = decided(review, Some(&now));
        level_lacks(level.as_ref().or(Some(&now)), blocks)
    };
    let moves = |level: &str| Review {
        choice: Some(LevelChoice::StepUp),
        new_level: level.into(),
        ..Review::default()
    };
    assert_eq!(lacks(&moves("3.5")), None);
    assert!(lacks(&moves("3.1")).is_some(), "another level that nobody explained");
    assert!(lacks(&Review { choice: Some(LevelChoice::Continue), ..Review::default() }).is_some());
}
