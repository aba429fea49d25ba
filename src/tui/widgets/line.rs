//! A line of text to type in.
//!
//! Owns the text and its cursor, and which editing action does what to them. It knows no keys.

use super::secret_line::SecretLine;
use crate::service::api::Secret;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use tui_input::{Input, InputRequest};

/// One line, as typed so far.
#[derive(Clone)]
pub struct Line(Typed);

/// How it is kept.
#[derive(Clone)]
enum Typed {
    Seen(Input),
    Unseen(SecretLine),
}

impl Default for Line {
    fn default() -> Self {
        Self(Typed::Seen(Input::default()))
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
        Self(Typed::Seen(Input::new(text.to_owned())))
    }

    /// An empty line that shows a dot for every character.
    pub fn secret() -> Self {
        Self(Typed::Unseen(SecretLine::default()))
    }

    /// What is in it.
    pub fn value(&self) -> &str {
        match &self.0 {
            Typed::Seen(input) => input.value(),
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
            Typed::Seen(input) => Secret::new(input.value_and_reset()),
            Typed::Unseen(line) => line.take(),
        }
    }

    /// Puts another text in; it is seen.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(text);
    }

    /// Types a text at the cursor; line ends become spaces, control characters are left out.
    pub fn insert(&mut self, text: &str) {
        for c in text.chars() {
            let c = if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
            if !c.is_control() {
                match &mut self.0 {
                    Typed::Seen(input) => {
                        input.handle(InputRequest::InsertChar(c));
                    }
                    Typed::Unseen(line) => line.insert(c),
                }
            }
        }
    }

    /// Runs an editing action; says whether it was one.
    pub fn act(&mut self, action: Action) -> bool {
        let input = match &mut self.0 {
            Typed::Seen(input) => input,
            Typed::Unseen(line) => return line.act(action),
        };
        let request = match action {
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
        input.handle(request);
        true
    }

    /// Draws it into one row; with the cursor if it has the focus.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, focus: bool, cx: &Cx) {
        let width = usize::from(area.width);
        if width < 2 {
            return;
        }
        let dot = if cx.theme.glyphs.ascii { "*" } else { "•" };
        let (shown, column) = match &self.0 {
            Typed::Seen(input) => (input.value().to_owned(), input.visual_cursor()),
            Typed::Unseen(line) => (dot.repeat(line.text().chars().count()), line.column()),
        };
        let skip = (column + 1).saturating_sub(width);
        let part = after_cells(&shown, skip);
        let role = if focus { Role::Focus } else { Role::Normal };
        frame.render_widget(
            Span::styled(text::cut(&text::line(part), width, "").into_owned(), cx.theme.style(role)),
            area,
        );
        if focus {
            frame.set_cursor_position(Position { x: area.x + (column - skip) as u16, y: area.y });
        }
    }
}

/// What is left of a text when its first cells are not shown.
fn after_cells(text: &str, cells: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        if used >= cells {
            return &text[at..];
        }
        used += text::width(c.encode_utf8(&mut [0; 4]));
    }
    if cells == 0 { text } else { "" }
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

    #[test]
    fn editing_actions_edit_and_others_do_not() {
        let mut line = Line::new("call the sister");
        assert!(line.act(Action::DeleteWordBack));
        assert_eq!(line.value(), "call the ");
        assert!(!line.act(Action::Open));
    }

    #[test]
    fn what_was_typed_is_not_in_debug() {
        assert!(!format!("{:?}", Line::new("Rivera")).contains("Rivera"));
    }
}
