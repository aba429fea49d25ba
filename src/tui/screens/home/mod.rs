//! Home with its three leaves: the people, most pressing first, and the line that finds one of them; the sessions of a
//! day; what is due.
//!
//! Owns the highlight and the find line, and which leaf is shown. The people themselves are facts of the desk; their
//! order is the service's.

mod about;
mod became;
mod beyond;
pub mod due;
mod due_view;
pub mod find;
mod leaves;
mod narrow;
mod newcomers;
mod nobody;
mod shown;
mod strip;
#[cfg(test)]
mod tests;
pub mod today;
mod today_about;
mod today_view;
mod view;

use crate::domain::{AccessReason, ClientId, Date};
use crate::service::api::{Answer, Command, HouseAnswer, People, Place, Whose};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};

use crate::tui::screen::{News, Step, View};
use crate::tui::screens::dimension::DimensionScreen;
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::house::forms;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::Header;
use due::Due;
use find::{Find, Gathered};
pub use leaves::Leaf;
use leaves::plans_for_all;
use narrow::Narrow;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use shown::Shown;
use today::Today;

/// The step that opens a chart for something.
struct Opens;

impl Opens {
    fn chart(client: ClientId, room: RoomName, opening: Opening) -> Vec<Step> {
        vec![Step::OpenChart { client, room, opening }]
    }
}

/// The list of people.
#[derive(Debug, Default)]
pub struct Home {
    cursor: Cursor,
    /// Who is highlighted: the highlight stays on the person when the list comes afresh.
    highlighted: Option<ClientId>,
    /// Whoever is highlighted is not on the list, so that no line has the highlight until one is chosen.
    strayed: bool,
    find: Option<Find>,
    gathered: Gathered,
    /// What the list is narrowed to, and the places of those it holds for.
    narrow: Option<(Vec<usize>, Narrow)>,
    /// With which reason a look beyond one's own people was asked for.
    beyond: Option<(AccessReason, String)>,
    /// Whose chart is being opened with a reason.
    opening: Option<ClientId>,
    leaf: Leaf,
    /// The leaf the find line was opened from: leaving it goes back there.
    found_from: Option<Leaf>,
    today: Today,
    due: Due,
    /// The field in which the next form of settings has the cursor; empty: its first.
    setting: String,
}

impl Home {
    /// With the highlight where it was.
    pub fn at(place: &Place, cx: &Cx) -> Self {
        let found = Leaf::ALL.into_iter().find(|leaf| leaf.word().eq_ignore_ascii_case(&place.leaf));
        // Whoever plans for everyone begins with the day.
        let first = if plans_for_all(cx) { Leaf::Today } else { Leaf::People };
        let leaf = found.unwrap_or(first);
        let today = Today::at(place.highlighted);
        let mut home = Self { highlighted: place.highlighted, leaf, today, ..Self::default() };
        home.refreshed(cx);
        home
    }

    /// The step that ranks everyone in one dimension.
    pub fn rank(dimension: u8) -> Step {
        Step::Push(Box::new(DimensionScreen::new(dimension)))
    }

    /// The people in sight: those found, or all.
    fn shown(&self, cx: &Cx) -> Shown<'_> {
        match (&self.find, &self.narrow) {
            (Some(find), _) => Shown::Found(&find.matches, find.found),
            (None, Some((places, _))) => Shown::Found(places, places.len()),
            (None, None) => Shown::All(cx.people().len()),
        }
    }

    fn here(&self, cx: &Cx) -> Option<ClientId> {
        let shown = self.shown(cx);
        if self.strayed {
            return None;
        }
        shown.get(self.cursor.at).and_then(|at| cx.people().get(at)).map(|person| person.summary.client)
    }

    /// Keeps the highlight on the same person when the list changed.
    fn refreshed(&mut self, cx: &Cx) {
        if let Some(find) = &mut self.find {
            find.search(&mut self.gathered, cx);
        }
        if let Some((places, narrow)) = &mut self.narrow {
            *places = narrow.places(cx);
        }
        let shown = self.shown(cx);
        let person = |at: usize| shown.get(at).and_then(|at| cx.people().get(at));
        let same = |at: &usize| person(*at).is_some_and(|one| Some(one.summary.client) == self.highlighted);
        let (at, count) = ((0..shown.len()).find(same), shown.len());
        self.strayed &= at.is_none() && self.find.is_none() && count > 0;
        self.cursor.at = at.unwrap_or(self.cursor.at);
        self.cursor.clamp(count);
    }

    fn move_by(&mut self, action: Action, cx: &Cx) -> bool {
        let (count, first) = (self.shown(cx).len(), self.shown(cx).first());
        // Of several found, and of names that are close, nobody is highlighted until one is chosen: the first Down
        // chooses the first.
        if self.strayed && matches!(action, Action::Up | Action::Down) {
            self.strayed = false;
            self.cursor = Cursor { at: first };
            self.highlighted = self.here(cx);
            return true;
        }
        let unchosen = self.find.as_ref().is_some_and(|find| !find.is_chosen());
        if unchosen && action == Action::Down {
            self.cursor = Cursor { at: first };
        } else if !self.cursor.act(action, count, cx.page()) {
            return false;
        }
        self.strayed = false;
        if self.shown(cx).is_line(self.cursor.at) {
            let on = if matches!(action, Action::Up | Action::PageUp) && first == 0 {
                Action::Up
            } else {
                Action::Down
            };
            self.cursor.act(on, count, cx.page());
        }
        if let Some(find) = &mut self.find {
            find.moved = true;
        }
        self.highlighted = self.here(cx);
        true
    }

    /// A click on a person; says whether they were highlighted already.
    fn clicked(&mut self, at: Position, area: Rect, cx: &Cx) -> bool {
        let shown = self.shown(cx);
        let Some(row) = view::hit(self, shown, at, area, cx).filter(|row| !shown.is_line(*row)) else {
            return false;
        };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        self.highlighted = self.here(cx);
        if let Some(find) = &mut self.find {
            find.moved = true;
        }
        again
    }
}

impl View for Home {
    fn scopes(&self) -> Vec<Scope> {
        match &self.find {
            Some(find) if find.typing => vec![Scope::Find, Scope::Home],
            _ => match self.leaf {
                Leaf::People => vec![Scope::Home],
                Leaf::Today => vec![Scope::Today],
                Leaf::Due => vec![Scope::Due],
            },
        }
    }

    fn header(&self, cx: &Cx) -> Header {
        let mut pieces = Vec::new();
        for leaf in Leaf::ALL {
            if leaf != Leaf::People {
                pieces.push((cx.theme.glyphs.leaf.to_owned(), Role::Dim));
            }
            let role = if leaf == self.leaf { Role::Focus } else { Role::Dim };
            pieces.push((leaf.word().to_owned(), role));
        }
        Header::desk(cx, pieces)
    }

    fn begin(&mut self, cx: &Cx) -> Vec<Step> {
        self.afresh(cx)
    }

    fn day(&self, cx: &Cx) -> Option<Date> {
        (self.leaf == Leaf::Today).then(|| self.today.day(cx))
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        match *news {
            News::OnTop if self.beneath() != Leaf::People => return self.afresh(cx),
            News::Written if self.find.is_some() => self.end_find(cx),
            News::People => self.refreshed(cx),
            News::Left(client) if self.find.is_none() => {
                (self.highlighted, self.strayed) = (Some(client), true);
                self.refreshed(cx);
            }
            News::Owed => self.due.list.came(cx),
            News::Session(client, number) => self.today.wrote((client, number)),
            News::ToPeople => {
                (self.leaf, self.find) = (Leaf::People, None);
                self.refreshed(cx);
            }
            News::ToLeaf(scope) => {
                (self.leaf, self.find) = (if scope == Scope::Due { Leaf::Due } else { Leaf::Today }, None);
                return self.afresh(cx);
            }
            News::ToSetting(field) => field.clone_into(&mut self.setting),
            News::ToDay(date, client, number) => {
                self.leaf = Leaf::Today;
                return self.today.turn(date, Some((client, number)), cx);
            }
            _ => {}
        }
        Vec::new()
    }

    fn stays_below_a_chart(&self) -> bool {
        true
    }

    fn lines(&self, cx: &Cx) -> Option<usize> {
        Some(match self.leaf {
            Leaf::Today => self.today.lines(),
            Leaf::Due => cx.owed().len(),
            Leaf::People => self.shown(cx).len(),
        })
    }

    /// Whoever was looked for and not found is registered under what was typed.
    fn claims(&self, action: Action) -> bool {
        action == Action::RegisterPerson && self.sought().is_some()
    }

    fn offers(&self, action: Action, cx: &Cx) -> bool {
        match self.leaf {
            Leaf::Today => self.today.offers(action),
            Leaf::Due => self.due.offers(action, cx),
            Leaf::People => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if let Some(find) = self.find.as_mut().filter(|find| find.typing)
            && find.line.act(action)
        {
            find.search(&mut self.gathered, cx);
            self.cursor = Cursor::default();
            return Vec::new();
        }
        if let Some(sought) = self.sought().filter(|_| action == Action::RegisterPerson) {
            return vec![Step::Push(Box::new(FormScreen::register_as(sought, cx)))];
        }
        if let Some(steps) = self.act_anywhere(action, cx) {
            return steps;
        }
        match self.leaf {
            Leaf::Today => return self.today.act(action, cx),
            Leaf::Due => return self.due.act(action, cx),
            Leaf::People => {}
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
                let whose = if cx.shows_all() { Whose::Mine } else { Whose::All };
                vec![Step::Ask(Command::People(People::List { whose }))]
            }
            Action::Unfold => self.reason(cx),
            Action::NewNote => self.chart(Opening::NewNote, cx),
            Action::EditPerson => self.chart(Opening::Edit, cx),
            Action::Admit => self.chart(Opening::Admit, cx),
            Action::ChooseShown => {
                vec![beyond::choose_shown(self.narrow.as_ref().map(|(_, narrow)| narrow), cx)]
            }
            Action::OthersInAgency => {
                let hidden = cx.signed_in.as_ref().map_or(0, |session| session.people.hidden);
                let find = self.find.as_ref().map(|find| find.line.value().to_owned()).unwrap_or_default();
                vec![beyond::ask(hidden, &find)]
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
        let again = match self.leaf {
            Leaf::Today => self.today.clicked(at, area),
            Leaf::Due => self.due.clicked(at, area, cx),
            Leaf::People => self.clicked(at, area, cx),
        };
        if again { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn back(&mut self, cx: &Cx) -> Option<Vec<Step>> {
        if self.find.is_some() {
            self.end_find(cx);
            return Some(Vec::new());
        }
        if self.leaf == Leaf::People && self.narrow.is_some() {
            return Some(self.narrow_to(None, cx));
        }
        (self.leaf == Leaf::Today && !self.today.is_today()).then(|| self.today.turn(cx.today(), None, cx))
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Day(view) => {
                self.today.came(view, cx);
                Vec::new()
            }
            Answer::Due(view) => {
                self.due.came(view);
                Vec::new()
            }
            Answer::Done(done) if self.is_opening(done) => self.opened_beyond(),
            Answer::People(list) => {
                let whose = match list.whose {
                    Whose::Mine => "Your people",
                    Whose::Team => "Your team's people",
                    Whose::All => "All people",
                };
                vec![Step::Say(format!("{whose}: {}.", list.rows.len()))]
            }
            Answer::House(HouseAnswer::Beyond(list)) => {
                let Some((reason, words)) = self.beyond.take() else { return Vec::new() };
                vec![beyond::found_beyond(list, reason, words, cx)]
            }
            Answer::House(HouseAnswer::Rules { draft, said, .. }) if said.is_empty() => {
                vec![forms::rules(draft, &std::mem::take(&mut self.setting))]
            }
            Answer::House(HouseAnswer::Rules { said, .. }) => vec![Step::Say(said.clone())],
            _ => Vec::new(),
        }
    }

    fn place(&self, place: &mut Place) {
        place.highlighted = match self.leaf {
            Leaf::Today => self.today.subject().or(self.highlighted),
            Leaf::People | Leaf::Due => self.highlighted,
        };
        place.leaf = self.leaf.word().to_lowercase();
    }

    fn subject(&self, cx: &Cx) -> Option<ClientId> {
        match self.leaf {
            // Of several who were found nobody is meant before one is chosen.
            Leaf::People if self.find.as_ref().is_some_and(|find| !find.is_chosen()) => None,
            Leaf::People => self.here(cx),
            Leaf::Today => self.today.subject(),
            Leaf::Due => {
                let client = self.due.here(cx)?.owed.client;
                Some(client).filter(|client| *client != ClientId::default())
            }
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        match self.leaf {
            Leaf::People => view::draw(self, self.shown(cx), frame, area, cx),
            Leaf::Today => today_view::draw(&self.today, frame, area, cx),
            Leaf::Due => due_view::draw(&self.due, frame, area, cx),
        }
    }
}
