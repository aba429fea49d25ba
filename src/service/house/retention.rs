//! How long records are kept: the charts whose time is over, legal holds, and asking for a purge. The purge itself is [`super::purge`].

use super::{needed, purge};
use crate::domain::{
    Act, Client, ClientId, Episode, LegalHold, Lifted, Number, Purge, PurgeSaid, PurgeWhat, StaffId, Summary,
};
use crate::rules::access::Capability;
use crate::rules::find::squeeze;
use crate::rules::retention::{About, Kept as KeptUntil, decided, hinders, of_chart, waits};
use crate::rules::same::SameStands;
use crate::rules::when;
use crate::service::api::{
    Answer, HoldOf, HouseAnswer, Kept, PurgeAsked, RetentionAsk, RetentionRow, RetentionView,
};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::store::Owner;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Routes what concerns how long records are kept.
pub(super) fn handle(desk: &mut Desk, ask: RetentionAsk) -> Result<Answer, Fault> {
    match ask {
        RetentionAsk::Show => show(desk, String::new()),
        RetentionAsk::Hold { record_no, why, sure } => hold(desk, &record_no, &why, sure),
        RetentionAsk::Lift { client, why } => lift(desk, client, &why),
        RetentionAsk::AskPurge { client } => ask_purge(desk, client),
        RetentionAsk::Decide { number, agrees } => decide(desk, number, agrees),
    }
}

/// What is known of a chart: until when it is kept, and what keeps it from being purged.
pub(super) struct Facts {
    pub kept: Option<KeptUntil>,
    pub hinders: Vec<String>,
    pub holds: Vec<LegalHold>,
}

/// What is known of a chart today.
pub(super) fn facts(desk: &Desk, summary: &Summary) -> Result<Facts, Fault> {
    let client = summary.client;
    let seat = desk.seat()?;
    let episodes: Vec<Episode> =
        desk.books().list::<Episode>(client)?.into_iter().map(|kept| kept.value).collect();
    let holds: Vec<LegalHold> =
        desk.books().list::<LegalHold>(client)?.into_iter().map(|kept| kept.value).collect();
    let contact = summary.last_contact.max(summary.days.met);
    let kept = of_chart(&episodes, summary.birth, contact, &desk.practice.retention);
    let linked = seat.house.same.iter().map(|kept| &kept.value);
    let about = About {
        summary,
        holds: &holds,
        tasks: seat.tasks.values().filter(|kept| kept.value.client == Some(client)).count(),
        linked: linked.into_iter().any(|same| same.has(client) && SameStands::of(same) != SameStands::Over),
        compared: seat.house.waiting.iter().any(|one| one.like == client),
    };
    let hinders = hinders(kept.as_ref(), &about, desk.now().local.date);
    Ok(Facts { kept, hinders, holds })
}

/// What is shown, with what happened.
pub(super) fn show(desk: &mut Desk, said: String) -> Result<Answer, Fault> {
    let view = RetentionView { said, ..view(desk)? };
    Ok(Answer::House(HouseAnswer::Retention(Box::new(view))))
}

/// Asks whether this is the chart that is meant: a slip in a number is the number of somebody else.
fn ask_whose(desk: &mut Desk, summary: &Summary, why: String) -> Result<Answer, Fault> {
    let sees = desk.permit(Capability::SeeNames, Some(summary.client)).is_ok();
    let (name, birth) = if sees { (summary.name.to_string(), summary.birth) } else { Default::default() };
    let hold = HoldOf { record_no: summary.record_no.to_string(), name, birth, why };
    let view = RetentionView { hold: Some(hold), ..view(desk)? };
    Ok(Answer::House(HouseAnswer::Retention(Box::new(view))))
}

fn view(desk: &mut Desk) -> Result<RetentionView, Fault> {
    let may_keep = desk.permit(Capability::KeepRecords, None).is_ok();
    if !may_keep {
        desk.permit(Capability::AgreePurge, None)?;
    }
    let mut purges: Vec<Purge> = Vec::new();
    desk.books().each::<Purge>(|kept| purges.push(kept.value))?;
    let mut held: BTreeMap<ClientId, LegalHold> = BTreeMap::new();
    desk.books().each::<LegalHold>(|kept| {
        if kept.value.lifted.is_none() {
            held.insert(kept.value.client, kept.value);
        }
    })?;
    let rows = rows(desk, &purges, &held, may_keep)?;
    purges.retain(|purge| purge.certificate.is_some());
    purges.reverse();
    Ok(RetentionView { rows, done: purges, may_keep, ..RetentionView::default() })
}

fn rows(
    desk: &Desk,
    purges: &[Purge],
    held: &BTreeMap<ClientId, LegalHold>,
    may_keep: bool,
) -> Result<Vec<RetentionRow>, Fault> {
    let today = desk.now().local.date;
    let fewest = 12 * i32::from(desk.practice.retention.fewest_years());
    let mut rows = Vec::new();
    for summary in desk.seat()?.summaries.values() {
        let asked = purges.iter().find(|one| one.client == summary.client && waits(one));
        let hold = held.get(&summary.client);
        let left = summary.left.as_ref().filter(|_| summary.episode.is_none());
        // No class lets go of anything earlier, so nothing of the others is read.
        let old = left.is_some_and(|left| when::plus_months(left.on, fewest) <= today);
        let concerns = asked.is_some() || may_keep && (old || hold.is_some());
        if !concerns || desk.permit(Capability::AgreePurge, Some(summary.client)).is_err() {
            continue;
        }
        let facts = facts(desk, summary)?;
        let over = facts.kept.as_ref().is_some_and(|kept| kept.ends.is_none() || kept.is_over(today));
        if over || asked.is_some() || hold.is_some() {
            rows.push(row(desk, summary, facts, asked)?);
        }
    }
    rows.sort_by(|a, b| {
        let key = |row: &RetentionRow| (row.asked.is_none(), !row.hinders.is_empty(), row.ends);
        key(a).cmp(&key(b)).then_with(|| a.record_no.cmp(&b.record_no))
    });
    Ok(rows)
}

fn row(desk: &Desk, summary: &Summary, facts: Facts, asked: Option<&Purge>) -> Result<RetentionRow, Fault> {
    let me = desk.staff()?.id;
    let today = desk.now().local.date;
    let client = summary.client;
    let day = |at| desk.clock.local(at).date;
    let sees = desk.permit(Capability::SeeNames, Some(client)).is_ok();
    let hold = facts.holds.iter().find(|hold| hold.lifted.is_none());
    let hold = hold
        .map(|hold| format!("{}, {}: {}", hold.set_by_name, when::short(day(hold.set_at), today), hold.why));
    let asked = asked.and_then(|purge| {
        let last = purge.said.last()?;
        Some(PurgeAsked {
            number: purge.number,
            by: last.by_name.clone(),
            on: day(last.at),
            mine: last.by == me,
            may_agree: last.by != me && desk.permit(Capability::AgreePurge, Some(client)).is_ok(),
        })
    });
    let kept = facts.kept;
    Ok(RetentionRow {
        client,
        record_no: summary.record_no.clone(),
        name: if sees { summary.name.clone() } else { "".into() },
        class: kept.as_ref().map(|kept| kept.class.clone()).unwrap_or_default(),
        rule: kept.as_ref().map(|kept| kept.rule.clone()).unwrap_or_default(),
        last_service: kept.as_ref().map(|kept| kept.last_service),
        ends: kept.as_ref().and_then(|kept| kept.ends),
        hold: hold.unwrap_or_default(),
        asked,
        hinders: facts.hinders,
    })
}

/// A person here by the number of their record.
fn by_record_no(desk: &Desk, typed: &str) -> Result<Arc<Summary>, Fault> {
    let squeezed = squeeze(typed);
    let found = desk.seat()?.summaries.values().find(|one| squeeze(&one.record_no) == squeezed);
    found.cloned().filter(|_| !squeezed.is_empty()).ok_or_else(|| {
        Fault::user(format!("There is no chart with the record number {}.", typed.trim()))
            .hint("The number is beside the name on People, for example A-1042.")
    })
}

/// A person here.
pub(super) fn summary(desk: &Desk, client: ClientId) -> Result<Arc<Summary>, Fault> {
    let found = desk.seat()?.summaries.get(&client).cloned();
    found.ok_or_else(|| Fault::user("This chart is not in the store."))
}

fn hold(desk: &mut Desk, record_no: &str, why: &str, sure: bool) -> Result<Answer, Fault> {
    desk.permit(Capability::KeepRecords, None)?;
    let why = needed(why, "Write why the records are held, for example: subpoena of 12 Nov, county court.")?;
    let summary = by_record_no(desk, record_no)?;
    let client = summary.client;
    let before = desk.books().list::<LegalHold>(client)?;
    if before.iter().any(|kept| kept.value.lifted.is_none()) {
        return Err(Fault::user(format!("A legal hold is on {} already.", summary.record_no)));
    }
    // Whoever is removed with an import that is taken back has no chart to hold.
    if desk.books().get::<Client>(client, 1)?.is_none() {
        return Err(Fault::user("This person is not in the store."));
    }
    if !sure {
        return ask_whose(desk, &summary, why);
    }
    let number = desk.books().next_number::<LegalHold>(client)?;
    let staff = desk.staff()?;
    let hold = LegalHold {
        client,
        number,
        why,
        set_by: staff.id,
        set_by_name: staff.signature_name(),
        set_at: desk.moment(),
        lifted: None,
    };
    let mut unit = desk.unit(Capability::KeepRecords, Act::LegalHoldSet, Some(client), number)?;
    unit.put(&hold, client, number, 0);
    desk.commit(unit)?;
    show(
        desk,
        format!(
            "A legal hold is on {}. Nothing of it is purged until the hold is lifted.",
            summary.record_no
        ),
    )
}

fn lift(desk: &mut Desk, client: ClientId, why: &str) -> Result<Answer, Fault> {
    desk.permit(Capability::KeepRecords, Some(client))?;
    let why = needed(why, "Write why the hold is lifted, for example: case closed 3 Dec.")?;
    let holds = desk.books().list::<LegalHold>(client)?;
    let open = holds.into_iter().find(|kept| kept.value.lifted.is_none());
    let Kept { rev, value: mut hold } = open.ok_or_else(|| Fault::user("No legal hold is on this chart."))?;
    let staff = desk.staff()?;
    hold.lifted = Some(Lifted { at: desk.moment(), by: staff.id, by_name: staff.signature_name(), why });
    let mut unit = desk.unit(Capability::KeepRecords, Act::LegalHoldLifted, Some(client), hold.number)?;
    unit.put(&hold, client, hold.number, rev);
    desk.commit(unit)?;
    let record_no = summary(desk, client)?.record_no.clone();
    show(desk, format!("The legal hold of {record_no} is lifted."))
}

fn ask_purge(desk: &mut Desk, client: ClientId) -> Result<Answer, Fault> {
    desk.permit(Capability::KeepRecords, Some(client))?;
    let summary = summary(desk, client)?;
    refuse_hindered(desk, &summary)?;
    let mut there = false;
    desk.books().each::<Purge>(|kept| there |= kept.value.client == client && waits(&kept.value))?;
    if there {
        return Err(Fault::user(format!("Somebody asked for the purge of {} already.", summary.record_no)));
    }
    let number = desk.books().next_number::<Purge>(Owner::AGENCY)?;
    let said = vec![said(desk, PurgeWhat::Asked)?];
    let asked = Purge { number, client, said, certificate: None };
    let mut unit = desk.unit(Capability::KeepRecords, Act::PurgeAsked, Some(client), number)?;
    unit.put(&asked, Owner::AGENCY, number, 0);
    desk.commit(unit)?;
    show(
        desk,
        format!(
            "You asked for the purge of {}. A supervisor or another admin has to agree.",
            summary.record_no
        ),
    )
}

/// Refuses what keeps a chart from being purged, with all the reasons there are.
pub(super) fn refuse_hindered(desk: &Desk, summary: &Summary) -> Result<(), Fault> {
    let why = facts(desk, summary)?.hinders;
    if why.is_empty() {
        return Ok(());
    }
    Err(Fault::user(format!("{} is not purged. {}", summary.record_no, why.join(" "))))
}

/// What whoever is here says about a purge.
pub(super) fn said(desk: &Desk, what: PurgeWhat) -> Result<PurgeSaid, Fault> {
    let staff = desk.staff()?;
    Ok(PurgeSaid { what, by: staff.id, by_name: staff.signature_name(), at: desk.moment() })
}

fn decide(desk: &mut Desk, number: Number, agrees: bool) -> Result<Answer, Fault> {
    let found = desk.books().get::<Purge>(Owner::AGENCY, number)?;
    let kept = found.ok_or_else(|| Fault::user("Nobody asked for this purge."))?;
    let client = kept.value.client;
    let me: StaffId = desk.staff()?.id;
    let mine = waits(&kept.value) && kept.value.said.last().is_some_and(|last| last.by == me);
    let capability = if mine { Capability::KeepRecords } else { Capability::AgreePurge };
    desk.permit(capability, Some(client))?;
    match decided(&kept.value, me, agrees).map_err(Fault::user)? {
        PurgeWhat::Done => purge::purge(desk, kept),
        what => {
            let Kept { rev, value: mut purge } = kept;
            purge.said.push(said(desk, what)?);
            let mut unit = desk.unit(capability, Act::PurgeDeclined, Some(client), number)?;
            unit.put(&purge, Owner::AGENCY, number, rev);
            desk.commit(unit)?;
            let record_no = summary(desk, client)?.record_no.clone();
            show(desk, format!("{record_no} stays as it is."))
        }
    }
}
