//! What every window and list is drawn with: the window, wrapped text, a row of a list.

use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

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
    frame.render_widget(Clear, window);
    let title = Span::styled(format!(" {} ", text::line(title)), cx.theme.style(Role::Now));
    let block = Block::bordered()
        .border_set(cx.theme.glyphs.border)
        .border_style(cx.theme.style(Role::Rule))
        .style(cx.theme.style(Role::Normal))
        .title(title);
    frame.render_widget(block, window);
    inner(window)
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

/// A row of a list in a window: the mark, the label on the left, the detail on the right.
pub fn row(label: &str, detail: &str, cells: usize, selected: bool, cx: &Cx) -> Line<'static> {
    let mark = if selected { cx.theme.glyphs.pointer } else { " " };
    let more = cx.theme.glyphs.ellipsis;
    let room = cells.saturating_sub(2);
    let detail = text::cut(detail, room / 2, more).into_owned();
    let gap = usize::from(!detail.is_empty());
    let label = text::left(label, room.saturating_sub(text::width(&detail) + gap), more);
    if selected {
        let all = format!("{mark} {label}{}{detail}", " ".repeat(gap));
        return Line::styled(all, cx.theme.style(Role::Selected));
    }
    Line::from(vec![
        Span::raw(format!("{mark} {label}{}", " ".repeat(gap))),
        Span::styled(detail, cx.theme.style(Role::Dim)),
    ])
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
    fn a_window_never_leaves_the_screen() {
        for (width, height) in [(80, 24), (10, 5), (3, 3), (200, 60)] {
            let area = Rect { x: 0, y: 0, width, height };
            let window = place(area, 70, 40);
            assert_eq!(window.intersection(area), window);
        }
    }
}
