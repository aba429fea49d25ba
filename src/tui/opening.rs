//! The pages of a chart by name, and what a chart can be opened for.
//!
//! Owns [`RoomName`] and [`Opening`], so that everything can ask for a chart without knowing how one is drawn.

use super::action::Action;
use crate::domain::Number;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoomName {
    /// Who this is, and how they are.
    #[default]
    Overview,
    /// The assessment grid.
    Grid,
    /// What comes first, and why.
    Priorities,
    Plan,
    /// Diagnoses, the level of care, earlier help.
    Background,
    /// The contract.
    Contract,
    /// The review of the plan that is being written.
    Review,
    /// The discharge summary that is being written.
    Discharge,
    /// Check-ins.
    Alliance,
    /// Filled-in measures.
    Measures,
    /// Short forms: drug tests, medication, incidents and what else the agency has.
    Forms,
    /// Notes and the note being written.
    Notes,
    /// Who looked, who changed.
    History,
    /// The safety plan.
    Safety,
}

impl RoomName {
    /// Every room, in the order of the hint line.
    pub const ALL: [Self; 14] = [
        Self::Overview,
        Self::Grid,
        Self::Priorities,
        Self::Plan,
        Self::Review,
        Self::Discharge,
        Self::Contract,
        Self::Alliance,
        Self::Measures,
        Self::Forms,
        Self::Notes,
        Self::Background,
        Self::History,
        Self::Safety,
    ];

    /// Its word, on the screen and in a place.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Grid => "grid",
            Self::Priorities => "priorities",
            Self::Plan => "plan",
            Self::Contract => "contract",
            Self::Review => "review",
            Self::Discharge => "discharge",
            Self::Background => "background",
            Self::Alliance => "alliance",
            Self::Measures => "measures",
            Self::Forms => "forms",
            Self::Notes => "notes",
            Self::History => "history",
            Self::Safety => "safety",
        }
    }

    /// The room of a word; the overview if there is none of that name.
    pub fn named(word: &str) -> Self {
        Self::ALL.into_iter().find(|room| room.word() == word).unwrap_or_default()
    }

    /// The room an action turns to.
    pub fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::RoomOverview => Self::Overview,
            Action::RoomGrid => Self::Grid,
            Action::RoomPriorities => Self::Priorities,
            Action::RoomPlan => Self::Plan,
            Action::RoomContract => Self::Contract,
            Action::RoomBackground => Self::Background,
            Action::RoomAlliance => Self::Alliance,
            Action::RoomMeasures => Self::Measures,
            Action::RoomForms => Self::Forms,
            Action::RoomNotes => Self::Notes,
            Action::RoomHistory => Self::History,
            _ => return None,
        })
    }
}

/// What a chart is opened for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    #[default]
    Chart,
    /// To write a new note.
    NewNote,
    /// A new note, or the one of today that is begun: whoever opens it says which, once the chart is here.
    AnotherNote,
    /// To write the note of this session.
    NoteOf(Number),
    /// To begin an assessment, or go on with the one that is begun.
    Assess,
    /// To begin a review of the plan, or go on with the one that is begun.
    Review,
    /// To go on with a draft, of a note, a grid, a review or a discharge summary.
    Draft(Number),
    /// To read a signed note, and do what it waits for.
    Note(Number),
    /// To edit the person.
    Edit,
    /// To admit the person, or to end the stay that is open.
    Admit,
    /// To answer triage, again after a lock; `admit`: admission comes next.
    Triage {
        /// Admission comes next.
        admit: bool,
    },
    /// To go on with a measure after a lock, by its place among the measures.
    Measure(usize),
    /// To go on with a check-in after a lock.
    CheckIn,
    /// To look at an entry of a short form; `result`: to type the results of the test that it began.
    Entry { number: Number, result: bool },
    /// To write down a contact so many days after a discharge.
    Contact(u16),
}
