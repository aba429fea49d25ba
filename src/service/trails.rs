//! Progress of the lines of a plan, as it follows from signed notes.
//!
//! Owns the step between a unit that changes notes and its commit: no use case writes a trail. A new note adds its marks to what
//! is there; a note that stopped counting has the trails of its lines computed again from all notes that count.

use super::api::Kept;
use super::books::{Books, View};
use super::documents::life_of;
use super::fault::Fault;
use super::unit::Unit;
use crate::domain::{ClientId, DocKind, LineRef, Number, OwnFacts, Trail, TrailMark};
use crate::rules::plan::trail;
use crate::store::{DocHead, DocLife};
use std::collections::{BTreeMap, BTreeSet};

/// Puts the trails that follow from the notes a unit changes into the unit.
pub(super) fn follow(books: &Books, unit: &mut Unit) -> Result<(), Fault> {
    for (client, _) in unit.charts() {
        let notes: Vec<Number> = unit
            .documents(client)
            .into_iter()
            .filter(|number| DocKind::of(*number) == Some(DocKind::Note))
            .collect();
        let fresh = changed(&books.with(unit), client, &notes)?;
        for (trail, rev) in fresh {
            unit.put(&trail, client, trail.line.key(), rev);
        }
    }
    Ok(())
}

/// The trails that these notes change.
fn changed(view: &View<'_>, client: ClientId, notes: &[Number]) -> Result<Vec<(Trail, u32)>, Fault> {
    let (mut added, mut again) = (Vec::new(), BTreeSet::new());
    for number in notes {
        let Some((head, stands)) = read(view, client, *number)? else { continue };
        let new = view.unit().is_added::<DocHead>(client, *number);
        for (line, mark) in marks(&head) {
            if new && stands { added.push((line, mark)) } else { _ = again.insert(line) }
        }
    }
    added.retain(|(line, _)| !again.contains(line));
    // Several notes of one unit may work on the same line.
    let mut grown: BTreeMap<LineRef, Kept<Trail>> = BTreeMap::new();
    for (line, mark) in added {
        let kept = match grown.remove(&line) {
            Some(kept) => kept,
            None => stored(view, client, line)?,
        };
        grown.insert(line, Kept { rev: kept.rev, value: trail::with(kept.value, mark) });
    }
    let mut fresh: Vec<(Trail, u32)> = grown.into_values().map(|kept| (kept.value, kept.rev)).collect();
    if !again.is_empty() {
        let mut all = reckon(view, client)?;
        for line in again {
            let Kept { rev, value } = stored(view, client, line)?;
            let now = all.remove(&line).unwrap_or_else(|| Trail { client, line, ..Trail::default() });
            if now != value {
                fresh.push((now, rev));
            }
        }
    }
    Ok(fresh)
}

fn stored(view: &View<'_>, client: ClientId, line: LineRef) -> Result<Kept<Trail>, Fault> {
    let none = || Kept { rev: 0, value: Trail { client, line, ..Trail::default() } };
    Ok(view.get::<Trail>(client, line.key())?.unwrap_or_else(none))
}

/// A note, and whether it is.
fn read(view: &View<'_>, client: ClientId, number: Number) -> Result<Option<(DocHead, bool)>, Fault> {
    let Some(head) = view.get::<DocHead>(client, number)? else { return Ok(None) };
    let entries = view.get::<DocLife>(client, number)?.map(|kept| kept.value).unwrap_or_default();
    let stands = life_of(&head.value, &entries)?.stands();
    Ok(Some((head.value, stands)))
}

/// What a note says of each line it serves.
fn marks(head: &DocHead) -> Vec<(LineRef, TrailMark)> {
    let (number, on) = (head.number, head.facts().on);
    let lines = match &head.facts().own {
        OwnFacts::Note(own) => own.lines.as_slice(),
        OwnFacts::Assessment(_)
        | OwnFacts::Plan(_)
        | OwnFacts::Review(_)
        | OwnFacts::Discharge(_)
        | OwnFacts::Safety(_) => &[],
    };
    lines.iter().map(|served| (served.line, trail::mark(number, on, served))).collect()
}

/// Every trail of a client as the notes that count say it.
pub(super) fn reckon(view: &View<'_>, client: ClientId) -> Result<BTreeMap<LineRef, Trail>, Fault> {
    let mut trails: BTreeMap<LineRef, Trail> = BTreeMap::new();
    for kept in view.between::<DocHead>(client, DocKind::Note.numbers())? {
        let Some((head, true)) = read(view, client, kept.value.number)? else { continue };
        for (line, mark) in marks(&head) {
            let trail = trails.entry(line).or_insert_with(|| Trail { client, line, ..Trail::default() });
            *trail = trail::with(std::mem::take(trail), mark);
        }
    }
    Ok(trails)
}
