//! The problem list: add, change, order by hand, take on a proposal.

use super::api::{Answer, ChartAsk, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::records::ChartRecords;
use super::undo::Image;
use crate::domain::{Act, ClientId, DimensionRef, Imported, Number, Problem, ProblemStatus, Stage};
use crate::rules::access::Capability;

/// Adds (number 0) or changes a problem.
pub(super) fn save(desk: &mut Desk, problem: Problem, rev: u32) -> Result<Answer, Fault> {
    check(&problem)?;
    let client = problem.client;
    let mut records = ChartRecords::load(desk.books(), client)?;
    if rev == 0 { add(desk, &mut records, problem, None) } else { change(desk, &mut records, problem, rev) }
}

fn check(problem: &Problem) -> Result<(), Fault> {
    if problem.wording.trim().is_empty() && problem.words.trim().is_empty() {
        return Err(Fault::user("A problem needs a wording: the clinician's, the client's, or both."));
    }
    if problem.dimension.number == 0 {
        return Err(Fault::user("A problem stands in one dimension; choose it."));
    }
    let empty = |text: &str| text.trim().is_empty();
    match &problem.status {
        ProblemStatus::Deferred { reason, .. } if empty(reason) => {
            Err(Fault::user("Deferring needs a reason and a date to look again."))
        }
        ProblemStatus::Referred { to } if empty(to) => Err(Fault::user("Referring needs to whom.")),
        ProblemStatus::EnteredInError { reason } if empty(reason) => {
            Err(Fault::user("\"Entered in error\" needs a reason."))
        }
        _ => Ok(()),
    }
}

fn add(
    desk: &mut Desk,
    records: &mut ChartRecords,
    mut problem: Problem,
    accepted: Option<Kept<Imported>>,
) -> Result<Answer, Fault> {
    let (now, staff) = (desk.now(), desk.staff()?.clone());
    let client = problem.client;
    problem.number = ChartRecords::next_number(&records.problems, |problem| problem.number);
    problem.rank = records.problems.iter().map(|kept| kept.value.rank).max().unwrap_or(0) + 1;
    problem.added_at = now.moment;
    problem.added_by = staff.id;
    problem.added_by_name = staff.signature_name();
    problem.changed_at = now.moment;
    problem.changed_by = staff.id;
    problem.status_on = now.local.date;
    let act = if accepted.is_some() { Act::ProposalAccepted } else { Act::ProblemAdded };
    let mut unit = desk.unit(Capability::WriteChart, act, Some(client), problem.number)?;
    let mut images = vec![Image::problem(client, problem.number, 1, None)];
    unit.put(&problem, client, problem.number, 0);
    let number = problem.number;
    records.problems.push(Kept { rev: 1, value: problem });
    if let Some(imported) = accepted {
        let before = records.imported.clone();
        unit.put(&imported.value, client, 1, imported.rev);
        images.push(Image::imported(client, imported.rev + 1, before.map(|kept| kept.value)));
        records.imported = Some(Kept { rev: imported.rev + 1, value: imported.value });
    }
    records.put_summary(&desk.clock, &mut unit);
    desk.commit(unit)?;
    desk.done(client, format!("P{number} is on the list."), images)
}

fn change(
    desk: &mut Desk,
    records: &mut ChartRecords,
    mut problem: Problem,
    rev: u32,
) -> Result<Answer, Fault> {
    let (now, staff) = (desk.now(), desk.staff()?.clone());
    let (client, number) = (problem.client, problem.number);
    let place = records.problems.iter_mut().find(|kept| kept.value.number == number);
    let kept = place.ok_or_else(|| Fault::user("This problem is not on the list."))?;
    if kept.rev != rev {
        return Err(Fault::new(
            super::fault::FaultKind::Conflict,
            format!("P{number} was changed since you opened it."),
        )
        .hint("Look at it again, then change it."));
    }
    let before = kept.value.clone();
    if before.status != problem.status {
        problem.status_on = now.local.date;
    }
    problem.added_at = before.added_at;
    problem.added_by = before.added_by;
    problem.added_by_name.clone_from(&before.added_by_name);
    problem.changed_at = now.moment;
    problem.changed_by = staff.id;
    *kept = Kept { rev: rev + 1, value: problem };
    let mut unit = desk.unit(Capability::WriteChart, Act::ProblemChanged, Some(client), number)?;
    unit.put(&kept.value, client, number, rev);
    records.put_summary(&desk.clock, &mut unit);
    desk.commit(unit)?;
    desk.done(
        client,
        format!("P{number} is changed."),
        vec![Image::problem(client, number, rev + 1, Some(before))],
    )
}

/// Moves a problem one place up or down the list.
pub(super) fn reorder(desk: &mut Desk, client: ClientId, number: Number, up: bool) -> Result<Answer, Fault> {
    let mut records = ChartRecords::load(desk.books(), client)?;
    records.problems.sort_by_key(|kept| (kept.value.rank, kept.value.number));
    let at = records.problems.iter().position(|kept| kept.value.number == number);
    let at = at.ok_or_else(|| Fault::user("This problem is not on the list."))?;
    // An active problem changes places with an active one: what the usual view does not show is passed over.
    let among_active = records.problems[at].value.status.is_active();
    let active = |kept: &Kept<Problem>| {
        let in_error = matches!(kept.value.status, ProblemStatus::EnteredInError { .. });
        if among_active { kept.value.status.is_active() } else { !in_error }
    };
    let other = if up {
        records.problems[..at].iter().rposition(active)
    } else {
        records.problems[at + 1..].iter().position(active).map(|found| found + at + 1)
    };
    let Some(other) = other else {
        return Err(Fault::user(if up { "It is the first already." } else { "It is the last already." }));
    };
    let mut unit = desk.unit(Capability::WriteChart, Act::ProblemChanged, Some(client), number)?;
    let (rank_a, rank_b) = (records.problems[at].value.rank, records.problems[other].value.rank);
    let mut images = Vec::new();
    for (index, rank) in [(at, rank_b), (other, rank_a)] {
        let kept = &mut records.problems[index];
        images.push(Image::problem(client, kept.value.number, kept.rev + 1, Some(kept.value.clone())));
        kept.value.rank = rank;
        unit.put(&kept.value, client, kept.value.number, kept.rev);
    }
    desk.commit(unit)?;
    desk.done(client, format!("P{number} moved {}.", if up { "up" } else { "down" }), images)
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
    let mut records = ChartRecords::load(desk.books(), client)?;
    let mut imported =
        records.imported.clone().ok_or_else(|| Fault::user("Nothing came in with this person."))?;
    let next = ChartRecords::next_number(&records.problems, |problem| problem.number);
    let found = imported.value.proposals.iter_mut().find(|found| found.number == proposal);
    let found = found.ok_or_else(|| Fault::user("This proposal is not in the tray."))?;
    if found.accepted.is_some() {
        return Err(Fault::user("This proposal was taken on already."));
    }
    found.accepted = Some(next);
    let today = desk.now().local.date;
    let problem = Problem {
        client,
        number: 0,
        wording: found.wording.clone(),
        words,
        dimension,
        second: None,
        stages: stage.map(|stage| (today, stage)).into_iter().collect(),
        status: ProblemStatus::Active,
        status_on: today,
        rank: 0,
        code: found.code.clone(),
        added_at: crate::domain::Moment::default(),
        added_by: crate::domain::StaffId::default(),
        added_by_name: String::new(),
        changed_at: crate::domain::Moment::default(),
        changed_by: crate::domain::StaffId::default(),
    };
    check(&problem)?;
    add(desk, &mut records, problem, Some(imported))
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
