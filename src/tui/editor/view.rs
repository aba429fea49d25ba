//! The editor on the screen: visual rows, selection, and where the terminal's cursor goes.
//!
//! Owns the painting of text into cells. It must not change the editor, and it never emits a control character.

use std::ops::Range;

use ratatui::buffer::{Buffer as Frame, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::buffer::Pos;
use super::clean::is_drawable;
use super::wrap::{self, Row};
use super::{Editor, motion, text_columns};

/// Stands for what must not or cannot be shown by itself.
const STAND_IN: &str = "\u{25CC}";

/// The styles an editor is drawn with; the theme names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub text: Style,
    pub selection: Style,
}

/// How a stretch of one paragraph is shown beyond its text: a misspelling, a hint, a copied passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoration {
    pub paragraph: usize,
    /// Which bytes of it.
    pub range: Range<usize>,
    /// Laid over the style of the text, under that of the selection. Of two on one place the later in the list is on top.
    pub style: Style,
}

impl Editor {
    /// Draws the rows from the editor's own scroll offset on; returns where the cursor is, when it is in sight.
    pub fn draw(&self, area: Rect, frame: &mut Frame, look: Look) -> Option<Position> {
        self.draw_rows(self.scroll, area, frame, look)
    }

    /// Draws the rows from `first` on, as many as `area` holds: one editor of a stack in a scrolled page.
    /// Cells outside the text are left as they are. Returns where the cursor is, when it is in sight.
    pub fn draw_rows(&self, first: usize, area: Rect, frame: &mut Frame, look: Look) -> Option<Position> {
        self.draw_decorated(first, area, frame, look, &[])
    }

    /// As [`Editor::draw_rows`], with decorations: those of paragraphs out of sight cost nothing but the look at them.
    /// What is in sight says [`Editor::seen`].
    pub fn draw_decorated(
        &self,
        first: usize,
        area: Rect,
        frame: &mut Frame,
        look: Look,
        decorations: &[Decoration],
    ) -> Option<Position> {
        let area = area.intersection(frame.area);
        if area.is_empty() {
            return None;
        }
        let width = text_columns(area.width);
        let mut skip = first;
        let mut lines = area.top()..area.bottom();
        'page: for (index, paragraph) in self.buffer.paragraphs().iter().enumerate() {
            let rows = paragraph.rows(width);
            let in_sight = rows.len() > skip;
            let here: Vec<&Decoration> =
                decorations.iter().filter(|one| in_sight && one.paragraph == index).collect();
            for row in rows.iter().skip(skip) {
                let Some(y) = lines.next() else { break 'page };
                let at = Line { paragraph: index, row: *row, decorations: &here };
                self.draw_row(&at, Rect { y, height: 1, ..area }, frame, look);
            }
            skip = skip.saturating_sub(rows.len());
        }
        let place = motion::locate(&self.buffer, width, self.caret);
        let y = u16::try_from(place.row.checked_sub(first)?).ok().filter(|y| *y < area.height)?;
        let x = u16::try_from(place.column).unwrap_or(u16::MAX).min(area.width - 1);
        Some(Position { x: area.x + x, y: area.y + y })
    }

    fn draw_row(&self, at: &Line<'_>, line: Rect, frame: &mut Frame, look: Look) {
        let Line { paragraph, row, .. } = *at;
        let selection = self.selection();
        let selected = |byte| {
            let pos = Pos { paragraph, byte };
            selection.is_some_and(|(from, to)| from <= pos && pos < to)
        };
        let decorated: Vec<&&Decoration> = at
            .decorations
            .iter()
            .filter(|one| one.range.start < row.end && row.start < one.range.end)
            .collect();
        let style = |byte| {
            if selected(byte) {
                return look.selection;
            }
            let over = decorated.iter().filter(|one| one.range.contains(&byte));
            over.fold(look.text, |style, one| style.patch(one.style))
        };
        let mut x = line.left();
        for (byte, grapheme) in self.buffer.graphemes(paragraph, row.start..row.end) {
            let cells = u16::try_from(wrap::cells(grapheme)).unwrap_or(u16::MAX);
            if cells > line.right().saturating_sub(x) {
                return;
            }
            put(frame, Position { x, y: line.y }, grapheme, cells, style(byte));
            x += cells;
        }
        // A selected end of paragraph shows as one cell, else a selected empty paragraph would look unselected.
        let ends = row.end == self.buffer.paragraph(paragraph).len();
        if ends && selected(row.end) && x < line.right() {
            put(frame, Position { x, y: line.y }, " ", 1, look.selection);
        }
    }
}

/// One visual row to draw.
struct Line<'a> {
    paragraph: usize,
    row: Row,
    /// Those of the paragraph.
    decorations: &'a [&'a Decoration],
}

/// One grapheme into its cells; a stand-in when it is not fit for the screen or measures otherwise than it wrapped.
fn put(frame: &mut Frame, at: Position, grapheme: &str, cells: u16, style: Style) {
    let shown = grapheme.trim_end_matches('\u{200D}');
    let fit = is_drawable(shown) && !shown.is_empty() && shown.cell_width() == cells;
    for x in at.x..at.x.saturating_add(cells) {
        frame[(x, at.y)].reset();
        frame[(x, at.y)].set_style(style);
    }
    frame[(at.x, at.y)].set_symbol(if fit { shown } else { STAND_IN });
}
