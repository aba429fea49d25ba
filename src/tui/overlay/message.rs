//! Something to read: a fault, the Help-now text, what should be known at sign-in.

use super::Outcome;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A text with a title.
#[derive(Debug)]
pub struct Message {
    /// In a few words.
    pub title: String,
    /// Paragraphs.
    pub lines: Vec<String>,
    /// First line in sight.
    pub top: Cursor,
    /// It stands where a window to type in was expected: what is typed goes nowhere, and runs nothing.
    pub deaf: bool,
}

const WIDTH: u16 = 70;

impl Message {
    /// A message of these paragraphs.
    pub fn new(title: &str, lines: Vec<String>) -> Self {
        Self { title: title.to_owned(), lines, top: Cursor::default(), deaf: false }
    }

    /// A message in the place of a prompt: people type on without looking.
    pub fn instead_of_a_prompt(title: &str, lines: Vec<String>) -> Self {
        Self { deaf: true, ..Self::new(title, lines) }
    }

    pub(super) fn scopes(&self) -> Vec<Scope> {
        if self.deaf { vec![Scope::FieldText, Scope::Message] } else { vec![Scope::Message] }
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        if matches!(action, Action::Open | Action::Choose | Action::Submit) {
            return Outcome::Close;
        }
        let lines = window::wrapped(&self.lines, usize::from(WIDTH - 4)).len();
        let height = usize::from(cx.size.height.saturating_sub(6));
        self.top.act(action, lines.saturating_sub(height) + 1, cx.page());
        Outcome::Stay
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let lines = window::wrapped(&self.lines, usize::from(WIDTH - 4));
        let inner = window::window(frame, area, cx, &self.title, WIDTH, lines.len() as u16);
        window::lines(frame, inner, lines.into_iter().skip(self.top.at).map(Line::from).collect());
    }
}
