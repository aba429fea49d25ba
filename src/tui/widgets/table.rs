//! A list with columns as data: which there are, how wide, and from which width of the terminal on.

use super::cursor::Cursor;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use std::ops::Range;

/// One column.
#[derive(Clone, Debug)]
pub struct Column<I> {
    /// What the screen fills it by.
    pub id: I,
    /// Over it.
    pub title: String,
    /// Cells; 0 = what the others leave.
    pub width: u16,
    /// Numbers stand right.
    pub right: bool,
    /// Shown from this width of the terminal on.
    pub from: u16,
}

impl<I: Copy> Column<I> {
    /// A column of words.
    pub fn left(id: I, title: &str, width: u16) -> Self {
        Self { id, title: title.to_owned(), width, right: false, from: 0 }
    }

    /// A column of numbers.
    pub fn right(id: I, title: &str, width: u16) -> Self {
        Self { right: true, ..Self::left(id, title, width) }
    }

    /// Shown from this width on.
    #[must_use]
    pub fn from(mut self, width: u16) -> Self {
        self.from = width;
        self
    }
}

/// What stands in a cell.
pub type Cell = Vec<Span<'static>>;

/// The columns that fit a terminal of this width, with the width of each.
fn fitting<I: Copy>(columns: &[Column<I>], cells: u16) -> Vec<(&Column<I>, usize)> {
    let shown: Vec<&Column<I>> = columns.iter().filter(|column| column.from <= cells).collect();
    let fixed: u16 = shown.iter().map(|column| column.width + 1).sum();
    let open = shown.iter().filter(|column| column.width == 0).count() as u16;
    // Three cells for the pointer and its air.
    let rest = cells.saturating_sub(fixed + 3);
    let width = |column: &Column<I>| if column.width == 0 { rest / open.max(1) } else { column.width };
    shown.into_iter().map(|column| (column, usize::from(width(column)))).collect()
}

/// Spans cut or padded to so many cells.
pub fn fitted(spans: Cell, cells: usize, right: bool, cx: &Cx) -> Cell {
    let mut used = 0;
    let mut out: Cell = Vec::new();
    for span in spans {
        let safe = text::line(&span.content).into_owned();
        let room = cells.saturating_sub(used);
        let cut = text::cut(&safe, room, cx.theme.glyphs.ellipsis).into_owned();
        let over = text::width(&safe) > room;
        used += text::width(&cut);
        out.push(Span::styled(cut, span.style));
        if over {
            break;
        }
    }
    let gap = Span::raw(" ".repeat(cells.saturating_sub(used)));
    if right {
        out.insert(0, gap);
    } else {
        out.push(gap);
    }
    out
}

/// A line of a list: pointer and reverse if it is highlighted.
pub fn marked(spans: Cell, selected: bool, cells: usize, cx: &Cx) -> Line<'static> {
    let mark = if selected { cx.theme.glyphs.pointer } else { " " };
    behind(&format!(" {mark} "), spans, selected, cells, cx)
}

/// As [`marked`], for the line of this index in a list that is opened by numbers in keymaps that have them.
pub fn numbered(at: usize, spans: Cell, selected: bool, cells: usize, cx: &Cx) -> Line<'static> {
    match number(at, cx) {
        Some(number) => behind(&number, spans, selected, cells, cx),
        None => marked(spans, selected, cells, cx),
    }
}

/// The number of a line in three cells, where lines have numbers and it fits.
pub fn number(at: usize, cx: &Cx) -> Option<String> {
    (cx.keymap.is_numbered() && at < 999).then(|| format!("{:>2} ", at + 1))
}

fn behind(before: &str, spans: Cell, selected: bool, cells: usize, cx: &Cx) -> Line<'static> {
    let mut all = vec![Span::raw(text::left(before, 3, ""))];
    all.extend(spans);
    if !selected {
        return Line::from(all);
    }
    let plain: String = all.iter().map(|span| span.content.as_ref()).collect();
    Line::styled(text::left(&plain, cells, ""), cx.theme.style(Role::Selected))
}

/// A table to draw: columns, how many rows, where the highlight is.
#[derive(Debug)]
pub struct Table<'a, I> {
    /// The columns.
    pub columns: &'a [Column<I>],
    /// Rows there are.
    pub count: usize,
    /// The highlight.
    pub cursor: Cursor,
    /// Whether the highlight is shown.
    pub highlighted: bool,
}

impl<I: Copy> Table<'_, I> {
    /// Draws titles and the rows in sight; `cell` gives what stands in row and column.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx, cell: impl Fn(usize, I) -> Cell) {
        if area.height == 0 {
            return;
        }
        let columns = fitting(self.columns, area.width);
        let across = |of: &dyn Fn(&Column<I>) -> Cell| {
            let mut spans = Vec::new();
            for (column, width) in &columns {
                spans.extend(fitted(of(column), *width, column.right, cx));
                spans.push(Span::raw(" "));
            }
            spans
        };
        let title = |column: &Column<I>| vec![Span::styled(column.title.clone(), cx.theme.style(Role::Dim))];
        frame.render_widget(marked(across(&title), false, 0, cx), Rect { height: 1, ..area });
        let rows = self.rows(area);
        let window = self.cursor.window(self.count, usize::from(rows.height));
        if let Some(more) = self.more(&window) {
            let sign = Line::styled(format!("{more} "), cx.theme.style(Role::Dim)).right_aligned();
            frame.render_widget(sign, Rect { y: rows.bottom(), height: 1, ..rows });
        }
        for (n, at) in window.enumerate() {
            let selected = self.highlighted && at == self.cursor.at;
            let spans = across(&|column| cell(at, column.id));
            let line = numbered(at, spans, selected, usize::from(rows.width), cx);
            frame.render_widget(line, Rect { y: rows.y + n as u16, height: 1, ..rows });
        }
    }

    /// The lines for rows: of a list that is longer than its room the last line says so.
    fn rows(&self, area: Rect) -> Rect {
        let all = body(area);
        let sign = u16::from(self.count > usize::from(all.height) && all.height >= LEAST);
        Rect { height: all.height - sign, ..all }
    }

    /// Where there is more than what is in sight.
    fn more(&self, window: &Range<usize>) -> Option<&'static str> {
        match (window.start > 0, window.end < self.count) {
            (true, true) => Some("more above and below"),
            (true, false) => Some("more above"),
            (false, true) => Some("more below"),
            (false, false) => None,
        }
    }

    /// The row under a click.
    pub fn hit(&self, at: Position, area: Rect) -> Option<usize> {
        let rows = self.rows(area);
        let window = self.cursor.window(self.count, usize::from(rows.height));
        let row = window.start + usize::from(at.y.checked_sub(rows.y)?);
        (rows.contains(at) && window.contains(&row)).then_some(row)
    }
}

/// Lines below which there is no room to say that there is more.
const LEAST: u16 = 4;

/// The rows below the titles.
fn body(area: Rect) -> Rect {
    Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area }
}
