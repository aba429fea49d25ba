//! How a group session looks: the shared part on top, members on the left, the highlighted one's part on the right.

use super::part::{Column, PART, SHARED};
use super::session::GroupSessionScreen;
use super::slips;
use crate::domain::{Asked, HeaderAnswers, Here, counted};
use crate::packs;
use crate::service::api::GroupMember;
use crate::tui::editor::Look;
use crate::tui::facts::Cx;
use crate::tui::screens::chart::notes::page;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{empty, rule};
use crate::tui::widgets::table::{fitted, marked};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Rows of the shared part, and its rule.
const SHARED_ROWS: u16 = 3;
/// From this width on the part is beside the list.
const BESIDE: u16 = 76;
/// Columns of the list beside a part.
const LIST: u16 = 47;

/// The shared part, the list, the highlighted part.
fn areas(screen: &GroupSessionScreen, area: Rect) -> (Rect, Rect, Rect) {
    let top = Rect { height: SHARED_ROWS.min(area.height), ..area };
    let y = area.y + (SHARED_ROWS + 1).min(area.height);
    let rest = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    if area.width >= BESIDE {
        let list = Rect { width: LIST, ..rest };
        let x = rest.x + LIST + 2;
        return (top, list, Rect { x, width: area.right().saturating_sub(x), ..rest });
    }
    let writes = screen.writing.is_some();
    let below = if writes { rest.height.saturating_sub(4) } else { rest.height / 3 };
    let list = Rect { height: rest.height - below, ..rest };
    (top, list, Rect { x: rest.x + 1, y: list.bottom(), width: rest.width.saturating_sub(2), height: below })
}

/// The row at a place of the screen: 0 = the shared part.
pub(super) fn hit(screen: &GroupSessionScreen, at: Position, area: Rect) -> Option<usize> {
    let (shared, list, _) = areas(screen, area);
    if shared.contains(at) {
        return Some(0);
    }
    let row = usize::from(at.y.checked_sub(list.y + 1)?) + top(screen, list);
    (list.contains(at) && row < screen.members().len()).then_some(row + 1)
}

/// The first member in sight.
fn top(screen: &GroupSessionScreen, list: Rect) -> usize {
    let room = usize::from(list.height.saturating_sub(4)).max(1);
    screen.at.saturating_sub(room)
}

pub(super) fn draw(screen: &GroupSessionScreen, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    if screen.view.is_none() {
        empty(frame, area, &["One moment.".to_owned()], cx);
        return;
    }
    let (shared, list, part) = areas(screen, area);
    draw_shared(screen, frame, shared, cx);
    let line = Rect { y: shared.bottom(), height: 1, ..area }.intersection(area);
    frame.render_widget(rule(line.width, cx), line);
    draw_list(screen, frame, list, cx);
    draw_part(screen, frame, part, cx);
}

fn draw_shared(screen: &GroupSessionScreen, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let role = if screen.at == 0 { Role::Focus } else { Role::Dim };
    let topic = screen.view.as_ref().map_or_else(String::new, |view| view.session.about());
    let topic = if topic.is_empty() { topic } else { format!("   Topic: {topic}") };
    let pointer = if screen.at == 0 { cx.theme.glyphs.pointer } else { " " };
    let head = format!(" {pointer} Shared, once for all{}", text::line(&topic));
    let title = Rect { height: 1.min(area.height), ..area };
    let head = text::cut(&head, usize::from(area.width), cx.theme.glyphs.ellipsis).into_owned();
    frame.render_widget(Span::styled(head, cx.theme.style(role)), title);
    let words = Rect {
        x: area.x + 3,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    if screen.writing.as_ref().is_some_and(|writing| writing.client.is_none()) {
        edit(screen, frame, words, cx);
        return;
    }
    let shown = screen.shared();
    let (shown, role) =
        if shown.trim().is_empty() { ("Nothing yet.", Role::Dim) } else { (shown, Role::Normal) };
    paragraphs(frame, words, shown, role, cx);
}

/// The editor, at the end of whose text the cursor is.
fn edit(screen: &GroupSessionScreen, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let Some(writing) = &screen.writing else { return };
    let look = Look { text: cx.theme.style(Role::Normal), selection: cx.theme.style(Role::Selected) };
    let row = writing.editor.cursor_row(area.width);
    let first = (row + 1).saturating_sub(usize::from(area.height));
    let marks = page::decorations(&writing.editor, cx);
    if let Some(cursor) = writing.editor.draw_decorated(first, area, frame.buffer_mut(), look, &marks) {
        frame.set_cursor_position(cursor);
    }
}

fn paragraphs(frame: &mut Frame<'_>, area: Rect, words: &str, role: Role, cx: &Cx) -> u16 {
    let rows = window::wrapped(&[words.to_owned()], usize::from(area.width));
    let count = rows.len() as u16;
    let lines = rows.into_iter().map(|row| Line::styled(row, cx.theme.style(role))).collect();
    window::lines(frame, area, lines);
    count.min(area.height)
}

fn draw_list(screen: &GroupSessionScreen, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let width = usize::from(area.width);
    let head = |column, words: &str| {
        let role = if screen.column == column { Role::Focus } else { Role::Dim };
        Span::styled(words.to_owned(), cx.theme.style(role))
    };
    let mut lines = vec![Line::from(vec![
        Span::styled(format!("   {:<14} ", "Member"), cx.theme.style(Role::Dim)),
        head(Column::Here, "Here     "),
        head(Column::TookPart, "Part "),
        head(Column::Progress, "Goal  "),
        match screen.column {
            Column::Slip => head(Column::Slip, "Slip"),
            _ => Span::styled("Note", cx.theme.style(Role::Dim)),
        },
    ])];
    let first = top(screen, area);
    let room = usize::from(area.height.saturating_sub(3));
    for (at, member) in screen.members().iter().enumerate().skip(first).take(room) {
        let cells = fitted(row(screen, member, cx), width.saturating_sub(4), false, cx);
        lines.push(marked(cells, screen.at == at + 1, width, cx));
    }
    lines.push(Line::styled(summary(screen), cx.theme.style(Role::Dim)));
    let hidden = screen.members().len().saturating_sub(first + room) + first;
    if hidden > 0 {
        lines.push(Line::styled(format!(" {hidden} more above or below"), cx.theme.style(Role::Dim)));
    }
    window::lines(frame, area, lines);
}

fn row(screen: &GroupSessionScreen, member: &GroupMember, cx: &Cx) -> Vec<Span<'static>> {
    let entry = &member.entry;
    let here = match entry.here {
        Here::Late => format!("late {}", entry.late),
        Here::LeftEarly => format!("left {}", entry.left),
        other => other.word().to_owned(),
    };
    let part = screen.part_of(entry.client);
    let progress = part.and_then(|part| part.note.lines.first()).map_or("", |line| line.progress.sign());
    let took = if entry.took_part == 0 { String::new() } else { entry.took_part.to_string() };
    let (note, role) = match (entry.here, part) {
        _ if entry.note > 0 => ("signed", Role::Dim),
        (Here::Absent, _) => ("outreach", Role::Overdue),
        (Here::Excused, _) => ("no note", Role::Dim),
        (Here::NotMarked, _) => ("", Role::Dim),
        (_, None) => ("other's", Role::Dim),
        (_, Some(part)) if part.is_written() && part.is_copied(PART) => ("copied", Role::Copied),
        (_, Some(part)) if part.is_written() => ("written", Role::Normal),
        (_, Some(_)) => ("not yet", Role::Overdue),
    };
    let (note, role) = match screen.column {
        Column::Slip => screen.slip_words(member),
        _ => (note.to_owned(), role),
    };
    let name = text::left(&cx.listed(&member.name), 14, cx.theme.glyphs.ellipsis);
    vec![
        Span::raw(format!("{name} {here:<8} {took:<4} {progress:<5} ")),
        Span::styled(note, cx.theme.style(role)),
    ]
}

/// `Present 7 of at most 12, 3 of 7 parts written`.
fn summary(screen: &GroupSessionScreen) -> String {
    let present = screen.members().iter().filter(|one| one.entry.here.came()).count();
    let written = screen.parts.iter().filter(|part| part.is_written()).count();
    let most = screen.view.as_ref().map_or(0, |view| view.most_present);
    let most = if most > 0 { format!(" of at most {most}") } else { String::new() };
    format!(" Present {present}{most}; {written} of {} written", counted(screen.parts.len(), "part", "parts"))
}

/// What a part answers about risk and use.
fn answered(answers: &HeaderAnswers) -> (String, Role) {
    let with = |asked: Asked, detail: &str| match detail.trim() {
        "" => asked.word().to_owned(),
        detail => format!("{}: {}", asked.word(), text::line(detail)),
    };
    let words = format!(
        "Risk {}   Use {}",
        with(answers.risk, &answers.risk_detail),
        with(answers.used, &answers.used_detail)
    );
    (words, if answers.risk == Asked::Present { Role::Overdue } else { Role::Dim })
}

/// The highlighted member: what they want, what is worked on, their last part, and the part that is written now.
fn draw_part(screen: &GroupSessionScreen, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let Some(member) = screen.here() else { return };
    let mut y = area.y;
    let mut say = |frame: &mut Frame<'_>, words: &str, role, most: u16| {
        let height = area.bottom().saturating_sub(y).min(most);
        y += paragraphs(frame, Rect { y, height, ..area }, words, role, cx);
        y
    };
    let took = packs::groups().took_part(member.entry.took_part);
    let took = if took.is_empty() { String::new() } else { format!("   took part: {took}") };
    let minutes = if member.entry.here.came() { format!(", {} min", member.minutes) } else { String::new() };
    let head = format!("{}{minutes}", cx.listed(&member.name));
    // How they took part stands in the list, too, so it goes first where there is no room.
    let head = match format!("{head}{took}") {
        whole if text::width(&whole) <= usize::from(area.width) => whole,
        _ => head,
    };
    say(frame, &head, Role::Now, 1);
    let writes = screen.writing.as_ref().filter(|one| one.client == Some(member.entry.client));
    if screen.column == Column::Slip {
        say(frame, slips::ASKED, Role::Focus, 6);
    }
    if !member.wants.is_empty() {
        say(frame, &format!("wants \"{}\"", member.wants), Role::Normal, 2);
    }
    if !member.had.is_empty() {
        say(frame, &format!("Before this: {}", member.had), Role::Dim, 2);
    }
    let part = screen.part_of(member.entry.client);
    for (line, words) in &member.objectives {
        let served = part.and_then(|part| part.note.lines.iter().find(|one| one.line == *line));
        let mark = served.map_or(String::new(), |one| format!(" works on it {}", one.progress.sign()));
        let role = if served.is_some() { Role::Normal } else { Role::Dim };
        say(frame, &format!("{line} {words}{mark}"), role, 1);
    }
    if let Some((on, words)) = member.last.as_ref().filter(|_| writes.is_none() || area.height > 12) {
        say(frame, &format!("Last, {}: {words}", crate::rules::when::short(*on, cx.today())), Role::Dim, 2);
    }
    let Some(part) = part else { return };
    let (words, role) = answered(&part.note.answers);
    let mut below = say(frame, &words, role, 2);
    below += u16::from(below < area.bottom());
    for section in part.note.sections.iter().filter(|one| one.key != SHARED) {
        let room = area.bottom().saturating_sub(below);
        if room < 2 {
            break;
        }
        let here = writes.is_some_and(|one| one.key == section.key);
        let role = if here { Role::Focus } else { Role::Dim };
        let title = Rect { y: below, height: 1, ..area };
        let copied = if part.is_copied(&section.key) { ", copied" } else { "" };
        frame.render_widget(Span::styled(format!("{}{copied}", section.title), cx.theme.style(role)), title);
        let most = if section.key == PART { room.saturating_sub(3).max(1) } else { room - 1 };
        let words = Rect { x: area.x + 1, y: below + 1, width: area.width.saturating_sub(1), height: most };
        if here {
            let rows = screen.writing.as_ref().map_or(1, |one| one.editor.rows(words.width).max(1));
            let height = most.min(rows.max(2) as u16);
            edit(screen, frame, Rect { height, ..words }, cx);
            below += 1 + height;
        } else {
            below += 1 + paragraphs(frame, words, &section.text, Role::Normal, cx).max(1);
        }
    }
}
