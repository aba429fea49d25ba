//! Bundles in the manner of newer exporters: conditional references, medications apart, files without patients.

use super::*;

#[test]
fn conditional_references_find_people_and_name_practitioners() {
    let person = r#"{"resourceType":"Patient","id":"p1","identifier":[{"system":"urn:mrn","value":"A1"}],
        "name":[{"family":"Rivera"}],
        "generalPractitioner":[{"reference":"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|999","display":"Dr. Ali Moss"}]}"#;
    let order = r#"{"resourceType":"MedicationRequest","id":"m1","status":"active",
        "subject":{"reference":"Patient?identifier=urn:mrn%7CA1"},"medicationReference":{"reference":"urn:uuid:med"},
        "requester":{"reference":"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|999","display":"Dr. Ali Moss"}}"#;
    let visit = r#"{"resourceType":"Encounter","id":"e1","subject":{"identifier":{"system":"urn:mrn","value":"A1"}},
        "participant":[{"individual":{"reference":"Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|7"}}],
        "serviceProvider":{"reference":"Organization?identifier=urn:org|5","display":"Elm Clinic"}}"#;
    let medication = r#"{"resourceType":"Medication","id":"med","code":{"text":"Naproxen 220 MG"}}"#;
    let doctor = r#"{"resourceType":"Practitioner","id":"d7","name":[{"family":"Reed","given":["Bo"]}],
        "identifier":[{"system":"http://hl7.org/fhir/sid/us-npi","value":"7"}]}"#;
    let idle = r#"{"resourceType":"Practitioner","id":"d8","name":[{"family":"Idle"}]}"#;
    let (people, report) = read(&bundle(&[
        ("urn:uuid:p1", person),
        ("urn:uuid:m1", order),
        ("urn:uuid:e1", visit),
        ("urn:uuid:med", medication),
        ("urn:uuid:d7", doctor),
        ("urn:uuid:d8", idle),
    ]));
    let imported = &people[0].imported;
    let order = &imported.medications[0];
    assert_eq!((order.name.as_str(), order.prescriber.as_str()), ("Naproxen 220 MG", "Dr. Ali Moss"));
    assert_eq!(imported.encounters[0].with, "Bo Reed, Elm Clinic");
    let contacts: Vec<_> =
        imported.contacts.iter().map(|c| (c.name.as_str(), c.source.value.as_str())).collect();
    assert_eq!(contacts, [("Dr. Ali Moss", "999"), ("Bo Reed", "7")]);
    assert_eq!((report.contacts, report.practitioners), (2, 1));
    assert_eq!(report.unplaced.get("Practitioner"), Some(&1));
    assert_eq!(report.unplaced.get("Medication"), Some(&1));
}

#[test]
fn a_conditional_reference_to_several_people_means_nobody() {
    let person = |id: &str| {
        format!(r#"{{"resourceType":"Patient","id":"{id}","identifier":[{{"system":"s","value":"1"}}]}}"#)
    };
    let about = r#"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient?identifier=s|1"}}"#;
    let (people, report) =
        read(&bundle(&[("urn:a", &person("a")), ("urn:b", &person("b")), ("urn:c", about)]));
    assert_eq!(people.len(), 2);
    assert!(people.iter().all(|plan| plan.imported.proposals.is_empty()));
    assert_eq!(report.without_person.get("Condition"), Some(&1));
}

#[test]
fn a_file_of_hospitals_or_practitioners_holds_no_person_and_is_no_fault() {
    let (people, report) = read(
        r#"{"resourceType":"Bundle","type":"batch","entry":[
        {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Organization","id":"1","name":"Elm"},"request":{"method":"POST"}},
        {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Location","id":"2"}},
        {"fullUrl":"urn:uuid:3","resource":{"resourceType":"Practitioner","id":"3","name":[{"family":"Reed"}]}},
        {"fullUrl":"urn:uuid:4","resource":{"resourceType":"PractitionerRole","id":"4"}},
        {"request":{"method":"DELETE","url":"Patient/9"}}]}"#,
    );
    assert!(people.is_empty());
    assert_eq!((report.people, report.practitioners, report.bare_entries, report.resources), (0, 0, 1, 4));
    let unplaced: Vec<_> = report.unplaced.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
    assert_eq!(
        unplaced,
        [("Location", 1), ("Organization", 1), ("Practitioner", 1), ("PractitionerRole", 1)]
    );
}

#[test]
fn any_bundle_type_and_any_order_of_keys_will_do() {
    for kind in ["transaction", "collection", "searchset", "batch", "document", "history", "message"] {
        let json = format!(
            r#"{{"entry":[{{"search":{{"mode":"match"}},"resource":{},"fullUrl":"http://a/Patient/p1"}}],"total":1,"type":"{kind}","resourceType":"Bundle"}}"#,
            patient("")
        );
        assert_eq!(read(&json).1.people, 1, "{kind}");
    }
    for empty in
        [r#"{"resourceType":"Bundle","type":"searchset"}"#, r#"{"resourceType":"Bundle","entry":[]}"#]
    {
        assert_eq!(read(empty).1.people, 0);
    }
}

#[test]
fn a_single_resource_of_another_type_is_counted() {
    let (people, report) = read(r#"{"entry":[{"item":{"display":"x"}}],"resourceType":"List"}"#);
    assert!(people.is_empty());
    assert_eq!(report.unplaced.get("List"), Some(&1));
    let (_, report) = read(r#"{"resourceType":"Condition","subject":{"reference":"Patient/1"}}"#);
    assert_eq!(report.without_person.get("Condition"), Some(&1));
}

#[test]
fn a_byte_order_mark_is_no_fault() {
    assert_eq!(read(&format!("\u{feff}{}", patient(""))).1.people, 1);
}

#[test]
fn what_a_terminal_would_obey_never_arrives() {
    let (people, report) = read(
        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\\u001b[31mRosa\\u0007\",\"given\":[\"\u{202e}Lee\"]}]}",
    );
    let name = &people[0].client.name;
    assert_eq!((name.given.as_str(), name.family.as_str()), ("Lee", "Rosa"));
    assert_eq!(report.cleaned, 2);
}
