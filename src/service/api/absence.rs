//! What is asked of, and answered about, a colleague who is away for a time or leaves: what they hold, and passing it on.

use crate::domain::{Date, StaffId};

/// For how long somebody is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// First day without them.
    pub from: Date,
    /// Last day without them; `None` = they leave for good.
    pub until: Option<Date>,
}

impl Absence {
    /// Whether they are gone on that day.
    pub fn holds_on(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    pub fn is_for_good(self) -> bool {
        self.until.is_none()
    }
}

/// The kinds of what somebody holds, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holding {
    /// People whose counselor they are. While somebody is away, cover reaches them and all else that is a counselor's.
    People,
    /// People on whose team they are.
    Team,
    /// Sessions to come that they hold while they are gone.
    Sessions,
    /// Sessions that are over: their note is not begun, or nobody has said what became of them.
    OwedNotes,
    Tasks,
    /// First assessments of their people that are not begun: they go with the people.
    Assessments,
    /// Colleagues they supervise, whose notes they co-sign.
    Supervises,
    /// Colleagues they stand in for.
    StandsIn,
    /// Documents that they have begun and not signed.
    Drafts,
    /// Signed notes that wait for an answer of theirs.
    Answers,
}

impl Holding {
    pub const ALL: [Self; 10] = [
        Self::People,
        Self::Team,
        Self::Sessions,
        Self::OwedNotes,
        Self::Assessments,
        Self::Tasks,
        Self::Supervises,
        Self::StandsIn,
        Self::Drafts,
        Self::Answers,
    ];

    /// Only they can do it: their signature is asked.
    pub fn is_theirs_alone(self) -> bool {
        matches!(self, Self::Drafts | Self::Answers)
    }

    /// Whether it can go to somebody in such an absence. What is covered, or is done after coming back, stays.
    pub fn can_go(self, absence: Absence) -> bool {
        match self {
            Self::Drafts | Self::Answers | Self::Assessments => false,
            Self::People | Self::Sessions | Self::Tasks | Self::StandsIn => true,
            Self::Team | Self::OwedNotes | Self::Supervises => absence.is_for_good(),
        }
    }

    /// Whether each can go to whoever counsels the person now.
    pub fn follows_people(self) -> bool {
        matches!(self, Self::Sessions | Self::OwedNotes | Self::Tasks)
    }
}

/// What is passed on, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassOn {
    pub from: StaffId,
    pub absence: Absence,
    pub what: Vec<Holding>,
    /// `None` = to whoever counsels the person each is about.
    pub to: Option<StaffId>,
    /// Also where sessions clash with others, which refuses it else.
    pub even_so: bool,
}

/// What somebody holds who is away for a time or leaves.
#[derive(Clone, Debug)]
pub struct Holdings {
    pub name: String,
    /// Whether they can still sign in.
    pub active: bool,
    pub absence: Absence,
    /// A line for each kind, in the order of [`Holding::ALL`].
    pub lines: Vec<HoldingLine>,
    /// Open immediate needs of their people.
    pub needs: usize,
    /// Notes of those they supervise that wait to be co-signed.
    pub to_cosign: usize,
    /// Who stands in for them on every day of it; empty = nobody yet.
    pub covered_by: String,
    /// That person co-signs as well.
    pub cover_cosigns: bool,
    pub takers: Vec<Taker>,
    /// What happened, if something was passed on.
    pub said: String,
    /// How many records the last act passed on.
    pub passed: usize,
    /// There is more of what was asked for: ask again.
    pub more: bool,
}

/// One kind of what somebody holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldingLine {
    pub what: Holding,
    /// How many are theirs still.
    pub left: usize,
    /// How many of those the person who asks may not pass on.
    pub beyond: usize,
}

/// Somebody who may be handed something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taker {
    pub id: StaffId,
    pub name: String,
    /// Keeps charts.
    pub counsels: bool,
    pub supervises: bool,
}

impl Taker {
    /// Whether what is of this kind can be theirs.
    pub fn can_take(&self, what: Holding) -> bool {
        match what {
            Holding::Supervises => self.supervises,
            Holding::Tasks | Holding::StandsIn => true,
            _ => self.counsels,
        }
    }
}
