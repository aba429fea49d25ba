//! Random commands of three people at the front desk, against a naive reference that keeps plain lists.
//!
//! After every command the records in the store equal the reference, summaries equal a fresh derivation, the audit has
//! grown by exactly what the command says, and what was refused changed nothing, not even the engine's head.

mod naive;

use crate::rig::Rig;
use concord::domain::*;
use concord::engine::{Engine, Head};
use concord::rules::summary::{Noted, Records, summarise};
use concord::service::api::{Answer, ChartAsk, Command, DocAsk, DraftBody, DraftSave, People};
use concord::service::fault::{Fault, FaultKind};
use concord::store::{DocHead, DocText, DraftHead, Opening, Repo, Roster, Store, Unlocked};
use naive::{Expected, Naive, Who};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::RefCell;

/// What somebody does next. Numbers choose among what is there.
#[derive(Clone, Debug)]
pub enum Step {
    SignIn(Who),
    Register,
    Rename { client: usize, stale: bool },
    Admit { client: usize, to: Who },
    OpenChart { client: usize },
    AddProblem { client: usize },
    ChangeProblem { client: usize, problem: usize, stale: bool },
    MoveProblem { client: usize, problem: usize, up: bool },
    Wants { client: usize, stale: bool },
    Raise { client: usize },
    Decide { client: usize, need: usize, resolve: bool, stale: bool },
    NewNote { client: usize },
    SaveNote { client: usize, draft: u32 },
    OpenNote { client: usize, draft: u32 },
    DeleteNote { client: usize, draft: u32 },
    SignNote { client: usize, draft: u32 },
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    let who = || prop_oneof![Just(Who::Sam), Just(Who::Kim), Just(Who::Ada)];
    let client = 0usize..3;
    let stale = || prop::bool::weighted(0.1);
    let draft = 1u32..3;
    prop_oneof![
        1 => who().prop_map(Step::SignIn),
        3 => Just(Step::Register),
        2 => (client.clone(), stale()).prop_map(|(client, stale)| Step::Rename { client, stale }),
        4 => (client.clone(), who()).prop_map(|(client, to)| Step::Admit { client, to }),
        1 => client.clone().prop_map(|client| Step::OpenChart { client }),
        5 => client.clone().prop_map(|client| Step::AddProblem { client }),
        3 => (client.clone(), 0usize..4, stale())
            .prop_map(|(client, problem, stale)| Step::ChangeProblem { client, problem, stale }),
        3 => (client.clone(), 0usize..4, any::<bool>())
            .prop_map(|(client, problem, up)| Step::MoveProblem { client, problem, up }),
        5 => (client.clone(), stale()).prop_map(|(client, stale)| Step::Wants { client, stale }),
        2 => client.clone().prop_map(|client| Step::Raise { client }),
        3 => (client.clone(), 0usize..3, any::<bool>(), stale())
            .prop_map(|(client, need, resolve, stale)| Step::Decide { client, need, resolve, stale }),
        3 => client.clone().prop_map(|client| Step::NewNote { client }),
        3 => (client.clone(), draft.clone()).prop_map(|(client, draft)| Step::SaveNote { client, draft }),
        1 => (client.clone(), draft.clone()).prop_map(|(client, draft)| Step::OpenNote { client, draft }),
        1 => (client.clone(), draft.clone()).prop_map(|(client, draft)| Step::DeleteNote { client, draft }),
        2 => (client, draft).prop_map(|(client, draft)| Step::SignNote { client, draft }),
        4 => Just(Step::Undo),
        2 => Just(Step::Redo),
    ]
}

/// Single steps, and acts in a row on one chart that are taken back and done again in a row.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let act = |client: usize| {
        prop_oneof![
            Just(Step::Wants { client, stale: false }),
            Just(Step::AddProblem { client }),
            Just(Step::ChangeProblem { client, problem: 0, stale: false }),
            Just(Step::MoveProblem { client, problem: 1, up: true }),
            Just(Step::Rename { client, stale: false }),
        ]
    };
    let row = (0usize..2).prop_flat_map(move |client| prop::collection::vec(act(client), 2..6));
    let turns = (row, 1usize..6, 0usize..6).prop_map(|(mut row, back, again)| {
        row.extend(std::iter::repeat_n(Step::Undo, back));
        row.extend(std::iter::repeat_n(Step::Redo, again));
        row
    });
    prop_oneof![8 => step().prop_map(|step| vec![step]), 1 => turns]
}

/// The desk under test, a second reader of its store, and the reference.
struct Trial {
    rig: Rig,
    store: Store,
    keys: Unlocked,
    naive: Naive,
    count: u32,
}

/// The agency with its staff, made once; every case works on a copy.
struct Base {
    rig: Rig,
    kim: StaffId,
    sam: StaffId,
    ada: StaffId,
}

fn base() -> Base {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    let sam = rig.hire("sam", &[Role::Counselor], Some(kim));
    let ada = rig.hire("ada", &[Role::Admin], None);
    rig.lock();
    Base { rig, kim, sam, ada }
}

impl Trial {
    fn new(base: &Base) -> Self {
        let rig = base.rig.on_a_copy();
        let Opening::Founded(store, _) = Store::open(Box::new(rig.engine.twin())).unwrap() else {
            panic!("empty")
        };
        let login = store.login("rosa").unwrap().unwrap().value;
        let keys = login.unlock(store.id(), &login.derive(Rig::PASSPHRASE).unwrap()).unwrap();
        let naive = Naive::new([base.sam, base.kim, base.ada]);
        let mut trial = Self { rig, store, keys, naive, count: 0 };
        trial.sign_in(Who::Sam);
        trial
    }

    fn repo(&self) -> Repo<'_> {
        self.store.repo(&self.keys.agency)
    }

    fn sign_in(&mut self, who: Who) {
        self.rig.sign_in(who.login());
        self.naive.sign_in(who);
    }

    /// New text for the next thing typed.
    fn words(&mut self) -> String {
        self.count += 1;
        format!("What was said the {}th time, at some length", self.count)
    }

    /// The command of a step, with the revisions that stand in the store (or others, when stale). `None` = there is
    /// nothing it could be about.
    fn command(&mut self, step: &Step, words: &str) -> Option<Command> {
        let chosen = |client: &usize| self.naive.clients.get(*client).map(|known| known.id);
        Some(match step {
            Step::SignIn(_) => return None,
            Step::Register => {
                let name = PersonName { given: words.into(), family: "Person".into() };
                let birth = Birth::On(Date::from_ymd(1980, 5, 5).unwrap());
                let client = Box::new(Client { name, birth, ..Client::default() });
                Command::People(People::Register { client, seen: true })
            }
            Step::Rename { client, stale } => {
                let kept = self.repo().get::<Client>(chosen(client)?, 1).unwrap().unwrap();
                let client = Box::new(Client { preferred: words.into(), ..kept.value });
                Command::People(People::Change { client, rev: wrong_if(*stale, kept.rev.0), seen: true })
            }
            Step::Admit { client, to } => {
                let episode = self.episode(chosen(client)?, self.naive.id(*to));
                Command::People(People::Admit {
                    episode: Box::new(episode),
                    level: Box::new(concord::domain::LevelDecision {
                        actual: "2.1".into(),
                        ..Default::default()
                    }),
                })
            }
            Step::OpenChart { client } => Command::Chart(ChartAsk::Open(chosen(client)?)),
            Step::AddProblem { client } => self.rig.problem(chosen(client)?, words, ""),
            Step::ChangeProblem { client, problem, stale } => {
                let number = self.naive.clients.get(*client)?.now.problems.get(*problem)?.0;
                let kept = self.repo().get::<Problem>(chosen(client)?, number).unwrap().unwrap();
                let problem = Box::new(Problem { wording: words.into(), ..kept.value });
                Command::Chart(ChartAsk::SaveProblem { problem, rev: wrong_if(*stale, kept.rev.0) })
            }
            Step::MoveProblem { client, problem, up } => {
                let number = self.naive.clients.get(*client)?.now.problems.get(*problem)?.0;
                Command::Chart(ChartAsk::MoveProblem { client: chosen(client)?, number, up: *up })
            }
            Step::Wants { client, stale } => {
                let id = chosen(client)?;
                let rev = self.repo().get::<Wants>(id, 1).unwrap().map_or(0, |kept| kept.rev.0);
                let wants = Box::new(Wants { wants: words.into(), ..Wants::default() });
                Command::Chart(ChartAsk::RecordWants { client: id, wants, rev: wrong_if(*stale, rev) })
            }
            Step::Raise { client } => Command::Chart(ChartAsk::RaiseNeed {
                client: chosen(client)?,
                dimension: DimensionRef { set: "ASAM3".into(), number: 3 },
                reason: words.into(),
                source: NeedSource::Clinician,
                done: None,
            }),
            Step::Decide { client, need, resolve, stale } => {
                self.naive.clients.get(*client)?.needs.get(*need)?;
                let (client, number) = (chosen(client)?, *need as u32 + 1);
                let kept = self.repo().get::<ImmediateNeed>(client, number).unwrap().unwrap();
                let state = if *resolve {
                    NeedState::Resolved { outcome: words.into() }
                } else {
                    NeedState::InHand {
                        action: words.into(),
                        owner: kept.value.raised_by,
                        recheck_at: Moment(0),
                    }
                };
                Command::Chart(ChartAsk::DecideNeed {
                    client,
                    number,
                    rev: wrong_if(*stale, kept.rev.0),
                    state,
                })
            }
            Step::NewNote { client } => {
                draft(DocAsk::NewNote { client: chosen(client)?, format: String::new(), addendum_to: 0 })
            }
            Step::SaveNote { client, draft: number } => {
                draft(DocAsk::Save(self.save(chosen(client)?, *number, words)))
            }
            Step::OpenNote { client, draft: number } => {
                draft(DocAsk::Open { client: chosen(client)?, number: *number })
            }
            Step::DeleteNote { client, draft: number } => {
                draft(DocAsk::Delete { client: chosen(client)?, number: *number })
            }
            Step::SignNote { client, draft: number } => {
                let save = self.save(chosen(client)?, *number, words);
                draft(DocAsk::Sign { save, passphrase: Rig::secret() })
            }
            Step::Undo => Command::Undo,
            Step::Redo => Command::Redo,
        })
    }

    fn episode(&self, client: ClientId, counselor: StaffId) -> Episode {
        Episode {
            client,
            number: 0,
            program: "Outpatient".into(),
            admitted: self.rig.clock().today(),
            discharged: None,
            referral: String::new(),
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

    fn save(&self, client: ClientId, number: u32, words: &str) -> DraftSave {
        let section = |key: &str| Section { key: key.into(), title: String::new(), text: words.into() };
        let sections = ["data", "assessment", "plan"].map(section).to_vec();
        let service = Service { date: self.rig.clock().today(), minutes: 50, ..Service::default() };
        let format = "DAP".into();
        let body = DraftBody::Note(NoteDraft { format, service, sections, ..NoteDraft::default() });
        DraftSave { client, number, edits: 1, body }
    }

    /// Carries a command out. Of an undo that says first what it would undo, the second press counts.
    fn handled(&mut self, command: Command) -> Result<Answer, Fault> {
        match self.rig.desk.handle(command.clone()) {
            Err(fault) if format!("{fault:?}").contains("Press [key:undo] again") => {
                self.rig.desk.handle(command)
            }
            other => other,
        }
    }

    /// Does a step and checks everything. With `full` the disk refuses first; then the same command is given again.
    fn run(&mut self, step: &Step, full: bool) -> Result<(), TestCaseError> {
        if let Step::SignIn(who) = step {
            self.sign_in(*who);
            return self.check();
        }
        let words = self.words();
        let Some(command) = self.command(step, &words) else { return Ok(()) };
        let expected = self.naive.expect(step);
        // Reading goes on while the disk is full; that is tested by itself.
        let reads = matches!(step, Step::OpenChart { .. } | Step::OpenNote { .. });
        if full && !reads && matches!(expected, Expected::Done(..)) {
            self.rig.engine.faults().disk_full(true);
            let before = self.before();
            let refused = self.handled(command.clone()).map(|_| ()).map_err(|fault| fault.kind);
            prop_assert_eq!(refused, Err(FaultKind::Storage), "{:?} on a full disk", step);
            prop_assert_eq!(self.before(), before);
            self.rig.engine.faults().disk_full(false);
            self.check()?;
        }
        let before = self.before();
        let result = self.handled(command);
        match &expected {
            Expected::Refused(kind) => {
                let got = result.map(|_| ()).map_err(|fault| fault.kind);
                prop_assert_eq!(got, Err(*kind), "{:?} by {:?}", step, self.naive.who);
                prop_assert_eq!(self.before(), before, "{:?} was refused and changed something", step);
            }
            Expected::Done(act) => {
                if let Err(fault) = result {
                    return Err(TestCaseError::fail(format!("{step:?} by {:?}: {fault}", self.naive.who)));
                }
                let events = before.1 + u32::from(act.is_some());
                prop_assert_eq!(self.before().1, events, "{:?}: events", step);
                if let Some(act) = act {
                    prop_assert_eq!(self.last_event(), (*act, Some(self.naive.me())), "{:?}", step);
                }
            }
        }
        let id = if matches!(step, Step::Register) { self.newest_client() } else { None };
        self.naive.apply(step, &expected, &words, id);
        self.check()
    }

    /// Where the engine stands, and how many events there are.
    fn before(&self) -> (Head, u32) {
        (self.rig.engine.head(), self.store.audit_head().unwrap().number)
    }

    fn last_event(&self) -> (Act, Option<StaffId>) {
        let entries = self.store.audit_read(self.keys.audit.as_ref().unwrap(), 1, None).unwrap();
        let event = entries[0].event.clone().unwrap();
        (event.act, event.who)
    }

    fn newest_client(&self) -> Option<ClientId> {
        let mut ids = Vec::new();
        self.repo()
            .scan::<Client>(|kept| {
                ids.push(kept.value.id);
                Ok(())
            })
            .unwrap();
        ids.into_iter().find(|id| self.naive.clients.iter().all(|known| known.id != *id))
    }

    /// The store holds what the reference holds; summaries are fresh; the audit chain is whole.
    fn check(&self) -> Result<(), TestCaseError> {
        for known in &self.naive.clients {
            let repo = self.repo();
            let client = repo.get::<Client>(known.id, 1).unwrap().unwrap().value;
            prop_assert_eq!(&client.preferred, &known.now.preferred);
            let episodes = repo.list::<Episode>(known.id).unwrap();
            prop_assert_eq!(episodes.first().map(|kept| kept.value.counselor), known.counselor);
            let mut problems = repo.list::<Problem>(known.id).unwrap();
            problems.sort_by_key(|kept| (kept.value.rank, kept.number));
            let listed: Vec<_> =
                problems.iter().map(|kept| (kept.number, kept.value.wording.clone())).collect();
            prop_assert_eq!(&listed, &known.now.problems);
            let wants = repo.get::<Wants>(known.id, 1).unwrap().map(|kept| kept.value.wants);
            prop_assert_eq!(&wants, &known.now.wants);
            let needs: Vec<_> = repo.list::<ImmediateNeed>(known.id).unwrap();
            prop_assert_eq!(
                needs.iter().map(|kept| kept.value.state.open()).collect::<Vec<_>>(),
                known.needs.clone()
            );
            let mut drafts = Vec::new();
            for head in repo.list::<DraftHead>(known.id).unwrap() {
                let (doc, _) = repo.draft(known.id, head.number).unwrap().unwrap();
                let DraftBody::Note(note) = doc.body else { panic!("no grids here") };
                drafts.push((head.number, doc.head.by, note.sections[0].text.clone()));
            }
            prop_assert_eq!(&drafts, &known.drafts);
            let notes: Vec<_> = repo.list::<DocText>(known.id).unwrap();
            let texts: Vec<_> =
                notes.iter().map(|kept| kept.value.note().unwrap().sections[0].text.clone()).collect();
            prop_assert_eq!(&texts, &known.notes);
            self.check_summary(known.id)?;
        }
        let audit = self.store.audit_verify().unwrap();
        prop_assert_eq!(audit.broken_at, None);
        let roster = Roster::of(&self.store).unwrap();
        prop_assert_eq!(self.store.compare(&roster).unwrap(), Vec::new(), "no act leaves a mismatch");
        Ok(())
    }

    fn check_summary(&self, id: ClientId) -> Result<(), TestCaseError> {
        let repo = self.repo();
        let heads = repo.list::<DocHead>(id).unwrap();
        let heads: Vec<NoteHead> = heads.iter().filter_map(|kept| kept.value.note()).collect();
        let drafts: Vec<DraftFacts> = repo
            .list::<DraftHead>(id)
            .unwrap()
            .into_iter()
            .map(|kept| kept.value)
            .map(|head| DraftFacts { by: head.by, number: head.number, kind: head.kind, since: head.since })
            .collect();
        let client = repo.get::<Client>(id, 1).unwrap().unwrap().value;
        let episodes = repo.list::<Episode>(id).unwrap();
        let levels: Vec<_> =
            repo.list::<LevelDecision>(id).unwrap().into_iter().map(|kept| kept.value).collect();
        let needs: Vec<_> =
            repo.list::<ImmediateNeed>(id).unwrap().into_iter().map(|kept| kept.value).collect();
        let problems: Vec<_> = repo.list::<Problem>(id).unwrap().into_iter().map(|kept| kept.value).collect();
        let wants = repo.get::<Wants>(id, 1).unwrap().map(|kept| kept.value);
        let clock = self.rig.clock();
        let episodes: Vec<_> = episodes.into_iter().map(|kept| kept.value).collect();
        let last_contact = heads.iter().map(|head| head.service.date).max();
        let notes = Noted { count: heads.len() as u32, last_contact, waiting: Vec::new() };
        let day_of = |at| clock.local(at).date;
        let fresh = summarise(&Records {
            client: Some(&client),
            episodes: &episodes,
            levels: &levels,
            needs: &needs,
            wants: wants.as_ref(),
            problems: &problems,
            notes: &notes,
            drafts: &drafts,
            ..Records::none(&day_of)
        });
        prop_assert_eq!(repo.get::<Summary>(id, 1).unwrap().unwrap().value, fresh);
        Ok(())
    }
}

fn draft(ask: DocAsk) -> Command {
    Command::Document(Box::new(ask))
}

fn wrong_if(stale: bool, rev: u32) -> u32 {
    if stale { rev + 7 } else { rev }
}

#[test]
fn the_front_desk_does_what_a_plain_list_would() {
    let base = base();
    let done = RefCell::new(0);
    let config = Config { cases: 16, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let steps = prop::collection::vec((steps(), prop::bool::weighted(0.06)), 15..40);
    let run = TestRunner::new(config).run(&steps, |steps| {
        let mut trial = Trial::new(&base);
        // A caseload to begin with: one of sam's, one of kim's, one nobody's.
        for step in [
            Step::Register,
            Step::Register,
            Step::Register,
            Step::Admit { client: 0, to: Who::Sam },
            Step::Admit { client: 1, to: Who::Kim },
        ] {
            trial.run(&step, false)?;
        }
        for (row, full) in &steps {
            for step in row {
                trial.run(step, *full)?;
                *done.borrow_mut() += 1;
            }
        }
        Ok(())
    });
    if let Err(error) = run {
        panic!("{error}");
    }
    assert!(*done.borrow() > 300, "something was done");
}

#[test]
fn every_refusal_of_the_table_once() {
    let base = base();
    let mut trial = Trial::new(&base);
    let (mut allowed, mut refused) = (0, 0);
    for who in [Who::Sam, Who::Kim, Who::Ada] {
        trial.sign_in(who);
        for to in [None, Some(Who::Sam), Some(Who::Kim)] {
            trial.sign_in(Who::Kim);
            let client = trial.naive.clients.len();
            trial.run(&Step::Register, false).unwrap();
            if let Some(to) = to {
                trial.run(&Step::Admit { client, to }, false).unwrap();
                trial.run(&Step::AddProblem { client }, false).unwrap();
                trial.run(&Step::NewNote { client }, false).unwrap();
            }
            trial.sign_in(who);
            for step in [
                Step::OpenChart { client },
                Step::Rename { client, stale: false },
                Step::AddProblem { client },
                Step::Wants { client, stale: true },
                Step::Wants { client, stale: false },
                Step::Raise { client },
                Step::SaveNote { client, draft: 1 },
                Step::OpenNote { client, draft: 1 },
                Step::SignNote { client, draft: 1 },
                Step::DeleteNote { client, draft: 1 },
                Step::NewNote { client },
                Step::Admit { client, to: Who::Ada },
                Step::Admit { client, to: Who::Sam },
            ] {
                let expected = trial.naive.expect(&step);
                if matches!(expected, Expected::Done(_)) {
                    allowed += 1;
                } else {
                    refused += 1;
                }
                trial.run(&step, false).unwrap();
            }
        }
    }
    assert!(allowed > 25 && refused > 40, "{allowed} allowed, {refused} refused");
}

#[test]
fn reading_goes_on_while_the_disk_is_full_and_its_events_come_later() {
    let base = base();
    let mut trial = Trial::new(&base);
    trial.run(&Step::Register, false).unwrap();
    let before = trial.before();
    trial.rig.engine.faults().disk_full(true);
    let id = trial.naive.clients[0].id;
    trial.rig.open(id);
    trial.rig.open(id);
    assert_eq!(trial.before(), before);
    trial.rig.engine.faults().disk_full(false);
    trial.rig.open(id);
    assert_eq!(trial.before().1, before.1 + 3, "two waited, one is now");
    trial.check().unwrap();
}
