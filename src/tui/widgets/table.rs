//! A list with columns as data: which there are, how wide, and from which width of the terminal on.

use super::cursor::Cursor;
use super::window;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

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
    /// Shown below this width only.
    pub below: u16,
}

impl<I: Copy> Column<I> {
    /// A column of words.
    pub fn left(id: I, title: &str, width: u16) -> Self {
        Self { id, title: title.to_owned(), width, right: false, from: 0, below: u16::MAX }
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

    /// Shown below this width only.
    #[must_use]
    pub fn below(mut self, width: u16) -> Self {
        self.below = width;
        self
    }
}

/// What stands in a cell.
pub type Cell = Vec<Span<'static>>;

/// The columns that fit a terminal of this width, with the width of each.
fn fitting<I: Copy>(columns: &[Column<I>], cells: u16) -> Vec<(&Column<I>, usize)> {
    let shown: Vec<&Column<I>> =
        columns.iter().filter(|column| (column.from..column.below).contains(&cells)).collect();
    let fixed: u16 = shown.iter().map(|column| column.width + 1).sum();
    let open = shown.iter().filter(|column| column.width == 0).count() as u16;
    // Three cells for the pointer and its air.
    let rest = cells.saturating_sub(fixed + 3);
    let width = |column: &Column<I>| if column.width == 0 { rest / open.max(1) } else { column.width };
    shown.into_iter().map(|column| (column, usize::from(width(column)))).collect()
}

/// How many cells a column has in so much room; 0 if it is not shown.
pub fn width_of<I: Copy>(columns: &[Column<I>], cells: u16, is: impl Fn(I) -> bool) -> usize {
    fitting(columns, cells).into_iter().find(|(column, _)| is(column.id)).map_or(0, |(_, width)| width)
}

/// Terminals narrower than this leave out what does not identify or warn.
pub const NARROW: u16 = 72;

/// Cells for names in a list of so much room: as wide as the longest of them, within what leaves room for the rest.
pub fn name_width<'a>(cells: u16, names: impl Iterator<Item = &'a str>) -> u16 {
    const LEAST: u16 = 14;
    let most = match cells {
        ..100 => LEAST,
        100..120 => 20,
        120..160 => 24,
        _ => 32,
    };
    let longest = names.map(|name| text::width(name) as u16).max().unwrap_or(0);
    longest.clamp(LEAST, most)
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
    if selected { highlighted(all, cells, cx) } else { Line::from(all) }
}

/// The highlighted line over so many cells: reverse, with what is pressing in its own colour.
pub fn highlighted(spans: Cell, cells: usize, cx: &Cx) -> Line<'static> {
    let lit = |span: Span<'static>| Span { style: cx.theme.highlighted(span.style), ..span };
    Line::from(fitted(spans, cells, false, cx).into_iter().map(lit).collect::<Cell>())
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
        window::sign(frame, rows, &window, self.count, cx);
        for (n, at) in window.enumerate() {
            let selected = self.highlighted && at == self.cursor.at;
            let spans = across(&|column| cell(at, column.id));
            let line = numbered(at, spans, selected, usize::from(rows.width), cx);
            frame.render_widget(line, Rect { y: rows.y + n as u16, height: 1, ..rows });
        }
    }

    /// The lines for rows: of a list that is longer than its room the last line says so.
    fn rows(&self, area: Rect) -> Rect {
        window::list(body(area), self.count)
    }

    /// The row under a click.
    pub fn hit(&self, at: Position, area: Rect) -> Option<usize> {
        let rows = self.rows(area);
        let window = self.cursor.window(self.count, usize::from(rows.height));
        let row = window.start + usize::from(at.y.checked_sub(rows.y)?);
        (rows.contains(at) && window.contains(&row)).then_some(row)
    }
}

/// The rows below the titles.
fn body(area: Rect) -> Rect {
    Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area }
}
