//! Prompts whose text is kept until the service has said yes: a refusal, or a field that does not read, brings the prompt
//! back as it was filled in.

use crate::service::api::Command;
use crate::service::fault::Fault;
use crate::tui::overlay::{Overlay, Prompt};
use crate::tui::screen::Step;

/// What is wrong with a filled prompt: in which field, and what to do instead.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::tui) struct Wrong {
    pub(in crate::tui) field: &'static str,
    pub(in crate::tui) why: String,
}

impl Wrong {
    pub(in crate::tui) fn new(field: &'static str, why: impl Into<String>) -> Self {
        Self { field, why: why.into() }
    }
}

/// Opens a prompt again as it was filled in, where it does not read.
pub(in crate::tui) fn again(mut prompt: Prompt, wrong: Wrong) -> Vec<Step> {
    prompt.form.focus_on(wrong.field);
    vec![Step::Over(Overlay::Prompt(prompt)), Step::Warn(wrong.why)]
}

/// The prompt whose command is under way.
#[derive(Debug, Default)]
pub(in crate::tui) struct Asking {
    sent: Option<Prompt>,
}

impl Asking {
    /// Asks what the prompt says, or opens it again where it does not read.
    pub(in crate::tui) fn send(&mut self, prompt: Prompt, read: Result<Command, Wrong>) -> Vec<Step> {
        match read {
            Ok(command) => {
                self.sent = Some(prompt);
                vec![Step::Ask(command)]
            }
            Err(wrong) => again(prompt, wrong),
        }
    }

    /// It was written: nothing is left to be kept.
    pub(in crate::tui) fn done(&mut self) {
        self.sent = None;
    }

    /// It was refused: the prompt comes back with the reason.
    pub(in crate::tui) fn failed(&mut self, fault: &Fault) -> Vec<Step> {
        let Some(mut prompt) = self.sent.take() else { return Vec::new() };
        prompt.refused(fault);
        vec![Step::Over(Overlay::Prompt(prompt))]
    }
}
