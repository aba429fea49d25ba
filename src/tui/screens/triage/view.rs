//! How triage looks: every question with its answer, and the words of every yes.

use super::{Focus, TriageScreen, questions};
use crate::packs::Dimension;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Cells before the questions: pointer, dimension, answer.
const LEAD: usize = 22;
/// Widest line of the questions.
const WIDE: u16 = 100;
/// Rows of the words of a yes while they are typed.
const ROWS: u16 = 3;
/// Where the words of a yes are still to come.
const NO_WORDS: &str = "not said yet";

impl TriageScreen {
    /// Lines of the screen, and for each where a click puts the focus.
    pub(super) fn lines(&self, width: usize, cx: &Cx) -> Vec<(Option<Focus>, Line<'static>)> {
        let dim = cx.theme.style(Role::Dim);
        let room = width.min(usize::from(WIDE)).saturating_sub(LEAD + 1);
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
                lines.extend(self.danger(at, dimension, room, cx));
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

    /// The words of a yes, and below them what to do then.
    fn danger(
        &self,
        at: usize,
        dimension: &Dimension,
        room: usize,
        cx: &Cx,
    ) -> Vec<(Option<Focus>, Line<'static>)> {
        let dim = cx.theme.style(Role::Dim);
        let (row, here) = (&self.rows[at], self.focus == Focus::Reason(at));
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let label = Span::styled(format!("{:13}{mark} Danger ", ""), cx.theme.style(Role::Now));
        let words = match row.reason.value() {
            // The field itself is drawn over these rows.
            _ if here => vec![String::new(); usize::from(row.reason.rows(room as u16).clamp(1, ROWS))],
            "" => vec![NO_WORDS.to_owned()],
            words => window::wrapped(&[words.to_owned()], room),
        };
        let style = if row.reason.is_empty() { dim } else { cx.theme.style(Role::Normal) };
        let mut lines = Vec::new();
        for (n, words) in words.into_iter().enumerate() {
            let lead = if n == 0 { label.clone() } else { Span::raw(" ".repeat(LEAD)) };
            lines.push((Some(Focus::Reason(at)), Line::from(vec![lead, Span::styled(words, style)])));
        }
        for words in window::wrapped(&[format!("then: {}", dimension.triage_action)], room) {
            lines.push((None, Line::styled(format!("{}{words}", " ".repeat(LEAD)), dim)));
        }
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
            Span::raw(" "),
            Span::styled(text::left(word, 6, ""), cx.theme.style(role)),
        ]
    }

    /// The first line in sight, so that the focus is, with what to do then below it.
    pub(super) fn top(&self, lines: &[(Option<Focus>, Line<'static>)], height: usize) -> usize {
        let mine = |(focus, _): &(Option<Focus>, Line<'static>)| *focus == Some(self.focus);
        let first = lines.iter().position(mine).unwrap_or(0);
        let last = lines.iter().rposition(mine).unwrap_or(0);
        let then = match self.focus {
            Focus::Done => 0,
            _ => lines.iter().skip(last + 1).take_while(|(focus, _)| focus.is_none()).count(),
        };
        (last + 1 + then).saturating_sub(height).min(first)
    }

    /// Draws it.
    pub(super) fn show(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let style = cx.theme.style(Role::Dim);
        let head = head(area).into_iter().map(|line| Line::styled(format!(" {line}"), style));
        window::lines(frame, area, head.collect());
        let lines = self.lines(usize::from(area.width), cx);
        let (list, count) = (list_area(area, lines.len()), lines.len());
        let top = self.top(&lines, usize::from(list.height));
        let rows = (lines.iter().enumerate().skip(top).take(usize::from(list.height)))
            .filter(|(_, (focus, _))| *focus == Some(self.focus))
            .map(|(row, _)| (row - top) as u16);
        let rows: Vec<u16> = rows.collect();
        let shown = lines.into_iter().skip(top).map(|(_, line)| line).collect();
        window::lines(frame, list, shown);
        window::sign(frame, list, &(top..count.min(top + usize::from(list.height))), count, cx);
        if let (Focus::Reason(at), Some(row)) = (self.focus, rows.first()) {
            let width = area.width.min(WIDE).saturating_sub(LEAD as u16 + 1);
            let field = Rect { x: list.x + LEAD as u16, y: list.y + row, width, height: rows.len() as u16 };
            self.rows[at].reason.draw(frame, field, true, cx);
        }
    }
}

/// What stands above the questions.
fn head(area: Rect) -> Vec<String> {
    let words = "Triage: is there danger now? 1 yes, 2 no, - ask later. After a yes, type what the danger is; the rest can wait.";
    window::wrapped(&[words.to_owned()], usize::from(area.width).saturating_sub(2))
}

/// Where the questions are, with a line of air above them.
pub(super) fn list_area(area: Rect, count: usize) -> Rect {
    let above = head(area).len() as u16 + 1;
    window::list(Rect { y: area.y + above, height: area.height.saturating_sub(above), ..area }, count)
}
