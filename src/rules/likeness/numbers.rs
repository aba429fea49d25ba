//! What it says that two records share a number.

use super::{Births, Face, Names, in_common};
use crate::domain::{Client, Identifier};
use std::collections::BTreeSet;

/// What a number that two records share says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameNumber {
    /// They are one person: name and birth agree with it.
    OnePerson,
    /// They may be: a person must look.
    Doubt(&'static str),
    /// They are two: a household's number, an insurer's, or one that was given twice.
    Chance,
}

/// What it says that two people share a number; `None` if they share none. Numbers are compared by system and value, and
/// those that stand for "not known" count for nothing.
pub fn by_number(one: &Client, other: &Client) -> Option<SameNumber> {
    let (numbers, others) = (usable(&one.identifiers), usable(&other.identifiers));
    if numbers.is_disjoint(&others) {
        return None;
    }
    let (names, births) = in_common(&Face::of(one), &Face::of(other));
    let alike = match (names, births) {
        // The same given name, birth date and number with another family name: it was changed.
        (Names::Same, Births::Same | Births::Fits | Births::Unknown) | (Names::Given, Births::Same) => {
            SameNumber::OnePerson
        }
        (Names::Same, Births::Apart) => SameNumber::Doubt("same number and name, another birth date"),
        (Names::Same, _) => {
            SameNumber::Doubt("same number and name; the birth date differs by a slip of the pen")
        }
        (Names::Family, Births::Same) => {
            SameNumber::Doubt("same number, family name and birth date, another given name")
        }
        (Names::Turned | Names::Close | Names::Alike, Births::Same) => {
            SameNumber::Doubt("same number and birth date; the name is close")
        }
        (Names::Turned | Names::Close | Names::Alike, Births::Apart)
        | (Names::Given | Names::Family | Names::Apart, _) => {
            return Some(SameNumber::Chance);
        }
        (Names::Turned | Names::Close | Names::Alike, _) => {
            SameNumber::Doubt("same number; the name is close")
        }
    };
    let of = |set: &BTreeSet<(String, String)>, system: &str| -> BTreeSet<String> {
        set.iter().filter(|(s, _)| s == system).map(|(_, value)| value.clone()).collect()
    };
    let disagree = numbers.iter().any(|(system, _)| {
        let theirs = of(&others, system);
        !theirs.is_empty() && theirs.is_disjoint(&of(&numbers, system))
    });
    Some(if disagree { SameNumber::Doubt("one number is the same, another differs") } else { alike })
}

/// The key by which a number is compared, or `None` if it says nothing (no system, no value, a placeholder).
pub fn number_key(id: &Identifier) -> Option<(String, String)> {
    let system = id.system.trim().trim_end_matches('/').to_owned();
    let value = id.value.trim().to_uppercase();
    (!system.is_empty() && !placeholder(&system, &value)).then_some((system, value))
}

fn usable(ids: &[Identifier]) -> BTreeSet<(String, String)> {
    ids.iter().filter_map(number_key).collect()
}

/// Values people type when there is no number. `value` is upper case.
fn placeholder(system: &str, value: &str) -> bool {
    let bare: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
    let Some(first) = bare.chars().next() else { return true };
    if bare.chars().all(|c| c == first) {
        return bare.len() > 3 || !first.is_ascii_digit() || first == '0';
    }
    if matches!(
        bare.as_str(),
        "UNKNOWN" | "NONE" | "NA" | "NULL" | "TBD" | "NOTKNOWN" | "REFUSED" | "PENDING"
    ) {
        return true;
    }
    // Areas 000, 666 and 9xx are never issued as US social security numbers; 123-45-6789 and 078-05-1120 are famous.
    is_social(system)
        && (bare.len() != 9
            || bare.starts_with("000")
            || bare.starts_with("666")
            || bare.starts_with('9')
            || bare == "123456789"
            || bare == "078051120")
}

/// Whether a system is that of the US social security numbers.
pub fn is_social(system: &str) -> bool {
    system.ends_with("us-ssn") || system.ends_with("2.16.840.1.113883.4.1")
}
