//! Ways of working: one record a client, written by whoever works with them.

use super::api::Answer;
use super::desk::Desk;
use super::fault::Fault;
use super::steps::Said;
use crate::domain::{Act, WaysOfWorking};
use crate::rules::access::Capability;

/// Most barriers that are kept.
const MOST: usize = 24;

/// Saves what is so now; what was so before is kept.
pub(super) fn save(desk: &mut Desk, mut ways: WaysOfWorking, rev: u32) -> Result<Answer, Fault> {
    let client = ways.client;
    super::heard::open_episode(desk, client)?;
    check(desk, &ways)?;
    let before = desk.books().get::<WaysOfWorking>(client, WaysOfWorking::NUMBER)?;
    if before.as_ref().map_or(0, |kept| kept.rev) != rev {
        return Err(Fault::changed("how you work together"));
    }
    let staged = before.and_then(|kept| kept.value.stage.map(|stage| (stage, kept.value.stage_on)));
    ways.stage_on = match (ways.stage, staged) {
        (None, _) => None,
        (Some(stage), Some((same, on))) if stage == same => ways.stage_on.or(on),
        (Some(_), _) => ways.stage_on.or(Some(desk.now().local.date)),
    };
    let staff = desk.staff()?;
    (ways.by, ways.by_name, ways.at) = (staff.id, staff.signature_name(), desk.moment());
    // What was undone is there at a revision of its own.
    let rev = desk.books().rev::<WaysOfWorking>(client, WaysOfWorking::NUMBER)?;
    let mut unit =
        desk.unit(Capability::WriteChart, Act::WaysRecorded, Some(client), WaysOfWorking::NUMBER)?;
    unit.put(&ways, client, WaysOfWorking::NUMBER, rev);
    desk.done(
        unit,
        client,
        Said::new("How you work together is saved.", "how you work together is as it was."),
    )
}

fn check(desk: &Desk, ways: &WaysOfWorking) -> Result<(), Fault> {
    if ways.comfort.is_some_and(|comfort| !(1..=5).contains(&comfort)) {
        return Err(Fault::user("Comfort with saying what does not fit is 1 (hard) to 5 (easy)."));
    }
    if ways.stage_on.is_some_and(|on| on > desk.now().local.date) {
        return Err(Fault::user("The day of the stage is not over yet. Use the day it was said."));
    }
    if ways.barriers.iter().any(|barrier| barrier.kind.trim().is_empty()) {
        return Err(Fault::user("Choose what the barrier is."));
    }
    if ways.barriers.len() > MOST {
        return Err(Fault::user(format!("There is room for {MOST} barriers. Mark those that are over.")));
    }
    Ok(())
}
