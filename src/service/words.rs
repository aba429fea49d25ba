//! Words beyond the dictionary: a person's own, the agency's, and better words for some; and what one wrote elsewhere.
//!
//! Owns who changes which list. Lists are sealed like everything else, since words may name people. What one wrote
//! elsewhere leaves here as numbers only, and of other charts not even whose.

use super::api::{Answer, OwnNote, WordsAsk};
use super::desk::Desk;
use super::fault::Fault;
use super::seat::OwnSketch;
use crate::domain::{Act, ClientId, LONGEST_WORD, Lexicon, MOST_WORDS, StaffId, WordHint};
use crate::packs;
use crate::rules::access::Capability;
use crate::store::Owner;
use std::sync::Arc;

/// Routes what concerns words.
pub(super) fn handle(desk: &mut Desk, ask: WordsAsk) -> Result<Answer, Fault> {
    match ask {
        WordsAsk::Add(word) => {
            let said = format!("\"{word}\" is one of your words now.");
            mine(desk, said, |list| list.add(&word))
        }
        WordsAsk::Remove(word) => {
            let said = format!("\"{word}\" is not one of your words any more.");
            mine(desk, said, |list| list.remove(&word))
        }
        WordsAsk::Quiet(quiet) => {
            let said = if quiet {
                "Nothing is underlined any more."
            } else {
                "Spelling and wording are underlined."
            };
            mine(desk, said.to_owned(), |list| std::mem::replace(&mut list.quiet, quiet) != quiet)
        }
        WordsAsk::Hint(hint) => agency(desk, &hint),
        WordsAsk::Own(client) => own_notes(desk, client),
    }
}

/// A person's own list, or the agency's.
pub(super) fn lexicon(desk: &Desk, whose: impl Into<Owner>) -> Result<(Lexicon, u32), Fault> {
    Ok(desk.books().get::<Lexicon>(whose, 1)?.map_or_else(Default::default, |kept| (kept.value, kept.rev)))
}

fn mine(desk: &mut Desk, said: String, change: impl FnOnce(&mut Lexicon) -> bool) -> Result<Answer, Fault> {
    let me = desk.staff()?.id;
    let (mut list, rev) = lexicon(desk, me)?;
    if !change(&mut list) {
        return answer(desk, me, "It is so already.".to_owned());
    }
    let mut unit = desk.own_unit(Act::SettingsChanged)?;
    unit.put(&list, me, 1, rev);
    desk.commit(unit)?;
    answer(desk, me, said)
}

/// Adds, changes or (with nothing better) takes away a better word for everyone.
fn agency(desk: &mut Desk, hint: &WordHint) -> Result<Answer, Fault> {
    let word = hint.word.trim().to_lowercase();
    if word.is_empty()
        || word.chars().count() > LONGEST_WORD
        || hint.better.chars().count() > 4 * LONGEST_WORD
    {
        return Err(Fault::user(format!("\"Word or phrase\" takes up to {LONGEST_WORD} letters.")));
    }
    let (mut list, rev) = lexicon(desk, Owner::AGENCY)?;
    list.hints.retain(|known| known.word != word);
    let none = hint.better.trim().is_empty();
    // A word that ships is taken off by its own entry; any other by having none.
    let ships =
        packs::word_hints().iter().any(|hint| hint.words.iter().any(|one| one.to_lowercase() == word));
    if !none && list.hints.len() >= MOST_WORDS {
        return Err(Fault::user("The agency's list is full. Take a word off it first."));
    }
    let said = if none {
        format!("\"{word}\" is no longer underlined.")
    } else {
        format!("\"{word}\" is underlined for everyone from their next sign-in on.")
    };
    if !none || ships {
        list.hints.push(WordHint { word, better: hint.better.trim().to_owned() });
    }
    let mut unit = desk.unit(Capability::ChangeSettings, Act::SettingsChanged, None, 0)?;
    unit.put(&list, Owner::AGENCY, 1, rev);
    desk.commit(unit)?;
    let me = desk.staff()?.id;
    answer(desk, me, said)
}

fn answer(desk: &Desk, me: StaffId, said: String) -> Result<Answer, Fault> {
    let (mine, _) = lexicon(desk, me)?;
    let (agency, _) = lexicon(desk, Owner::AGENCY)?;
    Ok(Answer::Words { mine, agency, said })
}

/// Sketches of the notes this person signed, on their own caseload and in this chart: with the date where it is this chart.
fn own_notes(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    if desk.seat()?.own_notes.is_none() {
        let read = read_own(desk)?;
        desk.seat_mut()?.own_notes = Some(Arc::new(read));
    }
    let mut notes: Vec<OwnNote> = Vec::new();
    let me = desk.staff()?.id;
    let elsewhere = desk.seat()?.own_notes.clone().unwrap_or_default();
    notes.extend(elsewhere.iter().filter(|(whose, _)| *whose != client).map(|(_, sketch)| OwnNote {
        on: None,
        number: 0,
        sketch: Arc::clone(sketch),
    }));
    for head in desk.newest_notes(client, None, usize::MAX)? {
        if head.signature.by == me && !head.sketch.is_empty() {
            let (on, number) = (Some(head.service.date), head.number);
            notes.push(OwnNote { on, number, sketch: head.facts.sketch.into() });
        }
    }
    Ok(Answer::OwnNotes { client, notes })
}

fn read_own(desk: &Desk) -> Result<Vec<OwnSketch>, Fault> {
    let me = desk.staff()?.id;
    let seat = desk.seat()?;
    let on_mine = seat.summaries.values().filter(|summary| {
        summary.episode.as_ref().is_some_and(|episode| episode.counselor == me || episode.team.contains(&me))
    });
    let clients: Vec<ClientId> = on_mine.map(|summary| summary.client).collect();
    let mut own = Vec::new();
    for client in clients {
        for head in desk.newest_notes(client, None, usize::MAX)? {
            if head.signature.by == me && !head.sketch.is_empty() {
                own.push((client, head.facts.sketch.into()));
            }
        }
    }
    Ok(own)
}
