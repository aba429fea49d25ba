//! How one works with some of the people: ways of working, barriers, and a rupture that is open or was repaired.

use super::story::Story;
use crate::domain::{Barrier, RelationStage, Rupture, RuptureKind, RuptureOutcome, WaysOfWorking};

/// What a life says of it: preferences, comfort, barriers as *kind: words: what is done*, the stage.
pub(super) fn ways(story: &Story<'_>) -> Option<WaysOfWorking> {
    let said = story.life.flag("ways")?;
    let mut fields = said.split('|').map(str::trim);
    let mut next = || fields.next().unwrap_or_default();
    let (prefers, comfort, barriers, stage) = (next(), next(), next(), next());
    let barrier = |said: &str| {
        let mut parts = said.split(':').map(|part| part.trim().to_owned());
        let mut next = || parts.next().unwrap_or_default();
        Barrier { kind: next(), words: next(), done: next(), over: false }
    };
    let barriers = barriers.split(';').map(str::trim).filter(|said| !said.is_empty()).map(barrier);
    let on = story.admitted.plus_days((story.since - 4).clamp(0, 20));
    Some(WaysOfWorking {
        client: story.id,
        prefers: prefers.to_owned(),
        comfort: comfort.parse().ok(),
        barriers: barriers.collect(),
        stage: RelationStage::ALL.into_iter().find(|one| one.word() == stage),
        stage_on: (!stage.is_empty()).then_some(on),
        by: story.counselor.id,
        by_name: story.counselor.signature_name(),
        at: story.at(on, 16, 55),
        ..WaysOfWorking::default()
    })
}

/// A rupture, with its number among its author's: *number | mark | what happened | what was tried | how it was repaired*.
pub(super) fn ruptures(story: &Story<'_>) -> Vec<Rupture> {
    let of = |said: &str| {
        let mut fields = said.split('|').map(|part| part.trim().to_owned());
        let mut next = || fields.next().unwrap_or_default();
        let (number, mark, what, tried, repaired) = (next(), next(), next(), next(), next());
        let on = story.admitted.plus_days((story.since - 9).max(1));
        let is_over = !repaired.is_empty();
        Some(Rupture {
            client: story.id,
            number: number.parse().ok()?,
            episode: story.stay,
            on,
            kind: RuptureKind::Withdrawal,
            marks: vec![mark],
            what,
            repair: vec![tried],
            outcome: if is_over { RuptureOutcome::Repaired } else { RuptureOutcome::Open },
            outcome_words: repaired,
            outcome_on: is_over.then(|| on.plus_days(7).min(story.admitted.plus_days(story.since))),
            by: story.counselor.id,
            by_name: story.counselor.signature_name(),
            at: story.at(on, 17, 10),
            ..Rupture::default()
        })
    };
    story.life.flag("rupture").and_then(of).into_iter().collect()
}
