//! A real agency, from the first start to the first signed note, by keys alone. What is typed as a name, a date, a passphrase or prose
//! is not counted; every other key is.

use crate::rig::Rig;
use concord::clock::{Clock, Ids};
use concord::engine::memory::MemoryEngine;
use concord::service::api::{Ask, Now};
use concord::service::thread::{Ground, Office};
use concord::tui::app::App;
use concord::tui::keymap::{KeyPress, Keymap};
use concord::tui::message::{Effect, Input, Msg};
use concord::tui::program::Program;
use concord::tui::theme::{Name, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

/// Most keys from the first start to the signed note, with one person who does all.
const ALONE: usize = 36;
/// Most keys with a colleague who is added, signs in, chooses a passphrase and writes the note.
const WITH_A_COLLEAGUE: usize = 50;

const ROSA: &str = "seven blue lamps";
const TOM: &str = "a kite over town";

/// A computer on which Concord is started for the first time.
struct Fresh {
    office: Office,
    app: Program,
    keys: usize,
    told: Vec<(&'static str, usize)>,
}

impl Fresh {
    fn start() -> Self {
        let office = Office::Empty(Ground {
            engine: Box::new(|| Ok(Box::new(MemoryEngine::new(concord::store::LOOSE)))),
            clock: Clock::fixed("America/Chicago", Rig::NOW).unwrap(),
            ids: Ids::counted(1),
            furnish: Vec::new(),
        });
        let size = Size { width: 80, height: 24 };
        let now = now(&office);
        let app = App::new(office.front(), Theme::plain(Name::Dark, false), Keymap::default_map(), size, now);
        Self { office, app: Program::new(app), keys: 0, told: Vec::new() }
    }

    fn send(&mut self, msg: Msg) {
        let now = now(&self.office);
        for effect in self.app.update(msg, now) {
            if let Effect::Ask(ask) = effect {
                let Ask { ticket, epoch, command } = *ask;
                let reply = self.office.answer(Ask { ticket, epoch, command });
                self.send(Msg::Reply(reply));
            }
        }
    }

    /// Presses keys by name; each counts.
    fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split_whitespace() {
            self.keys += 1;
            let press = KeyPress::parse(word).unwrap_or_else(|| panic!("{word} is no key"));
            self.send(Msg::Input(Input::Key(press)));
        }
        self
    }

    /// Types a name, a date, a passphrase or prose; nothing of it counts.
    fn types(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.send(Msg::Input(Input::Key(KeyPress::char(letter))));
        }
        self
    }

    fn screen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        let lines = terminal.backend().buffer().content.chunks(80);
        let line = |cells: &[ratatui::buffer::Cell]| {
            cells.iter().map(ratatui::buffer::Cell::symbol).collect::<String>()
        };
        lines.map(|cells| line(cells).trim_end().to_owned() + "\n").collect()
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(screen.contains(text), "not on the screen: {text:?}\n{screen}");
        self
    }

    /// What was done since the last time took so many keys.
    fn took(&mut self, what: &'static str) -> &mut Self {
        let before: usize = self.told.iter().map(|(_, keys)| keys).sum();
        self.told.push((what, self.keys - before));
        self
    }

    /// The numbered word of the recovery phrase that is on the screen.
    fn words(&self) -> Vec<String> {
        let shown = self.screen();
        let pieces: Vec<&str> = shown.split_whitespace().collect();
        let word = |number: usize| {
            let is = |two: &&[&str]| two[0] == number.to_string() && two[1].chars().all(char::is_lowercase);
            pieces.windows(2).rev().find(is).expect("a numbered word")[1].to_owned()
        };
        (1..=24).map(word).collect()
    }

    /// Sets the agency up and signs Rosa in.
    fn set_up(&mut self) -> &mut Self {
        self.sees("Set up your agency")
            .types("Lakeside Recovery")
            .keys("enter")
            .types("Rosa Imani")
            .keys("enter");
        self.types("LADC").keys("enter").sees("► Login").sees("rosa").keys("enter").types(ROSA).keys("enter");
        self.sees("Outpatient").sees("ASAM3").sees("America/Chicago").types(ROSA).keys("enter");
        self.took("the set-up");
        let words = self.words();
        self.keys("enter").sees("Two of the words");
        let shown = self.screen();
        let asked: Vec<usize> = (1..=24).filter(|n| shown.contains(&format!("Word {n} "))).collect();
        self.types(&words[asked[0] - 1]).keys("enter").types(&words[asked[1] - 1]).keys("enter");
        self.took("the recovery words").sees("The agency is set up");
        self.types(ROSA).keys("enter").sees("0 people").took("the sign-in")
    }

    /// Registers and admits Jo, and writes and signs the first note.
    fn first_note(&mut self, passphrase: &str) -> &mut Self {
        self.keys("ctrl-a").types("Jo").keys("enter").types("Rivera").keys("enter").types("1991-04-12");
        self.keys("ctrl-s").sees("RIVERA, Jo").took("registering");
        self.keys("ctrl-d").sees("Triage: is there danger now?").keys("2 2 2 2 2 2 enter").took("the triage");
        self.sees("Admit RIVERA, Jo").sees("► Level given");
        self.keys("down up enter")
            .types("2.1")
            .keys("enter")
            .sees("► Referred by")
            .types("self")
            .keys("enter");
        self.keys("ctrl-s").sees("is admitted").took("the admission");
        self.keys("ctrl-n")
            .types("Came on time and told of the week.")
            .keys("tab")
            .types("Calmer than at the call.");
        self.keys("tab").types("Next time on Monday.").keys("f9").sees("assphrase");
        self.types(passphrase).keys("enter").sees("Note signed").took("the first note")
    }

    /// Tells the keys, and fails where they are more than so many.
    fn at_most(&self, most: usize) {
        let told: Vec<String> = self.told.iter().map(|(what, keys)| format!("{what} {keys}")).collect();
        println!("{} keys: {}", self.keys, told.join(", "));
        assert!(self.keys <= most, "{} keys, at most {most}: {}", self.keys, told.join(", "));
    }
}

fn now(office: &Office) -> Now {
    Now::of(&office.clock())
}

#[test]
fn one_person_comes_from_the_first_start_to_a_signed_note() {
    let mut desk = Fresh::start();
    desk.set_up().first_note(ROSA).at_most(ALONE);
}

#[test]
fn a_colleague_is_added_and_signs_the_first_note() {
    let mut desk = Fresh::start();
    desk.set_up().keys("enter").sees("What comes next?").keys("3").sees("Add to the staff");
    desk.types("Tom Reed").keys("enter").types("LPC").keys("enter").sees("tom").keys("enter");
    desk.types("given by rosa").keys("enter").types("given by rosa").keys("ctrl-s");
    desk.sees("Tom Reed can sign in as tom").took("a colleague");
    desk.keys("ctrl-l")
        .sees("locked")
        .keys("up ctrl-u")
        .types("tom")
        .keys("enter")
        .types("given by rosa")
        .keys("enter");
    desk.sees("Choose a passphrase of your own").took("the colleague's sign-in");
    desk.types(TOM).keys("enter").types(TOM).keys("enter").sees("0 people").took("an own passphrase");
    desk.first_note(TOM).at_most(WITH_A_COLLEAGUE);
}
