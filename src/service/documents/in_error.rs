//! "Entered in error": one person says so with a reason, a second one agrees or does not. The document is kept either way.

use super::super::api::Answer;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::groups;
use super::entries::Lives;
use super::{discharge, done, head, life, permitted, sessions, whole};
use crate::domain::{Act, ClientId, Life, LifeWhat, Number, SessionNote};
use crate::rules::access::Capability;
use crate::rules::doc_life::{decide_error, no_error};
use crate::store::DocHead;

/// Says that a document was entered in error.
pub(super) fn call(desk: &mut Desk, client: ClientId, number: Number, reason: &str) -> Result<Answer, Fault> {
    let head = permitted(desk, Capability::CallInError, client, number)?;
    if let Some(why) = no_error(&life(desk, &head)?) {
        return Err(Fault::user(why));
    }
    discharge::can_reopen(desk, &head)?;
    if reason.trim().is_empty() {
        return Err(Fault::user("Write why this was entered in error."));
    }
    groups::check_words(desk, client, number, reason)?;
    let (act, author) = (Act::ErrorReported, head.signature.by);
    let mut unit = desk.doc_unit(Capability::CallInError, act, client, author, number)?;
    let mut lives = Lives::default();
    lives.add(desk, &head, LifeWhat::CalledInError { reason: reason.trim().to_owned() })?;
    lives.put(&mut unit);
    desk.commit(unit)?;
    done(
        desk,
        client,
        "You called this entered in error. A second person decides. Until then it stays where it is.",
    )
}

/// Which permission deciding needs: whoever said it may always take it back.
fn capability(desk: &Desk, life: &Life, agrees: bool) -> Result<Capability, Fault> {
    let me = desk.staff()?.id;
    let own = life.error.as_ref().is_some_and(|error| error.said.by == me);
    Ok(if own && !agrees { Capability::CallInError } else { Capability::AgreeInError })
}

/// Whether this person can decide: asked before the passphrase is.
pub(super) fn check(
    desk: &Desk,
    client: ClientId,
    number: Number,
    agrees: bool,
) -> Result<(DocHead, Life), Fault> {
    let found = head(desk, client, number);
    let Ok(head) = found else {
        desk.permit(Capability::ReadChart, Some(client))?;
        return Err(found.err().unwrap_or_else(|| Fault::internal("a head is there or it is not")));
    };
    let life = life(desk, &head)?;
    desk.doc_permit(capability(desk, &life, agrees)?, client, head.signature.by)?;
    decide_error(life.error.as_ref(), desk.staff()?.id, agrees).map_err(Fault::user)?;
    if agrees {
        discharge::can_reopen(desk, &head)?;
    }
    Ok((head, life))
}

/// Agrees as the second person: from now on the document, and what was added to it, is hidden from the usual view. It is
/// kept.
pub(super) fn agree(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let (head, life) = check(desk, client, number, true)?;
    let Some(error) = life.error else { return Err(Fault::internal("nobody called it entered in error")) };
    let (act, author) = (Act::ErrorConfirmed, head.signature.by);
    let mut unit = desk.doc_unit(Capability::AgreeInError, act, client, author, number)?;
    let agreed = LifeWhat::AgreedInError { said: error.said };
    let mut lives = Lives::default();
    lives.add(desk, &head, agreed.clone())?;
    for (part, of_part) in whole(desk, &head)? {
        if part.facts().adds_to == number && !of_part.is_in_error() {
            lives.add(desk, &part, agreed.clone())?;
        }
    }
    lives.put(&mut unit);
    if discharge::reopen(desk, &mut unit, &head)? {
        unit.also(
            desk.doc_permit(Capability::AgreeInError, client, author)?,
            Act::EpisodeReopened,
            head.facts().episode,
        );
    }
    let was_of_a_session = sessions::note_gone(desk, &mut unit, client, &SessionNote::Signed(number))?;
    desk.commit(unit)?;
    let owed = if was_of_a_session { " The session needs a note again." } else { "" };
    done(
        desk,
        client,
        &format!("This was entered in error. It is kept, and the list of notes can show it.{owed}"),
    )
}

/// It does not hold, or is taken back.
pub(super) fn decline(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let (head, life) = check(desk, client, number, false)?;
    let author = head.signature.by;
    let capability = capability(desk, &life, false)?;
    let mut unit = desk.doc_unit(capability, Act::ErrorDeclined, client, author, number)?;
    let mut lives = Lives::default();
    lives.add(desk, &head, LifeWhat::NotInError)?;
    lives.put(&mut unit);
    desk.commit(unit)?;
    done(desk, client, "It stays in the record as it was signed.")
}
