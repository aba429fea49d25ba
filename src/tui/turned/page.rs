//! How the turned screen looks: wide margins, one heading or a few short ones at a time, every key that works below.

use super::{Stop, Turned};
use crate::domain::{Assent, TurnedSaid};
use crate::packs::fill;
use crate::tui::editor::wrap::wrap;
use crate::tui::facts::too_small;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::line::Line as Typed;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::{Line, Span};

/// Cells of prose at most.
const WIDEST: u16 = 72;
/// Cells on both sides at least.
const MARGIN: u16 = 4;
/// Cells before what is said: the pointer.
pub(super) const INDENT: usize = 2;
/// Cells of what is said, at least; where an answer beside it leaves less, it is below.
const NARROWEST: usize = 40;
/// Rows above the page: title and air.
const ABOVE: u16 = 3;

/// A row of the page.
#[derive(Default)]
pub(super) struct Row {
    pub(super) spans: Vec<Span<'static>>,
    /// It belongs to the place one is at.
    pub(super) here: bool,
    /// The column of the cursor, if it is in this row.
    pub(super) cursor: Option<usize>,
}

/// What is on one page: headings by their places, or signing.
enum Leaf {
    Parts(std::ops::Range<usize>),
    Sign,
}

impl Leaf {
    fn holds(&self, stop: Stop) -> bool {
        match (self, stop) {
            (Self::Parts(parts), Stop::Said(part, _)) => parts.contains(&part),
            (Self::Sign, Stop::Sign | Stop::Name | Stop::Copy) => true,
            _ => false,
        }
    }
}

impl Turned {
    /// Draws it. There is nothing here to draw but the page and the sentences of its language.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        if too_small(area.as_size()) {
            let lines = broken(&self.words.turned.small, area.width);
            return window::lines(frame, area, lines.into_iter().map(Line::raw).collect());
        }
        let column = column_of(area);
        self.top(frame, column);
        let hints = self.hints(column);
        let notice = self.notice_rows(column);
        let below = hints.len() as u16 + notice + 2;
        let height = area.height.saturating_sub(ABOVE + below);
        let body = Rect { y: area.y + ABOVE, height, ..column };
        if self.hidden.is_some() {
            self.draw_hidden(frame, body);
        } else {
            self.draw_page(frame, body);
        }
        let rule = Rect { y: area.bottom().saturating_sub(below - 1), height: 1, ..column };
        let line = self.theme.glyphs.rule.repeat(column.width.into());
        frame.render_widget(Span::styled(line, self.theme.style(Role::Rule)), rule);
        let said = Rect { y: rule.y + 1, height: notice, ..rule };
        window::lines(frame, said, self.said(said));
        let keys = Rect { y: said.bottom(), height: hints.len() as u16, ..column };
        window::lines(frame, keys, hints);
    }

    /// Whether a text is being typed, so that the cursor is seen.
    pub fn has_cursor(&self) -> bool {
        !self.asked && (self.hidden.is_some() || self.writing.is_some())
    }

    fn top(&self, frame: &mut Frame<'_>, column: Rect) {
        let line = Rect { y: column.y + 1, height: 1, ..column };
        let cells = usize::from(column.width);
        let title =
            text::cut(&text::line(&self.view.page.title), cells, self.theme.glyphs.ellipsis).into_owned();
        let head = text::line(&self.view.head).into_owned();
        let left = Span::styled(title.clone(), self.theme.style(Role::Now));
        frame.render_widget(left, line);
        // The agency's name gives way.
        let wide = text::width(&head);
        if text::width(&title) + 2 + wide <= cells {
            let right = Rect { x: line.right() - wide as u16, width: wide as u16, ..line };
            frame.render_widget(Span::styled(head, self.theme.style(Role::Dim)), right);
        }
    }

    fn draw_hidden(&self, frame: &mut Frame<'_>, body: Rect) {
        let words = &self.words.turned;
        let give = fill(&words.give_back, &[("name", &self.view.counselor)]);
        let mut lines =
            vec![Line::styled(words.hidden.clone(), self.theme.style(Role::Now)), Line::default()];
        lines.extend(broken(&give, body.width).into_iter().map(Line::raw));
        lines.push(Line::default());
        let at = body.y + lines.len() as u16;
        let label = format!("{}  ", words.secret);
        let (dots, cursor) = match &self.hidden {
            Some(line) if !self.asked => line.shown(&self.theme),
            _ => (String::new(), 0),
        };
        let before = text::width(&label) + text::width(&dots[..cursor]);
        lines.push(Line::from(vec![Span::raw(label), Span::styled(dots, self.theme.style(Role::Focus))]));
        window::lines(frame, body, lines);
        if self.has_cursor() && at < body.bottom() {
            let x = body.x + (before as u16).min(body.width.saturating_sub(1));
            frame.set_cursor_position(Position { x, y: at });
        }
    }

    /// The pages, for a page of this size: headings with lines to answer have one of their own, the others share one as long as
    /// they fit.
    fn leaves(&self, body: Size) -> Vec<Leaf> {
        let parts = &self.view.page.parts;
        let answered = |said: &TurnedSaid| said.line.is_some() || said.item.is_some() || said.open;
        let marks = |part: usize| parts[part].says.iter().any(answered);
        let mut leaves: Vec<Leaf> = Vec::new();
        for part in 0..parts.len() {
            let fits = |from: usize| {
                let rows: usize = (from..=part).map(|one| self.part(one, body).len() + 1).sum();
                rows <= usize::from(body.height)
            };
            match leaves.last_mut() {
                Some(Leaf::Parts(last)) if !marks(part) && !marks(last.start) && fits(last.start) => {
                    last.end = part + 1;
                }
                _ => leaves.push(Leaf::Parts(part..part + 1)),
            }
        }
        if self.view.page.signs {
            leaves.push(Leaf::Sign);
        }
        leaves
    }

    /// The size of the page in a terminal of the size there is.
    fn body(&self) -> Size {
        let column = column_of(self.size.into());
        let below = self.hints(column).len() as u16 + self.notice_rows(column) + 2;
        Size { width: column.width, height: self.size.height.saturating_sub(ABOVE + below) }
    }

    pub(super) fn turn_page(&mut self, on: bool) {
        let (leaves, stops) = (self.leaves(self.body()), self.stops());
        let Some(here) = self.stop() else { return };
        let Some(at) = leaves.iter().position(|leaf| leaf.holds(here)) else { return };
        let to = if on { (at + 1).min(leaves.len() - 1) } else { at.saturating_sub(1) };
        if let Some(first) = stops.iter().position(|stop| leaves[to].holds(*stop)) {
            self.go(first);
        }
    }

    fn draw_page(&self, frame: &mut Frame<'_>, body: Rect) {
        let size = body.as_size();
        let leaves = self.leaves(size);
        let here = self.stop();
        let at = here.and_then(|here| leaves.iter().position(|leaf| leaf.holds(here))).unwrap_or(0);
        let mut rows = match leaves.get(at) {
            Some(Leaf::Parts(parts)) => {
                let each = parts.clone().map(|part| self.part(part, size));
                let mut rows: Vec<Row> = Vec::new();
                for part in each {
                    if !rows.is_empty() {
                        rows.push(Row::default());
                    }
                    rows.extend(part);
                }
                rows
            }
            Some(Leaf::Sign) => self.signing(size),
            None => Vec::new(),
        };
        if at == 0 && !self.view.page.about.is_empty() {
            let about = broken(&self.view.page.about, body.width);
            let style = self.theme.style(Role::Dim);
            let about = about
                .into_iter()
                .map(|words| Row { spans: vec![Span::styled(words, style)], ..Row::default() });
            rows = about.chain([Row::default()]).chain(rows).collect();
        }
        // The last row says which page it is, and whether there is more below.
        let rows_at_once = usize::from(body.height.saturating_sub(2));
        let last_here = rows.iter().rposition(|row| row.here).unwrap_or(0);
        let first_here = rows.iter().position(|row| row.here).unwrap_or(0);
        let top = (last_here + 2).saturating_sub(rows_at_once).min(first_here);
        let top = top.min(rows.len().saturating_sub(rows_at_once));
        let more = rows.len() > top + rows_at_once;
        for (y, row) in (body.y..).zip(rows.into_iter().skip(top).take(rows_at_once)) {
            if let Some(column) = row.cursor {
                let x = body.x + (column as u16).min(body.width.saturating_sub(1));
                frame.set_cursor_position(Position { x, y });
            }
            frame.render_widget(Line::from(row.spans), Rect { y, height: 1, ..body });
        }
        self.foot(frame, body, (at + 1, leaves.len()), more);
    }

    fn foot(&self, frame: &mut Frame<'_>, body: Rect, (n, m): (usize, usize), more: bool) {
        let line = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        let style = self.theme.style(Role::Dim);
        let page = fill(&self.words.page, &[("n", &n.to_string()), ("m", &m.to_string())]);
        let wide = text::width(&page) as u16;
        let right = Rect { x: line.right().saturating_sub(wide), width: wide, ..line };
        if more {
            let words = format!("{} {}", self.theme.glyphs.below, self.words.turned.more);
            frame.render_widget(Span::styled(words, style), line);
        }
        frame.render_widget(Span::styled(page, style), right);
    }

    /// A heading and what is under it.
    fn part(&self, part: usize, body: Size) -> Vec<Row> {
        let Some(one) = self.view.page.parts.get(part) else { return Vec::new() };
        let style = self.theme.style(Role::Now);
        let heading = broken(&one.heading, body.width);
        let heading = heading
            .into_iter()
            .map(|words| Row { spans: vec![Span::styled(words, style)], ..Row::default() });
        let mut rows: Vec<Row> = heading.collect();
        for (at, said) in self.shown(one) {
            rows.push(Row::default());
            let here = self.stop() == Some(Stop::Said(part, at));
            rows.extend(self.said_rows(said, here, body));
        }
        rows
    }

    fn said_rows(&self, said: &TurnedSaid, here: bool, body: Size) -> Vec<Row> {
        let cells = usize::from(body.width).saturating_sub(INDENT);
        if let Some(item) = said.item {
            return self.item_rows(said, item, here, cells);
        }
        let answer = said.line.and_then(|_| self.answer_words(said));
        let beside = self.answer_width() + 2;
        let is_beside = said.line.is_some() && cells.saturating_sub(beside) >= NARROWEST;
        let room = if is_beside { cells - beside } else { cells };
        let words = if said.quote { format!("“{}”", said.words) } else { said.words.clone() };
        let style = self.theme.style(if here { Role::Now } else { Role::Normal });
        let mut rows = self.block(&words, room, style, here);
        if let Some(answer) = answer {
            let answer = Span::styled(answer, self.theme.style(Role::Focus));
            if let (true, Some(first)) = (is_beside, rows.first_mut()) {
                let used = first.spans.iter().map(Span::width).sum::<usize>();
                let gap = usize::from(body.width).saturating_sub(used + answer.width());
                first.spans.extend([Span::raw(" ".repeat(gap)), answer]);
            } else {
                rows.push(Row { spans: vec![Span::raw(" ".repeat(INDENT + 2)), answer], here, cursor: None });
            }
        }
        rows.extend(self.own_words(said, here, cells));
        rows
    }

    /// Words in several rows, the pointer before the first one.
    pub(super) fn block(
        &self,
        words: &str,
        cells: usize,
        style: ratatui::style::Style,
        here: bool,
    ) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for line in broken(words, cells) {
            if self.wide && !rows.is_empty() {
                rows.push(Row { here, ..Row::default() });
            }
            let pointer = if here && rows.is_empty() { self.theme.glyphs.pointer } else { " " };
            let before = Span::styled(format!("{pointer} "), self.theme.style(Role::Focus));
            rows.push(Row { spans: vec![before, Span::styled(line, style)], here, cursor: None });
        }
        rows
    }

    /// What is in the text below a line: while it is typed, with the cursor.
    fn own_words(&self, said: &TurnedSaid, here: bool, cells: usize) -> Vec<Row> {
        let marked = said.line.and_then(|line| self.view.answers.lines.get(line));
        let typed = self.writing.as_ref().filter(|_| here);
        match (typed, marked) {
            (Some(line), _) => self.typed(&self.words.turned.write, line, cells),
            (None, None) if said.open && !self.view.answers.form.words.trim().is_empty() => {
                self.quoted(&self.view.answers.form.words, here, cells)
            }
            (None, Some(marked)) if !marked.words.trim().is_empty() => {
                self.quoted(&marked.words, here, cells)
            }
            (None, _) if !said.before_words.is_empty() => self.quoted(&said.before_words, here, cells),
            _ => Vec::new(),
        }
    }

    pub(super) fn quoted(&self, words: &str, here: bool, cells: usize) -> Vec<Row> {
        let said = fill(&self.words.turned.in_my_words, &[("words", words.trim())]);
        let style = self.theme.style(Role::Quote);
        let lines = broken(&said, cells.saturating_sub(2));
        let row = |line: String| Row {
            spans: vec![Span::raw(" ".repeat(INDENT + 2)), Span::styled(line, style)],
            here,
            cursor: None,
        };
        lines.into_iter().map(row).collect()
    }

    /// A text that is being typed, below its label.
    pub(super) fn typed(&self, label: &str, line: &Typed, cells: usize) -> Vec<Row> {
        let (shown, cursor) = line.shown(&self.theme);
        let room = cells.saturating_sub(4).max(1);
        let style = self.theme.style(Role::Focus);
        let indent = || Span::raw(" ".repeat(INDENT + 2));
        let mut rows =
            vec![Row { spans: vec![indent(), Span::raw(label.to_owned())], here: true, cursor: None }];
        let all = wrap(&shown, room);
        let with_cursor = all.iter().rposition(|row| row.start <= cursor).unwrap_or(0);
        for (at, row) in all.iter().enumerate() {
            let words = text::line(shown[row.start..row.end].trim_end()).into_owned();
            let column = (at == with_cursor)
                .then(|| INDENT + 2 + text::width(&shown[row.start..cursor.max(row.start)]));
            rows.push(Row { spans: vec![indent(), Span::styled(words, style)], here: true, cursor: column });
        }
        if all.is_empty() {
            rows.push(Row { spans: vec![indent()], here: true, cursor: Some(INDENT + 2) });
        }
        rows
    }

    /// What was answered to a line, now or before.
    fn answer_words(&self, said: &TurnedSaid) -> Option<String> {
        let marked = said.line.and_then(|line| self.view.answers.lines.get(line))?;
        if marked.answer != Assent::NotAsked {
            return self.word_of(marked.answer).map(str::to_owned);
        }
        let before = self.word_of(said.before)?;
        Some(fill(&self.words.turned.before, &[("answer", before)]))
    }

    fn word_of(&self, answer: Assent) -> Option<&str> {
        let words = &self.words.turned;
        match answer {
            Assent::NotAsked => None,
            Assent::Agreed => Some(&words.agreed),
            Assent::Partly => Some(&words.partly),
            Assent::Declined => Some(&words.declined),
            Assent::NotSaid => Some(&words.not_said),
        }
    }

    /// Cells of the longest answer.
    fn answer_width(&self) -> usize {
        let all = [Assent::Agreed, Assent::Partly, Assent::Declined, Assent::NotSaid];
        let longest = |answer| {
            let word = self.word_of(answer).unwrap_or_default();
            text::width(&fill(&self.words.turned.before, &[("answer", word)]))
        };
        all.into_iter().map(longest).max().unwrap_or(0)
    }
}

/// A text in rows of so many cells, broken at its words; a word that is longer is broken too.
pub(super) fn broken(words: &str, cells: impl Into<usize>) -> Vec<String> {
    let words = text::line(words);
    let row = |row: crate::tui::editor::wrap::Row| words[row.start..row.end].trim_end().to_owned();
    wrap(&words, cells.into()).into_iter().map(row).collect()
}

fn column_of(area: Rect) -> Rect {
    let width = area.width.saturating_sub(2 * MARGIN).min(WIDEST);
    Rect { x: area.x + (area.width - width) / 2, width, ..area }
}
