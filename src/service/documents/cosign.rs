//! Co-signing a document, and returning it to its author with a comment.

use super::super::api::Answer;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::groups;
use super::super::seat::Opened;
use super::entries::Lives;
use super::read::{is_intact, text};
use super::{done, newest_of, permitted, whole};
use crate::domain::{Act, ClientId, LifeWhat, Number, Remark};
use crate::rules::access::Capability;
use crate::rules::doc_life::no_cosign;
use crate::store::DocHead;

/// What waits of a document for the person who sits here: its newest version, and the parts.
struct Waiting {
    newest: Number,
    parts: Vec<DocHead>,
}

/// Everything of the document that waits and that this person may co-sign; a fault that says why there is nothing.
fn waiting(desk: &Desk, client: ClientId, number: Number) -> Result<Waiting, Fault> {
    let asked = permitted(desk, Capability::CoSign, client, number)?;
    let all = whole(desk, &asked)?;
    let root = all.first().map_or(number, |(head, _)| head.number);
    let newest = newest_of(&all, root);
    let mine = |author| desk.may_doc(Capability::CoSign, client, author);
    let mut parts: Vec<DocHead> = all
        .iter()
        .filter(|(_, life)| no_cosign(life).is_none() && mine(life.author))
        .map(|(head, _)| head.clone())
        .collect();
    if parts.is_empty() {
        let of = all.iter().find(|(head, _)| head.number == newest);
        let why = of.and_then(|(_, life)| no_cosign(life));
        return Err(Fault::user(why.unwrap_or("Nothing in this document waits for your co-signature.")));
    }
    parts.sort_by_key(|head| head.number);
    Ok(Waiting { newest, parts })
}

/// Whether it can be co-signed: asked before the passphrase is.
pub(super) fn check(desk: &Desk, client: ClientId, number: Number) -> Result<(), Fault> {
    let found = waiting(desk, client, number)?;
    if desk.seat()?.opened.contains_key(&Opened::Document(client, found.newest)) {
        Ok(())
    } else {
        Err(Fault::user("Open it and read it before you co-sign it."))
    }
}

/// Co-signs everything of the document that waits. The passphrase was given.
pub(super) fn cosign(desk: &mut Desk, client: ClientId, number: Number) -> Result<(), Fault> {
    check(desk, client, number)?;
    let Waiting { parts, newest } = waiting(desk, client, number)?;
    let author = parts[0].signature.by;
    let mut unit = desk.doc_unit(Capability::CoSign, Act::DocumentCoSigned, client, author, newest)?;
    unit.set_count(parts.len() as u32);
    let mut lives = Lives::default();
    for head in &parts {
        if !is_intact(desk.books(), head, &text(desk.books(), head)?) {
            return Err(Fault::user(
                "The author's signature does not match the text, so this cannot be co-signed.",
            )
            .hint("Tell your admin. The command concord doctor says more."));
        }
        lives.add(desk, head, LifeWhat::CoSigned)?;
    }
    lives.put(&mut unit);
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
    let Waiting { parts, newest } = waiting(desk, client, number)?;
    if comment.trim().is_empty() {
        return Err(Fault::user("Write in a sentence what the author should do."));
    }
    groups::check_words(desk, client, newest, comment)?;
    let (at, me) = (desk.moment(), desk.staff()?.clone());
    let (author, name) = (parts[0].signature.by, parts[0].signature.name.clone());
    let remark = Remark {
        client,
        number: desk.books().next_number::<Remark>(client)?,
        doc: newest,
        by: me.id,
        by_name: me.signature_name(),
        at,
        text: comment.trim().to_owned(),
    };
    let mut unit = desk.doc_unit(Capability::CoSign, Act::DocumentReturned, client, author, newest)?;
    unit.put(&remark, client, remark.number, 0);
    let mut lives = Lives::default();
    for head in &parts {
        lives.add(desk, head, LifeWhat::Returned { remark: remark.number })?;
    }
    lives.put(&mut unit);
    desk.commit(unit)?;
    done(desk, client, &format!("Returned to {name} with your comment."))
}
