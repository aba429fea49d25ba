//! How the list of work looks.

use super::WorkScreen;
use crate::domain::DocKind;
use crate::rules::owed::Duty;
use crate::rules::when;
use crate::service::api::OwedLine;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::{Cell, Column, NARROW, Table, name_width};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

#[derive(Clone, Copy, Debug)]
enum Col {
    What,
    Person,
    Record,
    Born,
    About,
    Author,
    Age,
}

/// Columns from which birth and author have their own.
const WIDE: u16 = 110;

fn columns<'a>(width: u16, names: impl Iterator<Item = &'a str>) -> Vec<Column<Col>> {
    let (about, author) = if width >= WIDE { (36, 0) } else { (0, 24) };
    vec![
        Column::left(Col::What, "To do", 9),
        Column::left(Col::Person, "Person", name_width(width, names).max(16)),
        Column::left(Col::Record, "Record", 7),
        Column::left(Col::Born, "Born", 10).from(WIDE),
        Column::left(Col::About, "What", about),
        Column::left(Col::Author, "Author", author).from(WIDE),
        Column::right(Col::Age, "Since", 10).from(NARROW),
    ]
}

/// What is to be done, in a word or two.
pub fn word(duty: Duty) -> &'static str {
    match duty {
        Duty::Returned => "returned",
        Duty::Unsigned(DocKind::Note) => "sign",
        Duty::Unsigned(DocKind::Assessment) => "complete",
        Duty::MissingNote => "no note",
        Duty::CoSign => "co-sign",
        Duty::Agree => "in error?",
    }
}

fn table<'a>(screen: &WorkScreen, count: usize, columns: &'a [Column<Col>]) -> Table<'a, Col> {
    Table { columns, count, cursor: screen.cursor, highlighted: true }
}

fn list_area(area: Rect) -> Rect {
    Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area }
}

pub(super) fn hit(screen: &WorkScreen, count: usize, at: Position, area: Rect) -> Option<usize> {
    // Where a row is does not depend on how wide its names are.
    let columns = columns(area.width, std::iter::empty());
    table(screen, count, &columns).hit(at, list_area(area))
}

pub(super) fn draw(screen: &WorkScreen, lines: &[&OwedLine], frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let top = Rect { height: 1, ..area };
    let dim = cx.theme.style(Role::Dim);
    frame.render_widget(Line::styled(counted(screen, lines, cx), dim).right_aligned(), top);
    if lines.is_empty() {
        empty(frame, list_area(area), &nothing(screen, cx), cx);
        return;
    }
    let columns = columns(area.width, lines.iter().map(|line| &*line.name));
    let narrow = area.width < WIDE;
    table(screen, lines.len(), &columns).draw(frame, list_area(area), cx, |at, col| {
        lines.get(at).map_or_else(Vec::new, |line| cell(line, col, narrow, cx))
    });
    if let Some(line) = lines.get(screen.cursor.at) {
        let bottom = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        frame.render_widget(Line::styled(format!(" {}", about(line, cx)), dim), bottom);
    }
}

fn counted(screen: &WorkScreen, lines: &[&OwedLine], cx: &Cx) -> String {
    let late = lines.iter().filter(|line| line.owed.is_late(cx.now.moment)).count();
    let late = if late > 0 { format!(", {late} late") } else { String::new() };
    let whose = if screen.all { "yours and your people's" } else { "yours" };
    format!("{} to do{late}   {whose} ", lines.len())
}

fn nothing(screen: &WorkScreen, cx: &Cx) -> Vec<String> {
    let key = cx.key(Action::SwitchMineAll, Scope::Work);
    let mut words = vec![
        "You have nothing left to do.".to_owned(),
        String::new(),
        "This page lists drafts to sign, notes that came back to you, and notes that wait for your \
         co-signature."
            .to_owned(),
    ];
    if !screen.all && !cx.owed().is_empty() {
        words.push(format!("Press {key} to see the work of the people you supervise."));
    }
    words
}

fn cell(line: &OwedLine, col: Col, narrow: bool, cx: &Cx) -> Cell {
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    let plain = |text: &str| vec![Span::raw(text.to_owned())];
    match col {
        Col::What if line.mine => vec![Span::styled(word(line.owed.duty), cx.theme.style(Role::Now))],
        Col::What => dim(word(line.owed.duty).to_owned()),
        Col::Person => plain(&cx.listed(&line.name)),
        Col::Record => plain(&line.record_no),
        Col::Born => dim(cx.listed_birth(line.birth)),
        Col::About => {
            let mut cell = plain(&line.about);
            if narrow && names_author(line, cx) {
                cell.push(Span::styled(format!("  {}", line.author), cx.theme.style(Role::Dim)));
            }
            cell
        }
        Col::Author => dim(line.author.clone()),
        Col::Age => {
            let minutes = (cx.now.moment.0 - line.owed.since.0) / 60_000;
            let ago = when::span(minutes.max(0));
            if line.owed.is_late(cx.now.moment) {
                vec![Span::styled(format!("{ago}, late"), cx.theme.style(Role::Overdue))]
            } else {
                plain(&ago)
            }
        }
    }
}

/// Whose work it is about says something where it is not one's own.
fn names_author(line: &OwedLine, cx: &Cx) -> bool {
    Some(line.owed.author) != cx.me()
}

/// What Enter does with the highlighted line.
fn about(line: &OwedLine, cx: &Cx) -> String {
    let open = cx.key(Action::Open, Scope::Work);
    let does = match (line.owed.duty, line.mine) {
        (_, false) => "opens it to read",
        (Duty::Returned, true) => "opens it with the comment; amend it, or add an addendum",
        (Duty::Unsigned(DocKind::Note), true) => "opens the draft",
        (Duty::Unsigned(DocKind::Assessment), true) => "opens the assessment",
        (Duty::MissingNote, true) => "begins the note",
        (Duty::CoSign, true) => "opens it to co-sign or return",
        (Duty::Agree, true) => "opens it; you are the second person",
    };
    format!("{}, {}: {open} {does}.", cx.listed(&line.name), line.record_no)
}
