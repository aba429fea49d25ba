//! Texts that are written on a page, one below the other: the words beside a rating, the words of an answer.
//!
//! Owns the editors and which of them has the focus. What is typed goes into the draft at once; it must not save anything.

use super::texts::{found_in, mode_words};
use crate::tui::action::Action;
use crate::tui::editor::{EditorCommand, Look, Place, Texts};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Longest line of prose.
const PROSE: u16 = 76;
/// Columns left free before a text.
const INDENT: u16 = 3;

/// A text of a pane: what it is called, and what belongs there.
pub(super) type Title = (&'static str, &'static str);

/// Texts being written.
#[derive(Debug)]
pub(super) struct Written {
    titles: &'static [Title],
    pub editors: Texts,
}

impl Written {
    /// Texts under their titles, with what is in them.
    pub(super) fn new<'a>(titles: &'static [Title], texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self { titles, editors: Texts::new(texts) }
    }

    /// Whether a key goes on from the last of the texts, or back from the first.
    pub(super) fn leaves(&self, action: Action) -> bool {
        match action {
            Action::TabOn => self.editors.at() + 1 == self.editors.len(),
            Action::TabBack => self.editors.at() == 0,
            _ => false,
        }
    }

    /// Lines they take on the page.
    pub(super) fn rows(&self, area: Rect) -> usize {
        self.stack(width(area)).1
    }

    /// Does something to the texts as they are on the screen.
    pub(super) fn on_page<T>(&mut self, cx: &Cx, act: impl FnOnce(&mut Texts) -> T) -> T {
        let area = cx.content();
        self.editors.resize(width(area), area.height.saturating_sub(4));
        self.editors.at_time(cx.now.moment.0);
        act(&mut self.editors)
    }

    /// Takes typed or pasted text; says whether that changed anything.
    pub(super) fn text(&mut self, text: &str, cx: &Cx) -> bool {
        let mut chars = text.chars();
        let command = match (chars.next(), chars.next()) {
            (Some(c), None) => EditorCommand::InsertChar(c),
            _ => EditorCommand::InsertText(text.to_owned()),
        };
        self.on_page(cx, |editors| editors.apply(command)).changed
    }

    /// Lines before each editor's own, the lines of all, and the line of the cursor.
    fn stack(&self, width: u16) -> (Vec<usize>, usize, usize) {
        let (mut above, mut total, mut cursor) = (Vec::new(), 0, 0);
        for (at, editor) in self.editors.iter().enumerate() {
            total += 1;
            above.push(total);
            if at == self.editors.at() {
                cursor = total + editor.cursor_row(width);
            }
            total += editor.rows(width) + 1;
        }
        (above, total, cursor)
    }

    /// The first line in sight: all of it if it fits, else with the cursor in the middle.
    fn top(&self, area: Rect) -> usize {
        let (_, total, cursor) = self.stack(width(area));
        let height = usize::from(area.height);
        cursor.saturating_sub(height / 2).min(total.saturating_sub(height))
    }

    /// A click puts the cursor there.
    pub(super) fn click(&mut self, at: Position, area: Rect, cx: &Cx) {
        let (above, _, _) = self.stack(width(area));
        let line = self.top(area) + usize::from(at.y.saturating_sub(area.y));
        let hit = above.iter().rposition(|first| line + 1 >= *first).unwrap_or(0);
        let column = usize::from(at.x.saturating_sub(area.x + INDENT));
        let place = Place { row: line.saturating_sub(above[hit]), column };
        self.on_page(cx, |editors| editors.click(hit, place));
    }

    /// Draws the texts.
    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        self.draw_needing(&[], frame, area, cx);
    }

    /// Draws the texts, those of these places with the mark of what is needed.
    pub(super) fn draw_needing(&self, needed: &[usize], frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let width = width(area);
        let (above, total, _) = self.stack(width);
        let top = self.top(area);
        let bottom = top + usize::from(area.height);
        let look = Look { text: cx.theme.style(Role::Normal), selection: cx.theme.style(Role::Selected) };
        for (at, editor) in self.editors.iter().enumerate() {
            let label_line = above[at] - 1;
            if (top..bottom).contains(&label_line) {
                let y = area.y + (label_line - top) as u16;
                frame.render_widget(self.label(at, needed.contains(&at), cx), Rect { y, height: 1, ..area });
            }
            let end = above.get(at + 1).map_or(total, |next| next - 1);
            let (from, to) = (above[at].max(top), end.min(bottom));
            if from >= to {
                continue;
            }
            let rows = Rect {
                x: area.x + INDENT,
                y: area.y + (from - top) as u16,
                width,
                height: (to - from) as u16,
            };
            let shown = (from - above[at], to - from);
            let matches = found_in(editor, self.editors.sought(), shown, width, cx);
            let cursor = editor.draw_decorated(shown.0, rows, frame.buffer_mut(), look, &matches);
            if let Some(cursor) = cursor.filter(|_| at == self.editors.at()) {
                frame.set_cursor_position(cursor);
            }
        }
    }

    fn label(&self, at: usize, needed: bool, cx: &Cx) -> Line<'static> {
        let here = at == self.editors.at();
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let role = if here { Role::Focus } else { Role::Dim };
        let (title, hint) = self.titles.get(at).copied().unwrap_or_default();
        let mode = if here { mode_words(&self.editors, cx).replace(", ", "   ") } else { String::new() };
        // All hints begin in one column, with room behind the longest title.
        let longest = self.titles.iter().map(|(title, _)| text::width(title)).max().unwrap_or(0);
        let label = text::left(title, (longest + 2).max(15), "");
        let star = Span::styled(if needed { "*" } else { " " }, cx.theme.style(Role::Now));
        Line::from(vec![
            star,
            Span::raw(format!("{mark} ")),
            Span::styled(label, cx.theme.style(role)),
            Span::styled(format!("{mode}{hint}"), cx.theme.style(Role::Dim)),
        ])
    }
}

fn width(area: Rect) -> u16 {
    area.width.saturating_sub(INDENT + 1).clamp(1, PROSE)
}
