//! Text that no screen holds any more and the disk does not have yet: a draft that was left while its save is on the way.
//!
//! Owns it from the moment the leaving is asked until the service has said that it is on disk. It is tried again like any
//! unsaved draft, goes into the lock with the others, and comes back into the editor when its draft is opened again.

use super::App;
use crate::domain::{ClientId, LocalTime, Number};
use crate::service::api::{Command, DocAsk, DraftSave, DraftView};
use crate::service::fault::{Fault, FaultKind};
use crate::tui::screen::{ScreenId, Step, View};
use std::fmt;

/// The drafts that are under way.
#[derive(Default)]
pub(super) struct Adrift(Vec<Held>);

struct Held {
    save: DraftSave,
    /// The disk refused it at least once.
    refused: bool,
}

/// Never a word of anyone.
impl fmt::Debug for Adrift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Adrift({})", self.0.len())
    }
}

pub(super) type Which = (ClientId, Number);

fn which(save: &DraftSave) -> Which {
    (save.client, save.number)
}

/// The draft whose text a command brings to the disk.
pub(super) fn saved_by(command: &Command) -> Option<(Which, bool)> {
    let Command::Document(ask) = command else { return None };
    match ask.as_ref() {
        DocAsk::Save(save) | DocAsk::Keep { save, .. } => Some((which(save), false)),
        DocAsk::Leave(save) => Some((which(save), true)),
        _ => None,
    }
}

impl Adrift {
    /// A draft is being left: its text is held until it is on disk.
    pub(super) fn hold(&mut self, save: &DraftSave) {
        self.let_go(which(save));
        self.0.push(Held { save: save.clone(), refused: false });
    }

    /// It is on disk, or a screen holds it again.
    pub(super) fn let_go(&mut self, draft: Which) -> Option<bool> {
        let at = self.0.iter().position(|held| which(&held.save) == draft)?;
        Some(self.0.remove(at).refused)
    }

    /// So many edits of a draft are on disk. Says whether that was all of it, and whether the disk had refused it before.
    pub(super) fn stored(&mut self, draft: Which, edits: u64) -> Option<bool> {
        let all = self.0.iter().any(|held| which(&held.save) == draft && held.save.edits <= edits);
        if all { self.let_go(draft) } else { None }
    }

    fn holds(&self, draft: Which) -> bool {
        self.0.iter().any(|held| which(&held.save) == draft)
    }

    fn refuse(&mut self, draft: Which) {
        self.0.iter_mut().filter(|held| which(&held.save) == draft).for_each(|held| held.refused = true);
    }

    /// Whose draft the disk refuses, if one is refused.
    pub(super) fn refused(&self) -> Option<ClientId> {
        self.0.iter().find(|held| held.refused).map(|held| held.save.client)
    }

    pub(super) fn saves(&self) -> impl Iterator<Item = &DraftSave> {
        self.0.iter().map(|held| &held.save)
    }
}

impl App {
    /// Unsaved text by the screen that holds it; what is under way has none.
    pub(super) fn unsaved(&self) -> Vec<(Option<ScreenId>, DraftSave)> {
        let of = |(id, screen): (ScreenId, &dyn View)| {
            screen.unsaved_all().into_iter().map(move |save| (Some(id), save)).collect::<Vec<_>>()
        };
        let mut all: Vec<(Option<ScreenId>, DraftSave)> = self.screens.iter().flat_map(of).collect();
        let held =
            self.sitting.adrift.saves().filter(|save| !all.iter().any(|(_, one)| which(one) == which(save)));
        let held: Vec<_> = held.map(|save| (None, save.clone())).collect();
        all.extend(held);
        all
    }

    /// A save did not go through. Says whether nobody but this list holds the text, so that the word on it is shown here.
    pub(super) fn save_refused(&mut self, draft: Which, leaving: bool, fault: &Fault) -> bool {
        if !self.sitting.adrift.holds(draft) {
            return false;
        }
        let shown = self
            .screens
            .iter()
            .any(|(_, screen)| screen.unsaved_all().iter().any(|save| which(save) == draft));
        if shown {
            self.sitting.adrift.let_go(draft);
            return false;
        }
        let for_good = matches!(fault.kind, FaultKind::User | FaultKind::Denied | FaultKind::Config);
        if for_good {
            self.sitting.adrift.let_go(draft);
            return false;
        }
        if leaving {
            // Perhaps only the event of leaving was refused, and the text is on disk.
            let save = self.sitting.adrift.saves().find(|save| which(save) == draft).cloned();
            if let Some(save) = save {
                self.ask(super::desk::NOBODY, DocAsk::Save(save).into());
            }
        } else {
            self.sitting.adrift.refuse(draft);
            self.sitting.line.hush();
            self.take(super::desk::NOBODY, vec![Step::Unsaved]);
        }
        true
    }

    /// A draft is on disk at last.
    pub(super) fn draft_stored(&mut self, draft: Which, edits: u64, at: LocalTime) {
        self.sitting.saved = Some(at);
        if self.sitting.adrift.stored(draft, edits) == Some(true) {
            let name = self.draft_name(draft.0);
            self.sitting.line.hush();
            self.say(format!("The draft{name} is saved now."));
        }
    }

    /// What the message line says while the disk refuses a draft that is on no screen.
    pub(super) fn adrift_words(&self) -> Option<String> {
        let client = self.sitting.adrift.refused()?;
        let name = self.draft_name(client);
        Some(format!("The draft{name} is not saved yet. Concord keeps trying. Do not close it."))
    }

    fn draft_name(&self, client: ClientId) -> String {
        self.cx
            .person(client)
            .map_or_else(String::new, |person| format!(" for {}", self.cx.listed(&person.summary.name)))
    }

    /// A draft was opened again before its last words were on disk: they are what is opened.
    pub(super) fn with_held_text(&mut self, view: &mut DraftView) {
        let draft = (view.client, view.number);
        let held =
            self.sitting.adrift.saves().find(|save| which(save) == draft).map(|save| save.body.clone());
        if let Some(body) = held.filter(|_| !view.read_only) {
            view.body = body;
            view.unsaved = true;
            self.sitting.adrift.let_go(draft);
        }
    }
}
