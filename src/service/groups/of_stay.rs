//! The groups of a client in one stay: what a discharge and a review say of them, and how they are left with the stay.
//!
//! Charts know a group by its neutral name alone, and so does everything here.

use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::roster::came_after;
use super::sign::stay_of;
use crate::domain::{Act, ClientId, Date, Group, GroupSession, Member, Number};
use crate::packs;
use crate::rules::access::Capability;
use crate::rules::group::curriculum;
use crate::rules::when::with_year;

/// Why somebody is no longer in a group whose stay has ended.
const ENDED: &str = "the stay ended";

/// The groups of a stay that somebody is in now, each with its revision.
fn now(desk: &Desk, client: ClientId, stay: Number) -> Result<Vec<(Group, u32)>, Fault> {
    let mut all = Vec::new();
    let is_in = |one: &Member| one.client == client && one.until.is_none();
    desk.books().each::<Group>(|kept| {
        if kept.value.ended.is_none() && kept.value.members.iter().any(is_in) {
            all.push((kept.value, kept.rev));
        }
    })?;
    let mut of_it = Vec::new();
    for (group, rev) in all {
        if stay_of(desk, &group, client)? == stay {
            of_it.push((group, rev));
        }
    }
    of_it.sort_by(|one, other| one.0.neutral.cmp(&other.0.neutral));
    Ok(of_it)
}

/// The groups that a stay ends with it, in words: the neutral name, and since when.
pub(in crate::service) fn left_with(
    desk: &Desk,
    client: ClientId,
    stay: Number,
) -> Result<Vec<String>, Fault> {
    let words = |(group, _): &(Group, u32)| {
        let since = group.members.iter().filter(|one| one.client == client && one.until.is_none());
        let since = since.map(|one| with_year(one.from)).next().unwrap_or_default();
        format!("{}, since {since}", group.neutral)
    };
    Ok(now(desk, client, stay)?.iter().map(words).collect())
}

/// What a client has had and missed of each group with a curriculum, or with hours that an order asks for, between two days.
pub(in crate::service) fn hours(
    desk: &Desk,
    client: ClientId,
    stay: Number,
    (from, until): (Date, Date),
) -> Result<Vec<String>, Fault> {
    let mut groups: Vec<Group> = Vec::new();
    let was_in =
        |one: &Member| one.client == client && one.from <= until && one.until.is_none_or(|last| from <= last);
    desk.books().each::<Group>(|kept| {
        if kept.value.members.iter().any(was_in) {
            groups.push(kept.value);
        }
    })?;
    groups.sort_by(|one, other| one.neutral.cmp(&other.neutral));
    let mut all = Vec::new();
    for group in groups {
        if stay_of(desk, &group, client)? != stay {
            continue;
        }
        let mut sessions: Vec<GroupSession> =
            desk.books().list::<GroupSession>(group.id)?.into_iter().map(|kept| kept.value).collect();
        sessions.retain(|one| from <= one.date && one.date <= until);
        let kind = packs::groups().kind(&group.kind);
        let asked = group.members.iter().rev().find(|one| was_in(one)).map_or(0, |one| one.hours);
        let topics = curriculum::topics(&group.curriculum, &sessions, client, &kind);
        let words = curriculum::told(&topics, curriculum::time(&sessions, client, &kind), asked);
        if !words.is_empty() {
            all.push(format!("{}: {words}", group.neutral));
        }
    }
    Ok(all)
}

/// Ends their time in the groups of a stay, as part of the act that ends the stay.
pub(in crate::service) fn leave_all(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    (stay, on): (Number, Date),
) -> Result<(), Fault> {
    let groups = now(desk, client, stay)?;
    if !groups.is_empty() {
        unit.also(desk.permit(Capability::WriteChart, Some(client))?, Act::GroupChanged, 0);
    }
    for (mut group, rev) in groups {
        // Whoever came after the last day was in the group on that day.
        let last = came_after(desk, group.id, client, on)?.unwrap_or(on);
        for member in group.members.iter_mut().filter(|one| one.client == client && one.until.is_none()) {
            (member.until, member.reason) = (Some(last.max(member.from)), ENDED.to_owned());
        }
        unit.put(&group, group.id, 1, rev);
    }
    Ok(())
}
