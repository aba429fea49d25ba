//! Somebody an import left out because they look like somebody here, until a person decides who they are.

use super::fields::numbered;
use super::{Client, ClientId, Date, ImportId, Imported, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// Somebody an import left out, with everything it said of them, and what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetAside {
    /// By which import.
    pub import: ImportId,
    /// Which of its people that were left out.
    pub number: Number,
    /// The file.
    pub file: String,
    /// Where in the file (`line 4`).
    pub place: String,
    /// The person here whom they are compared with next.
    pub like: ClientId,
    /// What the two have in common, in plain words.
    pub why: String,
    /// Who they are, without an id and a record number of ours.
    pub client: Client,
    /// What else came with them; nothing once it was decided who they are.
    pub imported: Imported,
    /// What they are to be admitted to, if the file says so.
    pub admission: Option<ToAdmit>,
    /// People here of whom somebody said that they are another person.
    pub not: Vec<ClientId>,
    /// Who they are, once it was decided.
    pub decided: Option<Decided>,
}

numbered!(SetAside {
    1 import, 2 number, 3 file, 4 place, 5 like, 6 why, 7 client, 8 imported, 9 admission, 10 not, 11 decided,
});

/// What a file says of an admission, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToAdmit {
    /// Whom it calls their counselor; may be empty.
    pub counselor: String,
    /// What it calls their program; may be empty.
    pub program: String,
    /// Since when, if it says so.
    pub on: Option<Date>,
}

numbered!(ToAdmit {
    1 counselor, 2 program, 3 on,
});

/// Who somebody is, as a person decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    pub what: WhoTheyAre,
    /// Their chart: the one that was here, or the one that was made.
    pub client: ClientId,
    pub by: StaffId,
    pub at: Moment,
}

numbered!(Decided {
    1 what, 2 client, 3 by, 4 at,
});

/// What can be decided about two people who look alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhoTheyAre {
    /// One person: what came is added to the chart that is here.
    #[default]
    SamePerson,
    /// Two people: whoever came gets a chart.
    AnotherPerson,
}

impl SetAside {
    /// Whether nobody has decided yet.
    pub fn is_open(&self) -> bool {
        self.decided.is_none()
    }
}
