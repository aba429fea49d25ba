//! A group session while it is written: begun, members marked, its shared part kept.
//!
//! Each member's part is an ordinary draft in their chart; the session knows which. The shared part is in one's own first part
//! while it is written, so that it is saved as drafts are, and is kept with the session whenever something else is.

use super::super::api::{GroupAnswer, GroupDay, GroupSessionView, Kept};
use super::super::circle;
use super::super::desk::Desk;
use super::super::documents::draft as drafts;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::{card, filled, find, led, substitute, with_everybody};
use crate::domain::{
    Act, ClientId, Date, Group, GroupEntry, GroupId, GroupSession, Guests, Here, NotAMember, NoteDraft,
    Number, StaffId, TopicHeld,
};
use crate::packs;
use crate::rules::access::Capability;
use crate::rules::group::{self, curriculum};
use crate::store::{DraftBody, DraftDoc};
use std::collections::BTreeSet;

/// What a substitute is told when the session is opened.
const STANDS_IN: &str = "You stand in for this session. Of each member you see the name, what they want and what is worked on, until all of it is signed.";

/// Begins the session of a day, or takes up the one that is begun.
pub(super) fn begin(desk: &mut Desk, id: GroupId, date: Date) -> Result<GroupAnswer, Fault> {
    let group = find(desk, id)?.value;
    let sessions = desk.books().list::<GroupSession>(id)?;
    let kept = sessions.into_iter().find(|kept| kept.value.date == date);
    match &kept {
        Some(kept) => drop(led(desk, id, kept.value.number)?),
        None => drop(desk.group_permit(Capability::LeadGroup, &group)?),
    }
    if let Some(begun) = kept.as_ref().filter(|kept| kept.value.is_begun()) {
        return opened(desk, &group, begun.value.number, String::new());
    }
    if date > desk.now().local.date {
        return Err(Fault::user("This session is still to come. It can be written from its day on."));
    }
    if group::members_on(&group, date).is_empty() {
        return Err(Fault::user("Nobody was in this group on that day. Add its members first."));
    }
    let members = group::members_on(&group, date);
    for (at, client) in members.iter().enumerate() {
        members[..at].iter().try_for_each(|other| circle::heed_together(desk, *other, *client))?;
    }
    let kept = match kept {
        Some(kept) => kept,
        None => Kept { rev: 0, value: substitute::new(desk, &group, date, group.facilitators.clone())? },
    };
    let Kept { rev, value: session } = with_everybody(&group, kept);
    let mut unit = desk.session_unit(&session)?;
    unit.put(&session, id, session.number, rev);
    desk.commit(unit)?;
    opened(desk, &group, session.number, "The session is begun.".to_owned())
}

/// The session as it is to be written. That cards were seen is said in each member's history.
fn opened(desk: &mut Desk, group: &Group, number: Number, said: String) -> Result<GroupAnswer, Fault> {
    let (_, Kept { value: session, .. }) = led(desk, group.id, number)?;
    let mut unit = desk.session_unit(&session)?;
    for entry in &session.entries {
        let permit = desk.member_permit(Capability::SeeCard, (group, &session), entry.client)?;
        unit.also(permit, Act::GroupService, 0);
    }
    desk.record(unit)?;
    let said = if group::stands_in(group, &session, desk.staff()?.id) {
        format!("{said} {STANDS_IN}").trim().to_owned()
    } else {
        said
    };
    shown(desk, group, &session, said)
}

pub(super) fn shown(
    desk: &Desk,
    group: &Group,
    session: &GroupSession,
    said: String,
) -> Result<GroupAnswer, Fault> {
    let before = card::before(desk, session)?;
    let mut members = Vec::new();
    for entry in &session.entries {
        members.push(card::of(desk, (group, session), &before, entry)?);
    }
    members.sort_by(|one, other| one.name.cmp(&other.name));
    let kind = packs::groups().kind(&group.kind);
    let seat = desk.seat()?;
    let session = GroupSession { not_members: Vec::new(), ..session.clone() };
    Ok(GroupAnswer::Session(Box::new(GroupSessionView {
        name: group.name.clone(),
        facilitators: session.facilitators.iter().map(|one| seat.short_name_of(*one)).collect(),
        stands_in: group::stands_in(group, &session, seat.staff.value.id),
        shared: shared(desk, &session)?,
        next_topic: curriculum::next(&group.curriculum, &before).map_or(0, |topic| topic.number),
        curriculum: group.curriculum.clone(),
        most_present: kind.most_present,
        members,
        session,
        said,
    })))
}

/// The shared part as it was written last: what one's own parts have of it, else what is kept with the session. A part that
/// carries it is believed even if it was emptied there.
pub(super) fn shared(desk: &Desk, session: &GroupSession) -> Result<String, Fault> {
    let me = desk.staff()?.id;
    let mut written = None;
    for entry in &session.entries {
        let Some(draft) = card::draft(desk, entry)?.filter(|draft| draft.head.by == me) else { continue };
        let DraftBody::Note(note) = &draft.body else { continue };
        let words = card::section(note, card::SHARED);
        if note.group.carries {
            return Ok(words.to_owned());
        }
        if written.is_none() && !words.trim().is_empty() {
            written = Some(words.to_owned());
        }
    }
    Ok(written.unwrap_or_else(|| session.shared.clone()))
}

/// Says what became of a member. Whoever came has a part from then on; whoever did not has none.
pub(super) fn mark(
    desk: &mut Desk,
    id: GroupId,
    number: Number,
    marked: GroupEntry,
) -> Result<GroupAnswer, Fault> {
    let (group, Kept { rev, value: mut session }) = led(desk, id, number)?;
    let client = marked.client;
    let permit = desk.member_permit(Capability::WriteGroupPart, (&group, &session), client)?;
    let at = session.entries.iter().position(|entry| entry.client == client);
    let at = at.ok_or_else(|| Fault::user("This person was not in the group on that day."))?;
    let before = session.entries[at].clone();
    check_mark(&marked, &before, session.minutes)?;
    let kept = card::draft(desk, &before)?;
    let mut next =
        GroupEntry { draft: before.draft, note: 0, session: before.session, slip: before.slip, ..marked };
    session.shared = shared(desk, &session)?;
    let mut unit = desk.session_unit(&session)?;
    match (next.here.came(), kept) {
        (true, None) => {
            next.draft = begin_part(desk, &mut unit, (&group, &session), &next)?;
            unit.also(permit, Act::DraftOpened, next.draft);
        }
        (true, Some(_)) => {}
        (false, Some(draft)) => {
            let DraftBody::Note(note) = &draft.body else { return Err(Fault::internal("a part is a note")) };
            if draft.head.by != desk.staff()?.id {
                let name = desk.seat()?.name_of(draft.head.by);
                return Err(Fault::user(format!("{name} writes this part, and says so there.")));
            }
            if !card::is_bare(note) {
                return Err(Fault::user(
                    "There are words in this part. Take them out first, then say that they were not there.",
                ));
            }
            unit.delete_draft(&draft);
            unit.also(permit, Act::DraftDeleted, next.draft);
            next.draft = 0;
        }
        (false, None) => next.draft = 0,
    }
    let gone = before.draft;
    session.entries[at] = next;
    unit.put(&session, id, number, rev);
    desk.commit(unit)?;
    if session.entries[at].draft == 0 {
        desk.draft_forgotten(client, gone);
    }
    let before = card::before(desk, &session)?;
    let member = card::of(desk, (&group, &session), &before, &session.entries[at])?;
    Ok(GroupAnswer::Marked(Box::new(member)))
}

fn check_mark(marked: &GroupEntry, before: &GroupEntry, minutes: u16) -> Result<(), Fault> {
    if before.note > 0 {
        return Err(Fault::user("The note of this member is signed. Amend it in their chart."));
    }
    if before.session > 0 {
        return Err(Fault::user(
            "The attendance of this member is settled. Change their session in the chart.",
        ));
    }
    if marked.took_part > 5 {
        return Err(Fault::user("How somebody took part is a digit from 1 to 5."));
    }
    let needs = match marked.here {
        Here::Late => marked.late == 0,
        Here::LeftEarly => marked.left == 0,
        _ => false,
    };
    if needs || marked.late.saturating_add(marked.left) >= minutes {
        return Err(Fault::user(format!(
            "Type the minutes: a number from 1 to {}.",
            minutes.saturating_sub(1)
        )));
    }
    if marked.here == Here::Excused && marked.reason.trim().is_empty() {
        return Err(Fault::user("Write in a few words why they are excused."));
    }
    Ok(())
}

/// Begins a member's part: an ordinary draft in their chart. Answers its number.
fn begin_part(
    desk: &Desk,
    unit: &mut Unit,
    (group, session): (&Group, &GroupSession),
    entry: &GroupEntry,
) -> Result<Number, Fault> {
    let client = entry.client;
    let number = desk.books().drafts(client)?.iter().map(|draft| draft.number).max().unwrap_or(0) + 1;
    let note = filled::part(desk, (group, session), entry)?;
    let note = NoteDraft { lines: likely(desk, session, client)?, ..note };
    let mut doc = DraftDoc::new(client, number, desk.staff()?.id, desk.moment(), DraftBody::Note(note));
    doc.head.meta = drafts::about(&doc.body).into_bytes();
    unit.put_draft(&doc);
    Ok(number)
}

/// The lines a part works on, as the last one did; else the only objective there is.
fn likely(
    desk: &Desk,
    session: &GroupSession,
    client: ClientId,
) -> Result<Vec<crate::domain::Served>, Fault> {
    use crate::domain::Served;
    let active = card::objectives(desk, client)?;
    let of = |line| Served { line, ..Served::default() };
    let before = card::before(desk, session)?;
    if let Some(number) = card::last_note(&before, client)
        && let Some(head) = desk.books().get::<crate::store::DocHead>(client, number)?
        && let Some(note) = head.value.note()
    {
        let lines = note.lines.iter().map(|served| served.line);
        let still: Vec<Served> =
            lines.filter(|line| active.iter().any(|one| one.0 == *line)).map(of).collect();
        if !still.is_empty() {
            return Ok(still);
        }
    }
    Ok(match active.as_slice() {
        [(only, _)] => vec![of(*only)],
        _ => Vec::new(),
    })
}

/// Sets what it was about, what of the curriculum it held and which guests there were.
pub(super) fn set(
    desk: &mut Desk,
    id: GroupId,
    number: Number,
    (topic, topics, guests): (String, Vec<TopicHeld>, Guests),
) -> Result<GroupAnswer, Fault> {
    let (group, Kept { rev, value: mut session }) = led(desk, id, number)?;
    if let Some(why) = curriculum::wrong(&topics, &group.curriculum, session.minutes) {
        return Err(Fault::user(why));
    }
    if guests.total() == 0 && !guests.names.is_empty() {
        return Err(Fault::user("There are names of guests. Type how many guests there were, too."));
    }
    session.shared = shared(desk, &session)?;
    let mut unit = desk.session_unit(&session)?;
    topic.trim().clone_into(&mut session.topic);
    session.topics = topics;
    session.guests = guests;
    unit.put(&session, id, number, rev);
    desk.commit(unit)?;
    shown(desk, &group, &session, "The session is changed.".to_owned())
}

/// Keeps the shared part with the session.
pub(super) fn keep(desk: &mut Desk, id: GroupId, number: Number, text: String) -> Result<GroupAnswer, Fault> {
    let (group, Kept { rev, value: mut session }) = led(desk, id, number)?;
    if session.shared != text {
        session.shared = text;
        let mut unit = desk.session_unit(&session)?;
        unit.put(&session, id, number, rev);
        desk.commit(unit)?;
    }
    shown(desk, &group, &session, String::new())
}

/// Words that look like a member's name are somebody else's: the reason is kept with the session and in no chart.
pub(super) fn not_a_member(
    desk: &mut Desk,
    id: GroupId,
    number: Number,
    (part, words, reason): (Option<ClientId>, &str, &str),
) -> Result<GroupAnswer, Fault> {
    let (group, Kept { rev, value: mut session }) = led(desk, id, number)?;
    let words = group::names::compared(words);
    if words.is_empty() || reason.trim().is_empty() {
        return Err(Fault::user("Write in a few words who or what it is."));
    }
    let (by, at) = (desk.staff()?.id, desk.moment());
    session.not_members.push(NotAMember { words, reason: reason.trim().to_owned(), part, by, at });
    let mut unit = desk.session_unit(&session)?;
    unit.put(&session, id, number, rev);
    desk.commit(unit)?;
    shown(desk, &group, &session, "It is kept with the session, and in no chart.".to_owned())
}

/// The groups one leads that meet on a day, or met.
pub(in crate::service) fn on_day(desk: &Desk, date: Date) -> Result<Vec<GroupDay>, Fault> {
    if desk.permit(Capability::KeepGroups, None).is_err() {
        return Ok(Vec::new());
    }
    let me = desk.staff()?.id;
    let mut groups: Vec<Group> = Vec::new();
    desk.books().each::<Group>(|kept| groups.push(kept.value))?;
    let mut all = Vec::new();
    for group in groups {
        let sessions = desk.books().list::<GroupSession>(group.id)?;
        let begun = sessions.into_iter().map(|kept| kept.value).find(|session| session.date == date);
        let mine = match &begun {
            Some(session) => session.facilitators.contains(&me),
            None => group::leads(&group, me) && group::meets_on(&group, date),
        };
        if mine {
            all.push(line(&group, begun.as_ref(), (date, me)));
        }
    }
    all.sort_by(|one, other| (one.start, &one.name).cmp(&(other.start, &other.name)));
    Ok(all)
}

fn line(group: &Group, begun: Option<&GroupSession>, (date, me): (Date, StaffId)) -> GroupDay {
    let stands_in = begun.is_some_and(|session| group::stands_in(group, session, me));
    let begun = begun.filter(|session| session.is_begun());
    let (start, minutes) = begun.map_or((group.start, group.minutes), |one| (one.start, one.minutes));
    let entries: &[GroupEntry] = begun.map_or(&[], |session| &session.entries);
    let signed: BTreeSet<ClientId> =
        entries.iter().filter(|one| one.note > 0).map(|one| one.client).collect();
    GroupDay {
        group: group.id,
        name: group.name.clone(),
        start,
        minutes,
        members: if begun.is_some() { entries.len() } else { group::members_on(group, date).len() },
        begun: begun.is_some(),
        stands_in,
        present: begun.map_or(0, GroupSession::present),
        signed: signed.len(),
        unmarked: entries.iter().filter(|one| one.here == Here::NotMarked).count(),
    }
}
