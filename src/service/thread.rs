//! The service thread: owns the desk, answers asks in order.

use super::api::{Answer, Ask, Command, Door, FrontView, Reply};
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::opening;
use crate::clock::{Clock, Ids};
use crate::domain::AgencyFront;
use crate::store::Engine;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long the desk waits before it tries again to write what a lock sealed and the disk refused.
const RETRY: Duration = Duration::from_secs(2);

/// What the thread owns: a desk, or the place where one can be set up.
pub enum Office {
    Desk(Box<Desk>),
    Empty(Ground),
}

/// Where an agency can be set up: makes the engine only when that is wanted.
pub struct Ground {
    /// Makes (or opens again) the empty engine.
    pub engine: Box<dyn FnMut() -> Result<Box<dyn Engine>, Fault> + Send>,
    /// The machine's clock.
    pub clock: Clock,
    /// Where ids come from.
    pub ids: Ids,
    /// What the desk is furnished with once it is there, in this order.
    pub furnish: Vec<Furnish>,
}

/// Gives a desk something of this computer: its formats, whom to ask about backups.
pub type Furnish = Box<dyn FnOnce(&mut Desk) + Send>;

impl Office {
    /// What the screen knows before anyone signs in; no agency name = set one up first.
    pub fn front(&self) -> FrontView {
        match self {
            Self::Desk(desk) => desk.front(),
            Self::Empty(ground) => FrontView {
                front: AgencyFront {
                    name: String::new(),
                    zone: ground.clock.zone_name(),
                    help_now: String::new(),
                    lock_after_s: 0,
                    demo_hint: String::new(),
                },
                notices: Vec::new(),
                fingerprint: None,
            },
        }
    }

    /// The clock in the agency's zone, or the computer's.
    pub fn clock(&self) -> Clock {
        match self {
            Self::Desk(desk) => desk.clock(),
            Self::Empty(ground) => ground.clock.clone(),
        }
    }

    /// Furnishes the desk: at once, or as soon as an agency is set up, so that the process in which that happens has a desk like
    /// any other.
    pub fn furnish(&mut self, furnish: Furnish) {
        match self {
            Self::Desk(desk) => furnish(desk),
            Self::Empty(ground) => ground.furnish.push(furnish),
        }
    }

    /// Answers an ask. Setting up an agency turns the empty office into a desk.
    pub fn answer(&mut self, ask: Ask) -> Reply {
        match self {
            Self::Desk(desk) => desk.answer(ask),
            Self::Empty(ground) => {
                let Ask { ticket, epoch, command } = ask;
                let founded = match command {
                    Command::Door(Door::Found(founding)) => (ground.engine)().and_then(|engine| {
                        opening::begin(
                            engine,
                            &founding,
                            &ground.clock,
                            &ground.ids,
                            opening::calibrated_cost(),
                        )
                    }),
                    _ => Err(Fault::new(FaultKind::Locked, "No agency is set up here yet.")),
                };
                let result = match founded {
                    Ok((mut desk, words)) => {
                        ground.furnish.drain(..).for_each(|furnish| furnish(&mut desk));
                        let front = Box::new(desk.front());
                        *self = Self::Desk(Box::new(desk));
                        Ok(Answer::Founded { words: super::api::Secret::new(words), front })
                    }
                    Err(fault) => Err(fault),
                };
                Reply { ticket, epoch, result, owed: None }
            }
        }
    }

    fn needs_new_process(&self) -> bool {
        matches!(self, Self::Desk(desk) if desk.needs_new_process())
    }

    fn has_waiting(&self) -> bool {
        matches!(self, Self::Desk(desk) if desk.has_waiting())
    }

    fn retry_waiting(&mut self) {
        if let Self::Desk(desk) = self {
            desk.retry_waiting();
            desk.expire_pin();
        }
    }

    /// How long to wait for an ask before something is to be done without one.
    fn patience(&self) -> Option<Duration> {
        let Self::Desk(desk) = self else { return None };
        let pin = desk.pin_expires_in().map(Duration::from_millis);
        let retry = self.has_waiting().then_some(RETRY);
        pin.into_iter().chain(retry).min()
    }
}

/// What the thread says, in this order of one ask.
#[derive(Debug)]
pub enum Said {
    Reply(Reply),
    /// Only a new process can make the store what it was. Said once; everything is answered and saved all the same.
    NeedsNewProcess,
}

/// Starts the thread. It ends, and drops the desk (the clean stop), when the asking side hangs up.
pub fn spawn(
    mut office: Office,
    asks: Receiver<Ask>,
    say: impl Fn(Said) + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("service".to_owned()).spawn(move || {
        let mut told = false;
        loop {
            let next = match office.patience() {
                Some(patience) => asks.recv_timeout(patience),
                None => asks.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match next {
                Ok(ask) => {
                    let reply = office.answer(ask);
                    let stuck = matches!(&reply.result, Err(fault) if fault.kind == FaultKind::Stuck);
                    say(Said::Reply(reply));
                    if (stuck || office.needs_new_process()) && !std::mem::replace(&mut told, true) {
                        say(Said::NeedsNewProcess);
                    }
                }
                Err(RecvTimeoutError::Timeout) => office.retry_waiting(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        office.retry_waiting();
    })
}
