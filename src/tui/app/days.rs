//! What can be done about days from anywhere: a task, a session, the next thing that is due.

use super::App;
use crate::domain::{ClientId, Date, Number};
use crate::service::api::{DaysAsk, Done};
use crate::tui::overlay::Overlay;
use crate::tui::screen::{News, Step};
use crate::tui::screens::{danger, days, hours};

impl App {
    /// The prompt of a new task, about whoever is open or highlighted.
    pub(super) fn new_task(&self) -> Step {
        let top = self.screens.top();
        let mut task = days::new_task(top.subject(&self.cx), &self.cx);
        if let Some((to, what)) = top.asks_of(&self.cx) {
            task.value.to = to;
            what.clone_into(&mut task.value.text);
        }
        days::task(task, &self.cx)
    }

    /// The window that passes danger on, about whoever is open or highlighted.
    pub(super) fn tell_danger(&self) -> Step {
        let top = self.screens.top();
        // On a day's list whoever is highlighted is no more than a guess.
        danger::ask(top.subject(&self.cx), top.day(&self.cx).is_some(), &self.cx)
    }

    /// The prompt of a new session with whoever is open or highlighted, on the day that is shown.
    pub(super) fn plan_session(&self) -> Step {
        let top = self.screens.top();
        let date = top.day(&self.cx).unwrap_or(self.cx.today());
        let client = top.subject(&self.cx);
        let session = days::new_session(client, date, &self.cx);
        // On a day's list whoever is highlighted is no more than a guess at who comes next.
        if top.day(&self.cx).is_some() {
            days::offered(session, &self.cx)
        } else {
            days::session(session, &self.cx)
        }
    }

    /// While a session is planned or moved, what the colleague holds on that day is asked for whenever another one is meant.
    pub(super) fn ask_for_hours(&mut self) {
        let forms = self.sitting.overlays.iter().rev().filter_map(|over| match &over.overlay {
            Overlay::Question(question) => question.filled(),
            _ => None,
        });
        let meant = forms.into_iter().find_map(|form| hours::meant(form, &self.cx));
        if meant != self.sitting.hours {
            self.sitting.hours = meant;
            self.cx.hours = None;
            if let Some(of) = meant {
                self.ask(super::desk::NOBODY, DaysAsk::Hours(of).into());
            }
        }
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
