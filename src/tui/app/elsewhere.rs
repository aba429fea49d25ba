//! A key that does nothing where it is pressed: the message line says so in one sentence, with the pages where it works.

use super::App;
use crate::tui::action::{Action, Kind, Scope, Typing};
use crate::tui::keymap::{KeyPress, Lookup};
use crate::tui::scope::chain;
use crate::tui::screen::Step;
use crate::tui::text;

/// Where keys of a chart work, as a sentence names it, and what leads there from another page.
const PAGES: &[(Scope, &str, Action)] = &[
    (Scope::Agree, "asking who agrees", Action::AskAgreement),
    (Scope::Grid, "the grid", Action::RoomGrid),
    (Scope::Priorities, "the priorities", Action::RoomPriorities),
    (Scope::Plan, "the plan", Action::RoomPlan),
    (Scope::Notes, "the notes", Action::RoomNotes),
    (Scope::Overview, "the overview", Action::RoomOverview),
    (Scope::Contract, "the contract", Action::RoomContract),
    (Scope::Background, "the background", Action::RoomBackground),
    (Scope::Measures, "the measures", Action::RoomMeasures),
    (Scope::ShortForms, "the forms", Action::RoomForms),
    (Scope::Alliance, "the alliance", Action::RoomAlliance),
    (Scope::Review, "a review", Action::ReviewPlan),
    (Scope::NoteText, "a note", Action::NewNote),
];

/// Whether it is a page over home that is one list: the key that turns tabs at home has nothing to turn there.
fn has_no_tabs(scope: Scope) -> bool {
    matches!(
        scope,
        Scope::Staff
            | Scope::Work
            | Scope::Week
            | Scope::Phrases
            | Scope::Board
            | Scope::Duties
            | Scope::Leaving
            | Scope::Watch
            | Scope::Retention
            | Scope::Groups
            | Scope::LookAlikes
    )
}

impl App {
    /// Keys mean nothing here. A letter that means nothing anywhere is a slip and passes without a word.
    pub(super) fn nothing(&mut self, pressed: &[KeyPress]) {
        let in_mode = self.scopes().first().is_some_and(|scope| scope.is_mode());
        let pages = self.works_on(pressed);
        let meant = in_mode || !pages.is_empty() || pressed.iter().all(|press| press.is_command());
        if !meant || pressed.iter().any(|press| press.is_esc()) {
            return;
        }
        let keys: Vec<String> = pressed.iter().map(|press| press.label()).collect();
        let keys = keys.join(" ");
        if pages.is_empty() {
            let help = if in_mode { "?" } else { "F1" };
            return self.say(format!("{keys} does nothing here. Press {help} to see the keys that do."));
        }
        // As many pages as fit into one line.
        let cells = usize::from(self.cx.size.width).saturating_sub(2);
        let sentence =
            |many: usize| format!("{keys} does nothing here. It works in: {}.", pages[..many].join(", "));
        let fits = (1..=pages.len()).rev().find(|many| text::width(&sentence(*many)) <= cells);
        self.say(sentence(fits.unwrap_or(1)));
    }

    /// The pages of a chart where a key does something, each with the key that leads there.
    fn works_on(&self, pressed: &[KeyPress]) -> Vec<String> {
        let here = chain(&self.scopes());
        if self.cx.signed_in.is_none() || !self.sitting.overlays.is_empty() || !here.contains(&Scope::Chart) {
            return Vec::new();
        }
        let works = |scope: Scope| match self.cx.keymap.lookup(&[scope], pressed) {
            Lookup::Run(action) => self.cx.may_do(action),
            _ => false,
        };
        let pages = PAGES.iter().filter(|(page, _, leads)| {
            let types = page.typing() == Typing::Text && pressed.iter().all(|press| press.text().is_some());
            !here.contains(page) && !types && self.cx.may_do(*leads) && works(*page)
        });
        let named = pages.filter_map(|(_, words, leads)| {
            let key = self.cx.keymap.keys_for(*leads, &self.scopes()).into_iter().next()?;
            Some(format!("{words} ({key})"))
        });
        named.collect()
    }

    /// What an act of this page led to. One that has nothing to act on just now says so.
    pub(super) fn or_nothing_to_act_on(&self, action: Action, steps: Vec<Step>) -> Vec<Step> {
        let turns = matches!(action, Action::NextLeaf | Action::PrevLeaf);
        if turns && steps.is_empty() && self.screens.top().scopes().iter().any(|scope| has_no_tabs(*scope)) {
            return vec![Step::Say(
                "This page has no tabs. Esc goes back to People, Today and Due.".to_owned(),
            )];
        }
        let acts = matches!(action.kind(), Kind::Write | Kind::Rate);
        if !acts || !steps.is_empty() || self.screens.top().offers(action, &self.cx) {
            return steps;
        }
        let help = action.help();
        vec![Step::Say(format!("There is nothing here just now for \"{help}\"."))]
    }
}
