//! What is asked of, and answered by, the list of charts whose time is over: legal holds, and purges by two people.

use crate::domain::{Birth, ClientId, Date, Number, Purge};

/// What can be done about how long records are kept.
#[derive(Clone, Debug)]
pub enum RetentionAsk {
    /// The charts whose time is over, those under a hold, and what was purged. Answer: [`super::HouseAnswer::Retention`].
    Show,
    /// Put a legal hold on a chart. Answer: [`super::HouseAnswer::Retention`].
    Hold {
        /// Its record number, as typed.
        record_no: String,
        why: String,
        /// Whoever asks knows whose chart it is; else the answer says that, and nothing is written.
        sure: bool,
    },
    /// Lift the legal hold of a chart. Answer: [`super::HouseAnswer::Retention`].
    Lift { client: ClientId, why: String },
    /// Ask for the purge of a chart; a second person decides. Answer: [`super::HouseAnswer::Retention`].
    AskPurge { client: ClientId },
    /// Decide on a purge that somebody asked for, or take back what one asked oneself. Agreeing removes the records. Answer:
    /// [`super::HouseAnswer::Retention`].
    Decide { number: Number, agrees: bool },
}

/// How long records are kept, as whoever looks after that sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionView {
    /// Charts, those that wait for a second person first.
    pub rows: Vec<RetentionRow>,
    /// Purges that were done, the newest first.
    pub done: Vec<Purge>,
    /// They may set holds and ask for purges.
    pub may_keep: bool,
    /// What happened, if something was done.
    pub said: String,
    /// Whose chart a hold would be on, to be agreed to.
    pub hold: Option<HoldOf>,
}

/// Whose chart a legal hold would be on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoldOf {
    pub record_no: String,
    /// What to call them; empty for who may not know it.
    pub name: String,
    pub birth: Birth,
    /// Why it would be held, as typed.
    pub why: String,
}

/// A chart whose time is over, that is under a hold, or whose purge somebody asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionRow {
    pub client: ClientId,
    pub record_no: Box<str>,
    /// What to call them; empty for who may not know.
    pub name: Box<str>,
    /// The class of the records and its rule; empty while the person is in care.
    pub class: String,
    pub rule: String,
    pub last_service: Option<Date>,
    /// The day from which it may be purged, where that is known.
    pub ends: Option<Date>,
    /// Who put the hold on it, when and why, in words; empty without one.
    pub hold: String,
    pub asked: Option<PurgeAsked>,
    /// What keeps it from being purged, each in a sentence.
    pub hinders: Vec<String>,
}

/// A purge that waits for a second person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurgeAsked {
    /// Which purge.
    pub number: Number,
    pub by: String,
    pub on: Date,
    /// Whoever is here asked for it.
    pub mine: bool,
    /// Whoever is here may agree to it.
    pub may_agree: bool,
}
