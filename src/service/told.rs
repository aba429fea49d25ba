//! Danger that somebody passes on who does not decide on it: the front desk, about whoever calls or stands there.
//!
//! It becomes a proposed need of the client, which everybody who decides sees first. Whoever passed it on sees their own words again and
//! whether anybody has taken them, and nothing else of any need.

use super::api::{Answer, DangerSaid, Done, Kept, ToldLine};
use super::days::{name_of, phone_words};
use super::desk::Desk;
use super::fault::Fault;
use super::needs::acting;
use crate::domain::{
    Act, Client, ClientId, DimensionRef, ImmediateNeed, LocalTime, Moment, Number, StaffId, Summary,
    ToldFacts,
};
use crate::packs;
use crate::rules::access::{Capability, may};
use crate::rules::need::{is_only_answers, story, told};
use crate::rules::{bounds, when};

/// Longest text of one field: a few lines.
const LONGEST: usize = 600;

/// Passes danger on: it is proposed in the chart that is kept of the person.
pub(super) fn tell(desk: &mut Desk, said: &DangerSaid) -> Result<Answer, Fault> {
    desk.permit(Capability::ProposeNeed, Some(said.client))?;
    // Where two charts of a person are linked, what is new is in the one that leads.
    let client = desk.seat()?.house.links.leading(said.client).unwrap_or(said.client);
    desk.permit(Capability::ProposeNeed, Some(client))?;
    check(said)?;
    let dimension = dimension(desk, said.dimension)?;
    let (since, when) = since(desk, client, said)?;
    let told = match said.told {
        Some(id) => colleague(desk, id)?,
        None => String::new(),
    };
    let (words, phone, place) = (said.words.as_str(), said.phone.as_str(), said.place.as_str());
    let reason = told::Said { words, when: &when, phone, place, told: &told }.reason();
    let acting = acting(desk)?;
    let there = desk.books().list::<ImmediateNeed>(client)?;
    let waits =
        |kept: &Kept<ImmediateNeed>| kept.value.dimension == dimension && told::is_undecided(&kept.value);
    let (need, rev) = if let Some(Kept { rev, value: mut need }) = there.into_iter().rev().find(waits) {
        told::said_again(&mut need, &reason, acting);
        (need, rev)
    } else {
        let number = desk.books().next_number::<ImmediateNeed>(client)?;
        (told::proposed((client, number), dimension, &reason, since, acting), 0)
    };
    let mut unit = desk.unit(Capability::ProposeNeed, Act::DangerTold, Some(client), need.number)?;
    unit.put(&need, client, need.number, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.decided_danger = true;
    let who = who_sees(desk, client)?;
    done(desk, client, |name| {
        format!(
            "Danger is passed on for {name}: {who} see it first on every list. Tell one of them now if it cannot wait."
        )
    })
}

/// Corrects what the person here passed on. The words before stay in the history of the need.
pub(super) fn correct(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    entry: usize,
    words: &str,
) -> Result<Answer, Fault> {
    desk.permit(Capability::ProposeNeed, Some(client))?;
    let refused = |error: crate::rules::need::NeedError| Fault::user(error.to_string());
    let gone = || Fault::user("You passed on no danger of this person that can be corrected.");
    let kept = desk.books().get::<ImmediateNeed>(client, number)?.ok_or_else(gone)?;
    let Kept { rev, value: mut need } = kept;
    let acting = acting(desk)?;
    // Whether a need is over is told only to whoever passed it on.
    told::may_correct(&need, entry, acting.by).map_err(|error| match error {
        crate::rules::need::NeedError::Over if is_own(&need, entry, acting.by) => Fault::user(
            "Somebody has decided on this and it is over. If there is danger again, pass it on again.",
        ),
        _ => gone(),
    })?;
    if words.chars().count() > 4 * LONGEST {
        return Err(too_long("What was said"));
    }
    story::corrected(&mut need, entry, words, acting).map_err(refused)?;
    let mut unit = desk.unit(Capability::ProposeNeed, Act::DangerToldCorrected, Some(client), number)?;
    unit.put(&need, client, number, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.decided_danger = true;
    done(desk, client, |name| {
        format!("Corrected for {name}. The words before stay with it, and whoever decides sees both.")
    })
}

fn is_own(need: &ImmediateNeed, entry: usize, who: StaffId) -> bool {
    need.history.get(entry).is_some_and(|entry| entry.by == who)
}

/// What the person here passed on and does not decide on: until somebody has taken it, and on the day itself. The newest comes
/// first, before it what nobody has taken.
pub(super) fn lines(desk: &Desk) -> Result<Vec<ToldLine>, Fault> {
    let seat = desk.seat()?;
    let (me, reach) = (&seat.staff.value, desk.reach()?);
    let today = desk.now().local.date;
    let day = |at| desk.clock.local(at).date;
    let mut lines = Vec::new();
    for summary in seat.summaries.values().filter(|summary| !summary.told.is_empty()) {
        let relation = seat.relation(&reach, summary);
        let proposes = may(&me.roles, Capability::ProposeNeed, relation);
        if !proposes || may(&me.roles, Capability::AnswerDanger, relation) {
            continue;
        }
        let mine = summary.told.iter().filter(|told| told.by == me.id);
        for told in mine.filter(|told| told::is_shown(told, day, today)) {
            lines.extend(line(desk, summary, told)?);
        }
    }
    lines.sort_by_key(|line: &ToldLine| {
        (line.taken.is_some(), std::cmp::Reverse((line.at.date, line.at.time, line.entry)), line.need)
    });
    Ok(lines)
}

fn line(desk: &Desk, summary: &Summary, told: &ToldFacts) -> Result<Option<ToldLine>, Fault> {
    let client = summary.client;
    let Some(kept) = desk.books().get::<ImmediateNeed>(client, told.need)? else { return Ok(None) };
    let entry = usize::try_from(told.entry).unwrap_or(usize::MAX);
    let words = kept.value.history.get(entry).map(|entry| entry.words.clone()).unwrap_or_default();
    let local = |at: Moment| desk.clock.local(at);
    let taken = told.taken_by.map(|by| (desk.seat().map(|seat| seat.short_name_of(by)), told.taken_at));
    let taken = match taken {
        Some((name, at)) => Some((name?, local(at))),
        None => None,
    };
    let phones = desk.books().get::<Client>(client, 1)?.map(|kept| phone_words(&kept.value));
    Ok(Some(ToldLine {
        client,
        name: summary.name.clone(),
        record_no: summary.record_no.clone(),
        phones: phones.unwrap_or_default(),
        need: told.need,
        entry,
        words,
        at: local(told.at),
        taken,
        is_open: kept.value.state.open(),
    }))
}

fn done(desk: &mut Desk, client: ClientId, say: impl FnOnce(&str) -> String) -> Result<Answer, Fault> {
    let name = name_of(desk, client)?;
    let said = say(&name);
    desk.stays_done(&said)?;
    let chart = desk.open_chart(Some(client))?;
    Ok(Answer::Done(Box::new(Done { said, chart, name, ..Done::default() })))
}

fn check(said: &DangerSaid) -> Result<(), Fault> {
    if said.words.trim().is_empty() || is_only_answers(&said.words) {
        return Err(Fault::user("Write what was said, in their words, for example: I took all of them."));
    }
    let fields =
        [("What was said", &said.words), ("Phone now", &said.phone), ("Where they are", &said.place)];
    match fields.into_iter().find(|(_, words)| words.chars().count() > LONGEST) {
        Some((field, _)) => Err(too_long(field)),
        None => Ok(()),
    }
}

fn too_long(field: &str) -> Fault {
    Fault::user(format!("\"{field}\" can have at most {LONGEST} characters. Shorten it."))
}

/// Where it belongs: as it was said, else where the agency's set puts what nobody has sorted.
fn dimension(desk: &Desk, said: Option<u8>) -> Result<DimensionRef, Fault> {
    let key = &desk.seat()?.settings.value.set;
    let set = packs::set(key).ok_or_else(|| Fault::internal("the agency's dimension set is not there"))?;
    let number = match said {
        Some(number) if set.rated().any(|one| one.number == number) => number,
        Some(_) => return Err(Fault::user("Choose which of these it is nearest to, or leave it open.")),
        None => set.danger_told,
    };
    Ok(DimensionRef { set: set.key.clone(), number })
}

/// Since when there is danger, and how that is spelled out; nothing is spelled of this very minute.
fn since(desk: &Desk, client: ClientId, said: &DangerSaid) -> Result<(Moment, String), Fault> {
    let now = desk.now();
    let LocalTime { date, time, .. } = now.local;
    if (said.on, said.at) == (date, time) {
        return Ok((now.moment, String::new()));
    }
    let at = desk.clock.instant(said.on, said.at);
    if at > now.moment {
        return Err(Fault::user(format!(
            "{} {} is in the future. Type when it was said, at the latest now ({time}).",
            when::with_year(said.on),
            said.at
        )));
    }
    let born = desk.books().get::<Client>(client, 1)?.map(|kept| kept.value.birth).unwrap_or_default();
    if let Some(why) = bounds::refused(said.on, born) {
        return Err(Fault::user(why));
    }
    let day = if said.on == date { String::new() } else { format!("{} ", when::with_year(said.on)) };
    Ok((at, format!("{day}{}", said.at)))
}

fn colleague(desk: &Desk, id: StaffId) -> Result<String, Fault> {
    let found = desk.seat()?.colleagues.iter().find(|staff| staff.id == id && staff.active);
    let found = found.ok_or_else(|| Fault::user("Choose a colleague who works here now, or nobody."))?;
    Ok(found.signature_name())
}

/// Who has it on their list, in words that do not say who counsels the person.
fn who_sees(desk: &Desk, client: ClientId) -> Result<&'static str, Fault> {
    let seat = desk.seat()?;
    let leads = seat.has_supervisor();
    let counseled = seat.summaries.get(&client).is_some_and(|summary| summary.counselor().is_some());
    Ok(match (counseled, leads) {
        (true, true) => "their counselor and supervisors",
        (true, false) => "their counselor and whoever covers",
        (false, true) => "supervisors",
        (false, false) => "all counselors",
    })
}
