//! The life of the agency's keys: when somebody leaves, what is written from then on is sealed under a new one; and new
//! recovery words on request.
//!
//! Owns who is given the new key: everybody who had the one before but those who leave, and whoever has the words.

use super::api::Kept;
use super::desk::Desk;
use super::fault::Fault;
use super::unit::Unit;
use crate::domain::{Act, StaffId};
use crate::rules::access::Capability;
use crate::store::{AgencyKeys, AuditKeys, Front, Login, Owner, RosterChange, Zeroizing, recovery};

/// Whom a turn of the keys is about.
#[derive(Clone, Copy)]
pub(super) struct Turn {
    /// Is given none by it.
    pub(super) except: Option<StaffId>,
    /// Whether the key to the audit turns as well: somebody who held it may not any more.
    pub(super) audit: bool,
}

/// Adds new keys to an act, and returns the agency's.
pub(super) fn turn(desk: &mut Desk, unit: &mut Unit, turn: Turn) -> Result<AgencyKeys, Fault> {
    let Kept { rev, mut value } = desk.books().kept_front()?;
    let (agency, audit) = turned(desk, unit, turn)?;
    let recovery = *desk.books().roster().recovery();
    match &audit {
        Some(audit) => value.give_all(&recovery, &agency, audit)?,
        None => value.give_agency_key(&recovery, &agency)?,
    }
    put_front(unit, value, rev);
    (unit.next_mut().agency, unit.next_mut().audit) = (Some(agency.clone()), audit);
    // What a PIN opens is the key of before.
    desk.pin = None;
    Ok(agency)
}

fn put_front(unit: &mut Unit, front: Front, rev: u32) {
    unit.put(&front, Owner::AGENCY, 1, rev);
    unit.next_mut().front = Some(front);
}

/// New keys, given to everybody but one by the keys that the list has. The audit's turns only where whoever acts holds it.
fn turned(desk: &Desk, unit: &mut Unit, turn: Turn) -> Result<(AgencyKeys, Option<AuditKeys>), Fault> {
    desk.check_no_mismatch()?;
    let (books, keys) = (desk.books(), desk.books().keys()?);
    let number = books.key_turns()? + 1;
    let (agency, mut record) = keys.agency.turn(&books.store_id(), number)?;
    let held = keys.audit.as_ref().filter(|_| turn.audit);
    let audit = match held.map(|held| held.turn(&books.store_id(), number)).transpose()? {
        Some((audit, sealed)) => {
            record.audit = sealed;
            desk.relink(unit, vec![RosterChange::Audit { audit: audit.newest().public()? }])?;
            Some(audit)
        }
        None => None,
    };
    unit.put(&record, Owner::AGENCY, number, 0);
    for Kept { rev, value: mut login } in books.logins()? {
        let staff = login.staff;
        if Some(staff) == turn.except || !login.active {
            continue;
        }
        let receive = books.roster().receive(staff);
        let receive = receive.ok_or_else(|| Fault::mismatch("somebody is not on the list of staff keys"))?;
        login.renew(&books.store_id(), &receive, &agency, audit.as_ref())?;
        unit.put::<Login>(&login, staff, 1, rev);
    }
    Ok((agency, audit))
}

impl Desk {
    /// Makes new recovery words. `keep` is handed them before anything is written, and nothing is if it fails. The old ones open
    /// nothing that is written from now on, and set no passphrase any more.
    ///
    /// # Errors
    /// If the person here is no admin or does not hold the audit key, while a mismatch is open, and as `keep` fails.
    pub fn new_recovery_words(
        &mut self,
        keep: &mut dyn FnMut(&str) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.check_passphrase_chosen()?;
        let phrase = recovery::Phrase::generate()?;
        let (root, pair) = (phrase.root_key().public(), phrase.key_pair().public);
        let mut unit = self.unit(Capability::ManageStaff, Act::RecoveryWordsMade, None, 0)?;
        self.relink(&mut unit, vec![RosterChange::Words { root, recovery: pair }])?;
        let Kept { rev, mut value } = self.books().kept_front()?;
        let (agency, audit) = turned(self, &mut unit, Turn { except: None, audit: true })?;
        let audit = audit.ok_or_else(|| {
            Fault::denied("You do not have the key to the record of who did what yet.")
                .hint("Another admin gives it to you: they open Staff, change your entry and save it.")
        })?;
        value.give_all(&pair, &agency, &audit)?;
        put_front(&mut unit, value, rev);
        (unit.next_mut().agency, unit.next_mut().audit) = (Some(agency), Some(audit));
        keep(&Zeroizing::new(phrase.words().join(" ")))?;
        self.commit(unit)?;
        self.pin = None;
        Ok(())
    }
}
