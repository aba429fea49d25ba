//! Groups: rosters, sessions, one signed note for each member in one act.
//!
//! Owns who may do what in a group (leading it, or supervising its program) and who sees what of a member: a facilitator's card
//! while both are in the group. Nothing of a roster is written into a chart.

mod card;
mod check;
mod danger;
mod filled;
mod kept;
mod of_stay;
mod roster;
mod session;
mod sign;
mod slip;
mod substitute;

pub(super) use check::check_one;
pub(super) use kept::{Others, check_page, check_words};
pub(super) use of_stay::{hours, leave_all, left_with};
pub(super) use session::on_day;

use super::api::{Answer, GroupAnswer, GroupAsk, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::needs::Danger;
use super::permit::Permit;
use super::unit::Unit;
use crate::domain::{Act, ClientId, Group, GroupId, GroupSession, NeedSource, Number};
use crate::rules::access::{Capability, Relation, group_relation};
use crate::rules::group;

/// Routes what concerns groups.
pub(super) fn handle(desk: &mut Desk, ask: GroupAsk) -> Result<Answer, Fault> {
    let answer = match ask {
        GroupAsk::List => GroupAnswer::List(roster::list(desk)?),
        GroupAsk::Open(group) => GroupAnswer::Group(Box::new(roster::view(desk, group, String::new())?)),
        GroupAsk::Save { group, rev } => roster::save(desk, *group, rev)?,
        GroupAsk::Join { group, rev, client, from } => roster::join(desk, group, rev, client, from)?,
        GroupAsk::Part { group, rev, client, until, reason } => {
            roster::part(desk, group, rev, client, (until, &reason))?
        }
        GroupAsk::Ordered { group, rev, client, hours } => roster::ordered(desk, group, rev, client, hours)?,
        GroupAsk::HandOn { group, date, facilitators } => {
            substitute::hand_on(desk, group, date, facilitators)?
        }
        GroupAsk::Begin { group, date } => session::begin(desk, group, date)?,
        GroupAsk::Mark { group, session, entry } => session::mark(desk, group, session, entry)?,
        GroupAsk::Slip { group, session, client, answers } => {
            slip::keep(desk, (group, session), client, answers)?
        }
        GroupAsk::Set { group, session, topic, topics, guests } => {
            session::set(desk, group, session, (topic, topics, guests))?
        }
        GroupAsk::Keep { group, session, shared } => session::keep(desk, group, session, shared)?,
        GroupAsk::Check(signing) => GroupAnswer::Checked(Box::new(check::check(desk, &signing)?)),
        GroupAsk::NotAMember { group, session, client, words, reason } => {
            session::not_a_member(desk, group, session, (client, &words, &reason))?
        }
        GroupAsk::Danger { group, session, client, dimension, reason, done } => {
            let danger = Danger { dimension, reason: &reason, source: NeedSource::Clinician, done };
            danger::raise(desk, (group, session), client, danger)?
        }
        GroupAsk::Sign { signing, passphrase } => sign::sign(desk, &signing, &passphrase)?,
    };
    Ok(Answer::Group(answer))
}

impl Desk {
    /// How the person here is to a group.
    fn group_relation(&self, group: &Group) -> Result<Relation, Fault> {
        let reach = self.reach()?;
        Ok(group_relation(&reach, group))
    }

    /// Permission to see and change a group, and to lead its sessions.
    fn group_permit(&self, capability: Capability, group: &Group) -> Result<Permit, Fault> {
        Permit::ask(self.staff()?, capability, None, self.group_relation(group)?)
    }

    /// Permission for a member's card or part: for whoever led that session, while the member was in the group; for a substitute
    /// from its start until all of it is signed.
    fn member_permit(
        &self,
        capability: Capability,
        (group, session): (&Group, &GroupSession),
        client: ClientId,
    ) -> Result<Permit, Fault> {
        let me = self.staff()?;
        let leads = session.facilitators.contains(&me.id)
            && substitute::check_stands_in(self, group, session).is_ok();
        let member = group.members.iter().any(|one| one.client == client && one.is_in(session.date));
        let relation = if leads && member { Relation::Group } else { Relation::Elsewhere };
        Permit::ask(me, capability, Some(client), relation)
    }

    /// Permission to write a session: for whoever leads it, a substitute too.
    fn session_permit(&self, session: &GroupSession) -> Result<Permit, Fault> {
        let me = self.staff()?;
        let leads = session.facilitators.contains(&me.id);
        let relation = if leads { Relation::Facilitator } else { Relation::OtherGroup };
        Permit::ask(me, Capability::LeadGroup, None, relation)
    }

    /// An act in a group session. Its event names no client.
    fn session_unit(&self, session: &GroupSession) -> Result<Unit, Fault> {
        let permit = self.session_permit(session)?;
        let event = self.event(Act::GroupSessionWritten, None, session.number);
        Ok(self.books().unit(permit, event, self.ids.fresh()))
    }
}

/// A group that is there.
fn find(desk: &Desk, id: GroupId) -> Result<Kept<Group>, Fault> {
    let found = desk.books().get::<Group>(id, 1)?;
    found.ok_or_else(|| Fault::user("This group is not in the store."))
}

/// A session that one may lead, with its group.
fn led(desk: &Desk, id: GroupId, number: Number) -> Result<(Group, Kept<GroupSession>), Fault> {
    let group = find(desk, id)?.value;
    let led = desk.books().get::<GroupSession>(id, number)?;
    let led = led.ok_or_else(|| Fault::user("This group session is not in the store."))?;
    desk.session_permit(&led.value)?;
    substitute::check_stands_in(desk, &group, &led.value)?;
    let session = with_everybody(&group, led);
    Ok((group, session))
}

/// A session with an entry for everybody who was in the group on its day.
fn with_everybody(group: &Group, mut session: Kept<GroupSession>) -> Kept<GroupSession> {
    for client in group::members_on(group, session.value.date) {
        if session.value.entry(client).is_none() {
            let entry = crate::domain::GroupEntry { client, ..crate::domain::GroupEntry::default() };
            session.value.entries.push(entry);
        }
    }
    session
}

/// The name of somebody, as lists show it.
fn name_of(desk: &Desk, client: ClientId) -> Result<String, Fault> {
    super::days::name_of(desk, client)
}
