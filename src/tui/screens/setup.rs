//! Setting up an agency: a form, the recovery phrase shown once, two of its words asked back.
//!
//! Owns the phrase for as long as it is on the screen; it is wiped when the two words were right.

use crate::packs;
use crate::service::api::{Answer, Command, Door, Secret};
use crate::service::fault::Fault;
use crate::service::founding::{Founding, check_login, check_passphrase, zones};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Filled, Step, View};
use crate::tui::screens::form::Suggested;
use crate::tui::screens::sign_in::SignIn;
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, FormStep};
use crate::tui::widgets::frame::Header;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

/// The state of the set-up.
#[derive(Debug)]
enum Stage {
    Form,
    /// The form was sent; keys are being made.
    Busy,
    /// The 24 words are on the screen.
    Phrase(Secret),
    /// Two of them are asked back: which (from 1).
    Check(Secret, [usize; 2]),
}

#[derive(Debug)]
pub struct Setup {
    stage: Stage,
    form: Form,
    login: String,
}

impl Setup {
    /// An empty form in this time zone.
    pub fn new(zone: &str) -> Self {
        Self { stage: Stage::Form, form: blank(zone), login: String::new() }
    }

    /// Enter on a choice opens its list, as in every form.
    fn meant(&self, action: Action) -> Action {
        let on_a_choice = !self.form.is_typing() && !self.form.focus().is_empty();
        if action == Action::Submit && on_a_choice { Action::Choose } else { action }
    }

    fn submit(&mut self, cx: &Cx) -> Vec<Step> {
        if let Err(wrong) = self.form.check(cx) {
            return vec![Step::Warn(wrong.why)];
        }
        match &self.stage {
            Stage::Form => self.found(),
            Stage::Check(words, asked) => {
                let right = asked.iter().enumerate().all(|(field, at)| {
                    let typed = self.form.typed(["first", "second"][field]).to_lowercase();
                    words.0.split(' ').nth(at - 1) == Some(typed.as_str())
                });
                if right { self.finish() } else { self.wrong() }
            }
            Stage::Busy | Stage::Phrase(_) => Vec::new(),
        }
    }

    fn found(&mut self) -> Vec<Step> {
        let (passphrase, again) = (self.form.secret("passphrase"), self.form.secret("again"));
        if passphrase.0 != again.0 {
            self.form.focus_on("passphrase");
            return vec![Step::Warn("The two passphrases are not the same. Type it twice.".to_owned())];
        }
        self.login = self.form.typed("login");
        // What is wrong with a field is said with the cursor in it.
        let wrong = check_login(&self.login).map_err(|why| ("login", why));
        if let Err((field, why)) =
            wrong.and_then(|()| check_passphrase(&passphrase).map_err(|why| ("passphrase", why)))
        {
            self.form.focus_on(field);
            return vec![Step::Warn(format!("Not set up yet: {why}."))];
        }
        let founding = Founding {
            agency: self.form.typed("agency"),
            zone: self.form.chosen("zone").to_owned(),
            program: self.form.typed("program"),
            set: self.form.chosen("set").to_owned(),
            login: self.login.clone(),
            name: self.form.typed("name"),
            credential: self.form.typed("credential"),
            passphrase,
            help_now: String::new(),
            demo_hint: String::new(),
        };
        if let Err(fault) = founding.check() {
            return vec![Step::Warn(fault.to_string())];
        }
        self.stage = Stage::Busy;
        vec![Step::Ask(Command::Door(Door::Found(Box::new(founding))))]
    }

    /// Asks two of the words back. Which ones follows from the words: nobody needs to choose.
    fn ask_back(&mut self) {
        let Stage::Phrase(words) = std::mem::replace(&mut self.stage, Stage::Busy) else { return };
        let sum: usize = words.0.bytes().map(usize::from).sum();
        let first = sum % 24;
        let second = (first + 5 + sum / 24 % 14) % 24;
        let mut asked = [first + 1, second + 1];
        asked.sort_unstable();
        self.form = Form::new(
            "Compare",
            vec![
                Field::text("first", &format!("Word {}", asked[0]), "").required(),
                Field::text("second", &format!("Word {}", asked[1]), "").required(),
            ],
        );
        self.stage = Stage::Check(words, asked);
    }

    fn wrong(&mut self) -> Vec<Step> {
        if let Stage::Check(words, _) = std::mem::replace(&mut self.stage, Stage::Busy) {
            self.stage = Stage::Phrase(words);
        }
        vec![Step::Warn(
            "These are not the two words. Compare your paper with the words here once more.".to_owned(),
        )]
    }

    fn finish(&mut self) -> Vec<Step> {
        self.stage = Stage::Busy;
        vec![
            Step::Replace(Box::new(SignIn::expecting(&self.login))),
            Step::Say("The agency is set up. Sign in with the passphrase you chose.".to_owned()),
        ]
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        let (plain, dim, now) =
            (cx.theme.style(Role::Normal), cx.theme.style(Role::Dim), cx.theme.style(Role::Now));
        match &self.stage {
            Stage::Form => {
                let words = [
                    "You become its first counselor, supervisor and admin; you add the others.",
                    "To look around first, leave with [key:quit] and run: concord demo",
                ];
                let words = window::wrapped(&words.map(|line| cx.keyed(line)), cx.prose(76));
                let words = words.into_iter().map(|line| Line::styled(line, dim));
                std::iter::once(Line::styled("Set up your agency", now)).chain(words).collect()
            }
            Stage::Busy => vec![Line::styled("One moment: the keys are being made.", now)],
            Stage::Check(..) => vec![
                Line::styled("Two of the words, from your paper", now),
                Line::styled("Esc shows all of them again.", dim),
            ],
            Stage::Phrase(words) => {
                let mut lines = vec![
                    Line::styled("The recovery phrase: write these 24 words on paper, in this order", now),
                    Line::styled(
                        "They open the agency when every admin's passphrase is lost. They are shown",
                        plain,
                    ),
                    Line::styled(
                        "only now and stored nowhere. Keep the paper where the master keys are.",
                        plain,
                    ),
                    Line::default(),
                ];
                let words: Vec<&str> = words.0.split(' ').collect();
                for row in 0..words.len().div_ceil(4) {
                    let cells = (0..4).filter_map(|column| {
                        let at = row + column * words.len().div_ceil(4);
                        words.get(at).map(|word| format!("{:>4} {word:<12}", at + 1))
                    });
                    lines.push(Line::styled(cells.collect::<String>(), now));
                }
                lines.push(Line::default());
                if let Some(print) = &cx.front.fingerprint {
                    let print = format!("Beside them: fingerprint {print}");
                    lines.push(Line::styled(print, plain));
                }
                lines.push(Line::styled("Enter when they are on paper: two of them are asked back.", dim));
                lines
            }
        }
    }

    fn areas(&self, area: Rect, cx: &Cx) -> (Rect, Rect) {
        let width = area.width.min(76);
        let x = area.x + (area.width - width) / 2;
        let head = if matches!(self.stage, Stage::Phrase(_)) {
            area.height
        } else {
            self.lines(cx).len() as u16 + 1
        };
        let top = Rect { x, width, y: area.y + 1, height: head.min(area.height.saturating_sub(1)) };
        let form = Rect {
            y: top.bottom().min(area.bottom()),
            height: area.bottom().saturating_sub(top.bottom()),
            ..top
        };
        (top, form)
    }
}

/// The time zones to choose from: the one this machine is set to, those of the United States by the names people use, then all places.
fn zone_items(suggested: &str) -> Vec<Item> {
    const USED: [(&str, &str, &str); 7] = [
        ("America/New_York", "Eastern", "EST EDT ET"),
        ("America/Chicago", "Central", "CST CDT CT"),
        ("America/Denver", "Mountain", "MST MDT MT"),
        ("America/Phoenix", "Arizona", "Mountain MST MT"),
        ("America/Los_Angeles", "Pacific", "PST PDT PT"),
        ("America/Anchorage", "Alaska", "AKST AKDT"),
        ("Pacific/Honolulu", "Hawaii", "HST"),
    ];
    let also = |name: &str| {
        let used = USED.iter().find(|(used, ..)| *used == name);
        used.map_or_else(String::new, |(_, said, short)| format!("{said} time zone; {short}"))
    };
    let item = |name: &str, said: &str| Item { also: also(name), ..Item::new(name, name, said) };
    let mut items = vec![item(suggested, "this computer")];
    let used = USED.iter().filter(|(name, ..)| *name != suggested);
    items.extend(used.map(|(name, said, _)| item(name, said)));
    let known: Vec<String> = items.iter().map(|item| item.key.clone()).collect();
    items.extend(zones().iter().filter(|name| !known.contains(name)).map(|name| item(name, "")));
    items
}

fn blank(zone: &str) -> Form {
    let sets = packs::sets()
        .iter()
        .map(|set| Item::new(set.key.clone(), set.key.clone(), set.edition.clone()))
        .collect();
    Form::new(
        "Set up the agency",
        vec![
            Field::text("agency", "Agency", "").hint("its name, on every screen").required(),
            Field::text("name", "Your name", "").hint("as printed under a signature").required(),
            Field::text("credential", "Credential", "").hint("behind the name: LADC"),
            Field::offered("login", "Login", "").hint("one word, to sign in with").required(),
            Field::secret("passphrase", "Passphrase").hint("8 or more; best several words").required(),
            Field::secret("again", "The same again").hint("the rest below is filled in").required(),
            Field::offered("program", "First program", "Outpatient").required(),
            Field::choice("set", "Dimension set", sets, "ASAM3"),
            Field::choice("zone", "Time zone", zone_items(zone), zone)
                .hint("a city, or Mountain, MST")
                .required(),
        ],
    )
    .to_missing()
}

impl View for Setup {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Setup]
    }

    fn header(&self, cx: &Cx) -> Header {
        let left = vec![("Concord".to_owned(), Role::Now), ("set up an agency".to_owned(), Role::Dim)];
        Header { left, keep: 1, danger: 0, right: cx.today().naive().format("%a %-d %b").to_string() }
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        match &self.stage {
            Stage::Busy => Vec::new(),
            Stage::Phrase(_) => {
                if matches!(action, Action::Choose | Action::Open | Action::Submit) {
                    self.ask_back();
                }
                Vec::new()
            }
            Stage::Form | Stage::Check(..) => {
                let suggested = Suggested::by(&self.form);
                let step = self.form.act(self.meant(action), cx);
                suggested.follow(&mut self.form);
                match step {
                    FormStep::Submit => self.submit(cx),
                    FormStep::List(list) => vec![Question::field(*list).open()],
                    FormStep::Nothing | FormStep::Cancel => Vec::new(),
                }
            }
        }
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        if !matches!(self.stage, Stage::Form | Stage::Check(..)) {
            return Vec::new();
        }
        let (suggested, chooses) = (Suggested::by(&self.form), self.form.offers(text));
        let step = self.form.text(text);
        suggested.follow(&mut self.form);
        if chooses {
            self.form.go_on();
        }
        match step {
            FormStep::List(list) => vec![Question::field(*list).open()],
            _ => Vec::new(),
        }
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        if let Stage::Check(words, _) = std::mem::replace(&mut self.stage, Stage::Busy) {
            self.stage = Stage::Phrase(words);
        }
        Some(Vec::new())
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        match self.form.click(at, self.areas(area, cx).1) {
            FormStep::Submit => self.submit(cx),
            FormStep::List(list) => vec![Question::field(*list).open()],
            FormStep::Nothing | FormStep::Cancel => Vec::new(),
        }
    }

    fn filled(&self) -> Option<&dyn Filled> {
        Some(self)
    }

    fn filled_mut(&mut self) -> Option<&mut dyn Filled> {
        Some(self)
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        if let Answer::Founded { words, .. } = answer {
            self.stage = Stage::Phrase(words.clone());
        }
        Vec::new()
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.stage = Stage::Form;
        self.form.focus_on("passphrase");
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let (top, form) = self.areas(area, cx);
        window::lines(frame, top, self.lines(cx));
        if matches!(self.stage, Stage::Form | Stage::Check(..)) {
            self.form.draw(frame, form, cx);
        }
    }
}

impl Filled for Setup {
    fn fields(&mut self) -> Option<&mut Form> {
        Some(&mut self.form)
    }

    fn form(&self) -> Option<&Form> {
        matches!(self.stage, Stage::Form | Stage::Check(..)).then_some(&self.form)
    }

    fn asks_secret(&self) -> bool {
        self.form.asks_secret()
    }
}
