//! A question in a window: fields to fill in, a list to choose from, or a yes.
//!
//! Owns what is asked, how the answer reads, and the answer itself until what it asks for is done. While the service has
//! not answered, keys do nothing here; what is refused or does not read leaves the window open as it was filled in, its
//! passphrases empty, and says why inside the window. So a key that was meant for a question never reaches a text below.

mod below;
mod reading;
mod refusal;
mod shape;
mod view;

use super::{Outcome, Overlay};
use crate::service::api::Ticket;
use crate::service::fault::FaultKind;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::widgets::choices::{Choices, Item};
use crate::tui::widgets::form::{FieldList, Form, FormStep, Wrong};
use ratatui::layout::{Position, Rect};
use std::fmt;

/// What an answer leads to, or what is wrong with it.
pub type Read = Result<Vec<Step>, Wrong>;

type ReadForm = dyn Fn(&mut Form, &Cx) -> Read;
type ReadKeys = dyn Fn(&[String], &Cx) -> Read;
type Agreed = dyn Fn(&Cx) -> Vec<Step>;

type Shape = dyn Fn(&mut Form, &Cx);
type Fill = dyn Fn(&mut Form, &str, &Cx);

/// What is asked, and how the answer reads. It is read again after a refusal, so it must not take the answer away; a
/// passphrase is the exception.
enum Face {
    /// Fields to fill in.
    Form(Form, Box<ReadForm>),
    /// A list to choose from.
    List(Choices, Box<ReadKeys>),
    /// The choice of a field of this index, in the form below.
    Field(Choices, usize),
    /// Something to agree to: what agreeing does.
    Yes(String, Box<Agreed>),
}

/// What is shown to keys that come while the answer is on its way.
const WAIT: &str = "One moment. Keys do nothing until this is done.";

/// What is shown in a window that came unasked.
const ASLEEP: &str = "Press Enter to begin. What is typed before that does not count here.";

/// Says so on the message line: for a form that fills the screen.
pub fn wait() -> Vec<Step> {
    vec![Step::Say(WAIT.to_owned())]
}

/// What is shown inside the window.
enum Said {
    /// It was refused, or does not read.
    Wrong { why: String, about: About },
    /// A key came while the answer is on its way.
    Wait,
    /// It came unasked: nothing typed counts until somebody has turned to it.
    Asleep,
}

/// What a refusal is about: until when it is shown.
enum About {
    /// The whole of it, as its fields were: until one of them is changed.
    All(Vec<String>),
    /// Something else than fields: until it is handed in again.
    Rest,
    /// Fields that were left empty: until they are filled in.
    Missing,
    /// The field of this id, which held this: until it holds something else.
    Field(&'static str, String),
}

/// A question, as it is.
pub struct Question {
    title: String,
    lines: Vec<String>,
    face: Face,
    unanswered: Option<Box<dyn Fn() -> Vec<Step>>>,
    said: Option<Said>,
    /// The asks its answer led to, first and last, while they are not answered.
    asked: Option<(Ticket, Ticket)>,
    /// It fills its own screen, without a window around it.
    on_a_screen: bool,
    /// What the fields say together, or what is known beside them.
    reads: Option<shape::Reads>,
    /// What of its fields is asked, by what was answered so far.
    shape: Option<Box<Shape>>,
    /// Lines its fields can be begun with, and how one is put into them.
    library: Option<(String, Vec<Item>, Box<Fill>)>,
    /// What can be added below once it is saved.
    below: Option<below::Below>,
    /// Of several passphrases: those that a refusal of this kind asks for again.
    typed_again: Option<fn(FaultKind) -> &'static [&'static str]>,
    /// The fields with their passphrases, as they were handed in, until the answer is here.
    handed_in: Option<Form>,
    /// The first line in sight of what there is to read.
    top: usize,
}

/// Never what was typed.
impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Question({:?}, asked: {:?})", self.title, self.asked)
    }
}

impl Question {
    fn new(title: impl Into<String>, face: Face) -> Self {
        Self {
            title: title.into(),
            lines: Vec::new(),
            face,
            unanswered: None,
            said: None,
            asked: None,
            on_a_screen: false,
            reads: None,
            shape: None,
            library: None,
            below: None,
            typed_again: None,
            handed_in: None,
            top: 0,
        }
    }

    /// Fields to fill in, and how they read.
    pub fn form(
        title: impl Into<String>,
        form: Form,
        read: impl Fn(&mut Form, &Cx) -> Read + 'static,
    ) -> Self {
        Self::new(title, Face::Form(form, Box::new(read)))
    }

    /// One thing to choose, and what its key leads to.
    pub fn pick(
        title: impl Into<String>,
        items: Vec<Item>,
        leads: impl Fn(&str, &Cx) -> Vec<Step> + 'static,
    ) -> Self {
        let one = move |keys: &[String], cx: &Cx| Ok(leads(keys.first().map_or("", String::as_str), cx));
        Self::new(title, Face::List(Choices::one(items), Box::new(one)))
    }

    /// Several things to choose, and what their keys lead to.
    pub fn several(
        title: impl Into<String>,
        items: Vec<Item>,
        read: impl Fn(&[String], &Cx) -> Read + 'static,
    ) -> Self {
        Self::new(title, Face::List(Choices::several(items), Box::new(read)))
    }

    /// Something to agree to: what agreeing does, in a few words, and what it leads to. The key that agrees is never the key
    /// that asked.
    pub fn confirm(
        title: impl Into<String>,
        lines: Vec<String>,
        yes: impl Into<String>,
        leads: impl Fn(&Cx) -> Vec<Step> + 'static,
    ) -> Self {
        Self::new(title, Face::Yes(yes.into(), Box::new(leads))).lines(lines)
    }

    /// The choice of a field of the form below.
    pub fn field(list: FieldList) -> Self {
        Self::new(list.title, Face::Field(list.choices, list.at))
    }

    /// With this to read before answering.
    #[must_use]
    pub fn lines(mut self, lines: Vec<String>) -> Self {
        self.lines = lines;
        self
    }

    /// With these steps when it is closed without an answer.
    #[must_use]
    pub fn unanswered(mut self, steps: impl Fn() -> Vec<Step> + 'static) -> Self {
        self.unanswered = Some(Box::new(steps));
        self
    }

    /// With the cursor in this field, or the highlight on this key.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        match &mut self.face {
            Face::Form(..) if place.is_empty() => {}
            Face::Form(form, _) => form.focus_on(place),
            Face::List(choices, _) | Face::Field(choices, _) => choices.highlight(place),
            Face::Yes(..) => {}
        }
        self
    }

    /// That comes while something else is typed: no letter or digit counts here before Enter, or a key that moves.
    #[must_use]
    pub fn unasked(mut self) -> Self {
        self.said = Some(Said::Asleep);
        self
    }

    /// Whether it came unasked and nobody has turned to it yet.
    pub fn is_asleep(&self) -> bool {
        matches!(self.said, Some(Said::Asleep))
    }

    /// The step that opens it.
    pub fn open(self) -> Step {
        Step::Over(Overlay::Question(Box::new(self)))
    }

    /// Its title, which tells it apart from others.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The form in it, if it is one to fill in.
    pub fn filled(&self) -> Option<&Form> {
        match &self.face {
            Face::Form(form, _) => Some(form),
            _ => None,
        }
    }

    /// The form in it, to change.
    pub fn filled_mut(&mut self) -> Option<&mut Form> {
        match &mut self.face {
            Face::Form(form, _) => Some(form),
            _ => None,
        }
    }

    /// How many lines can be opened by their number.
    pub fn count(&self) -> Option<usize> {
        match &self.face {
            Face::List(choices, _) | Face::Field(choices, _) => Some(choices.count()),
            Face::Form(..) | Face::Yes(..) => None,
        }
    }

    /// The steps for when it is closed without an answer.
    pub fn take_unanswered(&mut self) -> Vec<Step> {
        self.unanswered.take().map(|steps| steps()).unwrap_or_default()
    }

    /// Where its keys are read.
    pub fn scopes(&self) -> Vec<Scope> {
        match &self.face {
            Face::Form(form, _) => {
                let fields = if form.is_typing() { &[][..] } else { &[Scope::Form] };
                let line = self.below.is_some().then_some(Scope::PlanForm);
                fields.iter().copied().chain([Scope::Prompt]).chain(line).collect()
            }
            Face::List(choices, _) | Face::Field(choices, _) => choices.scopes(),
            Face::Yes(..) => vec![Scope::Confirm],
        }
    }

    /// Does what a key asks.
    pub fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        if self.waits() {
            self.say_wait();
            return Outcome::Stay;
        }
        if self.is_asleep() && action != Action::Cancel {
            self.said = None;
            if matches!(action, Action::Choose | Action::Open | Action::Submit) {
                return Outcome::Stay;
            }
        }
        match action {
            Action::FromLibrary => return self.open_library(),
            Action::SaveAndAdd => return self.save_and_add(cx),
            Action::PageDown | Action::PageUp if self.scroll(action == Action::PageDown, cx) => {
                return Outcome::Stay;
            }
            _ => {}
        }
        match &mut self.face {
            Face::Form(form, _) => {
                // Ctrl-S saves from wherever one is; Enter walks on through the fields.
                let step = if action == Action::SaveNow { FormStep::Submit } else { form.act(action, cx) };
                self.shape(cx);
                self.form_step(step, cx)
            }
            Face::List(choices, _) | Face::Field(choices, _) => {
                if choices.act(action, cx) {
                    self.answer(cx)
                } else {
                    Outcome::Stay
                }
            }
            Face::Yes(..) => match action {
                Action::Agree => self.answer(cx),
                Action::Cancel => Outcome::Close,
                _ => Outcome::Stay,
            },
        }
    }

    fn form_step(&mut self, step: FormStep, cx: &Cx) -> Outcome {
        match step {
            FormStep::Nothing => Outcome::Stay,
            FormStep::List(list) => Outcome::With(vec![Self::field(*list).open()]),
            FormStep::Submit => self.answer(cx),
            FormStep::Cancel => Outcome::Close,
        }
    }

    /// Reads the answer. What does not read stays, with the cursor where it is wrong.
    fn answer(&mut self, cx: &Cx) -> Outcome {
        // A signature says that what is signed was read.
        if self.filled().is_some_and(Form::asks_secret) && self.scroll(true, cx) {
            return Outcome::Stay;
        }
        if self.typed_again.is_some() {
            self.handed_in = self.filled().cloned();
        }
        let read = match &mut self.face {
            Face::Form(form, read) => form.check(cx).and_then(|()| read(form, cx)),
            Face::List(choices, read) => read(&choices.chosen(), cx),
            Face::Yes(_, agreed) => Ok(agreed(cx)),
            Face::Field(choices, at) => {
                return Outcome::Field(*at, choices.chosen().pop().unwrap_or_default());
            }
        };
        match read {
            Ok(steps) => {
                self.said = None;
                Outcome::Answer(steps)
            }
            Err(Wrong { field, why }) => {
                let mut about = About::Rest;
                if let Face::Form(form, _) = &mut self.face {
                    form.focus_on(field);
                    about = match form.field(field) {
                        // A passphrase that was refused is empty, too: only what was said to be missing is.
                        Some(here) if why == form.missing() && here.is_missing() => About::Missing,
                        Some(here) => About::Field(field, here.held()),
                        None => About::All(form.all_held()),
                    };
                }
                self.said = Some(Said::Wrong { why, about });
                Outcome::Stay
            }
        }
    }

    /// Takes typed or pasted text.
    pub fn text(&mut self, text: &str, cx: &Cx) -> Outcome {
        if self.waits() {
            self.say_wait();
            return Outcome::Stay;
        }
        if self.is_asleep() {
            return Outcome::Stay;
        }
        match &mut self.face {
            Face::Form(form, _) => {
                let chooses = form.offers(text);
                let step = form.text(text);
                self.shape(cx);
                if chooses {
                    self.go_on();
                }
                return self.form_step(step, cx);
            }
            Face::List(choices, _) | Face::Field(choices, _) => {
                if choices.text(text) {
                    return self.answer(cx);
                }
            }
            Face::Yes(..) => {}
        }
        Outcome::Stay
    }

    /// A click on the cell `at`; `area` is the whole screen, or what it fills of it.
    pub fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Outcome {
        if self.waits() {
            self.say_wait();
            return Outcome::Stay;
        }
        let body = self.layout(area).body;
        let fields = self.filled().map_or(body, |form| self.fields_of(form, body, cx));
        match &mut self.face {
            Face::Form(form, _) => {
                let step = form.click(at, fields);
                self.form_step(step, cx)
            }
            Face::List(choices, _) | Face::Field(choices, _) => {
                if choices.click(at, body) {
                    self.answer(cx)
                } else {
                    Outcome::Stay
                }
            }
            Face::Yes(..) => Outcome::Stay,
        }
    }
}
