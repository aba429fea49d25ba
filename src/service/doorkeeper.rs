//! Who guesses at the door waits: failures are counted, and after a few each next try has to wait longer.

use super::fault::Fault;
use crate::domain::Moment;

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

    pub(super) fn passed(&mut self) {
        *self = Self::default();
    }

    pub(super) fn check(&self, now: Moment) -> Result<(), Fault> {
        let wait = self.not_before.0 - now.0;
        if wait <= 0 {
            return Ok(());
        }
        Err(Fault::denied(format!("Too many tries. Wait {} s, then try again.", (wait + 999) / 1000)))
    }
}
