//! What is still to be done: one's own work, and what the people one supervises owe.
//!
//! Owns the highlight and whose work is shown. The list itself is told by the service with every answer that changes it.

mod view;
pub use view::word;

use crate::domain::{ClientId, DocKind, Number};
use crate::rules::owed::Duty;
use crate::service::api::{OwedLine, Place};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::{News, Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// The list of work.
#[derive(Debug, Default)]
pub struct WorkScreen {
    cursor: Cursor,
    /// What is highlighted: the highlight stays on it when the list comes afresh.
    on: Option<(ClientId, Duty, Number)>,
    /// With what one's people owe.
    all: bool,
}

/// In which room a piece of work is done, and what for.
pub fn opening(duty: Duty, number: Number) -> (RoomName, Opening) {
    match duty {
        Duty::Unsigned(DocKind::Assessment) => (RoomName::Grid, Opening::Draft(number)),
        Duty::Unsigned(DocKind::Note) => (RoomName::Notes, Opening::Draft(number)),
        Duty::Returned | Duty::CoSign | Duty::Agree => (RoomName::Notes, Opening::Note(number)),
        Duty::MissingNote => (RoomName::Notes, Opening::NoteOf(number)),
    }
}

fn key(line: &OwedLine) -> (ClientId, Duty, Number) {
    (line.owed.client, line.owed.duty, line.owed.number)
}

impl WorkScreen {
    /// The lines in sight.
    fn lines<'a>(&self, cx: &'a Cx) -> Vec<&'a OwedLine> {
        cx.owed().iter().filter(|line| self.all || line.mine).collect()
    }

    fn moved(&mut self, cx: &Cx) {
        self.on = self.lines(cx).get(self.cursor.at).map(|line| key(line));
    }

    /// Keeps the highlight on the same piece of work when the list changed.
    fn changed(&mut self, cx: &Cx) {
        let lines = self.lines(cx);
        let same = lines.iter().position(|line| Some(key(line)) == self.on);
        self.cursor.at = same.unwrap_or(self.cursor.at);
        self.cursor.clamp(lines.len());
        self.moved(cx);
    }
}

impl View for WorkScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Work]
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
        self.moved(cx);
        Vec::new()
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let count = self.lines(cx).len();
        if self.cursor.act(action, count, cx.page()) {
            self.moved(cx);
            return Vec::new();
        }
        match action {
            Action::Open => match self.lines(cx).get(self.cursor.at) {
                Some(line) => {
                    let (client, duty, number) = key(line);
                    vec![Step::Hop { client, duty, number }]
                }
                None => Vec::new(),
            },
            Action::SwitchMineAll => {
                self.all = !self.all;
                self.changed(cx);
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

    /// A letter goes to the next person whose name begins with it.
    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        let wanted = text.to_lowercase();
        let lines = self.lines(cx);
        let after = self.cursor.at + 1;
        let round = (after..lines.len()).chain(0..after.min(lines.len()));
        let fits = |at: &usize| lines[*at].name.to_lowercase().starts_with(&wanted);
        if let Some(at) = round.into_iter().find(fits) {
            self.cursor.at = at;
            self.moved(cx);
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let Some(row) = view::hit(self, self.lines(cx).len(), at, area) else { return Vec::new() };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        self.moved(cx);
        if again { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        if matches!(news, News::Owed) {
            self.changed(cx);
        }
        Vec::new()
    }

    fn stays_below_a_chart(&self) -> bool {
        true
    }

    fn subject(&self, cx: &Cx) -> Option<ClientId> {
        self.lines(cx).get(self.cursor.at).map(|line| line.owed.client)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        view::draw(self, &self.lines(cx), frame, area, cx);
    }
}
