//! Addresses and phones that are not to be shared: whether one stands in what is about to leave.

use super::spelling::fold_for_find;
use crate::domain::{CirclePerson, CircleRole, Client};

/// Fewest digits of a phone number that is looked for.
const DIGITS: usize = 6;

/// Whose address or phone stands in a text though it is not to be shared: in words, for a refusal.
pub fn found(client: &Client, text: &str) -> Option<String> {
    let name = client.display_name();
    if client.private {
        if client.phones.iter().any(|one| has_reach(text, &one.value)) {
            return Some(format!("the phone or mail of {name}"));
        }
        if client.addresses.iter().any(|one| has_address(text, one)) {
            return Some(format!("the address of {name}"));
        }
    }
    let theirs = |one: &&CirclePerson| one.is(CircleRole::NotShared) && has_reach(text, &one.phone);
    client.circle.iter().find(theirs).map(|one| format!("how {} is reached", one.name.trim()))
}

/// Whether anything of a client, or of somebody around them, is not to be shared.
pub fn any(client: &Client) -> bool {
    client.private || client.circle.iter().any(|one| one.is(CircleRole::NotShared))
}

/// The numbers in a text: digits that only blanks and the usual signs part.
fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !(c.is_ascii_digit() || " -.()/+".contains(c)));
    let digits = parts.map(|part| part.chars().filter(char::is_ascii_digit).collect::<String>());
    digits.filter(|digits| digits.len() >= DIGITS).collect()
}

/// Whether a phone number or a mail address stands in a text, however it is written.
fn has_reach(text: &str, reach: &str) -> bool {
    let (known, here) = (numbers(reach), numbers(text));
    if known.iter().any(|one| here.iter().any(|other| other.contains(one.as_str()))) {
        return true;
    }
    reach.contains('@') && text.to_lowercase().contains(&reach.trim().to_lowercase())
}

/// Whether the first line of an address stands in a text.
fn has_address(text: &str, address: &str) -> bool {
    let first = address.split([',', '\n']).next().unwrap_or_default();
    let words = |text: &str| -> Vec<String> {
        let folded = fold_for_find(text);
        folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (looked_for, text) = (words(first), words(text));
    looked_for.len() > 1 && text.windows(looked_for.len()).any(|here| here == looked_for)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{PersonName, Telecom};

    fn jo() -> Client {
        Client {
            name: PersonName { given: "Jo".into(), family: "Rivera".into() },
            phones: vec![
                Telecom { kind: "phone".into(), value: "(612) 555-0142".into(), usage: String::new() },
                Telecom { kind: "email".into(), value: "jo@example.org".into(), usage: String::new() },
            ],
            addresses: vec!["14 Élm Street, Apt 3, Duluth".into()],
            private: true,
            circle: vec![CirclePerson {
                name: "Eva".into(),
                phone: "555-0177 evenings".into(),
                roles: vec![CircleRole::NotShared],
                ..CirclePerson::default()
            }],
            ..Client::default()
        }
    }

    #[test]
    fn a_number_an_address_and_mail_are_found_however_they_are_written() {
        for text in [
            "Call 612.555.0142 first",
            "call 6125550142",
            "+1 612 555 0142",
            "She lives at 14 Elm street now.",
            "write to JO@example.org",
            "Eva: 555 0177",
        ] {
            assert!(found(&jo(), text).is_some(), "{text}");
        }
        for text in ["Elm street 14", "14 elms", "555-0143", "17 sessions, 42 of them late", "Jo Rivera", ""]
        {
            assert!(found(&jo(), text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_may_be_shared_is_not_looked_for() {
        let mut open = jo();
        open.private = false;
        open.circle[0].roles.clear();
        assert!(!any(&open) && any(&jo()));
        assert!(found(&open, "14 Elm Street, 612 555 0142, 555-0177").is_none());
        open.circle[0].roles.push(CircleRole::NotShared);
        assert!(found(&open, "612 555 0142").is_none() && found(&open, "5550177").is_some());
    }
}
