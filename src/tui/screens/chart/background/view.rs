//! How the background of a chart looks.

use super::Row;
use crate::domain::{Diagnosis, EarlierHelp, ImmediateNeed, LevelDecision, NeedState};
use crate::rules::caseload::dimension_facts;
use crate::rules::level::{Ask, asks, differs};
use crate::rules::priority::step_down;
use crate::rules::{diagnosis, when};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::blocks::Blocks;
use crate::tui::screens::chart::words::{quoted, under};
use crate::tui::theme::Role;
use crate::tui::widgets::table::Cell;
use ratatui::text::Span;

/// Cells of a date or a code, of a kind.
const CODE: usize = 10;
const KIND: usize = 15;

fn styled(words: impl Into<String>, role: Role, cx: &Cx) -> Span<'static> {
    Span::styled(words.into(), cx.theme.style(role))
}

/// The level of care in one line: what is given, and where it is not the one indicated, why.
pub(in crate::tui::screens::chart) fn level_words(level: &LevelDecision) -> String {
    if !differs(level) {
        return level.actual.clone();
    }
    let why = if level.reason.is_empty() { "nobody has said why" } else { &level.reason };
    format!("{}; indicated {}: {why}", level.actual, level.indicated)
}

/// Everything there is to see, from the top down.
pub(super) fn blocks(chart: &ChartView, width: u16, cx: &Cx) -> Blocks<Row> {
    let mut out = Blocks::new();
    if !chart.may_read {
        return out;
    }
    let width = usize::from(width);
    diagnoses(chart, width, cx, &mut out);
    out.line(Vec::new());
    levels(chart, width, cx, &mut out);
    out.line(Vec::new());
    helps(chart, width, cx, &mut out);
    out
}

fn heading(words: &str, cx: &Cx, out: &mut Blocks<Row>) {
    out.line(vec![styled(words, Role::Now, cx)]);
}

/// The row of a part in which nothing is written yet.
fn nothing(words: &str, cx: &Cx) -> Vec<Cell> {
    let key = cx.key(Action::AddBelow, Scope::Background);
    vec![vec![styled(format!("{words} {key} adds one."), Role::Dim, cx)]]
}

fn diagnoses(chart: &ChartView, width: usize, cx: &Cx, out: &mut Blocks<Row>) {
    heading("Diagnoses", cx, out);
    let mut all: Vec<&Diagnosis> = chart.diagnoses.iter().map(|kept| &kept.value).collect();
    // What holds comes first, the principal one on top; then what ended, was excluded or is in error.
    all.sort_by_key(|one| (!diagnosis::holds(one, cx.today()), one.kind as u8, one.number));
    if all.is_empty() {
        out.row(Row::NoDiagnosis, nothing("No diagnosis is recorded.", cx));
    }
    for one in all {
        out.row(Row::Diagnosis(one.number), diagnosis_lines(one, width, cx));
    }
}

fn diagnosis_lines(one: &Diagnosis, width: usize, cx: &Cx) -> Vec<Cell> {
    let holds = diagnosis::holds(one, cx.today());
    let role = if holds { Role::Normal } else { Role::Dim };
    let kind = if one.in_error.is_empty() { one.kind.word() } else { "in error" };
    let severity = if one.severity.is_empty() { String::new() } else { format!(", {}", one.severity) };
    let mut lines = beside(&one.code, kind, role, &format!("{}{severity}", one.wording), role, width, cx);
    let mut parts = vec![made(one, cx)];
    if let Some(from) = one.from {
        parts.push(format!("since {}", when::short(from, cx.today())));
    }
    if let Some(until) = one.until {
        parts.push(format!("ended {}", when::short(until, cx.today())));
    }
    if !one.problems.is_empty() {
        let problems: Vec<String> = one.problems.iter().map(|number| format!("P{number}")).collect();
        parts.push(format!("belongs to {}", problems.join(", ")));
    }
    if !one.in_error.is_empty() {
        parts.push(format!("in error: {}", one.in_error));
    }
    lines.extend(under(&parts.join("; "), CODE + KIND, Role::Dim, width, cx));
    lines
}

/// Words beside a date or a code and a kind, wrapped in their own column.
fn beside(
    code: &str,
    kind: &str,
    code_role: Role,
    words: &str,
    role: Role,
    width: usize,
    cx: &Cx,
) -> Vec<Cell> {
    let mut lines = under(words, CODE + KIND, role, width, cx);
    if lines.is_empty() {
        lines.push(vec![Span::raw("")]);
    }
    let head = vec![
        styled(format!("{code:<CODE$}"), code_role, cx),
        styled(format!("{kind:<KIND$}"), Role::Dim, cx),
    ];
    lines[0].splice(0..1, head);
    lines
}

/// Who made a diagnosis, when, and where it comes from.
fn made(one: &Diagnosis, cx: &Cx) -> String {
    let name = if one.credential.is_empty() {
        one.made_by.clone()
    } else {
        format!("{} {}", one.made_by, one.credential)
    };
    let source = if one.source == diagnosis::OWN { String::new() } else { format!(" ({})", one.source) };
    format!("made by {name}{source}, {}", when::short(one.made_on, cx.today()))
}

fn levels(chart: &ChartView, width: usize, cx: &Cx, out: &mut Blocks<Row>) {
    heading("Level of care, newest first", cx, out);
    let dismissed = |need: &&ImmediateNeed| matches!(need.state, NeedState::Dismissed { .. });
    let needs = chart.needs.iter().map(|kept| &kept.value).filter(|need| !dismissed(need));
    if chart.level().is_some() {
        let ask = asks(&chart.person.summary.ratings, needs, cx.now.moment).map(Ask::words);
        if let Some(words) = ask.or_else(|| lower(chart, cx)) {
            out.line(vec![styled(format!("   {words}"), Role::Overdue, cx)]);
        }
    }
    if chart.levels.is_empty() {
        out.row(Row::NoLevel, nothing("No level of care is decided.", cx));
    }
    for kept in &chart.levels {
        out.row(Row::Level(kept.value.number), level_lines(&kept.value, width, cx));
    }
}

/// The question about a lower level, where no rating asks for this one.
fn lower(chart: &ChartView, cx: &Cx) -> Option<&'static str> {
    let context = cx.caseload()?;
    step_down(&dimension_facts(&chart.person.summary, cx.today(), cx.now.moment, &context))
}

fn level_lines(level: &LevelDecision, width: usize, cx: &Cx) -> Vec<Cell> {
    let in_error = !level.in_error.is_empty();
    let role = if in_error { Role::Dim } else { Role::Normal };
    let on = when::short(level.on, cx.today());
    let event = if in_error { "in error" } else { level.event.word() };
    let mut lines = beside(&on, event, Role::Dim, &level_words(level), role, width, cx);
    let mut parts = Vec::new();
    if !level.withdrawal.is_empty() {
        parts.push(format!("withdrawal management {}", level.withdrawal));
    }
    for words in [&level.note, &level.in_error] {
        if !words.is_empty() {
            parts.push(words.clone());
        }
    }
    if !level.interim.is_empty() {
        parts.push(format!("meanwhile: {}", level.interim));
    }
    // Nothing is said for a client of whom nobody wrote down whether they agree.
    parts.extend(level.agrees.map(|agrees| {
        if agrees { "the client agrees".to_owned() } else { "the client does not agree".to_owned() }
    }));
    if !level.by_name.is_empty() {
        parts.push(level.by_name.clone());
    }
    lines.extend(under(&parts.join("; "), CODE + KIND, Role::Dim, width, cx));
    lines
}

fn helps(chart: &ChartView, width: usize, cx: &Cx, out: &mut Blocks<Row>) {
    heading("Earlier help", cx, out);
    if chart.helps.is_empty() {
        out.row(Row::NoHelp, nothing("No earlier help is written down.", cx));
    }
    for kept in &chart.helps {
        out.row(Row::Help(kept.value.number), help_lines(&kept.value, width, cx));
    }
}

fn help_lines(help: &EarlierHelp, width: usize, cx: &Cx) -> Vec<Cell> {
    let in_error = !help.in_error.is_empty();
    let role = if in_error { Role::Dim } else { Role::Normal };
    let span = match (help.from.trim(), help.until.trim()) {
        (from, "") => from.to_owned(),
        (from, until) if from == until => from.to_owned(),
        ("", until) => format!("until {until}"),
        (from, until) => format!("{from}-{until}"),
    };
    let kind = if in_error { "in error" } else { help.kind.word() };
    let place: Vec<&str> = [help.place.trim(), help.level.trim(), help.ended.trim()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect();
    let mut lines = beside(&span, kind, Role::Dim, &place.join(", "), role, width, cx);
    let words = [("helped", &help.helped), ("did not", &help.did_not), ("longest time well", &help.well)];
    for (label, words) in words.into_iter().filter(|(_, words)| !words.trim().is_empty()) {
        lines.extend(quoted(words, label, CODE + KIND, width, cx));
    }
    if in_error {
        lines.extend(under(&help.in_error, CODE + KIND, Role::Dim, width, cx));
    }
    lines
}
