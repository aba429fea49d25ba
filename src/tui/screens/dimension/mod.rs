//! Everyone on the list ranked in one dimension (`1`-`9`), and why they stand there.
//!
//! Owns the highlight, what is unfolded, and the dimension in view. Tiers, order and sentences are the rules'.

mod view;

use crate::domain::ClientId;
use crate::rules::dimension_view::{DimensionView, dimension_view};
use crate::rules::priority::Tier;
use crate::service::api::{Answer, Command, People, Person, Place, Whose};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::{Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::cell::RefCell;
use std::sync::Arc;

/// People of ASSESS in sight before it folds, so that PLAN stays in sight.
const ASSESS_FOLD: usize = 5;

/// The ranking of one dimension.
#[derive(Debug)]
pub struct DimensionScreen {
    number: u8,
    /// The highlighted person; `None` = the first.
    highlighted: Option<ClientId>,
    /// Tiers unfolded by hand.
    open: Vec<Tier>,
    /// The trace of the highlighted person is shown.
    trace: bool,
    /// The ranking of the list it was made from: neither keys nor frames rank again.
    ranked: RefCell<Option<Ranked>>,
    /// No key was pressed since the digit that opened it: it may be the first of a date.
    fresh: bool,
}

/// A ranking, and the list it holds for.
#[derive(Debug)]
struct Ranked {
    people: Arc<[Person]>,
    view: Arc<DimensionView>,
}

/// One line that can be highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// A person, by index on the list of people.
    Person(usize),
    /// The rest of a folded tier.
    Folded(Tier),
}

impl DimensionScreen {
    /// Of this dimension of the agency's set.
    pub fn new(number: u8) -> Self {
        Self {
            number,
            highlighted: None,
            open: Vec::new(),
            trace: false,
            ranked: RefCell::default(),
            fresh: true,
        }
    }

    /// The ranking as the rules give it; `None` if the set has no such dimension.
    fn ranking(&self, cx: &Cx) -> Option<Arc<DimensionView>> {
        let (set, session) = (cx.set()?, cx.signed_in.as_ref()?);
        set.dimension(self.number)?;
        let mut kept = self.ranked.borrow_mut();
        let list = &session.people.rows;
        let ranked = kept.take().filter(|ranked| Arc::ptr_eq(&ranked.people, list));
        let ranked = ranked.unwrap_or_else(|| {
            let people: Vec<_> = list.iter().map(|person| (&*person.summary, &*person.standing)).collect();
            let view = Arc::new(dimension_view(&people, self.number, set));
            Ranked { people: Arc::clone(list), view }
        });
        let view = Arc::clone(&ranked.view);
        *kept = Some(ranked);
        Some(view)
    }

    /// How many of a tier are in sight.
    fn in_sight(&self, tier: Tier, count: usize) -> usize {
        match tier {
            _ if self.open.contains(&tier) => count,
            Tier::Assess => count.min(ASSESS_FOLD),
            Tier::Steady => 0,
            _ => count,
        }
    }

    /// What can be highlighted, from the top.
    fn stops(&self, cx: &Cx) -> Vec<Stop> {
        match self.ranking(cx).as_deref() {
            Some(DimensionView::Ranked(groups)) => groups
                .iter()
                .flat_map(|group| {
                    let shown = self.in_sight(group.tier, group.rows.len());
                    let rest = (shown < group.rows.len()).then_some(Stop::Folded(group.tier));
                    group.rows[..shown]
                        .iter()
                        .map(|row| Stop::Person(row.index))
                        .chain(rest)
                        .collect::<Vec<_>>()
                })
                .collect(),
            Some(DimensionView::Unranked(rows)) => rows.iter().map(|row| Stop::Person(row.index)).collect(),
            None => Vec::new(),
        }
    }

    fn at(&self, stops: &[Stop], cx: &Cx) -> usize {
        let same = |stop: &Stop| matches!(stop, Stop::Person(at) if client(*at, cx) == self.highlighted);
        self.highlighted.and_then(|_| stops.iter().position(same)).unwrap_or(0)
    }

    fn here(&self, cx: &Cx) -> Option<Stop> {
        let stops = self.stops(cx);
        stops.get(self.at(&stops, cx)).copied()
    }

    fn move_by(&mut self, action: Action, cx: &Cx) -> bool {
        let stops = self.stops(cx);
        let mut cursor = crate::tui::widgets::cursor::Cursor { at: self.at(&stops, cx) };
        if !cursor.act(action, stops.len(), cx.page()) {
            return false;
        }
        self.highlight(&stops, cursor.at, cx);
        true
    }

    fn highlight(&mut self, stops: &[Stop], at: usize, cx: &Cx) {
        match stops.get(at) {
            Some(Stop::Person(index)) => self.highlighted = client(*index, cx),
            // Going on to a folded tier unfolds it: nobody is out of reach of the arrows.
            Some(Stop::Folded(tier)) => {
                self.open.push(*tier);
                let opened = self.stops(cx);
                if let Some(Stop::Person(index)) = opened.get(at) {
                    self.highlighted = client(*index, cx);
                }
            }
            None => {}
        }
    }

    /// Which of the highlighted person's tier is folded again.
    fn fold(&mut self, cx: &Cx) {
        if self.trace {
            self.trace = false;
            return;
        }
        let ranking = self.ranking(cx);
        let Some(DimensionView::Ranked(groups)) = ranking.as_deref() else { return };
        let mine = |group: &&crate::rules::dimension_view::Group| {
            group.rows.iter().any(|row| client(row.index, cx) == self.highlighted)
        };
        if let Some(tier) = groups.iter().find(mine).map(|group| group.tier) {
            self.open.retain(|open| *open != tier);
            if self
                .stops(cx)
                .iter()
                .all(|stop| !matches!(stop, Stop::Person(at) if client(*at, cx) == self.highlighted))
            {
                self.highlighted = None;
            }
        }
    }

    fn open_chart(&self, opening: Opening, cx: &Cx) -> Vec<Step> {
        let room = match opening {
            Opening::NewNote => RoomName::Notes,
            Opening::Chart => RoomName::Grid,
            _ => RoomName::Overview,
        };
        self.subject(cx).map(|client| Step::OpenChart { client, room, opening }).into_iter().collect()
    }
}

/// Who is at this index of the list.
fn client(at: usize, cx: &Cx) -> Option<ClientId> {
    cx.people().get(at).map(|person| person.summary.client)
}

impl View for DimensionScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Dimension]
    }

    fn header(&self, cx: &Cx) -> Header {
        let name = cx.set().and_then(|set| set.dimension(self.number)).map_or("", |one| one.short.as_str());
        Header::desk(cx, vec![(format!("D{} {name}", self.number), Role::Focus)])
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let fresh = std::mem::take(&mut self.fresh);
        if self.move_by(action, cx) {
            return Vec::new();
        }
        match action {
            // `6/28/91` is a birth date, whatever `6` alone does.
            Action::Find if fresh => return vec![Step::Close, Step::Type(format!("{}/", self.number))],
            Action::Whole => return vec![Step::Close],
            Action::Open => return self.open_chart(Opening::Chart, cx),
            Action::NewNote => return self.open_chart(Opening::NewNote, cx),
            Action::EditPerson => return self.open_chart(Opening::Edit, cx),
            Action::Admit => return self.open_chart(Opening::Admit, cx),
            Action::Find => return vec![Step::Close, Step::Run(Action::Find)],
            Action::SwitchMineAll => {
                let whose = if cx.shows_all() { Whose::Mine } else { Whose::All };
                return vec![Step::Ask(Command::People(People::List { whose }))];
            }
            Action::Unfold => match self.here(cx) {
                Some(Stop::Folded(tier)) => self.open.push(tier),
                _ => self.trace = true,
            },
            Action::Fold => self.fold(cx),
            _ => {
                if let Some(number) = action.dimension() {
                    if cx.set().is_some_and(|set| set.dimension(number).is_some()) {
                        *self = Self::new(number);
                    } else {
                        return vec![Step::Say(format!(
                            "There is no dimension {number} in your dimension set."
                        ))];
                    }
                }
            }
        }
        Vec::new()
    }

    /// A letter finds: on People, where the find line is.
    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        vec![Step::Close, Step::Type(text.to_owned())]
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let Some(stop) = view::hit(self, at, area, cx) else { return Vec::new() };
        let stops = self.stops(cx);
        let again = stops.get(self.at(&stops, cx)) == stops.get(stop);
        self.highlight(&stops, stop, cx);
        if again { self.open_chart(Opening::Chart, cx) } else { Vec::new() }
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        std::mem::take(&mut self.trace).then(Vec::new)
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::People(list) if list.whose == Whose::All => vec![Step::Say("All people.".to_owned())],
            Answer::People(_) => vec![Step::Say("Your people.".to_owned())],
            _ => Vec::new(),
        }
    }

    fn stays_below_a_chart(&self) -> bool {
        true
    }

    fn place(&self, place: &mut Place) {
        place.dimension = self.number;
        place.highlighted = self.highlighted.or(place.highlighted);
    }

    fn subject(&self, cx: &Cx) -> Option<ClientId> {
        match self.here(cx)? {
            Stop::Person(at) => client(at, cx),
            Stop::Folded(_) => None,
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        view::draw(self, frame, area, cx);
    }
}
