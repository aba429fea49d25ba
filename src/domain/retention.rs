//! How long records are kept: legal holds, and charts that two people took out of the store once their time was over.

use super::fields::numbered;
use super::{ClientId, Date, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// While it is not lifted, nothing of a client is purged, whatever the rules say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalHold {
    pub client: ClientId,
    /// Its number among the client's.
    pub number: Number,
    /// Why it was set, in words.
    pub why: String,
    pub set_at: Moment,
    pub set_by: StaffId,
    /// Name and credential of who set it, as they were then.
    pub set_by_name: String,
    /// When and by whom it was lifted, and why; `None` while it holds.
    pub lifted: Option<Lifted>,
}

numbered!(LegalHold {
    1 client, 2 number, 3 why, 4 set_at, 5 set_by, 6 set_by_name, 7 lifted,
});

/// A hold was lifted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifted {
    pub at: Moment,
    pub by: StaffId,
    /// Name and credential of who lifted it, as they were then.
    pub by_name: String,
    pub why: String,
}

numbered!(Lifted { 1 at, 2 by, 3 by_name, 4 why });

/// What was said about the purge of a chart. Appended to, never reordered: it is part of stored values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PurgeWhat {
    /// Somebody asked for it; a second person is asked.
    #[default]
    Asked,
    /// A second person agreed, and it was done.
    Done,
    /// A second person declined, or whoever asked took it back.
    NotDone,
}

/// One thing that was said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PurgeSaid {
    pub what: PurgeWhat,
    pub by: StaffId,
    /// Name and credential of whoever said it, as they were then.
    pub by_name: String,
    pub at: Moment,
}

numbered!(PurgeSaid { 1 what, 2 by, 3 by_name, 4 at });

/// The purge of a chart, from the request on. It names no client and none of their words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purge {
    pub number: Number,
    pub client: ClientId,
    /// Everything that was said about it, oldest first.
    pub said: Vec<PurgeSaid>,
    /// What is left of the chart, once it was done.
    pub certificate: Option<Certificate>,
}

numbered!(Purge { 1 number, 2 client, 3 said, 4 certificate });

/// What is left of a chart that was purged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The number of the record, as people called it. It is never given again.
    pub record_no: String,
    /// The class of the records, and its rule with the source of that.
    pub class: String,
    pub rule: String,
    pub last_service: Date,
    /// The day their time was over.
    pub ended: Date,
    /// The day they were purged.
    pub on: Date,
    /// How many records were removed.
    pub records: u32,
    /// The highest number of each kind of record: none of them returns.
    pub highest: Vec<(String, Number)>,
    /// The copies that held the records on that day.
    pub copies: Vec<String>,
}

numbered!(Certificate {
    1 record_no, 2 class, 3 rule, 4 last_service, 5 ended, 6 on, 7 records, 8 highest, 9 copies,
});
