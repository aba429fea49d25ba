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

    /// The same with the keys filled in of the acts that its sentences name.
    #[must_use]
    pub fn keyed(mut self, cx: &Cx) -> Self {
        self.lines = self.lines.iter().map(|line| cx.keyed(line)).collect();
        self
    }

    pub(super) fn scopes(&self) -> Vec<Scope> {
        if self.deaf { vec![Scope::FieldText, Scope::Message] } else { vec![Scope::Message] }
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        if matches!(action, Action::Open | Action::Choose | Action::Submit) {
            return Outcome::Close;
        }
        let screen: Rect = cx.size.into();
        let lines = self.wrapped(screen).len();
        let area = window::inner(window::place(screen, WIDTH, lines as u16));
        self.top.act(action, window::places(lines, area), cx.page());
        Outcome::Stay
    }

    fn wrapped(&self, screen: Rect) -> Vec<String> {
        window::wrapped(&self.lines, usize::from(WIDTH.min(screen.width).saturating_sub(4)))
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let lines = self.wrapped(area);
        let inner = window::window(frame, area, cx, &self.title, WIDTH, lines.len() as u16);
        window::scrolled(frame, inner, lines.into_iter().map(Line::from).collect(), self.top.at, cx);
    }
}
