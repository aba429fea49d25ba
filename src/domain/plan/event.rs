//! What happened to somebody that their plan has to be looked at for, and a counselor's word that the plan still fits.

use super::super::fields::numbered;
use super::super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// What was written down. Appended to, never reordered: it is part of stored values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PlanWord {
    /// Somebody looked at the plan, and it still fits.
    #[default]
    StillFits,
    /// The client used again.
    ReturnToUse,
    /// The client was in a hospital or in an emergency room.
    Hospital,
    /// The client was arrested, or there is a new order.
    ArrestOrOrder,
    /// The client asks to look at the plan again.
    ClientAsks,
    /// Something else; the words say what.
    Other,
}

impl PlanWord {
    /// What can happen, in the order of the list.
    pub const HAPPENED: [Self; 5] =
        [Self::ReturnToUse, Self::Hospital, Self::ArrestOrOrder, Self::ClientAsks, Self::Other];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::StillFits => "the plan still fits",
            Self::ReturnToUse => "return to use",
            Self::Hospital => "hospital or emergency visit",
            Self::ArrestOrOrder => "arrest or new order",
            Self::ClientAsks => "the client asks",
            Self::Other => "something else happened",
        }
    }
}

/// One such entry. It is written once and never changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanEvent {
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// The episode whose plan it is about.
    pub episode: Number,
    pub what: PlanWord,
    /// The day it happened, or was said.
    pub on: Date,
    /// In a sentence; may be empty.
    pub words: String,
    /// The moment it was recorded.
    pub at: Moment,
    pub by: StaffId,
    /// Name and credential of who recorded it, as they were then.
    pub by_name: String,
}

numbered!(PlanEvent { 1 client, 2 number, 3 episode, 4 what, 5 on, 6 words, 7 at, 8 by, 9 by_name });
