//! What an import that never came to its end left is found and removed.

use crate::domain::{Act, Client, Episode, ImportId, ImportRun, Imported, SetAside, Summary, Triage};
use crate::rules::access::Capability;
use crate::service::books::Books;
use crate::service::desk::Desk;
use crate::service::fault::Fault;

/// People removed in one batch.
const REMOVED_AT_ONCE: usize = 500;

/// Runs that never came to their end: a killed program, a disk that refused.
pub(super) fn unfinished(books: &Books) -> Result<Vec<ImportId>, Fault> {
    let mut runs = Vec::new();
    books.each::<ImportRun>(|kept| {
        if !kept.value.done {
            runs.push(kept.value.id);
        }
    })?;
    Ok(runs)
}

/// Removes a run and everybody it brought; answers how many that were. The run's record goes last, so that a removal
/// that was cut short is taken up again.
pub(super) fn remove(desk: &mut Desk, run: ImportId) -> Result<usize, Fault> {
    let mut people = Vec::new();
    desk.books().each::<Summary>(|kept| {
        if kept.value.import == Some(run) {
            people.push((kept.value.client, kept.rev));
        }
    })?;
    for some in people.chunks(REMOVED_AT_ONCE) {
        let mut unit = desk.unit(Capability::Import, Act::ImportRemoved, None, 0)?;
        for (id, rev) in some {
            unit.delete::<Summary>(*id, 1, *rev);
            if let Some(kept) = desk.books().get::<Client>(*id, 1)? {
                unit.delete::<Client>(*id, 1, kept.rev);
            }
            if let Some(kept) = desk.books().get::<Imported>(*id, 1)? {
                unit.delete::<Imported>(*id, 1, kept.rev);
            }
            if let Some(kept) = desk.books().get::<Episode>(*id, 1)? {
                unit.delete::<Episode>(*id, 1, kept.rev);
            }
            if let Some(kept) = desk.books().get::<Triage>(*id, 1)? {
                unit.delete::<Triage>(*id, 1, kept.rev);
            }
        }
        unit.set_count(some.len() as u32);
        desk.commit_unseen(unit)?;
    }
    let aside: Vec<(u32, u32)> =
        desk.books().list::<SetAside>(run)?.iter().map(|kept| (kept.value.number, kept.rev)).collect();
    for some in aside.chunks(REMOVED_AT_ONCE) {
        let mut unit = desk.unit(Capability::Import, Act::ImportRemoved, None, 0)?;
        for (number, rev) in some {
            unit.delete::<SetAside>(run, *number, *rev);
        }
        unit.set_count(0);
        desk.commit_unseen(unit)?;
    }
    if let Some(kept) = desk.books().get::<ImportRun>(run, 1)? {
        let mut unit = desk.unit(Capability::Import, Act::ImportRemoved, None, 0)?;
        unit.delete::<ImportRun>(run, 1, kept.rev);
        unit.set_count(0);
        desk.commit_unseen(unit)?;
    }
    Ok(people.len())
}
