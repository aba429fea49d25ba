//! Taking times: subjects of one comparison take turns in an order that looks random and is the same in every run.

use std::time::{Duration, Instant};

/// Small numbers that look random and are the same in every run (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % limit.max(1) as u64) as usize
    }

    pub(crate) fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// The times of one subject, shortest first.
#[derive(Clone)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn new(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self(times)
    }

    /// The time that this share of the rounds stayed within, in milliseconds.
    pub(crate) fn within(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let at = (share * last as f64).ceil() as usize;
        self.0.get(at.min(last)).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }

    pub(crate) fn p50(&self) -> f64 {
        self.within(0.5)
    }

    pub(crate) fn p99(&self) -> f64 {
        self.within(0.99)
    }

    /// The same times less what is no part of the subject; never below zero.
    pub(crate) fn less(&self, ms: f64) -> Self {
        let part = Duration::from_secs_f64(ms / 1e3);
        Self(self.0.iter().map(|time| time.saturating_sub(part)).collect())
    }
}

/// How long this takes.
pub(crate) fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// How much of the processor this takes: what it costs by itself, whatever else the machine is doing.
pub(crate) fn work(work: impl FnOnce()) -> Duration {
    let clock = || {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
    };
    let start = clock();
    work();
    clock().saturating_sub(start)
}

/// One subject: does its work once and says how long the part that counts took.
pub(crate) type Subject<'a> = &'a mut dyn FnMut() -> Duration;

#[allow(clippy::needless_pass_by_value, reason = "an array of borrows, written where it is used")]
/// Runs every subject once a round, after a few rounds that do not count.
pub(crate) fn interleaved<const N: usize>(rounds: usize, subjects: [Subject<'_>; N]) -> [Times; N] {
    let mut dice = Dice(0x00c0_4c04);
    let mut taken: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::with_capacity(rounds));
    let warm_up = (rounds / 10).clamp(1, 20);
    for round in 0..warm_up + rounds {
        let mut order: Vec<usize> = (0..N).collect();
        for last in (1..N).rev() {
            order.swap(last, dice.below(last + 1));
        }
        for at in order {
            let took = subjects[at]();
            if round >= warm_up {
                taken[at].push(took);
            }
        }
    }
    taken.map(Times::new)
}
