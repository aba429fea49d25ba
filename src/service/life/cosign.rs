//! Co-signing a note, and returning it to its author with a comment.

use super::super::api::{Answer, Kept};
use super::super::chart::signed_note;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::seat::Opened;
use super::super::signing::{put_life, sign};
use super::{done, head};
use crate::domain::{
    Act, ClientId, CoSignText, CoSignature, LifeState, NoteHead, NoteLife, Number, Remark, Returned,
};
use crate::rules::access::Capability;
use crate::rules::note_life::{document, newest, no_cosign};
use crate::store::{Kind, cosign_payload, signing_hash};

/// What waits of a document for the person who sits here: lives with their heads.
struct Waiting {
    root: Number,
    parts: Vec<(NoteHead, Kept<NoteLife>)>,
}

/// Everything of the document that waits and that this person may co-sign; a fault that says why there is nothing.
fn waiting(desk: &Desk, client: ClientId, number: Number) -> Result<Waiting, Fault> {
    let asked = head(desk, client, number);
    let author = asked.as_ref().ok().map(|head| head.signature.by);
    // Permission first: a refusal must not tell what stands in the chart.
    match author {
        Some(author) => desk.note_permit(Capability::CoSign, client, author).map(drop)?,
        None => desk.permit(Capability::ReadChart, Some(client)).map(drop)?,
    }
    let asked = asked?;
    let lives = super::lives(desk, client)?;
    let root = newest(&lives, if asked.addendum_to > 0 { asked.addendum_to } else { number });
    let mut parts = Vec::new();
    for life in lives.iter().filter(|life| life.stands() && document(&lives, life) == root) {
        if no_cosign(Some(life)).is_none() && desk.may_note(Capability::CoSign, client, life.author) {
            let head = head(desk, client, life.number)?;
            let kept = desk.life_of(&head)?;
            parts.push((head, kept));
        }
    }
    if parts.is_empty() {
        let of = lives.iter().find(|life| life.number == root).or(lives.iter().find(|l| l.number == number));
        return Err(Fault::user(no_cosign(of).unwrap_or("Nothing of this note waits for you.")));
    }
    parts.sort_by_key(|(head, _)| head.number);
    Ok(Waiting { root, parts })
}

/// Whether it can be co-signed: asked before the passphrase is.
pub(super) fn check(desk: &Desk, client: ClientId, number: Number) -> Result<(), Fault> {
    let found = waiting(desk, client, number)?;
    if desk.seat()?.opened.contains_key(&Opened::Note(client, found.root)) {
        Ok(())
    } else {
        Err(Fault::user("Open the note and read it before you co-sign it."))
    }
}

/// Co-signs everything of the document that waits. The passphrase was given.
pub(super) fn cosign(desk: &mut Desk, client: ClientId, number: Number) -> Result<(), Fault> {
    check(desk, client, number)?;
    let Waiting { parts, root } = waiting(desk, client, number)?;
    let at = desk.moment();
    let author = parts[0].0.signature.by;
    let mut unit = desk.note_unit(Capability::CoSign, Act::NoteCoSigned, client, author, root)?;
    unit.set_count(parts.len() as u32);
    for (head, mut life) in parts {
        let (_, _, intact) = signed_note(desk, client, head.number)?;
        if !intact {
            return Err(Fault::user("The author's signature does not verify; this cannot be co-signed.")
                .hint("Tell an admin; concord doctor says more."));
        }
        let text = CoSignText {
            note_hash: head.signature.hash,
            author: head.signature.name.clone(),
            by: desk.staff()?.signature_name(),
            at,
        };
        let frozen = cosign_payload(&text)?;
        let hash = signing_hash(Kind::NoteLife, client, head.number, &frozen);
        life.value.co_signatures.push(CoSignature { frozen, signature: sign(desk, hash, at)? });
        life.value.state = LifeState::CoSigned;
        life.value.since = at;
        put_life(&mut unit, &life);
    }
    desk.commit(unit)?;
    desk.seat_mut()?.forget_steps(client);
    Ok(())
}

/// Returns everything of the document that waits, with one comment.
pub(super) fn give_back(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    comment: &str,
) -> Result<Answer, Fault> {
    let Waiting { parts, root } = waiting(desk, client, number)?;
    if comment.trim().is_empty() {
        return Err(Fault::user("Say in a sentence what the author should do."));
    }
    let (at, me) = (desk.moment(), desk.staff()?.clone());
    let (author, name) = (parts[0].0.signature.by, parts[0].0.signature.name.clone());
    let remark = Remark {
        client,
        number: desk.books().next_number::<Remark>(client)?,
        note: root,
        by: me.id,
        by_name: me.signature_name(),
        at,
        text: comment.trim().to_owned(),
    };
    let mut unit = desk.note_unit(Capability::CoSign, Act::NoteReturned, client, author, root)?;
    unit.put(&remark, client, remark.number, 0);
    for (_, mut life) in parts {
        let back = Returned { by: me.id, by_name: me.signature_name(), at, remark: remark.number };
        life.value.returned.push(back);
        life.value.state = LifeState::Returned;
        life.value.since = at;
        put_life(&mut unit, &life);
    }
    desk.commit(unit)?;
    done(desk, client, &format!("Returned to {name} with your comment."))
}
