//! Sessions: when people meet, whether they came, and what was done when they did not.

use super::fields::numbered;
use super::{ClientId, ClockTime, Date, Modality, Mode, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// One appointment of one client. Date and start are the agency's wall clock, so that a weekly session keeps its hour
/// over a change to daylight saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    pub client: ClientId,
    /// Which of theirs.
    pub number: Number,
    /// On which day (agency's zone).
    pub date: Date,
    pub start: ClockTime,
    /// How long, minutes.
    pub minutes: u16,
    /// Type of service: counseling, assessment, ... (from the lists).
    pub kind: String,
    /// With whom; `None` = not said.
    pub modality: Option<Modality>,
    /// How; `None` = not said.
    pub mode: Option<Mode>,
    /// Where (a room, a video link's name).
    pub place: String,
    /// Name of the group, for a group session; collateral: who it is with.
    pub with: String,
    /// Who holds it.
    pub staff: StaffId,
    /// Who else of the staff takes part.
    pub others: Vec<StaffId>,
    /// An interpreter is there.
    pub interpreter: bool,
    /// What became of it.
    pub state: SessionState,
    /// What became of its note.
    pub note: SessionNote,
    /// What was done after it was missed, oldest first.
    pub outreach: Vec<Outreach>,
    /// First session of the weekly row it belongs to, 0 = it is alone.
    pub series: Number,
    /// Service code for billing, may be empty.
    pub code: String,
    /// Units of that code, 0 = not counted.
    pub units: u16,
    pub created: Moment,
    pub created_by: StaffId,
    /// Last changed at.
    pub changed: Moment,
    pub changed_by: StaffId,
    /// Who says what became of it and writes its note, where that was handed to somebody else than whoever held it.
    pub left_to: Option<StaffId>,
    /// The stay it belongs to; 0 = it names none (planned before stays were named, or while none was open).
    pub episode: Number,
}

numbered!(Session {
    1 client, 2 number, 3 date, 4 start, 5 minutes, 6 kind, 7 modality, 8 mode, 9 place, 10 with, 11 staff,
    12 others, 13 interpreter, 14 state, 15 note, 16 outreach, 17 series, 18 code, 19 units, 20 created,
    21 created_by, 22 changed, 23 changed_by, 24 left_to, 25 episode,
});

impl Session {
    /// Who says what became of it and writes its note.
    pub fn closer(&self) -> StaffId {
        self.left_to.unwrap_or(self.staff)
    }
}

/// What became of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionState {
    /// To come; or past, and nobody has said what became of it.
    #[default]
    Planned,
    /// The person is here.
    Arrived { at: Moment },
    /// It took place.
    Held,
    /// The person did not come and had not said so.
    Missed,
    /// Called off before it began.
    Cancelled {
        by: CancelledBy,
        /// When the word came.
        at: Moment,
        /// Why, as it was said; may be empty.
        reason: String,
    },
}

/// Who called a session off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CancelledBy {
    /// The client, or somebody for them.
    Client,
    /// The counselor or the agency.
    Agency,
    /// Weather, a closed road, a power cut.
    Circumstances,
}

impl CancelledBy {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 3] = [Self::Client, Self::Agency, Self::Circumstances];

    /// Returns the word shown after "called off by".
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "the client",
            Self::Agency => "us",
            Self::Circumstances => "circumstances",
        }
    }
}

/// What became of the note of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionNote {
    /// Nobody has begun one.
    #[default]
    None,
    /// It is being written, in this draft.
    Draft(Number),
    /// It is signed, under this number.
    Signed(Number),
    /// None is needed; why.
    NotNeeded(String),
}

/// One try to reach a person after a missed session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outreach {
    pub at: Moment,
    /// On which day (agency's zone).
    pub on: Date,
    pub by: StaffId,
    /// How (`call`, `message`, `letter`, `visit`).
    pub how: String,
    /// They were reached.
    pub reached: bool,
    /// What was said or agreed; may be empty.
    pub words: String,
}

numbered!(Outreach {
    1 at, 2 on, 3 by, 4 how, 5 reached, 6 words,
});

/// A session, as lists need it. No words of anyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionFacts {
    pub number: Number,
    /// On which day.
    pub date: Date,
    pub start: ClockTime,
    /// How long, minutes.
    pub minutes: u16,
    /// Type of service.
    pub kind: Box<str>,
    pub modality: Option<Modality>,
    pub mode: Option<Mode>,
    /// Who holds it.
    pub staff: StaffId,
    /// Its state.
    pub stands: SessionStands,
    /// Its note: nothing yet, a draft, signed, not needed.
    pub note: NoteStands,
    /// Tries to reach them after it was missed.
    pub outreach: u8,
    /// It is one of a weekly row.
    pub weekly: bool,
    /// Who closes it, where that was handed to somebody else than whoever holds it.
    pub left_to: Option<StaffId>,
}

numbered!(SessionFacts {
    1 number, 2 date, 3 start, 4 minutes, 5 kind, 6 modality, 7 mode, 8 staff, 9 stands, 10 note, 11 outreach,
    12 weekly, 13 left_to,
});

/// The state of a session, without its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SessionStands {
    /// To come, or not yet said.
    #[default]
    Planned,
    /// The person is here.
    Arrived {
        at: Moment,
    },
    Held,
    Missed,
    Cancelled(CancelledBy),
}

/// What became of a session's note, as lists need it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum NoteStands {
    /// Nobody has begun one.
    #[default]
    None,
    /// In this draft.
    Draft(Number),
    Signed(Number),
    /// None is needed.
    NotNeeded,
}

/// Sessions of a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewSessions {
    /// Sessions that were planned and not called off.
    pub planned: u16,
    pub held: u16,
    pub missed: u16,
    /// Minutes of those held.
    pub minutes: u32,
    /// Minutes of those planned.
    pub planned_minutes: u32,
    /// Contacts that signed notes speak of and no session does.
    pub unplanned: u16,
}

numbered!(ReviewSessions { 1 planned, 2 held, 3 missed, 4 minutes, 5 planned_minutes, 6 unplanned });

/// What lists and rules need of a client's days: sessions, contact, what is owed a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayFacts {
    /// Open sessions (to come, not said, held without a note) and the newest of the closed ones, oldest first.
    pub sessions: Vec<SessionFacts>,
    /// Day of the newest closed session that is not among them.
    pub older: Option<Date>,
    /// Days of the first sessions held since admission, a day once for each session, in order.
    pub held: Vec<Date>,
    /// Likewise since the last completed assessment.
    pub held_since: Vec<Date>,
    /// The newest day they were met or reached without a note saying so.
    pub met: Option<Date>,
    /// Sessions missed since they last came.
    pub missed: u8,
    /// The newest of those.
    pub missed_on: Option<Date>,
    /// Duties that were missed, with the day that was planned instead.
    pub misses: Vec<MissFacts>,
    /// Days of the newest sessions held since admission that were not with a group, in order.
    pub apart: Vec<Date>,
}

numbered!(DayFacts {
    1 sessions, 2 older, 3 held, 4 held_since, 5 met, 6 missed, 7 missed_on, 8 misses, 9 apart,
});

impl SessionFacts {
    /// Who says what became of it and writes its note.
    pub fn closer(&self) -> StaffId {
        self.left_to.unwrap_or(self.staff)
    }

    /// Nothing more is to be said or written about it.
    pub fn is_closed(&self) -> bool {
        match self.stands {
            SessionStands::Planned | SessionStands::Arrived { .. } => false,
            SessionStands::Held => matches!(self.note, NoteStands::Signed(_) | NoteStands::NotNeeded),
            SessionStands::Missed | SessionStands::Cancelled(_) => true,
        }
    }
}

/// Something that was due and was not done in time: why, and when it will be (`clinical.md` 4.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Miss {
    pub client: ClientId,
    /// Which miss of theirs.
    pub number: Number,
    /// Key of the duty (`assessment`, `review`, `note`).
    pub duty: String,
    /// The session it is about, 0 = none.
    pub session: Number,
    /// The day it had been due.
    pub due: Date,
    /// The day it is planned for instead.
    pub planned: Date,
    /// Why, for this person.
    pub reason: String,
    /// Written down at.
    pub at: Moment,
    pub by: StaffId,
}

numbered!(Miss {
    1 client, 2 number, 3 duty, 4 session, 5 due, 6 planned, 7 reason, 8 at, 9 by,
});

/// A miss, as lists need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MissFacts {
    /// Key of the duty.
    pub duty: Box<str>,
    /// The session it is about, 0 = none.
    pub session: Number,
    /// The day it had been due.
    pub due: Date,
    /// The day it is planned for instead.
    pub planned: Date,
}

numbered!(MissFacts {
    1 duty, 2 session, 3 due, 4 planned,
});
