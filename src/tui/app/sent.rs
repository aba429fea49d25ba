//! A prompt that was filled in is kept until what it asked for was done: refused, or not readable, it is open again as it was
//! filled in. Screens need not think of it; passphrases are not kept.

use super::App;
use crate::service::api::Ticket;
use crate::service::fault::Fault;
use crate::tui::overlay::{Given, Overlay, Prompt, Then};
use crate::tui::screen::ScreenId;
use crate::tui::screens::Purpose;

/// The prompt, whose it is, and the asks that came of it.
#[derive(Debug)]
pub(super) struct Sent {
    prompt: Prompt,
    owner: ScreenId,
    first: Ticket,
    last: Ticket,
}

impl Sent {
    fn asked(&self, ticket: Ticket) -> bool {
        (self.first..=self.last).contains(&ticket)
    }
}

/// The prompt as it was filled in, to be opened again. A prompt of a passphrase alone is typed afresh.
fn kept(overlay: &Overlay, purpose: &Purpose, given: &Given) -> Option<Prompt> {
    let (Overlay::Prompt(prompt), Given::Filled(form)) = (overlay, given) else { return None };
    // A task or a session is kept by whoever reads it.
    if matches!(purpose, Purpose::Days(_)) || form.is_only_secret() {
        return None;
    }
    Some(Prompt {
        title: prompt.title.clone(),
        lines: prompt.lines.clone(),
        form: form.without_secrets(),
        then: Then::Screen(purpose.clone()),
    })
}

impl App {
    /// Hands a filled prompt to the screen it belongs to, and keeps it while what came of it is under way.
    pub(super) fn filled(&mut self, overlay: &Overlay, owner: ScreenId, purpose: Purpose, given: Given) {
        let Some(prompt) = kept(overlay, &purpose, &given) else {
            self.answered(owner, purpose, given);
            return;
        };
        let (before, top) = (self.watch.last_ticket, self.screens.top_id());
        self.answered(owner, purpose, given);
        let last = self.watch.last_ticket;
        let said_wrong = self.said.as_ref().is_some_and(|said| said.error);
        if last > before {
            self.watch.sent = Some(Sent { prompt, owner, first: before + 1, last });
        } else if said_wrong && self.overlays.is_empty() && self.screens.top_id() == top {
            self.put_over(Overlay::Prompt(prompt), owner);
        }
    }

    /// Whether a prompt waits for this answer.
    pub(super) fn is_sent(&self, ticket: Ticket) -> bool {
        self.watch.sent.as_ref().is_some_and(|sent| sent.asked(ticket))
    }

    /// It was done: nothing of it need be kept.
    pub(super) fn sent_done(&mut self, ticket: Ticket) {
        self.watch.sent.take_if(|sent| sent.asked(ticket));
    }

    /// It was refused: the prompt is open again with the reason, unless its screen is gone or opened one of its own.
    pub(super) fn sent_refused(&mut self, ticket: Ticket, fault: &Fault) {
        let Some(mut sent) = self.watch.sent.take_if(|sent| sent.asked(ticket)) else { return };
        let is_open = self.overlays.iter().any(|over| matches!(over.overlay, Overlay::Prompt(_)));
        if !is_open && self.screens.by_id(sent.owner).is_some() {
            sent.prompt.refused(fault);
            self.put_over(Overlay::Prompt(sent.prompt), sent.owner);
        }
    }
}
