//! Questions: what their answers lead to, and that each stays open until that is done.
//!
//! Owns the pairing of a question with its asks, by ticket. Where the window is and what it says is the question's.

use super::App;
use crate::service::api::{Command, DocAsk, Ticket, TurnAsk, WritingAsk};
use crate::service::fault::Fault;
use crate::tui::overlay::Overlay;
use crate::tui::screen::Step;

/// Whether an ask carries what was answered. Text on its way to the disk and what is beside a note do not: nobody waits
/// for them.
pub(super) fn carries(command: &Command) -> bool {
    match command {
        Command::Document(ask) => !matches!(ask.as_ref(), DocAsk::Save(_) | DocAsk::Keep { .. }),
        Command::Turn(ask) => !matches!(ask.as_ref(), TurnAsk::Save(_) | TurnAsk::Back { .. }),
        Command::Writing(ask) => !matches!(ask, WritingAsk::Overlaps { .. }),
        _ => true,
    }
}

impl App {
    /// The question on top was answered. It closes at once if nothing was asked of the service, else when that is done. If
    /// all that came of it is another question, it stays below that one with what was filled in.
    pub(super) fn answered_with(&mut self, steps: Vec<Step>) {
        let Some(mut over) = self.sitting.overlays.pop() else { return };
        let owner = over.owner;
        let at = self.sitting.overlays.len();
        if over.overlay.would_lose_text()
            && !steps.is_empty()
            && steps.iter().all(|step| matches!(step, Step::Over(_)))
        {
            self.sitting.overlays.push(over);
            self.take(owner, steps);
            self.sitting.overlays.iter_mut().skip(at + 1).for_each(|over| over.led = true);
            return;
        }
        let leaves = steps.iter().any(|step| matches!(step, Step::Close | Step::CloseOverlay));
        let (before, epoch) = (self.last_ticket, self.epoch);
        self.take(owner, steps);
        let asked =
            self.sitting.waiting.range(before + 1..).filter(|(_, one)| one.owner == owner && one.answers);
        let tickets: Vec<Ticket> = asked.map(|(ticket, _)| *ticket).collect();
        if self.epoch != epoch || leaves {
            // The desk was locked, so that nothing of anyone stays here; or what was agreed to is to leave.
            return;
        }
        match (tickets.first(), tickets.last(), over.overlay.question()) {
            (Some(first), Some(last), Some(question)) => {
                question.wait(*first, *last);
                let at = at.min(self.sitting.overlays.len());
                self.sitting.overlays.insert(at, over);
            }
            _ if over.led => self.close_chain(at),
            _ => {}
        }
    }

    /// Closes the questions below this place that led to the one that was here.
    fn close_chain(&mut self, at: usize) {
        let mut led = true;
        for at in (0..at).rev() {
            if !led {
                return;
            }
            led = self.sitting.overlays.remove(at).led;
        }
    }

    /// Whether the question on top waits for the service, so that keys do nothing.
    pub(super) fn must_wait(&self) -> bool {
        self.sitting.overlays.last().is_some_and(|over| over.overlay.waits())
    }

    /// Says so to whoever presses a key.
    pub(super) fn say_wait(&mut self) {
        if let Some(question) = self.sitting.overlays.last_mut().and_then(|over| over.overlay.question()) {
            question.say_wait();
        }
    }

    /// Where the question is that waits for this answer.
    fn asked_by(&self, ticket: Ticket) -> Option<usize> {
        let waits = |overlay: &Overlay| matches!(overlay, Overlay::Question(one) if one.waits_for(ticket));
        self.sitting.overlays.iter().position(|over| waits(&over.overlay))
    }

    /// What a question asked for goes on in another ask: it waits for that one now.
    pub(super) fn question_waits_on(&mut self, asked: Ticket, ticket: Ticket) {
        let Some(at) = self.asked_by(asked) else { return };
        if let Some(question) = self.sitting.overlays[at].overlay.question() {
            question.wait(ticket, ticket);
        }
    }

    /// What a question asked for was done: it closes with those that led to it.
    pub(super) fn question_done(&mut self, ticket: Ticket) {
        let Some(at) = self.asked_by(ticket) else { return };
        let over = &mut self.sitting.overlays[at];
        if over.overlay.question().is_some_and(|question| question.done(ticket)) {
            let led = self.sitting.overlays.remove(at).led;
            if led {
                self.close_chain(at);
            }
        }
    }

    /// It was refused: the question says why. Says whether there was one.
    pub(super) fn question_refused(&mut self, ticket: Ticket, fault: &Fault) -> bool {
        let Some(at) = self.asked_by(ticket) else { return false };
        if let Some(question) = self.sitting.overlays[at].overlay.question() {
            question.refused(ticket, fault);
        }
        true
    }
}
