//! Danger that is passed on: what is said, and what whoever passed it on sees of it afterwards.

use super::{ClientId, ClockTime, Date, LocalTime, Number, StaffId};

/// What a caller, or the person themselves, said of danger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DangerSaid {
    pub client: ClientId,
    /// In the words of whoever said it.
    pub words: String,
    /// When it was said, on the agency's clock; not in the future.
    pub on: Date,
    pub at: ClockTime,
    /// The number they can be called at now; may be empty.
    pub phone: String,
    /// Where they are now; may be empty.
    pub place: String,
    /// The colleague who was told already.
    pub told: Option<StaffId>,
    /// The dimension it belongs to; `None` = whoever decides says so.
    pub dimension: Option<u8>,
}

/// Danger that the person here passed on, and whether anybody has taken it. It says nothing else of the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldLine {
    pub client: ClientId,
    /// What to call them.
    pub name: Box<str>,
    pub record_no: Box<str>,
    pub phones: String,
    /// In which immediate need.
    pub need: Number,
    /// Which entry of its history.
    pub entry: usize,
    /// What was passed on, as it stands.
    pub words: String,
    pub at: LocalTime,
    /// Who has taken it, and when.
    pub taken: Option<(String, LocalTime)>,
    /// Its words can be corrected: it is not over.
    pub is_open: bool,
}
