//! The real service over the embedded engine, in a folder on the disk the project is built on.

use super::measure::{Dice, Times, interleaved, time};
use super::people::{self, NOW, SET, TODAY};
use super::screen::{Glass, fresh_app, seat};
use super::table::Line;
use super::{Rounds, folder};
use concord::boot;
use concord::clock::{Clock, Ids};
use concord::domain::{
    Act, Administration, AuditEvent, Client, ClientId, ClockTime, DocFacts, Episode, Hundredths, NoteFacts,
    NoteText, OwnFacts, PersonName, Reply, Section, Service, Signature, StaffId,
};
use concord::engine::embedded::{EmbeddedEngine, Options};
use concord::engine::{Batch, Engine, Key, Put};
use concord::service::Desk;
use concord::service::api::{
    Answer, ChartAsk, Command, DocAsk, Door, DraftBody, DraftSave, Secret, SignedIn,
};
use concord::service::founding::Founding;
use concord::store::{
    Cost, DocHead, DocText, Expect, Opening, Outcome, Roster, Store, Transaction, Unlocked, Witness,
    passphrase,
};
use std::fs::{File, OpenOptions};
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

pub(crate) const PASSPHRASE: &str = "correct horse";
/// Records in a batch while the store is filled.
const BATCH: usize = 500;

fn clock() -> Clock {
    Clock::fixed("America/Chicago", NOW).expect("a zone")
}

fn engine(dir: &Path) -> EmbeddedEngine {
    EmbeddedEngine::open(dir, &Options::usual("bench", concord::store::LOOSE)).expect("the store opens")
}

fn secret() -> Secret {
    Secret::new(PASSPHRASE.to_owned())
}

/// An agency with one person, rosa, and nobody signed in.
fn founded(dir: &Path) {
    let founding = Founding {
        agency: "Lakeside Recovery".into(),
        zone: "America/Chicago".into(),
        program: "Outpatient".into(),
        set: SET.into(),
        login: "rosa".into(),
        name: "Rosa Imani".into(),
        credential: "LADC".into(),
        passphrase: secret(),
        help_now: String::new(),
        demo_hint: String::new(),
    };
    let engine =
        EmbeddedEngine::create(dir, &Options::usual("bench", concord::store::LOOSE)).expect("a store");
    boot::found_on(Box::new(engine), &founding, &clock(), &Ids::counted(1), Cost::FLOOR).expect("an agency");
}

fn open(dir: &Path) -> Desk {
    boot::open_on(Box::new(engine(dir)), &clock(), &Ids::counted(2)).expect("the agency is there")
}

pub(crate) fn sign_in(desk: &mut Desk) -> SignedIn {
    let door = Door::SignIn { login: "rosa".into(), passphrase: secret() };
    match desk.handle(Command::Door(door)) {
        Ok(Answer::SignedIn(session)) => *session,
        other => panic!("not signed in: {other:?}"),
    }
}

/// Fills a store in large batches, each signed and audited as the service does it.
pub(crate) struct Filler {
    store: Store,
    roster: Roster,
    keys: Unlocked,
    me: StaffId,
    open: Transaction,
    batches: u64,
}

impl Filler {
    fn of(dir: &Path) -> Self {
        let Ok(Opening::Founded(store, _)) = Store::open(Box::new(engine(dir))) else {
            panic!("no agency in the store")
        };
        let login = store.login("rosa").expect("logins are read").expect("rosa has a login").value;
        let under = login.derive(PASSPHRASE).expect("a derivation");
        let keys = login.unlock(store.id(), &under).expect("the passphrase matches");
        let open = store.begin([0xb0; 16]);
        let roster = Roster::of(&store).expect("the list of staff keys holds");
        Self { store, roster, keys, me: login.staff, open, batches: 0 }
    }

    pub(crate) fn put<R: concord::store::Record>(&mut self, record: &R, client: ClientId, number: u32) {
        self.open.put(client, number, Expect::Absent, record).expect("a record is encoded");
        if self.open.len() >= BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.batches += 1;
        let mut id = [0xb0; 16];
        id[..8].copy_from_slice(&self.batches.to_be_bytes());
        let mut full = std::mem::replace(&mut self.open, self.store.begin(id));
        let event = AuditEvent { who: Some(self.me), ..AuditEvent::of(Act::ClientRegistered, NOW) };
        let head = self.store.audit_head().expect("the audit is read");
        let head = full.audit(self.roster.audit(), head, &event).expect("an event");
        full.checkpoint(Witness {
            by: self.me,
            audit: head,
            newest: concord::domain::Moment::default(),
            roster: self.roster.head(),
            open: 0,
        });
        let batch =
            self.store.seal_signed(&full, &self.keys.agency, &self.keys.keys).expect("a batch is sealed");
        assert_eq!(self.store.commit(&batch), Outcome::Ok);
    }

    /// A person with an open episode.
    pub(crate) fn person(&mut self, n: u32) -> ClientId {
        let (given, family) = people::name(n);
        let summary = people::summary(n, self.me);
        let id = summary.client;
        let client = Client {
            id,
            record_no: summary.record_no.to_string(),
            name: PersonName { given, family },
            birth: summary.birth,
            ..Client::default()
        };
        self.put(&client, id, 1);
        self.put(&episode(id, self.me), id, 1);
        self.put(&summary, id, 1);
        id
    }

    /// A signed note of about 1.2 KB. Its signature is no signature: opening a chart does not check it.
    pub(crate) fn note(&mut self, client: ClientId, number: u32) {
        let service = Service::new(TODAY.plus_days(-300), ClockTime(600), 50, "individual");
        let text = NoteText {
            sections: vec![Section {
                key: "data".into(),
                title: "Data".into(),
                text: people::prose(220, 60),
            }],
            client_name: "Jo Rivera".into(),
            record_no: "A-1001".into(),
            format: "DAP".into(),
            service: service.clone(),
            links: Vec::new(),
            author: "Rosa Imani LADC".into(),
            signed_at: NOW,
            ..NoteText::default()
        };
        let signature = Signature {
            by: self.me,
            name: "Rosa Imani LADC".into(),
            at: NOW,
            hash: [3; 32],
            proof: vec![4; 64],
            key: vec![5; 32],
        };
        let own = NoteFacts {
            format: "DAP".into(),
            service,
            links: vec![1],
            words: 220,
            gist: people::prose(12, 60),
            ..NoteFacts::default()
        };
        let facts = DocFacts {
            episode: 1,
            on: own.service.date,
            root: number,
            own: OwnFacts::Note(own),
            ..DocFacts::default()
        };
        let frozen = DocHead::freeze(&facts).expect("facts are frozen");
        let head = DocHead::signed(client, number, signature, frozen).expect("a head");
        self.put(&head, client, number);
        self.put(&DocText::of_note(&text).expect("a note is frozen"), client, number);
    }
}

fn episode(client: ClientId, me: StaffId) -> Episode {
    Episode {
        client,
        number: 1,
        program: "Outpatient".into(),
        admitted: TODAY.plus_days(-400),
        discharged: None,
        referral: "self".into(),
        mandated: false,
        mandate: String::new(),
        counselor: me,
        team: Vec::new(),
        review_days: 90,
        created: NOW,
        created_by: me,
        chosen: 0,
    }
}

/// A store with rosa's people in it, and the desk open over it.
pub(crate) fn filled(dir: &Path, fill: impl FnOnce(&mut Filler)) -> Desk {
    founded(dir);
    let mut filler = Filler::of(dir);
    fill(&mut filler);
    filler.flush();
    drop(filler);
    // As after a bulk import: opened and closed once, so that what follows starts from a clean stop.
    drop(open(dir));
    open(dir)
}

/// Opening a chart must not grow with what is in it.
pub(crate) fn charts(rounds: &Rounds, lines: &mut Vec<Line>) {
    let dir = folder();
    let mut desk = filled(dir.path(), |filler| {
        for (n, notes) in [(1, 20), (2, rounds.notes)] {
            let client = filler.person(n);
            (1..=notes).for_each(|number| filler.note(client, number));
        }
    });
    sign_in(&mut desk);
    let desk = std::cell::RefCell::new(desk);
    let opening = |n: u32| {
        let client = people::client(n);
        let desk = &desk;
        move || {
            let mut desk = desk.borrow_mut();
            time(|| {
                let answer = desk.handle(Command::Chart(ChartAsk::Open(client)));
                assert!(matches!(black_box(answer), Ok(Answer::Chart(_))));
            })
        }
    };
    let [few, many] = interleaved(rounds.some, [&mut opening(1), &mut opening(2)]);
    let line = Line::times(&format!("open a chart, {} notes", rounds.notes), &many);
    lines.push(line.against("20 notes", &many, &few).at_most(2.0));
}

/// A PHQ-9 of a day.
pub(crate) fn phq9(client: ClientId, number: u32) -> Administration {
    let key = |item: u32| Reply::Given(Hundredths::whole((number.wrapping_mul(item) % 4) as i16));
    Administration {
        client,
        number,
        episode: 1,
        measure: "PHQ-9".into(),
        version: 1,
        on: TODAY.plus_days(-(number as i32)),
        answered_by: "client".into(),
        answers: (1..=9).map(|item: u32| (item.to_string(), key(item))).collect(),
        ..Administration::default()
    }
}

/// Filled-in measures must not weigh on a chart, nor scoring on anything.
pub(crate) fn measures(rounds: &Rounds, lines: &mut Vec<Line>) {
    const MANY: u32 = 500;
    let dir = folder();
    let mut desk = filled(dir.path(), |filler| {
        for (n, count) in [(1, 5), (2, MANY)] {
            let client = filler.person(n);
            (1..=count).for_each(|number| filler.put(&phq9(client, number), client, number));
        }
    });
    sign_in(&mut desk);
    let desk = std::cell::RefCell::new(desk);
    let opening = |n: u32| {
        let client = people::client(n);
        let desk = &desk;
        move || {
            let mut desk = desk.borrow_mut();
            time(|| {
                let answer = desk.handle(Command::Chart(ChartAsk::Open(client)));
                assert!(matches!(black_box(answer), Ok(Answer::Chart(_))));
            })
        }
    };
    let [few, many] = interleaved(rounds.some, [&mut opening(1), &mut opening(2)]);
    let line = Line::times(&format!("open a chart, {MANY} measures"), &many);
    let more = many.p50() - few.p50();
    lines.push(line.against("5 measures", &many, &few).goal("at most 5 ms more", more <= 5.0));
    lines.push(scored(rounds));
}

/// Ten thousand filled-in measures are scored.
fn scored(rounds: &Rounds) -> Line {
    let measure = concord::packs::instruments().iter().find(|one| one.key == "PHQ-9");
    let Some(measure) = measure else { return Line::skipped("score 10,000 PHQ-9", "no such measure") };
    let facts = concord::rules::scoring::Facts::default();
    let sheets: Vec<Vec<Reply>> = (0..10_000)
        .map(|number| concord::rules::measured::replies(measure, &phq9(people::client(1), number)))
        .collect();
    let all = || {
        time(|| {
            for replies in &sheets {
                black_box(concord::rules::scoring::score(measure, replies, &facts).is_ok());
            }
        })
    };
    let times = Times::new((0..rounds.some).map(|_| all()).collect());
    Line::times("score 10,000 PHQ-9", &times).goal("10 ms", times.p50() <= 10.0)
}

/// A raw file to compare durable writes with.
struct Raw(File);

impl Raw {
    fn in_folder(dir: &Path) -> Self {
        let options = OpenOptions::new().create(true).append(true).clone();
        Self(options.open(dir.join("raw")).expect("a file to append to"))
    }

    fn append(&mut self) -> Duration {
        let block = [0x5a; 4096];
        time(|| {
            self.0.write_all(&block).expect("an append");
            self.0.sync_data().expect("a sync");
        })
    }
}

/// A durable commit against the least that a durable write costs here.
pub(crate) fn commit(rounds: &Rounds, lines: &mut Vec<Line>) {
    let dir = folder();
    let mut engine =
        EmbeddedEngine::create(&dir.path().join("store"), &Options::usual("bench", concord::store::LOOSE))
            .expect("a store");
    let mut raw = Raw::in_folder(dir.path());
    let (mut dice, mut number) = (Dice(3), 0_u32);
    let mut committing = || {
        number += 1;
        let value = (0..1_200).map(|_| dice.below(256) as u8).collect();
        let key = Key::new(9, [1; 16], number);
        let mut batch = Batch { puts: vec![Put { key, expect: Expect::Absent, value }], ..Batch::default() };
        batch.id[..4].copy_from_slice(&number.to_be_bytes());
        time(|| assert_eq!(engine.commit(&batch), Outcome::Ok))
    };
    let [commits, appends] = interleaved(rounds.some, [&mut committing, &mut || raw.append()]);
    let line = Line::times("commit of a 1.2 KB record", &commits);
    lines.push(line.against("append 4 KB + fdatasync", &commits, &appends).at_most(1.35));
}

/// Autosave of a long note, at the desk: one word changed in its middle.
pub(crate) fn autosave(rounds: &Rounds, lines: &mut Vec<Line>) {
    let dir = folder();
    let mut desk = filled(&dir.path().join("store"), |filler| {
        filler.person(1);
    });
    sign_in(&mut desk);
    let client = people::client(1);
    let begin = DocAsk::NewNote { client, format: "DAP".into(), addendum_to: 0 };
    let Ok(Answer::Draft(draft)) = desk.handle(begin.into()) else { panic!("no draft") };
    let DraftBody::Note(mut note) = draft.body else { panic!("no note") };
    let text = people::prose(5_000, 80);
    let middle = text[text.len() / 2..].find(' ').map_or(0, |at| at + text.len() / 2);
    let mut edits = 0_u64;
    let mut saving = || {
        edits += 1;
        note.sections[0].text = format!("{} {edits}{}", &text[..middle], &text[middle..]);
        let body = DraftBody::Note(note.clone());
        let save = DraftSave { client, number: draft.number, edits, body };
        time(|| {
            let answer = desk.handle(DocAsk::Save(save).into());
            assert!(matches!(answer, Ok(Answer::DraftSaved { .. })));
        })
    };
    let mut raw = Raw::in_folder(dir.path());
    let [saves, appends] = interleaved(rounds.some, [&mut saving, &mut || raw.append()]);
    let line = Line::times("autosave, note of 5,000 words", &saves);
    lines.push(line.against("append 4 KB + fdatasync", &saves, &appends));
}

/// From Enter at the door to the first frame of home, everything warm, less what the key derivation took in this run:
/// each round also spends one derivation of the same cost, and the median of those is taken off.
pub(crate) fn sign_in_to_home(rounds: &Rounds, lines: &mut Vec<Line>) {
    let dir = folder();
    let mut desk = filled(dir.path(), |filler| {
        (0..rounds.people).for_each(|n| {
            filler.person(n);
        });
    });
    let mut signing_in = || {
        let (mut app, mut glass) = (fresh_app((80, 24)), Glass::new((80, 24)));
        let start = Instant::now();
        let session = sign_in(&mut desk);
        assert_eq!(session.people.rows.len(), rounds.people as usize);
        seat(&mut app, session);
        glass.draw(&app);
        start.elapsed()
    };
    let mut deriving = || time(|| passphrase::burn(PASSPHRASE, Cost::FLOOR));
    let [whole, derivations] = interleaved(rounds.few, [&mut signing_in, &mut deriving]);
    let net: Times = whole.less(derivations.p50());
    let line = Line::times(&format!("sign-in to home less derivation, {} people", rounds.people), &net);
    lines.push(line.against("derivation", &net, &derivations));
}
