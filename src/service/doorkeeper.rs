//! Who guesses at the door waits: failures are counted, and after a few each next try has to wait longer.
//!
//! Owns the count and the wait. They are kept on the computer, beside what was last seen of the store, so that the program
//! started again and a loop of commands wait as the screen does. The wait goes by the clock that nobody sets; over a restart by
//! the wall clock, and it is never longer than it was.

use super::fault::Fault;
use super::seen::Seen;
use crate::clock::Clock;
use crate::domain::{Moment, counted};

/// Failures that are free.
const FREE_TRIES: u32 = 3;
/// Longest wait after a failure, ms.
const LONGEST_WAIT_MS: u64 = 5 * 60_000;

/// Counts failures at the door and slows it down.
#[derive(Default)]
pub(super) struct Doorkeeper {
    failures: u32,
    /// By the monotonic clock, ms.
    not_before: u64,
    /// Where the count is kept; `None` = in memory only.
    kept: Option<Box<dyn Seen>>,
}

/// How long a number of failures makes one wait, ms.
fn wait(failures: u32) -> u64 {
    match failures.checked_sub(FREE_TRIES) {
        None => 0,
        Some(more) => (2_000 << more.min(16)).min(LONGEST_WAIT_MS),
    }
}

/// A count and when the last failure was, as they are kept.
fn to_bytes(failures: u32, at: Moment) -> Vec<u8> {
    [&failures.to_be_bytes()[..], &at.0.to_be_bytes()].concat()
}

fn from_bytes(bytes: &[u8]) -> Option<(u32, Moment)> {
    let (failures, at) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*failures), Moment(i64::from_be_bytes(at.try_into().ok()?))))
}

impl Doorkeeper {
    /// Goes on where the program stopped. A failure that the clock says is still to come counts as one of now.
    pub(super) fn keep_in(&mut self, kept: Box<dyn Seen>, clock: &Clock) {
        if let Some((failures, at)) = kept.last().and_then(|bytes| from_bytes(&bytes)) {
            let gone = u64::try_from(clock.now().0.saturating_sub(at.0)).unwrap_or(0);
            self.failures = failures;
            self.not_before = clock.monotonic_ms() + wait(failures).saturating_sub(gone);
        }
        self.kept = Some(kept);
    }

    fn keep(&self, at: Moment) {
        if let Some(kept) = &self.kept {
            kept.keep(&to_bytes(self.failures, at));
        }
    }

    pub(super) fn failed(&mut self, clock: &Clock) {
        self.failures = self.failures.saturating_add(1);
        self.not_before = clock.monotonic_ms() + wait(self.failures);
        self.keep(clock.now());
    }

    /// What whoever failed should know: how many tries are left before they have to wait, or how long that is now.
    pub(super) fn told(&self, clock: &Clock) -> String {
        match FREE_TRIES.saturating_sub(self.failures) {
            0 => format!("Wait {} seconds before the next try.", self.seconds(clock)),
            left => {
                format!("You have {} before you must wait.", counted(left as usize, "more try", "more tries"))
            }
        }
    }

    /// Whole seconds until the next try.
    fn seconds(&self, clock: &Clock) -> u64 {
        self.not_before.saturating_sub(clock.monotonic_ms()).div_ceil(1000)
    }

    pub(super) fn passed(&mut self) {
        if self.failures > 0 {
            (self.failures, self.not_before) = (0, 0);
            self.keep(Moment::default());
        }
    }

    pub(super) fn check(&self, clock: &Clock) -> Result<(), Fault> {
        match self.seconds(clock) {
            0 => Ok(()),
            left => Err(Fault::denied(format!("Too many tries. Wait {left} seconds, then try again."))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Beside(Arc<Mutex<Option<Vec<u8>>>>);

    impl Seen for Beside {
        fn last(&self) -> Option<Vec<u8>> {
            self.0.lock().unwrap().clone()
        }

        fn keep(&self, bytes: &[u8]) {
            *self.0.lock().unwrap() = Some(bytes.to_vec());
        }
    }

    fn clock() -> Clock {
        Clock::fixed("America/Chicago", Moment(1_795_287_600_000)).unwrap()
    }

    #[test]
    fn whoever_fails_is_told_how_many_tries_are_left_and_then_how_long_to_wait() {
        let (mut door, clock) = (Doorkeeper::default(), clock());
        let mut told = || {
            door.failed(&clock);
            door.told(&clock)
        };
        assert_eq!(told(), "You have 2 more tries before you must wait.");
        assert_eq!(told(), "You have 1 more try before you must wait.");
        assert_eq!(told(), "Wait 2 seconds before the next try.");
        assert_eq!(told(), "Wait 4 seconds before the next try.");
        assert!(door.check(&clock).is_err());
        clock.advance(4_000);
        assert!(door.check(&clock).is_ok());
    }

    #[test]
    fn a_restart_waits_on_and_a_clock_that_was_set_changes_little() {
        let (beside, clock) = (Beside::default(), clock());
        let again = || {
            let mut door = Doorkeeper::default();
            door.keep_in(Box::new(beside.clone()), &clock);
            door
        };
        for _ in 0..4 {
            again().failed(&clock);
        }
        assert_eq!(again().seconds(&clock), 4, "a loop of commands waits");
        clock.advance(1_000);
        assert_eq!(again().seconds(&clock), 3);
        clock.advance(-86_400_000);
        assert_eq!(again().seconds(&clock), 4, "a day back: as long as it was, not a day");
        beside.keep(b"rubbish");
        assert_eq!(again().seconds(&clock), 0);
        beside.keep(&to_bytes(u32::MAX, clock.now()));
        assert_eq!(again().seconds(&clock), 300, "never longer than five minutes");
        again().passed();
        assert_eq!(again().failures, 0);
    }
}
