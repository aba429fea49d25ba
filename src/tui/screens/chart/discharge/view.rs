//! The rows of a discharge summary as they are drawn.
//!
//! Owns where things are. It changes nothing.

use super::Shown;
use super::answers::{choices, level_words, session_word, task_word, titles};
use crate::domain::{
    CareKind, ContinuingCare, Discharge, LeaveKind, LineKind, LineRef, Progress, ReviewLine,
};
use crate::rules::discharge::content::{appointment, risk_word};
use crate::rules::discharge::{Item, care_needed, ends_sessions};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::asked::{INDENTED, beside, labelled, quoted, styled, under};
use crate::tui::screens::chart::blocks::{Blocks, INDENT};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Cell, NARROW};
use crate::tui::widgets::window;
use ratatui::text::Span;

/// Cells of how a line ended.
const END: usize = 18;
/// Cells of what notes say of a line.
const NOTES: usize = 9;

/// What stands where nothing was answered.
const NOTHING: &str = "not answered yet";

/// `Discharge, IOP, 12 Oct to 21 Nov`.
pub(super) fn title(shown: &Shown<'_>, cx: &Cx) -> String {
    let (known, body) = (&shown.known, &shown.sheet.body);
    let short = |on| when::short(on, cx.today());
    format!("Discharge, {}, {} to {}", known.program, short(known.admitted), short(body.on))
}

/// What a row is called.
pub(super) fn name_of(item: Item, shown: &Shown<'_>) -> String {
    match item {
        Item::Kind => "How the stay ends".to_owned(),
        Item::On => "The last day of the stay".to_owned(),
        Item::Course => "How it went".to_owned(),
        Item::Line(name) => {
            line_of(shown, name).map_or(name.to_string(), |line| format!("{name} {}", line.wording))
        }
        Item::Need(number) | Item::Undecided(number) => {
            let need = shown.known.needs.iter().find(|one| one.need == number);
            need.map_or("Danger".to_owned(), |need| format!("Danger: {}", need.words))
        }
        Item::Risk => "Danger at the end".to_owned(),
        Item::Level => "Level of care indicated from now on".to_owned(),
        Item::Care => "Where the client goes on".to_owned(),
        Item::Appointment => "The appointment".to_owned(),
        Item::View => "The client says".to_owned(),
        Item::TookPart => "How the client took part".to_owned(),
        Item::Sessions => "Planned sessions".to_owned(),
        Item::Tasks => "Open tasks".to_owned(),
        Item::Fact(at) => shown.known.facts.get(at).map_or("", |fact| &fact.label).to_owned(),
    }
}

/// What the keys do on a row besides its answers.
pub(super) fn does(item: Item, shown: &Shown<'_>, cx: &Cx) -> String {
    let (open, take) =
        (cx.key(Action::Open, Scope::Discharge), cx.key(Action::AcceptProposal, Scope::Discharge));
    match item {
        Item::On => format!("{open} changes the day."),
        Item::Undecided(_) => format!("{open} decides about the danger."),
        Item::Level if shown.known.level.is_empty() => format!("{open} chooses from the list."),
        Item::Level => format!("{take} takes {} over, {open} chooses another.", shown.known.level),
        Item::Care => format!("{take} takes over what the plan says."),
        Item::Fact(at) => {
            let source = shown.known.facts.get(at).map_or("", |fact| &fact.source);
            format!("From {source}. Facts are read from the record and are not edited here.")
        }
        _ if titles(item).is_empty() || !choices(item).is_empty() => String::new(),
        _ => format!("{open} writes the words."),
    }
}

/// What is known of a row, whole.
pub(super) fn details(item: Item, shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let known = &shown.known;
    match item {
        Item::Line(name) => line_details(name, shown, chart, cx),
        Item::Need(number) | Item::Undecided(number) => {
            let need = known.needs.iter().find(|one| one.need == number);
            need.map(|need| vec![need.words.clone(), need.stands.clone()]).unwrap_or_default()
        }
        Item::Sessions => known.sessions.clone(),
        Item::Tasks => known.tasks.clone(),
        Item::Fact(at) => {
            let fact = known.facts.get(at);
            fact.map(|fact| vec![fact.words.clone(), format!("From {}.", fact.source)]).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn line_of<'a>(shown: &'a Shown<'_>, name: LineRef) -> Option<&'a ReviewLine> {
    shown.known.lines.iter().find(|line| line.line == name)
}

fn line_details(name: LineRef, shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(line) = line_of(shown, name) {
        if !line.amount.is_empty() {
            lines.push(format!("Planned: {}", line.amount));
        }
        if line.before != Progress::Unsaid {
            lines.push(format!("The last review: {}", line.before.word()));
        }
        if !line.log.is_empty() {
            lines.push(format!("Log: {}", line.log));
        }
    }
    let marks = chart.plan.plan.trail(name).map_or(&[][..], |trail| &trail.marks);
    for mark in marks {
        let sentence = if mark.sentence.is_empty() { String::new() } else { format!(": {}", mark.sentence) };
        lines.push(format!("{}  {}{sentence}", when::short(mark.on, cx.today()), mark.progress.word()));
    }
    if marks.is_empty() {
        lines.push("No note works on it.".to_owned());
    }
    lines
}

/// Every row with its lines.
pub(super) fn blocks(shown: &Shown<'_>, cx: &Cx, width: usize) -> Blocks<Item> {
    let mut blocks = Blocks::new();
    let body = &shown.sheet.body;
    let has = |item| shown.items.contains(&item);
    let kind = body.kind.map_or(NOTHING, LeaveKind::word);
    row(&mut blocks, Item::Kind, "Stay ends", kind, &body.kind_words, cx, width);
    row(&mut blocks, Item::On, "Last day", &when::short(body.on, cx.today()), "", cx, width);
    prose(&mut blocks, Item::Course, "How it went", &body.course, Role::Normal, cx, width);
    goals(&mut blocks, shown, cx, width);
    needs(&mut blocks, shown, cx, width);
    if has(Item::Risk) {
        let risk = Some(risk_word(body.risk)).filter(|word| !word.is_empty()).unwrap_or(NOTHING);
        row(&mut blocks, Item::Risk, "Danger now", risk, &body.risk_words, cx, width);
        row(&mut blocks, Item::Level, "Next level", &level_words(&body.level), "", cx, width);
        care(&mut blocks, shown, cx, width);
        let view = quoted(&body.view, cx);
        prose(&mut blocks, Item::View, "Client says", &view, Role::Quote, cx, width);
        let took = body.took_part.map_or(NOTHING, |one| one.word());
        row(&mut blocks, Item::TookPart, "Took part", took, &body.participants, cx, width);
    }
    open_work(&mut blocks, shown, cx, width);
    facts(&mut blocks, shown, cx, width);
    blocks
}

/// A row with its answer, and the words below it.
fn row(blocks: &mut Blocks<Item>, item: Item, label: &str, answer: &str, words: &str, cx: &Cx, width: usize) {
    let role = if answer == NOTHING { Role::Dim } else { Role::Normal };
    let mut lines = beside(label, answer, role, cx, width);
    lines.extend(under(words, INDENTED, Role::Normal, cx, width));
    blocks.row(item, lines);
}

fn prose(blocks: &mut Blocks<Item>, item: Item, label: &str, words: &str, role: Role, cx: &Cx, width: usize) {
    blocks.row(item, beside(label, words, role, cx, width));
}

fn goals(blocks: &mut Blocks<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) {
    if shown.sheet.body.kind.is_some_and(LeaveKind::is_death) {
        return;
    }
    if shown.known.lines.is_empty() {
        blocks.line(labelled("Goals", vec![styled("no active goal on the plan", Role::Dim, cx)], cx));
        return;
    }
    let notes = if width < usize::from(NARROW) { 0 } else { NOTES };
    let room = width.saturating_sub(INDENT + notes + END + 1);
    let mut head = vec![styled(text::left("Goals", room, ""), Role::Dim, cx)];
    if notes > 0 {
        head.push(styled(text::left("notes", notes, ""), Role::Dim, cx));
    }
    head.push(styled(text::left("ended", END, ""), Role::Dim, cx));
    blocks.line(head);
    for line in &shown.known.lines {
        let mut lines = vec![line_cell(line, &shown.sheet.body, (room, notes), cx)];
        let words = shown.sheet.body.end(line.line).map_or("", |end| end.words.trim());
        lines.extend(under(words, 7, Role::Normal, cx, width));
        blocks.row(Item::Line(line.line), lines);
    }
}

fn line_cell(line: &ReviewLine, body: &Discharge, (room, notes): (usize, usize), cx: &Cx) -> Cell {
    let indent = if line.line.kind == LineKind::Goal { 2 } else { 4 };
    let name =
        format!("{}{} {}", " ".repeat(indent), text::left(&line.line.to_string(), 3, ""), line.wording);
    let mut cell = vec![Span::raw(text::left(&name, room.saturating_sub(1), cx.theme.glyphs.ellipsis) + " ")];
    if notes > 0 {
        let said: Vec<&str> = line.notes.iter().rev().take(3).rev().map(|(_, one)| one.sign()).collect();
        cell.push(styled(text::left(&said.join(" "), notes, ""), Role::Dim, cx));
    }
    let end = body.end(line.line).and_then(|end| end.end);
    let (word, role) = end.map_or((NOTHING, Role::Dim), |end| (end.word(), Role::Now));
    cell.push(styled(text::left(word, END, ""), role, cx));
    cell
}

fn needs(blocks: &mut Blocks<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) {
    for need in &shown.known.needs {
        let goes = shown.sheet.body.need(need.need);
        let answer = goes.and_then(|one| one.goes).map_or(NOTHING, |one| one.word());
        let said = format!("{} ({})", need.words, need.stands);
        let mut lines = beside("NOW", &said, Role::TierNow, cx, width);
        let role = if answer == NOTHING { Role::Dim } else { Role::Now };
        lines.extend(under(answer, INDENTED, role, cx, width));
        lines.extend(under(goes.map_or("", |one| &one.words), INDENTED, Role::Normal, cx, width));
        let item = if need.decided { Item::Need(need.need) } else { Item::Undecided(need.need) };
        blocks.row(item, lines);
    }
}

fn care(blocks: &mut Blocks<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) {
    let care = &shown.sheet.body.care;
    let kind = care.kind.map_or(NOTHING, CareKind::word);
    let role = if care.kind.is_none() { Role::Dim } else { Role::Normal };
    let mut lines = beside("Goes on", kind, role, cx, width);
    let needed = care_needed(care);
    for (at, (label, words)) in parts(care).into_iter().enumerate() {
        if !words.trim().is_empty() {
            lines.extend(under(&format!("{label}: {}", words.trim()), INDENTED, Role::Normal, cx, width));
        } else if needed.contains(&at) {
            lines.extend(under(&format!("* {label}: nothing written yet"), INDENTED, Role::Now, cx, width));
        }
    }
    blocks.row(Item::Care, lines);
    if shown.items.contains(&Item::Appointment) {
        let words = appointment(care, cx.today());
        let words = if words.is_empty() { NOTHING } else { &words };
        row(blocks, Item::Appointment, "Appointment", words, "", cx, width);
    }
}

fn parts(care: &ContinuingCare) -> [(&'static str, &str); 6] {
    [
        ("Where", &care.place),
        ("Who", &care.person),
        ("Reach them", &care.contact),
        ("Transport", &care.transport),
        ("When it gets hard", &care.hard),
        ("Supports", &care.supports),
    ]
}

/// What is still open on the day: it ends or is handed on, and nothing closes by itself.
fn open_work(blocks: &mut Blocks<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) {
    let (body, known) = (&shown.sheet.body, &shown.known);
    if !known.sessions.is_empty() {
        if shown.items.contains(&Item::Sessions) {
            let answer = body.sessions.map_or(NOTHING, session_word);
            listed(blocks, Item::Sessions, "Sessions", answer, &known.sessions, cx, width);
        } else if ends_sessions(body) {
            blocks.line(labelled(
                "Sessions",
                vec![styled("all planned ones are called off", Role::Dim, cx)],
                cx,
            ));
        }
    }
    if shown.items.contains(&Item::Tasks) {
        let answer = body.tasks.map_or(NOTHING, task_word);
        listed(blocks, Item::Tasks, "Tasks", answer, &known.tasks, cx, width);
    }
    let left: Vec<String> = known.groups.iter().map(|group| format!("{group}; left with the stay")).collect();
    for (label, all) in [("Groups", &left), ("Stays owed", &known.owed)] {
        for (at, one) in all.iter().enumerate() {
            for line in beside(if at == 0 { label } else { "" }, one, Role::Normal, cx, width) {
                blocks.line(line);
            }
        }
    }
}

/// A row about several things: the answer, and the first few of them.
fn listed(
    blocks: &mut Blocks<Item>,
    item: Item,
    label: &str,
    answer: &str,
    all: &[String],
    cx: &Cx,
    width: usize,
) {
    const FIRST: usize = 2;
    let role = if answer == NOTHING { Role::Dim } else { Role::Normal };
    let mut lines = beside(label, answer, role, cx, width);
    for one in all.iter().take(FIRST) {
        lines.extend(under(one, INDENTED, Role::Dim, cx, width));
    }
    if all.len() > FIRST {
        let more =
            format!("and {} more; {} shows all", all.len() - FIRST, cx.key(Action::Unfold, Scope::Discharge));
        lines.extend(under(&more, INDENTED, Role::Dim, cx, width));
    }
    blocks.row(item, lines);
}

fn facts(blocks: &mut Blocks<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) {
    let cells = width.saturating_sub(INDENT + 1);
    for line in window::wrapped(
        &["From the record, each with its source below; nobody edits these".to_owned()],
        cells,
    ) {
        blocks.line(vec![styled(line, Role::Dim, cx)]);
    }
    for (at, fact) in shown.known.facts.iter().enumerate() {
        blocks.row(Item::Fact(at), beside(&fact.label, &fact.words, Role::Normal, cx, width));
    }
}
