//! Where a person was on this desk, to be found again after a lock.

use crate::domain::{ClientId, Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// Where a person was on this desk, and what they had typed into forms. Sealed in the store: nobody else is given it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// All people (else those of `team`).
    pub all: bool,
    /// The people of those one supervises (else mine).
    #[serde(default)]
    pub team: bool,
    /// Dimension of the priority view, 0 = the whole.
    pub dimension: u8,
    /// Leaf of home that was shown (`today`, `due`; empty = people).
    #[serde(default)]
    pub leaf: String,
    /// The list that lay over home, by the name of the act that opens it (`work-list`; empty = none).
    #[serde(default)]
    pub over: String,
    /// Highlighted client on the list.
    pub highlighted: Option<ClientId>,
    /// Open chart.
    pub chart: Option<ClientId>,
    /// Room of the chart (`overview`, `grid`, ...).
    pub room: String,
    /// Open draft in it.
    pub draft: Option<Number>,
    /// Where on that page.
    #[serde(default)]
    pub spot: Option<PageSpot>,
    /// What was typed into forms and not saved, the one on top last.
    #[serde(default)]
    pub typed: Vec<FormPlace>,
    /// The draft was being written: set when it is taken up, gone after a lock or when it is left. Written by the service.
    #[serde(default)]
    pub working: bool,
}

/// Where a person was on a page of a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSpot {
    /// The highlighted row, by its name; empty = none. Of a text that was being written, the key of its section.
    pub row: String,
    /// The line of the screen it was on.
    pub line: Option<u16>,
    /// Bytes before the cursor in that section.
    #[serde(default)]
    pub cursor: u32,
    /// Names of the rows that were unfolded.
    pub unfolded: Vec<String>,
    /// When they came to the page: what others changed afterwards is marked.
    pub since: Moment,
}

/// The forms that can be found again after a lock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormKind {
    /// A question in a window; its title tells it apart.
    #[default]
    Prompt,
    /// Registering a person.
    Register,
    /// The particulars of a person.
    Edit,
    /// Admitting a person.
    Admit,
    /// The questions about danger, before an admission or by themselves.
    Triage {
        /// An admission comes after them.
        admit: bool,
    },
    /// A new member of staff.
    AddStaff,
    /// A member of staff.
    EditStaff,
    /// A snippet or template: of the agency, or one's own; number 0 is new.
    Phrase {
        /// The agency's.
        agency: bool,
        /// Which.
        number: Number,
    },
    /// A measure that is typed in.
    Measure,
    /// A check-in.
    CheckIn,
    /// Registering somebody who is in danger.
    RegisterInDanger,
}

/// A form (or prompt) that was being filled in: only what differs from how it was opened, so that it can be put over the
/// record as it is then. Never a passphrase.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormPlace {
    /// Which form.
    pub kind: FormKind,
    /// Its title; tells prompts apart.
    pub title: String,
    /// Whom it is about.
    pub client: Option<ClientId>,
    /// The member of staff it is about.
    pub staff: Option<StaffId>,
    /// It stood open (else it comes back when the form is opened again).
    pub open: bool,
    /// Field with the focus.
    pub focus: String,
    /// Fields by id, as typed.
    pub fields: Vec<(String, String)>,
}

impl FormPlace {
    /// Whether both are about the same form.
    pub fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind
            && (self.client, self.staff) == (other.client, other.staff)
            && (self.kind != FormKind::Prompt || self.title == other.title)
    }
}

/// Never what was typed.
impl std::fmt::Debug for FormPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FormPlace({:?}, {} fields)", self.kind, self.fields.len())
    }
}
