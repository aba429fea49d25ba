//! Who leads one session: a co-leader or a substitute. A substitute leads that session only, and sees its members from its start
//! until everything of it is signed.

use super::super::api::GroupAnswer;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::{card, find, roster};
use crate::domain::{Act, Date, Group, GroupId, GroupSession, StaffId};
use crate::rules::access::{Capability, counsels};
use crate::rules::{group, when};

/// Says who leads the session of a day. Those who lead the group say so, and supervisors of its program.
pub(super) fn hand_on(
    desk: &mut Desk,
    id: GroupId,
    date: Date,
    facilitators: Vec<StaffId>,
) -> Result<GroupAnswer, Fault> {
    let group = find(desk, id)?.value;
    let permit = desk.group_permit(Capability::KeepGroups, &group)?;
    let (seat, today) = (desk.seat()?, desk.now().local.date);
    let works = |id: &StaffId| seat.colleagues.iter().any(|one| one.id == *id && counsels(one));
    if facilitators.is_empty() || !facilitators.iter().all(works) {
        return Err(Fault::user("Choose who leads the session: counselors who can sign in."));
    }
    if date.days_since(today) > 366 {
        return Err(Fault::user("This day is more than a year ahead. Choose an earlier one."));
    }
    let names: Vec<String> = facilitators.iter().map(|one| seat.short_name_of(*one)).collect();
    let said = format!("{} leads the session of {}.", names.join(" and "), when::short(date, today));
    let sessions = desk.books().list::<GroupSession>(id)?;
    let (session, rev) = match sessions.into_iter().find(|kept| kept.value.date == date) {
        Some(kept) => {
            check_parts(desk, &kept.value, &facilitators)?;
            (GroupSession { facilitators, ..kept.value }, kept.rev)
        }
        None => (new(desk, &group, date, facilitators)?, 0),
    };
    let event = desk.event(Act::GroupSessionWritten, None, session.number);
    let mut unit = desk.books().unit(permit, event, desk.ids.fresh());
    unit.put(&session, id, session.number, rev);
    desk.commit(unit)?;
    Ok(GroupAnswer::Group(Box::new(roster::view(desk, id, said)?)))
}

/// Whoever has begun parts of a session goes on leading it until they are signed, or are no more.
fn check_parts(desk: &Desk, session: &GroupSession, facilitators: &[StaffId]) -> Result<(), Fault> {
    for entry in &session.entries {
        let Some(draft) = card::draft(desk, entry)? else { continue };
        if !facilitators.contains(&draft.head.by) {
            let name = desk.seat()?.short_name_of(draft.head.by);
            return Err(Fault::user(format!(
                "{name} has begun parts of this session. Keep {name} among those who lead it until they are signed."
            )));
        }
    }
    Ok(())
}

/// The session of a day as it is before anybody was marked.
pub(super) fn new(
    desk: &Desk,
    group: &Group,
    date: Date,
    facilitators: Vec<StaffId>,
) -> Result<GroupSession, Fault> {
    Ok(GroupSession {
        group: group.id,
        number: desk.books().next_number::<GroupSession>(group.id)?,
        date,
        start: group.start,
        minutes: group.minutes,
        facilitators,
        created: desk.moment(),
        created_by: desk.staff()?.id,
        ..GroupSession::default()
    })
}

/// Refuses a substitute before their session has begun and after it is signed.
pub(super) fn check_stands_in(desk: &Desk, group: &Group, session: &GroupSession) -> Result<(), Fault> {
    if !group::stands_in(group, session, desk.staff()?.id) {
        return Ok(());
    }
    if desk.moment() < desk.clock.instant(session.date, session.start) {
        return Err(Fault::denied(format!(
            "You stand in for this session. Its members are shown to you from {} on.",
            session.start
        )));
    }
    if group::is_settled(session) {
        return Err(Fault::denied(
            "You stood in for this session, and all of it is signed. Its members are not shown to you any more.",
        )
        .hint("Your own notes can still be read and amended by you, where they are listed as yours."));
    }
    Ok(())
}
