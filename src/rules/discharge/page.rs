//! The client's page of a discharge: where, who, when, how to get there, and what to do when it gets hard.
//!
//! Owns what is on it. It reads the words that were written for the client and nothing of the record: no rating, no level, no
//! number, no reason of the discharge. What stands around the words is the language file's.

use crate::domain::{Appointed, Block, CareKind, Content, Discharge};
use crate::packs::{PageWords, fill};

/// Returns the page; `None` where nothing was said about what comes next.
pub fn page(discharge: &Discharge, name: &str, help_now: &str, words: &PageWords) -> Option<Content> {
    let (care, leaving) = (&discharge.care, &words.leaving);
    let kind = care.kind?;
    let mut blocks = Vec::new();
    match kind {
        CareKind::Arranged => {}
        CareKind::ClientArranges => blocks.push(Block::About(leaving.i_arrange.clone())),
        CareKind::Declined => blocks.push(Block::About(leaving.declined.clone())),
        CareKind::NotPossible => blocks.push(Block::About(leaving.not_arranged.clone())),
    }
    let planned = matches!(care.appointed, None | Some(Appointed::Planned));
    let when = care.on.filter(|_| planned).map(|on| match care.at {
        Some(at) => fill(&words.sentences.session, &[("day", &words.day(on)), ("time", &at.to_string())]),
        None => words.day(on),
    });
    // Whoever has declined an appointment or needs none is not told that its day is open.
    let open = !matches!(care.appointed, Some(Appointed::Declined | Appointed::NoneNeeded));
    let goes = open && matches!(kind, CareKind::Arranged | CareKind::ClientArranges);
    let when = when.unwrap_or_else(|| if goes { leaving.no_day.clone() } else { String::new() });
    let parts = [
        ("where", &leaving.place, &care.place),
        ("who", &leaving.person, &care.person),
        ("reach", &leaving.contact, &care.contact),
        ("when", &leaving.when, &when),
        ("transport", &leaving.transport, &care.transport),
        ("hard", &leaving.hard, &care.hard),
        ("supports", &leaving.supports, &care.supports),
    ];
    for (key, heading, said) in parts {
        said_under(&mut blocks, key, heading, said);
    }
    let call = if help_now.trim().is_empty() { &words.sentences.nobody_to_call } else { help_now };
    said_under(&mut blocks, "call", &words.headings.call, call);
    Some(Content { title: fill(&leaving.title, &[("name", name)]), blocks })
}

fn said_under(blocks: &mut Vec<Block>, key: &str, heading: &str, said: &str) {
    if said.trim().is_empty() {
        return;
    }
    blocks.push(Block::Heading { key: key.to_owned(), words: heading.to_owned() });
    blocks.extend(said.trim().lines().map(|line| Block::Prose(line.to_owned())));
}
