//! Whole screens, with the role of every cell, as files: what a person sees at 80x24, at 120x40 and at 60x20.
//!
//! A row of a file begins with `|`; the row below it that begins with `:` has a letter under every cell that is not plain
//! (`ROLES`). A file that is missing is written with `CONCORD_BLESS=1`: remove what changed on purpose, bless it, and read it.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::demo::PASSPHRASE;
use concord::tui::action::Action;
use concord::tui::app::App;
use concord::tui::keymap::Keymap;
use concord::tui::program::Program;
use concord::tui::theme::{Name, Role, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier, Style};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (60, 20)];

/// A letter for every look there is; roles that look alike share one. `r` is the highlight, `R` what keeps its own look in it.
const ROLES: [(char, Role); 16] = [
    (' ', Role::Normal),
    ('b', Role::Now),
    ('d', Role::Dim),
    ('f', Role::Focus),
    ('2', Role::Severity(Some(2))),
    ('3', Role::Severity(Some(3))),
    ('4', Role::Severity(Some(4))),
    ('n', Role::TierNow),
    ('a', Role::TierAssess),
    ('w', Role::TierWatch),
    ('q', Role::Quote),
    ('u', Role::Blank),
    ('c', Role::Copied),
    ('m', Role::Misspelled),
    ('x', Role::Better),
    ('p', Role::Repeated),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/screens")
}

fn letter(cell: &Cell, theme: &Theme) -> char {
    let lit = |style: Style| (style.fg.unwrap_or(Color::Reset), style.add_modifier);
    let seen = (cell.fg, cell.modifier);
    if cell.modifier.contains(Modifier::REVERSED) {
        return if seen == lit(theme.style(Role::Selected)) { 'r' } else { 'R' };
    }
    ROLES.iter().find(|(_, role)| lit(theme.style(*role)) == seen).map_or('?', |(letter, _)| *letter)
}

/// The screen as a file holds it.
fn written(buffer: &Buffer) -> String {
    let theme = Theme::plain(Name::Dark, false);
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let row = |of: &dyn Fn(&Cell) -> String| -> String {
            let row: String = (0..buffer.area.width).map(|x| of(&buffer[(x, y)])).collect();
            row.trim_end().to_owned()
        };
        let _ = writeln!(out, "|{}", row(&|cell| cell.symbol().to_owned()));
        let roles = row(&|cell| letter(cell, &theme).to_string());
        if !roles.is_empty() {
            let _ = writeln!(out, ":{roles}");
        }
    }
    out
}

/// Screens of one walk, all named by its word.
struct Shots {
    walk: &'static str,
    taken: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Shots {
    fn of(walk: &'static str) -> Self {
        Self { walk, taken: BTreeSet::new(), wrong: Vec::new() }
    }

    /// Compares what is on the screen, at every size.
    fn take(&mut self, desk: &mut Driver, name: &str) {
        for (width, height) in SIZES {
            self.take_at(desk, name, width, height);
        }
        desk.resize(80, 24);
    }

    fn take_at(&mut self, desk: &mut Driver, name: &str, width: u16, height: u16) {
        desk.resize(width, height);
        let file = format!("{}-{name}-{width}x{height}.txt", self.walk);
        let path = folder().join(&file);
        assert!(self.taken.insert(file.clone()), "{file} is taken twice");
        let drawn = written(&desk.drawn());
        if drawn.lines().any(|line| line.starts_with(':') && line.contains('?')) {
            self.wrong.push(format!("{file}: a cell has a look that is no role's\n{drawn}"));
        }
        if std::env::var_os("CONCORD_BLESS").is_some() && !path.exists() {
            std::fs::create_dir_all(folder()).unwrap();
            std::fs::write(&path, &drawn).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        if kept != drawn {
            let differs = |(kept, drawn): &(&str, &str)| kept != drawn;
            let first = kept.lines().zip(drawn.lines()).find(differs);
            let first =
                first.map_or(String::new(), |(kept, drawn)| format!("\n kept  {kept}\n drawn {drawn}"));
            self.wrong.push(format!("{file} differs{first}"));
        }
    }

    /// Fails with all that differs, and on files that no walk takes any more.
    fn done(self) {
        let begin = format!("{}-", self.walk);
        let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name());
        let files = files.map(|name| name.into_string().unwrap()).filter(|name| name.starts_with(&begin));
        let stale: Vec<String> = files.filter(|name| !self.taken.contains(name)).collect();
        assert!(stale.is_empty(), "no screen is called so any more: {stale:?}");
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n\n"));
    }
}

fn demo(login: &str) -> Driver {
    let mut desk = Driver::over(Rig::demo(60));
    desk.types(login).keys("tab").types(PASSPHRASE).keys("enter");
    desk
}

impl Driver {
    /// Runs an act by its name, by way of the palette.
    fn act(&mut self, name: &str) -> &mut Self {
        let act = Action::named(name).unwrap_or_else(|| panic!("no act is called {name}"));
        self.run(act.help())
    }
}

#[test]
fn the_door() {
    let mut shots = Shots::of("door");
    let mut desk = Driver::new();
    shots.take(&mut desk, "sign-in");
    desk.types("rosa").keys("tab").types("wrong").keys("enter");
    shots.take(&mut desk, "wrong");
    shots.take_at(&mut desk, "too-small", 59, 20);
    let mut front = desk.rig.desk.front();
    front.front.name.clear();
    let (theme, size) = (Theme::plain(Name::Dark, false), Size { width: 80, height: 24 });
    desk.app = Program::new(App::new(front, theme, Keymap::default_map(), size, desk.rig.desk.now()));
    shots.take(&mut desk, "set-up");
    shots.done();
}

#[test]
fn home_and_what_opens_from_it() {
    let mut shots = Shots::of("home");
    let mut desk = demo("rosa");
    shots.take(&mut desk, "people");
    desk.keys("right");
    shots.take(&mut desk, "people-why");
    desk.keys("esc down down");
    shots.take(&mut desk, "people-third");
    desk.types("an");
    shots.take(&mut desk, "find");
    desk.keys("esc esc ctrl-w");
    shots.take(&mut desk, "shown");
    desk.keys("esc ctrl-k");
    shots.take(&mut desk, "menu");
    desk.keys("esc ctrl-p");
    shots.take(&mut desk, "palette");
    desk.types("plan");
    shots.take(&mut desk, "palette-plan");
    desk.keys("esc f1");
    shots.take(&mut desk, "help");
    desk.keys("f1");
    shots.take(&mut desk, "help-all");
    desk.keys("f1");
    shots.take(&mut desk, "help-manual");
    desk.keys("esc 5");
    shots.take(&mut desk, "dimension");
    desk.keys("right");
    shots.take(&mut desk, "dimension-why");
    desk.keys("0 tab");
    shots.take(&mut desk, "today");
    desk.keys("ctrl-u");
    shots.take(&mut desk, "today-state");
    desk.keys("esc ctrl-a");
    shots.take(&mut desk, "today-plan");
    desk.keys("esc tab");
    shots.take(&mut desk, "due");
    desk.keys("tab f5");
    shots.take(&mut desk, "work");
    desk.keys("esc f8");
    shots.take(&mut desk, "task");
    desk.keys("esc ctrl-a");
    shots.take(&mut desk, "register");
    desk.keys("esc f12");
    shots.take(&mut desk, "veil");
    desk.keys("f12").act("phrases");
    shots.take(&mut desk, "phrases");
    desk.keys("enter");
    shots.take(&mut desk, "phrase");
    desk.keys("esc esc").act("words");
    shots.take(&mut desk, "words");
    desk.keys("esc").act("settings");
    shots.take(&mut desk, "settings");
    desk.keys("esc").act("set-pin");
    shots.take(&mut desk, "pin");
    desk.keys("esc").act("change-passphrase");
    shots.take(&mut desk, "passphrase");
    desk.keys("esc");
    shots.take_at(&mut desk, "too-small", 59, 20);
    desk.keys("f1");
    shots.take_at(&mut desk, "too-small-help", 59, 20);
    desk.keys("esc ctrl-l");
    shots.take(&mut desk, "locked");
    shots.done();
}

#[test]
fn what_supervisors_and_admins_see() {
    let mut shots = Shots::of("house");
    let mut desk = demo("ingrid");
    shots.take(&mut desk, "people");
    desk.keys("ctrl-w");
    shots.take(&mut desk, "shown");
    desk.types("oth").keys("enter");
    shots.take(&mut desk, "others");
    desk.keys("esc").act("supervision");
    shots.take(&mut desk, "supervision");
    desk.keys("esc").act("staff");
    shots.take(&mut desk, "staff");
    desk.keys("ctrl-a");
    shots.take(&mut desk, "staff-add");
    desk.keys("esc enter");
    shots.take(&mut desk, "staff-edit");
    desk.keys("esc").act("show-duties");
    shots.take(&mut desk, "duties");
    desk.keys("esc esc").act("cover-board");
    shots.take(&mut desk, "cover");
    desk.keys("ctrl-a");
    shots.take(&mut desk, "cover-add");
    desk.keys("esc esc").act("agency-rules");
    shots.take(&mut desk, "rules");
    let mut desk = demo("fay");
    shots.take(&mut desk, "front-desk");
    desk.keys("enter");
    shots.take(&mut desk, "front-desk-state");
    desk.keys("esc alt-!");
    shots.take(&mut desk, "front-desk-danger");
    desk.keys("tab")
        .types("I took all of them.")
        .keys("tab tab tab")
        .types("303-555-0147")
        .keys("ctrl-s home");
    shots.take(&mut desk, "front-desk-told");
    shots.done();
}

#[test]
fn the_rooms_of_a_chart() {
    let mut shots = Shots::of("chart");
    let mut desk = demo("rosa");
    desk.keys("enter");
    shots.take(&mut desk, "overview");
    desk.keys("ctrl-a");
    shots.take(&mut desk, "triage");
    desk.keys("esc !");
    shots.take(&mut desk, "need");
    desk.keys("esc g");
    shots.take(&mut desk, "grid");
    desk.keys("ctrl-a down 3 up");
    shots.take(&mut desk, "grid-draft");
    desk.keys("enter").types("Nights are the worst.");
    shots.take(&mut desk, "grid-words");
    desk.keys("esc f9");
    shots.take(&mut desk, "grid-complete");
    desk.keys("esc r");
    shots.take(&mut desk, "priorities");
    desk.keys("right");
    shots.take(&mut desk, "priorities-why");
    desk.keys("p");
    shots.take(&mut desk, "plan");
    desk.keys("ctrl-a");
    shots.take(&mut desk, "plan-add");
    desk.keys("esc ctrl-w");
    shots.take(&mut desk, "plan-views");
    desk.keys("esc ctrl-g");
    shots.take(&mut desk, "plan-agree");
    desk.keys("esc ctrl-r");
    shots.take(&mut desk, "review");
    desk.keys("tab enter 1").types("Two of three evenings.");
    shots.take(&mut desk, "review-words");
    desk.keys("esc esc a");
    shots.take(&mut desk, "alliance");
    desk.keys("ctrl-a 4 4 4 5");
    shots.take(&mut desk, "check-in");
    desk.keys("esc ctrl-g m");
    shots.take(&mut desk, "measures");
    desk.keys("ctrl-a 1 2 2");
    shots.take(&mut desk, "measure-entry");
    desk.keys("esc ctrl-g f");
    shots.take(&mut desk, "forms");
    desk.keys("ctrl-a enter 1 1 1 2 1");
    shots.take(&mut desk, "forms-test");
    desk.keys("esc ctrl-g enter");
    shots.take(&mut desk, "forms-read");
    desk.keys("esc n");
    shots.take(&mut desk, "notes");
    desk.keys("down enter");
    shots.take(&mut desk, "note-read");
    desk.keys("esc h");
    shots.take(&mut desk, "history");
    desk.keys("o ctrl-n")
        .types("Came on time. \"I walked, I did not drink.\" We went through the two evenings.");
    shots.take(&mut desk, "note");
    desk.keys("f1");
    shots.take(&mut desk, "note-help");
    desk.keys("esc ctrl-b");
    shots.take(&mut desk, "note-beside");
    desk.keys("ctrl-b f9");
    shots.take(&mut desk, "note-sign");
    shots.done();
}
