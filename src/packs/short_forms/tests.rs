use super::*;
use crate::packs::{SHORT_FORMS, short_form_text, short_forms};

fn faults(text: &str) -> Vec<(usize, usize, String)> {
    let errors = read("own.toml", text).unwrap_err();
    errors.into_iter().map(|error| (error.line, error.column, error.message)).collect()
}

#[test]
fn every_shipped_form_reads_and_asks_what_the_specification_names() {
    for (file, text) in SHORT_FORMS {
        read(file, text).unwrap();
    }
    let keys: Vec<&str> = short_forms().iter().map(|form| form.key.as_str()).collect();
    assert_eq!(keys, ["drug-test", "medication", "incident", "coordination", "transport"]);
    assert!(short_form_text("transport").unwrap().contains("Who drives"));
    let test = &short_forms()[0];
    let panel = &test.substances().unwrap().panels[0];
    assert_eq!((test.used_as, panel.substances.len()), (ShortUse::Test, 6));
    assert!(test.fields.iter().any(|field| field.key == "observed" && field.ask == FieldAsk::YesNo));
    let later: Vec<&str> = short_forms()[4].later().map(|field| field.key.as_str()).collect();
    assert_eq!(later, ["outcome", "note"], "what becomes of a ride is known later");
}

#[test]
fn an_own_form_is_added_or_takes_the_place_of_one_with_its_key() {
    let own = |key: &str| {
        let text = format!(
            "key = \"{key}\"\nname = \"Own\"\n[[field]]\nkey = \"a\"\nlabel = \"A\"\nask = \"date\"\n"
        );
        read("own.toml", &text).unwrap()
    };
    let all = ShortForms::with_own(vec![own("transport"), own("visit")]);
    assert_eq!(all.iter().count(), 6);
    assert_eq!(all.get("transport").unwrap().name, "Own");
    assert_eq!(all.get("visit").unwrap().day, "Day", "the day has a name where the file has none");
    assert_eq!(ShortForms::default().get("transport").unwrap().name, "Transport");
}

#[test]
fn a_word_that_nothing_reads_is_refused_with_line_and_column() {
    let text = SHORT_FORMS[4].1.replacen("label = \"To\"", "lable = \"To\"", 1);
    let found = faults(&text);
    let line = 1 + text.lines().position(|line| line.contains("lable")).unwrap();
    assert_eq!(found[0].0, line, "{found:?}");
    assert!(found[0].2.contains("lable"));
    let found = faults("key = \"a\"\nname = \"A\"\nuse = \"lab\"\n");
    assert_eq!((found[0].0, found[0].1), (3, 7), "{found:?}");
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_in_place() {
    let text = r#"
key = "visit"
name = "A name that is far too long"
results_days = 3
[[field]]
key = "a"
label = "A"
ask = "choice"
choices = ["one"]
[[field]]
key = "a"
label = "B"
ask = "text"
unit = "km"
[[field]]
key = "c"
label = "C"
ask = "number"
least = 5
most = 2
"#;
    let found = faults(text);
    let words: Vec<&str> = found.iter().map(|(_, _, words)| words.as_str()).collect();
    assert_eq!(
        words,
        [
            "the name of a form has 1 to 24 characters",
            "results_days is for a form with use = \"test\", from 1 to 365",
            "field \"a\" asks for a choice: it needs 2 to 30 choices",
            "field key \"a\" is there twice",
            "field \"a\" has a unit, least or most: it needs ask = \"number\"",
            "field \"c\": least is more than most",
        ]
    );
    let lines: Vec<usize> = found.iter().map(|(line, ..)| *line).collect();
    assert_eq!(lines, [3, 4, 5, 10, 10, 15]);
}

#[test]
fn a_test_needs_panels_and_a_medication_a_name_and_a_state() {
    let named = |more: &str| format!("key = \"own\"\nname = \"Own\"\n{more}");
    let field = "[[field]]\nkey = \"r\"\nlabel = \"R\"\nask = \"substances\"\nlater = true\n";
    let panel = "[[field.panel]]\nname = \"two\"\nsubstances = [\"alcohol\", \"alcohol\"]\n";
    let found = faults(&named(&format!("use = \"test\"\n{field}{panel}")));
    assert_eq!(found[0].2, "a substance \"alcohol\" is there twice");
    let good = panel.replace("\"alcohol\", \"alcohol\"", "\"alcohol\"");
    assert!(read("own.toml", &named(&format!("use = \"test\"\n{field}{good}"))).is_ok());
    let found = faults(&named(&format!(
        "use = \"test\"\n{}{good}",
        field.replace("later = true", "required = true")
    )));
    assert!(found.iter().any(|(_, _, words)| words.contains("never required")), "{found:?}");
    assert!(found.iter().any(|(_, _, words)| words.contains("later = true")), "{found:?}");
    let found = faults(&named(&format!("{field}{good}")));
    assert_eq!(found[0].2, "ask = \"substances\" is for a form with use = \"test\"");
    let found =
        faults(&named("use = \"medication\"\n[[field]]\nkey = \"name\"\nlabel = \"N\"\nask = \"text\"\n"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].2.contains("\"taking\""));
}
