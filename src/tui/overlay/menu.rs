//! What can be done here (Ctrl-K). A letter moves the highlight, Enter runs: no act runs from a letter.

use super::Outcome;
use crate::tui::action::{self, Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// The acts of a place.
#[derive(Debug)]
pub struct Menu {
    acts: Vec<Action>,
    scopes: Vec<Scope>,
    cursor: Cursor,
    /// A letter was typed that no line has: Enter runs nothing until the highlight moves.
    missed: bool,
}

const WIDTH: u16 = 62;

impl Menu {
    /// The menu of these scopes, innermost first: the acts that have something to act on just now.
    pub fn of(scopes: Vec<Scope>, offered: impl Fn(Action) -> bool) -> Self {
        let acts = action::menu_of(&scopes).into_iter().filter(|action| offered(*action)).collect();
        Self { acts, scopes, cursor: Cursor::default(), missed: false }
    }

    pub(super) fn act(&mut self, action: Action) -> Outcome {
        if self.cursor.act(action, self.acts.len(), 8) {
            self.missed = false;
            return Outcome::Stay;
        }
        match (action, self.acts.get(self.cursor.at).filter(|_| !self.missed)) {
            (Action::Open | Action::Choose | Action::Submit, Some(act)) => {
                Outcome::Take(vec![Step::Run(*act)])
            }
            _ => Outcome::Stay,
        }
    }

    /// A letter goes to the next act that carries it, or whose line begins with it. Closing the program is chosen by its
    /// own line only, never by a letter that was meant for something else.
    pub(super) fn text(&mut self, typed: &str) {
        let Some(letter) = typed.chars().next() else { return };
        let carries = |act: &Action| act.menu() == action::Menu::Letter(letter);
        let begins = |act: &Action| {
            *act != Action::Quit && act.help().to_lowercase().starts_with(letter.to_ascii_lowercase())
        };
        let after = self.cursor.at + 1;
        let next = |fits: &dyn Fn(&Action) -> bool| {
            let round = (after..self.acts.len()).chain(0..after.min(self.acts.len()));
            round.into_iter().find(|at| fits(&self.acts[*at]))
        };
        let found = next(&carries).or_else(|| next(&begins));
        self.missed = found.is_none();
        self.cursor.at = found.unwrap_or(self.cursor.at);
    }

    fn frame(&self, area: Rect) -> Rect {
        window::place(area, WIDTH, self.acts.len() as u16)
    }

    pub(super) fn click(&mut self, at: Position, area: Rect) -> Outcome {
        let rows = window::inner(self.frame(area));
        let window = self.cursor.window(self.acts.len(), usize::from(rows.height));
        if !rows.contains(at) || usize::from(at.y - rows.y) >= window.len() {
            return Outcome::Stay;
        }
        let clicked = window.start + usize::from(at.y - rows.y);
        if clicked == self.cursor.at {
            return Outcome::Take(vec![Step::Run(self.acts[clicked])]);
        }
        self.cursor.at = clicked;
        Outcome::Stay
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let inner = window::window_at(frame, self.frame(area), cx, "What can be done here");
        let window = self.cursor.window(self.acts.len(), usize::from(inner.height));
        let lines = self.acts[window.clone()].iter().enumerate().map(|(n, act)| {
            let letter = match act.menu() {
                action::Menu::Letter(letter) => letter,
                _ => ' ',
            };
            let key = cx.keymap.keys_for(*act, &self.scopes).into_iter().next().unwrap_or_default();
            let label = format!("{letter}  {}", act.help());
            window::row(
                &label,
                &key,
                usize::from(inner.width),
                !self.missed && window.start + n == self.cursor.at,
                cx,
            )
        });
        window::lines(frame, inner, lines.collect());
    }
}
