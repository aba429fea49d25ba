//! The other way out of a form of the plan: it is saved, and the form of what belongs below it opens.

use super::{Outcome, Question};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::widgets::form::Form;

/// What comes below, and the steps that have it opened once the form is saved.
pub(super) struct Below {
    what: &'static str,
    leads: Box<dyn Fn() -> Vec<Step>>,
}

impl Question {
    /// With a key that saves and then adds below: `what` is named in the hints (`a method`), `leads` are taken beside what saves.
    #[must_use]
    pub fn then_below(mut self, what: &'static str, leads: impl Fn() -> Vec<Step> + 'static) -> Self {
        self.below = Some(Below { what, leads: Box::new(leads) });
        self
    }

    /// What Enter does where one is, and what saving is called, if it is a form.
    pub fn enter_and_save(&self) -> Option<(String, String)> {
        self.filled().map(|form| (form.enter_does().word(&form.done), form.done.to_lowercase()))
    }

    /// What saving is called here, if it is a form.
    pub fn done_word(&self) -> Option<&str> {
        self.filled().map(|form| form.done.as_str())
    }

    /// `save, then a method below`; `None` where nothing is added below.
    pub fn below_word(&self) -> Option<String> {
        let below = self.below.as_ref()?;
        Some(format!("{}, then {}", self.done_word()?.to_lowercase(), below.what))
    }

    /// Whether an act of forms has something to act on in this one.
    pub fn offers(&self, action: Action) -> bool {
        match action {
            Action::SaveAndAdd => self.below.is_some(),
            Action::ClearLine => self.filled().is_some_and(Form::can_be_cleared),
            Action::FromLibrary => self.library.as_ref().is_some_and(|(_, items, _)| !items.is_empty()),
            _ => true,
        }
    }

    /// Saves as any form is saved; what is wrong with it stays here, too.
    pub(super) fn save_and_add(&mut self, cx: &Cx) -> Outcome {
        match self.answer(cx) {
            Outcome::Answer(steps) => {
                let leads = self.below.as_ref().map(|below| (below.leads)()).unwrap_or_default();
                Outcome::Answer(leads.into_iter().chain(steps).collect())
            }
            other => other,
        }
    }
}
