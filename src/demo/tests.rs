//! The material is read leniently; here all of it is looked at.

use super::lives::lives;
use super::phrases::phrases;
use crate::domain::{ClockTime, Date, DiagnosisKind, HelpKind, Moment, StaffId};
use crate::packs;
use crate::rules::plan::Plan as Tree;
use crate::rules::plan::staff_words::{staff_words, told};
use std::collections::HashSet;

#[test]
fn every_life_is_whole() {
    let levels: Vec<&str> = packs::levels(super::SET).iter().map(|level| level.code.as_str()).collect();
    let referrals = &packs::lists().referral_sources;
    assert!(lives().len() >= 44);
    for life in lives() {
        let who = format!("{} {}", life.given, life.family);
        assert!(life.born.naive().format("%Y").to_string().parse::<i32>().unwrap() > 1940, "{who}");
        assert!(["she/her", "he/him", "they/them"].contains(&life.pronouns), "{who}");
        assert!(levels.contains(&life.level), "{who}: {}", life.level);
        assert!(referrals.iter().any(|known| known == life.referral), "{who}: {}", life.referral);
        assert!(["rosa", "malik", "june", "teo", "ingrid"].contains(&life.counselor), "{who}");
        assert!(!life.ratings.is_empty() && life.ratings.iter().all(|row| row.len() == 6), "{who}");
        assert!(!life.wants.is_empty() && !life.why_now.is_empty(), "{who}");
        assert!(!life.events.is_empty() && !life.threads.is_empty() && !life.close.is_empty(), "{who}");
        assert!(!life.problems.is_empty() && !life.cells.is_empty(), "{who}");
        for problem in &life.problems {
            assert!((1..=6).contains(&problem.dimension) && !problem.stages.is_empty(), "{who}");
            assert!(["A", "D", "R", "S"].contains(&&problem.status[..1]), "{who}");
            assert!(problem.wording.split(' ').count() >= 8, "{who}: {}", problem.wording);
            assert!(!problem.words.is_empty() && !problem.topic.is_empty(), "{who}");
        }
        for cell in &life.cells {
            assert!((1..=6).contains(&cell.dimension) && !cell.words.is_empty(), "{who}");
        }
        for event in &life.events {
            assert!((1..=6).contains(&event.dimension) && !event.step.is_empty(), "{who}");
            assert!(event.data.ends_with(['.', '"']) && !event.step.ends_with('.'), "{who}: {}", event.data);
        }
    }
}

#[test]
fn no_two_lives_share_a_name_a_topic_or_a_want() {
    let mut seen = HashSet::new();
    for life in lives() {
        assert!(seen.insert(format!("{} {}", life.given, life.family)));
        assert!(seen.insert(life.wants.to_owned()), "{}", life.wants);
        for problem in &life.problems {
            assert!(seen.insert(format!("topic {}", problem.topic)), "{}", problem.topic);
        }
        for thread in &life.threads {
            assert!(seen.insert(format!("thread {thread}")), "{thread}");
        }
    }
}

#[test]
fn no_label_stands_for_a_person() {
    let material = [
        include_str!("lives1.txt"),
        include_str!("lives2.txt"),
        include_str!("lives3.txt"),
        include_str!("lives4.txt"),
        include_str!("phrases.txt"),
    ];
    for text in material {
        let text = text.to_lowercase();
        for label in [
            "addict",
            "alcoholic",
            "abuser",
            "denial",
            "non-compliant",
            "resistant",
            " clean ",
            "failed",
            "junkie",
        ] {
            assert!(!text.contains(label), "{label}");
        }
    }
    assert!(phrases().assess.len() > 20);
}

#[test]
fn every_life_has_a_contract_of_its_own_and_codes_that_are_on_the_list() {
    let mut seen = HashSet::new();
    for life in lives() {
        let who = format!("{} {}", life.given, life.family);
        let rows: Vec<&str> = life.contract.iter().map(|fields| fields[0]).collect();
        assert_eq!(rows, ["what", "why", "how", "where", "when"], "{who}");
        for words in life.contract.iter().flat_map(|fields| &fields[1..]).filter(|words| !words.is_empty()) {
            assert!(seen.insert(*words), "{who}: {words}");
        }
        assert_eq!(life.authority.is_empty(), life.flag("mandate").is_none(), "{who}");
        for fields in &life.diagnoses {
            assert!(packs::codes().all.iter().any(|code| code.code == fields[0]), "{who}: {}", fields[0]);
            assert!(DiagnosisKind::ALL.iter().any(|kind| kind.word() == fields[1]), "{who}: {}", fields[1]);
        }
        for fields in &life.helps {
            assert!(HelpKind::ALL.iter().any(|kind| kind.word() == fields[0]), "{who}: {}", fields[0]);
        }
    }
}

/// N24: what goes on a client's page speaks as the client does.
#[test]
fn no_plan_speaks_about_the_client_whose_page_it_is() {
    let instant = |date: Date, time: ClockTime| {
        Moment(i64::from(date.0) * 24 * Moment::HOUR + i64::from(time.0) * 60_000)
    };
    let today = Date::from_ymd(2026, 11, 28).unwrap();
    let now = instant(today, ClockTime(13 * 60));
    let plan = super::Plan { seed: 1, clients: 60, notes_per_client: None, today, now, instant: &instant };
    let staff = super::staff(1, StaffId([7; 16]), now);
    for index in 0..plan.clients {
        let chart = super::chart(&plan, &staff, index);
        let agreed = chart.agreed;
        let called =
            if chart.client.preferred.is_empty() { chart.client.name.given } else { chart.client.preferred };
        let read = Tree {
            goals: agreed.goals,
            objectives: agreed.objectives,
            methods: agreed.methods,
            basics: chart.background.basics.unwrap_or_default(),
            ..Tree::default()
        };
        assert_eq!(told(&staff_words(&read, &called)), None, "{called}");
    }
}
