//! The highlight on a list of what is owed: it stays on its line when the list comes afresh.

use crate::domain::{ClientId, Number};
use crate::rules::owed::Duty;
use crate::service::api::OwedLine;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::widgets::cursor::Cursor;

/// The highlight.
#[derive(Debug, Default)]
pub struct OwedList {
    pub(super) cursor: Cursor,
    /// What is highlighted.
    on: Option<(ClientId, Duty, Number)>,
}

impl OwedList {
    /// The highlighted line.
    pub fn here<'a>(&self, lines: &[&'a OwedLine]) -> Option<&'a OwedLine> {
        lines.get(self.cursor.at).copied()
    }

    /// Takes down what is highlighted now.
    pub fn moved(&mut self, lines: &[&OwedLine]) {
        self.on = self.here(lines).map(OwedLine::key);
    }

    /// Moves the highlight; says whether that was asked.
    pub fn act(&mut self, action: Action, lines: &[&OwedLine], cx: &Cx) -> bool {
        let moved = self.cursor.act(action, lines.len(), cx.page());
        if moved {
            self.moved(lines);
        }
        moved
    }

    /// Goes to the next person whose name begins with this.
    pub fn seek_letter(&mut self, text: &str, lines: &[&OwedLine]) {
        let wanted = text.to_lowercase();
        let after = self.cursor.at + 1;
        let round = (after..lines.len()).chain(0..after.min(lines.len()));
        let fits = |at: &usize| lines[*at].name.to_lowercase().starts_with(&wanted);
        if let Some(at) = round.into_iter().find(fits) {
            self.cursor.at = at;
            self.moved(lines);
        }
    }

    /// A line was clicked; says whether it was highlighted already.
    pub fn clicked(&mut self, row: usize, lines: &[&OwedLine]) -> bool {
        let again = self.cursor.at == row;
        self.cursor.at = row;
        self.moved(lines);
        again
    }

    /// The list came afresh.
    pub fn came(&mut self, lines: &[&OwedLine]) {
        let same = lines.iter().position(|line| Some(line.key()) == self.on);
        self.cursor.at = same.unwrap_or(self.cursor.at);
        self.cursor.clamp(lines.len());
        self.moved(lines);
    }
}
