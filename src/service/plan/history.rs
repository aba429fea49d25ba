//! The plan as it was: read from the earlier states that every change keeps.

use super::super::api::{Answer, Back, ContractThen};
use super::super::desk::Desk;
use super::super::documents::read;
use super::super::fault::Fault;
use super::episode;
use crate::domain::{
    Act, Agreement, ClientId, Contract, Date, Episode, Goal, Log, Method, Moment, Number, Objective,
    PlanBasics, Problem, Shown, Trail, Wants,
};
use crate::rules::access::Capability;
use crate::rules::plan::Plan;
use crate::store::{DocHead, Past, Record};
use std::collections::BTreeMap;

/// The plan of the newest episode as it was when a day ended.
pub(super) fn at(desk: &mut Desk, client: ClientId, day: Date) -> Result<Answer, Fault> {
    desk.permit(Capability::ReadChart, Some(client))?;
    let plan = plan_at(desk, client, episode(desk, client)?, end_of(desk, day))?;
    Ok(Answer::PlanThen { client, day, seen: None, version: 0, episode: 0, plan: Box::new(plan) })
}

/// The last moment of a day.
fn end_of(desk: &Desk, day: Date) -> Moment {
    desk.end_of(day).plus_ms(-1)
}

/// The plan of an earlier episode as it was on the day on which that ended.
pub(super) fn of_episode(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    desk.permit(Capability::ReadChart, Some(client))?;
    let (_, day) = earlier(desk, client, number)?;
    let plan = plan_at(desk, client, number, end_of(desk, day))?;
    Ok(Answer::PlanThen { client, day, seen: None, version: 0, episode: number, plan: Box::new(plan) })
}

/// An episode that has ended, and the day on which it did.
fn earlier(desk: &Desk, client: ClientId, number: Number) -> Result<(Episode, Date), Fault> {
    let kept = desk.books().get::<Episode>(client, number)?;
    let ended = kept.and_then(|kept| {
        let day = kept.value.discharged.as_ref().map(|(day, _)| *day)?;
        Some((kept.value, day))
    });
    ended.ok_or_else(|| Fault::user("This episode is not in the chart, or has not ended."))
}

/// The contract as it was.
pub(super) fn contract(desk: &mut Desk, client: ClientId, back: Back) -> Result<Answer, Fault> {
    desk.permit(Capability::ReadChart, Some(client))?;
    let (number, day, mandated) = match back {
        Back::Day(day) => {
            let number = episode(desk, client)?;
            let kept = desk.books().get::<Episode>(client, number)?;
            (number, day, kept.is_some_and(|kept| kept.value.mandated))
        }
        Back::Episode(number) => {
            let (episode, day) = earlier(desk, client, number)?;
            (number, day, episode.mandated)
        }
    };
    let moment = end_of(desk, day);
    let contracts = state_at::<Contract>(desk, client, moment, |one| (one.episode, one.changed_at))?;
    // What somebody wants has the day on which they said it, and no moment.
    let begin = |on: Date| desk.end_of(on.plus_days(-1));
    let wants = state_at::<Wants>(desk, client, moment, |one| (1, begin(one.on)))?;
    let contract = contracts.into_iter().find(|one| one.episode == number).unwrap_or_default();
    let then = ContractThen { client, back, day, mandated, contract, wants: wants.into_iter().next() };
    Ok(Answer::ContractThen(Box::new(then)))
}

/// The plan as a version froze it.
pub(super) fn version(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    let unit = desk.unit(Capability::ReadChart, Act::DocumentRead, Some(client), number)?;
    let head = head(desk, client, number)?;
    let version = head.plan().map_or(0, |facts| facts.version);
    let text = read::text(desk.books(), &head)?;
    if !read::is_intact(desk.books(), &head, &text) {
        return Err(Fault::mismatch("a version of the plan is not as it was signed"));
    }
    desk.record(unit)?;
    let day = desk.clock.local(head.signature.at).date;
    let plan = Box::new(Plan::frozen(&text.plan()?));
    Ok(Answer::PlanThen { client, day, seen: None, version, episode: 0, plan })
}

/// The plan as the client last saw it.
pub(super) fn seen(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::ReadChart, Some(client))?;
    let (shown, plan) = since_seen(desk, client)?;
    let at = desk.clock.local(shown.at);
    let seen = Some(format!("{} of {}", shown.how.word(), crate::rules::when::at(at, desk.now().local.date)));
    Ok(Answer::PlanThen { client, day: at.date, seen, version: 0, episode: 0, plan: Box::new(plan) })
}

/// What the client saw last, and the plan as it was then.
pub(in crate::service) fn since_seen(desk: &Desk, client: ClientId) -> Result<(Shown, Plan), Fault> {
    let shown = desk.last_shown(client, episode(desk, client)?)?.ok_or_else(|| {
        Fault::user("No copy of the plan was made for the client yet.").hint("Make the client's page first.")
    })?;
    let plan = plan_at(desk, client, episode(desk, client)?, shown.at)?;
    Ok((shown, plan))
}

/// The head of a version.
pub(in crate::service) fn head(desk: &Desk, client: ClientId, number: Number) -> Result<DocHead, Fault> {
    let head = desk.books().get::<DocHead>(client, number)?.map(|kept| kept.value);
    let version = head.filter(|head| head.plan().is_some());
    version.ok_or_else(|| Fault::user("This version is not in the chart."))
}

/// The plan of an episode as it was at a moment.
fn plan_at(desk: &Desk, client: ClientId, episode: Number, moment: Moment) -> Result<Plan, Fault> {
    let day = desk.clock.local(moment).date;
    let mut plan = Plan {
        problems: state_at::<Problem>(desk, client, moment, |one| (one.number, one.changed_at))?,
        goals: state_at::<Goal>(desk, client, moment, |one| (one.line.number, one.line.changed_at))?,
        objectives: state_at::<Objective>(desk, client, moment, |one| {
            (one.line.number, one.line.changed_at)
        })?,
        methods: state_at::<Method>(desk, client, moment, |one| (one.line.number, one.line.changed_at))?,
        agreements: state_at::<Agreement>(desk, client, moment, |one| (one.number, one.typed_at))?,
        logs: state_at::<Log>(desk, client, moment, |one| (one.number, one.changed_at))?,
        trails: desk.books().list::<Trail>(client)?.into_iter().map(|kept| kept.value).collect(),
        ..Plan::default()
    };
    plan.goals.retain(|goal| goal.line.episode == episode);
    plan.objectives.retain(|objective| objective.line.episode == episode);
    plan.methods.retain(|method| method.line.episode == episode);
    plan.logs.retain(|one| one.episode == episode);
    plan.agreements.retain(|one| one.episode == episode && one.counts());
    plan.problems.sort_by_key(|problem| (problem.rank, problem.number));
    for trail in &mut plan.trails {
        trail.marks.retain(|mark| mark.on <= day);
    }
    let basics = state_at::<PlanBasics>(desk, client, moment, |one| (one.episode, one.changed_at))?;
    plan.basics = basics.into_iter().find(|one| one.episode == episode).unwrap_or_default();
    Ok(plan)
}

/// Every record of a kind as it was at a moment. A record that was changed afterwards is what the first of those changes kept
/// of it; one that was not changed is as it is now. Neither was there if it was written later.
fn state_at<R: Record>(
    desk: &Desk,
    client: ClientId,
    moment: Moment,
    of: impl Fn(&R) -> (Number, Moment),
) -> Result<Vec<R>, Fault> {
    let mut found: BTreeMap<Number, Option<R>> = BTreeMap::new();
    for past in desk.books().past_states::<R>(client)?.into_iter().filter(|past| past.at > moment) {
        if let std::collections::btree_map::Entry::Vacant(first) = found.entry(past.number) {
            first.insert(written_by(&past, moment, &of)?);
        }
    }
    for kept in desk.books().list::<R>(client)? {
        let (number, written) = of(&kept.value);
        found.entry(number).or_insert_with(|| (written <= moment).then_some(kept.value));
    }
    Ok(found.into_values().flatten().collect())
}

fn written_by<R: Record>(
    past: &Past,
    moment: Moment,
    of: &impl Fn(&R) -> (Number, Moment),
) -> Result<Option<R>, Fault> {
    let record = past.record::<R>()?;
    Ok(record.filter(|record| of(record).1 <= moment))
}
