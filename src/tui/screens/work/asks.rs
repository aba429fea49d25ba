//! What plans ask of whoever is signed in: the methods that name them, with client, how often, and held so far.

use crate::domain::{Date, ReferralKept};
use crate::rules::plan::often::planned;
use crate::rules::plan::words::often;
use crate::rules::when;
use crate::service::api::PlanAskLine;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::list::{List, NOTHING_FOUND};
use crate::tui::widgets::table::{Cell, Column, NARROW, name_width};
use crate::tui::widgets::window::{lines as draw_lines, wrapped};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The list, and the highlight on it.
#[derive(Debug, Default)]
pub(super) struct Asks {
    pub rows: List,
    /// `None` until the answer is here.
    pub lines: Option<Vec<PlanAskLine>>,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    Person,
    Record,
    What,
    Often,
    Held,
    Last,
}

/// Lines below the list on the highlighted one.
const BELOW: u16 = 3;
/// Columns from which the record number joins.
const WIDE: u16 = 120;

impl Asks {
    /// The lines that what was typed leaves.
    pub(super) fn shown(&self) -> Vec<&PlanAskLine> {
        let all = self.lines.as_deref().unwrap_or_default();
        self.rows.shown(texts(all)).into_iter().map(|at| &all[at]).collect()
    }

    /// Moves the highlight, or changes what was typed; says whether that was asked.
    pub(super) fn act(&mut self, action: Action, page: usize) -> bool {
        self.rows.act(action, texts(self.lines.as_deref().unwrap_or_default()), page)
    }

    /// Shows every line again; says whether some were hidden.
    pub(super) fn back(&mut self) -> bool {
        self.rows.back(texts(self.lines.as_deref().unwrap_or_default()))
    }

    /// The highlighted line.
    pub(super) fn here(&self) -> Option<&PlanAskLine> {
        self.shown().get(self.rows.cursor.at).copied()
    }

    /// The line that is hit.
    pub(super) fn hit(&self, at: Position, area: Rect) -> Option<usize> {
        let shown = self.shown();
        self.rows.table(&columns(area.width, &shown), shown.len()).hit(at, rows_area(area))
    }
}

/// What the lines are found by.
fn texts(lines: &[PlanAskLine]) -> impl Iterator<Item = [&str; 3]> {
    lines.iter().map(|line| [&*line.name, &*line.record_no, &*line.method.wording])
}

fn columns(width: u16, lines: &[&PlanAskLine]) -> Vec<Column<Col>> {
    let names = name_width(width, lines.iter().map(|line| &*line.name)).max(16);
    vec![
        Column::left(Col::Person, "Person", names),
        Column::left(Col::Record, "Record", 8).from(WIDE),
        Column::left(Col::What, "What the plan asks of you", 0),
        Column::left(Col::Often, "How often", 14).from(NARROW),
        Column::right(Col::Held, "Held", 8),
        Column::right(Col::Last, "Last", 7).from(NARROW),
    ]
}

/// Where the rows are, with room below them for the highlighted one.
fn rows_area(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(BELOW + 1), ..area }
}

pub(super) fn draw(asks: &Asks, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let top = Rect { height: 1, ..area };
    let dim = cx.theme.style(Role::Dim);
    let shown = asks.shown();
    if let Some(lines) = &asks.lines {
        let counted = crate::domain::counted(lines.len(), "method names you ", "methods name you ");
        frame.render_widget(Line::styled(counted, dim).right_aligned(), top);
    }
    asks.rows.draw_find(frame, Rect { width: top.width / 2, ..top }, cx);
    if shown.is_empty() {
        if asks.lines.is_some() {
            let place = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
            empty(frame, place, &nothing(asks, cx), cx);
        }
        return;
    }
    let columns = columns(area.width, &shown);
    asks.rows.table(&columns, shown.len()).draw(frame, rows_area(area), cx, |at, col| {
        shown.get(at).map_or_else(Vec::new, |line| cell(line, col, cx))
    });
    if let Some(line) = asks.here() {
        let below = Rect { y: area.bottom().saturating_sub(BELOW), height: BELOW, ..area };
        let open = cx.key(Action::Open, Scope::Work);
        let width = usize::from(area.width).saturating_sub(2);
        let text = [format!(
            "{}, {}: {}{}. For: {} {open} goes to the plan.",
            cx.listed(&line.name),
            line.record_no,
            line.method.wording.trim_end_matches('.'),
            referral(line, cx),
            crate::rules::plan::words::first_upper(&ended(&line.goal)),
        )];
        let text = wrapped(&text, width).into_iter().take(usize::from(BELOW));
        draw_lines(frame, below, text.map(|line| Line::styled(format!(" {line}"), dim)).collect());
    }
}

/// The sentence with its full stop.
fn ended(words: &str) -> String {
    format!("{}.", words.trim().trim_end_matches('.'))
}

/// `; referral made, look again 30 Nov`.
fn referral(line: &PlanAskLine, cx: &Cx) -> String {
    let Some(referral) = &line.method.referral else { return String::new() };
    let on = |date: Date| when::short(date, cx.today());
    let kept = referral.kept.word();
    match (referral.look_again, referral.appointment) {
        (Some(again), _) => format!("; referral {kept}, look again {}", on(again)),
        (None, Some((day, _))) => format!("; referral {kept}, appointment {}", on(day)),
        (None, None) => format!("; referral {kept}"),
    }
}

fn nothing(asks: &Asks, cx: &Cx) -> Vec<String> {
    if asks.rows.is_narrowed() {
        return vec![NOTHING_FOUND.to_owned()];
    }
    let key = cx.key(Action::ChooseShown, Scope::Work);
    vec![
        "No plan names you.".to_owned(),
        String::new(),
        "This page lists the methods and referrals of all plans in which you are named as who does it."
            .to_owned(),
        format!("Press {key} to see your other work."),
    ]
}

fn cell(line: &PlanAskLine, col: Col, cx: &Cx) -> Cell {
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    match col {
        Col::Person => vec![Span::raw(cx.listed(&line.name).into_owned())],
        Col::Record => dim(line.record_no.to_string()),
        Col::What => what(line, cx),
        Col::Often => dim(often(&line.method.dose.often)),
        Col::Held => vec![Span::raw(held(line))],
        Col::Last => dim(line.last.map_or_else(|| "never".to_owned(), |on| when::ago(on, cx.today()))),
    }
}

/// The method; a referral that waits says so, bold once its day has come.
fn what(line: &PlanAskLine, cx: &Cx) -> Cell {
    let mut spans = Vec::new();
    if let Some(referral) = line.method.referral.as_ref().filter(|one| one.kept == ReferralKept::Made) {
        let over = referral.look_again.is_some_and(|on| on <= cx.today());
        let role = if over { Role::Overdue } else { Role::Dim };
        spans.push(Span::styled("referral ", cx.theme.style(role)));
    }
    spans.push(Span::raw(line.method.wording.clone()));
    spans
}

/// `3 of 8`, or `3` where the plan names no number.
fn held(line: &PlanAskLine) -> String {
    match planned(&line.method) {
        Some(all) if line.held <= all => format!("{} of {all}", line.held),
        _ => line.held.to_string(),
    }
}
