//! Amending: a new version of one's own signed document, which takes the place of the version that counts.

use super::super::api::{Answer, DraftBody};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::{discharge, draft, kind, life, permitted, read, safety, text};
use crate::domain::{Assessment, ClientId, NoteDraft, Number, OwnFacts, Review};
use crate::rules::access::Capability;
use crate::rules::doc_life::no_amendment;

const NO_AMENDMENT: &str = "A version of the plan is not amended. Change the plan and sign its next version.";

/// Begins an amended version, or takes up the one begun already: a new draft with the document as it was signed. The signed
/// one is read for that, and so is recorded like any reading.
pub(super) fn amend(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    reason: &str,
) -> Result<Answer, Fault> {
    let head = permitted(desk, Capability::AmendDocument, client, number)?;
    if head.plan().is_some() {
        return Err(Fault::user(NO_AMENDMENT));
    }
    if let Some(why) = no_amendment(&life(desk, &head)?) {
        return Err(Fault::user(why));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::user("Write the reason for the amendment. It becomes part of the record."));
    }
    for begun in desk.books().drafts(client)? {
        let draft = desk.books().draft(client, begun.number)?;
        if draft.is_some_and(|draft| kind::of(&draft.body).amends() == number) {
            return draft::open(desk, client, begun.number);
        }
    }
    let view = read::read(desk, client, number)?;
    if !view.part.intact {
        return Err(Fault::user("The signature does not match the text, so this cannot be amended.")
            .hint("Tell your admin. The command concord doctor says more."));
    }
    let body = match (head.facts().own.clone(), view.note) {
        (OwnFacts::Note(own), Some(text)) => DraftBody::Note(NoteDraft {
            reason: reason.to_owned(),
            ..NoteDraft::amending(number, *text, own.lines)
        }),
        (OwnFacts::Assessment(own), _) => {
            DraftBody::Assessment(Assessment { number: 0, amends: number, reason: reason.to_owned(), ..own })
        }
        (OwnFacts::Review(_), _) => DraftBody::Review(Box::new(again(desk, client, number, reason)?)),
        (OwnFacts::Discharge(_), _) => {
            DraftBody::Discharge(Box::new(discharge::again(desk, client, number, reason)?))
        }
        (OwnFacts::Safety(_), _) => DraftBody::Safety(Box::new(safety::again(desk, client, number, reason)?)),
        (OwnFacts::Plan(_), _) => return Err(Fault::internal("a version of a plan is not amended")),
        (OwnFacts::Note(_), None) => return Err(Fault::internal("a note has a text")),
    };
    draft::begin_own(desk, client, head.signature.by, body)
}

/// A review to be amended: its answers, beside what was known when it was signed.
fn again(desk: &Desk, client: ClientId, number: Number, reason: &str) -> Result<Review, Fault> {
    let text = text(desk, client, number)?.review()?;
    let known = Some(Box::new(text.known));
    Ok(Review { amends: number, reason: reason.to_owned(), known, ..text.review })
}
