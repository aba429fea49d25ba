//! What is owed: one's own work, and what the people one supervises owe.
//!
//! Owns where each thing is done. The list itself is told by the service with every answer that changes it; the screen of work and
//! the leaf *Due* show the same lines.

mod list;
mod view;
mod words;

pub use list::OwedList;
pub(in crate::tui::screens) use view::{draw_list, hit};
pub use words::{what, when_words, word};

use crate::domain::{ClientId, DocKind, Number};
use crate::rules::owed::Duty;
use crate::service::api::{OwedLine, Place};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::{News, Step, View};
use crate::tui::screens::days;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// The list of work.
#[derive(Debug, Default)]
pub struct WorkScreen {
    list: OwedList,
    /// With what one's people owe.
    all: bool,
}

/// In which room a piece of work is done, and what for.
pub fn opening(duty: Duty, number: Number, mine: bool) -> (RoomName, Opening) {
    match duty {
        Duty::Unsigned(DocKind::Assessment) => (RoomName::Grid, Opening::Draft(number)),
        Duty::Unsigned(DocKind::Note) => (RoomName::Notes, Opening::Draft(number)),
        Duty::Returned | Duty::CoSign | Duty::Agree => (RoomName::Notes, Opening::Note(number)),
        Duty::MissingNote if mine => (RoomName::Notes, Opening::NoteOf(number)),
        Duty::MissingNote => (RoomName::Notes, Opening::Chart),
        Duty::Need => (RoomName::Priorities, Opening::Chart),
        Duty::Ask => (RoomName::Measures, Opening::Chart),
        Duty::Triage => (RoomName::Overview, Opening::Triage { admit: false }),
        Duty::Assessment | Duty::Review if mine => (RoomName::Grid, Opening::Assess),
        Duty::Assessment | Duty::Review => (RoomName::Grid, Opening::Chart),
        // Done in no chart; one that is asked for there opens it.
        Duty::State | Duty::Task => (RoomName::Overview, Opening::Chart),
    }
}

/// What Enter opens: the place where the work is done.
pub fn opens(line: &OwedLine, cx: &Cx) -> Vec<Step> {
    let (client, duty, number) = line.key();
    match (&line.task, line.session) {
        (Some(kept), _) => vec![days::task(kept.as_ref().clone(), cx)],
        (None, Some((date, _))) if duty == Duty::State => vec![Step::Day(date, client, number)],
        _ => vec![Step::Hop { client, duty, number }],
    }
}

impl WorkScreen {
    /// The lines in sight.
    fn lines<'a>(&self, cx: &'a Cx) -> Vec<&'a OwedLine> {
        self.list.shown(&cx.owed().iter().filter(|line| self.all || line.mine).collect::<Vec<_>>())
    }
}

impl View for WorkScreen {
    fn scopes(&self) -> Vec<Scope> {
        self.list.rows.scopes(Scope::Work)
    }

    fn place(&self, place: &mut Place) {
        Action::WorkList.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("To do".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, cx: &Cx) -> Vec<Step> {
        // Whoever owes nothing themselves looks at their people's.
        self.all = !cx.owed().iter().any(|line| line.mine);
        self.list.moved(&self.lines(cx));
        Vec::new()
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let lines = self.lines(cx);
        if self.list.act(action, &lines, cx) {
            return Vec::new();
        }
        match action {
            Action::Open => self.list.here(&lines).map(|line| opens(line, cx)).unwrap_or_default(),
            Action::SwitchMineAll => {
                self.all = !self.all;
                self.list.came(&self.lines(cx));
                let whose = if self.all {
                    "This shows your work and the work of your people."
                } else {
                    "This shows your work."
                };
                vec![Step::Say(whose.to_owned())]
            }
            _ => Vec::new(),
        }
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        self.list.rows.text(text);
        self.list.moved(&self.lines(cx));
        Vec::new()
    }

    fn back(&mut self, cx: &Cx) -> Option<Vec<Step>> {
        self.list.rows.back().then(|| {
            self.list.came(&self.lines(cx));
            Vec::new()
        })
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let lines = self.lines(cx);
        let Some(row) = hit(&self.list, &lines, at, view::list_area(area)) else { return Vec::new() };
        if self.list.clicked(row, &lines) { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        if matches!(news, News::Owed) {
            self.list.came(&self.lines(cx));
        }
        Vec::new()
    }

    fn stays_below_a_chart(&self) -> bool {
        true
    }

    fn subject(&self, cx: &Cx) -> Option<ClientId> {
        let line = self.list.here(&self.lines(cx))?;
        Some(line.owed.client).filter(|client| *client != ClientId::default())
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        view::draw(self, &self.lines(cx), frame, area, cx);
    }
}
