//! Ruptures: written by whoever lived them, read by them and by their supervisor, and by nobody else.
//!
//! Owns that rule. A rupture is stored with its author's records, its event names no client, and no list of the team counts it.

use super::api::{Answer, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::heard::open_episode;
use crate::domain::{Act, ClientId, Rupture, Session, SessionState, StaffId};
use crate::rules::access::Capability;

/// The ruptures in a client's work that this person may know of: their own, and those of the people they answer for as supervisor,
/// the newest first.
pub(super) fn seen(desk: &Desk, client: ClientId) -> Result<Vec<Kept<Rupture>>, Fault> {
    let me = desk.staff()?.id;
    let team: Vec<StaffId> = desk.seat()?.colleagues.iter().map(|one| one.id).collect();
    let mut all = Vec::new();
    for author in team.into_iter().filter(|one| *one == me || desk.answers_for(*one) == Some(me)) {
        all.extend(desk.books().list::<Rupture>(author)?);
    }
    all.retain(|kept| kept.value.client == client);
    all.sort_by_key(|kept| std::cmp::Reverse((kept.value.on, kept.value.at)));
    Ok(all)
}

/// Saves a rupture: a new one with `rev` 0, else a change by its author.
pub(super) fn save(desk: &mut Desk, mut rupture: Rupture, rev: u32) -> Result<Answer, Fault> {
    let client = rupture.client;
    check(desk, &rupture)?;
    let staff = desk.staff()?;
    let (me, name) = (staff.id, staff.signature_name());
    if rev == 0 {
        (rupture.by, rupture.by_name, rupture.at) = (me, name, desk.moment());
        rupture.number = desk.books().next_number::<Rupture>(me)?;
        rupture.episode = open_episode(desk, client)?;
        rupture.session = session_of(desk, &rupture)?;
    } else {
        let before = desk.books().at::<Rupture>(me, rupture.number, rev, "This rupture")?;
        if before.client != client {
            return Err(Fault::mismatch("a rupture of another client"));
        }
        let Rupture { episode, session, by, by_name, at, .. } = before;
        rupture = Rupture { episode, session, by, by_name, at, ..rupture };
    }
    let today = desk.now().local.date;
    rupture.outcome_on = if rupture.outcome.is_open() { None } else { rupture.outcome_on.or(Some(today)) };
    let mut unit = desk.own_unit(Act::OwnWorkNoted)?;
    unit.put(&rupture, me, rupture.number, rev);
    desk.commit(unit)?;
    let said = if rev == 0 {
        "The rupture is written down. You and your supervisor see it, nobody else."
    } else {
        "The rupture is changed."
    };
    desk.done_for_good(client, said.to_owned())
}

fn check(desk: &Desk, rupture: &Rupture) -> Result<(), Fault> {
    if rupture.on > desk.now().local.date {
        return Err(Fault::user("The day is not over yet: type the day it happened."));
    }
    if rupture.marks.is_empty() && rupture.what.trim().is_empty() {
        return Err(Fault::user("Choose what it showed in, or write what happened."));
    }
    if !rupture.outcome.is_open() && rupture.repair.is_empty() && rupture.outcome_words.trim().is_empty() {
        return Err(Fault::user("Say what was done: choose what you tried, or write it."));
    }
    desk.permit(Capability::WriteChart, Some(rupture.client)).map(|_| ())
}

/// The session of that day, if one was held.
fn session_of(desk: &Desk, rupture: &Rupture) -> Result<u32, Fault> {
    let me = desk.staff()?.id;
    let of = |session: &Session| {
        session.date == rupture.on && session.staff == me && session.state == SessionState::Held
    };
    let all = desk.books().list::<Session>(rupture.client)?;
    Ok(all.iter().rev().find(|kept| of(&kept.value)).map_or(0, |kept| kept.value.number))
}
