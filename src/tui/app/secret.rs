//! What may come while a passphrase is typed: nothing is asked of the service before somebody has chosen their own, and no window
//! that comes by itself takes keys that were meant for a passphrase.

use super::{App, Over};
use crate::service::api::Command;
use crate::tui::overlay::Overlay;
use crate::tui::screen::{Filled, ScreenId, View};
use crate::tui::widgets::form::Form;

impl App {
    /// Whether the person who is signed in has to choose a passphrase of their own before anything else.
    fn must_choose_own(&self) -> bool {
        self.screens.iter().any(|(_, screen)| screen.filled().is_some_and(Filled::comes_first))
    }

    /// Whether the service is not asked this now. What a screen wanted to show is asked for when the passphrase is chosen.
    pub(super) fn is_too_early(&self, command: &Command) -> bool {
        !matches!(command, Command::Door(_)) && self.must_choose_own()
    }

    /// Whether the passphrase is to be chosen before anything else is done; says so.
    pub(super) fn must_choose_first(&mut self) -> bool {
        let must = self.must_choose_own();
        if must {
            self.warn("Choose a passphrase of your own first.");
        }
        must
    }

    /// Whether a window would cover a passphrase that is being typed, unasked. `owner`: the screen it comes from; what the form itself
    /// leads to is no surprise.
    pub(super) fn would_cover_a_secret(&self, owner: Option<ScreenId>) -> bool {
        if self.sitting.by_key {
            return false;
        }
        match self.sitting.overlays.last().map(|over| &over.overlay) {
            Some(Overlay::Question(question)) => question.filled().is_some_and(Form::asks_secret),
            Some(_) => false,
            None => owner != Some(self.screens.top_id()) && asks_secret(self.screens.top()),
        }
    }

    /// Windows that waited for a passphrase come once it is typed.
    pub(super) fn show_held(&mut self) {
        while !self.sitting.held.is_empty() && !self.would_cover_a_secret(None) {
            let over: Over = self.sitting.held.remove(0);
            self.sitting.overlays.push(over);
        }
    }
}

fn asks_secret(screen: &dyn View) -> bool {
    screen.filled().is_some_and(Filled::asks_secret)
}

#[cfg(test)]
mod tests {
    use crate::domain::Role;
    use crate::service::api::{Answer, Command, Done, Door};
    use crate::service::fault::Fault;
    use crate::tui::app::rig::{self, Rig};

    /// Fay signs in for the first time, with a passphrase that somebody else gave her.
    fn first_sign_in(notices: &[&str]) -> Rig {
        let mut rig = Rig::closed();
        rig.keys("f tab x enter");
        let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
        session.staff.roles = vec![Role::FrontDesk];
        session.staff.must_change = true;
        session.notices = notices.iter().map(ToString::to_string).collect();
        rig.answer(Answer::SignedIn(Box::new(session)));
        rig
    }

    #[test]
    fn nothing_is_asked_before_a_passphrase_of_ones_own_is_chosen() {
        let mut rig = first_sign_in(&[]);
        let only_doors = |rig: &Rig| rig.asked.iter().all(|ask| matches!(ask.command, Command::Door(_)));
        rig.sees("Choose a passphrase of your own");
        rig.alarm(crate::tui::message::Alarm::Midnight);
        rig.keys("f5 f6 ctrl-p");
        rig.sees("Choose a passphrase of your own first.");
        assert!(only_doors(&rig));
        rig.types("blue lamp seven").keys("tab").types("blue lamp seven").keys("ctrl-s");
        rig.sees_not("blue");
        assert!(matches!(rig.asked.last().unwrap().command, Command::Door(Door::ChangePassphrase { .. })));
        rig.answer(Answer::Done(Box::new(Done {
            said: "Your passphrase is changed.".into(),
            ..Done::default()
        })));
        rig.sees_not("Choose a passphrase of your own");
        assert!(!only_doors(&rig), "now the day is asked for");
    }

    #[test]
    fn a_window_that_comes_by_itself_waits_for_the_passphrase() {
        let mut rig = first_sign_in(&["The computer was stopped without a lock."]);
        rig.sees_not("Please read first");
        rig.types("blue lamp seven");
        rig.sees("Choose a passphrase of your own").sees_not("blue");
        rig.keys("tab").types("blue lamp seven").keys("ctrl-s");
        rig.answer(Answer::Done(Box::new(Done {
            said: "Your passphrase is changed.".into(),
            ..Done::default()
        })));
        rig.sees("Please read first").sees("stopped without a lock");
    }

    #[test]
    fn a_refusal_of_something_else_waits_too() {
        let mut rig = Rig::home();
        rig.keys("ctrl-p").types("passphrase").keys("down up enter");
        rig.app.refresh();
        rig.types("lakeside demo");
        let long = "The list of people could not be read. ".repeat(4);
        let (ticket, epoch) = (rig.last().ticket, rig.last().epoch);
        rig.answer_to(ticket, epoch, Err(Fault::user(long)));
        rig.sees_not("could not be read");
        rig.types(" blue").sees_not("blue");
        rig.keys("esc").sees("could not be read");
    }

    #[test]
    fn a_passphrase_typed_into_login_is_hidden() {
        let mut rig = Rig::closed();
        rig.types("lakeside demo more");
        rig.sees_not("lakeside").sees_not("more").sees("is no login");
        rig.keys("enter").sees("\"Login\" is empty");
        rig.types("rosa").keys("tab enter");
        let Command::Door(Door::SignIn { login, passphrase }) = &rig.asked.last().unwrap().command else {
            panic!("no sign-in");
        };
        assert_eq!((login.as_str(), passphrase.0.as_str()), ("rosa", "lakeside demo more"));
    }
}
