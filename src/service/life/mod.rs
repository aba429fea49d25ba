//! What becomes of a note after its signing: co-signed, returned, amended, entered in error; several signed at once; a draft
//! moved to the chart it belongs in.
//!
//! Owns who may do it and what is written: lives and remarks, beside the notes. Nothing here writes a head or a text that is
//! signed; an amended version is a note of its own.

mod cosign;
mod in_error;
mod moving;
mod several;

use super::api::{Answer, ChartView, DraftBody, LifeAsk};
use super::desk::Desk;
use super::fault::Fault;
use super::permit::Permit;
use super::unit::Unit;
use super::{chart, door, drafts, reading};
use crate::domain::{Act, ClientId, NoteDraft, NoteHead, NoteLife, Number, StaffId};
use crate::rules::access::{Capability, Relation, draft_relation, may};
use crate::rules::note_life;

/// Routes what concerns the life of notes.
pub(super) fn handle(desk: &mut Desk, ask: LifeAsk) -> Result<Answer, Fault> {
    match ask {
        LifeAsk::TakeUp { client, number } => take_up(desk, client, number),
        LifeAsk::CoSign { client, number, passphrase } => {
            cosign::check(desk, client, number)?;
            door::check_again(desk, &passphrase)?;
            cosign::cosign(desk, client, number)?;
            done(desk, client, "Co-signed.")
        }
        LifeAsk::Return { client, number, comment } => cosign::give_back(desk, client, number, &comment),
        LifeAsk::CallInError { client, number, reason } => in_error::call(desk, client, number, &reason),
        LifeAsk::AgreeInError { client, number, passphrase } => {
            in_error::check(desk, client, number, true)?;
            door::check_again(desk, &passphrase)?;
            in_error::agree(desk, client, number)
        }
        LifeAsk::DeclineInError { client, number } => in_error::decline(desk, client, number),
        LifeAsk::Amend { client, number } => amend(desk, client, number),
        LifeAsk::MoveDraft { client, number, to } => moving::move_draft(desk, client, number, to),
        LifeAsk::SignSeveral { items, passphrase } => several::sign(desk, &items, &passphrase),
    }
}

impl Desk {
    /// How the person who sits here stands to a signed note. An author without a supervisor who could act has every
    /// supervisor who works in that chart.
    pub(super) fn note_relation(&self, client: ClientId, author: StaffId) -> Result<Relation, Fault> {
        let seat = self.seat()?;
        let me = seat.staff.value.id;
        let supervisor = match seat.active_supervisor_of(author) {
            None if author != me && self.permit(Capability::WriteChart, Some(client)).is_ok() => Some(me),
            known => known,
        };
        Ok(draft_relation(me, author, supervisor))
    }

    /// Permission for what is decided by whose note it is. What is nobody's of theirs needs the chart as well.
    pub(super) fn note_permit(
        &self,
        capability: Capability,
        client: ClientId,
        author: StaffId,
    ) -> Result<Permit, Fault> {
        let relation = self.note_relation(client, author)?;
        if relation == Relation::OthersDraft {
            self.permit(Capability::ReadChart, Some(client))?;
        }
        Permit::ask(self.staff()?, capability, Some(client), relation)
    }

    /// Whether it would be permitted.
    pub(super) fn may_note(&self, capability: Capability, client: ClientId, author: StaffId) -> bool {
        self.note_permit(capability, client, author).is_ok()
    }

    /// A unit about a signed note that is there.
    pub(super) fn note_unit(
        &self,
        capability: Capability,
        act: Act,
        client: ClientId,
        author: StaffId,
        number: Number,
    ) -> Result<Unit, Fault> {
        let permit = self.note_permit(capability, client, author)?;
        Ok(self.books().unit(permit, self.event(act, Some(client), number), self.ids.fresh()))
    }

    /// That a note was returned is between its author and whoever may co-sign it.
    pub(super) fn is_between_them(&self, client: ClientId, author: StaffId) -> bool {
        let Ok(seat) = self.seat() else { return false };
        let relation = self.note_relation(client, author);
        seat.staff.value.id == author
            || relation.is_ok_and(|relation| may(&seat.staff.value.roles, Capability::CoSign, relation))
    }
}

/// What became of a chart's notes.
fn lives(desk: &Desk, client: ClientId) -> Result<Vec<NoteLife>, Fault> {
    Ok(desk.books().list::<NoteLife>(client)?.into_iter().map(|kept| kept.value).collect())
}

/// The head of a signed note, or a plain sentence.
pub(super) fn head(desk: &Desk, client: ClientId, number: Number) -> Result<NoteHead, Fault> {
    let found = desk.books().get::<NoteHead>(client, number)?;
    found.map(|kept| kept.value).ok_or_else(|| Fault::user("This note is not in the chart."))
}

fn done(desk: &mut Desk, client: ClientId, said: &str) -> Result<Answer, Fault> {
    desk.seat_mut()?.forget_steps(client);
    desk.done_for_good(client, said.to_owned())
}

/// As [`done`], for a person who may not see the chart around the note.
fn view_after(desk: &mut Desk, client: ClientId) -> Result<Box<ChartView>, Fault> {
    Ok(Box::new(chart::view(desk, client)?))
}

/// Reads the newest version of a note, with the chart as far as this person may see it.
fn take_up(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let lives = lives(desk, client)?;
    let mut note = reading::read(desk, client, note_life::newest(&lives, number))?;
    note.chart = Some(view_after(desk, client)?);
    Ok(Answer::Note(Box::new(note)))
}

/// Begins an amended version, or takes up the one begun already: a new draft with the text as it was signed. The signed one
/// is read for that, and so is recorded like any reading.
fn amend(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let head = match head(desk, client, number) {
        Ok(head) => head,
        Err(fault) => {
            desk.permit(Capability::ReadChart, Some(client))?;
            return Err(fault);
        }
    };
    desk.note_permit(Capability::AmendNote, client, head.signature.by)?;
    let life = desk.books().get::<NoteLife>(client, number)?;
    if let Some(why) = note_life::no_amendment(life.as_ref().map(|kept| &kept.value)) {
        return Err(Fault::user(why));
    }
    for draft in desk.books().drafts(client)?.into_iter().filter(|draft| !draft.grid) {
        let begun = desk.books().draft(client, draft.number)?;
        if let Some(DraftBody::Note(note)) = begun.map(|begun| begun.body)
            && note.amends == number
        {
            return drafts::open(desk, client, draft.number);
        }
    }
    let read = reading::read(desk, client, number)?;
    if !read.intact {
        return Err(Fault::user("The signature does not verify; what stands here cannot be amended.")
            .hint("Tell an admin; concord doctor says more."));
    }
    let text = read.text;
    let note = NoteDraft {
        format: text.format,
        service: text.service,
        links: text.links.iter().map(|(number, _)| *number).collect(),
        sections: text.sections,
        addendum_to: text.addendum_to,
        answers: text.answers,
        fields: text.fields,
        objectives: head.objectives,
        serves_nothing: text.serves_nothing,
        session: text.session,
        copied: text.copied,
        amends: number,
        reason: String::new(),
    };
    drafts::begin_own(desk, client, head.signature.by, DraftBody::Note(note))
}
