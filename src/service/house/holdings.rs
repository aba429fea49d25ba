//! What somebody holds: of each kind how much is theirs still, for whoever is away for a time or leaves for good.
//!
//! Owns what belongs to which kind. The list of a kind is what [`super::passing`] passes on, so that the two cannot differ.

use super::duties::colleague;
use crate::domain::{
    ClientId, Cover, NeedStands, NoteStands, Number, Role, SessionFacts, SessionStands, Staff, StaffId,
    Summary, TaskId, WaitsFor,
};
use crate::rules::access::Capability;
use crate::rules::access::counsels;
use crate::service::api::{Absence, Answer, Holding, HoldingLine, Holdings, HouseAnswer, Taker};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use std::sync::Arc;

/// One thing somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    Person(ClientId),
    Session(ClientId, Number),
    Task(TaskId, Option<ClientId>),
    Supervisee(StaffId),
    /// The cover of a colleague, by them.
    Cover(StaffId, Number),
    /// All that cover reaches, for a time.
    Absence,
    /// Something in the chart of one of their people: whoever gets the person gets it.
    With(ClientId),
    /// Something in a chart that only they can end.
    Own,
}

/// What somebody holds, nothing passed on.
pub(super) fn show(desk: &mut Desk, staff: StaffId, absence: Absence) -> Result<Answer, Fault> {
    desk.permit(Capability::ArrangeCover, None)?;
    let holdings = view(desk, staff, absence)?;
    Ok(Answer::House(HouseAnswer::Holdings(Box::new(holdings))))
}

/// What somebody holds now.
pub(super) fn view(desk: &Desk, staff: StaffId, absence: Absence) -> Result<Holdings, Fault> {
    let person = colleague(desk, staff)?;
    let line = |what| {
        let held = of_kind(desk, staff, absence, what)?;
        // Cover reaches people whoever arranges it.
        let covers = what == Holding::People && !absence.is_for_good();
        let beyond = held.iter().filter(|one| !covers && !may_pass(desk, **one)).count();
        Ok(HoldingLine { what, left: held.len(), beyond })
    };
    let lines: Result<Vec<HoldingLine>, Fault> = Holding::ALL.into_iter().map(line).collect();
    let cover = cover_of(desk, staff, absence)?;
    let stands_in = cover.and_then(|cover| colleague(desk, cover.by).ok());
    Ok(Holdings {
        name: person.signature_name(),
        active: person.active,
        absence,
        lines: lines?,
        needs: needs(desk, staff)?,
        to_cosign: to_cosign(desk, staff)?,
        covered_by: stands_in.map(Staff::signature_name).unwrap_or_default(),
        cover_cosigns: stands_in.is_some_and(|one| one.has(Role::Supervisor)),
        takers: takers(desk, staff)?,
        said: String::new(),
        passed: 0,
        more: false,
    })
}

fn takers(desk: &Desk, from: StaffId) -> Result<Vec<Taker>, Fault> {
    let others = desk.seat()?.colleagues.iter().filter(|one| one.id != from && one.active);
    let mut takers: Vec<Taker> = others.map(taker).collect();
    takers.sort_by_cached_key(|taker| (taker.name.to_lowercase(), taker.id));
    Ok(takers)
}

pub(super) fn taker(staff: &Staff) -> Taker {
    Taker {
        id: staff.id,
        name: staff.signature_name(),
        counsels: counsels(staff),
        supervises: staff.active && staff.has(Role::Supervisor),
    }
}

/// The cover that holds on every day of an absence.
pub(super) fn cover_of(desk: &Desk, staff: StaffId, absence: Absence) -> Result<Option<&Cover>, Fault> {
    let Some(until) = absence.until else { return Ok(None) };
    let covers = &desk.seat()?.house.covers;
    Ok(covers.iter().find(|one| one.away == staff && one.from <= absence.from && until <= one.until))
}

fn is_counselor(summary: &Summary, staff: StaffId) -> bool {
    summary.open_stays().any(|episode| episode.counselor == staff)
}

/// Immediate needs of somebody's people that are not resolved.
fn needs(desk: &Desk, staff: StaffId) -> Result<usize, Fault> {
    let theirs = desk.seat()?.summaries.values().filter(|summary| is_counselor(summary, staff));
    let open = theirs.flat_map(|summary| &summary.needs);
    Ok(open.filter(|need| !matches!(need.stands, NeedStands::Resolved { .. })).count())
}

/// Notes that wait for this supervisor's co-signature.
fn to_cosign(desk: &Desk, staff: StaffId) -> Result<usize, Fault> {
    let seat = desk.seat()?;
    let waiting = seat.summaries.values().flat_map(|summary| &summary.waiting);
    let theirs = waiting.filter(|note| {
        note.waits == WaitsFor::Cosign && seat.active_supervisor_of(note.author) == Some(staff)
    });
    Ok(theirs.count())
}

/// Everything of one kind that is somebody's, in an order that stays.
pub(super) fn of_kind(
    desk: &Desk,
    staff: StaffId,
    absence: Absence,
    what: Holding,
) -> Result<Vec<Held>, Fault> {
    let seat = desk.seat()?;
    let mut summaries: Vec<&Arc<Summary>> = seat.summaries.values().collect();
    summaries.sort_by_key(|summary| summary.client);
    let of_charts = |pick: &dyn Fn(&Summary) -> Vec<Held>| -> Vec<Held> {
        summaries.iter().flat_map(|summary| pick(summary)).collect()
    };
    let person = |summary: &Summary, theirs: bool| {
        if theirs { vec![Held::Person(summary.client)] } else { Vec::new() }
    };
    let sessions = |summary: &Summary, theirs: &dyn Fn(&SessionFacts) -> bool| {
        let found = summary.days.sessions.iter().filter(|session| theirs(session));
        found.map(|session| Held::Session(summary.client, session.number)).collect()
    };

    Ok(match what {
        // Whoever is covered is away with nothing of these on their hands.
        Holding::People | Holding::Team | Holding::Assessments
            if cover_of(desk, staff, absence)?.is_some() =>
        {
            Vec::new()
        }
        Holding::People => of_charts(&|summary| person(summary, is_counselor(summary, staff))),
        Holding::Team => of_charts(&|summary| person(summary, is_on_team(summary, staff))),
        Holding::Sessions => of_charts(&|summary| {
            sessions(summary, &|session| session.staff == staff && is_to_come(desk, session, absence))
        }),
        Holding::OwedNotes => of_charts(&|summary| {
            sessions(summary, &|session| session.closer() == staff && is_owed(desk, session))
        }),
        Holding::Assessments => of_charts(&|summary| {
            let theirs = is_counselor(summary, staff) && desk.owes_first_assessment(summary);
            if theirs { vec![Held::With(summary.client)] } else { Vec::new() }
        }),
        Holding::Drafts => of_charts(&|summary| {
            vec![Held::Own; summary.drafts.iter().filter(|draft| draft.by == staff).count()]
        }),
        Holding::Answers => of_charts(&|summary| {
            let theirs =
                summary.waiting.iter().filter(|note| note.waits == WaitsFor::Author && note.author == staff);
            vec![Held::Own; theirs.count()]
        }),
        Holding::Tasks => {
            let theirs = seat
                .tasks
                .values()
                .map(|kept| &kept.value)
                .filter(|task| task.to == staff && absence.until.is_none_or(|until| task.due <= until));
            let mut tasks: Vec<Held> = theirs.map(|task| Held::Task(task.id, task.client)).collect();
            tasks.sort_by_key(|held| match held {
                Held::Task(id, _) => id.0,
                _ => [0; 16],
            });
            tasks
        }
        Holding::Supervises => supervisees(desk, staff, absence)?,
        Holding::StandsIn => {
            let until = absence.until;
            let covers = seat.house.covers.iter().filter(|cover| {
                cover.by == staff
                    && cover.until >= absence.from
                    && until.is_none_or(|until| cover.from <= until)
            });
            covers.map(|cover| Held::Cover(cover.away, cover.number)).collect()
        }
    })
}

fn is_on_team(summary: &Summary, staff: StaffId) -> bool {
    let episode = summary.episode.as_ref();
    episode.is_some_and(|episode| episode.counselor != staff && episode.team.contains(&staff))
}

/// Whoever stands in for a supervisor and is one co-signs for her.
fn supervisees(desk: &Desk, staff: StaffId, absence: Absence) -> Result<Vec<Held>, Fault> {
    let cover = cover_of(desk, staff, absence)?;
    if cover.and_then(|cover| colleague(desk, cover.by).ok()).is_some_and(|one| one.has(Role::Supervisor)) {
        return Ok(Vec::new());
    }
    let theirs = desk.seat()?.colleagues.iter().filter(|one| one.active && one.supervisor == Some(staff));
    Ok(theirs.map(|one| Held::Supervisee(one.id)).collect())
}

fn is_open(session: &SessionFacts) -> bool {
    matches!(session.stands, SessionStands::Planned | SessionStands::Arrived { .. })
}

fn is_over(desk: &Desk, session: &SessionFacts) -> bool {
    desk.session_end(session) < desk.moment()
}

fn is_to_come(desk: &Desk, session: &SessionFacts, absence: Absence) -> bool {
    is_open(session) && absence.holds_on(session.date) && !is_over(desk, session)
}

/// A session whose note is not begun, or of which nobody has said what became of it.
fn is_owed(desk: &Desk, session: &SessionFacts) -> bool {
    let held = session.stands == SessionStands::Held && session.note == NoteStands::None;
    held || (is_open(session) && is_over(desk, session))
}

/// Whether the person here may pass it on.
pub(super) fn may_pass(desk: &Desk, held: Held) -> bool {
    let reassigns = |client| desk.permit(Capability::Reassign, Some(client)).is_ok();
    match held {
        Held::Person(client) | Held::With(client) | Held::Session(client, _) => {
            reassigns(client) || is_nobodys(desk, client)
        }
        Held::Task(_, client) => client.is_none_or(|client| {
            reassigns(client) || desk.permit(Capability::SeeNames, Some(client)).is_ok()
        }),
        Held::Supervisee(_) => desk.permit(Capability::ManageStaff, None).is_ok(),
        Held::Cover(..) | Held::Absence => true,
        Held::Own => false,
    }
}

/// A session of somebody who has no open episode: whoever plans for them may move it.
fn is_nobodys(desk: &Desk, client: ClientId) -> bool {
    let episode = desk
        .seat()
        .is_ok_and(|seat| seat.summaries.get(&client).is_some_and(|summary| summary.episode.is_some()));
    !episode && desk.permit(Capability::Schedule, Some(client)).is_ok()
}
