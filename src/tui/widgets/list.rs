//! A list that letters find in: the highlight, what was typed, and which rows that leaves.
//!
//! Owns the cursor and the find line, and what a letter, a motion, Esc and a click do to them, so that they do the same in every list. Must not
//! know what the rows are.

use super::cursor::Cursor;
use super::line::Line as Typed;
use super::narrow;
use super::table::{Column, Table};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Span;

/// Highlight and find line of a list.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The highlighted row of those in sight.
    pub cursor: Cursor,
    find: Typed,
    /// Keys are text (else the list has the focus, still narrowed).
    typing: bool,
    /// What was highlighted when finding began.
    before: usize,
}

impl List {
    /// Where keys are read in a list of this scope.
    pub fn scopes(&self, own: Scope) -> Vec<Scope> {
        if self.typing { vec![Scope::Find, own] } else { vec![own] }
    }

    /// Something was typed: not all rows are in sight.
    pub fn is_narrowed(&self) -> bool {
        !self.find.is_empty()
    }

    /// What was highlighted when finding began.
    pub fn before(&self) -> usize {
        self.before
    }

    /// What was highlighted when finding began, kept where nothing is typed any more.
    pub(super) fn was_before(&mut self, before: usize) {
        self.before = before;
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        self.find.value()
    }

    /// The rows that what was typed leaves, by their places, the best first. The text that names a row comes first.
    pub fn shown<'a>(&self, rows: impl Iterator<Item = [&'a str; 3]>) -> Vec<usize> {
        let rows: Vec<[&str; 3]> = rows.collect();
        narrow::sorted(0..rows.len(), |at| narrow::fit(self.find.value(), rows[*at]))
    }

    /// Letters find.
    pub fn text(&mut self, typed: &str) {
        if !self.is_narrowed() {
            self.before = self.cursor.at;
        }
        self.find.insert(typed);
        self.typing = true;
        self.cursor = Cursor::default();
    }

    /// Moves among the rows in sight, or changes what was typed; says whether it was one of these. `rows` are the texts of all
    /// rows, as [`List::shown`] takes them.
    pub fn act<'a>(&mut self, action: Action, rows: impl Iterator<Item = [&'a str; 3]>, page: usize) -> bool {
        let shown = self.shown(rows);
        let typed = self.find.value().to_owned();
        if self.typing && self.find.act(action) {
            if self.find.is_empty() {
                self.widen(&shown);
            } else if self.find.value() != typed {
                self.cursor = Cursor::default();
            }
            return true;
        }
        let moved = self.cursor.act(action, shown.len(), page);
        self.typing &= !moved;
        moved
    }

    /// Esc: shows all rows again, the highlight still on what it was on; says whether some were hidden. `rows` are the texts of
    /// all rows, as [`List::shown`] takes them.
    pub fn back<'a>(&mut self, rows: impl Iterator<Item = [&'a str; 3]>) -> bool {
        let narrowed = self.is_narrowed();
        if narrowed {
            let shown = self.shown(rows);
            self.widen(&shown);
        }
        narrowed
    }

    /// All rows are in sight again. Where nothing matched, the highlight goes back to where it was before.
    fn widen(&mut self, shown: &[usize]) {
        let at = shown.get(self.cursor.at).copied().unwrap_or(self.before);
        *self = Self { cursor: Cursor { at }, ..Self::default() };
    }

    /// Puts the highlight on the row of this place, where it is in sight; else the highlight stays on the list. For rows that
    /// came afresh, whose texts `rows` are.
    pub fn put_on<'a>(&mut self, place: Option<usize>, rows: impl Iterator<Item = [&'a str; 3]>) {
        let shown = self.shown(rows);
        let at = place.and_then(|place| shown.iter().position(|one| *one == place));
        self.cursor.at = at.unwrap_or(self.cursor.at);
        self.cursor.clamp(shown.len());
    }

    /// A click on a row; says whether it was highlighted already, which opens it.
    pub fn clicked(&mut self, row: usize) -> bool {
        let again = self.cursor.at == row;
        self.cursor.at = row;
        again
    }

    /// What is below the find line: all of `area` while nothing is typed.
    pub fn below_find(&self, area: Rect) -> Rect {
        let above = u16::from(self.is_narrowed()).min(area.height);
        Rect { y: area.y + above, height: area.height - above, ..area }
    }

    /// A table of `count` rows in sight with this highlight.
    pub fn table<'a, I: Copy>(&self, columns: &'a [Column<I>], count: usize) -> Table<'a, I> {
        Table { columns, count, cursor: self.cursor, highlighted: true }
    }

    /// Draws what was typed; nothing while nothing is.
    pub fn draw_find(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        const LEAD: u16 = 7;
        if self.is_narrowed() {
            frame.render_widget(Span::styled(" Find", cx.theme.style(Role::Dim)), area);
            let line = Rect { x: area.x + LEAD, width: area.width.saturating_sub(LEAD), ..area };
            self.draw_typed(frame, line, cx);
        }
    }

    /// Draws the text alone.
    pub fn draw_typed(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        self.find.draw(frame, area, self.typing, cx);
    }
}

/// What a list in a window says when what was typed hides every row: Esc closes the window.
pub const NOTHING_MATCHES: &str = "Nothing matches what you typed. Try fewer letters.";

/// What the list of a page says then: Esc shows every row again.
pub const NOTHING_FOUND: &str = "Nothing matches. Press Esc to see the whole list again.";

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: [[&str; 3]; 3] =
        [["Ingrid Solberg", "ingrid", ""], ["Malik Osei", "malik", ""], ["Dana Ali", "dana", ""]];

    #[test]
    fn letters_find_one_after_the_other() {
        let mut list = List::default();
        for letter in ["m", "a", "l", "i", "k"] {
            list.text(letter);
        }
        assert_eq!(list.shown(PEOPLE.into_iter()), [1], "and not Ingrid by the letter i");
        assert_eq!(list.scopes(Scope::Staff), [Scope::Find, Scope::Staff]);
        assert!(list.back(PEOPLE.into_iter()) && !list.back(PEOPLE.into_iter()));
        assert_eq!(list.shown(PEOPLE.into_iter()), [0, 1, 2]);
    }

    #[test]
    fn the_highlight_stays_on_whom_it_was_on_when_all_rows_are_shown_again() {
        let people = || PEOPLE.into_iter();
        let mut list = List::default();
        list.text("mal");
        assert!(list.back(people()));
        assert_eq!(list.cursor.at, 1, "Malik, by Esc");
        list.text("dan");
        for _ in 0..3 {
            assert!(list.act(Action::DeleteBack, people(), 5));
        }
        assert_eq!((list.cursor.at, list.is_narrowed()), (2, false), "Dana, by emptying the line");
        list.text("nobody");
        assert!(list.back(people()));
        assert_eq!(list.cursor.at, 2, "where nothing matched, as before");
        let fresh = [PEOPLE[2], PEOPLE[0], PEOPLE[1]];
        list.put_on(Some(0), fresh.into_iter());
        assert_eq!(list.cursor.at, 0, "Dana, where the rows came in another order");
        list.put_on(None, people());
        assert_eq!(list.cursor.at, 0);
    }

    #[test]
    fn a_motion_goes_into_the_list_and_a_letter_back_to_the_line() {
        let mut list = List::default();
        list.text("a");
        assert_eq!(list.shown(PEOPLE.into_iter()), [2, 1], "the beginning of a word comes before its middle");
        assert!(list.act(Action::Down, PEOPLE.into_iter(), 5));
        assert_eq!((list.cursor.at, list.scopes(Scope::Staff)), (1, vec![Scope::Staff]));
        list.text("l");
        assert_eq!((list.cursor.at, list.shown(PEOPLE.into_iter())), (0, vec![2, 1]));
        assert!(!list.act(Action::Open, PEOPLE.into_iter(), 5));
        assert!(!list.clicked(1) && list.clicked(1));
    }
}
