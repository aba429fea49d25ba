//! Triage: what was answered, and the immediate needs that every yes opens, in one act.

use crate::domain::{
    Act, ClientId, DimensionRef, ImmediateNeed, NeedSource, NeedState, Triage, TriageAnswer,
};
use crate::packs::DimensionSet;
use crate::rules::access::Capability;
use crate::rules::need::{self, TriageError};
use crate::service::api::{Answer, Kept, TriageFacts};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::unit::Unit;

/// A triage, as a chart shows it.
pub(crate) fn triage_facts(desk: &Desk, triage: &Triage) -> Result<TriageFacts, Fault> {
    Ok(TriageFacts {
        at: desk.clock.local(triage.at),
        moment: triage.at,
        by: desk.seat()?.name_of(triage.by),
        dangers: triage.dangers().collect(),
        waiting: triage.waiting(),
    })
}

/// Writes a triage down. Every yes is an immediate need, confirmed: one that is open in the dimension is confirmed, else
/// a new one is raised.
pub(super) fn answer(
    desk: &mut Desk,
    client: ClientId,
    mut answers: Vec<TriageAnswer>,
) -> Result<Answer, Fault> {
    desk.permit(Capability::AnswerDanger, Some(client))?;
    let set = desk.seat()?.set;
    let asked: Vec<u8> = asked(set).collect();
    need::check_triage(&asked, &answers).map_err(|error| fault(error, set))?;
    let number = desk.books().next_number::<Triage>(client)?;
    let mut unit = desk.unit(Capability::AnswerDanger, Act::Triaged, Some(client), number)?;
    let mut raised = Vec::new();
    for answer in answers.iter_mut().filter(|answer| answer.danger == Some(true)) {
        let dimension = DimensionRef { set: set.key.clone(), number: answer.dimension };
        answer.need = confirm(desk, &mut unit, client, dimension, &answer.reason)?;
        raised.push(format!("D{}", answer.dimension));
    }
    let (at, by) = (desk.moment(), desk.staff()?.id);
    let triage = Triage { client, number, set: set.key.clone(), at, by, answers };
    unit.put(&triage, client, number, 0);
    unit.set_count(raised.len() as u32);
    desk.commit(unit)?;
    let said = if raised.is_empty() {
        "Triage is answered: no danger now.".to_owned()
    } else {
        format!("Immediate need in {}. Act on it now; the rest can wait.", raised.join(", "))
    };
    desk.done_for_good(client, said)
}

/// Dimensions that have questions about danger.
fn asked(set: &DimensionSet) -> impl Iterator<Item = u8> {
    set.dimensions.iter().filter(|dimension| !dimension.triage.is_empty()).map(|dimension| dimension.number)
}

fn fault(error: TriageError, set: &DimensionSet) -> Fault {
    let short = |number: u8| set.dimension(number).map_or("", |dimension| dimension.short.as_str());
    Fault::user(match error {
        TriageError::OtherQuestions => "These questions do not belong to the agency's dimensions.".to_owned(),
        TriageError::Unanswered(number) => {
            format!("D{number} {} is not answered: y or n. Only a yes lets the rest wait.", short(number))
        }
        TriageError::ReasonMissing(number) => format!("D{number} {}: what is the danger?", short(number)),
    })
}

/// The number of the need that answers a yes: one that is open in the dimension, else a new one.
fn confirm(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    dimension: DimensionRef,
    reason: &str,
) -> Result<u32, Fault> {
    let (now, who) = (desk.moment(), desk.staff()?.id);
    let books = desk.books().with(unit);
    let is_open = |kept: &Kept<ImmediateNeed>| kept.value.dimension == dimension && kept.value.state.open();
    if let Some(Kept { rev, value: need }) = books.list(client)?.into_iter().rev().find(is_open) {
        let number = need.number;
        if need.state == NeedState::Proposed {
            let need = ImmediateNeed { state: NeedState::Confirmed, state_by: who, state_at: now, ..need };
            unit.put(&need, client, number, rev);
        }
        return Ok(number);
    }
    let number = books.next_number::<ImmediateNeed>(client)?;
    let need = ImmediateNeed {
        client,
        number,
        dimension,
        raised_at: now,
        raised_by: who,
        reason: reason.trim().to_owned(),
        source: NeedSource::Clinician,
        state: NeedState::Confirmed,
        state_by: who,
        state_at: now,
    };
    unit.put(&need, client, number, 0);
    Ok(number)
}
