//! Tasks: a reminder with a day, a person who does it, and perhaps the client it is about.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId, TaskId};

/// A task that is not done yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    /// What is to be done.
    pub text: String,
    pub due: Date,
    /// Who does it.
    pub to: StaffId,
    /// About whom; `None` = nobody in particular.
    pub client: Option<ClientId>,
    /// Written down at.
    pub created: Moment,
    pub created_by: StaffId,
    /// Who had it before, oldest first, with the moment it was handed on.
    pub handed: Vec<(StaffId, Moment)>,
    /// The stay of the client it belongs to; 0 = it names none.
    pub episode: Number,
}

numbered!(Task {
    1 id, 2 text, 3 due, 4 to, 5 client, 6 created, 7 created_by, 8 handed, 9 episode,
});

/// A task that is done, apart from the open ones: those are read at every sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskDone {
    pub task: Task,
    pub at: Moment,
    pub by: StaffId,
}

numbered!(TaskDone {
    1 task, 2 at, 3 by,
});
