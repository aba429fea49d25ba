//! A member's own slip at the end of a group session: a check-in in their chart. The session knows its number and nothing of it.

use super::super::api::{GroupAnswer, Kept};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::{alerts, checkins};
use super::{card, led};
use crate::domain::{Act, CheckIn, Client, ClientId, Group, GroupId, GroupSession, HowTaken, Number, Reply};
use crate::rules::access::Capability;
use crate::rules::alliance::{CHECK_IN, form_for, form_in_group};
use crate::rules::measured;

/// Why a slip that is typed again was not theirs as it stood.
const AGAIN: &str = "the slip was typed again";

/// Keeps what a member answered. A slip that is typed again takes the place of the one before, which stays as entered in error.
pub(super) fn keep(
    desk: &mut Desk,
    (id, number): (GroupId, Number),
    client: ClientId,
    answers: Vec<(String, Reply)>,
) -> Result<GroupAnswer, Fault> {
    let (group, Kept { rev, value: mut session }) = led(desk, id, number)?;
    let at = session.entries.iter().position(|entry| entry.client == client && entry.here.came());
    let at =
        at.ok_or_else(|| Fault::user("Say first that they were there; then their slip can be typed."))?;
    let checkin = of(desk, (&group, &session), client, answers)?;
    take_back(desk, (&group, &session), client, session.entries[at].slip)?;
    let permit = desk.member_permit(Capability::WriteGroupPart, (&group, &session), client)?;
    let slip = desk.books().next_number::<CheckIn>(client)?;
    let mut unit = desk.session_unit(&session)?;
    unit.also(permit, Act::CheckInRecorded, slip);
    // That it opens an alert is told in the chart, to those who read it.
    checkins::put(desk, &mut unit, checkin)?;
    session.entries[at].slip = slip;
    unit.put(&session, id, number, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.forget_steps(client);
    let before = card::before(desk, &session)?;
    let member = card::of(desk, (&group, &session), &before, &session.entries[at])?;
    Ok(GroupAnswer::Marked(Box::new(member)))
}

/// A slip as a check-in: about the group, by its neutral name, so that it has a line of its own.
fn of(
    desk: &Desk,
    (group, session): (&Group, &GroupSession),
    client: ClientId,
    answers: Vec<(String, Reply)>,
) -> Result<CheckIn, Fault> {
    let form = desk.measures.find(CHECK_IN).ok_or_else(|| Fault::internal("the check-in has no form"))?;
    let birth = desk.books().get::<Client>(client, 1)?.map(|kept| kept.value.birth).unwrap_or_default();
    let usual = form_for(form, measured::age_on(birth, session.date));
    Ok(CheckIn {
        client,
        on: session.date,
        about: session.facilitators.first().copied().unwrap_or_default(),
        answered_by: "client".to_owned(),
        name: format!("client, in {}", group.neutral),
        form: form_in_group(form, &usual),
        how: HowTaken::Paper,
        answers,
        ..CheckIn::default()
    })
}

/// The slip that was typed before was typed wrong.
fn take_back(
    desk: &mut Desk,
    of: (&Group, &GroupSession),
    client: ClientId,
    number: Number,
) -> Result<(), Fault> {
    let Some(kept) = desk.books().get::<CheckIn>(client, number)? else { return Ok(()) };
    if !kept.value.in_error.is_empty() {
        return Ok(());
    }
    let permit = desk.member_permit(Capability::WriteGroupPart, of, client)?;
    let checkin = CheckIn { in_error: AGAIN.to_owned(), ..kept.value };
    let mut unit = desk.session_unit(of.1)?;
    unit.also(permit, Act::CheckInRecorded, number);
    unit.put(&checkin, client, number, kept.rev);
    alerts::entered_in_error(desk, &mut unit, client, (CHECK_IN, number))?;
    desk.commit(unit).map(drop)
}
