//! Backups that are made from inside: who may have one, where it may lie, and that it was made or not.
//!
//! The file is written beside the open store, by whoever is handed the [`BackupTicket`]. Nothing of it is read here.

use super::super::api::{Answer, BackupAsk, BackupTicket};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::permit::Permit;
use crate::domain::{Act, AuditEvent};
use crate::rules::access::Capability;

pub(super) fn handle(desk: &mut Desk, ask: BackupAsk) -> Result<Answer, Fault> {
    match ask {
        BackupAsk::To { folder, make } => begin(desk, &folder, make),
        BackupAsk::Ended(made) => ended(desk, made),
    }
}

fn begin(desk: &mut Desk, folder: &str, make: bool) -> Result<Answer, Fault> {
    let permit = desk.permit(Capability::Maintain, None)?;
    if desk.leavings.backup.is_some() {
        return Err(Fault::user("A backup is being written already. Wait until it is done, or cancel it."));
    }
    let file = desk.backup_file(folder, make)?;
    desk.leavings.backup = Some(permit);
    let records = desk.books().head().0.count;
    Ok(Answer::BacksUp(Box::new(BackupTicket::new(file, records))))
}

/// What became of it: recorded without a key, since whoever asked may have left.
fn ended(desk: &mut Desk, made: Result<String, String>) -> Result<Answer, Fault> {
    let permit = desk.leavings.backup.take();
    let permit = permit.ok_or_else(|| Fault::internal("no backup is being written"))?;
    record(desk, permit, if made.is_ok() { Act::BackedUp } else { Act::NotBackedUp })?;
    made.map(|said| Desk::said(&said)).map_err(Fault::user)
}

fn record(desk: &mut Desk, permit: Permit, act: Act) -> Result<(), Fault> {
    let event = AuditEvent { who: permit.who(), ..desk.event(act, None, 0) };
    let unit = desk.books().unit(permit, event, desk.ids.fresh());
    desk.record(unit)
}
