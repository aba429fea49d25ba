//! From a key to a frame: the real app and editor, drawn through the terminal backend into a sink.

use super::Rounds;
use super::measure::{Subject, Times, interleaved, work};
use super::people::{self, NOW, SET, TODAY};
use super::table::Line;
use concord::domain::{
    AgencyFront, AgencySettings, ClockTime, DueChoice, HouseRules, LocalTime, PersonalSettings, Role, Staff,
    StaffId,
};
use concord::packs;
use concord::rules::caseload::{CaseloadContext, Standing, compare};
use concord::service::api::{Answer, Colleagues, FrontView, Now, PeopleList, Person, Reply, SignedIn};
use concord::tui::app::App;
use concord::tui::editor::{Editor, EditorCommand, Look};
use concord::tui::keymap::{KeyPress, Keymap};
use concord::tui::message::{Effect, Input, Msg};
use concord::tui::theme::{Name, Theme};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::hint::black_box;
use std::io::{BufWriter, Sink, sink};
use std::sync::Arc;
use std::time::Duration;

const ME: StaffId = StaffId([7; 16]);
/// Every program follows the first rules there are.
static NO_CHOICE: DueChoice = DueChoice { programs: Vec::new(), closed: Vec::new() };

/// The sizes that are measured.
const SIZES: [(u16, u16); 2] = [(80, 24), (200, 60)];
/// What people type to find somebody, one key at a time.
const TYPED: [&str; 5] = ["smith", "jo riv", "sofia", "a-4242", "ukasz kow"];

/// What draws: as in the program, but the bytes go nowhere.
pub(crate) struct Glass(Terminal<CrosstermBackend<BufWriter<Sink>>>);

impl Glass {
    pub(crate) fn new((width, height): (u16, u16)) -> Self {
        concord_colours();
        let backend = CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, sink()));
        let viewport = Viewport::Fixed(Rect { x: 0, y: 0, width, height });
        Self(Terminal::with_options(backend, TerminalOptions { viewport }).expect("a terminal over a sink"))
    }

    pub(crate) fn draw(&mut self, app: &App) {
        self.0.draw(|frame| app.draw(frame)).expect("a frame");
    }

    /// A frame in which every cell differs from the frame before.
    fn fill(&mut self, symbol: char) {
        let all = |frame: &mut ratatui::Frame<'_>| {
            for cell in &mut frame.buffer_mut().content {
                cell.set_char(symbol);
            }
        };
        self.0.draw(all).expect("a frame");
    }
}

/// As the program does when it takes the terminal: bytes must not depend on this environment.
fn concord_colours() {
    crossterm::style::force_color_output(true);
}

pub(crate) fn now() -> Now {
    let local = LocalTime { date: TODAY, time: ClockTime(13 * 60), second: 0 };
    Now { moment: NOW, local, midnight: NOW.plus_ms(11 * 3_600_000) }
}

pub(crate) fn fresh_app((width, height): (u16, u16)) -> App {
    let front = AgencyFront {
        name: "Lakeside Recovery".into(),
        zone: "America/Chicago".into(),
        help_now: String::new(),
        lock_after_s: 300,
        demo_hint: String::new(),
    };
    let front = FrontView { front, notices: Vec::new(), fingerprint: None };
    let theme = Theme::plain(Name::Dark, false);
    App::new(front, theme, Keymap::default_map(), Size { width, height }, now())
}

pub(crate) fn press(app: &mut App, key: KeyPress) -> Vec<Effect> {
    app.update(Msg::Input(Input::Key(key)), now())
}

/// Types into the sign-in screen and hands it this session.
pub(crate) fn seat(app: &mut App, session: SignedIn) {
    let keys = "rosa".chars().map(KeyPress::char).chain(["tab", "x", "enter"].map(key));
    let mut asked = None;
    for key in keys {
        for effect in press(app, key) {
            if let Effect::Ask(ask) = effect {
                asked = Some(ask);
            }
        }
    }
    let ask = asked.expect("Enter asks to sign in");
    let result = Ok(Answer::SignedIn(Box::new(session)));
    app.update(Msg::Reply(Reply { ticket: ask.ticket, epoch: ask.epoch, result, owed: None }), now());
}

pub(crate) fn key(name: &str) -> KeyPress {
    KeyPress::parse(name).expect("the name of a key")
}

fn caseload(count: u32) -> Arc<[Person]> {
    let set = packs::set(SET).expect("the pack is embedded");
    let context = CaseloadContext {
        set,
        first_assessment_days: 10,
        review_days: 90,
        late_after_hours: 24,
        choice: &NO_CHOICE,
    };
    let mut rows: Vec<Person> = (0..count)
        .map(|n| {
            let summary = people::summary(n, ME);
            let standing = Standing::new(&summary, TODAY, NOW, &context);
            Person { summary: Arc::new(summary), standing: Arc::new(standing), also: Vec::new() }
        })
        .collect();
    rows.sort_by(|a, b| compare((&a.summary, &a.standing), (&b.summary, &b.standing)));
    rows.into()
}

fn session(rows: &Arc<[Person]>) -> SignedIn {
    let staff = Staff {
        id: ME,
        login: "rosa".into(),
        name: "Rosa Imani".into(),
        credential: "LADC".into(),
        roles: vec![Role::Counselor],
        supervisor: None,
        cosign_needed: false,
        active: true,
        must_change: false,
        since: NOW,
        settings: PersonalSettings::default(),
        programs: Vec::new(),
        salt: [0; 16],
    };
    SignedIn {
        epoch: 1,
        colleagues: Colleagues::of(std::iter::once(&staff)),
        staff,
        front: fresh_app((80, 24)).facts().front.front.clone(),
        settings: AgencySettings::new(SET, "Outpatient"),
        people: PeopleList {
            look_alikes: 0,
            last_backup: concord::service::api::LastBackup::default(),
            whose: concord::service::api::Whose::Mine,
            rows: Arc::clone(rows),
            beyond: std::sync::Arc::default(),
            hidden: 0,
            watch: concord::service::api::WatchCount::default(),
        },
        due: Arc::default(),
        place: None,
        rules: HouseRules::default(),
        pin: false,
        own: concord::service::api::OwnSecret::default(),
        recovered: None,
        lexicon: concord::domain::Lexicon::default(),
        agency_lexicon: concord::domain::Lexicon::default(),
        owed: Vec::new().into(),
        formats: concord::packs::Formats::default(),
        practice: Arc::default(),
        measures: concord::packs::Instruments::default(),
        forms: concord::packs::ShortForms::default(),
        phrases: Vec::new().into(),
        notices: Vec::new(),
        last: None,
        seconds: Vec::new(),
        mismatches: 0,
    }
}

/// Rosa at home with these people.
struct Home {
    app: App,
    glass: Glass,
    typed: std::iter::Cycle<std::vec::IntoIter<Option<char>>>,
}

impl Home {
    fn with(rows: &Arc<[Person]>, size: (u16, u16)) -> Self {
        let mut app = fresh_app(size);
        seat(&mut app, session(rows));
        let words: Vec<Option<char>> =
            TYPED.iter().flat_map(|word| word.chars().map(Some).chain([None])).collect();
        Self { app, glass: Glass::new(size), typed: words.into_iter().cycle() }
    }

    fn key(&mut self, key: KeyPress) -> Duration {
        let (app, glass) = (&mut self.app, &mut self.glass);
        work(|| {
            black_box(press(app, key));
            glass.draw(app);
        })
    }

    /// The next letter of what is looked for; between two words the find line is left, which does not count.
    fn find_key(&mut self) -> Duration {
        loop {
            match self.typed.next().flatten() {
                Some(letter) => return self.key(KeyPress::char(letter)),
                None => {
                    self.key(key("esc"));
                }
            }
        }
    }
}

pub(crate) fn full_frames(size: (u16, u16)) -> impl FnMut() -> Duration {
    let mut glass = Glass::new(size);
    let mut symbols = ['o', 'x'].into_iter().cycle();
    move || {
        let symbol = symbols.next().unwrap_or('o');
        work(|| glass.fill(symbol))
    }
}

/// Key to frame on a long list, against a frame in which all cells change.
pub(crate) fn key_to_frame(rounds: &Rounds, lines: &mut Vec<Line>) {
    let rows = caseload(rounds.people);
    for size in SIZES {
        let (mut down, mut find) = (Home::with(&rows, size), Home::with(&rows, size));
        let mut full = full_frames(size);
        let mut ranked = Home::with(&rows, size);
        ranked.key(KeyPress::char('3'));
        let [moved, found, in_three, all] = interleaved(
            rounds.many,
            [
                &mut || down.key(key("down")),
                &mut || find.find_key(),
                &mut || ranked.key(key("down")),
                &mut full as Subject<'_>,
            ],
        );
        let who = format!("{} people, {}x{}", rounds.people, size.0, size.1);
        let subjects = [
            ("Down to frame", &moved),
            ("find key to frame", &found),
            ("Down in a ranking to frame", &in_three),
        ];
        for (what, times) in subjects {
            let line = Line::times(&format!("{what}, {who}"), times);
            lines.push(line.against("all cells change", times, &all).at_most(4.0));
        }
    }
}

/// Finding: what one typed letter costs, frame and all.
pub(crate) fn find(rounds: &Rounds, lines: &mut Vec<Line>) {
    for people in [rounds.people, rounds.people * 10] {
        let rows = caseload(people);
        let mut home = Home::with(&rows, (80, 24));
        let [times] = interleaved(rounds.many / 2, [&mut || home.find_key()]);
        lines.push(Line::times(&format!("find, a key, {people} people"), &times));
    }
}

/// Typing at the start of long texts: the rest of the paragraph wraps anew with every letter.
pub(crate) fn editor(rounds: &Rounds, lines: &mut Vec<Line>) {
    let texts = [
        ("5,000 words", people::prose(5_000, 80)),
        ("100 KB, many paragraphs", kilobytes(100, 80)),
        ("100 KB, one paragraph", kilobytes(100, usize::MAX)),
    ];
    for (what, text) in texts {
        let mut full = full_frames((80, 24));
        let (mut editor, mut glass) = (Editor::new(&text), Glass::new((80, 24)));
        editor.resize(80, 24);
        let mut letters = "and what helped ".chars().cycle();
        let mut typing = || {
            let letter = letters.next().unwrap_or(' ');
            work(|| {
                editor.apply(EditorCommand::InsertChar(letter));
                draw_editor(&editor, &mut glass);
            })
        };
        let [typed, all] = interleaved(rounds.many, [&mut typing, &mut full]);
        lines.push(editor_line(what, &typed, &all));
    }
}

fn editor_line(what: &str, typed: &Times, all: &Times) -> Line {
    let line = Line::times(&format!("editor, key to frame, {what}"), typed);
    line.against("all cells change", typed, all).goal("p99 under 2 ms", typed.p99() < 2.0)
}

fn draw_editor(editor: &Editor, glass: &mut Glass) {
    let draw = |frame: &mut ratatui::Frame<'_>| {
        if let Some(at) = editor.draw(frame.area(), frame.buffer_mut(), Look::default()) {
            frame.set_cursor_position(at);
        }
    };
    glass.0.draw(draw).expect("a frame");
}

pub(crate) fn kilobytes(many: usize, a_paragraph: usize) -> String {
    let mut text = people::prose(many * 260, a_paragraph);
    text.truncate(many * 1_000);
    text
}
