//! Triage: what was answered, and the immediate needs that every yes opens, in one act.

use crate::domain::{Act, ClientId, DimensionRef, ImmediateNeed, NeedSource, Triage, TriageAnswer};
use crate::packs::DimensionSet;
use crate::rules::access::Capability;
use crate::rules::need::story::{self, Acting};
use crate::rules::need::{self, TriageError};
use crate::service::api::{Answer, Kept, TriageFacts};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::needs;
use crate::service::unit::Unit;

/// A triage, as a chart shows it.
pub(crate) fn triage_facts(desk: &Desk, triage: &Triage) -> Result<TriageFacts, Fault> {
    Ok(TriageFacts {
        at: desk.clock.local(triage.at),
        moment: triage.at,
        by: desk.seat()?.name_of(triage.by),
        dangers: triage.dangers().collect(),
        unasked: triage.unasked().collect(),
    })
}

/// A triage none of whose questions is asked yet: all of them stay owed.
pub(crate) fn not_asked(desk: &Desk, client: ClientId) -> Result<Triage, Fault> {
    let set = desk.seat()?.set;
    let later = |dimension| TriageAnswer { dimension, later: true, ..TriageAnswer::default() };
    let (key, acting) = (set.key.clone(), needs::acting(desk)?);
    let answers = asked(set).map(later).collect();
    Ok(Triage { client, number: 1, set: key, at: acting.at, by: acting.by, answers })
}

/// Writes a triage down. Every yes is an immediate need: an open one in the dimension is extended by the words, else a new
/// one is raised. A no beside an open need is an entry in its history.
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
    let acting = needs::acting(desk)?;
    let mut unit = desk.unit(Capability::AnswerDanger, Act::Triaged, Some(client), number)?;
    for answer in &mut answers {
        answer.reason = answer.reason.trim().to_owned();
        let dimension = DimensionRef { set: set.key.clone(), number: answer.dimension };
        answer.need = enter(desk, &mut unit, client, dimension, answer, acting)?;
    }
    let triage = Triage { client, number, set: set.key.clone(), at: acting.at, by: acting.by, answers };
    unit.put(&triage, client, number, 0);
    unit.set_count(triage.dangers().count() as u32);
    desk.commit(unit)?;
    desk.done_for_good(client, said(&triage))
}

/// What is said once it is written down. Danger comes first; what was not asked is never called no danger.
fn said(triage: &Triage) -> String {
    let raised: Vec<String> = triage.dangers().map(|number| format!("D{number}")).collect();
    let unasked = triage.unasked().count();
    if !raised.is_empty() {
        return format!("Immediate need in {}. Act on it now; the rest can wait.", raised.join(", "));
    }
    match unasked {
        0 => "Triage is answered: no danger now.".to_owned(),
        1 => "Triage: 1 question is not asked yet. It stays on your list.".to_owned(),
        many => format!("Triage: {many} questions are not asked yet. They stay on your list."),
    }
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
            format!("D{number} {} is not answered: 1 yes, 2 no, or - to ask it later.", short(number))
        }
        TriageError::ReasonMissing(number) => {
            format!("D{number} {}: say what the danger is, in words.", short(number))
        }
    })
}

/// Enters an answer into the need it is about, and returns that need's number; 0 = none.
fn enter(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    dimension: DimensionRef,
    answer: &TriageAnswer,
    acting: Acting,
) -> Result<u32, Fault> {
    let Some(danger) = answer.danger else { return Ok(0) };
    let open = needs::open_in(desk, unit, client, &dimension)?;
    let (need, rev) = match open {
        Some(Kept { rev, value: mut need }) => {
            if danger {
                story::said_again(&mut need, &answer.reason, acting);
            } else {
                story::answered_no(&mut need, acting);
            }
            (need, rev)
        }
        None if danger => {
            let number = desk.books().with(unit).next_number::<ImmediateNeed>(client)?;
            let source = NeedSource::Clinician;
            (story::raised((client, number), dimension, &answer.reason, source, acting), 0)
        }
        None => return Ok(0),
    };
    unit.put(&need, client, need.number, rev);
    Ok(need.number)
}
