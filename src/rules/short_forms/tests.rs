use super::check::fitted;
use super::told::told;
use super::words::{counts, steps};
use super::*;
use crate::domain::{Hundredths, Tested};
use crate::packs::short_forms;
use crate::rules::when::short;

const NOV: fn(u32) -> Date = |day| Date::from_ymd(2026, 11, day).unwrap();

fn day(on: Date) -> String {
    short(on, NOV(28))
}

fn answer(key: &str, value: ShortValue) -> ShortAnswer {
    ShortAnswer { key: key.to_owned(), label: key.to_owned(), value, ..ShortAnswer::default() }
}

fn results(all: &[(&str, TestResult)]) -> ShortAnswer {
    let tested = all.iter().map(|(name, result)| Tested { substance: (*name).to_owned(), result: *result });
    answer("results", ShortValue::Substances("six substances".to_owned(), tested.collect()))
}

fn entry(number: Number, on: Date, means: ShortMeans, of: Number, answers: Vec<ShortAnswer>) -> ShortEntry {
    ShortEntry {
        number,
        on,
        means,
        of,
        answers,
        episode: 1,
        form: "drug-test".to_owned(),
        form_name: "Drug test".to_owned(),
        used_as: ShortUse::Test,
        by_name: "Rosa Imani".to_owned(),
        ..ShortEntry::default()
    }
}

/// The panel of N55: five results and one that is left empty.
fn panel() -> ShortEntry {
    use TestResult::{Invalid, Negative, Open, Positive};
    let all = [
        ("alcohol", Negative),
        ("amphetamines", Negative),
        ("benzodiazepines", Invalid),
        ("cannabis", Open),
        ("cocaine", Positive),
        ("opiates", Negative),
    ];
    entry(1, NOV(20), ShortMeans::Begins, 0, vec![results(&all)])
}

fn line(all: &[ShortEntry]) -> String {
    let all: Vec<&ShortEntry> = all.iter().collect();
    threads(&all)[0].line(&day)
}

#[test]
fn what_has_no_result_and_what_is_invalid_is_never_counted_as_negative() {
    let said = line(&[panel()]);
    assert_eq!(
        said,
        "six substances: 1 positive, 3 negative, 1 invalid, 1 open (benzodiazepines invalid 20 Nov; cocaine \
         positive 20 Nov)"
    );
    for result in [TestResult::Open, TestResult::Invalid, TestResult::Refused] {
        assert!(!counts(&[result]).contains("negative"), "{result:?}");
    }
    assert_eq!(counts(&[TestResult::Refused; 6]), "6 refused");
    assert_eq!(TestResult::default(), TestResult::Open, "nothing is filled in beforehand");
}

#[test]
fn a_screen_and_what_the_laboratory_says_of_it_are_both_kept_with_their_days() {
    let lab = entry(
        2,
        NOV(24),
        ShortMeans::Further,
        1,
        vec![results(&[("cocaine", TestResult::NotConfirmed), ("cannabis", TestResult::Negative)])],
    );
    let all = [panel(), lab];
    let refs: Vec<&ShortEntry> = all.iter().collect();
    let thread = &threads(&refs)[0];
    let said: Vec<String> = thread
        .substances()
        .iter()
        .map(|one| format!("{}: {}", one.name, steps(one, &day).join(" · ")))
        .collect();
    assert_eq!(said[3], "cannabis: negative 24 Nov");
    assert_eq!(said[4], "cocaine: positive (screen) 20 Nov · not confirmed 24 Nov");
    assert!(line(&all).starts_with("six substances: 1 not confirmed, 4 negative, 1 invalid ("));
    assert!(!thread.is_open() && thread.misfit().is_none());
}

#[test]
fn a_test_waits_until_every_substance_has_a_result_and_what_is_in_error_waits_for_nothing() {
    let mut all = vec![panel()];
    assert_eq!(open_tests(&all)[0].number, 1);
    all.push(entry(2, NOV(22), ShortMeans::Further, 1, vec![results(&[("cannabis", TestResult::Invalid)])]));
    assert!(open_tests(&all).is_empty(), "an invalid result is an answer, though no negative one");
    all.push(entry(3, NOV(22), ShortMeans::InError, 2, Vec::new()));
    assert_eq!(open_tests(&all).len(), 1, "the result that came was in error");
    all.push(entry(4, NOV(22), ShortMeans::InError, 1, Vec::new()));
    assert!(open_tests(&all).is_empty());
}

#[test]
fn a_correction_stands_in_the_place_of_what_was_wrong_and_what_came_later_stays_on_it() {
    let mut right = panel();
    (right.number, right.means, right.of, right.on) = (3, ShortMeans::Corrects, 1, NOV(21));
    right.reason = "typed for another day".to_owned();
    let lab = entry(2, NOV(24), ShortMeans::Further, 1, vec![results(&[("cocaine", TestResult::Confirmed)])]);
    let mut again = right.clone();
    (again.number, again.of, again.on) = (4, 3, NOV(19));
    let all = [panel(), lab, right, again];
    let refs: Vec<&ShortEntry> = all.iter().collect();
    let found = threads(&refs);
    assert_eq!(found.len(), 1, "one test, however often it was corrected");
    assert_eq!((found[0].root, found[0].begun.number, found[0].further.len()), (1, 4, 1));
    assert_eq!(replaced_by(&refs, 1).unwrap().number, 3);
    assert_eq!([1, 2, 3, 4].map(|number| root(&refs, number)), [Some(1); 4]);
}

#[test]
fn results_that_cannot_follow_each_other_are_named() {
    let misfit = |result, name| {
        let all = [panel(), entry(2, NOV(24), ShortMeans::Further, 1, vec![results(&[(name, result)])])];
        let refs: Vec<&ShortEntry> = all.iter().collect();
        threads(&refs)[0].misfit().unwrap_or_default()
    };
    assert_eq!(
        misfit(TestResult::Confirmed, "alcohol"),
        "A later entry says that alcohol is confirmed, which cannot follow negative."
    );
    assert!(misfit(TestResult::Negative, "cocaine").contains("cannot follow positive"));
    assert!(misfit(TestResult::Negative, "fentanyl").contains("not in this panel"));
    assert_eq!(misfit(TestResult::Refused, "benzodiazepines"), "");
}

fn medication(number: Number, episode: Number, of: Number, name: &str, state: &str) -> ShortEntry {
    let words = |word: &str| ShortValue::Words(word.to_owned());
    let answers = vec![
        answer("name", words(name)),
        answer("state", ShortValue::Choice(state.to_owned())),
        answer("dose", words("50 mg")),
    ];
    let means = if of == 0 { ShortMeans::Begins } else { ShortMeans::Further };
    let one = entry(number, NOV(number), means, of, answers);
    ShortEntry { episode, used_as: ShortUse::Medication, form_name: "Medication".to_owned(), ..one }
}

#[test]
fn nothing_is_taken_in_a_new_stay_until_it_was_asked_again() {
    let mut all =
        vec![medication(1, 1, 0, "Sertraline", "taking"), medication(2, 1, 0, "Naltrexone", "stopped")];
    let said = |all: &[ShortEntry], episode| {
        let refs: Vec<&ShortEntry> = all.iter().collect();
        let known = medications(&threads(&refs), episode);
        known.iter().map(|one| (one.thread.said("name"), one.state(), one.is_taking())).collect::<Vec<_>>()
    };
    let line = |name: &str, state: &str, taking| (name.to_owned(), state.to_owned(), taking);
    assert_eq!(said(&all, 1), [line("Sertraline", "taking", true), line("Naltrexone", "stopped", false)]);
    assert_eq!(said(&all, 2), [line("Naltrexone", ASK, false), line("Sertraline", ASK, false)]);
    let refs: Vec<&ShortEntry> = all.iter().collect();
    let known = medications(&threads(&refs), 2);
    assert_eq!(known[1].line(), "Sertraline, from an earlier stay: ask; last told 1 Nov 2026: taking");
    // Asked again on the same line, and begun again under the same name.
    all.push(medication(3, 2, 1, "Sertraline", "taking"));
    all.push(medication(4, 2, 0, "naltrexone ", "not taking"));
    assert_eq!(said(&all, 2), [line("Sertraline", "taking", true), line("naltrexone", "not taking", false)]);
}

#[test]
fn an_answer_that_does_not_fit_its_field_is_named_by_its_field() {
    let forms = short_forms();
    let form = |key: &str| forms.iter().find(|form| form.key == key).unwrap();
    let with = |answers: Vec<ShortAnswer>| ShortEntry { answers, ..ShortEntry::default() };
    let words = |word: &str| ShortValue::Words(word.to_owned());
    let why = |key: &str, answers: Vec<ShortAnswer>, further| {
        let unfit = fitted(form(key), &with(answers), further).unwrap_err();
        (unfit.key, unfit.why)
    };
    let call =
        |more: ShortAnswer| vec![answer("with", words("Dr. Chen")), answer("about", words("dose")), more];
    assert_eq!(
        why("coordination", call(answer("minutes", ShortValue::Number(Hundredths::whole(900)))), false).0,
        "minutes"
    );
    assert_eq!(
        why("coordination", call(answer("how", ShortValue::Choice("by pigeon".into()))), false).0,
        "how"
    );
    assert_eq!(why("coordination", call(answer("with", words("twice"))), false).0, "with");
    assert!(why("coordination", call(answer("weather", words("fine"))), false).1.contains("no field"));
    assert_eq!(why("coordination", vec![answer("with", words(" "))], false).0, "with", "blank is empty");
    assert!(why("coordination", Vec::new(), true).1.starts_with("Nothing is filled in"));
    assert!(
        why("coordination", vec![answer("with", words("Dr. Chen"))], true).1.contains("no field"),
        "not asked later"
    );
    let urine = || {
        let specimen = answer("specimen", ShortValue::Choice("urine".into()));
        vec![specimen, answer("observed", ShortValue::Yes(true))]
    };
    assert_eq!(why("drug-test", urine(), false).0, "results", "a test without a panel is none");
    let mut short = urine();
    short.push(results(&[("alcohol", TestResult::Negative)]));
    assert_eq!(why("drug-test", short, false).0, "results", "every substance of the panel has its row");
    let mut whole = urine();
    whole.extend(panel().answers);
    let kept = fitted(form("drug-test"), &with(whole), false).unwrap();
    assert_eq!((kept[0].label.as_str(), kept.len()), ("Specimen", 3));
    assert_eq!(why("drug-test", vec![results(&[("alcohol", TestResult::Open)])], true).0, "results");
}

#[test]
fn of_many_entries_the_newest_are_told_and_the_rest_is_counted() {
    let all: Vec<ShortEntry> =
        (1..=5).map(|number| ShortEntry { number, on: NOV(number), ..panel() }).collect();
    let refs: Vec<&ShortEntry> = all.iter().collect();
    let lines = told(&refs, 1, |_| true, &day);
    assert_eq!(lines.len(), 4);
    assert!(lines[0].words.starts_with("5 Nov: six substances: 1 positive"));
    assert_eq!(lines[3].words, "2 earlier ones, 1 Nov to 2 Nov, 2 without a result");
    assert_eq!(lines[0].source, "the entry of 5 Nov, Rosa Imani");
}
