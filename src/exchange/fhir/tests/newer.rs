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

#[test]
fn related_people_are_around_the_client_with_relation_phone_and_period() {
    let related = |id: &str, body: &str| format!(r#"{{"resourceType":"RelatedPerson","id":"{id}",{body}}}"#);
    let of_ada = r#""patient":{"reference":"urn:uuid:p1"}"#;
    let eva = related(
        "r1",
        &format!(
            r#"{of_ada},"relationship":[{{"coding":[{{"code":"MTH","display":"mother"}}]}},{{"coding":[{{"code":"GUARD","display":"guardian"}}]}}],
            "name":[{{"family":"North","given":["Eva"]}}],"telecom":[{{"system":"phone","value":"555-0003"}}],
            "period":{{"start":"2020-05-01"}}"#
        ),
    );
    let gone =
        related("r2", &format!(r#"{of_ada},"name":[{{"text":"Gus Old"}}],"period":{{"end":"2015-01-01"}}"#));
    let inactive = related("r3", &format!(r#"{of_ada},"active":false,"name":[{{"text":"Ivy Former"}}]"#));
    let nobodys = related("r4", r#""patient":{"reference":"urn:uuid:p9"},"name":[{"text":"Al Stray"}]"#);
    let bare = related("r5", &format!(r#"{of_ada},"relationship":[{{"text":"Partner"}}]"#));
    let ada = r#"{"resourceType":"Patient","id":"p1","name":[{"family":"North","given":["Ada"]}]}"#;
    let (people, report) = read(&bundle(&[
        ("urn:uuid:r1", &eva),
        ("urn:uuid:p1", ada),
        ("urn:uuid:r2", &gone),
        ("urn:uuid:r3", &inactive),
        ("urn:uuid:r4", &nobodys),
        ("urn:uuid:r5", &bare),
    ]));
    let around: Vec<_> = people[0]
        .client
        .circle
        .iter()
        .map(|one| (one.words(), one.phone.as_str(), one.about.as_str()))
        .collect();
    assert_eq!(
        around,
        [
            ("Eva North, mother, guardian: guardian".to_owned(), "555-0003", "since 2020-05-01"),
            ("(no name recorded), partner: partner".to_owned(), "", ""),
        ]
    );
    assert_eq!(people[0].client.legal_name(), "Ada North");
    assert_eq!((report.related, report.unplaced.get("RelatedPerson of before")), (2, Some(&2)));
    assert_eq!(report.without_person.get("RelatedPerson"), Some(&1));
}
