//! What changed since a day: the lines that changed, with what was and what is.

use super::rows::{self, Placed, Row, mark};
use super::{Shown, walk};
use crate::domain::{LineRef, counted};
use crate::rules::plan::agreed::Standing;
use crate::rules::plan::change::{Changed, Changes, between, terms};
use crate::rules::plan::tree::Show;
use crate::rules::plan::{Plan, words as said};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::words::under;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::table::{Cell, fitted};
use ratatui::text::Span;

/// Lines whose change a reader has to see.
fn seen(changes: &Changes) -> impl Iterator<Item = &Changed> {
    changes.lines.iter().filter(|change| change.matters())
}

fn name(change: &Changed) -> Option<LineRef> {
    let whole = change.now.as_ref().or(change.was.as_ref())?;
    Some(whole.line().name())
}

/// `New since the printed copy of 18 Nov 13:41: 5 lines, 3 not asked since.`, or of a day `Changed since 18 Nov: 5 lines, 3 not asked since.` and the way back
pub(super) fn title(then: &Plan, now: &Plan, day: &str, shown: Option<&str>) -> String {
    let changes = between(then, now);
    let names: Vec<LineRef> = seen(&changes).filter_map(name).collect();
    let open = |name: &&LineRef| {
        now.line(**name).is_some_and(|line| now.counts(line) && now.answered(line).is_open())
    };
    let unasked = names.iter().filter(open).count();
    let lines = counted(names.len(), "line", "lines");
    if let Some(shown) = shown {
        return format!("New since the {shown}: {lines}, {unasked} not asked since.");
    }
    format!("Changed since {day}: {lines}, {unasked} not asked since. Esc goes back.")
}

/// The rows: problems with changes, and their changed lines in the order of the plan.
pub(super) fn rows(then: &Plan, now: &Plan) -> Vec<Placed> {
    let changes = between(then, now);
    let changed: Vec<LineRef> = seen(&changes).filter_map(name).collect();
    let mut all = Vec::new();
    let mut head = None;
    let mut found = Vec::new();
    for (row, _) in rows::tree(now, Show::Everything) {
        match row {
            Row::Line(line) if changed.contains(&line) => {
                all.extend(head.take().map(|row| (row, 0)));
                found.push(line);
                all.push((row, 1));
            }
            Row::Line(_) => {}
            _ => head = Some(row),
        }
    }
    // What was there then and is not in the plan of now at all: an addition that was undone.
    all.extend(changed.iter().filter(|line| !found.contains(line)).map(|line| (Row::Line(*line), 1)));
    all
}

/// What changed, a line each: `+ O4 call L.`, `~ O2 write the diary: how much was 2 nights; now 3 nights`.
pub(super) fn told(then: &Plan, now: &Plan, cx: &Cx) -> Vec<String> {
    let changes = between(then, now);
    let mut out: Vec<String> = Vec::new();
    for change in seen(&changes) {
        let Some(name) = name(change) else { continue };
        let Some(any) = now.line(name).or_else(|| then.line(name)) else { continue };
        let sign = match (change.how.added, change.how.gone) {
            (true, _) => "+",
            (_, true) => "-",
            _ => "~",
        };
        let differs = match (then.line(name), now.line(name)) {
            (Some(was), Some(is)) if sign == "~" => {
                let differs = terms(&was.terms(), &is.terms(), cx.today());
                differs.into_iter().map(|(what, was, now)| format!("{what} was {was}, now {now}")).collect()
            }
            _ => Vec::<String>::new(),
        };
        let word = if sign == "~" && differs.is_empty() { changed_word(change) } else { differs.join("; ") };
        let word = if word.is_empty() { word } else { format!(": {word}") };
        out.push(format!("{sign} {name} {}{word}", said::wording(any)));
    }
    let told: Vec<LineRef> = seen(&changes).filter_map(name).collect();
    let answers = changes.answers.iter().filter(|one| !told.contains(&one.about));
    out.extend(answers.map(|one| format!("~ {} answered: {}", one.about, one.answer.word())));
    out.extend(changes.problems.iter().map(|problem| format!("~ P{} changed", problem.number)));
    out.extend(changes.problems_gone.iter().map(|number| format!("- P{number} is not on the list")));
    if changes.basics.is_some() {
        out.push("~ What belongs to the plan besides its lines".to_owned());
    }
    out
}

/// One row of the list of changes.
pub(super) fn lines(row: Row, then: &Plan, shown: &Shown<'_>, width: usize, cx: &Cx) -> Vec<Cell> {
    match row {
        Row::Problem(number) => {
            let problem = shown.plan.problem(number);
            vec![problem.map(|one| rows::problem(one, shown, width, cx)).unwrap_or_default()]
        }
        Row::Line(line) => line_lines(line, then, shown.plan, width, cx),
        _ => vec![rows::wants(shown.chart.wants.as_ref().map(|kept| &kept.value), width, cx)],
    }
}

fn line_lines(name: LineRef, then: &Plan, now: &Plan, width: usize, cx: &Cx) -> Vec<Cell> {
    let (was, is) = (then.line(name), now.line(name));
    let changes = between(then, now);
    let Some(change) = seen(&changes).find(|change| self::name(change) == Some(name)) else {
        return Vec::new();
    };
    let (sign, word) = match (change.how.added, change.how.gone) {
        (true, _) => ("+", "added".to_owned()),
        (_, true) => ("-", is.map_or("taken back", |line| line.line().state.word()).to_owned()),
        _ => ("~", changed_word(change)),
    };
    let Some(any) = is.or(was) else { return Vec::new() };
    let by = format!("{word}, {}", any.line().changed_by_name);
    let rest = width.saturating_sub(4 + 2 + 4 + 2 + 2 + text::width(&by));
    let style = |role| cx.theme.style(role);
    let mut first = vec![
        Span::styled(format!("{sign} "), style(Role::Now)),
        Span::styled(text::left(&name.to_string(), 4, ""), style(Role::Normal)),
        Span::styled(
            text::left(
                mark(
                    now.line(name)
                        .map_or(crate::domain::Assent::NotAsked, |line| now.answered(line).assent()),
                    cx,
                ),
                2,
                "",
            ),
            style(Role::Normal),
        ),
    ];
    first.extend(fitted(vec![Span::styled(said::wording(any), style(Role::Normal))], rest, false, cx));
    first.push(Span::styled(format!("  {by}"), style(Role::Dim)));
    let mut out = vec![first];
    if let (Some(was), Some(is)) = (was, is) {
        for (what, before, after) in terms(&was.terms(), &is.terms(), cx.today()) {
            out.extend(under(&format!("{what}: was {before}; now {after}"), 6, Role::Normal, width, cx));
        }
        if matches!(now.answered(is), Standing::Before(_)) {
            let words = walk::before(name, now, cx);
            out.extend(under(&format!("answer: {words}"), 6, Role::Dim, width, cx));
        }
    }
    out
}

fn changed_word(change: &Changed) -> String {
    let how = change.how;
    let word = if how.terms || how.rest {
        "changed"
    } else if how.state {
        "state"
    } else {
        "moved"
    };
    word.to_owned()
}
