//! The stored files' image that hangs, seen from above: the service works on and asks for a new process; the program as it
//! is built starts itself again, at most three times, and a bulk command comes to its end.

use crate::rig::{self, Rig};
use concord::boot;
use concord::clock::{Clock, Ids};
use concord::engine::Engine;
use concord::engine::embedded::{EmbeddedEngine, Hang, Options};
use concord::service::Desk;
use concord::service::api::{
    Answer, Ask, Command, DocAsk, Door, DraftBody, DraftSave, People, Place, Reply, SignedIn, Whose,
};
use concord::service::founding::Founding;
use concord::service::thread::{self, Office, Said};
use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

/// The service on its thread, over an engine on disk that hangs once its file is there.
struct Service {
    dir: tempfile::TempDir,
    asks: Sender<Ask>,
    said: Receiver<Said>,
    thread: JoinHandle<()>,
    epoch: u64,
}

impl Service {
    fn founded() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let hang = Some(Hang::OnceThere(dir.path().join("hang")));
        let options = Options { hang, ..options() };
        let engine = EmbeddedEngine::create(&dir.path().join("store"), &options).unwrap();
        let founding = Founding {
            agency: "Lakeside Recovery".into(),
            zone: "America/Chicago".into(),
            program: "Outpatient".into(),
            set: "ASAM3".into(),
            login: "rosa".into(),
            name: "Rosa Imani".into(),
            credential: "LADC".into(),
            passphrase: Rig::secret(),
            help_now: String::new(),
            demo_hint: String::new(),
        };
        let cost = boot::cheapest_cost();
        let (desk, _) =
            boot::found_on(Box::new(engine), &founding, &clock(), &Ids::counted(1), cost).unwrap();
        let (asks, inbox) = channel();
        let (say, said) = channel();
        let send = move |one| drop(say.send(one));
        let thread = thread::spawn(Office::Desk(Box::new(desk)), inbox, send).unwrap();
        Self { dir, asks, said, thread, epoch: 0 }
    }

    fn ask(&self, command: impl Into<Command>) -> Answer {
        self.asks.send(Ask { ticket: 1, epoch: self.epoch, command: command.into() }).unwrap();
        match self.said.recv().unwrap() {
            Said::Reply(Reply { result, .. }) => result.expect("it can be done"),
            Said::NeedsNewProcess => panic!("before the answer, or without need"),
        }
    }

    fn sign_in(&mut self) -> SignedIn {
        let session = signed_in(self.ask(sign_in()));
        self.epoch = session.epoch;
        session
    }

    fn hang(&self) {
        fs::write(self.dir.path().join("hang"), "").unwrap();
    }

    /// The desk as the next process finds it.
    fn next(self) -> (Desk, tempfile::TempDir) {
        drop(self.asks);
        self.thread.join().unwrap();
        let engine = EmbeddedEngine::open(&self.dir.path().join("store"), &options()).unwrap();
        assert_eq!((engine.reports(), engine.needs_new_process()), (Vec::new(), false));
        (boot::open_on(Box::new(engine), &clock(), &Ids::counted(900)).unwrap(), self.dir)
    }
}

fn options() -> Options {
    Options { loose: concord::store::LOOSE, ..crate::contract::options() }
}

fn clock() -> Clock {
    Clock::fixed("America/Chicago", Rig::NOW).unwrap()
}

fn sign_in() -> Command {
    Command::Door(Door::SignIn { login: "rosa".into(), passphrase: Rig::secret() })
}

fn signed_in(answer: Answer) -> SignedIn {
    match answer {
        Answer::SignedIn(session) => *session,
        other => panic!("not signed in: {other:?}"),
    }
}

#[test]
fn while_the_image_hangs_drafts_and_acts_are_saved_and_a_new_process_finds_them() {
    let mut service = Service::founded();
    let me = service.sign_in().staff.id;
    let register = People::Register { client: Box::new(rig::client("Jo", "Rivera")), seen: false };
    let Answer::Done(done) = service.ask(Command::People(register)) else { panic!("not registered") };
    let client = done.chart.unwrap().client.value.id;
    let episode = rig::episode(client, me, concord::domain::Date::from_ymd(2026, 11, 21).unwrap());
    service.ask(Command::People(People::Admit { episode: Box::new(episode), level: crate::rig::level() }));
    let new = DocAsk::NewNote { client, format: "DAP".into(), addendum_to: 0 };
    let Answer::Draft(draft) = service.ask(new) else { panic!("no draft") };
    let DraftBody::Note(mut note) = draft.body else { panic!("no note") };

    service.hang();
    note.sections[0].text = "I walked, I did not drink.".into();
    let mut save = DraftSave { client, number: draft.number, edits: 1, body: DraftBody::Note(note.clone()) };
    let saved = service.ask(DocAsk::Save(save.clone()));
    assert!(matches!(saved, Answer::DraftSaved { edits: 1, .. }), "{saved:?}");
    assert!(matches!(service.said.recv().unwrap(), Said::NeedsNewProcess));
    // The desk is as good as ever: acts with an event, lists, other charts. And it is said only once.
    let second = People::Register { client: Box::new(rig::client("Kim", "Osei")), seen: false };
    assert!(matches!(service.ask(Command::People(second)), Answer::Done(_)));
    let Answer::People(people) = service.ask(Command::People(People::List { whose: Whose::All })) else {
        panic!()
    };
    assert_eq!(people.rows.len(), 2);
    note.sections[0].text.push_str(" Four days.");
    (save.edits, save.body) = (2, DraftBody::Note(note));
    let place = Place { chart: Some(client), draft: Some(draft.number), ..Place::default() };
    let locked =
        service.ask(Command::Door(Door::Lock { drafts: vec![save], place: place.clone(), idle: true }));
    assert!(matches!(locked, Answer::Locked { fault: None }), "{locked:?}");

    let (mut desk, _dir) = service.next();
    let session = signed_in(desk.handle(sign_in()).unwrap());
    assert_eq!(session.place.map(|place| (place.chart, place.draft)), Some((place.chart, place.draft)));
    assert_eq!(session.notices, Vec::<String>::new(), "nothing is wrong with the store");
    let opened = desk.handle(DocAsk::Open { client, number: draft.number }.into()).unwrap();
    let Answer::Draft(draft) = opened else { panic!("no draft") };
    let DraftBody::Note(note) = draft.body else { panic!("no note") };
    assert_eq!(note.sections[0].text, "I walked, I did not drink. Four days.");
}

#[test]
fn a_hang_at_the_sign_in_is_answered_too() {
    let mut service = Service::founded();
    service.hang();
    assert_eq!(service.sign_in().staff.login, "rosa");
    assert!(matches!(service.said.recv().unwrap(), Said::NeedsNewProcess));
    let (mut desk, _dir) = service.next();
    signed_in(desk.handle(sign_in()).unwrap());
}

fn concord(dir: &Path, hang: Option<&str>, args: &[&str]) -> (i32, String, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_concord"));
    command.current_dir(dir).env_clear().env("HOME", dir).args(args);
    command.args(["--store", "store", "--login", "rosa", "--passphrase-file", "phrase"]);
    command.envs(hang.map(|hang| ("CONCORD_IMAGE_HANG", hang)));
    let Output { status, stdout, stderr } = command.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (status.code().expect("an exit code"), text(stdout), text(stderr))
}

fn agency() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("phrase"), "correct horse\n").unwrap();
    let init = ["init", "--agency", "Lakeside", "--zone", "America/Chicago", "--name", "Rosa Imani"];
    let made = concord(dir.path(), None, &[&init[..], &["--recovery-file", "words"]].concat());
    assert_eq!(made.0, 0, "{}", made.2);
    dir
}

#[test]
fn the_program_starts_itself_again_where_the_store_hangs_while_it_is_opened() {
    let dir = agency();
    fs::write(dir.path().join("hang"), "").unwrap();
    let (code, found, said) = concord(dir.path(), Some("hang"), &["doctor", "--json"]);
    assert!(said.contains("Starting again (1 of 3)") && !said.contains("(2 of 3)"), "{said}");
    let found: serde_json::Value = serde_json::from_str(&found).expect("JSON and nothing else");
    assert_eq!((code, &found["ok"]), (0, &true.into()), "{found}");
    assert!(found["mended"][0].as_str().unwrap().contains("did not answer"), "{found}");
    assert_eq!(fs::read(dir.path().join("store/lock")).unwrap(), b"", "the store is free");
}

#[test]
fn where_starting_again_does_not_help_it_is_said_after_three_times() {
    let dir = agency();
    for args in [&["doctor"][..], &["import", "fhir", "phrase"], &["verify"]] {
        let (code, out, said) = concord(dir.path(), Some("1"), args);
        assert_eq!((code, out.contains("whole")), (1, false), "{args:?}: {out}");
        for times in 1..=3 {
            assert_eq!(said.matches(&format!("({times} of 3)")).count(), 1, "{args:?}: {said}");
        }
        assert!(
            said.contains("did not help") && said.contains("Nothing that was confirmed"),
            "{args:?}: {said}"
        );
    }
    // And nothing was harmed by it.
    let (code, _, said) = concord(dir.path(), None, &["verify"]);
    assert_eq!(code, 0, "{said}");
    // What it advises helps: a backup needs no image, and another folder is made of it.
    let (code, _, said) = concord(dir.path(), Some("1"), &["backup", "file"]);
    assert_eq!((code, said.contains("Starting again")), (0, false), "{said}");
    fs::rename(dir.path().join("store"), dir.path().join("old")).unwrap();
    assert_eq!(concord(dir.path(), None, &["restore", "file"]).0, 0);
    let (code, _, said) = concord(dir.path(), None, &["doctor"]);
    assert_eq!(code, 0, "{said}");
}

/// A roster of so many people.
fn roster(dir: &Path, people: u32) {
    let rows = (0..people).map(|n| format!("P{n},Given{n},Family{n},1980-01-{:02}\n", 1 + n % 28));
    let text = format!("record,given,family,birth\n{}", rows.collect::<String>());
    fs::write(dir.join("roster.csv"), text).unwrap();
}

#[test]
fn an_import_comes_to_its_end_wherever_the_image_hangs() {
    for hang in ["20", "40", "60"] {
        let dir = agency();
        roster(dir.path(), 900);
        let (code, said, errors) = concord(dir.path(), Some(hang), &["import", "csv", "roster.csv"]);
        assert!(code == 0 && said.contains("900 people"), "{hang}: {said}{errors}");
        assert!(!errors.contains("Starting again"), "{hang}: {errors}");
        let (code, found, _) = concord(dir.path(), None, &["doctor", "--json"]);
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        assert_eq!(
            (code, &found["clients"], &found["ok"]),
            (0, &900.into(), &true.into()),
            "{hang}: {found}"
        );
    }
}

#[test]
fn an_agency_is_set_up_though_the_image_hangs_at_first() {
    let dir = tempfile::tempdir().unwrap();
    for file in ["phrase", "hang"] {
        fs::write(dir.path().join(file), "correct horse\n").unwrap();
    }
    let init = ["init", "--agency", "Lakeside", "--zone", "America/Chicago", "--name", "Rosa Imani"];
    let (code, _, said) =
        concord(dir.path(), Some("hang"), &[&init[..], &["--recovery-file", "words"]].concat());
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Starting again (1 of 3)"), "{said}");
    assert_eq!(concord(dir.path(), None, &["doctor"]).0, 0);
}
