//! What belongs to a plan besides its lines: one record for each episode.

use super::super::fields::numbered;
use super::super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// Words with their day and author.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The words; empty if there are none.
    pub words: String,
    /// The day they were written.
    pub on: Date,
    /// Who wrote them.
    pub by: StaffId,
    /// Name and credential of who wrote them, as they were then.
    pub by_name: String,
}

numbered!(Written { 1 words, 2 on, 3 by, 4 by_name });

impl Written {
    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty()
    }
}

/// Somebody who supports the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    pub name: String,
    /// How they are related to the client.
    pub relation: String,
    /// What they do.
    pub does: String,
    /// Whether staff may speak with them; `None` if nobody asked.
    pub may_speak: Option<bool>,
}

numbered!(Support { 1 name, 2 relation, 3 does, 4 may_speak });

/// The supports of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supports {
    /// Who they are.
    pub people: Vec<Support>,
    /// The client wants nobody to be named; why, in their words. Empty if they did not say so.
    pub declined: String,
}

numbered!(Supports { 1 people, 2 declined });

/// What the client answered to medication for addiction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MedicationAnswer {
    #[default]
    NotAsked,
    /// It was offered.
    Offered,
    /// They take it.
    Taking,
    /// They declined it.
    Declined,
    /// It is not indicated; the words say who found so.
    NotIndicated,
    /// They get it somewhere else.
    Elsewhere,
}

impl MedicationAnswer {
    /// Every answer, in the order of a list.
    pub const ALL: [Self; 6] =
        [Self::NotAsked, Self::Offered, Self::Taking, Self::Declined, Self::NotIndicated, Self::Elsewhere];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not asked",
            Self::Offered => "offered",
            Self::Taking => "taking",
            Self::Declined => "declined",
            Self::NotIndicated => "not indicated",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// Whether the client has naloxone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Naloxone {
    #[default]
    NotAsked,
    /// It was given to them.
    Given,
    /// They have it.
    HasIt,
    /// They declined it.
    Declined,
}

impl Naloxone {
    /// Every answer, in the order of a list.
    pub const ALL: [Self; 4] = [Self::NotAsked, Self::Given, Self::HasIt, Self::Declined];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not asked",
            Self::Given => "given",
            Self::HasIt => "has it",
            Self::Declined => "declined",
        }
    }
}

/// What comes when the work here is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatNext {
    /// Supports the client has then.
    pub supports: String,
    /// Where they go on.
    pub place: String,
    pub person: String,
    /// From which day.
    pub on: Option<Date>,
}

numbered!(WhatNext { 1 supports, 2 place, 3 person, 4 on });

impl WhatNext {
    /// Whether nothing of it is said.
    pub fn is_empty(&self) -> bool {
        [&self.supports, &self.place, &self.person].iter().all(|words| words.trim().is_empty())
    }
}

/// What belongs to the plan of one episode besides its lines. Its number is the episode's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanBasics {
    /// The client whose plan it is.
    pub client: ClientId,
    pub episode: Number,
    pub strengths: Written,
    pub needs: Written,
    pub abilities: Written,
    pub preferences: Written,
    pub supports: Supports,
    /// What staff does so that the plan works for this person: hearing, sight, reading, language, children, transport.
    pub works_for: Written,
    /// When the work here is done.
    pub complete_when: Written,
    /// How and with whom that was talked over.
    pub talked_over: String,
    /// What comes after that.
    pub after: WhatNext,
    /// Medication for addiction.
    pub medication: MedicationAnswer,
    /// What was said about it, with day and author.
    pub medication_words: Written,
    pub naloxone: Naloxone,
    /// The moment of its newest change.
    pub changed_at: Moment,
    /// Who changed it.
    pub changed_by: StaffId,
}

numbered!(PlanBasics {
    1 client, 2 episode, 3 strengths, 4 needs, 5 abilities, 6 preferences, 7 supports, 8 works_for,
    9 complete_when, 10 talked_over, 11 after, 12 medication, 13 medication_words, 14 naloxone, 15 changed_at,
    16 changed_by,
});
