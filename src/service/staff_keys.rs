//! The list of staff keys, as the desk uses it: read and checked before a passphrase is, followed by every change of staff.
//!
//! Owns how a change of a person becomes a link of the roster, and what a staff record is worth that does not match it:
//! nothing. While a mismatch in the stored files is open nobody is given keys and no entry of staff changes.

use super::api::Kept;
use super::desk::Desk;
use super::fault::Fault;
use super::unit::Unit;
use crate::domain::{Mismatch, Staff, StaffId};
use crate::rules::access::{Capability, Relation, may};
use crate::store::{Login, RosterChange, StaffKeys, SymKey, Unlocked, authority};

/// What a person may do by their record, as the list says it.
pub(super) fn standing(store_id: &[u8; 16], staff: &Staff) -> Result<RosterChange, Fault> {
    let manages = staff.active && may(&staff.roles, Capability::ManageStaff, Relation::Agency);
    let authority = authority(store_id, staff)?;
    Ok(RosterChange::Standing { staff: staff.id, authority, manages, active: staff.active })
}

impl Desk {
    /// A refusal while something in the stored files does not match: what lies there is not followed by keys.
    pub(super) fn check_no_mismatch(&self) -> Result<(), Fault> {
        if self.books().open_mismatches() == 0 {
            return Ok(());
        }
        Err(Fault::denied(
            "Something in the stored files does not match, and no admin has acknowledged it yet. Until then \
             nobody is given keys and no entry of staff can be changed.",
        )
        .hint("An admin presses [key:mismatches], looks at what was found and says what came of it."))
    }

    /// Adds what is said of people to the list of staff keys, signed by the person who sits here.
    pub(super) fn relink(&self, unit: &mut Unit, changes: Vec<RosterChange>) -> Result<(), Fault> {
        self.check_no_mismatch()?;
        self.books().link(unit, changes, self.moment())
    }

    /// Writes a changed staff record with a link that says so. A new salt, so that the hash tells nothing.
    pub(super) fn put_staff(&self, unit: &mut Unit, mut staff: Staff, rev: u32) -> Result<Staff, Fault> {
        staff.salt = self.ids.fresh();
        let standing = standing(&self.books().store_id(), &staff)?;
        self.relink(unit, vec![standing])?;
        unit.put(&staff, staff.id, 1, rev);
        Ok(staff)
    }

    /// The list's word on new keys of a person, good from now on.
    pub(super) fn new_keys(&self, staff: StaffId, keys: &StaffKeys) -> Result<RosterChange, Fault> {
        let (receive, sign) = (keys.receive_public()?, keys.sign_public());
        Ok(RosterChange::Keys { staff, receive, sign, from: self.moment() })
    }

    /// The keys that a login holds under what was typed; `None` if it was not their passphrase. Keys that are not those on
    /// the list are a fault: somebody exchanged one of the two.
    pub(super) fn unlock(&self, login: &Login, under: &SymKey) -> Result<Option<Unlocked>, Fault> {
        let books = self.books();
        let Ok(unlocked) = login.unlock(&books.store_id(), under) else { return Ok(None) };
        if !login.active || !books.roster().is_active(login.staff) {
            return Ok(None);
        }
        if login.root != *books.roster().root() || !books.roster().has_keys(login.staff, &unlocked.keys) {
            return Err(Fault::mismatch("your keys are not those on the list of staff keys"));
        }
        Ok(Some(unlocked))
    }

    /// Everybody's staff record. The roles of one that is not what an admin signed do not count; one that does not open is left
    /// out.
    pub(super) fn staff_records(&self) -> Result<(Vec<Kept<Staff>>, Vec<Mismatch>), Fault> {
        let (mut all, mut found) = (Vec::new(), Vec::new());
        let closed = self.books().each_that_opens::<Staff>(|kept| all.push(kept))?;
        found.extend(closed.iter().map(|of| Mismatch::StaffDiffers(StaffId(of.0))));
        for kept in &mut all {
            if !self.books().is_as_signed(&kept.value)? {
                found.push(Mismatch::StaffDiffers(kept.value.id));
                without_roles(&mut kept.value);
            }
        }
        Ok((all, found))
    }

    /// One person's staff record, as [`Desk::staff_records`] has it.
    pub(super) fn staff_record(&self, id: StaffId) -> Result<Option<Kept<Staff>>, Fault> {
        let Some(mut kept) = self.books().get::<Staff>(id, 1)? else { return Ok(None) };
        if !self.books().is_as_signed(&kept.value)? {
            without_roles(&mut kept.value);
        }
        Ok(Some(kept))
    }
}

/// What a record is worth that nobody signed.
fn without_roles(staff: &mut Staff) {
    staff.roles.clear();
    staff.supervisor = None;
}
