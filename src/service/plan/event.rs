//! What happened that a plan has to be looked at for, and the word that it still fits: recorded once each, and never changed.

use super::super::api::Answer;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::steps::Said;
use super::open_episode;
use crate::domain::{Act, PlanEvent, PlanWord};
use crate::rules::access::Capability;
use crate::rules::when;

/// Records an event of the open episode.
pub(super) fn record(desk: &mut Desk, mut event: PlanEvent) -> Result<Answer, Fault> {
    let client = event.client;
    let today = desk.now().local.date;
    if event.on > today {
        return Err(Fault::user("\"On\" is in the future. Use today or an earlier day."));
    }
    event.words = event.words.trim().to_owned();
    if event.what == PlanWord::Other && event.words.is_empty() {
        return Err(Fault::user("Write what happened, in a sentence."));
    }
    event.episode = open_episode(desk, client)?;
    event.number = desk.books().next_number::<PlanEvent>(client)?;
    let staff = desk.staff()?;
    (event.at, event.by, event.by_name) = (desk.moment(), staff.id, staff.signature_name());
    let on = when::short(event.on, today);
    let said = match event.what {
        PlanWord::StillFits => Said::new(
            format!("The plan still fits, {on}."),
            "nobody has said that the plan still fits, and what called for a look does so again.",
        ),
        what => Said::new(
            format!("Written down: {}, {on}. It calls for a look at the plan.", what.word()),
            format!("{}, {on}, is not in the chart.", what.word()),
        ),
    };
    let mut unit = desk.unit(Capability::WriteChart, Act::PlanEventRecorded, Some(client), event.number)?;
    unit.put(&event, client, event.number, 0);
    desk.done(unit, client, said)
}
