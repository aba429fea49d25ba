//! `concord doctor`: the built binary on a store made by `concord init`, and the checks behind it on damaged stores.

use crate::rig::Rig;
use concord::domain::ClientId;
use concord::engine::embedded::{EmbeddedEngine, Options};
use concord::engine::{Key, Rev};
use concord::service::fault::FaultKind;
use concord::store::Kind;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn concord(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_concord"))
        .args(args)
        .env_clear()
        .env("CONCORD_STORE", dir.join("store"))
        .env("HOME", dir)
        .env("USER", "somebody")
        .output()
        .unwrap()
}

/// An agency set up by the binary.
fn set_up() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let (words, recovery) = (dir.path().join("words"), dir.path().join("recovery"));
    std::fs::write(&words, "correct horse\n").unwrap();
    let made = concord(
        dir.path(),
        &[
            "init",
            "--agency",
            "Lakeside",
            "--zone",
            "America/Chicago",
            "--name",
            "Rosa Imani",
            "--login",
            "rosa",
            "--passphrase-file",
            words.to_str().unwrap(),
            "--recovery-file",
            recovery.to_str().unwrap(),
        ],
    );
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    dir
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_sound_store_is_told_of_with_and_without_signing_in() {
    let dir = set_up();
    let told = concord(dir.path(), &["doctor"]);
    let text = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.status.code(), Some(0), "{text}");
    for part in ["Lakeside", "America/Chicago", "chain unbroken", "Nothing is wrong."] {
        assert!(text.contains(part), "{text}");
    }
    let words = dir.path().join("words");
    let signed_in = ["doctor", "--json", "--login", "rosa", "--passphrase-file", words.to_str().unwrap()];
    let told = concord(dir.path(), &signed_in);
    assert_eq!(told.status.code(), Some(0), "{}", String::from_utf8_lossy(&told.stderr));
    let found = json(&told);
    for field in ["clients", "episodes", "problems", "proposals", "assessments", "notes", "drafts", "groups"]
    {
        assert_eq!(found[field].as_u64(), Some(0), "{field}: {found}");
    }
    // Set up, signed in, looked.
    assert_eq!(found["audit_events"].as_u64(), Some(3), "{found}");
    assert_eq!((found["ok"].as_bool(), &found["wrong"]), (Some(true), &Value::Array(Vec::new())));
}

#[test]
fn a_wrong_passphrase_or_no_store_exits_1() {
    let dir = set_up();
    let other = dir.path().join("other");
    std::fs::write(&other, "not the passphrase\n").unwrap();
    let refused =
        concord(dir.path(), &["doctor", "--login", "rosa", "--passphrase-file", other.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("do not match"));
    let nowhere = tempfile::tempdir().unwrap();
    let told = concord(nowhere.path(), &["doctor", "--json"]);
    assert_eq!((told.status.code(), json(&told)["set_up"].as_bool()), (Some(1), Some(false)));
    assert_eq!(concord(nowhere.path(), &["doctor", "--rebuild-summaries"]).status.code(), Some(2));
}

#[test]
fn a_store_held_by_another_process_is_told_of_by_its_holder() {
    let dir = set_up();
    let held = EmbeddedEngine::open(
        &dir.path().join("store"),
        &Options::usual("2026-11-21 14:03", concord::store::LOOSE),
    )
    .unwrap();
    let told = concord(dir.path(), &["doctor"]);
    let text = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.status.code(), Some(0), "an open desk is nothing wrong: {text}");
    assert!(!text.contains("Wrong") && !text.contains("Nothing is wrong"), "{text}");
    assert!(text.contains("Not checked, because the store is open: whether the records add up"), "{text}");
    assert_eq!(text.matches("Close Concord there").count(), 1, "said once: {text}");
    let found = json(&concord(dir.path(), &["doctor", "--json"]));
    assert_eq!((found["complete"].as_bool(), found["in_use"].as_bool()), (Some(false), Some(true)));
    for part in ["since 2026-11-21 14:03", &format!("process {}", std::process::id()), "Close Concord there"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    drop(held);
    assert_eq!(concord(dir.path(), &["doctor"]).status.code(), Some(0));
}

#[test]
fn a_backup_on_the_stores_own_disk_is_warned_about_when_it_is_made_and_by_the_doctor() {
    let dir = set_up();
    let folder = dir.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    let made = concord(dir.path(), &["backup", folder.to_str().unwrap()]);
    let text = String::from_utf8(made.stdout).unwrap();
    assert!(made.status.success() && text.contains("It is on the same disk as the store."), "{text}");
    let told = String::from_utf8(concord(dir.path(), &["doctor"]).stdout).unwrap();
    assert!(
        told.contains("It is on the same disk as the store.") && told.contains("Nothing is wrong."),
        "{told}"
    );
    let found = json(&concord(dir.path(), &["doctor", "--json"]));
    assert_eq!((found["backup_same_disk"].as_bool(), found["complete"].as_bool()), (Some(true), Some(true)));
}

/// The sealed bytes of a record.
fn sealed(rig: &Rig, kind: Kind, client: ClientId, number: u32) -> (Key, Rev, Vec<u8>) {
    use concord::engine::Engine;
    let key = Key::new(kind as u8, client.0, number);
    let stored = rig.engine.get(&key).unwrap().unwrap();
    (key, stored.rev, stored.value)
}

#[test]
fn an_altered_record_and_a_missing_summary_are_found_and_the_summary_is_rebuilt() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let problem = rig.problem(jo, "low mood", "");
    rig.done(problem);
    let found = rig.desk.check_up().unwrap();
    assert_eq!((found.counts.clients, found.counts.episodes, found.counts.problems), (1, 1, 1));
    assert!(found.unreadable.is_empty() && found.wrong_summaries.is_empty() && found.mismatches.is_empty());
    // Whoever holds the key of the audit opens its events too.
    let outside = rig.desk.outside().unwrap();
    assert!(found.counts.audit_events > 5);
    assert_eq!((found.opened, found.closed, found.unknown), (outside.records, 0, 0));

    let faults = rig.engine.faults();
    let (key, rev, value) = sealed(&rig, Kind::Audit, ClientId(rig.reader().0.desk().0), 2);
    let mut bent = value.clone();
    *bent.last_mut().unwrap() ^= 1;
    faults.tamper(key, Some((rev, bent)));
    let found = rig.desk.check_up().unwrap();
    assert_eq!((found.unreadable, found.closed), (vec![("audit event", 1)], 0));
    faults.tamper(key, Some((rev, value)));
    let (key, rev, value) = sealed(&rig, Kind::Problem, jo, 1);
    let mut bent = value.clone();
    *bent.last_mut().unwrap() ^= 1;
    faults.tamper(key, Some((rev, bent)));
    let found = rig.desk.check_up().unwrap();
    assert_eq!(found.unreadable, [("problem", 1)]);
    assert!(rig.desk.outside().unwrap().engine.is_some(), "the digest sees it without a key");
    faults.tamper(key, Some((rev, value)));

    let (key, _, _) = sealed(&rig, Kind::Summary, jo, 1);
    faults.tamper(key, None);
    assert_eq!(rig.desk.check_up().unwrap().wrong_summaries, [jo]);
    // The rebuilt summary is written like any record; the digest no longer adds up since this test took one away.
    assert_eq!(rig.desk.rebuild_summaries().unwrap(), 1);
    assert_eq!(rig.desk.rebuild_summaries().unwrap(), 0, "and only once");
    assert!(rig.desk.check_up().unwrap().wrong_summaries.is_empty());
    assert_eq!(rig.open(jo).person.summary.problems.len(), 1);
}

#[test]
fn a_summary_put_back_to_an_older_state_is_found_and_rebuilt() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let before = rig.engine.copy();
    let problem = rig.problem(jo, "low mood", "");
    rig.done(problem);
    // The old value does not open at the new revision: it is told of as unreadable, not as wrong.
    let key = Key::new(Kind::Summary as u8, jo.0, 1);
    let old = concord::engine::Engine::get(&before, &key).unwrap().unwrap();
    rig.engine.faults().tamper(key, Some((Rev(old.rev.0 + 1), old.value)));
    assert_eq!(rig.desk.check_up().unwrap().unreadable, [("summary", 1)]);
}

#[test]
fn only_who_maintains_may_look() {
    let mut rig = Rig::founded();
    assert_eq!(rig.desk.check_up().unwrap_err().kind, FaultKind::Locked);
    assert!(rig.desk.outside().unwrap().engine.is_none());
}
