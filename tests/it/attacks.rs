//! Attacks by chance and on files: what no key was needed for is found whatever it was, any changed byte is seen by `verify`, a
//! record that does not open keeps nobody out, and links, modes and pipes lead nowhere.

use crate::archive_cli::{ROSA, agency, concord, out};
use crate::crash::model::{copy, files_below};
use crate::rig::{Rig, client};
use concord::boot;
use concord::clock::{Clock, Ids};
use concord::domain::*;
use concord::engine::embedded::{self, EmbeddedEngine, Options};
use concord::engine::{Batch, Engine, Expect, Key, Outcome, Put, Rev, Span, Stored};
use concord::service::api::*;
use concord::store::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command as Process, Output, Stdio};

/// The same cases each time.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// What somebody without a key does to a record of the core; where it is, by chance.
#[derive(Clone, Debug)]
enum Blow {
    Remove,
    Bend(prop::sample::Index),
    Exchange(prop::sample::Index),
    Add(u32),
}

fn blow() -> impl Strategy<Value = Blow> {
    use prop::sample::Index;
    prop_oneof![
        Just(Blow::Remove),
        any::<Index>().prop_map(Blow::Bend),
        any::<Index>().prop_map(Blow::Exchange),
        (500_u32..600).prop_map(Blow::Add),
    ]
}

fn put(key: Key, expect: Expect, value: Vec<u8>) -> Batch {
    Batch { id: random().unwrap(), puts: vec![Put { key, expect, value }], deletes: Vec::new() }
}

/// The commit that a blow is.
fn struck(core: &[Stored], at: &Stored, blow: &Blow) -> Batch {
    let now = Expect::At(at.rev);
    match blow {
        Blow::Remove => Batch { id: random().unwrap(), puts: Vec::new(), deletes: vec![(at.key, at.rev)] },
        Blow::Bend(byte) => {
            let mut value = at.value.clone();
            let byte = byte.index(value.len());
            value[byte] ^= 0x40;
            put(at.key, now, value)
        }
        Blow::Exchange(other) => put(at.key, now, other.get(core).value.clone()),
        Blow::Add(number) => {
            let key = Key::new(at.key.kind(), at.key.owner(), *number);
            put(key, Expect::Absent, at.value.clone())
        }
    }
}

fn says_mismatch(session: &SignedIn) -> bool {
    session.notices.iter().any(|notice| notice.starts_with("Something in the stored files does not match"))
}

#[test]
fn any_keyless_change_of_core_records_is_found_at_the_next_sign_in_and_without_a_key() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.hire("kim", &[Role::FrontDesk], None);
    let jo = rig.admitted("Jo", "Rivera");
    let problem = rig.problem(jo, "low mood", "");
    rig.done(problem);
    rig.lock();
    let mut core = rig.engine.page(&Span::all(), None, usize::MAX).unwrap();
    core.retain(|stored| !LOOSE.contains(&stored.key.kind()));
    let strategy = prop::collection::vec((any::<prop::sample::Index>(), blow()), 1..4);
    let seated = std::cell::Cell::new(0);
    let run = runner(60).run(&strategy, |blows| {
        let mut rig = rig.on_a_copy();
        for (at, blow) in &blows {
            // One that was removed or changed by the blow before is left as it is.
            let _ = rig.engine.twin().commit(&struck(&core, at.get(&core), blow));
        }
        let Ok(desk) = boot::open_on(Box::new(rig.engine.twin()), &rig.clock(), &Ids::counted(2)) else {
            return Ok(());
        };
        rig.desk = desk;
        if let Ok(outside) = rig.desk.outside() {
            prop_assert!(!outside.mismatches.is_empty(), "not told without a key");
        }
        let door = Door::SignIn { login: "kim".into(), passphrase: Rig::secret() };
        if let Ok(Answer::SignedIn(session)) = rig.desk.handle(Command::Door(door)) {
            seated.set(seated.get() + 1);
            prop_assert!(says_mismatch(&session), "{:?}", session.notices);
        }
        Ok(())
    });
    run.unwrap();
    assert!(seated.get() > 10, "only {} sign-ins went on: the others show less", seated.get());
}

fn options() -> Options {
    Options { loose: LOOSE, ..crate::contract::options() }
}

/// What `verify` says of a store without a key, and the records it holds; `None` where it does not open.
fn verified(store: &Path) -> (Vec<String>, Option<Vec<Stored>>) {
    let mut said =
        embedded::check_files(store, &options()).map_or_else(|e| vec![e.to_string()], |found| found.wrong);
    let engine = match EmbeddedEngine::open(store, &options()) {
        Ok(engine) => engine,
        Err(error) => {
            said.push(error.to_string());
            return (said, None);
        }
    };
    said.extend(engine.verify().err().map(|error| error.to_string()));
    said.extend(engine.reports());
    let records = engine.page(&Span::all(), None, usize::MAX).ok();
    (said, records)
}

/// Changes a byte and leaves no other trace: the file's time is what it was.
fn change_byte(file: &Path, at: usize) {
    let before = fs::metadata(file).unwrap().modified().unwrap();
    let mut bytes = fs::read(file).unwrap();
    bytes[at] ^= 0x11;
    fs::write(file, bytes).unwrap();
    fs::File::options().write(true).open(file).unwrap().set_modified(before).unwrap();
}

#[test]
fn any_changed_byte_of_journal_archives_and_image_is_found_by_verify_or_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    let clock = Clock::fixed("America/Chicago", Rig::NOW).unwrap();
    let founding = concord::service::founding::Founding {
        agency: "Lakeside".into(),
        zone: "America/Chicago".into(),
        program: "Outpatient".into(),
        set: "ASAM3".into(),
        login: "rosa".into(),
        name: "Rosa Imani".into(),
        credential: String::new(),
        passphrase: Rig::secret(),
        help_now: String::new(),
        demo_hint: String::new(),
    };
    let engine = EmbeddedEngine::create(&whole, &options()).unwrap();
    let (mut desk, _) =
        boot::found_on(Box::new(engine), &founding, &clock, &Ids::counted(3), boot::cheapest_cost()).unwrap();
    let door = Door::SignIn { login: "rosa".into(), passphrase: Rig::secret() };
    desk.handle(Command::Door(door)).unwrap();
    for name in ["Jo", "Sam", "Lee", "Kay"] {
        let register = People::Register { client: Box::new(client(name, "Rivera")), seen: true };
        desk.handle(Command::People(register)).unwrap();
    }
    drop(desk);
    let mut engine = EmbeddedEngine::open(&whole, &options()).unwrap();
    engine.archive_now().unwrap();
    let key = Key::new(250, [1; 16], 1);
    assert_eq!(engine.commit(&put(key, Expect::Absent, vec![7; 900])), Outcome::Ok);
    drop(engine);
    let (said, records) = verified(&whole);
    assert_eq!(said, Vec::<String>::new(), "it is whole to begin with");
    // Of the journal what is written, not the room that is kept for later.
    let written = |file: &Path| {
        let bytes = fs::read(file).unwrap();
        bytes.len() - bytes.iter().rev().take_while(|byte| **byte == 0).count()
    };
    let room = |folder: &str| -> Vec<_> {
        files_below(&whole.join(folder)).into_iter().filter(|file| written(file) > 0).collect()
    };
    let rooms = [room("journal"), room("archives"), room("image")];
    let strategy = (0..3_usize, any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let run = runner(90).run(&strategy, |(folder, which, at)| {
        let file = which.get(&rooms[folder]);
        let store = dir.path().join("case");
        copy(&whole, &store);
        let at = at.index(written(file));
        let name = file.strip_prefix(&whole).unwrap();
        change_byte(&store.join(name), at);
        let (said, found) = verified(&store);
        fs::remove_dir_all(&store).unwrap();
        // What proves the others tells of any byte of it; in the image there is room that nothing reads.
        if folder < 2 && !name.ends_with("last-backup") {
            prop_assert!(!said.is_empty(), "byte {at} of {} is not told of", name.display());
        }
        prop_assert!(!said.is_empty() || found == records, "byte {at} of {}: {said:?}", name.display());
        Ok(())
    });
    run.unwrap();
}

fn bend(rig: &Rig, kind: Kind, owner: impl Into<Owner>) {
    let key = Key::new(kind as u8, owner.into().0, 1);
    let Stored { rev, mut value, .. } = rig.engine.get(&key).unwrap().expect("it is there");
    *value.last_mut().unwrap() ^= 1;
    rig.engine.faults().tamper(key, Some((rev, value)));
}

#[test]
fn a_record_that_does_not_open_keeps_nobody_out_and_a_summary_is_made_anew() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig.hire("kim", &[Role::FrontDesk], None);
    let sam = rig.hire("sam", &[Role::Counselor], None);
    let jo = rig.admitted("Jo", "Rivera");
    let problem = rig.problem(jo, "low mood", "");
    rig.done(problem);
    let lee = rig.admitted("Lee", "Okafor");
    rig.lock();
    bend(&rig, Kind::Summary, jo);
    bend(&rig, Kind::Summary, lee);
    bend(&rig, Kind::Client, lee);
    bend(&rig, Kind::Staff, sam);
    for login in ["kim", "rosa"] {
        rig.restart();
        rig.sign_in(login);
        let notices = rig.session().notices.join(" ");
        let told = "1 summary that was made anew, 1 person who is in no list";
        assert!(notices.contains(told), "{login}: {notices}");
        assert!(says_mismatch(rig.session()), "{login}: a colleague's record is not what an admin signed");
        rig.lock();
    }
    let fault = rig.try_door("sam", Rig::PASSPHRASE);
    assert!(!fault.what.is_empty(), "one's own record must open");
    // Her chart is there, and the next change writes the summary.
    rig.sign_in("rosa");
    assert_eq!(rig.open(jo).person.summary.problems.len(), 1);
    let problem = rig.problem(jo, "cannot sleep", "");
    rig.done(problem);
    rig.lock();
    let (store, keys) = rig.reader();
    let summary = store.repo(&keys.agency).get::<Summary>(jo, 1).unwrap().expect("it opens again");
    assert_eq!(summary.value.problems.len(), 2);
}

/// The program with no mask on what it makes, in the shell.
fn unmasked(dir: &Path, line: &str) -> Output {
    let mut shell = Process::new("sh");
    let line = format!("umask 0; exec {} {line}", env!("CARGO_BIN_EXE_concord"));
    shell.current_dir(dir).env_clear().env("HOME", dir).args(["-c", &line]);
    shell.output().expect("a shell")
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn everything_below(dir: &Path) -> Vec<std::path::PathBuf> {
    let inside = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    inside
        .flat_map(
            |path| if path.is_dir() { [everything_below(&path), vec![path]].concat() } else { vec![path] },
        )
        .collect()
}

#[test]
fn nothing_of_a_store_is_open_to_others_whatever_the_mask_is_and_a_folder_they_can_write_in_is_refused() {
    let dir = agency();
    let store = dir.path().join("second");
    fs::create_dir(&store).unwrap();
    fs::set_permissions(&store, fs::Permissions::from_mode(0o777)).unwrap();
    let made = unmasked(
        dir.path(),
        "--store second init --agency Lakeside --zone America/Chicago --name 'Rosa Imani' --login rosa \
         --passphrase-file phrase --recovery-file second-words",
    );
    assert!(made.status.success(), "{}", out(&made).2);
    assert_eq!(mode(&store), 0o700);
    for path in everything_below(&store) {
        assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
    }
    fs::set_permissions(&store, fs::Permissions::from_mode(0o777)).unwrap();
    let (code, said, error) = out(&concord(dir.path(), "second", &["doctor"]));
    let told = said + &error;
    assert!(code == 1 && told.contains("thers on this computer can write"), "{code} {told}");
    // What others could only read is made private again.
    fs::set_permissions(&store, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(out(&concord(dir.path(), "second", &["doctor"])).0, 0);
    assert_eq!(mode(&store), 0o700);
}

#[test]
fn a_link_in_the_place_of_a_file_leads_nowhere() {
    let dir = agency();
    let victim = dir.path().join("victim");
    let untouched = || assert_eq!(fs::read(&victim).unwrap(), b"somebody else's");
    fs::write(&victim, "somebody else's").unwrap();
    for name in ["lock", "mark"] {
        let at = dir.path().join("store").join(name);
        let kept = fs::read(&at).unwrap();
        fs::remove_file(&at).unwrap();
        symlink(&victim, &at).unwrap();
        let (code, said, error) = out(&concord(dir.path(), "store", &["doctor"]));
        let told = said + &error;
        assert!(code == 1 && told.contains(&format!("{name} is a link")), "{name}: {code} {told}");
        untouched();
        fs::remove_file(&at).unwrap();
        fs::write(&at, kept).unwrap();
    }
    symlink(&victim, dir.path().join("one.archive.new")).unwrap();
    symlink(&victim, dir.path().join("store").join("format.new")).unwrap();
    let (code, _, error) = out(&concord(dir.path(), "store", &["backup", "one.archive"]));
    assert_eq!(code, 0, "{error}");
    untouched();
    let archive = dir.path().join("one.archive");
    assert!(fs::symlink_metadata(&archive).unwrap().is_file());
    // A copy of an archive that everybody can read is the owner's alone.
    fs::set_permissions(&archive, fs::Permissions::from_mode(0o777)).unwrap();
    let restore = ["restore", "one.archive", "--recovery-file", "words"];
    let who = ["--login", "rosa", "--passphrase-file", "other"];
    let restored = unmasked(dir.path(), &["--store far", &restore.join(" "), &who.join(" ")].join(" "));
    assert!(restored.status.success(), "{}", out(&restored).2);
    for path in everything_below(&dir.path().join("far")) {
        assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
    }
}

#[test]
fn the_mark_of_a_demo_beside_a_real_agency_removes_nothing() {
    let dir = agency();
    fs::write(dir.path().join("store").join("concord-demo"), "An invented agency").unwrap();
    let (code, _, error) = out(&concord(dir.path(), "store", &["demo", "--no-open", "--clients", "4"]));
    assert!(code == 1 && error.contains("holds something that is not a demo"), "{error}");
    let (code, said, error) = out(&concord(dir.path(), "store", &[&["doctor"], &ROSA[..]].concat()));
    assert!(code == 0 && said.contains("Lakeside"), "{said}{error}");
}

#[test]
fn a_name_that_steers_a_terminal_steers_none() {
    let dir = agency();
    let store = dir.path().join("store");
    let mut engine = EmbeddedEngine::open(&store, &options()).unwrap();
    let old = engine.get(&Key::new(Kind::Front as u8, Owner::AGENCY.0, 1)).unwrap().unwrap();
    let mut front = Front::decode(&old.value[2..]).unwrap();
    front.agency.name = "Lake\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}side".into();
    let value = [&old.value[..2], &front.encode().unwrap()].concat();
    assert_eq!(engine.commit(&put(old.key, Expect::At(Rev(old.rev.0)), value)), Outcome::Ok);
    drop(engine);
    let (code, said, error) = out(&concord(dir.path(), "store", &["doctor"]));
    assert!(code == 1 && said.contains("Lake"), "{said}{error}");
    let (_, _, named) = out(&concord(dir.path(), "no\u{1b}[2Jwhere", &["doctor"]));
    for text in [said, error, named] {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text:?}");
    }
}

fn pipe(at: &Path) {
    assert!(Process::new("mkfifo").arg(at).status().unwrap().success());
}

#[test]
fn commands_leave_no_core_and_wait_for_no_pipe() {
    let dir = agency();
    pipe(&dir.path().join("people.csv"));
    let (code, _, error) =
        out(&concord(dir.path(), "store", &[&["import", "csv", "people.csv"], &ROSA[..]].concat()));
    assert!(code == 1 && error.contains("cannot be read"), "{error}");
    // A command that waits for its passphrase: what it may do is settled from its first line.
    let secret = dir.path().join("typed");
    pipe(&secret);
    let line = format!(
        "ulimit -c unlimited 2>/dev/null; exec {} --store store --login rosa --passphrase-file typed doctor",
        env!("CARGO_BIN_EXE_concord")
    );
    let mut shell = Process::new("sh");
    shell.current_dir(dir.path()).env_clear().env("HOME", dir.path()).args(["-c", &line]);
    let mut waits = shell.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    // Opening it waits until the other side reads.
    let writer = fs::File::options().write(true).open(&secret).unwrap();
    let limits = fs::read_to_string(format!("/proc/{}/limits", waits.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap().to_owned();
    let words: Vec<&str> = core.split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"], "{core}");
    drop(writer);
    waits.wait().unwrap();
}
