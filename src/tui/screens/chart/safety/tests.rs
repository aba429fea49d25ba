use super::super::asked::Asked;
use crate::domain::{SafetyPart, SafetyPlan, TookPart};
use crate::rules::safety::{Item, SafetyKnown, items};
use crate::tui::app::rig::chart;

#[test]
fn every_row_has_digits_or_words_or_a_question_and_its_texts_have_titles() {
    let mut plan = SafetyPlan::default();
    for item in items() {
        assert_eq!(plan.texts(item).len(), SafetyPlan::titles(item).len(), "{item:?}");
        let answers = !SafetyPlan::choices(item).is_empty() || !SafetyPlan::titles(item).is_empty();
        assert!(answers || item == Item::LookAgain, "{item:?}");
    }
    plan.answer(Item::TookPart, 2);
    assert_eq!(plan.took_part, Some(TookPart::Distance));
    plan.answer(Item::TookPart, 0);
    assert_eq!(plan.took_part, None);
}

#[test]
fn the_agencys_lines_are_put_in_on_request_once_and_never_over_words() {
    let mut plan = SafetyPlan { services: "Dr. Hale 555-0101".into(), ..SafetyPlan::default() };
    let known = SafetyKnown { help_now: "Crisis line: 988".into(), ..SafetyKnown::default() };
    let (item, chart) = (Item::Part(SafetyPart::Services), chart(1, "Jo", "Rivera"));
    plan.accept(item, &known, &chart).unwrap();
    assert_eq!(plan.services, "Dr. Hale 555-0101\nCrisis line: 988");
    assert!(plan.accept(item, &known, &chart).is_err(), "they are in it");
    assert!(plan.accept(Item::Part(SafetyPart::Signs), &known, &chart).is_err());
    assert!(plan.accept(item, &SafetyKnown::default(), &chart).is_err(), "there are none");
}
