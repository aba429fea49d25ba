//! "Entered in error": one person says so with a reason, a second one agrees or does not. The note is kept either way.

use super::super::api::{Answer, Kept};
use super::super::chart::addenda_of;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::session_notes;
use super::super::signing::put_life;
use super::{done, head};
use crate::domain::{Act, Agreed, ClientId, InError, NoteHead, NoteLife, Number, SessionNote};
use crate::rules::access::Capability;
use crate::rules::note_life::{decide_error, no_error};

/// The head of the note, once it is sure that this person may do this to it.
fn permitted(
    desk: &Desk,
    capability: Capability,
    client: ClientId,
    number: Number,
) -> Result<NoteHead, Fault> {
    let head = head(desk, client, number);
    match head.as_ref().ok().map(|head| head.signature.by) {
        Some(author) => desk.note_permit(capability, client, author).map(drop)?,
        None => desk.permit(Capability::ReadChart, Some(client)).map(drop)?,
    }
    head
}

/// Says that a note was entered in error.
pub(super) fn call(desk: &mut Desk, client: ClientId, number: Number, reason: &str) -> Result<Answer, Fault> {
    let head = permitted(desk, Capability::CallInError, client, number)?;
    let mut life = desk.life_of(&head)?;
    if let Some(why) = no_error(Some(&life.value)) {
        return Err(Fault::user(why));
    }
    if reason.trim().is_empty() {
        return Err(Fault::user("\"Entered in error\" needs a reason."));
    }
    let me = desk.staff()?;
    life.value.error = Some(InError {
        by: me.id,
        by_name: me.signature_name(),
        at: desk.moment(),
        reason: reason.trim().to_owned(),
        agreed: None,
    });
    let (act, author) = (Act::ErrorReported, head.signature.by);
    let mut unit = desk.note_unit(Capability::CallInError, act, client, author, number)?;
    put_life(&mut unit, &life);
    desk.commit(unit)?;
    done(
        desk,
        client,
        "Called entered in error. A second person decides; until then the note stays where it is.",
    )
}

/// Which permission deciding needs: whoever said it may always take it back.
fn capability(desk: &Desk, life: &NoteLife, agrees: bool) -> Result<Capability, Fault> {
    let me = desk.staff()?.id;
    let own = life.error.as_ref().is_some_and(|error| error.by == me);
    Ok(if own && !agrees { Capability::CallInError } else { Capability::AgreeInError })
}

/// Whether this person can decide: asked before the passphrase is.
pub(super) fn check(
    desk: &Desk,
    client: ClientId,
    number: Number,
    agrees: bool,
) -> Result<(NoteHead, Kept<NoteLife>), Fault> {
    let found = head(desk, client, number);
    let Ok(head) = found else {
        desk.permit(Capability::ReadChart, Some(client))?;
        return Err(found.err().unwrap_or_else(|| Fault::internal("a head is there or it is not")));
    };
    let life = desk.life_of(&head)?;
    let capability = capability(desk, &life.value, agrees)?;
    desk.note_permit(capability, client, head.signature.by)?;
    decide_error(life.value.error.as_ref(), desk.staff()?.id, agrees).map_err(Fault::user)?;
    Ok((head, life))
}

/// Agrees as the second person: from now on the note, and what was added to it, is hidden from the usual view. Kept.
pub(super) fn agree(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let (head, mut life) = check(desk, client, number, true)?;
    let me = desk.staff()?;
    let agreed = Agreed { by: me.id, by_name: me.signature_name(), at: desk.moment() };
    if let Some(error) = &mut life.value.error {
        error.agreed = Some(agreed);
    }
    let error = life.value.error.clone();
    let (act, author) = (Act::ErrorConfirmed, head.signature.by);
    let mut unit = desk.note_unit(Capability::AgreeInError, act, client, author, number)?;
    put_life(&mut unit, &life);
    for addendum in addenda_of(desk, client, number)? {
        let mut added = desk.life_of(&super::head(desk, client, addendum)?)?;
        if !added.value.is_in_error() {
            added.value.error.clone_from(&error);
            put_life(&mut unit, &added);
        }
    }
    session_notes::note_gone(desk, &mut unit, client, &SessionNote::Signed(number))?;
    desk.commit(unit)?;
    done(
        desk,
        client,
        "Entered in error. It is kept, and the list can show it again; a session it was for is owed its note.",
    )
}

/// It does not hold, or is taken back.
pub(super) fn decline(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let (head, mut life) = check(desk, client, number, false)?;
    let capability = capability(desk, &life.value, false)?;
    life.value.error = None;
    let author = head.signature.by;
    let mut unit = desk.note_unit(capability, Act::ErrorDeclined, client, author, number)?;
    put_life(&mut unit, &life);
    desk.commit(unit)?;
    done(desk, client, "The note stands as it was signed.")
}
