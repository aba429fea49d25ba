//! What was done in the agency that belongs to no chart: sign-ins and failed ones, staff, settings, imports, backups, checks.
//! Read from the audit, newest first.

use crate::domain::{Act, AuditEvent, Number};
use crate::rules::access::Capability;
use crate::service::api::{Answer, HouseAnswer};
use crate::service::desk::Desk;
use crate::service::fault::Fault;

/// Lines that are shown at most.
const LINES: usize = 300;
/// Events opened at most: each costs one opening of a seal.
const LOOKED_AT: usize = 6_000;
/// Events read at once.
const AT_ONCE: usize = 500;

/// The newest of them, a line each. Reading them is an event too.
pub(super) fn page(desk: &mut Desk) -> Result<Answer, Fault> {
    let unit = desk.unit(Capability::ReadAudit, Act::AuditRead, None, 0)?;
    let (mut lines, mut before, mut looked_at) = (Vec::new(), None, 0);
    loop {
        let entries = desk.books().audit_page(AT_ONCE, before)?;
        looked_at += entries.len();
        for entry in &entries {
            match &entry.event {
                Some(event) if event.client.is_none() => lines.push(line(desk, event)?),
                Some(_) => {}
                None => lines.push(format!("Event {} does not open.", entry.number)),
            }
        }
        before = entries.last().map(|entry| entry.number);
        if before.is_none_or(|number: Number| number <= 1) || lines.len() >= LINES || looked_at >= LOOKED_AT {
            break;
        }
    }
    let older = before.is_some_and(|number| number > 1) || lines.len() > LINES;
    lines.truncate(LINES);
    if older {
        lines.push("Older events are kept and not shown here.".to_owned());
    }
    desk.record(unit)?;
    Ok(Answer::House(HouseAnswer::AgencyRecord(lines)))
}

/// `Mon 30 Nov 2026 08:05  Rosa Imani: staff changed  (computer user clinic)`.
fn line(desk: &Desk, event: &AuditEvent) -> Result<String, Fault> {
    let who = match event.who {
        Some(who) => desk.seat()?.name_of(who),
        None => "nobody known".to_owned(),
    };
    let os =
        if event.os_user.is_empty() { String::new() } else { format!("  (computer user {})", event.os_user) };
    let clock = if event.clock_went_back { "  the computer's clock had gone back" } else { "" };
    Ok(format!("{}  {who}: {}{os}{clock}", desk.clock.local(event.at), event.words()))
}
