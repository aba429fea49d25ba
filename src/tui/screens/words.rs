//! The words beyond the dictionary: a person's own, and those that have a better one. Seen and changed from anywhere.
//!
//! Owns the list and its two answers. It must not know notes: a note only fills in the word at its cursor.

use crate::domain::{WordHint, counted};
use crate::packs;
use crate::service::api::{Command, WordsAsk};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Message, Overlay, Question};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

const OWN: &str = "own:";
const BETTER: &str = "better:";
const NEW: &str = "new";

/// The list: own words, then those with a better one.
pub(in crate::tui) fn list(cx: &Cx) -> Step {
    let (mine, hints) = (&cx.spelling.mine().words, better(cx));
    let mut items: Vec<Item> = mine
        .iter()
        .map(|word| Item::new(format!("{OWN}{word}"), word.clone(), "yours: Enter takes it off your list"))
        .collect();
    if cx.may_do(Action::BetterWord) {
        items.push(Item::new(NEW, "A better word for everyone", "a new one, for the whole agency"));
    }
    items.extend(hints.into_iter().map(|hint| {
        let key = format!("{BETTER}{}", hint.word);
        let detail = if hint.better.is_empty() { "not underlined".to_owned() } else { hint.better.clone() };
        Item::new(key, hint.word, detail)
    }));
    let title = match mine.len() {
        0 => "Better words (words you add in a note are listed here too)".to_owned(),
        many => format!("Your {}, and better words", counted(many, "word", "words")),
    };
    Question::pick(title, items, chosen).open()
}

/// Every word with a better one, the agency's first; of two on one word the agency's counts.
fn better(cx: &Cx) -> Vec<WordHint> {
    let mut all = cx.spelling.agency().hints.clone();
    all.sort_by(|one, other| one.word.cmp(&other.word));
    let shipped = packs::word_hints().iter().flat_map(|hint| {
        hint.words.iter().map(|word| WordHint { word: word.to_lowercase(), better: hint.better.clone() })
    });
    for hint in shipped {
        if !all.iter().any(|known| known.word == hint.word) {
            all.push(hint);
        }
    }
    all
}

/// What a line of the list leads to.
fn chosen(key: &str, cx: &Cx) -> Vec<Step> {
    if let Some(word) = key.strip_prefix(OWN) {
        return vec![Step::Ask(Command::Words(WordsAsk::Remove(word.to_owned())))];
    }
    let word = key.strip_prefix(BETTER).unwrap_or_default();
    if !cx.may_do(Action::BetterWord) {
        let said = "Only an admin can change the words that are underlined for everyone.".to_owned();
        return vec![Step::Over(Overlay::Message(Message::new(word, vec![said])))];
    }
    let known = better(cx).into_iter().find(|hint| hint.word == word);
    vec![ask_better(word, &known.map(|hint| hint.better).unwrap_or_default())]
}

/// A better word for everyone: what is known of it is filled in.
pub(in crate::tui::screens) fn ask_better(word: &str, better: &str) -> Step {
    let fields = vec![
        Field::text("word", "Word or phrase", &word.to_lowercase()).required(),
        Field::text("better", "Better", better).hint("empty: no longer underlined"),
    ];
    let mut form = Form::new("Save for everyone", fields);
    if !word.is_empty() {
        form.focus_on("better");
    }
    Question::form("A better word, for the whole agency", form, |form, _| {
        let hint = WordHint { word: form.typed("word"), better: form.typed("better") };
        Ok(vec![Step::Ask(Command::Words(WordsAsk::Hint(hint)))])
    })
    .lines(vec!["The underline is advice. Everybody can still write the word.".to_owned()])
    .open()
}
