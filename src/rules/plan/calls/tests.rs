use super::*;
use crate::domain::{Cell, EpisodeFacts, LineRef, LineState, NeedEntry, PlanLine, Terms};

const EPISODE: Number = 2;

fn day(at: Moment) -> Date {
    Date(at.0 as i32)
}

fn episode() -> Episode {
    Episode { number: EPISODE, ..Episode::default() }
}

fn nothing() -> Happened<'static> {
    Happened {
        needs: &[],
        levels: &[],
        assessments: &[],
        signed_at: &|number| Moment(i64::from(number)),
        events: &[],
        used_again: None,
        day_of: &day,
    }
}

fn what(happened: &Happened<'_>) -> Option<CallWhat> {
    newest(happened, &episode()).map(|call| call.what)
}

#[test]
fn a_plan_is_made_once_the_client_answered_a_goal_that_is_active() {
    let goal = |number, state, episode| Goal {
        line: PlanLine { number, episode, state, ..PlanLine::default() },
        ..Goal::default()
    };
    let answer = |about, whose, answer, at| Agreement {
        about,
        whose,
        answer,
        typed_at: Moment(at),
        to: Terms::default(),
        ..Agreement::default()
    };
    let goals = [
        goal(1, LineState::Active, EPISODE),
        goal(2, LineState::Met, EPISODE),
        goal(3, LineState::Active, 1),
    ];
    let client = || Party::Client;
    let cases = [
        (vec![answer(LineRef::goal(1), client(), Assent::Agreed, 5)], Some(Moment(5))),
        (vec![answer(LineRef::goal(1), client(), Assent::Declined, 5)], Some(Moment(5))),
        (vec![answer(LineRef::goal(1), client(), Assent::NotAsked, 5)], None),
        (vec![answer(LineRef::goal(1), Party::Guardian("A.".into()), Assent::Agreed, 5)], None),
        (vec![answer(LineRef::objective(1), client(), Assent::Agreed, 5)], None),
        (vec![answer(LineRef::goal(2), client(), Assent::Agreed, 5)], None),
        (vec![answer(LineRef::goal(3), client(), Assent::Agreed, 5)], None),
        (Vec::new(), None),
    ];
    for (answers, since) in cases {
        assert_eq!(made(&goals, &answers, &[], EPISODE), since, "{answers:?}");
    }
}

#[test]
fn each_event_calls_and_the_newest_is_named() {
    let entry = |step, at| NeedEntry { step, at: Moment(at), ..NeedEntry::default() };
    let need = |step| ImmediateNeed { history: vec![entry(step, 30)], ..ImmediateNeed::default() };
    let confirmed = [need(NeedStep::Confirmed)];
    assert_eq!(what(&Happened { needs: &confirmed, ..nothing() }), Some(CallWhat::ConfirmedNeed));
    assert_eq!(what(&Happened { needs: &[need(NeedStep::Raised)], ..nothing() }), None);
    for happened in PlanWord::HAPPENED {
        let event = PlanEvent { what: happened, episode: EPISODE, at: Moment(31), ..PlanEvent::default() };
        let called = what(&Happened { needs: &confirmed, events: std::slice::from_ref(&event), ..nothing() });
        assert_eq!(called.map(words).as_deref(), Some(happened.word()));
        let other = PlanEvent { episode: 1, ..event };
        assert_eq!(what(&Happened { events: &[other], ..nothing() }), None, "it was in another episode");
    }
    let fits = PlanEvent { episode: EPISODE, at: Moment(40), ..PlanEvent::default() };
    assert_eq!(what(&Happened { events: std::slice::from_ref(&fits), ..nothing() }), None);
    assert_eq!(super::fits(&[fits], &[], EPISODE), Some(Moment(40)));
    let used = Happened { used_again: Some((Date(50), Moment(51))), ..nothing() };
    assert_eq!(
        newest(&used, &episode()).map(|call| (call.what, call.on)),
        Some((CallWhat::ReturnToUse, Date(50)))
    );
}

#[test]
fn another_level_calls_the_one_given_at_admission_does_not() {
    let level = |number, on, actual: &str| LevelDecision {
        number,
        episode: EPISODE,
        on: Date(on),
        actual: actual.into(),
        at: Moment(i64::from(on)),
        ..LevelDecision::default()
    };
    let first = level(1, 10, "1");
    assert_eq!(what(&Happened { levels: std::slice::from_ref(&first), ..nothing() }), None);
    assert_eq!(what(&Happened { levels: &[first.clone(), level(2, 20, "1")], ..nothing() }), None);
    let up = level(3, 30, "2.1");
    assert_eq!(what(&Happened { levels: &[first.clone(), up.clone()], ..nothing() }), Some(CallWhat::Level));
    let error = LevelDecision { in_error: "mistyped".into(), ..up };
    assert_eq!(what(&Happened { levels: &[first, error], ..nothing() }), None);
}

#[test]
fn a_dimension_that_is_newly_serious_calls_once() {
    use Severity::{Mild, Moderate, Serious, Severe};
    let rated = |number, rating, carried| Assessment {
        number,
        date: Date(number as i32),
        set: "ASAM3".into(),
        cells: vec![Cell { dimension: 5, severity: rating, carried, ..Cell::default() }],
        ..Assessment::default()
    };
    let run = |ratings: &[(Option<Severity>, bool)]| {
        let all: Vec<Assessment> =
            (1..).zip(ratings).map(|(number, (rating, carried))| rated(number, *rating, *carried)).collect();
        newest(&Happened { assessments: &all, ..nothing() }, &episode()).map(|call| (call.what, call.on.0))
    };
    let d5 = CallWhat::Worse(5);
    assert_eq!(run(&[(Some(Serious), false)]), None, "the first rating is where they begin");
    assert_eq!(run(&[(Some(Moderate), false), (Some(Serious), false)]), Some((d5, 2)));
    assert_eq!(run(&[(Some(Moderate), false), (Some(Serious), false), (Some(Severe), false)]), Some((d5, 2)));
    assert_eq!(run(&[(Some(Moderate), false), (Some(Serious), true)]), None, "carried is not rated");
    assert_eq!(run(&[(None, false), (Some(Severe), false)]), Some((d5, 2)));
    assert_eq!(
        run(&[(Some(Serious), false), (Some(Mild), false), (Some(Serious), false)]),
        Some((d5, 3)),
        "worse again"
    );
}

fn facts(made: Option<i64>, call: Option<(i64, i32)>, fits: Option<i64>) -> Summary {
    let call = call.map(|(at, on)| PlanCall { what: CallWhat::Hospital, on: Date(on), at: Moment(at) });
    let plan = PlanFacts { made: made.map(Moment), call, fits: fits.map(Moment), ..PlanFacts::default() };
    let mut summary = Summary { plan, episode: Some(EpisodeFacts::default()), ..Summary::default() };
    summary.days.missed_on = Some(Date(60));
    summary
}

fn open_at(summary: &Summary, engagement: Engagement) -> Option<(CallWhat, i32)> {
    open(summary, engagement, Date(70), &day).map(|call| (call.what, call.on.0))
}

#[test]
fn an_answer_counts_for_what_was_known_when_it_was_given() {
    let well = Engagement::default();
    let hospital = Some((CallWhat::Hospital, 30));
    assert_eq!(open_at(&facts(None, Some((40, 30)), None), well), None, "there is no plan to look at");
    assert_eq!(open_at(&facts(Some(35), Some((40, 30)), None), well), hospital);
    assert_eq!(open_at(&facts(Some(45), Some((40, 30)), None), well), None, "the plan was made after it");
    assert_eq!(open_at(&facts(Some(10), Some((40, 30)), Some(41)), well), None);
    assert_eq!(
        open_at(&facts(Some(10), Some((40, 30)), Some(35)), well),
        hospital,
        "it happened before the answer, and nobody knew"
    );
}

#[test]
fn missed_sessions_and_a_long_absence_call_until_somebody_answers() {
    let missed = Engagement { missed: Some(2), ..Engagement::default() };
    let absent = Engagement { silent_days: Some(20), silent_since: Some(Date(65)), ..Engagement::default() };
    assert_eq!(open_at(&facts(Some(10), None, None), missed), Some((CallWhat::Missed(2), 60)));
    assert_eq!(open_at(&facts(Some(10), None, Some(62)), missed), None);
    assert_eq!(open_at(&facts(Some(10), None, None), absent), Some((CallWhat::Absent(20), 65)));
    assert_eq!(open_at(&facts(Some(10), None, Some(66)), absent), None);
    assert_eq!(open_at(&facts(Some(10), None, None), Engagement::default()), None);
}

#[test]
fn a_signed_version_makes_a_plan_and_answers_what_called_before_it() {
    let version = |episode, at| Signed {
        episode,
        at: Moment(at),
        version: Some(VersionKind::Change),
        ..Signed::default()
    };
    let versions = [version(EPISODE, 30), version(EPISODE, 50), version(EPISODE + 1, 70)];
    assert_eq!(made(&[], &[], &versions, EPISODE), Some(Moment(30)));
    assert_eq!(
        super::fits(&[], &versions, EPISODE),
        Some(Moment(50)),
        "that of another episode does not count"
    );
    assert_eq!(super::fits(&[], &[], EPISODE), None);
}

#[test]
fn a_review_is_counted_from_what_was_signed_last_but_a_change_moves_nothing() {
    let signed = |at, version, look_again: Option<i32>| Signed {
        episode: EPISODE,
        at: Moment(at),
        version,
        look_again: look_again.map(Date),
    };
    let initial = signed(10, Some(VersionKind::Initial), None);
    let change = signed(20, Some(VersionKind::Change), Some(90));
    let review = signed(30, None, Some(120));
    assert_eq!(review_from(&[], EPISODE), (None, None));
    assert_eq!(review_from(&[initial, change], EPISODE), (Some(Moment(10)), Some(Date(90))));
    assert_eq!(review_from(&[initial, change, review], EPISODE), (Some(Moment(30)), Some(Date(120))));
    assert_eq!(review_from(&[review], EPISODE + 1), (None, None));
    assert!(!is_full(&[initial, review], EPISODE) && is_full(&[initial, change], EPISODE));
}
