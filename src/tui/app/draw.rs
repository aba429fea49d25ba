//! The frame: header, content, message, hints, overlays, and what can follow a prefix.

use super::App;
use crate::tui::action::{Scope, Typing};
use crate::tui::facts::{ABOVE, BELOW};
use crate::tui::keymap::Lookup;
use crate::tui::overlay::Overlay;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame as parts;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use std::borrow::Cow;

impl App {
    /// Draws everything. Changes nothing: what is seen follows from the state alone.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        if area.width < parts::SMALLEST.0 || area.height < parts::SMALLEST.1 {
            parts::too_small(frame, area);
            return;
        }
        let screen = self.screens.top();
        screen.header(&self.cx).draw(frame, area, &self.cx);
        let content = Rect { y: area.y + ABOVE, height: area.height - ABOVE - BELOW, ..area };
        screen.draw(frame, content, &self.cx);
        self.message_line(frame, Rect { y: content.bottom(), height: 1, ..area });
        let scopes = self.scopes();
        let offers = |action| !self.sitting.overlays.is_empty() || screen.offers(action, &self.cx);
        parts::hints(frame, area, &scopes, letters(&scopes), &offers, self.saves().as_deref(), &self.cx);
        for over in &self.sitting.overlays {
            over.overlay.draw(frame, area, &self.cx);
        }
        self.which_key(frame, area);
        harmless(frame.buffer_mut(), self.cx.theme.glyphs.ascii);
    }

    /// Whether a cursor belongs on the screen: what lies over a text hides that of the text.
    pub fn has_cursor(&self) -> bool {
        self.sitting.overlays.last().is_none_or(|over| over.overlay.has_cursor())
    }

    /// What saving is called in the prompt on top: `find`, `arrange it`.
    fn saves(&self) -> Option<String> {
        match &self.sitting.overlays.last()?.overlay {
            Overlay::Question(question) => question.done_word().map(str::to_lowercase),
            _ => None,
        }
    }

    fn message_line(&self, frame: &mut Frame<'_>, area: Rect) {
        let held = self.adrift_words();
        let (said, role) = match (&self.sitting.said, &held) {
            // Nothing is louder than a draft that is not on disk.
            (_, Some(words)) => (words, Role::Error),
            (Some(said), None) => (&said.text, if said.error { Role::Error } else { Role::Success }),
            (None, None) => return,
        };
        let line = text::line(said);
        let line = text::cut(&line, usize::from(area.width).saturating_sub(2), self.cx.theme.glyphs.ellipsis);
        frame.render_widget(Span::styled(format!(" {line}"), self.cx.theme.style(role)), area);
    }

    /// What can follow the keys pressed so far.
    fn which_key(&self, frame: &mut Frame<'_>, area: Rect) {
        if self.sitting.pending.is_empty() {
            return;
        }
        let Lookup::Prefix(next) = self.cx.keymap.lookup(&self.scopes(), &self.sitting.pending) else {
            return;
        };
        if next.is_empty() {
            return;
        }
        let so_far: Vec<String> = self.sitting.pending.iter().map(|press| press.label()).collect();
        let title = format!("{} and then", so_far.join(" "));
        let inner = window::window(frame, area, &self.cx, &title, 60, next.len() as u16);
        let lines = next.iter().map(|(press, help)| {
            let key = text::left(&press.label(), 10, "");
            Line::from(vec![Span::styled(key, self.cx.theme.style(Role::Key)), Span::raw(format!(" {help}"))])
        });
        window::lines(frame, inner, lines.collect());
    }
}

/// What letters do where they are no keys; nothing to say while text is typed.
fn letters(scopes: &[Scope]) -> Option<&'static str> {
    let scope = *scopes.first()?;
    match scope {
        Scope::Menu => Some("move"),
        Scope::Help => None,
        _ if scope.typing() == Typing::Seek => Some("find"),
        _ => None,
    }
}

/// The last gate before the terminal: no cell carries anything that could steer it, or in ASCII anything beyond it.
fn harmless(buffer: &mut Buffer, ascii: bool) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() && cell.symbol().len() == 1 {
            continue;
        }
        let safe = text::safe(cell.symbol());
        let shown = if ascii {
            let stand_in = text::ascii(&safe);
            stand_in.chars().next().map_or(' ', text::base_letter).to_string()
        } else if matches!(safe, Cow::Borrowed(_)) && !safe.is_empty() {
            continue;
        } else {
            safe.into_owned()
        };
        cell.set_symbol(if shown.is_empty() { " " } else { &shown });
    }
}
