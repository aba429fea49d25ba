//! What may become of a signed note, and what follows from it.
//!
//! Owns the states after signing. A note, its addenda and its amended versions are one *document*: it is co-signed and
//! returned as one, and any answer its author signs (an amendment or an addendum) brings all of it back to the co-signer.
//! Sources: `clinical.md` 5.6; that a returned note is answered by new signed text follows from "signed text never changes".

use crate::domain::{Date, InError, LifeState, NoteFacts, NoteHead, NoteLife, NoteWaits, Number, StaffId};

#[cfg(test)]
mod tests;

/// The newest version of a note: amended ones lead on.
pub fn newest(lives: &[NoteLife], number: Number) -> Number {
    let mut at = number;
    // A chain is never longer than there are lives; a damaged one that goes round ends.
    for _ in 0..=lives.len() {
        match lives.iter().find(|life| life.number == at).map(|life| life.superseded_by) {
            Some(next) if next > 0 => at = next,
            _ => break,
        }
    }
    at
}

/// The note that a note belongs to: what it adds to, or itself, in the newest version.
pub fn document(lives: &[NoteLife], life: &NoteLife) -> Number {
    newest(lives, if life.adds_to > 0 { life.adds_to } else { life.number })
}

/// The earlier versions of a note, newest first.
pub fn versions(lives: &[NoteLife], number: Number) -> Vec<Number> {
    let (mut found, mut at) = (Vec::new(), number);
    while let Some(before) =
        lives.iter().find(|life| life.superseded_by == at && !found.contains(&life.number))
    {
        found.push(before.number);
        at = before.number;
    }
    found
}

/// The lives that belong to a document and stand.
pub fn parts(lives: &[NoteLife], number: Number) -> impl Iterator<Item = &NoteLife> {
    lives.iter().filter(move |life| life.stands() && document(lives, life) == number)
}

/// What lists need to know of a chart's notes: one line for each document and what it waits for.
pub fn waiting(lives: &[NoteLife]) -> Vec<NoteFacts> {
    let mut facts: Vec<NoteFacts> = Vec::new();
    for life in lives.iter().filter(|life| life.stands()) {
        let number = document(lives, life);
        let mut waits = Vec::new();
        if let Some(error) = life.error.as_ref().filter(|_| life.is_doubted()) {
            waits.push((NoteWaits::SecondPerson { said_by: error.by }, error.at));
        } else {
            match life.state {
                LifeState::AwaitsCosign => waits.push((NoteWaits::Cosign, life.since)),
                LifeState::Returned => waits.push((NoteWaits::Author, life.since)),
                LifeState::Signed | LifeState::CoSigned => {}
            }
        }
        for (waits, since) in waits {
            let same = |one: &&mut NoteFacts| {
                one.number == number && one.waits == waits && one.author == life.author
            };
            match facts.iter_mut().find(same) {
                Some(known) => known.since = known.since.min(since),
                None => {
                    facts.push(NoteFacts {
                        number,
                        author: life.author,
                        waits,
                        since,
                        service: life.service,
                    });
                }
            }
        }
    }
    facts.sort_by_key(|fact| (fact.number, fact.since));
    facts
}

/// The day of the last service that a note speaks of, addenda and what does not stand left out.
pub fn last_contact<'a>(lives: &[NoteLife], heads: impl IntoIterator<Item = &'a NoteHead>) -> Option<Date> {
    let stands = |head: &&NoteHead| {
        head.addendum_to == 0
            && head.contact
            && lives.iter().find(|life| life.number == head.number).is_none_or(NoteLife::stands)
    };
    heads.into_iter().filter(stands).map(|head| head.service.date).max()
}

/// Why a note cannot be co-signed or returned; `None` = it can.
pub fn no_cosign(life: Option<&NoteLife>) -> Option<&'static str> {
    match life {
        Some(life) if !life.stands() => Some("This version is not the one that stands; open the newest."),
        Some(life) if life.is_doubted() => Some("It was called entered in error; that is decided first."),
        Some(life) if life.state == LifeState::AwaitsCosign => None,
        Some(life) if life.state == LifeState::Returned => Some("It is with its author, who answers first."),
        Some(life) if life.state == LifeState::CoSigned => Some("It is co-signed already."),
        _ => Some("This note needs no co-signature."),
    }
}

/// Why a note cannot be amended; `None` = it can.
pub fn no_amendment(life: Option<&NoteLife>) -> Option<&'static str> {
    match life {
        Some(life) if life.is_in_error() => Some("It was entered in error; there is nothing to amend."),
        Some(life) if life.superseded_by > 0 => Some("It was amended already; amend the newest version."),
        Some(life) if life.is_doubted() => Some("It was called entered in error; that is decided first."),
        _ => None,
    }
}

/// Why a note cannot be called entered in error; `None` = it can.
pub fn no_error(life: Option<&NoteLife>) -> Option<&'static str> {
    match life {
        Some(life) if life.is_in_error() => Some("It is entered in error already."),
        Some(life) if life.is_doubted() => Some("Somebody said so already; a second person has to agree."),
        Some(life) if life.superseded_by > 0 => Some("This is an old version; say it of the newest."),
        _ => None,
    }
}

/// What a person says about an "entered in error": agrees, or it does not hold. Whoever said it cannot agree with
/// themselves, but can take it back.
pub fn decide_error(error: Option<&InError>, who: StaffId, agrees: bool) -> Result<(), &'static str> {
    match error {
        None => Err("Nobody called this note entered in error."),
        Some(error) if error.agreed.is_some() => Err("A second person has agreed already; it stays so."),
        Some(error) if agrees && error.by == who => {
            Err("It takes a second person to agree; you said it yourself.")
        }
        Some(_) => Ok(()),
    }
}

/// The life as a person may see it. That a note was returned is between its author and who co-signs: everybody else sees
/// that it waits for a co-signature.
#[must_use]
pub fn as_seen(life: &NoteLife, is_between_them: bool) -> NoteLife {
    let mut seen = life.clone();
    if !is_between_them {
        seen.returned.clear();
        if seen.state == LifeState::Returned {
            seen.state = LifeState::AwaitsCosign;
        }
    }
    seen
}

/// Where it stands, in a few words, for a list; empty = signed, and that is all there is to say.
pub fn mark(life: &NoteLife) -> &'static str {
    if life.is_in_error() {
        return "in error";
    }
    if life.superseded_by > 0 {
        return "old version";
    }
    if life.is_doubted() {
        return "in error?";
    }
    match life.state {
        LifeState::Signed => "",
        LifeState::AwaitsCosign => "co-sign",
        LifeState::Returned => "returned",
        LifeState::CoSigned => "co-signed",
    }
}
