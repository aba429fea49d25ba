//! Why a client is where they are, in the few words a list line has, and in more.

use super::facts::Dates;
use super::{CaseloadContext, Engagement, Signals, Standing};
use crate::domain::{AlertFacts, AlertKind, Summary};
use crate::rules::deadline::left;
use crate::rules::priority::{NeedStanding, Placed, Tier, Trend, reasons};
use crate::rules::when;

/// Characters a list line has for it.
const SHORT_MAX: usize = 22;

/// The words of a ranked client.
fn ranked(
    rows: &[Placed],
    speaks: usize,
    tier: Option<Tier>,
    dates: &Dates,
    (engagement, signals, unasked): (Engagement, Option<String>, usize),
) -> String {
    let Some(first) = rows.get(speaks).filter(|_| tier.is_some()) else { return String::new() };
    if tier == Some(Tier::Now) {
        let words = need_words(first);
        let others: Vec<String> = rows
            .iter()
            .filter(|row| row.facts.need.open() && row.facts.dimension != first.facts.dimension)
            .map(label)
            .collect();
        let all = format!("{words}; {}", others.join(" "));
        let some = format!("{words}; +{}", others.len());
        let fits = |words: &String| !others.is_empty() && words.chars().count() <= SHORT_MAX;
        return [all, some].into_iter().find(fits).unwrap_or(words);
    }
    let triage = triage_words(unasked, rows.len());
    if dates.new {
        return match &triage {
            Some(triage) => format!("{triage}; new"),
            None => new_words(dates),
        };
    }
    let review = (dates.review_over > 0).then(|| format!("review {}", when::due_in(-dates.review_over)));
    let other = rows.iter().find(|row| (row.tier == Tier::Assess) != (first.tier == Tier::Assess));
    let second = match (first.tier, other) {
        (Tier::Assess, Some(row)) if row.tier <= Tier::Watch => Some(head_words(row, false)),
        (Tier::Plan | Tier::Watch | Tier::Steady, Some(row)) => Some(head_words(row, false)),
        _ => None,
    };
    let tails: Vec<String> =
        triage.into_iter().chain(engagement.words()).chain(signals).chain(review).chain(second).collect();
    let heads = [head_words(first, true), head_words(first, false)];
    // The fullest that fits: danger that nobody has asked about, engagement before reviews before other dimensions, the digit alone before nothing at all.
    tails
        .iter()
        .flat_map(|tail| heads.iter().map(move |head| format!("{head}; {tail}")))
        .chain(heads.iter().cloned())
        .find(|why| why.chars().count() <= SHORT_MAX)
        .unwrap_or_default()
}

/// At most 22 characters: `NOW D3, recheck 2 h`, `D4 3; review 6 d over`, `new, due in 9 d`; or why a person is not
/// ranked at all.
pub(super) fn short(
    summary: &Summary,
    rows: &[Placed],
    speaks: usize,
    tier: Option<Tier>,
    dates: &Dates,
    (engagement, signals): (Engagement, Signals),
) -> String {
    match tier {
        None if summary.deceased => "deceased".to_owned(),
        None => "no open episode".to_owned(),
        Some(_) => {
            let heard = heard_words(summary, signals);
            ranked(rows, speaks, tier, dates, (engagement, heard, summary.unasked.len()))
        }
    }
}

/// What was heard and waits, in a few words: `bond fell`, `no gain yet`, `unasked 3 times`.
fn heard_words(summary: &Summary, signals: Signals) -> Option<String> {
    if signals.safety_alert {
        return Some("ask blank item".to_owned());
    }
    let open = |kind| move |alert: &&AlertFacts| alert.answered.is_none() && alert.kind == kind;
    match (signals.heard.open, signals.heard.unasked) {
        (Some(AlertKind::Alliance), _) => {
            let alert = summary.heard.alerts.iter().find(open(AlertKind::Alliance))?;
            let first = alert.words.split(", ").next().and_then(|words| words.split(" from ").next());
            let first = first.filter(|words| !words.is_empty());
            Some(first.unwrap_or(AlertKind::Alliance.words()).to_owned())
        }
        (Some(kind), _) => Some(kind.words().to_owned()),
        (None, Some(held)) => Some(format!("unasked {held} times")),
        (None, None) => None,
    }
}

/// The same in full: `PLAN D4 readiness: severity 3, worse (2→3), client's #1; review 6 d over`.
pub fn long(standing: &Standing, context: &CaseloadContext<'_>) -> String {
    let Some(row) = standing.rows.get(standing.speaks).filter(|_| standing.tier.is_some()) else {
        return standing.why.to_string();
    };
    let name = context.set.dimension(row.facts.dimension).map_or("", |dimension| dimension.short.as_str());
    let label = label(row);
    let mut parts = vec![format!("{} {label} {name}: {}", row.tier_word(), reasons(row).join(", "))];
    parts.extend(besides_of(standing, row.facts.days_overdue() > 0));
    parts.join("; ").replace("  ", " ").replace(" :", ":")
}

/// What is owed or noticed besides the dimensions: a new assessment or review, and how they come.
pub fn besides(standing: &Standing) -> String {
    besides_of(standing, false).join("; ")
}

fn besides_of(standing: &Standing, row_says_review: bool) -> Vec<String> {
    let mut parts = Vec::from_iter(triage_words(standing.unasked, standing.rows.len()));
    match standing.assessment_due_in {
        Some(days) if days >= 0 => parts.push(format!("new, assessment due {}", when::due_in(days))),
        Some(days) => parts.push(format!("assessment {}", when::due_in(days))),
        None if standing.review_over_days > 0 && !row_says_review => {
            parts.push(format!("review {}", when::due_in(-standing.review_over_days)));
        }
        None => {}
    }
    parts.extend(standing.engagement.words());
    parts.extend(
        standing.signals.safety_alert.then(|| "a question about danger was left blank: ask".to_owned()),
    );
    parts.extend(standing.signals.heard.words());
    parts
}

/// What is so of the questions about danger, where some are not asked yet.
fn triage_words(unasked: usize, dimensions: usize) -> Option<String> {
    match unasked {
        0 => None,
        some if some < dimensions => Some("triage to finish".to_owned()),
        _ => Some("triage not asked".to_owned()),
    }
}

fn need_words(row: &Placed) -> String {
    let words = match row.facts.need {
        NeedStanding::InHand { recheck_in } if recheck_in < 0 => left(recheck_in),
        NeedStanding::InHand { recheck_in } => format!("recheck {}", left(recheck_in)),
        NeedStanding::Proposed => "to decide".to_owned(),
        _ => "no action yet".to_owned(),
    };
    if row.facts.dimension == 0 {
        return format!("{}, {words}", row.tier_word());
    }
    format!("{} {}, {words}", row.tier_word(), label(row))
}

fn new_words(dates: &Dates) -> String {
    match dates.first_due_in {
        Some(days) if days < 0 => format!("assessment {}", when::due_in(days)),
        Some(days) => format!("new, due {}", when::due_in(days)),
        None => "not assessed".to_owned(),
    }
}

/// `D4 3, worse`, `D6 is what they want`, `D2 not rated`; without extras `D4 3`.
fn head_words(row: &Placed, extras: bool) -> String {
    let label = label(row);
    let Some(severity) = row.facts.severity else {
        return row
            .facts
            .rated_in
            .map_or_else(|| format!("{label} not rated"), |mark| format!("rated in {mark}"));
    };
    let digit = severity.digit();
    if !extras {
        return if row.tier == Tier::Steady { "steady".to_owned() } else { format!("{label} {digit}") };
    }
    if row.lifted {
        return format!("{label} is what they want");
    }
    if let NeedStanding::ResolvedWhileFour { on } = row.facts.need {
        return format!("{label} 4, acted on {}", when::day_month(on));
    }
    match row.facts.trend() {
        Trend::Worse => format!("{label} {digit}, worse"),
        _ if row.facts.worse_on.is_some() => format!("{label} {digit}, was worse"),
        _ if row.tier == Tier::Steady => "steady".to_owned(),
        _ => format!("{label} {digit}"),
    }
}

fn label(row: &Placed) -> String {
    if row.facts.dimension == 0 { "elsewhere".to_owned() } else { format!("D{}", row.facts.dimension) }
}
