//! A question of yes or no. The key that agrees is never the key that asked.

use super::{Given, Outcome, Then, draw};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// A question, what agreeing does, and what then.
#[derive(Debug)]
pub struct Confirm {
    /// In a few words, over the question.
    pub title: String,
    /// The question and what it is about, a line each.
    pub lines: Vec<String>,
    /// What agreeing does: `delete the draft`.
    pub yes: String,
    /// What then.
    pub then: Then,
}

impl Confirm {
    pub(super) fn act(action: Action) -> Outcome {
        match action {
            Action::Agree => Outcome::Give(Given::Yes),
            Action::Cancel => Outcome::Close,
            _ => Outcome::Stay,
        }
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let key = cx.keymap.keys_for(Action::Agree, &[Scope::Confirm]).into_iter().next().unwrap_or_default();
        let inner =
            draw::window(frame, area, cx, &self.title, 64, draw::wrapped(&self.lines, 60).len() as u16 + 2);
        let mut lines: Vec<Line<'_>> =
            draw::wrapped(&self.lines, usize::from(inner.width)).into_iter().map(Line::from).collect();
        lines.push(Line::default());
        lines.push(Line::from(vec![
            Span::styled(key, cx.theme.style(Role::Now)),
            Span::raw(format!(" {}   ", self.yes)),
            Span::styled("Esc", cx.theme.style(Role::Now)),
            Span::raw(" go back"),
        ]));
        draw::lines(frame, inner, lines);
    }
}
