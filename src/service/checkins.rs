//! Check-ins: three answers and one open line, and the guess that only its author sees.

use super::alerts;
use super::api::{Answer, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::heard::open_episode;
use super::steps::Said;
use super::unit::Unit;
use crate::domain::{Act, CheckIn, ClientId, Number, Session, SessionState, StaffId};
use crate::rules::access::Capability;
use crate::rules::alliance::{CHECK_IN, is_far_apart};

/// Saves a check-in.
pub(super) fn save(desk: &mut Desk, checkin: CheckIn) -> Result<Answer, Fault> {
    let client = checkin.client;
    let number = desk.books().next_number::<CheckIn>(client)?;
    let mut unit = desk.unit(Capability::WriteChart, Act::CheckInRecorded, Some(client), number)?;
    let said = put(desk, &mut unit, checkin)?;
    desk.done(unit, client, Said::new(said, "the check-in is not in the chart any more."))
}

/// Puts a check-in into a unit, with the alert that it opens. Returns what is said of it.
pub(super) fn put(desk: &Desk, unit: &mut Unit, mut checkin: CheckIn) -> Result<String, Fault> {
    let client = checkin.client;
    check(desk, &mut checkin)?;
    let staff = desk.staff()?;
    (checkin.by, checkin.by_name) = (staff.id, staff.signature_name());
    if checkin.about == StaffId::default() {
        checkin.about = staff.id;
    }
    checkin.about_name = desk.seat()?.name_of(checkin.about);
    checkin.at = desk.moment();
    checkin.number = desk.books().next_number::<CheckIn>(client)?;
    checkin.episode = open_episode(desk, client)?;
    checkin.session = session_of(desk, &checkin)?;
    let alert = alerts::of_check_in(desk, unit, &checkin)?;
    unit.put(&checkin, client, checkin.number, 0);
    Ok(if alert.is_empty() {
        "The check-in is saved.".to_owned()
    } else {
        format!("The check-in is saved, and it opens an alert: {alert}.")
    })
}

/// Checks answers and guess against the form.
fn check(desk: &Desk, checkin: &mut CheckIn) -> Result<(), Fault> {
    if checkin.is_empty() {
        return Err(
            Fault::user("Nothing was answered, so there is no check-in.").hint("Press Esc to leave it.")
        );
    }
    if checkin.on > desk.now().local.date {
        return Err(Fault::user("The day of the check-in is not over yet: type the day it was taken."));
    }
    if checkin.answered_by.trim().is_empty() {
        "client".clone_into(&mut checkin.answered_by);
    }
    let form = desk.measures.find(CHECK_IN).ok_or_else(|| Fault::internal("the check-in has no form"))?;
    checkin.version = form.version;
    for (id, reply) in checkin.answers.iter().chain(&checkin.guess) {
        let item = form.item(id).map(|at| &form.items[at]);
        let known =
            item.is_some_and(|item| reply.key().is_none_or(|key| form.answers_of(item).worth(key).is_some()));
        if !known {
            return Err(Fault::user("An answer of a check-in is 1, 2, 3, 4 or 5, or - for no answer."));
        }
    }
    Ok(())
}

/// The session of that day with the person it is about, if there is one.
fn session_of(desk: &Desk, checkin: &CheckIn) -> Result<Number, Fault> {
    let sessions = desk.books().list::<Session>(checkin.client)?;
    let of = |kept: &&Kept<Session>| {
        let session = &kept.value;
        let came = matches!(session.state, SessionState::Arrived { .. } | SessionState::Held);
        session.date == checkin.on && session.staff == checkin.about && came
    };
    Ok(sessions.iter().rev().find(of).map_or(0, |kept| kept.value.number))
}

/// Says that a check-in should never have been here.
pub(super) fn in_error(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    rev: u32,
    words: &str,
) -> Result<Answer, Fault> {
    if words.trim().is_empty() {
        return Err(Fault::user("Say why it is in error."));
    }
    let mut checkin = desk.books().at::<CheckIn>(client, number, rev, "This check-in")?;
    words.trim().clone_into(&mut checkin.in_error);
    let mut unit = desk.unit(Capability::WriteChart, Act::CheckInRecorded, Some(client), number)?;
    unit.put(&checkin, client, number, rev);
    alerts::entered_in_error(desk, &mut unit, client, (CHECK_IN, number))?;
    desk.done(unit, client, Said::new("Entered in error.", "the check-in is as it was before."))
}

/// The check-ins as the person here may see them: nobody is told what another one guessed. Where the agency wishes it, a supervisor
/// is told of which check-ins the guess lies far from the answers, and that is all.
pub(super) fn seen(
    desk: &Desk,
    mut all: Vec<Kept<CheckIn>>,
) -> Result<(Vec<Kept<CheckIn>>, Vec<Number>), Fault> {
    let me = desk.staff()?.id;
    let tells = desk.seat()?.house.rules.far_apart;
    let mut apart = Vec::new();
    for kept in all.iter_mut().filter(|kept| kept.value.by != me) {
        let one = &mut kept.value;
        if tells && desk.answers_for(one.by) == Some(me) && is_far_apart(one) {
            apart.push(one.number);
        }
        one.guess.clear();
    }
    Ok((all, apart))
}
