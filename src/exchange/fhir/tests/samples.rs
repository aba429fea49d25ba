//! The bundles named by `CONCORD_SAMPLES`: what arrives, counted against what the files hold.

use super::*;
use crate::exchange::paths;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn samples() -> Option<Vec<PathBuf>> {
    let Some(root) = std::env::var_os("CONCORD_SAMPLES") else {
        println!("skipped: CONCORD_SAMPLES is not set");
        return None;
    };
    let root = PathBuf::from(root);
    let inner = root.join("fhir-r4");
    let found = paths::expand(&[if inner.is_dir() { inner } else { root }]).unwrap();
    assert!(!found.files.is_empty(), "CONCORD_SAMPLES holds no files");
    Some(found.files)
}

fn both(path: &Path) -> (Vec<PersonPlan>, FileReport) {
    read(&std::fs::read_to_string(path).unwrap())
}

fn resources(path: &Path) -> Vec<Value> {
    let bundle: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect()
}

#[test]
fn what_arrives_is_what_the_files_hold() {
    let Some(files) = samples() else { return };
    for path in files {
        let held = resources(&path);
        let (people, report) = both(&path);
        let count = |kind: &str| held.iter().filter(|r| r["resourceType"] == kind).count();
        let sum = |of: fn(&PersonPlan) -> usize| people.iter().map(of).sum::<usize>();
        assert_eq!(people.len(), count("Patient"));
        assert_eq!(sum(|p| p.imported.proposals.len()), count("Condition"));
        assert_eq!(sum(|p| p.imported.allergies.len()), count("AllergyIntolerance"));
        assert_eq!(sum(|p| p.imported.medications.len()), count("MedicationRequest"));
        assert_eq!(sum(|p| p.imported.encounters.len()), count("Encounter"));
        let mut named = BTreeSet::new();
        for resource in &held {
            named.extend(
                resource["requester"]["reference"]
                    .as_str()
                    .filter(|_| resource["resourceType"] == "MedicationRequest"),
            );
            for participant in resource["participant"].as_array().into_iter().flatten() {
                named.extend(participant["individual"]["reference"].as_str());
            }
        }
        assert_eq!(sum(|p| p.imported.contacts.len()), named.len());
        assert_eq!(report.practitioners, named.len());
        for kind in ["Observation", "Claim", "Immunization", "Organization", "Procedure", "Goal"] {
            assert_eq!(report.unplaced.get(kind).copied().unwrap_or_default(), count(kind), "{kind}");
        }
        assert!(report.without_person.is_empty());
        assert_eq!(report.resources, held.len());
    }
}

#[test]
fn the_people_arrive_as_the_files_tell_of_them() {
    let Some(files) = samples() else { return };
    for path in files {
        let held = resources(&path);
        let patient = held.iter().find(|r| r["resourceType"] == "Patient").unwrap();
        let (people, report) = both(&path);
        let client = &people[0].client;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        assert_eq!(client.name.family, text(&patient["name"][0]["family"]));
        assert_eq!(client.name.given, text(&patient["name"][0]["given"][0]));
        let beside = client.other_names.len() + client.former_names.len();
        assert_eq!(beside, patient["name"].as_array().unwrap().len() - 1);
        assert_eq!(client.birth.date().unwrap().to_string(), text(&patient["birthDate"]));
        assert_eq!(client.gender, text(&patient["gender"]));
        assert_eq!(client.identifiers.len(), patient["identifier"].as_array().unwrap().len());
        assert_eq!(client.languages, [text(&patient["communication"][0]["language"]["text"])]);
        assert_eq!(client.phones.len(), 1);
        assert!(client.addresses[0].contains(&text(&patient["address"][0]["city"])));
        let died = patient["deceasedDateTime"].as_str().map(|when| when[..10].to_owned());
        assert_eq!(client.deceased.map(|date| date.to_string()), died);
        assert_eq!(report.deceased, usize::from(died.is_some()));
        let kept: Value = serde_json::from_str(&people[0].imported.as_recorded[0].1).unwrap();
        for key in ["extension", "maritalStatus", "text", "address"] {
            assert_eq!(kept[key], patient[key], "{key}");
        }
        assert!(
            people[0].imported.medications.iter().all(|m| !m.name.is_empty() && !m.prescriber.is_empty())
        );
        assert!(people[0].imported.proposals.iter().all(|p| !p.wording.is_empty() && p.onset.is_some()));
        assert!(people[0].imported.encounters.is_sorted_by(|a, b| a.on >= b.on));
    }
}
