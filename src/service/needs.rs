//! Immediate needs: raising, extending, correcting and deciding on them. Every act is an entry in the need's history.

use super::api::{Answer, ChartAsk, Kept, NeedDone, NeedSaid};
use super::desk::Desk;
use super::fault::Fault;
use super::unit::Unit;
use crate::clock::Clock;
use crate::domain::{
    Act, Client, ClientId, ClockTime, CriticalWaiting, Date, DimensionRef, ImmediateNeed, LocalTime, Moment,
    NeedSource, NeedState, Number,
};
use crate::rules::access::Capability;
use crate::rules::bounds;
use crate::rules::need::story::{self, Acting};
use crate::rules::need::{NeedError, is_only_answers};
use crate::rules::when;
use std::collections::BTreeSet;

/// Routes what concerns immediate needs.
pub(super) fn handle(desk: &mut Desk, ask: ChartAsk) -> Result<Answer, Fault> {
    match ask {
        ChartAsk::RaiseNeed { client, dimension, reason, source, done } => {
            raise(desk, client, Danger { dimension, reason: &reason, source, done })
        }
        ChartAsk::DecideNeed { client, number, rev, state } => {
            let said = decided_words(&state);
            change(desk, client, number, rev, |need, acting| story::decided(need, state, acting))?;
            desk.done_for_good(client, said.to_owned())
        }
        ChartAsk::SayNeed { client, number, rev, said } => say(desk, client, number, rev, said),
        _ => Err(Fault::internal("not a matter of immediate needs")),
    }
}

/// Who acts here, and when.
pub(super) fn acting(desk: &Desk) -> Result<Acting, Fault> {
    Ok(Acting { by: desk.staff()?.id, at: desk.moment() })
}

/// A danger as it is raised, with what is already done about it.
pub(super) struct Danger<'a> {
    pub(super) dimension: DimensionRef,
    pub(super) reason: &'a str,
    pub(super) source: NeedSource,
    pub(super) done: Option<NeedDone>,
}

/// Raises an immediate need.
fn raise(desk: &mut Desk, client: ClientId, danger: Danger<'_>) -> Result<Answer, Fault> {
    let number = desk.books().next_number::<ImmediateNeed>(client)?;
    let mut unit = desk.unit(Capability::AnswerDanger, Act::NeedRaised, Some(client), number)?;
    let said = put(desk, &mut unit, (client, number), danger)?;
    if unit.len() > 0 {
        desk.commit(unit)?;
    }
    desk.done_for_good(client, said)
}

/// Puts a danger into a unit. Where a need is open in the dimension, the words extend it. It is in hand at once if something is
/// done. Returns what is said of it.
pub(super) fn put(
    desk: &Desk,
    unit: &mut Unit,
    (client, number): (ClientId, Number),
    Danger { dimension, reason, source, done }: Danger<'_>,
) -> Result<String, Fault> {
    let by_person = source == NeedSource::Clinician;
    if by_person && (reason.trim().is_empty() || is_only_answers(reason)) {
        return Err(Fault::user("Say what the danger is, for example: has a plan and the pills."));
    }
    let acting = acting(desk)?;
    let key = dimension.number;
    let open = open_in(desk, unit, client, &dimension)?;
    let (is_open, in_hand) = (open.is_some(), done.is_some());
    let (mut need, rev) = match open {
        Some(_) if !by_person => return Ok(format!("An immediate need is open in D{key} already.")),
        Some(Kept { rev, value: mut need }) => {
            story::said_again(&mut need, reason, acting);
            (need, rev)
        }
        None => (story::raised((client, number), dimension, reason, source, acting), 0),
    };
    if let Some(NeedDone { action, recheck_at }) = done {
        let state = NeedState::InHand { action, owner: acting.by, recheck_at };
        story::decided(&mut need, state, acting).map_err(|error| Fault::user(error.to_string()))?;
    }
    unit.put(&need, client, need.number, rev);
    Ok(match (is_open, in_hand) {
        (true, true) => {
            format!("The open immediate need in D{key} has your words too, and what is being done.")
        }
        (true, false) => format!("The open immediate need in D{key} has your words too."),
        (false, true) => format!("An immediate need in D{key} is raised and in hand."),
        (false, false) if by_person => {
            format!(
                "An immediate need in D{key} is raised. Say what is done about it: [key:take-need-in-hand]."
            )
        }
        _ => format!("A 4 in D{key} proposes an immediate need. Decide on it: [key:answer-need]."),
    })
}

/// The newest open need in a dimension, as it will be after what the unit holds already.
pub(super) fn open_in(
    desk: &Desk,
    unit: &Unit,
    client: ClientId,
    dimension: &DimensionRef,
) -> Result<Option<Kept<ImmediateNeed>>, Fault> {
    let is_open = |kept: &Kept<ImmediateNeed>| kept.value.dimension == *dimension && kept.value.state.open();
    Ok(desk.books().with(unit).list::<ImmediateNeed>(client)?.into_iter().rev().find(is_open))
}

/// The agency's clock at every moment these needs and critical answers speak of.
pub(super) fn times(
    clock: &Clock,
    needs: &[Kept<ImmediateNeed>],
    criticals: &[Kept<CriticalWaiting>],
) -> Vec<(Moment, LocalTime)> {
    let of = |need: &ImmediateNeed| {
        let recheck = match need.state {
            NeedState::InHand { recheck_at, .. } => Some(recheck_at),
            _ => None,
        };
        let entries = need.history.iter().map(|entry| entry.at);
        entries.chain([need.raised_at, need.state_at]).chain(recheck).collect::<Vec<_>>()
    };
    let mut all: BTreeSet<Moment> = needs.iter().flat_map(|kept| of(&kept.value)).collect();
    all.extend(criticals.iter().flat_map(|kept| kept.value.entries.iter().map(|entry| entry.at)));
    all.into_iter().map(|at| (at, clock.local(at))).collect()
}

fn say(desk: &mut Desk, client: ClientId, number: Number, rev: u32, said: NeedSaid) -> Result<Answer, Fault> {
    let answer = match &said {
        NeedSaid::Kept(_) => "The immediate need stays open. That you looked at it is in its history.",
        NeedSaid::Corrected { .. } => {
            "Corrected. The old words stay in its history: Priorities (r), then Right."
        }
        NeedSaid::Since(..) => "Corrected. The old time stays in its history: Priorities (r), then Right.",
        NeedSaid::Dimension(_) => {
            "Corrected. The old dimension stays in its history: Priorities (r), then Right."
        }
        NeedSaid::Reopened(_) => {
            "The immediate need is open again, since when it was. Decide on it: [key:answer-need]."
        }
    };
    let since = match &said {
        NeedSaid::Since(on, at) => Some(since(desk, client, *on, *at)?),
        NeedSaid::Dimension(to) => {
            none_open_in(desk, client, to)?;
            None
        }
        NeedSaid::Reopened(_) => {
            let need = desk.books().at::<ImmediateNeed>(client, number, rev, "This immediate need")?;
            none_open_in(desk, client, &need.dimension)?;
            None
        }
        NeedSaid::Corrected { .. } | NeedSaid::Kept(_) => None,
    };
    let clock = desk.clock();
    change(desk, client, number, rev, |need, acting| match said {
        NeedSaid::Corrected { entry, words } => story::corrected(need, entry, &words, acting),
        NeedSaid::Kept(words) => story::kept(need, &words, acting),
        NeedSaid::Dimension(to) => story::dimension_corrected(need, to, acting),
        NeedSaid::Reopened(why) => story::reopened(need, &why, acting),
        NeedSaid::Since(..) => {
            let since = since.unwrap_or(need.raised_at);
            let spelled = |at| spelled(clock.local(at));
            story::since_corrected(need, since, (spelled(need.raised_at), spelled(since)), acting)
        }
    })?;
    desk.done_for_good(client, answer.to_owned())
}

/// The moment of the agency's clock since when there has been danger: not before the person's birth.
fn since(desk: &Desk, client: ClientId, on: Date, at: ClockTime) -> Result<Moment, Fault> {
    let person = desk.books().get::<Client>(client, 1)?;
    let born = person.map(|person| person.value.birth).unwrap_or_default();
    bounds::refused(on, born).map_or(Ok(desk.clock().instant(on, at)), |why| Err(Fault::user(why)))
}

/// Two open needs of one dimension would each take the words that are meant for the other.
fn none_open_in(desk: &mut Desk, client: ClientId, dimension: &DimensionRef) -> Result<(), Fault> {
    let open = |kept: &Kept<ImmediateNeed>| kept.value.dimension == *dimension && kept.value.state.open();
    if desk.books().list::<ImmediateNeed>(client)?.iter().any(open) {
        return Err(Fault::user(format!(
            "Another immediate need is open in D{}. Raise these words there, then dismiss this one: it belongs to another need.",
            dimension.number
        )));
    }
    Ok(())
}

fn spelled(at: LocalTime) -> String {
    format!("{} {}", when::with_year(at.date), at.time)
}

fn change(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    rev: u32,
    act: impl FnOnce(&mut ImmediateNeed, Acting) -> Result<(), NeedError>,
) -> Result<(), Fault> {
    let mut need = desk.books().at::<ImmediateNeed>(client, number, rev, "This immediate need")?;
    act(&mut need, acting(desk)?).map_err(|error| Fault::user(error.to_string()))?;
    let mut unit = desk.unit(Capability::AnswerDanger, Act::NeedChanged, Some(client), number)?;
    unit.put(&need, client, number, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.decided_danger = true;
    Ok(())
}

/// What is said of a need that was moved on.
pub(super) fn decided_words(state: &NeedState) -> &'static str {
    match state {
        NeedState::Proposed | NeedState::Confirmed => {
            "The immediate need is confirmed. Say what is done, by whom, and when to look again: [key:take-need-in-hand]."
        }
        NeedState::InHand { .. } => "The immediate need is in hand.",
        NeedState::Resolved { .. } => {
            "The immediate need is resolved. If that was a mistake: [key:actions-menu], then Reopen."
        }
        NeedState::Dismissed { .. } => {
            "The immediate need is dismissed. If that was a mistake: [key:actions-menu], then Reopen."
        }
    }
}

/// What is so when a filled-in measure is undone, and what stays: undo reaches neither a critical answer of it nor the need that was proposed.
pub(super) fn undone_but(desk: &Desk, unit: &Unit, client: ClientId, begun: Moment) -> Result<String, Fault> {
    let gone = "the filled-in measure is not in the chart any more.";
    let written = desk.books().with(unit).list::<CriticalWaiting>(client)?;
    let mut dimensions: Vec<u8> = written
        .iter()
        .filter(|kept| kept.value.begun == begun)
        .map(|kept| kept.value.dimension.number)
        .collect();
    dimensions.dedup();
    let named: Vec<String> = dimensions.iter().map(|number| format!("D{number}")).collect();
    if named.is_empty() {
        return Ok(gone.to_owned());
    }
    Ok(format!(
        "{gone} The critical answer in it and the immediate need in {} stay: they are about danger. [key:answer-need] decides about the need.",
        named.join(" and ")
    ))
}
