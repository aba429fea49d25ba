//! The treatment contract: five questions, each answered by the client, by the assessment, and by what is agreed.

use super::super::fields::numbered;
use super::super::{ClientId, Moment, Number};
use super::basics::Written;
use serde::{Deserialize, Serialize};

/// A question of the contract.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Row {
    /// What.
    #[default]
    What,
    /// Why.
    Why,
    /// How.
    How,
    /// Where.
    Where,
    /// When.
    When,
}

impl Row {
    /// Every question in its order.
    pub const ALL: [Self; 5] = [Self::What, Self::Why, Self::How, Self::Where, Self::When];

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::What => "What",
            Self::Why => "Why",
            Self::How => "How",
            Self::Where => "Where",
            Self::When => "When",
        }
    }
}

/// Who answers a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum View {
    /// The client. Their *what* and *why* are the record of what they want.
    #[default]
    Client,
    /// The clinician, from the assessment.
    Assessment,
    /// Both: what is agreed.
    Agreed,
}

impl View {
    /// Every view in its order.
    pub const ALL: [Self; 3] = [Self::Client, Self::Assessment, Self::Agreed];

    /// The word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "Client",
            Self::Assessment => "Assessment",
            Self::Agreed => "Agreed",
        }
    }
}

/// One answer of the contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractCell {
    /// The question.
    pub row: Row,
    /// Who answers it.
    pub view: View,
    /// The answer, with its day and who typed it.
    pub written: Written,
    /// What the plan said when the answer was agreed, empty if it said nothing: while the plan says the same, the answer is up to
    /// date. `None` where that is not known.
    pub plan_said: Option<String>,
}

numbered!(ContractCell { 1 row, 2 view, 3 written, 4 plan_said });

/// The contract of one episode. Its number is the episode's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// The client.
    pub client: ClientId,
    /// The episode.
    pub episode: Number,
    /// The answers that were given.
    pub cells: Vec<ContractCell>,
    /// What the court or another authority wants, for a client who was sent.
    pub authority_wants: Written,
    /// What follows if that is not kept, as the client understands it.
    pub if_not_kept: Written,
    /// The moment of its newest change.
    pub changed_at: Moment,
}

numbered!(Contract { 1 client, 2 episode, 3 cells, 4 authority_wants, 5 if_not_kept, 6 changed_at });

impl Contract {
    /// Returns an answer, if it was given.
    pub fn cell(&self, row: Row, view: View) -> Option<&ContractCell> {
        self.cells.iter().find(|cell| (cell.row, cell.view) == (row, view))
    }
}
