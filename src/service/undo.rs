//! Undoing: a new audited act that puts back what a change kept, refused if a record moved on.
//!
//! Owns what can be undone and how, without knowing any type: the table of kinds says which records it may put back and
//! what that takes, the kept past ([`crate::store::Past`]) says what was there. An addition is never removed: its record
//! keeps its number and is marked as undone. Steps live in memory, die at the lock, and never cross a signature.

use super::api::{Answer, Done};
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::seat::Seat;
use super::steps::{Image, Moved, Step};
use super::unit::Unit;
use crate::domain::Act;
use crate::store::{Key, Owner, Past, Undo};

/// What is said where a decision about danger came last, which is corrected in a way of its own.
const REOPEN: &str = "There is nothing to undo. What was decided about danger is taken back otherwise: [key:actions-menu], then Reopen.";

/// What is said where there is no step: what stands in the way of undoing what came before, and what works instead.
fn nothing(seat: &Seat, redo: bool) -> Fault {
    if redo {
        return Fault::user("There is nothing to redo.");
    }
    if seat.decided_danger {
        return Fault::user(REOPEN);
    }
    Fault::user("There is nothing to undo.").hint(if seat.signed_since {
        "What was saved before it was signed or shown stays. Correct it where it is."
    } else if seat.undone.is_empty() {
        "What was saved before you signed in is changed or corrected where it is."
    } else {
        "All of it is undone already."
    })
}

/// Why the act that would be undone is not the one that somebody means who looks at this page: the last act stays, or it
/// was about somebody else, whose chart is not the one that is open. Said once; then the next press undoes it.
fn another(desk: &mut Desk) -> Result<Option<Fault>, Fault> {
    let seat = desk.seat_mut()?;
    let open = seat.chart.as_ref().map(|open| open.id);
    let (stays, asked) = (seat.for_good.take(), std::mem::replace(&mut seat.asked_over, open));
    let Some(step) = seat.last_step() else { return Ok(None) };
    let elsewhere = open.is_some() && step.client.is_some() && step.client != open && step.beside != open;
    let elsewhere = elsewhere && asked != open;
    let (done, of) = (step.said.done.clone(), step.client);
    if stays.is_none() && !elsewhere {
        return Ok(None);
    }
    let stays = stays.map(|said| format!("This stays as it is: {said} ")).unwrap_or_default();
    let whose = match of {
        Some(client) => format!("{}: ", super::days::name_of(desk, client)?),
        None => String::new(),
    };
    let before =
        if stays.is_empty() { "Your last change is not in this chart." } else { "Before it, you did this." };
    Ok(Some(
        Fault::user(format!("{stays}{before} {whose}{done}"))
            .hint("Press [key:undo] again to undo that. Nothing is undone so far."),
    ))
}

/// Undoes the last act (`redo` false) or does it again.
pub(super) fn take_back(desk: &mut Desk, redo: bool) -> Result<Answer, Fault> {
    if !redo && let Some(said) = another(desk)? {
        return Err(said);
    }
    desk.seat_mut()?.asked_over = None;
    let Some(step) = desk.seat_mut()?.pop_step(redo) else { return Err(nothing(desk.seat()?, redo)) };
    let again = step.clone();
    let undone = restore(desk, step, redo);
    // A disk that refused may take it later; a record that moved on never will.
    if undone.as_ref().is_err_and(|fault| fault.kind == FaultKind::Storage) {
        desk.seat_mut()?.push_step(redo, again);
    }
    undone
}

fn restore(desk: &mut Desk, mut step: Step, redo: bool) -> Result<Answer, Fault> {
    if let Some(was) = step.staff.take() {
        return super::staff::put_back(desk, &step, *was, redo);
    }
    let mut unit = desk.unit(step.needed, Act::Undone, step.client, 0)?;
    for image in &step.images {
        put_back(desk, &mut unit, *image)?;
    }
    let committed = desk.commit(unit)?;
    let now = |key: &Key| committed.changes.iter().find(|change| change.key == *key).and_then(|c| c.now);
    let moved =
        step.images.iter().map(|image| Moved { key: image.key, was: image.was, now: now(&image.key) });
    let moved: Vec<Moved> = moved.collect();
    desk.seat_mut()?.follow_steps(&moved);
    let day_only = step.images.iter().all(|image| matches!(image.undo(), Undo::Day | Undo::Task));
    // What was done on a day's list shows no chart, nor does undoing it: the sentence says whose it was.
    let name = match step.client {
        Some(client) => super::days::name_of(desk, client)?,
        None => String::new(),
    };
    let (what, words) = if redo { ("Done again", &step.said.done) } else { ("Undone", &step.said.undone) };
    let said = if day_only && !name.is_empty() && !words.contains(&name) {
        format!("{what} for {name}: {words}")
    } else {
        format!("{what}: {words}")
    };
    let back = Step::of(&committed, step.client, step.said);
    desk.seat_mut()?.push_step(!redo, back);
    let chart = match step.client.filter(|_| !day_only) {
        Some(client) => Some(Box::new(super::chart::view(desk, client)?)),
        None => desk.open_chart(step.client)?,
    };
    Ok(Answer::Done(Box::new(Done { said, chart, undoable: redo, name, session: None })))
}

/// Puts one record back as it was. One that was added stays, marked as undone, so that its number is never given again.
fn put_back(desk: &Desk, unit: &mut Unit, image: Image) -> Result<(), Fault> {
    let moved_on = || {
        Fault::new(
            FaultKind::Conflict,
            "Somebody changed it after you did, so it is not undone. Look at it, then change it.",
        )
    };
    let stored = desk.books().raw(&image.key)?;
    if stored.as_ref().map(|raw| raw.rev) != image.now {
        return Err(moved_on());
    }
    let rev = image.now.map_or(0, |rev| rev.0);
    let past = match image.past {
        Some(number) => desk.books().get::<Past>(Owner(image.key.owner()), number)?.map(|kept| kept.value),
        None => None,
    };
    match (past, stored) {
        (Some(past), _) => unit.put_raw(image.key, rev, past.undone, &past.payload),
        (None, Some(raw)) => unit.put_raw(image.key, rev, true, &raw.payload),
        (None, None) => return Err(moved_on()),
    }
    Ok(())
}
