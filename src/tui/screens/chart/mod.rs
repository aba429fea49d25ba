//! A chart: the fixed header, and the rooms behind it.
//!
//! Owns which chart is open, its content as last answered, and which room one is in. Each room is its own file
//! behind [`Room`]; each keeps its state while another is shown, so that focus comes back where it was.

pub mod alliance;
mod asked;
pub(in crate::tui) mod asking;
pub mod background;
mod begins;
mod beside;
mod blocks;
mod circle;
pub mod contract;
pub(in crate::tui::screens) mod critical;
mod discharge;
pub mod forms;
pub mod grid;
mod guardian;
pub(in crate::tui::screens) mod header;
pub mod history;
pub mod measures;
pub(in crate::tui::screens) mod needs;
pub mod notes;
pub mod overview;
mod paper;
mod particulars;
pub mod plan;
pub mod priorities;
mod review;
mod room;
mod safety;
mod same;
mod sheet;
mod stays;
mod texts;
mod transfer;
mod turning;
mod words;
mod written;

use crate::domain::{ClientId, Session};
use crate::service::api::{
    Answer, ChartAsk, ChartView, Command, DocAsk, DraftBody, DraftSave, DraftView, Kept, PageSpot, Place,
};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::editor::Mode;
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::{News, Step, View};
use crate::tui::screens::{measure, triage};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use std::any::Any;

pub use room::Room;

/// Shows what the client marked, to whoever gets the screen back.
pub fn after_turn() -> Vec<Step> {
    plan::turning::after_turn()
}

/// An open chart.
#[derive(Debug)]
pub struct Chart {
    client: ClientId,
    /// It is here: until then there is nothing to show.
    arrived: bool,
    room: RoomName,
    opening: Opening,
    overview: overview::Overview,
    grid: grid::Grid,
    priorities: priorities::Priorities,
    plan: plan::Plan,
    contract: contract::Contract,
    review: review::Review,
    discharge: discharge::Discharge,
    background: background::Background,
    measures: measures::Measures,
    forms: forms::Forms,
    alliance: alliance::Alliance,
    notes: notes::Notes,
    history: history::History,
    safety: safety::Safety,
}

impl Chart {
    /// A chart to be opened in a room, for something.
    pub fn new(client: ClientId, room: RoomName, opening: Opening) -> Self {
        Self {
            client,
            arrived: false,
            room,
            opening,
            overview: overview::Overview::default(),
            grid: grid::Grid::default(),
            priorities: priorities::Priorities::default(),
            plan: plan::Plan::default(),
            contract: contract::Contract::default(),
            review: review::Review::default(),
            discharge: discharge::Discharge::default(),
            background: background::Background::default(),
            measures: measures::Measures::default(),
            forms: forms::Forms::default(),
            alliance: alliance::Alliance::default(),
            notes: notes::Notes::default(),
            history: history::History::default(),
            safety: safety::Safety::default(),
        }
    }

    /// Opens a person's chart for a piece of work, over whatever one is doing: Esc goes back there at once.
    pub fn over(client: ClientId, room: RoomName, opening: Opening) -> Self {
        let mut chart = Self::new(client, room, opening);
        chart.notes.lies_over();
        chart
    }

    fn room(&self, name: RoomName) -> &dyn Room {
        match name {
            RoomName::Overview => &self.overview,
            RoomName::Grid => &self.grid,
            RoomName::Priorities => &self.priorities,
            RoomName::Plan => &self.plan,
            RoomName::Contract => &self.contract,
            RoomName::Review => &self.review,
            RoomName::Discharge => &self.discharge,
            RoomName::Background => &self.background,
            RoomName::Measures => &self.measures,
            RoomName::Forms => &self.forms,
            RoomName::Alliance => &self.alliance,
            RoomName::Notes => &self.notes,
            RoomName::History => &self.history,
            RoomName::Safety => &self.safety,
        }
    }

    /// The chart, once it is here.
    fn view<'a>(&self, cx: &'a Cx) -> Option<&'a ChartView> {
        cx.chart(self.client).filter(|_| self.arrived)
    }

    /// The room one stands in, with the chart it shows; `None` until the chart is here.
    fn here<'a>(&mut self, cx: &'a Cx) -> Option<(&mut dyn Room, &'a ChartView)> {
        self.room_with(self.room, cx)
    }

    fn room_with<'a>(&mut self, name: RoomName, cx: &'a Cx) -> Option<(&mut dyn Room, &'a ChartView)> {
        let view = self.view(cx)?;
        let room: &mut dyn Room = match name {
            RoomName::Overview => &mut self.overview,
            RoomName::Grid => &mut self.grid,
            RoomName::Priorities => &mut self.priorities,
            RoomName::Plan => &mut self.plan,
            RoomName::Contract => &mut self.contract,
            RoomName::Review => &mut self.review,
            RoomName::Discharge => &mut self.discharge,
            RoomName::Background => &mut self.background,
            RoomName::Measures => &mut self.measures,
            RoomName::Forms => &mut self.forms,
            RoomName::Alliance => &mut self.alliance,
            RoomName::Notes => &mut self.notes,
            RoomName::History => &mut self.history,
            RoomName::Safety => &mut self.safety,
        };
        Some((room, view))
    }

    /// Does something to the room of this kind, with the chart as it is now.
    fn tell<R: Room>(
        &mut self,
        act: impl FnOnce(&mut R, &ChartView, &Cx) -> Vec<Step>,
        cx: &Cx,
    ) -> Vec<Step> {
        let Some(view) = self.view(cx) else { return Vec::new() };
        let rooms: [&mut dyn Any; 14] = [
            &mut self.overview,
            &mut self.grid,
            &mut self.priorities,
            &mut self.plan,
            &mut self.contract,
            &mut self.review,
            &mut self.discharge,
            &mut self.background,
            &mut self.measures,
            &mut self.forms,
            &mut self.alliance,
            &mut self.notes,
            &mut self.history,
            &mut self.safety.page,
        ];
        let room = rooms.into_iter().find_map(|room| room.downcast_mut::<R>());
        room.map(|room| act(room, view, cx)).unwrap_or_default()
    }

    /// Turns to a room. An open draft stays open where it is.
    fn turn_to(&mut self, room: RoomName, cx: &Cx) -> Vec<Step> {
        self.room = room;
        self.here(cx).map(|(room, view)| room.entered(view, cx)).unwrap_or_default()
    }

    /// Turns to the priorities, the history of an immediate need unfolded.
    fn show_need_history(&mut self, cx: &Cx) -> Vec<Step> {
        let Some(view) = self.view(cx) else { return Vec::new() };
        if view.needs.is_empty() {
            let key = cx.key(Action::RaiseNeed, Scope::Chart);
            return vec![Step::Say(format!(
                "There is no immediate need in this chart. Press {key} to raise one."
            ))];
        }
        let steps = self.turn_to(RoomName::Priorities, cx);
        if let Some(view) = self.view(cx) {
            self.priorities.show_history(view, cx);
        }
        steps
    }

    /// Takes over a newer chart.
    fn take_over(&mut self, cx: &Cx) {
        self.arrived = true;
        for name in RoomName::ALL {
            if let Some((room, view)) = self.room_with(name, cx) {
                room.hears(&News::Chart(view), view, cx);
            }
        }
    }

    /// What the chart was opened for, once it is here. Done once.
    fn begin_opening(&mut self, cx: &Cx) -> Vec<Step> {
        match std::mem::take(&mut self.opening) {
            Opening::Edit => self.edit(cx),
            Opening::Admit => self.admit(cx),
            Opening::Triage { admit } => {
                let Some(view) = self.view(cx) else { return Vec::new() };
                vec![triage::ask(
                    self.client,
                    &view.client.value.header_name(),
                    header::of(view, cx),
                    admit,
                    cx,
                )]
            }
            Opening::Entry { number, result } => {
                let Some(view) = self.view(cx) else { return Vec::new() };
                self.forms.put(number, view, cx);
                if result { forms::result_of(number, view, cx) } else { Vec::new() }
            }
            Opening::CheckIn => self.check_in(cx),
            Opening::AnotherNote => self.new_note(cx),
            Opening::Contact(days) => {
                self.view(cx).map(|view| stays::contact(days, view, cx)).unwrap_or_default()
            }
            Opening::Measure(at) => {
                let Some(view) = self.view(cx) else { return Vec::new() };
                let key = cx.measures().nth(at).map(|measure| measure.key.clone());
                key.map(|key| measure::step(&key, view, header::of(view, cx), cx)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// The lines about linked charts below the page. A text that is open has the whole page, and the overview shows them
    /// among its own lines.
    fn beside(&self, view: &ChartView, cx: &Cx) -> Vec<Line<'static>> {
        let text =
            self.room(self.room).draft().is_some() || self.room == RoomName::Notes && self.notes.is_open();
        if text || self.room == RoomName::Overview {
            return Vec::new();
        }
        beside::lines(self.room, view, cx)
    }

    /// Acts on the signed document one looks at outside the room of notes: it is opened to be read first.
    fn act_on_document(&mut self, action: Action, cx: &Cx) -> Option<Vec<Step>> {
        if !notes::is_of_life(action) || self.room == RoomName::Notes {
            return None;
        }
        let number = self.view(cx).and_then(|view| self.room(self.room).document(view, cx));
        let Some(number) = number else {
            return Some(vec![Step::Say("Look at a signed assessment first.".to_owned())]);
        };
        self.room = RoomName::Notes;
        Some(self.notes.ask_about(number, action, self.client))
    }

    /// Which room a draft belongs to, and gives it the focus.
    fn draft_arrived(&mut self, draft: &DraftView) {
        if draft.client == self.client {
            let before = self.room;
            self.room = match draft.body {
                DraftBody::Assessment(_) => RoomName::Grid,
                DraftBody::Note(_) => RoomName::Notes,
                DraftBody::Answers(_) => RoomName::Plan,
                DraftBody::Review(_) => RoomName::Review,
                DraftBody::Discharge(_) => RoomName::Discharge,
                DraftBody::Safety(_) => RoomName::Safety,
            };
            if self.room == RoomName::Safety && before != RoomName::Safety {
                self.safety.from = before;
            }
        }
    }
}

impl View for Chart {
    fn scopes(&self) -> Vec<Scope> {
        if self.arrived { self.room(self.room).scopes() } else { vec![Scope::Chart] }
    }

    fn text_mode(&self, modal: bool) -> Mode {
        self.room(self.room).text_mode(modal)
    }

    fn header(&self, cx: &Cx) -> Header {
        match self.view(cx) {
            Some(view) => header::of(view, cx),
            None => Header {
                left: vec![("Opening the chart".to_owned(), Role::Dim)],
                keep: 1,
                ..Header::default()
            },
        }
    }

    fn begin(&mut self, cx: &Cx) -> Vec<Step> {
        let ask = match self.opening {
            Opening::NewNote => return self.first_note(cx),
            Opening::NoteOf(session) => DocAsk::NoteOf { client: self.client, session }.into(),
            Opening::Assess => DocAsk::NewAssessment { client: self.client }.into(),
            Opening::Review => DocAsk::NewReview { client: self.client }.into(),
            Opening::Draft(number) => DocAsk::Open { client: self.client, number }.into(),
            Opening::Note(number) => DocAsk::TakeUp { client: self.client, number }.into(),
            _ => Command::Chart(ChartAsk::Open(self.client)),
        };
        vec![Step::Ask(ask)]
    }

    fn claims(&self, action: Action) -> bool {
        self.room(self.room).claims(action)
    }

    fn offers(&self, action: Action, cx: &Cx) -> bool {
        let Some(view) = self.view(cx) else { return true };
        needs::offers(action, view).or_else(|| same::offers(action, view)).unwrap_or_else(|| match action {
            Action::Admit => view.open_episode().is_none() || view.may_write,
            Action::Triage => view.may_answer,
            Action::Transfer => view.may_write && view.open_episode().is_some(),
            Action::OtherStay => view.may_write && view.also_open().next().is_some(),
            Action::ReadDischarge => {
                view.discharges.iter().any(|one| one.stands) || view.also_open().next().is_some()
            }
            _ => self.room(self.room).offers(action, view),
        })
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if !self.arrived {
            return Vec::new();
        }
        if !self.room(self.room).claims(action) {
            if let Some(room) = RoomName::of(action) {
                return self.turn_to(room, cx);
            }
            if let Some(steps) = self.act_on_document(action, cx) {
                return steps;
            }
            // A review that is open stays open behind the plan.
            if action == Action::ReviewPlan && self.review.draft().is_some() {
                return self.turn_to(RoomName::Review, cx);
            }
            let may_write = self.view(cx).is_some_and(|view| view.may_write);
            match action {
                Action::EditPerson => return self.edit(cx),
                Action::Admit => return self.admit(cx),
                Action::Triage => return self.triage(cx),
                Action::CheckIn => return self.check_in(cx),
                Action::AddRupture | Action::WaysOfWorking | Action::AddBarrier => {
                    return self.of_work(action, cx);
                }
                Action::Transfer => return self.transfer(cx),
                Action::ReadDischarge => return self.read_discharge(cx),
                Action::OtherStay => return self.other_stay(cx),
                Action::Circle => return self.circle(cx),
                Action::SafetyPlan => return self.safety_plan(cx),
                Action::NeedHistory => return self.show_need_history(cx),
                Action::NewNote if may_write => return self.new_note(cx),
                Action::NewNote => {
                    let why = self.view(cx).and_then(|view| words::no_writing(view, cx));
                    return why.map(Step::Warn).into_iter().collect();
                }
                _ => {}
            }
            if let Some(view) = self.view(cx)
                && let Some(steps) =
                    needs::act(action, view, cx).or_else(|| same::act(action, self.room, view, cx))
            {
                return steps;
            }
        }
        self.here(cx).map(|(room, view)| room.act(action, view, cx)).unwrap_or_default()
    }

    fn begins_text(&self) -> bool {
        self.room(self.room).begins_text()
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        self.here(cx).map(|(room, _)| room.text(text, cx)).unwrap_or_default()
    }

    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        self.here(cx).map(|(room, _)| room.paste(text, cx)).unwrap_or_default()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let lines = self.view(cx).map_or(0, |view| self.beside(view, cx).len());
        let (area, _) = beside::split(area, lines);
        self.here(cx).map(|(room, view)| room.click(at, area, view, cx)).unwrap_or_default()
    }

    fn back(&mut self, cx: &Cx) -> Option<Vec<Step>> {
        self.here(cx).and_then(|(room, view)| room.back(view, cx))
    }

    fn leaves(&self, _cx: &Cx) -> Option<&'static str> {
        (self.arrived && self.room(self.room).is_outermost()).then_some("leave chart")
    }

    fn leave(&mut self, cx: &Cx) -> Vec<Step> {
        let mut steps = Vec::new();
        let kept = |name| self.room(name).draft().is_some() && !self.room(name).is_untouched();
        let draft = RoomName::ALL.into_iter().any(kept);
        for name in RoomName::ALL {
            if let Some((room, _)) = self.room_with(name, cx) {
                steps.extend(room.leave(cx));
            }
        }
        if let Some(view) = self.view(cx).filter(|_| draft) {
            let client = &view.client.value;
            // It is read over a list.
            let name =
                if cx.veil { cx.listed(&client.display_name()).into_owned() } else { client.header_name() };
            steps.push(Step::DraftKept { client: self.client, name });
        }
        steps
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Chart(_) => self.take_over(cx),
            // A draft that was moved away answers with the other person's chart: that is not this one.
            Answer::Draft(draft) if draft.client == self.client => self.take_over(cx),
            Answer::Document(note) if note.chart.is_some() && note.part.client == self.client => {
                self.opening = Opening::Chart;
                self.take_over(cx);
                self.room = RoomName::Notes;
                self.notes.take_up(note);
            }
            _ => {}
        }
        if let Answer::Draft(draft) = answer {
            self.draft_arrived(draft);
        }
        let mut steps = Vec::new();
        for name in RoomName::ALL {
            // A draft goes to its own room; everything else to whichever knows it.
            if matches!(answer, Answer::Draft(_)) && name != self.room {
                continue;
            }
            if let Some((room, view)) = self.room_with(name, cx) {
                steps.extend(room.reply(answer, view, cx));
            }
        }
        if matches!(answer, Answer::Chart(_)) {
            steps.extend(self.begin_opening(cx));
            let room = self.room;
            steps.extend(self.turn_to(room, cx));
        }
        if let Answer::Chart(chart) = answer
            && chart.unrecorded > 0
        {
            let waiting = chart.unrecorded;
            steps.push(Step::Warn(format!(
                "The disk refuses to write. You can read; what you read is recorded later ({waiting} \
                 waiting). Nothing else can be saved."
            )));
        }
        steps
    }

    fn failed(&mut self, fault: &Fault, cx: &Cx) -> Vec<Step> {
        if !self.arrived {
            // A draft that is gone still has a chart around it; a chart that may not be opened has nothing.
            return match std::mem::take(&mut self.opening) {
                Opening::Chart
                | Opening::Edit
                | Opening::Admit
                | Opening::Note(_)
                | Opening::Measure(_)
                | Opening::CheckIn
                | Opening::AnotherNote
                | Opening::Contact(_)
                | Opening::Entry { .. }
                | Opening::Triage { .. } => vec![Step::Close],
                Opening::NewNote
                | Opening::NoteOf(_)
                | Opening::Assess
                | Opening::Review
                | Opening::Draft(_) => {
                    vec![Step::Ask(Command::Chart(ChartAsk::Open(self.client)))]
                }
            };
        }
        // The room one is in asked, or one with an open draft, which saves from wherever one is.
        let mut steps = Vec::new();
        for name in RoomName::ALL {
            if name == self.room || self.room(name).draft().is_some() {
                steps.extend(
                    self.room_with(name, cx).map(|(room, _)| room.failed(fault, cx)).unwrap_or_default(),
                );
            }
        }
        steps
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        match news {
            News::Chart(chart) if chart.client.value.id == self.client => self.take_over(cx),
            News::Chart(_) => {}
            _ => {
                return self.here(cx).map(|(room, view)| room.hears(news, view, cx)).unwrap_or_default();
            }
        }
        Vec::new()
    }

    fn next_session(&self, cx: &Cx) -> Option<Kept<Session>> {
        self.view(cx).and_then(|view| self.room(self.room).next_session(view, cx))
    }

    fn unsaved(&self) -> Option<DraftSave> {
        RoomName::ALL.into_iter().find_map(|name| self.room(name).unsaved())
    }

    fn lines(&self, cx: &Cx) -> Option<usize> {
        self.view(cx).and_then(|view| self.room(self.room).lines(view, cx))
    }

    fn place(&self, place: &mut Place) {
        place.chart = Some(self.client);
        self.room.word().clone_into(&mut place.room);
        place.draft = self.room(self.room).draft();
        place.spot = self.room(self.room).spot();
    }

    fn come_back(&mut self, spot: &PageSpot) {
        let room: &mut dyn Room = if self.room == RoomName::Plan { &mut self.plan } else { &mut self.notes };
        room.come_back(spot);
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        Some(self.client)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let Some(view) = self.view(cx) else { return };
        // A note is read by whose it is, too, whosever the chart is by now.
        let reads = self.room == RoomName::Notes && self.notes.is_open();
        if view.may_read || matches!(self.room, RoomName::Overview | RoomName::History) || reads {
            let lines = self.beside(view, cx);
            let (page, below) = beside::split(area, lines.len());
            self.room(self.room).draw(frame, page, view, cx);
            window::scrolled(frame, below, lines, 0, cx);
        } else {
            empty(frame, area, &[words::no_reading(view, cx)], cx);
        }
    }
}
