//! Documents: drafts, signing, reading, and what becomes of them after their signing.
//!
//! Owns one life for whatever is drafted and signed. What differs between kinds of document is in [`kind`]; everything else
//! here knows none of them. Nothing here writes a head or a text that is signed: what follows a signing is an entry in the
//! document's life, signed by who makes it, and an amended version is a document of its own.

mod amend;
mod cosign;
pub(super) mod discharge;
pub(super) mod draft;
pub(super) mod entries;
mod find;
mod in_error;
pub(super) mod kind;
mod likely;
mod moving;
pub(super) mod read;
mod review;
pub(super) mod safety;
pub(super) mod sessions;
mod several;
pub(super) mod sign;
pub(super) mod versions;

use super::api::{Answer, DocAsk, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::permit::Permit;
use super::unit::Unit;
use super::{chart, door};
use crate::domain::{Act, ClientId, DocKind, Life, NoteText, Number, StaffId};
use crate::rules::access::{Capability, Relation, draft_relation, may};
use crate::rules::doc_life::{Signed, newest, reckon};
use crate::store::{DocHead, DocLife, DocText};

/// The text of a signed note; `None` if the document is of another kind.
pub(super) fn note_of(desk: &Desk, client: ClientId, number: Number) -> Result<Option<NoteText>, Fault> {
    if DocKind::of(number) != Some(DocKind::Note) {
        return Ok(None);
    }
    let head = head(desk, client, number)?;
    Ok(Some(read::text(desk.books(), &head)?.note()?))
}

/// Routes what concerns documents.
pub(super) fn handle(desk: &mut Desk, ask: DocAsk) -> Result<Answer, Fault> {
    match ask {
        DocAsk::NewNote { client, format, addendum_to } => {
            sessions::new_note(desk, client, &format, addendum_to)
        }
        DocAsk::NoteOf { client, session } => sessions::note_of(desk, client, session),
        DocAsk::NewAssessment { client } => draft::new_assessment(desk, client),
        DocAsk::NewReview { client } => review::begin(desk, client),
        DocAsk::NewDischarge { client } => discharge::begin(desk, client),
        DocAsk::NewSafety { client } => safety::begin(desk, client),
        DocAsk::Open { client, number } => draft::open(desk, client, number),
        DocAsk::Save(save) => draft::autosave(desk, &save),
        DocAsk::Keep { save, why } => versions::ask_keep(desk, &save, why),
        DocAsk::Versions { client, number } => versions::list(desk, client, number),
        DocAsk::Leave(save) => draft::leave(desk, &save),
        DocAsk::Drop { client, number } => draft::drop_empty(desk, client, number),
        DocAsk::Delete { client, number } => draft::delete(desk, client, number, "The draft is deleted."),
        DocAsk::Sign { save, passphrase } => sign::sign(desk, &save, &passphrase),
        DocAsk::Find { client, words } => find::find(desk, client, words),
        DocAsk::Read { client, number } => Ok(Answer::Document(Box::new(read::read(desk, client, number)?))),
        DocAsk::TakeUp { client, number } => take_up(desk, client, number),
        DocAsk::CoSign { client, number, passphrase } => {
            cosign::check(desk, client, number)?;
            door::check_again(desk, &passphrase)?;
            cosign::cosign(desk, client, number)?;
            done(desk, client, "Co-signed.")
        }
        DocAsk::Return { client, number, comment } => cosign::give_back(desk, client, number, &comment),
        DocAsk::CallInError { client, number, reason } => in_error::call(desk, client, number, &reason),
        DocAsk::AgreeInError { client, number, passphrase } => {
            in_error::check(desk, client, number, true)?;
            door::check_again(desk, &passphrase)?;
            in_error::agree(desk, client, number)
        }
        DocAsk::DeclineInError { client, number } => in_error::decline(desk, client, number),
        DocAsk::Amend { client, number, reason } => amend::amend(desk, client, number, &reason),
        DocAsk::MoveDraft { client, number, to } => moving::move_draft(desk, client, number, to),
        DocAsk::SignSeveral { items, passphrase } => several::sign(desk, &items, &passphrase),
    }
}

impl Desk {
    /// How the person who sits here stands to a signed document. An author without a supervisor who could act has every
    /// supervisor who works in that chart.
    fn doc_relation(&self, client: ClientId, author: StaffId) -> Result<Relation, Fault> {
        let seat = self.seat()?;
        let me = seat.staff.value.id;
        let supervisor = match self.answers_for(author) {
            None if author != me && self.permit(Capability::WriteChart, Some(client)).is_ok() => Some(me),
            known => known,
        };
        Ok(draft_relation(me, author, supervisor))
    }

    /// Permission for what is decided by whose document it is. What is nobody's of theirs needs the chart as well.
    fn doc_permit(&self, capability: Capability, client: ClientId, author: StaffId) -> Result<Permit, Fault> {
        let relation = self.doc_relation(client, author)?;
        if relation == Relation::OthersDraft {
            self.permit(Capability::ReadChart, Some(client))?;
        }
        Permit::ask(self.staff()?, capability, Some(client), relation)
    }

    /// Whether it would be permitted.
    fn may_doc(&self, capability: Capability, client: ClientId, author: StaffId) -> bool {
        self.doc_permit(capability, client, author).is_ok()
    }

    /// A unit about a signed document that is there.
    fn doc_unit(
        &self,
        capability: Capability,
        act: Act,
        client: ClientId,
        author: StaffId,
        number: Number,
    ) -> Result<Unit, Fault> {
        let permit = self.doc_permit(capability, client, author)?;
        Ok(self.books().unit(permit, self.event(act, Some(client), number), self.ids.fresh()))
    }

    /// That a document was returned is between its author and whoever may co-sign it.
    fn is_between_them(&self, client: ClientId, author: StaffId) -> bool {
        let Ok(seat) = self.seat() else { return false };
        let relation = self.doc_relation(client, author);
        seat.staff.value.id == author
            || relation.is_ok_and(|relation| may(&seat.staff.value.roles, Capability::CoSign, relation))
    }
}

/// The frozen text of a signed document.
pub(super) fn text(desk: &Desk, client: ClientId, number: Number) -> Result<DocText, Fault> {
    let text = desk.books().get::<DocText>(client, number)?;
    Ok(text.ok_or_else(|| Fault::mismatch("a part of a signed document is missing"))?.value)
}

/// The head of a signed document, or a plain sentence.
fn head(desk: &Desk, client: ClientId, number: Number) -> Result<DocHead, Fault> {
    let found = desk.books().get::<DocHead>(client, number)?;
    found.map(|kept| kept.value).ok_or_else(|| {
        let kind = DocKind::of(number).map_or("document", DocKind::word);
        Fault::user(format!("This {kind} is not in the chart."))
    })
}

/// The head of a document that a person may do this to. A refusal comes before any word on what is in the chart.
fn permitted(
    desk: &Desk,
    capability: Capability,
    client: ClientId,
    number: Number,
) -> Result<DocHead, Fault> {
    let head = head(desk, client, number);
    match head.as_ref().ok().map(|head| head.signature.by) {
        Some(author) => desk.doc_permit(capability, client, author).map(drop)?,
        None => desk.permit(Capability::ReadChart, Some(client)).map(drop)?,
    }
    head
}

/// The head of a signed document that counts.
pub(super) fn standing(desk: &Desk, client: ClientId, number: Number) -> Result<DocHead, Fault> {
    let head = head(desk, client, number)?;
    if life(desk, &head)?.stands() {
        return Ok(head);
    }
    let kind = DocKind::of(number).map_or("document", DocKind::word);
    Err(Fault::user(format!("This {kind} does not count any more, so nobody's answer to it is recorded.")))
}

/// The entries in a document's life; none stored yet if there are none.
fn entries_of(desk: &Desk, client: ClientId, number: Number) -> Result<Kept<DocLife>, Fault> {
    let found = desk.books().get::<DocLife>(client, number)?;
    let none = || Kept { rev: 0, value: DocLife { client, number, entries: Vec::new() } };
    Ok(found.unwrap_or_else(none))
}

/// Where a document is.
pub(super) fn life_of(head: &DocHead, entries: &DocLife) -> Result<Life, Fault> {
    let (author, at) = (head.signature.by, head.signature.at);
    let signed = Signed { client: head.client, number: head.number, facts: head.facts(), author, at };
    Ok(reckon(&signed, &entries.texts()?))
}

fn life(desk: &Desk, head: &DocHead) -> Result<Life, Fault> {
    life_of(head, &entries_of(desk, head.client, head.number)?.value)
}

/// Every part of the document that this is a part of: its versions, the first one first, each with what was added to it.
fn whole(desk: &Desk, of: &DocHead) -> Result<Vec<Part>, Fault> {
    let read = |number| {
        let head = head(desk, of.client, number)?;
        Ok((head, entries_of(desk, of.client, number)?.value))
    };
    parts_of(life(desk, of)?.root, &read)
}

/// A part of a document: its head, and where it is.
pub(super) type Part = (DocHead, Life);

/// Follows a document from its first version on: to every later version, and to what was added to each.
pub(super) fn parts_of(
    root: Number,
    read: &dyn Fn(Number) -> Result<(DocHead, DocLife), Fault>,
) -> Result<Vec<Part>, Fault> {
    let mut parts: Vec<Part> = Vec::new();
    let mut next = vec![root];
    while let Some(number) = next.pop() {
        if number == 0 || parts.iter().any(|(part, _)| part.number == number) {
            continue;
        }
        let (head, entries) = read(number)?;
        let life = life_of(&head, &entries)?;
        next.push(life.superseded_by);
        next.extend(life.addenda.iter().rev());
        parts.push((head, life));
    }
    parts.sort_by_key(|(head, _)| head.number);
    Ok(parts)
}

/// The newest version of a document, among its parts.
fn newest_of(parts: &[Part], number: Number) -> Number {
    let lives: Vec<Life> = parts.iter().map(|(_, life)| life.clone()).collect();
    newest(&lives, number)
}

fn done(desk: &mut Desk, client: ClientId, said: &str) -> Result<Answer, Fault> {
    desk.seat_mut()?.forget_steps(client);
    desk.done_for_good(client, said.to_owned())
}

/// Reads the newest version of a document, with the chart as far as this person may see it.
fn take_up(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let number = match head(desk, client, number) {
        Ok(head) => newest_of(&whole(desk, &head)?, number),
        Err(_) => number,
    };
    let mut doc = read::read(desk, client, number)?;
    doc.chart = Some(Box::new(chart::view(desk, client)?));
    Ok(Answer::Document(Box::new(doc)))
}
