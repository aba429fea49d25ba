//! The day: its sessions as far as whoever asks may see them, and the way to everything about days.
//!
//! What is asked for a list is answered from the summaries in memory; a session's record is read for the lines in sight
//! only. Whoever may not read a chart gets name, times and phones here, by the access table, and nothing else.

use super::api::{Answer, DayLine, DayView, DaysAsk, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::{clashes, dues, groups, sessions, tasks, told};
use crate::domain::{Client, ClientId, Date, Number, Session, SessionFacts, SessionState, Staff, Summary};
use crate::rules::access::{Capability, may};
use crate::rules::alerts::Signal;
use crate::rules::phone;

/// Routes what concerns days.
pub(super) fn handle(desk: &mut Desk, ask: DaysAsk) -> Result<Answer, Fault> {
    match ask {
        DaysAsk::Day { date, all } => Ok(Answer::Day(Box::new(day(desk, date, all)?))),
        DaysAsk::Hours(of) => clashes::hours(desk, of),
        DaysAsk::Due => {
            desk.seat_mut()?.work.tell();
            Ok(Answer::Due(Box::new(dues::view(desk)?)))
        }
        DaysAsk::Plan { session, weeks, even_so } => sessions::plan(desk, &session, weeks, even_so),
        DaysAsk::Change { session, rev, following, even_so } => {
            sessions::change(desk, &session, rev, following, even_so)
        }
        DaysAsk::Mark(mark) => sessions::mark(desk, mark),
        DaysAsk::Reach { client, number, rev, outreach } => {
            sessions::reach(desk, client, number, rev, *outreach)
        }
        DaysAsk::NoNote { client, number, reason } => sessions::no_note(desk, client, number, reason),
        DaysAsk::Explain(miss) => dues::explain(desk, *miss),
        DaysAsk::Keep { task, rev } => tasks::keep(desk, *task, rev),
        DaysAsk::Finish { id, rev } => tasks::finish(desk, id, rev),
        DaysAsk::Rules(choice) => dues::choose(desk, choice),
    }
}

/// Whoever plans for everyone sees everyone's day; there is no day of their own.
pub(super) fn sees_everyone(staff: &Staff) -> bool {
    use crate::rules::access::Relation;
    may(&staff.roles, Capability::Schedule, Relation::Elsewhere)
}

/// The sessions of a day.
fn day(desk: &Desk, date: Date, all: bool) -> Result<DayView, Fault> {
    let seat = desk.seat()?;
    let me = &seat.staff.value;
    let all = all || sees_everyone(me);
    let reach = desk.reach()?;
    let mut lines = Vec::new();
    for summary in seat.summaries.values() {
        let relation = seat.relation(&reach, summary);
        if !may(&me.roles, Capability::SeeNames, relation) {
            continue;
        }
        let numbers = on_day(desk, summary, date)?;
        for number in numbers {
            let Some(kept) = desk.books().get::<Session>(summary.client, number)? else { continue };
            let session = &kept.value;
            let mine = session.staff == me.id || session.closer() == me.id || session.others.contains(&me.id);
            if mine || all {
                lines.push(line(desk, summary, kept)?);
            }
        }
    }
    lines.sort_by(|a, b| {
        let key =
            |line: &DayLine| (line.session.value.start, line.session.value.client, line.session.value.number);
        key(a).cmp(&key(b))
    });
    let holiday = desk.caseload_context()?.due().calendar().holiday(date).unwrap_or_default().to_owned();
    let groups = groups::on_day(desk, date)?;
    let told = if date == desk.now().local.date { told::lines(desk)? } else { Vec::new() };
    Ok(DayView { date, all, holiday, told, lines, groups, tasks: desk.tasks_on(date)? })
}

/// Numbers of a client's sessions of a day: from the summary, and from the records where the summary does not reach back
/// so far.
fn on_day(desk: &Desk, summary: &Summary, date: Date) -> Result<Vec<Number>, Fault> {
    let days = &summary.days;
    if days.older.is_some_and(|older| date <= older) {
        let all = desk.books().list::<Session>(summary.client)?;
        let on = all.into_iter().map(|kept| kept.value).filter(|session| session.date == date);
        return Ok(on.map(|session| session.number).collect());
    }
    let on = |session: &&SessionFacts| session.date == date;
    Ok(days.sessions.iter().filter(on).map(|session| session.number).collect())
}

fn line(desk: &Desk, summary: &Summary, kept: Kept<Session>) -> Result<DayLine, Fault> {
    let seat = desk.seat()?;
    let me = &seat.staff.value;
    let roles = &me.roles;
    let relation = seat.relation(&desk.reach()?, summary);
    let may_read = may(roles, Capability::ReadChart, relation);
    let now = desk.now();
    let (starts, ends) = span(desk, &kept.value);
    let phones = desk.books().get::<Client>(summary.client, 1)?.map(|kept| kept.value);
    let phones = phones.filter(|_| may(roles, Capability::SeeNames, relation));
    Ok(DayLine {
        name: summary.name.clone(),
        record_no: summary.record_no.clone(),
        staff_name: seat.short_name_of(kept.value.staff),
        ends: desk.clock.local(ends).time,
        arrived: match kept.value.state {
            SessionState::Arrived { at } => Some(desk.clock.local(at).time),
            _ => None,
        },
        begun: starts <= now.moment,
        ended: ends <= now.moment,
        may_leave_message: phones.as_ref().and_then(|client| client.may_leave_message),
        phones: phones.map(|client| phone_words(&client)).unwrap_or_default(),
        missed: if may_read { summary.days.missed } else { 0 },
        alert: Signal::of(summary, now.local.date).open.filter(|_| may_read),
        may_read,
        may_hold: may(roles, Capability::HoldSession, relation),
        session: Kept { rev: kept.rev, value: if may_read { kept.value } else { bare(kept.value) } },
    })
}

/// The instants at which a session starts and ends.
pub(super) fn span(desk: &Desk, session: &Session) -> (crate::domain::Moment, crate::domain::Moment) {
    let starts = desk.clock.instant(session.date, session.start);
    (starts, starts.plus_ms(i64::from(session.minutes) * 60_000))
}

/// What names, times and phones are: no type of service, no group, no reason, no word on anything.
fn bare(session: Session) -> Session {
    let state = match session.state {
        SessionState::Cancelled { by, at, .. } => SessionState::Cancelled { by, at, reason: String::new() },
        other => other,
    };
    let outreach = session.outreach.into_iter().map(|mut one| {
        one.words.clear();
        one
    });
    Session {
        client: session.client,
        number: session.number,
        date: session.date,
        start: session.start,
        minutes: session.minutes,
        mode: session.mode,
        staff: session.staff,
        others: session.others,
        interpreter: session.interpreter,
        state,
        outreach: outreach.collect(),
        series: session.series,
        created: session.created,
        created_by: session.created_by,
        changed: session.changed,
        changed_by: session.changed_by,
        ..Session::default()
    }
}

pub(super) fn phone_words(client: &Client) -> String {
    let phones =
        client.phones.iter().filter(|phone| phone.kind != "email").map(|one| phone::shown(&one.value));
    phones.collect::<Vec<_>>().join(", ")
}

/// What to call a client, as lists do.
pub(super) fn name_of(desk: &Desk, client: ClientId) -> Result<String, Fault> {
    let seat = desk.seat()?;
    Ok(seat.summaries.get(&client).map(|summary| summary.name.to_string()).unwrap_or_default())
}
