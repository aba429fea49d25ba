//! Such a page as it is drawn: rows down one page, below them what the highlighted one can be answered with.
//!
//! Owns where things are. It changes nothing.

use super::{Asked, Page, Shown};
use crate::domain::counted;
use crate::rules::plan::words::first_upper;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::INDENT;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{empty, rule};
use crate::tui::widgets::table::Cell;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Cells of the label before a row.
pub(in crate::tui::screens::chart) const INDENTED: usize = 14;

/// Words in a role.
pub(in crate::tui::screens::chart) fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// A label, and what is behind it.
pub(in crate::tui::screens::chart) fn labelled(label: &str, words: Vec<Span<'static>>, cx: &Cx) -> Cell {
    let mut cell = vec![styled(text::left(label, INDENTED, ""), Role::Dim, cx)];
    cell.extend(words);
    cell
}

/// Words below a row, wrapped.
pub(in crate::tui::screens::chart) fn under(
    words: &str,
    indent: usize,
    role: Role,
    cx: &Cx,
    width: usize,
) -> Vec<Cell> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let cells = width.saturating_sub(INDENT + indent + 1).max(10);
    let lines = window::wrapped(&[words.trim().to_owned()], cells);
    lines.into_iter().map(|line| vec![Span::raw(" ".repeat(indent)), styled(line, role, cx)]).collect()
}

/// The client's words in quotation marks; empty without words.
pub(in crate::tui::screens::chart) fn quoted(words: &str, cx: &Cx) -> String {
    let glyphs = &cx.theme.glyphs;
    if words.trim().is_empty() {
        return String::new();
    }
    format!("{}{}{}", glyphs.quote_open, words.trim(), glyphs.quote_close)
}

/// `1 helped   2 helped partly`: a digit and its word are never parted.
fn joined_choices(choices: &[&str], width: usize) -> Vec<String> {
    let words = (1..).zip(choices).map(|(digit, word): (usize, &&str)| format!("{digit} {word}"));
    let joined: Vec<String> = words.map(|word| word.replace(' ', "\u{a0}")).collect();
    let lines = window::wrapped(&[joined.join("   ")], width);
    let lines = lines.into_iter().map(|line| line.replace('\u{a0}', " ").trim_end().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// What must be answered and, apart from it, how many parts are empty: `1 answer needed *, 7 parts empty`.
fn left<D: Asked>(shown: &Shown<'_, D>) -> String {
    let blanks = shown.sheet.body.blanks();
    let empty = counted(blanks.len(), "part", "parts");
    if shown.lacks.is_empty() {
        return match blanks.len() {
            0 => "nothing left to answer".to_owned(),
            1 => "1 part is still empty".to_owned(),
            _ => format!("{empty} are still empty"),
        };
    }
    if blanks.is_empty() {
        return format!("{} left to answer *", shown.lacks.len());
    }
    let needed = counted(shown.lacks.len(), "answer", "answers");
    format!("{needed} needed *, {empty} empty")
}

/// `3 left to answer   Saved 16:20:31`.
fn state<D: Asked>(shown: &Shown<'_, D>, cx: &Cx) -> String {
    let saved = shown.sheet.saved_at;
    let left = left(shown);
    if shown.sheet.read_only {
        return format!("draft of {}, {left}", cx.staff_name(shown.sheet.by));
    }
    if shown.sheet.failed {
        return format!("{left}   NOT SAVED");
    }
    format!("{left}   Saved {}:{:02}", saved.time, saved.second)
}

/// Areas of the title, the rows, and what is below them.
fn areas<D: Asked>(room: &Page<D>, below: usize, area: Rect) -> (Rect, Rect, Rect) {
    let most = if room.words.is_some() { area.height * 2 / 3 } else { area.height / 3 };
    let below = u16::try_from(below).unwrap_or(u16::MAX).clamp(2, most.max(2));
    let title = Rect { height: 1.min(area.height), ..area };
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + below), ..area };
    (title, rows, Rect { y: rows.bottom(), height: area.bottom().saturating_sub(rows.bottom()), ..area })
}

/// Lines below the rows, the rule among them.
fn below_height<D: Asked>(room: &Page<D>, area: Rect, below: usize) -> usize {
    match &room.words {
        Some(words) => words.pane.rows(area) + 3,
        None => below + 1,
    }
}

/// The area of the words being written; `None` while none are.
pub(super) fn pane_area<D: Asked>(room: &Page<D>, area: Rect) -> Option<Rect> {
    room.words.as_ref()?;
    let (_, _, below) = areas(room, below_height(room, area, 0), area);
    Some(Rect { y: below.y + 2, height: below.height.saturating_sub(2), ..below })
}

/// The row under a click.
pub(super) fn hit<D: Asked>(
    room: &Page<D>,
    at: Position,
    area: Rect,
    chart: &ChartView,
    cx: &Cx,
) -> Option<D::Item> {
    let shown = room.shown(chart, cx)?;
    let here = room.here(chart, cx);
    let below = below(here, &shown, cx, usize::from(area.width));
    let (_, rows, _) = areas(room, below_height(room, area, below.len()), area);
    D::blocks(&shown, chart, cx, usize::from(area.width)).hit(at, rows, here)
}

/// Draws the page.
pub(super) fn draw<D: Asked>(room: &Page<D>, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let Some(shown) = room.shown(chart, cx) else {
        empty(frame, area, &[Page::<D>::taught(chart, cx)], cx);
        return;
    };
    let width = usize::from(area.width);
    let here = room.here(chart, cx);
    let lines = below(here, &shown, cx, width);
    let (top, rows, under) = areas(room, below_height(room, area, lines.len()), area);
    let whole = D::title(&shown, cx);
    // What it is never goes; its span does where the line is short.
    let (what, span) = whole.split_once(", ").unwrap_or((whole.as_str(), ""));
    let left = [styled(format!(" {what}"), Role::Now, cx), styled(format!(", {span}"), Role::Now, cx)];
    let right = styled(format!("   {} ", state(&shown, cx)), Role::Dim, cx);
    frame.render_widget(window::sides(&left, right, width), top);
    let needed: Vec<D::Item> = shown.lacks.iter().map(|(item, _)| *item).collect();
    D::blocks(&shown, chart, cx, width).needing(&needed).draw(frame, rows, here, cx);
    frame.render_widget(rule(area.width, cx), Rect { height: 1.min(under.height), ..under });
    if let (Some(words), Some(pane)) = (&room.words, pane_area(room, area)) {
        let name = D::name_of(words.item, &shown);
        let line = Rect { y: under.y + 1, height: 1, ..under };
        frame.render_widget(Line::styled(format!(" {name}"), cx.theme.style(Role::Now)), line);
        words.pane.draw(frame, pane, cx);
        return;
    }
    let rest = Rect { y: under.y + 1, height: under.height.saturating_sub(1), ..under };
    window::lines(frame, rest, lines);
}

/// What the highlighted row can be answered with.
fn below<D: Asked>(here: Option<D::Item>, shown: &Shown<'_, D>, cx: &Cx, width: usize) -> Vec<Line<'static>> {
    let Some(item) = here else { return Vec::new() };
    let mut lines: Vec<Line<'static>> = joined_choices(&D::choices(item), width.saturating_sub(2))
        .into_iter()
        .map(|line| Line::raw(format!(" {line}")))
        .collect();
    if let Some((_, lack)) = shown.lacks.iter().find(|(lack, _)| *lack == item) {
        lines.push(Line::styled(format!(" {}", first_upper(lack)), cx.theme.style(Role::Now)));
    }
    let does = D::does(item, shown, cx);
    if !does.trim().is_empty() {
        for line in window::wrapped(&[does.trim().to_owned()], width.saturating_sub(2)) {
            lines.push(Line::styled(format!(" {line}"), cx.theme.style(Role::Dim)));
        }
    }
    lines
}
