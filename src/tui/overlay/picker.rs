//! Something to choose from a list that letters narrow: one thing, or several.

use super::{Given, Outcome, Then, draw};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::rule;
use crate::tui::widgets::line::Line as Typed;
use crate::tui::widgets::table::number;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// One thing to choose.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// What the answer says.
    pub key: String,
    /// What is shown.
    pub label: String,
    /// Dim, behind it.
    pub detail: String,
    /// Not shown; letters find it by these words too.
    pub also: String,
    /// Chosen already (lists of several only).
    pub marked: bool,
    /// Shown whole below the list while it is highlighted.
    pub preview: String,
}

impl Item {
    /// A thing to choose.
    pub fn new(key: impl Into<String>, label: impl Into<String>, detail: impl Into<String>) -> Self {
        let (key, label, detail) = (key.into(), label.into(), detail.into());
        Self { key, label, detail, ..Self::default() }
    }

    /// A person, by what lists call them; behind the veil letters find them by their name all the same.
    pub fn person(key: impl Into<String>, name: &str, detail: impl Into<String>, cx: &Cx) -> Self {
        Self { also: name.to_owned(), ..Self::new(key, cx.listed(name), detail) }
    }

    /// With a text that is shown whole below the list while it is highlighted.
    #[must_use]
    pub fn preview(mut self, text: &str) -> Self {
        text.clone_into(&mut self.preview);
        self
    }
}

/// A list to choose from, and what then.
#[derive(Debug)]
pub struct Picker {
    /// In a few words.
    pub title: String,
    /// All there is.
    pub items: Vec<Item>,
    /// Several may be chosen: Right marks, Left takes the mark away.
    pub several: bool,
    /// What then.
    pub then: Then,
    filter: Typed,
    cursor: Cursor,
    /// A digit goes to the item of that key.
    numbered: bool,
}

const WIDTH: u16 = 64;
/// Of a list with previews: wider, since prose is read there.
const WIDE: u16 = 76;
/// Rows of a preview.
const PREVIEW: u16 = 7;

impl Picker {
    /// A list to choose one thing from.
    pub fn one(title: &str, items: Vec<Item>, then: Then) -> Self {
        Self {
            title: title.to_owned(),
            items,
            several: false,
            then,
            filter: Typed::default(),
            cursor: Cursor::default(),
            numbered: false,
        }
    }

    /// Where a digit goes to the item whose key it is, and narrows nothing: lists of things that people call by number.
    #[must_use]
    pub fn numbered(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// A list to choose several things from; those marked are chosen already.
    pub fn several(title: &str, items: Vec<Item>, then: Then) -> Self {
        Self { several: true, ..Self::one(title, items, then) }
    }

    /// With the highlight on this key.
    #[must_use]
    pub fn at(mut self, key: &str) -> Self {
        self.cursor.at = self.items.iter().position(|item| item.key == key).unwrap_or(0);
        self
    }

    pub(super) fn scopes(&self) -> Vec<Scope> {
        if self.filter.is_empty() { vec![Scope::List] } else { vec![Scope::Find, Scope::List] }
    }

    /// How many items the filter leaves.
    pub(super) fn lines(&self) -> usize {
        self.shown().len()
    }

    /// Indices of the items that the filter leaves.
    fn shown(&self) -> Vec<usize> {
        let wanted = self.filter.value().to_lowercase();
        let fits = |item: &Item| {
            let all = format!("{} {} {}", item.label, item.detail, item.also).to_lowercase();
            wanted.split_whitespace().all(|word| all.contains(word))
        };
        (0..self.items.len()).filter(|at| fits(&self.items[*at])).collect()
    }

    pub(super) fn text(&mut self, typed: &str) {
        if self.numbered
            && self.filter.is_empty()
            && let Some(at) = self.items.iter().position(|item| item.key == typed)
        {
            self.cursor.at = at;
            return;
        }
        self.filter.insert(typed);
        self.cursor = Cursor::default();
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        let shown = self.shown();
        if self.cursor.act(action, shown.len(), cx.page()) {
            return Outcome::Stay;
        }
        let here = shown.get(self.cursor.at).copied();
        match (action, here) {
            (Action::Unfold | Action::Fold, Some(at)) if self.several => {
                self.items[at].marked = action == Action::Unfold;
                Outcome::Stay
            }
            (Action::Open | Action::Choose | Action::Submit, Some(at)) => self.give(at),
            _ => {
                self.filter.act(action);
                self.cursor.clamp(self.shown().len());
                Outcome::Stay
            }
        }
    }

    fn give(&self, at: usize) -> Outcome {
        let marked: Vec<String> = self
            .items
            .iter()
            .filter(|item| self.several && item.marked)
            .map(|item| item.key.clone())
            .collect();
        let keys = if marked.is_empty() { vec![self.items[at].key.clone()] } else { marked };
        Outcome::Give(Given::Picked(keys))
    }

    /// Rows below the list: a rule and the preview, where any item has one.
    fn below(&self) -> u16 {
        if self.items.iter().any(|item| !item.preview.is_empty()) { PREVIEW + 1 } else { 0 }
    }

    fn frame(&self, area: Rect) -> Rect {
        let below = self.below();
        let width = if below > 0 { WIDE } else { WIDTH };
        draw::place(area, width, self.items.len() as u16 + 2 + below)
    }

    fn rows(&self, inner: Rect) -> Rect {
        let height = inner.height.saturating_sub(1 + self.below());
        Rect { y: inner.y + 1, height, ..inner }
    }

    pub(super) fn click(&mut self, at: Position, area: Rect, _cx: &Cx) -> Outcome {
        let rows = self.rows(draw::inner(self.frame(area)));
        let shown = self.shown();
        let window = self.cursor.window(shown.len(), usize::from(rows.height));
        if !rows.contains(at) || usize::from(at.y - rows.y) >= window.len() {
            return Outcome::Stay;
        }
        let clicked = window.start + usize::from(at.y - rows.y);
        if self.cursor.at == clicked && !self.several {
            return self.give(shown[clicked]);
        }
        self.cursor.at = clicked;
        Outcome::Stay
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let inner = draw::window_at(frame, self.frame(area), cx, &self.title);
        let hint = match (self.filter.is_empty(), self.several) {
            (true, true) => "Right marks, Left unmarks, Enter takes what is marked",
            (true, false) => "letters narrow the list, Enter chooses",
            (false, _) => "",
        };
        if self.filter.is_empty() {
            frame.render_widget(Span::styled(hint, cx.theme.style(Role::Dim)), Rect { height: 1, ..inner });
        } else {
            self.filter.draw(frame, Rect { height: 1, ..inner }, true, cx);
        }
        let rows = self.rows(inner);
        let shown = self.shown();
        let window = self.cursor.window(shown.len(), usize::from(rows.height));
        let lines = shown[window.clone()].iter().enumerate().map(|(n, at)| {
            let item = &self.items[*at];
            let mark = match (self.several, item.marked) {
                (true, true) => "[x] ",
                (true, false) => "[ ] ",
                _ => "",
            };
            let number = number(window.start + n, cx).unwrap_or_default();
            let label = format!("{number}{mark}{}", text::line(&item.label));
            draw::row(&label, &item.detail, usize::from(rows.width), window.start + n == self.cursor.at, cx)
        });
        let lines: Vec<Line<'_>> = lines.collect();
        draw::lines(frame, rows, if lines.is_empty() { vec![Line::from("Nothing fits.")] } else { lines });
        if let Some(here) = shown.get(self.cursor.at).filter(|_| self.below() > 0) {
            let below = Rect { y: rows.bottom(), height: inner.bottom() - rows.bottom(), ..inner };
            preview(&self.items[*here].preview, frame, below, cx);
        }
    }
}

/// A rule, and a text below it, cut where the room ends.
fn preview(text: &str, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    frame.render_widget(rule(area.width, cx), Rect { height: 1.min(area.height), ..area });
    let room = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }.intersection(area);
    let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut rows = draw::wrapped(&paragraphs, usize::from(room.width));
    if rows.len() > usize::from(room.height) {
        rows.truncate(usize::from(room.height));
        if let Some(last) = rows.last_mut() {
            let cells = usize::from(room.width).saturating_sub(1);
            *last = format!("{}{}", text::cut(last, cells, ""), cx.theme.glyphs.ellipsis);
        }
    }
    draw::lines(frame, room, rows.into_iter().map(Line::from).collect());
}
