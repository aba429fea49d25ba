//! The plans of others whose charts may be read: which lines are in the same words (L05).
//!
//! They are read once a sign-in and kept in the seat as numbers made of their words, until the lock.

use super::super::api::{Answer, PlanView};
use super::super::desk::Desk;
use super::super::fault::Fault;
use crate::domain::{ClientId, Goal, Objective, Problem};
use crate::rules::access::{Capability, may};
use crate::rules::plan::Plan;
use crate::rules::plan::alike::{Others, Words, words};
use crate::store::Record;

/// Reads the plans of everybody whose chart may be read, and answers with the chart.
pub(super) fn compare(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::ReadChart, Some(client))?;
    if desk.seat()?.others.is_none() {
        let others = read_all(desk)?;
        desk.seat_mut()?.others = Some(others);
    }
    desk.done_for_good(client, String::new())
}

fn read_all(desk: &Desk) -> Result<Others, Fault> {
    let (seat, reach) = (desk.seat()?, desk.reach()?);
    let roles = &seat.staff.value.roles;
    let mut others = Others::default();
    for summary in seat.summaries.values() {
        if may(roles, Capability::ReadChart, seat.relation(&reach, summary)) {
            others.take(summary.client, lines(desk, summary.client)?);
        }
    }
    Ok(others)
}

/// The words of a person's problems, goals and objectives, as they are stored.
fn lines(desk: &Desk, client: ClientId) -> Result<Vec<Words>, Fault> {
    let plan = Plan {
        problems: values::<Problem>(desk, client)?,
        goals: values::<Goal>(desk, client)?,
        objectives: values::<Objective>(desk, client)?,
        ..Plan::default()
    };
    Ok(words(&plan).into_iter().map(|(_, words)| words).collect())
}

fn values<R: Record>(desk: &Desk, client: ClientId) -> Result<Vec<R>, Fault> {
    Ok(desk.books().list::<R>(client)?.into_iter().map(|kept| kept.value).collect())
}

/// Lines of a person were written: they are compared as they are now.
pub(in crate::service) fn read_again(desk: &mut Desk, client: ClientId) -> Result<(), Fault> {
    if desk.seat()?.others.as_ref().is_none_or(|others| !others.knows(client)) {
        return Ok(());
    }
    let lines = lines(desk, client)?;
    if let Some(others) = &mut desk.seat_mut()?.others {
        others.take(client, lines);
    }
    Ok(())
}

/// Puts into a plan which of its lines are in the words of somebody else's, as far as those were read.
pub(in crate::service) fn found(desk: &Desk, client: ClientId, view: &mut PlanView) -> Result<(), Fault> {
    let seat = desk.seat()?;
    let Some(others) = &seat.others else {
        view.to_compare = true;
        return Ok(());
    };
    let mut own = seat.house.links.charts(client);
    own.push(client);
    view.alike = others.like(&view.plan, &own);
    Ok(())
}
