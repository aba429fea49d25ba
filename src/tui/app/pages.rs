//! Pages: what was allowed to leave goes to the helper, and what became of it back to the service.
//!
//! Owns that the window which asked for a page stays open until the page is there or was not made.

use super::App;
use crate::service::api::{Allowed, Ask, Command, LeaveAsk, Ticket};
use crate::tui::message::{Chore, Effect, Made};
use crate::tui::screen::ScreenId;

impl App {
    /// A page may leave: the helper makes it. The window that asked goes on waiting.
    pub(super) fn leaves(&mut self, (ticket, owner): (Ticket, Option<ScreenId>), allowed: Box<Allowed>) {
        if let Some(owner) = owner {
            self.sitting.pages.insert(allowed.pass(), (ticket, owner));
        }
        self.say("Making the page ...");
        self.out.push(Effect::Help(Chore::Paper(allowed)));
    }

    /// The helper has made a page, or could not. The service hears of it in any case, after a lock too.
    pub(super) fn made(&mut self, Made { pass, made }: Made) {
        let command: Command = LeaveAsk::Ended { pass, made }.into();
        let Some((asked, owner)) = self.sitting.pages.remove(&pass) else {
            self.last_ticket += 1;
            let ask = Ask { ticket: self.last_ticket, epoch: self.epoch, command };
            self.out.push(Effect::Ask(Box::new(ask)));
            return;
        };
        self.ask(owner, command);
        let ticket = self.last_ticket;
        self.question_waits_on(asked, ticket);
    }
}
