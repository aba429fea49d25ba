//! What is begun from any page of a chart: the details of the person, their admission, the questions about danger, a note.

use super::alliance::{rupture, ways};
use super::{Chart, Room, circle, header, stays, transfer, words};
use crate::domain::Moment;
use crate::service::api::DocAsk;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::opening::RoomName;
use crate::tui::screen::Step;
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::{checkin, triage};

impl Chart {
    pub(super) fn edit(&self, cx: &Cx) -> Vec<Step> {
        let form = self.view(cx).map(|view| FormScreen::edit(&view.client, cx.names_only()));
        form.map(|form| Step::Push(Box::new(form))).into_iter().collect()
    }

    /// Reads the discharge summary of the newest stay that ended; of several, one is chosen. Where two stays are open, which of them is
    /// worked on is chosen here too.
    pub(super) fn read_discharge(&mut self, cx: &Cx) -> Vec<Step> {
        self.view(cx).map(|view| stays::choose(view, cx)).unwrap_or_default()
    }

    /// Asks about the people around the client.
    pub(super) fn circle(&self, cx: &Cx) -> Vec<Step> {
        self.view(cx).map(circle::question).into_iter().collect()
    }

    /// Goes on in the other open stay.
    pub(super) fn other_stay(&self, cx: &Cx) -> Vec<Step> {
        self.view(cx).map(|view| stays::work_in(view, cx)).unwrap_or_default()
    }

    /// Admits the person; where a stay is open, begins the discharge summary that ends it, or goes on with it.
    pub(super) fn admit(&mut self, cx: &Cx) -> Vec<Step> {
        let Some(view) = self.view(cx) else { return Vec::new() };
        if view.open_episode().is_some() {
            if self.discharge.draft().is_some() {
                return self.turn_to(RoomName::Discharge, cx);
            }
            return match words::no_writing(view, cx) {
                Some(why) => vec![Step::Warn(why)],
                None => vec![Step::Ask(DocAsk::NewDischarge { client: self.client }.into())],
            };
        }
        // Danger is asked about before anything else; once a day is enough.
        if view.may_answer && !self.asked_today(cx) && FormScreen::admit(view, cx).is_ok() {
            return vec![triage::ask(
                self.client,
                &view.client.value.header_name(),
                header::of(view, cx),
                true,
                cx,
            )];
        }
        match FormScreen::admit(view, cx) {
            Ok(form) => vec![Step::Push(Box::new(form))],
            Err(why) => vec![Step::Warn(why)],
        }
    }

    /// Whether triage was answered within the last day.
    fn asked_today(&self, cx: &Cx) -> bool {
        let last = self.view(cx).and_then(|view| view.triage.as_ref());
        last.is_some_and(|triage| cx.now.moment.0 - triage.moment.0 < 24 * Moment::HOUR)
    }

    /// The check-in over the chart, from whatever page one is on.
    pub(super) fn check_in(&self, cx: &Cx) -> Vec<Step> {
        let Some(view) = self.view(cx) else { return Vec::new() };
        if let Some(why) = words::no_writing(view, cx) {
            return vec![Step::Warn(why)];
        }
        checkin::step(view, header::of(view, cx), cx)
    }

    /// Writes down something of the work together over whatever page is shown: a rupture, a barrier, ways of working.
    pub(super) fn of_work(&self, action: Action, cx: &Cx) -> Vec<Step> {
        let Some(view) = self.view(cx) else { return Vec::new() };
        match (words::no_writing(view, cx), action) {
            (Some(why), _) => vec![Step::Warn(why)],
            (None, Action::WaysOfWorking) => ways::question(view),
            (None, Action::AddBarrier) => ways::add_barrier(view),
            (None, _) => rupture::add(view, cx),
        }
    }

    /// Asks where the person goes within their stay.
    pub(super) fn transfer(&self, cx: &Cx) -> Vec<Step> {
        self.view(cx).map(|view| transfer::question(view, cx)).into_iter().collect()
    }

    pub(super) fn triage(&self, cx: &Cx) -> Vec<Step> {
        let Some(view) = self.view(cx) else { return Vec::new() };
        if !view.may_answer {
            return vec![Step::Warn(
                "Triage is answered by the counselor, their supervisor, or whoever admits people.".to_owned(),
            )];
        }
        vec![triage::ask(self.client, &view.client.value.header_name(), header::of(view, cx), false, cx)]
    }

    /// Turns to the safety plan, and back to the page one came from.
    pub(super) fn safety_plan(&mut self, cx: &Cx) -> Vec<Step> {
        if self.room == RoomName::Safety {
            let from = self.safety.from;
            return self.turn_to(from, cx);
        }
        self.safety.from = self.room;
        self.turn_to(RoomName::Safety, cx)
    }

    pub(super) fn new_note(&self) -> Vec<Step> {
        let ask = DocAsk::NewNote { client: self.client, format: String::new(), addendum_to: 0 };
        vec![Step::Ask(ask.into())]
    }
}
