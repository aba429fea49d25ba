//! Stays that have ended: the one before of somebody who came back, and the only one of somebody who is not in care now.

use super::{Chart, PROGRAM, Plan};
use crate::domain::{
    Appointed, Birth, CareKind, Client, ClientId, ClockTime, ContinuingCare, Date, Discharge, DischargeFact,
    DischargeKnown, Episode, LeaveKind, LevelDecision, LevelEvent, Moment, Staff, StaffId, TookPart,
};
use crate::rules::when::with_year;

/// The people without an episode of whom one was here until lately: the first of them.
pub(super) const LEFT: u32 = 11;
/// Days since the admission and since the last day of that person.
const LATELY: (i32, i32) = (96, 5);
/// The next of them, whose stay ended so long ago that the chart may be purged.
pub(super) const PAST_ITS_TIME: u32 = 25;
/// Days since the admission and since the last day of that person: more than eight years.
const LONG_AGO: (i32, i32) = (3_180, 3_020);

/// A stay that has ended, with its level of care and the summary to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub episode: Episode,
    pub level: LevelDecision,
    pub discharge: Discharge,
    pub by: StaffId,
    pub signed_at: Moment,
}

/// Somebody whose stay has ended: lately, or so long ago that the chart is past its time.
pub(super) fn gone(plan: &Plan<'_>, staff: &[Staff], mut client: Client, index: u32) -> Chart {
    let ago = if index == LEFT { LATELY } else { LONG_AGO };
    if let (Birth::On(day), true) = (client.birth, index == PAST_ITS_TIME) {
        // Of age then: the years of somebody younger begin later.
        client.birth = Birth::On(day.min(plan.today.plus_days(-30 * 365)));
    }
    let left = staff.iter().find(|one| one.login == "rosa");
    let left = left.map(|counselor| stay(plan, client.id, counselor, ago));
    if let Some(left) = &left {
        client.created = left.episode.created;
    }
    Chart { client, left, ..Chart::default() }
}

/// The stay before of somebody who came back: days since its admission and since its last day, as the life says them.
pub(super) fn before(
    plan: &Plan<'_>,
    said: Option<&str>,
    client: ClientId,
    counselor: &Staff,
) -> Option<Left> {
    let (from, until) = said?.split_once(' ')?;
    Some(stay(plan, client, counselor, (from.parse().ok()?, until.parse().ok()?)))
}

/// The first stay of somebody, so many days ago. Its plan, sessions and notes were on paper.
fn stay(plan: &Plan<'_>, client: ClientId, counselor: &Staff, (from, until): (i32, i32)) -> Left {
    let (admitted, on) = (plan.today.plus_days(-from), plan.today.plus_days(-until));
    let at = |date: Date, hour: u16| (plan.instant)(date, ClockTime(hour * 60));
    let kind = LeaveKind::Completed;
    let episode = Episode {
        client,
        number: 1,
        program: PROGRAM.to_owned(),
        admitted,
        discharged: Some((on, kind)),
        referral: "self or family".to_owned(),
        counselor: counselor.id,
        review_days: 90,
        created: at(admitted, 9),
        created_by: counselor.id,
        ..Episode::default()
    };
    let level = LevelDecision {
        client,
        number: 1,
        episode: 1,
        on: admitted,
        indicated: "1".to_owned(),
        actual: "1".to_owned(),
        agrees: Some(true),
        event: LevelEvent::Admission,
        at: at(admitted, 9),
        by: counselor.id,
        by_name: counselor.signature_name(),
        ..LevelDecision::default()
    };
    let discharge = Discharge {
        client,
        episode: 1,
        on,
        kind: Some(kind),
        course: "Came every week. The evenings held from the second month on, and the week was planned ahead by then."
            .to_owned(),
        risk: crate::domain::Asked::NoneReported,
        level: "none".to_owned(),
        care: care(plan.today, on),
        view: "I can call before it gets loud. That is the difference.".to_owned(),
        took_part: Some(TookPart::Together),
        known: Some(Box::new(known(&episode, counselor))),
        ..Discharge::default()
    };
    Left { episode, level, discharge, by: counselor.id, signed_at: at(on, 16) }
}

fn care(today: Date, on: Date) -> ContinuingCare {
    let next = on.plus_days(14);
    ContinuingCare {
        kind: Some(CareKind::Arranged),
        place: "Recovery group at the Unity Club".to_owned(),
        person: "Tomás, who opens the door".to_owned(),
        contact: "555-0163".to_owned(),
        transport: "bus 7, or a lift from the group".to_owned(),
        hard: "I ring my brother first, then 988.".to_owned(),
        supports: "my brother; the Thursday table".to_owned(),
        on: (next > today).then_some(next),
        at: None,
        appointed: Some(if next > today { Appointed::Planned } else { Appointed::NoneNeeded }),
    }
}

fn known(episode: &Episode, counselor: &Staff) -> DischargeKnown {
    let fact = |label: &str, words: String, source: &str| DischargeFact {
        label: label.to_owned(),
        words,
        source: source.to_owned(),
    };
    let admitted = with_year(episode.admitted);
    DischargeKnown {
        program: episode.program.clone(),
        admitted: episode.admitted,
        facts: vec![
            fact("Admitted", format!("{admitted} to {}", episode.program), "the admission"),
            fact("Counselor", counselor.name.clone(), "the admission"),
            fact("Level of care", format!("1 from {admitted}"), "1 decision on the level of care"),
        ],
        level: "1".to_owned(),
        ..DischargeKnown::default()
    }
}
