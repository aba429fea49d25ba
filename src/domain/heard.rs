//! Filled-in measures, and answers that cannot wait.

use super::fields::numbered;
use super::{AlertKind, ClientId, ClockTime, Date, DimensionRef, Moment, Number, Reply, Score, StaffId};
use serde::{Deserialize, Serialize};

/// How answers were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HowTaken {
    /// Typed from a sheet of paper.
    #[default]
    Paper,
    /// Read aloud in the room.
    Aloud,
    /// By phone or video.
    Remote,
    /// By the client at the screen.
    Screen,
}

impl HowTaken {
    /// The ways a member of staff can type answers in.
    pub const BY_STAFF: [Self; 3] = [Self::Paper, Self::Aloud, Self::Remote];

    /// Returns the words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Paper => "from paper",
            Self::Aloud => "read aloud",
            Self::Remote => "by phone or video",
            Self::Screen => "at the screen",
        }
    }
}

/// The score of one scale, as it was reckoned when the measure was saved. It never changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScaleResult {
    /// Key of the scale (`total`).
    pub scale: String,
    /// The score; `None` = there is none.
    pub score: Option<Score>,
    /// Answers that were missing. With a score, they count as the mean of the others.
    pub missing: u8,
    /// What the score is called; empty if it has no name.
    pub band: String,
    /// Whether a figure behind it still has to be checked.
    pub verify: bool,
}

numbered!(ScaleResult { 1 scale, 2 score, 3 missing, 4 band, 5 verify });

/// A filled-in measure. The answers are the client's, never turned round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Administration {
    /// The client.
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode it was taken in.
    pub episode: Number,
    /// Key of the measure.
    pub measure: String,
    /// The version of its scoring.
    pub version: u16,
    /// Which form of it; empty where there is only one.
    pub form: String,
    /// The day it was filled in.
    pub on: Date,
    /// The time of that day, if it is known.
    pub time: Option<ClockTime>,
    /// The session it belongs to; 0 = none.
    pub session: Number,
    /// Who answered, by the word of the measure file (`client`).
    pub answered_by: String,
    /// The name of whoever answered, where it was not the client.
    pub name: String,
    /// How the answers were taken.
    pub how: HowTaken,
    /// Items in the order of the measure, each with its answer.
    pub answers: Vec<(String, Reply)>,
    /// Every scale.
    pub results: Vec<ScaleResult>,
    /// The class of its change since the first one, as it was when it was saved; empty = not classed.
    pub class: String,
    /// The age that the bands were reckoned with, if it was known.
    pub age: Option<u8>,
    /// Critical items that were not answered: somebody has to ask.
    pub ask: Vec<String>,
    /// Hours within which somebody asks.
    pub ask_hours: u16,
    /// What came of asking; empty while nobody has.
    pub asked: String,
    /// Whether the result was shown to the client.
    pub shown: bool,
    /// Why it should never have been here; empty = it belongs here.
    pub in_error: String,
    /// Who typed it.
    pub by: StaffId,
    /// Name and credential of who typed it, as they were then.
    pub by_name: String,
    /// When it was saved.
    pub at: Moment,
    /// When it was begun: what belongs to one sitting has this in common.
    pub begun: Moment,
    /// Which of the agency's wordings was asked at the screen; 0 = none that is known, or the form is ours.
    pub wording: Number,
    /// What the special rule of the measure found (`Triage: low`), line by line, as it was when it was saved.
    pub findings: Vec<String>,
}

numbered!(Administration {
    1 client, 2 number, 3 episode, 4 measure, 5 version, 6 form, 7 on, 8 time, 9 session, 10 answered_by, 11 name,
    12 how, 13 answers, 14 results, 15 class, 16 age, 17 ask, 18 ask_hours, 19 asked, 20 shown, 21 in_error, 22 by,
    23 by_name, 24 at, 25 begun, 26 wording, 27 findings,
});

impl Administration {
    /// Returns the answers in the order of these items; an item it does not know is blank.
    pub fn replies<'a>(&self, items: impl Iterator<Item = &'a str>) -> Vec<Reply> {
        items.map(|item| self.reply(item)).collect()
    }

    /// Returns the answer to an item.
    pub fn reply(&self, item: &str) -> Reply {
        self.answers.iter().find(|(id, _)| id == item).map(|(_, reply)| *reply).unwrap_or_default()
    }

    /// Returns the result of a scale.
    pub fn result(&self, scale: &str) -> Option<&ScaleResult> {
        self.results.iter().find(|result| result.scale == scale)
    }

    /// Its place in time: by the day and the time it was filled in, and only then by when it was typed.
    pub fn taken(&self) -> (Date, Option<ClockTime>, Number) {
        (self.on, self.time, self.number)
    }

    /// Whether a critical item is still to be asked about.
    pub fn is_to_be_asked(&self) -> bool {
        !self.ask.is_empty() && self.asked.is_empty() && self.in_error.is_empty()
    }
}

/// One answer to a critical item, as it was at a moment. A changed answer is another entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriticalEntry {
    /// When it was typed.
    pub at: Moment,
    /// Who typed it.
    pub by: StaffId,
    /// The answer or score, as it is shown; empty = it was taken away.
    pub value: String,
}

numbered!(CriticalEntry { 1 at, 2 by, 3 value });

/// What was done about a critical answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriticalDone {
    /// Whether the person was still here, or how they were reached.
    pub here: String,
    /// How it was assessed.
    pub assessed: String,
    /// What the client said.
    pub words: String,
    /// What is done, by whom, until when: the words of the decision about the need.
    pub decided: String,
    /// Means at home.
    pub means: String,
    /// The safety plan.
    pub plan: String,
    /// Who was consulted.
    pub consult: String,
    /// Who wrote it.
    pub by: StaffId,
    /// Name and credential of who wrote it.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// The need that was open before and that the answer belongs to: it is told there too.
    pub joins: Option<Number>,
}

numbered!(CriticalDone {
    1 here, 2 assessed, 3 words, 4 decided, 5 means, 6 plan, 7 consult, 8 by, 9 by_name, 10 at, 11 joins,
});

/// A critical answer: written at the key that gave it, and never overwritten. It waits as long as its need is undecided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriticalWaiting {
    /// The client.
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The immediate need it proposed.
    pub need: Number,
    /// The dimension of that need.
    pub dimension: DimensionRef,
    /// Key of the measure.
    pub measure: String,
    /// The version of its rules.
    pub version: u16,
    /// The item or the scale.
    pub item: String,
    /// What it is about, in words.
    pub about: String,
    /// The day the form was filled in.
    pub on: Date,
    /// How the answers were taken.
    pub how: HowTaken,
    /// When the sitting was begun in which they were given.
    pub begun: Moment,
    /// The answers, oldest first.
    pub entries: Vec<CriticalEntry>,
    /// What was done, newest last.
    pub done: Vec<CriticalDone>,
}

numbered!(CriticalWaiting {
    1 client, 2 number, 3 need, 4 dimension, 5 measure, 6 version, 7 item, 8 about, 9 on, 10 how, 11 begun, 12 entries,
    13 done,
});

/// What was heard from a client, as lists need it. At most 40 bytes while nothing is open, and no word of the client's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeardFacts {
    /// Filled-in measures with a critical item that nobody has asked about.
    pub asks: Box<[AskFacts]>,
    /// Open alerts, and the one that was answered last.
    pub alerts: Box<[AlertFacts]>,
    /// The day the client was last asked how the work goes.
    pub fed: Option<Date>,
    /// Barriers about which nothing is done yet.
    pub barriers: u8,
}

numbered!(HeardFacts { 1 asks, 2 alerts, 3 fed, 4 barriers });

/// An alert, as lists need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertFacts {
    pub number: Number,
    pub kind: AlertKind,
    /// The day of the oldest thing it rests on.
    pub since: Date,
    /// The day it was answered; `None` = it is open.
    pub answered: Option<Date>,
    /// What was heard, the newest (`bond fell from 5 to 3`), while it is open.
    pub words: Box<str>,
}

numbered!(AlertFacts { 1 number, 2 kind, 3 since, 4 answered, 5 words });

/// A critical item was left blank: somebody has to ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AskFacts {
    /// The filled-in measure.
    pub number: Number,
    /// When it was saved.
    pub at: Moment,
    /// Hours within which somebody asks.
    pub hours: u16,
}

numbered!(AskFacts { 1 number, 2 at, 3 hours });
