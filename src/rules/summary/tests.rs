use super::*;
use crate::domain::{
    Cell, ClientId, DimensionRef, ImmediateNeed, NeedSource, PersonName, Purpose, ReferralKept, StaffId,
    Stage,
};

fn day(number: i32) -> Date {
    Date(20_000 + number)
}

fn assessment(number: u32, on: i32, ratings: &[(u8, Option<u8>)]) -> Assessment {
    let cell = |&(dimension, digit): &(u8, Option<u8>)| Cell {
        dimension,
        severity: digit.and_then(Severity::from_digit),
        ..Cell::default()
    };
    Assessment {
        client: ClientId::default(),
        number,
        episode: 1,
        set: "ASAM3".into(),
        purpose: Purpose::default(),
        date: day(on),
        by: StaffId::default(),
        sources: String::new(),
        cells: ratings.iter().map(cell).collect(),
        ..Assessment::default()
    }
}

fn need(number: u32, dimension: u8, state: NeedState, on: i32) -> ImmediateNeed {
    ImmediateNeed {
        client: ClientId::default(),
        number,
        dimension: DimensionRef { set: "ASAM3".into(), number: dimension },
        raised_at: Moment(0),
        raised_by: StaffId::default(),
        reason: String::new(),
        source: NeedSource::Rating,
        state,
        state_by: StaffId::default(),
        state_at: Moment(i64::from(day(on).0) * 86_400_000),
        history: Vec::new(),
        hours: 0,
    }
}

fn problem(number: u32, dimension: u8, status: ProblemStatus) -> Problem {
    Problem {
        client: ClientId::default(),
        number,
        wording: "w".into(),
        words: String::new(),
        dimension: DimensionRef { set: "ASAM3".into(), number: dimension },
        second: None,
        stages: vec![(day(0), Stage::Action), (day(1), Stage::Contemplation)],
        status,
        status_on: day(0),
        rank: number,
        code: None,
        added_at: Moment(0),
        added_by: StaffId::default(),
        added_by_name: String::new(),
        changed_at: Moment(0),
        changed_by: StaffId::default(),
        ..Problem::default()
    }
}

fn person() -> Client {
    Client {
        record_no: "A-1042".into(),
        name: PersonName { given: "Joaquín".into(), family: "Rivera".into() },
        preferred: "Jo".into(),
        other_names: vec!["Jo Łopez".into()],
        ..Client::default()
    }
}

fn derive(assessments: &[Assessment], needs: &[ImmediateNeed], problems: &[Problem]) -> Summary {
    let client = person();
    let day_of = |moment: Moment| Date((moment.0 / 86_400_000) as i32);
    let records = Records { client: Some(&client), assessments, needs, problems, ..Records::none(&day_of) };
    summarise(&records)
}

fn rating(summary: &Summary, dimension: u8) -> &RatingFacts {
    summary.ratings.iter().find(|rating| rating.dimension == dimension).unwrap()
}

#[test]
fn names_are_kept_for_showing_sorting_and_finding() {
    let summary = derive(&[], &[], &[]);
    assert_eq!(&*summary.name, "Jo Rivera");
    assert_eq!(&*summary.legal, "Joaquín Rivera");
    assert_eq!(&*summary.sort, "rivera joaquin");
    assert_eq!(&*summary.find, "joaquin rivera jo lopez jolopez");
    assert_eq!((summary.assessed, &*summary.set), (None, ""));
}

#[test]
fn a_dimension_rated_alone_leaves_the_others_their_value_and_date() {
    let all = |digit| (1..=6).map(|dimension| (dimension, Some(digit))).collect::<Vec<_>>();
    // Handed in out of order.
    let summary = derive(&[assessment(2, 30, &[(5, Some(3))]), assessment(1, 0, &all(2))], &[], &[]);
    assert_eq!(summary.assessed, Some(day(30)));
    let relapse = rating(&summary, 5);
    assert_eq!((relapse.now, relapse.on), (Some(Severity::Serious), day(30)));
    assert_eq!(relapse.was, [Some(Severity::Moderate)]);
    let home = rating(&summary, 6);
    assert_eq!((home.now, home.on, home.was.len()), (Some(Severity::Moderate), day(0), 0));
}

#[test]
fn a_carried_cell_keeps_an_unrated_one_does_not() {
    let mut second = assessment(2, 30, &[(3, Some(2)), (4, None)]);
    second.cells[0].carried = true;
    let summary = derive(&[assessment(1, 0, &[(3, Some(2)), (4, Some(1))]), second], &[], &[]);
    assert_eq!(rating(&summary, 3).on, day(0));
    assert_eq!((rating(&summary, 4).now, rating(&summary, 4).on), (None, day(30)));
}

#[test]
fn at_most_four_earlier_ratings_newest_first() {
    let history: Vec<_> = (0..7).map(|n| assessment(n, n as i32, &[(5, Some((n % 5) as u8))])).collect();
    let was: Vec<_> = rating(&derive(&history, &[], &[]), 5).was.iter().map(|s| s.unwrap().digit()).collect();
    assert_eq!(was, [0, 4, 3, 2]);
}

#[test]
fn worse_is_remembered_until_it_falls() {
    let drift = [
        assessment(1, 0, &[(5, Some(1))]),
        assessment(2, 30, &[(5, Some(2))]),
        assessment(3, 60, &[(5, Some(2))]),
    ];
    assert_eq!(rating(&derive(&drift, &[], &[]), 5).worse_on, Some(day(30)));
    let mut better = drift.to_vec();
    better.push(assessment(4, 90, &[(5, Some(1))]));
    assert_eq!(rating(&derive(&better, &[], &[]), 5).worse_on, None);
}

#[test]
fn problems_that_are_resolved_or_in_error_leave_the_list_and_those_put_off_are_answered() {
    let reason = || "r".to_owned();
    let problems = [
        problem(1, 5, ProblemStatus::Active),
        problem(2, 5, ProblemStatus::Deferred { reason: reason(), revisit: day(99) }),
        problem(3, 5, ProblemStatus::Referred { to: reason(), kept: ReferralKept::Kept, look_again: None }),
        problem(4, 5, ProblemStatus::Resolved { note: String::new() }),
        problem(5, 5, ProblemStatus::EnteredInError { reason: reason() }),
    ];
    let facts = derive(&[], &[], &problems).problems;
    let told: Vec<_> = facts.iter().map(|fact| (fact.number, fact.active, fact.away_until)).collect();
    assert_eq!(told, [(1, true, None), (2, false, Some(day(99))), (3, false, Some(Date(i32::MAX)))]);
    assert_eq!(facts[0].stage, Some(Stage::Contemplation));
}

#[test]
fn a_resolved_need_is_kept_only_while_its_four_stands() {
    let resolved = need(1, 3, NeedState::Resolved { outcome: "safe".into() }, 5);
    let four = assessment(1, 0, &[(3, Some(4))]);
    let kept = |assessments: &[Assessment]| derive(assessments, std::slice::from_ref(&resolved), &[]).needs;
    assert_eq!(kept(std::slice::from_ref(&four))[0].stands, NeedStands::Resolved { on: day(5) });
    assert!(kept(&[four.clone(), assessment(2, 9, &[(3, Some(3))])]).is_empty());
    let again = [four, assessment(2, 9, &[(3, Some(3))]), assessment(3, 12, &[(3, Some(4))])];
    assert!(kept(&again).is_empty(), "a new 4 is not answered by an old action");
    let others =
        [need(1, 1, NeedState::Proposed, 0), need(2, 2, NeedState::Dismissed { reason: "none".into() }, 0)];
    assert_eq!(derive(&[], &others, &[]).needs.len(), 1, "lowering never clears, dismissing does");
}

#[test]
fn another_set_starts_afresh() {
    let fourth = Assessment { set: "ASAM4".into(), ..assessment(2, 30, &[(4, Some(2))]) };
    let summary = derive(&[assessment(1, 0, &[(4, Some(3))]), fourth], &[], &[]);
    assert_eq!((&*summary.set, summary.ratings.len()), ("ASAM4", 1));
    assert!(rating(&summary, 4).was.is_empty(), "readiness is no history of use risk");
}

#[test]
fn the_preview_is_what_completing_would_give() {
    let first = assessment(1, 0, &[(3, Some(1)), (5, Some(1))]);
    let second = assessment(2, 30, &[(5, Some(2))]);
    let before = derive(std::slice::from_ref(&first), &[], &[]);
    let draft = Assessment { number: 0, ..second.clone() };
    assert_eq!(preview(&before, &draft), derive(&[first, second], &[], &[]));
}

#[test]
fn long_words_are_clipped_between_graphemes() {
    let clipped = clip(&"e\u{301}".repeat(400));
    assert_eq!(clipped.graphemes(true).count(), 161);
    assert!(clipped.ends_with('…'));
    assert_eq!(&*clip("  two\n words "), "two words");
}

#[test]
fn numbers_from_elsewhere_find_somebody_and_words_and_days_do_not() {
    let kept =
        |what: &str, text: &str| super::with_kept("ada north".into(), &[(what.to_owned(), text.to_owned())]);
    assert_eq!(kept("Emergency Phone", "555-0009"), "ada north\t5550009");
    assert_eq!(kept("Member", "AB 12345"), "ada north\tab12345");
    for (what, text) in [
        ("Allergies", "Penicillin"),
        ("Enrolled", "2024-05-01"),
        ("Enrolled", "5/1/2024"),
        ("SSN", "123-45-6789"),
        ("Room", "12"),
        ("Patient", "{\"maritalStatus\":{\"coding\":[{\"code\":\"12345678\"}]}}"),
    ] {
        assert_eq!(kept(what, text), "ada north", "{what}: {text}");
    }
    let twice = [("A".to_owned(), "77-1234".to_owned()), ("B".to_owned(), "5550009".to_owned())];
    assert_eq!(super::with_kept("ada\t771234".into(), &twice), "ada\t771234 5550009");
}
