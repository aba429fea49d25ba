//! What a person is still owed after a lock: the results of what they had asked to be written, and what they had typed.
//!
//! Owns it in memory only, on this desk, until its owner signs in. Content of a chart is never kept here.

use super::desk::NOBODY;
use super::steps::AUTOSAVE_MS;
use super::{App, Over, Sitting};
use crate::domain::{ClientId, StaffId};
use crate::service::api::{Answer, Command, Door, FormKind, FormPlace, HouseAnswer, Place, Ticket, Whose};
use crate::service::fault::Fault;
use crate::tui::message::Alarm;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::Overlay;
use crate::tui::screen::{Filled, ScreenId, Step, View};
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::phrases::PhrasesScreen;
use crate::tui::screens::phrases::edit::PhraseForm;
use crate::tui::screens::staff::StaffScreen;
use std::collections::BTreeMap;

/// Results that came, and results that are still to come, of writes asked before a lock.
#[derive(Debug, Default)]
pub(super) struct AfterLock {
    awaited: BTreeMap<Ticket, Awaited>,
    came: Vec<Came>,
}

#[derive(Debug)]
struct Awaited {
    whose: StaffId,
    form: Option<FormPlace>,
}

#[derive(Debug)]
struct Came {
    whose: StaffId,
    text: String,
    /// It was written.
    done: bool,
    /// The form or question that asked for it, with nothing typed.
    form: Option<FormPlace>,
}

const BACK_AGAIN: &str = "What you had typed is here again. It is not saved yet.";

fn which_prompt(title: &str, client: Option<ClientId>) -> FormPlace {
    FormPlace { title: title.to_owned(), client, ..FormPlace::default() }
}

/// The title of an overlay that is filled in.
fn title_of(overlay: &Overlay) -> Option<&str> {
    match overlay {
        Overlay::Question(question) => question.filled().map(|_| question.title()),
        _ => None,
    }
}

/// What is told at the next sign-in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) lines: Vec<String>,
    /// Something was refused.
    pub(super) fault: bool,
    /// Forms and questions that are saved: what was typed in them need not come back.
    pub(super) saved: Vec<FormPlace>,
}

impl AfterLock {
    /// A write was asked and its answer is not here yet; `form`: by what was filled in.
    pub(super) fn awaits(&mut self, ticket: Ticket, whose: StaffId, form: Option<FormPlace>) {
        self.awaited.insert(ticket, Awaited { whose, form });
    }

    /// An answer from before a lock. Only whether it was written is kept, and the fault if it was not.
    pub(super) fn came(&mut self, ticket: Ticket, result: &Result<Answer, Fault>) {
        let Some(Awaited { whose, form }) = self.awaited.remove(&ticket) else { return };
        let (text, done) = match result {
            Ok(Answer::Done(done)) => (done.said.clone(), true),
            Ok(Answer::Staff { said, .. } | Answer::Pin { said, .. }) => (said.clone(), true),
            Ok(Answer::House(HouseAnswer::Watch { said, .. } | HouseAnswer::Rules { said, .. })) => {
                (said.clone(), true)
            }
            Ok(Answer::House(HouseAnswer::Retention(view))) => (view.said.clone(), true),
            Ok(Answer::House(HouseAnswer::Board(board))) => (board.said.clone(), true),
            Ok(Answer::House(HouseAnswer::Mismatches(view))) => (view.said.clone(), true),
            Ok(Answer::House(HouseAnswer::Duties(duties))) => (duties.said.clone(), true),
            Ok(Answer::Several(several)) => (several.words(), several.refused.is_empty()),
            Ok(Answer::LookAlikes(_)) => (
                "Nothing was saved, because somebody here looks like the same person. Save again to see who."
                    .to_owned(),
                false,
            ),
            Ok(_) => return,
            Err(fault) => (format!("Not done: {fault}"), false),
        };
        let text = if text.is_empty() { "Saved.".to_owned() } else { text };
        self.came.push(Came { whose, text, done, form });
    }

    /// Takes what this person is to be told.
    pub(super) fn tell(&mut self, whose: StaffId) -> Told {
        let mut told = Told::default();
        self.came.retain_mut(|came| {
            if came.whose == whose {
                told.lines.push(came.text.clone());
                told.fault |= !came.done;
                told.saved.extend(came.form.take_if(|_| came.done));
            }
            came.whose != whose
        });
        told
    }
}

impl Sitting {
    /// What a person had typed, given to the desk when they sign in.
    pub(super) fn brought(&mut self, typed: Vec<FormPlace>) {
        self.typed = typed;
    }

    /// Titles of what is still to be given back and was not open.
    pub(super) fn closed_titles(&self) -> impl Iterator<Item = &str> {
        self.typed.iter().filter(|form| !form.open).map(|form| form.title.as_str())
    }

    fn take_typed(&mut self, which: &FormPlace) -> Option<FormPlace> {
        let at = self.typed.iter().position(|form| form.is_same(which))?;
        Some(self.typed.remove(at))
    }
}

/// Unopened forms whose text is kept, at most.
const FORMS: usize = 8;

impl App {
    /// The form or question that an ask came from, with nothing typed.
    pub(super) fn asked_from(&self, ticket: Ticket, owner: ScreenId) -> Option<FormPlace> {
        let subject = self.screens.top().subject(&self.cx);
        let question = self.sitting.overlays.iter().find_map(|over| match &over.overlay {
            Overlay::Question(question) if question.waits_for(ticket) => title_of(&over.overlay),
            _ => None,
        });
        match question {
            Some(title) => Some(which_prompt(title, subject)),
            None if self.screens.top_id() == owner => self.screens.top().filled().and_then(Filled::which),
            None => None,
        }
    }

    /// Where the person is, and what they typed that is saved nowhere else.
    pub(super) fn place(&self) -> Place {
        let (all, team) = (self.cx.shows_all(), self.cx.whose() == Whose::Team);
        let mut place = Place { all, team, ..Place::default() };
        for (_, screen) in self.screens.iter() {
            screen.place(&mut place);
        }
        let subject = self.screens.top().subject(&self.cx);
        for over in &self.sitting.overlays {
            let form = match &over.overlay {
                Overlay::Question(question) => question.filled(),
                _ => None,
            };
            if let (Some(form), Some(title)) =
                (form.filter(|form| form.is_changed()), title_of(&over.overlay))
            {
                place.typed.push(FormPlace { fields: form.typed_so_far(), ..which_prompt(title, subject) });
            }
        }
        let older = self.sitting.typed.iter().filter(|old| !place.typed.iter().any(|new| new.is_same(old)));
        let mut typed: Vec<FormPlace> = older.map(|old| FormPlace { open: false, ..old.clone() }).collect();
        typed.append(&mut place.typed);
        typed.drain(..typed.len().saturating_sub(FORMS));
        Place { typed, ..place }
    }

    /// Sets the alarm of the next autosave if something typed into a form is not kept yet.
    pub(super) fn watch_forms(&mut self) {
        let is_kept = || self.sitting.kept.as_ref() == Some(&self.place().typed);
        if self.cx.signed_in.is_some() && !self.sitting.autosave && !is_kept() {
            self.sitting.autosave = true;
            self.set_alarm(Alarm::Autosave, AUTOSAVE_MS);
        }
    }

    /// Keeps what is typed into forms on the disk, beside the drafts. Nothing is asked if it is there already.
    pub(super) fn keep_forms(&mut self) {
        let typed = self.place().typed;
        if self.sitting.kept.as_ref() != Some(&typed) {
            self.sitting.kept = Some(typed.clone());
            self.ask(NOBODY, Command::Door(Door::KeepTyped(typed)));
            self.sitting.keeping = self.last_ticket;
        }
    }

    /// What was refused may have been what is typed into forms: then it is kept again with the next autosave.
    pub(super) fn not_kept(&mut self, ticket: Ticket) {
        if ticket == self.sitting.keeping {
            self.sitting.kept = None;
        }
    }

    /// After a panic: what was typed comes back when its form is opened again, since whatever panicked may do so again.
    pub(super) fn typed_only(&self) -> Place {
        let mut typed = self.place().typed;
        for form in &mut typed {
            form.open = false;
        }
        Place { typed, ..Place::default() }
    }

    /// Opens a screen; a form is given back what was typed into it before a lock.
    pub(super) fn with_typed(&mut self, mut screen: Box<dyn View>) -> Box<dyn View> {
        if let Some(form) = screen.filled_mut()
            && let Some(which) = form.which()
            && let Some(typed) = self.sitting.take_typed(&which)
        {
            form.put_back(&typed);
            self.say(BACK_AGAIN);
        }
        screen
    }

    /// Puts an overlay on top; a prompt is given back what was typed into it before a lock.
    pub(super) fn put_over(&mut self, mut overlay: Overlay, owner: ScreenId) {
        if let Overlay::Message(message) = overlay {
            overlay = Overlay::Message(message.keyed(&self.cx));
        }
        if let Some(title) = title_of(&overlay) {
            let which = which_prompt(title, self.screens.top().subject(&self.cx));
            if let Some(typed) = self.sitting.take_typed(&which)
                && let Some(question) = overlay.question()
            {
                question.put_back(&typed.fields, &self.cx);
                self.say(BACK_AGAIN);
            }
        }
        let held = self.would_cover_a_secret(Some(owner));
        let over = Over { overlay, owner, led: false };
        if held { self.sitting.held.push(over) } else { self.sitting.overlays.push(over) }
    }

    /// The steps that open again the form that was open, and the chart beneath it if that is where it belongs.
    pub(super) fn reopen(&self, place: &Place) -> Option<Vec<Step>> {
        let form = self.sitting.typed.iter().rev().find(|form| form.open)?;
        let push = |screen: Box<dyn View>| Step::Push(screen);
        let chart = |opening| {
            let room = RoomName::named(&place.room);
            form.client.map(|client| vec![Step::OpenChart { client, room, opening }])
        };
        match form.kind {
            FormKind::Register => Some(vec![push(Box::new(FormScreen::register()))]),
            FormKind::RegisterInDanger => {
                Some(vec![push(Box::new(FormScreen::register_in_danger(None, &self.cx)))])
            }
            FormKind::Edit => chart(Opening::Edit),
            FormKind::Admit => chart(Opening::Admit),
            FormKind::Triage { admit } => chart(Opening::Triage { admit }),
            FormKind::CheckIn => chart(Opening::CheckIn),
            FormKind::Measure => {
                let key = form.fields.iter().find(|(name, _)| name == "measure").map(|(_, key)| key);
                let at = self.cx.measures().position(|measure| Some(&measure.key) == key)?;
                chart(Opening::Measure(at))
            }
            FormKind::AddStaff => Some(vec![
                push(Box::<StaffScreen>::default()),
                push(Box::new(FormScreen::add_staff(&self.cx))),
            ]),
            FormKind::Phrase { agency, number } => {
                let form = PhraseForm::reopened(agency, number, &self.cx);
                Some(vec![push(Box::<PhrasesScreen>::default()), push(Box::new(form))])
            }
            FormKind::EditStaff => form.staff.map(|id| vec![push(Box::new(StaffScreen::editing(id)))]),
            FormKind::Prompt => None,
        }
    }
}
