//! What a member of staff carries, and handing it to somebody else.

use crate::domain::{Act, ClientId, Episode, HandOver, Staff, StaffId, Summary, counted};
use crate::rules::access::{Capability, Relation, counsels, may};
use crate::service::api::{Answer, Duties, DutyLine, HouseAnswer};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::unit::Unit;

/// People handed over in one act, at most: each takes three records of one batch.
const AT_ONCE: usize = 500;

/// What somebody carries: for themselves, for who arranges cover, for who supervises them.
pub(super) fn show(desk: &mut Desk, staff: StaffId, said: String) -> Result<Answer, Fault> {
    if desk.staff()?.id != staff {
        desk.permit(Capability::ArrangeCover, None)?;
    }
    let seat = desk.seat()?;
    let person = colleague(desk, staff)?;
    let (name, active) = (person.signature_name(), person.active);
    let reach = desk.reach()?;
    let roles = seat.staff.value.roles.clone();
    let mut lines = Vec::new();
    for summary in seat.summaries.values() {
        let Some(mut line) = line_of(summary, staff) else { continue };
        let relation = seat.relation(&reach, summary);
        if seat.staff.value.id != staff && !may(&roles, Capability::Reassign, relation) {
            continue;
        }
        if may(&roles, Capability::ReadChart, relation) {
            line.review_over = desk.person_as(summary, relation)?.standing.review_over_days;
        }
        lines.push((summary.sort.clone(), line));
    }
    lines.sort_by(|(a, one), (b, other)| {
        (other.needs > 0).cmp(&(one.needs > 0)).then(a.cmp(b)).then(one.client.cmp(&other.client))
    });
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    let takers = takers(desk, staff)?;
    let duties = Duties { staff, name, active, lines, takers, said };
    Ok(Answer::House(HouseAnswer::Duties(Box::new(duties))))
}

/// Everyone who may be handed what somebody carries, by name.
fn takers(desk: &Desk, from: StaffId) -> Result<Vec<(StaffId, String)>, Fault> {
    let others = desk.seat()?.colleagues.iter().filter(|staff| staff.id != from && counsels(staff));
    let mut takers: Vec<_> = others.map(|staff| (staff.id, staff.signature_name())).collect();
    takers.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
    Ok(takers)
}

pub(super) fn colleague(desk: &Desk, id: StaffId) -> Result<&Staff, Fault> {
    let found = desk.seat()?.colleagues.iter().find(|staff| staff.id == id);
    found.ok_or_else(|| Fault::user("This person is not on the list of staff."))
}

/// The line of a client in somebody's duties; `None` if nothing of theirs is there.
fn line_of(summary: &Summary, staff: StaffId) -> Option<DutyLine> {
    let episode = summary.episode.as_ref();
    let counselor = episode.is_some_and(|episode| episode.counselor == staff);
    let team = episode.is_some_and(|episode| episode.team.contains(&staff));
    let drafts = summary.drafts.iter().filter(|draft| draft.by == staff).count();
    (counselor || team || drafts > 0).then(|| DutyLine {
        client: summary.client,
        name: summary.name.to_string(),
        record_no: summary.record_no.to_string(),
        program: episode.map(|episode| format!("{} {}", episode.program, episode.level)).unwrap_or_default(),
        counselor,
        needs: summary
            .needs
            .iter()
            .filter(|need| !matches!(need.stands, crate::domain::NeedStands::Resolved { .. }))
            .count(),
        drafts,
        review_over: 0,
    })
}

/// Hands people over: their episodes get the other counselor, in one act; what is left to do is on the list.
pub(super) fn hand_over(
    desk: &mut Desk,
    from: StaffId,
    to: StaffId,
    clients: Vec<ClientId>,
) -> Result<Answer, Fault> {
    check(desk, from, to, &clients)?;
    let number = desk.books().next_number::<HandOver>(from)?;
    let permit = if may(&desk.staff()?.roles, Capability::ArrangeCover, Relation::Agency) {
        Capability::ArrangeCover
    } else {
        return Err(Fault::denied("Supervisors and admins hand caseloads over."));
    };
    let mut unit = desk.unit(permit, Act::CaseloadHandedOver, None, number)?;
    for client in &clients {
        desk.permit(Capability::Reassign, Some(*client))?;
        give(desk, &mut unit, *client, from, to)?;
    }
    unit.set_count(clients.len() as u32);
    let many = clients.len();
    let (at, by) = (desk.moment(), desk.staff()?.id);
    unit.put(&HandOver { from, number, to, clients, at, by }, from, number, 0);
    desk.commit(unit)?;
    let seat = desk.seat()?;
    let said = format!("{} with {} now.", counted(many, "person is", "people are"), seat.name_of(to));
    show(desk, from, said)
}

fn check(desk: &Desk, from: StaffId, to: StaffId, clients: &[ClientId]) -> Result<(), Fault> {
    if clients.is_empty() {
        return Err(Fault::user("Nobody is marked. Mark a person with Enter, then hand them over."));
    }
    if clients.len() > AT_ONCE {
        return Err(Fault::user(format!("You can hand over at most {AT_ONCE} people at once.")));
    }
    if from == to {
        return Err(Fault::user("They are with this counselor already."));
    }
    let takes = desk.seat()?.colleagues.iter().find(|staff| staff.id == to);
    if !takes.is_some_and(counsels) {
        return Err(Fault::user("Choose a counselor who can sign in."));
    }
    Ok(())
}

/// One client's open episode, from one counselor to the other. On a team, the other takes the place there.
pub(super) fn give(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    from: StaffId,
    to: StaffId,
) -> Result<(), Fault> {
    let episodes = desk.books().list::<Episode>(client)?;
    let mut open = episodes.into_iter().rev().filter(|kept| kept.value.discharged.is_none()).peekable();
    if open.peek().is_none() {
        return Err(Fault::user("One of them has no open episode any more. Look at the list again."));
    }
    let is_on = |episode: &Episode| episode.counselor == from || episode.team.contains(&from);
    let mut kept = open.find(|kept| is_on(&kept.value)).ok_or_else(|| {
        Fault::user("Somebody else is the counselor of one of them now. Look at the list again.")
    })?;
    let episode = &mut kept.value;
    if episode.counselor == from {
        episode.counselor = to;
    }
    episode.team.retain(|member| *member != from && *member != episode.counselor);
    if episode.counselor != to && !episode.team.contains(&to) {
        episode.team.push(to);
    }
    let number = episode.number;
    unit.put(&kept.value, client, number, kept.rev);
    Ok(())
}
