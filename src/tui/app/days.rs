//! What can be done about days from anywhere: a task, a session, the next thing that is due.

use super::App;
use crate::domain::{ClientId, Date, Number};
use crate::service::api::{Answer, DaysAsk, DueItem};
use crate::tui::overlay::{Given, Prompt, Then};
use crate::tui::screen::{ScreenId, Step};
use crate::tui::screens::Purpose;
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
        if let Answer::Done(done) = answer {
            if let Some((client, number)) = done.session {
                self.screens.each(|screen| screen.wrote_session(client, number));
            }
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

    /// What is due by a rule or a task comes after what is begun: it is asked for.
    pub(super) fn next_due(&self) -> Vec<Step> {
        vec![Step::Ask(DaysAsk::Next { after: self.watch.unfinished }.into())]
    }

    /// It came: opened over whatever one is doing. If there is none, the round begins anew.
    pub(super) fn next_came(&mut self, item: Option<&DueItem>) {
        self.watch.unfinished = item.map(DueItem::key);
        let Some(item) = item else {
            let steps = self.first_unfinished();
            self.take(self.screens.top_id(), steps);
            return;
        };
        if let Some((client, room, opening)) = due::goal(item) {
            self.hop_to(client, room, opening);
        } else {
            let steps = due::opens(item, &self.cx);
            self.take(self.screens.top_id(), steps);
        }
    }

    /// Home on this day. What is open above it is left; a form with typed text is not.
    pub(super) fn show_day(&mut self, date: Date, client: ClientId, number: Number) {
        if !self.go_home() {
            return;
        }
        let id = self.screens.top_id();
        let steps = self.screens.top_mut().turn_to_day(date, client, number, &self.cx);
        self.take(id, steps);
    }
}
