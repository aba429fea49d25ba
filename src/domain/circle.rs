//! The people around a client: who they are to the client, and what has to be known before one speaks with them.

use super::fields::numbered;
use super::{Date, StaffId};
use serde::{Deserialize, Serialize};

/// What somebody is to a client. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CircleRole {
    /// Decides for the client, or beside them.
    Guardian,
    /// Is called in an emergency.
    Emergency,
    /// The client agrees that this person is told how they are.
    MayBeTold,
    Caregiver,
    Partner,
    #[default]
    Support,
    /// Is a danger to the client, or must have no contact with them.
    Unsafe,
    /// How they are reached is not to be shared: it stands on no page.
    NotShared,
}

impl CircleRole {
    /// Every role, in the order of a form.
    pub const ALL: [Self; 8] = [
        Self::Guardian,
        Self::Emergency,
        Self::MayBeTold,
        Self::Caregiver,
        Self::Partner,
        Self::Support,
        Self::Unsafe,
        Self::NotShared,
    ];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::Emergency => "emergency contact",
            Self::MayBeTold => "may be told",
            Self::Caregiver => "caregiver",
            Self::Partner => "partner",
            Self::Support => "support",
            Self::Unsafe => "unsafe",
            Self::NotShared => "phone not to be shared",
        }
    }
}

/// Why somebody who is marked unsafe takes part all the same, on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnsafeAnswer {
    /// The day on which it holds.
    pub on: Date,
    pub reason: String,
    pub by: StaffId,
    /// Name and credential of who answered, as they were then.
    pub by_name: String,
}

numbered!(UnsafeAnswer { 1 on, 2 reason, 3 by, 4 by_name });

/// Somebody around a client. Nothing here says whether they are a client too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CirclePerson {
    pub name: String,
    /// Who they are to the client: `mother`, `landlord`.
    pub relation: String,
    /// A phone number, or how else they are reached.
    pub phone: String,
    /// In the order of [`CircleRole::ALL`].
    pub roles: Vec<CircleRole>,
    /// What is to be known: why they are unsafe, which order of a court, what they may be told.
    pub about: String,
    /// The reasons that were given for what an unsafe person took part in.
    pub answers: Vec<UnsafeAnswer>,
}

numbered!(CirclePerson { 1 name, 2 relation, 3 phone, 4 roles, 5 about, 6 answers });

impl CirclePerson {
    /// Whether they have this role.
    pub fn is(&self, role: CircleRole) -> bool {
        self.roles.contains(&role)
    }

    /// `Eva North, mother: guardian, may be told`.
    pub fn words(&self) -> String {
        let roles: Vec<&str> = self.roles.iter().map(|role| role.word()).collect();
        let who = [self.name.trim(), self.relation.trim()];
        let who: Vec<&str> = who.into_iter().filter(|part| !part.is_empty()).collect();
        let roles = if roles.is_empty() { String::new() } else { format!(": {}", roles.join(", ")) };
        format!("{}{roles}", who.join(", "))
    }

    /// Whether somebody said for this day why they take part.
    pub fn is_answered(&self, on: Date) -> bool {
        self.answers.iter().any(|answer| answer.on == on)
    }
}
