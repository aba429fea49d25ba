//! Files that are wrong, each in its own way: a clear message with file and place, nothing quoted, no panic.

use super::*;
use proptest::prelude::*;

fn fault(bytes: &[u8]) -> ImportFault {
    check("bad.json", &mut Cursor::new(bytes), &mut |_| ()).map(|checked| checked.report).unwrap_err()
}

type Cases<'a> = &'a [(&'a str, &'a str)];

fn all_are_refused(cases: Cases<'_>) {
    for (json, want) in cases {
        let said = fault(json.as_bytes()).to_string();
        assert!(
            said.starts_with("bad.json") && said.contains(want),
            "{json:.80}\n said {said}\n want {want}"
        );
    }
}

#[test]
fn each_wrong_file_is_named_with_its_place() {
    let deep = format!(r#"{{"resourceType":"Patient","x":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    all_are_refused(&[
        ("", "bad.json: is empty"),
        ("\u{feff} \n ", "bad.json: is empty"),
        ("<Patient xmlns=\"http://hl7.org/fhir\"/>", "bad.json: is XML"),
        ("hello", "bad.json, line 1, column 1: is not JSON here"),
        ("[]", "bad.json, line 1, column 1: must hold one JSON object"),
        ("5", "must hold one JSON object"),
        ("{}", "bad.json: is JSON but not a FHIR resource: it has no resourceType"),
        (
            "{\"resourceType\":\n \"Pateint\"}",
            "bad.json, line 2, column 2, resourceType: resourceType must be the name",
        ),
        (r#"{"resourceType":5}"#, "line 1, column 17, resourceType: resourceType must be the name"),
        (r#"{"resourceType":"Bundle","resourceType":"Bundle"}"#, "resourceType: is there twice"),
        (r#"{"resourceType":"Bundle","entry":5}"#, "entry must be a list"),
        (
            r#"{"resourceType":"Bundle","entry":[5]}"#,
            "line 1, column 35, entry[0]: an entry must be an object",
        ),
        (r#"{"resourceType":"Bundle","entry":[["u",{}]]}"#, "entry[0]: an entry must be an object"),
        (
            r#"{"resourceType":"Bundle","entry":[{"fullUrl":7}]}"#,
            "column 46, entry[0]: fullUrl must be a short text",
        ),
        (
            r#"{"resourceType":"Bundle","entry":[{"resource":[]}]}"#,
            "entry[0].resource: a resource must be an object",
        ),
        (
            r#"{"resourceType":"Bundle","entry":[{"resource":{}}]}"#,
            "entry[0].resource: a resource must say its resourceType",
        ),
        (r#"{"resourceType":"Bundle","entry":[],"entry":[]}"#, "entry: is there twice"),
        (&deep, "is nested deeper than 100 levels"),
    ]);
}

#[test]
fn each_wrong_element_is_named_with_its_place() {
    let twice = bundle(&[("urn:uuid:1", &patient("")), ("urn:uuid:2", &patient(r#","gender":"male""#))]);
    let same_url =
        bundle(&[("urn:uuid:1", &patient("")), ("urn:uuid:1", r#"{"resourceType":"Goal","id":"2"}"#)]);
    all_are_refused(&[
        (&twice, "entry[1].resource (Patient): this id is in the file twice"),
        (&same_url, "entry[1].resource (Goal): this fullUrl is in the file twice"),
        (r#"{"resourceType":"Patient"} x"#, "is not JSON here: trailing characters"),
        (r#"{"resourceType":"Bundle"}{"resourceType":"Bundle"}"#, "is not JSON here: trailing characters"),
        (r#"{"resourceType":"Patient","gender":"\ud800"}"#, "Patient: holds broken text"),
    ]);
}

/// What is left out of a file that is read, as it is told.
fn left_out(json: &str) -> Vec<ImportFault> {
    check("bad.json", &mut Cursor::new(json), &mut |_| ()).unwrap().report.left_out
}

#[test]
fn an_element_of_another_kind_costs_its_resource_and_not_the_file() {
    for (resource, want) in [
        (r#"{"resourceType":"Patient","name":5}"#, "line 1, column 42, [0] (Patient).name: must be a list"),
        (r#"{"resourceType":"Patient","name":["Rosa"]}"#, "[0] (Patient).name[0]: must be an object"),
        (
            r#"{"resourceType":"Condition","code":5,"subject":{"reference":"Patient/9"}}"#,
            "[0] (Condition).code: must be an object",
        ),
    ] {
        let json = format!("[\n       {resource},{}]", patient("")).replace('\n', "");
        let told = left_out(&json);
        assert!(told.len() == 1 && told[0].to_string().contains(want), "{told:?}\n want {want}");
        let (people, report) = read(&json);
        assert_eq!((people.len(), report.people, report.resources), (1, 1, 2), "{resource}");
    }
}

#[test]
fn a_value_that_does_not_read_costs_that_value() {
    let long = format!(r#","gender":"{}""#, "x".repeat(MAX_TEXT + 1));
    for (body, want) in [
        (r#","deceasedBoolean":"perhaps""#, "deceasedBoolean must be true or false"),
        (r#","birthDate":19800531"#, "birthDate must be a date in quotes"),
        (r#","birthDate":"1900-01-01""#, "birthDate is a day that programs write for no date"),
        (r#","gender":{"code":"f"}"#, "gender must be text"),
        (long.as_str(), "gender is longer than 10,000 bytes, the most one field may have"),
    ] {
        let (people, _) = read(&patient(body));
        let told: Vec<&str> = people[0].doubts.iter().map(|doubt| doubt.what.as_str()).collect();
        assert_eq!(told, [want], "{body:.60}");
    }
    let (people, _) =
        read(&patient(r#","deceasedBoolean":"true","telecom":{"system":"phone","value":5550001}"#));
    assert!(
        people[0].deceased && people[0].client.phones[0].value == "5550001" && people[0].doubts.is_empty()
    );
}

#[test]
fn a_birth_that_nobody_living_had_is_left_away() {
    let today = Date::from_ymd(2026, 11, 21);
    for (born, want) in [("2099-01-01", "is in the future"), ("1799", "is over 130 years ago")] {
        let json = patient(&format!(r#","birthDate":"{born}""#));
        let mut input = Cursor::new(json.as_bytes());
        let mut one = One { name: "one.json", input: &mut input };
        let (checked, _) = check_all("one.json", &mut one, today, &mut |_| ());
        let mut told = Vec::new();
        let done = checked.people_of(&mut one, &mut |_| (), &mut |plan| {
            told.push((plan.client.birth, plan.doubts[0].what.clone()));
            Ok::<(), ()>(())
        });
        assert!(done.is_ok());
        assert_eq!(told, [(Birth::Unknown, format!("birthDate {want}"))]);
    }
}

#[test]
fn places_are_exact_in_indented_bundles() {
    let json = "{\n  \"resourceType\": \"Bundle\",\n  \"entry\": [ {\n    \"fullUrl\": \"urn:1\",\n    \"resource\": {\n      \
        \"resourceType\": \"Patient\",\n      \"name\": 19801301\n    }\n  } ]\n}";
    let said = &left_out(json)[0];
    assert_eq!(said.at, Some((7, 15)));
    assert_eq!(said.path, "entry[0].resource (Patient).name");
    let one_line: String = json.lines().map(str::trim).collect();
    let column = one_line.find("1980").unwrap() as u64 + 1;
    assert_eq!(left_out(&one_line)[0].at, Some((1, column)));
}

#[test]
fn a_date_that_is_none_is_left_away_and_named_without_being_quoted() {
    let (people, report) = read(&bundle(&[
        ("urn:1", &patient(r#","birthDate":"0000-00-00""#)),
        (
            "urn:2",
            r#"{"resourceType":"Condition","onsetDateTime":"2026-02-31","subject":{"reference":"urn:1"}}"#,
        ),
    ]));
    assert_eq!((report.people, report.conditions, people[0].client.birth), (1, 1, Birth::Unknown));
    let none = "is a date that does not exist";
    let said = ["entry[0].resource (Patient).birthDate", "entry[1].resource (Condition).onsetDateTime"];
    let told = people[0].doubts.iter().map(|doubt| format!("{}.{}", doubt.place, doubt.what));
    assert_eq!(told.collect::<Vec<_>>(), said.map(|place| format!("{place} {none}")));
}

#[test]
fn the_same_resource_twice_is_read_once() {
    let twice = bundle(&[("urn:uuid:1", &patient("")), ("urn:uuid:2", &patient(" "))]);
    let (people, report) = read(&twice);
    assert_eq!((people.len(), report.people, report.resources, report.twice), (1, 1, 1, 1));
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let mut bytes = patient(r#","gender":"?""#).into_bytes();
    let at = bytes.iter().position(|b| *b == b'?').unwrap();
    bytes[at] = 0xff;
    assert!(fault(&bytes).what.starts_with("is not JSON here"), "{}", fault(&bytes));
    assert!(fault(b"\xff\xfe{\0}\0").what.contains("not UTF-8"));
    assert!(fault(b"\0\0\0").what.contains("is not JSON"));
}

#[test]
fn every_truncation_is_refused() {
    let whole = bundle(&[("urn:uuid:p1", &patient(r#","birthDate":"1980-05-31""#))]);
    for end in 0..whole.len() {
        let said = fault(&whole.as_bytes()[..end]);
        assert!(end == 0 || said.what.contains("not complete"), "{end}: {said}");
    }
}

#[test]
fn no_message_quotes_a_person() {
    for json in [
        r#"{"resourceType":"Zebrowski"}"#,
        r#"{"resourceType":"Bundle","entry":"Zebrowski"}"#,
        r#"{"resourceType":"Bundle","entry":[{"resource":"Zebrowski"}]}"#,
        r#"{"resourceType":"Bundle","entry":[{"fullUrl":["Zebrowski"]}]}"#,
        r#"{"Zebrowski":Zebrowski}"#,
        r#""Zebrowski""#,
    ] {
        assert!(!fault(json.as_bytes()).to_string().contains("Zebrowski"), "{json}");
    }
    for json in [
        r#"{"resourceType":"Patient","name":[{"family":"Zebrowski","given":5}]}"#,
        r#"{"resourceType":"Patient","name":"Zebrowski"}"#,
    ] {
        assert!(!left_out(json)[0].to_string().contains("Zebrowski"), "{json}");
    }
    let named = check("a\u{1b}[2Jb.json", &mut Cursor::new(b""), &mut |_| ()).map(|_| ()).unwrap_err();
    assert_eq!(named.to_string(), "ab.json: is empty");
}

#[test]
fn an_entry_too_large_is_refused_before_it_is_held() {
    let json = format!(
        r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Binary","data":"{}"}}}}]}}"#,
        "A".repeat(MAX_ENTRY as usize)
    );
    assert!(fault(json.as_bytes()).what.contains("larger than 32 MB"));
    let chart = patient(&format!(r#","photo":[{{"data":"{}"}}]"#, "A".repeat(MAX_RESOURCE)));
    assert!(fault(chart.as_bytes()).what.contains("larger than 8 MB"));
}

/// Both passes must agree on everything, whatever the bytes.
fn survives(bytes: &[u8]) {
    let mut input = Cursor::new(bytes);
    let Ok(checked) = check("any.json", &mut input, &mut |_| ()) else { return };
    let mut people = 0;
    let outcome = checked.people(&mut input, &mut |_| (), &mut |_| {
        people += 1;
        Ok::<(), ()>(())
    });
    let report = outcome.expect("what was checked can be read");
    assert_eq!(people, report.people);
    let people = people + report.merged;
    let charts = report.conditions + report.allergies + report.medications + report.encounters;
    let elsewhere: usize = report.unplaced.values().chain(report.without_person.values()).sum();
    let left_out = report.left_out.len() + report.more_left_out;
    assert_eq!(report.resources, people + charts + report.practitioners + elsewhere + left_out);
}

fn seed() -> String {
    bundle(&[
        ("urn:uuid:p1", &patient(r#","birthDate":"1980-05-31","address":[{"line":["1 Elm"]}]"#)),
        (
            "urn:uuid:c1",
            r#"{"resourceType":"Condition","id":"c1","onsetDateTime":"1999","subject":{"reference":"Patient/p1"}}"#,
        ),
        (
            "urn:uuid:m1",
            r##"{"resourceType":"MedicationRequest","id":"m","subject":{"reference":"urn:uuid:p1"},
          "contained":[{"resourceType":"Medication","id":"x","code":{"text":"n"}}],"medicationReference":{"reference":"#x"},
          "requester":{"reference":"Practitioner/d"}}"##,
        ),
        ("urn:uuid:d", r#"{"resourceType":"Practitioner","id":"d","name":[{"family":"Reed"}]}"#),
        ("urn:uuid:e1", r#"{"resourceType":"Encounter","id":"e","period":{"start":"2020-01-01T10:00:00Z"}}"#),
    ])
}

#[test]
fn the_seed_of_the_mutations_is_right() {
    let (people, report) = read(&seed());
    assert_eq!((people.len(), report.conditions, report.medications, report.practitioners), (1, 1, 1, 1));
    survives(seed().as_bytes());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        survives(&bytes);
    }

    #[test]
    fn mutated_bundles_are_read_or_refused(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..6, "[\\[\\]{}\",:0-9a-z#\\\\]{0,4}"), 1..5)
    ) {
        let mut bytes = seed().into_bytes();
        for (at, drop, put) in cuts {
            let at = at.index(bytes.len());
            let end = (at + drop).min(bytes.len());
            bytes.splice(at..end, put.into_bytes());
        }
        survives(&bytes);
    }

    #[test]
    fn values_swapped_for_others_are_read_or_refused(
        at in any::<prop::sample::Index>(),
        with in prop::sample::select(vec!["null", "5", "[]", "{}", "[null]", "[{}]", "\"\"", "true", "\"x\"", "[[5]]"]),
    ) {
        let json = seed();
        let colons: Vec<usize> = json.match_indices("\":").map(|(at, _)| at + 2).collect();
        let start = colons[at.index(colons.len())];
        let mut values = serde_json::Deserializer::from_str(&json[start..]).into_iter::<serde_json::Value>();
        values.next();
        let end = start + values.byte_offset();
        survives(format!("{}{with}{}", &json[..start], &json[end..]).as_bytes());
    }
}
