//! How a question looks: what there is to read, what was said, and what is asked, in a window or on a screen of its own.

use super::{Face, Question, Said, WAIT};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::form::Form;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 72;
/// Rows of the sentence that fields make.
const SENTENCE: u16 = 2;
/// Of a question of yes or no: it has little to say.
const NARROW: u16 = 64;

/// The parts of the window.
pub(super) struct Layout {
    /// Around it, where it lies over a screen.
    window: Option<Rect>,
    lines: Rect,
    said: Rect,
    pub(super) body: Rect,
}

impl Question {
    fn width(&self) -> u16 {
        match &self.face {
            Face::Form(..) => WIDTH,
            Face::List(choices, _) | Face::Field(choices, _) => choices.width(),
            Face::Yes(..) => NARROW,
        }
    }

    /// Rows of what is asked, all of them and those it cannot do without.
    fn rows(&self) -> (u16, u16) {
        match &self.face {
            Face::Form(form, _) => (form.height() + self.sentence_rows(), 3),
            Face::List(choices, _) | Face::Field(choices, _) => (choices.height(), 4),
            Face::Yes(..) => (1, 1),
        }
    }

    fn said(&self, cells: usize) -> Vec<String> {
        let said = match &self.said {
            None => return Vec::new(),
            Some(Said::Wait) => WAIT,
            Some(Said::Wrong(why)) => why,
        };
        window::wrapped(&[said.to_owned()], cells)
    }

    /// Columns of what there is to read.
    fn cells(&self, area: Rect) -> usize {
        usize::from(if self.on_a_screen {
            area.width
        } else {
            self.width().min(area.width).saturating_sub(4)
        })
    }

    /// Where everything is: what was said and what is asked stay in sight, what there is to read gives way.
    pub(super) fn layout(&self, area: Rect) -> Layout {
        let cells = self.cells(area);
        let lines = window::wrapped(&self.lines, cells).len() as u16;
        let said = self.said(cells).len() as u16;
        let (body, least) = self.rows();
        let gap = |rows: u16| rows + u16::from(rows > 0);
        let (window, inner) = if self.on_a_screen {
            // A line of air below the rule.
            (None, Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area })
        } else {
            let window = window::place(area, self.width(), gap(lines) + gap(said) + body);
            (Some(window), window::inner(window))
        };
        let read = gap(lines).min(inner.height.saturating_sub(gap(said) + least));
        let rows = |y: u16, height: u16| Rect { y: inner.y + y, height, ..inner }.intersection(inner);
        Layout {
            window,
            lines: rows(0, read),
            said: rows(read, said),
            body: rows(read + gap(said), inner.height.saturating_sub(read + gap(said))),
        }
    }

    /// Rows that the sentence of the fields may take, with a line of air above it.
    fn sentence_rows(&self) -> u16 {
        if self.reads.is_some() { SENTENCE + 1 } else { 0 }
    }

    /// The fields, and below them the sentence they make where there is room for it.
    fn draw_form(&self, form: &Form, frame: &mut Frame<'_>, body: Rect, cx: &Cx) {
        let rows = self.sentence_rows();
        let Some(reads) = self.reads.as_ref().filter(|_| body.height > rows + 3) else {
            return form.draw(frame, body, cx);
        };
        form.draw(frame, Rect { height: body.height - rows, ..body }, cx);
        let below = Rect { y: body.bottom() - SENTENCE, height: SENTENCE, ..body };
        let sentence = reads(form, cx);
        let sentence = if sentence.is_empty() { sentence } else { format!("Reads: {sentence}") };
        let style = cx.theme.style(Role::Dim);
        let lines = window::wrapped(&[sentence], usize::from(body.width));
        window::lines(frame, below, lines.into_iter().map(|line| Line::styled(line, style)).collect());
    }

    /// Draws it over the screen, or fills the area.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let Layout { window, lines, said, body } = self.layout(area);
        if let Some(window) = window {
            window::window_at(frame, window, cx, &self.title);
        }
        // On a screen of its own what stands above the fields is a warning.
        let role = if window.is_some() { Role::Normal } else { Role::Overdue };
        let cells = self.cells(area);
        let text = window::wrapped(&self.lines, cells).into_iter();
        window::lines(frame, lines, text.map(|line| Line::styled(line, cx.theme.style(role))).collect());
        let role = if matches!(self.said, Some(Said::Wrong(_))) { Role::Error } else { Role::Dim };
        let text = self.said(cells).into_iter().map(|line| Line::styled(line, cx.theme.style(role)));
        window::lines(frame, said, text.collect());
        match &self.face {
            Face::Form(form, _) => self.draw_form(form, frame, body, cx),
            Face::List(choices, _) | Face::Field(choices, _) => choices.draw(frame, body, cx),
            Face::Yes(yes, _) => frame.render_widget(agreeing(yes, cx), body),
        }
    }
}

/// The key that agrees, and the way back.
fn agreeing(yes: &str, cx: &Cx) -> Line<'static> {
    let now = cx.theme.style(Role::Now);
    Line::from(vec![
        Span::styled(cx.key(Action::Agree, Scope::Confirm), now),
        Span::raw(format!(" {yes}   ")),
        Span::styled("Esc", now),
        Span::raw(" go back"),
    ])
}
