//! Something to fill in: one field or several, with an answer that is checked before it is given.

use super::{Given, Outcome, Then, draw};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::widgets::form::{Form, FormStep};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

/// A form in a window, and what then.
#[derive(Debug)]
pub struct Prompt {
    /// In a few words.
    pub title: String,
    /// What should be read before answering.
    pub lines: Vec<String>,
    /// The fields.
    pub form: Form,
    /// What then.
    pub then: Then,
}

const WIDTH: u16 = 72;
/// Before the reason of a refusal.
const NOT_DONE: &str = "Not done: ";

impl Prompt {
    pub(super) fn scopes(&self) -> Vec<Scope> {
        if self.form.is_typing() { vec![Scope::Prompt] } else { vec![Scope::Form, Scope::Prompt] }
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        // Ctrl-S saves from wherever one is; Enter walks on through the fields.
        let step = if action == Action::SaveNow { FormStep::Submit } else { self.form.act(action, cx) };
        match step {
            FormStep::Nothing => Outcome::Stay,
            FormStep::Over(overlay) => Outcome::With(vec![Step::Over(*overlay)]),
            FormStep::Submit => match self.form.check(cx) {
                Ok(()) => Outcome::Give(Given::Filled(Box::new(std::mem::take(&mut self.form)))),
                Err(why) => Outcome::With(vec![Step::Warn(why)]),
            },
            FormStep::Cancel => Outcome::Close,
        }
    }

    /// What it asked was refused: says why, above the fields.
    pub fn refused(&mut self, fault: &Fault) {
        self.lines.retain(|line| !line.starts_with(NOT_DONE));
        self.lines.push(format!("{NOT_DONE}{fault}"));
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let lines = draw::wrapped(&self.lines, usize::from(WIDTH - 4));
        let gap = u16::from(!lines.is_empty());
        let fields = self.form.height();
        let inner = draw::window(frame, area, cx, &self.title, WIDTH, lines.len() as u16 + gap + fields);
        let above = (lines.len() as u16 + gap).min(inner.height);
        draw::lines(frame, Rect { height: above, ..inner }, lines.into_iter().map(Line::from).collect());
        let rest = Rect { y: inner.y + above, height: inner.height - above, ..inner };
        self.form.draw(frame, rest, cx);
    }
}
