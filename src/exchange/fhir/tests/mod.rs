//! Hand-made files, hostile files, random files, and (where they are) the real ones.

mod deliveries;
mod hostile;
mod large;
mod newer;
mod questionnaires;
mod samples;

use super::*;
use crate::domain::{Birth, Date, Identifier};
use std::io::Cursor;

/// Both passes over a text.
pub(super) fn read(json: &str) -> (Vec<PersonPlan>, FileReport) {
    let mut input = Cursor::new(json.as_bytes());
    let checked = check("file.json", &mut input, &mut |_| ()).unwrap();
    let mut people = Vec::new();
    let report = checked
        .people(&mut input, &mut |_| (), &mut |plan| {
            people.push(plan);
            Ok::<(), ()>(())
        })
        .unwrap();
    (people, report)
}

/// A bundle of resources, each with its fullUrl.
pub(super) fn bundle(resources: &[(&str, &str)]) -> String {
    let entries: Vec<String> =
        resources.iter().map(|(url, json)| format!(r#"{{"fullUrl":"{url}","resource":{json}}}"#)).collect();
    format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","))
}

/// A patient with that much of a body.
pub(super) fn patient(body: &str) -> String {
    format!(r#"{{"resourceType":"Patient","id":"p1","name":[{{"family":"Rivera","given":["Jo"]}}]{body}}}"#)
}

fn id(system: &str, value: &str) -> Identifier {
    Identifier { system: system.into(), value: value.into() }
}

#[test]
fn a_patient_keeps_all_that_has_a_place() {
    let (people, report) = read(
        r#"{"resourceType":"Patient","id":"p1","active":true,
        "identifier":[{"system":"urn:mrn","value":"A1"},{"system":"urn:mrn","value":"A1"},{"system":"urn:x"},{"system":"urn:dl","value":"7"}],
        "name":[{"use":"maiden","family":"Lang","given":["Arla"]},{"use":"nickname","given":["Ari"]},
                {"use":"official","family":"Rivera","given":["Arla","M."]}],
        "telecom":[{"system":"phone","value":"555-1","use":"home"},{"system":"email"}],
        "gender":"female","birthDate":"1980-05-31","deceasedDateTime":"2020-03",
        "address":[{"line":["1 Elm St","Apt 2"],"city":"Boston","state":"MA","postalCode":"02108","country":"US"}],
        "communication":[{"language":{"text":"English"}},{"language":{"coding":[{"code":"es","display":"Spanish"}]},"preferred":true}],
        "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired","valueBoolean":true}],
        "multipleBirthInteger": 3, "photo":[{"data":"AAAA"}]}"#,
    );
    let client = &people[0].client;
    assert_eq!((client.name.given.as_str(), client.name.family.as_str()), ("Arla M.", "Rivera"));
    assert_eq!(client.preferred, "Ari");
    assert_eq!(client.former_names[0].name, "Arla Lang");
    assert_eq!(client.birth, Birth::On(Date::from_ymd(1980, 5, 31).unwrap()));
    assert_eq!(client.gender, "female");
    assert_eq!(client.languages, ["Spanish", "English"]);
    assert!(client.interpreter);
    assert_eq!(client.phones.len(), 1);
    assert_eq!(client.addresses, ["1 Elm St, Apt 2, Boston, MA 02108, US"]);
    assert_eq!(client.identifiers, [id("urn:mrn", "A1"), id("urn:dl", "7")]);
    assert_eq!(client.deceased, Date::from_ymd(2020, 3, 31));
    assert!(people[0].deceased);
    assert_eq!(people[0].place, "Patient");
    let kept = &people[0].imported.as_recorded;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].0, "Patient");
    let kept: serde_json::Value = serde_json::from_str(&kept[0].1).unwrap();
    let keys: Vec<&String> = kept.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["active", "deceasedDateTime", "extension", "multipleBirthInteger"]);
    assert_eq!((report.people, report.deceased, report.pictures, report.resources), (1, 1, 1, 1));
}

#[test]
fn lists_with_more_than_we_read_are_kept_as_recorded_without_blanks() {
    let (people, _) = read(
        "{\"resourceType\":\"Patient\", \"name\": [ {\"prefix\": [\"Mrs. \\\" X\"],\n \"family\": \"Lang\"} ],\n\
         \"telecom\":[{\"value\":\"1\"}], \"x\": 1.10 }",
    );
    assert_eq!(
        people[0].imported.as_recorded[0].1,
        r#"{"name":[{"prefix":["Mrs. \" X"],"family":"Lang"}],"x":1.10}"#
    );
}

#[test]
fn names_and_birth_dates_may_be_known_in_part() {
    for (birth, want) in [
        ("1980", Birth::Partly { year: 1980, month: None }),
        ("1980-05", Birth::Partly { year: 1980, month: Some(5) }),
    ] {
        let (people, _) = read(&patient(&format!(r#","birthDate":"{birth}""#)));
        assert_eq!(people[0].client.birth, want);
    }
    for (text, given, family) in
        [("Rivera, Jo", "Jo", "Rivera"), ("Jo Ann Rivera", "Jo Ann", "Rivera"), ("Jo", "", "Jo")]
    {
        let (people, _) = read(&format!(r#"{{"resourceType":"Patient","name":[{{"text":"{text}"}}]}}"#));
        let name = &people[0].client.name;
        assert_eq!((name.given.as_str(), name.family.as_str()), (given, family));
    }
    let (people, report) = read(r#"{"resourceType":"Patient","deceasedBoolean":true}"#);
    assert_eq!(people[0].client.name.family, NO_NAME);
    assert_eq!((people[0].client.birth, people[0].client.deceased), (Birth::Unknown, None));
    assert!(people[0].deceased);
    assert_eq!((report.nameless, report.deceased), (1, 1));
}

#[test]
fn a_person_without_numbers_is_known_by_the_records_own_address_if_it_is_one_of_its_kind() {
    let uuid = "0c89b627-646b-40ff-a620-c8509a10912c";
    for (url, want) in [
        ("http://a.example/fhir/Patient/p1".to_owned(), vec![id("http://a.example/fhir/Patient/", "p1")]),
        (format!("urn:uuid:{uuid}"), vec![id("urn:uuid", uuid)]),
        ("Patient/p1".to_owned(), vec![]),
    ] {
        let (people, _) = read(&bundle(&[(&url, &patient(""))]));
        assert_eq!(people[0].client.identifiers, want, "{url}");
    }
}

#[test]
fn a_chart_finds_its_person_before_and_after_and_nobody_elses() {
    let other = r#"{"resourceType":"Patient","id":"p2","name":[{"family":"Stone"}]}"#;
    let about = |id: &str, to: &str| {
        format!(
            r#"{{"resourceType":"Condition","id":"{id}","code":{{"text":"of {to}"}},"subject":{{"reference":"{to}"}}}}"#
        )
    };
    let json = bundle(&[
        ("urn:uuid:c1", &about("c1", "Patient/p1")),
        ("urn:uuid:p1", &patient("")),
        ("urn:uuid:p2", other),
        ("urn:uuid:c2", &about("c2", "urn:uuid:p2")),
        ("urn:uuid:c3", &about("c3", "Patient/p1/_history/4")),
        ("urn:uuid:c4", &about("c4", "Patient/nobody")),
        ("urn:uuid:c5", r#"{"resourceType":"Encounter","id":"e1"}"#),
    ]);
    let (people, report) = read(&json);
    let told: Vec<(&str, Vec<&str>)> = people
        .iter()
        .map(|plan| {
            let wordings = plan.imported.proposals.iter().map(|proposal| proposal.wording.as_str()).collect();
            (plan.client.name.family.as_str(), wordings)
        })
        .collect();
    let want =
        [("Stone", vec!["of urn:uuid:p2"]), ("Rivera", vec!["of Patient/p1", "of Patient/p1/_history/4"])];
    assert_eq!(told, want, "each as soon as the last of theirs is read");
    assert_eq!(people[1].imported.proposals[1].number, 2);
    assert_eq!((report.people, report.conditions), (2, 3));
    let nobodys: Vec<_> = report.without_person.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
    assert_eq!(nobodys, [("Condition", 1), ("Encounter", 1)]);
}

#[test]
fn what_was_recorded_is_read_with_its_dates_and_words() {
    let json = bundle(&[
        ("urn:uuid:p1", &patient("")),
        (
            "urn:uuid:c1",
            r#"{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},
            "clinicalStatus":{"coding":[{"code":"active"}]},"onsetDateTime":"1998-05","abatementDateTime":"2001-02-03",
            "code":{"coding":[{"system":"s","code":"44054006","display":"Diabetes"}]}}"#,
        ),
        (
            "urn:uuid:c2",
            r#"{"resourceType":"Condition","id":"c2","subject":{"reference":"Patient/p1"},
            "verificationStatus":{"coding":[{"code":"entered-in-error"}]}}"#,
        ),
        (
            "urn:uuid:a1",
            r#"{"resourceType":"AllergyIntolerance","id":"a1","patient":{"reference":"Patient/p1"},
            "criticality":"high","recordedDate":"2010-05-31T22:53:17+00:00","reaction":[{"substance":{"text":"Bee venom"}}]}"#,
        ),
        (
            "urn:uuid:m1",
            r##"{"resourceType":"MedicationRequest","id":"m1","subject":{"reference":"Patient/p1"},
            "status":"active","authoredOn":"2019-01-02","medicationReference":{"reference":"#m"},
            "contained":[{"resourceType":"Medication","id":"m","code":{"text":"Naproxen"}},
                         {"resourceType":"Practitioner","id":"d","name":[{"family":"Corkery","prefix":["Dr."]}]}],
            "requester":{"reference":"#d"},
            "dosageInstruction":[{"asNeededBoolean":true,"doseAndRate":[{"doseQuantity":{"value":1}}],
              "timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},
              "additionalInstruction":[{"text":"with food"}]}]}"##,
        ),
        (
            "urn:uuid:e1",
            r#"{"resourceType":"Encounter","id":"e1","subject":{"reference":"Patient/p1"},
            "class":{"code":"AMB"},"period":{"start":"2019-01-02T10:00:00Z"},
            "reasonCode":[{"text":"Sore throat"}],"serviceProvider":{"display":"Elm Clinic"}}"#,
        ),
        (
            "urn:uuid:e2",
            r#"{"resourceType":"Encounter","id":"e2","subject":{"reference":"Patient/p1"},
            "type":[{"text":"Check-up"}],"period":{"start":"2020-01-02"}}"#,
        ),
        ("urn:uuid:o1", r#"{"resourceType":"Observation","id":"o1"}"#),
    ]);
    let (people, report) = read(&json);
    let imported = &people[0].imported;
    let condition = &imported.proposals[0];
    assert_eq!(condition.wording, "Diabetes (since 1998-05)");
    assert_eq!(condition.code, Some(("s".into(), "44054006".into())));
    assert_eq!((condition.status.as_str(), condition.onset), ("active", None));
    assert_eq!((condition.abated, &condition.source), (Date::from_ymd(2001, 2, 3), &id("Condition", "c1")));
    let allergy = &imported.allergies[0];
    assert_eq!((allergy.substance.as_str(), allergy.criticality.as_str()), ("Bee venom", "high"));
    assert_eq!(allergy.recorded, Date::from_ymd(2010, 5, 31));
    let medication = &imported.medications[0];
    assert_eq!((medication.name.as_str(), medication.prescriber.as_str()), ("Naproxen", "Dr. Corkery"));
    assert_eq!(medication.dosage, "1, 2 x per 1 d, as needed, with food");
    let encounters: Vec<_> = imported.encounters.iter().map(|e| (e.what.as_str(), e.with.as_str())).collect();
    assert_eq!(encounters, [("Check-up", ""), ("AMB: Sore throat", "Elm Clinic")], "newest first");
    assert_eq!(imported.contacts.len(), 1);
    let unplaced: Vec<_> = report.unplaced.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
    assert_eq!(unplaced, [("Condition entered in error", 1), ("Observation", 1)]);
}

#[test]
fn a_taker_that_refuses_stops_the_reading() {
    let mut input = Cursor::new(patient(""));
    let checked = check("file.json", &mut input, &mut |_| ()).unwrap();
    let outcome = checked.people(&mut input, &mut |_| (), &mut |_| Err("disk full"));
    assert_eq!(outcome, Err(Stopped::Taker("disk full")));
}

#[test]
fn a_file_that_changed_between_the_passes_is_refused() {
    let mut input = Cursor::new(patient(""));
    let checked = check("file.json", &mut input, &mut |_| ()).unwrap();
    let mut changed = Cursor::new(patient("").replace("Jo", "Al"));
    let outcome = checked.people(&mut changed, &mut |_| (), &mut |_| Ok::<(), ()>(()));
    let Err(Stopped::Fault(fault)) = outcome else { panic!("taken") };
    assert!(fault.what.contains("changed"));
}
