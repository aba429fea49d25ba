//! The house: teams, cover, charts opened with a reason, caseloads handed over, and what the agency decided for its desks.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, PaperSize, RupturesIn, StaffId};
use serde::{Deserialize, Serialize};

/// People who work together in a program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    pub number: Number,
    /// What it is called.
    pub name: String,
    /// Program it works in; empty = every program.
    pub program: String,
    /// Who is on it.
    pub members: Vec<StaffId>,
    /// Each member may open the charts of the others' clients in the program, as if on the episode's team.
    pub shares_charts: bool,
    /// It still exists.
    pub active: bool,
}

numbered!(Team {
    1 number, 2 name, 3 program, 4 members, 5 shares_charts, 6 active,
});

/// Somebody stands in for somebody who is away: both dates included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Who is away.
    pub away: StaffId,
    /// Which cover of theirs.
    pub number: Number,
    /// Who is in.
    pub by: StaffId,
    pub from: Date,
    pub until: Date,
    /// What the one who is in should know (about the work, not about a client).
    pub note: String,
    pub set_by: StaffId,
    pub set_at: Moment,
}

numbered!(Cover {
    1 away, 2 number, 3 by, 4 from, 5 until, 6 note, 7 set_by, 8 set_at,
});

impl Cover {
    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// Why somebody opens a chart that is not theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AccessReason {
    /// Standing in for a colleague.
    #[default]
    Covering,
    /// Taking somebody in, or finding out whether they are here already.
    Intake,
    /// Supervision or consultation.
    Supervision,
    Emergency,
}

impl AccessReason {
    pub const ALL: [Self; 4] = [Self::Covering, Self::Intake, Self::Supervision, Self::Emergency];

    /// The word shown and chosen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Covering => "covering",
            Self::Intake => "intake",
            Self::Supervision => "supervision",
            Self::Emergency => "emergency",
        }
    }
}

/// A chart opened beyond one's own people, with the reason; holds until a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    pub by: StaffId,
    /// Which of theirs.
    pub number: Number,
    pub client: ClientId,
    pub reason: AccessReason,
    /// In their own words.
    pub words: String,
    pub at: Moment,
    /// Until when it holds.
    pub until: Moment,
    /// Who of the supervisors has looked at it, and when.
    pub seen: Option<(StaffId, Moment)>,
}

numbered!(Access {
    1 by, 2 number, 3 client, 4 reason, 5 words, 6 at, 7 until, 8 seen,
});

/// A caseload, or a part of one, handed from one counselor to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandOver {
    pub from: StaffId,
    /// Which of theirs.
    pub number: Number,
    pub to: StaffId,
    pub clients: Vec<ClientId>,
    pub at: Moment,
    pub by: StaffId,
}

numbered!(HandOver {
    1 from, 2 number, 3 to, 4 clients, 5 at, 6 by,
});

/// What the agency decided for its desks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseRules {
    /// Lists show initials instead of names for everyone who did not choose otherwise.
    pub veil: bool,
    /// Hours for which a chart opened with a reason stays open to the one who gave it.
    pub access_hours: u16,
    /// The size of its paper; `None` = what is usual where it is.
    pub paper: Option<PaperSize>,
    /// Where ruptures belong, so that whoever asks for the client's records knows whether they are among them.
    pub ruptures: RupturesIn,
    /// A supervisor is told that a guess and the client's answers lie far apart, and nothing else of the guess.
    pub far_apart: bool,
}

numbered!(HouseRules {
    1 veil, 2 access_hours, 3 paper, 4 ruptures, 5 far_apart,
});

impl Default for HouseRules {
    fn default() -> Self {
        Self {
            veil: false,
            access_hours: 24,
            paper: None,
            ruptures: RupturesIn::Supervision,
            far_apart: false,
        }
    }
}
