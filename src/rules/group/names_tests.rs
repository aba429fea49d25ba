//! The name rule on planted names, and on words that are none.

use super::names::{Called, FoundBy, find};
use crate::domain::{Client, PersonName};
use crate::spell::Speller;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

fn person(given: &str, family: &str, preferred: &str, record_no: &str) -> Called {
    Called::of(&Client {
        name: PersonName { given: given.into(), family: family.into() },
        preferred: preferred.into(),
        record_no: record_no.into(),
        ..Client::default()
    })
}

fn is_word(word: &str) -> bool {
    static READ: OnceLock<Option<Speller>> = OnceLock::new();
    READ.get_or_init(Speller::load).as_ref().expect("the dictionary reads").knows(word)
}

fn others() -> Vec<Called> {
    vec![person("Hope", "Tolm", "", "A-1001"), person("Vexa", "Ruul", "Vexi", "20417")]
}

/// What is found in a text: the words, and whether they stop the part.
fn found(text: &str, others: &[Called]) -> Vec<(String, bool)> {
    let all = find(text, others, &[], &BTreeSet::new(), &is_word);
    all.into_iter().map(|one| (text[one.start..one.end].to_owned(), one.stops)).collect()
}

#[test]
fn case_n43_names_that_are_words_and_words_that_are_names() {
    for (text, words) in [
        ("Then Hope said", "Hope"),
        ("Vexa's idea", "Vexa's"),
        ("VEXA", "VEXA"),
        ("Vexi agreed", "Vexi"),
        ("V. R. left", "V. R."),
        ("TOLM's bus", "TOLM's"),
        ("see 20417", "20417"),
        ("V.R. left early", "V.R."),
        ("it was VR", "VR"),
        ("number A 1001 is theirs", "A 1001"),
        ("that is a-1001.", "a-1001"),
        ("hope tolm was there", "hope"),
    ] {
        let all = found(text, &others());
        assert!(all.contains(&(words.to_owned(), true)), "{text}: {all:?}");
    }
    for text in ["There is hope.", "Hope is what we spoke of", "They said no. Hope is left."] {
        assert_eq!(found(text, &others()).iter().map(|one| one.1).collect::<Vec<_>>(), [false], "{text}");
    }
    for text in ["hopeless", "vexatious", "I AM well", "OK", "120417", "R. V. parks", "in rural towns"] {
        assert_eq!(found(text, &others()), [], "{text}");
    }
}

#[test]
fn ones_own_name_may_stand_in_ones_own_part_and_so_may_a_word_that_was_cleared() {
    let own = [person("Hope", "Bell", "", "3")];
    let nobody = BTreeSet::new();
    assert_eq!(find("Then Hope said", &others(), &own, &nobody, &is_word), []);
    assert_eq!(find("Then Tolm said", &others(), &own, &nobody, &is_word).len(), 1);
    let cleared = BTreeSet::from(["vexa".to_owned()]);
    assert_eq!(find("Aunt Vexa's house", &others(), &[], &cleared, &is_word), []);
}

#[test]
fn accents_apostrophes_and_two_part_names_are_found_as_people_write_them() {
    let others = [person("José María", "O'Neil", "", "7"), person("Anna-Lena", "van der Berg", "", "8")];
    for text in ["Jose left", "JOSÉ left", "with o’neil", "O Neil came", "ONeil's", "Lena spoke", "Annalena"]
    {
        assert!(found(text, &others).iter().any(|one| one.1), "{text}");
    }
    assert_eq!(found("a van der", &others), [], "particles are nobody's name");
    let initials = find("J. O. agreed", &others, &[], &BTreeSet::new(), &is_word);
    assert_eq!(initials.iter().map(|one| one.by).collect::<Vec<_>>(), [FoundBy::Initials]);
}

/// First names that are also words, in sentences that speak of none of them.
#[test]
fn people_whose_names_are_common_words_stop_almost_nothing() {
    let names =
        ["Hope", "Grace", "Will", "Mark", "May", "Joy", "Art", "Bill", "Rose", "Faith", "Dawn", "Rich"];
    let others: Vec<Called> = names.iter().map(|name| person(name, "Quzzik", "", "")).collect();
    let texts = [
        "May be late next week. Will call on Monday. Mark the days without use.",
        "There was joy in telling it, and faith that it will go on. Hope came back.",
        "The bill for the bus was paid. He rose early, at dawn, and drew: art helps.",
        "Grace under pressure is what they want. Rich food is a trigger.\nWill try again.",
        "They may come; they will bring art. \"Hope is a thing\", they said.",
    ];
    let stops = texts.iter().flat_map(|text| found(text, &others)).filter(|one| one.1).count();
    assert_eq!(stops, 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// However a name is written, and wherever, it is found.
    #[test]
    fn a_planted_name_is_found(
        given in "[BCDFGKLMNPRTVZ][aeiou][xqzvk]{2}[aeiou]",
        family in "[BCDFGKLMNPRTVZ][aeiou][xqzvk]{2}[aeiou][nrt]",
        number in 10_000_u32..99_999,
        way in 0_usize..9,
        front in "(They spoke\\. |then |, with |\"|\\n- |and )",
        behind in "( came|'s bus|, who left|\\.|\"| said no)",
    ) {
        let others = [person(&given, &family, "", &format!("B-{number}"))];
        let (one, two) = (&given[..1], &family[..1]);
        let written = [
            given.clone(), family.clone(), given.to_uppercase(), family.to_lowercase(),
            format!("{given} {family}"), format!("{one}.{two}."), format!("{one}. {two}."),
            format!("B-{number}"), format!("{given}’s"),
        ];
        // Nobody writes two possessives.
        let behind = if way == 8 { behind.trim_start_matches("'s") } else { &behind };
        let text = format!("{front}{}{behind}", written[way]);
        let stops = found(&text, &others).iter().any(|one| one.1);
        prop_assert!(stops, "{text}");
    }
}
