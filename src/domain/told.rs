//! Danger that was passed on, as whoever passed it on sees it again.

use super::fields::numbered;
use super::{Moment, Number, StaffId};

/// Danger that somebody passed on, as they see it again: when they said it, and whether anybody has taken it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToldFacts {
    /// In which immediate need.
    pub need: Number,
    /// Which entry of its history, counted from 0.
    pub entry: u32,
    /// Who passed it on.
    pub by: StaffId,
    pub at: Moment,
    /// Who was the first to decide on it afterwards.
    pub taken_by: Option<StaffId>,
    /// When they did; the default while nobody has.
    pub taken_at: Moment,
}

numbered!(ToldFacts {
    1 need, 2 entry, 3 by, 4 at, 5 taken_by, 6 taken_at,
});
