//! What is owed: one's own work, and what the people one supervises owe.
//!
//! Owns where each thing is done. The list itself is told by the service with every answer that changes it; the screen of work and
//! the leaf *Due* show the same lines.

mod asks;
mod filter;
mod list;
mod view;
mod words;

use asks::Asks;
pub use filter::Filter;
pub use list::OwedList;
pub(in crate::tui::screens) use view::{draw_list, hit};
pub use words::{what, when_words, word};

use crate::domain::{ClientId, DocKind, Number};
use crate::rules::owed::{Asked, Duty};
use crate::service::api::{Answer, OwedLine, Place, PlanAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{News, Step, Tell, View};
use crate::tui::screens::days;
use crate::tui::screens::house::retention::RetentionScreen;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// The list of work.
#[derive(Debug, Default)]
pub struct WorkScreen {
    list: OwedList,
    /// What plans ask of whoever sits here, while that is shown.
    asks: Option<Asks>,
}

/// In which room a piece of work is done, and what for.
pub fn opening(duty: Duty, number: Number, mine: bool) -> (RoomName, Opening) {
    match duty {
        Duty::Unsigned(DocKind::Assessment) => (RoomName::Grid, Opening::Draft(number)),
        Duty::Unsigned(DocKind::Note) => (RoomName::Notes, Opening::Draft(number)),
        Duty::Unsigned(DocKind::Review) => (RoomName::Review, Opening::Draft(number)),
        Duty::Unsigned(DocKind::Discharge) => (RoomName::Discharge, Opening::Draft(number)),
        Duty::Unsigned(DocKind::Safety) => (RoomName::Safety, Opening::Draft(number)),
        Duty::SafetyPlan => (RoomName::Safety, Opening::Chart),
        Duty::PlanReview if mine => (RoomName::Review, Opening::Review),
        Duty::Returned | Duty::CoSign | Duty::Agree => (RoomName::Notes, Opening::Note(number)),
        Duty::MissingNote if mine => (RoomName::Notes, Opening::NoteOf(number)),
        Duty::MissingNote => (RoomName::Notes, Opening::Chart),
        Duty::Contact if mine => {
            (RoomName::Overview, Opening::Contact(u16::try_from(number).unwrap_or_default()))
        }
        Duty::Need => (RoomName::Priorities, Opening::Chart),
        Duty::Ask => (RoomName::Measures, Opening::Chart),
        Duty::Alert => (RoomName::Alliance, Opening::Chart),
        Duty::TestResult => (RoomName::Forms, Opening::Entry { number, result: mine }),
        Duty::Triage => (RoomName::Overview, Opening::Triage { admit: false }),
        Duty::Assessment | Duty::Review if mine => (RoomName::Grid, Opening::Assess),
        Duty::Assessment | Duty::Review => (RoomName::Grid, Opening::Chart),
        Duty::InitialPlan
        | Duty::Plan
        | Duty::PlanReview
        | Duty::PlanCalled
        | Duty::Unsigned(DocKind::Plan | DocKind::Answers) => (RoomName::Plan, Opening::Chart),
        // Done in no chart; one that is asked for there opens it. A contact is written down by whoever owes it.
        Duty::State | Duty::Task | Duty::Contact | Duty::Second(_) => (RoomName::Overview, Opening::Chart),
    }
}

/// What Enter opens: the place where the work is done.
pub fn opens(line: &OwedLine, cx: &Cx) -> Vec<Step> {
    let (client, duty, number) = line.key();
    match (&line.task, line.session) {
        (Some(kept), _) => vec![days::task(kept.as_ref().clone(), cx)],
        (None, Some((date, _))) if duty == Duty::State => vec![Step::Day(date, client, number)],
        _ if duty == Duty::Second(Asked::Purge) => {
            vec![Step::Push(Box::new(RetentionScreen::about(client)))]
        }
        _ => vec![Step::Hop { client, duty, number }],
    }
}

/// The list of what can be shown. The highlight is on what is not shown now.
fn choose_shown(screen: &WorkScreen, cx: &Cx) -> Step {
    let (mut items, next) = screen.list.filter.items(cx);
    items.push(Item::new("asks", "what plans ask of you", "methods and referrals that name you"));
    Question::pick("What to show", items, |key, _| {
        let key = key.to_owned();
        vec![Tell::to(move |screen: &mut WorkScreen, cx| screen.show(&key, cx))]
    })
    .at(if screen.asks.is_some() { "every" } else { next })
    .open()
}

impl WorkScreen {
    /// Shows one's own work, that of one's people too, or what plans ask.
    fn show(&mut self, key: &str, cx: &Cx) -> Vec<Step> {
        if key == "asks" {
            self.asks = Some(Asks::default());
            return vec![Step::Ask(PlanAsk::OfMe.into())];
        }
        self.asks = None;
        vec![Step::Say(self.list.choose(key, cx))]
    }

    fn act_asks(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let Some(asks) = &mut self.asks else { return Vec::new() };
        if asks.act(action, cx.page()) {
            return Vec::new();
        }
        match (action, asks.here()) {
            (Action::Open, Some(line)) => {
                vec![Step::OpenChart { client: line.client, room: RoomName::Plan, opening: Opening::Chart }]
            }
            _ => Vec::new(),
        }
    }
}

impl View for WorkScreen {
    fn scopes(&self) -> Vec<Scope> {
        let rows = self.asks.as_ref().map_or(&self.list.rows, |asks| &asks.rows);
        rows.scopes(Scope::Work)
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        if let (Some(asks), Answer::PlanAsks(lines)) = (&mut self.asks, answer) {
            asks.lines = Some(lines.clone());
            asks.rows.cursor.clamp(lines.len());
        }
        Vec::new()
    }

    fn place(&self, place: &mut Place) {
        Action::WorkList.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("To do".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, cx: &Cx) -> Vec<Step> {
        // Whoever owes nothing themselves looks at their people's.
        self.list.filter.all = !cx.owed().iter().any(|line| line.mine);
        self.list.moved(&self.list.lines(cx));
        Vec::new()
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if action == Action::ChooseShown {
            return vec![choose_shown(self, cx)];
        }
        if self.asks.is_some() {
            return self.act_asks(action, cx);
        }
        let lines = self.list.lines(cx);
        if self.list.act(action, cx) {
            return Vec::new();
        }
        match action {
            Action::Open => self.list.here(&lines).map(|line| opens(line, cx)).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        if let Some(asks) = &mut self.asks {
            asks.rows.text(text);
            return Vec::new();
        }
        self.list.rows.text(text);
        self.list.moved(&self.list.lines(cx));
        Vec::new()
    }

    fn back(&mut self, cx: &Cx) -> Option<Vec<Step>> {
        if let Some(asks) = &mut self.asks {
            if !asks.back() {
                self.asks = None;
            }
            return Some(Vec::new());
        }
        self.list.back(cx).then(Vec::new)
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        if let Some(asks) = &mut self.asks {
            let Some(row) = asks.hit(at, area) else { return Vec::new() };
            return if asks.rows.clicked(row) { self.act_asks(Action::Open, cx) } else { Vec::new() };
        }
        let lines = self.list.lines(cx);
        let Some(row) = hit(&self.list, &lines, at, view::list_area(area)) else { return Vec::new() };
        if self.list.clicked(row, &lines) { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        if matches!(news, News::Owed) {
            self.list.came(cx);
        }
        Vec::new()
    }

    fn stays_below_a_chart(&self) -> bool {
        true
    }

    fn subject(&self, cx: &Cx) -> Option<ClientId> {
        if let Some(asks) = &self.asks {
            return asks.here().map(|line| line.client);
        }
        let line = self.list.here(&self.list.lines(cx))?;
        Some(line.owed.client).filter(|client| *client != ClientId::default())
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        match &self.asks {
            Some(asks) => asks::draw(asks, frame, area, cx),
            None => view::draw(self, &self.list.lines(cx), frame, area, cx),
        }
    }
}
