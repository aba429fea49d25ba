//! How a question looks: what there is to read, what was said, and what is asked, in a window or on its own screen.

use super::{ASLEEP, About, Face, Question, Said, WAIT};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::form::Form;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const WIDTH: u16 = 72;
/// Of fields where the screen is wide: sentences are typed there.
const WIDE: u16 = 100;
/// Cells that stay free on both sides of a wide one.
const ASIDE: u16 = 8;
/// Widest line of prose.
const PROSE: usize = 76;
/// Of a question of yes or no: it has little to say.
const NARROW: u16 = 64;

/// The parts of the window.
pub(super) struct Layout {
    /// Around it, where it lies over a screen.
    window: Option<Rect>,
    pub(super) lines: Rect,
    said: Rect,
    pub(super) body: Rect,
}

/// Columns of a window with fields on a screen of so many, and of what is in it.
fn form_width(screen: u16) -> u16 {
    screen.saturating_sub(ASIDE).clamp(WIDTH, WIDE)
}

pub(super) fn form_cells(screen: u16) -> usize {
    usize::from(form_width(screen).min(screen).saturating_sub(4))
}

impl Question {
    fn width(&self, area: Rect) -> u16 {
        match &self.face {
            Face::Form(..) => form_width(area.width),
            Face::List(choices, _) | Face::Field(choices, _) => choices.width(),
            Face::Yes(..) => NARROW,
        }
    }

    /// Rows of what is asked in so many cells, all of them and those it cannot do without.
    fn rows(&self, cells: u16) -> (u16, u16) {
        match &self.face {
            Face::Form(form, _) => (form.height(cells) + self.sentence_rows(), 4),
            Face::List(choices, _) | Face::Field(choices, _) => (choices.height(), 4),
            Face::Yes(..) => (1, 1),
        }
    }

    /// What is said inside. Where it is about a field it goes when the field is changed; its rows stay, so that nothing moves
    /// under what is typed.
    fn said(&self, cells: usize) -> Vec<String> {
        let said = match &self.said {
            None => return Vec::new(),
            Some(Said::Wait) => WAIT,
            Some(Said::Asleep) => ASLEEP,
            Some(Said::Wrong { why, .. }) => why,
        };
        window::wrapped(&[said.to_owned()], cells)
    }

    /// What is still to be said of it.
    fn still_said(&self, cells: usize) -> Vec<String> {
        let Some(form) = self.filled() else { return self.said(cells) };
        match &self.said {
            Some(Said::Wrong { about: About::Missing, .. }) => {
                window::wrapped(&[form.missing_before()], cells)
            }
            Some(Said::Wrong { about: About::All(held), .. }) if form.all_held() != *held => Vec::new(),
            Some(Said::Wrong { about: About::Field(id, held), .. })
                if form.field(id).is_some_and(|field| field.held() != *held) =>
            {
                Vec::new()
            }
            _ => self.said(cells),
        }
    }

    /// Columns of what there is to read.
    pub(super) fn prose(&self, area: Rect) -> usize {
        self.cells(area).min(PROSE)
    }

    /// Columns of what is asked.
    fn cells(&self, area: Rect) -> usize {
        usize::from(if self.on_a_screen {
            area.width
        } else {
            self.width(area).min(area.width).saturating_sub(4)
        })
    }

    /// Where everything is: what was said and what is asked stay in sight, what there is to read gives way.
    pub(super) fn layout(&self, area: Rect) -> Layout {
        let cells = self.prose(area);
        let lines = window::wrapped(&self.lines, cells).len() as u16;
        let said = self.said(cells).len() as u16;
        let (body, least) = self.rows(self.cells(area) as u16);
        let gap = |rows: u16| rows + u16::from(rows > 0);
        let (window, inner) = if self.on_a_screen {
            // A line of air below the rule.
            (None, Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area })
        } else {
            let window = window::place(area, self.width(area), gap(lines) + gap(said) + body);
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
        self.reads.as_ref().map_or(0, |reads| reads.rows + 1)
    }

    /// The part of the body that the fields have: what the sentence below them leaves, where there is one and room for both.
    pub(super) fn fields_of(&self, form: &Form, body: Rect, cx: &Cx) -> Rect {
        let rows = self.sentence_rows();
        let short = body.height < form.height(body.width) + rows;
        let is_silent = || self.reads.as_ref().is_none_or(|reads| (reads.sentence)(form, cx).is_empty());
        let rows = if body.height < rows + 5 || (short && is_silent()) { 0 } else { rows };
        Rect { height: body.height - rows, ..body }
    }

    /// The fields, and below them the sentence they make where there is room for it.
    fn draw_form(&self, form: &Form, frame: &mut Frame<'_>, body: Rect, cx: &Cx) {
        let Some(reads) = self.reads.as_ref() else { return form.draw(frame, body, cx) };
        let fields = self.fields_of(form, body, cx);
        form.draw(frame, fields, cx);
        let sentence = (reads.sentence)(form, cx);
        if sentence.is_empty() || fields.height == body.height {
            return;
        }
        let sentence = format!("{}{sentence}", reads.before);
        let below = Rect { y: body.bottom() - reads.rows, height: reads.rows, ..body };
        let style = cx.theme.style(Role::Dim);
        let mut lines = window::wrapped(&[sentence], usize::from(body.width));
        if lines.len() > usize::from(reads.rows) {
            lines.truncate(usize::from(reads.rows));
            lines.iter_mut().last().into_iter().for_each(|line| line.push_str(cx.theme.glyphs.ellipsis));
        }
        window::lines(frame, below, lines.into_iter().map(|line| Line::styled(line, style)).collect());
    }

    /// Draws it over the screen, or fills the area.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let Layout { window, lines, said, body } = self.layout(area);
        if let Some(window) = window {
            window::window_at(frame, window, cx, &self.title);
        }
        // On its own screen what is above the fields is a warning.
        let role = if window.is_some() { Role::Normal } else { Role::Overdue };
        let cells = self.prose(area);
        let text = window::wrapped(&self.lines, cells);
        let (top, end) = self.in_sight(text.len(), usize::from(lines.height));
        let sign = (end - top < text.len() && lines.height > 0).then(|| more(top, text.len() - end, cx));
        let text = text.into_iter().take(end).skip(top).chain(sign);
        window::lines(frame, lines, text.map(|line| Line::styled(line, cx.theme.style(role))).collect());
        let role = if matches!(self.said, Some(Said::Wrong { .. } | Said::Asleep)) {
            Role::Error
        } else {
            Role::Dim
        };
        let text = self.still_said(cells).into_iter().map(|line| Line::styled(line, cx.theme.style(role)));
        window::lines(frame, said, text.collect());
        match &self.face {
            Face::Form(form, _) => self.draw_form(form, frame, body, cx),
            Face::List(choices, _) | Face::Field(choices, _) => choices.draw(frame, body, cx),
            Face::Yes(yes, _) => frame.render_widget(agreeing(yes, cx), body),
        }
    }
}

/// How much there is to read below what is in sight, else above it, and the key that goes there.
fn more(above: usize, below: usize, cx: &Cx) -> String {
    let (glyphs, on) = (&cx.theme.glyphs, below > 0);
    let (sign, many) = if on { (glyphs.below, below) } else { (glyphs.above, above) };
    let key = cx.key(if on { Action::PageDown } else { Action::PageUp }, Scope::Prompt);
    let lines = if many == 1 { "line" } else { "lines" };
    if on {
        format!("{sign} {many} more {lines}: {key} reads on")
    } else {
        format!("{sign} {many} {lines} above: {key}")
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
