use super::*;
use crate::domain::{
    ClientId, EpisodeFacts, NeedFacts, NeedStands, ProblemFacts, RatingFacts, Severity, Stage,
};
use crate::packs;
use crate::rules::priority::{NeedStanding, Trend, rank};
use proptest::prelude::*;
use std::cmp::Ordering;

/// Saturday 21 November 2026, 14:00 UTC.
const TODAY: Date = Date(20_778);
const NOW: Moment = Moment(20_778 * 86_400_000 + 14 * Moment::HOUR);

pub(in crate::rules) fn context(set: &str) -> CaseloadContext<'static> {
    CaseloadContext {
        set: packs::set(set).unwrap(),
        first_assessment_days: 10,
        late_after_hours: 24,
        review_days: 90,
        choice: &crate::rules::due::NO_CHOICE,
    }
}

/// A client in care: per dimension `now` then earlier ratings newest first as digits, `-` unrated, blank = never.
pub(in crate::rules) fn client(id: u8, name: &str, ratings: &[&str]) -> Summary {
    let digit = |c: char| c.to_digit(10).and_then(|d| Severity::from_digit(d as u8));
    let facts = |(index, text): (usize, &&str)| {
        let mut values = text.chars().map(digit);
        Some(RatingFacts {
            dimension: index as u8 + 1,
            now: values.next()?,
            on: TODAY.plus_days(-10),
            was: values.collect(),
            ..RatingFacts::default()
        })
    };
    let assessed = ratings.iter().any(|text| !text.is_empty());
    Summary {
        client: ClientId([id; 16]),
        name: name.into(),
        sort: name.to_lowercase().into(),
        episode: Some(EpisodeFacts { admitted: TODAY.plus_days(-34), review_days: 30, ..Default::default() }),
        ratings: ratings.iter().enumerate().filter_map(facts).collect(),
        set: if assessed { "ASAM3".into() } else { Box::default() },
        assessed: assessed.then(|| TODAY.plus_days(-10)),
        wants_set: "ASAM3".into(),
        ..Summary::default()
    }
}

pub(in crate::rules) fn stand(summary: &Summary) -> Standing {
    Standing::new(summary, TODAY, NOW, &context("ASAM3"))
}

fn need(dimension: u8, stands: NeedStands) -> NeedFacts {
    NeedFacts { number: 1, set: "ASAM3".into(), dimension, stands, raised_at: NOW, ..NeedFacts::default() }
}

fn recheck_in(minutes: i64) -> NeedStands {
    NeedStands::InHand { recheck_at: NOW.plus_ms(minutes * 60_000) }
}

fn above(a: &Summary, b: &Summary) -> bool {
    compare((a, &stand(a)), (b, &stand(b))) == Ordering::Less
}

fn problem(dimension: u8, stage: Option<Stage>) -> ProblemFacts {
    ProblemFacts {
        number: 1,
        set: "ASAM3".into(),
        dimension,
        active: true,
        goal: false,
        away_until: None,
        stage,
    }
}

#[test]
fn the_short_why_of_the_home_screen() {
    let mut jo = client(1, "Jo", &["00", "00", "32", "22", "33", "21"]);
    jo.needs = vec![need(3, recheck_in(120))];
    let mut sam = client(2, "Sam", &["0", "1", "2", "33", "33", "22"]);
    sam.assessed = Some(TODAY.plus_days(-36));
    let mut ana = client(3, "Ana", &["0", "-", "2", "2", "33", "1"]);
    ana.episode.as_mut().unwrap().admitted = TODAY.plus_days(-5);
    let lee = client(4, "Lee", &["0", "0", "1", "1", "21", "1"]);
    let mut mika = client(5, "Mika", &["0", "0", "1", "1", "1", "11"]);
    mika.client_first = vec![6];
    let mut new = client(6, "Noor", &[]);
    new.episode.as_mut().unwrap().admitted = TODAY.plus_days(-1);
    let people = [jo, sam, ana, lee, mika, new];
    let whys: Vec<String> = people.iter().map(|who| stand(who).why.to_string()).collect();
    assert_eq!(
        whys,
        [
            "NOW D3, recheck 2 h",
            "D4 3; review 6 d over",
            "D5 3; D2 not rated",
            "D5 2, worse",
            "D6 is what they want",
            "new, due in 9 d",
        ]
    );
    let mut order: Vec<&Summary> = people.iter().collect();
    order.sort_by(|a, b| compare((a, &stand(a)), (b, &stand(b))));
    let names: Vec<&str> = order.iter().map(|who| &*who.name).collect();
    assert_eq!(names, ["Jo", "Sam", "Ana", "Lee", "Noor", "Mika"], "a newcomer stands after PLAN");
    let tiers: Vec<_> = people.iter().map(|who| stand(who).tier.unwrap().word()).collect();
    assert_eq!(tiers, ["NOW", "PLAN", "PLAN", "PLAN", "WATCH", "ASSESS"]);
}

#[test]
fn danger_that_nobody_has_asked_about_is_part_of_the_why() {
    let mut new = client(1, "Noor", &[]);
    new.episode.as_mut().unwrap().admitted = TODAY.plus_days(-1);
    new.unasked = vec![1, 2, 3, 4, 5, 6];
    assert_eq!(&*stand(&new).why, "triage not asked; new");
    assert!(besides(&stand(&new)).starts_with("triage not asked; new, assessment due"));
    let mut sam = client(2, "Sam", &["0", "1", "2", "33", "33", "22"]);
    sam.unasked = vec![1, 2, 3, 4, 5, 6];
    assert_eq!(&*stand(&sam).why, "D4 3; triage not asked");
    sam.unasked = vec![4];
    assert_eq!(&*stand(&sam).why, "D4 3; triage to finish");
    sam.needs = vec![need(3, recheck_in(120))];
    assert_eq!(&*stand(&sam).why, "NOW D3, recheck 2 h", "danger that is known goes first");
}

#[test]
fn the_long_why_says_it_in_full() {
    let mut sam = client(2, "Sam", &["0", "1", "2", "32", "33", "22"]);
    sam.client_first = vec![4];
    let standing = stand(&sam);
    assert_eq!(long(&standing, &context("ASAM3")), "PLAN D4 readiness: severity 3, worse (2→3), client's #1");
    let mut new = client(6, "Noor", &[]);
    new.episode.as_mut().unwrap().admitted = TODAY.plus_days(-1);
    assert_eq!(
        long(&stand(&new), &context("ASAM3")),
        "ASSESS D1 withdrawal: not rated; new, assessment due in 9 d"
    );
}

#[test]
fn a_first_assessment_that_is_over_stands_above_plan() {
    let mut late = client(1, "Late", &[]);
    late.episode.as_mut().unwrap().admitted = TODAY.plus_days(-13);
    let plan = client(2, "Plan", &["4", "4", "4", "4", "4", "4"]);
    assert_eq!(&*stand(&late).why, "assessment 3 d over");
    assert_eq!(stand(&late).assessment_due_in, Some(-3));
    assert!(above(&late, &plan));
    late.episode.as_mut().unwrap().admitted = TODAY.plus_days(-10);
    assert_eq!(&*stand(&late).why, "new, due today");
    assert!(above(&plan, &late));
}

#[test]
fn one_dimension_left_unrated_is_asked_for_when_the_assessment_is_over() {
    let ana = client(3, "Ana", &["0", "-", "2", "2", "3", "1"]);
    let standing = stand(&ana);
    assert_eq!((standing.tier, &*standing.why), (Some(Tier::Assess), "D2 not rated; D5 3"));
}

#[test]
fn now_comes_first_by_its_own_order_and_oldest_recheck() {
    let with = |id, stands| {
        let mut who = client(id, &format!("{id}"), &["1", "1", "1", "1", "1", "1"]);
        who.needs = vec![need(3, stands)];
        who
    };
    let mut people = [
        client(9, "9", &["4", "4", "4", "4", "4", "4"]),
        with(5, recheck_in(200)),
        with(4, recheck_in(60)),
        with(3, NeedStands::Proposed),
        with(2, NeedStands::Confirmed),
        with(1, recheck_in(-5)),
        with(0, recheck_in(-500)),
    ];
    people.sort_by(|a, b| compare((a, &stand(a)), (b, &stand(b))));
    assert_eq!(people.iter().map(|who| who.client.0[0]).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 5, 9]);
    assert_eq!(&*stand(&people[0]).why, "NOW D3, 8 h over");
    assert_eq!(&*stand(&people[2]).why, "NOW D3, no action yet");
    assert_eq!(&*stand(&people[3]).why, "NOW? D3, to decide");
    let almost = with(7, NeedStands::InHand { recheck_at: NOW.plus_ms(30_000) });
    let row = stand(&almost).rows[0].facts.need;
    assert_eq!(row, NeedStanding::InHand { recheck_in: 1 }, "in 30 seconds is not passed");
}

#[test]
fn rows_are_compared_one_by_one_never_counted() {
    let one_four = client(1, "a", &["4", "0", "0", "0", "0", "0"]);
    let many_threes = client(2, "b", &["3", "3", "3", "3", "3", "3"]);
    assert!(above(&one_four, &many_threes));
    let second = client(3, "c", &["4", "1", "0", "0", "0", "0"]);
    assert!(above(&second, &one_four), "the second row decides when the first is the same");
}

#[test]
fn signals_and_contact_break_what_is_left() {
    let ratings = ["2", "2", "2", "2", "2", "2"];
    let (mut a, mut b) = (client(1, "b", &ratings), client(2, "a", &ratings));
    assert!(above(&b, &a), "name");
    a.last_contact = Some(TODAY.plus_days(-20));
    b.last_contact = Some(TODAY.plus_days(-2));
    assert!(above(&a, &b), "longest ago first");
    let signal = |who: &Summary, signals| Standing::with_signals(who, TODAY, NOW, &context("ASAM3"), signals);
    let none = signal(&a, Signals::default());
    for signals in [
        Signals { safety_alert: true, ..Signals::default() },
        Signals { engagement: true, ..Signals::default() },
        Signals { alliance_alert: true, ..Signals::default() },
        Signals { obligation_over_days: 1, ..Signals::default() },
    ] {
        assert_eq!(compare((&b, &signal(&b, signals)), (&a, &none)), Ordering::Less, "{signals:?}");
    }
}

#[test]
fn people_without_an_episode_stand_after_everyone_in_care() {
    let mut outside = client(1, "a", &["4", "4", "4", "4", "4", "4"]);
    outside.episode = None;
    let steady = client(2, "b", &["0", "0", "0", "0", "0", "0"]);
    assert_eq!((stand(&outside).tier, &*stand(&outside).why), (None, "no open episode"));
    assert!(above(&steady, &outside));
    outside.needs = vec![need(1, NeedStands::Confirmed)];
    assert_eq!(stand(&outside).tier, Some(Tier::Now));
    assert!(above(&outside, &steady), "danger has no admission");
    outside.needs.clear();
    outside.deceased = true;
    assert_eq!(&*stand(&outside).why, "deceased");
}

#[test]
fn another_edition_crosses_by_meaning_and_is_asked_for_again() {
    let mut who = client(1, "a", &["1", "2", "3", "4", "32", "0"]);
    who.client_first = vec![4, 5];
    who.needs = vec![need(4, NeedStands::Confirmed), need(6, NeedStands::Proposed)];
    who.problems = vec![problem(5, Some(Stage::Action)), problem(4, Some(Stage::Precontemplation))];
    let standing = Standing::new(&who, TODAY, NOW, &context("ASAM4"));
    let shown: Vec<_> = standing.columns.iter().map(|c| c.value.map(Severity::digit)).collect();
    assert_eq!(shown, [Some(1), Some(2), Some(3), Some(3), Some(0)]);
    assert!(standing.columns.iter().all(|column| column.foreign));
    assert_eq!(standing.columns[3].trend, Some(Trend::Worse));
    let relapse = standing.row(4).unwrap();
    assert_eq!((relapse.tier, relapse.facts.client_rank), (Tier::Assess, Some(2)));
    assert_eq!((relapse.facts.open_problems, relapse.facts.stage), (1, Some(Stage::Action)));
    assert_eq!(standing.row(5).unwrap().tier_word(), "NOW?");
    let homeless = standing.row(0).unwrap();
    assert_eq!(homeless.facts.need, NeedStanding::Confirmed, "no danger is lost with an edition");
    assert_eq!(&*standing.why, "NOW, no action yet; D5");
    who.needs.clear();
    let calm = Standing::new(&who, TODAY, NOW, &context("ASAM4"));
    assert_eq!(&*calm.why, "rated in 3rd ed.");
    let mh = Standing::new(&who, TODAY, NOW, &context("MH6"));
    assert!(mh.columns.iter().all(|column| column.value.is_none() && !column.foreign));
    assert!(mh.row(0).is_none());
}

#[test]
fn a_summary_gives_the_rule_all_it_asks_for() {
    let mut who = client(1, "a", &["0", "0", "0", "0", "221", "4"]);
    who.ratings[4].worse_on = Some(TODAY.plus_days(-34));
    who.ratings[4].on = TODAY.plus_days(-40);
    who.needs = vec![need(6, NeedStands::Resolved { on: TODAY })];
    who.problems = vec![problem(5, Some(Stage::Contemplation)), problem(5, Some(Stage::Action))];
    let facts = dimension_facts(&who, TODAY, NOW, &context("ASAM3"));
    let ranked = rank(&facts);
    assert_eq!(ranked[0].why(), "PLAN · 4, acted on 21 Nov");
    assert_eq!(
        ranked[1].why(),
        "WATCH · severity 2 · was worse 18 Oct, no goal yet · review 10 d overdue · rated 40 d ago"
    );
    assert_eq!((ranked[1].facts.open_problems, ranked[1].facts.uncovered_problems), (2, 2));
    assert_eq!(ranked[1].mode.word(), "engage");
    assert_eq!(&*stand(&who).why, "D6 4, acted on 21 Nov");
    // Covered by a goal, put off or referred, it no longer says that it was worse.
    let covered = ProblemFacts { goal: true, ..problem(5, Some(Stage::Action)) };
    let deferred = ProblemFacts {
        active: false,
        away_until: Some(TODAY.plus_days(30)),
        ..problem(5, Some(Stage::Precontemplation))
    };
    for answer in [covered, deferred] {
        who.problems.push(answer);
        let facts = dimension_facts(&who, TODAY, NOW, &context("ASAM3"));
        assert_eq!(facts[4].worse_on, None);
        who.problems.pop();
    }
    assert!(dimension_facts(&who, TODAY, NOW, &context("ASAM3"))[4].worse_on.is_some());
}

prop_compose! {
    fn anybody()(
        id in 0u8..6,
        ratings in proptest::collection::vec("[0-4-]{0,3}", 6),
        first in proptest::collection::vec(1u8..7, 0..3),
        needs in proptest::collection::vec((1u8..7, prop_oneof![
            Just(NeedStands::Proposed), Just(NeedStands::Confirmed), (-90i64..90).prop_map(recheck_in),
        ]), 0..2),
        admitted in proptest::option::of(0i32..40),
        assessed in 0i32..60,
        contact in proptest::option::of(0i32..3),
        set in prop_oneof![9 => Just("ASAM3"), 1 => Just("ASAM4")],
    ) -> Summary {
        let ratings: Vec<&str> = ratings.iter().map(String::as_str).collect();
        let mut who = client(id, ["ann", "bo"][usize::from(id % 2)], &ratings);
        who.set = if who.assessed.is_some() { set.into() } else { Box::default() };
        who.assessed = who.assessed.map(|_| TODAY.plus_days(-assessed));
        who.client_first = first;
        who.needs = needs.into_iter().map(|(dimension, stands)| need(dimension, stands)).collect();
        who.episode = admitted.map(|days| EpisodeFacts { admitted: TODAY.plus_days(-days), ..Default::default() });
        who.last_contact = contact.map(|days| TODAY.plus_days(-days));
        who
    }
}

proptest! {
    #[test]
    fn the_caseload_order_is_total(people in proptest::collection::vec(anybody(), 1..8), turn in 0usize..8) {
        let standings: Vec<Standing> = people.iter().map(stand).collect();
        let order = |a: usize, b: usize| compare((&people[a], &standings[a]), (&people[b], &standings[b]));
        let all = 0..people.len();
        for (a, b) in all.clone().flat_map(|a| all.clone().map(move |b| (a, b))) {
            prop_assert_eq!(order(a, b), order(b, a).reverse());
            for c in all.clone() {
                if order(a, b).is_le() && order(b, c).is_le() {
                    prop_assert!(order(a, c).is_le());
                }
            }
            let same = people[a].client == people[b].client;
            prop_assert!(same || order(a, b).is_ne(), "different people never stand in one place");
        }
        let mut sorted: Vec<usize> = all.clone().collect();
        sorted.sort_by(|a, b| order(*a, *b));
        let mut turned: Vec<usize> = all.rev().collect();
        turned.rotate_left(turn % people.len());
        turned.sort_by(|a, b| order(*a, *b));
        for (one, two) in sorted.iter().zip(&turned) {
            prop_assert_eq!(order(*one, *two), Ordering::Equal);
        }
    }

    #[test]
    fn an_open_need_stands_above_everyone_without(a in anybody(), b in anybody()) {
        if !a.needs.is_empty() && b.needs.is_empty() {
            prop_assert!(above(&a, &b));
        }
    }

    #[test]
    fn raising_a_need_or_a_rating_never_lowers_a_client(people in proptest::collection::vec(anybody(), 1..6), who in anybody(), dimension in 1u8..7) {
        let place = |who: &Summary| people.iter().filter(|other| above(other, who)).count();
        let mut raised = who.clone();
        raised.needs.push(need(dimension, NeedStands::Confirmed));
        prop_assert!(place(&raised) <= place(&who));
        let mut worse = who.clone();
        let rating = worse.ratings.iter_mut().find(|rating| rating.dimension == dimension);
        if let Some((rating, now)) = rating.and_then(|rating| rating.now.map(|now| (rating, now))) {
            rating.now = Severity::from_digit(now.digit() + 1).or(Some(now));
            prop_assert!(place(&worse) <= place(&who));
        }
    }

    #[test]
    fn every_ranked_client_says_why_in_a_list_line(who in anybody()) {
        let standing = stand(&who);
        prop_assert!(!standing.why.is_empty());
        prop_assert!(standing.why.chars().count() <= 24, "{}", standing.why);
        prop_assert!(!long(&standing, &context("ASAM3")).is_empty());
        prop_assert_eq!(standing.columns.len(), 6);
    }
}

#[test]
fn what_was_heard_is_said_where_there_is_room_and_a_blank_danger_item_stands_above_the_ranks() {
    use crate::domain::{AlertFacts, AlertKind, AskFacts};
    let alert = |kind, words: &str| AlertFacts {
        number: 1,
        kind,
        since: TODAY,
        words: words.into(),
        ..AlertFacts::default()
    };
    let mut who = client(1, "Jo", &["0", "0", "3", "1", "1", "1"]);
    who.heard.alerts = vec![alert(AlertKind::Alliance, "bond fell from 5 to 3")].into();
    assert!(stand(&who).why.ends_with("; bond fell"), "{}", stand(&who).why);
    who.heard.alerts = vec![alert(AlertKind::NoGain, "PHQ-9 shows no reliable gain")].into();
    assert!(stand(&who).why.ends_with("; no gain yet"), "{}", stand(&who).why);
    let mut calm = client(2, "Sam", &["0"; 6]);
    calm.heard.asks = vec![AskFacts { number: 1, ..AskFacts::default() }].into();
    let (one, two) = (stand(&who), stand(&calm));
    assert!(two.why.ends_with("; ask blank item"), "{}", two.why);
    assert_eq!(compare((&calm, &two), (&who, &one)), Ordering::Less);
    assert!(besides(&two).contains("a question about danger was left blank"));
}
