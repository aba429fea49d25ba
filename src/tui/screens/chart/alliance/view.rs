//! How the alliance looks: goal, task and bond over the sessions, and always the table.

use super::{Alliance, Row, answering, rupture, ways};
use crate::domain::{CheckIn, Reply};
use crate::rules::{alliance, when};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::words::no_writing;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::plot::{Plot, Point};
use crate::tui::widgets::table::highlighted;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The drawings are above the table from this width and height on.
const WIDE: u16 = 76;
const HIGH: u16 = 14;
/// Rows of a drawing: a row for each answer, the axis, the days.
const PLOT: u16 = 7;
const DAY: usize = 12;
const CELL: usize = 6;

type Lines = Vec<(Option<Row>, Line<'static>)>;

fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// Whose line it is.
fn name(line: &[&CheckIn]) -> String {
    let Some(first) = line.first() else { return String::new() };
    let who = if first.name.is_empty() { &first.answered_by } else { &first.name };
    let count = crate::domain::counted(line.len(), "check-in", "check-ins");
    format!("About {}, answered by the {who}: {count}", first.about_name)
}

fn draws(room: &Alliance, area: Rect) -> bool {
    !room.table && area.width >= WIDE && area.height >= HIGH
}

/// Where the table is.
fn table_area(room: &Alliance, area: Rect) -> Rect {
    let above = if draws(room, area) { PLOT + 3 } else { 1 };
    Rect { y: area.y + above, height: area.height.saturating_sub(above), ..area }
}

/// Draws the page.
pub(super) fn draw(room: &Alliance, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let dim = cx.theme.style(Role::Dim);
    let line = room.line(chart);
    if line.is_empty() {
        let add = cx.key(Action::AddBelow, Scope::Alliance);
        let words = match no_writing(chart, cx) {
            Some(_) => "Nobody has checked in.".to_owned(),
            None => format!("Nobody has checked in yet. {add} begins a check-in."),
        };
        let head = vec![Line::styled(format!(" {words}"), dim)];
        window::lines(frame, area, head);
        return draw_rows(room, &line, frame, table_area(room, area), chart, cx);
    }
    let lines = alliance::lines(chart.checkins.iter().map(|kept| &kept.value)).len();
    let more =
        if lines > 1 { format!("   ({} of {lines})", room.line.min(lines - 1) + 1) } else { String::new() };
    window::lines(
        frame,
        area,
        vec![Line::styled(format!(" {}{more}", name(&line)), cx.theme.style(Role::Now))],
    );
    if draws(room, area) {
        let width = area.width / 3;
        for (at, (item, label)) in (0..).zip(alliance::ITEMS) {
            let part = Rect { x: area.x + at * width, y: area.y + 1, width: width - 1, height: PLOT + 1 };
            let mut drawn = vec![Line::styled(format!("     {label}"), cx.theme.style(Role::Now))];
            drawn.extend(plot(&line, item).lines(usize::from(part.width), usize::from(PLOT), cx));
            window::lines(frame, part, drawn);
        }
    }
    draw_rows(room, &line, frame, table_area(room, area), chart, cx);
}

/// The rows below the drawings: alerts, ruptures, ways of working, then the table.
fn draw_rows(
    room: &Alliance,
    line: &[&CheckIn],
    frame: &mut Frame<'_>,
    rest: Rect,
    chart: &ChartView,
    cx: &Cx,
) {
    let rows = rows(room, line, usize::from(rest.width), chart, cx);
    let (list, count) = (window::list(rest, rows.len()), rows.len());
    let first = first_line(room, &rows, usize::from(list.height), chart);
    let in_sight = first..count.min(first + usize::from(list.height));
    window::lines(frame, list, rows.into_iter().skip(first).map(|(_, line)| line).collect());
    window::sign(frame, list, &in_sight, count, cx);
}

/// Alerts, then the table.
fn rows(room: &Alliance, line: &[&CheckIn], width: usize, chart: &ChartView, cx: &Cx) -> Lines {
    let mut rows = alerts(room, width, chart, cx);
    rows.extend(ruptures(room, width, chart, cx));
    rows.extend(ways_rows(room, width, chart, cx));
    if !line.is_empty() {
        rows.extend(table(room, line, width, chart, cx));
    }
    rows
}

/// What was heard and asks for an answer, with what was done about it.
fn alerts(room: &Alliance, width: usize, chart: &ChartView, cx: &Cx) -> Lines {
    let here = room.spot.on(&room.keys(chart));
    let (shown, hints) = (answering::shown(chart), answering::hints(chart, cx));
    if shown.is_empty() && hints.is_empty() {
        return Vec::new();
    }
    let mut rows: Lines = vec![(None, Line::styled("   Alerts", cx.theme.style(Role::Dim)))];
    for kept in shown {
        let (alert, row) = (&kept.value, Row::Alert(kept.value.number));
        let role = if alert.is_open() { Role::Overdue } else { Role::Dim };
        let head = if answering::is_old(alert, cx.today()) { Role::Dim } else { Role::Normal };
        let heard = (answering::heard(alert, cx.today()), head);
        rows.extend(told(row, heard, (answering::became(alert, cx.today()), role), here, (width, cx)));
    }
    let dim = cx.theme.style(Role::Dim);
    rows.extend(hints.into_iter().map(|words| (None, Line::styled(format!("   {words}   hint"), dim))));
    rows.push((None, Line::default()));
    rows
}

/// The words above some rows, whole: what is beyond the width goes below.
fn heading(words: &str, width: usize, cx: &Cx) -> Lines {
    let lines = window::wrapped(&[words.trim_start().to_owned()], width.saturating_sub(3)).into_iter();
    lines.map(|line| (None, Line::styled(format!("   {line}"), cx.theme.style(Role::Dim)))).collect()
}

/// Ruptures, for whoever may know of them; nothing at all for everybody else.
fn ruptures(room: &Alliance, width: usize, chart: &ChartView, cx: &Cx) -> Lines {
    let here = room.spot.on(&room.keys(chart));
    let shown = rupture::shown(chart);
    let Some(first) = shown.first() else { return Vec::new() };
    let words = format!("{}   {}", rupture::heading(&shown), rupture::seen_by(&first.value, cx));
    let mut rows = heading(&words, width, cx);
    for kept in shown {
        let (one, row) = (&kept.value, Row::Rupture((kept.value.by, kept.value.number)));
        let role = if one.is_open() { Role::Overdue } else { Role::Dim };
        let heard = (rupture::heard(one, cx), Role::Normal);
        rows.extend(told(row, heard, (rupture::became(one, cx), role), here, (width, cx)));
    }
    rows.push((None, Line::default()));
    rows
}

/// How one works with the client, and each barrier with what is done about it.
fn ways_rows(room: &Alliance, width: usize, chart: &ChartView, cx: &Cx) -> Lines {
    let Some(kept) = &chart.ways else { return Vec::new() };
    let here = room.spot.on(&room.keys(chart));
    let mut rows = heading(&ways::heading(&kept.value, cx), width, cx);
    let heard = (ways::told(&kept.value, cx), Role::Normal);
    rows.extend(told(Row::Ways, heard, (String::new(), Role::Dim), here, (width, cx)));
    for (place, one) in kept.value.barriers.iter().enumerate() {
        let role = if one.is_open() { Role::Overdue } else { Role::Dim };
        let heard = (ways::barrier(one), if one.over { Role::Dim } else { Role::Normal });
        rows.extend(told(Row::Barrier(place), heard, (ways::became(one), role), here, (width, cx)));
    }
    rows.push((None, Line::default()));
    rows
}

/// A row with what became of it: beside it where that fits, else below it, whole.
fn told(
    row: Row,
    (heard, head): (String, Role),
    (became, role): (String, Role),
    here: Option<Row>,
    (width, cx): (usize, &Cx),
) -> Lines {
    let selected = Some(row) == here;
    let mark = if selected { cx.theme.glyphs.pointer } else { " " };
    let mut parts = window::wrapped(&[heard], width.saturating_sub(6)).into_iter();
    let first = parts.next().unwrap_or_default();
    let rest: Vec<String> = parts.collect();
    let mut cells = vec![styled(format!(" {mark} {first}   "), head, cx)];
    let fits = rest.is_empty() && cells[0].width() + text::width(&became) <= width;
    if fits {
        cells.push(styled(became.clone(), role, cx));
    }
    let line = if selected { highlighted(cells, width, cx) } else { Line::from(cells) };
    let mut rows: Lines = vec![(Some(row), line)];
    let below = |part: String, role| (None, Line::from(styled(format!("      {part}"), role, cx)));
    rows.extend(rest.into_iter().map(|part| below(part, head)));
    if !fits {
        let parts = window::wrapped(&[became], width.saturating_sub(6)).into_iter();
        rows.extend(parts.map(|part| below(part, role)));
    }
    rows
}

/// The row under a click.
pub(super) fn hit(room: &Alliance, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Option<Row> {
    let rest = table_area(room, area);
    let rows = rows(room, &room.line(chart), usize::from(rest.width), chart, cx);
    let list = window::list(rest, rows.len());
    let first = first_line(room, &rows, usize::from(list.height), chart);
    rows.get(usize::from(at.y.saturating_sub(list.y)) + first).filter(|_| list.contains(at))?.0
}

fn first_line(room: &Alliance, rows: &Lines, height: usize, chart: &ChartView) -> usize {
    let here = room.spot.on(&room.keys(chart));
    let Some(at) = rows.iter().rposition(|(row, _)| row.is_some() && *row == here) else { return 0 };
    // What belongs to the row stands below it, up to the next one or an empty line.
    let below = rows[at + 1..].iter().take_while(|(row, line)| row.is_none() && line.width() > 0).count();
    (at + 1 + below).saturating_sub(height).min(at)
}

/// One item over the days. A missing answer is a gap.
fn plot(line: &[&CheckIn], item: &str) -> Plot {
    let mut points: Vec<Point> = Vec::new();
    let mut joins = false;
    for one in line {
        let Some(key) = one.reply(item).key() else {
            joins = false;
            continue;
        };
        points.push(Point { on: one.on, value: i64::from(key.0), label: key.to_string(), joins });
        joins = true;
    }
    // The author's guess, where it was another number: nobody else has one here.
    let guess = |one: &&CheckIn| Some((one.on, one.guessed(item).key()?, one.reply(item).key()));
    let other = line.iter().filter_map(guess).filter(|(_, guess, answer)| Some(*guess) != *answer);
    let hollow = other.map(|(on, guess, _)| (on, i64::from(guess.0))).collect();
    Plot { bounds: (100, 500), points, hollow, ..Plot::default() }
}

fn answer(reply: Reply, cx: &Cx) -> String {
    reply.key().map_or_else(|| cx.theme.glyphs.none.to_owned(), |key| key.to_string())
}

/// The table, newest first, each with what was said.
fn table(room: &Alliance, line: &[&CheckIn], width: usize, chart: &ChartView, cx: &Cx) -> Lines {
    let here = room.spot.on(&room.keys(chart));
    let heads: String = alliance::ITEMS.iter().map(|(_, label)| text::right(label, CELL, "")).collect();
    let guesses = if line.iter().any(|one| !one.guess.is_empty()) { "   My guess" } else { "" };
    let head = format!("   {}{heads}{guesses}", text::left("Date", DAY, ""));
    let mut rows: Lines = vec![(None, Line::styled(head, cx.theme.style(Role::Dim)))];
    for (at, one) in line.iter().enumerate().rev() {
        let selected = Some(Row::CheckIn(one.number)) == here;
        let mark = if selected { cx.theme.glyphs.pointer } else { " " };
        let on = text::left(&when::short(one.on, cx.today()), DAY, "");
        let mut cells = vec![styled(format!(" {mark} {on}"), Role::Normal, cx)];
        for (item, _) in alliance::ITEMS {
            let fell = alliance::fall(line, at, item).is_some();
            let role = if fell { Role::Overdue } else { Role::Normal };
            cells.push(styled(text::right(&answer(one.reply(item), cx), CELL, ""), role, cx));
        }
        if !one.guess.is_empty() {
            let all: Vec<String> =
                alliance::ITEMS.iter().map(|(item, _)| answer(one.guessed(item), cx)).collect();
            cells.push(styled(format!("   {}", all.join(" ")), Role::Dim, cx));
        }
        let far = chart.apart.contains(&one.number).then_some("the guess was far apart");
        let said: Vec<String> = falls(line, at).into_iter().chain(far.map(str::to_owned)).collect();
        let falls = said.join(", ");
        let used: usize = cells.iter().map(Span::width).sum();
        let fits = used + 3 + text::width(&falls) <= width;
        if fits {
            cells.push(styled(format!("   {falls}"), Role::Normal, cx));
        }
        let row = if selected { highlighted(cells, width, cx) } else { Line::from(cells) };
        rows.push((Some(Row::CheckIn(one.number)), row));
        if !fits {
            let below = window::wrapped(&[falls], width.saturating_sub(6)).into_iter();
            rows.extend(
                below.map(|part| (None, Line::from(styled(format!("      {part}"), Role::Normal, cx)))),
            );
        }
        if !one.words.is_empty() {
            let glyphs = &cx.theme.glyphs;
            let asked = Some(one.question.trim())
                .filter(|asked| !asked.is_empty() && *asked != alliance::QUESTIONS[0]);
            let asked = asked.map(|asked| format!("{asked} ")).unwrap_or_default();
            let words = format!("{asked}{}{}{}", glyphs.quote_open, one.words, glyphs.quote_close);
            for words in window::wrapped(&[words], width.saturating_sub(6)) {
                rows.push((None, Line::from(vec![styled(format!("      {words}"), Role::Quote, cx)])));
            }
        }
    }
    rows
}

/// `bond fell from 5 to 3`, for each question.
fn falls(line: &[&CheckIn], at: usize) -> Vec<String> {
    let fell = alliance::ITEMS.iter().filter_map(|(item, label)| {
        let (before, now) = alliance::fall(line, at, item)?;
        Some(format!("{} fell from {before} to {now}", label.to_lowercase()))
    });
    fell.collect()
}
