//! Going from mark to mark, and what is done about a word: put another in its place, add it, let it pass.
//!
//! Owns the questions and their answers. Where marks are is `marks`; what passes is the desk's.

use super::marks::What;
use super::{Notes, marks};
use crate::service::api::{ChartView, Command, DocAsk, WordsAsk};
use crate::tui::action::Action;
use crate::tui::editor::EditorCommand;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::screens::words::ask_better;

const ADD: &str = "+";
const PASS: &str = "~";
const LEAVE: &str = "-";
const OVER: &str = "!";

impl Notes {
    /// Acts on words, and the earlier versions of all of them.
    pub(super) fn act_words(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        let writing = self.writing.as_mut()?;
        Some(match action {
            Action::NextMistake => self.next_mistake(chart, cx),
            Action::AddWord => add(&writing.selected()),
            Action::IgnoreWord => ignore(&writing.selected()),
            Action::BetterWord => vec![ask_better(&writing.selected(), "")],
            Action::SpellingOnOff => vec![Step::Ask(Command::Words(WordsAsk::Quiet(!cx.spelling.quiet)))],
            Action::DraftVersions => {
                let (client, number) = (writing.client, writing.number);
                vec![Step::Ask(DocAsk::Versions { client, number }.into())]
            }
            _ => return None,
        })
    }

    /// Goes to the next mark and asks what to do about it. Nothing is replaced by the key after it.
    pub(super) fn next_mistake(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if cx.spelling.quiet {
            let said = "Spelling is switched off. Press [key:spelling-on-off] to \
             switch it on.";
            return vec![Step::Say(said.to_owned())];
        }
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let Some((section, mark)) = marks::next(writing, chart, cx) else {
            return vec![Step::Say("Nothing in this note is marked.".to_owned())];
        };
        let marked = writing.go_to(section, &mark, cx);
        vec![match &mark.what {
            What::Misspelled => Step::Suggest(marked),
            What::Better(better) => better_words(&marked, better),
            What::Repeated(_) => passage(&mark.what.said(cx.today())),
        }]
    }

    /// What was chosen about a word. It is replaced only where it still holds selected.
    fn take_word(&mut self, word: &str, chosen: &str, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        match chosen {
            ADD => add(word).into_iter().chain(let_go()).collect(),
            PASS => ignore(word).into_iter().chain(let_go()).collect(),
            chosen if writing.selected() == word => {
                Self::edited(writing.apply(EditorCommand::InsertText(chosen.to_owned()), cx).changed)
            }
            _ => Vec::new(),
        }
    }
}

/// What may have been meant, then the two other ways out.
pub(super) fn picker(word: &str, words: &[String]) -> Step {
    let mut items = Item::words(words);
    items.push(Item::new(ADD, "Add to my words", "never marked again for you"));
    items.push(Item::new(PASS, "Ignore it", "until Concord locks"));
    let title = format!("\"{word}\" is not in the dictionary");
    let word = word.to_owned();
    Question::pick(title, items, move |chosen, _| {
        let (word, chosen) = (word.clone(), chosen.to_owned());
        to_room(move |notes: &mut Notes, _, cx| notes.take_word(&word, &chosen, cx))
    })
    .unanswered(let_go)
    .open()
}

/// The better words, below leaving it as it is: nothing is replaced that was not chosen.
fn better_words(word: &str, better: &str) -> Step {
    let mut items = vec![Item::new(LEAVE, "Leave it as it is", "")];
    items.extend(alternatives(better).map(|(said, put)| Item::new(put, said, "")));
    let word = word.to_owned();
    Question::pick(format!("\"{word}\": a better word"), items, move |chosen, _| {
        if chosen == LEAVE {
            return let_go();
        }
        let (word, chosen) = (word.clone(), chosen.to_owned());
        to_room(move |notes: &mut Notes, _, cx| notes.take_word(&word, &chosen, cx))
    })
    .unanswered(let_go)
    .open()
}

/// What is offered in the place of a word, as it is said and as it is put in: `of a test: negative` puts in `negative`.
fn alternatives(better: &str) -> impl Iterator<Item = (&str, &str)> {
    let said = better.split([',', ';']).map(str::trim).filter(|said| !said.is_empty());
    said.map(|said| (said, said.rsplit(": ").next().unwrap_or(said)))
}

/// A passage that is in another note: it is shown, and nothing is done to it unless that is chosen.
fn passage(said: &str) -> Step {
    let mut letters = said.chars();
    let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let items = vec![
        Item::new(LEAVE, "Leave it as it is", ""),
        Item::new(OVER, "Write over it", "the next key takes its place").taking_away(),
    ];
    let title = format!("{first}{}", letters.as_str());
    Question::pick(title, items, |chosen, _| if chosen == OVER { Vec::new() } else { let_go() })
        .unanswered(let_go)
        .open()
}

/// The word does not stay selected: the next letter would take its place.
fn let_go() -> Vec<Step> {
    vec![Step::Run(Action::Unselect)]
}

fn no_word() -> Vec<Step> {
    vec![Step::Say("Put the cursor into a word first.".to_owned())]
}

pub(super) fn add(word: &str) -> Vec<Step> {
    if word.trim().is_empty() {
        return no_word();
    }
    vec![Step::Ask(Command::Words(WordsAsk::Add(word.to_owned())))]
}

pub(super) fn ignore(word: &str) -> Vec<Step> {
    if word.trim().is_empty() {
        return no_word();
    }
    let said = format!("\"{word}\" is not underlined until Concord locks.");
    vec![Step::IgnoreWord(word.to_owned()), Step::Say(said)]
}

#[cfg(test)]
mod tests {
    use super::alternatives;

    #[test]
    fn what_is_put_in_leaves_out_what_it_is_said_of() {
        let found: Vec<(&str, &str)> = alternatives("not using, in recovery; of a test: negative").collect();
        assert_eq!(
            found,
            [("not using", "not using"), ("in recovery", "in recovery"), ("of a test: negative", "negative")]
        );
    }
}
