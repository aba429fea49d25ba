//! Members of staff: add, change, disable, help with a forgotten passphrase, and undo of a change.

use super::api::{Answer, Kept, Secret, StaffAsk, StaffRow};
use super::desk::Desk;
use super::fault::Fault;
use super::founding::fold_login;
use super::founding::{check_login, check_passphrase};
use super::key_life::{self, Turn};
use super::staff_said;
use super::steps::{Moved, Said, Step};
use super::unit::Committed;
use crate::domain::{Act, Role, Staff, StaffId, counted};
use crate::rules::access::{self, Capability};
use crate::store::{Login, Rev};
use std::fmt::Write as _;

/// Routes what concerns staff.
pub(super) fn handle(desk: &mut Desk, ask: StaffAsk) -> Result<Answer, Fault> {
    match ask {
        StaffAsk::List => {
            let unit = desk.unit(Capability::ManageStaff, Act::StaffListed, None, 0)?;
            desk.record(unit)?;
            answer(desk, String::new())
        }
        StaffAsk::Add { staff, passphrase } => add(desk, *staff, &passphrase),
        StaffAsk::Change { staff, rev } => change(desk, *staff, rev),
        StaffAsk::SetActive { id, active } => set_active(desk, id, active),
        StaffAsk::ResetPassphrase { id, passphrase } => reset(desk, id, &passphrase),
    }
}

fn answer(desk: &mut Desk, said: String) -> Result<Answer, Fault> {
    let (mut staff, _) = desk.staff_records()?;
    staff.sort_by_key(|kept| (!kept.value.active, kept.value.name.to_lowercase(), kept.value.id));
    let seat = desk.seat_mut()?;
    seat.colleagues = staff.iter().map(|kept| kept.value.clone()).collect();
    let rows = staff
        .into_iter()
        .map(|staff| {
            let id = staff.value.id;
            let caseload = seat
                .summaries
                .values()
                .filter(|summary| summary.open_stays().any(|episode| episode.counselor == id));
            let drafts =
                seat.summaries.values().flat_map(|summary| &summary.drafts).filter(|draft| draft.by == id);
            StaffRow { caseload: caseload.count(), drafts: drafts.count(), staff }
        })
        .collect();
    Ok(Answer::Staff { rows, said, undoable: false })
}

fn check(desk: &Desk, staff: &Staff) -> Result<(), Fault> {
    if staff.name.trim().is_empty() {
        return Err(Fault::user("\"Name\" is empty. The name is printed under every signature."));
    }
    if staff.roles.is_empty() {
        return Err(Fault::user("No role is chosen. Choose at least one."));
    }
    if staff.supervisor == Some(staff.id) && staff.id != StaffId::default() {
        return Err(Fault::user("Nobody can supervise themselves. Choose another supervisor."));
    }
    let colleagues = &desk.seat()?.colleagues;
    let before = colleagues.iter().find(|one| one.id == staff.id).and_then(|one| one.supervisor);
    if let Some(chosen) = staff.supervisor.filter(|chosen| before != Some(*chosen))
        && !colleagues.iter().any(|one| one.id == chosen && access::supervises(one))
    {
        return Err(Fault::user("Choose somebody with the role of a supervisor under \"Supervised by\"."));
    }
    if staff.cosign_needed && staff.supervisor.is_none() {
        return Err(Fault::user("A person whose notes need a co-signature needs a supervisor. Choose one."));
    }
    let known = &desk.seat()?.settings.value.programs;
    if let Some(other) = staff.programs.iter().find(|program| !known.contains(program)) {
        return Err(Fault::user(format!(
            "There is no program called {other}. The programs are: {}.",
            known.join(", ")
        )));
    }
    check_login(&staff.login).map_err(|error| Fault::user(format!("{error}.")))?;
    let taken = desk
        .seat()?
        .colleagues
        .iter()
        .any(|other| other.id != staff.id && fold_login(&other.login) == fold_login(&staff.login));
    if taken { Err(Fault::user("Somebody has this login already. Choose another.")) } else { Ok(()) }
}

/// Gives a login the keys its person needs, sealed to this public key of theirs; somebody who is disabled needs none.
fn grant(desk: &Desk, login: &mut Login, staff: &Staff, receive: &[u8; 32]) -> Result<(), Fault> {
    desk.check_no_mismatch()?;
    if !staff.active {
        login.revoke();
        return Ok(());
    }
    let keys = desk.books().keys()?;
    let audit = if access::holds_audit_key(&staff.roles) { keys.audit.as_ref() } else { None };
    login.grant(&desk.books().store_id(), receive, &keys.agency, audit)?;
    Ok(())
}

/// The public key of somebody as the list of staff keys has it: never one that lies beside it.
fn receive_of(desk: &Desk, id: StaffId) -> Result<[u8; 32], Fault> {
    desk.books()
        .roster()
        .receive(id)
        .ok_or_else(|| Fault::mismatch("somebody is not on the list of staff keys"))
}

fn add(desk: &mut Desk, mut staff: Staff, passphrase: &Secret) -> Result<Answer, Fault> {
    desk.permit(Capability::ManageStaff, None)?;
    check_passphrase(passphrase).map_err(|error| Fault::user(format!("{error}.")))?;
    staff.id = StaffId(desk.ids.fresh());
    check(desk, &staff)?;
    staff.active = true;
    staff.must_change = true;
    staff.since = desk.moment();
    let named = (staff.id, &*fold_login(&staff.login));
    let root = *desk.books().roster().root();
    let (mut login, keys) = desk.books().new_login(&root, named, &passphrase.0, desk.cost)?;
    grant(desk, &mut login, &staff, &keys.receive_public()?)?;
    let mut unit = desk.unit(Capability::ManageStaff, Act::StaffAdded, None, 0)?;
    desk.relink(&mut unit, vec![desk.new_keys(staff.id, &keys)?])?;
    unit.put(&login, staff.id, 1, 0);
    let staff = desk.put_staff(&mut unit, staff, 0)?;
    desk.commit(unit)?;
    answer(desk, format!("{} can sign in as {} and then chooses a passphrase.", staff.name, staff.login))
}

fn change(desk: &mut Desk, mut staff: Staff, rev: u32) -> Result<Answer, Fault> {
    desk.permit(Capability::ManageStaff, None)?;
    check(desk, &staff)?;
    let before = find(desk, staff.id, Some(rev))?;
    staff.active = before.value.active;
    staff.must_change = before.value.must_change;
    staff.since = before.value.since;
    staff.settings.clone_from(&before.value.settings);
    staff.salt = before.value.salt;
    if staff == before.value {
        return answer(desk, format!("Nothing is changed for {}.", staff.name));
    }
    let said = staff_said::changed(desk.seat()?, &before.value, &staff);
    write(desk, before, staff, said)
}

fn set_active(desk: &mut Desk, id: StaffId, active: bool) -> Result<Answer, Fault> {
    desk.permit(Capability::ManageStaff, None)?;
    let before = find(desk, id, None)?;
    let staff = Staff { active, ..before.value.clone() };
    let said = staff_said::changed(desk.seat()?, &before.value, &staff);
    write(desk, before, staff, said)
}

/// Writes a changed member of staff, and remembers what was so before.
fn write(desk: &mut Desk, before: Kept<Staff>, staff: Staff, said: Said) -> Result<Answer, Fault> {
    let (staff, committed) = put(desk, &before, staff)?;
    let mut done = said.done.clone();
    if before.value.active && !staff.active {
        done.push_str(&left_behind(desk, &staff)?);
    }
    desk.remember(Step::of_staff(&committed, before.value, said))?;
    let answer = answer(desk, done)?;
    Ok(with_undo(answer))
}

/// The same answer, with the word that it can be undone.
fn with_undo(answer: Answer) -> Answer {
    match answer {
        Answer::Staff { rows, said, .. } => Answer::Staff { rows, said, undoable: true },
        other => other,
    }
}

/// Puts a changed member of staff in the place of what is kept: the record, the keys and the list of keys in one unit.
fn put(desk: &mut Desk, before: &Kept<Staff>, staff: Staff) -> Result<(Staff, Committed), Fault> {
    if !staff.active && staff.id == desk.staff()?.id {
        return Err(Fault::user("You cannot end your own right to sign in. Another admin can."));
    }
    keep_an_admin(desk, &staff)?;
    let mut login = desk.books().login_of(staff.id)?;
    let read_audit = login.value.audit_secret.is_some();
    if fold_login(&staff.login) != fold_login(&before.value.login) {
        login.value.login_hash = desk.books().login_hash(&fold_login(&staff.login));
    }
    if staff.active {
        grant(desk, &mut login.value, &staff, &receive_of(desk, staff.id)?)?;
        login.value.active = true;
    } else {
        login.value.revoke();
    }
    let ends = before.value.active && !staff.active;
    let act = if ends { Act::StaffDisabled } else { Act::StaffChanged };
    let mut unit = desk.unit(Capability::ManageStaff, act, None, 0)?;
    let reads_no_more = read_audit && login.value.audit_secret.is_none();
    if ends || reads_no_more {
        // They may have kept the keys they held.
        let turn = Turn { except: Some(staff.id), audit: reads_no_more };
        let agency = key_life::turn(desk, &mut unit, turn)?;
        let receive = receive_of(desk, staff.id)?;
        login.value.renew(&desk.books().store_id(), &receive, &agency, None)?;
    }
    unit.put(&login.value, staff.id, 1, login.rev);
    let staff = desk.put_staff(&mut unit, staff, before.rev)?;
    let committed = desk.commit(unit)?;
    desk.staff_changed(staff.clone(), before.rev + 1)?;
    Ok((staff, committed))
}

/// Puts a member of staff back as they were before a change, or after it again (`redo`). The right to sign in and the keys go with the roles.
pub(super) fn put_back(desk: &mut Desk, step: &Step, was: Staff, redo: bool) -> Result<Answer, Fault> {
    desk.permit(step.needed, None)?;
    let now = step.images.first().and_then(|image| image.now);
    let kept = find(desk, was.id, None)?;
    if now != Some(Rev(kept.rev)) {
        return Err(Fault::changed("this entry"));
    }
    let (_, committed) = put(desk, &kept, was)?;
    let back = Step::of_staff(&committed, kept.value, step.said.clone());
    let moved: Vec<Moved> = step.images.iter().zip(&back.images).map(|(old, new)| old.moved(new)).collect();
    let seat = desk.seat_mut()?;
    seat.follow_steps(&moved);
    seat.push_step(!redo, back);
    let said = if redo {
        format!("Done again: {}", step.said.done)
    } else {
        format!("Undone: {}", step.said.undone)
    };
    let answer = answer(desk, said)?;
    Ok(if redo { with_undo(answer) } else { answer })
}

/// What a leaver leaves: their supervisor finds it under supervision.
fn left_behind(desk: &Desk, staff: &Staff) -> Result<String, Fault> {
    let seat = desk.seat()?;
    let theirs = |summary: &&std::sync::Arc<crate::domain::Summary>| {
        summary.open_stays().any(|episode| episode.counselor == staff.id)
    };
    let people = seat.summaries.values().filter(theirs).count();
    let drafts = seat.summaries.values().flat_map(|summary| &summary.drafts);
    let drafts = drafts.filter(|draft| draft.by == staff.id).count();
    let mut said =
        " Their records stay. What is written from now on is sealed under a new key, which they do not get."
            .to_owned();
    if people + drafts > 0 {
        let people = counted(people, "person", "people");
        let drafts = counted(drafts, "draft", "drafts");
        let supervisor = staff.supervisor.map_or_else(|| "supervision".to_owned(), |id| seat.name_of(id));
        let _ = write!(said, " Left for {supervisor} to look after: {people} and {drafts}.");
    }
    Ok(said)
}

/// A forgotten passphrase: new key pairs, the keys granted again, a new passphrase chosen at the first sign-in.
fn reset(desk: &mut Desk, id: StaffId, passphrase: &Secret) -> Result<Answer, Fault> {
    desk.permit(Capability::ManageStaff, None)?;
    check_passphrase(passphrase).map_err(|error| Fault::user(format!("{error}.")))?;
    if id == desk.staff()?.id {
        return Err(Fault::user(
            "Change your own passphrase under \"Change your own passphrase\"; you need the current one.",
        ));
    }
    let Kept { rev, value: mut staff } = find(desk, id, None)?;
    let old = desk.books().login_of(id)?;
    let (mut login, keys) = old.value.reset(&desk.books().store_id(), &passphrase.0, desk.cost)?;
    grant(desk, &mut login, &staff, &keys.receive_public()?)?;
    login.active = staff.active;
    staff.must_change = true;
    let mut unit = desk.unit(Capability::ManageStaff, Act::PassphraseReset, None, 0)?;
    desk.relink(&mut unit, vec![desk.new_keys(id, &keys)?])?;
    unit.put(&login, id, 1, old.rev);
    unit.put(&staff, id, 1, rev);
    desk.commit(unit)?;
    answer(desk, format!("{} signs in with the new passphrase once, and then chooses their own.", staff.name))
}

fn find(desk: &Desk, id: StaffId, rev: Option<u32>) -> Result<Kept<Staff>, Fault> {
    let kept =
        desk.staff_record(id)?.ok_or_else(|| Fault::user("This person is not on the list of staff."))?;
    if rev.is_some_and(|rev| rev != kept.rev) {
        return Err(Fault::changed("this entry"));
    }
    Ok(kept)
}

/// An agency without an admin could never add one.
fn keep_an_admin(desk: &Desk, changed: &Staff) -> Result<(), Fault> {
    let stays = changed.active && changed.has(Role::Admin);
    let other = desk
        .seat()?
        .colleagues
        .iter()
        .any(|staff| staff.id != changed.id && staff.active && staff.has(Role::Admin));
    if stays || other {
        Ok(())
    } else {
        Err(Fault::user("This is the agency's only admin. Make somebody else an admin first."))
    }
}
