//! The door: signing in, signing again, locking, the recovery phrase.
//!
//! An unknown login costs the same derivation as a known one; after three failures the door opens slower and slower.

use super::api::{
    Answer, Colleagues, Door, DraftSave, Kept, KeptFor, PeopleList, Place, Secret, SignedIn, Whose,
};
use super::arrivals;
use super::closed::{self, Closed};
use super::desk::Desk;
use super::fault::Fault;
use super::founding::fold_login;
use super::seat::Seat;
use super::{clock_behind, house, new_passphrase, people, pin, trust, turned};
use crate::domain::{Act, AgencySettings, AuditEvent, DueChoice, Mismatch, PersonalSettings, StaffId, Task};
use crate::store::{self, Unlocked, passphrase};
use std::sync::Arc;

/// Routes what happens at the door.
pub(super) fn handle(desk: &mut Desk, ask: Door) -> Result<Answer, Fault> {
    match ask {
        Door::Found(_) => Err(Fault::user("An agency is already set up here.")),
        Door::SignIn { login, passphrase } => sign_in(desk, &login, &passphrase),
        Door::Recover { phrase, login, passphrase } => {
            new_passphrase::recover(desk, &phrase, &login, &passphrase)
        }
        Door::ChangePassphrase { old, new } => new_passphrase::change(desk, &old, &new),
        Door::Lock { drafts, place, idle } => Ok(lock(desk, &drafts, &place, idle)),
        Door::KeepTyped(forms) => super::place::keep_typed(desk, &forms),
        Door::Personal(settings) => personal(desk, settings),
        Door::SetPin { passphrase, pin } => pin::set(desk, &passphrase, &pin),
        Door::Resume { pin } => pin::resume(desk, &pin),
        Door::ByThisClock { is_right, door } => clock_behind::by_this_clock(desk, is_right, *door),
    }
}

fn sign_in(desk: &mut Desk, login: &str, secret: &Secret) -> Result<Answer, Fault> {
    desk.doorkeeper.check(&desk.clock)?;
    // Before the passphrase is used: it must not open what somebody put in the place of their keys.
    desk.books_mut().read_roster()?;
    let found = desk.books().login(&fold_login(login))?;
    let known = found.filter(|known| desk.books().roster().is_active(known.value.staff));
    let unlocked = if let Some(known) = &known {
        desk.unlock(&known.value, &known.value.derive(&secret.0)?)?
    } else {
        passphrase::burn(&secret.0, desk.cost);
        None
    };
    match (known, unlocked) {
        (Some(known), Some(unlocked)) => {
            let answer = sit_down(desk, known.value.staff, unlocked, Act::SignedIn)?;
            know_secret(desk, secret);
            // Another sign-in, of the same person too, ends what the PIN of the last one opened.
            if desk.seat().is_ok() {
                desk.pin = None;
            }
            Ok(answer)
        }
        (known, _) => Err(refused(desk, known.map(|known| known.value.staff), secret)),
    }
}

/// Signs in somebody known by their id; `None` if the passphrase is not theirs. Counts as no try.
pub(super) fn sign_in_as(desk: &mut Desk, id: StaffId, secret: &Secret) -> Result<Option<Answer>, Fault> {
    desk.books_mut().read_roster()?;
    let login = desk.books().login_of(id)?.value;
    let Some(unlocked) = desk.unlock(&login, &login.derive(&secret.0)?)? else { return Ok(None) };
    let answer = sit_down(desk, id, unlocked, Act::SignedIn)?;
    know_secret(desk, secret);
    if desk.seat().is_ok() {
        desk.pin = None;
    }
    Ok(Some(answer))
}

/// A failed try: audited without a key, and slower next time.
pub(super) fn refused(desk: &mut Desk, staff: Option<StaffId>, secret: &Secret) -> Fault {
    desk.doorkeeper.failed(&desk.clock);
    trust::knock(desk, staff);
    let told = desk.doorkeeper.told(&desk.clock);
    let fault = Fault::denied("Login and passphrase do not match.").hint(told);
    if secret.0.chars().all(|c| c.is_ascii_digit()) {
        // Somebody typed a PIN after it had ended.
        return fault.hint("A PIN works only for ten minutes after a lock. Now type your passphrase.");
    }
    fault.hint("If you forgot it, an admin can give you a new one. If no admin can sign in, use the recovery phrase.")
}

/// Opens the person's records and seats them. Over a lock or over another person alike: the seat is wiped first.
pub(super) fn sit_down(desk: &mut Desk, id: StaffId, unlocked: Unlocked, act: Act) -> Result<Answer, Fault> {
    desk.leave_seat();
    desk.retry_waiting();
    desk.books_mut().unlock(unlocked);
    if let Some(question) = clock_behind::question(desk) {
        desk.leave_seat();
        return Ok(question);
    }
    let welcomed = seated(desk, id, act);
    if welcomed.is_err() {
        desk.leave_seat();
    }
    Ok(Answer::SignedIn(Box::new(welcomed?)))
}

/// Compares the store with what was last signed, seats the person, and records what does not match before anything else.
fn seated(desk: &mut Desk, id: StaffId, act: Act) -> Result<SignedIn, Fault> {
    let mut found = desk.compare()?;
    if found.contains(&Mismatch::KeysDiffer) && !desk.books().roster().manages(id) {
        return Err(Fault::mismatch(Mismatch::KeysDiffer.words()).hint("An admin has to sign in first."));
    }
    let before = trust::Before::of(desk, id)?;
    found.extend(before.mismatch());
    let (seat, staff, closed) = seat(desk, id)?;
    found.extend(staff);
    desk.take_seat(seat);
    trust::note(desk, found)?;
    let mut notices = desk.mismatch_notices()?;
    notices.extend(closed.notice());
    notices.extend(desk.notices.iter().cloned());
    desk.doorkeeper.passed();
    welcome(desk, (act, before), notices)
}

/// The event of the sign-in, then what the desk shows first. If either fails nobody is seated.
fn welcome(
    desk: &mut Desk,
    (act, before): (Act, trust::Before),
    mut notices: Vec<String>,
) -> Result<SignedIn, Fault> {
    clock_behind::record(desk)?;
    let mut unit = desk.own_unit(act)?;
    let (mut last, mut seconds) = (None, Vec::new());
    // Who comes back by a PIN has not been away.
    if act == Act::SignedIn {
        before.put(desk, &mut unit, desk.staff()?.id);
        last = before.told(desk);
        seconds = super::seconds::told(desk, before.last_at())?;
    }
    if !desk.books_mut().record(unit)? {
        notices.push("The disk refuses to write. You can read, but nothing can be saved.".to_owned());
    }
    desk.keep_seen();
    Ok(SignedIn { last, seconds, ..session(desk, notices)? })
}

/// The seat of a person, whose staff records are not what an admin signed, and what else did not open. The door opens all the
/// same: only what is one's own and the settings must.
fn seat(desk: &Desk, id: StaffId) -> Result<(Seat, Vec<Mismatch>, Closed), Fault> {
    let gone = || Fault::denied("This login was disabled. An admin can give it back.");
    let (records, found) = desk.staff_records()?;
    let staff =
        records.iter().find(|kept| kept.value.id == id && kept.value.active).cloned().ok_or_else(gone)?;
    let settings = desk.books().get::<AgencySettings>(store::Owner::AGENCY, 1)?;
    let settings = settings.ok_or_else(|| Fault::mismatch("the agency's settings are missing"))?;
    let set = Desk::find_set(&settings.value.set)?;
    let colleagues = records.into_iter().map(|kept| kept.value).collect();
    let (summaries, mut closed) = closed::load_summaries(desk)?;
    let house = house::load(desk, id)?;
    closed.others += house.closed;
    let mut seat = Seat::new(staff, settings, set, colleagues, summaries, house);
    if let Some(due) = desk.books().get::<DueChoice>(store::Owner::AGENCY, 1)? {
        seat.due = due;
    }
    let tasks = desk.books().each_that_opens::<Task>(|kept| drop(seat.tasks.insert(kept.value.id, kept)))?;
    closed.others += tasks.len();
    Ok((seat, found, closed))
}

/// Reads everybody again where an import has written people meanwhile.
pub(super) fn catch_up(desk: &mut Desk) -> Result<(), Fault> {
    if !desk.seat().is_ok_and(|seat| seat.behind) {
        return Ok(());
    }
    let (summaries, waiting) = (closed::load_summaries(desk)?.0, arrivals::load(desk)?);
    let seat = desk.seat_mut()?;
    (seat.summaries, seat.house.waiting, seat.behind) = (summaries, waiting, false);
    Ok(())
}

fn session(desk: &mut Desk, notices: Vec<String>) -> Result<SignedIn, Fault> {
    let people: PeopleList = people::list(desk, Whose::Mine)?;
    let place = super::place::found(desk)?;
    let recovered = super::place::recovered(desk, place.as_ref())?;
    let (lexicon, _) = super::words::lexicon(desk, desk.staff()?.id)?;
    let (agency_lexicon, _) = super::words::lexicon(desk, store::Owner::AGENCY)?;
    desk.seat_mut()?.recovered = recovered.as_ref().map(|one| (one.client, one.number));
    let owed = desk.owed()?;
    let seat = desk.seat()?;
    Ok(SignedIn {
        epoch: desk.epoch,
        staff: seat.staff.value.clone(),
        front: desk.front.clone(),
        settings: seat.settings.value.clone(),
        colleagues: Colleagues::of(seat.colleagues.iter()),
        due: Arc::new(seat.due.value.clone()),
        people,
        place,
        recovered,
        lexicon,
        agency_lexicon,
        owed,
        formats: desk.formats.clone(),
        practice: Arc::clone(&desk.practice),
        measures: desk.measures.clone(),
        forms: desk.forms.clone(),
        phrases: super::writing::phrases(desk)?,
        rules: seat.house.rules.clone(),
        pin: pin::is_set(desk),
        own: desk.own.clone(),
        notices,
        last: None,
        seconds: Vec::new(),
        mismatches: desk.books().open_mismatches() as usize,
    })
}

/// The person who sits here proves again that they are here: at signing, at changing the passphrase.
pub(super) fn check_again(desk: &mut Desk, secret: &Secret) -> Result<(), Fault> {
    desk.doorkeeper.check(&desk.clock)?;
    let id = desk.staff()?.id;
    let by_pin = pin::check(desk, secret)?;
    if by_pin == Some(true) {
        desk.doorkeeper.passed();
        return Ok(());
    }
    let login = desk.books().login_of(id)?.value;
    if desk.unlock(&login, &login.derive(&secret.0)?)?.is_some() {
        desk.doorkeeper.passed();
        know_secret(desk, secret);
        return Ok(());
    }
    desk.doorkeeper.failed(&desk.clock);
    trust::knock(desk, Some(id));
    Err(Fault::denied(match by_pin {
        Some(_) if desk.pin.is_none() => {
            "The PIN did not match five times, so it no longer works. Nothing was signed. Type your passphrase."
        }
        Some(_) => "This is neither your PIN nor your passphrase. Nothing was signed or changed.",
        None => "This is not your passphrase. Nothing was signed or changed.",
    }))
}

/// Whoever is signed in typed their passphrase, and it was right.
pub(super) fn know_secret(desk: &mut Desk, secret: &Secret) {
    if desk.seat().is_ok() {
        desk.own.set(&secret.0, desk.ids.fresh());
    }
}

fn personal(desk: &mut Desk, settings: PersonalSettings) -> Result<Answer, Fault> {
    let Kept { rev, value: mut staff } = desk.seat()?.staff.clone();
    staff.settings = settings;
    let mut unit = desk.own_unit(Act::SettingsChanged)?;
    unit.put(&staff, staff.id, 1, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.staff = Kept { rev: rev + 1, value: staff };
    Ok(Desk::said("Your settings are saved."))
}

/// Lock (the screen is blank already): unsaved text is sealed, keys are wiped, then the sealed batches are committed.
fn lock(desk: &mut Desk, drafts: &[DraftSave], place: &Place, idle: bool) -> Answer {
    let mut faults = Vec::new();
    for save in drafts {
        if desk.is_turned()
            && let Err(fault) = turned::notice_at_lock(desk, save)
        {
            faults.push(fault.what);
        }
        match seal_draft(desk, save) {
            Ok(Some(batch)) => desk.waiting.push((save.client, save.number, batch)),
            Ok(None) => {}
            Err(fault) => faults.push(fault.what),
        }
    }
    let leaving = seal_leaving(desk, place, idle);
    if pin::is_set(desk) {
        pin::locked(desk);
    }
    desk.leave_seat();
    desk.retry_waiting();
    if let Ok((batch, audit, event)) = leaving
        && desk.books_mut().write_unit(&batch, audit).is_err()
    {
        desk.books_mut().wait_with(event);
    }
    desk.keep_seen();
    if !desk.waiting.is_empty() {
        faults.push(
            "The last words of a draft are not on the disk yet. Do not close Concord: it keeps trying."
                .to_owned(),
        );
    }
    Answer::Locked { fault: (!faults.is_empty()).then(|| faults.join(" ")) }
}

/// The draft as it stands on the screen and a version of it, sealed; `None` if both are on disk already.
fn seal_draft(desk: &mut Desk, save: &DraftSave) -> Result<Option<store::SealedBatch>, Fault> {
    let draft = super::documents::draft::find_own(desk, save.client, save.number)?;
    let (unit, newest) = super::documents::draft::draft_unit(desk, save, &draft, KeptFor::Lock)?;
    let batch = if unit.is_empty() { None } else { Some(desk.books().seal_drafts(&unit)?) };
    super::documents::versions::kept(desk, &draft, newest)?;
    Ok(batch)
}

/// Place and event of the lock. Sealed before the keys are wiped, written after the drafts.
fn seal_leaving(
    desk: &Desk,
    place: &Place,
    idle: bool,
) -> Result<(store::SealedBatch, store::AuditHead, AuditEvent), Fault> {
    let act = if idle { Act::Locked } else { Act::SignedOut };
    let mut unit = desk.own_unit(act)?;
    let (_, rev) = super::place::load(desk)?;
    super::place::forget_typed(desk, &mut unit)?;
    super::place::put(desk, &mut unit, &Place { working: false, ..place.clone() }, rev)?;
    let (batch, audit) = desk.books().seal(&mut unit)?;
    Ok((batch, audit, unit.event().clone()))
}
