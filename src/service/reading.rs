//! Reading a signed note: its text with what was added to it, its earlier versions, what became of it, and whether every
//! signature holds.
//!
//! Owns what of that a person gets to see. The reading is recorded before its content leaves.

use super::api::{Addendum, CoSigned, NoteMay, NoteView, RemarkView, Version};
use super::chart::{addenda_of, signed_note};
use super::desk::Desk;
use super::fault::Fault;
use super::seat::Opened;
use super::unit::Unit;
use crate::domain::{
    Act, ClientId, CoSignature, LifeState, NoteHead, NoteLife, Number, Remark, Signature, StaffId,
};
use crate::rules::access::Capability;
use crate::rules::note_life::{self, as_seen, decide_error, no_amendment, no_error};
use crate::store::{Kind, cosign_text, signing_hash, verify_strict};

/// Reads a signed note.
pub(super) fn read(desk: &mut Desk, client: ClientId, number: Number) -> Result<NoteView, Fault> {
    let unit = permitted(desk, client, number)?;
    let (head, text, intact) = signed_note(desk, client, number)?;
    let all: Vec<NoteLife> =
        desk.books().list::<NoteLife>(client)?.into_iter().map(|kept| kept.value).collect();
    let earlier = note_life::versions(&all, number);
    let mut versions = Vec::new();
    for number in &earlier {
        let (head, text, intact) = signed_note(desk, client, *number)?;
        let signed = desk.clock.local(head.signature.at);
        versions.push(Version { head, text, signed, intact });
    }
    let hidden = head.addendum_to == 0 && find(&all, number).is_none_or(NoteLife::stands);
    let mut numbers = addenda_of(desk, client, number)?;
    for earlier in &earlier {
        numbers.extend(addenda_of(desk, client, *earlier)?);
    }
    numbers.sort_unstable();
    // What was added and does not stand is left out of a note that does.
    numbers.retain(|number| !hidden || find(&all, *number).is_none_or(NoteLife::stands));
    let mut addenda = Vec::new();
    for addendum in numbers {
        let (head, text, intact) = signed_note(desk, client, addendum)?;
        let signed = desk.clock.local(head.signature.at);
        addenda.push(Addendum { head, text, signed, intact });
    }
    desk.record(unit)?;
    desk.seat_mut()?.opened.insert(Opened::Note(client, number), 1);
    let heads: Vec<&NoteHead> = [&head]
        .into_iter()
        .chain(addenda.iter().map(|addendum| &addendum.head))
        .chain(versions.iter().map(|version| &version.head))
        .collect();
    let lives: Vec<NoteLife> =
        heads.iter().filter_map(|head| find(&all, head.number)).map(|life| seen(desk, life)).collect();
    let mut co_signed = Vec::new();
    for head in &heads {
        for one in find(&all, head.number).map(|life| life.co_signatures.as_slice()).unwrap_or_default() {
            co_signed.push(co_signed_by(desk, head, one)?);
        }
    }
    let signed = desk.clock.local(head.signature.at);
    let remarks = remarks(desk, client, head.signature.by, &heads)?;
    let may = may(desk, &all, &head)?;
    Ok(NoteView {
        head,
        text,
        signed,
        intact,
        addenda,
        lives,
        co_signed,
        versions,
        remarks,
        may,
        chart: None,
    })
}

/// Who may read the chart reads its notes; and everybody what they wrote themselves or are to co-sign, whosever the chart is
/// by now.
fn permitted(desk: &Desk, client: ClientId, number: Number) -> Result<Unit, Fault> {
    let denied = match desk.unit(Capability::ReadChart, Act::NoteRead, Some(client), number) {
        Ok(unit) => return Ok(unit),
        Err(fault) => fault,
    };
    let Some(head) = desk.books().get::<NoteHead>(client, number)? else { return Err(denied) };
    let author = head.value.signature.by;
    desk.note_unit(Capability::ReadNote, Act::NoteRead, client, author, number).map_err(|_| denied)
}

fn find(lives: &[NoteLife], number: Number) -> Option<&NoteLife> {
    lives.iter().find(|life| life.number == number)
}

/// A life as the person who sits here may see it.
pub(super) fn seen(desk: &Desk, life: &NoteLife) -> NoteLife {
    as_seen(life, desk.is_between_them(life.client, life.author))
}

/// A co-signature as it is shown: it holds if it is one of a known key, over the very text.
fn co_signed_by(desk: &Desk, head: &NoteHead, one: &CoSignature) -> Result<CoSigned, Fault> {
    let known = desk.books().is_signing_key(one.signature.by, &one.signature.key)?;
    Ok(CoSigned {
        number: head.number,
        name: one.signature.name.clone(),
        at: desk.clock.local(one.signature.at),
        holds: known && cosign_verifies(head.client, head.number, &head.signature, one),
    })
}

/// Whether a co-signature is one over the text this signature is under. Whose key it is, is another question.
pub(super) fn cosign_verifies(
    client: ClientId,
    number: Number,
    author: &Signature,
    cosign: &CoSignature,
) -> bool {
    let hash = signing_hash(Kind::NoteLife, client, number, &cosign.frozen);
    let names_the_text = cosign_text(&cosign.frozen).is_ok_and(|text| text.note_hash == author.hash);
    names_the_text
        && hash == cosign.signature.hash
        && verify_strict(&cosign.signature.key, &hash, &cosign.signature.proof)
}

/// What was said between co-signer and author, for those two alone.
fn remarks(
    desk: &Desk,
    client: ClientId,
    author: StaffId,
    heads: &[&NoteHead],
) -> Result<Vec<RemarkView>, Fault> {
    if !desk.is_between_them(client, author) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for kept in desk.books().list::<Remark>(client)? {
        let remark = kept.value;
        if heads.iter().any(|head| head.number == remark.note) {
            let at = desk.clock.local(remark.at);
            found.push(RemarkView { remark, at });
        }
    }
    found.sort_by_key(|view| view.remark.number);
    Ok(found)
}

/// What this person may do with the note now.
fn may(desk: &Desk, lives: &[NoteLife], head: &NoteHead) -> Result<NoteMay, Fault> {
    let (client, number, author) = (head.client, head.number, head.signature.by);
    let me = desk.staff()?.id;
    let life = find(lives, number);
    let error = life.and_then(|life| life.error.as_ref());
    let own_word = error.is_some_and(|error| error.by == me);
    let document = note_life::newest(lives, if head.addendum_to > 0 { head.addendum_to } else { number });
    let waits = note_life::parts(lives, document).any(|life| {
        life.state == LifeState::AwaitsCosign
            && !life.is_doubted()
            && desk.may_note(Capability::CoSign, client, life.author)
    });
    let allowed = |capability| desk.may_note(capability, client, author);
    Ok(NoteMay {
        co_sign: waits && document == number,
        amend: no_amendment(life).is_none() && allowed(Capability::AmendNote),
        call_in_error: no_error(life).is_none() && allowed(Capability::CallInError),
        agree_in_error: decide_error(error, me, true).is_ok() && allowed(Capability::AgreeInError),
        decline_in_error: decide_error(error, me, false).is_ok()
            && allowed(if own_word { Capability::CallInError } else { Capability::AgreeInError }),
    })
}
