//! The review as it is drawn: rows down one page, below them what the highlighted one can be answered with.
//!
//! Owns where things are. It changes nothing.

use super::answers::{choices, titles};
use super::{Review, Shown, ask, line_of, teach};
use crate::domain::{LineKind, LineRef, Number, Progress, ReviewLine, ReviewRating};
use crate::rules::plan::review::{Item, offered};
use crate::rules::plan::review_content::sessions_words;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::legend::assent_sign;
use crate::tui::screens::chart::blocks::{Blocks, INDENT};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::frame::{empty, rule};
use crate::tui::widgets::table::{Cell, NARROW};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Cells of the label before a row.
const LABEL: usize = 14;
/// Cells of what was said before, of what notes say, and of the answer.
const BEFORE: usize = 7;
const NOTES: usize = 11;
const NOW: usize = 7;

fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// `Review of plan 2, 13 Oct to 21 Nov`.
pub(super) fn title(shown: &Shown<'_>, cx: &Cx) -> String {
    let known = &shown.known;
    let of = if known.version > 0 { format!(" of plan {}", known.version) } else { String::new() };
    let short = |on| when::short(on, cx.today());
    format!("Review{of}, {} to {}", short(known.from), short(known.until))
}

/// `3 left to answer   Saved 16:20:31`.
fn state(shown: &Shown<'_>, cx: &Cx) -> String {
    let saved = shown.sheet.saved_at;
    let left = match shown.lacks.len() {
        0 => "nothing left to answer".to_owned(),
        left => format!("{left} left to answer"),
    };
    if shown.sheet.read_only {
        return format!("draft of {}, {left}", cx.staff_name(shown.sheet.by));
    }
    if shown.sheet.failed {
        return format!("{left}   NOT SAVED");
    }
    format!("{left}   Saved {}:{:02}", saved.time, saved.second)
}

/// Areas of the title, the rows, and what is below them.
fn areas(room: &Review, below: usize, area: Rect) -> (Rect, Rect, Rect) {
    let most = if room.words.is_some() { area.height * 2 / 3 } else { area.height / 3 };
    let below = u16::try_from(below).unwrap_or(u16::MAX).clamp(2, most.max(2));
    let title = Rect { height: 1.min(area.height), ..area };
    let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(1 + below), ..area };
    (title, rows, Rect { y: rows.bottom(), height: area.bottom().saturating_sub(rows.bottom()), ..area })
}

/// Lines below the rows, the rule among them.
fn below_height(room: &Review, area: Rect, below: usize) -> usize {
    match &room.words {
        Some(words) => words.pane.rows(area) + 3,
        None => below + 1,
    }
}

/// Where the words of a row are written; `None` while none are.
pub(super) fn pane_area(room: &Review, area: Rect) -> Option<Rect> {
    room.words.as_ref()?;
    let (_, _, below) = areas(room, below_height(room, area, 0), area);
    Some(Rect { y: below.y + 2, height: below.height.saturating_sub(2), ..below })
}

/// The row under a click.
pub(super) fn hit(room: &Review, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Option<Item> {
    let shown = room.shown(chart, cx)?;
    let here = room.here(chart, cx);
    let below = below(here, &shown, cx, usize::from(area.width));
    let (_, rows, _) = areas(room, below_height(room, area, below.len()), area);
    blocks(&shown, chart, cx, usize::from(area.width)).hit(at, rows, here)
}

/// Draws the room.
pub(super) fn draw(room: &Review, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    let Some(shown) = room.shown(chart, cx) else {
        empty(frame, area, &[teach(chart, cx)], cx);
        return;
    };
    let width = usize::from(area.width);
    let here = room.here(chart, cx);
    let lines = below(here, &shown, cx, width);
    let (top, rows, under) = areas(room, below_height(room, area, lines.len()), area);
    let whole = title(&shown, cx);
    // What it is never goes; its span does where the line is short.
    let (what, span) = whole.split_once(", ").unwrap_or((whole.as_str(), ""));
    let left = [styled(format!(" {what}"), Role::Now, cx), styled(format!(", {span}"), Role::Now, cx)];
    let right = styled(format!("{} ", state(&shown, cx)), Role::Dim, cx);
    frame.render_widget(window::sides(&left, right, width), top);
    blocks(&shown, chart, cx, width).draw(frame, rows, here, cx);
    frame.render_widget(rule(area.width, cx), Rect { height: 1.min(under.height), ..under });
    if let (Some(words), Some(pane)) = (&room.words, pane_area(room, area)) {
        let name = name_of(words.item, &shown);
        let line = Rect { y: under.y + 1, height: 1, ..under };
        frame.render_widget(Line::styled(format!(" {name}"), cx.theme.style(Role::Now)), line);
        words.pane.draw(frame, pane, cx);
        return;
    }
    let rest = Rect { y: under.y + 1, height: under.height.saturating_sub(1), ..under };
    window::lines(frame, rest, lines);
}

/// What the highlighted row is called.
pub(super) fn name_of(item: Item, shown: &Shown<'_>) -> String {
    let line = |name: LineRef| {
        line_of(&shown.known, name).map_or(name.to_string(), |line| format!("{name} {}", line.wording))
    };
    match item {
        Item::Wants => "What the client wants".to_owned(),
        Item::Method(number) => match shown.known.methods.iter().find(|one| one.method == number) {
            Some(method) => format!("M{number} {}", method.wording),
            None => format!("M{number}"),
        },
        Item::Line(name) => line(name),
        Item::Change(number) => format!("{}: what changes?", line(LineRef::goal(number))),
        Item::View => "The client says".to_owned(),
        Item::TookPart => "How the client took part".to_owned(),
        Item::Level => "Level of care".to_owned(),
        Item::Why => "Why this level of care".to_owned(),
        Item::NewLevel => "Level of care from now on".to_owned(),
        Item::Agrees => "Does the client agree?".to_owned(),
        Item::Next => "Next review".to_owned(),
    }
}

/// What the highlighted row can be answered with.
fn below(here: Option<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) -> Vec<Line<'static>> {
    let Some(item) = here else { return Vec::new() };
    let mut lines = Vec::new();
    let words: Vec<String> =
        (1..).zip(choices(item)).map(|(digit, word): (usize, &str)| format!("{digit}\u{a0}{word}")).collect();
    // A digit and its word are never parted.
    let joined = words.iter().map(|word| word.replace(' ', "\u{a0}")).collect::<Vec<_>>().join("   ");
    for line in window::wrapped(&[joined], width.saturating_sub(2)) {
        lines.push(Line::raw(format!(" {}", line.replace('\u{a0}', " ").trim_end())));
    }
    lines.retain(|line| line.width() > 1);
    if let Some((_, lack)) = shown.lacks.iter().find(|(lack, _)| *lack == item) {
        let lack = crate::rules::plan::words::first_upper(lack);
        lines.push(Line::styled(format!(" {lack}"), cx.theme.style(Role::Now)));
    }
    let open = cx.key(Action::Open, Scope::Review);
    let does = match item {
        Item::NewLevel => format!("{open} chooses from the list."),
        Item::Next => format!("{open} writes the day; empty leaves it to the rules."),
        _ if titles(item).is_empty() => String::new(),
        _ => format!("{open} writes the words."),
    };
    let take = match item {
        Item::Line(name) => line_of(&shown.known, name).and_then(offered).map(|progress| {
            let key = cx.key(Action::AcceptProposal, Scope::Review);
            format!(" {key} takes {} over from the notes.", progress.word())
        }),
        _ => None,
    };
    let does = format!("{does}{}", take.unwrap_or_default());
    if !does.trim().is_empty() {
        lines.push(Line::styled(format!(" {}", does.trim()), cx.theme.style(Role::Dim)));
    }
    lines
}

/// A label, and what is behind it.
fn labelled(label: &str, words: Vec<Span<'static>>, cx: &Cx) -> Cell {
    let mut cell = vec![styled(text::left(label, LABEL, ""), Role::Dim, cx)];
    cell.extend(words);
    cell
}

/// Words below a row, wrapped.
fn under(words: &str, indent: usize, role: Role, cx: &Cx, width: usize) -> Vec<Cell> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let cells = width.saturating_sub(INDENT + indent + 1).max(10);
    let lines = window::wrapped(&[words.trim().to_owned()], cells);
    lines.into_iter().map(|line| vec![Span::raw(" ".repeat(indent)), styled(line, role, cx)]).collect()
}

pub(super) fn quoted(words: &str, cx: &Cx) -> String {
    let glyphs = &cx.theme.glyphs;
    if words.trim().is_empty() {
        return String::new();
    }
    format!("{}{}{}", glyphs.quote_open, words.trim(), glyphs.quote_close)
}

/// Every row with its lines.
fn blocks(shown: &Shown<'_>, chart: &ChartView, cx: &Cx, width: usize) -> Blocks<Item> {
    let mut blocks = Blocks::new();
    wants(&mut blocks, shown, cx, width);
    for line in ratings(shown, cx, width) {
        blocks.line(line);
    }
    let sessions = sessions_words(shown.known.sessions);
    blocks.line(labelled("Sessions", vec![Span::raw(sessions)], cx));
    for method in &shown.known.methods {
        method_row(&mut blocks, method.method, shown, cx, width);
    }
    let narrow = width < usize::from(NARROW);
    let notes = if narrow { 0 } else { NOTES };
    let head = text::left("Goals", width.saturating_sub(INDENT + BEFORE + notes + NOW + 1), "");
    let mut titles =
        vec![styled(head, Role::Dim, cx), styled(text::left("before", BEFORE, ""), Role::Dim, cx)];
    if !narrow {
        titles.push(styled(text::left("notes", NOTES, ""), Role::Dim, cx));
    }
    titles.push(styled(text::left("now", NOW, ""), Role::Dim, cx));
    blocks.line(titles);
    for line in &shown.known.lines {
        line_row(&mut blocks, line, shown, chart, cx, width);
    }
    rest(&mut blocks, shown, chart, cx, width);
    blocks
}

fn wants(blocks: &mut Blocks<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) {
    let review = &shown.sheet.body;
    let answer = review.wants.map_or("not asked yet", |answer| answer.word());
    let day = if shown.known.wants.wants.is_empty() {
        String::new()
    } else {
        format!(" {}", when::short(shown.known.wants.on, cx.today()))
    };
    let room = width.saturating_sub(INDENT + LABEL + text::width(&day) + text::width(answer) + 4);
    let words = quoted(&shown.known.wants.wants, cx);
    let words = text::left(&words, room, cx.theme.glyphs.ellipsis);
    let cell = labelled(
        "Wants",
        vec![styled(words, Role::Quote, cx), styled(day, Role::Dim, cx), Span::raw(format!("  {answer}"))],
        cx,
    );
    let mut lines = vec![cell];
    lines.extend(under(&quoted(&review.wants_words, cx), LABEL, Role::Quote, cx, width));
    blocks.row(Item::Wants, lines);
}

/// `D1 2 1▼   D2 0 0`: as many on a line as fit.
fn ratings(shown: &Shown<'_>, cx: &Cx, width: usize) -> Vec<Cell> {
    let cells = |rating: &ReviewRating| {
        let mut cell = vec![styled(format!("D{} ", rating.dimension), Role::Dim, cx)];
        cell.extend(cells::severity(rating.then, None, cx));
        cell.extend(cells::severity(rating.now, cells::trend(rating.now, rating.then), cx));
        cell.push(Span::raw("  "));
        cell
    };
    let each = 9;
    let fit = (width.saturating_sub(INDENT + LABEL + 1) / each).max(1);
    let rows: Vec<&[ReviewRating]> = shown.known.ratings.chunks(fit).collect();
    if rows.is_empty() {
        return vec![labelled("Then, now", vec![styled("nothing is rated", Role::Dim, cx)], cx)];
    }
    let label = |at: usize| if at == 0 { "Then, now" } else { "" };
    let row =
        |(at, row): (usize, &&[ReviewRating])| labelled(label(at), row.iter().flat_map(cells).collect(), cx);
    rows.iter().enumerate().map(row).collect()
}

fn method_row(blocks: &mut Blocks<Item>, number: Number, shown: &Shown<'_>, cx: &Cx, width: usize) {
    let Some(method) = shown.known.methods.iter().find(|one| one.method == number) else { return };
    let help = shown.sheet.body.help(number);
    let helped = help.and_then(|help| help.helped).map_or("did it help?", |one| one.word());
    let held = match method.planned {
        Some(planned) => format!("held {} of {planned}", method.held),
        None => format!("held {}", method.held),
    };
    let right = format!("  {}  {}", text::left(&held, 13, ""), text::left(helped, 17, ""));
    let name = format!("  {} {}", text::left(&format!("M{number}"), 3, ""), method.wording);
    let name =
        text::left(&name, width.saturating_sub(INDENT + text::width(&right) + 1), cx.theme.glyphs.ellipsis);
    let role = if help.is_some_and(|help| help.helped.is_some()) { Role::Normal } else { Role::Dim };
    let mut lines = vec![vec![Span::raw(name), styled(right, role, cx)]];
    lines.extend(help.map(|help| under(&help.words, 6, Role::Normal, cx, width)).unwrap_or_default());
    blocks.row(Item::Method(number), lines);
}

fn line_row(
    blocks: &mut Blocks<Item>,
    line: &ReviewLine,
    shown: &Shown<'_>,
    chart: &ChartView,
    cx: &Cx,
    width: usize,
) {
    let narrow = width < usize::from(NARROW);
    let goal = line.line.kind == LineKind::Goal;
    let (indent, plan) = (if goal { 2 } else { 4 }, &chart.plan.plan);
    let assent = plan.line(line.line).map(|line| plan.answered(line).assent()).unwrap_or_default();
    let mark = shown.sheet.body.mark(line.line);
    let now = mark.map_or(Progress::Unsaid, |mark| mark.progress);
    let notes = if narrow { 0 } else { NOTES };
    let name = text::left(&line.line.to_string(), 4, "");
    let name =
        format!("{}{name}{} {}", " ".repeat(indent), assent_sign(assent, &cx.theme.glyphs), line.wording);
    let room = width.saturating_sub(INDENT + BEFORE + notes + NOW + 1);
    let mut cell = vec![
        Span::raw(text::left(&name, room.saturating_sub(1), cx.theme.glyphs.ellipsis) + " "),
        styled(text::left(line.before.sign(), BEFORE, ""), Role::Dim, cx),
    ];
    if !narrow {
        let said: Vec<&str> = line.notes.iter().rev().take(3).rev().map(|(_, one)| one.sign()).collect();
        cell.push(styled(text::left(&said.join(" "), NOTES, ""), Role::Dim, cx));
    }
    cell.push(styled(text::left(now.sign(), NOW, ""), Role::Now, cx));
    let mut lines = vec![cell];
    if let Some(mark) = mark {
        let done = match (mark.done.trim(), line.amount.trim()) {
            ("", _) => String::new(),
            (done, "") => format!("Done: {done}. "),
            (done, amount) => format!("Done: {done} of {amount}. "),
        };
        let said = format!("{done}{}", mark.sentence.trim());
        lines.extend(under(&said, indent + 5, Role::Normal, cx, width));
    }
    blocks.row(Item::Line(line.line), lines);
    if shown.items.contains(&Item::Change(line.line.number)) && goal {
        let change = mark.and_then(|mark| mark.change).map_or("not chosen yet", |change| change.word());
        let row = vec![
            styled(format!("{}What changes?  ", " ".repeat(indent + 5)), Role::Dim, cx),
            Span::raw(change),
        ];
        let mut lines = vec![row];
        let words = mark.map_or("", |mark| mark.change_words.as_str());
        lines.extend(under(words, indent + 5, Role::Normal, cx, width));
        blocks.row(Item::Change(line.line.number), lines);
    }
}

/// The rows below the goals.
fn rest(blocks: &mut Blocks<Item>, shown: &Shown<'_>, chart: &ChartView, cx: &Cx, width: usize) {
    let review = &shown.sheet.body;
    let none = || "not answered yet".to_owned();
    let mut lines = under(&quoted(&review.view, cx), LABEL, Role::Quote, cx, width);
    match lines.first_mut() {
        Some(first) => *first = labelled("Client says", first.split_off(1), cx),
        None => lines.push(labelled("Client says", vec![Span::raw("nothing written yet")], cx)),
    }
    blocks.row(Item::View, lines);
    let mut row = |item: Item, label: &str, first: String, words: &str, role: Role| {
        let mut lines = vec![labelled(label, vec![Span::raw(first)], cx)];
        lines.extend(under(words, LABEL, role, cx, width));
        blocks.row(item, lines);
    };
    let took = review.took_part.map_or_else(none, |one| one.word().to_owned());
    row(Item::TookPart, "Took part", took, &review.participants, Role::Normal);
    let levels: Vec<String> = [(&shown.known.indicated, "indicated"), (&shown.known.actual, "actual")]
        .into_iter()
        .filter(|(level, _)| !level.is_empty())
        .map(|(level, word)| format!("{level} {word}"))
        .collect();
    let choice = review.choice.map_or_else(none, |one| one.word().to_owned());
    let level = if levels.is_empty() { choice } else { format!("{}   {choice}", levels.join(", ")) };
    row(Item::Level, "Level", level, "", Role::Normal);
    let why = review.why.map_or_else(none, |one| one.word().to_owned());
    row(Item::Why, "Why", why, &review.level_words, Role::Normal);
    if shown.items.contains(&Item::NewLevel) {
        let level = if review.new_level.is_empty() { none() } else { review.new_level.clone() };
        row(Item::NewLevel, "From now on", level, "", Role::Normal);
    }
    let agrees = match review.agrees {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not asked yet",
    };
    row(Item::Agrees, "Client agrees", agrees.to_owned(), "", Role::Normal);
    let next = review.next.map(|on| when::short(on, cx.today()));
    let rule = ask::by_rule(chart, cx).map(|on| format!("as the rules say, {}", when::short(on, cx.today())));
    let next = next.or(rule).unwrap_or_else(|| "no rule asks for one".to_owned());
    row(Item::Next, "Next review", next, "", Role::Normal);
}
