//! Questionnaires: what is read, and what is refused with its place.

use crate::domain::{EntryKind, Hundredths, Questionnaire};
use crate::exchange::fhir::questionnaire;

const FORM: &str = r##"{
 "resourceType": "Questionnaire", "title": "PHQ", "version": "2", "copyright": "Nobody", "language": "en",
 "code": [{"system": "http://loinc.org", "code": "44249-1"}, {"system": "urn:other", "code": "x"}],
 "contained": [{"resourceType": "ValueSet", "id": "days", "compose": {"include": [{"concept": [
   {"code": "a", "display": "Not at all",
    "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": 0}]},
   {"code": "b"}]}]}}],
 "item": [
  {"linkId": "i", "type": "display", "text": "Over the last\ntwo weeks"},
  {"linkId": "g", "type": "group", "item": [
   {"linkId": "1", "type": "choice", "text": "One", "code": [{"system": "http://loinc.org", "code": "44250-9"}],
    "answerValueSet": "#days"},
   {"linkId": "2", "type": "choice", "text": "Two", "answerOption": [
    {"valueCoding": {"display": "Yes", "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 1.5}]}},
    {"valueInteger": 2}, {"valueString": "Three"}]}]},
  {"linkId": "t", "type": "decimal", "text": "Total", "readOnly": true},
  {"linkId": "b", "type": "boolean", "text": "Well?"}]}"##;

fn read(text: &str) -> Result<Questionnaire, String> {
    questionnaire("form.json", text.as_bytes()).map_err(|fault| fault.to_string())
}

#[test]
fn everything_a_form_says_is_read_in_its_order() {
    let form = read(FORM).unwrap();
    assert_eq!((form.title.as_str(), form.version.as_str(), form.copyright.as_str()), ("PHQ", "2", "Nobody"));
    assert_eq!(form.codes, ["44249-1"], "of LOINC alone");
    let entries: Vec<_> =
        form.entries.iter().map(|entry| (entry.path.as_str(), entry.kind, entry.text.as_str())).collect();
    assert_eq!(
        entries,
        [
            ("item[0]", EntryKind::Words, "Over the last two weeks"),
            ("item[1]", EntryKind::Words, ""),
            ("item[1].item[0]", EntryKind::Choice, "One"),
            ("item[1].item[1]", EntryKind::Choice, "Two"),
            ("item[2]", EntryKind::Reckoned, "Total"),
            ("item[3]", EntryKind::YesNo, "Well?"),
        ]
    );
    let answers = |at: usize| -> Vec<(&str, Option<Hundredths>)> {
        form.entries[at].options.iter().map(|option| (option.words.as_str(), option.worth)).collect()
    };
    assert_eq!(answers(2), [("Not at all", Some(Hundredths(0))), ("b", None)]);
    assert_eq!(answers(3), [("Yes", Some(Hundredths(150))), ("2", Some(Hundredths(200))), ("Three", None)]);
}

/// N35: two items with one linkId among the rest.
#[test]
fn what_is_wrong_is_named_with_its_place() {
    for (from, to, said) in [
        ("\"linkId\": \"2\"", "\"linkId\": \"i\"", "item[1].item[1]: has the same linkId as item[0]"),
        ("\"linkId\": \"2\", ", "", "item[1].item[1].linkId: is missing"),
        ("\"type\": \"boolean\", ", "", "item[3].type: is missing"),
        ("\"text\": \"One\"", "\"text\": 1", "item[1].item[0].text: must be text"),
        (
            "\"resourceType\": \"Questionnaire\"",
            "\"resourceType\": \"Patient\"",
            "is a Patient; save the Questionnaire alone",
        ),
        ("\"item\": [\n", "\"items\": [\n", "item: is missing"),
    ] {
        let refused = read(&FORM.replacen(from, to, 1)).unwrap_err();
        assert!(refused.starts_with("form.json") && refused.contains(said), "{refused}");
    }
    assert!(
        read(&FORM.replacen("\"linkId\": \"2\"", "\"linkId\": \"i\"", 1)).unwrap_err().contains("line 13")
    );
    for text in ["", "{", "<Questionnaire/>", "[1]"] {
        assert!(read(text).is_err(), "{text:?}");
    }
}
