//! A person at the desk for tests: keys in, canned answers from the service, and the text of the screen out.

use super::App;
use crate::domain::{
    AgencyFront, AgencySettings, Birth, Client, ClientId, ClockTime, Date, Episode, EpisodeFacts,
    Guardianship, HouseRules, Imported, LevelDecision, LocalTime, Moment, PersonName, PersonalSettings,
    RatingFacts, Role, Severity, Staff, StaffId, Summary,
};
use crate::packs::{Formats, Instruments, ShortForms};
use crate::rules::caseload::{CaseloadContext, Standing};
use crate::rules::owed::{Duty, Owed};
use crate::service::api::{
    Answer, Ask, BackupTicket, ChartView, Colleagues, Command, Door, FrontView, Kept, LastBackup, Now,
    Origin, OwedLine, PeopleList, Person, PhraseLine, PlanView, Reply, SignedIn, WatchCount, Whose,
};
use crate::service::fault::Fault;
use crate::tui::keymap::{KeyPress, Keymap};
use crate::tui::message::{Alarm, Chore, Effect, Input, Mouse, Msg, Signal};
use crate::tui::theme::{Name, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use std::sync::Arc;

pub(crate) struct Rig {
    pub(crate) app: App,
    now: Now,
    pub(crate) asked: Vec<Ask>,
    pub(crate) alarms: Vec<(Alarm, u64)>,
    pub(crate) quit: Option<i32>,
    /// Pages the helper was asked for.
    pub(crate) pages: Vec<u64>,
    /// Backups that are to be written.
    pub(crate) backups: Vec<BackupTicket>,
    /// A new process is to take over.
    pub(crate) again: bool,
}

pub(crate) fn now() -> Now {
    let date = Date::from_ymd(2026, 11, 21).unwrap();
    let time = ClockTime::new(14, 3).unwrap();
    let moment = Moment(1_795_000_000_000);
    // Ten hours are left of the day.
    Now { moment, local: LocalTime { date, time, second: 22 }, midnight: moment.plus_ms(10 * Moment::HOUR) }
}

pub(crate) fn front() -> FrontView {
    let front = AgencyFront {
        name: "Lakeside Recovery".into(),
        zone: "America/Chicago".into(),
        help_now: "On call: 555 0100".into(),
        lock_after_s: 300,
        demo_hint: String::new(),
    };
    FrontView { front, notices: Vec::new(), fingerprint: None }
}

impl Rig {
    /// The facts that screens are drawn from.
    pub(crate) fn cx(&self) -> &crate::tui::facts::Cx {
        &self.app.cx
    }

    /// A desk nobody has signed in to, 80 by 24.
    pub(crate) fn closed() -> Self {
        Self::themed(&Theme::plain(Name::Mono, false))
    }

    /// A desk like [`Rig::closed`] with this theme.
    pub(crate) fn themed(theme: &Theme) -> Self {
        let size = Size { width: 80, height: 24 };
        let app = App::new(front(), *theme, Keymap::default_map(), size, now());
        Self {
            app,
            now: now(),
            asked: Vec::new(),
            alarms: Vec::new(),
            quit: None,
            again: false,
            pages: Vec::new(),
            backups: Vec::new(),
        }
    }

    /// Rosa at her desk with these people.
    pub(crate) fn with(people: Vec<Person>) -> Self {
        let mut rig = Self::closed();
        rig.keys("r o s a tab x enter");
        rig.answer(Answer::SignedIn(Box::new(session(people))));
        rig
    }

    /// Rosa at her desk with Jo Rivera, Sam Okafor and Ann Smith.
    pub(crate) fn home() -> Self {
        Self::with(vec![person(1, "Jo", "Rivera"), person(2, "Sam", "Okafor"), person(3, "Ann", "Smith")])
    }

    /// Rosa in Jo Rivera's chart.
    pub(crate) fn chart() -> Self {
        let mut rig = Self::home();
        rig.keys("enter");
        rig.answer(Answer::Chart(Box::new(chart(1, "Jo", "Rivera"))));
        rig
    }

    pub(crate) fn send(&mut self, msg: Msg) {
        let mut spells = Vec::new();
        for effect in self.app.update(msg, self.now) {
            match effect {
                Effect::Ask(ask) => self.asked.push(*ask),
                Effect::SetAlarm(alarm, ms) => {
                    self.alarms.retain(|(one, _)| *one != alarm);
                    self.alarms.push((alarm, ms));
                }
                Effect::ClearAlarm(alarm) => self.alarms.retain(|(one, _)| *one != alarm),
                Effect::Quit(code) => self.quit = Some(code),
                Effect::StartAgain => self.again = true,
                Effect::Help(Chore::Spell(ask)) => spells.push(ask),
                Effect::Help(Chore::Paper(allowed)) => self.pages.push(allowed.pass()),
                Effect::Help(Chore::Backup(ticket)) => self.backups.push(ticket),
                Effect::Suspend | Effect::Redraw => {}
            }
        }
        for ask in spells {
            self.send(Msg::Spelled(ask.answer()));
        }
    }

    /// Presses keys as keymap files write them, parted by spaces; `smi` is s, m, i.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        for word in keys.split(' ') {
            match KeyPress::parse(word) {
                Some(press) => self.send(Msg::Input(Input::Key(press))),
                None => word.chars().for_each(|c| self.send(Msg::Input(Input::Key(KeyPress::char(c))))),
            }
        }
        self
    }

    /// Types a text, spaces too.
    pub(crate) fn types(&mut self, text: &str) -> &mut Self {
        text.chars().for_each(|c| self.send(Msg::Input(Input::Key(KeyPress::char(c)))));
        self
    }

    pub(crate) fn click(&mut self, x: u16, y: u16) {
        self.send(Msg::Input(Input::Mouse(Mouse::Click { x, y })));
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.send(Msg::Signal(Signal::Size(width, height)));
    }

    /// As on a terminal without colour and without signs beyond ASCII.
    pub(crate) fn ascii(&mut self) {
        self.app.cx.theme = Theme::plain(Name::Mono, true);
    }

    pub(crate) fn alarm(&mut self, alarm: Alarm) {
        self.alarms.retain(|(one, _)| *one != alarm);
        self.send(Msg::Alarm(alarm));
    }

    /// Where keys are read on the page on top.
    pub(crate) fn page_scopes(&self) -> Vec<crate::tui::action::Scope> {
        self.app.screens.top().scopes()
    }

    pub(crate) fn last(&self) -> &Ask {
        self.asked.last().expect("something was asked")
    }

    pub(crate) fn command(&self) -> &Command {
        &self.last().command
    }

    /// Answers the latest ask.
    pub(crate) fn answer(&mut self, answer: Answer) {
        self.answer_to(self.last().ticket, self.last().epoch, Ok(answer));
    }

    /// Answers the latest ask, and tells what is owed with it.
    pub(crate) fn answer_owing(&mut self, answer: Answer, owed: Vec<OwedLine>) {
        let (ticket, epoch) = (self.last().ticket, self.last().epoch);
        self.send(Msg::Reply(Reply { ticket, epoch, result: Ok(answer), owed: Some(owed.into()) }));
    }

    /// What was asked last is done.
    pub(crate) fn done(&mut self) -> &mut Self {
        self.answer(Answer::Done(Box::default()));
        self
    }

    pub(crate) fn refuse(&mut self, fault: Fault) {
        self.answer_to(self.last().ticket, self.last().epoch, Err(fault));
    }

    pub(crate) fn answer_to(&mut self, ticket: u64, epoch: u64, result: Result<Answer, Fault>) {
        self.send(Msg::Reply(Reply { ticket, epoch, result, owed: None }));
    }

    /// The screen as text, a line a row, blanks at the ends left out.
    pub(crate) fn screen(&self) -> String {
        let size = self.app.facts().size;
        let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let rows = buffer.content.chunks(usize::from(size.width));
        rows.map(|row| {
            row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned() + "\n"
        })
        .collect()
    }

    pub(crate) fn sees(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        self
    }

    pub(crate) fn sees_not(&self, text: &str) -> &Self {
        let screen = self.screen();
        assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        self
    }

    pub(crate) fn locked_with(&self) -> &Door {
        match self.command() {
            Command::Door(door @ Door::Lock { .. }) => door,
            other => panic!("not a lock: {other:?}"),
        }
    }
}

/// A piece of work of Rosa's in the chart of person `n`.
pub(crate) fn owed(n: u8, duty: Duty, number: u32) -> OwedLine {
    let me = rosa().id;
    let since = Date::from_ymd(2026, 11, 21).unwrap();
    let service = Some(since);
    let client = ClientId([n; 16]);
    let owed =
        Owed { duty, client, number, by: Some(me), author: me, taken: false, service, since, deadline: None };
    OwedLine {
        owed,
        mine: true,
        agencys: false,
        name: "Jo Rivera".into(),
        record_no: format!("A-10{n:02}").into(),
        birth: Birth::On(Date::from_ymd(1991, 4, 12).unwrap()),
        phones: String::new(),
        about: "DAP note, 21 Nov".into(),
        author: "Rosa Imani LADC".into(),
        who: "Rosa Imani".into(),
        rule: None,
        session: None,
        task: None,
        need: None,
    }
}

pub(crate) fn rosa() -> Staff {
    Staff {
        id: StaffId([7; 16]),
        login: "rosa".into(),
        name: "Rosa Imani".into(),
        credential: "LADC".into(),
        roles: vec![Role::Counselor, Role::Admin],
        supervisor: None,
        cosign_needed: false,
        active: true,
        must_change: false,
        since: Moment(0),
        settings: PersonalSettings::default(),
        ..Staff::default()
    }
}

pub(crate) fn session(people: Vec<Person>) -> SignedIn {
    SignedIn {
        epoch: 1,
        staff: rosa(),
        front: front().front,
        settings: AgencySettings::new("ASAM3", "Outpatient"),
        colleagues: Colleagues::of(std::iter::once(&rosa())),
        people: PeopleList {
            whose: Whose::Mine,
            rows: people.into(),
            beyond: std::sync::Arc::default(),
            hidden: 0,
            watch: WatchCount::default(),
            look_alikes: 0,
            last_backup: LastBackup::default(),
        },
        due: std::sync::Arc::default(),
        place: None,
        rules: HouseRules::default(),
        pin: false,
        own: crate::service::api::OwnSecret::default(),
        recovered: None,
        lexicon: crate::domain::Lexicon::default(),
        agency_lexicon: crate::domain::Lexicon::default(),
        owed: Vec::new().into(),
        formats: Formats::default(),
        practice: Arc::default(),
        measures: Instruments::default(),
        forms: ShortForms::default(),
        phrases: crate::packs::phrases()
            .iter()
            .map(|phrase| PhraseLine { origin: Origin::Shipped, rev: 0, phrase: phrase.clone() })
            .collect(),
        notices: Vec::new(),
        last: None,
        seconds: Vec::new(),
        mismatches: 0,
    }
}

pub(crate) fn summary(n: u8, given: &str, family: &str) -> Summary {
    let rating = |dimension: u8, now: Severity| RatingFacts {
        dimension,
        now: Some(now),
        on: Date::from_ymd(2026, 11, 4).unwrap(),
        was: vec![Some(Severity::Moderate)],
        ..RatingFacts::default()
    };
    Summary {
        client: ClientId([n; 16]),
        name: format!("{given} {family}").into(),
        sort: format!("{family} {given}").to_lowercase().into(),
        find: format!("{given} {family}").to_lowercase().into(),
        record_no: format!("A-10{n:02}").into(),
        birth: Birth::On(Date::from_ymd(1991, 4, 12).unwrap()),
        episode: Some(EpisodeFacts {
            number: 1,
            admitted: Date::from_ymd(2026, 10, 19).unwrap(),
            level: "2.1".into(),
            program: "Outpatient".into(),
            counselor: StaffId([7; 16]),
            review_days: 90,
            ..EpisodeFacts::default()
        }),
        ratings: vec![rating(3, Severity::Serious), rating(5, Severity::Mild)],
        set: "ASAM3".into(),
        ..Summary::default()
    }
}

pub(crate) fn person(n: u8, given: &str, family: &str) -> Person {
    person_of(summary(n, given, family))
}

pub(crate) fn person_of(summary: Summary) -> Person {
    let set = crate::packs::set("ASAM3").unwrap();
    let context = CaseloadContext {
        set,
        first_assessment_days: 10,
        late_after_hours: 24,
        review_days: 90,
        choice: &crate::rules::due::NO_CHOICE,
    };
    let standing = Standing::new(&summary, now().local.date, now().moment, &context);
    Person { summary: Arc::new(summary), standing: Arc::new(standing), also: Vec::new() }
}

#[expect(clippy::too_many_lines, reason = "a line for each kind of record")]
pub(crate) fn chart(n: u8, given: &str, family: &str) -> ChartView {
    let client = Client {
        id: ClientId([n; 16]),
        record_no: format!("A-10{n:02}"),
        name: PersonName { given: given.into(), family: family.into() },
        pronouns: "they/them".into(),
        birth: Birth::On(Date::from_ymd(1991, 4, 12).unwrap()),
        ..Client::default()
    };
    let episode = Episode {
        client: client.id,
        number: 1,
        program: "Outpatient".into(),
        admitted: Date::from_ymd(2026, 10, 19).unwrap(),
        referral: "self".into(),
        mandated: true,
        counselor: StaffId([7; 16]),
        review_days: 90,
        created_by: StaffId([7; 16]),
        ..Episode::default()
    };
    let level = LevelDecision {
        client: client.id,
        number: 1,
        episode: 1,
        on: episode.admitted,
        indicated: "2.1".into(),
        actual: "2.1".into(),
        ..LevelDecision::default()
    };
    ChartView {
        unplanned: 0,
        unrecorded: 0,
        client: Kept { rev: 1, value: client },
        person: person(n, given, family),
        episodes: vec![Kept { rev: 1, value: episode }],
        wants: None,
        wants_before: Vec::new(),
        needs: Vec::new(),
        times: Vec::new(),
        assessments: Vec::new(),
        problems: Vec::new(),
        plan: PlanView::default(),
        diagnoses: Vec::new(),
        helps: Vec::new(),
        discharges: Vec::new(),
        safeties: Vec::new(),
        contacts: Vec::new(),
        stay: None,
        measures: Vec::new(),
        wordings: Vec::new(),
        criticals: Vec::new(),
        checkins: Vec::new(),
        apart: Vec::new(),
        alerts: Vec::new(),
        ways: None,
        short: Vec::new(),
        ruptures: Vec::new(),
        levels: vec![Kept { rev: 1, value: level }],
        imported: Imported::default(),
        notes: Vec::new(),
        older_notes: false,
        drafts: Vec::new(),
        answers: None,
        guardian: Guardianship::default(),
        lives: Vec::new(),
        may_write: true,
        may_read: true,
        may_answer: true,
        may_history: true,
        triage: None,
        namesakes: Vec::new(),
        line: None,
        same: Vec::new(),
        also: Vec::new(),
    }
}
