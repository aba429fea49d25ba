//! What every window and list is drawn with: the window, wrapped text, a row of a list.

use super::table::highlighted;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Color;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};
use std::ops::Range;

/// Where a window of this width and so many rows of content lies: in the middle, as high as fits.
pub fn place(area: Rect, width: u16, rows: u16) -> Rect {
    let width = width.min(area.width);
    let height = rows.saturating_add(2).min(area.height.saturating_sub(2)).max(3).min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width, height }
}

/// The content of a window: inside its border, one column of air on both sides.
pub fn inner(window: Rect) -> Rect {
    Rect {
        x: window.x + 2.min(window.width),
        y: window.y + 1.min(window.height),
        width: window.width.saturating_sub(4),
        height: window.height.saturating_sub(2),
    }
}

/// Clears and borders a window in the middle; gives back its content.
pub fn window(frame: &mut Frame<'_>, area: Rect, cx: &Cx, title: &str, width: u16, rows: u16) -> Rect {
    window_at(frame, place(area, width, rows), cx, title)
}

/// Clears and borders this window; gives back its content.
pub fn window_at(frame: &mut Frame<'_>, window: Rect, cx: &Cx, title: &str) -> Rect {
    frame.render_widget(Clear, edged(window, frame.area()));
    let title = Span::styled(format!(" {} ", text::line(title)), cx.theme.style(Role::Now).fg(Color::Reset));
    let block = Block::bordered()
        .border_set(cx.theme.glyphs.border)
        .border_style(cx.theme.style(Role::Rule))
        .style(cx.theme.style(Role::Normal))
        .title(title);
    frame.render_widget(block, window);
    inner(window)
}

/// What a window clears: one cell more on both sides, and to the edge of the screen where only shreds would be left.
fn edged(window: Rect, screen: Rect) -> Rect {
    const SHRED: u16 = 8;
    let left = window.x.saturating_sub(screen.x);
    let right = screen.right().saturating_sub(window.right());
    let more = |room: u16| if room <= SHRED { room } else { 1 };
    Rect { x: window.x - more(left), width: window.width + more(left) + more(right), ..window }
}

/// Lines below which there is no room to say that there is more.
const LEAST: u16 = 4;

/// The part of an area for the rows of a list: one that is longer than its room leaves the last line to say so.
pub fn list(area: Rect, count: usize) -> Rect {
    let sign = u16::from(count > usize::from(area.height) && area.height >= LEAST);
    Rect { height: area.height - sign, ..area }
}

/// Says below these rows how many of `count` are out of sight, if any are.
pub fn sign(frame: &mut Frame<'_>, rows: Rect, in_sight: &Range<usize>, count: usize, cx: &Cx) {
    let glyphs = &cx.theme.glyphs;
    let (above, below) = (in_sight.start, count.saturating_sub(in_sight.end));
    let mut words: Vec<String> = Vec::new();
    if below > 0 {
        words.push(format!("{} {below} more", glyphs.below));
    }
    if above > 0 {
        words.push(format!("{} {above} above", glyphs.above));
    }
    if !words.is_empty() {
        let line = Line::styled(format!(" {}", words.join("   ")), cx.theme.style(Role::Dim));
        let below = Rect { y: rows.bottom(), height: 1, ..rows };
        frame.render_widget(line, below.intersection(frame.area()));
    }
}

/// Lines to read from `top` on, and below them how many are out of sight.
pub fn scrolled(frame: &mut Frame<'_>, area: Rect, all: Vec<Line<'_>>, top: usize, cx: &Cx) {
    let (count, rows) = (all.len(), list(area, all.len()));
    let height = usize::from(rows.height);
    let top = top.min(count.saturating_sub(height));
    lines(frame, rows, all.into_iter().skip(top).take(height).collect());
    if rows.height < area.height {
        sign(frame, rows, &(top..count.min(top + height)), count, cx);
    }
}

/// How many places lines to read can be scrolled to in so much room.
pub fn places(count: usize, area: Rect) -> usize {
    count.saturating_sub(usize::from(list(area, count).height)) + 1
}

/// Lines from the top of an area down, as many as fit.
pub fn lines(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'_>>) {
    frame.render_widget(Paragraph::new(lines), area);
}

/// Paragraphs wrapped at spaces to so many cells; an empty paragraph is an empty line.
pub fn wrapped(paragraphs: &[String], cells: usize) -> Vec<String> {
    let mut out = Vec::new();
    for paragraph in paragraphs.iter().flat_map(|text| text.split('\n')) {
        let mut line = String::new();
        for word in text::line(paragraph).split(' ') {
            if !line.is_empty() && text::width(&line) + 1 + text::width(word) > cells {
                out.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        out.push(line);
    }
    out
}

/// A line with words on both sides, each in its own style. What stands right stays whole; of the pieces at the left those that
/// fit, the first ones before the others.
pub fn sides(left: &[Span<'static>], right: Span<'static>, cells: usize) -> Line<'static> {
    let mut spans: Vec<Span<'static>> = Vec::new();
    let (mut used, behind) = (0, right.width());
    for piece in left {
        if used + piece.width() + behind < cells {
            used += piece.width();
            spans.push(piece.clone());
        }
    }
    spans.push(Span::raw(" ".repeat(cells.saturating_sub(used + behind))));
    spans.push(right);
    Line::from(spans)
}

/// A row of a list in a window: the mark, the label on the left, the detail on the right.
pub fn row(label: &str, detail: &str, cells: usize, selected: bool, cx: &Cx) -> Line<'static> {
    let mark = if selected { cx.theme.glyphs.pointer } else { " " };
    let more = cx.theme.glyphs.ellipsis;
    let room = cells.saturating_sub(2);
    // What is behind the label has half of the room, and all that the label leaves; two cells are always between them.
    let left = room.saturating_sub(text::width(label) + 2);
    let detail = text::cut(detail, left.max(room / 2), more).into_owned();
    let gap = if detail.is_empty() { 0 } else { 2 };
    let label = text::left(label, room.saturating_sub(text::width(&detail) + gap), more);
    let spans = vec![
        Span::raw(format!("{mark} {label}{}", " ".repeat(gap))),
        Span::styled(detail, cx.theme.style(Role::Dim)),
    ];
    if selected { highlighted(spans, cells, cx) } else { Line::from(spans) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_and_empty_lines_stay() {
        let text = ["one two three".to_owned(), String::new(), "four".to_owned()];
        assert_eq!(wrapped(&text, 8), ["one two", "three", "", "four"]);
    }

    #[test]
    fn a_window_leaves_no_shreds_beside_it() {
        let screen = Rect { x: 0, y: 0, width: 80, height: 24 };
        let cleared = |width| {
            let cleared = edged(place(screen, width, 5), screen);
            (cleared.x, cleared.width)
        };
        assert_eq!(cleared(76), (0, 80), "two cells beside it say nothing");
        assert_eq!(cleared(40), (19, 42));
    }

    #[test]
    fn what_scrolls_leaves_a_line_to_say_so() {
        let area = Rect { x: 0, y: 0, width: 80, height: 10 };
        assert_eq!((list(area, 10).height, list(area, 11).height), (10, 9));
        assert_eq!((places(10, area), places(11, area), places(30, area)), (1, 3, 22));
    }

    #[test]
    fn what_stands_right_stays_whole() {
        let drawn = |cells| {
            let left = [" Sat 21 Nov", "   10 sessions", ", 1 missed"].map(Span::raw);
            sides(&left, Span::raw("mine "), cells).to_string()
        };
        assert_eq!(drawn(45), " Sat 21 Nov   10 sessions, 1 missed     mine ");
        assert_eq!(drawn(32), " Sat 21 Nov   10 sessions  mine ");
        assert_eq!(drawn(20), " Sat 21 Nov    mine ");
    }

    #[test]
    fn a_window_never_leaves_the_screen() {
        for (width, height) in [(80, 24), (10, 5), (3, 3), (200, 60)] {
            let area = Rect { x: 0, y: 0, width, height };
            let window = place(area, 70, 40);
            assert_eq!(window.intersection(area), window);
        }
    }
}
