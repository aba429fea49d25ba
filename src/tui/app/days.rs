//! What can be done about days from anywhere: a task, a session, the next thing that is due.

use super::{App, desk};
use crate::domain::{ClientId, Date, Number};
use crate::service::api::{DaysAsk, Done, DueItem};
use crate::tui::screen::{News, Step};
use crate::tui::screens::days;
use crate::tui::screens::home::due;

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

    /// Something of a day was written: whatever list is on top shows it.
    pub(super) fn day_written(&mut self, done: &Done) {
        if let Some((client, number)) = done.session {
            self.tell_all(&News::Session(client, number));
        }
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

    /// What is due by a rule or a task comes after what is begun: it is asked for.
    pub(super) fn next_due(&self) -> Vec<Step> {
        vec![Step::Ask(DaysAsk::Next { after: self.sitting.unfinished }.into())]
    }

    /// It came: opened over whatever one is doing. If there is none, the round begins again.
    pub(super) fn next_came(&mut self, item: Option<&DueItem>) {
        self.sitting.unfinished = item.map(DueItem::key);
        let Some(item) = item else {
            let steps = self.first_unfinished();
            self.take(self.screens.top_id(), steps);
            return;
        };
        if let Some((client, room, opening)) = due::goal(item) {
            self.hop_to(client, room, opening);
        } else {
            let steps = due::opens(item, &self.cx);
            self.take(desk::NOBODY, steps);
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
