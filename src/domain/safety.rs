//! A safety plan: what somebody does when it gets dangerous for them, in their own words, made together with them.
//!
//! The seven parts are what such plans usually hold (`clinical.md` 5.4). The headings are our own.

use super::fields::numbered;
use super::{ClientId, Date, Number, TookPart};

/// A part of a safety plan. The order is that of the page: from what the person does alone to what others do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SafetyPart {
    /// How the person notices that it begins.
    Signs,
    /// What the person can do alone.
    Coping,
    /// People and places that take the mind off it.
    Company,
    /// People the person can ask for help.
    Help,
    /// Professionals and lines that answer day and night.
    Services,
    /// What makes the place safer.
    Place,
    /// What is worth living for.
    Worth,
}

impl SafetyPart {
    /// Every part, in the order of the page and of the digits.
    pub const ALL: [Self; 7] =
        [Self::Signs, Self::Coping, Self::Company, Self::Help, Self::Services, Self::Place, Self::Worth];

    /// The heading staff read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Signs => "Warning signs",
            Self::Coping => "What I can do myself",
            Self::Company => "People and places that help me through",
            Self::Help => "People I can ask for help",
            Self::Services => "Professionals and lines, day and night",
            Self::Place => "Making my place safer",
            Self::Worth => "What is worth living for",
        }
    }
}

/// A safety plan while it is written, and as it is signed: all of it is people's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafetyPlan {
    pub client: ClientId,
    /// The episode it is made in.
    pub episode: Number,
    /// The day it was begun, or the day of the version it amends.
    pub on: Date,
    pub signs: String,
    pub coping: String,
    pub company: String,
    pub help: String,
    pub services: String,
    pub place: String,
    pub worth: String,
    /// The day to look at it again; `None` = the day of the rule.
    pub look_again: Option<Date>,
    /// How the client took part in this version.
    pub took_part: Option<TookPart>,
    /// Who else took part, with their role.
    pub participants: String,
    /// The signed version whose words it began with, 0 = none.
    pub from: Number,
    /// The signed version this takes the place of, 0 = none.
    pub amends: Number,
    /// Why it does.
    pub reason: String,
}

numbered!(SafetyPlan {
    1 client, 2 episode, 3 on, 4 signs, 5 coping, 6 company, 7 help, 8 services, 9 place, 10 worth, 11 look_again,
    12 took_part, 13 participants, 14 from, 15 amends, 16 reason,
});

impl SafetyPlan {
    /// Returns the words of a part.
    pub fn part(&self, part: SafetyPart) -> &str {
        match part {
            SafetyPart::Signs => &self.signs,
            SafetyPart::Coping => &self.coping,
            SafetyPart::Company => &self.company,
            SafetyPart::Help => &self.help,
            SafetyPart::Services => &self.services,
            SafetyPart::Place => &self.place,
            SafetyPart::Worth => &self.worth,
        }
    }

    /// Returns the words of a part, to be written in.
    pub fn part_mut(&mut self, part: SafetyPart) -> &mut String {
        match part {
            SafetyPart::Signs => &mut self.signs,
            SafetyPart::Coping => &mut self.coping,
            SafetyPart::Company => &mut self.company,
            SafetyPart::Help => &mut self.help,
            SafetyPart::Services => &mut self.services,
            SafetyPart::Place => &mut self.place,
            SafetyPart::Worth => &mut self.worth,
        }
    }

    /// Whether no part has words.
    pub fn is_empty(&self) -> bool {
        SafetyPart::ALL.iter().all(|part| self.part(*part).trim().is_empty())
    }

    /// Whether nothing in it has to be kept while nobody changed anything: no words, or the words of the version it began with.
    pub fn is_blank(&self) -> bool {
        self.amends == 0 && (self.from > 0 || self.is_empty())
    }

    /// Words written in it.
    pub fn words(&self) -> u32 {
        let count = |part: &SafetyPart| self.part(*part).split_whitespace().count();
        u32::try_from(SafetyPart::ALL.iter().map(count).sum::<usize>()).unwrap_or(u32::MAX)
    }
}

/// What lists show of a safety plan. None of its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafetyFacts {
    pub look_again: Option<Date>,
    pub took_part: Option<TookPart>,
    /// The signed version whose words it began with, 0 = none.
    pub from: Number,
    /// Words in it.
    pub words: u32,
}

numbered!(SafetyFacts { 1 look_again, 2 took_part, 3 from, 4 words });

/// A safety plan as it was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafetyText {
    pub client_name: String,
    pub record_no: String,
    /// Name and credential of the author.
    pub author: String,
    pub plan: SafetyPlan,
}

numbered!(SafetyText { 1 client_name, 2 record_no, 3 author, 4 plan });

/// The newest safety plan of a client, as lists need it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SafetySigned {
    /// The episode it was signed in.
    pub episode: Number,
    /// The day it was signed; of an amended version, the day it was signed first.
    pub on: Date,
    /// The day to look at it again that is written on it.
    pub look_again: Option<Date>,
}

numbered!(SafetySigned { 1 episode, 2 on, 3 look_again });
