//! The plan as a chart shows it.

use super::super::api::{Kept, PlanView};
use super::super::charts::{ChartRecords, Docs};
use super::super::documents::life_of;
use super::super::fault::Fault;
use crate::clock::Clock;
use crate::domain::{Episode, LineKind, LineRef, LineState, Number, PlanLine, ReviewSessions};
use crate::rules::plan::Plan;
use crate::rules::plan::review::SignedReview;
use crate::rules::plan::version::SignedVersion;
use crate::rules::summary::open_episode;
use crate::store::DocHead;
use std::collections::BTreeMap;

/// The episode whose plan is shown: the open one, else the newest; 0 if there is none.
pub(super) fn episode_of(episodes: &[Episode]) -> Number {
    let newest = || episodes.iter().max_by_key(|episode| episode.number);
    open_episode(episodes).or_else(newest).map_or(0, |episode| episode.number)
}

/// Collects the plan of the newest episode from the records of a chart.
pub(in crate::service) fn collect(records: &ChartRecords, clock: &Clock) -> Result<PlanView, Fault> {
    let episodes: Vec<Episode> = records.episodes.iter().map(|kept| kept.value.clone()).collect();
    let episode = episode_of(&episodes);
    let mut revs = BTreeMap::new();
    let here = |line: &PlanLine| line.episode == episode;
    let goals = lines(&records.goals, LineKind::Goal, |goal| &goal.line, here, &mut revs);
    let objectives = lines(&records.objectives, LineKind::Objective, |one| &one.line, here, &mut revs);
    let methods = lines(&records.methods, LineKind::Method, |one| &one.line, here, &mut revs);
    let basics = records.basics.iter().find(|kept| kept.value.episode == episode);
    let mut problems: Vec<_> = records.problems.iter().map(|kept| kept.value.clone()).collect();
    problems.sort_by_key(|problem| (problem.rank, problem.number));
    let logs = records.logs.iter().filter(|kept| kept.value.episode == episode);
    let plan = Plan {
        problems,
        goals,
        objectives,
        methods,
        agreements: records
            .agreements
            .iter()
            .map(|kept| kept.value.clone())
            .filter(|one| one.episode == episode && one.counts())
            .collect(),
        trails: records.trails.iter().map(|kept| kept.value.clone()).collect(),
        logs: logs.clone().map(|kept| kept.value.clone()).collect(),
        basics: basics.map(|kept| kept.value.clone()).unwrap_or_default(),
    };
    let contract = records.contracts.iter().find(|kept| kept.value.episode == episode);
    let mut events: Vec<_> = records.events.iter().map(|kept| kept.value.clone()).collect();
    events.retain(|one| one.episode == episode);
    events.reverse();
    let versions = versions(&records.docs, clock)?;
    // The newest one that counts: the one whose text came with the chart.
    let last = versions.last().filter(|one| one.episode == episode && !one.in_error);
    let last = last.map(|_| records.docs.version_text.plan()).transpose()?;
    Ok(PlanView {
        plan,
        revs,
        basics_rev: basics.map_or(0, |kept| kept.rev),
        contract: contract.map(|kept| kept.value.clone()).unwrap_or_default(),
        contract_rev: contract.map_or(0, |kept| kept.rev),
        log_revs: logs.map(|kept| (kept.value.number, kept.rev)).collect(),
        versions,
        reviews: reviews(&records.docs, clock)?,
        sessions: ReviewSessions::default(),
        last: last.map(|text| Box::new(Plan::frozen(&text))),
        events,
        earlier: earlier(records, &episodes, episode),
        ..PlanView::default()
    })
}

/// The lines of the stay that ended before the open one; nothing of them is carried over.
fn earlier(records: &ChartRecords, episodes: &[Episode], now: Number) -> Plan {
    let ended = episodes.iter().filter(|one| one.number < now && one.discharged.is_some());
    let Some(before) = ended.map(|one| one.number).max() else { return Plan::default() };
    let here = |line: &PlanLine| line.episode == before && line.state != LineState::EnteredInError;
    let mut revs = BTreeMap::new();
    Plan {
        goals: lines(&records.goals, LineKind::Goal, |goal| &goal.line, here, &mut revs),
        objectives: lines(&records.objectives, LineKind::Objective, |one| &one.line, here, &mut revs),
        methods: lines(&records.methods, LineKind::Method, |one| &one.line, here, &mut revs),
        ..Plan::default()
    }
}

/// The signed versions, with what people said to them.
pub(super) fn versions(docs: &Docs, clock: &Clock) -> Result<Vec<SignedVersion>, Fault> {
    let version = |head: &DocHead| {
        let life = life_of(head, &docs.entries(head.number))?;
        let facts =
            head.plan().ok_or_else(|| Fault::mismatch("a version of the plan is another document"))?;
        let day = |at| clock.local(at).date;
        Ok(SignedVersion {
            doc: head.number,
            episode: head.facts().episode,
            facts: facts.clone(),
            signed: day(head.signature.at),
            by: head.signature.name.clone(),
            cosign: head.facts().cosign,
            co_signed: life.co_signed.first().map(|one| day(one.at)),
            in_error: life.is_in_error(),
            attested: life.attested.into_iter().map(|one| (one.what, one.by_name)).collect(),
        })
    };
    docs.versions.iter().map(version).collect()
}

/// The signed reviews, oldest first.
fn reviews(docs: &Docs, clock: &Clock) -> Result<Vec<SignedReview>, Fault> {
    let review = |head: &DocHead| {
        let life = life_of(head, &docs.entries(head.number))?;
        let facts =
            head.review().ok_or_else(|| Fault::mismatch("a review of the plan is another document"))?;
        Ok(SignedReview {
            doc: head.number,
            episode: head.facts().episode,
            facts: facts.clone(),
            on: head.facts().on,
            signed: clock.local(head.signature.at).date,
            by: head.signature.name.clone(),
            stands: life.stands(),
        })
    };
    docs.reviews.iter().map(review).collect()
}

fn lines<T: Clone>(
    kept: &[Kept<T>],
    kind: LineKind,
    line: impl Fn(&T) -> &PlanLine,
    here: impl Fn(&PlanLine) -> bool,
    revs: &mut BTreeMap<LineRef, u32>,
) -> Vec<T> {
    let mut found = Vec::new();
    for one in kept.iter().filter(|one| here(line(&one.value))) {
        revs.insert(LineRef { kind, number: line(&one.value).number }, one.rev);
        found.push(one.value.clone());
    }
    found
}
