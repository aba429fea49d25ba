//! Every rule at its edge, on sheets written out.

use super::*;
use crate::domain::{
    AlertAnswer, AlertDone, AlertFacts, EpisodeFacts, HeardFacts, Hundredths, Number, Reply, ScaleResult,
    StaffId,
};
use crate::packs::instruments;

fn form(key: &str) -> &'static Instrument {
    instruments().iter().find(|one| one.key == key).unwrap()
}

fn day(number: Number) -> Date {
    Date::from_ymd(2026, 11, number).unwrap()
}

/// A check-in; 0 is *would rather not say*.
fn checkin(number: Number, keys: [i16; 3]) -> CheckIn {
    let reply = |key: i16| if key == 0 { Reply::Declined } else { Reply::Given(Hundredths::whole(key)) };
    let answers = alliance::ITEMS.iter().zip(keys).map(|((id, _), key)| ((*id).to_owned(), reply(key)));
    CheckIn {
        number,
        on: day(number),
        about: StaffId([7; 16]),
        answered_by: "client".into(),
        answers: answers.collect(),
        ..CheckIn::default()
    }
}

/// What the newest of these says: `!` is an alert, `?` a hint.
fn said(sheets: &[[i16; 3]]) -> Vec<String> {
    let all: Vec<CheckIn> = (1..).zip(sheets).map(|(number, keys)| checkin(number, *keys)).collect();
    let line: Vec<&CheckIn> = all.iter().collect();
    let heard = of_check_in(form("check-in"), &line);
    heard.iter().map(|one| format!("{}{}", if one.hint { "?" } else { "!" }, one.words)).collect()
}

#[test]
fn three_or_less_or_a_fall_of_two_is_an_alert_and_a_fall_of_one_a_hint() {
    assert_eq!(said(&[[5, 4, 4]]), [""; 0]);
    assert_eq!(said(&[[5, 4, 3]]), ["!bond is 3"]);
    assert_eq!(said(&[[5, 5, 5], [5, 4, 5]]), ["?task fell from 5 to 4"]);
    assert_eq!(said(&[[5, 5, 5], [5, 4, 3]]), ["?task fell from 5 to 4", "!bond fell from 5 to 3"]);
    assert_eq!(said(&[[5, 5, 4], [5, 5, 2]]), ["!bond fell from 4 to 2"]);
    assert_eq!(said(&[[3, 5, 5], [3, 5, 5]]), ["!goal is 3"], "low again is heard again");
    assert_eq!(said(&[[2, 5, 5], [3, 5, 5]]), ["!goal is 3"], "better, and still low");
    assert_eq!(said(&[[2, 5, 5], [4, 5, 5]]), [""; 0]);
}

/// N27.
#[test]
fn what_somebody_would_rather_not_say_is_no_zero_and_is_compared_across() {
    assert_eq!(said(&[[4, 4, 5], [0, 4, 0]]), [""; 0]);
    assert_eq!(said(&[[4, 4, 5], [0, 4, 0], [4, 4, 4]]), ["?bond fell from 5 to 4"]);
    assert_eq!(said(&[[4, 4, 5], [4, 4, 0], [4, 4, 3]]), ["!bond fell from 5 to 3"]);
}

#[test]
fn full_marks_four_times_in_a_row_are_a_hint() {
    assert_eq!(said(&[[5, 5, 5]; 3]), [""; 0]);
    assert!(said(&[[5, 5, 5]; 4])[0].starts_with("?full marks 4 times"));
    assert_eq!(said(&[[5, 5, 5], [5, 5, 5], [5, 5, 5], [5, 5, 0], [5, 5, 5]]).len(), 1, "a gap is passed");
    assert_eq!(said(&[[5, 5, 5], [4, 5, 5], [5, 5, 5], [5, 5, 5], [5, 5, 5]]), [""; 0]);
    assert_eq!(said(&[[0, 0, 0]; 4]), [""; 0], "nothing said is no full mark");
}

fn filled(key: &str, number: Number, scale: &str, score: i16) -> Administration {
    let score = Some(Score::from(Hundredths::whole(score)));
    Administration {
        number,
        episode: 1,
        measure: key.into(),
        on: day(number),
        answered_by: "client".into(),
        results: vec![ScaleResult { scale: scale.into(), score, ..ScaleResult::default() }],
        ..Administration::default()
    }
}

fn of(key: &str, scale: &str, scores: &[i16], held: usize) -> Vec<(AlertKind, String)> {
    let all: Vec<Administration> =
        (1..).zip(scores).map(|(number, score)| filled(key, number, scale, *score)).collect();
    let series: Vec<&Administration> = all.iter().collect();
    of_measure(form(key), &series, held).into_iter().map(|one| (one.kind, one.words)).collect()
}

#[test]
fn worse_than_at_first_by_more_than_chance_is_an_alert_at_any_time() {
    assert_eq!(of("PHQ-9", "total", &[8, 13], 1), [], "5 is not reliable");
    let worse = [(AlertKind::Worse, "PHQ-9 is worse, from 8 to 14".to_owned())];
    assert_eq!(of("PHQ-9", "total", &[8, 14], 1), worse);
    assert_eq!(of("PHQ-9", "total", &[14, 8], 9), [], "6 less is a gain");
    assert_eq!(of("PHQ-9", "total", &[14], 9), [], "the first has nothing to compare with");
    assert_eq!(of("WHO-5", "total", &[20, 60], 1), [], "more is better there");
}

#[test]
fn no_gain_counts_from_its_session_and_only_for_who_began_on_the_clinical_side() {
    assert_eq!(of("PHQ-9", "total", &[14, 13], 5), []);
    let words = "PHQ-9 shows no reliable gain by session 6: 14 at first, 13 now".to_owned();
    assert_eq!(of("PHQ-9", "total", &[14, 13], 6), [(AlertKind::NoGain, words)]);
    assert_eq!(of("PHQ-9", "total", &[9, 8], 12), [], "9 is below the cut-off of 10");
    assert_eq!(of("PHQ-9", "total", &[10, 5], 6).len(), 1);
    assert_eq!(of("PHQ-9", "total", &[14, 8], 6), []);
}

#[test]
fn the_alliance_scales_have_rules_of_their_own() {
    let goal = |scores: &[i16]| of("WAI-SR", "goal", scores, 3);
    assert_eq!(goal(&[13]), []);
    assert_eq!(goal(&[12]), [(AlertKind::Alliance, "WAI-SR goal is 12".to_owned())]);
    assert_eq!(goal(&[18, 16]), []);
    assert_eq!(goal(&[18, 15]), [(AlertKind::Alliance, "WAI-SR goal fell from 18 to 15".to_owned())]);
    assert_eq!(of("SRS", "total", &[36], 1).len(), 1);
    assert_eq!(of("SRS", "total", &[37], 1), []);
}

/// N40.
#[test]
fn one_fact_is_one_alert_and_that_there_is_no_gain_is_looked_for_once() {
    let alert = |number, kind, done: Option<AlertDone>| Alert {
        number,
        kind,
        answer: done.map(|done| AlertAnswer { done, ..AlertAnswer::default() }),
        ..Alert::default()
    };
    let (alliance, gain) = (AlertKind::Alliance, AlertKind::NoGain);
    let there = |kind, all: &[Alert]| goes(kind, all.iter());
    assert_eq!(there(alliance, &[]), Goes::New);
    assert_eq!(there(alliance, &[alert(3, alliance, None)]), Goes::Into(3));
    assert_eq!(there(alliance, &[alert(3, gain, None)]), Goes::New, "of another kind");
    let answered = [alert(1, alliance, Some(AlertDone::Talked)), alert(2, gain, Some(AlertDone::Consulted))];
    assert_eq!((there(alliance, &answered), there(gain, &answered)), (Goes::New, Goes::Nowhere));
    let wrong = [alert(1, gain, Some(AlertDone::TypedWrong))];
    assert_eq!(there(gain, &wrong), Goes::New, "typed wrong is no answer");
}

fn client(held: &[i32], fed: Option<i32>) -> Summary {
    let mut summary = Summary {
        episode: Some(EpisodeFacts { admitted: Date(100), ..EpisodeFacts::default() }),
        heard: HeardFacts { fed: fed.map(Date), ..HeardFacts::default() },
        ..Summary::default()
    };
    summary.days.held = held.iter().map(|day| Date(*day)).collect();
    summary
}

#[test]
fn no_feedback_counts_held_sessions_and_its_days_stop_while_none_is_held() {
    let letter = |held: &[i32], fed, today| Signal::of(&client(held, fed), Date(today)).letter();
    assert_eq!(letter(&[101, 108], None, 110), None);
    assert_eq!(letter(&[101, 108, 115], None, 116), Some('f'));
    assert_eq!(letter(&[101, 108, 115], Some(101), 116), None, "asked in the first");
    assert_eq!(letter(&[101, 108, 115, 122], Some(101), 123), Some('f'));
    assert_eq!(letter(&[101, 108], None, 131), Some('f'), "30 days since the first that was not asked about");
    assert_eq!(letter(&[101], None, 300), None, "nobody came since");
    let nobody = Summary { episode: None, ..client(&[101, 108, 115], None) };
    assert_eq!(Signal::of(&nobody, Date(116)).letter(), None, "nothing is asked of a stay that has ended");
}

#[test]
fn the_letter_is_that_of_the_alert_that_presses_most_and_goes_when_it_is_answered() {
    let with = |alerts: &[(AlertKind, Option<i32>)]| {
        let facts = (1..).zip(alerts).map(|(number, (kind, answered))| AlertFacts {
            number,
            kind: *kind,
            since: Date(110),
            answered: answered.map(Date),
            ..AlertFacts::default()
        });
        let mut summary = client(&[], None);
        summary.heard.alerts = facts.collect();
        summary
    };
    let signal = |alerts: &[(AlertKind, Option<i32>)], today| Signal::of(&with(alerts), Date(today));
    let both = signal(&[(AlertKind::NoGain, None), (AlertKind::Alliance, None)], 112);
    assert_eq!((both.letter(), both.words().next().as_deref()), (Some('a'), Some("open alert: alliance")));
    let answered = [(AlertKind::Worse, Some(115))];
    assert_eq!(signal(&answered, 129).letter(), None);
    assert_eq!(signal(&answered, 129).words().next().as_deref(), Some("alert answered: worse"));
    assert_eq!(signal(&answered, 130).words().next(), None, "after 14 days it is old news");
}
