//! The words of one cell: four small editors, one below the other.
//!
//! Owns the editors and which of them has the focus. What is typed goes into the draft at once; it must not save anything.

use super::shown::{CLIENTS, TEXTS};
use crate::domain::{Assessment, Cell};
use crate::tui::action::Action;
use crate::tui::editor::{Editor, EditorCommand, Look, Place, Side};
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

/// The texts of a cell being written.
#[derive(Debug)]
pub(super) struct Words {
    /// Of which dimension.
    pub dimension: u8,
    /// The assessment before anything was typed, for one step of undo in the grid.
    pub before: Box<Assessment>,
    editors: [Editor; 4],
    at: usize,
}

/// What a key did.
pub(super) enum Wrote {
    /// Nothing that is kept.
    Nothing,
    /// Changed the text of this index.
    Changed(usize, String),
}

impl Words {
    /// The texts of a cell.
    pub(super) fn of(cell: &Cell, before: &Assessment) -> Self {
        let editors = TEXTS.map(|(_, text)| Editor::new(text(cell)));
        Self { dimension: cell.dimension, before: Box::new(before.clone()), editors, at: 0 }
    }

    /// Does what a key asks.
    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Wrote {
        self.resize(cx);
        let editor = &mut self.editors[self.at];
        match action {
            Action::NextSection | Action::TabOn => self.go((self.at + 1) % TEXTS.len(), Side::Top, 0),
            Action::PrevSection | Action::TabBack => {
                self.go((self.at + TEXTS.len() - 1) % TEXTS.len(), Side::Top, 0);
            }
            Action::TextUp if editor.at_top() && self.at > 0 => {
                let column = editor.column();
                self.go(self.at - 1, Side::Bottom, column);
            }
            Action::TextDown if editor.at_bottom() && self.at + 1 < TEXTS.len() => {
                let column = editor.column();
                self.go(self.at + 1, Side::Top, column);
            }
            _ => {
                if let Some(command) = EditorCommand::of(action) {
                    return self.apply(command, cx);
                }
            }
        }
        Wrote::Nothing
    }

    /// Takes typed or pasted text.
    pub(super) fn text(&mut self, text: &str, cx: &Cx) -> Wrote {
        self.resize(cx);
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => self.apply(EditorCommand::InsertChar(c), cx),
            _ => self.apply(EditorCommand::InsertText(text.to_owned()), cx),
        }
    }

    fn apply(&mut self, command: EditorCommand, cx: &Cx) -> Wrote {
        self.editors[self.at].at_time(cx.now.moment.0);
        let effect = self.editors[self.at].apply(command);
        if let Some(text) = effect.clipboard {
            self.editors.iter_mut().for_each(|editor| editor.set_clipboard(&text));
        }
        if effect.changed { Wrote::Changed(self.at, self.editors[self.at].text()) } else { Wrote::Nothing }
    }

    fn go(&mut self, at: usize, side: Side, column: usize) {
        self.editors[self.at].break_group();
        self.at = at;
        self.editors[at].enter(side, column);
    }

    fn resize(&mut self, cx: &Cx) {
        let area = cx.content();
        for editor in &mut self.editors {
            editor.resize(width(area), area.height.saturating_sub(4));
        }
    }

    /// Lines before each editor's own, the lines of all, and the line of the cursor.
    fn stack(&self, width: u16) -> ([usize; 4], usize, usize) {
        let (mut above, mut total, mut cursor) = ([0; 4], 0, 0);
        for (at, editor) in self.editors.iter().enumerate() {
            total += 1;
            above[at] = total;
            if at == self.at {
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
        self.resize(cx);
        let (above, _, _) = self.stack(width(area));
        let line = self.top(area) + usize::from(at.y.saturating_sub(area.y));
        let hit = above.iter().rposition(|first| line + 1 >= *first).unwrap_or(0);
        let column = usize::from(at.x.saturating_sub(area.x + INDENT));
        self.editors[self.at].break_group();
        self.at = hit;
        self.editors[hit].click(Place { row: line.saturating_sub(above[hit]), column }, false);
    }

    /// Draws the four texts.
    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let width = width(area);
        let (above, total, _) = self.stack(width);
        let top = self.top(area);
        let bottom = top + usize::from(area.height);
        let look = Look { text: cx.theme.style(Role::Normal), selection: cx.theme.style(Role::Selected) };
        for (at, editor) in self.editors.iter().enumerate() {
            let label_line = above[at] - 1;
            if (top..bottom).contains(&label_line) {
                let y = area.y + (label_line - top) as u16;
                frame.render_widget(self.label(at, cx), Rect { y, height: 1, ..area });
            }
            let end = if at + 1 < TEXTS.len() { above[at + 1] - 1 } else { total };
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
            let cursor = editor.draw_rows(from - above[at], rows, frame.buffer_mut(), look);
            if let Some(cursor) = cursor.filter(|_| at == self.at) {
                frame.set_cursor_position(cursor);
            }
        }
    }

    fn label(&self, at: usize, cx: &Cx) -> Line<'static> {
        let here = at == self.at;
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let role = if here { Role::Focus } else { Role::Dim };
        let hint = match at {
            CLIENTS => "as they said it, without quotation marks",
            0 => "what is so today",
            1 => "how it came to be so",
            _ => "what helps, what has worked",
        };
        let label = text::left(TEXTS[at].0, 15, "");
        Line::from(vec![
            Span::raw(format!(" {mark} ")),
            Span::styled(label, cx.theme.style(role)),
            Span::styled(hint, cx.theme.style(Role::Dim)),
        ])
    }
}

fn width(area: Rect) -> u16 {
    area.width.saturating_sub(INDENT + 1).clamp(1, PROSE)
}
