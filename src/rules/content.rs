//! How each kind of document is laid out.
//!
//! Owns the order and the words around what was written. It says only what the document says.

use super::header::answer_words;
use super::when;
use crate::domain::{
    Assessment, Block, Cell, Content, Copied, Date, HeaderKey, LineKind, NoteText, Served, Service,
};
use crate::packs::{self, DimensionSet};

/// Lays out a note. `format` is what its format is called where it does not say so itself.
pub fn note(text: &NoteText, format: &str, today: Date) -> Content {
    let named = if text.format_name.is_empty() { format } else { &text.format_name };
    let what = if text.addendum_to > 0 { "Addendum" } else { named };
    let mut blocks = Vec::new();
    if !text.client_name.is_empty() {
        blocks.push(Block::About(format!("for {}, {}", text.client_name, text.record_no)));
    }
    let works_on = text.links.iter().map(|(number, wording)| format!("works on P{number} {wording}"));
    let served = text.lines.iter().map(|(served, wording)| served_words(served, wording));
    blocks.extend(served.chain(works_on).map(|line| Block::About(line.trim_end().to_owned())));
    if text.guessed && text.addendum_to == 0 {
        blocks.push(Block::About(GUESSED.to_owned()));
    }
    blocks.extend(circumstances(&text.service).map(Block::About));
    let given = text.fields.iter().filter(|field| !field.value.trim().is_empty());
    blocks.extend(given.map(|field| answer(&field.title, &field.value)));
    for key in HeaderKey::ALL {
        let said = answer_words(*key, &text.answers, today);
        if !said.is_empty() {
            let quoted = if *key == HeaderKey::View { format!("\"{said}\"") } else { said };
            blocks.push(answer(key.word(), &quoted));
        }
    }
    if !text.serves_nothing.is_empty() {
        blocks.push(answer("Works on nothing on the plan", &text.serves_nothing));
    }
    blocks.extend(copies(text).map(Block::About));
    for section in &text.sections {
        blocks.push(Block::Heading { key: section.key.clone(), words: section.title.clone() });
        blocks.push(Block::Prose(section.text.clone()));
    }
    Content { title: format!("{what}  {}", service_words(&text.service, today)), blocks }
}

/// What a note says whose times nobody confirmed.
const GUESSED: &str = "day, start and minutes are a guess of the program and were not confirmed";

/// `works on O1 call L. before 20:00: some, three evenings`.
fn served_words(served: &Served, wording: &str) -> String {
    let how = match served.line.kind {
        LineKind::Method if served.minutes > 0 => format!("delivered, {} min", served.minutes),
        LineKind::Method => "delivered".to_owned(),
        _ => served.progress.word().to_owned(),
    };
    let said = [how.as_str(), served.sentence.as_str()];
    let said = said.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
    let line = format!("works on {} {wording}", served.line);
    if said.is_empty() { line } else { format!("{line}: {said}") }
}

/// Lays out an assessment: a heading for each dimension with its rating, below it what was written.
pub fn assessment(of: &Assessment, today: Date) -> Content {
    let set = packs::set(&of.set);
    let edition = set.map_or(of.set.as_str(), |set| set.edition.as_str());
    let mut blocks = Vec::new();
    if !of.sources.trim().is_empty() {
        blocks.push(answer("Sources", &of.sources));
    }
    for cell in &of.cells {
        blocks.push(Block::Heading { key: cell.dimension.to_string(), words: rating_words(cell, set) });
        let written = [
            ("Here and now", &cell.here_and_now),
            ("History", &cell.history),
            ("Strengths", &cell.strengths),
        ];
        let written = written.into_iter().filter(|(_, words)| !words.trim().is_empty());
        blocks.extend(written.map(|(label, words)| Block::Prose(format!("{label}: {words}"))));
        if !cell.words.trim().is_empty() {
            blocks.push(Block::Quote { words: cell.words.clone(), on: Some(of.date) });
        }
    }
    Content { title: format!("Assessment  {edition}  {}", when::short(of.date, today)), blocks }
}

/// `D3  3 Serious  Emotional, behavioral`: the rating first, names are long.
fn rating_words(cell: &Cell, set: Option<&DimensionSet>) -> String {
    let dimension = set.and_then(|set| set.dimension(cell.dimension));
    let name = dimension.map_or(String::new(), |dimension| format!("  {}", dimension.name));
    let rating = match cell.severity {
        Some(severity) => {
            let digit = severity.digit();
            let label = set.map_or("", |set| set.labels[usize::from(digit)].as_str());
            format!("{digit} {label}").trim_end().to_owned()
        }
        None => "not rated".to_owned(),
    };
    let carried = if cell.carried { ", carried forward" } else { "" };
    format!("D{}  {rating}{carried}{name}", cell.dimension)
}

fn answer(label: &str, words: &str) -> Block {
    Block::Answer { label: label.to_owned(), words: words.to_owned() }
}

/// `individual  21 Nov 13:00-13:50  50 min  in person`; a type other than the usual one goes first.
pub fn service_words(service: &Service, today: Date) -> String {
    let usual = packs::lists().service_kinds.first();
    let modality = service.modality.map(crate::domain::Modality::word);
    let kind = Some(service.kind.as_str())
        .filter(|kind| !kind.is_empty() && modality != Some(*kind))
        .filter(|kind| modality.is_none() || usual.is_none_or(|usual| usual != kind));
    let what: Vec<&str> = [kind, modality].into_iter().flatten().collect();
    let mut parts = vec![what.join(", ")];
    parts.retain(|part| !part.is_empty());
    parts.push(format!("{} {}", when::short(service.date, today), times_words(service)));
    parts.push(if service.minutes > 0 { format!("{} min", service.minutes) } else { "not held".to_owned() });
    parts.extend(service.mode.map(|mode| mode.word().to_owned()));
    parts.join("  ")
}

/// `13:00-13:50`.
pub fn times_words(service: &Service) -> String {
    if service.span() == 0 {
        return service.start.to_string();
    }
    format!("{}-{}", service.start, service.end().0)
}

/// Where a service was, who else took part, and the minutes around it; `None` if nothing of it is said.
fn circumstances(service: &Service) -> Option<String> {
    let mut parts = Vec::new();
    if !service.location.is_empty() {
        parts.push(format!("place: {}", service.location));
    }
    parts.extend(service.participants.iter().map(|one| match one.name.as_str() {
        "" => format!("with {}", one.role),
        name => format!("with {}: {name}", one.role),
    }));
    for (minutes, what) in
        [(service.pause, "break"), (service.documentation, "writing"), (service.travel, "travel")]
    {
        if minutes > 0 {
            parts.push(format!("{what} {minutes} min"));
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Each passage that is as it was copied from another note, by its first words.
fn copies(text: &NoteText) -> impl Iterator<Item = String> {
    const WORDS: usize = 6;
    let told = |passage: &Copied| {
        let section = text.sections.iter().find(|section| section.key == passage.section)?;
        let copied = section.text.get(passage.start as usize..passage.end as usize)?;
        let first: Vec<&str> = copied.split_whitespace().take(WORDS).collect();
        let from = if passage.in_common {
            "Same words as in other notes of this session"
        } else {
            "Copied from an earlier note"
        };
        Some(format!("{from}, unedited ({}): {} ...", section.title, first.join(" ")))
    };
    text.copied.iter().filter(|passage| passage.is_copy()).filter_map(told)
}
