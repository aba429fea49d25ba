//! When two records may be one person: facts for the service, which asks a person where they do not suffice.

use crate::domain::{Birth, Identifier, PersonName};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What two people's identifiers say about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SamePerson {
    /// They share a number, and none of their numbers disagree.
    Yes,
    /// They share a number in one system and have different numbers in another: a person must look.
    Contradicted,
    /// They share none: a look-alike by name and birth date is still possible.
    NotSaid,
}

/// Compares by system and value. Numbers that stand for "not known" count for nothing.
pub fn same_person(one: &[Identifier], other: &[Identifier]) -> SamePerson {
    let (one, other) = (usable(one), usable(other));
    if one.is_disjoint(&other) {
        return SamePerson::NotSaid;
    }
    let of = |set: &BTreeSet<(String, String)>, system: &str| -> BTreeSet<String> {
        set.iter().filter(|(s, _)| s == system).map(|(_, v)| v.clone()).collect()
    };
    let disagree = one.iter().map(|(system, _)| system).any(|system| {
        let theirs = of(&other, system);
        !theirs.is_empty() && theirs.is_disjoint(&of(&one, system))
    });
    if disagree { SamePerson::Contradicted } else { SamePerson::Yes }
}

/// The key by which an identifier is compared, or `None` if it says nothing (no system, no value, a placeholder).
/// Two identifiers with one key are the same number. For the service's index of known numbers.
pub fn identifier_key(id: &Identifier) -> Option<(String, String)> {
    let system = id.system.trim().trim_end_matches('/').to_owned();
    let value = id.value.trim().to_uppercase();
    (!system.is_empty() && !placeholder(&system, &value)).then_some((system, value))
}

fn usable(ids: &[Identifier]) -> BTreeSet<(String, String)> {
    ids.iter().filter_map(identifier_key).collect()
}

/// Values people type when there is no number. `value` is upper case.
fn placeholder(system: &str, value: &str) -> bool {
    let bare: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
    let Some(first) = bare.chars().next() else { return true };
    if bare.chars().all(|c| c == first) {
        return bare.len() > 1 || !first.is_ascii_digit() || first == '0';
    }
    if matches!(
        bare.as_str(),
        "UNKNOWN" | "NONE" | "NA" | "NULL" | "TBD" | "NOTKNOWN" | "REFUSED" | "PENDING"
    ) {
        return true;
    }
    // Areas 000, 666 and 9xx are never issued as US social security numbers; 123-45-6789 and 078-05-1120 are famous.
    let social = system.ends_with("us-ssn") || system.ends_with("2.16.840.1.113883.4.1");
    social
        && (bare.len() != 9
            || bare.starts_with("000")
            || bare.starts_with("666")
            || bare.starts_with('9')
            || bare == "123456789"
            || bare == "078051120")
}

/// The key by which two people look alike: folded first given and family name, and birth date. `None` where name or
/// exact birth date is missing: too little to ask anyone about.
pub fn look_alike_key(name: &PersonName, birth: Birth) -> Option<String> {
    let date = birth.date()?;
    let family = fold(&name.family).replace(' ', "");
    let given = fold(&name.given);
    let first = given.split(' ').next().unwrap_or_default();
    (!family.is_empty() && !first.is_empty()).then(|| format!("{first}|{family}|{date}"))
}

/// Small letters and digits without marks, words parted by single blanks.
fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '\u{2019}'))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;

    const SSN: &str = "http://hl7.org/fhir/sid/us-ssn";

    fn ids(pairs: &[(&str, &str)]) -> Vec<Identifier> {
        pairs.iter().map(|(s, v)| Identifier { system: (*s).into(), value: (*v).into() }).collect()
    }

    #[test]
    fn a_shared_number_says_the_same_person() {
        let one = ids(&[("urn:mrn", "a12"), ("urn:dl", "7")]);
        assert_eq!(same_person(&one, &ids(&[("urn:mrn", " A12 ")])), SamePerson::Yes);
        assert_eq!(same_person(&one, &ids(&[("urn:other", "a12")])), SamePerson::NotSaid);
        assert_eq!(same_person(&one, &ids(&[("urn:mrn", "a12"), ("urn:dl", "8")])), SamePerson::Contradicted);
        assert_eq!(
            same_person(&one, &ids(&[("urn:mrn", "b1"), ("urn:dl", "8"), ("urn:dl", "7")])),
            SamePerson::Contradicted
        );
        assert_eq!(same_person(&[], &[]), SamePerson::NotSaid);
    }

    #[test]
    fn placeholders_make_nobody_the_same() {
        for (system, value) in [
            ("", "12"),
            ("urn:mrn", ""),
            ("urn:mrn", "unknown"),
            ("urn:mrn", "N/A"),
            ("urn:mrn", "0000"),
            ("urn:mrn", "99999"),
            ("urn:mrn", "--"),
            (SSN, "999-46-7933"),
            (SSN, "123-45-6789"),
            (SSN, "12"),
        ] {
            let one = ids(&[(system, value)]);
            assert_eq!(same_person(&one, &one), SamePerson::NotSaid, "{system} {value}");
        }
        let real = ids(&[(SSN, "212-09-9998")]);
        assert_eq!(same_person(&real, &real), SamePerson::Yes);
        assert_eq!(same_person(&ids(&[("urn:mrn", "7")]), &ids(&[("urn:mrn", "7")])), SamePerson::Yes);
    }

    #[test]
    fn people_look_alike_across_marks_and_middle_names() {
        let on = Birth::On(Date::from_ymd(1980, 5, 31).unwrap());
        let key = |given: &str, family: &str, birth| {
            look_alike_key(&PersonName { given: given.into(), family: family.into() }, birth)
        };
        let want = Some("hernan|carrion|1980-05-31".to_owned());
        assert_eq!(key("Hern\u{e1}n", "Carri\u{f3}n", on), want);
        assert_eq!(key("HERNAN J.", "Carrion", on), want);
        assert_eq!(key("Mary", "O'Neil-Smith", on), key("mary", "ONeil Smith", on));
        assert_ne!(key("Jo", "Smith", on), key("Joe", "Smith", on));
        assert_eq!(key("Jo", "Smith", Birth::Partly { year: 1980, month: None }), None);
        assert_eq!(key("", "Smith", on), None);
    }
}
