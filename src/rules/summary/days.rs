//! What lists and due dates need of a client's sessions. A function of the records alone: no day of today is in it, so
//! that midnight changes nothing that is stored.

use crate::domain::{
    Date, DayFacts, Miss, MissFacts, Modality, NoteStands, Number, Session, SessionFacts, SessionNote,
    SessionStands, SessionState,
};
use std::cmp::Reverse;

/// Closed sessions kept beside the open ones: a week or two of an intensive program, two months of weekly sessions.
const CLOSED_KEPT: usize = 8;
/// Held sessions kept after admission, and after the last assessment: more than any rule counts to.
const HELD_KEPT: usize = 40;
/// Held sessions kept that were not with a group: more than the rule on feedback counts to.
const APART_KEPT: usize = 8;
/// Most that is counted of missed sessions and outreach.
const MOST: usize = u8::MAX as usize;

/// Sums up sessions and misses. `stay`: number and admission of the open episode; `noted`: service date of the last signed note.
pub(super) fn facts(
    sessions: &[Session],
    misses: &[Miss],
    stay: Option<(Number, Date)>,
    assessed: Option<Date>,
    noted: Option<Date>,
) -> DayFacts {
    let mut all: Vec<&Session> = sessions.iter().collect();
    all.sort_by_key(|session| (session.date, session.start, session.number));
    let (kept, older) = kept(&all);
    let missed = missed_in_a_row(&all, noted);
    let number = stay.map_or(0, |(number, _)| number);
    let of_it = |session: &&&Session| [0, number].contains(&session.episode);
    let own: Vec<&Session> = all.iter().filter(of_it).copied().collect();
    let admitted = stay.map(|(_, admitted)| admitted);
    DayFacts {
        held: held_from(&own, admitted),
        held_since: held_from(&own, assessed),
        met: met(&all),
        missed: missed.len().min(MOST) as u8,
        missed_on: missed.last().copied(),
        misses: miss_facts(misses, &kept),
        apart: apart(&own, admitted),
        sessions: kept,
        older,
    }
}

/// The open sessions and the newest closed ones, and the day of the newest one that is left out.
fn kept(all: &[&Session]) -> (Vec<SessionFacts>, Option<Date>) {
    let mut facts: Vec<SessionFacts> = all.iter().map(|session| of(session)).collect();
    let mut closed: Vec<(Date, usize)> =
        facts.iter().enumerate().filter(|(_, one)| one.is_closed()).map(|(at, one)| (one.date, at)).collect();
    closed.sort_by_key(|(date, at)| Reverse((*date, *at)));
    let older = closed.get(CLOSED_KEPT).map(|(date, _)| *date);
    let mut gone: Vec<usize> = closed.iter().skip(CLOSED_KEPT).map(|(_, at)| *at).collect();
    gone.sort_unstable();
    let mut at = 0;
    facts.retain(|_| {
        at += 1;
        gone.binary_search(&(at - 1)).is_err()
    });
    (facts, older)
}

/// One session as lists need it.
pub fn of(session: &Session) -> SessionFacts {
    SessionFacts {
        number: session.number,
        date: session.date,
        start: session.start,
        minutes: session.minutes,
        kind: session.kind.as_str().into(),
        modality: session.modality,
        mode: session.mode,
        staff: session.staff,
        left_to: session.left_to,
        stands: match &session.state {
            SessionState::Planned => SessionStands::Planned,
            SessionState::Arrived { at } => SessionStands::Arrived { at: *at },
            SessionState::Held => SessionStands::Held,
            SessionState::Missed => SessionStands::Missed,
            SessionState::Cancelled { by, .. } => SessionStands::Cancelled(*by),
        },
        note: match &session.note {
            SessionNote::None => NoteStands::None,
            SessionNote::Draft(number) => NoteStands::Draft(*number),
            SessionNote::Signed(number) => NoteStands::Signed(*number),
            SessionNote::NotNeeded(_) => NoteStands::NotNeeded,
        },
        outreach: session.outreach.len().min(MOST) as u8,
        weekly: session.series > 0,
    }
}

/// The client was there: others about the client are no contact with the client.
fn with_client(session: &Session) -> bool {
    session.modality != Some(Modality::Collateral)
}

fn was_held(session: &Session) -> bool {
    session.state == SessionState::Held && with_client(session)
}

fn held_from(all: &[&Session], from: Option<Date>) -> Vec<Date> {
    let Some(from) = from else { return Vec::new() };
    let held = all.iter().filter(|session| was_held(session)).map(|session| session.date);
    held.filter(|date| *date >= from).take(HELD_KEPT).collect()
}

/// Days of the newest held sessions of the stay that were not with a group: in those the client is asked how the work goes.
fn apart(all: &[&Session], admitted: Option<Date>) -> Vec<Date> {
    let Some(from) = admitted else { return Vec::new() };
    let apart = |session: &&&Session| {
        was_held(session) && session.modality != Some(Modality::Group) && session.date >= from
    };
    let mut days: Vec<Date> = all.iter().rev().filter(apart).take(APART_KEPT).map(|one| one.date).collect();
    days.reverse();
    days
}

/// The newest day they were there, or were reached after a missed session.
fn met(all: &[&Session]) -> Option<Date> {
    let held = all.iter().filter(|session| was_held(session)).map(|session| session.date).max();
    let outreach = all.iter().flat_map(|session| &session.outreach);
    held.max(outreach.filter(|outreach| outreach.reached).map(|outreach| outreach.on).max())
}

/// Days of the sessions missed since they last came. What was called off counts neither way; a note of a service on a
/// later day ends the row.
fn missed_in_a_row(all: &[&Session], noted: Option<Date>) -> Vec<Date> {
    let decided = all.iter().rev().filter(|session| with_client(session));
    let mut missed: Vec<Date> = decided
        .filter(|session| matches!(session.state, SessionState::Held | SessionState::Missed))
        .take_while(|session| session.state == SessionState::Missed)
        .map(|session| session.date)
        .filter(|date| noted.is_none_or(|noted| noted <= *date))
        .collect();
    missed.reverse();
    missed
}

/// The newest miss of each duty; of notes, those of sessions that are still owed one.
fn miss_facts(misses: &[Miss], kept: &[SessionFacts]) -> Vec<MissFacts> {
    let open = |number| kept.iter().any(|session| session.number == number && !session.is_closed());
    let mut facts: Vec<MissFacts> = Vec::new();
    let mut newest_first: Vec<&Miss> = misses.iter().collect();
    newest_first.sort_by_key(|miss| Reverse(miss.number));
    for miss in newest_first {
        let known = facts.iter().any(|fact| *fact.duty == *miss.duty && fact.session == miss.session);
        if !known && (miss.session == 0 || open(miss.session)) {
            facts.push(MissFacts {
                duty: miss.duty.as_str().into(),
                session: miss.session,
                due: miss.due,
                planned: miss.planned,
            });
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Moment, Outreach, StaffId};

    fn session(number: u32, day: i32, state: SessionState) -> Session {
        Session { number, date: Date(day), minutes: 50, state, ..Session::default() }
    }

    fn sum(sessions: &[Session], noted: Option<Date>) -> DayFacts {
        facts(sessions, &[], Some((1, Date(100))), Some(Date(105)), noted)
    }

    #[test]
    fn missed_sessions_count_since_the_client_last_came() {
        use SessionState::{Held, Missed, Planned};
        let cancelled = SessionState::Cancelled {
            by: crate::domain::CancelledBy::Client,
            at: Moment(0),
            reason: String::new(),
        };
        let all = [
            session(1, 100, Held),
            session(2, 107, Missed),
            session(3, 114, cancelled),
            session(4, 121, Missed),
            session(5, 128, Planned),
        ];
        let days = sum(&all, None);
        assert_eq!((days.missed, days.missed_on, days.met), (2, Some(Date(121)), Some(Date(100))));
        // A note on the day itself says that nobody came; one of a later day speaks of a service.
        assert_eq!(sum(&all, Some(Date(121))).missed, 1, "what was missed before the note is behind them");
        assert_eq!(sum(&all, Some(Date(107))).missed, 2);
        assert_eq!(sum(&all, Some(Date(122))).missed, 0);
        assert_eq!(sum(&all[..1], None).missed, 0);
    }

    #[test]
    fn others_about_the_client_are_no_contact() {
        let mut call = session(1, 110, SessionState::Held);
        call.modality = Some(Modality::Collateral);
        let days = sum(&[call], None);
        assert_eq!((days.met, days.held.len()), (None, 0));
        let mut missed = session(2, 111, SessionState::Missed);
        let reached = |reached| Outreach {
            at: Moment(1),
            on: Date(112),
            by: StaffId::default(),
            how: "call".to_owned(),
            reached,
            words: String::new(),
        };
        missed.outreach.push(reached(false));
        assert_eq!(sum(std::slice::from_ref(&missed), None).met, None);
        missed.outreach.push(reached(true));
        let days = sum(&[missed], None);
        assert_eq!((days.met, days.sessions[0].outreach), (Some(Date(112)), 2));
    }

    #[test]
    fn open_sessions_stay_and_of_the_closed_ones_the_newest() {
        let mut all: Vec<Session> = (1..=12).map(|n| session(n, n as i32, SessionState::Missed)).collect();
        all.push(session(13, 0, SessionState::Held));
        all.push(session(14, 40, SessionState::Planned));
        let days = sum(&all, None);
        let numbers: Vec<u32> = days.sessions.iter().map(|session| session.number).collect();
        assert_eq!(numbers, [13, 5, 6, 7, 8, 9, 10, 11, 12, 14]);
        assert_eq!(days.older, Some(Date(4)));
        assert_eq!(days.held, [], "before admission");
    }
}
