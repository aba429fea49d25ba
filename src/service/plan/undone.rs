//! Lines whose addition was undone. They keep their numbers, so they are what is missing among the numbers of a list.

use super::super::api::PlanView;
use super::super::desk::Desk;
use super::super::fault::Fault;
use crate::domain::{ClientId, Number};
use crate::rules::plan::Plan;
use crate::store::{Key, Record};
use std::collections::BTreeSet;

/// Puts into a plan what of it was undone in its episode.
pub(in crate::service) fn found(desk: &Desk, client: ClientId, view: &mut PlanView) -> Result<(), Fault> {
    let there = desk.seat()?.chart.as_ref().filter(|chart| chart.id == client);
    let Some(there) = there else { return Ok(()) };
    let numbers = |all: &mut dyn Iterator<Item = Number>| all.collect::<BTreeSet<Number>>();
    let mut undone = Plan {
        problems: missing(desk, client, &numbers(&mut there.problems.iter().map(|kept| kept.value.number)))?,
        goals: missing(desk, client, &numbers(&mut there.goals.iter().map(|kept| kept.value.line.number)))?,
        objectives: missing(
            desk,
            client,
            &numbers(&mut there.objectives.iter().map(|kept| kept.value.line.number)),
        )?,
        methods: missing(
            desk,
            client,
            &numbers(&mut there.methods.iter().map(|kept| kept.value.line.number)),
        )?,
        ..Plan::default()
    };
    let episode = super::episode(desk, client)?;
    undone.goals.retain(|one| one.line.episode == episode);
    undone.objectives.retain(|one| one.line.episode == episode);
    undone.methods.retain(|one| one.line.episode == episode);
    view.undone = undone;
    Ok(())
}

fn missing<R: Record>(desk: &Desk, client: ClientId, there: &BTreeSet<Number>) -> Result<Vec<R>, Fault> {
    let next = desk.books().next_number::<R>(client)?;
    let mut found = Vec::new();
    for number in (1..next).filter(|number| !there.contains(number)) {
        if let Some(raw) = desk.books().raw(&Key::new(R::KIND as u8, client.0, number))? {
            found.push(R::decode(&raw.payload)?);
        }
    }
    Ok(found)
}
