//! Services that a client came to: sessions that were held, and contacts that signed notes speak of and no session does.
//!
//! One rule for the overview, for reviews and for discharge summaries, so that none of them calls somebody absent who came.

use super::header;
use crate::domain::{Modality, NoteHead, Service, Session, SessionNote, SessionState};

/// Returns the services of notes that no held session stands for, each time once, in the order of their times. `notes` are those that
/// are neither replaced nor in error.
pub fn unplanned(sessions: &[Session], notes: &[NoteHead]) -> Vec<Service> {
    let held: Vec<(&Session, Service)> = sessions
        .iter()
        .filter(|one| one.state == SessionState::Held && one.modality != Some(Modality::Collateral))
        .map(|one| (one, Service::new(one.date, one.start, one.minutes, "")))
        .collect();
    let counted = |note: &&NoteHead| {
        let own =
            |one: &Session| one.number == note.facts.session || one.note == SessionNote::Signed(note.number);
        let service = &note.facts.service;
        note.facts.contact
            && header::is_contact(service)
            && note.addendum_to == 0
            && !held.iter().any(|(session, at)| own(session) || header::overlap(at, service))
    };
    let mut found: Vec<&Service> = notes.iter().filter(counted).map(|note| &note.facts.service).collect();
    found.sort_by_key(|service| (service.date, service.start));
    let mut once: Vec<Service> = Vec::new();
    for service in found {
        if !once.iter().any(|before| header::overlap(before, service)) {
            once.push(service.clone());
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClockTime, Date, NoteFacts, Number};

    fn note(number: Number, day: i32, hour: u16) -> NoteHead {
        let service = Service::new(Date(day), ClockTime(hour * 60), 50, "");
        let facts = NoteFacts { service, contact: true, ..NoteFacts::default() };
        NoteHead { number, facts, ..NoteHead::default() }
    }

    fn session(number: Number, day: i32, hour: u16, state: SessionState) -> Session {
        let (date, start) = (Date(day), ClockTime(hour * 60));
        Session { number, date, start, minutes: 50, state, ..Session::default() }
    }

    fn days(sessions: &[Session], notes: &[NoteHead]) -> Vec<i32> {
        unplanned(sessions, notes).iter().map(|service| service.date.0).collect()
    }

    #[test]
    fn notes_of_contacts_count_and_no_service_counts_twice() {
        let sessions = [
            session(1, 100, 9, SessionState::Held),
            session(2, 101, 9, SessionState::Planned),
            Session { note: SessionNote::Signed(4), ..session(3, 102, 9, SessionState::Held) },
        ];
        let notes = [note(1, 100, 9), note(2, 100, 15), note(3, 101, 9), note(4, 102, 20), note(5, 100, 15)];
        assert_eq!(
            days(&sessions, &notes),
            [100, 101],
            "one of 9 is held, two of 15 are one, note 4 is of a session"
        );
        assert_eq!(days(&[], &notes).len(), 4);
    }

    #[test]
    fn what_was_no_contact_or_only_adds_counts_for_nothing() {
        let mut missed = note(1, 100, 9);
        missed.facts.contact = false;
        let mut nobody = note(2, 101, 9);
        nobody.facts.service.minutes = 0;
        let mut others = note(3, 102, 9);
        others.facts.service.modality = Some(Modality::Collateral);
        let adds = NoteHead { addendum_to: 1, ..note(4, 103, 9) };
        assert_eq!(days(&[], &[missed, nobody, others, adds, note(5, 104, 9)]), [104]);
    }
}
