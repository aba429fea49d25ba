//! `concord import fhir` as it is run: the built program, a store on disk, exit codes and what is printed.

use std::path::Path;
use std::process::{Command, Output};

const GOOD: &str = r#"{"resourceType":"Patient","identifier":[{"system":"urn:mrn","value":"1"}],
    "name":[{"family":"Zebrowski","given":["Jo"]}],"birthDate":"1980-05-31"}"#;
const BAD: &str =
    "{\"resourceType\":\n\"Pateint\",\"name\":[{\"family\":\"Zebrowski\"}],\"birthDate\":\"1980-02-28\"}";

fn concord(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
    command.current_dir(dir).env_clear().env("HOME", dir).args(args);
    command.args(["--store", "store", "--login", "rosa", "--passphrase-file", "phrase"]);
    command.output().expect("the program runs")
}

fn out(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (output.status.code().expect("an exit code"), text(&output.stdout), text(&output.stderr))
}

/// A store with an agency in it, and two files.
fn agency() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("phrase"), "correct horse\n").unwrap();
    std::fs::create_dir(dir.path().join("in")).unwrap();
    std::fs::write(dir.path().join("in/good.json"), GOOD).unwrap();
    std::fs::write(dir.path().join("in/readme.txt"), "no").unwrap();
    let init = ["init", "--agency", "Lakeside", "--zone", "America/Chicago", "--name", "Rosa Imani"];
    let made = concord(dir.path(), &[&init[..], &["--recovery-file", "words"]].concat());
    assert!(made.status.success(), "{}", out(&made).2);
    dir
}

#[test]
fn a_dry_run_then_a_real_one_then_again() {
    let dir = agency();
    let (code, said, _) = out(&concord(dir.path(), &["import", "fhir", "in", "--dry-run"]));
    assert_eq!(code, 0);
    assert!(said.contains("Dry run: nothing is written."), "{said}");
    assert!(said.contains("in: 1 person would come in."), "{said}");
    assert!(said.contains("Not read: 1 other thing"), "{said}");
    let json = |args: &[&str]| -> (i32, serde_json::Value) {
        let (code, said, _) = out(&concord(dir.path(), args));
        (code, serde_json::from_str(&said).expect("JSON and nothing else"))
    };
    let (code, first) = json(&["import", "fhir", "in", "--json"]);
    assert_eq!((code, &first["people"], &first["already_here"]), (0, &1.into(), &0.into()), "{first}");
    for key in ["look_alikes", "conditions", "allergies", "medications", "practitioners", "encounters"]
        .iter()
        .chain(&["deceased", "unplaced", "cleaned", "refused", "dry_run"])
    {
        assert!(!first[key].is_null(), "{key} is in the report");
    }
    assert_eq!((&first["files"], &first["skipped"]), (&1.into(), &1.into()));
    let (_, second) = json(&["import", "fhir", "in", "--json"]);
    assert_eq!((&second["people"], &second["already_here"]), (&0.into(), &1.into()), "{second}");
}

#[test]
fn a_folder_without_json_says_what_is_there_instead() {
    let dir = agency();
    std::fs::create_dir(dir.path().join("xml")).unwrap();
    std::fs::write(dir.path().join("xml/Patient.xml"), "<Patient/>").unwrap();
    let (code, _, told) = out(&concord(dir.path(), &["import", "fhir", "xml"]));
    assert_eq!(code, 1);
    assert!(told.contains("1 XML file is there: FHIR is read as JSON; ask for it in that form."), "{told}");
}

#[test]
fn what_belongs_to_nobody_is_no_success() {
    let dir = agency();
    let lost = r#"{"resourceType":"Condition","subject":{"reference":"Patient/9"},"code":{"text":"x"}}"#;
    std::fs::write(dir.path().join("in/lost.json"), lost).unwrap();
    let (code, said, _) = out(&concord(dir.path(), &["import", "fhir", "in"]));
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("1 person; about nobody in the file: Condition 1."), "{said}");
}

#[test]
fn a_wrong_file_is_named_with_its_place_and_the_others_go_in() {
    let dir = agency();
    std::fs::write(dir.path().join("in/bad.json"), BAD).unwrap();
    let (code, said, told) = out(&concord(dir.path(), &["import", "fhir", "in"]));
    assert_eq!(code, 1);
    assert!(told.contains("in/bad.json, line 2, column "), "{told}");
    assert!(told.contains("resourceType must be the name"), "{told}");
    assert!(said.contains("in: 1 person."), "{said}");
    assert!(said.contains("In all, from 1 of 2 files: 1 person."), "{said}");
    assert!(
        said.contains("Refused: 1 file. Nothing of it is in; the other files are not concerned."),
        "{said}"
    );
    assert!(!format!("{said}{told}").contains("Zebrowski"), "nobody's name");

    let (code, _, told) = out(&concord(dir.path(), &["import", "fhir", "in", "nowhere.json"]));
    assert_eq!(code, 1);
    assert!(
        told.contains("nowhere.json: cannot be read") && told.contains("Nothing was brought in."),
        "{told}"
    );
    let (code, ..) = out(&concord(dir.path(), &["import", "fhir"]));
    assert_eq!(code, 2, "wrong usage");
}

const ROSTER: &str = "Last Name;First Name;DOB;MRN;Case manager\r\n\
    Zebrowski;Jo;31.05.1980;A1;Kim\r\n\
    Nobody;;32.05.1980;A2;\r\n\
    Okafor;Sam;01.02.1975;A3;Kim\r\n";

#[test]
fn a_roster_is_looked_at_then_brought_in_then_known() {
    let dir = agency();
    std::fs::write(dir.path().join("roster.csv"), ROSTER).unwrap();
    let (code, said, _) = out(&concord(dir.path(), &["import", "csv", "roster.csv", "--dry-run"]));
    assert_eq!(code, 1, "a row is left out: {said}");
    for words in [
        "Dry run: nothing is written.",
        "roster.csv: UTF-8, semicolons between fields, dates as day/month/year (the dates say so).",
        "columns: family = Last Name, given = First Name, birth = DOB, record = MRN",
        "kept as they are: Case manager",
        "One person of it:",
        "DOB            31.05.1980   born 31 May 1980",
        "Case manager   Kim          kept with the person, as it is",
        "2 people would come in; 1 row or record was left out.",
        "roster.csv, line 3: there is no such birth date",
    ] {
        assert!(said.contains(words), "{words:?} is not in:\n{said}");
    }
    let json = |args: &[&str]| -> (i32, serde_json::Value) {
        let (code, said, _) = out(&concord(dir.path(), args));
        (code, serde_json::from_str(&said).expect("JSON and nothing else"))
    };
    let (code, first) = json(&["import", "csv", "roster.csv", "--json"]);
    assert_eq!((code, &first["people"]), (1, &2.into()), "{first}");
    assert_eq!(first["rows_left_out"][0]["line"], 3, "{first}");
    let (_, again) = json(&["import", "csv", "roster.csv", "--json"]);
    assert_eq!((&again["people"], &again["already_here"]), (&0.into(), &2.into()), "{again}");
    // Without the numbers they look alike by name and birth date: a person decides.
    std::fs::write(dir.path().join("bare.csv"), "first,last,dob\nJo,Zebrowski,1980-05-31\n").unwrap();
    let (code, said, _) = out(&concord(dir.path(), &["import", "csv", "bare.csv"]));
    assert_eq!(code, 0);
    assert!(said.contains("0 people; 1 look-alike.") && said.contains("bare.csv, line 2: like A-"), "{said}");
    assert!(!said.contains("Zebrowski"), "nobody is named: {said}");
    let (_, said, _) = out(&concord(dir.path(), &["import", "csv", "bare.csv", "--accept-look-alikes"]));
    assert!(said.contains("1 person; 1 look-alike."), "{said}");
}

#[test]
fn a_roster_that_is_not_right_changes_nothing_and_says_what_helps() {
    let dir = agency();
    for (name, bytes, words) in [
        (
            "quote.csv",
            &b"first,last\nJo,\"Rivera\n"[..],
            "line 2, column 1: a quotation mark is opened here and never closed",
        ),
        ("odd.csv", b"A,B\nJo,Rivera\n", "--map given=COLUMN"),
        ("none.csv", b"", "is empty"),
    ] {
        std::fs::write(dir.path().join(name), bytes).unwrap();
        let (code, said, error) = out(&concord(dir.path(), &["import", "csv", name]));
        assert_eq!(code, 1);
        assert!(error.contains(words), "{words:?} is not in:\n{error}");
        assert!(said.contains("Refused: 1 file. Nothing of it is in"), "{said}");
    }
    let (code, _, error) = out(&concord(dir.path(), &["import", "csv", "odd.csv", "--map", "nose=A"]));
    assert_eq!(code, 2, "wrong usage");
    assert!(error.contains("no field \"nose\"") && error.contains("birth"), "{error}");
    let (_, said, _) =
        out(&concord(dir.path(), &["import", "csv", "odd.csv", "--map", "given=A", "--map", "family=B"]));
    assert!(said.contains("odd.csv: 1 person, 1 of the people without a birth date."), "{said}");
    assert!(said.contains("NOT FOUND: a column for the birth date"), "{said}");
}
