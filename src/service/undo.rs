//! Taking back: a new audited command made from the before-image, refused if the record moved on.
//!
//! Lives in memory, dies at lock, never crosses a signature and never withdraws an immediate need.

use super::api::{Answer, Done};
use super::books::{Books, Unit};
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::records::ChartRecords;
use crate::domain::{
    Act, Client, ClientId, Episode, Imported, Number, Problem, Session, Task, TaskDone, TaskId, Wants,
};
use crate::rules::access::Capability;
use crate::store::Owner;

/// A record as it was, and the revision it has now.
#[derive(Clone, Debug)]
pub(super) struct Image {
    owner: Owner,
    number: Number,
    rev_now: u32,
    /// The revision that held `before`. Taking back writes the same content under a new one, and the steps that were
    /// made on the old one must follow.
    rev_was: u32,
    before: Before,
}

/// What it was. `None` = was not there.
#[derive(Clone, Debug)]
enum Before {
    Problem(Option<Problem>),
    Imported(Option<Imported>),
    Wants(Option<Wants>),
    Client(Box<Client>),
    Episode(Episode),
    Session(Option<Session>),
    Task(Option<Task>),
    TaskDone(Option<TaskDone>),
}

/// One act that can be taken back: its sentence and its images.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub said: String,
    pub client: Option<ClientId>,
    pub images: Vec<Image>,
}

impl Step {
    /// What the act itself needed.
    fn capability(&self) -> Capability {
        let on_the_day = |image: &Image| matches!(image.before, Before::Session(_));
        if self.client.is_none() {
            Capability::KeepTasks
        } else if self.images.iter().all(on_the_day) {
            Capability::Schedule
        } else if self.images.iter().all(|image| matches!(image.before, Before::Client(_))) {
            Capability::ChangeDemographics
        } else {
            Capability::WriteChart
        }
    }
}

impl Image {
    /// An image of an act that wrote the record once.
    fn new(owner: impl Into<Owner>, number: Number, rev_now: u32, before: Before) -> Self {
        Self { owner: owner.into(), number, rev_now, rev_was: rev_now.saturating_sub(1), before }
    }

    /// Whether this is an image of the same record.
    fn same_record(&self, other: &Self) -> bool {
        self.owner == other.owner
            && self.number == other.number
            && std::mem::discriminant(&self.before) == std::mem::discriminant(&other.before)
    }

    pub(super) fn problem(owner: ClientId, number: Number, rev_now: u32, before: Option<Problem>) -> Self {
        Self::new(owner, number, rev_now, Before::Problem(before))
    }

    pub(super) fn imported(owner: ClientId, rev_now: u32, before: Option<Imported>) -> Self {
        Self::new(owner, 1, rev_now, Before::Imported(before))
    }

    pub(super) fn wants(owner: ClientId, rev_now: u32, before: Option<Wants>) -> Self {
        Self::new(owner, 1, rev_now, Before::Wants(before))
    }

    pub(super) fn client(owner: ClientId, rev_now: u32, before: Client) -> Self {
        Self::new(owner, 1, rev_now, Before::Client(Box::new(before)))
    }

    pub(super) fn episode(owner: ClientId, rev_now: u32, before: Episode) -> Self {
        Self::new(owner, before.number, rev_now, Before::Episode(before))
    }

    pub(super) fn session(owner: ClientId, number: Number, rev_now: u32, before: Option<Session>) -> Self {
        Self::new(owner, number, rev_now, Before::Session(before))
    }

    pub(super) fn task(id: TaskId, rev_now: u32, before: Option<Task>) -> Self {
        Self::new(id, 1, rev_now, Before::Task(before))
    }

    pub(super) fn task_done(id: TaskId, rev_now: u32, before: Option<TaskDone>) -> Self {
        Self::new(id, 1, rev_now, Before::TaskDone(before))
    }

    /// The session it is an image of.
    pub(super) fn of_session(&self) -> Option<(ClientId, Number)> {
        matches!(self.before, Before::Session(_)).then_some((ClientId(self.owner.0), self.number))
    }

    /// Puts the before-image back and returns the image that would undo this.
    fn restore(&self, books: &Books, unit: &mut Unit) -> Result<Self, Fault> {
        let (owner, number, rev) = (self.owner, self.number, self.rev_now);
        let (rev_now, before) = match &self.before {
            Before::Problem(before) => {
                swap(books, unit, owner, number, rev, before.as_ref(), Before::Problem)?
            }
            Before::Imported(before) => {
                swap(books, unit, owner, number, rev, before.as_ref(), Before::Imported)?
            }
            Before::Wants(before) => swap(books, unit, owner, number, rev, before.as_ref(), Before::Wants)?,
            Before::Session(before) => {
                swap(books, unit, owner, number, rev, before.as_ref(), Before::Session)?
            }
            Before::Task(before) => swap(books, unit, owner, number, rev, before.as_ref(), Before::Task)?,
            Before::TaskDone(before) => {
                swap(books, unit, owner, number, rev, before.as_ref(), Before::TaskDone)?
            }
            Before::Client(before) => {
                swap(books, unit, owner, number, rev, Some(before.as_ref()), |now: Option<Client>| {
                    Before::Client(Box::new(now.unwrap_or_default()))
                })?
            }
            Before::Episode(before) => swap(books, unit, owner, number, rev, Some(before), |now| {
                Before::Episode(now.unwrap_or_else(|| before.clone()))
            })?,
        };
        Ok(Self { owner, number, rev_now, rev_was: rev, before })
    }
}

impl Step {
    /// A record of this step that stood at `was` holds the same content at `now` since another step was taken back.
    pub(super) fn follow(&mut self, taken: &[(Image, u32)]) {
        for image in &mut self.images {
            for (other, now) in taken {
                if !image.same_record(other) {
                    continue;
                }
                if image.rev_now == other.rev_was {
                    image.rev_now = *now;
                }
                if image.rev_was == other.rev_was {
                    image.rev_was = *now;
                }
            }
        }
    }
}

/// Replaces the record by `before` (deletes it if there was none); gives back its new revision and what stood there.
fn swap<R: crate::store::Record + Clone>(
    books: &Books,
    unit: &mut Unit,
    owner: Owner,
    number: Number,
    rev_now: u32,
    before: Option<&R>,
    wrap: impl Fn(Option<R>) -> Before,
) -> Result<(u32, Before), Fault> {
    let standing = books.get::<R>(owner, number)?;
    if standing.as_ref().map_or(0, |kept| kept.rev) != rev_now {
        return Err(Fault::new(FaultKind::Conflict, "Changed since; not taken back."));
    }
    let after = match (before, &standing) {
        (Some(record), _) => {
            unit.put(record, owner, number, rev_now);
            rev_now + 1
        }
        (None, Some(_)) => {
            unit.delete::<R>(owner, number, rev_now);
            0
        }
        (None, None) => 0,
    };
    Ok((after, wrap(standing.map(|kept| kept.value))))
}

/// Takes back the last act (`redo` false) or does it again.
pub(super) fn take_back(desk: &mut Desk, redo: bool) -> Result<Answer, Fault> {
    let nothing = if redo { "Nothing to do again." } else { "Nothing to take back." };
    let step = desk.seat_mut()?.pop_step(redo).ok_or_else(|| Fault::user(nothing))?;
    let again = step.clone();
    let taken = restore(desk, step, redo);
    // A disk that refused may take it later; a record that moved on never will.
    if taken.as_ref().is_err_and(|fault| fault.kind == FaultKind::Storage) {
        desk.seat_mut()?.push_step(redo, again);
    }
    taken
}

fn restore(desk: &mut Desk, step: Step, redo: bool) -> Result<Answer, Fault> {
    let mut unit = desk.unit(step.capability(), Act::Undone, step.client, 0)?;
    let mut images = Vec::new();
    for image in &step.images {
        images.push(image.restore(desk.books(), &mut unit)?);
    }
    let day_only = step.images.iter().all(|image| matches!(image.before, Before::Session(_)));
    if let Some(client) = step.client {
        let mut records = ChartRecords::load(desk.books(), client)?;
        records.apply(&images_after(&step));
        records.put_summary(&desk.clock, &mut unit);
    }
    desk.commit(unit)?;
    for image in &step.images {
        if let Before::Task(_) = image.before {
            super::tasks::reload(desk, TaskId(image.owner.0))?;
        }
    }
    let taken: Vec<(Image, u32)> =
        step.images.iter().cloned().zip(images.iter().map(|image| image.rev_now)).collect();
    desk.seat_mut()?.follow_steps(&taken);
    let said = format!("{}: {}", if redo { "Done again" } else { "Taken back" }, step.said);
    desk.seat_mut()?.push_step(!redo, Step { said: step.said, client: step.client, images });
    // What was done on a day's list shows no chart, nor does taking it back.
    let name = match step.client {
        Some(client) => super::days::name_of(desk, client)?,
        None => String::new(),
    };
    let chart = match step.client.filter(|_| !day_only) {
        Some(client) => Some(Box::new(super::chart::view(desk, client)?)),
        None => None,
    };
    Ok(Answer::Done(Box::new(Done { said, chart, undoable: redo, name, session: None })))
}

/// The records as they stand after the step was taken back.
fn images_after(step: &Step) -> Vec<After> {
    step.images
        .iter()
        .filter_map(|image| {
            Some(match &image.before {
                Before::Session(session) => After::Session(image.number, session.clone()),
                Before::Problem(problem) => After::Problem(image.number, problem.clone()),
                Before::Imported(imported) => After::Imported(imported.clone()),
                Before::Wants(wants) => After::Wants(wants.clone()),
                Before::Client(client) => After::Client(client.clone()),
                Before::Episode(episode) => After::Episode(episode.clone()),
                // Of no chart.
                Before::Task(_) | Before::TaskDone(_) => return None,
            })
        })
        .collect()
}

/// A record as it stands after being taken back, for the summary made in the same unit.
pub(super) enum After {
    Problem(Number, Option<Problem>),
    Imported(Option<Imported>),
    Wants(Option<Wants>),
    Client(Box<Client>),
    Episode(Episode),
    Session(Number, Option<Session>),
}
