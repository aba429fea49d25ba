//! What is below the grid and, on wide terminals, beside it: what the rating means, the words of the cell, what would
//! follow, what is saved.

use super::shown::{CLIENTS, Row, Shown, TEXTS, Value};
use super::{Grid, clock, own_draft, preview, view};
use crate::packs::Dimension;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::text::{Line, Span};

/// Longest line of prose.
const PROSE: usize = 78;
const LABEL: usize = 14;

/// Everything below the rule, in so many lines of so many cells; the last line is the legend's.
pub(super) fn lines(
    grid: &Grid,
    shown: &Shown<'_>,
    row: Row,
    chart: &ChartView,
    cx: &Cx,
    (cells, height): (usize, usize),
) -> Vec<Line<'static>> {
    let prose = cells.saturating_sub(2).min(PROSE);
    let mut out = if row.dimension.rated {
        let mut out = meaning(grid, shown, row.dimension, chart, cx, prose);
        let looked = view::looked(shown.columns.len(), grid.back);
        let room = height.saturating_sub(out.len() + 2);
        let spare = room.saturating_sub(TEXTS.len());
        // Where not all have a line, the client's own words keep theirs.
        let left_out = TEXTS.len().saturating_sub(room);
        let first = CLIENTS.saturating_sub(left_out);
        for at in (0..first).chain([CLIENTS]) {
            // What is spare goes to the texts from the first on.
            let most = 1 + spare / TEXTS.len() + usize::from(at < spare % TEXTS.len());
            out.extend(words(at, looked, shown, row, cx, (prose, most)));
        }
        out
    } else {
        person(row.dimension, chart, cx, cells.saturating_sub(2))
    };
    out.truncate(height.saturating_sub(2));
    out.resize(height.saturating_sub(2), Line::default());
    out.push(follows(grid, chart, cx, cells));
    out.push(legend(grid, shown, chart, cx, cells));
    out
}

/// `D3  3 Serious   what that means here`.
fn meaning(
    grid: &Grid,
    shown: &Shown<'_>,
    dimension: &Dimension,
    chart: &ChartView,
    cx: &Cx,
    prose: usize,
) -> Vec<Line<'static>> {
    let looked = view::looked(shown.columns.len(), grid.back);
    let value = looked.map(|at| shown.value(shown.columns[at], dimension.number)).unwrap_or_default();
    let head = format!(" D{}  ", dimension.number);
    let Some(severity) = value.severity else {
        // A digit rates in a draft of one's own alone.
        let rate = if own_draft(chart, cx).is_some() { " Press 0 to 4 to rate:" } else { "" };
        let words = format!("{} means not rated, which is not 0.{rate}", cx.theme.glyphs.none);
        let digits =
            (0..).zip(&shown.set.labels).map(|(digit, label): (usize, _)| format!("{digit} {label}"));
        let digits = format!("     {}", digits.collect::<Vec<_>>().join("   "));
        return vec![
            Line::from(vec![
                Span::styled(head, cx.theme.style(Role::Now)),
                Span::styled(words, cx.theme.style(Role::Dim)),
            ]),
            Line::styled(digits, cx.theme.style(Role::Dim)),
        ];
    };
    let digit = usize::from(severity.digit());
    let is_first = looked.is_some_and(|at| view::is_first(at, dimension.number, shown));
    let first = if is_first { ", first rating" } else { "" };
    let label = format!("{digit} {}{first}", shown.set.labels[digit]);
    let anchor = dimension.anchors.get(digit).map_or("", String::as_str);
    let indent = text::width(&head) + text::width(&label) + 3;
    let role = Role::Severity(Some(severity.digit()));
    let wrapped = window::wrapped(&[anchor.to_owned()], prose.saturating_sub(indent).max(20));
    wrapped
        .into_iter()
        .take(2)
        .enumerate()
        .map(|(n, part)| {
            if n > 0 {
                return Line::raw(format!("{}{part}", " ".repeat(indent)));
            }
            Line::from(vec![
                Span::styled(head.clone(), cx.theme.style(Role::Now)),
                Span::styled(label.clone(), cx.theme.style(role)),
                Span::raw(format!("   {part}")),
            ])
        })
        .collect()
}

/// One of the four texts, in at most so many lines. Where the newest has none, the last one written, dim and dated.
fn words(
    at: usize,
    looked: Option<usize>,
    shown: &Shown<'_>,
    row: Row,
    cx: &Cx,
    (prose, most): (usize, usize),
) -> Vec<Line<'static>> {
    let (label, pick) = TEXTS[at];
    let number = row.dimension.number;
    let here = looked.map(|at| shown.columns[at]).filter(|one| one.set == shown.set.key);
    let own = here.and_then(|one| Some((one.cell(number).map(pick)?.as_str(), one.date)));
    let own = own.filter(|(words, _)| !words.is_empty());
    let newest = looked.is_some_and(|at| at + 1 == shown.columns.len());
    let last = looked.filter(|_| newest && own.is_none());
    let last = last.and_then(|at| shown.earlier_text(at, number, pick));
    let Some((words, on)) = own.or(last) else {
        return vec![labelled(
            label,
            vec![Span::styled(cx.theme.glyphs.none, cx.theme.style(Role::Dim))],
            cx,
        )];
    };
    let tail = if at == CLIENTS || last.is_some() {
        format!("  {}", when::short(on, cx.today()))
    } else {
        String::new()
    };
    let (open, close, role) = match (at == CLIENTS, last.is_some()) {
        (true, _) => (cx.theme.glyphs.quote_open, cx.theme.glyphs.quote_close, Role::Quote),
        (false, true) => ("", "", Role::Dim),
        (false, false) => ("", "", Role::Normal),
    };
    let room = prose.saturating_sub(LABEL + 3 + text::width(&tail)).max(10);
    let paragraphs = [format!("{open}{}", words.split('\n').collect::<Vec<_>>().join(" "))];
    let mut wrapped = window::wrapped(&paragraphs, room.saturating_sub(text::width(close)));
    let cut = wrapped.len() > most;
    wrapped.truncate(most.max(1));
    let count = wrapped.len();
    let shorten = |part: String| {
        let more = cx.theme.glyphs.ellipsis;
        let part = if cut { format!("{part} {more}") } else { part };
        format!("{}{close}", text::cut(&part, room.saturating_sub(text::width(close)), more))
    };
    wrapped
        .into_iter()
        .enumerate()
        .map(|(n, part)| {
            let is_last = n + 1 == count;
            let part = if is_last { shorten(part) } else { part };
            let mut spans = vec![Span::styled(part, cx.theme.style(role))];
            if is_last {
                spans.push(Span::styled(tail.clone(), cx.theme.style(Role::Dim)));
            }
            labelled(if n == 0 { label } else { "" }, spans, cx)
        })
        .collect()
}

fn labelled(label: &str, spans: Vec<Span<'static>>, cx: &Cx) -> Line<'static> {
    let label = text::left(label, LABEL, "");
    let mut all = vec![Span::styled(format!(" {label} "), cx.theme.style(Role::Dim))];
    all.extend(spans);
    Line::from(all)
}

/// What the dimension that is not rated is about: wants, barriers, preferences.
fn person(dimension: &Dimension, chart: &ChartView, cx: &Cx, prose: usize) -> Vec<Line<'static>> {
    let mut out = vec![Line::from(vec![
        Span::styled(format!(" D{}  ", dimension.number), cx.theme.style(Role::Now)),
        Span::raw("talked about, not rated and not ranked"),
    ])];
    let Some(wants) = chart.wants.as_ref().map(|kept| &kept.value) else {
        let key = cx.key(Action::RoomPriorities, Scope::Grid);
        let words = format!(
            " Nothing is written down yet. Press Enter, or {key} for the priorities, to \
         write what the client wants."
        );
        out.push(Line::styled(words, cx.theme.style(Role::Dim)));
        return out;
    };
    let on = when::short(wants.on, cx.today());
    for (label, words, quoted) in [
        ("Wants", &wants.wants, true),
        ("Why now", &wants.why_now, true),
        ("Barriers", &wants.barriers, false),
        ("Preferences", &wants.preferences, false),
    ] {
        if words.is_empty() {
            continue;
        }
        let room = prose.saturating_sub(LABEL + 3 + text::width(&on) + 2);
        let words = if quoted {
            crate::tui::widgets::cells::quote(words, room, cx)
        } else {
            let words = text::line(words);
            Span::raw(text::cut(&words, room, cx.theme.glyphs.ellipsis).into_owned())
        };
        let date = Span::styled(format!("  {on}"), cx.theme.style(Role::Dim));
        out.push(labelled(label, vec![words, date], cx));
    }
    out
}

/// What would follow if the draft were completed, in one line.
fn follows(grid: &Grid, chart: &ChartView, cx: &Cx, cells: usize) -> Line<'static> {
    let (rows, first) = preview::of(grid.sheet.as_ref(), chart, cx);
    if rows.is_empty() {
        return Line::default();
    }
    let room = cells.saturating_sub(LABEL + 3);
    let words = text::cut(&preview::line(&rows, first), room, cx.theme.glyphs.ellipsis).into_owned();
    labelled("If completed", vec![Span::raw(words)], cx)
}

/// What the marks mean, on the left; what is saved, on the right.
fn legend(grid: &Grid, shown: &Shown<'_>, chart: &ChartView, cx: &Cx, cells: usize) -> Line<'static> {
    let g = &cx.theme.glyphs;
    let any = |fits: fn(&Value) -> bool| {
        shown
            .columns
            .iter()
            .any(|one| shown.set.dimensions.iter().any(|dimension| fits(&shown.value(one, dimension.number))))
    };
    let mut left = Vec::new();
    if any(|value| value.carried) {
        left.push(format!("{} carried forward, not yet confirmed", g.carried));
    }
    if any(|value| value.foreign) {
        left.push("' rated in another set".to_owned());
    }
    if grid.sheet.is_none() {
        let key = cx.key(Action::NewAssessment, Scope::Grid);
        left.push(match own_draft(chart, cx) {
            Some(draft) => {
                let since = when::short(draft.since.date, cx.today());
                format!("Your draft of {since} is open: {key} goes on with it")
            }
            None if chart.may_write => format!("{key} begins an assessment"),
            None => String::new(),
        });
    }
    let (right, role) = match &grid.sheet {
        Some(sheet) if sheet.failed => ("NOT SAVED, the text is still here".to_owned(), Role::Error),
        Some(sheet) if sheet.is_saved() && !sheet.ending => {
            (format!("Saved {}", clock(sheet.saved_at)), Role::Dim)
        }
        _ => (String::new(), Role::Dim),
    };
    let left = left.join("   ");
    let room = cells.saturating_sub(2 + text::width(&right));
    Line::from(vec![
        Span::styled(format!(" {}", text::left(&left, room, g.ellipsis)), cx.theme.style(Role::Dim)),
        Span::styled(right, cx.theme.style(role)),
    ])
}

/// Beside the grid on wide terminals: every anchor of the dimension, and the order as it would be.
pub(super) fn beside(
    grid: &Grid,
    shown: &Shown<'_>,
    row: Row,
    chart: &ChartView,
    cx: &Cx,
    cells: usize,
) -> Vec<Line<'static>> {
    let dimension = row.dimension;
    let mut out: Vec<Line<'static>> = window::wrapped(std::slice::from_ref(&dimension.name), cells)
        .into_iter()
        .map(|line| Line::styled(line, cx.theme.style(Role::Now)))
        .collect();
    let value = view::looked(shown.columns.len(), grid.back)
        .and_then(|at| shown.value(shown.columns[at], dimension.number).severity);
    for (digit, anchor) in dimension.anchors.iter().enumerate() {
        let here = value.is_some_and(|value| usize::from(value.digit()) == digit);
        let role = if here { Role::Now } else { Role::Normal };
        let words = format!("{}: {anchor}", shown.set.labels.get(digit).map_or("", String::as_str));
        for (n, part) in window::wrapped(&[words], cells.saturating_sub(2)).into_iter().enumerate() {
            let mark = if n == 0 { digit.to_string() } else { " ".to_owned() };
            out.push(Line::from(vec![
                Span::styled(mark, cx.theme.style(Role::Severity(Some(digit as u8)))),
                Span::styled(format!(" {part}"), cx.theme.style(role)),
            ]));
        }
    }
    let (rows, _) = preview::of(grid.sheet.as_ref(), chart, cx);
    if !rows.is_empty() {
        out.extend([Line::default(), Line::styled("If completed", cx.theme.style(Role::Now))]);
    }
    for moved in rows {
        let short = shown.set.dimension(moved.dimension).map_or("", |one| one.short.as_str());
        let was = moved.was.map(|was| format!("  was {was}")).unwrap_or_default();
        out.push(Line::from(vec![
            Span::styled(text::left(moved.word, 8, ""), cx.theme.style(preview::role(moved.tier))),
            Span::raw(format!("D{} {short}", moved.dimension)),
            Span::styled(was, cx.theme.style(Role::Dim)),
        ]));
    }
    out
}
