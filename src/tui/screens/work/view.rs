//! How lists of what is owed look.

use super::words::{what, when_words, why};
use super::{OwedList, WorkScreen};
use crate::domain::DocKind;
use crate::rules::owed::{Asked, Duty};
use crate::rules::when;
use crate::service::api::OwedLine;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::list::NOTHING_FOUND;
use crate::tui::widgets::table::{Cell, Column, NARROW, name_width};
use crate::tui::widgets::window::{lines as draw_lines, wrapped};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

#[derive(Clone, Copy, Debug)]
enum Col {
    Due,
    Person,
    Record,
    Born,
    What,
    Who,
    Since,
}

/// Columns from which record and birth join.
const WIDE: u16 = 120;
/// Lines below the list on the highlighted one.
const BELOW: u16 = 3;

fn columns(width: u16, lines: &[&OwedLine]) -> Vec<Column<Col>> {
    let names = name_width(width, lines.iter().map(|line| &*line.name)).max(16);
    let mut columns = vec![
        Column::left(Col::Due, "Due", 11),
        Column::left(Col::Person, "Person", names),
        Column::left(Col::Record, "Record", 8).from(WIDE),
        Column::left(Col::Born, "Born", 10).from(WIDE),
        Column::left(Col::What, "What", 0),
    ];
    if lines.iter().any(|line| !line.mine) {
        columns.push(Column::left(Col::Who, "Owed by", 14).from(NARROW));
    }
    columns.push(Column::right(Col::Since, "Since", 8).from(NARROW));
    columns
}

/// The list's part of the screen of work.
pub(super) fn list_area(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
}

/// Where the rows are, with room below them for the highlighted one.
fn rows_area(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(BELOW), ..area }
}

/// The line that is hit.
pub(in crate::tui::screens) fn hit(
    list: &OwedList,
    lines: &[&OwedLine],
    at: Position,
    area: Rect,
) -> Option<usize> {
    list.rows.table(&columns(area.width, lines), lines.len()).hit(at, rows_area(area))
}

/// The lines, and below them why the highlighted one is owed.
pub(in crate::tui::screens) fn draw_list(
    list: &OwedList,
    lines: &[&OwedLine],
    frame: &mut Frame<'_>,
    area: Rect,
    cx: &Cx,
) {
    let columns = columns(area.width, lines);
    list.rows.table(&columns, lines.len()).draw(frame, rows_area(area), cx, |at, col| {
        lines.get(at).map_or_else(Vec::new, |line| cell(line, col, cx))
    });
    if let Some(line) = list.here(lines) {
        let below = Rect { y: area.bottom().saturating_sub(BELOW), height: BELOW, ..area };
        let width = usize::from(area.width).saturating_sub(2);
        let whose = match (&*line.name, &*line.record_no) {
            ("", _) => String::new(),
            (name, record) => format!("{}, {record}: ", cx.listed(name)),
        };
        let text = [format!("{whose}{} {}", why(line, cx), does(line, cx))];
        let text = wrapped(&text, width).into_iter().take(usize::from(BELOW));
        let dim = cx.theme.style(Role::Dim);
        draw_lines(frame, below, text.map(|line| Line::styled(format!(" {line}"), dim)).collect());
    }
}

pub(super) fn draw(screen: &WorkScreen, lines: &[&OwedLine], frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let top = Rect { height: 1, ..area };
    let dim = cx.theme.style(Role::Dim);
    frame.render_widget(Line::styled(counted(screen, lines, cx), dim).right_aligned(), top);
    screen.list.rows.draw_find(frame, Rect { width: top.width / 2, ..top }, cx);
    if lines.is_empty() {
        empty(frame, list_area(area), &nothing(screen, cx), cx);
        return;
    }
    draw_list(&screen.list, lines, frame, list_area(area), cx);
}

fn counted(screen: &WorkScreen, lines: &[&OwedLine], cx: &Cx) -> String {
    let over = lines.iter().filter(|line| line.owed.is_over(cx.now.moment, cx.today())).count();
    let over = if over > 0 { format!(", {over} overdue") } else { String::new() };
    format!("{} to do{over}   {} ", lines.len(), screen.list.filter.words(cx))
}

fn nothing(screen: &WorkScreen, cx: &Cx) -> Vec<String> {
    if screen.list.rows.is_narrowed() {
        return vec![NOTHING_FOUND.to_owned()];
    }
    let key = cx.key(Action::ChooseShown, Scope::Work);
    if screen.list.filter.narrows() {
        return vec![format!("Nothing of this kind is due. Press {key} to see everything.")];
    }
    let mut words = vec![
        "You have nothing left to do.".to_owned(),
        String::new(),
        "This page lists immediate needs, notes to write and to sign, notes that came back or wait for your \
         co-signature, assessments and reviews, and tasks."
            .to_owned(),
    ];
    if !screen.list.filter.all && !cx.owed().is_empty() {
        words.push(format!("Press {key} to see the work of the people you supervise."));
    }
    words
}

fn cell(line: &OwedLine, col: Col, cx: &Cx) -> Cell {
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    match col {
        Col::Due => {
            let words = when_words(line, cx);
            if line.owed.is_over(cx.now.moment, cx.today()) {
                vec![Span::styled(words, cx.theme.style(Role::Overdue))]
            } else {
                dim(words)
            }
        }
        Col::Person => vec![Span::raw(cx.listed(&line.name).into_owned())],
        Col::Record => dim(line.record_no.to_string()),
        Col::Born => dim(cx.listed_birth(line.birth)),
        Col::What => what(line, cx),
        Col::Who if line.mine => dim("you".to_owned()),
        Col::Who => vec![Span::raw(line.who.clone())],
        Col::Since => dim(when::brief(line.owed.since, cx.today())),
    }
}

/// What Enter does with the highlighted line.
fn does(line: &OwedLine, cx: &Cx) -> String {
    let open = cx.key(Action::Open, Scope::Work);
    let does = match (line.owed.duty, line.mine) {
        (Duty::Task, _) => "opens the task",
        (Duty::Second(Asked::Purge), _) => "goes to the records, to agree or decline",
        (Duty::Second(Asked::Link | Asked::Unlink), _) => "opens the chart, to agree or decline",
        (Duty::State, _) => "goes to the day",
        (Duty::Need, _) => "goes to the decision",
        (Duty::Triage, _) => "asks the questions",
        (Duty::Ask, _) => "goes to the filled-in measures",
        (Duty::Alert, true) => "goes to the alliance, to say what was done",
        (Duty::TestResult, true) => "goes to the test, to type its results",
        (Duty::Contact, true) => "writes down what came of it",
        (_, false) => "opens it to read",
        (Duty::Returned, true) => "opens it with the comment; amend it, or add an addendum",
        (Duty::Unsigned(DocKind::Note), true) => "opens the draft",
        (Duty::Unsigned(DocKind::Assessment), true) => "opens the assessment",
        (Duty::Unsigned(DocKind::Plan), true) => "opens the plan",
        (Duty::Unsigned(DocKind::Answers), true) => "goes to the plan, to take them over",
        (Duty::Unsigned(DocKind::Review), true) => "opens the review",
        (Duty::Unsigned(DocKind::Discharge), true) => "opens the discharge summary",
        (Duty::Unsigned(DocKind::Safety) | Duty::SafetyPlan, true) => "opens the safety plan",
        (Duty::PlanReview, true) => "begins the review",
        (Duty::MissingNote, true) => "begins the note",
        (Duty::CoSign, true) => "opens it to co-sign or return",
        (Duty::Agree, true) => "opens it; you are the second person",
        (Duty::Assessment | Duty::Review, true) => "begins the assessment",
        (Duty::InitialPlan | Duty::Plan | Duty::PlanCalled, true) => "goes to the plan",
    };
    format!("{open} {does}.")
}
