//! How a day looks.

use super::today::{Row, Today};
use super::today_about::{about, about_task, below};
use crate::domain::{ClockTime, Modality, Mode, Session, SessionNote, SessionState, counted};
use crate::rules::when;
use crate::service::api::{DayLine, DayView, GroupDay, OwedLine, ToldLine};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::{danger, work};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::{Cell, Column, NARROW, Table, name_width};
use crate::tui::widgets::window::{lines, sides};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

#[derive(Clone, Copy, Debug)]
enum Col {
    Time,
    Person,
    Record,
    What,
    Staff,
    State,
    Note,
    Phone,
    Place,
}

/// Columns from which record, staff, phone and place join.
const WIDE: u16 = 120;

fn columns(view: &DayView, width: u16) -> Vec<Column<Col>> {
    let charts = view.lines.iter().any(|line| line.may_read) || view.lines.is_empty();
    let names = name_width(width, view.lines.iter().map(|line| &*line.name)).max(16);
    let mut columns = vec![
        Column::left(Col::Time, "Time", 11),
        Column::left(Col::Person, "Person", names),
        Column::left(Col::Record, "Record", 8).from(WIDE),
    ];
    if view.all {
        columns.push(Column::left(Col::Staff, "With", 0));
        if charts {
            columns.push(Column::left(Col::What, "What", 0).from(WIDE));
        }
    } else {
        columns.push(Column::left(Col::What, "What", 0).from(NARROW));
    }
    let state = if view.all { 12 } else { 0 };
    columns.push(Column::left(Col::State, "State", state).below(NARROW));
    columns.push(Column::left(Col::State, "State", 19).from(NARROW));
    if charts {
        columns.push(Column::left(Col::Note, "Note", 8));
        columns.push(Column::left(Col::Place, "Where", 14).from(WIDE));
        columns.push(Column::left(Col::Phone, "Phone", 16).from(WIDE));
    } else {
        columns.push(Column::left(Col::Phone, "Phone", 14).from(NARROW));
    }
    columns
}

/// Strip and line on the day above, the lines on the highlighted row below.
fn list_area(today: &Today, area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(2 + below(today, area.width)), ..area }
}

pub(super) fn hit(today: &Today, at: Position, area: Rect) -> Option<usize> {
    let view = today.view.as_ref()?;
    let columns = columns(view, area.width);
    table(today, &columns).hit(at, list_area(today, area))
}

fn table<'a>(today: &Today, columns: &'a [Column<Col>]) -> Table<'a, Col> {
    Table { columns, count: today.rows().len(), cursor: today.cursor, highlighted: true }
}

pub(super) fn draw(today: &Today, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    frame.render_widget(super::strip::of(cx), row(0));
    let Some(view) = &today.view else { return };
    let scope = Span::styled(if view.all { "everyone " } else { "yours " }, cx.theme.style(Role::Dim));
    frame.render_widget(sides(&day_line(view, cx), scope, usize::from(area.width)), row(1));
    let list = list_area(today, area);
    let rows = today.rows();
    if rows.is_empty() {
        empty(frame, list, &nothing(cx), cx);
        return;
    }
    let columns = columns(view, area.width);
    let cell = |at: usize, col| rows.get(at).map_or_else(Vec::new, |row| cell(*row, col, view, cx));
    table(today, &columns).draw(frame, list, cx, cell);
    let height = below(today, area.width);
    let below = Rect { y: area.bottom().saturating_sub(height), height, ..area };
    match today.here() {
        Some(Row::Session(line)) => frame.render_widget(about(line, cx), below),
        Some(Row::Told(line)) => frame.render_widget(about_told(line, cx), below),
        Some(Row::Group(line)) => frame.render_widget(about_group(line, cx), below),
        Some(Row::Task(item)) => lines(frame, below, about_task(item, below, cx)),
        None => {}
    }
}

/// `Wed 25 Nov   7 sessions, 2 notes owed`, in pieces.
fn day_line(view: &DayView, cx: &Cx) -> Vec<Span<'static>> {
    let dim = cx.theme.style(Role::Dim);
    let day = view.date.naive().format("%a %-d %b %Y").to_string();
    let far = match view.date.days_since(cx.today()) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} d"),
        days => format!("{} d ago", -days),
    };
    let sessions = counted(view.lines.len(), "session", "sessions");
    let mut pieces = vec![format!("  {far}"), format!("   {sessions}")];
    let missed = view.lines.iter().filter(|line| line.session.value.state == SessionState::Missed).count();
    if missed > 0 {
        pieces.push(format!(", {missed} missed"));
    }
    let owed = view.lines.iter().filter(|line| line.may_read && owes_note(&line.session.value)).count();
    if owed > 0 {
        pieces.push(format!(", {} to write", counted(owed, "note", "notes")));
    }
    if !view.holiday.is_empty() {
        pieces.push(format!("   {}", view.holiday));
    }
    let other = if view.date == cx.today() { "   Left, Right: other days" } else { "   Esc: today" };
    pieces.push(other.to_owned());
    let day = Span::styled(format!(" {day}"), cx.theme.style(Role::Now));
    std::iter::once(day).chain(pieces.into_iter().map(|words| Span::styled(words, dim))).collect()
}

fn owes_note(session: &Session) -> bool {
    session.state == SessionState::Held && matches!(session.note, SessionNote::None | SessionNote::Draft(_))
}

fn nothing(cx: &Cx) -> Vec<String> {
    let key = |action| cx.key(action, Scope::Today);
    vec![
        "This page lists the sessions of a day: who comes, who came, and which notes are still to be \
         written."
            .to_owned(),
        String::new(),
        format!(
            "Press {} to plan a session, once or weekly. Left and Right show other days; {} shows any day.",
            key(Action::PlanSession),
            key(Action::ChooseShown),
        ),
    ]
}

fn cell(row: Row<'_>, col: Col, view: &DayView, cx: &Cx) -> Cell {
    match row {
        Row::Told(line) => told_cell(line, col, cx),
        Row::Group(line) => group_cell(line, col, cx),
        Row::Session(line) => session_cell(line, col, view, cx),
        Row::Task(item) => task_cell(item, col, cx),
    }
}

/// Danger that was passed on: since when, and whether anybody has taken it.
fn told_cell(line: &ToldLine, col: Col, cx: &Cx) -> Cell {
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    match col {
        Col::Time => vec![Span::styled("danger".to_owned(), cx.theme.style(Role::TierNow))],
        Col::Person => vec![Span::styled(cx.listed(&line.name).into_owned(), cx.theme.style(Role::Normal))],
        Col::Record => dim(line.record_no.to_string()),
        Col::What | Col::Staff => match &line.taken {
            Some((name, _)) => vec![Span::raw(name.clone())],
            None => vec![Span::styled("nobody yet", cx.theme.style(Role::Overdue))],
        },
        Col::State if let Some((_, at)) = &line.taken => dim(format!("taken {}", at.time)),
        Col::State => vec![Span::styled("not taken", cx.theme.style(Role::Overdue))],
        Col::Phone if cx.veil => Vec::new(),
        Col::Phone => dim(line.phones.clone()),
        Col::Note | Col::Place => Vec::new(),
    }
}

/// One line on the highlighted danger: when it was passed on, who has taken it, and what was said.
fn about_told(line: &ToldLine, cx: &Cx) -> Line<'static> {
    let key = cx.key(Action::Open, Scope::Today);
    let taken = danger::taken_words(line, cx);
    let role = if line.taken.is_some() { Role::Normal } else { Role::Overdue };
    Line::from(vec![
        Span::styled(format!(" {taken}"), cx.theme.style(role)),
        Span::styled(format!("   {key} shows and corrects what you said"), cx.theme.style(Role::Dim)),
    ])
}

fn group_cell(line: &GroupDay, col: Col, cx: &Cx) -> Cell {
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    let ends = ClockTime((line.start.0 + line.minutes) % (24 * 60));
    match col {
        Col::Time => vec![Span::raw(format!("{}-{ends}", line.start))],
        Col::Person => vec![Span::styled(line.name.clone(), cx.theme.style(Role::Normal))],
        Col::What => vec![Span::raw("group".to_owned())],
        Col::State if !line.begun && line.stands_in => dim("you stand in".to_owned()),
        Col::State if !line.begun => dim(counted(line.members, "member", "members")),
        Col::State if line.unmarked == line.members => dim("begun".to_owned()),
        Col::State => vec![Span::raw(format!("{} of {} came", line.present, line.members))],
        Col::Note if line.present == 0 => Vec::new(),
        Col::Note if line.signed == line.present => dim("signed".to_owned()),
        Col::Note => {
            vec![Span::styled(format!("{} owed", line.present - line.signed), cx.theme.style(Role::Overdue))]
        }
        Col::Record | Col::Staff | Col::Phone | Col::Place => Vec::new(),
    }
}

/// One line on the highlighted group.
fn about_group(line: &GroupDay, cx: &Cx) -> Line<'static> {
    let key = cx.key(Action::Open, Scope::Today);
    let stands_in = if line.stands_in { ", you stand in" } else { "" };
    let words =
        format!(" {}{stands_in}   {key} writes the group: all parts in one pass, signed once", line.name);
    Line::styled(words, cx.theme.style(Role::Dim))
}

/// Whether the same counselor has another session in this time; two of one group are one.
fn clashes(line: &DayLine, view: &DayView) -> bool {
    let one = &line.session.value;
    let stands = |session: &Session| {
        matches!(session.state, SessionState::Planned | SessionState::Arrived { .. } | SessionState::Held)
    };
    stands(one)
        && view.lines.iter().any(|other_line| {
            let other = &other_line.session.value;
            let group = one.modality == Some(Modality::Group) && other.modality == one.modality;
            (other.client, other.number) != (one.client, one.number)
                && other.staff == one.staff
                && stands(other)
                && !group
                && one.start < other_line.ends
                && other.start < line.ends
        })
}

fn session_cell(line: &DayLine, col: Col, view: &DayView, cx: &Cx) -> Cell {
    let session = &line.session.value;
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    let plain = |text: String| vec![Span::raw(text)];
    match col {
        Col::Time => plain(format!("{}-{}", session.start, line.ends)),
        Col::Person => vec![Span::styled(cx.listed(&line.name).into_owned(), cx.theme.style(Role::Normal))],
        Col::Record => dim(line.record_no.to_string()),
        Col::What => plain(what(session)),
        Col::Staff => {
            let mode = session.mode.filter(|mode| *mode != Mode::Person);
            let mode = mode.map_or(String::new(), |mode| format!(", {}", mode.word()));
            plain(format!("{}{mode}", line.staff_name))
        }
        Col::State if clashes(line, view) => {
            let mut cells = state(line, cx);
            cells.push(Span::styled(", clash", cx.theme.style(Role::Overdue)));
            cells
        }
        Col::State => state(line, cx),
        Col::Note => note(line, cx),
        Col::Phone => dim(phones(line, cx).to_owned()),
        Col::Place => dim(session.place.clone()),
    }
}

/// How to reach them; a number names a person too, so the veil lies over it.
pub(super) fn phones<'a>(line: &'a DayLine, cx: &Cx) -> &'a str {
    if cx.veil { "" } else { &line.phones }
}

/// `counseling, phone`; a group by its name.
fn what(session: &Session) -> String {
    let mut words = Vec::new();
    match session.modality {
        Some(Modality::Group) if !session.with.is_empty() => words.push(session.with.clone()),
        Some(modality @ (Modality::Group | Modality::Family | Modality::Collateral)) => {
            words.push(modality.word().to_owned());
        }
        _ => words.push(session.kind.clone()),
    }
    words.extend(session.mode.filter(|mode| *mode != Mode::Person).map(|mode| mode.word().to_owned()));
    words.retain(|word| !word.is_empty());
    words.join(", ")
}

/// What became of it, in a few words.
fn state(line: &DayLine, cx: &Cx) -> Cell {
    let session = &line.session.value;
    let (bold, dim) = (cx.theme.style(Role::Overdue), cx.theme.style(Role::Dim));
    match &session.state {
        SessionState::Planned if line.ended => vec![Span::styled("what became of it?", bold)],
        SessionState::Planned if line.begun => vec![Span::styled("not here yet", bold)],
        SessionState::Planned => vec![Span::styled("to come", dim)],
        SessionState::Arrived { at } if !line.ended => {
            let minutes = (cx.now.moment.0 - at.0).max(0) / 60_000;
            vec![Span::styled(format!("here, {}", when::span(minutes)), cx.theme.style(Role::Now))]
        }
        SessionState::Arrived { .. } => vec![Span::styled("came; held?", bold)],
        SessionState::Held => vec![Span::raw("held")],
        SessionState::Missed => missed(session, cx),
        SessionState::Cancelled { by, .. } => {
            vec![Span::styled(format!("called off by {}", by.word()), dim)]
        }
    }
}

fn missed(session: &Session, cx: &Cx) -> Cell {
    let reached = session.outreach.iter().any(|one| one.reached);
    let tries = session.outreach.len();
    let after = match (reached, tries) {
        (true, _) => ", reached".to_owned(),
        (false, 0) => String::new(),
        (false, 1) => ", 1 try".to_owned(),
        (false, many) => format!(", {many} tries"),
    };
    let role = if tries == 0 { Role::Overdue } else { Role::Normal };
    vec![Span::styled("missed", cx.theme.style(role)), Span::raw(after)]
}

fn note(line: &DayLine, cx: &Cx) -> Cell {
    let session = &line.session.value;
    let dim = cx.theme.style(Role::Dim);
    match &session.note {
        SessionNote::Signed(_) => vec![Span::styled("signed", dim)],
        SessionNote::Draft(_) => vec![Span::raw("draft")],
        SessionNote::NotNeeded(_) => vec![Span::styled("none", dim)],
        SessionNote::None if session.state == SessionState::Held => {
            vec![Span::styled("owed", cx.theme.style(Role::Overdue))]
        }
        SessionNote::None => Vec::new(),
    }
}

fn task_cell(item: &OwedLine, col: Col, cx: &Cx) -> Cell {
    let Some(kept) = &item.task else { return Vec::new() };
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    match col {
        Col::Time => dim("task".to_owned()),
        Col::Person => vec![Span::raw(cx.listed(&item.name).into_owned())],
        Col::Record => dim(item.record_no.to_string()),
        Col::What | Col::Staff => vec![Span::raw(kept.value.text.clone())],
        Col::State if item.owed.is_over(cx.now.moment, cx.today()) => {
            vec![Span::styled(work::when_words(item, cx), cx.theme.style(Role::Overdue))]
        }
        Col::State => dim(format!("due {}", when::coming(kept.value.due, cx.today()))),
        Col::Phone if cx.veil => Vec::new(),
        Col::Phone => dim(item.phones.clone()),
        Col::Note | Col::Place => Vec::new(),
    }
}
