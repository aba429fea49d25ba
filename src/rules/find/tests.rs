use super::*;
use crate::domain::{Client, Date, FormerName, Identifier, PersonName, Telecom};
use crate::rules::summary::find_text;
use proptest::prelude::*;

fn client(given: &str, family: &str, record: &str, birth: Birth) -> Client {
    let name = PersonName { given: given.into(), family: family.into() };
    Client { name, record_no: record.into(), birth, ..Client::default() }
}

fn people() -> Vec<Client> {
    let born = |y, m, d| Birth::On(Date::from_ymd(y, m, d).unwrap());
    let mut all = vec![
        client("Jo", "Doering", "A-1042", born(1991, 4, 12)),
        client("John", "Doe", "A-0977", born(1991, 12, 4)),
        client("Jane", "Doe", "B-1101", born(1970, 4, 12)),
        client("José", "Müller", "A-2042", Birth::Unknown),
        client("Łukasz", "Sørensen", "A-0003", Birth::Partly { year: 1980, month: None }),
        client("Keisha", "Montgomery", "A-0004", Birth::Unknown),
        client("Tyler", "Beaumont", "A-0005", Birth::Unknown),
        client("Samir", "Espinoza", "A-0006", Birth::Unknown),
        client("Anne-Marie", "De La Cruz", "A-0007", Birth::Unknown),
        client("Иван", "Петров", "A-0008", Birth::Unknown),
        client("Maria", "O'Neil-Smith", "A-0009", Birth::Unknown),
    ];
    all[1].former_names.push(FormerName { name: "John Oldname".into(), until: String::new() });
    all[2].identifiers.push(Identifier { system: "roster".into(), value: "OLD-77".into() });
    all[2]
        .identifiers
        .push(Identifier { system: "http://hl7.org/fhir/sid/us-ssn".into(), value: "212-09-9998".into() });
    all[4].phones.push(Telecom {
        kind: "phone".into(),
        value: "(312) 555-0142".into(),
        usage: String::new(),
    });
    all
}

fn hits(query: &str) -> Hits {
    let people = people();
    let texts: Vec<String> = people.iter().map(find_text).collect();
    let rows = people.iter().zip(&texts).map(|(client, text)| Candidate {
        text,
        record_no: &client.record_no,
        birth: client.birth,
    });
    find(rows, query)
}

fn found(query: &str) -> Vec<usize> {
    hits(query).found
}

#[test]
fn words_in_any_order_accents_and_case_ignored() {
    assert_eq!(found("doe john"), [1]);
    assert_eq!(found("JOSE"), [3]);
    assert_eq!(found("lukasz"), [4]);
    assert_eq!(found("sørensen Ł"), [4]);
    assert_eq!(found(""), (0..people().len()).collect::<Vec<_>>());
    assert_eq!(found("  - "), (0..people().len()).collect::<Vec<_>>());
    assert_eq!(hits("zzz"), Hits::default());
}

#[test]
fn a_name_is_found_however_it_is_spelled() {
    for (query, want) in [
        ("mueller", 3),
        ("müller", 3),
        ("muller", 3),
        ("MÜLL", 3),
        ("soerensen", 4),
        ("petrov", 9),
        ("петров", 9),
        ("ПЕТ", 9),
        ("ivan", 9),
        ("oneil", 10),
        ("o'neil", 10),
        ("O’Neil-Smith", 10),
        ("neil", 10),
        ("smith", 10),
        ("delacruz", 8),
        ("de la cruz", 8),
        ("annemarie", 8),
        ("anne-marie", 8),
        ("marie", 8),
    ] {
        assert_eq!(found(query), [want], "{query}");
    }
    // What is stored written out is found by the umlaut too.
    let written = find_text(&client("Juergen", "Mueller", "A-1", Birth::Unknown));
    let row = Candidate { text: &written, record_no: "A-1", birth: Birth::Unknown };
    for query in ["müller", "jürgen müller", "mueller"] {
        assert_eq!(find([row], query).found, [0], "{query}");
    }
    assert_eq!(find([row], "muller"), Hits { found: vec![], loose: vec![0] });
}

#[test]
fn letters_inside_a_name_and_close_names_stand_apart() {
    for nobody in ["kim", "lee tran", "jdo"] {
        assert_eq!(hits(nobody), Hits::default(), "{nobody}");
    }
    assert_eq!(hits("pin"), Hits { found: vec![], loose: vec![7] });
    assert_eq!(hits("keesha"), Hits { found: vec![], loose: vec![5] });
    assert_eq!(hits("mary"), Hits { found: vec![], loose: vec![10, 8] });
    assert_eq!(hits("jon doe"), Hits { found: vec![], loose: vec![1] });
    assert_eq!(hits("do"), Hits { found: vec![2, 0, 1], loose: vec![] }, "two letters find beginnings only");
}

#[test]
fn a_former_name_is_found() {
    assert_eq!(found("oldname"), [1]);
}

#[test]
fn numbers_from_elsewhere_and_phones_are_found() {
    for (query, want) in [("OLD-77", 2), ("old77", 2), ("0142", 4), ("3125550142", 4), ("555-0142", 4)] {
        assert_eq!(found(query), [want], "{query}");
    }
    let spellings =
        ["312 555 0142", "(312) 555-0142", "+1 (312) 555-0142", "1-312-555-0142", "001 312 5550142"];
    for query in spellings.iter().chain(&["+13125550142", "(312)5550142", "312.555.0142", "555 0142"]) {
        assert_eq!(found(query), [4], "{query}");
    }
    assert!(found("312 555 0143").is_empty() && found("1 312 556 0142").is_empty());
    assert!(found("212-09-9998").is_empty(), "nobody is looked up by a social security number");
    assert!(found("#OLD77").is_empty(), "# means our own record number");
}

#[test]
fn record_numbers_are_matched_by_part_never_loosely() {
    assert_eq!(found("a-1042"), [0]);
    assert_eq!(found("a1042"), [0]);
    assert_eq!(found("#042"), [0, 3]);
    assert_eq!(found("#A-0003"), [4]);
    assert_eq!(found("jane 1101"), [2]);
    assert!(found("john 1101").is_empty());
}

#[test]
fn birth_dates_are_found_however_they_are_typed() {
    for query in ["1991-04-12", "4/12/91", "4/12/1991", "12 apr 1991", "apr 12 1991", "doering 12 apr"] {
        assert_eq!(found(query), [0], "{query}");
    }
    assert_eq!(found("12 apr"), [2, 0], "the shorter text first");
    assert_eq!(found("1980"), [4]);
    assert!(found("12").is_empty(), "a lone day or month would match half the list");
}

#[test]
fn whole_words_come_before_beginnings() {
    let rows = ["annette leeds", "ann lee", "anna lee"];
    let rows = rows.map(|text| Candidate { text, record_no: "", birth: Birth::Unknown });
    assert_eq!(find(rows, "ann lee").found, [1, 2, 0]);
}

proptest! {
    #[test]
    fn no_input_breaks_it(query in ".{0,200}", text in ".{0,400}") {
        let folded = fold_for_find(&text);
        prop_assert_eq!(&fold_for_find(&folded), &folded, "folding twice changes nothing");
        let row = Candidate { text: &folded, record_no: &text, birth: Birth::Unknown };
        let hits = find([row, row], &query);
        prop_assert!(hits.found.len() + hits.loose.len() == 2 || hits == Hits::default());
    }

    /// What is found by a word is found by each beginning of it.
    #[test]
    fn a_longer_word_only_narrows(texts in prop::collection::vec("[a-e é]{1,9}", 1..20), word in "[a-eé]{1,5}") {
        let texts: Vec<String> = texts.iter().map(|text| find_text(&client(text, "x", "A-1", Birth::Unknown))).collect();
        let rows = || texts.iter().map(|text| Candidate { text, record_no: "A-1", birth: Birth::Unknown });
        let whole = find(rows(), &word).found;
        let shorter: String = word.chars().take(word.chars().count() - 1).collect();
        let before = find(rows(), &shorter).found;
        prop_assert!(whole.iter().all(|at| before.contains(at)));
    }
}

#[test]
fn the_other_name_somebody_was_found_by_is_told() {
    let find = "ana pereira gomes\ta1101";
    let other = |query| other_name(query, find, &["Ana Pereira", ""]);
    assert_eq!(other("gom").as_deref(), Some("Gomes"));
    assert_eq!(other("ana gomes").as_deref(), Some("Gomes"));
    assert_eq!((other("pereira"), other("a1101"), other(""), other("lee")), (None, None, None, None));
    assert_eq!(other_name("gomes", find, &["Ana Pereira", "Ana Gomes"]), None, "it stands there already");
}

#[test]
fn the_number_that_was_found_is_said_where_lists_do_not_show_it() {
    let people = people();
    let of = |at: usize, query: &str| {
        let who = &people[at];
        number_found(query, &find_text(who), &who.record_no, who.birth)
    };
    assert_eq!(of(4, "555-01"), Some("312-555-0142".to_owned()));
    assert_eq!(of(4, "sorensen 0142"), Some("312-555-0142".to_owned()));
    assert_eq!(of(2, "old-77"), Some("old77".to_owned()));
    assert_eq!(of(2, "1101"), None, "the record number is on the line");
    assert_eq!(of(2, "4/12/1970"), None, "and so is the birth date");
    assert_eq!(of(0, "doering"), None);
}
