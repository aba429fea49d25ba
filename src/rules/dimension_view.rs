//! The caseload ranked in one dimension: who comes first in it, and what decides between two neighbours.
//!
//! Owns the groups, rows and sentences of the priority view (`screens.md`). Must not rank anew: tiers and facts come
//! from each client's [`Standing`].

use super::caseload::Standing;
use super::likeness::are_confusable;
use super::priority::{Decider, NeedStanding, Placed, Tier, Trend, WorkMode, decide};
use super::when;
use crate::domain::{Date, RatingFacts, Severity, Summary, counted};
use crate::packs::{DimensionSet, crosswalk_number};
use std::cmp::Ordering;

#[cfg(test)]
mod tests;

/// The priority view of one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DimensionView {
    /// Rated: groups by tier, those without people left out.
    Ranked(Vec<Group>),
    /// Not rated by design (4th edition, 6): what people want, in the order of names.
    Unranked(Vec<WantsRow>),
}

/// The clients of one tier, first first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub tier: Tier,
    pub rows: Vec<Row>,
}

/// One client in one dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Index of the client as handed in.
    pub index: usize,
    /// The tier's word; `NOW?` while a need is only proposed.
    pub tier_word: &'static str,
    /// The rating now, in the agency's set or brought there by the crosswalk.
    pub now: Option<Severity>,
    /// `now` and the earlier ratings were given in another set.
    pub foreign: bool,
    /// Against the rating before; `None` if unrated.
    pub trend: Option<Trend>,
    /// Earlier completed ratings without the one now, the newest first.
    pub earlier: Vec<Option<Severity>>,
    /// Place the client gave this dimension, 1 = first.
    pub client_rank: Option<u8>,
    /// How to work on it.
    pub mode: WorkMode,
    /// Days until the review (negative = over); `None` if never rated here.
    pub review_in: Option<i32>,
    /// Open problems in it.
    pub problems: u16,
    /// Of these, without a goal.
    pub uncovered: u16,
    /// The client's words in it, newest; may be empty.
    pub words: Box<str>,
    /// When they said so.
    pub words_on: Option<Date>,
}

/// What one client wants, for a dimension that is talked about and not rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantsRow {
    /// Index of the client as handed in.
    pub index: usize,
    /// What they want, in their words.
    pub wants: Box<str>,
    /// What is in the way of care.
    pub barriers: Box<str>,
    /// What they prefer.
    pub preferences: Box<str>,
    /// When they said so.
    pub on: Option<Date>,
}

/// A client as the view takes them: facts and where they are.
pub type Person<'a> = (&'a Summary, &'a Standing);

/// Ranks clients in a dimension of the agency's set. People who are not ranked (no episode, no open need) are left out.
pub fn dimension_view(people: &[Person<'_>], dimension: u8, set: &DimensionSet) -> DimensionView {
    if set.dimension(dimension).is_some_and(|dimension| !dimension.rated) {
        return DimensionView::Unranked(wants_rows(people));
    }
    let mut ranked: Vec<(usize, Person<'_>, &Placed)> = people
        .iter()
        .enumerate()
        .filter(|(_, (_, standing))| standing.tier.is_some())
        .filter_map(|(index, person)| person.1.row(dimension).map(|placed| (index, *person, placed)))
        .collect();
    ranked.sort_by(|a, b| compare((a.1.0, a.2), (b.1.0, b.2)));
    let group = |tier| {
        let rows = ranked.iter().filter(|(.., placed)| placed.tier == tier);
        let rows: Vec<Row> = rows.map(|(index, person, placed)| row(*index, *person, placed, set)).collect();
        Group { tier, rows }
    };
    DimensionView::Ranked(Tier::ALL.map(group).into_iter().filter(|group| !group.rows.is_empty()).collect())
}

/// The order of two clients in one dimension: the rule of one client's dimensions, then name, then id.
fn compare(a: (&Summary, &Placed), b: (&Summary, &Placed)) -> Ordering {
    let inside = |a: &Placed, b: &Placed| recheck(a).cmp(&recheck(b));
    decide(a.1, b.1)
        .0
        .then_with(|| inside(a.1, b.1))
        .then_with(|| a.0.sort.cmp(&b.0.sort))
        .then_with(|| a.0.client.cmp(&b.0.client))
}

fn recheck(row: &Placed) -> i64 {
    if let NeedStanding::InHand { recheck_in } = row.facts.need { recheck_in } else { 0 }
}

fn row(index: usize, (summary, standing): Person<'_>, placed: &Placed, set: &DimensionSet) -> Row {
    let facts = &placed.facts;
    let column = standing.columns.iter().find(|column| column.dimension == facts.dimension);
    let source = source(summary, facts.dimension, set);
    let earlier = source.map(|rating| rating.was.clone()).unwrap_or_default();
    Row {
        index,
        tier_word: placed.tier_word(),
        now: column.and_then(|column| column.value),
        foreign: column.is_some_and(|column| column.foreign),
        trend: column.and_then(|column| column.trend),
        earlier,
        client_rank: facts.client_rank,
        mode: placed.mode(),
        review_in: facts
            .days_since_review
            .filter(|_| facts.review_interval > 0)
            .map(|days| i32::from(facts.review_interval) - days),
        problems: facts.open_problems,
        uncovered: facts.uncovered_problems,
        words: source.map(|rating| rating.words.clone()).unwrap_or_default(),
        words_on: source.and_then(|rating| rating.words_on),
    }
}

/// The rating behind a column, in whatever set it was given.
fn source<'a>(summary: &'a Summary, dimension: u8, set: &DimensionSet) -> Option<&'a RatingFacts> {
    let here =
        |rating: &&RatingFacts| crosswalk_number(&summary.set, rating.dimension, &set.key) == Some(dimension);
    summary.ratings.iter().find(here)
}

fn wants_rows(people: &[Person<'_>]) -> Vec<WantsRow> {
    let mut order: Vec<(usize, &Summary)> = people
        .iter()
        .enumerate()
        .filter(|(_, (_, standing))| standing.tier.is_some())
        .map(|(index, (summary, _))| (index, *summary))
        .collect();
    order.sort_by(|(_, a), (_, b)| a.sort.cmp(&b.sort).then_with(|| a.client.cmp(&b.client)));
    let row = |(index, summary): (usize, &Summary)| WantsRow {
        index,
        wants: summary.wants.clone(),
        barriers: summary.barriers.clone(),
        preferences: summary.preferences.clone(),
        on: summary.wants_on,
    };
    order.into_iter().map(row).collect()
}

/// The sentence under the list: why the highlighted client is above (or, in the last line, below) the neighbour.
/// `Sam stands above Jo: same tier, severity and trend; the client ranked it 2nd.` Empty when one of them has no such
/// dimension.
pub fn why_above(upper: Person<'_>, lower: Person<'_>, dimension: u8) -> String {
    sentence(upper, lower, dimension, true)
}

/// As [`why_above`], told from the lower one: `Jo stands below Sam: ...`.
pub fn why_below(lower: Person<'_>, upper: Person<'_>, dimension: u8) -> String {
    sentence(upper, lower, dimension, false)
}

fn sentence(upper: Person<'_>, lower: Person<'_>, dimension: u8, above: bool) -> String {
    let (Some(a), Some(b)) = (upper.1.row(dimension), lower.1.row(dimension)) else { return String::new() };
    let (order, decider) = decide(a, b);
    let (first, second) = names(upper.0, lower.0);
    let reason =
        if order.is_eq() { "same in everything; then by name".to_owned() } else { because(a, b, decider) };
    if above {
        format!("{first} is above {second}: {reason}.")
    } else {
        format!("{second} is below {first}: {reason}.")
    }
}

/// First words of the names, or whole names, or names with record numbers where one is easily taken for the other: whatever
/// tells the two apart.
fn names(a: &Summary, b: &Summary) -> (String, String) {
    let first = |who: &Summary| who.name.split(' ').next().unwrap_or_default().to_owned();
    if are_confusable(&a.name, &b.name) {
        (format!("{} {}", a.name, a.record_no), format!("{} {}", b.name, b.record_no))
    } else if first(a) != first(b) {
        (first(a), first(b))
    } else {
        (a.name.to_string(), b.name.to_string())
    }
}

/// What was the same, then what decided.
fn because(a: &Placed, b: &Placed, decider: Decider) -> String {
    let asked = a.facts.need.open() || b.facts.need.open();
    let steps = [
        (Decider::Tier, "tier"),
        (Decider::Need, if asked { "need" } else { "" }),
        (Decider::Severity, "severity"),
        (Decider::Trend, "trend"),
        (Decider::ClientRank, "client's rank"),
        (Decider::Review, "review"),
        (Decider::Uncovered, ""),
        (Decider::OpenProblems, "problems without a goal"),
    ];
    let same: Vec<&str> = steps
        .iter()
        .take_while(|(step, _)| *step != decider)
        .map(|(_, word)| *word)
        .filter(|word| !word.is_empty())
        .collect();
    let difference = difference(a, b, decider);
    match same.as_slice() {
        [] => difference,
        [only] => format!("same {only}; {difference}"),
        [most @ .., last] => format!("same {} and {last}; {difference}", most.join(", ")),
    }
}

fn difference(a: &Placed, b: &Placed, decider: Decider) -> String {
    let (one, two) = (&a.facts, &b.facts);
    let digit =
        |severity: Option<Severity>| severity.map_or_else(|| "–".to_owned(), |s| s.digit().to_string());
    match decider {
        Decider::Tier => format!("{} before {}", a.tier.word(), b.tier.word()),
        Decider::Need => format!("{} before {}", need_word(one.need), need_word(two.need)),
        Decider::Severity => format!("severity {} before {}", digit(one.severity), digit(two.severity)),
        Decider::Trend => format!("{} before {}", one.trend().word(), two.trend().word()),
        Decider::ClientRank => {
            format!("the client ranked it {}", one.client_rank.map(ordinal).unwrap_or_default())
        }
        Decider::Review => format!("review {} over", when::so_long(one.days_overdue())),
        Decider::Uncovered => {
            let without =
                counted(one.uncovered_problems, "problem without a goal", "problems without a goal");
            format!("{without} before {}", two.uncovered_problems)
        }
        Decider::OpenProblems => {
            let open = counted(one.open_problems, "open problem", "open problems");
            format!("{open} before {}", two.open_problems)
        }
        Decider::Number => "then by name".to_owned(),
    }
}

fn need_word(need: NeedStanding) -> &'static str {
    match need {
        NeedStanding::InHand { recheck_in } if recheck_in <= 0 => "recheck passed",
        NeedStanding::InHand { .. } => "in hand",
        NeedStanding::Confirmed => "confirmed without action",
        NeedStanding::Proposed => "proposed",
        NeedStanding::None | NeedStanding::ResolvedWhileFour { .. } => "none",
    }
}

/// `1st`, `2nd`, `3rd`, `4th`, `11th`.
pub fn ordinal(number: u8) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
