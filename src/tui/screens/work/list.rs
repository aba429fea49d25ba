//! The highlight on a list of what is owed: it stays on its line when the list comes afresh.

use super::Filter;
use super::words::what;
use crate::domain::{ClientId, Number};
use crate::rules::owed::Duty;
use crate::service::api::OwedLine;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::widgets::list::List;

/// The highlight, which kinds are shown, and what was typed to find.
#[derive(Debug, Default)]
pub struct OwedList {
    /// Whose work is shown, and of which kind.
    pub(in crate::tui::screens) filter: Filter,
    pub(in crate::tui::screens) rows: List,
    /// What is highlighted.
    on: Option<(ClientId, Duty, Number)>,
}

impl OwedList {
    /// A list that shows this.
    pub fn of(filter: Filter) -> Self {
        Self { filter, ..Self::default() }
    }

    /// The lines in sight: those that are shown, and of them those that what was typed leaves.
    pub fn lines<'a>(&self, cx: &'a Cx) -> Vec<&'a OwedLine> {
        let all = self.all(cx);
        let said = said(&all, cx);
        self.rows.shown(texts(&all, &said)).into_iter().map(|at| all[at]).collect()
    }

    /// The lines that are shown while nothing is typed.
    fn all<'a>(&self, cx: &'a Cx) -> Vec<&'a OwedLine> {
        cx.owed().iter().filter(|line| self.filter.shows(line, cx)).collect()
    }

    /// The highlighted line.
    pub fn here<'a>(&self, lines: &[&'a OwedLine]) -> Option<&'a OwedLine> {
        lines.get(self.rows.cursor.at).copied()
    }

    /// Takes down what is highlighted now.
    pub fn moved(&mut self, lines: &[&OwedLine]) {
        self.on = self.here(lines).map(OwedLine::key);
    }

    /// Moves the highlight, or changes what was typed; says whether that was asked.
    pub fn act(&mut self, action: Action, cx: &Cx) -> bool {
        let all = self.all(cx);
        let said = said(&all, cx);
        let moved = self.rows.act(action, texts(&all, &said), cx.page());
        if moved {
            self.moved(&self.lines(cx));
        }
        moved
    }

    /// Shows every line again, the highlight still on what it was on; says whether some were hidden.
    pub fn back(&mut self, cx: &Cx) -> bool {
        let all = self.all(cx);
        let said = said(&all, cx);
        let narrowed = self.rows.back(texts(&all, &said));
        self.moved(&self.lines(cx));
        narrowed
    }

    /// A line was clicked; says whether it was highlighted already.
    pub fn clicked(&mut self, row: usize, lines: &[&OwedLine]) -> bool {
        let again = self.rows.clicked(row);
        self.moved(lines);
        again
    }

    /// Shows what was chosen, and says what that is.
    pub fn choose(&mut self, key: &str, cx: &Cx) -> String {
        self.filter.choose(key);
        self.came(cx);
        format!("This shows {}.", self.filter.words(cx))
    }

    /// The list came afresh.
    pub fn came(&mut self, cx: &Cx) {
        let lines = &self.lines(cx);
        let same = lines.iter().position(|line| Some(line.key()) == self.on);
        self.rows.cursor.at = same.unwrap_or(self.rows.cursor.at);
        self.rows.cursor.clamp(lines.len());
        self.moved(lines);
    }
}

/// What each line says is to be done, in the words in which it stands there, and what it is about.
fn said(lines: &[&OwedLine], cx: &Cx) -> Vec<String> {
    let of = |line: &&OwedLine| what(line, cx).iter().map(|span| span.content.as_ref()).collect::<String>();
    lines.iter().map(|line| format!("{} {}", of(line), line.about)).collect()
}

/// What the lines are found by: whom they are about, and what stands there.
fn texts<'a>(lines: &'a [&OwedLine], said: &'a [String]) -> impl Iterator<Item = [&'a str; 3]> {
    lines.iter().zip(said).map(|(line, said)| [&*line.name, &*line.record_no, said.as_str()])
}
