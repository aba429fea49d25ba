//! What can be done here (Ctrl-K). Letters narrow it as they narrow every list, and the act that carries the letter comes first; Enter
//! runs: no act runs from a letter.

use super::palette::Palette;
use super::{Outcome, Overlay};
use crate::tui::action::{self, Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::theme::Role;
use crate::tui::widgets::list::List;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The acts of a place.
#[derive(Debug)]
pub struct Menu {
    acts: Vec<Action>,
    scopes: Vec<Scope>,
    list: List,
}

const WIDTH: u16 = 62;
/// What is said where nothing on this page has what was typed.
const NOTHING_HERE: [&str; 2] =
    ["Nothing that can be done here has these words.", "Enter looks for them everywhere."];

impl Menu {
    /// The menu of these scopes, innermost first: the acts that have something to act on just now.
    pub fn of(scopes: Vec<Scope>, offered: impl Fn(Action) -> bool) -> Self {
        let acts = action::menu_of(&scopes).into_iter().filter(|action| offered(*action)).collect();
        Self { acts, scopes, list: List::default() }
    }

    /// Where its keys are read.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::Menu)
    }

    /// The acts that what was typed leaves, the one that carries it as its letter first. Closing the program is not among
    /// those that a letter or two find, which may have been meant for something else.
    fn shown(&self) -> Vec<Action> {
        let typed = self.list.typed();
        let fits = self.list.shown(texts(&self.acts));
        let mut acts: Vec<Action> = fits.into_iter().map(|at| self.acts[at]).collect();
        acts.retain(|act| *act != Action::Quit || typed.is_empty() || typed.chars().count() > 2);
        let mut letters = typed.chars();
        if let (Some(letter), None) = (letters.next(), letters.next())
            && let Some(carrier) = self.acts.iter().find(|act| act.menu() == action::Menu::Letter(letter))
        {
            acts.retain(|act| act != carrier);
            acts.insert(0, *carrier);
        }
        acts
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        let shown = self.shown();
        if shown.is_empty() && matches!(action, Action::Open | Action::Choose | Action::Submit) {
            let mut everywhere = Palette::over(self.scopes.clone(), cx);
            everywhere.text(self.list.typed(), cx);
            return Outcome::Take(vec![Step::Over(Overlay::Palette(everywhere))]);
        }
        if self.list.act(action, texts(&self.acts), 8) {
            return Outcome::Stay;
        }
        match (action, shown.get(self.list.cursor.at)) {
            (Action::Open | Action::Choose | Action::Submit, Some(act)) => {
                Outcome::Take(vec![Step::Run(*act)])
            }
            _ => Outcome::Stay,
        }
    }

    pub(super) fn text(&mut self, typed: &str) {
        self.list.text(typed);
    }

    fn frame(&self, area: Rect) -> Rect {
        window::place(area, WIDTH, self.acts.len() as u16 + 1)
    }

    /// The rows, below the line of what was typed.
    fn rows(&self, area: Rect) -> Rect {
        let inner = window::inner(self.frame(area));
        let below =
            Rect { y: inner.y + 1.min(inner.height), height: inner.height.saturating_sub(1), ..inner };
        window::list(below, self.shown().len())
    }

    pub(super) fn click(&mut self, at: Position, area: Rect) -> Outcome {
        let (rows, shown) = (self.rows(area), self.shown());
        let window = self.list.cursor.window(shown.len(), usize::from(rows.height));
        if !rows.contains(at) || usize::from(at.y - rows.y) >= window.len() {
            return Outcome::Stay;
        }
        let clicked = window.start + usize::from(at.y - rows.y);
        if self.list.clicked(clicked) {
            Outcome::Take(vec![Step::Run(shown[clicked])])
        } else {
            Outcome::Stay
        }
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let inner = window::window_at(frame, self.frame(area), cx, "What can be done here");
        let first = Rect { height: 1.min(inner.height), ..inner };
        if self.list.is_narrowed() {
            self.list.draw_typed(frame, first, cx);
        } else {
            let hint = "letters find, Enter runs";
            frame.render_widget(Span::styled(hint, cx.theme.style(Role::Dim)), first);
        }
        let (rows, shown) = (self.rows(area), self.shown());
        let window = self.list.cursor.window(shown.len(), usize::from(rows.height));
        window::sign(frame, rows, &window, shown.len(), cx);
        let lines = shown[window.clone()].iter().enumerate().map(|(n, act)| {
            let letter = match act.menu() {
                action::Menu::Letter(letter) => letter,
                _ => ' ',
            };
            let key = cx.keymap.keys_for(*act, &self.scopes).into_iter().next().unwrap_or_default();
            let label = format!("{letter}  {}", act.help());
            let here = window.start + n == self.list.cursor.at;
            window::row(&label, &key, usize::from(rows.width), here, cx)
        });
        let mut lines: Vec<Line<'_>> = lines.collect();
        if lines.is_empty() {
            lines.extend(NOTHING_HERE.map(Line::from));
        }
        window::lines(frame, rows, lines);
    }
}

/// What the acts are found by.
fn texts(acts: &[Action]) -> impl Iterator<Item = [&str; 3]> {
    acts.iter().map(|act| [act.help(), act.words(), ""])
}
