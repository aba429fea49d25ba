//! Versions of drafts: kept at open, every five minutes of typing, before a paste, template or replace, at lock, after
//! recovery; shown to their author.
//!
//! Owns when a version is kept. Its state is the store's; putting one back is an edit of the draft like any other.

use super::super::api::{Answer, DraftBody, DraftSave, KeptFor, VersionView};
use super::super::books::Books;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::seat::Newest;
use super::super::unit::{DraftUnit, KeptDraft};
use super::kind;
use crate::domain::{ClientId, Number};
use crate::store::{DraftDoc, DraftVersion, version_number};

/// Typing this long since the last version makes another, ms.
const EVERY_MS: i64 = 5 * 60_000;

/// What there is of a draft's versions, newest first.
fn load(books: &Books, draft: &KeptDraft) -> Result<Vec<DraftVersion>, Fault> {
    let mut versions = Vec::new();
    for (number, _) in &draft.versions {
        let kept = books.get::<DraftVersion>(draft.head.client, *number)?;
        versions.extend(kept.map(|kept| kept.value));
    }
    versions.sort_by_key(|version| std::cmp::Reverse(version.seq));
    Ok(versions)
}

fn newest(desk: &Desk, draft: &KeptDraft) -> Result<Newest, Fault> {
    let which = (draft.head.client, draft.head.number);
    if let Some(known) = desk.seat()?.newest_versions.get(&which) {
        return Ok(*known);
    }
    let newest =
        load(desk.books(), draft)?.first().map(|version| Newest { seq: version.seq, at: version.at });
    Ok(newest.unwrap_or(Newest { seq: 0, at: draft.head.since }))
}

/// The version that is to be kept of this state for this reason, with the revision that is in its place.
pub(super) fn due(
    desk: &Desk,
    draft: &KeptDraft,
    body: &DraftBody,
    why: KeptFor,
) -> Result<Option<(DraftVersion, u32)>, Fault> {
    let last = newest(desk, draft)?;
    let at = desk.clock.now();
    if kind::of(body).is_blank() || (why == KeptFor::Typing && at.0.saturating_sub(last.at.0) < EVERY_MS) {
        return Ok(None);
    }
    let head = &draft.head;
    let before = desk.books().get::<DraftVersion>(head.client, version_number(head.number, last.seq))?;
    if before.is_some_and(|kept| kept.value.seq == last.seq && kept.value.doc.body == *body) {
        return Ok(None);
    }
    let seq = last.seq + 1;
    let doc = DraftDoc { head: head.clone(), body: body.clone() };
    let place = version_number(head.number, seq);
    let rev = draft.versions.iter().find(|(number, _)| *number == place).map_or(0, |(_, rev)| rev.0);
    Ok(Some((DraftVersion { seq, at, why, doc }, rev)))
}

/// Puts the version into an autosave if one is due; says which, to be remembered once it is on disk.
pub(super) fn keep(
    desk: &Desk,
    unit: &mut DraftUnit,
    draft: &KeptDraft,
    body: &DraftBody,
    why: KeptFor,
) -> Result<Option<Newest>, Fault> {
    let Some((version, rev)) = due(desk, draft, body, why)? else { return Ok(None) };
    unit.keep(&version, rev)?;
    Ok(Some(Newest { seq: version.seq, at: version.at }))
}

/// The version is on disk.
pub(in crate::service) fn kept(
    desk: &mut Desk,
    draft: &KeptDraft,
    newest: Option<Newest>,
) -> Result<(), Fault> {
    if let Some(newest) = newest {
        desk.seat_mut()?.newest_versions.insert((draft.head.client, draft.head.number), newest);
    }
    Ok(())
}

/// A version of an audited unit is on disk, or may be: what is remembered of the draft is read again.
pub(super) fn forget(desk: &mut Desk, client: ClientId, number: Number) -> Result<(), Fault> {
    desk.seat_mut()?.newest_versions.remove(&(client, number));
    Ok(())
}

/// Keeps the draft as it is on the screen, and saves it.
pub(super) fn ask_keep(desk: &mut Desk, save: &DraftSave, why: KeptFor) -> Result<Answer, Fault> {
    super::draft::store(desk, save, why)?;
    Ok(super::draft::saved(desk, save))
}

/// The versions of one's own draft, newest first.
pub(super) fn list(desk: &Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let draft = super::draft::find_own(desk, client, number)?;
    let versions = load(desk.books(), &draft)?
        .into_iter()
        .map(|version| VersionView {
            at: desk.clock.local(version.at),
            why: version.why,
            body: version.doc.body,
        })
        .collect();
    Ok(Answer::Versions { client, number, versions })
}

impl Desk {
    /// Refuses a draft whose last words wait for the disk: taken up as it is there, it would be written over them.
    pub(in crate::service) fn check_nothing_waits(
        &self,
        client: ClientId,
        number: Number,
    ) -> Result<(), Fault> {
        if self.waiting.iter().any(|(whose, which, _)| (*whose, *which) == (client, number)) {
            return Err(Fault::storage("The last words of this draft are not on the disk yet.").hint(
                "Make room on the disk, then open the draft again. Do not close Concord: it keeps \
                 trying to save.",
            ));
        }
        Ok(())
    }
}
