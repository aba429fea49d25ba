//! A safety plan to be read: as a signed document, as the client's pocket card, and at the turned screen.
//!
//! Card and turned screen say only the client's words under the headings of the client's language: no rating, no number of the record.

use super::took_words;
use crate::domain::{Block, Content, Date, SafetyPart, SafetyText, TurnedPage, TurnedPart, TurnedSaid};
use crate::packs::{PageWords, fill};
use crate::rules::when;

/// Lays out a signed safety plan.
pub fn content(text: &SafetyText, today: Date) -> Content {
    let plan = &text.plan;
    let mut blocks = vec![Block::About(format!("for {}, {}", text.client_name, text.record_no))];
    for part in SafetyPart::ALL {
        blocks
            .push(Block::Heading { key: format!("{part:?}").to_lowercase(), words: part.title().to_owned() });
        let words = plan.part(part).trim();
        let block = match words {
            "" => Block::About("nothing written".to_owned()),
            words => Block::Prose(words.to_owned()),
        };
        blocks.push(block);
    }
    let look = plan.look_again.map(|on| when::short(on, today)).unwrap_or_default();
    let made = [
        ("Client took part", took_words(plan.took_part)),
        ("Who else took part", plan.participants.trim()),
        ("Look again", &look),
    ];
    let said: Vec<_> = made.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    if !said.is_empty() {
        blocks.push(Block::Heading { key: "made".to_owned(), words: "How it was made".to_owned() });
    }
    blocks.extend(
        said.into_iter()
            .map(|(label, words)| Block::Answer { label: label.to_owned(), words: words.to_owned() }),
    );
    Content { title: format!("Safety plan  {}", when::short(plan.on, today)), blocks }
}

/// Returns the client's pocket card.
pub fn card(text: &SafetyText, name: &str, on: Date, help_now: &str, words: &PageWords) -> Content {
    let safety = &words.safety;
    let mut blocks = vec![Block::About(fill(&safety.card_about, &[("day", &words.day(on))]))];
    for part in SafetyPart::ALL {
        let said = text.plan.part(part).trim();
        if said.is_empty() {
            continue;
        }
        blocks.push(Block::Heading { key: String::new(), words: safety.heading(part).to_owned() });
        blocks.extend(
            said.lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| Block::Prose(line.trim().to_owned())),
        );
    }
    // Whoever needs the card finds whom to call on it, whatever was written.
    if !help_now.trim().is_empty() && !text.plan.services.contains(help_now.trim()) {
        blocks.push(Block::Heading { key: "call".to_owned(), words: words.headings.call.clone() });
        blocks.push(Block::Prose(help_now.trim().to_owned()));
    }
    Content { title: fill(&safety.title, &[("name", name)]), blocks }
}

/// Returns a signed safety plan as it is turned to the client, who can sign under it.
pub fn turned(text: &SafetyText, on: Date, name: &str, words: &PageWords) -> TurnedPage {
    let safety = &words.safety;
    let says = |part: &SafetyPart| -> Vec<TurnedSaid> {
        let lines = text.plan.part(*part).lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(|line| TurnedSaid { words: line.to_owned(), quote: true, ..TurnedSaid::default() })
            .collect()
    };
    let parts = SafetyPart::ALL.iter().filter(|part| !text.plan.part(**part).trim().is_empty());
    TurnedPage {
        title: fill(&safety.title, &[("name", name)]),
        about: fill(&safety.about, &[("day", &words.day(on)), ("by", &text.author)]),
        parts: parts
            .map(|part| TurnedPart { heading: safety.heading(*part).to_owned(), says: says(part) })
            .collect(),
        signs: true,
        items: Vec::new(),
    }
}
