//! `concord instrument` and `concord score` as they are run: no store, exit codes, and what is printed.

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn concord(dir: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_concord"));
    command.current_dir(dir).env_clear().env("HOME", dir).args(args);
    let output = command.output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    (output.status.code().expect("an exit code"), text(&output.stdout), text(&output.stderr))
}

fn json_of(dir: &Path, args: &[&str]) -> Value {
    let (code, said, told) = concord(dir, &[args, &["--json"]].concat());
    assert_eq!(code, 0, "{told}");
    serde_json::from_str(&said).expect("JSON and nothing else")
}

#[test]
fn a_score_needs_no_store_and_says_the_same_to_people_and_programs() {
    let dir = tempfile::tempdir().unwrap();
    let first = "3,3,3,3,3,3,3,3,0";
    let score = json_of(dir.path(), &["score", "phq9", "2,2,1,-,1,2,0,1,2", "--against", first]);
    assert_eq!((&score["instrument"], &score["version"]), (&json!("PHQ-9"), &json!(1)));
    assert_eq!((&score["answered"], &score["missing"]), (&json!(8), &json!(1)));
    assert_eq!(
        (&score["total"], &score["band"], &score["cutoff_met"]),
        (&json!(12.375), &json!("moderate"), &json!(true))
    );
    assert_eq!(score["critical"].as_array().map(Vec::len), Some(1));
    assert_eq!((&score["critical"][0]["item"], &score["critical"][0]["value"]), (&json!("9"), &json!(2)));
    let change = &score["change"];
    assert_eq!((&change["class"], &change["reliable"]), (&json!("improved"), &json!(true)));
    assert_eq!(change["difference"], json!(-11.625));

    let (code, said, _) = concord(dir.path(), &["score", "PHQ-9", "2,2,1,-,1,2,0,1,-"]);
    assert_eq!(code, 0);
    assert!(
        said.contains("Total: no score: item 9 (thoughts of death or self-harm) is not answered"),
        "{said}"
    );
    assert!(said.contains("Ask: item 9"), "{said}");
    let wai = json_of(dir.path(), &["score", "WAI-SR", "1,2,3,4,5,4,3,2,1,2,3,4"]);
    assert_eq!((&wai["scales"], &wai["total"]), (&json!({"goal": 13, "task": 9, "bond": 12}), &json!(34)));
    let vpps = json_of(dir.path(), &["score", "VPPS", "-,2,3,4,5,1,2"]);
    assert_eq!((&vpps["total"], &vpps["scales"]["participation"]), (&Value::Null, &Value::Null));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "nothing is written");
}

#[test]
fn a_dash_comes_first_in_a_line_of_answers_too() {
    let dir = tempfile::tempdir().unwrap();
    let args = ["score", "--json", "GAD-7", "-,1,1,1,1,1,1", "--against", "-,3,3,3,3,3,3"];
    let (code, said, told) = concord(dir.path(), &args);
    let score: Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{told}"));
    assert_eq!((code, &score["total"], &score["change"]["class"]), (0, &json!(7), &json!("recovered")));
}

#[test]
fn what_cannot_be_scored_is_wrong_usage_with_what_would_work() {
    let dir = tempfile::tempdir().unwrap();
    for (args, told) in [
        (vec!["score", "PHQ-9", "1,1,1"], "PHQ-9 takes 9 or 10 answers; you gave 3."),
        (
            vec!["score", "PHQ-9", "1,1,1,1,1,1,1,1,4"],
            "4 is no answer to item 9 (thoughts of death or self-harm); give 0",
        ),
        (vec!["score", "SRS", "1,036"], "total of the four lines takes 0 to 40, one decimal, such as 36.4."),
        (
            vec!["score", "SRS", "40.1"],
            "40.1 is no answer to total of the four lines; give 0 to 40, one decimal",
        ),
        (vec!["score", "BAM-R", "1,1"], "BAM-R takes 15, 16, 22 or 23 answers; you gave 2."),
        (vec!["score", "OQ-45.2", "70,1,1,1,1,1,1,1,1,1"], "OQ-45.2 takes 1 to 9 answers; you gave 10."),
        (vec!["score", "PHQ", "1"], "There is no measure \"PHQ\"."),
        (
            vec!["score", "CORE-10", "1,1,1,1,1,1,1,1,1,1", "--age", "16"],
            "CORE-10 is for people of 17 and over",
        ),
        (
            vec!["score", "check-in", "4,4,4", "--form", "sibling"],
            "there are: adult, youth, family, family youth, group",
        ),
        (vec!["score", "PHQ-9", "0,0,0,0,0,0,0,0,0", "--by", "observer"], "PHQ-9 is filled in by: client"),
    ] {
        let (code, said, error) = concord(dir.path(), &args);
        assert_eq!((code, said.as_str()), (2, ""), "{args:?}");
        assert!(error.contains(told), "{args:?}: {error}");
    }
}

#[test]
fn measures_are_listed_shown_and_checked() {
    let dir = tempfile::tempdir().unwrap();
    let listed = json_of(dir.path(), &["instrument", "list"]);
    let of =
        |key: &str| listed.as_array().unwrap().iter().find(|one| one["instrument"] == key).cloned().unwrap();
    assert_eq!((&of("SRS")["typed"], &of("SRS")["may_be_drawn"]), (&json!("totals"), &json!(false)));
    assert_eq!(of("PHQ-9")["may_be_drawn"], json!(true));
    let (_, shown, _) = concord(dir.path(), &["instrument", "show", "PHQ-9"]);
    assert!(shown.contains("missing answers of Total (verify): NHS Data Dictionary"), "{shown}");
    let (_, shown, _) = concord(dir.path(), &["instrument", "show", "WAI-SR"]);
    assert!(shown.contains("  item 1: 1 to 5\n"), "items of a form that is not free are numbered: {shown}");

    let (code, text, _) = concord(dir.path(), &["instrument", "show", "PHQ-9", "--file"]);
    assert_eq!(code, 0);
    std::fs::create_dir(dir.path().join("measures")).unwrap();
    let own = dir.path().join("measures/own.toml");
    std::fs::write(&own, &text).unwrap();
    let (code, _, told) = concord(dir.path(), &["instrument", "check", "measures/own.toml"]);
    assert_eq!(code, 1);
    assert!(
        told.contains("measures/own.toml:3:1: PHQ-9 ships with version 1; give yours a higher one"),
        "{told}"
    );
    std::fs::write(&own, text.replacen("version = 1", "version = 2", 1).replacen("by = 6", "by = 5", 1))
        .unwrap();
    let (code, said, _) = concord(dir.path(), &["instrument", "check", "measures/own.toml"]);
    assert_eq!((code, said.as_str()), (0, "measures/own.toml: no faults found (PHQ-9, version 2).\n"));

    std::fs::write(dir.path().join("config.toml"), "format = 1\n").unwrap();
    let score = |first| {
        let args = ["--config", "config.toml", "score", "PHQ-9", "2,2,2,2,2,1,0,0,0", "--against", first];
        json_of(dir.path(), &args)
    };
    let five = score("2,2,2,2,2,2,2,2,0");
    assert_eq!(
        (&five["version"], &five["change"]["reliable"]),
        (&json!(2), &json!(true)),
        "the agency's own figure"
    );
}

/// A Questionnaire of the GAD-7, with words of ours.
fn gad() -> String {
    let codes = ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"];
    let options: Vec<Value> = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
        .iter()
        .map(|words| json!({"valueCoding": {"display": words}}))
        .collect();
    let item = |(at, code): (usize, &&str)| {
        let code = json!([{"system": "http://loinc.org", "code": code}]);
        json!({"linkId": format!("q{at}"), "type": "choice", "text": format!("Zebra {at}"), "code": code, "answerOption": options})
    };
    let items: Vec<Value> = codes.iter().enumerate().map(item).collect();
    json!({"resourceType": "Questionnaire", "title": "GAD-7", "status": "active", "item": items}).to_string()
}

#[test]
fn the_words_of_a_form_are_shown_then_kept_once() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    std::fs::write(at("phrase"), "correct horse\n").unwrap();
    std::fs::write(at("gad.json"), gad()).unwrap();
    let login = ["--store", "store", "--login", "rosa", "--passphrase-file", "phrase"];
    let init = [
        "init",
        "--agency",
        "Lakeside",
        "--zone",
        "America/Chicago",
        "--name",
        "Rosa Imani",
        "--recovery-file",
        "words",
    ];
    assert_eq!(concord(dir.path(), &[&init[..], &login].concat()).0, 0);

    let import = ["import", "questionnaire", "gad.json"];
    let (code, said, told) = concord(dir.path(), &[&import[..], &["--dry-run"]].concat());
    assert_eq!(code, 0, "{told}");
    assert!(
        said.contains("item 1 (by code; answers by order, check): Zebra 0")
            && said.contains("Nothing is kept."),
        "{said}"
    );
    let (code, _, told) = concord(dir.path(), &[&import[..], &login].concat());
    assert_eq!(code, 1);
    assert!(told.contains("Nothing is kept before somebody has looked at it."), "{told}");
    let keep = |last: &[&str]| concord(dir.path(), &[&import[..], &login, &["--yes"], last].concat());
    let (code, said, told) = keep(&[]);
    assert_eq!(code, 0, "{told}");
    assert!(said.ends_with("Kept as wording 1.\n"), "{said}");
    let again: Value = serde_json::from_str(&keep(&["--json"]).1).unwrap();
    assert_eq!(
        (&again["wording"], &again["new"]),
        (&json!(1), &json!(false)),
        "the same words are kept once"
    );
    std::fs::write(at("gad.json"), gad().replacen("Zebra 0", "Zebra again", 1)).unwrap();
    let other: Value = serde_json::from_str(&keep(&["--json"]).1).unwrap();
    assert_eq!(
        (&other["wording"], &other["new"]),
        (&json!(2), &json!(true)),
        "other words are a further wording"
    );

    let (code, _, told) = concord(dir.path(), &[&import[..], &["--dry-run", "--measure", "ORS"]].concat());
    assert_eq!(code, 1);
    assert!(told.contains("ORS: Its licence is sold") && told.contains("Nothing is kept."), "{told}");
}
