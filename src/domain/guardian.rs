//! Who decides for a client beside them, and what of the plan they may see.

use super::Date;
use super::fields::numbered;
use serde::{Deserialize, Serialize};

/// Who a guardian is to the client, and the paper that says so. Blank where it is about the client themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guardianship {
    /// Their name.
    pub name: String,
    /// Who they are to the client: `mother`, `appointed by the court`.
    pub relation: String,
    /// The document of the guardianship, where one is recorded.
    pub document: String,
    /// The date of that document.
    pub dated: Option<Date>,
}

numbered!(Guardianship { 1 name, 2 relation, 3 document, 4 dated });

impl Guardianship {
    /// Whether it is about nobody: then the client themselves is meant.
    pub fn is_blank(&self) -> bool {
        self.name.trim().is_empty()
    }
}

/// A part of the client's page that may be left off the page of a guardian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PagePart {
    /// What the client said, wherever it stands: what they want, why, what matters to them, their words for a goal.
    OwnWords,
    Want,
    Why,
    Goals,
    /// What the client will do.
    Steps,
    /// What the counselor will do.
    Methods,
    Others,
    Barriers,
    Know,
    Dates,
    After,
}

impl PagePart {
    /// Every part, in the order of a list.
    pub const ALL: [Self; 11] = [
        Self::OwnWords,
        Self::Want,
        Self::Why,
        Self::Goals,
        Self::Steps,
        Self::Methods,
        Self::Others,
        Self::Barriers,
        Self::Know,
        Self::Dates,
        Self::After,
    ];

    /// The words shown, and those of the agency's table.
    pub fn word(self) -> &'static str {
        match self {
            Self::OwnWords => "own words",
            Self::Want => "wants",
            Self::Why => "why",
            Self::Goals => "goals",
            Self::Steps => "steps",
            Self::Methods => "methods",
            Self::Others => "others",
            Self::Barriers => "barriers",
            Self::Know => "how we will know",
            Self::Dates => "dates",
            Self::After => "afterwards",
        }
    }
}

/// A page for a guardian: who they are, and what is left off it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToGuardian {
    pub is: Guardianship,
    pub left_off: Vec<PagePart>,
}
