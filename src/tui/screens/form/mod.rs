//! The forms that fill a screen: register, edit, admit, staff, passphrase. One screen; what is asked is a [`Question`].
//!
//! Owns which form it is, to find it again after a lock. Reading the fields into a command is in a file for each area.

mod admit;
mod danger;
mod login;
mod people;
mod staff;

pub(in crate::tui::screens) use admit::levels_differ;
pub(in crate::tui::screens) use login::Suggested;

use crate::domain::{Client, Staff, StaffId, counted};
use crate::service::api::{
    Answer, ChartView, Command, Door, FormKind, FormPlace, Kept, LookAlike, People, Place, StaffAsk,
};
use crate::service::fault::{Fault, FaultKind};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::{Cx, birth_typed};
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Outcome, Question};
use crate::tui::screen::{Filled, Step, Tell, View};
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::fmt::Write;

/// A member of staff as the key of a choice: the same in every list, however it is sorted.
pub(in crate::tui::screens) fn staff_key(id: StaffId) -> String {
    id.0.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A form over the screen.
#[derive(Debug)]
pub struct FormScreen {
    question: Question,
    /// Which form it is, to be found again after a lock; `None` for passphrases, which are typed again.
    which: Option<FormPlace>,
    /// Nothing else can be done before it is filled in.
    comes_first: bool,
    /// Whose particulars it writes: as they were read, and at which revision; 0 registers.
    particulars: Option<(Client, u32)>,
    /// Which member of staff it writes, as they were read; `None` adds one.
    staff: Option<Kept<Staff>>,
    /// It passes danger on: about whom, once they are registered.
    registered: Option<danger::Registered>,
}

impl FormScreen {
    fn new(
        title: impl Into<String>,
        form: Form,
        read: impl Fn(&mut Form, &Cx) -> Result<Command, Wrong> + 'static,
    ) -> Self {
        let question = Question::form(title, form, move |form, cx| Ok(vec![Step::Ask(read(form, cx)?)]));
        Self::of_question(question.on_a_screen())
    }

    fn of_question(question: Question) -> Self {
        Self { question, which: None, comes_first: false, particulars: None, staff: None, registered: None }
    }

    /// One that is found again after a lock.
    fn known(self, kind: FormKind, of: FormPlace) -> Self {
        let title = self.question.title().to_owned();
        Self { which: Some(FormPlace { kind, title, ..of }), ..self }
    }

    /// Registers a person.
    pub fn register() -> Self {
        let form = people::form(&Client::default(), "Register");
        Self::of_person("Register a person", form, Client::default(), 0)
            .known(FormKind::Register, FormPlace::default())
    }

    /// Registers a person who was looked for by these words and not found: the name, and the birth date if one was typed.
    pub fn register_as(typed: &str, cx: &Cx) -> Self {
        let mut screen = Self::register();
        if let Some(form) = screen.question.filled_mut() {
            *form = people::form(&people::sought(typed, cx), "Register");
        }
        screen
    }

    /// Edits a person's details; `contact`: who they are and how to reach them alone.
    pub fn edit(client: &Kept<Client>, contact: bool) -> Self {
        let of = FormPlace { client: Some(client.value.id), ..FormPlace::default() };
        let title = format!("Edit {}", client.value.header_name());
        let form = people::form(&client.value, "Save");
        let form = if contact { form.without(&people::NOT_CONTACT) } else { form };
        Self::of_person(title, form, client.value.clone(), client.rev).known(FormKind::Edit, of)
    }

    /// A form of particulars; who looks alike is asked about before it writes.
    fn of_person(title: impl Into<String>, form: Form, before: Client, rev: u32) -> Self {
        let particulars = (before, rev);
        let known = particulars.clone();
        let screen = Self::new(title, form, move |form, cx| write(form, &known, false, cx));
        Self { particulars: Some(particulars), ..screen }
    }

    /// Admits a person; says why that cannot be, if it cannot.
    pub fn admit(chart: &ChartView, cx: &Cx) -> Result<Self, String> {
        admit::may(chart, cx)?;
        let client = &chart.client.value;
        let id = client.id;
        let of = FormPlace { client: Some(id), ..FormPlace::default() };
        let title = format!("Admit {}", client.header_name());
        let mut screen = Self::new(title, admit::form(cx), move |form, cx| {
            let (episode, level) = (admit::read(form, id, cx)?, admit::read_level(form)?);
            Ok(Command::People(People::Admit { episode: Box::new(episode), level: Box::new(level) }))
        })
        .known(FormKind::Admit, of);
        screen.question = screen.question.lines(admit::warnings(chart, cx));
        Ok(screen)
    }

    /// Gives a member of staff a new first passphrase.
    pub fn reset(id: StaffId, name: &str) -> Self {
        let title = format!("New passphrase for {name}");
        Self::new(title, staff::reset_form(), move |form, _| staff::reset(form, id))
            .typed_again(|kind| if kind == FaultKind::User { NEW } else { &[] })
    }

    /// Changes one's own passphrase; `must`: nothing else can be done before, and the one that was given has just been typed.
    pub fn passphrase(must: bool) -> Self {
        let mut fields = vec![
            Field::secret("old", "Passphrase now").required(),
            Field::secret("new", "New passphrase").hint("8 or more; best several words").required(),
            Field::secret("again", "The same again").required(),
        ];
        if must {
            fields.remove(0);
        }
        let title = if must { "Choose a passphrase of your own" } else { "Change your passphrase" };
        let screen = Self::new(title, Form::new("Change it", fields), |form, _| {
            let new = staff::new_passphrase(form)?;
            Ok(Command::Door(Door::ChangePassphrase { old: form.secret("old"), new }))
        });
        Self { comes_first: must, ..screen.typed_again(old_or_new) }
    }

    /// Sets a PIN for this desk and this sign-in, or takes it away.
    pub fn pin(cx: &Cx) -> Self {
        let set = cx.signed_in.as_ref().is_some_and(|desk| desk.pin);
        let hint = if set { "6 to 12 digits; empty takes it away" } else { "6 to 12 digits" };
        let fields = vec![
            Field::secret("old", "Passphrase").hint("once, to set it").required(),
            Field::secret("new", "PIN").hint(hint),
            Field::secret("again", "The same again"),
            Field::words("", "It signs, and for 10 minutes"),
            Field::words("", "after a lock it brings you back,"),
            Field::words("", "on this computer. Five wrong"),
            Field::words("", "tries end it."),
        ];
        let title = if set { "Change your PIN" } else { "Set a PIN" };
        Self::new(title, Form::new("Set it", fields), |form, _| {
            let pin = staff::twice(form, staff::PINS_DIFFER)?;
            Ok(Command::Door(Door::SetPin { passphrase: form.secret("old"), pin }))
        })
        .typed_again(old_or_new)
    }

    /// Of several passphrases only those that were wrong are typed again.
    fn typed_again(self, wrong: fn(FaultKind) -> &'static [&'static str]) -> Self {
        Self { question: self.question.typed_again(wrong), ..self }
    }

    fn outcome(&mut self, outcome: Outcome) -> Vec<Step> {
        match outcome {
            Outcome::With(steps) => steps,
            Outcome::Answer(steps) => {
                // A question over the form is no command yet: the form stays open to be changed.
                if steps.iter().any(|step| matches!(step, Step::Ask(_))) {
                    self.question.wait(0, 0);
                }
                steps
            }
            Outcome::Close if self.comes_first => vec![Step::Lock],
            Outcome::Close => vec![Step::Close],
            Outcome::Stay | Outcome::Field(..) | Outcome::Take(_) => Vec::new(),
        }
    }

    /// It is saved: nothing typed is lost.
    fn saved(&mut self) -> Step {
        if let Some(form) = self.question.filled_mut() {
            form.settled();
        }
        Step::Close
    }

    /// Writes although others look alike.
    fn write_anyway(&mut self, cx: &Cx) -> Vec<Step> {
        let (Some(form), Some(known)) = (self.question.filled_mut(), &self.particulars) else {
            return Vec::new();
        };
        let command = write(form, known, true, cx);
        self.asks(command)
    }

    /// Asks what a window over the form agreed to.
    fn asks(&mut self, command: Result<Command, Wrong>) -> Vec<Step> {
        match command {
            Ok(command) => {
                self.question.wait(0, 0);
                vec![Step::Ask(command)]
            }
            Err(wrong) => vec![Step::Warn(wrong.why)],
        }
    }

    fn area(area: Rect) -> Rect {
        let width = area.width.min(100).saturating_sub(2);
        Rect { x: area.x + 1, width, ..area }
    }
}

/// What is typed again of one\'s own change: the passphrase that holds, or what was to be set.
fn old_or_new(kind: FaultKind) -> &'static [&'static str] {
    match kind {
        FaultKind::Denied => &["old"],
        FaultKind::User => NEW,
        _ => &[],
    }
}

const NEW: &[&str] = &["new", "again"];

/// Registers or changes the person of the fields; `seen`: those who look alike were looked at.
fn write(form: &mut Form, (before, rev): &(Client, u32), seen: bool, cx: &Cx) -> Result<Command, Wrong> {
    let client = Box::new(people::read(form, before.clone(), cx)?);
    Ok(Command::People(match *rev {
        0 => People::Register { client, seen },
        rev => People::Change { client, rev, seen },
    }))
}

/// As many people who look alike are named.
const SHOWN: usize = 8;

fn look_alikes(found: &[LookAlike], registers: bool, cx: &Cx) -> Step {
    let (yet, anyway) = if registers {
        ("Nobody is registered yet.", "register another person")
    } else {
        ("Nothing is changed yet.", "change the details anyway")
    };
    let mut lines = vec![format!("Is it one of these people? {yet}"), String::new()];
    lines.extend(found.iter().take(SHOWN).map(|one| {
        let summary = &one.summary;
        let legal =
            if summary.legal.is_empty() || cx.veil { String::new() } else { format!(" ({})", summary.legal) };
        // The veil never takes what tells two people apart.
        let born = match birth_typed(summary.birth).as_str() {
            "" => String::new(),
            born => format!(", born {born}"),
        };
        format!("{}{legal}{born}, {}: {}", cx.listed(&summary.name), summary.record_no, one.why)
    }));
    if let more @ 1.. = found.len().saturating_sub(SHOWN) {
        lines.push(format!(
            "And {}. Find them by name.",
            counted(more, "more close name", "more close names")
        ));
    }
    let write = |_: &Cx| vec![Tell::to(|screen: &mut FormScreen, cx| screen.write_anyway(cx))];
    // What is agreed to is what the question asks.
    let title = if registers { "Register somebody else?" } else { "Somebody else with these details?" };
    Question::confirm(title, lines, anyway, write).open()
}

impl View for FormScreen {
    fn scopes(&self) -> Vec<Scope> {
        if self.question.filled().is_some_and(Form::is_typing) {
            vec![Scope::FieldText, Scope::Form]
        } else {
            vec![Scope::Form]
        }
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![(self.question.title().to_owned(), Role::Focus)])
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if action == Action::TellDanger {
            let typed = self.question.filled();
            return vec![Step::Replace(Box::new(Self::register_in_danger(typed, cx)))];
        }
        // In a form that fills the screen the submit key saves from wherever one is, and the focus stays there.
        let action = if action == Action::Submit { Action::SaveNow } else { action };
        let outcome = self.suggesting(|question| question.act(action, cx));
        self.outcome(outcome)
    }

    fn claims(&self, action: Action) -> bool {
        let registers = || self.which.as_ref().is_some_and(|which| which.kind == FormKind::Register);
        matches!(action, Action::Submit | Action::SaveNow | Action::Undo | Action::Redo)
            || action == Action::TellDanger && registers()
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        self.question.offers(action)
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        let outcome = self.suggesting(|question| question.text(text, cx));
        self.outcome(outcome)
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let outcome = self.question.click(at, Self::area(area), cx);
        self.outcome(outcome)
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        self.comes_first.then(|| vec![Step::Lock])
    }

    fn filled(&self) -> Option<&dyn Filled> {
        Some(self)
    }

    fn filled_mut(&mut self) -> Option<&mut dyn Filled> {
        Some(self)
    }

    fn place(&self, place: &mut Place) {
        let (Some(which), Some(form)) = (&self.which, self.question.filled()) else { return };
        if form.is_changed() {
            let (focus, fields) = (form.focus().to_owned(), form.typed_so_far());
            place.typed.push(FormPlace { open: true, focus, fields, ..which.clone() });
        }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        self.question.done(0);
        let registers = self.particulars.as_ref().is_some_and(|(_, rev)| *rev == 0);
        if let Answer::Done(done) = answer
            && let Some(steps) = self.next_in_danger(done.chart.as_deref(), cx)
        {
            return steps;
        }
        match answer {
            Answer::LookAlikes(found) => vec![look_alikes(found, registers, cx)],
            Answer::Done(done) => {
                let mut steps = vec![self.saved()];
                if let Some(chart) = done.chart.as_ref().filter(|_| registers) {
                    let (client, room, opening) = (chart.client.value.id, RoomName::Overview, Opening::Chart);
                    steps.extend([Step::Refresh, Step::OpenChart { client, room, opening }]);
                }
                steps
            }
            Answer::Pin { .. } => vec![self.saved()],
            Answer::Staff { .. } => vec![self.saved(), Step::Ask(Command::Staff(StaffAsk::List))],
            _ => Vec::new(),
        }
    }

    fn failed(&mut self, fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.question.refused(0, fault);
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        self.question.draw(frame, Self::area(area), cx);
    }
}

impl Filled for FormScreen {
    fn which(&self) -> Option<FormPlace> {
        self.which.clone()
    }

    fn put_back(&mut self, typed: &FormPlace) {
        if let Some(form) = self.question.filled_mut() {
            form.put_back(&typed.fields, &typed.focus);
        }
    }

    fn is_changed(&self) -> bool {
        self.question.filled().is_some_and(Form::is_changed)
    }

    fn fields(&mut self) -> Option<&mut Form> {
        self.question.filled_mut()
    }

    fn form(&self) -> Option<&Form> {
        self.question.filled()
    }

    fn comes_first(&self) -> bool {
        self.comes_first
    }

    fn asks_secret(&self) -> bool {
        self.question.filled().is_some_and(Form::asks_secret)
    }

    fn shows_faults(&self) -> bool {
        true
    }
}
