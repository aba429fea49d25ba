//! The frame: header, content, message, hints, overlays, and what can follow a prefix.

use super::App;
use crate::tui::action::{Scope, Typing};
use crate::tui::facts::too_small;
use crate::tui::keymap::Lookup;
use crate::tui::overlay::Overlay;
use crate::tui::screen::Filled;
use crate::tui::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::frame as parts;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::text::{Line, Span};
use std::borrow::Cow;

/// Lines that what is said may take from the screen.
const MOST_SAID: u16 = 3;

impl App {
    /// Draws everything. Changes nothing: what is seen follows from the state alone.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        if too_small(frame.area().as_size()) {
            self.draw_too_small(frame);
        } else {
            self.draw_screen(frame);
        }
        finished(frame, &self.cx.theme);
    }

    /// What works in a terminal that nothing fits into.
    fn draw_too_small(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        match self.sitting.overlays.last() {
            Some(over) if matches!(over.overlay, Overlay::Help(_)) => {
                over.overlay.draw(frame, area, &self.cx);
            }
            _ => parts::too_small(frame, area, &self.scopes(), self.said().is_some(), &self.cx),
        }
    }

    fn draw_screen(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let screen = self.screens.top();
        screen.header(&self.cx).draw(frame, area, &self.cx);
        let content = self.cx.content_of(area);
        screen.draw(frame, content, &self.cx);
        self.message_line(frame, Rect { y: content.bottom(), height: self.cx.said_rows, ..area });
        let scopes = self.scopes();
        let offers = |action| match self.sitting.overlays.last() {
            Some(over) => over.overlay.offers(action),
            None => screen.offers(action, &self.cx),
        };
        let (saves, below, enter_saves) = self.saves();
        let back = screen.leaves(&self.cx).filter(|_| self.sitting.overlays.is_empty());
        let (letters, saves, below) = (letters(&scopes), saves.as_deref(), below.as_deref());
        let words = parts::HintWords { letters, saves, enter_saves, below, back };
        parts::hints(frame, area, &scopes, words, &offers, &self.cx);
        // The window on top alone: two frames over each other can be read as neither.
        if let Some(over) = self.sitting.overlays.last() {
            over.overlay.draw(frame, area, &self.cx);
        }
        self.which_key(frame, area);
    }

    /// Whether a cursor belongs on the screen: what lies over a text hides that of the text.
    pub fn has_cursor(&self) -> bool {
        self.sitting.overlays.last().is_none_or(|over| over.overlay.has_cursor())
    }

    /// What saving is called in the prompt on top (`find`, `arrange it`), what saving and adding below is called, and whether
    /// Enter saves where one is.
    fn saves(&self) -> (Option<String>, Option<String>, bool) {
        match self.sitting.overlays.last().map(|over| &over.overlay) {
            Some(Overlay::Question(question)) => {
                let word = question.done_word().map(str::to_lowercase);
                (word, question.below_word(), question.enter_saves())
            }
            Some(_) => (None, None, false),
            None => {
                let word = self.screens.top().filled().and_then(Filled::done_word).map(str::to_lowercase);
                let saves = word.is_some();
                (word, None, saves)
            }
        }
    }

    /// What is said, and how.
    fn said(&self) -> Option<(Cow<'_, str>, Role)> {
        if let Some(words) = self.adrift_words() {
            // Nothing is louder than a draft that is not on disk.
            return Some((Cow::Owned(words), Role::Error));
        }
        let said = self.sitting.said.as_ref()?;
        Some((Cow::Borrowed(&said.text), if said.error { Role::Error } else { Role::Success }))
    }

    /// The lines of what is said, in a terminal of this width.
    fn said_lines(&self) -> Vec<String> {
        let cells = usize::from(self.cx.size.width).saturating_sub(2);
        self.said().map_or_else(Vec::new, |(words, _)| window::wrapped(&[words.into_owned()], cells))
    }

    /// Gives what is said the lines it takes. What is longer than that opens as a window, to be read whole.
    pub(super) fn make_room_for_words(&mut self) {
        let lines = self.said_lines().len() as u16;
        if lines > MOST_SAID
            && self.adrift_words().is_none()
            && let Some(said) = self.sitting.said.take()
        {
            self.show("What happened", vec![said.text]);
        }
        self.cx.said_rows = (self.said_lines().len() as u16).clamp(1, MOST_SAID);
    }

    fn message_line(&self, frame: &mut Frame<'_>, area: Rect) {
        let Some((_, role)) = self.said() else { return };
        let style = self.cx.theme.style(role);
        let lines = self.said_lines().into_iter().map(|line| Line::styled(format!(" {line}"), style));
        window::lines(frame, area, lines.collect());
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

/// The last gate before the terminal: every frame goes through it.
pub(in crate::tui) fn finished(frame: &mut Frame<'_>, theme: &Theme) {
    paint(frame.buffer_mut(), theme);
    harmless(frame.buffer_mut(), theme.glyphs.ascii);
}

/// What letters do where they are no keys; nothing to say while text is typed.
fn letters(scopes: &[Scope]) -> Option<&'static str> {
    let scope = *scopes.first()?;
    match scope {
        Scope::Menu => Some("move"),
        Scope::Help => None,
        Scope::Today | Scope::Due => Some("find a person"),
        _ if scope.typing() == Typing::Seek => Some("find"),
        _ => None,
    }
}

/// Gives every cell without a colour of its own the ground of the theme.
fn paint(buffer: &mut Buffer, theme: &Theme) {
    let Some((ink, paper)) = theme.ground() else { return };
    for cell in &mut buffer.content {
        if cell.bg == Color::Reset {
            cell.bg = paper;
        }
        if cell.fg == Color::Reset {
            cell.fg = ink;
        }
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
