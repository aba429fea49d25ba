//! What can be done about days from anywhere: a task, a session, the next unfinished work and the way back from it.

use super::App;
use crate::domain::{ClientId, Date, Number};
use crate::service::api::{Answer, Command, DaysAsk, DueItem};
use crate::tui::overlay::{Given, Prompt, Then};
use crate::tui::screen::{Screen, ScreenId, Step};
use crate::tui::screens::Purpose;
use crate::tui::screens::chart::{Opening, RoomName};
use crate::tui::screens::days::{self, Purpose as Wanted};
use crate::tui::screens::home::due;

/// The owner of what is asked here: no screen has this id.
pub(super) const OWNER: ScreenId = ScreenId::MAX - 1;

impl App {
    /// The prompt of a new task, about whoever is open or highlighted.
    pub(super) fn new_task(&self) -> Step {
        let client = self.screens.top().subject(&self.cx);
        days::task(days::new_task(client, &self.cx), &self.cx)
    }

    /// The prompt of a new session with whoever is open or highlighted, on the day that is shown.
    pub(super) fn plan_session(&self) -> Step {
        let top = self.screens.top();
        let date = top.day(&self.cx).unwrap_or(self.cx.today());
        // On a day's list the highlight says nothing about who comes next.
        let client = top.subject(&self.cx).filter(|_| top.day(&self.cx).is_none());
        days::session(days::new_session(client, date, &self.cx), &self.cx)
    }

    /// A prompt of a task or a session was filled in.
    pub(super) fn filled_day(&mut self, purpose: Wanted, given: Given) {
        let Given::Filled(form) = given else { return };
        let (title, read) = match &purpose {
            Wanted::Task(kept) => ("Task", days::read_task(&form, kept, &self.cx)),
            Wanted::Session(kept) => ("Session", days::read_session(&form, kept, &self.cx)),
        };
        let then = Then::Screen(Purpose::Days(purpose));
        let prompt = Prompt { title: title.to_owned(), lines: Vec::new(), form: *form, then };
        let steps = self.watch.asking.send(prompt, read.map_err(days::wrong));
        for step in steps {
            match step {
                Step::Ask(command) => self.ask(OWNER, command),
                other => self.take(self.screens.top_id(), vec![other]),
            }
        }
    }

    /// It was written: whatever list is on top shows it.
    pub(super) fn day_written(&mut self, answer: &Answer) {
        if matches!(answer, Answer::Done(_)) {
            self.watch.asking.done();
            self.watch.stale = true;
            if self.screens.is_last() {
                self.refresh();
            }
        }
    }

    /// The list of people came afresh: what home shows beside it may have changed with it.
    pub(super) fn bottom_afresh(&mut self) {
        if self.screens.is_last() {
            let id = self.screens.top_id();
            let steps = self.screens.top_mut().returned(&self.cx);
            self.take(id, steps);
        }
    }

    /// Asks for the next of one's unfinished work.
    pub(super) fn next_unfinished(&self) -> Vec<Step> {
        let ask: Command = DaysAsk::Next { after: self.watch.unfinished }.into();
        vec![Step::Ask(ask)]
    }

    /// Opens it, and remembers where one was.
    pub(super) fn next_came(&mut self, item: Option<&DueItem>) {
        let Some(item) = item else {
            self.say("Nothing of yours is unfinished.");
            return;
        };
        let again = self.watch.unfinished == Some(item.key());
        self.watch.unfinished = Some(item.key());
        // The one that is open already is passed over, unless it is the only one.
        if !again && self.is_here(item) {
            let ask: Command = DaysAsk::Next { after: Some(item.key()) }.into();
            self.ask(self.screens.top_id(), ask);
            return;
        }
        if again && self.is_here(item) {
            self.say("This is all of yours that is unfinished.");
            return;
        }
        let back = match self.watch.back.take() {
            Some((place, top)) if top == self.screens.top_id() => place,
            _ => self.place(),
        };
        let before = self.screens.top_id();
        let steps = due::opens(item, &self.cx);
        self.take(before, steps);
        if self.screens.top_id() != before && matches!(self.screens.screen(), Screen::Chart(_)) {
            self.watch.back = Some((back, self.screens.top_id()));
        }
    }

    /// Whether this piece of work is what is open.
    fn is_here(&self, item: &DueItem) -> bool {
        use crate::service::api::Owed;
        let mut place = crate::service::api::Place::default();
        self.screens.top().place(&mut place);
        let draft = match &item.owed {
            Owed::Rule { draft, .. } => *draft,
            Owed::Draft { number, .. } => Some(*number),
            Owed::Task(_) => None,
        };
        place.chart.is_some() && place.chart == item.client && draft.is_some() && place.draft == draft
    }

    /// The chart that was opened for unfinished work is closed: back to the same spot.
    pub(super) fn go_back(&mut self, closing: ScreenId) {
        let Some((place, top)) = self.watch.back.take() else { return };
        if top != closing {
            self.watch.back = Some((place, top));
            return;
        }
        if let Some(client) = place.chart {
            let opening = place.draft.map_or(Opening::Chart, Opening::Draft);
            let room = RoomName::named(&place.room);
            self.take(self.screens.top_id(), vec![Step::OpenChart { client, room, opening }]);
        }
    }

    /// Home on this day. What is open above it is left; a form with typed text is not.
    pub(super) fn show_day(&mut self, date: Date, client: ClientId, number: Number) {
        while !self.screens.is_last() {
            if self.screens.top().would_lose_text() {
                self.warn("Save the form first, or leave it with Esc.");
                return;
            }
            let id = self.screens.top_id();
            let steps = self.screens.top_mut().leave(&self.cx);
            self.take(id, steps);
            self.screens.pop();
        }
        let id = self.screens.top_id();
        let steps = self.screens.top_mut().turn_to_day(date, client, number, &self.cx);
        self.take(id, steps);
    }
}
