//! The leaves of home and how they are turned.

use super::Home;
use super::due::Due;
use crate::rules::access::{Capability, Relation, may};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::house::forms;
use crate::tui::screens::house::leaving::LeavingScreen;

/// The leaves, in the order Tab turns them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaf {
    /// The list of people.
    #[default]
    People,
    Today,
    /// What is owed.
    Due,
}

impl Leaf {
    pub(super) const ALL: [Self; 3] = [Self::People, Self::Today, Self::Due];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::People => "People",
            Self::Today => "Today",
            Self::Due => "Due",
        }
    }

    fn turned(self, on: bool) -> Self {
        match (self, on) {
            (Self::People, true) | (Self::Due, false) => Self::Today,
            (Self::Today, true) | (Self::People, false) => Self::Due,
            (Self::Due, true) | (Self::Today, false) => Self::People,
        }
    }
}

/// Names and times are all this person sees: there are no charts to open.
pub(super) fn plans_for_all(cx: &Cx) -> bool {
    let roles = cx.roles();
    cx.names_only() && may(roles, Capability::Schedule, Relation::Elsewhere)
}

impl Home {
    /// Turns to a leaf and asks for what it shows.
    fn turn_to(&mut self, leaf: Leaf, cx: &Cx) -> Vec<Step> {
        (self.find, self.found_from) = (None, None);
        self.leaf = leaf;
        self.afresh(cx)
    }

    /// What the leaf that is shown needs.
    pub(super) fn afresh(&mut self, cx: &Cx) -> Vec<Step> {
        match self.beneath() {
            Leaf::Today => self.today.ask(cx),
            Leaf::Due => Due::ask(),
            Leaf::People => Vec::new(),
        }
    }

    /// What is the same on every leaf; `None` for the rest.
    pub(super) fn act_anywhere(&mut self, action: Action, cx: &Cx) -> Option<Vec<Step>> {
        match action {
            Action::NextLeaf => Some(self.turn_to(self.leaf.turned(true), cx)),
            Action::PrevLeaf => Some(self.turn_to(self.leaf.turned(false), cx)),
            Action::Settings => Some(vec![forms::personal(&std::mem::take(&mut self.setting), cx)]),
            Action::LeavingOrAway => Some(vec![LeavingScreen::ask_who(cx)]),
            Action::Find if self.leaf != Leaf::People => {
                self.open_find("", cx);
                Some(Vec::new())
            }
            _ => None,
        }
    }
}
