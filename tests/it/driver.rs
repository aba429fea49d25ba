//! A person at a real desk: real app and real service over the memory engine, fixed clock, keys in and screens out.

use crate::rig::Rig;
use concord::service::Desk;
use concord::service::api::{Ask, Command, DocAsk, Door, HouseAsk, Now, Reply};
use concord::service::fault::{Fault, FaultKind};
use concord::tui::app::App;
use concord::tui::keymap::{KeyPress, Keymap};
use concord::tui::message::{Alarm, BackupNews, Chore, Effect, Input, Made, Msg, Signal};
use concord::tui::program::Program;
use concord::tui::theme::{Name, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use std::collections::BTreeMap;

pub struct Driver {
    pub rig: Rig,
    pub app: Program,
    alarms: BTreeMap<Alarm, i64>,
    pub quit: Option<i32>,
    pub again: bool,
    /// Keys pressed by name: what is typed is not counted.
    pub pressed: usize,
    /// What the service answers instead, to everything a person waits for.
    pub refuse: Option<FaultKind>,
    /// What was refused so, without what was typed.
    pub refused: Vec<String>,
    size: (u16, u16),
}

impl Driver {
    /// An agency with one person, rosa; nobody signed in; 80x24.
    pub fn new() -> Self {
        Self::at(80, 24)
    }

    pub fn at(width: u16, height: u16) -> Self {
        Self::sized(Rig::founded(), width, height)
    }

    /// This agency; nobody signed in; 80x24.
    pub fn over(rig: Rig) -> Self {
        Self::sized(rig, 80, 24)
    }

    fn sized(rig: Rig, width: u16, height: u16) -> Self {
        let app = Self::fresh_app(&rig.desk, width, height);
        Self {
            rig,
            app,
            alarms: BTreeMap::new(),
            quit: None,
            again: false,
            pressed: 0,
            refuse: None,
            refused: Vec::new(),
            size: (width, height),
        }
    }

    /// The app anew over the same desk, nobody signed in.
    pub fn fresh(&mut self) {
        self.app = Self::fresh_app(&self.rig.desk, self.size.0, self.size.1);
        self.alarms.clear();
    }

    fn fresh_app(desk: &Desk, width: u16, height: u16) -> Program {
        let theme = Theme::plain(Name::Dark, false);
        Program::new(App::new(desk.front(), theme, Keymap::default_map(), Size { width, height }, desk.now()))
    }

    /// A fresh screen that draws in ASCII only.
    pub fn ascii(&mut self) {
        let size = Size { width: self.size.0, height: self.size.1 };
        let theme = Theme::plain(Name::Mono, true);
        let app = App::new(self.rig.desk.front(), theme, Keymap::default_map(), size, self.rig.desk.now());
        self.app = Program::new(app);
    }

    /// The same desk with a fresh screen, as when somebody sits down at it.
    pub fn again(mut self) -> Self {
        self.app = Self::fresh_app(&self.rig.desk, self.size.0, self.size.1);
        self.alarms.clear();
        self
    }

    /// As after closing and opening the program.
    pub fn restart(&mut self) {
        self.rig.restart();
        self.app = Self::fresh_app(&self.rig.desk, self.size.0, self.size.1);
        self.alarms.clear();
    }

    fn now(&self) -> Now {
        self.rig.desk.now()
    }

    pub fn send(&mut self, msg: Msg) {
        let now = self.now();
        let effects = self.app.update(msg, now);
        for effect in effects {
            match effect {
                Effect::Ask(ask) => {
                    let reply = self.answer(*ask);
                    self.send(Msg::Reply(reply));
                }
                Effect::SetAlarm(alarm, ms) => {
                    self.alarms.insert(alarm, now.moment.0 + ms as i64);
                }
                Effect::ClearAlarm(alarm) => {
                    self.alarms.remove(&alarm);
                }
                Effect::Quit(code) => self.quit = Some(code),
                Effect::StartAgain => self.again = true,
                Effect::Help(Chore::Spell(ask)) => self.send(Msg::Spelled(ask.answer())),
                Effect::Help(Chore::Paper(page)) => {
                    let made = concord::boot::paper::make(&page);
                    self.send(Msg::Made(Made { pass: page.pass(), made }));
                }
                Effect::Help(Chore::Backup(ticket)) => {
                    self.send(Msg::Backup(BackupNews::Written(ticket.records())));
                    let made = format!("Backup written to {}, verified.", ticket.file().display());
                    self.send(Msg::Backup(BackupNews::Ended(Ok(made))));
                }
                Effect::Suspend | Effect::Redraw => {}
            }
        }
    }

    fn answer(&mut self, ask: Ask) -> Reply {
        let reads = matches!(
            ask.command,
            Command::House(HouseAsk::Beyond { .. })
                | Command::Door(Door::SignIn { .. } | Door::Resume { .. })
        ) || matches!(&ask.command, Command::Document(ask) if matches!(**ask, DocAsk::Amend { .. }));
        match self.refuse.filter(|_| reads || ask.command.writes()) {
            Some(kind) => {
                let what = format!("{:?}", ask.command);
                self.refused.push(what.split(['{', ',']).next().unwrap_or_default().trim().to_owned());
                let result = Err(Fault::new(kind, "It was refused to see what happens."));
                Reply { ticket: ask.ticket, epoch: ask.epoch, result, owed: None }
            }
            None => self.rig.desk.answer(ask),
        }
    }

    /// Lets time pass, ringing the alarms that fall due on the way.
    pub fn advance(&mut self, ms: i64) {
        let end = self.now().moment.0 + ms;
        loop {
            let now = self.now().moment.0;
            let next =
                self.alarms.iter().map(|(alarm, due)| (*due, *alarm)).min().filter(|(due, _)| *due <= end);
            let Some((due, alarm)) = next else {
                self.rig.advance_ms(end - now);
                return;
            };
            self.rig.advance_ms((due - now).max(0));
            self.alarms.remove(&alarm);
            self.send(Msg::Alarm(alarm));
        }
    }

    /// Presses keys by name, parted by spaces; a word that is no key is typed letter by letter.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            match KeyPress::parse(word) {
                Some(press) => {
                    self.pressed += 1;
                    self.send(Msg::Input(Input::Key(press)));
                }
                None => {
                    self.types(word);
                }
            }
        }
        self
    }

    /// Types a text, spaces too.
    pub fn types(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.send(Msg::Input(Input::Key(KeyPress::char(letter))));
        }
        self
    }

    /// Runs an act by its help line, by way of the palette.
    pub fn run(&mut self, help: &str) -> &mut Self {
        self.keys("ctrl-p").types(help).keys("enter")
    }

    /// Fails unless the menu, which stands open, lists the act somewhere.
    pub fn sees_in_menu(&mut self, help: &str) -> &mut Self {
        let mut seen = String::new();
        self.keys("home");
        for _ in 0..60 {
            seen = self.screen();
            if seen.contains(help) {
                return self;
            }
            self.keys("down");
        }
        panic!("not in the menu: {help:?}\n{seen}");
    }

    pub fn paste(&mut self, text: &str) {
        self.send(Msg::Input(Input::Paste(text.to_owned())));
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.send(Msg::Signal(Signal::Size(width, height)));
    }

    /// The screen, cell by cell.
    pub fn drawn(&self) -> Buffer {
        let (width, height) = self.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test terminal");
        terminal.draw(|frame| self.app.draw(frame)).expect("a frame");
        terminal.backend().buffer().clone()
    }

    /// The screen as text, a line a row.
    pub fn screen(&self) -> String {
        let (width, height) = self.size;
        let buffer = self.drawn();
        (0..height)
            .map(|y| {
                let row: String = (0..width).map(|x| buffer[(x, y)].symbol()).collect();
                row.trim_end().to_owned() + "\n"
            })
            .collect()
    }

    /// Fails with the whole screen if the text is not on it.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "not on the screen: {text:?}\n{screen}");
        self
    }

    /// Fails with the whole screen if the text is on it.
    pub fn sees_no(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "on the screen: {text:?}\n{screen}");
        self
    }

    pub fn sign_in(&mut self, login: &str) -> &mut Self {
        self.sign_in_with(login, Rig::PASSPHRASE)
    }

    pub fn sign_in_with(&mut self, login: &str, passphrase: &str) -> &mut Self {
        self.types(login).keys("tab").types(passphrase).keys("enter");
        self.sees("yours")
    }

    /// Over a lock: only the passphrase is asked.
    pub fn sign_in_again(&mut self) -> &mut Self {
        self.types(Rig::PASSPHRASE).keys("enter");
        self
    }
}

/// Two people as another system would send them.
const BUNDLE: &str = r#"{"resourceType": "Bundle", "type": "collection", "entry": [
  {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1986-03-09",
    "identifier": [{"system": "urn:elsewhere", "value": "77-1"}], "name": [{"family": "Smith", "given": ["Zoë"]}]}},
  {"fullUrl": "urn:uuid:2", "resource": {"resourceType": "Patient", "id": "2", "gender": "male", "birthDate": "1979-08-01",
    "identifier": [{"system": "urn:elsewhere", "value": "77-2"}], "name": [{"family": "Smithson", "given": ["Ola"]}]}},
  {"fullUrl": "urn:uuid:3", "resource": {"resourceType": "Condition", "id": "3", "subject": {"reference": "urn:uuid:1"},
    "code": {"text": "Insomnia"}, "onsetDateTime": "2024-02-11"}}]}"#;

pub fn bring_in(desk: &mut Driver) {
    use concord::service::api::Place;
    desk.rig.sign_in("rosa");
    let options = concord::service::import::ImportOptions::default();
    let mut session = desk.rig.desk.import_begin(options).expect("an admin imports");
    session.file("elsewhere.json", &mut std::io::Cursor::new(BUNDLE), &mut |_, _| ()).expect("a good file");
    session.finish().expect("settled");
    let lock = Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false };
    desk.rig.ok(Command::Door(lock));
}

/// The road of the first issue, by keys alone: a shared desk, a person brought in from another system, admitted, rated,
/// ranked per dimension, a problem in their words, a signed note, a lock, a restart, and everything is there.
#[test]
fn the_whole_road_by_keys() {
    let mut desk = Driver::new();
    bring_in(&mut desk);
    desk.app = Driver::fresh_app(&desk.rig.desk, 80, 24);
    desk.sign_in("rosa").sees("0 people");

    // Found among all people: no silent first match, accents ignored.
    desk.keys("ctrl-w enter").sees("2 people");
    desk.types("smi").keys("enter").sees("2 people match, choose one");
    desk.keys("esc").types("zoe").keys("enter").sees("SMITH, Zoë").sees("A-1002");

    // Admitted.
    // Danger is asked about first; six answers, no danger.
    desk.keys("ctrl-d").sees("SMITH, Zoë").sees("Triage: is there danger now?").sees("Intoxicated now");
    desk.types("222222").keys("enter").sees("Admit SMITH, Zoë");
    desk.keys("enter")
        .types("2.1")
        .keys("enter")
        .sees("► Referred by")
        .keys("enter enter ctrl-s")
        .sees("is admitted to Outpatient")
        .sees("LOC 2.1  day 1");

    // Rated: the highlight is on the first dimension.
    desk.keys("g ctrl-a").keys("1 0 2 2 3 2");
    desk.advance(1_500);
    desk.keys("up enter").types("Evenings after court are the worst.").keys("esc");
    desk.advance(1_500);
    desk.keys("f9").sees("SMITH, Zoë").sees("A-1002");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("assessment is signed");

    // Ranked per dimension.
    desk.keys("esc 5").sees("PLAN").sees("Zoë Smith");
    desk.keys("0").sees("most pressing first");

    // A problem, from the tray of what came in.
    desk.keys("enter p").sees("1 proposal from another system");
    desk.keys("right down ctrl-o").sees("Insomnia");
    desk.keys("enter 3").types("I lie awake and count the sirens.").keys("ctrl-s");
    desk.sees("P1").sees("count the sirens");

    // A note, on disk within a second, signed.
    desk.keys("ctrl-n").sees("Data");
    desk.types("Zoë came on time. \"I walked, I didn't drink.\"");
    desk.advance(1_000);
    desk.sees("Saved 13:0");
    desk.keys("tab").types("Less tense than last week.").keys("tab").types("Call the sister before eight.");
    desk.keys("ctrl-g 1 esc").sees("works on  P1");
    desk.keys("f9").sees("SMITH, Zoë").sees("A-1002");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("Note signed");

    // Locked: nothing of anybody is left. Back after a restart: everything is there.
    desk.keys("ctrl-l").sees("locked").sees_no("Smith").sees_no("SMITH");
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter").sees("SMITH, Zoë");
    desk.keys("n").sees("DAP").keys("enter").sees("Less tense than last week.").sees("signature is valid");
    desk.keys("esc p").sees("count the sirens").keys("g").sees("today");
}

/// The idle clock locks; what was typed into a note is found again in the place it was left.
#[test]
fn an_idle_desk_locks_and_keeps_half_a_sentence() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    desk.rig.admitted("Jo", "Rivera");
    desk.rig.lock();
    desk.app = Driver::fresh_app(&desk.rig.desk, 80, 24);
    desk.sign_in("rosa").keys("ctrl-n").types("half a sen");
    desk.advance(275_000);
    desk.sees("lock");
    desk.advance(30_000);
    desk.sees("locked").sees_no("half a sen").sees_no("RIVERA");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("half a sen");
}

#[test]
fn it_says_so_when_the_window_is_too_small_and_comes_back_when_it_grows() {
    let mut desk = Driver::new();
    desk.sign_in("rosa");
    desk.resize(60, 20);
    desk.sees("most pressing first");
    desk.resize(59, 20);
    desk.sees("60 x 20").sees_no("most pressing");
    // What is not drawn takes no keys, but for closing, the lock and help.
    desk.keys("ctrl-a f8")
        .types("nobody sees this")
        .keys("enter f1")
        .sees("Keys and marks of this page")
        .keys("esc");
    desk.resize(120, 40);
    desk.sees("most pressing first").sees("0 people").sees_no("New task");
    desk.resize(40, 10);
    desk.keys("ctrl-l");
    desk.resize(120, 40);
    desk.sees("locked").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("most pressing first");
    // Where letters find, what is pasted finds; where nothing takes text, that is said.
    desk.paste("nobody of this name");
    desk.sees("nobody of this name").sees("0 people match").keys("esc");
    desk.run("Open cover and teams").sees("Nobody is away");
    desk.paste("a paste where nothing takes text");
    desk.sees("You cannot paste here");
}
