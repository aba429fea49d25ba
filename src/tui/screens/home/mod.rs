//! Home: the people, most pressing first, and the line that finds one of them.
//!
//! Owns the highlight and the find line. The people themselves are facts of the desk; their order is the service's.

pub mod find;
mod view;

use crate::domain::{ClientId, PersonalSettings};
use crate::service::api::{Answer, Command, Door, People, Place};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Given, Item, Overlay, Picker, Then};
use crate::tui::screen::{Screen, Step, View};
use crate::tui::screens::chart::{Opening, RoomName};
use crate::tui::screens::dimension::DimensionScreen;
use crate::tui::theme::{Name, Role};
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::Header;
use find::{Find, Gathered};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// What home asks overlays for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// The theme.
    Theme,
}

/// The list of people.
#[derive(Debug, Default)]
pub struct Home {
    cursor: Cursor,
    /// Who is highlighted: the highlight stays on the person when the list comes afresh.
    highlighted: Option<ClientId>,
    find: Option<Find>,
    gathered: Gathered,
}

/// The people in sight, by their places on the list.
#[derive(Clone, Copy, Debug)]
enum Shown<'a> {
    All(usize),
    Found(&'a [usize]),
}

impl Shown<'_> {
    fn len(self) -> usize {
        match self {
            Self::All(count) => count,
            Self::Found(found) => found.len(),
        }
    }

    /// Place on the list of the person in this row.
    fn get(self, row: usize) -> Option<usize> {
        match self {
            Self::All(count) => (row < count).then_some(row),
            Self::Found(found) => found.get(row).copied(),
        }
    }
}

impl Home {
    /// With the highlight where it was.
    pub fn at(place: &Place, cx: &Cx) -> Self {
        let mut home = Self { highlighted: place.highlighted, ..Self::default() };
        home.refreshed(cx);
        home
    }

    /// The step that ranks everyone in one dimension.
    pub fn rank(dimension: u8) -> Step {
        Step::Push(Box::new(Screen::Dimension(DimensionScreen::new(dimension))))
    }

    /// The people in sight: those found, or all.
    fn shown(&self, cx: &Cx) -> Shown<'_> {
        match &self.find {
            Some(find) => Shown::Found(&find.matches),
            None => Shown::All(cx.people().len()),
        }
    }

    fn here(&self, cx: &Cx) -> Option<ClientId> {
        let shown = self.shown(cx);
        shown.get(self.cursor.at).and_then(|at| cx.people().get(at)).map(|person| person.summary.client)
    }

    /// Enter: the rule that no first match is opened in silence.
    fn open(&mut self, cx: &Cx) -> Vec<Step> {
        if let Some(find) = &mut self.find
            && let Err(said) = find.may_open()
        {
            find.typing = false;
            return vec![Step::Say(said)];
        }
        let Some(client) = self.here(cx) else { return Vec::new() };
        self.find = None;
        self.highlighted = Some(client);
        self.refreshed(cx);
        vec![Step::OpenChart { client, room: RoomName::Overview, opening: Opening::Chart }]
    }

    fn open_find(&mut self, text: &str, cx: &Cx) {
        let find = self.find.get_or_insert_with(Find::default);
        find.typing = true;
        find.line.insert(text);
        find.search(&mut self.gathered, cx);
        self.cursor = Cursor::default();
    }

    fn move_by(&mut self, action: Action, cx: &Cx) -> bool {
        let count = self.shown(cx).len();
        if !self.cursor.act(action, count, cx.page()) {
            return false;
        }
        if let Some(find) = &mut self.find {
            find.moved = true;
        }
        self.highlighted = self.here(cx);
        true
    }

    /// Opens the chart of the highlighted person to do something there.
    fn chart(&self, opening: Opening, cx: &Cx) -> Vec<Step> {
        if let Some(find) = &self.find
            && let Err(said) = find.may_open()
        {
            return vec![Step::Say(said)];
        }
        let room = if matches!(opening, Opening::NewNote) { RoomName::Notes } else { RoomName::Overview };
        match self.here(cx) {
            Some(client) => vec![Step::OpenChart { client, room, opening }],
            None => vec![Step::Say("Nobody is highlighted.".to_owned())],
        }
    }
}

/// The choice of a theme.
fn themes(cx: &Cx) -> Step {
    let items = [
        (Name::Dark, "for a dark background"),
        (Name::Light, "for a light background"),
        (Name::Mono, "no colour"),
    ];
    let items = items.into_iter().map(|(name, what)| Item::new(name.name(), name.name(), what)).collect();
    let then = Then::Screen(super::Purpose::Home(Purpose::Theme));
    Step::Over(Overlay::Picker(Picker::one("Theme", items, then).at(cx.theme.name().name())))
}

impl View for Home {
    fn scopes(&self) -> Vec<Scope> {
        match &self.find {
            Some(find) if find.typing => vec![Scope::Find, Scope::Home],
            _ => vec![Scope::Home],
        }
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("People".to_owned(), Role::Focus)])
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if let Some(find) = self.find.as_mut().filter(|find| find.typing)
            && find.line.act(action)
        {
            find.search(&mut self.gathered, cx);
            self.cursor = Cursor::default();
            return Vec::new();
        }
        if self.move_by(action, cx) {
            return Vec::new();
        }
        match action {
            Action::Open => self.open(cx),
            Action::Find => {
                self.open_find("", cx);
                Vec::new()
            }
            Action::SwitchMineAll => {
                let all = cx.session.as_ref().is_some_and(|session| session.people.all);
                vec![Step::Ask(Command::People(People::List { all: !all }))]
            }
            Action::Settings => vec![themes(cx)],
            Action::NewNote => self.chart(Opening::NewNote, cx),
            Action::EditPerson => self.chart(Opening::Edit, cx),
            Action::Admit => self.chart(Opening::Admit, cx),
            Action::OthersInAgency => {
                let hidden = cx.session.as_ref().map_or(0, |session| session.people.hidden);
                vec![Step::Say(format!("{hidden} more in the agency are on other people's lists."))]
            }
            _ => action.dimension().map(Self::rank).into_iter().collect(),
        }
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        self.open_find(text, cx);
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        // The strip of what calls leads to the list of it.
        if at.y == area.y && cx.owed().iter().any(|line| line.mine) {
            return vec![Step::Run(Action::WorkList)];
        }
        let shown = self.shown(cx);
        let Some(row) = view::hit(self, shown, at, area, cx) else { return Vec::new() };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        self.highlighted = self.here(cx);
        if let Some(find) = &mut self.find {
            find.moved = true;
        }
        if again { self.open(cx) } else { Vec::new() }
    }

    fn back(&mut self, cx: &Cx) -> Option<Vec<Step>> {
        self.find.take().map(|_| {
            self.refreshed(cx);
            Vec::new()
        })
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::People(list) => {
                let whose = if list.all { "All people" } else { "Your people" };
                vec![Step::Say(format!("{whose}: {}.", list.rows.len()))]
            }
            _ => Vec::new(),
        }
    }

    fn answered(&mut self, purpose: super::Purpose, given: Given, cx: &Cx) -> Vec<Step> {
        let (super::Purpose::Home(Purpose::Theme), Given::Picked(keys), Some(session)) =
            (purpose, given, &cx.session)
        else {
            return Vec::new();
        };
        let Some(name) = keys.first().and_then(|key| Name::named(key)) else { return Vec::new() };
        let settings = PersonalSettings { theme: name.name().to_owned(), ..session.staff.settings.clone() };
        vec![Step::Theme(name), Step::Ask(Command::Door(Door::Personal(settings)))]
    }

    fn refreshed(&mut self, cx: &Cx) {
        if let Some(find) = &mut self.find {
            find.search(&mut self.gathered, cx);
        }
        let shown = self.shown(cx);
        let person = |at: usize| shown.get(at).and_then(|at| cx.people().get(at));
        let same = |at: &usize| person(*at).map(|person| person.summary.client) == self.highlighted;
        let (at, count) = ((0..shown.len()).find(same), shown.len());
        self.cursor.at = at.unwrap_or(self.cursor.at);
        self.cursor.clamp(count);
    }

    fn place(&self, place: &mut Place) {
        place.highlighted = self.highlighted;
    }

    fn subject(&self, cx: &Cx) -> Option<ClientId> {
        self.here(cx)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        view::draw(self, self.shown(cx), frame, area, cx);
    }
}
