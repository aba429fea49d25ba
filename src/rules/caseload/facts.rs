//! From a summary to what the priority rule and the columns of a list need, across editions.

use super::CaseloadContext;
use crate::domain::{Date, Moment, NeedFacts, NeedStands, ProblemFacts, RatingFacts, Severity, Summary};
use crate::packs::{self, DimensionSet, crosswalk_number};
use crate::rules::plan::coverage::{is_covered, is_open};
use crate::rules::priority::{DimensionFacts, NeedStanding, Trend, least_ready};

/// One rating as a list shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Dimension number in the agency's set.
    pub dimension: u8,
    /// The rating; `None` shows as `–`.
    pub value: Option<Severity>,
    /// Against the rating before; `None` if unrated.
    pub trend: Option<Trend>,
    /// Given in another set and brought here by the crosswalk: shown dim and marked `'`.
    pub foreign: bool,
}

/// The facts of every rated dimension of the agency's set, in the set's order; an open need whose dimension has no
/// counterpart here is kept as a row of dimension 0, so that no danger is lost with a change of edition.
pub fn dimension_facts(
    summary: &Summary,
    today: Date,
    now: Moment,
    context: &CaseloadContext<'_>,
) -> Vec<DimensionFacts> {
    let set = context.set;
    let foreign = !summary.set.is_empty() && *summary.set != *set.key;
    let rated_in = foreign.then(|| packs::set(&summary.set).map_or("another set", |set| set.mark.as_str()));
    let mut facts: Vec<DimensionFacts> = set
        .rated()
        .map(|dimension| {
            let mut facts = of_dimension(summary, dimension.number, today, now, context);
            facts.rated_in = rated_in;
            facts
        })
        .collect();
    let homeless = summary.needs.iter().filter(|need| home(set, &need.set, need.dimension).is_none());
    let need = most_pressing(homeless, now);
    if need.open() {
        facts.push(DimensionFacts { need, rated_in, ..DimensionFacts::unrated(0) });
    }
    facts
}

fn of_dimension(
    summary: &Summary,
    number: u8,
    today: Date,
    now: Moment,
    context: &CaseloadContext<'_>,
) -> DimensionFacts {
    let set = context.set;
    let here = |from: &str, dimension| home(set, from, dimension) == Some(number);
    let rating = (*summary.set == *set.key).then(|| find(&summary.ratings, number)).flatten();
    let open: Vec<&ProblemFacts> =
        summary.problems.iter().filter(|p| is_open(p, today) && here(&p.set, p.dimension)).collect();
    // What is planned, deferred or referred no longer says that it was worse.
    let answered = summary.problems.iter().any(|p| is_covered(p, today) && here(&p.set, p.dimension));
    let needs = summary.needs.iter().filter(|need| here(&need.set, need.dimension));
    let place = summary.client_first.iter().position(|first| here(&summary.wants_set, *first));
    DimensionFacts {
        dimension: number,
        severity: rating.and_then(|rating| rating.now),
        previous: rating.and_then(|rating| rating.was.first().copied()),
        need: most_pressing(needs, now),
        client_rank: place.map(|place| u8::try_from(place + 1).unwrap_or(u8::MAX)),
        stage: least_ready(open.iter().filter_map(|problem| problem.stage)),
        days_since_review: rating.filter(|r| r.now.is_some()).map(|rating| today.days_since(rating.on)),
        review_interval: review_days(summary, context, today),
        open_problems: count(open.len()),
        uncovered_problems: count(open.iter().filter(|problem| !is_covered(problem, today)).count()),
        worse_on: rating.filter(|_| !answered).and_then(|rating| rating.worse_on),
        rated_in: None,
    }
}

/// The ratings as a list shows them, those of another set through the crosswalk.
pub fn columns(summary: &Summary, set: &DimensionSet) -> Vec<Column> {
    let foreign = *summary.set != *set.key;
    set.rated()
        .map(|dimension| {
            let rating = summary
                .ratings
                .iter()
                .find(|rating| home(set, &summary.set, rating.dimension) == Some(dimension.number));
            let value = rating.and_then(|rating| rating.now);
            Column {
                dimension: dimension.number,
                value,
                trend: rating.filter(|_| value.is_some()).map(trend),
                foreign: foreign && value.is_some(),
            }
        })
        .collect()
}

fn trend(rating: &RatingFacts) -> Trend {
    let facts =
        DimensionFacts { severity: rating.now, previous: rating.was.first().copied(), ..Default::default() };
    facts.trend()
}

/// What is due when, for one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dates {
    /// Days until the first assessment is due; `None` once it is complete, or without an episode.
    pub(super) first_due_in: Option<i32>,
    /// Nothing has been rated at all.
    pub(super) new: bool,
    /// Days past the review; 0 or less = not over.
    pub(super) review_over: i32,
    /// Days until the review; `None` = none is asked for.
    pub(super) review_in: Option<i32>,
}

impl Dates {
    /// Unrated dimensions wait below PLAN: the assessment they belong to is not due yet.
    pub(super) fn assess_waits(&self) -> bool {
        match self.first_due_in {
            Some(days) => days >= 0,
            None => self.review_over <= 0,
        }
    }
}

/// Every rated dimension of the agency's set has a rating, or the person was assessed in another set: the first
/// assessment is complete.
pub fn is_assessed(summary: &Summary, set: &DimensionSet) -> bool {
    let foreign = !summary.set.is_empty() && *summary.set != *set.key;
    let rated = |number| find(&summary.ratings, number).is_some_and(|rating| rating.now.is_some());
    summary.assessed.is_some() && (foreign || set.rated().all(|dimension| rated(dimension.number)))
}

/// Until the first assessment is complete it is due by the program's rule, after that the review counts from the last one.
pub(super) fn dates(summary: &Summary, today: Date, context: &CaseloadContext<'_>) -> Dates {
    let complete = is_assessed(summary, context.set);
    let due = context.due();
    let first = due.first_assessment(summary, today).filter(|_| !complete);
    let review_in = due.review(summary, today).map(|reckoned| reckoned.on.days_since(today));
    Dates {
        first_due_in: first.map(|reckoned| reckoned.on.days_since(today)),
        new: summary.assessed.is_none(),
        review_over: review_in.map_or(0, |days| -days),
        review_in,
    }
}

fn review_days(summary: &Summary, context: &CaseloadContext<'_>, today: Date) -> u16 {
    context.due().review(summary, today).map_or(context.review_days, |reckoned| {
        u16::try_from(reckoned.on.days_since(reckoned.base)).unwrap_or(context.review_days)
    })
}

fn find(ratings: &[RatingFacts], dimension: u8) -> Option<&RatingFacts> {
    ratings.iter().find(|rating| rating.dimension == dimension)
}

/// The place of a dimension in the agency's set, if it is rated there.
fn home(set: &DimensionSet, from: &str, dimension: u8) -> Option<u8> {
    crosswalk_number(from, dimension, &set.key)
        .filter(|number| set.dimension(*number).is_some_and(|dimension| dimension.rated))
}

fn most_pressing<'a>(needs: impl Iterator<Item = &'a NeedFacts>, now: Moment) -> NeedStanding {
    needs.map(|need| standing(need.stands, now)).min_by_key(|need| rank(*need)).unwrap_or_default()
}

/// By step 3.1, then the oldest recheck, then what was resolved last.
fn rank(need: NeedStanding) -> (u8, i64) {
    match need {
        NeedStanding::ResolvedWhileFour { on } => (need.pressing(), -i64::from(on.0)),
        other => other.order(),
    }
}

/// The open needs of a person, the most pressing first, the newest of equals first.
pub fn open_needs(summary: &Summary, now: Moment) -> Vec<&NeedFacts> {
    let open = |need: &&NeedFacts| standing(need.stands, now).open();
    let mut needs: Vec<&NeedFacts> = summary.needs.iter().filter(open).collect();
    needs.sort_by_key(|need| (rank(standing(need.stands, now)), std::cmp::Reverse(need.raised_at)));
    needs
}

fn standing(stands: NeedStands, now: Moment) -> NeedStanding {
    match stands {
        NeedStands::Proposed => NeedStanding::Proposed,
        NeedStands::Confirmed => NeedStanding::Confirmed,
        NeedStands::InHand { recheck_at } => {
            // Rounded up: a recheck in 30 seconds has not passed.
            let left = recheck_at.0.saturating_sub(now.0);
            NeedStanding::InHand {
                recheck_in: left.div_euclid(60_000) + i64::from(left.rem_euclid(60_000) > 0),
            }
        }
        NeedStands::Resolved { on } => NeedStanding::ResolvedWhileFour { on },
    }
}

fn count(many: usize) -> u16 {
    u16::try_from(many).unwrap_or(u16::MAX)
}
