//! Step 3: the order inside a tier, and which line of it decided.

use super::Placed;
use std::cmp::{Ordering, Reverse};

/// What decided between two rows: the tier, or a line of step 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decider {
    Tier,
    /// 3.1 immediate need.
    Need,
    Severity,
    Trend,
    /// 3.4 the client's rank.
    ClientRank,
    /// 3.5 overdue review.
    Review,
    /// 3.6 problems without a goal.
    Uncovered,
    /// 3.6 open problems.
    OpenProblems,
    /// 3.7 dimension number.
    Number,
}

/// The order of two rows and what decided it. `Less` = the first row stands above.
///
/// Serves two dimensions of one client and one dimension of two clients; in the second case the dimension numbers are
/// the same and everything may be equal: then the answer is `(Equal, Number)`.
pub fn decide(a: &Placed, b: &Placed) -> (Ordering, Decider) {
    let (one, two) = (&a.facts, &b.facts);
    let rank = |rank: Option<u8>| rank.unwrap_or(u8::MAX);
    let steps = [
        (a.tier.cmp(&b.tier), Decider::Tier),
        (one.need.order().cmp(&two.need.order()), Decider::Need),
        (Reverse(one.severity).cmp(&Reverse(two.severity)), Decider::Severity),
        (one.trend().cmp(&two.trend()), Decider::Trend),
        (rank(one.client_rank).cmp(&rank(two.client_rank)), Decider::ClientRank),
        (two.days_overdue().cmp(&one.days_overdue()), Decider::Review),
        (two.uncovered_problems.cmp(&one.uncovered_problems), Decider::Uncovered),
        (two.open_problems.cmp(&one.open_problems), Decider::OpenProblems),
        (one.dimension.cmp(&two.dimension), Decider::Number),
    ];
    steps.into_iter().find(|(order, _)| order.is_ne()).unwrap_or((Ordering::Equal, Decider::Number))
}

/// The order of two rows.
pub fn compare(a: &Placed, b: &Placed) -> Ordering {
    decide(a, b).0
}
