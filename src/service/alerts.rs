//! Alerts: opened by the act that makes them true, closed by what was done about them.
//!
//! Owns that of one kind about one line there is one open alert at a time: what is heard while it is open is added to it.

use super::api::{Answer, Kept};
use super::desk::Desk;
use super::fault::Fault;
use super::steps::Said;
use super::unit::Unit;
use crate::domain::{
    Act, Administration, Alert, AlertAnswer, AlertDone, AlertFact, AlertKind, CheckIn, ClientId, Date,
    Number, Session, SessionState,
};
use crate::rules::access::Capability;
use crate::rules::alerts::{self, Goes, Heard, is_of_check_in, is_of_measure};
use crate::rules::alliance::{self, CHECK_IN};
use crate::rules::episodes::of_record;
use crate::rules::measured;

/// Opens what a check-in that is being saved says. Returns it in words; empty = nothing.
pub(super) fn of_check_in(desk: &Desk, unit: &mut Unit, checkin: &CheckIn) -> Result<String, Fault> {
    let form = desk.measures.find(CHECK_IN).ok_or_else(|| Fault::internal("the check-in has no form"))?;
    let mut all: Vec<CheckIn> = values(desk.books().list::<CheckIn>(checkin.client)?);
    all.push(checkin.clone());
    let lines = alliance::lines(all.iter());
    let newest = |line: &&Vec<&CheckIn>| line.last().is_some_and(|last| last.number == checkin.number);
    // A day that lies behind another opens nothing.
    let Some(line) = lines.iter().find(newest) else { return Ok(String::new()) };
    let alert = Alert {
        client: checkin.client,
        episode: checkin.episode,
        measure: CHECK_IN.to_owned(),
        version: form.version,
        about: checkin.about,
        answered_by: checkin.answered_by.clone(),
        name: checkin.name.clone(),
        ..Alert::default()
    };
    let heard = alerts::of_check_in(form, line);
    let same = |one: &Alert| is_of_check_in(one, checkin);
    open(desk, unit, &heard, (alert, (checkin.number, checkin.on)), same)
}

/// Opens what a filled-in measure that is being saved says. Returns it in words; empty = nothing.
pub(super) fn of_measure(desk: &Desk, unit: &mut Unit, filled: &Administration) -> Result<String, Fault> {
    let Some(measure) = desk.measures.find(&filled.measure) else { return Ok(String::new()) };
    let mut all: Vec<Administration> = values(desk.books().list::<Administration>(filled.client)?);
    all.push(filled.clone());
    let mut series = measured::series(all.iter(), filled);
    series.retain(|one| one.episode == filled.episode);
    if series.last().is_none_or(|last| last.number != filled.number) {
        return Ok(String::new());
    }
    let alert = Alert {
        client: filled.client,
        episode: filled.episode,
        measure: filled.measure.clone(),
        version: filled.version,
        answered_by: filled.answered_by.clone(),
        name: filled.name.clone(),
        ..Alert::default()
    };
    let heard = alerts::of_measure(measure, &series, held(desk, filled.client, filled.on)?);
    let same = |one: &Alert| is_of_measure(one, filled);
    open(desk, unit, &heard, (alert, (filled.number, filled.on)), same)
}

fn values<T>(all: Vec<Kept<T>>) -> Vec<T> {
    all.into_iter().map(|kept| kept.value).collect()
}

/// Sessions held with the client in the open stay, by a day.
fn held(desk: &Desk, client: ClientId, by: Date) -> Result<usize, Fault> {
    let admitted = desk.seat()?.summaries.get(&client).and_then(|summary| summary.episode.as_ref());
    let admitted = admitted.map_or(by, |episode| episode.admitted);
    let counts =
        |session: &Session| session.state == SessionState::Held && (admitted..=by).contains(&session.date);
    Ok(desk.books().list::<Session>(client)?.iter().filter(|kept| counts(&kept.value)).count())
}

/// Puts what was heard into the unit, where it goes.
fn open(
    desk: &Desk,
    unit: &mut Unit,
    heard: &[Heard],
    (alert, (source, on)): (Alert, (Number, Date)),
    same: impl Fn(&Alert) -> bool,
) -> Result<String, Fault> {
    let all = desk.books().list::<Alert>(alert.client)?;
    let mut number = desk.books().next_number::<Alert>(alert.client)?;
    let mut said = Vec::new();
    for kind in [AlertKind::Alliance, AlertKind::Worse, AlertKind::NoGain] {
        let words: Vec<&str> =
            heard.iter().filter(|one| one.kind == kind && !one.hint).map(|one| one.words.as_str()).collect();
        if words.is_empty() {
            continue;
        }
        let line = all.iter().filter(|kept| kept.value.episode == alert.episode && same(&kept.value));
        let (mut value, rev) = match alerts::goes(kind, line.map(|kept| &kept.value)) {
            Goes::Nowhere => continue,
            Goes::Into(open) => match all.iter().find(|kept| kept.value.number == open) {
                Some(kept) => (kept.value.clone(), kept.rev),
                None => continue,
            },
            Goes::New => {
                number += 1;
                (Alert { number: number - 1, kind, ..alert.clone() }, 0)
            }
        };
        let words = words.join(", ");
        said.push(words.clone());
        let fact = AlertFact { source, on, words, at: desk.moment(), in_error: false };
        value.facts.push(fact);
        unit.put(&value, value.client, value.number, rev);
    }
    Ok(said.join("; "))
}

/// What rests on a check-in or a filled-in measure that is in error does not count any more. An alert that rests on nothing else
/// is closed as typed wrong.
pub(super) fn entered_in_error(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    (measure, source): (&str, Number),
) -> Result<(), Fault> {
    for kept in desk.books().list::<Alert>(client)? {
        let mut alert = kept.value;
        let rests = |fact: &AlertFact| fact.source == source && !fact.in_error;
        if alert.measure != measure || !alert.facts.iter().any(rests) {
            continue;
        }
        alert.facts.iter_mut().filter(|fact| fact.source == source).for_each(|fact| fact.in_error = true);
        if alert.is_open() && alert.standing().next().is_none() {
            alert.answer = Some(answered(desk, AlertDone::TypedWrong, "")?);
        }
        unit.put(&alert, client, alert.number, kept.rev);
    }
    Ok(())
}

fn answered(desk: &Desk, done: AlertDone, words: &str) -> Result<AlertAnswer, Fault> {
    let staff = desk.staff()?;
    Ok(AlertAnswer {
        done,
        words: words.trim().to_owned(),
        by: staff.id,
        by_name: staff.signature_name(),
        at: desk.moment(),
        on: desk.now().local.date,
    })
}

/// Closes an alert by what was done about it.
pub(super) fn answer(
    desk: &mut Desk,
    client: ClientId,
    (number, rev): (Number, u32),
    done: AlertDone,
    words: &str,
) -> Result<Answer, Fault> {
    if !AlertDone::CHOICES.contains(&done) {
        return Err(Fault::user("Choose what was done about it."));
    }
    if done == AlertDone::Other && words.trim().is_empty() {
        return Err(Fault::user("Write in a few words what was done."));
    }
    let mut alert = desk.books().at::<Alert>(client, number, rev, "This alert")?;
    if !alert.is_open() {
        return Err(Fault::user("This alert is answered already."));
    }
    alert.answer = Some(answered(desk, done, words)?);
    let mut unit = desk.unit(Capability::WriteChart, Act::AlertAnswered, Some(client), number)?;
    unit.put(&alert, client, number, rev);
    desk.done(unit, client, Said::new("The alert is answered.", "the alert is open again."))
}

/// Closes what is still open of a stay that ends. It counts as not answered.
pub(super) fn end_all(desk: &Desk, unit: &mut Unit, client: ClientId, stay: Number) -> Result<(), Fault> {
    let stays = desk.stays(client)?;
    for kept in desk.books().list::<Alert>(client)? {
        let of_it = of_record(kept.value.episode, &stays, kept.value.since()) == stay;
        if of_it && kept.value.is_open() {
            let answer = Some(answered(desk, AlertDone::NotAnswered, "")?);
            let alert = Alert { answer, ..kept.value };
            unit.put(&alert, client, alert.number, kept.rev);
        }
    }
    Ok(())
}
