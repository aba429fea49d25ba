//! Sign-in and lock: agency name, Help now, faults, and nothing else (in a demo, who to be).

use crate::domain::{ClientId, LocalTime};
use crate::service::api::{Answer, Command, Door, Secret};
use crate::service::fault::{Fault, FaultKind};
use crate::service::founding::{check_login, check_passphrase};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Filled, Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, FormStep};
use crate::tui::widgets::frame::Header;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    SignIn,
    Locked,
    Recover,
}

#[derive(Debug)]
pub struct SignIn {
    mode: Mode,
    form: Form,
    busy: bool,
    fault: String,
    login: String,
    /// The person who locked the desk set a PIN that may still hold.
    pin: bool,
    /// What Back from the recovery phrase goes back to.
    before: Mode,
}

impl Default for SignIn {
    fn default() -> Self {
        Self::new()
    }
}

const WIDTH: u16 = 72;
/// Fewest digits of a PIN.
const PIN: usize = 6;

impl SignIn {
    /// Nobody was here yet.
    pub fn new() -> Self {
        Self::at(Mode::SignIn, "")
    }

    /// Nobody is signed in, and who will be is known: only the passphrase is left to type.
    pub fn expecting(login: &str) -> Self {
        Self::at(Mode::SignIn, login)
    }

    /// Locked by this person, who needs only type the passphrase, or the PIN if one is set.
    pub fn locked(login: &str, pin: bool) -> Self {
        let mut door = Self::at(Mode::Locked, login);
        door.offer_pin(pin);
        door
    }

    fn offer_pin(&mut self, pin: bool) {
        self.pin = pin;
        if let Some(field) = self.form.fields.iter_mut().find(|field| field.id == "passphrase") {
            let (label, hint) =
                if pin { ("PIN or passphrase", "the PIN for 10 min") } else { ("Passphrase", "") };
            label.clone_into(&mut field.label);
            hint.clone_into(&mut field.hint);
        }
    }

    /// By PIN, if that is what was typed: digits only, by the one who locked the desk.
    fn door(&mut self, login: String) -> Door {
        let by_pin = self.pin && login == self.login;
        door_of(login, self.form.secret("passphrase"), by_pin)
    }

    /// The question about a clock that is before the last entry. The passphrase is typed again: nothing of it is kept.
    fn about_the_clock(&self, newest: LocalTime, cx: &Cx) -> Step {
        let (login, by_pin) = (self.form.typed("login"), self.pin && self.form.typed("login") == self.login);
        let says = vec![
            Item::new("right", "is right", "the last entry has a wrong date"),
            Item::new("wrong", "may be wrong", "I go on all the same"),
        ];
        let passphrase = if by_pin { "PIN or passphrase" } else { "Passphrase" };
        let form = Form::new(
            "Sign in",
            vec![
                Field::choice("clock", "The clock", says, "").required(),
                Field::secret("passphrase", passphrase).required(),
            ],
        );
        let lines = vec![
            format!("The computer's clock says {}. The last entry here was written on {newest}.", cx.now.local),
            "Everything you write is dated by this clock, and a signed note keeps its date for good. If the clock is \
             wrong, press Esc, set the computer's clock and sign in again. What you choose here is recorded."
                .to_owned(),
        ];
        let question = Question::form("The computer's clock is behind", form, move |form, _| {
            let is_right = form.chosen("clock") == "right";
            let door = Box::new(door_of(login.clone(), form.secret("passphrase"), by_pin));
            Ok(vec![Step::Ask(Command::Door(Door::ByThisClock { is_right, door }))])
        });
        question.lines(lines).open()
    }

    fn at(mode: Mode, login: &str) -> Self {
        let mut form = door(login);
        if !login.is_empty() {
            form.focus_on("passphrase");
        }
        Self {
            mode,
            form,
            busy: false,
            fault: String::new(),
            login: login.to_owned(),
            pin: false,
            before: mode,
        }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Step> {
        if let Err(wrong) = self.form.check(cx) {
            return vec![Step::Warn(wrong.why)];
        }
        let login = self.form.typed("login");
        let door = if self.mode == Mode::Recover {
            let (passphrase, again) = (self.form.secret("new"), self.form.secret("again"));
            let wrong = if passphrase.0 == again.0 {
                check_passphrase(&passphrase).err().map(|why| format!("Not set: {why}. Type it twice."))
            } else {
                Some("The two passphrases are not the same. Type the new one twice.".to_owned())
            };
            if let Some(wrong) = wrong {
                self.form.focus_on("new");
                return vec![Step::Warn(wrong)];
            }
            Door::Recover { phrase: Secret::new(self.form.typed("phrase")), login, passphrase }
        } else {
            self.door(login)
        };
        self.busy = true;
        self.fault.clear();
        vec![Step::Ask(Command::Door(door))]
    }

    /// Whether what stands in Login can be nobody's login: more than one word, or far too long.
    fn is_no_login(&self) -> bool {
        let login = self.form.typed("login");
        self.mode != Mode::Recover && !login.is_empty() && check_login(&login).is_err()
    }

    /// A passphrase was typed into Login: it goes where it is hidden, and so does what is typed next.
    fn hide_login(&mut self) -> Vec<Step> {
        let typed = self.form.secret("login");
        self.form.focus_on("passphrase");
        let _ = self.form.text(&typed.0);
        // It stays in sight until the form is handed in: whoever types a passphrase does not look up.
        "What you typed is no login, so it is in \"Passphrase\" now, hidden. Type your login too."
            .clone_into(&mut self.fault);
        Vec::new()
    }

    fn recover(&mut self) {
        self.mode = Mode::Recover;
        self.fault.clear();
        self.form = Form::new(
            "Set the new passphrase",
            vec![
                Field::text("phrase", "Recovery phrase", "").hint("24 words").required(),
                Field::text("login", "Login", &self.login).hint("of an admin").required(),
                Field::secret("new", "New passphrase").hint("8 or more; best several words").required(),
                Field::secret("again", "The same again").required(),
            ],
        );
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        let dim = cx.theme.style(Role::Dim);
        let mut lines = Vec::new();
        let front = &cx.front.front;
        if !front.demo_hint.is_empty() {
            lines.extend(
                wrapped(&front.demo_hint, cx)
                    .into_iter()
                    .map(|line| Line::styled(line, cx.theme.style(Role::Now))),
            );
            lines.push(Line::default());
        }
        if self.busy {
            lines.push(Line::styled("One moment: the keys are being derived.", dim));
            lines.push(Line::default());
        }
        if self.mode == Mode::Locked && !self.login.is_empty() {
            let key = cx.key(Action::OtherPerson, Scope::Lock);
            let words =
                format!("{} locked it. Somebody else? Press {key}, then type your own login.", self.login);
            lines.extend(wrapped(&words, cx).into_iter().map(|line| Line::styled(line, dim)));
            lines.push(Line::default());
        }
        let faults = cx.front.notices.iter().map(String::as_str).chain(std::iter::once(self.fault.as_str()));
        for fault in faults.filter(|fault| !fault.is_empty()) {
            lines.extend(
                wrapped(fault, cx).into_iter().map(|line| Line::styled(line, cx.theme.style(Role::Error))),
            );
            lines.push(Line::default());
        }
        if !front.help_now.is_empty() {
            lines.push(Line::styled("Help now", cx.theme.style(Role::Now)));
            lines.extend(wrapped(&front.help_now, cx).into_iter().map(Line::from));
        }
        lines
    }

    fn form_area(&self, area: Rect) -> Rect {
        let width = WIDTH.min(area.width);
        Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y + 4.min(area.height),
            width,
            height: area.height.saturating_sub(4).min(self.form.height(width) + 1),
        }
    }
}

/// The way in: by PIN, if that is what was typed by somebody who has one.
fn door_of(login: String, passphrase: Secret, by_pin: bool) -> Door {
    let digits = passphrase.0.len() >= PIN && passphrase.0.bytes().all(|byte| byte.is_ascii_digit());
    if by_pin && digits { Door::Resume { pin: passphrase } } else { Door::SignIn { login, passphrase } }
}

fn wrapped(text: &str, cx: &Cx) -> Vec<String> {
    window::wrapped(&[text.to_owned()], cx.prose(usize::from(WIDTH) - 2))
}

fn door(login: &str) -> Form {
    let fields = vec![
        Field::offered("login", "Login", login).required(),
        Field::secret("passphrase", "Passphrase").required(),
    ];
    Form::new("Sign in", fields)
}

impl View for SignIn {
    fn scopes(&self) -> Vec<Scope> {
        vec![if self.mode == Mode::Locked { Scope::Lock } else { Scope::SignIn }]
    }

    fn header(&self, cx: &Cx) -> Header {
        let demo = if cx.front.front.demo_hint.is_empty() { "" } else { "DEMO " };
        let title = match self.mode {
            Mode::SignIn => "sign in",
            Mode::Locked => "locked",
            Mode::Recover => "recovery",
        };
        let left = vec![(format!("{demo}{}", cx.front.front.name), Role::Now), (title.to_owned(), Role::Dim)];
        Header { left, keep: 1, danger: 0, right: cx.today().naive().format("%a %-d %b").to_string() }
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.busy {
            return Vec::new();
        }
        match action {
            Action::UseRecovery => self.recover(),
            Action::OtherPerson => *self = Self::new(),
            _ => match self.form.act(action, cx) {
                FormStep::Submit => return self.submit(cx),
                FormStep::List(list) => return vec![Question::field(*list).open()],
                FormStep::Nothing | FormStep::Cancel => {}
            },
        }
        Vec::new()
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        if self.busy {
            return Vec::new();
        }
        match self.form.text(text) {
            FormStep::List(list) => vec![Question::field(*list).open()],
            _ if self.is_no_login() => self.hide_login(),
            _ => Vec::new(),
        }
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        (self.mode == Mode::Recover && !self.busy).then(|| {
            *self = Self::at(self.before, &self.login);
            Vec::new()
        })
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let area = self.form_area(area);
        match self.form.click(at, area) {
            FormStep::Submit if !self.busy => self.submit(cx),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        self.busy = false;
        match answer {
            Answer::ClockBehind { newest } => vec![self.about_the_clock(*newest, cx)],
            _ => Vec::new(),
        }
    }

    fn failed(&mut self, fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.busy = false;
        self.fault = fault.to_string();
        if self.pin && fault.kind == FaultKind::Locked {
            self.offer_pin(false);
        }
        if self.mode == Mode::Recover {
            // The passphrases are gone with the answer; what was wrong is mostly a word of the phrase.
            self.form.focus_on("phrase");
        } else {
            self.form.focus_on("passphrase");
        }
        Vec::new()
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        None
    }

    fn filled(&self) -> Option<&dyn Filled> {
        Some(self)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let form = self.form_area(area);
        let title = match self.mode {
            Mode::SignIn => "Sign in",
            Mode::Locked => "Concord is locked. What you typed is kept.",
            Mode::Recover => "Use the recovery phrase to set a new passphrase for an admin",
        };
        let head = Rect { y: area.y + 2.min(area.height), height: 1, ..form };
        frame.render_widget(Line::styled(title, cx.theme.style(Role::Now)), head);
        self.form.draw(frame, form, cx);
        let y = form.y + self.form.height(form.width).min(form.height) + 1;
        let below = Rect { y, height: area.bottom().saturating_sub(y), ..form };
        window::lines(frame, below.intersection(area), self.lines(cx));
    }
}

impl Filled for SignIn {
    fn asks_secret(&self) -> bool {
        true
    }

    /// The recovery page has a word of its own; the sign-in's is in its hints.
    fn enter_and_save(&self) -> Option<(String, String)> {
        let form = (self.mode == Mode::Recover).then_some(&self.form)?;
        Some((form.enter_does().word(&form.done), form.done.to_lowercase()))
    }

    /// Why a sign-in was refused is below the fields, and nowhere else.
    fn shows_faults(&self) -> bool {
        true
    }
}
