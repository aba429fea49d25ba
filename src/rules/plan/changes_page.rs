//! What is new in the plan since a moment, in plain words without numbers: the client's page of changes (`agreement.md` 3).

use super::change::{Changed, Changes, between};
use super::words::{amount, ended, first_upper, wording};
use super::{AnyLine, Plan};
use crate::domain::{Assent, Block, Content, Date, LineState, Party};
use crate::packs::{PageWords, fill};

/// Returns what changed since the client last saw the plan, as the client reads it.
pub fn changes_page(then: &Plan, now: &Plan, since: Date, name: &str, words: &PageWords) -> Content {
    let changes = between(then, now);
    let (headings, sentences) = (&words.headings, &words.sentences);
    let mut blocks = vec![Block::About(fill(&sentences.last_seen, &[("day", &words.day(since))]))];
    let mut found = false;
    for (key, heading, part) in [
        ("new", &headings.new, added(&changes, now, words)),
        ("changed", &headings.changed, changed(&changes, words)),
        ("gone", &headings.gone, gone(&changes, words)),
        ("answers", &headings.answers, answers(&changes, now, words)),
    ] {
        if !part.is_empty() {
            found = true;
            blocks.push(Block::Heading { key: key.to_owned(), words: heading.clone() });
            blocks.extend(part.into_iter().map(Block::Item));
        }
    }
    if !found {
        blocks.push(Block::Prose(sentences.nothing_new.clone()));
    }
    Content { title: fill(&words.changes_title, &[("name", name)]), blocks }
}

/// A line as the client reads it: what, how much, by when.
fn said(line: AnyLine<'_>, words: &PageWords) -> String {
    let by = super::words::due(line).map(|on| fill(&words.sentences.by, &[("day", &words.day(on))]));
    let parts = [first_upper(&wording(line)), amount(line), by.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    ended(&parts.join(", "))
}

fn added(changes: &Changes, now: &Plan, words: &PageWords) -> Vec<String> {
    let lines =
        changes.lines.iter().filter(|change| change.how.added).filter_map(|change| change.now.as_ref());
    lines
        .map(|whole| {
            let line = whole.line();
            let asked = match now.answered(line).assent() {
                Assent::NotAsked => format!(" {}", words.sentences.not_asked),
                _ => String::new(),
            };
            format!("{}{asked}", said(line, words))
        })
        .collect()
}

fn changed(changes: &Changes, words: &PageWords) -> Vec<String> {
    let differs = |change: &&Changed| change.how.terms && !change.how.added && !change.how.gone;
    let lines = changes.lines.iter().filter(differs);
    lines
        .filter_map(|change| {
            let (was, now) = (change.was.as_ref()?, change.now.as_ref()?);
            let was = fill(&words.sentences.was, &[("words", &said(was.line(), words))]);
            let now = fill(&words.sentences.now, &[("words", &said(now.line(), words))]);
            Some(format!("{was} {now}"))
        })
        .collect()
}

/// What is no longer on the plan. What was entered in error was never the client's, and only its going is told.
fn gone(changes: &Changes, words: &PageWords) -> Vec<String> {
    let lines =
        changes.lines.iter().filter(|change| change.how.gone).filter_map(|change| change.was.as_ref());
    lines.map(|whole| said(whole.line(), words)).collect()
}

/// What the client answered since to lines that did not change.
fn answers(changes: &Changes, now: &Plan, words: &PageWords) -> Vec<String> {
    let mut newest: Vec<_> =
        changes.answers.iter().filter(|one| one.whose == Party::Client && one.carries == 0).collect();
    newest.reverse();
    let mut seen = Vec::new();
    newest.retain(|one| {
        let first = !seen.contains(&one.about);
        seen.push(one.about);
        first
    });
    newest.reverse();
    newest
        .into_iter()
        .filter_map(|one| {
            let line = now.line(one.about).filter(|line| line.line().state != LineState::EnteredInError)?;
            let sentences = &words.sentences;
            let answer = match now.answered(line).assent() {
                Assent::Agreed => &sentences.agreed,
                Assent::Partly => &sentences.partly,
                Assent::Declined => &sentences.declined,
                Assent::NotSaid => &sentences.not_said,
                Assent::NotAsked => return None,
            };
            let own = match one.words.trim() {
                "" => String::new(),
                own => format!(" {}", fill(&sentences.in_my_words, &[("words", own)])),
            };
            Some(format!("{} {answer}{own}", said(line, words)))
        })
        .collect()
}
