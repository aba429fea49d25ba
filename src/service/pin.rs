//! The PIN: six digits or more, for this desk and this sign-in. It signs, and for ten minutes after a lock it brings the
//! same person back.
//!
//! Owns the keys of whoever set one, sealed in memory under the PIN (Argon2id): nothing of it is ever stored. Wiped by five
//! wrong tries, by another sign-in, ten minutes after a lock, and with the program. A PIN is weaker than a passphrase: who
//! could read this memory within those ten minutes could try them all, which takes days at the agency's cost and not years.

use super::api::{Answer, Secret};
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::founding::MIN_PASSPHRASE;
use super::pinned::Pinned;
use super::{door, trust};
use crate::domain::{Act, counted};
use crate::store::Unlocked;

const MIN_DIGITS: usize = 6;
const MAX_DIGITS: usize = 12;
/// Wrong tries that wipe it.
const TRIES: u8 = 5;

/// Whether it can be a PIN, by its looks.
fn is_pin(secret: &Secret) -> bool {
    (MIN_DIGITS..=MAX_DIGITS).contains(&secret.0.len()) && secret.0.bytes().all(|byte| byte.is_ascii_digit())
}

/// What anyone would try first.
fn is_guessed_first(secret: &Secret) -> bool {
    let steps: Vec<i16> =
        secret.0.as_bytes().windows(2).map(|two| i16::from(two[1]) - i16::from(two[0])).collect();
    [0, 1, -1].iter().any(|step| steps.iter().all(|one| one == step))
}

/// Sets a PIN for this sign-in, or takes it away.
pub(super) fn set(desk: &mut Desk, secret: &Secret, pin: &Secret) -> Result<Answer, Fault> {
    if pin.0.is_empty() {
        desk.pin = None;
        let said = "Your PIN is gone. Your passphrase signs and opens.".to_owned();
        return Ok(Answer::Pin { set: false, said });
    }
    if !is_pin(pin) {
        return Err(Fault::user(format!(
            "\"PIN\" takes {MIN_DIGITS} to {MAX_DIGITS} digits and nothing else."
        )));
    }
    if is_guessed_first(pin) {
        return Err(Fault::user("That PIN is easy to guess. Choose digits that do not run in a row."));
    }
    desk.check_passphrase_chosen()?;
    desk.pin = None;
    door::check_again(desk, secret)?;
    let pinned = Pinned::set(desk.books(), desk.cost, desk.staff()?.id, pin)?;
    let unit = desk.own_unit(Act::PinSet)?;
    desk.record(unit)?;
    desk.pin = Some(pinned);
    let said = "Your PIN works on this computer: it signs, and it opens Concord for 10 minutes after a \
     lock."
        .to_owned();
    Ok(Answer::Pin { set: true, said })
}

/// Whether the person here has one.
pub(super) fn is_set(desk: &Desk) -> bool {
    let me = desk.staff().map(|staff| staff.id).ok();
    desk.pin.as_ref().is_some_and(|pinned| Some(pinned.staff) == me)
}

/// The desk is locked: from now on it holds for ten minutes.
pub(super) fn locked(desk: &mut Desk) {
    let now = (desk.clock.now(), desk.clock.monotonic_ms());
    if let Some(pinned) = &mut desk.pin {
        pinned.locked.get_or_insert(now);
    }
}

/// Ms until it is wiped; `None` = nothing is to be wiped.
fn left_ms(desk: &Desk) -> Option<u64> {
    desk.pin.as_ref().filter(|pinned| pinned.locked.is_some()).map(|pinned| pinned.left_ms(&desk.clock))
}

impl Desk {
    /// Ms until the PIN of who locked this desk is wiped; `None` = there is none to wipe.
    pub fn pin_expires_in(&self) -> Option<u64> {
        left_ms(self)
    }

    /// Wipes the PIN if its ten minutes are over.
    pub fn expire_pin(&mut self) {
        expire(self);
    }
}

/// Wipes it if its ten minutes are over.
fn expire(desk: &mut Desk) {
    if left_ms(desk) == Some(0) {
        desk.pin = None;
    }
}

/// Whether this is the PIN of whoever sits here; `None` = it is none by its looks, or there is none. A wrong try counts.
pub(super) fn check(desk: &mut Desk, secret: &Secret) -> Result<Option<bool>, Fault> {
    if !is_the_kind(desk, secret) {
        return Ok(None);
    }
    let opened = try_open(desk, secret)?.is_some();
    Ok(Some(opened))
}

/// Whether this looks like the PIN of whoever sits here. It is not tried.
pub(super) fn is_the_kind(desk: &Desk, secret: &Secret) -> bool {
    is_pin(secret) && is_set(desk)
}

fn try_open(desk: &mut Desk, secret: &Secret) -> Result<Option<Unlocked>, Fault> {
    let store_id = desk.books().store_id();
    let Some(pinned) = &mut desk.pin else { return Ok(None) };
    let opened = pinned.open(&store_id, secret)?;
    if opened.is_some() {
        pinned.wrong = 0;
    } else {
        pinned.wrong += 1;
        if pinned.wrong >= TRIES {
            desk.pin = None;
        }
    }
    Ok(opened)
}

/// Brings the person who locked the desk back. Who has digits for a passphrase may type it here too.
pub(super) fn resume(desk: &mut Desk, pin: &Secret) -> Result<Answer, Fault> {
    expire(desk);
    let Some(staff) = desk.pin.as_ref().filter(|pinned| pinned.locked.is_some()).map(|pinned| pinned.staff)
    else {
        return Err(gone());
    };
    desk.books_mut().read_roster()?;
    let opened = try_open(desk, pin)?;
    // Somebody who was disabled meanwhile, or has other keys by now, does not come back by a PIN.
    let still = |keys: &Unlocked| {
        let roster = desk.books().roster();
        roster.is_active(staff) && roster.has_keys(staff, &keys.keys)
    };
    if opened.as_ref().is_some_and(|keys| !still(keys)) {
        desk.pin = None;
        return Err(gone());
    }
    if let Some(unlocked) = opened {
        let answer = door::sit_down(desk, staff, unlocked, Act::PinUsed)?;
        if desk.seat().is_ok()
            && let Some(pinned) = &mut desk.pin
        {
            pinned.locked = None;
        }
        return Ok(answer);
    }
    if pin.0.chars().count() >= MIN_PASSPHRASE
        && let Some(answer) = door::sign_in_as(desk, staff, pin)?
    {
        return Ok(answer);
    }
    trust::knock(desk, Some(staff));
    Err(match &desk.pin {
        Some(pinned) => {
            let left = TRIES - pinned.wrong;
            let tries = counted(left, "try is", "tries are");
            Fault::denied(format!("The PIN does not match. {tries} left; after that, type the passphrase."))
        }
        None => gone(),
    })
}

fn gone() -> Fault {
    Fault::new(FaultKind::Locked, "Your PIN no longer works here. Type your passphrase.")
}
