//! A form at the turned screen: one question at a time, a digit or the arrows for its answer.

use super::page::{INDENT, Row};
use super::{Stop, Turned, Wish};
use crate::domain::{Hundredths, Reply, TurnedItem, TurnedSaid};
use crate::packs::fill;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::text::Span;

/// Answers that are listed one below the other; of more, only the lowest and the highest number are named.
const LISTED: usize = 11;

impl Turned {
    /// The question one is at.
    pub(super) fn item(&self) -> Option<usize> {
        let Some(Stop::Said(part, at)) = self.stop() else { return None };
        self.view.page.parts.get(part)?.says.get(at)?.item
    }

    /// Whether something that is said is on the page: a question may be left out after an answer to an earlier one.
    pub(super) fn is_shown(&self, said: &TurnedSaid) -> bool {
        said.item.is_none_or(|item| self.view.page.is_asked(item, &self.view.answers.form.answers))
    }

    fn reply(&self, item: usize) -> Reply {
        self.view.answers.form.answers.get(item).map(|(_, reply)| *reply).unwrap_or_default()
    }

    fn put(&mut self, item: usize, reply: Reply) {
        let Some(answer) = self.view.answers.form.answers.get_mut(item) else { return };
        if answer.1 != reply {
            answer.1 = reply;
            self.edits += 1;
            self.pressing = true;
        }
    }

    /// A digit, or the minus, at a question. A whole answer goes on to the next one.
    pub(super) fn answer_item(&mut self, item: usize, typed: char) {
        if typed == '-' {
            self.put(item, Reply::Declined);
            return self.go(self.at + 1);
        }
        let Some(TurnedItem { choices, .. }) = self.view.page.items.get(item) else { return };
        let begins = |digits: &str| choices.iter().any(|(key, _)| key.to_string().starts_with(digits));
        let mut digits = format!("{}{typed}", self.digits);
        if !begins(&digits) {
            digits = typed.to_string();
        }
        if !begins(&digits) {
            return;
        }
        let whole = choices.iter().map(|(key, _)| *key).find(|key| key.to_string() == digits);
        let longer = choices.iter().any(|(key, _)| {
            let key = key.to_string();
            key.len() > digits.len() && key.starts_with(&digits)
        });
        if let Some(key) = whole {
            self.put(item, Reply::Given(key));
        }
        if whole.is_some() && !longer {
            return self.go(self.at + 1);
        }
        self.digits = digits;
    }

    /// The answer before, or the next one.
    pub(super) fn choose_item(&mut self, item: usize, on: bool) {
        let Some(TurnedItem { choices, .. }) = self.view.page.items.get(item) else { return };
        let now = self.reply(item).key();
        let at = now.and_then(|now| choices.iter().position(|(key, _)| *key == now));
        let to = match (at, on) {
            (None, _) => 0,
            (Some(at), true) => (at + 1).min(choices.len().saturating_sub(1)),
            (Some(at), false) => at.saturating_sub(1),
        };
        if let Some((key, _)) = choices.get(to).cloned() {
            self.put(item, Reply::Given(key));
        }
    }

    /// Takes an answer away.
    pub(super) fn clear_item(&mut self, item: usize) {
        self.digits.clear();
        self.put(item, Reply::Blank);
    }

    /// What goes to the disk at once: an answer of a form, since somebody may have to act on it.
    pub fn urgent(&self) -> Option<Wish> {
        if self.pressing { self.unsaved().map(Wish::Save) } else { None }
    }

    /// A question with its answers, or with the one that was given.
    pub(super) fn item_rows(&self, said: &TurnedSaid, at: usize, here: bool, cells: usize) -> Vec<Row> {
        let style = self.theme.style(if here { Role::Now } else { Role::Normal });
        let Some(item) = self.view.page.items.get(at) else { return Vec::new() };
        let mut rows = self.block(&said.words, cells, style, here);
        let reply = self.reply(at);
        if !here {
            rows.extend(self.answer_of(item, reply).map(|words| self.below(&words)));
            return rows;
        }
        if item.choices.len() > LISTED || item.choices.iter().all(|(_, words)| words.is_empty()) {
            let end =
                |choice: Option<&(Hundredths, String)>| choice.map_or(String::new(), |one| one.0.to_string());
            let (n, m) = (end(item.choices.first()), end(item.choices.last()));
            let number = fill(&self.words.form.number, &[("n", &n), ("m", &m)]);
            let given = self.answer_of(item, reply).unwrap_or_else(|| "_".to_owned());
            let mut row = self.below(&format!("{number}: {given}"));
            row.here = true;
            rows.push(row);
            return rows;
        }
        for (key, words) in &item.choices {
            rows.extend(self.choice(&key.to_string(), words, reply.key() == Some(*key), here, cells));
        }
        let not_said = &self.words.turned.key_not_said;
        rows.extend(self.choice(&not_said[0], &not_said[1], reply == Reply::Declined, here, cells));
        rows
    }

    fn below(&self, words: &str) -> Row {
        let words = Span::styled(text::line(words).into_owned(), self.theme.style(Role::Focus));
        Row { spans: vec![Span::raw(" ".repeat(INDENT + 2)), words], ..Row::default() }
    }

    fn answer_of(&self, item: &TurnedItem, reply: Reply) -> Option<String> {
        match reply {
            Reply::Blank => None,
            Reply::Declined => Some(self.words.turned.not_said.clone()),
            Reply::Given(key) => {
                let words = item.choices.iter().find(|(one, _)| *one == key).map_or("", |(_, words)| words);
                Some(format!("{key}  {words}").trim_end().to_owned())
            }
        }
    }
}
