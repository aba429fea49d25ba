//! What became of a signed document, what may become of it, and what follows from it.
//!
//! Owns the states after signing: they are computed from the facts that were signed and the entries people signed later,
//! and are stored nowhere. A document, its addenda and its amended versions are one: they are co-signed and returned together,
//! and any answer its author signs (an amended version or an addendum) brings all of it back to the co-signer.
//! Sources: `clinical.md` 5.6; that a returned note is answered by new signed text follows from "signed text never changes".

use crate::domain::{
    AttestedBy, ClientId, CoSigner, DocFacts, DocWaits, InError, Life, LifeState, LifeText, LifeWhat, Moment,
    Number, Returned, StaffId, WaitsFor,
};

#[cfg(test)]
mod tests;

/// A signed document as far as its life needs it.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    pub client: ClientId,
    pub number: Number,
    /// What was signed for lists.
    pub facts: &'a DocFacts,
    /// Who signed it.
    pub author: StaffId,
    pub at: Moment,
}

/// Where a document is, by the entries in its life, oldest first.
pub fn reckon(of: &Signed<'_>, entries: &[LifeText]) -> Life {
    let facts = of.facts;
    let mut life = Life {
        client: of.client,
        number: of.number,
        root: if facts.root > 0 { facts.root } else { of.number },
        author: of.author,
        adds_to: facts.adds_to,
        on: facts.on,
        state: if facts.cosign { LifeState::AwaitsCosign } else { LifeState::Signed },
        since: of.at,
        ..Life::default()
    };
    for entry in entries {
        take(&mut life, entry);
    }
    life
}

fn take(life: &mut Life, entry: &LifeText) {
    let LifeText { by, by_name, at, .. } = entry.clone();
    match entry.what.clone() {
        LifeWhat::CoSigned => {
            life.co_signed.push(CoSigner { by, by_name, at });
            (life.state, life.since) = (LifeState::CoSigned, at);
        }
        LifeWhat::Returned { remark } => {
            life.returned.push(Returned { by, by_name, at, remark });
            (life.state, life.since) = (LifeState::Returned, at);
        }
        LifeWhat::Answered { .. } => (life.state, life.since) = (LifeState::AwaitsCosign, at),
        LifeWhat::AddedTo { doc } => life.addenda.push(doc),
        LifeWhat::AmendedBy { doc } => life.superseded_by = doc,
        LifeWhat::CalledInError { reason } => {
            let said = crate::domain::Said { by, by_name, at, reason };
            life.error = Some(InError { said, agreed: None });
        }
        LifeWhat::AgreedInError { said } => life.error = Some(InError { said, agreed: Some((by_name, at)) }),
        LifeWhat::NotInError => life.error = None,
        LifeWhat::Attested(what) => life.attested.push(AttestedBy { by_name, at, what: *what }),
    }
}

/// The newest version of a note: amended ones lead on.
pub fn newest(lives: &[Life], number: Number) -> Number {
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

/// The document that a part belongs to: what it adds to, or itself, in the newest version.
pub fn document(lives: &[Life], life: &Life) -> Number {
    newest(lives, life.root)
}

/// What lists need to know of a chart's notes: one line for each document and what it waits for.
pub fn waiting(lives: &[Life]) -> Vec<DocWaits> {
    let mut facts: Vec<DocWaits> = Vec::new();
    for life in lives.iter().filter(|life| life.stands()) {
        let number = document(lives, life);
        let mut waits = Vec::new();
        if let Some(error) = life.error.as_ref().filter(|_| life.is_doubted()) {
            waits.push((WaitsFor::SecondPerson { said_by: error.said.by }, error.said.at));
        } else {
            match life.state {
                LifeState::AwaitsCosign => waits.push((WaitsFor::Cosign, life.since)),
                LifeState::Returned => waits.push((WaitsFor::Author, life.since)),
                LifeState::Signed | LifeState::CoSigned => {}
            }
        }
        for (waits, since) in waits {
            let same =
                |one: &&mut DocWaits| one.number == number && one.waits == waits && one.author == life.author;
            match facts.iter_mut().find(same) {
                Some(known) => known.since = known.since.min(since),
                None => {
                    facts.push(DocWaits {
                        number,
                        root: life.root,
                        author: life.author,
                        waits,
                        since,
                        on: life.on,
                    });
                }
            }
        }
    }
    facts.sort_by_key(DocWaits::order);
    facts
}

/// Why a document cannot be co-signed or returned; `None` = it can.
pub fn no_cosign(life: &Life) -> Option<&'static str> {
    if !life.stands() {
        return Some("This version was replaced or entered in error. Open the newest version.");
    }
    if life.is_doubted() {
        return Some("It was called entered in error. That has to be decided first.");
    }
    match life.state {
        LifeState::AwaitsCosign => None,
        LifeState::Returned => Some("It was returned to the author, who has to answer first."),
        LifeState::CoSigned => Some("It is co-signed already."),
        LifeState::Signed => Some("It needs no co-signature."),
    }
}

/// Why a document cannot be amended; `None` = it can.
pub fn no_amendment(life: &Life) -> Option<&'static str> {
    if life.is_in_error() {
        return Some("It was entered in error, so it cannot be amended.");
    }
    if life.superseded_by > 0 {
        return Some("It was amended already. Amend the newest version.");
    }
    life.is_doubted().then_some("It was called entered in error. That has to be decided first.")
}

/// Why a document cannot be called entered in error; `None` = it can.
pub fn no_error(life: &Life) -> Option<&'static str> {
    if life.is_in_error() {
        return Some("It is entered in error already.");
    }
    if life.is_doubted() {
        return Some("Somebody called it entered in error already. A second person has to agree.");
    }
    (life.superseded_by > 0).then_some(
        "This is an old version. Open the newest and call that one entered \
     in error.",
    )
}

/// What a person says about an "entered in error": agrees, or it does not hold. Whoever said it cannot agree with
/// themselves, but can take it back.
pub fn decide_error(error: Option<&InError>, who: StaffId, agrees: bool) -> Result<(), &'static str> {
    match error {
        None => Err("Nobody called this entered in error."),
        Some(error) if error.agreed.is_some() => {
            Err("A second person has agreed already. That cannot change.")
        }
        Some(error) if agrees && error.said.by == who => {
            Err("You called it entered in error, so somebody else has to agree.")
        }
        Some(_) => Ok(()),
    }
}

/// The life as a person may see it. That a note was returned is between its author and who co-signs: everybody else sees
/// that it waits for a co-signature.
#[must_use]
pub fn as_seen(life: &Life, is_between_them: bool) -> Life {
    let mut seen = life.clone();
    if !is_between_them {
        seen.returned.clear();
        if seen.state == LifeState::Returned {
            seen.state = LifeState::AwaitsCosign;
        }
    }
    seen
}

/// Its state, in a few words, for a list; empty = signed, and that is all there is to say.
pub fn mark(life: &Life) -> &'static str {
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
