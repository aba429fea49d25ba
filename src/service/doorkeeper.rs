//! Who guesses at the door waits: failures are counted, and after a few each next try has to wait longer.

use super::fault::Fault;
use crate::domain::{Moment, counted};

/// Failures that are free.
const FREE_TRIES: u32 = 3;
/// Longest wait after a failure, ms.
const LONGEST_WAIT_MS: i64 = 5 * 60_000;

/// Counts failures at the door and slows it down.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Doorkeeper {
    failures: u32,
    not_before: Moment,
}

impl Doorkeeper {
    pub(super) fn failed(&mut self, now: Moment) {
        self.failures += 1;
        if self.failures >= FREE_TRIES {
            let doublings = (self.failures - FREE_TRIES).min(16);
            self.not_before = now.plus_ms((2_000_i64 << doublings).min(LONGEST_WAIT_MS));
        }
    }

    /// What whoever failed should know: how many tries are left before they have to wait, or how long that is now.
    pub(super) fn told(&self, now: Moment) -> String {
        match FREE_TRIES.saturating_sub(self.failures) {
            0 => format!("Wait {} seconds before the next try.", self.seconds(now)),
            left => {
                format!("You have {} before you must wait.", counted(left as usize, "more try", "more tries"))
            }
        }
    }

    /// Whole seconds until the next try.
    fn seconds(&self, now: Moment) -> i64 {
        (self.not_before.0 - now.0 + 999) / 1000
    }

    pub(super) fn passed(&mut self) {
        *self = Self::default();
    }

    pub(super) fn check(&self, now: Moment) -> Result<(), Fault> {
        if self.not_before.0 <= now.0 {
            return Ok(());
        }
        Err(Fault::denied(format!("Too many tries. Wait {} seconds, then try again.", self.seconds(now))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_fails_is_told_how_many_tries_are_left_and_then_how_long_to_wait() {
        let (mut door, now) = (Doorkeeper::default(), Moment(0));
        let mut told = || {
            door.failed(now);
            door.told(now)
        };
        assert_eq!(told(), "You have 2 more tries before you must wait.");
        assert_eq!(told(), "You have 1 more try before you must wait.");
        assert_eq!(told(), "Wait 2 seconds before the next try.");
        assert_eq!(told(), "Wait 4 seconds before the next try.");
        assert!(door.check(now).is_err() && door.check(Moment(4_000)).is_ok());
    }
}
