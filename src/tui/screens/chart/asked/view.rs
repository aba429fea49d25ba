//! Such a page as it is drawn: rows down one page, each with the digit that opens it, and below them what the highlighted one needs.
//!
//! Owns where things are. It changes nothing.

use super::acts::with_digits;
use super::{Asked, Page, Shown};
use crate::domain::counted;
use crate::rules::plan::words::first_upper;
use crate::service::api::ChartView;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::{Blocks, INDENT};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{empty, rule};
use crate::tui::widgets::table::Cell;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Cells of the label before a row.
pub(in crate::tui::screens::chart) const INDENTED: usize = 15;
/// Cells of the digit before a row.
const DIGIT: usize = 2;

/// Words in a role.
pub(in crate::tui::screens::chart) fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// A label, and what is behind it; two cells are always between them.
pub(in crate::tui::screens::chart) fn labelled(label: &str, words: Vec<Span<'static>>, cx: &Cx) -> Cell {
    let label = text::left(label, INDENTED - 2, cx.theme.glyphs.ellipsis);
    let mut cell = vec![styled(label + "  ", Role::Dim, cx)];
    cell.extend(words);
    cell
}

/// A label, and words that are wrapped beside it; below it, where the label is too long to have them beside it.
pub(in crate::tui::screens::chart) fn beside(
    label: &str,
    words: &str,
    role: Role,
    cx: &Cx,
    width: usize,
) -> Vec<Cell> {
    let mut lines = under(words, INDENTED, role, cx, width);
    if text::width(label) > INDENTED - 2 {
        lines.insert(0, vec![styled(label.to_owned(), Role::Dim, cx)]);
        return lines;
    }
    match lines.first_mut() {
        Some(first) => *first = labelled(label, first.split_off(1), cx),
        None => lines.push(labelled(label, vec![styled("nothing written yet", Role::Dim, cx)], cx)),
    }
    lines
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
    rows_of(&shown, chart, cx, usize::from(area.width)).hit(at, rows, here)
}

/// Every row with its lines and its digit, those that need something with their mark.
fn rows_of<D: Asked>(shown: &Shown<'_, D>, chart: &ChartView, cx: &Cx, width: usize) -> Blocks<D::Item> {
    let needed: Vec<D::Item> = shown.lacks.iter().map(|(item, _)| *item).collect();
    if !D::DIGITS {
        return D::blocks(shown, chart, cx, width).needing(&needed);
    }
    let digits: Vec<(u8, D::Item)> = with_digits::<D>(&shown.items).collect();
    let digit = |item: D::Item| digits.iter().find(|(_, one)| *one == item).map(|(digit, _)| *digit);
    let before = |item: Option<D::Item>| match item.and_then(digit) {
        Some(digit) => styled(format!("{digit:<DIGIT$}"), Role::Dim, cx),
        None => Span::raw(" ".repeat(DIGIT)),
    };
    D::blocks(shown, chart, cx, width.saturating_sub(DIGIT)).needing(&needed).behind(before)
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
    rows_of(&shown, chart, cx, width).draw(frame, rows, here, cx);
    frame.render_widget(rule(area.width, cx), Rect { height: 1.min(under.height), ..under });
    if let (Some(words), Some(pane)) = (&room.words, pane_area(room, area)) {
        let name = D::name_of(words.item, &shown);
        let line = Rect { y: under.y + 1, height: 1, ..under };
        frame.render_widget(Line::styled(format!(" {name}"), cx.theme.style(Role::Now)), line);
        words.pane.draw_needing(&Page::needed_texts(words.item, &shown), frame, pane, cx);
        return;
    }
    let rest = Rect { y: under.y + 1, height: under.height.saturating_sub(1), ..under };
    window::lines(frame, rest, lines);
}

/// What the highlighted row needs, and what the keys do there.
fn below<D: Asked>(here: Option<D::Item>, shown: &Shown<'_, D>, cx: &Cx, width: usize) -> Vec<Line<'static>> {
    let Some(item) = here else { return Vec::new() };
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut say = |words: &str, role: Role| {
        for line in window::wrapped(&[words.trim().to_owned()], width.saturating_sub(2)) {
            lines.push(Line::styled(format!(" {line}"), cx.theme.style(role)));
        }
    };
    if let Some((_, lack)) = shown.lacks.iter().find(|(lack, _)| *lack == item) {
        say(&first_upper(lack), Role::Now);
    }
    let choices = D::choices(item);
    let answers = format!("{} answers it: {}.", cx.key(Action::Open, D::SCOPE), choices.join(", "));
    let does = D::does(item, shown, cx);
    let both = if choices.is_empty() { does } else { format!("{answers} {does}") };
    if !both.trim().is_empty() {
        say(&both, Role::Dim);
    }
    lines
}
