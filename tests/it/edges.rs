//! The edges of the process: what is named and is not there, output that nobody takes, a folder that is in use.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn program(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
    command.current_dir(dir).env_clear().env("HOME", dir).args(args);
    command
}

fn out(output: &Output) -> (Option<i32>, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

fn run(dir: &Path, args: &[&str]) -> (Option<i32>, String) {
    out(&program(dir, args).output().unwrap())
}

/// A folder with an agency in `.local/share/concord/store`, where the program looks by itself.
fn home() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("phrase"), "correct horse\n").unwrap();
    let init = ["init", "--agency", "Lakeside", "--zone", "America/Chicago", "--name", "Rosa Imani"];
    let more = ["--recovery-file", "words", "--login", "rosa", "--passphrase-file", "phrase"];
    let (code, said) = run(dir.path(), &[&init[..], &more].concat());
    assert_eq!(code, Some(0), "{said}");
    dir
}

#[test]
fn what_is_named_and_is_not_there_is_said_in_words() {
    let dir = home();
    let (code, said) = run(dir.path(), &["--config", "nowhere.toml", "doctor"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("There is no settings file nowhere.toml.") && said.contains("leave it away"),
        "{said}"
    );
    // Never the set-up of a new agency, and nothing is made.
    fs::write(dir.path().join("named.toml"), "store = \"elsewhere\"\n").unwrap();
    for (args, folder) in [(["--store", "nowhere"], "nowhere"), (["--config", "named.toml"], "elsewhere")] {
        let (code, said) = run(dir.path(), &args);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.contains(&format!("There is no agency in {folder}."))
                && said.contains(&format!("concord --store {folder} init")),
            "{said}"
        );
        assert!(!dir.path().join(folder).exists());
    }
}

#[test]
fn an_empty_settings_file_and_an_empty_variable_say_nothing_and_a_tilde_is_the_home_folder() {
    let dir = home();
    let is_found = |(code, said): (Option<i32>, String)| {
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("Agency       Lakeside"), "{said}");
    };
    fs::write(dir.path().join("empty.toml"), "").unwrap();
    is_found(run(dir.path(), &["--config", "empty.toml", "doctor"]));
    let empty = |name| program(dir.path(), &["doctor"]).env(name, "").output().unwrap();
    is_found(out(&empty("CONCORD_STORE")));
    is_found(out(&empty("CONCORD_CONFIG")));
    is_found(run(dir.path(), &["--store", "~/.local/share/concord/store", "doctor"]));
    fs::write(dir.path().join("tilde.toml"), "store = \"~/.local/share/concord/store\"\n").unwrap();
    is_found(run(dir.path(), &["--config", "~/tilde.toml", "doctor"]));
    let named = program(dir.path(), &["doctor"]).env("CONCORD_STORE", "nowhere").output().unwrap();
    assert!(out(&named).1.contains("No agency is set up here."), "a variable that says something counts");
    assert_eq!(run(dir.path(), &["--store", "", "doctor"]).0, Some(2), "an empty option is a mistake");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_and_never_a_panic() {
    let dir = home();
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    for args in [
        &["keymap", "show"][..],
        &["doctor"],
        &["verify", "--json"],
        &["instrument", "list"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
        &["--version"],
    ] {
        let ended = program(dir.path(), args).stdout(full()).output().unwrap();
        let (code, said) = out(&ended);
        assert_eq!(code, Some(1), "{args:?}: {said}");
        assert!(said.contains("could not be written"), "{args:?}: {said}");
        // Standard error is gone as well: there is nobody to tell.
        let ended = program(dir.path(), args).stdout(full()).stderr(full()).output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{args:?}");
    }
    let ended = program(dir.path(), &["--config", "nowhere", "doctor"]).stderr(full()).output().unwrap();
    assert_eq!(ended.status.code(), Some(2), "a fault that cannot be told is still that fault");
}

#[test]
fn a_misspelt_recovery_phrase_restores_nothing_and_the_next_try_can() {
    let dir = home();
    assert_eq!(run(dir.path(), &["backup", "one.archive"]).0, Some(0));
    fs::write(dir.path().join("wrong"), "abandon abandon abandon\n").unwrap();
    let restore = |words: &str| {
        let args =
            ["restore", "one.archive", "--store", "again", "--login", "rosa", "--passphrase-file", "phrase"];
        run(dir.path(), &[&args[..], &["--recovery-file", words]].concat())
    };
    let (code, said) = restore("wrong");
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Nothing was restored") && !dir.path().join("again").exists(), "{said}");
    let (code, said) = restore("words");
    assert_eq!(code, Some(0), "{said}");
}
