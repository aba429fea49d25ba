use super::*;
use crate::domain::{ClockTime, EpisodeFacts, MissFacts, Moment, NeedFacts, NeedStands, NoteStands, StaffId};
use crate::packs::{Span, read_due};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd(year, month, day).unwrap()
}

fn calendar() -> Calendar<'static> {
    Calendar { holidays: packs::holidays(), closed: &[] }
}

/// N15: the review date drifts or does not move.
#[test]
fn n15_the_next_review_is_counted_from_the_signature() {
    let episode = EpisodeFacts { review_days: 90, ..EpisodeFacts::default() };
    let mut summary = Summary { episode: Some(episode), ..Summary::default() };
    let context =
        DueContext { first_assessment_days: 10, review_days: 30, late_after_hours: 24, choice: &NO_CHOICE };
    let mut due = |signed, written: Option<Date>| {
        (summary.plan.reviewed, summary.plan.look_again) = (Some(signed), written);
        context.review(&summary, day(2026, 11, 28)).unwrap()
    };
    assert_eq!(due(day(2026, 11, 20), None).on, day(2027, 2, 18));
    assert_eq!(due(day(2027, 2, 1), None).on, day(2027, 5, 2), "signed early");
    assert_eq!(due(day(2027, 3, 10), None).on, day(2027, 6, 8), "signed late");
    // The day that is written counts if it is the earlier one, and says so.
    let written = due(day(2026, 11, 20), Some(day(2026, 12, 18)));
    assert_eq!(
        (written.on, written.how().as_str()),
        (day(2026, 12, 18), "the day to look again, as it was written down")
    );
    assert_eq!(due(day(2026, 11, 20), Some(day(2027, 3, 1))).on, day(2027, 2, 18));
    // Without a signed plan the next assessment is the review.
    summary.plan = crate::domain::PlanFacts::default();
    assert_eq!(context.review(&summary, day(2026, 11, 28)), None);
    summary.assessed = Some(day(2026, 11, 4));
    assert_eq!(context.review(&summary, day(2026, 11, 28)).unwrap().on, day(2027, 2, 2));
}

/// A place that asks for an initial plan asks for a full one besides, and an initial version does not meet it.
#[test]
fn a_full_plan_is_due_until_a_version_is_more_than_an_initial_one() {
    let choice = DueChoice { programs: vec![("IOP".into(), "wa-outpatient".into())], closed: Vec::new() };
    let context =
        DueContext { first_assessment_days: 10, review_days: 90, late_after_hours: 24, choice: &choice };
    let today = day(2026, 11, 28);
    let summary = |program: &str, made: bool, full: bool| {
        let episode =
            EpisodeFacts { program: program.into(), admitted: day(2026, 11, 10), ..EpisodeFacts::default() };
        let mut summary = Summary { episode: Some(episode), ..Summary::default() };
        summary.plan.made = made.then_some(Moment(1));
        summary.plan.full = full;
        summary
    };
    let owed = |summary: &Summary| {
        let nothing = |_: &SessionFacts| Moment(0);
        let when = Instants { end: &nothing, day: &|_| today, now: Moment(0), today };
        let all = of_client(summary, &context, when, true);
        all.iter().filter(|one| one.about == About::Plan).map(|one| (one.duty, one.due)).collect::<Vec<_>>()
    };
    assert_eq!(owed(&summary("IOP", true, false)), [(Duty::Plan, day(2026, 12, 10))]);
    assert_eq!(owed(&summary("IOP", true, true)), []);
    assert_eq!(owed(&summary("Outpatient", true, false)), [], "no initial plan is asked for there");
}

/// Worked by hand: base, unit, count, first day excluded, the day it ends on.
#[test]
fn worked_examples_of_counting_days() {
    use Unit::{BusinessDays as B, CalendarDays as C, Months as M};
    let examples = [
        // Calendar days: the first day excluded or counted.
        (day(2026, 11, 10), C, 5, true, day(2026, 11, 15)),
        (day(2026, 11, 10), C, 5, false, day(2026, 11, 14)),
        (day(2026, 11, 10), C, 1, false, day(2026, 11, 10)),
        (day(2026, 11, 10), C, 0, true, day(2026, 11, 10)),
        // Over month ends, a leap day and the end of the year.
        (day(2026, 1, 31), C, 30, true, day(2026, 3, 2)),
        (day(2028, 1, 31), C, 30, true, day(2028, 3, 1)),
        (day(2027, 2, 28), C, 1, true, day(2027, 3, 1)),
        (day(2028, 2, 28), C, 1, true, day(2028, 2, 29)),
        (day(2026, 12, 20), C, 14, true, day(2027, 1, 3)),
        (day(2026, 11, 4), C, 90, true, day(2027, 2, 2)),
        (day(2027, 12, 4), C, 90, true, day(2028, 3, 3)),
        // Months: the end of the month where the day does not exist.
        (day(2026, 1, 31), M, 1, true, day(2026, 2, 28)),
        (day(2028, 1, 31), M, 1, true, day(2028, 2, 29)),
        (day(2028, 2, 29), M, 12, true, day(2029, 2, 28)),
        (day(2026, 8, 31), M, 3, true, day(2026, 11, 30)),
        (day(2026, 11, 15), M, 12, true, day(2027, 11, 15)),
        (day(2026, 11, 15), M, 1, false, day(2026, 12, 14)),
        // Business days: a Friday, a weekend, Thanksgiving (26 Nov 2026), both ways of counting.
        (day(2026, 11, 20), B, 3, true, day(2026, 11, 25)),
        (day(2026, 11, 20), B, 3, false, day(2026, 11, 24)),
        (day(2026, 11, 21), B, 1, true, day(2026, 11, 23)),
        (day(2026, 11, 21), B, 1, false, day(2026, 11, 23)),
        (day(2026, 11, 25), B, 1, true, day(2026, 11, 27)),
        (day(2026, 11, 25), B, 3, true, day(2026, 12, 1)),
        // 4 July 2026 is a Saturday and kept on Friday the 3rd; 2027 a Sunday, kept on Monday the 5th.
        (day(2026, 7, 2), B, 1, true, day(2026, 7, 6)),
        (day(2027, 7, 2), B, 1, true, day(2027, 7, 6)),
        // New Year's Day 2028 is a Saturday: kept on 31 Dec 2027.
        (day(2027, 12, 30), B, 1, true, day(2028, 1, 3)),
        // Daylight saving in the night of 8 March and 1 November 2026 changes no day.
        (day(2026, 3, 6), B, 2, true, day(2026, 3, 10)),
        (day(2026, 3, 7), C, 2, true, day(2026, 3, 9)),
        (day(2026, 10, 31), C, 1, true, day(2026, 11, 1)),
    ];
    for (base, unit, count, exclude_first, end) in examples {
        assert_eq!(
            calendar().end(base, unit, count, exclude_first).to_string(),
            end.to_string(),
            "{count} {unit:?} from {base}, first excluded: {exclude_first}"
        );
    }
}

#[test]
fn holidays_of_a_year_and_closed_days() {
    let kept: Vec<String> = (0..365)
        .map(|n| day(2026, 1, 1).plus_days(n))
        .filter(|date| calendar().holiday(*date).is_some())
        .map(|date| date.to_string())
        .collect();
    assert_eq!(
        kept,
        [
            "2026-01-01",
            "2026-01-19",
            "2026-02-16",
            "2026-05-25",
            "2026-06-19",
            "2026-07-03",
            "2026-09-07",
            "2026-10-12",
            "2026-11-11",
            "2026-11-26",
            "2026-12-25"
        ]
    );
    let closed = [day(2026, 11, 27)];
    let own = Calendar { closed: &closed, ..calendar() };
    assert_eq!(own.end(day(2026, 11, 25), Unit::BusinessDays, 1, true), day(2026, 11, 30));
    assert!(calendar().is_business(day(2026, 11, 27)) && !own.is_business(day(2026, 11, 27)));
}

#[test]
fn sessions_and_days_with_a_session() {
    let base = day(2026, 11, 2);
    let held = [0, 0, 2, 2, 4, 7, 9].map(|n| base.plus_days(n));
    let at = |unit, count, exclude| nth(&held, base, unit, count, exclude).map(|date| date.days_since(base));
    assert_eq!(at(Unit::Sessions, 1, false), Some(0));
    assert_eq!(at(Unit::Sessions, 3, false), Some(2));
    assert_eq!(at(Unit::Sessions, 3, true), Some(4), "two on the first day do not count");
    assert_eq!(at(Unit::TreatmentDays, 3, false), Some(4));
    assert_eq!(at(Unit::TreatmentDays, 3, true), Some(7));
    assert_eq!(at(Unit::TreatmentDays, 5, true), None);
}

fn summary(admitted: Date, assessed: Option<Date>) -> Summary {
    Summary {
        episode: Some(EpisodeFacts {
            admitted,
            program: "P".into(),
            counselor: StaffId([1; 16]),
            ..EpisodeFacts::default()
        }),
        assessed,
        ..Summary::default()
    }
}

fn session(number: u32, date: Date, stands: SessionStands, kind: &str) -> SessionFacts {
    SessionFacts {
        number,
        date,
        start: ClockTime(13 * 60),
        minutes: 50,
        kind: kind.into(),
        modality: None,
        mode: None,
        staff: StaffId([1; 16]),
        stands,
        note: NoteStands::None,
        outreach: 0,
        weekly: false,
        left_to: None,
    }
}

fn follows(pack: &str) -> DueChoice {
    DueChoice { programs: vec![("P".to_owned(), pack.to_owned())], closed: Vec::new() }
}

fn context(choice: &DueChoice) -> DueContext<'_> {
    DueContext { first_assessment_days: 10, review_days: 90, late_after_hours: 24 * 365, choice }
}

#[test]
fn the_packs_of_the_places() {
    let admitted = day(2026, 11, 10);
    let on = |pack: &str, reckon: &dyn Fn(&DueContext<'_>) -> Option<Reckoned>| {
        reckon(&context(&follows(pack))).map(|reckoned| reckoned.on.days_since(admitted))
    };
    let new = summary(admitted, None);
    let today = admitted;
    assert_eq!(on("outpatient", &|c| c.first_assessment(&new, today)), Some(10));
    assert_eq!(on("mn-residential", &|c| c.first_assessment(&new, today)), Some(5));
    assert_eq!(on("mn-residential", &|c| c.plan(&new, Duty::Plan, today)), Some(10));
    assert_eq!(on("mn-otp", &|c| c.first_assessment(&new, today)), Some(21));
    assert_eq!(on("md-outpatient", &|c| c.first_assessment(&new, today)), Some(14));
    assert_eq!(on("mn-outpatient", &|c| c.first_assessment(&new, today)), None, "no session in sight yet");
    assert_eq!(on("mn-outpatient", &|c| c.plan(&new, Duty::Plan, today)), Some(30), "the cap stands");
    assert_eq!(on("outpatient", &|c| c.consent(&new, admitted)), Some(365));
    let assessed = summary(admitted, Some(admitted));
    assert_eq!(on("outpatient", &|c| c.review(&assessed, today)), Some(90));
    assert_eq!(on("mn-outpatient", &|c| c.review(&assessed, today)), Some(14));
    assert_eq!(on("mn-otp", &|c| c.review(&assessed, today)), Some(7), "weekly at first");
    let late = summary(admitted, Some(admitted.plus_days(70)));
    assert_eq!(on("mn-otp", &|c| c.review(&late, today)), Some(70 + 31), "monthly after ten weeks");
    let last_week = summary(admitted, Some(admitted.plus_days(69)));
    assert_eq!(on("mn-otp", &|c| c.review(&last_week, today)), Some(76));
    // The initial plan before treatment begins: by the first session, once one is in sight.
    assert_eq!(on("wa-outpatient", &|c| c.plan(&new, Duty::InitialPlan, today)), None);
    let mut begins = new.clone();
    begins.days.sessions = vec![session(1, admitted.plus_days(2), SessionStands::Planned, "counseling")];
    assert_eq!(on("wa-outpatient", &|c| c.plan(&begins, Duty::InitialPlan, today)), Some(2));
    begins.days.held = vec![admitted];
    assert_eq!(on("wa-outpatient", &|c| c.plan(&begins, Duty::InitialPlan, today)), Some(0));
    // 7 working days after an assessment of Tuesday 10 Nov: Veterans Day (11th) is none. 12, 13, 16-20.
    assert_eq!(on("md-outpatient", &|c| c.plan(&assessed, Duty::Plan, today)), Some(10));
}

#[test]
fn the_interval_of_the_episode_goes_before_the_programs() {
    let mut who = summary(day(2026, 9, 1), Some(day(2026, 11, 4)));
    let choice = follows("mn-residential");
    assert_eq!(context(&choice).review(&who, day(2026, 11, 5)).unwrap().on, day(2026, 11, 18));
    who.episode.as_mut().unwrap().review_days = 30;
    let own = context(&choice).review(&who, day(2026, 11, 5)).unwrap();
    assert_eq!((own.on, own.rule, own.source()), (day(2026, 12, 4), None, "the interval of the episode"));
    who.assessed = None;
    assert_eq!(context(&choice).review(&who, day(2026, 11, 5)), None, "there is nothing to review yet");
}

/// "By the end of the 5th day on which treatment is provided", first day excluded.
#[test]
fn treatment_days_count_what_was_held_and_foresee_what_is_planned() {
    let admitted = day(2026, 11, 2);
    let mut who = summary(admitted, None);
    let choice = follows("mn-outpatient");
    who.days.held = [0, 1, 3, 7].map(|n| admitted.plus_days(n)).to_vec();
    let today = admitted.plus_days(8);
    for (number, ahead) in [(1, 8), (2, 10), (3, 15)] {
        who.days.sessions.push(session(number, admitted.plus_days(ahead), SessionStands::Planned, ""));
    }
    let reckoned = context(&choice).first_assessment(&who, today).unwrap();
    assert_eq!((reckoned.on, reckoned.expected), (admitted.plus_days(10), true), "1, 3, 7, 8, then the 10th");
    assert!(reckoned.how().starts_with("5 days with a session from 2 Nov, first day excluded"));
    who.days.held.extend([8, 9].map(|n| admitted.plus_days(n)));
    let reckoned = context(&choice).first_assessment(&who, admitted.plus_days(12)).unwrap();
    assert_eq!((reckoned.on, reckoned.expected), (admitted.plus_days(9), false));
    assert!(reckoned.asks_reason());
}

#[test]
fn whichever_comes_first() {
    let text = "key = \"k\"\nname = \"k\"\n[[rule]]\nduty = \"plan\"\nfrom = \"admission\"\nunit = \"sessions\"\ncount = 2\n\
                cap = { unit = \"calendar-days\", count = 4 }\nsource = \"x\"\n";
    let pack = read_due("k.toml", text).unwrap();
    assert_eq!(pack.rules[0].cap, Some(Span { unit: Unit::CalendarDays, count: 4 }));
    let rule: &'static DueRule = Box::leak(Box::new(pack.rules[0].clone()));
    let (base, choice) = (day(2026, 2, 26), DueChoice::default());
    let on = |days: &[i32], coming: &[i32]| {
        let dates = |days: &[i32]| days.iter().map(|n| base.plus_days(*n)).collect::<Vec<_>>();
        let reckoned = context(&choice).reckon(rule, base, &dates(days), &dates(coming)).unwrap();
        (reckoned.on.days_since(base), reckoned.expected)
    };
    assert_eq!(on(&[], &[]), (4, false));
    assert_eq!(on(&[1, 2], &[]), (2, false));
    assert_eq!(on(&[1, 9], &[]), (4, false));
    assert_eq!(on(&[1], &[3]), (3, true));
    assert_eq!(on(&[1], &[9]), (4, false));
}

/// In Chicago on 7 and 8 March 2026: the clock goes from 02:00 to 03:00 in between.
fn chicago(date: Date, time: ClockTime) -> Moment {
    let saving = date > day(2026, 3, 8) || (date == day(2026, 3, 8) && time.0 >= 180);
    let hours = if saving { 5 } else { 6 };
    Moment(i64::from(date.0) * 86_400_000 + i64::from(time.0) * 60_000 + hours * Moment::HOUR)
}

fn chicago_day(at: Moment) -> Date {
    let hours = if at >= chicago(day(2026, 3, 8), ClockTime(180)) { 5 } else { 6 };
    Date((at.0 - hours * Moment::HOUR).div_euclid(86_400_000) as i32)
}

#[test]
fn hours_run_by_the_clock_over_daylight_saving() {
    let choice = follows("ca-outpatient");
    let mut who = summary(day(2026, 1, 5), Some(day(2026, 3, 1)));
    let mut late = session(1, day(2026, 3, 7), SessionStands::Held, "crisis");
    late.start = ClockTime(22 * 60 + 40);
    who.days.sessions = vec![late];
    let end = |one: &SessionFacts| chicago(one.date, one.start).plus_ms(i64::from(one.minutes) * 60_000);
    let owed = |now: Moment| {
        let when = Instants { end: &end, day: &chicago_day, now, today: chicago_day(now) };
        of_client(&who, &context(&choice), when, true).into_iter().find(|it| it.duty == Duty::Note).unwrap()
    };
    // It ended on Saturday at 23:30; 24 hours later the wall clock says Monday 00:30.
    let note = owed(chicago(day(2026, 3, 8), ClockTime(23 * 60 + 50)));
    assert_eq!((note.deadline.on, note.over), (day(2026, 3, 9), false));
    assert_eq!(note.deadline.at, Some(chicago(day(2026, 3, 9), ClockTime(30))));
    assert!(owed(chicago(day(2026, 3, 9), ClockTime(31))).over);
}

#[test]
fn a_note_is_owed_before_the_next_session_of_its_type() {
    let choice = follows("wa-outpatient");
    let mut who = summary(day(2026, 10, 1), Some(day(2026, 11, 1)));
    let held = session(1, day(2026, 11, 16), SessionStands::Held, "counseling");
    let other = session(2, day(2026, 11, 17), SessionStands::Planned, "assessment");
    let off = session(
        3,
        day(2026, 11, 17),
        SessionStands::Cancelled(crate::domain::CancelledBy::Client),
        "counseling",
    );
    let next = session(4, day(2026, 11, 18), SessionStands::Planned, "counseling");
    who.days.sessions = vec![held.clone(), other, off, next];
    assert_eq!(context(&choice).note(&who, &held).unwrap().on, day(2026, 11, 18));
    who.days.sessions.truncate(3);
    assert_eq!(context(&choice).note(&who, &held).unwrap().on, day(2026, 11, 19), "else 3 business days");
}

fn utc(today: Date) -> (impl Fn(&SessionFacts) -> Moment, impl Fn(Moment) -> Date, Moment) {
    let end = |one: &SessionFacts| {
        Moment(i64::from(one.date.0) * 86_400_000 + i64::from(one.start.0 + one.minutes) * 60_000)
    };
    let day = |at: Moment| Date(at.0.div_euclid(86_400_000) as i32);
    (end, day, Moment(i64::from(today.0) * 86_400_000 + 15 * Moment::HOUR))
}

#[test]
fn what_is_owed_and_by_whom() {
    let today = day(2026, 11, 23);
    let (end, of, now) = utc(today);
    let when = Instants { end: &end, day: &of, now, today };
    let choice = follows("mn-residential");
    let mut who = summary(day(2026, 11, 10), None);
    let need = |number, stands, hours: i64| NeedFacts {
        number,
        set: "ASAM3".into(),
        dimension: 3,
        stands,
        raised_at: now.plus_ms(-hours * Moment::HOUR),
        ..NeedFacts::default()
    };
    who.needs = vec![
        need(1, NeedStands::Proposed, 25),
        need(2, NeedStands::InHand { recheck_at: now.plus_ms(1) }, 30),
        need(3, NeedStands::Resolved { on: today }, 90),
    ];
    let noted =
        SessionFacts { note: NoteStands::Signed(1), ..session(5, today, SessionStands::Held, "counseling") };
    who.days.sessions = vec![
        session(1, day(2026, 11, 13), SessionStands::Held, "counseling"),
        session(2, day(2026, 11, 20), SessionStands::Planned, "counseling"),
        session(3, today, SessionStands::Missed, "counseling"),
        session(4, today.plus_days(1), SessionStands::Planned, "counseling"),
        noted,
    ];
    let owed = of_client(&who, &context(&choice), when, false);
    let told: Vec<(Duty, About, i32, bool, bool)> = owed
        .iter()
        .map(|it| (it.duty, it.about, it.deadline.on.days_since(today), it.over, it.reason_asked))
        .collect();
    assert_eq!(
        told,
        [
            (Duty::Recheck, About::Need(1), 0, true, false),
            (Duty::Recheck, About::Need(2), 0, false, false),
            (Duty::Note, About::Session(1), -5, true, false),
            (Duty::Note, About::State(2), -3, true, false),
            (Duty::Assessment, About::Assessment, -8, true, true),
            (Duty::SafetyPlan, About::Safety, 0, false, false),
            (Duty::Plan, About::Plan, -3, true, true),
        ]
    );
    assert!(owed[0].supervisor && !owed[1].supervisor);
    assert_eq!(note_over_days(&who, &context(&choice), today), 5);
    // A reason, once given, is not asked for again; the day that is planned stands instead.
    who.days.misses = vec![MissFacts {
        duty: "assessment".into(),
        session: 0,
        due: day(2026, 11, 15),
        planned: day(2026, 11, 25),
    }];
    let owed = of_client(&who, &context(&choice), when, false);
    assert_eq!((owed[4].reason_asked, owed[4].planned), (false, Some(day(2026, 11, 25))));
}

#[test]
fn every_shipped_rule_reads_and_says_where_it_comes_from() {
    assert_eq!(packs::due_packs().len(), 7, "one did not read");
    for pack in packs::due_packs() {
        for duty in [Duty::Assessment, Duty::Review, Duty::Note, Duty::Recheck] {
            assert!(pack.rules.iter().any(|rule| rule.duty == duty), "{} says nothing of {duty:?}", pack.key);
        }
        assert!(
            pack.rules.iter().all(|rule| !rule.source.trim().is_empty()),
            "{} has a rule without a source",
            pack.key
        );
    }
    assert_eq!(packs::holidays().len(), 11);
    let wrong =
        |body: &str| read_due("x.toml", &format!("key = \"k\"\nname = \"k\"\n[[rule]]\n{body}")).unwrap_err();
    let errors =
        wrong("duty = \"note\"\nfrom = \"admission\"\nunit = \"sessions\"\ncount = 0\nsource = \"\"\n");
    assert_eq!(errors.len(), 4, "{errors:?}");
    assert_eq!((errors[0].line, errors[0].column), (3, 1));
    assert!(wrong("duty = \"nothing\"\n")[0].message.contains("nothing"));
}

proptest! {
    #[test]
    fn counting_on_never_goes_back(base in 10_000_i32..40_000, count in 0_u16..400, unit in 0_u8..3) {
        let unit = [Unit::CalendarDays, Unit::BusinessDays, Unit::Months][usize::from(unit)];
        let count = if unit == Unit::Months { count % 60 } else { count };
        let base = Date(base);
        let with = calendar().end(base, unit, count, false);
        let without = calendar().end(base, unit, count, true);
        prop_assert!(base <= with && with <= without);
        prop_assert!(calendar().end(base, unit, count + 1, true) >= without);
        // Counting the first day is counting one less from a day that is excluded; for business days if it is one.
        if unit == Unit::CalendarDays && count > 0 {
            prop_assert_eq!(with, calendar().end(base, unit, count - 1, true));
        }
        if unit == Unit::BusinessDays && count > 0 {
            prop_assert!(calendar().is_business(with) && calendar().is_business(without));
            let between = (1..=without.days_since(base)).filter(|n| calendar().is_business(base.plus_days(*n)));
            prop_assert_eq!(between.count(), usize::from(count));
            if !calendar().is_business(base) {
                prop_assert_eq!(with, without);
            }
        }
    }

    #[test]
    fn the_nth_session_is_where_a_plain_count_finds_it(
        days in proptest::collection::vec(0_i32..40, 0..30), count in 1_u16..12, exclude in any::<bool>(),
    ) {
        let base = Date(20_000);
        let mut sorted = days.clone();
        sorted.sort_unstable();
        let held: Vec<Date> = sorted.iter().map(|n| base.plus_days(*n)).collect();
        for unit in [Unit::Sessions, Unit::TreatmentDays] {
            let mut seen = Vec::new();
            let mut found = None;
            for n in &sorted {
                if (exclude && *n == 0) || (unit == Unit::TreatmentDays && seen.contains(n)) {
                    continue;
                }
                seen.push(*n);
                if seen.len() == usize::from(count) {
                    found = Some(*n);
                    break;
                }
            }
            prop_assert_eq!(nth(&held, base, unit, count, exclude).map(|date| date.days_since(base)), found);
        }
    }
}
