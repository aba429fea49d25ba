//! The client's page as it is turned to them: the same words as on paper, with the lines they can answer.

use super::Plan;
use super::agreed::Standing;
use super::client_page::{Around, Page, Said, parts};
use super::page_signed::how_signed;
use crate::domain::{Block, Marked, TurnedPage, TurnedPart, TurnedSaid};
use crate::packs::{PageWords, fill};

/// Returns the client's page as they see it at the turned screen, where they answer its lines themselves; and the lines they
/// can answer, in the order of the page.
pub fn turned_page(plan: &Plan, around: &Around<'_>, words: &PageWords) -> (TurnedPage, Vec<Marked>) {
    let page = Page { plan, around, words };
    let mut lines = Vec::new();
    let mut turned = |said: Said<'_>| {
        let line = said.line.map(|line| {
            lines.push(Marked { about: line.name(), to: line.terms(), ..Marked::default() });
            lines.len() - 1
        });
        let before = said.line.map(|line| page.answered(line)).unwrap_or_default();
        let words = match before {
            Standing::Given(answer) => answer.words.trim().to_owned(),
            _ => String::new(),
        };
        let quote = matches!(said.block, Block::Quote { .. });
        let before = before.assent();
        TurnedSaid {
            words: plain(&said.block),
            quote,
            line,
            before,
            before_words: words,
            ..TurnedSaid::default()
        }
    };
    let parts = parts(&page).into_iter().map(|part| TurnedPart {
        heading: part.heading.to_owned(),
        says: part.says.into_iter().map(&mut turned).collect(),
    });
    let parts = parts.collect();
    let title = fill(&words.title, &[("name", around.name)]);
    let about = how_signed(around, words);
    (TurnedPage { title, about, parts, signs: true, items: Vec::new() }, lines)
}

/// What a piece of the page says, without what is drawn around it.
fn plain(block: &Block) -> String {
    match block {
        Block::Quote { words, .. } => words.clone(),
        other => other.words(),
    }
}
