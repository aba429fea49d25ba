//! What a new stay goes on with, said before anybody is admitted again. Pure.
//!
//! Problems, wants, diagnoses and the safety plan are the person's and not a stay's: they are there in the new stay. Lines of the plan,
//! answers, ratings and the level of care are of the stay that ended.

use super::safety::SignedSafety;
use super::{diagnosis, when};
use crate::domain::{Date, Diagnosis, Problem, Wants};

/// The records that stay in force.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub problems: &'a [&'a Problem],
    pub wants: Option<&'a Wants>,
    pub diagnoses: &'a [&'a Diagnosis],
    pub safety: Option<&'a SignedSafety>,
    pub today: Date,
}

/// Returns what goes on in a new stay, in sentences: each kind with what there is of it and its day, to be looked at again.
pub fn carried(around: &Around<'_>) -> Vec<String> {
    let Around { problems, wants, diagnoses, safety, today } = *around;
    let short = |on| when::short(on, today);
    let problem = |one: &&Problem| {
        let stage = one.stages.last().map(|(on, stage)| format!(" ({}, {})", stage.word(), short(*on)));
        format!("P{} {}{}", one.number, named(one), stage.unwrap_or_else(|| " (no stage)".to_owned()))
    };
    let open: Vec<String> = problems.iter().filter(|one| one.status.is_active()).map(problem).collect();
    let wants = wants.map(|one| (one.wants.trim(), one.on)).filter(|(words, _)| !words.is_empty());
    let holding: Vec<String> = diagnoses
        .iter()
        .filter(|one| diagnosis::holds(one, today))
        .map(|one| format!("{} {}", one.code, one.wording.trim()).trim().to_owned())
        .collect();
    vec![
        listed("Problems", &open),
        wants.map_or("Wants: none.".to_owned(), |(words, on)| {
            format!("Wants: \u{201c}{words}\u{201d}, {}.", short(on))
        }),
        listed("Diagnoses", &holding),
        safety.map_or("Safety plan: none.".to_owned(), |plan| {
            format!(
                "Safety plan: version {} of {}. It is not current until you go through it again with the client.",
                plan.version,
                short(plan.on)
            )
        }),
    ]
}

/// The counselor's wording of a problem, else the client's.
fn named(problem: &Problem) -> &str {
    if problem.wording.trim().is_empty() { problem.words.trim() } else { problem.wording.trim() }
}

fn listed(what: &str, all: &[String]) -> String {
    if all.is_empty() { format!("{what}: none.") } else { format!("{what}: {}.", all.join("; ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ProblemStatus, Stage};

    #[test]
    fn each_kind_is_named_with_its_day_and_what_is_not_there_too() {
        let today = Date::from_ymd(2026, 3, 10).unwrap();
        let day = today.plus_days(-40);
        let low = Problem {
            number: 1,
            wording: "low mood".into(),
            stages: vec![(day, Stage::Preparation)],
            ..Problem::default()
        };
        let resolved = Problem {
            number: 2,
            status: ProblemStatus::Resolved { note: String::new() },
            ..Problem::default()
        };
        let wants = Wants { wants: "calm evenings".into(), on: day, ..Wants::default() };
        let diagnosis =
            Diagnosis { code: "F32.1".into(), wording: "Depression".into(), ..Diagnosis::default() };
        let safety = SignedSafety { version: 2, on: day, ..SignedSafety::default() };
        let around = Around {
            problems: &[&low, &resolved],
            wants: Some(&wants),
            diagnoses: &[&diagnosis],
            safety: Some(&safety),
            today,
        };
        let said = carried(&around);
        assert_eq!(said[0], "Problems: P1 low mood (preparation, 29 Jan).");
        assert_eq!(said[1], "Wants: \u{201c}calm evenings\u{201d}, 29 Jan.");
        assert!(said[2].starts_with("Diagnoses: F32.1 Depression"), "{}", said[2]);
        assert!(said[3].starts_with("Safety plan: version 2 of 29 Jan. It is not current"), "{}", said[3]);
        let nothing = Around { problems: &[], wants: None, diagnoses: &[], safety: None, today };
        assert_eq!(
            carried(&nothing),
            ["Problems: none.", "Wants: none.", "Diagnoses: none.", "Safety plan: none."]
        );
    }
}
