//! What waits for a supervisor: needs nobody decided on or of people nobody counsels, rechecks that have passed, charts opened with a reason, and what
//! people who left still carry.

use super::holdings::of_kind;
use crate::domain::{
    Access, Act, ClientId, Moment, NeedFacts, NeedStands, Role, SamePerson, SameSaid, SessionFacts, Staff,
    StaffId, Summary, counted,
};
use crate::rules::access::Capability;
use crate::rules::deadline::Deadline;
use crate::rules::due::{self, About, Instants, Obligation};
use crate::rules::same::SameStands;
use crate::service::api::{Absence, Answer, Holding, HouseAnswer, WatchCount, WatchKind, WatchLine};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::seconds::asked_same;
use std::collections::{BTreeMap, HashSet};

/// Days after which access that nobody looked at leaves the list (it stays in the history).
const ACCESS_DAYS: i64 = 30;

/// Who of the staff a supervisor answers for: those they supervise, and those nobody who can sign in supervises.
fn my_people(desk: &Desk) -> Result<HashSet<StaffId>, Fault> {
    let seat = desk.seat()?;
    let me = seat.staff.value.id;
    let leads = |id: StaffId| {
        seat.colleagues.iter().any(|one| one.id == id && one.active && one.has(Role::Supervisor))
    };
    let mine = |staff: &&Staff| match staff.supervisor {
        Some(supervisor) if leads(supervisor) => desk.answers_for(staff.id) == Some(me),
        _ => staff.id != me || !staff.active,
    };
    Ok(seat.colleagues.iter().filter(mine).map(|staff| staff.id).collect())
}

/// Whose the danger of a client is: the counselor's; without an episode, everybody's.
fn concerns(people: &HashSet<StaffId>, me: StaffId, summary: &Summary) -> bool {
    summary.counselor().is_none_or(|counselor| people.contains(&counselor) || counselor == me)
}

fn may_supervise(desk: &Desk) -> bool {
    desk.permit(Capability::Supervise, None).is_ok()
}

/// The needs of a client that a supervisor is shown, as every list reckons them.
fn waiting(desk: &Desk, summary: &Summary) -> Result<Vec<Obligation>, Fault> {
    let context = desk.caseload_context()?.due();
    let now = desk.now();
    let end = |session: &SessionFacts| desk.session_end(session);
    let day = |at| desk.clock.local(at).date;
    let when = Instants { end: &end, day: &day, now: now.moment, today: now.local.date };
    let mut needs = due::needs(summary, &context, when);
    needs.retain(|need| need.supervisor);
    Ok(needs)
}

/// What the strip counts; nothing for who supervises nobody.
pub(crate) fn count(desk: &Desk) -> Result<WatchCount, Fault> {
    if !may_supervise(desk) {
        return Ok(WatchCount::default());
    }
    let (people, seat) = (my_people(desk)?, desk.seat()?);
    let me = seat.staff.value.id;
    let mut needs = 0;
    let with_needs = seat.summaries.values().filter(|summary| !summary.needs.is_empty());
    for summary in with_needs.filter(|summary| concerns(&people, me, summary)) {
        needs += usize::from(!waiting(desk, summary)?.is_empty());
    }
    let opened = accesses(desk, &people)?.iter().filter(|access| access.seen.is_none()).count();
    let left = leavers(desk, &people)?
        .values()
        .filter(|left| left.people > 0 || left.other > 0 || !left.drafts.is_empty())
        .count();
    Ok(WatchCount { needs, opened, left, same: asked_same(desk)?.len() })
}

/// Recent access with a reason by these people, newest first.
fn accesses(desk: &Desk, people: &HashSet<StaffId>) -> Result<Vec<Access>, Fault> {
    let since = desk.moment().plus_ms(-ACCESS_DAYS * 24 * Moment::HOUR);
    let mut found = Vec::new();
    for id in people {
        found.extend(desk.books().list::<Access>(*id)?.into_iter().map(|kept| kept.value));
    }
    found.retain(|access| access.at >= since);
    found.sort_by_key(|access| (std::cmp::Reverse(access.at), access.by, access.number));
    Ok(found)
}

/// A draft of somebody who left: whose chart, which draft, since when.
type LeftDraft = (ClientId, u32, Moment);

/// What somebody who cannot sign in any more still carries.
#[derive(Debug, Default)]
struct Left {
    people: usize,
    /// Sessions, notes that are owed, tasks.
    other: usize,
    drafts: Vec<LeftDraft>,
}

/// What people who cannot sign in any more still carry.
fn leavers(desk: &Desk, people: &HashSet<StaffId>) -> Result<BTreeMap<StaffId, Left>, Fault> {
    let seat = desk.seat()?;
    let gone = seat.colleagues.iter().filter(|staff| !staff.active && people.contains(&staff.id));
    let mut left: BTreeMap<StaffId, Left> = gone.map(|staff| (staff.id, Left::default())).collect();
    if left.is_empty() {
        return Ok(left);
    }
    for summary in seat.summaries.values() {
        if let Some(entry) = summary.episode.as_ref().and_then(|episode| left.get_mut(&episode.counselor)) {
            entry.people += 1;
        }
        for draft in &summary.drafts {
            if let Some(entry) = left.get_mut(&draft.by) {
                entry.drafts.push((summary.client, draft.number, draft.since));
            }
        }
    }
    let absence = Absence { from: desk.now().local.date, until: None };
    for (staff, left) in &mut left {
        left.drafts.sort_unstable();
        for what in [Holding::Sessions, Holding::OwedNotes, Holding::Tasks] {
            left.other += of_kind(desk, *staff, absence, what)?.len();
        }
    }
    Ok(left)
}

pub(super) fn show(desk: &mut Desk, said: String) -> Result<Answer, Fault> {
    desk.permit(Capability::Supervise, None)?;
    let people = my_people(desk)?;
    let mut lines = needs(desk, &people)?;
    for access in accesses(desk, &people)? {
        if access.seen.is_none() {
            lines.push(access_line(desk, &access)?);
        }
    }
    for (staff, Left { people, other, drafts }) in leavers(desk, &people)? {
        let name = desk.seat()?.name_of(staff);
        let since = desk.now().local;
        if people + other > 0 {
            let words = if people > 0 {
                let many = counted(people, "person is", "people are");
                format!("{name} left: {many} still on their caseload")
            } else {
                let many = counted(other, "session, note or task is", "sessions, notes and tasks are");
                format!("{name} left: {many} still theirs")
            };
            lines.push(WatchLine {
                what: WatchKind::LeftPeople,
                client: None,
                name: String::new(),
                record_no: String::new(),
                staff,
                words,
                since,
                deadline: None,
            });
        }
        for (client, number, at) in drafts {
            let ((name_of, record_no), since) = (person(desk, client)?, desk.clock.local(at));
            let words = format!("{name} left with a draft here");
            let what = WatchKind::LeftDraft(number);
            lines.push(WatchLine {
                what,
                client: Some(client),
                name: name_of,
                record_no,
                staff,
                words,
                since,
                deadline: None,
            });
        }
    }
    for (same, said) in asked_same(desk)? {
        lines.push(same_line(desk, same, said)?);
    }
    let order = |line: &WatchLine| (rank(line.what), line.deadline.map(Deadline::order), line.since);
    lines.sort_by_key(order);
    Ok(Answer::House(HouseAnswer::Watch { lines, said }))
}

/// The order of kinds, whatever their numbers.
fn rank(kind: WatchKind) -> u8 {
    match kind {
        WatchKind::Undecided | WatchKind::RecheckPassed => 0,
        WatchKind::Opened(_) => 1,
        WatchKind::LeftPeople => 2,
        WatchKind::LeftDraft(_) => 3,
        WatchKind::SamePerson(_) => 4,
    }
}

/// Name and record number.
fn person(desk: &Desk, client: ClientId) -> Result<(String, String), Fault> {
    let summary = desk.seat()?.summaries.get(&client);
    Ok(summary.map(|one| (one.name.to_string(), one.record_no.to_string())).unwrap_or_default())
}

fn needs(desk: &Desk, people: &HashSet<StaffId>) -> Result<Vec<WatchLine>, Fault> {
    let seat = desk.seat()?;
    let me = seat.staff.value.id;
    let mut lines = Vec::new();
    let with_needs = seat.summaries.values().filter(|summary| !summary.needs.is_empty());
    for summary in with_needs.filter(|summary| concerns(people, me, summary)) {
        for obligation in waiting(desk, summary)? {
            let need = summary.needs.iter().find(|need| obligation.about == About::Need(need.number));
            lines.extend(need.map(|need| need_line(desk, summary, need, &obligation)));
        }
    }
    Ok(lines)
}

fn need_line(desk: &Desk, summary: &Summary, need: &NeedFacts, obligation: &Obligation) -> WatchLine {
    let what = match need.stands {
        NeedStands::InHand { .. } => WatchKind::RecheckPassed,
        _ => WatchKind::Undecided,
    };
    let words = format!("NOW D{}: {}", need.dimension, obligation.how);
    let staff = summary.episode.as_ref().map(|episode| episode.counselor).unwrap_or_default();
    let with = summary.episode.as_ref().map_or_else(
        || "not admitted".to_owned(),
        |episode| desk.seat().map(|seat| seat.name_of(episode.counselor)).unwrap_or_default(),
    );
    WatchLine {
        what,
        client: Some(summary.client),
        name: summary.name.to_string(),
        record_no: summary.record_no.to_string(),
        staff,
        words: format!("{words} ({with})"),
        since: desk.clock.local(need.raised_at),
        deadline: Some(obligation.deadline),
    }
}

fn access_line(desk: &Desk, access: &Access) -> Result<WatchLine, Fault> {
    let who = desk.seat()?.name_of(access.by);
    let (name, record_no) = person(desk, access.client)?;
    Ok(WatchLine {
        what: WatchKind::Opened(access.number),
        client: Some(access.client),
        name,
        record_no,
        staff: access.by,
        words: format!("{who} opened it, {}: {}", access.reason.word(), access.words),
        since: desk.clock.local(access.at),
        deadline: None,
    })
}

fn same_line(desk: &Desk, same: &SamePerson, said: &SameSaid) -> Result<WatchLine, Fault> {
    let ((name, record_no), (_, other)) = (person(desk, same.leads)?, person(desk, same.other)?);
    let who = desk.seat()?.name_of(said.by);
    let asks = match SameStands::of(same) {
        SameStands::UnlinkAsked => format!("unlink it from {other}"),
        _ => format!("link it with {other}"),
    };
    Ok(WatchLine {
        what: WatchKind::SamePerson(same.number),
        client: Some(same.leads),
        name,
        record_no,
        staff: said.by,
        words: format!("{who} asks to {asks}: {}", said.why),
        since: desk.clock.local(said.at),
        deadline: None,
    })
}

/// A supervisor has looked at an access: it leaves the list and stays in the history.
pub(super) fn seen(desk: &mut Desk, by: StaffId, number: u32) -> Result<Answer, Fault> {
    desk.permit(Capability::Supervise, None)?;
    if !my_people(desk)?.contains(&by) {
        return Err(Fault::denied("The supervisor of whoever opened the chart looks at this."));
    }
    let kept = desk.books().get::<Access>(by, number)?;
    let mut kept = kept.ok_or_else(|| Fault::user("This access is no longer there."))?;
    if kept.value.seen.is_none() {
        kept.value.seen = Some((desk.staff()?.id, desk.moment()));
        let mut unit = desk.unit(Capability::Supervise, Act::AccessSeen, None, number)?;
        unit.about(kept.value.client);
        unit.put(&kept.value, by, number, kept.rev);
        desk.commit(unit)?;
    }
    show(desk, "You have looked at this access. It stays in the history of the chart.".to_owned())
}
