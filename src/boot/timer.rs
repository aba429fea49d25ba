//! A timer that counts while the machine sleeps, so that a reopened lid finds the desk locked.
//!
//! One thread blocks on a `CLOCK_BOOTTIME` timer; arming it is a system call of the main thread. Nothing wakes while no
//! alarm is set.

use rustix::fd::OwnedFd;
use rustix::io::read;
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use std::sync::Arc;
use std::time::Duration;

/// The timer and its thread.
pub(super) struct Timer {
    fd: Arc<OwnedFd>,
}

impl Timer {
    /// Starts the thread; `ring` is called each time the timer runs out and says whether to go on.
    pub(super) fn start(mut ring: impl FnMut() -> bool + Send + 'static) -> std::io::Result<Self> {
        let fd = Arc::new(timerfd_create(TimerfdClockId::Boottime, TimerfdFlags::CLOEXEC)?);
        let blocked = Arc::clone(&fd);
        std::thread::Builder::new().name("alarm".to_owned()).spawn(move || {
            let mut count = [0; 8];
            while read(&blocked, &mut count).is_ok() {
                if !ring() {
                    return;
                }
            }
        })?;
        Ok(Self { fd })
    }

    /// Sets it to ring after so long; `None` = never. Says whether it is set.
    pub(super) fn set(&self, after: Option<Duration>) -> bool {
        // Zero would disarm it: at least a millisecond.
        let after = after.map_or(Duration::ZERO, |after| after.max(Duration::from_millis(1)));
        let value = Timespec {
            tv_sec: i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: i64::from(after.subsec_nanos()),
        };
        let once = Itimerspec { it_interval: Timespec { tv_sec: 0, tv_nsec: 0 }, it_value: value };
        timerfd_settime(&*self.fd, TimerfdTimerFlags::empty(), &once).is_ok()
    }
}
