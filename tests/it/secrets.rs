//! What a thief of the disk, a log or an error message sees: nothing that was typed.
//!
//! A real agency on the embedded engine in a folder of its own, everything typed distinctive; then every byte of every
//! file is searched.

use crate::hire::staff;
use concord::boot;
use concord::clock::{Clock, Ids};
use concord::domain::*;
use concord::engine::embedded::{EmbeddedEngine, Options};
use concord::service::Desk;
use concord::service::api::{
    Answer, ChartAsk, ChartView, Command, DocAsk, Door, DraftBody, DraftSave, DraftView, People, Place,
    Secret, StaffAsk,
};
use concord::service::fault::Fault;
use concord::service::founding::Founding;
use concord::store::{BoxSecret, SymKey};
use std::path::{Path, PathBuf};

const AGENCY: &str = "Lakeside Qarrow";
const ZONE: &str = "America/Chicago";
const DEMO_HINT: &str = "Sign in as zephyr";

/// Everything typed that must be found nowhere; clients' and colleagues' alike.
const TYPED: &[&str] = &[
    "rosalindq",
    "passphrase-of-rosalind",
    "Rosalind Imaniq",
    "LADCQ-77",
    "Outpatient-Quill",
    "samuelq",
    "first-passphrase-of-sam",
    "chosen-by-samuel-q",
    "Samuel Okq",
    "Josephineq",
    "Riveraqua",
    "MRN-778812",
    "Joeyqq",
    "Formernameq",
    "shethemq",
    "612-555-0142",
    "joq@example.org",
    "17 Harrowgate Lane",
    "callafterfiveq",
    "Marisolq sister 555-0199",
    "court-order-9981q",
    "probation officer Quint",
    "indicated-but-no-bed-q",
    "a flat of my own, qinari",
    "because the baby qinari",
    "barrier-no-bus-qinari",
    "prefers-evenings-qinari",
    "said she would end it qinari",
    "sister called qinari",
    "sleep is gone since qinari",
    "I keep thinking qinari",
    "deferred until qinari",
    "half a sentence qinari",
    "signed sentence qinari which stays",
    "history of withdrawal qinari",
    "unsaved at the lock qinari",
    "keymap-of-qinari",
    "room-of-qinari",
    "comment outside the record qinari",
    "wrong chart as qinari",
    "amended because qinari",
];

/// The clients' own among them, and passphrases: these stand in no error either.
fn never_in_errors() -> impl Iterator<Item = &'static &'static str> {
    TYPED.iter().filter(|typed| {
        typed.contains("qinari")
            || typed.contains("passphrase")
            || typed.contains("Josephine")
            || typed.contains("Rivera")
    })
}

struct Agency {
    desk: Desk,
    dir: PathBuf,
    faults: Vec<Fault>,
}

fn options() -> Options {
    Options { loose: concord::store::LOOSE, ..crate::contract::options() }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

impl Agency {
    fn found(dir: &Path) -> Self {
        let engine = EmbeddedEngine::create(dir, &options()).unwrap();
        let clock = Clock::fixed(ZONE, crate::rig::Rig::NOW).unwrap();
        let (desk, phrase) =
            boot::found_on(Box::new(engine), &founding(), &clock, &Ids::System, boot::cheapest_cost())
                .unwrap();
        let agency = Self { desk, dir: dir.to_owned(), faults: Vec::new() };
        let words: Vec<&str> = phrase.split(' ').collect();
        for pair in words.windows(2) {
            assert!(!agency.holds(&pair.join(" ")), "the recovery phrase");
        }
        agency
    }

    fn ok(&mut self, command: Command) -> Answer {
        self.desk.handle(command).unwrap_or_else(|fault| panic!("{fault}"))
    }

    fn fault(&mut self, command: Command) {
        let fault = self.desk.handle(command).expect_err("it must be refused");
        self.faults.push(fault);
    }

    fn chart(&mut self, command: Command) -> ChartView {
        match self.ok(command) {
            Answer::Done(done) => *done.chart.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn draft(&mut self, ask: DocAsk) -> DraftView {
        match self.ok(Command::Document(Box::new(ask))) {
            Answer::Draft(draft) => *draft,
            other => panic!("{other:?}"),
        }
    }

    fn sign_in(&mut self, login: &str, passphrase: &str) {
        self.ok(Command::Door(Door::SignIn { login: login.into(), passphrase: secret(passphrase) }));
    }

    /// Every file's bytes as letters of one byte each, in lower case.
    fn dump(&self) -> String {
        let bytes = files(&self.dir).into_iter().flat_map(|file| std::fs::read(file).unwrap());
        bytes.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
    }

    fn holds(&self, text: &str) -> bool {
        holds(&self.dump(), text)
    }
}

/// Whether a dump holds the text in any case, in UTF-8 or UTF-16.
fn holds(dump: &str, text: &str) -> bool {
    let lower = text.to_lowercase();
    let letters = |bytes: Vec<u8>| bytes.into_iter().map(char::from).collect::<String>();
    let narrow = letters(lower.as_bytes().to_vec());
    let wide = letters(lower.encode_utf16().flat_map(u16::to_le_bytes).collect());
    dump.contains(&narrow) || dump.contains(&wide)
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn founding() -> Founding {
    Founding {
        agency: AGENCY.into(),
        zone: ZONE.into(),
        program: "Outpatient-Quill".into(),
        set: "ASAM3".into(),
        login: "rosalindq".into(),
        name: "Rosalind Imaniq".into(),
        credential: "LADCQ-77".into(),
        passphrase: secret("passphrase-of-rosalind"),
        help_now: String::new(),
        demo_hint: DEMO_HINT.into(),
    }
}

fn client() -> Client {
    let s = str::to_owned;
    Client {
        record_no: s("MRN-778812"),
        name: PersonName { given: s("Josephineq"), family: s("Riveraqua") },
        preferred: s("Joeyqq"),
        other_names: vec![s("Formernameq")],
        pronouns: s("shethemq"),
        birth: Birth::On(Date::from_ymd(1991, 4, 12).unwrap()),
        phones: vec![
            Telecom { kind: s("phone"), value: s("612-555-0142"), usage: s("home") },
            Telecom { kind: s("email"), value: s("joq@example.org"), usage: String::new() },
        ],
        addresses: vec![s("17 Harrowgate Lane")],
        reach: s("callafterfiveq"),
        emergency_contact: s("Marisolq sister 555-0199"),
        ..Client::default()
    }
}

fn episode(client: ClientId, counselor: StaffId, today: Date) -> Episode {
    Episode {
        client,
        number: 0,
        program: "Outpatient-Quill".into(),
        admitted: today,
        discharged: None,
        referral: "probation officer Quint".into(),
        mandated: true,
        mandate: "court-order-9981q".into(),
        counselor,
        team: Vec::new(),
        review_days: 30,
        created: Moment::default(),
        created_by: StaffId::default(),
        chosen: 0,
    }
}

fn problem(client: ClientId) -> Problem {
    Problem {
        client,
        number: 0,
        wording: "sleep is gone since qinari".into(),
        words: "I keep thinking qinari".into(),
        dimension: DimensionRef { set: "ASAM3".into(), number: 3 },
        second: None,
        stages: Vec::new(),
        status: ProblemStatus::Deferred { reason: "deferred until qinari".into(), revisit: Date(30_000) },
        status_on: Date::default(),
        rank: 0,
        code: None,
        added_at: Moment::default(),
        added_by: StaffId::default(),
        added_by_name: String::new(),
        changed_at: Moment::default(),
        changed_by: StaffId::default(),
        ..Problem::default()
    }
}

/// Staff and a person with everything but notes.
fn people(agency: &mut Agency) -> ClientId {
    agency.sign_in("rosalindq", "passphrase-of-rosalind");
    let mut sam = staff("samuelq", &[Role::Counselor], None);
    sam.name = "Samuel Okq".into();
    let passphrase = secret("first-passphrase-of-sam");
    agency.ok(Command::Staff(StaffAsk::Add { staff: Box::new(sam), passphrase }));
    let chart = agency.chart(Command::People(People::Register { client: Box::new(client()), seen: false }));
    let id = chart.client.value.id;
    let me = chart.client.value.created_by;
    let today = agency.desk.now().local.date;
    agency.chart(Command::People(People::Admit {
        episode: Box::new(episode(id, me, today)),
        level: crate::rig::level(),
    }));
    let wants = Wants {
        wants: "a flat of my own, qinari".into(),
        why_now: "because the baby qinari".into(),
        first: vec![6],
        set: "ASAM3".into(),
        barriers: "barrier-no-bus-qinari".into(),
        preferences: "prefers-evenings-qinari".into(),
        ..Wants::default()
    };
    agency.chart(Command::Chart(ChartAsk::RecordWants { client: id, wants: Box::new(wants), rev: 0 }));
    agency.chart(Command::Chart(ChartAsk::SaveProblem { problem: Box::new(problem(id)), rev: 0 }));
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    let reason = "said she would end it qinari".into();
    let raise =
        ChartAsk::RaiseNeed { client: id, dimension, reason, source: NeedSource::Clinician, done: None };
    agency.chart(Command::Chart(raise));
    let (action, recheck_at) =
        ("sister called qinari".into(), agency.desk.now().moment.plus_ms(Moment::HOUR));
    let state = NeedState::InHand { action, owner: me, recheck_at };
    agency.chart(Command::Chart(ChartAsk::DecideNeed { client: id, number: 1, rev: 1, state }));
    let settings = PersonalSettings { keymap: "keymap-of-qinari".into(), ..PersonalSettings::default() };
    agency.ok(Command::Door(Door::Personal(settings)));
    id
}

fn with_text(draft: &DraftView, text: &str) -> DraftSave {
    let mut body = draft.body.clone();
    match &mut body {
        DraftBody::Note(note) => note.sections.iter_mut().for_each(|section| section.text = text.into()),
        DraftBody::Assessment(grid) => {
            grid.cells[0].history = text.into();
            grid.cells[0].severity = Some(Severity::Serious);
        }
        DraftBody::Answers(_) => panic!("nobody writes here but the client"),
        DraftBody::Review(review) => review.view = text.into(),
        DraftBody::Discharge(discharge) => discharge.view = text.into(),
        DraftBody::Safety(plan) => plan.signs = text.into(),
    }
    DraftSave { client: draft.client, number: draft.number, edits: 1, body }
}

/// An assessment, a signed note, a draft saved by itself and one saved by the lock.
fn writing(agency: &mut Agency, id: ClientId) {
    let again = || secret("passphrase-of-rosalind");
    let grid = agency.draft(DocAsk::NewAssessment { client: id });
    let save = with_text(&grid, "history of withdrawal qinari");
    agency.chart(Command::Document(Box::new(DocAsk::Sign { save, passphrase: again() })));
    let new_note = || DocAsk::NewNote { client: id, format: String::new(), addendum_to: 0 };
    let note = agency.draft(new_note());
    let save = with_text(&note, "signed sentence qinari which stays");
    agency.chart(Command::Document(Box::new(DocAsk::Sign { save, passphrase: again() })));
    let note = agency.draft(new_note());
    agency.ok(Command::Document(Box::new(DocAsk::Save(with_text(&note, "half a sentence qinari")))));
    let place = Place { chart: Some(id), room: "room-of-qinari".into(), ..Place::default() };
    let drafts = vec![with_text(&note, "unsaved at the lock qinari")];
    agency.ok(Command::Door(Door::Lock { drafts, place, idle: true }));
    agency.sign_in("samuelq", "first-passphrase-of-sam");
    let (old, new) = (secret("first-passphrase-of-sam"), secret("chosen-by-samuel-q"));
    agency.ok(Command::Door(Door::ChangePassphrase { old, new }));
    agency.ok(Command::Door(Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false }));
}

/// A note returned with a comment, amended with a reason, another called entered in error.
fn life(agency: &mut Agency, id: ClientId) {
    let leave = || Command::Door(Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false });
    let by_sam = || secret("chosen-by-samuel-q");
    agency.sign_in("rosalindq", "passphrase-of-rosalind");
    let Answer::Staff { rows, .. } = agency.ok(Command::Staff(StaffAsk::List)) else { panic!("no staff") };
    let row = rows.into_iter().find(|row| row.staff.value.login == "samuelq").unwrap();
    let Answer::Chart(chart) = agency.ok(Command::Chart(ChartAsk::Open(id))) else { panic!("no chart") };
    let rosalind = chart.client.value.created_by;
    let sam = Staff { supervisor: Some(rosalind), cosign_needed: true, ..row.staff.value.clone() };
    agency.ok(Command::Staff(StaffAsk::Change { staff: Box::new(sam), rev: row.staff.rev }));
    let mut episode = chart.episodes[0].clone();
    episode.value.team.push(row.staff.value.id);
    let (rev, episode) = (episode.rev, Box::new(episode.value));
    agency.chart(Command::People(People::ChangeEpisode { episode, rev, level: None, sessions: false }));
    agency.ok(leave());
    agency.sign_in("samuelq", "chosen-by-samuel-q");
    let note = agency.draft(DocAsk::NewNote { client: id, format: String::new(), addendum_to: 0 });
    let save = with_text(&note, "signed sentence qinari which stays");
    agency.chart(DocAsk::Sign { save, passphrase: by_sam() }.into());
    agency.ok(leave());
    agency.sign_in("rosalindq", "passphrase-of-rosalind");
    let comment = "comment outside the record qinari".into();
    agency.chart(DocAsk::Return { client: id, number: 2, comment }.into());
    let reason = "wrong chart as qinari".into();
    agency.chart(DocAsk::CallInError { client: id, number: 1, reason }.into());
    agency.ok(leave());
    agency.sign_in("samuelq", "chosen-by-samuel-q");
    let Answer::Draft(draft) =
        agency.ok(DocAsk::Amend { client: id, number: 2, reason: "a word was missing".to_owned() }.into())
    else {
        panic!("no draft")
    };
    let mut save = with_text(&draft, "signed sentence qinari which stays");
    if let DraftBody::Note(note) = &mut save.body {
        note.reason = "amended because qinari".into();
    }
    agency.chart(DocAsk::Sign { save, passphrase: by_sam() }.into());
    agency.ok(leave());
}

/// Asks that must be refused, with everybody's words in them.
fn refusals(agency: &mut Agency, id: ClientId) {
    let sign_in = |login: &str, passphrase: &str| {
        Command::Door(Door::SignIn { login: login.into(), passphrase: secret(passphrase) })
    };
    agency.fault(sign_in("rosalindq", "chosen-by-samuel-q"));
    agency.fault(sign_in("Riveraqua", "passphrase-of-rosalind"));
    agency.fault(Command::Chart(ChartAsk::Open(id)));
    agency.sign_in("rosalindq", "passphrase-of-rosalind");
    let mut stale = problem(id);
    stale.number = 1;
    agency.fault(Command::Chart(ChartAsk::SaveProblem { problem: Box::new(stale), rev: 9 }));
    agency.fault(Command::People(People::Change { client: Box::new(client()), rev: 1, seen: true }));
    let mut nobody = client();
    nobody.birth = Birth::Unknown;
    agency.fault(Command::People(People::Register { client: Box::new(nobody), seen: true }));
    let wants = Wants { wants: "a flat of my own, qinari".into(), ..Wants::default() };
    agency.fault(Command::Chart(ChartAsk::RecordWants { client: id, wants: Box::new(wants), rev: 7 }));
    let draft = agency.draft(DocAsk::Open { client: id, number: 1 });
    let save = with_text(&draft, "half a sentence qinari");
    let wrong = secret("first-passphrase-of-sam");
    agency.fault(Command::Document(Box::new(DocAsk::Sign { save: save.clone(), passphrase: wrong })));
    let elsewhere = DraftSave { number: 99, ..save };
    agency.fault(Command::Document(Box::new(DocAsk::Save(elsewhere))));
    let reason = "said she would end it qinari".into();
    agency.fault(Command::Chart(ChartAsk::DecideNeed {
        client: id,
        number: 1,
        rev: 1,
        state: NeedState::Dismissed { reason },
    }));
    agency.ok(Command::Door(Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false }));
}

#[test]
fn nothing_typed_stands_in_the_store_or_in_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let mut agency = Agency::found(dir.path());
    let id = people(&mut agency);
    writing(&mut agency, id);
    life(&mut agency, id);
    refusals(&mut agency, id);
    let search = |agency: &Agency| {
        let dump = agency.dump();
        for readable in [AGENCY, ZONE, DEMO_HINT] {
            assert!(
                agency.holds(readable),
                "\"{readable}\" is readable before sign-in, and the search finds it"
            );
        }
        let found: Vec<_> = TYPED.iter().filter(|typed| holds(&dump, typed)).collect();
        assert!(found.is_empty(), "in the clear: {found:?}");
    };
    assert!(TYPED.iter().all(|typed| typed.len() >= 6));
    // While it is open (lock file written) and after the clean stop.
    assert!(files(dir.path()).iter().any(|file| file.ends_with("lock")));
    search(&agency);
    let Agency { desk, dir, faults } = agency;
    drop(desk);
    let clock = Clock::fixed(ZONE, crate::rig::Rig::NOW).unwrap();
    let engine = EmbeddedEngine::open(&dir, &options()).unwrap();
    let desk = boot::open_on(Box::new(engine), &clock, &Ids::System).unwrap();
    let agency = Agency { desk, dir, faults };
    search(&agency);
    assert_eq!(agency.faults.len(), 10);
    for fault in &agency.faults {
        let told = format!("{fault} {fault:?}");
        for typed in never_in_errors() {
            assert!(!told.contains(typed), "{told}");
        }
    }
}

#[test]
fn no_debug_output_shows_a_passphrase_or_a_key() {
    let quiet = |told: String| {
        for typed in ["passphrase-of-rosalind", "chosen-by-samuel-q", "171, 171", "abab", "ABAB"] {
            assert!(!told.contains(typed), "{told}");
        }
    };
    let (old, new) = (secret("passphrase-of-rosalind"), secret("chosen-by-samuel-q"));
    quiet(format!("{old:?} {:#?}", founding()));
    quiet(format!(
        "{:?}",
        Command::Door(Door::SignIn { login: "rosalindq".into(), passphrase: old.clone() })
    ));
    quiet(format!("{:?}", Command::Door(Door::ChangePassphrase { old: old.clone(), new: new.clone() })));
    let recover = Door::Recover { phrase: old.clone(), login: String::new(), passphrase: new.clone() };
    quiet(format!("{:#?}", Command::Door(recover)));
    let sam = Box::new(staff("samuelq", &[Role::Counselor], None));
    quiet(format!("{:?}", Command::Staff(StaffAsk::Add { staff: sam, passphrase: new.clone() })));
    quiet(format!(
        "{:?}",
        Command::Staff(StaffAsk::ResetPassphrase { id: StaffId([1; 16]), passphrase: new })
    ));
    quiet(format!("{:?}", SymKey::from_bytes([0xAB; 32])));
    quiet(format!("{:?}", BoxSecret::from_bytes([0xAB; 32])));
}
