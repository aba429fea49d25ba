use super::*;
use crate::domain::{NeedFacts, NeedStands, ProblemFacts};
use crate::packs;
use crate::rules::caseload::tests::{client, context, stand};

fn groups(view: DimensionView) -> Vec<(Tier, Vec<usize>)> {
    match view {
        DimensionView::Ranked(groups) => groups
            .into_iter()
            .map(|group| (group.tier, group.rows.iter().map(|row| row.index).collect()))
            .collect(),
        DimensionView::Unranked(_) => panic!("ranked dimension"),
    }
}

/// The people of the drawing: D5 of each.
fn drawn() -> Vec<Summary> {
    let with = |id, name, five: &str| client(id, name, &["0", "0", "0", "0", five, "0"]);
    let mut sam = with(1, "Sam Okafor", "333");
    sam.client_first = vec![6, 5];
    sam.ratings[4].on = sam.ratings[4].on.plus_days(-26);
    sam.ratings[4].words = "Probation is the only reason I'm here.".into();
    sam.ratings[4].words_on = sam.assessed;
    sam.problems = vec![ProblemFacts {
        number: 1,
        set: "ASAM3".into(),
        dimension: 5,
        active: true,
        goal: false,
        away_until: None,
        stage: Some(crate::domain::Stage::Precontemplation),
    }];
    let (jo, ana) = (with(2, "Jo Rivera", "332"), with(3, "Ana Pereira", "33"));
    let (lee, noor) = (with(4, "Lee Tran", "211"), with(5, "Noor Haddad", "222"));
    vec![noor, lee, ana, jo, sam, with(6, "Kim Steady", "0")]
}

#[test]
fn groups_by_tier_and_ranks_inside() {
    let people = drawn();
    let standings: Vec<Standing> = people.iter().map(stand).collect();
    let pairs: Vec<Person<'_>> = people.iter().zip(&standings).collect();
    let set = packs::set("ASAM3").unwrap();
    let view = dimension_view(&pairs, 5, set);
    let DimensionView::Ranked(groups_of) = &view else { panic!("ranked") };
    let sam = &groups_of[0].rows[0];
    assert_eq!((sam.client_rank, sam.mode, sam.review_in), (Some(2), WorkMode::Engage, Some(-6)));
    assert_eq!((sam.problems, sam.uncovered, sam.history.len()), (1, 1, 3));
    assert_eq!(&*sam.words, "Probation is the only reason I'm here.");
    assert_eq!(
        groups_of[0].rows[3].history.iter().map(|s| s.unwrap().digit()).collect::<Vec<_>>(),
        [1, 1, 2]
    );
    assert_eq!(
        groups(view),
        [(Tier::Plan, vec![4, 2, 3, 1]), (Tier::Watch, vec![0]), (Tier::Steady, vec![5])]
    );
}

#[test]
fn the_sentence_says_what_was_the_same_and_what_decided() {
    let people = drawn();
    let standings: Vec<Standing> = people.iter().map(stand).collect();
    let who = |index: usize| (&people[index], &standings[index]);
    assert_eq!(
        why_above(who(4), who(3), 5),
        "Sam stands above Jo: same tier, severity and trend; the client ranked it 2nd."
    );
    assert_eq!(
        why_below(who(3), who(4), 5),
        "Jo stands below Sam: same tier, severity and trend; the client ranked it 2nd."
    );
    assert_eq!(why_above(who(2), who(3), 5), "Ana stands above Jo: same in everything; then by name.");
    assert_eq!(why_above(who(3), who(1), 5), "Jo stands above Lee: same tier; severity 3 before 2.");
    assert_eq!(why_above(who(1), who(0), 5), "Lee stands above Noor: PLAN before WATCH.");
    assert_eq!(why_above(who(1), who(0), 9), "");
}

#[test]
fn open_needs_come_first_and_the_unranked_stay_out() {
    let mut people = drawn();
    people[5].needs = vec![NeedFacts {
        number: 1,
        set: "ASAM3".into(),
        dimension: 5,
        stands: NeedStands::Proposed,
        raised_at: crate::domain::Moment(0),
        ..NeedFacts::default()
    }];
    people[4].episode = None;
    let standings: Vec<Standing> = people.iter().map(stand).collect();
    let pairs: Vec<Person<'_>> = people.iter().zip(&standings).collect();
    let view = dimension_view(&pairs, 5, packs::set("ASAM3").unwrap());
    let DimensionView::Ranked(found) = &view else { panic!("ranked") };
    assert_eq!(found[0].rows[0].tier_word, "NOW?");
    assert_eq!(groups(view), [(Tier::Now, vec![5]), (Tier::Plan, vec![2, 3, 1]), (Tier::Watch, vec![0])]);
}

#[test]
fn people_rated_in_another_edition_stand_under_assess_with_what_is_known() {
    let people = drawn();
    let fourth = context("ASAM4");
    let day = people[0].assessed.unwrap().plus_days(10);
    let now = crate::domain::Moment(0);
    let standings: Vec<Standing> = people.iter().map(|who| Standing::new(who, day, now, &fourth)).collect();
    let pairs: Vec<Person<'_>> = people.iter().zip(&standings).collect();
    let DimensionView::Ranked(found) = dimension_view(&pairs, 4, fourth.set) else { panic!("ranked") };
    assert_eq!((found.len(), found[0].tier), (1, Tier::Assess));
    let sam = found[0].rows.iter().find(|row| row.index == 4).unwrap();
    assert!(sam.foreign);
    assert_eq!((sam.now, sam.history.len()), (Some(Severity::Serious), 3), "3rd ed. D5 is 4th ed. D4");
}

#[test]
fn what_is_not_rated_is_listed_by_name_with_wants() {
    let mut people = drawn();
    people[3].barriers = "fears losing job".into();
    people[3].preferences = "evenings only".into();
    let fourth = context("ASAM4");
    let standings: Vec<Standing> = people.iter().map(stand).collect();
    let pairs: Vec<Person<'_>> = people.iter().zip(&standings).collect();
    let DimensionView::Unranked(rows) = dimension_view(&pairs, 6, fourth.set) else { panic!("unranked") };
    assert_eq!(rows.iter().map(|row| row.index).collect::<Vec<_>>(), [2, 3, 5, 1, 0, 4]);
    assert_eq!((&*rows[1].barriers, &*rows[1].preferences), ("fears losing job", "evenings only"));
}

#[test]
fn ordinals() {
    let said: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21].map(ordinal).into();
    assert_eq!(said, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st"]);
}
