//! What would change if the draft were completed now: tiers and order before and after, by the rule itself.

use super::sheet::Sheet;
use crate::rules::caseload::Standing;
use crate::rules::priority::{Placed, Tier};
use crate::rules::summary;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::theme::Role;

/// One dimension, as it would be.
pub(super) struct Moved {
    pub dimension: u8,
    /// The tier it would be in.
    pub tier: Tier,
    /// The word of that tier.
    pub word: &'static str,
    /// The word of the tier it is in now, if it would be another.
    pub was: Option<&'static str>,
}

/// The dimensions in the order they would stand in, and the one that is first now. Empty without a draft, or when the draft's set is not the one
/// the agency ranks by.
pub(super) fn of(sheet: Option<&Sheet>, chart: &ChartView, cx: &Cx) -> (Vec<Moved>, Option<u8>) {
    let Some(sheet) = sheet else { return (Vec::new(), None) };
    let Some(context) = cx.caseload().filter(|context| context.set.key == sheet.body.set) else {
        return (Vec::new(), None);
    };
    let now = &chart.person.summary;
    let next = summary::preview(now, &sheet.body);
    let standing = |summary| Standing::new(summary, cx.today(), cx.now.moment, &context);
    let (now, next) = (standing(now), standing(&next));
    let moved = |row: &Placed| {
        let before = now.row(row.facts.dimension).map(Placed::tier_word);
        Moved {
            dimension: row.facts.dimension,
            tier: row.tier,
            word: row.tier_word(),
            was: before.filter(|word| *word != row.tier_word()),
        }
    };
    let first = now.rows.first().map(|row| row.facts.dimension);
    (next.rows.iter().map(moved).collect(), first)
}

/// In one line: `D3 becomes PLAN (was WATCH); D3 first (was D5)`.
pub(super) fn line(rows: &[Moved], first_now: Option<u8>) -> String {
    let mut moves: Vec<String> = rows
        .iter()
        .filter_map(|row| row.was.map(|was| format!("D{} becomes {} (was {was})", row.dimension, row.word)))
        .collect();
    let first = rows.first().map(|row| row.dimension);
    if let (Some(first), Some(now)) = (first, first_now.filter(|now| Some(*now) != first)) {
        moves.insert(0, format!("D{first} first (was D{now})"));
    }
    match first {
        _ if !moves.is_empty() => moves.join("; "),
        Some(first) => format!("the order stays, D{first} is first"),
        None => String::new(),
    }
}

/// The role of a tier's word.
pub(super) fn role(tier: Tier) -> Role {
    match tier {
        Tier::Now => Role::TierNow,
        Tier::Assess => Role::TierAssess,
        Tier::Plan => Role::TierPlan,
        Tier::Watch => Role::TierWatch,
        Tier::Steady => Role::TierSteady,
    }
}
