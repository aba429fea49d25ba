//! What can be asked about filled-in measures and critical answers.

use crate::domain::{
    Administration, AlertDone, CheckIn, ClientId, CriticalDone, NeedState, Number, Rupture, WaysOfWorking,
};

/// What can be written down of what was heard from a client. Every answer is [`Answer::Done`](super::Answer::Done).
#[derive(Clone, Debug)]
pub enum HeardAsk {
    /// The answers so far, at the key: a critical one among them is written down before the rest is saved.
    Notice(Box<Administration>),
    /// Save a filled-in measure.
    Save(Box<Administration>),
    /// Say something about one that is saved.
    Mark {
        /// Whose.
        client: ClientId,
        /// Which.
        number: Number,
        /// The revision it was read at.
        rev: u32,
        /// What is said.
        mark: MeasureMark,
    },
    /// Save a check-in.
    CheckIn(Box<CheckIn>),
    /// Say that a check-in should never have been here.
    CheckInError {
        /// Whose.
        client: ClientId,
        /// Which.
        number: Number,
        /// The revision it was read at.
        rev: u32,
        /// Why.
        words: String,
    },
    /// Write down a rupture, or change one of one's own.
    Rupture {
        /// What is so; who wrote it and when is given by the service.
        rupture: Box<Rupture>,
        /// The revision it was read at; 0 = it is new.
        rev: u32,
    },
    /// Save how one works with a client.
    Ways {
        /// All of it as it is now; who wrote it and when is given by the service.
        ways: Box<WaysOfWorking>,
        /// The revision it was read at; 0 = nothing was written yet.
        rev: u32,
    },
    /// Close an alert by what was done about it.
    Answer {
        /// Whose.
        client: ClientId,
        /// Which alert.
        number: Number,
        /// The revision it was read at.
        rev: u32,
        /// What was done.
        done: AlertDone,
        /// In words.
        words: String,
    },
    /// Write down what was done about a critical answer, and decide on its need if that is part of it.
    Act {
        /// Whose.
        client: ClientId,
        /// Which critical answer.
        number: Number,
        /// The revision it was read at.
        rev: u32,
        /// What was done; author and moment are given by the service.
        done: Box<CriticalDone>,
        /// Where its need goes.
        state: Option<NeedState>,
    },
}

/// What is said about a filled-in measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasureMark {
    /// Somebody asked about the critical item that was left blank; what came of it.
    Asked(String),
    /// The result was shown to the client, or was not.
    Shown(bool),
    /// It should never have been here, and why.
    InError(String),
}
