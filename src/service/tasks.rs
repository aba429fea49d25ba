//! Tasks: write down, change, hand on, finish. The open ones are held in memory from sign-in to lock.

use super::api::{Answer, Kept};
use super::circle;
use super::desk::Desk;
use super::fault::Fault;
use super::sessions;
use super::steps::Said;
use super::unit::Unit;
use crate::domain::{Act, ClientId, Number, StaffId, Task, TaskDone, TaskId};
use crate::rules::access::Capability;
use crate::rules::episodes::of_record;
use crate::rules::when;

/// Longest text: a line or three.
const LONGEST: usize = 400;

/// Who sees a task: whoever does it, whoever wrote it, and the supervisor of whoever does it.
pub(super) fn may_see(desk: &Desk, task: &Task) -> Result<bool, Fault> {
    let seat = desk.seat()?;
    let me = seat.staff.value.id;
    Ok(task.to == me || task.created_by == me || desk.answers_for(task.to) == Some(me))
}

/// Writes down a new task, or changes or hands on one that is.
pub(super) fn keep(desk: &mut Desk, mut task: Task, rev: u32) -> Result<Answer, Fault> {
    desk.permit(Capability::KeepTasks, None)?;
    check(desk, &task)?;
    let (now, me) = (desk.moment(), desk.staff()?.id);
    let (act, before) = if rev == 0 {
        task.id = TaskId(desk.ids.fresh());
        (task.created, task.created_by) = (now, me);
        task.handed = Vec::new();
        task.episode = stay_of(desk, &task)?;
        (Act::TaskWritten, None)
    } else {
        let standing = standing(desk, task.id, rev)?;
        (task.created, task.created_by) = (standing.created, standing.created_by);
        task.handed.clone_from(&standing.handed);
        task.episode = if task.client == standing.client { standing.episode } else { stay_of(desk, &task)? };
        if task.to != standing.to {
            task.handed.push((standing.to, now));
        }
        (Act::TaskChanged, Some(standing))
    };
    if let Some(client) = task.client.filter(|_| before.as_ref().is_none_or(|one| one.text != task.text)) {
        circle::heed(desk, client, &task.text)?;
    }
    let text = task.text.trim().to_owned();
    task.text = text;
    let mut unit = desk.unit(Capability::KeepTasks, act, None, 0)?;
    if let Some(client) = task.client {
        unit.about(client);
    }
    unit.put(&task, task.id, 1, rev);
    let handed = before.is_some_and(|before| before.to != task.to);
    let said = said(desk, task.to, me, handed, task.due)?;
    let undone = if rev == 0 { "the task is gone." } else { "the task is as it was before the change." };
    desk.done_on_the_day(unit, None, Said::new(said, undone))
}

/// The stay in which a new task about a client is written.
fn stay_of(desk: &Desk, task: &Task) -> Result<Number, Fault> {
    task.client.map_or(Ok(0), |client| sessions::stay_of(desk, client, task.created_by))
}

fn said(
    desk: &Desk,
    to: StaffId,
    me: StaffId,
    handed: bool,
    due: crate::domain::Date,
) -> Result<String, Fault> {
    let today = desk.now().local.date;
    let day = when::coming(due, today);
    Ok(match (to == me, handed) {
        (true, _) => format!("The task is saved. It is due {day}."),
        (false, true) => format!("The task is handed to {}. It is due {day}.", desk.seat()?.name_of(to)),
        (false, false) => format!("The task is saved for {}. It is due {day}.", desk.seat()?.name_of(to)),
    })
}

fn check(desk: &Desk, task: &Task) -> Result<(), Fault> {
    if task.text.trim().is_empty() {
        return Err(Fault::user("\"What\" is empty. Write what is to be done."));
    }
    if task.text.chars().count() > LONGEST {
        return Err(Fault::user(format!("A task can have at most {LONGEST} characters. Shorten it.")));
    }
    if !desk.seat()?.colleagues.iter().any(|staff| staff.id == task.to && staff.active) {
        return Err(Fault::user("Choose who does the task."));
    }
    if let Some(client) = task.client {
        desk.permit(Capability::SeeNames, Some(client))?;
    }
    Ok(())
}

/// An open task this person may see, at the revision it was read at.
fn standing(desk: &Desk, id: TaskId, rev: u32) -> Result<Task, Fault> {
    let kept = desk
        .seat()?
        .tasks
        .get(&id)
        .ok_or_else(|| Fault::user("This task is done already, or somebody took it away."))?;
    if !may_see(desk, &kept.value)? {
        return Err(Fault::denied(
            "This task is another person's. Only they or their supervisor can change it.",
        ));
    }
    if kept.rev != rev {
        return Err(Fault::changed("this task"));
    }
    Ok(kept.value.clone())
}

/// A task is done: it leaves the open ones.
pub(super) fn finish(desk: &mut Desk, id: TaskId, rev: u32) -> Result<Answer, Fault> {
    desk.permit(Capability::KeepTasks, None)?;
    let task = standing(desk, id, rev)?;
    let done = TaskDone { task: task.clone(), at: desk.moment(), by: desk.staff()?.id };
    // Finished, taken back and finished again: the record of the first time is there at its own revision.
    let finished = desk.books().rev::<TaskDone>(id, 1)?;
    let mut unit = desk.unit(Capability::KeepTasks, Act::TaskFinished, None, 0)?;
    if let Some(client) = task.client {
        unit.about(client);
    }
    unit.delete::<Task>(id, 1, rev);
    unit.put(&done, id, 1, finished);
    desk.done_on_the_day(unit, None, Said::new("The task is done.", "the task is still to be done."))
}

/// The open tasks about a client that this person may see, the earliest first.
pub(super) fn about(desk: &Desk, client: ClientId) -> Result<Vec<Kept<Task>>, Fault> {
    let mut found = Vec::new();
    for kept in desk.seat()?.tasks.values().filter(|kept| kept.value.client == Some(client)) {
        if may_see(desk, &kept.value)? {
            found.push(kept.clone());
        }
    }
    found.sort_by_key(|kept| (kept.value.due, kept.value.id));
    Ok(found)
}

/// The open tasks of one stay of a client that this person may see, the earliest first.
pub(super) fn of_stay(desk: &Desk, client: ClientId, stay: Number) -> Result<Vec<Kept<Task>>, Fault> {
    let stays = desk.stays(client)?;
    let of_it = |kept: &Kept<Task>| of_record(kept.value.episode, &stays, kept.value.due) == stay;
    Ok(about(desk, client)?.into_iter().filter(of_it).collect())
}

/// Ends the open tasks of one stay of a client that this person may see, as part of an act in their chart.
pub(super) fn end_all(desk: &Desk, unit: &mut Unit, client: ClientId, stay: Number) -> Result<(), Fault> {
    for Kept { rev, value: task } in of_stay(desk, client, stay)? {
        let id = task.id;
        let done = TaskDone { task, at: desk.moment(), by: desk.staff()?.id };
        unit.delete::<Task>(id, 1, rev);
        unit.put(&done, id, 1, desk.books().rev::<TaskDone>(id, 1)?);
    }
    Ok(())
}

/// Reads a task again after it was changed.
pub(super) fn reload(desk: &mut Desk, id: TaskId) -> Result<(), Fault> {
    let kept = desk.books().get::<Task>(id, 1)?;
    let tasks = &mut desk.seat_mut()?.tasks;
    match kept {
        Some(kept) => drop(tasks.insert(id, kept)),
        None => drop(tasks.remove(&id)),
    }
    Ok(())
}
