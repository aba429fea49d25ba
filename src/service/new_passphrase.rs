//! A new passphrase: one's own, or by the 24 words when no admin can sign in.
//!
//! Owns that new keys come with it, on the list of staff keys too. What an admin gives to somebody is with the staff.

use super::api::{Answer, Door, Kept, Secret};
use super::desk::Desk;
use super::door::{check_again, refused};
use super::fault::Fault;
use super::founding::{check_passphrase, fold_login};
use super::permit::Permit;
use super::{clock_behind, staff_keys, trust};
use crate::domain::{Act, Mismatch, Role, StaffId};
use crate::store::{Login, RootKey, RosterSigner, Unlocked, recovery};

/// A new passphrase for an admin by the 24 words. A clock that is behind is not asked about: it is the way in when there is
/// no other, and it is recorded.
pub(super) fn recover(
    desk: &mut Desk,
    phrase: &Secret,
    login: &str,
    secret: &Secret,
) -> Result<Answer, Fault> {
    desk.doorkeeper.check(&desk.clock)?;
    check_passphrase(secret).map_err(Fault::user)?;
    let parsed = recovery::Phrase::parse(&phrase.0).map_err(|error| Fault::user(format!("{error}.")))?;
    desk.books_mut().read_roster()?;
    let root = parsed.root_key();
    let opened = desk.books().front().recover(&parsed).ok();
    let Some((agency, audit)) = opened.filter(|_| desk.books().roster().is_of_words(&root)) else {
        refused(desk, None, phrase);
        let told = desk.doorkeeper.told(&desk.clock);
        return Err(Fault::denied("This is not the recovery phrase of this agency.").hint(told));
    };
    let known = desk.books().login(&fold_login(login))?;
    let known = known.ok_or_else(|| Fault::user("No admin has this login. Type the login of an admin."))?;
    let id = known.value.staff;
    let store_id = desk.books().store_id();
    let (mut fresh, keys) = known.value.reset(&store_id, &secret.0, desk.cost)?;
    fresh.active = true;
    fresh.grant(&store_id, &keys.receive_public()?, &agency, Some(&audit))?;
    desk.leave_seat();
    desk.books_mut().unlock(Unlocked { staff: id, agency, audit: Some(audit), keys });
    let written = write_recovered(desk, id, &root, &Kept { rev: known.rev, value: fresh });
    if let Err(fault) = written {
        desk.leave_seat();
        return Err(fault);
    }
    let door = Door::SignIn { login: login.to_owned(), passphrase: secret.clone() };
    let mut answer = clock_behind::by_this_clock(desk, false, door)?;
    if let Answer::SignedIn(session) = &mut answer {
        session.notices.insert(0, RECOVERED.to_owned());
    }
    Ok(answer)
}

/// What whoever used the recovery phrase reads first, so that nobody types the passphrase once more into what comes next.
const RECOVERED: &str = "Your new passphrase is set, and you are signed in with it. The old one no longer works. The recovery \
     phrase stays as it is: put the paper back.";

/// Gives an admin their new keys, by the root's word.
fn write_recovered(desk: &mut Desk, id: StaffId, root: &RootKey, login: &Kept<Login>) -> Result<(), Fault> {
    let staff = desk.staff_record(id)?.ok_or_else(|| Fault::user("Nobody has this login."))?;
    if staff.value.roles.is_empty() {
        return Err(
            Fault::mismatch(Mismatch::StaffDiffers(id).words()).hint("Use the login of another admin.")
        );
    }
    if !staff.value.has(Role::Admin) {
        return Err(Fault::denied(
            "The recovery phrase works for admins only, and this login is not an admin's.",
        ));
    }
    // What does not match is found again at the sign-in that follows, and signed over by nobody before.
    let found = desk.compare()?;
    let mut person = staff.value;
    person.active = true;
    person.must_change = false;
    person.salt = desk.ids.fresh();
    let event = desk.event(Act::RecoveryUsed, None, 0);
    let mut unit = desk.books().unit(Permit::own(id), event, desk.ids.fresh());
    let keys = desk.new_keys(id, &desk.books().keys()?.keys)?;
    let changes = vec![keys, staff_keys::standing(&desk.books().store_id(), &person)?];
    desk.books().link_as(&mut unit, &RosterSigner::Root(root), changes, desk.moment())?;
    unit.put(&login.value, id, 1, login.rev);
    unit.put(&person, id, 1, staff.rev);
    if let Some(number) = trust::note_in(desk, &mut unit, found, id)? {
        unit.also(Permit::own(id), Act::MismatchFound, number);
    }
    desk.books_mut().commit(unit)?;
    desk.keep_seen();
    desk.doorkeeper.passed();
    Ok(())
}

/// A new passphrase comes with new keys: what is sealed to the old ones, in an old copy of the files too, opens nothing that
/// is written from now on for this person.
pub(super) fn change(desk: &mut Desk, old: &Secret, new: &Secret) -> Result<Answer, Fault> {
    check_passphrase(new).map_err(Fault::user)?;
    let Kept { rev, value: mut staff } = desk.seat()?.staff.clone();
    let login = desk.books().login_of(staff.id)?;
    // Nothing else can be done with a passphrase that was given, so whoever is here has just typed it.
    let given = staff.must_change && old.0.is_empty();
    let same = if given {
        desk.unlock(&login.value, &login.value.derive(&new.0)?)?.is_some()
    } else {
        old.0 == new.0
    };
    if same {
        return Err(Fault::user("The new passphrase is the same as the old one. Choose another."));
    }
    if !given {
        check_again(desk, old)?;
    }
    let store_id = desk.books().store_id();
    let (mut fresh, keys) = login.value.reset(&store_id, &new.0, desk.cost)?;
    let held = desk.books().keys()?;
    fresh.grant(&store_id, &keys.receive_public()?, &held.agency, held.audit.as_ref())?;
    staff.must_change = false;
    let mut unit = desk.own_unit(Act::PassphraseChanged)?;
    let changes = vec![desk.new_keys(staff.id, &keys)?];
    desk.books().link(&mut unit, changes, desk.moment())?;
    unit.next_mut().keys = Some(keys);
    unit.put(&fresh, staff.id, 1, login.rev);
    unit.put(&staff, staff.id, 1, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.staff = Kept { rev: rev + 1, value: staff };
    super::door::know_secret(desk, new);
    if desk.pin.take().is_some() {
        return Ok(Desk::said(
            "Your passphrase is changed. Your PIN is gone with it: set it again if you want one.",
        ));
    }
    Ok(Desk::said("Your passphrase is changed."))
}
