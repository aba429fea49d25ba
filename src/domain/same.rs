//! Two charts of one person: linked by two people, unlinked by two people. Nothing is moved from one chart to the other.

use super::fields::numbered;
use super::{ClientId, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// Two charts that somebody says are one person's, and everything that was said about it, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SamePerson {
    pub number: Number,
    /// The chart that lists show and that new entries go to.
    pub leads: ClientId,
    /// The chart that is shown with it, read only.
    pub other: ClientId,
    pub said: Vec<SameSaid>,
}

numbered!(SamePerson {
    1 number, 2 leads, 3 other, 4 said,
});

impl SamePerson {
    /// Whether this chart is one of the two.
    pub fn has(&self, client: ClientId) -> bool {
        self.leads == client || self.other == client
    }

    /// Returns the chart that is linked with this one.
    pub fn beside(&self, client: ClientId) -> ClientId {
        if self.leads == client { self.other } else { self.leads }
    }
}

/// One thing that was said about two charts. Entries are only added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SameSaid {
    pub what: SameWhat,
    pub by: StaffId,
    pub at: Moment,
    /// In their own words; empty for an agreement.
    pub why: String,
}

numbered!(SameSaid {
    1 what, 2 by, 3 at, 4 why,
});

/// What is said about two charts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SameWhat {
    /// They are one person's; a second person is asked.
    #[default]
    AskedToLink,
    /// A second person agreed: they are linked from now on.
    Linked,
    /// A second person did not agree, or whoever asked took it back.
    NotLinked,
    /// They are two people's after all; a second person is asked.
    AskedToUnlink,
    /// A second person agreed: they are not linked any more.
    Unlinked,
    /// A second person did not agree, or whoever asked took it back: they stay linked.
    StayLinked,
}
