//! A person at a real desk: real app and real service over the memory engine, fixed clock, keys in and screens out.

use crate::rig::Rig;
use concord::service::Desk;
use concord::service::api::Now;
use concord::tui::app::App;
use concord::tui::keymap::{KeyPress, Keymap};
use concord::tui::message::{Alarm, Effect, Input, Msg};
use concord::tui::theme::{Name, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use std::collections::BTreeMap;

pub struct Driver {
    pub rig: Rig,
    pub app: App,
    alarms: BTreeMap<Alarm, i64>,
    pub quit: Option<i32>,
    size: (u16, u16),
}

impl Driver {
    /// An agency with one person, rosa; nobody signed in; 80x24.
    pub fn new() -> Self {
        Self::at(80, 24)
    }

    pub fn at(width: u16, height: u16) -> Self {
        let rig = Rig::founded();
        let app = Self::fresh_app(&rig.desk, width, height);
        Self { rig, app, alarms: BTreeMap::new(), quit: None, size: (width, height) }
    }

    fn fresh_app(desk: &Desk, width: u16, height: u16) -> App {
        let theme = Theme::plain(Name::Dark, false);
        App::new(desk.front(), theme, Keymap::default_map(), Size { width, height }, desk.now())
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

    fn send(&mut self, msg: Msg) {
        let now = self.now();
        let effects = self.app.update(msg, now);
        for effect in effects {
            match effect {
                Effect::Ask(ask) => {
                    let reply = self.rig.desk.answer(*ask);
                    self.send(Msg::Reply(reply));
                }
                Effect::SetAlarm(alarm, ms) => {
                    self.alarms.insert(alarm, now.moment.0 + ms as i64);
                }
                Effect::ClearAlarm(alarm) => {
                    self.alarms.remove(&alarm);
                }
                Effect::Quit(code) => self.quit = Some(code),
                Effect::Suspend => {}
            }
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
                Some(press) => self.send(Msg::Input(Input::Key(press))),
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

    pub fn paste(&mut self, text: &str) {
        self.send(Msg::Input(Input::Paste(text.to_owned())));
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.send(Msg::Input(Input::Resize(width, height)));
    }

    /// The screen as text, a line a row.
    pub fn screen(&self) -> String {
        let (width, height) = self.size;
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test terminal");
        terminal.draw(|frame| self.app.draw(frame)).expect("a frame");
        let buffer = terminal.backend().buffer();
        (0..height)
            .map(|y| {
                let row: String = (0..width).map(|x| buffer[(x, y)].symbol()).collect();
                row.trim_end().to_owned() + "\n"
            })
            .collect()
    }

    /// Fails with the whole screen if the text is not on it.
    pub fn sees(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(screen.contains(text), "not on the screen: {text:?}\n{screen}");
        self
    }

    /// Fails with the whole screen if the text is on it.
    pub fn sees_no(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "on the screen: {text:?}\n{screen}");
        self
    }

    pub fn sign_in(&mut self, login: &str) -> &mut Self {
        self.types(login).keys("tab").types(Rig::PASSPHRASE).keys("enter");
        self.sees("mine");
        self
    }
}

#[test]
fn a_person_registers_and_admits_somebody_by_keys() {
    let mut desk = Driver::new();
    desk.sees("Lakeside Recovery");
    desk.sign_in("rosa");
    println!("{}", desk.screen());
    desk.keys("ctrl-k");
    println!("{}", desk.screen());
}
