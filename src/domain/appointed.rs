//! The appointment that is there, or is not, when a stay has ended.

use serde::{Deserialize, Serialize};

/// Whether an appointment is there for when the stay has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Appointed {
    /// There is one, with whom the words say; its day is written.
    Planned,
    /// Somebody still makes it.
    ToBeMade,
    /// The client does not want one.
    Declined,
    /// Nobody needs one where the client goes on.
    NoneNeeded,
}

impl Appointed {
    /// Every answer, in the order of the digits.
    pub const ALL: [Self; 4] = [Self::Planned, Self::ToBeMade, Self::Declined, Self::NoneNeeded];

    /// The words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::ToBeMade => "to be made",
            Self::Declined => "the client declined one",
            Self::NoneNeeded => "none needed",
        }
    }
}
