//! Which session a signed note marks as held.
//!
//! A signature cannot be undone, and nothing takes the mark back. So a note marks a session as held only where nobody can doubt it:
//! it was begun from that session, or its service and the session were at one time.

use super::header;
use crate::domain::{Modality, NoteDraft, NoteStands, Number, Service, SessionFacts, SessionStands, StaffId};
use crate::packs::Format;

/// Minutes after the planned beginning within which a service began that is over the planned end: the session began late.
const TOLERANCE: i64 = 60;

/// What a note says of the author's sessions of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// No session of the day is open to its author, or the note speaks of none by its nature.
    OfNone,
    /// It is the note of this session, and marks it as held.
    Of(Number),
    /// It was begun from this session, and what it says is no meeting: the session is neither held nor written by it.
    NoMeeting(Number),
    /// It was begun from this session, which was missed or called off, and is its note.
    NotHeld(Number),
    /// Sessions of the day are open, and none of them has begun and is at its time: the first, and how many there are.
    AnotherTime(Number, usize),
    /// It could speak of so many sessions, and nobody knows which.
    OneOf(usize),
}

impl Speaks {
    /// The session whose note it is, 0 = none.
    pub fn session(self) -> Number {
        match self {
            Self::Of(number) | Self::NotHeld(number) => number,
            Self::OfNone | Self::NoMeeting(_) | Self::AnotherTime(..) | Self::OneOf(_) => 0,
        }
    }
}

/// Returns what a note means for the sessions of its client. `by` signs it; `has_begun` says whether a session has begun by now.
pub fn of(
    note: &NoteDraft,
    format: &Format,
    sessions: &[SessionFacts],
    by: StaffId,
    has_begun: impl Fn(&SessionFacts) -> bool,
) -> Speaks {
    if note.session > 0 {
        let from = sessions.iter().find(|one| one.number == note.session);
        return from.map_or(Speaks::OfNone, |from| begun_from(note, format, from));
    }
    let first = note.addendum_to == 0 && note.amends == 0 && note.group.session == 0;
    if !first || !format.serves || !meets(note, format) || !header::is_contact(&note.service) {
        return Speaks::OfNone;
    }
    let open = |one: &&SessionFacts| {
        one.date == note.service.date && one.closer() == by && one.note == NoteStands::None && !is_off(one)
    };
    let open: Vec<&SessionFacts> = sessions.iter().filter(open).collect();
    let begun = || open.iter().copied().filter(|one| has_begun(one));
    if note.guessed && begun().count() > 1 {
        return Speaks::OneOf(begun().count());
    }
    let mut near: Vec<&SessionFacts> = begun().filter(|one| together(&note.service, one)).collect();
    if near.is_empty() {
        near = begun().filter(|one| began_late(&note.service, one)).collect();
    }
    match (near.as_slice(), open.first()) {
        (_, None) => Speaks::OfNone,
        ([only], _) => Speaks::Of(only.number),
        ([], Some(first)) => Speaks::AnotherTime(first.number, open.len()),
        (several, _) => Speaks::OneOf(several.len()),
    }
}

fn begun_from(note: &NoteDraft, format: &Format, session: &SessionFacts) -> Speaks {
    let others = note.service.modality == Some(Modality::Collateral);
    let with_others = session.modality == Some(Modality::Collateral);
    let again = note.amends > 0 || note.addendum_to > 0;
    if again {
        let is_its_note = note.amends > 0 && matches!(session.note, NoteStands::Signed(_));
        if is_its_note { Speaks::Of(session.number) } else { Speaks::OfNone }
    } else if is_off(session) {
        Speaks::NotHeld(session.number)
    } else if meets(note, format) && (format.serves || with_others) && (!others || with_others) {
        Speaks::Of(session.number)
    } else {
        Speaks::NoMeeting(session.number)
    }
}

/// Whether the note speaks of something that took place.
fn meets(note: &NoteDraft, format: &Format) -> bool {
    format.held && note.service.minutes > 0
}

fn is_off(session: &SessionFacts) -> bool {
    matches!(session.stands, SessionStands::Missed | SessionStands::Cancelled(_))
}

/// Whether a service and a session were at one time, a minute of it at least.
fn together(service: &Service, session: &SessionFacts) -> bool {
    header::overlap(service, &Service::new(session.date, session.start, session.minutes, ""))
}

/// Whether a service began after the planned beginning, and not much after it.
fn began_late(service: &Service, session: &SessionFacts) -> bool {
    let late = i64::from(service.start.0) - i64::from(session.start.0);
    service.date == session.date && (0..=TOLERANCE).contains(&late)
}

/// Says what a signature does to the sessions of the day, for the window before it; `None` = there is nothing to say.
pub fn words(speaks: Speaks, sessions: &[SessionFacts]) -> Option<String> {
    let at = |number: Number| {
        let found = sessions.iter().find(|one| one.number == number);
        found.map_or_else(String::new, |one| format!(" of {}", one.start))
    };
    let is_held =
        |number: Number| sessions.iter().any(|one| one.number == number && one.stands == SessionStands::Held);
    match speaks {
        Speaks::OfNone => None,
        Speaks::Of(number) if is_held(number) => {
            Some(format!("It is the note of the session{}.", at(number)))
        }
        Speaks::Of(number) => Some(format!("Marks the session{} as held.", at(number))),
        Speaks::NotHeld(number) => {
            Some(format!("The session{} stays as it is: it did not take place.", at(number)))
        }
        Speaks::NoMeeting(number) => {
            Some(format!("The session{} is not marked as held. Its day asks what became of it.", at(number)))
        }
        Speaks::AnotherTime(only, 1) => {
            Some(format!("The session{} stays as it is: the note is of another time.", at(only)))
        }
        Speaks::AnotherTime(_, many) => {
            Some(format!("{many} sessions of that day stay as they are: the note is of another time."))
        }
        Speaks::OneOf(many) => Some(format!("{many} sessions could be meant, so none is marked as held.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClockTime, Date};
    use crate::packs;

    const ME: StaffId = StaffId([1; 16]);

    fn session(number: Number, hour: u16) -> SessionFacts {
        SessionFacts {
            number,
            date: Date(100),
            start: ClockTime(hour * 60),
            minutes: 50,
            staff: ME,
            ..SessionFacts::default()
        }
    }

    fn note(start: u16, minutes: u16) -> NoteDraft {
        NoteDraft { service: Service::new(Date(100), ClockTime(start), minutes, ""), ..NoteDraft::default() }
    }

    fn said(note: &NoteDraft, format: &str, sessions: &[SessionFacts], now: u16) -> Speaks {
        let format = packs::formats().iter().find(|one| one.key == format).unwrap();
        of(note, format, sessions, ME, |one| one.start.0 <= now)
    }

    #[test]
    fn a_note_of_the_night_leaves_the_session_of_the_morning() {
        let sessions = [session(1, 9)];
        let night = note(60, 50);
        assert_eq!(said(&night, "DAP", &sessions, 2 * 60 + 14), Speaks::AnotherTime(1, 1));
        // Not even a note at its time marks what has not begun, and none that was over before it began.
        assert_eq!(said(&note(8 * 60 + 50, 50), "DAP", &sessions, 8 * 60 + 55), Speaks::AnotherTime(1, 1));
        assert_eq!(said(&note(8 * 60, 50), "DAP", &sessions, 600), Speaks::AnotherTime(1, 1));
        assert_eq!(said(&note(8 * 60 + 50, 50), "DAP", &sessions, 600), Speaks::Of(1));
        assert_eq!(said(&note(10 * 60, 50), "DAP", &sessions, 700), Speaks::Of(1), "it began late");
        assert_eq!(said(&note(10 * 60 + 1, 50), "DAP", &sessions, 700), Speaks::AnotherTime(1, 1));
        let words = words(Speaks::AnotherTime(1, 1), &sessions).unwrap();
        assert_eq!(words, "The session of 09:00 stays as it is: the note is of another time.");
    }

    #[test]
    fn of_several_the_one_at_its_time_and_no_guess() {
        let sessions = [session(1, 9), session(2, 10)];
        assert_eq!(said(&note(600, 50), "DAP", &sessions, 700), Speaks::Of(2));
        let guessed = NoteDraft { guessed: true, ..note(600, 50) };
        assert_eq!(said(&guessed, "DAP", &sessions, 700), Speaks::OneOf(2), "nobody said when");
        assert_eq!(said(&guessed, "DAP", &sessions[1..], 700), Speaks::Of(2));
        assert_eq!(said(&note(9 * 60 + 30, 60), "DAP", &sessions, 700), Speaks::OneOf(2));
        let of_another = SessionFacts { staff: StaffId([2; 16]), ..session(1, 9) };
        assert_eq!(said(&note(540, 50), "DAP", &[of_another], 700), Speaks::OfNone);
        let missed = SessionFacts { stands: SessionStands::Missed, ..session(1, 9) };
        assert_eq!(said(&note(540, 50), "DAP", &[missed], 700), Speaks::OfNone);
    }

    #[test]
    fn a_call_a_message_and_nobody_there_mark_nothing() {
        let sessions = [session(1, 9)];
        for format in ["contact", "no-show", "collateral", "consultation"] {
            assert_eq!(said(&note(540, 50), format, &sessions, 700), Speaks::OfNone, "{format}");
            let from = NoteDraft { session: 1, ..note(540, 50) };
            assert_eq!(said(&from, format, &sessions, 700), Speaks::NoMeeting(1), "{format}");
        }
        let from = NoteDraft { session: 1, ..note(120, 50) };
        assert_eq!(said(&from, "DAP", &sessions, 0), Speaks::Of(1), "it was begun from it");
        let missed = [SessionFacts { stands: SessionStands::Missed, ..session(1, 9) }];
        assert_eq!(said(&from, "no-show", &missed, 700), Speaks::NotHeld(1));
        let parents = [SessionFacts { modality: Some(Modality::Collateral), ..session(1, 9) }];
        assert_eq!(said(&from, "collateral", &parents, 700), Speaks::Of(1), "it was planned with others");
    }

    #[test]
    fn an_amendment_follows_its_note_and_marks_nothing_else() {
        let from = NoteDraft { session: 1, amends: 3, ..note(540, 50) };
        assert_eq!(said(&from, "DAP", &[session(1, 9)], 700), Speaks::OfNone);
        let signed = SessionFacts { note: NoteStands::Signed(3), ..session(1, 9) };
        assert_eq!(said(&from, "DAP", &[signed], 700), Speaks::Of(1));
        assert_eq!(said(&NoteDraft { session: 0, ..from }, "DAP", &[session(1, 9)], 700), Speaks::OfNone);
    }
}
