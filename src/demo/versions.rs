//! Signed versions of a story's plan: the first one soon after the first goal, the next one after the newest line.

use super::background::Background;
use super::plans::Agreed;
use super::story::{Story, working_day};
use crate::domain::{
    Attested, Client, CopyGiven, Date, Moment, Number, Party, PlanText, Problem, SignedHow, StaffId,
    TookPart, VersionFacts, VersionKind, Wants, WhyChanged,
};
use crate::packs;

/// A version to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub text: PlanText,
    pub by: StaffId,
    pub on: Date,
    pub signed_at: Moment,
    pub episode: Number,
    /// How people answered it on that day.
    pub attested: Vec<Attested>,
}

/// What a version is made of besides the lines.
pub(super) struct Around<'a> {
    pub client: &'a Client,
    pub problems: &'a [Problem],
    pub wants: &'a Wants,
    pub background: &'a Background,
}

/// The versions of a plan. The last goal of some lives is newer than the newest version, so that not every plan is signed as it is.
pub(super) fn of(story: &Story<'_>, agreed: &Agreed, around: &Around<'_>) -> Vec<Version> {
    let mut days: Vec<Date> =
        agreed.goals.iter().map(|goal| working_day(goal.line.state_on.plus_days(2))).collect();
    days.retain(|day| *day < story.plan.today);
    days.sort();
    days.dedup();
    let open_end = days.len() > 1 && (story.life.given.len() + agreed.goals.len()).is_multiple_of(3);
    if open_end {
        days.pop();
    }
    let last = days.len();
    let mut versions: Vec<Version> = Vec::new();
    for (at, day) in days.into_iter().enumerate() {
        let number = at as u32 + 1;
        let text = text(story, agreed, around, number, day);
        if text.goals.is_empty() {
            continue;
        }
        versions.push(Version {
            text,
            by: story.counselor.id,
            on: day,
            signed_at: story.at(day, 15, 10),
            episode: story.stay,
            attested: answers(story, around.client, day, number as usize == last),
        });
    }
    versions
}

fn text(story: &Story<'_>, agreed: &Agreed, around: &Around<'_>, version: u32, day: Date) -> PlanText {
    let moment = story.at(day, 15, 10);
    let goals: Vec<_> = agreed.goals.iter().filter(|one| one.line.changed_at <= moment).cloned().collect();
    let objectives: Vec<_> =
        agreed.objectives.iter().filter(|one| one.line.changed_at <= moment).cloned().collect();
    let methods: Vec<_> =
        agreed.methods.iter().filter(|one| one.line.changed_at <= moment).cloned().collect();
    let lines = goals.len() + objectives.len() + methods.len();
    let first = version == 1;
    let Background { levels, diagnoses, contract, basics, .. } = around.background;
    let basics = basics.clone().filter(|basics| basics.changed_at <= moment);
    PlanText {
        client_name: around.client.legal_name(),
        record_no: around.client.record_no.clone(),
        author: story.counselor.signature_name(),
        problems: around.problems.iter().filter(|one| one.changed_at <= moment).cloned().collect(),
        goals,
        objectives,
        methods,
        agreements: agreed.agreements.iter().filter(|one| one.typed_at <= moment).cloned().collect(),
        basics: basics.unwrap_or_default(),
        contract: contract.clone().filter(|contract| contract.changed_at <= moment).unwrap_or_default(),
        diagnoses: diagnoses.iter().filter(|one| one.from.is_none_or(|from| from <= day)).cloned().collect(),
        wants: around.wants.clone(),
        level: levels.iter().rfind(|level| level.on <= day).cloned().unwrap_or_default(),
        required: story.life.flag("mandate").unwrap_or_default().to_owned(),
        facts: VersionFacts {
            version,
            kind: if first { VersionKind::Initial } else { VersionKind::Change },
            why: (!first).then_some(WhyChanged::NewNeed),
            took_part: Some(TookPart::Together),
            asks: packs::parties(),
            lines: u16::try_from(lines).unwrap_or(u16::MAX),
            ..VersionFacts::default()
        },
    }
}

/// How the client answered, and a guardian where the client is a minor. The newest version of a minor waits for the guardian, and
/// a client under a mandate declined to sign the newest one.
fn answers(story: &Story<'_>, client: &Client, day: Date, newest: bool) -> Vec<Attested> {
    let client_says = |how, words: &str| Attested {
        how: Some(how),
        words: words.to_owned(),
        copy: Some(CopyGiven::Given),
        given: day,
        ..Attested::default()
    };
    let guardian = story.life.flag("minor").filter(|_| !newest);
    let by_guardian = guardian.map(|_| Attested {
        whose: Party::Guardian(client.guardian.clone()),
        copy: None,
        ..client_says(SignedHow::Paper, "in the paper file")
    });
    let own = match (story.life.flag("mandate").is_some(), newest, day.0 % 2) {
        (true, true, _) => {
            client_says(SignedHow::Declined, "\u{201c}I was sent here. I sign nothing.\u{201d}")
        }
        (_, _, 0) => client_says(SignedHow::Paper, "in the paper file"),
        _ => Attested { name: client.display_name(), ..client_says(SignedHow::Screen, "") },
    };
    std::iter::once(own).chain(by_guardian).collect()
}
