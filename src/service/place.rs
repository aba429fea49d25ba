//! Where a person is on this desk, sealed: written at the lock, and when a draft is taken up or left.
//!
//! Owns the mark that a draft is open. A desk that stopped without a lock leaves the mark standing; the next sign-in
//! finds it and brings the person back to the draft, with the word that it was recovered.

use super::api::{Answer, DraftBody, FormPlace, Place, Recovered};
use super::desk::Desk;
use super::fault::Fault;
use super::unit::Unit;
use crate::domain::{ClientId, DocKind, Number};
use crate::store;

/// Where they were, and the revision it is at; nowhere if nothing is known.
pub(super) fn load(desk: &Desk) -> Result<(Option<Place>, u32), Fault> {
    let kept = desk.books().get::<store::Place>(desk.staff()?.id, 1)?;
    Ok(kept.map_or((None, 0), |kept| (serde_json::from_slice(&kept.value.bytes).ok(), kept.rev)))
}

/// Writes a place with the act of this unit.
pub(super) fn put(desk: &Desk, unit: &mut Unit, place: &Place, rev: u32) -> Result<(), Fault> {
    let bytes =
        serde_json::to_vec(place).map_err(|_| Fault::internal("the place could not be written down"))?;
    unit.put(&store::Place { bytes }, desk.staff()?.id, 1, rev);
    Ok(())
}

/// What they had typed into forms when it was kept last, and its revision; `None` if nothing was kept since the lock.
fn typed(desk: &Desk) -> Result<(Option<Vec<FormPlace>>, u32), Fault> {
    let kept = desk.books().get::<store::Typed>(desk.staff()?.id, 1)?;
    Ok(kept.map_or((None, 0), |kept| (serde_json::from_slice(&kept.value.bytes).ok(), kept.rev)))
}

/// Where they were, with what they had typed into forms. After a stop without a lock that is what was kept while they typed: it
/// comes back when its form is opened again.
pub(super) fn found(desk: &Desk) -> Result<Option<Place>, Fault> {
    let (place, _) = load(desk)?;
    let (Some(mut typed), _) = typed(desk)? else { return Ok(place) };
    for form in &mut typed {
        form.open = false;
    }
    Ok(Some(Place { typed, ..place.unwrap_or_default() }))
}

/// Keeps what they have typed into forms so far, so that a stop without a lock loses none of it.
pub(super) fn keep_typed(desk: &mut Desk, forms: &[FormPlace]) -> Result<Answer, Fault> {
    let (_, rev) = typed(desk)?;
    let bytes =
        serde_json::to_vec(forms).map_err(|_| Fault::internal("what was typed could not be written down"))?;
    let mut unit = desk.own_autosave()?;
    unit.keep_typed(desk.staff()?.id, &store::Typed { bytes }, rev)?;
    desk.books_mut().commit_draft(&unit)?;
    Ok(Answer::TypedKept)
}

/// The lock writes what was typed with the place: what was kept before it is no longer needed.
pub(super) fn forget_typed(desk: &Desk, unit: &mut Unit) -> Result<(), Fault> {
    if let (_, rev @ 1..) = typed(desk)? {
        unit.delete::<store::Typed>(desk.staff()?.id, 1, rev);
    }
    Ok(())
}

/// The person takes up a draft of theirs.
pub(super) fn taken_up(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    number: Number,
    kind: DocKind,
) -> Result<(), Fault> {
    let (place, rev) = load(desk)?;
    let mut place = place.unwrap_or_default();
    // What was typed into forms comes back when its form is opened again, not by itself: it may be done by now.
    place.typed.iter_mut().for_each(|form| form.open = false);
    let room = match kind {
        DocKind::Note => "notes",
        DocKind::Assessment => "grid",
        DocKind::Plan | DocKind::Answers => "plan",
        DocKind::Review => "review",
        DocKind::Discharge => "discharge",
        DocKind::Safety => "safety plan",
    };
    let place =
        Place { chart: Some(client), draft: Some(number), room: room.to_owned(), working: true, ..place };
    put(desk, unit, &place, rev)
}

/// The person leaves a draft of theirs.
pub(super) fn left(desk: &Desk, unit: &mut Unit, client: ClientId, number: Number) -> Result<(), Fault> {
    match load(desk)? {
        (Some(place), rev) if place.working && (place.chart, place.draft) == (Some(client), Some(number)) => {
            put(desk, unit, &Place { draft: None, working: false, ..place }, rev)
        }
        _ => Ok(()),
    }
}

/// What was being written when the desk stopped without a lock; `None` if nothing was, or it is not there any more.
pub(super) fn recovered(desk: &Desk, place: Option<&Place>) -> Result<Option<Recovered>, Fault> {
    let Some(Place { working: true, chart: Some(client), draft: Some(number), .. }) = place else {
        return Ok(None);
    };
    let seat = desk.seat()?;
    let Some(draft) = desk.books().draft(*client, *number)? else { return Ok(None) };
    let Some(summary) = seat.summaries.get(client).filter(|_| draft.head.by == seat.staff.value.id) else {
        return Ok(None);
    };
    let words = match &draft.body {
        DraftBody::Note(note) => {
            note.sections.iter().map(|section| section.text.split_whitespace().count()).sum()
        }
        DraftBody::Assessment(_)
        | DraftBody::Answers(_)
        | DraftBody::Review(_)
        | DraftBody::Discharge(_)
        | DraftBody::Safety(_) => 0,
    };
    Ok(Some(Recovered {
        client: *client,
        number: *number,
        name: summary.name.to_string(),
        kind: draft.head.kind,
        words,
        saved: desk.clock.local(draft.head.saved),
    }))
}
