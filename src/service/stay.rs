//! What a discharge summary reads from sessions, tasks and drafts. They are read only while somebody writes one.

use super::api::ChartView;
use super::contacts;
use super::desk::Desk;
use super::documents::kind;
use super::fault::Fault;
use super::groups;
use super::tasks;
use crate::domain::{
    ClientId, Date, DocKind, Modality, NeedState, NoteStands, Number, ReviewSessions, Session, SessionStands,
    SessionState, StaffId, Summary, Task, WaitsFor,
};
use crate::rules::discharge::Stay;
use crate::rules::episodes::of_record;
use crate::rules::plan::review::sessions;
use crate::rules::when::with_year;
use std::collections::BTreeMap;

/// Reads them if a discharge summary of this chart is being written.
pub(super) fn of(desk: &Desk, chart: &ChartView) -> Result<Option<Box<Stay>>, Fault> {
    let written = chart.drafts.iter().any(|draft| draft.kind == DocKind::Discharge);
    let Some(episode) = chart.open_episode().filter(|_| written) else { return Ok(None) };
    let client = chart.client.value.id;
    let today = desk.now().local.date;
    let stays = desk.stays(client)?;
    let belongs = |named, on| of_record(named, &stays, on) == episode.number;
    let all: Vec<Session> =
        desk.books().list::<Session>(client)?.into_iter().map(|kept| kept.value).collect();
    let (all, others): (Vec<Session>, Vec<Session>) =
        all.into_iter().partition(|one| belongs(one.episode, one.date));
    let others: Vec<Number> = others.iter().map(|one| one.number).collect();
    let with_client = || all.iter().filter(|one| one.modality != Some(Modality::Collateral));
    // The first day counts.
    let since = episode.admitted.plus_days(-1);
    let mut held: Vec<&Session> =
        with_client().filter(|one| one.state == SessionState::Held && one.date > since).collect();
    held.sort_by_key(|one| one.date);
    let mut services: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for one in &held {
        let sums = services.entry(one.kind.as_str()).or_default();
        *sums = (sums.0 + 1, sums.1 + u32::from(one.minutes));
    }
    let unplanned = contacts::unplanned(desk, client, episode.admitted)?;
    let came = || held.iter().map(|one| one.date).chain(unplanned.iter().map(|one| one.date));
    let first_last = came().min().zip(came().max());
    Ok(Some(Box::new(Stay {
        sessions: ReviewSessions {
            unplanned: u16::try_from(unplanned.len()).unwrap_or(u16::MAX),
            ..sessions(with_client(), since, today)
        },
        services: services
            .into_iter()
            .map(|(kind, (many, minutes))| (kind.to_owned(), many, minutes))
            .collect(),
        held: first_last,
        ahead: ahead(desk, &all, today)?,
        tasks: open_tasks(desk, client, episode.number)?,
        owed: owed(desk, &chart.person.summary, (&others, &belongs), today)?,
        groups: groups::left_with(desk, client, episode.number)?,
        hours: groups::hours(desk, client, episode.number, (episode.admitted, today))?,
        alerts: alerts(chart, &belongs),
        names: names(desk, chart, episode.counselor)?,
    })))
}

/// Sessions planned for the days to come, the nearest first.
fn ahead(desk: &Desk, all: &[Session], today: Date) -> Result<Vec<(Date, String)>, Fault> {
    let seat = desk.seat()?;
    let mut coming: Vec<&Session> =
        all.iter().filter(|one| one.state == SessionState::Planned && one.date > today).collect();
    coming.sort_by_key(|one| (one.date, one.start));
    let words = |one: &Session| {
        let kind = if one.kind.is_empty() { "session" } else { &one.kind };
        format!("{} {}, {kind}, {}", with_year(one.date), one.start, seat.name_of(one.staff))
    };
    Ok(coming.into_iter().map(|one| (one.date, words(one))).collect())
}

fn open_tasks(desk: &Desk, client: ClientId, stay: Number) -> Result<Vec<String>, Fault> {
    let seat = desk.seat()?;
    let words =
        |task: &Task| format!("{}, due {}, {}", task.text, with_year(task.due), seat.name_of(task.to));
    Ok(tasks::of_stay(desk, client, stay)?.iter().map(|kept| words(&kept.value)).collect())
}

/// What the counselor and whoever has a danger in hand are called.
fn names(desk: &Desk, chart: &ChartView, counselor: StaffId) -> Result<Vec<(StaffId, String)>, Fault> {
    let seat = desk.seat()?;
    let owners = chart.needs.iter().filter_map(|kept| match &kept.value.state {
        NeedState::InHand { owner, .. } => Some(*owner),
        _ => None,
    });
    Ok(owners.chain([counselor]).map(|id| (id, seat.name_of(id))).collect())
}

/// Alerts nobody has answered. They close with the stay, unless somebody says before what was done.
fn alerts(chart: &ChartView, belongs: &dyn Fn(Number, Date) -> bool) -> Vec<String> {
    let open = chart.alerts.iter().map(|kept| &kept.value).filter(|alert| alert.is_open());
    let open = open.filter(|alert| belongs(alert.episode, alert.since()));
    open.map(|alert| format!("{}, {}", alert.words(), with_year(alert.since()))).collect()
}

/// What is begun and not finished in the stay: it stays owed by whoever owes it. Sessions of other stays are left out by their numbers,
/// drafts by the stay they are of, what waits for somebody by its day.
fn owed(
    desk: &Desk,
    summary: &Summary,
    (others, belongs): (&[Number], &dyn Fn(Number, Date) -> bool),
    today: Date,
) -> Result<Vec<String>, Fault> {
    let seat = desk.seat()?;
    let mut owed = Vec::new();
    for draft in summary.drafts.iter().filter(|draft| draft.kind != DocKind::Discharge) {
        let kept = desk.books().draft(summary.client, draft.number)?;
        let other = kept.map(|kept| (kind::of(&kept.body).episode(), kind::of(&kept.body).on()));
        if other.is_some_and(|(stay, on)| !belongs(stay, on)) {
            continue;
        }
        owed.push(format!("{}, begun by {}, not signed", draft.kind.word(), seat.name_of(draft.by)));
    }
    for waits in summary.waiting.iter().filter(|waits| belongs(0, waits.on)) {
        let kind = DocKind::of(waits.number).unwrap_or_default().word();
        let what = match waits.waits {
            WaitsFor::Cosign => "waits for a co-signature".to_owned(),
            WaitsFor::Author => format!("was returned to {}", seat.name_of(waits.author)),
            WaitsFor::SecondPerson { .. } => {
                "was called entered in error, a second person decides".to_owned()
            }
        };
        owed.push(format!("{kind} of {} {what}", with_year(waits.on)));
    }
    for session in summary.days.sessions.iter().filter(|one| !others.contains(&one.number)) {
        let day = with_year(session.date);
        if session.stands == SessionStands::Held && session.note == NoteStands::None {
            owed.push(format!("the note of the session of {day}, {}", seat.name_of(session.closer())));
        } else if session.stands == SessionStands::Planned && session.date <= today {
            owed.push(format!("what became of the session of {day}, {}", seat.name_of(session.closer())));
        }
    }
    for test in &summary.open_tests {
        owed.push(format!("the results of the test of {}", with_year(test.since)));
    }
    for _ in &summary.heard.asks {
        owed.push("a critical item of a filled-in measure was left blank: somebody asks".to_owned());
    }
    Ok(owed)
}
