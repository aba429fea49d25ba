//! Answers as they are typed in one line: `0,1,-,3`.

use crate::domain::{Hundredths, Reply};
use crate::packs::{Instrument, Item};

/// Why a line of answers cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongAnswers {
    /// The answer with this number, from 1, is neither a number nor one of the signs for "not answered".
    NotRead(usize),
    /// The line has another number of answers than the measure has items.
    Count {
        /// How many were given.
        given: usize,
        /// The fewest that are accepted.
        least: usize,
        /// As many as there are items.
        most: usize,
    },
}

/// Reads answers in the order of the items, separated by commas or blanks; decimals have a point. `-` was not answered, `r`
/// was "would rather not say". Items at the end that no scale counts may be left out, and so may items that are asked only
/// after a certain answer and counted nowhere.
pub fn read_answers(
    measure: &Instrument,
    form: Option<&str>,
    text: &str,
) -> Result<Vec<Reply>, WrongAnswers> {
    let replies = read_line(text)?;
    let form = form.or_else(|| measure.forms.first().map(String::as_str));
    let in_form =
        |item: &Item| item.forms.is_empty() || item.forms.iter().any(|one| Some(one.as_str()) == form);
    let all: Vec<usize> = (0..measure.items.len()).filter(|at| in_form(&measure.items[*at])).collect();
    let main: Vec<usize> = all.iter().copied().filter(|at| !is_detail(&measure.items[*at])).collect();
    let needed = |at: &usize| {
        let item = &measure.items[*at];
        !item.unscored && !item.optional && item.asked_if.is_none()
    };
    let least = main.iter().rposition(needed).map_or(main.len(), |last| last + 1);
    let places = if (least..=main.len()).contains(&replies.len()) { &main } else { &all };
    let enough = all.iter().rposition(needed).map_or(all.len(), |last| last + 1);
    if places.len() == all.len() && !(enough..=all.len()).contains(&replies.len()) {
        return Err(WrongAnswers::Count { given: replies.len(), least, most: all.len() });
    }
    let mut answers = vec![Reply::Blank; measure.items.len()];
    for (place, reply) in places.iter().zip(replies) {
        answers[*place] = reply;
    }
    Ok(answers)
}

/// Reads the answers one by one. Nothing between two commas is a slip: it could be an answer that was forgotten.
fn read_line(text: &str) -> Result<Vec<Reply>, WrongAnswers> {
    let mut replies = Vec::new();
    for piece in text.split(',') {
        let before = replies.len();
        for word in piece.split_whitespace() {
            replies.push(read(word).ok_or(WrongAnswers::NotRead(replies.len() + 1))?);
        }
        if replies.len() == before {
            return Err(WrongAnswers::NotRead(before + 1));
        }
    }
    Ok(replies)
}

/// Whether an item asks for details of another and counts nowhere.
fn is_detail(item: &Item) -> bool {
    item.unscored && item.asked_if.is_some()
}

fn read(word: &str) -> Option<Reply> {
    match word {
        "-" => Some(Reply::Blank),
        "r" => Some(Reply::Declined),
        _ => Hundredths::parse(word).map(Reply::Given),
    }
}
