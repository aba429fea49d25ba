//! Finding one person: words in any order, and the rule that no first match is opened in silence.

use super::{Home, Leaf};
use crate::domain::{ClientId, Summary, counted};
use crate::rules::find::{Candidate, Haystack};
use crate::service::api::Person;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::Step;
use crate::tui::text;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::line::Line;
use std::sync::Arc;

/// The find line and what it finds.
#[derive(Debug, Default)]
pub struct Find {
    /// What was typed.
    pub line: Line,
    /// Keys are text (else the list has the focus, still narrowed).
    pub typing: bool,
    /// The highlight was moved by hand since the last letter.
    pub moved: bool,
    /// Indices of the people that match, the nearest first: those who are called that, then those whose names are close.
    pub matches: Vec<usize>,
    /// How many of them are called that.
    pub found: usize,
    /// How many are called that beyond those who are listed, of the people one may see.
    pub beyond: usize,
}

/// People beyond the list, as the service holds them.
type Beyond = Arc<[Arc<Summary>]>;

/// The people as they are searched, gathered once for as long as the list stays the same.
#[derive(Debug, Default)]
pub struct Gathered {
    listed: Option<(Arc<[Person]>, Box<Haystack>)>,
    beyond: Option<(Beyond, Box<Haystack>)>,
}

impl Gathered {
    /// The haystack of the list as it is now.
    fn of(&mut self, cx: &Cx) -> Option<&mut Haystack> {
        let list = &cx.signed_in.as_ref()?.people.rows;
        let kept = self.listed.take().filter(|(people, _)| Arc::ptr_eq(people, list));
        let kept = kept.unwrap_or_else(|| (Arc::clone(list), Box::new(Haystack::new(candidates(cx)))));
        Some(&mut self.listed.insert(kept).1)
    }

    /// As [`Gathered::of`], of the people beyond the list whom one may see.
    fn of_beyond(&mut self, cx: &Cx) -> Option<&mut Haystack> {
        let list = &cx.signed_in.as_ref()?.people.beyond;
        let kept = self.beyond.take().filter(|(people, _)| Arc::ptr_eq(people, list));
        let kept = kept.unwrap_or_else(|| {
            let candidates = list.iter().map(|summary| Candidate::from(&**summary));
            (Arc::clone(list), Box::new(Haystack::new(candidates)))
        });
        Some(&mut self.beyond.insert(kept).1)
    }
}

impl Find {
    /// Finds again; the highlight counts as not moved.
    pub fn search(&mut self, gathered: &mut Gathered, cx: &Cx) {
        self.moved = false;
        let hits = gathered.of(cx).map(|haystack| haystack.find(self.line.value())).unwrap_or_default();
        self.found = hits.found.len();
        self.matches = [hits.found, hits.loose].concat();
        let typed = self.line.value();
        let beyond = (!typed.trim().is_empty()).then(|| gathered.of_beyond(cx)).flatten();
        self.beyond = beyond.map_or(0, |haystack| haystack.find(typed).found.len());
    }

    /// How many were found, and how many more beyond the list with the key that shows them; the shorter words where the
    /// longer ones have no room.
    pub(super) fn words(&self, cells: usize, cx: &Cx) -> String {
        let found = counted(self.found, "person matches", "people match");
        if self.beyond > 0 {
            let key = cx.key(Action::ChooseShown, Scope::Home);
            let more = format!("{} more in the agency: {key}", self.beyond);
            let whole = format!(" {found} of yours, {more} ");
            return if text::width(&whole) <= cells {
                whole
            } else {
                format!(" {} of yours, {more} ", self.found)
            };
        }
        let hidden = cx.signed_in.as_ref().is_some_and(|session| session.people.hidden > 0);
        let whose = if hidden && !cx.shows_all() { " of yours" } else { "" };
        format!(" {found}{whose} ")
    }

    /// How many people have names that are only close.
    pub fn close(&self) -> usize {
        self.matches.len() - self.found
    }

    /// Whether nobody has such a name, nor one that is close.
    pub fn is_empty(&self) -> bool {
        self.matches.is_empty()
    }

    /// Whether somebody is highlighted: one person was found, or one was chosen by hand.
    pub fn is_chosen(&self) -> bool {
        self.moved || self.found == 1
    }

    /// Whether Enter may open the highlighted person; else what to say.
    pub fn may_open(&self) -> Result<(), String> {
        match (self.found, self.close()) {
            (0, 0) => Err("Nobody matches. Esc goes back to the list.".to_owned()),
            _ if self.is_chosen() => Ok(()),
            (0, 1) => Err("Nobody is called that; 1 name is close. Down, then Enter opens it.".to_owned()),
            (0, many) => {
                Err(format!("Nobody is called that; {many} names are close. Down, then Enter opens one."))
            }
            (many, _) => Err(format!("{many} people match, choose one: Down, then Enter.")),
        }
    }
}

/// What Enter says where the chart that was closed is of somebody who is not on the list.
const STRAYED: &str =
    "The chart you left is of somebody who is not on this list. Down chooses a person here.";

impl Home {
    /// Enter: the rule that no first match is opened in silence.
    pub(super) fn open(&mut self, cx: &Cx) -> Vec<Step> {
        if let Some(find) = &self.find
            && let Err(said) = find.may_open()
        {
            return if find.is_empty() {
                vec![super::nobody::further(cx, said)]
            } else {
                vec![Step::Say(said)]
            };
        }
        let Some(client) = self.here(cx) else {
            if self.strayed {
                return vec![Step::Say(STRAYED.to_owned())];
            }
            return if self.narrow.is_some() { Vec::new() } else { vec![super::nobody::next(cx)] };
        };
        if super::plans_for_all(cx)
            && let Some(steps) = self.awaited(client, cx)
        {
            return steps;
        }
        self.end_find(cx);
        self.highlighted = Some(client);
        self.refreshed(cx);
        vec![Step::OpenChart { client, room: RoomName::Overview, opening: Opening::Chart }]
    }

    /// Somebody who was found by name and is expected today: whether they have arrived, on the line of their session.
    pub(super) fn awaited(&mut self, client: ClientId, cx: &Cx) -> Option<Vec<Step>> {
        self.find.as_ref()?;
        let asks = self.today.awaited(client, cx)?;
        (self.find, self.found_from) = (None, None);
        self.leaf = Leaf::Today;
        Some(vec![asks])
    }

    /// Opens the chart of the highlighted person to do something there.
    pub(super) fn chart(&mut self, opening: Opening, cx: &Cx) -> Vec<Step> {
        if let Some(find) = &self.find
            && let Err(said) = find.may_open()
        {
            return vec![Step::Say(said)];
        }
        let room = if matches!(opening, Opening::NewNote) { RoomName::Notes } else { RoomName::Overview };
        let Some(client) = self.here(cx) else {
            return vec![Step::Say("Highlight a person first.".to_owned())];
        };
        // Whoever was looked for is found: the next letters are of somebody else.
        if self.find.is_some() {
            self.end_find(cx);
            self.highlighted = Some(client);
            self.refreshed(cx);
        }
        vec![Step::OpenChart { client, room, opening }]
    }

    /// Finding is over: back to the leaf it was begun on.
    pub(super) fn end_find(&mut self, cx: &Cx) {
        self.find = None;
        self.leaf = self.found_from.take().unwrap_or(self.leaf);
        self.refreshed(cx);
    }

    /// People are found on People, whatever leaf is shown.
    pub(super) fn open_find(&mut self, text: &str, cx: &Cx) {
        if self.find.is_none() {
            self.found_from = Some(std::mem::replace(&mut self.leaf, Leaf::People));
        }
        let find = self.find.get_or_insert_with(Find::default);
        find.typing = true;
        // `6` and `/` were the beginning of a date only if a digit follows.
        let half_a_date = matches!(find.line.value().as_bytes(), [digit, b'/'] if digit.is_ascii_digit());
        if half_a_date && text.starts_with(char::is_alphabetic) {
            find.line.set("");
        }
        find.line.insert(text);
        find.search(&mut self.gathered, cx);
        self.cursor = Cursor::default();
    }

    /// What was typed, where nobody is called that.
    pub(super) fn sought(&self) -> Option<&str> {
        let find = self.find.as_ref().filter(|find| find.found == 0 && find.beyond == 0)?;
        Some(find.line.value().trim()).filter(|typed| !typed.is_empty())
    }

    /// The leaf that is shown, or will be again once finding is over.
    pub(super) fn beneath(&self) -> Leaf {
        self.found_from.unwrap_or(self.leaf)
    }
}

fn candidates(cx: &Cx) -> impl Iterator<Item = Candidate<'_>> {
    cx.people().iter().map(|person| Candidate::from(&*person.summary))
}
