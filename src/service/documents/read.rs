//! Reading a signed document: what it says, what was added to it, its earlier versions, what became of it, and whether every
//! signature holds.
//!
//! Owns what of that a person gets to see. The reading is recorded before its content leaves.

use super::super::api::{CoSigned, DocMay, DocPart, DocView, RemarkView};
use super::super::books::Books;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::seat::Opened;
use super::super::unit::Unit;
use super::kind::{content_of, times_of, words_of};
use super::{head, life_of, newest_of, whole};
use crate::domain::{
    Act, ClientId, DocKind, Life, LifeEntry, LifeState, LifeText, LifeWhat, Number, Remark, StaffId,
};
use crate::rules::access::Capability;
use crate::rules::doc_life::{as_seen, decide_error, no_amendment, no_error};
use crate::store::{DocHead, DocLife, DocText, entry_hash, signing_hash, verify_strict};

/// Reads a signed document.
pub(in crate::service) fn read(desk: &mut Desk, client: ClientId, number: Number) -> Result<DocView, Fault> {
    let unit = permitted(desk, client, number)?;
    let asked = head(desk, client, number)?;
    let parts = whole(desk, &asked)?;
    let this = find(&parts, number)?;
    let versions = earlier(&parts, number);
    let addenda = addenda(&parts, &versions, this);
    let mut view = DocView {
        part: part(desk, &this.0)?,
        addenda: addenda.iter().map(|(head, _)| part(desk, head)).collect::<Result<_, _>>()?,
        versions: versions.iter().map(|(head, _)| part(desk, head)).collect::<Result<_, _>>()?,
        lives: Vec::new(),
        lives_hold: true,
        co_signed: Vec::new(),
        remarks: Vec::new(),
        may: may(desk, &parts, this)?,
        note: None,
        chart: None,
    };
    if this.0.note().is_some() {
        view.note = Some(Box::new(text(desk.books(), &this.0)?.note()?));
    }
    let shown: Vec<&(DocHead, Life)> = [this].into_iter().chain(addenda).chain(versions).collect();
    for (head, life) in &shown {
        view.lives.push(as_seen(life, desk.is_between_them(client, life.author)));
        let entries = super::entries_of(desk, client, head.number)?.value;
        let holds = intact_entries(desk.books(), head, &entries)?;
        view.lives_hold &= holds.iter().all(|holds| *holds);
        view.co_signed.extend(co_signed(desk, head, &entries, &holds)?);
    }
    let numbers: Vec<Number> = shown.iter().map(|(head, _)| head.number).collect();
    view.remarks = remarks(desk, client, this.1.author, &numbers)?;
    desk.record(unit)?;
    desk.seat_mut()?.opened.insert(Opened::Document(client, number), 1);
    Ok(view)
}

/// Who may read the chart reads its documents; and everybody what they wrote themselves or are to co-sign, whosever the
/// chart is by now.
fn permitted(desk: &Desk, client: ClientId, number: Number) -> Result<Unit, Fault> {
    let denied = match desk.unit(Capability::ReadChart, Act::DocumentRead, Some(client), number) {
        Ok(unit) => return Ok(unit),
        Err(fault) => fault,
    };
    let Some(head) = desk.books().get::<DocHead>(client, number)? else { return Err(denied) };
    let author = head.value.signature.by;
    desk.doc_unit(Capability::ReadDocument, Act::DocumentRead, client, author, number).map_err(|_| denied)
}

fn find(parts: &[(DocHead, Life)], number: Number) -> Result<&(DocHead, Life), Fault> {
    let found = parts.iter().find(|(head, _)| head.number == number);
    found.ok_or_else(|| Fault::mismatch("parts of this document differ"))
}

/// The earlier versions of a document, newest first.
fn earlier(parts: &[(DocHead, Life)], number: Number) -> Vec<&(DocHead, Life)> {
    let mut found: Vec<&(DocHead, Life)> = Vec::new();
    let mut at = number;
    while let Some(before) = parts.iter().find(|(head, life)| {
        life.superseded_by == at && found.iter().all(|(known, _)| known.number != head.number)
    }) {
        found.push(before);
        at = before.0.number;
    }
    found
}

/// What was added to a document or to its earlier versions, oldest first. What was added and does not count is left out of
/// a document that does.
fn addenda<'a>(
    parts: &'a [(DocHead, Life)],
    versions: &[&(DocHead, Life)],
    this: &(DocHead, Life),
) -> Vec<&'a (DocHead, Life)> {
    let of: Vec<Number> =
        [this.0.number].into_iter().chain(versions.iter().map(|(head, _)| head.number)).collect();
    let hides = this.0.facts().adds_to == 0 && this.1.stands();
    let mut found: Vec<&(DocHead, Life)> = parts
        .iter()
        .filter(|(head, life)| of.contains(&head.facts().adds_to) && (!hides || life.stands()))
        .filter(|(head, _)| head.number != this.0.number)
        .collect();
    found.sort_by_key(|(head, _)| head.number);
    found
}

/// The text of a signed document; an empty one if there is none.
pub(in crate::service) fn text(books: &Books, head: &DocHead) -> Result<DocText, Fault> {
    let found = books.get::<DocText>(head.client, head.number)?;
    Ok(found.map(|kept| kept.value).unwrap_or_default())
}

/// Whether what was signed is what is stored, by a key of its author.
pub(in crate::service) fn is_intact(books: &Books, head: &DocHead, text: &DocText) -> bool {
    let signature = &head.signature;
    let hash = signing_hash(&books.store_id(), head.client, head.number, head.frozen(), text.bytes());
    // The moment is among what was signed, so that nobody brings a signature into the time of its key.
    let known = head.facts().signed_at == signature.at
        && books.is_signing_key(signature.by, &signature.key, signature.at);
    known && hash == signature.hash && verify_strict(&signature.key, &hash, &signature.proof)
}

/// Which entries of a document's life hold, in order: each over the very document and over the entry before, by a key of
/// the person it names.
pub(in crate::service) fn intact_entries(
    books: &Books,
    head: &DocHead,
    life: &DocLife,
) -> Result<Vec<bool>, Fault> {
    let mut holds = Vec::with_capacity(life.entries.len());
    let mut before = [0; 32];
    for (LifeEntry { frozen, signature }, text) in life.entries.iter().zip(life.texts()?) {
        let hash = entry_hash(&books.store_id(), head.client, head.number, frozen);
        let LifeText { of, before: named, by, at, .. } = text;
        let fits = of == head.signature.hash && named == before && (by, at) == (signature.by, signature.at);
        let signed = hash == signature.hash && verify_strict(&signature.key, &hash, &signature.proof);
        holds.push(fits && signed && books.is_signing_key(signature.by, &signature.key, signature.at));
        before = signature.hash;
    }
    Ok(holds)
}

fn part(desk: &Desk, head: &DocHead) -> Result<DocPart, Fault> {
    let text = text(desk.books(), head)?;
    let facts = head.facts();
    Ok(DocPart {
        client: head.client,
        number: head.number,
        kind: DocKind::of(head.number).unwrap_or_default(),
        adds_to: facts.adds_to,
        amends: facts.amends,
        reason: facts.reason.clone(),
        on: facts.on,
        times: times_of(head),
        late: facts.late,
        by: head.signature.name.clone(),
        content: content_of(head, &text, desk)?,
        words: words_of(head),
        signed: desk.clock.local(head.signature.at),
        intact: is_intact(desk.books(), head, &text),
    })
}

/// The co-signatures under a document, and whether each holds.
fn co_signed(desk: &Desk, head: &DocHead, entries: &DocLife, holds: &[bool]) -> Result<Vec<CoSigned>, Fault> {
    let mut found = Vec::new();
    for (text, &holds) in entries.texts()?.into_iter().zip(holds) {
        if text.what == LifeWhat::CoSigned {
            let at = desk.clock.local(text.at);
            found.push(CoSigned { number: head.number, name: text.by_name, at, holds });
        }
    }
    Ok(found)
}

/// A life as the person who sits here may see it.
pub(in crate::service) fn seen(desk: &Desk, head: &DocHead, entries: &DocLife) -> Result<Life, Fault> {
    let life = life_of(head, entries)?;
    Ok(as_seen(&life, desk.is_between_them(life.client, life.author)))
}

/// What was said between co-signer and author, for those two alone.
pub(super) fn remarks(
    desk: &Desk,
    client: ClientId,
    author: StaffId,
    numbers: &[Number],
) -> Result<Vec<RemarkView>, Fault> {
    if !desk.is_between_them(client, author) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for kept in desk.books().list::<Remark>(client)? {
        let remark = kept.value;
        if numbers.contains(&remark.doc) {
            let at = desk.clock.local(remark.at);
            found.push(RemarkView { remark, at });
        }
    }
    found.sort_by_key(|view| view.remark.number);
    Ok(found)
}

/// What this person may do with the document now.
fn may(desk: &Desk, parts: &[(DocHead, Life)], (head, life): &(DocHead, Life)) -> Result<DocMay, Fault> {
    let (client, number, author) = (head.client, head.number, head.signature.by);
    let me = desk.staff()?.id;
    let error = life.error.as_ref();
    let own_word = error.is_some_and(|error| error.said.by == me);
    let newest = newest_of(parts, life.root);
    let waits = parts.iter().any(|(_, life)| {
        life.state == LifeState::AwaitsCosign
            && life.stands()
            && !life.is_doubted()
            && desk.may_doc(Capability::CoSign, client, life.author)
    });
    let allowed = |capability| desk.may_doc(capability, client, author);
    Ok(DocMay {
        co_sign: waits && newest == number,
        amend: head.plan().is_none() && no_amendment(life).is_none() && allowed(Capability::AmendDocument),
        add: head.note().is_some() && desk.permit(Capability::WriteChart, Some(client)).is_ok(),
        call_in_error: no_error(life).is_none() && allowed(Capability::CallInError),
        agree_in_error: decide_error(error, me, true).is_ok() && allowed(Capability::AgreeInError),
        decline_in_error: decide_error(error, me, false).is_ok()
            && allowed(if own_word { Capability::CallInError } else { Capability::AgreeInError }),
    })
}
