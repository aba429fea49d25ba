//! The plan as a chart shows it.

use super::super::api::{Kept, PlanView};
use super::super::charts::ChartRecords;
use crate::domain::{Episode, LineKind, LineRef, Number, PlanLine};
use crate::rules::plan::Plan;
use crate::rules::summary::open_episode;
use std::collections::BTreeMap;

/// The episode whose plan is shown: the open one, else the newest; 0 if there is none.
pub(super) fn episode_of(episodes: &[Episode]) -> Number {
    let newest = || episodes.iter().max_by_key(|episode| episode.number);
    open_episode(episodes).or_else(newest).map_or(0, |episode| episode.number)
}

/// Collects the plan of the newest episode from the records of a chart.
pub(in crate::service) fn collect(records: &ChartRecords) -> PlanView {
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
    let plan = Plan {
        problems,
        goals,
        objectives,
        methods,
        agreements: records.agreements.iter().map(|kept| kept.value.clone()).collect(),
        trails: records.trails.iter().map(|kept| kept.value.clone()).collect(),
        basics: basics.map(|kept| kept.value.clone()).unwrap_or_default(),
    };
    let contract = records.contracts.iter().find(|kept| kept.value.episode == episode);
    let mut events: Vec<_> = records.events.iter().map(|kept| kept.value.clone()).collect();
    events.retain(|one| one.episode == episode);
    events.reverse();
    PlanView {
        plan,
        revs,
        basics_rev: basics.map_or(0, |kept| kept.rev),
        contract: contract.map(|kept| kept.value.clone()).unwrap_or_default(),
        contract_rev: contract.map_or(0, |kept| kept.rev),
        events,
        call: None,
    }
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
