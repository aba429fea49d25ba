//! The problem list: add, change, order by hand, take on a proposal.

use super::api::{Answer, ChartAsk, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::steps::Said;
use crate::domain::{Act, ClientId, DimensionRef, Imported, Number, Problem, ProblemStatus, Stage};
use crate::packs;
use crate::rules::access::Capability;
use crate::rules::caseload::dimension_facts;
use crate::rules::priority::{self, DimensionFacts};
use crate::rules::problem::{STEP, enters};

/// Adds (number 0) or changes a problem.
pub(super) fn save(desk: &mut Desk, problem: Problem, rev: u32) -> Result<Answer, Fault> {
    check(&problem)?;
    if rev == 0 { add(desk, problem, None) } else { change(desk, problem, rev) }
}

fn check(problem: &Problem) -> Result<(), Fault> {
    if problem.wording.trim().is_empty() && problem.words.trim().is_empty() {
        return Err(Fault::user("A problem needs words: yours, the client's, or both."));
    }
    if problem.dimension.number == 0 {
        return Err(Fault::user("\"Dimension\" is empty. Choose the one that the problem belongs to."));
    }
    let empty = |text: &str| text.trim().is_empty();
    match &problem.status {
        ProblemStatus::Deferred { reason, .. } if empty(reason) => {
            Err(Fault::user("To defer it, give a reason and a day to look again."))
        }
        ProblemStatus::Referred { to, .. } if empty(to) => Err(Fault::user("To refer it, say to whom.")),
        ProblemStatus::EnteredInError { reason } if empty(reason) => {
            Err(Fault::user("Write why this was entered in error."))
        }
        _ => Ok(()),
    }
}

fn add(desk: &mut Desk, mut problem: Problem, accepted: Option<Kept<Imported>>) -> Result<Answer, Fault> {
    let (now, staff) = (desk.now(), desk.staff()?.clone());
    let client = problem.client;
    let there = desk.books().list::<Problem>(client)?;
    problem.number = desk.books().next_number::<Problem>(client)?;
    problem.rank = rank(desk, &problem, &there)?;
    problem.added_at = now.moment;
    problem.added_by = staff.id;
    problem.added_by_name = staff.signature_name();
    problem.changed_at = now.moment;
    problem.changed_by = staff.id;
    problem.status_on = now.local.date;
    let number = problem.number;
    let act = if accepted.is_some() { Act::ProposalAccepted } else { Act::ProblemAdded };
    let mut unit = desk.unit(Capability::WriteChart, act, Some(client), number)?;
    unit.put(&problem, client, number, 0);
    if let Some(imported) = accepted {
        unit.put(&imported.value, client, 1, imported.rev);
    }
    desk.done(
        unit,
        client,
        Said::new(format!("P{number} is on the list."), format!("P{number} is no longer on the list.")),
    )
}

/// The rank of a new problem: by how much its dimension presses today. The first problem of a dimension counts itself.
fn rank(desk: &Desk, problem: &Problem, there: &[Kept<Problem>]) -> Result<u32, Fault> {
    let mut list: Vec<&Problem> = there.iter().map(|kept| &kept.value).collect();
    list.sort_by_key(|one| (one.rank, one.number));
    let (now, context) = (desk.now(), desk.caseload_context()?);
    let home = |one: &Problem| packs::crosswalk(&one.dimension, &context.set.key);
    let summary = desk.seat()?.summaries.get(&problem.client);
    let mut facts = summary
        .map_or_else(Vec::new, |summary| dimension_facts(summary, now.local.date, now.moment, &context));
    let first = |one: &&mut DimensionFacts| Some(one.dimension) == home(problem) && one.open_problems == 0;
    if let Some(one) = facts.iter_mut().find(first) {
        (one.open_problems, one.uncovered_problems) = (1, 1);
    }
    let order: Vec<u8> = priority::place(facts).into_iter().map(|row| row.facts.dimension).collect();
    let press = |one: &Problem| {
        home(one).and_then(|home| order.iter().position(|number| *number == home)).unwrap_or(usize::MAX)
    };
    Ok(enters(problem, &list, press))
}

fn change(desk: &mut Desk, mut problem: Problem, rev: u32) -> Result<Answer, Fault> {
    let (now, staff) = (desk.now(), desk.staff()?.clone());
    let (client, number) = (problem.client, problem.number);
    let before = desk.books().at::<Problem>(client, number, rev, &format!("P{number}"))?;
    if before.status != problem.status {
        problem.status_on = now.local.date;
    }
    problem.added_at = before.added_at;
    problem.added_by = before.added_by;
    problem.added_by_name = before.added_by_name;
    problem.changed_at = now.moment;
    problem.changed_by = staff.id;
    let mut unit = desk.unit(Capability::WriteChart, Act::ProblemChanged, Some(client), number)?;
    unit.put(&problem, client, number, rev);
    desk.done(
        unit,
        client,
        Said::new(format!("P{number} is changed."), format!("P{number} is as it was before the change.")),
    )
}

/// Moves a problem one place up or down the list.
pub(super) fn reorder(desk: &mut Desk, client: ClientId, number: Number, up: bool) -> Result<Answer, Fault> {
    let mut problems = desk.books().list::<Problem>(client)?;
    problems.sort_by_key(|kept| (kept.value.rank, kept.value.number));
    let at = problems.iter().position(|kept| kept.value.number == number);
    let at = at.ok_or_else(|| Fault::user("This problem is not on the list."))?;
    // An active problem changes places with an active one: what the usual view does not show is passed over.
    let among_active = problems[at].value.status.is_active();
    let active = |kept: &Kept<Problem>| {
        let in_error = matches!(kept.value.status, ProblemStatus::EnteredInError { .. });
        if among_active { kept.value.status.is_active() } else { !in_error }
    };
    let other = if up {
        problems[..at].iter().rposition(active)
    } else {
        problems[at + 1..].iter().position(active).map(|found| found + at + 1)
    };
    let Some(other) = other else {
        return Err(Fault::user(if up {
            "It is the first in its order already."
        } else {
            "It is the last in its order already."
        }));
    };
    let mut unit = desk.unit(Capability::WriteChart, Act::ProblemChanged, Some(client), number)?;
    let has_twins = problems.windows(2).any(|two| two[0].value.rank == two[1].value.rank);
    problems.swap(at, other);
    let (first, second) = (at.min(other), at.max(other));
    let (rank_a, rank_b) = (problems[second].value.rank, problems[first].value.rank);
    // Where two have the same rank, all get ranks of their own.
    let ranks: Vec<(usize, u32)> = if has_twins {
        (0..problems.len()).zip((1..).map(|place| place * STEP)).collect()
    } else {
        vec![(first, rank_a), (second, rank_b)]
    };
    for (index, rank) in ranks {
        let kept = &mut problems[index];
        kept.value.rank = rank;
        unit.put(&kept.value, client, kept.value.number, kept.rev);
    }
    desk.done(unit, client, Said::moved(&format!("P{number}"), up))
}

/// Makes a problem of a proposal from another system.
pub(super) fn accept(
    desk: &mut Desk,
    client: ClientId,
    proposal: Number,
    dimension: DimensionRef,
    words: String,
    stage: Option<Stage>,
) -> Result<Answer, Fault> {
    let imported = desk.books().get::<Imported>(client, 1)?;
    let mut imported = imported.ok_or_else(|| Fault::user("Nothing was imported with this person."))?;
    let next = desk.books().next_number::<Problem>(client)?;
    let found = imported.value.proposals.iter_mut().find(|found| found.number == proposal);
    let found = found.ok_or_else(|| Fault::user("This proposal is no longer in the list of proposals."))?;
    if found.accepted.is_some() {
        return Err(Fault::user("This proposal was accepted already."));
    }
    found.accepted = Some(next);
    let today = desk.now().local.date;
    let problem = Problem {
        client,
        wording: found.wording.clone(),
        words,
        dimension,
        stages: stage.map(|stage| (today, stage)).into_iter().collect(),
        code: found.code.clone(),
        ..Problem::default()
    };
    check(&problem)?;
    add(desk, problem, Some(imported))
}

/// Routes what concerns problems.
pub(super) fn handle(desk: &mut Desk, ask: ChartAsk) -> Result<Answer, Fault> {
    match ask {
        ChartAsk::SaveProblem { problem, rev } => save(desk, *problem, rev),
        ChartAsk::MoveProblem { client, number, up } => reorder(desk, client, number, up),
        ChartAsk::AcceptProposal { client, proposal, dimension, words, stage } => {
            accept(desk, client, proposal, dimension, words, stage)
        }
        _ => Err(Fault::internal("not a matter of the problem list")),
    }
}
