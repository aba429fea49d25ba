//! What waits for a second person, besides what is said of a document: the purge of a chart, and two charts to be linked or unlinked.
//!
//! Owns who is told of it: whoever may agree, on the lists of what is due and when they sign in; and whoever asked, when they first
//! sign in after it was decided. What may be decided, and how, is the use cases' own ([`super::house`]).

use super::desk::Desk;
use super::fault::Fault;
use crate::domain::{ClientId, Moment, Number, Purge, PurgeSaid, PurgeWhat, SamePerson, SameSaid, SameWhat};
use crate::rules::access::Capability;
use crate::rules::owed::{Asked, Duty, Owed, Piece};
use crate::rules::retention::waits;
use crate::rules::same::SameStands;
use crate::rules::when;
use crate::store::Owner;

/// Reads a purge again that was written just now.
pub(super) fn reload(desk: &mut Desk, number: Number) -> Result<(), Fault> {
    let found = desk.books().get::<Purge>(Owner::AGENCY, number)?;
    let purges = &mut desk.seat_mut()?.house.purges;
    purges.retain(|purge| purge.number != number);
    purges.extend(found.map(|kept| kept.value));
    purges.sort_by_key(|purge| purge.number);
    Ok(())
}

/// What others asked about two charts of one person and the person here may agree to, with who asked it last.
pub(super) fn asked_same(desk: &Desk) -> Result<Vec<(&SamePerson, &SameSaid)>, Fault> {
    let seat = desk.seat()?;
    let me = seat.staff.value.id;
    let asked = seat.house.same.iter().map(|kept| &kept.value);
    let asked = asked.filter(|same| SameStands::of(same).waits());
    let asked = asked.filter_map(|same| Some((same, same.said.last()?)));
    let may = |client| desk.permit(Capability::AgreeSamePerson, Some(client)).is_ok();
    Ok(asked.filter(|(same, said)| said.by != me && may(same.leads) && may(same.other)).collect())
}

/// What others asked about purges and the person here may agree to.
fn asked_purges(desk: &Desk) -> Result<Vec<(&Purge, &PurgeSaid)>, Fault> {
    let seat = desk.seat()?;
    let me = seat.staff.value.id;
    let asked = seat.house.purges.iter().filter(|purge| waits(purge));
    let asked = asked.filter_map(|purge| Some((purge, purge.said.last()?)));
    let may = |client| desk.permit(Capability::AgreePurge, Some(client)).is_ok();
    Ok(asked.filter(|(purge, said)| said.by != me && may(purge.client)).collect())
}

/// All of it, as work of whoever is here.
pub(super) fn pieces(desk: &Desk) -> Result<Vec<Piece>, Fault> {
    let me = desk.staff()?.id;
    let piece = |asked, client: ClientId, number, by, at| {
        Piece::from(Owed {
            duty: Duty::Second(asked),
            client,
            number,
            by: Some(me),
            author: by,
            taken: false,
            service: None,
            since: desk.clock.local(at).date,
            deadline: None,
        })
    };
    let purges = asked_purges(desk)?.into_iter();
    let purges = purges.map(|(one, said)| piece(Asked::Purge, one.client, one.number, said.by, said.at));
    let same = asked_same(desk)?.into_iter();
    let same = same.map(|(one, said)| piece(asked_of(one), one.leads, one.number, said.by, said.at));
    Ok(purges.chain(same).collect())
}

fn asked_of(same: &SamePerson) -> Asked {
    if SameStands::of(same) == SameStands::UnlinkAsked { Asked::Unlink } else { Asked::Link }
}

/// What a request is for, by record numbers: `the purge of A-1042`.
pub(super) fn words(desk: &Desk, asked: Asked, number: Number) -> String {
    let Ok(seat) = desk.seat() else { return String::new() };
    let found = if asked == Asked::Purge {
        let purge = seat.house.purges.iter().find(|purge| purge.number == number);
        purge.map(|purge| of_purge(desk, purge))
    } else {
        let same = seat.house.same.iter().find(|same| same.value.number == number);
        same.map(|same| of_same(desk, &same.value, asked))
    };
    found.unwrap_or_default()
}

fn of_purge(desk: &Desk, purge: &Purge) -> String {
    let there = || record_no(desk, purge.client);
    format!("the purge of {}", purge.certificate.as_ref().map_or_else(there, |one| one.record_no.clone()))
}

fn of_same(desk: &Desk, same: &SamePerson, asked: Asked) -> String {
    let what = if asked == Asked::Unlink { "unlinking" } else { "linking" };
    format!("{what} {} and {}", record_no(desk, same.leads), record_no(desk, same.other))
}

fn record_no(desk: &Desk, client: ClientId) -> String {
    let summary = desk.seat().ok().and_then(|seat| seat.summaries.get(&client));
    summary.map_or_else(|| "a chart".to_owned(), |one| one.record_no.to_string())
}

/// What whoever signs in is told of it: what became of what they asked for since they were here last, and what waits for them.
pub(super) fn told(desk: &Desk, last: Option<Moment>) -> Result<Vec<String>, Fault> {
    let mut said = Vec::new();
    if let Some(last) = last {
        said = decided_since(desk, last)?;
    }
    let all = pieces(desk)?;
    let name = |one: &Piece| desk.seat().map(|seat| seat.name_of(one.owed.author)).unwrap_or_default();
    said.extend(all.iter().filter_map(|one| {
        let Duty::Second(asked) = one.owed.duty else { return None };
        let what = words(desk, asked, one.owed.number);
        Some(format!("{} asks you to agree to {what}: it is on Due.", name(one)))
    }));
    Ok(said)
}

/// What others decided since a moment of what the person here asked for.
fn decided_since(desk: &Desk, last: Moment) -> Result<Vec<String>, Fault> {
    let seat = desk.seat()?;
    let (me, today) = (seat.staff.value.id, desk.now().local.date);
    let tell = |what: String, agreed: bool, by: String, at: Moment| {
        let did = if agreed { "agreed to" } else { "declined" };
        format!("{by} {did} {what} on {}, as you had asked.", when::short(desk.clock.local(at).date, today))
    };
    let mut said = Vec::new();
    for purge in &seat.house.purges {
        let [.., asked, end] = purge.said.as_slice() else { continue };
        if asked.by == me && end.by != me && end.at > last {
            let agreed = end.what == PurgeWhat::Done;
            said.push(tell(of_purge(desk, purge), agreed, end.by_name.clone(), end.at));
        }
    }
    for same in seat.house.same.iter().map(|kept| &kept.value) {
        let [.., asked, end] = same.said.as_slice() else { continue };
        let what = match asked.what {
            SameWhat::AskedToLink => Asked::Link,
            SameWhat::AskedToUnlink => Asked::Unlink,
            _ => continue,
        };
        if asked.by == me && end.by != me && end.at > last {
            let agreed = matches!(end.what, SameWhat::Linked | SameWhat::Unlinked);
            said.push(tell(of_same(desk, same, what), agreed, seat.name_of(end.by), end.at));
        }
    }
    Ok(said)
}
