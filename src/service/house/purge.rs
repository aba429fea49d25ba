//! A purge: every record of a client is removed in one act, and a certificate stays that names no content.
//!
//! It is the one place that removes what was signed (`tests/it/architecture.rs` holds it to that). Archives, backups and the journal
//! before it still hold the records until they go; the certificate names them.

use super::retention::{facts, refuse_hindered, said, show, summary};
use crate::domain::{
    Access, Act, Certificate, ClientId, DocKind, Number, Purge, PurgeWhat, Rupture, SamePerson, SetAside,
    Summary, Task, TaskDone,
};
use crate::rules::access::Capability;
use crate::rules::when;
use crate::service::api::{Answer, Kept, LastBackup};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::store::{Doomed, Kind, Owner};
use std::collections::BTreeMap;

/// Removes everything of a client, agreed to by a second person.
pub(super) fn purge(desk: &mut Desk, kept: Kept<Purge>) -> Result<Answer, Fault> {
    let Kept { rev, value: mut purge } = kept;
    let client = purge.client;
    let summary = summary(desk, client)?;
    refuse_hindered(desk, &summary)?;
    let own = desk.books().everything_of(client)?;
    let beside = beside(desk, client)?;
    let certificate = certificate(desk, &summary, &own, own.len() + beside.len())?;
    let record_no = certificate.record_no.clone();
    let records = certificate.records;
    purge.said.push(said(desk, PurgeWhat::Done)?);
    purge.certificate = Some(certificate);
    let mut unit = desk.unit(Capability::AgreePurge, Act::ChartPurged, Some(client), purge.number)?;
    unit.set_count(records);
    unit.erase(own.into_iter().chain(beside));
    unit.put(&purge, Owner::AGENCY, purge.number, rev);
    // What is open of the chart is closed first: nothing of it is read again.
    let seat = desk.seat_mut()?;
    seat.chart = seat.chart.take().filter(|chart| chart.id != client);
    (seat.own_notes, seat.others) = (None, None);
    desk.commit(unit)?;
    forget(desk, client)?;
    show(
        desk,
        format!(
            "{record_no} is purged: {records} records. The certificate says which copies still hold them."
        ),
    )
}

/// What others keep that is about this client: tasks, a rupture of its author's, a chart opened with a reason, decided links and
/// look-alikes.
fn beside(desk: &Desk, client: ClientId) -> Result<Vec<Doomed>, Fault> {
    let books = desk.books();
    let mut tasks = Vec::new();
    books.each_ever::<Task>(|task| tasks.extend((task.client == Some(client)).then_some(task.id)))?;
    books.each_ever::<TaskDone>(|done| {
        tasks.extend((done.task.client == Some(client)).then_some(done.task.id));
    })?;
    tasks.sort_unstable();
    tasks.dedup();
    let mut found = Vec::new();
    for id in tasks {
        found.extend(books.everything_of(id)?);
    }
    let mut ruptures = Vec::new();
    books.each_ever::<Rupture>(|one| {
        ruptures.extend((one.client == client).then_some((one.by, one.number)));
    })?;
    for (by, number) in ruptures {
        found.extend(books.all_of::<Rupture>(by, number)?);
    }
    let mut opened = Vec::new();
    books.each_ever::<Access>(|one| opened.extend((one.client == client).then_some((one.by, one.number))))?;
    for (by, number) in opened {
        found.extend(books.all_of::<Access>(by, number)?);
    }
    let mut links = Vec::new();
    books.each_ever::<SamePerson>(|one| links.extend(one.has(client).then_some(one.number)))?;
    for number in links {
        found.extend(books.all_of::<SamePerson>(Owner::AGENCY, number)?);
    }
    let mut arrivals = Vec::new();
    books.each_ever::<SetAside>(|one| {
        let same = one.like == client || one.decided.as_ref().is_some_and(|decided| decided.client == client);
        arrivals.extend(same.then_some((one.import, one.number)));
    })?;
    for (import, number) in arrivals {
        found.extend(books.all_of::<SetAside>(import, number)?);
    }
    Ok(found)
}

fn certificate(desk: &Desk, summary: &Summary, own: &[Doomed], records: usize) -> Result<Certificate, Fault> {
    let kept = facts(desk, summary)?.kept;
    let kept = kept.ok_or_else(|| Fault::internal("a chart without an end is purged"))?;
    let mut highest: BTreeMap<(Kind, &'static str), Number> = BTreeMap::new();
    for (key, _) in own {
        let Some(kind) = Kind::from_byte(key.kind()) else { continue };
        // Documents of all kinds are one kind of record, and each counts for itself.
        let (word, number) = match (kind, DocKind::of(key.number())) {
            (Kind::DocHead, Some(of)) => (of.word(), key.number() & 0x00ff_ffff),
            (
                Kind::DocText | Kind::DocLife | Kind::Part | Kind::Chunk | Kind::Past | Kind::DraftVersion,
                _,
            ) => continue,
            _ => (kind.word(), key.number()),
        };
        let so_far = highest.entry((kind, word)).or_default();
        *so_far = number.max(*so_far);
    }
    Ok(Certificate {
        record_no: summary.record_no.to_string(),
        class: kept.class,
        rule: kept.rule,
        last_service: kept.last_service,
        ended: kept.ends.unwrap_or_default(),
        on: desk.now().local.date,
        records: u32::try_from(records).unwrap_or(u32::MAX),
        highest: highest.into_iter().map(|((_, word), number)| (word.to_owned(), number)).collect(),
        copies: copies(desk),
    })
}

/// The copies that still hold the records.
fn copies(desk: &Desk) -> Vec<String> {
    let today = desk.now().local.date;
    let day = when::with_year(today);
    let mut copies: Vec<String> =
        desk.books().copies().into_iter().map(|name| format!("archive {name}, on this computer")).collect();
    copies.push(format!("the journal of this computer, until two archives are newer than {day}"));
    copies.push(match desk.last_backup() {
        LastBackup::Days(days) => {
            let newest = when::with_year(today.plus_days(-i32::try_from(days).unwrap_or(0)));
            format!("every backup made until {day}, the newest of {newest}")
        }
        LastBackup::Never | LastBackup::NotNeeded => format!("every copy of the store made until {day}"),
    });
    copies
}

/// Nothing of a client is kept in memory either.
fn forget(desk: &mut Desk, client: ClientId) -> Result<(), Fault> {
    let seat = desk.seat_mut()?;
    seat.summaries.remove(&client);
    seat.forget_steps(client);
    seat.newest_versions.retain(|(of, _), _| *of != client);
    seat.house.accesses.retain(|access| access.client != client);
    seat.house.same.retain(|kept| !kept.value.has(client));
    seat.work.tell();
    Ok(())
}
