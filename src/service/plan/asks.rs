//! What plans ask of whoever is signed in: the active methods that name them, with how often each was held so far.

use super::super::api::{Answer, PlanAskLine};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::episode;
use crate::domain::{ClientId, Goal, LineRef, Method, StaffId, Summary, Trail, Who};
use crate::rules::access::Capability;
use crate::rules::plan::AnyLine;
use crate::rules::plan::words::wording;

/// Reads them from the charts whose summary says that the plan names this person, and that they may read.
pub(super) fn of_me(desk: &Desk) -> Result<Answer, Fault> {
    let me = desk.staff()?.id;
    let named: Vec<_> =
        desk.seat()?.summaries.values().filter(|summary| summary.plan.named.contains(&me)).cloned().collect();
    let mut lines = Vec::new();
    for summary in named {
        if desk.permit(Capability::ReadChart, Some(summary.client)).is_ok() {
            lines.extend(in_chart(desk, &summary, me)?);
        }
    }
    lines.sort_by(|a, b| (a.calls_on(), a.last, &a.name).cmp(&(b.calls_on(), b.last, &b.name)));
    Ok(Answer::PlanAsks(lines))
}

fn in_chart(desk: &Desk, summary: &Summary, me: StaffId) -> Result<Vec<PlanAskLine>, Fault> {
    let client = summary.client;
    let episode = episode(desk, client)?;
    let goals: Vec<Goal> = values(desk, client)?;
    let trails: Vec<Trail> = values(desk, client)?;
    let methods: Vec<Method> = values(desk, client)?;
    let asks = methods.into_iter().filter_map(|method| {
        let goal = goals.iter().find(|goal| goal.line.number == method.goal)?;
        let mine = matches!(&method.who, Who::Staff { id, .. } if *id == me);
        let counts =
            method.line.episode == episode && method.line.state.is_active() && goal.line.state.is_active();
        let trail = trails.iter().find(|trail| trail.line == LineRef::method(method.line.number));
        (mine && counts).then(|| PlanAskLine {
            client,
            name: summary.name.clone(),
            record_no: summary.record_no.clone(),
            goal: wording(AnyLine::Goal(goal)),
            held: trail.map_or(0, |trail| trail.count),
            last: trail.and_then(|trail| trail.marks.last()).map(|mark| mark.on),
            method,
        })
    });
    Ok(asks.collect())
}

fn values<R: crate::store::Record>(desk: &Desk, client: ClientId) -> Result<Vec<R>, Fault> {
    Ok(desk.books().list::<R>(client)?.into_iter().map(|kept| kept.value).collect())
}
