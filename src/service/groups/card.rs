//! What a facilitator sees of a member: name, wants, active objectives, one's own last part, and the part that is written now.

use super::super::api::{GroupMember, GroupPartView};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::plan;
use super::super::unit::KeptDraft;
use super::name_of;
use crate::domain::{
    ClientId, Date, Group, GroupEntry, GroupSession, LineRef, NoteDraft, Number, Objective, Served, Wants,
};
use crate::packs;
use crate::rules::access::Capability;
use crate::rules::group::{self, curriculum};
use crate::store::{DocHead, DocText, DraftBody};

/// Section of a part that everybody's has in common.
pub(super) const SHARED: &str = "shared";

/// The sessions of a group before one, newest first.
pub(super) fn before(desk: &Desk, session: &GroupSession) -> Result<Vec<GroupSession>, Fault> {
    let all = desk.books().list::<GroupSession>(session.group)?;
    let mut all: Vec<GroupSession> = all.into_iter().map(|kept| kept.value).collect();
    all.retain(|one| (one.date, one.number) < (session.date, session.number));
    all.sort_by_key(|one| std::cmp::Reverse((one.date, one.number)));
    Ok(all)
}

/// A member's card.
pub(super) fn of(
    desk: &Desk,
    of: (&Group, &GroupSession),
    before: &[GroupSession],
    entry: &GroupEntry,
) -> Result<GroupMember, Fault> {
    let (group, session) = of;
    let client = entry.client;
    desk.member_permit(Capability::SeeCard, of, client)?;
    let kind = packs::groups().kind(&group.kind);
    let wants = desk.books().get::<Wants>(client, 1)?.map(|kept| kept.value.wants).unwrap_or_default();
    Ok(GroupMember {
        name: name_of(desk, client)?,
        minutes: group::minutes(session.minutes, entry, &kind),
        had: had(of, before, entry),
        wants,
        objectives: objectives(desk, client)?,
        last: last(desk, before, client)?,
        part: part(desk, entry)?,
        entry: entry.clone(),
    })
}

/// What a member had of the curriculum, and their hours, before this session.
fn had((group, session): (&Group, &GroupSession), before: &[GroupSession], entry: &GroupEntry) -> String {
    let (client, kind) = (entry.client, packs::groups().kind(&group.kind));
    let member = group.members.iter().find(|one| one.client == client && one.is_in(session.date));
    let topics = curriculum::topics(&group.curriculum, before, client, &kind);
    curriculum::words(&topics, curriculum::time(before, client, &kind), member.map_or(0, |one| one.hours))
}

/// The objectives that are worked on, in their words.
pub(super) fn objectives(desk: &Desk, client: ClientId) -> Result<Vec<(LineRef, String)>, Fault> {
    let mut all = desk.books().list::<Objective>(client)?;
    all.retain(|kept| kept.value.line.state.is_active());
    all.sort_by_key(|kept| (kept.value.line.rank, kept.value.line.number));
    let line = |number| Served { line: LineRef::objective(number), ..Served::default() };
    let lines: Vec<Served> = all.iter().map(|kept| line(kept.value.line.number)).collect();
    plan::wordings(desk, client, &lines)
}

/// The newest signed part of a member in this group.
pub(super) fn last_note(before: &[GroupSession], client: ClientId) -> Option<Number> {
    let mut notes = before.iter().filter_map(|session| session.entry(client)).map(|entry| entry.note);
    notes.find(|note| *note > 0)
}

/// One's own last part: its day and its words.
fn last(desk: &Desk, before: &[GroupSession], client: ClientId) -> Result<Option<(Date, String)>, Fault> {
    let Some(number) = last_note(before, client) else { return Ok(None) };
    let Some(head) = desk.books().get::<DocHead>(client, number)?.map(|kept| kept.value) else {
        return Ok(None);
    };
    if head.signature.by != desk.staff()?.id {
        return Ok(None);
    }
    let Some(text) = desk.books().get::<DocText>(client, number)? else { return Ok(None) };
    let text = text.value.note()?;
    let own = text.sections.iter().filter(|section| section.key != SHARED && !section.text.trim().is_empty());
    let words: Vec<&str> = own.map(|section| section.text.trim()).collect();
    Ok(Some((head.facts().on, words.join(" "))))
}

/// The draft of a member's part, if there is one.
pub(super) fn draft(desk: &Desk, entry: &GroupEntry) -> Result<Option<KeptDraft>, Fault> {
    if entry.draft == 0 {
        return Ok(None);
    }
    let draft = desk.books().draft(entry.client, entry.draft)?;
    Ok(draft.filter(|draft| matches!(&draft.body, DraftBody::Note(note) if note.group.is_some())))
}

fn part(desk: &Desk, entry: &GroupEntry) -> Result<Option<GroupPartView>, Fault> {
    let Some(draft) = draft(desk, entry)? else { return Ok(None) };
    let DraftBody::Note(note) = draft.body else { return Ok(None) };
    let mine = draft.head.by == desk.staff()?.id;
    Ok(Some(GroupPartView {
        number: entry.draft,
        by: if mine { None } else { Some(desk.seat()?.name_of(draft.head.by)) },
        note: if mine { note } else { NoteDraft::default() },
    }))
}

/// The text of a section of a part.
pub(super) fn section<'a>(note: &'a NoteDraft, key: &str) -> &'a str {
    note.sections.iter().find(|section| section.key == key).map_or("", |section| section.text.as_str())
}

/// Whether nothing of the member's own stands in a part.
pub(super) fn is_bare(note: &NoteDraft) -> bool {
    note.sections.iter().all(|section| section.key == SHARED || section.text.trim().is_empty())
}
