//! A list to choose from that letters narrow: one thing, or several.
//!
//! Owns the items, what was typed to narrow them, the highlight and the marks. What a choice means is the caller's.

use super::frame::rule;
use super::list::{List, NOTHING_MATCHES};
use super::table::number;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
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

    /// Words that are their own keys, as things to choose.
    pub fn words<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Vec<Self> {
        words.into_iter().map(|word| Self::new(word.as_ref(), word.as_ref(), "")).collect()
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

/// The list.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    items: Vec<Item>,
    several: bool,
    /// While nothing narrows it, its lines have numbers, and a digit chooses the line of that number.
    numbered: bool,
    list: List,
}

const WIDTH: u16 = 64;
/// Of a list with previews: wider, since prose is read there.
const WIDE: u16 = 76;
/// Rows of a preview.
const PREVIEW: u16 = 7;

impl Choices {
    /// A list to choose one thing from.
    pub fn one(items: Vec<Item>) -> Self {
        Self { items, ..Self::default() }
    }

    /// A list to choose several things from: Right marks, Left takes the mark away; those marked are chosen already.
    pub fn several(items: Vec<Item>) -> Self {
        Self { several: true, ..Self::one(items) }
    }

    /// With numbers before its lines where there are few and none of them begins with a digit.
    #[must_use]
    pub fn numbered(mut self) -> Self {
        let begins = |item: &Item| item.label.starts_with(|c: char| c.is_ascii_digit());
        self.numbered = (1..=9).contains(&self.items.len()) && !self.items.iter().any(begins);
        self
    }

    fn shows_numbers(&self) -> bool {
        self.numbered && !self.list.is_narrowed()
    }

    /// Puts the highlight on this key.
    pub fn highlight(&mut self, key: &str) {
        self.list.cursor.at = self.items.iter().position(|item| item.key == key).unwrap_or(0);
    }

    /// Where its keys are read.
    pub fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::List)
    }

    /// How many items the filter leaves.
    pub fn count(&self) -> usize {
        self.shown().len()
    }

    /// Indices of the items that the filter leaves: those in which a word begins with what was typed come first.
    fn shown(&self) -> Vec<usize> {
        self.list.shown(texts(&self.items))
    }

    /// Takes typed text: it narrows the list, or is the number of a line; says whether it chose.
    pub fn text(&mut self, typed: &str) -> bool {
        let digit = typed.parse::<usize>().ok().filter(|digit| (1..=self.items.len()).contains(digit));
        if let Some(digit) = digit.filter(|_| self.shows_numbers()) {
            self.list.cursor.at = digit - 1;
            return true;
        }
        self.list.text(typed);
        false
    }

    /// Does what a key asks; says whether it chose.
    pub fn act(&mut self, action: Action, cx: &Cx) -> bool {
        let shown = self.shown();
        if self.list.act(action, texts(&self.items), cx.page()) {
            return false;
        }
        let here = shown.get(self.list.cursor.at).copied();
        match (action, here) {
            (Action::Unfold | Action::Fold, Some(at)) if self.several => {
                self.items[at].marked = action == Action::Unfold;
            }
            (Action::Open | Action::Choose | Action::Submit, Some(_)) => return true,
            _ => {}
        }
        false
    }

    /// The keys of what is chosen: those that are marked, else the highlighted one.
    pub fn chosen(&self) -> Vec<String> {
        let marked = self.items.iter().filter(|item| self.several && item.marked);
        let marked: Vec<String> = marked.map(|item| item.key.clone()).collect();
        if !marked.is_empty() {
            return marked;
        }
        let here = self.shown().get(self.list.cursor.at).copied();
        here.map(|at| self.items[at].key.clone()).into_iter().collect()
    }

    /// Rows below the list: a rule and the preview, where any item has one.
    fn below(&self) -> u16 {
        if self.items.iter().any(|item| !item.preview.is_empty()) { PREVIEW + 1 } else { 0 }
    }

    /// Columns of the window it wants.
    pub fn width(&self) -> u16 {
        if self.below() > 0 { WIDE } else { WIDTH }
    }

    /// Rows it wants.
    pub fn height(&self) -> u16 {
        self.items.len() as u16 + 2 + self.below()
    }

    fn rows(&self, area: Rect, count: usize) -> Rect {
        let height = area.height.saturating_sub(1 + self.below());
        window::list(Rect { y: area.y + 1, height, ..area }, count)
    }

    /// A click on a row puts the highlight there; says whether it was there already, which chooses.
    pub fn click(&mut self, at: Position, area: Rect) -> bool {
        let count = self.count();
        let rows = self.rows(area, count);
        let window = self.list.cursor.window(count, usize::from(rows.height));
        if !rows.contains(at) || usize::from(at.y - rows.y) >= window.len() {
            return false;
        }
        let clicked = window.start + usize::from(at.y - rows.y);
        self.list.clicked(clicked) && !self.several
    }

    /// Draws what narrows it, the rows in sight and the preview.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let hint = if self.several {
            "Right marks, Left unmarks, Enter takes what is marked"
        } else if self.shows_numbers() {
            "a digit chooses, letters narrow the list, Enter chooses"
        } else {
            "letters narrow the list, Enter chooses"
        };
        let first = Rect { height: 1.min(area.height), ..area };
        if self.list.is_narrowed() {
            self.list.draw_typed(frame, first, cx);
        } else {
            frame.render_widget(Span::styled(hint, cx.theme.style(Role::Dim)), first);
        }
        let shown = self.shown();
        let rows = self.rows(area, shown.len());
        let window = self.list.cursor.window(shown.len(), usize::from(rows.height));
        let lines = shown[window.clone()].iter().enumerate().map(|(n, at)| {
            let item = &self.items[*at];
            let mark = match (self.several, item.marked) {
                (true, true) => "[x] ",
                (true, false) => "[ ] ",
                _ => "",
            };
            let number = if self.shows_numbers() {
                format!("{} ", window.start + n + 1)
            } else {
                number(window.start + n, cx).unwrap_or_default()
            };
            let label = format!("{number}{mark}{}", text::line(&item.label));
            window::row(
                &label,
                &item.detail,
                usize::from(rows.width),
                window.start + n == self.list.cursor.at,
                cx,
            )
        });
        let lines: Vec<Line<'_>> = lines.collect();
        let words = match lines.is_empty() {
            true if self.items.is_empty() => vec![Line::from("There is nothing to choose from yet.")],
            true => vec![Line::from(NOTHING_MATCHES)],
            false => lines,
        };
        window::lines(frame, rows, words);
        window::sign(frame, rows, &window, shown.len(), cx);
        if let Some(here) = shown.get(self.list.cursor.at).filter(|_| self.below() > 0) {
            let height = self.below().min(area.height);
            let below = Rect { y: area.bottom() - height, height, ..area };
            preview(&self.items[*here].preview, frame, below, cx);
        }
    }
}

/// A rule, and a text below it, cut where the room ends.
fn preview(text: &str, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    frame.render_widget(rule(area.width, cx), Rect { height: 1.min(area.height), ..area });
    let room = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }.intersection(area);
    let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut rows = window::wrapped(&paragraphs, usize::from(room.width));
    if rows.len() > usize::from(room.height) {
        rows.truncate(usize::from(room.height));
        if let Some(last) = rows.last_mut() {
            let cells = usize::from(room.width).saturating_sub(1);
            *last = format!("{}{}", text::cut(last, cells, ""), cx.theme.glyphs.ellipsis);
        }
    }
    window::lines(frame, room, rows.into_iter().map(Line::from).collect());
}

/// What the items are found by.
fn texts(items: &[Item]) -> impl Iterator<Item = [&str; 3]> {
    items.iter().map(|item| [&*item.label, &*item.also, &*item.detail])
}
