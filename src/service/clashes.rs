//! What stands in the way of a session: others of the same person or counselor at the same time, and what a colleague holds on a day.

use super::api::{Answer, Hours, HoursOf};
use super::days::span;
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use crate::domain::{ClockTime, Date, Modality, Session, SessionStands, StaffId};
use crate::rules::access::{Capability, may};

/// Refuses sessions that clash with others, each with its day, so that they can be looked at before anything is saved.
pub(super) fn free(desk: &Desk, sessions: &[Session]) -> Result<(), Fault> {
    const MOST: usize = 4;
    let mut lines = Vec::new();
    for session in sessions {
        lines.extend(clashes(desk, session, sessions)?);
    }
    if lines.is_empty() {
        return Ok(());
    }
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if more > 0 {
        lines.push(format!("And {more} more."));
    }
    Err(Fault::new(FaultKind::Doubt, lines.join(" ")))
}

/// What a session clashes with, in sentences; `moved` are those that are planned or moved together.
fn clashes(desk: &Desk, session: &Session, moved: &[Session]) -> Result<Vec<String>, Fault> {
    let (start, end) = span(desk, session);
    let (mut theirs, mut held) = (Vec::new(), Vec::new());
    for summary in desk.seat()?.summaries.values() {
        for other in &summary.days.sessions {
            let same = summary.client == session.client;
            // A session is never longer than a day.
            if other.date.days_since(session.date).abs() > 1
                || (same && moved.iter().any(|one| one.number == other.number))
                || (!same && other.staff != session.staff)
                || matches!(other.stands, SessionStands::Cancelled(_) | SessionStands::Missed)
            {
                continue;
            }
            let group =
                !same && session.modality == Some(Modality::Group) && other.modality == session.modality;
            let other_start = desk.clock.instant(other.date, other.start);
            let other_end = other_start.plus_ms(i64::from(other.minutes) * 60_000);
            if !group && other_start < end && start < other_end {
                let whom = if same { "" } else { &*summary.name };
                if same { &mut theirs } else { &mut held }.push((other.date, other.start, whom));
            }
        }
    }
    let day = session.date.naive().format("%a %-d %b");
    let sentence = |whose: String, mut times: Vec<(Date, ClockTime, &str)>| {
        times.sort_unstable();
        let time = |(_, start, whom): &(Date, ClockTime, &str)| match *whom {
            "" => start.to_string(),
            whom => format!("{start}, with {whom}"),
        };
        let times: Vec<String> = times.iter().map(time).collect();
        (!times.is_empty()).then(|| format!("{day}: {whose} has another session at {}.", times.join(" and ")))
    };
    let counselor = desk.seat()?.short_name_of(session.staff);
    Ok(sentence("the person".to_owned(), theirs).into_iter().chain(sentence(counselor, held)).collect())
}

/// What else the person comes for on that day, as a sentence; empty if nothing.
pub(super) fn beside(desk: &Desk, session: &Session) -> Result<String, Fault> {
    let summary = desk.seat()?.summaries.get(&session.client);
    let sessions = summary.map_or(&[][..], |summary| &summary.days.sessions);
    let others = sessions.iter().filter(|other| {
        other.date == session.date
            && other.number != session.number
            && matches!(other.stands, SessionStands::Planned | SessionStands::Arrived { .. })
    });
    let times: Vec<String> = others.map(|other| other.start.to_string()).collect();
    Ok(if times.is_empty() {
        String::new()
    } else {
        format!(" They also come at {} that day.", times.join(", "))
    })
}

/// What a colleague holds on a day, by the times. Whoever may not know a person sees the time alone.
pub(super) fn hours(desk: &Desk, of: HoursOf) -> Result<Answer, Fault> {
    desk.permit(Capability::ListStaff, None)?;
    let (seat, reach) = (desk.seat()?, desk.reach()?);
    let theirs = |client| seat.summaries.get(client).and_then(|one| one.episode.as_ref());
    let own = (of.staff == StaffId::default()).then(|| {
        let plans = desk.permit(Capability::Schedule, Some(of.client)).is_ok();
        theirs(&of.client).filter(|_| plans).map(|episode| episode.counselor)
    });
    let Some(staff) = own.unwrap_or(Some(of.staff)) else {
        return Ok(Answer::Hours(Box::new(Hours { of, staff_name: String::new(), lines: Vec::new() })));
    };
    let roles = &seat.staff.value.roles;
    let mut lines = Vec::new();
    for summary in seat.summaries.values() {
        let known = may(roles, Capability::SeeNames, seat.relation(&reach, summary));
        let on_it = summary.days.sessions.iter().filter(|one| one.date == of.date && one.staff == staff);
        let holds = on_it
            .filter(|one| !matches!(one.stands, SessionStands::Cancelled(_) | SessionStands::Missed))
            .map(|one| (one.start, if known { summary.name.clone() } else { Box::from("") }));
        lines.extend(holds);
    }
    lines.sort();
    Ok(Answer::Hours(Box::new(Hours { of, staff_name: seat.short_name_of(staff), lines })))
}
