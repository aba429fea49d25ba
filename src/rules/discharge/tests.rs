use super::*;
use crate::domain::{Date, DischargeEnd, DischargeNeed, LineKind, OpenNeed, ReviewLine, TookPart};

fn known() -> DischargeKnown {
    let line = |line| ReviewLine { line, ..ReviewLine::default() };
    DischargeKnown {
        lines: vec![line(LineRef::goal(1)), line(LineRef::objective(1))],
        needs: vec![OpenNeed { need: 2, decided: true, ..OpenNeed::default() }],
        sessions: vec!["Tue".into()],
        tasks: vec!["Call".into()],
        ..DischargeKnown::default()
    }
}

/// Everything answered.
fn whole() -> Discharge {
    let end = |line| DischargeEnd { line, end: Some(LineEnd::Met), words: String::new() };
    let mut body = Discharge {
        on: Date(100),
        kind: Some(LeaveKind::Completed),
        course: "Ten weeks of evenings.".into(),
        ends: vec![end(LineRef::goal(1)), end(LineRef::objective(1))],
        needs: vec![DischargeNeed { need: 2, goes: Some(NeedGoes::Stays), words: String::new() }],
        risk: Asked::NoneReported,
        level: NO_LEVEL.into(),
        took_part: Some(TookPart::Together),
        sessions: Some(Ahead::Ends),
        tasks: Some(Ahead::Stays),
        ..Discharge::default()
    };
    body.care.kind = Some(CareKind::Declined);
    body
}

fn missing(body: &Discharge) -> Vec<Item> {
    lacks(body, &known()).into_iter().map(|(item, _)| item).collect()
}

#[test]
fn an_empty_summary_names_what_it_lacks_in_the_order_of_the_page() {
    use Item as I;
    let (goal, step) = (LineRef::goal(1), LineRef::objective(1));
    let all = [
        I::Kind,
        I::Course,
        I::Line(goal),
        I::Line(step),
        I::Need(2),
        I::Risk,
        I::Level,
        I::Care,
        I::TookPart,
    ];
    assert_eq!(missing(&Discharge::default()), [&all[..], &[I::Sessions, I::Tasks]].concat());
    assert_eq!(missing(&whole()), []);
}

#[test]
fn danger_at_the_end_is_an_open_need_or_is_raised_as_one() {
    let mut body = whole();
    (body.risk, body.risk_words) = (Asked::Present, "may gamble on pay day".into());
    assert_eq!(missing(&body), [], "one is open, and what becomes of it is answered");
    let none = DischargeKnown { needs: Vec::new(), ..known() };
    body.needs.clear();
    let why = lacks(&body, &none);
    assert_eq!(why.len(), 1);
    assert!(why[0].0 == Item::Risk && why[0].1.contains("raise one"), "{why:?}");
}

#[test]
fn answers_that_say_too_little_ask_for_words() {
    let mut body = whole();
    body.ends[0].end = Some(LineEnd::Elsewhere);
    body.kind = Some(LeaveKind::Administrative);
    body.needs[0].goes = Some(NeedGoes::HandedOn);
    body.risk = Asked::Present;
    body.care.kind = Some(CareKind::Arranged);
    let asked =
        [Item::Kind, Item::Line(LineRef::goal(1)), Item::Need(2), Item::Risk, Item::Care, Item::Appointment];
    assert_eq!(missing(&body), asked);
    for words in
        [&mut body.ends[0].words, &mut body.kind_words, &mut body.needs[0].words, &mut body.risk_words]
    {
        *words = "said".into();
    }
    body.care.place = "Oak House".into();
    // Where somebody goes on is not enough: what to do when it gets hard is part of it.
    assert_eq!(missing(&body), [Item::Care, Item::Appointment]);
    let why = lacks(&body, &known()).remove(0).1;
    assert!(why.contains("\"When it gets hard\""), "the field by its label: {why}");
    body.care.hard = "Call Nia.".into();
    assert_eq!(missing(&body), [Item::Appointment]);
}

#[test]
fn whether_there_is_an_appointment_is_an_answer_and_a_planned_one_has_a_day() {
    let mut body = whole();
    body.care.kind = Some(CareKind::ClientArranges);
    body.care.hard = "Call Nia.".into();
    for appointed in Appointed::ALL {
        body.care.appointed = Some(appointed);
        // With whom it is belongs to where the client goes on, the day to the appointment.
        let planned = vec![Item::Care, Item::Appointment];
        let lacks = if appointed == Appointed::Planned { planned } else { Vec::new() };
        assert_eq!(missing(&body), lacks, "{appointed:?}");
        let told = content::appointment(&body.care, Date(100));
        assert_eq!(told, appointed.word(), "no day is told of one that has none");
    }
    (body.care.appointed, body.care.on) = (Some(Appointed::Planned), Some(Date(107)));
    assert_eq!(missing(&body), [Item::Care], "with whom");
    assert_eq!(care_needed(&body.care), [0]);
    body.care.person = "Ms. Hale".into();
    assert_eq!(missing(&body), []);
    // A summary of before this was asked has a day at most.
    body.care.appointed = None;
    assert!(content::appointment(&body.care, Date(100)).contains("Apr"), "its day is still told");
}

#[test]
fn a_danger_that_nobody_decided_about_keeps_the_summary_open() {
    let mut known = known();
    known.needs[0].decided = false;
    let (item, why) = lacks(&whole(), &known).remove(0);
    assert_eq!(item, Item::Undecided(2));
    assert!(why.starts_with("decide about this danger first"), "{why}");
}

#[test]
fn the_last_day_is_not_before_the_last_session() {
    let known = DischargeKnown { last_held: Some(Date(101)), ..known() };
    assert_eq!(lacks(&whole(), &known)[0].0, Item::On);
    assert_eq!(lacks(&Discharge { on: Date(101), ..whole() }, &known), []);
}

#[test]
fn nothing_is_asked_of_somebody_who_has_died_and_their_sessions_end() {
    let body = Discharge { kind: Some(LeaveKind::Deceased), sessions: None, took_part: None, ..whole() };
    let rows = items(&body, &known());
    for gone in [Item::Risk, Item::Level, Item::Care, Item::View, Item::TookPart, Item::Sessions] {
        assert!(!rows.contains(&gone), "{gone:?}");
    }
    assert!(!rows.iter().any(|row| matches!(row, Item::Line(_))), "nobody says how far they came");
    // What is open is still answered for.
    assert!(rows.contains(&Item::Need(2)) && rows.contains(&Item::Tasks));
    assert!(ends_sessions(&body) && lacks(&body, &known()).is_empty());
}

#[test]
fn a_method_ends_as_the_step_it_serves_else_as_its_goal() {
    let mut body = whole();
    body.ends[0].end = Some(LineEnd::Partly);
    let method = |objective| Method { goal: 1, objective, ..Method::default() };
    assert_eq!(end_of_method(&body, &method(1)), Some(LineEnd::Met));
    assert_eq!(end_of_method(&body, &method(0)), Some(LineEnd::Partly));
    assert_eq!(end_of_method(&body, &Method { goal: 9, ..Method::default() }), None);
    assert!(facts(&body, &known()).ends.iter().all(|(line, _)| line.kind != LineKind::Method));
}
