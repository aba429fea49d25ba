//! The forms that fill a screen: register, edit, admit, staff, passphrase. One screen; what is filled in is data.
//!
//! Owns the fields and what they are for. Reading them into a command stands in a file for each area.

mod admit;
mod people;
mod staff;

use self::staff::{DIFFER, PINS_DIFFER};
use crate::domain::{Client, ClientId, Staff, StaffId};
use crate::service::api::{Answer, ChartView, Command, Door, FormPlace, Kept, LookAlike, People, Place};
use crate::service::fault::{Fault, FaultKind};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Confirm, Given, Overlay, Then};
use crate::tui::screen::{Step, View};
use crate::tui::screens::Purpose as Wanted;
use crate::tui::screens::chart::{Opening, RoomName};
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, FormStep};
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::fmt::Write;

/// What a form screen asks overlays for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// Register although others look alike.
    RegisterAnyway,
}

/// What is filled in.
#[derive(Debug)]
enum About {
    Register,
    Edit(Box<Kept<Client>>),
    Admit(ClientId, Vec<String>),
    AddStaff,
    EditStaff(Box<Kept<Staff>>),
    Reset(StaffId),
    /// A PIN for this desk and this sign-in.
    Pin,
    /// One's own passphrase; `true`: it must be changed before anything else.
    Passphrase(bool),
}

/// A member of staff as the key of a choice: the same in every list, however it is sorted.
fn staff_key(id: StaffId) -> String {
    id.0.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A form over the screen.
#[derive(Debug)]
pub struct FormScreen {
    title: String,
    about: About,
    form: Form,
    busy: bool,
    /// As it was filled in, passphrases too, while the service has not answered: what was right is not typed again.
    sent: Option<Form>,
}

impl FormScreen {
    fn new(title: impl Into<String>, about: About, form: Form) -> Self {
        Self { title: title.into(), about, form, busy: false, sent: None }
    }

    /// Registers a person.
    pub fn register() -> Self {
        Self::new("Register a person", About::Register, people::form(&Client::default(), "Register"))
    }

    /// Edits a person's details.
    pub fn edit(client: &Kept<Client>) -> Self {
        let form = people::form(&client.value, "Save");
        Self::new(format!("Edit {}", client.value.header_name()), About::Edit(Box::new(client.clone())), form)
    }

    /// Admits a person; says why that cannot be, if it cannot.
    pub fn admit(chart: &ChartView, cx: &Cx) -> Result<Self, String> {
        admit::may(chart, cx)?;
        let client = &chart.client.value;
        let title = format!("Admit {}", client.header_name());
        Ok(Self::new(title, About::Admit(client.id, admit::warnings(chart, cx)), admit::form(cx)))
    }

    /// Adds a person to the staff.
    pub fn add_staff(cx: &Cx) -> Self {
        Self::new("Add to the staff", About::AddStaff, staff::form(None, cx))
    }

    /// Edits a member of staff.
    pub fn edit_staff(row: &Kept<Staff>, cx: &Cx) -> Self {
        let title = format!("Edit {}", row.value.name);
        Self::new(title, About::EditStaff(Box::new(row.clone())), staff::form(Some(&row.value), cx))
    }

    /// Gives a member of staff a new first passphrase.
    pub fn reset(id: StaffId, name: &str) -> Self {
        Self::new(format!("New passphrase for {name}"), About::Reset(id), staff::reset_form())
    }

    /// Changes one's own passphrase; `must`: nothing else can be done before.
    pub fn passphrase(must: bool) -> Self {
        let fields = vec![
            Field::secret("old", "Passphrase now").required(),
            Field::secret("new", "New passphrase").hint("several words are best").required(),
            Field::secret("again", "The same again").required(),
        ];
        let title = if must { "Choose a passphrase of your own" } else { "Change your passphrase" };
        Self::new(title, About::Passphrase(must), Form::new("Change it", fields))
    }

    /// Sets a PIN for this desk and this sign-in, or takes it away.
    pub fn pin(cx: &Cx) -> Self {
        let set = cx.session.as_ref().is_some_and(|session| session.pin);
        let fields = vec![
            Field::secret("old", "Passphrase").hint("once, to set it").required(),
            Field::secret("new", "PIN").hint(if set {
                "6 to 12 digits; empty takes it away"
            } else {
                "6 to 12 digits"
            }),
            Field::secret("again", "The same again"),
            Field::words("", "It signs, and for 10 min after a lock it brings you"),
            Field::words("", "back, on this desk. Five wrong tries end it."),
        ];
        let title = if set { "Change your PIN" } else { "Set a PIN" };
        Self::new(title, About::Pin, Form::new("Set it", fields))
    }

    /// Whether nothing else can be done before it is filled in.
    pub fn comes_first(&self) -> bool {
        matches!(self.about, About::Passphrase(true))
    }

    /// Which form this is, with nothing typed; `None` for passphrases, which are typed again.
    pub fn which(&self) -> Option<FormPlace> {
        let (kind, client, staff) = match &self.about {
            About::Register => ("register", None, None),
            About::Edit(kept) => ("edit", Some(kept.value.id), None),
            About::Admit(client, _) => ("admit", Some(*client), None),
            About::AddStaff => ("add-staff", None, None),
            About::EditStaff(kept) => ("edit-staff", None, Some(kept.value.id)),
            About::Reset(_) | About::Passphrase(_) | About::Pin => return None,
        };
        let (kind, title) = (kind.to_owned(), self.title.clone());
        Some(FormPlace { kind, title, client, staff, ..FormPlace::default() })
    }

    /// Puts back what was typed into it before a lock.
    pub fn put_back(&mut self, typed: &FormPlace) {
        self.form.put_back(&typed.fields, &typed.focus);
    }

    fn submit(&mut self, seen: bool, cx: &Cx) -> Vec<Step> {
        if self.busy {
            return Vec::new();
        }
        let filled = self.form.fields.iter().any(Field::is_secret).then(|| self.form.clone());
        let read = self.form.check(cx).and_then(|()| self.command(seen, cx));
        match read {
            Ok(command) => {
                self.busy = true;
                self.sent = filled;
                vec![Step::Ask(command)]
            }
            Err(why) => vec![Step::Warn(why)],
        }
    }

    /// The command that the fields make.
    fn command(&mut self, seen: bool, cx: &Cx) -> Result<Command, String> {
        match &self.about {
            About::Register => {
                let client = Box::new(people::read(&self.form, Client::default(), cx)?);
                Ok(Command::People(People::Register { client, seen }))
            }
            About::Edit(kept) => {
                let client = Box::new(people::read(&self.form, kept.value.clone(), cx)?);
                Ok(Command::People(People::Change { client, rev: kept.rev, seen }))
            }
            About::Admit(client, _) => {
                let episode = Box::new(admit::read(&mut self.form, *client, cx)?);
                Ok(Command::People(People::Admit { episode }))
            }
            About::AddStaff => staff::add(&mut self.form, cx),
            About::EditStaff(kept) => staff::change(&self.form, kept, cx),
            About::Reset(id) => {
                let id = *id;
                staff::reset(&mut self.form, id)
            }
            About::Pin => {
                let pin = staff::twice(&mut self.form, PINS_DIFFER)?;
                Ok(Command::Door(Door::SetPin { passphrase: self.form.secret("old"), pin }))
            }
            About::Passphrase(_) => {
                let new = staff::twice(&mut self.form, DIFFER)?;
                Ok(Command::Door(Door::ChangePassphrase { old: self.form.secret("old"), new }))
            }
        }
    }

    fn step(&mut self, step: FormStep, cx: &Cx) -> Vec<Step> {
        match step {
            FormStep::Nothing => Vec::new(),
            FormStep::Over(overlay) => vec![Step::Over(*overlay)],
            FormStep::Submit => self.submit(false, cx),
            FormStep::Cancel if matches!(self.about, About::Passphrase(true)) => vec![Step::Lock],
            FormStep::Cancel => vec![Step::Close],
        }
    }

    fn look_alikes(&self, found: &[LookAlike], cx: &Cx) -> Step {
        let (yet, yes) = match self.about {
            About::Edit(_) => ("Nothing is changed yet.", "change it all the same"),
            _ => ("Nothing is registered yet.", "register another person"),
        };
        let mut lines = vec![format!("Is it one of these? {yet}"), String::new()];
        lines.extend(found.iter().map(|one| {
            let summary = &one.summary;
            let legal = if summary.legal.is_empty() || cx.veil {
                String::new()
            } else {
                format!(" ({})", summary.legal)
            };
            let born = match cx.listed_birth(summary.birth).as_str() {
                "" => String::new(),
                born => format!(", born {born}"),
            };
            format!("{}{legal}{born}, {}: {}", cx.listed(&summary.name), summary.record_no, one.why)
        }));
        Step::Over(Overlay::Confirm(Confirm {
            title: "Somebody looks alike".to_owned(),
            lines,
            yes: yes.to_owned(),
            then: Then::Screen(Wanted::Form(Purpose::RegisterAnyway)),
        }))
    }

    /// It was refused: only what was wrong is typed again, the passphrase or what was to be set.
    fn refill(&mut self, kind: FaultKind) {
        let Some(form) = self.sent.take() else { return };
        self.form = form;
        let wrong: &[&str] = match (&self.about, kind) {
            (About::Pin | About::Passphrase(_), FaultKind::Denied) => &["old"],
            (About::Pin | About::Passphrase(_) | About::Reset(_), FaultKind::User) => &["new", "again"],
            _ => &[],
        };
        for id in wrong {
            drop(self.form.secret(id));
        }
        if let Some(first) = wrong.first() {
            self.form.focus_on(first);
        }
    }

    fn form_area(&self, area: Rect) -> Rect {
        let above = match &self.about {
            About::Admit(_, warnings) => warnings.len() as u16 + 1,
            _ => 1,
        };
        let width = area.width.min(100).saturating_sub(2);
        Rect {
            x: area.x + 1,
            y: area.y + above.min(area.height),
            width,
            height: area.height.saturating_sub(above),
        }
    }
}

impl View for FormScreen {
    fn scopes(&self) -> Vec<Scope> {
        if self.form.is_typing() { vec![Scope::FieldText, Scope::Form] } else { vec![Scope::Form] }
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![(self.title.clone(), Role::Focus)])
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        // In a form that fills the screen the submit key saves from wherever one is, and the focus stays there.
        let step = if action == Action::Submit { FormStep::Submit } else { self.form.act(action, cx) };
        self.step(step, cx)
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::Submit | Action::SaveNow | Action::Undo | Action::Redo)
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        self.form.text(text);
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let step = self.form.click(at, self.form_area(area));
        self.step(step, cx)
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        matches!(self.about, About::Passphrase(true)).then(|| vec![Step::Lock])
    }

    fn would_lose_text(&self) -> bool {
        self.form.is_changed()
    }

    fn place(&self, place: &mut Place) {
        let Some(which) = self.which().filter(|_| self.form.is_changed()) else { return };
        let (focus, fields) = (self.form.focus().to_owned(), self.form.typed_so_far());
        place.typed.push(FormPlace { open: true, focus, fields, ..which });
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        self.busy = false;
        self.sent = None;
        match answer {
            Answer::LookAlikes(found) => vec![self.look_alikes(found, cx)],
            Answer::Done(done) => {
                self.form.settled();
                match (&self.about, &done.chart) {
                    (About::Register, Some(chart)) => {
                        let (client, room, opening) =
                            (chart.client.value.id, RoomName::Overview, Opening::Chart);
                        vec![Step::Close, Step::Refresh, Step::OpenChart { client, room, opening }]
                    }
                    _ => vec![Step::Close],
                }
            }
            Answer::Pin { .. } => {
                self.form.settled();
                vec![Step::Close]
            }
            Answer::Staff { said, .. } => {
                self.form.settled();
                vec![
                    Step::Close,
                    Step::Say(said.clone()),
                    Step::Ask(Command::Staff(crate::service::api::StaffAsk::List)),
                ]
            }
            _ => Vec::new(),
        }
    }

    fn failed(&mut self, fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.busy = false;
        self.refill(fault.kind);
        Vec::new()
    }

    fn answered(&mut self, purpose: Wanted, given: Given, cx: &Cx) -> Vec<Step> {
        match purpose {
            Wanted::Field(at) => {
                self.form.answered(at, given);
                Vec::new()
            }
            Wanted::Form(Purpose::RegisterAnyway) => self.submit(true, cx),
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if let About::Admit(_, warnings) = &self.about {
            let lines = warnings
                .iter()
                .map(|line| ratatui::text::Line::styled(format!(" {line}"), cx.theme.style(Role::Overdue)));
            crate::tui::overlay::draw::lines(frame, area, lines.collect());
        }
        self.form.draw(frame, self.form_area(area), cx);
    }
}
