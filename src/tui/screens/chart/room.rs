//! What a room of a chart is: its name, what a chart can be opened for, and the trait behind which each room stands.

use crate::domain::Number;
use crate::service::api::{Answer, ChartView, DraftSave};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::editor::Mode;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::any::Any;

/// The rooms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RoomName {
    /// Who this is, and how they stand.
    #[default]
    Overview,
    /// The assessment grid.
    Grid,
    /// What comes first, and why.
    Priorities,
    /// The plan.
    Plan,
    /// Notes and the note being written.
    Notes,
    /// Who looked, who changed.
    History,
}

impl RoomName {
    /// Every room, in the order of the hint line.
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Grid, Self::Priorities, Self::Plan, Self::Notes, Self::History];

    /// Its word, on the screen and in a place.
    pub fn word(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Grid => "grid",
            Self::Priorities => "priorities",
            Self::Plan => "plan",
            Self::Notes => "notes",
            Self::History => "history",
        }
    }

    /// The room of a word; the overview if there is none of that name.
    pub fn named(word: &str) -> Self {
        Self::ALL.into_iter().find(|room| room.word() == word).unwrap_or_default()
    }

    /// The room an action turns to.
    pub(super) fn of(action: Action) -> Option<Self> {
        Some(match action {
            Action::RoomOverview => Self::Overview,
            Action::RoomGrid => Self::Grid,
            Action::RoomPriorities => Self::Priorities,
            Action::RoomPlan => Self::Plan,
            Action::RoomNotes => Self::Notes,
            Action::RoomHistory => Self::History,
            _ => return None,
        })
    }
}

/// What a chart is opened for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opening {
    /// To look.
    #[default]
    Chart,
    /// To write a new note.
    NewNote,
    /// To write the note of this session.
    NoteOf(Number),
    /// To begin an assessment, or go on with the one that is begun.
    Assess,
    /// To go on with a draft, of a note or a grid.
    Draft(Number),
    /// To read a signed note, and do what it waits for.
    Note(Number),
    /// To edit the person.
    Edit,
    /// To admit the person.
    Admit,
    /// To answer triage, again after a lock; `admit`: admission comes next.
    Triage {
        /// Admission comes next.
        admit: bool,
    },
}

/// What a room can do. `chart` is the chart as it stands; a room keeps no copy of it.
pub trait Room: Any {
    /// Where its keys are read, innermost first ([`Scope::Chart`] is within every room's scope).
    fn scopes(&self) -> Vec<Scope>;

    /// As [`View::text_mode`](crate::tui::screen::View::text_mode).
    fn text_mode(&self, _modal: bool) -> Mode {
        Mode::Insert
    }

    /// Does what a key asks. Room letters, immediate needs, edit and admit are the chart's own.
    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step>;

    /// Whether it takes an action that chart or app would otherwise do (undo in an open draft, sign).
    fn claims(&self, _action: Action) -> bool {
        false
    }

    /// Whether an act of this room has something to act on just now, so that the menu lists it.
    fn offers(&self, _action: Action, _chart: &ChartView) -> bool {
        true
    }

    /// How many lines can be opened by their number, where they have one.
    fn lines(&self, _chart: &ChartView, _cx: &Cx) -> Option<usize> {
        None
    }

    /// One has just turned to it.
    fn entered(&mut self, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Takes typed text.
    fn text(&mut self, _text: &str, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Takes pasted text.
    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        self.text(text, cx)
    }

    /// A click inside `area`, the same that [`Room::draw`] gets.
    fn click(&mut self, _at: Position, _area: Rect, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Esc: `None` leaves the chart, steps mean that there was something nearer to go back from (an open draft, a note).
    fn back(&mut self, _chart: &ChartView, _cx: &Cx) -> Option<Vec<Step>> {
        None
    }

    /// The chart is about to be closed: an open draft is left here with `DocAsk::Leave`.
    fn leave(&mut self, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// The answer to something the chart or one of its rooms asked; `chart` is already the newest.
    fn reply(&mut self, _answer: &Answer, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// What may have been meant by a word it asked about.
    fn suggested(&mut self, _word: &str, _words: &[String], _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// What was asked was refused; the app has said so.
    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// The chart changed: keep highlights on what they were on.
    fn changed(&mut self, _chart: &ChartView, _cx: &Cx) {}

    /// Text that the service has not seen.
    fn unsaved(&self) -> Option<DraftSave> {
        None
    }

    /// The draft that is open in it, to come back to.
    fn draft(&self) -> Option<Number> {
        None
    }

    /// The signed document one looks at here without its being open.
    fn document(&self, _chart: &ChartView, _cx: &Cx) -> Option<Number> {
        None
    }

    /// Its open draft was begun to be written in and holds nothing yet: it is not kept.
    fn is_untouched(&self) -> bool {
        false
    }

    /// Draws itself.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx);
}
