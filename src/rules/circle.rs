//! The people around a client: who of them is meant by some words, and what is missing in what is written about them.

use crate::domain::{CirclePerson, CircleRole, Client};
use crate::rules::group::names::{self, Called};
use crate::rules::spelling::fold_for_find;
use std::collections::BTreeSet;

/// Most people who are kept.
const MOST: usize = 40;

/// Returns why a circle cannot be kept as it is.
pub fn missing(circle: &[CirclePerson]) -> Option<String> {
    if circle.len() > MOST {
        return Some(format!("There is room for {MOST} people. Take out those who are no longer around."));
    }
    circle.iter().find_map(|one| {
        let is_unsafe = one.is(CircleRole::Unsafe);
        if one.name.trim().is_empty() {
            Some("\"Name\" is empty. Write a name, or what the client calls this person.".to_owned())
        } else if is_unsafe && one.about.trim().is_empty() {
            Some(format!("Write why {} is unsafe, such as \"no-contact order of 3 May\".", one.name.trim()))
        } else if is_unsafe && (one.is(CircleRole::MayBeTold) || one.is(CircleRole::Emergency)) {
            Some(format!(
                "{} is marked unsafe, so \"may be told\" and \"emergency contact\" cannot be marked too.",
                one.name.trim()
            ))
        } else {
            None
        }
    })
}

/// Returns the people marked unsafe who are meant by these words: by name, or by a relation that nobody else in the circle has.
pub fn unsafe_in<'a>(
    client: &'a Client,
    words: &str,
    is_word: &dyn Fn(&str) -> bool,
) -> Vec<&'a CirclePerson> {
    let (dangers, others): (Vec<&CirclePerson>, Vec<&CirclePerson>) =
        client.circle.iter().partition(|one| one.is(CircleRole::Unsafe));
    if dangers.is_empty() || words.trim().is_empty() {
        return Vec::new();
    }
    let own = others.iter().map(|one| Called::named(&one.name)).chain([Called::of(client)]);
    let own: Vec<Called> = own.collect();
    let called: Vec<Called> = dangers.iter().map(|one| Called::named(&one.name)).collect();
    let found = names::find(words, &called, &own, &BTreeSet::new(), is_word);
    let mut who: BTreeSet<usize> = found.into_iter().map(|one| one.who).collect();
    who.extend((0..dangers.len()).filter(|at| {
        let relation = fold_for_find(dangers[*at].relation.trim());
        let shared = others.iter().any(|one| fold_for_find(one.relation.trim()) == relation);
        let whole = fold_for_find(words);
        let same = fold_for_find(dangers[*at].name.trim()) == whole.trim();
        same || !relation.is_empty() && !shared && has_words(&whole, &relation)
    }));
    who.into_iter().map(|at| dangers[at]).collect()
}

/// Whether these words are in a text, as whole words.
fn has_words(text: &str, words: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|one| !one.is_empty()).map(str::to_owned).collect()
    };
    let (text, words) = (split(text), split(words));
    !words.is_empty() && text.windows(words.len()).any(|one| one == words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PersonName;

    fn person(name: &str, relation: &str, roles: &[CircleRole]) -> CirclePerson {
        let about = "no-contact order".to_owned();
        CirclePerson {
            name: name.into(),
            relation: relation.into(),
            roles: roles.to_vec(),
            about,
            ..CirclePerson::default()
        }
    }

    fn jo() -> Client {
        Client {
            name: PersonName { given: "Jo".into(), family: "Rivera".into() },
            circle: vec![
                person("Eva Rivera", "mother", &[CircleRole::Guardian]),
                person("Bram Rivera", "father", &[CircleRole::Unsafe]),
                person("Will Oake", "partner", &[CircleRole::Unsafe]),
            ],
            ..Client::default()
        }
    }

    fn meant(words: &str) -> Vec<String> {
        let is_word = |word: &str| ["will", "call", "the", "father", "partner", "mother"].contains(&word);
        unsafe_in(&jo(), words, &is_word).into_iter().map(|one| one.name.clone()).collect()
    }

    #[test]
    fn an_unsafe_person_is_meant_by_name_or_relation_and_nobody_else_is() {
        for (words, who) in [
            ("call Bram about Friday", "Bram Rivera"),
            ("Bram Rivera", "Bram Rivera"),
            ("BRAM'S number", "Bram Rivera"),
            ("ring the father", "Bram Rivera"),
            ("Jo and Will Oake", "Will Oake"),
            ("a letter to Oake", "Will Oake"),
        ] {
            assert_eq!(meant(words), [who], "{words}");
        }
        for words in ["call Eva Rivera", "Jo Rivera", "the mother", "grandfather", "Bramble lane", ""] {
            assert!(meant(words).is_empty(), "{words}");
        }
    }

    #[test]
    fn what_contradicts_itself_is_not_kept() {
        let kept = |one: CirclePerson| missing(&[one]).is_none();
        assert!(kept(person("Eva", "mother", &[CircleRole::Guardian, CircleRole::MayBeTold])));
        assert!(!kept(person("  ", "mother", &[])));
        assert!(!kept(person("Bram", "father", &[CircleRole::Unsafe, CircleRole::MayBeTold])));
        assert!(!kept(CirclePerson { about: " ".into(), ..person("Bram", "father", &[CircleRole::Unsafe]) }));
        assert!(missing(&vec![person("Eva", "mother", &[]); MOST + 1]).is_some());
    }
}
