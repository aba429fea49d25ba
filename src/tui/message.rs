//! What reaches the app and what it wants done: values only.
//!
//! Owns the two ends of the pure part of the screen: [`Msg`] in, [`Effect`] out. It must not know threads, channels or the
//! terminal; the loop turns these values into deeds.

pub use super::event::{Input, Mouse};
pub use super::term::Signal;
use crate::service::api::{Allowed, Ask, BackupTicket, Reply};
use crate::spell::{SpellAsk, Spelled};

#[derive(Debug)]
pub enum Msg {
    /// Keys, mouse, size.
    Input(Input),
    /// The service answered.
    Reply(Reply),
    /// An alarm that was set with [`Effect::SetAlarm`] is due.
    Alarm(Alarm),
    /// The system asks.
    Signal(Signal),
    /// The helper answered about a word.
    Spelled(Spelled),
    /// The helper made a page, or could not.
    Made(Made),
    /// How far a backup is, or what became of it.
    Backup(BackupNews),
    /// The service works on, but only a new process can make the store what it was.
    NeedsNewProcess,
}

/// Work for the helper.
#[derive(Debug)]
pub enum Chore {
    Spell(SpellAsk),
    /// Make this page and bring it to its place.
    Paper(Box<Allowed>),
    /// Write this backup.
    Backup(BackupTicket),
}

/// What is told of a backup.
#[derive(Debug)]
pub enum BackupNews {
    /// So many records and changes are written.
    Written(u64),
    /// Where it is, or why it was not made.
    Ended(Result<String, String>),
}

/// What became of a page.
#[derive(Debug)]
pub struct Made {
    /// The page, by [`Allowed::pass`].
    pub pass: u64,
    /// Where it is, or why it was not made.
    pub made: Result<String, String>,
}

/// The alarms there are. Nothing else wakes the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alarm {
    /// Say that the desk is about to lock.
    IdleWarning,
    Lock,
    /// Hand unsaved text to the service.
    Autosave,
    /// An immediate need in hand is to be looked at again.
    Recheck,
    /// The date changes.
    Midnight,
}

/// What the app wants done.
#[derive(Debug)]
pub enum Effect {
    /// Hand this to the service.
    Ask(Box<Ask>),
    /// Wake the app with this alarm after so many milliseconds; an earlier setting of the same alarm is replaced.
    SetAlarm(Alarm, u64),
    /// Forget this alarm.
    ClearAlarm(Alarm),
    /// Hand this to the helper.
    Help(Chore),
    /// Give the terminal back and stop until told to go on (the desk is locked).
    Suspend,
    /// Draw everything again: the terminal was somebody else's in between.
    Redraw,
    /// End with this exit code.
    Quit(i32),
    /// End, and let a new process of the same program take the place of this one.
    StartAgain,
}
