//! What systems deliver beside plain bundles: records put together, deleted and of several versions, lists of lines, other
//! versions of FHIR.

use super::*;

/// A Patient with that id, name and body.
fn named(id: &str, family: &str, body: &str) -> String {
    format!(r#"{{"resourceType":"Patient","id":"{id}","name":[{{"family":"{family}"}}]{body}}}"#)
}

fn about(id: &str, words: &str) -> String {
    format!(
        r#"{{"resourceType":"Condition","subject":{{"reference":"Patient/{id}"}},"code":{{"text":"{words}"}}}}"#
    )
}

/// A bundle of resources without a fullUrl.
fn bare(resources: &[String]) -> String {
    let entries: Vec<String> = resources.iter().map(|json| format!(r#"{{"resource":{json}}}"#)).collect();
    format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}]}}"#, entries.join(","))
}

/// Who there is, each with what is theirs: `North: low mood, PTSD`.
fn told(people: &[PersonPlan]) -> Vec<String> {
    let words = |plan: &PersonPlan| {
        let all: Vec<&str> = plan.imported.proposals.iter().map(|one| one.wording.as_str()).collect();
        format!("{}: {}", plan.client.name.family, all.join(", "))
    };
    people.iter().map(words).collect()
}

#[test]
fn records_that_were_put_together_are_one_person_whichever_of_them_says_so() {
    let link = |kind: &str, to: &str| {
        format!(r#","link":[{{"other":{{"reference":"Patient/{to}"}},"type":"{kind}"}}]"#)
    };
    for (one, two) in [
        (link("replaced-by", "2"), String::new()),
        (link("replace", "2"), String::new()),
        (String::new(), link("replaces", "1")),
        (link("replaced-by", "2"), link("replaces", "1")),
    ] {
        let (people, report) =
            read(&bare(&[named("1", "Old", &one), about("1", "low mood"), named("2", "North", &two)]));
        assert_eq!(told(&people), ["North: low mood"], "{one} {two}");
        assert_eq!((report.people, report.merged, report.conditions), (1, 1, 1));
    }
    let chain = [
        named("1", "A", &link("replaced-by", "2")),
        named("2", "B", &link("replaced-by", "3")),
        named("3", "C", ""),
        about("1", "x"),
    ];
    assert_eq!(told(&read(&bare(&chain)).0), ["C: x"]);
    let seen = [named("1", "A", &link("seealso", "2")), named("2", "B", "")];
    assert_eq!(read(&bare(&seen)).1.people, 2, "only seen together");
    // The other record is not there, or each says that the other is used: nobody is lost, and it is said.
    let (people, report) = read(&bare(&[named("1", "A", &link("replaced-by", "9")), about("1", "x")]));
    assert_eq!((told(&people), report.merged), (vec!["A: x".to_owned()], 0));
    assert!(people[0].doubts[0].what.contains("which is not there"), "{:?}", people[0].doubts);
    let circle = [
        named("1", "A", &link("replaced-by", "2")),
        named("2", "B", &link("replaced-by", "1")),
        about("1", "x"),
    ];
    assert_eq!(told(&read(&bare(&circle)).0), ["B: x"]);
}

#[test]
fn the_newest_version_of_a_record_is_read_and_a_deleted_one_is_not() {
    let version = |number: u32, family: &str| {
        let body =
            format!(r#","meta":{{"versionId":"{number}","lastUpdated":"202{number}-01-01T00:00:00Z"}}"#);
        named("p1", family, &body)
    };
    let url = "http://a/Patient/p1";
    let (people, report) = read(&bundle(&[(url, &version(2, "New")), (url, &version(1, "Old"))]));
    assert_eq!((told(&people), report.older), (vec!["New: ".to_owned()], 1));
    let (people, report) =
        read(&bundle(&[(url, &version(1, "Old")), (url, &version(3, "New")), (url, &version(2, "Mid"))]));
    assert_eq!((told(&people), report.older), (vec!["New: ".to_owned()], 2), "whichever comes first");
    let (people, report) = read(&bundle(&[(url, &version(2, "Same")), (url, &version(1, "Same"))]));
    assert_eq!((people.len(), report.twice), (1, 1), "the same but for when it was sent");
    let gone = |method: &str| {
        format!(
            r#"{{"resourceType":"Bundle","type":"history","entry":[{{"fullUrl":"{url}","request":{{"method":"{method}","url":"Patient/p1"}}}},{{"fullUrl":"{url}","resource":{}}}]}}"#,
            named("p1", "North", "")
        )
    };
    let (people, report) = read(&gone("DELETE"));
    assert_eq!((people.len(), report.people, report.deleted), (0, 0, 1));
    assert_eq!(read(&gone("GET")).1.people, 1);
}

#[test]
fn references_mean_whoever_they_say_on_the_server_they_say() {
    let (a, b) = (named("p1", "North", ""), named("p1", "South", r#","birthDate":"1981-01-01""#));
    let (people, _) = read(&bundle(&[
        ("http://a/fhir/Patient/p1", &a),
        ("http://b/fhir/Patient/p1", &b),
        ("http://b/fhir/Condition/c1", &about("p1", "of South")),
    ]));
    assert_eq!(told(&people), ["North: ", "South: of South"]);
    let upper = "urn:uuid:AAAAAAAA-1111-4111-8111-111111111111";
    let lower = r#"{"resourceType":"Condition","subject":{"reference":"urn:uuid:aaaaaaaa-1111-4111-8111-111111111111"},"code":{"text":"x"}}"#;
    let (people, _) =
        read(&bundle(&[(upper, &named("", "North", "").replace(r#""id":"","#, "")), ("urn:c", lower)]));
    assert_eq!(told(&people), ["North: x"]);
}

#[test]
fn references_are_followed_however_they_are_written() {
    for reference in [
        "Patient/p1/_history/1",
        "http://x.org/fhir/Patient/p1?_format=json",
        "patient/p1",
        "p1",
        "#p1",
        "/Patient/p1",
        "../fhir/Patient/p1/",
        "urn:uuid:p1",
        "Patient?_id=p1",
        " Patient/p1 ",
    ] {
        let one = about("p1", "x").replace("Patient/p1", reference);
        let (people, report) = read(&bare(&[named("p1", "North", ""), one]));
        assert_eq!(
            (told(&people), report.without_person.len()),
            (vec!["North: x".to_owned()], 0),
            "{reference}"
        );
    }
    let text = about("p1", "x").replace(r#"{"reference":"Patient/p1"}"#, r#""Patient/p1""#);
    assert_eq!(told(&read(&bare(&[named("p1", "North", ""), text])).0), ["North: x"]);
}

#[test]
fn a_resource_without_an_id_is_known_by_what_its_entry_says() {
    let patient = r#"{"resourceType":"Patient","name":[{"family":"North"}]}"#;
    for (beside, to) in [
        (r#""request":{"method":"PUT","url":"http://x.org/fhir/Patient/p1"}"#, "Patient/p1"),
        (r#""response":{"status":"201","location":"Patient/p1/_history/1"}"#, "Patient/p1"),
        (
            r#""request":{"method":"PUT","url":"Patient?identifier=urn:mrn%7C500"}"#,
            "Patient?identifier=urn:mrn|500",
        ),
    ] {
        let one = about("p1", "x").replace("Patient/p1", to);
        let json = format!(
            r#"{{"resourceType":"Bundle","type":"transaction","entry":[{{{beside},"resource":{patient}}},{{"resource":{one}}}]}}"#
        );
        assert_eq!(told(&read(&json).0), ["North: x"], "{beside}");
    }
}

#[test]
fn resources_are_read_whatever_is_around_them() {
    let both = [named("p1", "North", ""), about("p1", "x")].join(",");
    let parts = [named("p1", "North", ""), about("p1", "x")]
        .map(|one| format!(r#"{{"name":"return","resource":{one}}}"#));
    for json in [
        format!("[{both}]"),
        format!(" \n[{}]", bare(&[named("p1", "North", ""), about("p1", "x")])),
        format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{both}]}}"#),
        format!(r#"{{"resourceType":"Parameters","parameter":[{}]}}"#, parts.join(",")),
    ] {
        assert_eq!(told(&read(&json).0), ["North: x"], "{json}");
    }
}

#[test]
fn one_value_where_a_list_is_due_is_read_as_it_was_meant() {
    let json = r#"{"resourceType":"Patient","name":{"family":"North","given":"Ada"},"address":{"line":"1 Elm St","city":"Erie"},
        "generalPractitioner":{"display":"Dr Kim"},"identifier":[null,{"value":500}]}"#;
    let (people, _) = read(json);
    let ada = &people[0].client;
    assert_eq!((ada.legal_name().as_str(), ada.addresses[0].as_str()), ("Ada North", "1 Elm St, Erie"));
    assert_eq!(
        (ada.identifiers[0].value.as_str(), people[0].imported.contacts[0].name.as_str()),
        ("500", "Dr Kim")
    );
    let one =
        about("p1", "x").replace(r#""code":"#, r#""clinicalStatus":[{"coding":{"code":"active"}}],"code":"#);
    let (people, _) = read(&bare(&[named("p1", "North", ""), one]));
    assert_eq!(people[0].imported.proposals[0].status, "active");
}

#[test]
fn whom_to_call_is_whoever_is_named_for_it_else_the_next_of_kin() {
    let contact = |relation: &str, name: &str| {
        format!(
            r#"{{"relationship":[{relation}],"name":{{"text":"{name}"}},"telecom":[{{"value":"555-3"}}]}}"#
        )
    };
    let (kin, emergency) = (r#"{"coding":[{"code":"N"}]}"#, r#"{"text":"Emergency"}"#);
    for (contacts, want) in [
        (vec![contact(kin, "Eve North")], "Eve North, 555-3 (next of kin)"),
        (vec![contact(kin, "Gus"), contact(emergency, "Eve North")], "Eve North, 555-3"),
        (vec![contact(emergency, "Gus"), contact(emergency, "Eve North")], "Gus, 555-3; Eve North, 555-3"),
    ] {
        let body = format!(r#","contact":[{}]"#, contacts.join(","));
        assert_eq!(read(&named("p1", "North", &body)).0[0].client.emergency_contact, want);
    }
}

#[test]
fn what_was_ruled_out_is_nothing_a_person_has_however_it_is_coded() {
    for status in [
        r#"{"text":"Ruled out"}"#,
        r#"{"coding":[{"system":"local","code":"RO"},{"code":"refuted"}]}"#,
        r#"{"coding":[{"display":"Refuted"}]}"#,
        r#""refuted""#,
    ] {
        let one =
            about("p1", "x").replace(r#""code":"#, &format!(r#""verificationStatus":{status},"code":"#));
        let (people, report) = read(&bare(&[named("p1", "North", ""), one]));
        assert_eq!((told(&people), report.conditions), (vec!["North: ".to_owned()], 0), "{status}");
    }
    let over = about("p1", "x").replace(r#""code":"#, r#""abatementBoolean":true,"code":"#);
    let (people, _) = read(&bare(&[named("p1", "North", ""), over]));
    assert_eq!(people[0].imported.proposals[0].status, "resolved");
}

#[test]
fn a_resource_a_line_is_read_whatever_the_file_is_called_and_a_broken_line_is_named() {
    let lines = format!("{}\n\n{}\r\n\r\n", named("1", "North", ""), about("1", "x"));
    assert_eq!(told(&read(&lines).0), ["North: x"]);
    let broken = format!(
        "{}\n{{\"resourceType\": \"Condition\", \"id\": \n{}\n",
        named("1", "North", ""),
        named("2", "South", "")
    );
    let fault = check("lines.ndjson", &mut Cursor::new(broken.as_bytes()), &mut |_| ()).err().unwrap();
    assert_eq!(fault.at, Some((2, 1)), "{fault}");
}

#[test]
fn other_versions_of_fhir_are_named_by_what_only_they_have() {
    let of = |more: &str| {
        let (people, report) = read(&bare(&[named("1", "North", ""), more.to_owned()]));
        (people[0].imported.clone(), report.versions.into_iter().collect::<Vec<_>>())
    };
    let subject = r#""subject":{"reference":"Patient/1"}"#;
    let text = |words: &str| format!(r#"{{"text":"{words}"}}"#);
    let (imported, versions) = of(&format!(
        r#"{{"resourceType":"MedicationOrder","status":"active","dateWritten":"2015-02-03","medicationCodeableConcept":{},"patient":{{"reference":"Patient/1"}}}}"#,
        text("methadone")
    ));
    assert_eq!((imported.medications[0].name.as_str(), versions), ("methadone", vec!["DSTU2"]));
    assert_eq!(imported.medications[0].on.unwrap().to_string(), "2015-02-03");
    let (imported, versions) = of(&format!(
        r#"{{"resourceType":"AllergyIntolerance","status":"active","substance":{},"patient":{{"reference":"Patient/1"}}}}"#,
        text("penicillin")
    ));
    assert_eq!((imported.allergies[0].substance.as_str(), versions), ("penicillin", vec!["DSTU2"]));
    let stated = format!(
        r#"{{"resourceType":"MedicationStatement","status":"active","taken":"y","medicationCodeableConcept":{},{subject}}}"#,
        text("methadone")
    );
    assert_eq!(of(&stated).1, ["STU3"]);
    let visit = format!(
        r#"{{"resourceType":"Encounter","class":{{"code":"AMB"}},"reason":[{}],{subject}}}"#,
        text("relapse")
    );
    let (imported, versions) = of(&visit);
    assert_eq!((imported.encounters[0].what.as_str(), versions), ("AMB: relapse", vec!["STU3"]));
    assert_eq!(of(r#"{"resourceType":"Transport","id":"t"}"#).1, ["R5"]);
}

#[test]
fn how_sure_they_were_is_carried_and_what_was_refuted_is_apart() {
    let condition = |status: &str| {
        format!(
            r#"{{"resourceType":"Condition","clinicalStatus":{{"coding":[{{"code":"active"}}]}},"verificationStatus":{status},"subject":{{"reference":"Patient/1"}},"code":{{"text":"x"}}}}"#
        )
    };
    let status = |said: &str| {
        let (people, report) = read(&bare(&[named("1", "North", ""), condition(said)]));
        let apart = report.unplaced.keys().next().cloned().unwrap_or_default();
        (people[0].imported.proposals.first().map(|one| one.status.clone()), apart)
    };
    let carried = |words: &str| (Some(words.to_owned()), String::new());
    assert_eq!(status(r#"{"coding":[{"code":"confirmed"}]}"#), carried("active"));
    assert_eq!(status(r#"{"coding":[{"code":"provisional"}]}"#), carried("active, provisional"));
    for refuted in [r#"{"coding":[{"code":"refuted"}]}"#, r#"{"text":"Refuted"}"#, r#""refuted""#] {
        assert_eq!(status(refuted), (None, "Condition refuted".to_owned()), "{refuted}");
    }
}

#[test]
fn what_ends_later_has_not_ended() {
    let json = named(
        "1",
        "North",
        r#","telecom":[{"value":"1","period":{"end":"2099-01-01"}},{"value":"2","period":{"end":"2015"}}],
        "contact":[{"relationship":[{"text":"Emergency"}],"name":{"text":"Old E"},"period":{"end":"2015"}},
                   {"relationship":[{"text":"Emergency"}],"name":{"text":"New E"}}]"#,
    );
    let mut files = One { name: "one.json", input: &mut Cursor::new(json.as_bytes()) };
    let (checked, _) = check_all("one.json", &mut files, Date::from_ymd(2026, 11, 21), &mut |_| ());
    let mut people = Vec::new();
    let taker = &mut |plan| {
        people.push(plan);
        Ok::<(), ()>(())
    };
    checked.people_of(&mut files, &mut |_| (), taker).unwrap();
    let usages: Vec<&str> = people[0].client.phones.iter().map(|one| one.usage.as_str()).collect();
    assert_eq!((usages, people[0].client.emergency_contact.as_str()), (vec!["", "old"], "New E"));
}

#[test]
fn one_page_of_a_list_is_not_all_of_it() {
    let page = |link: &str| {
        format!(
            r#"{{"resourceType":"Bundle","type":"searchset","link":[{link}],"entry":[{{"resource":{}}}]}}"#,
            named("1", "North", "")
        )
    };
    assert!(read(&page(r#"{"relation":"next","url":"http://x"}"#)).1.goes_on);
    assert!(!read(&page(r#"{"relation":"self","url":"http://x"}"#)).1.goes_on);
}
