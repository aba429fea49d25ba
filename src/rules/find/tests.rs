use super::*;
use crate::domain::Date;
use proptest::prelude::*;

fn people() -> Vec<(String, &'static str, Birth)> {
    let born = |y, m, d| Birth::On(Date::from_ymd(y, m, d).unwrap());
    [
        ("Jo Doering", "A-1042", born(1991, 4, 12)),
        ("John Doe", "A-0977", born(1991, 12, 4)),
        ("Jane Doe", "B-1101", born(1970, 4, 12)),
        ("José Müller", "A-2042", Birth::Unknown),
        ("Łukasz Sørensen", "A-0003", Birth::Partly { year: 1980, month: None }),
    ]
    .map(|(name, number, birth)| (fold_for_find(&format!("{name} {number}")), number, birth))
    .into()
}

fn found(query: &str) -> Vec<usize> {
    let people = people();
    let rows =
        people.iter().map(|(text, number, birth)| Candidate { text, record_no: number, birth: *birth });
    find(rows, query).into_iter().map(|hit| hit.index).collect()
}

#[test]
fn folding_takes_marks_case_and_odd_letters_away() {
    assert_eq!(fold_for_find("  Zoë   MÜLLER\t"), "zoe muller");
    assert_eq!(fold_for_find("Łukasz Sørensen-Đorđević"), "lukasz sorensen-dordevic");
    assert_eq!(fold_for_find("Weiß Æsop Œuvre İstanbul"), "weiss aesop oeuvre istanbul");
    assert_eq!(fold_for_find("O’Brien\u{1b}[31m"), "o'brien[31m");
    assert_eq!(fold_for_find("ﬁn ①"), "fin 1");
}

#[test]
fn words_in_any_order_accents_and_case_ignored() {
    assert_eq!(found("jdo"), [0, 1, 2]);
    assert_eq!(found("doe john"), [1]);
    assert_eq!(found("JOSE"), [3]);
    assert_eq!(found("zzz"), [0; 0]);
    assert_eq!(found("lukasz"), [4]);
    assert_eq!(found("sørensen Ł"), [4]);
    assert_eq!(found(""), [0, 1, 2, 3, 4]);
    assert_eq!(found("  - "), [0, 1, 2, 3, 4]);
}

#[test]
fn record_numbers_are_matched_by_part_never_loosely() {
    assert_eq!(found("a-1042"), [0]);
    assert_eq!(found("a1042"), [0]);
    assert_eq!(found("#042"), [0, 3]);
    assert_eq!(found("#A-0003"), [4]);
    assert_eq!(found("142"), [0; 0]);
    assert_eq!(found("jane 1101"), [2]);
    assert_eq!(found("john 1101"), [0; 0]);
}

#[test]
fn birth_dates_are_found_however_they_are_typed() {
    for query in ["1991-04-12", "4/12/91", "4/12/1991", "12 apr 1991", "apr 12 1991", "doering 12 apr"] {
        assert_eq!(found(query), [0], "{query}");
    }
    assert_eq!(found("12 apr"), [2, 0], "same score: the shorter text first");
    assert_eq!(found("1991"), [1, 0], "same score: the shorter text first");
    assert_eq!(found("1980"), [4]);
    assert_eq!(found("12"), [0; 0], "a lone day or month would match half the list");
}

#[test]
fn equal_scores_fall_to_prefix_then_length() {
    let rows = ["ann-marie lee", "ann lee", "lee ann"];
    let rows = rows.map(|text| Candidate { text, record_no: "", birth: Birth::Unknown });
    let hits = find(rows, "ann lee");
    assert_eq!(hits[0].index, 1);
    assert_eq!(hits.len(), 3);
}

proptest! {
    #[test]
    fn no_input_breaks_it(query in ".{0,200}", text in ".{0,400}") {
        let folded = fold_for_find(&text);
        prop_assert_eq!(&fold_for_find(&folded), &folded, "folding twice changes nothing");
        let row = Candidate { text: &folded, record_no: &text, birth: Birth::Unknown };
        let hits = find([row, row], &query);
        prop_assert!(hits.len() == 2 || hits.is_empty());
    }
}
