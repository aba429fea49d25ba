//! The message line: what was said last, and what was done last.
//!
//! Owns how long each is shown. What was said goes with the next key. What an act did, and how it is taken back, stays until
//! something else is changed, or another page is gone to: a second Enter must not wipe that a backup was made.

use super::App;
use super::hop::place_of;
use crate::domain::{ClientId, Number};
use crate::service::api::{Answer, BackupAsk, Command, DocAsk, LeaveAsk};
use crate::tui::theme::Role;
use std::borrow::Cow;

/// What the message line holds.
#[derive(Debug, Default)]
pub(super) struct Line {
    said: Option<Said>,
    done: Option<Done>,
    /// The answer to an act is being taken in: what is said of it was done.
    answers: bool,
    /// In whose chart that act was.
    client: Option<ClientId>,
}

#[derive(Debug)]
struct Said {
    text: String,
    error: bool,
}

#[derive(Debug)]
struct Done {
    text: String,
    /// In whose chart.
    client: Option<ClientId>,
}

impl Line {
    /// The answer to an act comes, in this person's chart: what is said from here on is what was done.
    pub(super) fn answer_comes(&mut self, client: Option<ClientId>) {
        (self.answers, self.client) = (true, client);
    }

    /// The answer leads on to this person's chart: what is said of it belongs there, too.
    pub(super) fn leads_to(&mut self, client: ClientId) {
        if self.answers {
            self.client = Some(client);
        }
    }

    /// The answer was taken in.
    pub(super) fn answered(&mut self) {
        (self.answers, self.client) = (false, None);
    }

    /// A key was pressed: what was said goes, what was done stays.
    pub(super) fn key_pressed(&mut self) {
        self.said = None;
    }

    /// Something else is being changed: what was done before is no longer the last act.
    pub(super) fn changes(&mut self) {
        self.done = None;
    }

    /// This person's chart is open: what was done in another chart is not shown over it.
    pub(super) fn arrives(&mut self, client: ClientId) {
        self.done.take_if(|done| done.client.is_some_and(|one| one != client));
    }

    /// Whether something that was done is shown.
    fn holds(&self) -> bool {
        self.done.is_some()
    }

    /// Nothing is said any more.
    pub(super) fn hush(&mut self) {
        (self.said, self.done) = (None, None);
    }

    /// What is shown, and whether it went wrong.
    fn shown(&self) -> Option<(&str, bool)> {
        let said = self.said.as_ref().map(|said| (said.text.as_str(), said.error));
        said.or_else(|| self.done.as_ref().map(|done| (done.text.as_str(), false)))
    }

    /// Takes what is shown off the line.
    pub(super) fn take(&mut self) -> Option<String> {
        let said = self.said.take().map(|said| said.text);
        said.or_else(|| self.done.take().map(|done| done.text))
    }
}

/// Whether the answer of an ask tells of something that was done.
pub(super) fn tells(command: &Command) -> bool {
    let ended =
        |ask: &LeaveAsk| matches!(ask, LeaveAsk::Ended { .. } | LeaveAsk::Backup(BackupAsk::Ended(_)));
    command.writes() || matches!(command, Command::Leave(ask) if ended(ask))
}

/// Whether an ask begins a draft: a page of its own, on which what was done before is no concern.
pub(super) fn begins_draft(command: &Command) -> bool {
    let Command::Document(ask) = command else { return false };
    matches!(
        ask.as_ref(),
        DocAsk::NewNote { .. }
            | DocAsk::NoteOf { .. }
            | DocAsk::NewAssessment { .. }
            | DocAsk::NewReview { .. }
            | DocAsk::NewDischarge { .. }
            | DocAsk::NewSafety { .. }
            | DocAsk::Amend { .. }
    )
}

/// In whose chart an answer tells of something.
pub(super) fn whose(answer: &Answer) -> Option<ClientId> {
    match answer {
        Answer::Done(done) => done.chart.as_ref().map(|chart| chart.client.value.id),
        _ => None,
    }
}

/// A page, as far as what was done there is of no concern elsewhere: depth, chart, room, draft, leaf.
pub(super) type OnPage = (usize, Option<ClientId>, String, Option<Number>, String);

impl App {
    /// The page on which it is shown what was done, if anything is.
    pub(super) fn done_on(&self) -> Option<OnPage> {
        if !self.sitting.line.holds() {
            return None;
        }
        let place = place_of(self.screens.top());
        Some((self.screens.depth(), place.chart, place.room, place.draft, place.leaf))
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        let text = self.cx.keyed(&text.into());
        let line = &mut self.sitting.line;
        let warned = line.said.as_ref().is_some_and(|said| said.error);
        if line.answers {
            line.said.take_if(|_| !warned);
            line.done = Some(Done { text, client: line.client });
        } else if !warned {
            line.said = Some(Said { text, error: false });
        }
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.sitting.line.said = Some(Said { text: self.cx.keyed(&text.into()), error: true });
    }

    /// What is said, and how.
    pub(super) fn said(&self) -> Option<(Cow<'_, str>, Role)> {
        if let Some(words) = self.adrift_words() {
            // Nothing is louder than a draft that is not on disk.
            return Some((Cow::Owned(words), Role::Error));
        }
        let (text, error) = self.sitting.line.shown()?;
        if let Some(name) = self.whose_was_done() {
            return Some((Cow::Owned(format!("{name}: {text}")), Role::Success));
        }
        Some((Cow::Borrowed(text), if error { Role::Error } else { Role::Success }))
    }

    /// Whose chart what was done is about, where that chart is not on top any more and the sentence does not name them.
    fn whose_was_done(&self) -> Option<String> {
        let line = &self.sitting.line;
        let done = line.done.as_ref().filter(|_| line.said.is_none())?;
        let client = done.client.filter(|client| place_of(self.screens.top()).chart != Some(*client))?;
        let name = self.cx.listed(&self.cx.person(client)?.summary.name);
        (!done.text.contains(&*name)).then(|| name.into_owned())
    }
}
