//! What belongs to a plan besides its lines, and the contract.

use super::super::api::Answer;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::steps::Said;
use super::episode;
use crate::domain::{Act, ClientId, Contract, ContractView, MedicationAnswer, Number, PlanBasics, Written};
use crate::rules::access::Capability;
use crate::store::Record;

/// Writes down what belongs to the plan of the open episode besides its lines.
pub(super) fn save(desk: &mut Desk, mut basics: PlanBasics, rev: u32) -> Result<Answer, Fault> {
    let client = basics.client;
    let number = episode(desk, client)?;
    let was = read::<PlanBasics>(desk, client, number, rev)?.unwrap_or_default();
    if basics.medication == MedicationAnswer::NotIndicated && basics.medication_words.is_empty() {
        return Err(Fault::user("Write who found that medication is not indicated, and why."));
    }
    if basics.supports.people.iter().any(|support| support.name.trim().is_empty()) {
        return Err(Fault::user("\"Name\" is empty. Write who the support is."));
    }
    let texts = [
        (&mut basics.strengths, &was.strengths),
        (&mut basics.needs, &was.needs),
        (&mut basics.abilities, &was.abilities),
        (&mut basics.preferences, &was.preferences),
        (&mut basics.works_for, &was.works_for),
        (&mut basics.complete_when, &was.complete_when),
        (&mut basics.medication_words, &was.medication_words),
    ];
    for (now, was) in texts {
        sign(desk, now, was)?;
    }
    (basics.episode, basics.changed_at, basics.changed_by) = (number, desk.moment(), desk.staff()?.id);
    let rev = desk.books().rev::<PlanBasics>(client, number)?;
    let mut unit = desk.unit(Capability::WriteChart, Act::PlanBasicsChanged, Some(client), number)?;
    unit.put(&basics, client, number, rev);
    desk.done(unit, client, Said::new("Written down.", "these words are as they were before."))
}

/// Writes down the contract of the open episode.
pub(super) fn save_contract(desk: &mut Desk, mut contract: Contract, rev: u32) -> Result<Answer, Fault> {
    let client = contract.client;
    let number = episode(desk, client)?;
    let was = read::<Contract>(desk, client, number, rev)?.unwrap_or_default();
    for cell in &mut contract.cells {
        let before = was.cell(cell.row, cell.view);
        sign(desk, &mut cell.written, &before.map(|cell| cell.written.clone()).unwrap_or_default())?;
        if cell.view != ContractView::Agreed {
            cell.plan_said = None;
        }
    }
    contract.cells.retain(|cell| !cell.written.is_empty());
    sign(desk, &mut contract.authority_wants, &was.authority_wants)?;
    sign(desk, &mut contract.if_not_kept, &was.if_not_kept)?;
    (contract.episode, contract.changed_at) = (number, desk.moment());
    let rev = desk.books().rev::<Contract>(client, number)?;
    let mut unit = desk.unit(Capability::WriteChart, Act::ContractChanged, Some(client), number)?;
    unit.put(&contract, client, number, rev);
    desk.done(unit, client, Said::new("Written down.", "this answer is as it was before."))
}

/// The record that somebody saw at this revision, 0 = there was none.
fn read<R: Record>(desk: &Desk, client: ClientId, number: Number, rev: u32) -> Result<Option<R>, Fault> {
    let kept = desk.books().get::<R>(client, number)?;
    if kept.as_ref().map_or(0, |kept| kept.rev) != rev {
        return Err(Fault::changed("this").hint("Look at it again, then change it."));
    }
    Ok(kept.map(|kept| kept.value))
}

/// Words that were changed get the day and the name of who changed them; the others keep theirs.
fn sign(desk: &Desk, now: &mut Written, was: &Written) -> Result<(), Fault> {
    if now.words.trim() == was.words.trim() {
        now.clone_from(was);
        return Ok(());
    }
    let staff = desk.staff()?;
    now.words = now.words.trim().to_owned();
    (now.on, now.by, now.by_name) = (desk.now().local.date, staff.id, staff.signature_name());
    Ok(())
}
