//! How a signed review of a plan is laid out.
//!
//! Owns the order and the words around what was frozen. It says only what the review says.

use crate::domain::{
    Block, Content, Date, LineKind, Progress, Review, ReviewKnown, ReviewLine, ReviewMark, ReviewRating,
    ReviewSessions, ReviewText, StillWanted,
};
use crate::rules::plan::mandated;
use crate::rules::when;

/// Lays out a review.
pub fn review(text: &ReviewText, today: Date) -> Content {
    let ReviewText { review, known, .. } = text;
    let of = if known.version > 0 { format!(" of plan {}", known.version) } else { String::new() };
    let span = format!("{} to {}", when::short(known.from, today), when::short(known.until, today));
    let mut blocks = vec![Block::About(format!("for {}, {}", text.client_name, text.record_no))];
    let took = review.took_part.map_or(String::new(), |one| one.word().to_owned());
    answer(&mut blocks, "Client took part", &took);
    answer(&mut blocks, "Who else took part", &review.participants);
    wants(&mut blocks, review, known);
    span_blocks(&mut blocks, review, known, today);
    heading(&mut blocks, "goals", "Goals");
    for line in &known.lines {
        if let Some(mark) = review.mark(line.line) {
            blocks.push(Block::Prose(line_words(line, mark)));
        } else if line.line.kind == LineKind::Goal || !line.log.is_empty() {
            blocks.push(Block::Prose(format!("{} {}", line.line, line.wording)));
        }
        answer(&mut blocks, &format!("Log of {}", line.line), &line.log);
    }
    if !review.view.trim().is_empty() {
        heading(&mut blocks, "view", "The client says");
        blocks.push(Block::Quote { words: review.view.trim().to_owned(), on: Some(review.on) });
    }
    level(&mut blocks, review, known, today);
    Content { title: format!("Review{of}  {span}"), blocks }
}

fn heading(blocks: &mut Vec<Block>, key: &str, words: &str) {
    blocks.push(Block::Heading { key: key.to_owned(), words: words.to_owned() });
}

fn answer(blocks: &mut Vec<Block>, label: &str, words: &str) {
    if !words.trim().is_empty() {
        blocks.push(Block::Answer { label: label.to_owned(), words: words.trim().to_owned() });
    }
}

fn wants(blocks: &mut Vec<Block>, review: &Review, known: &ReviewKnown) {
    heading(blocks, "wants", "What the client wants");
    if !known.wants.wants.trim().is_empty() {
        blocks.push(Block::Quote { words: known.wants.wants.clone(), on: Some(known.wants.on) });
    }
    let said = review.wants.map_or(String::new(), |one| one.word().to_owned());
    answer(blocks, "Asked in this review", &said);
    if review.wants == Some(StillWanted::Changed) && !review.wants_words.trim().is_empty() {
        blocks.push(Block::Quote { words: review.wants_words.trim().to_owned(), on: Some(review.on) });
    }
}

/// Sessions, ratings and methods of the span.
fn span_blocks(blocks: &mut Vec<Block>, review: &Review, known: &ReviewKnown, today: Date) {
    heading(blocks, "span", "Since then");
    for (label, words) in mandated::of_review(review, known) {
        answer(blocks, label, &words);
    }
    for rating in &known.ratings {
        answer(blocks, &format!("D{}", rating.dimension), &rating_words(rating, today));
    }
    for form in &known.forms {
        answer(blocks, &form.form, &form.words);
    }
    for method in &known.methods {
        let planned = method.planned.map_or(String::new(), |planned| format!(" of {planned}"));
        let help = review.help(method.method);
        let helped = help.and_then(|help| help.helped).map_or(String::new(), |one| one.word().to_owned());
        let words = help.map_or("", |help| help.words.trim());
        let held = format!("held {}{planned}", method.held);
        let said = joined(&[&method.wording, &held, &helped, words]);
        answer(blocks, &format!("M{}", method.method), &said);
    }
}

fn joined(parts: &[&str]) -> String {
    let given: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    given.join(", ")
}

/// `held 10 of 12 and 3 unplanned, missed 2, 13.5 of 15 hours`.
pub fn sessions_words(sums: ReviewSessions) -> String {
    let besides = |before: &str| match sums.unplanned {
        0 => String::new(),
        many => format!("{before} {many} unplanned"),
    };
    if sums.planned == 0 {
        return format!("none planned{}", besides(","));
    }
    let missed = if sums.missed > 0 { format!(", missed {}", sums.missed) } else { String::new() };
    let hours = format!("{} of {} hours", hours(sums.minutes), hours(sums.planned_minutes));
    format!("held {} of {}{}{missed}, {hours}", sums.held, sums.planned, besides(" and"))
}

/// Minutes as hours, to the tenth: `13.5`, `15`.
fn hours(minutes: u32) -> String {
    let tenths = (minutes + 3) / 6;
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// `2 then (18 Oct), 1 now (21 Nov); then "On my cousin's floor.", now "I have a key."`.
fn rating_words(rating: &ReviewRating, today: Date) -> String {
    let digit = |severity: Option<crate::domain::Severity>, on: Date, word: &str| match severity {
        Some(severity) => format!("{} {word} ({})", severity.digit(), when::short(on, today)),
        None => format!("not rated {word}"),
    };
    let mut said =
        joined(&[&digit(rating.then, rating.then_on, "then"), &digit(rating.now, rating.now_on, "now")]);
    let quotes = [("then", &rating.then_words), ("now", &rating.now_words)];
    let same = rating.then_words == rating.now_words;
    let given: Vec<String> = quotes
        .into_iter()
        .filter(|(word, words)| !(words.is_empty() || same && *word == "then"))
        .map(|(word, words)| format!("{word} \u{201c}{words}\u{201d}"))
        .collect();
    if !given.is_empty() {
        said = format!("{said}; {}", given.join(", "));
    }
    said
}

/// `G2 Get through payday: none before, none now. One of two paydays. What changes: smaller step.`
fn line_words(line: &ReviewLine, mark: &ReviewMark) -> String {
    let before = match line.before {
        Progress::Unsaid => String::new(),
        before => format!("{} before, ", before.word()),
    };
    let now = if mark.progress == Progress::Unsaid { "not marked" } else { mark.progress.word() };
    let done = match (mark.done.trim(), line.amount.trim()) {
        ("", _) => String::new(),
        (done, "") => format!("; done {done}"),
        (done, amount) => format!("; done {done} of {amount}"),
    };
    let mut said = format!("{} {}: {before}{now} now{done}.", line.line, line.wording.trim_end_matches('.'));
    for part in [mark.sentence.trim(), &change_words(mark)] {
        if !part.is_empty() {
            said = format!("{said} {part}");
        }
    }
    said
}

fn change_words(mark: &ReviewMark) -> String {
    let Some(change) = mark.change else { return String::new() };
    match mark.change_words.trim() {
        "" => format!("What changes: {}.", change.word()),
        words => format!("What changes: {}: {words}", change.word()),
    }
}

fn level(blocks: &mut Vec<Block>, review: &Review, known: &ReviewKnown, today: Date) {
    heading(blocks, "level", "Level of care");
    let now = joined(&[&labelled(&known.indicated, "indicated"), &labelled(&known.actual, "actual")]);
    answer(blocks, "Until now", &now);
    let choice = review.choice.map_or("", |choice| choice.word());
    let to = if review.new_level.is_empty() { String::new() } else { format!("to {}", review.new_level) };
    answer(blocks, "Decided", format!("{choice} {to}").trim_end());
    answer(blocks, "Why", &joined(&[review.why.map_or("", |why| why.word()), &review.level_words]));
    let agrees = match review.agrees {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not asked",
    };
    answer(blocks, "The client agrees", agrees);
    answer(blocks, "Look again", &review.next.map(|on| when::short(on, today)).unwrap_or_default());
}

fn labelled(value: &str, label: &str) -> String {
    if value.is_empty() { String::new() } else { format!("{value} {label}") }
}
