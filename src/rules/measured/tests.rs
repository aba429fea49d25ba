//! Order, baseline, change and due dates, on days written out.

use super::*;
use crate::domain::{ClockTime, Hundredths, Score};
use crate::packs::instruments;

fn phq9() -> &'static Instrument {
    instruments().iter().find(|one| one.key == "PHQ-9").unwrap()
}

fn on(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn filled(number: Number, day: Date, total: i16) -> Administration {
    let score = Some(Score::from(Hundredths::whole(total)));
    Administration {
        number,
        episode: 1,
        measure: "PHQ-9".into(),
        on: day,
        answered_by: "client".into(),
        results: vec![ScaleResult { scale: "total".into(), score, ..ScaleResult::default() }],
        ..Administration::default()
    }
}

/// N38.
#[test]
fn what_is_typed_later_stands_where_it_was_filled_in() {
    let at = |hour| ClockTime::new(hour, 0);
    let mut all = vec![filled(1, on(11, 14), 14), filled(2, on(11, 21), 12), filled(3, on(11, 2), 16)];
    all.push(Administration { time: at(16), ..filled(4, on(11, 28), 10) });
    all.push(Administration { time: at(9), ..filled(5, on(11, 28), 11) });
    let series = series(all.iter(), &all[0]);
    let shown: Vec<Number> = series.iter().map(|one| one.number).collect();
    assert_eq!(shown, [3, 1, 2, 5, 4]);
    let scale = main_scale(phq9()).unwrap();
    assert_eq!(baseline(&series, scale, 1).map(|one| one.number), Some(3), "the first is that of 2 Nov now");
    assert_eq!(class_of(phq9(), &series, &all[3]), "improved", "10 against 16 is 6");
    assert_eq!(class_of(phq9(), &series, &all[2]), "", "the first has no change");
    let last = change_of(phq9(), series[3], series[4]).unwrap();
    assert_eq!((last.difference.shown(0).as_str(), last.reliable), ("-1", Some(false)));
}

#[test]
fn a_new_episode_begins_with_a_first_of_its_own() {
    let again = |number, day, total| Administration { episode: 2, ..filled(number, day, total) };
    let all =
        [filled(1, on(3, 1), 20), filled(2, on(5, 1), 8), again(3, on(11, 20), 12), again(4, on(11, 27), 8)];
    let series = series(all.iter(), &all[0]);
    assert_eq!(class_of(phq9(), &series, &all[1]), "recovered");
    assert_eq!(class_of(phq9(), &series, &all[3]), "unchanged", "4 of 6; never recovered from 20");
}

#[test]
fn others_who_answer_and_what_is_in_error_are_no_part_of_a_line() {
    let mut all = [filled(1, on(11, 1), 10), filled(2, on(11, 8), 9), filled(3, on(11, 9), 8)];
    all[1].answered_by = "caregiver".into();
    all[2].in_error = "another person's".into();
    assert_eq!(series(all.iter(), &all[0]).len(), 1);
}

#[test]
fn a_measure_is_due_by_its_own_interval() {
    let days = [on(11, 2), on(11, 9), on(11, 16), on(11, 23)];
    let of = |key: &str, taken: &[Date], today| {
        let measure = instruments().iter().find(|one| one.is_called(key)).unwrap();
        due_since(measure, taken, on(11, 1), &days, today)
    };
    assert_eq!(of("PHQ-9", &[], on(11, 1)), Some(on(11, 1)), "at admission");
    assert_eq!(of("PHQ-9", &[on(11, 4)], on(11, 17)), None);
    assert_eq!(of("PHQ-9", &[on(11, 4)], on(11, 18)), Some(on(11, 18)));
    assert_eq!(of("WAI-SR", &[], on(11, 15)), None, "two sessions are held");
    assert_eq!(of("WAI-SR", &[], on(11, 30)), Some(on(11, 16)), "from the third session on");
    assert_eq!(of("check-in", &[on(11, 9)], on(11, 30)), Some(on(11, 16)), "each session");
}

/// N37.
#[test]
fn the_age_is_that_of_the_day_it_was_filled_in() {
    let birth = Birth::On(Date::from_ymd(2008, 12, 1).unwrap());
    assert_eq!(age_on(birth, on(11, 28)), Some(17));
    assert_eq!(age_on(birth, on(12, 3)), Some(18));
    assert_eq!(age_on(Birth::Unknown, on(12, 3)), None);
}

/// N37.
#[test]
fn a_stored_score_keeps_its_side_of_the_cut_off() {
    let measure = instruments().iter().find(|one| one.key == "ORS").unwrap();
    let scale = main_scale(measure).unwrap();
    let score = Some(Score::new(2700, 1));
    let results = vec![ScaleResult { scale: scale.key.clone(), score, ..ScaleResult::default() }];
    let mut one =
        Administration { measure: "ORS".into(), age: Some(17), results, ..Administration::default() };
    assert_eq!(stored(measure, scale, &one).is_clinical(), Some(true), "28 at 17");
    one.age = Some(18);
    assert_eq!(stored(measure, scale, &one).is_clinical(), Some(false), "25 for an adult");
    one.age = None;
    assert_eq!(stored(measure, scale, &one).is_clinical(), None, "nobody knows");
}

#[test]
fn another_version_of_the_scoring_changes_no_result() {
    // N29: the file is another one now; what was scored with the first stays to the byte.
    let mut newer = phq9().clone();
    newer.version = 2;
    newer.scales[0].times = Hundredths::whole(2);
    let one = filled(1, on(11, 1), 14);
    let scale = main_scale(&newer).unwrap();
    assert_eq!(stored(&newer, scale, &one).shown().as_deref(), Some("14"));
    assert_eq!(one.result("total").and_then(|result| result.score), Some(Score::from(Hundredths::whole(14))));
}

#[test]
fn a_form_that_is_not_full_is_no_first_and_changes_no_class() {
    // N26: no score, so neither a baseline nor a class.
    let mut blank = filled(1, on(11, 1), 0);
    blank.results[0].score = None;
    let all = [blank, filled(2, on(11, 8), 16), filled(3, on(11, 22), 9)];
    let series = series(all.iter(), &all[0]);
    let scale = main_scale(phq9()).unwrap();
    assert_eq!(baseline(&series, scale, 1).map(|one| one.number), Some(2));
    assert_eq!(class_of(phq9(), &series, &all[2]), "recovered");
    assert_eq!(class_of(phq9(), &series, &all[0]), "");
}
