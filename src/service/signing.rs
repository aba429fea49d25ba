//! Signing: freezing a draft's content under its author's name, hash and Ed25519 signature.
//!
//! What is signed never changes afterwards; no path edits it.

use super::api::{Answer, DraftBody, DraftSave, Kept, Secret};
use super::desk::Desk;
use super::drafts;
use super::fault::Fault;
use super::unit::Unit;
use crate::domain::{
    Act, Assessment, Client, ClientId, LifeState, Moment, NoteDraft, NoteHead, NoteLife, NoteText, Number,
    Problem, Signature,
};
use crate::rules::access::Capability;
use crate::rules::sketch::sketch;
use crate::rules::{header, note, note_life};
use crate::store::{FrozenNote, Kind, assessment_payload, signing_hash};

/// Signs a note.
pub(super) fn sign_note(desk: &mut Desk, save: &DraftSave, passphrase: &Secret) -> Result<Answer, Fault> {
    let DraftBody::Note(note) = &save.body else {
        return Err(Fault::internal("this draft is no note"));
    };
    drafts::find_own(desk, save.client, save.number)?;
    check_note(desk, note)?;
    super::door::check_again(desk, passphrase)?;
    let said = sign_prepared(desk, save)?;
    desk.done_for_good(save.client, said)
}

/// Signs a note for somebody who has just given their passphrase. Answers what to say.
pub(super) fn sign_prepared(desk: &mut Desk, save: &DraftSave) -> Result<String, Fault> {
    let DraftBody::Note(note) = &save.body else {
        return Err(Fault::internal("this draft is no note"));
    };
    let draft = drafts::find_own(desk, save.client, save.number)?;
    check_note(desk, note)?;
    let number = desk.books().next_number::<NoteHead>(save.client)?;
    let text = note_text(desk, save.client, note, draft.head.since)?;
    let frozen = FrozenNote::freeze(&text)?;
    let hash = signing_hash(Kind::NoteText, save.client, number, frozen.payload());
    let signature = sign(desk, hash, text.signed_at)?;
    let mut head = note_head(save.client, desk.open_episode(save.client)?, note, number, signature, &text);
    let act = match (note.amends > 0, note.addendum_to > 0) {
        (true, _) => Act::AmendmentSigned,
        (false, true) => Act::AddendumSigned,
        (false, false) => Act::NoteSigned,
    };
    check_amendment(desk, note, save.client)?;
    let mut unit = desk.draft_unit(Capability::WriteDraft, act, &draft.head, number)?;
    let session = super::session_notes::session_of(desk, save.client, note, draft.head.by)?;
    let met = super::session_notes::note_signed(desk, &mut unit, save.client, session, number)?;
    head.contact = met && header::is_contact(&note.service);
    unit.put(&head, save.client, number, 0);
    unit.put(&frozen, save.client, number, 0);
    unit.delete_draft(&draft);
    let waits = begin_life(desk, &mut unit, &head)?;
    desk.commit(unit)?;
    desk.draft_forgotten(save.client, save.number);
    desk.seat_mut()?.forget_steps(save.client);
    let said = match (head.amends > 0, head.late) {
        (true, _) => "Amended version signed.",
        (false, true) => "Note signed as a LATE ENTRY.",
        (false, false) => "Note signed.",
    };
    Ok(match waits {
        Some(who) => format!("{said} It awaits co-signature by {who}."),
        None => format!("{said} From now on an addendum can be added."),
    })
}

/// What becomes of a note that is just signed: it waits for a co-signature where its author needs one, and an answer to a
/// returned note brings that back to the co-signer. Says by whom it will be co-signed.
fn begin_life(desk: &Desk, unit: &mut Unit, head: &NoteHead) -> Result<Option<String>, Fault> {
    let seat = desk.seat()?;
    let me = &seat.staff.value;
    if head.amends > 0 {
        let mut old = desk.life_of(&super::life::head(desk, head.client, head.amends)?)?;
        old.value.superseded_by = head.number;
        put_life(unit, &old);
    }
    let mut life = desk.life_of(head)?;
    if head.amends > 0 || head.addendum_to > 0 {
        bring_back(desk, unit, head, &life.value)?;
    }
    if !me.cosign_needed {
        return Ok(None);
    }
    life.value.state = LifeState::AwaitsCosign;
    put_life(unit, &life);
    let supervisor = seat.active_supervisor_of(me.id).map(|id| seat.name_of(id));
    Ok(Some(supervisor.unwrap_or_else(|| "a supervisor".to_owned())))
}

/// Brings what was returned of a document back to its co-signer: its author has signed an answer.
fn bring_back(desk: &Desk, unit: &mut Unit, head: &NoteHead, life: &NoteLife) -> Result<(), Fault> {
    let me = desk.staff()?.id;
    let lives = desk.books().with(unit).list::<NoteLife>(head.client)?;
    let all: Vec<NoteLife> = lives.iter().map(|kept| kept.value.clone()).collect();
    let document = note_life::document(&all, life);
    for Kept { rev, value: part } in lives {
        let answered = part.state == LifeState::Returned && part.author == me && part.stands();
        if answered && note_life::document(&all, &part) == document {
            let back = NoteLife { state: LifeState::AwaitsCosign, since: head.signature.at, ..part };
            put_life(unit, &Kept { rev, value: back });
        }
    }
    Ok(())
}

/// Writes a changed life.
pub(super) fn put_life(unit: &mut Unit, life: &Kept<NoteLife>) {
    unit.put(&life.value, life.value.client, life.value.number, life.rev);
}

/// An amended version is its author's, of the version that stands, with a reason.
fn check_amendment(desk: &Desk, draft: &NoteDraft, client: ClientId) -> Result<(), Fault> {
    if draft.amends == 0 {
        return Ok(());
    }
    let head = super::life::head(desk, client, draft.amends)?;
    desk.note_permit(Capability::AmendNote, client, head.signature.by)?;
    if draft.addendum_to != head.addendum_to {
        return Err(Fault::internal("an amended version belongs where the version before belongs"));
    }
    if draft.reason.trim().is_empty() {
        return Err(Fault::user("Not signed: an amendment needs a reason. Ctrl-K, Reason of the amendment."));
    }
    note_life::no_amendment(Some(&desk.life_of(&head)?.value)).map_or(Ok(()), |why| Err(Fault::user(why)))
}

fn check_note(desk: &Desk, draft: &NoteDraft) -> Result<(), Fault> {
    let format = desk.format(&draft.format)?;
    let now = desk.now();
    let starts = desk.clock.instant(draft.service.date, draft.service.start);
    let required = &desk.seat()?.settings.value.notes.required;
    note::missing(draft, format, starts, now.moment)
        .or_else(|| header::missing(draft, format, required))
        .map_or(Ok(()), |missing| Err(Fault::user(missing)))
}

fn note_text(desk: &Desk, client: ClientId, draft: &NoteDraft, begun: Moment) -> Result<NoteText, Fault> {
    let client = desk.books().get::<Client>(client, 1)?;
    let client = client.ok_or_else(|| Fault::user("This person is not in the store."))?.value;
    let problems = desk.books().list::<Problem>(client.id)?;
    let wording = |number: &Number| {
        let problem = problems.iter().find(|kept| kept.value.number == *number)?;
        let problem = &problem.value;
        Some((
            *number,
            if problem.wording.is_empty() { problem.words.clone() } else { problem.wording.clone() },
        ))
    };
    Ok(NoteText {
        sections: draft.sections.clone(),
        client_name: client.legal_name(),
        record_no: client.record_no.clone(),
        format: draft.format.clone(),
        service: draft.service.clone(),
        links: draft.links.iter().filter_map(wording).collect(),
        author: desk.staff()?.signature_name(),
        signed_at: desk.moment(),
        addendum_to: draft.addendum_to,
        format_name: desk.formats.name(&draft.format).to_owned(),
        answers: draft.answers.clone(),
        fields: draft.fields.clone(),
        objectives: Vec::new(),
        serves_nothing: draft.serves_nothing.clone(),
        session: draft.session,
        copied: draft.copied.clone(),
        amends: draft.amends,
        reason: draft.reason.clone(),
        begun,
        late: is_late(desk, client.id, draft)?,
    })
}

/// Whether a note signed now is a late entry.
fn is_late(desk: &Desk, client: ClientId, draft: &NoteDraft) -> Result<bool, Fault> {
    let late_after = desk.seat()?.settings.value.late_after_hours;
    if draft.amends > 0 {
        // An amended version is marked AMENDED; whether the entry came late was decided when it was first signed.
        return Ok(super::life::head(desk, client, draft.amends)?.late);
    }
    let service = &draft.service;
    let ended = desk.clock.instant(service.date, service.start).plus_ms(i64::from(service.span()) * 60_000);
    Ok(draft.addendum_to == 0 && note::late(ended, desk.moment(), late_after))
}

fn note_head(
    client: ClientId,
    episode: Number,
    draft: &NoteDraft,
    number: Number,
    signature: Signature,
    text: &NoteText,
) -> NoteHead {
    NoteHead {
        client,
        number,
        episode,
        format: draft.format.clone(),
        service: draft.service.clone(),
        links: draft.links.clone(),
        addendum_to: draft.addendum_to,
        late: text.late,
        words: note::words(draft),
        gist: note::gist(draft),
        signature,
        objectives: draft.objectives.clone(),
        off_plan: !draft.serves_nothing.is_empty(),
        risk: draft.answers.risk,
        used: draft.answers.used,
        next: draft.answers.next.clone(),
        session: draft.session,
        amends: draft.amends,
        reason: draft.reason.clone(),
        begun: text.begun,
        sketch: sketch(draft.sections.iter().map(|section| section.text.as_str())),
        contact: false,
    }
}

/// Signs a hash as the person who sits here.
pub(super) fn sign(desk: &Desk, hash: [u8; 32], at: crate::domain::Moment) -> Result<Signature, Fault> {
    let seat = desk.seat()?;
    let keys = &desk.books().keys()?.keys;
    Ok(Signature {
        by: seat.staff.value.id,
        name: seat.staff.value.signature_name(),
        at,
        hash,
        proof: keys.sign(&hash).to_vec(),
        key: keys.sign_public().to_vec(),
    })
}

/// Completes and signs an assessment.
pub(super) fn complete_grid(desk: &mut Desk, save: &DraftSave, passphrase: &Secret) -> Result<Answer, Fault> {
    let DraftBody::Grid(grid) = &save.body else {
        return Err(Fault::internal("this draft is no assessment"));
    };
    let draft = drafts::find_own(desk, save.client, save.number)?;
    check_grid(desk, grid)?;
    super::door::check_again(desk, passphrase)?;
    let number = desk.books().next_number::<Assessment>(save.client)?;
    let mut assessment =
        Assessment { number, client: save.client, by: draft.head.by, completed: None, ..grid.clone() };
    let payload = assessment_payload(&assessment)?;
    let hash = signing_hash(Kind::Assessment, save.client, number, &payload);
    assessment.completed = Some(sign(desk, hash, desk.moment())?);
    let act = Act::AssessmentCompleted;
    let mut unit = desk.draft_unit(Capability::WriteDraft, act, &draft.head, number)?;
    unit.put(&assessment, save.client, number, 0);
    unit.delete_draft(&draft);
    desk.commit(unit)?;
    desk.seat_mut()?.forget_steps(save.client);
    desk.done_for_good(save.client, "Assessment completed and signed. Room r shows what follows.".to_owned())
}

/// What keeps an assessment from being completed: nothing rated anew, a future date. Cells still carried keep their
/// earlier value and date: that is how one dimension is re-rated alone.
fn check_grid(desk: &Desk, grid: &Assessment) -> Result<(), Fault> {
    if !grid.cells.iter().any(|cell| cell.severity.is_some() && !cell.carried) {
        return Err(Fault::user("Nothing is rated yet. Rate with 0-4, or confirm a carried rating with =."));
    }
    if grid.date > desk.now().local.date {
        return Err(Fault::user("The assessment's date lies in the future."));
    }
    Ok(())
}

impl Desk {
    /// What became of a note; a new life, not stored yet, if nothing did.
    pub(super) fn life_of(&self, head: &NoteHead) -> Result<Kept<NoteLife>, Fault> {
        let found = self.books().get::<NoteLife>(head.client, head.number)?;
        Ok(found.unwrap_or_else(|| Kept { rev: 0, value: NoteLife::of(head) }))
    }

    /// The number of a client's open episode, 0 = there is none.
    pub(super) fn open_episode(&self, client: ClientId) -> Result<Number, Fault> {
        let seat = self.seat()?;
        let episode = seat.summaries.get(&client).and_then(|summary| summary.episode.as_ref());
        Ok(episode.map_or(0, |episode| episode.number))
    }
}
