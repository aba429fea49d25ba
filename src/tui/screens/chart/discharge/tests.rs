use super::answers::{accept, answer, choices, texts, titles};
use crate::domain::{
    Appointed, Asked, CareKind, Date, Discharge, DischargeKnown, LeaveKind, LineEnd, LineRef, OpenNeed,
    ReviewLine, WhatNext,
};
use crate::rules::discharge::{Item, items};

fn known() -> DischargeKnown {
    let line = |line| ReviewLine { line, ..ReviewLine::default() };
    DischargeKnown {
        lines: vec![line(LineRef::goal(1)), line(LineRef::objective(2))],
        needs: vec![OpenNeed { need: 4, decided: true, ..OpenNeed::default() }],
        sessions: vec!["Tue".into()],
        tasks: vec!["Call".into()],
        level: "2.1".into(),
        ..DischargeKnown::default()
    }
}

#[test]
fn a_digit_answers_a_row_and_0_takes_it_away() {
    let mut body = Discharge::default();
    answer(&mut body, Item::Kind, 8);
    answer(&mut body, Item::Line(LineRef::goal(1)), 4);
    answer(&mut body, Item::Risk, 2);
    assert_eq!((body.kind, body.risk), (Some(LeaveKind::Deceased), Asked::Present));
    assert_eq!(body.end(LineRef::goal(1)).unwrap().end, Some(LineEnd::Elsewhere));
    for item in [Item::Kind, Item::Line(LineRef::goal(1)), Item::Risk] {
        answer(&mut body, item, 0);
    }
    assert_eq!((body.kind, body.risk), (None, Asked::Unsaid));
    assert_eq!(body.end(LineRef::goal(1)).unwrap().end, None);
}

#[test]
fn every_row_has_digits_or_words_or_a_question_and_its_texts_have_titles() {
    let mut body = Discharge::default();
    answer(&mut body, Item::Care, 1);
    for item in items(&body, &known()) {
        assert!(choices(item).len() <= 9, "{item:?}");
        assert_eq!(texts(&mut body, item).len(), titles(item).len(), "{item:?}");
        let asked =
            matches!(item, Item::On | Item::Level | Item::Appointment | Item::Undecided(_) | Item::Fact(_));
        assert!(asked || !choices(item).is_empty() || !titles(item).is_empty(), "{item:?}");
    }
}

#[test]
fn an_appointment_that_is_not_planned_has_no_day() {
    let mut body = Discharge::default();
    answer(&mut body, Item::Appointment, 1);
    assert_eq!(body.care.appointed, Some(Appointed::Planned));
    body.care.on = Some(Date(20_000));
    answer(&mut body, Item::Appointment, 3);
    assert_eq!((body.care.appointed, body.care.on), (Some(Appointed::Declined), None));
    let after = WhatNext { place: "clinic".into(), on: Some(Date(20_100)), ..WhatNext::default() };
    answer(&mut body, Item::Appointment, 0);
    accept(&mut body, Item::Care, &known(), &after).unwrap();
    assert_eq!(body.care.appointed, Some(Appointed::Planned), "the plan says the day");
}

#[test]
fn what_the_plan_says_of_after_that_is_taken_over_on_request_and_never_over_words() {
    let mut body = Discharge::default();
    body.care.place = "Oak House".into();
    let after = WhatNext { place: "clinic".into(), person: "Ms. Hale".into(), ..WhatNext::default() };
    accept(&mut body, Item::Care, &known(), &after).unwrap();
    let care = (body.care.place.as_str(), body.care.person.as_str(), body.care.kind);
    assert_eq!(care, ("Oak House", "Ms. Hale", None));
    answer(&mut body, Item::Care, 1);
    assert_eq!(body.care.kind, Some(CareKind::Arranged));
    assert!(accept(&mut body, Item::Care, &known(), &WhatNext::default()).is_err());
    accept(&mut body, Item::Level, &known(), &after).unwrap();
    assert_eq!(body.level, "2.1");
}
