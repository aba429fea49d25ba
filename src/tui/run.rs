//! The loop: one inbox, alarms, one frame for each emptied inbox, and nothing while nothing happens.
//!
//! Owns waiting and the alarms. What is waited for is behind [`World`], so that tests drive the same loop without threads,
//! time or a terminal. A panic in one turn is caught here: drafts are saved, and the fault goes to the caller, who gives
//! the terminal back first.

use super::inbox::{Inbox, Next};
use super::message::{Alarm, BackupNews, Chore, Effect, Made, Msg};
use super::program::Program;
use super::term::{self, Signal, Term, take_panic_place};
use crate::service::api::{Answer, Ask, Now};
use crate::service::fault::{Fault, FaultKind};
use std::collections::BTreeMap;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SendError, Sender};
use std::time::Duration;

/// What a last save may take before the program ends all the same.
const LAST_SAVE: Duration = Duration::from_secs(5);

/// Everything outside the loop.
pub trait World {
    /// The clock's reading.
    fn now(&mut self) -> Now;
    /// Milliseconds that only ever grow, from any beginning.
    fn monotonic_ms(&mut self) -> u64;
    /// Waits for a message, for ever if no limit is given.
    fn wait(&mut self, limit: Option<Duration>) -> Next;
    /// A message that is here already.
    fn more(&mut self) -> Option<Msg>;
    /// Hands an ask to the service.
    fn ask(&mut self, ask: Ask);
    /// Hands an ask to the helper.
    fn help(&mut self, chore: Chore);
    /// Draws the app.
    ///
    /// # Errors
    /// The terminal is gone.
    fn draw(&mut self, app: &Program) -> io::Result<()>;
    /// Gives the terminal back, stops, and takes it again.
    ///
    /// # Errors
    /// The terminal could not be taken again.
    fn suspend(&mut self) -> io::Result<()>;
    /// Somebody else may have had the terminal: the next frame is drawn whole.
    ///
    /// # Errors
    /// The terminal is gone.
    fn redraw(&mut self) -> io::Result<()>;
}

/// When an alarm is due, on both clocks: the wall clock knows of sleep, the other cannot be set.
#[derive(Clone, Copy, Debug)]
struct Due {
    wall: i64,
    monotonic: u64,
}

/// The alarms that are set.
#[derive(Debug, Default)]
struct Alarms(BTreeMap<Alarm, Due>);

impl Alarms {
    fn set(&mut self, alarm: Alarm, after_ms: u64, world: &mut dyn World) {
        let wall = world.now().moment.0.saturating_add(i64::try_from(after_ms).unwrap_or(i64::MAX));
        let monotonic = world.monotonic_ms().saturating_add(after_ms);
        self.0.insert(alarm, Due { wall, monotonic });
    }

    /// How long until the next one; `None` if there is none.
    fn next(&self, world: &mut dyn World) -> Option<Duration> {
        let (wall, monotonic) = (world.now().moment.0, world.monotonic_ms());
        let left = |due: &Due| {
            let by_wall = u64::try_from(due.wall.saturating_sub(wall)).unwrap_or(0);
            by_wall.min(due.monotonic.saturating_sub(monotonic))
        };
        self.0.values().map(left).min().map(Duration::from_millis)
    }

    /// Takes out one that is due.
    fn take_due(&mut self, world: &mut dyn World) -> Option<Alarm> {
        let (wall, monotonic) = (world.now().moment.0, world.monotonic_ms());
        let due = self
            .0
            .iter()
            .find(|(_, due)| due.wall <= wall || due.monotonic <= monotonic)
            .map(|(alarm, _)| *alarm);
        due.inspect(|alarm| {
            self.0.remove(alarm);
        })
    }
}

/// How the app ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With this exit code.
    Code(i32),
    /// Everything is saved, and a new process is to take over.
    StartAgain,
}

/// Runs the app until it ends, and says how.
///
/// # Errors
/// The terminal is gone, or a turn panicked: drafts have been handed to the service by then.
pub fn run(app: &mut Program, world: &mut dyn World) -> Result<End, Fault> {
    let mut alarms = Alarms::default();
    loop {
        let turn = catch_unwind(AssertUnwindSafe(|| turn(app, world, &mut alarms)));
        match turn {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(end))) => return Ok(end),
            Ok(Err(error)) => {
                rescue(app, world);
                return Err(Fault::new(FaultKind::Storage, format!("The terminal is gone: {error}.")));
            }
            Err(_) => {
                rescue(app, world);
                let place = take_panic_place().unwrap_or_else(|| "an unknown place".to_owned());
                return Err(Fault::internal(format!(
                    "Concord stopped at {place}. Open drafts were handed to the store."
                ))
                .hint("Start it again: you will find what you typed."));
            }
        }
    }
}

/// One turn: draw what is, wait for something, take in all that is here.
fn turn(app: &mut Program, world: &mut dyn World, alarms: &mut Alarms) -> io::Result<Option<End>> {
    world.draw(app)?;
    let limit = alarms.next(world);
    let mut next = match world.wait(limit) {
        Next::Msg(msg) => Some(msg),
        Next::Time => None,
        Next::Closed => return Ok(Some(End::Code(1))),
    };
    loop {
        let msg = match next.take().or_else(|| alarms.take_due(world).map(Msg::Alarm)) {
            Some(msg) => msg,
            None => match world.more() {
                Some(msg) => msg,
                None => return Ok(None),
            },
        };
        let now = world.now();
        for effect in app.update(msg, now) {
            match effect {
                Effect::Ask(ask) => world.ask(*ask),
                Effect::Help(chore) => world.help(chore),
                Effect::SetAlarm(alarm, after_ms) => alarms.set(alarm, after_ms, world),
                Effect::ClearAlarm(alarm) => {
                    alarms.0.remove(&alarm);
                }
                Effect::Suspend => world.suspend()?,
                Effect::Redraw => world.redraw()?,
                Effect::Quit(code) => return Ok(Some(End::Code(code))),
                Effect::StartAgain => return Ok(Some(End::StartAgain)),
            }
        }
    }
}

/// After a panic, or without a terminal: hands the drafts over and waits a little for the word that they are safe.
fn rescue(app: &Program, world: &mut dyn World) {
    let Ok(Some(ask)) = catch_unwind(AssertUnwindSafe(|| app.last_words())) else { return };
    let ticket = ask.ticket;
    world.ask(ask);
    let start = world.monotonic_ms();
    loop {
        let gone = Duration::from_millis(world.monotonic_ms().saturating_sub(start));
        let Some(left) = LAST_SAVE.checked_sub(gone).filter(|left| !left.is_zero()) else { return };
        match world.wait(Some(left)) {
            Next::Msg(Msg::Reply(reply)) if reply.ticket == ticket => return,
            Next::Msg(Msg::Reply(reply)) if matches!(reply.result, Ok(Answer::Locked { .. })) => return,
            Next::Closed => return,
            Next::Msg(_) | Next::Time => {}
        }
    }
}

/// The world as it is: a terminal, the service's thread behind a channel, and one inbox.
pub struct Live<N, M> {
    pub term: Term,
    /// Everything that happens arrives here.
    pub inbox: Inbox<io::Stdin>,
    /// To the service.
    pub asks: Sender<Ask>,
    /// To the helper.
    pub chores: Sender<Chore>,
    /// Reads the clock.
    pub clock: N,
    /// Reads milliseconds that only ever grow.
    pub monotonic: M,
}

impl<N, M> std::fmt::Debug for Live<N, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Live")
    }
}

impl<N, M> Live<N, M> {
    /// While it was somebody else's the window may have changed without a word to us.
    fn measure(&mut self) -> io::Result<()> {
        let (width, height) = term::size()?;
        self.inbox.tell(Msg::Signal(Signal::Size(width, height)));
        Ok(())
    }
}

impl<N: FnMut() -> Now, M: FnMut() -> u64> World for Live<N, M> {
    fn now(&mut self) -> Now {
        (self.clock)()
    }

    fn monotonic_ms(&mut self) -> u64 {
        (self.monotonic)()
    }

    fn wait(&mut self, limit: Option<Duration>) -> Next {
        self.inbox.wait(limit, &mut self.monotonic)
    }

    fn more(&mut self) -> Option<Msg> {
        self.inbox.more(&mut self.monotonic)
    }

    fn ask(&mut self, ask: Ask) {
        // If the service is gone its end has been said already; nothing here can be done about it.
        let _ = self.asks.send(ask);
    }

    fn help(&mut self, chore: Chore) {
        // Without the helper nothing is underlined. A page says so at once, so that nobody waits for it.
        let ended = || Err("The helper of this program has ended. Lock and open Concord again.".to_owned());
        match self.chores.send(chore) {
            Err(SendError(Chore::Paper(allowed))) => {
                self.inbox.tell(Msg::Made(Made { pass: allowed.pass(), made: ended() }));
            }
            Err(SendError(Chore::Backup(_))) => {
                self.inbox.tell(Msg::Backup(BackupNews::Ended(ended())));
            }
            Err(SendError(Chore::Spell(_))) | Ok(()) => {}
        }
    }

    fn draw(&mut self, app: &Program) -> io::Result<()> {
        self.term.draw(app.size(), app.has_cursor(), |frame| app.draw(frame))
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.term.suspend()?;
        self.measure()
    }

    fn redraw(&mut self) -> io::Result<()> {
        self.term.redraw()?;
        self.measure()
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
