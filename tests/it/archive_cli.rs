//! `concord backup`, `restore`, `verify` and `doctor` as they are run: the built program on stores on disk.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use concord::engine::Engine;
use concord::engine::embedded::{EmbeddedEngine, Options};
use serde_json::Value;

pub fn concord(dir: &Path, store: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
    command.current_dir(dir).env_clear().env("HOME", dir).args(["--store", store]).args(args);
    command.output().expect("the program runs")
}

pub fn out(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (output.status.code().expect("an exit code"), text(&output.stdout), text(&output.stderr))
}

pub const ROSA: [&str; 4] = ["--login", "rosa", "--passphrase-file", "phrase"];

fn json(dir: &Path, store: &str, args: &[&str]) -> (i32, Value) {
    let (code, said, error) = out(&concord(dir, store, &[args, &["--json"]].concat()));
    (code, serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{error}")))
}

/// An agency in `store`, with one person.
pub fn agency() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("phrase"), "correct horse\n").unwrap();
    fs::write(dir.path().join("other"), "another phrase\n").unwrap();
    let init = ["init", "--agency", "Lakeside", "--zone", "America/Chicago", "--name", "Rosa Imani"];
    let made = concord(dir.path(), "store", &[&init[..], &ROSA, &["--recovery-file", "words"]].concat());
    assert!(made.status.success(), "{}", out(&made).2);
    let person = r#"{"resourceType":"Patient","identifier":[{"system":"urn:mrn","value":"1"}],
        "name":[{"family":"Zebrowski","given":["Jo"]}],"birthDate":"1980-05-31"}"#;
    fs::write(dir.path().join("jo.json"), person).unwrap();
    let came = concord(dir.path(), "store", &[&["import", "fhir", "jo.json"], &ROSA[..]].concat());
    assert!(came.status.success(), "{}", out(&came).2);
    dir
}

#[test]
fn an_archive_opens_elsewhere_with_the_recovery_phrase_alone() {
    let dir = agency();
    let (code, made) = json(dir.path(), "store", &["backup", "one.archive"]);
    assert_eq!(code, 0, "{made}");
    // Another machine: the archive, the words on paper, nothing else.
    let far = tempfile::tempdir().unwrap();
    for file in ["one.archive", "words", "other"] {
        fs::copy(dir.path().join(file), far.path().join(file)).unwrap();
    }
    drop(dir);
    let restore = [
        "restore",
        "one.archive",
        "--recovery-file",
        "words",
        "--login",
        "rosa",
        "--passphrase-file",
        "other",
    ];
    let (code, restored) = json(far.path(), "store", &restore);
    assert_eq!((code, &restored["records"]), (0, &made["records"]), "{restored}");
    assert_eq!(restored["recovered"], "Rosa Imani");
    let now = ["--login", "rosa", "--passphrase-file", "other"];
    let (code, found) = json(far.path(), "store", &[&["doctor"], &now[..]].concat());
    assert_eq!((code, &found["clients"], &found["ok"]), (0, &1.into(), &true.into()), "{found}");
    let (code, found) = json(far.path(), "store", &[&["verify"], &now[..]].concat());
    assert_eq!((code, &found["ok"]), (0, &true.into()), "{found}");
    // A second time there is a store, and it is left alone.
    let (code, _, error) = out(&concord(far.path(), "store", &restore));
    assert_eq!(code, 1);
    assert!(error.contains("not empty") && error.contains("nothing was changed"), "{error}");
}

#[test]
fn wrong_words_restore_nothing_and_the_same_command_can_be_tried_again() {
    let dir = agency();
    assert_eq!(json(dir.path(), "store", &["backup", "one.archive"]).0, 0);
    fs::write(dir.path().join("words"), "abandon ".repeat(23) + "art\n").unwrap();
    let restore = [
        "restore",
        "one.archive",
        "--recovery-file",
        "words",
        "--login",
        "rosa",
        "--passphrase-file",
        "other",
    ];
    let (code, _, error) = out(&concord(dir.path(), "again", &restore));
    assert_eq!(code, 1);
    assert!(error.contains("Nothing was restored"), "{error}");
    assert!(!error.contains("abandon"), "{error}");
    assert!(!dir.path().join("again").exists());
    // Without the words the old passphrases open it.
    assert_eq!(json(dir.path(), "again", &["restore", "one.archive"]).0, 0);
    assert_eq!(json(dir.path(), "again", &[&["verify"], &ROSA[..]].concat()).0, 0);
}

#[test]
fn a_backup_and_a_check_beside_an_open_desk() {
    let dir = agency();
    let store = dir.path().join("store");
    let desk =
        EmbeddedEngine::open(&store, &Options::usual("2026-11-21 14:03", concord::store::LOOSE)).unwrap();
    let head = desk.head();
    let (code, made) = json(dir.path(), "store", &["backup", "."]);
    assert_eq!((code, made["seq"].as_u64()), (0, Some(head.seq)), "{made}");
    let (code, found) = json(dir.path(), "store", &["verify"]);
    assert_eq!((code, &found["image_read"], found["seq"].as_u64()), (0, &false.into(), Some(head.seq)));
    let (code, said, _) = out(&concord(dir.path(), "store", &["verify"]));
    assert!(code == 0 && said.contains("Concord is open") && said.contains("2026-11-21 14:03"), "{said}");
    let (code, found) = json(dir.path(), "store", &["doctor"]);
    assert_eq!((code, found["backup_seq"].as_u64()), (0, Some(head.seq)), "{found}");
    drop(desk);
    assert_eq!(json(dir.path(), "store", &["verify"]).1["image_read"], true);
}

#[test]
fn damage_is_found_by_verify_mended_by_opening_and_told_by_doctor() {
    let dir = agency();
    fs::remove_dir_all(dir.path().join("store/image")).unwrap();
    let (code, found) = json(dir.path(), "store", &["doctor"]);
    assert_eq!((code, &found["ok"]), (0, &true.into()), "{found}");
    let told = found["mended"][0].as_str().unwrap();
    assert!(told.contains("is missing. It was rebuilt") && told.contains("Nothing was lost"), "{told}");
    assert_eq!(json(dir.path(), "store", &["doctor"]).1["mended"], Value::Array(Vec::new()));

    // A damaged journal: verify says it before anything is mended, and mending keeps the damaged one.
    let journal = fs::read_dir(dir.path().join("store/journal")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = fs::read(&journal).unwrap();
    bytes[200] ^= 1;
    fs::write(&journal, bytes).unwrap();
    let (code, found) = json(dir.path(), "store", &["verify"]);
    assert_eq!(code, 1, "{found}");
    assert!(found["wrong"][0].as_str().unwrap().contains("journal is damaged"), "{found}");
    let (code, found) = json(dir.path(), "store", &[&["doctor"], &ROSA[..]].concat());
    assert_eq!((code, &found["clients"]), (0, &1.into()), "{found}");
    assert!(found["set_aside"].as_u64() > Some(0), "{found}");
    assert_eq!(json(dir.path(), "store", &["verify"]).0, 0);
}

#[test]
fn a_store_put_back_to_an_older_state_shows_against_a_newer_archive() {
    let dir = agency();
    let older = tempfile::tempdir().unwrap();
    let copied =
        Command::new("cp").arg("-a").arg(dir.path().join("store")).arg(older.path()).status().unwrap();
    assert!(copied.success());
    // Two more acts, then an archive of them.
    for _ in 0..2 {
        assert_eq!(json(dir.path(), "store", &[&["doctor"], &ROSA[..]].concat()).0, 0);
    }
    assert_eq!(json(dir.path(), "store", &["backup", "newer.archive"]).0, 0);
    let verify = [&["verify", "newer.archive"], &ROSA[..]].concat();
    assert_eq!(json(dir.path(), "store", &verify).0, 0);
    fs::remove_dir_all(dir.path().join("store")).unwrap();
    fs::rename(older.path().join("store"), dir.path().join("store")).unwrap();
    let (code, found) = json(dir.path(), "store", &verify);
    assert_eq!(code, 1, "{found}");
    // The sign-in of this check found it first, and so has gone another way than the archive.
    let wrong = found["wrong"].to_string();
    assert!(wrong.contains("older than what was last seen on this computer"), "{found}");
    assert!(wrong.contains("does not go on from the archive"), "{found}");
    // On a computer that never saw it, only the archive tells.
    fs::remove_dir_all(dir.path().join(".local")).unwrap();
    let (code, found) = json(dir.path(), "store", &verify);
    assert!(code == 1 && found["wrong"].to_string().contains("from the archive"), "{found}");
}

#[test]
fn a_damaged_or_foreign_archive_is_refused_and_nothing_is_built() {
    let dir = agency();
    assert_eq!(json(dir.path(), "store", &["backup", "one.archive"]).0, 0);
    let mut bytes = fs::read(dir.path().join("one.archive")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(dir.path().join("bad.archive"), bytes).unwrap();
    fs::write(dir.path().join("words.archive"), "my holiday pictures").unwrap();
    for file in ["bad.archive", "words.archive"] {
        let (code, _, error) = out(&concord(dir.path(), "new", &["restore", file]));
        assert!(code == 1 && error.contains("damaged"), "{error}");
        assert!(!dir.path().join("new").exists());
        assert_eq!(out(&concord(dir.path(), "store", &["verify", file])).0, 1);
    }
    let (code, _, error) = out(&concord(dir.path(), "store", &["backup", "one.archive"]));
    assert!(code == 1 && error.contains("there already"), "{error}");
    let (code, _, error) = out(&concord(dir.path(), "nowhere", &["backup", "two.archive"]));
    assert!(code == 1 && error.contains("concord --store nowhere init"), "{error}");
    assert!(!dir.path().join("two.archive").exists());
}

#[test]
fn a_folder_put_back_whole_is_told_of_and_a_copy_elsewhere_is_not() {
    let dir = agency();
    let copied = |from: &str, to: &str| {
        let done = Command::new("cp").current_dir(dir.path()).args(["-r", from, to]).status().unwrap();
        assert!(done.success());
    };
    copied("store", "old");
    let doctor = [&["doctor"], &ROSA[..]].concat();
    assert_eq!(json(dir.path(), "store", &doctor).0, 0);
    assert_eq!(json(dir.path(), "old", &doctor).0, 0, "somewhere else it is no older state of this one");
    fs::rename(dir.path().join("store"), dir.path().join("newer")).unwrap();
    copied("old", "store");
    // The copy was signed in to, elsewhere, and so has gone another way.
    let (code, said, error) = out(&concord(dir.path(), "store", &["doctor"]));
    assert!(code == 1 && said.contains("older than what was last seen on this computer"), "{said}{error}");
    let (code, found) = json(dir.path(), "store", &doctor);
    assert_eq!((code, &found["ok"]), (1, &false.into()), "{found}");
    let (code, said, error) = out(&concord(dir.path(), "store", &doctor));
    assert!(code == 1 && said.contains("older than what was last seen"), "it stays: {said}{error}");
}

#[test]
fn new_words_are_in_their_file_and_the_old_ones_end() {
    let dir = agency();
    let made = [&["new-words", "--recovery-file", "new"], &ROSA[..]].concat();
    let (code, said, error) = out(&concord(dir.path(), "store", &made));
    assert!(code == 0 && said.contains("The new recovery phrase is in new."), "{said}{error}");
    let (code, _, error) = out(&concord(dir.path(), "store", &made));
    assert!(code == 1 && error.contains("new: "), "a file that is there is not written over: {error}");
    assert_eq!(json(dir.path(), "store", &["backup", "one.archive"]).0, 0);
    let restore = |words: &str, to: &str| {
        let args = ["restore", "one.archive", "--recovery-file", words, "--login", "rosa"];
        out(&concord(dir.path(), to, &[&args[..], &["--passphrase-file", "other"]].concat()))
    };
    let (code, _, error) = restore("words", "by-old");
    assert!(code == 1 && error.contains("not the recovery phrase"), "{error}");
    let (code, _, error) = restore("new", "by-new");
    assert_eq!(code, 0, "{error}");
    let now = ["--login", "rosa", "--passphrase-file", "other"];
    let (code, found) = json(dir.path(), "by-new", &[&["doctor"], &now[..]].concat());
    assert_eq!((code, &found["clients"], &found["ok"]), (0, &1.into(), &true.into()), "{found}");
}
