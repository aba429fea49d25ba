//! Answers as they are typed in one line: `0,1,-,3`.

use crate::domain::{Hundredths, Reply};
use crate::packs::{Instrument, Item};

/// Why a line of answers cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongAnswers {
    /// The answer with this number, from 1, is neither a number nor one of the signs for "not answered".
    NotRead(usize),
    /// The line has a number of answers that does not fit the items.
    Count {
        /// How many were given.
        given: usize,
        /// How many fit, ascending.
        fits: Vec<usize>,
    },
}

/// Reads answers in the order of the items. `-` was not answered, `r` was "would rather not say". Answers are separated by commas, and
/// then decimals have a point; where they are separated by blanks, and where there is only one, decimals may have a comma. Items at
/// the end that no scale counts may be left out, and so may items that are asked only after a certain answer and counted nowhere.
pub fn read_answers(
    measure: &Instrument,
    form: Option<&str>,
    text: &str,
) -> Result<Vec<Reply>, WrongAnswers> {
    let form = form.or_else(|| measure.forms.first().map(String::as_str));
    let in_form =
        |item: &Item| item.forms.is_empty() || item.forms.iter().any(|one| Some(one.as_str()) == form);
    let all: Vec<usize> = (0..measure.items.len()).filter(|at| in_form(&measure.items[*at])).collect();
    let main: Vec<usize> = all.iter().copied().filter(|at| !is_detail(&measure.items[*at])).collect();
    let replies = read_line(text, all.len() == 1)?;
    let given = replies.len();
    let fits = |places: &[usize]| {
        let needed = |at: &usize| is_needed(&measure.items[*at]);
        places.iter().rposition(needed).map_or(places.len(), |last| last + 1)..=places.len()
    };
    let Some(places) = [&main, &all].into_iter().find(|places| fits(places).contains(&given)) else {
        let mut fits: Vec<usize> = fits(&main).chain(fits(&all)).collect();
        fits.sort_unstable();
        fits.dedup();
        return Err(WrongAnswers::Count { given, fits });
    };
    let mut answers = vec![Reply::Blank; measure.items.len()];
    for (place, reply) in places.iter().zip(replies) {
        answers[*place] = reply;
    }
    Ok(answers)
}

/// Reads the answers one by one. Nothing between two commas is a slip: it could be an answer that was forgotten.
fn read_line(text: &str, is_one: bool) -> Result<Vec<Reply>, WrongAnswers> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let by_blanks = is_one || (words.len() > 1 && !words.iter().any(|word| word.ends_with(',')));
    let words = if by_blanks { words } else { text.split(',').map(str::trim).collect() };
    words.into_iter().enumerate().map(|(at, word)| read(word).ok_or(WrongAnswers::NotRead(at + 1))).collect()
}

/// Whether the answers of an item cannot be left out.
fn is_needed(item: &Item) -> bool {
    !item.unscored && !item.optional && item.asked_if.is_none()
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
