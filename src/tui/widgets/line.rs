//! A line of text to type in.
//!
//! Owns the text and its cursor, and which editing action does what to them. It knows no keys.

use super::secret_line::SecretLine;
use super::undoable::Undoable;
use crate::service::api::Secret;
use crate::tui::action::Action;
use crate::tui::editor::wrap::wrap;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::{Role, Theme};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use std::ops::Range;
use tui_input::InputRequest;

/// One line, as typed so far.
#[derive(Clone)]
pub struct Line(Typed);

/// How it is kept.
#[derive(Clone)]
enum Typed {
    Seen(Undoable),
    Unseen(SecretLine),
}

impl Default for Line {
    fn default() -> Self {
        Self(Typed::Seen(Undoable::default()))
    }
}

/// Never what was typed.
impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Line(…)")
    }
}

impl Line {
    /// A line that holds this text, the cursor behind it.
    pub fn new(text: &str) -> Self {
        Self(Typed::Seen(Undoable::new(text)))
    }

    /// An empty line that shows a dot for every character.
    pub fn secret() -> Self {
        Self(Typed::Unseen(SecretLine::default()))
    }

    /// What is in it.
    pub fn value(&self) -> &str {
        match &self.0 {
            Typed::Seen(line) => line.input().value(),
            Typed::Unseen(line) => line.text(),
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.value().is_empty()
    }

    /// Empties it into a secret.
    pub fn take_secret(&mut self) -> Secret {
        match &mut self.0 {
            Typed::Seen(line) => Secret::new(line.take()),
            Typed::Unseen(line) => line.take(),
        }
    }

    /// Puts another text in; it is seen.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Puts another text in; what was there comes back with undo.
    pub fn replace(&mut self, text: &str) {
        match &mut self.0 {
            Typed::Seen(line) => line.replace(text),
            Typed::Unseen(_) => self.set(text),
        }
    }

    /// The byte before which the cursor is; the end of what is not shown.
    pub fn at(&self) -> usize {
        match &self.0 {
            Typed::Seen(line) => line.at(),
            Typed::Unseen(line) => line.text().len(),
        }
    }

    /// Puts the cursor before this byte.
    pub fn go_to(&mut self, byte: usize) {
        if let Typed::Seen(line) = &mut self.0 {
            line.go_to(byte);
        }
    }

    /// Types a text at the cursor; line ends become spaces, control characters are left out. A line end of two characters is one
    /// space.
    pub fn insert(&mut self, text: &str) {
        let text: String = text
            .replace("\r\n", "\n")
            .chars()
            .map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c })
            .filter(|c| !c.is_control())
            .collect();
        match &mut self.0 {
            Typed::Seen(line) => line.insert(&text),
            Typed::Unseen(line) => text.chars().for_each(|c| line.insert(c)),
        }
    }

    /// Runs an editing action; says whether it was one.
    pub fn act(&mut self, action: Action) -> bool {
        let line = match &mut self.0 {
            Typed::Seen(line) => line,
            Typed::Unseen(line) => return line.act(action),
        };
        let request = match action {
            Action::Undo => return line.undo(),
            Action::Redo => return line.redo(),
            Action::TextLeft => InputRequest::GoToPrevChar,
            Action::TextRight => InputRequest::GoToNextChar,
            Action::LineStart => InputRequest::GoToStart,
            Action::LineEnd => InputRequest::GoToEnd,
            Action::WordLeft => InputRequest::GoToPrevWord,
            Action::WordRight => InputRequest::GoToNextWord,
            Action::DeleteBack => InputRequest::DeletePrevChar,
            Action::DeleteForward => InputRequest::DeleteNextChar,
            Action::DeleteWordBack => InputRequest::DeletePrevWord,
            Action::DeleteWordForward => InputRequest::DeleteNextWord,
            Action::ClearLine => InputRequest::DeleteLine,
            _ => return false,
        };
        line.act(request);
        true
    }

    /// What is shown of it: the text, or a dot for every character; and the byte before which the cursor is.
    pub fn shown(&self, theme: &Theme) -> (String, usize) {
        match &self.0 {
            Typed::Seen(line) => {
                let input = line.input();
                (input.value().to_owned(), line.at())
            }
            Typed::Unseen(line) => {
                let dot = if theme.glyphs.ascii { "*" } else { "•" };
                (dot.repeat(line.text().chars().count()), dot.len() * line.column())
            }
        }
    }

    /// Rows that its words take when they are wrapped to so many cells, with room for the cursor behind them.
    pub fn rows(&self, cells: u16) -> u16 {
        match &self.0 {
            Typed::Seen(line) => wrapped(line.input().value(), usize::from(cells)).len() as u16,
            Typed::Unseen(_) => 1,
        }
    }

    /// Draws it; with the cursor if it has the focus. Into one row as much as fits, into several rows wrapped at its words. What
    /// is not in sight is marked at the side where it is.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, focus: bool, cx: &Cx) {
        if area.width < 2 || area.height == 0 {
            return;
        }
        let role = if focus { Role::Focus } else { Role::Normal };
        let (shown, cursor) = self.shown(&cx.theme);
        let more = if matches!(self.0, Typed::Seen(_)) { cx.theme.glyphs.ellipsis } else { "" };
        let cursor_at = if area.height > 1 {
            let (rows, top, place) = part_of_rows(&shown, cursor, area, focus);
            for (row, range) in rows.iter().enumerate().skip(top).take(usize::from(area.height)) {
                let words = text::line(shown[range.clone()].trim_end()).into_owned();
                let first = row == top && top > 0;
                let last = row + 1 == top + usize::from(area.height) && row + 1 < rows.len();
                let words = marked(&words, first, last, usize::from(area.width), more);
                let line = Rect { y: area.y + (row - top) as u16, height: 1, ..area };
                frame.render_widget(Span::styled(words, cx.theme.style(role)), line);
            }
            place
        } else {
            let (words, column) = part_of_line(&shown, cursor, usize::from(area.width), focus, more);
            frame.render_widget(Span::styled(words, cx.theme.style(role)), area);
            Position { x: area.x + column as u16, y: area.y }
        };
        if focus {
            frame.set_cursor_position(cursor_at);
        }
    }
}

/// The rows of a text as byte ranges, wrapped at its words; a last one for a cursor that has no room behind a full row.
fn wrapped(text: &str, cells: usize) -> Vec<Range<usize>> {
    let mut rows: Vec<Range<usize>> = wrap(text, cells).into_iter().map(|row| row.start..row.end).collect();
    if rows.last().is_some_and(|last| !last.is_empty() && text::width(&text[last.clone()]) >= cells) {
        rows.push(text.len()..text.len());
    }
    rows
}

/// The rows of a text, the first one in sight, and the cell of the cursor. Without the focus it begins at its beginning.
fn part_of_rows(text: &str, cursor: usize, area: Rect, focus: bool) -> (Vec<Range<usize>>, usize, Position) {
    let rows = wrapped(text, usize::from(area.width));
    let row = rows.iter().rposition(|row| row.start <= cursor).unwrap_or(0);
    let top = if focus { (row + 1).saturating_sub(usize::from(area.height)) } else { 0 };
    let column = text::width(&text[rows[row].start..cursor]).min(usize::from(area.width) - 1);
    let place = Position { x: area.x + column as u16, y: area.y + (row - top) as u16 };
    (rows, top, place)
}

/// A row with the mark of what is hidden before it or after it.
fn marked(words: &str, before: bool, after: bool, cells: usize, more: &str) -> String {
    let mut words = words.to_owned();
    if before {
        words = format!("{more}{}", after_cells(&words, text::width(more)).0);
    }
    if after {
        words = format!("{}{more}", text::cut(&words, cells.saturating_sub(text::width(more)), ""));
    }
    words
}

/// The part of a text that one row shows, and the column of the cursor in it. Without the focus it begins at its beginning.
fn part_of_line(text: &str, cursor: usize, cells: usize, focus: bool, more: &str) -> (String, usize) {
    let column = text::width(&text[..cursor]);
    let (whole, mark) = (text::width(text), text::width(more));
    let at_end = cursor == text.len();
    // What has to be in sight up to the cell behind the cursor, with the mark of what comes after it.
    let needed = column + 1 + if at_end { 0 } else { mark };
    if !focus || whole < cells || needed <= cells {
        return (text::cut(&text::line(text), cells, more).into_owned(), column.min(cells - 1));
    }
    let (part, skipped) = after_cells(text, (needed + mark).saturating_sub(cells));
    let room = cells.saturating_sub(mark);
    let part = text::cut(&text::line(part), room, more).into_owned();
    (format!("{more}{part}"), (mark + column).saturating_sub(skipped).min(cells - 1))
}

/// What is left of a text when its first cells are not shown, and how many cells that are: a wide letter is whole or hidden.
fn after_cells(text: &str, cells: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        if used >= cells {
            return (&text[at..], used);
        }
        used += text::width(c.encode_utf8(&mut [0; 4]));
    }
    if cells == 0 { (text, 0) } else { ("", used) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_becomes_one_line() {
        let mut line = Line::default();
        line.insert("one\ntwo\u{1b}[31m");
        assert_eq!(line.value(), "one two[31m");
    }

    /// N07: undo takes more than the paste.
    #[test]
    fn n07_an_undo_takes_the_paste_and_the_next_one_what_was_typed_before() {
        let mut line = Line::new("as it was. ");
        "I will walk".chars().for_each(|letter| line.insert(letter.encode_utf8(&mut [0; 4])));
        line.insert(" three times a week\r\nwith my brother");
        assert_eq!(line.value(), "as it was. I will walk three times a week with my brother");
        assert!(line.act(Action::Undo));
        assert_eq!(line.value(), "as it was. I will walk");
        assert!(line.act(Action::Undo));
        assert_eq!(line.value(), "as it was. ");
        line.act(Action::Undo);
        assert_eq!(line.value(), "as it was. ", "there is nothing before that");
        line.act(Action::Redo);
        line.act(Action::Redo);
        line.act(Action::Redo);
        assert_eq!(line.value(), "as it was. I will walk three times a week with my brother");
        line.act(Action::ClearLine);
        line.act(Action::Undo);
        assert!(line.value().ends_with("my brother"));
    }

    #[test]
    fn a_passphrase_has_no_undo() {
        let mut line = Line::secret();
        line.insert("walked");
        assert!(!line.act(Action::Undo));
        assert_eq!(line.value(), "walked");
    }

    #[test]
    fn editing_actions_edit_and_others_do_not() {
        let mut line = Line::new("call the sister");
        assert!(line.act(Action::DeleteWordBack));
        assert_eq!(line.value(), "call the ");
        assert!(!line.act(Action::Open));
    }

    #[test]
    fn words_that_were_erased_come_back() {
        let mut line = Line::new("call the sister");
        assert!(!line.act(Action::Undo), "nothing was erased: undo means the last act");
        line.act(Action::ClearLine);
        line.act(Action::ClearLine);
        line.insert("c");
        assert!(line.act(Action::Undo) && line.act(Action::Undo));
        assert_eq!(line.value(), "call the sister");
        assert!(line.act(Action::Undo), "once too often is not yet the last act");
        assert!(line.act(Action::Redo) && line.act(Action::Redo));
        assert_eq!(line.value(), "c", "and what was typed meanwhile is not lost either");
        line.act(Action::DeleteWordBack);
        line.act(Action::DeleteWordBack);
        assert!(line.act(Action::Undo), "an empty line that is erased again forgets nothing");
        assert_eq!(line.value(), "c");
    }

    #[test]
    fn a_line_marks_the_side_where_something_is_hidden() {
        let words = "Took 20 pills and drank vodka";
        let part = |cursor, focus| part_of_line(words, cursor, 16, focus, "…");
        assert_eq!(part(words.len(), true), ("…nd drank vodka".to_owned(), 15));
        assert_eq!(
            part(words.len(), false),
            ("Took 20 pills a…".to_owned(), 15),
            "it begins at its beginning"
        );
        assert_eq!(part(0, true), ("Took 20 pills a…".to_owned(), 0));
        let (middle, column) = part(18, true);
        assert_eq!((middle.as_str(), column), ("…20 pills and d…", 14));
        assert_eq!(part_of_line("short", 5, 16, true, "…"), ("short".to_owned(), 5));
    }

    #[test]
    fn a_sentence_wraps_with_the_cursor_in_sight() {
        let words = "Took 20 pills and drank vodka last night, still groggy";
        let area = Rect { x: 0, y: 0, width: 16, height: 3 };
        let (rows, top, at) = part_of_rows(words, words.len(), area, true);
        let shown: Vec<&str> = rows.iter().map(|row| words[row.clone()].trim_end()).collect();
        assert_eq!(shown, ["Took 20 pills", "and drank vodka", "last night,", "still groggy"]);
        assert_eq!((top, at), (1, Position { x: 12, y: 2 }));
        assert_eq!(part_of_rows(words, 0, area, true).1, 0);
        assert_eq!(Line::new(words).rows(16), 4);
        assert_eq!(Line::new("exactly 16 cells").rows(16), 2, "the cursor stands behind it");
        assert_eq!(marked("and drank vodka", true, false, 16, "…"), "…nd drank vodka");
        assert_eq!(marked("last night, now", false, true, 15, "…"), "last night, no…");
    }

    #[test]
    fn what_was_typed_is_not_in_debug() {
        assert!(!format!("{:?}", Line::new("Rivera")).contains("Rivera"));
    }
}
