//! What stands in the way of a session: others of the same person or counselor at the same time, and what a colleague holds on a day.

use super::api::{Answer, Hours, HoursOf};
use super::days::span;
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use crate::domain::{ClockTime, Date, Modality, Session, SessionStands, StaffId, Summary};
use crate::rules::access::{Capability, may};

/// Refuses sessions that clash with others, each with its day, so that they can be looked at before anything is saved.
pub(super) fn free(desk: &Desk, sessions: &[Session]) -> Result<(), Fault> {
    const MOST: usize = 4;
    let mut found = Vec::new();
    for session in sessions {
        found.extend(clashes(desk, session, sessions)?);
    }
    let mut lines = in_sentences(found);
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

/// That a session clashes with others, on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Clash {
    date: Date,
    /// Whose other session it is, and at which times.
    what: String,
}

/// Each clash in a sentence. What clashes in the same way on several days is one of them: a weekly row has one hour.
fn in_sentences(found: Vec<Clash>) -> Vec<String> {
    let mut alike: Vec<(String, Vec<Date>)> = Vec::new();
    for clash in found {
        let same = |(what, days): &&mut (String, Vec<Date>)| {
            *what == clash.what && days[0].days_since(clash.date) % 7 == 0
        };
        match alike.iter_mut().find(same) {
            Some((_, days)) => days.push(clash.date),
            None => alike.push((clash.what, vec![clash.date])),
        }
    }
    alike.into_iter().map(|(what, days)| format!("{}: {what}.", times(days))).collect()
}

/// The one day, or how often from which day on.
fn times(mut days: Vec<Date>) -> String {
    days.sort_unstable();
    days.dedup();
    let first = days[0].naive().format("%a %-d %b");
    if days.len() == 1 {
        return first.to_string();
    }
    let weekly = days.windows(2).all(|two| two[1].days_since(two[0]) == 7);
    let often = if weekly { "Weekly, " } else { "" };
    format!("{often}{} times, first {first}", days.len())
}

/// What a session clashes with; `moved` are those that are planned or moved together.
fn clashes(desk: &Desk, session: &Session, moved: &[Session]) -> Result<Vec<Clash>, Fault> {
    let (start, end) = span(desk, session);
    let (seat, reach) = (desk.seat()?, desk.reach()?);
    let roles = &seat.staff.value.roles;
    let named = |summary: &Summary| {
        let known = may(roles, Capability::SeeNames, seat.relation(&reach, summary));
        if known { summary.name.to_string() } else { initials(&summary.name) }
    };
    let (mut theirs, mut held) = (Vec::new(), Vec::new());
    for summary in seat.summaries.values() {
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
                let whom = if same { seat.short_name_of(other.staff) } else { named(summary) };
                if same { &mut theirs } else { &mut held }.push((other.date, other.start, whom));
            }
        }
    }
    let clash = |whose: String, mut times: Vec<(Date, ClockTime, String)>| {
        times.sort_unstable();
        let time = |(_, start, whom): &(Date, ClockTime, String)| match whom.as_str() {
            "" => start.to_string(),
            whom => format!("{start}, with {whom}"),
        };
        let times: Vec<String> = times.iter().map(time).collect();
        let what = format!("{whose} has another session at {}", times.join(" and "));
        (!times.is_empty()).then_some(Clash { date: session.date, what })
    };
    let counselor = seat.short_name_of(session.staff);
    let client =
        seat.summaries.get(&session.client).map_or_else(|| "the person".to_owned(), |one| named(one));
    Ok(clash(client, theirs).into_iter().chain(clash(counselor, held)).collect())
}

/// `J.R.` for somebody whom the reader may not know by name.
fn initials(name: &str) -> String {
    let firsts = name.split([' ', '-']).filter_map(|word| word.chars().next());
    firsts.flat_map(|letter| [letter, '.']).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn clash(month: u32, day: u32, what: &str) -> Clash {
        Clash { date: Date::from_ymd(2026, month, day).unwrap(), what: what.to_owned() }
    }

    #[test]
    fn the_same_clash_every_week_is_one_sentence() {
        let rosa = "Rosa Imani has another session at 11:00, with Jo Rivera";
        let found = vec![
            clash(12, 7, rosa),
            clash(12, 14, rosa),
            clash(12, 14, "the person has another session at 11:30"),
            clash(12, 21, rosa),
        ];
        assert_eq!(
            in_sentences(found),
            [
                format!("Weekly, 3 times, first Mon 7 Dec: {rosa}."),
                "Mon 14 Dec: the person has another session at 11:30.".to_owned(),
            ]
        );
    }

    #[test]
    fn weeks_that_are_left_out_are_not_called_weekly() {
        let what = "Rosa Imani has another session at 11:00";
        let found = vec![clash(12, 7, what), clash(12, 21, what), clash(12, 22, what)];
        assert_eq!(
            in_sentences(found),
            [format!("2 times, first Mon 7 Dec: {what}."), format!("Tue 22 Dec: {what}.")]
        );
    }
}
