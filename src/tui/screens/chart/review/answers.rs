//! What each row of a review can be answered with: digits, and texts. Pure: it changes the body it is given and nothing else.

use crate::domain::{
    Helped, LevelChoice, LevelWhy, LineKind, Progress, Review, ReviewKnown, StillWanted, TookPart,
    WhatChanges,
};
use crate::rules::plan::review::{Item, asks_change};
use crate::tui::screens::chart::written::Title;

/// The rows of a review, from the top down. A row that is asked only because of another answer comes and goes with it.
pub(super) fn items(review: &Review, known: &ReviewKnown) -> Vec<Item> {
    let mut items = vec![Item::Wants];
    items.extend(known.methods.iter().map(|method| Item::Method(method.method)));
    for line in &known.lines {
        items.push(Item::Line(line.line));
        let now = review.mark(line.line).map_or(Progress::Unsaid, |mark| mark.progress);
        if asks_change(line, now) {
            items.push(Item::Change(line.line.number));
        }
    }
    items.extend([Item::View, Item::TookPart, Item::Level, Item::Why]);
    if review.choice.is_some_and(LevelChoice::changes_level) {
        items.push(Item::NewLevel);
    }
    items.extend([Item::Agrees, Item::Next]);
    items
}

/// The words of the digits from 1 on; empty where a row is not answered by one.
pub(super) fn choices(item: Item) -> Vec<&'static str> {
    match item {
        Item::Wants => StillWanted::ALL.map(StillWanted::word).to_vec(),
        Item::Method(_) => Helped::ALL.map(Helped::word).to_vec(),
        Item::Line(_) => Progress::ALL.map(Progress::word).to_vec(),
        Item::Change(_) => WhatChanges::ALL.map(WhatChanges::word).to_vec(),
        Item::TookPart => TookPart::ALL.map(TookPart::word).to_vec(),
        Item::Level => LevelChoice::ALL.map(LevelChoice::word).to_vec(),
        Item::Why => LevelWhy::ALL.map(LevelWhy::word).to_vec(),
        Item::Agrees => vec!["yes", "no"],
        Item::View | Item::NewLevel | Item::Next => Vec::new(),
    }
}

fn of<T: Copy>(all: &[T], digit: u8) -> Option<T> {
    usize::from(digit).checked_sub(1).and_then(|at| all.get(at)).copied()
}

/// Answers a row by a digit; 0 takes the answer away.
pub(super) fn answer(review: &mut Review, item: Item, digit: u8) {
    match item {
        Item::Wants => review.wants = of(&StillWanted::ALL, digit),
        Item::Method(number) => review.help_mut(number).helped = of(&Helped::ALL, digit),
        Item::Line(line) => review.mark_mut(line).progress = of(&Progress::ALL, digit).unwrap_or_default(),
        Item::Change(number) => {
            let goal = crate::domain::LineRef::goal(number);
            review.mark_mut(goal).change = of(&WhatChanges::ALL, digit);
        }
        Item::TookPart => review.took_part = of(&TookPart::ALL, digit),
        Item::Level => {
            review.choice = of(&LevelChoice::ALL, digit);
            if !review.choice.is_some_and(LevelChoice::changes_level) {
                review.new_level.clear();
            }
        }
        Item::Why => review.why = of(&LevelWhy::ALL, digit),
        Item::Agrees => review.agrees = of(&[true, false], digit),
        Item::View | Item::NewLevel | Item::Next => {}
    }
}

/// The texts of a row, with what belongs there; empty where it has none.
pub(super) fn titles(item: Item) -> &'static [Title] {
    match item {
        Item::Wants => &[("Wants now", "what they want now, as they said it")],
        Item::Method(_) => &[("In words", "what helped, what did not")],
        Item::Line(line) if line.kind == LineKind::Goal => {
            &[("Sentence", "how far it has come, in a sentence")]
        }
        Item::Line(_) => &[
            ("Sentence", "how far it has come, in a sentence"),
            ("Done", "how much of the amount, such as 6 of 6"),
        ],
        Item::Change(_) => &[("What changes", "in words, or why it goes on as it is")],
        Item::View => &[("The client says", "as they said it, without quotation marks")],
        Item::TookPart => &[("Who else", "name and role of who else took part")],
        Item::Why => &[("Why", "the reason for the level of care, in a sentence")],
        Item::Level | Item::NewLevel | Item::Agrees | Item::Next => &[],
    }
}

/// The texts of a row, to be written in, in the order of [`titles`].
pub(super) fn texts(review: &mut Review, item: Item) -> Vec<&mut String> {
    match item {
        Item::Wants => vec![&mut review.wants_words],
        Item::Method(number) => vec![&mut review.help_mut(number).words],
        Item::Line(line) => {
            let mark = review.mark_mut(line);
            let done = (line.kind != LineKind::Goal).then_some(&mut mark.done);
            std::iter::once(&mut mark.sentence).chain(done).collect()
        }
        Item::Change(number) => {
            vec![&mut review.mark_mut(crate::domain::LineRef::goal(number)).change_words]
        }
        Item::View => vec![&mut review.view],
        Item::TookPart => vec![&mut review.participants],
        Item::Why => vec![&mut review.level_words],
        Item::Level | Item::NewLevel | Item::Agrees | Item::Next => Vec::new(),
    }
}
