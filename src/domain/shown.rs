//! Pages that leave the program: what is made, for whom and how, and what the client has seen of the plan.

use super::fields::numbered;
use super::{ClientId, Guardianship, Moment, Number, PagePart, StaffId, ToGuardian};
use serde::{Deserialize, Serialize};

/// What is made into a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Paper {
    /// The plan in plain words.
    #[default]
    ClientPage,
    /// What is new in the plan since the client last saw it.
    Changes,
    /// The whole plan, with numbers and answers.
    Plan,
    /// The thread of one problem.
    Problem(Number),
    /// A signed document, with what was added to it.
    Document(Number),
    /// What comes next for a client whose stay ended, from this discharge summary.
    Leaving(Number),
    /// The client's pocket card, from this safety plan.
    SafetyCard(Number),
    /// A form that the client fills in at the turned screen. Which one is with the answers.
    Form,
    /// A blank sheet for the client's log of this objective.
    LogSheet(Number),
}

/// The size of the paper in the agency's printers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaperSize {
    #[default]
    Letter,
    A4,
}

impl PaperSize {
    /// Every size, in the order of a list.
    pub const ALL: [Self; 2] = [Self::Letter, Self::A4];

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Letter => "Letter",
            Self::A4 => "A4",
        }
    }
}

/// For whom a page is made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Recipient {
    #[default]
    Client,
    Staff,
    /// A guardian, with the ground on which they see it.
    Guardian(Box<ToGuardian>),
}

/// How something was shown to the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShownHow {
    /// As a file.
    #[default]
    File,
    /// On paper.
    Printed,
    /// At the turned screen.
    Screen,
}

impl ShownHow {
    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::File => "file copy",
            Self::Printed => "printed copy",
            Self::Screen => "turned screen",
        }
    }
}

/// The client got to see their plan, or a guardian did. Written once the page is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    pub client: ClientId,
    /// Its number among what was shown to the client.
    pub number: Number,
    /// The episode of the plan.
    pub episode: Number,
    pub what: Paper,
    pub how: ShownHow,
    /// The moment whose plan they saw.
    pub at: Moment,
    /// Who made the page.
    pub by: StaffId,
    /// Name and credential of who made it, as they were then.
    pub by_name: String,
    /// The guardian who saw it; blank = the client did.
    pub guardian: Guardianship,
    /// What was left off a guardian's page.
    pub left_off: Vec<PagePart>,
}

numbered!(Shown {
    1 client, 2 number, 3 episode, 4 what, 5 how, 6 at, 7 by, 8 by_name, 9 guardian, 10 left_off,
});
