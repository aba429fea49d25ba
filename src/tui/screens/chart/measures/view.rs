//! How filled-in measures look: a line of what there is, one measure drawn over its days, and always the table.

use super::told::Page;
use super::{Measures, rows};
use crate::domain::{Administration, Number, Score};
use crate::packs::{Instrument, Scale};
use crate::rules::{measured, when};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::critical;
use crate::tui::screens::chart::words::no_writing;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::plot::{Across, Plot, Point};
use crate::tui::widgets::table::highlighted;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The drawing is beside the table from this width on.
const WIDE: u16 = 76;
/// Cells of the table beside the drawing, of a day and of a score.
const TABLE: u16 = 38;
const DAY: usize = 12;
const SCORE: usize = 6;

/// A line, and the row of the table it is.
type Lines = Vec<(Option<Number>, Line<'static>)>;

fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// The measures in use in one line, the one that is shown in reverse, what is due in bold.
fn top_line(room: &Measures, width: usize, chart: &ChartView, cx: &Cx) -> Vec<Line<'static>> {
    let used = rows::used(chart, cx);
    let here = room.here(chart, cx);
    let mut lines: Vec<Vec<Span<'static>>> = vec![vec![Span::raw(" ")]];
    let mut used_cells = 1;
    for one in &used {
        let last = one
            .last
            .as_ref()
            .map_or(String::new(), |(score, on)| format!(" {score}, {}", when::brief(*on, cx.today())));
        let due = one.due.map_or(String::new(), |_| " due".to_owned());
        let words = format!("{}{last}{due}", one.key);
        let cells = text::width(&words) + 3;
        if used_cells + cells > width {
            lines.push(vec![Span::raw(" ")]);
            used_cells = 1;
        }
        used_cells += cells;
        let role = match (Some(&one.key) == here.as_ref(), one.due) {
            (true, _) => Role::Selected,
            (false, Some(_)) => Role::Overdue,
            (false, None) => Role::Dim,
        };
        if let Some(line) = lines.last_mut() {
            line.push(styled(format!(" {words} "), role, cx));
            line.push(Span::raw(" "));
        }
    }
    lines.into_iter().map(Line::from).collect()
}

/// Where the parts of the page are.
struct Parts {
    top: Rect,
    plot: Option<Rect>,
    table: Rect,
}

fn parts(room: &Measures, area: Rect, chart: &ChartView, cx: &Cx) -> Parts {
    let key = room.here(chart, cx).unwrap_or_default();
    let about = about_lines(&key, cx.measure(&key), area.width, cx);
    let height = (top_line(room, usize::from(area.width), chart, cx).len() + about.len()) as u16;
    let top = Rect { height: height.min(area.height), ..area };
    let rest = Rect { y: area.y + top.height, height: area.height.saturating_sub(top.height), ..area };
    if room.table || room.items || area.width < WIDE || rest.height < 9 {
        return Parts { top, plot: None, table: rest };
    }
    let width = area.width - TABLE;
    let plot = Rect { width: width - 2, ..rest };
    Parts { top, plot: Some(plot), table: Rect { x: rest.x + width, width: TABLE, ..rest } }
}

/// Draws the page.
pub(super) fn draw(room: &Measures, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let parts = parts(room, area, chart, cx);
    let Some(key) = room.here(chart, cx) else {
        let add = cx.key(Action::AddBelow, Scope::Measures);
        let words = match no_writing(chart, cx) {
            Some(_) => "No measure is filled in.".to_owned(),
            None => format!("No measure is filled in yet. {add} begins one."),
        };
        return window::lines(
            frame,
            area,
            vec![Line::styled(format!(" {words}"), cx.theme.style(Role::Dim))],
        );
    };
    let measure = cx.measure(&key);
    let mut top = top_line(room, usize::from(area.width), chart, cx);
    top.extend(about_lines(&key, measure, area.width, cx));
    window::lines(frame, parts.top, top);
    if let (Some(plot), Some(measure)) = (parts.plot, measure) {
        let found = plot_of(&key, measure, chart);
        window::lines(frame, plot, found.lines(usize::from(plot.width), usize::from(plot.height), cx));
    }
    let lines = table(room, &key, usize::from(parts.table.width), chart, cx);
    let (list, count) = (window::list(parts.table, lines.len()), lines.len());
    let first = first_line(room, &lines, usize::from(list.height), chart, cx);
    let in_sight = first..count.min(first + usize::from(list.height));
    window::lines(frame, list, lines.into_iter().skip(first).map(|(_, line)| line).collect());
    window::sign(frame, list, &in_sight, count, cx);
}

/// The row under a click.
pub(super) fn hit(room: &Measures, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Option<Number> {
    let key = room.here(chart, cx)?;
    let parts = parts(room, area, chart, cx);
    let lines = table(room, &key, usize::from(parts.table.width), chart, cx);
    let list = window::list(parts.table, lines.len());
    let first = first_line(room, &lines, usize::from(list.height), chart, cx);
    lines.get(usize::from(at.y.saturating_sub(list.y)) + first).filter(|_| list.contains(at))?.0
}

fn first_line(room: &Measures, lines: &Lines, height: usize, chart: &ChartView, cx: &Cx) -> usize {
    let here = room.spot.on(&room.keys(chart, cx));
    let last = lines.iter().rposition(|(row, _)| row.is_some() && *row == here).unwrap_or(0);
    // What follows the last row comes with it.
    let is_last = here == room.keys(chart, cx).last().copied();
    let end = if is_last && !room.items { lines.len().min(last + height) } else { last + 1 };
    end.saturating_sub(height)
}

/// `PHQ-9, 0 to 27, less is better`.
fn about(key: &str, measure: Option<&Instrument>) -> String {
    let Some(measure) = measure else { return format!("{key}: its file is not on this computer") };
    let Some(scale) = measured::main_scale(measure) else { return measure.title.clone() };
    let (lowest, highest) = measure.bounds(scale);
    let (lowest, highest) = (lowest.shown(lowest.decimals()), highest.shown(highest.decimals()));
    let better = match scale.better {
        crate::packs::Better::Lower => ", less is better",
        crate::packs::Better::Higher => ", more is better",
        crate::packs::Better::Unsaid => "",
    };
    format!("{key}, {}: {lowest} to {highest}{better}", measure.about)
}

/// The same, wrapped.
fn about_lines(key: &str, measure: Option<&Instrument>, width: u16, cx: &Cx) -> Vec<Line<'static>> {
    let lines = window::wrapped(&[about(key, measure)], usize::from(width).saturating_sub(2));
    lines.into_iter().map(|line| Line::styled(format!(" {line}"), cx.theme.style(Role::Dim))).collect()
}

fn hundredths(score: Score) -> i64 {
    (score.to_f64() * 100.0).round() as i64
}

/// The drawing of a measure: its main score over days, the cut-off, the range that chance explains, levels and plans.
fn plot_of(key: &str, measure: &Instrument, chart: &ChartView) -> Plot {
    let Some(scale) = measured::main_scale(measure) else { return Plot::default() };
    let mut series: Vec<&Administration> = rows::of(key, chart)
        .into_iter()
        .map(|kept| &kept.value)
        .filter(|one| one.in_error.is_empty())
        .collect();
    series.reverse();
    let mut points: Vec<Point> = Vec::new();
    let mut before: Option<&Administration> = None;
    for one in &series {
        let stored = measured::stored(measure, scale, one);
        let Ok(score) = stored.score else {
            before = None;
            continue;
        };
        let joins =
            before.is_some_and(|before| measured::is_alike(before, one) && before.episode == one.episode);
        let label = stored.shown().unwrap_or_default();
        points.push(Point { on: one.on, value: hundredths(score), label, joins });
        before = Some(one);
    }
    let (lowest, highest) = measure.bounds(scale);
    let across = across(measure, scale, &series);
    let (bounds, marks) = ((hundredths(lowest), hundredths(highest)), marks(&points, chart));
    Plot { bounds, points, across, marks, ..Plot::default() }
}

/// The cut-off, and the range around the first score of the newest episode that chance explains.
fn across(measure: &Instrument, scale: &Scale, series: &[&Administration]) -> Vec<(i64, Across, String)> {
    let mut across = Vec::new();
    let newest = series.last();
    let first = newest.and_then(|newest| measured::baseline(series, scale, newest.episode));
    let by = scale.reliable.first().map(|step| Score::from(step.by));
    if let (Some(first), Some(by)) = (first, by) {
        let score = measured::stored(measure, scale, first).score.ok();
        let (lowest, highest) = measure.bounds(scale);
        for edge in score.into_iter().flat_map(|score| [score.plus(by), score.minus(by)]) {
            if lowest <= edge && edge <= highest {
                across.push((hundredths(edge), Across::Chance, edge.shown(edge.decimals())));
            }
        }
    }
    // Of the newest that has a score: one without a total has no side of a cut-off.
    let cutoff =
        series.iter().rev().find_map(|one| measured::stored(measure, scale, one).cutoffs.into_iter().next());
    if let Some(state) = cutoff {
        let at = Score::from(state.cutoff.at);
        across.push((hundredths(at), Across::Cutoff, state.cutoff.at.to_string()));
    }
    across
}

/// Decisions on the level of care that were made while the points were taken.
fn marks(points: &[Point], chart: &ChartView) -> Vec<(crate::domain::Date, String)> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    let mut marks: Vec<_> = chart
        .levels
        .iter()
        .map(|kept| &kept.value)
        .filter(|level| level.in_error.is_empty() && (first.on..=last.on).contains(&level.on))
        .map(|level| (level.on, format!("level {}", level.actual)))
        .collect();
    marks.reverse();
    marks
}

/// The table, newest first, and below it what the highlighted row says.
fn table(room: &Measures, key: &str, width: usize, chart: &ChartView, cx: &Cx) -> Lines {
    let page = Page::of(key, chart, cx);
    let (measure, all) = (page.measure, &page.all);
    let here = room.spot.on(&room.keys(chart, cx));
    let dim = cx.theme.style(Role::Dim);
    let head = format!("   {}{}  Change", text::left("Date", DAY, ""), text::right("Score", SCORE, ""));
    let mut lines: Lines = vec![(None, Line::styled(head, dim))];
    for kept in all {
        let selected = Some(kept.value.number) == here;
        let words = page.row_words(&kept.value, cx);
        let mark = if selected { cx.theme.glyphs.pointer } else { " " };
        let on = when::short(kept.value.on, cx.today());
        let time = kept.value.time.filter(|_| width > 60).map_or(String::new(), |time| format!(" {time}"));
        let score = rows::score(measure, &kept.value, cx);
        let role = if kept.value.in_error.is_empty() { Role::Normal } else { Role::Dim };
        let cells = vec![
            styled(
                format!(" {mark} {}", text::left(&format!("{on}{time}"), DAY, cx.theme.glyphs.ellipsis)),
                role,
                cx,
            ),
            styled(text::right(&score, SCORE, ""), role, cx),
            styled(
                format!(
                    "  {}",
                    text::cut(&words, width.saturating_sub(DAY + SCORE + 6), cx.theme.glyphs.ellipsis)
                ),
                Role::Dim,
                cx,
            ),
        ];
        let line = if selected { highlighted(cells, width, cx) } else { Line::from(cells) };
        lines.push((Some(kept.value.number), line));
        if selected && room.items {
            lines.extend(page.items(&kept.value, width, cx).into_iter().map(|line| (None, line)));
        }
    }
    for line in window::wrapped(&undecided(chart, cx), width.saturating_sub(2)) {
        lines.push((None, Line::styled(format!(" {line}"), cx.theme.style(Role::Overdue))));
    }
    if let Some(kept) = all.iter().find(|kept| Some(kept.value.number) == here).filter(|_| !room.items) {
        lines.push((None, Line::default()));
        let mut said = page.said(&kept.value, cx);
        // The drawing beside it has lines across.
        if width == usize::from(TABLE) && measure.and_then(measured::main_scale).is_some() {
            let signs = if cx.theme.glyphs.ascii { ["-", ":"] } else { ["╌", "┈"] };
            said.push(format!("{} cut-off, {} the range that chance explains", signs[0], signs[1]));
        }
        for line in window::wrapped(&said, width.saturating_sub(2)) {
            lines.push((None, Line::styled(format!(" {line}"), dim)));
        }
    }
    lines
}

/// Critical answers nobody has decided on, and what opens them.
fn undecided(chart: &ChartView, cx: &Cx) -> Vec<String> {
    let waiting = critical::undecided(chart);
    let found = chart.criticals.iter().filter(|kept| waiting.contains(&kept.value.number));
    let key = cx.key(Action::Open, Scope::Measures);
    found.map(|kept| format!("{} is not decided. {key} says what is done.", kept.value.about)).collect()
}
