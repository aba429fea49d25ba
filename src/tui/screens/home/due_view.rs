//! How the list of what is owed looks.

use super::due::Due;
use crate::packs::Duty;
use crate::rules::due::{About, Obligation};
use crate::rules::when;
use crate::service::api::{DueItem, Owed};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::work;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::{Cell, Column, NARROW, Table, name_width};
use crate::tui::widgets::window::{lines, sides, wrapped};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

#[derive(Clone, Copy, Debug)]
enum Col {
    Due,
    Person,
    Record,
    What,
    Who,
    Source,
}

/// Columns from which record and source join.
const WIDE: u16 = 120;
/// Lines below the list on the highlighted one.
fn below(area: Rect) -> u16 {
    if area.width < NARROW { 3 } else { 2 }
}

fn columns(due: &Due, width: u16) -> Vec<Column<Col>> {
    let names = name_width(width, due.items().iter().map(|item| &*item.name)).max(16);
    let mut columns = vec![
        Column::left(Col::Due, "Due", 11),
        Column::left(Col::Person, "Person", names),
        Column::left(Col::Record, "Record", 8).from(WIDE),
        Column::left(Col::What, "What", 0),
    ];
    if due.items().iter().any(|item| !item.mine) {
        columns.push(Column::left(Col::Who, "Owed by", 19).from(NARROW));
    }
    columns.push(Column::left(Col::Source, "Source", 0).from(WIDE));
    columns
}

fn list_area(area: Rect) -> Rect {
    Rect { y: area.y + 2, height: area.height.saturating_sub(2 + below(area)), ..area }
}

pub(super) fn hit(due: &Due, at: Position, area: Rect) -> Option<usize> {
    let columns = columns(due, area.width);
    table(due, &columns).hit(at, list_area(area))
}

fn table<'a>(due: &Due, columns: &'a [Column<Col>]) -> Table<'a, Col> {
    Table { columns, count: due.items().len(), cursor: due.cursor, highlighted: true }
}

pub(super) fn draw(due: &Due, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    frame.render_widget(super::strip::of(cx), row(0));
    let Some(view) = &due.view else { return };
    let dim = cx.theme.style(Role::Dim);
    let over = view.items.iter().filter(|item| item.over).count();
    let mine = view.items.iter().filter(|item| item.mine).count();
    let mut pieces = vec![format!(" Yours: {mine}.")];
    if view.items.len() > mine {
        pieces.push(format!(" Your team's: {}.", view.items.len() - mine));
    }
    if over > 0 {
        pieces.push(format!(" Overdue: {over}."));
    }
    let left: Vec<Span<'_>> = pieces.into_iter().map(|words| Span::styled(words, dim)).collect();
    let rules = match &view.rules[..] {
        [(program, rules)] => format!("{program}: {rules} "),
        _ => String::new(),
    };
    frame.render_widget(sides(&left, Span::styled(rules, dim), usize::from(area.width)), row(1));
    let list = list_area(area);
    if view.items.is_empty() {
        empty(frame, list, &nothing(cx), cx);
        return;
    }
    let columns = columns(due, area.width);
    let cell = |at: usize, col| due.items().get(at).map_or_else(Vec::new, |item| cell(item, col, cx));
    table(due, &columns).draw(frame, list, cx, cell);
    if let Some(item) = due.here() {
        let height = below(area);
        let below = Rect { y: area.bottom().saturating_sub(height), height, ..area };
        let width = usize::from(area.width).saturating_sub(2);
        let text = wrapped(&[about(item, cx)], width).into_iter().take(usize::from(height));
        lines(frame, below, text.map(|line| Line::styled(format!(" {line}"), dim)).collect());
    }
}

fn nothing(cx: &Cx) -> Vec<String> {
    let key = |action| cx.key(action, Scope::Due);
    vec![
        "Nothing is due. This page lists notes to write, assessments and reviews, immediate needs to look \
         at again, and tasks."
            .to_owned(),
        String::new(),
        format!("Press {} on any page to write down a task.", key(Action::NewTask)),
    ]
}

fn cell(item: &DueItem, col: Col, cx: &Cx) -> Cell {
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    match col {
        Col::Due => {
            let words = due_words(item, cx);
            if item.over { vec![Span::styled(words, cx.theme.style(Role::Overdue))] } else { dim(words) }
        }
        Col::Person => vec![Span::raw(cx.listed(&item.name).into_owned())],
        Col::Record => dim(item.record_no.to_string()),
        Col::What => what(item, cx),
        Col::Who if item.mine => dim("you".to_owned()),
        Col::Who => vec![Span::raw(item.who_name.clone())],
        Col::Source => match &item.owed {
            Owed::Rule { obligation, .. } => dim(obligation.source.to_owned()),
            _ => Vec::new(),
        },
    }
}

/// `2 d over`, `today`, `14:30`, `in 3 d`.
fn due_words(item: &DueItem, cx: &Cx) -> String {
    let at = match &item.owed {
        Owed::Rule { obligation, .. } => obligation.at,
        _ => None,
    };
    match at {
        Some(at) => {
            let minutes = (at.0 - cx.now.moment.0) / 60_000;
            let span = when::span(minutes);
            if item.over { format!("{span} over") } else { format!("in {span}") }
        }
        None => when::due(item.due, cx.today()),
    }
}

fn what(item: &DueItem, cx: &Cx) -> Cell {
    match &item.owed {
        Owed::Task(kept) => vec![Span::raw(kept.value.text.clone())],
        Owed::Work(line) => {
            vec![Span::raw(format!("{}: ", work::word(line.owed.duty))), Span::raw(line.about.clone())]
        }
        Owed::Rule { obligation, session, draft } => {
            let mut spans = vec![Span::raw(duty_words(obligation, *session, draft.is_some()))];
            if let Some(planned) = obligation.planned {
                let words = format!(", planned {}", when::coming(planned, cx.today()));
                spans.push(Span::styled(words, cx.theme.style(Role::Dim)));
            } else if obligation.reason_asked {
                spans.push(Span::styled(", reason asked", cx.theme.style(Role::Now)));
            }
            spans
        }
    }
}

fn duty_words(
    obligation: &Obligation,
    session: Option<(crate::domain::Date, crate::domain::ClockTime)>,
    begun: bool,
) -> String {
    let of = session
        .map_or(String::new(), |(date, start)| format!(" of {} {start}", date.naive().format("%a %-d %b")));
    match (obligation.about, obligation.duty) {
        (About::State(_), _) => format!("session{of}: what became of it?"),
        (About::Session(_), _) if begun => format!("note{of}, to sign"),
        (About::Session(_), _) => format!("note{of}"),
        (About::Need(_), _) => format!("immediate need: {}", obligation.how),
        (About::Assessment, Duty::Review) if begun => "review, assessment begun".to_owned(),
        (About::Assessment, Duty::Review) => "review".to_owned(),
        (About::Assessment, _) if begun => "first assessment, begun".to_owned(),
        (About::Assessment, _) => "first assessment".to_owned(),
    }
}

/// How the day was reckoned, and where the rule comes from.
fn about(item: &DueItem, cx: &Cx) -> String {
    match &item.owed {
        Owed::Rule { obligation, .. } => {
            let due = when::short(item.due, cx.today());
            let expected = if obligation.expected { " as planned now" } else { "" };
            let supervisor = if obligation.supervisor { " Goes to the supervisor." } else { "" };
            match obligation.about {
                About::Need(_) | About::State(_) => {
                    format!("{}. {}.{supervisor}", obligation.how, obligation.source)
                }
                _ => format!("Due {due}{expected}: {}. Source: {}.", obligation.how, obligation.source),
            }
        }
        Owed::Work(line) => {
            let since = (cx.now.moment.0 - line.owed.since.0) / 60_000;
            let late = if line.owed.is_late(cx.now.moment) { ", over the agency's limit" } else { "" };
            format!("Raised by {}, waiting for {}{late}.", line.author, when::span(since))
        }
        Owed::Task(kept) => {
            let from = cx.staff_name(kept.value.created_by);
            let handed = match kept.value.handed.last() {
                Some((who, _)) => format!(", handed on by {}", cx.staff_name(*who)),
                None => String::new(),
            };
            format!("Due {}. Written down by {from}{handed}.", when::short(item.due, cx.today()))
        }
    }
}
