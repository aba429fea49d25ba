//! The note of a session: begun with its times, signed, deleted; and what that makes of the session.

use super::super::api::{Answer, Kept};
use super::super::days::span;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::sessions::put;
use super::super::unit::Unit;
use super::{draft as drafts, kind};
use crate::domain::{
    Act, ClientId, NoteDraft, Number, Service, Session, SessionFacts, SessionNote, SessionState, StaffId,
};
use crate::rules::access::Capability;
use crate::rules::note_session::{self, Speaks};
use crate::rules::summary::session_facts;
use crate::store::{DraftBody, DraftDoc};

/// Begins the note of a session with its times, or takes up the one that is begun. A session that has begun counts as
/// held from then on, unless it was missed or called off.
pub(super) fn note_of(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    let gone = || Fault::user("This session is no longer there.");
    let Kept { rev, value: session } = desk.books().get::<Session>(client, number)?.ok_or_else(gone)?;
    let open = desk.books().drafts(client)?;
    match session.note {
        SessionNote::Draft(draft) if open.iter().any(|head| head.number == draft) => {
            return drafts::open(desk, client, draft);
        }
        SessionNote::Signed(_) => {
            return Err(Fault::user(
                "The note of this session is signed. Open the note and add an addendum instead.",
            ));
        }
        SessionNote::None | SessionNote::Draft(_) | SessionNote::NotNeeded(_) => {}
    }
    let body = DraftBody::Note(with_times(drafts::new_note(desk, client, "", 0)?, &session));
    let (now, by) = (desk.moment(), desk.staff()?.id);
    let draft = open.iter().map(|head| head.number).max().unwrap_or(0) + 1;
    let mut unit = desk.unit(Capability::WriteChart, Act::DraftOpened, Some(client), draft)?;
    let (starts, _) = span(desk, &session);
    let mut next = Session { note: SessionNote::Draft(draft), ..session };
    if matches!(next.state, SessionState::Planned | SessionState::Arrived { .. }) && starts <= now {
        next.state = SessionState::Held;
    }
    put(desk, &mut unit, next, rev)?;
    let mut doc = DraftDoc::new(client, draft, by, now, body);
    doc.head.meta = kind::of(&doc.body).about().into_bytes();
    unit.put_draft(&doc);
    desk.commit(unit)?;
    drafts::answer(desk, client, draft)
}

/// The only session of today, begun or held, whose note this person owes: a note begun in the chart is that one's.
fn owed_now(desk: &Desk, client: ClientId) -> Result<Option<Number>, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    let (today, me, now) = (desk.now().local.date, desk.staff()?.id, desk.moment());
    let sessions = desk.books().list::<Session>(client)?;
    let mut owed = sessions.iter().map(|kept| &kept.value).filter(|session| {
        let begun = match session.state {
            SessionState::Held => true,
            SessionState::Planned | SessionState::Arrived { .. } => span(desk, session).0 <= now,
            SessionState::Missed | SessionState::Cancelled { .. } => false,
        };
        begun && session.date == today && session.closer() == me && session.note == SessionNote::None
    });
    Ok(match (owed.next(), owed.next()) {
        (Some(only), None) => Some(only.number),
        _ => None,
    })
}

/// Begins a note; one of the usual format is the note of the session that owes one now.
pub(super) fn new_note(
    desk: &mut Desk,
    client: ClientId,
    format: &str,
    addendum_to: Number,
) -> Result<Answer, Fault> {
    if addendum_to == 0
        && format.is_empty()
        && let Some(session) = owed_now(desk, client)?
    {
        return note_of(desk, client, session);
    }
    let body = drafts::new_note(desk, client, format, addendum_to)?;
    drafts::begin(desk, client, DraftBody::Note(body))
}

/// A note with the times of its session.
fn with_times(note: NoteDraft, session: &Session) -> NoteDraft {
    let service = Service {
        modality: session.modality,
        mode: session.mode,
        location: session.place.clone(),
        ..Service::new(session.date, session.start, session.minutes, &session.kind)
    };
    let kind = if service.kind.is_empty() { note.service.kind.clone() } else { service.kind.clone() };
    NoteDraft { session: session.number, service: Service { kind, ..service }, guessed: false, ..note }
}

/// What a note that is being signed means for the sessions of its client.
pub(super) fn spoken_of(
    desk: &Desk,
    client: ClientId,
    note: &NoteDraft,
    by: StaffId,
) -> Result<Speaks, Fault> {
    let format = desk.format(&note.format)?;
    let sessions = desk.books().list::<Session>(client)?;
    let facts: Vec<_> = sessions.iter().map(|kept| session_facts(&kept.value)).collect();
    let now = desk.moment();
    let has_begun = |one: &SessionFacts| desk.clock.instant(one.date, one.start) <= now;
    Ok(note_session::of(note, format, &facts, by, has_begun))
}

/// A note was signed: the session whose note it is took place, unless it was missed or called off. A session it was begun from and
/// that it does not speak of is as if no note had been begun. Says whether the client was met, as far as the session says.
pub(super) fn note_signed(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    speaks: Speaks,
    note: Number,
) -> Result<bool, Fault> {
    let (Speaks::Of(session) | Speaks::NotHeld(session) | Speaks::NoMeeting(session)) = speaks else {
        return Ok(true);
    };
    let Some(kept) = desk.books().get::<Session>(client, session)? else { return Ok(true) };
    let mut next = kept.value;
    next.note = if speaks.session() == 0 { SessionNote::None } else { SessionNote::Signed(note) };
    match (&speaks, &next.state) {
        (Speaks::Of(_), SessionState::Planned | SessionState::Arrived { .. }) => {
            next.state = SessionState::Held;
        }
        (Speaks::NoMeeting(_), SessionState::Held) => next.state = SessionState::Planned,
        _ => {}
    }
    let met = !matches!(next.state, SessionState::Missed | SessionState::Cancelled { .. });
    put(desk, unit, next, kept.rev)?;
    Ok(met)
}

/// A draft is gone unsigned, or a signed note does not count any more: its session is owed a note again. Answers whether
/// there was such a session.
pub(super) fn note_gone(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    gone: &SessionNote,
) -> Result<bool, Fault> {
    let sessions = desk.books().list::<Session>(client)?;
    let Some(kept) = sessions.into_iter().find(|kept| kept.value.note == *gone) else { return Ok(false) };
    put(desk, unit, Session { note: SessionNote::None, ..kept.value }, kept.rev)?;
    Ok(true)
}
