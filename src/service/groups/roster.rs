//! Groups and who is in them. A roster is the group's: it is written in nobody's chart.

use super::super::api::{GroupAnswer, GroupLine, GroupView, MemberLine};
use super::super::circle;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::{find, name_of};
use crate::domain::{
    Act, ClientId, Date, Group, GroupId, GroupSession, Here, Member, Role, StaffId, counted,
};
use crate::packs;
use crate::rules::access::Capability;
use crate::rules::group::curriculum;
use crate::rules::{group, when};

/// Most people in one group over time: the record is read whole.
const MOST_MEMBERS: usize = 500;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The groups one may see.
pub(super) fn list(desk: &Desk) -> Result<Vec<GroupLine>, Fault> {
    let mut all = Vec::new();
    for group in visible(desk)? {
        all.push(line(desk, &group)?);
    }
    all.sort_by(|one, other| (one.ended, &one.name).cmp(&(other.ended, &other.name)));
    Ok(all)
}

/// Every group one may see. Without the permission for any it is refused.
pub(super) fn visible(desk: &Desk) -> Result<Vec<Group>, Fault> {
    desk.permit(Capability::KeepGroups, None)?;
    let mut all = Vec::new();
    desk.books().each::<Group>(|kept| all.push(kept.value))?;
    all.retain(|group| desk.group_permit(Capability::KeepGroups, group).is_ok());
    Ok(all)
}

fn line(desk: &Desk, group: &Group) -> Result<GroupLine, Fault> {
    let sessions = desk.books().list::<GroupSession>(group.id)?;
    let open = sessions.iter().flat_map(|kept| &kept.value.entries);
    let open = open.filter(|entry| entry.here.came() && entry.note == 0).count();
    let seat = desk.seat()?;
    let today = desk.now().local.date;
    Ok(GroupLine {
        group: group.id,
        name: group.name.clone(),
        kind: packs::groups().kind(&group.kind).name,
        program: group.program.clone(),
        facilitators: group.facilitators.iter().map(|one| seat.short_name_of(*one)).collect(),
        members: group::members_on(group, today).len(),
        meets: meets(group),
        last: sessions.iter().filter(|kept| kept.value.is_begun()).map(|kept| kept.value.date).max(),
        open,
        ended: group.ended.is_some_and(|ended| ended <= today),
    })
}

/// When it meets, in a few words.
fn meets(group: &Group) -> String {
    let day = group.weekday.and_then(|day| WEEKDAYS.get(usize::from(day)));
    day.map(|day| format!("{day} {}", group.start)).unwrap_or_default()
}

/// A group with its roster and its sessions.
pub(super) fn view(desk: &Desk, id: GroupId, said: String) -> Result<GroupView, Fault> {
    let kept = find(desk, id)?;
    desk.group_permit(Capability::KeepGroups, &kept.value)?;
    let seat = desk.seat()?;
    let mut sessions: Vec<GroupSession> =
        desk.books().list::<GroupSession>(id)?.into_iter().map(|kept| kept.value).collect();
    sessions.sort_by_key(|session| std::cmp::Reverse((session.date, session.number)));
    let mut members = Vec::new();
    for member in &kept.value.members {
        let Member { client, from, until, reason, hours } = member.clone();
        members.push(MemberLine { client, name: name_of(desk, client)?, from, until, reason, hours });
    }
    members.sort_by(|one, other| (one.until.is_some(), &one.name).cmp(&(other.until.is_some(), &other.name)));
    Ok(GroupView {
        facilitators: kept.value.facilitators.iter().map(|one| seat.name_of(*one)).collect(),
        leads: group::leads(&kept.value, seat.staff.value.id),
        group: kept,
        said,
        members,
        sessions,
    })
}

fn shown(desk: &Desk, id: GroupId, said: String) -> Result<GroupAnswer, Fault> {
    Ok(GroupAnswer::Group(Box::new(view(desk, id, said)?)))
}

fn check(desk: &Desk, group: &Group) -> Result<(), Fault> {
    if group.name.trim().is_empty() || group.neutral.trim().is_empty() {
        return Err(Fault::user("A group needs a name, and a neutral name that charts show."));
    }
    if group.minutes == 0 || group.minutes > 24 * 60 {
        return Err(Fault::user("\"Minutes\" takes a number from 1 to 1440, such as 90."));
    }
    if !packs::groups().kinds.iter().any(|kind| kind.key == group.kind) {
        return Err(Fault::user("Choose the kind of group."));
    }
    if packs::groups().code(&group.code).is_none() && !group.code.is_empty() {
        return Err(Fault::user("Choose the service code from the list."));
    }
    if let Some(why) = curriculum::missing(&group.curriculum) {
        return Err(Fault::user(why));
    }
    let seat = desk.seat()?;
    let leads = |id: &StaffId| {
        let found = seat.colleagues.iter().find(|staff| staff.id == *id && staff.active);
        found.is_some_and(|staff| staff.has(Role::Counselor) || staff.has(Role::Supervisor))
    };
    if group.facilitators.is_empty() || !group.facilitators.iter().all(leads) {
        return Err(Fault::user("Choose who leads the group: counselors or supervisors who can sign in."));
    }
    if !seat.settings.value.programs.contains(&group.program) {
        return Err(Fault::user("Choose the program the group belongs to."));
    }
    Ok(())
}

/// A new group, or what one is. Nobody makes one they could not see afterwards.
pub(super) fn save(desk: &mut Desk, group: Group, rev: u32) -> Result<GroupAnswer, Fault> {
    let now = desk.moment();
    let mut said = "The group is there. Add its members.".to_owned();
    let group = if rev == 0 {
        let id = GroupId(desk.ids.fresh());
        let created_by = desk.staff()?.id;
        Group { id, members: Vec::new(), ended: None, created: now, created_by, ..group }
    } else {
        let before = desk.books().at::<Group>(group.id, 1, rev, "this group")?;
        desk.group_permit(Capability::KeepGroups, &before)?;
        said = if before.curriculum == group.curriculum {
            "The group is changed.".to_owned()
        } else {
            format!("The curriculum has {} now.", counted(group.curriculum.len(), "topic", "topics"))
        };
        let Group { id, members, created, created_by, .. } = before;
        Group { id, members, created, created_by, ..group }
    };
    check(desk, &group)?;
    let permit = desk.group_permit(Capability::KeepGroups, &group).map_err(|fault| {
        fault.hint("Make yourself one of those who lead it, or choose a program you supervise.")
    })?;
    let mut unit = desk.books().unit(permit, desk.event(Act::GroupChanged, None, 0), desk.ids.fresh());
    unit.put(&group, group.id, 1, rev);
    desk.commit(unit)?;
    shown(desk, group.id, said)
}

/// Somebody comes into a group: a person with an open stay, whose name one may see.
pub(super) fn join(
    desk: &mut Desk,
    id: GroupId,
    rev: u32,
    client: ClientId,
    from: Date,
) -> Result<GroupAnswer, Fault> {
    let mut group = changed(desk, id, rev)?;
    desk.permit(Capability::SeeNames, Some(client))?;
    let name = name_of(desk, client)?;
    if desk.open_episode(client)? == 0 {
        return Err(Fault::user(format!("{name} has no open stay. Admit them first, with [key:admit].")));
    }
    if group.members.iter().any(|one| one.client == client && one.until.is_none_or(|until| from <= until)) {
        return Err(Fault::user(format!("{name} is in this group already.")));
    }
    if group.members.len() >= MOST_MEMBERS {
        return Err(Fault::user("This group has had 500 members. Begin another one."));
    }
    if from.days_since(desk.now().local.date) > 366 {
        return Err(Fault::user("The first day is more than a year ahead. Choose an earlier one."));
    }
    for other in group::members_on(&group, from) {
        circle::heed_together(desk, other, client)?;
    }
    group.members.push(Member { client, from, ..Member::default() });
    put(desk, &group, rev)?;
    let from = when::short(from, desk.now().local.date);
    shown(desk, id, format!("{name} is in the group from {from} on."))
}

/// Somebody leaves a group. What was written stays.
pub(super) fn part(
    desk: &mut Desk,
    id: GroupId,
    rev: u32,
    client: ClientId,
    (until, reason): (Date, &str),
) -> Result<GroupAnswer, Fault> {
    let mut group = changed(desk, id, rev)?;
    let name = name_of(desk, client)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::user("Write in a few words why they leave the group."));
    }
    let today = desk.now().local.date;
    let came = came_after(desk, id, client, until)?;
    let member = group.members.iter_mut().find(|one| one.client == client && one.until.is_none());
    let Some(member) = member else {
        return Err(Fault::user(format!("{name} is not in this group now.")));
    };
    if until < member.from {
        return Err(Fault::user(format!(
            "{name} came into the group on {}; the last day is later.",
            when::short(member.from, today)
        )));
    }
    if let Some(day) = came {
        let day = when::short(day, today);
        return Err(Fault::user(format!("{name} was there on {day}: the last day cannot be before that.")));
    }
    (member.until, member.reason) = (Some(until), reason.to_owned());
    put(desk, &group, rev)?;
    shown(desk, id, format!("{} is {name}'s last day in the group.", when::short(until, today)))
}

/// The hours that an order asks of somebody who is in the group.
pub(super) fn ordered(
    desk: &mut Desk,
    id: GroupId,
    rev: u32,
    client: ClientId,
    hours: u16,
) -> Result<GroupAnswer, Fault> {
    let mut group = changed(desk, id, rev)?;
    let name = name_of(desk, client)?;
    let member = group.members.iter_mut().find(|one| one.client == client && one.until.is_none());
    let member = member.ok_or_else(|| Fault::user(format!("{name} is not in this group now.")))?;
    member.hours = hours;
    put(desk, &group, rev)?;
    shown(
        desk,
        id,
        match hours {
            0 => format!("No order asks hours of {name}."),
            hours => format!("{name} is to have {}.", counted(usize::from(hours), "hour", "hours")),
        },
    )
}

/// A session after a day, to which somebody came.
pub(super) fn came_after(
    desk: &Desk,
    id: GroupId,
    client: ClientId,
    day: Date,
) -> Result<Option<Date>, Fault> {
    let sessions = desk.books().list::<GroupSession>(id)?;
    let came = |session: &GroupSession| session.entry(client).is_some_and(|one| one.here != Here::NotMarked);
    let after = sessions.into_iter().map(|kept| kept.value).filter(|one| one.date > day && came(one));
    Ok(after.map(|session| session.date).max())
}

fn changed(desk: &Desk, id: GroupId, rev: u32) -> Result<Group, Fault> {
    let group = desk.books().at::<Group>(id, 1, rev, "this group")?;
    desk.group_permit(Capability::KeepGroups, &group)?;
    Ok(group)
}

fn put(desk: &mut Desk, group: &Group, rev: u32) -> Result<(), Fault> {
    let permit = desk.group_permit(Capability::KeepGroups, group)?;
    let mut unit = desk.books().unit(permit, desk.event(Act::GroupChanged, None, 0), desk.ids.fresh());
    unit.put(group, group.id, 1, rev);
    desk.commit(unit).map(drop)
}
