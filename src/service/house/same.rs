//! Two charts of one person: asking to link them, agreeing as the second person, and unlinking them again.
//!
//! A link moves nothing. Who is linked is kept in memory for the person who sits here; what follows from it is the rules'
//! ([`crate::rules::same`]).

use super::needed;
use crate::domain::{Act, ClientId, Number, SamePerson, SameWhat, Summary};
use crate::rules::access::Capability;
use crate::rules::find::squeeze;
use crate::rules::same::{SameStands, decided, hinders, say};
use crate::service::api::{Answer, Command, Done, Kept, SameView};
use crate::service::chart;
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::store::Owner;
use std::sync::Arc;

/// Asks to link the chart that is open with another one.
pub(super) fn ask(
    desk: &mut Desk,
    here: ClientId,
    record_no: &str,
    here_leads: bool,
    why: &str,
) -> Result<Answer, Fault> {
    let why = needed(why, "Write why they are one person, for example: registered twice, same birth date.")?;
    let (mine, found) = (summary(desk, here)?, by_record_no(desk, record_no)?);
    let (leads, other) = if here_leads { (mine, found) } else { (found, mine) };
    let all: Vec<&SamePerson> = desk.seat()?.house.same.iter().map(|kept| &kept.value).collect();
    if let Some(why_not) = hinders(&all, &leads, &other) {
        return Err(Fault::user(why_not));
    }
    let number = desk.books().next_number::<SamePerson>(Owner::AGENCY)?;
    let same = SamePerson { number, leads: leads.client, other: other.client, said: Vec::new() };
    add(desk, here, Kept { rev: 0, value: same }, SameWhat::AskedToLink, why)
}

/// Asks to unlink two charts.
pub(super) fn ask_to_unlink(
    desk: &mut Desk,
    here: ClientId,
    number: Number,
    why: &str,
) -> Result<Answer, Fault> {
    let why = needed(why, "Write why they are two people, for example: twins, linked by mistake.")?;
    let same = stored(desk, number)?;
    if SameStands::of(&same.value) != SameStands::Linked {
        return Err(Fault::user("These charts are not linked, or somebody asked to unlink them already."));
    }
    add(desk, here, same, SameWhat::AskedToUnlink, why)
}

/// Decides as the second person; whoever asked can take it back.
pub(super) fn decide(desk: &mut Desk, here: ClientId, number: Number, agrees: bool) -> Result<Answer, Fault> {
    let same = stored(desk, number)?;
    let what = decided(&same.value, desk.staff()?.id, agrees).map_err(Fault::user)?;
    add(desk, here, same, what, String::new())
}

/// What is needed to add this to what was said, for a person who asked or did not.
fn capability(same: &SamePerson, what: SameWhat, asked_it: bool) -> Capability {
    let asks = matches!(what, SameWhat::AskedToLink | SameWhat::AskedToUnlink);
    let takes_back = asked_it && !same.said.is_empty();
    if asks || takes_back { Capability::AskSamePerson } else { Capability::AgreeSamePerson }
}

/// Adds an entry, with an event in each of the two charts.
fn add(
    desk: &mut Desk,
    here: ClientId,
    same: Kept<SamePerson>,
    what: SameWhat,
    why: String,
) -> Result<Answer, Fault> {
    let Kept { rev, value: mut same } = same;
    let me = desk.staff()?.id;
    let asked_it = same.said.last().is_some_and(|said| said.by == me);
    let (capability, act) = (capability(&same, what, asked_it), act(what));
    let mut unit = desk.unit(capability, act, Some(same.leads), same.number)?;
    unit.also(desk.permit(capability, Some(same.other))?, act, same.number);
    say(&mut same, what, me, desk.moment(), why);
    unit.put(&same, Owner::AGENCY, same.number, rev);
    desk.commit(unit)?;
    let said = told(desk, &same, what)?;
    let seat = desk.seat_mut()?;
    // Nothing that was done before the charts were linked is undone or done again in them afterwards.
    seat.forget_steps(same.leads);
    seat.forget_steps(same.other);
    seat.house.take_same(Kept { rev: rev + 1, value: same });
    seat.chart = None;
    let seen = desk.permit(Capability::SeeNames, Some(here)).is_ok();
    let chart = if seen { Some(Box::new(chart::view(desk, here)?)) } else { None };
    Ok(Answer::Done(Box::new(Done { said, chart, ..Done::default() })))
}

fn act(what: SameWhat) -> Act {
    match what {
        SameWhat::AskedToLink => Act::SameAsked,
        SameWhat::Linked => Act::SameLinked,
        SameWhat::NotLinked => Act::SameDeclined,
        SameWhat::AskedToUnlink => Act::UnlinkAsked,
        SameWhat::Unlinked => Act::Unlinked,
        SameWhat::StayLinked => Act::UnlinkDeclined,
    }
}

fn told(desk: &Desk, same: &SamePerson, what: SameWhat) -> Result<String, Fault> {
    let (leads, other) = (summary(desk, same.leads)?, summary(desk, same.other)?);
    let (leads, other) = (&leads.record_no, &other.record_no);
    Ok(match what {
        SameWhat::AskedToLink => {
            format!("You asked to link {leads} and {other}. A supervisor or an admin has to agree.")
        }
        SameWhat::Linked => format!("{leads} and {other} are linked. New entries go to {leads}."),
        SameWhat::NotLinked => format!("{leads} and {other} are not linked."),
        SameWhat::AskedToUnlink => {
            format!(
                "You asked to unlink {leads} and {other}. They stay linked until a supervisor or an admin agrees."
            )
        }
        SameWhat::Unlinked => {
            format!("{leads} and {other} are not linked any more. Each is as it was before.")
        }
        SameWhat::StayLinked => format!("{leads} and {other} stay linked."),
    })
}

fn stored(desk: &Desk, number: Number) -> Result<Kept<SamePerson>, Fault> {
    let found = desk.books().get::<SamePerson>(Owner::AGENCY, number)?;
    found.ok_or_else(|| Fault::user("Nobody asked to link these charts."))
}

fn summary(desk: &Desk, client: ClientId) -> Result<Arc<Summary>, Fault> {
    let found = desk.seat()?.summaries.get(&client).cloned();
    found.ok_or_else(|| Fault::user("This person is not in the store."))
}

/// The chart of a record number, among those whose names this person sees.
fn by_record_no(desk: &Desk, typed: &str) -> Result<Arc<Summary>, Fault> {
    let squeezed = squeeze(typed);
    let found = desk.seat()?.summaries.values().find(|summary| {
        squeeze(&summary.record_no) == squeezed
            && desk.permit(Capability::SeeNames, Some(summary.client)).is_ok()
    });
    found.cloned().ok_or_else(|| {
        Fault::user(format!("You see no chart with the record number {}.", typed.trim()))
            .hint("Look the person up on People. The number is beside the name, for example A-1042.")
    })
}

/// What was said about a chart and another one, as far as the person here may know, and what they can do about it.
pub(in crate::service) fn views(desk: &Desk, client: ClientId) -> Result<Vec<SameView>, Fault> {
    let seat = desk.seat()?;
    let me = seat.staff.value.id;
    let mut views = Vec::new();
    for same in seat.house.same.iter().map(|kept| &kept.value).filter(|same| same.has(client)) {
        let (beside, stands) = (same.beside(client), SameStands::of(same));
        let may = |capability| desk.permit(capability, Some(beside)).is_ok();
        if stands == SameStands::Over || !may(Capability::SeeNames) {
            continue;
        }
        let Some(last) = same.said.last() else { continue };
        let both = |capability| may(capability) && desk.permit(capability, Some(client)).is_ok();
        let (asks, agrees) = (both(Capability::AskSamePerson), both(Capability::AgreeSamePerson));
        let other = summary(desk, beside)?;
        views.push(SameView {
            number: same.number,
            client: beside,
            record_no: other.record_no.clone(),
            name: other.name.clone(),
            leads: same.leads == client,
            stands,
            said_by: seat.name_of(last.by),
            // The words are for those who decide, not for everyone who sees names.
            why: if asks || agrees { last.why.clone() } else { String::new() },
            on: desk.clock.local(last.at).date,
            mine: last.by == me,
            may_ask: asks,
            may_agree: agrees && last.by != me,
        });
    }
    Ok(views)
}

/// Refuses what would begin something in a chart that another one leads.
pub(in crate::service) fn refuse_beside(desk: &Desk, command: &Command) -> Result<(), Fault> {
    let Some(client) = command.begins_in() else { return Ok(()) };
    if desk.permit(Capability::SeeNames, Some(client)).is_err() {
        return Ok(());
    }
    let Some(leads) = desk.seat()?.house.links.leading(client) else { return Ok(()) };
    let (here, leads) = (summary(desk, client)?, summary(desk, leads)?);
    Err(Fault::user(format!(
        "{} is linked with {} as the same person, so new entries go to {}.",
        here.record_no, leads.record_no, leads.record_no
    ))
    .hint("Press [key:linked-chart]."))
}
