//! Entries of short forms, one of each kind of answer, of use and of meaning.

use super::samples::{JO, ROSA, s};
use concord::domain::{
    Date, Hundredths, Moment, ShortAnswer, ShortEntry, ShortMeans, ShortUse, ShortValue, TestResult, Tested,
};

fn answer(key: &str, value: ShortValue) -> ShortAnswer {
    ShortAnswer { key: s(key), label: s("Label"), value, unit: s("minutes") }
}

fn entry(number: u32, used_as: ShortUse, means: ShortMeans, answers: Vec<ShortAnswer>) -> ShortEntry {
    ShortEntry {
        client: JO,
        number,
        episode: 2,
        form: s("drug-test"),
        form_name: s("Drug test"),
        version: 3,
        used_as,
        on: Date(20_000),
        answers,
        means,
        of: 1,
        reason: s("wrong panel"),
        results_by: Some(Date(20_007)),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        at: Moment(7),
    }
}

pub fn entries() -> Vec<ShortEntry> {
    let results = [
        TestResult::Open,
        TestResult::Positive,
        TestResult::Negative,
        TestResult::Invalid,
        TestResult::Refused,
        TestResult::Confirmed,
        TestResult::NotConfirmed,
    ];
    let tested = results.map(|result| Tested { substance: s("cocaine"), result }).to_vec();
    let plain = vec![
        answer("words", ShortValue::Words(s("from home"))),
        answer("number", ShortValue::Number(Hundredths(750))),
        answer("day", ShortValue::Day(Date(20_001))),
        answer("choice", ShortValue::Choice(s("called off"))),
        answer("yes", ShortValue::Yes(true)),
    ];
    vec![
        entry(
            1,
            ShortUse::Test,
            ShortMeans::Begins,
            vec![answer("results", ShortValue::Substances(s("six"), tested))],
        ),
        entry(2, ShortUse::Plain, ShortMeans::Further, plain),
        entry(3, ShortUse::Medication, ShortMeans::Corrects, Vec::new()),
        entry(4, ShortUse::Plain, ShortMeans::InError, Vec::new()),
    ]
}
