//! Contacts that signed notes speak of and no session does, read for what counts how often a client came.

use super::desk::Desk;
use super::documents::life_of;
use super::fault::Fault;
use crate::domain::{ClientId, Date, DocKind, NoteHead, Number, Service, Session};
use crate::rules::attended;
use crate::store::{DocHead, DocLife};
use std::collections::BTreeMap;

/// Returns them from a day on. All notes of the chart are read, so this is asked only where the count is shown.
pub(super) fn unplanned(desk: &Desk, client: ClientId, from: Date) -> Result<Vec<Service>, Fault> {
    let sessions = desk.books().list::<Session>(client)?.into_iter().map(|kept| kept.value);
    let sessions: Vec<Session> = sessions.filter(|one| one.date >= from).collect();
    let numbers = DocKind::Note.numbers();
    let lives = desk.books().between::<DocLife>(client, numbers.clone())?;
    let lives: BTreeMap<Number, DocLife> =
        lives.into_iter().map(|kept| (kept.value.number, kept.value)).collect();
    let none = DocLife::default();
    let mut notes: Vec<NoteHead> = Vec::new();
    for kept in desk.books().between::<DocHead>(client, numbers)? {
        let Some(note) = kept.value.note().filter(|note| note.facts.service.date >= from) else { continue };
        if life_of(&kept.value, lives.get(&note.number).unwrap_or(&none))?.stands() {
            notes.push(note);
        }
    }
    Ok(attended::unplanned(&sessions, &notes))
}
