//! The plan on paper for staff: the whole plan, or the thread of one problem from its finding to what notes say of it.
//!
//! Owns the order. It says only what the records say, with numbers, states and answers; days carry their year, because paper is
//! read later.

use super::tree::{Node, Row, Show};
use super::words::{amount, due, first_upper, who, wording};
use super::{AnyLine, Plan};
use crate::domain::{
    Block, Content, Date, LineKind, LineState, Number, Problem, ProblemStatus, Trail, Wants,
};
use crate::rules::plan::agreed::Standing;
use crate::rules::when::with_year;

/// What the page says besides the plan.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Whose plan it is, with record number and birth date.
    pub of: &'a str,
    pub wants: Option<&'a Wants>,
    pub today: Date,
}

/// Marks of progress of a line that the whole plan shows; the thread of a problem shows all that are kept.
const NEWEST: usize = 3;

/// Returns the whole plan as it is worked on.
pub fn plan_page(plan: &Plan, around: &Around<'_>) -> Content {
    let mut blocks = front(around);
    blocks.extend(basics(plan));
    blocks.push(heading("wants", "Wants".to_owned()));
    let wants = around.wants.filter(|wants| !wants.wants.trim().is_empty());
    match wants {
        Some(wants) => blocks.push(Block::Quote { words: wants.wants.clone(), on: Some(wants.on) }),
        None => blocks.push(Block::Prose("Not asked yet.".to_owned())),
    }
    for row in plan.rows(Show::Plan) {
        blocks.extend(row_blocks(plan, row, NEWEST));
    }
    Content { title: "Treatment plan".to_owned(), blocks }
}

/// Returns the thread of one problem: where it came from, what is done about it, and what notes say of that. `None` if there
/// is no such problem.
pub fn thread(plan: &Plan, number: Number, around: &Around<'_>) -> Option<Content> {
    let problem = plan.problem(number)?;
    let mut blocks = front(around);
    blocks.extend(origin(problem));
    let rows = plan.rows(Show::Everything);
    let own = rows.iter().skip_while(|row| row.node != Node::Problem(number)).skip(1);
    let own: Vec<&Row> = own.take_while(|row| row.depth > 0).collect();
    if own.is_empty() {
        blocks.push(Block::Prose("Nothing on the plan answers it yet.".to_owned()));
    }
    for row in own {
        blocks.extend(row_blocks(plan, *row, usize::MAX));
    }
    Some(Content { title: format!("The thread of P{number}, {}", problem.wording.trim()), blocks })
}

fn front(around: &Around<'_>) -> Vec<Block> {
    let today = with_year(around.today);
    vec![
        Block::About(around.of.to_owned()),
        Block::About(format!("The plan as it is worked on, {today}. It is no signed version.")),
    ]
}

fn heading(key: &str, words: String) -> Block {
    Block::Heading { key: key.to_owned(), words }
}

fn answer(label: &str, words: &str) -> Option<Block> {
    let words = words.trim();
    (!words.is_empty()).then(|| Block::Answer { label: label.to_owned(), words: words.to_owned() })
}

fn basics(plan: &Plan) -> Vec<Block> {
    let basics = &plan.basics;
    let supports: Vec<String> = basics.supports.people.iter().map(support).collect();
    let next = &basics.after;
    let on = next.on.map(|on| format!("from {}", with_year(on))).unwrap_or_default();
    let after = [next.supports.trim(), next.place.trim(), next.person.trim(), &on];
    let after: Vec<&str> = after.into_iter().filter(|part| !part.is_empty()).collect();
    [
        ("Strengths", basics.strengths.words.as_str()),
        ("Needs", &basics.needs.words),
        ("Abilities", &basics.abilities.words),
        ("Preferences", &basics.preferences.words),
        ("Supports", &supports.join("; ")),
        ("So that it works", &basics.works_for.words),
        ("Complete when", &basics.complete_when.words),
        ("After that", &after.join(", ")),
    ]
    .into_iter()
    .filter_map(|(label, words)| answer(label, words))
    .collect()
}

fn support(one: &crate::domain::Support) -> String {
    let parts = [one.name.trim(), one.relation.trim(), one.does.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn row_blocks(plan: &Plan, row: Row, marks: usize) -> Vec<Block> {
    match row.node {
        Node::Wants => Vec::new(),
        Node::Problem(number) => {
            let Some(problem) = plan.problem(number) else { return Vec::new() };
            let state = match &problem.status {
                ProblemStatus::Active => String::new(),
                other => format!(" ({})", other.word()),
            };
            let words =
                format!("P{number}  D{}  {}{state}", problem.dimension.number, problem.wording.trim());
            let mut blocks = vec![heading(&format!("P{number}"), words)];
            if !problem.words.trim().is_empty() {
                blocks.push(Block::Quote { words: problem.words.clone(), on: None });
            }
            blocks
        }
        Node::Line(name) => {
            let Some(line) = plan.line(name) else { return Vec::new() };
            let words = line_words(plan, line);
            let first = match name.kind {
                LineKind::Goal => Block::Answer { label: name.to_string(), words },
                _ => Block::Item(format!("{name}  {words}")),
            };
            let trail = plan.trail(name).map(|trail| progress(trail, line, marks)).unwrap_or_default();
            [first].into_iter().chain(trail).collect()
        }
    }
}

/// A line with what it says of how much, by when, by whom, its state, who requires it, and the client's answer.
fn line_words(plan: &Plan, line: AnyLine<'_>) -> String {
    let mut parts = vec![first_upper(&wording(line)), amount(line)];
    if let AnyLine::Method(method) = line {
        parts.push(who(&method.who));
    }
    parts.push(due(line).map(|on| format!("by {}", with_year(on))).unwrap_or_default());
    let state = line.line().state;
    if state != LineState::Active {
        parts.push(format!("{} {}", state.word(), with_year(line.line().state_on)));
    }
    let required = line.line().required_by.trim();
    parts.push(if required.is_empty() { String::new() } else { format!("required by {required}") });
    parts.push(client_answer(plan, line));
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

fn client_answer(plan: &Plan, line: AnyLine<'_>) -> String {
    let (given, before) = match plan.answered(line) {
        Standing::Unasked => return "client not asked".to_owned(),
        Standing::Given(given) => (given, ""),
        Standing::Before(given) => (given, ", before it changed"),
    };
    let words = given.words.trim();
    let words = if words.is_empty() { String::new() } else { format!(": “{words}”") };
    format!("client {} {}{before}{words}", given.answer.word(), with_year(given.given))
}

/// What notes say of a line, newest first.
fn progress(trail: &Trail, line: AnyLine<'_>, most: usize) -> Vec<Block> {
    let told = trail.marks.iter().rev().take(most).map(|mark| {
        let what = match line {
            AnyLine::Method(_) if mark.minutes > 0 => format!("held, {} min", mark.minutes),
            AnyLine::Method(_) => "held".to_owned(),
            _ => mark.progress.word().to_owned(),
        };
        let said = [what.as_str(), mark.sentence.trim()];
        let said: Vec<&str> = said.into_iter().filter(|words| !words.is_empty()).collect();
        Block::Item(format!("{}  {}  {}", line.name(), with_year(mark.on), said.join(": ")))
    });
    told.collect()
}

/// Where a problem came from.
fn origin(problem: &Problem) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(finding) = &problem.finding {
        let rating = finding.rating.map_or("not rated".to_owned(), |rating| format!("rated {rating}"));
        let words = format!("D{} {rating}, {}", problem.dimension.number, with_year(finding.on));
        blocks.extend(answer("Finding", &words));
    }
    if !problem.words.trim().is_empty() {
        blocks.push(Block::Quote { words: problem.words.clone(), on: None });
    }
    blocks.extend(answer("They explain it", &problem.explanation));
    if let Some((on, stage)) = problem.stages.last() {
        blocks.extend(answer("Stage of change", &format!("{}, {}", stage.word(), with_year(*on))));
    }
    blocks
}
