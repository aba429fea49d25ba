//! Danger that is seen in a group session: an immediate need in the member's chart, and what a part says of it before it is signed.

use super::super::api::{GroupAnswer, Kept};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::needs::{self, Danger};
use super::{led, name_of, session as sessions};
use crate::domain::{Act, Asked, ClientId, GroupId, ImmediateNeed, NoteDraft, Number};
use crate::rules::access::Capability;
use crate::rules::doubts;

/// Raises an immediate need of a member. Whoever led the session may, whoever counsels the member: danger does not wait for a
/// signature. It stands in the member's chart alone.
pub(super) fn raise(
    desk: &mut Desk,
    (group, number): (GroupId, Number),
    client: ClientId,
    danger: Danger<'_>,
) -> Result<GroupAnswer, Fault> {
    let (group, Kept { value: session, .. }) = led(desk, group, number)?;
    let permit = desk.member_permit(Capability::AnswerDanger, (&group, &session), client)?;
    let need = desk.books().next_number::<ImmediateNeed>(client)?;
    let key = danger.dimension.number;
    let mut unit = desk.session_unit(&session)?;
    unit.also(permit, Act::NeedRaised, need);
    needs::put(desk, &mut unit, (client, need), danger)?;
    desk.commit(unit)?;
    let name = name_of(desk, client)?;
    let said = format!(
        "{name}: an immediate need in D{key} is in the chart. Their counselor and supervisors see it first."
    );
    sessions::shown(desk, &group, &session, said)
}

/// What a part says about danger that does not fit. What the chart says beyond it is not told: whoever leads a group may not know.
pub(super) fn doubts(desk: &Desk, client: ClientId, note: &NoteDraft) -> Result<Vec<String>, Fault> {
    let mut all = doubts::of_danger(note, desk.format(&note.format)?);
    if note.answers.risk == Asked::Present && !is_raised(desk, client)? {
        all.push("Danger is present, and you raised no immediate need.".to_owned());
    }
    Ok(all)
}

/// Whether the person here said something to a need of the client that is open.
fn is_raised(desk: &Desk, client: ClientId) -> Result<bool, Fault> {
    let me = desk.staff()?.id;
    let needs = desk.books().list::<ImmediateNeed>(client)?;
    let mine = |need: &ImmediateNeed| need.history.iter().any(|entry| entry.by == me);
    Ok(needs.iter().any(|kept| kept.value.state.open() && mine(&kept.value)))
}
