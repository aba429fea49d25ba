//! How home looks: the strip of what calls, the list, and a line on the highlighted person.

use super::narrow::Narrow;
use super::{Home, Shown, about, find, newcomers, strip};
use crate::domain::{Date, PeopleSort, Summary, counted};
use crate::packs;
use crate::rules::caseload;
use crate::rules::when;
use crate::service::api::{Person, Whose};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::{Cx, birth_typed};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::{Cell, Column, NARROW, Table, name_width, width_of};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};

/// The columns of the list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Col {
    Person,
    Record,
    Level,
    Rating(u8),
    Signal,
    Why,
    Last,
    Next,
    Born,
    Review,
    Legal,
    FullBirth,
    Counselor,
    /// What is so of somebody in their first four sessions.
    First(newcomers::Sign),
}

/// From this width on the list has room for whose client everybody is.
const WIDE: u16 = 100;

/// Columns while nothing is being found.
fn columns(cx: &Cx) -> Vec<Column<Col>> {
    if cx.names_only() {
        return vec![
            Column::left(Col::Person, "Person", 32),
            Column::left(Col::Born, "Born", 10),
            Column::left(Col::Record, "Record", 8),
            Column::left(Col::Next, "Next", 0),
        ];
    }
    let names = cx.people().iter().map(|person| person.summary.name.as_ref());
    // Where something was heard of somebody on the list, a letter stands before the reason, and names give way to it.
    let signals = cx.people().iter().any(|person| person.standing.signals.heard.letter().is_some());
    let mut columns = vec![
        Column::left(Col::Person, "Person", name_width(cx.size.width, names) - 2 * u16::from(signals)),
        Column::left(Col::Record, "Record", 6),
        Column::left(Col::Level, "LOC", 3).from(NARROW),
    ];
    // Whose client each is, where that is not plain: with the others' people on the list, or with room to spare.
    let others = cx.whose() != Whose::Mine && cx.reads_charts();
    let counselor = Column::left(Col::Counselor, "Counselor", 10);
    columns.push(counselor.from(if others && cx.size.width < WIDE { NARROW } else { WIDE }));
    // Whoever reads no charts sees no rating, and no dash that looks like one that is missing.
    if cx.reads_charts() {
        columns.extend(dimensions(cx).into_iter().map(|n| Column::left(Col::Rating(n), &n.to_string(), 2)));
    }
    if signals {
        columns.push(Column::left(Col::Signal, "", 1));
    }
    columns.push(Column::left(Col::Why, "Why", 0));
    columns.push(Column::right(Col::Last, "Last", 4).from(NARROW));
    // Where it names whose client everybody is, a narrow list leaves the reason more room than the next session.
    let next = if others { WIDE } else { NARROW };
    columns.push(Column::left(Col::Next, "Next", 4).from(next));
    columns.push(Column::left(Col::Born, "Born", 10).from(120));
    columns.push(Column::right(Col::Review, "Review", 9).from(120));
    columns
}

/// Columns while a person is being found: what tells two people apart.
fn find_columns() -> Vec<Column<Col>> {
    vec![
        Column::left(Col::Person, "Person", 0),
        Column::left(Col::Legal, "Also, or found by", 0),
        Column::left(Col::FullBirth, "Born", 10),
        Column::left(Col::Record, "Record", 8),
    ]
}

/// The columns of what is shown now.
fn columns_of(home: &Home, cx: &Cx) -> Vec<Column<Col>> {
    match (&home.find, &home.narrow) {
        (Some(_), _) => find_columns(),
        (None, Some((_, Narrow::First))) => newcomers::columns(cx),
        (None, _) => columns(cx),
    }
}

/// Numbers of the rated dimensions of the agency's set.
fn dimensions(cx: &Cx) -> Vec<u8> {
    let set = cx.set();
    set.map_or_else(|| (1..=6).collect(), |set| set.rated().map(|dimension| dimension.number).collect())
}

/// Strip, find line or scope line, list, line on the highlighted person: the list's part of the area.
fn list_area(home: &Home, area: Rect) -> Rect {
    let above = 2;
    let below = u16::from(home.find.is_none());
    let pane = if home.find.is_none() { pane(area.width) } else { 0 };
    let width = area.width - pane;
    Rect { y: area.y + above, height: area.height.saturating_sub(above + below), width, ..area }
}

/// The line above names that are only close to what was typed.
const CLOSE: &str = "Close, not the same:";

/// Cells of the side pane of wide terminals, with the cell of air before it.
fn pane(width: u16) -> u16 {
    match width {
        ..160 => 0,
        160..200 => 57,
        _ => 73,
    }
}

pub(super) fn hit(home: &Home, shown: Shown<'_>, at: Position, area: Rect, cx: &Cx) -> Option<usize> {
    let columns = columns_of(home, cx);
    table(home, shown, &columns).hit(at, list_area(home, area))
}

fn table<'a>(home: &Home, shown: Shown<'_>, columns: &'a [Column<Col>]) -> Table<'a, Col> {
    let chosen = !home.strayed && home.find.as_ref().is_none_or(find::Find::is_chosen);
    Table { columns, count: shown.len(), cursor: home.cursor, highlighted: chosen }
}

pub(super) fn draw(home: &Home, shown: Shown<'_>, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    frame.render_widget(strip::of(cx), row(0));
    match &home.find {
        Some(find) => {
            frame.render_widget(Span::styled(" Find  ", cx.theme.style(Role::Dim)), row(1));
            let found = find.words(usize::from(area.width).saturating_sub(20), cx);
            let [_, line, beside] = Layout::horizontal([
                Constraint::Length(7),
                Constraint::Min(8),
                Constraint::Length(u16::try_from(text::width(&found)).unwrap_or_default()),
            ])
            .areas(row(1));
            find.line.draw(frame, line, find.typing, cx);
            frame.render_widget(Line::styled(found, cx.theme.style(Role::Dim)).right_aligned(), beside);
        }
        None => frame.render_widget(
            Line::styled(scope_words(home, usize::from(area.width), cx), cx.theme.style(Role::Dim))
                .right_aligned(),
            row(1),
        ),
    }
    let list = list_area(home, area);
    if shown.len() == 0 {
        empty(frame, list, &super::nobody::words(home, cx), cx);
        return;
    }
    let columns = columns_of(home, cx);
    let person = |at: usize| shown.get(at).and_then(|at| cx.people().get(at));
    let room = width_of(&columns, list.width, |col| matches!(col, Col::Why));
    table(home, shown, &columns).draw(frame, list, cx, |at, col| match person(at) {
        Some(person) if matches!(col, Col::Why) => why(person, room, cx),
        Some(person) if matches!(col, Col::Legal) => {
            let typed = home.find.as_ref().map_or("", |find| find.line.value());
            vec![Span::styled(other_names(&person.summary, typed, cx), cx.theme.style(Role::Dim))]
        }
        Some(person) => cell(person, col, cx),
        // Names that are only close stand under a line of their own.
        None if matches!(col, Col::Person) => vec![Span::styled(CLOSE, cx.theme.style(Role::Dim))],
        None => Vec::new(),
    });
    if home.find.is_none()
        && !home.strayed
        && let Some(person) = person(home.cursor.at)
    {
        frame.render_widget(
            about::about(person, area.width, cx),
            Rect { y: area.bottom().saturating_sub(1), height: 1, ..area },
        );
        if list.width < area.width {
            let (x, width) = (list.right() + 1, area.width - list.width - 1);
            let pane = Rect { x, width, y: list.y, height: list.height };
            let lines = side(person, usize::from(width), cx);
            window::scrolled(frame, pane, lines, 0, cx);
        }
    }
}

/// The names beside the one that is shown: the one that was typed first, then the legal name, then those of before.
fn other_names(summary: &Summary, typed: &str, cx: &Cx) -> String {
    let former = match &*summary.former {
        "" => String::new(),
        former => format!("formerly {}", cx.listed(former)),
    };
    let mut names: Vec<String> = Vec::new();
    for name in [cx.found_as(summary, typed), cx.listed(&summary.legal).into_owned(), former] {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn scope_words(home: &Home, cells: usize, cx: &Cx) -> String {
    let count = home.narrow.as_ref().map_or(cx.people().len(), |(places, _)| places.len());
    let narrow = home.narrow.as_ref().map(|(_, narrow)| format!(", {}", narrow.words())).unwrap_or_default();
    let people = counted(count, "person", "people");
    let session = cx.signed_in.as_ref();
    // Who reads no charts is not told who presses: the order is by name whatever was chosen.
    let chosen = session.map(|session| session.staff.settings.sort).unwrap_or_default();
    let sort = if cx.reads_charts() { chosen } else { PeopleSort::Name }.words();
    let hidden = session.map_or(0, |session| session.people.hidden);
    let more = if hidden > 0 { format!(", {hidden} more in the agency") } else { String::new() };
    let whose = match cx.whose() {
        Whose::Mine => "yours",
        Whose::Team => "your team's",
        Whose::All => "all",
    };
    let key = cx.key(Action::ChooseShown, Scope::Home);
    let keyed = [format!("{key} shows others"), key];
    let [long, short] = keyed.map(|key| format!("{people}, {sort}{more}   {whose}{narrow}, {key} "));
    let words = [format!(", {sort}{more}"), format!(", {sort}"), String::new()];
    let [whole, sorted, bare] = words.map(|words| format!("{people}{words}   {whose}{narrow} "));
    let lines = [long, short, whole, sorted, bare];
    lines.into_iter().find(|line| text::width(line) < cells).unwrap_or_default()
}

fn cell(person: &Person, col: Col, cx: &Cx) -> Cell {
    let summary = &person.summary;
    let none = cx.theme.glyphs.none;
    let plain = |text: &str| vec![Span::raw(if text.is_empty() { none.to_owned() } else { text.to_owned() })];
    match col {
        Col::First(sign) => newcomers::cell(person, sign, cx),
        Col::Person => {
            vec![Span::styled(cx.listed(&summary.name).into_owned(), cx.theme.style(Role::Normal))]
        }
        Col::Record => plain(&summary.record_no),
        Col::Level => plain(summary.episode.as_ref().map_or("", |episode| &episode.level)),
        Col::Rating(number) => match person.standing.columns.iter().find(|column| column.dimension == number)
        {
            Some(column) => cells::column(column, cx),
            None => vec![Span::styled(none, cx.theme.style(Role::Severity(None)))],
        },
        Col::Signal => person
            .standing
            .signals
            .heard
            .letter()
            .map(|letter| vec![Span::styled(letter.to_string(), cx.theme.style(Role::Overdue))])
            .unwrap_or_default(),
        // Drawn by the list itself, which knows how much room there is and what was typed.
        Col::Why | Col::Legal => Vec::new(),
        Col::Last => plain(&summary.contact().map(|on| since(on, cx)).unwrap_or_default()),
        Col::Next => {
            plain(&summary.next_session(cx.today()).map(|one| until(one.date, cx)).unwrap_or_default())
        }
        Col::Counselor => plain(&counselor(person, cx)),
        Col::Born => plain(&cx.listed_birth(summary.birth)),
        // The veil never takes what tells two people apart.
        Col::FullBirth => plain(&birth_typed(summary.birth)),
        Col::Review => match person.standing.review_due_in {
            Some(days) if days < 0 => vec![Span::styled(when::due_in(days), cx.theme.style(Role::Overdue))],
            Some(days) => plain(&when::due_in(days)),
            None => plain(""),
        },
    }
}

/// Whoever counsels them, the given name as an initial.
fn counselor(person: &Person, cx: &Cx) -> String {
    let Some(episode) = &person.summary.episode else { return String::new() };
    if cx.me() == Some(episode.counselor) {
        return "you".to_owned();
    }
    let found = cx.colleagues().iter().find(|(id, _)| *id == episode.counselor);
    let Some((_, name)) = found else { return "left".to_owned() };
    let mut words = name.split_whitespace();
    match (words.next(), words.next()) {
        (Some(given), Some(family)) => {
            let initial: String = given.chars().take(1).collect();
            format!("{initial}. {family}")
        }
        _ => name.clone(),
    }
}

/// Days since a contact, in four cells: `2 d`, `999d`.
fn since(on: Date, cx: &Cx) -> String {
    match cx.today().days_since(on).max(0) {
        days @ 0..=99 => format!("{days} d"),
        days @ 100..=999 => format!("{days}d"),
        _ => "long".to_owned(),
    }
}

/// The day of the next session, in four cells: `Tue` within the week, today's own name today, then `12 d`.
fn until(date: Date, cx: &Cx) -> String {
    match date.days_since(cx.today()) {
        days @ 7..=99 => format!("{days} d"),
        days @ 100.. => format!("{days}d"),
        _ => date.naive().format("%a").to_string(),
    }
}

/// The reason in full where it fits into so many cells, else in a few words.
fn reason(person: &Person, room: usize, cx: &Cx) -> String {
    let whole = cx.caseload().map(|context| caseload::long(&person.standing, &context));
    whole.filter(|whole| text::width(whole) <= room).unwrap_or_else(|| person.standing.why.to_string())
}

/// Why they stand where they stand; NOW in its own weight.
fn why(person: &Person, room: usize, cx: &Cx) -> Cell {
    let why = reason(person, room, cx);
    if why.is_empty() && person.summary.episode.is_none() {
        return vec![Span::styled("not admitted", cx.theme.style(Role::Dim))];
    }
    match why.strip_prefix("NOW") {
        Some(rest) => vec![Span::styled("NOW", cx.theme.style(Role::TierNow)), Span::raw(rest.to_owned())],
        None => vec![Span::raw(why)],
    }
}

/// The side pane of wide terminals: the highlighted person at a glance.
fn side(person: &Person, cells: usize, cx: &Cx) -> Vec<Line<'static>> {
    let summary = &person.summary;
    let dim = cx.theme.style(Role::Dim);
    let born = match cx.listed_birth(summary.birth).as_str() {
        "" => String::new(),
        born => format!("born {born}"),
    };
    let mut lines = vec![
        Line::styled(cx.listed(&summary.name).into_owned(), cx.theme.style(Role::Now)),
        Line::styled(format!("{}   {born}", summary.record_no), dim),
        Line::default(),
    ];
    if let Some(context) = cx.caseload() {
        let whole = caseload::long(&person.standing, &context);
        lines.extend(window::wrapped(&[whole], cells).into_iter().map(Line::from));
        lines.push(Line::default());
    }
    let set = packs::set(&summary.set);
    for rating in &summary.ratings {
        let name = set
            .and_then(|set| set.dimension(rating.dimension))
            .map_or("", |dimension| dimension.short.as_str());
        let mut spans = vec![Span::styled(format!("{} {name:<16}", rating.dimension), dim)];
        spans.extend(cells::rating(rating, cx));
        spans.push(Span::styled(format!("  {}", when::short(rating.on, cx.today())), dim));
        lines.push(Line::from(spans));
        if !rating.words.is_empty() {
            lines.push(Line::from(vec![
                Span::raw("  "),
                cells::quote(&rating.words, cells.saturating_sub(4), cx),
            ]));
        }
    }
    if !summary.wants.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled("wants", dim));
        lines.push(Line::from(vec![
            Span::raw("  "),
            cells::quote(&summary.wants, cells.saturating_sub(4), cx),
        ]));
    }
    lines
}
