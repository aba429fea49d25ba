//! A list whose rows are of several lines, some of them to read only: what the priorities and the problems are drawn as.
//!
//! Owns which row is highlighted and which lines are in sight. Must not know what the rows are.

use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::table::{Cell, marked};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use std::cell::Cell as Remembered;

/// Cells before every line: room for the pointer.
pub(super) const INDENT: usize = 3;

/// One row, or lines between rows.
#[derive(Debug)]
struct Block<K> {
    key: Option<K>,
    lines: Vec<Cell>,
    /// An answer is needed here.
    needed: bool,
}

/// Rows and the lines between them, from the top down.
#[derive(Debug)]
pub(super) struct Blocks<K> {
    all: Vec<Block<K>>,
}

impl<K: Copy + PartialEq> Blocks<K> {
    pub(super) fn new() -> Self {
        Self { all: Vec::new() }
    }

    /// A line to read.
    pub(super) fn line(&mut self, line: Cell) {
        self.all.push(Block { key: None, lines: vec![line], needed: false });
    }

    /// A row; its first line carries the highlight.
    pub(super) fn row(&mut self, key: K, lines: Vec<Cell>) {
        self.all.push(Block { key: Some(key), lines, needed: false });
    }

    /// Keys of the rows in order.
    pub(super) fn keys(&self) -> Vec<K> {
        self.all.iter().filter_map(|block| block.key).collect()
    }

    /// Lines there are.
    pub(super) fn count(&self) -> usize {
        self.all.iter().map(|block| block.lines.len()).sum()
    }

    /// The first line in sight: as far down as the whole highlighted row needs, and what follows the last row with it.
    fn top(&self, at: Option<K>, height: usize) -> usize {
        let (mut start, mut end) = (0, 0);
        for block in &self.all {
            let here = block.key.is_some() && block.key == at;
            if here {
                start = end;
            }
            end += block.lines.len();
            if here && self.all.iter().rev().find_map(|last| last.key) != at {
                break;
            }
        }
        let found = at.is_some() && self.all.iter().any(|block| block.key == at);
        if found { end.saturating_sub(height).min(start) } else { 0 }
    }

    /// First and last line of the highlighted row.
    fn lines_of(&self, at: Option<K>) -> Option<(usize, usize)> {
        let mut start = 0;
        for block in &self.all {
            if block.key.is_some() && block.key == at {
                return Some((start, start + block.lines.len()));
            }
            start += block.lines.len();
        }
        None
    }

    /// The row under a click.
    pub(super) fn hit(&self, click: Position, area: Rect, at: Option<K>) -> Option<K> {
        let area = window::list(area, self.count());
        self.hit_below(click, area, self.top(at, usize::from(area.height)))
    }

    /// The row under a click, where rows keep their place.
    pub(super) fn hit_kept(&self, click: Position, area: Rect, at: Option<K>, kept: &Kept<K>) -> Option<K> {
        let area = window::list(area, self.count());
        self.hit_below(click, area, kept.top(self, at, area))
    }

    fn hit_below(&self, click: Position, area: Rect, top: usize) -> Option<K> {
        if !area.contains(click) {
            return None;
        }
        let wanted = top + usize::from(click.y - area.y);
        let mut end = 0;
        let block = self.all.iter().find(|block| {
            end += block.lines.len();
            wanted < end
        })?;
        block.key
    }

    /// Puts a mark before these rows: an answer is still needed there.
    pub(super) fn needing(mut self, keys: &[K]) -> Self {
        for block in &mut self.all {
            block.needed = block.key.is_some_and(|key| keys.contains(&key));
        }
        self
    }

    /// Puts something before the first line of each row, and as much room before all other lines.
    pub(super) fn behind(mut self, before: impl Fn(Option<K>) -> Span<'static>) -> Self {
        for block in &mut self.all {
            let key = block.key;
            for (at, line) in block.lines.iter_mut().enumerate().filter(|(_, line)| !line.is_empty()) {
                line.insert(0, before(key.filter(|_| at == 0)));
            }
        }
        self
    }

    pub(super) fn draw(self, frame: &mut Frame<'_>, area: Rect, at: Option<K>, cx: &Cx) {
        let area = window::list(area, self.count());
        let top = self.top(at, usize::from(area.height));
        self.draw_from(top, frame, area, at, cx);
    }

    /// Draws it so that the highlighted row stays on the line it was on, as long as that fits.
    pub(super) fn draw_kept(self, frame: &mut Frame<'_>, area: Rect, at: Option<K>, kept: &Kept<K>, cx: &Cx) {
        let area = window::list(area, self.count());
        let top = kept.top(&self, at, area);
        kept.remember(&self, at, area, top);
        self.draw_from(top, frame, area, at, cx);
    }

    fn draw_from(self, top: usize, frame: &mut Frame<'_>, area: Rect, at: Option<K>, cx: &Cx) {
        let count = self.count();
        let (height, cells) = (usize::from(area.height), usize::from(area.width));
        window::sign(frame, area, &(top..count.min(top + height)), count, cx);
        let lines = self.all.into_iter().flat_map(|block| {
            let (selected, needed) = (block.key.is_some() && block.key == at, block.needed);
            block
                .lines
                .into_iter()
                .enumerate()
                .map(move |(n, line)| (line, selected && n == 0, needed && n == 0))
        });
        let lines: Vec<Line<'static>> = lines
            .skip(top)
            .take(height)
            .map(|(line, selected, needed)| {
                if line.is_empty() {
                    Line::default()
                } else {
                    with_mark(marked(line, selected, cells, cx), needed, cx)
                }
            })
            .collect();
        window::lines(frame, area, lines);
    }
}

/// The line with the mark of an answer that is needed, in the cell before the pointer.
fn with_mark(mut line: Line<'static>, needed: bool, cx: &Cx) -> Line<'static> {
    if needed
        && let Some(first) = line.spans.first_mut()
        && let Some(rest) = first.content.strip_prefix(' ').map(str::to_owned)
    {
        *first = Span::styled(rest, first.style);
        line.spans.insert(0, Span::styled("*", cx.theme.style(Role::Now)));
    }
    line
}

/// Which line was the first in sight when the rows were drawn last, and on which line of the screen the highlighted row was. It is
/// what the eye remembers of the last frame, and nothing else follows from it.
#[derive(Debug)]
pub(super) struct Kept<K: Copy> {
    top: Remembered<usize>,
    row: Remembered<Option<(K, u16)>>,
}

impl<K: Copy + PartialEq> Kept<K> {
    pub(super) fn new() -> Self {
        Self { top: Remembered::new(0), row: Remembered::new(None) }
    }

    /// The line of the screen on which a row was.
    pub(super) fn line(&self, of: K) -> Option<u16> {
        self.row.get().filter(|(key, _)| *key == of).map(|(_, line)| line)
    }

    /// A row was on this line of the screen before.
    pub(super) fn put(&self, key: K, line: u16) {
        self.row.set(Some((key, line)));
    }

    /// The first line in sight: the same row is on the same line of the screen, another row is brought into sight.
    fn top(&self, blocks: &Blocks<K>, at: Option<K>, area: Rect) -> usize {
        let height = usize::from(area.height);
        let Some((start, end)) = blocks.lines_of(at) else { return 0 };
        let is_last = blocks.all.iter().rev().find_map(|last| last.key) == at;
        let end = if is_last { blocks.count() } else { end };
        let same = at.and_then(|key| self.line(key)).filter(|line| *line >= area.y);
        let wanted = same.map_or(self.top.get(), |line| start.saturating_sub(usize::from(line - area.y)));
        let most = blocks.count().saturating_sub(height);
        wanted.max(end.saturating_sub(height)).min(start).min(most)
    }

    fn remember(&self, blocks: &Blocks<K>, at: Option<K>, area: Rect, top: usize) {
        self.top.set(top);
        let start = blocks.lines_of(at).map_or(0, |(start, _)| start);
        let line = area.y + u16::try_from(start.saturating_sub(top)).unwrap_or(u16::MAX);
        self.row.set(at.map(|key| (key, line)));
    }
}

/// Where the highlight is: on a key, and if that is gone, on the row that came into its place.
#[derive(Debug)]
pub(super) struct Spot<K> {
    key: Option<K>,
    index: usize,
}

impl<K: Copy + PartialEq> Spot<K> {
    /// On the row of this index.
    pub(super) fn new(index: usize) -> Self {
        Self { key: None, index }
    }

    /// The highlighted row among these.
    pub(super) fn on(&self, keys: &[K]) -> Option<K> {
        let by_key = self.key.filter(|key| keys.contains(key));
        by_key.or_else(|| keys.get(self.index.min(keys.len().saturating_sub(1))).copied())
    }

    /// Moves; says whether it was a motion.
    pub(super) fn act(&mut self, action: Action, keys: &[K], page: usize) -> bool {
        let here = self.on(keys);
        let at = keys.iter().position(|key| Some(*key) == here).unwrap_or(0);
        let mut cursor = Cursor { at };
        if !cursor.act(action, keys.len(), page) {
            return false;
        }
        self.index = cursor.at;
        self.key = keys.get(cursor.at).copied();
        true
    }

    /// The row it was put on, whether it is there or not.
    pub(super) fn key(&self) -> Option<K> {
        self.key
    }

    /// Puts it on a row.
    pub(super) fn put(&mut self, key: K, keys: &[K]) {
        self.key = Some(key);
        self.index = keys.iter().position(|one| *one == key).unwrap_or(self.index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::text::Span;

    fn plain(words: &'static str) -> Cell {
        vec![Span::raw(words)]
    }

    fn blocks() -> Blocks<u8> {
        let mut blocks = Blocks::new();
        blocks.line(plain("heading"));
        for key in 1..=4 {
            blocks.row(key, vec![plain("first"), plain("second"), plain("third")]);
        }
        blocks.line(plain("tail"));
        blocks
    }

    #[test]
    fn the_whole_highlighted_row_is_in_sight() {
        let blocks = blocks();
        assert_eq!(blocks.top(Some(1), 5), 0, "the heading stays as long as it fits");
        assert_eq!(blocks.top(Some(3), 5), 5);
        assert_eq!(blocks.top(Some(4), 5), 9, "what follows the last row comes with it");
        assert_eq!(blocks.top(Some(2), 2), 4, "a row too long for the window begins on top");
        assert_eq!(blocks.top(None, 2), 0);
    }

    #[test]
    fn the_highlighted_row_stays_on_its_line_while_rows_come_and_go_above_it() {
        let area = Rect { x: 0, y: 2, width: 20, height: 5 };
        let kept = Kept::new();
        let seen = |blocks: &Blocks<u8>, at: u8| {
            let top = kept.top(blocks, Some(at), area);
            kept.remember(blocks, Some(at), area, top);
            (top, kept.line(at).unwrap())
        };
        let rows = |from: u8| {
            let mut blocks = Blocks::new();
            (from..=20).for_each(|key| blocks.row(key, vec![plain("one line")]));
            blocks
        };
        assert_eq!(seen(&rows(1), 1), (0, 2));
        assert_eq!(seen(&rows(1), 9), (4, 6), "brought into sight");
        assert_eq!(seen(&rows(1), 8), (4, 5), "another row in sight moves nothing");
        assert_eq!(seen(&rows(0), 8), (5, 5), "a row came above it");
        assert_eq!(seen(&rows(4), 8), (1, 5));
        assert_eq!(seen(&rows(7), 8), (0, 3), "as far down as there are rows above it");
        assert_eq!(seen(&rows(1), 8), (6, 3), "and there it stays");
        assert_eq!(seen(&rows(1), 20), (15, 6));
    }

    #[test]
    fn a_click_finds_the_row_of_any_of_its_lines() {
        let blocks = blocks();
        let area = Rect { x: 0, y: 2, width: 20, height: 20 };
        let row = |y: u16| blocks.hit(Position { x: 4, y }, area, None);
        assert_eq!((row(2), row(3), row(5), row(6)), (None, Some(1), Some(1), Some(2)));
        assert_eq!((row(15), row(1), row(18)), (None, None, None));
    }

    #[test]
    fn the_highlight_stays_with_its_row_or_in_its_place() {
        let mut spot = Spot::new(0);
        assert!(spot.act(Action::Down, &[1, 2, 3], 5));
        assert_eq!(spot.on(&[1, 2, 3]), Some(2));
        assert_eq!(spot.on(&[3, 2]), Some(2), "moved with its row");
        assert_eq!(spot.on(&[1, 3]), Some(3), "its row is gone");
        assert_eq!(spot.on(&[]), None);
        assert!(!spot.act(Action::Unfold, &[1], 5));
    }
}
