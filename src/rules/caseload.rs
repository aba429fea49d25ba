//! Where each client stands today, and the order of a caseload (`clinical.md` 2.4).
//!
//! Owns turning a [`Summary`] into facts for the priority rule, the short *why* of a list line and the caseload order.
//! Must not know the clock: today and now are handed in, so midnight changes nothing that is stored.

mod engagement;
mod facts;
mod newcomers;
mod order;
#[cfg(test)]
pub(in crate::rules) mod tests;
mod why;

pub use engagement::{Engagement, engagement};
pub use facts::{Column, columns, dimension_facts, is_assessed, open_needs};
pub use newcomers::{FIRST, Newcomer, PlanBegun, newcomer};
pub use order::compare;
pub use why::{besides, long};

use crate::domain::{Date, DueChoice, Moment, Summary};
use crate::packs::DimensionSet;
use crate::rules::alerts::Signal;
use crate::rules::due::DueContext;
use crate::rules::priority::{Placed, Tier, place};

/// What the agency decided, as far as it decides the place of a client.
#[derive(Clone, Copy, Debug)]
pub struct CaseloadContext<'a> {
    /// The set the agency works in.
    pub set: &'a DimensionSet,
    /// Days after admission until the first assessment is due.
    pub first_assessment_days: u16,
    /// Days between reviews where an episode does not say (its 0) and its program's rules leave it to the agency.
    pub review_days: u16,
    /// Hours after a service from which its note is a late entry.
    pub late_after_hours: u16,
    /// Which rules on due dates each program follows.
    pub choice: &'a DueChoice,
}

impl<'a> CaseloadContext<'a> {
    /// What due dates are computed with.
    pub fn due(&self) -> DueContext<'a> {
        let Self { first_assessment_days, review_days, late_after_hours, choice, .. } = *self;
        DueContext { first_assessment_days, review_days, late_after_hours, choice }
    }
}

/// Where a client stands today; the default is somebody who is not ranked. Small: kept for every client of a list; words beyond `why` are made on demand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The dimensions in rank order.
    pub rows: Box<[Placed]>,
    /// Index in `rows` of the row that speaks for the client in the caseload order; 0 if there are no rows.
    pub speaks: usize,
    /// Tier of the row that speaks; `None` for a person without an episode and without an open need: not ranked.
    pub tier: Option<Tier>,
    /// Why they stand where they stand, at most 22 characters. Longer words: [`long`].
    pub why: Box<str>,
    /// Days until the first assessment is due (negative = over); `None` once every dimension has been rated, or
    /// without an episode.
    pub assessment_due_in: Option<i32>,
    /// Days the review is over; 0 = not over.
    pub review_over_days: i32,
    /// Days until the review is due (negative = over); `None` without an interval or a first assessment.
    pub review_due_in: Option<i32>,
    /// Sessions missed, or nothing heard for too long.
    pub engagement: Engagement,
    /// Dimensions whose questions about danger are not asked yet, of somebody in care.
    pub unasked: usize,
    /// The ratings as a list shows them, one a rated dimension of the agency's set.
    pub columns: Box<[Column]>,
    /// Has an open episode.
    pub in_care: bool,
    /// What other rooms know; all empty until they are built.
    pub signals: Signals,
    key: order::Key,
}

/// What joins the caseload order from rooms of its own (`clinical.md` 2.4, caseload order 2 and 4 to 6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// 2: a critical item of a measure was left blank, and nobody has asked about it.
    pub safety_alert: bool,
    /// 4: two sessions missed in a row, or no contact beyond the level's interval.
    pub engagement: bool,
    /// 5: an alert is open (low, drop, worse, no gain).
    pub alliance_alert: bool,
    /// What was heard, in the list's letter.
    pub heard: Signal,
    /// 6: days the most overdue obligation is over (plan, unsigned note); 0 = none.
    pub obligation_over_days: u32,
}

impl Standing {
    /// Where a client stands on `today` at `now`.
    pub fn new(summary: &Summary, today: Date, now: Moment, context: &CaseloadContext<'_>) -> Self {
        let known = (engagement(summary, today, context), facts::dates(summary, today, context));
        let obligation_over_days = obligation_over_days(summary, today, context, &known.1);
        let heard = Signal::of(summary, today);
        let signals = Signals {
            safety_alert: !summary.heard.asks.is_empty(),
            engagement: known.0.is_in_doubt(),
            alliance_alert: heard.open.is_some(),
            heard,
            obligation_over_days,
        };
        Self::of(summary, (today, now), context, signals, known)
    }

    /// As [`Standing::new`], with what other rooms know.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests say which alerts are open"))]
    pub fn with_signals(
        summary: &Summary,
        today: Date,
        now: Moment,
        context: &CaseloadContext<'_>,
        signals: Signals,
    ) -> Self {
        let known = (engagement(summary, today, context), facts::dates(summary, today, context));
        Self::of(summary, (today, now), context, signals, known)
    }

    fn of(
        summary: &Summary,
        (today, now): (Date, Moment),
        context: &CaseloadContext<'_>,
        signals: Signals,
        (engagement, dates): (Engagement, facts::Dates),
    ) -> Self {
        let rows = place(dimension_facts(summary, today, now, context));
        let in_care = summary.episode.is_some();
        let order = order::caseload_rows(&rows, dates.assess_waits());
        let speaks = order.first().copied().unwrap_or(0);
        let now_open = rows.first().is_some_and(|row| row.tier == Tier::Now);
        let tier = rows.get(speaks).map(|row| row.tier).filter(|_| in_care || now_open);
        Self {
            why: why::short(summary, &rows, speaks, tier, &dates, (engagement, signals)).into(),
            key: order::Key::new(summary, &rows, &order, dates.assess_waits()),
            columns: facts::columns(summary, context.set).into(),
            rows: rows.into(),
            speaks,
            tier,
            assessment_due_in: dates.first_due_in,
            review_over_days: dates.review_over.max(0),
            review_due_in: dates.review_in,
            engagement,
            unasked: if in_care { summary.unasked.len() } else { 0 },
            in_care,
            signals,
        }
    }

    /// The row of a dimension.
    pub fn row(&self, dimension: u8) -> Option<&Placed> {
        self.rows.iter().find(|row| row.facts.dimension == dimension)
    }
}

/// Days the most overdue of assessment, review and notes is over; 0 = nothing is.
fn obligation_over_days(
    summary: &Summary,
    today: Date,
    context: &CaseloadContext<'_>,
    dates: &facts::Dates,
) -> u32 {
    let assessment = dates.first_due_in.map_or(0, |days| (-days).max(0));
    let charted = assessment.max(dates.review_over).max(0).unsigned_abs();
    charted.max(crate::rules::due::note_over_days(summary, &context.due(), today))
}
