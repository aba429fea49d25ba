//! The rules of due dates: which a program follows, and why something was not done by its day.

use super::api::{Answer, Done, DueView};
use super::days::name_of;
use super::desk::Desk;
use super::fault::Fault;
use crate::domain::{Act, DueChoice, Miss};
use crate::packs;
use crate::rules::access::Capability;
use crate::store::Owner;

/// The rules that each program follows.
pub(super) fn view(desk: &Desk) -> Result<DueView, Fault> {
    let seat = desk.seat()?;
    let context = desk.caseload_context()?.due();
    let rules = seat.settings.value.programs.iter().map(|program| {
        (program.clone(), context.pack(program).map_or(String::new(), |pack| pack.name.clone()))
    });
    let may_choose = desk.permit(Capability::ChangeSettings, None).is_ok();
    Ok(DueView { rules: rules.collect(), may_choose })
}

/// Writes down why something was missed and when it is planned.
pub(super) fn explain(desk: &mut Desk, mut miss: Miss) -> Result<Answer, Fault> {
    let client = miss.client;
    desk.permit(Capability::WriteChart, Some(client))?;
    if miss.reason.trim().is_empty() {
        return Err(Fault::user("Write why it was not done in time for this person."));
    }
    if miss.planned < desk.now().local.date {
        return Err(Fault::user(
            "The day you plan it for is in the past. Use today or a later day, such as T+7.",
        ));
    }
    if !packs::Duty::ALL.iter().any(|duty| duty.key() == miss.duty) {
        return Err(Fault::internal("nothing of this name can be due"));
    }
    miss.number = desk.books().next_number::<Miss>(client)?;
    (miss.at, miss.by) = (desk.moment(), desk.staff()?.id);
    let planned = crate::rules::when::short(miss.planned, desk.now().local.date);
    let mut unit = desk.unit(Capability::WriteChart, Act::MissExplained, Some(client), miss.number)?;
    unit.put(&miss, client, miss.number, 0);
    desk.commit(unit)?;
    let name = name_of(desk, client)?;
    let said = format!("{name}: the reason is in the chart, planned for {planned}.");
    Ok(Answer::Done(Box::new(Done { said, name, ..Done::default() })))
}

/// Chooses which rules on due dates each program follows.
pub(super) fn choose(desk: &mut Desk, choice: DueChoice) -> Result<Answer, Fault> {
    let unknown = choice.programs.iter().find(|(_, key)| packs::due_pack(key).is_none());
    if let Some((_, key)) = unknown {
        return Err(Fault::user(format!("There are no rules called \"{key}\".")));
    }
    let rev = desk.seat()?.due.rev;
    let mut unit = desk.unit(Capability::ChangeSettings, Act::DueRulesChosen, None, 0)?;
    unit.put(&choice, Owner::AGENCY, 1, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.due = super::api::Kept { rev: rev + 1, value: choice };
    Ok(Desk::said("The program follows these rules from now on."))
}
