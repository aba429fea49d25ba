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
use crate::store::{AgencyKeys, Front, Login, Owner, RosterChange, Zeroizing, recovery};

/// Adds a new agency key to an act. `except` is given none.
pub(super) fn turn(desk: &mut Desk, unit: &mut Unit, except: Option<StaffId>) -> Result<(), Fault> {
    let Kept { rev, mut value } = desk.books().kept_front()?;
    let agency = turned(desk, unit, except)?;
    value.give_agency_key(desk.books().roster().recovery(), &agency)?;
    put_front(unit, value, rev);
    unit.next_mut().agency = Some(agency);
    // What a PIN opens is the key of before.
    desk.pin = None;
    Ok(())
}

fn put_front(unit: &mut Unit, front: Front, rev: u32) {
    unit.put(&front, Owner::AGENCY, 1, rev);
    unit.next_mut().front = Some(front);
}

/// A new key, given to everybody but one by the keys that the list has.
fn turned(desk: &Desk, unit: &mut Unit, except: Option<StaffId>) -> Result<AgencyKeys, Fault> {
    desk.check_no_mismatch()?;
    let books = desk.books();
    let number = books.key_turns()? + 1;
    let (agency, record) = books.keys()?.agency.turn(&books.store_id(), number)?;
    unit.put(&record, Owner::AGENCY, number, 0);
    for Kept { rev, value: mut login } in books.logins()? {
        let staff = login.staff;
        if Some(staff) == except || !login.active {
            continue;
        }
        let receive = books.roster().receive(staff);
        let receive = receive.ok_or_else(|| Fault::mismatch("somebody is not on the list of staff keys"))?;
        login.renew(&books.store_id(), &receive, &agency)?;
        unit.put::<Login>(&login, staff, 1, rev);
    }
    Ok(agency)
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
        let agency = turned(self, &mut unit, None)?;
        let audit = self.books().keys()?.audit.as_ref().ok_or_else(|| {
            Fault::denied("You do not have the key to the record of who did what yet.")
                .hint("Another admin gives it to you: they open Staff, change your entry and save it.")
        })?;
        value.give_all(&pair, &agency, audit)?;
        put_front(&mut unit, value, rev);
        unit.next_mut().agency = Some(agency);
        keep(&Zeroizing::new(phrase.words().join(" ")))?;
        self.commit(unit)?;
        self.pin = None;
        Ok(())
    }
}
