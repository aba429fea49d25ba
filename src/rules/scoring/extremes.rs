//! Every shipped measure at its lowest and its highest answers, and with the first answer missing, reckoned by hand.

use super::*;
use crate::packs::instruments;
use crate::rules::measured::main_scale;
use std::collections::BTreeSet;

/// Key; how many answers; the lowest and the highest of each; the main score then; whether there is a score
/// without the first answer.
type Extremes = (&'static str, usize, End, End, bool);
/// The answer to each item, and the score then.
type End = (&'static str, i16);

const EXTREMES: &[Extremes] = &[
    ("PHQ-9", 9, ("0", 0), ("3", 27), true),
    ("PHQ-2", 2, ("0", 0), ("3", 6), false),
    ("GAD-7", 7, ("0", 0), ("3", 21), true),
    ("PCL-5", 20, ("0", 0), ("4", 80), false),
    ("AUDIT-C", 3, ("0", 0), ("4", 12), false),
    ("AUDIT", 10, ("0", 0), ("4", 40), false),
    // One question is turned round: no to all is 1, yes to all is 9.
    ("DAST-10", 10, ("0", 1), ("1", 9), false),
    // Two are: 4 and 4 of 40 where nothing is the matter, 8 less where everything is.
    ("CORE-10", 10, ("0", 8), ("4", 32), true),
    ("WHO-5", 5, ("0", 0), ("5", 100), false),
    ("WAI-SR", 12, ("1", 12), ("5", 60), false),
    // Five are: 14 and 30, 84 and 5.
    ("HAq-II", 19, ("1", 44), ("6", 89), false),
    ("CALPAS-P", 4, ("1", 1), ("7", 7), false),
    ("VPPS", 7, ("1", 1), ("5", 5), false),
    ("TAQS", 1, ("1", 1), ("5", 5), false),
    ("TAQR", 1, ("1", 1), ("5", 5), false),
    ("SRS", 1, ("0", 0), ("40", 40), false),
    ("ORS", 1, ("0", 0), ("40", 40), false),
    ("OQ-45.2", 1, ("0", 0), ("180", 180), false),
    // Its first question is of another scale.
    ("ProQOL 5", 30, ("1", 10), ("5", 50), true),
    ("check-in", 3, ("1", 1), ("5", 5), false),
];

/// Those whose answers differ from item to item, or that have no score; their examples are in `tests`.
const ELSEWHERE: [&str; 3] = ["BAM-R", "C-SSRS screener", "CIWA-Ar"];

fn main_score(measure: &Instrument, line: &str) -> Result<Score, NoScore> {
    let replies = read_answers(measure, None, line).unwrap_or_else(|why| panic!("{}: {why:?}", measure.key));
    let scored = score(measure, &replies, &Facts::default()).unwrap();
    let scale = main_scale(measure).unwrap();
    scored.scales.iter().find(|one| one.scale.key == scale.key).unwrap().score
}

#[test]
fn every_measure_is_right_at_both_ends_and_with_an_answer_missing() {
    for (key, count, (low, least), (high, most), prorates) in EXTREMES {
        let measure = instruments().iter().find(|one| one.is_called(key)).unwrap_or_else(|| panic!("{key}"));
        let line = |answer: &str| vec![answer; *count].join(",");
        let whole = |score: i16| Ok(Score::from(Hundredths::whole(score)));
        assert_eq!(main_score(measure, &line(low)), whole(*least), "{key}, lowest");
        assert_eq!(main_score(measure, &line(high)), whole(*most), "{key}, highest");
        let mut missing = vec![*high; *count];
        missing[0] = "-";
        let scored = main_score(measure, &missing.join(","));
        assert_eq!(scored.is_ok(), *prorates, "{key}, the first missing: {scored:?}");
    }
}

#[test]
fn every_measure_that_ships_has_an_example() {
    let shipped: BTreeSet<&str> = instruments().iter().map(|one| one.key.as_str()).collect();
    let told: BTreeSet<&str> = EXTREMES.iter().map(|one| one.0).chain(ELSEWHERE).collect();
    assert_eq!(shipped, told);
}
