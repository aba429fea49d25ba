//! How the short forms of a chart look.

use super::{entries, stay};
use crate::domain::{Number, ShortUse};
use crate::rules::short_forms::{self, Known, Thread};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::{Blocks, INDENT};
use crate::tui::screens::chart::forms::read::written;
use crate::tui::screens::chart::words::{gap, under};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::table::Cell;
use crate::tui::widgets::window;
use ratatui::text::Span;

/// Cells of a day, and of a form's name.
const DAY: usize = 12;
const NAME: usize = 19;
/// A page narrower than this has the words of an entry below its name.
const NARROW: usize = 76;

fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// Everything there is to see, from the top down; `only`: of one form.
pub(super) fn blocks(only: Option<&str>, chart: &ChartView, width: u16, cx: &Cx) -> Blocks<Number> {
    let mut out = Blocks::new();
    if !chart.may_read {
        return out;
    }
    let width = usize::from(width);
    let all = entries(chart);
    let mut threads = short_forms::threads(&all);
    threads.retain(|thread| only.is_none_or(|key| thread.begun.form == key));
    let known = short_forms::medications(&threads, stay(chart));
    if !known.is_empty() {
        out.line(vec![styled("Medication as known", Role::Now, cx)]);
        for one in &known {
            out.row(one.thread.root, medication(one, width, cx));
        }
        out.line(Vec::new());
    }
    // What stands above is not told twice; of medication what is in error or was begun again is left.
    threads.retain(|thread| !known.iter().any(|one| one.thread.root == thread.root));
    heading((only, known.is_empty()), &threads, (width, cx), &mut out);
    for thread in &threads {
        out.row(thread.root, row(thread, width, chart, cx));
    }
    out
}

fn heading(
    (only, is_all): (Option<&str>, bool),
    threads: &[Thread<'_>],
    (width, cx): (usize, &Cx),
    out: &mut Blocks<Number>,
) {
    let name = only.map(|key| cx.form(key).map_or(key, |form| form.name.as_str()));
    let words = match name {
        Some(name) => format!("Entries: {name} alone; {} shows the others", key(Action::ChooseShown, cx)),
        None => "Entries".to_owned(),
    };
    if !threads.is_empty() || is_all {
        out.line(vec![styled(words, Role::Now, cx)]);
    }
    if threads.is_empty() && is_all {
        let what = name.unwrap_or("drug test, medication, incident, care coordination, transport");
        let words = format!("Nothing is entered yet. {} adds one: {what}.", key(Action::AddBelow, cx));
        for line in column(&words, 3, Role::Dim, width, cx) {
            out.line(line);
        }
    }
}

fn key(action: Action, cx: &Cx) -> String {
    cx.key(action, Scope::ShortForms)
}

/// Cells of the words of an entry at most, and rows of them: Enter shows all.
const WORDS: usize = 110;
const ROWS: usize = 4;

/// Words in their column, wrapped; where they are longer than the row, the last line says that there is more.
fn column(words: &str, indent: usize, role: Role, width: usize, cx: &Cx) -> Vec<Cell> {
    let cells = width.min(WORDS).saturating_sub(indent + INDENT + 1);
    let mut lines = window::wrapped(&[words.to_owned()], cells);
    if lines.len() > ROWS {
        lines.truncate(ROWS);
        if let Some(last) = lines.last_mut() {
            *last = format!("{}{}", text::cut(last, cells.saturating_sub(1), ""), cx.theme.glyphs.ellipsis);
        }
    }
    lines.into_iter().map(|line| vec![gap(indent), styled(line, role, cx)]).collect()
}

/// Words beside a day and a name, wrapped in their own column; below them on a narrow page.
fn beside(on: &str, name: (&str, Role), words: &str, role: Role, width: usize, cx: &Cx) -> Vec<Cell> {
    let narrow = width < NARROW;
    let indent = if narrow { 2 } else { DAY + NAME };
    let mut lines = column(words, indent, role, width, cx);
    let more = cx.theme.glyphs.ellipsis;
    let cells = if narrow { width.saturating_sub(DAY + 4) } else { NAME - 1 };
    let mut head = vec![
        styled(format!("{on:<DAY$}"), Role::Dim, cx),
        styled(text::left(name.0, cells, more), name.1, cx),
    ];
    if narrow || lines.is_empty() {
        lines.insert(0, head);
    } else {
        head.push(gap(1));
        lines[0].splice(0..1, head);
    }
    lines
}

/// A medication: what is said of it, and when that was told.
fn medication(one: &Known<'_>, width: usize, cx: &Cx) -> Vec<Cell> {
    let told = when::short(one.thread.last_on(), cx.today());
    let role = match (one.earlier, one.is_taking()) {
        (true, _) => Role::Overdue,
        (_, true) => Role::Normal,
        _ => Role::Dim,
    };
    let state = if one.earlier { "ask again".to_owned() } else { one.state() };
    beside(
        &told,
        (&state, role),
        &one.line(),
        if one.is_taking() { Role::Normal } else { Role::Dim },
        width,
        cx,
    )
}

fn row(thread: &Thread<'_>, width: usize, chart: &ChartView, cx: &Cx) -> Vec<Cell> {
    let day = |on| when::short(on, cx.today());
    let begun = thread.begun;
    let role = if thread.counts() { Role::Normal } else { Role::Dim };
    let mut lines = beside(&day(begun.on), (&begun.form_name, role), &thread.line(&day), role, width, cx);
    let indent = if width < NARROW { 2 } else { DAY + NAME };
    if let Some(error) = thread.in_error {
        let words = format!("in error: {}; {}", error.reason, written(error, chart, cx));
        lines.extend(under(&words, indent, Role::Overdue, width, cx));
        return lines;
    }
    if begun.used_as == ShortUse::Test && thread.is_open() {
        let by = begun.results_by.map_or(String::new(), |by| format!(", looked for by {}", day(by)));
        let over = begun.results_by.is_some_and(|by| by < cx.today());
        let role = if over { Role::Overdue } else { Role::Dim };
        let words = format!("waits for a result{by}; {} adds it", key(Action::SetState, cx));
        lines.extend(under(&words, indent, role, width, cx));
    }
    for correction in super::read::corrections(thread, chart) {
        let words = format!("corrected: {}; {}", correction.reason, written(correction, chart, cx));
        lines.extend(under(&words, indent, Role::Dim, width, cx));
    }
    lines
}
