//! The login that a name suggests, in the forms that ask for both.

use super::FormScreen;
use crate::service::founding::suggested_login;
use crate::tui::overlay::{Outcome, Question};
use crate::tui::widgets::form::Form;

/// The login that the name in a form suggests before a key.
#[derive(Debug)]
pub(in crate::tui::screens) struct Suggested(String);

impl Suggested {
    /// What the name of this form suggests now.
    pub(in crate::tui::screens) fn by(form: &Form) -> Self {
        Self(suggested_login(&form.typed("name")))
    }

    /// After a key: the login follows the name, as long as nobody typed another one.
    pub(in crate::tui::screens) fn follow(self, form: &mut Form) {
        let now = suggested_login(&form.typed("name"));
        if now == self.0 || form.typed("login") != self.0 {
            return;
        }
        if let Some(field) = form.fields.iter_mut().find(|field| field.id == "login") {
            field.put_back(&now);
        }
    }
}

impl FormScreen {
    /// Does what a key asks of the question; the login of somebody new follows their name.
    pub(super) fn suggesting(&mut self, key: impl FnOnce(&mut Question) -> Outcome) -> Outcome {
        let suggested = self.question.filled().map(Suggested::by);
        let outcome = key(&mut self.question);
        if let (Some(suggested), Some(form)) = (suggested, self.question.filled_mut()) {
            suggested.follow(form);
        }
        outcome
    }
}
