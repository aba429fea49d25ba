//! What a summary says of the plan.

use super::{Records, Used, open_episode};
use crate::domain::{Method, Number, PlanFacts, StaffId, Who};
use crate::rules::plan::calls;
use std::collections::BTreeSet;

/// Whether there is a plan, what calls for a look at it, whom it names.
pub(super) fn facts(records: &Records<'_>) -> PlanFacts {
    let Used { last, again } = records.used;
    let mut facts = PlanFacts { used: last, used_again: again, ..PlanFacts::default() };
    let Some(episode) = open_episode(records.episodes) else { return facts };
    let happened = calls::Happened {
        needs: records.needs,
        levels: records.levels,
        assessments: records.assessments,
        signed_at: records.signed_at,
        events: records.events,
        used_again: again,
        day_of: records.day_of,
    };
    facts.made = calls::made(records.goals, records.agreements, records.versions, episode.number);
    facts.call = calls::newest(&happened, episode);
    facts.fits = calls::fits(records.events, records.versions, episode.number);
    facts.named = named(records, episode.number);
    calls::take_signed(&mut facts, records.versions, episode.number, records.day_of);
    facts
}

/// The staff whom the active methods of an episode name, each once.
fn named(records: &Records<'_>, episode: Number) -> Box<[StaffId]> {
    let is_active =
        |number| records.goals.iter().any(|goal| goal.line.number == number && goal.line.state.is_active());
    let here = |method: &&Method| {
        method.line.episode == episode && method.line.state.is_active() && is_active(method.goal)
    };
    let named = records.methods.iter().filter(here).filter_map(|method| match &method.who {
        Who::Staff { id, .. } => Some(*id),
        Who::Nobody | Who::Outside { .. } => None,
    });
    named.collect::<BTreeSet<StaffId>>().into_iter().collect()
}
