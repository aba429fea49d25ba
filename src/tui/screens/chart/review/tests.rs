use super::answers::{answer, choices, items, texts, titles};
use crate::domain::{
    LevelChoice, LevelWhy, LineRef, Progress, Review, ReviewKnown, ReviewLine, ReviewMethod, WhatChanges,
};
use crate::rules::plan::review::Item;

fn known() -> ReviewKnown {
    let line = |line| ReviewLine { line, ..ReviewLine::default() };
    ReviewKnown {
        methods: vec![ReviewMethod { method: 3, ..ReviewMethod::default() }],
        lines: vec![line(LineRef::goal(1)), line(LineRef::objective(2))],
        ..ReviewKnown::default()
    }
}

#[test]
fn a_digit_answers_a_row_and_0_takes_it_away() {
    let mut review = Review::default();
    answer(&mut review, Item::Line(LineRef::goal(1)), 5);
    assert_eq!(review.mark(LineRef::goal(1)).unwrap().progress, Progress::Worse);
    answer(&mut review, Item::Change(1), 6);
    assert_eq!(review.mark(LineRef::goal(1)).unwrap().change, Some(WhatChanges::GoOn));
    answer(&mut review, Item::Why, 9);
    assert_eq!(review.why, Some(LevelWhy::Other));
    answer(&mut review, Item::Why, 0);
    answer(&mut review, Item::Line(LineRef::goal(1)), 0);
    assert_eq!((review.why, review.mark(LineRef::goal(1)).unwrap().progress), (None, Progress::Unsaid));
}

#[test]
fn rows_come_and_go_with_the_answers_they_follow_from() {
    let mut review = Review::default();
    let rows = |review: &Review| items(review, &known());
    assert!(!rows(&review).contains(&Item::Change(1)) && !rows(&review).contains(&Item::NewLevel));
    answer(&mut review, Item::Line(LineRef::goal(1)), 1);
    answer(&mut review, Item::Level, 2);
    review.new_level = "2.5".into();
    assert!(rows(&review).contains(&Item::Change(1)) && rows(&review).contains(&Item::NewLevel));
    // The row is right below its goal.
    let at = |item: Item| rows(&review).iter().position(|row| *row == item).unwrap();
    assert_eq!(at(Item::Change(1)), at(Item::Line(LineRef::goal(1))) + 1);
    answer(&mut review, Item::Level, 1);
    assert_eq!((review.choice, review.new_level.as_str()), (Some(LevelChoice::Continue), ""));
}

#[test]
fn every_row_has_digits_or_words_or_a_question_and_its_texts_have_titles() {
    let mut review = Review::default();
    answer(&mut review, Item::Line(LineRef::goal(1)), 1);
    answer(&mut review, Item::Level, 2);
    for item in items(&review, &known()) {
        assert!(choices(item).len() <= 9, "{item:?}");
        assert_eq!(texts(&mut review, item).len(), titles(item).len(), "{item:?}");
        let asked = matches!(item, Item::NewLevel | Item::Next);
        assert!(asked || !choices(item).is_empty() || !titles(item).is_empty(), "{item:?}");
    }
}
