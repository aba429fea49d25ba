//! What is begun from any page of a chart: the details of the person, their admission, the questions about danger, a note.

use super::alliance::{rupture, ways};
use super::{Chart, Room, circle, header, stays, transfer, words};
use crate::domain::{ClientId, DocKind, DraftFacts, Moment};
use crate::service::api::{ChartAsk, Command, DocAsk, DraftLine};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::{checkin, triage};

/// The item that begins a note beside the drafts of today.
const ANOTHER: &str = "another";

fn fresh_note(client: ClientId) -> Vec<Step> {
    vec![Step::Ask(DocAsk::NewNote { client, format: String::new(), addendum_to: 0 }.into())]
}

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

    /// Begins the note that the chart is opened for. Where one of today is begun, the chart comes first, and then the question.
    pub(super) fn first_note(&mut self, cx: &Cx) -> Vec<Step> {
        let begun = cx.person(self.client).is_some_and(|person| {
            let midnight = cx.now.moment.plus_ms(-i64::from(cx.now.local.time.0 + 1) * 60_000);
            let mine = |one: &&DraftFacts| one.kind == DocKind::Note && Some(one.by) == cx.me();
            person.summary.drafts.iter().filter(mine).any(|one| one.since >= midnight)
        });
        if begun {
            self.opening = Opening::AnotherNote;
            return vec![Step::Ask(Command::Chart(ChartAsk::Open(self.client)))];
        }
        fresh_note(self.client)
    }

    /// Begins a note, or asks whether the one that this person began today is meant.
    pub(super) fn new_note(&self, cx: &Cx) -> Vec<Step> {
        let client = self.client;
        let drafts = self.view(cx).map_or(&[][..], |view| view.drafts.as_slice());
        let mine = drafts.iter().filter(|one| one.kind == DocKind::Note && Some(one.by) == cx.me());
        let today: Vec<&DraftLine> = mine.filter(|one| one.since.date == cx.today()).collect();
        if today.is_empty() {
            return fresh_note(client);
        }
        let go_on = |one: &&DraftLine| {
            let begun = format!("begun at {}", one.since.time);
            Item::new(one.number.to_string(), format!("Go on with the {}", one.about), begun)
        };
        let another = Item::new(ANOTHER, "Begin another note", "the draft stays");
        let items = today.iter().map(go_on).chain([another]).collect();
        let title = match today.as_slice() {
            [_] => "You have begun a note of this person today".to_owned(),
            all => format!("You have begun {} notes of this person today", all.len()),
        };
        let picked = move |key: &str, _: &Cx| match key.parse() {
            Ok(number) => vec![Step::Ask(DocAsk::Open { client, number }.into())],
            Err(_) => fresh_note(client),
        };
        vec![Question::pick(title, items, picked).open()]
    }
}
