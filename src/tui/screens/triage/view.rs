//! How triage looks: every question with its answer, and the words of every yes.

use super::{Focus, HEAD, TriageScreen, questions};
use crate::packs::Dimension;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells before the questions: pointer, dimension, answer.
const LEAD: usize = 22;

impl TriageScreen {
    /// Lines of the screen, and for each where a click puts the focus.
    pub(super) fn lines(&self, width: usize, cx: &Cx) -> Vec<(Option<Focus>, Line<'static>)> {
        let dim = cx.theme.style(Role::Dim);
        let room = width.min(100).saturating_sub(LEAD + 1);
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(dimension) = questions(cx).find(|d| d.number == row.dimension) else { continue };
            let here = matches!(self.focus, Focus::Answer(n) | Focus::Reason(n) if n == at);
            for (n, words) in window::wrapped(&[dimension.triage.join(" ")], room).into_iter().enumerate() {
                let mut spans =
                    if n == 0 { self.lead(at, dimension, cx) } else { vec![Span::raw(" ".repeat(LEAD))] };
                spans.push(Span::styled(words, if here { cx.theme.style(Role::Normal) } else { dim }));
                lines.push((Some(Focus::Answer(at)), Line::from(spans)));
            }
            if row.danger == Some(true) {
                let mark = if self.focus == Focus::Reason(at) { cx.theme.glyphs.pointer } else { " " };
                let label = Span::styled(format!("{:13}{mark} Danger ", ""), cx.theme.style(Role::Now));
                let asks = row.reason.is_empty() && self.focus != Focus::Reason(at);
                let words = if asks {
                    let key = cx.key(Action::Choose, Scope::Form);
                    Span::styled(format!("what is it? {key} to type it"), dim)
                } else {
                    Span::raw(row.reason.value().to_owned())
                };
                lines.push((Some(Focus::Reason(at)), Line::from(vec![label, words])));
                let then = format!("{}then: {}", " ".repeat(LEAD), dimension.triage_action);
                lines.push((None, Line::styled(then, dim)));
            }
        }
        lines.push((None, Line::default()));
        let here = self.focus == Focus::Done;
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let style = cx.theme.style(if here { Role::Selected } else { Role::Now });
        let done = Line::from(vec![Span::raw(format!("{mark} ")), Span::styled(" Write it down ", style)]);
        lines.push((Some(Focus::Done), done));
        lines
    }

    fn lead(&self, at: usize, dimension: &Dimension, cx: &Cx) -> Vec<Span<'static>> {
        let focus = self.focus == Focus::Answer(at);
        let mark = if focus { cx.theme.glyphs.pointer } else { " " };
        let name =
            text::left(&format!("{} {}", dimension.number, dimension.short), 13, cx.theme.glyphs.ellipsis);
        let (word, role) = match self.rows[at].danger {
            Some(true) => ("YES", Role::TierNow),
            Some(false) => ("no", Role::Normal),
            None if self.rows[at].later => ("later", Role::Normal),
            None => (cx.theme.glyphs.none, Role::Dim),
        };
        let role = if focus && self.rows[at].danger != Some(true) { Role::Focus } else { role };
        vec![
            Span::raw(format!("{mark} ")),
            Span::styled(name, cx.theme.style(if focus { Role::Focus } else { Role::Normal })),
            Span::raw("  "),
            Span::styled(text::left(word, 5, ""), cx.theme.style(role)),
        ]
    }

    /// The first line in sight, so that the focus is.
    pub(super) fn top(&self, lines: &[(Option<Focus>, Line<'static>)], height: usize) -> usize {
        let last = lines.iter().rposition(|(focus, _)| *focus == Some(self.focus)).unwrap_or(0);
        // The line behind the reason says what to do then: it belongs in sight too.
        (last + 2).min(lines.len()).saturating_sub(height)
    }

    /// Draws it.
    pub(super) fn show(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let words = " Triage: is there danger now? 1 yes, 2 no, - ask later. A yes lets the rest wait.";
        frame.render_widget(Span::styled(words, cx.theme.style(Role::Dim)), Rect { height: 1, ..area });
        let list = Rect { y: area.y + HEAD, height: area.height.saturating_sub(HEAD), ..area };
        let lines = self.lines(usize::from(area.width), cx);
        let top = self.top(&lines, usize::from(list.height));
        let reason = lines.iter().position(|(focus, _)| *focus == Some(self.focus));
        let shown = lines.into_iter().skip(top).map(|(_, line)| line).collect();
        window::lines(frame, list, shown);
        if let (Focus::Reason(at), Some(row)) = (self.focus, reason) {
            let y = list.y + (row.saturating_sub(top)) as u16;
            let x = list.x + LEAD as u16;
            if y < list.bottom() {
                let line = Rect { x, y, width: list.right().saturating_sub(x), height: 1 };
                self.rows[at].reason.draw(frame, line, true, cx);
            }
        }
    }
}
