//! Triage: what was answered, and the immediate needs that every yes opens, in one act.

use crate::domain::{
    Act, ClientId, DimensionRef, ImmediateNeed, NeedSource, NeedState, Triage, TriageAnswer,
};
use crate::packs::DimensionSet;
use crate::rules::access::Capability;
use crate::rules::need::{self, TriageError};
use crate::service::api::{Answer, Kept, TriageFacts};
use crate::service::books::Unit;
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::records::ChartRecords;

/// The last triage of a client, as a chart shows it.
pub(crate) fn last_triage(desk: &Desk, client: ClientId) -> Result<Option<TriageFacts>, Fault> {
    let newest = desk.books().newest::<Triage>(client, None, 1)?;
    let Some(triage) = newest.into_iter().next().map(|kept| kept.value) else { return Ok(None) };
    Ok(Some(TriageFacts {
        at: desk.clock.local(triage.at),
        moment: triage.at,
        by: desk.seat()?.name_of(triage.by),
        dangers: triage.dangers().collect(),
        waiting: triage.waiting(),
    }))
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
    let mut records = ChartRecords::load(desk.books(), client)?;
    let number = desk.books().next_number::<Triage>(client)?;
    let mut unit = desk.unit(Capability::AnswerDanger, Act::Triaged, Some(client), number)?;
    let mut raised = Vec::new();
    for answer in answers.iter_mut().filter(|answer| answer.danger == Some(true)) {
        let dimension = DimensionRef { set: set.key.clone(), number: answer.dimension };
        answer.need = confirm(desk, &mut records, &mut unit, dimension, &answer.reason)?;
        raised.push(format!("D{}", answer.dimension));
    }
    let (at, by) = (desk.moment(), desk.staff()?.id);
    let triage = Triage { client, number, set: set.key.clone(), at, by, answers };
    unit.put(&triage, client, number, 0);
    unit.set_count(raised.len() as u32);
    if !raised.is_empty() {
        records.put_summary(&desk.clock, &mut unit);
    }
    desk.commit(unit)?;
    let said = if raised.is_empty() {
        "Triage: no danger now.".to_owned()
    } else {
        format!("Immediate need in {}: act on it now, the rest can wait.", raised.join(", "))
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
        TriageError::OtherQuestions => "These are not the questions of the agency's dimensions.".to_owned(),
        TriageError::Unanswered(number) => {
            format!("D{number} {} is not answered: y or n. Only a yes lets the rest wait.", short(number))
        }
        TriageError::ReasonMissing(number) => format!("D{number} {}: what is the danger?", short(number)),
    })
}

/// The number of the need that stands for a yes.
fn confirm(
    desk: &Desk,
    records: &mut ChartRecords,
    unit: &mut Unit,
    dimension: DimensionRef,
    reason: &str,
) -> Result<u32, Fault> {
    let (now, who) = (desk.moment(), desk.staff()?.id);
    let client = records.client.value.id;
    let open = records
        .needs
        .iter_mut()
        .rev()
        .find(|kept| kept.value.dimension == dimension && kept.value.state.open());
    if let Some(kept) = open {
        let number = kept.value.number;
        if kept.value.state == NeedState::Proposed {
            kept.value.state = NeedState::Confirmed;
            kept.value.state_by = who;
            kept.value.state_at = now;
            unit.put(&kept.value, client, number, kept.rev);
            kept.rev += 1;
        }
        return Ok(number);
    }
    let number = ChartRecords::next_number(&records.needs, |need| need.number);
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
    records.needs.push(Kept { rev: 1, value: need });
    Ok(number)
}
