//! What a command reads must not grow with what a chart holds: counted at the engine, record by record.

use crate::rig::Rig;
use concord::boot;
use concord::clock::Ids;
use concord::domain::Session;
use concord::domain::*;
use concord::engine::memory::MemoryEngine;
use concord::engine::{Batch, Core, Engine, EngineError, Head, Key, Outcome, Span, Stored};
use concord::service::api::*;
use concord::store::{DocHead, DocText, Expect, Kind, Record};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Records read, by the first byte of their key.
#[derive(Clone, Default)]
struct Reads(Arc<Mutex<BTreeMap<u8, usize>>>);

impl Reads {
    fn add<'a>(&self, found: impl IntoIterator<Item = &'a Stored>) {
        let mut reads = self.0.lock().unwrap();
        for stored in found {
            *reads.entry(stored.key.kind()).or_default() += 1;
        }
    }

    /// What was read since the last call.
    fn take(&self) -> BTreeMap<u8, usize> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// An engine that counts what is read from it.
struct Counting(MemoryEngine, Reads);

impl Engine for Counting {
    fn get(&self, key: &Key) -> Result<Option<Stored>, EngineError> {
        let found = self.0.get(key)?;
        self.1.add(&found);
        Ok(found)
    }

    fn page(&self, span: &Span, after: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let found = self.0.page(span, after, limit)?;
        self.1.add(&found);
        Ok(found)
    }

    fn page_back(&self, span: &Span, before: Option<&Key>, limit: usize) -> Result<Vec<Stored>, EngineError> {
        let found = self.0.page_back(span, before, limit)?;
        self.1.add(&found);
        Ok(found)
    }

    fn commit(&mut self, batch: &Batch) -> Outcome {
        self.0.commit(batch)
    }

    fn settled(&self, batch_id: &[u8; 16]) -> Result<bool, EngineError> {
        self.0.settled(batch_id)
    }

    fn head(&self) -> Head {
        self.0.head()
    }

    fn core(&self) -> Core {
        self.0.core()
    }

    fn core_after(&self, batch: &Batch) -> Result<Core, EngineError> {
        self.0.core_after(batch)
    }

    fn last_commit(&self) -> [u8; 32] {
        self.0.last_commit()
    }

    fn disk_bytes(&self) -> u64 {
        self.0.disk_bytes()
    }

    fn verify(&self) -> Result<(), EngineError> {
        self.0.verify()
    }

    fn settle(&mut self) -> Result<(), EngineError> {
        self.0.settle()
    }
}

/// How much a chart holds.
#[derive(Clone, Copy)]
struct Size {
    notes: u32,
    sessions: u32,
}

/// An agency whose one client has a note and an assessment that are really signed, and as many copies of them as asked.
fn filled(size: Size) -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let command = rig.problem(jo, "evenings alone", "");
    rig.done(command);
    let save = note(&mut rig, jo);
    rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    let (mut store, keys) = rig.reader();
    let repo = store.repo(&keys.agency);
    let head = repo.get::<DocHead>(jo, 1).unwrap().unwrap().value;
    let text = repo.get::<DocText>(jo, 1).unwrap().unwrap().value;
    let mut transaction = store.begin([7; 16]);
    for number in 2..=size.notes {
        let copy = DocHead::signed(jo, number, head.signature.clone(), head.frozen().to_vec()).unwrap();
        transaction.put(jo, number, Expect::Absent, &copy).unwrap();
        transaction.put(jo, number, Expect::Absent, &text).unwrap();
    }
    for number in 1..=size.sessions {
        let date = Date::from_ymd(2026, 1, 1).unwrap().plus_days(number as i32 % 200);
        let session = Session {
            client: jo,
            number,
            date,
            minutes: 50,
            state: SessionState::Held,
            note: SessionNote::Signed(1),
            ..Session::default()
        };
        transaction.put(jo, number, Expect::Absent, &session).unwrap();
    }
    let batch = crate::rig::sealed(&store, &keys, transaction);
    assert_eq!(store.commit(&batch), Outcome::Ok);
    (rig, jo)
}

fn note(rig: &mut Rig, client: ClientId) -> DraftSave {
    let view = rig.draft(DocAsk::NewNote { client, format: String::new(), addendum_to: 0 });
    let DraftBody::Note(mut note) = view.body else { panic!("a note") };
    note.sections.iter_mut().for_each(|section| section.text = "Came on time.".into());
    note.links = vec![1];
    DraftSave { client, number: view.number, edits: 1, body: DraftBody::Note(note) }
}

/// What each command of a counselor's day reads, on a chart of this size.
fn day(size: Size) -> Vec<(&'static str, BTreeMap<u8, usize>)> {
    let (mut rig, jo) = filled(size);
    let reads = Reads::default();
    let engine = Counting(rig.engine.twin(), reads.clone());
    rig.desk = boot::open_on(Box::new(engine), &rig.clock(), &Ids::counted(3)).unwrap();
    rig.sign_in("rosa");
    rig.open(jo);
    let mut all = Vec::new();
    let mut read = |rig: &mut Rig, what: &'static str, command: Command| {
        reads.take();
        let answer = rig.ok(command);
        all.push((what, reads.take()));
        answer
    };
    read(&mut rig, "open a chart", Command::Chart(ChartAsk::Open(jo)));
    read(&mut rig, "read a note", DocAsk::Read { client: jo, number: 1 }.into());
    let problem = rig.problem(jo, "no work", "");
    read(&mut rig, "add a problem", problem);
    read(
        &mut rig,
        "move a problem",
        Command::Chart(ChartAsk::MoveProblem { client: jo, number: 2, up: true }),
    );
    read(&mut rig, "undo", Command::Undo);
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    let raise = ChartAsk::RaiseNeed {
        client: jo,
        dimension,
        reason: "said so".into(),
        source: NeedSource::Clinician,
        done: None,
    };
    read(&mut rig, "raise a need", Command::Chart(raise));
    let wants = Box::new(Wants { wants: "my kids back".into(), ..Wants::default() });
    read(
        &mut rig,
        "write what they want",
        Command::Chart(ChartAsk::RecordWants { client: jo, wants, rev: 0 }),
    );
    read(
        &mut rig,
        "begin a note",
        DocAsk::NewNote { client: jo, format: String::new(), addendum_to: 0 }.into(),
    );
    let save = note(&mut rig, jo);
    read(&mut rig, "autosave", DocAsk::Save(save.clone()).into());
    read(&mut rig, "sign a note", DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    let call = DocAsk::CallInError { client: jo, number: 2, reason: "not Jo's".into() };
    read(&mut rig, "call in error", call.into());
    let answer = read(&mut rig, "begin an assessment", DocAsk::NewAssessment { client: jo }.into());
    let Answer::Draft(view) = answer else { panic!("a draft") };
    let DraftBody::Assessment(mut grid) = view.body else { panic!("a grid") };
    grid.cells.iter_mut().for_each(|cell| cell.severity = Some(Severity::Mild));
    let save = DraftSave { client: jo, number: view.number, edits: 1, body: DraftBody::Assessment(grid) };
    read(&mut rig, "sign an assessment", DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    read(&mut rig, "list people", Command::People(People::List { whose: Whose::All }));
    read(&mut rig, "what is due", DaysAsk::Due.into());
    all
}

/// Notes of the list that a chart shows at once, and a few around what a command is about.
const A_PAGE: usize = 60;

/// Commands that read all sessions of a chart: contact and missed days follow from all of them, and the session that owes a
/// note is looked for among them.
const OF_SESSIONS: [&str; 4] = ["begin a note", "sign a note", "sign an assessment", "call in error"];

#[test]
fn no_command_reads_more_because_a_chart_holds_more() {
    let small = day(Size { notes: 3, sessions: 2 });
    let large = day(Size { notes: 400, sessions: 60 });
    let word =
        |byte: &u8| Kind::ALL.iter().find(|kind| **kind as u8 == *byte).map_or("audit", |kind| kind.word());
    let mut wrong = Vec::new();
    for ((what, few), (_, many)) in small.iter().zip(&large) {
        for (kind, count) in many {
            let before = few.get(kind).copied().unwrap_or(0);
            let allowed = *kind == DocHead::KIND as u8 && *count <= A_PAGE
                || *kind == Session::KIND as u8 && OF_SESSIONS.contains(what);
            println!("{what}: {} {before} {count}", word(kind));
            if *count > before && !allowed {
                wrong.push(format!("{what}: {} {before} -> {count}", word(kind)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
