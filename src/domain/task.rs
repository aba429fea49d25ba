//! Tasks: a reminder with a day, a person who does it, and perhaps the client it is about.

use super::{ClientId, Date, Moment, StaffId, TaskId};
use serde::{Deserialize, Serialize};

/// A task that is not done yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Which.
    pub id: TaskId,
    /// What is to be done.
    pub text: String,
    /// By when.
    pub due: Date,
    /// Who does it.
    pub to: StaffId,
    /// About whom; `None` = nobody in particular.
    pub client: Option<ClientId>,
    /// Written down at.
    pub created: Moment,
    /// By.
    pub created_by: StaffId,
    /// Who had it before, oldest first, with the moment it was handed on.
    pub handed: Vec<(StaffId, Moment)>,
}

/// A task that is done, apart from the open ones: those are read at every sign-in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDone {
    /// The task.
    pub task: Task,
    /// Done at.
    pub at: Moment,
    /// By.
    pub by: StaffId,
}
