//! Sessions: plan, move, say what became of them, reach out after a miss.
//!
//! Every act is one unit with the client's fresh summary, and can be taken back. The answers carry nothing of the chart.

use super::api::{Answer, Kept, Mark};
use super::circle;
use super::clashes::{beside, free};
use super::days::{name_of, span};
use super::desk::Desk;
use super::fault::Fault;
use super::steps::Said;
use super::unit::Unit;
use crate::domain::{
    Act, ClientId, Date, Number, Outreach, Session, SessionNote, SessionState, StaffId, counted,
};
use crate::rules::access::{Capability, counsels};
use crate::rules::{episodes, when};

/// Most weeks planned at once: a year.
const MOST_WEEKS: u16 = 53;
/// Longest session: a program day.
const LONGEST: u16 = 24 * 60;

/// Plans a session, and the same hour on the following weeks.
pub(super) fn plan(desk: &mut Desk, session: &Session, weeks: u16, even_so: bool) -> Result<Answer, Fault> {
    let client = session.client;
    desk.permit(Capability::Schedule, Some(client))?;
    let session = &with_counselor(desk, session)?;
    check(desk, session)?;
    circle::heed(desk, client, &session.with)?;
    if !(1..=MOST_WEEKS).contains(&weeks) {
        return Err(
            Fault::user(format!("\"Weekly, times\" takes a number from 1 to {MOST_WEEKS}.")).about("weeks")
        );
    }
    let first = desk.books().next_number::<Session>(client)?;
    let (now, me) = (desk.moment(), desk.staff()?.id);
    let mut unit = desk.unit(Capability::Schedule, Act::SessionPlanned, Some(client), first)?;
    let mut closed = Vec::new();
    let mut all = Vec::new();
    let mut number = first;
    for week in 0..weeks {
        let date = session.date.plus_days(i32::from(week) * 7);
        if week > 0
            && !desk.caseload_context()?.due().calendar().is_business(date)
            && is_workday(session.date)
        {
            closed.push(when::short(date, desk.now().local.date));
            continue;
        }
        let planned = Session {
            number,
            date,
            series: if weeks > 1 { first } else { 0 },
            state: SessionState::Planned,
            note: SessionNote::None,
            outreach: Vec::new(),
            created: now,
            created_by: me,
            changed: now,
            changed_by: me,
            ..session.clone()
        };
        unit.put(&planned, client, number, 0);
        all.push(planned);
        number += 1;
    }
    if !even_so {
        free(desk, &all)?;
    }
    unit.set_count(number - first);
    let many = number - first;
    let beside = beside(desk, session)?;
    let name = name_of(desk, client)?;
    let said = Said::new(
        planned_words(&name, session, many, &closed, &beside),
        if many > 1 {
            format!("{many} sessions of {name} are no longer planned.")
        } else {
            format!("the session of {name} is no longer planned.")
        },
    );
    desk.done_on_the_day(unit, Some(client), said)
}

/// A session that nobody in particular holds is the client's own counselor's; each belongs to one stay.
fn with_counselor(desk: &Desk, session: &Session) -> Result<Session, Fault> {
    let mut session = session.clone();
    if session.staff == StaffId::default() {
        let summary = desk.seat()?.summaries.get(&session.client);
        let counselor = summary.and_then(|one| one.episode.as_ref()).map(|episode| episode.counselor);
        session.staff = counselor.ok_or_else(|| {
            Fault::user("This person has no counselor yet. Choose who holds the session.").about("staff")
        })?;
    }
    session.episode = stay_of(desk, session.client, session.staff)?;
    Ok(session)
}

/// The open stay to which belongs what a member of staff plans with a client.
pub(super) fn stay_of(desk: &Desk, client: ClientId, staff: StaffId) -> Result<Number, Fault> {
    let summary = desk.seat()?.summaries.get(&client);
    Ok(summary.map_or(0, |summary| episodes::of_staff(summary.open_stays(), staff)))
}

/// Not a weekend: a weekly row that begins on one stays on it.
fn is_workday(date: Date) -> bool {
    use chrono::Datelike;
    date.naive().weekday().num_days_from_monday() < 5
}

fn planned_words(name: &str, session: &Session, count: u32, closed: &[String], beside: &str) -> String {
    let day = session.date.naive().format("%a %-d %b");
    let row = if count > 1 { format!(" and weekly, {count} sessions") } else { String::new() };
    let left_out =
        if closed.is_empty() { String::new() } else { format!(" Closed, left out: {}.", closed.join(", ")) };
    format!("{name}, {day} {}{row}.{left_out}{beside}", session.start)
}

fn check(desk: &Desk, session: &Session) -> Result<(), Fault> {
    if session.minutes == 0 || session.minutes > LONGEST {
        return Err(Fault::user("\"Minutes\" takes a number from 1 to 1440, such as 50.").about("minutes"));
    }
    let seat = desk.seat()?;
    let works = |id| seat.colleagues.iter().any(|staff| staff.id == id && staff.active);
    let counsels = |id| seat.colleagues.iter().any(|staff| staff.id == id && counsels(staff));
    if !counsels(session.staff) || !session.others.iter().all(|id| works(*id)) {
        return Err(Fault::user("Choose who holds the session.").about("staff"));
    }
    let today = desk.now().local.date;
    if session.date.days_since(today) > 750 {
        return Err(Fault::user("The day is more than two years ahead. Choose an earlier one.").about("date"));
    }
    Ok(())
}

/// A session that somebody saw at this revision.
pub(super) fn find(desk: &Desk, client: ClientId, number: Number, rev: u32) -> Result<Session, Fault> {
    desk.books().at::<Session>(client, number, rev, "this session")
}

/// Writes a changed session, with who changed it and when.
pub(super) fn put(desk: &Desk, unit: &mut Unit, mut next: Session, rev: u32) -> Result<(), Fault> {
    next.changed = desk.moment();
    next.changed_by = desk.staff()?.id;
    unit.put(&next, next.client, next.number, rev);
    Ok(())
}

/// A session and, if wanted, the later open ones of its weekly row.
fn row(desk: &Desk, session: &Session, rev: u32, following: bool) -> Result<Vec<Kept<Session>>, Fault> {
    let mut all = vec![Kept { rev, value: session.clone() }];
    if following && session.series > 0 {
        let later = desk.books().list::<Session>(session.client)?.into_iter().filter(|kept| {
            let other = &kept.value;
            other.series == session.series
                && (other.date, other.start) > (session.date, session.start)
                && other.state == SessionState::Planned
        });
        all.extend(later);
    }
    Ok(all)
}

/// Moves or changes a session that is still to come or to be said.
pub(super) fn change(
    desk: &mut Desk,
    to: &Session,
    rev: u32,
    following: bool,
    even_so: bool,
) -> Result<Answer, Fault> {
    let (client, number) = (to.client, to.number);
    desk.permit(Capability::Schedule, Some(client))?;
    check(desk, to)?;
    let before = find(desk, client, number, rev)?;
    if !matches!(before.state, SessionState::Planned | SessionState::Arrived { .. }) {
        return Err(Fault::user(
            "Only a session that is still to come can be moved, and this one is marked already.",
        )
        .hint("[key:state] and \"Take it back\" marks it as still to come."));
    }
    let full = desk.permit(Capability::ReadChart, Some(client)).is_ok();
    let moved = to.date.days_since(before.date);
    let with = if full { &to.with } else { &before.with };
    if moved != 0 || *with != before.with {
        circle::heed(desk, client, with)?;
    }
    let mut unit = desk.unit(Capability::Schedule, Act::SessionChanged, Some(client), number)?;
    let all = row(desk, &before, rev, following)?;
    let many = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let mut moved_to = Vec::new();
    for Kept { rev, value: old } in all {
        let mut next = Session {
            date: old.date.plus_days(moved),
            start: to.start,
            minutes: to.minutes,
            mode: to.mode,
            staff: to.staff,
            interpreter: to.interpreter,
            ..old
        };
        // Whoever may not read the chart was not shown these, and does not change them.
        if full {
            next.kind.clone_from(&to.kind);
            next.modality = to.modality;
            next.place.clone_from(&to.place);
            next.with.clone_from(&to.with);
            next.others.clone_from(&to.others);
            (next.code, next.units) = (to.code.clone(), to.units);
        }
        moved_to.push(next.clone());
        put(desk, &mut unit, next, rev)?;
    }
    if !even_so {
        free(desk, &moved_to)?;
    }
    let name = name_of(desk, client)?;
    let said = Said::new(
        planned_words(&name, to, many, &[], &beside(desk, to)?),
        format!(
            "{} of {name} as before the change.",
            if many > 1 { "the sessions are" } else { "the session is" }
        ),
    );
    desk.done_on_the_day(unit, Some(client), said)
}

/// Says what became of a session.
pub(super) fn mark(desk: &mut Desk, mark: Mark) -> Result<Answer, Fault> {
    let Mark { client, number, rev, state, following } = mark;
    let capability = if state == SessionState::Held { Capability::HoldSession } else { Capability::Schedule };
    desk.permit(capability, Some(client))?;
    let session = find(desk, client, number, rev)?;
    check_mark(desk, &session, &state)?;
    let mut unit = desk.unit(capability, Act::SessionChanged, Some(client), number)?;
    let following = following && matches!(state, SessionState::Cancelled { .. });
    let all = row(desk, &session, rev, following)?;
    let many = all.len();
    for Kept { rev, value: old } in all {
        put(desk, &mut unit, Session { state: stamped(desk, &state), ..old }, rev)?;
    }
    let name = name_of(desk, client)?;
    desk.done_on_the_day_saying(unit, Some(client), |seat| {
        let missed = seat.summaries.get(&client).map_or(0, |summary| summary.days.missed);
        marked_words(&name, &session, &state, many, missed)
    })
}

/// The state with the moment of now where it has one.
fn stamped(desk: &Desk, state: &SessionState) -> SessionState {
    match state {
        SessionState::Arrived { .. } => SessionState::Arrived { at: desk.moment() },
        SessionState::Cancelled { by, reason, .. } => {
            SessionState::Cancelled { by: *by, at: desk.moment(), reason: reason.trim().to_owned() }
        }
        other => other.clone(),
    }
}

fn check_mark(desk: &Desk, session: &Session, to: &SessionState) -> Result<(), Fault> {
    let now = desk.now();
    let (starts, _) = span(desk, session);
    let twice = matches!((&session.state, to), (SessionState::Arrived { .. }, SessionState::Arrived { .. }));
    if session.state == *to || twice {
        return Err(Fault::user("It is marked so already."));
    }
    if !matches!(session.note, SessionNote::None) && !matches!(to, SessionState::Held) {
        return Err(Fault::user(
            "The note of this session is begun or signed, so the session stays as it is.",
        )
        .hint("If the note is a draft, delete the draft first."));
    }
    match to {
        SessionState::Arrived { .. } if session.date != now.local.date => {
            Err(Fault::user("The session is not today, so nobody can have arrived for it."))
        }
        SessionState::Held | SessionState::Missed if starts > now.moment => Err(Fault::user(format!(
            "The session begins on {} at {}. It can be marked after that.",
            when::short(session.date, now.local.date),
            session.start
        ))),
        SessionState::Cancelled { .. } if session.state == SessionState::Held => {
            Err(Fault::user("The session took place, so it cannot be called off."))
        }
        _ => Ok(()),
    }
}

fn marked_words(name: &str, session: &Session, state: &SessionState, many: usize, missed: u8) -> Said {
    let at = format!("{name}, {} {}", when::day_month(session.date), session.start);
    let was = match session.state {
        SessionState::Planned => "planned",
        SessionState::Arrived { .. } => "arrived",
        SessionState::Held => "held",
        SessionState::Missed => "missed",
        SessionState::Cancelled { .. } => "called off",
    };
    let undone = match many {
        0 | 1 => format!("{at}, is marked as {was} again."),
        _ => format!("{at}, and the later ones are marked as {was} again."),
    };
    let done = match state {
        SessionState::Planned => format!("{at}: still to come."),
        SessionState::Arrived { .. } => format!("{name} has arrived."),
        SessionState::Held => format!("{at}: held. It needs a note."),
        SessionState::Missed if missed >= 2 => format!("{at}: missed, {missed} in a row. Try to reach them."),
        SessionState::Missed => format!("{at}: missed."),
        SessionState::Cancelled { by, .. } if many > 1 => {
            let later = counted(many - 1, "later one", "later ones");
            format!("{at} and {later}: called off by {}.", by.word())
        }
        SessionState::Cancelled { by, .. } => format!("{at}: called off by {}.", by.word()),
    };
    Said::new(done, undone)
}

/// Writes down a try to reach a person after a missed session.
pub(super) fn reach(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    rev: u32,
    mut outreach: Outreach,
) -> Result<Answer, Fault> {
    desk.permit(Capability::Schedule, Some(client))?;
    if !outreach.words.trim().is_empty() {
        desk.permit(Capability::WriteChart, Some(client))?;
    }
    if outreach.how.trim().is_empty() {
        return Err(Fault::user("Say how you tried: call, message, letter or visit."));
    }
    let now = desk.now();
    (outreach.at, outreach.on, outreach.by) = (now.moment, now.local.date, desk.staff()?.id);
    let mut next = find(desk, client, number, rev)?;
    if !matches!(next.state, SessionState::Missed | SessionState::Cancelled { .. }) {
        return Err(Fault::user(
            "You can write down outreach only for a session that was missed or called off.",
        ));
    }
    let reached = outreach.reached;
    next.outreach.push(outreach);
    let mut unit = desk.unit(Capability::Schedule, Act::OutreachRecorded, Some(client), number)?;
    put(desk, &mut unit, next, rev)?;
    let name = name_of(desk, client)?;
    let done = if reached { format!("{name} was reached.") } else { format!("Tried to reach {name}.") };
    let said = Said::new(done, format!("the try to reach {name} is no longer written down."));
    desk.done_on_the_day(unit, Some(client), said)
}

/// No note is needed of a session that took place.
pub(super) fn no_note(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    reason: String,
) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    if reason.trim().is_empty() {
        return Err(Fault::user("Write why no note is needed."));
    }
    let gone = || Fault::user("This session is no longer there.");
    let kept = desk.books().get::<Session>(client, number)?.ok_or_else(gone)?;
    if kept.value.note != SessionNote::None {
        return Err(Fault::user("The note of this session is begun or signed already."));
    }
    let next = Session { note: SessionNote::NotNeeded(reason), ..kept.value };
    let mut unit = desk.unit(Capability::WriteChart, Act::SessionChanged, Some(client), number)?;
    put(desk, &mut unit, next, kept.rev)?;
    desk.done_on_the_day(
        unit,
        Some(client),
        Said::new("No note is needed for this session.", "this session needs a note again."),
    )
}
