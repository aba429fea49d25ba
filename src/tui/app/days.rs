//! What can be done about days from anywhere: a task, a session, the next thing that is due.

use super::App;
use crate::domain::{ClientId, Date, Number};
use crate::service::api::Done;
use crate::tui::screen::{News, Step};
use crate::tui::screens::days;

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

    /// The prompt of the session that follows the note that is open or highlighted, else of any with this person.
    pub(super) fn plan_next(&self) -> Step {
        match self.screens.top().next_session(&self.cx) {
            Some(session) => days::session(session, &self.cx),
            None => self.plan_session(),
        }
    }

    /// Something of a day was written: whatever list is on top shows it.
    pub(super) fn day_written(&mut self, done: &Done) {
        if let Some((client, number)) = done.session {
            self.tell_all(&News::Session(client, number));
        }
        self.tell_all(&News::Written);
        self.sitting.stale = true;
        if self.screens.is_last() {
            self.refresh();
        }
    }

    /// The list of people came afresh: what home shows beside it may have changed with it.
    pub(super) fn bottom_afresh(&mut self) {
        if self.screens.is_last() {
            let id = self.screens.top_id();
            let steps = self.screens.top_mut().hears(&News::OnTop, &self.cx);
            self.take(id, steps);
        }
    }

    /// Home on this day. What is open above it is left; a form with typed text is not.
    pub(super) fn show_day(&mut self, date: Date, client: ClientId, number: Number) {
        if !self.go_home() {
            return;
        }
        let id = self.screens.top_id();
        let steps = self.screens.top_mut().hears(&News::ToDay(date, client, number), &self.cx);
        self.take(id, steps);
    }
}
