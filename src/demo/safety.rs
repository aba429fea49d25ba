//! The signed safety plan of a story, where its life has one.

use super::story::{Story, working_day};
use crate::domain::{Moment, SafetyPart, SafetyPlan, StaffId, TookPart};

/// Days ago on which it was signed.
const AGO: i32 = 12;

/// A safety plan to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Safety {
    pub plan: SafetyPlan,
    pub by: StaffId,
    pub signed_at: Moment,
}

/// The safety plan of a story, made in its open episode, the last of those that are there.
pub(super) fn of(story: &Story<'_>) -> Option<Safety> {
    if story.life.safety.is_empty() || story.since <= AGO {
        return None;
    }
    let on = working_day(story.plan.today.plus_days(-AGO));
    let mut plan = SafetyPlan {
        client: story.id,
        episode: story.stay,
        on,
        took_part: Some(TookPart::Together),
        ..SafetyPlan::default()
    };
    for (part, words) in SafetyPart::ALL.into_iter().zip(&story.life.safety) {
        *plan.part_mut(part) = story.said(words).replace(" / ", "\n");
    }
    Some(Safety { plan, by: story.counselor.id, signed_at: story.at(on, 17, 5) })
}
