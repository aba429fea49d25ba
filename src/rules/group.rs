//! What follows from a group and its sessions: who is in it on a day, minutes, units, limits.
//!
//! Sources: limits `clinical.md` 4.5, minutes and units 5.5. Who else may not be named is [`names`]' to say.

pub mod curriculum;
pub mod names;
#[cfg(test)]
mod names_tests;
pub mod same_words;
#[cfg(test)]
mod tests;

use crate::domain::{ClientId, Date, Group, GroupEntry, GroupSession, Here, StaffId};
use crate::packs::{GroupKind, ServiceCode, UnitRule};
use std::collections::BTreeSet;

/// Days for which somebody who left is still looked for in the others' parts.
pub const LOOKED_FOR: i32 = 90;

/// Everybody who is in a group on a day, in the order in which they joined.
pub fn members_on(group: &Group, on: Date) -> Vec<ClientId> {
    let mut all: Vec<ClientId> = Vec::new();
    for member in group.members.iter().filter(|member| member.is_in(on)) {
        if !all.contains(&member.client) {
            all.push(member.client);
        }
    }
    all
}

/// Everybody whose name may not stand in another's part of a session on this day: who was in the group then or within the 90
/// days before.
pub fn looked_for(group: &Group, on: Date) -> BTreeSet<ClientId> {
    let since = on.plus_days(-LOOKED_FOR);
    let recent = |until: Option<Date>| until.is_none_or(|until| since <= until);
    let all = group.members.iter().filter(|one| one.from <= on && recent(one.until));
    all.map(|member| member.client).collect()
}

/// Whether the units of a session stand in this member's chart. A family session is counted once.
pub fn bears_units((group, session): (&Group, &GroupSession), kind: &GroupKind, client: ClientId) -> bool {
    !kind.family || subject(group, session) == Some(client)
}

/// In whose chart a family session is counted: where it is already, else with whoever was there and came into the family's group first.
pub fn subject(group: &Group, session: &GroupSession) -> Option<ClientId> {
    if session.billed.is_some() {
        return session.billed;
    }
    let came = |client: ClientId| session.entry(client).is_some_and(|entry| entry.here.came());
    group.members.iter().map(|member| member.client).find(|client| came(*client))
}

/// Whether the group usually meets on this day.
pub fn meets_on(group: &Group, on: Date) -> bool {
    use chrono::Datelike;
    let weekday = on.naive().weekday().num_days_from_monday();
    group.weekday.is_some_and(|day| u32::from(day) == weekday) && group.ended.is_none_or(|ended| on < ended)
}

/// Whether somebody leads a group.
pub fn leads(group: &Group, who: StaffId) -> bool {
    group.facilitators.contains(&who)
}

/// Whether somebody leads this session and not the group: a substitute.
pub fn stands_in(group: &Group, session: &GroupSession, who: StaffId) -> bool {
    session.facilitators.contains(&who) && !leads(group, who)
}

/// Whether nothing of a session is open any more: everybody is marked, whoever came has a signed note, and the others an entry in
/// their chart.
pub fn is_settled(session: &GroupSession) -> bool {
    let settled = |entry: &GroupEntry| match entry.here {
        Here::NotMarked => false,
        Here::Absent | Here::Excused => entry.session > 0,
        _ => entry.note > 0,
    };
    session.is_begun() && session.entries.iter().all(settled)
}

/// The minutes of service somebody had in a session of so many minutes. A break is taken off as far as it lies within their time.
pub fn minutes(length: u16, entry: &GroupEntry, kind: &GroupKind) -> u16 {
    if !entry.here.came() {
        return 0;
    }
    let late = if entry.here == Here::Present { 0 } else { entry.late };
    let left = if entry.here == Here::Present { 0 } else { entry.left };
    let (from, to) = (late.min(length), length.saturating_sub(left));
    let pause = (kind.pause_after.max(from), (kind.pause_after + kind.pause).min(to));
    to.saturating_sub(from).saturating_sub(pause.1.saturating_sub(pause.0))
}

/// The units of so many minutes by a service code, exactly from the minutes.
pub fn units(minutes: u16, code: &ServiceCode) -> u16 {
    if minutes == 0 || minutes < code.least {
        return 0;
    }
    match code.rule {
        UnitRule::Session => 1,
        UnitRule::Full => minutes / code.minutes.max(1),
        UnitRule::Started => minutes.div_ceil(code.minutes.max(1)),
    }
}

/// The units in words, with the reason where there is none.
pub fn units_words(minutes: u16, code: &ServiceCode) -> String {
    match units(minutes, code) {
        0 => format!("0 of {}: {minutes} minutes are fewer than {}", code.key, code.least.max(code.minutes)),
        units => format!("{units} of {}", code.key),
    }
}

/// A limit that a session is beyond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// A whole sentence.
    pub words: String,
    /// Only a supervisor's reason lets it through.
    pub hard: bool,
}

/// How many count for the limits of a kind: the members who were there, and the guests where the kind says so.
pub fn counted(kind: &GroupKind, session: &GroupSession) -> usize {
    session.present() + if kind.guests_count { session.guests.total() } else { 0 }
}

/// The limits of its kind that a session is beyond.
pub fn beyond(kind: &GroupKind, present: usize, staff: usize, minutes: u16) -> Vec<Beyond> {
    let soft = |words: String| Beyond { words, hard: false };
    let mut all = Vec::new();
    let (most, each) = (usize::from(kind.most_present), usize::from(kind.per_facilitator));
    if most > 0 && present > most {
        let words = format!("{present} members are present; at most {most} are allowed.");
        all.push(Beyond { words, hard: kind.most_is_hard });
    }
    if each > 0 && present > each * staff.max(1) {
        all.push(soft(format!("There are more than {each} members for each facilitator.")));
    }
    if present > 0 && present < usize::from(kind.least_present) {
        all.push(soft(format!(
            "Fewer than {} members are present. Single sessions may be what was held.",
            kind.least_present
        )));
    }
    if minutes < kind.least_minutes {
        all.push(soft(format!("The session is shorter than {} minutes.", kind.least_minutes)));
    }
    all
}
