//! Where everything arrives: the terminal's bytes, messages of other threads, and the alarm.
//!
//! Owns waiting, for all three at once and on the thread that draws: a key is read where it is acted on, without a second
//! thread to be woken on the way. Nothing wakes while nothing happens. It must not know the app.

use super::event::Decoder;
use super::message::Msg;
use super::term::Signal;
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::fd::{AsFd, OwnedFd};
use rustix::io::{Errno, read, write};
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, timerfd_create, timerfd_settime,
};
use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::time::Duration;
use zeroize::Zeroize;

/// As much as a terminal hands over at once.
const READ: usize = 4096;

/// What came while waiting.
#[derive(Debug)]
pub enum Next {
    Msg(Msg),
    /// The time given has passed, or the machine woke: look at the alarms.
    Time,
    /// Nobody can send any more.
    Closed,
}

/// The sending end, for other threads.
#[derive(Clone, Debug)]
pub struct Post {
    queue: Sender<Msg>,
    bell: Arc<OwnedFd>,
}

impl Post {
    /// Puts a message in and wakes whoever waits; `false` if nobody will read it.
    pub fn send(&self, msg: Msg) -> bool {
        let sent = self.queue.send(msg).is_ok();
        // It fails only where it has been rung without end, and then it rings.
        let _ = write(&*self.bell, &1_u64.to_ne_bytes());
        sent
    }
}

/// The receiving end, with the terminal and the alarm.
pub struct Inbox<T> {
    terminal: T,
    /// Whether the terminal is still there.
    connected: bool,
    decoder: Decoder,
    heard: VecDeque<Msg>,
    queue: Receiver<Msg>,
    bell: Arc<OwnedFd>,
    timer: OwnedFd,
    bytes: Box<[u8; READ]>,
}

impl<T> std::fmt::Debug for Inbox<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inbox") // what it holds may be a passphrase
    }
}

impl<T: AsFd> Inbox<T> {
    /// An inbox that hears this terminal (which must be in raw mode while it is waited on), and its sending end.
    ///
    /// # Errors
    /// The system gave no bell or no alarm.
    pub fn new(terminal: T) -> io::Result<(Self, Post)> {
        let (sender, queue) = channel();
        let bell = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        // Boot time counts while the machine sleeps, so that a reopened lid finds the desk locked.
        let flags = TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK;
        let timer = timerfd_create(TimerfdClockId::Boottime, flags)
            .or_else(|_| timerfd_create(TimerfdClockId::Monotonic, flags))?;
        let inbox = Self {
            terminal,
            connected: true,
            decoder: Decoder::default(),
            heard: VecDeque::new(),
            queue,
            bell: Arc::clone(&bell),
            timer,
            bytes: Box::new([0; READ]),
        };
        Ok((inbox, Post { queue: sender, bell }))
    }

    /// Waits for a message, for ever if no limit is given; `now` reads monotonic milliseconds.
    pub fn wait(&mut self, limit: Option<Duration>, now: &mut dyn FnMut() -> u64) -> Next {
        self.set_timer(limit);
        loop {
            match self.here() {
                Ok(msg) => return Next::Msg(msg),
                Err(TryRecvError::Disconnected) => return Next::Closed,
                Err(TryRecvError::Empty) => {}
            }
            let left = self.decoder.deadline().map(|end| Duration::from_millis(end.saturating_sub(now())));
            if self.look(left, now) {
                return Next::Time;
            }
        }
    }

    /// A message that is here already.
    pub fn more(&mut self, now: &mut dyn FnMut() -> u64) -> Option<Msg> {
        self.here().ok().or_else(|| {
            self.look(Some(Duration::ZERO), now);
            self.here().ok()
        })
    }

    /// Puts a message of this thread behind what was heard.
    pub fn tell(&mut self, msg: Msg) {
        self.heard.push_back(msg);
    }

    fn here(&mut self) -> Result<Msg, TryRecvError> {
        self.heard.pop_front().map_or_else(|| self.queue.try_recv(), Ok)
    }

    /// Looks once at everything that may have come, waiting so long for it; `true` if the alarm rang.
    fn look(&mut self, wait: Option<Duration>, now: &mut dyn FnMut() -> u64) -> bool {
        let mut fds = [
            PollFd::new(&*self.bell, PollFlags::IN),
            PollFd::new(&self.timer, PollFlags::IN),
            PollFd::new(&self.terminal, PollFlags::IN),
        ];
        // A terminal that is gone would be ready for ever.
        let watched = if self.connected { 3 } else { 2 };
        if poll(&mut fds[..watched], wait.map(timespec).as_ref()).is_err() {
            return false; // a signal, which its own thread tells of
        }
        let [bell, timer, terminal] = fds.each_ref().map(|fd| !fd.revents().is_empty());
        if bell {
            let _ = read(&*self.bell, &mut [0; 8]);
        }
        if terminal {
            self.hear(now());
        }
        let expired = self.decoder.expire(now());
        self.heard.extend(expired.into_iter().map(Msg::Input));
        timer && read(&self.timer, &mut [0; 8]).is_ok()
    }

    /// Reads the terminal, which has something or is gone.
    fn hear(&mut self, now: u64) {
        match read(&self.terminal, &mut self.bytes[..]) {
            Ok(0) => self.hang_up(),
            Ok(count) => {
                let inputs = self.decoder.feed(&self.bytes[..count], now);
                self.bytes[..count].zeroize(); // perhaps a passphrase
                self.heard.extend(inputs.into_iter().map(Msg::Input));
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.hang_up(),
        }
    }

    fn hang_up(&mut self) {
        self.connected = false;
        self.heard.push_back(Msg::Signal(Signal::Stop));
    }

    /// Sets the alarm to ring after so long; `None` = never.
    fn set_timer(&self, after: Option<Duration>) {
        // Zero would disarm it: at least a millisecond.
        let after = after.map_or(Duration::ZERO, |after| after.max(Duration::from_millis(1)));
        let once = Itimerspec { it_interval: Timespec::default(), it_value: timespec(after) };
        // Refused only where the time is none, and this is one.
        let _ = timerfd_settime(&self.timer, TimerfdTimerFlags::empty(), &once);
    }
}

fn timespec(time: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(time.subsec_nanos()),
    }
}

#[cfg(test)]
#[path = "inbox_tests.rs"]
mod tests;
