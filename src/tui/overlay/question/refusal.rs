//! How a question waits for the service, and what becomes of it where its answer is refused.

use super::{About, Face, Question, Said};
use crate::service::api::Ticket;
use crate::service::fault::{Fault, FaultKind};

impl Question {
    /// Its answer led to these asks: it stays until they are answered.
    pub fn wait(&mut self, first: Ticket, last: Ticket) {
        self.asked = Some((first, last));
    }

    /// Whether it waits for the service.
    pub fn waits(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether it waits for this answer.
    pub fn waits_for(&self, ticket: Ticket) -> bool {
        self.asked.is_some_and(|(first, last)| (first..=last).contains(&ticket))
    }

    /// One of its asks was done; says whether that was the last, so that it can close.
    pub fn done(&mut self, ticket: Ticket) -> bool {
        let done = self.asked.take_if(|(_, last)| *last == ticket).is_some();
        self.handed_in.take_if(|_| done);
        done
    }

    /// One of its asks was refused: it stays, passphrases empty, and says why.
    pub fn refused(&mut self, ticket: Ticket, fault: &Fault) {
        self.asked.take_if(|(_, last)| *last == ticket);
        let doubt = fault.kind == FaultKind::Doubt;
        let why = if doubt {
            format!("{fault} {} again to do it even so.", self.filled().map_or("Save", |form| &form.done))
        } else {
            format!("Not done: {fault}")
        };
        self.said = Some(Said::Wrong { why, about: About::Rest });
        let Face::Form(form, _) = &mut self.face else { return };
        if doubt {
            form.doubt();
        }
        match (self.handed_in.take(), self.typed_again) {
            (Some(handed_in), Some(wrong)) => {
                *form = handed_in;
                form.forget(wrong(fault.kind));
            }
            _ => form.forget_secrets(),
        }
        let named = form
            .field(fault.about)
            .filter(|field| !field.id.is_empty())
            .map(crate::tui::widgets::field::Field::held);
        if let Some(Said::Wrong { about, .. }) = &mut self.said {
            *about = match named {
                Some(held) => {
                    form.focus_on(fault.about);
                    About::Field(fault.about, held)
                }
                None => About::All(form.all_held()),
            };
        }
    }

    /// A key came while the answer is on its way.
    pub fn say_wait(&mut self) {
        // Why something was refused stays in sight.
        if !matches!(self.said, Some(Said::Wrong { .. })) {
            self.said = Some(Said::Wait);
        }
    }
}
