//! Entries of short forms: written once; what came later is a further entry, what was wrong is corrected by a new one.
//!
//! Owns who wrote an entry, to which stay it belongs, and that no entry is written over.

use super::api::Answer;
use super::desk::Desk;
use super::fault::Fault;
use super::steps::Said;
use crate::domain::{Act, ClientId, Episode, ShortEntry, ShortMeans, ShortUse};
use crate::packs::ShortForm;
use crate::rules::access::Capability;
use crate::rules::short_forms::{self, Thread, check};
use crate::rules::{episodes, when};

/// Saves an entry.
pub(super) fn save(desk: &mut Desk, mut entry: ShortEntry) -> Result<Answer, Fault> {
    let client = entry.client;
    // Before anything is read: what a refusal says must not tell what stands in the chart.
    desk.permit(Capability::WriteChart, Some(client))?;
    let stored: Vec<ShortEntry> =
        desk.books().list::<ShortEntry>(client)?.into_iter().map(|kept| kept.value).collect();
    let before: Vec<&ShortEntry> = stored.iter().collect();
    entry.number = desk.books().next_number::<ShortEntry>(client)?;
    entry.reason = entry.reason.trim().to_owned();
    let said = match entry.means {
        ShortMeans::Begins => begins(desk, &mut entry)?,
        ShortMeans::Further => further(desk, &mut entry, &before)?,
        ShortMeans::Corrects => corrects(desk, &mut entry, &before)?,
        ShortMeans::InError => in_error(&mut entry, &before)?,
    };
    entry.episode = stay_of(desk, &entry)?;
    let staff = desk.staff()?;
    (entry.by, entry.by_name, entry.at) = (staff.id, staff.signature_name(), desk.moment());
    fits_together(&entry, &before)?;
    let new = matches!(entry.means, ShortMeans::Begins | ShortMeans::Further);
    let act = if new { Act::FormRecorded } else { Act::FormCorrected };
    let mut unit = desk.unit(Capability::WriteChart, act, Some(client), entry.number)?;
    unit.put(&entry, client, entry.number, 0);
    desk.done(unit, client, said)
}

/// The form of an entry, as the file says it now.
fn form_of<'a>(desk: &'a Desk, entry: &ShortEntry) -> Result<&'a ShortForm, Fault> {
    desk.forms.get(&entry.form).ok_or_else(|| {
        Fault::user("This form is not on this computer any more. It can only be entered in error.")
    })
}

/// Puts into an entry what its form says: its name, and the answers as they are kept.
fn filled(desk: &Desk, entry: &mut ShortEntry, is_further: bool) -> Result<(), Fault> {
    let today = desk.now().local.date;
    let form = form_of(desk, entry)?;
    if entry.on > today {
        return Err(Fault::user("The day is not over yet. Type the day it happened."));
    }
    entry.answers = check::fitted(form, entry, is_further).map_err(|unfit| Fault::user(unfit.why))?;
    (entry.form_name, entry.version, entry.used_as) = (form.name.clone(), form.version, form.used_as);
    let days = form.results_days.filter(|_| form.used_as == ShortUse::Test && !is_further);
    entry.results_by = days.map(|days| entry.on.plus_days(i32::from(days)));
    Ok(())
}

fn begins(desk: &Desk, entry: &mut ShortEntry) -> Result<Said, Fault> {
    entry.of = 0;
    entry.reason.clear();
    filled(desk, entry, false)?;
    let name = entry.form_name.clone();
    Ok(Said::new(format!("{name}: saved."), format!("{name}: this entry is no longer in the chart.")))
}

fn further(desk: &Desk, entry: &mut ShortEntry, before: &[&ShortEntry]) -> Result<Said, Fault> {
    let thread = thread_of(before, entry.of)?;
    entry.of = thread.root;
    entry.reason.clear();
    entry.form.clone_from(&thread.begun.form);
    same_use(desk, entry, &thread)?;
    filled(desk, entry, true)?;
    if entry.on < thread.begun.on {
        let day = when::with_year(thread.begun.on);
        return Err(Fault::user(format!("This began on {day}. Type a day from then on.")));
    }
    let name = entry.form_name.clone();
    Ok(Said::new(format!("{name}: what came later is saved."), format!("{name}: it is as it was before.")))
}

fn corrects(desk: &Desk, entry: &mut ShortEntry, before: &[&ShortEntry]) -> Result<Said, Fault> {
    let wrong = to_correct(entry, before)?;
    entry.form.clone_from(&wrong.form);
    let original = short_forms::original(before, wrong.number);
    let is_further = original.is_some_and(|first| first.means == ShortMeans::Further);
    same_use(desk, entry, &thread_of(before, wrong.number)?)?;
    filled(desk, entry, is_further)?;
    let name = entry.form_name.clone();
    let done = format!("{name}: corrected. The earlier entry stays and is marked as corrected.");
    Ok(Said::new(done, format!("{name}: the earlier entry counts again.")))
}

fn in_error(entry: &mut ShortEntry, before: &[&ShortEntry]) -> Result<Said, Fault> {
    let wrong = to_correct(entry, before)?;
    (entry.form, entry.form_name) = (wrong.form.clone(), wrong.form_name.clone());
    (entry.version, entry.used_as, entry.on) = (wrong.version, wrong.used_as, wrong.on);
    entry.answers.clear();
    entry.results_by = None;
    let name = entry.form_name.clone();
    Ok(Said::new(format!("{name}: entered in error."), format!("{name}: the earlier entry counts again.")))
}

/// The thing that an entry of this number is about.
fn thread_of<'a>(before: &[&'a ShortEntry], number: u32) -> Result<Thread<'a>, Fault> {
    let root = short_forms::root(before, number);
    let found = short_forms::threads(before).into_iter().find(|thread| Some(thread.root) == root);
    match found {
        Some(thread) if thread.counts() => Ok(thread),
        Some(_) => Err(Fault::user("This was entered in error. Begin a new entry.")),
        None => Err(Fault::changed("the short form")),
    }
}

/// The entry that is wrong: one that nothing has taken the place of yet.
fn to_correct<'a>(entry: &ShortEntry, before: &[&'a ShortEntry]) -> Result<&'a ShortEntry, Fault> {
    if entry.reason.is_empty() {
        return Err(Fault::user("Say why the earlier entry is wrong."));
    }
    let found = before.iter().find(|one| one.number == entry.of && one.means != ShortMeans::InError);
    let wrong = found.ok_or_else(|| Fault::changed("the short form"))?;
    if short_forms::replaced_by(before, wrong.number).is_some() {
        return Err(Fault::user("This entry is corrected already. Correct the newest one."));
    }
    Ok(wrong)
}

/// A file that was put in the place of another asks something else: old entries are not continued with it.
fn same_use(desk: &Desk, entry: &ShortEntry, thread: &Thread<'_>) -> Result<(), Fault> {
    if form_of(desk, entry)?.used_as != thread.begun.used_as {
        return Err(Fault::user("The file of this form asks something else now. Begin a new entry."));
    }
    Ok(())
}

/// Refuses what would leave results in an order that cannot be.
fn fits_together(entry: &ShortEntry, before: &[&ShortEntry]) -> Result<(), Fault> {
    let all: Vec<&ShortEntry> = before.iter().copied().chain([entry]).collect();
    let root = short_forms::root(&all, entry.number);
    let thread = short_forms::threads(&all).into_iter().find(|thread| Some(thread.root) == root);
    match thread.filter(Thread::counts).and_then(|thread| thread.misfit()) {
        Some(why) => Err(Fault::user(why).hint("Correct the later entry first.")),
        None => Ok(()),
    }
}

/// The stay that the day of an entry belongs to.
fn stay_of(desk: &Desk, entry: &ShortEntry) -> Result<u32, Fault> {
    let client: ClientId = entry.client;
    let all: Vec<Episode> =
        desk.books().list::<Episode>(client)?.into_iter().map(|kept| kept.value).collect();
    match episodes::of_day(&all, entry.on) {
        0 => Err(Fault::user("This person is not admitted.").hint("[key:admit] admits them.")),
        number => Ok(number),
    }
}
