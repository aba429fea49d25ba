//! Forms as other systems write them: mixed, incomplete, swapped, wrong.

use super::*;
use crate::domain::{EntryOption, Hundredths};

const PHQ: [&str; 9] =
    ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"];
const DAYS: [&str; 4] = ["Not at all", "Several days", "More than half the days", "Nearly every day"];

fn measures() -> Instruments {
    Instruments::default()
}

fn options(words: &[&str], worths: &[i16]) -> Vec<EntryOption> {
    let worth = |at: usize| worths.get(at).map(|worth| Hundredths::whole(*worth));
    let one = |(at, words): (usize, &&str)| EntryOption { words: (*words).to_owned(), worth: worth(at) };
    words.iter().enumerate().map(one).collect()
}

/// A question with its code (or none) and the answers of the PHQ-9.
fn asked(number: usize, code: &str) -> Entry {
    Entry {
        path: format!("item[{number}]"),
        link: format!("q{number}"),
        kind: EntryKind::Choice,
        text: format!("Question {number}"),
        codes: Some(code.to_owned()).filter(|code| !code.is_empty()).into_iter().collect(),
        options: options(&DAYS, &[0, 1, 2, 3]),
    }
}

fn of_kind(kind: EntryKind, number: usize, code: &str, text: &str) -> Entry {
    Entry { kind, text: text.to_owned(), options: Vec::new(), ..asked(number, code) }
}

/// The nine items with their codes.
fn phq() -> Questionnaire {
    let entries = PHQ.iter().enumerate().map(|(at, code)| asked(at + 1, code)).collect();
    Questionnaire {
        title: "PHQ-9".to_owned(),
        codes: vec!["44249-1".to_owned()],
        entries,
        ..Questionnaire::default()
    }
}

fn of(measure: &str, form: &Questionnaire) -> Result<Preview, Vec<String>> {
    let measures = measures();
    let measure = measures.find(measure).unwrap();
    preview(&measures, measure, form)
}

/// Number of each item's question, in the order of the measure.
fn numbers(preview: &Preview) -> Vec<String> {
    preview.wording.items.iter().map(|item| item.words.replace("Question ", "")).collect()
}

#[test]
fn codes_say_which_measure_a_form_is() {
    let measures = measures();
    let key = |form: &Questionnaire| measure_of(&measures, form).map(|one| one.key.clone());
    assert_eq!(key(&phq()).as_deref(), Some("PHQ-9"));
    let bare = Questionnaire { codes: Vec::new(), ..phq() };
    assert_eq!(key(&bare).as_deref(), Some("PHQ-9"), "by most of its items");
    let short = Questionnaire { codes: Vec::new(), entries: phq().entries[..2].to_vec(), ..phq() };
    assert_eq!(key(&short).as_deref(), Some("PHQ-2"), "the shorter of two with the same items");
    assert_eq!(key(&Questionnaire::default()), None);
}

/// N34.
#[test]
fn items_by_code_and_by_order_are_told_apart() {
    let mut entries = vec![of_kind(EntryKind::Words, 0, "", "Over the last two weeks"), asked(9, "44260-8")];
    entries.extend((1..=8).map(|number| asked(number, "")));
    let difficulty = Entry { options: options(&["a", "b", "c", "d"], &[0, 1, 2, 3]), ..asked(10, "69722-7") };
    entries.push(difficulty);
    entries.push(of_kind(EntryKind::Reckoned, 11, "44261-6", "Total"));
    let found = of("PHQ-9", &Questionnaire { entries: entries.clone(), ..phq() }).unwrap();
    assert_eq!(numbers(&found), ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    let by_code: Vec<bool> = found.items.iter().map(|item| item.found == Found::ByCode).collect();
    assert_eq!(by_code, [false, false, false, false, false, false, false, false, true, true]);
    assert_eq!(found.wording.instructions, ["Over the last two weeks"]);
    assert_eq!(found.skipped, ["item[11] is not used: a number that the other system reckons"]);

    entries.remove(4);
    let refused = of("PHQ-9", &Questionnaire { entries, ..phq() }).unwrap_err();
    assert_eq!(refused, ["8 of 9 items found; nothing can be kept."]);
}

/// N33.
#[test]
fn swapped_items_go_where_their_codes_say() {
    let mut form = phq();
    form.entries.swap(2, 3);
    let found = of("PHQ-9", &form).unwrap();
    assert_eq!(numbers(&found), ["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    assert!(found.reordered && !of("PHQ-9", &phq()).unwrap().reordered);
    let place = found.without.first().map(|place| measures().find("PHQ-9").unwrap().items[*place].id.clone());
    assert_eq!(place.as_deref(), Some("10"), "the measure does without the words of the unscored item");
}

/// N35.
#[test]
fn one_code_twice_and_a_foreign_code_are_refused_by_name() {
    let mut form = phq();
    form.entries[4].codes = form.entries[1].codes.clone();
    let refused = of("PHQ-9", &form).unwrap_err();
    assert_eq!(refused, ["item[2] and item[5] both have the code of item 2 (down or without hope)."]);
    let measures = measures();
    let gad = measures.find("GAD-7").unwrap();
    let mut form = phq();
    form.entries[4].codes = vec![gad.items[4].loinc.clone()];
    let refused = of("PHQ-9", &form).unwrap_err();
    assert!(refused[0].starts_with("item[5]: the code "), "{refused:?}");
    assert!(
        refused[0].contains(&gad.items[4].loinc) && refused[0].ends_with("of GAD-7, not of PHQ-9."),
        "{refused:?}"
    );
}

/// N36.
#[test]
fn worths_are_ours() {
    let mut form = phq();
    form.entries[0].options.pop();
    let refused = of("PHQ-9", &form).unwrap_err();
    assert_eq!(refused, ["item[1]: item 1 (little interest or pleasure) needs 4 answers; the file has 3."]);

    let mut form = phq();
    form.entries[1].options = options(&DAYS, &[]);
    let found = of("PHQ-9", &form).unwrap();
    assert_eq!(found.items[1].notes, ["answers by order, check"]);
    assert!(found.items[0].notes.is_empty());

    let backwards: Vec<&str> = DAYS.into_iter().rev().collect();
    form.entries[1].options = options(&backwards, &[3, 2, 1, 0]);
    let found = of("PHQ-9", &form).unwrap();
    assert_eq!(found.items[1].notes, ["answers put in order"]);
    let words: Vec<_> = found.wording.items[1].answers.iter().map(|answer| answer.words.as_str()).collect();
    assert_eq!(words, DAYS);
    form.entries[1].options = options(&backwards, &[]);
    let refused = of("PHQ-9", &form).unwrap_err();
    assert!(refused[0].ends_with("cannot be told from the file."), "{refused:?}");
    form.entries[1].options = options(&DAYS, &[3, 2, 1, 0]);
    assert!(of("PHQ-9", &form).is_err(), "worths against the words");
}

/// N36.
#[test]
fn a_difference_of_worths_is_named_and_ours_stay() {
    let five = ["Never", "Monthly or less", "Sometimes", "Often", "Daily"];
    let item = |number| Entry { options: options(&five, &[0, 1, 2, 3, 4]), ..asked(number, "") };
    let mut entries: Vec<Entry> = (1..=8).map(item).collect();
    let three =
        |number| Entry { options: options(&["No", "Earlier", "Last year"], &[0, 1, 2]), ..asked(number, "") };
    entries.extend([three(9), three(10)]);
    let found = of("AUDIT", &Questionnaire { entries, ..Questionnaire::default() }).unwrap();
    assert_eq!(found.items[8].notes, ["worth 0, 1, 2 in the file, 0, 2, 4 here"]);
    let keys: Vec<_> = found.wording.items[8].answers.iter().map(|answer| answer.key.to_string()).collect();
    assert_eq!(keys, ["0", "2", "4"]);
    assert!(
        found.wording.copyright.starts_with("© World Health Organization"),
        "ours, where the file has none"
    );
}

#[test]
fn turned_items_keep_the_answer_as_it_is_ticked() {
    let words = ["Not at all", "Only occasionally", "Sometimes", "Often", "Most or all of the time"];
    let item = |number: usize| {
        let worths = if [2, 3].contains(&number) { [4, 3, 2, 1, 0] } else { [0, 1, 2, 3, 4] };
        Entry { options: options(&words, &worths), ..asked(number, "") }
    };
    let entries: Vec<Entry> = (1..=10).map(item).collect();
    let found = of("CORE-10", &Questionnaire { entries, ..Questionnaire::default() }).unwrap();
    for item in &found.wording.items {
        let answers: Vec<_> =
            item.answers.iter().map(|answer| (answer.key.to_string(), answer.words.as_str())).collect();
        assert_eq!(answers[0], ("0".to_owned(), "Not at all"), "item {}", item.item);
    }
}

#[test]
fn a_licence_that_forbids_drawing_refuses_the_words() {
    for (key, said) in [
        ("SRS", "Its licence is sold"),
        ("HAq-II", "Nobody knows what its licence allows"),
        ("check-in", "is our own form"),
    ] {
        let refused = of(key, &phq()).unwrap_err();
        assert!(refused[0].contains(said), "{refused:?}");
    }
}

#[test]
fn yes_and_no_and_numbers_need_no_answers() {
    let entries: Vec<Entry> =
        (1..=7).map(|number| of_kind(EntryKind::YesNo, number, "", &format!("Question {number}"))).collect();
    let form = Questionnaire { entries, ..Questionnaire::default() };
    let found = of("C-SSRS screener", &form).unwrap();
    let words: Vec<_> = found.wording.items[5].answers.iter().map(|answer| answer.words.as_str()).collect();
    assert_eq!(words, ["No", "Yes"]);
    let empty = Entry { text: String::new(), ..asked(1, PHQ[0]) };
    let mut form = phq();
    form.entries[0] = empty;
    assert_eq!(
        of("PHQ-9", &form).unwrap_err(),
        ["item[1]: item 1 (little interest or pleasure) has no words."]
    );
    form.entries[0].text = "x".repeat(Wording::MOST_BYTES);
    assert!(of("PHQ-9", &form).unwrap_err()[0].contains("more than 64 KiB"));
}
