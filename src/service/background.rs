//! What is known from before and from outside: diagnoses, earlier help, and the level of care over time.

use super::api::{Answer, BackgroundAsk};
use super::desk::Desk;
use super::fault::Fault;
use super::steps::Said;
use super::unit::Unit;
use crate::domain::{
    Act, AfterContact, ClientId, ContactOutcome, Date, Diagnosis, DiagnosisKind, EarlierHelp, Episode,
    LevelDecision, Number, Task, TaskId,
};
use crate::rules::access::Capability;
use crate::rules::{diagnosis, level, summary};

/// Routes what concerns the background of a chart.
pub(super) fn handle(
    desk: &mut Desk,
    ask: BackgroundAsk,
    written: Option<ClientId>,
) -> Result<Answer, Fault> {
    // Before anything is read: what a refusal says must not tell what stands in the chart.
    desk.permit(Capability::WriteChart, written)?;
    match ask {
        BackgroundAsk::Diagnosis { diagnosis, rev } => diagnose(desk, *diagnosis, rev),
        BackgroundAsk::Help { help, rev } => help_before(desk, *help, rev),
        BackgroundAsk::Level { level, rev, again } => level_of_care(desk, *level, rev, again),
        BackgroundAsk::Contact { contact } => contacted(desk, *contact),
    }
}

/// Records what came of a contact after a discharge, once for each day on which one is due.
fn contacted(desk: &mut Desk, mut contact: AfterContact) -> Result<Answer, Fault> {
    let client = contact.client;
    let left = desk
        .seat()?
        .summaries
        .get(&client)
        .and_then(|one| one.left.clone().filter(|_| one.episode.is_none()));
    let Some(left) = left.filter(|left| left.episode.number == contact.episode) else {
        return Err(Fault::user(
            "This stay has not ended, or the person is in care again. Write a note instead.",
        ));
    };
    if left.contacts.contains(&contact.days) {
        return Err(Fault::user("This contact is recorded already. Write a note about another one."));
    }
    if contact.on < left.on || contact.on > desk.now().local.date {
        return Err(Fault::user(
            "\"Day\" is before the discharge or in the future. Use the day of the contact.",
        ));
    }
    if contact.outcome == ContactOutcome::NeedsHelp && contact.words.trim().is_empty() {
        return Err(Fault::user("Write what they need, and what is done about it."));
    }
    let staff = desk.staff()?;
    (contact.at, contact.by, contact.by_name) = (desk.moment(), staff.id, staff.signature_name());
    contact.number = desk.books().next_number::<AfterContact>(client)?;
    let mut unit = desk.unit(Capability::WriteChart, Act::ContactRecorded, Some(client), contact.number)?;
    unit.put(&contact, client, contact.number, 0);
    let said = format!("{} days after the discharge: {}.", contact.days, contact.outcome.word());
    desk.done(unit, client, Said::new(said, "this contact is still to be made."))
}

/// Says why a decision on the level of care cannot be kept as it is.
fn check_level(level: &LevelDecision) -> Result<(), Fault> {
    level::missing(level).map_or(Ok(()), |why| Err(Fault::user(why)))
}

/// Puts a decision, which has its number, into a unit, with who decided.
pub(super) fn decide(desk: &Desk, unit: &mut Unit, mut level: LevelDecision, rev: u32) -> Result<(), Fault> {
    let client = level.client;
    let staff = desk.staff()?;
    (level.at, level.by, level.by_name) = (desk.moment(), staff.id, staff.signature_name());
    unit.put(&level, client, level.number, rev);
    Ok(())
}

/// Puts a new decision into the unit that transfers somebody within an episode; answers its number.
pub(super) fn decide_in(
    desk: &Desk,
    unit: &mut Unit,
    episode: &Episode,
    level: LevelDecision,
) -> Result<Number, Fault> {
    check_level(&level)?;
    if level.on < episode.admitted {
        return Err(Fault::user("The day of the transfer is before the admission."));
    }
    if level.on > desk.now().local.date {
        return Err(Fault::user("The day of the transfer is in the future. Transfer on that day."));
    }
    let number = desk.books().next_number::<LevelDecision>(episode.client)?;
    let level = LevelDecision { client: episode.client, number, episode: episode.number, ..level };
    decide(desk, unit, level, 0)?;
    Ok(number)
}

fn level_of_care(
    desk: &mut Desk,
    mut level: LevelDecision,
    rev: u32,
    again: Option<Date>,
) -> Result<Answer, Fault> {
    check_level(&level)?;
    let client = level.client;
    let said = if rev == 0 {
        let episode = open_episode(desk, client)?;
        if level.on < episode.admitted {
            return Err(Fault::user("The day of the decision is before the admission."));
        }
        level.episode = episode.number;
        level.number = desk.books().next_number::<LevelDecision>(client)?;
        format!("The level of care is {}.", level.actual)
    } else {
        level.episode = desk.books().at::<LevelDecision>(client, level.number, rev, "This decision")?.episode;
        "The decision is corrected.".to_owned()
    };
    if level.on > desk.now().local.date {
        return Err(Fault::user("The day of the decision is not over yet: type the day it was made."));
    }
    let mut unit = desk.unit(Capability::WriteChart, Act::LevelDecided, Some(client), level.number)?;
    if let Some(due) = again {
        let task = look_again(desk, &level, due)?;
        unit.put(&task, task.id, 1, 0);
    }
    decide(desk, &mut unit, level, rev)?;
    desk.done(unit, client, Said::new(said, "the level of care is as it was before."))
}

/// The task to look again at a waiting list.
fn look_again(desk: &mut Desk, level: &LevelDecision, due: Date) -> Result<Task, Fault> {
    let me = desk.staff()?.id;
    Ok(Task {
        id: TaskId(desk.ids.fresh()),
        text: format!("Ask about the waiting list for level {}.", level.indicated),
        due,
        to: me,
        client: Some(level.client),
        episode: level.episode,
        created: desk.moment(),
        created_by: me,
        ..Task::default()
    })
}

fn open_episode(desk: &Desk, client: ClientId) -> Result<Episode, Fault> {
    let episodes: Vec<Episode> =
        desk.books().list::<Episode>(client)?.into_iter().map(|kept| kept.value).collect();
    let open = summary::open_episode(&episodes).cloned();
    open.ok_or_else(|| Fault::user("This person is not admitted.").hint("[key:admit] admits them."))
}

fn diagnose(desk: &mut Desk, mut diagnosis: Diagnosis, rev: u32) -> Result<Answer, Fault> {
    let staff = desk.staff()?.clone();
    if let Some(why) =
        diagnosis::missing(&diagnosis, &staff, &desk.practice.rules.diagnosing, desk.now().local.date)
    {
        return Err(Fault::user(why));
    }
    let client = diagnosis.client;
    if rev == 0 {
        diagnosis.number = desk.books().next_number::<Diagnosis>(client)?;
        diagnosis.episode = newest_episode(desk, client)?;
    } else {
        let before = desk.books().at::<Diagnosis>(client, diagnosis.number, rev, "This diagnosis")?;
        diagnosis.episode = before.episode;
    }
    (diagnosis.typed_by, diagnosis.typed_by_name) = (staff.id, staff.signature_name());
    diagnosis.changed_at = desk.moment();
    let mut unit =
        desk.unit(Capability::WriteChart, Act::DiagnosisRecorded, Some(client), diagnosis.number)?;
    let mut said = format!("{} is recorded as {}.", diagnosis::name(&diagnosis), diagnosis.kind.word());
    if !diagnosis.in_error.trim().is_empty() {
        said = format!("{} is entered in error.", diagnosis::name(&diagnosis));
    } else if diagnosis.kind == DiagnosisKind::Principal && diagnosis.until.is_none() {
        // One diagnosis is the principal one: the one before becomes another one, and the sentence says so.
        for kept in desk.books().list::<Diagnosis>(client)? {
            if kept.value.number != diagnosis.number && diagnosis::is_principal(&kept.value) {
                said = format!("{said} {} is now other.", diagnosis::name(&kept.value));
                let other = Diagnosis { kind: DiagnosisKind::Other, ..kept.value };
                unit.put(&other, client, other.number, kept.rev);
            }
        }
    }
    unit.put(&diagnosis, client, diagnosis.number, rev);
    desk.done(unit, client, Said::new(said, "the diagnoses are as they were before."))
}

fn newest_episode(desk: &Desk, client: ClientId) -> Result<Number, Fault> {
    let episodes = desk.books().list::<Episode>(client)?;
    Ok(episodes.iter().map(|kept| kept.value.number).max().unwrap_or(0))
}

fn help_before(desk: &mut Desk, mut help: EarlierHelp, rev: u32) -> Result<Answer, Fault> {
    if help.is_empty() {
        return Err(Fault::user("Say where it was, or what helped; a year is enough for when."));
    }
    let client = help.client;
    if rev == 0 {
        help.number = desk.books().next_number::<EarlierHelp>(client)?;
        help.episode = newest_episode(desk, client)?;
    } else {
        help.episode = desk.books().at::<EarlierHelp>(client, help.number, rev, "This line")?.episode;
    }
    let staff = desk.staff()?;
    (help.written.on, help.written.by) = (desk.now().local.date, staff.id);
    help.written.by_name = staff.signature_name();
    let said =
        if help.in_error.trim().is_empty() { "Earlier help is written down." } else { "Entered in error." };
    let mut unit = desk.unit(Capability::WriteChart, Act::EarlierHelpRecorded, Some(client), help.number)?;
    unit.put(&help, client, help.number, rev);
    desk.done(unit, client, Said::new(said, "earlier help is as it was before."))
}
