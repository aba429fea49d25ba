//! What a later delivery says of people who are here: what is new in it is added to what came before, and what has changed
//! since is brought up to date. What a person here has made of it stays.

use crate::domain::{CirclePerson, Client, Identifier, Imported, Proposal};
use std::cmp::Reverse;

/// Adds what is new; answers whether anything was.
pub(in crate::service) fn add(known: &mut Imported, later: Imported) -> bool {
    let before = known.clone();
    for proposal in later.proposals {
        add_proposal(&mut known.proposals, proposal);
    }
    merge(&mut known.allergies, later.allergies, |a, b| {
        a.substance == b.substance && told(&a.source, &b.source)
    });
    merge(&mut known.medications, later.medications, |a, b| a.name == b.name && told(&a.source, &b.source));
    merge(&mut known.encounters, later.encounters, |a, b| a.on == b.on && told(&a.source, &b.source));
    merge(&mut known.contacts, later.contacts, |a, b| a.name == b.name && told(&a.source, &b.source));
    merge(&mut known.as_recorded, later.as_recorded, |_, _| false);
    if *known == before {
        return false;
    }
    known.encounters.sort_by_key(|encounter| Reverse(encounter.on));
    true
}

/// Conditions that those who recorded them took back, or found not to be so, say that from now on; answers whether any did
/// not before.
pub(in crate::service) fn take_back(known: &mut Imported, taken_back: &[(Identifier, String)]) -> bool {
    let mut any = false;
    for (source, word) in taken_back {
        for one in known.proposals.iter_mut().filter(|one| told(&one.source, source) && one.status != *word) {
            one.status.clone_from(word);
            any = true;
        }
    }
    any
}

/// What a later delivery says of who somebody is and how to reach them, where it is something else than what is known: a
/// person decides whether it is so, until then it stands beside what is known.
pub(in crate::service) fn differing(known: &Client, later: &Client) -> Vec<(String, String)> {
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut all: Vec<(&str, String)> = Vec::new();
    let names = [vec![known.legal_name(), known.preferred.clone()], known.other_names.clone()].concat();
    let names: Vec<String> = names.iter().map(|name| bare(name)).collect();
    let former = |name: &str| known.former_names.iter().any(|one| bare(&one.name) == bare(name));
    let name = later.legal_name();
    if !names.contains(&bare(&name)) && !former(&name) {
        all.push(("Name", name));
    }
    for one in &later.phones {
        if !known.phones.iter().any(|other| bare(&other.value) == bare(&one.value)) {
            all.push((if one.kind == "email" { "E-mail" } else { "Phone" }, one.value.clone()));
        }
    }
    for address in &later.addresses {
        if !known.addresses.iter().any(|other| bare(other) == bare(address)) {
            all.push(("Address", address.clone()));
        }
    }
    for (word, known, later) in [
        ("Emergency contact", &known.emergency_contact, &later.emergency_contact),
        ("Guardian", &known.guardian, &later.guardian),
    ] {
        if !later.is_empty() && bare(known) != bare(later) {
            all.push((word, later.clone()));
        }
    }
    for one in &later.circle {
        let is = |other: &CirclePerson| {
            bare(&other.name) == bare(&one.name)
                && (one.phone.is_empty() || bare(&other.phone) == bare(&one.phone))
        };
        if !known.circle.iter().any(is) {
            let phone = if one.phone.is_empty() { String::new() } else { format!("; {}", one.phone) };
            all.push(("Around them", format!("{}{phone}", one.words())));
        }
    }
    all.into_iter().map(|(word, text)| (format!("{word}, as a later delivery says"), text)).collect()
}

/// Takes away what is known from another chart of the same person.
pub(in crate::service) fn without(later: &mut Imported, other: &Imported) {
    let says = |one: &Proposal| (one.wording.clone(), one.onset, one.abated, one.status.clone());
    later.proposals.retain(|one| !other.proposals.iter().any(|known| says(known) == says(one)));
    later.allergies.retain(|one| !other.allergies.contains(one));
    later.medications.retain(|one| !other.medications.contains(one));
    later.encounters.retain(|one| !other.encounters.contains(one));
    later.contacts.retain(|one| !other.contacts.contains(one));
    later.as_recorded.retain(|one| !other.as_recorded.contains(one));
}

/// Whether two things have one number in the other system.
fn told(one: &Identifier, other: &Identifier) -> bool {
    !one.value.is_empty() && one == other
}

/// A condition that is known already keeps its number and what was made of it here. One that says the same under another
/// number is nothing new: numbers change from export to export.
fn add_proposal(known: &mut Vec<Proposal>, later: Proposal) {
    let number = known.iter().map(|one| one.number).max().unwrap_or_default() + 1;
    let mut named = known.iter_mut().filter(|one| one.wording == later.wording);
    if let Some(one) = named.find(|one| told(&one.source, &later.source)) {
        (one.status, one.abated) = (later.status, later.abated);
        return;
    }
    let says = |one: &Proposal| (one.wording.clone(), one.onset, one.abated, one.status.clone());
    if !known.iter().any(|one| says(one) == says(&later)) {
        known.push(Proposal { number, accepted: None, ..later });
    }
}

/// Adds what is not there; what has the same number and name is brought up to date.
fn merge<T: PartialEq>(known: &mut Vec<T>, later: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    for one in later {
        if known.contains(&one) {
            continue;
        }
        match known.iter_mut().find(|other| same(other, &one)) {
            Some(other) => *other = one,
            None => known.push(one),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PersonName, Telecom};

    fn proposal(wording: &str, source: &str, status: &str) -> Proposal {
        let source = Identifier { system: "Condition".into(), value: source.into() };
        Proposal { wording: wording.into(), source, status: status.into(), ..Proposal::default() }
    }

    #[test]
    fn what_was_refuted_later_says_so() {
        let mut known =
            Imported { proposals: vec![proposal("low mood", "c1", "active")], ..Imported::default() };
        let of = |source: &str| {
            [(Identifier { system: "Condition".into(), value: source.into() }, "refuted".to_owned())]
        };
        assert!(!take_back(&mut known, &of("c2")));
        assert!(take_back(&mut known, &of("c1")) && !take_back(&mut known, &of("c1")));
        assert_eq!(known.proposals[0].status, "refuted");
    }

    #[test]
    fn what_a_later_delivery_says_otherwise_of_somebody_is_told() {
        let phone = |value: &str| Telecom { kind: "phone".into(), value: value.into(), usage: "home".into() };
        let name = |family: &str| PersonName { given: "Ada".into(), family: family.into() };
        let known = Client {
            name: name("North"),
            phones: vec![phone("(555) 0001")],
            addresses: vec!["1 Elm St, Erie".into()],
            ..Client::default()
        };
        assert!(differing(&known, &Client { phones: vec![phone("555-0001")], ..known.clone() }).is_empty());
        let later = Client {
            name: name("Newname"),
            phones: vec![phone("555-0002")],
            addresses: vec!["2 New St, Erie".into()],
            emergency_contact: "Eve, 9".into(),
            ..Client::default()
        };
        let told = differing(&known, &later);
        let told: Vec<(&str, &str)> =
            told.iter().map(|(word, text)| (word.split(',').next().unwrap(), text.as_str())).collect();
        assert_eq!(
            told,
            [
                ("Name", "Ada Newname"),
                ("Phone", "555-0002"),
                ("Address", "2 New St, Erie"),
                ("Emergency contact", "Eve, 9")
            ]
        );
    }

    #[test]
    fn what_is_new_is_added_and_what_was_made_of_the_old_stays() {
        let mut known = Imported::default();
        let first = Imported { proposals: vec![proposal("low mood", "c1", "active")], ..Imported::default() };
        assert!(add(&mut known, first.clone()));
        known.proposals[0].accepted = Some(7);
        assert!(!add(&mut known, first), "nothing is new");
        let later = [proposal("low mood", "c1", "resolved"), proposal("PTSD", "c1", "active")];
        assert!(add(&mut known, Imported { proposals: later.to_vec(), ..Imported::default() }));
        let told: Vec<_> =
            known.proposals.iter().map(|p| (p.number, p.status.as_str(), p.accepted)).collect();
        assert_eq!(told, [(1, "resolved", Some(7)), (2, "active", None)]);
    }
}
