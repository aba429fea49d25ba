//! The highlighted row of a day in words, below the list.

use super::today::{Row, Today};
use super::today_view::phones;
use crate::domain::SessionState;
use crate::rules::when;
use crate::service::api::{DayLine, OwedLine};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window::wrapped;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Rows below the list: two for a task whose words do not fit in one.
pub(super) fn below(today: &Today, width: u16) -> u16 {
    match today.here() {
        Some(Row::Task(item))
            if text::width(&task_words(item, &item.name, &item.phones)) > task_cells(width) =>
        {
            2
        }
        _ => 1,
    }
}

/// What the words of a task may take of a row: the rest is for the margins and the day.
fn task_cells(width: u16) -> usize {
    usize::from(width).saturating_sub(20)
}

/// One line on the highlighted session: how to reach them, what was missed.
pub(super) fn about(line: &DayLine, cx: &Cx) -> Line<'static> {
    let dim = cx.theme.style(Role::Dim);
    let mut spans = vec![Span::raw(format!(" {}   ", cx.listed(&line.name)))];
    if !phones(line, cx).is_empty() {
        let message = match line.may_leave_message {
            Some(true) => ", a message may be left",
            Some(false) => ", leave no message",
            None => "",
        };
        spans.push(Span::styled(format!("{}{message}   ", line.phones), dim));
    }
    if line.missed >= 2 {
        spans
            .push(Span::styled(format!("{} missed in a row   ", line.missed), cx.theme.style(Role::Overdue)));
    }
    if let Some(kind) = line.alert {
        spans.push(Span::styled(format!("alert: {}   ", kind.words()), cx.theme.style(Role::Overdue)));
    }
    if let SessionState::Cancelled { reason, .. } = &line.session.value.state
        && !reason.is_empty()
    {
        spans.push(Span::styled(format!("off: {reason}"), dim));
    }
    if let Some(last) = line.session.value.outreach.last() {
        let words = if last.words.is_empty() { String::new() } else { format!(": {}", last.words) };
        let reached = if last.reached { "reached" } else { "not reached" };
        let words = format!("{} by {}, {reached}{words}", when::short(last.on, cx.today()), last.how);
        spans.push(Span::styled(words, dim));
    }
    Line::from(spans)
}

/// About whom a task is, with record number and phone, and what is to be done.
fn task_words(item: &OwedLine, name: &str, phones: &str) -> String {
    let task = item.task.as_ref().map(|kept| text::line(&kept.value.text).into_owned());
    let about = [name, &*item.record_no, phones].into_iter().filter(|words| !words.is_empty());
    let about = about.collect::<Vec<_>>().join(", ");
    let gap = if about.is_empty() { "" } else { "   " };
    format!("{about}{gap}{}", task.unwrap_or_default())
}

/// A task with its day, over two rows where one is too short. The open key shows it whole.
pub(super) fn about_task(item: &OwedLine, area: Rect, cx: &Cx) -> Vec<Line<'static>> {
    let Some(kept) = &item.task else { return Vec::new() };
    let phones = if cx.veil { "" } else { &item.phones };
    let words = task_words(item, &cx.listed(&item.name), phones);
    let cells = usize::from(area.width).saturating_sub(2);
    let due = format!("due {}", when::short(kept.value.due, cx.today()));
    let last = usize::from(area.height.max(1)) - 1;
    let wrapped = wrapped(&[words], cells);
    let rows = wrapped[..last.min(wrapped.len())].to_vec();
    // The last row ends with the day; words that do not fit before it are cut.
    let rest = wrapped[rows.len()..].join(" ");
    let rest = text::cut(&rest, cells.saturating_sub(text::width(&due) + 3), cx.theme.glyphs.ellipsis);
    let gap = if rest.is_empty() { "" } else { "   " };
    let dim = cx.theme.style(Role::Dim);
    let end = Line::from(vec![Span::raw(format!(" {rest}{gap}")), Span::styled(due, dim)]);
    rows.into_iter().map(|row| Line::from(format!(" {row}"))).chain([end]).collect()
}
