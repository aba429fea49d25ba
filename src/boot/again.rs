//! The program starts itself again: the one way on where the stored files' image hangs, since nothing inside a process frees
//! it.
//!
//! Owns how often that may happen in a row and what the next process is told, by a variable of the surroundings. Before
//! anyone is signed in it happens at once, at most three times; at an open desk it happens after a lock, when everything
//! that was typed is saved.

use super::files::tell;
use crate::service::fault::{Fault, FaultKind};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

/// Tells the next process why it was started: how often in a row a store could not be opened, or [`AT_THE_DESK`].
const VARIABLE: &str = "CONCORD_STARTED_AGAIN";

/// What it says when a desk that was open asked for a new process.
const AT_THE_DESK: &str = "desk";

/// How often in a row the program starts itself again before it says that it does not help.
const MOST: u32 = 3;

/// Why this process was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// By a person.
    Asked,
    /// The process before could not open the store; so many in a row.
    NotOpened(u32),
    /// The process before had a desk open.
    AtTheDesk,
}

impl Why {
    /// As the process before said it.
    pub(super) fn here() -> Self {
        Self::of(std::env::var(VARIABLE).ok().as_deref())
    }

    fn of(said: Option<&str>) -> Self {
        match said {
            Some(AT_THE_DESK) => Self::AtTheDesk,
            Some(number) => number.parse().map_or(Self::Asked, Self::NotOpened),
            None => Self::Asked,
        }
    }

    /// How often a store could not be opened, with this time; `None` where that is too often.
    fn once_more(self) -> Option<u32> {
        let before = match self {
            Self::NotOpened(times) => times,
            Self::Asked | Self::AtTheDesk => 0,
        };
        (before < MOST).then_some(before + 1)
    }
}

/// A fault that ends the program. Where the store did not answer while it was opened the program starts itself again, and
/// this returns only if that cannot be.
pub fn start_again(fault: Fault) -> Fault {
    if fault.kind != FaultKind::Stuck {
        return fault;
    }
    match Why::here().once_more() {
        Some(times) => {
            tell(&format!("The stored files do not answer. Starting again ({times} of {MOST})."));
            replace_process(&times.to_string())
        }
        None => Fault::storage(format!(
            "The stored files did not answer, and starting again {MOST} times did not help."
        ))
        .hint("Nothing that was confirmed as saved is lost, and nothing was changed.")
        .hint("Restart this computer and try again. `concord backup FILE` keeps a copy without opening them.")
        .hint("If it stays so, restore that copy into another folder: concord --store DIR restore FILE."),
    }
}

/// The desk is locked and what was typed is saved: a new process takes its place, with the sign-in on its screen.
pub(super) fn from_the_desk() -> Fault {
    replace_process(AT_THE_DESK)
}

/// What the sign-in says in a process that took the place of an open desk.
pub(super) fn notice() -> Option<String> {
    let said = "The stored files did not answer, so Concord started itself again. What you typed is saved: sign in to find it.";
    (Why::here() == Why::AtTheDesk).then(|| said.to_owned())
}

/// The same program with the same arguments in the place of this process. Returns only if the system refuses.
fn replace_process(why: &str) -> Fault {
    let mut args = std::env::args_os();
    let called = args.next().map(PathBuf::from);
    // A program that was replaced on the disk meanwhile is found by the name it was called by.
    let running = std::env::current_exe().ok().filter(|path| path.exists());
    let Some(program) = running.or(called) else {
        return Fault::internal("The program does not know where it is.").hint("Start Concord again.");
    };
    let refused = Command::new(&program).args(args).env(VARIABLE, why).exec();
    Fault::new(FaultKind::Internal, format!("{} could not be started: {refused}.", program.display()))
        .hint("Start Concord again. What was confirmed as saved is saved.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_times_in_a_row_and_no_more() {
        let mut why = Why::of(None);
        let mut times = Vec::new();
        while let Some(next) = why.once_more() {
            times.push(next);
            why = Why::of(Some(&next.to_string()));
        }
        assert_eq!(times, [1, 2, 3]);
        assert_eq!(
            Why::of(Some("desk")).once_more(),
            Some(1),
            "a desk was open: that was no failure in a row"
        );
        assert_eq!(Why::of(Some("no number")), Why::Asked);
    }

    #[test]
    fn any_other_fault_ends_the_program() {
        let fault = Fault::storage("The disk is full.");
        assert_eq!(start_again(fault.clone()), fault);
    }
}
