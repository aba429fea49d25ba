//! How a signed discharge summary is laid out.
//!
//! Owns the order and the words around what was frozen. It says only what the summary says, and where each fact comes from.

use crate::domain::{
    Ahead, Appointed, Asked, Block, CareKind, Content, ContinuingCare, Date, Discharge, DischargeKnown,
    DischargeText, LeaveKind, LineKind, ReviewLine,
};
use crate::rules::when;

/// Lays out a discharge summary.
pub fn summary(text: &DischargeText, today: Date) -> Content {
    let DischargeText { discharge, known, .. } = text;
    let day = |on| when::short(on, today);
    let mut blocks = vec![Block::About(format!("for {}, {}", text.client_name, text.record_no))];
    let ended = format!("{}, {}", known.program, discharge.kind.map_or("", LeaveKind::word));
    answer(&mut blocks, "Stay", &format!("{} to {}", day(known.admitted), day(discharge.on)));
    answer(&mut blocks, "How it ended", &joined(&[&ended, &discharge.kind_words]));
    heading(&mut blocks, "course", "How it went");
    blocks.push(Block::Prose(discharge.course.trim().to_owned()));
    goals(&mut blocks, discharge, known);
    at_the_end(&mut blocks, discharge, known);
    if !discharge.kind.is_some_and(LeaveKind::is_death) {
        care(&mut blocks, &discharge.care, today);
    }
    if !discharge.view.trim().is_empty() {
        heading(&mut blocks, "view", "The client says");
        blocks.push(Block::Quote { words: discharge.view.trim().to_owned(), on: Some(discharge.on) });
    }
    open_work(&mut blocks, discharge, known);
    heading(&mut blocks, "facts", "From the record");
    for fact in &known.facts {
        answer(&mut blocks, &fact.label, &format!("{}  [{}]", fact.words, fact.source));
    }
    Content { title: format!("Discharge summary  {} to {}", day(known.admitted), day(discharge.on)), blocks }
}

fn heading(blocks: &mut Vec<Block>, key: &str, words: &str) {
    blocks.push(Block::Heading { key: key.to_owned(), words: words.to_owned() });
}

fn answer(blocks: &mut Vec<Block>, label: &str, words: &str) {
    if !words.trim().is_empty() {
        blocks.push(Block::Answer { label: label.to_owned(), words: words.trim().to_owned() });
    }
}

fn joined(parts: &[&str]) -> String {
    let given: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    given.join(": ")
}

fn goals(blocks: &mut Vec<Block>, discharge: &Discharge, known: &DischargeKnown) {
    if known.lines.is_empty() || discharge.kind.is_some_and(LeaveKind::is_death) {
        return;
    }
    heading(blocks, "goals", "Goals");
    for line in &known.lines {
        blocks.push(Block::Item(line_words(line, discharge)));
    }
}

/// `G1 “Sleep through the night”: partly met. Five nights of seven.`
fn line_words(line: &ReviewLine, discharge: &Discharge) -> String {
    let end = discharge.end(line.line);
    let word = end.and_then(|end| end.end).map_or("not said", |end| end.word());
    let indent = if line.line.kind == LineKind::Goal { "" } else { "  " };
    let words = end.map_or("", |end| end.words.trim());
    let wording = line.wording.trim_end_matches('.');
    let log = if line.log.is_empty() { String::new() } else { format!(" Log: {}.", line.log) };
    format!("{indent}{} {wording}: {word}.{log} {words}", line.line).trim_end().to_owned()
}

/// Risk, the level of care and open dangers.
fn at_the_end(blocks: &mut Vec<Block>, discharge: &Discharge, known: &DischargeKnown) {
    heading(blocks, "end", "At the end");
    answer(blocks, "Danger", &joined(&[risk_word(discharge.risk), &discharge.risk_words]));
    answer(blocks, "Level indicated from now on", &discharge.level);
    for need in &known.needs {
        let goes = discharge.need(need.need);
        let word = goes.and_then(|one| one.goes).map_or("", |one| one.word());
        let words = goes.map_or("", |one| one.words.trim());
        answer(blocks, "Danger still open", &joined(&[&need.words, &need.stands, word, words]));
    }
    answer(blocks, "Client took part", discharge.took_part.map_or("", |one| one.word()));
    answer(blocks, "Who else took part", &discharge.participants);
}

/// The words of an answer about danger.
pub fn risk_word(risk: Asked) -> &'static str {
    match risk {
        Asked::Unsaid => "",
        Asked::NotAsked => "not asked about",
        Asked::NoneReported => "asked, none reported",
        Asked::Present => "present",
    }
}

fn care(blocks: &mut Vec<Block>, care: &ContinuingCare, today: Date) {
    heading(blocks, "care", "Continuing care");
    answer(blocks, "Goes on", care.kind.map_or("", CareKind::word));
    answer(blocks, "Where", &care.place);
    answer(blocks, "Who", &care.person);
    answer(blocks, "How to reach them", &care.contact);
    answer(blocks, "Appointment", &appointment(care, today));
    answer(blocks, "Transport", &care.transport);
    answer(blocks, "When it gets hard", &care.hard);
    answer(blocks, "Supports", &care.supports);
}

/// `Tue 1 Dec 14:00`, or why there is no day; empty where nothing was said.
pub fn appointment(care: &ContinuingCare, today: Date) -> String {
    let Some(on) = care.on.filter(|_| matches!(care.appointed, None | Some(Appointed::Planned))) else {
        return care.appointed.map_or("", Appointed::word).to_owned();
    };
    let at = care.at.map_or(String::new(), |at| format!(" {at}"));
    format!("{} {}{at}", when::weekday_of(on), when::short(on, today))
}

fn open_work(blocks: &mut Vec<Block>, discharge: &Discharge, known: &DischargeKnown) {
    if [&known.sessions, &known.tasks, &known.groups, &known.owed].iter().all(|all| all.is_empty()) {
        return;
    }
    heading(blocks, "open", "Still open on that day");
    let ends = super::ends_sessions(discharge);
    for session in &known.sessions {
        answer(blocks, "Session", &joined(&[session, if ends { "called off" } else { "stays planned" }]));
    }
    for task in &known.tasks {
        let becomes = if discharge.tasks == Some(Ahead::Ends) { "done with" } else { "stays to be done" };
        answer(blocks, "Task", &joined(&[task, becomes]));
    }
    for group in &known.groups {
        answer(blocks, "Group", &joined(&[group, "left with the stay"]));
    }
    for owed in &known.owed {
        answer(blocks, "Stays owed", owed);
    }
}
