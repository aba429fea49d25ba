//! The service that a new note most likely speaks of.

use super::super::days::span;
use super::super::desk::Desk;
use super::super::fault::Fault;
use crate::domain::{
    ClientId, ClockTime, Date, LocalTime, Modality, Mode, Service, Session, SessionNote, SessionState,
};
use crate::packs::{self, Format};
use crate::rules::header;

/// The service a new note most likely speaks of: as the last session was, at today's session or in the last hour
/// that is over; the format has the last word. `true`: no session or more than one says when, so the times are a
/// guess.
pub(super) fn service(desk: &Desk, client: ClientId, format: &Format) -> Result<(Service, bool), Fault> {
    const LOOKED_AT: usize = 8;
    let now = desk.now().local;
    let kinds = &packs::lists().service_kinds;
    let usual = kinds.first().map(String::as_str).unwrap_or_default();
    let mut service = Service::new(now.date, now.time, 50, usual);
    (service.modality, service.mode) = (Some(Modality::Individual), Some(Mode::Person));
    let heads = desk.newest_notes(client, None, LOOKED_AT)?.into_iter();
    let sessions = heads.filter(|head| head.addendum_to == 0 && header::is_contact(&head.service));
    if let Some(last) = sessions.max_by_key(|head| (head.service.date, head.service.start)) {
        let last = last.facts.service;
        service.minutes = last.minutes;
        service.modality = last.modality.or(service.modality);
        service.mode = last.mode.or(service.mode);
        service.location = last.location;
        if kinds.contains(&last.kind) {
            service.kind = last.kind;
        }
    }
    let usual = &format.service;
    service.kind = usual.kind.clone().unwrap_or(service.kind);
    service.modality = usual.modality.or(service.modality);
    service.mode = usual.mode.or(service.mode);
    service.minutes = usual.minutes.unwrap_or(service.minutes);
    let mut begun = today_begun(desk, client)?;
    begun.sort_by_key(|session| session.start);
    let guessed = begun.len() != 1;
    let session = begun.pop();
    if let Some(session) = session {
        (service.start, service.minutes) = (session.start, session.minutes);
    } else {
        (service.date, service.start) = last_hour_over(now, service.minutes);
    }
    Ok((service, guessed))
}

/// The sessions of today that have begun, have no signed note, and were not missed or called off.
fn today_begun(desk: &Desk, client: ClientId) -> Result<Vec<Session>, Fault> {
    let (today, now) = (desk.now().local.date, desk.moment());
    let sessions = desk.books().list::<Session>(client)?.into_iter().map(|kept| kept.value);
    let begun = sessions.filter(|session| {
        session.date == today
            && !matches!(session.state, SessionState::Missed | SessionState::Cancelled { .. })
            && !matches!(session.note, SessionNote::Signed(_))
            && span(desk, session).0 <= now
    });
    Ok(begun.collect())
}

/// The last full hour at which something of this length began that is over now.
fn last_hour_over(now: LocalTime, minutes: u16) -> (Date, ClockTime) {
    const DAY: i32 = 24 * 60;
    let begun = (i32::from(now.time.0) - i32::from(minutes)).div_euclid(60) * 60;
    (now.date.plus_days(begun.div_euclid(DAY)), ClockTime(begun.rem_euclid(DAY) as u16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hour_that_is_over_never_ends_in_the_future() {
        let at = |hour: u16, minute: u16| LocalTime {
            date: Date(20_000),
            time: ClockTime(hour * 60 + minute),
            second: 0,
        };
        assert_eq!(last_hour_over(at(13, 0), 50), (Date(20_000), ClockTime(12 * 60)));
        assert_eq!(last_hour_over(at(13, 49), 50), (Date(20_000), ClockTime(12 * 60)));
        assert_eq!(last_hour_over(at(13, 50), 50), (Date(20_000), ClockTime(13 * 60)));
        assert_eq!(last_hour_over(at(0, 30), 50), (Date(19_999), ClockTime(23 * 60)));
    }
}
