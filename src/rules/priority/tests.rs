use super::*;
use proptest::prelude::*;
use std::cmp::Ordering;

fn sev(digit: u8) -> Severity {
    Severity::from_digit(digit).unwrap()
}

fn row(dimension: u8, now: u8, before: u8) -> DimensionFacts {
    DimensionFacts::rated(dimension, sev(now), Some(sev(before)))
}

fn order(rows: &[Ranked]) -> Vec<(u8, Tier)> {
    rows.iter().map(|row| (row.facts.dimension, row.tier)).collect()
}

#[test]
fn e1_mixed_risk() {
    use Tier::{Now, Plan, Steady, Watch};
    let mut facts = vec![row(1, 1, 2), row(2, 0, 0), row(3, 3, 2), row(4, 2, 2), row(5, 3, 3), row(6, 3, 2)];
    facts[2].need = NeedStanding::Confirmed;
    facts[3].stage = Some(Stage::Contemplation);
    facts[5].client_rank = Some(1);
    let rows = rank(&facts);
    assert_eq!(order(&rows), [(3, Now), (6, Plan), (5, Plan), (4, Watch), (1, Steady), (2, Steady)]);
    assert_eq!(rows[0].why(), "NOW · immediate need, no action yet · severity 3 · worse (2→3)");
    assert_eq!(rows[1].why(), "PLAN · severity 3 · worse (2→3) · client's #1");
    assert_eq!(rows[2].why(), "PLAN · severity 3");
    assert_eq!(rows[2].trace[3], "place: after D6, since worse goes before same");
    assert_eq!((rows[3].mode, rows[1].mode), (WorkMode::Engage, WorkMode::AskStage));
    assert_eq!(rows[4].why(), "STEADY · severity 1 · better (2→1)");
}

#[test]
fn e2_mandated() {
    use Tier::{Plan, Steady};
    let mut facts = vec![row(1, 0, 0), row(2, 1, 1), row(3, 1, 1), row(4, 3, 3), row(5, 3, 3), row(6, 2, 2)];
    facts[5].client_rank = Some(1);
    for fact in &mut facts[3..] {
        fact.stage = Some(Stage::Precontemplation);
    }
    let rows = rank(&facts);
    assert_eq!(order(&rows), [(4, Plan), (5, Plan), (6, Plan), (2, Steady), (3, Steady), (1, Steady)]);
    assert!(rows[..3].iter().all(|row| row.mode == WorkMode::Engage));
    assert!(rows[2].lifted && !rows[0].lifted);
    assert_eq!(rows[1].trace[3], "place: after D4, equal in everything, so by number");
    assert_eq!(rows[2].trace[2], "client: put it first, so WATCH becomes PLAN");
    assert_eq!(rows[2].why(), "PLAN · severity 2 · client's #1");
}

#[test]
fn e3_drift() {
    let mut facts: Vec<_> = (1..=6).map(|dimension| row(dimension, 1, 1)).collect();
    facts[4] = row(5, 2, 1);
    facts[3] = row(4, 2, 2);
    let rows = rank(&facts);
    assert_eq!((rows[0].facts.dimension, rows[0].tier), (5, Tier::Plan));
    assert!(rows[0].trace[1].contains("moderate and worsening"));
    assert_eq!((rows[1].facts.dimension, rows[1].tier), (4, Tier::Watch));
    facts[4] = DimensionFacts { worse_on: Date::from_ymd(2026, 10, 18), ..row(5, 2, 2) };
    let rows = rank(&facts);
    let relapse = rows.iter().find(|row| row.facts.dimension == 5).unwrap();
    assert_eq!(relapse.why(), "WATCH · severity 2 · was worse 18 Oct, no goal yet");
}

#[test]
fn e4_incomplete() {
    let rows = rank(&[DimensionFacts::unrated(2), row(3, 2, 2), row(5, 3, 3)]);
    assert_eq!(order(&rows), [(2, Tier::Assess), (5, Tier::Plan), (3, Tier::Watch)]);
    assert_eq!(rows[0].why(), "ASSESS · not rated");
    assert!(rows[0].trace[1].contains("unknown is not low"));
}

#[test]
fn e5_doing_well() {
    let mut facts: Vec<_> = (1..=6).map(|dimension| row(dimension, dimension % 2, dimension % 2)).collect();
    facts[5] = DimensionFacts { client_rank: Some(1), ..row(6, 1, 1) };
    let rows = rank(&facts);
    assert_eq!((rows[0].facts.dimension, rows[0].tier, rows[0].lifted), (6, Tier::Watch, true));
    assert!(rows[1..].iter().all(|row| row.tier == Tier::Steady));
    assert!(step_down(&facts).unwrap().contains("consider step-down"));
    facts[0] = DimensionFacts::unrated(1);
    assert_eq!(step_down(&facts), None, "unknown is not low");
    facts[0] = row(1, 2, 2);
    assert_eq!(step_down(&facts), None);
    facts[0] = DimensionFacts { need: NeedStanding::Proposed, ..row(1, 0, 0) };
    assert_eq!(step_down(&facts), None);
    assert_eq!(step_down(&[]), None);
}

#[test]
fn e6_tie_breaking() {
    let mut five = row(5, 3, 3);
    five.days_since_review = Some(99);
    five.review_interval = 90;
    let mut six = row(6, 3, 3);
    let rows = rank(&[six.clone(), five.clone()]);
    assert_eq!(rows[0].facts.dimension, 5);
    assert_eq!(rows[0].why(), "PLAN · severity 3 · review 9 d overdue · rated 99 d ago");
    assert_eq!(rows[1].trace[3], "place: after D5, since its review is 9 d overdue and here 0 d");
    six.client_rank = Some(2);
    let rows = rank(&[five, six]);
    assert_eq!(rows[0].facts.dimension, 6);
    assert_eq!(rows[1].trace[3], "place: after D6, since the client's #2 goes before none");
    assert_eq!(rows[0].trace[2], "client: put it at #2, which counts only between equals");
}

#[test]
fn e8_fourth_edition() {
    use Tier::{Plan, Steady};
    let mut facts = vec![row(1, 3, 2), row(2, 0, 0), row(3, 1, 1), row(4, 3, 3), row(5, 2, 2)];
    facts[4].client_rank = Some(1);
    let rows = rank(&facts);
    assert_eq!(order(&rows), [(1, Plan), (4, Plan), (5, Plan), (3, Steady), (2, Steady)]);
    assert_eq!(rows[0].why(), "PLAN · severity 3 · worse (2→3)");
    assert!(rows[2].lifted);
}

#[test]
fn needs_stand_in_their_own_order() {
    let with = |dimension, need| DimensionFacts { need, ..row(dimension, 1, 1) };
    let rows = rank(&[
        with(1, NeedStanding::InHand { recheck_in: 120 }),
        with(2, NeedStanding::Proposed),
        with(3, NeedStanding::Confirmed),
        with(4, NeedStanding::InHand { recheck_in: -125 }),
    ]);
    assert_eq!(rows.iter().map(|row| row.facts.dimension).collect::<Vec<_>>(), [4, 3, 2, 1]);
    assert_eq!(rows[0].why(), "NOW · immediate need, recheck 2 h over · severity 1");
    assert_eq!(rows[2].why(), "NOW? · immediate need proposed, to decide · severity 1");
    assert_eq!(rows[3].why(), "NOW · in hand, recheck in 2 h · severity 1");
    assert!(rows[1].trace[3].contains("whose immediate need is more pressing"));
}

#[test]
fn a_four_that_was_acted_on_stands_at_the_top_of_plan() {
    let on = Date::from_ymd(2026, 11, 21).unwrap();
    let acted = DimensionFacts { need: NeedStanding::ResolvedWhileFour { on }, ..row(6, 4, 4) };
    let rows = rank(&[row(1, 3, 2), acted]);
    assert_eq!(rows[0].why(), "PLAN · 4, acted on 21 Nov");
    assert_eq!(rows[0].facts.dimension, 6);
}

#[test]
fn reasons_are_never_more_than_the_ground_and_three() {
    let mut facts = row(5, 3, 2);
    facts.client_rank = Some(1);
    facts.days_since_review = Some(96);
    facts.review_interval = 90;
    let why = rank(&[facts])[0].why();
    assert_eq!(why, "PLAN · severity 3 · worse (2→3) · client's #1 · review 6 d overdue");
}

#[test]
fn a_rating_of_another_edition_is_no_rating_here() {
    let facts = DimensionFacts { rated_in: Some("3rd ed."), ..DimensionFacts::unrated(4) };
    assert_eq!(rank(&[facts])[0].why(), "ASSESS · rated in 3rd ed.");
}

#[test]
fn the_least_ready_stage_gives_the_mode() {
    assert_eq!(least_ready([Stage::Action, Stage::Contemplation]), Some(Stage::Contemplation));
    assert_eq!(least_ready([Stage::Action, Stage::Recurrence]), Some(Stage::Recurrence));
    assert_eq!(least_ready([]), None);
    let modes = Stage::ALL.map(|stage| WorkMode::of(Some(stage)).word());
    assert_eq!(modes, ["engage", "engage", "change", "change", "keep", "re-engage"]);
}

fn severity() -> impl Strategy<Value = Option<Severity>> {
    (0u8..6).prop_map(Severity::from_digit)
}

fn need() -> impl Strategy<Value = NeedStanding> {
    prop_oneof![
        4 => Just(NeedStanding::None),
        1 => Just(NeedStanding::Proposed),
        1 => Just(NeedStanding::Confirmed),
        1 => (-200i64..200).prop_map(|recheck_in| NeedStanding::InHand { recheck_in }),
        1 => Just(NeedStanding::ResolvedWhileFour { on: Date(20_000) }),
    ]
}

prop_compose! {
    fn facts(dimension: u8)(
        severity in severity(),
        previous in proptest::option::of(severity()),
        need in need(),
        client_rank in proptest::option::of(1u8..4),
        stage in proptest::option::of((0usize..6).prop_map(|index| Stage::ALL[index])),
        days_since_review in proptest::option::of(0i32..200),
        review_interval in prop_oneof![Just(0u16), Just(30), Just(90)],
        open in 0u16..4,
        uncovered in 0u16..4,
        worse_on in proptest::option::of((20_000i32..20_400).prop_map(Date)),
    ) -> DimensionFacts {
        DimensionFacts {
            dimension, severity, previous, need, client_rank, stage, days_since_review, review_interval,
            open_problems: open, uncovered_problems: uncovered.min(open), worse_on, rated_in: None,
        }
    }
}

fn client() -> impl Strategy<Value = Vec<DimensionFacts>> {
    (facts(1), facts(2), facts(3), facts(4), facts(5), facts(6))
        .prop_map(|(a, b, c, d, e, f)| vec![a, b, c, d, e, f])
}

/// Position from 0 and tier of a dimension.
fn stand(rows: &[DimensionFacts], dimension: u8) -> (usize, Tier) {
    let ranked = place(rows.iter().cloned());
    let at = ranked.iter().position(|row| row.facts.dimension == dimension).unwrap();
    (at, ranked[at].tier)
}

/// Changes one row and gives where it was and is.
fn moved(
    rows: &[DimensionFacts],
    index: usize,
    change: impl FnOnce(&mut DimensionFacts),
) -> ((usize, Tier), (usize, Tier)) {
    let mut changed = rows.to_vec();
    change(&mut changed[index]);
    let dimension = rows[index].dimension;
    (stand(rows, dimension), stand(&changed, dimension))
}

fn not_lower(before: (usize, Tier), after: (usize, Tier)) -> bool {
    after.0 <= before.0 && after.1 <= before.1
}

proptest! {
    #[test]
    fn the_order_is_total_and_does_not_depend_on_the_input_order(rows in client(), swaps in Just(()).prop_perturb(|(), mut rng| {
        (0..6).map(|_| (rng.random_range(0..6usize), rng.random_range(0..6usize))).collect::<Vec<_>>()
    })) {
        let expected = rank(&rows);
        let mut shuffled = rows.clone();
        for (a, b) in swaps {
            shuffled.swap(a, b);
        }
        prop_assert_eq!(&rank(&shuffled), &expected, "same inputs give the same order and explanation");
        let placed = place(rows);
        for (i, a) in placed.iter().enumerate() {
            for (j, b) in placed.iter().enumerate() {
                prop_assert_eq!(compare(a, b), i.cmp(&j));
                prop_assert_eq!(compare(a, b), compare(b, a).reverse());
            }
        }
    }

    #[test]
    fn raising_or_pressing_a_need_never_lowers(rows in client(), index in 0usize..6) {
        let open = [
            NeedStanding::InHand { recheck_in: 60 },
            NeedStanding::Proposed,
            NeedStanding::Confirmed,
            NeedStanding::InHand { recheck_in: -1 },
        ];
        let from = rows[index].need.order();
        for need in open.into_iter().filter(|need| need.order() <= from) {
            let (before, after) = moved(&rows, index, |row| row.need = need);
            prop_assert!(not_lower(before, after), "{before:?} {after:?}");
            prop_assert_eq!(after.1, Tier::Now);
        }
        // Taking in hand may lower within NOW only.
        if rows[index].need.open() {
            let (_, after) = moved(&rows, index, |row| row.need = NeedStanding::InHand { recheck_in: 60 });
            prop_assert_eq!(after.1, Tier::Now);
        }
    }

    #[test]
    fn raising_severity_never_lowers(rows in client(), index in 0usize..6) {
        if let Some(higher) = rows[index].severity.and_then(|now| Severity::from_digit(now.digit() + 1)) {
            let (before, after) = moved(&rows, index, |row| row.severity = Some(higher));
            prop_assert!(not_lower(before, after), "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_worse_trend_never_lowers(rows in client(), index in 0usize..6, previous in severity()) {
        let mut worse = rows[index].clone();
        worse.previous = Some(previous);
        if worse.trend() <= rows[index].trend() {
            let (before, after) = moved(&rows, index, |row| row.previous = Some(previous));
            prop_assert!(not_lower(before, after), "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_clients_voice_lifts_one_tier_at_most(rows in client(), index in 0usize..6, rank in 1u8..5) {
        let mut unranked = rows.clone();
        unranked[index].client_rank = None;
        let (before, after) = moved(&unranked, index, |row| row.client_rank = Some(rank));
        prop_assert!(not_lower(before, after));
        prop_assert!(before.1 as u8 - after.1 as u8 <= u8::from(rank == 1));
        prop_assert_eq!(before.1 == Tier::Now, after.1 == Tier::Now);
    }

    #[test]
    fn stage_and_overdue_days_never_change_the_tier(rows in client(), index in 0usize..6, other in facts(1)) {
        let (before, after) = moved(&rows, index, |row| {
            row.days_since_review = other.days_since_review;
            row.review_interval = other.review_interval;
        });
        prop_assert_eq!(before.1, after.1);
        let (before, after) = moved(&rows, index, |row| row.stage = other.stage);
        prop_assert_eq!(before, after, "the stage moves nothing at all");
    }

    #[test]
    fn removing_data_never_moves_below_assess(rows in client(), index in 0usize..6) {
        let (_, after) = moved(&rows, index, |row| row.severity = None);
        prop_assert!(after.1 <= Tier::Assess);
    }

    #[test]
    fn every_row_explains_itself(rows in client()) {
        let ranked = rank(&rows);
        for (at, row) in ranked.iter().enumerate() {
            prop_assert_eq!(row.position, at + 1);
            prop_assert!((1..=4).contains(&row.reasons.len()));
            prop_assert_eq!(row.trace.len(), 5);
            prop_assert_eq!(row.lifted, row.trace[2].contains(" becomes "));
        }
    }

    #[test]
    fn what_decided_agrees_with_the_order(a in facts(1), b in facts(1)) {
        let (a, b) = (Placed::new(a), Placed::new(b));
        let (order, decider) = decide(&a, &b);
        prop_assert_eq!(decide(&b, &a), (order.reverse(), decider));
        prop_assert_eq!(order == Ordering::Equal, decider == Decider::Number);
    }
}
