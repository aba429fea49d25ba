//! The caseload order: the first difference decides, never a count and never a sum.

use super::Standing;
use crate::domain::{Date, Summary};
use crate::rules::priority::{NeedStanding, Placed, Tier};
use std::cmp::{Ordering, Reverse};

/// What the order compares and a standing keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// 1: class of the most pressing open need and minutes to its recheck (4 = none open).
    need: (u8, i64),
    /// 3: (tier, severity, trend) of the rows in turn, lower is above; closed by a row below all others.
    rows: Box<[[u8; 3]]>,
    /// 7: last contact, or admission where there was none.
    last: Date,
}

/// Nobody: below everyone.
impl Default for Key {
    fn default() -> Self {
        Self {
            need: (NeedStanding::None.pressing(), 0),
            rows: Box::new([[u8::MAX; 3]]),
            last: Date::default(),
        }
    }
}

impl Key {
    pub(super) fn new(summary: &Summary, rows: &[Placed], order: &[usize], assess_waits: bool) -> Self {
        let open = rows.iter().map(|row| row.facts.need).filter(|need| need.open());
        let need = open.map(NeedStanding::order).min().unwrap_or(NeedStanding::None.order());
        let row_key = |row: &Placed| {
            let severity = row.facts.severity.map_or(5, |severity| 4 - severity.digit());
            [caseload_tier(row.tier, assess_waits), severity, row.facts.trend() as u8]
        };
        let ranked = order.iter().filter_map(|index| rows.get(*index)).map(row_key);
        let admitted = summary.episode.as_ref().map(|episode| episode.admitted);
        Self {
            need,
            rows: ranked.chain([[u8::MAX; 3]]).collect(),
            last: summary.contact().or(admitted).unwrap_or_default(),
        }
    }
}

/// Place of a tier in the caseload order. ASSESS of a client whose assessment is not yet due is after PLAN.
fn caseload_tier(tier: Tier, assess_waits: bool) -> u8 {
    match tier {
        Tier::Now => 0,
        Tier::Assess if !assess_waits => 1,
        Tier::Plan => 2,
        Tier::Assess => 3,
        Tier::Watch => 4,
        Tier::Steady => 5,
    }
}

/// Indexes of a client's rows in the order the caseload compares them: rank order, but waiting ASSESS rows after PLAN.
pub(super) fn caseload_rows(rows: &[Placed], assess_waits: bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|index| rows.get(*index).map(|row| caseload_tier(row.tier, assess_waits)));
    order
}

/// The order of two clients; `Less` = the first stands above. Total as long as ids differ. People without an episode
/// are after everyone in care, unless an immediate need of theirs is open.
pub fn compare(a: (&Summary, &Standing), b: (&Summary, &Standing)) -> Ordering {
    let ((who_a, one), (who_b, two)) = (a, b);
    one.key
        .need
        .cmp(&two.key.need)
        .then_with(|| two.signals.safety_alert.cmp(&one.signals.safety_alert))
        .then_with(|| two.in_care.cmp(&one.in_care))
        .then_with(|| if one.in_care { clinical(one, two) } else { Ordering::Equal })
        .then_with(|| who_a.sort.cmp(&who_b.sort))
        .then_with(|| who_a.client.cmp(&who_b.client))
}

/// Lines 3 to 7.
fn clinical(one: &Standing, two: &Standing) -> Ordering {
    one.key
        .rows
        .cmp(&two.key.rows)
        .then_with(|| two.signals.engagement.cmp(&one.signals.engagement))
        .then_with(|| two.signals.alliance_alert.cmp(&one.signals.alliance_alert))
        .then_with(|| {
            Reverse(one.signals.obligation_over_days).cmp(&Reverse(two.signals.obligation_over_days))
        })
        .then_with(|| one.key.last.cmp(&two.key.last))
}
