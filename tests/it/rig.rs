//! A front desk to test with: the real service over the memory engine, fixed clock, counted ids, cheapest derivation.

use concord::boot;
use concord::clock::{Clock, Ids};
use concord::domain::{
    Birth, Client, ClientId, Date, DimensionRef, Episode, LevelDecision, Moment, PersonName, Problem,
    ProblemStatus, StaffId,
};
use concord::engine::memory::MemoryEngine;
use concord::service::Desk;
use concord::service::api::{
    Answer, ChartAsk, ChartView, Command, DocAsk, Done, Door, DraftSave, DraftView, People, Place, Secret,
    SignedIn,
};
use concord::service::fault::Fault;
use concord::service::founding::Founding;
use concord::store::{Opening, Roster, SealedBatch, Store, Transaction, Unlocked, Witness};

/// Seals what a test writes past the service, as an act of whoever has the keys: with a checkpoint.
pub fn sealed(store: &Store, keys: &Unlocked, mut transaction: Transaction) -> SealedBatch {
    let roster = Roster::of(store).expect("a roster");
    let before = store.checkpoint().expect("it reads").expect("a checkpoint").text().expect("a text");
    let audit = store.audit_head().expect("an audit");
    let (newest, open) = (before.newest, before.open);
    transaction.checkpoint(Witness { by: keys.staff, audit, newest, roster: roster.head(), open });
    store.seal_signed(&transaction, &keys.agency, &keys.keys).expect("it is sealed")
}

/// A desk and what it was founded with.
pub struct Rig {
    pub desk: Desk,
    pub engine: MemoryEngine,
    clock: Clock,
    pub phrase: String,
    session: Option<SignedIn>,
}

impl Rig {
    pub const PASSPHRASE: &str = "correct horse";

    /// `2026-11-21 13:00` in Chicago.
    pub const NOW: Moment = Moment(1_795_287_600_000);

    /// An agency with one person: rosa, who is everything.
    pub fn founded() -> Self {
        let clock = Clock::fixed("America/Chicago", Self::NOW).expect("a zone");
        let engine = MemoryEngine::new(concord::store::LOOSE);
        let founding = Founding {
            agency: "Lakeside Recovery".into(),
            zone: "America/Chicago".into(),
            program: "Outpatient".into(),
            set: "ASAM3".into(),
            login: "rosa".into(),
            name: "Rosa Imani".into(),
            credential: "LADC".into(),
            passphrase: Self::secret(),
            help_now: String::new(),
            demo_hint: String::new(),
        };
        let (desk, phrase) = boot::found_on(
            Box::new(engine.twin()),
            &founding,
            &clock,
            &Ids::counted(1),
            boot::cheapest_cost(),
        )
        .expect("an agency");
        Self { desk, engine, clock, phrase, session: None }
    }

    /// The invented agency of so many people; nobody is signed in.
    pub fn demo(clients: u32) -> Self {
        let clock = Clock::fixed("America/Chicago", Self::NOW).expect("a zone");
        let engine = MemoryEngine::new(concord::store::LOOSE);
        let options = boot::DemoOptions { seed: 1, clients, notes_per_client: None };
        let made = boot::make_demo(Box::new(engine.twin()), &options, &clock, &Ids::counted(5), |_| {});
        let (desk, _) = made.expect("an agency");
        Self { desk, engine, clock, phrase: String::new(), session: None }
    }

    /// The recovery phrase of the agency.
    pub fn recovery(&self) -> concord::store::recovery::Phrase {
        concord::store::recovery::Phrase::parse(&self.phrase).expect("a phrase")
    }

    pub fn secret() -> Secret {
        Secret::new(Self::PASSPHRASE.into())
    }

    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    pub fn me(&self) -> StaffId {
        self.session.as_ref().expect("somebody is signed in").staff.id
    }

    pub fn session(&self) -> &SignedIn {
        self.session.as_ref().expect("somebody is signed in")
    }

    pub fn advance_ms(&self, ms: i64) {
        self.clock.advance(ms);
    }

    pub fn in_hours(&self, hours: i64) -> Moment {
        self.clock.now().plus_ms(hours * Moment::HOUR)
    }

    pub fn ok(&mut self, command: Command) -> Answer {
        self.desk.handle(command).expect("it can be done")
    }

    pub fn fault(&mut self, command: Command) -> Fault {
        self.desk.handle(command).expect_err("it must be refused")
    }

    pub fn done(&mut self, command: Command) -> Done {
        match self.ok(command) {
            Answer::Done(done) => *done,
            other => panic!("not done: {other:?}"),
        }
    }

    pub fn draft(&mut self, ask: DocAsk) -> DraftView {
        match self.ok(Command::Document(Box::new(ask))) {
            Answer::Draft(draft) => *draft,
            other => panic!("no draft: {other:?}"),
        }
    }

    pub fn draft_of(&mut self, command: Command) -> DraftView {
        match self.ok(command) {
            Answer::Draft(draft) => *draft,
            other => panic!("no draft: {other:?}"),
        }
    }

    pub fn engine_head(&self) -> concord::engine::Head {
        use concord::engine::Engine;
        self.engine.head()
    }

    /// A second reader of the store, with rosa's keys.
    pub fn reader(&self) -> (Store, Unlocked) {
        let opened = Store::open(Box::new(self.engine.twin())).expect("the agency is there");
        let Opening::Founded(store, _) = opened else { panic!("empty") };
        let login = store.login("rosa").expect("logins").expect("rosa").value;
        let mut keys =
            login.unlock(store.id(), &login.derive(Self::PASSPHRASE).expect("a key")).expect("unlocked");
        keys.agency = keys.agency.with_older(&store);
        keys.audit = keys.audit.map(|audit| audit.with_older(&store));
        (store, keys)
    }

    /// Every audit event, oldest first.
    pub fn audit_events(&self) -> Vec<concord::domain::AuditEvent> {
        let (store, keys) = self.reader();
        let entries = store.audit_read(keys.audit.as_ref().expect("rosa reads the audit"), usize::MAX, None);
        let mut events: Vec<_> =
            entries.expect("a chain").into_iter().filter_map(|entry| entry.event).collect();
        events.reverse();
        events
    }

    pub fn open(&mut self, client: ClientId) -> ChartView {
        match self.ok(Command::Chart(ChartAsk::Open(client))) {
            Answer::Chart(chart) => *chart,
            other => panic!("no chart: {other:?}"),
        }
    }

    fn signed_in(&mut self, answer: Answer) {
        match answer {
            Answer::SignedIn(session) => self.session = Some(*session),
            other => panic!("not signed in: {other:?}"),
        }
    }

    pub fn sign_in(&mut self, login: &str) {
        let answer = self.ok(Command::Door(Door::SignIn { login: login.into(), passphrase: Self::secret() }));
        self.signed_in(answer);
    }

    pub fn recover(&mut self, login: &str, passphrase: &str) {
        let door = Door::Recover {
            phrase: Secret::new(self.phrase.clone()),
            login: login.into(),
            passphrase: Secret::new(passphrase.into()),
        };
        let answer = self.ok(Command::Door(door));
        self.signed_in(answer);
    }

    pub fn try_door(&mut self, login: &str, passphrase: &str) -> Fault {
        self.fault(Command::Door(Door::SignIn {
            login: login.into(),
            passphrase: Secret::new(passphrase.into()),
        }))
    }

    pub fn lock(&mut self) {
        self.lock_with(Vec::new());
    }

    pub fn lock_with(&mut self, drafts: Vec<DraftSave>) {
        match self.ok(Command::Door(Door::Lock { drafts, place: Place::default(), idle: false })) {
            Answer::Locked { fault: None } => self.session = None,
            other => panic!("not locked: {other:?}"),
        }
    }

    /// Another desk on a copy of the store, nobody signed in.
    pub fn on_a_copy(&self) -> Self {
        let (engine, clock) = (self.engine.copy(), self.clock.clone());
        let desk = boot::open_on(Box::new(engine.twin()), &clock, &Ids::System).expect("the agency is there");
        Self { desk, engine, clock, phrase: self.phrase.clone(), session: None }
    }

    /// As after closing and opening the program.
    pub fn restart(&mut self) {
        self.desk = boot::open_on(Box::new(self.engine.twin()), &self.clock, &Ids::counted(2))
            .expect("the agency is there");
    }

    /// A person registered, and admitted nowhere.
    pub fn registered(&mut self, given: &str, family: &str) -> ClientId {
        let client = Box::new(client(given, family));
        let done = self.done(Command::People(People::Register { client, seen: true }));
        done.chart.expect("the chart").client.value.id
    }

    /// A person registered and admitted to the signed-in person's caseload.
    pub fn admitted(&mut self, given: &str, family: &str) -> ClientId {
        let id = self.registered(given, family);
        let episode = Box::new(episode(id, self.me(), self.desk.now().local.date));
        self.done(Command::People(People::Admit { episode, level: crate::rig::level() }));
        id
    }

    /// An episode as the form hands it over.
    pub fn episode_of(&self, client: ClientId, counselor: StaffId) -> Episode {
        episode(client, counselor, self.desk.now().local.date)
    }

    /// The recovery phrase.
    pub fn phrase(&self) -> Secret {
        Secret::new(self.phrase.clone())
    }

    /// A new problem in dimension 3.
    pub fn problem(&self, client: ClientId, wording: &str, words: &str) -> Command {
        let problem = Problem {
            client,
            number: 0,
            wording: wording.into(),
            words: words.into(),
            dimension: DimensionRef { set: "ASAM3".into(), number: 3 },
            second: None,
            stages: Vec::new(),
            status: ProblemStatus::Active,
            status_on: Date::default(),
            rank: 0,
            code: None,
            added_at: Moment::default(),
            added_by: StaffId::default(),
            added_by_name: String::new(),
            changed_at: Moment::default(),
            changed_by: StaffId::default(),
            ..Problem::default()
        };
        Command::Chart(ChartAsk::SaveProblem { problem: Box::new(problem), rev: 0 })
    }
}

/// A person to be registered.
pub fn client(given: &str, family: &str) -> Client {
    Client {
        name: PersonName { given: given.into(), family: family.into() },
        birth: Birth::On(Date::from_ymd(1991, 4, 12).expect("a date")),
        ..Client::default()
    }
}

/// The level of care that an admission decides.
pub fn level() -> Box<LevelDecision> {
    Box::new(LevelDecision { actual: "2.1".into(), ..LevelDecision::default() })
}

/// An episode of theirs, to be admitted to.
pub fn episode(client: ClientId, counselor: StaffId, admitted: Date) -> Episode {
    Episode {
        client,
        number: 0,
        program: "Outpatient".into(),
        admitted,
        discharged: None,
        referral: "self/family".into(),
        mandated: false,
        mandate: String::new(),
        counselor,
        team: Vec::new(),
        review_days: 30,
        created: Moment::default(),
        created_by: StaffId::default(),
        chosen: 0,
    }
}
