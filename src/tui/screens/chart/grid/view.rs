//! The grid as it is drawn: the dates on top, a line for each dimension, the rule.
//!
//! Owns where things are. It changes nothing.

use super::shown::{Row, Shown, Value, need_open};
use super::{Grid, below};
use crate::domain::{Assessment, Date, Severity};
use crate::rules::priority::Trend;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::words::not_admitted;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::{empty, rule};
use crate::tui::widgets::table::marked;
use crate::tui::widgets::window as put;
use chrono::Datelike;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use std::ops::Range;

/// Cells of one assessment.
const COLUMN: usize = 9;
/// Pointer and its air on the left, the flag of a need on the right.
const EDGES: usize = 3 + 3;
/// Names are not cut below this while a second assessment would fit.
const NAME: usize = 34;
/// From this width on there is a pane beside the grid.
const WIDE: u16 = 120;
/// Lines below the grid: rule, meaning, four texts, what follows, legend.
const BELOW: u16 = 8;

/// Which column is looked at; `None` if there is none.
pub(super) fn looked(columns: usize, back: usize) -> Option<usize> {
    columns.checked_sub(1 + back)
}

/// The grid itself, and the pane beside it.
fn split(area: Rect) -> (Rect, Rect) {
    if area.width < WIDE {
        return (area, Rect { x: area.right(), width: 0, ..area });
    }
    let width = (area.width * 3 / 5).max(80);
    (Rect { width, ..area }, Rect { x: area.x + width + 2, width: area.width - width - 3, ..area })
}

/// Lines of the dimensions in sight.
fn rows_height(area: Rect, rows: usize) -> u16 {
    area.height.saturating_sub(1 + BELOW).clamp(1, rows.max(1) as u16)
}

/// The row under a click.
pub(super) fn hit(at: Position, area: Rect, rows: usize, cursor: Cursor) -> Option<usize> {
    let (main, _) = split(area);
    let height = rows_height(main, rows);
    let window = cursor.window(rows, usize::from(height));
    let row = window.start + usize::from(at.y.checked_sub(main.y + 1)?);
    (main.contains(at) && window.contains(&row)).then_some(row)
}

/// Where the words of a cell are written: below the line that says which.
pub(super) fn words_area(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(3), ..area }
}

/// Draws the room.
pub(super) fn draw(grid: &Grid, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let Some(shown) = grid.shown(chart, cx) else {
        let words =
            ["The dimension set of this assessment is not on this computer. Tell your admin.".to_owned()];
        empty(frame, area, &words, cx);
        return;
    };
    if shown.columns.is_empty() {
        empty(frame, area, &teach(&shown, chart, cx), cx);
        return;
    }
    let rows = shown.rows(&grid.unfolded);
    let Some(row) = rows.get(grid.cursor.at.min(rows.len().saturating_sub(1))).copied() else { return };
    if let Some(words) = &grid.words {
        frame.render_widget(words_title(grid, &shown, row, cx), Rect { height: 1, ..area });
        words.pane.draw(frame, words_area(area), cx);
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        let all = below::lines(grid, &shown, row, chart, cx, (usize::from(area.width), 2));
        put::lines(frame, last, all.into_iter().rev().take(1).collect());
        return;
    }
    let (main, pane) = split(area);
    let height = rows_height(main, rows.len());
    table(grid, &shown, &rows, frame, Rect { height: height + 1, ..main }, chart, cx);
    let under = main.y + 1 + height;
    frame.render_widget(rule(main.width, cx), Rect { y: under, height: 1, ..main });
    let rest = Rect { y: under + 1, height: main.bottom().saturating_sub(under + 1), ..main };
    let size = (usize::from(rest.width), usize::from(rest.height));
    put::lines(frame, rest, below::lines(grid, &shown, row, chart, cx, size));
    if pane.width > 0 {
        put::lines(frame, pane, below::beside(grid, &shown, row, chart, cx, usize::from(pane.width)));
    }
}

/// What the grid is for, and the key that begins it.
fn teach(shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let dimensions = shown.set.rated().count();
    let what = format!(
        "The assessment grid says how severe things are in {dimensions} dimensions, 0 to 4, with the words \
         beside each: here and now, history, strengths, and the client's own."
    );
    let next = match super::own_draft(chart, cx) {
        Some(_) => {
            format!("You have an open draft. Press {} to go on with it.", key(Action::NewAssessment, cx))
        }
        None if not_admitted(chart, cx).is_some() => not_admitted(chart, cx).unwrap_or_default(),
        None if !chart.may_write => "Nobody has assessed this person here yet.".to_owned(),
        None => format!("Press {} to begin the first assessment.", key(Action::NewAssessment, cx)),
    };
    vec![what, String::new(), next]
}

fn key(action: Action, cx: &Cx) -> String {
    cx.key(action, Scope::Grid)
}

/// `Assessment 21 Nov, draft, ASAM 3rd ed.`
fn title(grid: &Grid, shown: &Shown<'_>, cx: &Cx) -> String {
    let Some(sheet) = &grid.sheet else { return format!("Assessments, {}", shown.set.edition) };
    let date = when::short(sheet.body.date, cx.today());
    let whose = if sheet.read_only {
        format!("draft of {}, only to read", cx.staff_name(sheet.by))
    } else {
        format!("draft, {}", shown.set.edition)
    };
    format!("Assessment {date}, {whose}")
}

fn words_title(grid: &Grid, shown: &Shown<'_>, row: Row, cx: &Cx) -> Line<'static> {
    let value = looked(shown.columns.len(), grid.back)
        .map(|at| shown.value(shown.columns[at], row.dimension.number))
        .unwrap_or_default();
    let mut spans = vec![Span::styled(
        format!(" D{} {}   ", row.dimension.number, row.dimension.name),
        cx.theme.style(Role::Now),
    )];
    spans.extend(cells::severity(value.severity, cells::trend(value.severity, value.severity), cx));
    if value.carried {
        spans.push(Span::styled("carried", cx.theme.style(Role::Dim)));
    }
    Line::from(spans)
}

/// Columns in sight, and cells for the names.
fn measure(shown: &Shown<'_>, back: usize, width: usize) -> (Range<usize>, usize) {
    let count = shown.columns.len();
    let fit = (width.saturating_sub(EDGES + NAME) / COLUMN).clamp(1, count.max(1));
    let at = looked(count, back).unwrap_or(0);
    let start = at.min(count - fit.min(count));
    let longest = shown.set.dimensions.iter().map(|one| text::width(&one.name) + 14).max().unwrap_or(NAME);
    (start..(start + fit).min(count), width.saturating_sub(EDGES + fit * COLUMN).min(longest.max(NAME + 14)))
}

fn table(
    grid: &Grid,
    shown: &Shown<'_>,
    rows: &[Row],
    frame: &mut Frame<'_>,
    area: Rect,
    chart: &ChartView,
    cx: &Cx,
) {
    let width = usize::from(area.width);
    let (columns, name) = measure(shown, grid.back, width);
    let more = cx.theme.glyphs.ellipsis;
    let mut head = vec![Span::styled(
        format!(" {}", text::left(&title(grid, shown, cx), name + 2, more)),
        cx.theme.style(Role::Now),
    )];
    for at in columns.clone() {
        let role = if looked(shown.columns.len(), grid.back) == Some(at) { Role::Focus } else { Role::Dim };
        let date = text::right(&column_date(shown.columns[at].date, cx), COLUMN - 1, "");
        head.push(Span::styled(format!("{date} "), cx.theme.style(role)));
    }
    frame.render_widget(Line::from(head), Rect { height: 1, ..area });
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let window = grid.cursor.window(rows.len(), usize::from(body.height));
    for (n, at) in window.enumerate() {
        let row = rows[at];
        let mut spans = label(row, grid, name, cx);
        for column in columns.clone() {
            spans.extend(cell(row, column, shown, cx));
        }
        if row.sub.is_none() && need_open(chart, &shown.set.key, row.dimension.number) {
            spans.push(Span::styled("!", cx.theme.style(Role::TierNow)));
        }
        let line = marked(spans, at == grid.cursor.at, width, cx);
        frame.render_widget(line, Rect { y: body.y + n as u16, height: 1, ..body });
    }
}

/// `today`, `18 Oct`, `Oct 2025`.
fn column_date(date: Date, cx: &Cx) -> String {
    if date == cx.today() {
        "today".to_owned()
    } else if date.naive().year() == cx.today().naive().year() {
        when::short(date, cx.today())
    } else {
        date.naive().format("%b %Y").to_string()
    }
}

fn label(row: Row, grid: &Grid, cells: usize, cx: &Cx) -> Vec<Span<'static>> {
    let more = cx.theme.glyphs.ellipsis;
    if let Some(sub) = row.sub {
        return vec![Span::raw(text::left(&format!("    {}", sub.name), cells, more))];
    }
    let dimension = row.dimension;
    let folded = !dimension.subdimensions.is_empty() && !grid.unfolded.contains(&dimension.number);
    let parts = if folded { format!("  > {} parts", dimension.subdimensions.len()) } else { String::new() };
    let room = cells.saturating_sub(text::width(&parts));
    let name = format!("{} {}", dimension.number, dimension.name);
    let name = text::cut(&name, room.saturating_sub(1), more).into_owned();
    let gap = cells.saturating_sub(text::width(&name) + text::width(&parts));
    vec![Span::raw(name), Span::styled(parts, cx.theme.style(Role::Dim)), Span::raw(" ".repeat(gap))]
}

/// A rating of one assessment: digit, trend of the newest, the mark of what is carried. Or the symbol of a part.
fn cell(row: Row, column: usize, shown: &Shown<'_>, cx: &Cx) -> Vec<Span<'static>> {
    let assessment = shown.columns[column];
    if let Some(sub) = row.sub {
        let symbol = symbol(assessment, shown, row.dimension.number, sub.number);
        let symbol = symbol.unwrap_or(cx.theme.glyphs.none).to_owned();
        let symbol = text::line(&symbol);
        let pad = " ".repeat(COLUMN.saturating_sub(1 + text::width(&symbol)).min(4));
        return vec![Span::raw(text::left(&format!("{pad}{symbol}"), COLUMN, ""))];
    }
    let number = row.dimension.number;
    let value = shown.value(assessment, number);
    let mut spans = vec![Span::raw("    ")];
    if !row.dimension.rated {
        return vec![Span::raw(" ".repeat(COLUMN))];
    }
    if value.foreign {
        let digit = value.severity.map_or(String::new(), |severity| severity.digit().to_string());
        spans.push(Span::styled(format!("{digit}'"), cx.theme.style(Role::Dim)));
    } else {
        spans.extend(cells::severity(
            value.severity,
            cells::trend(value.severity, before(value, column, number, shown)),
            cx,
        ));
    }
    let mark = if value.carried { cx.theme.glyphs.carried } else { " " };
    spans.push(Span::styled(mark, cx.theme.style(Role::Dim)));
    spans.push(Span::raw("  "));
    spans
}

/// Whether a rating wears the mark of a first one, which has nothing to be compared with.
pub(super) fn is_first(column: usize, number: u8, shown: &Shown<'_>) -> bool {
    let value = shown.value(shown.columns[column], number);
    !value.foreign
        && cells::trend(value.severity, before(value, column, number, shown)) == Some(Trend::Unknown)
}

/// The newest is compared with the one before it; older ones wear no mark.
fn before(value: Value, column: usize, number: u8, shown: &Shown<'_>) -> Option<Severity> {
    let newest = column + 1 == shown.columns.len();
    match column.checked_sub(1) {
        Some(before) if newest => shown.value(shown.columns[before], number).severity,
        None if newest => None,
        _ => value.severity,
    }
}

fn symbol<'a>(assessment: &'a Assessment, shown: &Shown<'_>, dimension: u8, sub: u8) -> Option<&'a str> {
    let cell = assessment.cell(dimension).filter(|_| assessment.set == shown.set.key)?;
    cell.symbols.iter().find(|(number, _)| *number == sub).map(|(_, symbol)| symbol.as_str())
}
